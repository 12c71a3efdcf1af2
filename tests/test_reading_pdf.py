"""PDF: pages are drawn here by reportlab, or written by hand where tags, damage or a lock is what the test is about."""

from __future__ import annotations

import builtins
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any

import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from analyzer.reading.formats.pdf import read_pdf
from analyzer.reading.text import Text, UnreadableError

_WIDTH, _HEIGHT = 595.0, 842.0


class Sheet:
    """A page by page canvas on which each line stands where it is put."""

    def __init__(self, **options: Any) -> None:
        self.file = BytesIO()
        self.canvas = Canvas(self.file, pagesize=(_WIDTH, _HEIGHT), invariant=1, **options)
        self.y = 80.0

    def line(self, text: str, *, x: float = 72, size: float = 11, bold: bool = False, gap: float = 0) -> None:
        self.y += gap
        self.canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        self.canvas.drawString(x, _HEIGHT - self.y, text)
        self.y += size * 1.3

    def at(self, text: str, *, y: float, x: float = 72) -> None:
        self.canvas.setFont("Helvetica", 9)
        self.canvas.drawString(x, _HEIGHT - y, text)

    def turn(self) -> None:
        self.canvas.showPage()
        self.y = 80.0

    def data(self) -> bytes:
        self.canvas.save()
        return self.file.getvalue()


def test_headings_are_told_by_size_and_bold_lines_and_items_by_their_bullets() -> None:
    sheet = Sheet()
    sheet.line("1:1 Ines Fog / Paul Quint", size=20)
    sheet.line("3 February 2025", size=15, gap=10)
    sheet.line("Wins", bold=True, gap=6)
    sheet.line("• shipped the depot map", x=80)
    sheet.line("o with the tram stops", x=100)
    sheet.line("• closed the ticket backlog", x=80)
    sheet.line("All in all a calm week.", gap=8)
    assert _read(sheet.data()) == [
        "# 1:1 Ines Fog / Paul Quint",
        "## 3 February 2025",
        "**Wins**",
        "- shipped the depot map",
        "    - with the tram stops",
        "- closed the ticket backlog",
        "All in all a calm week.",
    ]


def test_lines_that_the_margin_broke_are_joined_and_short_ones_are_not() -> None:
    sheet = Sheet()
    sheet.line("Prepared the timetable for the new depot together with the planners and the two unions, and the")
    sheet.line("council has it now for comments until the end of the month.")
    sheet.line("Called the tyre supplier")
    sheet.line("Wrote the rota")
    assert _read(sheet.data()) == [
        (
            "Prepared the timetable for the new depot together with the planners and the two unions, and the council has it"
            " now for comments until the end of the month."
        ),
        "Called the tyre supplier",
        "Wrote the rota",
    ]


def test_an_item_goes_on_over_the_end_of_a_page_and_its_furniture() -> None:
    sheet = Sheet()
    for number in range(1, 4):
        sheet.at("Tram depot - internal", y=30)
        sheet.at(f"Page {number} of 3", y=820)
        if number == 1:
            sheet.line("3 February 2025", size=15)
            sheet.y = 740
            sheet.line(
                "• drew the first map of all the platforms that the drivers asked for in the autumn and gave", x=80
            )
        elif number == 2:
            sheet.line("it to the depot", x=85.5)
        sheet.turn()
    read = read_pdf(sheet.data())
    assert [line for line in read.lines if line.startswith("- ")] == [
        "- drew the first map of all the platforms that the drivers asked for in the autumn and gave it to the depot"
    ]
    assert len(read.left_out) == 6
    assert {reason for _, _, reason in read.left_out} == {"page header, footer or number"}


def test_a_date_at_the_top_of_each_page_is_no_running_header() -> None:
    sheet = Sheet()
    for number, day in enumerate(("3", "10", "17"), start=1):
        sheet.y = 60
        sheet.line(f"{day} February 2025", bold=True)
        sheet.line("Wins", bold=True)
        sheet.line(f"• delivered lot {number}", x=80)
        sheet.turn()
    lines = _read(sheet.data())
    assert [line for line in lines if "February" in line] == [f"**{day} February 2025**" for day in (3, 10, 17)]
    assert lines.count("**Wins**") == 3


