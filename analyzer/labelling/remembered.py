"""What the rules find in an item's words, from a cache: numbers of rules and places, and whether there is any quantity.

Both follow from the text and the program alone, so no other line, no name and no setting can make them wrong. A quantity itself
is words of the notes: it is not kept but read again, from the few items that have one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from struct import Struct
from typing import Any

from analyzer.cache import Store, key_of
from analyzer.labelling.metrics import find_metrics
from analyzer.language import MATCH_LIMIT, Reader
from analyzer.records import Cue, Metric

__all__ = ["Remembered"]

_CODE = ("patterns", "labelling", "language.py", "dates.py")
"""What decides what is found: a change to any of these makes older results useless."""
_FIRED = Struct("<HHH")
"""Number of a rule, and the characters that it fired on."""


class Remembered:
    """What is known of some texts, and what is found out about the others."""

    def __init__(self, texts: Sequence[str], reader: Reader, store: Store | None) -> None:
        self._reader = reader
        self._store = store
        self._rules = sorted(reader.rules)
        self._numbers = {rule: number for number, rule in enumerate(self._rules)}
        self._keys: dict[str, bytes] = {}
        self._known: dict[bytes, bytes] = {}
        self._new: dict[bytes, bytes] = {}
        if store is not None:
            kind = f"rules {_fingerprint()} {len(self._rules)}"
            self._keys = {text: key_of(kind, text) for text in dict.fromkeys(texts)}
            self._known = {key: one for key, one in store.get(self._keys.values()).items() if self._is_whole(one)}

    def find(self, text: str, doc: Any) -> tuple[list[Cue], tuple[Metric, ...]]:
        """Return the rules that fire on a text, and its quantities.

        Args:
            text: of an item, at most `analyzer.language.MATCH_LIMIT` characters of it.
            doc: the same, tokenised and tagged by the reader.
        """
        key = self._keys.get(text, b"")
        if key in self._known:
            kept = self._known[key]
            return self._cues(kept), find_metrics(text) if kept[0] else ()
        cues, metrics = self._reader.cues(doc), find_metrics(text)
        if key and len(text) <= MATCH_LIMIT:
            fired = (_FIRED.pack(self._numbers[cue.rule], cue.start, cue.end) for cue in cues)
            self._new[key] = b"".join([bytes([bool(metrics)]), *fired])
        return cues, metrics

    def keep(self) -> None:
        """Put what was found out into the cache."""
        if self._store is not None:
            self._store.put(self._new)

    def _cues(self, kept: bytes) -> list[Cue]:
        found = []
        for number, start, end in _FIRED.iter_unpack(kept[1:]):
            rule = self._reader.rules[self._rules[number]]
            found.append(Cue(rule.id, rule.kind, rule.value, start, end))
        return found

    def _is_whole(self, kept: bytes) -> bool:
        if len(kept) % _FIRED.size != 1:
            return False
        return all(number < len(self._rules) for number, _, _ in _FIRED.iter_unpack(kept[1:]))


@cache
def _fingerprint() -> str:
    """Return a hash of the rules and of the code that applies them."""
    digest = hashlib.sha256(f"{version('spacy')}".encode())
    for name in _CODE:
        for data in _contents(files("analyzer") / name):
            digest.update(hashlib.sha256(data).digest())
    return digest.hexdigest()


def _contents(place: Traversable) -> Iterator[bytes]:
    if place.is_file():
        yield place.read_bytes()
        return
    for one in sorted(place.iterdir(), key=lambda entry: entry.name):
        if one.is_dir() or one.name.endswith((".py", ".toml")):
            yield from _contents(one)
