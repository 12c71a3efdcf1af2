"""The plan file: what it may hold, what is refused and why, and where each of its facts stands."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from analyzer.errors import BadFileError
from analyzer.turnaround import read_plan
from analyzer.turnaround.places import line_of, places_of
from analyzer.turnaround.wording import LISTS, says, wording

CRITERION = '[[criterion]]\nname = "Waits"\nmetric = "queue wait"\ntarget = "at most 9 min"\n'


def commitment(**given: str) -> str:
    """Write a commitment; what is given replaces or adds a key."""
    values = {"metric": "queue wait", "target": "at most 9 min", **given}
    return "[[commitment]]\n" + "".join(f'{key} = "{value}"\n' for key, value in values.items())


def plan_of(folder: Path, text: str) -> Path:
    path = folder / "plan.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_least_plan_is_one_criterion(tmp_path: Path) -> None:
    read = read_plan(plan_of(tmp_path, CRITERION))
    assert [one.name for one in read.plan.criterion] == ["Waits"]
    assert (read.plan.start, read.plan.commitment, read.plan.words_per_minute) == (None, (), 130)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ": criterion: field required"),
        ("[[criterion]\n", "not valid TOML"),
        (CRITERION + 'tagret = "x"\n', "plan.toml:5: unknown key 'tagret'; did you mean 'target'?"),
        (CRITERION + 'by = "soon"\n', "plan.toml:5: criterion 1, by: is neither a date"),
        (CRITERION + 'by = "day fifteen"\n', "plan.toml:5: criterion 1, by: is neither a date"),
        ('[[criterion]]\nname = "Waits"\nmetric = "wait"\n', "plan.toml:1: criterion 1, target: field required"),
        ("words_per_minute = 600\n" + CRITERION, "plan.toml:1: words_per_minute"),
        (CRITERION + CRITERION, "plan.toml:5: criterion 2: 'Waits' stands there twice"),
        (CRITERION + commitment(kind="nice"), "plan.toml:8: commitment 1, kind"),
        (
            CRITERION + "".join(commitment(metric=f"m{number}") for number in range(4)),
            "plan.toml:14: commitment 4: at most 3 commitments",
        ),
        (
            CRITERION + commitment(kind="lagging") + commitment(metric="tests", kind="lagging"),
            "plan.toml:12: commitment 2, kind: two commitments are 'lagging'",
        ),
        (CRITERION + commitment(target="work harder"), '"work harder" is a promise that nobody can check'),
        (CRITERION + commitment(metric="communicate better"), '"communicate better" is a promise'),
        (CRITERION + commitment(success="I am more proactive, be more proactive"), "nobody can check"),
        (CRITERION + commitment(target="all of them"), '"all of them" names no number, and there is no artefact'),
        (CRITERION + commitment(ask="What can we do about it?"), "is not answered with yes or no"),
        (CRITERION + commitment(ask="Give me two days"), "is not answered with yes or no"),
    ],
)
def test_what_a_plan_may_not_hold_is_refused_with_its_line_and_the_reason(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFileError) as caught:
        read_plan(plan_of(tmp_path, text))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "given",
    [
        {"target": "by hand in no case, 0 times"},
        {"target": "handed in", "artefact": "one-page note"},
        {"ask": "Can we have two hours of labelling next week?"},
        {"ask": "Is it all right that the audit waits?"},
        {"metric": "answers to the help desk", "target": "9 of 10"},
    ],
)
def test_what_can_be_checked_is_taken(tmp_path: Path, given: dict[str, str]) -> None:
    assert read_plan(plan_of(tmp_path, CRITERION + commitment(**given))).plan.commitment


def test_a_plan_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match="no such file"):
        read_plan(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("start", "by", "day"),
    [
        ("start = 2025-09-01\n", '"day 15"', date(2025, 9, 16)),
        ("start = 2025-09-01\n", '"Day 45"', date(2025, 10, 16)),
        ("", '"day 15"', date(2025, 3, 18)),
        ("start = 2025-09-01\n", "2025-10-31", date(2025, 10, 31)),
    ],
)
def test_day_15_is_a_date_counted_from_the_start_else_from_the_talk(
    tmp_path: Path, start: str, by: str, day: date
) -> None:
    read = read_plan(plan_of(tmp_path, start + CRITERION + f"by = {by}\n"))
    assert read.day(read.plan.criterion[0].by, date(2025, 3, 3)) == day


def test_a_key_is_found_where_it_stands_and_a_text_of_several_lines_does_not_hide_what_follows() -> None:
    text = 'a = 1\n[[criterion]]\ntext = """\n[[criterion]]\nname = "no"\n"""\nname = "yes"\n[talk]\nopening = "o"\n'
    places = places_of(text)
    assert places["criterion", 0, "text"] == (3, 6)
    assert places["criterion", 0, "name"] == (7, 7)
    assert ("criterion", 1) not in places
    assert places["talk", "opening"] == (9, 9)
    assert line_of(places, ("criterion", 0, "target")) == 2
    assert line_of(places, ("commitment", 3)) is None


@pytest.mark.parametrize(
    ("kind", "text", "there"),
    [
        ("vague", "I will work harder", True),
        ("vague", "hard disk errors", False),
        ("vague", "better than the baseline by 3 points", False),
        ("vague", "improved communication", True),
        ("effort", "I have tried really hard this year", True),
        ("effort", "and it is unfair", True),
        ("effort", "I am two points under the target", False),
        ("yes_no", "Can we have an hour?", True),
        ("yes_no", "Why so late?", False),
        ("interval_marks", "95% CI 8.1 to 9.3", True),
        ("interval_marks", "± 0.4", True),
        ("interval_marks", "95% of the tickets", False),
        ("at_most", "at most 9%", True),
        ("at_most", "at least 9%", False),
        ("because", "late because of the feed", True),
        ("cause", "the clause", False),
        ("trouble", "the feed drops scans", True),
        ("trouble", "the drop-in desk", False),
    ],
)
def test_the_words_find_what_they_are_for_and_no_look_alike(kind: str, text: str, there: bool) -> None:
    assert says(kind, text) is there


def test_every_list_of_words_is_there() -> None:
    assert set(wording()) == LISTS


def test_every_key_of_a_plan_is_documented() -> None:
    from conftest import ROOT

    from analyzer.turnaround.plan import Commitment, Criterion, Plan, Talk

    page = (ROOT / "docs" / "turnaround.md").read_text(encoding="utf-8")
    for model in (Plan, Criterion, Commitment, Talk):
        for name, field in model.model_fields.items():
            assert re.search(rf"^(?:\[\[?)?{field.alias or name}\b", page, re.MULTILINE), name
