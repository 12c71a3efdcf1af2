"""Blocks to meetings: which block opens a meeting, on which day, and what stands above, between and after them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from analyzer.dates import DateMention, find_dates
from analyzer.patterns.sections import section_of
from analyzer.reading import years
from analyzer.reading.datelines import is_cancelled, is_link_only, is_template, meeting_date, plain, rest_of
from analyzer.reading.headings import LEAD_LEVEL, is_wholly_marked
from analyzer.reading.markdown import Draft
from analyzer.records import BlockKind, MeetingKind

_SHORT_NAME = re.compile(r"([2-4]\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
"""25_03_04 as a file's name sorts by day, so it is written year first."""
_LONGEST_EXCUSE = 200
_INTRO_BLOCKS = 10
_CONTENTS_RUN = 3
"""So many dates in a row with nothing in between are a contents list, not meetings."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A block that opens a stretch of the document: a meeting with its date as written, or an undated part."""

    place: int
    mention: DateMention | None
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """A stretch of blocks, half-open, with the day it was resolved to."""

    first: int
    last: int
    day: date | None
    kind: MeetingKind
    heading: str


@dataclass(frozen=True, slots=True)
class Dates:
    """What a document says about its dates, before the order of day and month is settled."""

    openings: tuple[Opening, ...]
    order: years.Order
    year: int | None
    year_guessed: bool
    """Whether the year comes from no title, name or property but from the text."""
    open: bool
    """Whether any date could be read either way."""
    contents: frozenset[int]
    """Blocks of a contents list."""
    template: frozenset[int]
    """Blocks under the unfilled heading of a template."""
    file: DateMention | None
    """The date of a file that holds one meeting."""


def study(
    drafts: Sequence[Draft],
    lines: Sequence[str],
    *,
    path: str,
    title: str,
    properties: Sequence[tuple[str, str]],
    year: int | None,
) -> Dates:
    """Find what dates a document has.

    Args:
        drafts: its blocks, headings promoted.
        lines: its repaired lines.
        path: relative, for dates and years in names of files and folders.
        title: its first heading.
        properties: its front matter.
        year: what the settings say, used where the document says nothing.
    """
    contents = _contents(drafts)
    template = _template(drafts)
    openings = [
        opening
        for place, draft in enumerate(drafts)
        if place not in contents and place not in template and (opening := _opening(place, draft, drafts))
    ]
    file = _file_date(path, properties)
    if file and file.form != "property" and len(openings) < 2 and not (openings and openings[0].place <= 1):
        openings = []
    if openings:
        file = None
    openings = _with_years(openings, drafts, title)
    mentions = [opening.mention for opening in openings if opening.mention]
    above = [draft.text for draft in drafts[: openings[0].place][:_INTRO_BLOCKS]] if openings else []
    named = (
        next((one.year for one in mentions if one.year), None) or _named_year(path, title, properties, above) or year
    )
    guess = _commonest_year(drafts) if named is None else None
    inline = years.inline_dates(lines)
    return Dates(
        openings=tuple(_scoped(openings, drafts)),
        order=years.settle(mentions, inline, " ".join(above)[:2000], named or guess),
        year=named or guess,
        year_guessed=guess is not None,
        open=years.is_open([*mentions, *inline]),
        contents=contents,
        template=template,
        file=file,
    )


def entries(dates: Dates, drafts: Sequence[Draft], *, day_first: bool) -> list[Entry]:
    """Cut the blocks into meetings.

    Args:
        dates: from `study`.
        drafts: the same blocks.
        day_first: how open dates are read.

    Returns:
        The stretches in the order of the document; an undated one has no day.
    """
    if dates.file:
        day = years.days([dates.file], day_first=day_first, year=dates.year)[0]
        kind = MeetingKind.HELD if day else MeetingKind.PINNED
        if day and _only_says_cancelled(drafts):
            kind = MeetingKind.CANCELLED
        return [Entry(0, len(drafts), day, kind, "")]
    dated = [opening for opening in dates.openings if opening.mention]
    mentions = [opening.mention for opening in dated if opening.mention]
    found = dict(
        zip([one.place for one in dated], years.days(mentions, day_first=day_first, year=dates.year), strict=True)
    )
    places = [opening.place for opening in dates.openings]
    result: list[Entry] = []
    if drafts and (not places or places[0] > 0):
        result.append(Entry(0, places[0] if places else len(drafts), None, MeetingKind.PINNED, ""))
    for opening, end in zip(dates.openings, [*places, len(drafts)][1:], strict=True):
        day = found.get(opening.place)
        heading = drafts[opening.place].text
        cancelled = opening.cancelled or _only_says_cancelled(drafts[opening.place + 1 : end])
        kind = MeetingKind.CANCELLED if cancelled else MeetingKind.HELD
        result.append(Entry(opening.place, end, day, kind if day else MeetingKind.PINNED, heading if day else ""))
    return result


def _opening(place: int, draft: Draft, drafts: Sequence[Draft]) -> Opening | None:
    if draft.kind in {BlockKind.ROW, BlockKind.QUOTE} or draft.parent is not None or draft.struck:
        return None
    is_item = draft.kind is BlockKind.ITEM or (draft.kind is BlockKind.HEADING and draft.depth == LEAD_LEVEL)
    if is_item and not (place + 1 < len(drafts) and drafts[place + 1].parent == place):
        return None
    heading = not is_item and (draft.kind is BlockKind.HEADING or is_wholly_marked(draft.text))
    mention = meeting_date(draft.text, heading=heading)
    return Opening(place, mention, is_cancelled(rest_of(draft.text, mention))) if mention else None


