"""What a line that reports a result really holds: finished work, only what came of earlier work, or neither."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from analyzer.grouping.names import content, stem, word_spans
from analyzer.grouping.notes import Notes
from analyzer.records import EffectKind, Evidence, Label, Metric, Share, Status

_OWN = frozenset({Share.MINE, Share.SHARED, Share.TEAM})
_STEPS = frozenset({"rollout", "launch", "version", "draft"})
_MEASURES = re.compile(
    r"%|[£$€]|^(?:pp|pts?|points?|x|ms|s|secs?|mins?|h|hrs?|days?|weeks?|months?|years?)$|second|minute|hour"
)
_DENIED = re.compile(
    r"\b(?:never hit power|not (?:statistically )?significant|inconclusive|no winner|dead even|coin flip|straddles? zero"
    r"|no (?:measurable )?difference|made no difference|did that,? not (?:me|us|my)|not (?:me|us),? (?:it|that) was)\b",
    re.IGNORECASE,
)
"""Words that say that the line's figures show no effect, or none of the owner's."""
_REFUSED = re.compile(
    r"\bno-go\b|\bsaid no\b|\b(?:killed|scrapped|shelved|rejected) (?:it|the|that|this)\b|\bturned (?:it )?down\b",
    re.IGNORECASE,
)


def only_an_effect(line: Evidence, notes: Notes) -> bool:
    """Return whether a line that looks finished says only what came of work that an earlier line reported.

    That is a line with an effect in which nothing is the owner's, and which opens with somebody else, or measures without
    calling anything done.
    """
    if not line.has(Label.IMPACT) or not line.cues_of("effect"):
        return False
    if any(cue.value in _STEPS for cue in line.cues_of("milestone")):
        return False
    done = [cue for cue in line.cues_of("work") if cue.value == "done"]
    if any(cue.kind == "share" and cue.value in _OWN for cue in line.cues) and done:
        return False
    end = line.item.sentences[0].end if line.item.sentences else len(line.item.text)
    measures = bool(line.metrics) and not any(cue.start < end for cue in done)
    return measures or _opens_with_another(line, notes)


def tells_effect(line: Evidence, worked_on: Collection[str]) -> bool:
    """Return whether a line with the label impact tells an effect.

    A question about effects tells none, nor does a test without a result, the end of the work ("parked"), a figure that
    stayed as it was, or a count of the very things that the work was done on: "143 articles down to 58" is the work itself.

    Args:
        line: a line with the label impact.
        worked_on: stems of what the project's earlier lines report work on.
    """
    kinds = {cue.value for cue in line.cues_of("effect")}
    if (line.status is Status.DROPPED and not line.metrics) or _DENIED.search(line.item.text):
        return False
    if line.cues_of("ask") and not line.metrics and kinds <= {EffectKind.STATED}:
        return False
    if line.metrics and kinds <= {EffectKind.MEASURED} and all(_stayed(metric) for metric in line.metrics):
        return False
    if not line.has(Label.ACCOMPLISHMENT) or kinds != {EffectKind.MEASURED} or line.cues_of("cause"):
        return True
    return not line.metrics or not all(_counts_work(metric, worked_on) for metric in line.metrics)


def _stayed(metric: Metric) -> bool:
    return metric.before is not None and metric.before == metric.after


def refused(line: Evidence) -> bool:
    """Return whether a line reports a decision against something: its figures are the grounds and no effect."""
    return bool(_REFUSED.search(line.item.text))


def worked_on(lines: Iterable[Evidence]) -> frozenset[str]:
    """Return the stems of what lines that report work, and no effect, are about."""
    work = [line for line in lines if line.status is not None and not line.has(Label.IMPACT)]
    return frozenset(word for line in work for word in content(f"{line.item.prefix} {line.item.text}"))


def _counts_work(metric: Metric, known: Collection[str]) -> bool:
    unit = metric.unit or ""
    return bool(unit) and not metric.relative and not _MEASURES.search(unit.casefold()) and stem(unit) in known


def _opens_with_another(line: Evidence, notes: Notes) -> bool:
    """Return whether a line opens with a person who is not the owner."""
    first = next((word for word, _, _ in word_spans(line.item.text)), "")
    own = {word for word, _, _ in word_spans(notes.roster.subject or "")}
    return first in notes.people and first not in own
