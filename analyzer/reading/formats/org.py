"""Org-mode: each line of the file becomes one line of Markdown.

A heading with a task's keyword, or without anything under it, is somebody's words and becomes a list item; other headings stay
headings. Planning lines, drawers, code and comments are left out with a reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from analyzer.dates import MONTHS, WEEKDAYS
from analyzer.patterns.sections import section_of
from analyzer.reading.columns import is_date
from analyzer.reading.formats.org_words import as_markdown, has_stamp, is_stamp, without_brackets
from analyzer.reading.formats.plain import read_plain
from analyzer.reading.text import Text

_STARS = re.compile(r"(\*{1,200})[ \t]+(?=\S)")
_SETTING = re.compile(r"[ \t]{0,40}#\+(?P<key>[\w-]{1,40}(?:\[[^\]\n]{0,100}\])?):[ \t]*(?P<value>.*)$")
_BEGIN = re.compile(r"[ \t]{0,40}#\+begin_(?P<name>[\w-]{1,30})", re.IGNORECASE)
_END = re.compile(r"[ \t]{0,40}#\+end_(?P<name>[\w-]{1,30})[ \t]*$", re.IGNORECASE)
_DRAWER = re.compile(r"[ \t]{0,40}:(?P<name>[\w-]{1,40}):[ \t]*$")
_PLANNING = re.compile(r"[ \t]{0,40}(?:SCHEDULED|DEADLINE|CLOSED):[ \t]{0,9}[<\[]")
_CLOCK = re.compile(r"[ \t]{0,40}CLOCK:[ \t]")
_COMMENT = re.compile(r"[ \t]{0,40}#(?:[ \t]|$)")
_FIXED = re.compile(r"[ \t]{0,40}:(?:[ \t]|$)")
_TAGS = re.compile(r"[ \t]:(?P<tags>[\w@#%]{1,40}(?::[\w@#%]{1,40}){0,20}):$")
_COOKIE = re.compile(r"[ \t]?\[(?:\d{1,3}%|\d{1,4}/\d{1,4})\]")
_LAST_COOKIE = re.compile(r"[ \t]{1,9}\[(?:\d{1,3}%|\d{1,4}/\d{1,4})\][ \t]{0,9}$")
_MONTH_OF_TREE = re.compile(r"(?P<year>(?:19|20)\d\d)-\d\d[ \t]+(?P<month>[^\W\d_]{3,12})$")
_BULLET = re.compile(
    r"(?P<mark>[ \t]{0,400}(?:[-+]|\d{1,3}[.)])[ \t]+)(?P<count>\[@\d{1,4}\][ \t]*)?(?P<half>\[-\][ \t])?|[ \t]{1,400}\*[ \t]+"
)
_TERM = re.compile(r"[ \t]::(?=[ \t]|$)")
_LEFT_OUT = {"src": "code block", "example": "code block", "export": "code block", "comment": "comment"}
_QUOTES = frozenset(("quote", "verse"))
_PROPERTIES = {"title": "title", "date": "date", "author": "author"}
_DEEPEST = 12
_BOXES = {
    "[x] ": "DONE FINISHED COMPLETED CLOSED",
    "[ ] ": "TODO NEXT SOMEDAY MAYBE PROJ IDEA LATER LOOP",
    "[/] ": "STARTED DOING INPROGRESS IN-PROGRESS IN_PROGRESS PROGRESS PROG STRT WIP NOW",
    "[ ] [waiting] ": "WAIT WAITING HOLD BLOCKED DELEGATED",
    "[-] ": "CANCELLED CANCELED CANC KILL KILLED DROPPED",
}


@dataclass(slots=True)
class _Heading:
    """A heading taken apart, and whether it is written as a list item."""

    line: int
    level: int
    text: str
    tags: str
    box: str = ""
    leaf: bool = False
    hidden: bool = False
    item: bool = False


@dataclass(slots=True)
class _Org:
    lines: list[str]
    out: list[str]
    boxes: dict[str, str]
    left_out: list[tuple[int, int, str]] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    shift: int = 0
    indent: str | None = None
    """What the lines under a heading that became an item are moved in by."""

    def leave(self, first: int, last: int, reason: str) -> int:
        """Leave lines out, by index and inclusive; return the next line's index."""
        self.left_out.append((first + 1, last + 1, reason))
        return last + 1


def read_org(data: bytes) -> Text:
    """Read an org-mode file.

    Args:
        data: the file.

    Returns:
        As many lines as the file has; title, date and author are properties.

    Raises:
        UnreadableError: the bytes are no text.
    """
    read = read_plain(data)
    lines = list(read.lines)
    org = _Org(lines, list(lines), _keywords(lines))
    _take_settings(org)
    headings = {heading.line: heading for heading in _headings(org)}
    ends = _ends(lines)
    number = 0
    depths: list[int] = []
    while number < len(lines):
        heading = headings.get(number)
        number = _write_heading(org, heading, depths) if heading else _write_body(org, number, ends)
    return Text(
        lines=tuple(org.out),
        repairs=read.repairs,
        left_out=tuple(_once(org.left_out)),
        properties=tuple(org.properties),
    )


