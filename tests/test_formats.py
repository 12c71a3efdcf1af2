"""The drafts as Word, HTML and plain text: laid out well, the same twice, and harmless whatever the notes hold."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import docx
import pytest
from conftest import SHORT, Command
from docx.document import Document as Page
from hostile_draft import HOSTILE, LONG, RTL, cited, hostile, usual
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.drafting.fill import plain
from analyzer.drafts import Bullet, Draft, Section, Sentence, Table, Words
from analyzer.errors import UnknownFormatError
from analyzer.reading import read_paths
from analyzer.rendering import FORMATS, formats_named, lay_out, write_outputs
from analyzer.rendering.flow import clean, flow
from analyzer.rendering.plain_text import WIDTH, render_text
from analyzer.rendering.web import render_html, safely
from analyzer.rendering.word import render_docx
from analyzer.settings import Settings

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def page_of(*paragraphs: Sentence, table: Table | None = None) -> Draft:
    """Return a draft of one section without a title."""
    return Draft(title="T", head=(), sections=(Section(title="", paragraphs=(paragraphs,), table=table),))


def opened(data: bytes) -> Page:
    """Open a Word document again."""
    return docx.Document(io.BytesIO(data))


def entries(data: bytes) -> dict[str, bytes]:
    """Return what a Word document holds, by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def notes_of(data: bytes) -> list[str]:
    """Return the texts of a Word document's footnotes, without the lines that Word keeps among them."""
    root = ET.fromstring(entries(data)["word/footnotes.xml"])  # noqa: S314 - written by the test itself
    found = {int(note.attrib[f"{W}id"]): "".join(note.itertext()).strip() for note in root}
    return [text for number, text in sorted(found.items()) if number > 0]


