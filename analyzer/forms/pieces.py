"""The pieces that an answer can be made of: the sentences of the self-review draft by kind of evidence, best first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from analyzer.drafting.by_project import running_section, worth
from analyzer.drafting.desk import Desk
from analyzer.drafting.feedback_part import feedback_sections
from analyzer.drafting.fill import plain, say
from analyzer.drafting.goals_part import goals_section
from analyzer.drafting.phrases import MARKS, SETBACKS, WORK
from analyzer.drafting.setbacks import setback_section
from analyzer.drafting.trust import probability
from analyzer.drafting.work import highlight_sentences
from analyzer.drafts import Bullet, Citation, Sentence, Words
from analyzer.forms.packing import in_turn
from analyzer.records import Accomplishment, Direction, FeedbackEntry, Label, Polarity

STRENGTHS, GROWTH, GIVEN = 1, 2, 3
"""Where the sections of the part on feedback stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One bullet that an answer holds as a whole or not at all."""

    kind: str
    key: str
    """What it is about: the id of a claim or a line, the same for every kind that can tell it."""
    sentences: tuple[Sentence, ...]
    why_not: str = ""
    """Why it may stand in no answer: ``doubt``, ``person``, or ``thin`` where half of an example is missing."""
    within: str = ""
    """The key of a piece that tells this one too."""
    rows: tuple[tuple[Sentence, ...], ...] = ()
    """The sentences as lines of their own, where the form wants parts; else empty."""

    @property
    def bullet(self) -> Bullet:
        """The piece as the list with citations has it."""
        if not self.rows:
            return Bullet(self.sentences)
        return Bullet(self.rows[0], tuple(Bullet(row) for row in self.rows[1:]))

    @property
    def first(self) -> Citation:
        """The line that it is about."""
        return next(cited for sentence in self.sentences for cited in sentence.citations)

    @property
    def head(self) -> tuple[Sentence, ...]:
        """The sentences up to the first that cites a line: what it is about."""
        at = next(at for at, sentence in enumerate(self.sentences, start=1) if sentence.citations)
        return self.sentences[:at]


def pieces_of(desk: Desk, kind: str) -> list[Piece]:
    """Return the pieces of a kind of evidence, best first.

    Args:
        desk: the review's look-ups.
        kind: as a form's question names it.
    """
    found = [piece for piece in _MAKERS[kind](desk) if any(sentence.citations for sentence in piece.sentences)]
    return [replace(piece, kind=kind, why_not=piece.why_not or _doubt(piece.sentences)) for piece in found]


def is_mark(sentence: Sentence, *phrases: str) -> bool:
    """Return whether a sentence is one of these marks and nothing else."""
    return sentence.text.strip() in {say(phrase).text for phrase in phrases}


def _doubt(sentences: Iterable[Sentence]) -> str:
    return "doubt" if any(is_mark(one, WORK["unsure"]) for one in sentences) else ""


def best_first(desk: Desk) -> list[Accomplishment]:
    """Return the finished pieces: the highlights in their order, then the others by impact, doubtful ones last."""
    highlights = {claim: place for place, claim in enumerate(desk.review.highlights)}
    claims = sorted(desk.claims.values(), key=lambda claim: worth(desk, claim))
    return sorted(claims, key=lambda claim: (claim.id in desk.unsure, highlights.get(claim.id, len(highlights))))


def _accomplishments(desk: Desk) -> list[Piece]:
    """Tell each finished piece as a highlight; a piece of the owner's own inside a shared one is told once."""
    order = best_first(desk)
    at_line = {desk.cite(claim.evidence[0]).label: claim for claim in reversed(order)}
    place = {claim.id: number for number, claim in enumerate(order)}
    found, inside = [], dict[str, str]()
    for claim in order:
        sentences = list(highlight_sentences(desk, claim))
        at = next((at for at, one in enumerate(sentences) if is_mark(one, WORK["part"], WORK["part_manager"])), None)
        if at is not None:
            own = at_line.get(sentences[at + 1].citations[-1].label)
            if own is None or own.effects or place[own.id] < place[claim.id] or own.id in inside:
                del sentences[at : at + 2]
            else:
                inside[own.id] = claim.id
        found.append(Piece(kind="", key=claim.id, sentences=tuple(sentences)))
    return [replace(piece, within=inside.get(piece.key, "")) for piece in found]


def _entries(desk: Desk, section: int, wanted: Callable[[FeedbackEntry], bool]) -> list[tuple[FeedbackEntry, Piece]]:
    """Tell each piece of feedback as the draft does, those first that came to something and that are surest."""
    known = [entry for entry in desk.review.feedback if entry.evidence in desk.lines]
    answers = {line for entry in known for line in entry.later}

    def worth(entry: FeedbackEntry) -> tuple[object, ...]:
        line = desk.lines[entry.evidence]
        share = round(probability(line, Label.FEEDBACK), 2)
        return not entry.later, entry.project is None, -share, line.item.date or desk.review.start, line.id

    found = []
    for entry in sorted(filter(wanted, known), key=worth):
        if entry.evidence in answers and section != GROWTH:
            continue
        alone = replace(desk, review=replace(desk.review, feedback=(entry,)))
        bullets = feedback_sections(alone)[section].bullets
        found += [(entry, Piece(kind="", key=entry.evidence, sentences=flat(bullet))) for bullet in bullets]
    return found


