"""Several people's 1:1s in one document or folder, as managers keep them: refused, unless it is said whose are meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from analyzer.dates import MONTHS, WEEKDAYS
from analyzer.errors import SeveralPeopleError
from analyzer.patterns.given import is_given_name
from analyzer.patterns.sections import section_of
from analyzer.reading.datelines import meeting_date
from analyzer.reading.markdown import Draft
from analyzer.reading.names import Named, names_in_title, person_named, same_person
from analyzer.reading.roster import Clues, find_roster
from analyzer.records import BlockKind
from analyzer.settings import Settings

_FIRST = re.compile(r"(?<![\w'])(?:I|I['’](?:m|ve|d|ll)|my|me|mine|myself)(?!\w)")
_THIRD = re.compile(r"(?<![\w'])(?:he|she|his|her|him|hers)(?!\w)", re.IGNORECASE)
_OF_REPORTS = re.compile(
    r"\b(?:my (?:team|people|reports)|direct reports|reportees|team (?:1:1|1on1|one-on-one)s|1:1s with my|people I manage)\b",
    re.IGNORECASE,
)
_MY_OWN = re.compile(
    r"\b(?:manager|mgr|boss|skip|skip-level|skip level|mentor|lead|director|vp|coach|peer|buddy)\b", re.IGNORECASE
)
"""Said of the one that the writer meets with: those 1:1s are the writer's own."""
_COVERS = 0.7
"""Share of a log's blocks that stand under names where it is a log of several people."""
_MOST_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class _Part:
    """The stretch of blocks under a heading that is a name."""

    name: str
    first: int
    last: int
    with_whom: bool
    dated: bool
    """Whether dated entries stand in it; else it stands in one."""


def take_person(
    drafts: Sequence[Draft], *, path: str, title: str, properties: Sequence[tuple[str, str]], me: str | None
) -> tuple[list[Draft], list[tuple[int, int, str]], list[tuple[str, str]]]:
    """Keep one person's part of a document that has a part for each of several people.

    Args:
        drafts: the blocks, headings promoted, properties and private parts taken out.
        path: for the message.
        title: the document's; two names in it say who the notes are between.
        properties: of the document; a subject among them settles it.
        me: whose part is meant.

    Returns:
        The blocks kept, with parents renumbered; the stretches left out with the reason; and properties that follow from it:
        whoever keeps several people's notes writes them. All blocks and nothing else for ordinary notes.

    Raises:
        SeveralPeopleError: there are parts of several people, and ``me`` is none of them.
    """
    told = find_roster([Clues(title, "", tuple(properties), "", ())], Settings())
    if (told.subject and told.manager) or any(
        key.lower() in {"employee", "report", "subject"} for key, _ in properties
    ):
        return list(drafts), [], []
    parts = _parts_of_people(drafts, title)
    people = list(dict.fromkeys(part.name for part in parts))
    if len(people) < 2:
        return list(drafts), [], []
    mine = [name for name in people if same_person(me, name)]
    if len(mine) != 1:
        if me and any(same_person(me, name) for name in (told.subject, told.manager, told.writer)):
            return list(drafts), [], []
        raise SeveralPeopleError(path, people, me)
    left = {place: part.name for part in parts if part.name != mine[0] for place in range(part.first, part.last)}
    kept = [place for place in range(len(drafts)) if place not in left]
    new = {place: number for number, place in enumerate(kept)}
    result = [drafts[place] for place in kept]
    for draft in result:
        draft.parent = new.get(draft.parent) if draft.parent is not None else None
    ignored = [(drafts[place].start, drafts[place].end, f"1:1 of {name}") for place, name in sorted(left.items())]
    return result, ignored, [("with", mine[0])]


def choose_files(clues: Mapping[str, Clues], settings: Settings) -> dict[str, str]:
    """Say which files of a folder are about somebody else than the person that is meant.

    Args:
        clues: what each file gives away about its people, by path.
        settings: ``me`` says who is meant.

    Returns:
        Paths of files to leave out, each with the name of the person it is about; none for ordinary notes.

    Raises:
        SeveralPeopleError: the files are about several people, and ``me`` is none of them.
    """
    about = {path: name for path, one in clues.items() if (name := _about(path, one))}
    people = _distinct(about.values())
    if len(people) < 2:
        return {}
    mine = [name for name in people if same_person(settings.me, name)]
    if len(mine) != 1:
        shared = {name for one in clues.values() for name in _others(one)}
        if settings.me and any(same_person(settings.me, name) for name in shared):
            return {}
        raise SeveralPeopleError(f"these {len(clues)} files", people, settings.me)
    return {path: name for path, name in about.items() if not same_person(name, mine[0])}


def _distinct(names: Iterable[str]) -> list[str]:
    """Return names without shorter forms of the same person's."""
    found: list[str] = []
    for name in sorted(set(names), key=lambda one: (-len(one.split()), one)):
        if not any(same_person(name, other) for other in found):
            found.append(name)
    return sorted(found)


