"""Names are learned from how the notes use a word, not from a list of names."""

from __future__ import annotations

import pytest

from analyzer.labelling.people import find_names, people_in, role_of
from analyzer.records import Item, Roster, Source

ROSTER = Roster(
    subject="Mina Duarte",
    manager="Paul Okoro",
    writer="Mina Duarte",
    aliases={"mina": "Mina Duarte", "po": "Paul Okoro", "paul": "Paul Okoro"},
)


def item(text: str, prefix: str = "") -> Item:
    return Item(
        source=Source("n.md", 1, 1), date=None, text=text, raw=text, section="", heading="", author=None, prefix=prefix
    )


@pytest.mark.parametrize(
    "text",
    [
        "Lena said the draft was fine",
        "first cut done with Lena",
        "asked Lena for the numbers",
        "Lena's team moved first",
        "Lena and I wrote it",
        "@Lena to check",
        "Dr Lena came by",
    ],
)
def test_a_word_used_as_a_person_is_a_name(text: str) -> None:
    assert "lena" in find_names([item(text)], ROSTER)


@pytest.mark.parametrize(
    ("texts", "word"),
    [
        (["Atlas is live", "moved it from Atlas"], "atlas"),
        (["asked Finance for it", "finance said no"], "finance"),
        (["with March behind us"], "march"),
        (["He said it works"], "he"),
    ],
)
def test_other_capitalised_words_are_no_names(texts: list[str], word: str) -> None:
    assert word not in find_names([item(text) for text in texts], ROSTER)


def test_a_lead_of_an_item_is_a_project_and_no_person() -> None:
    assert "relay" not in find_names([item("Relay: asked Relay people", prefix="Relay")], ROSTER)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Lena counted 40 hours", ("Lena",)),
        ("PO: fine", ("Paul Okoro",)),
        ("Lena and Paul agreed", ("Lena", "Paul Okoro")),
        ("Lena’s idea", ("Lena",)),
        ("nobody came", ()),
    ],
)
def test_the_people_of_a_text_are_written_as_the_roster_writes_them(text: str, people: tuple[str, ...]) -> None:
    assert people_in(text, frozenset({"lena", "paul", "po"}), ROSTER) == people


@pytest.mark.parametrize(
    ("author", "role"), [(None, "subject"), ("Mina Duarte", "subject"), ("Paul Okoro", "manager"), ("Lena", "other")]
)
def test_the_role_of_a_speaker(author: str | None, role: str) -> None:
    assert role_of(author, ROSTER) == role
