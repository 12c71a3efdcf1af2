"""The command line: what a wrong call, a bad file and a good one say, to whom, and with which exit code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from conftest import SHORT, Command

UNDATED = "# Notes\n\n- shipped the stock counter\n- talked about the label printer\n"
FILES = {
    "empty.md": b"",
    "blank.md": b"\n \n\n",
    "binary.md": bytes(range(256)) * 20,
    "undated.md": UNDATED.encode(),
    "photo.jpg": b"\xff\xd8\xff\xe0 not notes",
    "only.unknown": b"shipped it",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with one file of each odd kind in a folder of its own, and a file of notes that can be read."""
    for name, content in FILES.items():
        inside = tmp_path / name.partition(".")[0]
        inside.mkdir()
        (inside / name).write_bytes(content)
    (tmp_path / "nothing").mkdir()
    (tmp_path / "good.md").write_text(SHORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- what cannot be carried out: one line, a tip, code 2, nothing written -------------------------


@pytest.mark.parametrize("job", ["review", "extract"])
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["empty/empty.md"], "nothing to read in empty/empty.md: empty.md not read: empty"),
        (["blank/blank.md"], "nothing to read in blank/blank.md: blank.md not read: empty"),
        (["binary/binary.md"], "nothing to read in binary/binary.md: binary.md not read: binary, not text"),
        (["undated/undated.md"], "no meeting in the notes; no line was recognised as the date of a meeting"),
        (["only/only.unknown"], "nothing to read in only/only.unknown: only.unknown not read: .unknown is no format"),
        (["nothing"], "nothing to read in nothing"),
        (["photo"], "nothing to read in photo: photo.jpg not read: .jpg is no format"),
        (["missing.md"], "no such file or folder: missing.md"),
        (["good.md", "missing.md"], "no such file or folder: missing.md"),
        (["good.md", "--year", "2019"], "no meeting in the period from 2019-01-01"),
        (["good.md", "--from", "2025-05-01", "--to", "2025-04-01"], "ends (2025-04-01) before it starts (2025-05-01)"),
        (["good.md", "--year", "2025", "--from", "2025-05-01"], "give either --year or --from and --to, not both"),
        (["good.md", "--from", "yesterday"], "Invalid value for '--from': 'yesterday' does not match"),
        (["good.md", "--year", "99999"], "Invalid value for '--year'"),
        (["good.md", "--year", "this"], "Invalid value for '--year'"),
        (["good.md", "--fiscal-year-start", "13"], "Invalid value for '--fiscal-year-start'"),
        (["good.md", "--fiscal-year-start", "April"], "Invalid value for '--fiscal-year-start'"),
        (["good.md", "--settings", "missing.toml"], "missing.toml: no such file or directory"),
        (["good.md", "--stict"], "No such option: --stict"),
        (["good.md", "--me"], "Option '--me' requires an argument"),
        ([], "Missing argument"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_one_line_and_code_2(
    folder: Path, command: Command, job: str, arguments: list[str], message: str
) -> None:
    before = sorted(folder.iterdir())
    ran = command(job, *arguments)
    first, *rest = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert first.startswith("analyzer: ")
    assert message.lower() in first.lower()
    assert [line[:7] for line in rest] == ["  tip: "] * len(rest)
    assert len(rest) <= 1
    assert "Traceback" not in ran.err
    assert sorted(folder.iterdir()) == before


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["review", "good.md", "--by", "week"], "Invalid value for '--by': 'week' is not one of 'project', 'quarter'"),
        (["verify", "missing.md"], "no such file or folder: missing.md"),
        (["verify", "nothing"], "nothing: it is a folder; give a draft in it"),
        (["verify", "binary/binary.md"], "binary/binary.md: not a draft: it is no text"),
        (["verify", "good.md", "--notes", "nowhere"], "no such file or folder: nowhere"),
        (["train", "missing"], "missing"),
        (["evaluate", "missing"], "missing"),
        (["reviw", "good.md"], "No such command 'reviw'"),
        (["--nonsense"], "No such option: --nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_of_any_command_is_one_line_and_code_2(
    folder: Path, command: Command, arguments: list[str], message: str
) -> None:
    ran = command(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("analyzer: ")
    assert message in ran.err.splitlines()[0]


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("fiscal_yaer_start = 4", "settings.toml: unknown key 'fiscal_yaer_start'; did you mean 'fiscal_year_start'?"),
        ("[[projects]]\nname = 'X'\nalias = ['x']", "unknown key 'alias'; did you mean 'aliases'?"),
        ("fiscal_year_start = 13", "settings.toml: fiscal_year_start: "),
        ("by = 'week'", "settings.toml: by: "),
        ("year = 'twenty'", "settings.toml: year: "),
        ("me = ", "settings.toml: not valid TOML"),
        ("\xff\xfe", "settings.toml: not "),
    ],
)
def test_a_bad_settings_file_is_one_line_that_names_file_and_key(
    folder: Path, command: Command, settings: str, message: str
) -> None:
    (folder / "settings.toml").write_bytes(settings.encode("latin-1"))
    ran = command("review", "good.md", "--settings", "settings.toml", "-o", "out")
    assert (ran.code, ran.out) == (2, "")
    assert message in ran.err
    assert not (folder / "out").exists()


