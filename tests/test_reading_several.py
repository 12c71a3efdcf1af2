"""Several people's 1:1s in one document or folder: refused unless it is said whose are meant, and nothing else is."""

from __future__ import annotations

import pytest

from analyzer.errors import SeveralPeopleError
from analyzer.reading.headings import promote
from analyzer.reading.markdown import scan
from analyzer.reading.names import person_named
from analyzer.reading.properties import starts_block, take_properties
from analyzer.reading.roster import Clues
from analyzer.reading.several import choose_files, take_person
from analyzer.settings import Settings

_BY_PERSON = (
    "# My reports\n## Dana\n### 3 March\n- Dana closed the tender\n- she is tired\n"
    "## Omar\n### 4 March\n- Omar finished the map\n- he wants a course\n"
)
_BY_DATE = (
    "# Team 1:1s\n## 3 March\n### Dana\n- tender closed, she is proud\n### Omar\n- his best map so far\n"
    "## 10 March\n### Dana\n- rota done\n### Omar\n- he asked for a course\n"
)


def _taken(text: str, me: str | None = None, title: str | None = None) -> tuple[list[str], list[int]]:
    found = scan(text.splitlines(), starts_block)
    promote(found.blocks)
    drafts, properties, _ = take_properties(found)
    kept, left, _ = take_person(
        drafts, path="n.md", title=title or text.split("\n", 1)[0].strip("# "), properties=properties, me=me
    )
    return [draft.text for draft in kept], [start for start, _, _ in left]


@pytest.mark.parametrize("text", [_BY_PERSON, _BY_DATE, _BY_PERSON.replace("My reports", "1:1s 2025")])
def test_parts_of_several_people_are_refused(text: str) -> None:
    with pytest.raises(SeveralPeopleError, match=r"n\.md holds 1:1s of several people: Dana, Omar"):
        _taken(text)


def test_the_one_that_is_meant_is_kept_with_what_is_nobodys() -> None:
    kept, left = _taken(_BY_PERSON, me="Omar Haddad")
    assert kept == ["My reports", "Omar", "4 March", "Omar finished the map", "he wants a course"]
    assert left == [2, 3, 4, 5]
    assert _taken(_BY_DATE, me="Dana")[1] == [5, 6, 10, 11]


def test_somebody_else_is_said_to_be_none_of_them() -> None:
    with pytest.raises(SeveralPeopleError, match="'Priya' is none of them"):
        _taken(_BY_PERSON, me="Priya")


@pytest.mark.parametrize(
    "text",
    [
        "# 1:1s 2025\n## Relay\n### 3 March\n- shipped it\n- she liked it\n## Checkout\n### 4 March\n- he liked it\n- shipped the form\n",
        "# 1:1 Dana / Ruth\n## 3 March\n### Dana\n- closed it\n### Ruth\n- she liked it\n## 10 March\n### Dana\n- rota\n### Ruth\n- he asked\n",
        "# Notes\n## 3 March\n### Feedback\n#### Dana\n- she liked it\n#### Omar\n- he liked it\n## 10 March\n### Feedback\n#### Dana\n- she was cross\n#### Omar\n- he was not\n",
        "# Log\n## 1:1 with Ruth (manager)\n### 3 March\n- she liked it\n- he too\n## Skip-level with Priya\n### 4 March\n- she thanked me\n- her call\n",
        "# Log\n## 3 March\n- told Dana, Omar and Priya that the map is live\n- she liked it\n## 10 March\n- he did too\n",
        "---\nemployee: Dana\n---\n## Dana\n### 3 March\n- she closed the tender\n## Omar\n### 4 March\n- he told her\n",
    ],
)
def test_ordinary_notes_are_not_refused(text: str) -> None:
    assert _taken(text)[1] == []


def _clues(title: str, *texts: str, properties: tuple[tuple[str, str], ...] = ()) -> Clues:
    return Clues(title, "", properties, "", texts)


_OF_DANA = _clues("Dana", "Dana closed the tender. She is tired.")
_OF_OMAR = _clues("Omar", "Omar finished the map. He wants a course.")


def test_files_about_several_people_are_refused() -> None:
    with pytest.raises(SeveralPeopleError, match="these 2 files hold 1:1s of several people: Dana, Omar"):
        choose_files({"a.md": _OF_DANA, "b.md": _OF_OMAR}, Settings())


def test_files_about_somebody_else_are_left_out_where_it_is_said_who_is_meant() -> None:
    assert choose_files({"a.md": _OF_DANA, "b.md": _OF_OMAR, "c.md": _clues("Goals", "more")}, Settings(me="Dana")) == {
        "b.md": "Omar"
    }


def test_the_manager_of_all_may_read_all() -> None:
    files = {"a.md": _clues("1:1 Dana / Ruth", "x"), "b.md": _clues("1:1 Omar / Ruth", "y")}
    assert choose_files(files, Settings(me="Ruth")) == {}


@pytest.mark.parametrize(
    "files",
    [
        {"a.md": _clues("1:1 Dana / Ruth", "x"), "b.md": _clues("1:1 Dana / Bea", "y")},
        {"2025-03-03 Dana.md": _clues("2025-03-03 Dana", "She is tired."), "2025-03-10 Dana Lee.md": _clues("w", "She is well.")},
        {"ruth.md": _clues("Ruth", "I closed it, I think. My best. She liked it."), "bea.md": _clues("Bea", "I drew my map. I did.")},
        {"Relay.md": _clues("Relay", "He liked it. She too. Relay was shipped."), "Checkout.md": _clues("Checkout", "She liked it, he too.")},
        {"Dana, February.md": _clues("Dana, February", "She is tired."), "Dana, May.md": _clues("Dana, May", "She is well.")},
        {"a.md": _clues("Weekly with Ruth", "I closed it. She liked it."), "b.md": _clues("Skip-level with Priya", "I asked her.")},
    ],
)  # fmt: skip
def test_files_of_one_person_are_not_refused(files: dict[str, Clues]) -> None:
    assert choose_files(files, Settings()) == {}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dana", "Dana"), ("1:1 Omar Haddad (DS)", "Omar Haddad"), ("Weekly with Sam", "Sam"), ("Dana's 1:1s", "Dana"), ("**Boris**", "Boris"),
        ("Dana and Omar", None), ("closed the tender", None), ("1:1s 2025", None), ("With thanks to Dana for all", None), ("Dana: closed it", None),
    ],
)  # fmt: skip
def test_headings_that_are_a_name(text: str, name: str | None) -> None:
    found = person_named(text)
    assert (found.name if found else None) == name
