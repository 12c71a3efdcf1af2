"""Two figures of one thing, told apart by words of time: "22 min in the first month, 31 before".

Each figure has its stretch of the sentence. Words like "before", "used to" and "last year" make it the older one,
"now", "since" and "so far" the newer one; the two are a metric where one is clearly older.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from analyzer.dates import MONTHS
from analyzer.labelling.metrics.forms import Masked, Reading, change
from analyzer.labelling.metrics.lexicon import FIRST_MARK, MARK_LIMIT, either, search

REACH = 130
"""Characters between two figures beyond which they are not compared."""
STRONG, WEAK, FAINT = 4, 2, 1
"""Weights of the words; figures are compared where the older one leads by `WEAK` and has a word of its own."""

_MARKS = f"{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARK_LIMIT)}"
_BOUNDARY = re.compile(
    r"[,;:()]\s?|[.!?]\s|\s[–—|-]\s|\s(?:and|but|where|while|whereas|against|versus|vs\.?|compared (?:with|to)|then|when it)\s",
    re.IGNORECASE,
)
_AGAINST = re.compile(r"\s(?:against|versus|vs\.?|compared (?:with|to))\s$", re.IGNORECASE)
_WAS = re.compile(
    r"^(?:and |but |earlier )?(?:it |they |that |there )?(?:was|were|had been|had)\b(?! \w+ing\b)"
    r"|\b(?:one|ones|first|flow|version|process|logistic|it|[PQ]\d|20\d\d|" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r") (?:was|were|had|got|did)\b",
    re.IGNORECASE,
)
_THIS_WAS = re.compile(r"\bthis (?:year|month|quarter|term)(?:['’]s)? (?:was|were)\b", re.IGNORECASE)
_ORDER = re.compile(r"\b(?:(?P<letter>[PQHW])(?P<number>\d{1,2})|(?P<year>20\d\d))\b", re.IGNORECASE)


def read_pairs(masked: Masked, used: frozenset[int]) -> list[Reading]:
    """Read the pairs of an older and a newer figure, neighbours before figures with another one between them.

    Args:
        masked: the text.
        used: where the quantities stand that already belong to a metric.

    Returns:
        Readings without overlap.
    """
    places = [index for index, character in enumerate(masked.text) if FIRST_MARK <= ord(character) <= FIRST_MARK + MARK_LIMIT]
    free = [index for index in places if masked.quantity(index).start not in used and _may_pair(masked, index)]
    found: list[Reading] = []
    for distance in (1, 2):
        for first, second in zip(free, free[distance:], strict=False):
            reading = _pair(masked, first, second)
            if reading and not any(reading.start < other.end and other.start < reading.end for other in found):
                found.append(reading)
    return found


def _may_pair(masked: Masked, index: int) -> bool:
    quantity = masked.quantity(index)
    if quantity.word and quantity.value == 1 and re.match(rf"\s[\w{_MARKS}]", masked.text[index + 1 : index + 3]):
        return False
    if re.search(r"\bof (?:the |our )?$", masked.text[max(0, index - 8) : index]):
        return False
    return not quantity.loose and quantity.kind != "fraction"


def _pair(masked: Masked, first: int, second: int) -> Reading | None:
    between = masked.text[first + 1 : second]
    if len(between) > REACH or len(re.findall(r"[.!?;]\s", between)) > 1:
        return None
    one, other = masked.quantity(first), masked.quantity(second)
    left, right = _by_period(_age(masked.text, first, second), _age(masked.text, second, first))
    older, newer = (left, right) if left.lead > right.lead else (right, left)
    if older.lead - newer.lead < WEAK or older.old < (FAINT if newer.new >= STRONG else WEAK):
        return None
    before, after = (one, other) if older is left else (other, one)
    return change(before, after, start=one.start, end=max(other.end, masked.origin[right.last]), form="metric.before-after")


@dataclass(frozen=True, slots=True)
class _Age:
    """What the words of a figure's stretch say: weights for old and for new, and where the last of them ends."""

    old: int
    new: int
    last: int
    period: tuple[str, int] | None

    @property
    def lead(self) -> int:
        return self.old - self.new


def _age(text: str, place: int, other: int) -> _Age:
    start, end = _stretch(text, place, other)
    stretch = text[start:end]
    strong = list(_before().finditer(stretch))
    weak = _WAS.search(stretch) or search("before_weak").search(stretch)
    old = STRONG * bool(strong) + WEAK * bool(weak) + FAINT * bool(_period().search(stretch))
    old += FAINT * bool(_AGAINST.search(text, max(0, start - 16), start))
    new = STRONG * bool(search("after_strong").search(stretch)) + FAINT * bool(search("after_weak").search(stretch))
    if _THIS_WAS.search(stretch):
        old, new = STRONG, 0
    order = _ORDER.search(stretch)
    period = ((order["letter"] or "y").lower(), int(order["number"] or order["year"])) if order else None
    return _Age(old, new, start + strong[-1].end() if strong else place, period)


@cache
def _before() -> re.Pattern[str]:
    return re.compile(rf"{either('before_strong')}|\blast\s(?!week|wk|one|few|couple|night|minute|\w*day)[a-z]{{3,12}}(?!\w)", re.IGNORECASE)


@cache
def _period() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b|\b20\d\d\b|\b[PQHW]\d{{1,2}}\b", re.IGNORECASE)


def _stretch(text: str, place: int, other: int) -> tuple[int, int]:
    """Return the part of the sentence that belongs to one figure and not to the other one."""
    low, high = (0, other) if place < other else (other + 1, len(text))
    start, end = low, high
    for boundary in _BOUNDARY.finditer(text, low, high):
        if boundary.end() <= place:
            start = boundary.end()
        elif boundary.start() > place:
            end = boundary.start()
            break
    return start, end


def _by_period(left: _Age, right: _Age) -> tuple[_Age, _Age]:
    """Let numbered periods decide ("2,140 h in P6, 1,960 h in P9"): the lower number is the older one."""
    if not left.period or not right.period or left.period[0] != right.period[0] or left.period == right.period:
        return left, right
    first = left.period[1] < right.period[1]
    return replace(left, old=STRONG * first, new=0), replace(right, old=STRONG * (not first), new=0)
