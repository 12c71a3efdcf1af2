"""What the classifier sees of an item: rules that fired, frames, section, tags, speakers, neighbours and words.

Words that name persons, projects, numbers and dates are masked: they belong to one author and do not travel.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from analyzer.labelling.frames import Frame
from analyzer.labelling.observe import Observation
from analyzer.patterns import load_lists
from analyzer.records import Cue

_STATUS_TAGS = re.compile(r"block|wait|hold|depriori|park|done|wip|draft|p\d|risk", re.IGNORECASE)
_WORD = re.compile(r"[a-z][a-z’']{1,20}|[£$€%?!]|<\w+>")
_QUOTED = re.compile(r"[\"“][^\"“”]{3,300}[\"”]")
_PRONOUNS = {
    "self": load_lists()["pronoun_self"],
    "team": load_lists()["pronoun_team"],
    "you": load_lists()["pronoun_you"],
    "third": load_lists()["pronoun_third"],
}
_FACTUAL = frozenset({"work", "effect", "milestone", "praise", "criticism", "promise"})
"""Kinds of cues that say another thing in a clause that is no plain statement."""
_TOLD = ("cue=", "first=")
_OWN_WORK = "own-work-done"
_STEM = 5
"""Letters that stand for a word and its inflections."""
_LENGTHS = (3, 6, 10, 16, 25, 40)
_WEAK = 0.5
"""Weight of single words and of neighbours beside rules and frames, so that they fill in rather than decide."""


def features(observations: Sequence[Observation]) -> Iterator[dict[str, float]]:
    """Yield one sparse feature vector an item; of the items before, only what the next ones need is kept.

    Args:
        observations: all items of one person's notes, in the order of the notes.
    """
    told: list[tuple[str, ...]] = []
    for index, observation in enumerate(observations):
        own = dict(_own(observation))
        told.append(tuple(name for name in own if (name.startswith(_TOLD) and "|" not in name) or name == _OWN_WORK))
        yield own | dict(_around(observations, told, index))


def _own(seen: Observation) -> Iterator[tuple[str, float]]:
    item = seen.item
    yield "bias", 1.0
    yield f"section={item.section or 'none'}", 1.0
    yield f"role={seen.role}", 1.0
    yield f"depth={min(item.depth, 2)}", _WEAK
    if item.checked is not None:
        yield f"box={item.checked}", 1.0
    for name in ("struck", "prose", "pinned"):
        if getattr(item, name):
            yield name, 1.0
    if item.prefix:
        yield "prefix", _WEAK
    for tag in item.tags:
        found = _STATUS_TAGS.search(tag)
        yield f"tag={found.group().lower() if found else 'other'}", 1.0
    yield f"length={sum(len(item.text.split()) > bound for bound in _LENGTHS)}", _WEAK
    if len(seen.turns) > 1:
        yield "turns", 1.0
    yield from _rules(seen)
    yield from _frames(seen.frames, item.section, seen.role)
    yield from _metrics(seen)
    yield from _judged(seen)
    yield from _voices(seen)
    yield from _words(seen.masked)


def _voices(seen: Observation) -> Iterator[tuple[str, float]]:
    """Who is spoken of, by whom, and whether somebody is quoted: what tells a judgement from a report."""
    words = set(re.findall(r"[a-z’']+", seen.item.text.lower()))
    present = [name for name, group in _PRONOUNS.items() if words & group]
    for name in present or ["nobody"]:
        yield f"of={name}|{seen.role}", 1.0
    if len(present) > 1:
        yield f"of={'+'.join(present)}|{seen.role}", _WEAK
    if seen.people:
        yield f"named|{seen.role}", _WEAK
    if _QUOTED.search(seen.item.text):
        yield "quoted", 1.0
        yield f"quoted|{seen.role}", _WEAK


def _rules(seen: Observation) -> Iterator[tuple[str, float]]:
    kinds = {_kind(cue) for cue in seen.cues} | {f"{_kind(cue)}!" for cue in seen.cues if _is_unreal(cue, seen)}
    for rule in sorted({cue.rule for cue in seen.cues}):
        yield f"rule={rule}", 1.0
    for kind in sorted(kinds):
        yield f"cue={kind}", 1.0
        yield f"cue={kind}|{seen.role}", _WEAK
        yield f"cue={kind}|{seen.item.section or 'none'}", _WEAK
    if any(cue.kind in {"praise", "criticism", "advice"} for cue in seen.cues):
        for target in sorted({frame.subject for frame in seen.frames}):
            yield f"judged={target}|{seen.role}", 1.0
    if any(cue.kind == "work" and cue.value == "done" for cue in seen.cues) and any(
        cue.kind == "unreal" for cue in seen.cues
    ):
        yield "done-but-unreal", 1.0


def _kind(cue: Cue) -> str:
    return f"{cue.kind}={cue.value}" if cue.kind in {"work", "effect", "unreal", "chore"} else cue.kind


def _is_unreal(cue: Cue, seen: Observation) -> bool:
    """Whether a cue stands in a clause that is negated, conditional, planned or asked."""
    return cue.kind in _FACTUAL and any(frame.unreal and frame.start <= cue.start < frame.end for frame in seen.frames)


def _judged(seen: Observation) -> Iterator[tuple[str, float]]:
    """Praise and blame together or alone, and whether the owner is whom a clause is about: polarity and direction."""
    kinds = {cue.kind for cue in seen.cues if not _is_unreal(cue, seen)}
    praise, blame = (bool(kinds & group) for group in ({"praise", "thanks"}, {"criticism", "advice"}))
    of_self = any(frame.subject == "self" for frame in seen.frames)
    yield f"praise+blame={praise:d}{blame:d}", 1.0
    yield f"judged+self={praise or blame:d}{of_self:d}|{seen.role}", 1.0


def _is_own_work(frame: Frame) -> bool:
    return frame.finished and frame.verb_class in {"finish", "make"} and frame.subject in {"none", "self", "team"}


def _frames(frames: Sequence[Frame], section: str, role: str) -> Iterator[tuple[str, float]]:
    if not frames:
        return
    seen: set[str] = set()
    for position, frame in enumerate(frames):
        unreal = "!" if frame.unreal else ""
        names = [
            f"frame={frame.key}{unreal}",
            f"tense={frame.tense}|{frame.subject}{unreal}",
            f"class={frame.verb_class or 'noun'}|{frame.tense}{unreal}",
            f"lemma={frame.lemma}|{frame.tense}" if frame.lemma else "",
            *(f"unreal={kind}" for kind in frame.unreal),
        ]
        if position == 0:
            names += [
                f"first={frame.verb_class or 'noun'}|{frame.tense}|{section or 'none'}",
                f"first={frame.tense}|{frame.subject}|{role}",
            ]
        if _is_own_work(frame):
            names.append(_OWN_WORK)
        if frame.finished and frame.subject in {"other", "manager"}:
            names.append("others-work-done")
        seen.update(name for name in names if name)
    for name in sorted(seen):
        yield name, 1.0


def _metrics(seen: Observation) -> Iterator[tuple[str, float]]:
    if not seen.metrics:
        if any(character.isdigit() for character in seen.item.text):
            yield "digits-only", _WEAK
        return
    yield "metric", 1.0
    for metric in seen.metrics:
        if metric.before is not None and metric.after is not None:
            yield "metric=change", 1.0
        if metric.projected:
            yield "metric=projected", 1.0
        if metric.direction:
            yield "metric=direction", 1.0


def _words(masked: str) -> Iterator[tuple[str, float]]:
    words = _WORD.findall(masked)
    for word in sorted(set(words)):
        yield f"w={word}", _WEAK
    for pair in sorted({f"{left} {right}" for left, right in pairwise(words)}):
        yield f"ww={pair}", _WEAK
    for stem in sorted({word[:_STEM] for word in words if len(word) > _STEM}):
        yield f"stem={stem}", _WEAK
    for word in words[:1]:
        yield f"w1={word}", _WEAK


def _around(
    observations: Sequence[Observation], told: Sequence[Sequence[str]], index: int
) -> Iterator[tuple[str, float]]:
    """What the parent item and the item before say, as far as rules and frames tell."""
    parent = observations[index].parent
    if parent is not None and parent < index:
        for name in told[parent]:
            yield f"parent:{name}", 1.0 if name == _OWN_WORK else _WEAK
        yield "has-parent", _WEAK
    if index and observations[index - 1].item.date == observations[index].item.date:
        for name in told[index - 1]:
            if name.startswith("cue="):
                yield f"before:{name}", _WEAK / 2
