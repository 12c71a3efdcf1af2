"""The notebooks run, show what the program gives now, and hold no logic of their own."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import ROOT
from fill_notebooks import NOTEBOOKS, read, run, texts

LOGIC = (
    *(ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.IfExp, ast.Try, ast.With, ast.Lambda),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.Import, ast.Delete),
)
IMPORTS = "import pandas as pd\n\nimport analyzer\n\n"


@pytest.mark.filterwarnings("ignore")  # of the kernel's libraries
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_runs_and_its_kept_outputs_are_those_of_the_run(path: Path) -> None:
    kept = texts(read(path))
    assert kept
    assert texts(run(path)) == kept, "run `make docs`"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_no_cell_holds_logic(path: Path) -> None:
    for cell in read(path).cells:
        if cell.cell_type == "code":
            tree = ast.parse(cell.source.removeprefix(IMPORTS))
            assert not [node for node in ast.walk(tree) if isinstance(node, LOGIC)], cell.source
            assert len(tree.body) <= 4, cell.source


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_names_no_place_of_a_machine(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [
        place for place in ("/home/", "/root/", "/Users/", "C:\\\\", "site-packages", str(ROOT)) if place in text
    ]


def test_there_are_three_notebooks() -> None:
    assert [path.name for path in NOTEBOOKS] == ["manager_scan.ipynb", "my_year.ipynb", "trends.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_a_notebook_holds_no_time_and_no_error(path: Path) -> None:
    for cell in read(path).cells:
        assert not {"execution"} & set(cell.metadata)
        assert not [output for output in cell.get("outputs", ()) if output.output_type in {"error", "stream"}]
