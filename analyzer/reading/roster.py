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
    roles_in,
    same_person,
    short_forms,
)
from analyzer.reading.voices import is_third_person, says_i, speakers_in_talk, speaks_to_you, told_by_name
from analyzer.records import ASSISTANT, Roster
from analyzer.settings import Settings

_SUBJECT_KEYS = frozenset(("name", "employee", "report", "direct report", "subject", "team member"))
_MANAGER_KEYS = frozenset(
    ("manager", "mgr", "line manager", "lead", "supervisor", "boss", "people manager", "team lead")
)
_WRITER_KEYS = frozenset(("author", "writer", "owner", "notes by", "written by", "from"))
_OTHER_KEYS = frozenset(("with", "who", "to"))
MAIL_KEYS = frozenset(("from", "to", "cc", "bcc", "sent", "subject"))
"""Of an e-mail that was saved or pasted."""
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
    | MAIL_KEYS
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
_TEXTS_FOR_VOICE = 3_000
_MANAGER_MARKS = ("manager", "mgr", "boss", "line manager")
_UNNAMED = "manager"
"""Stands for a manager whose name the notes do not give."""
_TOLD = 3
_TOLD_SHARE = 0.2
"""Number or share of sentences that open with the subject's name from which on somebody else writes: nobody tells so of
themselves."""
_HARDLY = 0.2
"""How often an assistant's notes say I, beside how often they tell of the subject by name."""
_MYSELF = frozenset(("me", "myself", "i"))
_ROLE_OF_MANAGER = _MANAGER_KEYS | {"tl", "em", "my manager", "line-manager", "host"}
_ROLE_OF_SUBJECT = _SUBJECT_KEYS | {"ic", "me", "direct"}


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
    manager = manager or _unnamed_manager(writer, subject, texts)
    known = [name for name in (subject, manager) if name]
    heard = [*speakers_in_talk(texts, known), *_present(clues)]
    talking = [name for name in dict.fromkeys(heard) if not any(same_person(name, one) for one in known)]
    aliases = aliases_of(known, {**initials_marked(texts, known), **short}, people_who_speak(texts))
    if talking:
        aliases = {form: name for form, name in aliases_of(talking, {}, ()).items() if len(form) > 1} | aliases
    for role in _MANAGER_MARKS:
        if manager:
            aliases.setdefault(role, manager)
    if manager and manager != writer:
        aliases.setdefault("m", manager)
    if writer:
        aliases.setdefault("me", writer)
    return Roster(subject=subject, manager=manager, writer=writer, aliases=aliases)


def _present(clues: Sequence[Clues]) -> list[str]:
    """Return who is listed as present, in any of the files."""
    lists = [value for clue in clues for key, value in clue.properties if key.lower() in GROUP_KEYS]
    return [name for value in lists for name in names_in_attendees(value) if name.lower() not in _MYSELF]


def _unnamed_manager(writer: str | None, subject: str | None, texts: Sequence[str]) -> str | None:
    """Return "manager" where notes without a manager's name are the manager's, or mark what the manager says."""
    if writer == _UNNAMED:
        return _UNNAMED
    marks = Counter(text[:24].partition(":")[0].strip("*_@ ").lower() for text in texts if ":" in text[:24])
    other = subject is None or subject[:1].lower() != "m"
    told = any(marks[role] for role in _MANAGER_MARKS) or (marks["m"] and other)
    return _UNNAMED if told else None


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
    present: tuple[str, ...] = ()
    other: str | None = None
    for clue in clues:
        for key, value in clue.properties:
            _take_property(found, key.lower().strip(), value)
            if key.lower() in GROUP_KEYS and len(names := names_in_attendees(value)) == 2 and not present:
                present = tuple(name for name in names if name.lower() not in _MYSELF)
        for name, role in roles_in(clue.title):
            _take_role(found, name, role)
        titled, with_whom = names_in_title(clue.title)
        if len(titled) > len(pair):
            pair = titled
        other = other or with_whom
        owner = owner_of_copy(clue.title)
        if owner:
            found.setdefault("writer", owner)
    pair = pair if len(pair) == 2 or len(present) != 2 else present
    return _Names(found.get("subject"), found.get("manager"), found.get("writer"), found.get("other") or other, pair)


def _take_role(found: dict[str, str], name: str, role: str) -> None:
    if role in _ROLE_OF_MANAGER:
        found.setdefault("manager", name)
    elif role in _ROLE_OF_SUBJECT:
        found.setdefault("subject", name)


