"""UTF-8 that was once decoded with a wrong encoding ("donâ€™t", "it‚Äôs"), turned back; sound text is left as it is.

A damaged character stands as two to four signs that together are one valid UTF-8 sequence. Sound text has such neighbours too
now and then ("IRMÃ”", "café…”"), so a sequence counts only where sound text practically never has it, or beside others that do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import ftfy
import ftfy.bad_codecs
import ftfy.badness

_HIGH = re.compile(r"[^\x00-\x7f]")
_CODECS = {"sloppy-windows-1252": "UTF-8 read as Windows-1252", "mac_roman": "UTF-8 read as Mac Roman"}
_JUDGED = 200
"""Characters of one run that are looked at; a run of damage is a word, seldom a sentence."""
_ROUNDS = 3
"""Text that was damaged twice needs two; more is not seen."""
_CLOSING = frozenset("’”…»™®“‘›")
"""Signs that sound text has right behind a letter, capital or not."""


def repair_mojibake(text: str) -> tuple[str, list[str]]:
    """Undo a wrong decoding, where the text shows that there was one.

    Args:
        text: with lines ended by LF.

    Returns:
        The text with as many lines as before, and what was repaired.
    """
    said: list[str] = []
    for _ in range(_ROUNDS):
        if not _HIGH.search(text):
            break
        before = text
        # The commoner damage first: text that was damaged twice holds a few signs of the other kind by chance.
        for codec in sorted(_CODECS, key=lambda codec: -_count(before, codec)):
            text, count = _turn_back(text, codec)
            if count and _CODECS[codec] not in said:
                said.append(_CODECS[codec])
        if text == before:
            break
    if said:
        text = "\n".join(_rest(line) if _HIGH.search(line) else line for line in text.split("\n"))
    return text, said


def _count(text: str, codec: str) -> int:
    expression, table = _sequences(codec)
    return sum(_is_certain(text, match, _decoded(match[0], table)) for match in expression.finditer(text))


def _turn_back(text: str, codec: str) -> tuple[str, int]:
    """Replace the damaged runs of a text; the doubtful ones only where there is a plain one."""
    expression, table = _sequences(codec)
    certain = _count(text, codec)

    def mended(match: re.Match[str]) -> str:
        new = _decoded(match[0], table)
        likely = new is not None and all(
            0xA0 <= ord(one) <= 0x17F or ord(one) in table or _usual(one) for one in new[:_JUDGED]
        )
        return new if new is not None and (likely or _is_certain(text, match, new)) else match[0]

    return (expression.sub(mended, text), certain) if certain else (text, 0)


def _is_certain(text: str, match: re.Match[str], new: str | None) -> bool:
    """Return whether a run can be nothing but damaged text."""
    if new is None or all(one < " " or "\x7f" <= one <= "\x9f" for one in new):
        return False
    new = new[:_JUDGED]
    if len(new) == 1 and 0xA0 <= ord(new) <= 0x17F:
        if new.isalpha() and _stands_alone(text, match):
            return False
        return match[0][-1] not in _CLOSING or not text[max(0, match.start() - 1) : match.start()].isupper()
    return any(_usual(one) for one in new) or (len(new) >= 2 and _one_script(new))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Return whether no letter is beside a run: "≈£5" is a price, "o√π" a word."""
    around = text[max(0, match.start() - 1) : match.start()], text[match.end() : match.end() + 1]
    return not any(one.isalpha() for one in around)


def _usual(new: str) -> bool:
    """Return whether characters are of the punctuation, signs and emoji that people write."""
    return all(
        0x2010 <= ord(one) <= 0x2BFF or 0x1F000 <= ord(one) <= 0x1FAFF or one in "\ufeff\ufe0f\u200b\u200d\u00a0ﬁﬂ"
        for one in new
    )


def _one_script(new: str) -> bool:
    """Return whether characters lie near each other, as those of one word do."""
    codes = [ord(one) for one in new]
    if sum(code <= 0x17F for code in codes) >= 2:
        return True
    wide = all(0x3000 <= code <= 0x9FFF or 0xAC00 <= code <= 0xD7AF for code in codes)
    return wide or (max(codes) - min(codes) < 0x90 and min(codes) >= 0x370)


def _decoded(run: str, table: Mapping[int, int]) -> str | None:
    try:
        return run.translate(table).encode("latin-1").decode("utf-8")
    except UnicodeDecodeError:
        return None


def _rest(line: str) -> str:
    """Repair a line that lost bytes on its way, which only guessing can; in a damaged document alone."""
    if not ftfy.badness.is_bad(line):
        return line
    repaired = ftfy.fix_encoding(line)
    return repaired if "\n" not in repaired and "\r" not in repaired else line


@cache
def _sequences(codec: str) -> tuple[re.Pattern[str], Mapping[int, int]]:
    """Return an expression for runs of UTF-8 sequences as a wrong decoding shows them, and the byte of each sign."""
    table = {ord(bytes([byte]).decode(codec)): byte for byte in range(0x80, 0x100)}
    if codec != "mac_roman":
        table |= {byte: byte for byte in range(0x80, 0xA0)}

    def among(first: int, last: int) -> str:
        return "[" + "".join(re.escape(chr(one)) for one, byte in table.items() if first <= byte <= last) + "]"

    tail = among(0x80, 0xBF)
    one = f"{among(0xC2, 0xDF)}{tail}|{among(0xE0, 0xEF)}{tail}{{2}}|{among(0xF0, 0xF4)}{tail}{{3}}"
    return re.compile(f"(?:{one})+"), table
