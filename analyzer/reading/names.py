"""Names of people in titles, attendee lists and intro lines, and the short forms that notes use for them."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.dates import MONTHS

_NAME = r"[^\W\d_][\w'’.-]{0,30}(?: (?:[^\W\d_]\.|van|von|de|der|da|del|la|le|bin|al|Ó|O|[^\W\d_][\w'’-]{1,30})(?![\w'’])){0,3}"
_ROLE = re.compile(r"\(([^()\n]{1,60})\)")
_ONE_ON_ONE = re.compile(
    r"\b(?:1\s?[:x-]\s?1s?|1\s?on\s?1s?|121s?|one[- ]?(?:on|to)[- ]?ones?|o3s?|weekly|biweekly|fortnightly|monthly|meetings?|notes?|log"
    r"|bilas?|bilats?|bilaterals?|bilateraal|overleg|jour fixe|catch[- ]?ups?|sync|check[- ]?ins?|agenda|doc|running|shared|my|our|from|the|performance|diary|journal|record|for|of"
    r"|q[1-4]|fy\d\d(?:\d\d)?|(?:19|20)\d\d(?:[/-]\d{2,4})?)(?:'s)?(?!\w)",
    re.IGNORECASE,
)
_ABOUT_TWO = re.compile(
    r"\b(?:1\s?[:x/-]\s?1s?|1on1s?|1 on 1|121|one[- ]?(?:on|to)[- ]?ones?|o3s?|catch[- ]?ups?|bila\w{0,8})(?!\w)",
    re.IGNORECASE,
)
"""Words that make a lone name in a title a person's; "Reflection week 1" has none."""
_LONGEST = 200
_SPLIT = re.compile(r"(?:(?<!\s)\s+)?(?:/|&|<>|<->|<=>|↔|⇄|\||\+|×|·|\bx\b|\band\b|\bvs?\b)\s*")
_WITH = re.compile(rf"\b(?:with|w/)\s{{0,2}}(?P<name>{_NAME})")
_COPY = re.compile(rf"(?P<name>{_NAME}?)['’]s\s{{1,2}}(?:copy|notes|version|side|doc|file)\b")
_BY = re.compile(rf"\b(?:[Aa]uthor|[Bb]y|[Kk]ept by):?\s{{1,2}}(?P<name>{_NAME})")
_NICKNAME = re.compile(
    r"(?P<first>[^\W\d_][\w'’-]{0,30}) [\"“‘'(](?P<nick>[^\W\d_][\w-]{1,20})[\"”’')](?P<rest>(?: [^\W\d_][\w'’-]{1,30}){0,2})"
)
"""Robert "Bob" Lee, Keziah (Kez) Brannock."""
_MAIL = re.compile(r"\s?<[^<>\n]{1,100}>|\s?\[?mailto:\S{1,100}")
_EQUALS = re.compile(
    r"(?<!\w)(?P<short>[^\W\d_]{1,4})\s?=\s?(?P<name>[^\W\d_][\w'’-]{1,30}(?: [^\W\d_][\w'’-]{1,30})?)"
)
_SPEECH = (
    "said|says|asked|asks|told|thinks|thought|wants|wanted|reckons|reckoned|suggested|suggests|mentioned|agreed|agrees|pinged|wrote"
    "|offered|promised|noticed|replied|admitted|warned|confirmed|complained|texted|emailed|rang"
)
_CAPITALISED = r"(?P<name>[A-ZÀ-ÖØ-ÞŁŚŽŠČŻ][^\W\d_]{1,30}(?:-[^\W\d_]{1,30})?)"
_SPEAKS = re.compile(rf"(?<![\w'’-]){_CAPITALISED} (?:{_SPEECH})(?!\w)")
_ADDRESSED = re.compile(
    rf"(?<![\w'’-])(?:[Tt]old|[Aa]sked|[Tt]hanked|[Tt]hanks|[Rr]ang|[Pp]honed|[Ee]mailed|[Pp]inged|w/) {_CAPITALISED}(?!\w)"
)
_QUOTED = re.compile(rf"^{_CAPITALISED}\s?: [\"“]")
_INSIDE = re.compile(rf"(?<=[^\W\d_A-Z],? ){_CAPITALISED}(?!\w)".replace(",? ", " "))
_PROBE = 2_000
_SHORTEST_NICKNAME = 3
_OFTEN = 3
_INITIALS = re.compile(r"[*_]{0,3}([A-Z]{2,3})[*_]{0,3}:\s")
_GROUPS = frozenset(
    """i we you he she it they who that this there everyone everybody nobody someone somebody anyone people team finance legal
    marketing sales support product design engineering ops operations it hr qa security data infra platform management leadership
    board lab staff client customer customers users vendor stakeholders exec execs comms procurement audit research the a one two also
    then just never always still only not so and but as what which when how already both all some council school pharmacy theatres
    agency union police press friend mum mama dad wife husband boss manager lead director ceo cto cfo parents pupils parent has have
    had was were been already later monday tuesday wednesday thursday friday saturday sunday""".split()
)
_PARTICLES = frozenset(("van", "von", "de", "der", "da", "del", "la", "le", "bin", "al"))


