"""Everything that is read from an item's words before any label is given: cues, frames, metrics, people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.cache import Store
from analyzer.labelling.extent import find_extent
from analyzer.labelling.frames import Frame, Turn, frames, make_who
from analyzer.labelling.people import find_names, people_in, role_of
from analyzer.labelling.remembered import Remembered
from analyzer.labelling.times import find_times
from analyzer.language import MATCH_LIMIT, Reader
from analyzer.patterns import load_lists
from analyzer.records import Cue, Item, Metric, Roster, Span

_NUMBER = re.compile(r"[£$€]?\d[\d,.:/]*\s?[kmKM%]?")
_TICKET = re.compile(r"\b[A-Z]{2,8}-\d{1,6}\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One item with what was read from it.

    Attributes:
        item: the item.
        parent: index of its parent item among the observations, None if it has none.
        role: who says it: subject, manager or other.
        turns: who speaks where in the text.
        frames: one a clause.
        cues: every rule that fired, in the order of the text.
        metrics: the quantities that look like effects.
        people: who is named, as the roster writes them.
        masked: the text in lower case with names, numbers and tickets masked.
    """

    item: Item
    parent: int | None
    role: str
    turns: tuple[Turn, ...]
    frames: tuple[Frame, ...]
    cues: tuple[Cue, ...]
    metrics: tuple[Metric, ...]
    people: tuple[str, ...]
    masked: str


def observe(items: Sequence[Item], roster: Roster, reader: Reader, store: Store | None = None) -> list[Observation]:
    """Read items of one person's notes.

    Args:
        items: in the order of the notes; names are learned from all of them.
        roster: who is who.
        reader: from `analyzer.language.build_reader`.
        store: a cache of what the rules find; None to find all of it.
    """
    remembered = Remembered([item.text[:MATCH_LIMIT] for item in items], reader, store)
    names = find_names(items, roster)
    who = make_who(roster, names)
    parents = _parents(items)
    found = []
    for item, parent, doc in zip(items, parents, reader.docs(item.text for item in items), strict=True):
        turns = _turns(item, roster)
        text = item.text[:MATCH_LIMIT]
        fired, metrics = remembered.find(text, doc)
        cues = [
            *fired,
            *map(_whole_day, find_times(text, written=item.date, day_first=item.day_first)),
            *find_extent(text),
            *_tag_cues(item),
        ]
        found.append(
            Observation(
                item=item,
                parent=parent,
                role=role_of(item.author, roster),
                turns=turns,
                frames=tuple(frames(doc, who, turns)),
                cues=tuple(sorted(cues, key=lambda cue: (cue.start, cue.end, cue.rule))),
                metrics=metrics,
                people=people_in(text, names, roster),
                masked=mask(text, names, item.prefix),
            )
        )
    remembered.keep()
    return found


def mask(text: str, names: frozenset[str], prefix: str) -> str:
    """Return the text in lower case with what belongs to one author alone replaced by kinds.

    Args:
        text: an item's text.
        names: lower-cased names of persons.
        prefix: the project-like lead of the text, if it has one.
    """
    if prefix and text.startswith(prefix):
        text = "<project> " + text[len(prefix) :]
    text = _NUMBER.sub(" <n> ", _TICKET.sub(" <ticket> ", text))
    words = (" <person> " if word.lower() in names and word[0].isupper() else word for word in re.split(r"(\W+)", text))
    return "".join(words).lower()


def _whole_day(cue: Cue) -> Cue:
    """Drop the value of a day that is only a month or a quarter: later stages count days and move none of them."""
    return (
        replace(cue, value="")
        if cue.kind in {"eta", "due", "since", "arrived"} and len(cue.value) < len("2025-01-31")
        else cue
    )


def _parents(items: Sequence[Item]) -> list[int | None]:
    """Turn parent indexes within one document into indexes among all items."""
    start: dict[str, int] = {}
    for index, item in enumerate(items):
        start.setdefault(item.source.path, index)
    return [None if item.parent is None else start[item.source.path] + item.parent for item in items]


def _turns(item: Item, roster: Roster) -> tuple[Turn, ...]:
    """Return who speaks where; a project-like lead is nobody's clause."""
    spans = item.turns or (Span(0, len(item.text), item.author),)
    return tuple(
        Turn(max(span.start, item.lead_end), span.end, role_of(span.author or item.author, roster))
        for span in spans
        if span.end > item.lead_end
    )


def _tag_cues(item: Item) -> list[Cue]:
    """Return what the bracketed tags say of the state of the work ("[Blocked]", "[On hold]")."""
    states = load_lists()
    return [
        Cue(f"tag.{state}", "work", state, 0, 0)
        for tag in item.tags
        for state in ("done", "in_progress", "blocked", "dropped")
        if tag.lower() in states[f"tag_{state}"]
    ]
