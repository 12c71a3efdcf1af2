"""Every command without network, every file private, nobody's words in another's outputs, and a page that cannot promise more."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import without_network
from conftest import ROOT, SHORT, Command
from desk import COMMANDS, PLAN
from disk import bytes_of
from offline import refused

PAGE = ROOT / "docs" / "security.md"
MODELS = ROOT / "analyzer" / "models"
OF_MANY = {"batch", "trends"}
"""Commands that start processes of their own, on sockets of this machine: held to their promises in `test_batch.py`."""


def test_every_command_is_called_here() -> None:
    from analyzer.cli import app

    registered = {one.name or one.callback.__name__ for one in app.registered_commands if one.callback}
    assert set(COMMANDS) | OF_MANY == registered
    assert not app.registered_groups


@pytest.mark.charts
@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_a_command_reaches_for_no_network_and_writes_for_its_user_alone(
    name: str, desk: Path, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No socket, no other program; under a umask that would let everybody read, files are 0600 and folders 0700."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    here = tmp_path / "desk"
    shutil.copytree(desk, here)
    there = {path: path.stat().st_mode for path in here.rglob("*")}
    monkeypatch.chdir(here)
    monkeypatch.setattr(socket, "create_connection", refuse)
    before = os.umask(0)
    try:
        with refused() as attempts:
            for arguments in COMMANDS[name]:
                ran = command(name, *arguments)
                assert (ran.code, "bug" in ran.err) == (0, False), ran.err
    finally:
        os.umask(before)
    assert attempts == []
    made = {path: stat.S_IMODE(path.stat().st_mode) for path in here.rglob("*") if path not in there}
    assert made == {path: 0o700 if path.is_dir() else 0o600 for path in made}
    assert {path: path.stat().st_mode for path in there} == there
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk"]


def test_an_attempt_is_noticed() -> None:
    with refused() as attempts:
        with pytest.raises(OSError, match="no network"):
            socket.getaddrinfo("localhost", 80)
        with pytest.raises(OSError, match="no network"):
            subprocess.run(["true"], check=False)
    assert [one.split(" ")[0] for one in attempts] == ["socket.getaddrinfo", "subprocess.Popen"]


@pytest.mark.skipif(not without_network.is_known(), reason="the kernel of this machine takes no such filter")
def test_no_library_reaches_for_the_network_by_itself_or_leaves_a_trace(desk: Path, tmp_path: Path) -> None:
    """What Python cannot see: the kernel refuses, and the home folder holds nothing but the cache of this program."""
    here = tmp_path / "desk"
    shutil.copytree(desk, here)
    calls = [[name, *arguments] for name in sorted(COMMANDS) for arguments in COMMANDS[name]]
    ran = _without_network(json.dumps(calls), here, home=tmp_path / "home")
    assert (ran.returncode, "bug" in ran.stderr) == (0, False), ran.stderr
    left = {path.relative_to(tmp_path / "home").as_posix() for path in (tmp_path / "home").rglob("*")}
    assert left <= {".cache", ".cache/analyzer", ".cache/analyzer/results.sqlite"}


@pytest.mark.skipif(not without_network.is_known(), reason="the kernel of this machine takes no such filter")
def test_a_socket_of_a_native_library_would_be_noticed(tmp_path: Path) -> None:
    assert _without_network("reach", tmp_path, home=tmp_path).returncode == -signal.SIGSYS


def _without_network(calls: str, folder: Path, *, home: Path) -> subprocess.CompletedProcess[str]:
    """Run commands in a process of its own, as somebody who has set nothing: libraries keep quieter where they see a CI."""
    home.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, without_network.__file__, calls],
        cwd=folder,
        env={"HOME": str(home), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


# --- one subject's words in no output, message or log of another's ------------------------------------------------------


OWN = {"Ada": ("xylograph", "quixotry"), "Zeno": ("zymurgist", "vexillum")}


def _notes(name: str) -> str:
    first, second = OWN[name]
    return (
        f"# 1:1 {name} Brandt / Bo Lindgren (manager), 2025\n\n## 3 March 2025\n- Shipped the {first} to both shops, waits fell"
        f" from 40 min to 12 min\n- Bo: your {second} notes were the clearest I have read\n\n## 17 March 2025\n"
        f"- [Blocked] {first.title()}: waiting for the {second}\n- [ ] me: write about the {second}\n"
    )


def _words_of_others(text: str | bytes, name: str) -> list[str]:
    text = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return [word for other, words in OWN.items() if other != name for word in words if word in text.casefold()]


def test_a_run_holds_nothing_of_the_run_before_it_in_the_same_process(tmp_path: Path, command: Command) -> None:
    for name in OWN:
        (tmp_path / f"{name}.md").write_text(_notes(name), encoding="utf-8")
    for name in (*OWN, *reversed(OWN)):
        for job in ("review", "scan", "extract", "check", "projects", "agenda"):
            out = ("-o", tmp_path / f"{job}-{name}") if job in {"review", "scan"} else ()
            ran = command(job, tmp_path / f"{name}.md", *out)
            assert ran.code == 0
            assert _words_of_others(ran.out + ran.err, name) == []
        for folder in tmp_path.glob(f"*-{name}"):
            for path, data in bytes_of(folder).items():
                assert _words_of_others(data, name) == [], path


@pytest.mark.charts
def test_no_file_of_a_report_holds_a_word_of_another(tmp_path: Path, command: Command) -> None:
    for name in OWN:
        (tmp_path / "team" / name).mkdir(parents=True)
        (tmp_path / "team" / name / "notes.md").write_text(_notes(name), encoding="utf-8")
    ran = command("scan", "--team", tmp_path / "team", "-o", tmp_path / "out", "--charts", tmp_path / "charts")
    assert ran.code == 0
    assert [word for words in OWN.values() for word in words if word in (ran.out + ran.err).casefold()] == []
    for name in OWN:
        files = bytes_of(tmp_path / "charts" / f"scan-{name.lower()}-brandt") or bytes_of(
            tmp_path / "charts" / f"scan-{name.lower()}"
        )
        files |= {path: data for path, data in bytes_of(tmp_path / "out").items() if name.lower() in path}
        assert len(files) > 3
        for path, data in files.items():
            assert _words_of_others(data, name) == [], path
    table = (tmp_path / "out" / "team.md").read_text(encoding="utf-8").casefold()
    assert [word for words in OWN.values() for word in words if word in table] == []


@pytest.mark.parametrize(
    "arguments",
    [("--settings", "bad.toml"), ("--curation", "bad.toml"), ("--form", "bad.toml"), ("--year", "1999")],
    ids=lambda one: one[0],
)
def test_an_error_says_no_word_of_the_notes(
    arguments: tuple[str, str], tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("notes.md").write_text(_notes("Ada"), encoding="utf-8")
    Path("bad.toml").write_text("nonsense = 1\n", encoding="utf-8")
    ran = command("review", "notes.md", "-o", "out", *arguments)
    assert ran.code == 2
    assert _words_of_others(ran.out + ran.err, "Zeno") == []


# --- templates and models -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ [].append(1) }}",
        "{% include '/etc/passwd' %}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
def test_a_template_can_neither_reach_python_nor_a_file(text: str) -> None:
    from jinja2.exceptions import SecurityError, UndefinedError

    from analyzer.errors import BadFileError
    from analyzer.rendering.layout import _environment

    with pytest.raises((SecurityError, UndefinedError, BadFileError)):
        _environment().from_string(text).render()


def test_no_option_key_or_form_takes_a_template_or_a_regular_expression() -> None:
    """Users give words, never patterns: what looks like one is a word, and a form of one is refused as unknown."""
    from analyzer.forms import Form
    from analyzer.forms.form import Question
    from analyzer.settings import Curation, LineDecision, ProjectName, Rename, Settings
    from analyzer.turnaround.plan import Commitment, Criterion, Plan, Talk

    models = (Settings, ProjectName, Curation, LineDecision, Rename, Form, Question, Plan, Criterion, Commitment, Talk)
    keys = {key for model in models for key in model.model_fields}
    assert not [key for key in keys if re.search("regex|pattern|template|expression|rule|script|command", key)]


@pytest.mark.parametrize("evil", ["(a+)+$", "(.*)*x", ".*.*.*.*=", "(?:a|aa)+$", "[[", "\\", "a{9999}"])
def test_words_of_the_users_are_never_run_as_a_pattern(
    evil: str, tmp_path: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    word = json.dumps(evil)
    Path("notes.md").write_text(SHORT + f"- Shipped the {'a' * 5000}! to both shops\n", encoding="utf-8")
    Path("set.toml").write_text(
        f"redact = [{word}]\nmay_stand = [{word}]\n[[projects]]\nname = {word}\naliases = [{word}]\n", encoding="utf-8"
    )
    Path("form.toml").write_text(
        f'title = "F"\n[[question]]\ntext = "What?"\nevidence = ["competency"]\nkeywords = [{word}]\n', encoding="utf-8"
    )
    Path("PLAN.toml").write_text(PLAN + f"aliases = [{word}]\n", encoding="utf-8")
    Path("out").mkdir()
    for arguments in (
        ("review", "notes.md", "-o", "out", "--settings", "set.toml", "--form", "form.toml", "--no-report"),
        ("turnaround", "notes.md", "-o", "packet", "--plan", "PLAN.toml"),
        ("extract", "notes.md", "--me", evil, "--manager", evil),
    ):
        ran = command(*arguments)
        assert "this is a bug" not in ran.err, ran.err


@pytest.mark.parametrize("option", ["--settings", "--curation", "--form", "--plan"])
@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("deep.toml", b"a = " + b"[" * 20_000, "nested too deeply"),
        ("number.toml", b"year = " + b"9" * 5_000, "thousands of digits"),
        ("large.toml", b"# " + b"x" * 10_000_001, "too large"),
        ("bytes.toml", b"me = '\xff\xfe'", "not UTF-8 text"),
        ("pipe.toml", None, "is no file"),
    ],
)
def test_a_users_file_that_means_harm_is_one_line(
    option: str, name: str, data: bytes | None, said: str, short: Path, tmp_path: Path, command: Command
) -> None:
    path = tmp_path / name
    os.mkfifo(path) if data is None else path.write_bytes(data)
    ran = command("turnaround" if option == "--plan" else "review", short, "-o", tmp_path / "out", option, path)
    assert (ran.code, len(ran.err.splitlines())) == (2, 1)
    assert said in ran.err
    assert not (tmp_path / "out").exists()


def test_the_shipped_models_are_the_ones_that_their_checksums_name() -> None:
    """`model.json` names the arrays and the graph, `encoder.json` the graph and the tokeniser; loading compares."""
    model, encoder = (
        json.loads((MODELS / f"{name}.json").read_text(encoding="utf-8")) for name in ("model", "encoder")
    )
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in MODELS.iterdir()}
    assert model["sha256"] == digests["model.npz"]
    assert encoder["sha256"] == {name: digests[name] for name in ("encoder.onnx", "encoder-tokenizer.json")}
    assert model["info"]["encoder"] == digests["encoder.onnx"]
    known = {"model.json", "model.npz", "encoder.json", "encoder.onnx", "encoder-tokenizer.json", "NOTICE"}
    assert {name for name in digests if not name.endswith((".md", ".txt"))} == known


def test_the_shipped_graph_holds_no_code_of_its_own_and_no_data_elsewhere() -> None:
    onnx = pytest.importorskip("onnx")
    model = onnx.load(MODELS / "encoder.onnx", load_external_data=False)
    assert {one.domain for one in model.opset_import} <= {"", "ai.onnx", "ai.onnx.ml", "com.microsoft"}
    assert not model.functions
    assert not model.training_info
    assert not [one.name for one in model.graph.initializer if one.data_location != 0 or one.external_data]


# --- the page -----------------------------------------------------------------------------------------------------------


@cache
def _tests_of(path: Path) -> frozenset[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(one.name for one in ast.walk(tree) if isinstance(one, ast.FunctionDef))


def _rows() -> Iterator[tuple[str, list[str]]]:
    for line in PAGE.read_text(encoding="utf-8").partition("## Promises and their tests")[2].splitlines():
        cells = [one.strip() for one in line.strip("|").split("|")] if line.startswith("| ") else []
        if len(cells) == 2 and cells[0] != "promise" and set(cells[0]) != {"-"}:
            yield cells[0], re.findall(r"`(test_\w+(?:\.py)?::?:?[\w:]*)`", cells[1])


def test_each_promise_of_the_page_names_a_test_that_exists() -> None:
    rows = dict(_rows())
    assert len(rows) > 25
    for promise, tests in rows.items():
        assert tests, promise
        for one in tests:
            file, _, name = one.partition("::")
            assert name in _tests_of(ROOT / "tests" / file), f"{promise}: {one}"


def test_the_page_knows_where_it_stops() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert "## What is not protected" in page
