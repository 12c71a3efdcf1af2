"""Forms: read strictly, answered with whole pieces within the limit, checked by `verify`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import ROOT, Command
from hypothesis import given, settings
from hypothesis import strategies as st
from workshop_review import NOTES, workshop

from analyzer.drafting.desk import desk_for
from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.forms import Form, draft_form, form_text, read_form, shipped_forms
from analyzer.forms.answering import Answer, answer
from analyzer.forms.counting import UNITS, as_html, size
from analyzer.forms.form import Question
from analyzer.forms.packing import in_turn, pack
from analyzer.forms.telling import cleaned
from analyzer.records import Review
from analyzer.rendering import render_markdown
from analyzer.verifying import Verification, verify_draft

EVERYTHING = ("accomplishments", "strengths", "advice", "goals", "challenges", "plans")
DESK = desk_for(workshop())
SHIPPED = sorted(shipped_forms())


def form(**question: object) -> Form:
    """Return a form of one question; what is not said is unlimited finished work."""
    return Form.model_validate({"title": "T", "question": [{"text": "Q", "evidence": ["accomplishments"], **question}]})


def answered(review: Review | None = None, **question: object) -> Answer:
    """Answer one question from the workshop's year."""
    made = form(**question)
    return answer(desk_for(review) if review else DESK, made.settled(made.question[0]), {})


def filled(made: Form, review: Review | None = None) -> str:
    return render_markdown(draft_form(review or workshop(), made))


def load(path: Path) -> Sequence[str]:
    return path.read_text(encoding="utf-8").splitlines()


def checked(folder: Path, text: str) -> Verification:
    (folder / "talks.md").write_text(NOTES, encoding="utf-8")
    (folder / "form-x.md").write_text(text, encoding="utf-8")
    return verify_draft(folder / "form-x.md", load_lines=load)


# --- the limit ------------------------------------------------------------------------------------

_TEXTS = st.lists(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n"), max_size=40), max_size=12
)
_TEXTS_UNITS = (_TEXTS, st.sampled_from(sorted(UNITS)), st.integers(1, 200))


@settings(deadline=None)
@given(*_TEXTS_UNITS)
def test_packing_never_goes_over_the_limit_in_any_unit(texts: list[str], unit: str, limit: int) -> None:
    chosen = pack(texts, lambda some: size("\n".join(some), unit), limit)
    assert not chosen or size("\n".join(chosen), unit) <= limit


@settings(deadline=None)
@given(*_TEXTS_UNITS)
def test_packing_takes_whole_pieces_in_their_order_and_the_best_that_fits(
    texts: list[str], unit: str, limit: int
) -> None:
    numbered = list(enumerate(texts))

    def measure(some: list[tuple[int, str]]) -> int:
        return size("\n".join(text for _, text in some), unit)

    chosen = pack(numbered, measure, limit)
    assert chosen == [one for one in numbered if one in chosen]
    fitting = [one for one in numbered if measure([one]) <= limit]
    assert chosen[:1] == fitting[:1]
    for left in (one for one in numbered if one not in chosen):
        assert measure([*(one for one in chosen if one < left), left]) > limit


@settings(max_examples=40, deadline=None)
@given(limit=st.integers(1, 2500), unit=st.sampled_from(sorted(UNITS)), lists=st.booleans())
def test_an_answer_is_whole_pieces_within_its_limit(limit: int, unit: str, lists: bool) -> None:
    full = answered(evidence=EVERYTHING, lists=lists).text.split("\n")
    made = answered(evidence=EVERYTHING, limit=limit, unit=unit, lists=lists)
    assert made.used == size(made.text, unit)
    assert made.used <= limit
    assert len(made.pieces) + len(made.left) == len(answered(evidence=EVERYTHING).pieces)
    assert [line for line in made.text.split("\n") if line and line not in full] == []


@pytest.mark.parametrize(
    ("text", "chars", "size_in_bytes", "words", "html"),
    [
        ("", 0, 0, 0, 0),
        ("- a b", 5, 5, 3, len("<ul><li>a b</li></ul>")),
        ("£9 < 10", 7, 8, 3, len("<p>£9 &lt; 10</p>")),
        ("one\ntwo", 7, 8, 2, len("<p>one</p><p>two</p>")),
        ("- a\n- b", 7, 8, 4, len("<ul><li>a</li><li>b</li></ul>")),
        ("| A | B |\n| --- | --- |\n| 1 | 2 |", 33, 35, 15, 0),
        ("\U0001f980", 2, 4, 1, 9),
    ],
)
def test_each_unit_counts_what_its_field_counts(
    text: str, chars: int, size_in_bytes: int, words: int, html: int
) -> None:
    assert [size(text, unit) for unit in ("chars", "bytes", "words")] == [chars, size_in_bytes, words]
    if html:
        assert size(text, "html_chars") == html


