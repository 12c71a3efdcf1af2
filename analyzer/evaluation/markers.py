"""The marker at the end of a labelled item, ``{{ai | st=done | pr=Name}}``, read strictly into its fields."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, TypeVar

from analyzer.evaluation.gold import GoldMetric
from analyzer.records import Direction, Label, Polarity, Status

LETTERS: Mapping[str, Label] = {label.value[0]: label for label in Label if label is not Label.ACTION_ITEM} | {
    "t": Label.ACTION_ITEM
}
POLARITIES: Mapping[str, Polarity] = {
    "+": Polarity.POSITIVE,
    "-": Polarity.CONSTRUCTIVE,
    "+-": Polarity.MIXED,
}
_ROLES = ("before", "after", "delta", "value")
_Value = TypeVar("_Value", bound=StrEnum)


class MarkerError(ValueError):
    """What is wrong with a marker; the loader adds the file and the line."""


def parse_marker(body: str) -> dict[str, Any]:
    """Read what stands between the braces.

    Args:
        body: the marker without its braces.

    Returns:
        Keyword arguments of `GoldItem`: ``labels`` and whichever attributes are given.

    Raises:
        MarkerError: anything that `data/labelled/README.md` does not allow.
    """
    letters, *parts = (part.strip() for part in body.split("|"))
    fields: dict[str, Any] = {"labels": _labels(letters)}
    for part in parts:
        key, equals, value = (piece.strip() for piece in part.partition("="))
        if not equals or not value:
            raise MarkerError(f"'{part}' is not key=value")
        if key not in _READERS:
            raise MarkerError(f"unknown key '{key}'; known: {', '.join(_READERS)}")
        name, read = _READERS[key]
        if key == "m":
            fields["metrics"] = (*fields.get("metrics", ()), read(value))
        elif name in fields:
            raise MarkerError(f"'{key}' is given twice")
        else:
            fields[name] = read(value)
    _check(fields)
    return fields


def _labels(letters: str) -> frozenset[Label]:
    if letters == "-":
        return frozenset()
    if not letters:
        raise MarkerError("labels are missing; '-' says none")
    for letter in letters:
        if letter not in LETTERS:
            raise MarkerError(f"unknown label '{letter}' in '{letters}'; known: {' '.join(LETTERS)} or - for none")
    if len(set(letters)) != len(letters):
        raise MarkerError(f"a label is given twice in '{letters}'")
    return frozenset(LETTERS[letter] for letter in letters)


def _check(fields: Mapping[str, Any]) -> None:
    """Refuse attributes on items that cannot have them, and items without those that they must have."""
    labels: frozenset[Label] = fields["labels"]
    is_feedback = Label.FEEDBACK in labels
    for key, name in (("pol", "polarity"), ("dir", "direction")):
        if is_feedback and name not in fields:
            raise MarkerError(f"feedback needs {key}=")
        if not is_feedback and name in fields:
            raise MarkerError(f"{key}= is for feedback only")
    if Label.ACCOMPLISHMENT in labels and "claim" not in fields:
        raise MarkerError("an accomplishment needs id=")
    if Label.ACCOMPLISHMENT not in labels and "claim" in fields:
        raise MarkerError("id= is for accomplishments only")
    if "effect_of" in fields and not labels & {Label.IMPACT, Label.FEEDBACK}:
        raise MarkerError("of= is for impact and feedback only")


def _choice(kind: type[_Value]) -> Callable[[str], _Value]:
    def read(value: str) -> _Value:
        if value not in set(kind):
            raise MarkerError(f"'{value}' is none of {', '.join(kind)}")
        return kind(value)

    return read


def _polarity(value: str) -> Polarity:
    if value not in POLARITIES:
        raise MarkerError(f"polarity '{value}' is none of {', '.join(POLARITIES)}")
    return POLARITIES[value]


def _slug(value: str) -> str:
    if not all(char.isalnum() or char == "-" for char in value):
        raise MarkerError(f"'{value}' is not a slug of letters, digits and hyphens")
    return value


def _names(value: str) -> tuple[str, ...]:
    names = tuple(name.strip() for name in value.split(","))
    if not all(names):
        raise MarkerError(f"an empty name in '{value}'")
    return names


def _metric(value: str) -> GoldMetric:
    """Read ``name (before 34, after 19, unit min)``."""
    name, bracket, inside = value.rpartition("(")
    if not bracket or not name.strip() or not inside.endswith(")"):
        raise MarkerError(f"metric '{value}' is not 'name (role number, ...)'")
    fields: dict[str, Any] = {"name": name.strip()}
    for part in inside[:-1].split(","):
        key, _, rest = part.strip().partition(" ")
        if key in fields:
            raise MarkerError(f"'{key}' is given twice in metric '{value}'")
        if part.strip() == "projected":
            fields[key] = True
        elif key in _ROLES:
            fields[key] = _number(rest)
        elif key == "unit" and rest.strip():
            fields[key] = rest.strip()
        else:
            raise MarkerError(
                f"unknown '{part.strip()}' in metric '{value}'; known: {', '.join(_ROLES)}, unit, projected"
            )
    if not any(role in fields for role in _ROLES):
        raise MarkerError(f"metric '{value}' has no number")
    return GoldMetric(**fields)


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError as error:
        raise MarkerError(f"'{text.strip()}' is not a number") from error
    if not math.isfinite(number):
        raise MarkerError(f"'{text.strip()}' is not a finite number")
    return number


_READERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "st": ("status", _choice(Status)),
    "pol": ("polarity", _polarity),
    "dir": ("direction", _choice(Direction)),
    "pr": ("project", str),
    "id": ("claim", _slug),
    "of": ("effect_of", _slug),
    "m": ("metrics", _metric),
    "who": ("people", _names),
    "by": ("by", str),
}
