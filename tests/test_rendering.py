"""Rendering: Markdown that a note cannot break, plain data in one order, tables without formulas."""

from __future__ import annotations

import csv
import io
import json
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from review_builder import line, project, review
from workshop_review import workshop

from analyzer.drafting.fill import plain, say
from analyzer.drafts import Bullet, Draft, Section, Sentence, Table, Words
from analyzer.errors import BadFileError
from analyzer.records import Label
from analyzer.rendering import (
    COLUMNS,
    curation_template,
    evidence_csv,
    evidence_jsonl,
    evidence_rows,
    render_markdown,
    review_to_dict,
    review_to_json,
)
from analyzer.rendering.layout import fill
from analyzer.rendering.markdown import escaped


def shown(markdown: str) -> str:
    """Return the text that a reader sees of one line of Markdown."""
    inline = MarkdownIt().parse(markdown)
    return "".join(child.content for token in inline for child in token.children or ())


def page(*bullets: Bullet, table: Table | None = None) -> str:
    """Render a page of one section."""
    return render_markdown(Draft(title="T", head=(), sections=(Section(title="S", bullets=bullets, table=table),)))


@pytest.mark.parametrize(
    "text",
    [
        "*not slanted*",
        "a <b>tag</b>",
        "[label]",
        "# no heading",
        "- no list",
        "12. no list",
        "&amp; as written",
        "`no code`",
        "a_b _c_",
    ],
)
def test_marks_of_a_note_are_shown_and_not_obeyed(text: str) -> None:
    assert shown(escaped(text)) == text


@given(st.text(alphabet="ab1 *_`<>[]#&;+-.|~\\()!", max_size=30))
def test_an_escaped_text_is_shown_as_it_is(text: str) -> None:
    wanted = " ".join(text.split())
    assert " ".join(shown("x " + escaped(wanted, start=False)).split()) == f"x {wanted}".strip()


def test_nested_bullets_are_indented_below_their_parent() -> None:
    text = page(Bullet((plain("one"),), (Bullet((plain("two"),)),)))
    assert "- one\n  - two\n" in text


def test_a_bar_in_a_cell_does_not_end_the_cell() -> None:
    table = Table(rows=((plain("a"), plain("b")), (plain("x | y"), plain("1"))), right=frozenset({1}))
    assert "| --- | ---: |\n| x \\| y | 1 |" in page(table=table)


def test_emphasis_keeps_its_spaces_outside() -> None:
    assert "- *Measured.* down" in page(Bullet((say("*Measured.* "), plain("down"))))


def test_a_backtick_in_a_file_name_cannot_leave_its_code() -> None:
    assert "- `a'b`" in page(Bullet((Sentence((Words("a`b", "code"),)),)))


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(BadFileError, match="no such template"):
        fill("nothing.j2")


def test_the_review_has_the_documented_keys_in_their_order() -> None:
    assert list(review_to_dict(workshop())) == [
        *("schema", "subject", "manager", "period", "meetings", "gaps", "projects", "accomplishments", "highlights"),
        *(
            "effects",
            "echoes",
            "feedback",
            "actions",
            "questions",
            "goals",
            "career",
            "blockers",
            "questions_to_you",
            "problems",
            "ignored",
        ),
    ]


def test_the_json_is_the_same_twice_and_can_be_read_back() -> None:
    text = review_to_json(workshop())
    assert text == review_to_json(workshop())
    data = json.loads(text)
    assert data["period"] == {"from": "2025-01-01", "to": "2026-01-01", "fiscal_year_start": 1}
    assert data["projects"][0]["effort"]["score"] == 10


def test_a_row_has_exactly_the_documented_columns() -> None:
    assert [tuple(row) for row in evidence_rows(workshop())] == [COLUMNS] * len(evidence_rows(workshop()))


def test_lines_without_a_label_are_listed_on_request() -> None:
    ids = [row["id"] for row in evidence_rows(workshop())]
    assert "lathe" not in ids
    assert "lathe" in [row["id"] for row in evidence_rows(workshop(), everything=True)]


def test_jsonl_is_one_object_a_line() -> None:
    lines = evidence_jsonl(workshop()).splitlines()
    assert json.loads(lines[1])["metrics"][0]["before"] == 190


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_can_be_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(evidence_csv(review([line("e", "03-03", 1, text, labels="goal")])), newline="")))
    assert rows[1][COLUMNS.index("text")] == "'" + text


def test_a_plain_cell_stays_as_it_is() -> None:
    rows = list(
        csv.reader(io.StringIO(evidence_csv(review([line("e", "03-03", 1, 'a, "b"', labels="goal")])), newline=""))
    )
    assert rows[1][COLUMNS.index("text")] == 'a, "b"'
    assert rows[1][COLUMNS.index("line_start")] == "1"


def test_tags_are_sorted_into_priority_eta_tickets_and_the_rest() -> None:
    made = line(
        "e",
        "03-03",
        1,
        "ETA 3/7",
        labels="goal",
        tags=("P1", "OPS-12", "Blocked"),
        cues=[("eta", "2025-07-03", "ETA 3/7")],
    )
    assert evidence_rows(review([made]))[0]["tags"] == {
        "priority": "P1",
        "eta": "2025-07-03",
        "tickets": ["OPS-12"],
        "other": ["Blocked"],
    }


def test_the_curation_file_is_toml_that_decides_nothing() -> None:
    made = line("e", "03-03", 1, "odd\u0000 \x07line", labels="goal", confidence={Label.GOAL: 0.52})
    text = curation_template(review([made]))
    assert tomllib.loads(text) == {}
    assert '# id = "e"' in text


def test_the_least_sure_line_comes_first_and_sure_ones_are_not_listed() -> None:
    lines = [
        line("sure", "03-03", 1, "a", labels="goal", confidence={Label.GOAL: 0.99}),
        line("less", "03-03", 2, "b", labels="goal", confidence={Label.GOAL: 0.7}),
        line("least", "03-03", 3, "c", labels="goal", confidence={Label.GOAL: 0.5}),
    ]
    text = curation_template(review(lines))
    assert text.index('"least"') < text.index('"less"')
    assert '"sure"' not in text


def test_the_commented_decisions_are_valid_once_uncommented() -> None:
    made = line("e1", "03-03", 1, "a", labels="goal", confidence={Label.GOAL: 0.5})
    lines = curation_template(review([made])).splitlines()
    start = lines.index("# [[line]]")
    assert tomllib.loads("\n".join(one[2:] for one in lines[start : start + 4])) == {
        "line": [{"id": "e1", "keep": False, "labels": ["goal"]}]
    }


@given(st.text(max_size=300), st.text(max_size=40))
def test_the_curation_file_is_toml_whatever_the_notes_hold(text: str, name: str) -> None:
    made = line("e", "03-03", 1, text, labels="goal", confidence={Label.GOAL: 0.5}, path=f"a {name}.md")
    year = review([made], projects=(project(name or "x", {"e": made}),))
    assert tomllib.loads(curation_template(year)) == {}


def test_the_curation_file_shows_a_long_line_by_its_beginning_and_counts_what_it_leaves_out() -> None:
    lines = [
        line(f"e{n}", "03-03", n, "word " * 200, labels="goal", confidence={Label.GOAL: 0.5}) for n in range(1, 40)
    ]
    text = curation_template(review(lines))
    assert max(len(one) for one in text.splitlines()) < 200
    assert "(14 more are as unsure; they stand in evidence.csv.)" in text
