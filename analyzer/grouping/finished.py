"""The finished pieces of the year, indexed: by project and date, by scope, and by the words that tell them apart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from datetime import date

from analyzer.grouping.claims import Claim
from analyzer.grouping.names import content
from analyzer.grouping.notes import Notes, day
from analyzer.records import Evidence

LEAST_DISTINCTIVE = 2
"""Words or numbers that only one finished piece of a project shares with an effect, before it goes there for its words."""

NEAR = 3
"""Lines that a result which points back may stand below the work."""
_FIGURE = re.compile(r"(?<![\w.])\d[\d.,]*")


class Finished:
    """Finished pieces by their positions, in the order of their first dates."""

    __slots__ = ("_at", "_firsts", "_notes", "_places", "_scopes", "_words", "sighted")

    def __init__(self, notes: Notes, claims: Sequence[Claim]) -> None:
        """Index the finished pieces.

        Args:
            notes: the year.
            claims: its finished pieces in the order of their first dates.
        """
        self._notes = notes
        self.sighted = {one.id: at for at, claim in enumerate(claims) for one in (*claim.sightings, *claim.repeats)}
        self._at: dict[str, list[int]] = {}
        self._firsts: dict[str, list[date]] = {}
        self._words: dict[tuple[str, str], list[int]] = {}
        self._scopes: dict[tuple[str, tuple[str, str]], list[int]] = {}
        self._places: dict[tuple[str, date], list[tuple[int, int]]] = {}
        for at, claim in enumerate(claims):
            for line in claim.sightings:
                source = line.item.source
                if source.start is not None:
                    self._places.setdefault((source.path, day(line)), []).append((source.start, at))
            if claim.project is None:
                continue
            self._at.setdefault(claim.project, []).append(at)
            self._firsts.setdefault(claim.project, []).append(claim.first)
            for word in _telling(claim.sightings, notes):
                self._words.setdefault((claim.project, word), []).append(at)
            for scope in {scope for line in claim.sightings for scope in scope_of(line)}:
                self._scopes.setdefault((claim.project, scope), []).append(at)

    def before(self, line: Evidence, project: str | None) -> Sequence[int]:
        """Return the project's pieces that were finished by the day of a line, in the order of dates; the latest is last."""
        if project is None or project not in self._at:
            return ()
        return self._at[project][: bisect_right(self._firsts[project], day(line))]

    def just_above(self, line: Evidence) -> int | None:
        """Return the piece that the nearest lines above in the same meeting report, None where they report none."""
        here = line.item.source
        near = [
            (start, at)
            for start, at in self._places.get((here.path, day(line)), ())
            if here.start is not None and 0 <= here.start - start <= NEAR
        ]
        return max(near, default=(0, None))[1]

    def of_scope(self, line: Evidence, around: Sequence[int], project: str | None) -> Sequence[int]:
        """Return those of some pieces that speak of a unit or a milestone that a line speaks of as well."""
        found = {at for scope in scope_of(line) for at in self._scopes.get((project or "", scope), ())}
        return sorted(at for at in found if at <= around[-1])

    def by_words(self, line: Evidence, around: Sequence[int], project: str | None) -> int | None:
        """Return the one of some pieces that shares most words with a line that no other of them holds, None for a tie."""
        if len(around) < 2:
            return None
        votes: Counter[int] = Counter()
        within = frozenset(around)
        for word in _telling([line], self._notes):
            using = (at for at in self._words.get((project or "", word), ()) if at in within)
            only, another = next(using, None), next(using, None)
            if only is not None and another is None:
                votes[only] += 1
        best = max(votes, key=lambda at: (votes[at], at), default=None)
        if best is None or votes[best] < LEAST_DISTINCTIVE:
            return None
        return best if all(votes[at] < votes[best] for at in votes if at != best) else None


def scope_of(line: Evidence) -> set[tuple[str, str]]:
    """Return the units that a line speaks of, and the milestone; of an effect only its own sentences count."""
    places = [cue.start for cue in line.cues_of("effect")] + [metric.start for metric in line.metrics]
    telling = [span for span in line.item.sentences if any(span.start <= place < span.end for place in places)]
    return {
        (kind, cue.value)
        for kind in ("breadth", "milestone")
        for cue in line.cues_of(kind)
        if cue.value and (not telling or any(span.start <= cue.start < span.end for span in telling))
    }


def _telling(lines: Sequence[Evidence], notes: Notes) -> frozenset[str]:
    text = " ".join(line.item.text for line in lines)
    return frozenset(content(text, notes.people)) | frozenset(_FIGURE.findall(text))
