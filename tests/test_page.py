"""The report page as text: what it holds, what it leaves out, and that nothing of the notes can act in it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import SHORT, Command
from review_builder import MANAGER, SUBJECT, claim, day, effect, event, heard, line, meeting, project, review, score

from analyzer.page import render_report
from analyzer.page.context import clipped
from analyzer.records import (
    Block,
    BlockKind,
    Direction,
    Document,
    Evidence,
    Gap,
    Ignored,
    Label,
    Meeting,
    MeetingKind,
    Polarity,
    Review,
    Roster,
    Source,
)

PATH = "talks.md"
LINES = (
    "# 1:1 Mira / Owen",
    "## 3 March 2025",
    "- Shipped the press guide",
    "- a line between",
    "- Owen: clear and short",
    "- private: my knee again",
    "- the press jams fell from 9 to 2",
    "- told Zoe her plan is thin",
    "## 17 March 2025",
    "- Press guide: ETA 4 April",
)
HOSTILE = (
    "<script>alert(1)</script>",
    "</style><style>*{display:none}</style>",
    '"><img src=x onerror=alert(1)>',
    "<a href='javascript:alert(1)'>here</a>",
)


def document(lines: tuple[str, ...] = LINES, **more: object) -> Document:
    """Make the file that the lines stand in."""
    values: dict[str, object] = {"path": PATH, "title": "talks", "meetings": (), "roster": Roster(), "day_first": True}
    return Document(lines=lines, **{**values, **more})  # type: ignore[arg-type]


def read(found: Meeting, heading: int) -> Meeting:
    """Say which line is the heading of a meeting."""
    return replace(found, blocks=(Block(kind=BlockKind.HEADING, text="", source=Source(PATH, heading, heading)),))


def year(**more: object) -> Review:
    """Make a small year: a finished piece with an effect, praise, feedback about somebody else, a promised date."""
    sure = {Label.FEEDBACK: 0.99, Label.ACCOMPLISHMENT: 0.99, Label.IMPACT: 0.5}
    lines = {
        one.id: one
        for one in (
            line("a1", "03-03", 3, "Shipped the press guide", labels="accomplishment", project="Press", confidence=sure, cues=[("work", "done", "Shipped")]),
            line("b1", "03-03", 4, "a line between"),
            line("f1", "03-03", 5, "clear and short", by=MANAGER, labels="feedback", project="Press", confidence=sure, cues=[("praise", "", "clear")]),
            line("i1", "03-03", 7, "the press jams fell from 9 to 2", labels="impact", project="Press", confidence=sure, cues=[("effect", "", "fell")]),
            line("g1", "03-03", 8, "told Zoe her plan is thin", labels="feedback", confidence=sure),
            line("e1", "03-17", 10, "ETA 4 April", project="Press", cues=[("eta", "2025-04-04", "ETA 4 April")]),
        )
    }  # fmt: skip
    done = claim("c1", lines, "a1", effects=[effect("i1")], impact=score("big", ("rung", 5, "measured", "i1")))
    press = project(
        "Press", lines, [done], impact=done.impact, effort=score("much", ("time", 2, "2 weeks", "a1")), rung="measured",
        history=(event("planned", "03-17", "e1", "04-04"),),
    )  # fmt: skip
    about_zoe = replace(heard("g1", Polarity.CONSTRUCTIVE), speaker=SUBJECT, about="Zoe", direction=Direction.GIVEN)
    values: dict[str, object] = {
        "meetings": (
            read(meeting("03-03", 2, 8), 2), read(meeting("03-17", 9, 10), 9),
            meeting("03-24", 11, 11, MeetingKind.CANCELLED),
        ),
        "accomplishments": (done,), "projects": (press,), "highlights": ("c1",),
        "feedback": (heard("f1", Polarity.POSITIVE, about_project="Press"), about_zoe),
        "gaps": (Gap(start=day("03-17"), end=day("09-01")),),
    }  # fmt: skip
    return replace(review(lines.values()), **{**values, **more})  # type: ignore[arg-type]


def page(found: Review | None = None, **more: object) -> str:
    """Lay out the page without charts."""
    values: dict[str, object] = {"documents": [document()], "charts": False}
    return render_report(found or year(), **{**values, **more})  # type: ignore[arg-type]


def text(markup: str) -> str:
    """Return the words of a page, without its style and script."""
    bare = re.sub(r"<(style|script)>.*?</\1>", " ", markup, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", bare)).split())


def around(markup: str, label: str) -> str:
    """Return the lines that open behind the first citation of this label."""
    found = re.search(rf"\[{re.escape(label)}\]</summary>.*?<pre>(.*?)</pre>", markup, re.DOTALL)
    assert found, label
    return html.unescape(found[1])


def rows(markup: str) -> list[str]:
    """Return the rows of the evidence table."""
    return re.findall(r'<tr role="row" data-p=.*?</tr>', markup, re.DOTALL)


@pytest.mark.parametrize(
    "said",
    [
        "Mira Solberg", "1 January to 31 December 2025", "manager Owen Tait", "2 meetings 1 cancelled",
        "1 gap longest 168 days", "No notes between 17 March and 1 September (168 days).", "1 finished piece 1 with an effect",
        "Press: ETA 4 April [17 Mar, l. 10]", "Press: finished [03 Mar, l. 3]", "No notes for 168 days, until 1 September",
        'Owen, 3 March: "clear and short".', "To Zoe, 3 March:", "Highlights, of 1",
    ],
)  # fmt: skip
def test_the_page_tells(said: str) -> None:
    assert said in re.sub(r"(\]) talks\.md .*?(?=\s[A-Z·<]|$)", r"\1", text(page()))


def test_a_citation_opens_on_its_line_with_two_lines_of_the_same_meeting_on_each_side() -> None:
    found = around(page(), "03 Mar, l. 5")
    assert found.splitlines() == [
        "3 - Shipped the press guide", "4 - a line between", "<mark>5 - Owen: clear and short</mark>",
        "7 - the press jams fell from 9 to 2", "8 - told Zoe her plan is thin",
    ]  # fmt: skip


def test_what_was_not_read_stands_nowhere_on_the_page() -> None:
    assert "my knee" not in page()
    assert "17 March" not in around(page(), "03 Mar, l. 7")


def test_a_line_that_the_user_took_out_is_shown_around_no_other() -> None:
    base = year()
    taken = tuple(replace(one, why=("curation",)) if one.id == "b1" else one for one in base.evidence)
    assert "a line between" in page(base)
    assert "a line between" not in page(replace(base, evidence=taken))


def test_the_first_lines_of_a_meeting_have_its_heading_above_them() -> None:
    assert around(page(), "17 Mar, l. 10").splitlines()[0] == "9 ## 17 March 2025"


def test_a_format_without_lines_shows_its_words_without_numbers() -> None:
    numbered = line("p1", "03-03", 3, "Shipped the press guide", labels="accomplishment")
    item = replace(numbered.item, source=Source(PATH, 3, 3, "paragraph 3"))
    found = year(evidence=(replace(numbered, item=item),), accomplishments=(), projects=(), feedback=(), highlights=())
    places = tuple(f"paragraph {at}" for at in range(1, len(LINES) + 1))
    markup = page(found, documents=[document(places=places)])
    assert "<mark> - Shipped the press guide</mark>" in around(markup, "03 Mar, paragraph 3")


def test_words_that_look_like_a_template_stay_words() -> None:
    assert '<h1 dir="auto">{{ 7 * 7 }}{% raw %}</h1>' in page(year(subject="{{ 7 * 7 }}{% raw %}"))


@pytest.mark.parametrize("bad", HOSTILE)
def test_no_text_of_the_notes_becomes_markup(bad: str) -> None:
    def spoilt(one: Evidence) -> Evidence:
        item = replace(one.item, text=bad, raw=bad, author=bad, sentences=(), source=replace(one.item.source, path=bad))
        return replace(one, item=item, project=bad, cues=(), people=(bad,))

    base = year()
    worse = replace(
        base, subject=bad, manager=bad, evidence=tuple(spoilt(one) for one in base.evidence),
        projects=tuple(replace(one, name=bad) for one in base.projects),
        accomplishments=tuple(replace(one, project=bad, text=bad) for one in base.accomplishments),
        feedback=tuple(replace(one, speaker=bad, about=bad, project=bad) for one in base.feedback),
        ignored=(Ignored(source=Source(bad, 1, 1), reason=bad),),
    )  # fmt: skip
    for for_manager in (False, True):
        markup = page(worse, documents=[document((bad,) * 12, path=bad)], remarks=[bad], for_manager=for_manager)
        assert bad not in markup
        assert (markup.count("<script"), markup.count("</style"), markup.count("<img")) == (1, 1, 0)
        assert not re.search(r"href=\W?javascript", markup)


def test_the_policy_allows_the_pages_own_style_and_script_and_nothing_else() -> None:
    markup = page()
    policy = html.unescape(re.findall(r'Content-Security-Policy" content="([^"]*)"', markup)[0])
    for tag in ("style", "script"):
        inside = re.findall(rf"<{tag}>(.*?)</{tag}>", markup, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside[0].encode()).digest()).decode()
        assert len(inside) == 1
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none';")
    assert not re.search(r"\sstyle=|\son\w+=|https?:|unsafe", markup)


def test_the_same_review_gives_the_same_page() -> None:
    assert page() == page()


def test_the_managers_page_repeats_nothing_about_other_people() -> None:
    mine, managers = page(), page(for_manager=True)
    assert "Zoe" in mine
    assert "Zoe" not in managers
    assert (len(rows(mine)), len(rows(managers))) == (4, 3)
    assert "without 1 about other people" in managers


def test_the_managers_page_puts_no_question_to_the_owner_of_the_notes() -> None:
    assert "Questions to you" not in page(for_manager=True)
    assert "For calibration" in page(for_manager=True)
    assert "For calibration" not in page()


def test_a_label_that_is_as_good_as_open_is_marked_and_can_be_filtered() -> None:
    doubtful = [row for row in rows(page()) if 'data-c="open"' in row]
    assert len(doubtful) == 1
    assert '<span class="label open">impact?</span>' in doubtful[0]


@pytest.mark.parametrize(
    ("given", "expected"),
    [("short", "short"), ("word " * 20, "word word word word …"), ("x" * 200, "x" * 22 + " …")],
)
def test_long_lines_are_cut_between_two_words_where_there_are_some(given: str, expected: str) -> None:
    assert clipped(given, 24) == expected


def test_a_word_of_5000_letters_does_not_make_the_page_long() -> None:
    long = replace(year().evidence[0], item=replace(year().evidence[0].item, text="w" * 5000))
    markup = page(year(evidence=(long, *year().evidence[1:])), documents=[document(("w" * 5000,) * 12)])
    assert "w" * 1201 not in markup


def test_a_year_without_anything_is_a_page_that_says_so() -> None:
    said = text(page(review(()), documents=[]))
    assert "The notes name no project that work is on record for." in said
    assert "None: all of the notes could be read." in said


def test_review_writes_the_page_unless_told_not_to(short: Path, tmp_path: Path, command: Command) -> None:
    assert command("review", short, "-o", tmp_path / "with").code == 0
    assert command("review", short, "-o", tmp_path / "without", "--no-report").code == 0
    written = (tmp_path / "with" / "report.html").read_text(encoding="utf-8")
    assert 'href="../notes/ada.md#L4"' in written
    assert not (tmp_path / "without" / "report.html").exists()


def test_scan_writes_the_page_of_each_report_and_of_nobody_else(tmp_path: Path, command: Command) -> None:
    for name in ("Ada", "Zeno"):
        (tmp_path / "team" / name).mkdir(parents=True)
        own = SHORT.replace("Ada Brandt", f"{name} Brandt").replace("stock counter", f"counter of {name}")
        (tmp_path / "team" / name / "notes.md").write_text(own, encoding="utf-8")
    assert command("scan", "--team", tmp_path / "team", "-o", tmp_path / "out").code == 0
    pages = {one.name: one.read_text(encoding="utf-8") for one in (tmp_path / "out").glob("report*.html")}
    assert sorted(pages) == ["report-ada.html", "report-zeno.html"]
    assert "counter of Ada" in pages["report-ada.html"]
    assert "Zeno" not in pages["report-ada.html"]


def test_an_earlier_page_is_not_read_as_notes(short: Path, command: Command) -> None:
    assert command("review", short, "-o", short.parent).code == 0
    again = command("extract", short.parent)
    assert "report.html" in again.err
    assert '"source": "report.html"' not in again.out
