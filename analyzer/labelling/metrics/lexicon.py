"""The words and forms of `analyzer/patterns/quantities.toml`, loaded and compiled once.

A form is an expression over a text in which every quantity was replaced by one private character, so that the words
between two figures can be matched without reading the figures again (see `forms.py`).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import analyzer.patterns
from analyzer.errors import BadFileError, UnknownKeyError

FIRST_MARK = 0xE000
"""The private character that stands for the first quantity of a text; the next ones follow."""
MARK_LIMIT = 400
"""Quantities of one text that are looked at."""

_MARK = f"[{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARK_LIMIT)}]"
_CLAUSE = rf"[^.;:!?{chr(FIRST_MARK)}-{chr(FIRST_MARK + MARK_LIMIT)}]"
_FORM_KEYS = frozenset({"id", "match", "yes", "no", "kinds", "flags"})
_FLAGS = frozenset(
    {
        "bare_before",
        "falls",
        "movement",
        "measured",
        "not_compared",
        "not_hours",
        "not_loose",
        "no_plan",
        "past",
        "signed",
        "user",
        "zero",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """One way to write an effect; ``kinds`` are the kinds of quantity that it holds for (empty: any)."""

    id: str
    regex: re.Pattern[str]
    kinds: frozenset[str]
    flags: frozenset[str]
    yes: tuple[str, ...]
    no: tuple[str, ...]


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return one table of the file as it stands there."""
    found: Mapping[str, Any] = _read()[name]
    return found


@cache
def words(name: str) -> tuple[str, ...]:
    """Return the words of a list in `[words]`, `[marks]` or `[scope]`, longest first."""
    data = _read()
    for part in ("words", "marks", "scope"):
        if name in data[part]:
            return split(data[part][name])
    raise BadFileError("quantities.toml", name, "no such list")


def split(text: str) -> tuple[str, ...]:
    """Split a comma-separated list, longest first, so that an alternation takes the longest."""
    return tuple(
        sorted((word.strip() for word in text.split(",") if word.strip()), key=lambda word: (-len(word), word))
    )


@cache
def either(name: str) -> str:
    """Return an expression for any word of a list, whole words only."""
    return alternatives(words(name))


def alternatives(choices: tuple[str, ...]) -> str:
    """Return an expression for any of these words, whole words only; a space stands for a few."""
    return rf"(?<!\w)(?:{choice(choices)})(?!\w)".replace(r"\ ", r"\s{1,3}")


def choice(options: tuple[str, ...]) -> str:
    """Return the bare alternation of these words, longest first."""
    return "|".join(re.escape(word) for word in sorted(options, key=lambda word: (-len(word), word)))


@cache
def search(name: str) -> re.Pattern[str]:
    """Return the compiled expression that finds any word of a list."""
    return re.compile(either(name), re.IGNORECASE)


@cache
def forms() -> tuple[Form, ...]:
    """Return the forms in the order of the file, which is their order of precedence.

    Raises:
        BadFileError: a form that is incomplete, or an expression that does not compile.
    """
    return tuple(_form(entry) for entry in _read()["form"])


@cache
def unit_names() -> Mapping[str, str]:
    """Return every way to write a unit, lower case, with the name it is given."""
    return {word: unit for unit, written in table("units").items() for word in split(written)}


@cache
def currency_names() -> Mapping[str, str]:
    """Return every way to write a currency, lower case, with its sign."""
    return {word: sign for sign, written in table("currencies").items() for word in split(written)}


def _form(entry: Mapping[str, Any]) -> Form:
    where = str(entry.get("id", "a form without id"))
    for key in entry:
        if key not in _FORM_KEYS:
            raise UnknownKeyError(f"quantities.toml: {where}", key, _FORM_KEYS)
    if not {"id", "match", "yes", "no"} <= entry.keys():
        raise BadFileError("quantities.toml", where, "needs id, match, yes and no")
    flags = frozenset(str(entry.get("flags", "")).split())
    if not flags <= _FLAGS:
        raise BadFileError("quantities.toml", where, f"unknown flag; there are {', '.join(sorted(_FLAGS))}")
    return Form(
        id=where,
        regex=_compile(where, str(entry["match"])),
        kinds=frozenset(str(entry.get("kinds", "")).split()),
        flags=flags,
        yes=tuple(entry["yes"]),
        no=tuple(entry["no"]),
    )


def _compile(where: str, match: str) -> re.Pattern[str]:
    expression = match
    for role, group in (("b", "before"), ("a", "after"), ("d", "delta"), ("v", "value")):
        expression = expression.replace(f"{{{role}}}", f"(?P<{group}>{_MARK})")
        for number in "234":
            expression = expression.replace(f"{{{role}{number}}}", f"(?P<{group}{number}>{_MARK})")
    expression = expression.replace("{gap}", rf"{_CLAUSE}{{1,60}}?").replace("{near}", rf"{_CLAUSE}{{0,25}}?")
    expression = re.sub(r"\{words(\d)\}", r"(?: [^\\W\\d_][\\w'’/-]{0,20}){0,\1}?", expression)
    expression = re.sub(r"\{((up|down)2?)\}", lambda macro: f"(?P<{macro[1]}>{either(macro[2])})", expression)
    expression = re.sub(r"\{([a-z_]{3,})\}", lambda macro: either(macro[1]), expression)
    try:
        return re.compile(expression, re.IGNORECASE)
    except re.error as error:
        raise BadFileError("quantities.toml", where, f"not a regular expression: {error}") from error


@cache
def _read() -> Mapping[str, Any]:
    text = files(analyzer.patterns).joinpath("quantities.toml").read_text(encoding="utf-8")
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadFileError("quantities.toml", "", str(error)) from error
