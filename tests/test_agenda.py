"""`analyzer agenda` as its user meets it: what it says of notes, and what it does to the running document."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from conftest import ROOT, SHORT, Command, Ran

from analyzer.drafting import cadence_of

GOLDEN = Path(__file__).parent / "cases" / "golden" / "agenda"
MARK = "<!-- analyzer agenda "
NOTES = """\
# 1:1 Ada Brandt / Bo Lindgren (manager)
Team goal 2025: no customer waits for a thing that is on a shelf

## 3 Nov 2025
- [P0] Stock counter: counting a shelf fell from 40 min to 12 min on the first two aisles
- [Blocked] Label printer: waiting for procurement to sign, asked on 29/10
- [P1] Returns desk: interviewed four clerks. ETA 14/11
- Bo: your note to the shops was too long, put the ask on top
- What would it take to become a senior analyst?
  - Bo: good question, I'll ask HR

## 17 Nov 2025
- [P0] Stock counter: rolled it out to both shops
- Label printer still blocked. Bo: I'll ring procurement on Monday
- [P1] Returns desk: ETA now 5/12, two clerks are ill
- [Deprioritised] Gift wrap survey: marketing put it off until spring
- [ ] Ada: send the aisle plan to Cleo by 28/11

## 1 Dec 2025
- [P1] Returns desk: ETA now 12/12, first draft is with Cleo
- Wrote the training page for the stock counter
- Do we have a budget for the second printer?
"""


def lines_of(ran: Ran) -> list[str]:
    """Return the lines of a printed agenda without its comment and link definitions."""
    assert ran.code == 0, ran.err
    first, *lines = ran.out.splitlines()
    assert first.startswith(MARK)
    return [line for line in lines if line and not re.match(r"\[[^\]]+\]: ", line)]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one running document."""
    root = tmp_path_factory.mktemp("running")
    (root / "notes.md").write_text(NOTES, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def printed(folder: Path, command: Command) -> Ran:
    """The agenda of that document."""
    return command("agenda", folder / "notes.md")


# --- what it says ---------------------------------------------------------------------------------


def test_the_next_day_follows_from_the_cadence(printed: Ran) -> None:
    assert "## 15 Dec 2025" in printed.out.splitlines()[1]
    assert "every 14 days, mostly on a Monday" in printed.err


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (["2025-11-03", "2025-11-17", "2025-12-01"], "2025-12-15"),
        (["2025-11-03", "2025-11-10", "2025-11-19", "2025-11-24"], "2025-12-01"),
        (["2025-11-03", "2025-11-04", "2025-11-05"], "2025-11-06"),
        (["2025-01-06", "2025-01-07", "2025-06-02", "2025-06-30", "2025-07-28"], "2025-08-25"),
    ],
)
def test_the_cadence_is_that_of_the_last_meetings(days: list[str], expected: str) -> None:
    found = cadence_of([date.fromisoformat(day) for day in days])
    assert found is not None
    assert str(found.next) == expected


def test_one_meeting_has_no_cadence() -> None:
    assert cadence_of([date(2025, 12, 1)]) is None


def test_habits_of_early_in_the_year_count_no_more() -> None:
    early = [date(2025, 1, 6) + timedelta(days=7 * week) for week in range(20)]
    late = [early[-1] + timedelta(days=14 * number) for number in range(1, 8)]
    found = cadence_of([*early, *late])
    assert found is not None
    assert found.days == 14


WANTED = {
    "what came of it": r"- Wrote the training page .*\[01 Dec, l\. 21\] What decision or number came of it\?",
    "moves of a date": r"- \[P1\] \*\*Returns desk:\*\* .*First ETA 14 November \[03 Nov, l\. 7\], moved 2 times",
    "a wait and what was tried": (
        r"- \[Blocked\] 47 days\. Label printer: waiting for procurement .*\[03 Nov, l\. 6\] "
        r"Tried so far: .*\[17 Nov, l\. 14\].*Should I … or …\?"
    ),
    "what was put off": r"- \[Deprioritised\] \*\*Gift wrap survey:\*\* .*\[17 Nov, l\. 16\]",
    "what the other one owes": r"- \[ \] \*\*Bo:\*\* .*HR.*\[03 Nov, l\. 10\].*\(42 days\)",
    "what the writer owes": r"- \[ \] \*\*Ada:\*\* .*aisle plan.*\[17 Nov, l\. 17\].*\(28 days\)",
    "an open question": r'- \*\*Ada asked:\*\* "Do we have a budget for the second printer\?" \[01 Dec, l\. 22\] \(14 days\)',
    "feedback without a sequel": r"- \*\*Bo, 3 November:\*\* .*\[03 Nov, l\. 8\]\. What have I changed since\?",
    "a goal that nothing serves": r'- \*\*Team goal:\*\* "no customer waits .*\[pinned, l\. 2\]\.',
}


