"""Which lines of the notes serve a criterion: by the words of its metric, name and aliases, honest about doubt.

A line *serves* a criterion where it names its metric, its name or an alias, word for word but for endings and small words
("readouts on time" is named by "readout on time"), or belongs to a project of that name. It *may serve* it where it only
shares two of its words; such a line stands in the list to check and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from analyzer.drafting.clauses import pieces
from analyzer.drafting.desk import Desk
from analyzer.grouping.words import TIME, function_words
from analyzer.records import Evidence, Span
from analyzer.turnaround.plan import Commitment, Criterion, Plan

SHARED = 2
"""Words that a line shares with a criterion from which on it may serve it."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_FEWEST = 4
"""Letters of a word whose ending may go."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word that carries meaning, without its ending, and where it stands."""

    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is looked for: the names of a metric, each as a row of words, and all words around it."""

    metric: tuple[tuple[str, ...], ...]
    """The metric itself and what it is called too."""
    names: tuple[tuple[str, ...], ...]
    """The metric, the name and the aliases: a line that holds one of them serves the criterion."""
    words: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days that count: after ``start``, up to and including ``end``, the day of the talk."""

    start: date
    end: date

    def holds(self, day: date | None) -> bool:
        """Return whether a day lies in the window."""
        return day is not None and self.start < day <= self.end

    def before(self, day: date | None) -> bool:
        """Return whether a day is not after the talk."""
        return day is not None and day <= self.end


def window_of(talk: date, days: int) -> Window:
    """Return the window that ends on the day of the talk."""
    return Window(start=talk - timedelta(days=min(days, talk.toordinal() - 1)), end=talk)


def of_criterion(one: Criterion) -> Wanted:
    """Return what is looked for in the notes for a criterion."""
    names = _rows([one.metric, one.name, *one.aliases])
    texts = (one.name, one.metric, *one.aliases, one.text or "")
    return Wanted(metric=_rows([one.metric, one.name]), names=names, words=_stems(texts))


def of_commitment(one: Commitment, plan: Plan) -> Wanted:
    """Return what is looked for in the notes for a commitment: with the other names of a criterion that it is about."""
    same = [other for other in plan.criterion if other.metric.casefold() == one.metric.casefold()]
    names = _rows([one.metric, *one.aliases, *(name for other in same for name in (other.name, *other.aliases))])
    return Wanted(metric=_rows([one.metric, *one.aliases]), names=names, words=_stems([one.metric, *one.aliases]))


def serves(line: Evidence, wanted: Wanted) -> bool:
    """Return whether a line surely speaks of what is wanted."""
    item = line.item
    if any(mention(text, wanted.names) for text in (item.text, f"{item.prefix} {item.text}" if item.prefix else "")):
        return True
    return bool(line.project) and tuple(_stems_in(line.project or "")) in wanted.names


def may_serve(line: Evidence, wanted: Wanted) -> bool:
    """Return whether a line shares words with what is wanted and is not sure to speak of it."""
    there = {word.stem for word in words_of(line.item.text)}
    return len(there & wanted.words) >= SHARED and not serves(line, wanted)


def lines_until(desk: Desk, window: Window) -> list[Evidence]:
    """Return the dated lines up to the talk, newest first; those of one meeting in the order that they stand in."""
    held = [line for line in desk.lines.values() if window.before(line.item.date) and not line.item.struck]
    ordered = sorted(held, key=lambda line: (line.item.source.path, line.item.source.start or 0))
    return sorted(ordered, key=lambda line: line.item.date or date.min, reverse=True)


def sentences(line: Evidence) -> tuple[Span, ...]:
    """Return the sentences of a line, the first with its lead: "Late promises: 9.4%" is a figure of what it leads with."""
    first, *rest = pieces(line)
    if first.start == line.item.lead_end:
        first = Span(0, first.end, first.author)
    return (first, *rest)


def mention(text: str, names: Iterable[tuple[str, ...]]) -> tuple[int, int] | None:
    """Return where a text holds one of several names, the longest first, None where it holds none."""
    there = words_of(text)
    for name in sorted(names, key=len, reverse=True):
        for at in range(len(there) - len(name) + 1):
            if tuple(word.stem for word in there[at : at + len(name)]) == name:
                return there[at].start, there[at + len(name) - 1].end
    return None


@lru_cache(maxsize=8192)
def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a text that carry meaning, without their endings."""
    found = (Word(_stem(match[0].casefold()), match.start(), match.end()) for match in _WORD.finditer(text))
    return tuple(word for word in found if word.stem not in function_words())


def _rows(names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    rows = (tuple(_stems_in(name)) for name in names)
    return tuple(dict.fromkeys(row for row in rows if row))


def _stems_in(text: str) -> list[str]:
    """Return the stems of a name; one that is made of small words alone keeps them."""
    return [word.stem for word in words_of(text)]


def _stems(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word.stem for text in texts for word in words_of(text)) - TIME


def _stem(word: str) -> str:
    """Take the plural off a word ("readouts", "queries", "boxes"); verbs keep their form."""
    word = re.sub(r"['’]s$", "", word)
    if len(word) < _FEWEST or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ses", "xes", "ches", "shes", "zes")):
        return word[:-2]
    return word.removesuffix("s")
