"""The encoder: its files are checked before they are used, and a line has one score whatever stands beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tiny_encoder import write_encoder

from analyzer.classifier import FeatureVector, Model, train
from analyzer.encoder import Encoder, load
from analyzer.encoder_training import FOLDS, TARGETS, Example, NoTrainingLibraryError, authors_of, fit_final, shown
from analyzer.errors import AnalyzerError, BadFileError
from analyzer.evaluation import load_corpus
from analyzer.evaluation.held_out import SCORES, HeldOutScores, OutdatedScoresError, load_scores, save_scores
from analyzer.labelling import EncoderMissingError, label, look
from analyzer.learning import evaluate, examples_of, supplement, train_model
from analyzer.records import Item, Label, Roster, Source, Span

FILES = ("encoder.json", "encoder.onnx", "encoder-tokenizer.json")
PAIRS = (
    ("Wins | subject | ", "shipped the export"),
    ("Next | manager | the export", "blocked by the manager"),
    ("", "great wins, shipped the exports by " + "the manager " * 40),
    ("Wins | subject | ", ""),
)
ROSTER = Roster(subject="Noor Haddad", manager="Tomas Lindqvist", writer="Noor Haddad", aliases={})
LABELS = tuple(one.value for one in Label)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("encoder")
    write_encoder(folder, LABELS)
    return folder


@pytest.fixture(scope="module")
def encoder(home: Path) -> Encoder:
    found = load(home)
    assert found is not None
    return found


# --- the files ------------------------------------------------------------------------------------


def test_a_folder_without_an_encoder_gives_none(tmp_path: Path) -> None:
    assert load(tmp_path) is None


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(name: str, tmp_path: Path) -> None:
    write_encoder(tmp_path, LABELS)
    (tmp_path / name).unlink()
    with pytest.raises(BadFileError, match=name):
        load(tmp_path)


@pytest.mark.parametrize("name", FILES[1:])
def test_a_changed_file_is_refused(name: str, tmp_path: Path) -> None:
    write_encoder(tmp_path, LABELS)
    with (tmp_path / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(BadFileError, match=rf"{name}.*is not the file"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 9}, "schema"),
        ({"targets": "all"}, "targets"),
        ({"targets": [1]}, "targets"),
        ({"max_length": 0}, "max_length"),
        ({"max_length": True}, "max_length"),
        ({"sha256": {}}, "is not the file"),
        ({"licences": "?"}, "did you mean 'licence'"),
        ({"targets": ["one too few"]}, "scores for 1 targets"),
    ],
)
def test_a_description_that_does_not_fit_is_refused(change: dict[str, object], said: str, tmp_path: Path) -> None:
    write_encoder(tmp_path, LABELS)
    path = tmp_path / "encoder.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    with pytest.raises(BadFileError, match=said):
        load(tmp_path)


@pytest.mark.parametrize("name", FILES)
def test_files_that_hold_rubbish_are_one_error(name: str, tmp_path: Path) -> None:
    import hashlib

    write_encoder(tmp_path, LABELS)
    (tmp_path / name).write_bytes(b"\x80\x04rubbish")
    if name != "encoder.json":
        meta = json.loads((tmp_path / "encoder.json").read_text(encoding="utf-8"))
        meta["sha256"][name] = hashlib.sha256(b"\x80\x04rubbish").hexdigest()
        (tmp_path / "encoder.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(BadFileError, match=name):
        load(tmp_path)


def test_the_same_encoder_is_written_as_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write_encoder(tmp_path / name, LABELS)
    for name in FILES:
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_it_is_read_from_disk_once(home: Path) -> None:
    assert load(home) is load(home)


# --- the scores -----------------------------------------------------------------------------------


def test_there_is_a_row_an_input_and_a_column_a_target(encoder: Encoder) -> None:
    scores = encoder.scores(PAIRS)
    assert scores.shape == (len(PAIRS), len(LABELS))
    assert np.isfinite(scores).all()


def test_no_input_gives_no_row(encoder: Encoder) -> None:
    assert encoder.scores([]).shape == (0, len(LABELS))


def test_what_else_is_scored_changes_nothing(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.scores([pair]) for pair in PAIRS])
    assert np.array_equal(encoder.scores(PAIRS), alone)
    assert np.array_equal(encoder.scores(PAIRS[::-1])[::-1], alone)
    assert np.array_equal(encoder.scores(PAIRS * 3), np.concatenate([alone] * 3))


def test_scores_have_two_decimals_and_no_negative_zero(encoder: Encoder) -> None:
    scores = encoder.scores(PAIRS)
    assert np.array_equal(scores, scores.round(2))
    assert not np.signbit(scores[scores == 0]).any()


def test_the_two_texts_are_told_apart(encoder: Encoder) -> None:
    one, other = encoder.scores([("wins", "blocked"), ("blocked", "wins")])
    assert not np.array_equal(one, other)


def test_words_after_the_longest_input_change_nothing(encoder: Encoder) -> None:
    long = "shipped the export " * 200
    one, other = encoder.scores([("", long), ("", long + "blocked " * 100_000)])
    assert np.array_equal(one, other)


HOSTILE = (
    *(
        "",
        "\x00",
        "\ud800",
        "\u202e" * 50,
        "a\u0301" * 300,
        "\U0010ffff",
        "👩‍👩‍👧‍👦" * 50,
        "[SEP] [CLS] [PAD]",
        "ﷺ" * 400,
    ),
    *("x" * 100_000, " " * 100_000, "| " * 5_000, "\n\r\t", "ا" * 3_000),
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_scored_like_any(text: str, encoder: Encoder) -> None:
    scores = encoder.scores([(text, ""), ("", text), (text, text)])
    assert np.isfinite(scores).all()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=80)), max_size=5))
def test_any_texts_are_scored_alike_twice(encoder: Encoder, pairs: list[tuple[str, str]]) -> None:
    assert np.array_equal(encoder.scores(pairs), encoder.scores(list(pairs)))


def test_the_libraries_are_loaded_when_an_encoder_is_and_no_network_with_them(home: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from analyzer.encoder import load; "
        "before = {'onnxruntime', 'tokenizers'} & set(sys.modules); "
        "load(Path(sys.argv[1])).scores([('a', 'b')]); "
        "loaded = {'huggingface_hub', 'httpx', 'requests', 'torch', 'transformers'} & set(sys.modules); "
        "sys.exit(str(before | loaded) if before | loaded else 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code, str(home)], capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_what_ships_can_be_loaded_and_says_its_licence() -> None:
    models = ROOT / "analyzer" / "models"
    if not (models / "encoder.json").is_file():
        pytest.skip("no encoder has been fitted yet")
    shipped = load()
    assert shipped is not None
    assert shipped.targets == TARGETS
    assert sum((models / name).stat().st_size for name in FILES) < 30_000_000
    assert json.loads((models / "encoder.json").read_text(encoding="utf-8"))["licence"] == "Apache-2.0"


# --- as features ----------------------------------------------------------------------------------


def item(text: str, line: int = 1) -> Item:
    return Item(
        source=Source("n.md", line, line),
        date=date(2025, 3, 3),
        text=text,
        raw=text,
        section="",
        heading="Wins",
        author=None,
        prefix="",
        sentences=(Span(0, len(text)),),
    )


def model_of(vectors: Sequence[FeatureVector]) -> Model:
    """A model of given vectors in which every second item has every label."""
    rows = list(vectors) * 4
    odd = [bool(index % 2) for index in range(len(rows))]
    targets: dict[str, list[bool | None]] = {name: list(odd) for name in LABELS}
    for name in ("status=done", "polarity=positive", "direction=received", "has_status"):
        targets[name] = list(odd)
    return train(rows, targets, [str(index // 2) for index in range(len(rows))], min_groups=1)


ITEMS = [item("Shipped the export", 1), item("Blocked by the manager", 2)]


def test_each_target_is_a_feature_of_each_item(encoder: Encoder) -> None:
    plain, (first, second) = look(ITEMS, ROSTER)[1], look(ITEMS, ROSTER, encoder)[1]
    assert {name for name in first if name.startswith("enc:")} == {f"enc:{name}" for name in LABELS}
    assert first["enc:impact"] != second["enc:impact"]
    assert {name: value for name, value in first.items() if not name.startswith("enc")} == plain[0]
    expected = encoder.scores([("Wins | subject | ", "Shipped the export")])[0] / 4
    assert [first[f"enc:{name}"] for name in LABELS] == pytest.approx(expected.tolist())


def test_an_item_has_what_its_neighbours_of_the_same_meeting_say(encoder: Encoder) -> None:
    later = replace(item("great wins", 3), date=date(2025, 3, 10))
    nested = replace(item("by the manager", 4), date=date(2025, 3, 10), parent=2)
    first, second, third, fourth = look([*ITEMS, later, nested], ROSTER, encoder)[1]

    def near(vector: FeatureVector) -> set[str]:
        return {name.split(":")[0].removeprefix("enc-") for name in vector if name.startswith("enc-")}

    assert [near(one) for one in (first, second, third, fourth)] == [
        {"after"},
        {"before"},
        {"after"},
        {"before", "parent"},
    ]
    assert second["enc-before:impact"] == pytest.approx(first["enc:impact"] / 2)
    assert fourth["enc-parent:impact"] == pytest.approx(third["enc:impact"] / 2)


def test_a_model_that_wants_an_encoder_does_not_label_without_it(encoder: Encoder, tmp_path: Path) -> None:
    model = model_of(look(ITEMS, ROSTER, encoder)[1])
    assert len(label(ITEMS, ROSTER, model, encoder)) == len(ITEMS)
    with pytest.raises(EncoderMissingError, match="not there"):
        label(ITEMS, ROSTER, model)
    write_encoder(tmp_path, LABELS[1:])
    with pytest.raises(EncoderMissingError, match="does not score accomplishment"):
        label(ITEMS, ROSTER, model, load(tmp_path))


def test_a_model_of_another_encoder_does_not_label(encoder: Encoder) -> None:
    model = model_of(look(ITEMS, ROSTER, encoder)[1])
    model.info["encoder"] = "0" * 64  # type: ignore[index]
    with pytest.raises(EncoderMissingError, match="another"):
        label(ITEMS, ROSTER, model, encoder)
    model.info["encoder"] = encoder.fingerprint  # type: ignore[index]
    assert len(label(ITEMS, ROSTER, model, encoder)) == len(ITEMS)


def test_a_model_without_an_encoder_is_the_same_with_one(encoder: Encoder) -> None:
    model = model_of(look(ITEMS, ROSTER)[1])
    assert label(ITEMS, ROSTER, model, encoder) == label(ITEMS, ROSTER, model)


# --- held-out scores ------------------------------------------------------------------------------


def table(folder: Path, pairs: list[tuple[str, str]], scores: list[list[float]]) -> HeldOutScores:
    save_scores(folder / SCORES, pairs, ("a", "b"), np.array(scores))
    found = load_scores(folder / SCORES)
    assert found is not None
    return found


def test_a_table_gives_back_its_scores_and_the_average_for_what_it_does_not_know(tmp_path: Path) -> None:
    found = table(tmp_path, [("x", "one"), ("x", "two")], [[1, 2], [3, -4]])
    assert found.targets == ("a", "b")
    assert found.scores([("x", "two"), ("x", "three"), ("x", "one")]).tolist() == [[3, -4], [2, -1], [1, 2]]
    assert found.scores([]).shape == (0, 2)
    assert ("x", "two") in found
    assert ("x", "three") not in found


def test_context_and_text_are_not_mixed_up(tmp_path: Path) -> None:
    found = table(tmp_path, [("a b", "c")], [[1, 2]])
    assert ("a", "b c") not in found


def test_an_input_of_two_authors_has_the_mean_of_its_scores(tmp_path: Path) -> None:
    found = table(tmp_path, [("x", "one"), ("x", "one")], [[1, 2], [2, 4]])
    assert found.scores([("x", "one")]).tolist() == [[1.5, 3]]


def test_the_same_scores_are_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    table(tmp_path, [("x", "one"), ("x", "two")], [[1, 2], [3, -4]])
    before = (tmp_path / SCORES).read_bytes()
    table(tmp_path, [("x", "two"), ("x", "one")], [[3, -4], [1, 2]])
    assert (tmp_path / SCORES).read_bytes() == before


@pytest.mark.parametrize("how", ["rubbish", "pickled", "other arrays", "wrong shape"])
def test_what_is_no_table_is_refused(how: str, tmp_path: Path) -> None:
    path = tmp_path / SCORES
    arrays = {"keys": np.array(["k"]), "scores": np.zeros((1, 2), np.float32), "targets": np.array(["a", "b"])}
    if how == "pickled":
        arrays["keys"] = np.array([{"k": 1}], dtype=object)
    elif how == "other arrays":
        del arrays["targets"]
    elif how == "wrong shape":
        arrays["scores"] = np.zeros((1, 3), np.float32)
    np.savez(path, **arrays)  # type: ignore[arg-type]
    if how == "rubbish":
        path.write_bytes(b"rubbish")
    with pytest.raises(BadFileError, match=SCORES):
        load_scores(path)


CARD = """\
subject = "{name} Haddad"
manager = "Tomas Lindqvist"
writer = "subject"
job = "baker"
style = "short"
format = "md"
year = 2025
day_first = true
"""
NOTES = """\
# 1:1 {name} / Tomas

