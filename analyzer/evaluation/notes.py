"""Marked notes, read strictly: the markers are cut out of the text and kept with the stretch that they label.

The format is described in `data/labelled/README.md`. What is not described there is refused, with file and line, so that
no label is lost to a slip of the pen.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from analyzer.errors import BadFileError
from analyzer.evaluation.gold import GoldDocument, GoldItem
from analyzer.evaluation.markers import MarkerError, parse_marker

_MARKER = re.compile(r"[ \t]{0,20}\{\{([^{}]{0,2000})\}\}")
_BULLET = re.compile(
    r"[ \t]{0,80}(?:[-*+•◦▪‣·–—○●o]|\d{1,3}[.)]|[a-z][.)]|\[[ xX]\]|[☐☑✅✔✓❌]\ufe0f?|>(?=[ \t]{1,3}[-*+•]))(?:[ \t]{1,10}|$)"
)
_HEADING = re.compile(r"[ \t]{0,3}#{1,6}(?:[ \t]|$)")
_ROW = re.compile(r"[ \t]{0,80}\|")
_RULE_ROW = re.compile(r"[ \t]{0,80}\|[ \t:|+-]{3,}$")
_LEAD = re.compile(r"[ \t>|]{0,80}")
_BOLD = re.compile(r"[^\w*]{0,10}(\*\*|__|\*|_)[^*_]{1,200}\1\W{0,10}$")
_LINK = re.compile(r"\W{0,5}(?:\[[^\]]{0,200}\]\([^)]{0,500}\)|https?://\S{1,500})\W{0,5}$")
_ATTENDEES = re.compile(
    r"\W{0,10}(?:attendees|attending|present|participants|who|with|in the room)\b[^.:]{0,20}:", re.IGNORECASE
)
_DATE_WORD = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|week|wk|q[1-4])[a-z]{0,6}\b",
    re.IGNORECASE,
)
_HEAD_WORDS = 7
"""A line of at most this many words may be a date or the head of a list, without a marker."""
_SENTENCE_WORDS = 5
"""Prose of at least this many words that ends like a sentence is one, and needs a marker."""
_WRAPPED = 50
"""An unmarked line of at least this many characters runs on in the next line."""


@dataclass(frozen=True, slots=True)
class _Marker:
    """A marker's body, the line it stands on and the offset in the clean text where it stood."""

    line: int
    at: int
    body: str


