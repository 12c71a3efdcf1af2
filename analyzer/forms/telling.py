"""How a piece is told: in the voice that the form wants, as plain text for its field, and as situation, action, result."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from analyzer.drafting.clauses import pieces as clauses_of
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.fill import say
from analyzer.drafting.phrases import FORMS, MARKS, WORK
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import closed, quoted, speaks_of_self
from analyzer.drafting.words import arrows_in_words, tokens
from analyzer.drafting.work import claim_bullet
from analyzer.drafts import Citation, Fragment, Sentence, Words
from analyzer.forms.pieces import Piece, effect_at, flat, is_mark

UNSAID_MARKS = frozenset(mark.strip("*") for kind, mark in MARKS.items() if kind.value != "expected")
"""Marks of effects that have happened: an answer leaves them out, and says of the others that they were expected."""
_ADDRESS = re.compile(r"\s?\(?<?(?:https?://|www\.)[^\s<>()]{1,2000}>?\)?", re.IGNORECASE)
_OPENS = re.compile(r"^(?:(?:#{1,6}|-|[|>]{1,9})(?:\s|$)|[|>])+")
"""What would be read as a heading, a list mark or a row at the start of a line; a sign before a figure is none."""
_DAY = re.compile(r"^\d{1,2} [A-Z][a-z]{2,8}(?: \d{4})?: $")
_SPEAKER = re.compile(r"^\s{0,3}[A-Z][^\":.]{0,80}: \"")
_PARTS = frozenset(FORMS[part].strip("*") for part in ("situation", "action", "result", "action_result"))
_OTHER = re.compile(r"\b(?:she|he|her|him|his|hers|they|them|their)\b", re.IGNORECASE)


# --- plain text -----------------------------------------------------------------------------------


def plain_text(sentences: Iterable[Sentence], *, links: bool) -> str:
    """Return sentences as the text that is pasted: no citations, no marks of layout, one line.

    Args:
        sentences: a piece's, with citations.
        links: whether addresses stay.
    """
    told = ""
    for sentence in reversed(list(sentences)):
        text = ""
        for part in reversed([one for one in sentence.fragments if isinstance(one, Words)]):
            text = _words(part, text + told) + text
        gap = " " if text and told and not told.startswith((" ", ".", ",", ";")) else ""
        told = text + gap + told
    return cleaned(told, links=links)


def cleaned(text: str, *, links: bool) -> str:
    """Return a text without what could end its block or break its line, and without addresses where none may stand."""
    text = text if links else _ADDRESS.sub("", text)
    text = "".join(" " if ord(one) < 32 or ord(one) == 127 else one for one in text.replace("`", "'"))
    text = re.sub(r"\s{1,50}([,.;:!?])(?=\s|$)", r"\1", " ".join(text.split()))
    return _OPENS.sub("", text).replace("]:", "] :")


def _words(part: Words, after: str) -> str:
    """Return words as plain text; a mark or a name in front is set off by a colon, before a speaker by a full stop."""
    text = part.text.strip()
    if part.style == "em" and text in UNSAID_MARKS:
        return ""
    speaker = _SPEAKER.match(after) is not None and text not in _PARTS
    if part.style in {"em", "strong"} and text.endswith(".") and not speaker:
        return part.text.rstrip().removesuffix(".") + ":" + part.text[len(part.text.rstrip()) :]
    return part.text


# --- voice ----------------------------------------------------------------------------------------


def in_voice(desk: Desk, piece: Piece, voice: str) -> Piece:
    """Return a piece in the voice of the form; what cannot stand in it becomes a quotation with its speaker.

    Sentences that begin with their verb stand in both voices. "I", "we" and "my" of the owner's notes are quoted in the third
    person, "she" and "he" of a manager's notes in the first.
    """
    if desk.by_manager == (voice == "third"):
        return piece
    speaker = short_name(desk.review.manager if desk.by_manager else desk.review.subject)
    if not speaker:
        return piece
    sentences = (_spoken(desk, one, speaker, piece.kind) for one in piece.sentences)
    return replace(piece, sentences=tuple(sentences))


def _spoken(desk: Desk, sentence: Sentence, speaker: str, kind: str) -> Sentence:
    if is_mark(sentence, WORK["part"]):
        return say(" " + WORK["part_manager"] + " ")
    if desk.by_manager and is_mark(sentence, WORK["part_manager"]):
        return say(" " + WORK["part"] + " ")
    out: list[Fragment] = []
    for part, after in zip_longest(sentence.fragments, sentence.fragments[1:]):
        if isinstance(part, Words) and not part.style and isinstance(after, Citation):
            out.append(Words(_said_by(desk, part.text, after, speaker, kind)))
        elif part is not None:
            out.append(part)
    return Sentence(tuple(out))


def _said_by(desk: Desk, text: str, cited: Citation, speaker: str, kind: str) -> str:
    """Return the words in front of a citation with their speaker, where they would else be said by somebody else."""
    tail = text[len(text.rstrip()) :]
    lead = text[: len(text) - len(text.lstrip())]
    words = text.strip()
    own, asked = WORK["i_asked"].split("{")[0], WORK["asked_by"].split("{quote}")[0].format(who=speaker)
    if words.startswith(own) and not desk.by_manager:
        return lead + asked + words.removeprefix(own) + tail
    before, mark, _ = words.partition('"')
    if mark and not before and not desk.by_manager:
        return f"{lead}{speaker}: {words}{tail}"
    if mark and kind in {"goals", "growth"} and _DAY.match(before) and not desk.by_manager:
        return f"{lead}{speaker}, {words}{tail}"
    if mark and before.endswith(": "):
        return text
    if _speaks(desk, before if mark else words):
        return f"{lead}{speaker}: {closed(_in_quotes(desk, words, cited))}{tail}"
    return text


def _in_quotes(desk: Desk, words: str, cited: Citation) -> str:
    """Return what a tidied text tells in the line's own words: tidying may have changed arrows, or left sentences out."""
    wanted = set(tokens(words))
    for line in desk.lines.values():
        if (line.item.source.path, line.item.source.start) == (cited.path, cited.line):
            # the tense of a first verb may differ
            spans = [one for one in clauses_of(line) if set(tokens(arrows_in_words(line.words(one)))[1:]) <= wanted]
            if spans:
                return quote_of(line, spans)
    return quoted(words)