## 3 March 2025
- Baked the {name} loaf for both shops {{{{a | st=done | id=loaf}}}}
- oven {name} stands still until the part is here {{{{b}}}}
- lunch with {name} {{{{-}}}}
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name in ("Noor", "Ines", "Goran", "Pia"):
        folder = tmp_path / "labelled" / "authors" / name.lower()
        folder.mkdir(parents=True)
        (folder / "card.toml").write_text(CARD.format(name=name), encoding="utf-8")
        (folder / "notes.md").write_text(NOTES.format(name=name), encoding="utf-8")
    return tmp_path / "labelled"


def write_table(corpus: Path) -> list[Example]:
    """Scores that give the answer away."""
    examples = [one for author in load_corpus(corpus) for one in examples_of(author)]
    scores = np.array([[4.0 if one.labels and name in one.labels else -4.0 for name in TARGETS] for one in examples])
    save_scores(corpus / SCORES, [(one.context, one.text) for one in examples], TARGETS, scores)
    return examples


def test_every_item_is_an_example_with_its_labels(corpus: Path) -> None:
    examples = [one for author in load_corpus(corpus) for one in examples_of(author)]
    assert [set(one.labels or ()) for one in examples] == [{"accomplishment"}, {"blocker"}, set()] * 4
    assert examples[0].status == "done"


