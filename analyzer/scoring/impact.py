"""Impact: a sum of named parts, counted from effects alone. How big the work was is no part of it.

Size, breadth and share come from one and the same effect, the one that gives most together, so that a further effect
never lowers the sum; the rung and the consequence are the best that any effect reaches.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.records import Accomplishment, Cue, Effect, EffectKind, Evidence, Metric, Part, Score, Share
from analyzer.settings import Weights

HALF, QUARTER = 0.5, 0.25
"""A change of at least half, or a quarter, of what was there before."""

_FIGURE = re.compile(r"\d[\d.,]{0,20}")
_BREADTH = ("all", "several", "one")
_MONEY = frozenset("£ $ € gbp usd eur chf £k $k €k k£ k$ k€ £m $m €m".split())
_TIMES = frozenset(
    "ms s sec secs second seconds min mins minute minutes h hr hrs hour hours d day days week weeks".split()
)
_SHOWN_UNITS = _MONEY | _TIMES | {"%", "pp", "pts", "points"}
_SAY_RUNG = {"decided": "a decision that followed"}
_SAY_CONSEQUENCE = {"decision": "a decision", "service": "a service kept"}
_SAY_SHARE = {Share.UNSAID: "not said"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An effect with the line that reports it and the finished piece that it belongs to."""

    effect: Effect
    line: Evidence
    claim: Accomplishment | None
    sightings: tuple[Evidence, ...] = ()


def seen_effects(
    claims: Sequence[Accomplishment], loose: Sequence[Effect], lines: Mapping[str, Evidence]
) -> list[Seen]:
    """Return the effects of some claims, and of a project's lines beside them, in the order of dates."""
    found = [
        Seen(
            effect=effect,
            line=lines[effect.evidence],
            claim=claim,
            sightings=tuple(lines[key] for key in claim.evidence),
        )
        for claim in claims
        for effect in claim.effects
    ]
    found += [Seen(effect=effect, line=lines[effect.evidence], claim=None) for effect in loose]
    return sorted(found, key=lambda seen: (seen.line.item.date or date.min, seen.line.item.text, seen.line.id))


def impact_of(seen: Sequence[Seen], weights: Weights) -> tuple[Score, str] | None:
    """Return the impact and the rung that was reached, None where no effect is on record.

    Args:
        seen: the effects, in the order of dates.
        weights: points of each part.
    """
    if not seen:
        return None
    rung, best = _rung(seen, weights)
    measured = max(seen, key=lambda one: _weight(one, weights))
    parts = (
        Part(name="rung", points=weights.rungs.get(rung, 0), detail=_rung_words(rung, best), evidence=(best.line.id,)),
        _size(measured, weights),
        _breadth(measured, weights),
        _consequence(seen, weights),
        _share(measured, weights),
    )
    return Score(parts=parts), rung


def rung_of(effect: Effect) -> str:
    """Return the step of the evidence ladder that one effect stands on."""
    vouched = effect.voucher is not None
    if effect.kind is EffectKind.MEASURED:
        return "measured and vouched for" if vouched else "measured"
    if effect.kind in {EffectKind.DECIDED, EffectKind.ADOPTED}:
        return "decided"
    if effect.kind is EffectKind.EXPECTED:
        return "expected"
    return "vouched for" if vouched else "stated"


def change(metric: Metric) -> float | None:
    """Return how large a change is against what was there before, None where the words do not give it."""
    if metric.projected:
        return None
    if metric.before is not None and metric.after is not None:
        if metric.before == 0:
            return 1.0 if metric.after else 0.0
        return abs(metric.after - metric.before) / abs(metric.before)
    if metric.relative and metric.delta is not None and (metric.unit or "%") == "%":
        return abs(metric.delta) / 100
    return None


def _rung(seen: Sequence[Seen], weights: Weights) -> tuple[str, Seen]:
    best = max(seen, key=lambda one: (weights.rungs.get(rung_of(one.effect), 0), _size_points(one, weights)[0]))
    return rung_of(best.effect), best


def _rung_words(rung: str, best: Seen) -> str:
    if best.effect.kind is EffectKind.ADOPTED:
        return "decision, launch or adoption that followed"
    return _SAY_RUNG.get(rung, rung)


def _weight(one: Seen, weights: Weights) -> tuple[int, int, int]:
    """Return what the effect gives: with the share, without it; of equals the later one counts."""
    both = _size_points(one, weights)[0] + _breadth_points(one, weights)[0]
    return both + _share_points(one, weights), both, (one.line.item.date or date.min).toordinal()


def _size(one: Seen, weights: Weights) -> Part:
    points, metric = _size_points(one, weights)
    if metric is None:
        return Part(name="size", points=0, detail="no before and after on record")
    return Part(name="size", points=points, detail=say(metric), evidence=(one.line.id,))


