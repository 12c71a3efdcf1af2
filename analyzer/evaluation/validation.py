"""Training on labelled authors and scoring on authors that training did not see.

What the tool does with a text is passed in, so that this room imports no stage: a `Featurize` turns an author's clean notes
into features for each gold item, a `Predict` runs the tool on them with a given model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from analyzer.classifier import FeatureVector, Model, train
from analyzer.evaluation.corpus import load_corpus
from analyzer.evaluation.gold import Author, GoldItem
from analyzer.evaluation.outcomes import Outcome, outcome_of_scores, outcomes_of
from analyzer.evaluation.report import Report, make_report
from analyzer.records import Direction, Evidence, Label, Polarity, Status

Rows = Sequence[tuple[GoldItem, FeatureVector]]
Featurize = Callable[[Author], Rows]
Predict = Callable[[Author, Model], Sequence[Evidence]]

LEAVE_ONE_OUT = 12
"""Up to this many authors each is left out alone; more are left out in this many groups, for time."""


def targets_of(items: Sequence[GoldItem]) -> dict[str, list[bool | None]]:
    """Return what the classifier is to learn, by target.

    The labels by name; ``has_status``; and ``status=…``, ``polarity=…`` and ``direction=…``, None where an item has none.
    """
    targets: dict[str, list[bool | None]] = {label.value: [label in item.labels for item in items] for label in Label}
    targets["has_status"] = [item.status is not None for item in items]
    for name, values in (("status", Status), ("polarity", Polarity), ("direction", Direction)):
        given = [getattr(item, name) for item in items]
        for value in values:
            targets[f"{name}={value}"] = [None if one is None else one == value for one in given]
    return targets


def train_on(rows: Mapping[str, Rows], *, seed: int = 0) -> Model:
    """Train on labelled rows.

    Args:
        rows: by author; who is left out is simply not in it.
        seed: of the split of the authors into folds.
    """
    pairs = [(author, item, features) for author, some in rows.items() for item, features in some]
    return train(
        [features for _, _, features in pairs],
        targets_of([item for _, item, _ in pairs]),
        [author for author, _, _ in pairs],
        seed=seed,
    )


def cross_validate(
    corpus: Sequence[Author],
    featurize: Featurize,
    predict: Predict | None = None,
    *,
    folds: int | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> dict[str, list[Outcome]]:
    """Score every author with a model that was trained without that author.

    Args:
        corpus: at least two authors.
        featurize: the features of each of an author's gold items.
        predict: the whole tool with a model; None scores the model alone, on the gold items as they stand.
        folds: groups in which the authors are left out; None for one by one, or `LEAVE_ONE_OUT` groups where there are
            more authors than that.
        seed: for training.
        progress: is told which authors are being scored.

    Returns:
        The outcomes by author, in the order of the corpus.
    """
    rows = {author.name: featurize(author) for author in corpus}
    count = min(folds or LEAVE_ONE_OUT, len(corpus))
    found: dict[str, list[Outcome]] = {}
    for fold in range(count):
        held = corpus[fold::count]
        names = {author.name for author in held}
        progress(", ".join(author.name for author in held))
        model = train_on({name: some for name, some in rows.items() if name not in names}, seed=seed)
        for author in held:
            found[author.name] = (
                outcomes_of(author, predict(author, model))
                if predict
                else _score(author.name, rows[author.name], model)
            )
    return {author.name: found[author.name] for author in corpus}


def evaluate_corpus(
    root: Path,
    featurize: Featurize,
    predict: Predict | None = None,
    *,
    folds: int | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> Report:
    """Load labelled authors and score each with a model that did not see them; arguments as for `cross_validate`.

    Raises:
        BadFileError: see `load_corpus`.
    """
    corpus = load_corpus(root)
    outcomes = cross_validate(corpus, featurize, predict, folds=folds, seed=seed, progress=progress)
    return make_report("Authors left out of training", outcomes, seed=seed)


def score_corpus(root: Path, label: Callable[[Author], Sequence[Evidence]], *, seed: int = 0) -> Report:
    """Load labelled authors and score the tool on them as it stands, with the model that it has.

    Raises:
        BadFileError: see `load_corpus`.
    """
    corpus = load_corpus(root)
    outcomes = {author.name: outcomes_of(author, label(author)) for author in corpus}
    return make_report("The tool as it stands", outcomes, seed=seed)


def _score(author: str, rows: Rows, model: Model) -> list[Outcome]:
    scores = model.predict([features for _, features in rows])
    return [outcome_of_scores(author, item, model, one) for (item, _), one in zip(rows, scores, strict=True)]