@pytest.mark.parametrize(("header", "left"), [("1:1 Ines Fog / Paul Quint", 1), ("Tram depot, internal", 0)])
def test_a_running_header_stays_once_where_it_names_the_two_people(header: str, left: int) -> None:
    sheet = Sheet()
    for number in range(1, 4):
        sheet.at(header, y=40)
        sheet.line(f"delivered lot {number}")
        sheet.turn()
    read = read_pdf(sheet.data())
    assert len(read.left_out) == 3 - left
    assert [line for line in read.lines if "lot" in line] == [f"delivered lot {number}" for number in (1, 2, 3)]


def test_a_place_names_page_and_line() -> None:
    sheet = Sheet()
    sheet.line("first")
    sheet.turn()
    sheet.line("second")
    sheet.line("third", gap=20)
    read = read_pdf(sheet.data())
    assert dict(zip(read.lines, read.places, strict=True))["third"] == "page 2, line 2"


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("the depart-", "ment agreed to the department plan", "the department agreed to the department plan"),
        ("sent the self-", "review of the year in", "sent the self-review of the year in"),
        ("met the long-", "Term group", "met the long- Term group"),
    ],
    ids=["a word that stands whole elsewhere", "a compound", "a capital follows"],
)
def test_a_word_broken_at_the_end_of_a_line_is_made_whole_only_where_that_is_sure(
    first: str, second: str, whole: str
) -> None:
    sheet = Sheet()
    padding = "Went through the drawings of all platforms with the builders, then talked at length, and "
    sheet.line(padding + first)
    sheet.line(second)
    assert _read(sheet.data()) == [padding + whole]


def test_items_without_a_bullet_are_told_by_their_indentation() -> None:
    sheet = Sheet()
    sheet.line("Done")
    sheet.line("ordered the new rails", x=95)
    sheet.line("in two lengths", x=120)
    sheet.line("trained Mo on the crane", x=95)
    assert _read(sheet.data()) == [
        "Done",
        "- ordered the new rails",
        "    - in two lengths",
        "- trained Mo on the crane",
    ]


def test_a_sign_of_a_symbol_font_is_a_bullet_and_a_number_needs_no_point() -> None:
    sheet = Sheet()
    for text in ("swapped the pump", "oiled the lock gates"):
        sheet.canvas.setFont("ZapfDingbats", 7)
        sheet.canvas.drawString(66, _HEIGHT - sheet.y + 2, "l")
        sheet.line(text, x=80)
    sheet.canvas.setFont("Helvetica", 11)
    sheet.canvas.drawString(66, _HEIGHT - sheet.y, "1")
    sheet.line("painted the hut", x=84)
    sheet.line("2 boats were sold", x=66)
    assert _read(sheet.data()) == [
        "- swapped the pump",
        "- oiled the lock gates",
        "- painted the hut",
        "2 boats were sold",
    ]


def test_a_drawn_bullet_makes_an_item() -> None:
    sheet = Sheet()
    for text in ("swapped the pump", "Oiled the lock gates"):
        sheet.canvas.circle(64, _HEIGHT - sheet.y + 4, 1.5, fill=1)
        sheet.line(text)
    assert _read(sheet.data()) == ["- swapped the pump", "- Oiled the lock gates"]


def test_a_ruled_table_is_read_by_rows() -> None:
    sheet = Sheet()
    sheet.line("Week 6")
    rows = [("Task", "State"), ("paint the hall", "done"), ("mend the stage lift", "waits for parts")]
    sheet.canvas.grid([72, 250, 420], [_HEIGHT - 120 - 24 * step for step in range(4)])
    for number, (left, right) in enumerate(rows):
        sheet.canvas.setFont("Helvetica-Bold" if number == 0 else "Helvetica", 11)
        sheet.canvas.drawString(78, _HEIGHT - 136 - 24 * number, left)
        sheet.canvas.drawString(256, _HEIGHT - 136 - 24 * number, right)
    assert _read(sheet.data()) == [
        "Week 6",
        "| Task | State |",
        "| --- | --- |",
        "| paint the hall | done |",
        "| mend the stage lift | waits for parts |",
    ]


