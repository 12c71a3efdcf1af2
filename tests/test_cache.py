"""The cache: what is computed again and what is not, and that no fault of it changes or stops a run."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SHORT, Command

from analyzer.cache import FILE, Store, folder, key_of
from analyzer.encoder import Encoder, Floats, Pair, load, load_cached
from analyzer.pipeline import extract
from analyzer.records import Cue
from analyzer.settings import Settings

posix = pytest.mark.skipif(os.name != "posix", reason="file rights of POSIX")
NEW_MEETING = "\n## 28 April 2025\n- Returns desk: the first week saved two hours\n- Bo: well done on the printer\n"


def key(number: int) -> bytes:
    return key_of("test", str(number))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "home" / FILE)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """The cache of a user who has none yet."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "fresh"))
    return Store(folder() / FILE)


@pytest.fixture
def scored(monkeypatch: pytest.MonkeyPatch) -> list[Pair]:
    """The pairs that the encoder itself scores."""
    asked: list[Pair] = []
    score = Encoder._score

    def counted(self: Encoder, pair: Pair) -> Floats:
        asked.append(pair)
        return score(self, pair)

    monkeypatch.setattr(Encoder, "_score", counted)
    return asked


# --- work that is done once -----------------------------------------------------------------------


def test_the_second_run_scores_no_item_again(short: Path, own: Store, scored: list[Pair]) -> None:
    first = extract([short], Settings())
    assert len(scored) == len(first.evidence)
    scored.clear()
    assert extract([short], Settings()) == first
    assert not scored


def test_after_a_new_meeting_only_its_items_are_scored(short: Path, own: Store, scored: list[Pair]) -> None:
    extract([short], Settings())
    scored.clear()
    short.write_text(SHORT + NEW_MEETING, encoding="utf-8")
    found = extract([short], Settings())
    assert [text for _, text in scored] == [one.item.text for one in found.evidence[-2:]]


def test_the_rules_are_not_matched_again_on_what_they_know(
    short: Path, own: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    from analyzer.language import Reader

    matched: list[str] = []
    cues = Reader.cues

    def counted(self: Reader, doc: Any) -> list[Cue]:
        matched.append(doc.text)
        return cues(self, doc)

    monkeypatch.setattr(Reader, "cues", counted)
    first = extract([short], Settings())
    assert len(matched) == len(first.evidence)
    matched.clear()
    short.write_text(SHORT + NEW_MEETING, encoding="utf-8")
    again = extract([short], Settings())
    assert matched == [one.item.text for one in again.evidence[-2:]]


def test_evidence_from_the_cache_is_the_evidence_without_it(own: Store) -> None:
    notes = [ROOT / "data" / "sample" / "data-scientist"]
    fresh = extract(notes, Settings(cache=False))
    assert not own.path.exists()
    assert extract(notes, Settings()) == fresh
    assert extract(notes, Settings()) == fresh


def test_with_a_full_cache_the_encoder_is_not_loaded(short: Path, own: Store) -> None:
    script = (
        "import sys; from pathlib import Path; from analyzer.pipeline import extract; from analyzer.settings import Settings\n"
        f"extract([Path({str(short)!r})], Settings())\n"
        "print(sorted({'onnxruntime', 'tokenizers', 'pandas', 'altair', 'sklearn'} & set(sys.modules)))"
    )
    ran = [subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True) for _ in range(2)]
    assert [one.stdout for one in ran] == ["['onnxruntime', 'tokenizers']\n", "[]\n"]


def test_scores_are_kept_to_the_last_bit(store: Store) -> None:
    pairs = [("Wins | subject | ", "Shipped the counter"), ("", "ETA 4 April"), ("", "")]
    encoder, cached = load(), load_cached(store)
    assert encoder is not None
    assert cached is not None
    assert (cached.targets, cached.fingerprint) == (encoder.targets, encoder.fingerprint)
    expected = encoder.scores(pairs)
    for _ in range(2):
        found = cached.scores(pairs)
        assert found.dtype == expected.dtype
        assert found.tobytes() == expected.tobytes()


# --- faults ---------------------------------------------------------------------------------------


def flip(path: Path) -> None:
    """Change one byte of every value, where SQLite does not notice it."""
    with sqlite3.connect(path) as database:
        database.execute("UPDATE results SET value = substr(value, 1, 9) || x'7f' || substr(value, 11)")
    database.close()


