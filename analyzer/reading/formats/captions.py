"""Captions of recorded meetings, WebVTT and SubRip: what was said, and by whom; numbers, times and styles are left out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analyzer.reading.datelines import meeting_date
from analyzer.reading.formats.plain import read_plain
from analyzer.reading.formats.spoken import SERVICE, Said, is_service_line, is_speaker, plain_name, write_said
from analyzer.reading.text import Text, UnreadableError

_TIME = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMING = re.compile(rf"\s{{0,8}}{_TIME}\s{{0,8}}-->\s{{0,8}}{_TIME}(?:\s.{{0,300}})?$")
_VOICE = re.compile(r"<v(?:\.[\w.-]{1,60})?\s{1,4}(?P<name>[^<>\n]{1,100})>")
_TAG = re.compile(r"</?[a-zA-Z0-9][^<>\n]{0,200}>|\{\\[^{}\n]{1,40}\}")
_NAMED = re.compile(
    r"(?:>>|[-–—])?\s{0,3}(?P<name>[^\W\d_][^:<>\n]{0,60}):\s{1,4}(?=\S)|\[(?P<boxed>[^\[\]\n]{2,60})\]:?\s{1,4}(?=\S)"
)
_TURN = re.compile(r"(?:>>|[-–—])\s{0,3}(?=\S)")
_NOISE = re.compile(r"[\[(♪#*][^\[\]()\n]{0,80}[\])♪#*]$")
_KEYS = re.compile(r"(?:[A-Za-z]{1,20}(?::\s{0,3}|\s{1,3})){1,2}(?=\d)")
"""What stands before a date in a header: "NOTE Date: 2025-03-04"."""
_PAUSE = 2.5
"""Seconds without words after which a new thought begins."""
_HEADER, _NUMBER, _COMMENT, _STYLE, _NO_WORDS = (
    "header of the captions",
    "number and time of a caption",
    "comment",
    "style of the captions",
    "no words",
)


def read_vtt(data: bytes) -> Text:
    """Read WebVTT captions, as Teams, Zoom and Meet write them.

    Args:
        data: the file's bytes.

    Returns:
        One line for each line of the file.

    Raises:
        UnreadableError: it is empty, no text, or holds no caption.
    """
    return _read(data)


def read_srt(data: bytes) -> Text:
    """Read SubRip captions; see `read_vtt`."""
    return _read(data)


@dataclass(slots=True)
class _Captions:
    lines: Sequence[str]
    hidden: dict[int, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)
    speaker: str = ""
    names: frozenset[str] = frozenset()


def _read(data: bytes) -> Text:
    plain = read_plain(data)
    captions = _Captions(plain.lines)
    timings = {number: found for number, line in enumerate(plain.lines) if (found := _timing(line))}
    if not timings:
        raise UnreadableError("no captions in it")
    captions.names = _names_before_colons(plain.lines, timings)
    _around(captions, timings)
    starts = sorted(timings)
    end = 0.0
    for place, first in enumerate(starts):
        last = starts[place + 1] if place + 1 < len(starts) else len(plain.lines)
        begins, ends = timings[first]
        apart = begins - end > _PAUSE or begins < end - 60
        end = ends
        for number in range(first + 1, last):
            if number not in captions.hidden and plain.lines[number].strip():
                _payload(captions, number, apart=apart)
                apart = False
    written = write_said(plain.lines, captions.said, captions.hidden, captions.properties)
    return replace(written, repairs=plain.repairs)


def _around(captions: _Captions, timings: dict[int, tuple[float, float]]) -> None:
    """Leave out times and the numbers before them, and blocks that are no captions: header, comments, styles."""
    lines = captions.lines
    for number in timings:
        captions.hidden[number] = _NUMBER
        before = number - 1
        # a number or name of a caption stands alone under an empty line
        alone = before == 0 or (before > 0 and (not lines[before - 1].strip() or lines[before].strip().isdigit()))
        if alone and lines[before].strip():
            captions.hidden[before] = _NUMBER
    reason = _HEADER if lines[0].startswith("WEBVTT") else ""
    for number, line in enumerate(lines):
        if not line.strip() or number in captions.hidden:
            reason = ""
        elif number == 0 or not lines[number - 1].strip():
            word = line.split(maxsplit=1)[0]
            reason = {"NOTE": _COMMENT, "STYLE": _STYLE, "REGION": _STYLE}.get(word, reason)
        if reason:
            captions.hidden[number] = reason
            value = _KEYS.sub("", line)
            if meeting_date(value, heading=True):
                captions.properties.append(("date", value))


def _payload(captions: _Captions, number: int, *, apart: bool) -> None:
    """Take the words of one line of a caption."""
    line = captions.lines[number]
    voices = list(_VOICE.finditer(line))
    stretches: list[tuple[str, str]] = []
    if voices:
        if before := _words(line[: voices[0].start()]):
            stretches.append((captions.speaker, before))
        for place, voice in enumerate(voices):
            end = voices[place + 1].start() if place + 1 < len(voices) else len(line)
            captions.speaker = plain_name(html.unescape(voice["name"]))
            stretches.append((captions.speaker, _words(line[voice.end() : end])))
    else:
        words = _words(line)
        named, turn = _NAMED.match(words), _TURN.match(words)
        if named and (named["name"] or named["boxed"]).strip() in captions.names:
            captions.speaker = plain_name(named["name"] or named["boxed"])
            words = words[named.end() :]
        elif turn:
            captions.speaker, words, apart = "", words[turn.end() :], True
        stretches.append((captions.speaker, words))
    stretches = [(speaker, words) for speaker, words in stretches if words and not _NOISE.match(words)]
    if not stretches:
        captions.hidden[number] = _NO_WORDS
        return
    if is_service_line(stretches[0][1]):
        captions.hidden[number] = SERVICE
        return
    text = " ".join(
        [stretches[0][1], *(f"{speaker}: {words}" if speaker else words for speaker, words in stretches[1:])]
    )
    captions.said.append(Said(number, stretches[0][0], text, apart=apart or len(stretches) > 1))


def _names_before_colons(lines: Sequence[str], timings: dict[int, tuple[float, float]]) -> frozenset[str]:
    """Return what stands before a colon at the front of captions and can only be a speaker: a name that comes again."""
    counts: dict[str, int] = {}
    for number in timings:
        found = _NAMED.match(_words(lines[number + 1])) if number + 1 < len(lines) else None
        if found:
            name = (found["name"] or found["boxed"]).strip()
            counts[name] = counts.get(name, 0) + 1
    return frozenset(
        name for name, count in counts.items() if is_speaker(name) and (count > 1 or len(name.split()) > 1)
    )


def _words(line: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", line)).split())


def _timing(line: str) -> tuple[float, float] | None:
    found = _TIMING.match(line) if "-->" in line else None
    if not found:
        return None
    parts = [int(part or 0) for part in found.groups()]
    return _seconds(parts[:4]), _seconds(parts[4:])


def _seconds(parts: Sequence[int]) -> float:
    hours, minutes, seconds, thousandths = parts
    return hours * 3600 + minutes * 60 + seconds + thousandths / 1000