@pytest.mark.parametrize("what", WANTED)
def test_the_agenda_tells(what: str, printed: Ran) -> None:
    assert any(re.match(WANTED[what], line) for line in lines_of(printed)), "\n".join(lines_of(printed))


def test_it_fits_on_a_page(printed: Ran) -> None:
    assert len(lines_of(printed)) <= 35


def test_verify_accepts_it(printed: Ran, folder: Path, command: Command) -> None:
    draft = folder.parent / "agenda-printed.md"
    draft.write_text(printed.out, encoding="utf-8")
    ran = command("verify", draft, "--notes", folder / "notes.md")
    assert ran.out.endswith("all of it holds\n"), ran.out


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("moved 2 times", "moved 3 times"),
        ("(42 days)", "(43 days)"),
        ("47 days", "48 days"),
        ("second printer", "third printer"),
    ],
)
def test_verify_sees_what_was_changed(old: str, new: str, printed: Ran, folder: Path, command: Command) -> None:
    draft = folder.parent / "agenda-changed.md"
    assert old in printed.out
    draft.write_text(printed.out.replace(old, new), encoding="utf-8")
    assert command("verify", draft, "--notes", folder / "notes.md").code == 1


def test_only_meetings_before_the_day_count(folder: Path, command: Command) -> None:
    text = "\n".join(lines_of(command("agenda", folder / "notes.md", "--date", "2025-11-10")))
    assert text.startswith("## 10 Nov 2025")
    assert "17 Nov" not in text
    assert "01 Dec" not in text


def test_notes_that_lack_everything_give_questions_and_no_filler(tmp_path: Path, command: Command) -> None:
    (tmp_path / "n.md").write_text("## 1 Dec 2025\n- hello\n", encoding="utf-8")
    lines = lines_of(command("agenda", tmp_path, "--date", "2025-12-08"))
    assert len(lines) <= 10
    assert all(line.endswith("?") for line in lines if line.startswith("- "))


def test_without_a_cadence_the_day_has_to_be_said(tmp_path: Path, command: Command) -> None:
    (tmp_path / "n.md").write_text("## 1 Dec 2025\n- hello\n", encoding="utf-8")
    ran = command("agenda", tmp_path)
    assert ran.code == 2
    assert "--date" in ran.err


@pytest.mark.parametrize("name", ["data-scientist", "manager-notes"])
def test_the_agenda_of_a_sample_is_as_it_was(name: str, command: Command) -> None:
    golden = GOLDEN / f"{name}.md"
    text = "\n".join(lines_of(command("agenda", ROOT / "data" / "sample" / name))) + "\n"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.write_text(text, encoding="utf-8")
    assert text == golden.read_text(encoding="utf-8")


# --- what it does to the document -----------------------------------------------------------------


def reviewed(notes: Path, out: Path, command: Command) -> dict[str, str]:
    """Return the outputs of a review without line numbers, and without the list of what was passed over."""
    assert command("review", notes, "-o", out).code == 0
    texts = {
        name: (out / name).read_text(encoding="utf-8")
        for name in ("self-review.md", "effort-impact.md", "evidence.csv")
    }
    texts["evidence.csv"] = re.sub(r",notes\.md,\d+,\d+,", ",notes.md,,,", texts["evidence.csv"])
    numbers = r"(?:#L|\bl\. |(?<=, ))\d+(?:-L?\d+)?(?=[\] \",;)])"
    return {name: re.sub(numbers, "N", text) for name, text in texts.items()}


@pytest.fixture(scope="module")
def inserted(tmp_path_factory: pytest.TempPathFactory, command: Command) -> tuple[Path, dict[str, str], bytes]:
    """A document with its agenda put in, the review of it from before, and its bytes from before."""
    root = tmp_path_factory.mktemp("inserted")
    notes = root / "notes.md"
    top, *entries = re.split(r"(?=^## )", NOTES, flags=re.MULTILINE)
    notes.write_bytes((top + "".join(entry.rstrip() + "\n\n" for entry in reversed(entries))).rstrip().encode() + b"\n")
    before = reviewed(notes, root / "out-before", command)
    data = notes.read_bytes()
    ran = command("agenda", notes, "--write")
    assert ran.code == 0, ran.err
    return notes, before, data


