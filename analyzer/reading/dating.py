"""Blocks to meetings: which block opens a meeting, on which day, and what stands above, between and after them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analyzer.dates import DateMention
from analyzer.reading import dayorder, years
from analyzer.reading.datelines import is_cancelled, plain
from analyzer.reading.filedates import WEAK, file_date, named_years
from analyzer.reading.markdown import Draft
from analyzer.reading.openings import (
    Opening,
    commonest_year,
    contents_of,
    find_openings,
    scoped,
    template_of,
    with_years,
)
from analyzer.reading.written import MONTH
from analyzer.records import BlockKind, MeetingKind

_LONGEST_EXCUSE = 200
_INTRO_BLOCKS = 10


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
    order: dayorder.Order
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
    until: int | None = None
    """The last of the years that the document is about ("2024-25"), None where it is one year."""
    named: DateMention | None = None
    """The date in the file's name, where a heading inside gives the meeting's date."""


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
    contents, template = contents_of(drafts), template_of(drafts)
    openings = find_openings(drafts, contents | template)
    file = file_date(path, properties)
    if file and _speak_of_others(openings, file):
        openings = []
    dated = [opening for opening in openings if opening.mention]
    named = file if file and len(dated) == 1 and file.form not in WEAK else None
    if openings and any(opening.mention for opening in openings):
        file = None
    openings = with_years(openings, drafts, title)
    mentions = [opening.mention for opening in openings if opening.mention]
    above = [draft.text for draft in drafts[: openings[0].place][:_INTRO_BLOCKS]] if openings else []
    told = named_years(path, title, properties, above)
    openings, mentions = _settled(openings, told[0] if told else year)
    first, until = _years(mentions, named or file, told) or (year, year)
    guess = commonest_year(drafts) if first is None else None
    inline = dayorder.inline_dates(lines)
    asked = [*mentions, *([file] if file else [])]
    return Dates(
        openings=tuple(scoped(openings, drafts)),
        order=dayorder.settle(asked, inline, " ".join(above)[:2000], first or guess, named=named),
        year=first or guess,
        year_guessed=guess is not None,
        open=dayorder.is_open([*asked, *inline]),
        contents=contents,
        template=template,
        file=file,
        until=until if first is not None else None,
        named=named,
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
        day = years.days([dates.file], day_first=day_first, year=dates.year, until=dates.until)[0]
        kind = MeetingKind.HELD if day else MeetingKind.PINNED
        if day and _only_says_cancelled(drafts):
            kind = MeetingKind.CANCELLED
        return [Entry(0, len(drafts), day, kind, "")]
    dated = [opening for opening in dates.openings if opening.mention]
    mentions = [opening.mention for opening in dated if opening.mention]
    days = years.days(mentions, day_first=day_first, year=dates.year, until=dates.until)
    found = dict(zip([one.place for one in dated], days, strict=True))
    places = [opening.place for opening in dates.openings]
    result: list[Entry] = []
    if drafts and (not places or places[0] > 0):
        result.append(Entry(0, places[0] if places else len(drafts), None, MeetingKind.PINNED, ""))
    for opening, end in zip(dates.openings, [*places, len(drafts)][1:], strict=True):
        day = found.get(opening.place)
        heading = drafts[opening.place].text
        below = drafts[opening.place + 1 : end]
        cancelled = opening.cancelled or _only_says_cancelled(below) or (opening.away and not _said(below))
        kind = MeetingKind.CANCELLED if cancelled else MeetingKind.HELD
        result.append(Entry(opening.place, end, day, kind if day else MeetingKind.PINNED, heading if day else ""))
    return result


def _speak_of_others(openings: Sequence[Opening], file: DateMention) -> bool:
    """Return whether the dates inside a file that has one in its name are not those of meetings.

    A lone date further down is a deadline or a release, unless the name is no day; so are several that all lie ahead of it.
    """
    dated = [opening for opening in openings if opening.mention]
    if all(opening.mention.form == MONTH for opening in dated if opening.mention):
        return True
    if file.form in WEAK or not dated or dated[0].place <= 1:
        return False
    if len(dated) == 1:
        return True
    day = years.days([file], day_first=True, year=file.year)[0]
    mentions = [opening.mention for opening in dated if opening.mention]
    if day is None or any(one.open_order for one in mentions):
        return False
    ahead = years.days([replace(one, year=one.year or day.year) for one in mentions], day_first=True, year=day.year)
    return all(one is not None and one > day for one in ahead)


def _years(
    mentions: Sequence[DateMention], file: DateMention | None, named: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Return the years to start from: of the first date that has one, of the file's name, or those that are named."""
    year = next((one.year for one in mentions if one.year), None)
    if year is None and file and file.form != MONTH:
        year = file.year
    return (year, year) if year is not None else named


def _settled(openings: Sequence[Opening], year: int | None) -> tuple[list[Opening], list[DateMention]]:
    """Settle which number of 25/03/04 is the year."""
    mentions = dayorder.settle_short([opening.mention for opening in openings], year)
    found = [replace(opening, mention=mention) for opening, mention in zip(openings, mentions, strict=True)]
    return found, [mention for mention in mentions if mention]


def _only_says_cancelled(drafts: Sequence[Draft]) -> bool:
    """Return whether a meeting opens with the word that there was none, and hardly says more."""
    said = _said(drafts)
    return 1 <= len(said) <= 2 and len(said[0].text) <= _LONGEST_EXCUSE and is_cancelled(plain(said[0].text))


def _said(drafts: Sequence[Draft]) -> list[Draft]:
    return [draft for draft in drafts if draft.kind is not BlockKind.HEADING]
