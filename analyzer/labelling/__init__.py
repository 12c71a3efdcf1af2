"""Items to evidence: rules, frames and the encoder's scores, then the classifier, then attributes. spaCy's documents end here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from analyzer.cache import Store
from analyzer.classifier import Model
from analyzer.encoder import Scorer
from analyzer.errors import AnalyzerError
from analyzer.labelling.attributes import (
    direction_of,
    labels_of,
    polarity_of,
    settled_cues,
    settled_metrics,
    status_of,
    with_amounts,
)
from analyzer.labelling.direction import stated_direction
from analyzer.labelling.encoding import encoder_inputs
from analyzer.labelling.features import features
from analyzer.labelling.observe import Observation, observe
from analyzer.labelling.questions import without_asking
from analyzer.language import build_reader
from analyzer.records import Evidence, Item, Label, Roster

__all__ = ["EncoderMissingError", "evidence_id", "evidence_ids", "label", "look", "observed"]

BATCH = 1_000
"""Items that are scored at once: many years of notes are never held as vectors together."""
REASONS = 4
"""How many of the strongest features are named beside the rules."""
ENCODED = "enc:"
"""What the features that the encoder gives begin with."""
NEIGHBOUR = 0.5
"""Weight of what the encoder says of an item's neighbours beside what it says of the item."""
ENCODER_SCALE = 4.0
"""Scores of the encoder run from about -8 to 8, other features from 0 to 1."""


class EncoderMissingError(AnalyzerError):
    """The model was trained with an encoder that is not there, or with another; labels would be worse without a word."""

    tip = "install the program again; if you trained the model yourself, train it again together with its encoder"

    def __init__(self, reason: str) -> None:
        super().__init__(f"the classifier cannot label without the encoder that it was trained with: {reason}")


def observed(items: Sequence[Item], roster: Roster, store: Store | None = None) -> list[Observation]:
    """Read the items and return what was seen of each, before any feature."""
    return observe(items, roster, build_reader(), store)


def look(
    items: Sequence[Item], roster: Roster, encoder: Scorer | None = None
) -> tuple[list[Observation], list[dict[str, float]]]:
    """Read the items and return what was seen, and the feature vectors that the classifier is given.

    Args:
        items: all items of one person's notes, in the order of the notes.
        roster: who is who.
        encoder: what scores the items' words; None for vectors without its features.
    """
    observations = observed(items, roster)
    return observations, list(_vectors(observations, encoder))


def label(
    items: Sequence[Item],
    roster: Roster,
    model: Model,
    encoder: Scorer | None = None,
    store: Store | None = None,
) -> tuple[Evidence, ...]:
    """Label the items of one person's notes.

    Args:
        items: in the order of the notes.
        roster: who is who.
        model: from `analyzer.classifier.load`.
        encoder: from `analyzer.encoder.load`; a model that was trained without one does not ask it.
        store: a cache of what the rules find in an item; None to find all of it.

    Returns:
        One piece of evidence an item, in the same order; most have no label.

    Raises:
        EncoderMissingError: the model was trained with an encoder, and it is not the one given.
    """
    scorer = _scorer_for(model, encoder)
    observations = observed(items, roster, store)
    ids = iter(evidence_ids(items))
    found: list[Evidence] = []
    pairs = zip(observations, _vectors(observations, scorer), strict=True)
    while batch := list(islice(pairs, BATCH)):
        predicted = model.predict([vector for _, vector in batch])
        found += [
            _evidence(next(ids), seen, vector, one, model, roster)
            for (seen, vector), one in zip(batch, predicted, strict=True)
        ]
    return tuple(found)


def _vectors(observations: Sequence[Observation], encoder: Scorer | None) -> Iterator[dict[str, float]]:
    vectors = features(observations)
    if encoder is None:
        yield from vectors
        return
    inputs = encoder_inputs(observations)
    scores = [row for start in range(0, len(inputs), BATCH) for row in encoder.scores(inputs[start : start + BATCH])]
    names = [ENCODED + target for target in encoder.targets]
    labels = {label.value: encoder.targets.index(label.value) for label in Label if label.value in encoder.targets}
    for index, vector in enumerate(vectors):
        vector.update(zip(names, (scores[index] / ENCODER_SCALE).tolist(), strict=True))
        for where, other in _neighbours(observations, index):
            near = scores[other] * (NEIGHBOUR / ENCODER_SCALE)
            vector.update((f"enc-{where}:{label}", float(near[column])) for label, column in labels.items())
        yield vector


def _neighbours(observations: Sequence[Observation], index: int) -> Iterator[tuple[str, int]]:
    """Yield the items that an item is read with: its parent, and those before and after it in the same meeting."""
    parent, here = observations[index].parent, observations[index].item
    if parent is not None:
        yield "parent", parent
    for where, other in (("before", index - 1), ("after", index + 1)):
        if 0 <= other < len(observations):
            there = observations[other].item
            if (there.source.path, there.date) == (here.source.path, here.date):
                yield where, other


def _scorer_for(model: Model, encoder: Scorer | None) -> Scorer | None:
    """The encoder if the model asks for it, None if it does not.

    Raises:
        EncoderMissingError: it asks for what is not there.
    """
    wanted = {name.removeprefix(ENCODED) for name in model.features if name.startswith(ENCODED)}
    if not wanted:
        return None
    if encoder is None:
        raise EncoderMissingError("its files are not there")
    if not wanted <= set(encoder.targets):
        raise EncoderMissingError(f"this one does not score {', '.join(sorted(wanted - set(encoder.targets)))}")
    known = model.info.get("encoder")
    if known is not None and encoder.fingerprint not in {known, None}:
        raise EncoderMissingError("this is another")
    return encoder


def evidence_id(item: Item, repeat: int = 0) -> str:
    """Return the stable id of an item: a hash of document, date and normalised text, and a counter for repeats."""
    text = " ".join(item.text.lower().split())
    digest = hashlib.sha256(f"{item.source.path}|{item.date}|{text}".encode()).hexdigest()[:12]
    return f"{digest}-{repeat + 1}" if repeat else digest


def evidence_ids(items: Sequence[Item]) -> list[str]:
    """Return the stable id of each item of one person's notes, see `evidence_id`."""
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
    seen = with_amounts(seen, labels, found)
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
            direction=direction_of(labels, found, stated_direction(seen, roster)),
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
