"""Training: one L2 logistic regression per target, calibrated and given its threshold on authors it did not see.

Without class weights, so that scores stay probabilities. Features seen with too few authors are dropped; C is chosen by the
log loss on held-out authors; the same held-out scores give the sigmoid calibration (Platt 1999), and the calibrated
probabilities at the natural rate the threshold with the best expected F1 (Lipton et al. 2014).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from analyzer.classifier.model import FeatureVector, Floats, Model, sigmoid

Bools = npt.NDArray[np.bool_]

MIN_GROUPS = 3
"""A feature seen with fewer authors than this says more about them than about the language."""
STRENGTHS = (0.03, 0.1, 0.3)
"""The values of C that are tried, strongest regularisation first."""
FOLDS = 5
_MAX_STEPS = 2_000
"""Steps that the solver may take; it needs a few dozen."""
_NO_SHRINKAGE = 1e6
"""The C of the calibration, which has two parameters and needs no regularisation."""
_CERTAIN = 6.0
"""The score where a fold's training part has only one answer; a probability of 0.998 or 0.002."""


def train(
    rows: Sequence[FeatureVector],
    targets: Mapping[str, Sequence[bool | None]],
    groups: Sequence[str],
    *,
    seed: int = 0,
    min_groups: int = MIN_GROUPS,
    strengths: Sequence[float] = STRENGTHS,
    folds: int = FOLDS,
) -> Model:
    """Fit one classifier per target.

    Args:
        rows: the features of each item.
        targets: for each target whether each item has it, None where the question does not arise.
        groups: whose item each one is; what one author wrote is never on both sides of a split.
        seed: of the split of the authors into folds.
        min_groups: authors that a feature must have been seen with.
        strengths: the values of C to choose from.
        folds: splits for choosing C, calibrating and thresholding.

    Raises:
        ValueError: rows, targets and groups are not of the same length, or there are no rows.
    """
    if not rows or any(len(column) != len(rows) for column in (groups, *targets.values())):
        raise ValueError("rows, targets and groups must have one entry per item, and at least one")
    from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]  # noqa: PLC0415  # of scikit-learn

    names, scales, matrix = _matrix(rows, _features_of_many(rows, groups, min_groups))
    with threadpool_limits(1):  # the order of sums, and so the last digits, must not hang on the number of cores
        fits = [_fit(matrix, column, groups, _Search(strengths, folds, seed)) for column in targets.values()]
    weights = np.array([fit.weights / scales for fit in fits]).reshape(len(fits), len(names))
    return Model(
        targets=tuple(targets),
        features=names,
        weights=weights.astype(np.float32).astype(np.float64),  # as it is saved, so that a loaded model scores the same
        intercepts=np.array([fit.intercept for fit in fits]),
        slopes=np.array([fit.slope for fit in fits]),
        offsets=np.array([fit.offset for fit in fits]),
        cuts=np.array([fit.cut for fit in fits]),
        info={
            "items": len(rows),
            "authors": len(set(groups)),
            "seed": seed,
            "strengths": {name: fit.strength for name, fit in zip(targets, fits, strict=True)},
            "positives": {name: sum(map(bool, column)) for name, column in targets.items()},
        },
    )


@dataclass(frozen=True, slots=True)
class _Search:
    """How the C of a target is chosen: the values, the folds and the seed of the split."""

    strengths: Sequence[float]
    folds: int
    seed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """One target's share of a model."""

    weights: Floats
    intercept: float
    slope: float = 1.0
    offset: float = 0.0
    cut: float = 0.5
    strength: float | None = None
    """The C that was chosen, None where there was nothing to learn from."""


def _features_of_many(rows: Sequence[FeatureVector], groups: Sequence[str], least: int) -> frozenset[str]:
    seen: dict[str, set[str]] = {}
    for row, group in zip(rows, groups, strict=True):
        for name, value in row.items():
            if value:
                seen.setdefault(name, set()).add(group)
    return frozenset(name for name, owners in seen.items() if len(owners) >= least)


def _matrix(rows: Sequence[FeatureVector], kept: frozenset[str]) -> tuple[tuple[str, ...], Floats, Any]:
    """Return the names of the features, what each was divided by, and the rows so divided.

    What is larger than 1, as a count, is brought down to it, so that regularisation does not favour it; what is smaller
    stays, for it was given less weight on purpose.
    """
    from sklearn.feature_extraction import DictVectorizer  # noqa: PLC0415  # only training needs scikit-learn

    largest = dict.fromkeys(sorted(kept), 1.0)
    for row in rows:
        for name, value in row.items():
            if name in kept:
                largest[name] = max(largest[name], abs(value))
    vectorizer = DictVectorizer(sparse=True, sort=True)
    matrix = vectorizer.fit_transform(
        [{name: value / largest[name] for name, value in row.items() if name in kept} for row in rows]
    )
    return tuple(largest), np.array(list(largest.values())), matrix


