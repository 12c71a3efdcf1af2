"""Writes what the documentation quotes between its markers: `make docs`, and `make figures` for what takes minutes.

A marker is a pair of comments, ``<!-- filled: NAME -->`` and ``<!-- end -->``. Tests compare the quick ones with what the
program gives now (`tests/test_docs.py`), so that the pages cannot fall behind.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # run as `python -m tests.fill_docs`, it finds its neighbour too

from walk_docs import TUTORIAL, Ran, furnish, walk

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SAMPLE = ROOT / "data" / "sample" / "data-scientist"
_BRACKET = re.compile(r"(?<!\\)([\[\]])")
_BLOCK = re.compile(r"(<!-- filled: ([\w-]+) -->\n).*?((?<=\n)<!-- end -->)", re.DOTALL)


def blocks_in(page: str) -> dict[str, str]:
    """Return what stands between each pair of markers of a page, by name."""
    return {match[2]: match[0][len(match[1]) : -len(match[3])].strip("\n") for match in _BLOCK.finditer(page)}


def fill(page: str, blocks: Mapping[str, str]) -> str:
    """Return a page with new text between those markers that a text is given for."""

    def filled(match: re.Match[str]) -> str:
        text = blocks.get(match[2], blocks_in(match[0])[match[2]])
        return f"{match[1]}\n{text}\n\n{match[3]}"

    return _BLOCK.sub(filled, page)


def quick_blocks(out: Path) -> dict[str, str]:
    """Return the blocks that are cut from the outputs of one review of the sample, and those that are data of the code.

    Args:
        out: the folder that `analyzer review data/sample/data-scientist` wrote.
    """
    from analyzer.tables import many_markdown, schema_markdown

    review = (out / "self-review.md").read_text(encoding="utf-8")
    table = (out / "effort-impact.md").read_text(encoding="utf-8")
    return {
        "excerpt-self-review": _quoted(_excerpt(review)),
        "excerpt-effort-impact": "\n".join(_rows(table, after="# ")[:6]),
        "tables": schema_markdown(),
        "tables-of-many": many_markdown(),
        "points": "\n".join(_rows(table, after="## How the points are counted")),
    }


def slow_blocks() -> dict[str, Callable[[], str]]:
    """Return how the blocks are made that take minutes."""
    return {
        "evaluation": lambda: _printed("analyzer", "evaluate", "data/labelled"),
        "compare": lambda: _printed("tests.compare"),
        "checks": lambda: _printed("tests.score_checks"),
        "bench": lambda: _printed("tests.bench"),
    }


def section(text: str, heading: str) -> list[str]:
    """Return the lines under a heading, up to the next one of its level or above."""
    level = len(heading) - len(heading.lstrip("#"))
    lines = text.splitlines()
    start = lines.index(heading) + 1
    ends = (at for at, line in enumerate(lines[start:], start=start) if re.match(rf"#{{1,{level}}} ", line))
    return lines[start : next(ends, len(lines))]


def _excerpt(review: str) -> list[str]:
    """Cut two highlights, the first project with four to nine bullets, and one question."""
    highlights = [line for line in section(review, "## Highlights") if line[:1].isdigit()]
    names = [line for line in review.splitlines() if line.startswith("### ")]
    projects = [(name, [line for line in section(review, name) if line]) for name in names]
    name, bullets = next(pair for pair in projects if 4 <= len(pair[1]) <= 9)
    questions = [line for line in section(review, "## Before you submit") if line[:1].isdigit()]
    titles = ["**Highlights**", f"**{name.strip('# ')}**", "**Before you submit**"]
    return [titles[0], "", *highlights[:2], "", titles[1], "", *bullets, "", titles[2], "", questions[0]]


def _quoted(lines: list[str]) -> str:
    """Set the lines as a quotation, their citations as plain words (the links are left out)."""
    return "\n".join("> " + _BRACKET.sub(r"\\\1", line) if line else ">" for line in lines)


def _rows(text: str, *, after: str) -> list[str]:
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(after))
    first = next(at for at, line in enumerate(lines) if at > start and line.startswith("|"))
    last = next((at for at, line in enumerate(lines) if at > first and not line.startswith("|")), len(lines))
    return lines[first:last]


def _printed(module: str, *arguments: str) -> str:
    """Return what a module prints, as a block of code; one thread, as the figures are meant to be compared."""
    ran = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=True,
        capture_output=True,
        text=True,
    )
    return f"```text\n{ran.stdout.strip()}\n```"


def _run(arguments: list[str]) -> Ran:
    """Run the command line in this process, and keep what it prints."""
    from analyzer.cli import run

    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(arguments)
    return code, out.getvalue(), err.getvalue()


def main() -> None:
    """Fill the quick blocks, or the slow ones that are named."""
    if wanted := sys.argv[1:]:
        blocks = {name: slow_blocks()[name]() for name in wanted}
    else:
        with tempfile.TemporaryDirectory() as folder:
            _run(["review", str(SAMPLE), "-o", folder])
            blocks = quick_blocks(Path(folder))
        with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
            furnish(Path(folder))
            blocks |= walk(TUTORIAL.read_text(encoding="utf-8"), Path(folder), _run)
    for path in PAGES:
        page = path.read_text(encoding="utf-8")
        path.write_text(fill(page, blocks), encoding="utf-8")


if __name__ == "__main__":
    main()
