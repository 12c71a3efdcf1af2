"""Figures with intervals: a figure is a function of sums over authors, and authors are what is drawn again.

Intervals are the 2.5th and 97.5th percentile of 2,000 draws of authors with replacement (percentile bootstrap, Efron 1979);
all figures use the same draws, so that they can be compared pair by pair.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Function = Callable[[Floats], Floats]
"""Sums (draws × columns) to one value a draw; NaN where it has none."""

DRAWS = 2_000
BINS = 10
"""Equal-width bins of the calibration error."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95% interval over authors and the number of gold cases that it rests on."""

    value: float | None
    low: float | None
    high: float | None
    support: int


def figure(sums: Sequence[Sequence[float]], function: Function, support: int, *, seed: int = 0) -> Figure:
    """Compute a figure and its interval.

    Args:
        sums: one row of sums for each author.
        function: from sums to the figure; is given all draws at once.
        support: the number of gold cases.
        seed: of the draws.
    """
    table = np.asarray(sums, dtype=np.float64)
    value = float(function(table.sum(axis=0, keepdims=True))[0])
    if np.isnan(value):
        return Figure(None, None, None, support)
    drawn = np.random.default_rng(seed).multinomial(len(table), [1 / len(table)] * len(table), size=DRAWS)
    values = function(drawn.astype(np.float64) @ table)
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return Figure(value, float(low), float(high), support)


def ratio(sums: Floats) -> Floats:
    """First column over the second."""
    return divide(sums[:, 0], sums[:, 1])


def second_ratio(sums: Floats) -> Floats:
    """Third column over the fourth."""
    return divide(sums[:, 2], sums[:, 3])


def precision(sums: Floats) -> Floats:
    """From true positives, false positives, false negatives."""
    return divide(sums[:, 0], sums[:, 0] + sums[:, 1])


def recall(sums: Floats) -> Floats:
    """From true positives, false positives, false negatives."""
    return divide(sums[:, 0], sums[:, 0] + sums[:, 2])


def f1(sums: Floats) -> Floats:
    """From true positives, false positives, false negatives."""
    return divide(2 * sums[:, 0], 2 * sums[:, 0] + sums[:, 1] + sums[:, 2])


def macro_f1(sums: Floats) -> Floats:
    """The mean F1 of several labels, three columns each; labels that neither gold nor tool has are left out."""
    each = np.stack([f1(sums[:, at : at + 3]) for at in range(0, sums.shape[1], 3)])
    return divide(np.nansum(each, axis=0), (~np.isnan(each)).sum(axis=0).astype(np.float64))


def two_sided(sums: Floats) -> Floats:
    """F1 from right and all answers, then found and all gold cases (counted apart, as in B-cubed)."""
    right, found = ratio(sums), second_ratio(sums)
    return divide(2 * right * found, right + found)


def calibration_error(sums: Floats) -> Floats:
    """Expected calibration error (Naeini et al. 2015) from each bin's sum of probabilities, of positives, and count."""
    probability, positive, count = (sums[:, at::3] for at in range(3))
    return divide(np.abs(probability - positive).sum(axis=1), count.sum(axis=1))


def mean_calibration_error(sums: Floats) -> Floats:
    """The mean of the calibration errors of several labels, so that a rare label's sure negatives hide no other's errors."""
    width = 3 * BINS
    return np.asarray(
        np.mean([calibration_error(sums[:, at : at + width]) for at in range(0, sums.shape[1], width)], axis=0)
    )


def bin_sums(probabilities: Sequence[float], truths: Sequence[bool]) -> list[float]:
    """Return what `calibration_error` sums: for each bin the probabilities, the positives and the count."""
    sums = [0.0] * (3 * BINS)
    for probability, truth in zip(probabilities, truths, strict=True):
        at = 3 * min(int(probability * BINS), BINS - 1)
        sums[at] += probability
        sums[at + 1] += truth
        sums[at + 2] += 1
    return sums


def b_cubed(gold: Sequence[str | None], predicted: Sequence[str | None], *, own: bool = True) -> list[float]:
    """Return the sums of B-cubed (Bagga and Baldwin 1998).

    An item without a gold cluster is not counted; one without a predicted cluster stands alone.

    Args:
        gold: each item's gold cluster.
        predicted: each item's predicted cluster.
        own: whether an item's own membership counts, as it does in the literature. Left out, a cluster of one gives no
            credit, so that the figure is about the links alone: precision is over items that share their predicted cluster
            with another, recall over those that share their gold cluster with another.

    Returns:
        Sum and number of the precisions, sum and number of the recalls.
    """
    alone = 0 if own else 1
    names = [
        (g, ("", str(at)) if p is None else ("cluster", p))
        for at, (g, p) in enumerate(zip(gold, predicted, strict=True))
    ]
    kept = [(g, p) for g, p in names if g is not None]
    by_gold = Counter(g for g, _ in kept)
    by_predicted = Counter(p for _, p in kept)
    by_both = Counter(kept)
    sums = [0.0, 0.0, 0.0, 0.0]
    for g, p in kept:
        both = by_both[g, p] - alone
        for at, size in ((0, by_predicted[p]), (2, by_gold[g])):
            if size > alone:
                sums[at] += both / (size - alone)
                sums[at + 1] += 1
    return sums


def divide(above: Floats, below: Floats) -> Floats:
    """Divide, NaN where there is nothing to divide by."""
    return np.divide(above, below, out=np.full_like(above, np.nan), where=below > 0)
