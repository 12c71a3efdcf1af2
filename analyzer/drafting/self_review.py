"""The self-review draft: the whole review as sections of cited sentences."""

from __future__ import annotations

import re
from dataclasses import replace

from analyzer.drafting.by_project import project_sections
from analyzer.drafting.by_quarter import quarter_sections
from analyzer.drafting.checklist import check_section
from analyzer.drafting.cite import Links
from analyzer.drafting.desk import Desk, desk_for
from analyzer.drafting.feedback_part import feedback_sections
from analyzer.drafting.fill import plain, say
from analyzer.drafting.goals_part import goals_section
from analyzer.drafting.heading import period_title, source_paragraph, who_paragraph
from analyzer.drafting.in_short import short_section
from analyzer.drafting.leftovers import leftover_paragraph
from analyzer.drafting.phrases import EMPTY, GUIDE, GUIDE_MANAGER, HEAD, QUESTIONS, TITLES, in_words
from analyzer.drafting.questions import ask
from analyzer.drafting.setbacks import setback_section
from analyzer.drafting.work import highlight_sentences
from analyzer.drafts import Bullet, Draft, Fragment, Section, Sentence, Words
from analyzer.records import Question, Review


def draft_self_review(review: Review, *, by: str = "project", links: Links = None) -> Draft:
    """Draft the self-review.

    Args:
        review: the grouped and scored review.
        by: ``project`` or ``quarter``, how the finished work is ordered.
        links: from each document's path in records to its file as seen from the output folder, so that citations open.

    Returns:
        The draft, ready to be laid out in any format.
    """
    asked = review.questions_to_you or ask(review)
    desk = desk_for(replace(review, questions_to_you=asked), links)
    work = quarter_sections(desk) if by == "quarter" else project_sections(desk)
    draft = Draft(
        title=HEAD["title"].format(period=period_title(review)),
        head=(who_paragraph(desk), source_paragraph(desk)),
        guide=(_guide(desk),),
        sections=(
            short_section(desk),
            highlight_section(desk),
            *work,
            *feedback_sections(desk),
            setback_section(desk),
            goals_section(desk),
            question_section(desk),
            *check_section(desk),
        ),
    )
    unused = leftover_paragraph(desk, (cited.label for cited in draft.citations))
    last = replace(draft.sections[-1], closing=(unused,) if unused else ())
    return replace(draft, sections=(*draft.sections[:-1], last))


def _guide(desk: Desk) -> Sentence:
    if desk.by_manager:
        return say(GUIDE_MANAGER, manager=desk.review.manager or "", subject=desk.review.subject or "the report")
    return say(GUIDE)


def highlight_section(desk: Desk) -> Section:
    """Return the part "Highlights"."""
    claims = [desk.claims[one] for one in desk.review.highlights if one in desk.claims]
    bullets = tuple(Bullet(highlight_sentences(desk, claim)) for claim in claims)
    silent = bool(desk.claims) and not any(claim.effects for claim in desk.claims.values())
    empty = () if bullets else ((say(EMPTY["highlights_no_effect" if silent else "highlights"]),),)
    return Section(title=TITLES["highlights"], paragraphs=empty, bullets=bullets, numbered=True)


def question_section(desk: Desk) -> Section:
    """Return the part "Before you submit": the open questions, numbered."""
    questions = desk.questions
    if not questions:
        return Section(title=TITLES["questions"], paragraphs=((say(EMPTY["questions"]),),))
    key = "lead_one" if len(questions) == 1 else "lead"
    lead = say(QUESTIONS[key], count=in_words(len(questions)))
    bullets = tuple(Bullet((say("**{title}.** ", title=one.title), _with_citations(desk, one))) for one in questions)
    return Section(title=TITLES["questions"], paragraphs=((lead,),), bullets=bullets, numbered=True)


def _with_citations(desk: Desk, question: Question) -> Sentence:
    """Turn the labels in a question's text into citations."""
    known = {f"[{desk.cite(one).label}]": desk.cite(one) for one in question.evidence if one in desk.lines}
    if not known:
        return plain(question.text)
    pattern = "(" + "|".join(re.escape(label) for label in sorted(known, key=len, reverse=True)) + ")"
    parts: list[Fragment] = []
    for piece in re.split(pattern, question.text):
        parts += [known[piece]] if piece in known else [Words(piece)] if piece else []
    return Sentence(tuple(parts))
