"""Which headings a block stands under: its section, the heading as written, and a lead that may name a project."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzer.patterns.sections import section_of
from analyzer.records import Block, BlockKind, Meeting
from analyzer.splitting.cleaning import clean
from analyzer.splitting.leads import bare_name

_SHORT = 6
"""Words of a list item that can be the name of what is nested under it."""


@dataclass(frozen=True, slots=True)
class Under:
    """What a block stands under."""

    section: str = ""
    heading: str = ""
    lead: str = ""


def headings_over(meeting: Meeting, title: str) -> list[Under]:
    """Return for each block of a meeting what it stands under.

    A heading's section holds for the headings below it until one of its own level; a sub-heading that names no section
    ("Churn model" under "Wins") is a lead. The heading with the meeting's date is neither, and the document's title no lead.

    Args:
        meeting: with its headings among the blocks.
        title: the document's.
    """
    stack: list[tuple[int, str, str]] = []
    found: list[Under] = []
    for place, block in enumerate(meeting.blocks):
        if block.kind is BlockKind.HEADING and block.depth and not _is_date(meeting, place, block):
            while stack and stack[-1][0] >= block.depth:
                stack.pop()
            titled = block.text == title
            stack.append(
                (block.depth, "" if titled else heading_text(block.text), "" if titled else section_of(block.text))
            )
        under = _at(stack)
        lead = _parent(found, meeting, block)
        found.append(_joined(under, lead))
    return found


def heading_text(text: str) -> str:
    """Return a heading as written, without mark-up around it and the colon at its end."""
    return clean(text).text.rstrip(": ").strip()


def _is_date(meeting: Meeting, place: int, block: Block) -> bool:
    return (
        place == 0 and meeting.date is not None and bool(meeting.heading) and block.source.start == meeting.source.start
    )


def _at(stack: list[tuple[int, str, str]]) -> Under:
    if not stack:
        return Under()
    section = next((section for _, _, section in reversed(stack) if section), "")
    _, heading, own = stack[-1]
    return Under(section, heading, "" if own else bare_name(heading))


def _parent(found: list[Under], meeting: Meeting, block: Block) -> Under:
    """Return what the item or lead above gives to a nested block."""
    if block.parent is None:
        return Under()
    above = meeting.blocks[block.parent]
    text = heading_text(above.text)
    inherited = found[block.parent]
    if above.kind is BlockKind.HEADING:
        section = section_of(above.text)
        return Under(section, text, inherited.lead if section else bare_name(text))
    named = len(text.split()) <= _SHORT and not re.search(r"[.!?:]", text)
    return Under(inherited.section, inherited.heading, bare_name(text) if named else inherited.lead)


def _joined(under: Under, nested: Under) -> Under:
    return Under(nested.section or under.section, nested.heading or under.heading, nested.lead or under.lead)