def test_a_table_is_counted_as_rows_of_html() -> None:
    assert as_html("| A | B |\n| --- | --- |\n| 1 | 2 |") == (
        "<table><tr><td>A</td><td>B</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )


def test_kinds_of_evidence_take_turns() -> None:
    assert in_turn(["abc", "d", "", "ef"]) == ["a", "d", "e", "b", "f", "c"]


# --- what an answer holds -------------------------------------------------------------------------


def test_the_best_piece_stands_first_without_citations_and_marks() -> None:
    lines = answered().text.split("\n")
    assert lines[0] == (
        "- Rental app, Q3: Rental app is live in all 6 shops, 21 staff trained. "
        "310 bookings in October, 190 in October before it, Jonas from sales checked the till."
    )
    assert not re.search(r"[\[\]*]", "".join(lines))


def test_an_expected_effect_says_that_it_was_expected() -> None:
    assert "Expected: Should save about 5 min a booking." in answered().text


def test_what_does_not_fit_is_named_with_the_reason() -> None:
    made = answered(limit=200)
    assert {reason for _, reason in made.left} == {"room"}
    assert "### Left out: no room within the limit" in filled(form(limit=200))


def test_the_form_may_ask_for_fewer() -> None:
    made = answered(most=1)
    assert (len(made.pieces), {reason for _, reason in made.left}) == (1, {"most"})


def test_a_piece_is_told_once_in_a_form_unless_it_may_stand_again() -> None:
    one = {"text": "Q", "evidence": ["accomplishments"]}
    twice = Form.model_validate({"title": "T", "question": [one, one]})
    again = Form.model_validate({"title": "T", "question": [one, {**one, "again": True}]})
    assert "What would answer this is told in another answer" in filled(twice)
    assert filled(again).count("- Rental app, Q3:") == 2


@pytest.mark.parametrize(
    ("keyword", "found"), [("yard", 1), ("book*", 2), ("book", 0), ("the OWNERS", 1), ("owner", 0), ("shop", 1)]
)
def test_keywords_are_whole_words_unless_they_end_in_a_star(keyword: str, found: int) -> None:
    assert len(answered(evidence=["competency"], keywords=[keyword]).pieces) >= found
    assert bool(answered(evidence=["competency"], keywords=[keyword]).pieces) == bool(found)


@pytest.mark.parametrize(("quarters", "leads"), [([1, 2], {"Q1"}), ([3], {"Q3"}), ([4], set())])
def test_quarters_let_in_what_was_finished_in_them(quarters: list[int], leads: set[str]) -> None:
    assert set(re.findall(r"Q\d(?=:)", answered(quarters=quarters).text)) == leads


def test_thin_evidence_gives_an_empty_answer_and_a_question_never_filler() -> None:
    text = filled(form(evidence=["given"], limit=500))
    assert "### Answer: 0 of 500 characters" in text
    assert "Nothing in the notes answers this, so the answer is empty. An answer to question" in text
    assert "**Not in the notes.** To question 1 of the form:" in text
    assert "```" not in text


def test_what_was_read_with_doubt_stands_in_no_answer() -> None:
    review = workshop()
    doubtful = {one.id: replace(one, confidence=dict.fromkeys(one.labels, 0.3)) for one in review.evidence}
    lines = tuple(doubtful[one.id] if one.id == "form" else one for one in review.evidence)
    made = answered(replace(review, evidence=lines))
    assert "rental form" not in made.text
    assert [reason for piece, reason in made.left if piece.key == "c-form"] == ["doubt"]


def test_feedback_about_others_is_left_out() -> None:
    from analyzer.records import Direction, FeedbackEntry, Polarity

    about = FeedbackEntry(
        evidence="lathe", speaker="Mira Solberg", told_by=None, about="Kofi", direction=Direction.GIVEN,
        polarity=Polarity.CONSTRUCTIVE, project=None,
    )  # fmt: skip
    made = answered(replace(workshop(), feedback=(about,)), evidence=["given"])
    assert (made.text, [reason for _, reason in made.left]) == ("", ["person"])


def test_star_tells_action_and_result_and_asks_for_the_situation() -> None:
    made = form(shape="star", most=1, lists=False)
    assert answered(shape="star", most=1, lists=False).text.split("\n") == [
        "Rental app, Q3",
        "Action: Rental app is live in all 6 shops, 21 staff trained.",
        "Result: 310 bookings in October, 190 in October before it, Jonas from sales checked the till.",
    ]
    assert "what was the situation, what was the task" in filled(made)


def test_an_example_without_a_result_is_thin_and_is_asked_about() -> None:
    review = workshop()
    bare = replace(review, accomplishments=tuple(replace(one, effects=()) for one in review.accomplishments))
    made = answered(bare, shape="star", lists=False)
    assert (made.text, {reason for _, reason in made.left}) == ("", {"thin"})
    assert "Which one changed something, for whom" in filled(form(shape="star", lists=False), bare)


def test_a_table_has_a_row_a_piece() -> None:
    made = Form.model_validate(
        {"title": "T", "tables": True, "question": [{"text": "Q", "evidence": ["accomplishments"], "shape": "table"}]}
    )
    rows = answer(desk_for(workshop()), made.settled(made.question[0]), {}).text.split("\n")
    assert rows[:2] == ["| Finished work | What came of it |", "| --- | --- |"]
    assert all(row.count(" | ") == 1 for row in rows)


# --- voice ----------------------------------------------------------------------------------------


def test_the_third_person_quotes_i_and_we_and_leaves_verbs() -> None:
    text = answered(voice="third").text
    assert 'Parts wall, Q3. Mira: "we moved the parts wall with Kofi\'s crew".' in text
    assert "Presented the theft numbers to the owners" in text
    assert not re.search(r"(?<![\w\"])(?:I|we|my) ", re.sub(r'"[^"]*"', "", text))


def test_a_quotation_has_the_words_of_the_line_where_tidying_changed_them() -> None:
    review = workshop()
    item = next(one for one in review.evidence if one.id == "moved").item
    words = "we cut the wait 20 -> 5 min with Kofi's crew"
    changed = replace(item, text=words, raw=words, sentences=())
    lines = tuple(replace(one, item=changed) if one.id == "moved" else one for one in review.evidence)
    assert f'Mira: "{words}".' in answered(replace(review, evidence=lines), voice="third").text


def test_wishes_name_their_speaker_in_the_third_person() -> None:
    assert "Mira, 11 March:" in answered(evidence=["goals"], voice="third").text


# --- hostile notes --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("``` end", "''' end"),
        ("## Question 9", "Question 9"),
        ("- - item", "item"),
        ("| a | b", "a | b"),
        ("[pinned, l. 1]: evil.md#L1", "[pinned, l. 1] : evil.md#L1"),
        ("one\u2028two\nthree", "one two three"),
        ("-5% returns", "-5% returns"),
        ("#1 on the list", "#1 on the list"),
        ("see https://example.org/a?b for it", "see for it"),
    ],
)
def test_no_note_can_leave_its_line_of_the_answer(text: str, clean: str) -> None:
    assert cleaned(text, links=False) == clean


