"""Figures that a draft computes, and how they are computed again."""

from __future__ import annotations

import pytest

from analyzer.drafting.derived import Known, check_derived, wrong_lists
from analyzer.drafting.effort_project import part_words
from analyzer.records import Part


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Two have no effect that was recognised: Ferry [03 Mar, l. 2] and Depot [04 Mar, l. 9].", []),
        ("13 have no effect that was recognised: Ferry [03 Mar, l. 2], Depot [04 Mar, l. 9] and 11 more.", []),
        (
            "13 have no effect that was recognised: Ferry [03 Mar, l. 2] and Depot [04 Mar, l. 9].",
            ['"13 have no effect that was recognised", but 2 are listed'],
        ),
        (
            "One led to a decision: Ferry [03 Mar, l. 2]. One was parked by Bo: Quay [05 Mar, l. 1]. Two stopped on the way: X [4].",
            ['"Two stopped on the way", but 1 are listed'],
        ),
    ],
)
def test_the_projects_that_a_sentence_counts_are_those_that_it_lists(text: str, wrong: list[str]) -> None:
    assert wrong_lists(text)[1] == wrong


def test_a_meeting_counts_once_where_the_period_lies_in_two_calendar_years() -> None:
    known = Known(labels=("03 Mar, l. 2", "03 Mar, l. 9", "14 Apr, l. 3"), lines=(), years=(2025, 2026))
    assert check_derived("Work shows in 2 meetings", known)[1] == []
    assert check_derived("Work shows in 4 meetings", known)[1] == ['"4 meetings", but 2 cited']


def test_half_days_are_figures_of_the_line() -> None:
    known = Known(labels=("03 Mar, l. 2",), lines=("close took 3.5 days, was 6",), years=(2025,))
    assert "3.5 days" in check_derived("from 6 to 3.5 days", known)[0]


@pytest.mark.parametrize(
    ("detail", "line", "change", "told"),
    [
        ("from 6 to 3.5 days", "3.5 days, was 6", "3.5 days, was 6", "size, from 6 to 3.5 days"),
        (
            "from 3 to 6",
            "6/7 came through, before 3/7",
            "6/7 came through, before 3/7",
            'size, "6/7 came through, before 3/7"',
        ),
        ("from $9k to $41k", "41k now, it was 9", "41k now, it was 9", 'size, "41k now, it was 9"'),
        ("from 3 to 6", "6/7 came through", "twice as many", "size"),
    ],
)
def test_a_size_is_told_in_figures_of_its_line_or_quoted(detail: str, line: str, change: str, told: str) -> None:
    part = Part(name="size", points=2, detail=detail, evidence=("e",))
    assert part_words(part, [line], [change]) == told
