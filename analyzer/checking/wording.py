"""The wording lists of the checks (`words.toml`), loaded strictly: a name to one expression that matches any of its entries."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from analyzer.errors import BadFileError, UnknownKeyError

FILE = "words.toml"
LISTS = frozenset(
    "vague general step effect_words compares trial sized sized_marks vouched we own options complaint puts proposal".split()
)
_SUBJECT = re.compile(r"(?:I|we|she|he|they|you)(?:['’]ve| have| has|'s)?\s", re.IGNORECASE)
_UNBOUNDED = re.compile(r"(?<!\\)[*+]")


@cache
def load_wording() -> Mapping[str, re.Pattern[str]]:
    """Load the lists that the package ships."""
    return parse_wording(FILE, tomllib.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8")))


def parse_wording(name: str, data: Mapping[str, Any], lists: frozenset[str] = LISTS) -> dict[str, re.Pattern[str]]:
    """Turn lists into expressions.

    Args:
        name: the file's name, for messages.
        data: what the TOML holds.
        lists: the lists that it must hold, and no others.

    Raises:
        BadFileError: a list is missing, unknown, empty, or holds what is no bounded expression.
    """
    for key in data:
        if key not in lists:
            raise UnknownKeyError(name, key, lists)
    for key in sorted(lists - data.keys()):
        raise BadFileError(name, key, "is not there")
    return {key: _pattern(name, key, words) for key, words in data.items()}


def says(kind: str, text: str) -> bool:
    """Return whether a text holds an entry of a list."""
    return load_wording()[kind].search(text) is not None


def opens(kind: str, text: str) -> bool:
    """Return whether a text opens with an entry of a list, behind "I", "we" or another pronoun where it has one."""
    subject = _SUBJECT.match(text.lstrip())
    return load_wording()[kind].match(text.lstrip(), subject.end() if subject else 0) is not None


def _pattern(name: str, key: str, words: object) -> re.Pattern[str]:
    entries = [entry for entry in str(words).splitlines() if entry.strip()]
    if not entries or not isinstance(words, str):
        raise BadFileError(name, key, "must be a text with an expression on each line")
    for entry in entries:
        if _UNBOUNDED.search(entry):
            raise BadFileError(name, key, f"'{entry}' is not bounded")
    body = "|".join(f"(?:{entry.strip()})" for entry in entries).replace(" ", r"\s")
    whole = body if key.endswith("_marks") else rf"(?<!\w)(?<!\w-)(?:{body})(?![\w-])"
    try:
        return re.compile(whole, 0 if key == "own" else re.IGNORECASE)
    except re.error as error:
        raise BadFileError(name, key, f"not an expression: {error}") from error
