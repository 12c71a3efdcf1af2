"""The comment above an agenda: what the user left as it was is no note, what the user wrote is one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.agenda_mark import key_of, read_mark, write_mark
from analyzer.reading import read_text
from analyzer.reading.agendas import take_agendas
from analyzer.records import Document
from analyzer.settings import Settings

AGENDA = (
    "## 18 Dec 2025",
    "**🗒 Ongoing projects**",
    "- [Blocked] **Relay:** 12 days. Waiting for IT. [04 Dec] Should I … or …?",
    "",
    "**☑️ Action items and open questions**",
    '- [ ] **Bo:** "ask HR" [04 Dec], first said [20 Nov] (28 days)',
)
BELOW = ("## 4 Dec 2025", "- Relay: waiting for IT", "- Bo: will ask HR", "", "## 20 Nov 2025", "- shipped the counter")
TOP = ("# 1:1 Ada Brandt / Bo Lindgren (manager)", "")


def notes(agenda: tuple[str, ...] = AGENDA, *, above: bool = True) -> list[str]:
    """Return a running document with the agenda in it, touched or not."""
    mark = write_mark(date(2025, 12, 18), date(2025, 12, 4), BELOW[0] if above else None, AGENDA)
    return [*TOP, mark, *agenda, "", *BELOW]


def read(lines: list[str]) -> Document:
    """Read a document from memory."""
    return read_text("\n".join(lines), path="notes.md", settings=Settings())[0]


def said(document: Document) -> list[tuple[str, list[str]]]:
    """Return each meeting's day and the words under it."""
    return [
        (str(meeting.date), [block.text for block in meeting.blocks if block.kind.value != "heading"])
        for meeting in document.meetings
        if meeting.date
    ]


WITHOUT = [("2025-12-04", ["Relay: waiting for IT", "Bo: will ask HR"]), ("2025-11-20", ["shipped the counter"])]


@pytest.mark.parametrize("above", [True, False])
def test_an_untouched_agenda_is_no_meeting(above: bool) -> None:
    assert said(read(notes(above=above))) == WITHOUT


def test_what_is_passed_over_is_listed() -> None:
    assert [(one.source.start, one.source.end) for one in read(notes()).ignored if "agenda" in one.reason] == [(3, 9)]


def added(at: int, *new: str) -> tuple[str, ...]:
    """Return the agenda with lines put in."""
    return (*AGENDA[:at], *new, *AGENDA[at:])


TOUCHED = {
    "a bullet at the end": (added(6, "- IT came back"), ["IT came back"]),
    "a bullet in the middle": (added(3, "- IT came back"), ["IT came back"]),
    "an answer under a bullet": (added(3, "  - Bo: I will ring IT"), ["Bo: I will ring IT"]),
    "a box that was ticked": (
        (*AGENDA[:5], AGENDA[5].replace("[ ]", "[x]")),
        ['**Bo:** "ask HR"'],
    ),
    "a line that was written on": (
        (*AGENDA[:2], "- [Blocked] **Relay:** IT came back on Monday [04 Dec]", *AGENDA[3:]),
        ["[Blocked] **Relay:** IT came back on Monday"],
    ),
    "all of it replaced": (("## 18 Dec 2025", "- IT came back"), ["IT came back"]),
}


@pytest.mark.parametrize("what", TOUCHED)
def test_what_the_user_wrote_is_read_and_nothing_else(what: str) -> None:
    agenda, words = TOUCHED[what]
    assert said(read(notes(agenda))) == [("2025-12-18", words), *WITHOUT]


@pytest.mark.parametrize(
    "agenda",
    [
        AGENDA[:1],
        (*AGENDA[:2], *AGENDA[3:]),
        tuple(line.replace("- ", "* ") for line in AGENDA),
        tuple(f"{line}  " for line in AGENDA),
        ("## 19 Dec 2025", *AGENDA[1:]),
        (*AGENDA, "", "---"),
    ],
    ids=["cut to its heading", "a line deleted", "other bullets", "spaces", "the meeting moved", "a rule added"],
)
def test_small_changes_make_no_note(agenda: tuple[str, ...]) -> None:
    assert said(read(notes(agenda))) == WITHOUT


def test_a_meeting_that_was_moved_is_read_on_its_new_day() -> None:
    agenda = ("## 19 Dec 2025", *AGENDA[1:], "- IT came back")
    assert said(read(notes(agenda))) == [("2025-12-19", ["IT came back"]), *WITHOUT]


def test_a_heading_stays_where_something_was_written_under_it() -> None:
    lines, _ = take_agendas(notes(added(3, "- IT came back")))
    assert [line for line in lines[2:9] if line] == [AGENDA[0], AGENDA[1], "- IT came back"]


def test_an_older_line_with_the_same_words_is_read() -> None:
    lines = [*notes(AGENDA[:2]), AGENDA[1], "- cellar plan, in progress"]
    assert "cellar plan, in progress" in said(read(lines))[-1][1]
    assert take_agendas(lines)[0][-2] == AGENDA[1]


def test_two_agendas_do_not_disturb_each_other() -> None:
    later = ("## 1 Jan 2026", "- [ ] **Bo:** something else")
    first = notes(added(6, "- IT came back"))
    mark = write_mark(date(2026, 1, 1), date(2025, 12, 18), first[3], later)
    lines = [*first[:2], mark, *later, "", *first[2:]]
    assert said(read(lines)) == [("2025-12-18", ["IT came back"]), *WITHOUT]


def test_the_comment_says_what_it_was_given() -> None:
    mark = read_mark(write_mark(date(2025, 12, 18), date(2025, 12, 4), "## 4 Dec", AGENDA))
    assert mark is not None
    assert (mark.day, mark.after, mark.above) == (date(2025, 12, 18), date(2025, 12, 4), key_of("## 4 Dec"))
    assert mark.keys == {key_of(line) for line in AGENDA if line}


@pytest.mark.parametrize(
    "line",
    [
        "<!-- analyzer agenda -->",
        "<!-- agenda 2025-12-18: 12345678 -->",
        "<!-- analyzer agenda 2025-13-40: 12345678 -->",
        "",
    ],
)
def test_no_other_comment_is_one(line: str) -> None:
    assert read_mark(line) is None


@given(st.lists(st.sampled_from([*AGENDA, *BELOW, "- mine", "", "---", notes()[2]]), max_size=14))
def test_no_line_is_changed_but_those_that_are_passed_over(lines: list[str]) -> None:
    seen, stretches = take_agendas(lines)
    hidden = {at for first, last, _ in stretches for at in range(first - 1, last)}
    assert len(seen) == len(lines)
    assert all(seen[at] == line for at, line in enumerate(lines) if at not in hidden)
    assert all(seen[at] == "" for at in hidden)
