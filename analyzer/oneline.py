"""A text of the notes as one line, for a terminal, a comment or a list: nothing in it breaks the line or steers a terminal."""

from __future__ import annotations


def one_line(text: str, most: int | None = None) -> str:
    """Return a text as one line of printable characters.

    Args:
        text: any text of the notes.
        most: characters that are kept, to the last whole word; None for all.
    """
    clean = " ".join("".join(character if character.isprintable() else " " for character in text).split())
    return clean if most is None or len(clean) <= most else clean[:most].rsplit(" ", 1)[0] + " …"
