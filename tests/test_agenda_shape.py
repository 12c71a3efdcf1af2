"""How a running document writes its meetings, found in the document and filled with another day."""

from __future__ import annotations

from datetime import date

import pytest

from analyzer.reading import read_text
from analyzer.records import Document
from analyzer.rendering.agenda_dates import forms_in, write_day
from analyzer.rendering.agenda_shape import shape_of
from analyzer.settings import Settings

NEXT = date(2025, 12, 18)


def document(text: str) -> Document:
    """Read a document from memory."""
    return read_text(text, path="notes-2025.md", settings=Settings(year=2025))[0]


@pytest.mark.parametrize(
    ("line", "day", "expected"),
    [
        ("## 2025-12-04", date(2025, 12, 4), "2025-12-18"),
        ("## 4 Dec 2025", date(2025, 12, 4), "18 Dec 2025"),
        ("## Thurs 4 Dec 2025", date(2025, 12, 4), "Thurs 18 Dec 2025"),
        ("## Thursday, December 4th, 2025", date(2025, 12, 4), "Thursday, December 18th, 2025"),
        ("### 12/4 Thu", date(2025, 12, 4), "12/18 Thu"),
        ("## 4/12/2025", date(2025, 12, 4), "18/12/2025"),
        ("## 04.12.25", date(2025, 12, 4), "18.12.25"),
        ("## 4 dec", date(2025, 12, 4), "18 dec"),
        ("**4 December**", date(2025, 12, 4), "18 December"),
    ],
)
def test_a_day_is_written_as_the_line_writes_its_own(line: str, day: date, expected: str) -> None:
    form = next(forms_in(line, day, day_first=True))
    assert write_day(form, NEXT) == expected


@pytest.mark.parametrize("line", ["## Sprint 12", "## 14/12/2025", "## 2025-12-045", "## the 44 Dec wards"])
def test_a_line_without_the_day_gives_no_form(line: str) -> None:
    assert not list(forms_in(line, date(2025, 12, 4), day_first=True))


def test_an_open_date_is_written_in_the_order_of_the_document() -> None:
    forms = [next(forms_in("## 5/5/2025", date(2025, 5, 5), day_first=order)) for order in (True, False)]
    assert [write_day(one, NEXT) for one in forms] == ["18/12/2025", "12/18/2025"]


SHAPES = {
    "Markdown, newest first": (
        "# 1:1 Ada / Bo\n\n## 4 Dec 2025\n\n- a\n\n## 20 Nov 2025\n\n- b\n",
        (["## 18 Dec 2025"], "-", True, "**{}**"),
    ),
    "newest last, other bullets": (
        "# 1:1 Ada / Bo\n\n### 2025-11-20\n* a\n* c\n\n### 2025-12-04\n* b\n",
        (["### 2025-12-18"], "*", False, "**{}**"),
    ),
    "headings within": (
        "# 1:1\n\n## 4 Dec 2025\n### Wins\n- a\n### Next\n- b\n\n## 20 Nov 2025\n### Wins\n- c\n",
        (["## 18 Dec 2025"], "-", True, "### {}"),
    ),
    "bold dates": ("**4 Dec 2025**\n- a\n\n**20 Nov 2025**\n- b\n", (["**18 Dec 2025**"], "-", True, "**{}**")),
    "underlined dates": (
        "4 Dec 2025\n----------\n- a\n\n20 Nov 2025\n-----------\n- b\n",
        (["18 Dec 2025", "-----------"], "-", True, "**{}**"),
    ),
    "a name around the date": (
        "## 1:1 Ada / Bo, 4 Dec 2025\n- a\n\n## 1:1 Ada / Bo, 20 Nov 2025\n- b\n",
        (["## 1:1 Ada / Bo, 18 Dec 2025"], "-", True, "**{}**"),
    ),
    "words that one meeting alone has": (
        "## 4 Dec 2025, last one\n- a\n\n## 20 Nov 2025\n- b\n\n## 6 Nov 2025\n- c\n",
        (["## 18 Dec 2025"], "-", True, "**{}**"),
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_an_agenda_takes_the_shape_of_its_document(name: str) -> None:
    text, (heading, bullet, newest_first, section) = SHAPES[name]
    shape = shape_of(document(text))
    assert (shape.heading(NEXT), shape.bullet, shape.newest_first, shape.section) == (
        heading, bullet, newest_first, section,
    )  # fmt: skip


def test_a_new_year_is_written_where_the_dates_have_none() -> None:
    shape = shape_of(document("# 1:1, 2025\n\n## 4 Dec\n- a\n\n## 20 Nov\n- b\n"))
    assert shape.heading(date(2026, 1, 1)) == ["## 1 Jan 2026"]
    assert shape.heading(NEXT) == ["## 18 Dec"]


def test_a_rule_between_meetings_is_kept() -> None:
    text = "# 1:1\n\n## 4 Dec 2025\n- a\n\n---\n\n## 20 Nov 2025\n- b\n\n---\n\n## 6 Nov 2025\n- c\n"
    assert shape_of(document(text)).rule == "---"


def test_a_document_without_meetings_has_the_usual_shape() -> None:
    assert shape_of(document("# 1:1\n\n- a\n")).heading(NEXT) == ["## 2025-12-18"]
