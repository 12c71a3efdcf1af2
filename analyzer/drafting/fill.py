"""Filling phrases: a template with slots becomes a sentence of words and citations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from string import Formatter

from analyzer.drafts import Citation, Fragment, Sentence, Words

Filling = str | int | Citation | Sequence["Citation | Words"] | Sentence
_STYLE = re.compile(r"(\*{1,2}|`)([^*`]+)\1")


def say(template: str, **slots: Filling) -> Sentence:
    """Fill a phrase.

    Args:
        template: from `analyzer.drafting.phrases`; emphasis is ``*so*``, ``**so**`` or with backticks.
        slots: words, figures, a citation or several for each ``{slot}``; words are taken as they are.
    """
    fragments: list[Fragment] = []
    for style, literal in _styled(template):
        for text, slot, *_ in Formatter().parse(literal):
            fragments += [Words(text, style)] if text else []
            fragments += _filling(slots[slot], style) if slot else []
    return Sentence(tuple(_joined(fragments)))


def plain(text: str, *citations: Citation) -> Sentence:
    """Return a sentence of plain words followed by its citations."""
    return Sentence(tuple(_joined([Words(text), *_after(citations)])))


def cited(sentence: Sentence, citations: Iterable[Citation]) -> Sentence:
    """Return a sentence with citations at its end."""
    return Sentence(tuple(_joined([*sentence.fragments, *_after(citations)])))


def spaced(citations: Iterable[Citation]) -> tuple[Fragment, ...]:
    """Return citations with a space between them."""
    return tuple(_after(citations))[1:]


def _after(citations: Iterable[Citation]) -> list[Fragment]:
    return [part for one in citations for part in (Words(" "), one)]


def _styled(template: str) -> list[tuple[str, str]]:
    parts: list[tuple[str, str]] = []
    at = 0
    for match in _STYLE.finditer(template):
        parts.append(("", template[at : match.start()]))
        parts.append(({"*": "em", "**": "strong", "`": "code"}[match[1]], match[2]))
        at = match.end()
    return [*parts, ("", template[at:])]


def _filling(value: Filling, style: str) -> list[Fragment]:
    if isinstance(value, Citation):
        return [value]
    if isinstance(value, Sentence):
        return list(value.fragments)
    if isinstance(value, str | int):
        return [Words(str(value), style)]
    if value and all(isinstance(part, Citation) for part in value):
        return list(spaced(part for part in value if isinstance(part, Citation)))
    return list(value)


def _joined(fragments: Iterable[Fragment]) -> list[Fragment]:
    """Join neighbouring words of one style and drop empty ones."""
    out: list[Fragment] = []
    for part in fragments:
        last = out[-1] if out else None
        if isinstance(part, Words) and not part.text:
            continue
        if isinstance(part, Words) and isinstance(last, Words) and last.style == part.style:
            out[-1] = Words(last.text + part.text, part.style)
        else:
            out.append(part)
    return out
