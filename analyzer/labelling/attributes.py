"""What the labels leave open: status, polarity, direction, and the cues that later stages read.

Rules fire on every item; here they are held against the labels, so that what passes on is one account: an effect of
which kind in which sentence, whose work, who vouches for it, what two names are one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeVar

from analyzer.labelling.frames import Frame, Turn
from analyzer.labelling.metrics import TEXT_LIMIT, amounts_of_effect
from analyzer.labelling.observe import Observation
from analyzer.records import Cue, Direction, Label, Metric, Polarity, Roster, Span, Status

_Value = TypeVar("_Value", bound=StrEnum)

SURE_EFFECT = 0.6
"""Probability from which on a sum of money in a line is taken for the size of its effect."""
_ONLY_WITH: Mapping[str, frozenset[Label]] = {
    "praise": frozenset({Label.FEEDBACK}),
    "criticism": frozenset({Label.FEEDBACK}),
    "advice": frozenset({Label.FEEDBACK}),
    "thanks": frozenset({Label.FEEDBACK}),
    "promise": frozenset({Label.ACTION_ITEM}),
    "due": frozenset({Label.ACTION_ITEM}),
    "goal": frozenset({Label.GOAL}),
    "career": frozenset({Label.CAREER}),
}
"""Kinds of cues that stand only beside these labels: without them the words meant something else."""
_SETTLED_KINDS = frozenset({"effect", "voucher", "share"})
"""Kinds that are settled below from all that the item holds."""
_QUOTED_KINDS = frozenset({"blocked_on", "dropped_by", "reason"})
"""Kinds whose value is the words themselves."""
_HYPOTHETICAL = frozenset({"conditional", "counterfactual"})
_ALIAS = re.compile(
    r"^(?P<old>.{2,60}?),?\s\(?(?:(?:is|are|has been|got|was)\s(?:now\s)?(?:called|renamed(?: to)?|rebranded(?: as| to)?)\s(?:now\s)?"
    r"|(?P<back>formerly|previously|ex|aka|a\.k\.a\.|fka|was called|used to be)\s)[\"“]?(?P<new>.{1,50}?)[\"”)]?$"
)
_LEADING = re.compile(r"^(?:(?:so|and|but|the|our)\b|\W)\s?", re.IGNORECASE)
_OF_SOMEBODY = re.compile(r"(?:their|his|her)\b", re.IGNORECASE)
_DONE_CLASSES = frozenset({"finish", "make", "decide", "other", "small", "effect", ""})


def choose(kind: type[_Value], name: str, probabilities: Mapping[str, float]) -> tuple[_Value, float]:
    """Return the likeliest value of an attribute and its probability.

    Args:
        kind: the enumeration, e.g. `Status`.
        name: the attribute's name in the model's targets, e.g. ``status`` for ``status=done``.
        probabilities: of all targets.
    """
    return max(((value, probabilities.get(f"{name}={value}", 0.0)) for value in kind), key=lambda pair: pair[1])


def tagged_status(seen: Observation) -> Status | None:
    """Return the status that a bracketed tag states outright ("[Blocked]"), None where no tag does."""
    return next((Status(cue.value) for cue in seen.cues if cue.rule.startswith("tag.")), None)


def labels_of(
    seen: Observation, probabilities: Mapping[str, float], thresholds: Mapping[str, float]
) -> frozenset[Label]:
    """Return what an item is evidence of: what the classifier finds, and a blocker where a tag says so in so many words.

    Work whose own words say that it is not finished is no accomplishment, unless its box is ticked.
    """
    found = {label for label in Label if probabilities[label] >= thresholds[label]}
    if seen.item.checked is not True and any(cue.kind == "unfinished" for cue in seen.cues):
        found.discard(Label.ACCOMPLISHMENT)
    if tagged_status(seen) is Status.BLOCKED and Label.ACCOMPLISHMENT not in found:
        found.add(Label.BLOCKER)
    return frozenset(found)


def status_of(
    seen: Observation, labels: frozenset[Label], probabilities: Mapping[str, float], thresholds: Mapping[str, float]
) -> Status | None:
    """Return how far the work is that an item reports, None where it reports none."""
    best, _ = choose(Status, "status", probabilities)
    if Label.ACCOMPLISHMENT in labels:
        return best if best in {Status.DONE, Status.IN_PROGRESS} else Status.DONE
    if (tagged := tagged_status(seen)) is not None:
        return tagged
    if Label.BLOCKER in labels:
        return Status.BLOCKED if best is not Status.DROPPED else best
    return best if probabilities["has_status"] >= thresholds["has_status"] else None


def polarity_of(labels: frozenset[Label], probabilities: Mapping[str, float]) -> Polarity | None:
    """Return what feedback does, None where the item is none."""
    return choose(Polarity, "polarity", probabilities)[0] if Label.FEEDBACK in labels else None


def direction_of(
    labels: frozenset[Label], probabilities: Mapping[str, float], stated: Direction | None = None
) -> Direction | None:
    """Return whom feedback is about, None where the item is none; what the line's form states beats the classifier."""
    if stated is not None and Label.FEEDBACK in labels:
        return stated
    return choose(Direction, "direction", probabilities)[0] if Label.FEEDBACK in labels else None