def _speaks(desk: Desk, text: str) -> bool:
    if not desk.by_manager:
        return speaks_of_self(text)
    name = short_name(desk.review.subject)
    return _OTHER.search(text) is not None or (bool(name) and re.search(rf"\b{re.escape(name)}\b", text) is not None)


# --- situation, action, result --------------------------------------------------------------------


def as_star(desk: Desk, piece: Piece) -> Piece:
    """Return a finished piece as situation, action and result; one whose result no line holds is no example."""
    at = effect_at(piece)
    title, *work = piece.sentences[:at]
    marks = [*MARKS.values(), WORK["in_project"]]
    told_alone = at == len(piece.sentences)
    both = bool(work) and is_mark(work[0], *marks) and told_alone
    thin = "" if both or not told_alone else "thin"
    situation = _asked_for(desk, piece)
    rows: list[tuple[Sentence, ...]] = [(title,)]
    rows += [(say(FORMS["situation"] + " "), *situation)] if situation else []
    rows += [(say(FORMS["action_result" if both else "action"] + " "), *work)]
    if at < len(piece.sentences):
        rows += [(say(FORMS["result"]), *piece.sentences[at:])]
    return replace(
        piece, sentences=tuple(one for row in rows for one in row), rows=tuple(rows), why_not=piece.why_not or thin
    )


def _asked_for(desk: Desk, piece: Piece) -> Sequence[Sentence]:
    claim = desk.claims.get(piece.key)
    if claim is None:
        return ()
    bullet = claim_bullet(desk, claim, with_quarter=False)
    asked = [child for child in bullet.children if child.sentences and is_mark(child.sentences[0], WORK["asked"])]
    return [sentence for child in asked for sentence in flat(child)[1:]]
