"""Who says which part of an item, and where its sentences are."""

from __future__ import annotations

from collections.abc import Mapping

from analyzer.records import Span
from analyzer.splitting.leads import turns_in
from analyzer.splitting.sentences import sentence_spans


def sentences_of(text: str) -> tuple[Span, ...]:
    """Return the sentences of an item's text."""
    return tuple(Span(start, end) for start, end in sentence_spans(text))


def turns_of(text: str, author: str | None, aliases: Mapping[str, str]) -> tuple[Span, ...]:
    """Return who says which part of an item's text.

    Args:
        text: the item's words, a speaker's mark at the front taken off.
        author: who speaks first.
        aliases: the roster's short forms.

    Returns:
        Spans in order; the marks and the spaces between belong to none.
    """
    spans: list[Span] = []
    start, who = 0, author
    for mark, words, name in turns_in(text, aliases):
        if text[start:mark].strip():
            spans.append(Span(start, mark, who))
        start, who = words, name
    if text[start:].strip():
        spans.append(Span(start, len(text), who))
    return tuple(spans)
