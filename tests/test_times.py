"""Due dates, waits, arrivals, time spent and pointers to what was said before."""

from __future__ import annotations

import time
from datetime import date

import pytest

from analyzer.labelling.times import find_times

WRITTEN = date(2025, 5, 15)
"""A Thursday."""


def cues(text: str, written: date | None = WRITTEN, *, day_first: bool = True) -> list[tuple[str, str]]:
    return [(cue.kind, cue.value) for cue in find_times(text, written=written, day_first=day_first)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("tray labels sorted, ETA 6/6", "2025-06-06"),
        ("ETA now 11/6, half of the team is on leave", "2025-06-11"),
        ("ETA first timetable 12/9", "2025-09-12"),
        ("ETA 15/1, the rota is not signed off", "2026-01-15"),
        ("ETA 26/9 -> 10/10", "2025-10-10"),
        ("Metrics: 30/5 -> 20/6, finance counts in fiscal weeks", "2025-06-20"),
        ("due end of June", None),
        ("target 3/12", "2025-12-03"),
        ("will be ready by Friday", "2025-05-16"),
        ("the go-live was moved to 16/6", "2025-06-16"),
        ("other depots slip from 31/05 to 25/06", "2025-06-25"),
        ("operator has pushed the offer to 12/9", "2025-09-12"),
        ("lab IT now say end of June", "2025-06"),
        ("ledger now promised for 28/5", "2025-05-28"),
        ("aiming to go live 6/6", "2025-06-06"),
        ("ETA Q4", "2025-Q4"),
        ("ETA Q1", "2026-Q1"),
        ("ETA tomorrow", "2025-05-16"),
        ("ETA end of next week", "2025-05-23"),
    ],
)
def test_what_is_to_be_ready_has_an_eta(text: str, value: str | None) -> None:
    assert cues(text) == [("eta", value or "2025-06")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("send the rough costs by 19/12", "2025-12-19"),
        ("AI Sam: doc by Fri", "2025-05-16"),
        ("two pages by the 27th", "2025-05-27"),
        ("route map before Monday", "2025-05-19"),
        ("footnotes by end of June", "2025-06"),
        ("reply by 3/6", "2025-06-03"),
    ],
)
def test_a_step_has_a_due_date(text: str, value: str) -> None:
    assert cues(text) == [("due", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("waiting for the extract, asked on 3/2", "2025-02-03"),
        ("on the Monday board since 1 Sept", "2024-09-01"),
        ("followed up on 27/2", "2025-02-27"),
        ("nobody answers, open since 9/1", "2025-01-09"),
        ("on trial since Monday", "2025-05-12"),
        ("waiting for legal since Apr 28", "2025-04-28"),
    ],
)
def test_a_wait_has_a_beginning(text: str, value: str) -> None:
    assert cues(text) == [("since", value)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("the tube extract came on 27/4", "2025-04-27"),
        ("finally got access to the ledger", ""),
        ("the cert is here, no more excuse", ""),
        ("E-bus: unblocked", ""),
        ("not stuck any more", ""),
        ("the money landed on 15/4", "2025-04-15"),
        ("the field arrived on the 9th", "2025-05-09"),
    ],
)
def test_what_was_waited_for_arrives(text: str, value: str) -> None:
    assert ("arrived", value) in cues(text)


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("reset the levels on all wards, two afternoons of work", "0.2"),
        ("wrote the plan and ran the floor for both weeks", "2"),
        ("v1 is live. Five months, I never want to see it again", "21.75"),
        ("it took 3 days", "0.6"),
        ("spent half a day on the import", "0.1"),
        ("lost two weeks to the audit", "2"),
        ("the migration took me two and a half weeks", "2.5"),
    ],
)
def test_time_spent_is_given_in_weeks(text: str, weeks: str) -> None:
    assert cues(text) == [("duration", weeks)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("took your point from April: they presented it, I sat at the back", "2025-04"),
        ("as you said in March, one page is enough", "2025-03"),
        ("after your comment on the note I put the ask on top", ""),
        ("took your point", ""),
        ("your advice from November worked", "2024-11"),
    ],
)
def test_a_line_can_point_back_to_what_was_said(text: str, value: str) -> None:
    assert cues(text) == [("points_back", value)]


@pytest.mark.parametrize(
    "text",
    [
        "46 shortages in the first two weeks of the trial",
        "wait 34 -> 19 min (two weeks, 412 jobs)",
        "5 wks of her rounds",
        "refunds took 12 days on average",
        "published 2 weeks earlier than ever",
        "1h a week with him",
        "two weeks left",
        "came to see how we do the roster",
        "they came in March with questions about the notice board, not here yet",
        "until it is here nothing moves",
        "the extract hasn't arrived",
        "she is here on Mondays",
        "6/7 got through without help",
        "met Sam on Tuesday",
        "the mailing went out on the 3rd",
        "pouches went live on the 11th",
        "nothing hot can be tried before the 20th, no part",
        "finance won't release anything before June",
        "phase 2 to come back in November",
        "he's away till the 16th",
        "moved 2 spare duties from Friday to Sunday",
        "the phone is not here. nine months",
        "good holiday in May",
        "I may need 3 people",
        "v2.1 is 3/4 done",
    ],
)
def test_other_words_of_time_are_no_cue(text: str) -> None:
    assert cues(text) == []


def test_the_order_of_day_and_month_is_the_callers() -> None:
    assert cues("ETA 6/9", day_first=False) == [("eta", "2025-06-09")]
    assert cues("ETA 6/9", day_first=True) == [("eta", "2025-09-06")]


def test_without_a_day_of_writing_only_full_dates_are_read() -> None:
    assert cues("ETA 6/9", None) == []
    assert cues("ETA 2025-09-06", None) == [("eta", "2025-09-06")]


def test_a_cue_covers_its_words() -> None:
    text = "Pathology: the tube extract came on 27/4. ETA first timetable 12/9"
    words = [text[cue.start : cue.end] for cue in find_times(text, written=WRITTEN, day_first=True)]
    assert words == ["came on 27/4", "ETA first timetable 12/9"]


@pytest.mark.parametrize(
    "text", ["ETA " * 900, "moved to " * 400, "3/4 -> " * 500, "by Friday " * 400, "two weeks " * 400, "a" * 4_000]
)
def test_a_hostile_line_takes_no_longer_than_any_other(text: str) -> None:
    start = time.perf_counter()
    find_times(text, written=WRITTEN, day_first=True)
    assert time.perf_counter() - start < 2
