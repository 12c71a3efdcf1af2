"""Holding a filled form against itself: each answer against its limit, and against the cited sentences below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzer.drafting.phrases import FORM_COLUMNS, FORM_GROUPS, FORMS
from analyzer.drafting.words import tokens
from analyzer.forms.counting import RULE, UNITS, size
from analyzer.forms.telling import UNSAID_MARKS, cleaned

_UNIT = {name: unit for unit, name in UNITS.items()}
_ANSWER = re.compile(
    rf"^### {FORMS['answer'].split('{')[0]}([\d,]{{1,12}})(?: of ([\d,]{{1,12}}))? ({'|'.join(sorted(_UNIT, key=len, reverse=True))})$"
)
_CITED = re.compile(r"(?<!\\)\[[^\[\]]{1,300}\](?!\()")
_MARK = re.compile(r"(?<!\\)\*([^*\n]{1,60})\*")
_LIST_MARK = re.compile(r"^\s{0,12}(?:[-*+]|\d{1,3}\.)\s+")
_FENCE = "```"


def wrong_answers(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the answers of a filled form.

    Args:
        lines: the draft's lines; one that is no form has no answers and nothing wrong with them.

    Yields:
        The number of the line of the draft, its text, and the reason.
    """
    fenced = False
    for at, line in enumerate(lines):
        fenced ^= line.startswith(_FENCE)
        match = None if fenced else _ANSWER.match(line)
        if not match:
            continue
        block = _block(lines, at + 1)
        used = size("\n".join(text for _, text in block), _UNIT[match[3]])
        if match[2] and used > (limit := int(match[2].replace(",", ""))):
            yield at + 1, line, f"{used:,} {match[3]}, and the limit is {limit:,}"
        known = _cited_below(lines, at + 1)
        for number, text in block:
            if text and not _is_frame(text) and _words(text) not in known:
                yield number, text, "stands in the answer, and not among the cited sentences below it"


def _block(lines: Sequence[str], start: int) -> list[tuple[int, str]]:
    """Return the lines of the block that stands under a heading, with their numbers."""
    found: list[tuple[int, str]] = []
    inside = False
    for number, line in enumerate(lines[start:], start=start + 1):
        if line.startswith(_FENCE):
            if inside:
                return found
            inside = True
        elif inside:
            found.append((number, line))
        elif line.startswith("#"):
            break
    return found


def _cited_below(lines: Sequence[str], start: int) -> set[tuple[str, ...]]:
    """Return the bullets of the list with citations that follows an answer, as words."""
    found: set[tuple[str, ...]] = set()
    inside = fenced = False
    for line in lines[start:]:
        if line.startswith(_FENCE):
            fenced = not fenced
        elif not fenced and line.startswith("#"):
            if inside or line.startswith("## "):
                break
            inside = line == f"### {FORMS['lines']}"
        elif inside and line.strip():
            found.add(_words(_without_marks(line)))
    return found


def _without_marks(line: str) -> str:
    text = _CITED.sub(" ", _LIST_MARK.sub("", line)).replace("**", " ")
    return _MARK.sub(lambda match: " " if match[1] in UNSAID_MARKS else match[0], text)


def _words(text: str) -> tuple[str, ...]:
    """Return the words of an answer's or a bullet's line, as both have them: without addresses and marks."""
    return tuple(tokens(cleaned(text.replace("\\", ""), links=False)))


def _is_frame(text: str) -> bool:
    """Return whether a line of an answer is the name of a kind, or the head of a table."""
    head = "".join(f"| {column} " for column in FORM_COLUMNS) + "|"
    return text.rstrip(":") in FORM_GROUPS.values() or text == head or text.startswith(RULE)
