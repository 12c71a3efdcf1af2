"""Two figures of one thing, told apart by words of time: "22 min in the first month, 31 before".

Each figure has its stretch of the sentence. Words like "before", "used to" and "last year" make it the older one,
"now", "since" and "so far" the newer one; the two are a metric where one is clearly older.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from analyzer.dates import MONTHS, WEEKDAYS
from analyzer.labelling.metrics.lexicon import FIRST_MARK, MARK_LIMIT, choice, either, search, words
from analyzer.labelling.metrics.quantity import Quantity, comparable
from analyzer.labelling.metrics.reading import COMPARED, Masked, Reading, change

REACH = 130
"""Characters between two figures beyond which they are not compared."""
STRONG, WEAK, FAINT = 4, 2, 1
"""Weights of the words; figures are compared where the older one leads by `WEAK` and has a word of its own."""

_MARKS = f"{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARK_LIMIT)}"
_BOUNDARY = re.compile(
    r"[,;:()]\s?|[.!?]\s|\s[–—|-]\s|\s(?:and|but|where|while|whereas|against|versus|vs\.?|compared (?:with|to)|then|when it)\s",
    re.IGNORECASE,
)
_IN_TIME = re.compile(rf"(?:^|[.!?;]\s)[^.!?;{_MARKS}]*\b(?:in|within) $", re.IGNORECASE)
"""A time that is the first figure of its sentence may be the thing measured ("packs go out in 2 days, used to be 9")."""
_AGAINST = re.compile(r"\s(?:against|versus|vs\.?|compared (?:with|to))\s$", re.IGNORECASE)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_WAS = re.compile(
    r"^(?:the|our|last|in) (?:[\w'’]{1,20} ){1,3}(?:was|were|had|got|took|needed)\b"
    r"|^(?:and |but |earlier )?(?:it |they |that |there )?(?:was|were|had been|had)\b(?! \w{1,20}ing\b)"
    rf"|\b(?:one|ones|first|it|[PQ]\d|20\d\d|{_MONTH}) (?:was|were|had|got|did|took|needed)\b",
    re.IGNORECASE,
)
_RECENT = re.compile(
    rf"\bon (?:{'|'.join(sorted(WEEKDAYS, key=len, reverse=True))})\b|\byesterday\b|\bthis (?:week|morning)\b",
    re.IGNORECASE,
)
_THIS_WAS = re.compile(r"\bthis (?:year|month|quarter|term)(?:['’]s)? (?:was|were)\b", re.IGNORECASE)
_ORDER = re.compile(
    rf"\b(?:(?P<letter>[PQHW])(?P<number>\d{{1,2}})|(?P<year>20\d\d)|(?P<month>{_MONTH}))\b", re.IGNORECASE
)
_PAST = re.compile(r"\b(?:was|were|had|took|needed)\b(?! \w{1,20}ing\b)", re.IGNORECASE)
HALF_A_YEAR = 6
"""Months up to which one month is taken to follow another, over the turn of the year as well."""


def read_pairs(masked: Masked, used: frozenset[int]) -> list[Reading]:
    """Read the pairs of an older and a newer figure, neighbours before figures with another one between them.

    Args:
        masked: the text.
        used: where the quantities stand that already belong to a metric.

    Returns:
        Readings without overlap.
    """
    free = [index for index in masked.places() if masked.quantity(index).start not in used and _may_pair(masked, index)]
    found: list[Reading] = []
    closed: set[int] = set()
    for distance in (1, 2):
        for first, second in zip(free, free[distance:], strict=False):
            if {first, second} & closed or not (pair := _pair(masked, first, second)):
                continue
            closed |= {place for place in free if first <= place <= second}
            if reading := change(pair.before, pair.after, start=pair.start, end=pair.end, form=COMPARED):
                found.append(reading)
    return found


@dataclass(frozen=True, slots=True)
class _Pair:
    before: Quantity
    after: Quantity
    start: int
    end: int


def _may_pair(masked: Masked, index: int) -> bool:
    quantity = masked.quantity(index)
    if quantity.word and quantity.value == 1 and re.match(rf"\s[\w{_MARKS}]", masked.text[index + 1 : index + 3]):
        return False
    if re.search(r"\bof (?:the |our )?$", masked.text[max(0, index - 8) : index]):
        return False
    if quantity.loose and not (quantity.kind == "time" and _IN_TIME.search(masked.text[max(0, index - REACH) : index])):
        return False
    return quantity.kind != "fraction"


def _pair(masked: Masked, first: int, second: int) -> _Pair | None:
    between = masked.text[first + 1 : second]
    if len(between) > REACH or len(re.findall(r"[.!?;]\s", between)) > 1:
        return None
    one, other = masked.quantity(first), masked.quantity(second)
    if not comparable(one, other):
        return None
    left, right = _by_period(_age(masked.text, first, second), _age(masked.text, second, first))
    older, newer = (left, right) if left.lead > right.lead else (right, left)
    if older.lead - newer.lead < WEAK or older.old < (FAINT if newer.new >= WEAK else WEAK):
        return None
    if older.planned:
        return None
    before, after = (one, other) if older is left else (other, one)
    return _Pair(before, after, one.start, max(other.end, masked.origin[right.last]))


@dataclass(frozen=True, slots=True)
class _Age:
    """What the words of a figure's stretch say: weights for old and for new, and where the last of them ends."""

    old: int
    new: int
    last: int
    period: tuple[str, int] | None
    planned: bool

    @property
    def lead(self) -> int:
        return self.old - self.new


