"""Why a line has its labels: its clauses, the rules that fired, what weighed for and against, and what it nearly got."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.classifier import Model
from analyzer.encoder import Scorer
from analyzer.labelling import label, look
from analyzer.records import Evidence, Item, Label, Roster

FOR_EACH = 5
"""Features that are named for a label."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One clause of a line as it was read."""

    text: str
    verb: str
    tense: str
    subject: str
    scopes: tuple[str, ...]
    """What takes it out of the facts: negated, conditional, question, planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """One line with all that spoke for and against its labels."""

    evidence: Evidence
    clauses: tuple[Clause, ...]
    thresholds: Mapping[Label, float]
    """From which probability on a label is given."""
    weights: Mapping[Label, tuple[tuple[str, float], ...]]
    """For each label the features that moved it most, with what each adds to its log odds."""

    @property
    def nearest(self) -> tuple[Label, float]:
        """The label whose decision was closest to going the other way, and by how much its probability missed that."""
        margins = [
            (abs(self.evidence.confidence.get(one, 0.0) - at), one.value, one) for one, at in self.thresholds.items()
        ]
        margin, _, one = min(margins)
        return one, margin


def explain(
    items: Sequence[Item],
    roster: Roster,
    model: Model,
    encoder: Scorer | None,
    wanted: Callable[[Item], bool],
) -> list[Explanation]:
    """Explain the labels of some items.

    Args:
        items: all items of one person's notes: neighbours and parents count.
        roster: who is who.
        model: from `analyzer.classifier.load`.
        encoder: from `analyzer.encoder.load`.
        wanted: which items are asked about.

    Returns:
        One explanation an item that is asked about, in the order of the notes.
    """
    observations, vectors = look(items, roster, encoder)
    evidence = label(items, roster, model, encoder)
    thresholds = {one: model.thresholds[one.value] for one in Label}
    return [
        Explanation(
            evidence=line,
            clauses=tuple(
                Clause(
                    text=line.item.text[frame.start : frame.end],
                    verb=frame.lemma,
                    tense=frame.tense,
                    subject=frame.subject,
                    scopes=tuple(sorted(frame.unreal)),
                )
                for frame in seen.frames
            ),
            thresholds=thresholds,
            weights={one: tuple(model.top_features(vector, one.value, FOR_EACH)) for one in Label},
        )
        for seen, vector, line in zip(observations, vectors, evidence, strict=True)
        if wanted(line.item)
    ]
