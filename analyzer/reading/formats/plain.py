"""Markdown and plain text: the lines as they stand, repaired."""

from __future__ import annotations

from analyzer.reading.repair import repair_string, repair_text, why_not_text
from analyzer.reading.text import Text, UnreadableError


def read_plain(data: bytes) -> Text:
    """Read Markdown, or text without any mark-up.

    Args:
        data: the file's bytes.

    Returns:
        One line for each line of the file.

    Raises:
        UnreadableError: it is empty or no text.
    """
    reason = why_not_text(data)
    if reason:
        raise UnreadableError(reason)
    text, repairs = repair_text(data)
    return Text(lines=_lines(text), repairs=repairs)


def text_of(text: str) -> Text:
    """Return text in memory as `read_plain` returns a file."""
    repaired, repairs = repair_string(text)
    return Text(lines=_lines(repaired), repairs=repairs)


def _lines(text: str) -> tuple[str, ...]:
    lines = text.split("\n")
    return tuple(lines[:-1] if not lines[-1] else lines)
