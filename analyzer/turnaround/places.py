"""Where each key of a TOML file stands, so that an error can name its line and a fact of the plan can be cited.

Only what plans hold is understood: keys, tables in double brackets and texts over several lines. A file that `tomllib` reads
and that is written otherwise (inline tables) has fewer places, never wrong ones.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

Place = tuple[int, int]
"""First and last line, 1-based and inclusive."""
Key = tuple[str | int, ...]
"""As pydantic names a place: ("criterion", 0, "target"); a table alone is ("criterion", 0)."""

_TABLE = re.compile(r"\s{0,20}\[\[?\s{0,5}([\w-]{1,60})\s{0,5}(\]\]?)")
_KEY = re.compile(r"\s{0,20}[\"']?([\w-]{1,60})[\"']?\s{0,20}=\s{0,20}(.{0,4000})")
_QUOTES = ('"""', "'''")


def places_of(text: str) -> dict[Key, Place]:
    """Return the lines of each key and each table of a TOML text."""
    lines = text.splitlines()
    counts: dict[str, int] = {}
    found: dict[Key, Place] = {}
    head: Key = ()
    at = 0
    while at < len(lines):
        start = at + 1
        if table := _TABLE.match(lines[at]):
            name = table[1]
            counts[name] = counts.get(name, -1) + 1
            head = (name, counts[name]) if table[2] == "]]" else (name,)
            found.setdefault(head, (start, start))
        elif key := _KEY.match(lines[at]):
            at = _end(lines, at, key[2])
            found.setdefault((*head, key[1]), (start, at + 1))
        at += 1
    return found


def line_of(places: Mapping[Key, Place], key: Sequence[str | int]) -> int | None:
    """Return the line of a key, of the table around it where the key itself is not there, else None."""
    wanted = tuple(key)
    while wanted:
        if wanted in places:
            return places[wanted][0]
        wanted = wanted[:-1]
    return None


def _end(lines: Sequence[str], at: int, value: str) -> int:
    """Return the index of the line that a value ends on."""
    quote = next((mark for mark in _QUOTES if value.startswith(mark)), None)
    if quote is not None:
        if quote in value[3:]:
            return at
        return next((one for one in range(at + 1, len(lines)) if quote in lines[one]), at)
    if value.startswith("[") and "]" not in value:
        return next((one for one in range(at + 1, len(lines)) if "]" in lines[one]), at)
    return at
