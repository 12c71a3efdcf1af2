"""A small sentence encoder, fine-tuned on labelled items: pairs of texts in, a score per target out.

The only home of onnxruntime and tokenizers. The files are plain data (an ONNX graph and a tokeniser as JSON), are compared
with the checksums in `encoder.json` before anything reads them, and run without network.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache, lru_cache
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from analyzer.bounded_file import read_bounded
from analyzer.cache import Store, key_of
from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.placing import alone_in, make_folder, place

Floats = npt.NDArray[np.float32]
Pair = tuple[str, str]

MAX_LENGTH = 112
"""Tokens of a pair; what lies beyond them is cut off, from the longer text first."""
LONGEST = 2_000
"""Characters of each text that are looked at, so that a huge one costs no time."""
DECIMALS = 2
"""Scores are rounded to these, so that the last digits, which another processor computes differently, change nothing."""

_MOST_THREADS = 4
_STORED = np.dtype("<f4")
"""Scores as a cache keeps them, to the last bit."""
_SCHEMA = 1
_LARGEST = 1_000_000_000
"""Bytes of a file of an encoder; the shipped one has 23 million."""
_META, _MODEL, _TOKENIZER = "encoder.json", "encoder.onnx", "encoder-tokenizer.json"
_KEYS = {"schema": int, "sha256": dict, "targets": list, "max_length": int, "base": str, "licence": str}


class Scorer(Protocol):
    """Anything that scores pairs of texts: the encoder, or a table of scores of authors it has not learned from."""

    @property
    def targets(self) -> tuple[str, ...]:
        """The names of the columns."""

    @property
    def fingerprint(self) -> str | None:
        """Checksum of the encoder's graph; None where the scores are of no single encoder."""

    def scores(self, inputs: Sequence[Pair]) -> Floats:
        """Return a row of scores for each input."""


class Encoder:
    """A loaded encoder."""

    def __init__(
        self, targets: tuple[str, ...], max_length: int, session: Any, tokenizer: Any, fingerprint: str | None = None
    ) -> None:
        self.targets = targets
        self.fingerprint = fingerprint
        self._session = session
        self._tokenizer = tokenizer
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length)
        self._names = [one.name for one in session.get_inputs()]

    def scores(self, inputs: Sequence[Pair]) -> Floats:
        """Return a row of scores (log odds, about -8 to 8) for each pair.

        Each distinct pair is computed by itself: int8 arithmetic scales with what else is in a batch, and a line has to
        get the same scores in whatever notes it stands.

        Args:
            inputs: what an item stands under, and its own words; see `analyzer.labelling.encoding`.
        """
        distinct = list(dict.fromkeys(inputs))
        with ThreadPoolExecutor(_threads()) as several:  # the library lets go of Python's lock while it computes
            known = dict(zip(distinct, several.map(self._score, distinct), strict=True))
        found = [known[pair] for pair in inputs]
        return np.stack(found) if found else np.zeros((0, len(self.targets)), dtype=np.float32)

    def _score(self, pair: Pair) -> Floats:
        first, second = (_clean(text) for text in pair)
        tokens = self._tokenizer.encode(first, second)
        given = {"input_ids": tokens.ids, "attention_mask": tokens.attention_mask, "token_type_ids": tokens.type_ids}
        fed = {name: np.asarray([given[name]], dtype=np.int64) for name in self._names}
        row: Floats = self._session.run(None, fed)[0][0]
        return row.round(DECIMALS) + np.float32(0)  # no -0.0


def _threads() -> int:
    """Return how many pairs to score at once: one a core, unless the process was told to leave the others alone."""
    told = os.environ.get("OMP_NUM_THREADS", "")
    return max(1, min(int(told) if told.isdecimal() else os.cpu_count() or 1, _MOST_THREADS))


class CachedEncoder:
    """An encoder's scores from a cache; the encoder itself is loaded for the first pair that is not in there."""

    def __init__(self, meta: Mapping[str, Any], store: Store, make: Callable[[], Scorer]) -> None:
        self.targets: tuple[str, ...] = tuple(meta["targets"])
        self.fingerprint: str | None = meta["sha256"].get(_MODEL)
        self._store = store
        self._encoder = cache(make)
        settings = (
            meta["sha256"],
            meta["max_length"],
            LONGEST,
            DECIMALS,
            _version("onnxruntime"),
            _version("analyzer"),
        )
        self._kind = f"encoder {json.dumps(settings, sort_keys=True)}"

    def scores(self, inputs: Sequence[Pair]) -> Floats:
        """Return a row of scores for each pair, as `Encoder.scores` does."""
        keys = {pair: key_of(self._kind, *pair) for pair in dict.fromkeys(inputs)}
        there = self._store.get(keys.values())
        known = {pair: row for pair, key in keys.items() if (row := self._row(there.get(key))) is not None}
        missing = [pair for pair in keys if pair not in known]
        if missing:
            known.update(zip(missing, self._encoder().scores(missing), strict=True))
            self._store.put({keys[pair]: known[pair].astype(_STORED).tobytes() for pair in missing})
        found = [known[pair] for pair in inputs]
        return np.stack(found) if found else np.zeros((0, len(self.targets)), dtype=np.float32)

    def _row(self, stored: bytes | None) -> Floats | None:
        """Return the scores that bytes stand for, None where they are no row of finite numbers."""
        if stored is None or len(stored) != len(self.targets) * _STORED.itemsize:
            return None
        row = np.frombuffer(stored, dtype=_STORED).astype(np.float32)
        return row if bool(np.isfinite(row).all()) else None


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def load_cached(store: Store) -> Scorer | None:
    """Return the encoder that is shipped with its scores kept in a cache; raises like `load`.

    Its files are read, and compared with their checksums, when the first pair is scored that the cache does not hold.
    """
    with as_file(files("analyzer") / "models") as shipped:
        if not all((shipped / name).is_file() for name in (_META, _MODEL, _TOKENIZER)):
            return load(shipped)
        meta = _checked_meta(shipped / _META, _read(shipped / _META))
    return CachedEncoder(meta, store, _load_shipped)


