"""The documentation is held to what the program does: blocks run, tables match the code, links lead somewhere."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import json
import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer.main
from conftest import ROOT, Command, Reviewed
from fill_docs import PAGES, blocks_in, fill, quick_blocks, slow_blocks

LANGUAGES = {"sh", "python", "toml", "text"}
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
READS_NOTES = {"agenda", "check", "explain", "extract", "projects", "review", "scan", "train", "turnaround"}


@dataclass(frozen=True)
class Block:
    """A block of code in a page, with the line that it starts on."""

    page: Path
    line: int
    language: str
    code: str

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"


def _blocks() -> list[Block]:
    found: list[Block] = []
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        found += [
            Block(page, text.count("\n", 0, match.start()) + 1, match[1], match[2]) for match in FENCE.finditer(text)
        ]
    return found


BLOCKS = _blocks()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with notes under the names that the pages use."""
    sample = ROOT / "data" / "sample"
    shutil.copytree(sample / "data-scientist", tmp_path / "notes")
    shutil.copytree(sample / "manager-notes", tmp_path / "my-vault" / "1on1s")
    shutil.copytree(sample / "recovery", tmp_path / "recovery")
    shutil.copy(sample / "data-scientist" / "1on1-notes.md", tmp_path / "1on1 with Tomas.md")
    for block in BLOCKS:
        if block.language == "toml" and block.code.startswith("# analyzer.toml") and "[weights.share]" in block.code:
            (tmp_path / "analyzer.toml").write_text(block.code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_is_of_a_kind_that_is_run() -> None:
    assert {block.language for block in BLOCKS} <= LANGUAGES
    assert len(BLOCKS) > 15


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "sh"], ids=str)
def test_every_command_of_the_pages_runs(block: Block, here: Path, command: Command) -> None:
    for line in block.code.splitlines():
        words = shlex.split(line)
        if "--corrections" in words:
            _decide(here / words[words.index("--corrections") + 1], command)
        target = words[words.index(">") + 1] if ">" in words else None
        if words[0] == "make":
            subprocess.run(["make", "--dry-run", *words[1:]], cwd=ROOT, check=True, capture_output=True)
            continue
        assert words[0].removeprefix(".venv/bin/") == "analyzer", line
        ran = command(*words[1 : words.index(">") if target else None])
        assert ran.code == 0, f"{line}\n{ran.out}{ran.err}"
        if target:
            (here / target).write_text(ran.out, encoding="utf-8")


def _decide(curation: Path, command: Command) -> None:
    """Write a curation file in which the first line of the notes has been set right."""
    first = json.loads(command("extract", "notes").out.splitlines()[0])
    curation.parent.mkdir(exist_ok=True)
    curation.write_text(f'[[line]]\nid = "{first["id"]}"\nlabels = ["goal"]\n', encoding="utf-8")


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "python"], ids=str)
def test_every_piece_of_python_runs(block: Block, here: Path, command: Command) -> None:
    (here / "evidence.jsonl").write_text(command("extract", "notes").out, encoding="utf-8")
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(block.code, {})  # noqa: S102 - the pages are ours
    assert out.getvalue().strip()


