"""Property lines ("With: Sam", "Attendees: A, B") told from items, where they stand: at the top of a file or of a meeting."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.reading.datelines import meeting_date
from analyzer.reading.markdown import Draft, Scan
from analyzer.reading.names import names_in_attendees
from analyzer.reading.roster import GROUP_KEYS, MAIL_KEYS, PROPERTY_KEYS
from analyzer.records import BlockKind

_PROPERTY = re.compile(
    r"[*_]{0,3}(?P<key>[^\W\d_][^\W\d_ ]{1,20}(?: [^\W\d_]{1,15})?)[*_]{0,3}\s?:{1,2}[*_]{0,3}\s{1,5}(?P<value>\S.{0,200})$"
)
_FREE_KEYS = frozenset(
    ("time", "location", "where", "duration", "role", "title", "team", "zoom", "link", "type", "tags", "facilitator")
)
_LONGEST = 240
_LONGEST_SUBJECT = 120
_LIST_OF_PEOPLE = re.compile(r"[*_]{0,3}(?P<key>[^\W\d_]{3,20})[*_]{0,3}\s?:?[*_]{0,3}$")
_MOST_PRESENT = 30
_ABOUT_THE_NOTES = re.compile(
    r"\b(?:newest|latest|oldest|most recent)\s(?:is\s|entry\s|ones?\s)?(?:on|at the|first|at)\b|\b[A-Z]{1,3}\s?=\s?(?:[A-Z][a-z]|me\b|my\b)"
)
"""How the document is kept ("newest on top, MK = Mira"): said above the log, about the notes and nothing else."""


def starts_block(text: str) -> bool:
    """Return whether an unmarked line never goes on from the line above: a meeting's date or a property."""
    return bool(meeting_date(text, heading=False) or as_property(text))


def as_property(text: str) -> tuple[str, str] | None:
    """Return key and value of a line that reads like a property, None for any other.

    "Manager: Ruth Delacroix" is one, "Manager: great job on the launch" is somebody speaking.
    """
    match = _PROPERTY.match(text) if len(text) <= _LONGEST else None
    if not match or match["key"].lower() not in PROPERTY_KEYS:
        return None
    key, value = match["key"].lower(), match["value"].strip("*_ ")
    if key in {"date", "when"}:
        return None
    if key in _FREE_KEYS:
        return (key, value) if len(value) <= 60 and value[-1] not in ".!?" else None
    if key in {"subject", "sent"} and len(value) <= _LONGEST_SUBJECT and not names_in_attendees(value):
        return key, value
    if key in MAIL_KEYS and "@" in value:
        return key, value
    pieces = [piece for piece in re.split(r"[,;/&+]|\band\b", value) if piece.strip()]
    names = names_in_attendees(value)
    return (key, value) if pieces and names and (len(names) == len(pieces) or key in GROUP_KEYS) else None


def take_properties(found: Scan) -> tuple[list[Draft], list[tuple[str, str]], list[tuple[int, int, str]]]:
    """Take the property lines out of the blocks.

    Args:
        found: what the scanner made of a file, headings promoted.

    Returns:
        The other blocks with parents renumbered, all properties, and all ignored stretches.
    """
    properties = list(found.properties)
    ignored = list(found.ignored)
    kept: list[int] = []
    at_top, dated = True, False
    present = _attendees(found.blocks, properties)
    for place, draft in enumerate(found.blocks):
        if place in present:
            ignored.append((draft.start, draft.end, "property"))
            continue
        pair = as_property(draft.text) if at_top and draft.start == draft.end else None
        has_children = place + 1 < len(found.blocks) and found.blocks[place + 1].parent == place
        if pair and draft.kind in {BlockKind.PARAGRAPH, BlockKind.ITEM} and not has_children and draft.checked is None:
            properties.append(pair)
            ignored.append((draft.start, draft.end, "property"))
            continue
        if not dated and draft.kind is BlockKind.PARAGRAPH and _ABOUT_THE_NOTES.search(draft.text):
            ignored.append((draft.start, draft.end, "about the notes"))
            continue
        heading = draft.kind is BlockKind.HEADING
        dated = dated or meeting_date(draft.text, heading=heading) is not None
        at_top = meeting_date(draft.text, heading=heading) is not None or (at_top and heading) or not kept
        kept.append(place)
    new = {place: number for number, place in enumerate(kept)}
    drafts = [found.blocks[place] for place in kept]
    for draft in drafts:
        draft.parent = new.get(draft.parent) if draft.parent is not None else None
    return drafts, properties, ignored


def _attendees(drafts: Sequence[Draft], properties: list[tuple[str, str]]) -> set[int]:
    """Find lists of who was present, a name an item, under a line that says so; their names become a property."""
    found: set[int] = set()
    for place, draft in enumerate(drafts):
        head = _LIST_OF_PEOPLE.match(draft.text) if len(draft.text) <= 40 else None
        if not head or head["key"].lower() not in GROUP_KEYS:
            continue
        end = place + 1
        while (
            end < len(drafts)
            and end - place <= _MOST_PRESENT
            and drafts[end].kind is BlockKind.ITEM
            and _is_person(drafts[end])
        ):
            end += 1
        if end > place + 1:
            properties.append((head["key"].lower(), ", ".join(one.text for one in drafts[place + 1 : end])))
            found.update(range(place, end))
    return found


def _is_person(draft: Draft) -> bool:
    return len(draft.text) <= 60 and len(names_in_attendees(draft.text)) == 1 and ":" not in draft.text
