"""What stands behind a number: its rate ("a week"), the noun it counts, the whole it is a part of."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from analyzer.labelling.metrics.closed import is_clock, is_stretch
from analyzer.labelling.metrics.lexicon import table, unit_names, words
from analyzer.labelling.metrics.quantity import Quantity

_WORD = r"[ ]([^\W\d_][\w'’-]{0,24})"
_NEXT_WORDS = re.compile(rf"{_WORD}(?:{_WORD})?(?:{_WORD})?")
_WHOLE = re.compile(r"\s(?:of|out of|from)\s(?:the |our |my )?(\d{1,6})\b(?!\s?%)(?!\.\d)")


def with_rate(text: str, quantity: Quantity) -> Quantity:
    """Take "a week", "/yr" or "per month" into the unit."""
    if found := _rate().match(text, quantity.end):
        return replace(quantity, end=found.end(), unit=f"{quantity.unit or ''} a {found['per'].lower()}".strip())
    return quantity


def counted(text: str, quantity: Quantity) -> Quantity:
    """Read what a bare number counts: the noun after it, a whole, or a unit behind a noun ("40 porter hours")."""
    whole = _WHOLE.match(text, quantity.end)
    if whole and float(whole[1]) >= quantity.value:
        return replace(quantity, kind="ratio", whole=float(whole[1]), end=whole.end())
    following = _NEXT_WORDS.match(text, quantity.end)
    taken: list[str] = []
    for number in (1, 2, 3):
        word = following[number] if following else None
        if following is None or word is None or word.lower() in words("stop"):
            break
        unit = unit_names().get(word.lower())
        if unit in table("seconds") and len(word) > 2:
            noun = " ".join([*taken, word]) if taken else None
            found = replace(quantity, kind="time", unit=unit, noun=noun, end=following.end(number))
            return replace(with_rate(text, found), loose=is_stretch(text, found.start, found.end))
        if not taken and word.lower() in words("measure"):
            return with_rate(text, replace(quantity, kind="measure", unit=word, end=following.end(number)))
        taken.append(word)
    if not taken:
        return replace(with_rate(text, quantity), loose=is_clock(text, quantity.start, quantity.value))
    noun = _noun(taken)
    return replace(quantity, kind="count", unit=noun, noun=noun, loose=noun.lower() in words("paper"))


def _noun(taken: list[str]) -> str:
    """Take "shortages" alone, "theatre lists" together: the first plural of the first two words ends the noun."""
    if len(taken) > 1 and not taken[0].endswith("s") and taken[1].endswith("s"):
        return f"{taken[0]} {taken[1]}"
    return taken[0]


@cache
def _rate() -> re.Pattern[str]:
    return re.compile(rf"\s?(?:/|\b(?:an?|per|each|every)\b)\s?(?P<per>{'|'.join(words('per'))})\b", re.IGNORECASE)
