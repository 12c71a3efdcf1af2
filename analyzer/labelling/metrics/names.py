"""What a figure measures, as written: the words before it in its clause, else the counted noun behind it."""

from __future__ import annotations

import re

from analyzer.labelling.metrics.lexicon import search

_CLAUSE = re.compile(r"[,;:|(]\s|[.!?]\s|\s[–—]\s|\s-\s|\s(?:and|but|so|because|as|that|which|while|where)\s|[\"“”]", re.IGNORECASE)
_LEAD = re.compile(r"^(?:(?:the|a|an|our|my|their|his|her|its|this|that|these|some|also|now|then|so|and|but|w/?|we|i|they|he|she|it)\s)+", re.IGNORECASE)
_TAIL = re.compile(
    r"[\s,:(]*\b(?:is|are|was|were|be|been|being|has|have|had|went|go|goes|gone|came|come|comes|in|at|from|to|by|of|on|for|with|"
    r"averages?|averaged|averaging|stands?|stood|ended|began|still|now|just|already|only|about|around|roughly|the|a|an|up|down|"
    r"took|takes|take|got|gets|running|runs?|should|would|will|expected|expects|set|some|out|over|under|"
    r"fell|falls|fallen|dropped|drops|rose|risen|grew|increased|decreased|declined|improved|climbed|jumped|slipped|shrank|said|says|say)$",
    re.IGNORECASE,
)
NAME_LIMIT = 60
"""Characters of a name; a longer stretch is a sentence and no name."""


def name_of(text: str, start: int, noun: str | None, form: str = "") -> str | None:
    """Return the name of the thing measured, None where the words do not give one.

    Args:
        text: the item's text.
        start: where the metric begins.
        noun: what the figure counts, if it says so.
        form: the id of the form that was read.
    """
    if noun and form in {"metric.before-after", "metric.less", "metric.saved", "metric.none-left", "metric.adopted"}:
        return noun
    lead = text[:start].rstrip()
    cuts = [cut.end() for cut in _CLAUSE.finditer(lead + " ")]
    clause = next((part for cut in reversed([0, *cuts]) if (part := lead[cut:].strip())), "")
    moved = [match for match in search("moved").finditer(clause)]
    if moved and moved[-1].end() == len(clause):
        clause = clause[: moved[-1].start()].strip()
    elif moved and moved[-1].start() == 0:
        clause = clause[moved[-1].end() :].strip()
    while (shorter := _TAIL.sub("", clause)) != clause:
        clause = shorter
    clause = _LEAD.sub("", clause).strip(" ,:;-–")
    if not clause or len(clause) > NAME_LIMIT or not re.search(r"[^\W\d_]{2}", clause):
        return noun
    return clause
