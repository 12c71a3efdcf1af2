"""What the user decided about single lines, applied to the evidence before anything is grouped."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from analyzer.records import Direction, Evidence, Label, Polarity, Problem, Review, Status
from analyzer.settings import Curation, LineDecision


def curate(evidence: Sequence[Evidence], curation: Curation) -> tuple[Evidence, ...]:
    """Apply the decisions to the lines that they name.

    Args:
        evidence: as labelled.
        curation: from `analyzer.settings.read_curation`.

    Returns:
        The evidence in the same order; a dropped line keeps its place and loses its labels, so that parents still fit.
    """
    decisions = {decision.id: decision for decision in curation.line}
    return tuple(_decided(one, decisions[one.id]) if one.id in decisions else one for one in evidence)


def unused(curation: Curation, review: Review, known: Container[str]) -> tuple[Problem, ...]:
    """Return a problem for each decision that met nothing: a line that was reworded, a project that is gone.

    Args:
        curation: the user's decisions.
        review: what they were applied to.
        known: the ids of all lines of the notes, those outside the period among them.
    """
    names = {name for project in review.projects for name in (project.name, *project.aliases)}
    messages = [f"no line of the notes has the id {one.id}" for one in curation.line if one.id not in known]
    messages += [
        f'no project is called "{one.old}"' for one in curation.rename if one.old not in names and one.new not in names
    ]
    return tuple(Problem(path="curation.toml", line=None, message=message) for message in dict.fromkeys(messages))


def _likeliest(one: Evidence) -> frozenset[Label]:
    """Return the label that a line without any came nearest to."""
    best = max(Label, key=lambda label: one.confidence.get(label, 0.0))
    return frozenset({best}) if one.confidence else frozenset()


def _decided(one: Evidence, decision: LineDecision) -> Evidence:
    why = (*one.why, "curation")
    if decision.keep is False:
        return replace(
            one, labels=frozenset(), status=None, polarity=None, direction=None, metrics=(), cues=(), why=why
        )
    changed = replace(one, why=why, project=decision.project or one.project)
    if decision.labels is None and decision.keep is None:
        return changed
    labels = frozenset(decision.labels) if decision.labels is not None else one.labels or _likeliest(one)
    feedback = Label.FEEDBACK in labels
    return replace(
        changed,
        labels=labels,
        confidence={label: float(label in labels) for label in Label},
        status=one.status or (Status.DONE if Label.ACCOMPLISHMENT in labels else None),
        polarity=one.polarity or Polarity.POSITIVE if feedback else None,
        direction=one.direction or Direction.RECEIVED if feedback else None,
    )