def test_a_link_keeps_its_target() -> None:
    sheet = Sheet()
    sheet.line("sent the safety report")
    sheet.canvas.linkURL("https://intra.example/report?id=4", (88, _HEIGHT - 85, 190, _HEIGHT - 65))
    assert "](https://intra.example/report?id=4)" in _read(sheet.data())[0]


def test_words_that_look_like_marks_stay_words() -> None:
    sheet = Sheet()
    sheet.line("# of late trams fell from 34 to 19")
    assert _read(sheet.data()) == ["\\# of late trams fell from 34 to 19"]


def test_tags_say_what_is_a_heading_an_item_and_a_cell() -> None:
    assert _read(_tagged()) == [
        "# 1:1 Ines Fog / Paul Quint",
        "## 3 February 2025",
        "- shipped the depot map",
        "    - ☑ with all tram stops",
        "- closed the backlog of tickets",
        "| Task | State |",
        "| --- | --- |",
        "| paint the hall | done |",
        "Printed by the office",
    ]
    assert {reason for _, _, reason in read_pdf(_tagged()).left_out} == {"page header, footer or number"}


def test_tags_that_lead_in_a_circle_are_walked_once() -> None:
    assert _read(_tagged(circle=True)) == _read(_tagged())


def test_tags_that_hold_little_of_the_text_are_not_trusted() -> None:
    assert "shipped the depot map" in _read(_tagged(covered=2))


def _tagged(*, circle: bool = False, covered: int = 99) -> bytes:
    """Write a one-page tagged PDF by hand: no library at hand writes tags."""
    words = [
        "1:1 Ines Fog / Paul Quint", "3 February 2025", "shipped the depot map", "☑", "with all tram stops",
        "closed the backlog", "of tickets", "Task", "State", "paint the hall", "done",
    ]  # fmt: skip
    drawn = []
    for number, text in enumerate(words):
        written = text.replace("☑", "\\200")
        tag = f"/Span <</MCID {number}>>" if number < covered else "/Span <<>>"
        drawn.append(f"{tag} BDC BT /F1 11 Tf 1 0 0 1 72 {780 - 20 * number} Tm ({written}) Tj ET EMC")
    drawn.append("/Artifact BMC BT /F1 8 Tf 1 0 0 1 72 20 Tm (Printed by the office) Tj ET EMC")
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R /MarkInfo << /Marked true >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 7 0 R >>",
        _stream("\n".join(drawn)),
        "<< /Type /StructTreeRoot /RoleMap << /Kop /H1 >> /K 8 0 R >>",
        _stream(
            "1 begincodespacerange <00> <ff> endcodespacerange 2 beginbfrange <20> <7e> <0020> <80> <80> <2611>"
            " endbfrange"
        ),
        "<< /S /Document /Pg 3 0 R /K [9 0 R 10 0 R 11 0 R 12 0 R] >>",
        "<< /S /Kop /Pg 3 0 R /K 0 >>",
        "<< /S /H2 /Pg 3 0 R /K 1 >>",
        "<< /S /L /Pg 3 0 R /K [13 0 R 14 0 R] >>",
        "<< /S /Table /Pg 3 0 R /K [15 0 R 16 0 R] >>",
        (
            "<< /S /LI /Pg 3 0 R /K [<< /S /LBody /Pg 3 0 R /K [2 << /S /L /Pg 3 0 R /K << /S /LI /Pg 3 0 R /K"
            " [<< /S /Lbl /Pg 3 0 R /K 3 >> << /S /LBody /Pg 3 0 R /K 4 >>] >> >>] >>] >>"
        ),
        (
            "<< /S /LI /Pg 3 0 R /K << /S /LBody /Pg 3 0 R /K << /S /P /Pg 3 0 R /K"
            f" [5 << /Type /MCR /Pg 3 0 R /MCID 6 >>{' 8 0 R' if circle else ''}] >> >> >>"
        ),
        "<< /S /TR /Pg 3 0 R /K [<< /S /TH /Pg 3 0 R /K 7 >> << /S /TH /Pg 3 0 R /K 8 >>] >>",
        "<< /S /TR /Pg 3 0 R /K [<< /S /TD /Pg 3 0 R /K 9 >> << /S /TD /Pg 3 0 R /K 10 >>] >>",
    ]
    return _file(objects)


