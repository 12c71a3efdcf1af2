"""Effort: every point is a line that reports work."""

import pytest
from evidence_builder import CueSpec, line
from grouped import MANAGER, claim_with, part, points, project_named, scored

from analyzer.records import Evidence
from analyzer.settings import Settings, Weights

NAME = "Oven sensors"


def done(on: str, text: str, *cues: CueSpec, **more: object) -> Evidence:
    return line(on, text, "a", status="done", prefix=NAME, cues=cues, **more)  # type: ignore[arg-type]


def under_way(on: str, text: str, *cues: CueSpec, **more: object) -> Evidence:
    return line(on, text, status="in_progress", prefix=NAME, cues=cues, **more)  # type: ignore[arg-type]


def effort(*lines: Evidence) -> dict[str, int]:
    return points(project_named(scored(lines), NAME).effort)


def detail(name: str, *lines: Evidence) -> str | None:
    found = part(project_named(scored(lines), NAME).effort, name)
    return found.detail if found else None


@pytest.mark.parametrize(
    ("last", "weeks", "time"),
    [
        ("2025-02-03", "1 week active", 1),
        ("2025-02-10", "1 week active", 1),
        ("2025-02-11", "2 weeks active", 1),
        ("2025-03-03", "4 weeks active", 1),
        ("2025-03-04", "5 weeks active", 2),
        ("2025-05-05", "13 weeks active", 4),
    ],
)
def test_time_is_one_point_for_every_four_weeks_begun(last: str, weeks: str, time: int) -> None:
    lines = (done("2025-02-03", "first shop fitted"), done(last, "the wiring plan is drawn"))
    assert (detail("time", *lines), effort(*lines)["time"]) == (weeks, time)


@pytest.mark.parametrize(
    ("words", "weeks", "time", "shown"),
    [
        ("both weeks", "2", 2, '"both weeks"'),
        ("nine months", "39", 4, '"nine months"'),
        ("two afternoons", "0.2", 1, '1 week active ("two afternoons" is less)'),
        ("one week", "1", 1, '1 week active ("one week" gives no more)'),
    ],
)
def test_a_stated_duration_counts_where_it_gives_more(words: str, weeks: str, time: int, shown: str) -> None:
    found = done("2025-02-03", f"fitted them in {words}", ("duration", weeks, words))
    assert (effort(found)["time"], detail("time", found)) == (time, shown)


def test_time_spent_waiting_is_no_stated_duration() -> None:
    came = under_way("2025-02-03", "plugs came after five weeks", ("arrived", ""), ("duration", "5", "five weeks"))
    assert effort(came, done("2025-02-10", "first shop fitted"))["time"] == 1


def test_a_blocked_line_neither_begins_nor_ends_the_span_and_is_no_meeting_with_work() -> None:
    lines = (
        line("2025-01-06", "waiting for plugs", "b", status="blocked", prefix=NAME),
        done("2025-02-03", "first shop fitted"),
        line("2025-06-02", "waiting for cable", "b", status="blocked", prefix=NAME),
    )
    assert effort(*lines) == {"time": 1, "meetings": 1, "finished": 2, "blockers": 2}


def test_a_line_that_repeats_praises_or_measures_is_no_work() -> None:
    lines = (
        done("2025-02-03", "first shop fitted"),
        done("2025-03-03", "first shop fitted"),
        line("2025-04-07", "sensors in the newsletter", "a", prefix=NAME, cues=[("repeat", "")]),
        line("2025-05-05", "waste 9 -> 5", "i", prefix=NAME),
        line("2025-06-02", "neat job", "f", polarity="positive", prefix=NAME, author=MANAGER),
        line("2025-07-07", "order more", "t", status="planned", prefix=NAME, cues=[("due", "2025-08-01")]),
    )
    assert effort(*lines) == {"time": 1, "meetings": 1, "finished": 2}


def test_a_wish_is_no_work_and_a_plan_with_a_date_is() -> None:
    lines = (
        done("2025-02-03", "first shop fitted"),
        line("2025-05-05", "next year the other site", "c", status="planned", prefix=NAME),
        line("2025-06-02", "ETA 7/7", status="planned", prefix=NAME, cues=[("eta", "2025-07-07")]),
    )
    assert effort(*lines)["meetings"] == 2


def test_what_somebody_else_reports_as_their_own_work_is_none_of_the_owners() -> None:
    lines = (
        done("2025-02-03", "first shop fitted"),
        under_way("2025-03-03", "I am on the budget for it", author=MANAGER),
        under_way("2025-04-07", "Ilse wires shop 3", ("share", "other", "Ilse")),
    )
    assert effort(*lines)["meetings"] == 1


def test_two_lines_of_one_meeting_are_one_meeting() -> None:
    lines = (done("2025-02-03", "first shop fitted"), under_way("2025-02-03", "second shop wired"))
    assert effort(*lines)["meetings"] == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("fitted them with Ilse's crew", "Ilse's crew"),
        ("trained Ilse on them", "Ilse"),
        ("Ilse and I fitted them", "Ilse"),
        ("presented them to Ilse", None),
        ("Ilse asked for them", None),
    ],
)
def test_people_count_where_they_work_on_it(text: str, shown: str | None) -> None:
    assert detail("people", done("2025-02-03", text, people=["Ilse Brandt"])) == shown


def test_moves_of_the_date_and_waits_count_each() -> None:
    lines = (
        under_way("2025-02-03", "ETA 3/3", ("eta", "2025-03-03")),
        under_way("2025-03-03", "ETA 7/4", ("eta", "2025-04-07")),
        line("2025-03-17", "waiting for plugs", "b", status="blocked", prefix=NAME),
        line("2025-03-24", "still waiting", "b", status="blocked", prefix=NAME),
        done("2025-04-07", "all shops fitted"),
    )
    assert effort(*lines) == {"time": 3, "meetings": 3, "finished": 2, "blockers": 2, "eta moves": 1}


def test_work_on_the_way_counts_for_the_next_finished_piece() -> None:
    lines = (
        under_way("2025-02-03", "drawing the plan"),
        done("2025-02-17", "the wiring plan is drawn"),
        under_way("2025-03-03", "fitting"),
        done("2025-04-07", "all shops fitted"),
        under_way("2025-05-05", "clearing up"),
    )
    review = scored(lines)
    assert points(claim_with(review, "wiring").effort) == {"time": 1, "meetings": 2, "finished": 2}
    assert points(claim_with(review, "all shops").effort) == {"time": 2, "meetings": 2, "finished": 2}


def test_the_settings_can_change_every_weight() -> None:
    weights = Weights(weeks_per_point=1, meeting=3, finished=5)
    lines = (under_way("2025-02-03", "drawing"), done("2025-02-24", "the plan is drawn"))
    review = scored(lines, settings=Settings(weights=weights))
    assert points(project_named(review, NAME).effort) == {"time": 3, "meetings": 6, "finished": 5}


def test_each_part_names_the_lines_that_it_is_made_of() -> None:
    lines = (under_way("2025-02-03", "drawing", id="one"), done("2025-04-07", "the plan is drawn", id="two"))
    score = project_named(scored(lines), NAME).effort
    assert {one.name: one.evidence for one in score.parts if score} == {  # type: ignore[union-attr]
        "time": ("one", "two"),
        "meetings": ("one", "two"),
        "finished": ("two",),
    }
