"""How notes are told: in the first or third person, by one of the two or by an assistant, or as a transcript of who said what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from analyzer.patterns.given import is_given_name

_FIRST_PERSON = re.compile(r"(?<![\w'])(?:I|I'm|I've|I'd|I'll|i'm|i've|im|ive|i|my|me|mine|myself)(?![\w'])")
_THIRD_PERSON = re.compile(r"(?<![\w'])(?:he|she|his|her|him|hers)(?![\w])", re.IGNORECASE)
_THIRD_SHARE = 1.5
_SECOND_PERSON = re.compile(r"(?<![\w'])(?:you|you['’](?:ve|re|ll|d)|your|yours|yourself)(?!\w)", re.IGNORECASE)
_LEAST_YOU = 10
_MARKED = re.compile(
    r"[*_]{0,3}(?P<name>[A-ZÀ-ÖØ-ÞŁŚŽŠČŻ][^\W\d_]{1,30}(?:[ -][A-ZÀ-ÖØ-ÞŁŚŽŠČŻ][\w'’.]{0,30}){0,2})[*_]{0,3}"
    r"(?:\s[(\[][\d:.,\s>-]{1,30}[)\]])?[*_]{0,3}:[*_]{0,3}\s(?P<said>.{0,400})"
)
_TALKED = re.compile(r"(?<![\w'])(?:I|I['’]\w{1,2}|my|me|you|your|you['’]\w{1,2}|we|us)(?!\w)|\?", re.IGNORECASE)
_LEAST_LINES = 4
_TALK_SHARE = 0.6
_TALKS_SHARE = 0.6
_SENTENCE = re.compile(r"(?:^|[.!?;] |:\*{0,2} )(?P<words>[^\W\d_][\w'’-]{0,30}(?: [^\W\d_][\w'’-]{0,30}){0,2})")
_NO_VERB = frozenset("to and or with from for of in on at is's the a".split())


def is_third_person(texts: Iterable[str]) -> bool:
    """Return whether notes mostly speak of somebody as he or she, as a manager's do."""
    first = third = 0
    for text in texts:
        first += len(_FIRST_PERSON.findall(text))
        third += len(_THIRD_PERSON.findall(text))
    return third >= 5 and third > _THIRD_SHARE * first


def told_by_name(name: str | None, texts: Sequence[str]) -> int:
    """Return how many sentences open with a person's name and go on in lower case: "Dana closed the tender"."""
    if not name or not name.strip():
        return 0
    first = name.split()[0]
    count = 0
    for text in texts:
        for match in _SENTENCE.finditer(text[:400]):
            words = match["words"].split()
            rest = words[2:] if " ".join(words[:2]) == name else words[1:]
            count += words[0] == first and bool(rest) and rest[0].islower() and rest[0] not in _NO_VERB
    return count


def says_i(texts: Sequence[str]) -> int:
    """Return how often notes say I, me or my."""
    return sum(len(_FIRST_PERSON.findall(text)) for text in texts)


def speaks_to_you(texts: Sequence[str]) -> bool:
    """Return whether notes are written to somebody: more you than I, as in a manager's record for the person it is about.

    What is marked as somebody's words ("Ben: you should …") is left out of the count.
    """
    own = [text for text in texts if ":" not in text[:30]]
    you = sum(len(_SECOND_PERSON.findall(text)) for text in own)
    return you >= _LEAST_YOU and you > says_i(own)


def speakers_in_talk(texts: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return who speaks in a transcript, in which most lines open with a name and hold somebody's words.

    Args:
        texts: of all blocks but headings.
        known: names of people from titles and properties.

    Returns:
        Names in the order of their first words; none for notes in which projects stand before a colon.
    """
    marked = [match for text in texts if (match := _MARKED.match(text[:500]))]
    if len(marked) < _LEAST_LINES or len(marked) < _TALK_SHARE * len(texts):
        return []
    said = Counter(match["name"] for match in marked)
    talked = Counter(match["name"] for match in marked if _TALKED.search(match["said"]))
    firsts = {name.split()[0] for name in known}
    sure = {name for name in said if name.split()[0] in firsts or is_given_name(name.split()[0])}

    def speaks(name: str) -> bool:
        talks = talked[name] >= _TALKS_SHARE * said[name] and not name.isupper()
        return name in sure or (talks and said[name] >= (2 if len(sure) >= 2 and " " in name else 3))

    people = [name for name in said if speaks(name)]
    spoken = sum(talked[name] for name in people)
    return people if len(people) >= 2 and spoken >= 0.3 * sum(said[name] for name in people) else []
