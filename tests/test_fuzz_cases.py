"""What fuzzing found (`python tests/fuzz.py`) stays mended, and a few hundred mutations are tried in every run."""

from __future__ import annotations

import random
from pathlib import Path

import fuzz
import fuzz_targets
import pytest

from analyzer.reading.files import READERS

_FOUND = sorted(path for path in fuzz.CASES.glob("*") if path.is_file())


@pytest.mark.parametrize("path", _FOUND, ids=lambda path: path.name)
def test_what_fuzzing_found_is_mended(path: Path) -> None:
    assert not fuzz.why_it_fails(path.suffix, path.read_bytes())


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_mutated_notes_are_read_or_refused(suffix: str) -> None:
    source = random.Random(2025)  # noqa: S311 - nothing secret
    starts = fuzz.seeds(suffix)
    for _ in range(10):
        data = fuzz.mutated(source.choice(starts), source)
        assert not fuzz.why_it_fails(suffix, data), data[:2_000]


@pytest.mark.parametrize("target", sorted(fuzz_targets.TARGETS))
def test_mutated_files_and_notes_are_taken_or_refused(target: str) -> None:
    source = random.Random(2025)  # noqa: S311 - nothing secret
    for data in [*(fuzz.seeds(target)[:1]), *(fuzz.mutated(fuzz.seeds(target)[0], source) for _ in range(3))]:
        assert not fuzz.why_it_fails(target, data), data[:2_000]


def test_a_reader_that_crashes_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz, "READERS", {".md": bytes.hex})
    assert fuzz.why_it_fails(".md", b"- a") == "AttributeError in fuzz.py:_document"


def test_the_same_seed_makes_the_same_mutations() -> None:
    one, other = random.Random(7), random.Random(7)  # noqa: S311 - nothing secret
    start = fuzz.seeds(".md")[0]
    assert [fuzz.mutated(start, one) for _ in range(20)] == [fuzz.mutated(start, other) for _ in range(20)]
