"""What was read and is not cited in the draft, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.drafting.cite import place, short_day
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.fill import plain
from analyzer.drafting.phrases import UNUSED
from analyzer.drafts import Sentence
from analyzer.records import Evidence, Label, Status

SHORT_ROW = 4
"""Lines that each carry their own "l."."""
_UNDER_WAY = frozenset({Status.IN_PROGRESS, Status.PLANNED, Status.BLOCKED})


def leftover_paragraph(desk: Desk, used: Iterable[str]) -> tuple[Sentence, ...]:
    """Return the closing paragraph that lists the lines that the draft does not cite, by kind.

    Args:
        desk: the review's look-ups.
        used: labels of the citations in the draft.
    """
    cited = set(used)
    groups: dict[str, list[Evidence]] = {}
    for line in desk.review.evidence:
        if desk.cite(line.id).label not in cited:
            groups.setdefault(_group(desk, line), []).append(line)
    if not groups:
        return ()
    order = sorted(groups, key=_rank)
    text = ", ".join(f"{name} ({line_list(desk, groups[name])})" for name in order)
    return (plain(UNUSED["lead"].format(groups=text)),)


def line_list(desk: Desk, lines: Iterable[Evidence]) -> str:
    """Return places without links: "l. 12, l. 29", and with the meeting's date where there are several files."""
    found = sorted(lines, key=lambda line: (line.item.source.path, line.item.source.start or 0))
    if len(desk.citer.documents) < 2:
        return _row(dict.fromkeys(place(line.item.source) for line in found))
    days: dict[str, list[str]] = {}
    for line in found:
        label = desk.cite(line.id).label
        where = place(line.item.source)
        head = (
            label[: -len(where)].rstrip(", ")
            if label.endswith(where)
            else short_day(line.item.date or desk.review.start)
        )
        days.setdefault(head, []).append(where)
    return "; ".join(f"{head}: {_row(dict.fromkeys(places))}" for head, places in days.items())


def _row(places: Iterable[str]) -> str:
    """Return places in a row; a long one says "l." once."""
    found = list(places)
    if len(found) <= SHORT_ROW or not all(one.startswith("l. ") for one in found):
        return ", ".join(found)
    return "l. " + ", ".join(one.removeprefix("l. ") for one in found)


def _group(desk: Desk, line: Evidence) -> str:
    kinds = {cue.kind for cue in line.cues}
    if kinds & {"promise", "answer"} or line.has(Label.ACTION_ITEM):
        others = {desk.review.manager, *(cue.value for cue in line.cues if cue.kind == "promise")} - {"", None}
        author = line.item.author or next(iter(sorted(name for name in others if name)), None)
        named = author and author != desk.review.subject
        return UNUSED["promises_of"].format(name=short_name(author)) if named else UNUSED["promises"]
    if line.status in _UNDER_WAY or line.has(Label.BLOCKER):
        return UNUSED["under_way"]
    if "ask" in kinds:
        return UNUSED["questions"]
    return UNUSED["other"] if line.labels or line.project else UNUSED["chat"]


def _rank(name: str) -> tuple[int, str]:
    order = [UNUSED["chat"], UNUSED["under_way"], UNUSED["promises"]]
    if name in order:
        return order.index(name), name
    return (len(order), name) if name.startswith(UNUSED["promises"]) else (len(order) + 1, name)
