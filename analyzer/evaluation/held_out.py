"""The encoder's scores of labelled notes, each from an encoder that had not learned from their author.

The classifier is fitted and scored on these; scores of an encoder that has read the answers would tell it to trust them.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from analyzer.errors import AnalyzerError, BadFileError
from analyzer.placing import place

Floats = npt.NDArray[np.float32]

SCORES = "encoder-scores.npz"
"""Name of the table in the folder of labelled notes."""
MISSING = 0.01
"""Share of the items that may be missing from the table; more means that notes or reading changed since it was made."""
_ARRAYS = ("keys", "scores", "targets")
_EPOCH = (1980, 1, 1, 0, 0, 0)


class HeldOutScores:
    """A table of scores that stands in for the encoder.

    It is of several encoders, so it has no ``fingerprint``. An input that is not in it scores as the average input does, which says nothing for or against any label.
    """

    fingerprint: str | None = None

    def __init__(self, targets: Sequence[str], keys: Sequence[str], scores: Floats) -> None:
        self.targets = tuple(targets)
        self._rows = dict(zip(keys, scores, strict=True))
        self._average = scores.mean(axis=0).round(2) if len(scores) else np.zeros(len(targets), dtype=np.float32)

    def __contains__(self, pair: tuple[str, str]) -> bool:
        return key_of(pair) in self._rows

    def scores(self, inputs: Sequence[tuple[str, str]]) -> Floats:
        """Return a row of scores for each input."""
        found = [self._rows.get(key_of(pair), self._average) for pair in inputs]
        return np.stack(found) if found else np.zeros((0, len(self.targets)), dtype=np.float32)


def key_of(pair: tuple[str, str]) -> str:
    """Return what an input is called in the table."""
    return hashlib.sha256("\x1f".join(pair).encode("utf-8", "replace")).hexdigest()[:16]


def save_scores(
    path: Path, inputs: Sequence[tuple[str, str]], targets: Sequence[str], scores: npt.NDArray[np.floating]
) -> None:
    """Write the table, whole or not at all; the same scores give the same bytes.

    An input that several authors have gets its mean score.

    Raises:
        OutputError: it cannot be written.
    """
    rows: dict[str, list[npt.NDArray[np.floating]]] = {}
    for pair, row in zip(inputs, scores, strict=True):
        rows.setdefault(key_of(pair), []).append(row)
    keys = sorted(rows)
    arrays = {
        "keys": np.array(keys, dtype="U16"),
        "scores": np.array([np.mean(rows[key], axis=0).round(2) for key in keys], dtype=np.float32),
        "targets": np.array(list(targets)),
    }
    table = io.BytesIO()
    with zipfile.ZipFile(table, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            member.create_system = 3
            member.compress_type = zipfile.ZIP_DEFLATED
            content = io.BytesIO()
            np.lib.format.write_array(content, array, allow_pickle=False)
            archive.writestr(member, content.getvalue())
    place([(path, table.getvalue())])


def load_scores(path: Path) -> HeldOutScores | None:
    """Read the table, None where there is none.

    Raises:
        BadFileError: the file is no such table.
    """
    if not path.exists():
        return None
    try:
        with np.load(path, allow_pickle=False) as archive:
            keys, scores, targets = (archive[name] for name in _ARRAYS)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise BadFileError(path, "", f"not a table of scores: {error}") from error
    if scores.shape != (len(keys), len(targets)) or not np.isfinite(scores).all():
        raise BadFileError(path, "scores", "does not fit its keys and targets")
    return HeldOutScores(targets.tolist(), keys.tolist(), scores)


class OutdatedScoresError(AnalyzerError):
    """Labelled items have no held-out scores, or there are none at all."""

    tip = "analyzer train NOTES --encoder FOLDER fits it and writes the scores; FOLDER holds the base model"

    def __init__(self, path: Path, missing: int = 0, items: int = 0) -> None:
        what = f"{missing} of {items} labelled items have no score in it" if items else "not there"
        super().__init__(f"{path}: {what}; the encoder has to be fitted again, or the notes put back")
