"""The documentation is held to what the program does: blocks run, tables match the code, links lead somewhere."""

from __future__ import annotations

import contextlib
import doctest
import importlib
import io
import json
import re
import shlex
import subprocess
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import pytest
import typer.main
from conftest import ROOT, Command, Reviewed
from fill_docs import PAGES, blocks_in, fill, quick_blocks, slow_blocks
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from walk_docs import QUOTED, TUTORIAL, WALKED, furnish, walk

LANGUAGES = {"sh", "python", "toml", "text"}
RULES = ROOT / "analyzer" / "patterns" / "README.md"
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
SINGLE = [block for block in BLOCKS if block.page not in WALKED]
"""Blocks of pages that are looked things up in; the others are walked from top to bottom."""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with notes under the names that the pages use."""
    furnish(tmp_path)
    for block in BLOCKS:
        if block.language == "toml" and block.code.startswith("# analyzer.toml") and "[weights.share]" in block.code:
            (tmp_path / "analyzer.toml").write_text(block.code, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_every_block_is_of_a_kind_that_is_run() -> None:
    assert {block.language for block in BLOCKS} <= LANGUAGES
    assert len(BLOCKS) > 15


@pytest.mark.parametrize("block", [block for block in SINGLE if block.language == "sh"], ids=str)
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


@pytest.mark.parametrize("block", [block for block in SINGLE if block.language == "python"], ids=str)
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

    name = Path(block.code.splitlines()[0].removeprefix("# ")).name
    readers: Mapping[str, Callable[[Path], object]] = {
        "analyzer.toml": read_settings,
        "curation.toml": read_curation,
        "my-plan.toml": read_plan,
        "my-form.toml": lambda path: read_form(str(path)),
        "rule.toml": _read_rule,
    }
    (tmp_path / name).write_text(block.code, encoding="utf-8")
    readers[name](tmp_path / name)


def _read_rule(path: Path) -> None:
    """Read rules as the package reads its own, and hold each to its sentences."""
    from analyzer.language import make_reader
    from analyzer.patterns import parse_rules

    rules = parse_rules(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
    reader = make_reader(rules)
    for rule in rules:
        for text in (*rule.yes, *rule.no):
            assert any(reader.cues(next(iter(reader.docs([text]))))) == (text in rule.yes), text


@pytest.mark.parametrize("page", [page for page in WALKED if page != TUTORIAL], ids=lambda page: page.stem)
def test_a_how_to_page_can_be_done_from_top_to_bottom(page: Path, here: Path, command: Command) -> None:
    walk(page.read_text(encoding="utf-8"), here, lambda words: astuple(command(*words)))


def test_the_tutorial_can_be_done_and_quotes_what_is_printed(here: Path, command: Command) -> None:
    page = TUTORIAL.read_text(encoding="utf-8")
    quoted = walk(page, here, lambda words: astuple(command(*words)))
    assert set(quoted) == set(QUOTED)
    found = blocks_in(page)
    for name, text in quoted.items():
        assert found[name] == text, f"{name} is not what the program prints: run `make docs`"


@pytest.mark.parametrize("page", [*PAGES, RULES], ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading(page: Path) -> None:
    text = FENCE.sub("", page.read_text(encoding="utf-8"))
    for target, anchor in re.findall(r"(?<!\\)\]\(([^)#]*)(?:#([\w-]+))?\)", text):
        led_to = page.parent / target if target else page
        assert led_to.exists(), target
        assert not anchor or anchor in _anchors(led_to), f"{target}#{anchor}"


def _anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", FENCE.sub("", page.read_text(encoding="utf-8")), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_page_is_found_from_the_index() -> None:
    index = ROOT / "docs" / "README.md"
    linked = {(index.parent / target).resolve() for target in re.findall(r"\]\(([^)#]+)", index.read_text("utf-8"))}
    assert {page.resolve() for page in (ROOT / "docs").rglob("*.md")} - {index} <= linked
    assert "](docs/README.md)" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_quoted_outputs_are_what_the_program_writes_now(samples: Mapping[str, Reviewed]) -> None:
    blocks = quick_blocks(samples["data-scientist"].out)
    found = {name: text for page in PAGES for name, text in blocks_in(page.read_text(encoding="utf-8")).items()}
    assert {*slow_blocks(), *blocks, *QUOTED} == set(found)
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
    known = set().union(*_options().values()) | {"--help", "--version"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)) <= known
    documented = {name.removeprefix("analyzer ") for name in _sections() if name.startswith("analyzer ")}
    assert documented == set(_options())


def _rows_under(page: str, heading: str, columns: int) -> list[tuple[str, ...]]:
    """Return the first cells of the table under a heading of a page in `docs/`."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    part = re.split(r"^#+ ", text.split(f"# {heading}\n", 1)[1], maxsplit=1, flags=re.MULTILINE)[0]
    rows = [[cell.strip() for cell in line.split("|")[1:]] for line in part.splitlines() if line.startswith("|")]
    return [tuple(row[:columns]) for row in rows if row[0].startswith("`")]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Keys", "Settings"),
        ("Keys of `[[projects]]`", "ProjectName"),
        ("Keys of `[weights]`", "Weights"),
        ("Keys of `[[line]]`", "LineDecision"),
        ("Keys of `[[rename]]`", "Rename"),
    ],
)
def test_every_key_of_the_settings_is_documented_with_type_and_default(heading: str, name: str) -> None:
    from analyzer import settings

    model: type[BaseModel] = getattr(settings, name)
    expected = [
        (f"`{field.alias or key}`", _type_in_words(str(field.annotation)), _default_in_words(field))
        for key, field in model.model_fields.items()
    ]
    assert _rows_under("settings.md", heading, 3) == expected


