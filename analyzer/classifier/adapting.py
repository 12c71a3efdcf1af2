"""A model moved towards one person's own decisions: few answers, so the weights stay near where they were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analyzer.classifier.model import FeatureVector, Floats, Model, sigmoid

CAUTION = 100.0
"""What a unit of squared change of the weights costs beside the log loss of one answer; `tests/compare.py` prints what it gives
on authors left out of training, each with the answers for the 25 lines that the tool is least sure of."""
_STEPS = 50
_LEAST_CURVATURE = 1e-3
"""Of the loss at an answer that is all but certain, so that a step is never divided by nothing."""


def adapt(
    model: Model,
    rows: Sequence[FeatureVector],
    targets: Mapping[str, Sequence[bool]],
    *,
    caution: float = CAUTION,
) -> Model:
    """Return a model whose weights are the likeliest given the old ones and a few answers.

    For each target the change of the weights minimises log loss plus ``caution`` / 2 times its squared length, which is
    logistic regression with a Gaussian prior around the old weights. It is found with Newton's method on as many unknowns
    as there are answers (Rasmussen and Williams 2006, algorithm 3.1). Calibration and thresholds stay.

    Args:
        model: what was trained.
        rows: the features of each item that was decided about.
        targets: for each target that was decided whether each item has it.
        caution: the weight of the prior.

    Raises:
        KeyError: the model has no such target.
    """
    columns = {name: index for index, name in enumerate(model.features)}
    seen = np.zeros((len(rows), len(columns)))
    for index, row in enumerate(rows):
        for name, value in row.items():
            if name in columns:
                seen[index, columns[name]] = value
    weights = model.weights.copy()
    alike = seen @ seen.T / caution
    before = model.scores(rows)
    for target, answers in targets.items():
        place = model.targets.index(target) if target in model.targets else _unknown(target)
        offset = model.slopes[place] * before[:, place] + model.offsets[place]
        if model.slopes[place] > 0:
            pull = _pull(alike, offset, np.array(answers, dtype=np.float64)) / caution
            weights[place] += seen.T @ pull / model.slopes[place]
    weights = weights.astype(np.float32).astype(np.float64)  # as it is saved, so that a loaded model scores the same
    return replace(model, weights=weights, info={**model.info, "decisions": len(rows)})


def _unknown(target: str) -> int:
    raise KeyError(target)


def _pull(alike: Floats, offset: Floats, answers: Floats) -> Floats:
    """Return how hard each answer pulls at the weights."""
    moved: Floats = np.zeros(len(answers))
    pull: Floats = moved
    for _ in range(_STEPS):
        share = sigmoid(offset + moved)
        curvature = np.maximum(share * (1 - share), _LEAST_CURVATURE)
        wanted = moved + (answers - share) / curvature
        pull = np.asarray(np.linalg.solve(alike + np.diag(1 / curvature), wanted), dtype=np.float64)
        moved = np.asarray(alike @ pull, dtype=np.float64)
    return pull
