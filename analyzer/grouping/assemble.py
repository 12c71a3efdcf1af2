"""Claims and names to the records of the review."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from analyzer.dates import quarter_of
from analyzer.grouping.claims import Claim, best_wording, share_of
from analyzer.grouping.effects import effect_lines, effect_of, homes_of_effects, homes_of_feedback
from analyzer.grouping.finished import Finished
from analyzer.grouping.history import History, history_of, history_of_claim
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.projects import Named
from analyzer.records import Accomplishment, Effect, Event, Evidence, Project, Share, Status

T = TypeVar("T")


def histories_of(
    notes: Notes, named: Sequence[Named], projects: Mapping[str, str], claims: Sequence[Claim]
) -> dict[str, History]:
    """Return the history of each project, by its name."""
    lines = by_project((line for line in notes.evidence if line.item.date), lambda line: projects.get(line.id))
    own = by_project(claims, lambda claim: claim.project)
    return {
        one.name: history_of(notes, lines.get(one.name, []), own.get(one.name, []), (one.name, *one.aliases))
        for one in named
    }


def by_project(things: Iterable[T], project: Callable[[T], str | None]) -> dict[str, list[T]]:
    """Return things by the name of their project, in their order; what has no project is left out."""
    found: dict[str, list[T]] = {}
    for thing in things:
        if (name := project(thing)) is not None:
            found.setdefault(name, []).append(thing)
    return found


def accomplishments_of(
    notes: Notes,
    claims: Sequence[Claim],
    projects: Mapping[str, str],
    named: Sequence[Named],
    histories: Mapping[str, History],
    *,
    fiscal_start: int,
) -> tuple[Accomplishment, ...]:
    """Turn claims into accomplishments, with what came of them; the order is kept."""
    aliases = {project.name: (project.name, *project.aliases) for project in named}
    finished = Finished(notes, claims)
    effects, untied = homes_of_effects(notes, finished, projects)
    feedback = homes_of_feedback(notes, finished, projects, effects)
    effects_at, feedback_at = _lines_at(notes, effects), _lines_at(notes, feedback)
    firsts = by_project(claims, lambda claim: claim.project)
    days = {name: [claim.first for claim in own] for name, own in firsts.items()}
    found = []
    for index, claim in enumerate(claims):
        names = aliases.get(claim.project, ()) if claim.project is not None else ()
        sighted = {line.id for line in claim.sightings}
        own = [
            effect_of(line, notes, same_line=line.id in sighted, tied=line.id not in untied, names=names)
            for line in effects_at.get(index, ())
        ]
        heard = tuple(line.id for line in feedback_at.get(index, ()))
        history = _history_of(claim, days, histories)
        found.append(_accomplishment(notes, claim, tuple(own), heard, history, fiscal_start=fiscal_start))
    return tuple(found)


def _lines_at(notes: Notes, homes: Mapping[str, int]) -> dict[int, list[Evidence]]:
    """Return the lines of each finished piece, in the order of the notes."""
    found: dict[int, list[Evidence]] = {}
    for line in notes.evidence:
        if (index := homes.get(line.id)) is not None:
            found.setdefault(index, []).append(line)
    return found


def project_of(
    named: Named,
    notes: Notes,
    lines: Sequence[Evidence],
    claims: Sequence[Accomplishment],
    history: History,
    taken: Collection[str],
) -> Project:
    """Turn a project's name and lines into its record.

    Args:
        named: the name and how it was found.
        notes: the year.
        lines: the project's lines, in the order of the notes.
        claims: its accomplishments.
        history: the project's events.
        taken: ids of the lines whose effects belong to an accomplishment.
    """
    dated = [line for line in lines if line.item.date is not None]
    return Project(
        name=named.name,
        aliases=named.aliases,
        renamed_by=named.renamed_by if named.renamed_by in notes.by_id() else None,
        theme=named.theme,
        first=min((day(line) for line in dated), default=None),
        last=max((day(line) for line in dated), default=None),
        evidence=tuple(line.id for line in sorted(lines, key=day)),
        accomplishments=tuple(claim.id for claim in claims),
        history=history.events,
        effects=_loose_effects(named, notes, dated, taken),
        why=named.why,
    )


def _loose_effects(named: Named, notes: Notes, lines: Sequence[Evidence], taken: Collection[str]) -> tuple[Effect, ...]:
    telling = effect_lines(sorted(lines, key=day), {line.id: named.name for line in lines})
    loose = [line for line in telling if line.id not in taken]
    names = (named.name, *named.aliases)
    return tuple(effect_of(line, notes, same_line=False, names=names) for line in loose)


def effects_of_no_project(
    notes: Notes, projects: Mapping[str, str], claims: Sequence[Accomplishment]
) -> tuple[Effect, ...]:
    """Return the effects that stand in lines of no project and belong to no finished piece, in the order of the notes.

    Args:
        notes: the year.
        projects: project name by evidence id.
        claims: the finished pieces.
    """
    taken = {effect.evidence for claim in claims for effect in claim.effects}
    loose = [line for line in effect_lines(notes.evidence, projects) if line.id not in projects]
    return tuple(effect_of(line, notes, same_line=False) for line in loose if line.id not in taken)


def _accomplishment(
    notes: Notes,
    claim: Claim,
    effects: tuple[Effect, ...],
    feedback: tuple[str, ...],
    history: tuple[Event, ...],
    *,
    fiscal_start: int,
) -> Accomplishment:
    lines = notes.by_id()
    best = best_wording(claim.sightings)
    effect_lines = [lines[effect.evidence] for effect in effects]
    seen = [*claim.sightings, *claim.repeats, *effect_lines, *(lines[key] for key in feedback)]
    rest = [line.id for line in claim.sightings if line is not best]
    metrics = [metric for line in (*claim.sightings, *effect_lines) for metric in line.metrics]
    people = [name for line in claim.sightings for name in line.people if name != notes.roster.subject]
    return Accomplishment(
        id=claim_id(claim),
        text=best.item.text,
        project=claim.project,
        quarter=quarter_of(claim.first, fiscal_start),
        first=claim.first,
        last=max(day(line) for line in seen),
        status=Status.DONE,
        share=_share(claim),
        evidence=(best.id, *rest),
        repeats=tuple(line.id for line in claim.repeats),
        effects=effects,
        feedback=feedback,
        metrics=tuple(dict.fromkeys(metrics)),
        people=tuple(dict.fromkeys(people)),
        history=history,
    )


def claim_id(claim: Claim) -> str:
    """Return a claim's id: it is named after its first sighting."""
    return f"a-{claim.sightings[0].id}"


def _share(claim: Claim) -> Share:
    """Return whose work it is, as the earliest line that says so has it."""
    return next((share for line in claim.sightings if (share := share_of(line)) is not Share.UNSAID), Share.UNSAID)


def _history_of(
    claim: Claim, firsts: Mapping[str, Sequence[date]], histories: Mapping[str, History]
) -> tuple[Event, ...]:
    history = histories.get(claim.project) if claim.project is not None else None
    if history is None or claim.project is None:
        return ()
    before = bisect_left(firsts[claim.project], claim.first)
    return history_of_claim(history, claim, firsts[claim.project][before - 1] if before else None)
