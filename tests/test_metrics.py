"""Quantities that express an effect, and everything with a number in it that does not."""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.labelling.metrics import TEXT_LIMIT, amounts_of_effect, find_metrics
from analyzer.labelling.metrics.lexicon import Form, forms
from analyzer.labelling.metrics.quantities import find_quantities
from analyzer.records import Metric

AUTHORS = Path(__file__).parent.parent / "data" / "labelled" / "authors"

CHANGES = [
    ("p95 fell from 900 to 320 ms", 900, 320, "ms"),
    ("cut p95, 900 to 320 ms", 900, 320, "ms"),
    ("AUC up from 0.62 to 0.78", 0.62, 0.78, None),
    ("wait at the desk 34 -> 19 min (two weeks, 412 visits)", 34, 19, "min"),
    ("open rate 58.2 → 63.9 %", 58.2, 63.9, "%"),
    ("controller restart 40s -> 3s, measured twice", 40, 3, "s"),
    ("refund p99 4.1s -> 600ms", 4.1, 0.6, "s"),
    ("gap down from £1.3m to £380k", 1.3, 0.38, "£m"),
    ("monthly bill $47k => $31.4k", 47, 31.4, "$k"),
    ("empty searches are down to 7% of all from 18", 18, 7, "%"),
    ("closed the term with 19 on the list, down from the 24 we had in October", 24, 19, None),
    ("140 definitions down to 58", 140, 58, "definitions"),
    ("the median was 22 min in the first month, 31 before", 31, 22, "min"),
    ("46 shortages in Feb, 9 in the four weeks since the reset", 46, 9, "shortages"),
    ("last outage cost us 6 theatre lists, this one none", 6, 0, "theatre lists"),
    ("close takes 3.5 days in P5, was 6 in P1", 6, 3.5, "days"),
    ("11 pages this week, usual is 30ish", 30, 11, "pages"),
    ("2 pages overnight. Same shift last year was 26", 26, 2, "pages"),
    ("2,140 h in P6, 1,960 h in P9", 2140, 1960, "h"),
    ("takings are £3.4m against £2.9m at this point last year", 2.9, 3.4, "£m"),
    ("3 falls in Q4, Q3 was 9", 9, 3, "falls"),
    ("6/7 got through without help, the old flow in autumn had 3/7", 3, 6, None),
    ("redid the audit: 33 of 40 totalled, was 11", 11, 33, None),
    ("setting up takes 25 minutes where it used to be 60", 60, 25, "min"),
    ("drill 3 came in at 3m50, first one was 14 min", 14, 3.83, "min"),
    ("refunds took 12 days on average, from 19", 19, 12, "days"),
    ("a bare count: 12 complaints (was 41)", 41, 12, "complaints"),
    ("48 sec per sale, old system 75", 75, 48, "s"),
    ("mistakes: 9 last month, 4 now", 9, 4, None),
    ("off the road: 11.4 days in Feb, 7.2 in April", 11.4, 7.2, "days"),
    ("returns: 2 in July, 9 in May", 9, 2, None),
    ("late starts: 8 in January, 15 in November", 15, 8, None),
    ("signing takes eleven days on the new form, where it took nineteen on the old", 19, 11, "days"),
    ("0 exceptions on access, last year 4", 4, 0, "exceptions"),
    ("a refund is out in 11 min. The same case in Feb took 220", 220, 11, "min"),
    ("margin 69.1 for the year against 66.4 last", 66.4, 69.1, None),
    ("reruns went from 9 a week to 4", 9, 4, "a week"),
    ("unmatched rows have gone from 23 to 6", 23, 6, None),
    ("it fell from 41 at the end of May to nine", 41, 9, None),
    ("empty running 38% to 21%", 38, 21, "%"),
    ("north side 4,130 km a week to 3,270", 4130, 3270, "km a week"),
    ("scanner rule 61 -> 22 hits a day", 61, 22, "hits"),
    ("failed runs 9 → 2 of 24", 9, 2, None),
    ("the plan was out 52 min a shift, now 11", 52, 11, "min a shift"),
    ("transfers were 14 a month, since the unit opened they've had 3", 14, 3, "a month"),
    ("4.1% of the voucher group came back against 2.6% of the held-out half", 2.6, 4.1, "%"),
    ("6 h 30 before, now 5 h 10", 390, 310, "min"),
]

AMOUNTS = [
    ("the panel said yes, £300k over three years", None, None, 300, "£k"),
    ("Sunita let go of the reserve, £65,000", None, 65000, None, "£"),
    ("from May on about €700 a month more", None, 700, None, "€ a month"),
]
NO_AMOUNTS = [
    "they bought it for £124k",
    "no bid over $10k leaves the building",
    "we stay at the $35 line",
    "they want £850 a visit",
    "cover for 60% of the litres",
    "completion is at 79.6%",
    "if they sign it is £40k",
]