def settled_cues(seen: Observation, labels: frozenset[Label], status: Status | None, roster: Roster) -> tuple[Cue, ...]:
    """Return the cues that agree with the labels, with effects, shares, vouchers and names of projects settled.

    Args:
        seen: what was read from the item.
        labels: what the item is evidence of.
        status: how far the work is.
        roster: resolves who speaks.
    """
    found = [*_kept(seen, labels, status)]
    if Label.ACCOMPLISHMENT in labels or status is not None:
        found += _work(seen, status)
    if Label.IMPACT in labels:
        found += _effects(seen, roster)
    return tuple(sorted(found, key=lambda cue: (cue.start, cue.end, cue.kind, cue.rule)))


def with_amounts(seen: Observation, labels: frozenset[Label], probabilities: Mapping[str, float]) -> Observation:
    """Return an item that surely tells an effect with the sums in it: sizes of effects there, prices elsewhere."""
    if Label.IMPACT not in labels or probabilities[Label.IMPACT] < SURE_EFFECT:
        return seen
    more = amounts_of_effect(seen.item.text[:TEXT_LIMIT], seen.metrics)
    return replace(seen, metrics=tuple(sorted((*seen.metrics, *more), key=lambda metric: (metric.start, metric.end))))


def settled_metrics(seen: Observation, cues: Sequence[Cue]) -> tuple[Metric, ...]:
    """Return the metrics that stand in a sentence with an effect; those of an expected effect are projected."""
    found = []
    for metric in seen.metrics:
        effect = next((cue for cue in cues if cue.kind == "effect" and cue.start <= metric.start < cue.end), None)
        if effect:
            found.append(replace(metric, projected=metric.projected or effect.value == "expected"))
    return tuple(found)


def _kept(seen: Observation, labels: frozenset[Label], status: Status | None) -> Iterator[Cue]:
    for cue in seen.cues:
        needed = _ONLY_WITH.get(cue.kind)
        if needed and not needed & labels:
            continue
        if cue.kind in _SETTLED_KINDS:
            continue
        if cue.kind == "work" and (status is None or cue.value != status):
            continue
        if cue.kind == "alias":
            yield from _alias(cue, seen.item.text)
            continue
        yield replace(cue, value=_words(cue, seen.item.text)) if cue.kind in _QUOTED_KINDS else cue


def _alias(cue: Cue, text: str) -> Iterator[Cue]:
    match = _ALIAS.match(_words(cue, text))
    if match:
        old, new = (_LEADING.sub("", match[name]).strip(' .,“”"') for name in ("old", "new"))
        if match["back"]:
            old, new = new, old
        if _OF_SOMEBODY.match(old):
            return  # "Their PM is called Juno" names a person, not a project
        yield replace(cue, value=f"{old} => {new}")


def _work(seen: Observation, status: Status | None) -> Iterator[Cue]:
    """Where the text reports the work, and whose it is."""
    frames = [frame for frame in seen.frames if _reports(frame, status)]
    for frame in frames:
        yield Cue("frame.work", "work", str(status), frame.start, frame.end)
    if status is Status.DONE and (frames or seen.frames):
        head = (frames or list(seen.frames))[0]
        yield Cue("frame.share", "share", _share(seen, head), head.start, head.end)


