"""`analyzer notebook`: the shipped notebooks beside the user's own notes, and nothing of the user's is ever overwritten."""

from __future__ import annotations

import ast
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from conftest import Command

from analyzer.notebook_copies import copy_notebooks, notebooks

NAMES = ["manager_scan", "my_year", "trends"]


def cells_of(path: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return found


def source_of(path: Path) -> str:
    return "\n\n".join("".join(cell["source"]) for cell in cells_of(path) if cell["cell_type"] == "code")


def test_the_notebooks_that_are_shipped() -> None:
    assert list(notebooks()) == NAMES


def test_all_are_copied_and_read_the_users_notes_from_where_they_are(command: Command, short: Path) -> None:
    to = short.parent.parent / "looking"
    ran = command("notebook", "--notes", short.parent, "--to", to)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [str(to / f"{name}.ipynb") for name in NAMES]
    for name in NAMES:
        assert 'notes = "../notes"\n' in source_of(to / f"{name}.ipynb")


def test_a_copy_holds_nothing_of_the_sample(short: Path, tmp_path: Path) -> None:
    copy_notebooks(None, short, tmp_path / "to")
    for path in (tmp_path / "to").glob("*.ipynb"):
        text = path.read_text(encoding="utf-8")
        assert not [
            word for word in ("data/sample", "fictional", "Noor", "Ines", "Rosa", str(tmp_path)) if word in text
        ]
        assert all(
            cell["outputs"] == [] and cell["execution_count"] is None for cell in cells_of(path) if "outputs" in cell
        )
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_notebook_that_is_there_stays_as_it_is(command: Command, short: Path, tmp_path: Path) -> None:
    (tmp_path / "my_year.ipynb").write_text("mine", encoding="utf-8")
    ran = command("notebook", "my_year", "--notes", short, "--to", tmp_path)
    assert ran.code == 0
    assert ran.out == "  my_year.ipynb is yours and was left as it is\n"
    assert (tmp_path / "my_year.ipynb").read_text(encoding="utf-8") == "mine"


def test_nothing_but_the_notebooks_is_put_into_the_users_folder(short: Path) -> None:
    copy_notebooks("my_year", short, short.parent)
    assert sorted(path.name for path in short.parent.iterdir()) == ["ada.md", "my_year.ipynb"]


@pytest.mark.parametrize("name", ['o"dd', "back\\slash", "new\nline", "'); import os  #"])
def test_the_name_of_the_notes_is_a_text_whatever_is_in_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    copy_notebooks("my_year", tmp_path / name, tmp_path)
    tree = ast.parse(source_of(tmp_path / "my_year.ipynb"))
    assigned = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "notes"
    ]
    assert [ast.literal_eval(value) for value in assigned] == [name]


def test_the_notebook_about_several_reads_a_folder_of_people_or_one_persons_years(short: Path, tmp_path: Path) -> None:
    copy_notebooks("trends", short.parent, tmp_path / "one")
    assert "analyzer.read_years(notes)" in source_of(tmp_path / "one" / "trends.ipynb")
    copy_notebooks("trends", tmp_path, tmp_path / "many")
    assert "analyzer.read_team(notes)" in source_of(tmp_path / "many" / "trends.ipynb")


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_runs_on_other_notes(name: str, short: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_notebooks(name, short, tmp_path)
    monkeypatch.chdir(tmp_path)
    exec(compile(source_of(tmp_path / f"{name}.ipynb"), name, "exec"), {})  # noqa: S102 - the notebooks are ours


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["my_yaer"], "did you mean 'my_year'"), (["my_year", "--notes", "nowhere"], "no such file or folder: nowhere")],
)
def test_a_call_that_cannot_be_carried_out_is_one_line(arguments: list[str], said: str, command: Command) -> None:
    ran = command("notebook", *arguments)
    assert ran.code == 2
    assert said in ran.err