_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th|\.)?\s{1,2})?(?:"
    + "|".join(sorted(MONTHS, key=len, reverse=True))
    + r")\b\.?,?\s{1,2}"
    r"(?:\d{1,2}(?:st|nd|rd|th)?,?\s{1,2})?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""A month with its year, whose name may be a person's elsewhere: April, May, June, August."""


def names_in_title(title: str) -> tuple[tuple[str, ...], str | None]:
    """Return the names that a title gives, in its order, and whom the notes are "with".

    Args:
        title: such as "1:1 Asha Verhoeven / Colm Brady" or "Weekly with Sam".
    """
    title = _NICKNAME.sub(lambda match: match["first"] + match["rest"], title[:_LONGEST])
    title = _DATED.sub(" ", title)
    bare = _BY.sub(" ", _ROLE.sub(" ", title))
    with_whom = _WITH.search(bare)
    if with_whom and (name := _as_name(with_whom["name"])):
        before = bare[: with_whom.start()]
        own = [one for piece in _SPLIT.split(_ONE_ON_ONE.sub(" ", before)) if (one := _as_name(piece))]
        return ((own[0], name), None) if own else ((), name)
    pieces = re.split(r"\s[-–—]{1,2}\s|[,:;]", _ONE_ON_ONE.sub(" ", _keep_one_on_one_apart(bare)))
    best: tuple[str, ...] = ()
    lone: list[str] = []
    for piece in pieces:
        names = [_as_name(part) for part in _SPLIT.split(piece) if part.strip(" -–—.")]
        found = tuple(name for name in names if name)
        if len(found) == len(names) and len(best) < len(found) <= 2:
            best = found
        lone += found if len(found) == len(names) == 1 else ()
    if len(best) == 1 and len(lone) == 2 and _ABOUT_TWO.search(title):
        return (lone[0], lone[1]), None
    if len(best) == 1 and not _ABOUT_TWO.search(title):
        return (), None
    return best, None


@dataclass(frozen=True, slots=True)
class Named:
    """The one person that a heading or a file's name gives."""

    name: str
    with_whom: bool
    """Whether it says "with" them."""


def person_named(text: str) -> Named | None:
    """Return the person that a heading or a file's name consists of: "Dana", "1:1 Omar Haddad (DS)", "Weekly with Sam".

    Args:
        text: as written; dates taken out.
    """
    bare = _ROLE.sub(" ", text.strip("*_# ")[:_LONGEST])
    found = _WITH.search(bare)
    if found and not _ONE_ON_ONE.sub(" ", bare[: found.start()]).strip(" -–—:,."):
        with_name = _as_name(found["name"])
        return Named(with_name, True) if with_name and found.end() >= len(bare.rstrip(" :.-")) else None
    kept = re.sub(r"\s{2,}", " ", _ONE_ON_ONE.sub(" ", _keep_one_on_one_apart(bare))).strip(" -–—:,.;")
    name = _as_name(kept)
    return Named(name, False) if name and len(name.split()) <= 3 else None


def names_in_attendees(value: str) -> list[str]:
    """Return the names of a property such as ``Attendees: Asha, Colm (mgr)``; ``me`` is returned as it stands."""
    pieces = re.split(r"[,;/&+]|\band\b", _ROLE.sub(" ", _MAIL.sub("", value).strip("[]\"' ")))
    names = [
        _as_name(piece) or (piece.strip() if piece.strip().lower() in {"me", "myself"} else None)
        for piece in pieces[:12]
    ]
    return [name for name in names if name]


def roles_in(text: str) -> list[tuple[str, str]]:
    """Return the people of a title or attendee list who stand there with a role: "Bo Lind (manager)".

    Args:
        text: such as "Dana Lee (report), Ruth Okoye (manager)".

    Returns:
        Names with their role in lower case.
    """
    found: list[tuple[str, str]] = []
    for match in _ROLE.finditer(text[:_LONGEST]):
        piece = _SPLIT.split(
            re.split(r"[,;:]", _ONE_ON_ONE.sub(" ", _keep_one_on_one_apart(text[: match.start()])))[-1]
        )[-1]
        if name := _as_name(piece):
            found.append((name, match[1].strip().lower()))
    return found


def owner_of_copy(title: str) -> str | None:
    """Return whose copy a title says that it is: "(Annelise's copy)", "(author: Ruth)", "notes by Ruth"."""
    if by := _BY.search(title[:200]):
        return _as_name(by["name"])
    found = _COPY.search(title[:200])
    return _as_name(found["name"].split()[-1]) if found else None


def short_forms(intro: str, title: str) -> dict[str, str]:
    """Return the short forms that notes explain: "CB = Colm", "Tomas Lindqvist (TL)"."""
    found = {
        match["short"].lower(): match["name"] for match in _EQUALS.finditer(intro[:4000]) if match["name"][0].isupper()
    }
    found |= {
        role: name
        for name, role in roles_in(title)
        if role.isalpha() and len(role) >= _SHORTEST_NICKNAME and name.lower().startswith(role[:_SHORTEST_NICKNAME])
    }
    for match in _NICKNAME.finditer(title[:300]):
        short = match["nick"]
        if short[0].isupper() and ("(" not in match[0] or match["first"].lower().startswith(short.lower()[:3])):
            found[short.lower()] = match["first"] + match["rest"]
    for match in re.finditer(rf"(?P<name>{_NAME}) \((?P<short>[A-Z][A-Za-z]?[A-Z]?[A-Z]?)\)", title[:300]):
        name = _as_name(_ONE_ON_ONE.sub(" ", match["name"]))
        if name:
            found[match["short"].lower()] = name
    return found


def aliases_of(people: Sequence[str], short: Mapping[str, str], speakers: Iterable[str]) -> dict[str, str]:
    """Return every short form of some people's names, lower case, that can mean only one of them.

    Args:
        people: the subject and the manager, as full as the notes have them.
        short: explained short forms; a name there is widened to the fullest known.
        speakers: other people who are quoted.
    """
    found: dict[str, set[str]] = {}
    for name in dict.fromkeys(people):
        words = [word for word in name.split() if word.lower() not in _PARTICLES]
        initials = "".join(word[0] for word in words)
        for form in {name, words[0], words[-1], initials, words[0][0]} if words else set():
            found.setdefault(form.lower(), set()).add(name)
            found.setdefault(_unaccented(form).lower(), set()).add(name)
    aliases = {form: min(names) for form, names in sorted(found.items()) if len(names) == 1}
    for form, name in sorted(short.items()):
        aliases[form] = next((person for person in people if same_person(person, name)), name)
    for name in speakers:
        nick = len(name) >= _SHORTEST_NICKNAME
        full = [person for person in people if nick and person.lower().startswith(name.lower())]
        aliases.setdefault(name.lower(), full[0] if len(full) == 1 else name)
    return aliases


def people_who_speak(texts: Iterable[str]) -> list[str]:
    """Return capitalised words that say or ask something in the notes, or are quoted, and stand inside a sentence too.

    The second condition keeps out "Contract says" and other words that are capitalised only because they come first.
    """
    speaking: set[str] = set()
    inside: set[str] = set()
    for text in texts:
        head = text[:_PROBE]
        speaking.update(
            match["name"] for expression in (_SPEAKS, _QUOTED, _ADDRESSED) for match in expression.finditer(head)
        )
        inside.update(match["name"] for match in _INSIDE.finditer(head))
    return sorted(name for name in speaking & inside if name.lower() not in _GROUPS and not name.isupper())


def initials_marked(texts: Iterable[str], people: Sequence[str]) -> dict[str, str]:
    """Return initials that mark a speaker again and again, and can only be those of somebody known by the first name alone."""
    counts = Counter(match[1] for text in texts if (match := _INITIALS.match(text)))
    found: dict[str, str] = {}
    for initials in sorted(mark for mark, count in counts.items() if count >= _OFTEN):
        fitting = [name for name in dict.fromkeys(people) if len(name.split()) == 1 and name[0].upper() == initials[0]]
        if len(fitting) == 1:
            found[initials.lower()] = fitting[0]
    return found


def same_person(one: str | None, other: str | None) -> bool:
    """Return whether two names can be one person's: equal, or one is the other's first name or initials."""
    if not one or not other:
        return False
    a, b = (_unaccented(name).lower().split() for name in (one, other))
    if not a or not b:
        return False
    if a == b or (len(a) != len(b) and min(len(a), len(b)) == 1 and a[0] == b[0]):
        return True
    if len(a) == len(b) == 1 and min(len(a[0]), len(b[0])) > 1:
        return len(min(a[0], b[0], key=len)) >= 3 and (a[0].startswith(b[0]) or b[0].startswith(a[0]))
    shorter, longer = sorted((a, b), key=len)
    initials = "".join(word[0] for word in longer)
    return len(shorter) == 1 and shorter[0] in {initials, initials[0]}


def _as_name(text: str) -> str | None:
    words = text.strip(" \t-–—.,:;()[]*_#'\"").removesuffix("'s").removesuffix("’s").split()
    words = [word for word in words if any(character.isalnum() for character in word)]
    if not 1 <= len(words) <= 4 or any(character.isdigit() for word in words for character in word):
        return None
    proper = all(word[0].isupper() or word.lower() in _PARTICLES for word in words)
    return " ".join(words) if proper and words[0].lower() not in _GROUPS else None


def _keep_one_on_one_apart(title: str) -> str:
    """Keep the colon and slash of "1:1" from cutting the title."""
    return re.sub(r"1\s?[:x/-]\s?1s?\b", " 1on1 ", title)


def _unaccented(text: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
