"""What takes a figure out of the record of effects: goals, conditions, doubts, questions; and what makes it expected."""

from __future__ import annotations

import re

from analyzer.labelling.metrics.lexicon import search

_SENTENCE = re.compile(r"[.!?](?=\s|$)|[;|\n]")
_BY_THEN = re.compile(
    r"^[\w %]{0,12}\bby (?:\d{1,2}[/.]\d{1,2}\b|the end of|end of|year end|q[1-4]\b|p\d|next|20\d\d|january|february|march|april|june|july|august|september|october|november|december|summer|easter|christmas)",
    re.IGNORECASE,
)
_IF = re.compile(
    r"^\W*Had [\w’']+ |\bif\b(?![^.;]{0,30}\b(?:holds?|lasts?|keeps? up|continues?|carries on)\b)", re.IGNORECASE
)
_HAPPENED = re.compile(r"\b(?:was|were|fell|rose|dropped|went|got|took|came|cut|is now|now|down|up)\b", re.IGNORECASE)


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the bounds of the sentence that a stretch of a text stands in."""
    low, high = 0, len(text)
    for mark in _SENTENCE.finditer(text):
        if mark.end() <= start:
            low = mark.end()
        elif mark.start() >= end:
            high = mark.end()
            break
    return low, high


def is_unreal(text: str, start: int, end: int) -> bool:
    """Say whether a figure stands under a goal, a condition, a doubt or a question."""
    low, high = sentence(text, start, end)
    words = text[low:high]
    if words.rstrip().endswith("?"):
        return True
    if search("target").search(text, low, min(high, end + 15)) and not search("target_met").search(words):
        return True
    if _BY_THEN.search(text[end:high]) and not _HAPPENED.search(words):
        return True
    if _IF.search(words):
        return True
    return bool(search("doubt").search(words)) or bool(_negated(text[max(low, start - 30) : start]))


def _negated(lead: str) -> re.Match[str] | None:
    return re.search(
        r"(?:\bnot|n['’]t|\bnever|\bwithout|\binstead of|\bfailed to|\bno)\s(?:\w+\s){0,1}$", lead, re.IGNORECASE
    )


def is_projected(text: str, start: int, end: int) -> bool:
    """Say whether the words around a figure make it an expected one."""
    low, high = sentence(text, start, end)
    lead = text[low:end].replace("would have", "had")
    tail = re.split(r"[,;(\d\"“]", text[end : min(high, end + 60)])[0]
    return bool(search("projected").search(lead) or search("projected_tail").search(text[start:end] + tail))
