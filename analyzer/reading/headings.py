"""Headings without mark-up: a line in bold, with a colon or an emoji at the end or front, that heads what follows."""

from __future__ import annotations

import re
import unicodedata

from analyzer.patterns.sections import heading_words, is_section_name, section_of
from analyzer.reading.datelines import is_link_only, meeting_date
from analyzer.reading.markdown import Draft
from analyzer.records import BlockKind

BOLD_LEVEL = 5
PLAIN_LEVEL = 6
LEAD_LEVEL = 0
"""Depth of a heading that is a list item: it heads the items nested under it and nothing else."""
_WRAPPED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?=\S)(?P<text>[^*_\n]{1,160})(?<=\S)(?P=mark):?[^\w\n]{0,12}$")
_WORDS_OF_BOLD = 14
_WORDS_OF_PLAIN = 8
_WORDS_OF_LEAD = 8
_WORDS_ABOVE_LIST = 4
"""A line without any mark is a heading only where it is this short and stands right on top of a list."""


def promote(drafts: list[Draft]) -> None:
    """Turn the blocks that are headings by how they look into headings, in place.

    Args:
        drafts: all blocks of one file, as the scanner made them.
    """
    children = {draft.parent for draft in drafts if draft.parent is not None}
    for place, draft in enumerate(drafts):
        following = drafts[place + 1] if place + 1 < len(drafts) else None
        if draft.kind is BlockKind.ITEM and place in children:
            if _is_lead(draft.text):
                draft.kind, draft.depth = BlockKind.HEADING, LEAD_LEVEL
        elif draft.kind is BlockKind.PARAGRAPH and draft.parent is None and draft.start == draft.end:
            level = _level(draft, following)
            if level:
                draft.kind, draft.depth = BlockKind.HEADING, level


def is_wholly_marked(text: str) -> bool:
    """Return whether a line is in bold or italics from end to end."""
    return bool(_WRAPPED.match(text.strip()))


def _level(draft: Draft, following: Draft | None) -> int:
    """Return the level of a heading that a lone line is by how it looks, 0 for none."""
    text = draft.text
    words = len(text.split())
    if is_wholly_marked(text):
        closed = text.strip("*_").rstrip()[-1:] in {".", "!", ","}
        return BOLD_LEVEL if words <= _WORDS_OF_BOLD and (not closed or bool(section_of(text))) else 0
    if following is None or following.kind is BlockKind.HEADING or words > _WORDS_OF_PLAIN:
        return 0
    if meeting_date(text, heading=False) or is_link_only(text):
        return 0
    named = is_section_name(text) and text[-1] not in ".!"
    return PLAIN_LEVEL if named or _heads_list(draft, following) else 0


def _heads_list(draft: Draft, following: Draft) -> bool:
    """Return whether a short line heads the list below it: by a colon, capitals, an emoji, or by standing right on top of it."""
    text = draft.text
    if following.kind not in {BlockKind.ITEM, BlockKind.ROW, BlockKind.QUOTE} or following.depth:
        return False
    if text.endswith(":") or (text.endswith("?") and section_of(text)):
        return True
    if text[-1] in ".!?" or ":" in text:
        return False
    on_top = draft.after_blank and not following.after_blank and len(text.split()) <= _WORDS_ABOVE_LIST
    capitals = text.isupper() and bool(heading_words(text))
    return capitals or _opens_with_emoji(text) or (on_top and text[0].isupper() and text[-1].isalnum())


def _is_lead(text: str) -> bool:
    """Return whether a list item only heads the items nested under it."""
    words = len(text.split())
    if words > _WORDS_OF_LEAD:
        return False
    if text.rstrip().endswith("?"):
        return False
    return is_wholly_marked(text) or text.endswith(":") or is_section_name(text)


def _opens_with_emoji(text: str) -> bool:
    return unicodedata.category(text[0]) in {"So", "Sk"} and any(character.isalpha() for character in text)
