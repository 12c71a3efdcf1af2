"""Cells of a spreadsheet file: no text of the notes can be taken for a formula, and every text can be had back."""

from __future__ import annotations

import re

_FORMULA = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
"""How a cell begins that a spreadsheet may run; with quotes before it, it would look like one that was made safe."""
_SAFE = "'"


def safe_cell(text: str) -> str:
    """Return a text with a ``'`` before it where it would begin a formula.

    Args:
        text: any text of the notes.
    """
    return _SAFE + text if _FORMULA.match(text) else text


def plain_cell(text: str) -> str:
    """Return the text that `safe_cell` was given.

    Args:
        text: a cell as it stands in the file.
    """
    return text[1:] if text.startswith(_SAFE) and _FORMULA.match(text, 1) else text
