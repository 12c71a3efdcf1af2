"""Parts that notes mark as private: left out by default, and counted."""

from __future__ import annotations

import pytest

from analyzer.reading.headings import promote
from analyzer.reading.markdown import scan
from analyzer.reading.private import is_private_heading, is_private_line, take_private
from analyzer.reading.properties import starts_block, take_properties


def _taken(text: str, *, include: bool = False) -> tuple[list[str], list[int], list[str]]:
    lines = text.splitlines()
    found = scan(lines, starts_block)
    promote(found.blocks)
    drafts, _, ignored = take_properties(found)
    kept, left, messages = take_private(drafts, ignored, lines, include=include)
    numbers = [number for start, end, _ in left for number in range(start, end + 1)]
    return [draft.text for draft in kept], numbers, messages


@pytest.mark.parametrize(
    "heading",
    [
        "Private", "PRIVATE:", "**Private**", "Private notes", "My private thoughts", "Health (private)", "🔒", "🔒 Me", "Not for sharing",
        "Off the record", "Private & confidential", "Private - do not share", "Pay [not for sharing]", "Pay #private", "Confidential", "Private (manager only)",
    ],
)  # fmt: skip
def test_headings_that_mark_what_is_under_them(heading: str) -> None:
    assert is_private_heading(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Private beta", "Privacy review", "Private equity client", "Private cloud", "Relay (private beta)", "🔒 Login hardening", "Personal", "Record of work",
        "Public and private sector", "Sharing", "Off the road", "#private-beta", "Privately owned shops", "Private label: autumn range",
    ],
)  # fmt: skip
def test_headings_that_only_hold_the_word(heading: str) -> None:
    assert not is_private_heading(heading)


@pytest.mark.parametrize(
    "line",
    [
        "Private: she is tired", "**Private:** she is tired", "she is tired (private)", "[private] she is tired", "she is tired #private", "🔒 she is tired",
        "she is tired 🔒", "Off the record, the teams will merge", "Bo, off the record: the teams will merge", "not for sharing: pay talks", "pay talks, not for sharing",
        "pay talks (not for sharing yet)", "the teams will merge, off the record",
    ],
)  # fmt: skip
def test_lines_that_are_marked(line: str) -> None:
    assert is_private_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Private beta: 40 shops signed", "private equity client signed", "shipped the private API", "wrote the privacy review", "the API is private now", "issue #private-beta",
        "Nothing is off the record", "not for sharing files between wards", "locked the door 🔒 of the login page", "private beta (private beta users only)", "made it private",
    ],
)  # fmt: skip
def test_lines_that_are_not(line: str) -> None:
    assert not is_private_line(line)


_LOG = "# 1:1 Ada / Bo 2025\n## 3 March\n- a\n### Private\n- b\n  - c\n\nd\n### Wins\n- e\n## 10 March\n- f\n"


def test_a_private_section_ends_at_the_next_heading_of_its_level() -> None:
    kept, left, messages = _taken(_LOG)
    assert kept == ["1:1 Ada / Bo 2025", "3 March", "a", "Wins", "e", "10 March", "f"]
    assert left == [4, 5, 6, 8]
    assert messages == ["4 lines marked private were left out; --include-private reads them"]


def test_all_is_read_where_the_user_asks_for_it() -> None:
    kept, left, messages = _taken(_LOG, include=True)
    assert (len(kept), left, messages) == (11, [], [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("## 3 March 2025\n- a\n**Private**\n- b\n**Wins**\n- c\n", [3, 4]),
        ("3 March 2025\n- a\n\nPrivate\n- b\n\n10 March 2025\n- c\n", [4, 5]),
        ("## 3 March 2025\n- Private\n  - b\n- c\n", [2, 3]),
        ("## 3 March 2025\n- a #private\n  - b\n- c\n", [2, 3]),
        ("## 3 March 2025 (private)\n- a\n### Wins\n- b\n## 10 March 2025\n- c\n", [1, 2, 3, 4]),
        ("## 3 March 2025\n- a\n<!-- private -->\n- b\n\nc\n<!-- /private -->\n- d\n", [4, 6]),
        ("## 3 March 2025\n- a\n<!-- private -->\n- b\n## 10 March 2025\n- c\n", [4, 5, 6]),
        ("## 3 March 2025\n> [!private]\n> b\n\n- c\n", [3]),
        ("## 3 March 2025\n- a\n\nPrivate: she is tired\nand said so\n", [4]),
        ("<details>\n<summary>Private</summary>\n\nb\n\n</details>\n\nc\n", [2, 4]),
        ("# Private\nb\n", [1, 2]),
    ],
)
def test_how_far_a_mark_reaches(text: str, left: list[int]) -> None:
    assert _taken(text)[1] == left


@pytest.mark.parametrize(
    "text",
    [
        "# 1:1 Ada / Bo (private)\n## 3 March 2025\n- a\n",
        "## 3 March 2025\n### Private beta\n- a\n",
        "## 3 March 2025\n<!-- private beta -->\n- a\n",
    ],
)
def test_nothing_is_left_out_where_nothing_is_marked(text: str) -> None:
    assert _taken(text)[1:] == ([], [])


def test_a_comment_that_is_never_closed_holds_to_the_end_and_one_line_is_one_line() -> None:
    assert _taken("- a\n<!-- private -->\n- b\n")[2] == [
        "1 line marked private was left out; --include-private reads it"
    ]


def test_marks_take_linear_time() -> None:
    for unit in ("(private ", "#", "off the record", "not for sharing ", "🔒", "private ", "[", "( "):
        assert isinstance(is_private_line(unit * 40_000), bool)
        assert isinstance(is_private_heading(unit * 40_000), bool)
