"""Dates that move, waits, and what ended them."""

from datetime import date

from evidence_builder import CueSpec, line
from grouped import claim_with, grouped

from analyzer.records import Event, Evidence

NAME = "Oven sensors"


def events_of(*lines: Evidence) -> list[Event]:
    return list(grouped(lines).projects[0].history)


def under_way(on: str, text: str, *cues: CueSpec, status: str = "in_progress") -> Evidence:
    return line(on, text, status=status, prefix=NAME, cues=cues)


def test_a_date_is_planned_once_and_then_moves_with_its_reason() -> None:
    events = events_of(
        under_way("2025-02-03", "wiring, ETA 3/3", ("eta", "2025-03-03", "ETA 3/3")),
        under_way("2025-02-17", "ETA 3/3", ("eta", "2025-03-03")),
        under_way("2025-03-03", "ETA 7/4, no plugs", ("eta", "2025-04-07", "ETA 7/4"), ("reason", "", "no plugs")),
    )
    assert [(event.kind, event.eta, event.reason) for event in events] == [
        ("planned", date(2025, 3, 3), None),
        ("moved", date(2025, 4, 7), "no plugs"),
    ]


def test_dates_for_two_things_are_no_move() -> None:
    events = events_of(
        under_way("2025-02-03", "ETA first batch 3/3", ("eta", "2025-03-03")),
        under_way("2025-02-17", "Nights ETA 7/4", ("eta", "2025-04-07")),
        under_way("2025-03-17", "Nights ETA 5/5", ("eta", "2025-05-05")),
    )
    assert [event.kind for event in events] == ["planned", "planned", "moved"]


def test_a_part_that_is_done_early_does_not_end_the_date_of_the_whole() -> None:
    events = events_of(
        under_way("2025-02-03", "ETA 3/3", ("eta", "2025-03-03")),
        line("2025-02-17", "wiring drawn", "a", status="done", prefix=NAME),
        under_way("2025-03-17", "ETA 7/4", ("eta", "2025-04-07")),
    )
    assert [event.kind for event in events] == ["planned", "done", "moved"]


def test_after_a_version_is_live_a_new_date_is_a_new_plan() -> None:
    live = line("2025-02-17", "v1 is live", "a", status="done", prefix=NAME, cues=[("milestone", "version", "v1")])
    events = events_of(
        under_way("2025-02-03", "ETA 3/3", ("eta", "2025-03-03")),
        live,
        under_way("2025-03-17", "ETA 7/4", ("eta", "2025-04-07")),
    )
    assert [event.kind for event in events] == ["planned", "done", "planned"]


def test_a_wait_that_is_reported_again_is_one_wait_from_the_day_that_the_line_gives() -> None:
    events = events_of(
        under_way(
            "2025-02-03",
            "waiting for IT, asked on 20/1",
            ("since", "2025-01-20"),
            ("blocked_on", "", "IT"),
            status="blocked",
        ),
        under_way("2025-02-17", "still waiting", status="blocked"),
        under_way("2025-03-03", "it came on 28/2", ("arrived", "2025-02-28")),
        under_way("2025-04-07", "waiting for plugs", status="blocked"),
    )
    assert [(event.kind, event.date, event.by) for event in events] == [
        ("blocked", date(2025, 1, 20), "IT"),
        ("unblocked", date(2025, 2, 28), None),
        ("blocked", date(2025, 4, 7), None),
    ]


def test_a_drop_says_by_whom_and_why() -> None:
    cues = [("dropped_by", "", "the board"), ("reason", "", "no money")]
    (event,) = events_of(line("2025-02-03", "the board stopped it, no money", status="dropped", prefix=NAME, cues=cues))
    assert (event.kind, event.by, event.reason) == ("dropped", "the board", "no money")


def test_each_finished_piece_has_the_events_that_led_to_it() -> None:
    lines = [
        under_way("2025-02-03", "ETA 3/3", ("eta", "2025-03-03")),
        under_way("2025-03-03", "ETA 7/4", ("eta", "2025-04-07")),
        line("2025-03-17", "wiring drawn", "a", status="done", prefix=NAME),
        line("2025-04-14", "live", "a", status="done", prefix=NAME, cues=[("milestone", "launch", "live")]),
    ]
    review = grouped(lines)
    assert [event.kind for event in claim_with(review, "wiring").history] == ["done"]
    assert [event.kind for event in claim_with(review, "live").history] == ["planned", "moved", "done"]
