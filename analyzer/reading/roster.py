"""Who is who: the subject, the manager and the writer, from titles, properties, intro lines and how the notes are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.reading.names import (
    aliases_of,
    initials_marked,
    names_in_attendees,
    names_in_title,
    owner_of_copy,
    people_who_speak,
    same_person,
    short_forms,
)
from analyzer.records import Roster
from analyzer.settings import Settings

_SUBJECT_KEYS = frozenset(("name", "employee", "report", "direct report", "subject", "team member"))
_MANAGER_KEYS = frozenset(
    ("manager", "mgr", "line manager", "lead", "supervisor", "boss", "people manager", "team lead")
)
_WRITER_KEYS = frozenset(("author", "writer", "notes by", "written by"))
_OTHER_KEYS = frozenset(("with", "who"))
GROUP_KEYS = frozenset(
    """attendees present participants people attending aanwezig anwesend teilnehmer présents participantes asistentes presenti
    presentes närvarande""".split()
)
PROPERTY_KEYS = (
    _SUBJECT_KEYS
    | _MANAGER_KEYS
    | _WRITER_KEYS
    | _OTHER_KEYS
    | GROUP_KEYS
    | frozenset(
        (
            "date",
            "time",
            "location",
            "where",
            "when",
            "duration",
            "role",
            "title",
            "team",
            "zoom",
            "link",
            "facilitator",
            "type",
            "tags",
        )
    )
)
_FIRST_PERSON = re.compile(r"(?<![\w'])(?:I|I'm|I've|I'd|I'll|i'm|i've|im|ive|i|my|me|mine|myself)(?![\w'])")
_THIRD_PERSON = re.compile(r"(?<![\w'])(?:he|she|his|her|him|hers)(?![\w])", re.IGNORECASE)
_THIRD_SHARE = 1.5
_TEXTS_FOR_VOICE = 3_000


@dataclass(frozen=True, slots=True)
class Clues:
    """What a document gives away about its people."""

    title: str
    stem: str
    properties: tuple[tuple[str, str], ...]
    intro: str
    texts: tuple[str, ...]


def find_roster(clues: Sequence[Clues], settings: Settings) -> Roster:
    """Say who the notes are about, who manages and who writes.

    Args:
        clues: of one document, or of all files of a folder.
        settings: ``me`` and ``manager`` win over what the notes say.

    Returns:
        The roster; names are None where nothing tells.
    """
    names = _names(clues)
    texts = [text for clue in clues for text in clue.texts][:_TEXTS_FOR_VOICE]
    short = {key: name for clue in clues for key, name in short_forms(clue.intro, clue.title).items()}
    subject, manager, writer = _roles(names, texts, settings, short)
    known = [name for name in (subject, manager) if name]
    aliases = aliases_of(known, {**initials_marked(texts, known), **short}, people_who_speak(texts))
    for role in ("manager", "mgr", "boss", "line manager"):
        if manager:
            aliases.setdefault(role, manager)
    if manager and manager != writer:
        aliases.setdefault("m", manager)
    if writer:
        aliases.setdefault("me", writer)
    return Roster(subject=subject, manager=manager, writer=writer, aliases=aliases)


@dataclass(frozen=True, slots=True)
class _Names:
    subject: str | None
    manager: str | None
    writer: str | None
    other: str | None
    """The one that the notes are "with"; not the writer."""
    pair: tuple[str, ...]
    """The names of a title, in their order."""


def _names(clues: Sequence[Clues]) -> _Names:
    found: dict[str, str] = {}
    pair: tuple[str, ...] = ()
    other: str | None = None
    for clue in clues:
        for key, value in clue.properties:
            _take_property(found, key.lower().strip(), value)
        titled, with_whom = names_in_title(clue.title)
        if len(titled) > len(pair):
            pair = titled
        other = other or with_whom
        owner = owner_of_copy(clue.title)
        if owner:
            found.setdefault("writer", owner)
    return _Names(found.get("subject"), found.get("manager"), found.get("writer"), found.get("other") or other, pair)


def _take_property(found: dict[str, str], key: str, value: str) -> None:
    names = names_in_attendees(value)
    if not names:
        return
    if key in _SUBJECT_KEYS:
        found.setdefault("subject", names[0])
    elif key in _MANAGER_KEYS:
        found.setdefault("manager", names[0])
    elif key in _WRITER_KEYS:
        found.setdefault("writer", names[0])
    elif key in _OTHER_KEYS or key in GROUP_KEYS:
        others = [name for name in names if name.lower() not in {"me", "myself", "i"}]
        if len(others) == 1:
            found.setdefault("other", others[0])


def _roles(
    names: _Names, texts: Sequence[str], settings: Settings, short: Mapping[str, str]
) -> tuple[str | None, str | None, str | None]:
    everyone = [name for name in (names.subject, names.manager, *names.pair, names.other, names.writer) if name]
    subject = _fullest(settings.me, everyone) or names.subject
    manager = _fullest(settings.manager, everyone) or names.manager
    third = is_third_person(texts)
    if len(names.pair) == 2:
        first, second = names.pair
        other = _other_of(names.pair, texts, short, names.writer)
        if subject is None:
            managed = manager and next((one for one in names.pair if not same_person(one, manager)), None)
            subject = managed or (first if other is None or third else next(one for one in names.pair if one != other))
        if manager is None:
            manager = next((one for one in (second, first) if not same_person(one, subject)), None)
    elif len(names.pair) == 1 and subject is None and not same_person(names.pair[0], manager):
        subject = names.pair[0]
    if names.other and not same_person(names.other, subject) and not same_person(names.other, manager):
        if subject is None and (manager is not None or third):
            subject = names.other
        elif manager is None:
            manager = names.other
    about_subject = names.other is not None and same_person(names.other, subject)
    if names.writer:
        writer = next((one for one in (subject, manager) if same_person(names.writer, one)), names.writer)
        if manager is None and not same_person(writer, subject):
            manager = writer
    elif about_subject or (third and subject is not None and _is_spoken_of(subject, manager, texts)):
        writer = manager or "manager"
    else:
        writer = subject
    return subject, manager, writer


def is_third_person(texts: Iterable[str]) -> bool:
    """Return whether notes mostly speak of somebody as he or she, as a manager's do."""
    first = third = 0
    for text in texts:
        first += len(_FIRST_PERSON.findall(text))
        third += len(_THIRD_PERSON.findall(text))
    return third >= 5 and third > _THIRD_SHARE * first


