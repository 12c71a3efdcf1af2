"""What the notes give as the state of a metric: the line that names it, and its figure where that is not open.

A figure counts as the metric's reading only where it stands right beside its name ("late promises 8.9%", "3 backtests") or
where the line tells a change of it. Everything else is quoted and not turned into a number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.dates import MONTHS
from analyzer.grouping.words import TIME, function_words
from analyzer.labelling.metrics.quantities import find_quantities
from analyzer.labelling.metrics.quantity import Quantity
from analyzer.records import Evidence, Metric, Span
from analyzer.turnaround.matching import Wanted, Window, mention, sentences
from analyzer.turnaround.wording import found, says, wording

_BETWEEN = re.compile(r"[\s:=,–—-]{0,4}")
_CLAUSE = re.compile(r"[,;.!?(]\s|[,;.!?]$")
_LETTERS = re.compile(r"[^\W\d_]+")
_MONTH = re.compile(rf"\s{{0,2}}(?:in|for|of)\s(?:early |late |mid-)?({'|'.join(MONTHS)})\b", re.IGNORECASE)
_WAS = re.compile(r"(?:was|from|before|instead of|up on|down on)\s{0,2}$", re.IGNORECASE)
_SCOPE = re.compile(r"\b(?:on|in|at|among|for|within) ((?:[^\W\d_]{1,30} ?){1,4})|([A-Z][^\W\d_]{1,30})")
"""A part that a figure is of: "on the day shift", "in Ghent"."""
_CURRENCY = frozenset("£$€")
_BEHIND = re.compile(r"\s?(?:%|[a-zA-Z]{1,12})")
_UNREAL = re.compile(r"\bwould\b|['’]d have\b", re.IGNORECASE)
_MEASURED = frozenset({"%", "pts", "x", "ms", "s", "min", "h", "hours", "days", "weeks", "months", "years"})
"""Units of changes that a count is no change in."""
_ALL = 100.0
_ENDS = re.compile(r"\d[\d.,]{0,12}\d|\d")


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """The figure of a target: its value, its unit, and which way is good (1 for up, -1 for down, 0 for unsaid)."""

    value: float
    unit: str | None
    way: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What one line says about a metric."""

    line: Evidence
    span: Span
    """The sentence that names the metric."""
    value: float | None = None
    after: str = ""
    """The figure as written, '' where the line leaves it open which one it is."""
    before: str = ""
    """The older figure as written, '' where the line gives none."""
    old: float | None = None
    scoped: bool = False
    """Whether the figure is of a part only ("in Ghent"): then it may be an example, and is not the state of the whole."""


def target_of(text: str) -> Target | None:
    """Return the figure of a target, None where it names none or several; "every Thursday" asks for all of them."""
    figures = find_quantities(text)
    if not figures and says("every", text):
        return Target(value=_ALL, unit="%", way=1)
    if len(figures) != 1:
        return None
    way = -1 if says("at_most", text) or re.search(r"[<≤]", text) else 0
    way = 1 if not way and (says("at_least", text) or re.search(r"[>≥]", text)) else way
    return Target(value=_value(figures[0]), unit=unit_of(figures[0]), way=way)


def unit_of(figure: Quantity) -> str | None:
    """Return the unit that figures are compared in; counts and bare numbers have none, "4 of 5" is a share."""
    if figure.kind == "ratio":
        return "%"
    return figure.unit if figure.kind in {"percent", "points", "factor", "time", "money", "measure", "scaled"} else None


def reading(line: Evidence, wanted: Wanted, target: Target | None) -> Reading | None:
    """Return what a line says about a metric, None where it does not name it.

    Args:
        line: the line.
        wanted: the metric and its names.
        target: what the figure is held against; without one, only the words count.
    """
    for span in sentences(line):
        text = line.words(span)
        place = mention(text, wanted.metric)
        if place is None or line.asks(span):
            continue
        if target is None:
            return Reading(line=line, span=span)
        figures = [one for one in find_quantities(_without_interval(text)) if _fits(one, target)]
        if not figures:
            continue
        change = _change(line, span, wanted, target)
        if change is not None:
            return _changed(line, span, change, place)
        return _beside(line, span, place, figures)
    return None


def latest(lines: Sequence[Evidence], wanted: Wanted, target: Target | None, window: Window) -> Reading | None:
    """Return the newest reading with a figure, else the newest that names the metric beside one, else in the window in words.

    Args:
        lines: newest first.
        wanted: the metric and its names.
        target: what the figure is held against.
        window: the days in which words without a figure count.
    """
    found = [one for line in lines if (one := reading(line, wanted, target)) is not None]
    figure = next((one for one in found if one.after and not one.scoped), None) if target else None
    if figure is None and found and target:
        figure = found[0]
    if figure is not None:
        return figure
    named = (reading(line, wanted, None) for line in lines if window.holds(line.item.date))
    return next((one for one in named if one is not None), None)


def met(one: Reading | None, target: Target | None) -> bool | None:
    """Return whether a reading meets its target, None where the figures do not say."""
    if one is None or one.value is None or one.scoped or target is None or not target.way:
        return None
    return one.value <= target.value if target.way < 0 else one.value >= target.value


def distance(one: Reading | None, target: Target | None) -> float | None:
    """Return how far a reading is from its target, as a share of the target, None where that is open."""
    if one is None or one.value is None or one.scoped or target is None or not target.value:
        return None
    return abs(one.value - target.value) / abs(target.value)


