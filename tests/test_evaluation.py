"""Aligning the tool's items with the gold, and the figures computed from what they say."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.classifier import FeatureVector, Model
from analyzer.evaluation import cross_validate, evaluate_corpus, load_corpus, score_corpus, train_on
from analyzer.evaluation.alignment import align
from analyzer.evaluation.figures import b_cubed, bin_sums, calibration_error, figure, ratio, two_sided
from analyzer.evaluation.gold import Author, Card, GoldItem, GoldMetric
from analyzer.evaluation.notes import parse_notes
from analyzer.evaluation.outcomes import outcomes_of
from analyzer.evaluation.quantities import compare
from analyzer.evaluation.report import make_report
from analyzer.evaluation.validation import targets_of
from analyzer.records import Evidence, Item, Label, Metric, Polarity, Source, Status

CASES = Path(__file__).parent / "cases" / "labelled"
A, F = Label.ACCOMPLISHMENT, Label.FEEDBACK


def author(notes: str, name: str = "ada") -> Author:
    card = Card(
        subject="Ada Moss",
        manager="Bo Lind",
        writer="subject",
        job="tester",
        style="plain",
        format="Markdown",
        year=2025,
        day_first=True,
    )
    return Author(name=name, card=card, documents=(parse_notes("notes.md", "notes.md", notes),))


def tool_item(text: str, line: int, last: int | None = None, path: str = "notes.md") -> Item:
    return Item(
        source=Source(path, line, last or line),
        date=None,
        text=text,
        raw=text,
        section="",
        heading="",
        author=None,
    )


def says(text: str, line: int, *labels: Label, last: int | None = None, **fields: object) -> Evidence:
    item = tool_item(text, line, last)
    return Evidence(id=f"{line}-{text[:5]}", item=item, labels=frozenset(labels), **fields)  # type: ignore[arg-type]


def aligned(gold: Author, items: Sequence[Item]) -> list[tuple[int, ...]]:
    return [indices for _, indices in align(gold, items)[0]]


def test_items_on_lines_of_their_own_are_aligned_by_line() -> None:
    gold = author("- one thing {{-}}\n- another thing {{-}}")
    assert aligned(gold, [tool_item("one thing", 1), tool_item("another thing", 2)]) == [(0,), (1,)]


def test_sentences_of_one_line_are_aligned_by_their_stretch() -> None:
    gold = author("It rained. {{-}} The roof held. {{-}}")
    assert aligned(gold, [tool_item("The roof held.", 1), tool_item("It rained.", 1)]) == [(1,), (0,)]


def test_an_item_that_the_tool_cut_in_two_has_both_pieces() -> None:
    gold = author("- It rained. The roof held. {{-}}")
    assert aligned(gold, [tool_item("It rained.", 1), tool_item("The roof held.", 1)]) == [(0, 1)]


def test_an_item_of_the_tool_goes_to_the_gold_item_it_covers_most_of() -> None:
    gold = author("Rain. {{-}} The roof held all night long. {{-}}")
    assert aligned(gold, [tool_item("Rain. The roof held all night long.", 1)]) == [(), (0,)]


def test_words_are_found_though_the_tool_joined_the_lines() -> None:
    gold = author("- waiting for\n  the part {{-}}\n- next {{-}}")
    assert aligned(gold, [tool_item("waiting for the part", 1, 2)]) == [(0,), ()]


def test_an_item_whose_words_were_changed_is_aligned_by_its_lines() -> None:
    gold = author("- Ship*ped* it {{-}}")
    assert aligned(gold, [tool_item("Shipped it", 1)]) == [(0,)]


def test_an_item_outside_the_gold_is_reported() -> None:
    gold = author("# Head\n\n- one {{-}}")
    assert align(gold, [tool_item("Head", 1), tool_item("one", 3)])[1] == (0,)


def test_an_item_of_another_file_is_not_aligned() -> None:
    assert align(author("- one {{-}}"), [tool_item("one", 1, path="other.md")])[1] == (0,)


def test_a_gold_item_that_nothing_covers_counts_as_predicted_none() -> None:
    gold = author("- shipped it {{a | st=done | id=it}}")
    report = make_report("x", {"ada": outcomes_of(gold, [])})
    assert report.uncovered == ("ada/notes.md:1",)
    assert report.figures["accomplishment recall"].value == 0.0


def test_a_label_on_what_is_no_item_is_a_false_positive() -> None:
    gold = author("# Shipped things\n\n- shipped it {{a | st=done | id=it}}")
    report = make_report("x", {"ada": outcomes_of(gold, [says("Shipped things", 1, A), says("shipped it", 3, A)])})
    assert report.figures["accomplishment precision"].value == 0.5
    assert (report.extra, report.mistakes[0].kind, report.mistakes[0].line) == (1, "extra", None)


def test_pieces_of_one_item_are_joined() -> None:
    gold = author("- Shipped it. Bo liked it. {{af | st=done | pol=+ | dir=received | id=it | of=it}}")
    pieces = [
        says("Shipped it.", 1, A, confidence={A: 0.9, F: 0.2}, status=Status.DONE),
        says("Bo liked it.", 1, F, confidence={A: 0.1, F: 0.8}, polarity=Polarity.POSITIVE),
    ]
    (outcome,) = outcomes_of(gold, pieces)
    assert outcome.labels == {A, F}
    assert outcome.confidence == {A: 0.9, F: 0.8}
    assert (outcome.status, outcome.polarity) == (Status.DONE, Polarity.POSITIVE)


def test_precision_recall_and_f1_are_pooled_over_authors() -> None:
    one = author("- a b {{a | id=x}}\n- c d {{-}}", "one")
    two = author("- a b {{a | id=x}}\n- c d {{a | id=y}}", "two")
    outcomes = {
        "one": outcomes_of(one, [says("a b", 1, A), says("c d", 2, A)]),
        "two": outcomes_of(two, [says("a b", 1, A), says("c d", 2)]),
    }
    figures = make_report("x", outcomes).figures
    assert [figures[f"accomplishment {name}"].value for name in ("precision", "recall", "F1")] == pytest.approx(
        [2 / 3] * 3
    )
    assert figures["accomplishment F1"].support == 3
    assert figures["goal F1"].value is None


def test_an_attribute_that_is_not_given_counts_only_where_it_says_so() -> None:
    gold = author("- one {{- | st=done}}\n- two {{- | st=done}}\n- three {{- | st=planned}}")
    given = [says("one", 1, status=Status.DONE), says("two", 2), says("three", 3, status=Status.DONE)]
    figures = make_report("x", {"ada": outcomes_of(gold, given)}).figures
    assert figures["status accuracy"].value == pytest.approx(1 / 2)
    assert figures["status accuracy, none given counts as wrong"].value == pytest.approx(1 / 3)


def gold_metric(**numbers: float | str | None) -> GoldMetric:
    return GoldMetric(name="x", **numbers)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        (
            gold_metric(before=34, after=19, unit="min"),
            Metric(text="", before=34, after=19, unit="min"),
            (2, 0, 0, 1, 0),
        ),
        (gold_metric(before=34, after=19), Metric(text="", before=34, value=19), (1, 1, 1, 0, 0)),
        (gold_metric(delta=-38, unit="£k a year"), Metric(text="", delta=38_000, unit="£"), (1, 0, 0, 1, 0)),
        (gold_metric(value=1.9, unit="£m"), Metric(text="", value=1_900_000, unit="£"), (1, 0, 0, 1, 0)),
        (gold_metric(before=47, unit="k$"), Metric(text="", before=47_000, unit="$"), (1, 0, 0, 1, 0)),
        (gold_metric(delta=1.4, unit="EUR million"), Metric(text="", delta=1_400, unit="k€"), (1, 0, 0, 1, 0)),
        (gold_metric(value=5, unit="m"), Metric(text="", value=5, unit="m"), (1, 0, 0, 1, 0)),
        (gold_metric(value=5), Metric(text="", value=40), (0, 1, 1, 0, 1)),
        (gold_metric(value=0), Metric(text="", value=0), (1, 0, 0, 1, 0)),
    ],
)
def test_quantities_agree_by_number_and_role_whatever_the_scale(
    gold: GoldMetric, found: Metric, expected: tuple[int, ...]
) -> None:
    counts = compare([gold], [found])
    assert tuple(counts[key] for key in ("number_tp", "number_fp", "number_fn", "tuple_tp", "false")) == expected


def test_a_quantity_is_matched_once() -> None:
    counts = compare([gold_metric(value=5)], [Metric(text="", value=5), Metric(text="", value=5)])
    assert (counts["tuple_tp"], counts["tuple_fp"]) == (1, 1)


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "expected"),
    [
        ("all right", ["a", "a", "b", "b"], ["x", "x", "y", "y"], [4, 4, 4, 4]),
        ("one too many in a cluster", ["a", "a", "b"], ["x", "x", "x"], [1, 3, 2, 2]),
        ("each alone", ["a", "a"], ["x", "y"], [0, 0, 0, 2]),
        ("no cluster given", ["a", "a"], [None, None], [0, 0, 0, 2]),
        ("a cluster of one gives no credit", ["a"], ["x"], [0, 0, 0, 0]),
        ("items without gold are not counted", ["a", "a", None], ["x", "x", "x"], [2, 2, 2, 2]),
    ],
)
def test_b_cubed_leaves_an_items_own_membership_out(
    name: str, gold: list[str | None], predicted: list[str | None], expected: list[float]
) -> None:
    assert b_cubed(gold, predicted, own=False) == expected


@pytest.mark.parametrize(
    ("name", "gold", "predicted", "expected"),
    [
        ("all right", ["a", "a", "b"], ["x", "x", "y"], [3, 3, 3, 3]),
        ("one too many in a cluster", ["a", "a", "b"], ["x", "x", "x"], [5 / 3, 3, 3, 3]),
        ("no cluster given", ["a", "a"], [None, None], [2, 2, 1, 2]),
        ("a name that looks like no cluster", ["a", "a"], ["0", None], [2, 2, 1, 2]),
        ("items without gold are not counted", ["a", None], ["x", "x"], [1, 1, 1, 1]),
    ],
)
def test_b_cubed_counts_an_item_with_itself(
    name: str, gold: list[str | None], predicted: list[str | None], expected: list[float]
) -> None:
    assert b_cubed(gold, predicted) == pytest.approx(expected)


def test_b_cubed_f1_is_of_the_mean_precision_and_recall() -> None:
    assert two_sided(np.array([[1.0, 2.0, 2.0, 2.0]]))[0] == pytest.approx(2 / 3)


def test_a_sure_and_right_forecast_has_no_calibration_error() -> None:
    assert calibration_error(np.array([bin_sums([0.0, 1.0], [False, True])]))[0] == 0


def test_the_calibration_error_is_the_mean_distance_by_bin() -> None:
    assert calibration_error(np.array([bin_sums([0.8, 0.8, 0.1, 0.1], [True, False, False, False])]))[
        0
    ] == pytest.approx(0.2)


def test_an_interval_is_over_authors() -> None:
    same = figure([[5, 10], [5, 10], [5, 10]], ratio, 30)
    apart = figure([[1, 10], [5, 10], [9, 10]], ratio, 30)
    assert (same.value, same.low, same.high) == (0.5, 0.5, 0.5)
    assert apart.value == 0.5
    assert apart.low is not None
    assert apart.low < 0.3


def test_an_interval_is_the_same_on_every_run() -> None:
    assert figure([[1, 2], [2, 2]], ratio, 4) == figure([[1, 2], [2, 2]], ratio, 4)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(10, 20)), min_size=2, max_size=8))
def test_a_value_lies_inside_the_range_of_the_authors(pairs: list[tuple[int, int]]) -> None:
    one = figure(pairs, ratio, 1)
    each = [right / asked for right, asked in pairs]
    assert one.low is not None
    assert one.high is not None
    assert min(each) - 1e-9 <= one.low <= one.high <= max(each) + 1e-9


def bag_of_words(item: GoldItem) -> FeatureVector:
    return dict.fromkeys(re.findall(r"[a-z]+|\d", item.text.lower()), 1.0)


def featurize(of: Author) -> list[tuple[GoldItem, FeatureVector]]:
    return [(item, bag_of_words(item)) for item in of.items]


def test_the_classifier_is_asked_only_what_applies() -> None:
    items = author("- one {{- | st=done}}\n- two {{f | pol=+ | dir=given}}").items
    targets = targets_of(items)
    assert targets["feedback"] == [False, True]
    assert targets["has_status"] == [True, False]
    assert targets["status=done"] == [True, None]
    assert targets["polarity=positive"] == [None, True]
    assert targets["direction=received"] == [None, False]


def test_no_author_is_scored_by_a_model_that_saw_them(monkeypatch: pytest.MonkeyPatch) -> None:
    trained_on: list[frozenset[str]] = []

    def spy(rows: dict[str, object], *, seed: int = 0) -> Model:
        trained_on.append(frozenset(rows))
        return train_on(rows, seed=seed)  # type: ignore[arg-type]

    seen: list[tuple[str, int]] = []

    def predict(of: Author, _: Model) -> list[Evidence]:
        seen.append((of.name, len(trained_on)))
        return []

    monkeypatch.setattr("analyzer.evaluation.validation.train_on", spy)
    cross_validate(load_corpus(CASES), featurize, predict, folds=2)
    assert [name for name, _ in seen] == ["allotments", "ferry", "bakery", "library"]
    assert all(name not in trained_on[count - 1] for name, count in seen)


def test_a_corpus_is_evaluated_end_to_end() -> None:
    told: list[str] = []
    report = evaluate_corpus(CASES, featurize, progress=told.append)
    assert report.items == 41
    assert told == ["allotments", "bakery", "ferry", "library"]
    f1 = report.figures["blocker F1"].value
    assert f1 is not None
    assert f1 > 0.8  # "waiting" is in every blocker of the cases
    assert json.loads(json.dumps(report.as_dict()))["figures"]["blocker F1"]["value"] == f1


def test_the_tool_as_it_stands_is_scored_from_its_evidence() -> None:
    def label(of: Author) -> list[Evidence]:
        return [
            Evidence(
                id=f"{item.path}{item.start}",
                item=tool_item(item.text, item.first_line, item.line, item.path),
                labels=item.labels,
                project=item.project,
                accomplishment_id=item.claim,
                status=item.status,
                polarity=item.polarity,
                direction=item.direction,
            )
            for item in of.items
        ]

    report = score_corpus(CASES, label)
    assert report.figures["macro F1"].value == 1.0
    assert report.figures["projects B-cubed F1"].value == 1.0
    assert report.figures["metric numbers F1"].value == 0.0
    assert not report.mistakes
    assert not report.uncovered


def test_the_table_is_plain_text_with_a_row_for_each_figure() -> None:
    report = make_report("Some notes", {"ada": outcomes_of(author("- one {{i}}"), [says("one", 1, Label.IMPACT)])})
    lines = report.text().splitlines()
    assert lines[0] == "Some notes: 1 items of 1 authors"
    assert any(re.fullmatch(r"impact F1 +1\.000 +1\.000 to 1\.000 +1", line) for line in lines)
    assert any(line.startswith("ada ") for line in lines)
    assert len([line for line in lines if line.strip()]) >= len(report.figures)