def _is_spoken_of(subject: str, manager: str | None, texts: Sequence[str]) -> bool:
    counts = _mentions((subject, *([manager] if manager else [])), texts)
    return manager is None or counts[subject] >= counts[manager]


def _other_of(pair: Sequence[str], texts: Sequence[str], short: Mapping[str, str], writer: str | None) -> str | None:
    """Return which of two names the writer is not: the one whose words are marked, or who is spoken of more."""
    if writer and any(same_person(name, writer) for name in pair):
        return next(name for name in pair if not same_person(name, writer))
    aliases = aliases_of(pair, short, ())
    marked: Counter[str] = Counter()
    for text in texts:
        mark = text[:40].partition(":")[0].strip("*_ ").lower()
        if mark in aliases and mark != text[:40].lower():
            marked[aliases[mark]] += 1
    for counts in (marked, _mentions(pair, texts)):
        best = counts.most_common(2)
        if best and best[0][1] >= 2 and (len(best) == 1 or best[0][1] > 2 * best[1][1]):
            return best[0][0]
    return None


def _mentions(names: Sequence[str], texts: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in names:
        expression = re.compile(rf"(?<!\w){re.escape(name.split()[0])}(?!\w)")
        counts[name] = sum(len(expression.findall(text)) for text in texts)
    return counts


def _fullest(given: str | None, names: Iterable[str]) -> str | None:
    """Return a name of the settings, in the fuller spelling that the notes have for the same person."""
    if not given:
        return None
    known = [name for name in names if same_person(name, given)]
    return max([given, *known], key=lambda name: (len(name.split()), len(name)))
