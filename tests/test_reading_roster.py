"""Who is who, and whose words the notes are."""

from __future__ import annotations

import pytest

from analyzer.reading import read_text
from analyzer.reading.names import names_in_title, same_person, short_forms
from analyzer.records import Roster
from analyzer.settings import Settings

_MEETING = "\n## 3 March 2025\n- I shipped it\n"


def _roster(text: str, path: str = "notes.md", **settings: str) -> Roster:
    return read_text(text, path=path, settings=Settings.model_validate(settings))[0].roster


@pytest.mark.parametrize(
    ("title", "names"),
    [
        ("1:1 Asha Verhoeven / Colm Brady", ("Asha Verhoeven", "Colm Brady")),
        ("1:1 Noor Haddad (DS, Marketplace) / Tomas Lindqvist (TL)", ("Noor Haddad", "Tomas Lindqvist")),
        ("Wes & Renata - 1:1 notes", ("Wes", "Renata")),
        ("Callum x Zsófi 1:1", ("Callum", "Zsófi")),
        ("1:1 — Ada Okafor and Bo Lind, 2025", ("Ada Okafor", "Bo Lind")),
        ("Ada <> Bo 1on1", ("Ada", "Bo")),
        ("Bila Jorrit Elzenga (JE) / Bea van Dongen (BvD) 2025", ("Jorrit Elzenga", "Bea van Dongen")),
        ("Keziah Brannock (Kez) 1:1s 2025 - Malachy Duxbury", ("Keziah Brannock", "Malachy Duxbury")),
        ("Rhodri 1:1s, 2025 (Annelise's copy)", ("Rhodri",)),
        ("Weekly notes Imke / Morwenna 2024", ("Imke", "Morwenna")),
    ],
)
def test_names_in_titles(title: str, names: tuple[str, ...]) -> None:
    assert names_in_title(title)[0] == names


