"""What the encoder is given of an item: its words, and before them what they stand under."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.labelling.observe import Observation

LONGEST_TEXT = 400
LONGEST_ABOVE = 160
"""Characters; what an item says beyond them changes no label."""


def encoder_inputs(observations: Sequence[Observation]) -> list[tuple[str, str]]:
    """Return for each item a pair of texts: what it stands under, and its own words.

    Args:
        observations: of one person's notes, in order; parents are indexes among them.

    Returns:
        ``("Wins | subject [P0] [x] | text of the parent", "text of the item")``; the heading is as written.
    """
    return [(_context(one, observations), one.item.text[:LONGEST_TEXT]) for one in observations]


def _context(one: Observation, observations: Sequence[Observation]) -> str:
    item = one.item
    tags = f" [{','.join(item.tags)}]" if item.tags else ""
    box = "" if item.checked is None else (" [x]" if item.checked else " [ ]")
    above = observations[one.parent].item.text[:LONGEST_ABOVE] if one.parent is not None else ""
    return f"{item.heading} | {one.role}{tags}{box}{' struck' if item.struck else ''} | {above}"
