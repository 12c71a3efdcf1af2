"""Training on labelled notes, and scoring the whole tool on authors whom the model never saw.

Beside `analyzer.pipeline`, the only module that wires stages together.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from analyzer import classifier
from analyzer.evaluation import Author, GoldItem, Report, cross_validate, load_corpus, train_on, write_clean
from analyzer.encoder_training import Example
from analyzer.evaluation.alignment import align
from analyzer.evaluation.report import make_report
from analyzer.evaluation.validation import Rows
from analyzer.grouping import group
from analyzer.intake import read_items
from analyzer.labelling import label, look, observed
from analyzer.labelling.encoding import encoder_inputs
from analyzer.reading import Reading
from analyzer.records import Evidence, Item
from analyzer.settings import Curation, Settings

ALL_TIME = Settings(start=date.min, end=date.max)
SHIPPED = Path(__file__).parent / "models"


def train_model(corpus: Path, out: Path | None = None, *, seed: int = 0) -> str:
    """Fit the classifier on labelled notes and save it; the same notes and seed give the same bytes.

    Args:
        corpus: a folder of labelled authors, see `data/labelled/README.md`.
        out: where to save it, None for the model that the package ships.
        seed: of the split of the authors into folds.

    Returns:
        One line about what was trained on.

    Raises:
        BadFileError: a labelled file is not what it must be.
    """
    authors = load_corpus(corpus)
    model = train_on({author.name: rows_of(author) for author in authors}, seed=seed)
    folder = out or SHIPPED
    classifier.save(model, folder)
    items = sum(len(author.items) for author in authors)
    return f"trained on {items} items of {len(authors)} authors, {len(model.features)} features; saved in {folder}"


def evaluate(corpus: Path, *, progress: Callable[[str], None] = lambda _: None) -> Report:
    """Score the whole tool on each author with a model that was trained without that author.

    Args:
        corpus: a folder of labelled authors.
        progress: is told which authors are being scored.
    """
    authors = load_corpus(corpus)
    outcomes = cross_validate(authors, rows_of, predict, progress=progress)
    return make_report("Authors left out of training", outcomes)


def rows_of(author: Author) -> Rows:
    """Return the features of each gold item that the tool finds; of several items for one, the longest counts."""
    reading, items = _read(author)
    _, vectors = look(items, reading.roster)
    pairs, _ = align(author, items)
    return [(gold, vectors[_longest(ours, items)]) for gold, ours in pairs if ours]


def examples_of(author: Author) -> list[Example]:
    """Return what the encoder is given of each item that the tool finds; those that stand for a gold item are labelled."""
    reading, items = _read(author)
    gold = {_longest(ours, items): one for one, ours in align(author, items)[0] if ours}
    inputs = encoder_inputs(observed(items, reading.roster))
    return [_example(author.name, pair, gold.get(index)) for index, pair in enumerate(inputs)]


def predict(author: Author, model: classifier.Model) -> Sequence[Evidence]:
    """Run the tool on an author's clean notes with a given model, up to projects and claims."""
    reading, items = _read(author)
    evidence = label(items, reading.roster, model)
    meetings = [meeting for document in reading.documents for meeting in document.meetings]
    return group(evidence, meetings, reading.roster, ALL_TIME, Curation()).evidence


def _longest(indexes: Sequence[int], items: Sequence[Item]) -> int:
    return max(indexes, key=lambda index: len(items[index].text))


def _example(author: str, pair: tuple[str, str], gold: GoldItem | None) -> Example:
    if gold is None:
        return Example(author=author, context=pair[0], text=pair[1])
    return Example(
        author=author,
        context=pair[0],
        text=pair[1],
        labels=frozenset(label.value for label in gold.labels),
        status=gold.status and gold.status.value,
        polarity=gold.polarity and gold.polarity.value,
        direction=gold.direction and gold.direction.value,
    )


def _read(author: Author) -> tuple[Reading, list[Item]]:
    with tempfile.TemporaryDirectory() as folder:
        paths = write_clean(author, Path(folder))
        settings = Settings(me=author.card.subject, manager=author.card.manager)
        reading, items, _ = read_items([Path(folder)] if len(paths) > 1 else list(paths), settings)
    return reading, items
