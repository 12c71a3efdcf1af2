"""The labelled notes are loaded strictly: what is not described is refused, with file and line."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.evaluation.corpus import load_author, load_corpus, write_clean
from analyzer.evaluation.gold import GoldDocument, GoldMetric, describe
from analyzer.evaluation.markers import MarkerError, parse_marker
from analyzer.evaluation.notes import parse_notes
from analyzer.records import Direction, Label, Polarity, Status

CASES = Path(__file__).parent / "cases" / "labelled"
CARD = """
subject = "Ada Moss"
manager = "Bo Lind"
writer = "subject"
job = "tester"
style = "plain"
format = "Markdown"
year = 2025
day_first = true
"""


def read(text: str) -> GoldDocument:
    return parse_notes("notes.md", "notes.md", dedent(text).strip("\n"))


def texts(text: str) -> list[str]:
    return [item.text for item in read(text).items]


def test_a_marker_is_cut_out_with_the_space_before_it() -> None:
    document = read("- Shipped the map {{a | st=done | id=map}}\n- lunch {{-}}")
    assert document.text == "- Shipped the map\n- lunch"


def test_an_item_keeps_what_its_marker_says() -> None:
    (item, *_) = read(
        "- Wait 34 -> 19 min {{if | pol=+- | dir=received | pr=Porters | of=x | who=Maya, Jo | by=Maya "
        "| m=wait for a porter (before 34, after 19, unit min, projected)}}"
    ).items
    assert item.labels == {Label.IMPACT, Label.FEEDBACK}
    assert (item.polarity, item.direction) == (Polarity.MIXED, Direction.RECEIVED)
    assert (item.project, item.effect_of, item.people, item.by) == ("Porters", "x", ("Maya", "Jo"), "Maya")
    assert item.metrics == (GoldMetric(name="wait for a porter", before=34, after=19, unit="min", projected=True),)


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("nested items are items of their own", "- a b {{-}}\n  - c d {{-}}", ["a b", "c d"]),
        (
            "an item may go on in the next line",
            "- waiting for\n  the part {{-}}\n- next {{-}}",
            ["waiting for\n  the part", "next"],
        ),
        (
            "several sentences of prose on one line",
            "It rained. {{-}} The roof held. {{-}}",
            ["It rained.", "The roof held."],
        ),
        (
            "prose that is wrapped",
            "This one sentence is wrapped at\nthe end of its line. {{-}}",
            ["This one sentence is wrapped at\nthe end of its line."],
        ),
        (
            "a sentence that begins after another's marker and is wrapped",
            "One. {{-}} And the\nother one. {{-}}",
            ["One.", "And the\nother one."],
        ),
        ("a date line above prose is not part of it", "13 Mar\nHelen was late. {{-}}", ["Helen was late."]),
        ("a check box stays", "- [x] book it {{-}}", ["[x] book it"]),
        ("a numbered list", "1. one {{-}}\n2) two {{-}}", ["one", "two"]),
        ("a table row", "| a | b |\n| --- | --- |\n| x | y {{-}} |", ["x | y"]),
        ("a quote", "> well done {{-}}", ["well done"]),
        ("a bold line that heads a list", "- **Porters**\n  - done {{-}}", ["done"]),
        ("a few words that head a nested list", "1. Transfers\n   a) done {{-}}", ["done"]),
        ("a bold line with an emoji", "- **Trips** 🆕\n  - done {{-}}", ["done"]),
        ("a date in a list", "- 3 Mar 2025\n  - done {{-}}", ["done"]),
        ("a bare link in a list", "- https://example.org/x\n- done {{-}}", ["done"]),
        ("names of attendees", "- Attendees: Ada, Bo\n- done {{-}}", ["done"]),
        ("a title that ends like a sentence", "Ada Moss - one to ones, 2025, Bo L.\n\n- done {{-}}", ["done"]),
        ("a heading without marks", "Notes from my talks with Bo\n\n- done {{-}}", ["done"]),
    ],
)
def test_items_are_cut_as_the_format_says(name: str, text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_lines_are_counted_in_the_file_and_the_marker_stands_on_the_last() -> None:
    item = read("# Head\n\n- waiting for\n  the part {{b | st=blocked}}").items[0]
    assert (item.first_line, item.line) == (3, 4)


@pytest.mark.parametrize(
    ("marker", "reason"),
    [
        ("{{x}}", "unknown label 'x'"),
        ("{{a i | id=x}}", "unknown label ' '"),
        ("{{ii}}", "twice"),
        ("{{}}", "labels are missing"),
        ("{{- | status=done}}", "unknown key 'status'"),
        ("{{- | st=finished}}", "'finished' is none of"),
        ("{{- | st=done | st=done}}", "given twice"),
        ("{{- | st}}", "not key=value"),
        ("{{- | pr=}}", "not key=value"),
        ("{{a | st=done}}", "needs id="),
        ("{{- | id=map}}", "for accomplishments only"),
        ("{{f | dir=received}}", "needs pol="),
        ("{{f | pol=+}}", "needs dir="),
        ("{{f | pol=good | dir=given}}", "polarity 'good'"),
        ("{{- | pol=+}}", "for feedback only"),
        ("{{a | id=x | of=x}}", "for impact and feedback only"),
        ("{{a | id=two words}}", "not a slug"),
        ("{{- | who=Maya,}}", "empty name"),
        ("{{i | m=wait}}", "is not 'name (role number"),
        ("{{i | m=wait (unit min)}}", "no number"),
        ("{{i | m=wait (before 5 of 12)}}", "not a number"),
        ("{{i | m=wait (before nan)}}", "not a finite number"),
        ("{{i | m=wait (from 5)}}", "unknown 'from 5'"),
        ("{{i | m=wait (before 5, before 6)}}", "given twice"),
    ],
)
def test_a_marker_that_is_not_described_is_refused(marker: str, reason: str) -> None:
    with pytest.raises(BadFileError, match=re.escape(reason)) as caught:
        read(f"# Head\n- something {marker}")
    assert "notes.md: line 2" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("- done {{-}}\n- no marker here", 2, "list item without a marker"),
        ("- no marker here\n- done {{-}}", 1, "list item without a marker"),
        ("- It rained all day.\n  - done {{-}}", 1, "list item without a marker"),
        ("- one {{-}} two {{-}}", 1, "has one marker"),
        ("- one {{-}} and more", 1, "words after the last marker"),
        ("- one {{-}}\n  and more", 2, "words of a list item after its marker"),
        ("- {{-}}", 1, "without words"),
        ("# Head {{-}}", 1, "heading"),
        ("| x | y |", 1, "table row without"),
        ("- open {{-\n- b {{-}}", 1, "not closed"),
        ("It rained all day again. {{-}}\nThe roof held all the same.", 2, "sentence without a marker"),
        ("# Head\n\nWe had a long talk about the roof.", 3, "sentence without a marker"),
    ],
)
def test_a_marker_that_is_missing_or_misplaced_is_refused(text: str, line: int, reason: str) -> None:
    with pytest.raises(BadFileError, match=reason) as caught:
        read(text)
    assert f"line {line}:" in str(caught.value)


def author_folder(folder: Path, notes: str = "- a {{-}}\n", card: str = CARD) -> Path:
    (folder / "card.toml").write_text(card, encoding="utf-8")
    (folder / "notes.md").write_text(notes, encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("card", "reason"),
    [
        (CARD + 'mood = "fine"\n', "unknown key 'mood'"),
        (CARD.replace("year = 2025", 'year = "2025"'), "year: must be a int"),
        (CARD.replace("day_first = true", "day_first = 1"), "day_first: must be a bool"),
        (CARD.replace('"subject"', '"both"'), "writer: must be one of"),
        (CARD.replace('job = "tester"\n', ""), "job: is missing"),
        ("subject = ", "not valid TOML"),
    ],
)
def test_a_card_that_does_not_say_what_it_must_is_refused(tmp_path: Path, card: str, reason: str) -> None:
    with pytest.raises(BadFileError, match=reason):
        load_author(author_folder(tmp_path, card=card))


def test_an_unknown_key_of_the_card_gets_a_guess(tmp_path: Path) -> None:
    with pytest.raises(UnknownKeyError, match="did you mean 'style'"):
        load_author(author_folder(tmp_path, card=CARD.replace("style =", "styel =")))


def test_an_effect_of_an_unknown_claim_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="line 1: of=map has no id="):
        load_author(author_folder(tmp_path, "- faster {{i | of=map}}\n"))


def test_a_claim_may_stand_in_another_file_of_the_author(tmp_path: Path) -> None:
    author_folder(tmp_path, "- faster {{i | of=map}}\n")
    (tmp_path / "more.txt").write_text("- map out {{a | st=done | id=map}}\n", encoding="utf-8")
    assert [item.path for item in load_author(tmp_path).items] == ["more.txt", "notes.md"]


@pytest.mark.parametrize("missing", ["card.toml", "notes.md"])
def test_an_author_without_card_or_notes_is_refused(tmp_path: Path, missing: str) -> None:
    (author_folder(tmp_path) / missing).unlink()
    with pytest.raises(BadFileError):
        load_author(tmp_path)


def test_a_corpus_without_authors_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="no author's folder"):
        load_corpus(tmp_path)
    with pytest.raises(BadFileError, match="no such folder"):
        load_corpus(tmp_path / "nowhere")


def test_a_corpus_is_counted() -> None:
    counts = describe(load_corpus(CASES))
    assert {name: counts[name] for name in ("authors", "items", "metrics", "projects", "claims")} == {
        "authors": 4,
        "items": 41,
        "metrics": 4,
        "projects": 11,
        "claims": 7,
    }
    assert counts["labels"]["accomplishment"] == 7
    assert counts["labels"]["none"] == 8
    assert counts["by_author"]["ferry"]["items"] == 10


def test_every_item_is_the_stretch_that_its_offsets_say() -> None:
    for author in load_corpus(CASES):
        texts_of = {document.path: document.text for document in author.documents}
        for item in author.items:
            assert texts_of[item.path][item.start : item.end] == item.text


def test_clean_notes_are_written_as_the_tool_reads_them(tmp_path: Path) -> None:
    author = load_author(CASES / "library")
    paths = write_clean(author, tmp_path)
    assert [path.name for path in paths] == ["2025-03-04.txt", "2025-04-01.txt"]
    assert "{{" not in paths[0].read_text(encoding="utf-8")


def test_a_status_is_read() -> None:
    assert parse_marker("- | st=in_progress")["status"] is Status.IN_PROGRESS


def test_a_marker_error_is_no_user_error() -> None:
    with pytest.raises(MarkerError):
        parse_marker("q")


words = st.text(
    st.characters(codec="utf-8", exclude_characters="{}\r\n|#>", exclude_categories=["Cs", "Cc"]), max_size=20
)


@given(st.lists(words, max_size=6))
def test_cutting_markers_out_loses_nothing_else(pieces: list[str]) -> None:
    lines = [f"- word {piece}".rstrip() for piece in pieces]
    document = parse_notes("n", "n", "\n".join(f"{line} {{{{-}}}}" for line in lines))
    assert document.text == "\n".join(lines)
