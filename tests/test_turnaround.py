"""What the packet reads in the notes: figures, causes, order, time; and what the tracker does with somebody's edits."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from review_builder import line, metric

from analyzer.drafting.turnaround_phrases import BLANKS, TURN
from analyzer.errors import BadPeriodError
from analyzer.planning import window_days
from analyzer.records import Evidence
from analyzer.turnaround.clock import BLOCK_SECONDS, TALK_SECONDS, spoken_words, timed
from analyzer.turnaround.examples import difference
from analyzer.turnaround.gaps import _states_cause, part_of
from analyzer.turnaround.matching import Wanted, may_serve, of_criterion, serves, window_of
from analyzer.turnaround.plan import Criterion
from analyzer.turnaround.readings import latest, met, reading, target_of
from analyzer.turnaround.tracker import merged

WAITS = Criterion(
    name="Short queues",
    metric="queue wait",
    target="at most 9%",
    text="Nobody waits at the desk",
    aliases=("desk app",),
)


def said(text: str, *, when: str = "09-02", number: int = 5, **more: object) -> Evidence:
    """Make a line that says a text."""
    return line(f"e{number}", when, number, text, **more)  # type: ignore[arg-type]


def wanted() -> Wanted:
    return of_criterion(WAITS)


# --- which lines serve ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sure", "maybe"),
    [
        ("queue wait 9.4%", True, False),
        ("the queue waits went down", True, False),
        ("Short queue again", True, False),
        ("desk app is live", True, False),
        ("I wait in the queue", False, True),
        ("at the desk nobody waits", False, True),
        ("I wait for Ana", False, False),
        ("lunch", False, False),
    ],
)
def test_a_line_serves_a_criterion_by_its_name_and_may_serve_it_by_two_of_its_words(
    text: str, sure: bool, maybe: bool
) -> None:
    one = said(text)
    assert (serves(one, wanted()), may_serve(one, wanted())) == (sure, maybe)


def test_a_line_of_a_project_with_the_name_of_an_alias_serves_too() -> None:
    assert serves(said("went out to both shops", project="Desk app"), wanted())
    assert not serves(said("went out to both shops", project="Desk"), wanted())


# --- figures --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("queue wait 9.4%", "9.4%", ""),
        ("queue wait is now about 9.4%", "9.4%", ""),
        ("queue wait: 8% in Sept, 12% in June", "8%", "12%"),
        ("queue wait 8.9% last week (95% CI 8.4% to 9.4%)", "8.9%", ""),
        ("queue wait in July 7%", "7%", ""),
        ("queue wait 4 of 50", "4 of 50", ""),
        ("queue wait in Ghent 8%", "", ""),
        ("queue wait 8% on Monday and 12% on Friday", "", ""),
        ("queue wait: 8% in June, 12% in Sept", "8%", ""),
        ("12% of us hate the queue wait", "", ""),
    ],
)
def test_a_figure_counts_where_it_stands_beside_the_name_of_the_metric(text: str, after: str, before: str) -> None:
    one = reading(said(text), wanted(), target_of(WAITS.target))
    assert one is not None
    assert (one.after, one.before) == (after, before)


@pytest.mark.parametrize(
    "text", ["queue wait 9 min", "is the queue wait 9%?", "9% of the budget", "queue wait: see the sheet"]
)
def test_what_is_no_figure_of_the_metric_is_no_reading(text: str) -> None:
    assert reading(said(text), wanted(), target_of(WAITS.target)) is None


def test_a_count_may_stand_in_front_of_its_name() -> None:
    tests = of_criterion(Criterion(name="Trials", metric="trials", target="at least 2 a week"))
    one = reading(said("3 trials this week"), tests, target_of("at least 2 a week"))
    assert one is not None
    assert (one.after, met(one, target_of("at least 2 a week"))) == ("3", True)


@pytest.mark.parametrize(
    ("text", "state"),
    [("queue wait fell from 14% to 8%", True), ("queue wait on the night shift fell from 14% to 8%", None)],
)
def test_a_change_of_a_part_may_be_an_example_and_is_not_the_state_of_the_whole(text: str, state: bool | None) -> None:
    change = metric(text, "from 14% to 8%", before=14.0, after=8.0, unit="%", direction="down")
    one = reading(said(text, metrics=[change]), wanted(), target_of(WAITS.target))
    assert one is not None
    assert (one.before, one.after, met(one, target_of(WAITS.target))) == ("14%", "8%", state)


def test_what_would_have_been_is_no_change() -> None:
    text = "queue wait 8%, the old sheet would have been at 19%"
    change = metric(text, "8%, the old sheet would have been at 19%", before=19.0, after=8.0, unit="%")
    one = reading(said(text, metrics=[change]), wanted(), target_of(WAITS.target))
    assert one is not None
    assert one.before == ""


def test_the_newest_figure_is_the_state_and_words_count_only_in_the_window() -> None:
    window = window_of(date(2025, 9, 30), 42)
    new, old = said("queue wait was long again"), said("queue wait 12%", when="03-03", number=2)
    target = target_of(WAITS.target)
    found = latest([new, old], wanted(), target, window)
    assert found is not None
    assert found.line is old
    words = latest([new], wanted(), None, window)
    assert words is not None
    assert words.line is new
    assert latest([said("queue wait was long", when="03-03")], wanted(), None, window) is None


@pytest.mark.parametrize(
    ("text", "value", "way"),
    [
        ("at most 9%", 9.0, -1),
        ("under 200 ms", 200.0, -1),
        ("at least 0.7", 0.7, 1),
        ("≥ 90%", 90.0, 1),
        ("81%", 81.0, 0),
        ("every Thursday", 100.0, 1),
        ("4 of 5", 80.0, 0),
    ],
)
def test_a_target_has_a_figure_and_a_way(text: str, value: float, way: int) -> None:
    target = target_of(text)
    assert target is not None
    assert (target.value, target.way) == (value, way)


@pytest.mark.parametrize("text", ["a calm desk", "between 5% and 9%"])
def test_a_target_without_one_figure_has_none(text: str) -> None:
    assert target_of(text) is None


@pytest.mark.parametrize(
    ("before", "after", "delta"),
    [
        ("14.4%", "10.3%", "4.1 points"),
        ("0.62", "0.78", "0.16"),
        ("1,900", "400", "1,500"),
        ("€2,240", "€1,865", "€375"),
        ("€2,240", "1,865", ""),
        ("31", "22 min", "9 min"),
        ("31 min", "2 h", ""),
        ("31", "22%", ""),
        ("4 of 5", "5 of 5", ""),
        ("9%", "9%", ""),
    ],
)
def test_the_delta_is_computed_only_of_two_figures_of_one_unit(before: str, after: str, delta: str) -> None:
    assert difference(before, after) == delta


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("It was the input all along, in the training data", "input"),
        ("the carrier feed drops scans", "input"),
        ("the join loses rows", "transformation"),
        ("the slides were late", "output"),
        ("the test was under-powered", "output"),
        ("I build the slides by hand from four extracts", ""),
        ("we had no time", ""),
    ],
)
def test_the_broken_part_is_named_only_where_the_words_name_one(text: str, part: str) -> None:
    assert part_of(text) == part


@pytest.mark.parametrize(
    ("text", "way", "states"),
    [
        ("queue waits are long and slow because the desk app drops calls", -1, True),
        ("the queue wait rose because two of us left", -1, True),
        ("the queue wait rose because two of us left", 1, False),
        ("the queue wait fell because of the desk app", -1, False),
        ("it turned out that the feed was stale", -1, True),
        ("sent the desk app to legal again because they lost the first", -1, False),
        ("Ana credits the late fix because it was quiet", -1, False),
        ("is it late because of the feed?", -1, False),
        ("late again", -1, False),
    ],
)
def test_a_root_cause_is_why_something_went_wrong_and_not_why_something_got_better(
    text: str, way: int, states: bool
) -> None:
    one = said(text)
    assert _states_cause(one, one.item.sentences[0], way) is states


@pytest.mark.parametrize(("text", "days"), [("42d", 42), ("6w", 42), ("10", 10), ("366d", 366)])
def test_a_window_is_given_in_days_or_weeks(text: str, days: int) -> None:
    assert window_days(text) == days


@pytest.mark.parametrize("text", ["", "0d", "-3d", "42m", "six weeks", "9999d"])
def test_what_is_no_window_is_one_line(text: str) -> None:
    with pytest.raises(BadPeriodError, match="is no window"):
        window_days(text)


# --- the clock ------------------------------------------------------------------------------------


def test_citations_and_blanks_are_not_said_aloud() -> None:
    assert spoken_words('Waits: "14%". [09 Sep, l. 98] `____` (root cause: what broke?) My ask.') == 4


def test_a_block_of_more_than_90_seconds_and_a_talk_of_more_than_eight_minutes_are_over() -> None:
    rows = timed({"Opening": 195, "Situation": 196, "Resolution": 900}, 130)
    assert [one.over for one in rows] == [False, True, True, True]
    assert [one.seconds for one in rows] == [90, 91, 416, 596]
    assert (BLOCK_SECONDS, TALK_SECONDS) == (90, 480)
    assert "90 seconds" in TURN["talk_lead"]
    assert "eight minutes" in TURN["talk_lead"]


def test_every_blank_has_its_name_and_ends_in_a_question() -> None:
    assert all(": " in text and text.endswith("?") for text in BLANKS.values())


# --- the tracker ----------------------------------------------------------------------------------

BASE = """# Tracker