def test_addresses_stay_where_the_form_allows_links() -> None:
    assert cleaned("see https://example.org/a", links=True) == "see https://example.org/a"


# --- verify ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_holds(tmp_path: Path, name: str) -> None:
    result = checked(tmp_path, filled(read_form(name)[1]))
    assert (list(result.report())[-1].split(": ")[-1], result.holds) == ("all of it holds", True)


def test_the_same_review_gives_the_same_form() -> None:
    assert filled(read_form("default")[1]) == filled(read_form("default")[1])


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("- Rental app, Q3:", "- I led the rental app:", "stands in the answer, and not among the cited sentences"),
        ("190 in October before it, Jonas", "19 in October before it, Jonas", "stands in the answer"),
        ("```\n- Rental", "```\n" + "- x" * 900 + "\n- Rental", "and the limit is 2,500"),
    ],
)
def test_an_edited_answer_is_held_against_its_sentences_and_its_limit(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    result = checked(tmp_path, filled(read_form("default")[1]).replace(old, new, 1))
    assert any(reason in failure.reason for failure in result.failures)


def test_an_edited_sentence_below_is_held_against_the_notes(tmp_path: Path) -> None:
    text = filled(read_form("default")[1]).replace("190 in October", "19 in October")
    assert any('"19"' in failure.reason for failure in checked(tmp_path, text).failures)


def test_an_answer_may_lose_a_bullet(tmp_path: Path) -> None:
    text = filled(read_form("default")[1])
    assert checked(tmp_path, re.sub(r"(?m)^- Rental app, Q1: .*\n", "", text, count=1)).holds


# --- reading forms --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_every_shipped_form_is_described_and_limited(name: str) -> None:
    made = read_form(name)[1]
    assert made.about
    assert all(made.settled(question).limit for question in made.question)
    assert form_text(name).startswith("# ")


def test_the_usual_shapes_are_shipped() -> None:
    assert len(SHIPPED) >= 7
    one = read_form("one-field")[1]
    assert (one.limit, one.unit, len(one.question)) == (4000, "bytes", 1)
    assert [(read_form(name)[1].limit, len(read_form(name)[1].question)) for name in ("five-questions", "star")] == [
        (1500, 5),
        (1200, 3),
    ]
    assert (read_form("manager-400-words")[1].limit, read_form("manager-400-words")[1].voice) == (400, "third")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('title = "T"\nlimits = 3\n[[question]]\ntext = "Q"\nevidence = ["goals"]', "did you mean 'limit'?"),
        ('title = "T"\n[[question]]\ntext = "Q"\nevidence = ["goals"]\nkeyword = []', "did you mean 'keywords'?"),
        ('title = "T"\n[[question]]\ntext = "Q"\nevidence = ["wins"]', "question.0.evidence.0"),
        ('title = "T"\n[[question]]\ntext = "Q"\nevidence = ["competency"]', "needs keywords"),
        ('title = "T"\n[[question]]\ntext = "Q"\nevidence = []', "question.0.evidence"),
        ('title = "T"\nunit = "pages"\n[[question]]\ntext = "Q"\nevidence = ["goals"]', "unit"),
        ('title = "T"\nlimit = 0\n[[question]]\ntext = "Q"\nevidence = ["goals"]', "limit"),
        ('title = "T"\nquestion = []', "question"),
        ('title = "T"\n[[question]]\ntext = "Q"\nevidence = ["goals"]\nshape = "star"', "shape 'star' is for"),
        (
            'title = "T"\n[[question]]\ntext = "Q"\nevidence = ["accomplishments"]\nshape = "table"',
            "needs tables = true",
        ),
        ("title =", "not valid TOML"),
    ],
)
def test_a_wrong_form_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "my.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadFileError, match=re.escape(message)) as error:
        read_form(str(path))
    assert "my.toml" in str(error.value)
    assert "\n" not in str(error.value)


