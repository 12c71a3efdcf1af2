"""Which lines are meetings, on which day, and what is said where the notes are not clear."""

from __future__ import annotations

import time
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.reading import read_text
from analyzer.reading.datelines import is_away, is_blank_date, is_cancelled, is_template, led_by_date, meeting_date
from analyzer.reading.dayorder import Order, common_order
from analyzer.reading.filedates import file_date
from analyzer.reading.months import foreign_month_of, month_of, weekday_of
from analyzer.reading.written import written_dates
from analyzer.reading.years import days, far_off, years_in
from analyzer.records import Document, MeetingKind, Problem
from analyzer.settings import Settings


def _read(text: str, path: str = "notes.md", **settings: object) -> tuple[Document, tuple[Problem, ...]]:
    return read_text(text, path=path, settings=Settings.model_validate(settings))


def _days(text: str, path: str = "notes.md", **settings: object) -> list[str]:
    document, _ = _read(text, path, **settings)
    return [str(one.date) for one in document.meetings if one.date]


@pytest.mark.parametrize(
    "line",
    [
        "Thurs 4 Dec 2025", "6 Nov (15 min only)", "10/07/2025", "12/17 Wed, last one this year", "9/10 on-call 🔥", "Oct 8", "2025-03-04",
        "Mon, Mar 3, 2025 · 30 min", "Week of March 3rd", "w/c 3 Feb", "2025-W10", "2022, Week 5", "Tues 3/6", "7nd May", "12th Januray 2018",
        "Date: 14th September 2017", "*Date: 03/03/2025*", "14 Aug: cancelled, Colm on leave", "📅 3 March", "1:1 – 3 March 2025", "04.04",
        "17-12-2025", "[12 March](https://example.org/x)", "Meeting 2025-01-14", "Ada 2025-01-14", "10/15 - cancelled", "Mar 3-7",
    ],
)  # fmt: skip
def test_a_heading_with_a_date_is_a_meeting(line: str) -> None:
    assert meeting_date(line, heading=True)


@pytest.mark.parametrize(
    "line",
    [
        "Next meeting: 3 March", "Deadline 3 March", "3 March deadline", "Created: 2025-01-03", "ETA 3/7", "2.1 Scope", "Q1 2025", "2025",
        "v1.2 launch", "Wins", "Goals for 2025-03-01", "Due by 3 March", "Moved to 3 March", "OKR 3/4 done", "Release 3 May",
        "What we said about the plan in the meeting of 3 March, and why it did not hold",
    ],
)  # fmt: skip
def test_a_heading_that_only_speaks_of_a_date_is_none(line: str) -> None:
    assert meeting_date(line, heading=True) is None


@pytest.mark.parametrize(
    "line",
    [
        "19 Sept",
        "Thu 17 Oct",
        "9/1",
        "3 March 2025",
        "Tuesday 14 January",
        "7 Nov - cancelled",
        "3/4 (short)",
        "Date: 3/4/2025",
        "14 Jan, 10:30",
    ],
)
def test_a_line_that_is_a_date_and_nothing_else_is_a_meeting(line: str) -> None:
    assert meeting_date(line, heading=False)


@pytest.mark.parametrize(
    "line",
    [
        "3 Oct was a mess", "3/4 of the wards are done", "24/24. docs for all of them", "2.5", "3.5 days", "Ada and I met on 3 March",
        "12 June works for everybody", "On 3 March we shipped it", "10:30", "3/7 done, rest next week", "ETA 3/7", "May I go?",
    ],
)  # fmt: skip
def test_a_line_that_goes_on_after_its_date_is_no_meeting(line: str) -> None:
    assert meeting_date(line, heading=False) is None


@pytest.mark.parametrize(
    "words",
    [
        "cancelled, Colm on leave",
        "canceled",
        "- no meeting",
        "no 1:1 (Easter)",
        "skipped",
        "(postponed)",
        "didn't meet",
    ],
)
def test_words_that_say_that_there_was_no_meeting(words: str) -> None:
    assert is_cancelled(words)


@pytest.mark.parametrize(
    "words", ["cancelled the vendor contract", "no meeting room again", "skipped lunch for the launch", "short one", ""]
)
def test_words_that_only_look_like_a_cancelled_meeting(words: str) -> None:
    assert not is_cancelled(words)


def test_a_file_that_opens_with_cancelled_is_a_cancelled_meeting() -> None:
    document, _ = _read("CANCELLED - I'm in bed. Texted her at ten to eight.\n", "2025-08-05 Ada.md")
    assert [one.kind for one in document.meetings] == [MeetingKind.CANCELLED]