def _load_shipped() -> Scorer:
    found = load()
    if found is None:
        raise BadFileError(_META, "", "was there a moment ago")
    return found


def load(folder: Path | None = None) -> Encoder | None:
    """Read a saved encoder; nothing in the files is ever executed.

    Args:
        folder: where `save` put it; None for the one that is shipped.

    Returns:
        The encoder, or None where no encoder is.

    Raises:
        BadFileError: a file is missing, was changed since it was saved, or is no encoder of this version.
    """
    if folder is None:
        with as_file(files("analyzer") / "models") as shipped:
            return load(shipped)
    if not any((folder / name).exists() for name in (_META, _MODEL, _TOKENIZER)):
        return None
    return _load(folder, _read(folder / _META))


def save(
    folder: Path,
    *,
    model: bytes,
    tokenizer: bytes,
    targets: Sequence[str],
    max_length: int,
    base: str,
    licence: str,
) -> None:
    """Write an encoder's files and their description, all or none.

    Args:
        folder: is made where it is missing.
        model: the ONNX graph: token ids in, one score a target out.
        tokenizer: as the tokenizers library writes it, JSON.
        targets: names of the scores.
        max_length: tokens of a pair.
        base: what it was fine-tuned from.
        licence: of the base model.
    """
    content = {_MODEL: model, _TOKENIZER: tokenizer}
    meta = {
        "schema": _SCHEMA,
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in content.items()},
        "targets": list(targets),
        "max_length": max_length,
        "base": base,
        "licence": licence,
    }
    content[_META] = (json.dumps(meta, indent=1) + "\n").encode()
    make_folder(folder)
    with alone_in(folder):
        place([(folder / name, data) for name, data in content.items()])


@lru_cache(maxsize=4)
def _load(folder: Path, described: bytes) -> Encoder:
    meta = _checked_meta(folder / _META, described)
    content = {name: _checked(folder / name, meta["sha256"].get(name, "")) for name in (_MODEL, _TOKENIZER)}
    session, tokenizer = _session(content[_MODEL], folder), _tokenizer(content[_TOKENIZER], folder)
    shape = session.get_outputs()[0].shape
    if shape[-1] != len(meta["targets"]):
        raise BadFileError(folder / _MODEL, "", f"gives {shape[-1]} scores for {len(meta['targets'])} targets")
    return Encoder(tuple(meta["targets"]), meta["max_length"], session, tokenizer, meta["sha256"][_MODEL])


def _session(model: bytes, folder: Path) -> Any:
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # read when the library is loaded, by the versions that can send anything
    import onnxruntime  # noqa: PLC0415

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library's errors have no common class of their own
        raise BadFileError(folder / _MODEL, "", f"not an ONNX model: {error}") from error


def _tokenizer(data: bytes, folder: Path) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import tokenizers  # noqa: PLC0415

    try:
        return tokenizers.Tokenizer.from_buffer(data)
    except Exception as error:  # the library raises plain Exception
        raise BadFileError(folder / _TOKENIZER, "", f"not a tokeniser: {error}") from error


def _checked_meta(path: Path, described: bytes) -> dict[str, Any]:
    try:
        meta = json.loads(described)
    except ValueError as error:
        raise BadFileError(path, "", f"not valid JSON: {error}") from error
    if not isinstance(meta, dict):
        raise BadFileError(path, "", "must be an object")
    for key in meta:
        if key not in _KEYS:
            raise UnknownKeyError(path, key, _KEYS)
    for key, kind in _KEYS.items():
        if type(meta.get(key)) is not kind:
            raise BadFileError(path, key, f"must be a {kind.__name__}")
    if meta["schema"] != _SCHEMA:
        raise BadFileError(path, "schema", f"{meta['schema']!r} is not {_SCHEMA}, the version that this program reads")
    if not all(isinstance(name, str) for name in meta["targets"]) or not 8 <= meta["max_length"] <= 512:
        raise BadFileError(path, "", "targets must be names, and max_length a number of tokens")
    return meta


def _checked(path: Path, digest: str) -> bytes:
    data = _read(path)
    if hashlib.sha256(data).hexdigest() != digest:
        raise BadFileError(path, "", f"is not the file that {_META} was written with")
    return data


def _read(path: Path) -> bytes:
    return read_bounded(path, _LARGEST)


def _clean(text: str) -> str:
    """A text that the tokeniser can take: of bounded length, without halves of surrogate pairs."""
    return text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
