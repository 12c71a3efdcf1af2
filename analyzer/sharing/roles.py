"""Putting roles in the place of names: one text at a time, with the places of what was changed, so that offsets can follow."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analyzer.dates import MONTHS
from analyzer.sharing.lexicon import PARTICLES, TITLES, common_words, word_names
from analyzer.sharing.people import EMPLOYEE, MANAGER, Cast, Person

_TRADE = frozenset(
    "pr qa ml ds ai bi ci cd pm em vp hr it ux ui db os ok to tv pc id uk us eu ab api sql okr kpi".split()
)
"""Initials that stand for a thing far more often than for a person."""
MAIL, PHONE, LINK = "e-mail address", "phone number", "link"
_UNSEEN = "[\u00ad\u200b-\u200d\u2060\ufeff]*"
_LEFT, _RIGHT = r"(?<![^\W_])", r"(?![^\W_])"
_MAIL = re.compile(r"(?<![\w.+-])(?:mailto:)?[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()\[\]\"']{1,500}")
_PHONE = re.compile(
    r"(?<![\w.,:/-])(?:\+\d{1,3}[\s.-]?(?:\(?\d{1,5}\)?[\s.-]?){2,6}\d|\(\d{2,5}\)[\s.-]?\d{3,4}(?:[\s.-]?\d{2,4}){1,2}|0\d{2,4}[\s-]\d{3,4}[\s-]?\d{3,4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-])"
    r"|(?<=\btel )[\d\s()+-]{6,20}\d|(?<=\bphone )\d[\d\s()-]{5,20}\d|(?<=\bmobile )\d[\d\s()-]{5,20}\d|(?<=\bcall )\d[\d\s()-]{6,20}\d"
)
_DATE_BEFORE = re.compile(
    r"(?:\d(?:st|nd|rd|th)?|\b(?:in|by|until|till|since|from|early|mid|late|last|next|this|end of|start of|during|of|before|after|to|through|between|on|–|/))[\s.,]*$",
    re.IGNORECASE,
)
_DATE_AFTER = re.compile(
    r"[\s.,]*(?:\d|['’]\d\d|(?:and|to|or|[–/-])\s?(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b)",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:\b(?:I|[Ww]e|[Yy]ou|[Tt]hey|[Hh]e|[Ss]he|[Ii]t|[Tt]his|[Tt]hat|[Ww]hat|[Ww]ho|[Tt]here)\s)$")
_NAME_AFTER = re.compile(
    r"['’]s?\b|\s?:|,| \(| (?:and|&|\+|or)\s|\s?$|[.!?;)]| (?:is|was|has|had|said|says|told|asked|asks|will|would|can|could|did|does|came|went|took|gave|sent|made|built|left|got|knew|thinks|thought|wants|ran|wrote|brought|found|led|set|put|met|[a-z]+ed|[a-z]{3,}s)\b| [A-ZÀ-Þ]"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch of a text and what stands in its place."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Edited:
    """A text with its edits made."""

    before: str
    edits: tuple[Edit, ...]

    @property
    def text(self) -> str:
        """The text with roles in it."""
        parts, at = [], 0
        for edit in self.edits:
            parts += [self.before[at : edit.start], edit.text]
            at = edit.end
        return "".join([*parts, self.before[at:]])

    def moved(self, place: int, *, end: bool = False) -> int:
        """Return where a place of the text stands after the edits; a place inside an edit goes to its nearer side."""
        shift = 0
        for edit in self.edits:
            if edit.end <= place:
                shift += len(edit.text) - (edit.end - edit.start)
            elif edit.start < place:
                return edit.start + shift + (len(edit.text) if end else 0)
        return place + shift


@dataclass(frozen=True, slots=True)
class Roles:
    """Who is replaced by what."""

    sure: re.Pattern[str] | None
    """Forms that are nobody and nothing else, in any case."""
    careful: re.Pattern[str] | None
    """Names that are words too: only with a capital, in a name's place."""
    marks: re.Pattern[str] | None
    """Initials, where they mark a speaker or stand in brackets or behind an @."""
    by_form: Mapping[str, str] = field(default_factory=dict)
    paths: Mapping[str, str] = field(default_factory=dict)
    contacts: bool = True

    def edited(self, text: str) -> Edited:
        """Return a text with its names, addresses and numbers replaced, and the places of the changes."""
        edits: list[Edit] = []
        for pattern, word in ((_URL, LINK), (_MAIL, MAIL), (_PHONE, PHONE)):
            for match in pattern.finditer(text):
                if pattern is not _URL or self._finds(match[0]):
                    _add(edits, Edit(match.start(), match.end(), word))
        for found, fits in ((self.sure, None), (self.marks, None), (self.careful, _in_place)):
            for match in found.finditer(text) if found else ():
                if fits is None or fits(text, match):
                    role = self._role(match[0])
                    _add(edits, Edit(match.start(), match.end(), _cased(role, text, match.start())))
        return Edited(text, tuple(sorted(edits, key=lambda edit: edit.start)))

    def text(self, text: str) -> str:
        """Return a text with roles in the place of names."""
        return self.edited(text).text

    def person(self, name: str) -> str:
        """Return the role of a person named in a field of their own."""
        form = _key(name)
        return self.by_form.get(form) or self.by_form.get(form.split()[0] if form else "") or self.text(name)

    def path(self, path: str) -> str:
        """Return a document's path with roles in it; two documents never get one path."""
        return self.paths.get(path) or self.text(path)

    def _finds(self, text: str) -> bool:
        small = text.casefold()
        return any(len(form) > 2 and form.replace(" ", "") in small for form in self.by_form)

    def _role(self, written: str) -> str:
        form = _key(written)
        return self.by_form.get(form) or self.by_form.get(form.removesuffix("s")) or "Colleague"