def test_a_cancelled_meeting_is_kept_with_its_lines() -> None:
    document, _ = _read("# Notes 2025\n## 10/15 - cancelled\nBo in Oslo, family stuff.\n## 10/8\n- shipped it\n")
    kinds = [(one.kind, str(one.date), len(one.blocks)) for one in document.meetings[1:]]
    assert kinds == [(MeetingKind.CANCELLED, "2025-10-15", 2), (MeetingKind.HELD, "2025-10-08", 2)]


def test_a_meeting_whose_only_words_are_that_it_was_skipped_is_cancelled() -> None:
    document, _ = _read("## 3 March 2025\nskipped, both ill\n\n## 10 March 2025\n- no meeting room\n")
    assert [one.kind for one in document.meetings] == [MeetingKind.CANCELLED, MeetingKind.HELD]


@pytest.mark.parametrize(
    ("lines", "days"),
    [
        (["# Notes 2025", "## 8 Jan", "- a", "## 18 Dec", "- b"], ["2025-01-08", "2024-12-18"]),
        (["# Notes 2024", "## 18 Dec", "- a", "## 8 Jan", "- b"], ["2024-12-18", "2025-01-08"]),
        (
            ["Thu 5 Sept 2024", "- a", "", "9 Jan", "- b", "", "17 July", "- c"],
            ["2024-09-05", "2025-01-09", "2025-07-17"],
        ),
        (["# Log", "## 2024", "### 12 Dec", "- a", "## 2025", "### 9 Jan", "- b"], ["2024-12-12", "2025-01-09"]),
    ],
)
def test_the_year_comes_from_the_title_or_the_neighbours_and_rolls_over_at_new_year(
    lines: list[str], days: list[str]
) -> None:
    assert _days("\n".join(lines)) == days


@pytest.mark.parametrize("path", ["2025.md", "2025/log.md", "1on1 2025.md", "Ada_2025_notes.md"])
def test_the_year_may_stand_only_in_the_file_or_folder(path: str) -> None:
    assert _days("## 3 March\n- a\n", path) == ["2025-03-03"]


def test_without_any_year_the_settings_say_it_and_else_a_problem_asks_for_it() -> None:
    assert _days("## 3 March\n- a\n", year=2025) == ["2025-03-03"]
    document, problems = _read("## 3 March\n- a\n")
    assert document.meetings[0].kind is MeetingKind.PINNED
    assert "--year" in problems[0].message


def test_a_year_that_is_only_spoken_of_is_used_and_called_a_guess() -> None:
    document, problems = _read("## 3 March\n- goals for 2025 agreed\n")
    assert document.meetings[0].date == date(2025, 3, 3)
    assert "guess" in problems[0].message


@pytest.mark.parametrize(
    ("text", "first_day"),
    [
        ("## 17/04/2025\n- a\n## 05/06/2025\n- b\n", True),
        ("## 04/17/2025\n- a\n## 06/05/2025\n- b\n", False),
        ("## 03/03/2025\n- ETA 3/7. Followed up on 2/27\n", False),
        ("## 03/03/2025\n- came on 27/6\n", True),
        ("# 2025\n## 14 Aug\n- a\n## 10/07\n- b\n## 5 June\n- c\n", True),
        ("# 2025\n## 10/8\n- a\n## 10/1\n- b\n## 9/10\n- c\n## 9/3\n- d\n", False),
        ("Dates are day/month\n## 3/4/2025\n- a\n", True),
        ("# 2025\n## Dec 1\n- due 3/4\n", False),
        ("# 2025\n## 1 Dec\n- due 3/4\n", True),
        ("# 2025\n## Tues 4/3\n- a\n", True),
    ],
)
def test_day_or_month_first_is_settled_from_the_whole_document(text: str, first_day: bool) -> None:
    document, problems = _read(text)
    assert document.day_first is first_day
    assert not [one for one in problems if "guess" in one.message]


def test_a_guess_of_the_order_is_said_and_the_settings_win() -> None:
    document, problems = _read("## 3/4/2025\n- a\n")
    assert document.day_first
    assert "guess" in problems[0].message
    document, problems = _read("## 3/4/2025\n- a\n", day_first=False)
    assert document.meetings[0].date == date(2025, 3, 4)
    assert not problems


