"""Who is named in the notes, and the role that stands for each: found from the roster, from how names are used, and from lists.

The order of the roles is the order in which the notes name people first, so that the same notes give the same roles.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzer.dates import MONTHS
from analyzer.labelling.people import find_names
from analyzer.records import ASSISTANT, Item, Roster
from analyzer.sharing.lexicon import PARTICLES, TITLES, common_words, given_names, no_names, word_names

EMPLOYEE, MANAGER = "the employee", "the manager"
_CAP = r"[A-ZÀ-ÖØ-ÞŁŚŽŠČŻĐĞİ][^\W\d_]*(?:['’-][^\W\d_]+)*"
_PARTICLE = "|".join(sorted(PARTICLES, key=len, reverse=True))
_RUN = re.compile(rf"(?<![\w@]){_CAP}(?:[ \u00a0](?:(?:{_PARTICLE})[ \u00a0])?{_CAP}){{0,3}}")
_MAIL = re.compile(r"(?<![\w.+-])([\w.+-]{1,64})@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE = re.compile(r"(?<![\w@.])@([A-Za-z][\w.-]{1,40})")
_NO_HANDLE = frozenset(
    "here channel all everyone team support info admin help noreply hello contact office sales hr it dev ops data".split()
)
_SAYS = (
    "said|says|told|tells|asked|asks|thinks|thought|wants|wanted|reckons|suggested|suggests|mentioned|agreed|agrees|pinged|wrote|offered|promised"
    "|noticed|replied|reviewed|approved|joined|left|helped|owns|will|has|had|is|was|can|and I|came|went|took|gave|sent|made|built"
)
_PAIR = re.compile(
    rf"(?<!\w)(?:[Ww]ith|w/|[Tt]old|[Aa]sked|[Bb]y|[Ff]rom|[Tt]o|[Ff]or|[Tt]hanks|[Tt]hank|[Cc]c|and|[Mm]et|[Hh]elped|[Tt]rained) ({_CAP}) (?:(?:{_PARTICLE}) )?({_CAP})(?!\w)"
)
"""Two words with a capital where somebody is named: a given name and a family name."""
_SPOKEN = (
    re.compile(
        rf"(?<![\w'’-])({_CAP}) (?:said|says|told|asked|asks|thinks|thought|wants|mentioned|agreed|wrote|replied|and I)(?!\w)"
    ),
    re.compile(rf"(?<!\w)(?:[Tt]old|[Aa]sked|[Tt]hank(?:s to|ed)?) ({_CAP})(?!\w)"),
)
_NEEDS_SPEECH = frozenset(MONTHS) | {"will", "black", "white", "green", "blue"}
_SPEAKING = re.compile(
    r"['’]s (?:team|idea|review|notes)|:| (?:said|says|told|asked|asks|thinks|thought|mentioned|agreed|wrote|replied|and I|wants|wanted)\b"
)
_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]{2,30}(?:['’-][^\W\d_]+)*")
_SMALL_NAME = 4
"""Letters from which on a given name counts in small letters too."""
_SPEAKS = re.compile(rf"^\W*({_CAP})(?: \([^()]{{1,30}}\))?\s?:\s")
_PLACED = (
    re.compile(rf"(?<![\w'’-])({_CAP})(?: {_CAP})? (?:{_SAYS})(?!\w)"),
    re.compile(
        rf"(?<!\w)(?:[Ww]ith|w/|[Tt]old|[Aa]sked|[Hh]elped|[Tt]rained|[Tt]hanks(?: to)?|[Tt]hank|[Cc]c|[Pp]ing(?:ed)?|[Mm]et|[Mm]entor(?:ed|ing)?|[Pp]air(?:ed|ing) with) ({_CAP})(?!\w)"
    ),
    re.compile(rf"(?<![\w'’-])({_CAP})['’]s? "),
    re.compile(rf"(?<![\w'’-])({_CAP}) (?:and|&|\+) (?:I|me)\b"),
    re.compile(rf"(?<![\w'’-])({_CAP}) \((?:[a-z][^()]{{1,40}}|[A-Z]{{2,4}})\)"),
    re.compile(rf"\b(?:Dr|Mr|Mrs|Ms|Mx|Prof|Matron|Sister|Cllr)\.? ({_CAP})"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """A person with the role that stands for them; the first name is the fullest that the notes have."""

    names: tuple[str, ...]
    role: str
    short: tuple[str, ...] = ()
    """Initials and other marks, as written in small letters."""


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody who is named, and the words that are known to be no names."""

    people: tuple[Person, ...]
    further: tuple[Person, ...]
    """What the settings name: customers, companies, names that were missed."""
    plain: frozenset[str]
    """Small-letter words that are no names: the notes write them small, they are projects, or the settings say so."""