def test_training_takes_the_scores_that_lie_beside_the_notes(corpus: Path, tmp_path: Path) -> None:
    write_table(corpus)
    train_model(corpus, tmp_path / "model")
    features = json.loads((tmp_path / "model" / "model.json").read_text(encoding="utf-8"))["features"]
    assert {f"enc:{name}" for name in TARGETS} <= set(features)


def test_evaluation_labels_the_authors_left_out_with_their_held_out_scores(corpus: Path) -> None:
    write_table(corpus)
    assert "accomplishment" in evaluate(corpus).text()


@pytest.mark.parametrize("trains", [True, False])
def test_notes_that_the_table_does_not_cover_are_one_error_with_a_way_out(trains: bool, corpus: Path) -> None:
    write_table(corpus)
    path = corpus / "authors" / "pia" / "notes.md"
    path.write_text(path.read_text(encoding="utf-8").replace("loaf", "bun"), encoding="utf-8")
    with pytest.raises(OutdatedScoresError, match="1 of 12 labelled items") as caught:
        train_model(corpus, corpus / "model") if trains else evaluate(corpus)
    assert "--encoder" in caught.value.tip


def test_where_an_encoder_is_and_no_table_training_says_so(corpus: Path, tmp_path: Path) -> None:
    write_encoder(tmp_path / "model", TARGETS)
    with pytest.raises(OutdatedScoresError, match="not there"):
        train_model(corpus, tmp_path / "model")