def _strengths(desk: Desk) -> list[Piece]:
    wanted = lambda one: one.direction is Direction.RECEIVED and one.polarity is Polarity.POSITIVE  # noqa: E731
    return [piece for _, piece in _entries(desk, STRENGTHS, wanted)]


def _growth(desk: Desk) -> list[Piece]:
    """Advice and criticism with what came of it, then the wishes about one's own growth."""
    career = {goal.evidence for goal in desk.review.goals if goal.kind == "career"}
    return [*_advice(desk), *(piece for piece in _goals(desk) if piece.key in career)]


def _advice(desk: Desk) -> list[Piece]:
    wanted = lambda one: one.direction is Direction.RECEIVED and one.polarity is not Polarity.POSITIVE  # noqa: E731
    return [piece for _, piece in _entries(desk, GROWTH, wanted)]


def _given(desk: Desk) -> list[Piece]:
    """What was said to the manager; what was said about anybody else is not for a form."""
    told = _entries(desk, GIVEN, lambda one: one.direction is Direction.GIVEN)
    manager = desk.review.manager
    return [piece if entry.about in {manager, None} else replace(piece, why_not="person") for entry, piece in told]


def _goals(desk: Desk) -> list[Piece]:
    goals = [goal for goal in desk.review.goals if goal.evidence in desk.lines]
    known = {goal.evidence for goal in goals}
    later = {line for goal in goals for line in goal.later if line not in known}
    later |= {line for asked in desk.review.questions for line in asked.repeated}
    order = {"own": 0, "career": 1, "team": 2}
    goals.sort(key=lambda goal: (order.get(goal.kind, 1), desk.lines[goal.evidence].item.date or desk.review.start))
    found = []
    for goal in goals:
        if goal.evidence not in later:
            alone = replace(desk, review=replace(desk.review, goals=(goal,)))
            found += [
                Piece(kind="", key=goal.evidence, sentences=flat(bullet)) for bullet in goals_section(alone).bullets
            ]
    return found


def _challenges(desk: Desk) -> list[Piece]:
    """Tell blocked and dropped work without the draft's remarks on what is not in the notes or does not count."""
    found = _bullets(setback_section(desk).bullets)
    remark = SETBACKS["condition"].split("{")[0]
    kept = [
        tuple(_without_absence(one) for one in piece.sentences if not one.text.startswith(remark)) for piece in found
    ]
    return [replace(piece, sentences=sentences) for piece, sentences in zip(found, kept, strict=True)]


def _without_absence(sentence: Sentence) -> Sentence:
    absent = SETBACKS["blocked_open"].split("{start}")[1].strip("*.")
    return Sentence(
        tuple(
            Words(part.text.replace(absent, ""), part.style) if isinstance(part, Words) and part.style else part
            for part in sentence.fragments
        )
    )


def _plans(desk: Desk) -> list[Piece]:
    return [piece for section in running_section(desk, everything=True) for piece in _bullets(section.bullets)]


def _bullets(bullets: Iterable[Bullet]) -> list[Piece]:
    pieces = [Piece(kind="", key="", sentences=flat(bullet)) for bullet in bullets]
    told = [piece for piece in pieces if any(sentence.citations for sentence in piece.sentences)]
    return [replace(piece, key=piece.first.label) for piece in told]


def flat(bullet: Bullet) -> tuple[Sentence, ...]:
    """Return a bullet with what hangs below it as one row of sentences; what says that nothing is known is left out."""
    below = [child for child in bullet.children if any(one.citations for one in child.sentences)]
    return (*bullet.sentences, *(one for child in below for one in (plain(" "), *child.sentences)))


_MAKERS: Mapping[str, Callable[[Desk], list[Piece]]] = {
    "accomplishments": _accomplishments,
    "competency": lambda desk: [*_accomplishments(desk), *_strengths(desk)],
    "strengths": _strengths,
    "growth": _growth,
    "advice": _advice,
    "feedback": lambda desk: in_turn([_strengths(desk), _advice(desk)]),
    "given": _given,
    "goals": _goals,
    "challenges": _challenges,
    "plans": _plans,
}


def effect_at(piece: Piece) -> int:
    """Return at which of a finished piece's sentences its effects begin; their number where none follows the work."""
    marks = (*MARKS.values(), WORK["in_project"])
    return next((at for at, one in enumerate(piece.sentences) if at > 1 and is_mark(one, *marks)), len(piece.sentences))
