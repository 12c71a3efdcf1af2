"""A form filled in: each question with its answer to be copied, the same sentences with their lines, and what was left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from analyzer.drafting.by_project import is_setback_only
from analyzer.drafting.checklist import MOST_DOUBTS
from analyzer.drafting.cite import Links
from analyzer.drafting.clauses import pieces as clauses_of
from analyzer.drafting.desk import Desk, desk_for
from analyzer.drafting.excerpts import short
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import period_title, source_paragraph, who_paragraph
from analyzer.drafting.phrases import FORM_ASKS, FORMS, counted, listed
from analyzer.drafting.questions import ask
from analyzer.drafting.self_review import question_section
from analyzer.drafting.setbacks import drop_is_sure
from analyzer.drafts import Bullet, Draft, Section, Sentence
from analyzer.forms.answering import Answer, answer
from analyzer.forms.counting import UNITS
from analyzer.forms.form import Form
from analyzer.forms.pieces import Piece, is_mark
from analyzer.records import Question, Review

MOST_LEFT = 12
"""Pieces that are named for one reason under one answer; the rest is counted."""
MOST_ASKED = 3
"""Questions that one answer points to."""
_REASONS = ("room", "most", "told", "within", "thin", "doubt", "person")
_HELPFUL = {
    "accomplishments": ("no_effect", "whose_part", "link", "no_size", "quarter"),
    "competency": ("no_effect", "whose_part"),
    "advice": ("feedback",),
    "growth": ("feedback", "goal"),
    "feedback": ("feedback",),
    "goals": ("goal",),
    "plans": ("actions",),
}
"""Which of the review's questions would make an answer of each kind stronger."""
_DOUBTS = {
    "accomplishments": "work",
    "strengths": "feedback",
    "advice": "feedback",
    "growth": "feedback",
    "feedback": "feedback",
    "goals": "goals",
}
"""Where the lines stand that were read with too much doubt for a kind of evidence."""


def draft_form(review: Review, form: Form, *, links: Links = None) -> Draft:
    """Fill a form in.

    Args:
        review: the grouped and scored review.
        form: the form.
        links: from each document's path in records to its file as seen from the output folder, so that citations open.

    Returns:
        The draft, ready to be laid out in Markdown.
    """
    desk = desk_for(replace(review, questions_to_you=review.questions_to_you or ask(review)), links)
    told: dict[str, int] = {}
    answers: list[Answer] = []
    for number, question in enumerate(form.question, start=1):
        given = answer(desk, form.settled(question), told, _told_as_dropped(desk, form))
        told |= {piece.key: number for piece in given.pieces if piece.key not in told}
        answers.append(given)
    answers = _once(answers)
    asked = [_asks(desk, given, number) for number, given in enumerate(answers, start=1)]
    own = [question for questions in asked for question in questions]
    desk = replace(desk, questions=(*desk.questions, *own))
    shown: set[str] = set()
    sections: list[Section] = []
    for number, (given, questions) in enumerate(zip(answers, asked, strict=True), start=1):
        sections += _sections(desk, given, number, questions, shown)
    return Draft(
        title=f"{form.title} {period_title(review)}",
        head=(who_paragraph(desk), source_paragraph(desk), *_projects_named(desk, answers)),
        guide=(say(FORMS["guide"]),),
        sections=(*sections, question_section(desk)),
    )


def _told_as_dropped(desk: Desk, form: Form) -> frozenset[str]:
    """Return the finished pieces that the part on blocked and dropped work tells, where the form has such a part."""
    if not any("challenges" in question.evidence for question in form.question):
        return frozenset()
    dropped = [one for one in desk.review.projects if is_setback_only(desk, one) and drop_is_sure(desk, one)]
    return frozenset(claim.id for project in dropped for claim in desk.claims_of(project))


def _once(answers: Sequence[Answer]) -> list[Answer]:
    """Name what is left out of several answers once: as told where another answer holds it, else under the last one."""
    told = {piece.key for given in answers for piece in given.pieces}
    last = {(piece.key, why): at for at, given in enumerate(answers) for piece, why in given.left}
    out = []
    for at, given in enumerate(answers):
        left = [(piece, "told" if why in {"room", "most"} and piece.key in told else why) for piece, why in given.left]
        kept = [(piece, why) for piece, why in left if why != "most" or last[piece.key, why] == at]
        out.append(replace(given, left=tuple(kept)))
    return out


def _projects_named(desk: Desk, answers: Sequence[Answer]) -> list[tuple[Sentence, ...]]:
    """Return the line that names the projects of the file, so that a reader knows the names, and `verify` too."""
    pieces = [piece for given in answers for piece in (*given.pieces, *(one for one, _ in given.left))]
    texts = [sentence.text for piece in pieces for sentence in piece.sentences]
    texts += [question.title for question in desk.questions]
    names = [one.name for one in desk.review.projects if any(one.name in text for text in texts)]
    return [(say(FORMS["projects"] + "{names}.", names=", ".join(names)),)] if names else []