def cast_of(items: Sequence[Item], roster: Roster, *, further: Iterable[str], plain: Iterable[str]) -> Cast:
    """Find everybody whom the notes name.

    Args:
        items: all items of one person's notes, in the order of the notes.
        roster: who is who.
        further: names of the settings that are to be replaced too.
        plain: names of the settings that may stand.
    """
    texts = [text for item in items for text in _texts(item)]
    may_stand = {word for name in plain for word in _fold(name).split()}
    firsts = _first_names(items, texts, roster) - may_stand
    full = _full_names(texts, firsts)
    people = [_main(roster, roster.subject, EMPLOYEE, full), _main(roster, roster.manager, MANAGER, full)]
    taken = {word for person in people if person for name in person.names for word in _fold(name).split()}
    mine = {_fold(name) for person in people if person for name in person.names}
    others = _others(full, taken, mine)
    cast = [person for person in people if person]
    cast += [
        Person(tuple(names), f"Colleague {_letter(number)}", _initials(names)) for number, names in enumerate(others)
    ]
    listed = [Person((name,), f"Name {_letter(number)}") for number, name in enumerate(dict.fromkeys(further))]
    small = {word for text in texts for word in re.findall(r"(?<![\w@./-])[^\W\d_]{2,}", text) if word.islower()}
    return Cast(tuple(cast), tuple(listed), frozenset(may_stand | (small - firsts)))


def unsure_words(text: str, cast: Cast, projects: Iterable[str]) -> list[str]:
    """Return the words of a text that may be names of persons and are known neither as such nor as something else.

    Args:
        text: an item's words.
        cast: from `cast_of`.
        projects: small-letter words of the projects' names.
    """
    known = {word for person in (*cast.people, *cast.further) for name in person.names for word in _fold(name).split()}
    plain = cast.plain | no_names() | common_words() | frozenset(projects) | PARTICLES | TITLES
    found = []
    for match in re.finditer(rf"(?<![\w@#/.-]){_CAP}(?![\w@/-])", text):
        word = match[0].removesuffix("'s").removesuffix("’s")
        small = _fold(word)
        if not word[1:].islower() or small in plain or small in known or _stem(small) in plain:
            continue
        if _opens(text, match.start()) and not _in_place(text, word):
            continue
        if not _is_thing(text, match):
            found.append(word)
    return found


def _texts(item: Item) -> Iterator[str]:
    yield from (text for text in (item.heading, item.lead, item.raw, item.text, *item.tags) if text)


def _first_names(items: Sequence[Item], texts: Sequence[str], roster: Roster) -> set[str]:
    """Return the small-letter words that people are called by."""
    found = {word for word in find_names(items, roster) if word not in common_words() and word not in word_names()}
    named = [item.author for item in items if item.author and item.author != ASSISTANT]
    named = [name for name in named if not {_fold(name.split()[0])} & (common_words() | word_names())]
    named += [name for form, name in roster.aliases.items() if len(form) > 1]
    found |= {_fold(word) for name in named for word in name.split()[:1]}
    found |= {_fold(word) for text in texts for word in _WORD.findall(text) if _is_given(word)}
    placed = {_fold(word) for text in texts for word in _placed(text)} & word_names()
    found |= {_fold(word) for text in texts for word in _paired(text)}
    found |= placed | {_fold(part) for text in texts for part in _handles(text)}
    two = {name for name in (roster.subject, roster.manager) if name}
    marks = {form for form, name in roster.aliases.items() if name in two} - {
        _fold(w) for name in two for w in name.split()
    }
    no = PARTICLES | TITLES | (no_names() - placed) | marks | {"manager", "me", "my"}
    return {word for word in found if len(word) > 1 and word not in no}


def _is_given(word: str) -> bool:
    """Return whether a word is a given name, or the possessive of one without its mark ("Danas")."""
    bare = _bare(word)
    if word[0].islower() and len(bare) < _SMALL_NAME:
        return False
    return bare in given_names() or (bare.endswith("s") and bare[:-1] in given_names() and bare not in common_words())


def _placed(text: str) -> Iterator[str]:
    """Yield the words that stand in a name's place; of a month or a modal only what speaks counts."""
    if match := _SPEAKS.match(text):
        yield match[1]
    for pattern in _PLACED:
        for match in pattern.finditer(text):
            if _fold(match[1]) not in _NEEDS_SPEECH or _SPEAKING.match(text, match.end(1)):
                yield match[1]


def _paired(text: str) -> Iterator[str]:
    """Yield the given names of those who are named in full, where neither word is known as something else."""
    for match in _PAIR.finditer(text):
        known = {_fold(match[1]), _fold(match[2])} & (common_words() | no_names())
        if not known and not match[1].isupper():
            yield match[1]


