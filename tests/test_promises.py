"""The promises of the README, on both samples: nothing invented, nothing lost, same bytes, private, edits survive."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from conftest import DRAFTS, ROOT, Command, Reviewed

OUTPUTS = (
    *DRAFTS,
    *("report.html", "review.json", "evidence.jsonl", "evidence.csv", "problems.txt", "curation.toml"),
)
DEFINITION = re.compile(r"^\[([^\[\]]+)\]: (\S+)#L(\d+)(?:-L(\d+))? \"[0-9a-f]{10}\"$", re.MULTILINE)
EVIDENCE_COLUMNS = (
    *("id", "subject", "source", "line_start", "line_end", "locator", "date", "quarter", "section", "heading", "text"),
    *("author", "labels", "confidence", "uncertain", "why", "status", "polarity", "direction", "people", "links"),
    *("tags", "project"),
    *("accomplishment_id", "metrics"),
)
METRIC_KEYS = {
    *("text", "name", "before", "after", "delta", "value", "unit", "relative", "direction", "projected"),
}
REVIEW_KEYS: Mapping[str, set[str]] = {
    "period": {"from", "to"},
    "meetings": {"date", "source", "line_start", "line_end", "kind"},
    "gaps": {"from", "to"},
    "projects": {
        *("name", "aliases", "theme", "first", "last", "effort", "impact", "rung", "quadrant", "accomplishments"),
    },
    "accomplishments": {
        *("id", "text", "project", "quarter", "first", "last", "status", "share", "evidence", "effects", "feedback"),
        *("metrics", "people", "effort", "impact", "history"),
    },
    "feedback": {"evidence", "polarity", "direction", "age_days", "acted_on_by"},
    "actions": {"evidence", "closed_by", "due", "days"},
    "questions": {"evidence", "answered_by", "age_days"},
    "goals": {"evidence"},
    "career": {"evidence"},
    "questions_to_you": {"kind", "text", "evidence"},
    "problems": {"source", "line", "message"},
    "ignored": {"source", "message"},
}
GUARD = """\
import os, sys
OUT = os.environ["ONLY_WRITE_IN"]
ENDS = ("socket.connect", "socket.get", "socket.send", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork", "urllib.")
def watch(event, args):
    if event.startswith(ENDS):
        os.write(2, f"reached for {event}\\n".encode()); os._exit(77)
    if event == "socket.__new__":
        raise OSError("no sockets here")
    if event == "open" and isinstance(args[0], str) and isinstance(args[2], int) and args[2] & (os.O_WRONLY | os.O_RDWR):
        if not os.path.abspath(args[0]).startswith((OUT, os.devnull)):
            os.write(2, f"wrote to {args[0]}\\n".encode()); os._exit(78)
sys.addaudithook(watch)
"""
"""A sitecustomize for a machine without sockets; it ends a process that looks up a name, connects, starts another
program or writes anywhere but in one folder. (Importing spaCy imports urllib3, which asks for one socket to learn whether the
machine has IPv6, sends nothing, and takes no for an answer: so a socket as such is refused and ends nothing.)"""


# --- nothing is invented --------------------------------------------------------------------------


@pytest.mark.parametrize("draft", DRAFTS)
def test_every_citation_of_a_draft_resolves_and_every_sentence_stands_on_its_lines(
    sample: Reviewed, draft: str, command: Command
) -> None:
    ran = command("verify", sample.out / draft)
    assert ran.code == 0, ran.out
    assert ran.out.endswith("all of it holds\n")


@pytest.mark.parametrize("draft", DRAFTS)
def test_each_link_leads_to_the_line_that_its_label_names(sample: Reviewed, draft: str) -> None:
    text = (sample.out / draft).read_text(encoding="utf-8")
    definitions = list(DEFINITION.finditer(text))
    assert len(definitions) > 10
    for match in definitions:
        label, path, start = match[1], unquote(match[2]), int(match[3])
        lines = (sample.out / path).read_text(encoding="utf-8").split("\n")
        assert lines[start - 1].strip(), f"{label} leads to an empty line"
        assert re.search(rf"\bl\. {start}\b", label), f"{label} leads to line {start}"


@pytest.mark.parametrize("draft", DRAFTS)
def test_each_label_is_defined_and_each_definition_is_used(sample: Reviewed, draft: str) -> None:
    text = (sample.out / draft).read_text(encoding="utf-8")
    defined = {match[1] for match in DEFINITION.finditer(text)}
    body = DEFINITION.sub("", text)
    used = set(re.findall(r"\[((?:pinned|\d\d [A-Z][a-z]{2})[^\[\]]*\bl\. \d[^\[\]]*)\]", body))
    assert used == defined


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_changed_line_makes_verify_fail_and_name_it(
    sample: Reviewed, draft: str, tmp_path: Path, command: Command
) -> None:
    notes, out = tmp_path / sample.notes.name, tmp_path / sample.out.name
    shutil.copytree(sample.notes, notes)
    shutil.copytree(sample.out, out)
    for path, number in _cited_in_bullets((out / draft).read_text(encoding="utf-8"))[3::12]:
        file = (out / path).resolve()
        before = file.read_bytes()
        lines = before.split(b"\n")
        lines[number - 1] = b"- something else was said here"
        file.write_bytes(b"\n".join(lines))
        ran = command("verify", out / draft)
        file.write_bytes(before)
        assert ran.code == 1, f"{path}, line {number}: {before.splitlines()[number - 1]!r}"
        assert f"{path}, line {number})" in ran.out


def test_evidence_quotes_its_line(sample: Reviewed) -> None:
    for row in _rows(sample.out):
        lines = (sample.notes / row["source"]).read_text(encoding="utf-8").split("\n")
        there = " ".join(lines[row["line_start"] - 1 : row["line_end"]])
        words = re.findall(r"\w+", row["text"])
        assert set(words) <= set(re.findall(r"\w+", there)), row["text"]


# --- the same bytes, nothing touched, nothing sent ------------------------------------------------


def test_two_runs_give_the_same_bytes_offline_and_write_nowhere_else(sample: Reviewed, tmp_path: Path) -> None:
    """The second run: a new process, another hash seed and folder, with a guard that ends it at any such attempt."""
    notes, out = tmp_path / sample.notes.name, tmp_path / sample.out.name
    shutil.copytree(sample.notes, notes)
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-m", "analyzer", "review", notes, "-o", out, "--no-cache"],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(site), str(ROOT)]),
            "ONLY_WRITE_IN": str(out),
            "PYTHONHASHSEED": "7",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert _bytes(out) == _bytes(sample.out)


@pytest.mark.parametrize(
    ("attempt", "code"),
    [
        ("import socket; socket.getaddrinfo('localhost', 80)", 77),
        ("import subprocess; subprocess.run(['true'])", 77),
        ("open('elsewhere.txt', 'w')", 78),
        ("import socket; socket.socket()", 1),
    ],
)
def test_the_guard_of_the_test_above_works(attempt: str, code: int, tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", attempt],
        env={**os.environ, "PYTHONPATH": str(tmp_path), "ONLY_WRITE_IN": str(tmp_path / "out")},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == code, ran.stderr


def test_the_whole_job_opens_no_socket(
    short: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert command("review", short, "-o", tmp_path / "out").code == 0
    assert command("verify", tmp_path / "out" / "self-review.md").code == 0


def test_a_second_run_over_the_first_changes_nothing(reviewed: Reviewed, command: Command) -> None:
    before = _bytes(reviewed.out)
    assert command("review", reviewed.notes, "-o", reviewed.out).code == 0
    assert _bytes(reviewed.out) == before


def test_the_order_in_which_files_are_given_makes_no_difference(
    sample: Reviewed, tmp_path: Path, command: Command
) -> None:
    files = sorted(sample.notes.iterdir(), reverse=True)
    assert command("extract", *files).out == command("extract", *reversed(files)).out


def test_the_notes_are_left_as_they_were(sample: Reviewed) -> None:
    assert _bytes(sample.notes) == _bytes(sample.original)


def test_outputs_are_for_their_owner_alone(sample: Reviewed) -> None:
    assert stat.S_IMODE(sample.out.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in sample.out.iterdir()} == dict.fromkeys(
        (path.name for path in sample.out.iterdir()), 0o600
    )


def test_no_output_holds_a_path_of_this_machine(sample: Reviewed) -> None:
    for path in sample.out.iterdir():
        assert str(sample.notes.parent) not in path.read_text(encoding="utf-8"), path.name


# --- what a person edits survives -----------------------------------------------------------------


def test_an_edited_draft_is_left_alone_and_the_new_text_lands_beside_it(reviewed: Reviewed, command: Command) -> None:
    draft = reviewed.out / "self-review.md"
    fresh = draft.read_text(encoding="utf-8")
    draft.write_text(fresh + "\nMy own closing words.\n", encoding="utf-8")
    ran = command("review", reviewed.notes, "-o", reviewed.out)
    assert ran.code == 0
    assert draft.read_text(encoding="utf-8").endswith("My own closing words.\n")
    assert (reviewed.out / "self-review.new.md").read_text(encoding="utf-8") == fresh
    assert "self-review.md was edited" in ran.out


def test_a_draft_of_unknown_origin_is_not_overwritten(short: Path, tmp_path: Path, command: Command) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "effort-impact.md").write_text("written by hand\n", encoding="utf-8")
    assert command("review", short, "-o", out).code == 0
    assert (out / "effort-impact.md").read_text(encoding="utf-8") == "written by hand\n"
    assert (out / "effort-impact.new.md").is_file()


def test_a_curation_file_is_read_and_never_overwritten(reviewed: Reviewed, command: Command) -> None:
    mine = f'# mine\n[[line]]\nid = "{_id_of(reviewed, "Shipped the stock counter")}"\nkeep = false\n'
    (reviewed.out / "curation.toml").write_text(mine, encoding="utf-8")
    assert command("review", reviewed.notes, "-o", reviewed.out).code == 0
    assert (reviewed.out / "curation.toml").read_text(encoding="utf-8") == mine


def test_a_dropped_line_leaves_every_output(reviewed: Reviewed, command: Command) -> None:
    _decide(reviewed, f'[[line]]\nid = "{_id_of(reviewed, "your handover notes")}"\nkeep = false\n', command)
    for name in set(OUTPUTS) - {"curation.toml"}:
        assert "handover notes were the clearest" not in (reviewed.out / name).read_text(encoding="utf-8"), name


def test_labels_set_by_the_user_hold(reviewed: Reviewed, command: Command) -> None:
    wanted = _id_of(reviewed, "write to Cleo")
    _decide(reviewed, f'[[line]]\nid = "{wanted}"\nlabels = ["blocker", "goal"]\n', command)
    row = next(row for row in _rows(reviewed.out) if row["id"] == wanted)
    assert row["labels"] == ["blocker", "goal"]
    assert "curation" in row["why"]


def test_a_line_can_be_given_to_a_project(reviewed: Reviewed, command: Command) -> None:
    wanted = _id_of(reviewed, "write to Cleo")
    _decide(reviewed, f'[[line]]\nid = "{wanted}"\nproject = "Label printer"\n', command)
    assert next(row for row in _rows(reviewed.out) if row["id"] == wanted)["project"] == "Label printer"


def test_a_renamed_project_has_its_new_name_everywhere(reviewed: Reviewed, command: Command) -> None:
    _decide(reviewed, '[[rename]]\nold = "Stock counter"\nnew = "Shelf count"\n', command)
    assert "Shelf count" in {project["name"] for project in _review(reviewed.out)["projects"]}
    assert "### Shelf count" in (reviewed.out / "self-review.md").read_text(encoding="utf-8")
    assert "### Shelf count" in (reviewed.out / "effort-impact.md").read_text(encoding="utf-8")
    assert not any(row["project"] == "Stock counter" for row in _rows(reviewed.out))


def test_two_projects_with_one_new_name_are_merged(reviewed: Reviewed, command: Command) -> None:
    both = '[[rename]]\nold = "Stock counter"\nnew = "Shops"\n[[rename]]\nold = "Label printer"\nnew = "Shops"\n'
    _decide(reviewed, both, command)
    assert [project["name"] for project in _review(reviewed.out)["projects"]] == ["Shops"]


@pytest.mark.parametrize("draft", DRAFTS)
def test_a_curated_draft_still_holds(reviewed: Reviewed, draft: str, command: Command) -> None:
    _decide(reviewed, '[[rename]]\nold = "Stock counter"\nnew = "Shelf count"\n', command)
    ran = command("verify", reviewed.out / draft)
    assert ran.code == 0, ran.out


def test_a_wrong_curation_file_is_one_line_and_changes_nothing(reviewed: Reviewed, command: Command) -> None:
    before = _bytes(reviewed.out)
    (reviewed.out / "curation.toml").write_text("[[line]]\nid = 'x'\nkep = false\n", encoding="utf-8")
    ran = command("review", reviewed.notes, "-o", reviewed.out)
    assert ran.code == 2
    assert "unknown key 'kep'; did you mean 'keep'?" in ran.err
    (reviewed.out / "curation.toml").write_bytes(before["curation.toml"])
    assert _bytes(reviewed.out) == before


# --- whole or not at all --------------------------------------------------------------------------


@pytest.mark.parametrize("succeeding", [0, 1, 3])
def test_outputs_are_all_new_or_all_as_before(
    reviewed: Reviewed, succeeding: int, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _bytes(reviewed.out)
    notes = reviewed.notes.read_text(encoding="utf-8")
    reviewed.notes.write_text(notes + "- Finished the price tags for both shops\n", encoding="utf-8")
    _break_replace(monkeypatch, succeeding)
    ran = command("review", reviewed.notes, "-o", reviewed.out)
    assert ran.code == 2
    assert "cannot write" in ran.err
    assert _bytes(reviewed.out) == before


def test_a_first_run_that_fails_leaves_no_output(
    short: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    _break_replace(monkeypatch, 2)
    assert command("review", short, "-o", tmp_path / "out").code == 2
    assert list((tmp_path / "out").iterdir()) == []


# --- the shape of the data ------------------------------------------------------------------------


def test_all_outputs_are_there(sample: Reviewed) -> None:
    assert {path.name for path in sample.out.iterdir()} == {*OUTPUTS, ".analyzer-state.json"}


def test_each_evidence_record_has_exactly_the_documented_columns(sample: Reviewed) -> None:
    for row in _rows(sample.out):
        assert tuple(row) == EVIDENCE_COLUMNS
        assert all(set(metric) == METRIC_KEYS for metric in row["metrics"])


def test_extract_prints_the_records_that_a_review_is_made_of(sample: Reviewed, command: Command) -> None:
    printed = [json.loads(line) for line in command("extract", sample.notes).out.splitlines()]
    assert printed == [row for row in _rows(sample.out) if row["labels"]]


def test_evidence_ids_are_unique(sample: Reviewed) -> None:
    ids = [row["id"] for row in _rows(sample.out)]
    assert len(set(ids)) == len(ids) > 50


def test_the_table_has_the_rows_of_the_records_and_no_formula(sample: Reviewed) -> None:
    text = (sample.out / "evidence.csv").read_bytes().decode("utf-8")
    table = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in table] == [row["id"] for row in _rows(sample.out)]
    cells = [cell for row in table for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_a_cell_that_a_spreadsheet_would_run_is_disarmed(short: Path, tmp_path: Path, command: Command) -> None:
    with short.open("a", encoding="utf-8") as file:
        file.write('- =HYPERLINK("x") shipped the label export to both shops\n')
    assert command("review", short, "-o", tmp_path / "out").code == 0
    rows = csv.DictReader(io.StringIO((tmp_path / "out" / "evidence.csv").read_text(encoding="utf-8"), newline=""))
    assert [row["text"] for row in rows if "HYPERLINK" in row["text"]] == [
        '\'=HYPERLINK("x") shipped the label export to both shops'
    ]


def test_the_review_has_the_documented_keys(sample: Reviewed) -> None:
    review = _review(sample.out)
    assert {"schema", "subject", "manager", "highlights", "effects", "echoes", "blockers", *REVIEW_KEYS} == set(review)
    for name, keys in REVIEW_KEYS.items():
        entries = review[name] if isinstance(review[name], list) else [review[name]]
        for entry in entries:
            assert keys <= set(entry), name


def test_each_score_is_the_sum_of_its_parts_and_each_part_names_its_lines(sample: Reviewed) -> None:
    review = _review(sample.out)
    scores = [one[kind] for one in (*review["projects"], *review["accomplishments"]) for kind in ("effort", "impact")]
    given = [score for score in scores if score]
    assert given
    for score in given:
        assert set(score) == {"score", "band", "parts"}
        assert score["score"] == sum(part["points"] for part in score["parts"])
        assert all({"name", "points", "evidence"} <= set(part) for part in score["parts"])
        assert all(part["evidence"] for part in score["parts"] if part["points"])


def test_each_id_in_the_review_stands_in_the_evidence(sample: Reviewed) -> None:
    review = _review(sample.out)
    rows = {row["id"] for row in _rows(sample.out)}
    claims = {claim["id"] for claim in review["accomplishments"]}
    named = {text for text in _texts(review) if re.fullmatch(r"[0-9a-f]{12}(-\d+)?", text)}
    assert named <= rows | claims
    assert set(review["highlights"]) <= claims


def test_nothing_readable_is_lost(sample: Reviewed, command: Command) -> None:
    """Each line with words is an item, a heading, a date, or stands in the list of lines that are no items."""
    covered: dict[str, set[int]] = {}
    items = [json.loads(line) for line in command("extract", sample.notes, "--all").out.splitlines()]
    for one in (*items, *_review(sample.out)["ignored"]):
        covered.setdefault(one["source"], set()).update(range(one["line_start"], one["line_end"] + 1))
    left = []
    for file in sorted(sample.notes.iterdir()):
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), start=1):
            if line.strip() and number not in covered[file.name]:
                left.append(line)
    longest = max((len(re.findall(r"\w+", line)) for line in left), default=0)
    assert longest <= 12, [line for line in left if len(re.findall(r"\w+", line)) == longest]


# --- helpers --------------------------------------------------------------------------------------


def _bytes(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def _rows(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / "evidence.jsonl").read_text(encoding="utf-8").splitlines()]


def _review(out: Path) -> dict[str, Any]:
    review: dict[str, Any] = json.loads((out / "review.json").read_text(encoding="utf-8"))
    return review


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def _cited_in_bullets(draft: str) -> list[tuple[str, int]]:
    bullets = "\n".join(re.findall(r"^ *(?:-|\d+\.) .*$", draft, re.MULTILINE))
    return [(unquote(match[2]), int(match[3])) for match in DEFINITION.finditer(draft) if f"[{match[1]}]" in bullets]


def _id_of(reviewed: Reviewed, words: str) -> str:
    return next(str(row["id"]) for row in _rows(reviewed.out) if words in row["text"])


def _decide(reviewed: Reviewed, decisions: str, command: Command) -> None:
    (reviewed.out / "curation.toml").write_text(decisions, encoding="utf-8")
    ran = command("review", reviewed.notes, "-o", reviewed.out)
    assert ran.code == 0, ran.err


def _break_replace(monkeypatch: pytest.MonkeyPatch, succeeding: int) -> None:
    """Let `os.replace` fail after some calls, as on a full disk."""
    real, calls = os.replace, iter(range(1000))

    def replace(source: str | Path, target: str | Path) -> None:
        if next(calls) >= succeeding:
            raise OSError(28, "No space left on device", str(target))
        real(source, target)

    monkeypatch.setattr(os, "replace", replace)
