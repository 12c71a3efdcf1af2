"""Blocks: kinds, nesting, lines and what is left out."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from analyzer.reading import read_text
from analyzer.reading.lines import take_apart
from analyzer.reading.markdown import scan
from analyzer.records import Block, Document
from analyzer.settings import Settings


def _document(text: str, path: str = "notes.md") -> Document:
    return read_text(text, path=path, settings=Settings())[0]


def _blocks(text: str) -> list[Block]:
    return [block for meeting in _document(f"## 3 March 2025\n{text}").meetings for block in meeting.blocks][1:]


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(str(block.kind), block.text) for block in _blocks(text)]


@pytest.mark.parametrize(
    "line",
    [
        "- a b",
        "* a b",
        "+ a b",
        "• a b",
        "•a b",
        "– a b",
        "— a b",
        "· a b",
        "‣ a b",
        "◦ a b",
        "▪ a b",
        "1. a b",
        "12) a b",
        "a) a b",
        "-a b",
        "● a b",
    ],
)
def test_bullets_of_every_kind_are_items(line: str) -> None:
    assert (take_apart(line).kind, take_apart(line).text) == ("item", "a b")


@pytest.mark.parametrize(
    "line", ["-5% churn", "*a b*", "**a b**", "2025. A year", "a. b", "--- a", "-> a", "1.5 days", "→ a"]
)
def test_lines_that_only_look_like_bullets_are_text(line: str) -> None:
    assert take_apart(line).kind == "text"


@pytest.mark.parametrize(
    ("line", "checked"),
    [
        ("- [ ] a", False),
        ("- [x] a", True),
        ("* [X] a", True),
        ("- [] a", False),
        ("[ ] a", False),
        ("☐ a", False),
        ("- ☑ a", True),
        ("\\[x\\] a", True),
    ],
)
def test_check_boxes(line: str, checked: bool) -> None:
    assert (take_apart(line).text, take_apart(line).checked) == ("a", checked)


@pytest.mark.parametrize("line", ["- [P0] a", "- [link](http://x.y) a", "- [x](http://x.y)", "- ✅ a", "- a [x]"])
def test_brackets_that_are_no_check_box(line: str) -> None:
    assert take_apart(line).checked is None


def test_nesting_gives_depth_and_parent() -> None:
    blocks = _blocks("- a one\n  - b two\n    - c three\n  - d four\n- e five\n\t- f six\n")
    assert [(one.text[0], one.depth, one.parent) for one in blocks] == [
        ("a", 0, None), ("b", 1, 1), ("c", 2, 2), ("d", 1, 1), ("e", 0, None), ("f", 1, 5),
    ]  # fmt: skip


def test_an_indented_line_goes_on_with_its_item() -> None:
    blocks = _blocks("- shipped the thing\n  to everybody\n- next\n")
    assert [(one.text, one.source.start, one.source.end) for one in blocks] == [
        ("shipped the thing to everybody", 2, 3),
        ("next", 4, 4),
    ]


def test_a_line_under_a_list_does_not_go_on_with_the_last_item() -> None:
    assert _kinds("- shipped it\nAll in all a good week.\n") == [
        ("item", "shipped it"),
        ("paragraph", "All in all a good week."),
    ]


def test_a_date_right_under_a_list_opens_a_meeting() -> None:
    document = _document("Log 2025\n\n3/2\n- a\n12/2\n- b\n", "log.txt")
    assert [str(one.date) for one in document.meetings if one.date] == ["2025-02-03", "2025-02-12"]


def test_hard_wrapped_prose_is_joined_and_keeps_its_lines() -> None:
    text = (
        "We spent most of the hour on the rollout, which has now reached all of the\n"
        "wards on the second floor, and on what has to be done before we can go and\n"
        "tell the board that it works for all of them, nights and weekends included.\n"
    )
    blocks = _blocks(text)
    assert [(one.source.start, one.source.end) for one in blocks] == [(2, 4)]


def test_a_thought_on_each_line_stays_a_paragraph_on_each_line() -> None:
    text = "Graham said yes to both heads yesterday\nShe did a small dance in the doorway\nAd goes out next week\n"
    assert len(_blocks(text)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "**Wins**",
        "*Wins*",
        "__What moved__",
        "**What did you achieve?**",
        "Wins:",
        "🌱 Spring",
        "Done",
        "NEXT WEEK",
        "Other bits",
        "**Group trips** 🆕",
    ],
)
def test_a_short_line_in_bold_or_on_top_of_a_list_is_a_heading(line: str) -> None:
    assert _kinds(f"\n{line}\n- a\n")[0][0] == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "**Relay**: live on all wards", "We are done.", "Good week, all in all.", "**All of this was decided by the board on Monday morning, and nobody was asked about it.**",
        "quick note", "Ada and Bo went to the board about it", "CB: well done", "**Bold** and *more*",
    ],
)  # fmt: skip
def test_a_line_that_says_something_is_no_heading(line: str) -> None:
    assert _kinds(f"\n{line}\n- a\n")[0][0] == "paragraph"


def test_an_item_in_bold_with_items_under_it_is_a_lead_and_not_read_as_an_item() -> None:
    blocks = _blocks("- **Checkout**\n  - live\n- **Relay** is live\n  - on all wards\n")
    assert [(str(one.kind), one.depth) for one in blocks] == [("heading", 0), ("item", 1), ("item", 0), ("item", 1)]


def test_headings_of_both_kinds_have_a_level() -> None:
    blocks = _blocks("### Wins ###\n- a\n\nLater\n---\n- b\n")
    assert [(one.text, one.depth, one.source.end) for one in blocks if one.kind == "heading"] == [
        ("Wins", 3, 2),
        ("Later", 2, 6),
    ]


def test_a_table_gives_a_row_each_and_ignores_its_head() -> None:
    document = _document("## 3 March 2025\n| what | state |\n| --- | --- |\n| churn model | done |\n| | |\n")
    rows = [block for meeting in document.meetings for block in meeting.blocks if block.kind == "row"]
    assert [(row.text, row.source.start) for row in rows] == [("churn model | done", 4)]
    assert [(one.source.start, one.source.end, one.reason) for one in document.ignored] == [
        (2, 3, "table head"),
        (5, 5, "empty table row"),
    ]


def test_quotes_are_read_with_their_mark_taken_off() -> None:
    assert _kinds("> well done\n> all of you.\n\n> - more of it\n") == [
        ("quote", "well done all of you."),
        ("quote", "more of it"),
    ]


@pytest.mark.parametrize(
    ("text", "reason", "lines"),
    [
        ("```\n- code\n```", "code block", (2, 4)),
        ("<!-- a\n\n- b -->", "comment", (2, 4)),
        ("![chart](a.png)", "image", (2, 2)),
        ("- - -", "rule", (2, 2)),
        ("<details>", "HTML tag", (2, 2)),
        ("[1]: https://example.org", "link target", (2, 2)),
        ("Created: 2025-01-03 10:00", "time stamp", (2, 2)),
        ("-", "empty item", (2, 2)),
        ("```\n- not closed", "code fence without an end", (2, 2)),
    ],
)
def test_what_is_left_out_has_a_reason_and_its_lines(text: str, reason: str, lines: tuple[int, int]) -> None:
    ignored = _document(f"## 3 March 2025\n{text}\n").ignored
    assert [(one.reason, one.source.start, one.source.end) for one in ignored] == [(reason, *lines)]


def test_indented_code_is_read_as_notes() -> None:
    assert _kinds("\n    - shipped it\n") == [("item", "shipped it")]


def test_front_matter_is_ignored_and_a_rule_at_the_top_is_not_front_matter() -> None:
    assert [one.reason for one in _document("---\ndate: 2025-03-03\n---\n- a\n").ignored] == ["front matter"]
    assert [one.reason for one in _document("---\n\nWe met again\n\n---\n- a\n").ignored] == ["rule", "rule"]


@pytest.mark.parametrize(
    "line", ["With: Ada Okafor", "Attendees: Ada, Bo", "**Manager:** Bo Lind", "- Present: Ada, me", "Location: Room 4"]
)
def test_property_lines_at_the_top_are_no_items(line: str) -> None:
    document = _document(f"## 3 March 2025\n{line}\n- shipped it\n")
    assert [one.reason for one in document.ignored] == ["property"]


@pytest.mark.parametrize(
    "line", ["Manager: great job on the launch", "With: a lot of luck we make it", "Role: I want the senior one."]
)
def test_lines_that_say_something_are_no_properties(line: str) -> None:
    assert not _document(f"## 3 March 2025\n{line}\n- shipped it\n").ignored


def test_a_property_further_down_is_read() -> None:
    assert not _document("## 3 March 2025\n- shipped it\n\nManager: Bo Lind\n").ignored


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\npara\n\n## B\n\n- one\n- two\n  - three\n- four\n\n> quote\n\ntext\n",
        "Title\n=====\n\n1. one\n2. two\n\n   - three\n\n***\n\ntext\n",
        "- a\n  b\n- c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n```\n- code\n```\n",
    ],
)
def test_plain_markdown_is_cut_as_a_markdown_parser_cuts_it(text: str) -> None:
    wanted = {"heading_open": [], "list_item_open": [], "tr_open": []}  # type: dict[str, list[int]]
    for token in MarkdownIt("commonmark").enable("table").parse(text):
        if token.type in wanted and token.map:
            wanted[token.type].append(token.map[0] + 1)
    blocks = [block for meeting in _document(text).meetings for block in meeting.blocks]
    found = [[one.source.start for one in blocks if one.kind == kind] for kind in ("heading", "item", "row")]
    assert found == [wanted["heading_open"], wanted["list_item_open"], wanted["tr_open"][1:]]


@pytest.mark.parametrize(
    ("line", "checked", "struck"),
    [
        ("- [/] a", False, False),
        ("- [>] a", False, False),
        ("- [!] a", False, False),
        ("- [-] a", False, True),
        ("- [x] ~~a~~", True, True),
        ("- [i] a", None, False),
        ("- [>]a", None, False),
    ],
)
def test_boxes_with_other_signs(line: str, checked: bool | None, struck: bool) -> None:
    assert (take_apart(line).checked, take_apart(line).struck) == (checked, struck)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("- ~~v1~~ v2 shipped", "v2 shipped"),
        ("- moved ~~to May~~ to June, ~~again~~", "moved to June,"),
        ("- a ==b== c", "a b c"),
        ("- impact:: more of it", "impact: more of it"),
        ("- **Impact**:: more of it", "**Impact**: more of it"),
        ("- shipped it ^ab12cd", "shipped it"),
        ("- a %% not for you %% b", "a b"),
        ("- a <!-- not for you --> b", "a b"),
        ("- %%x%% a", "a"),
        ("[^1]: so they say", "so they say"),
        ("+1 shipped", "+1 shipped"),
        ("- +1 shipped", "+1 shipped"),
    ],
)
def test_what_is_not_said_is_taken_out_of_a_line(line: str, text: str) -> None:
    assert take_apart(line).text == text


@pytest.mark.parametrize(
    "text",
    ["~5 min, ~10 max", "a == b == c", "x==y==z", "std::map<a>", "2 ^n", "grew by n ^2", "`~~a~~ ==b==`", "50%% of it", "a ~~ b ~~ c", "see [^1]", "a <!-- b"],
)  # fmt: skip
def test_signs_that_only_look_like_marks_stay(text: str) -> None:
    assert take_apart(f"- {text}").text == text


def test_a_callout_holds_what_stands_in_it_and_nothing_after() -> None:
    blocks = _blocks("### Done\n> [!todo]- Next steps\n> - a one\n>   - b two\n> c three\n\n- d four\n")
    assert [(str(one.kind), one.text, one.parent) for one in blocks] == [
        ("heading", "Done", None),
        ("heading", "Next steps", None),
        ("item", "a one", 2),
        ("item", "b two", 3),
        ("paragraph", "c three", 2),
        ("item", "d four", None),
    ]


def test_a_callout_without_lines_says_its_title_and_one_for_quotes_is_a_quote() -> None:
    assert _kinds("> [!success] Sold out\n\n> [!quote]\n> neat\n\n> [!NOTE]\n> so it was\n") == [
        ("paragraph", "Sold out"),
        ("quote", "neat"),
        ("paragraph", "so it was"),
    ]


def test_code_in_a_callout_ends_with_the_callout() -> None:
    document = _document("## 3 March 2025\n> [!tip]\n> ```\n> rm\n\n- a\n```\nb\n```\n")
    assert [one.reason for one in document.ignored] == [
        "callout without a title",
        "code block",
        "code block",
        "code block",
    ]


def test_a_toggle_is_a_lead_a_dated_one_a_meeting() -> None:
    text = "<details><summary>3 March 2025</summary>\n\n<details>\n<summary><b>Wins</b></summary>\n\n- a\n</details>\n\n- b\n</details>\n"
    document = _document(f"# Log\n{text}{text.replace('3 March', '10 March')}")
    found = [
        (str(meeting.date), [(one.text, one.depth, one.parent) for one in meeting.blocks])
        for meeting in document.meetings
        if meeting.date
    ]
    assert found == [
        (day, [(name, 2, None), ("Wins", 0, None), ("a", 0, 1), ("b", 0, None)])
        for day, name in (("2025-03-03", "3 March 2025"), ("2025-03-10", "10 March 2025"))
    ]


def test_an_empty_toggle_and_one_on_a_single_line_lose_no_words() -> None:
    text = "<details><summary>Sold out</summary>\n</details>\n<details><summary>Wins</summary>a lot</details>\n"
    assert _kinds(text) == [("paragraph", "Sold out"), ("paragraph", "Wins: a lot")]


def test_a_dated_table_row_is_a_meeting_and_each_cell_is_read_once() -> None:
    document = _document(
        "# Log\n\n| Week of | Wins | Next |\n|--|--|--|\n| 3 March 2025 | a<br>b | c |\n| | d | |\n\n## Other\n"
    )
    meeting = next(one for one in document.meetings if one.date)
    assert [(str(one.kind), one.text, one.source.start) for one in meeting.blocks][:-1] == [
        ("heading", "3 March 2025", 5),
        ("heading", "Wins", 5),
        ("item", "a", 5),
        ("item", "b", 5),
        ("heading", "Next", 5),
        ("item", "c", 5),
        ("heading", "Wins", 6),
        ("item", "d", 6),
    ]


@pytest.mark.parametrize(
    "table",
    [
        "| What | Due |\n|--|--|\n| a | 3 March 2025 |\n",
        "| Name | Age |\n|--|--|\n| Ada | 3/4 |\n",
        "| a | b |\n|--|--|\n| Ada | x<br>y |\n",
    ],
)
def test_other_tables_give_a_row_each(table: str) -> None:
    blocks = [block for meeting in _document(f"# Log\n\n{table}").meetings for block in meeting.blocks]
    assert [str(one.kind) for one in blocks] == ["heading", "row"]


def test_a_rule_right_under_a_list_and_its_last_words_makes_no_heading() -> None:
    assert _kinds("- a\nAll told a good week\n---\n- b\n") == [
        ("item", "a"),
        ("paragraph", "All told a good week"),
        ("item", "b"),
    ]


def test_who_said_a_quotation_is_a_part_of_it() -> None:
    assert _kinds("> no time like it\n> — Ada Lin, 1843\n\n> — one\n> — two of them\n")[0] == (
        "quote",
        "no time like it — Ada Lin, 1843",
    )


@pytest.mark.parametrize(
    "unit",
    ["==a", "%%", "<!--", "a ^", "a:: ", "<summary>", "[^a", "`a", "~~a ", "> [!a] ", "<details>", "—a ", "%% a "],
)
def test_a_long_line_of_marks_takes_linear_time(unit: str) -> None:
    line = unit * (60_000 // len(unit))
    for text in (line, f"- {line}", f"> {line}"):
        assert take_apart(text).kind


@pytest.mark.parametrize(
    "unit",
    [
        "> [!a] b\n> c\n\n",
        "<details><summary>a</summary>\n",
        "<details>\n",
        "> [!a]\n",
        "%%\n",
        "| Date |\n|--|\n",
        "</details>\n",
    ],
)
def test_many_marks_that_open_something_take_linear_time(unit: str) -> None:
    lines = (unit * 8_000).split("\n")
    found = scan(lines, lambda _: False)
    covered = sum(last - first + 1 for first, last, _ in found.ignored) + sum(
        one.end - one.start + 1 for one in found.blocks
    )
    assert covered == sum(bool(line.strip()) for line in lines)