# --- training -------------------------------------------------------------------------------------


def test_training_shows_some_items_without_heading_and_some_of_those_without_parent() -> None:
    one = Example(author="a", context="Wins | of May | subject [P0] [x] | the export | again", text="shipped it")
    whole, bare, alone = one.context, " | subject [P0] [x] | the export | again", " | subject [P0] [x] | "
    assert [shown(one, iter(lots).__next__)[0] for lots in ((0.3,), (0.29, 0.5), (0.29, 0.49))] == [whole, bare, alone]
    assert shown(one, lambda: 0.0)[1] == "shipped it"


def test_without_its_libraries_training_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "torch", None)
    with pytest.raises(NoTrainingLibraryError, match="torch") as caught:
        fit_final([], tmp_path, tmp_path)
    assert isinstance(caught.value, AnalyzerError)
    assert "pip install torch" in caught.value.tip


def test_the_supplement_is_learned_from_on_both_sides_and_is_no_author(tmp_path: Path) -> None:
    assert supplement(tmp_path) == []
    (tmp_path / "supplement").mkdir()
    (tmp_path / "supplement" / "pairs.toml").write_text(
        '[[pair]]\nrule = "accomplishment, no: a plan"\nheading = "Wins"\n'
        'one = { text = "bread oven fitted", labels = "a", st = "done" }\n'
        'other = { text = "bread oven next", labels = "-", st = "planned" }\n',
        encoding="utf-8",
    )
    found = supplement(tmp_path)
    assert [(one.author, one.context, one.text, set(one.labels or ()), one.status) for one in found] == [
        ("", "Wins | subject | ", "bread oven fitted", {"accomplishment"}, "done"),
        ("", "Wins | subject | ", "bread oven next", set(), "planned"),
    ]


def test_each_author_is_left_out_once_and_the_supplement_never() -> None:
    examples = [Example(author=name, context="", text="x") for name in ("", *"abcdefg")]
    left = [authors_of(examples, fold) for fold in range(FOLDS)]
    assert sorted(name for some in left for name in some) == list("abcdefg")
