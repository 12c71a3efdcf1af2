"""Org-mode, reStructuredText, CSV, TSV and XLSX: what their lines become, where they stand, and what is left out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from analyzer.reading.columns import Role, find_head, is_date, role_of_head
from analyzer.reading.formats.org import read_org
from analyzer.reading.formats.rst import read_rst
from analyzer.reading.formats.sheets import MOST_CELLS, read_csv, read_tsv, read_xlsx
from analyzer.reading.text import Text, UnreadableError


def _said(text: Text) -> list[str]:
    """Return the lines that are read and not empty."""
    out = {number for first, last, _ in text.left_out for number in range(first, last + 1)}
    return [line for number, line in enumerate(text.lines, start=1) if number not in out and line.strip()]


def _reasons(text: Text) -> list[str]:
    return [reason for _, _, reason in text.left_out]


# --- org-mode -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("* <2025-03-03 Mon>", "# 2025-03-03"),
        ("* 1:1 with Bo [2025-03-03 Mon 10:00]", "# 1:1 with Bo 2025-03-03 10:00"),
        ("** 2025-03 March", "## March 2025"),
        ("** Wins [2/3]", "## Wins"),
        ("** DONE Oiled the loom", "- [x] Oiled the loom"),
        ("** TODO [#A] Oil the loom :loom:shed:", "- [ ] [#A] Oil the loom [loom] [shed]"),
        ("** WAITING Wool from Oslo", "- [ ] [waiting] Wool from Oslo"),
        ("** CANCELLED The fair", "- [-] The fair"),
        ("** Dyed the blue yarn", "- Dyed the blue yarn"),
        ("- [X] warped", "- [X] warped"),
        ("- [-] weaving", "- [/] weaving"),
        ("- wool :: nine kilos", "- wool: nine kilos"),
        ("*bold* +old+ =code= /so/", "**bold** ~~old~~ `code` *so*"),
        ("see [[https://example.org/a b][the list]]", "see [the list](https://example.org/a%20b)"),
        ("<2025-03-03 Mon 9:30>", "2025-03-03 9:30"),
        ("[fn:1] said so", "[^1]: said so"),
    ],
)
def test_an_org_line_is_written_as_markdown(line: str, wanted: str) -> None:
    assert read_org(line.encode()).lines == (wanted,)


@pytest.mark.parametrize(
    "line",
    [
        "+1 and +2 from Bo",
        "2 * 3 * 4",
        "3/7 and 4/8",
        "a/b/c",
        "DONE is a word here",
        "***",
        "~5 min of ~10",
        "- :: starts so",
    ],
)
def test_org_lines_that_only_look_marked_stay(line: str) -> None:
    assert read_org(f"x\n{line}".encode()).lines[1].strip("\n") == line


def test_an_org_heading_with_something_under_it_stays_a_heading() -> None:
    text = read_org(b"* Loom repairs\n** Frame\n- planed it\n** Blockers\n** TODO 1:1 <2025-03-03 Mon>\n- talked\n")
    assert _said(text) == ["# Loom repairs", "## Frame", "- planed it", "## Blockers", "## 1:1 2025-03-03", "- talked"]


def test_what_stands_under_an_org_task_is_nested_under_it() -> None:
    text = read_org(b"* Wins\n** DONE Sold the rug\nFor a good price.\n*** DONE Packed it\n** Fixed the shed door\n")
    assert _said(text) == [
        "# Wins",
        "- [x] Sold the rug",
        "  For a good price.",
        "  - [x] Packed it",
        "- Fixed the shed door",
    ]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        ("SCHEDULED: <2025-03-03 Mon>", "planning line"),
        ("   CLOSED: [2025-03-03 Mon 10:00]", "planning line"),
        (":PROPERTIES:\n:Effort: 1:00\n:END:", "drawer"),
        ("CLOCK: [2025-03-03 Mon 10:00]--[2025-03-03 Mon 11:00]", "clock"),
        ("# not for anybody", "comment"),
        ("#+begin_src sh\nrm -r wool\n#+end_src", "code block"),
        ("#+BEGIN_COMMENT\nhm\n#+END_COMMENT", "comment"),
        ("#+STARTUP: overview", "setting"),
        (": fixed width", "code block"),
        ("* COMMENT later\ntext\n** deeper", "comment"),
    ],
)
def test_what_org_leaves_out_has_a_reason_and_its_lines(lines: str, reason: str) -> None:
    text = read_org(f"{lines}\n* Wins\n- sold a rug".encode())
    assert _said(text) == ["# Wins", "- sold a rug"]
    assert text.left_out == ((1, lines.count("\n") + 1, reason),)


def test_an_org_title_is_the_first_heading_and_moves_the_others_down() -> None:
    text = read_org(b"#+TITLE: 1:1 Ada / Bo\n#+AUTHOR: Ada Lin\n* 3 March 2025\n- wove\n")
    assert _said(text) == ["# 1:1 Ada / Bo", "## 3 March 2025", "- wove"]
    assert text.properties == (("title", "1:1 Ada / Bo"), ("author", "Ada Lin"))


def test_org_quotes_and_tables_are_those_of_markdown() -> None:
    text = read_org(b"#+begin_quote\nfine rug\n#+end_quote\n| a | b |\n|---+---|\n| 1 | 2 |\n\n| x | y |\n")
    assert _said(text) == ["> fine rug", "| a | b |", "|---|---|", "| 1 | 2 |", "- x | y"]


def test_an_org_file_can_name_its_own_keywords() -> None:
    text = read_org(b"#+TODO: DRAFT(d) | SENT(s!)\n* Letters\n** SENT To the mill\n** DRAFT To the fair\n")
    assert _said(text)[1:] == ["- [x] To the mill", "- [ ] [draft] To the fair"]


# --- reStructuredText -----------------------------------------------------------------------------


def test_levels_of_rst_sections_follow_the_order_of_their_adornments() -> None:
    text = read_rst(
        b"====\nLog\n====\n\n3 March 2025\n~~~~~~~~~~~~\nWins\n----\n- a\n\n10 March 2025\n~~~~~~~~~~~~~\n\n- b\n"
    )
    assert _said(text) == ["# Log", "## 3 March 2025", "### Wins", "- a", "## 10 March 2025", "- b"]


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (":Date: 2025-03-03", ["Date: 2025-03-03"]),
        (":Attendees: Ada Lin, Bo Fell", ["Attendees: Ada Lin, Bo Fell"]),
        ("#. one\n#. two", ["1. one", "1. two"]),
        ("(2) two", ["2) two"]),
        ("a. first", ["a) first"]),
        ("`the log <https://example.org>`_ says", ["[the log](https://example.org) says"]),
        ("``make`` and :ref:`home`", ["`make` and home"]),
        (".. |k| replace:: the big kiln\n\nlit |k| again", ["lit the big kiln again"]),
        ("the `rota`_\n\n.. _rota: https://example.org/r", ["the [rota](https://example.org/r)"]),
        (".. note:: mind the step", ["mind the step"]),
        (".. warning::\n   :class: red\n\n   - hot\n   - heavy", ["- hot", "- heavy"]),
        (".. epigraph::\n\n   Neat work", ["> Neat work"]),
        (".. [1] so they say", ["[^1]: so they say"]),
        ("said so [1]_", ["said so [^1]"]),
        ("fired it::\n\n   python fire.py\n\nand out", ["fired it:", "and out"]),
        (".. unknown-thing::\n\n   still read", ["still read"]),
        ("| a line\n| of verse", ["a line", "of verse"]),
    ],
)
def test_rst_is_written_as_markdown(lines: str, wanted: list[str]) -> None:
    assert _said(read_rst(lines.encode())) == wanted


@pytest.mark.parametrize(
    "line", ["A. Bloom came by", "we said :: nothing", "e.g. this", "10:30: tea", "a|b|c", "... and on", "- --"]
)
def test_rst_lines_that_only_look_marked_stay(line: str) -> None:
    assert read_rst(line.encode()).lines == (line,)


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (".. code-block:: sh\n   :linenos:\n\n   rm -r clay", "code block"),
        (".. a thought\n   of nobody", "comment"),
        (".. image:: kiln.png", "image"),
        (".. contents::", "contents list"),
        (".. _kiln:", "link target"),
        ("----", "rule"),
    ],
)
def test_what_rst_leaves_out_has_a_reason_and_its_lines(lines: str, reason: str) -> None:
    text = read_rst(f"{lines}\n\n- glazed".encode())
    assert _said(text) == ["- glazed"]
    assert text.left_out == ((1, lines.count("\n") + 1, reason),)


def test_both_kinds_of_rst_tables_give_a_row_each() -> None:
    grid = b"+----+------+\n| a  | b    |\n+====+======+\n| x  | long |\n|    | one  |\n+----+------+\n"
    simple = b"==  ====\na   b\n==  ====\nx   long\n    one\n==  ====\n"
    for drawn in (grid, simple):
        said = [line for line in _said(read_rst(drawn)) if line != "| |"]
        assert said == ["| a | b |", "| --- | --- |", "| x | long one |"]


def test_an_rst_table_without_a_head_is_a_list() -> None:
    assert _said(read_rst(b"==  ==\na   b\nc   d\n==  ==\n")) == ["- a | b", "- c | d"]
    text = read_rst(b".. list-table::\n   :header-rows: 1\n\n   * - Who\n     - What\n   * - Ada\n     - threw a pot\n")
    assert _said(text) == ["- Ada", "  | threw a pot"]


_PIECES = st.sampled_from(
    [
        "* a b", "** DONE c d", "#+title: t", "#+begin_src", "#+end_src", "#+begin_quote", "#+end_quote", ":END:", ":LOG:", "| a | b |", "|--+--|",
        "+--+--+", "+==+==+", "==  ==", "x   y", "===", "Title", ".. note:: hm", ".. code::", "..", "   in", ":Key: v", "- item", "  - deep", "::",
        "so::", "", "`t <http://x.y>`_", "<2025-03-03 Mon>", "* COMMENT z", ".. list-table::", "   * - a", "     - b", "\t- tab", "#. n",
    ]
)  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(
    st.lists(
        st.one_of(_PIECES, st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)), min_size=1, max_size=25
    )
)
@pytest.mark.parametrize("read", [read_org, read_rst])
def test_text_formats_keep_their_lines_and_leave_none_out_twice(
    read: Callable[[bytes], Text], lines: list[str]
) -> None:
    source = "\n".join([*lines, "end"])
    text = read(source.encode())
    assert len(text.lines) == len(lines) + 1
    left = [number for first, last, _ in text.left_out for number in range(first, last + 1)]
    assert len(left) == len(set(left))
    assert all(1 <= number <= len(text.lines) for number in left)


@pytest.mark.parametrize(
    "unit", [".. note::\n ", "* ", "|", "+-", "= ", "[[", "`", "/a", "*b ", "- :: ", ":a:", "|a", "(", "<2025-03-03"]
)
def test_a_long_line_of_any_mark_is_read_in_no_time(unit: str) -> None:
    line = (unit * 30_000)[:60_000]
    assert read_org(line.encode()).lines
    assert read_rst(line.encode()).lines


# --- sheets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "role"),
    [
        ("Date", Role.DATE), ("WEEK OF", Role.DATE), ("what_happened", Role.WORDS), ("Project name", Role.PROJECT), ("**Type**", Role.TYPE), ("By", Role.AUTHOR),
        ("Status", Role.STATUS), ("Done?", Role.BOX), ("Impact (expected)", Role.IMPACT), ("Blockers", Role.SECTION), ("Colour", Role.OTHER), ("", Role.OTHER),
    ],
)  # fmt: skip
def test_columns_are_known_by_their_heads(head: str, role: Role) -> None:
    assert role_of_head(head) is role


@pytest.mark.parametrize(
    ("cell", "dated"),
    [("2025-03-03", True), ("Mon 3 March", True), ("3/3/25", True), ("Q1", False), ("3/4 done", True), ("12", False), ("finished the report on 3 March", False), ("", False)],
)  # fmt: skip
def test_a_cell_is_a_date_where_it_says_little_else(cell: str, dated: bool) -> None:
    assert is_date(cell) is dated


@pytest.mark.parametrize(
    ("rows", "at"),
    [
        ([["Date", "What"], ["3 March", "x"]], 0),
        ([["Log of Ada"], ["Goal", "Colour"], ["to row", "red"]], 1),
        ([["3 March", "Wins"], ["4 March", "x"]], None),
        ([["Wins", "planted elms"], ["Wins", "pruned"]], None),
        ([["Ada", "red"], ["Bo", "blue"]], None),
    ],
)
def test_heads_are_found_where_there_are_some(rows: list[list[str]], at: int | None) -> None:
    assert find_head(rows) == at


def test_rows_of_one_date_are_one_meeting_in_the_order_of_the_file() -> None:
    text = read_csv(
        b"Project,WHAT,Impact,date,Type\n"
        b"Kiln,relined the door,saves two bags of gas,2025-03-10,Win\n"
        b"Glaze,waiting for cobalt,,2025-03-10,Blocker\n"
        b",swept the yard,,2025-03-03,Win\n"
    )
    assert _said(text) == [
        "## 2025-03-10",
        "### Win",
        "- Kiln: relined the door. Impact: saves two bags of gas",
        "### Blocker",
        "- Glaze: waiting for cobalt",
        "## 2025-03-03",
        "### Win",
        "- swept the yard",
    ]
    assert [place for place, line in zip(text.places, text.lines, strict=True) if line.startswith("- ")] == [
        "row 2",
        "row 3",
        "row 4",
    ]
    assert text.left_out == ((1, 1, "table head"),)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_any_separator_is_found(mark: str) -> None:
    rows = [["When", "What", "Who"], ["3 March 2025", f'"carved {mark} sanded"', "Ada"], ["", "oiled", "Bo"]]
    text = read_csv("\n".join(mark.join(row) for row in rows).encode())
    assert _said(text) == ["## 3 March 2025", f"- Ada: carved {mark} sanded".replace(" \t", ""), "- Bo: oiled"]


def test_who_wrote_a_log_alone_is_said_once() -> None:
    text = read_tsv(b"date\titem\tauthor\n2025-03-03\tcarved\tAda Lin\n2025-03-03\toiled\tAda Lin\n")
    assert _said(text) == ["## 2025-03-03", "- carved", "- oiled"]
    assert text.properties == (("author", "Ada Lin"),)


def test_a_cell_with_lines_is_a_list_under_its_project() -> None:
    text = read_csv(
        b'Date,Project,What,Done\n2025-03-03,Boat,"- caulked\n- painted",yes\n2025-03-03,Oars,varnished,no\n'
    )
    assert _said(text) == [
        "## 2025-03-03",
        "- Boat:",
        "    - [x] caulked",
        "    - [x] painted",
        "- [ ] Oars: varnished",
    ]


def test_a_column_for_each_section_is_read_under_its_head() -> None:
    text = read_csv(b"Week,Wins,Blockers,Colour\n2025-03-03,sold a boat,no tar,good\n2025-03-10,,rain,\n")
    assert _said(text) == [
        "## 2025-03-03",
        "### Wins",
        "- sold a boat. Colour: good",
        "### Blockers",
        "- no tar",
        "## 2025-03-10",
        "### Blockers",
        "- rain",
    ]


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        ("2025-03-03,Boat,caulked the hull\n2025-03-10,Boat,painted it\n", ["## 2025-03-03", "- Boat: caulked the hull", "## 2025-03-10", "- Boat: painted it"]),
        ("only words\nin rows\n", ["- only words", "- in rows"]),
        ("Colour,Shape\nred,round\n", ["- Colour: Shape", "- red: round"]),
        ("Date,What\nsoon,sail\n2025-03-03,row\n2025-03-10,rest\n", ["## soon", "- sail", "## 2025-03-03", "- row", "## 2025-03-10", "- rest"]),
    ],
)  # fmt: skip
def test_a_sheet_without_heads_or_dates_loses_nothing(data: str, wanted: list[str]) -> None:
    said = _said(read_csv(data.encode()))
    if wanted[0].startswith("- Colour"):
        assert sorted(" ".join(said).replace(".", "").replace(":", "").split()) == sorted(
            "- Colour Shape - red round".split()
        )
    else:
        assert said == wanted


def test_a_kind_that_names_no_section_is_a_tag_and_other_columns_keep_their_heads() -> None:
    text = read_csv(b"date,type,what,status,hours,link\n2025-03-03,Bug,mended the pump,done,3,https://example.org/7\n")
    assert _said(text) == ["## 2025-03-03", "- [done] [Bug] mended the pump. hours: 3. [link](https://example.org/7)"]


def test_encodings_of_sheets_are_repaired() -> None:
    text = read_csv("sep=;\nDate;What\n2025-03-03;café opened\n".encode("cp1252"))
    assert _said(text) == ["## 2025-03-03", "- café opened"]
    assert text.repairs == ("read as Windows-1252",)
    assert _said(read_csv("Date\tWhat\n2025-03-03\tcafé\n".encode("utf-16")))[1] == "- café"


def test_a_quotation_mark_that_is_never_closed_swallows_no_rows() -> None:
    text = read_csv(b'Date,What\n2025-03-03,"so it began\n2025-03-10,and went on\n')
    assert _said(text) == ["## 2025-03-03", "- so it began", "## 2025-03-10", "- and went on"]
    assert "quotation marks" in text.problems[0][1]


@pytest.mark.parametrize("data", [b"", b"\n\n", b",,,\n", b"\x00\x01\x02\x03"])
def test_a_sheet_without_words_is_unreadable(data: bytes) -> None:
    with pytest.raises(UnreadableError):
        read_csv(data)


def test_columns_beyond_reason_are_named_and_not_read() -> None:
    text = read_csv(("x," * (MOST_CELLS + 5) + "y\n").encode())
    assert "columns" in text.problems[0][1]


def _workbook(**sheets: Sequence[Sequence[Any]]) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return book


def _saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_a_workbook_is_read_by_its_cells() -> None:
    book = _workbook(
        Log=[["When", "What", "Result", "Share"], [date(2025, 3, 3), "mended the oarlocks", "no more capsizes", 0.25], [None, "taught two novices", None, None], [datetime.fromisoformat("2025-03-10T09:30"), "raced", None, 3.0]]
    )  # fmt: skip
    book["Log"]["D2"].number_format = "0%"
    text = read_xlsx(_saved(book))
    assert _said(text) == [
        "## 2025-03-03",
        "- mended the oarlocks. Result: no more capsizes. Share: 25%",
        "- taught two novices",
        "## 2025-03-10 09:30",
        "- raced. Share: 3",
    ]
    assert text.places[text.lines.index("- taught two novices")] == "sheet Log, row 3"


def test_hidden_sheets_are_left_out_and_named_and_undated_ones_stand_first() -> None:
    book = _workbook(
        Log=[["Date", "What"], [date(2025, 3, 3), "rowed"]], Goals=[["Goals"], ["win the regatta"]], Pay=[["a secret"]]
    )
    book["Pay"].sheet_state = "hidden"
    text = read_xlsx(_saved(book))
    assert "a secret" not in " ".join(text.lines)
    assert [(text.lines[first - 1], reason) for first, _, reason in text.left_out if reason == "hidden sheet"] == [
        ("Pay", "hidden sheet")
    ]
    assert text.lines.index("# Goals") < text.lines.index("# Log")
    assert "- win the regatta" in text.lines


def _with_entities(data: bytes) -> bytes:
    file = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(file, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, part.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1))
    return file.getvalue()


@pytest.mark.parametrize(
    ("damage", "why"),
    [
        (lambda data: data[:2_000], "damaged"),
        (lambda _: b"", "damaged"),
        (lambda _: b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (lambda _: b"\xd0\xcf\x11\xe0 old", "old binary"),
        (_with_entities, "entities"),
        (lambda _: _saved(_workbook(Empty=[])), "no row"),
    ],
)
def test_a_workbook_that_cannot_be_read_says_why(damage: Callable[[bytes], bytes], why: str) -> None:
    data = _saved(_workbook(Log=[["Date", "What"], [date(2025, 3, 3), "rowed"]]))
    with pytest.raises(UnreadableError, match=why):
        read_xlsx(damage(data))


def test_without_the_library_a_workbook_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    data = _saved(_workbook(Log=[["Date", "What"], [date(2025, 3, 3), "rowed"]]))
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(UnreadableError, match="pip install openpyxl"):
        read_xlsx(data)
