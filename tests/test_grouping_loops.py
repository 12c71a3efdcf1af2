"""Feedback and what came of it, promises, questions, goals."""

from evidence_builder import CueSpec, line
from grouped import MANAGER, SUBJECT, grouped

from analyzer.records import Action, Evidence, FeedbackEntry

ILSE = "Ilse Brandt"


def said(
    on: str, text: str, polarity: str = "constructive", *cues: CueSpec, author: str = MANAGER, **more: object
) -> Evidence:
    return line(on, text, "f", polarity=polarity, direction="received", author=author, cues=cues, id=text, **more)  # type: ignore[arg-type]


def feedback_of(*lines: Evidence) -> FeedbackEntry:
    return grouped(lines).feedback[0]


def actions_of(*lines: Evidence) -> list[Action]:
    return list(grouped(lines).actions)


def test_a_quotation_has_its_speaker_and_the_one_who_told_it() -> None:
    entry = feedback_of(said("2025-02-03", 'Ilse stopped me, "best week in years"', "positive", people=[ILSE]))
    assert (entry.speaker, entry.told_by) == (ILSE, MANAGER)


def test_a_name_inside_advice_is_no_speaker() -> None:
    entry = feedback_of(said("2025-02-03", "let Ilse's people talk", people=[ILSE]))
    assert (entry.speaker, entry.told_by) == (MANAGER, None)


def test_feedback_that_the_subject_gives_is_about_somebody() -> None:
    given = line(
        "2025-02-03",
        "for Piet: agendas come too late",
        "f",
        polarity="constructive",
        direction="given",
        people=[MANAGER],
    )
    entry = feedback_of(given)
    assert (entry.speaker, entry.about) == (SUBJECT, MANAGER)


def test_criticism_is_acted_on_where_the_same_person_praises_the_same_thing() -> None:
    entry = feedback_of(
        said("2025-02-03", "your notice was too long, put the ask on top"),
        said("2025-05-05", "that notice had the ask on top, more of those", "positive"),
    )
    assert entry.later == ("that notice had the ask on top, more of those",)


def test_praise_by_somebody_else_or_for_something_else_ends_no_criticism() -> None:
    entry = feedback_of(
        said("2025-02-03", "your notice was too long, put the ask on top"),
        said("2025-05-05", "that notice had the ask on top", "positive", author=ILSE),
        said("2025-05-05", "the sensors are splendid", "positive"),
    )
    assert entry.later == ()


def test_a_line_that_points_back_ends_the_criticism_of_that_month_with_the_reply_under_it() -> None:
    back = line(
        "2025-05-05", "took your point from April, Ilse presented", cues=[("points_back", "2025-04")], id="back"
    )
    entry = feedback_of(
        said("2025-04-07", "let Ilse present for once"),
        back,
        said("2025-05-05", "saw that, she was proud", "positive", parent=1),
    )
    assert entry.later == ("back", "saw that, she was proud")


def test_a_line_that_points_back_to_a_month_with_two_criticisms_ends_the_one_it_shares_words_with() -> None:
    review = grouped(
        [
            said("2025-04-07", "let Ilse present the figures"),
            said("2025-04-07", "come to the stand-up on time"),
            line("2025-05-05", "your point from April: Ilse did present", cues=[("points_back", "2025-04")], id="back"),
        ]
    )
    assert {entry.evidence: entry.later for entry in review.feedback} == {
        "let Ilse present the figures": ("back",),
        "come to the stand-up on time": (),
    }


def test_an_open_promise_counts_its_days_to_the_last_meeting() -> None:
    promise = line("2025-02-03", "find the course budget", "t", author=MANAGER, cues=[("promise", MANAGER)])
    (action,) = actions_of(promise, line("2025-03-05", "sunny"))
    assert (action.owner, action.closed_by, action.days) == (MANAGER, None, 30)


def test_a_promise_is_closed_by_the_line_that_settles_the_same_thing() -> None:
    (action,) = actions_of(
        line(
            "2025-02-03",
            "find the course budget",
            "t",
            author=MANAGER,
            cues=[("promise", MANAGER), ("due", "2025-02-10")],
        ),
        line("2025-02-17", "any news on the course budget?", cues=[("ask", "")]),
        line("2025-03-03", "course budget approved", cues=[("answer", "", "approved")], author=MANAGER, id="yes"),
    )
    assert (action.closed_by, action.days, str(action.due)) == ("yes", 28, "2025-02-10")


def test_a_ticked_step_closes_itself() -> None:
    (action,) = actions_of(line("2025-02-03", "order plugs", "t", checked=True, id="plugs"))
    assert (action.closed_by, action.days) == ("plugs", 0)


def test_a_question_is_asked_again_and_stays_open_where_the_reply_is_another_promise() -> None:
    (asked,) = grouped(
        [
            line("2025-02-03", "what does grade 7 take?", cues=[("ask", "")], id="first"),
            line(
                "2025-03-03",
                "grade 7 again? will ask",
                cues=[("ask", "", "grade 7 again?"), ("answer", "", "will ask"), ("promise", MANAGER)],
                id="again",
            ),
        ]
    ).questions
    assert (asked.repeated, asked.answered_by) == (("again",), None)


def test_a_reply_of_somebody_else_under_a_question_answers_it() -> None:
    (asked,) = grouped(
        [
            line("2025-02-03", "count by hand or wait?", cues=[("ask", "")]),
            line("2025-02-03", "wait", author=MANAGER, parent=0, id="wait"),
        ]
    ).questions
    assert (asked.asker, asked.answered_by) == (SUBJECT, "wait")


def test_a_goal_has_the_later_lines_about_it_and_not_those_that_share_two_words_by_chance() -> None:
    review = grouped(
        [
            line(None, "no shop waits for bread", "g", cues=[("goal", "team")], id="team"),
            line(
                "2025-01-06",
                "this year I want my red badge and one big launch",
                "c g",
                cues=[("goal", "own")],
                id="own",
            ),
            line("2025-03-03", "queue in shop 2: people wait 4 min for soup", "i"),
            line("2025-06-02", "passed the red badge test", "a", status="done", id="badge"),
        ]
    )
    assert [(goal.evidence, goal.kind, goal.later) for goal in review.goals] == [
        ("team", "team", ()),
        ("own", "own", ("badge",)),
    ]
