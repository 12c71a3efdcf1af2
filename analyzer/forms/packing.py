"""Which pieces an answer holds: whole ones, best first, and never more than the limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import TypeVar

T = TypeVar("T")


def pack(pieces: Sequence[T], measure: Callable[[list[T]], int], limit: int | None, most: int | None = None) -> list[T]:
    """Choose the pieces of an answer.

    A piece that does not fit is passed over, and a later, shorter one may still find room.

    Args:
        pieces: best first.
        measure: the size of an answer that is made of some of the pieces.
        limit: the largest size, None for any.
        most: the largest number of pieces, None for any.
    """
    chosen: list[T] = []
    for piece in pieces:
        if most is not None and len(chosen) >= most:
            break
        if limit is None or measure([*chosen, piece]) <= limit:
            chosen.append(piece)
    return chosen


def in_turn(groups: Sequence[Sequence[T]]) -> list[T]:
    """Return the first of each group, then the second of each, so that no kind of evidence takes all the room."""
    rows = zip_longest(*([(one,) for one in group] for group in groups), fillvalue=())
    return [one for row in rows for cell in row for one in cell]
