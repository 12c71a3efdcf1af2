"""The size of an answer in the unit of its form, counted over the very text that is pasted.

* ``chars``: characters as a field in a browser counts them (UTF-16 units; a line end is one).
* ``bytes``: bytes of UTF-8 as a form sends them: a line end is two (CR LF).
* ``words``: what stands between white space; a list mark is one.
* ``html_chars``: characters of the same answer as HTML: ``<ul><li>…</li></ul>``, ``<p>…</p>``, rows as ``<tr><td>…``, and
  ``&``, ``<``, ``>`` and quotation marks as their entities.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from itertools import groupby

MARK = "- "
"""What a list item begins with in an answer."""
RULE = "| --- "

UNITS: Mapping[str, str] = {
    "chars": "characters",
    "bytes": "bytes",
    "words": "words",
    "html_chars": "characters of HTML",
}
"""How the outputs call each unit."""


def size(text: str, unit: str) -> int:
    """Return how large an answer is.

    Args:
        text: the answer as it is pasted, lines separated by line feeds.
        unit: ``chars``, ``bytes``, ``words`` or ``html_chars``.
    """
    return _COUNTERS[unit](text)


def _chars(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _bytes(text: str) -> int:
    return len(text.replace("\n", "\r\n").encode("utf-8", "surrogatepass"))


def _words(text: str) -> int:
    return len(text.split())


def _html(text: str) -> int:
    return _chars(as_html(text))


_COUNTERS: Mapping[str, Callable[[str], int]] = {
    "chars": _chars,
    "bytes": _bytes,
    "words": _words,
    "html_chars": _html,
}


def as_html(text: str) -> str:
    """Return an answer as the HTML that a field with formatting would hold."""
    lines = [line for line in text.split("\n") if line]
    return "".join(_block(kind, list(group)) for kind, group in groupby(lines, key=_kind))


def _kind(line: str) -> str:
    return "item" if line.startswith(MARK) else "row" if line.startswith("| ") else "text"


def _block(kind: str, lines: list[str]) -> str:
    if kind == "item":
        return f"<ul>{''.join(f'<li>{escape(line[len(MARK) :])}</li>' for line in lines)}</ul>"
    if kind == "row":
        rows = [line.strip("| ").split(" | ") for line in lines if not line.startswith(RULE)]
        cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in rows)
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
    return "".join(f"<p>{escape(line)}</p>" for line in lines)