@pytest.mark.parametrize(("text", "after", "delta", "value", "unit"), AMOUNTS)
def test_a_sum_in_a_line_that_tells_an_effect_is_its_size(
    text: str, after: float | None, delta: float | None, value: float | None, unit: str
) -> None:
    (found,) = amounts_of_effect(text, ())
    assert (found.after, found.delta, found.value, found.unit) == (after, delta, value, unit)


@pytest.mark.parametrize("text", NO_AMOUNTS)
def test_a_price_a_limit_or_a_wish_is_no_size_of_an_effect(text: str) -> None:
    assert amounts_of_effect(text, ()) == ()


def test_a_sum_that_is_read_already_is_not_read_again() -> None:
    text = "the bill fell from £900 to £600"
    assert amounts_of_effect(text, find_metrics(text)) == ()


DELTAS = [
    ("Should cut the wait by about 10 min", 10, "min", "down", True),
    ("Lab expects a third fewer late samples", 0.3333, "x", "down", True),
    ("orders are £1,900 a month lower since the reset", 1900, "£ a month", "down", False),
    ("saves about 40 hours a week", 40, "h a week", "down", False),
    ("40 porter hours a week freed", 40, "h a week", "down", False),
    ("expected to save about $40k a year", 40, "$k a year", "down", True),
    ("+1.3% CTR on the new card", 1.3, "%", "up", False),
    ("so +0.6pt on conversion", 0.6, "pts", "up", False),
    ("footfall was 6.4% up on the same fortnight last year", 6.4, "%", "up", False),
    ("we are £88k under what spot would have cost us", 88, "£k", "down", False),
    ("revenue is 118k € over forecast", 118, "€k", "up", False),
    ("4 days less than their last page", 4, "days", "down", False),
    ("members spent £11 more than those on the old one", 11, "£", "up", False),
    ("builds are 2x faster", 2, "x", None, False),
    ("cutting churn by 30%", 30, "%", "down", False),
    ("churn fell by half", 0.5, "x", "down", False),
    ("the lift came out at 5%", 5, "%", "up", False),
    ("a 12% drop in tickets", 12, "%", "down", False),
    ("on track to save £2-3m", 2, "£m", "down", True),
    ("roughly 31k € a month if it holds", 31, "€k a month", None, True),
    ("complaints are down 14% on May", 14, "%", "down", False),
]

VALUES = [
    ("ordered another £40k of kits", 40, "£k"),
    ("£1.9m of extra sales", 1.9, "£m"),
    ("error reports halved since the move", 0.5, "x"),
    ("throughput doubled", 2, "x"),
    ("0 findings there, first time since the audit began", 0, "findings"),
    ("4,300 children took a pot home", 4300, "children"),
    ("worth about $1.7M a year", 1.7, "$m a year"),
]

NOTHING = [
    "ETA 9/26 -> 10/10",
    "slips from 31/03 to 25/04",
    "moved from Tuesday to Friday 13:30 -> 14:00",
    "reviewed 40 PRs",
    "38 staff trained",
    "212 types in the catalogue",
    "31 km on my watch!!",
    "two weeks, 412 jobs",
    "goal: cut churn 5%",
    "OKR: taps from 22 to 26%",
    "margin back from 4.1% to 6.0% by P13",
    "his plan for next year: 4 → 6 designers",
    "31 degrees in the stores, pls send fans",
    "23 people came",
    "upgraded from v2.1 to v2.3, TICKET-198 -> TICKET-212",
    "p95 and p99 dashboards, Q3 and Q4",
    "call me on 020 7946 0123",
    "xmas lunch: 60 mince pies, 12 people",
    "wards 4 + 7 since Monday",
    "interviewed 9 porters and 3 nurses",
    "90 types in the catalogue, 340 in the end of it",
    "the deck has 34 slides and 3 tables",
    "If we drop the noon run we save about £60k a year",
    "Would have saved £60k",
    "didn't cut costs by 5%",
    "pay assumption 3.5% or 4.0%?",
    "it takes 2 to 3 weeks",
    "open from 9 to 5",
    "set up 3 meetings and signed up 2 people",
    "24 votes against 15",
    "spent £96k of the £128k, with two weeks left",
    "9 of 17 pages written",
    "fleet says 241 buses in January, property says 236",
    "turned up ten days late and at £410k, not £265k",
    "one night is 4 juniors and nobody trained",
    "ring each one 60 days before expiry",
    "my six week plan needs 3 people",
    "sales look 9% better, but I don't believe it, the store was shut",
    "burns 14% more diesel per mile than the fleet",
    "a huddle is 20 minutes or less",
    "finish the deck of 9 pages, cut it to 5 before tomorrow",
    "about 1,300 tickets last week, no drama",
    "half an hour with Ines, half way there",
    "budget up to £50k",
]


