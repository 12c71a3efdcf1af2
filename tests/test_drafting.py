"""The drafts: sections, sentences and citations of a year made by hand, and what an empty year says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from review_builder import MANAGER, SUBJECT, claim, day, effect, heard, line, metric, project, review
from workshop_review import workshop

from analyzer.drafting import ask, draft_effort_impact, draft_self_review
from analyzer.drafts import Draft, Section
from analyzer.records import EffectKind, Event, Label, Polarity, Review, Share, Span
from analyzer.rendering import render_markdown
from analyzer.settings import Settings, Weights


def section(draft: Draft, title: str) -> Section:
    """Return a section by its title."""
    return next(one for one in draft.sections if one.title == title)


def bullets(draft: Draft, title: str) -> list[str]:
    """Return a section's bullets as text, children behind their parents."""
    found = []
    for bullet in section(draft, title).bullets:
        found.append(" ".join(sentence.text for sentence in bullet.sentences))
        found += [" ".join(sentence.text for sentence in child.sentences) for child in bullet.children]
    return [" ".join(text.split()) for text in found]


def one_line_draft(text: str, *, subject_writes: bool = True, share: Share = Share.MINE, **more: object) -> Draft:
    """Draft a year of one finished piece."""
    writer = SUBJECT if subject_writes else MANAGER
    only = line("e", "03-03", 4, text, by=more.pop("by", writer), labels="accomplishment", project="Depot", **more)  # type: ignore[arg-type]
    others = [line(f"x{number}", "03-03", 10 + number, "rain", by=writer) for number in range(3)]
    made = [claim("c", {"e": only}, "e", share=share)]
    year = review(
        [only, *others],
        accomplishments=tuple(made),
        projects=(project("Depot", {"e": only}, made),),
        highlights=("c",),
    )
    return draft_self_review(year)


def test_the_sections_come_in_the_order_of_the_form() -> None:
    titles = [one.title for one in draft_self_review(workshop()).sections if one.level == 2]
    assert titles == [
        "The year in short",
        "Highlights",
        "By project, most effect first",
        "Feedback",
        "Blocked or dropped",
        "Goals and growth",
        "Before you submit",
    ]


def test_the_year_in_short_counts_pieces_and_whose_they_are() -> None:
    text = "".join(
        sentence.text for sentence in section(draft_self_review(workshop()), "The year in short").paragraphs[0]
    )
    assert text.startswith(
        "Recognised in the notes: 4 finished pieces of work in 3 projects; 2 are mine, 1 is shared, and for 1 they name nobody."
    )


def test_the_project_with_most_impact_comes_first() -> None:
    titles = [one.title for one in draft_self_review(workshop()).sections if one.level == 3]
    assert titles[:3] == ["Rental app (Q1, Q3)", "Theft numbers (Q1)", "Parts wall (Q3)"]


def test_an_effect_stands_beside_its_work_with_its_mark() -> None:
    assert bullets(draft_self_review(workshop()), "Rental app (Q1, Q3)") == [
        "Q1 Wrote the first rental form, nearest shop instead of the main one.",
        "Expected. Should save about 5 min a booking.",
        "Q3 Rental app is live in all 6 shops, 21 staff trained.",
        "Measured. 310 bookings in October, 190 in October before it, Jonas from sales checked the till.",
        'On the way ETA 1 June , moved to 1 August: "the card reader failed its test" . Done in the notes of 12 August.',
    ]


def test_a_project_without_effect_points_to_its_question() -> None:
    assert bullets(draft_self_review(workshop()), "Parts wall (Q3)")[1] == "No effect recognised: question 1."


def test_criticism_stands_with_what_came_of_it_and_praise_is_not_told_twice() -> None:
    draft = draft_self_review(workshop())
    assert bullets(draft, "Received: growth, and what came of it")[1].startswith(
        'Later. Owen, 11 November: "your handover'
    )
    assert bullets(draft, "Received: strengths") == ['Owen, on Theft numbers: "Short and clear".']


def test_every_sentence_of_a_bullet_ends_in_a_citation_that_is_defined() -> None:
    text = render_markdown(draft_self_review(workshop()))
    for label in ("pinned, l. 3", "11 Nov, l. 6", "11 Mar, l. 22"):
        assert f"[{label}]: talks.md#L" in text


def test_a_quarter_without_work_says_so() -> None:
    draft = draft_self_review(workshop(), by="quarter")
    assert section(draft, "Q2").paragraphs[0][0].text == "No finished piece of work was recognised in this quarter."
    assert bullets(draft, "Q3")[0] == "Rental app. Rental app is live in all 6 shops, 21 staff trained."


