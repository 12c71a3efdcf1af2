"""The drafts of two small documents, word for word. After a wanted change: ``UPDATE_GOLDEN=1 pytest tests/test_golden.py``."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from analyzer.draft_file import check_draft
from analyzer.jobs import write_review
from analyzer.settings import Settings

CASES = Path(__file__).parent / "cases" / "golden"
NAMES = ("tram-depot", "seed-bank")
DRAFTS = ("self-review.md", "effort-impact.md")


def settings(name: str) -> Settings:
    """Return who is who: the second folder is a manager's."""
    people = {"tram-depot": ("Ilse Marchetti", "Bo Fennimore"), "seed-bank": ("Tamsin Oduro", "Greta Halloran")}
    me, manager = people[name]
    return Settings(me=me, manager=manager, year=2025)


@pytest.fixture(scope="module", params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """Write the drafts of one case and return its name and their folder."""
    name: str = request.param
    notes = sorted(path for path in (CASES / name).iterdir() if path.name not in {f"expected-{one}" for one in DRAFTS})
    out = tmp_path_factory.mktemp(name)
    write_review(notes, settings(name), out)
    return name, out


def scrubbed(text: str) -> str:
    """Leave out where the links lead: that depends on where the test runs."""
    return "\n".join(line for line in text.splitlines() if not line.startswith("[") or "]: " not in line) + "\n"


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_draft_is_as_it_was(case: tuple[str, Path], draft: str) -> None:
    name, out = case
    golden = CASES / name / f"expected-{draft}"
    text = scrubbed((out / draft).read_text(encoding="utf-8"))
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("draft", DRAFTS)
def test_the_draft_holds_against_its_notes(case: tuple[str, Path], draft: str) -> None:
    assert list(check_draft(case[1] / draft).report())[-1].endswith("all of it holds")


def test_a_private_aside_stands_in_no_draft(case: tuple[str, Path]) -> None:
    text = "".join((case[1] / draft).read_text(encoding="utf-8") for draft in DRAFTS)
    assert "leaving in spring" not in text
    assert "part-time" not in text