Filled in from the notes up to 9 September 2025. Edit what you like: what you change stays, and later runs fill in the rest.

| Metric | Kind | Target | Actual | By | Owner | Artefact | Checkpoint | Your words |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| waits | lagging | at most 9% | 14% (09 Sep, l. 4) | 2025-10-31 | me |  |  |  |
| trials | leading | 2 a week |  | 2025-10-31 | me |  |  |  |

## Readings

| Day | Metric | Reading | Line |
| --- | --- | --- | --- |
| 2025-09-09 | waits | 14% | 09 Sep, l. 4 |
"""
NEW = (
    BASE.replace("9 September", "16 September")
    .replace("14% (09 Sep, l. 4)", "11% (16 Sep, l. 9)")
    .replace("2 a week |  |", "2 a week | 3 (16 Sep, l. 10) |")
    + "| 2025-09-16 | waits | 11% | 16 Sep, l. 9 |\n"
)


def test_without_edits_the_tracker_is_the_new_one() -> None:
    assert merged(BASE, BASE, NEW) == NEW


@pytest.mark.parametrize(
    ("old", "edit", "kept"),
    [
        ("14% (09 Sep, l. 4)", "13.2%, counted by Ana", "| 13.2%, counted by Ana |"),
        (
            "| 2025-10-31 | me |  |  |  |\n| trials",
            "| 2025-10-31 | me |  |  | moved to the 3rd |\n| trials",
            "moved to the 3rd",
        ),
        ("## Readings", "Agreed with Ana on Friday.\n\n## Readings", "Agreed with Ana on Friday."),
        ("# Tracker", "# Tracker of the plan", "# Tracker of the plan"),
        ("| trials |", "| calm | | yes | | | | | | |\n| trials |", "| calm |"),
    ],
)
def test_what_somebody_wrote_into_the_tracker_stays_and_the_rest_is_renewed(old: str, edit: str, kept: str) -> None:
    text = merged(BASE.replace(old, edit, 1), BASE, NEW)
    assert kept in text
    assert "3 (16 Sep, l. 10)" in text
    assert "| 2025-09-16 | waits | 11% | 16 Sep, l. 9 |" in text


def test_a_row_that_somebody_took_out_stays_out_and_a_column_of_their_own_stays() -> None:
    mine = "\n".join(one for one in BASE.splitlines() if not one.startswith("| trials")) + "\n"
    mine = mine.replace("Your words |", "Your words | Mood |").replace("| me |  |  |  |", "| me |  |  |  | ok |")
    text = merged(mine, BASE, NEW)
    assert "| trials" not in text
    assert "| Mood |" in text
    assert "| ok |" in text
    assert "11% (16 Sep, l. 9)" in text


def test_a_tracker_of_unknown_origin_keeps_every_cell() -> None:
    text = merged(BASE, "", NEW)
    assert "14% (09 Sep, l. 4)" in text
    assert "3 (16 Sep, l. 10)" in text


@pytest.mark.parametrize(
    "own",
    [
        "| Metric | Owner |\n| --- | --- |\n| calm | Ana |",
        "| Who | When |\n| --- | --- |\n| Ana | Friday |",
        "| Day | Metric | Reading | Line |\n| --- | --- | --- | --- |\n| 2025-09-02 | calm | 3 | by hand |",
    ],
)
@pytest.mark.parametrize("before", ["# Tracker", "## Readings"])
def test_a_table_of_ones_own_stays_as_it_is_wherever_it_stands(own: str, before: str) -> None:
    mine = BASE.replace(before, f"{own}\n\n{before}", 1)
    text = merged(mine, BASE, NEW)
    assert f"{own}\n\n{before}" in text
    assert text.replace(f"{own}\n\n", "", 1) == NEW


def test_a_file_without_tables_is_left_as_it_is(tmp_path: Path) -> None:
    assert merged("my own words\n", BASE, NEW) == "my own words\n"
