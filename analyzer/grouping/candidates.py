"""The names that lines carry by their form: a prefix, a bold lead, a tag or a sub-heading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.dates import find_dates
from analyzer.grouping.names import Key, find_urls, is_stage, key_of, tickets, word_spans, words
from analyzer.grouping.notes import Notes, day, reports
from analyzer.grouping.words import (
    PIECES,
    QUANTIFIERS,
    SECTION_WORDS,
    TIME,
    TRAILING,
    function_words,
    opens_a_sentence,
    past_forms,
)
from analyzer.records import Evidence

_MOST_WORDS = 6
_FORM_MEETINGS, _FORM_SHARE = 5, 0.6
"""Meetings, and share of all meetings, from which on a heading is a part of the form in which they are written up."""
_LISTED = frozenset({"prefix", "cell"})
"""Places whose names are told apart within one list or table."""
_SHORT_NAME = 2
"""Words up to which a name may end in a preposition: "Sign on", not "Something to chew on"."""
_LEAST_LETTERS = 3
"""Two letters in front of a colon are more often the initials of a speaker."""
_EDGES = ' \t-–—*_#:;,.!?()[]{}<>|/"“”«»`~'
_BRACKETED = re.compile(r"\[[^\]]{0,40}\]|\([^()]{0,60}\)?\s{0,5}$")
_PRIORITY = re.compile(r"p\d", re.IGNORECASE)
_NOT_A_WORD = re.compile(r"[^\w\s/&+<>'’.,:()#-]")


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenName:
    """A name as one line writes it."""

    written: str
    key: Key
    place: str
    """``prefix``, ``cell``, ``lead``, ``tag`` or ``heading``."""
    evidence: str
    date: date
    list_of: tuple[object, ...]
    """The list that the line stands in: two names in one list are two projects."""
    reports: bool
    """Whether the line reports work; a name without any such line is no project."""


def written_names(notes: Notes) -> dict[str, WrittenName]:
    """Return the first usable name that each line carries by its form, by evidence id."""
    found: dict[str, WrittenName] = {}
    slots = _slots(notes)
    for line in notes.evidence:
        for place, text in _places(line):
            written = None if (place, text) in slots else clean(text, notes.people)
            if written is not None:
                found[line.id] = WrittenName(
                    written=written,
                    key=key_of(written),
                    place=place,
                    evidence=line.id,
                    date=day(line),
                    list_of=list_of(line) if place in _LISTED else (line.id,),
                    reports=reports(line),
                )
                break
    return found


def _slots(notes: Notes) -> frozenset[tuple[str, str]]:
    """Return the leads and headings that stand in most meetings: those are the parts of a form ("Key points"), no projects."""
    meetings = {(line.item.source.path, line.item.date) for line in notes.evidence if line.item.date}
    where: dict[tuple[str, str], set[tuple[str, date | None]]] = {}
    for line in notes.evidence:
        for place, text in _places(line):
            if place in {"lead", "heading"}:
                where.setdefault((place, text), set()).add((line.item.source.path, line.item.date))
    least = max(_FORM_MEETINGS, _FORM_SHARE * len(meetings))
    return frozenset(name for name, held in where.items() if len(held) >= least)


def siblings_of(names: Mapping[str, WrittenName]) -> dict[str, tuple[tuple[object, ...], Key]]:
    """Return the list and the key of each line with a prefix of its own, by evidence id: two keys in one list are two projects."""
    return {key: (name.list_of, name.key) for key, name in names.items() if name.place in _LISTED}


def clean(text: str, people: Iterable[str] = ()) -> str | None:
    """Return a name without what hangs around it, None where it names no project.

    Args:
        text: a prefix, lead, tag or heading as written.
        people: lower-case words of people's names.
    """
    kept = _NOT_A_WORD.sub(" ", _BRACKETED.sub(" ", text)).strip(_EDGES).split()
    while len(kept) > 1 and _hangs_on(kept[-1]):
        kept.pop()
    name = " ".join(kept).strip(_EDGES)
    parts = words(name)
    if not parts or len(parts) > _MOST_WORDS or find_dates(name) or find_urls(text):
        return None
    return name if _names_something(parts, frozenset(people)) else None


def linked_by_ticket(notes: Notes) -> Mapping[str, tuple[str, ...]]:
    """Return the ticket keys that each line holds, by evidence id, for the lines that hold any."""
    found: dict[str, tuple[str, ...]] = {}
    for line in notes.evidence:
        keys = tickets(" ".join((line.item.prefix, line.item.text, *line.item.tags)))
        if keys:
            found[line.id] = tuple(dict.fromkeys(keys))
    return found


def runs(text: str, people: frozenset[str]) -> list[list[tuple[str, int, int]]]:
    """Return the runs of words of a text that can be part of a noun phrase, with their offsets."""
    found: list[list[tuple[str, int, int]]] = [[]]
    end = 0
    for word, start, stop in word_spans(text):
        breaks = any(mark in text[end:start] for mark in '.,;:!?()[]"“”|>→*')
        stops = word in function_words() or word in people or word in past_forms() or not word[:1].isalpha()
        if (breaks or stops) and found[-1]:
            found.append([])
        if not stops:
            found[-1].append((word, start, stop))
        end = stop
    return [run for run in found if run]


def _places(line: Evidence) -> list[tuple[str, str]]:
    item = line.item
    in_cell = "|" in item.text[len(item.prefix) : item.lead_end]
    places = [("cell" if in_cell else "prefix", item.prefix), ("lead", item.lead)]
    places += [("tag", tag) for tag in item.tags if not tickets(tag)]
    if item.section in {"", "notes"}:
        places.append(("heading", item.heading))
    return [(place, text) for place, text in places if text.strip()]


def list_of(line: Evidence) -> tuple[object, ...]:
    """Return the list that a line stands in, as something to compare."""
    item = line.item
    return (item.source.path, item.date, item.section, item.heading, item.lead, item.parent)


def _hangs_on(word: str) -> bool:
    return word.casefold().strip(_EDGES) in TRAILING or bool(_PRIORITY.fullmatch(word))


def _names_something(parts: Sequence[str], people: frozenset[str]) -> bool:
    """Return whether words can be a name: some tell something, and they are no sentence ("Ana stopped by")."""
    if parts[0] in people or parts[0].isdigit() or (parts[0] in _OPENERS and len(parts) > 1):
        return False
    if parts[0] in QUANTIFIERS or parts == ("multiple",) or opens_a_sentence(parts):
        return False
    if any(word in past_forms() for word in parts[1:]) or parts[-1] in _CLOSERS or all(map(_says_how_far, parts)):
        return False
    if (len(parts) > _SHORT_NAME and parts[-1] in _HANGING) or any(part.endswith("n't") for part in parts):
        return False
    if len(parts) == 1 and len(parts[0]) < _LEAST_LETTERS:
        return False
    empty = function_words() | TIME | people
    telling = [word for word in parts if word not in empty and not heads_a_list(word)]
    return any(any(letter.isalpha() for letter in word) and len(word) > 1 for word in telling)


def _says_how_far(word: str) -> bool:
    return is_stage(word) or word in PIECES


def heads_a_list(word: str) -> bool:
    """Return whether a word only heads lists or marks a state ("wins", "blockers")."""
    return word in SECTION_WORDS or (word.endswith("s") and word[:-1] in SECTION_WORDS)


_OPENERS = frozenset(
    """and but so also plus the a an on in at by for from to with about after before since what
    who when where why how""".split()
)
_HANGING = frozenset("on in at for with to of from about over".split())
_CLOSERS = frozenset(
    """it me us you him her them i we he she they monday tuesday wednesday thursday friday mon tue tues wed thu thurs
    fri today tomorrow""".split()
)
