"""Whom feedback goes to, where the form of a line says it: the notes of a manager and those of the report."""

from __future__ import annotations

import pytest

from analyzer.labelling import observed
from analyzer.labelling.direction import stated_direction
from analyzer.reading import read_text
from analyzer.records import Direction, Roster
from analyzer.settings import Settings
from analyzer.splitting import split

REPORT, MANAGER = "Imre Falk", "Odile Brandt"
ALIASES = {"imre": REPORT, "if": REPORT, "odile": MANAGER, "ob": MANAGER}


def _stated(line: str, writer: str) -> Direction | None:
    document, _ = read_text(f"# Notes\n\n## 3 March 2025\n\n- {line}\n", path="notes.md", settings=Settings())
    roster = Roster(subject=REPORT, manager=MANAGER, writer=writer, aliases=ALIASES)
    (seen,) = observed(split(document)[0], roster)
    return stated_direction(seen, roster)


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("He thinks I move the dates too often, and fair enough.", Direction.GIVEN),
        ("Reckons I am soft on late orders", Direction.GIVEN),
        ("You said I only come in when something is broken.", Direction.GIVEN),
        ("The stand-up eats the morning, you told me, and most of it could be a mail.", Direction.GIVEN),
        ("Your view of the Monday round: nobody listens after ten minutes", Direction.GIVEN),
        ("Imre to me: fewer last-minute changes, please", Direction.GIVEN),
        ("Told him to leave the phones to the front desk", Direction.RECEIVED),
        ("Great talk. Told him so.", Direction.RECEIVED),
        ("The ward sister said he was the calmest of them all", None),
        ("Worth watching: he says yes to every branch", None),
        ("His own view was that he had drifted since May", None),
        ("Clear memo, more of those", None),
    ],
)
def test_in_a_managers_notes_what_the_report_says_is_given(line: str, direction: Direction | None) -> None:
    assert _stated(line, MANAGER) == direction


@pytest.mark.parametrize(
    ("line", "direction"),
    [
        ("Told her the plan came out too late for us", Direction.GIVEN),
        ("Imre to OB: thank you for taking the blame", Direction.GIVEN),
        ("Fergus told him it was the first honest report", None),
        ("Odile: you talk over people, slow down", None),
        ("You said it would be easy", None),
    ],
)
def test_in_the_reports_own_notes_what_was_told_is_given(line: str, direction: Direction | None) -> None:
    assert _stated(line, REPORT) == direction
