"""Answering one question of a form: which pieces stand in the answer, how it reads, and what was left out and why."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analyzer.dates import quarter_of
from analyzer.drafting.desk import Desk
from analyzer.drafting.phrases import FORM_COLUMNS, FORM_GROUPS
from analyzer.forms.counting import MARK, RULE, size
from analyzer.forms.form import Question
from analyzer.forms.packing import in_turn, pack
from analyzer.forms.pieces import Piece, effect_at, pieces_of
from analyzer.forms.telling import as_star, in_voice, plain_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as it is pasted, the pieces it is made of, and those that were left out, each with the reason."""

    question: Question
    text: str
    pieces: tuple[Piece, ...]
    left: tuple[tuple[Piece, str], ...]

    @property
    def used(self) -> int:
        """The size of the answer in the form's unit."""
        return size(self.text, self.question.unit or "chars")


def answer(desk: Desk, question: Question, told: Mapping[str, int], elsewhere: frozenset[str] = frozenset()) -> Answer:
    """Answer a question of a form.

    Args:
        desk: the review's look-ups.
        question: with the form's own values where it says nothing, as of `Form.settled`.
        told: the keys of the pieces that earlier answers hold, each with that answer's number.
        elsewhere: the keys of pieces that others of the form tell too.
    """
    groups = [_pool(desk, question, kind) for kind in dict.fromkeys(question.evidence)]
    pool = in_turn(groups)
    once: dict[str, Piece] = {}
    for piece in pool:
        once.setdefault(piece.key, piece)
    left: list[tuple[Piece, str]] = []
    free: list[Piece] = []
    for piece in once.values():
        reason = piece.why_not or ("within" if piece.key in elsewhere else "")
        reason = reason or ("told" if piece.key in told and not question.again else "")
        if reason:
            left.append((piece, reason))
        else:
            free.append(piece)
    if not free and question.keywords:
        # an example may serve twice where nothing else shows what the question asks for
        free = [piece for piece, reason in left if reason == "told"]
        left = [(piece, reason) for piece, reason in left if reason != "told"]
    chosen = _packed(question, free)
    keys = {piece.key for piece in chosen}
    full = question.most is not None and len(chosen) >= question.most
    for piece in free:
        if piece.key not in keys:
            left.append((piece, "within" if piece.within in keys else "most" if full else "room"))
    order = _grouped(question, chosen)
    return Answer(question=question, text=_laid_out(question, order), pieces=tuple(order), left=tuple(left))


def _packed(question: Question, free: Sequence[Piece]) -> list[Piece]:
    """Choose pieces twice: first without those that another one tells, then with them where that one found no room."""

    def measure(pieces: list[Piece]) -> int:
        return size(_laid_out(question, _grouped(question, pieces)), question.unit or "chars")

    alone = [piece for piece in free if not _told_by_another(piece, free)]
    chosen = pack(alone, measure, question.limit, question.most)
    keys = {piece.key for piece in chosen}
    rest = [piece for piece in free if piece not in alone and piece.within not in keys]
    return pack([*chosen, *rest], measure, question.limit, question.most) if rest else chosen


def _told_by_another(piece: Piece, free: Sequence[Piece]) -> bool:
    return any(other.key == piece.within for other in free)


def _pool(desk: Desk, question: Question, kind: str) -> list[Piece]:
    """Return the pieces of a kind that the question's words and quarters let in, told as the form wants them."""
    found = [piece for piece in pieces_of(desk, kind) if _in_quarters(desk, question, piece)]
    if question.shape == "star":
        found = [as_star(desk, piece) if piece.key in desk.claims else piece for piece in found]
    voiced = [in_voice(desk, piece, question.voice or "first") for piece in found]
    wanted = [_pattern(word) for word in question.keywords]
    return [piece for piece in voiced if not wanted or any(one.search(_own_text(desk, piece)) for one in wanted)]


def _own_text(desk: Desk, piece: Piece) -> str:
    """Return what keywords are looked for in: all of a finished piece, of anything else not what came of it later."""
    return plain_text(piece.sentences if piece.key in desk.claims else piece.head, links=True)


def _pattern(word: str) -> re.Pattern[str]:
    """Return what a keyword finds: the whole word, or with a star at its end every word that begins so."""
    body = re.escape(word.rstrip("*")).replace(r"\ ", r"\s+").replace("'", "['’]")
    return re.compile(rf"(?<!\w){body}" + ("" if word.endswith("*") else r"(?!\w)"), re.IGNORECASE)


def _in_quarters(desk: Desk, question: Question, piece: Piece) -> bool:
    claim = desk.claims.get(piece.key)
    day = piece.first.date
    quarter = claim.quarter if claim else quarter_of(day, desk.review.fiscal_start) if day else ""
    return not question.quarters or quarter[-1:] in {str(number) for number in question.quarters}


def _grouped(question: Question, pieces: Sequence[Piece]) -> list[Piece]:
    """Put pieces of one kind next to each other, the kinds in the question's order, the best of each first."""
    kinds = list(dict.fromkeys(question.evidence))
    return sorted(pieces, key=lambda piece: kinds.index(piece.kind))  # type: ignore[arg-type]


def _laid_out(question: Question, pieces: Sequence[Piece]) -> str:
    """Return the text of an answer: list items or paragraphs, under the name of their kind where there are several."""
    lines: list[str] = []
    several = len({FORM_GROUPS[piece.kind] for piece in pieces}) > 1
    kind = ""
    if question.shape == "table" and pieces:
        lines = [_row(FORM_COLUMNS), RULE * len(FORM_COLUMNS) + "|"]
    for piece in pieces:
        group = FORM_GROUPS[piece.kind]
        if several and group != kind and question.shape != "table":
            lines += ["", f"{group}:"] if lines else [f"{group}:"]
        kind = group
        lines += [""] if piece.rows and lines and lines[-1] else []
        lines.append(_line(question, piece))
    return "\n".join(lines)


def _line(question: Question, piece: Piece) -> str:
    links = bool(question.links)
    if question.shape == "table":
        at = effect_at(piece)
        parts = (piece.sentences[:at], piece.sentences[at:])
        return _row([plain_text(part, links=links).replace("|", "/").strip() for part in parts])
    if piece.rows:
        return "\n".join(plain_text(row, links=links).rstrip(":") for row in piece.rows)
    text = plain_text(piece.sentences, links=links)
    return f"{MARK}{text}" if question.lists else text


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell or '-' for cell in cells)} |"