def test_dates_inside_items_are_no_meetings() -> None:
    text = (
        "## 3 March 2025\n- ETA 3/7\n- next meeting 10 March\n- follow-up on 2025-04-01\nNext meeting: 17 March 2025\n"
    )
    assert _days(text) == ["2025-03-03"]


def test_a_contents_list_is_no_meetings() -> None:
    text = "* [10 March 2025](#10)\n* [3 March 2025](#3)\n\n## 10 March 2025\n- a\n## 3 March 2025\n- b\n"
    document, _ = _read(text)
    assert [str(one.date) for one in document.meetings] == ["2025-03-10", "2025-03-03"]
    assert [one.reason for one in document.ignored] == ["contents list"] * 2


def test_a_contents_list_without_links_is_no_meetings() -> None:
    text = "Log 2025\n\n24 March\n17 March\n10 March\n3 March\n\n24 March\n- a\n\n17 March\n- b\n\n10 March\n- c\n\n3 March\n- d\n"
    document, problems = _read(text, "log.txt")
    assert [str(one.date) for one in document.meetings if one.date] == [
        "2025-03-24",
        "2025-03-17",
        "2025-03-10",
        "2025-03-03",
    ]
    assert not problems


def test_an_unfilled_template_is_ignored() -> None:
    document, _ = _read(
        "## [INSERT DATE OF MEETING]\n### What did you achieve?\n* Replace this text\n\n## 3 March 2025\n- a\n"
    )
    assert [str(one.date) for one in document.meetings] == ["2025-03-03"]
    assert {one.reason for one in document.ignored} == {"template"}


def test_what_stands_above_the_first_date_is_pinned() -> None:
    document, _ = _read("# 1:1 Ada / Bo, 2025\nPinned: ship the thing\n\n## 3 March\n- a\n")
    assert [(one.kind, one.date) for one in document.meetings] == [
        (MeetingKind.PINNED, None),
        (MeetingKind.HELD, date(2025, 3, 3)),
    ]


def test_a_double_and_a_misplaced_date_are_problems_and_all_meetings_stay() -> None:
    text = "## 24 March 2025\n- a\n## 17 March 2025\n- b\n## 17 March 2025\n- c\n## 31 March 2025\n- d\n## 3 March 2025\n- e\n"
    document, problems = _read(text)
    assert len(document.meetings) == 5
    assert [(one.line, one.message) for one in problems] == [
        (7, "2025-03-31 stands out of order"),
        (5, "2025-03-17 stands twice, also in line 3"),
    ]


def test_a_day_that_does_not_exist_is_a_problem_and_its_lines_are_kept() -> None:
    document, problems = _read("## 31 June 2025\n- a\n## 3 July 2025\n- b\n")
    assert [one.kind for one in document.meetings] == [MeetingKind.PINNED, MeetingKind.HELD]
    assert "no such day" in problems[0].message


@pytest.mark.parametrize(
    ("path", "text", "day"),
    [
        ("2025-01-14 Ada.md", "# Ada\n## Wins\n- a\n## Next\n- b\n", "2025-01-14"),
        ("20250114.md", "- a\n", "2025-01-14"),
        ("25_03_04.md", "- a\n", "2025-03-04"),
        ("2025/W10/2025-W10.md", "- a\n", "2025-03-03"),
        ("ada.md", "---\ndate: 2025-01-14\ntags: [x]\n---\n- a\n## 2. Next\n- b\n", "2025-01-14"),
        ("2025-01-14.md", "# Ada, 14 January 2025\n- shipped on 3/1\n", "2025-01-14"),
    ],
)
def test_a_file_of_one_meeting_is_dated_by_its_name_or_front_matter(path: str, text: str, day: str) -> None:
    document, _ = _read(text, path)
    assert [str(one.date) for one in document.meetings] == [day]


def test_a_running_log_in_a_file_with_a_date_in_its_name_keeps_its_own_dates() -> None:
    assert _days("## 10 March 2025\n- a\n## 3 March 2025\n- b\n", "export 2025-12-31.md") == [
        "2025-03-10",
        "2025-03-03",
    ]


def test_a_file_without_any_date_is_a_problem_and_its_content_is_pinned() -> None:
    document, problems = _read("- shipped it\n")
    assert [one.kind for one in document.meetings] == [MeetingKind.PINNED]
    assert "no date" in problems[0].message


