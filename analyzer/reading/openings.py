"""Which blocks open a meeting, and which dates only look like it: contents lists, templates, sub-headings of a week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from analyzer.dates import DateMention
from analyzer.patterns.sections import section_of
from analyzer.reading import years
from analyzer.reading.datelines import (
    is_away,
    is_blank_date,
    is_cancelled,
    is_led_by_date,
    is_link_only,
    is_struck,
    is_template,
    led_by_date,
    meeting_date,
    rest_of,
)
from analyzer.reading.headings import LEAD_LEVEL, is_wholly_marked
from analyzer.reading.markdown import Draft
from analyzer.reading.written import WEEK, day_alone, month_alone
from analyzer.records import BlockKind

_CONTENTS_RUN = 3
"""So many dates in a row with nothing in between are a contents list, not meetings."""
_WEEKS_OF_MONTH = 5
"""Weeks numbered no higher, and more than once, count within a month: they say nothing about the year."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A block that opens a stretch of the document: a meeting with its date as written, or an undated part.

    ``blank`` is the place for a date that was left empty ("Date:"); ``away`` a date beside which somebody is only said to be
    away, which is no meeting where nothing stands below it.
    """

    place: int
    mention: DateMention | None
    cancelled: bool = False
    away: bool = False
    blank: bool = False


def find_openings(drafts: Sequence[Draft], passed: frozenset[int]) -> list[Opening]:
    """Find the blocks that open meetings.

    Args:
        drafts: a file's blocks, headings promoted.
        passed: blocks that are no meetings whatever they look like.

    Returns:
        The openings in order. The heading of a week is none where dated headings of its own follow at once below it; headings
        with a mere weekday are parts of the entry that they stand in, which keeps its own date.
    """
    found = [
        opening
        for place, draft in enumerate(drafts)
        if place not in passed and (opening := opening_of(place, draft, drafts))
    ]
    if any(drafts[one.place].kind is BlockKind.ITEM or drafts[one.place].depth == LEAD_LEVEL for one in found):
        known = {one.place for one in found} | passed
        found += [one for place in range(len(drafts)) if place not in known and (one := _cancelled_item(place, drafts))]
        found.sort(key=lambda one: one.place)
    found = _without_weeks(found) if any(one.mention for one in found) else by_month(drafts, passed) or found
    found = _without_topics(found, drafts)
    return [one for place, one in enumerate(found) if not _only_heads(one, found[place + 1 : place + 2], drafts)]


def opening_of(place: int, draft: Draft, drafts: Sequence[Draft]) -> Opening | None:
    """Return the opening that a block is, None for any other block."""
    if draft.kind in {BlockKind.ROW, BlockKind.QUOTE} or draft.parent is not None or draft.struck:
        return None
    is_item = draft.kind is BlockKind.ITEM or (draft.kind is BlockKind.HEADING and draft.depth == LEAD_LEVEL)
    if is_item and not _has_children(place, drafts):
        return None
    marked = is_wholly_marked(draft.text) or led_by_date(draft.text)
    heading = not is_item and (draft.kind is BlockKind.HEADING or marked)
    mention = meeting_date(draft.text, heading=heading)
    if mention is None:
        blank = not is_item and is_blank_date(draft.text) and (heading or draft.text.rstrip("*_ ").endswith((":", "?")))
        return Opening(place, None, blank=True) if blank else None
    rest = rest_of(draft.text, mention)
    return Opening(place, mention, is_cancelled(rest) or is_struck(draft.text), is_away(rest))


def commonest_year(drafts: Sequence[Draft]) -> int | None:
    """Return the year that the text names most often, for want of anything better."""
    counts = Counter(year for draft in drafts if (year := years.year_in(draft.text)) is not None)
    return max(sorted(counts), key=lambda year: counts[year]) if counts else None


def _cancelled_item(place: int, drafts: Sequence[Draft]) -> Opening | None:
    """Return the opening that a list item without any below it is: in a list of meetings, one that was called off."""
    draft = drafts[place]
    if draft.kind is not BlockKind.ITEM or draft.parent is not None:
        return None
    mention = meeting_date(draft.text, heading=False)
    called_off = mention is not None and (draft.struck or is_cancelled(rest_of(draft.text, mention)))
    return Opening(place, mention, cancelled=True) if called_off else None


def _without_weeks(found: list[Opening]) -> list[Opening]:
    """Leave out weeks by number where the meetings have days, and those that are numbered within a month."""
    weeks = [one.mention.week for one in found if one.mention and one.mention.form == WEEK and one.mention.week]
    days = sum(one.mention is not None for one in found) - len(weeks)
    within = len(set(weeks)) < len(weeks) and max(weeks, default=0) <= _WEEKS_OF_MONTH
    if weeks and (days >= len(weeks) or within):
        return [one for one in found if not (one.mention and one.mention.form == WEEK)]
    return found


def _without_topics(found: Sequence[Opening], drafts: Sequence[Draft]) -> list[Opening]:
    """Leave out dated topics inside a meeting: "### Incident 2025-02-27" under "## 3 March 2025"."""
    kept: list[Opening] = []
    level = 0
    for one in found:
        draft = drafts[one.place]
        if one.mention and draft.marked:
            if is_led_by_date(draft.text, one.mention):
                level = draft.depth
            elif 0 < level < draft.depth:
                continue
        kept.append(one)
    return kept


def _only_heads(opening: Opening, following: Sequence[Opening], drafts: Sequence[Draft]) -> bool:
    """Return whether a dated heading holds nothing but dated headings of a lower level."""
    if not opening.mention or opening.cancelled or not following or not following[0].mention:
        return False
    upper, lower = drafts[opening.place], drafts[following[0].place]
    return following[0].place == opening.place + 1 and upper.marked and lower.marked and upper.depth < lower.depth


def _has_children(place: int, drafts: Sequence[Draft]) -> bool:
    return place + 1 < len(drafts) and drafts[place + 1].parent == place


def _asks_for_date(draft: Draft) -> bool:
    if draft.kind is BlockKind.HEADING:
        return is_template(draft.text)
    return draft.kind is BlockKind.PARAGRAPH and draft.parent is None and is_template(draft.text, heading=False)


def contents_of(drafts: Sequence[Draft]) -> frozenset[int]:
    """Find lists that repeat the document's own dates or headings, as links or as bare dates."""
    found: set[int] = set()
    run: list[int] = []
    for place, draft in enumerate(drafts):
        if is_link_only(draft.text):
            found.add(place)
        leaf = draft.kind is BlockKind.ITEM and not _has_children(place, drafts)
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


