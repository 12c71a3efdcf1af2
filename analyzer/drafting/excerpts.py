"""Short excerpts of lines, for questions that point at a line and do not repeat it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzer.drafting.clauses import pieces, with_cue
from analyzer.drafting.desk import Desk
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import quoted
from analyzer.drafting.trust import ends_as_question
from analyzer.records import Evidence, Span

_LONGEST_QUOTE = 70
"""Characters: a question points at a line and does not repeat it."""

_WHO = re.compile(
    r"(?:(?:AI|TODO|[Aa]ction(?: item)?)[ :-]{1,3}(?:me|I|[A-Z]\w{0,20})?|me|Me|[A-Z][a-z]{1,20}|[A-Z]{2,3})\s?[:–-]\s{1,3}(?=\S)"
)
"""Who took a step on, as notes put it in front of it: "AI Asha:", "me:", "TODO -"."""


def step(line: Evidence) -> str:
    """Return the words of an action without the mark of who took it on."""
    span = with_cue(line, ("promise",))[0]
    words = line.words(span)
    if match := _WHO.match(words):
        return quoted(words[match.end() :])
    cues = [cue for cue in line.cues_of("promise") if span.start <= cue.start < span.end]
    after = line.item.text[cues[0].end : span.end] if cues else ""
    return quoted(after.lstrip(" :,-") if after.startswith((":", " :", " to ")) else words)


def step_words(line: Evidence) -> str:
    """Return a promise as a short quotation: its sentence, without the mark of who took it on."""
    span = with_cue(line, ("promise",))[0]
    words = line.words(span)
    match = _WHO.match(words)
    return cut(quoted(words[match.end() :] if match and match.end() < len(words) else words))


def asking(line: Evidence) -> list[Span]:
    """Return the sentences of a line that ask."""
    return [span for span in pieces(line) if ends_as_question(line, (span,))]


def has_amount(line: Evidence) -> bool:
    """Return whether a line holds a figure that could be the size of its effect."""
    return bool(line.metrics) or re.search(r"[£$€]\s?\d|\d\s?(?:%|k\b|m\b|per ?cent)", line.item.text) is not None


def short(line: Evidence, spans: Iterable[Span]) -> str:
    """Return the first of some sentences as a short quotation."""
    chosen = list(spans)
    return cut(quote_of(line, chosen[:1])) if chosen else cut(quoted(line.item.text))


def cut(quote: str) -> str:
    """Shorten a quotation at the end of a clause, or between two words where it has no clauses."""
    words = quote.split('" … "', maxsplit=1)[0].strip('"')
    if len(words) <= _LONGEST_QUOTE:
        return f'"{words}"'
    head = words[:_LONGEST_QUOTE]
    at = max(head.rfind(mark) for mark in (", ", "; ", ". ", ": ", " - "))
    if at <= _LONGEST_QUOTE // 4:
        return f'"{head.rsplit(" ", 1)[0].rstrip(",;:. ")} …"'
    return f'"{head[:at].rstrip(",;:. ")}"'


def open_question(desk: Desk, evidence: Iterable[str]) -> Evidence | None:
    """Return the last question of the subject about a project that no line answers."""
    about = set(evidence)
    open_ = [
        one.evidence
        for one in desk.review.questions
        if one.evidence in about and one.answered_by is None and asking(desk.lines[one.evidence])
    ]
    return desk.lines[open_[-1]] if open_ else None