def one(text: str) -> Metric:
    found = find_metrics(text)
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.mark.parametrize(("text", "before", "after", "unit"), CHANGES)
def test_a_change_is_read_with_both_ends_in_one_unit(text: str, before: float, after: float, unit: str | None) -> None:
    metric = one(text)
    assert (metric.before, metric.after, metric.unit) == (before, after, unit)
    assert metric.direction == ("up" if after > before else "down")


@pytest.mark.parametrize(("text", "delta", "unit", "direction", "projected"), DELTAS)
def test_a_difference_is_read_with_its_direction(
    text: str, delta: float, unit: str, direction: str | None, *, projected: bool
) -> None:
    metric = one(text)
    assert (metric.delta, metric.unit, metric.direction, metric.projected) == (delta, unit, direction, projected)


@pytest.mark.parametrize(("text", "value", "unit"), VALUES)
def test_a_quantity_with_a_word_of_effect_is_a_value(text: str, value: float, unit: str) -> None:
    metric = one(text)
    assert (metric.value, metric.unit) == (value, unit)


@pytest.mark.parametrize("text", NOTHING)
def test_a_number_without_an_effect_is_no_metric(text: str) -> None:
    assert find_metrics(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("median wait for a porter 34 -> 19 min", "median wait for a porter"),
        ("p95 fell from 900 to 320 ms", "p95"),
        ("Relay: on all wards the median wait was 22 min, 31 before", "median wait"),
        ("46 shortages in Feb, 9 since", "shortages"),
        ("Should cut the wait by about 10 min", "wait"),
        ("Lab expects a third fewer late samples", "late samples"),
        ("emergency orders are £1,900 a month lower", "emergency orders"),
        ("40 porter hours a week freed", "porter hours"),
        ("CSAT 4.4, it was 4.1", "CSAT"),
        ("34 -> 19 min", None),
    ],
)
def test_the_name_is_what_the_words_measure(text: str, name: str | None) -> None:
    assert one(text).name == name


def test_the_words_are_those_of_the_text() -> None:
    text = "Late samples 18% -> 11% in October, and £1,900 a month lower costs"
    for metric in find_metrics(text):
        assert text[metric.start : metric.end] == metric.text


def test_percent_and_factor_are_relative_and_own_units_are_not() -> None:
    assert one("churn fell 12%").relative
    assert not one("wait cut by 10 min").relative


def test_an_improvement_has_no_direction_because_less_can_be_better() -> None:
    assert one("latency improved 35%").direction is None


def test_brackets_are_closed_in_the_words() -> None:
    assert one("NPS 31 (was 22) in June").text == "31 (was 22)"


def test_an_item_that_is_expected_as_a_whole_has_expected_metrics() -> None:
    assert find_metrics("wait 34 -> 19 min", projected=True)[0].projected


def test_an_expectation_in_the_next_quote_does_not_reach_back() -> None:
    first, second = find_metrics('open rate 58.2 → 63.9 %, "roughly 31k € a month if it holds"')
    assert (first.projected, second.projected) == (False, True)


@pytest.mark.parametrize("form", forms(), ids=lambda form: form.id)
def test_every_form_matches_its_own_sentences_and_not_its_look_alikes(form: Form) -> None:
    for text in form.yes:
        assert find_metrics(text), text
    for text in form.no:
        assert not find_metrics(text), text


@pytest.mark.parametrize(
    "text",
    [
        "1 -> " * 1_000,
        "from 1 to " * 400,
        "9" * 4_000,
        "1," * 2_000,
        "12 before, " * 400,
        "was " * 1_000 + "9",
        "down " * 800,
        "word " * 400 + "3 " + "word " * 400,
        "1/7 " * 1_000,
        "£" * 4_000,
        "in " * 1_300,
        "wards 1, 2, 3, 4, 5, 6, 7, " * 150,
    ],
)
def test_a_hostile_line_takes_no_longer_than_any_other(text: str) -> None:
    start = time.perf_counter()
    find_metrics(text)
    assert time.perf_counter() - start < 2


@given(st.text(alphabet="0123456789.,->→%£$k mwasbeforfd\ue000\ue001", max_size=120))
@settings(max_examples=60, deadline=None)
def test_any_text_gives_metrics_that_quote_it(text: str) -> None:
    for metric in find_metrics(text):
        assert text[metric.start : metric.end] == metric.text
        assert 0 <= metric.start < metric.end <= min(len(text), TEXT_LIMIT)


def test_quantities_do_not_overlap() -> None:
    found = find_quantities("33 of 40, £1.3m to £380k, half an hour, 6/7 and 3/7, about 12 porter hours a week")
    assert all(first.end <= second.start for first, second in pairwise(found))
