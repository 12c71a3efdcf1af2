"""Lines that nobody named find their project by their words; and what a line with a result really holds."""

import pytest
from evidence_builder import line, metric
from grouped import ROSTER, SUBJECT, claim_with, grouped, part, project_named, projects_of, scored

from analyzer.grouping.notes import read_notes
from analyzer.grouping.similar import read_vocabulary, similarity
from analyzer.records import Evidence

FITTED = line(
    "2025-02-03",
    "first sensors fitted",
    "a",
    status="done",
    prefix="Oven sensors",
    cues=[("share", "mine"), ("work", "done")],
)
MEASURED = [("effect", "measured")]


def names_of(*lines: Evidence) -> list[str]:
    return sorted(projects_of(grouped(lines)))


def test_lines_that_share_rare_words_are_a_project_that_nobody_wrote_as_a_name() -> None:
    lines = [
        line("2025-02-03", "drafting the sourdough rota", status="in_progress"),
        line("2025-02-17", "sourdough rota half agreed", status="in_progress"),
        line("2025-03-03", "sourdough rota is on the wall", "a", status="done"),
        line("2025-03-03", "asked about the car park", cues=[("ask", "")]),
    ]
    assert projects_of(grouped(lines)) == {"Sourdough rota": [found.item.text for found in lines[:3]]}


@pytest.mark.parametrize(
    ("prefix", "text", "labels", "status"),
    [
        ("Lake house", "fog, trout, no signal", "", "blocked"),
        ("Parking", "we talked about it", "", None),
        ("Better news", "the van is back", "i", None),
        ("Numbers", "till sheet sent", "a", "done"),
        ("Discussed", "till sheet sent", "a", "done"),
    ],
)
def test_a_lead_of_one_meeting_that_nothing_came_of_is_no_project(
    prefix: str, text: str, labels: str, status: str | None
) -> None:
    assert names_of(line("2025-02-03", text, labels, status=status, prefix=prefix)) == []


def test_somebody_who_talks_and_is_told_things_is_no_project() -> None:
    lines = [
        line("2025-02-03", "Dagny said the yeast is late"),
        line("2025-02-17", "told Dagny to ring the mill"),
        line("2025-03-03", "sent the yeast list", "a", status="done", prefix="Dagny"),
    ]
    assert names_of(*lines) == []


def test_a_short_name_means_the_project_that_opens_with_it_and_not_one_that_mentions_it() -> None:
    lines = [
        line("2025-01-13", "four weeks will do", "a", status="done", prefix="power calc for oven pricing"),
        line("2025-01-13", "should rye be in?", status="in_progress", prefix="Oven price test"),
        line("2025-01-20", "leave it alone", status="in_progress", prefix="oven"),
        line("2025-01-27", "leave it alone still", status="in_progress", prefix="oven"),
        line("2025-02-03", "closed as planned", "a", status="done", prefix="Oven price test"),
    ]
    assert projects_of(grouped(lines))["Oven price test"][1:3] == ["leave it alone", "leave it alone still"]


def test_the_people_in_a_name_do_not_name_the_project() -> None:
    lines = [
        line(
            "2025-02-03", "written", "a", status="done", prefix="Plan for Ilse and Odd", people=["Ilse Brandt", "Odd"]
        ),
        line("2025-05-05", "waste was 412 kg, 236 before Ilse and Odd came", "i", metrics=[metric("236")]),
    ]
    assert grouped(lines).evidence[-1].project is None


def test_similarity_fades_with_the_days_between_two_groups() -> None:
    lines = [
        line(on, "sourdough rota moved", status="in_progress", id=on)
        for on in ("2025-01-06", "2025-02-03", "2025-12-01")
    ]
    vocabulary = read_vocabulary(read_notes(lines, ROSTER))
    first, soon, late = (vocabulary.of([one]) for one in lines)
    assert similarity(1.0, first, soon) > similarity(1.0, first, late) > 0


def test_a_line_that_only_measures_is_an_effect_of_the_earlier_piece() -> None:
    trial = line(
        "2025-03-03",
        "trial, 2 ovens: waste 30 -> 12 kg",
        "ai",
        status="done",
        prefix="Oven sensors",
        cues=MEASURED,
        metrics=[metric("30 -> 12 kg", before=30, after=12)],
    )
    review = grouped([FITTED, trial])
    assert [effect.evidence for effect in claim_with(review, "fitted").effects] == [trial.id]
    assert len(review.accomplishments) == 1


def test_work_and_its_effect_in_one_line_stay_a_piece_of_their_own() -> None:
    done = line(
        "2025-03-03",
        "wired all ovens, waste 30 -> 12 kg",
        "ai",
        status="done",
        prefix="Oven sensors",
        cues=[*MEASURED, ("share", "mine", "wired all ovens"), ("work", "done", "wired all ovens")],
        metrics=[metric("30 -> 12 kg", before=30, after=12)],
    )
    assert len(grouped([FITTED, done]).accomplishments) == 2


def test_what_somebody_else_did_with_the_work_is_an_effect() -> None:
    used = line(
        "2025-03-03",
        "Ilse set the new limit from the oven sensors",
        "ai",
        status="done",
        cues=[("effect", "decided"), ("work", "done"), ("share", "unsaid")],
    )
    review = grouped([FITTED, used])
    assert [effect.evidence for effect in claim_with(review, "fitted").effects] == [used.id]


