"""Every regular expression that notes are matched with takes time linear in the length of a line, whatever stands on it.

The expressions are collected from the modules and rule files themselves, so that a new one is tested without anybody thinking of
it. Each meets long repeats of what it is made of. A line four times as long may take four times as long, not sixteen times.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections import deque
from collections.abc import Iterator
from time import process_time
from types import ModuleType
from typing import Any

import pytest

import analyzer
from analyzer.patterns import load_rules

Expression = re.Pattern[str] | re.Pattern[bytes]

_LENGTH = 2_000
_QUICK = 0.002
"""Seconds of the processor; a linear expression takes a tenth of it for `_LENGTH` characters, a quadratic one some times of it."""
_LADDER = (24, 34, 48, 68, 96, 136, 192)
"""Characters, in steps so small that an expression that takes exponential time is noticed before it hangs."""
_HANGS = 0.02
"""Seconds that no expression may take for one of them."""
_LONGER = 4
_SLOW_BUT_LINEAR = 2
"""Repeats after which an expression is taken to be slow by a large constant, such as a repeat of up to 500."""
_MOST_TIMES = 9.0
"""Between 4, which is linear, and 16, which is quadratic, with room for a busy machine."""
_FUNCTIONS = frozenset(("search", "match", "fullmatch", "sub", "subn", "split", "findall", "finditer"))
_UNITS = (
    *' a1-[(*_~<|#.,:/"\\A',
    *("a ", "A. ", "1/", "[a", "[a](b", "a, ", "**a", "- ", "Ab said ", "a: ", "<a ", "1:", "2025-", "3 May ", "10%", "http://"),
)  # fmt: skip
_MOST_PIECES = 8
_END = "\x01"
"""What nothing matches, so that all ways are tried."""
_NOT_IMPORTED = frozenset(("analyzer.__main__", "analyzer.encoder_training"))
"""The one is a program, the other needs the training extra and meets no notes of a user's."""
_ANYWHERE = re.compile(r"\b(\w+)\.(?:search|sub|subn|split|findall|finditer)\(")
_AT_START = re.compile(r"\b(\w+)\.(?:match|fullmatch)\(")


def _modules() -> Iterator[ModuleType]:
    yield analyzer
    for found in pkgutil.walk_packages(analyzer.__path__, "analyzer."):
        if found.name not in _NOT_IMPORTED:
            yield importlib.import_module(found.name)


def _values(module: ModuleType) -> Iterator[tuple[str, Expression]]:
    """Yield the compiled expressions among a module's globals with the names of these, also those inside tables."""
    waiting: deque[tuple[str, object]] = deque(vars(module).items())
    while waiting:
        name, value = waiting.popleft()
        if isinstance(value, re.Pattern):
            yield name, value
        elif isinstance(value, dict):
            waiting += [(name, one) for one in value.values()]
        elif isinstance(value, (tuple, list, set, frozenset)):
            waiting += [(name, one) for one in value]


def _written_in_calls(module: ModuleType) -> Iterator[tuple[str, Expression]]:
    """Yield the expressions that stand as text in calls, ``re.sub(r"…", …)``, with what is called."""
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _FUNCTIONS):
            continue
        if isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args:
            text = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
            if isinstance(text, str):
                yield node.func.attr, re.compile(text)


def _expressions() -> dict[str, tuple[Expression, bool]]:
    """Return every expression, and whether it is only ever tried at the start of a text."""
    found: dict[tuple[str | bytes, int], tuple[str, Expression, bool]] = {}
    modules = list(_modules())
    everything = "".join(inspect.getsource(module) for module in modules)
    for module in modules:
        for name, one in (*_values(module), *_written_in_calls(module)):
            source = inspect.getsource(module) if name.startswith("_") else everything
            anchored = name in {"match", "fullmatch"} or (
                name in _AT_START.findall(source) and name not in _ANYWHERE.findall(source)
            )
            known = found.get((one.pattern, one.flags))
            label = f"{module.__name__}: {one.pattern!r}"
            found[one.pattern, one.flags] = (label, one, anchored and (known is None or known[2]))
    for rule in load_rules():
        if rule.regex is not None:
            found[rule.regex.pattern, rule.regex.flags] = (f"rule {rule.id}", rule.regex, False)
    return {label: (one, anchored) for label, one, anchored in found.values()}


_ALL = _expressions()


def _pieces(expression: Expression) -> list[str]:
    """Return what an expression is made of: its words and signs, and neighbours among them."""
    text = expression.pattern if isinstance(expression.pattern, str) else expression.pattern.decode("latin-1")
    words = re.findall(r"[^\W\d_]{2,}|[^\w\s]", re.sub(r"\\[a-zA-Z]|\(\?[<!=:P]{1,2}(?:\w+>)?|\{\d*,?\d*\}", " ", text))
    unique = list(dict.fromkeys(words))
    step = max(1, len(unique) // _MOST_PIECES)
    chosen = unique[::step][:_MOST_PIECES]
    return [f"{one} " if one.isalpha() else one for one in chosen]


def _seconds(expression: Expression, line: str, *, anchored: bool) -> float:
    text: Any = line if isinstance(expression.pattern, str) else line.encode("latin-1", "replace")
    start = process_time()
    if anchored:
        expression.match(text)
        expression.fullmatch(text)
    else:
        deque(expression.finditer(text), maxlen=0)
    return process_time() - start


def _slow(expression: Expression, *, anchored: bool = False) -> str:
    """Return the repeat that makes an expression slower than linear, '' if none does."""

    def least(length: int) -> float:
        line = unit * (length // len(unit)) + _END
        return min(_seconds(expression, line, anchored=anchored) for _ in range(3))

    linear = 0
    for unit in dict.fromkeys((*_UNITS, *_pieces(expression))):
        if any(
            _seconds(expression, unit * (n // len(unit)) + _END, anchored=anchored) > _HANGS and least(n) > _HANGS
            for n in _LADDER
        ):
            return f"{unit!r} a few times"
        line = unit * (_LENGTH // len(unit)) + _END
        if _seconds(expression, line, anchored=anchored) > _QUICK and (short := least(_LENGTH)) > _QUICK:
            if least(_LENGTH * _LONGER) > _MOST_TIMES * short:
                return f"{unit!r} many times"
            linear += 1
        if linear == _SLOW_BUT_LINEAR:
            break
    return ""


def test_the_expressions_of_every_module_and_rule_file_are_found() -> None:
    names = " ".join(_ALL)
    for expected in (
        "analyzer.dates",
        "analyzer.reading.lines",
        "analyzer.splitting.cleaning",
        "analyzer.patterns",
        "rule ",
    ):
        assert expected in names
    assert len(_ALL) > 80


def test_every_expression_is_linear() -> None:
    found = {name: slow for name, (one, anchored) in _ALL.items() if (slow := _slow(one, anchored=anchored))}
    assert not found


@pytest.mark.parametrize("expression", [r"\s+$", r"\s*x", r"\[[^\]]*\]\(", r"(?:\d\d|\d{4})+$"])
def test_an_expression_that_is_not_linear_is_noticed(expression: str) -> None:
    assert _slow(re.compile(expression))