class Elements(HTMLParser):
    """Every element of a page with its attributes, and the text outside styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._in = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        self._in = tag

    def handle_endtag(self, tag: str) -> None:
        self._in = "" if tag == self._in else self._in

    def handle_data(self, data: str) -> None:
        self.text += "" if self._in == "style" else data


# --- the table of formats -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("md", ("md",)),
        ("md,docx", ("md", "docx")),
        (" HTML , .txt,", ("html", "txt")),
        ("docx,docx", ("docx",)),
    ],
)
def test_formats_are_named_in_a_list_with_commas(text: str, wanted: tuple[str, ...]) -> None:
    assert formats_named(text) == wanted


@pytest.mark.parametrize(
    ("text", "message"),
    [("dox", "did you mean 'docx'"), ("md,pdf", "unknown format 'pdf'"), ("", "unknown format ''"), (",", "known: md")],
)
def test_a_format_that_there_is_none_of_is_an_error(text: str, message: str) -> None:
    with pytest.raises(UnknownFormatError, match=message):
        formats_named(text)


def test_each_draft_is_written_in_each_format() -> None:
    files = lay_out({"a": usual(), "b": usual()}, FORMATS)
    assert list(files) == [f"{stem}.{name}" for stem in "ab" for name in FORMATS]


@pytest.mark.parametrize("name", FORMATS)
def test_an_output_in_any_format_is_not_read_as_notes(name: str, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(SHORT, encoding="utf-8")
    write_outputs(tmp_path, lay_out({"self-review": usual(), "effort-impact": usual()}, [name]))
    assert [document.path for document in read_paths([tmp_path], Settings()).documents] == ["notes.md"]


@pytest.mark.parametrize("make", [usual, hostile])
@pytest.mark.parametrize("name", FORMATS)
def test_the_same_draft_gives_the_same_bytes(name: str, make: Callable[[], Draft]) -> None:
    assert FORMATS[name](make(), {}) == FORMATS[name](make(), {})


@pytest.mark.parametrize("name", FORMATS)
def test_a_draft_without_anything_in_it_is_written(name: str) -> None:
    empty = Draft(title="", head=((),), sections=(Section(title="", bullets=(Bullet(()),), closing=((),)),))
    assert FORMATS[name](empty, {})


def test_an_edited_word_file_is_left_alone_and_the_new_one_goes_beside_it(tmp_path: Path) -> None:
    write_outputs(tmp_path, {"self-review.docx": b"PK one"})
    (tmp_path / "self-review.docx").write_bytes(b"PK edited \xff")
    report = write_outputs(tmp_path, {"self-review.docx": b"PK two"})
    assert report.edited == (("self-review.docx", "self-review.new.docx"),)
    assert (tmp_path / "self-review.docx").read_bytes() == b"PK edited \xff"
    assert (tmp_path / "self-review.new.docx").read_bytes() == b"PK two"


# --- what all share -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentences", "wanted"),
    [
        ((plain("One."), plain("Two.")), "One. Two."),
        ((plain("One. "), plain(" Two.  ")), "One. Two."),
        ((plain("One"), plain(", two"), plain(".")), "One, two."),
        ((plain(" \n "), plain("a\tb\u00a0c")), "a b c"),
        ((Sentence((Words("a ", "em"), Words(" b"))),), "a b"),
    ],
)
def test_sentences_are_joined_with_one_space(sentences: tuple[Sentence, ...], wanted: str) -> None:
    assert "".join(part.text for part in flow(sentences) if isinstance(part, Words)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\x00b", "ab"),
        ("a\u202eb", "ab"),
        ("one\u2028two", "one two"),
        ("lone \ud800", "lone \ufffd"),
        (RTL, RTL),
        ("👩\u200d🔧", "👩\u200d🔧"),
        ("naïve – 5 µs", "naïve – 5 µs"),
    ],
)
def test_what_nobody_sees_is_left_out_and_what_is_seen_stays(text: str, wanted: str) -> None:
    assert clean(text) == wanted


@given(st.text(alphabet="ab \t\n\x00\x85\u00a0\u202e\u2066\u2028\ufeff\uffff\ud800é", max_size=20))
@settings(max_examples=50)
def test_a_cleaned_text_holds_nothing_unseen_and_is_clean(text: str) -> None:
    assert not UNSEEN.search(clean(text))
    assert clean(clean(text)) == clean(text)


# --- Word -----------------------------------------------------------------------------------------


def test_word_has_real_headings_lists_and_tables() -> None:
    page = opened(render_docx(usual()))
    styles = [(p.style.name, p.text) for p in page.paragraphs if p.style is not None]
    assert ("Title", "Self-review 2025") in styles
    assert ("Heading 1", "Highlights") in styles
    assert ("Heading 2", "Work") in styles
    assert ("List Number", "Counter, Q1. Shipped the counter.") in styles
    assert ("List Bullet 2", "Measured. Counts fell, twice.") in styles
    assert ("Verbatim", "Jan   10\nFeb   --") in styles
    assert [[cell.text for cell in row.cells] for row in page.tables[0].rows] == [
        ["Project", "Effort"],
        ["Counter", "4"],
    ]
    assert page.tables[0].rows[0]._tr.xpath("w:trPr/w:tblHeader")


def test_word_has_a_real_footnote_at_each_place_that_cites() -> None:
    data = render_docx(usual())
    marks = opened(data).element.body.xpath(".//w:footnoteReference/@w:id")
    assert [int(mark) for mark in marks] == list(range(1, len(notes_of(data)) + 1))
    assert notes_of(data)[:3] == [
        "[03 Mar, l. 7] notes.md",
        "[17 Mar, l. 12] [14 Apr, l. 19] notes.md",
        "[03 Mar, l. 7] notes.md",
    ]


def test_a_footnote_names_each_file_once_and_not_where_its_label_does() -> None:
    several = [cited("03 Mar, l. 1", path="a.md"), cited("04 Mar, l. 2", path="a.md"), cited("b.md, l. 3", path="b.md")]
    assert notes_of(render_docx(page_of(Sentence((Words("So "), *several))))) == [
        "[03 Mar, l. 1] [04 Mar, l. 2] a.md; [b.md, l. 3]"
    ]


def test_a_document_without_citations_has_no_footnotes() -> None:
    data = render_docx(page_of(plain("Words.")))
    assert "word/footnotes.xml" not in entries(data)
    assert opened(data).paragraphs[1].text == "Words."


def test_each_numbered_list_of_word_begins_at_one() -> None:
    page = opened(render_docx(usual()))
    listed = [p for p in page.paragraphs if p.style is not None and p.style.name == "List Number"]
    numbers = [p._p.xpath("w:pPr/w:numPr/w:numId/@w:val")[0] for p in listed]
    assert len(numbers) == 4
    assert len(set(numbers)) == 2
    starts = page.part.numbering_part.element.xpath(".//w:lvlOverride/w:startOverride/@w:val")
    assert starts == ["1", "1"]


@pytest.mark.parametrize("make", [usual, hostile])
def test_nothing_in_a_word_file_acts_leads_outside_or_tells_of_the_machine(make: Callable[[], Draft]) -> None:
    files = entries(render_docx(make()))
    whole = b"".join(files.values())
    for banned in (
        b'TargetMode="External"',
        b"fldSimple",
        b"instrText",
        b"<w:hyperlink",
        b"oleObject",
        b"altChunk",
        b"<!",
    ):
        assert banned not in whole, banned
    assert sorted(name for name in files if name.startswith("docProps")) == ["docProps/core.xml"]
    core = files["docProps/core.xml"].decode()
    assert re.findall(r"<(?:dc|cp|dcterms):(\w+)", core) == ["coreProperties", "title", "language"]
    assert not any(name.endswith((".bin", ".jpeg", ".png")) or "customXml" in name for name in files)


def test_the_entries_of_a_word_file_have_no_date_and_one_order() -> None:
    with zipfile.ZipFile(io.BytesIO(render_docx(usual()))) as archive:
        found = archive.infolist()
    assert {entry.date_time for entry in found} == {(1980, 1, 1, 0, 0, 0)}
    assert found[0].filename == "[Content_Types].xml"
    assert [entry.filename for entry in found[1:]] == sorted(entry.filename for entry in found[1:])


def test_hostile_words_are_words_in_word() -> None:
    data = render_docx(hostile())
    said = "\n".join(paragraph.text for paragraph in opened(data).paragraphs)
    for text in HOSTILE:
        assert clean(text) in said
    for name, content in entries(data).items():
        if name.endswith((".xml", ".rels")):
            ET.fromstring(content)  # noqa: S314 - written by the test itself


# --- HTML -----------------------------------------------------------------------------------------

TAGS = set(
    "html head meta title style body main h1 h2 h3 p ul ol li a em strong code pre div table thead tbody tr th td span".split()
)


@pytest.mark.parametrize("make", [usual, hostile])
def test_a_page_holds_its_own_elements_only_and_leads_nowhere_outside(make: Callable[[], Draft]) -> None:
    found = Elements(render_html(make())).found
    assert {tag for tag, _ in found} <= TAGS
    assert not [
        name for _, attributes in found for name in attributes if name.startswith("on") or name in {"src", "style"}
    ]
    links = {attributes["href"] or "" for tag, attributes in found if tag == "a"}
    assert all(re.fullmatch(r"#c\d+|notes\.md#L1", link) for link in links)
    assert sum(tag == "style" for tag, _ in found) == 1


def test_the_policy_of_a_page_allows_its_own_style_and_nothing_else() -> None:
    page = render_html(usual())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    metas = [attributes for tag, attributes in Elements(page).found if tag == "meta"]
    policy = next(one["content"] for one in metas if one.get("http-equiv") == "Content-Security-Policy")
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert "url(" not in style[1]
    assert "@import" not in style[1]


def test_a_citation_leads_to_its_line_in_the_list_and_from_there_to_the_notes() -> None:
    page = render_html(usual())
    assert '<a class="cite" dir="ltr" href="#c1">[03 Mar, l. 7]</a>' in page
    assert '<li id="c1"><span dir="ltr">[03 Mar, l. 7]</span> <a href="notes.md#L1">notes.md</a></li>' in page
    ids = [attributes["id"] for _, attributes in Elements(page).found if "id" in attributes]
    assert ids == ["c1", "c2", "c3"]


def test_the_words_of_a_page_run_on_as_in_the_draft() -> None:
    page = render_html(usual())
    assert 'Shipped the counter <a class="cite"' in page
    assert "</a>. Counts fell <a " in page
    assert '<li dir="auto"><strong>Counter, Q1.</strong> Shipped' in page


def test_hostile_words_are_words_on_a_page() -> None:
    text = " ".join(Elements(render_html(hostile())).text.split())
    for one in HOSTILE:
        assert clean(one) in text
    assert not UNSEEN.search(text)


@pytest.mark.parametrize("target", ["notes.md", "notes.md#L3-L5", "../a/b%20c.md#L1", "d%3A/x.md"])
def test_a_relative_path_is_a_link(target: str) -> None:
    assert safely(target) == target


@pytest.mark.parametrize(
    "target",
    [
        "",
        "javascript:alert(1)",
        "//host/x",
        "/etc/passwd",
        "\\\\host\\x",
        "https://x.example",
        "a b",
        'a"b',
        "a\nb",
        "data:x",
    ],
)
def test_a_target_that_could_lead_elsewhere_is_no_link(target: str) -> None:
    assert safely(target) == ""


# --- plain text -----------------------------------------------------------------------------------


def test_plain_text_reads_as_a_letter_does() -> None:
    assert render_text(usual()) == TEXT


TEXT = """\
Self-review 2025
================

