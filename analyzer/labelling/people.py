"""Which words of the notes name persons: found from how they are used all year, not from a list of names.

A capitalised word is a name when the notes use it as one at least once (it speaks, is worked with, owns a team) and
never write it in lower case. Trained name finders take products for people on such fragments ("Kafka", "Atlas").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from analyzer.dates import MONTHS, WEEKDAYS
from analyzer.patterns import load_lists
from analyzer.records import Item, Roster

_NAME = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ-]{1,20}"
_FULL = rf"{_NAME}(?:\s(?:van|de|von|der|la|{_NAME})){{0,2}}"
_USES = tuple(
    re.compile(expression)
    for expression in (
        rf"\b({_NAME})(?:\s{_NAME})?(?:\s(?:from|in)\s\w{{2,15}}|\s\([^)]{{2,30}}\))?,?\s(?:said|says|told|asked|asks|wants|wanted|thinks|thought|counted|checked|reckons|wrote|sent|took|gave|joined|left|agreed|liked|likes|helped|expects|owns|stopped (?:me|us|by)|and I|to (?:send|ask|check|take|write|find))\b",
        rf"\b(?:with|w/|asked|told|helped|trained|thanks|Thanks|thank|cc|by)\s({_NAME})\b(?!\s(?:model|dashboard|team|server|project|report|rollout|test))",
        rf"\b({_NAME})(?:[’']s)\s(?:team|people|lot|squad|idea|desk|numbers?|words?|point|side|guess)\b",
        rf"\b({_NAME})\s(?:and|&|\+)\s(?:I|me)\b",
        rf"@({_NAME})\b",
        rf"\b(?:Dr|Mr|Mrs|Ms|Prof|Matron|Sister|Cllr)\.?\s({_NAME})\b",
    )
)
_NOT_NAMES = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | frozenset(
        "i ai eta easter christmas thanksgiving xmas monday english french german google excel slack jira friday board legal finance ops".split()
    )
)


def find_names(items: Sequence[Item], roster: Roster) -> frozenset[str]:
    """Find the first names that the notes use for persons.

    Args:
        items: all items of one person's notes.
        roster: the names that are known already.

    Returns:
        Lower-cased single words, those of the roster among them.
    """
    lists = load_lists()
    lower = Counter(word for item in items for word in re.findall(r"\b[a-zà-öø-ÿ]{2,20}\b", item.text))
    leads = {word.lower() for item in items for word in re.findall(_NAME, item.prefix + " " + item.lead)}
    found = Counter(name.lower() for item in items for use in _USES for name in use.findall(item.text))
    names = {
        name
        for name in found
        if not lower[name]
        and name not in _NOT_NAMES
        and name not in lists["pronoun_subject"]
        and name not in lists["determiner"]
        and name not in lists["preposition"]
        and name not in leads
    }
    return frozenset(names | {alias for alias in roster.aliases if alias.isalpha()})


def people_in(text: str, names: frozenset[str], roster: Roster) -> tuple[str, ...]:
    """Return the persons that a text names, as the roster writes them, in the order of the text.

    Args:
        text: an item's text.
        names: from `find_names`.
        roster: resolves initials and first names to full names.
    """
    found: dict[str, None] = {}
    for match in re.finditer(rf"\b(?:{_FULL}|[A-Z]{{2,3}})\b", text):
        words = match.group().replace("’s", "").replace("'s", "").split()
        while words and words[0].lower() not in names:
            words.pop(0)
        if words:
            written = " ".join(words)
            found[roster.aliases.get(words[0].lower(), written)] = None
    return tuple(found)


def role_of(author: str | None, roster: Roster) -> str:
    """Return ``subject``, ``manager`` or ``other`` for whoever says an item; nobody named is the writer."""
    author = author or roster.writer or roster.subject
    if author is None or author == roster.subject:
        return "subject"
    return "manager" if author == roster.manager else "other"


def unique(values: Iterable[str]) -> tuple[str, ...]:
    """Return values in their first order without repeats."""
    return tuple(dict.fromkeys(values))