def test_a_file_where_the_output_folder_should_be_is_left_alone(folder: Path, command: Command) -> None:
    (folder / "out").write_text("mine", encoding="utf-8")
    ran = command("review", "good.md", "-o", "out")
    assert ran.code == 2
    assert ran.err.startswith("analyzer: cannot write out: it is a file, not a folder\n")
    assert (folder / "out").read_text(encoding="utf-8") == "mine"


def test_a_folder_under_a_file_cannot_be_made(folder: Path, command: Command) -> None:
    ran = command("review", "good.md", "-o", "good.md/out")
    assert ran.code == 2
    assert ran.err.startswith("analyzer: cannot write good.md/out: ")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_the_right_to_write_is_one_line(folder: Path, command: Command) -> None:
    (folder / "out").mkdir(mode=0o500)
    ran = command("review", "good.md", "-o", "out")
    assert ran.code == 2
    assert ran.err.startswith("analyzer: cannot write ")
    assert "permission denied" in ran.err


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_the_right_to_read_is_a_problem_beside_the_rest(folder: Path, command: Command) -> None:
    notes = _notes_with(folder, "locked.md", b"x")
    (notes / "locked.md").chmod(0)
    ran = command("review", notes, "-o", "out")
    assert ran.code == 0
    assert "problem: locked.md: not read: permission denied" in ran.out


