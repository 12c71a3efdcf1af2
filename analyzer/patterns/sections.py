"""Which section of the notes a heading opens, from the words in `sections.toml`; shared by the stages that see headings."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

_NOT_WORDS = re.compile(r"[^\w'&/+-]+")
_LONGEST = 200
_MOST_WORDS = 10
"""A longer line is a sentence that happens to hold such a word."""


@cache
def load_sections() -> Mapping[str, str]:
    """Load the table: phrase to canonical section."""
    table: dict[str, str] = {}
    for section, phrases in _load().items():
        if section not in {"weak", "fillers"}:
            for phrase in phrases:
                table.setdefault(phrase, section)
    return table


def section_of(heading: str) -> str:
    """Return the canonical section that a heading opens.

    Args:
        heading: as written; mark-up, emoji, punctuation and case do not matter.

    Returns:
        The section, '' where the heading names none ("Churn model", or a whole sentence).
    """
    if " / " in heading and len(heading) <= _LONGEST:
        return next((section for piece in heading.split(" / ") if (section := section_of(piece))), "")
    words = [word for word in heading_words(heading) if not word.isdigit()]
    if not 1 <= len(words) <= _MOST_WORDS:
        return ""
    table = load_sections()
    for length in range(min(len(words), 6), 0, -1):
        for start in range(len(words) - length + 1):
            phrase = " ".join(words[start : start + length])
            if phrase in table and _carries(words, start, length, heading):
                return table[phrase]
    return ""


def is_section_name(heading: str) -> bool:
    """Return whether a line consists of a section's name and nothing else ("Wins", "ACTION ITEMS:")."""
    return " ".join(heading_words(heading)) in load_sections()


def heading_words(heading: str) -> list[str]:
    """Return the words of a heading, lower case, without mark-up, emoji and punctuation."""
    plain = heading.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").replace("_", " ").lower()
    return [word.strip("'-+/&") for word in _NOT_WORDS.split(plain) if word.strip("'-+/&")]


@cache
def _load() -> Mapping[str, tuple[str, ...]]:
    data = tomllib.loads(files(__package__).joinpath("sections.toml").read_text(encoding="utf-8"))
    return {name: tuple(phrases.strip().splitlines()) for name, phrases in data.items()}


def _carries(words: list[str], start: int, length: int, heading: str) -> bool:
    """Say whether a phrase is what the heading is about, not a word inside a project's name.

    In a question ("What would I like to do next?") a phrase may stand anywhere; else it opens or ends the heading. A weak word
    needs the company of fillers ("My updates this week", not "Status page").
    """
    rest = [*words[:start], *words[start + length :]]
    if length == 1 and words[start] in _load()["weak"]:
        return all(word in _load()["fillers"] or word.isdigit() for word in rest)
    return "?" in heading or start == 0 or start + length == len(words)