def _take_property(found: dict[str, str], key: str, value: str) -> None:
    names = names_in_attendees(value)
    if not names:
        return
    if key in GROUP_KEYS:
        for name, role in roles_in(value):
            _take_role(found, name, role)
    if key in _SUBJECT_KEYS:
        found.setdefault("subject", names[0])
    elif key in _MANAGER_KEYS:
        found.setdefault("manager", names[0])
    elif key in _WRITER_KEYS:
        found.setdefault("writer", names[0])
    elif key in _OTHER_KEYS or key in GROUP_KEYS:
        others = [name for name in names if name.lower() not in _MYSELF]
        if len(others) == 1:
            found.setdefault("other", others[0])


def _roles(
    names: _Names, texts: Sequence[str], settings: Settings, short: Mapping[str, str]
) -> tuple[str | None, str | None, str | None]:
    everyone = [name for name in (names.subject, names.manager, *names.pair, names.other, names.writer) if name]
    subject = _fullest(settings.me, everyone) or names.subject
    manager = _fullest(settings.manager, everyone) or names.manager
    third = is_third_person(texts)
    subject, manager = _of_title(names, subject, manager, texts, short)
    if names.other and not same_person(names.other, subject) and not same_person(names.other, manager):
        if subject is None and (manager is not None or third):
            subject = names.other
        elif manager is None:
            manager = names.other
    about_subject = names.other is not None and same_person(names.other, subject)
    if names.writer:
        writer: str | None = next((one for one in (subject, manager) if same_person(names.writer, one)), names.writer)
        if subject is None and not third and not same_person(writer, manager):
            subject = writer
        elif manager is None and not same_person(writer, subject):
            manager = writer
    elif about_subject or (third and subject is not None and _is_spoken_of(subject, manager, texts)):
        writer = manager or _UNNAMED
    else:
        writer = _writer_by_names(subject, manager, texts, short)
    return subject, manager, writer


def _of_title(
    names: _Names, subject: str | None, manager: str | None, texts: Sequence[str], short: Mapping[str, str]
) -> tuple[str | None, str | None]:
    """Settle what is open of the two from the names in titles."""
    third = is_third_person(texts)
    if len(names.pair) == 2:
        first, second = names.pair
        other = _other_of(names.pair, texts, short, names.writer)
        if subject is None:
            managed = manager and next((one for one in names.pair if not same_person(one, manager)), None)
            subject = managed or (first if other in {None, second} or third else second)
        if manager is None:
            manager = next((one for one in (second, first) if not same_person(one, subject)), None)
    elif len(names.pair) == 1 and subject is None and not same_person(names.pair[0], manager):
        met = same_person(names.other, names.pair[0]) and not same_person(names.writer, names.pair[0])
        if names.writer and met and not third:
            manager = manager or names.pair[0]  # "1:1 Ilka" in notes whose owner met "with Ilka"
        else:
            subject = names.pair[0]
    return subject, manager


def _writer_by_names(
    subject: str | None, manager: str | None, texts: Sequence[str], short: Mapping[str, str]
) -> str | None:
    """Return who writes, from whose words are marked and whom the notes tell of by name: nobody does so of themselves."""
    if subject and manager:
        marked = _marked((subject, manager), texts, short)
        if marked[subject] >= _TOLD > marked[manager]:
            return manager
    if manager and speaks_to_you(texts):
        return manager
    of_subject, of_manager = told_by_name(subject, texts), told_by_name(manager, texts)
    first = says_i(texts)
    if (of_subject < _TOLD and of_subject < max(_TOLD_SHARE * len(texts), 2)) or of_manager > of_subject:
        return subject
    if of_manager and first <= _HARDLY * of_subject:
        return ASSISTANT
    return manager or _UNNAMED


def _is_spoken_of(subject: str, manager: str | None, texts: Sequence[str]) -> bool:
    counts = _mentions((subject, *([manager] if manager else [])), texts)
    return manager is None or counts[subject] >= counts[manager]


def _other_of(pair: Sequence[str], texts: Sequence[str], short: Mapping[str, str], writer: str | None) -> str | None:
    """Return which of two names the writer is not: the one whose words are marked, or who is spoken of more."""
    if writer and any(same_person(name, writer) for name in pair):
        return next((name for name in pair if not same_person(name, writer)), None)
    for counts in (_marked(pair, texts, short), _mentions(pair, texts)):
        best = counts.most_common(2)
        if best and best[0][1] >= 2 and (len(best) == 1 or best[0][1] > 2 * best[1][1]):
            return best[0][0]
    return None


def _marked(names: Sequence[str], texts: Sequence[str], short: Mapping[str, str]) -> Counter[str]:
    """Count how many texts are marked as somebody's words: "DH: …"."""
    aliases = aliases_of(names, short, ())
    marks = [text[:40].partition(":")[0].strip("*_ ").lower() for text in texts if ":" in text[:40]]
    return Counter(aliases[mark] for mark in marks if mark in aliases)


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
