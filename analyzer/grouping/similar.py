"""How much two groups of lines are about one thing: the rare words that they share, near each other in time.

A word counts more the fewer lines of the year use it, the less common it is in anybody's notes, the more its lines report
work, and the more often a line opens with it: a line opens with what it is about.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from analyzer.grouping.candidates import heads_a_list
from analyzer.grouping.common import rarity
from analyzer.grouping.names import abbreviates, find_urls, stem, word_spans
from analyzer.grouping.notes import Notes, reports
from analyzer.grouping.words import TIME, function_words, is_past, verb_lemma
from analyzer.records import Evidence

OPENING = 2
"""Telling words at the head of a line that say what it is about."""
REPORTING, LEADING = 0.2, 0.3
"""What a word counts that no line of work uses, or that no line opens with, against 1 more for one where all do."""
SIZE = 0.8
"""Power of the number of pairs of lines that a similarity is divided by: 1 would be the mean over the pairs."""
REACH = 100.0
"""Days between two groups of lines after which what they share counts half."""
FARTHEST = 365
"""Days between two groups after which nothing that they share counts."""
LEAST_LETTERS = 3
"""Fewer are a unit or an abbreviation that names nothing alone."""
_ENDS = frozenset('.,;:!?()[]"“”|')


@dataclass(slots=True)
class Lines:
    """Some lines as one thing: how many, how often they use each word, and the days that they span."""

    ids: list[str]
    uses: Counter[str]
    first: date | None
    last: date | None

    def joined(self, other: Lines) -> Lines:
        """Return both as one."""
        firsts = [found for found in (self.first, other.first) if found is not None]
        lasts = [found for found in (self.last, other.last) if found is not None]
        return Lines(
            [*self.ids, *other.ids],
            self.uses + other.uses,
            min(firsts, default=None),
            max(lasts, default=None),
        )


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The telling words and word pairs of each line, and what sharing each of them counts."""

    words: Mapping[str, Mapping[str, int]]
    """Evidence id to word (stem, or two stems with a blank) to its place among the telling words of the line."""
    weights: Mapping[str, float]
    written_out: Mapping[str, str]
    """Clipped word to the stem of the word it stands for."""
    things: frozenset[str]
    """The stems that can name a thing: no verb stands for them."""
    users: Mapping[str, Sequence[str]]
    """Weighty word to the ids of the lines that use it."""

    def same(self, written: str, words: str) -> bool:
        """Return whether a stretch of text is these words."""
        return " ".join(self.stems(written)) == words

    def one_of(self, written: str, some: Collection[str]) -> bool:
        """Return whether a stretch of text is one of some words."""
        return " ".join(self.stems(written)) in some

    def stems(self, written: str) -> list[str]:
        """Return the stems of a stretch of text."""
        return [self.written_out.get(word, stem(word)) for word, _, _ in word_spans(written)]

    def of(self, lines: Iterable[Evidence]) -> Lines:
        """Return some lines as one thing."""
        found = list(lines)
        days = [line.item.date for line in found if line.item.date is not None]
        uses = Counter(word for line in found for word in self.words[line.id] if word in self.weights)
        return Lines([line.id for line in found], uses, min(days, default=None), max(days, default=None))


def read_vocabulary(notes: Notes) -> Vocabulary:
    """Weigh the words of the year; a word that stands in one line only has no weight."""
    full = _written_out(notes)
    uses, work, heads = Counter[str](), Counter[str](), Counter[str]()
    for line in notes.evidence:
        telling = _telling(line, notes.people, full)
        uses.update(telling.keys())
        heads.update(word for word, at in telling.items() if at < OPENING)
        if reports(line):
            work.update(telling.keys())
    total = len(notes.evidence)
    weights = {
        word: _weight(word, work[word] / uses[word], heads[word] / uses[word], total / uses[word])
        for word in sorted(uses)
        if uses[word] > 1
    }
    kept = {word: word for word in weights}
    used: dict[str, dict[str, int]] = {}
    users: dict[str, list[str]] = {}
    for line in notes.evidence:
        # Read a second time, so that the words that stand in one line only (most of them) are never all held at once.
        telling = _telling(line, notes.people, full)
        used[line.id] = {kept[word]: at for word, at in telling.items() if word in kept}
        for word in used[line.id]:
            users.setdefault(word, []).append(line.id)
    return Vocabulary(used, weights, full, _things(notes), users)