def older(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")
        database.execute("ALTER TABLE results RENAME COLUMN value TO other")
    database.close()


def folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link_there(path: Path) -> None:
    other = path.with_name("other")
    path.rename(other)
    path.symlink_to(other)


DAMAGES: dict[str, Callable[[Path], object]] = {
    "no database": lambda path: path.write_bytes(b"no database at all" * 500),
    "empty": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "other bytes in the middle": lambda path: path.write_bytes(path.read_bytes()[:4096] + os.urandom(20_000)),
    "other numbers": flip,
    "another version": older,
    "a folder in its place": folder_there,
    "a link in its place": link_there,
}


@pytest.mark.parametrize("damage", DAMAGES, ids=str)
def test_a_damaged_cache_changes_and_stops_nothing(damage: str, short: Path, own: Store) -> None:
    first = extract([short], Settings())
    DAMAGES[damage](own.path)
    assert extract([short], Settings()) == first
    assert extract([short], Settings()) == first


@pytest.mark.parametrize("damage", list(DAMAGES)[:6], ids=str)
def test_a_damaged_cache_is_made_anew(damage: str, store: Store) -> None:
    store.put({key(n): b"value" * 30 for n in range(300)})
    DAMAGES[damage](store.path)
    for _ in range(2):  # the first may find the damage while it writes
        store.get([key(n) for n in range(300)])
        store.put({key(1): b"new"})
    assert store.get([key(1)]) == {key(1): b"new"}


@pytest.mark.parametrize("damage", ["no database", "other numbers", "a folder in its place"])
def test_the_same_bytes_come_out_with_without_and_with_a_damaged_cache(
    damage: str, short: Path, own: Store, command: Command, tmp_path: Path
) -> None:
    for number, extra in enumerate(("--no-cache", "--cache", "--cache")):
        ran = command("review", short, "-o", tmp_path / f"out-{number}", extra)
        assert (ran.code, ran.err) == (0, "")
    DAMAGES[damage](own.path)
    assert command("review", short, "-o", tmp_path / "out-3").err == ""
    first, *others = ({path.name: path.read_bytes() for path in (tmp_path / f"out-{n}").iterdir()} for n in range(4))
    assert all(other == first for other in others)


def test_a_cache_folder_that_cannot_be_made_stops_nothing(
    short: Path, command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file" / "below"))
    ran = command("review", short, "-o", tmp_path / "out")
    assert (ran.code, ran.err) == (0, "")


# --- two at once, and size ------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from analyzer.cache import Store, key_of
store, name = Store(Path(sys.argv[1])), sys.argv[2]
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    mine = key_of("test", f"{name} {number}")
    store.put({mine: name.encode() * 20, key_of("test", "both"): b"same"})
    assert store.get([mine]) == {mine: name.encode() * 20}, number
"""


def start(store: Store, name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(store.path), name]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    return process


def test_two_runs_at_once_lose_nothing(store: Store) -> None:
    both = [start(store, name) for name in ("one", "two")]
    for process in both:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in both:
        process.communicate()
        assert process.returncode == 0
    keys = [key_of("test", f"{name} {number}") for name in ("one", "two") for number in range(60)]
    assert len(store.get(keys)) == len(keys)


def test_a_run_that_is_killed_while_it_writes_leaves_a_cache_that_works(store: Store) -> None:
    process = start(store, "one")
    with process:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
        while not store.get([key_of("test", "one 3")]):
            assert not process.poll()
        process.kill()
    store.put({key(1): b"new"})
    assert store.get([key(1), key_of("test", "one 3")]).keys() == {key(1), key_of("test", "one 3")}


def test_a_full_cache_drops_what_was_used_least_lately(tmp_path: Path) -> None:
    store = Store(tmp_path / FILE, limit=200_000)
    for start_at in range(0, 3_000, 100):
        store.put({key(n): b"x" * 100 for n in range(start_at, start_at + 100)})
        store.get([key(0)])
        assert store.path.stat().st_size <= store.limit * 1.1
    assert store.get([key(0), key(1), key(2_999)]).keys() == {key(0), key(2_999)}


# --- what stands in it, and who may read it -------------------------------------------------------


@posix
def test_only_the_user_can_read_the_cache(store: Store) -> None:
    store.path.parent.mkdir(mode=0o755)
    store.put({key(1): b"x"})
    assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(store.path.parent.stat().st_mode) == 0o700


def test_no_word_of_the_notes_stands_in_the_cache(short: Path, own: Store) -> None:
    extract([short], Settings())
    with sqlite3.connect(own.path) as database:
        rows = database.execute("SELECT key, value FROM results").fetchall()
    database.close()
    assert {len(one) for one, _ in rows} == {16}
    kept = own.path.read_bytes().lower()
    words = {word for word in SHORT.lower().split() if len(word) > 4}
    assert not [word for word in words if word.encode() in kept]


def test_parts_of_a_key_do_not_run_together() -> None:
    assert len({key_of("a", "bc"), key_of("ab", "c"), key_of("a", "b", "c"), key_of("a", "bc", "")}) == 4


@pytest.mark.parametrize("given", ["", "relative/path"])
def test_a_cache_home_that_is_no_whole_path_is_passed_over(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", given)
    monkeypatch.setenv("HOME", "/home/ada")
    assert folder().is_absolute()


# --- the command ----------------------------------------------------------------------------------


def test_the_command_shows_the_cache_and_removes_it(short: Path, own: Store, command: Command) -> None:
    assert "results: 0" in command("cache").out
    command("extract", short)
    shown = command("cache").out
    assert str(own.path) in shown
    assert "KB of at most" in shown
    assert "results: 0" not in shown
    ran = command("cache", "--clear")
    assert (ran.code, ran.err) == (0, "")
    assert not own.path.exists()
    assert command("cache", "--clear").code == 0


def test_no_cache_keeps_nothing(short: Path, own: Store, command: Command, tmp_path: Path) -> None:
    assert command("extract", short, "--no-cache").code == 0
    (tmp_path / "analyzer.toml").write_text("cache = false\n", encoding="utf-8")
    assert command("extract", short, "--settings", tmp_path / "analyzer.toml").code == 0
    assert not own.path.parent.exists()


def test_the_command_says_when_the_cache_is_of_no_use(own: Store, command: Command) -> None:
    own.path.parent.mkdir(parents=True)
    own.path.write_bytes(b"no database at all" * 500)
    assert "not used, runs go on without it" in command("cache").out
