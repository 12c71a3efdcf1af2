"""A short fingerprint of the lines that a draft cites: what `verify` knows a changed note by.

It stands as the title of a citation's link definition, so that a line which is cited for a count alone ("3 meetings with
work") is held to its words too, without the draft having to repeat them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

LENGTH = 10
"""Hexadecimal digits: 40 bits, far more than a year of lines needs to tell an edit."""


def fingerprint(lines: Sequence[str]) -> str:
    """Return the fingerprint of some lines; white space at their ends and between words does not count.

    Args:
        lines: as the reader repaired them.
    """
    text = "\n".join(" ".join(line.split()) for line in lines)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:LENGTH]
