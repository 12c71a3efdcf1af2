"""The whole command: somebody on a plan who recovers, week by week, and notes that lack everything.

After a wanted change: ``UPDATE_GOLDEN=1 pytest tests/test_turnaround_walk.py``.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from conftest import ROOT, Ran, run_here

from analyzer.verifying import verify_draft

SAMPLE = ROOT / "data" / "sample" / "recovery"
CASES = ROOT / "tests" / "cases" / "turnaround"
DAYS = ("2025-09-09", "2025-10-21")
BARE = "# 1:1 Ada Brandt / Bo Lindgren (manager)\n\n## 3 March 2025\n- coffee\n"
BARE_PLAN = '[[criterion]]\nname = "Waits"\nmetric = "queue wait"\ntarget = "at most 9 min"\n'


def turnaround(notes: Path, plan: Path, out: Path, *more: str) -> Ran:
    """Run the command, which must succeed."""
    ran = run_here("turnaround", notes, "--plan", plan, "-o", out, *more)
    assert ran.code == 0, ran.err
    return ran


@pytest.fixture(scope="module")
def packets(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Path]:
    """The packets of the sample on two days, the second one written over the first, in whose tracker somebody had written.

    Tests must not change them.
    """
    root = tmp_path_factory.mktemp("turnaround")
    notes, first, second = root / "notes", root / DAYS[0], root / DAYS[1]
    shutil.copytree(SAMPLE, notes)
    turnaround(notes, notes / "PLAN.toml", first, "--date", DAYS[0])
    shutil.copytree(first, second)
    text = (second / "tracker.md").read_text(encoding="utf-8")
    text = text.replace("| 1 (09 Sep, l. 103) |", "| two, see the sheet |") + "\nAgreed with Dario: weekly.\n"
    (second / "tracker.md").write_text(text, encoding="utf-8")
    ran = turnaround(notes, notes / "PLAN.toml", second, "--date", DAYS[1])
    assert "was edited" not in ran.out
    return {DAYS[0]: first, DAYS[1]: second}


def sections(packet: Path) -> dict[str, str]:
    """Return the sections of a packet by their titles."""
    parts = (packet / "turnaround.md").read_text(encoding="utf-8").split("\n## ")
    return {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in parts[1:]}


@pytest.mark.parametrize("name", ["turnaround.md", "tracker.md"])
@pytest.mark.parametrize("day", DAYS)
def test_the_packet_and_the_tracker_are_as_they_were(packets: Mapping[str, Path], day: str, name: str) -> None:
    text = (packets[day] / name).read_text(encoding="utf-8")
    golden = CASES / f"expected-{day}-{name}"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("day", DAYS)
def test_every_sentence_of_the_packet_holds_against_the_notes_and_the_plan(
    packets: Mapping[str, Path], day: str
) -> None:
    ran = run_here("verify", packets[day] / "turnaround.md")
    assert ran.out.rstrip().endswith("all of it holds")


def test_the_packet_comes_in_three_formats_for_the_user_alone(packets: Mapping[str, Path]) -> None:
    for name in ("turnaround.md", "turnaround.docx", "turnaround.html", "tracker.md"):
        path = packets[DAYS[1]] / name
        assert path.stat().st_size > 500
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_before_anything_is_fixed_the_packet_says_so_and_shows_every_empty_row(packets: Mapping[str, Path]) -> None:
    told = sections(packets[DAYS[0]])
    assert told["In one sentence"].strip().startswith("I am off target on Late promises")
    assert "None of three" in told["Three examples of impact, newest first"]
    assert told["What was shipped for each criterion"].count("No finished work was surely read") == 4
    assert "| the input [09 Sep, l. 99] |" in told["Where it stands"]


def test_six_weeks_later_three_examples_stand_newest_first_with_what_is_missing_asked(
    packets: Mapping[str, Path],
) -> None:
    told = sections(packets[DAYS[1]])["Three examples of impact, newest first"]
    assert [line[:2] for line in told.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    for part in (
        "**Before:** 14.4%",
        "**After:** 10.3%",
        "**Delta:** 4.1 points, computed from 14.4% and 10.3%",
        '**Confidence interval:** "95% CI 9.7 to 10.9"',
        '**Deployment:** "promise model went live in all nine hubs on 2/10"',
        '**Validated by:** "Ilkay validated the numbers on the raw scans"',
        "`____` (confidence interval:",
    ):
        assert part in told


def test_commitments_stand_in_the_form_that_can_be_checked(packets: Mapping[str, Path]) -> None:
    told = sections(packets[DAYS[1]])
    assert '**late promises:** "at most 9%" → 8.9% (by 31 October)' in told["What I commit to"]
    assert "(by day 15 of the plan, 16 September)" in told["What I commit to"]
    assert told["If, then, else"].count("**Ask:**") == 3
    assert told["The talk"].count("My ask: ") == 1


def test_only_what_was_known_on_the_day_of_the_talk_counts(packets: Mapping[str, Path]) -> None:
    text = (packets[DAYS[0]] / "turnaround.md").read_text(encoding="utf-8")
    assert "Oct, l." not in text
    assert "16 Sep, l." not in text


@cache
def plain_lines(path: Path) -> list[str]:
    """Return a file's lines, read once."""
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("on record 14.4%", "on record 12.4%"),
        ('| "late promises 14.4% in August"', '| "late promises 9.4% in August"'),
        ("| the input [", "| the output, says Ilkay ["),
        ("**Delta:** 4.1 points", "**Delta:** 5.1 points"),
        ("**Before:** 14.4%", "**Before:** 15.4%"),
        ("by day 45 of the plan, 16 October", "by day 45 of the plan, 17 October"),
        ("→ 8.9%", "→ 7.9%"),
        ('"nightly backtest report"', '"daily backtest report"'),
        ("I commit to backtests: ", "I commit, as my manager wished, to backtests: "),
        ("| Already fixed | 0 | 0 |", "| Already fixed | 9 | 5 |"),
    ],
)
def test_what_somebody_changes_in_the_packet_is_found(
    packets: Mapping[str, Path], tmp_path: Path, old: str, new: str
) -> None:
    for day in DAYS:
        text = (packets[day] / "turnaround.md").read_text(encoding="utf-8")
        if old in text:
            changed = packets[day].parent / f"changed-{tmp_path.name}"
            changed.mkdir()
            (changed / "turnaround.md").write_text(text.replace(old, new), encoding="utf-8")
            assert not verify_draft(changed / "turnaround.md", load_lines=plain_lines).holds
            return
    pytest.fail(f"{old} stands in no packet")


