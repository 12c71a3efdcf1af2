"""What the user decided about a line holds against what the tool found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from evidence_builder import line

from analyzer.curating import curate, unused
from analyzer.records import Direction, Label, Polarity, Review, Status
from analyzer.settings import Curation, LineDecision, Rename

SHIPPED = line("2025-03-03", "Shipped it", "a", status="done", id="one")
CHAT = line("2025-03-03", "lunch", id="two")


def decide(**decision: object) -> Curation:
    return Curation(line=(LineDecision.model_validate(decision),))


def test_a_dropped_line_keeps_its_place_and_loses_its_labels() -> None:
    first, second = curate([SHIPPED, CHAT], decide(id="one", keep=False))
    assert (first.labels, first.status, second) == (frozenset(), None, CHAT)


def test_labels_that_the_user_sets_replace_those_found() -> None:
    (changed,) = curate([CHAT], decide(id="two", labels=["accomplishment"]))
    assert (changed.labels, changed.status) == (frozenset({Label.ACCOMPLISHMENT}), Status.DONE)


def test_feedback_that_the_user_names_is_received_praise_until_said_otherwise() -> None:
    (changed,) = curate([CHAT], decide(id="two", labels=["feedback"]))
    assert (changed.polarity, changed.direction) == (Polarity.POSITIVE, Direction.RECEIVED)


def test_a_project_that_the_user_names_is_taken() -> None:
    (changed,) = curate([SHIPPED], decide(id="one", project="Beacon"))
    assert changed.project == "Beacon"


def test_a_decision_about_a_line_that_is_gone_changes_nothing() -> None:
    assert curate([SHIPPED, CHAT], decide(id="gone", keep=False)) == (SHIPPED, CHAT)


def test_the_reasons_say_that_the_user_decided() -> None:
    (changed,) = curate([SHIPPED], decide(id="one", keep=True))
    assert changed.why[-1] == "curation"


def test_a_line_that_the_user_keeps_is_certain() -> None:
    unsure = replace(SHIPPED, confidence={Label.ACCOMPLISHMENT: 0.4})
    (kept,) = curate([unsure], decide(id="one", keep=True))
    assert (kept.labels, kept.confidence[Label.ACCOMPLISHMENT]) == (frozenset({Label.ACCOMPLISHMENT}), 1.0)


def test_a_line_without_a_label_that_the_user_keeps_gets_the_one_it_came_nearest_to() -> None:
    near = replace(CHAT, confidence={Label.IMPACT: 0.2, Label.GOAL: 0.1})
    (kept,) = curate([near], decide(id="two", keep=True))
    assert kept.labels == frozenset({Label.IMPACT})


def test_a_decision_that_met_nothing_is_a_problem() -> None:
    review = Review(subject=None, manager=None, start=date(2025, 1, 1), end=date(2026, 1, 1))
    decided = Curation(line=(LineDecision(id="gone"), LineDecision(id="one")), rename=(Rename(old="A", new="B"),))
    assert [problem.message for problem in unused(decided, review, {"one"})] == [
        "no line of the notes has the id gone",
        'no project is called "A"',
    ]
