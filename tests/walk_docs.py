"""Walks through a page as its reader would: its commands run and its files are written, in their order, in one folder.

The folder holds notes under the names that the pages use. What a page quotes from an output stands between markers whose
names are keys of `QUOTED`: it is cut from what the command above it printed, or from a file that was written by then.
"""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SAMPLE = ROOT / "data" / "sample"
TUTORIAL = DOCS / "tutorial.md"
WALKED = [TUTORIAL, *sorted((DOCS / "howto").glob("*.md"))]
LATEST = 106
"""Lines of the sample that make short notes of the last two months, so that the pages are walked in seconds."""

Ran = tuple[int, str, str]
"""Exit code, standard output, standard error."""
Run = Callable[[list[str]], Ran]

_STEP = re.compile(
    r"^```(?P<language>\w+)\n(?P<code>.*?)^```$|^<!-- filled: (?P<quoted>[\w-]+) -->$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Step:
    """A block of a page, or the name of what it quotes."""

    language: str
    text: str


def steps(page: str) -> Iterator[Step]:
    """Return the blocks of a page and its quotations from outputs, in their order."""
    for match in _STEP.finditer(page):
        yield Step("quoted", match["quoted"]) if match["quoted"] else Step(match["language"], match["code"])


def furnish(folder: Path) -> None:
    """Put notes into a folder, under the names that the pages use."""
    noor = SAMPLE / "data-scientist" / "1on1-notes.md"
    latest = "".join(noor.read_text(encoding="utf-8").splitlines(keepends=True)[:LATEST])
    for path in ("notes/1on1-notes.md", "1on1 with Tomas.md", "team/Noor/1on1-notes.md"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(latest, encoding="utf-8")
    for path in ("my-vault/1on1s", "team/Ines"):
        (folder / path).mkdir(parents=True)
        for meeting in sorted((SAMPLE / "manager-notes").glob("2025-1*.md")):
            shutil.copy(meeting, folder / path)
    shutil.copytree(SAMPLE / "recovery", folder / "recovery")
    shutil.copytree(SAMPLE / "data-scientist", folder / "data" / "sample" / "data-scientist")


def walk(page: str, folder: Path, run: Run) -> dict[str, str]:
    """Do what a page says, from top to bottom; the working directory has to be the folder.

    Args:
        page: the text of the page.
        folder: a folder that `furnish` filled.
        run: runs the command line on the words after ``analyzer``.

    Returns:
        What the page should quote, by the names of its markers.

    Raises:
        AssertionError: a command did not end with code 0, or with 1 where the page says so.
    """
    printed = ""
    quoted = {}
    for step in steps(page):
        if step.language == "sh":
            printed = "".join(_command(line, folder, run) for line in step.text.splitlines())
        elif step.language == "toml":
            _keep(step.text, folder)
        elif step.language == "quoted" and step.text in QUOTED:
            quoted[step.text] = QUOTED[step.text](printed, folder)
    return quoted


def _command(line: str, folder: Path, run: Run) -> str:
    """Run one line of a page and return what it printed; a comment can say that it ends with code 1."""
    words = shlex.split(line, comments=True)
    if words[0] == "make":
        return "".join(_command(one, folder, run) for one in recipe(words[1]) if "data-scientist" in one)
    assert words[0].removeprefix(".venv/bin/") == "analyzer", line
    target = folder / words[words.index(">") + 1] if ">" in words else None
    code, out, err = run(words[1 : words.index(">") if target else None])
    assert code == int("# ends with code 1" in line), f"{line}\n{out}{err}"
    if target:
        target.write_text(out, encoding="utf-8")
    return out


def recipe(target: str) -> list[str]:
    """Return the calls of the program that `make TARGET` would run."""
    ran = subprocess.run(["make", "--dry-run", target], cwd=ROOT, check=True, capture_output=True, text=True)
    return [line for line in ran.stdout.splitlines() if line.startswith(".venv/bin/analyzer ")]


def _keep(text: str, folder: Path) -> None:
    """Write a file that the page shows, under the name in its first line; to a curation file its decisions are added."""
    path = folder / text.splitlines()[0].removeprefix("# ")
    before = path.read_text(encoding="utf-8") if path.name == "curation.toml" and path.exists() else ""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(before + text, encoding="utf-8")


# --- what the tutorial quotes ---------------------------------------------------------------------


def _as_text(text: str) -> str:
    return f"```text\n{text.strip()}\n```"


def _all(printed: str, _: Path) -> str:
    return _as_text(printed)


def _top(count: int) -> Callable[[str, Path], str]:
    return lambda printed, _: _as_text("\n".join(printed.splitlines()[:count]))


def _project(name: str) -> Callable[[str, Path], str]:
    """Return what cuts one project from the list of them."""

    def cut(printed: str, _: Path) -> str:
        return _as_text(next(part for part in printed.split("\n\n") if part.startswith(name)))

    return cut


def _question(_: str, folder: Path) -> str:
    review = (folder / "review-sample" / "self-review.md").read_text(encoding="utf-8")
    line = re.search(r"^\d\. \*\*Whose part\..*$", review, re.MULTILINE)
    return _as_text(line[0]) if line else ""


def _first_answer(_: str, folder: Path) -> str:
    form = (folder / "review-sample" / "form-default.md").read_text(encoding="utf-8")
    start = form.index("### Answer")
    return _as_text("\n".join([*form[start:].splitlines()[:1], "", *form[start:].splitlines()[3:5], "..."]))


QUOTED: dict[str, Callable[[str, Path], str]] = {
    "tutorial-reviewed": _all,
    "tutorial-question": _question,
    "tutorial-project": _project("Cancel reasons"),
    "tutorial-explained": _top(5),
    "tutorial-again": _top(5),
    "tutorial-verified": _all,
    "tutorial-answer": _first_answer,
}
