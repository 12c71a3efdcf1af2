"""Names of months and weekdays as headings have them: English, misspelt, or in another language of `months.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files

from analyzer.dates import MONTHS, WEEKDAYS

_LONG_ENOUGH = 6
"""Letters of a month's name from which one wrong letter still leaves no doubt; "Marsh 3" is somebody's name."""
_FULL = tuple(name for name in MONTHS if MONTHS.get(name[:3]) == MONTHS[name] and len(name) >= 5)
_FULL_DAYS = tuple(name for name in WEEKDAYS if name.endswith("day"))


@lru_cache(maxsize=4096)
def month_of(word: str) -> int | None:
    """Return the number of the month that a word names, misspelt or not; English only.

    Args:
        word: in lower case.
    """
    return MONTHS.get(word) or _nearly(word, _FULL, MONTHS)


def foreign_month_of(word: str) -> int | None:
    """Return the number of the month that a word names in another language than English, in lower case."""
    return _table("months").get(word)


@lru_cache(maxsize=4096)
def weekday_of(word: str) -> int | None:
    """Return the weekday that a word names in any of the languages, misspelt or not, 0 for Monday; in lower case."""
    for table in (WEEKDAYS, _table("weekdays")):
        if word in table:
            return table[word]
    return _nearly(word, _FULL_DAYS, WEEKDAYS)


@cache
def words_around() -> frozenset[str]:
    """Return the small words that stand around a date in the other languages."""
    return frozenset(_load()["around"].split())


@cache
def _table(name: str) -> Mapping[str, int]:
    first = 1 if name == "months" else 0
    groups = enumerate(_load()[name].split("|"), start=first)
    return {word: number for number, words in groups for word in words.split()}


@cache
def _load() -> Mapping[str, str]:
    text = files("analyzer.patterns").joinpath("months.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def _nearly(word: str, names: tuple[str, ...], numbers: Mapping[str, int]) -> int | None:
    """Find the one name that a word misspells: letters swapped, or in a long name one too many, too few or wrong."""
    if not 5 <= len(word) <= 11:
        return None
    found = {
        numbers[name]
        for name in names
        if word[0] == name[0] and (_swapped(word, name) or (len(name) >= _LONG_ENOUGH and _one_off(word, name)))
    }
    return found.pop() if len(found) == 1 else None


def _swapped(word: str, name: str) -> bool:
    differ = [place for place, (a, b) in enumerate(zip(word, name, strict=False)) if a != b]
    return len(word) == len(name) and len(differ) == 2 and sorted(word) == sorted(name)


def _one_off(word: str, name: str) -> bool:
    if abs(len(word) - len(name)) > 1:
        return False
    same = 0
    while same < min(len(word), len(name)) and word[same] == name[same]:
        same += 1
    rest, wanted = word[same:], name[same:]
    return rest[1:] == wanted or rest == wanted[1:] or rest[1:] == wanted[1:]