def test_a_bulleted_date_with_nested_items_is_a_meeting_and_a_lone_one_is_not() -> None:
    document, _ = _read("- 2025-03-10\n  - shipped it\n- 2025-03-03\n  - waited\n  - 2025-02-01\n")
    assert [(str(one.date), len(one.blocks)) for one in document.meetings] == [("2025-03-10", 2), ("2025-03-03", 3)]


def test_a_sample_agenda_inside_a_section_of_prose_ends_with_that_section() -> None:
    text = (
        "# Essay\n## Topics\nSome prose about it.\n\n*Date: 03/03/2025*\n\n*Wins*\n* a\n\n## Last words\nMore prose.\n"
    )
    document, _ = _read(text)
    assert [(str(one.date), len(one.blocks)) for one in document.meetings] == [
        ("None", 3),
        ("2025-03-03", 3),
        ("None", 2),
    ]


_FORMS = [
    ("03/03/2025", "2025-03-03"), ("27 Feb", "2025-02-27"), ("7nd May", "2025-05-07"), ("Mon, Mar 3, 2025 · 30 min", "2025-03-03"),
    ("Week of March 3rd", "2025-03-03"), ("w/c 3 Feb", "2025-02-03"), ("2025-W10", "2025-03-03"), ("2025, Week 5", "2025-01-27"), ("Week 12", "2025-03-17"),
    ("KW 12", "2025-03-17"), ("Week 12 (17 - 21 March)", "2025-03-17"), ("week 12 2025", "2025-03-17"), ("Tues 3/6", "2025-06-03"), ("25_03_04", "2025-03-04"),
    ("25-03-04", "2025-03-04"), ("20250304", "2025-03-04"), ("3/3-3/7", "2025-03-03"), ("Mar 3-7", "2025-03-03"), ("3-7 March", "2025-03-03"),
    ("March 31 - April 4", "2025-03-31"), ("29 Dec – 2 Jan 2025", "2024-12-29"), ("<2025-03-03 Mon>", "2025-03-03"), ("[2025-03-03 Mon 10:00]", "2025-03-03"),
    ("2025-03-03T10:00:00Z", "2025-03-03"), ("12th Januray", "2025-01-12"), ("Novemeber 4", "2025-11-04"), ("4 Febuary", "2025-02-04"), ("21 avril 2025", "2025-04-21"),
    ("Montag, 3. März", "2025-03-03"), ("Mo 3.3.", "2025-03-03"), ("3 de março de 2025", "2025-03-03"), ("lunedì 3 marzo 2025", "2025-03-03"), ("maandag 3 maart", "2025-03-03"),
    ("1er avril 2025", "2025-04-01"), ("04.04", "2025-04-04"), ("3/4/25", "2025-04-03"), ("3 Mar '25", "2025-03-03"), ("3-Mar-25", "2025-03-03"), ("03Mar2025", "2025-03-03"),
    ("March 3, 2025 at 10:00 AM", "2025-03-03"), ("Thursday 6 March", "2025-03-06"), ("6 March (Thu)", "2025-03-06"), ("[[2025-03-03]]", "2025-03-03"),
]  # fmt: skip
_PLACES = ["## {}\n- a\n", "**{}**\n- a\n", "{}\n- a\n", "- {}\n  - a\n", "Date: {}\n- a\n", "**Date:** {}\n\n- a\n"]


@pytest.mark.parametrize("place", _PLACES)
@pytest.mark.parametrize(("form", "day"), _FORMS)
def test_every_form_dates_a_meeting_wherever_a_date_can_stand(form: str, day: str, place: str) -> None:
    assert _days("# Log 2025\n\n" + place.format(form)) == [day]


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("2025/03/04.md", "2025-03-04"), ("2025/3 March/04.md", "2025-03-04"), ("2025/March/Dana 04.md", "2025-03-04"), ("2025-03/1on1 Dana 04.md", "2025-03-04"),
        ("2025/03-14 Dana.md", "2025-03-14"), ("2025/0304.md", "2025-03-04"), ("2025/W10.md", "2025-03-03"), ("2025/week-10.md", "2025-03-03"), ("2025/4 March.md", "2025-03-04"),
        ("2025-03-04 Dana/notes.md", "2025-03-04"), ("2025/4 March/notes.md", "2025-03-04"), ("1on1_Dana_25-03-04.md", "2025-03-04"), ("250304.md", "2025-03-04"),
        ("16.10.25 Dana.md", "2025-10-16"), ("Dana 21 avril 2025.md", "2025-04-21"), ("2025-03-04T10_00 Dana.md", "2025-03-04"), ("Dana (March 2025).md", "2025-03-01"),
        ("3-7 March 2025.md", "2025-03-03"),
    ],
)  # fmt: skip
def test_a_file_is_dated_by_its_name_and_folders_together(path: str, day: str) -> None:
    assert _days("- a\n", path) == [day]


