"""What each level of sharing may hold, read from ``levels.toml``: an allow list, so that what nobody thought of is left out."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from analyzer.sharing.topics import load_topics

_FILE = Path(__file__).with_name("levels.toml")
SELF, MANAGER, PUBLIC = "self", "manager", "public"


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """One level: what a line may be to stand in it."""

    name: str
    kinds: frozenset[str]
    """The kinds of lines that it holds, see `analyzer.sharing.kinds`."""
    said: frozenset[str]
    """Topics that may stand where the line says that the two spoke of it."""
    certain: bool
    """Whether labels have to be certain."""
    names: bool
    """Whether other people may be named."""


@cache
def level_named(name: str) -> Level | None:
    """Return a level; None for ``self``, which holds everything."""
    if name == SELF:
        return None
    one = _data()[name]
    return Level(
        name=name,
        kinds=frozenset(one["kinds"]),
        said=frozenset(one["said"]),
        certain=one["certain"],
        names=one["names"],
    )


@cache
def titles() -> Mapping[str, str]:
    """Return what each rule that leaves a line out is called in an output."""
    return {**{topic.id: topic.title for topic in load_topics()}, **_data()["titles"]}


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))