@pytest.mark.parametrize("block", [block for block in BLOCKS if block.language == "toml"], ids=str)
def test_every_file_shown_is_one_that_the_program_reads(block: Block, tmp_path: Path) -> None:
    from analyzer.forms import read_form
    from analyzer.settings import read_curation, read_settings
    from analyzer.turnaround import read_plan

    name = block.code.splitlines()[0].removeprefix("# ")
    readers: Mapping[str, Callable[[Path], object]] = {
        "analyzer.toml": read_settings,
        "curation.toml": read_curation,
        "my-plan.toml": read_plan,
        "my-form.toml": lambda path: read_form(str(path)),
    }
    (tmp_path / name).write_text(block.code, encoding="utf-8")
    readers[name](tmp_path / name)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_to_a_file(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target in re.findall(r"(?<!\\)\]\(([^)#]+)(?:#[\w-]+)?\)", text):
        assert (page.parent / target).exists(), target


def test_the_quoted_outputs_are_what_the_program_writes_now(samples: Mapping[str, Reviewed]) -> None:
    blocks = quick_blocks(samples["data-scientist"].out)
    found = {name: text for page in PAGES for name, text in blocks_in(page.read_text(encoding="utf-8")).items()}
    assert {*slow_blocks(), *blocks} == set(found)
    for name, text in blocks.items():
        assert found[name] == text, f"{name} is not what the program writes: run `make docs`"


def test_filling_a_page_changes_only_what_stands_between_its_markers() -> None:
    page = "before\n<!-- filled: a -->\n<!-- end -->\nbetween\n<!-- filled: b -->\n\nkept\n\n<!-- end -->\nafter\n"
    filled = fill(page, {"a": "new\nlines"})
    assert blocks_in(filled) == {"a": "new\nlines", "b": "kept"}
    assert filled.replace("\nnew\nlines\n\n", "") == page


def test_the_figures_are_there_and_say_what_they_were_measured_on() -> None:
    page = (ROOT / "docs" / "evaluation.md").read_text(encoding="utf-8")
    assert "on synthetic notes written for this project" in page.replace("\n", " ").replace("**", "")
    assert "accomplishment" in blocks_in(page)["evaluation"]
    assert "items per second" in blocks_in((ROOT / "docs" / "performance.md").read_text(encoding="utf-8"))["bench"]


def test_the_readme_says_what_it_is_for_in_ten_lines() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").split("## Two commands")[0].splitlines()
    assert sum(line.startswith("- ") for line in lines) <= 10


# --- commands.md against the command line ---------------------------------------------------------


def _options() -> dict[str, set[str]]:
    """Return the options of each command, as the command line has them."""
    from analyzer.cli import app

    group = typer.main.get_command(app)
    commands: Mapping[str, typer.core.TyperCommand] = getattr(group, "commands")  # noqa: B009 - typer's type hides it
    return {
        name: {option for parameter in one.params for option in (*parameter.opts, *parameter.secondary_opts)}
        - {parameter.name for parameter in one.params}
        for name, one in commands.items()
    }


def _sections() -> dict[str, str]:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    parts = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("name", sorted(_options()))
def test_every_command_and_option_is_documented(name: str) -> None:
    sections = _sections()
    own = sections[f"analyzer {name}"]
    shared = sections["Options of all commands that read notes"] if name in READS_NOTES else ""
    said = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", own + shared))
    assert _options()[name] <= said


def test_no_option_is_documented_that_does_not_exist() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    known = set().union(*_options().values()) | {"--help"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)) <= known
    documented = {name.removeprefix("analyzer ") for name in _sections() if name.startswith("analyzer ")}
    assert documented == set(_options())


def test_every_key_of_the_settings_is_documented() -> None:
    from analyzer.settings import Curation, LineDecision, ProjectName, Rename, Settings, Weights

    pages = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("commands", "scores")}
    for model in (Settings, ProjectName, Curation, LineDecision, Rename):
        for key, field in model.model_fields.items():
            assert re.search(rf"\b{field.alias or key}\b", pages["commands"]), key
    assert Weights.model_fields


# --- the other pages against the code -------------------------------------------------------------


def test_the_evidence_page_has_the_columns_in_their_order() -> None:
    from analyzer.rendering import COLUMNS

    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == COLUMNS


def test_the_labels_page_has_every_label_and_value() -> None:
    from analyzer.records import Direction, Label, Polarity, Status

    page = (ROOT / "docs" / "labels.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE) == [label.value for label in Label]
    assert all(f"`{value}`" in page for kind in (Status, Polarity, Direction) for value in kind)


def test_the_architecture_page_names_every_module() -> None:
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    modules = [
        path for path in (ROOT / "analyzer").iterdir() if path.suffix == ".py" or (path / "__init__.py").is_file()
    ]
    for path in modules:
        name = path.name if path.suffix else f"{path.name}/"
        assert f"`{name}`" in page or path.name == "__main__.py", name


def test_the_examples_in_docstrings_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    tried = 0
    for path in sorted((ROOT / "analyzer").rglob("*.py")):
        if ">>> " in path.read_text(encoding="utf-8"):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            result = doctest.testmod(importlib.import_module(name))
            assert result.failed == 0, name
            tried += result.attempted
    assert tried > 0


def test_nothing_mentions_the_place_that_it_was_written_in() -> None:
    for page in (*PAGES, ROOT / "CHANGELOG.md", ROOT / "Makefile", ROOT / "pyproject.toml"):
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"/(?:home|root|tmp)/|pypi", text), page.name


def test_evidence_printed_is_json(here: Path, command: Command) -> None:
    assert all(json.loads(line) for line in command("extract", "notes").out.splitlines())
