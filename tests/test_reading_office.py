"""DOCX and ODT: what of a word processor's document comes out as lines, and what files no one should trust do."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office_builder import docx_of, odt_of, p, r, tbl, zipped

from analyzer.reading.formats.docx import read_docx
from analyzer.reading.formats.odt import read_odt
from analyzer.reading.text import Text, UnreadableError


def lines(text: Text) -> list[str]:
    """Return the lines that are not blank and are read."""
    hidden = {number for first, last, _ in text.left_out for number in range(first, last + 1)}
    assert len(text.places) == len(text.lines)
    return [line for number, line in enumerate(text.lines, start=1) if line and number not in hidden]


def left_out(text: Text) -> list[tuple[str, str]]:
    return [(text.lines[first - 1], reason) for first, _, reason in text.left_out]


def box(state: str) -> str:
    checked = f'<w14:checkbox><w14:checked w14:val="{state}"/></w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{checked}</w:sdtPr><w:sdtContent>{r('☐')}</w:sdtContent></w:sdt>"


def field(instruction: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{r(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


STRIKE, BOLD = "<w:strike/>", "<w:b/>"
LEGACY_BOX = (
    '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
)
TEXT_BOX = f"<w:txbxContent>{p('a note in a box')}</w:txbxContent>"
BOTH_VERSIONS = (
    f"<mc:AlternateContent><mc:Choice>{TEXT_BOX}</mc:Choice><mc:Fallback><w:pict><v:textbox>{TEXT_BOX}</v:textbox></w:pict>"
    "</mc:Fallback></mc:AlternateContent>"
)

DOCX = {
    "a heading by a style whose id is localised": (p("3 Feb", style="berschrift1"), ["# 3 Feb"]),
    "a heading by a style of one's own, based on one": (p("3 Feb", style="Meeting"), ["# 3 Feb"]),
    "a title": (p("Ines / Paul", style="Titel"), ["# Ines / Paul"]),
    "an author's line is no title though its style is based on it": (p("Ines Fog", style="Author"), ["Ines Fog"]),
    "a style that is based on itself in a circle": (p("plain", style="Kreis"), ["plain"]),
    "a paragraph in a heading's style by mistake": (p("word " * 40, style="berschrift1"), [("word " * 40).strip()]),
    "nested items by level": (p("a", num=1) + p("b", num=1, level=1), ["- a", "    - b"]),
    "nested items by the style's name": (p("a", style="LB") + p("b", style="LB2"), ["- a", "    - b"]),
    "a list style taken out of its list": (
        '<w:p><w:pPr><w:pStyle w:val="LB"/><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>' + r("a") + "</w:p>",
        ["a"],
    ),
    "a paragraph that goes on with an item": (p("a", num=1) + p("b", num=7), ["- a", "  b"]),
    "items in levels beyond any": (p("a", num=1, level=999), ["    " * 8 + "- a"]),
    "a bullet that is an empty box": (p("a", num=2), ["- [ ] a"]),
    "a bullet that is a box of Wingdings": (p("a", num=4), ["- [ ] a"]),
    "a bullet that is a ticked box": (p("a", num=3), ["- [x] a"]),
    "a bullet that is only a tick": (p("a", num=5), ["- a"]),
    "a bullet that is a box with a shadow": (p("a", num=6), ["- a"]),
    "a struck line under a drawn box is done": (p("a", num=2, run=STRIKE), ["- [x] a"]),
    "a struck item": (p("a", num=1, run=STRIKE), ["- ~~a~~"]),
    "an item struck in part": (p("by May ", num=1, run=STRIKE, more=r("by June")), ["- ~~by May~~ by June"]),
    "a ticked content control": (p(more=box("1") + r(" a")), ["- [x] a"]),
    "an open content control in a list": (p(num=1, more=box("0") + r(" a")), ["- [ ] a"]),
    "two content controls are an answer": (p(more=box("0") + r(" yes ") + box("1") + r(" no")), ["☐ yes ☒ no"]),
    "a ticked field of an old form": (p(more=LEGACY_BOX + r("a")), ["- [x] a"]),
    "a prompt that nobody filled in": (
        p(
            "Wins: ",
            more=f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('Click here')}</w:sdtContent></w:sdt>",
        ),
        ["Wins:"],
    ),
    "a content control around paragraphs": (f"<w:sdt><w:sdtContent>{p('a')}</w:sdtContent></w:sdt>", ["a"]),
    "a bold line": (p("Wins", run=BOLD), ["**Wins**"]),
    "a bold line by a style": (p("Wins", run='<w:rStyle w:val="Fett"/>'), ["**Wins**"]),
    "bold that is switched off": (p("Wins", run='<w:b w:val="0"/>'), ["Wins"]),
    "bold in three runs": (p("Wi", run=BOLD, more=r("ns", BOLD) + r(" ") + r("today", BOLD)), ["**Wins today**"]),
    "a bold beginning": (p("Paul: ", run=BOLD, more=r("well done")), ["**Paul:** well done"]),
    "italics only where all of a line is": (p("a ", more=r("b", "<w:i/>")) + p("c", run="<w:i/>"), ["a b", "*c*"]),
    "a link": (p("the ", more=f'<w:hyperlink r:id="l1">{r("map")}</w:hyperlink>'), ["the [map](https://ex.org/map)"]),
    "a link to a heading": (p(more=f'<w:hyperlink w:anchor="x">{r("above")}</w:hyperlink>'), ["above"]),
    "a link to a person": (p(more=f'<w:hyperlink r:id="l2">{r("Dana Fox")}</w:hyperlink>'), ["Dana Fox"]),
    "a link that is a field": (
        p(more=field(' HYPERLINK "https://ex.org/a_(b)" ', "map")),
        ["[map](https://ex.org/a_%28b%29)"],
    ),
    "a field that is no link": (p("on ", more=field(" DATE ", "3 May")), ["on 3 May"]),
    "an insertion": (p(more=f"<w:ins>{r('kept')}</w:ins>"), ["kept"]),
    "a deletion": (p("kept", more="<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"), ["kept"]),
    "words moved elsewhere": (p(more=f"<w:moveFrom>{r('a')}</w:moveFrom><w:moveTo>{r('a')}</w:moveTo>"), ["a"]),
    "an arrow that Word made": (
        p("from 34 ", more='<w:r><w:sym w:font="Wingdings" w:char="F0E0"/></w:r>' + r(" to 19")),
        ["from 34 → to 19"],
    ),
    "a symbol with a number that is none": (p("a", more='<w:r><w:sym w:char="zz"/></w:r>' + r("b")), ["a b"]),
    "a line break in a paragraph": (p("a", more="<w:r><w:br/></w:r>" + r("b")), ["a", "b"]),
    "a line break in an item": (p("a", num=1, more="<w:r><w:br/></w:r>" + r("b")), ["- a", "  b"]),
    "bullets that were typed": (
        p("- a") + p("\t• b") + p("  - c") + p("-5 degrees"),
        ["- a", "    - b", "    - c", "-5 degrees"],
    ),
    "bullets typed line by line": (
        p("Wins", more="<w:r><w:br/></w:r>" + r("- a") + "<w:r><w:br/></w:r>" + r("- b")),
        ["Wins", "- a", "- b"],
    ),
    "a text box, of which there are two versions": (
        p("a", more=f"<w:r>{BOTH_VERSIONS}</w:r>"),
        ["a", "a note in a box"],
    ),
    "a quotation": (p("well done", style="Zitat"), ["> well done"]),
    "a drawn rule": (p("a") + '<w:p><w:r><w:pict><v:rect o:hr="t" xmlns:o="o"/></w:pict></w:r></w:p>', ["a", "---"]),
    "a table": (
        tbl((p("Topic"), p("Status")), (p("map"), p("sent"))),
        ["| Topic | Status |", "| --- | --- |", "| map | sent |"],
    ),
    "a table without a head": (
        tbl((p("map"), p("sent to the printer")), (p("post"), p("done"))),
        ["|  |  |", "| --- | --- |", "| map | sent to the printer |", "| post | done |"],
    ),
    "a table whose head is bold": (
        tbl((p("Garden", run=BOLD), p("What grew", run=BOLD)), (p("north"), p("kale"))),
        ["| **Garden** | **What grew** |", "| --- | --- |", "| north | kale |"],
    ),
    "a table that lays out the page": (
        tbl((p("Date"), p("Wins")), (p("3 Feb"), p("a", num=1) + p("b", num=1, level=1))),
        ["##### 3 Feb", "###### Wins", "- a", "    - b"],
    ),
    "a box around everything": (tbl((p("3 Feb", run=BOLD) + p("a", num=1),)), ["**3 Feb**", "- a"]),
    "a table in a table": (tbl((tbl((p("a"), p("b"))), p("c"))), ["a", "b", "c"]),
    "a table with more columns than anybody's": (
        tbl(tuple(p(f"c{n}") for n in range(66)), (p("a"),)),
        [
            "|" + "  |" * 64,
            "|" + " --- |" * 64,
            "| " + " | ".join(f"c{n}" for n in range(63)) + " | c63 c64 c65 |",
            "| a |" + "  |" * 63,
        ],
    ),
    "a row that was deleted": (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("gone")
        + f"</w:tc></w:tr><w:tr><w:tc>{p('a')}</w:tc></w:tr></w:tbl>",
        ["a"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), DOCX.values(), ids=DOCX.keys())
def test_docx_comes_out_as_lines(body: str, expected: list[str]) -> None:
    text = read_docx(docx_of(body, links={"l1": "https://ex.org/map", "l2": "mailto:dana@ex.org"}))
    assert lines(text) == expected


def test_docx_says_what_it_leaves_out() -> None:
    contents = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{p('10 Feb')}</w:sdtContent></w:sdt>"
    )
    body = (
        p("3 Feb", style="TOC1")
        + contents
        + p("shipped", more='<w:r><w:commentReference w:id="7"/></w:r>' + r("pay", "<w:vanish/>"))
    )
    notes = {
        "comments": f'<w:comment w:id="7" w:author="Paul Quint">{p("well done")}</w:comment>',
        "header": p("Confidential"),
    }
    text = read_docx(docx_of(body, notes=notes))
    assert lines(text) == ["shipped"]
    assert left_out(text) == [
        ("Confidential", "page header"),
        ("3 Feb", "contents list"),
        ("10 Feb", "contents list"),
        ("pay", "hidden text"),
        ("Paul Quint: well done", "comment"),
    ]


def test_a_footnote_stands_below_its_item() -> None:
    footnote = f'<w:footnote w:id="2">{p("two weeks of work")}</w:footnote>'
    text = read_docx(
        docx_of(p("a", num=1, more='<w:r><w:footnoteReference w:id="2"/></w:r>'), notes={"footnotes": footnote})
    )
    assert lines(text) == ["- a", "  two weeks of work"]
    assert text.places[-1] == "paragraph 1, footnote"


def test_places_count_paragraphs_with_words_and_tables_apart() -> None:
    body = p("one") + p() + p("two") + tbl((p("c"), p("d")), (p("e"), p("f g h i"))) + p("three")
    text = read_docx(docx_of(body))
    at = dict(zip(text.lines, text.places, strict=True))
    assert (at["one"], at["two"], at["three"]) == ("paragraph 1", "paragraph 2", "paragraph 3")
    assert at["| e | f g h i |"] == "table 1, row 2"


def test_title_is_a_property_and_whoever_made_the_file_is_no_author() -> None:
    text = read_docx(docx_of(p("a"), title="Ines / Paul"))
    assert text.properties == (("title", "Ines / Paul"), ("created by", "Somebody Else"))


def test_docx_in_strict_namespaces_is_read_too() -> None:
    with zipfile.ZipFile(io.BytesIO(docx_of(p("3 Feb", style="berschrift1")))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strict = {
        name: part.replace(
            b"schemas.openxmlformats.org/wordprocessingml/2006/main", b"purl.oclc.org/ooxml/wordprocessingml/main"
        )
        for name, part in parts.items()
    }
    assert lines(read_docx(zipped(strict))) == ["# 3 Feb"]


def test_a_broken_part_beside_the_text_is_a_problem_and_no_more() -> None:
    text = read_docx(docx_of(p("a", num=1), notes={"comments": "<w:open>"}))
    assert lines(text) == ["- a"]
    assert text.problems == ((None, "the document's comments could not be read; its text was"),)


ITEM = '<text:list-item><text:p text:style-name="{style}">{text}</text:p>{more}</text:list-item>'
ODT_STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="S" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="PB" style:family="paragraph" style:parent-style-name="Standard">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="PQ" style:family="paragraph" style:parent-style-name="Quotations"/>'
    '<style:style style:name="PT" style:family="paragraph" style:parent-style-name="Title"/>'
    '<text:list-style style:name="LB"><text:list-level-style-bullet text:level="1" text:bullet-char="☐"/></text:list-style>'
)


def item(text: str, more: str = "", style: str = "P") -> str:
    return ITEM.format(text=text, more=more, style=style)


NESTED = f"<text:list>{item('b')}</text:list>"


def span(text: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{text}</text:span>'


ODT = {
    "headings by level": ('<text:h text:outline-level="2">3 Feb</text:h>', ["## 3 Feb"]),
    "a title": ('<text:p text:style-name="PT">Ines / Paul</text:p>', ["# Ines / Paul"]),
    "nested lists": (
        f"<text:list>{item('a', NESTED)}{item('c')}</text:list>",
        ["- a", "    - b", "- c"],
    ),
    "an item of two paragraphs": (f"<text:list>{item('a', '<text:p>b</text:p>')}</text:list>", ["- a", "  b"]),
    "a list's heading is no item": (
        "<text:list><text:list-header><text:p>a</text:p></text:list-header></text:list>",
        ["  a"],
    ),
    "a typed check box": (f"<text:list>{item('☒ a')}</text:list>", ["- [x] a"]),
    "a bullet that is a box": (f'<text:list text:style-name="LB">{item("a")}</text:list>', ["- [ ] a"]),
    "a struck line under a drawn box is done": (
        f'<text:list text:style-name="LB">{item(span("a", "S"))}</text:list>',
        ["- [x] a"],
    ),
    "a content control": (
        '<text:p><loext:content-control loext:checkbox="true" loext:checked="true">☒</loext:content-control> a</text:p>',
        ["- [x] a"],
    ),
    "a form's check box": (
        (
            '<office:forms><form:form><form:checkbox form:id="c1" form:current-state="checked"/></form:form></office:forms>'
            '<text:p><draw:control draw:control="c1"/>a</text:p>'
        ),
        ["- [x] a"],
    ),
    "a prompt that nobody filled in": ("<text:p>Wins: <text:placeholder>enter</text:placeholder></text:p>", ["Wins:"]),
    "a bold line by its span": (f"<text:p>{span('Wins', 'B')}</text:p>", ["**Wins**"]),
    "a bold line by its own style": ('<text:p text:style-name="PB">Wins</text:p>', ["**Wins**"]),
    "a struck item": (f"<text:list>{item(span('a', 'S'))}</text:list>", ["- ~~a~~"]),
    "struck in part": (f"<text:p>{span('May', 'S')} June</text:p>", ["~~May~~ June"]),
    "a quotation": ('<text:p text:style-name="PQ">well done</text:p>', ["> well done"]),
    "a link": (
        '<text:p>the <text:a xlink:href="https://ex.org/m">map</text:a>, new</text:p>',
        ["the [map](https://ex.org/m), new"],
    ),
    "spaces, tabs and breaks": (
        '<text:p>a<text:s text:c="999999999"/>b<text:tab/>c<text:line-break/>d</text:p>',
        ["a b c", "d"],
    ),
    "deletions that are tracked": (
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p></text:deletion></text:changed-region>"
            '</text:tracked-changes><text:p>kept<text:change text:change-id="x"/></text:p>'
        ),
        ["kept"],
    ),
    "a footnote": (
        (
            "<text:p>a<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>b</text:p></text:note-body>"
            "</text:note> c</text:p>"
        ),
        ["a c", "b"],
    ),
    "a text box": (
        "<text:p>a<draw:frame><draw:text-box><text:p>b</text:p></draw:text-box></draw:frame></text:p>",
        ["a", "b"],
    ),
    "a section": ("<text:section><text:p>a</text:p></text:section>", ["a"]),
    "a table with cells and rows that repeat": (
        (
            '<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-columns-repeated="999999">'
            "<text:p>Topic</text:p></table:table-cell></table:table-row></table:table-header-rows>"
            '<table:table-row table:number-rows-repeated="999999"><table:table-cell><text:p>map</text:p></table:table-cell>'
            "<table:table-cell><text:p>done</text:p></table:table-cell></table:table-row></table:table>"
        ),
        ["| Topic |" + "  |" * 15, "|" + " --- |" * 16, "| map | done |" + "  |" * 14],
    ),
}


@pytest.mark.parametrize(("body", "expected"), ODT.values(), ids=ODT.keys())
def test_odt_comes_out_as_lines(body: str, expected: list[str]) -> None:
    assert lines(read_odt(odt_of(body, styles=ODT_STYLES))) == expected


def test_odt_says_what_it_leaves_out() -> None:
    body = (
        "<text:table-of-content><text:index-body><text:p>3 Feb</text:p></text:index-body></text:table-of-content><text:p>shipped"
        f"<office:annotation><dc:creator>Paul</dc:creator><dc:date>x</dc:date><text:p>well done</text:p></office:annotation>"
        f"{span('pay', 'H')}</text:p>"
    )
    text = read_odt(odt_of(body, styles=ODT_STYLES, title="Ines / Paul"))
    assert lines(text) == ["shipped"]
    assert left_out(text) == [("3 Feb", "contents list"), ("pay", "hidden text"), ("Paul: well done", "comment")]
    assert text.properties == (("title", "Ines / Paul"),)


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_one_document_written_by_pandoc_says_the_same_in_both(kind: str, tmp_path: Path) -> None:
    pypandoc = pytest.importorskip("pypandoc")
    notes = """# 3 Feb 2025