@pytest.mark.parametrize(
    "path",
    ["2025/1-1 Dana.md", "2025/notes 2.md", "export 2025-12-31.md", "backup 2025-01-01/notes.md", "Week 3 plan.md", "v1.2.3.md", "2025/top 10.md", "may be.md", "2025.md"],
)  # fmt: skip
def test_numbers_in_names_of_files_that_are_no_dates(path: str) -> None:
    assert file_date(path, ()) is None


@pytest.mark.parametrize(
    "heading",
    [
        "Week 2 of onboarding", "3/4 of the goals done", "PTO 3-7 March", "Follow-up 10 March", "Back on 10 March", "Birthday 3 March", "By 3 March", "Monday", "Thursday", "3rd",
        "Incident 2025-02-27", "Offsite 2-3 May", "Audit of 14 February 2025", "Marsh 3 ward", "Top 3", "W-2 forms", "24/7 cover", "2-3 options", "Scheduled: 10 March", "Next 1:1: 10 March", "10-12 people", "May", "1:1",
    ],
)  # fmt: skip
def test_headings_with_numbers_or_days_that_are_no_meetings(heading: str) -> None:
    assert _days(f"## 3 March 2025\n- a\n### {heading}\n- b\n") == ["2025-03-03"]


def test_the_last_number_is_the_year_where_the_title_or_its_neighbours_say_so() -> None:
    assert _days("# Log 2024\n## 25-03-24\n- a\n") == ["2024-03-25"]
    assert _days("# Log 2025\n## 25-03-24\n- a\n") == ["2025-03-24"]
    assert _days("## 25-03-24\n- a\n## 18-03-24\n- b\n## 20-02-24\n- c\n") == ["2024-03-25", "2024-03-18", "2024-02-20"]


def test_a_log_of_months_is_dated_by_their_first_days_and_says_so() -> None:
    document, problems = _read("# Log\n## January 2025\n- a\n## February\n- b\n")
    assert [str(one.date) for one in document.meetings if one.date] == ["2025-01-01", "2025-02-01"]
    assert "months and no days" in problems[0].message
    assert _days("# 2025\n## March\n### Mon 3rd\n- a\n### Mon 10th\n- b\n") == ["2025-03-03", "2025-03-10"]
    assert _days("# Team 2025\n## April\n- promoted\n") == []


def test_a_heading_with_a_day_of_the_month_that_its_year_lacks_is_a_problem() -> None:
    document, problems = _read("## 29 Feb\n- a\n## 7 March\n- b\n", "2025/notes.md")
    assert [one.date for one in document.meetings] == [None, date(2025, 3, 7)]
    assert "no such day" in problems[0].message


def test_dates_written_both_ways_are_a_problem() -> None:
    _, problems = _read("## 17/4/2025\n- a\n## 4/24/2025\n- b\n## 5/6/2025\n- c\n")
    assert any("others month/day" in one.message for one in problems)


def test_weeks_that_count_from_one_are_called_doubtful() -> None:
    _, problems = _read("# Onboarding 2025\n## Week 1\n- a\n## Week 2\n- b\n")
    assert "2024-12-30" in problems[0].message
    _, problems = _read("# Log 2025\n## Week 40\n- a\n## Week 41\n- b\n")
    assert not problems


def test_the_folder_says_the_order_for_a_file_that_only_makes_it_likely() -> None:
    assert common_order([Order(True, "", sure=False), Order(True, "", sure=False), Order(False, "")]) is False
    assert common_order([Order(True, "", sure=False), Order(None, "")]) is True
    assert common_order([Order(None, "")]) is None


@pytest.mark.parametrize(
    ("text", "span"),
    [("1:1s 2024-25", (2024, 2025)), ("2024/2025", (2024, 2025)), ("Notes '25", (2025, 2025)), ("FY25 log", (2025, 2025)), ("2025-03", (2025, 2025)), ("the '90s team", None), ("room 25", None)],
)  # fmt: skip
def test_the_years_that_a_title_is_about(text: str, span: tuple[int, int] | None) -> None:
    assert years_in(text) == span