def _type_in_words(annotation: str) -> str:
    """Return the type of a key as the page tells it."""
    if choices := re.search(r"Literal\[(.+?)\]", annotation):
        return "one of " + choices[1].replace("'", "`")
    words = {
        "Label": "list of [labels](labels.md)",
        "ProjectName": "tables",
        "Weights": "table",
        "dict[str, int]": "table of numbers",
        "tuple[int": "list of numbers",
        "tuple[str": "list of text",
        "Path": "path",
        "date": "date",
        "bool": "true or false",
        "int": "number",
        "str": "text",
    }
    return next(said for part, said in words.items() if part in annotation)


def _default_in_words(field: FieldInfo) -> str:
    """Return the default of a key as TOML would write it; a key without one is told so."""
    if field.is_required():
        return "has to be there"
    value = field.get_default(call_default_factory=True)
    if isinstance(value, BaseModel):
        return "as below"
    if isinstance(value, dict):
        return "`{" + ", ".join(f'"{key}" = {number}' for key, number in value.items()) + "}`"
    return "" if value is None else f"`{json.dumps(value)}`"


# --- the other pages against the code -------------------------------------------------------------


def test_the_evidence_page_has_the_columns_in_their_order() -> None:
    from analyzer.rendering import COLUMNS

    page = (ROOT / "docs" / "evidence.md").read_text(encoding="utf-8")
    assert tuple(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == COLUMNS


def test_the_page_on_review_json_has_every_key_in_its_order(samples: Mapping[str, Reviewed]) -> None:
    reviews = [json.loads((one.out / "review.json").read_text(encoding="utf-8")) for one in samples.values()]
    top = [name.strip("`") for (name,) in _rows_under("review-json.md", "review.json", 1)]
    assert [name for name in top if name != "sharing"] == list(reviews[0])
    seen = 0
    for heading, records in _records(reviews).items():
        for record in records:
            documented = [name.strip("`") for (name,) in _rows_under("review-json.md", heading, 1)]
            assert [key for key in record if key != "locator"] == documented, heading
            seen += 1
    assert seen > 100


def _records(reviews: list[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """Return what stands in reviews, by the heading that describes it."""
    names = "meetings gaps projects accomplishments feedback actions questions goals questions_to_you problems ignored"
    found = {f"`{name}`": [one for review in reviews for one in review[name]] for name in names.split()}
    work = [*found["`projects`"], *found["`accomplishments`"]]
    return {
        **found,
        "`period`": [review["period"] for review in reviews],
        "`effort`, `impact`": [one[axis] for one in work for axis in ("effort", "impact") if one[axis]],
        "`effects` of accomplishments and projects": [effect for one in work for effect in one["effects"]],
        "`history`": [event for one in work for event in one["history"]],
    }


def test_the_page_on_rules_has_every_kind_and_every_key() -> None:
    from analyzer import patterns

    rows = re.findall(r"^\| (`[^|]*?) \|", RULES.read_text(encoding="utf-8"), re.MULTILINE)
    documented = {name for row in rows for name in re.findall(r"`([\w]+)`", row)}
    assert documented == patterns.KINDS | patterns._RULE_KEYS


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
