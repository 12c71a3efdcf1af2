"""Tidying may take marks away and set case and stops; it may not change who, what or how much."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzer.drafting.tidy import bare, closed, quoted, speaks_of_self, speaks_to_you, tidied
from analyzer.drafting.words import missing, said, stands, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("moved the depot to Leith 🎉", "Moved the depot to Leith."),
        ("I wrote the rota and printed it", "Wrote the rota and printed it."),
        ("I've trained the night crew", "Trained the night crew."),
        ("I also led the move", "I also led the move."),
        ("I run the Friday shift", "I run the Friday shift."),
        ("wait at the till 52 -> 40 min", "Wait at the till from 52 to 40 min."),
        ("breakages 15% → 9% in May", "Breakages from 15% to 9% in May."),
        ("moved from 4 -> 6 vans", "Moved from 4 to 6 vans."),
        ("due 9/12 -> 9/26 now", "Due 9/12 -> 9/26 now."),
        ("12 -> 9 -> 7 open tickets", "12 -> 9 -> 7 open tickets."),
        ("the report is out[link]", "The report is out."),
        ("**Signed** the lease", "Signed the lease."),
        ("done!!", "Done!"),
        ("made it into the yearbook (p. 23!)", "Made it into the yearbook (p. 23!)."),
        ("iOS build is out", "iOS build is out."),
        ("p95 is 300 ms", "p95 is 300 ms."),
        ("we moved in", "We moved in."),
        ("is it live?", "Is it live?"),
        ("Oven pilot | done 4 July | Ana", "Oven pilot; done 4 July; Ana."),
        ("| Oven pilot |  | done |", "Oven pilot; done."),
        ("a|b test is live", "A|b test is live."),
    ],
)
def test_tidying_strips_marks_and_sets_case_and_stop(text: str, expected: str) -> None:
    assert tidied(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("present the figures to the board", "Presented the figures to the board."),
        ("ship the labels", "Shipped the labels."),
        ("write the brief", "Wrote the brief."),
        ("review of the brief", "Review of the brief."),
        ("sent the brief", "Sent the brief."),
        ("Kofi to send the brief", "Kofi to send the brief."),
    ],
)
def test_a_ticked_task_is_put_in_the_past_tense_only_where_it_begins_with_a_verb(text: str, expected: str) -> None:
    assert tidied(text, ticked=True) == expected


@pytest.mark.parametrize("text", ["", "🎉🎉", "—", 'half a quo" tation'])
def test_what_tidying_is_not_sure_of_is_left_alone(text: str) -> None:
    assert tidied(text) is None


def test_the_manager_s_i_is_never_dropped() -> None:
    assert tidied("I wrote the rota", own=False) == "I wrote the rota."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("too loud. Sit at the front.", '"too loud. Sit at the front"'),
        ('she said "lighter" twice', "\"she said 'lighter' twice\""),
        ('"the calmest week"', '"the calmest week"'),
        ('"half of what she said', '"half of what she said"'),
    ],
)
def test_a_quotation_keeps_the_words(text: str, expected: str) -> None:
    assert quoted(text) == expected


def test_a_question_in_quotation_marks_gets_no_full_stop() -> None:
    assert closed('"is it live?"') == '"is it live?"'
    assert closed('"it is live"') == '"it is live".'


def test_you_is_somebody_and_youth_is_not() -> None:
    assert speaks_to_you("took your point")
    assert not speaks_to_you("the youth club opened")


def test_we_and_i_are_the_speaker_and_west_is_not() -> None:
    assert speaks_of_self("then we left")
    assert not speaks_of_self("the West wing")


@pytest.mark.parametrize(
    ("quote", "line", "holds"),
    [
        ("short and clear", "- OT: the plan was short, and clear", True),
        ("present it to the owners", "- [x] present it[link] to the owners", True),
        ("£2,400 a month", "saves £2,400 a month", True),
        ("$2,400 a month", "saves £2,400 a month", False),
        ("19%", "19 of them", False),
        ("we rolled it out", "we have not rolled it out", False),
        ("rolled it out", "rolled the sheet out of it", False),
        ("see the guide (v2) today", "see the [guide (v2)](https://a.example/Guide_(v2)) today", True),
        ("see today", "see [thread](https://a.example/q_(a)?b=(c)) today", True),
        ("see the draft today", "see the [guide (v2)](https://a.example/Guide_(v2)) today", False),
        ("wrote the list last week", "wrote the list [doc][1] last week", True),
        ("wrote the list and …", "wrote the list and read it out", True),
        ("wrote the list and sang …", "wrote the list and read it out", False),
    ],
)
def test_a_quotation_stands_where_its_words_stand_together(quote: str, line: str, *, holds: bool) -> None:
    assert stands(quote, [line]) is holds


@pytest.mark.parametrize(
    ("text", "line", "holds"),
    [
        ("Presented the plan.", "[x] present the plan", True),
        ("Rejected the plan.", "[x] present the plan", False),
        ("Wait from 52 to 40 min.", "wait 52 -> 40 min", True),
        ("Wait from 40 to 52 min.", "wait 52 -> 40 min", False),
        ("Shadowed two shifts. Asked nine drivers.", "shadowed two shifts. hot day! Asked nine drivers", True),
        ("We rolled it out.", "we did not roll it out", False),
        ("Lower since the move.", "lower before the move", False),
    ],
)
def test_a_tidied_text_stands_sentence_by_sentence(text: str, line: str, *, holds: bool) -> None:
    assert said(text, [line]) is holds


def test_what_is_missing_is_named() -> None:
    assert missing("Ana counted 40 boxes", ["Ana counted 41 boxes"]) == ["40"]


@given(st.text(max_size=80))
def test_whatever_is_tidied_stands_in_the_text_it_came_from(text: str) -> None:
    result = tidied(text)
    assert result is None or said(result, [text])


@given(st.text(alphabet="abc DE1£.,!?\"'[]->*", max_size=60))
def test_a_quotation_holds_the_words_of_the_bare_text(text: str) -> None:
    assert tokens(quoted(text)) == tokens(bare(text))


def test_a_long_item_is_cut_at_a_word_and_still_stands() -> None:
    text = "released the board " + "and said so to the yards " * 400
    for told in (tidied(text) or "", quoted(text)):
        assert len(told) < 620
        assert told.rstrip('"').endswith(" …")
        assert stands(told, [text])


def test_a_word_without_end_is_cut_and_another_one_does_not_stand() -> None:
    told = quoted("released " + "x" * 5000)
    assert len(told) < 620
    assert stands(told, ["released " + "x" * 5000])
    assert not stands(told, ["released " + "x" * 90 + "y" * 5000])


def test_the_rest_of_a_bracket_in_front_of_an_item_goes() -> None:
    assert tidied("2]: shipped the board") == "Shipped the board."
    assert tidied("shipped [2] boards") == "Shipped [2] boards."
