"""What a text is about that is not handed on: pay, health, family and the like, found by word lists that are data."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("topics.toml")
_KEYS = {"id", "title", "find", "unless", "yes", "no"}
_SAME = str.maketrans({"’": "'", "‘": "'", "\u00ad": None, "\u200b": None, "\ufeff": None})
_PLAIN = str.maketrans(dict.fromkeys("*_`~", " "))


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: what finds it, its look-alikes, and sentences that it must and must not find."""

    id: str
    title: str
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    yes: tuple[str, ...]
    no: tuple[str, ...]

    def in_(self, text: str) -> bool:
        """Return whether a text, folded by `fold`, is about it."""
        kept = self.unless.sub(" ¦ ", text) if self.unless else text
        return bool(self.find.search(kept))


@cache
def load_topics() -> tuple[Topic, ...]:
    """Read the topics of the package.

    Raises:
        ValueError: a topic has a key that none may have.
    """
    return tuple(_topic(one) for one in tomllib.loads(_FILE.read_text(encoding="utf-8"))["topic"])


def topics_of(*texts: str) -> tuple[str, ...]:
    """Return the ids of the topics that any of some texts is about, in the order of the file."""
    folded = [fold(text) for text in texts if text]
    return tuple(topic.id for topic in load_topics() if any(topic.in_(text) for text in folded))


def fold(text: str) -> str:
    """Return a text as the expressions read it: small letters, plain apostrophes, no marks, single spaces."""
    return " ".join(text.translate(_SAME).translate(_PLAIN).casefold().split())


def _topic(one: dict[str, Any]) -> Topic:
    if unknown := one.keys() - _KEYS:
        raise ValueError(f"topics.toml: unknown key {min(unknown)!r}")
    return Topic(
        id=one["id"],
        title=one["title"],
        find=_any_of(one["find"]),
        unless=_any_of(one["unless"]) if one.get("unless") else None,
        yes=tuple(one["yes"]),
        no=tuple(one["no"]),
    )


def _any_of(bodies: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w£$€-])(?:{'|'.join(bodies)})(?!\w)")