def _size_points(one: Seen, weights: Weights) -> tuple[int, Metric | None]:
    """Return the size of a measured effect; the figures of a decision are its grounds, and expected ones have no size."""
    measured = one.effect.kind is EffectKind.MEASURED
    changes = [(found, metric) for metric in one.line.metrics if measured and (found := change(metric))]
    if not changes:
        return 0, None
    largest, metric = max(changes, key=lambda pair: pair[0])
    half, quarter, less = weights.size
    return (half if largest >= HALF else quarter if largest >= QUARTER else less), metric


def say(metric: Metric) -> str:
    """Return a change in words that its line holds: "from 31 to 22 min", else as written.

    Figures are those of the line, digit for digit: "12.0%" is never told as "12%".
    """
    written = f'"{metric.text}"'
    if metric.before is None or metric.after is None:
        return written
    unit = metric.unit if (metric.unit or "").casefold() in _SHOWN_UNITS else None
    before = _as_written(metric.before, metric.text)
    after = "none" if metric.after == 0 and "none" in metric.text.casefold() else _as_written(metric.after, metric.text)
    if before is None or after is None:
        return written
    if unit == "%":
        return f"from {_marked(before, '%', metric.text)} to {_marked(after, '%', metric.text)}"
    if unit and unit[0] in "£$€":
        return f"from {unit[0]}{before}{unit[1:]} to {unit[0]}{after}{unit[1:]}"
    return f"from {before} to {after} {unit}" if unit else f"from {before} to {after}"


def _marked(figure: str, sign: str, text: str) -> str:
    """Return a figure with its sign where the line writes it there: "22.4 -> 25.1%" marks the second only."""
    return figure + sign if re.search(rf"(?<![\d.,]){re.escape(figure)}\s?{sign}", text) else figure


def _as_written(value: float, text: str) -> str | None:
    """Return a value as the words of a line write it, None where they do not."""
    figures = (match.group().rstrip(".,") for match in _FIGURE.finditer(text))
    return next((figure for figure in figures if _value(figure) == value), None)


def _value(figure: str) -> float | None:
    try:
        return float(figure.replace(",", ""))
    except ValueError:
        return None


def _breadth(one: Seen, weights: Weights) -> Part:
    points, line, cue = _breadth_points(one, weights)
    if line is None or cue is None:
        return Part(name="breadth", points=0, detail="no unit named")
    return Part(name="breadth", points=points, detail=f'"{line.words(cue)}"', evidence=(line.id,))


def _breadth_points(one: Seen, weights: Weights) -> tuple[int, Evidence | None, Cue | None]:
    """Return the breadth of an effect: as its own line has it, else as the work's lines have it.

    Where both name the same breadth the fuller words are shown.
    """
    own = [(one.line, cue) for cue in one.line.cues_of("breadth")]
    work = [(line, cue) for line in one.sightings for cue in line.cues_of("breadth")]
    named = own or work
    if not named:
        return 0, None, None
    value = min((cue.value for _, cue in named), key=lambda value: -weights.breadth.get(value, 0))
    same = [(line, cue) for line, cue in (*own, *work) if cue.value == value]
    line, cue = max(same, key=lambda pair: pair[1].end - pair[1].start)
    return weights.breadth.get(value, 0), line, cue


def _consequence(seen: Sequence[Seen], weights: Weights) -> Part:
    touched = [
        (weights.consequence.get(value, 0), index, value) for index, one in enumerate(seen) for value in _touches(one)
    ]
    if not touched:
        return Part(name="consequence", points=0, detail="none named")
    points, index, value = max(touched)
    detail = _SAY_CONSEQUENCE.get(value, value)
    return Part(name="consequence", points=points, detail=detail, evidence=(seen[index].line.id,))


def _touches(one: Seen) -> list[str]:
    """Return what kinds of thing an effect touches: as its words say, else as its unit or its kind does."""
    said = [cue.value for cue in one.line.cues_of("consequence")]
    if said:
        return said
    units = {(metric.unit or "").casefold() for metric in one.line.metrics}
    if one.effect.kind is EffectKind.DECIDED:
        return ["decision"]
    return [kind for kind, known in (("money", _MONEY), ("time", _TIMES)) if units & known]


def _share(one: Seen, weights: Weights) -> Part:
    share = one.claim.share if one.claim else Share.UNSAID
    points = _share_points(one, weights)
    evidence = (one.sightings[0].id,) if one.sightings and share is not Share.UNSAID else ()
    return Part(name="share", points=points, detail=_SAY_SHARE.get(share, share.value), evidence=evidence)


def _share_points(one: Seen, weights: Weights) -> int:
    return weights.share.get((one.claim.share if one.claim else Share.UNSAID).value, 0)
