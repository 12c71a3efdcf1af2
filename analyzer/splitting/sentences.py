"""Sentences of notes, by their punctuation: no language processing, one pass."""

from __future__ import annotations

import re

_STOP = re.compile(r"(?<![.!?…])[.!?…]{1,20}[\"'”’)\]*_]{0,8}(?=\s)\s+")
_NEVER_LAST = frozenset(
    "e.g i.e eg ie vs cf approx ca incl excl esp resp mr mrs ms dr prof st mt jr sr dept gov fig figs ref refs al".split()
)
"""Abbreviations that a sentence does not end in."""
_BEFORE_NUMBER = frozenset("no nos p pp vol ch sec wk ver v ph min max est tel ext rm q".split())
_SELDOM_LAST = frozenset("etc hrs hr mins min yrs yr mo wks wk inc ltd co corp a.m p.m am pm w.r.t".split())
"""Abbreviations that end a sentence only where a capital follows."""
_MONTHS = frozenset("jan feb mar apr jun jul aug sep sept oct nov dec".split())
_WORD = re.compile(r"[\w.&/-]{1,40}$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Return where the sentences of a text start and end.

    Args:
        text: an item or paragraph.

    Returns:
        Half-open offsets in order; spaces between sentences belong to none, everything else to exactly one.
    """
    spans: list[tuple[int, int]] = []
    start = len(text) - len(text.lstrip())
    for stop in _STOP.finditer(text):
        if stop.end() < len(text) and stop.start() > start and _ends_here(text, stop):
            spans.append((start, stop.start() + len(stop[0].rstrip())))
            start = stop.end()
    end = len(text.rstrip())
    if start < end:
        spans.append((start, end))
    return spans


def _ends_here(text: str, stop: re.Match[str]) -> bool:
    mark, following = stop[0].strip(), text[stop.end()]
    if following in ")]}":
        return False
    small = following.islower()
    if mark[0] in "!?":
        return not (small and mark[-1] in "\"'”’)")
    if "…" in mark or mark.startswith(".."):
        return not small
    found = _WORD.search(text, max(0, stop.start() - 40), stop.start())
    word = (found[0] if found else "").lower()
    if word in _NEVER_LAST or (len(word) == 1 and word.isalpha() and word != "i" and found and found[0].isupper()):
        return False
    if word in _SELDOM_LAST and not mark[1:]:
        return following.isupper()
    if following.isdigit() and (word in _BEFORE_NUMBER or word in _MONTHS):
        return False
    return not (small and word.isdigit() and len(word) <= 2 and stop.start() - len(word) == 0)