def test_an_empty_year_says_plainly_that_the_notes_hold_nothing() -> None:
    text = render_markdown(draft_self_review(review([])))
    assert "No finished piece of work was recognised in this period." in text
    assert "No blocked and no dropped work was recognised." in text


def test_we_stays_we_and_you_stays_a_quotation() -> None:
    assert "We moved the depot." in render_markdown(one_line_draft("we moved the depot", share=Share.SHARED))
    assert '"took your plan and moved the depot".' in render_markdown(
        one_line_draft("took your plan and moved the depot")
    )


def test_words_of_somebody_else_are_quoted_with_the_speaker() -> None:
    assert 'Owen: "moved the depot in a day".' in render_markdown(
        one_line_draft("moved the depot in a day", by=MANAGER)
    )


def test_where_the_manager_writes_the_third_person_stays_and_first_persons_are_quoted() -> None:
    assert "She moved the depot." in render_markdown(one_line_draft("she moved the depot", subject_writes=False))
    text = render_markdown(one_line_draft("I saw her move the depot", subject_writes=False))
    assert 'Owen: "I saw her move the depot".' in text
    assert "is my own work" not in text


def test_only_the_sentences_that_report_the_work_are_taken() -> None:
    text = "moved the depot. What a day. Signed the lease"
    draft = one_line_draft(text, cues=[("work", "done", "moved"), ("work", "done", "Signed")])
    assert bullets(draft, "Depot (Q1)")[0] == "Moved the depot. Signed the lease."


def test_a_line_that_holds_work_and_effect_is_told_once_with_its_mark() -> None:
    text = "moved the depot, which cut the walk from 9 to 4 min"
    cues = [("work", "done", "moved"), ("effect", "measured", "cut")]
    only = line("e", "03-03", 4, text, labels="accomplishment impact", project="Depot", cues=cues)
    made = [claim("c", {"e": only}, "e", effects=[effect("e", caused=True)])]
    year = review([only], accomplishments=tuple(made), projects=(project("Depot", {"e": only}, made),))
    assert bullets(draft_self_review(year), "Depot (Q1)") == [
        "Measured. Moved the depot, which cut the walk from 9 to 4 min."
    ]


def test_a_lead_that_names_the_scope_is_kept_and_one_that_is_only_the_project_is_not() -> None:
    draft = one_line_draft("wait down to 4 min", prefix="Depot trial, gates 2 + 3")
    assert bullets(draft, "Depot (Q1)")[0] == "Depot trial, gates 2 + 3: wait down to 4 min."
    assert bullets(one_line_draft("moved in May", prefix="Depot"), "Depot (Q1)")[0] == "Moved in May."


def test_a_dropped_project_is_credited_and_its_condition_is_no_effect() -> None:
    text = "priced the kilns. If we share one we keep about £9k a season"
    money = metric(text, "£9k", value=9_000)
    cues = [("work", "done", "priced"), ("unreal", "conditional", "If")]
    lines = {
        "map": line("map", "04-17", 4, text, labels="accomplishment", project="Kilns", cues=cues, metrics=[money]),
        "stop": line("stop", "05-15", 9, "the board parked it", project="Kilns"),
    }
    made = [claim("c", lines, "map")]
    history = (
        Event(kind="done", date=day("04-17"), evidence="map"),
        Event(kind="dropped", date=day("05-15"), evidence="stop", by="the board"),
    )
    year = review(
        lines.values(), accomplishments=tuple(made), projects=(project("Kilns", lines, made, history=history),)
    )
    draft = draft_self_review(year)
    assert bullets(draft, "Blocked or dropped") == [
        (
            "Kilns, parked by the board. Priced the kilns. The board parked it. On a condition, so not counted as an effect: "
            '"If we share one we keep about £9k a season".'
        )
    ]
    assert "Expected" not in "".join(sentence.text for sentence in draft.sections[0].paragraphs[0])


def test_sentences_that_do_not_stand_together_are_two_quotations() -> None:
    text = "good talk. Lunch was late. Clear as ever"
    only = line("e", "03-03", 4, text, by=MANAGER, cues=[("work", "done", "good"), ("work", "done", "Clear")])
    other = line("x", "03-03", 5, "rain")
    made = [claim("c", {"e": only}, "e")]
    year = review([only, other, replace(other, id="y")], accomplishments=tuple(made), highlights=("c",))
    assert 'Owen: "good talk" … "Clear as ever".' in render_markdown(draft_self_review(year))


def test_a_turn_within_a_line_keeps_its_speaker() -> None:
    text = "sent the plan. fine by me"
    turns = (Span(0, 14, SUBJECT), Span(15, len(text), MANAGER))
    draft = one_line_draft(text, turns=turns, cues=[("work", "done", "sent")])
    assert bullets(draft, "Depot (Q1)")[0] == "Sent the plan."


