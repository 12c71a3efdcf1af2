"""Whom feedback goes to, where the form of the line says it beyond doubt; else the classifier decides.

In a manager's notes what the report is said to find ("He thinks I cancel too often", "You said", "Your view of …") was given
by the report, and what the manager told ("Told him to …") was received. In the report's own notes it is the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from analyzer.labelling.observe import Observation
from analyzer.records import Direction, Roster

_SAYS = (
    r"said|says|say|thinks?|thought|reckons?|reckoned|felt|feels?|finds?|found|raised|considers?|considered|holds?|held"
    r"|argued|argues|expressed|responded|complained|complains|observed|wishes|wished|wants? me|wanted me"
    r"|would (?:like|prefer)|fed up|annoyed|rather|like me"
)
_TOLD = re.compile(r"(?:^\W*|[.!?;] |\bI )told (?:him|her|them)\b", re.IGNORECASE)
_YOU_SAID = re.compile(r"\byou (?:said|told me|find that|think|reckon)\b", re.IGNORECASE)
_LEADING = re.compile(
    r"^\W*(?:says|thinks|reckons|finds|feels|wants me|wishes|s?he['’]s (?:fed up|annoyed))\b", re.IGNORECASE
)


def stated_direction(seen: Observation, roster: Roster) -> Direction | None:
    """Return whom the form of a line says that feedback goes to, None where it does not say.

    Args:
        seen: what was read from the item.
        roster: who writes, and who is the subject.
    """
    text = seen.item.text
    names = _names(roster)
    if roster.writer is None or not names:
        return None
    if roster.writer == roster.subject:
        led = re.match(rf"\W*(?:{names})(?: to \w{{1,20}})? ?: ", text)
        return Direction.GIVEN if led or _TOLD.search(text) else None
    if roster.writer != roster.manager:
        return None
    if _YOU_SAID.search(text) or _LEADING.match(text) or _reported(names).search(text):
        return Direction.GIVEN
    return Direction.RECEIVED if _TOLD.search(text) else None


def _names(roster: Roster) -> str:
    """Return an alternation of the subject's name and its short forms as they are written; '' where nobody is known."""
    if not roster.subject:
        return ""
    short = [form for form, name in roster.aliases.items() if name == roster.subject and len(form) > 1]
    written: Iterable[str] = (
        roster.subject,
        roster.subject.split()[0],
        *(form.upper() for form in short if len(form) < 4),
    )
    return "|".join(sorted({re.escape(one) for one in written}, key=lambda one: (-len(one), one)))


@lru_cache(maxsize=8)
def _reported(names: str) -> re.Pattern[str]:
    who = rf"(?:He|She|You|he|she|you|{names})"
    return re.compile(
        rf"^\W*{who}(?:['’]s|['’]d)? (?:also |was |is )?(?:{_SAYS})\b"
        rf"|^\W*(?:(?i:your|his|her)|(?:{names})['’]s) (?:one )?(?i:view|verdict|complaint|note|words|ask|turn|wish|request)"
        rf" (?:of|on|about|for|:)|\b(?:(?i:you|he|she)|{names}) (?:to|on) me\b|\b(?:{names}) told me\b"
    )