def _fit(matrix: Any, column: Sequence[bool | None], groups: Sequence[str], search: _Search) -> _Fit:
    """Fit one target on the rows that it applies to."""
    asked = np.array([index for index, value in enumerate(column) if value is not None], dtype=np.int64)
    truth = np.array([bool(column[index]) for index in asked], dtype=np.bool_)
    owners = np.array([groups[index] for index in asked], dtype=np.str_)
    if min(len(set(owners[truth])), len(set(owners[~truth])), matrix.shape[1] + 1) < 2:
        rate = (truth.sum() + 0.5) / (len(truth) + 1)
        return _Fit(weights=np.zeros(matrix.shape[1]), intercept=_log_odds(rate))
    part = matrix[asked]
    folds = _folds(truth, owners, search)
    tried = {strength: _held_out_scores(part, truth, folds, strength) for strength in search.strengths}
    best = min(search.strengths, key=lambda strength: _log_loss(truth, sigmoid(tried[strength])))
    slope, offset = _calibrate(tried[best], truth)
    weights, intercept = _logistic(part, truth, best)
    return _Fit(
        weights=weights,
        intercept=intercept,
        slope=slope,
        offset=offset,
        cut=best_threshold(sigmoid(slope * tried[best] + offset)),
        strength=best,
    )


def _folds(truth: Bools, owners: npt.NDArray[np.str_], search: _Search) -> list[tuple[Any, Any]]:
    """Split into parts that share no author."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    count = min(search.folds, len(set(owners)))
    splitter = GroupKFold(n_splits=count, shuffle=True, random_state=search.seed)
    return list(splitter.split(truth, truth, owners))


def _held_out_scores(matrix: Any, truth: Bools, folds: Sequence[tuple[Any, Any]], strength: float) -> Floats:
    """Score every item by a model that saw nothing of its author."""
    scores = np.zeros(len(truth))
    for seen, held in folds:
        if truth[seen].all() or not truth[seen].any():
            scores[held] = _CERTAIN if truth[seen].all() else -_CERTAIN
        else:
            weights, intercept = _logistic(matrix[seen], truth[seen], strength)
            scores[held] = matrix[held] @ weights + intercept
    return scores


def _logistic(matrix: Any, truth: Bools, strength: float) -> tuple[Floats, float]:
    """Fit L2 logistic regression and return its weights and intercept."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    fitted = LogisticRegression(C=strength, max_iter=_MAX_STEPS).fit(matrix, truth)
    return np.asarray(fitted.coef_[0], dtype=np.float64), float(fitted.intercept_[0])


def _calibrate(scores: Floats, truth: Bools) -> tuple[float, float]:
    """Return the slope and offset of the sigmoid that turns held-out scores into probabilities."""
    weights, offset = _logistic(scores.reshape(-1, 1), truth, _NO_SHRINKAGE)
    if weights[0] <= 0:  # scores that say nothing about unseen authors: the base rate is all that is known
        return 0.0, _log_odds(truth.mean())
    return float(weights[0]), offset


def best_threshold(probabilities: Floats) -> float:
    """Return the probability from which on calling an item positive gives the best F1 that can be expected.

    Expected from the calibrated probabilities themselves rather than counted from the answers, which for rare labels hang
    on a handful of items. Midway between the last item called positive and the next; 0.5 where there is no item.
    """
    if not len(probabilities):
        return 0.5
    ranked = np.sort(probabilities)[::-1]
    called = np.arange(1, len(ranked) + 1)
    is_last_of_ties = np.append(ranked[1:] < ranked[:-1], True)
    f1 = np.where(is_last_of_ties, 2 * np.cumsum(ranked) / np.maximum(called + ranked.sum(), 1e-9), -1.0)
    best = int(np.argmax(f1))
    following = ranked[best + 1] if best + 1 < len(ranked) else 0.0
    return float((ranked[best] + following) / 2)


def _log_odds(rate: float) -> float:
    return float(np.log(rate / (1 - rate)))


def _log_loss(truth: Bools, probabilities: Floats) -> float:
    likelihood = np.clip(np.where(truth, probabilities, 1 - probabilities), 1e-9, 1.0)
    return float(-np.log(likelihood).mean())
