"""The trained model: a sum of weights and a sigmoid, in numpy alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
FeatureVector = Mapping[str, float]
"""Feature name to value; what is absent is 0."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Model:
    """A trained model. Rows of ``weights`` go with ``targets``, columns with ``features``.

    Without slots, because the index of the features is computed once and kept.
    """

    targets: tuple[str, ...]
    features: tuple[str, ...]
    weights: Floats
    intercepts: Floats
    slopes: Floats
    """With ``offsets`` the calibration: probability = sigmoid(slope * score + offset)."""
    offsets: Floats
    cuts: Floats
    """The threshold of each target."""
    info: Mapping[str, Any]
    """How it was trained: numbers of items and authors, seed, and C and positives by target."""

    @property
    def thresholds(self) -> dict[str, float]:
        """The probability from which on a target is predicted."""
        return dict(zip(self.targets, self.cuts.tolist(), strict=True))

    def predict(self, rows: Sequence[FeatureVector]) -> list[dict[str, float]]:
        """Return the calibrated probability of every target for each row."""
        probabilities = sigmoid(self.slopes * self.scores(rows) + self.offsets)
        return [dict(zip(self.targets, row, strict=True)) for row in probabilities.tolist()]

    def decide(self, probabilities: Mapping[str, float]) -> list[str]:
        """Return the targets whose probability reaches their threshold."""
        return [name for name, cut in self.thresholds.items() if probabilities[name] >= cut]

    def choose(self, probabilities: Mapping[str, float], choice: str) -> tuple[str, float]:
        """Return the likeliest value of a choice and its share of the probability of all values.

        Args:
            probabilities: one row of `predict`.
            choice: the name before the equals sign, e.g. ``status``.

        Raises:
            KeyError: the model has no target of that choice.
        """
        values = {name.split("=", 1)[1]: probabilities[name] for name in self.targets if name.startswith(choice + "=")}
        if not values:
            raise KeyError(choice)
        best = max(values, key=lambda name: values[name])
        return best, values[best] / (sum(values.values()) or 1.0)

    def top_features(self, row: FeatureVector, target: str, n: int = 5) -> list[tuple[str, float]]:
        """Return the features of a row that move a target most, with what each adds to its log odds."""
        index = self.targets.index(target)
        shares = [
            (name, float(self.slopes[index] * self.weights[index, self._columns[name]] * value))
            for name, value in row.items()
            if name in self._columns
        ]
        return sorted((share for share in shares if share[1]), key=lambda share: (-abs(share[1]), share[0]))[:n]

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(self.features)}

    def scores(self, rows: Sequence[FeatureVector]) -> Floats:
        """Return the scores of every target for each row, before calibration."""
        scores = np.tile(self.intercepts, (len(rows), 1))
        for index, row in enumerate(rows):
            known = sorted((self._columns[name], value) for name, value in row.items() if name in self._columns)
            if known:
                places, values = zip(*known, strict=True)
                scores[index] += self.weights[:, places] @ np.asarray(values, dtype=np.float64)
        return scores


def sigmoid(scores: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)) without overflow."""
    return np.asarray(0.5 * (1 + np.tanh(0.5 * scores)), dtype=np.float64)
