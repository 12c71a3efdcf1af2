from datetime import date

import pytest
from evidence_builder import cancelled, held, line
from grouped import grouped

from analyzer.errors import NoMeetingError
from analyzer.grouping import calendar
from analyzer.settings import Settings

MONTHLY = ("2025-01-06", "2025-02-03", "2025-03-03", "2025-03-31", "2025-06-30", "2025-07-28")


def test_a_gap_is_more_than_twice_the_usual_distance_and_names_what_was_cancelled() -> None:
    met = (*held(*MONTHLY), cancelled("2025-05-05"))
    assert [(gap.start, gap.end, gap.days, len(gap.cancelled)) for gap in calendar.gaps_of(met)] == [
        (date(2025, 3, 31), date(2025, 6, 30), 91, 1)
    ]


@pytest.mark.parametrize(
    "days",
    [
        ("2025-01-06", "2025-01-13", "2025-01-20", "2025-02-10"),  # three weeks in a weekly rhythm
        ("2025-01-06", "2025-03-03"),  # one distance is its own median
        ("2025-01-06",),
        (),
    ],
)
def test_a_short_stretch_is_no_gap(days: tuple[str, ...]) -> None:
    assert calendar.gaps_of(held(*days)) == ()


@pytest.mark.parametrize(
    ("days", "fiscal", "start"),
    [
        (("2024-12-30", "2025-01-06", "2025-02-03"), 1, date(2025, 1, 1)),
        (("2024-12-30", "2025-01-06"), 1, date(2025, 1, 1)),
        (("2024-08-05", "2025-02-03"), 7, date(2024, 7, 1)),
    ],
)
def test_the_period_is_the_year_with_the_most_meetings(days: tuple[str, ...], fiscal: int, start: date) -> None:
    assert calendar.period_of(held(*days), Settings(fiscal_year_start=fiscal))[0] == start


def test_a_period_without_a_meeting_is_an_error_that_says_what_was_seen() -> None:
    with pytest.raises(NoMeetingError, match="2024-12-30 to 2025-02-03"):
        calendar.period_of(held("2024-12-30", "2025-02-03"), Settings(year=2023))


def test_notes_without_any_date_are_an_error() -> None:
    with pytest.raises(NoMeetingError):
        calendar.period_of((), Settings())


def test_lines_outside_the_period_are_left_out_and_pinned_ones_stay() -> None:
    lines = [
        line(None, "goal", "g", id="pinned"),
        line("2024-12-30", "old", id="old"),
        line("2025-02-03", "new", id="new"),
    ]
    review = grouped(lines, settings=Settings(year=2025))
    assert [found.id for found in review.evidence] == ["pinned", "new"]
    assert [meeting.date for meeting in review.meetings] == [date(2025, 2, 3)]
