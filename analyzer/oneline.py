"""A text of the notes as one line, for a terminal, a comment or a list: nothing in it breaks the line or steers a terminal."""

from __future__ import annotations

import json
from unicodedata import category

_STEERS = frozenset(("Cc", "Cf", "Cs", "Zl", "Zp"))
"""Kinds of signs that move a cursor, hide words, turn their order or end a line."""
_KEPT = frozenset("\n\t\u200c\u200d")
"""Those of them that a text needs: line ends, and what joins letters and pictures."""


def printable(text: str, *, is_json: bool = False) -> str:
    """Return a text for a terminal, in which no sign can steer it, hide words or turn their order.

    Args:
        text: what is printed.
        is_json: whether such signs are written as JSON escapes them, so that the data stay the same; else as "?".
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(
        sign if sign in _KEPT or category(sign) not in _STEERS else json.dumps(sign)[1:-1] if is_json else "?"
        for sign in text
    )


def one_line(text: str, most: int | None = None) -> str:
    """Return a text as one line of printable characters.

    Args:
        text: any text of the notes.
        most: characters that are kept, to the last whole word; None for all.
    """
    clean = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return clean if most is None or len(clean) <= most else clean[:most].rsplit(" ", 1)[0] + " …"
