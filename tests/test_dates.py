"""Dates as people write them, quarters and fiscal years."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.dates import (
    DateMention,
    find_dates,
    monday_of,
    quarter_of,
    quarters_between,
    resolve,
    settle_order,
    year_period,
)

_NEAR = date(2025, 3, 15)


def _found(text: str, *, day_first: bool = True) -> list[str]:
    return [str(resolve(one, near=_NEAR, day_first=day_first)) for one in find_dates(text)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-03-04", "2025-03-04"), ("2025/3/4", "2025-03-04"), ("20250304", "2025-03-04"), ("2025-W10", "2025-03-03"), ("2022, Week 5", "2022-01-31"),
        ("27 Feb", "2025-02-27"), ("7nd May", "2025-05-07"), ("Mon, Mar 3, 2025", "2025-03-03"), ("March 3rd", "2025-03-03"), ("12th Januray 2018", "2018-01-12"),
        ("3rd of March", "2025-03-03"), ("Sept 18", "2024-09-18"), ("18-Sep-2025", "2025-09-18"), ("3 Mar '24", "2024-03-03"), ("17/04/2025", "2025-04-17"),
        ("3/7", "2025-07-03"), ("04.04", "2025-04-04"), ("17-12-2025", "2025-12-17"), ("3/7/25", "2025-07-03"), ("27/6", "2025-06-27"), ("2/27", "2025-02-27"),
    ],
)  # fmt: skip
def test_dates_in_many_spellings(text: str, day: str) -> None:
    assert _found(text) == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Churn model v2", "Q1 2025", "10:30", "3.5%", "v1.2.3", "£1.2", "24/24", "p95 900 ms", "1,300", "may be late", "march on", "2025", "34 -> 19", "13-14-2025", "a/b test",
        "http://x.y/3/7", "50/50", "5-6 weeks",
    ],
)  # fmt: skip
def test_numbers_that_are_no_dates(text: str) -> None:
    assert not find_dates(text)


def test_the_order_of_open_dates_is_the_callers() -> None:
    assert _found("3/7", day_first=False) == ["2025-03-07"]
    assert _found("27/6", day_first=False) == ["2025-06-27"]


def test_a_day_that_does_not_exist_resolves_to_none() -> None:
    assert _found("31 June") == ["None"]


@pytest.mark.parametrize(("lean", "day"), [(0, date(2025, 3, 1)), (1, date(2026, 3, 1)), (-1, date(2025, 3, 1))])
def test_a_lean_chooses_the_year(lean: int, day: date) -> None:
    assert resolve(find_dates("1 March")[0], near=_NEAR, day_first=True, lean=lean) == day


@pytest.mark.parametrize(
    ("texts", "order"),
    [
        (["17/4", "3/4"], True),
        (["4/17", "3/4"], False),
        (["3/4"], None),
        (["17/4", "4/17"], None),
        (["Tues 4/3/2025"], True),
        (["Tues 3/4/2025"], False),
        (["Fri 4/4/2025", "Thurs 3/4/2025"], True),
        (["3 March"], None),
    ],
)
def test_one_sure_date_settles_the_order(texts: list[str], order: bool | None) -> None:
    assert settle_order(mention for text in texts for mention in find_dates(text)) is order


@pytest.mark.parametrize(
    ("day", "start", "name"),
    [
        (date(2025, 3, 31), 1, "2025-Q1"),
        (date(2025, 4, 1), 1, "2025-Q2"),
        (date(2024, 7, 1), 7, "FY2025-Q1"),
        (date(2025, 6, 30), 7, "FY2025-Q4"),
    ],
)
def test_quarters(day: date, start: int, name: str) -> None:
    assert quarter_of(day, start) == name


def test_a_week_without_a_year_is_the_nearest_one() -> None:
    week = DateMention(start=0, end=7, form="week", day=1, month=1, week=51)
    assert resolve(week, near=date(2025, 1, 15), day_first=True) == date(2024, 12, 16)
    assert resolve(week, near=date(2025, 11, 15), day_first=True) == date(2025, 12, 15)


def test_a_year_has_only_the_weeks_that_it_has() -> None:
    assert monday_of(2020, 53) == date(2020, 12, 28)
    assert monday_of(2025, 53) is None
    assert not find_dates("2025-W53")


@given(st.integers(1980, 2100), st.integers(1, 12))
def test_a_year_has_four_quarters_of_its_own_number(year: int, fiscal_start: int) -> None:
    names = quarters_between(*year_period(year, fiscal_start), fiscal_start)
    label = f"FY{year}" if fiscal_start > 1 else str(year)
    assert names == [f"{label}-Q{number}" for number in (1, 2, 3, 4)]


@given(st.text(max_size=200))
def test_mentions_never_overlap_and_lie_inside_the_text(text: str) -> None:
    found = find_dates(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@given(
    st.dates(date(1970, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d/%m/%Y", "%a %d %b %Y"]),
)
def test_a_full_date_is_found_and_resolved_to_itself(day: date, form: str) -> None:
    mentions = find_dates(f"on {day.strftime(form)} we met")
    assert [resolve(one, near=_NEAR, day_first=True) for one in mentions] == [day]