@dataclass(frozen=True, slots=True)
class _Block:
    """Consecutive lines (1-based, inclusive): a ``list`` item, table ``row``, ``heading`` or paragraph of ``prose``."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Notes:
    """One file with its markers cut out."""

    path: Path | str
    name: str
    lines: tuple[str, ...]
    starts: tuple[int, ...]
    """The offset of each line in the clean text."""
    markers: tuple[_Marker, ...]
    text: str
    """The clean text."""

    def wrong(self, line: int, reason: str) -> BadFileError:
        return BadFileError(self.path, f"line {line}", reason)


def parse_notes(path: Path | str, name: str, text: str) -> GoldDocument:
    """Cut the markers out of one file of notes.

    Args:
        path: for messages.
        name: the path relative to the author's folder.
        text: the marked text; lines end in a line feed.

    Raises:
        BadFileError: with the line of the first marker that is wrong or missing.
    """
    notes = _cut(path, name, text)
    items = tuple(item for block in _blocks(notes) for item in _items(notes, block))
    return GoldDocument(path=name, text=notes.text, items=items)


def _cut(path: Path | str, name: str, text: str) -> _Notes:
    lines: list[str] = []
    markers: list[_Marker] = []
    offset = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        clean, place = "", 0
        for match in _MARKER.finditer(raw):
            clean += raw[place : match.start()]
            place = match.end()
            markers.append(_Marker(number, offset + len(clean), match[1]))
        clean += raw[place:]
        if "{{" in clean or "}}" in clean:
            raise BadFileError(path, f"line {number}", "a marker that is not closed, or braces inside one")
        lines.append(clean)
        offset += len(clean) + 1
    starts = tuple(accumulate((len(line) + 1 for line in lines[:-1]), initial=0))
    return _Notes(path, name, tuple(lines), starts, tuple(markers), "\n".join(lines))


def _blocks(notes: _Notes) -> Iterator[_Block]:
    marked = {marker.line for marker in notes.markers}
    kind, first = "", 0
    for number, line in enumerate(notes.lines, start=1):
        if not line.strip() and number not in marked:
            new = ""
        elif _HEADING.match(line):
            new = "heading"
        elif _BULLET.match(line):
            new = "list"
        elif _ROW.match(line):
            new = "row"
        elif kind == "prose" or (kind == "list" and not _has_marker(marked, first, number)):
            continue
        else:
            new = "prose"
        if kind == "list" and new == "prose" and line[:1].isspace():
            raise notes.wrong(number, "words of a list item after its marker; the marker stands at the item's end")
        if kind:
            yield _Block(kind, first, number - 1)
        kind, first = new, number
    if kind:
        yield _Block(kind, first, len(notes.lines))


def _has_marker(marked: set[int], first: int, stop: int) -> bool:
    return any(number in marked for number in range(first, stop))


def _items(notes: _Notes, block: _Block) -> Iterator[GoldItem]:
    markers = [marker for marker in notes.markers if block.first <= marker.line <= block.last]
    end = notes.starts[block.last - 1] + len(notes.lines[block.last - 1])
    _check_block(notes, block, markers)
    place = notes.starts[block.first - 1]
    for marker in markers:
        start = _start(notes, block, place, marker)
        if not any(char.isalnum() for char in notes.text[start : marker.at]):
            raise notes.wrong(marker.line, "a marker without words before it")
        yield _item(notes, marker, start)
        place = marker.at
    rest = notes.text[place:end]
    if markers and any(char.isalnum() for char in rest.split("\n")[0]):
        raise notes.wrong(markers[-1].line, "words after the last marker of the line")
    if block.kind == "prose":
        first_of_rest = markers[-1].line + 1 if markers else block.first
        for number in range(first_of_rest, block.last + 1):
            is_title = number == 1 and block.last == 1
            if not is_title and not _may_stand_unmarked(notes.lines[number - 1]):
                raise notes.wrong(number, "a sentence without a marker")


def _check_block(notes: _Notes, block: _Block, markers: Sequence[_Marker]) -> None:
    if block.kind == "heading" and markers:
        raise notes.wrong(block.first, "a heading carries no marker")
    if block.kind in {"list", "row"} and len(markers) > 1:
        raise notes.wrong(block.first, "a list item or table row has one marker, with the labels of all its sentences")
    if block.kind == "list" and not markers and not _heads_a_list(notes, block):
        raise notes.wrong(block.first, "a list item without a marker")
    if block.kind == "row" and not markers and not _is_table_head(notes, block.first):
        raise notes.wrong(block.first, "a table row without a marker")


def _heads_a_list(notes: _Notes, block: _Block) -> bool:
    """Return whether a list item without a marker is none by its form, or a few words that only head nested items."""
    first = notes.lines[block.first - 1]
    text = _BULLET.sub("", first, count=1)
    following = notes.lines[block.last] if block.last < len(notes.lines) else ""
    is_nested_under = bool(_BULLET.match(following)) and _indent(following) > _indent(first)
    is_title = len(text.split()) <= _HEAD_WORDS and not text.rstrip().endswith((".", "!", "?"))
    return _may_head(text) or (is_title and is_nested_under)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_table_head(notes: _Notes, number: int) -> bool:
    following = notes.lines[number] if number < len(notes.lines) else ""
    return bool(_RULE_ROW.match(notes.lines[number - 1]) or _RULE_ROW.match(following))


def _may_head(text: str) -> bool:
    """Return whether a list item is no item: a date, a bold head, a bare link, names of attendees, or empty."""
    words = text.split()
    is_short = len(words) <= _HEAD_WORDS
    return (
        not any(char.isalnum() for char in text)
        or bool(_BOLD.match(text) or _LINK.match(text) or _ATTENDEES.match(text) or _HEADING.match(text))
        or (is_short and text.rstrip(" *_").endswith(":"))
        or (is_short and any(char.isdigit() for char in text) and bool(_DATE_WORD.search(text)))
    )


def _may_stand_unmarked(line: str) -> bool:
    """Return whether a line outside lists is no sentence: a heading without marks, a date, names, a rule."""
    text = line.strip()
    return (
        _may_head(text) or len(text.split()) < _SENTENCE_WORDS or not text.rstrip("*_\"”') ").endswith((".", "!", "?"))
    )


def _start(notes: _Notes, block: _Block, place: int, marker: _Marker) -> int:
    """Return where the stretch of a marker begins: after the marker before it, or with the item's first line."""
    if block.kind == "list":
        bullet = _BULLET.match(notes.lines[block.first - 1])
        return place + (bullet.end() if bullet else 0)
    number = bisect_right(notes.starts, place)
    while number < marker.line and not _runs_on(notes, number, place):
        number += 1
        place = notes.starts[number - 1]
    lead = _LEAD.match(notes.text, place)
    return lead.end() if lead else place


def _runs_on(notes: _Notes, number: int, place: int) -> bool:
    """Return whether the words at ``place`` on a line without a marker after them belong to the next line's sentence."""
    rest = notes.text[place : notes.starts[number - 1] + len(notes.lines[number - 1])]
    following = notes.lines[number].lstrip()
    return bool(rest.strip()) and (len(notes.lines[number - 1]) >= _WRAPPED or following[:1].islower())


def _item(notes: _Notes, marker: _Marker, start: int) -> GoldItem:
    try:
        fields = parse_marker(marker.body)
    except MarkerError as error:
        raise notes.wrong(marker.line, str(error)) from error
    return GoldItem(
        path=notes.name,
        line=marker.line,
        first_line=bisect_right(notes.starts, start),
        start=start,
        end=marker.at,
        text=notes.text[start : marker.at],
        **fields,
    )
