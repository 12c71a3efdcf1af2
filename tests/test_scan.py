"""The manager's page: what it says of a year made by hand, in which words, and that every sentence of it is checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from review_builder import MANAGER, SUBJECT, claim, event, heard, line, meeting, project, review, score
from workshop_review import NOTES, workshop

from analyzer.drafting import draft_scan
from analyzer.drafting.desk import desk_for
from analyzer.drafting.scan_promises import promises
from analyzer.drafting.scan_setbacks import scan_setbacks
from analyzer.drafting.scan_silence import weeks_since_career
from analyzer.drafting.scan_tell import reported
from analyzer.drafts import Draft
from analyzer.records import Action, Direction, Evidence, FeedbackEntry, Goal, Label, Polarity, Review, Share, Span
from analyzer.rendering import render_markdown
from analyzer.verifying import Verification, verify_draft


def told(draft: Draft, title: str) -> str:
    """Return the words of a section, without citations."""
    part = next(one for one in draft.sections if one.title == title)
    groups = [*part.paragraphs, *(bullet.sentences for bullet in part.bullets), *part.closing]
    return " ".join(" ".join(sentence.text for group in groups for sentence in group).split())


def verified(folder: Path, text: str) -> Verification:
    """Write the workshop's notes and a page of them, and verify it."""
    (folder / "talks.md").write_text(NOTES, encoding="utf-8")
    (folder / "scan.md").write_text(text, encoding="utf-8")
    return verify_draft(folder / "scan.md", load_lines=lambda path: path.read_text(encoding="utf-8").splitlines())


# --- the page as a whole --------------------------------------------------------------------------


def test_the_page_has_its_parts_in_order_and_says_that_it_rates_nobody() -> None:
    draft = draft_scan(workshop())
    assert draft.title == f"{SUBJECT} 2025: one page for {MANAGER}"
    assert [one.title for one in draft.sections] == [
        "For calibration: two strengths, two growth areas",
        "Results, most effect first",
        "Finished, by quarter",
        "Promises on both sides",
        "Blocked, dropped, late",
        "Not talked about",
    ]
    assert "No rating on this page." in "".join(sentence.text for sentence in draft.head[0])
    assert not re.search(r"\b(?:rated|score|points|top performer|exceeds)\b", render_markdown(draft))


def test_every_sentence_of_the_page_holds(tmp_path: Path) -> None:
    result = verified(tmp_path, render_markdown(draft_scan(workshop())))
    assert (result.failures, result.uncited) == ((), ())
    assert result.sentences > 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("310 bookings", "410 bookings"),
        ("(90 days)", "(95 days)"),
        ("too thin", "too long"),
        ("Mira presented", "Owen presented"),
        ("most bikes go missing", "few bikes go missing"),
        ("asked on 2/5", "asked on 3/5"),
        ("in 3 of 4 meetings", "in 4 of 4 meetings"),
        ("in 3 of 4 meetings", "in 3 of 9 meetings"),
        ("Result 2", "Result 7"),
        ("ETA 1 June", "ETA 2 June"),
        ("Short and clear", "Short and friendly"),
        ("No line of Mira asks for it.", "No line of Mira asks for it, which is a pity."),
    ],
)
def test_what_somebody_changes_in_the_page_is_found(tmp_path: Path, old: str, new: str) -> None:
    page = render_markdown(draft_scan(workshop()))
    assert old in page
    assert not verified(tmp_path, page.replace(old, new)).holds


def test_the_same_review_gives_the_same_bytes() -> None:
    assert render_markdown(draft_scan(workshop())) == render_markdown(draft_scan(workshop()))


def test_an_empty_year_says_what_is_not_there(tmp_path: Path) -> None:
    only = line("x", "03-11", 20, "rain")
    page = render_markdown(draft_scan(review([only], meetings=(meeting("03-11", 19, 24),))))
    for words in (
        "No line was surely read as praise",
        "No effect of a finished piece was recognised",
        "Career: no line recognised.",
    ):
        assert words in page
    assert verified(tmp_path, page).holds


def test_words_of_the_notes_cannot_change_the_layout() -> None:
    evil = line(
        "e", "03-03", 4, "fixed <script>x</script> | # [a](http://b) [c]", labels="accomplishment", project="P|*x*"
    )
    made = [claim("c", {"e": evil}, "e")]
    year = review(
        [evil], accomplishments=tuple(made), projects=(project("P|*x*", {"e": evil}, made),), highlights=("c",)
    )
    page = render_markdown(draft_scan(year))
    assert "<script>" not in page.replace("\\<", "")
    assert "](http" not in page.replace("\\](http", "").replace("\\[a\\]", "")


