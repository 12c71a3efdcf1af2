"""A model as two files, JSON and plain arrays, that cannot run code when they are loaded."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from analyzer.bounded_file import read_bounded
from analyzer.classifier.model import Floats, Model
from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.placing import alone_in, make_folder, place

_SCHEMA = 1
_CARD, _ARRAYS = "model.json", "model.npz"
_KEYS = ("schema", "sha256", "targets", "features", "info")
_SHAPES = {"weights": 2, "intercepts": 1, "slopes": 1, "offsets": 1, "cuts": 1}
"""The arrays and the number of their dimensions: targets, then features."""
_LARGEST = 200_000_000
"""Bytes of a model's file; the shipped ones have a few hundred thousand."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member of the archive, so that one training gives the same bytes on every day."""


def save(model: Model, folder: Path) -> None:
    """Write a model as `model.json` and `model.npz`, both or none and for their owner alone; the same model gives the same bytes.

    Args:
        model: what `train` returned.
        folder: is made where it is missing, for its owner alone.

    Raises:
        OutputError: the folder cannot be written.
    """
    arrays = _pack({name: getattr(model, name) for name in _SHAPES})
    card = {
        "schema": _SCHEMA,
        "sha256": hashlib.sha256(arrays).hexdigest(),
        "targets": list(model.targets),
        "features": list(model.features),
        "info": dict(model.info),
    }
    text = json.dumps(card, ensure_ascii=False, indent=0) + "\n"
    make_folder(folder)
    with alone_in(folder):
        place([(folder / _ARRAYS, arrays), (folder / _CARD, text.encode("utf-8"))])


def load(folder: Path | None = None) -> Model:
    """Read a saved model; nothing in the files is ever executed.

    Args:
        folder: where `save` put it; None for the model that is shipped.

    Raises:
        BadFileError: a file is missing, was changed since it was saved, or is not a model of this version.
    """
    if folder is None:
        with as_file(files("analyzer") / "models") as shipped:
            return load(shipped)
    card = _read_card(folder / _CARD)
    arrays = _unpack(folder / _ARRAYS, card["sha256"])
    wide = (len(card["targets"]), len(card["features"]))
    for name, dimensions in _SHAPES.items():
        if arrays[name].shape != wide[:dimensions] or not np.isfinite(arrays[name]).all():
            raise BadFileError(folder / _ARRAYS, name, "does not fit the model's targets and features")
    return Model(targets=tuple(card["targets"]), features=tuple(card["features"]), info=card["info"], **arrays)


def _pack(arrays: Mapping[str, Floats]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            member = zipfile.ZipInfo(f"{name}.npy", _EPOCH)
            member.create_system = 3  # the same bytes on Windows
            content = io.BytesIO()
            kind = np.float32 if name == "weights" else np.float64
            np.lib.format.write_array(content, np.ascontiguousarray(array, dtype=kind), allow_pickle=False)
            archive.writestr(member, content.getvalue())
    return buffer.getvalue()


def _unpack(path: Path, digest: str) -> dict[str, Floats]:
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise BadFileError(path, "", f"is not the file that {_CARD} was written with")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as members:
            packed = any(one.compress_type != zipfile.ZIP_STORED for one in members.infolist())
        if packed or sum(one.file_size for one in members.infolist()) > len(data):
            raise BadFileError(path, "", "is packed; a model's arrays are stored as they are")
        with np.load(io.BytesIO(data), allow_pickle=False) as archive:
            if sorted(archive.files) != sorted(_SHAPES):
                raise BadFileError(path, "", f"must hold {', '.join(_SHAPES)}")
            return {name: archive[name].astype(np.float64) for name in _SHAPES}
    except (ValueError, TypeError, KeyError, OSError, EOFError, MemoryError, zipfile.BadZipFile) as error:
        raise BadFileError(path, "", "does not hold arrays of numbers") from error


def _read_card(path: Path) -> dict[str, Any]:
    try:
        card = json.loads(_read(path))
    except (ValueError, RecursionError) as error:
        raise BadFileError(path, "", f"not valid JSON: {error}") from error
    if not isinstance(card, dict):
        raise BadFileError(path, "", "must be an object")
    for key in card:
        if key not in _KEYS:
            raise UnknownKeyError(path, key, _KEYS)
    for key in _KEYS:
        if key not in card:
            raise BadFileError(path, key, "is missing")
    if card["schema"] != _SCHEMA:
        raise BadFileError(path, "schema", f"{card['schema']!r} is not {_SCHEMA}, the version that this program reads")
    for key in ("targets", "features"):
        if not isinstance(card[key], list) or not all(isinstance(name, str) for name in card[key]):
            raise BadFileError(path, key, "must be a list of names")
    if not isinstance(card["info"], dict) or not isinstance(card["sha256"], str):
        raise BadFileError(path, "info", "must be a table, and sha256 a text")
    return card


def _read(path: Path) -> bytes:
    return read_bounded(path, _LARGEST)
