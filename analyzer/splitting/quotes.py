"""Whose words a document's block quotes are: the manager's replies, the owner's own lines, or quoted from elsewhere.

People use ``>`` for all three, and each document for one of the first two; so the document decides as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analyzer.records import Block, BlockKind, Document

_LONG = 45
"""Words from which on a quote is taken from a text; replies in 1:1 notes are a line or two."""
_SOURCE = re.compile(
    r"(?:^|\s)[-–—]{1,2}\s?[A-Z][^\n]{2,60}$|\([A-Z][\w'’-]{1,30}(?: et al\.?| (?:and|&) [A-Z][\w'’-]{1,30})?,? (?:19|20)\d\d\)|\bet al\.|\bp\. ?\d+|\bchapter \d",
)
_SOURCE_ABOVE = re.compile(
    r"\b(?:read|reading|book|paper|article|chapter|author|poem|quote|post|blog|newsletter|podcast|talk|abstract|wrote|writes|says"
    r"|customer|client|review|survey|email|mail|letter)\b[^.!?:]{0,80}:$|^(?:re-?)?(?:read|reading|quote|book|paper|article|quoting)\b",
    re.IGNORECASE,
)
_TO_YOU = re.compile(
    r"(?<![\w'’])(?:you|your|yours|you['’](?:re|ve|d|ll)|let['’]s|thanks?|agreed?|nice|great|well done|good|yes|no|ok|okay|sure|please|congrats|i['’]ll|sounds)(?![\w'’])|\?",
    re.IGNORECASE,
)
_OWN_LEAST = 3
_OWN_SHARE = 0.7
"""Share of a meeting log's blocks that are quotes where the owner writes in them (a mail that was forwarded)."""


def author_of_quotes(document: Document) -> str | None:
    """Say whose words the block quotes of a document are.

    Args:
        document: with its roster.

    Returns:
        The manager, where quotes answer what stands above them; the writer, where nearly everything is quoted; else nobody.
    """
    roster = document.roster
    lines = from_elsewhere(document)
    own = everything = answers = plain = 0
    for above, block in _blocks(document):
        everything += block.kind is not BlockKind.HEADING
        if block.kind is not BlockKind.QUOTE:
            continue
        own += 1
        if (block.source.start, block.source.end) in lines:
            continue
        plain += 1
        answers += above is not None and above.kind is not BlockKind.HEADING and bool(_TO_YOU.search(block.text[:400]))
    if own >= _OWN_LEAST and own >= _OWN_SHARE * everything:
        return roster.writer or roster.subject
    other = roster.manager if roster.writer in {None, roster.subject} else roster.subject
    return other if answers and 2 * answers >= plain else None


def _is_from_elsewhere(block: Block, above: Block | None) -> bool:
    """Return whether a quote is long, names its source, or stands under a line that does."""
    text = block.text[:2_000]
    if len(text.split()) >= _LONG or _SOURCE.search(text):
        return True
    return above is not None and bool(_SOURCE_ABOVE.search(above.text[-120:].strip()))


def from_elsewhere(document: Document) -> frozenset[tuple[int | None, int | None]]:
    """Return the lines of the quotes that come from a book, a paper or somebody outside, with the attribution below them."""
    found: set[tuple[int | None, int | None]] = set()
    last = False
    for above, block in _blocks(document):
        quote = block.kind is BlockKind.QUOTE
        if quote and (
            _is_from_elsewhere(block, above) or (last and above is not None and above.kind is BlockKind.QUOTE)
        ):
            found.add((block.source.start, block.source.end))
            last = True
        elif last and _is_attribution(document, block):
            found.add((block.source.start, block.source.end))
        else:
            last = False
    return frozenset(found)


def _is_attribution(document: Document, block: Block) -> bool:
    start = block.source.start
    line = document.lines[start - 1].lstrip("> \t") if start and start <= len(document.lines) else ""
    return bool(re.match(r"[–—]", line)) and len(line) <= 80


def _blocks(document: Document) -> Iterator[tuple[Block | None, Block]]:
    """Yield each block with the one above it in its meeting."""
    for meeting in document.meetings:
        yield from zip((None, *meeting.blocks[:-1]), meeting.blocks, strict=True)