# --- in which words -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("reset the alarms in both shops", "Mira reset the alarms in both shops."),
        ("I wrote the first form", "Mira wrote the first form."),
        ("trained six people", "Mira trained six people."),
        ("approved by the landlord", "Approved by the landlord."),
        ("wrote the form and I hung it up", 'Mira: "wrote the form and I hung it up".'),
        ("we moved the parts wall", 'Mira: "we moved the parts wall".'),
        ("parts wall is up", "Parts wall is up."),
        ("do we know who uses it?", 'Mira asked: "do we know who uses it?"'),
    ],
)
def test_the_owner_is_named_only_where_the_verb_is_surely_theirs(text: str, said: str) -> None:
    first = re.split(r" ", text.removeprefix("I "))[0]
    made = line("e", "03-03", 4, text, cues=[("share", "mine", first)] if first not in {"approved", "parts"} else [])
    assert reported(desk_for(review([made])), made).text.strip() == said


def test_in_the_managers_own_notes_nothing_gets_a_name_put_in_front() -> None:
    made = [
        line(f"e{n}", "03-03", 4 + n, "reset the alarms", by=MANAGER, cues=[("share", "mine", "reset")])
        for n in range(3)
    ]
    assert reported(desk_for(review(made, writer=MANAGER)), made[0]).text.strip() == "Reset the alarms."


# --- the packet -----------------------------------------------------------------------------------


def test_open_criticism_stands_before_what_was_acted_on() -> None:
    lines = [
        line(
            "old",
            "02-03",
            4,
            "your note was too long",
            by=MANAGER,
            labels="feedback",
            cues=[("criticism", "", "too long")],
        ),
        line(
            "new", "09-03", 9, "say no to one of them", by=MANAGER, labels="feedback", cues=[("advice", "", "say no")]
        ),
        line(
            "end", "10-03", 12, "your note was five lines", by=MANAGER, labels="feedback", cues=[("praise", "", "five")]
        ),
    ]
    entries = (heard("old", Polarity.CONSTRUCTIVE, later="end"), heard("new", Polarity.CONSTRUCTIVE))
    said = told(draft_scan(review(lines, feedback=entries)), "For calibration: two strengths, two growth areas")
    assert said.index("Growth, no later line recognised. Owen, 3 September") < said.index(
        "Growth, acted on. Owen, 3 February"
    )


@pytest.mark.parametrize(("share", "shown"), [(0.97, True), (0.6, False)])
def test_praise_that_only_the_classifier_reads_is_told_with_its_mark(share: float, shown: bool) -> None:
    doubtful = line(
        "e",
        "03-03",
        4,
        "Bran loved the steps",
        labels="feedback",
        section="feedback",
        confidence={Label.FEEDBACK: share},
    )
    entry = FeedbackEntry(
        evidence="e", speaker=SUBJECT, told_by=None, about=None, direction=Direction.RECEIVED,
        polarity=Polarity.POSITIVE, project=None,
    )  # fmt: skip
    draft = draft_scan(review([doubtful], feedback=(entry,), meetings=(meeting("03-03", 1, 9),)))
    packet = told(draft, "For calibration: two strengths, two growth areas")
    assert ('Unsure. 3 March: "Bran loved the steps".' in packet) is shown
    assert ("Read with doubt: 1 line" in told(draft, "Not talked about")) is not shown


# --- promises -------------------------------------------------------------------------------------


def promised(ref: str, when: str, number: int, text: str, *, by: str = MANAGER, **more: object) -> Evidence:
    """Make a line that promises something."""
    cues = [("promise", "", text.split(maxsplit=1)[0])]
    return line(ref, when, number, text, by=by, labels="action_item", cues=cues, **more)  # type: ignore[arg-type]


def year_of(lines: Sequence[Evidence], owners: dict[str, str], **more: object) -> Review:
    """Make a review whose promises have these owners."""
    met = {one.item.date: one for one in lines if one.item.date}
    meetings = [meeting(when.isoformat(), one.item.source.start or 1, 99) for when, one in met.items()]
    actions = tuple(Action(evidence=ref, owner=owner) for ref, owner in owners.items())
    return review(lines, actions=actions, meetings=tuple(meetings), **more)


def test_a_promise_made_again_is_one_promise_and_open_from_its_first_line() -> None:
    lines = [
        promised("a", "10-06", 8, "will ask HR about band 7"),
        promised("b", "12-04", 3, "band 7 criteria from HR"),
    ]
    year = year_of(lines, {"a": MANAGER, "b": MANAGER})
    assert [one.lines for one in promises(desk_for(year))] == [("a", "b")]
    assert 'Open, Owen. "band 7 criteria from HR" , "will ask HR about band 7" : 59 days.' in told(
        draft_scan(year), "Promises on both sides"
    )


def test_what_its_owner_came_back_to_is_followed_up() -> None:
    turn = (Span(0, 26, MANAGER),)
    lines = [
        promised("a", "02-06", 8, "I'll ring the lathe maker"),
        line("b", "06-05", 3, "lathe maker says end of June", turns=turn, by=MANAGER),
        *(line(f"x{n}", "07-01", 20 + n, "rain") for n in range(3)),
    ]
    assert [one.end for one in promises(desk_for(year_of(lines, {"a": MANAGER}, writer=SUBJECT)))] == ["b"]


