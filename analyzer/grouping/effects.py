"""What came of the work: which finished piece each effect and each piece of feedback belongs to."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from analyzer.grouping.claims import Claim
from analyzer.grouping.names import content, key_of
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.outcomes import refused, tells_effect, worked_on
from analyzer.records import Effect, EffectKind, Evidence, Label

LEAST_DISTINCTIVE = 2
"""Words or numbers that only one finished piece of a project shares with an effect, before it goes there for its words."""

_ORDER = (EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED, EffectKind.STATED)
_FIGURE = re.compile(r"(?<![\w.])\d[\d.,]*")


def effect_of(line: Evidence, notes: Notes, *, same_line: bool, names: Sequence[str] = ()) -> Effect:
    """Read one line's effect.

    Args:
        line: a line with the label impact.
        notes: the year.
        same_line: whether the line itself reports the finished work.
        names: what the project is called; a line that names it ties the effect to it.
    """
    return Effect(
        evidence=line.id,
        kind=kind_of(line),
        voucher=voucher_of(line, notes),
        caused=same_line or bool(line.cues_of("cause")) or _names(line, names),
    )


def kind_of(line: Evidence) -> EffectKind:
    """Return how a line's effect is on record: the strongest way that has happened, else expected, else stated."""
    said = {cue.value for cue in line.cues_of("effect")}
    if EffectKind.DECIDED in said and refused(line):
        return EffectKind.DECIDED
    measured = [metric for metric in line.metrics if not metric.projected]
    if measured and EffectKind.EXPECTED not in said:
        said.add(EffectKind.MEASURED)
    if line.metrics and not measured:
        said.discard(EffectKind.MEASURED)
        said.add(EffectKind.EXPECTED)
    found = next((kind for kind in _ORDER if kind in said), None)
    if found is EffectKind.STATED and EffectKind.EXPECTED in said:
        return EffectKind.EXPECTED
    return found or (EffectKind.EXPECTED if EffectKind.EXPECTED in said else EffectKind.STATED)


def voucher_of(line: Evidence, notes: Notes) -> str | None:
    """Return who other than the owner says, measured or checked an effect; the writer of the notes is no such person."""
    for cue in line.cues_of("voucher"):
        if cue.value and cue.value != notes.roster.subject:
            return cue.value
    own = {None, notes.roster.subject, notes.writer()}
    if line.item.author not in own:
        return line.item.author
    places = [cue.start for cue in line.cues_of("effect")] + [metric.start for metric in line.metrics]
    turns = [turn for turn in line.item.turns if any(turn.start <= place < turn.end for place in places)]
    return next((turn.author for turn in turns if turn.author not in own), None)


def homes_of_effects(notes: Notes, claims: Sequence[Claim], projects: Mapping[str, str]) -> dict[str, int]:
    """Return the position of the claim that each effect belongs to, by evidence id, where the notes allow it.

    Args:
        notes: the year.
        claims: the finished pieces.
        projects: project name by evidence id.
    """
    found: dict[str, int] = {}
    lines = effect_lines(notes, projects)
    for line in sorted(lines, key=lambda line: len(notes.ancestors(line.id))):
        index = _claim_of_effect(line, notes, claims, projects.get(line.id), found)
        if index is not None:
            found[line.id] = index
    return found


def effect_lines(notes: Notes, projects: Mapping[str, str]) -> list[Evidence]:
    """Return the lines that tell an effect, in the order of the notes.

    Args:
        notes: the year.
        projects: project name by evidence id.
    """
    lines: dict[str, list[Evidence]] = {}
    for line in notes.evidence:
        lines.setdefault(projects.get(line.id, ""), []).append(line)
    found = []
    for line in notes.evidence:
        if line.has(Label.IMPACT) and line.item.date is not None:
            project = projects.get(line.id, "")
            before = [one for one in lines[project] if project and day(one) < day(line)]
            if tells_effect(line, worked_on(before)):
                found.append(line)
    return found


