"""Which of the tool's items stand for which gold items: by line, then by the stretch of text that both cover.

The tool may cut a text differently. Each of its items goes to the gold item with which it shares most characters; a gold
item may get several, or none, and an item of the tool may belong to none.
"""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.evaluation.gold import Author, GoldDocument, GoldItem
from analyzer.records import Item


def align(author: Author, items: Sequence[Item]) -> tuple[list[tuple[GoldItem, tuple[int, ...]]], tuple[int, ...]]:
    """Align the tool's items with an author's gold items.

    Args:
        author: the gold.
        items: what the tool split the clean notes into, of any number of documents.

    Returns:
        Each gold item, in order, with the indices of the tool's items that stand for it; and the indices of those that
        stand for none.
    """
    owners: dict[int, GoldItem] = {}
    for document in author.documents:
        ours = [index for index, item in enumerate(items) if _same_path(item.source.path, document.path)]
        owners |= _owners(document, items, ours)
    taken: dict[int, list[int]] = {}
    for index in sorted(owners):
        taken.setdefault(id(owners[index]), []).append(index)
    pairs = [(gold, tuple(taken.get(id(gold), ()))) for gold in author.items]
    return pairs, tuple(index for index in range(len(items)) if index not in owners)


def _same_path(given: str, known: str) -> bool:
    return given == known or given.endswith("/" + known)


def _owners(document: GoldDocument, items: Sequence[Item], ours: Sequence[int]) -> dict[int, GoldItem]:
    lines = document.text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found: dict[int, GoldItem] = {}
    for index in ours:
        source = items[index].source
        if source.start is None or source.end is None or source.start > len(lines):
            continue
        span = _stretch(document.text, starts[source.start - 1], starts[min(source.end, len(lines))] - 1, items[index])
        near = [gold for gold in document.items if gold.first_line <= source.end and gold.line >= source.start]
        best = max(near, key=lambda gold: _overlap(gold, span), default=None)
        if best and _overlap(best, span) > 0:
            found[index] = best
    return found


def _overlap(gold: GoldItem, span: tuple[int, int]) -> int:
    return min(gold.end, span[1]) - max(gold.start, span[0])


def _stretch(text: str, start: int, end: int, item: Item) -> tuple[int, int]:
    """Return where an item's words stand between two offsets; all of it where they cannot be found."""
    for words in (item.raw, item.text):
        at = text.find(words, start, end) if words else -1
        if at >= 0:
            return at, at + len(words)
    squeezed = [place for place in range(start, end) if not text[place].isspace()]
    inside = "".join(text[place] for place in squeezed)
    for words in ("".join(item.raw.split()), "".join(item.text.split())):
        at = inside.find(words) if words else -1
        if at >= 0:
            return squeezed[at], squeezed[at + len(words) - 1] + 1
    return start, end
