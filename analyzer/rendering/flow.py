"""What all formats share: sentences joined into one row of words and citations, without what no reader can see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from analyzer.drafts import Citation, Fragment, Sentence, Words

CITED = "Cited lines"
"""The heading of the list that citations lead to, in formats that have no place of their own for it."""

_SPACE = re.compile(r"\s+")
# control characters, marks that turn or hide text, and what may stand in no XML; a joiner within an emoji or an Indic
# word stays
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufff9-\ufffb]"
)
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def clean(text: str) -> str:
    """Return a text on one line, without characters that are not shown or that turn the text around them."""
    seen = _UNSEEN.sub("", _SPACE.sub(" ", text))
    return _NO_CHARACTER.sub("\ufffd", _SPACE.sub(" ", seen))  # what is left out may have stood between two spaces


def clean_lines(text: str) -> list[str]:
    """Return the lines of a text whose spaces count, each cleaned."""
    return [_NO_CHARACTER.sub("\ufffd", _UNSEEN.sub("", line.expandtabs())) for line in text.splitlines()]


def joined(sentences: Iterable[Sentence]) -> Iterator[Fragment]:
    """Yield the fragments of a paragraph, with a space between two sentences where none stands there."""
    before: Sentence | None = None
    for sentence in sentences:
        if before is not None and not _ends_in_space(before) and not sentence.text.startswith((" ", ".", ",")):
            yield Words(" ")
        yield from sentence.fragments
        before = sentence


def flow(sentences: Iterable[Sentence]) -> tuple[Fragment, ...]:
    """Return the fragments of a paragraph, cleaned: no space twice, at the beginning or at the end.

    Args:
        sentences: of one paragraph, list item or cell.
    """
    parts: list[Fragment] = []
    for part in joined(sentences):
        if isinstance(part, Citation):
            parts.append(replace(part, label=clean(part.label), path=clean(part.path)))
            continue
        last = parts[-1] if parts else Words(" ")
        spaced = isinstance(last, Words) and last.text.endswith(" ")
        text = clean(part.text).lstrip(" ") if spaced else clean(part.text)
        if text:
            parts.append(Words(text, part.style))
    while parts and isinstance(end := parts[-1], Words) and end.text.endswith(" "):
        parts[-1:] = [Words(text, end.style)] if (text := end.text.rstrip(" ")) else []
    return tuple(parts)


def _ends_in_space(sentence: Sentence) -> bool:
    last = sentence.fragments[-1] if sentence.fragments else None
    return isinstance(last, Words) and last.text.endswith(" ")