@pytest.mark.parametrize(
    "title",
    [
        "Reflection week 1",
        "Weekly Meetings",
        "Notes 2025",
        "My work log",
        "Mastering 1:1s as a Data Scientist: From Status to Growth",
        "katas",
    ],
)
def test_titles_without_names(title: str) -> None:
    assert names_in_title(title) == ((), None)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Notes from my catch-ups with Helen", "Helen"),
        ("1:1s with Bo Lind 2025", "Bo Lind"),
        ("Weekly with Sam", "Sam"),
    ],
)
def test_whom_the_notes_are_with(title: str, name: str) -> None:
    assert names_in_title(title) == ((), name)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Asha", "Asha Verhoeven", True),
        ("AV", "Asha Verhoeven", True),
        ("Zsófi", "Zsofia", True),
        ("Y", "Yetunde Farrant", True),
        ("Asha", "Colm", False),
        ("Al", "Alan", False),
        (None, "Ada", False),
    ],
)
def test_names_that_can_be_one_person(one: str | None, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_short_forms_that_the_notes_explain() -> None:
    assert short_forms("I fill it in before we meet, CB = Colm", "1:1 Ada Lind / Tomas Lindqvist (TL)") == {
        "cb": "Colm",
        "tl": "Tomas Lindqvist",
    }


def test_the_first_of_two_names_is_the_subject_and_writes() -> None:
    roster = _roster(f"# 1:1 Asha Verhoeven / Colm Brady{_MEETING}")
    assert (roster.subject, roster.manager, roster.writer) == ("Asha Verhoeven", "Colm Brady", "Asha Verhoeven")
    assert {key: roster.aliases[key] for key in ("cb", "c", "colm", "brady", "manager", "m")} == dict.fromkeys(
        ("cb", "c", "colm", "brady", "manager", "m"), "Colm Brady"
    )
    assert roster.aliases["me"] == "Asha Verhoeven"


def test_the_one_whose_words_are_marked_is_not_the_writer() -> None:
    text = "# Callum x Zsófi 1:1\n## 3 March 2025\n- Callum: well done\n- my desk is full\n- Callum: I know\n"
    assert (_roster(text).subject, _roster(text).manager) == ("Zsófi", "Callum")


def test_a_single_letter_that_two_people_share_is_nobodys() -> None:
    assert "c" not in _roster(f"# 1:1 Cleo / Colm{_MEETING}").aliases


@pytest.mark.parametrize(
    ("me", "subject", "manager"),
    [
        ("Colm", "Colm Brady", "Asha Verhoeven"),
        ("CB", "Colm Brady", "Asha Verhoeven"),
        ("Asha V", "Asha V", "Colm Brady"),
    ],
)
def test_the_settings_win_and_take_the_fuller_spelling_of_the_notes(me: str, subject: str, manager: str) -> None:
    roster = _roster(f"# 1:1 Asha Verhoeven / Colm Brady{_MEETING}", me=me)
    assert (roster.subject, roster.manager) == (
        subject,
        "Asha Verhoeven" if manager == "Asha Verhoeven" else roster.manager,
    )


def test_the_manager_of_the_settings_makes_the_other_name_the_subject() -> None:
    roster = _roster(f"# 1:1 Bo / Ada{_MEETING}", manager="Bo Lind")
    assert (roster.subject, roster.manager, roster.aliases["bo"]) == ("Ada", "Bo Lind", "Bo Lind")


def test_notes_with_somebody_and_a_manager_are_the_managers() -> None:
    roster = _roster(
        "---\nWith: Ines Okafor\nManager: Ruth Delacroix\n---\n- She closed the backlog\n", "2025-01-14.md"
    )
    assert (roster.subject, roster.manager, roster.writer) == ("Ines Okafor", "Ruth Delacroix", "Ruth Delacroix")


def test_notes_that_speak_of_the_subject_as_she_are_the_managers() -> None:
    told = "".join(f"- She closed ticket {number} and told her team\n" for number in range(6))
    roster = _roster(f"# 1:1 Ines / Ruth\n## 3 March 2025\n{told}- Ines is happy\n")
    assert (roster.subject, roster.writer) == ("Ines", "Ruth")


def test_the_owner_of_a_copy_writes_it() -> None:
    roster = _roster(f"# Rhodri 1:1s, 2025 (Annelise's copy){_MEETING}")
    assert (roster.subject, roster.manager, roster.writer) == ("Rhodri", "Annelise", "Annelise")


def test_notes_with_somebody_by_an_unnamed_writer_have_no_subject_unless_the_settings_say() -> None:
    text = f"# My catch-ups with Helen{_MEETING}"
    assert (_roster(text).subject, _roster(text).manager, _roster(text).writer) == (None, "Helen", None)
    assert _roster(text, me="Bronagh").writer == "Bronagh"


def test_people_who_are_quoted_are_known_and_words_at_the_start_of_a_line_are_not_people() -> None:
    text = "# 1:1 Ada / Bo\n## 3 March 2025\n- Dilys said it works. I like Dilys\n- Contract says no\n- Finance asked again, and I told Finance\n"
    assert {key for key, name in _roster(text).aliases.items() if name not in {"Ada", "Bo"}} == {"dilys"}


def test_initials_that_mark_a_speaker_again_and_again_are_the_one_persons_they_fit() -> None:
    text = "# 1:1 Ottilie / Graham\n## 3 March 2025\n- GA: good\n- I did it\n- GA: more\n- GA: soon\n- API: down\n"
    assert {key: _roster(text).aliases.get(key) for key in ("ga", "api")} == {"ga": "Graham", "api": None}


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("From: Dana Lee <dana@example.org>\nTo: Ruth Okoye\nSubject: notes\n\n3 March 2025\n\n- closed it\n", ("Dana Lee", "Ruth Okoye", "Dana Lee")),
        ("# Weekly\n## 3 March 2025\nAttendees:\n- Dana Lee\n- Ruth Okoye (manager)\n\n- closed it\n", ("Dana Lee", "Ruth Okoye", "Dana Lee")),
        ("Attendees: Ruth Okoye (manager), Dana Lee\n\n## 3 March 2025\n- closed it\n", ("Dana Lee", "Ruth Okoye", "Dana Lee")),
        ("# 1:1 Ruth Okoye (manager) / Dana Lee\n## 3 March 2025\n- closed it\n", ("Dana Lee", "Ruth Okoye", "Dana Lee")),
        ("---\nauthor: Dana Lee\n---\n## 3 March 2025\n- closed it\n", ("Dana Lee", None, "Dana Lee")),
        ("---\nauthor: Dana Lee\n---\n## 3 March 2025\n- closed it\n- M: good\n", ("Dana Lee", "manager", "Dana Lee")),
        ("# Dana Lee 1:1 (author: Ruth Okoye)\n## 3 March 2025\n- Dana closed it\n", ("Dana Lee", "Ruth Okoye", "Ruth Okoye")),
        ("# 1:1 Dana Lee / Ruth Okoye\n## 3 March 2025\n- Dana closed it\n- Ruth asked why\n- Dana explained it\n", ("Dana Lee", "Ruth Okoye", "assistant")),
        ("# 1:1 Dana Lee / Ruth Okoye (manager)\n## 3 March 2025\n- Dana closed it, I am glad\n- Dana is tired\n- told her to rest\n", ("Dana Lee", "Ruth Okoye", "Ruth Okoye")),
        ("# 1:1 Dana Lee / Ruth Okoye\n## 3 March 2025\n- I closed it\n- Dana to send the sums\n- Ruth asked why\n- I explained it\n", ("Dana Lee", "Ruth Okoye", "Dana Lee")),
        ("## 3 March 2025\n- closed it\n", (None, None, None)),
    ],
)  # fmt: skip
def test_who_is_who_in_notes_of_many_kinds(text: str, who: tuple[str | None, ...]) -> None:
    roster = _roster(text)
    assert (roster.subject, roster.manager, roster.writer) == who


def test_nicknames_of_a_title_are_short_forms() -> None:
    roster = _roster(f'# 1:1 Robert "Bob" Lee / Keziah Brannock (Kez) 2025{_MEETING}')
    assert (roster.aliases["bob"], roster.aliases["kez"]) == ("Robert Lee", "Keziah Brannock")


_TALK = "Ruth Okoye: How was it?\n\nDana Lee: We closed it.\n\nTarek Boone: I can confirm that.\n\nRuth Okoye: You did well.\n\nTarek Boone: We did.\n"


def test_whoever_speaks_in_a_transcript_is_known() -> None:
    aliases = _roster(f"# 1:1 Dana Lee / Ruth Okoye\n\n## 3 March 2025\n\n{_TALK}").aliases
    assert (aliases["tarek boone"], aliases["tarek"]) == ("Tarek Boone", "Tarek Boone")


def test_projects_before_colons_are_no_speakers() -> None:
    lines = "".join(f"- Harbour Tiles: batch {n} fired\n- Kiln Two: door {n} holds\n" for n in range(4))
    aliases = _roster(f"# 1:1 Dana Lee / Ruth Okoye\n## 3 March 2025\n{lines}").aliases
    assert not {"harbour tiles", "kiln two", "kiln", "harbour"} & set(aliases)