@pytest.mark.parametrize("text", ["nobody else will do it properly", "we will not touch the lathe"])
def test_what_nobody_takes_on_is_no_promise(text: str) -> None:
    made = line("a", "02-06", 8, text, by=MANAGER, labels="action_item", cues=[("promise", "", "will")])
    assert promises(desk_for(year_of([made], {"a": MANAGER}))) == []


@pytest.mark.parametrize(
    ("text", "owner"), [("she'll look at the lathe in May", SUBJECT), ("I'll look at the lathe in May", MANAGER)]
)
def test_in_the_managers_notes_she_is_the_report(text: str, owner: str) -> None:
    made = [promised(f"a{n}", "02-06", 8 + n, text) for n in range(1)]
    year = year_of([*made, line("x", "02-06", 30, "rain", by=MANAGER)], {"a0": MANAGER}, writer=MANAGER)
    assert [one.owner for one in promises(desk_for(year))] == [owner]


# --- late, and silent -----------------------------------------------------------------------------


def late_year(done: str, *meetings: str) -> str:
    """Tell a project with one ETA, 12 September, and its end."""
    eta = line("eta", "07-10", 9, "ETA 12/9", project="Tubes")
    end = line("end", done, 3, "Tubes done", project="Tubes", labels="accomplishment", cues=[("work", "done", "done")])
    lines = {"eta": eta, "end": end}
    steps = (event("planned", "07-10", "eta", "09-12"), event("done", done, "end"))
    made = [replace(claim("c", lines, "end"), history=steps)]
    held = tuple(meeting(when, 1, 2) for when in meetings)
    whole = project("Tubes", lines, made, history=steps)
    year = review([eta, end], accomplishments=tuple(made), meetings=held, projects=(whole,))
    part = scan_setbacks(desk_for(year))
    return " ".join(sentence.text for bullet in part.bullets for sentence in bullet.sentences)


def test_work_is_late_only_where_a_meeting_lies_between_its_date_and_its_end() -> None:
    assert "38 days after the first ETA" in late_year("10-20", "07-10", "09-18", "10-20")
    assert late_year("09-18", "07-10", "09-18") == ""


def test_the_weeks_without_career_talk_run_to_the_last_meeting() -> None:
    talk = line("c", "03-03", 4, "what would it take to run a shop", labels="career")
    year = review([talk], meetings=(meeting("03-03", 1, 9), meeting("06-02", 10, 12)))
    assert weeks_since_career(desk_for(year)) == 13
    said = told(draft_scan(year), "Not talked about")
    assert "Career: no line recognised from 3 March  to the last meeting, 13 weeks (91 days)." in said.replace(
        "March to", "March  to"
    )
    assert weeks_since_career(desk_for(review([line("x", "03-03", 4, "rain")]))) is None


def test_the_half_of_a_goal_that_nobody_comes_back_to_is_quoted() -> None:
    wish = line(
        "g", "01-16", 4, "I'd like to get the welding licence and lead one build alone", labels="goal",
        cues=[("goal", "", "I'd like")],
    )  # fmt: skip
    passed = line("p", "10-09", 9, "passed the welding licence exam", labels="career")
    met = (meeting("01-16", 1, 5), meeting("10-09", 8, 9))
    year = review([wish, passed], goals=(Goal(evidence="g", kind="own", later=("p",)),), meetings=met)
    said = told(draft_scan(year), "Not talked about")
    assert '"lead one build alone"  does not come back' in said.replace('alone" does', 'alone"  does')
    assert "welding licence and" not in said


def test_feedback_about_others_stays_off_the_page() -> None:
    about = line("e", "03-03", 4, "Kofi talks over everybody in the stand-up", labels="feedback")
    given = FeedbackEntry(
        evidence="e", speaker=SUBJECT, told_by=None, about="Kofi", direction=Direction.GIVEN, polarity=Polarity.CONSTRUCTIVE,
        project=None,
    )  # fmt: skip
    page = render_markdown(draft_scan(review([about], feedback=(given,), meetings=(meeting("03-03", 1, 9),))))
    assert "Kofi" not in page
    assert "No line was surely read as feedback to Owen." in page


def test_much_effort_without_effect_is_named() -> None:
    done = line("e", "03-03", 4, "tray tracker v1 is live", labels="accomplishment", project="Trays")
    made = [claim("c", {"e": done}, "e", share=Share.UNSAID)]
    whole = project("Trays", {"e": done}, made, effort=score("much", ("time", 5, "20 weeks active", "e")))
    said = told(
        draft_scan(review([done], accomplishments=tuple(made), projects=(whole,))), "Results, most effect first"
    )
    assert "Much effort, no effect recognised: Trays" in said
