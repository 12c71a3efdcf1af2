"""What stands before a colon or dash at the front of an item: a speaker, a project, or neither."""

from __future__ import annotations

import re
from collections.abc import Mapping

from analyzer.dates import WEEKDAYS, find_dates
from analyzer.patterns import load_lists, load_verbs
from analyzer.patterns.given import is_given_name
from analyzer.patterns.sections import is_section_name

_SPEAKER = re.compile(
    r"(?P<open>[*_]{0,3})@?(?P<name>[^\W\d_][\w'’.-]{0,30}(?: [^\W\d_][\w'’.-]{0,30}){0,2})(?:\s\([^()\n]{1,30}\))?"
    r"(?P<shut>[*_]{0,3})\s?[:：](?P<after>[*_]{0,3})\s+(?=\S)"
)
_TURN = re.compile(
    r"(?:(?<=[.?!…)\]\"'”’])\s{1,3}|\s[–—-]{1,2}\s|\s?[(\[])"
    r"(?=(?P<name>[^\W\d_][\w'’.-]{0,30}(?: [^\W\d_][\w'’-]{1,30})?):\s)"
)
_LEAD = re.compile(r"(?P<lead>[^:\n]{1,60}?)(?::|\s[-–—]{1,2})\s+(?=\S)|(?P<whole>[^:\n]{1,60}?):$")
_NO_PROJECT = frozenset(
    """q a note notes nb n.b ps p.s fyi todo to-do ai ais action actions update updates status eta due decision decisions idea ideas
    question questions reminder context background problem issue impact effect result results next then me re tbd tldr tl;dr also aside summary
    example e.g i.e plan goal ask asks blocker blocked done wip deprioritised deprioritized p0 p1 p2 p3 for with to from answer
    reason because good bad pro pros con cons win wins learned learning learnings outcome today tomorrow yesterday why how what when
    who where which if once so but and or first second third finally lastly overall important warning caveat tip link links see cc
    well ok okay yes no hm private personal confidential pinned feedback praise thanks kudos ps btw nb agreed discussed reply response quote mood topic topics""".split()
) | set(WEEKDAYS)
_PLACES = frozenset(
    """street road lane avenue square park house hall school college ward wing bridge hill court building centre center depot hospital
    award prize case account contract project programme program fund review model tool app site store shop branch trial study""".split()
)
_NEVER_IN_NAME = frozenset(
    "goal goals okr okrs priority priorities objective objectives feedback question questions".split()
)
_PERIOD = re.compile(r"(?:Q[1-4]|H[12]|FY|P\d{1,2}|'?\d\d|\s|-|/)+$", re.IGNORECASE)
_AGAIN = re.compile(r"\s(?:again|too|also|still|now|cont'?d?|continued|update)$", re.IGNORECASE)
_QUOTE = ('"', "“", "'\"", "„", "«")
_NOT_OF_NAME = re.compile(r"\s{0,3}\[[^\[\]]{0,30}\]|\*{1,3}|_{2,3}|`|~~")
_NAME_ENDS = ")+?!.,;'"
_MOST_WORDS = 6
_MOST_WORDS_DASH = 5
_LEAST_TOLD = 4
"""Words of a cell that tells something about what stands in the first one."""


def speaker_of(text: str, aliases: Mapping[str, str]) -> tuple[str, int] | None:
    """Return who is marked as the speaker at the front of a text, and where the words start.

    Args:
        text: cleaned.
        aliases: the roster's short forms, lower case.

    Returns:
        The person's name and an offset; None where the text opens otherwise ("Relay: live", "AI Asha: …", "me: …").
    """
    found = _SPEAKER.match(text)
    if not found or len(found["open"]) != len(found["shut"]) + len(found["after"]):
        return None
    name = found["name"].casefold()
    if name not in aliases and _is_name(found["name"]) and text[found.end() :].startswith(_QUOTE):
        return found["name"], found.end()
    if name == "me" or name not in aliases or (len(name) == 1 and found["name"].islower()):
        return None
    return aliases[name], found.end()


def turns_in(text: str, aliases: Mapping[str, str]) -> list[tuple[int, int, str]]:
    """Return the marks inside a text that hand over to another speaker: "band 7 again? CB: will ask HR".

    Returns:
        For each where the mark starts, where the words after it start, and whose they are.
    """
    found: list[tuple[int, int, str]] = []
    for match in _TURN.finditer(text):
        name = match["name"].casefold()
        if name in aliases and name != "me":
            end = match.end() + len(match["name"]) + 1
            found.append((match.start(), end + len(text[end:]) - len(text[end:].lstrip()), aliases[name]))
    return found