def _age(text: str, place: int, other: int) -> _Age:
    start, end = _stretch(text, place, other)
    stretch = text[start:end]
    strong = list(_before().finditer(stretch))
    weak = _WAS.search(stretch) or search("before_weak").search(stretch)
    old = STRONG * bool(strong) + WEAK * bool(weak) + FAINT * bool(_period().search(stretch))
    old += FAINT * (not old and bool(_PAST.search(stretch)))
    old += FAINT * bool(_AGAINST.search(text, max(0, start - 16), start))
    new = (
        STRONG * bool(search("after_strong").search(stretch))
        + WEAK * bool(_RECENT.search(stretch))
        + FAINT * bool(search("after_weak").search(stretch))
    )
    if _THIS_WAS.search(stretch):
        old, new = STRONG, 0
    order = _ORDER.search(stretch)
    period = _named_period(order) if order else None
    return _Age(old, new, start + strong[-1].end() if strong else place, period, bool(search("plan").search(stretch)))


@cache
def _before() -> re.Pattern[str]:
    return re.compile(
        rf"{either('before_strong')}|\bbefore\b(?!\s(?:{choice(words('ahead'))})\b)|(?<![{_MARKS}] )(?<!s )\bold\b"
        r"|\blast$|\blast\s(?!week|wk|one|few|couple|night|minute|\w*day)[a-z]{3,12}(?!\w)",
        re.IGNORECASE,
    )


@cache
def _period() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_MONTH}|spring|summer|autumn|winter|20\d\d|[PQHW]\d{{1,2}})\b", re.IGNORECASE)


def _stretch(text: str, place: int, other: int) -> tuple[int, int]:
    """Return the part of the text that belongs to one figure.

    Between the two figures the first boundary parts them, or the end of a sentence if there is one; on its other side a
    figure's part ends at the nearest boundary.
    """
    left, right = min(place, other), max(place, other)
    cuts = list(_BOUNDARY.finditer(text, left + 1, right))
    cut = next((one for one in cuts if one[0][0] in ".!?"), cuts[0] if cuts else None)
    if place == left:
        low = max(0, place - REACH)
        start = max((one.end() for one in _BOUNDARY.finditer(text, low, place)), default=low)
        return start, cut.start() if cut else right
    behind = _BOUNDARY.search(text, place + 1, min(len(text), place + REACH))
    return cut.end() if cut else left + 1, behind.start() if behind else min(len(text), place + REACH)


def _named_period(order: re.Match[str]) -> tuple[str, int]:
    if order["month"]:
        return "m", MONTHS[order["month"].casefold()]
    return (order["letter"] or "y").lower(), int(order["number"] or order["year"])


def _by_period(left: _Age, right: _Age) -> tuple[_Age, _Age]:
    """Let numbered periods decide where nothing else does ("2,140 h in P6, 1,960 h in P9", "31 in May, 4 in June"): the lower is the older."""
    if abs(left.lead - right.lead) >= WEAK or not left.period or not right.period:
        return left, right
    if left.period[0] != right.period[0] or left.period == right.period:
        return left, right
    first = left.period[1] < right.period[1]
    if left.period[0] == "m" and abs(left.period[1] - right.period[1]) > HALF_A_YEAR:
        first = not first
    return replace(left, old=STRONG * first, new=0), replace(right, old=STRONG * (not first), new=0)