def test_an_unknown_key_is_an_error_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "f.toml").write_text('title = "T"\nvoise = "first"\n', encoding="utf-8")
    with pytest.raises(UnknownKeyError, match="did you mean 'voice'"):
        read_form(str(tmp_path / "f.toml"))


def test_an_unknown_form_is_told_the_nearest() -> None:
    with pytest.raises(BadFileError, match="did you mean 'default'"):
        read_form("defalt")


def test_a_question_takes_the_forms_own_values_where_it_says_nothing() -> None:
    made = Form.model_validate(
        {"title": "T", "limit": 9, "question": [{"text": "Q", "evidence": ["goals"], "limit": 5}]}
    )
    settled = made.settled(made.question[0])
    assert (settled.limit, settled.unit, settled.voice, settled.lists) == (5, "chars", "first", True)


def test_every_key_and_kind_of_a_form_is_documented() -> None:
    page = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
    kinds = ("accomplishments", "competency", "strengths", "advice", "feedback", "given", "growth", "goals")
    for name in (*Form.model_fields, *Question.model_fields, *UNITS, *kinds, "challenges", "plans", *SHIPPED):
        assert f"`{name}`" in page, name


# --- the command line -----------------------------------------------------------------------------


def test_a_review_writes_the_forms_that_are_asked_for(short: Path, tmp_path: Path, command: Command) -> None:
    own = tmp_path / "Our Form.toml"
    own.write_text('title = "Ours"\n[[question]]\ntext = "What?"\nevidence = ["accomplishments"]\n', encoding="utf-8")
    ran = command("review", short, "-o", tmp_path / "out", "--form", "default", "--form", own)
    assert ran.code == 0, ran.err
    for name in ("form-default.md", "form-our-form.md"):
        assert f"{tmp_path / 'out' / name}" in ran.out
        assert command("verify", tmp_path / "out" / name).code == 0


def test_a_wrong_form_stops_before_anything_is_written(short: Path, tmp_path: Path, command: Command) -> None:
    ran = command("review", short, "-o", tmp_path / "out", "--form", "defualt")
    assert (ran.code, (tmp_path / "out").exists()) == (2, False)
    assert "did you mean 'default'?" in ran.err


def test_two_forms_of_one_name_are_refused(short: Path, tmp_path: Path, command: Command) -> None:
    (tmp_path / "default.toml").write_text(form_text("star"), encoding="utf-8")
    ran = command("review", short, "-o", tmp_path / "out", "--form", "default", "--form", tmp_path / "default.toml")
    assert (ran.code, "another form is called 'default' too" in ran.err) == (2, True)


def test_forms_are_listed_and_printed(command: Command) -> None:
    assert [line.split()[0] for line in command("forms").out.splitlines()] == list(shipped_forms())
    assert command("forms", "star").out == form_text("star")
    assert command("forms", "stars").code == 2
