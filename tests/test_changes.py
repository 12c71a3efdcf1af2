"""A second run says what became of each finished piece since the first."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import Command
from evidence_builder import line
from grouped import scored

from analyzer.changes import SHOWN, changes_since
from analyzer.records import Evidence
from analyzer.rendering import review_to_json

FIRST = line("2025-02-03", "first sensors fitted", "a", status="done", prefix="Oven sensors")
SECOND = line("2025-03-03", "menu cards printed for the whole street", "a", status="done", prefix="Menu cards")


def said(before: list[Evidence], after: list[Evidence]) -> list[str]:
    return changes_since(review_to_json(scored(before)), scored(after))


def test_the_same_notes_say_nothing() -> None:
    assert said([FIRST, SECOND], [FIRST, SECOND]) == []


def test_a_new_piece_and_one_that_is_gone_are_named() -> None:
    assert said([FIRST], [FIRST, SECOND]) == [
        "since the last run, by finished piece: 1 new, 0 changed, 0 gone",
        "  new: menu cards printed for the whole street",
    ]
    assert said([FIRST, SECOND], [FIRST])[1] == "  gone: menu cards printed for the whole street"


def test_an_effect_that_arrived_is_a_change() -> None:
    effect = line("2025-04-07", "Oven sensors: burnt trays down from 9 to 2 a week", "i")
    found = said([FIRST], [FIRST, effect])
    assert found[0].endswith("0 new, 1 changed, 0 gone")
    assert "1 effect more" in found[1]


def test_many_pieces_are_counted_and_few_named() -> None:
    trades = "bread cake roll tart pie bun loaf".split()
    many = [line(f"2025-0{n}-03", f"{word} recipe signed off", "a", status="done", prefix=f"{word} line") for n, word in enumerate(trades, 1)]  # fmt: skip
    found = said([FIRST], [FIRST, *many])
    assert len(found) == 1 + SHOWN + 1
    assert found[-1] == f"  and {len(many) - SHOWN} more"


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"accomplishments": [1]}', '{"accomplishments": [{"id": "x"}]}', "[" * 100_000]
)
def test_a_file_that_is_no_review_is_compared_with_nothing(text: str) -> None:
    assert changes_since(text, scored([FIRST])) == []


def test_words_of_the_notes_cannot_break_a_line() -> None:
    odd = line("2025-03-03", "menu\x1b[31m cards\nprinted", "a", status="done", prefix="Menu cards")
    assert all(one.isprintable() for one in said([FIRST], [FIRST, odd]))


def test_a_second_run_into_the_same_folder_tells_it(tmp_path: Path, command: Command) -> None:
    notes = tmp_path / "notes.md"
    text = "# 1:1 Mara Lind / Piet Okafor\n\n## 3 March 2025\n\n### Done\n\n- Oven sensors: shipped the first row\n"
    notes.write_text(text, encoding="utf-8")
    out = str(tmp_path / "out")
    first = command("review", str(notes), "-o", out)
    assert "since the last run" not in first.out
    notes.write_text(
        text + "\n## 10 March 2025\n\n### Done\n\n- Dough app: released the order screen\n", encoding="utf-8"
    )
    second = command("review", str(notes), "-o", out)
    found = json.loads((tmp_path / "out" / "review.json").read_text(encoding="utf-8"))["accomplishments"]
    assert len(found) == 2
    assert "since the last run, by finished piece: 1 new" in second.out