Ada Brandt

From notes.md

  How to read it.


In short
--------

Shipped the counter [03 Mar, l. 7]. Counts fell [17 Mar, l. 12]
[14 Apr, l. 19], twice [03 Mar, l. 7].


Highlights
----------

1. Counter, Q1. Shipped the counter [03 Mar, l. 7].
   - Measured. Counts fell [17 Mar, l. 12] [14 Apr, l. 19], twice
     [03 Mar, l. 7].
2. Shipped the counter [03 Mar, l. 7].

Work
~~~~

- Counter, Q1. Shipped the counter [03 Mar, l. 7].
  - Measured. Counts fell [17 Mar, l. 12] [14 Apr, l. 19], twice
    [03 Mar, l. 7].
- Shipped the counter [03 Mar, l. 7].


Table
-----

Project  Effort
-------  ------
Counter       4

    Jan   10
    Feb   --


Questions
---------

1. Counter, Q1. Shipped the counter [03 Mar, l. 7].
   - Measured. Counts fell [17 Mar, l. 12] [14 Apr, l. 19], twice
     [03 Mar, l. 7].
2. Shipped the counter [03 Mar, l. 7].

The end.


Cited lines
-----------

notes.md
  [03 Mar, l. 7] [14 Apr, l. 19] [17 Mar, l. 12]
