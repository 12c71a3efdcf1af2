"""The scores and highlights beside judges, and where labels go wrong by kind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from evidence_builder import line as grouped_line
from grouped import scored

from analyzer.errors import BadFileError
from analyzer.evaluation import load_author
from analyzer.evaluation.gold import GoldItem
from analyzer.evaluation.highlights import score_highlights
from analyzer.evaluation.judged import load_ranks, score_orders
from analyzer.evaluation.kinds import by_kind, by_mistake, uncertain_band
from analyzer.evaluation.outcomes import Outcome
from analyzer.records import Label, Review

GOLD = GoldItem(path="notes.md", line=1, first_line=1, start=0, end=1, text="x", labels=frozenset())


# --- beside judges --------------------------------------------------------------------------------


def _judged() -> tuple[dict[str, Review], dict[str, list[Outcome]]]:
    """One author with two projects: the tool finds both, and gives the first more of everything."""
    lines = [
        grouped_line("2025-02-03", "first sensors fitted", "a", status="done", prefix="Oven sensors"),
        grouped_line("2025-03-03", "second row fitted", "a", status="done", prefix="Oven sensors"),
        grouped_line("2025-04-07", "Oven sensors: burnt trays down from 9 to 2 a week", "i"),
        grouped_line("2025-03-03", "cards printed", "a", status="done", prefix="Menu cards"),
    ]
    review = scored(lines)
    names = {"Oven sensors": ("Ovens", "oven-row"), "Menu cards": ("Cards", "cards-print")}
    outcomes = [
        Outcome(
            author="ada",
            gold=replace(GOLD, project=names[line.project][0], claim=names[line.project][1]),
            project=line.project,
            claim=line.accomplishment_id,
            labels=line.labels,
        )
        for line in review.evidence
        if line.project is not None
    ]
    return {"ada": review}, {"ada": outcomes}


@pytest.mark.parametrize(("ovens", "cards", "effort"), [(1, 2, 1.0), (2, 1, -1.0)])
def test_an_order_is_held_against_the_judges_mean(ovens: int, cards: int, effort: float) -> None:
    reviews, outcomes = _judged()
    ranks = {"ada": {"Ovens": (float(ovens), 1.0), "Cards": (float(cards), 2.0)}}
    report = score_orders([ranks, ranks], reviews, outcomes)
    rows = {name: values for name, *values in report.rows}
    assert rows["analyzer's scores"] == [pytest.approx(effort), pytest.approx(1.0)]
    assert rows["judge 1 with the others"] == [pytest.approx(1.0), pytest.approx(1.0)]
    assert (report.authors, report.projects) == (1, 2)


def test_highlights_are_held_against_what_judges_chose() -> None:
    reviews, outcomes = _judged()
    said = score_highlights(
        [{"ada": frozenset({"oven-row"})}, {"ada": frozenset({"oven-row", "x"})}], reviews, outcomes
    )
    assert said.startswith("highlights: 0.67 of the pieces that 2 judges would put first, in 1 authors' years")


@pytest.mark.parametrize("line", ["ada\tOvens\t1", "ada\tOvens\tone\t2", "ada\tOvens\t1\t2\nada\tOvens\t1\t2"])
def test_ranks_that_are_none_are_refused(line: str, tmp_path: Path) -> None:
    path = tmp_path / "first.tsv"
    path.write_text(line + "\n", encoding="utf-8")
    with pytest.raises(BadFileError):
        load_ranks(path)


def test_all_judges_rank_the_same_projects_of_labelled_authors() -> None:
    folder = Path(__file__).parent.parent / "data" / "labelled"
    judges = [load_ranks(path) for path in sorted((folder / "judged").glob("*.tsv"))]
    assert len(judges) >= 3
    for name in judges[0]:
        projects = {item.project for item in load_author(folder / "authors" / name).items}
        assert all(set(judge[name]) == set(judges[0][name]) <= projects for judge in judges)


# --- by kind --------------------------------------------------------------------------------------


def _outcome(text: str, truth: str, found: str, share: float = 0.9) -> Outcome:
    letters = {"a": Label.ACCOMPLISHMENT, "i": Label.IMPACT}
    gold = replace(GOLD, labels=frozenset(letters[one] for one in truth))
    labels = frozenset(letters[one] for one in found)
    confidence = {label: share if label in labels else 0.01 for label in Label}
    return Outcome(author="ada", gold=gold, text=text, labels=labels, confidence=confidence)


def test_mistakes_are_counted_by_what_was_said_instead() -> None:
    outcomes = {
        "ada": [_outcome("x", "a", "i"), _outcome("x", "a", ""), _outcome("x", "", "a"), _outcome("x", "a", "a")]
    }
    rows = {row[0]: row[1:] for row in by_mistake(outcomes)}
    assert rows["accomplishment"] == ("2", "1", "impact 1", "1", "1", "-")
    assert rows["impact"] == ("0", "0", "-", "1", "0", "accomplishment 1")


def test_kinds_of_items_are_scored_apart() -> None:
    long = "word " * 30
    outcomes = {"ada": [_outcome("x y", "a", "a"), _outcome(long, "a", "", 0.5), _outcome(long, "a", "a", 0.5)]}
    rows = {row[0]: row[1:3] for row in by_kind(outcomes, {"ada": "manager"})}
    assert rows["up to 8 words"] == ("1", "1.000")
    assert rows["over 20 words"] == ("2", "0.667")
    assert rows["written by the manager"][0] == "3"
    assert "written by the subject" not in rows
    assert uncertain_band(outcomes).endswith("1 of 3 items; wrong in some label: 0.00 of these, 0.50 of the others")
