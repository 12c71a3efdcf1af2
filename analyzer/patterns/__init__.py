"""The rules (`rules/*.toml`) and word tables (`*.toml`), loaded strictly (see ``README.md`` beside this module).

A rule is data: what it says, how it matches, and sentences that it must and must not match. This module only loads and
checks them; `analyzer.language` turns them into matchers.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from analyzer.errors import BadFileError, UnknownKeyError

KINDS = frozenset(
    """work share milestone effect unreal cause voucher breadth consequence duration eta due since arrived blocked_on
    reason dropped_by alias repeat points_back praise criticism advice thanks verdict ask promise answer goal career
    chore wait unfinished""".split()
)
_RULE_KEYS = frozenset({"id", "kind", "value", "phrase", "tokens", "regex", "case", "yes", "no", "why"})
_UNBOUNDED_TWICE = re.compile(r"\((?:[^()\\]|\\.)*[+*](?:[^()\\]|\\.)*\)[+*{]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule; exactly one of ``phrase`` (any of several), ``tokens`` and ``regex`` is given."""

    id: str
    kind: str
    value: str
    yes: tuple[str, ...]
    no: tuple[str, ...]
    phrase: tuple[str, ...] = ()
    tokens: tuple[tuple[Mapping[str, Any], ...], ...] = ()
    regex: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verbs:
    """The verb lexicon: which class a lemma is in, and which lemma and tags a form can be."""

    classes: Mapping[str, str]
    """Lemma to class."""
    forms: Mapping[str, tuple[tuple[str, str], ...]]
    """Lower-cased form to its (lemma, tag) readings; tags as in the Penn Treebank."""


@cache
def load_rules() -> tuple[Rule, ...]:
    """Load every rule file of the package.

    Returns:
        The rules, files in the order of their names.

    Raises:
        BadFileError: a file that is not what `README.md` in this folder describes.
    """
    rules: list[Rule] = []
    for name in sorted(entry.name for entry in files(__package__).joinpath("rules").iterdir()):
        if name.endswith(".toml"):
            rules += parse_rules(name, _read(f"rules/{name}"))
    seen: set[str] = set()
    for rule in rules:
        if rule.id in seen:
            raise BadFileError("patterns", rule.id, "two rules have this id")
        seen.add(rule.id)
    return tuple(rules)


def parse_rules(name: str, data: Mapping[str, Any]) -> list[Rule]:
    """Check one file's rules.

    Args:
        name: the file's name, for messages.
        data: what the TOML holds.

    Raises:
        BadFileError: with the id of the rule that is wrong.
    """
    for key in data:
        if key != "rule":
            raise UnknownKeyError(name, key, {"rule"})
    return [_rule(name, entry) for entry in data.get("rule", [])]


@cache
def load_lists() -> Mapping[str, frozenset[str]]:
    """Load the word lists (`lists.toml`): name to lower-cased words."""
    return {
        name: frozenset(words.lower().strip().split("\n" if "\n" in words.strip() else None))
        for name, words in _lists().items()
    }


@cache
def load_verbs() -> Verbs:
    """Load the verb lexicon (`verbs.toml`) and spell out its forms."""
    data = _read("verbs.toml")
    irregular = {base: rest for base, *rest in (line.split() for line in data["irregular"].strip().splitlines())}
    doubled = frozenset(data["doubled"].split())
    classes: dict[str, str] = {}
    for name, words in data["classes"].items():
        for lemma in words.split():
            if lemma in classes:
                raise BadFileError("verbs.toml", lemma, f"is in two classes, {classes[lemma]} and {name}")
            classes[lemma] = name
    for base in irregular:
        classes.setdefault(base, "other")
    forms: dict[str, list[tuple[str, str]]] = {}
    for lemma in classes:
        for form, tag in _conjugate(lemma, irregular.get(lemma), doubled):
            forms.setdefault(form, []).append((lemma, tag))
    return Verbs(classes=classes, forms={form: tuple(dict.fromkeys(readings)) for form, readings in forms.items()})


def _lists() -> Mapping[str, str]:
    return _read("lists.toml")


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(files(__package__).joinpath(name).read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise BadFileError(name, "", str(error)) from error


def _rule(name: str, entry: Mapping[str, Any]) -> Rule:
    where = str(entry.get("id", "a rule without id"))
    for key in entry:
        if key not in _RULE_KEYS:
            raise UnknownKeyError(f"{name}: {where}", key, _RULE_KEYS)
    if "id" not in entry or entry.get("kind") not in KINDS:
        raise BadFileError(name, where, f"needs an id and a kind out of {', '.join(sorted(KINDS))}")
    if sum(key in entry for key in ("phrase", "tokens", "regex")) != 1:
        raise BadFileError(name, where, "needs exactly one of phrase, tokens, regex")
    if not entry.get("yes") or "no" not in entry:
        raise BadFileError(name, where, "needs sentences that it matches (yes) and look-alikes that it does not (no)")
    tokens = entry.get("tokens", [])
    if tokens and isinstance(tokens[0], Mapping):
        tokens = [tokens]
    phrase = entry.get("phrase", ())
    return Rule(
        id=entry["id"],
        kind=entry["kind"],
        value=entry.get("value", ""),
        yes=tuple(entry["yes"]),
        no=tuple(entry["no"]),
        phrase=(phrase,) if isinstance(phrase, str) else tuple(phrase),
        tokens=tuple(tuple(pattern) for pattern in tokens),
        regex=_compile(name, where, entry["regex"], case=entry.get("case", False)) if "regex" in entry else None,
    )


def _compile(name: str, where: str, expression: str, *, case: bool) -> re.Pattern[str]:
    """Compile an expression; repeats inside repeats, which can take more than linear time, are refused."""
    if _UNBOUNDED_TWICE.search(expression):
        raise BadFileError(name, where, "a repeat inside a repeat can take very long on some lines; bound one of them")
    try:
        return re.compile(expression, 0 if case else re.IGNORECASE)
    except re.error as error:
        raise BadFileError(name, where, f"not a regular expression: {error}") from error


def _conjugate(lemma: str, irregular: list[str] | None, doubled: frozenset[str]) -> list[tuple[str, str]]:
    stem = lemma + lemma[-1] if lemma in doubled else lemma
    past, participle = (irregular * 2)[:2] if irregular else [_with_ed(stem)] * 2
    return [
        (lemma, "VB"),
        (_with_s(lemma), "VBZ"),
        *((form, "VBD") for form in past.split("/")),
        *((form, "VBN") for form in participle.split("/")),
        (_with_ing(stem), "VBG"),
    ]


def _with_ed(stem: str) -> str:
    if stem.endswith("e"):
        return stem + "d"
    return stem[:-1] + "ied" if re.search(r"[^aeiou]y$", stem) else stem + "ed"


def _with_s(stem: str) -> str:
    if re.search(r"(s|x|z|ch|sh|o)$", stem):
        return stem + "es"
    return stem[:-1] + "ies" if re.search(r"[^aeiou]y$", stem) else stem + "s"


def _with_ing(stem: str) -> str:
    if stem.endswith("ie"):
        return stem[:-2] + "ying"
    return stem[:-1] + "ing" if re.search(r"[^eoy]e$", stem) else stem + "ing"