def roles_of(cast: Cast, *, spare: Iterable[str] = (), paths: Sequence[str] = ()) -> Roles:
    """Return the roles of everybody in a cast.

    Args:
        cast: from `analyzer.sharing.people.cast_of`.
        spare: roles whose persons keep their names.
        paths: paths of all documents, so that no two become one.
    """
    kept = set(spare)
    forms: dict[str, str] = {}
    marks: dict[str, str] = {}
    bodies: dict[str, list[str]] = {"sure": [], "careful": []}
    for person in [one for one in (*cast.people, *cast.further) if one.role not in kept]:
        for key, body, is_word in _forms(person):
            if key not in forms:
                forms[key] = person.role
                bodies["careful" if is_word and person not in cast.further else "sure"].append(body)
        for mark in person.short:
            marks.setdefault(mark, person.role)
    roles = Roles(
        sure=_joined(bodies["sure"], re.IGNORECASE, plural=True),
        careful=_joined(bodies["careful"], 0),
        marks=_marks(marks),
        by_form={**marks, **forms},
    )
    return Roles(roles.sure, roles.careful, roles.marks, roles.by_form, _paths(paths, roles))


def _forms(person: Person) -> list[tuple[str, str, bool]]:
    """Return every way to write a person's names: as a key, as an expression, and whether it is a word too."""
    found: list[tuple[str, str, bool]] = []
    for name in person.names:
        words = [word for word in unicodedata.normalize("NFC", name).split() if _key(word).rstrip(".") not in TITLES]
        if len(words) > 1:
            first, last = words[0], words[-1]
            gap = r"[\s._\u00a0-]*"
            whole = gap.join(_spelt(word) for word in words)
            turned = rf"{_spelt(last)},?[\s._-]+{_spelt(first)}"
            short = rf"{re.escape(first[0])}\.?[\s._-]*{_spelt(last)}" if len(last) > 3 else ""
            cut = rf"{_spelt(first)}[\s._-]+{re.escape(last[0])}\.?"
            bodies = [whole, turned, *([short] if short else [])]
            found += [(_key(" ".join(words)), body, False) for body in bodies[:1]]
            found += [(_key(f"{last} {first}"), turned, False), (_key(f"{first} {last[0]}"), cut, False)]
            if short:
                found.append((_key(f"{first[0]} {last}"), short, False))
            if _key(first) not in word_names():
                found += [(_key("".join(words)), "".join(map(_spelt, words)), False)]
        for word in words:
            small = _key(word)
            if small in PARTICLES or len(small) < 2:
                continue
            found.append((small, _spelt(word if not _is_word(small) else word.capitalize()), _is_word(small)))
            parts = [part for part in small.split("-") if len(part) > 2] if "-" in small else []
            found += [(part, _spelt(part.capitalize()), _is_word(part)) for part in parts]
    return found


