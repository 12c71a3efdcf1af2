"""Files that somebody else prepared: links and pipes among outputs, models and books that mean harm, names that steer."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from batch_run import people
from conftest import ROOT, SHORT, Command

from analyzer import classifier
from analyzer.batch.manifest import read_manifest
from analyzer.errors import BadFileError
from analyzer.oneline import one_line, printable
from analyzer.reading.files import READERS
from analyzer.reading.formats import html_tables
from analyzer.reading.text import UnreadableError
from analyzer.rendering.writing import STATE

MODELS = ROOT / "analyzer" / "models"
PRECIOUS = b"what nobody may touch\n"


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(SHORT, encoding="utf-8")
    return path


@pytest.fixture
def victim(tmp_path: Path) -> Path:
    path = tmp_path / "victim"
    path.write_bytes(PRECIOUS)
    return path


# --- links in an output folder --------------------------------------------------------------------


@pytest.mark.parametrize("name", [STATE, "self-review.md", "review.json"])
@pytest.mark.parametrize("forged", [False, True])
def test_nothing_is_written_through_a_link_in_the_output_folder(
    name: str, notes: Path, victim: Path, tmp_path: Path, command: Command, *, forged: bool
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / name).symlink_to(victim)
    if forged and name != STATE:
        known = {name: hashlib.sha256(PRECIOUS).hexdigest()}
        (out / STATE).write_text(json.dumps({"schema": 1, "written": known}), encoding="utf-8")
    ran = command("review", notes, "--no-report", "-o", out)
    assert ran.code == 2
    assert f"{name}: it is a link" in ran.err
    assert victim.read_bytes() == PRECIOUS
    assert not (out / "effort-impact.md").exists()


def test_decisions_that_are_linked_stay_linked_and_are_read(
    notes: Path, victim: Path, tmp_path: Path, command: Command
) -> None:
    victim.write_text("", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "curation.toml").symlink_to(victim)
    assert command("review", notes, "--no-report", "-o", out).code == 0
    assert (out / "curation.toml").is_symlink()
    assert victim.read_bytes() == b""


@pytest.mark.parametrize(
    ("place", "folder"),
    [
        (".lock", False), ("manifest.jsonl", False), ("evidence", True), ("evidence/year=2025", True), ("pages", True),
        ("pages/Ada", True),
    ],
)  # fmt: skip
def test_a_batch_refuses_an_output_folder_with_links(
    place: str, tmp_path: Path, victim: Path, command: Command, *, folder: bool
) -> None:
    aim = victim
    if folder:
        aim = tmp_path / "aim"
        aim.mkdir()
        (aim / f"{'a' * 32}.parquet").write_bytes(PRECIOUS)
    out = tmp_path / "out"
    (out / place).parent.mkdir(parents=True)
    (out / place).symlink_to(aim)
    if place != "manifest.jsonl":
        (out / "manifest.jsonl").write_bytes(b"")
    ran = command("batch", people(tmp_path / "people", ("Ada",)), "--to", out, "--workers", "1", "--pages")
    assert (ran.code, "it is a link" in ran.err) == (2, True), ran.err
    assert victim.read_bytes() == PRECIOUS
    assert not folder or [one.read_bytes() for one in aim.iterdir()] == [PRECIOUS]


def test_the_list_of_a_batch_is_not_written_through_a_link(tmp_path: Path, victim: Path, command: Command) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "manifest.jsonl").write_bytes(b"")
    (out / "failed.txt").symlink_to(victim)
    assert command("batch", people(tmp_path / "people", ("Ada",)), "--to", out, "--workers", "1").code == 0
    assert victim.read_bytes() == PRECIOUS
    assert (out / "failed.txt").read_text(encoding="utf-8") == "none\n"


# --- ids ------------------------------------------------------------------------------------------


def test_no_id_of_a_redacted_output_can_be_held_against_a_guessed_name(
    notes: Path, tmp_path: Path, command: Command
) -> None:
    assert command("review", notes, "--no-report", "-o", tmp_path / "own").code == 0
    assert command("review", notes, "--redact", "-o", tmp_path / "given").code == 0
    own, given = (
        [json.loads(one) for one in (tmp_path / name / "evidence.jsonl").read_text("utf-8").splitlines()]
        for name in ("own", "given")
    )
    was = {one["line_start"]: one for one in own}
    changed = [one for one in given if one["text"] != was[one["line_start"]]["text"]]
    assert changed
    assert not {one["id"] for one in own} & {one["id"] for one in changed}
    review = json.loads((tmp_path / "given" / "review.json").read_text("utf-8"))
    known = {one["id"] for one in given}
    assert {one for claim in review["accomplishments"] for one in claim["evidence"]} <= known
    assert {claim["id"].removeprefix("a-") for claim in review["accomplishments"]} <= known


# --- files that are too much ----------------------------------------------------------------------


def test_one_long_text_in_many_cells_of_a_workbook_is_refused() -> None:
    book = openpyxl.Workbook()
    for _ in range(400):
        book.active.append(["w" * 30_000])
    data = io.BytesIO()
    book.save(data)
    assert len(data.getvalue()) < 30_000
    with pytest.raises(UnreadableError, match="more than 10 MB"):
        READERS[".xlsx"](data.getvalue())


def test_cells_that_reach_over_others_do_not_multiply_without_end() -> None:
    row = [html_tables.Cell([], across=1000, down=65_000) for _ in range(40)]
    grid = html_tables._grid([row] * 5_000)
    assert sum(map(len, grid)) < 5_000 * 40 + html_tables._MOST_SPANNED + 60


# --- pipes and devices ----------------------------------------------------------------------------


def _pipe(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(path)
    return path


def test_an_earlier_review_that_is_a_pipe_is_not_waited_for(notes: Path, tmp_path: Path, command: Command) -> None:
    _pipe(tmp_path / "out" / "review.json")
    ran = command("review", notes, "--no-report", "-o", tmp_path / "out")
    assert (ran.code, "bug" in ran.err) == (2, False)


@pytest.mark.parametrize("earlier", ["[" * 200_000, "null", '{"sharing": 3}', "\udcff"])
def test_an_earlier_review_that_is_none_stops_nothing(
    earlier: str, notes: Path, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "review.json").write_text(earlier, encoding="utf-8", errors="surrogateescape")
    assert command("review", notes, "--no-report", "-o", tmp_path / "out").code == 0


def test_a_draft_that_is_a_pipe_or_a_device_is_one_line(tmp_path: Path, command: Command) -> None:
    for draft in (_pipe(tmp_path / "draft.md"), Path("/dev/zero")):
        ran = command("verify", draft)
        assert (ran.code, "is no file" in ran.err) == (2, True)


# --- models ---------------------------------------------------------------------------------------


def _model(folder: Path, arrays: bytes | None = None, **card: object) -> Path:
    """Return a copy of the shipped model with other arrays or another card, and a checksum that fits."""
    folder.mkdir()
    for name in ("model.json", "model.npz"):
        shutil.copy(MODELS / name, folder / name)
    if arrays is not None:
        (folder / "model.npz").write_bytes(arrays)
        card["sha256"] = hashlib.sha256(arrays).hexdigest()
    known = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    (folder / "model.json").write_text(json.dumps({**known, **card}), encoding="utf-8")
    return folder


def _arrays(compression: int, *, size: int | None = None) -> bytes:
    data = io.BytesIO()
    with np.load(MODELS / "model.npz") as shipped, zipfile.ZipFile(data, "w", compression) as archive:
        for name in shipped.files:
            content = io.BytesIO()
            np.lib.format.write_array(content, shipped[name], allow_pickle=False)
            header = content.getvalue()
            if size is not None:
                header = header.replace(b"'shape': (", b"'shape': (%d," % size, 1)
            archive.writestr(f"{name}.npy", header)
    return data.getvalue()


def _objects() -> bytes:
    data = io.BytesIO()
    np.savez(data, weights=np.array([{}], dtype=object))
    return data.getvalue()


@pytest.mark.parametrize(
    "make",
    [
        lambda folder: _model(folder, _arrays(zipfile.ZIP_DEFLATED)),
        lambda folder: _model(folder, _arrays(zipfile.ZIP_STORED, size=2**45)),
        lambda folder: _model(folder, b"no archive"),
        lambda folder: _model(folder, _objects()),
        lambda folder: _model(folder, info=None),
        lambda folder: _model(folder, sha256=3),
    ],
    ids=["packed", "huge", "no zip", "objects", "no info", "no checksum"],
)
def test_a_model_that_means_harm_is_one_error(make: Callable[[Path], Path], tmp_path: Path) -> None:
    with pytest.raises(BadFileError):
        classifier.load(make(tmp_path / "model"))


def test_a_model_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    _pipe(tmp_path / "model" / "model.json")
    with pytest.raises(BadFileError, match="is no file"):
        classifier.load(tmp_path / "model")


# --- the books of a batch, names of people --------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [{"person": {"a": 1}}, {"problems": [1, [2]]}, {"files": [1, 2]}, {"files": {"a": 1}}, {"inputs": None}],
)
def test_a_damaged_line_of_a_manifest_counts_as_not_written(change: dict[str, object], tmp_path: Path) -> None:
    line = {"schema": 1, "key": "k", "person": "Ada", "inputs": "x", "files": {}, "problems": []}
    text = "\n".join([json.dumps({**line, **change}), "[" * 100_000, json.dumps({**line, "key": "good"})])
    (tmp_path / "manifest.jsonl").write_text(text, encoding="utf-8")
    assert list(read_manifest(tmp_path)) == ["good"]


def test_a_folder_with_a_name_that_cannot_be_shown_stops_nobody(tmp_path: Path, command: Command) -> None:
    team = people(tmp_path / "team", ("Ada", " ", "E\x1bva"))
    shutil.copytree(team / "Ada", team / os.fsdecode(b"a\xffb"))
    ran = command("scan", "--team", team, "-o", tmp_path / "out", "--no-report")
    assert (ran.code, "bug" in ran.err) == (0, False), ran.err
    table = (tmp_path / "out" / "team.md").read_text(encoding="utf-8")
    assert "Ada" in table
    assert table.count("cannot be shown") == 3


# --- a terminal -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x1b]0;PWN\x07\x1b[31m", "a?]0;PWN??[31m"),
        ("a\x9b31mb", "a?31mb"),
        ("\u202egnp.exe", "?gnp.exe"),
        ("a\u2028b", "a?b"),
        ("a\udcffb", "a?b"),
        ("two\nlines\tkept", "two\nlines\tkept"),
        ("Ærøskøbing – 5 €, 👩\u200d🔬 نعم", "Ærøskøbing – 5 €, 👩\u200d🔬 نعم"),
    ],
)
def test_what_is_printed_cannot_steer_a_terminal(text: str, shown: str) -> None:
    assert printable(text) == shown
    data = json.dumps([text], ensure_ascii=False)
    assert json.loads(printable(data, is_json=True)) == [text]
    assert "\n" not in one_line(text)


def test_all_that_is_printed_goes_one_way() -> None:
    """A pipe hides what a terminal would do, so the code is looked at: one place prints."""
    code = (ROOT / "analyzer" / "cli.py").read_text(encoding="utf-8")
    assert len(re.findall(r"typer\.echo\(", code)) == 1
