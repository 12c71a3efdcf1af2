"""One file from its text to a `Document`: blocks, dates, people and problems put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from analyzer.reading.agendas import take_agendas
from analyzer.reading.datelines import meeting_date, plain
from analyzer.reading.dating import Dates, Entry, entries, study
from analyzer.reading.headings import LEAD_LEVEL, promote
from analyzer.reading.markdown import Draft, scan
from analyzer.reading.oddities import date_problems
from analyzer.reading.private import take_private
from analyzer.reading.properties import starts_block, take_properties
from analyzer.reading.roster import Clues
from analyzer.reading.several import take_person
from analyzer.reading.text import Text
from analyzer.records import Block, BlockKind, Document, Ignored, Meeting, MeetingKind, Problem, Roster, Source, locator
from analyzer.settings import Settings

_INTRO_BLOCKS = 12
_WORDS_OF_TITLE = 12


@dataclass(frozen=True, slots=True)
class Sketch:
    """A file that was cut into blocks and searched for dates and names; what its neighbours say is still open."""

    path: str
    title: str
    read: Text
    drafts: tuple[Draft, ...]
    ignored: tuple[tuple[int, int, str], ...]
    dates: Dates
    clues: Clues
    left_out: tuple[str, ...]
    """What was left out on purpose, in words for the report."""

    def source(self, start: int, end: int) -> Source:
        """Return the place of some lines."""
        return Source(self.path, start, end, locator(self.read.places, start, end))

    def drawn_at(self, place: int) -> Source:
        """Return the place of a block."""
        return self.source(self.drafts[place].start, self.drafts[place].end)


def sketch(read: Text, *, path: str, settings: Settings) -> Sketch:
    """Read a file as far as that can be done without its neighbours.

    Args:
        read: the file's lines, from the reader of its format.
        path: as it shall stand in records.
        settings: only the year is used.
    """
    lines = read.lines
    hidden = {number for first, last, _ in read.left_out for number in range(first, last + 1)}
    seen = [("" if number in hidden else line) for number, line in enumerate(lines, start=1)] if hidden else lines
    seen, agendas = take_agendas(seen)
    found = scan(seen, starts_block)
    found.properties[:0] = read.properties
    found.ignored += [*_with_words(read), *agendas]
    promote(found.blocks)
    drafts, properties, ignored = take_properties(found)
    title = _title(drafts, properties, path)
    drafts, private, said = take_private(drafts, ignored, seen, include=settings.include_private)
    drafts, others, more = take_person(drafts, path=path, title=title, properties=properties, me=settings.me)
    ignored += [*private, *others]
    properties += more
    _promote_title(drafts, title)
    year = settings.year or (settings.start.year if settings.start else None)
    dates = study(drafts, seen, path=path, title=title, properties=properties, year=year)
    first = dates.openings[0].place if dates.openings else len(drafts)
    texts = tuple(draft.text[:2000] for draft in drafts if draft.kind is not BlockKind.HEADING)
    intro = "\n".join(draft.text[:500] for draft in drafts[: min(first, _INTRO_BLOCKS)])
    clues = Clues(title, PurePosixPath(path).stem, tuple(properties), intro, texts)
    return Sketch(path, title, read, tuple(drafts), tuple(ignored), dates, clues, tuple(said))


def finish(drawn: Sketch, settings: Settings, roster: Roster, fallback: bool | None) -> tuple[Document, list[Problem]]:
    """Settle what is open and build the document.

    Args:
        drawn: from `sketch`.
        settings: ``day_first`` wins over all evidence.
        roster: of this document, or of all of a folder.
        fallback: whether the day comes first in the other files of the folder, None if they do not say.

    Returns:
        The document and its problems.
    """
    problems = [Problem(path=drawn.path, line=None, message=message) for message in drawn.left_out]
    day_first = _day_first(drawn, settings, fallback, problems)
    found = entries(drawn.dates, drawn.drafts, day_first=day_first)
    left_out = {
        **dict.fromkeys(drawn.dates.contents, "contents list"),
        **dict.fromkeys(drawn.dates.template, "template"),
    }
    left_out.update(dict.fromkeys(_repeated(found, drawn.drafts), "contents list"))
    meetings = [_meeting(entry, drawn, left_out) for entry in found]
    problems += [Problem(path=drawn.path, line=line, message=message) for line, message in drawn.read.problems]
    told = date_problems(drawn.dates, found, drawn.drafts, left_out, day_first=day_first)
    problems += [Problem(path=drawn.path, line=line, message=message) for line, message in told]
    ignored = [Ignored(source=drawn.source(first, last), reason=reason) for first, last, reason in drawn.ignored]
    ignored += [Ignored(source=drawn.drawn_at(place), reason=reason) for place, reason in left_out.items()]
    document = Document(
        path=drawn.path,
        title=drawn.title,
        lines=drawn.read.lines,
        meetings=tuple(meeting for meeting in meetings if meeting is not None),
        roster=roster,
        day_first=day_first,
        repairs=drawn.read.repairs,
        ignored=tuple(sorted(ignored, key=lambda one: (one.source.start or 0, one.reason))),
        places=drawn.read.places,
    )
    return document, [_placed(problem, drawn.read.places) for problem in problems]


def _with_words(read: Text) -> list[tuple[int, int, str]]:
    """Return what a format's reader left out, without the stretches that hold nothing."""
    return [one for one in read.left_out if any(line.strip() for line in read.lines[one[0] - 1 : one[1]])]


