"""The checks: what each finds, look-alikes that it leaves alone, and how the list is printed."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from conftest import ROOT
from evidence_builder import line
from grouped import scored
from score_checks import load_judged, table_of

from analyzer.checking import CHECKS, check, check_json, check_text
from analyzer.checking.asking import TITLES
from analyzer.checking.listing import SHOWN
from analyzer.checking.wording import load_wording, opens, parse_wording, says
from analyzer.errors import AnalyzerError, BadFileError
from analyzer.records import Evidence


def kinds(*lines: Evidence) -> list[str]:
    """Return the kinds of what the checks find in some lines."""
    return list(check(scored(lines)))


LATER = line("2025-09-01", "Coffee with Ilse")


@pytest.mark.parametrize(
    ("text", "vague"),
    [
        ("Improved the forecasting model", True),
        ("Worked on the data pipeline", True),
        ("I helped out with onboarding", True),
        ("Made the onboarding smoother", True),
        ("Improved the forecast from 19 to 11", False),
        ("Improvement plan signed by Ilse", False),
        ("Rewrote the importer of the billing job", False),
    ],
)
def test_general_words_are_told_from_work(text: str, vague: bool) -> None:
    assert ("vague" in kinds(line("2025-03-03", text, "a", status="done"), LATER)) is vague


@pytest.mark.parametrize(
    ("text", "idle"),
    [
        ("Sample runs still waiting for the lab extract", True),
        ("Sample runs waiting for the lab extract, chasing Ilse", False),
        ("Sample runs blocked till the 20th by the lab extract", False),
        ("Sample runs blocked, meanwhile I count by hand", False),
    ],
)
def test_a_blocker_is_asked_about_where_nobody_does_anything(text: str, idle: bool) -> None:
    blocked = line("2025-03-03", text, "b", status="blocked", cues=[("work", "blocked")])
    assert ("blocker" in kinds(blocked, LATER)) is idle


def test_a_date_that_passed_is_asked_about_until_a_later_line_comes_back_to_it() -> None:
    planned = line("2025-01-14", "Depot dashboard: ETA 14/2", status="planned", cues=[("eta", "2025-02-14")])
    back = line("2025-03-03", "Depot dashboard is live", "a", status="done")
    assert "eta" in kinds(planned, LATER)
    assert "eta" not in kinds(planned, back, LATER)
    assert "eta" not in kinds(planned)


def test_work_that_is_never_spoken_of_again_has_no_effect_on_record() -> None:
    work = line("2025-03-03", "Wrote the onboarding handbook for relief drivers", "a", status="done")
    assert "no_effect" in kinds(work, LATER)
    assert "no_effect" not in kinds(work, line("2025-05-05", "Relief drivers like the handbook", "i"), LATER)


def test_a_quarter_with_meetings_and_nothing_finished_is_asked_about() -> None:
    work = line("2025-01-14", "Wrote the onboarding handbook for relief drivers", "a", status="done")
    quiet = [line(day, "Reading") for day in ("2025-04-08", "2025-05-06")]
    assert "quarter" in kinds(work, *quiet)
    assert "quarter" not in kinds(work, quiet[0])


def test_every_kind_has_a_title_and_a_check() -> None:
    assert list(TITLES) == list(CHECKS)


def test_a_kind_is_bounded_in_the_text_and_whole_in_the_json() -> None:
    lines = [line(f"2025-03-{day:02}", "Worked on the importer", "a", status="done") for day in range(1, SHOWN + 3)]
    review = scored(lines)
    found = check(review)
    text = check_text(review, found)
    assert "and 2 more" in text
    assert Counter(row["kind"] for row in json.loads(check_json(found)))["vague"] == SHOWN + 2


def test_control_characters_of_the_notes_do_not_reach_the_terminal() -> None:
    review = scored([line("2025-03-03", "Worked on \x1b[31mthe importer", "a", status="done")])
    assert "\x1b" not in check_text(review, check(review))


def test_a_year_without_gaps_says_so() -> None:
    review = scored([line("2025-03-03", "Coffee")])
    assert check_text(review, check(review)).startswith("nothing to ask")


def test_the_same_notes_give_the_same_list() -> None:
    lines = [line("2025-03-03", "Worked on the importer", "a", status="done"), LATER]
    assert check_json(check(scored(lines))) == check_json(check(scored(lines)))


def test_wording_matches_whole_words() -> None:
    assert says("options", "Ilse is on it")
    assert not says("options", "a carton")
    assert opens("vague", "We've improved it")
    assert not opens("vague", "It improved")


@pytest.mark.parametrize("data", [{}, {"nonsense": "x"}, {**dict.fromkeys(load_wording(), "x"), "we": "a*"}])
def test_a_wording_file_that_is_not_what_it_must_be_is_refused(data: dict[str, str]) -> None:
    with pytest.raises(AnalyzerError):
        parse_wording("words.toml", data)


def test_the_judged_warnings_are_read_strictly(tmp_path: Path) -> None:
    assert len(load_judged(ROOT / "data" / "labelled" / "checks.tsv")) >= 250
    bad = tmp_path / "checks.tsv"
    bad.write_text("a\tnotes.md:1\tvague\tmaybe\n", encoding="utf-8")
    with pytest.raises(BadFileError):
        load_judged(bad)


def test_a_warning_that_nobody_judged_counts_neither_way() -> None:
    table = table_of([("a", "n:1", "vague"), ("a", "n:2", "vague")], {("a", "n:1", "vague"): True})
    assert table.splitlines()[1].split() == ["vague", "2", "1", "1", "1.00"]