def _once(left_out: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Leave each line out once: a setting inside a commented part goes with that part."""
    kept: list[tuple[int, int, str]] = []
    for first, last, reason in sorted(left_out, key=lambda one: (one[0], -one[1])):
        if not kept or first > kept[-1][1]:
            kept.append((first, last, reason))
    return kept


def _keywords(lines: Sequence[str]) -> dict[str, str]:
    """Return from a task's keyword to its box; a file can name its own (``#+TODO: DRAFT | SENT``)."""
    boxes = {word: box for box, words in _BOXES.items() for word in words.split()}
    for line in lines:
        found = _SETTING.match(line) if line.lstrip().startswith("#+") else None
        if found and found["key"].upper() in {"TODO", "SEQ_TODO", "TYP_TODO"}:
            opened, bar, closed = found["value"][:1000].partition("|")
            words = opened.split()
            done = closed.split() if bar else words[-1:]
            for word in [*words, *closed.split()]:
                name = word.partition("(")[0]
                boxes.setdefault(name, "[x] " if word in done else f"[ ] [{name.lower()}] ")
    return boxes


def _take_settings(org: _Org) -> None:
    """Take title, date and author; a title is written as the first heading, and all others move one level down."""
    for number, line in enumerate(org.lines):
        found = _SETTING.match(line) if line.lstrip().startswith("#+") else None
        if not found:
            continue
        key, value = found["key"].lower(), found["value"].strip()
        if key in _PROPERTIES and value:
            org.properties.append((_PROPERTIES[key], without_brackets(value)))
        if key == "title" and value and not org.shift:
            org.out[number], org.shift = f"# {value}", 1
        else:
            org.leave(number, number, "property" if key in _PROPERTIES else "setting")


def _headings(org: _Org) -> list[_Heading]:
    """Take all headings apart and say which of them are items."""
    found: list[_Heading] = []
    for number, line in enumerate(org.lines):
        stars = _STARS.match(line)
        if stars:
            found.append(_taken_apart(org, number, len(stars[1]), line[stars.end() :].rstrip()))
    starts = [*(one.line for one in found), len(org.lines)][1:]
    for heading, end in zip(found, starts, strict=True):
        heading.leaf = not any(
            org.lines[n].strip() and not _PLANNING.match(org.lines[n]) for n in range(heading.line + 1, end)
        )
    below: list[_Heading] = []
    for heading in reversed(found):
        children = []
        while below and below[-1].level > heading.level:
            children.append(below.pop())
        dated = has_stamp(org.lines[heading.line]) and not (heading.leaf and not children)
        claim = bool(heading.box) or (heading.leaf and not children and _tells(heading))
        heading.item = claim and not dated and all(child.item for child in children)
        below.append(heading)
    return found


def _taken_apart(org: _Org, number: int, level: int, text: str) -> _Heading:
    tags = _TAGS.search(text, max(0, len(text) - 300))
    written = "".join(f" [{tag}]" for tag in tags["tags"].split(":")) if tags else ""
    if tags:
        text = text[: tags.start()].rstrip()
    word, _, rest = text.partition(" ")
    box = org.boxes.get(word, "") if rest.strip() else ""
    if box:
        text = rest.strip()
    hidden = text.startswith("COMMENT ") or text == "COMMENT"
    text = _COOKIE.sub("", text).strip()
    month = _MONTH_OF_TREE.match(text)
    if month and month["month"].lower() in MONTHS:
        text = f"{month['month']} {month['year']}"
    return _Heading(number, level, as_markdown(text), written, box, hidden=hidden)


def _tells(heading: _Heading) -> bool:
    """Return whether a heading with nothing under it says something, and is no empty part of a template."""
    words = heading.text.split()
    named = section_of(heading.text) or words[0].lower().strip(",") in WEEKDAYS if words else True
    dated = is_date(heading.text) or has_stamp(heading.text) or (len(words) == 2 and words[0].lower() in MONTHS)
    return heading.level > 1 and len(words) >= 2 and not named and not dated


def _write_heading(org: _Org, heading: _Heading, depths: list[int]) -> int:
    """Write a heading; ``depths`` holds the levels of the items that it can be nested under."""
    if heading.hidden:
        end = heading.line + 1
        while end < len(org.lines) and not ((stars := _STARS.match(org.lines[end])) and len(stars[1]) <= heading.level):
            end += 1
        return org.leave(heading.line, end - 1, "comment")
    while depths and (depths[-1] >= heading.level or not heading.item):
        depths.pop()
    if heading.item:
        indent = "  " * min(len(depths), _DEEPEST)
        org.out[heading.line] = f"{indent}- {heading.box}{heading.text}{heading.tags}"
        depths.append(heading.level)
        org.indent = indent + "  "
    else:
        level = min(heading.level + org.shift, 6)
        org.out[heading.line] = f"{'#' * level} {without_brackets(heading.text)}{heading.tags}"
        org.indent = None
    return heading.line + 1


def _ends(lines: Sequence[str]) -> dict[str, list[int]]:
    """Return where each kind of block and drawer can end, in order from the last."""
    found: dict[str, list[int]] = {}
    for number in range(len(lines) - 1, -1, -1):
        line = lines[number]
        if _STARS.match(line):
            found.setdefault("*", []).append(number)
        elif line.strip().upper() == ":END:":
            found.setdefault(":", []).append(number)
        elif end := _END.match(line):
            found.setdefault(end["name"].lower(), []).append(number)
    return found


def _next(ends: dict[str, list[int]], kind: str, number: int) -> int | None:
    """Return the first line of a kind after a line; what lies before is dropped, since lines are asked for in order."""
    places = ends.get(kind, [])
    while places and places[-1] <= number:
        places.pop()
    return places[-1] if places else None


def _write_body(org: _Org, number: int, ends: dict[str, list[int]]) -> int:
    """Write a line that is no heading, or the stretch that it opens; return the next line's index."""
    line = org.lines[number]
    heading = _next(ends, "*", number)
    if begin := _BEGIN.match(line):
        end = _next(ends, begin["name"].lower(), number)
        if end is not None and (heading is None or end < heading):
            return _write_block(org, number, end, begin["name"].lower())
        return org.leave(number, number, "block without an end")
    if drawer := _DRAWER.match(line):
        end = _next(ends, ":", number)
        if drawer["name"].upper() != "END" and end is not None and (heading is None or end < heading):
            return org.leave(number, end, "drawer")
        return org.leave(number, number, "drawer without an end")
    for expression, reason in (
        (_PLANNING, "planning line"),
        (_CLOCK, "clock"),
        (_COMMENT, "comment"),
        (_FIXED, "code block"),
    ):
        if expression.match(line):
            return org.leave(number, number, reason)
    if _SETTING.match(line):
        return number + 1
    if line.lstrip().startswith("#+"):
        return org.leave(number, number, "setting")
    if line.lstrip().startswith("|"):
        return _write_table(org, number)
    org.out[number] = _moved(org, _line(line))
    return number + 1


def _write_block(org: _Org, number: int, end: int, name: str) -> int:
    if name in _LEFT_OUT:
        return org.leave(number, end, _LEFT_OUT[name])
    org.leave(number, number, "block mark")
    org.leave(end, end, "block mark")
    for inner in range(number + 1, end):
        words = org.lines[inner].strip()
        org.out[inner] = (
            f"> {as_markdown(words)}" if name in _QUOTES and words else _moved(org, _line(org.lines[inner]))
        )
    return end + 1


def _line(line: str) -> str:
    """Write one line of a list or of prose."""
    if is_stamp(line):
        return without_brackets(line)
    bullet = _BULLET.match(line)
    if bullet is None:
        indent = line[: len(line) - len(line.lstrip())]
        return indent + as_markdown(line.strip())
    rest = _TERM.sub(":", line[bullet.end() :], count=1)
    half = "[/] " if bullet["half"] else ""
    return (bullet["mark"] or bullet[0]) + half + as_markdown(_LAST_COOKIE.sub("", rest))


def _moved(org: _Org, line: str) -> str:
    """Move a line in, under the heading that became an item."""
    return org.indent + line.lstrip("\t") if org.indent and line.strip() else line


def _write_table(org: _Org, number: int) -> int:
    """Write a table; one without a head becomes a list, since Markdown has no such tables."""
    end = number
    while end < len(org.lines) and org.lines[end].lstrip().startswith("|"):
        end += 1
    first = number
    while first < end and _is_rule(org.lines[first]):
        org.leave(first, first, "rule")
        first += 1
    headed = first + 1 < end and _is_rule(org.lines[first + 1])
    for place in range(first, end):
        words = as_markdown(org.lines[place].strip())
        if _is_rule(words):
            rule = words.replace("+", "|")
            org.out[place] = rule if place == first + 1 else "| |"
            if not headed:
                org.leave(place, place, "rule")
        else:
            org.out[place] = words if headed else f"- {words.strip('| ')}"
    return end


def _is_rule(line: str) -> bool:
    body = line.strip()
    return body.startswith("|-") and not body.strip("|-+ ")
