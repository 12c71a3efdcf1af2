"""From criteria and notes to gaps: expected, actual, a root cause where a line states one, and which gap to close first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.drafting.desk import Desk
from analyzer.records import Accomplishment, Evidence, Span
from analyzer.turnaround.matching import Wanted, Window, lines_until, may_serve, of_criterion, sentences, serves
from analyzer.turnaround.plan import Criterion, PlanFile, later
from analyzer.turnaround.readings import Reading, Target, distance, latest, met, reading, target_of
from analyzer.turnaround.wording import found, says

PARTS = ("input", "transformation", "output")
FAR = 0.5
"""A gap is large from half of the largest on; within a size, what can be changed in the next sprint comes first."""
MOST_SHIPPED = 5
"""Pieces of work that one row of the map tells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A line that states why, and which part it says broke ('' where it names none or several)."""

    line: Evidence
    spans: tuple[Span, ...]
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """A finished piece of work that serves a criterion, with the lines that report what it led to."""

    claim: Accomplishment
    effects: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A criterion as the notes answer it."""

    at: int
    """Number of the criterion in the plan, from 0."""
    criterion: Criterion
    wanted: Wanted
    target: Target | None
    actual: Reading | None
    cause: Cause | None
    shipped: tuple[Shipped, ...]
    maybe: tuple[Evidence, ...]
    """Lines in the window that may serve it; they are put to the reader and stand nowhere else."""
    by: date | None
    soon: int | None
    """Number of the commitment that is due within the next sprint, None for none."""
    words: Evidence | None
    """The newest line in the window that serves it, whether with a figure or not."""
    waits: Evidence | None
    """The newest line in the window that says that it waits for somebody else."""

    @property
    def met(self) -> bool | None:
        """Whether the last figure meets the target, None where the figures do not say."""
        return met(self.actual, self.target)

    @property
    def far(self) -> float | None:
        """How far the last figure is from the target, as a share of it; 0 where it is met."""
        return 0.0 if self.met else distance(self.actual, self.target)


def gaps_of(desk: Desk, plan: PlanFile, window: Window) -> list[Gap]:
    """Hold every criterion of the plan against the notes, in the plan's order."""
    lines = lines_until(desk, window)
    return [_gap(desk, plan, window, lines, at) for at in range(len(plan.plan.criterion))]


def ranked(gaps: Sequence[Gap]) -> list[Gap]:
    """Order gaps: large ones first, then what can be changed in the next sprint, then by distance; met ones last.

    A gap without a figure stands behind the measured ones that are open: how large it is, only its owner can say.
    """
    largest = max((gap.far for gap in gaps if gap.far), default=0.0)

    def key(gap: Gap) -> tuple[int, int, float, int]:
        far = gap.far
        size = 3 if gap.met else 2 if far is None else 0 if far >= FAR * largest else 1
        hand = 0 if gap.soon is not None else 2 if gap.waits else 1
        return size, hand, -(far or 0.0), gap.at

    return sorted(gaps, key=key)


def part_of(text: str) -> str:
    """Return which part a text says broke: named outright, or by what broke where only one part is spoken of."""
    for kind in ("named", "implied"):
        said = [part for part in PARTS if says(f"{part}_{kind}", text)]
        if said:
            return said[0] if len(said) == 1 else ""
    return ""


def _gap(desk: Desk, plan: PlanFile, window: Window, lines: Sequence[Evidence], at: int) -> Gap:
    criterion = plan.plan.criterion[at]
    wanted, target = of_criterion(criterion), target_of(criterion.target)
    own = [line for line in lines if serves(line, wanted)]
    waiting = (line for line in own if window.holds(line.item.date) and says("waiting", line.item.raw))
    return Gap(
        at=at,
        criterion=criterion,
        wanted=wanted,
        target=target,
        actual=latest(lines, wanted, target, window),
        cause=_cause(own, target),
        shipped=_shipped(desk, window, wanted, target),
        maybe=tuple(line for line in lines if window.holds(line.item.date) and may_serve(line, wanted)),
        by=plan.day(criterion.by, window.end),
        soon=_soon(plan, window, at),
        words=next((line for line in own if window.holds(line.item.date)), None),
        waits=next(waiting, None),
    )


def _cause(own: Sequence[Evidence], target: Target | None) -> Cause | None:
    """Return the newest line that states why something went wrong; what improved has its cause elsewhere."""
    for line in own:
        if _improves(line, target):
            continue
        spans = [span for span in sentences(line) if _states_cause(line, span, target.way if target else 0)]
        if spans:
            behind = [span for span in sentences(line) if span.start > spans[0].start and not line.asks(span)]
            chosen = (spans[0], *(span for span in behind[:1] if part_of(line.words(span))))
            return Cause(line=line, spans=chosen, part=part_of(" ".join(line.words(span) for span in chosen)))
    return None


def _states_cause(line: Evidence, span: Span, way: int) -> bool:
    """Return whether a sentence says why something went wrong; praise and good news have causes too.

    "Because" gives the cause of what stands in front of it, so that has to be the trouble; "turned out" may stand anywhere.
    """
    words = line.words(span)
    if says("relief", words) or line.asks(span):
        return False
    soft = found("because", words)
    told = words[: soft.start()] if soft else words if says("cause", words) else ""
    good = {1: "rising", -1: "falling"}.get(way)
    bad = [kind for kind in ("rising", "falling") if kind != good]
    return any(says(kind, told) for kind in ("trouble", *bad)) and not (good and says(good, told))


def _improves(line: Evidence, target: Target | None) -> bool:
    """Return whether a line tells a change to the better, or any change where the target says no way."""
    good = {1: "up", -1: "down"}.get(target.way if target else 0)
    return any(one.before is not None and good in {None, one.direction} for one in line.metrics)


def _shipped(desk: Desk, window: Window, wanted: Wanted, target: Target | None) -> tuple[Shipped, ...]:
    """Return the finished pieces of the window that serve a criterion, newest first; a mere figure is no piece of work."""
    pieces = []
    for claim in desk.claims.values():
        sightings = [desk.lines[one] for one in claim.evidence if one in desk.lines]
        figure = target is not None and any(reading(line, wanted, target) for line in sightings[:1])
        if window.holds(claim.first) and not figure and any(serves(line, wanted) for line in sightings):
            effects = [one.evidence for one in claim.effects if one.evidence in desk.lines]
            known = tuple(
                one for one in effects if window.holds(desk.lines[one].item.date) and one not in claim.evidence
            )
            pieces.append(Shipped(claim=claim, effects=known))
    return tuple(sorted(pieces, key=lambda one: (-one.claim.first.toordinal(), one.claim.id)))


def _soon(plan: PlanFile, window: Window, at: int) -> int | None:
    """Return the first commitment about a criterion's metric that falls due within the next sprint."""
    last = later(window.end, plan.plan.sprint)
    metric = plan.plan.criterion[at].metric.casefold()
    for number, one in enumerate(plan.plan.commitment):
        due = plan.day(one.by, window.end)
        if one.metric.casefold() == metric and due is not None and window.end <= due <= last:
            return number
    return None
