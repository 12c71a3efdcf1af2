"""Training on labelled notes, and scoring the whole tool on authors whom the model never saw.

Beside `analyzer.pipeline`, the only module that wires stages together.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from analyzer import classifier
from analyzer.encoder import Scorer
from analyzer.encoder import load as load_encoder
from analyzer.encoder_training import TARGETS, Example, fit_encoder
from analyzer.evaluation import Author, GoldItem, Report, cross_validate, load_corpus, train_on, write_clean
from analyzer.evaluation.agreement import compare_annotators
from analyzer.evaluation.alignment import align
from analyzer.evaluation.contrast import Side, load_pairs, score_pairs
from analyzer.evaluation.held_out import (
    MISSING,
    SCORES,
    HeldOutScores,
    OutdatedScoresError,
    load_scores,
    save_scores,
)
from analyzer.evaluation.highlights import load_choice, score_highlights
from analyzer.evaluation.judged import load_ranks, score_orders
from analyzer.evaluation.report import make_report
from analyzer.evaluation.validation import Rows
from analyzer.grouping import group
from analyzer.intake import read_items
from analyzer.labelling import label, look, observed
from analyzer.labelling.encoding import encoder_inputs
from analyzer.placing import temporary_folder
from analyzer.reading import Reading, read_text
from analyzer.records import Evidence, Item, Review
from analyzer.scoring import score
from analyzer.settings import Curation, Settings
from analyzer.splitting import split

ALL_TIME = Settings(start=date.min, end=date.max)
CONTRAST, HIGHLIGHTS, JUDGED, SECOND, SUPPLEMENT = "contrast", "highlights", "judged", "second", "supplement"
SHIPPED = Path(__file__).parent / "models"


def train_model(
    corpus: Path,
    out: Path | None = None,
    *,
    base: Path | None = None,
    seed: int = 0,
    progress: Callable[[str], None] = lambda _: None,
) -> str:
    """Fit the classifier on labelled notes and save it; the same notes and seed give the same bytes.

    Args:
        corpus: a folder of labelled authors, see `data/labelled/README.md`.
        out: where to save it, None for the model that the package ships.
        base: folder of a base model to fit the encoder from as well, which takes an hour and more and writes the table
            of its scores beside the notes; None for the scores that stand there.
        seed: of the split of the authors into folds.
        progress: is told what is being fitted.

    Returns:
        One line about what was trained on.

    Raises:
        AnalyzerError: a labelled file is not what it must be, or the encoder's scores do not cover the notes.
    """
    authors = load_corpus(corpus)
    folder = out or SHIPPED
    if base is not None:
        examples = [one for author in authors for one in examples_of(author)]
        scores = fit_encoder([*examples, *supplement(corpus)], base, folder, progress=progress)[: len(examples)]
        save_scores(corpus / SCORES, [(one.context, one.text) for one in examples], TARGETS, scores)
    rows, table = load_rows(corpus, authors, folder)
    model = train_on(rows, seed=seed)
    if table is not None and (encoder := load_encoder(folder) or load_encoder()) is not None:
        model = replace(model, info={**model.info, "encoder": encoder.fingerprint})
    classifier.save(model, folder)
    items = sum(len(author.items) for author in authors)
    return f"trained on {items} items of {len(authors)} authors, {len(model.features)} features; saved in {folder}"


def evaluate(corpus: Path, *, progress: Callable[[str], None] = lambda _: None) -> Report:
    """Score the whole tool on each author with a model, and an encoder, that were trained without that author.

    Args:
        corpus: a folder of labelled authors.
        progress: is told which authors are being scored.

    Raises:
        AnalyzerError: see `train_model`.
    """
    authors = load_corpus(corpus)
    rows, table = load_rows(corpus, authors)
    reviews: dict[str, Review] = {}

    def evidence_of(author: Author, model: classifier.Model) -> Sequence[Evidence]:
        reviews[author.name] = predict(author, model, table)
        return reviews[author.name].evidence

    outcomes = cross_validate(authors, lambda author: rows[author.name], evidence_of, progress=progress)
    writers = {author.name: author.card.writer for author in authors}
    report = make_report("Authors left out of training", outcomes, writers=writers)
    judges = [load_ranks(path) for path in sorted((corpus / JUDGED).glob("*.tsv"))]
    choices = [load_choice(path) for path in sorted((corpus / HIGHLIGHTS).glob("*.tsv"))]
    orders = score_orders(judges, reviews, outcomes).text() if judges else ""
    chosen = score_highlights(choices, reviews, outcomes) if choices else ""
    return replace(report, orders=orders + chosen)


def beside(corpus: Path) -> str:
    """Return what else can be measured on a labelled folder, as text: the contrast set, and how far its labellers agree.

    Args:
        corpus: with the folders ``contrast`` and ``second`` where there are such; see `data/labelled/README.md`.
    """
    parts: list[str] = []
    if (corpus / CONTRAST).is_dir():
        model, encoder = classifier.load(), load_encoder()
        parts.append(score_pairs(load_pairs(corpus / CONTRAST), lambda note: _label_note(note, model, encoder)).text())
    if (corpus / SECOND).is_dir():
        parts.append(compare_annotators(load_corpus(corpus), corpus / SECOND).text())
    return "".join(f"\n{part}" for part in parts)


def _label_note(note: str, model: classifier.Model, encoder: Scorer | None) -> Sequence[Evidence]:
    document, _ = read_text(note, path="pair.md", settings=Settings())
    return label(split(document)[0], document.roster, model, encoder)


def load_rows(
    corpus: Path, authors: Sequence[Author], models: Path = SHIPPED
) -> tuple[dict[str, Rows], HeldOutScores | None]:
    """Return the rows of all authors, and the table of the encoder's scores that they were made with.

    Args:
        corpus: the folder that the table lies in.
        authors: of that folder.
        models: where the encoder is; where none is, no table is needed.

    Raises:
        OutdatedScoresError: there is an encoder and no table, or notes were changed since the table was made.
    """
    path = corpus / SCORES
    table = load_scores(path)
    if table is None and (load_encoder(models) or load_encoder()) is not None:
        raise OutdatedScoresError(path)
    found = {author.name: _rows_and_missing(author, table) for author in authors}
    missing = sum(number for _, number in found.values())
    items = sum(len(rows) for rows, _ in found.values())
    if missing > MISSING * items:
        raise OutdatedScoresError(path, missing, items)
    return {name: rows for name, (rows, _) in found.items()}, table


def examples_of(author: Author) -> list[Example]:
    """Return what the encoder is given of each item that the tool finds; those that stand for a gold item are labelled."""
    reading, items = read_author(author)
    gold = {_longest(ours, items): one for one, ours in align(author, items)[0] if ours}
    inputs = encoder_inputs(observed(items, reading.roster))
    return [_example(author.name, pair, gold.get(index)) for index, pair in enumerate(inputs)]


def supplement(corpus: Path) -> list[Example]:
    """Return what the encoder learns beside the authors' notes: both sides of each pair of the folder ``supplement``.

    Near misses for every rule of docs/labels.md, at no natural rate: the classifier, which has to know how rare a label is,
    learns nothing from them.
    """
    if not (corpus / SUPPLEMENT).is_dir():
        return []
    return [
        one for pair in load_pairs(corpus / SUPPLEMENT) for side in (pair.one, pair.other) for one in _of_side(side)
    ]


def _of_side(side: Side) -> list[Example]:
    """One side of a pair as the encoder is given it; a side that is cut into several items has no labels for each."""
    document, _ = read_text(side.note, path="pair.md", settings=Settings())
    inputs = encoder_inputs(observed(split(document)[0], document.roster))
    return [_example("", inputs[0], side)] if len(inputs) == 1 else []


def predict(author: Author, model: classifier.Model, encoder: Scorer | None = None) -> Review:
    """Run the tool on an author's clean notes with a given model and encoder, up to the scores."""
    reading, items = read_author(author)
    evidence = label(items, reading.roster, model, encoder)
    meetings = [meeting for document in reading.documents for meeting in document.meetings]
    return score(group(evidence, meetings, reading.roster, ALL_TIME, Curation()), ALL_TIME)


def _rows_and_missing(author: Author, table: HeldOutScores | None) -> tuple[Rows, int]:
    """The rows of an author, and how many of their items are missing from the table."""
    reading, items = read_author(author)
    observations, vectors = look(items, reading.roster, table)
    places = [(gold, _longest(ours, items)) for gold, ours in align(author, items)[0] if ours]
    inputs = encoder_inputs(observations)
    missing = 0 if table is None else sum(inputs[index] not in table for _, index in places)
    return [(gold, vectors[index]) for gold, index in places], missing


def _longest(indexes: Sequence[int], items: Sequence[Item]) -> int:
    return max(indexes, key=lambda index: len(items[index].text))


def _example(author: str, pair: tuple[str, str], gold: GoldItem | Side | None) -> Example:
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


def read_author(author: Author) -> tuple[Reading, list[Item]]:
    """Read an author's clean notes as the tool reads a user's."""
    with temporary_folder() as folder:
        paths = write_clean(author, folder)
        settings = Settings(me=author.card.subject, manager=author.card.manager)
        reading, items, _ = read_items([folder] if len(paths) > 1 else list(paths), settings)
    return reading, items