def _is_word(small: str) -> bool:
    return small in word_names() or small in common_words()


def _spelt(word: str) -> str:
    """Return an expression for a word with and without its accents, apostrophes and hyphens, and with unseen marks in it."""
    letters = []
    for letter in word:
        plain = "".join(one for one in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(one))
        loose = unicodedata.normalize("NFD", letter)
        if letter in "'’-":
            letters.append(r"(?:['’‘ʼ -]?)")
        elif plain != letter and plain:
            letters.append(f"(?:{'|'.join(re.escape(one) for one in dict.fromkeys([loose, letter, plain]))})")
        else:
            letters.append(re.escape(letter))
    return _UNSEEN.join(letters)


def _joined(bodies: Sequence[str], flags: int, *, plural: bool = False) -> re.Pattern[str] | None:
    if not bodies:
        return None
    ordered = sorted(dict.fromkeys(bodies), key=len, reverse=True)
    camel = r"(?:(?![^\W_])|(?-i:(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ]))|(?=\d))"
    tail = rf"(?:{_RIGHT}|s{_RIGHT}|{camel})" if plural else _RIGHT
    left = rf"(?:{_LEFT}|(?-i:(?<=[a-zß-ÿ])(?=[A-ZÀ-Þ])))" if plural else _LEFT
    return re.compile(rf"{left}@?(?:{'|'.join(ordered)}){tail}", flags)


def _marks(marks: Mapping[str, str]) -> re.Pattern[str] | None:
    if not marks:
        return None
    one = "|".join(sorted((re.escape(mark.upper()) for mark in marks), key=len, reverse=True))
    two = (mark for mark, role in marks.items() if role in {EMPLOYEE, MANAGER} and len(mark) > 1)
    long = "|".join(re.escape(mark.upper()) for mark in two if mark not in common_words() | _TRADE) or r"(?!)"
    return re.compile(rf"(?<![\w-])@?(?:(?:{one})(?=\s?:\s|\)|\]|['’]s\b)|(?:{long})(?![\w-]))")


def _in_place(text: str, match: re.Match[str]) -> bool:
    """Return whether a name that is a word too stands in a name's place."""
    word, before, after = match[0].casefold(), text[: match.start()], text[match.end() :]
    if before.endswith("@") or match[0].startswith("@"):
        return True
    if word in MONTHS and (_DATE_BEFORE.search(before[-16:]) or _DATE_AFTER.match(after)):
        return False
    if _PRONOUN.search(before[-8:]) and word in {"will", "may"}:
        return False
    opens = not before.strip(" \t*_\"'“‘([>#-–—•|") or before.rstrip(" *_\"'“‘([>#-–—|")[-1:] in set(".!?:;\n")
    return bool(_NAME_AFTER.match(after)) if opens else True


def _add(edits: list[Edit], new: Edit) -> None:
    if not any(edit.start < new.end and new.start < edit.end for edit in edits):
        edits.append(new)


def _cased(role: str, text: str, at: int) -> str:
    """Begin a role with a capital where a sentence begins."""
    before = text[:at].rstrip(" \t*_\"'“‘([>#-–—•")
    return role[:1].upper() + role[1:] if not before or before[-1] in ".!?:\n" else role


def _key(name: str) -> str:
    seen = re.sub(_UNSEEN, "", unicodedata.normalize("NFKD", name)) if name else ""
    plain = "".join(one for one in seen if not unicodedata.combining(one)).casefold()
    plain = re.sub(r"['’]s$", "", plain.lstrip("@"))
    return " ".join(re.sub(r"[._,\u00a0-]+|\s+", " ", re.sub(r"['’‘ʼ]", "", plain)).split())


def _paths(paths: Sequence[str], roles: Roles) -> dict[str, str]:
    made: dict[str, str] = {}
    for path in paths:
        changed = roles.text(path)
        name, number = changed, 1
        while name in made.values():
            number += 1
            head, dot, end = changed.rpartition(".")
            name = f"{head}-{number}{dot}{end}" if dot else f"{changed}-{number}"
        made[path] = name
    return made
