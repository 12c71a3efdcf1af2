"""The contrast set: pairs of items that differ in as little as possible, and by that in their labels.

A model that has learnt topics and headings instead of what is said gets one side of a pair right and the other wrong.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.evaluation.markers import LETTERS, POLARITIES
from analyzer.records import Direction, Evidence, Label, Polarity, Status

SUBJECT, MANAGER = "Ada Quist", "Ben Orlo"
_PAIR = frozenset({"rule", "writer", "heading", "one", "other"})
_SIDE = frozenset({"text", "labels", "st", "pol", "dir", "heading", "writer"})
_WRITERS = {"subject": SUBJECT, "manager": MANAGER}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One item of a pair, with what it stands under and what it is."""

    text: str
    labels: frozenset[Label]
    heading: str = ""
    writer: str = "subject"
    status: Status | None = None
    polarity: Polarity | None = None
    direction: Direction | None = None

    @property
    def note(self) -> str:
        """The item in the smallest note that it can stand in."""
        heading = f"### {self.heading}\n\n" if self.heading else ""
        return (
            f"---\nauthor: {_WRITERS[self.writer]}\nsubject: {SUBJECT}\nmanager: {MANAGER}\n---\n"
            f"# 1:1 {SUBJECT} / {MANAGER}\n\n## 3 March 2025\n\n{heading}- {self.text}\n"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two items and the rule of docs/labels.md that tells them apart."""

    rule: str
    one: Side
    other: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastReport:
    """How many pairs are told apart."""

    pairs: int
    told_apart: int
    """Pairs of which each side has just those labels right by which the two differ, and its attributes where it has such."""
    wrong: tuple[tuple[str, str, str, str], ...]
    """Rule, text, labels that it should have and labels that it has, of each side that is wrong."""

    def text(self) -> str:
        """Return the figure as one line, ending in a line feed."""
        share = self.told_apart / self.pairs if self.pairs else 0.0
        return f"contrast set: {self.told_apart} of {self.pairs} pairs told apart ({share:.3f})\n"


def load_pairs(folder: Path) -> tuple[Pair, ...]:
    """Load every pair of a folder, strictly.

    Args:
        folder: with ``*.toml`` files; their format is described in ``data/labelled/README.md``.

    Raises:
        BadFileError: a file that does not say what it must.
    """
    return tuple(
        _pair(path, number, given)
        for path in sorted(folder.glob("*.toml"))
        for number, given in enumerate(_tables(path), start=1)
    )


def score_pairs(pairs: Sequence[Pair], label: Callable[[str], Sequence[Evidence]]) -> ContrastReport:
    """Label both sides of each pair and count the pairs that come out right.

    Args:
        pairs: from `load_pairs`.
        label: labels the items of a note.
    """
    wrong: list[tuple[str, str, str, str]] = []
    right = 0
    for pair in pairs:
        differ = pair.one.labels ^ pair.other.labels
        missed = [one for side in (pair.one, pair.other) if (one := _miss(pair.rule, side, differ, label(side.note)))]
        wrong += missed
        right += not missed
    return ContrastReport(pairs=len(pairs), told_apart=right, wrong=tuple(wrong))


def _miss(
    rule: str, side: Side, differ: frozenset[Label], found: Sequence[Evidence]
) -> tuple[str, str, str, str] | None:
    """Say what is wrong with a side; one whose labels do not differ is held to its attributes."""
    labels = frozenset[Label]().union(*(one.labels for one in found))
    asked = differ or side.labels
    same = labels & asked == side.labels & asked
    if same and not differ:
        best = max(found, key=lambda one: len(one.item.text), default=None)
        wanted = (side.status, side.polarity, side.direction)
        got = (best.status, best.polarity, best.direction) if best else (None, None, None)
        same = all(want is None or want == have for want, have in zip(wanted, got, strict=True))
    return None if same else (rule, side.text, _letters(side.labels), _letters(labels))


def _letters(labels: frozenset[Label]) -> str:
    return ", ".join(sorted(labels)) or "-"


def _tables(path: Path) -> list[dict[str, Any]]:
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadFileError(path, "", str(error)) from error
    pairs = given.get("pair")
    if set(given) != {"pair"} or not isinstance(pairs, list):
        raise BadFileError(path, "", "holds [[pair]] tables and nothing else")
    return pairs


def _pair(path: Path, number: int, given: Mapping[str, Any]) -> Pair:
    where = f"pair {number}"
    for key in given:
        if key not in _PAIR:
            raise UnknownKeyError(path, key, _PAIR)
    if not isinstance(given.get("rule"), str) or not given["rule"].strip():
        raise BadFileError(path, where, "has no rule")
    shared = {key: given[key] for key in ("writer", "heading") if key in given}
    one, other = (_side(path, where, {**shared, **given.get(name, {})}) for name in ("one", "other"))
    if one == other:
        raise BadFileError(path, where, "both sides are the same")
    return Pair(rule=given["rule"], one=one, other=other)


def _side(path: Path, where: str, given: Mapping[str, Any]) -> Side:
    for key, value in given.items():
        if key not in _SIDE:
            raise UnknownKeyError(path, key, _SIDE)
        if not isinstance(value, str):
            raise BadFileError(path, where, f"'{key}' is no text")
    letters = given.get("labels", "")
    try:
        return Side(
            text=given["text"],
            labels=frozenset() if letters == "-" else frozenset(LETTERS[one] for one in letters),
            heading=given.get("heading", ""),
            writer={"subject": "subject", "manager": "manager"}[given.get("writer", "subject")],
            status=Status(given["st"]) if "st" in given else None,
            polarity=POLARITIES[given["pol"]] if "pol" in given else None,
            direction=Direction(given["dir"]) if "dir" in given else None,
        )
    except (KeyError, ValueError) as error:
        raise BadFileError(path, where, f"{error} is not allowed, or missing") from error