# --- what could be read is read, beside what could not --------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("empty.md", "empty.md: not read: empty"),
        ("binary.md", "binary.md: not read: binary, not text"),
        ("photo.jpg", "photo.jpg: not read: .jpg is no format that is known"),
        ("undated.md", "undated.md"),
    ],
)
def test_a_file_beside_a_bad_one_is_read_and_the_bad_one_is_named(
    folder: Path, command: Command, name: str, message: str
) -> None:
    notes = _notes_with(folder, name, FILES[name])
    ran = command("review", notes, "-o", "out")
    assert ran.code == 0, ran.err
    assert f"problem: {message}" in ran.out
    assert message in (folder / "out" / "problems.txt").read_text(encoding="utf-8")
    assert "Shipped the stock counter" in (folder / "out" / "self-review.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("job", ["review", "extract"])
def test_strict_says_with_code_1_that_something_was_not_read(folder: Path, command: Command, job: str) -> None:
    notes = _notes_with(folder, "empty.md", b"")
    rest = ["-o", "out"] if job == "review" else []
    assert command(job, notes, *rest).code == 0
    assert command(job, notes, "--strict", *rest).code == 1
    assert command(job, "good.md", "--strict", *rest).code == 0


def test_nothing_that_an_undated_file_says_is_lost(folder: Path, command: Command) -> None:
    ran = command("extract", _notes_with(folder, "undated.md", FILES["undated.md"]), "--all")
    texts = [json.loads(line)["text"] for line in ran.out.splitlines()]
    assert {"shipped the stock counter", "talked about the label printer"} <= set(texts)


# --- what a good run says -------------------------------------------------------------------------


def test_review_ends_in_a_short_summary_with_the_paths(folder: Path, command: Command) -> None:
    ran = command("review", "good.md", "-o", "out")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert lines[0].startswith("3 meetings, 2 projects, 2 finished pieces of work")
    assert "  out/self-review.md" in lines
    assert len(lines) < 15


def test_review_names_its_folder_after_person_and_year(folder: Path, command: Command) -> None:
    assert command("review", "good.md").code == 0
    assert (folder / "review-ada-brandt-2025" / "self-review.md").is_file()


def test_the_folder_that_a_run_wrote_is_not_read_as_notes_by_the_next(folder: Path, command: Command) -> None:
    notes = _notes_with(folder, "empty.md", b"")
    (notes / "empty.md").unlink()
    first = command("extract", notes)
    assert command("review", notes, "-o", notes / "review-ada-brandt-2025").code == 0
    again = command("extract", notes)
    assert again.out == first.out
    assert again.err == "analyzer: review-ada-brandt-2025: not read: an earlier output of analyzer\n"
    assert command("extract", notes, "--strict").code == 0


def test_extract_prints_one_json_object_a_line(folder: Path, command: Command) -> None:
    ran = command("extract", "good.md")
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert (ran.code, ran.err) == (0, "")
    assert all(row["labels"] for row in rows)
    assert {"Shipped the stock counter to both shops"} <= {row["text"] for row in rows}


def test_extract_all_lists_items_without_a_label_too(folder: Path, command: Command) -> None:
    (folder / "chat.md").write_text(SHORT + "- both of us like the new mugs\n", encoding="utf-8")
    labelled = {json.loads(line)["text"] for line in command("extract", "chat.md").out.splitlines()}
    everything = {json.loads(line)["text"] for line in command("extract", "chat.md", "--all").out.splitlines()}
    assert labelled < everything
    assert "both of us like the new mugs" in everything - labelled


def test_me_and_manager_can_be_said(folder: Path, command: Command) -> None:
    ran = command("extract", "good.md", "--me", "Ada Lund", "--manager", "Bo Falk")
    assert {json.loads(line)["subject"] for line in ran.out.splitlines()} == {"Ada Lund"}


def test_from_and_to_are_both_inclusive(folder: Path, command: Command) -> None:
    ran = command("extract", "good.md", "--from", "2025-03-17", "--to", "2025-04-14")
    assert {json.loads(line)["date"] for line in ran.out.splitlines()} == {"2025-03-17", "2025-04-14"}


@pytest.mark.parametrize("option", [("--from", "2025-03-17"), ("--to", "2025-03-17")], ids=lambda option: option[0])
def test_one_end_of_the_period_may_be_left_open(folder: Path, command: Command, option: tuple[str, str]) -> None:
    ran = command("review", "good.md", "-o", "out", *option)
    assert ran.code == 0, ran.err
    period = json.loads((folder / "out" / "review.json").read_text(encoding="utf-8"))["period"]
    assert period["from"] >= "2025-01-01"
    assert period["to"] <= "2026-01-01"


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ([], "3 of 5 meetings lie in 2025; the others (2023: 1, 2024: 1) were left out, choose with --year"),
        (["--year", "2024"], "1 of 5 meetings lies in 2024; the others (2023: 1, 2025: 3) were left out"),
        (
            ["--fiscal-year-start", "4", "--year", "2025"],
            "3 of 5 meetings lie in FY2025; the others (FY2023: 1, FY2026: 1)",
        ),
        (["--from", "2025-03-10", "--to", "2025-12-31"], "2 of 5 meetings lie from 2025-03-10 up to, not including, "),
    ],
)
def test_meetings_outside_the_period_are_counted(folder: Path, command: Command, options: list[str], line: str) -> None:
    (folder / "long.md").write_text(SHORT + "\n## 5 March 2023\n- a\n\n## 3 June 2024\n- b\n", encoding="utf-8")
    assert line in command("review", "long.md", "-o", "out", *options).out
    assert line in (folder / "out" / "problems.txt").read_text(encoding="utf-8")
    assert command("extract", "long.md", "--strict", *options).err.startswith(f"analyzer: {line}")