@pytest.mark.parametrize(
    ("word", "month"),
    [("januray", 1), ("febuary", 2), ("agust", 8), ("arpil", 4), ("setpember", 9), ("marsh", None), ("mayo", None), ("june", 6), ("julia", None), ("number", None), ("member", None), ("augustus", None)],
)  # fmt: skip
def test_a_month_may_be_misspelt_but_not_be_another_word(word: str, month: int | None) -> None:
    assert month_of(word) == month


def test_weekdays_and_months_of_other_languages() -> None:
    assert [weekday_of(one) for one in ("wendesday", "jeudi", "sexta", "tasty", "monda")] == [2, 3, 4, None, 0]
    assert [foreign_month_of(one) for one in ("août", "mei", "out")] == [8, 5, None]


@pytest.mark.parametrize(
    "words",
    [
        "moved to Thursday",
        "moved to 10 March",
        "pushed to next week",
        "rescheduled",
        "no 1:1 (holiday)",
        "abgesagt",
        "no session",
    ],
)
def test_a_meeting_that_was_moved_was_not_held(words: str) -> None:
    assert is_cancelled(words)


@pytest.mark.parametrize(
    "words",
    [
        "moved to production",
        "moved the till",
        "pushed to main",
        "moved from 3 March",
        "no call for bids",
        "shifted to the new desk",
    ],
)
def test_work_that_was_moved_is_no_cancelled_meeting(words: str) -> None:
    assert not is_cancelled(words)


def test_somebody_away_is_no_meeting_only_where_nothing_stands_below() -> None:
    assert is_away("- bank holiday")
    assert not is_away("holiday planning")
    document, _ = _read(
        "# 2025\n## 21 April - bank holiday\n## 28 April - Ines on leave\n- cover agreed\n## 5 May (holiday)\n- rota sent\n"
    )
    assert [one.kind.value for one in document.meetings[1:]] == ["cancelled", "held", "held"]


@pytest.mark.parametrize(
    "text", ["[INSERT DATE]", "YYYY-MM-DD", "{{date}}", "<% tp.date.now() %>", "Template", "DD/MM/YYYY"]
)
def test_headings_that_still_ask_for_a_date(text: str) -> None:
    assert is_template(text)
    assert not is_template("Template for the release notes")


@pytest.mark.parametrize(
    ("text", "blank"),
    [
        ("Date:", True),
        ("**Date:** ??", True),
        ("?? March", True),
        ("xx/xx/2025", True),
        ("Data", False),
        ("Date night rota", False),
        ("3 March", False),
    ],
)
def test_the_place_for_a_date_that_nobody_wrote(text: str, *, blank: bool) -> None:
    assert is_blank_date(text) is blank


def test_a_bold_date_may_lead_a_short_line() -> None:
    assert led_by_date("**3 March 2025:** the boat")
    assert not led_by_date("**3 March 2025:** we went through the whole list of boats and sold one.")
    assert not led_by_date("**Boats:** 3 March 2025")


def test_a_slip_in_a_year_is_far_off_and_a_long_pause_is_not() -> None:
    assert far_off([date(2025, 3, 3), date(2052, 3, 10), date(2025, 3, 17)]) == [1]
    assert far_off([date(2022, 3, 3), date(2022, 3, 10), date(2025, 3, 17), date(2025, 3, 24)]) == []
    assert far_off([date(2020, 1, 1), date(2022, 1, 1), date(2024, 1, 1)]) == []


def test_weeks_roll_over_new_year_in_either_order() -> None:
    for texts in (["Week 51", "Week 2"], ["Week 2", "Week 51"]):
        mentions = [written_dates(text)[0] for text in texts]
        found = days(mentions, day_first=True, year=2024 if texts[0] == "Week 51" else 2025)
        assert sorted(str(day) for day in found) == ["2024-12-16", "2025-01-06"]


@given(st.text(max_size=120))
def test_any_line_can_be_asked_for_its_date(text: str) -> None:
    found = written_dates(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    meeting_date(text, heading=True)
    led_by_date(text)


@pytest.mark.parametrize(
    "part",
    [
        "3",
        "3/",
        "3-",
        "1:1 ",
        "Mar 3-",
        "3 to ",
        "week ",
        "W1",
        "_",
        "**",
        "??",
        "25-03-",
        "de ",
        "é3",
        "[",
        "2025",
        "' ",
    ],
)
def test_expressions_take_time_in_proportion_to_a_line(part: str) -> None:
    text = part * 4000
    start = time.perf_counter()
    written_dates(text)
    years_in(text)
    is_cancelled(text)
    is_away(text)
    assert time.perf_counter() - start < 1.0
