"""Features in, calibrated probabilities out; saved models are checked before they are used."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.classifier import FeatureVector, Model, load, save, train
from analyzer.classifier.training import best_threshold
from analyzer.errors import BadFileError, UnknownKeyError

Data = tuple[list[FeatureVector], dict[str, list[bool | None]], list[str]]


def made_up(authors: int = 6, items: int = 30) -> Data:
    """Items that "win" tells apart mostly, "size" a little, and a word of each author's own not at all."""
    rng = np.random.default_rng(7)
    rows: list[FeatureVector] = []
    truth: list[bool | None] = []
    groups: list[str] = []
    for author in range(authors):
        for _ in range(items):
            is_win = bool(rng.random() < 0.3)
            says_so = bool(rng.random() < (0.8 if is_win else 0.1))
            size = float(rng.integers(0, 400)) + 200 * is_win
            rows.append({"win": float(says_so), "size": size, f"own:{author}": 1.0})
            truth.append(is_win)
            groups.append(f"author {author}")
    choice = [None if index % 2 else value for index, value in enumerate(truth)]
    opposite = [None if value is None else not value for value in choice]
    return rows, {"label": truth, "kind=yes": choice, "kind=no": opposite}, groups


@pytest.fixture(scope="module")
def model() -> Model:
    return train(*made_up())


def test_an_item_with_the_telling_feature_gets_the_higher_probability(model: Model) -> None:
    with_it, without = model.predict([{"win": 1.0, "size": 200.0}, {"size": 200.0}])
    assert with_it["label"] > 0.5 > without["label"]


def test_probabilities_are_calibrated_on_the_whole(model: Model) -> None:
    rows, targets, _ = made_up()
    mean = np.mean([row["label"] for row in model.predict(rows)])
    assert mean == pytest.approx(np.mean([bool(value) for value in targets["label"]]), abs=0.03)


def test_a_feature_of_too_few_authors_is_dropped(model: Model) -> None:
    assert model.features == ("size", "win")


def test_a_feature_that_training_never_saw_changes_nothing(model: Model) -> None:
    assert model.predict([{"win": 1.0}]) == model.predict([{"win": 1.0, "unheard of": 5.0}])


def test_a_target_is_decided_by_its_own_threshold(model: Model) -> None:
    cut = model.thresholds["label"]
    assert "label" in model.decide({"label": cut, "kind=yes": 0.0, "kind=no": 0.0})
    assert "label" not in model.decide({"label": cut - 1e-6, "kind=yes": 0.0, "kind=no": 0.0})


def test_a_choice_goes_to_its_likeliest_value(model: Model) -> None:
    value, share = model.choose({"label": 0.9, "kind=yes": 0.6, "kind=no": 0.2}, "kind")
    assert value == "yes"
    assert share == pytest.approx(0.75)


def test_a_choice_that_the_model_does_not_have_is_an_error(model: Model) -> None:
    with pytest.raises(KeyError):
        model.choose({"label": 1.0}, "colour")


def test_the_features_behind_a_target_come_strongest_first(model: Model) -> None:
    top = model.top_features({"win": 1.0, "size": 1.0, "unheard of": 1.0}, "label", 5)
    assert [name for name, _ in top] == ["win", "size"]
    assert top[0][1] > 0


def test_the_shares_of_the_features_explain_the_log_odds(model: Model) -> None:
    row = {"win": 1.0, "size": 300.0}
    shares = sum(share for _, share in model.top_features(row, "label", 10))
    nothing, something = (np.log(p["label"] / (1 - p["label"])) for p in model.predict([{}, row]))
    assert something - nothing == pytest.approx(shares)


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        save(train(*made_up(), seed=3), tmp_path / name)
    for file in ("model.json", "model.npz"):
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_a_loaded_model_predicts_what_the_saved_one_did(tmp_path: Path, model: Model) -> None:
    rows, _, _ = made_up()
    save(model, tmp_path)
    again = load(tmp_path)
    assert again.predict(rows) == model.predict(rows)
    assert again.thresholds == model.thresholds
    assert again.info == model.info


