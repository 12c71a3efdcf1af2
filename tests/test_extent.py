"""How many units the words reach, and what kind of thing they touch."""

from __future__ import annotations

import time

import pytest

from analyzer.labelling.extent import find_extent


def values(text: str, kind: str) -> list[str]:
    return [cue.value for cue in find_extent(text) if cue.kind == kind]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("rolled it out to all 14 wards", "all"),
        ("on all wards the median wait was 22 min", "all"),
        ("boards in every store by six", "all"),
        ("live across the company", "all"),
        ("the template is company-wide now", "all"),
        ("14 of 14 teams are on it", "all"),
        ("used by the whole department", "all"),
        ("on trial on wards 4 + 7", "several"),
        ("three teams use the dashboard", "several"),
        ("live in theatres 1-4", "several"),
        ("both sites are on the new rota", "several"),
        ("22 of 31 metros have it", "several"),
        ("gap sessions held in 6 depots", "several"),
        ("late samples on the day shift fell", "one"),
        ("one ward tried it", "one"),
        ("the Leeds depot saves fuel", "one"),
        ("live on ward 12", "one"),
        ("our team starts from the template", "one"),
    ],
)
def test_breadth_is_how_many_units_are_reached(text: str, value: str) -> None:
    assert values(text, "breadth") == [value]


@pytest.mark.parametrize(
    "text",
    [
        "all 14 slides are done",
        "every day at six",
        "two weeks, 412 jobs",
        "40 porter hours a week freed",
        "last outage cost us 6 theatre lists",
        "shadowed 3 porter shifts",
        "interviewed 9 porters",
        "three pages on the new rota",
        "both weeks were long",
        "the first draft",
        "five lines with the ask on top",
        "all the best",
    ],
)
def test_papers_days_and_work_have_no_breadth(text: str) -> None:
    assert values(text, "breadth") == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("orders are £1,900 a month lower", "money"),
        ("saves 40k € a year", "money"),
        ("margin is up two points", "money"),
        ("the board said no to the second contract because of it", "decision"),
        ("approved on the strength of the numbers", "decision"),
        ("last outage cost us 6 theatre lists, this one none", "service"),
        ("failover drill, 0 lost transactions", "service"),
        ("no outages since the move", "service"),
        ("porter hours freed", "time"),
        ("median wait 34 -> 19 min", "time"),
        ("late samples 18% -> 11%", "quality"),
        ("churn is down", "quality"),
        ("customer satisfaction at 4.4", "quality"),
    ],
)
def test_the_consequence_is_what_the_words_touch(text: str, value: str) -> None:
    assert value in values(text, "consequence")


@pytest.mark.parametrize(
    "text", ["wrote the handover note", "last outage cost us a night's sleep", "good holiday", "met the new starters"]
)
def test_words_that_touch_nothing_have_no_money_or_decision(text: str) -> None:
    assert not {"money", "decision", "quality"} & {*values(text, "consequence")}


def test_a_consequence_is_given_once() -> None:
    assert values("errors, errors, late and errors", "consequence") == ["quality"]


def test_a_cue_covers_its_words() -> None:
    text = "rolled it out to all 14 wards"
    cue = next(cue for cue in find_extent(text) if cue.kind == "breadth")
    assert text[cue.start : cue.end] == "all 14 wards"


@pytest.mark.parametrize(
    "text", ["all " * 1_000, "no " * 1_300, "12 of " * 600, "the Ward " * 400, "service " * 500, "9" * 4_000]
)
def test_a_hostile_line_takes_no_longer_than_any_other(text: str) -> None:
    start = time.perf_counter()
    find_extent(text)
    assert time.perf_counter() - start < 2


@pytest.mark.parametrize("number", ["140", "1,140", "12,000"])
def test_a_number_of_things_is_taken_whole(number: str) -> None:
    text = f"locked {number} accounts"
    (cue,) = [one for one in find_extent(text) if one.kind == "breadth"]
    assert text[cue.start : cue.end] == f"{number} accounts"
