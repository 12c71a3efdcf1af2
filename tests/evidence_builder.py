"""Labelled lines by hand, in one line each: for tests of what comes after the labeller."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.records import (
    Cue,
    Direction,
    Evidence,
    Item,
    Label,
    Meeting,
    MeetingKind,
    Metric,
    Polarity,
    Source,
    Status,
)

LABELS = {
    "a": Label.ACCOMPLISHMENT,
    "i": Label.IMPACT,
    "f": Label.FEEDBACK,
    "b": Label.BLOCKER,
    "t": Label.ACTION_ITEM,
    "c": Label.CAREER,
    "g": Label.GOAL,
}
CueSpec = tuple[str, ...]
"""``(kind, value)`` for a cue on the whole text, or ``(kind, value, words)`` for one on these words of it."""


def line(
    on: str | None,
    text: str,
    labels: str = "",
    *,
    status: str | None = None,
    polarity: str | None = None,
    direction: str | None = None,
    cues: Iterable[CueSpec] = (),
    metrics: Sequence[Metric] = (),
    people: Sequence[str] = (),
    author: str | None = None,
    prefix: str = "",
    lead: str = "",
    heading: str = "",
    section: str = "notes",
    tags: Sequence[str] = (),
    parent: int | None = None,
    prose: bool = False,
    checked: bool | None = None,
    path: str = "notes.md",
    number: int | None = None,
    id: str | None = None,  # noqa: A002
) -> Evidence:
    """Return one labelled line; ``labels`` are the letters of the labelled notes ("a i"), ``on`` an ISO date.

    A line without ``prefix`` whose text begins with "Name: " keeps it: the splitter's work is not done here.
    """
    found = date.fromisoformat(on) if on else None
    item = Item(
        source=Source(path, number, number),
        date=found,
        text=text,
        raw=text,
        section=section,
        heading=heading,
        author=author,
        prefix=prefix,
        lead=lead,
        tags=tuple(tags),
        parent=parent,
        prose=prose,
        checked=checked,
        pinned=found is None,
    )
    return Evidence(
        id=id or f"{on or 'pinned'}/{prefix}/{text}",
        item=item,
        labels=frozenset(LABELS[letter] for letter in labels.replace(" ", "")),
        status=Status(status) if status else None,
        polarity=Polarity(polarity) if polarity else None,
        direction=Direction(direction) if direction else None,
        people=tuple(people),
        metrics=tuple(metrics),
        cues=tuple(_cue(text, *spec) for spec in cues),
    )


def metric(text: str, *, before: float | None = None, after: float | None = None, **more: object) -> Metric:
    """Return a metric; ``more`` are further fields of the record."""
    return Metric(text=text, before=before, after=after, **more)  # type: ignore[arg-type]


def held(*days: str, path: str = "notes.md") -> tuple[Meeting, ...]:
    """Return one meeting that took place for each ISO date."""
    return tuple(
        Meeting(source=Source(path, None, None), date=date.fromisoformat(found), kind=MeetingKind.HELD, heading=found)
        for found in days
    )


def cancelled(day: str, path: str = "notes.md") -> Meeting:
    """Return one meeting that did not take place."""
    return Meeting(
        source=Source(path, None, None), date=date.fromisoformat(day), kind=MeetingKind.CANCELLED, heading=day
    )


def meetings_of(lines: Iterable[Evidence]) -> tuple[Meeting, ...]:
    """Return a held meeting for each date that the lines have."""
    return held(*sorted({found.item.date.isoformat() for found in lines if found.item.date}))


def _cue(text: str, kind: str, value: str = "", words: str | None = None) -> Cue:
    start = text.index(words) if words is not None else 0
    end = start + len(words) if words is not None else len(text)
    return Cue(rule=f"{kind}.{value or 'any'}", kind=kind, value=value, start=start, end=end)
