"""Which words of a line say what it is about, so that two lines about one promise find each other."""

from __future__ import annotations

import re
from functools import cache

from analyzer.drafting.desk import Desk
from analyzer.drafting.words import is_figure, tokens
from analyzer.patterns import load_lists

SAME_THING = 2
"""Telling words that two lines share when they are about one thing ("band 7")."""
_LISTS = (
    *("pronoun_self", "pronoun_team", "pronoun_you", "pronoun_third", "modal", "be", "have", "negation", "determiner"),
    *("preposition", "adverb", "get", "conditional", "contrast", "conjunction", "infinitive_lead"),
)
_MORE = frozenset(
    """ask asks asked asking need want like know see take make made what when where which who how why there here news still okay
    yes fair sorry please thanks thank next last week month year today tomorrow one two new good great bit lot thing things""".split()
)
_ENDINGS = ("ing", "ed", "s")
_SHORTEST = 3
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
"""Short names in capitals ("HR", "IT") tell, although some are spelt like a common word."""


def telling(desk: Desk, text: str) -> frozenset[str]:
    """Return the stems of the words of a text that say what it is about; names of the two people are left out."""
    return frozenset(map(_stem, telling_as_written(desk, text)))


def telling_as_written(desk: Desk, text: str) -> frozenset[str]:
    """Return the same words with their endings: "porters" may tell where the project is called "Porter rules"."""
    capitals = {word.casefold() for word in _CAPITALS.findall(text)}
    people = set(tokens(f"{desk.review.subject or ''} {desk.review.manager or ''}"))
    return frozenset(word for word in tokens(text) if word not in people and (word in capitals or _tells(word)))


def _tells(word: str) -> bool:
    return is_figure(word) or (len(word) >= _SHORTEST and word not in _function_words())


@cache
def _function_words() -> frozenset[str]:
    lists = load_lists()
    return _MORE | {word for name in _LISTS for entry in lists[name] for word in entry.split()}


def _stem(word: str) -> str:
    bare = word.removesuffix("'s")
    for ending in _ENDINGS:
        if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST and not is_figure(bare):
            return bare[: -len(ending)]
    return bare
