"""Lines of what was said, as captions and transcripts have them, written so that each says whose words it holds.

Every line stays the line that it is in the file. A sentence that goes on over lines or captions is put together on the line on
which it begins; the others are left out and say so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.reading.names import names_in_attendees
from analyzer.reading.text import Text

GOES_ON = "part of the sentence above"
SERVICE = "line of the recording service"
_MOST_LINES, _MOST_CHARACTERS = 12, 600
"""Speech that is written without full stops is cut where it gets longer than anybody can check."""
_MOST_PEOPLE = 12
_ENDS = tuple(".?!…")
_CLOSERS = "\"')]”’*_ "
_UNNAMED = re.compile(
    r"(?:unknown |unidentified )?(?:speaker|participant|person|guest|user|voice)(?: ?#?[\dA-Z]{1,2})?|unknown",
    re.IGNORECASE,
)
_ASIDE = re.compile(r"\s\(.{1,40}\)$|\s\[.{1,40}\]$|\s\|.{1,60}$")
_SERVICE = re.compile(
    r"[*_>\s-]{0,5}(?:"
    r"(?:transcribed|powered|generated|summari[sz]ed|notes|transcript|summary) (?:generated |taken |provided )?(?:automatically )?by \S"
    r"|(?:this |the )?(?:meeting )?(?:summary|transcript|notes?) (?:was|were) (?:automatically )?(?:generated|created|written)\b"
    r"|(?:meeting|webinar|conference) id\s?:|passcode\s?:"
    r"|(?:view|watch|open|see|read|listen to) (?:the )?(?:full |original |meeting |zoom |complete ){0,2}(?:recording|transcript|summary)\b"
    r"|(?:meeting )?(?:recording|transcription|transcript) (?:started|stopped|ended|paused)\b"
    r"|\S.{0,60} (?:started|stopped) (?:the )?(?:transcription|recording)\.?$"
    r"|(?:ai|auto(?:matically)?)[- ]generated\b.{0,80}(?:may|check|review|accura|mistake|verify)"
    r"|(?:you should |please )?(?:review|check|rate) .{0,40}\baccura|(?:ai|automated) (?:summaries|notes|transcripts?|content) (?:may|can|might)\b"
    r")",
    re.IGNORECASE,
)
"""What services add to a transcript or summary about themselves."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words on a line (counted from 0); ``apart`` where they do not go on from what was said before, such as after a pause."""

    line: int
    speaker: str
    text: str
    apart: bool = False


def is_service_line(text: str) -> bool:
    """Return whether a line is what a recording service or assistant says about itself."""
    return len(text) <= 300 and bool(_SERVICE.match(text))


def plain_name(written: str) -> str:
    """Return a speaker's name as notes write it, '' for a number or a voice that nobody named.

    Args:
        written: such as "Lee, Dana (Contoso)", "DANA LEE" or "Speaker 2".
    """
    name = " ".join(written.strip(" *_:-\t").split())
    for _ in range(2):
        name = _ASIDE.sub("", name)
    last, comma, first = name.partition(", ")
    name = f"{first} {last}" if comma and "," not in first else name
    if _UNNAMED.fullmatch(name):
        return ""
    words = [word.capitalize() if len(word) > 2 and word.isupper() else word for word in name.split()]
    # the mark of a speaker has three words at most
    return " ".join(words if len(words) <= 3 else [words[0], words[-1]])


def is_speaker(written: str) -> bool:
    """Return whether words can name who speaks: a person's name, or "Speaker 2"."""
    name = plain_name(written)
    return not name or (len(name) <= 60 and len(names_in_attendees(name)) == 1)


def write_said(
    lines: Sequence[str], said: Sequence[Said], hidden: Mapping[int, str], properties: Sequence[tuple[str, str]] = ()
) -> Text:
    """Write what was said onto its lines.

    Args:
        lines: of the file.
        said: in the order of the lines, speakers as `plain_name` gives them.
        hidden: lines (counted from 0) that are no words, with the reason.
        properties: what else the file says about itself.

    Returns:
        Lines such as "Dana Lee: the rota went live."; a block quote where nobody says whose words they are.
    """
    written = list(lines)
    left_out = dict(hidden)
    opened: Said | None = None
    count = 0
    for one in said:
        if opened is not None and _goes_on(opened, one, written[opened.line], count):
            written[opened.line] += f" {one.text}"
            left_out[one.line] = GOES_ON
            count += 1
            continue
        written[one.line] = f"{one.speaker}: {one.text}" if one.speaker else f"> {one.text}"
        opened, count = one, 1
    people = list(dict.fromkeys(one.speaker for one in said if one.speaker))
    named = [("attendees", ", ".join(people))] if 0 < len(people) <= _MOST_PEOPLE else []
    problems: list[tuple[int | None, str]] = []
    nameless = [one for one in said if not one.speaker]
    if nameless:
        share = "the speakers have no names" if len(nameless) == len(said) else "some speakers have no names"
        problems.append((None, f"{share}, so nobody's words are told apart there; write the names into the file"))
    stretches = tuple((line + 1, line + 1, reason) for line, reason in sorted(left_out.items()))
    return Text(lines=tuple(written), left_out=stretches, properties=(*properties, *named), problems=tuple(problems))


def _goes_on(opened: Said, one: Said, so_far: str, count: int) -> bool:
    if one.apart or one.line == opened.line or one.speaker != opened.speaker:
        return False
    ended = so_far.rstrip(_CLOSERS).endswith(_ENDS)
    return not ended and count < _MOST_LINES and len(so_far) + len(one.text) <= _MOST_CHARACTERS
