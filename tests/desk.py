"""What every command is called with, in all its ways to write, and a folder in which all that it is called with stands."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from conftest import SHORT, run_here
from test_encoder import CARD, NOTES, write_table

PLAN = '[[criterion]]\nname = "Counting"\nmetric = "counting a shelf"\ntarget = "at most 15 min"\n'
COMMANDS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "agenda": (("notes.md",), ("notes.md", "--write")),
    "cache": ((), ("--clear",)),
    "check": (("notes.md",), ("notes.md", "--format", "json")),
    "evaluate": (("labelled",),),
    "explain": (("notes.md", "--line", "notes.md:4"),),
    "extract": (("notes.md",), ("notes.md", "--tables", "csv,parquet", "-o", "deep/tables")),
    "forms": ((), ("default",)),
    "notebook": (("--notes", "notes.md", "--to", "deep/books"),),
    "projects": (("notes.md",),),
    "review": (
        ("notes.md", "-o", "deep/out", "--format", "md,docx,html,txt", "--form", "default", "--charts", "deep/charts",
         "--charts-format", "svg,png"),
        ("notes.md", "-o", "shared", "--share", "public", "--redact"),
    ),
    "scan": (("notes.md", "-o", "scanned"), ("--team", "team", "-o", "deep/team", "--charts", "deep/drawn")),
    "train": (("labelled", "-o", "deep/model"), ("notes.md", "--corrections", "curation.toml", "-o", "deep/mine")),
    "turnaround": (("notes.md", "--plan", "PLAN.toml", "-o", "deep/packet"),),
    "verify": (("earlier/self-review.md",),),
}  # fmt: skip
"""What each command is called with, in all its ways to write. One that is not here fails a test of `test_security.py`."""
TEAM = {"Ada": SHORT, "Zeno": SHORT.replace("Ada Brandt", "Zeno Korda").replace("stock counter", "cellar plan")}


def lay(root: Path) -> Path:
    """Put everything on a desk."""
    (root / "notes.md").write_text(SHORT, encoding="utf-8")
    (root / "PLAN.toml").write_text(PLAN, encoding="utf-8")
    for name, text in TEAM.items():
        (root / "team" / name).mkdir(parents=True)
        (root / "team" / name / "notes.md").write_text(text, encoding="utf-8")
    for name in ("Noor", "Ines", "Goran", "Pia"):
        folder = root / "labelled" / "authors" / name.lower()
        folder.mkdir(parents=True)
        (folder / "card.toml").write_text(CARD.format(name=name), encoding="utf-8")
        (folder / "notes.md").write_text(NOTES.format(name=name), encoding="utf-8")
    write_table(root / "labelled")
    assert run_here("review", root / "notes.md", "-o", root / "earlier", "--no-report").code == 0
    first = json.loads((root / "earlier" / "evidence.jsonl").read_text(encoding="utf-8").splitlines()[0])["id"]
    (root / "curation.toml").write_text(f'[[line]]\nid = "{first}"\nlabels = ["goal"]\n', encoding="utf-8")
    return root