def prefix_of(text: str, aliases: Mapping[str, str]) -> str:
    """Return a project-like lead at the front of an item, '' if there is none.

    Args:
        text: the item's words without a speaker's mark.
        aliases: people are no projects.
    """
    found = _LEAD.match(text)
    if not found:
        return ""
    lead = (found["lead"] or found["whole"] or "").strip()
    dash = found["lead"] is not None and not text[len(found["lead"]) :].lstrip().startswith(":")
    name = _AGAIN.sub("", bare_name(lead.partition(", ")[0] if not dash else lead))
    words = name.split()
    if text[found.end() :].startswith(_QUOTE) and words and words[0][0].isupper():
        return ""
    if not 1 <= len(words) <= (_MOST_WORDS_DASH if dash else _MOST_WORDS) or not _may_name(name, words):
        return ""
    people = name.casefold() in aliases or words[0].casefold() in aliases or _is_person(words)
    return "" if people or _is_clause(words) else name


def topic_of_row(text: str, aliases: Mapping[str, str]) -> str:
    """Return what a table row is about where its first cell is a short name and another one tells more, '' otherwise.

    Args:
        text: the row's cells with bars between them.
        aliases: people are no projects.
    """
    first, *rest = (cell.strip() for cell in text.strip(" |").split(" |"))
    name = bare_name(first)
    words = name.split()
    if not rest or not 1 <= len(words) <= _MOST_WORDS_DASH or not _may_name(name, words):
        return ""
    if max(len(cell.split()) for cell in rest) < _LEAST_TOLD:
        return ""
    people = name.casefold() in aliases or words[0].casefold() in aliases or _is_person(words)
    return "" if people or _is_clause(words) else name


def bare_name(lead: str) -> str:
    """Return a lead's words without mark-up, tags, and signs or emoji at its ends."""
    plain = _NOT_OF_NAME.sub("", lead)
    start = next((place for place, one in enumerate(plain) if one.isalnum() or one in "(#@"), len(plain))
    end = next(
        (
            place
            for place in range(len(plain), start, -1)
            if plain[place - 1].isalnum() or plain[place - 1] in _NAME_ENDS
        ),
        start,
    )
    name = plain[start:end]
    return "" if name.casefold() in WEEKDAYS else name


def _is_name(written: str) -> bool:
    words = written.split()
    return len(words) <= 2 and all(word[0].isupper() and not word.isupper() for word in words)


def _is_person(words: list[str]) -> bool:
    """Return whether a lead is somebody's name ("Omar: ask for the figures"), not a place named after one ("Martin Street")."""
    if not is_given_name(words[0]) or not all(word[0].isupper() and word.isalpha() for word in words):
        return False
    return len(words) == 1 or (len(words) == 2 and words[1].casefold() not in _PLACES)


def _may_name(name: str, words: list[str]) -> bool:
    first = words[0].casefold().strip(".,")
    if not name or not any(character.isalpha() for character in name) or name[0] in "([→>" or name[-1] in ".!?,;":
        return False
    if (
        first in _NO_PROJECT
        or is_section_name(name)
        or any(mark in name for mark in (". ", "! ", "? ", ", ", "“", '"', "->", "→", "="))
    ):
        return False
    if _PERIOD.match(name) or any(word.casefold() in _NEVER_IN_NAME for word in words):
        return False
    dates = find_dates(name) if any(one.isdigit() for one in name) else ()
    return not (dates and dates[0].end - dates[0].start >= len(name) - 4)


def _is_clause(words: list[str]) -> bool:
    """Return whether the lead tells something: a pronoun, an auxiliary, or a past verb after or at its front."""
    lists, forms = load_lists(), load_verbs().forms
    closed = (
        lists["pronoun_self"]
        | lists["pronoun_team"]
        | lists["pronoun_you"]
        | lists["modal"]
        | lists["be"]
        | lists["have"]
        | lists["negation"]
        | {"he", "she", "they", "it", "who", "there", "did", "does", "do", "don't", "didn't", "that", "everyone"}
    ) - {"may", "can", "no", "'s", "it"}
    lower = [word.casefold().strip("()") for word in words]
    if any(word in closed for word in lower):
        return True
    for place, word in enumerate(lower):
        tags = {tag for _, tag in forms.get(word, ())}
        past_only = "VBD" in tags and not tags & {"VB"}
        if past_only and (place > 0 or len(words) > 1):
            return not (place == len(words) - 1 and words[place][0].isupper() and place > 0)
    return False
