"""Every folder of `tests/cases/reading`: something odd about how notes are kept, and the items that have to come out of it.

`expected.toml` says what is odd (``about``), the settings if there are any, each item in order (``text``, and of ``date``,
``section``, ``author``, ``line``, ``place``, ``checked``, ``struck``, ``pinned``, ``prefix`` and ``tags`` those that it is
about), and the problems, each by some words of it: no other problem may be reported. ``ignored`` lists the reasons for which
lines were left out, where the case is about them. ``error`` stands instead of items where nothing can be read.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from analyzer.errors import AnalyzerError
from analyzer.intake import read_items
from analyzer.records import Item
from analyzer.settings import Settings

_CASES = Path(__file__).parent / "cases" / "reading"
_FOLDERS = sorted(path.parent for path in _CASES.glob("*/expected.toml"))
_KEYS = {"about", "settings", "item", "problems", "ignored", "error"}


@pytest.mark.parametrize("folder", _FOLDERS, ids=lambda folder: folder.name)
def test_case_is_read_as_expected(folder: Path) -> None:
    expected = tomllib.loads((folder / "expected.toml").read_text(encoding="utf-8"))
    assert expected["about"]
    assert set(expected) <= _KEYS
    notes = [path for path in sorted(folder.iterdir()) if path.name != "expected.toml"]
    settings = Settings.model_validate(expected.get("settings", {}))
    if "error" in expected:
        with pytest.raises(AnalyzerError, match=expected["error"]):
            read_items(notes, settings)
        return
    reading, items, ignored = read_items(notes, settings)
    wanted = expected.get("item", [])
    got = [_seen(item, wanted[place] if place < len(wanted) else {"text": ""}) for place, item in enumerate(items)]
    assert got == wanted
    problems = [problem.message for problem in reading.problems]
    told = expected.get("problems", [])
    assert len(problems) == len(told), problems
    assert all(any(words in problem for problem in problems) for words in told), problems
    if "ignored" in expected:
        assert sorted({one.reason for one in ignored}) == sorted(expected["ignored"])


def test_there_are_at_least_sixty_cases() -> None:
    assert len(_FOLDERS) >= 60


def _seen(item: Item, wanted: dict[str, Any]) -> dict[str, Any]:
    """Return of an item what the case says something about."""
    everything: dict[str, Any] = {
        "text": item.text,
        "date": item.date,
        "section": item.section,
        "author": item.author or "",
        "line": item.source.start,
        "place": item.source.locator or "",
        "checked": item.checked,
        "struck": item.struck,
        "pinned": item.pinned,
        "prefix": item.prefix,
        "tags": list(item.tags),
    }
    return {key: everything[key] for key in everything if key in wanted or key == "text"}
