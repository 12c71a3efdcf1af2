"""Meetings to items: the unit that is labelled, with its exact lines, section, author and tags. No language processing.

An item is the own text of a list item, a table row, or one sentence of prose. Headings and leads of lists are none; what holds
no words of its own is ignored with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from analyzer.records import ASSISTANT, Block, BlockKind, Document, Ignored, Item, Meeting, MeetingKind, Source
from analyzer.splitting.cleaning import Cleaned, clean, unwrap
from analyzer.splitting.headings import Under, headings_over
from analyzer.splitting.leads import prefix_of, speaker_of, topic_of_row
from analyzer.splitting.quotes import author_of_quotes, from_elsewhere
from analyzer.splitting.sentences import sentence_spans
from analyzer.splitting.turns import sentences_of, turns_of

__all__ = ["split"]

_OWN_TASK = re.compile(r"[*_]{0,3}me[*_]{0,3}:", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_PROSE = frozenset((BlockKind.PARAGRAPH, BlockKind.QUOTE))


def split(document: Document) -> tuple[tuple[Item, ...], tuple[Ignored, ...]]:
    """Cut a document into items.

    Args:
        document: from reading; its roster says whose marks are whose.

    Returns:
        The items in the order of the document, with parents as indexes among them, and blocks without words of their own.
    """
    items: list[Item] = []
    ignored: list[Ignored] = []
    quoted = Quoted(author_of_quotes(document), from_elsewhere(document))
    for meeting in document.meetings:
        over = headings_over(meeting, document.title)
        tasks = _task_lists(meeting)
        of_block: dict[int, int] = {}
        for place, block in enumerate(meeting.blocks):
            if block.kind is BlockKind.HEADING:
                continue
            parent = _item_above(meeting, block, of_block)
            found = _items(
                document,
                meeting,
                block,
                over[place],
                items[parent] if parent is not None else None,
                quoted,
                task=place in tasks,
            )
            if not found:
                ignored.append(Ignored(source=block.source, reason=_why_no_item(block)))
                continue
            of_block[place] = len(items)
            items += [replace(one, parent=parent) for one in found]
    return tuple(items), tuple(ignored)


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words the document's block quotes are, and the lines of those from elsewhere."""

    author: str | None
    elsewhere: frozenset[tuple[int | None, int | None]]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a block that becomes one item."""

    text: str
    raw: str
    source: Source


def _items(
    document: Document,
    meeting: Meeting,
    block: Block,
    under: Under,
    parent: Item | None,
    quoted: Quoted,
    *,
    task: bool,
) -> list[Item]:
    stretches = _sentences(document, block) if block.kind in _PROSE else [_whole(document, block)]
    author = _default_author(document, block, parent, quoted)
    found: list[Item] = []
    for stretch in stretches:
        cleaned = clean(stretch.text)
        item, author = _item(document, cleaned, author, block, under, task=task)
        if item is not None:
            found.append(
                replace(
                    item,
                    source=stretch.source,
                    raw=stretch.raw,
                    date=meeting.date,
                    pinned=meeting.kind is MeetingKind.PINNED,
                )
            )
    return found


def _item(
    document: Document, cleaned: Cleaned, author: str | None, block: Block, under: Under, *, task: bool
) -> tuple[Item | None, str | None]:
    """Make an item of cleaned words; also return who speaks at its end, for the next sentence of the paragraph."""
    text, tags, links = cleaned.text, cleaned.tags, cleaned.links
    aliases = document.roster.aliases
    marked = None if task or under.section == "actions" else speaker_of(text, aliases)
    if marked:
        author, start = marked
        again = clean(text[start:])
        text, tags = again.text, tuple(dict.fromkeys([*tags, *again.tags]))
    if not text:
        return None, author
    turns = turns_of(text, author, aliases)
    item = Item(
        source=block.source,
        date=None,
        text=text,
        raw="",
        section=under.section,
        heading=under.heading,
        author=author,
        depth=block.depth,
        prefix=(topic_of_row(text, aliases) if block.kind is BlockKind.ROW else "") or prefix_of(text, aliases),
        lead=under.lead,
        tags=tags,
        links=links,
        checked=block.checked,
        struck=block.struck or cleaned.struck,
        prose=block.kind in _PROSE,
        day_first=document.day_first,
        sentences=sentences_of(text),
        turns=turns,
    )
    return item, turns[-1].author if turns else author


def _task_lists(meeting: Meeting) -> frozenset[int]:
    """Return the blocks where a name with a colon takes a task on and does not speak: check boxes, and neighbours of "me: …"."""
    found = {place for place, block in enumerate(meeting.blocks) if block.checked is not None}
    for place, block in enumerate(meeting.blocks):
        if _OWN_TASK.match(block.text):
            near = (place - 1, place, place + 1)
            found.update(
                one for one in near if 0 <= one < len(meeting.blocks) and meeting.blocks[one].depth == block.depth
            )
    return frozenset(found)


def _default_author(document: Document, block: Block, parent: Item | None, quoted: Quoted) -> str | None:
    """Return whose words a block is where it does not say: the writer's, nobody's for a quotation or a reply to a reply."""
    if (block.source.start, block.source.end) in quoted.elsewhere:
        return None
    if block.kind is BlockKind.QUOTE:
        return quoted.author
    roster = document.roster
    writer = roster.writer or roster.subject
    replies = parent is not None and bool(parent.turns) and parent.turns[-1].author != writer
    return None if replies or writer == ASSISTANT else writer


def _whole(document: Document, block: Block) -> _Stretch:
    start, end = block.source.start, block.source.end
    raw = "\n".join(document.lines[start - 1 : end]) if start and end else block.text
    return _Stretch(block.text, raw, block.source)


def _sentences(document: Document, block: Block) -> list[_Stretch]:
    """Cut a paragraph into sentences, each with the lines that it stands on."""
    starts = _line_starts(document, block)
    first = block.source.start
    text, _ = unwrap(block.text)
    shift = block.text.find(text)
    found: list[_Stretch] = []
    for start, end in sentence_spans(text):
        source = block.source
        if first is not None:
            above = sum(place <= shift + start for place in starts) - 1
            below = sum(place < shift + end for place in starts) - 1
            source = document.source(first + above, first + max(above, below))
        found.append(_Stretch(text[start:end], text[start:end], source))
    return found


def _line_starts(document: Document, block: Block) -> list[int]:
    """Return where each line of a block starts in the block's text, told by counting words from its end."""
    start, end = block.source.start, block.source.end
    if start is None or end is None or start == end:
        return [0]
    places = [word.start() for word in _WORD.finditer(block.text)]
    counts = [len(line.strip().lstrip("> \t").split()) for line in document.lines[start:end]]
    starts, at = [], len(places)
    for count in reversed(counts):
        at = max(0, at - count)
        starts.append(places[at] if at < len(places) else len(block.text))
    return [0, *reversed(starts)]


def _item_above(meeting: Meeting, block: Block, of_block: dict[int, int]) -> int | None:
    """Return the item that a block is nested under, looking through leads."""
    place = block.parent
    while place is not None:
        if place in of_block:
            return of_block[place]
        place = meeting.blocks[place].parent
    return None


def _why_no_item(block: Block) -> str:
    return "bare link" if clean(block.text).links else "no words"
