"""What came of the work: which finished piece each effect and each piece of feedback belongs to."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from analyzer.grouping.finished import Finished
from analyzer.grouping.names import key_of
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.outcomes import refused, tells_effect, worked_on
from analyzer.records import Effect, EffectKind, Evidence, Label, Metric

_POINTS_BACK = re.compile(
    r"\W{0,3}(?:because of (?:it|that|this)|after (?:it|that|this)\b|since (?:then|it|that)\b|as a result"
    r"|(?:off|on) the (?:back|strength) of (?:it|that|this)|that['’]s (?:why|how)|thanks to (?:it|that|this)\b"
    r"|it (?:saved|cut|led|got|means?|meant|brought|took|stopped|caught|freed)\b|so \d|so the\b)",
    re.IGNORECASE,
)
"""What a line begins with that tells what came of the thing just told."""
_MEANS_IT = re.compile(
    r"\bover the (?:trial|pilot|test)\b|\bin the (?:week|fortnight|month) (?:after|since)\b|\b(?:off|from|with) (?:it|them) already\b",
    re.IGNORECASE,
)
"""What a line holds that means the trial, the launch, the page just told."""
_STANDS = frozenset({EffectKind.DECIDED, EffectKind.ADOPTED})
"""Kinds that a sum or a count beside them does not turn into a measurement: "the panel said yes, £14k"."""
_ORDER = (EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED, EffectKind.STATED)


def effect_of(line: Evidence, notes: Notes, *, same_line: bool, tied: bool = True, names: Sequence[str] = ()) -> Effect:
    """Read one line's effect.

    Args:
        line: a line with the label impact.
        notes: the year.
        same_line: whether the line itself reports the finished work.
        tied: whether anything but the order of days ties it to its finished piece.
        names: what the project is called; a line that names it ties the effect to it.
    """
    return Effect(
        evidence=line.id,
        kind=kind_of(line),
        voucher=voucher_of(line, notes),
        caused=same_line or bool(line.cues_of("cause")) or _names(line, names),
        tied=tied,
    )


def kind_of(line: Evidence) -> EffectKind:
    """Return how a line's effect is on record: the strongest way that has happened, else expected, else stated."""
    said = {cue.value for cue in line.cues_of("effect")}
    if EffectKind.DECIDED in said and refused(line):
        return EffectKind.DECIDED
    measured = [metric for metric in line.metrics if not metric.projected]
    if measured and said & _STANDS and not any(map(_is_change, measured)):
        measured = []
    elif measured and EffectKind.EXPECTED not in said:
        said.add(EffectKind.MEASURED)
    if line.metrics and not measured and not said & _STANDS:
        said.discard(EffectKind.MEASURED)
        said.add(EffectKind.EXPECTED)
    found = next((kind for kind in _ORDER if kind in said), None)
    if found is EffectKind.STATED and EffectKind.EXPECTED in said:
        return EffectKind.EXPECTED
    return found or (EffectKind.EXPECTED if EffectKind.EXPECTED in said else EffectKind.STATED)


def _is_change(metric: Metric) -> bool:
    return metric.before is not None or metric.after is not None or metric.delta is not None


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


def homes_of_effects(
    notes: Notes, finished: Finished, projects: Mapping[str, str]
) -> tuple[dict[str, int], frozenset[str]]:
    """Return the position of the claim that each effect belongs to, by evidence id, where the notes allow it.

    Args:
        notes: the year.
        finished: the finished pieces.
        projects: project name by evidence id.

    Returns:
        The positions, and the effects whose place is only the latest of several finished pieces of the project.
    """
    found: dict[str, int] = {}
    untied: set[str] = set()
    lines = effect_lines(notes.evidence, projects)
    for line in sorted(lines, key=lambda line: len(notes.ancestors(line.id))):
        index = _claim_of_effect(line, notes, finished, projects.get(line.id), found)
        if index is None and (around := finished.before(line, projects.get(line.id))):
            index = around[-1]
            untied |= {line.id} if len(around) > 1 else set()
        if index is not None:
            found[line.id] = index
    return found, frozenset(untied)


def effect_lines(lines: Iterable[Evidence], projects: Mapping[str, str]) -> list[Evidence]:
    """Return the lines that tell an effect, in their order.

    Args:
        lines: in the order of dates.
        projects: project name by evidence id.
    """
    earlier: dict[str, set[str]] = {}
    today: list[Evidence] = []
    found = []
    for line in lines:
        if today and day(today[-1]) < day(line):
            for one in today:
                if project := projects.get(one.id, ""):
                    earlier.setdefault(project, set()).update(worked_on([one]))
            today = []
        today.append(line)
        known: Collection[str] = earlier.get(projects.get(line.id, ""), ())
        if line.has(Label.IMPACT) and line.item.date is not None and tells_effect(line, known):
            found.append(line)
    return found


def homes_of_feedback(
    notes: Notes, finished: Finished, projects: Mapping[str, str], effects: Mapping[str, int]
) -> dict[str, int]:
    """Return the claim that feedback is nested under, or the only one of its project that it can mean, by evidence id."""
    found: dict[str, int] = {}
    for line in notes.evidence:
        if not line.has(Label.FEEDBACK) or line.item.date is None:
            continue
        index = _above(line, notes, finished, effects)
        around = finished.before(line, projects.get(line.id))
        if index is None and around:
            index = around[0] if len(around) == 1 else finished.by_words(line, around, projects.get(line.id))
        if index is not None:
            found[line.id] = index
    return found


def _claim_of_effect(
    line: Evidence, notes: Notes, finished: Finished, project: str | None, known: Mapping[str, int]
) -> int | None:
    """Return the claim that an effect is tied to.

    That is its own line's, else the one above it, else the one whose scope it shares ("wards 4 + 7", "the pilot"), else
    the one whose words it shares.
    """
    above = _above(line, notes, finished, known)
    if above is None and (_POINTS_BACK.match(line.item.text) or _MEANS_IT.search(line.item.text)):
        above = finished.just_above(line)
    around = finished.before(line, project)
    if above is not None or not around:
        return above
    scoped = finished.of_scope(line, around, project)
    by_words = finished.by_words(line, scoped or around, project)
    if by_words is not None:
        return by_words
    return scoped[-1] if scoped else None


def _above(line: Evidence, notes: Notes, finished: Finished, known: Mapping[str, int]) -> int | None:
    """Return the claim of the line itself, or of the nearest line above it that is a sighting or an effect of one."""
    chain = [line.id, *notes.ancestors(line.id)]
    return next((at for key in chain if (at := finished.sighted.get(key, known.get(key))) is not None), None)


def _names(line: Evidence, names: Sequence[str]) -> bool:
    used = set(key_of(f"{line.item.prefix} {line.item.text}"))
    return any(bool(key := key_of(name)) and set(key) <= used for name in names)