def homes_of_feedback(
    notes: Notes, claims: Sequence[Claim], projects: Mapping[str, str], effects: Mapping[str, int]
) -> dict[str, int]:
    """Return the claim that feedback is nested under, or the only one of its project that it can mean, by evidence id."""
    found: dict[str, int] = {}
    for line in notes.evidence:
        if not line.has(Label.FEEDBACK) or line.item.date is None:
            continue
        index = _above(line, notes, claims, effects)
        around = _before(line, claims, projects.get(line.id))
        if index is None and around:
            index = around[0] if len(around) == 1 else _by_words(line, around, claims, notes)
        if index is not None:
            found[line.id] = index
    return found


def _claim_of_effect(
    line: Evidence, notes: Notes, claims: Sequence[Claim], project: str | None, known: Mapping[str, int]
) -> int | None:
    """Return the claim that an effect belongs to.

    That is its own line's, else the one above it, else the one whose scope it shares ("wards 4 + 7", "the pilot"), else
    the one whose words it shares, else the latest one finished before it.
    """
    above = _above(line, notes, claims, known)
    around = _before(line, claims, project)
    if above is not None or not around:
        return above
    same_scope = [index for index in around if _scope(line) & _scope_of(claims[index])]
    around = same_scope or around
    by_words = _by_words(line, around, claims, notes)
    return by_words if by_words is not None else around[-1]


def _above(line: Evidence, notes: Notes, claims: Sequence[Claim], known: Mapping[str, int]) -> int | None:
    """Return the claim of the line itself, or of the nearest line above it that is a sighting or an effect of one."""
    sighted = {one.id: at for at, claim in enumerate(claims) for one in (*claim.sightings, *claim.repeats)}
    chain = [line.id, *notes.ancestors(line.id)]
    return next((at for key in chain if (at := sighted.get(key, known.get(key))) is not None), None)


def _before(line: Evidence, claims: Sequence[Claim], project: str | None) -> list[int]:
    """Return the project's claims that were finished by then, in the order of dates; the latest is last."""
    if project is None:
        return []
    return [index for index, claim in enumerate(claims) if claim.project == project and claim.first <= day(line)]


def _scope(line: Evidence) -> set[tuple[str, str]]:
    """Return the units that a line speaks of, and the milestone; of an effect only its own sentences count."""
    places = [cue.start for cue in line.cues_of("effect")] + [metric.start for metric in line.metrics]
    telling = [span for span in line.item.sentences if any(span.start <= place < span.end for place in places)]
    return {
        (kind, cue.value)
        for kind in ("breadth", "milestone")
        for cue in line.cues_of(kind)
        if cue.value and (not telling or any(span.start <= cue.start < span.end for span in telling))
    }


def _scope_of(claim: Claim) -> set[tuple[str, str]]:
    return {scope for line in claim.sightings for scope in _scope(line)}


def _by_words(line: Evidence, around: Sequence[int], claims: Sequence[Claim], notes: Notes) -> int | None:
    if len(around) < 2:
        return None
    used = {index: _telling(claims[index].sightings, notes) for index in around}
    mine = _telling([line], notes)
    votes = {
        index: sum(
            1 for word in mine & used[index] if not any(word in used[other] for other in around if other != index)
        )
        for index in around
    }
    best = max(around, key=lambda index: (votes[index], index))
    runner_up = max(votes[index] for index in around if index != best)
    return best if votes[best] >= LEAST_DISTINCTIVE and votes[best] > runner_up else None


def _telling(lines: Sequence[Evidence], notes: Notes) -> frozenset[str]:
    text = " ".join(line.item.text for line in lines)
    return frozenset(content(text, notes.people)) | frozenset(_FIGURE.findall(text))


def _names(line: Evidence, names: Sequence[str]) -> bool:
    used = set(key_of(f"{line.item.prefix} {line.item.text}"))
    return any(bool(key := key_of(name)) and set(key) <= used for name in names)
