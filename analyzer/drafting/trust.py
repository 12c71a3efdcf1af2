"""How far a reading of a line is to be trusted: the classifier's probability, and whether a rule says the same.

The labels come from a classifier that errs. A draft states what two signals agree on; what only one of them says is marked or
asked, so that a wrong label never stands in a draft as a fact.
"""

from __future__ import annotations

import re

from analyzer.drafting.clauses import FRAME
from analyzer.records import Cue, Evidence, Label, Span

SURE = 0.5
"""From here on a probability counts without a rule beside it."""
RULED = 0.35
"""From here on it counts where a rule says the same."""
OTHERS = 0.7
"""From here on it counts where the sentence is about somebody or something else: below, most such work is another's."""
CERTAIN = 0.95
"""From here on the classifier alone may say how feedback is meant."""

_EFFECT_CUES = frozenset({"effect", "cause"})
_OWN_FAULT = re.compile(
    r"\bI(?:['’]d| should| could| ought| shouldn['’]t| needed)\b(?! (?:like|love|want|rather))|\b(?:I was wrong|my (?:fault|bad)|sorry|no excuse|you['’]?re right|you were right)\b",
    re.IGNORECASE,
)
_TOMORROW = re.compile(
    r"\b(?:goes|go|starts?|lands?|ships?|comes?|opens?|is due|are due)\b[^.!?]{0,40}\b(?:tomorrow|next (?:week|month|quarter|year)|(?:on )?(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
_TURNS = re.compile(
    r"\b(?:but|however|although|next time|instead|could have|should|lead with|not|never|too (?:long|many|much|fast|late|thin|early|often)|less)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Words that turn a sentence of praise: then it is read again by a person."""
_NARRATED = re.compile(r"\b(?:I|she|he|they|we|it|who|and)\s{1,3}$", re.IGNORECASE)
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
    if _is_ahead(line) and share < 1:
        return False
    shares = {cue.value for cue in line.cues_of("share")}
    if shares == {"other"} and share < OTHERS:
        return False
    done = [cue for cue in line.cues if cue.kind == "work" and cue.value == "done"]
    ruled = line.item.checked is True or bool(done)
    chat = any(cue.kind == "chore" and cue.value == "chat" for cue in line.cues) and all(
        cue.rule == FRAME for cue in done
    )
    if chat and line.item.checked is not True:
        return share >= CERTAIN
    return share >= SURE or (ruled and share >= RULED)


def _is_ahead(line: Evidence) -> bool:
    """Return whether a line speaks of what is to come and no rule finds anything done in it."""
    done = any(cue.kind in {"work", "milestone", "arrived"} and cue.value != "planned" for cue in line.cues)
    if done and not _TOMORROW.search(line.item.text):
        return False
    sentences = line.item.sentences or (Span(0, len(line.item.text)),)
    dated = {span for span in sentences if any(span.start <= cue.start < span.end for cue in line.cues_of("eta"))}
    return bool(_TOMORROW.search(line.item.text)) or len(dated) == len(sentences)


def effect_is_sure(line: Evidence) -> bool:
    """Return whether a line surely reports an effect: by its probability, or with a rule or a figure beside it."""
    share = probability(line, Label.IMPACT)
    ruled = bool(line.metrics) or any(cue.kind in _EFFECT_CUES for cue in line.cues)
    return share >= SURE or (ruled and share >= RULED)


def block_is_sure(line: Evidence) -> bool:
    """Return whether a line surely reports that something is held up."""
    said = [cue for cue in line.cues if cue.kind == "work" and cue.value == "blocked" and cue.rule != FRAME]
    ruled = bool(said) or any(cue.kind in {"blocked_on", "wait"} for cue in line.cues)
    if line.cues_of("eta") and not line.cues_of("blocked_on"):
        ruled = False
    tagged = any(tag.casefold().startswith("block") for tag in line.item.tags)
    return tagged or ruled or (probability(line, Label.BLOCKER) >= SURE and not line.cues_of("eta"))


def judgement(line: Evidence) -> tuple[bool, bool]:
    """Return whether the rules find praise and whether they find criticism or advice in a line.

    What speakers say against themselves ("I should have rung") is no criticism of anybody else.
    """
    praise = blame = False
    for cue in line.cues:
        if cue.value in {"given", "lead"}:
            continue
        praise |= cue.kind in _PRAISE
        blame |= cue.kind in _BLAME and not _is_told(line, cue)
    return praise, blame


def own_fault(line: Evidence) -> bool:
    """Return whether speakers say something against themselves or give in: "I should have rung", "no excuse, you're right"."""
    return _OWN_FAULT.search(line.item.text) is not None


def turns(line: Evidence) -> bool:
    """Return whether a line that praises takes something back, so that praise alone is no fair reading of it."""
    return _TURNS.search(line.item.text) is not None


def _is_told(line: Evidence, cue: Cue) -> bool:
    """Return whether words of criticism or advice only report: the speaker's own fault, or what somebody did."""
    own = _OWN_FAULT.search(_around(line, cue.start)) is not None
    return own or (cue.kind == "advice" and _NARRATED.search(line.item.text[: cue.start]) is not None)


def ends_as_question(line: Evidence, spans: tuple[Span, ...]) -> bool:
    """Return whether the sentences only ask: then they report nothing."""
    return bool(spans) and all(map(line.asks, spans))


def _around(line: Evidence, at: int) -> str:
    """Return the sentence that a place of the text lies in."""
    sentences = line.item.sentences or (Span(0, len(line.item.text)),)
    span = next((one for one in sentences if one.start <= at < one.end), sentences[-1])
    return line.words(span)
