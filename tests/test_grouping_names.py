import pytest

from analyzer.grouping.candidates import clean
from analyzer.grouping.names import abbreviates, key_of, same_key, stem, tickets, typo_of, words


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("routes", "route", True),
        ("mapped", "mapping", True),
        ("buses", "bus", True),
        ("cancelling", "cancel", True),
        ("status", "stat", False),
        ("rice", "rise", False),
    ],
)
def test_stems_agree_for_forms_of_one_word(one: str, other: str, alike: bool) -> None:
    assert (stem(one) == stem(other)) is alike


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("catalogue", "catalouge", True),
        ("catalogue", "catalgue", True),
        ("onboarding", "offboarding", False),
        ("test", "text", False),
        ("pricing", "printing", False),
    ],
)
def test_a_typo_is_one_slip_in_a_long_word(one: str, other: str, same: bool) -> None:
    assert typo_of(one, other) is same


@pytest.mark.parametrize(
    ("short", "full", "is_one"),
    [
        ("ost", "oven sensor trial", True),
        ("b26", "budget 2026", True),
        ("b25", "budget 2026", False),
        ("fuel fcst", "fuel forecast", True),
        ("recipe db", "recipe database", True),
        ("rewards test", "rewards cost", False),
        ("search", "research", False),
        ("hr plan", "hiring plan", False),
        ("on call", "onboarding call", False),
    ],
)
def test_abbreviations_are_initials_or_clipped_words(short: str, full: str, is_one: bool) -> None:
    assert abbreviates(short.split(), full.split()) is is_one


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Oven sensors pilot", "oven sensor", True),
        ("Oven sensors v2", "Oven sensors", True),
        ("self rostering", "Self-roster", True),
        ("sip till send", "siptillsend", True),
        ("Oven sensors", "Oven doors", False),
    ],
)
def test_keys_leave_stage_words_and_spelling_out(one: str, other: str, same: bool) -> None:
    assert same_key(key_of(one), key_of(other)) is same


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("🌱 Oven sensors", "Oven sensors"),
        ("oven sensors again", "oven sensors"),
        ("Oven sensors [P1]", "Oven sensors"),
        ("Oven sensors (phase 2", "Oven sensors"),
        ("Wins", None),
        ("What went well?", None),
        ("Feedback for Piet", None),
        ("Piet", None),
        ("Ilse stopped by", None),
        ("P0", None),
        ("On hold", None),
        ("Phase 2", None),
        ("12 March", None),
        ("Thursday", None),
        ("and, sorry, flour", None),
        ("a b c d e f g", None),
        ("https://ovens.example.org/page", None),
        ("Implemented", None),
        ("Flagged", None),
        ("Weighed", None),
        ("Several", None),
        ("Worked on the order form", None),
        ("Working on the order form", None),
        ("Wrote oven guide", None),
        ("Printed catalogue", "Printed catalogue"),
        ("Lost property", "Lost property"),
        ("Sign on", "Sign on"),
        ("Something to chew on", None),
        ("Sensors can't start", None),
        ("Parking memo", "Parking memo"),
        ("Seed bank", "Seed bank"),
    ],
)
def test_only_leads_that_tell_something_are_names(written: str, name: str | None) -> None:
    assert clean(written, {"piet", "ilse"}) == name


def test_a_capital_it_is_a_department_and_no_pronoun() -> None:
    assert words("IT has it") == ("it_", "has", "it")


def test_ticket_keys_are_found_but_encodings_are_none() -> None:
    assert tickets("OPS-12 and UTF-8, see BAKE-204") == ["OPS-12", "BAKE-204"]
