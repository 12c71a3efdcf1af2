"""Texts on a chart: bounded, measured, wrapped, and set beside points so that they do not cover each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.oneline import one_line

MOST_NAME = 60
"""Characters of a name that a chart repeats anywhere; what does not fit its place is cut further."""
_NARROW_LETTERS, _WIDE_LETTERS = frozenset("fijlrtI.,:;'|!()[] -"), frozenset("mwMW@%—…")
_EM_NARROW, _EM_LOWER, _EM_UPPER, _EM_WIDE, _EM_OTHER = 0.32, 0.56, 0.7, 0.9, 1.0
"""Widths in parts of the font size, a little over those of Arial, so that an estimate is rather too wide."""
_HARD_TO_READ = frozenset("\u200b\u200c\u200d\u2060\ufeff")


def name_of(text: str, most: int = MOST_NAME) -> str:
    """Return a name as one bounded line, without characters that steer the direction of text or cannot be seen."""
    clean = one_line(text[: 4 * most].translate(dict.fromkeys(map(ord, _HARD_TO_READ))))
    if not clean:
        return "(no name)"
    return clean if len(clean) <= most else clean[: most - 1].rstrip() + "…"


def width_of(text: str, size: int) -> float:
    """Return about how many pixels a text takes, rather too many than too few."""
    return sum(map(_em, text)) * size


def fitted(text: str, size: int, room: float) -> str:
    """Cut a text to the pixels that there are for it, with "…" for what is left out."""
    if width_of(text, size) <= room:
        return text
    kept = text
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def wrapped(text: str, size: int, room: float) -> list[str]:
    """Break a text into lines of so many pixels at most, between words."""
    lines: list[str] = []
    for word in text.split():
        if lines and width_of(f"{lines[-1]} {word}", size) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(fitted(word, size, room))
    return lines


def _em(character: str) -> float:
    if character in _NARROW_LETTERS:
        return _EM_NARROW
    if character in _WIDE_LETTERS:
        return _EM_WIDE
    if ord(character) > 0x2E7F:
        return _EM_OTHER
    return _EM_UPPER if character.isupper() else _EM_LOWER


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels; y grows downwards."""

    left: float
    top: float
    right: float
    bottom: float

    def overlap(self, other: Box) -> float:
        """Return the area that two rectangles share."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(width, 0.0) * max(height, 0.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a label stands: its left edge and its middle, in pixels, and whether a line has to lead to it."""

    left: float
    middle: float
    led: bool


_REACHES = (0, 14, 28, 42, 58)
"""Pixels that a label is moved away from its point, the nearest first."""
_MARKER = 7
_AWAY, _OUTSIDE = 1.5, 50.0


def spots(points: Sequence[tuple[float, float]], texts: Sequence[str], size: int, area: Box) -> list[Spot]:
    """Find a place for the label of each point.

    Args:
        points: pixels from the left and from the top.
        texts: the labels, in the order of the points.
        size: pixels of the font.
        area: what the labels stay inside.

    Returns:
        A place for each, in the same order; the same points give the same places.
    """
    markers = [Box(x - _MARKER, y - _MARKER, x + _MARKER, y + _MARKER) for x, y in points]
    taken: list[Box] = []
    found: dict[int, Spot] = {}
    for index in sorted(range(len(points)), key=lambda one: (points[one][1], points[one][0], one)):
        wide, high = width_of(texts[index], size), size + 2.0
        choices = _choices(points[index], wide, high)
        blocked = [*taken, *markers[:index], *markers[index + 1 :]]
        best = min(choices, key=lambda one: _cost(one, wide, high, blocked, area))
        found[index] = best[0]
        taken.append(_box(best[0], wide, high))
    return [found[index] for index in range(len(points))]


def _choices(point: tuple[float, float], wide: float, high: float) -> list[tuple[Spot, float]]:
    """Return the places to try, each with how far it is from its point: right, left, above, below, then further off."""
    x, y = point
    found = []
    for reach in _REACHES:
        side = _MARKER + 2
        over = _MARKER + high / 2 + reach
        tilt = (0.0,) if reach == 0 else (-float(reach), float(reach))
        found += [(Spot(x + side, y + up, reach > 0), reach) for up in tilt]
        found += [(Spot(x - side - wide, y + up, reach > 0), reach) for up in tilt]
        found += [(Spot(x - wide / 2, y + way * over, reach > 0), reach + 2) for way in (-1, 1)]
    return [(spot, float(far)) for spot, far in found]


def _cost(choice: tuple[Spot, float], wide: float, high: float, blocked: Sequence[Box], area: Box) -> float:
    spot, far = choice
    box = _box(spot, wide, high)
    out = max(area.left - box.left, 0) + max(box.right - area.right, 0)
    out += max(area.top - box.top, 0) + max(box.bottom - area.bottom, 0)
    return sum(10 * box.overlap(one) for one in blocked) + _OUTSIDE * out + _AWAY * far


def _box(spot: Spot, wide: float, high: float) -> Box:
    return Box(spot.left, spot.middle - high / 2, spot.left + wide, spot.middle + high / 2)