def _reports(frame: Frame, status: Status | None) -> bool:
    if status is Status.DONE:
        return frame.finished and frame.verb_class in _DONE_CLASSES and frame.subject not in {"other", "manager"}
    return status is not None and not frame.finished


def _share(seen: Observation, frame: Frame) -> str:
    words = seen.item.text[frame.start : frame.end]
    helped = any(
        cue.kind == "share" and cue.value == "shared" and frame.start <= cue.start < frame.end for cue in seen.cues
    )
    if frame.subject == "team":
        return "shared"
    if helped and not re.search(r"\bthrough\b", words):
        return "shared"
    return {"self": "mine", "none": "mine", "thing": "unsaid", "other": "other", "manager": "other"}[frame.subject]


def _effects(seen: Observation, roster: Roster) -> Iterator[Cue]:
    sentences = seen.item.sentences or (Span(0, len(seen.item.text)),)
    found = list(_effects_in(seen, sentences))
    if not found:
        start, end = _best_part(seen, sentences)
        found = [Cue("effect.settled", "effect", "measured" if seen.metrics else "stated", start, end)]
    for cue in found:
        yield cue
        yield from _voucher(seen, cue, roster)


def _effects_in(seen: Observation, sentences: Iterable[Span]) -> Iterator[Cue]:
    for sentence in sentences:
        inside = [cue for cue in seen.cues if sentence.start <= cue.start < sentence.end]
        kinds = {cue.value for cue in inside if cue.kind == "effect"}
        metrics = [metric for metric in seen.metrics if sentence.start <= metric.start < sentence.end]
        if not kinds and not metrics:
            continue
        if any(cue.kind == "unreal" and cue.value in _HYPOTHETICAL for cue in inside) or _asks(seen, sentence):
            continue
        yield Cue("effect.settled", "effect", _kind(kinds, metrics), sentence.start, sentence.end)


def _asks(seen: Observation, sentence: Span) -> bool:
    return seen.item.text[sentence.start : sentence.end].rstrip(" \"'”’)").endswith("?")


def _kind(kinds: set[str], metrics: Sequence[Metric]) -> str:
    real = [metric for metric in metrics if not metric.projected]
    if "expected" in kinds or (metrics and not real):
        return "expected"
    changes = any(one.before is not None or one.after is not None or one.delta is not None for one in real)
    if real and (changes or not kinds & {"decided", "adopted"}):
        return "measured"
    return next(kind for kind in ("decided", "measured", "adopted", "stated") if kind in kinds)


def _best_part(seen: Observation, sentences: Sequence[Span]) -> tuple[int, int]:
    """The sentence without work of the owner, where an effect was found but no rule says where it stands."""
    for sentence in sentences:
        own = any(
            frame.finished and frame.subject in {"none", "self"} and sentence.start <= frame.start < sentence.end
            for frame in seen.frames
        )
        if not own:
            return sentence.start, sentence.end
    return sentences[0].start, sentences[-1].end


def _voucher(seen: Observation, effect: Cue, roster: Roster) -> Iterator[Cue]:
    """Who other than the owner and the writer says or checked the effect."""
    for cue in seen.cues:
        if cue.kind == "voucher" and effect.start <= cue.start < effect.end:
            name = _words(cue, seen.item.text)
            known = next((person for person in seen.people if name.split()[0] in person.split()), None)
            if known and known != roster.subject:
                yield replace(cue, value=known)
                return
    turn = next((turn for turn in seen.turns if turn.start <= effect.start < turn.end), None)
    writer = "manager" if roster.writer and roster.writer == roster.manager else "subject"
    if turn and turn.author not in {writer, "subject"}:
        speaker = _speaker(seen, turn) or roster.manager
        if speaker:
            yield Cue("voucher.speaker", "voucher", speaker, effect.start, effect.end)


def _speaker(seen: Observation, turn: Turn) -> str | None:
    span = next((span for span in seen.item.turns if span.start == turn.start), None)
    return (span.author if span else None) or seen.item.author


def _words(cue: Cue, text: str) -> str:
    return text[cue.start : cue.end]