def _placed(problem: Problem, places: Sequence[str]) -> Problem:
    """Say where a problem stands in words, where the format has no lines."""
    if problem.line is None or not places:
        return problem
    return replace(problem, line=None, message=f"{places[problem.line - 1]}: {problem.message}")


def _title(drafts: Sequence[Draft], properties: Sequence[tuple[str, str]], path: str) -> str:
    """Return the first heading that is no date, or the first line of plain text, or the file's name."""
    for draft in drafts[:3]:
        if draft.kind is BlockKind.HEADING and draft.marked and draft.depth == 1:
            return draft.text
    first = drafts[0] if drafts else None
    if first and first.kind in {BlockKind.HEADING, BlockKind.PARAGRAPH} and len(first.text) <= 100:
        sentence = first.kind is BlockKind.PARAGRAPH and first.text[-1] in ".!?"
        if not sentence and not meeting_date(first.text, heading=first.kind is BlockKind.HEADING):
            return first.text
    named = next((value for key, value in properties if key.lower() == "title"), "")
    return named or PurePosixPath(path).stem


def _promote_title(drafts: Sequence[Draft], title: str) -> None:
    """Make a heading of a plain text's first line, where it stands apart as a title does."""
    first = drafts[0] if drafts else None
    if not first or first.kind is not BlockKind.PARAGRAPH or first.text != title or first.start != first.end:
        return
    apart = len(drafts) == 1 or drafts[1].after_blank or meeting_date(drafts[1].text, heading=False)
    if apart and len(title.split()) <= _WORDS_OF_TITLE:
        first.kind, first.depth, first.marked = BlockKind.HEADING, 1, True


def _day_first(drawn: Sketch, settings: Settings, fallback: bool | None, problems: list[Problem]) -> bool:
    if settings.day_first is not None:
        return settings.day_first
    order = drawn.dates.order
    if order.day_first is not None and (order.sure or fallback is None):
        return order.day_first
    if fallback is not None:
        return fallback
    if drawn.dates.open:
        message = "dates such as 3/4 are read as day/month, which is a guess; say --month-first if that is wrong"
        problems.append(Problem(path=drawn.path, line=None, message=message))
    return True


def _repeated(found: Sequence[Entry], drafts: Sequence[Draft]) -> list[int]:
    """Find dates without a word under them that come again with some: a contents list written as lines or headings."""
    full = {entry.day for entry in found if _has_words(entry, drafts)}
    return [
        entry.first
        for entry in found
        if entry.day in full
        and entry.day
        and entry.last - entry.first == 1
        and entry.kind is MeetingKind.HELD
        and entry.heading
        and not _has_words(entry, drafts)
    ]


def _has_words(entry: Entry, drafts: Sequence[Draft]) -> bool:
    return any(draft.kind is not BlockKind.HEADING for draft in drafts[entry.first + bool(entry.heading) : entry.last])


def _meeting(entry: Entry, drawn: Sketch, left_out: dict[int, str]) -> Meeting | None:
    places = [place for place in range(entry.first, entry.last) if place not in left_out]
    if not places:
        return None
    new = {place: number for number, place in enumerate(places)}
    blocks = tuple(_block(drawn, place, new, heading=bool(entry.heading) and place == entry.first) for place in places)
    return Meeting(
        source=drawn.source(blocks[0].source.start or 1, max(block.source.end or 1 for block in blocks)),
        date=entry.day,
        kind=entry.kind,
        heading=plain(entry.heading) or entry.heading,
        blocks=blocks,
    )


def _block(drawn: Sketch, place: int, new: dict[int, int], *, heading: bool) -> Block:
    draft = drawn.drafts[place]
    return Block(
        kind=BlockKind.HEADING if heading else draft.kind,
        text=draft.text,
        source=drawn.source(draft.start, draft.end),
        depth=LEAD_LEVEL if heading and draft.kind is not BlockKind.HEADING else draft.depth,
        checked=draft.checked,
        parent=new.get(draft.parent) if draft.parent is not None else None,
        struck=draft.struck,
    )
