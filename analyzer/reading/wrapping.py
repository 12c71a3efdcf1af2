"""Whether a line goes on in the next one: notes with hard line ends, told from notes with a thought on each line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.reading.lines import Line

_WIDEST = 100
"""Editors that wrap lines do so at 65 to 100 characters; a file with longer lines of prose is not wrapped."""
_FULL_SHARE = 0.5
_SAMPLE = 2_000
_ENDS = ".!?:;…"
_CLOSERS = "\"')]”’*_ "


@dataclass(frozen=True, slots=True)
class Wrapping:
    """How a document breaks its lines: the width it wraps at, and whether small initials mean anything in it."""

    width: int | None
    capitals: bool

    @classmethod
    def of(cls, lines: Sequence[str], parsed: Sequence[Line]) -> Wrapping:
        """Find out from the document's lines (the first 2,000 of them are enough)."""
        pairs = [
            number
            for number in range(min(len(lines), _SAMPLE) - 1)
            if parsed[number].kind in {"text", "item"} and parsed[number + 1].kind == "text"
        ]
        texts = [line.text for line in parsed[:_SAMPLE] if line.kind in {"text", "item"}]
        capitals = sum(text[:1].islower() for text in texts) * 3 < len(texts)
        widest = max((len(lines[number].rstrip()) for number in pairs), default=0)
        full = [n for n in pairs if _is_full(lines[n], parsed[n + 1].text, widest)]
        wrapped = 40 <= widest <= _WIDEST and len(full) >= 2 and len(full) >= _FULL_SHARE * len(pairs)
        return cls(widest if wrapped else None, capitals)

    def goes_on(self, line: str, following: str) -> bool:
        """Return whether the sentence of one line goes on in the next.

        Args:
            line: as it stands in the file.
            following: the next line's text.
        """
        if line.rstrip().rstrip(_CLOSERS).endswith(tuple(_ENDS)):
            return False
        if self.width is not None:
            return _is_full(line, following, self.width)
        return self.capitals and len(line.strip()) >= 40 and following[:1].islower()


def _is_full(line: str, following: str, width: int) -> bool:
    """Return whether the next line's first word would not have fitted on this one."""
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    return len(line.rstrip()) + 1 + len(word) > width