**Wins**

- sent the [map](https://ex.org/map)
    - to both depots
- [x] booked the hall
- [ ] call the printer
- ~~paint the sign~~

> well done

Two weeks late\\
and worth it.

| Topic | Status |
|-------|--------|
| map   | sent   |
"""
    file = tmp_path / f"notes.{kind}"
    pypandoc.convert_text(notes, kind, format="markdown", outputfile=str(file))
    read = read_docx if kind == "docx" else read_odt
    text = [line.replace("**Topic** | **Status**", "Topic | Status") for line in lines(read(file.read_bytes()))]
    assert text == [
        "# 3 Feb 2025",
        "**Wins**",
        "- sent the [map](https://ex.org/map)",
        "    - to both depots",
        "- [x] booked the hall",
        "- [ ] call the printer",
        "- ~~paint the sign~~",
        "> well done",
        "Two weeks late",
        "and worth it.",
        "| Topic | Status |",
        "| --- | --- |",
        "| map | sent |",
    ]


def test_a_document_as_word_writes_it() -> None:
    from docx import Document

    document = Document()
    document.add_heading("Ines Fog / Paul Quint", 0)
    document.add_heading("3 Feb 2025", 2)
    document.add_paragraph("Wins", style="Normal").runs[0].bold = True
    document.add_paragraph("sent the map", style="List Bullet")
    document.add_paragraph("to both depots", style="List Bullet 2")
    document.add_paragraph("called the printer", style="List Number")
    document.add_page_break()  # type: ignore[no-untyped-call]
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Paul", "the map saved a call a day"
    out = io.BytesIO()
    document.save(out)
    assert lines(read_docx(out.getvalue())) == [
        "# Ines Fog / Paul Quint",
        "## 3 Feb 2025",
        "**Wins**",
        "- sent the map",
        "    - to both depots",
        "- called the printer",
        "|  |  |",
        "| --- | --- |",
        "| Paul | the map saved a call a day |",
    ]


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
WHOLE = docx_of(p("a") * 50)


def with_flag(data: bytes, flag: int) -> bytes:
    """Set a flag of all members, as an encrypting zip program does."""
    found = data
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = found.find(mark)
        while at >= 0:
            old = struct.unpack_from("<H", found, at + place)[0]
            found = found[: at + place] + struct.pack("<H", old | flag) + found[at + place + 2 :]
            at = found.find(mark, at + 4)
    return found


BROKEN = {
    "encrypted by Word": (OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted; save a copy without the password"),
    "an old .doc": (OLE + "WordDocument".encode("utf-16-le"), "an old .doc file"),
    "some other container": (OLE, "no DOCX file"),
    "text": (b"# 3 Feb\n", "no DOCX file"),
    "nothing": (b"", "no DOCX file"),
    "cut off": (WHOLE[: len(WHOLE) // 2], "incomplete or damaged"),
    "bytes lost in the middle": (WHOLE[:400] + b"\x00" * 900 + WHOLE[1300:], "incomplete or damaged|without any text"),
    "encrypted members": (with_flag(WHOLE, 1), "encrypted"),
    "too many members": (WHOLE + b"PK\x01\x02" * 10_001, "more than 10,000 parts"),
    "no document inside": (zipped({"a.txt": "a"}), "without any text"),
    "no words": (docx_of(p() + tbl((p(), p()))), "no text in it"),
    "not XML": (zipped({"word/document.xml": "3 Feb"}), "incomplete or damaged"),
    "a part that never ends": (zipped({"word/document.xml": b" " * 34_000_000}), "more than 32 MB"),
    "a small bomb": (zipped({"word/document.xml": b"<a>" + b" " * 9_000_000 + b"</a>"}), "zip bomb"),
    "mark-up without end": (zipped({"word/document.xml": b"<a>" + b"<b/>" * 1_100_000 + b"</a>"}), "zip bomb|pieces"),
    "nesting without end": (docx_of("<w:sdt>" * 5_000 + "</w:sdt>" * 5_000), "incomplete or damaged"),
}


@pytest.mark.parametrize(("data", "message"), BROKEN.values(), ids=BROKEN.keys())
def test_what_is_no_docx_is_refused_with_the_reason(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableError, match=message):
        read_docx(data)


def test_an_odt_under_a_password_is_refused() -> None:
    with pytest.raises(UnreadableError, match="encrypted"):
        read_odt(odt_of("<text:p>a</text:p>", manifest="<encryption-data/>"))


def test_a_spreadsheet_is_no_odt() -> None:
    with pytest.raises(UnreadableError, match="spreadsheet"):
        read_odt(zipped({"content.xml": "<a><body><spreadsheet/></body></a>"}))


@pytest.mark.parametrize(
    "entity", ['<!ENTITY x "lol">', '<!ENTITY x SYSTEM "file:///etc/hostname">', '<!ENTITY y "&x;"><!ENTITY x "&y;">']
)
def test_entities_are_never_resolved(entity: str) -> None:
    body = f'<!DOCTYPE d [{entity}]><d xmlns:w="w"><w:body><w:p><w:r><w:t>a&x;b</w:t></w:r></w:p></w:body></d>'
    try:
        text = lines(read_docx(zipped({"word/document.xml": body})))
    except UnreadableError:
        return
    assert text in (["a"], ["ab"], ["a b"])


def test_deep_nesting_within_the_limit_is_read_without_recursion() -> None:
    deep = p("a")
    for _ in range(25):
        deep = tbl((deep,))
    assert lines(read_docx(docx_of(deep))) == ["a"]
    nested = "<text:list><text:list-item>" * 110 + "<text:p>a</text:p>" + "</text:list-item></text:list>" * 110
    assert lines(read_odt(odt_of(nested))) == ["    " * 12 + "- a"]


def test_reading_is_linear_in_the_number_of_paragraphs() -> None:
    text = read_docx(docx_of(p("a", num=1) * 4_000))
    assert len(text.lines) == 4_000


_SHAPES = st.sampled_from(("", "berschrift1", "LB", "LB2", "TOC1", "Zitat"))
_LOOKS = st.sampled_from(("", BOLD, STRIKE, "<w:i/>", "<w:vanish/>"))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(_SHAPES, st.integers(0, 7), st.lists(_LOOKS, max_size=4)), max_size=8),
    st.booleans(),
    st.booleans(),
)
def test_each_word_of_a_document_stands_in_its_lines_once(
    paragraphs: list[tuple[str, int, list[str]]], in_table: bool, broken: bool
) -> None:
    words = (f"word{number}" for number in range(100))
    said: list[str] = []
    parts = []
    for style, num, looks in paragraphs:
        said += (own := [next(words) for _ in looks])
        gap = "<w:r><w:br/></w:r>" if broken else r(" ")
        runs = gap.join(r(word, look) for word, look in zip(own, looks, strict=True))
        parts.append(p(style=style, num=num, more=runs))
    parts.append(p("the end"))
    body = tbl(*((p(f"row{number}"), part) for number, part in enumerate(parts))) if in_table else "".join(parts)
    found = re.findall(r"word\d+", "\n".join(read_docx(docx_of(body)).lines))
    assert sorted(found) == sorted(said)
