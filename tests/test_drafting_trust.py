"""What a draft states, what it marks and what it only asks about, when labels are wrong or unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from review_builder import MANAGER, SUBJECT, claim, effect, heard, line, metric, project, review

from analyzer.drafting import draft_self_review
from analyzer.drafting.trust import block_is_sure, judgement, work_is_sure
from analyzer.drafts import Draft
from analyzer.labelling.questions import without_asking
from analyzer.records import Accomplishment, EffectKind, Goal, Label, Polarity
from analyzer.rendering import render_markdown

SURE, UNSURE = {Label.FEEDBACK: 0.9}, {Label.FEEDBACK: 0.4}


def part(draft: Draft, title: str) -> str:
    """Return a section of the Markdown."""
    text = render_markdown(draft)
    return text.split(f" {title}\n", 1)[1].split("\n#", 1)[0] if f" {title}\n" in text else ""


def judged(
    text: str, cue: str = "", *, polarity: Polarity = Polarity.POSITIVE, share: float = 0.9, by: str | None = MANAGER
) -> Draft:
    """Draft a year that holds one line of feedback; the cue covers the whole text."""
    cues = [(cue, "", text)] if cue else []
    only = line(
        "f",
        "03-03",
        4,
        text,
        by=by,
        labels="feedback",
        polarity=polarity,
        cues=cues,
        confidence={Label.FEEDBACK: share},
    )
    others = [line(f"x{number}", "03-03", 10 + number, "rain") for number in range(3)]
    return draft_self_review(review([only, *others], feedback=(replace(heard("f", polarity), speaker=by),)))


@pytest.mark.parametrize(
    ("text", "cue", "polarity", "title"),
    [
        ("clear and short, nobody argued", "praise", Polarity.POSITIVE, "Received: strengths"),
        ("thanks for the quick help", "thanks", Polarity.POSITIVE, "Received: strengths"),
        ("your note was too long", "criticism", Polarity.CONSTRUCTIVE, "Received: growth, and what came of it"),
        ("your note was too long", "criticism", Polarity.POSITIVE, "Received: growth, and what came of it"),
        ("ring me sooner next time", "advice", Polarity.POSITIVE, "Received: growth, and what came of it"),
        ("great talk. Next time lead with the ask", "praise", Polarity.POSITIVE, "Read with doubt, and not used above"),
        ("great talk, clear as day", "praise", Polarity.CONSTRUCTIVE, "Read with doubt, and not used above"),
        ("the ledger isn't scheduled", "", Polarity.POSITIVE, "Read with doubt, and not used above"),
        ("I should have rung on Friday", "criticism", Polarity.CONSTRUCTIVE, "Read with doubt, and not used above"),
    ],
)
def test_feedback_stands_where_rule_and_classifier_agree(text: str, cue: str, polarity: Polarity, title: str) -> None:
    draft = judged(text, cue, polarity=polarity)
    titles = ("Received: strengths", "Received: growth, and what came of it", "Read with doubt, and not used above")
    assert [one for one in titles if text[:12] in part(draft, one)] == [title]


def test_praise_that_no_rule_knows_is_marked_where_the_classifier_is_certain() -> None:
    draft = judged("clearest page you have put before me", share=0.99)
    assert '- *Unsure.* Owen: "clearest page' in part(draft, "Received: strengths")


def test_what_the_subject_says_is_no_feedback_received() -> None:
    assert "half a day" not in part(
        judged("half a day every Monday, nice", "praise", by=SUBJECT), "Received: strengths"
    )


def finished(share: float, text: str = "moved the depot", cues: Sequence[tuple[str, str, str]] = ()) -> Draft:
    """Draft a year with one finished piece of this probability, in a project."""
    confidence = {Label.ACCOMPLISHMENT: share}
    only = line("e", "03-03", 4, text, labels="accomplishment", project="Depot", confidence=confidence, cues=cues)
    made = [claim("c", {"e": only}, "e")]
    return draft_self_review(
        review([only], accomplishments=tuple(made), projects=(project("Depot", {"e": only}, made),), highlights=("c",))
    )


def test_sure_work_is_told_and_unsure_work_is_asked() -> None:
    assert "Moved the depot." in part(finished(0.8), "Highlights")
    draft = finished(0.4)
    assert "Moved the depot." not in part(draft, "Highlights")
    assert '**Finished work?** "moved the depot" [03 Mar, l. 4].' in part(draft, "Read with doubt, and not used above")


def test_a_rule_beside_it_makes_a_middling_probability_enough() -> None:
    assert "Moved the depot." in part(finished(0.4, cues=[("work", "done", "moved")]), "Highlights")


@pytest.mark.parametrize(
    ("text", "cues", "sure"),
    [
        ("the form goes live on Monday", (), False),
        ("the form goes to Petra tomorrow", (), False),
        ("ETA 3/7, the printer broke", (("eta", "2025-07-03", "ETA 3/7"),), False),
        ("the form went live on Monday", (), True),
        ("shipped the form. Next one ETA 3/7", (("work", "done", "shipped"), ("eta", "2025-07-03", "ETA 3/7")), True),
    ],
)
def test_what_is_still_to_come_is_not_finished(
    text: str, cues: tuple[tuple[str, str, str], ...], *, sure: bool
) -> None:
    assert work_is_sure(line("e", "03-03", 4, text, cues=cues, confidence={Label.ACCOMPLISHMENT: 0.7})) is sure


def test_a_question_is_never_an_effect() -> None:
    text = "big lift. so what is different now because of it?"
    work = line("e", "03-03", 4, "moved the depot", labels="accomplishment", project="Depot")
    asked = line(
        "q", "03-10", 9, text, by=MANAGER, labels="impact", cues=[("cause", "", "because of it")], project="Depot"
    )
    lines = {"e": work, "q": asked}
    made = [claim("c", lines, "e", effects=[effect("q", EffectKind.DECIDED)])]
    draft = draft_self_review(
        review(lines.values(), accomplishments=tuple(made), projects=(project("Depot", lines, made),))
    )
    assert "Decided" not in part(draft, "Depot (Q1)")
    assert without_asking(asked).labels == frozenset()


def test_an_effect_beside_a_question_is_kept() -> None:
    text = "cut the wait to 4 min. Shall we tell Petra?"
    kept = line("e", "03-03", 4, text, labels="impact", cues=[("effect", "measured", "cut the wait")])
    assert without_asking(kept).labels == {Label.IMPACT}


def test_an_unsure_effect_is_marked_and_counts_for_nothing_in_the_summary() -> None:
    work = line("e", "03-03", 4, "moved the depot", labels="accomplishment", project="Depot")
    said = line(
        "s", "03-10", 9, "the yard feels different", labels="impact", project="Depot", confidence={Label.IMPACT: 0.4}
    )
    lines = {"e": work, "s": said}
    made = [claim("c", lines, "e", effects=[effect("s", EffectKind.STATED)])]
    draft = draft_self_review(
        review(lines.values(), accomplishments=tuple(made), projects=(project("Depot", lines, made),))
    )
    assert "*Unsure.* The yard feels different." in part(draft, "Depot (Q1)")
    assert "One has an effect that was read with doubt: Depot" in part(draft, "The year in short")


def test_a_decision_of_the_user_is_certain() -> None:
    only = line("e", "03-03", 4, "moved it", labels="accomplishment", confidence={Label.ACCOMPLISHMENT: 0.1})
    assert not work_is_sure(only)
    assert work_is_sure(replace(only, why=("curation",)))


@pytest.mark.parametrize(
    ("text", "cues", "found"),
    [
        ("she put Saturdays in pairs and let people swap", [("advice", "", "let people swap")], (False, False)),
        ("let people swap", [("advice", "", "let people swap")], (False, True)),
        ("I could have said it sooner", [("criticism", "", "could have said")], (False, False)),
        ("you could have said it sooner", [("criticism", "", "could have said")], (False, True)),
    ],
)
def test_what_is_only_told_is_no_advice_and_no_criticism(
    text: str, cues: list[tuple[str, str, str]], found: tuple[bool, bool]
) -> None:
    assert judgement(line("f", "03-03", 4, text, cues=cues)) == found


def test_a_date_that_moved_is_no_blocker_by_itself() -> None:
    moved = line(
        "e",
        "03-03",
        4,
        "ETA 3/7, rota is not signed off",
        cues=[("eta", "2025-07-03", "ETA 3/7")],
        confidence={Label.BLOCKER: 0.6},
    )
    assert not block_is_sure(moved)
    assert block_is_sure(replace(moved, item=replace(moved.item, tags=("Blocked",))))


@pytest.mark.parametrize(
    ("text", "told"), [("rubric?", False), ("I'd like to lead a crew", True), ("me: packet outline", False)]
)
def test_a_goal_takes_a_wish(text: str, *, told: bool) -> None:
    cues = [("promise", "", "me")] if text.startswith("me:") else []
    wish = line("g", "03-03", 4, text, labels="career", cues=cues, confidence={Label.CAREER: 0.6})
    draft = draft_self_review(review([wish], goals=(Goal(evidence="g", kind="career"),)))
    assert (text in part(draft, "Goals and growth")) is told


def busy_year(count: int) -> tuple[Draft, list[Accomplishment]]:
    """Draft a year of many finished pieces, half of them in one project and half in none."""
    lines = {
        f"e{n}": line(
            f"e{n}", "03-03", n, f"moved depot {n}", project="Depot" if n % 2 else None, labels="accomplishment"
        )
        for n in range(1, count + 1)
    }
    made = [claim(f"c{n}", lines, f"e{n}") for n in range(1, count + 1)]
    projects = (project("Depot", lines, [one for one in made if one.project == "Depot"]),)
    return draft_self_review(review(lines.values(), accomplishments=tuple(made), projects=projects)), made


def test_a_year_of_three_hundred_pieces_stays_readable_and_says_what_it_leaves_out() -> None:
    draft, _ = busy_year(300)
    assert "And 142 more finished pieces, listed in `evidence.csv`." in part(draft, "Depot (Q1)")
    assert "And 138 more finished pieces, listed in `evidence.csv`." in part(draft, "Outside the projects")
    assert len(render_markdown(draft).splitlines()) < 150


def test_the_year_in_short_is_at_most_eight_sentences_and_counts_the_rest() -> None:
    kinds = [*EffectKind, None]
    lines, claims, projects = {}, [], []
    for n in range(36):
        name, kind = f"Depot {n}", kinds[n % len(kinds)]
        text = f"moved depot {n} from 9 to 4"
        lines[f"e{n}"] = line(
            f"e{n}",
            "03-03",
            n + 1,
            text,
            project=name,
            labels="accomplishment impact",
            metrics=[metric(text, "9 to 4", before=9, after=4)],
        )
        claims.append(claim(f"c{n}", lines, f"e{n}", effects=[effect(f"e{n}", kind)] if kind else []))
        projects.append(project(name, lines, claims[-1:]))
    year = review(lines.values(), accomplishments=tuple(claims), projects=tuple(projects))
    text = part(draft_self_review(year), "The year in short")
    assert text.count(".") - text.count("l. ") <= 8
    assert "and 1 more" not in text
    assert " and 7 more." in text


def test_where_a_project_is_capped_what_reached_an_end_comes_before_steps() -> None:
    texts = [f"looked at yard {n}" for n in range(9)] + ["released the depot board"]
    lines = {f"e{n}": line(f"e{n}", "03-03", n + 1, text, project="Depot") for n, text in enumerate(texts)}
    made = [claim(f"c{n}", lines, f"e{n}") for n in range(len(texts))]
    year = review(lines.values(), accomplishments=tuple(made), projects=(project("Depot", lines, made),))
    assert "Released the depot board." in part(draft_self_review(year), "Depot (Q1)")


def test_a_year_without_any_effect_says_so_in_the_highlights() -> None:
    draft, _ = busy_year(30)
    assert "No effect of a finished piece was recognised" in part(draft, "Highlights")


def test_a_year_without_projects_counts_its_pieces_once() -> None:
    for count in (2, 3):
        lines = {f"e{n}": line(f"e{n}", "03-03", n, f"released board {n}") for n in range(1, count + 1)}
        made = tuple(claim(f"c{n}", lines, f"e{n}") for n in range(1, count + 1))
        text = part(draft_self_review(review(lines.values(), accomplishments=made)), "The year in short")
        assert "Outside the projects" not in text