def test_nothing_is_said_of_the_period_where_all_meetings_lie_in_it(folder: Path, command: Command) -> None:
    assert "left out" not in command("review", "good.md", "-o", "out").out
    assert (folder / "out" / "problems.txt").read_text(encoding="utf-8").startswith("Problems\n\nnone\n")


def test_the_version_is_one_line(command: Command) -> None:
    ran = command("--version")
    assert (ran.code, ran.out, ran.err) == (0, f"analyzer {version('analyzer')}\n", "")


def test_a_fiscal_year_changes_the_names_of_the_quarters(folder: Path, command: Command) -> None:
    ran = command("extract", "good.md", "--fiscal-year-start", "4", "--from", "2025-01-01", "--to", "2025-12-31")
    quarters = {json.loads(line)["date"]: json.loads(line)["quarter"] for line in ran.out.splitlines()}
    assert quarters["2025-03-03"].startswith("FY")
    assert quarters["2025-03-03"].endswith("Q4")
    assert quarters["2025-04-14"].endswith("Q1")


@pytest.mark.parametrize(("option", "day"), [("--day-first", "2025-04-03"), ("--month-first", "2025-03-04")])
def test_day_or_month_first_can_be_said(folder: Path, command: Command, option: str, day: str) -> None:
    (folder / "slashes.md").write_text(
        "# Ada Brandt 1:1 2025\n\n## 3/4/2025\n- Shipped the counter\n", encoding="utf-8"
    )
    ran = command("extract", "slashes.md", option)
    assert {json.loads(line)["date"] for line in ran.out.splitlines()} == {day}


def test_settings_are_read_and_the_command_line_has_the_last_word(folder: Path, command: Command) -> None:
    (folder / "analyzer.toml").write_text("me = 'Ada Lund'\nyear = 2024\n", encoding="utf-8")
    ran = command("extract", "good.md", "--settings", "analyzer.toml", "--from", "2025-01-01", "--to", "2025-06-30")
    assert {json.loads(line)["subject"] for line in ran.out.splitlines()} == {"Ada Lund"}


def test_a_project_named_in_the_settings_has_that_name(folder: Path, command: Command) -> None:
    settings = "[[projects]]\nname = 'Shelf scanner'\naliases = ['stock counter']\n"
    (folder / "analyzer.toml").write_text(settings, encoding="utf-8")
    ran = command("extract", "good.md", "--settings", "analyzer.toml")
    assert "Shelf scanner" in {json.loads(line)["project"] for line in ran.out.splitlines()}


