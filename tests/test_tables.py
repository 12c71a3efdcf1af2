"""The review as tables: one row each, typed columns."""

from __future__ import annotations

from datetime import date

import pytest
from evidence_builder import held, line
from grouped import ROSTER

from analyzer import tables
from analyzer.grouping import group
from analyzer.records import Review
from analyzer.scoring import score
from analyzer.settings import Curation, Settings


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
    ]
    settings = Settings(year=2025)
    meetings = held("2025-02-03", "2025-05-05")
    return score(group(evidence, meetings, ROSTER, settings, Curation()), settings)


def test_there_is_one_row_an_item_with_its_labels(review: Review) -> None:
    table = tables.evidence_table(review)
    assert list(table["accomplishment"]) == [True, False]
    assert str(table["date"].dtype).startswith("datetime64")
    assert str(table["project"].dtype) == "category"


def test_there_is_one_row_a_finished_thing(review: Review) -> None:
    table = tables.accomplishments_table(review)
    assert list(table["project"]) == ["Beacon"]
    assert list(table["effect_kinds"]) == [("adopted",)]


def test_there_is_one_row_a_project(review: Review) -> None:
    table = tables.projects_table(review)
    assert list(table["name"]) == ["Beacon"]
    assert table["first"].iloc[0].date() == date(2025, 2, 3)


def test_there_is_one_row_a_meeting_held(review: Review) -> None:
    assert list(tables.meetings_table(review)["quarter"]) == ["2025-Q1", "2025-Q2"]


def test_every_quarter_of_the_period_has_a_row(review: Review) -> None:
    table = tables.quarters_table(review)
    assert list(table["quarter"]) == ["2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4"]
    assert list(table["accomplishments"]) == [1, 0, 0, 0]
    assert list(table["effects"]) == [0, 1, 0, 0]


def test_a_year_without_anything_gives_empty_tables() -> None:
    empty = Review(subject=None, manager=None, start=date(2025, 1, 1), end=date(2026, 1, 1))
    assert tables.evidence_table(empty).empty
    assert tables.projects_table(empty).empty