def template_of(drafts: Sequence[Draft]) -> frozenset[int]:
    """Find the blocks under a heading, or a date line, that still asks for its date."""
    found: set[int] = set()
    inside = False
    for place, draft in enumerate(drafts):
        if _asks_for_date(draft):
            inside = True
        elif inside and draft.kind is not BlockKind.ITEM and opening_of(place, draft, drafts):
            inside = False
        if inside:
            found.add(place)
    return frozenset(found)


def with_years(openings: Sequence[Opening], drafts: Sequence[Draft], title: str) -> list[Opening]:
    """Give dates the year of a heading above them that names one ("## 2024", "# March 2025")."""
    by_place = {opening.place: opening for opening in openings}
    result: list[Opening] = []
    year: int | None = None
    for place, draft in enumerate(drafts):
        opening = by_place.get(place)
        if opening and opening.mention:
            fill = opening.mention.year is None and year is not None
            result.append(replace(opening, mention=replace(opening.mention, year=year)) if fill else opening)
        elif opening:
            result.append(opening)
        elif draft.kind is BlockKind.HEADING and draft.text != title and len(draft.text.split()) <= 3:
            year = years.year_in(draft.text) or year
    return result


def scoped(openings: Sequence[Opening], drafts: Sequence[Draft]) -> list[Opening]:
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


def by_month(drafts: Sequence[Draft], passed: frozenset[int]) -> list[Opening]:
    """Find meetings in a log whose headings are months, for a document in which no heading is a date.

    Args:
        drafts: a file's blocks.
        passed: blocks that are no meetings.

    Returns:
        Days by their number ("Monday 3rd") under the headings of months where there are any, else the months themselves.
    """
    months: list[Opening] = []
    days: list[Opening] = []
    month: DateMention | None = None
    for place, draft in enumerate(drafts):
        if draft.kind is not BlockKind.HEADING or place in passed or draft.depth == LEAD_LEVEL:
            continue
        found = month_alone(draft.text)
        if found:
            month = found
            months.append(Opening(place, found))
        elif month and (day := day_alone(draft.text)):
            days.append(Opening(place, replace(day, month=month.month, year=month.year)))
    sure = len(months) > 1 or any(one.mention and one.mention.year for one in months)
    return days or (months if sure else [])