def interval_in(text: str) -> str:
    """Return the interval that a text gives, as written, '' for none."""
    match = found("interval_marks", text)
    return match[0].strip() if match else ""


def _without_interval(text: str) -> str:
    """Blank out intervals, so that their ends are no figures of the metric; nothing moves."""
    return wording()["interval_marks"].sub(lambda match: " " * len(match[0]), text)


def _fits(figure: Quantity, target: Target) -> bool:
    return unit_of(figure) == target.unit and not figure.word


def _change(line: Evidence, span: Span, wanted: Wanted, target: Target) -> Metric | None:
    """Return the change from one figure to another that a sentence tells of the metric."""
    inside = [one for one in line.metrics if span.start <= one.start < span.end and not one.projected]
    changes = [one for one in inside if one.before is not None and one.after is not None and one.end <= span.end]
    changes = [one for one in changes if one.unit == target.unit or (target.unit is None and one.unit not in _MEASURED)]
    changes = [one for one in changes if not _UNREAL.search(line.item.text[one.start : one.end])]
    named = [one for one in changes if one.name is None or mention(one.name, wanted.metric) or len(changes) == 1]
    return named[0] if len(named) == 1 else None


def _changed(line: Evidence, span: Span, change: Metric, place: tuple[int, int]) -> Reading:
    between = line.words(span)[place[1] : max(place[1], change.start - span.start)]
    return Reading(
        scoped=any(map(_is_part, _SCOPE.finditer(between))),
        line=line,
        span=span,
        value=change.after,
        after=_as_written(change.text, change.after, change.unit),
        before=_as_written(change.text, change.before, change.unit),
        old=change.before,
    )


def _is_part(match: re.Match[str]) -> bool:
    """Return whether a phrase says of which part a figure is, and not only of which time."""
    words = (match[1] or match[2]).casefold().split()
    return any(word not in TIME and word not in function_words() for word in words)


def _as_written(text: str, value: float | None, unit: str | None) -> str:
    """Return a figure as its text has it, with its sign of percent; '' where the text has it in other words."""
    for match in _ENDS.finditer(text):
        if value is not None and float(match[0].replace(",", "")) == value:
            behind = _BEHIND.match(text, match.end())
            same = behind and unit and [one.unit for one in find_quantities(match[0] + behind[0])] == [unit]
            sign = text[match.start() - 1 : match.start()] if match.start() else ""
            return (sign if sign in _CURRENCY else "") + match[0] + (behind[0] if behind and same else "")
    return ""


def _beside(line: Evidence, span: Span, place: tuple[int, int], figures: Sequence[Quantity]) -> Reading:
    """Read the figure that stands right beside the metric's name, and an older one that the sentence sets against it."""
    text = line.words(span)
    own = [one for one in figures if _is_beside(text, place, one)]
    if len(own) != 1 or _has_rival(text, own[0], figures):
        return Reading(line=line, span=span)
    one = own[0]
    older = [other for other in figures if other != one and _is_older(text, one, other)]
    before = older[0] if len(older) == 1 else None
    return Reading(
        line=line,
        span=span,
        value=_value(one),
        after=_shown(text, one),
        before=_shown(text, before) if before else "",
        old=_value(before) if before else None,
    )


def _is_beside(text: str, place: tuple[int, int], figure: Quantity) -> bool:
    if figure.start >= place[1]:
        between = text[place[1] : figure.start]
        rest = _LETTERS.sub(_without_time, wording()["link"].sub("", between))
        return _BETWEEN.fullmatch(rest) is not None
    if figure.kind in {"count", "bare"}:
        between = text[min(figure.end, place[0]) : place[0]]
        return _BETWEEN.fullmatch(between) is not None
    return False


def _without_time(word: re.Match[str]) -> str:
    """Leave out words for times: "completed-job rate QTD is 79.6%" is a figure of all of it."""
    return "" if word[0].casefold() in TIME else word[0]


def _has_rival(text: str, one: Quantity, figures: Sequence[Quantity]) -> bool:
    """Return whether the same clause gives another figure: then it is open which one is the state."""
    ends = _CLAUSE.search(text, one.end)
    end = ends.start() if ends else len(text)
    return any(one.end <= other.start < end and not _WAS.search(text[: other.start]) for other in figures)


def _is_older(text: str, one: Quantity, other: Quantity) -> bool:
    """Return whether another figure is the older one: "was 14%", or of an earlier month of the same year."""
    if _WAS.search(text[: other.start]):
        return True
    now, then = _MONTH.match(text, one.end), _MONTH.match(text, other.end)
    return bool(now and then) and MONTHS[then[1].lower()] < MONTHS[now[1].lower()]  # type: ignore[index]


def _value(figure: Quantity) -> float:
    """Return the value of a figure in its unit of comparison: "4 of 5" is 80%."""
    if figure.kind == "ratio" and figure.whole:
        return 100 * figure.value / figure.whole
    return figure.value


def _shown(text: str, figure: Quantity) -> str:
    """Return a figure as the text writes it, without words like "about" before it."""
    words = text[figure.start : figure.end]
    digit = re.search(r"[£$€]?\d", words)
    return words[digit.start() :].strip() if digit else words.strip()
