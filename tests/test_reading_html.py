"""HTML, pages packed as MIME, and RTF: what the mark-up says is kept, what a page does not say is not read, nothing runs away."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.reading.formats.html import read_html, read_mhtml
from analyzer.reading.formats.html_runs import link_target
from analyzer.reading.formats.rtf import read_rtf
from analyzer.reading.text import Text, UnreadableError

_PAGES: dict[str, tuple[str, list[str]]] = {
    "a list nested the right way": ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", ["- a", "    - b", "- c"]),
    "a list nested in a list instead of an item": ("<ul><li>a</li><ul><li>b</li></ul></ul>", ["- a", "    - b"]),
    "Google's lists side by side": (
        '<ul class="lst-kix_x-0"><li>a</li></ul><ul class="lst-kix_x-1"><li>b</li></ul>',
        ["- a", "    - b"],
    ),
    "another class with a number is no nesting": ('<ul class="col-1"><li>a</li></ul>', ["- a"]),
    "Word's list paragraphs": (
        "<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>o </span>a</p>",
        ["    - a"],
    ),
    "a definition list": ("<dl><dt>Wins</dt><dd>a</dd></dl>", ["- Wins", "    - a"]),
    "a bold paragraph": ("<p><b>Wins</b></p>", ["**Wins**"]),
    "a bold word is no heading": ("<p><b>Wins</b> were few</p>", ["Wins were few"]),
    "bold by class": ("<style>.c1{font-weight:700}</style><p><span class='c1'>Wins</span></p>", ["**Wins**"]),
    "bold taken back by class": ("<style>.c1{font-weight:400}</style><p><b><i class='c1'>a</i></b></p>", ["a"]),
    "words struck out within a line": ("<p>sold <del>two</del> three</p>", ["sold ~~two~~ three"]),
    "a struck item": ("<ul><li><s>a</s></li></ul>", ["- ~~a~~"]),
    "a ticked box that is struck too": (
        '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div><s>a</s></li></ul>',
        ["- [x] a"],
    ),
    "a box that was dropped": ("<ul><li><input type=checkbox><s>a</s></li></ul>", ["- [ ] ~~a~~"]),
    "Confluence's task list": (
        '<ul class="inline-task-list"><li class="checked">a</li><li>b</li></ul>',
        ["- [x] a", "- [ ] b"],
    ),
    "a class that only sounds like a task": ('<ul class="nice"><li class="checked">a</li></ul>', ["- a"]),
    "an Evernote box": ("<div><en-todo checked='true'></en-todo>a</div>", ["- [x] a"]),
    "Confluence's stored tasks": (
        (
            "<ac:task-list><ac:task><ac:task-id>7</ac:task-id><ac:task-status>complete</ac:task-status>"
            "<ac:task-body>a</ac:task-body></ac:task></ac:task-list>"
        ),
        ["- [x] a"],
    ),
    "Confluence's stored status": (
        (
            '<p>a <ac:structured-macro ac:name="status"><ac:parameter ac:name="colour">Red</ac:parameter>'
            '<ac:parameter ac:name="title">LATE</ac:parameter></ac:structured-macro></p>'
        ),
        ["a [LATE]"],
    ),
    "an expanding part that is folded": (
        (
            '<div class="expand-container"><div class="expand-control">More</div>'
            '<div class="expand-content" style="display:none"><p>a</p></div></div>'
        ),
        ["- More", "    - a"],
    ),
    "a toggle that is a heading": (
        '<details><summary style="font-weight:600;font-size:1.25em">Wins</summary><p>a</p></details>',
        ["### Wins", "a"],
    ),
    "a paragraph of an item": ("<ul><li><p>a</p><p>b</p></li></ul>", ["- a", "  b"]),
    "a reply quoted in an item": ("<ul><li>a<blockquote>b</blockquote></li></ul>", ["- a", "  > b"]),
    "a quotation": ("<blockquote><p>a</p></blockquote>", ["> a"]),
    "a link": ('<p>see <a href="https://x.example/a">the log</a></p>', ["see [the log](https://x.example/a)"]),
    "a bare link": ('<p><a href="https://x.example/a">https://x.example/a</a></p>', ["https://x.example/a"]),
    "a link with brackets": ('<p><a href="https://x.example/a">[X-1] a</a></p>', ["[X-1] a[](https://x.example/a)"]),
    "a contents list": ('<p><a href="#h.1">3 March</a></p>', ["[3 March](#h.1)"]),
    "a link into the page within words": ('<p>as <a href="#h.1">said</a></p>', ["as said"]),
    "a person's address": ('<p><a href="mailto:a@x.example">Ada</a></p>', ["Ada"]),
    "words that look like a fence": ("<p>```</p><p>a</p>", ["\\```", "a"]),
    "words that look like a comment": ("<p>&lt;!-- a</p>", ["\\<!-- a"]),
    "a box drawn as a table": ("<table><tr><td><p>a</p><ul><li>b</li></ul></td></tr></table>", ["a", "- b"]),
    "a table": (
        "<table><tr><th>A</th><th>B</th></tr><tr><td>a</td><td>b | c</td></tr></table>",
        ["| A | B |", "| --- | --- |", "| a | b / c |"],
    ),
    "a list in a cell stands under its row": (
        "<table><tr><th>Topic</th><th>Notes</th></tr><tr><td>Depot</td><td><ul><li>a<ul><li>b</li></ul></li></ul></td></tr></table>",
        ["- Depot", "    - a", "        - b"],
    ),
    "a day that reaches over two rows": (
        (
            "<table><tr><th>Date</th><th>Wins</th><th>Blockers</th></tr><tr><td rowspan=2>3 March 2025</td><td>a</td><td>b</td></tr>"
            "<tr><td>c</td><td></td></tr></table>"
        ),
        ["## 3 March 2025", "### Wins", "- a", "### Blockers", "- b", "### Wins", "- c"],
    ),
    "a column for each meeting": (
        "<table><tr><td></td><td>3 March 2025</td><td>10 March 2025</td></tr><tr><td>Wins</td><td>a</td><td>b</td></tr></table>",
        ["## 3 March 2025", "### Wins", "- a", "## 10 March 2025", "### Wins", "- b"],
    ),
    "a table of deadlines is no log": (
        "<table><tr><th>Task</th><th>Due</th></tr><tr><td>a</td><td>3 March 2025</td></tr></table>",
        ["| Task | Due |", "| --- | --- |", "| a | 3 March 2025 |"],
    ),
    "a form": (
        "<table><tr><th>Attendees</th><td>Ada, Tom</td></tr><tr><th>Wins</th><td><ul><li>a</li></ul></td></tr></table>",
        ["Attendees: Ada, Tom", "## Wins", "- a"],
    ),
    "a drawn tick": ('<p><img class="emoticon" alt="(tick)"> a <img alt="photo of us"></p>', ["✅ a"]),
    "text typed in one block": ("<pre>a\n- b\n  - c</pre>", ["a", "- b", "  - c"]),
    "characters of a wrong encoding": ("<p>caf&Atilde;&copy;</p>", ["café"]),
    "CDATA": ("<p><![CDATA[a < b]]></p>", ["a < b"]),
}


def _lines(text: Text) -> list[str]:
    assert len(text.places) == len(text.lines)
    left = {line for first, last, _ in text.left_out for line in range(first, last + 1)}
    return [line for number, line in enumerate(text.lines, 1) if line and number not in left]


@pytest.mark.parametrize("name", _PAGES)
def test_page_is_read_as_a_person_sees_it(name: str) -> None:
    page, expected = _PAGES[name]
    assert _lines(read_html(f"<html><body>{page}</body></html>".encode())) == expected


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("<p>a</p><p hidden>b</p>", "hidden on the page"),
        ("<p>a</p><p style='display:none'>b</p>", "hidden on the page"),
        ("<style>p.x{display:none}</style><p>a</p><p class=x>b</p>", "hidden on the page"),
        ("<p>a <span style='visibility:hidden'>b</span></p>", "hidden on the page"),
        ("<p>a</p><div><p><a id='cmnt1' href='#cmnt_ref1'></a>b</p></div>", "comment in the margin"),
        ("<p>a</p><div><p><a id='ftnt1' href='#ftnt_ref1'></a>b</p></div>", "footnote"),
        ("<nav>b</nav><p>a</p>", "navigation of the page"),
        ("<p>a</p><pre><code>b</code></pre>", "code block"),
    ],
)
def test_what_is_not_read_is_named(page: str, reason: str) -> None:
    text = read_html(page.encode())
    assert _lines(text) == ["a"]
    assert [(text.lines[first - 1], why) for first, _, why in text.left_out] == [("b", reason)]


def test_scripts_styles_and_templates_are_no_text() -> None:
    page = b"<title>t</title><script>a</script><style>b</style><template><p>c</p></template><svg><text>d</text></svg><p>e</p>"
    text = read_html(page)
    assert text.lines == ("e",)
    assert text.properties == (("title", "t"),)


def test_places_count_the_blocks_with_text() -> None:
    text = read_html(b"<h2>a</h2><p></p><p>b</p><hr><ul><li>c</li></ul><table><tr><td>d<td>e<tr><td>f<td>g</table>")
    assert [(line, place) for line, place in zip(text.lines, text.places, strict=True) if line[-1:] in "abcfg|"] == [
        ("## a", "paragraph 1"), ("", "paragraph 2"), ("b", "paragraph 2"), ("", "paragraph 2"), ("", "paragraph 2"),
        ("- c", "paragraph 3"), ("", "paragraph 4"), ("|  |  |", "paragraph 4"), ("| --- | --- |", "paragraph 4"),
        ("| d | e |", "paragraph 4"), ("| f | g |", "paragraph 5"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("<p>žluť</p>".encode("utf-16"), "žluť"),
        (b"\xef\xbb\xbf<p>\xc3\xa9</p>", "é"),
        (b'<meta charset="iso-8859-2"><p>\xbelu\xbb</p>', "žluť"),
        (b'<meta charset="windows-1252"><p>\xc3\xa9</p>', "é"),
        (b'<meta charset="idna"><p>\xe9</p>', "é"),
        (b"<p>\xe2\x80\x9aa\x00b</p>".replace(b"\x00", b"\x01"), "‚a b"),
    ],
)
def test_encoding_is_that_of_the_bytes_before_what_the_page_says(data: bytes, words: str) -> None:
    assert _lines(read_html(data)) == [words]


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("https://www.google.com/url?q=https://x.example/a%3Fb%3D1&sa=D", "https://x.example/a?b=1"),
        ("https://www.google.com/url?q=javascript:alert(1)", "https://www.google.com/url?q=javascript:alert%281%29"),
        ("https://www.google.com/search?q=https://x.example", "https://www.google.com/search?q=https://x.example"),
        ("https://x.example/a (b)", "https://x.example/a%20%28b%29"),
        ("javascript:alert(1)", ""),
        ("Other%20page.html", ""),
        ("http://[x", ""),
        ("#h.1", "#h.1"),
    ],
)
def test_links_lead_where_they_say(href: str, target: str) -> None:
    assert link_target(href) == target


@pytest.mark.parametrize(
    ("read", "data", "words"),
    [
        (read_html, b"", "empty"),
        (read_html, b"<html><body></body></html>", "no text on the page"),
        (read_html, b"<script>a()</script>", "no text on the page"),
        (read_html, b"<" * 1_000_001, "more than a million tags"),
        (read_html, bytes(range(32)) * 20, "binary"),
        (read_mhtml, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "save it as .docx"),
        (read_mhtml, b"PK\x03\x04", "rename it to .docx"),
        (read_mhtml, b"MIME-Version: 1.0\nContent-Type: text/plain\n\na", "save it as .docx"),
        (read_mhtml, b"Content-Type: multipart/mixed; boundary=a\n\n--a\n" * 300, "too many parts"),
        (read_rtf, b"plain words", "rename it to .txt"),
        (read_rtf, b"{\\rtf1 " + b"{" * 5_000, "nested too deep"),
        (read_rtf, b"{\\rtf1{\\fonttbl\\f0 Arial;}}", "no words"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(read: type, data: bytes, words: str) -> None:
    with pytest.raises(UnreadableError, match=words):
        read(data)


@pytest.mark.parametrize("start", [b"<!DOCTYPE html><p>a", b"{\\rtf1 a}"])
def test_a_doc_that_is_a_page_or_rtf_is_read_as_one(start: bytes) -> None:
    assert _lines(read_mhtml(start)) == ["a"]


@pytest.mark.parametrize(
    "data",
    [
        b"<p>first</p>" + b"<div>" * 20_000 + b"x",
        b"<p>first</p>" + b"<ul><li>x" * 20_000,
        b"<p>first</p>" + b"<table><tr><td>x" * 20_000,
        b"<p>first</p><table><tr>" + b"<td colspan=9999 rowspan=9999>x" * 5_000,
        b"<p>first</p>" + b"<details><summary>x" * 20_000,
        b"<style>" + b".a{b" * 50_000 + b"</style><p>first</p>",
        b"<p>first</p><p>" + b"<![CDATA[" * 5_000,
        b"<meta " * 5_000 + b"><p>first</p>",
        b"<p>first</p><a href='https://www.google.com/url?" + b"&q=1" * 5_000 + b"'>x</a>",
    ],
)
def test_hostile_pages_are_read_in_bounded_time(data: bytes) -> None:
    start = time.process_time()
    assert "first" in _lines(read_html(data))
    assert time.process_time() - start < 3


@pytest.mark.parametrize(
    "body",
    [
        b"\\b a\\b0 " * 5_000,
        b"\\'93" * 20_000,
        b"\\intbl a\\cell b\\cell\\row " * 2_000,
        b"\\u-10179 ?" * 10_000,
        b"a}" * 20_000,
    ],
)
def test_hostile_rtf_is_read_in_bounded_time(body: bytes) -> None:
    start = time.process_time()
    assert _lines(read_rtf(b"{\\rtf1 first\\par " + body))
    assert time.process_time() - start < 3


_RTF: dict[str, tuple[str, list[str]]] = {
    "headings by style": (
        r"{\stylesheet{\s1 heading 1;}{\s2\b Heading 2;}}\pard\s2 Wins\par\pard a\par",
        ["## Wins", "a"],
    ),
    "headings by outline": (r"\pard\outlinelevel0 Log\par\pard a\par", ["# Log", "a"]),
    "a bold line": (r"{\b Wins}\par a {\b b}\par", ["**Wins**", "a b"]),
    "typed bullets by indent": (
        r"\pard\li360 \bullet\tab a\par\pard\li720 \endash\tab b\par\pard\li360 \bullet\tab c\par",
        ["- a", "    - b", "- c"],
    ),
    "bullets by list": (
        r"\pard\ls1{\listtext\'b7\tab}a\par\pard\ls1\ilvl1{\listtext o\tab}b\par\pard c\par",
        ["- a", "    - b", "c"],
    ),
    "a struck bullet": (r"\bullet\tab {\strike a}\par", ["- ~~a~~"]),
    "letters in two halves": (r"\u55357?\u56832?\par", ["😀"]),
    "half a letter": (r"a\u55357?\par", ["a\ufffd"]),
    "a table": (
        r"\trowd\trhdr\intbl A\cell B\cell\row\trowd\intbl a\cell b\cell\row\pard c\par",
        ["| A | B |", "| --- | --- |", "| a | b |", "c"],
    ),
    "pictures and heads of pages": (r"{\header Confidential\par}{\pict\bin4 {{{{}a{\*\unknown b}\par", ["a"]),
    "words deleted with changes tracked": (r"a {\deleted b}c\par", ["a c"]),
}


@pytest.mark.parametrize("name", _RTF)
def test_rtf_keeps_its_structure(name: str) -> None:
    body, expected = _RTF[name]
    text = read_rtf(("{\\rtf1\\ansi\\ansicpg1252 " + body + "}").encode("latin-1"))
    assert _lines(text) == expected
    assert not text.problems


_MARKUP = st.sampled_from(
    """<p> </p> <ul> <li> </ul> <table> <tr> <td> <th> </table> <details> <summary> <blockquote> <pre> <br> <b> </b> <s> </li>
    <input/type=checkbox> <h2> </h2> <div/hidden> </div> &nbsp; &#0; <!-- --> <![CDATA[ ]]> 3&nbsp;March&nbsp;2025 Wins a | ~~""".split()
)
_CONTROLS = st.sampled_from(
    r"{ } \par \b \b0 \cell \row \intbl \u55357? \'93 \ls1 \listtext \* \field \fldinst \fldrslt \bin3 \v \pard \s1 a •".split()
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_MARKUP, max_size=40))
def test_any_mark_up_is_read_or_refused(parts: list[str]) -> None:
    data = "".join(parts).replace("/type", " type").replace("/hidden", " hidden").encode()
    try:
        text = read_html(data)
    except UnreadableError:
        return
    assert len(text.lines) == len(text.places)
    assert not any("\n" in line for line in text.lines)
    assert all(1 <= first <= last <= len(text.lines) for first, last, _ in text.left_out)


@settings(max_examples=60, deadline=None)
@given(st.lists(_CONTROLS, max_size=40), st.binary(max_size=40))
def test_any_rtf_is_read_or_refused(parts: list[str], tail: bytes) -> None:
    try:
        text = read_rtf(b"{\\rtf1 " + " ".join(parts).encode("utf-8") + tail)
    except UnreadableError:
        return
    assert len(text.lines) == len(text.places)
    assert not any("\n" in line for line in text.lines)
