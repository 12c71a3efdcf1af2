"""Rows of a log to what they say: which column holds the date, the words, the project, and how a row reads as notes.

Shared by sheets (CSV, XLSX) and by Markdown tables with a row for each meeting. The words of a cell are never changed; what
the head of a column says decides where they stand: a date heads a meeting, a section heads items, a project leads them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from analyzer.dates import find_dates
from analyzer.patterns.sections import heading_words, is_section_name, section_of

_LONGEST_HEAD = 40
_HEAD_WITHIN = 15
"""Rows among which the heads are looked for; above them stand a title and remarks."""
_LONGEST_TAG = 30
_LONGEST_DATE = 40
_MOST_LINES = 200
"""Lines of one cell that are told apart; the rest of them stay one item."""
_DIGIT = re.compile(r"\d")
_BREAK = re.compile(r"[ \t]{0,20}(?:<br[ \t]{0,3}/?>|\n)[ \t]{0,20}", re.IGNORECASE)
_POINT = re.compile(r"(?:[-*+•–—·▪●◦]|\d{1,2}[.)])[ \t]+")
_URL = re.compile(r"(?:https?://|www\.)\S{1,2000}$")
_YES = frozenset("yes y true x ✓ ✔ ☑ ✅ 1 done wahr ja oui sí".split())
_NO = frozenset("no n false ☐ 0 - open falsch nein non".split())


class Role(StrEnum):
    """What a column is for."""

    DATE = "date"
    WORDS = "words"
    PROJECT = "project"
    TYPE = "type"
    AUTHOR = "author"
    STATUS = "status"
    BOX = "box"
    IMPACT = "impact"
    TAG = "tag"
    SECTION = "section"
    """The head itself names a section ("Wins"), and the cells below it are of that section."""
    OTHER = "other"


_HEADS: dict[str, Role] = {
    head: role
    for role, heads in {
        Role.DATE: "date|day|when|week|week of|week commencing|wc|w/c|week ending|meeting date|meeting|date of meeting|datum|dato|fecha|data",
        Role.WORDS: "what|item|entry|task|description|summary|details|detail|what happened|what i did|what did i do|work|update|activity"
        "|text|words|achievement|accomplishment|accomplishments|deliverable|note|notes|comment|comments|story|bullet|title",
        Role.PROJECT: "project|projects|project name|initiative|workstream|work stream|programme|program|epic|stream|product|client|account",
        Role.TYPE: "type|kind|section|category|class|label|bucket|type of entry|entry type|theme",
        Role.AUTHOR: "author|by|said by|written by|speaker|from|person|name|who|reporter|logged by|entered by",
        Role.STATUS: "status|state|progress|stage",
        Role.BOX: "done|done?|complete|completed|finished|closed|checked",
        Role.IMPACT: "impact|result|results|outcome|outcomes|effect|benefit|so what|value|why it matters|business impact",
        Role.TAG: "id|#|no|nr|number|key|ticket|tickets|issue|jira|priority|prio|tag|tags|size|effort|row",
    }.items()
    for head in heads.split("|")
}


_FOR_EACH = (Role.PROJECT, Role.AUTHOR)
"""What holds for the cells of each section of a row; the rest stands with the first."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The heads of a table's columns as written, and what each is for."""

    heads: tuple[str, ...]
    roles: tuple[Role, ...]

    def has(self, role: Role) -> bool:
        """Return whether any column is for that."""
        return role in self.roles


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a row: ``kind`` is date, section, lead or item; ``depth`` that of an item."""

    kind: str
    text: str
    depth: int = 0
    checked: bool | None = None


def role_of_head(head: str) -> Role:
    """Return what a column is for by the words at its head, in any case and with any marks around them."""
    words = " ".join(head.replace("_", " ").split()).casefold().strip("*: ")
    if not words or len(words) > _LONGEST_HEAD:
        return Role.OTHER
    found = _HEADS.get(words) or _HEADS.get(" ".join(heading_words(words)))
    if found is None and words.split("(")[0].strip() in _HEADS:
        found = _HEADS[words.split("(")[0].strip()]
    return found or (Role.SECTION if is_section_name(words) else Role.OTHER)


def find_head(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which row holds the heads of the columns: short words without a date, at least two of them known.

    One known word is enough in the first row that has several cells, where no cell below it is such a word too.
    """
    for place, row in enumerate(rows[:_HEAD_WITHIN]):
        said = [cell for cell in row if cell.strip()]
        known = [at for at, cell in enumerate(row) if role_of_head(cell) is not Role.OTHER]
        if any(len(cell) > _LONGEST_HEAD or is_date(cell) for cell in said) or not known:
            continue
        if len(known) >= 2:
            return place
        first = not any(sum(bool(cell.strip()) for cell in above) > 1 for above in rows[:place])
        below = [other[known[0]] for other in rows[place + 1 : place + 100] if known[0] < len(other)]
        plain = len(set(said)) == len(said) and all(len(cell.split()) <= 3 and not _DIGIT.search(cell) for cell in said)
        if first and len(said) > 1 and plain and below and not any(_names_a_kind(cell) for cell in below):
            return place
    return None


