"""A text of the notes as one line, for a terminal, a comment or a list: nothing in it breaks the line or steers a terminal."""

from __future__ import annotations

_KEPT = frozenset("\n\t\u200c\u200d\xa0\u202f\u2009\u3000")
"""What is not printable by the book, and is: line ends, joiners within letters and pictures, spaces."""


def printable(text: str) -> str:
    """Return a text for a terminal, with "?" for each sign that could steer it, hide words or turn their order."""
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return "".join(sign if sign.isprintable() or sign in _KEPT else "?" for sign in text)


def one_line(text: str, most: int | None = None) -> str:
    """Return a text as one line of printable characters.

    Args:
        text: any text of the notes.
        most: characters that are kept, to the last whole word; None for all.
    """
    clean = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return clean if most is None or len(clean) <= most else clean[:most].rsplit(" ", 1)[0] + " …"