def test_the_tracker_lives_on_and_keeps_what_somebody_wrote(packets: Mapping[str, Path]) -> None:
    out = packets[DAYS[1]]
    now = (out / "tracker.md").read_text(encoding="utf-8")
    assert "8.9% (21 Oct, l. 145)" in now
    assert "| two, see the sheet |" in now
    assert "| 2025-10-07 | backtests | 2 |" in now
    assert "Agreed with Dario: weekly." in now
    assert not (out / "tracker.new.md").exists()


def bare(folder: Path, plan: str = BARE_PLAN) -> tuple[Path, Path]:
    (folder / "bare.md").write_text(BARE, encoding="utf-8")
    (folder / "plan.toml").write_text(plan, encoding="utf-8")
    return folder / "bare.md", folder / "plan.toml"


def test_the_same_call_again_changes_no_byte(tmp_path: Path) -> None:
    given = bare(tmp_path)
    turnaround(*given, tmp_path / "out")
    before = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    turnaround(*given, tmp_path / "out")
    turnaround(*given, tmp_path / "other")
    for name in ("out", "other"):
        assert {path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} == before


def test_notes_that_lack_everything_give_a_packet_of_named_blanks(tmp_path: Path) -> None:
    turnaround(*bare(tmp_path), tmp_path / "out")
    told = sections(tmp_path / "out")
    assert told["In one sentence"].strip() == "`____` (off target: which criterion was missed, and by how much?)"
    assert "(by when: which date does the plan give?)" in told["Where it stands"]
    assert "(commitment: what will be there on which day" in told["What I commit to"]
    assert "leading metric:" in told["What I commit to"]
    assert "The plan file holds no commitment yet" in told["If, then, else"]
    assert run_here("verify", tmp_path / "out" / "turnaround.md").code == 0


def test_an_opening_about_effort_or_fairness_is_flagged_and_a_long_block_too(tmp_path: Path) -> None:
    long = "word " * 300
    plan = f'{BARE_PLAN}[talk]\nopening = "I tried really hard and it is unfair."\nsituation = "{long}"\n'
    turnaround(*bare(tmp_path, plan), tmp_path / "out")
    clock = sections(tmp_path / "out")["The clock"]
    assert 'This opening speaks of effort or fairness ("tried really hard" and "unfair")' in clock
    assert "take something out: Situation." in clock
    assert run_here("verify", tmp_path / "out" / "turnaround.md").code == 0


def test_a_target_that_cannot_be_met_is_said_with_what_can_be_and_what_it_takes(tmp_path: Path) -> None:
    plan = BARE_PLAN + 'by = 2025-04-30\nrealistic = "11 min"\nneeds = "two more hours of Cleo a week"\n'
    turnaround(*bare(tmp_path, plan), tmp_path / "out")
    told = sections(tmp_path / "out")["If a target cannot be met"]
    assert 'The target "at most 9 min" cannot be met by then; what can be reached: "11 min".' in told
    assert 'To close the rest it takes: "two more hours of Cleo a week"' in told


def test_words_of_the_plan_and_the_notes_change_no_layout(tmp_path: Path) -> None:
    notes, plan = bare(tmp_path)
    notes.write_text(BARE + "- queue wait 12 min <script>x</script> | [a](http://b) **c**\n", encoding="utf-8")
    plan.write_text(BARE_PLAN.replace("Waits", "W|<b>ait</b> [x](http://y)"), encoding="utf-8")
    turnaround(notes, plan, tmp_path / "out")
    text = (tmp_path / "out" / "turnaround.md").read_text(encoding="utf-8")
    page = (tmp_path / "out" / "turnaround.html").read_text(encoding="utf-8")
    assert "\n| **W\\|\\<b>ait" in text
    assert "](http" not in text.replace("\\](http", "")
    assert "<script" not in page
    assert "<b>" not in page


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--window", "soon"), "'soon' is no window"),
        (("--date", "2024-01-01"), "no meeting in"),
        (("--plan", "none.toml"), "none.toml: no such file"),
    ],
)
def test_a_call_that_cannot_work_says_why_in_one_line(tmp_path: Path, arguments: tuple[str, str], said: str) -> None:
    notes, plan = bare(tmp_path)
    ran = run_here("turnaround", notes, "--plan", plan, "-o", tmp_path / "out", *arguments)
    assert ran.code == 2
    assert said in ran.err
    assert not (tmp_path / "out").exists()


def test_a_plan_beside_the_notes_is_no_problem_of_the_reading(tmp_path: Path) -> None:
    bare(tmp_path)
    assert run_here("projects", tmp_path).code == 0
    assert run_here("review", tmp_path, "-o", tmp_path / "out", "--strict").code == 0