def _stream(text: str, more: str = "") -> str:
    return f"<< /Length {len(text)} {more}>>\nstream\n{text}\nendstream"


def _file(objects: Sequence[str]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(data))
        data += f"{number} 0 obj\n{text}\nendobj\n".encode("latin-1")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    start = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    end = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(data)}\n%%EOF\n"
    return data + (start + end).encode()


def _scan() -> bytes:
    sheet = Sheet()
    sheet.canvas.rect(100, 100, 300, 300, fill=1)
    return sheet.data()


def _locked() -> bytes:
    sheet = Sheet(encrypt=StandardEncryption("swan", strength=128))
    sheet.line("shipped the depot map")
    return sheet.data()


def _plain() -> bytes:
    sheet = Sheet()
    sheet.line("shipped the depot map")
    return sheet.data()


def _bomb() -> bytes:
    packed = zlib.compress(b"0 0 m " * 12_000_000, 1)
    return _plain().replace(b"endobj", b"endobj 99 0 obj <<>> stream\n" + packed + b"\nendstream endobj", 1)


def _forms() -> bytes:
    """Write a page that draws a form which draws forms, ten of each: a hundred million in the end."""
    forms = [
        _stream(
            "/F Do " * 10, f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {n} 0 R >> >> "
        )
        for n in range(5, 13)
    ]
    last = _stream("0 0 m 9 9 l S", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] ")
    page = (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 13 0 R /Resources << /XObject << /F 4 0 R >> >> >>"
    )
    return _file(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            page,
            *forms,
            last,
            _stream("/F Do"),
        ]
    )


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (_scan, "no text in it, only pictures"),
        (_locked, "locked with a password"),
        (lambda: _plain()[:-200], "cut off or damaged"),
        (lambda: b"%PDF-1.4\nnothing\n%%EOF", "cut off or damaged"),
        (lambda: b"<html>not found</html>", "no PDF inside"),
        (_bomb, "unpacks to more"),
    ],
    ids=["a scan", "a locked file", "a truncated file", "an empty shell", "a web page", "a bomb"],
)
def test_what_cannot_be_read_says_why(make: Callable[[], bytes], reason: str) -> None:
    with pytest.raises(UnreadableError, match=reason):
        read_pdf(make())


def test_forms_in_forms_are_not_drawn_to_the_end() -> None:
    with pytest.raises(UnreadableError):
        read_pdf(_forms())


def test_a_scanned_page_among_others_is_a_problem() -> None:
    sheet = Sheet()
    sheet.line("shipped the depot map")
    sheet.turn()
    sheet.canvas.rect(100, 100, 300, 300, fill=1)
    assert read_pdf(sheet.data()).problems == ((None, "a page has no text, only pictures or nothing"),)


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *args: Any, **kwargs: Any) -> Any:
        if name.startswith("pdfplumber"):
            raise ModuleNotFoundError(name)
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(UnreadableError, match="pip install pdfplumber"):
        read_pdf(b"%PDF-")


def test_the_title_that_a_program_made_up_is_none() -> None:
    titles = {}
    for title in ("1:1 Ines Fog / Paul Quint", "Microsoft Word - notes.docx"):
        sheet = Sheet()
        sheet.canvas.setTitle(title)
        sheet.line("shipped the depot map")
        titles[title] = dict(read_pdf(sheet.data()).properties)
    assert titles == {
        "1:1 Ines Fog / Paul Quint": {"title": "1:1 Ines Fog / Paul Quint"},
        "Microsoft Word - notes.docx": {},
    }


def _lines(read: Text) -> list[str]:
    return [line for line in read.lines if line]


def _read(data: bytes) -> list[str]:
    return _lines(read_pdf(data))