def test_by_quarter_orders_the_draft_by_quarter(folder: Path, command: Command) -> None:
    assert command("review", "good.md", "-o", "out", "--by", "quarter").code == 0
    headings = [
        line
        for line in (folder / "out" / "self-review.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("#")
    ]
    assert any("Q1" in line for line in headings)
    assert any("Q2" in line for line in headings)


def test_verify_finds_the_notes_of_a_draft_that_was_moved(folder: Path, command: Command) -> None:
    assert command("review", "good.md", "-o", "out").code == 0
    (folder / "elsewhere").mkdir()
    draft = (folder / "out" / "self-review.md").rename(folder / "elsewhere" / "deep-draft.md")
    (folder / "good.md").rename(folder / "nothing" / "good.md")
    assert command("verify", draft).code == 1
    assert command("verify", draft, "--notes", "nothing").code == 0


def test_without_a_command_the_help_is_printed(command: Command) -> None:
    assert command().out == command("--help").out
    assert "review" in command().out


def test_debug_shows_the_traceback(folder: Path, command: Command) -> None:
    from analyzer.errors import NotesNotFoundError

    with pytest.raises(NotesNotFoundError):
        command("extract", "missing.md", "--debug")


def test_a_bug_is_one_line_too(folder: Path, command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    import analyzer.jobs

    def fail(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr(analyzer.jobs, "read_evidence", fail)
    ran = command("extract", "good.md")
    assert ran.code == 2
    assert ran.err.startswith("analyzer: this is a bug: KeyError: 'oops'\n  tip: ")


# --- the program itself ---------------------------------------------------------------------------


def test_the_program_says_one_line_and_ends_with_code_2(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("analyzer")
    ran = subprocess.run([program, "review", "missing.md"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("analyzer: no such file or folder: missing.md\n")


def test_the_reader_of_the_output_may_leave_early(folder: Path) -> None:
    line = f"{sys.executable} -m analyzer extract good.md --all | true"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=folder, capture_output=True, text=True, check=False
    )
    assert ran.stderr == ""


@pytest.mark.parametrize("arguments", [["--help"], ["review", "--help"], ["review", "missing.md", "--yeer", "2025"]])
def test_help_and_wrong_options_load_nothing_heavy(arguments: list[str]) -> None:
    script = (
        f"import sys; from analyzer.cli import run; run({arguments!r}); "
        "print(sorted({'spacy', 'sklearn', 'pandas', 'numpy', 'jinja2', 'scipy'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_main_job_does_not_load_scikit_learn_or_pandas(folder: Path) -> None:
    script = (
        "import sys; from analyzer.cli import run; run(['review', 'good.md', '-o', 'out']); "
        "print(sorted({'sklearn', 'pandas', 'scipy'} & set(sys.modules)))"
    )
    ran = subprocess.run([sys.executable, "-c", script], cwd=folder, capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == "[]"


def _notes_with(folder: Path, name: str, content: bytes) -> Path:
    """Put the readable notes and one more file into a folder of their own."""
    notes = folder / "mixed"
    notes.mkdir()
    (notes / "good.md").write_text(SHORT, encoding="utf-8")
    (notes / name).write_bytes(content)
    return notes


# --- explain --------------------------------------------------------------------------------------

_LINE = "# 1:1 Ada Quist / Ben Orlo\n\n## 3 March 2025\n\n- shipped the rota, which cut overtime from 9 to 4 hours\n"


def test_explain_shows_labels_clauses_rules_and_what_is_nearest(folder: Path, command: Command) -> None:
    (folder / "n.md").write_text(_LINE)
    ran = command("explain", "n.md", "--line", "n.md:5")
    assert ran.code == 0
    assert "yes accomplishment" in ran.out
    assert "nearest alternative" in ran.out
    assert 'clause "shipped the rota' in ran.out
    assert "rule " in ran.out


@pytest.mark.parametrize("place", ["n.md:4", "n.md:99", "other.md:5", "paragraph 3", "?"])
def test_explain_says_where_no_item_stands(folder: Path, command: Command, place: str) -> None:
    (folder / "n.md").write_text(_LINE)
    ran = command("explain", "n.md", "--line", place)
    assert ran.code == 2
    assert f"no item of the notes stands at {place}" in ran.err


# --- projects -------------------------------------------------------------------------------------


def test_projects_are_listed_with_their_reason_and_their_lines(folder: Path, command: Command) -> None:
    told = command("projects", "good.md")
    listed = json.loads(command("projects", "good.md", "--format", "json").out)
    assert told.code == 0
    for project in listed:
        assert f"\n{project['name']}" in f"\n{told.out}"
        assert f"  why: {project['why'][0]}" in told.out
    assert ("no project found" in told.out) is not listed


def test_the_list_of_projects_follows_the_users_decisions(folder: Path, command: Command) -> None:
    notes = "".join(
        f"## {day} March 2025\n\n### Done\n\n- Oven sensors: row {day} fitted\n- Dough app: screen {day} shipped\n\n"
        for day in (3, 10, 17)
    )
    Path("year.md").write_text(f"# 1:1 Mara Lind / Piet Okafor\n\n{notes}", encoding="utf-8")
    Path("mine.toml").write_text('[[rename]]\nold = "Dough app"\nnew = "Kneader"\n', encoding="utf-8")

    def names(*more: str) -> set[str]:
        return {one["name"] for one in json.loads(command("projects", "year.md", "--format", "json", *more).out)}

    assert {"Oven sensors", "Dough app"} <= names()
    assert {"Oven sensors", "Kneader"} <= names("--curation", "mine.toml")
