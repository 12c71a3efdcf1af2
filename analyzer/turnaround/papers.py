"""What the packet is written from, laid out once: the desk, the plan, the gaps, the examples, and how both are cited."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

from analyzer.drafting.desk import Desk
from analyzer.drafting.tell import quote_of, speaker_lead
from analyzer.drafting.tidy import quoted
from analyzer.drafting.turnaround_phrases import BLANK, BLANKS, TURN
from analyzer.drafts import Citation, Fragment, Sentence, Words
from analyzer.records import Evidence, Span
from analyzer.turnaround.examples import Example
from analyzer.turnaround.gaps import Gap
from analyzer.turnaround.matching import Window
from analyzer.turnaround.places import Key
from analyzer.turnaround.plan import PlanFile
from analyzer.turnaround.readings import Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """Everything that a section may use."""

    desk: Desk
    file: PlanFile
    window: Window
    days: int
    gaps: Sequence[Gap]
    examples: Sequence[Example]
    promises: Sequence[Reading | None]
    """The last reading of each commitment's metric, in the plan's order."""
    link: str
    """Where citations of the plan lead, as seen from the output folder."""

    def plan_lines(self, *key: str | int) -> Citation:
        """Cite a key of the plan, or a whole table of it."""
        first, last = _extent(self.file.places, key)
        label = f"plan, l. {first}" + (f"-{last}" if last > first else "")
        end = f"-L{last}" if last > first else ""
        target = f"{quote(self.link, safe='/')}#L{first}{end}"
        return Citation(label, target, self.file.path.name, first, last, None)

    def from_plan(self, text: str, *key: str | int) -> Sentence:
        """Quote a text of the plan."""
        return Sentence((Words(f"{quoted(text)} "), self.plan_lines(*key)))

    def from_notes(self, line: Evidence, spans: Iterable[Span]) -> Sentence:
        """Quote sentences of a line, with their speaker where somebody else than the writer says them."""
        chosen = tuple(spans)
        lead = speaker_lead(self.desk, chosen[0].author or line.item.author)
        return Sentence((Words(f"{lead}{quote_of(line, chosen)} "), self.desk.cite(line.id)))

    def state(self, one: Reading) -> str:
        """Return the figure of a reading, or its sentence as a quotation; one older than the window with its day."""
        state = one.after if one.after and not one.scoped else quote_of(one.line, [one.span])
        day = one.line.item.date
        if self.window.holds(day):
            return state
        return TURN["dated"].format(actual=state, day=self.desk.day(day))

    def day_of(self, by: date | str | None) -> str:
        """Return a day of the plan in words, '' where it gives none; "day 15" with the date that it is."""
        day = self.file.day(by, self.window.end)
        if day is None:
            return ""
        said = self.said_day(by)
        return TURN["day_n"].format(number=by.split()[-1], day=said) if isinstance(by, str) else said

    def said_day(self, by: date | str | None) -> str:
        """Return a day of the plan as it is said aloud, '' where the plan gives none."""
        day = self.file.day(by, self.window.end)
        return self.desk.day(day) if day else ""

    def whole(self, table: str, at: int) -> tuple[Citation, ...]:
        """Cite a whole table of the plan, and the plan's first day where a date of the table counts from it."""
        cited = [self.plan_lines(table, at)]
        by = getattr(self.file.plan, table)[at].by
        if isinstance(by, str) and self.file.place("start"):
            cited.append(self.plan_lines("start"))
        return tuple(cited)


def blank(name: str) -> Sentence:
    """Return a named blank with its question."""
    return Sentence((Words(BLANK, "code"), Words(f" ({BLANKS[name]})")))


def row_of(*sentences: Sentence) -> Sentence:
    """Join sentences to one, for a cell or a bullet that holds several."""
    parts: list[Fragment] = []
    for one in sentences:
        parts += [Words(" ")] if parts else []
        parts += one.fragments
    return Sentence(tuple(parts))


def spaced(cited: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations, each place once."""
    return tuple({one.label: one for one in cited}.values())


def way_to(path: Path, folder: Path) -> str:
    """Return a file as seen from the output folder; one that no relative path leads to keeps its whole path."""
    there, start = path.resolve(), folder.resolve()
    if there.anchor != start.anchor:
        return there.as_posix()
    return Path(os.path.relpath(there, start)).as_posix()


def _extent(places: dict[Key, tuple[int, int]], key: Key) -> tuple[int, int]:
    """Return the lines of a key; of a table, from its head to the end of its last key."""
    own = [place for one, place in places.items() if one[: len(key)] == key]
    if not own:
        return (1, 1)
    return min(first for first, _ in own), max(last for _, last in own)