def _contents(drafts: Sequence[Draft]) -> frozenset[int]:
    """Find lists that repeat the document's own dates or headings, as links or as bare dates."""
    found: set[int] = set()
    run: list[int] = []
    for place, draft in enumerate(drafts):
        if is_link_only(draft.text):
            found.add(place)
        leaf = draft.kind is BlockKind.ITEM and not (place + 1 < len(drafts) and drafts[place + 1].parent == place)
        lone = leaf or (draft.kind is BlockKind.PARAGRAPH and draft.start == draft.end)
        mention = meeting_date(draft.text, heading=False) if lone else None
        if mention and not is_cancelled(rest_of(draft.text, mention)):
            run.append(place)
            continue
        if len(run) >= _CONTENTS_RUN:
            found.update(run if drafts[run[-1]].kind is BlockKind.ITEM else run[:-1])
        run = []
    if len(run) >= _CONTENTS_RUN:
        found.update(run)
    return frozenset(found)


def _template(drafts: Sequence[Draft]) -> frozenset[int]:
    """Find the blocks under a heading that still asks for its date."""
    found: set[int] = set()
    inside = False
    for place, draft in enumerate(drafts):
        if draft.kind is BlockKind.HEADING and is_template(draft.text):
            inside = True
        elif inside and draft.kind is not BlockKind.ITEM and _opening(place, draft, drafts):
            inside = False
        if inside:
            found.add(place)
    return frozenset(found)


def _with_years(openings: Sequence[Opening], drafts: Sequence[Draft], title: str) -> list[Opening]:
    """Give dates the year of a heading above them that names one ("## 2024", "# March 2025")."""
    by_place = {opening.place: opening for opening in openings}
    result: list[Opening] = []
    year: int | None = None
    for place, draft in enumerate(drafts):
        opening = by_place.get(place)
        if opening and opening.mention:
            fill = opening.mention.year is None and year is not None
            result.append(replace(opening, mention=replace(opening.mention, year=year)) if fill else opening)
        elif draft.kind is BlockKind.HEADING and draft.text != title and len(draft.text.split()) <= 3:
            year = years.year_in(draft.text) or year
    return result


def _scoped(openings: Sequence[Opening], drafts: Sequence[Draft]) -> list[Opening]:
    """Add where a meeting ends because the part of the document ends that it is a sample or an entry of.

    A date line without a heading's mark-up, inside a section that has text of its own above it, belongs to that section: a
    heading of the same or a higher level, which is no usual section of a meeting, closes the meeting.
    """
    result: list[Opening] = []
    by_place = {opening.place: opening for opening in openings}
    container: int | None = None
    level, with_text = 0, False
    for place, draft in enumerate(drafts):
        if place in by_place:
            opening = by_place[place]
            result.append(opening)
            inside = not draft.marked and level > 0 and with_text
            container = level if inside else None
            continue
        if draft.kind is BlockKind.HEADING and draft.marked:
            if container is not None and draft.depth <= container and not section_of(draft.text):
                result.append(Opening(place, None))
                container = None
            level, with_text = draft.depth, False
        elif draft.kind is not BlockKind.HEADING:
            with_text = with_text or draft.kind is not BlockKind.QUOTE
    return result


def _file_date(path: str, properties: Sequence[tuple[str, str]]) -> DateMention | None:
    stem = PurePosixPath(path).stem.replace("_", "-")
    if short := _SHORT_NAME.match(stem):
        year, month, day = (int(part) for part in short.groups())
        return DateMention(start=0, end=8, form="iso", day=day, month=month, year=2000 + year)
    for mention in find_dates(stem):
        if mention.form != "numbers" or mention.year is not None:
            return mention
    for key, value in properties:
        if key.lower() in {"date", "day", "meeting date", "when"}:
            found = find_dates(value)
            if found:
                return replace(found[0], form="property")
    return None


def _named_year(path: str, title: str, properties: Sequence[tuple[str, str]], above: Sequence[str]) -> int | None:
    """Return the year to start from where no date gives one: title, file, the words above the log, folders, front matter."""
    parts = PurePosixPath(path).parts
    texts = (title, PurePosixPath(path).stem, *above, *reversed(parts[:-1]), *(value for _, value in properties))
    return next((year for text in texts if (year := years.year_in(text)) is not None), None)


def _commonest_year(drafts: Sequence[Draft]) -> int | None:
    counts = Counter(year for draft in drafts if (year := years.year_in(draft.text)) is not None)
    return max(sorted(counts), key=lambda year: counts[year]) if counts else None


def _only_says_cancelled(drafts: Sequence[Draft]) -> bool:
    """Return whether a meeting opens with the word that there was none, and hardly says more."""
    said = [draft for draft in drafts if draft.kind is not BlockKind.HEADING]
    return 1 <= len(said) <= 2 and len(said[0].text) <= _LONGEST_EXCUSE and is_cancelled(plain(said[0].text))
