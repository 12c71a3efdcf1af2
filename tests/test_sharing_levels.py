"""The levels on whole notes: what each holds, that each holds less than the one before, and that private lines change nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analyzer.errors import OtherLevelError
from analyzer.jobs import write_review
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.settings import Settings

NOTES = """# 1:1 Ada Brandt / Bo Lindgren (manager), 2025

## 3 March 2025
- Shipped the stock counter to both shops
- Bo: your handover notes were the clearest I have read
- Cleo said my labels are a mess, Dirk told her the same
- [Blocked] Label printer: waiting for Cleo from procurement
- told Dirk that his reports are too long and he should cut them
- thinking of leaving in the autumn
- asked Bo about my salary, no answer yet
- I want a raise
- off sick on Thursday, saw the doctor

## 17 March 2025
- Stock counter: counting a shelf fell from 40 min to 12 min
- raised the timeout of the scanner to 30 s
- Label printer: ETA 4 April
- my wife starts a new job
- had a row with Dirk about the rota
### Compensation
#### Details
- 4% was mentioned

## 14 April 2025
- Label printer is live in both shops
- the returns desk now uses the stock counter every evening
"""
PRIVATE = [
    "Private: Cleo will be let go",
    "(private) bonus is 4k",
    "Off the record: the shop closes",
    "Aside: Dirk is lazy",
]


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Labelled:
    notes = tmp_path_factory.mktemp("levels") / "notes.md"
    notes.write_text(NOTES, encoding="utf-8")
    return extract([notes], Settings())


def _texts(labelled: Labelled, level: str) -> set[str]:
    review = review_of(labelled, Settings.model_validate({"share": level}))
    return {one.item.text for one in review.evidence}


@pytest.mark.parametrize(
    ("words", "manager", "public"),
    [
        ("counting a shelf fell", True, True),
        ("Label printer is live", True, True),
        ("asked Bo about my salary", True, False),
        ("I want a raise", False, False),
        ("thinking of leaving", False, False),
        ("off sick", False, False),
        ("my wife", False, False),
        ("had a row", False, False),
        ("4% was mentioned", False, False),
        ("told Dirk that his reports", False, False),
        ("Cleo said my labels", False, False),
        ("waiting for Cleo", True, False),
    ],
)
def test_what_a_level_holds(labelled: Labelled, words: str, *, manager: bool, public: bool) -> None:
    for level, held in (("self", True), ("manager", manager), ("public", public)):
        assert any(words in text for text in _texts(labelled, level)) is held, level


def test_what_public_holds_manager_holds_and_what_manager_holds_self_holds(labelled: Labelled) -> None:
    names = {
        level: review_of(labelled, Settings.model_validate({"share": level})) for level in ("self", "manager", "public")
    }
    ids = {level: {one.id for one in review.evidence} for level, review in names.items()}
    assert ids["public"] < ids["manager"] < ids["self"]


def test_public_names_nobody_but_the_subject(labelled: Labelled) -> None:
    from analyzer.rendering import evidence_jsonl, review_to_json

    review = review_of(labelled, Settings(share="public"))
    text = review_to_json(review) + evidence_jsonl(review, everything=True)
    assert [name for name in ("Bo ", "Lindgren", "Cleo", "Dirk") if name in text] == []
    assert "Ada Brandt" in text


def test_the_outputs_count_what_was_left_out_and_tell_no_word_of_it(labelled: Labelled) -> None:
    review = review_of(labelled, Settings(share="manager"))
    assert review.shared is not None
    counts = dict(review.shared.left_out)
    assert counts["health"] == 1
    assert counts["pay and grading"] == 2
    assert not review.problems


def _files(folder: Path, level: str, text: str) -> dict[str, bytes]:
    notes = folder / "notes.md"
    notes.write_text(text, encoding="utf-8")
    out = folder / level
    write_review(
        [notes], Settings.model_validate({"share": level, "include_private": True}), out, formats=("md", "html")
    )
    return {path.name: path.read_bytes() for path in sorted(out.iterdir()) if not path.name.startswith(".")}


@settings(max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(line=st.sampled_from(PRIVATE), level=st.sampled_from(["manager", "public"]))
def test_a_private_line_changes_no_output(tmp_path_factory: pytest.TempPathFactory, line: str, level: str) -> None:
    without, with_it = tmp_path_factory.mktemp("a"), tmp_path_factory.mktemp("b")
    assert _files(without, level, NOTES) == _files(with_it, level, NOTES + f"- {line}\n")


def test_a_folder_of_another_level_is_refused(tmp_path: Path) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES, encoding="utf-8")
    write_review([notes], Settings(), tmp_path / "out")
    with pytest.raises(OtherLevelError, match="another reader"):
        write_review([notes], Settings(share="public"), tmp_path / "out")


def test_decisions_come_along_with_curation(tmp_path: Path, labelled: Labelled) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES, encoding="utf-8")
    gone = next(one for one in labelled.evidence if "counting a shelf" in one.item.text)
    decided = tmp_path / "curation.toml"
    decided.write_text(f'[[line]]\nid = "{gone.id}"\nkeep = false\n', encoding="utf-8")
    write_review([notes], Settings(share="manager"), tmp_path / "out", curation=decided)
    text = (tmp_path / "out" / "self-review.md").read_text(encoding="utf-8")
    assert "counting a shelf" not in text
    assert not (tmp_path / "out" / "curation.toml").exists()


def test_commands_take_the_options_and_the_owners_own_refuse_them(tmp_path: Path, command: Command) -> None:
    notes = tmp_path / "notes.md"
    notes.write_text(NOTES, encoding="utf-8")
    ran = command("extract", notes, "--share", "public")
    assert ran.code == 0
    assert "salary" not in ran.out
    assert "Left out were" in ran.err
    assert command("explain", notes, "--line", "4", "--redact").code == 2
    ran = command("scan", notes, "--share", "manager", "-o", tmp_path / "page")
    assert ran.code == 0
    page = (tmp_path / "page" / "scan.md").read_text(encoding="utf-8")
    assert "Left out were" in page
    assert "Not talked about" not in page
    ran = command("review", notes, "--share", "public", "-o", tmp_path / "out")
    assert ran.code == 0
    assert json.loads((tmp_path / "out" / "review.json").read_text(encoding="utf-8"))["sharing"]["level"] == "public"
