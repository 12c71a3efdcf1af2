"""The cost of grouping grows with the notes and not with their square; counted in calls, so that no clock decides."""

import cProfile
from datetime import date, timedelta

import pytest
from evidence_builder import line
from grouped import ROSTER, grouped
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.grouping.neighbours import ENOUGH, Neighbours
from analyzer.grouping.notes import read_notes
from analyzer.grouping.similar import read_vocabulary
from analyzer.grouping.wordindex import WordIndex
from analyzer.records import Evidence
from analyzer.settings import Settings

WORDS = st.frozensets(st.sampled_from("abcdefgh"), max_size=5)


def year_of(meetings: int) -> list[Evidence]:
    """Return meetings of one year with work, effects, praise and questions on ever new things and on a few old ones."""
    found = []
    for at in range(meetings):
        on = (date(2025, 1, 1) + timedelta(days=at * 364 // meetings)).isoformat()
        thing, other = f"silo{at % 97}", f"mill{at % 89}"
        found += [
            line(on, f"finished the {thing} {other} page", "a", status="done", prefix=f"Site {thing}"),
            line(on, f"{thing} wait is down", "i", cues=[("effect", "measured")], prefix=f"Site {thing}"),
            line(on, f"is the {thing} {other} sheet out?", cues=[("ask", "")]),
            line(on, f"the {other} page was great", "f", polarity="positive"),
            line(on, f"the {other} page was late", "f", polarity="constructive"),
            line(on, f"{thing} mended with {other}", "a", status="done"),
        ]
    return found


def calls(lines: list[Evidence]) -> int:
    """Return how many calls it takes to group lines."""
    profile = cProfile.Profile()
    profile.enable()
    grouped(lines)
    profile.disable()
    return sum(int(one.callcount) for one in profile.getstats())


def test_twice_the_meetings_cost_less_than_three_times_as_much() -> None:
    grouped(year_of(10))
    assert calls(year_of(200)) < 3 * calls(year_of(100))


def test_neighbours_more_than_a_year_apart_are_none() -> None:
    lines = [line("2023-02-03", "lime kiln relined", "a"), line("2025-02-03", "lime kiln relined", "a")]
    notes = read_notes(lines, ROSTER)
    vocabulary = read_vocabulary(notes)
    groups = {at: vocabulary.of([found]) for at, found in enumerate(notes.evidence)}
    assert list(Neighbours(groups, vocabulary.weights).of(groups[0], groups, 0)) == []


def test_neighbours_of_one_month_are_found() -> None:
    lines = [line("2025-02-03", "lime kiln relined", "a"), line("2025-03-03", "lime kiln relined", "a")]
    notes = read_notes(lines, ROSTER)
    vocabulary = read_vocabulary(notes)
    groups = {at: vocabulary.of([found]) for at, found in enumerate(notes.evidence)}
    ((other, found),) = Neighbours(groups, vocabulary.weights).of(groups[0], groups, 0)
    assert (other, found >= ENOUGH) == (1, True)


@settings(max_examples=80, deadline=None)
@given(st.lists(WORDS, max_size=12), WORDS, st.integers(0, 12), st.integers(0, 12))
def test_the_index_finds_what_a_look_at_every_line_finds(
    held: list[frozenset[str]], wanted: frozenset[str], start: int, stop: int
) -> None:
    index = WordIndex()
    for at, words in enumerate(held):
        index.add(at, words)
    near = [at for at in range(start, min(stop, len(held))) if len(held[at] & wanted) >= 2]
    assert index.first_sharing_two(wanted, start, stop) == (near[0] if near else None)


@pytest.mark.parametrize(("later", "claims"), [("2025-06-02", 1), ("2026-09-07", 2)])
def test_the_same_words_after_more_than_a_year_are_another_piece(later: str, claims: int) -> None:
    lines = [line(on, "reran the kiln audit", "a", status="done", prefix="Kiln audit") for on in ("2025-03-03", later)]
    period = Settings(start=date(2025, 1, 1), end=date(2026, 12, 31))
    assert len(grouped(lines, settings=period).accomplishments) == claims
