"""What a person decided about single lines moves a model of their own, and no other line far."""

from __future__ import annotations

import json
import stat
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from conftest import SHORT, Command

from analyzer.classifier import Model, adapt, load
from analyzer.records import Label

LINES = {
    "wins": "- the cupboard order is with Fern now, she counts it on Friday",
    "next": "- Fern is content with how the cupboard looks",
}


def _model() -> Model:
    """Two targets that hang on one feature each, and a third feature that means nothing yet."""
    return Model(
        targets=("wins", "asks"),
        features=("a", "b", "c"),
        weights=np.array([[2.0, 0.0, 0.0], [0.0, 2.0, 0.0]]),
        intercepts=np.array([-1.0, -1.0]),
        slopes=np.array([1.5, 1.0]),
        offsets=np.array([0.1, 0.0]),
        cuts=np.array([0.5, 0.5]),
        info={},
    )


@pytest.mark.parametrize("answer", [True, False])
def test_an_answer_moves_lines_like_it_towards_it_and_leaves_others(*, answer: bool) -> None:
    model = _model()
    moved = adapt(model, [{"c": 1.0}] * 3, {"wins": [answer] * 3}, caution=1.0)
    before, after = (one.predict([{"c": 1.0}, {"a": 1.0}]) for one in (model, moved))
    assert (after[0]["wins"] > before[0]["wins"]) is answer
    assert after[1]["wins"] == before[1]["wins"]
    assert after[0]["asks"] == before[0]["asks"]


def test_the_change_is_where_the_posterior_has_its_maximum() -> None:
    model, caution = _model(), 0.7
    rows, answers = [{"a": 1.0, "c": 0.5}, {"c": 1.0}, {"b": 1.0}], [False, True, True]
    moved = adapt(model, rows, {"wins": answers}, caution=caution)
    change = moved.weights[0] * 1.5 - model.weights[0] * 1.5
    seen = np.array([[row.get(name, 0.0) for name in model.features] for row in rows])
    share = np.array([one["wins"] for one in moved.predict(rows)])
    gradient = seen.T @ (share - np.array(answers, dtype=float)) + caution * change
    assert np.abs(gradient).max() < 1e-5


@pytest.mark.parametrize("caution", [10.0, 1_000.0])
def test_more_caution_moves_less(caution: float) -> None:
    def size(value: float) -> float:
        return float(np.abs(adapt(_model(), [{"c": 1.0}], {"wins": [True]}, caution=value).weights).sum())

    assert size(caution) < size(caution / 10)


def test_a_target_that_the_model_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError):
        adapt(_model(), [{"c": 1.0}], {"praise": [True]})


# --- the command ----------------------------------------------------------------------------------


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "good.md"
    path.write_text(SHORT + "\n".join(LINES.values()) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


def _found(command: Command, *arguments: str) -> dict[str, dict[str, Any]]:
    ran = command("extract", "good.md", "--all", *arguments)
    return {row["text"]: row for row in map(json.loads, ran.out.splitlines())}


def test_labels_that_were_set_right_are_learned_and_used(notes: Path, command: Command) -> None:
    before = _found(command)
    text = LINES["wins"].removeprefix("- ")
    assert Label.BLOCKER.value not in before[text]["labels"]
    decision = f'[[line]]\nid = "{before[text]["id"]}"\nlabels = ["blocker"]\n'
    Path("curation.toml").write_text(decision + '[[line]]\nid = "gone"\nlabels = []\n', encoding="utf-8")
    ran = command("train", "good.md", "--corrections", "curation.toml", "-o", "mine")
    assert (ran.code, ran.out.splitlines()[0]) == (
        0,
        "learned from 1 decided line, 1 met no line of these notes; saved in mine",
    )
    after = _found(command, "--model", "mine")
    assert after[text]["confidence"]["blocker"] > before[text]["confidence"]["blocker"]
    assert load(Path("mine")).info["decisions"] == 1
    assert {stat.S_IMODE(path.stat().st_mode) for path in Path("mine").iterdir()} == {0o600}
    assert stat.S_IMODE(Path("mine").stat().st_mode) == 0o700
    Path("my.toml").write_text('model = "mine"\n', encoding="utf-8")
    assert _found(command, "--settings", "my.toml") == after


@pytest.mark.parametrize(
    ("arguments", "decided", "message"),
    [
        (["--corrections", "curation.toml"], "", "curation.toml: no labels are decided here"),
        (["--corrections", "curation.toml"], '[[line]]\nid = "x"\nkeep = false', "no labels are decided here"),
        (["--corrections", "curation.toml"], '[[line]]\nid = "x"\nlabels = []', "no line of these notes is decided here"),
        (["--corrections", "missing.toml"], "", "missing.toml: no such file or directory"),
        (["--corrections", "curation.toml", "--encoder", "base"], "", "give one of the two"),
        (["--me", "Ada"], "", "options about reading notes belong to --corrections"),
        (["good.md"], "", "give one folder of labelled notes, or --corrections"),
    ],
)  # fmt: skip
def test_where_there_is_nothing_to_learn_one_line_says_so(
    arguments: list[str], decided: str, message: str, notes: Path, command: Command
) -> None:
    Path("curation.toml").write_text(decided, encoding="utf-8")
    ran = command("train", "good.md", *arguments)
    assert ran.code == 2
    assert message in ran.err.lower()
    assert not Path("my-model").exists()


def test_a_model_that_is_not_there_is_one_line(notes: Path, command: Command) -> None:
    ran = command("extract", "good.md", "--model", "nowhere")
    assert (ran.code, ran.err.count("\n") <= 2) == (2, True)