def spoken_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the small-letter words that say, are told or are asked something: no project is."""
    found = {_fold(match[1]) for text in texts for place in _SPOKEN for match in place.finditer(text)}
    return frozenset(found - common_words())


def _handles(text: str) -> Iterator[str]:
    for pattern in (_MAIL, _HANDLE):
        for match in pattern.finditer(text):
            yield from (
                part
                for part in re.split(r"[._+-]|\d+", match[1])
                if len(part) > 2 and part.casefold() not in _NO_HANDLE and part.casefold() not in common_words()
            )


def _full_names(texts: Sequence[str], firsts: set[str]) -> dict[str, set[str]]:
    """Return each first name with the full names that it is written in, in the order in which the notes name them."""
    full: dict[str, set[str]] = {}
    for text in texts:
        for match in _RUN.finditer(text):
            words = match[0].split()
            while words and _bare(words[0]) not in firsts and _fold(words[0]) not in firsts:
                words.pop(0)
            if not words:
                continue
            first = _fold(words[0]) if _fold(words[0]) in firsts else _bare(words[0])
            names = full.setdefault(first, set())
            last = [word for word in words[1:] if _fold(word) not in PARTICLES]
            if last and _may_be_family(last[0]) and len(words) <= 4:
                names.add(" ".join([words[0], *words[1 : words.index(last[0]) + 1]]))
        for word in re.findall(r"[^\W\d_]+", text):
            if _fold(word) in firsts:
                full.setdefault(_fold(word), set())
    for first in sorted(firsts - full.keys()):
        full[first] = set()
    return full


def _may_be_family(word: str) -> bool:
    small = _fold(_strip(word))
    return small not in no_names() and (small not in common_words() or small in word_names()) and not word.isupper()


def _main(roster: Roster, name: str | None, role: str, full: Mapping[str, set[str]]) -> Person | None:
    if not name or name in {ASSISTANT, "manager"}:
        return None
    aliases = [form for form, whose in roster.aliases.items() if whose == name]
    words = [word for word in name.split() if _fold(word) not in PARTICLES | TITLES]
    longer = full.get(_fold(words[0]), set()) if len(words) == 1 and len(full.get(_fold(words[0]), ())) == 1 else set()
    names = dict.fromkeys([name, *longer, *(form for form in aliases if len(form) > 3 or form in map(_fold, words))])
    kept = [one for one in names if _fold(one) not in {"manager", "boss", "line manager", "mgr", "me"}]
    short = tuple(
        form for form in aliases if len(form) <= 3 and form not in {"m", "me", "mgr"} and form not in map(_fold, words)
    )
    return Person(tuple(kept), role, short)


def _others(full: Mapping[str, set[str]], taken: set[str], mine: set[str]) -> list[list[str]]:
    """Return the names of each third person, the fullest first; one first name with two family names is two persons and itself."""
    result: list[list[str]] = []
    for first, names in full.items():
        theirs = sorted(name for name in names if _fold(_strip(name)) not in mine)
        distinct = list({_fold(_strip(name)): _strip(name) for name in theirs}.values())
        if first in taken:
            result += [[name] for name in distinct if not set(_fold(name).split()) <= taken]
        elif len(distinct) == 1:
            result.append([distinct[0], first])
        else:
            result += [[name] for name in distinct]
            result.append([first])
    return result


def _initials(names: Sequence[str]) -> tuple[str, ...]:
    words = [word for word in names[0].split() if _fold(word) not in PARTICLES | TITLES]
    return ("".join(word[0] for word in words).casefold(),) if len(words) > 1 else ()


def _strip(name: str) -> str:
    return re.sub(r"['’]s$", "", name)


def _bare(word: str) -> str:
    """Return a word without accents and possessive, in small letters."""
    plain = unicodedata.normalize("NFKD", _strip(word))
    return "".join(one for one in plain if not unicodedata.combining(one)).casefold()


def _fold(text: str) -> str:
    return _strip(unicodedata.normalize("NFC", text)).casefold()


def _stem(word: str) -> str:
    return next((word.removesuffix(end) for end in ("es", "s", "ed", "ing", "ly", "'s") if word.endswith(end)), word)


def _opens(text: str, at: int) -> bool:
    """Return whether a word begins a text, a sentence, a quotation or what stands behind a mark."""
    before = text[:at].rstrip(" \t\u00a0*_\"'“‘([>#-–—")
    return not before or before[-1] in ".!?:;|\n…"


def _in_place(text: str, word: str) -> bool:
    return any(match[1] == word for pattern in _PLACED for match in pattern.finditer(text))


def _is_thing(text: str, match: re.Match[str]) -> bool:
    """Return whether a word has an article before it or a number behind it: "the Meridian", "Falcon 2"."""
    before = text[: match.start()].rstrip().rsplit(" ", 1)[-1].casefold()
    return before in {"the", "a", "an", "our", "this", "that", "new", "old"} or bool(
        re.match(r"[ -]?(?:v?\d|v\d)", text[match.end() :])
    )


def _letter(number: int) -> str:
    """Return A to Z, then AA, AB and so on."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