def _sections(desk: Desk, given: Answer, number: int, questions: Sequence[Question], shown: set[str]) -> list[Section]:
    asked = given.question
    unit = UNITS[asked.unit or "chars"]
    used = f"{given.used:,} {unit}"
    if asked.limit is not None:
        used = FORMS["of_limit"].format(used=f"{given.used:,}", limit=f"{asked.limit:,}", unit=unit)
    pointers = _pointers(desk, given, questions)
    missing = () if given.pieces else (say(FORMS[_why_empty(given)]), plain(" "))
    sections = [
        Section(title=FORMS["question"].format(number=number, text=" ".join(asked.text.split()))),
        Section(
            title=FORMS["answer"].format(used=used),
            level=3,
            paragraphs=((*missing, *pointers),) if missing else (),
            verbatim=given.text,
            closing=(pointers,) if pointers and not missing else (),
        ),
    ]
    if given.pieces:
        bullets = tuple(piece.bullet for piece in given.pieces)
        sections.append(Section(title=FORMS["lines"], level=3, bullets=bullets))
    return [*sections, *_left_sections(desk, given, shown)]


def _why_empty(given: Answer) -> str:
    reasons = {reason for _, reason in given.left}
    return "no_room" if "room" in reasons else "all_told" if "told" in reasons else "empty"


def _pointers(desk: Desk, given: Answer, questions: Sequence[Question]) -> tuple[Sentence, ...]:
    """Return the sentence that says which questions would fill an answer or make it stronger, by their numbers."""
    told = {cited.label for piece in given.pieces for one in piece.sentences for cited in one.citations}
    helpful = [kind for name in given.question.evidence for kind in _HELPFUL.get(name, ())]
    numbers = [desk.questions.index(question) + 1 for question in questions]
    for number, question in enumerate(desk.questions, start=1):
        about = {desk.cite(one).label for one in question.evidence if one in desk.lines}
        if question.kind in helpful and (about & told or not given.pieces) and number not in numbers:
            numbers.append(number)
    if not numbers:
        return ()
    key = "would_complete" if given.pieces else "would_fill"
    return (say(FORMS[key], questions=listed([f"question {number}" for number in numbers[:MOST_ASKED]])),)


def _left_sections(desk: Desk, given: Answer, shown: set[str]) -> list[Section]:
    """Return what was left out, one list a reason; a doubtful line is named under the first question that it concerns."""
    sections = []
    for reason in _REASONS:
        bullets = [Bullet(piece.head) for piece, why in given.left if why == reason]
        if reason == "doubt":
            bullets += [Bullet((_doubtful(desk, one),)) for one in _doubted(desk, given, shown)]
        if not bullets:
            continue
        most = MOST_DOUBTS if reason == "doubt" else MOST_LEFT
        more = len(bullets) - most
        rest = (Bullet((say(FORMS["more"], things=counted(more, "more piece")),)),) if more > 0 else ()
        keep = ((say(FORMS["keep"]),),) if reason == "doubt" else ()
        sections.append(Section(title=FORMS[reason], level=3, paragraphs=keep, bullets=(*bullets[:most], *rest)))
    return sections


def _doubted(desk: Desk, given: Answer, shown: set[str]) -> list[str]:
    kinds = dict.fromkeys(_DOUBTS[kind] for kind in given.question.evidence if kind in _DOUBTS)
    found = [one for kind in kinds for one in desk.doubts.get(kind, ()) if one in desk.lines and one not in shown]
    shown.update(found)
    return found


def _doubtful(desk: Desk, one: str) -> Sentence:
    return plain(short(desk.lines[one], clauses_of(desk.lines[one])), desk.cite(one))


def _asks(desk: Desk, given: Answer, number: int) -> list[Question]:
    """Return the questions of a form's own: for an answer that is empty, and for examples without situation or result."""
    title = FORM_ASKS["title"]
    lead = FORM_ASKS["lead"].format(number=number) + " "
    if not given.pieces:
        why = _why_empty(given)
        if why == "no_room" or (why == "all_told" and given.question.shape != "star"):
            return []
        kind = given.question.evidence[0] if given.question.shape != "star" else "star"
        key = {"strengths": "feedback", "growth": "feedback", "advice": "feedback"}.get(kind, kind)
        helpful = {one for name in given.question.evidence for one in _HELPFUL.get(name, ())}
        if key in {"accomplishments", "goals"} and any(question.kind in helpful for question in desk.questions):
            return []
        return [Question(kind="form", title=title, text=lead + FORM_ASKS[key], evidence=())]
    if given.question.shape != "star":
        return []
    return [one for piece in given.pieces for one in _star_asks(desk, piece, title, lead)]


def _star_asks(desk: Desk, piece: Piece, title: str, lead: str) -> Iterable[Question]:
    claim = desk.claims.get(piece.key)
    if claim is None:
        return
    line = desk.lines[claim.evidence[0]]
    slots = {"quote": short(line, clauses_of(line)), "label": f"[{desk.cite(line.id).label}]"}
    if not any(is_mark(one, FORMS["situation"]) for one in piece.sentences):
        yield Question(
            kind="form", title=title, text=lead + FORM_ASKS["situation"].format(**slots), evidence=(line.id,)
        )