def similarity(total: float, one: Lines, other: Lines) -> float:
    """Return how much two groups of lines share, by the pairs of lines between them and their distance in time.

    Args:
        total: the weights of the words that they share, each as often as pairs of their lines share it.
        one: some lines.
        other: other lines.
    """
    apart = 0
    if one.first and other.first and one.last and other.last:
        apart = max((other.first - one.last).days, (one.first - other.last).days, 0)
    if apart > FARTHEST:
        return 0.0
    return float(total / (len(one.ids) * len(other.ids)) ** SIZE / (1 + apart / REACH))


def _things(notes: Notes) -> frozenset[str]:
    """Return the stems that can name a thing: no verb forms, no units, and no names of people and places.

    What is always written with one capital is such a name; in capitals ("KPI") or in small letters too it is a thing.
    """
    found: set[str] = set()
    for line in notes.evidence:
        for word, start, stop in word_spans(line.item.text):
            written = line.item.text[start:stop]
            common = start > 0 and written.islower()
            if len(word) >= LEAST_LETTERS and (common or written.isupper()) and not _does(word):
                found.add(stem(word))
    return frozenset(found)


def _does(word: str) -> bool:
    return is_past(word) or word.endswith("ed") or bool(verb_lemma(word) and word.endswith("ing"))


def _weight(word: str, reporting: float, leading: float, seldom: float) -> float:
    rare = max(rarity(part) for part in word.split())
    return rare * (REPORTING + reporting) * (LEADING + leading) * math.log(1 + seldom)


def _telling(line: Evidence, people: Collection[str], full: Mapping[str, str]) -> dict[str, int]:
    """Return the telling words of a line, and pairs of them that stand side by side, with their places."""
    item = line.item
    text = item.text if item.text.startswith(item.prefix) else f"{item.prefix}: {item.text}"
    found: dict[str, int] = {}
    before, end, at = "", 0, 0
    urls = find_urls(text)
    for word, start, stop in word_spans(text):
        if word in function_words() or any(first <= start < last for first, last in urls):
            before = ""
            continue
        tells = _tells(word, people)
        root = full.get(word, stem(word)) if tells else ""
        if tells:
            found.setdefault(root, at)
        if tells and before and not _ENDS & set(text[end:start]):
            found.setdefault(f"{before} {root}", at - 1)
        before, end = root, stop
        at += 1
    return found


def _tells(word: str, people: Collection[str]) -> bool:
    solid = len(word) > 1 and any(letter.isalpha() for letter in word) and "'" not in word
    return solid and word not in people and word not in TIME and not heads_a_list(word)


def _written_out(notes: Notes) -> dict[str, str]:
    """Return the stem of the one word that a clipped word can stand for ("fcst"), by the clipped word."""
    counts = Counter(
        word
        for line in notes.evidence
        for word in {word for word, _, _ in word_spans(line.item.text)}
        if word.isalpha() and word not in notes.people
    )
    clipped = [word for word in counts if 3 < len(word) < 6 and not set(word) & set("aeiouy")]
    found: dict[str, str] = {}
    for word in sorted(clipped):
        meant = sorted(full for full in counts if counts[full] > 1 and _is_clipped(word, full))
        if len({stem(full) for full in meant}) == 1:
            found[word] = stem(meant[0])
    return found


def _is_clipped(word: str, full: str) -> bool:
    return len(full) > len(word) and abbreviates((word, "x"), (full, "x"))