def test_the_questions_name_their_lines_and_are_at_most_ten() -> None:
    questions = ask(workshop())
    assert [question.kind for question in questions] == ["no_effect", "whose_part", "no_size", "goal", "gaps"]
    assert "[12 Aug, l. 11]" in questions[0].text
    assert questions[0].evidence == ("moved",)


def test_a_year_with_many_gaps_asks_a_few_of_each_kind_and_at_most_ten_questions() -> None:
    lines = {f"e{n}": line(f"e{n}", "03-03", n, f"moved depot {n}", project=f"Depot {n}") for n in range(1, 20)}
    claims = [claim(f"c{n}", lines, f"e{n}") for n in range(1, 20)]
    projects = tuple(project(f"Depot {n}", lines, claims) for n in range(1, 20))
    kinds = [one.kind for one in ask(review(lines.values(), accomplishments=tuple(claims), projects=projects))]
    assert kinds.count("no_effect") == 3
    assert len(kinds) <= 10


def test_the_summary_adds_the_parts_up_and_names_their_lines() -> None:
    draft = draft_effort_impact(workshop(), Settings())
    assert bullets(draft, "Rental app: big result for much effort") == [
        "Effort 10 = 6 for time, 23 weeks active + 4 for 2 finished pieces .",
        'Impact 9 = 6 for the rung, measured and vouched for + 3 for breadth, "all 6 shops" .',
    ]


def test_no_effect_on_record_is_not_scored_low() -> None:
    draft = draft_effort_impact(workshop())
    assert bullets(draft, "Parts wall: little effort, no effect on record")[1].startswith("Impact, not scored:")


def test_the_weights_are_explained_from_the_settings() -> None:
    rows = section(
        draft_effort_impact(workshop(), Settings(weights=Weights(blocker=7))), "How the points are counted"
    ).table
    assert rows is not None
    assert "7 each, reported once or often" in [row[1].text for row in rows.rows]


def test_the_calendar_shows_every_month_and_the_gap() -> None:
    calendar = section(draft_effort_impact(workshop()), "Calendar")
    assert "Mar   11" in calendar.verbatim
    assert "No notes between 14 May and 12 August (90 days)." in "".join(one.text for one in calendar.closing[0])


@pytest.mark.parametrize("make", [draft_self_review, draft_effort_impact])
def test_the_same_review_gives_the_same_text(make: object) -> None:
    def text(year: Review) -> str:
        return render_markdown(make(year))  # type: ignore[operator]

    assert text(workshop()) == text(workshop())


def test_effects_that_belong_to_no_piece_stand_in_their_project() -> None:
    only = line("e", "03-03", 4, "the depot now takes 4 vans", labels="impact", project="Depot")
    year = review([only], projects=(project("Depot", {"e": only}, (), effects=(effect("e", EffectKind.STATED),)),))
    title = "Effects not tied to a piece of work"
    assert bullets(draft_self_review(year), title) == ["Depot. Stated. The depot now takes 4 vans."]
    assert bullets(draft_self_review(year, by="quarter"), "Q1") == ["Depot. Stated. The depot now takes 4 vans."]


def test_an_effect_of_no_project_is_told_and_not_lost() -> None:
    only = line("e", "03-03", 4, "returns fell from 9 to 2 a week", labels="impact")
    year = review([only], effects=(effect("e"),))
    title = "Effects not tied to a piece of work"
    assert bullets(draft_self_review(year), title) == ["Measured. Returns fell from 9 to 2 a week."]
    assert bullets(draft_self_review(year, by="quarter"), "Q1") == ["Measured. Returns fell from 9 to 2 a week."]


@pytest.mark.parametrize(
    ("waits", "said"), [(False, "No praise of this work was recognised"), (True, "No praise was read for sure")]
)
def test_no_praise_is_denied_while_lines_wait_that_may_hold_some(*, waits: bool, said: str) -> None:
    doubtful = line("e", "03-03", 4, "PO: that was a long day for the dough", labels="feedback", by=MANAGER)
    doubtful = replace(doubtful, confidence={Label.FEEDBACK: 0.6})
    entries = (heard("e", Polarity.POSITIVE),) if waits else ()
    text = render_markdown(draft_self_review(review([doubtful], feedback=entries)))
    assert said in text


def test_a_lead_that_begins_with_a_sign_is_not_told_twice() -> None:
    draft = one_line_draft("$50 arm: closed the test early", prefix="50 arm")
    assert bullets(draft, "Depot (Q1)")[0] == "$50 arm: closed the test early."
