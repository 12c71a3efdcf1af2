"""The word lists that tell names from other words, as data: given names, names that are words too, what is no name, common words."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from analyzer.dates import MONTHS, WEEKDAYS
from analyzer.patterns import load_lists, load_verbs

_FOLDER = Path(__file__).with_name("words")
PARTICLES = frozenset("van von de der den da del della di du la le bin al el ter ten dos das y mac st".split())
TITLES = frozenset("dr mr mrs ms mx prof professor sir dame matron sister nurse cllr rev".split())


@cache
def given_names() -> frozenset[str]:
    """Return given names that are hardly ever anything else."""
    return _words("given_names") - word_names() - no_names() - common_words()


@cache
def word_names() -> frozenset[str]:
    """Return names that are words too ("will", "may", "mark"): persons only in a name's place."""
    return _words("word_names")


@cache
def no_names() -> frozenset[str]:
    """Return words with a capital that are no persons: tools, places, days."""
    return _words("no_names") | frozenset(MONTHS) | frozenset(WEEKDAYS)


@cache
def common_words() -> frozenset[str]:
    """Return words that notes write in lower case."""
    lists = frozenset(word for words in load_lists().values() for word in words)
    return _words("common") | lists | frozenset(load_verbs().forms)


def _words(name: str) -> frozenset[str]:
    text = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