def test_a_count_of_what_was_worked_on_is_no_effect() -> None:
    lines = [
        line("2025-02-03", "80 recipes mapped", status="in_progress", prefix="Recipe book"),
        line(
            "2025-03-03",
            "done, 143 recipes down to 58",
            "ai",
            status="done",
            prefix="Recipe book",
            cues=[*MEASURED, ("work", "done", "done")],
            metrics=[metric("143 recipes down to 58", before=143, after=58, unit="recipes")],
        ),
    ]
    project = project_named(scored(lines), "Recipe book")
    assert project.impact is None


@pytest.mark.parametrize(
    ("text", "status", "cues"),
    [
        ("so what is different because of it?", None, [("effect", "stated"), ("ask", "")]),
        ("the board parked it", "dropped", [("effect", "stated")]),
    ],
)
def test_a_question_and_the_end_of_the_work_are_no_effects(
    text: str, status: str | None, cues: list[tuple[str, ...]]
) -> None:
    later = line("2025-03-03", text, "i", status=status, prefix="Oven sensors", cues=cues)
    assert project_named(scored([FITTED, later]), "Oven sensors").impact is None


def test_the_figures_of_a_refusal_are_its_grounds_and_give_no_size() -> None:
    refused = line(
        "2025-03-03",
        "test is done and it's a no-go, complaints 0.4% -> 0.7%",
        "ai",
        status="done",
        prefix="Oven sensors",
        cues=[
            ("effect", "decided"),
            ("effect", "measured"),
            ("work", "done"),
            ("share", "mine"),
            ("milestone", "launch"),
        ],
        metrics=[metric("0.4% -> 0.7%", before=0.4, after=0.7, unit="%")],
    )
    impact = project_named(scored([FITTED, refused]), "Oven sensors").impact
    rung, size = part(impact, "rung"), part(impact, "size")
    assert rung is not None
    assert rung.detail == "a decision that followed"
    assert size is not None
    assert size.points == 0


def test_what_a_third_person_says_in_quotation_marks_is_no_finished_piece() -> None:
    quote = line(
        "2025-03-03", '"I threw the old sheet away"', "a", status="done", prefix="Oven sensors", author="Ilse Brandt"
    )
    assert [claim.text for claim in grouped([FITTED, quote]).accomplishments] == ["first sensors fitted"]


def test_the_end_of_a_wait_has_the_date_that_its_line_gives() -> None:
    lines = [
        line(
            "2025-02-03",
            "waiting for the mill",
            "b",
            status="blocked",
            prefix="Oven sensors",
            cues=[("since", "2025-01-30")],
        ),
        line(
            "2025-03-03",
            "the parts came on 27/2",
            "a",
            status="done",
            prefix="Oven sensors",
            cues=[("arrived", "", "came"), ("arrived", "2025-02-27", "came on 27/2")],
        ),
    ]
    events = project_named(grouped(lines), "Oven sensors").history
    assert [event.date.isoformat() for event in events if event.date and event.kind != "done"] == [
        "2025-01-30",
        "2025-02-27",
    ]


def test_a_figure_is_told_digit_for_digit_as_its_line_writes_it() -> None:
    later = line(
        "2025-03-03",
        "waste 11.4% -> 12.0%",
        "i",
        prefix="Oven sensors",
        cues=MEASURED,
        author=SUBJECT,
        metrics=[metric("11.4% -> 12.0%", before=11.4, after=12.0, unit="%")],
    )
    size = part(project_named(scored([FITTED, later]), "Oven sensors").impact, "size")
    assert size is not None
    assert size.detail == "from 11.4% to 12.0%"


@pytest.mark.parametrize(("after", "effects"), [(9.0, 0), (2.0, 1)])
def test_a_figure_that_stayed_as_it_was_is_no_effect(after: float, effects: int) -> None:
    words = f"burnt trays from 9 to {after:g} a week"
    later = line(
        "2025-03-03", words, "i", prefix="Oven sensors", cues=MEASURED, metrics=[metric(words, before=9.0, after=after)]
    )
    assert len(claim_with(grouped([FITTED, later]), "first sensors").effects) == effects


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("because of it burnt trays are down to 2", "menu cards printed"),
        ("Since then burnt trays are down to 2", "menu cards printed"),
        ("burnt trays are down to 2 because of it", "ovens signed off"),
        ("It was a long day, burnt trays are down to 2", "ovens signed off"),
    ],
)
def test_a_result_that_points_back_belongs_to_the_work_just_above_it(text: str, claim: str) -> None:
    lines = [
        line("2025-03-03", "menu cards printed", "a", status="done", number=10, prefix="Menu cards"),
        line("2025-03-03", text, "i", number=11, prefix="Oven sensors"),
        line("2025-03-03", "ovens signed off", "a", status="done", number=30, prefix="Oven sensors"),
    ]
    review = grouped(lines)
    assert [len(claim_with(review, one).effects) for one in ("menu cards", "ovens signed")] == [
        int(claim.startswith("menu")),
        int(claim.startswith("ovens")),
    ]
