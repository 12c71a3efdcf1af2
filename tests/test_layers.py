"""The rooms and their doors: import contracts (in pyproject.toml), and names that have one home."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from importlinter.cli import lint_imports

PACKAGE = ROOT / "analyzer"
FILES = sorted(PACKAGE.rglob("*.py"))
CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "ctime", "localtime", "gmtime"}
CHANCE = {"random", "secrets", "uuid"}
RUNS_TEXT = {"eval", "exec", "compile", "__import__"}


def test_the_import_contracts_hold() -> None:
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), cache_dir=None)
    assert code == 0, "`.venv/bin/lint-imports` names the import that crosses a wall"


def test_every_module_has_a_place_in_the_layers() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ][0]
    assert contract["exhaustive"] is True
    named = {name.strip() for layer in contract["layers"] for name in layer.split("|")}
    there = {path.stem if path.is_file() else path.name for path in PACKAGE.iterdir() if _is_module(path)}
    assert named == there - {"__init__"}


def test_a_forbidden_import_is_seen(tmp_path: Path) -> None:
    """The look-alike: the same contracts over a copy in which one stage imports another."""
    for path in FILES:
        copy = tmp_path / path.relative_to(ROOT)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    with (tmp_path / "analyzer" / "scoring" / "__init__.py").open("a", encoding="utf-8") as file:
        file.write("\nimport analyzer.grouping\n")
    script = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nfrom importlinter.cli import lint_imports\n"
    script += f"sys.exit(lint_imports(config_filename={str(ROOT / 'pyproject.toml')!r}, cache_dir=None))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "analyzer.scoring -> analyzer.grouping" in ran.stdout


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_no_module_prints_reads_a_clock_draws_lots_or_runs_text(path: Path) -> None:
    found = [(line, name) for line, name in _calls(path) if _is_banned(name)]
    assert not found


@pytest.mark.parametrize(
    ("code", "banned"),
    [
        ("print('x')", True),
        ("datetime.now()", True),
        ("date.today()", True),
        ("time.time()", True),
        ("random.choice(x)", True),
        ("eval(x)", True),
        ("re.compile(x)", False),
        ("match.time", False),
        ("reprint(x)", False),
    ],
)
def test_what_counts_as_printing_clock_chance_and_running_text(code: str, banned: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.py"
    path.write_text(code, encoding="utf-8")
    assert any(_is_banned(name) for _, name in _calls(path)) is banned


def test_importing_the_package_loads_nothing_heavy() -> None:
    heavy = "{'spacy', 'sklearn', 'pandas', 'numpy', 'pydantic', 'jinja2', 'typer', 'rich', 'ftfy'}"
    script = f"import analyzer, sys; print(sorted(set(sys.modules) & {heavy}), analyzer.read, analyzer.Year)"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.startswith("[] ")


def _is_module(path: Path) -> bool:
    return path.suffix == ".py" or (path / "__init__.py").is_file()


def _calls(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the dotted name of everything that is called, with its line."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def _is_banned(name: str) -> bool:
    first, _, rest = name.partition(".")
    if not rest:
        return first in RUNS_TEXT or first == "print"
    return first in CHANCE or (first in {"datetime", "date", "time"} and rest.rpartition(".")[2] in CLOCKS)
