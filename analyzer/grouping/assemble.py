"""Claims and names to the records of the review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from analyzer.dates import quarter_of
from analyzer.grouping.claims import Claim, best_wording, share_of
from analyzer.grouping.effects import effect_lines, effect_of, homes_of_effects, homes_of_feedback
from analyzer.grouping.history import History, history_of, history_of_claim
from analyzer.grouping.notes import Notes, day
from analyzer.grouping.projects import Named
from analyzer.records import Accomplishment, Effect, Event, Evidence, Project, Share, Status


def histories_of(
    notes: Notes, named: Sequence[Named], projects: Mapping[str, str], claims: Sequence[Claim]
) -> dict[str, History]:
    """Return the history of each project, by its name."""
    found: dict[str, History] = {}
    for project in named:
        lines = [line for line in notes.evidence if projects.get(line.id) == project.name and line.item.date]
        own = [claim for claim in claims if claim.project == project.name]
        found[project.name] = history_of(notes, lines, own, (project.name, *project.aliases))
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
    effects = homes_of_effects(notes, claims, projects)
    feedback = homes_of_feedback(notes, claims, projects, effects)
    found = []
    for index, claim in enumerate(claims):
        names = aliases.get(claim.project, ()) if claim.project is not None else ()
        own = [
            effect_of(line, notes, same_line=line in claim.sightings, names=names)
            for line in notes.evidence
            if effects.get(line.id) == index
        ]
        heard = tuple(line.id for line in notes.evidence if feedback.get(line.id) == index)
        history = _history_of(claim, claims, histories)
        found.append(_accomplishment(notes, claim, tuple(own), heard, history, fiscal_start=fiscal_start))
    return tuple(found)


def project_of(
    named: Named, notes: Notes, lines: Sequence[Evidence], claims: Sequence[Accomplishment], history: History
) -> Project:
    """Turn a project's name and lines into its record.

    Args:
        named: the name and how it was found.
        notes: the year.
        lines: the project's lines, in the order of the notes.
        claims: all accomplishments.
        history: the project's events.
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
        accomplishments=tuple(claim.id for claim in claims if claim.project == named.name),
        history=history.events,
        effects=_loose_effects(named, notes, dated, claims),
        why=named.why,
    )


def _loose_effects(
    named: Named, notes: Notes, lines: Sequence[Evidence], claims: Sequence[Accomplishment]
) -> tuple[Effect, ...]:
    taken = {effect.evidence for claim in claims for effect in claim.effects}
    telling = {line.id for line in effect_lines(notes, {line.id: named.name for line in lines})}
    loose = [line for line in sorted(lines, key=day) if line.id in telling and line.id not in taken]
    names = (named.name, *named.aliases)
    return tuple(effect_of(line, notes, same_line=False, names=names) for line in loose)


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


def _history_of(claim: Claim, claims: Sequence[Claim], histories: Mapping[str, History]) -> tuple[Event, ...]:
    history = histories.get(claim.project) if claim.project is not None else None
    if history is None:
        return ()
    before: list[date] = [one.first for one in claims if one.project == claim.project and one.first < claim.first]
    return history_of_claim(history, claim, max(before, default=None))