"""


def test_a_wide_table_is_folded_into_its_columns() -> None:
    table = Table(rows=((plain("Part"), plain("Points")), (plain("Time"), plain("one for each four weeks " * 6))))
    lines = render_text(page_of(table=table)).splitlines()
    assert lines[5].startswith("Time  one for each")
    assert lines[6].startswith("      ")
    assert max(map(len, lines)) <= WIDTH


def test_a_table_whose_words_are_too_long_for_columns_is_told_row_by_row() -> None:
    rows = ((plain("Name"), plain("Where")), (plain("x" * 50), plain("y" * 50)))
    assert f"{'x' * 50}\n  Where: {'y' * 50}" in render_text(page_of(table=Table(rows=rows)))


@given(st.lists(st.text(alphabet="ab -é\n", min_size=1, max_size=200), min_size=1, max_size=4))
@settings(max_examples=50)
def test_no_line_of_text_is_too_long_and_no_word_is_lost(texts: list[str]) -> None:
    text = render_text(page_of(*(plain(f"q{one}", cited("03 Mar 2025, some file.md, l. 7")) for one in texts)))
    assert all(len(line) <= WIDTH or " " not in line.strip() for line in text.splitlines())
    for one in texts:
        assert " ".join(f"q{one}".split()) in " ".join(text.split())


def test_a_long_word_is_not_broken_and_hostile_words_stay_on_their_lines() -> None:
    text = render_text(hostile())
    assert LONG in text
    assert not UNSEEN.search(text)
    assert clean(HOSTILE[0]) in text


# --- from the command line ------------------------------------------------------------------------


def test_the_command_writes_the_formats_that_it_is_told(command: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(SHORT, encoding="utf-8")
    ran = command("review", tmp_path / "notes.md", "-o", tmp_path / "out", "--format", "docx,html,txt")
    assert ran.code == 0, ran.err
    drafts = {f"{stem}.{name}" for stem in ("self-review", "effort-impact") for name in ("docx", "html", "txt")}
    assert {
        path.name for path in (tmp_path / "out").iterdir() if path.stem in {"self-review", "effort-impact"}
    } == drafts
    assert all((tmp_path / "out" / name).stat().st_mode & 0o777 == 0o600 for name in drafts)


def test_a_wrong_format_is_one_line_and_nothing_is_written(command: Command, tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(SHORT, encoding="utf-8")
    ran = command("review", tmp_path / "notes.md", "-o", tmp_path / "out", "--format", "md,pdf")
    assert (ran.code, ran.err.splitlines()[0]) == (2, "analyzer: unknown format 'pdf'; known: md, docx, html, txt")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "md"])
def test_verify_says_that_it_reads_the_markdown_draft(name: str, command: Command, tmp_path: Path) -> None:
    write_outputs(tmp_path, lay_out({"self-review": usual()}, [name]))
    ran = command("verify", tmp_path / f"self-review.{name}")
    assert (ran.code, ran.out) == (2, "")
    assert "what is checked is the Markdown draft" in ran.err


def test_the_help_names_every_format(command: Command) -> None:
    said = " ".join(command("review", "--help").out.split())
    assert ", ".join(FORMATS) in said
