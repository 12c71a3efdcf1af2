"""The review as tables: one row each, the columns and types of the schema, whether there are rows or not."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from evidence_builder import held, line
from grouped import ROSTER
from workshop_review import workshop

from analyzer import tables
from analyzer.grouping import group
from analyzer.records import Review
from analyzer.scoring import score
from analyzer.settings import Curation, Settings
from analyzer.tables.rows import ROWS
from analyzer.tables.schema import KINDS

EMPTY = Review(subject=None, manager=None, start=date(2025, 1, 1), end=date(2026, 1, 1))


@pytest.fixture(scope="module")
def review() -> Review:
    evidence = [
        line(
            "2025-02-03",
            "Beacon: shipped v1",
            "a",
            status="done",
            prefix="Beacon",
            cues=[("work", "done"), ("share", "mine")],
        ),
        line("2025-05-05", "Beacon: everyone uses it now", "i", prefix="Beacon", cues=[("effect", "adopted")]),
        line("2025-05-05", "lunch was fine"),
    ]
    settings = Settings(year=2025)
    meetings = held("2025-02-03", "2025-05-05")
    return score(group(evidence, meetings, ROSTER, settings, Curation()), settings)


def test_there_is_one_row_an_item_whether_it_has_a_label_or_not(review: Review) -> None:
    table = tables.table("items", review)
    assert list(table["labels"]) == [("accomplishment",), ("impact",), ()]
    assert list(table["text"]) == [one.item.text for one in review.evidence]


def test_evidence_is_the_items_that_have_a_label(review: Review) -> None:
    table = tables.table("evidence", review)
    assert list(table["accomplishment"]) == [True, False]
    assert str(table["date"].dtype) == "datetime64[us]"
    assert str(table["project"].dtype) == "category"


def test_there_is_one_row_a_finished_thing(review: Review) -> None:
    table = tables.table("accomplishments", review)
    assert list(table["project"]) == ["Beacon"]
    assert list(table["effect_kinds"]) == [("adopted",)]


def test_there_is_one_row_an_effect_with_the_piece_that_it_is_of(review: Review) -> None:
    table = tables.table("effects", review)
    assert list(table["kind"]) == ["adopted"]
    assert list(table["accomplishment_id"]) == list(tables.table("accomplishments", review)["id"])


def test_there_is_one_row_a_project(review: Review) -> None:
    table = tables.table("projects", review)
    assert list(table["name"]) == ["Beacon"]
    assert table["first"].iloc[0].date() == date(2025, 2, 3)


def test_there_is_one_row_a_meeting_held(review: Review) -> None:
    assert list(tables.table("meetings", review)["quarter"]) == ["2025-Q1", "2025-Q2"]


def test_every_quarter_of_the_period_has_a_row(review: Review) -> None:
    table = tables.table("quarters", review)
    assert list(table["quarter"]) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert list(table["accomplishments"]) == [1, 0, 0, 0]
    assert list(table["effects"]) == [0, 1, 0, 0]


def test_there_is_one_row_a_piece_of_feedback_with_its_speaker() -> None:
    review = workshop()
    table = tables.table("feedback", review)
    assert list(table["evidence"]) == [entry.evidence for entry in review.feedback]
    assert set(table["speaker"].dropna()) <= {entry.speaker for entry in review.feedback}


@pytest.mark.parametrize("name", tables.TABLES)
@pytest.mark.parametrize("whole", [True, False], ids=["a year", "an empty year"])
def test_a_table_has_the_columns_and_types_of_its_schema(name: str, whole: bool) -> None:
    table = tables.table(name, workshop() if whole else EMPTY)
    schema = tables.TABLES[name]
    assert tuple(table.columns) == schema.names
    assert [str(dtype) for dtype in table.dtypes] == [column.dtype for column in schema.columns]
    assert name == "quarters" or table.empty is not whole or name == "checks"


@pytest.mark.parametrize("name", tables.TABLES)
def test_a_row_has_a_value_for_every_column_and_no_other(name: str) -> None:
    for row in ROWS[name](workshop()):
        assert set(row) == set(tables.TABLES[name].names)


def test_the_values_of_a_category_are_those_that_the_schema_names_also_where_no_row_has_them() -> None:
    status = tables.table("evidence", EMPTY)["status"]
    assert list(status.cat.categories) == ["done", "in_progress", "planned", "blocked", "dropped"]


def test_quarters_are_in_their_order() -> None:
    quarters = tables.table("items", workshop())["quarter"]
    assert quarters.cat.ordered
    assert list(quarters.cat.categories) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]


def test_the_table_of_many_has_person_and_year_in_front_and_all_rows_in_order() -> None:
    years = [("Ada", "2025", workshop()), ("Bo", "2025", EMPTY)]
    table = tables.table_of_many("quarters", years)
    assert tuple(table.columns) == ("person", "year", *tables.TABLES["quarters"].names)
    assert list(table["person"]) == ["Ada"] * 4 + ["Bo"] * 4
    alone = tables.table("quarters", workshop())
    pd.testing.assert_frame_equal(table.iloc[:4].drop(columns=["person", "year"]), alone)


def test_the_table_of_nobody_has_its_columns_too() -> None:
    table = tables.table_of_many("feedback", [])
    assert [str(dtype) for dtype in table.dtypes][:2] == ["category", "category"]
    assert tuple(table.columns)[2:] == tables.TABLES["feedback"].names


def test_every_column_says_what_it_means_and_has_a_known_kind() -> None:
    for schema in tables.TABLES.values():
        assert len(set(schema.names)) == len(schema.names)
        assert all(column.meaning and column.kind in KINDS for column in schema.columns)
    assert set(ROWS) == set(tables.TABLES)
