"""How far a reading of a line is to be trusted: the classifier's probability, and whether a rule says the same.

The labels come from a classifier that errs. A draft states what two signals agree on; what only one of them says is marked or
asked, so that a wrong label never stands in a draft as a fact.
"""

from __future__ import annotations

import re

from analyzer.records import Evidence, Label, Span

SURE = 0.5
"""From here on a probability counts without a rule beside it."""
RULED = 0.35
"""From here on it counts where a rule says the same."""
CERTAIN = 0.95
"""From here on the classifier alone may say how feedback is meant."""

_EFFECT_CUES = frozenset({"effect", "cause"})
_OWN_FAULT = re.compile(
    r"\bI(?:['’]d| should| could| ought| shouldn['’]t| needed)\b(?! (?:like|love|want|rather))|\b(?:I was wrong|my (?:fault|bad)|sorry|no excuse)\b",
    re.IGNORECASE,
)
_PRAISE = frozenset({"praise", "thanks"})
_BLAME = frozenset({"criticism", "advice"})


def probability(line: Evidence, label: Label) -> float:
    """Return how probable a label is; what the user decided, and evidence made without a classifier, is certain."""
    if "curation" in line.why:
        return float(line.has(label))
    return line.confidence.get(label, 1.0)


def work_is_sure(line: Evidence) -> bool:
    """Return whether a line surely reports finished work: by its probability, or with a rule or a ticked box beside it."""
    share = probability(line, Label.ACCOMPLISHMENT)
    ruled = line.item.checked is True or any(cue.kind == "work" and cue.value == "done" for cue in line.cues)
    return share >= SURE or (ruled and share >= RULED)


def effect_is_sure(line: Evidence) -> bool:
    """Return whether a line surely reports an effect: by its probability, or with a rule or a figure beside it."""
    share = probability(line, Label.IMPACT)
    ruled = bool(line.metrics) or any(cue.kind in _EFFECT_CUES for cue in line.cues)
    return share >= SURE or (ruled and share >= RULED)


def block_is_sure(line: Evidence) -> bool:
    """Return whether a line surely reports that something is held up."""
    ruled = any(
        cue.kind in {"blocked_on", "wait"} or (cue.kind == "work" and cue.value == "blocked") for cue in line.cues
    )
    tagged = any(tag.casefold().startswith("block") for tag in line.item.tags)
    return tagged or ruled or probability(line, Label.BLOCKER) >= SURE


def judgement(line: Evidence) -> tuple[bool, bool]:
    """Return whether the rules find praise and whether they find criticism or advice in a line.

    What speakers say against themselves ("I should have rung") is no criticism of anybody else.
    """
    praise = blame = False
    for cue in line.cues:
        if cue.value in {"given", "lead"}:
            continue
        praise |= cue.kind in _PRAISE
        blame |= cue.kind in _BLAME and not _OWN_FAULT.search(_around(line, cue.start))
    return praise, blame


def ends_as_question(line: Evidence, spans: tuple[Span, ...]) -> bool:
    """Return whether the sentences only ask: then they report nothing."""
    return bool(spans) and all(line.words(span).rstrip(" \"'”’)").endswith("?") for span in spans)


def _around(line: Evidence, at: int) -> str:
    """Return the sentence that a place of the text lies in."""
    sentences = line.item.sentences or (Span(0, len(line.item.text)),)
    span = next((one for one in sentences if one.start <= at < one.end), sentences[-1])
    return line.words(span)
