"""Clauses: the verb, its tense, whose it is, and what takes it out of the facts."""

from __future__ import annotations

import pytest

from analyzer.labelling.frames import Frame, Turn, frames, make_who
from analyzer.language import build_reader
from analyzer.records import Roster

ROSTER = Roster(
    subject="Mina Duarte",
    manager="Paul Okoro",
    writer="Mina Duarte",
    aliases={"po": "Paul Okoro", "paul": "Paul Okoro", "mina": "Mina Duarte"},
)


def read(text: str, author: str = "subject", roster: Roster = ROSTER) -> list[Frame]:
    doc = next(iter(build_reader().docs([text])))
    return frames(doc, make_who(roster, frozenset({"lena"})), [Turn(0, len(text), author)])


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Shipped the export", "finish|past|none"),
        ("I shipped the export", "finish|past|self"),
        ("We shipped the export", "finish|past|team"),
        ("Lena shipped the export", "finish|past|other"),
        ("Paul shipped the export", "finish|past|manager"),
        ("The export was shipped", "finish|passive|thing"),
        ("I have finished the export", "finish|perfect|self"),
        ("Finishing the export", "finish|ing|none"),
        ("hotel cards = done", "other|passive|thing"),
        ("Checkout v2 live", "noun|state|thing"),
        ("waiting for legal", "wait|ing|none"),
    ],
)
def test_the_frame_of_one_clause(text: str, key: str) -> None:
    assert read(text)[0].key == key


@pytest.mark.parametrize(
    ("text", "unreal"),
    [
        ("didn't ship the export", "negated"),
        ("If we ship it we save a day", "conditional"),
        ("Should we ship it?", "question"),
        ("I want to ship it", "planned"),
        ("We will ship it", "planned"),
        ("It would save a day", "conditional"),
    ],
)
def test_what_takes_a_clause_out_of_the_facts(text: str, unreal: str) -> None:
    assert unreal in read(text)[0].unreal


@pytest.mark.parametrize("text", ["Shipped the export", "not only shipped it on time", "Shipped it without drama"])
def test_a_fact_stays_a_fact(text: str) -> None:
    assert read(text)[0].finished


def test_you_is_the_owner_when_the_manager_speaks() -> None:
    assert read("you shipped it", author="manager")[0].subject == "self"


def test_she_is_the_owner_in_the_managers_own_notes() -> None:
    manager_writes = Roster(subject="Mina Duarte", manager="Paul Okoro", writer="Paul Okoro")
    assert read("She shipped it", author="manager", roster=manager_writes)[0].subject == "self"


def test_a_second_verb_joined_by_and_keeps_the_first_ones_subject() -> None:
    assert [frame.subject for frame in read("Lena wrote the plan and ran the floor")] == ["other", "other"]


def test_a_negation_ends_with_its_clause() -> None:
    first, second = read("didn't get to the audit, but shipped the export")
    assert (first.finished, second.finished) == (False, True)
