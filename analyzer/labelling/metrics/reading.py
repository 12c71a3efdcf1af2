"""What the grammar works on and what it returns: the masked text, and readings of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.labelling.metrics.lexicon import FIRST_MARK, MARK_LIMIT
from analyzer.labelling.metrics.quantity import Quantity, aligned, comparable

COMPARED = "metric.before-after"
"""The form of two figures that only words of time tell apart."""


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which every quantity is one private character, and where its characters stood before."""

    text: str
    origin: tuple[int, ...]
    quantities: tuple[Quantity, ...]

    def quantity(self, index: int) -> Quantity:
        """Return the quantity that stands at an offset of the masked text."""
        return self.quantities[ord(self.text[index]) - FIRST_MARK]

    def places(self) -> list[int]:
        """Return where the quantities stand in the masked text."""
        last = FIRST_MARK + len(self.quantities)
        return [index for index, character in enumerate(self.text) if FIRST_MARK <= ord(character) < last]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A metric without its name: which figures play which part, in offsets of the item's text."""

    form: str
    start: int
    end: int
    before: float | None = None
    after: float | None = None
    delta: float | None = None
    value: float | None = None
    unit: str | None = None
    noun: str | None = None
    relative: bool = False
    direction: str | None = None
    used: tuple[int, ...] = ()
    """Where the quantities stand that this metric is made of."""


def mask(text: str, quantities: Sequence[Quantity]) -> Masked:
    """Replace every quantity by one private character."""
    text = "".join(" " if FIRST_MARK <= ord(one) <= FIRST_MARK + MARK_LIMIT else one for one in text)
    kept = tuple(quantities[:MARK_LIMIT])
    parts: list[str] = []
    origin: list[int] = []
    last = 0
    for number, one in enumerate(kept):
        parts += [text[last : one.start], chr(FIRST_MARK + number)]
        origin += [*range(last, one.start), one.start]
        last = one.end
    parts.append(text[last:])
    return Masked("".join(parts), (*origin, *range(last, len(text) + 1)), kept)


def change(before: Quantity, after: Quantity, *, start: int, end: int, form: str) -> Reading | None:
    """Return the reading of an older and a newer figure, None where they cannot be figures of one thing."""
    if (
        not comparable(before, after)
        or _counts_parts(before, after, form)
        or (before.kind == "time" and before.loose and "down" in form)
    ):
        return None
    old, new, unit = aligned(before, after)
    if old == new:
        return None
    first, second = sorted((before, after), key=lambda one: one.start)
    return Reading(
        form=form,
        start=start,
        end=end,
        before=old,
        after=new,
        unit=unit,
        noun=first.noun or second.noun,
        direction="up" if new > old else "down",
        used=(before.start, after.start),
    )


def _counts_parts(before: Quantity, after: Quantity, form: str) -> bool:
    """Say whether both figures are number words, which outside a comparison in time count parts ("six instead of one").

    A figure per month or week counts none.
    """
    rates = any(re.search(r"\ba \w+$", one.unit or "") for one in (before, after))
    return form != COMPARED and not rates and before.word and after.word and bool(before.value and after.value)
