"""Three examples of impact that answer the criteria: what changed, since when it is in use, how sure it is, who saw it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from analyzer.drafting.desk import Desk
from analyzer.records import Accomplishment, EffectKind, Evidence, Label, Project, Review, Span
from analyzer.turnaround.gaps import Gap
from analyzer.turnaround.matching import Window, lines_until, sentences, serves
from analyzer.turnaround.readings import Reading, interval_in, met, reading
from analyzer.turnaround.wording import says

_IN_WORDS = 3
"""Rank of an effect without a figure, behind a change, a figure with an effect, and a figure alone."""
_FIGURE = re.compile(r"([£$€]?)(\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)\s?(%|[a-zA-Z]{0,12})")
RECENT_DAYS = 30
"""What is newer is told first, also where an older line tells more: only here, never in a yearly draft."""
WANTED = 3
"""Examples that the packet holds: fewer convince less, more are not heard in eight minutes."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence of a line that fills a part of an example."""

    line: Evidence
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One example; a part that no line fills is None or ''."""

    gap: Gap
    line: Evidence
    spans: tuple[Span, ...]
    """What the line says of it: the sentence with the figure, all of them where there is none."""
    base: Evidence
    """The line that holds the older figure: the same one, or the last reading before the plan began."""
    before: str
    after: str
    delta: str
    """The difference of the two figures, computed."""
    interval: str
    deployed: Said | None
    causal: Said | None
    validated: Said | None


def examples_of(desk: Desk, gaps: Sequence[Gap], window: Window, start: date | None) -> list[Example]:
    """Choose up to three examples in the window, newest first.

    Each criterion gets one before any gets a second; those with figures before and after come before those with fewer.

    Args:
        desk: the review's look-ups.
        gaps: the criteria as the notes answer them.
        window: the days that count.
        start: the plan's first day: what a metric was before it is the older figure, where a line gives none itself.
    """
    every = lines_until(desk, window)
    lines = [line for line in every if window.holds(line.item.date)]
    before = [line for line in every if line.item.date and line.item.date < min(start or window.start, window.start)]
    chosen: list[tuple[Gap, Reading]] = []
    known = _effects(desk)
    pools = {gap.at: _candidates(gap, lines, known, window.end) for gap in gaps}
    while len(chosen) < WANTED and any(pools.values()):
        for gap in gaps:
            if pools[gap.at] and len(chosen) < WANTED:
                chosen.append((gap, pools[gap.at].pop(0)))
                pools = {
                    at: [one for one in pool if one.line.id != chosen[-1][1].line.id] for at, pool in pools.items()
                }
    made = [_example(gap, one, lines, before) for gap, one in chosen]
    order = {line.id: at for at, line in enumerate(lines)}
    return sorted(made, key=lambda one: order[one.line.id])


def _effects(desk: Desk) -> frozenset[str]:
    """Return the lines that report an effect which somebody measured, decided or took up."""
    kinds = {EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED}
    holders: tuple[Accomplishment | Project | Review, ...] = (
        *desk.claims.values(),
        *desk.projects.values(),
        desk.review,
    )
    found = (effect for one in holders for effect in one.effects)
    return frozenset(one.evidence for one in found if one.kind in kinds and one.evidence not in desk.unsure)


def difference(before: str, after: str) -> str:
    """Return the difference of two figures as written, without a sign and with the unit of both; '' where it is open."""
    parts = [_FIGURE.fullmatch(one) for one in (before, after)]
    if not (parts[0] and parts[1]):
        return ""
    first, second = (Decimal(part[2].replace(",", "")) for part in parts if part)
    units = {part[3] for part in parts if part and part[3]}
    signs = {part[1] for part in parts if part}
    if (
        len(units) > 1
        or len(signs) > 1
        or first == second
        or ("%" in units and not all(part[3] for part in parts if part))
    ):
        return ""
    unit = units.pop() if units else ""
    return f"{signs.pop()}{abs(second - first).normalize():,f}" + (
        " points" if unit == "%" else f" {unit}" if unit else ""
    )


def _candidates(gap: Gap, lines: Sequence[Evidence], known: frozenset[str], talk: date) -> list[Reading]:
    """Return what may be an example for a criterion, best first: a change to the better, a target met, an effect in words."""
    found: list[tuple[int, Reading]] = []
    for line in lines:
        if gap.cause and gap.cause.line.id == line.id:
            continue
        one = reading(line, gap.wanted, gap.target)
        if one is not None and one.before and _better(one, gap):
            found.append((0, one))
        elif one is not None and one.after and met(one, gap.target):
            found.append((1 if line.has(Label.IMPACT) else 2, one))
        elif (gap.target is None or not (one or line.metrics)) and line.id in known and serves(line, gap.wanted):
            found.append((_IN_WORDS, Reading(line=line, span=sentences(line)[0])))
    return [
        one for _, one in sorted(found, key=lambda pair: (pair[0] == _IN_WORDS, not _is_recent(pair[1], talk), pair[0]))
    ]


def _is_recent(one: Reading, talk: date) -> bool:
    return one.line.item.date is not None and (talk - one.line.item.date).days < RECENT_DAYS


def _better(one: Reading, gap: Gap) -> bool:
    way = gap.target.way if gap.target else 0
    return one.value is not None and one.old is not None and (one.value - one.old) * way > 0


def _example(gap: Gap, one: Reading, lines: Sequence[Evidence], before: Sequence[Evidence]) -> Example:
    older = None if one.before or not one.after else _older(gap, before)
    old = one.before or (older.after if older else "")
    near = [line for line in lines if line.id != one.line.id and serves(line, gap.wanted)]
    below = [line for line in lines if _is_behind(one.line, line)]
    day = one.line.item.date or date.max
    earlier = [line for line in near if line.item.date and line.item.date <= day]
    later = [line for line in reversed(near) if line not in earlier]
    around = [one.line, *below]
    return Example(
        gap=gap,
        line=one.line,
        spans=(one.span,) if one.before else sentences(one.line),
        base=older.line if older else one.line,
        before=old,
        after=one.after,
        delta=difference(old, one.after) if old and one.after else "",
        interval=interval_in(one.line.item.text),
        deployed=_first([one.line, *earlier, *later], "deployed"),
        causal=_first([*around, *(line for line in earlier if line.item.date == one.line.item.date)], "causal")
        or _first([line for line in near if line.has(Label.IMPACT) or line.metrics], "causal"),
        validated=next(_vouched(around), None),
    )


def _older(gap: Gap, before: Sequence[Evidence]) -> Reading | None:
    """Return the last reading with a figure before the plan began."""
    found = (reading(line, gap.wanted, gap.target) for line in before)
    return next((one for one in found if one is not None and one.after), None)


def _is_behind(above: Evidence, line: Evidence) -> bool:
    """Return whether a line is nested right below another one of the same meeting."""
    first, second = above.item, line.item
    same = first.source.path == second.source.path and first.date == second.date
    return same and second.depth > first.depth and (second.source.start or 0) == (first.source.end or 0) + 1


def _first(lines: Sequence[Evidence], kind: str) -> Said | None:
    for line in lines:
        for span in sentences(line):
            if says(kind, line.words(span)) and not line.asks(span) and not _denied(line, span):
                return Said(line, span)
    return None


def _denied(line: Evidence, span: Span) -> bool:
    """Return whether a sentence says that it is not so, or not yet."""
    words = line.words(span).casefold()
    return any(
        one in f" {words} " for one in (" not ", "n't ", "n’t ", " never ", " will ", " should ", " if ", " would ")
    )


def _vouched(lines: Sequence[Evidence]) -> Iterator[Said]:
    """Yield the sentences in which somebody else than the writer stands for the figure."""
    for line in lines:
        for span in sentences(line):
            words = line.words(span)
            named = any(name.split()[0] in words for name in line.people if name)
            if says("validated", words) and named and not line.asks(span):
                yield Said(line, span)