def test_it_stands_above_the_newest_meeting_and_nothing_else_changed(
    inserted: tuple[Path, dict[str, str], bytes],
) -> None:
    notes, _, data = inserted
    text, old = notes.read_text(encoding="utf-8"), data.decode()
    start, end = text.index(MARK), text.index("## 1 Dec 2025")
    assert text[:start] + text[end:] == old
    assert text[start:end].splitlines()[1] == "## 15 Dec 2025"
    assert "l. " not in text[start:end]
    assert (notes.parent / ".notes.md.before-2025-12-15.bak").read_bytes() == data


def test_a_second_run_inserts_nothing(inserted: tuple[Path, dict[str, str], bytes], command: Command) -> None:
    notes = inserted[0]
    data = notes.read_bytes()
    ran = command("agenda", notes, "--write")
    assert (ran.code, notes.read_bytes()) == (0, data)
    assert "already" in ran.out


def test_the_review_is_the_same_as_without_the_agenda(
    inserted: tuple[Path, dict[str, str], bytes], command: Command
) -> None:
    assert reviewed(inserted[0], inserted[0].parent / "out-after", command) == inserted[1]


def test_a_bullet_under_it_is_read(
    inserted: tuple[Path, dict[str, str], bytes], tmp_path: Path, command: Command
) -> None:
    copy = tmp_path / "notes.md"
    lines = inserted[0].read_text(encoding="utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("- [P1] **Returns desk"))
    lines[at + 1 : at + 1] = ["- Returns desk: went live in both shops on Friday"]
    copy.write_text("\n".join(lines) + "\n", encoding="utf-8")
    ran = command("extract", copy, "--all")
    dated = [line for line in ran.out.splitlines() if '"2025-12-15"' in line]
    assert len(dated) == 1
    assert "went live in both shops on Friday" in dated[0]


ODD = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "a mark of UTF-8": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "no final line end": lambda text: text.rstrip().encode(),
    "UTF-16": lambda text: text.encode("utf-16"),
    "Windows-1252": lambda text: text.replace("Cleo", "Zoé’s café").encode("cp1252"),
    "newest last": lambda text: text.encode(),
}


@pytest.mark.parametrize("what", ODD)
def test_files_of_every_make_keep_their_bytes(what: str, tmp_path: Path, command: Command) -> None:
    notes = tmp_path / "notes.md"
    data = ODD[what](NOTES)
    notes.write_bytes(data)
    ran = command("agenda", notes, "--write")
    assert ran.code == 0, ran.err
    after = notes.read_bytes()
    assert after.startswith(data)  # the newest meeting stands last
    assert len(after) > len(data) + 500
    second = command("agenda", notes, "--write")
    assert "already" in second.out
    assert notes.read_bytes() == after


def test_what_cannot_be_written_is_refused_with_what_to_do(tmp_path: Path, command: Command) -> None:
    (tmp_path / "notes.org").write_text("* 2025-12-01\n- hello\n* 2025-11-17\n- there\n", encoding="utf-8")
    (tmp_path / "each").mkdir()
    for day in ("2025-11-17", "2025-12-01"):
        (tmp_path / "each" / f"{day}.md").write_text("- hello there\n", encoding="utf-8")
    (tmp_path / "short.md").write_text(SHORT, encoding="utf-8")
    for call, why in (
        ([tmp_path / "notes.org"], "a .org cannot be written to"),
        ([tmp_path / "each"], "a file of its own"),
        ([tmp_path / "short.md", "--date", "2025-03-20"], "a meeting on 2025-04-14 already"),
    ):
        ran = command("agenda", *call, "--write")
        assert ran.code == 2
        assert why in ran.err
        assert "paste" in ran.err
    assert not list(tmp_path.rglob("*.bak"))


def test_a_pasted_agenda_is_no_note_either(folder: Path, printed: Ran, tmp_path: Path, command: Command) -> None:
    shutil.copy(folder / "notes.md", tmp_path / "notes.md")
    before = command("extract", tmp_path / "notes.md", "--all").out
    with (tmp_path / "notes.md").open("a", encoding="utf-8") as file:
        file.write("\n" + printed.out)
    assert command("extract", tmp_path / "notes.md", "--all").out == before
