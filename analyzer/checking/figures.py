"""Checks of effects: no starting point, no unit, no size of the trial, nobody else who stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.checking.asking import ask
from analyzer.checking.wording import says
from analyzer.checking.year import Finding, Year
from analyzer.drafting.clauses import effect_pieces, joined
from analyzer.drafting.trust import probability
from analyzer.records import Accomplishment, Effect, EffectKind, Evidence, Label, Metric, Project

SURE_EFFECT = 0.7
"""From so probable a line without any figure is asked about as an effect."""
_NOUN_BEHIND = re.compile(r"\s?(?:%|[£$€]|(?:more |fewer |new |extra )?[a-z]{3,20})", re.IGNORECASE)
_LEVEL = re.compile(r"%|^(?:ms|s|secs?|mins?|h|hrs?|days?|weeks?|months?|points?)$")
_OF = re.compile(r"\d\s?(?:/|of|out of)\s?\d")
_MONEY = re.compile(r"[£$€%]")


def missing_befores(year: Year) -> Iterator[Finding]:
    """Find measured effects that say where a thing stands and not where it stood."""
    for effect, line, weight in _effects(year):
        if effect.kind is not EffectKind.MEASURED or not line.metrics:
            continue
        text = joined(line, effect_pieces(line, caveats=True))
        if any(map(_has_change, line.metrics)) or says("compares", text):
            continue
        if not any(_is_level(one) for one in line.metrics):
            continue
        yield Finding(kind="no_before", line=line, question=ask("no_before"), weight=weight)


def missing_units(year: Year) -> Iterator[Finding]:
    """Find figures of effects whose unit no word names."""
    for effect, line, weight in _effects(year):
        bare = [one for one in line.metrics if _is_bare(line, one)]
        if effect.kind is EffectKind.MEASURED and bare:
            yield Finding(kind="no_unit", line=line, question=ask("no_unit", value=bare[0].text), weight=weight)


def missing_samples(year: Year) -> Iterator[Finding]:
    """Find figures of trials and tests that do not say on how many cases they stand, nor how sure they are."""
    for effect, line, weight in _effects(year):
        around = year.with_below(line)
        if effect.kind is not EffectKind.MEASURED or not line.metrics or not says("trial", line.item.raw):
            continue
        if says("sized", around) or says("sized_marks", around):
            continue
        yield Finding(kind="no_sample", line=line, question=ask("no_sample"), weight=weight)


def not_vouched(year: Year) -> Iterator[Finding]:
    """Find finished work whose effects stand in the owner's own words only."""
    if year.desk.by_manager:
        return
    for claim in year.desk.claims.values():
        effects = [one for one in claim.effects if one.evidence in year.desk.lines]
        if not effects or claim.feedback or claim.id in year.desk.unsure:
            continue
        if any(_stands_for(year, effect) for effect in effects):
            continue
        open_ = [one for one in effects if _needs_voucher(year, one)]
        if not open_:
            continue
        line = year.desk.lines[open_[0].evidence]
        yield Finding(kind="not_vouched", line=line, question=ask("not_vouched"), weight=_points(claim))


def _needs_voucher(year: Year, effect: Effect) -> bool:
    """Return whether an effect is surely one with a figure of its own.

    A decision and a use by others are somebody else's own act; nobody can vouch for what is expected.
    """
    line = year.desk.lines[effect.evidence]
    sure = probability(line, Label.IMPACT) >= SURE_EFFECT and effect.evidence not in year.desk.unsure
    moved = any(one.before is not None and not one.projected for one in line.metrics)
    return sure and effect.kind is EffectKind.MEASURED and moved


def _stands_for(year: Year, effect: Effect) -> bool:
    """Return whether anybody else stands for an effect: named, speaking, or replying to it."""
    line = year.desk.lines[effect.evidence]
    owner = {None, year.desk.review.subject}
    others = [name for name in line.people if name not in owner]
    speaks = any(turn.author not in owner for turn in line.item.turns) or line.item.author not in owner
    if effect.kind in {EffectKind.DECIDED, EffectKind.ADOPTED}:
        return True
    replies = any(one.item.author not in owner for one in year.below(line))
    return bool(effect.voucher or others or speaks or replies) or says("vouched", year.with_below(line))


def _effects(year: Year) -> Iterator[tuple[Effect, Evidence, float]]:
    """Yield each sure effect once, with its line and the points of its work."""
    seen: set[str] = set()
    holders: tuple[Accomplishment | Project, ...] = (*year.desk.claims.values(), *year.desk.projects.values())
    for holder in holders:
        weight = _points(holder) if isinstance(holder, Accomplishment) else 0.0
        for effect in holder.effects:
            if effect.evidence in seen or effect.evidence in year.desk.unsure or effect.evidence not in year.desk.lines:
                continue
            seen.add(effect.evidence)
            yield effect, year.desk.lines[effect.evidence], weight


def _is_level(metric: Metric) -> bool:
    """Return whether a figure says where something stands: a share or a time, which is nothing by itself."""
    return not metric.projected and bool(metric.unit) and _LEVEL.search(metric.unit or "") is not None


def _has_change(metric: Metric) -> bool:
    return metric.before is not None or metric.delta is not None or metric.relative


def _is_bare(line: Evidence, metric: Metric) -> bool:
    """Return whether nothing says what a figure counts: no unit, no name, no noun behind it."""
    behind = _NOUN_BEHIND.match(line.item.text, metric.end) or _OF.search(metric.text)
    return not (metric.unit or metric.name or metric.projected or behind or _MONEY.search(metric.text))


def _points(claim: Accomplishment) -> float:
    return float(claim.impact.points if claim.impact else 0)