def columns_of(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Columns:
    """Say what each column is for.

    Args:
        heads: the row of heads; empty where there is none.
        rows: some rows below it; they settle what the heads leave open.
    """
    width = max([len(heads), *(len(row) for row in rows)], default=0)
    named = [*heads, *[""] * (width - len(heads))]
    roles = [role_of_head(head) for head in named]
    _only_first(roles)
    columns = [[row[place] if place < len(row) else "" for row in rows] for place in range(width)]
    if Role.DATE not in roles:
        dated = [place for place in range(width) if roles[place] is Role.OTHER and _mostly_dates(columns[place])]
        for place in dated[:1]:
            roles[place] = Role.DATE
    for place in range(width):
        if roles[place] is Role.DATE and heads and not _mostly_dates(columns[place]):
            roles[place] = Role.OTHER
    if Role.WORDS not in roles and Role.SECTION not in roles:
        free = [place for place in range(width) if roles[place] is Role.OTHER]
        sizes = {place: sum(map(len, columns[place])) for place in free}
        if any(sizes.values()):
            roles[max(free, key=lambda place: sizes[place])] = Role.WORDS
    if not heads and Role.WORDS in roles:
        _guess_before_words(roles, columns)
    return Columns(tuple(" ".join(head.split()).strip("*: ") for head in named), tuple(roles))


def is_date(cell: str) -> bool:
    """Return whether a cell is a date and little else."""
    words = cell.strip()
    if not words or len(words) > _LONGEST_DATE or not any(one.isdigit() for one in words):
        return False
    found = find_dates(words)
    return bool(found) and found[0].start <= 14 and len(words) - found[-1].end <= 14


def pieces_of(cells: Sequence[str], columns: Columns) -> list[Piece]:
    """Return what a row says, in the order in which notes would say it.

    Args:
        cells: of one row; those beyond the columns are read as cells without a head.
        columns: from `columns_of`.

    Returns:
        A date and a section where the row has them, then leads and items; each cell with words stands in one of them.
    """
    by_role: dict[Role, list[tuple[str, str]]] = {}
    for place, cell in enumerate(cells):
        if any(character.isalnum() for character in cell) or (cell.strip() and cell.strip().casefold() in _YES):
            role = columns.roles[place] if place < len(columns.roles) else Role.OTHER
            head = columns.heads[place] if place < len(columns.heads) else ""
            by_role.setdefault(role, []).append((head, cell.strip()))
    pieces = [Piece("date", _flat(cell)) for _, cell in by_role.pop(Role.DATE, ())]
    typed = [cell for _, cell in by_role.pop(Role.TYPE, ())]
    for cell in typed:
        if section_of(cell):
            pieces.append(Piece("section", _flat(cell)))
        else:
            by_role.setdefault(Role.TAG, []).append(("", cell))
    sections = by_role.pop(Role.SECTION, [])
    if not sections or Role.WORDS in by_role:
        pieces += _entry(by_role)
        by_role = {role: cells for role, cells in by_role.items() if role in _FOR_EACH}
    for head, cell in sections:
        pieces += [Piece("section", head), *_entry({**by_role, Role.WORDS: [("", cell)]})]
        by_role = {role: cells for role, cells in by_role.items() if role in _FOR_EACH}
    return pieces


def points_of(cell: str) -> list[tuple[int, str]]:
    """Cut a cell into its lines, each with its depth: points under a line that is none go one deeper."""
    parts = [part for part in _BREAK.split(cell, maxsplit=_MOST_LINES) if part.strip()]
    marked = [_POINT.match(part) for part in parts]
    under = bool(parts) and marked[0] is None and len(parts) > 1 and all(marked[1:])
    return [
        (int(under and place > 0), _flat(part[mark.end() :] if mark and len(parts) > 1 else part))
        for place, (part, mark) in enumerate(zip(parts, marked, strict=True))
    ]


def _entry(by_role: dict[Role, list[tuple[str, str]]]) -> list[Piece]:
    """Make items of a row's words and of what the other cells say about them."""
    said = {role: " ".join(_flat(cell) for _, cell in by_role.get(role, ())) for role in (Role.AUTHOR, Role.PROJECT)}
    words = "\n".join(cell for _, cell in by_role.get(Role.WORDS, ()))
    checked: bool | None = None
    front: list[str] = []
    behind: list[str] = []
    for head, cell in by_role.get(Role.BOX, ()):
        small = cell.casefold()
        if small in _YES or small in _NO:
            checked = small in _YES
        else:
            behind.append(f"{head}: {_flat(cell)}")
    for role in (Role.STATUS, Role.TAG):
        for head, cell in by_role.get(role, ()):
            tag = _flat(cell)
            fits = len(tag) <= _LONGEST_TAG and not set("[](){}") & set(tag)
            (front if fits else behind).append(f"[{tag}]" if fits else _headed(head, tag))
    behind += [_headed(head or "Impact", _flat(cell)) for head, cell in by_role.get(Role.IMPACT, ())]
    behind += [_headed(head, _flat(cell)) for head, cell in by_role.get(Role.OTHER, ())]
    tags, author = " ".join(front), said[Role.AUTHOR]
    if not words and not behind and not said[Role.PROJECT]:
        return [Piece("item", f"{tags} {author}".strip(), 0, checked)] if tags or author else []
    marks = "".join(f"{part} " for part in (tags, author and f"{author}:") if part)
    return _list(words, marks, said[Role.PROJECT], _sentences(behind), checked)


def _list(words: str, front: str, project: str, behind: str, checked: bool | None) -> list[Piece]:
    """Write a cell as one item, or as a list under the project where it has several lines."""
    points = points_of(words)
    if len(points) <= 1:
        text = points[0][1] if points else ""
        named = not project or text.casefold().startswith(project.casefold())
        lead = "" if named else f"{project}: " if text else project
        return [Piece("item", front + _sentences([lead + text, behind]), 0, checked)]
    depth = int(bool(project))
    pieces = [Piece("lead", f"{project}:")] if project else []
    pieces += [
        Piece("item", text if text[-1] == ":" else front + text, depth + deeper, checked) for deeper, text in points
    ]
    return [*pieces, Piece("item", front + behind, depth)] if behind else pieces


def _headed(head: str, value: str) -> str:
    """Return a cell's words with the head of its column, which says what they are."""
    if _URL.match(value):
        return f"[{head or 'link'}]({value})"
    return f"{head}: {value}" if head and not value.casefold().startswith(f"{head.casefold()}:") else value


def _sentences(parts: Sequence[str]) -> str:
    """Join parts so that each is a sentence of its own."""
    said = [part for part in parts if part]
    return " ".join(
        part if part[-1] in ".!?:;" or place == len(said) - 1 else f"{part}." for place, part in enumerate(said)
    )


def _flat(cell: str) -> str:
    return " ".join(_BREAK.sub(" ", cell).split())


def _only_first(roles: list[Role]) -> None:
    """Keep the first column of a role that a row can have once; a second "date" is mostly when something was entered."""
    for role in (Role.DATE, Role.TYPE, Role.PROJECT, Role.AUTHOR, Role.BOX):
        for place in [place for place, one in enumerate(roles) if one is role][1:]:
            roles[place] = Role.OTHER


def _guess_before_words(roles: list[Role], columns: Sequence[Sequence[str]]) -> None:
    """Without heads: names of sections tell a kind, and short words in front of the long ones a project."""
    for place in range(roles.index(Role.WORDS)):
        said = [cell for cell in columns[place] if cell.strip()]
        if roles[place] is Role.OTHER and said and all(section_of(cell) for cell in said):
            roles[place] = Role.TYPE
        elif roles[place] is Role.OTHER and said and all(_is_name(cell) for cell in said):
            roles[place] = Role.PROJECT
    _only_first(roles)


def _names_a_kind(cell: str) -> bool:
    return role_of_head(cell) is not Role.OTHER


def _is_name(cell: str) -> bool:
    return len(cell.split()) <= 4 and any(one.isalpha() for one in cell) and not is_date(cell)


def _mostly_dates(cells: Sequence[str]) -> bool:
    said = [cell for cell in cells if cell.strip()]
    return bool(said) and 2 * sum(is_date(cell) for cell in said) >= len(said)
