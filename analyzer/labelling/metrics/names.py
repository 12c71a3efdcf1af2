"""What a figure measures, as written: the counted noun, or the words before the figure in its clause."""

from __future__ import annotations

import re

from analyzer.labelling.metrics.lexicon import search, words

_CLAUSE = re.compile(
    r"[,;:|(]\s|\s[–—]\s|\s-\s|\s(?:and|but|so|because|as|that|which|while|where|then)\s|[\"“”]|[.!?]\s", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:(?:on|in|at|across|for|over) (?:all |the |our )?[\w-]+(?: [\w-]+)? (?=the |our ))?"
    r"(?:(?:the|a|an|our|my|their|his|her|its|this|that|these|some|also|now|then|so|and|but|w/?|we|i|they|he|she|it|expects?)\s)+",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?<![\s,:(])[\s,:(]*\b(?:is|are|was|were|be|been|being|has|have|had|went|go|goes|gone|came|come|comes|in|at|from|to|by|of|on|for|with|"
    r"averages?|averaged|averaging|stands?|stood|ended|began|still|now|just|already|only|about|around|roughly|the|a|an|up|down|"
    r"took|takes|take|got|gets|running|runs?|should|would|will|expected|expects|set|some|out|over|under|almost|nearly|his|her|"
    r"fell|falls|fallen|dropped|drops|rose|risen|grew|increased|decreased|declined|improved|climbed|jumped|slipped|shrank|said|says|say)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"^((?:\s[^\W\d_][\w'’-]{1,20}){1,3})")
NAME_LIMIT = 60
"""Characters of a name; a longer stretch is a sentence and no name."""


def name_of(text: str, start: int, end: int, noun: str | None) -> str | None:
    """Return the name of the thing measured, None where the words do not give one.

    Args:
        text: the item's text.
        start: where the metric begins.
        end: where it ends.
        noun: what the figure counts, if it says so.
    """
    return noun or _inside(text[start:end]) or _behind(text, start, end) or _before(text[:start])


def _inside(metric: str) -> str | None:
    """Read "the wait" out of "cut the wait by 10 min"."""
    moved = search("moved").match(metric)
    by = metric.find(" by ")
    return _trim(metric[moved.end() : by]) if moved and by > moved.end() else None


def _behind(text: str, start: int, end: int) -> str | None:
    """Read "late samples" behind "a third fewer"."""
    if not re.search(r"\b(?:fewer|less|more|extra)$", text[start:end], re.IGNORECASE):
        return None
    following = _AFTER.match(text[end:])
    kept: list[str] = []
    for word in following[1].split() if following else []:
        if word.lower() in words("glue"):
            break
        kept.append(word)
    return " ".join(kept) or None


def _before(lead: str) -> str | None:
    lead = lead.rstrip()
    cuts = [cut.end() for cut in _CLAUSE.finditer(lead + " ") if cut.end() <= len(lead)]
    if re.search(r"[.!?]$", lead):
        return None
    clause = lead[max(cuts, default=0) :]
    if clause.strip(" ,:;(") == "" and len(cuts) > 1:
        clause = lead[cuts[-2] : cuts[-1]]
    moved = list(search("moved").finditer(clause))
    if moved and moved[-1].end() == len(clause.rstrip()):
        clause = clause[: moved[-1].start()]
    elif moved and moved[-1].start() == 0:
        clause = clause[moved[-1].end() :]
    return _trim(clause)


def _trim(clause: str) -> str | None:
    clause = clause.strip(" ,:;-–(")
    while (shorter := _TAIL.sub("", clause)) != clause:
        clause = shorter
    clause = _LEAD.sub("", clause).strip(" ,:;-–(")
    if re.search(r"\d\s?%|->|→", clause):
        return None
    if clause.lower() in words("stop") or clause.lower().startswith("if "):
        return None
    if not clause or len(clause) > NAME_LIMIT or len(clause) == 1 or not re.search(r"[^\W\d_]", clause):
        return None
    return clause
