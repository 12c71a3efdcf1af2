"""Items to evidence: rules and frames, then the classifier, then attributes. spaCy's documents end here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import islice

from analyzer.classifier import Model
from analyzer.labelling.attributes import direction_of, labels_of, polarity_of, settled_cues, settled_metrics, status_of
from analyzer.labelling.features import features
from analyzer.labelling.observe import Observation, observe
from analyzer.labelling.questions import without_asking
from analyzer.language import build_reader
from analyzer.records import Evidence, Item, Label, Roster

__all__ = ["evidence_id", "label", "look", "observed"]

BATCH = 1_000
"""Items that are scored at once: many years of notes are never held as vectors together."""
REASONS = 4
"""How many of the strongest features are named beside the rules."""


def observed(items: Sequence[Item], roster: Roster) -> list[Observation]:
    """Read the items and return what was seen of each, before any feature."""
    return observe(items, roster, build_reader())


def look(items: Sequence[Item], roster: Roster) -> tuple[list[Observation], list[dict[str, float]]]:
    """Read the items and return what was seen, and the feature vectors that the classifier is given.

    Args:
        items: all items of one person's notes, in the order of the notes.
        roster: who is who.
    """
    observations = observe(items, roster, build_reader())
    return observations, list(features(observations))


def label(items: Sequence[Item], roster: Roster, model: Model) -> tuple[Evidence, ...]:
    """Label the items of one person's notes.

    Args:
        items: in the order of the notes.
        roster: who is who.
        model: from `analyzer.classifier.load`.

    Returns:
        One piece of evidence an item, in the same order; most have no label.
    """
    observations = observe(items, roster, build_reader())
    ids = iter(_ids(items))
    found: list[Evidence] = []
    pairs = zip(observations, features(observations), strict=True)
    while batch := list(islice(pairs, BATCH)):
        predicted = model.predict([vector for _, vector in batch])
        found += [
            _evidence(next(ids), seen, vector, one, model, roster)
            for (seen, vector), one in zip(batch, predicted, strict=True)
        ]
    return tuple(found)


def evidence_id(item: Item, repeat: int = 0) -> str:
    """Return the stable id of an item: a hash of document, date and normalised text, and a counter for repeats."""
    text = " ".join(item.text.lower().split())
    digest = hashlib.sha256(f"{item.source.path}|{item.date}|{text}".encode()).hexdigest()[:12]
    return f"{digest}-{repeat + 1}" if repeat else digest


def _ids(items: Sequence[Item]) -> list[str]:
    seen: Counter[str] = Counter()
    ids = []
    for item in items:
        base = evidence_id(item)
        ids.append(evidence_id(item, seen[base]))
        seen[base] += 1
    return ids


def _evidence(
    one: str, seen: Observation, vector: Mapping[str, float], found: Mapping[str, float], model: Model, roster: Roster
) -> Evidence:
    labels = labels_of(seen, found, model.thresholds)
    status = status_of(seen, labels, found, model.thresholds)
    cues = settled_cues(seen, labels, status, roster)
    return without_asking(
        Evidence(
            id=one,
            item=seen.item,
            labels=labels,
            confidence={name: round(found[name], 4) for name in Label},
            why=_why(seen, vector, labels, model),
            status=status,
            polarity=polarity_of(labels, found),
            direction=direction_of(labels, found),
            people=seen.people,
            metrics=settled_metrics(seen, cues),
            cues=cues,
        )
    )


def _why(seen: Observation, vector: Mapping[str, float], labels: frozenset[Label], model: Model) -> tuple[str, ...]:
    """The rules that fired and the features that weighed most for the labels given."""
    rules = dict.fromkeys(cue.rule for cue in seen.cues)
    strongest = dict.fromkeys(
        f"{name}: {feature}"
        for name in sorted(labels)
        for feature, weight in model.top_features(vector, name, REASONS)
        if weight > 0
    )
    return (*rules, *strongest)
