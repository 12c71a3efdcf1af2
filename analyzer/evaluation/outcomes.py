"""What the tool said of each gold item, beside what the gold says: the rows that every figure is counted from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from analyzer.classifier import Model
from analyzer.evaluation.alignment import align
from analyzer.evaluation.gold import Author, GoldItem
from analyzer.records import Direction, Evidence, Label, Metric, Polarity, Status

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One gold item, or a stretch that only the tool takes for an item (``gold`` is None), and what the tool says."""

    author: str
    gold: GoldItem | None
    covered: bool = True
    """False where no item of the tool stands for the gold item; it then counts as predicted none."""
    text: str = ""
    labels: frozenset[Label] = frozenset()
    confidence: Mapping[Label, float] = field(default_factory=dict)
    status: Status | None = None
    polarity: Polarity | None = None
    direction: Direction | None = None
    metrics: tuple[Metric, ...] = ()
    project: str | None = None
    claim: str | None = None

    @property
    def truth(self) -> frozenset[Label]:
        """The gold labels; none where there is no gold item."""
        return self.gold.labels if self.gold else frozenset()


def outcomes_of(author: Author, evidence: Sequence[Evidence]) -> list[Outcome]:
    """Align the tool's evidence with an author's gold.

    Args:
        author: the gold.
        evidence: everything the tool read in the author's clean notes, also items without labels.

    Returns:
        One outcome per gold item, then one per item of the tool that stands for no gold item.
    """
    pairs, extra = align(author, [one.item for one in evidence])
    found = [_joined(author.name, gold, [evidence[index] for index in indices]) for gold, indices in pairs]
    return found + [_joined(author.name, None, [evidence[index]]) for index in extra]


def outcome_of_scores(author: str, gold: GoldItem, model: Model, probabilities: Mapping[str, float]) -> Outcome:
    """Read an outcome from a model alone, without the rest of the tool."""
    labels = frozenset(Label(name) for name in model.decide(probabilities) if name in set(Label))
    says_status = probabilities["has_status"] >= model.thresholds["has_status"]
    return Outcome(
        author=author,
        gold=gold,
        text=gold.text,
        labels=labels,
        confidence={label: probabilities[label.value] for label in Label},
        status=Status(model.choose(probabilities, "status")[0]) if says_status else None,
        polarity=Polarity(model.choose(probabilities, "polarity")[0]) if Label.FEEDBACK in labels else None,
        direction=Direction(model.choose(probabilities, "direction")[0]) if Label.FEEDBACK in labels else None,
    )


def _joined(author: str, gold: GoldItem | None, pieces: Sequence[Evidence]) -> Outcome:
    """Join what the tool says of the pieces that it cut one gold item into: every label, the first of each attribute."""
    confidence: dict[Label, float] = {}
    for piece in pieces:
        for label, value in piece.confidence.items():
            confidence[label] = max(value, confidence.get(label, 0.0))
    return Outcome(
        author=author,
        gold=gold,
        covered=bool(pieces),
        text=gold.text if gold else pieces[0].item.text,
        labels=frozenset(label for piece in pieces for label in piece.labels),
        confidence=confidence,
        status=_first(piece.status for piece in pieces),
        polarity=_first(piece.polarity for piece in pieces),
        direction=_first(piece.direction for piece in pieces),
        metrics=tuple(metric for piece in pieces for metric in piece.metrics),
        project=_first(piece.project for piece in pieces),
        claim=_first(piece.accomplishment_id for piece in pieces),
    )


def _first(values: Iterable[_T | None]) -> _T | None:
    return next((value for value in values if value is not None), None)