def _about(path: str, clues: Clues) -> str | None:
    """Return whose 1:1s a file holds, where it says so itself."""
    keys = {key.lower() for key, _ in clues.properties}
    titled = names_in_title(clues.title)[0]
    if len(titled) == 2 or keys & {"employee", "report", "direct report", "subject", "name", "team member"}:
        return find_roster([clues], Settings()).subject
    pure = PurePosixPath(path)
    for text in (clues.title, pure.stem, *reversed(pure.parts[:-1])):
        named = person_named(_undated(text))
        if named and not _MY_OWN.search(text) and _is_spoken_of(named, clues.texts):
            return named.name
    if {"with"} & keys and {"manager", "author"} & keys:
        return find_roster([clues], Settings()).subject
    return None


def _others(clues: Clues) -> list[str]:
    """Return who else a file's title and properties name: the manager of whom it is about."""
    roster = find_roster([clues], Settings())
    return [name for name in (roster.manager, roster.writer) if name]


def _undated(text: str) -> str:
    """Return a title or file name without the words of a date."""
    words = re.split(r"[\s_,]+", text[:200])
    return " ".join(word for word in words if ":" in word or not _is_of_date(word))


def _is_of_date(word: str) -> bool:
    small = word.casefold().strip(".()")
    return any(one.isdigit() for one in word) or small in MONTHS or small in WEEKDAYS


def _parts_of_people(drafts: Sequence[Draft], title: str) -> list[_Part]:
    """Return the parts of a document that stand under names, if they are parts of a log of several people."""
    levels = sorted({draft.depth for draft in drafts if draft.kind is BlockKind.HEADING and draft.depth})
    for level in levels:
        parts = _parts_at(drafts, level)
        if len({part.name for part in parts}) < 2:
            continue
        texts = _texts(drafts, parts)
        several = bool(_OF_REPORTS.search(title))
        sure = {name for name in texts if several or _is_spoken_of(Named(name, False), texts[name])}
        counted = [
            part
            for part in parts
            if part.name in sure and (not part.with_whom or several or _of_third(texts[part.name]))
        ]
        if all(part.dated for part in counted) and len({part.name for part in counted}) >= 2:
            return counted
        if _is_log_of_several(drafts, counted, texts, several=several):
            return counted
    return []


def _parts_at(drafts: Sequence[Draft], level: int) -> list[_Part]:
    """Return what stands under each heading of a level that is a name, and under no section's heading."""
    parts: list[_Part] = []
    above: list[tuple[int, str]] = []
    ends = [place for place, draft in enumerate(drafts) if draft.kind is BlockKind.HEADING and 0 < draft.depth <= level]
    after = dict(zip(ends, [*ends[1:], len(drafts)], strict=True))
    for place in [place for place, draft in enumerate(drafts) if draft.kind is BlockKind.HEADING and draft.depth]:
        draft = drafts[place]
        while above and above[-1][0] >= draft.depth:
            above.pop()
        if draft.depth == level and not any(section_of(text) for _, text in above):
            dated = meeting_date(draft.text, heading=True) is not None
            named = None if dated or section_of(draft.text) or _MY_OWN.search(draft.text) else person_named(draft.text)
            if named:
                inside = range(place + 1, after[place])
                own = any(_is_dated(drafts[one]) for one in inside)
                parts.append(_Part(named.name, place, after[place], named.with_whom, own))
        above.append((draft.depth, draft.text))
    return parts


def _is_dated(draft: Draft) -> bool:
    return meeting_date(draft.text[:200], heading=draft.kind is BlockKind.HEADING) is not None


def _texts(drafts: Sequence[Draft], parts: Sequence[_Part]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for part in parts:
        found.setdefault(part.name, []).extend(draft.text[:2_000] for draft in drafts[part.first + 1 : part.last])
    return found


def _is_log_of_several(
    drafts: Sequence[Draft], parts: Sequence[_Part], texts: Mapping[str, Sequence[str]], *, several: bool
) -> bool:
    """Return whether each meeting of a log has parts of several people, again and again."""
    again = [name for name in texts if sum(part.name == name for part in parts) >= 2]
    if len(again) < 2 or any(part.dated for part in parts):
        return False
    first = min(part.first for part in parts)
    inside = sum(part.last - part.first for part in parts)
    if inside < _COVERS * sum(not _is_dated(draft) for draft in drafts[first:]):
        return False
    return several or len(again) >= 3 or all(_of_third(texts[name]) for name in again)


def _of_third(texts: Sequence[str]) -> bool:
    """Return whether texts speak of somebody as he or she, at least as often as of their writer."""
    text = "\n".join(texts)[:_MOST_TEXT]
    third = len(_THIRD.findall(text))
    return third >= 2 and third >= len(_FIRST.findall(text))


def _is_spoken_of(named: Named, texts: Sequence[str]) -> bool:
    """Return whether a name is that of a person whom the texts are about."""
    text = "\n".join(texts)[:_MOST_TEXT]
    third, first = len(_THIRD.findall(text)), len(_FIRST.findall(text))
    word = named.name.split()[0]
    told = len(re.findall(rf"(?:^|[.!?] ){re.escape(word)} [a-z]{{2,20}}(?:ed|s|t|e|n|d)\b", text, re.MULTILINE))
    if named.with_whom:
        return third >= 2 and third >= first
    if is_given_name(word):
        return first <= 2 * (third + told) or first < 2
    return told >= 1 and third + told >= 2 and third + told >= first