def test_a_target_that_nobody_has_is_never_predicted() -> None:
    rows, _, groups = made_up()
    rare = train(rows, {"rare": [False] * len(rows)}, groups)
    assert all(row["rare"] < 0.01 for row in rare.predict(rows))
    assert rare.decide(rare.predict([{"win": 1.0}])[0]) == []


def test_a_target_that_only_one_author_has_is_not_learned() -> None:
    rows, _, groups = made_up()
    model = train(rows, {"own": [group == "author 1" for group in groups]}, groups)
    assert not model.weights.any()


def test_rows_without_any_feature_of_enough_authors_are_no_error() -> None:
    rows, targets, groups = made_up(authors=2)
    assert train(rows, targets, groups).features == ()


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="one entry per item"):
        train([{"a": 1.0}], {"x": [True, False]}, ["author"])


@pytest.mark.parametrize(
    ("probabilities", "expected"),
    [
        ([0.9, 0.8, 0.1, 0.1], 0.45),
        ([0.9, 0.5, 0.5, 0.1], 0.3),
        ([0.4], 0.2),
        ([], 0.5),
    ],
)
def test_the_threshold_is_midway_where_the_expected_f1_is_best(probabilities: list[float], expected: float) -> None:
    assert best_threshold(np.array(probabilities)) == pytest.approx(expected)


@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=30))
def test_no_other_threshold_gives_a_better_expected_f1(probabilities: list[float]) -> None:
    scores = np.array(probabilities)

    def expected_f1(cut: float) -> float:
        called = scores >= cut
        return float(2 * scores[called].sum() / (called.sum() + scores.sum()))

    assert expected_f1(best_threshold(scores)) >= max(expected_f1(cut) for cut in scores) - 1e-9


def saved(folder: Path, model: Model) -> Path:
    save(model, folder)
    return folder


def edit(folder: Path, **changes: object) -> None:
    path = folder / "model.json"
    card = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in card.items() if value is not None}), encoding="utf-8")


def test_arrays_that_were_changed_are_refused(tmp_path: Path, model: Model) -> None:
    path = saved(tmp_path, model) / "model.npz"
    path.write_bytes(path.read_bytes() + b"x")
    with pytest.raises(BadFileError, match=r"is not the file that model\.json was written with"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"schema": 2}, "schema"),
        ({"features": ["size"]}, "does not fit"),
        ({"features": "size"}, "list of names"),
        ({"targets": [1]}, "list of names"),
        ({"info": None}, "info: is missing"),
    ],
)
def test_a_card_that_does_not_fit_is_refused(
    tmp_path: Path, model: Model, changes: dict[str, object], reason: str
) -> None:
    edit(saved(tmp_path, model), **changes)
    with pytest.raises(BadFileError, match=reason):
        load(tmp_path)


def test_an_unknown_key_is_refused(tmp_path: Path, model: Model) -> None:
    edit(saved(tmp_path, model), code="print()")
    with pytest.raises(UnknownKeyError, match="unknown key 'code'"):
        load(tmp_path)


@pytest.mark.parametrize("name", ["model.json", "model.npz"])
def test_a_missing_file_is_named(tmp_path: Path, model: Model, name: str) -> None:
    (saved(tmp_path, model) / name).unlink()
    with pytest.raises(BadFileError, match=name):
        load(tmp_path)


def test_a_card_that_is_not_json_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("{", encoding="utf-8")
    with pytest.raises(BadFileError, match="not valid JSON"):
        load(tmp_path)


def test_using_a_saved_model_does_not_import_scikit_learn(tmp_path: Path, model: Model) -> None:
    save(model, tmp_path)
    code = (
        "import sys; from pathlib import Path; from analyzer.classifier import load; "
        "load(Path(sys.argv[1])).predict([{'win': 1.0}]); "
        "sys.exit(any(name.split('.')[0] in {'sklearn', 'scipy'} for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == 0
