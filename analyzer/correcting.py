"""`analyzer train --corrections`: what a person decided about single lines, folded into a model of their own, on their machine."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from analyzer import classifier, encoder
from analyzer.errors import AnalyzerError
from analyzer.intake import read_items
from analyzer.labelling import evidence_ids, look
from analyzer.records import Label
from analyzer.settings import Settings, read_curation

MODEL_FOLDER = "my-model"


class NothingToLearnError(AnalyzerError):
    """A curation file that decides no line's labels."""

    tip = "take the # away from [[line]], id and labels of the lines that were read wrong, set the labels right, and run it again"

    def __init__(self, path: Path, met: bool) -> None:
        super().__init__(
            f"{path}: no labels are decided here" if not met else f"{path}: no line of these notes is decided here"
        )


def learn_corrections(notes: Sequence[Path], settings: Settings, corrections: Path, out: Path | None = None) -> str:
    """Move the model towards the labels that a person set right, and save it for later runs.

    Args:
        notes: the files and folders that the decisions are about.
        settings: one run's settings; the model that it names is the one that is moved.
        corrections: a ``curation.toml``; only decisions with ``labels`` say what a line is.
        out: where to save the model, None for ``my-model`` here.

    Returns:
        A line that says what was learned, and one that says how to use it.

    Raises:
        AnalyzerError: nothing could be read, or nothing is decided.
    """
    decided = {one.id: one.labels for one in read_curation(corrections).line if one.labels is not None}
    if not decided:
        raise NothingToLearnError(corrections, met=False)
    reading, items, _ = read_items(notes, settings)
    model = classifier.load(settings.model)
    scorer = encoder.load() if model.info.get("encoder") else None
    _, vectors = look(items, reading.roster, scorer)
    met = [(vector, decided[one]) for one, vector in zip(evidence_ids(items), vectors, strict=True) if one in decided]
    if not met:
        raise NothingToLearnError(corrections, met=True)
    targets = {label.value: [label in labels for _, labels in met] for label in Label}
    folder = out or Path(MODEL_FOLDER)
    classifier.save(classifier.adapt(model, [vector for vector, _ in met], targets), folder)
    missed = len(decided) - len(met)
    return (
        f"learned from {len(met)} decided {'line' if len(met) == 1 else 'lines'}"
        f"{f', {missed} met no line of these notes' if missed else ''}; saved in {folder}\n"
        f"  to use it: --model {folder}, or model = {str(folder)!r} in the settings file"
    )
