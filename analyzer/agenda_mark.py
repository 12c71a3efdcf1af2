"""The comment that stands above an inserted agenda, and by which its untouched lines are known again.

An agenda quotes the notes. Read as notes, it would be evidence of itself; so the comment holds a short key of each of its
lines, and the reader passes over the lines that still have one. What the user adds or changes has none and is read.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

START = "<!-- analyzer agenda "
"""What every such comment begins with."""
LENGTH = 8
"""Hexadecimal digits of a key: enough to tell some forty lines from those that stand between them."""
_MARK = re.compile(
    rf"\s{{0,3}}{START}(\d{{4}}-\d\d-\d\d)(?: after (\d{{4}}-\d\d-\d\d))?(?: above ([0-9a-f]{{{LENGTH}}}))?:"
    rf"((?: [0-9a-f]{{{LENGTH}}}){{1,300}}) -->\s{{0,9}}"
)
_LIST_MARK = re.compile(r"[\s>]{0,20}(?:[-*+•]\s{1,4})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the comment says."""

    day: date
    """The day that the agenda is for."""
    after: date | None
    """The last meeting before it."""
    above: str | None
    """Key of the line that the agenda stands above, None where nothing stands below."""
    keys: frozenset[str]


def key_of(line: str) -> str:
    """Return the key of a line; its list marker, white space and escapes do not count."""
    text = unicodedata.normalize("NFKC", line).replace("\\", "")
    text = " ".join(_LIST_MARK.sub("", text, count=1).split())
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]


def has_words(line: str) -> bool:
    """Return whether a line holds a letter or digit; a rule or an empty line is nobody's words."""
    return any(character.isalnum() for character in line)


def write_mark(day: date, after: date | None, above: str | None, lines: Iterable[str]) -> str:
    """Return the comment for an agenda.

    Args:
        day: the day that it is for.
        after: the last meeting before it.
        above: the line that it stands above, None for nothing.
        lines: the agenda's own lines.
    """
    keys = dict.fromkeys(key_of(line) for line in lines if has_words(line))
    since = f" after {after}" if after else ""
    below = f" above {key_of(above)}" if above is not None else ""
    return f"{START}{day}{since}{below}: {' '.join(keys)} -->"


def read_mark(line: str) -> Mark | None:
    """Return what the comment says that a line is, None for any other line."""
    match = _MARK.fullmatch(line) if START in line else None
    if match is None:
        return None
    try:
        day, after = date.fromisoformat(match[1]), date.fromisoformat(match[2]) if match[2] else None
    except ValueError:
        return None
    return Mark(day=day, after=after, above=match[3], keys=frozenset(match[4].split()))
