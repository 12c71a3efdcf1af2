"""From a review to ``report.html``: what the drafts tell, laid out to be scanned, with every line a click away."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from analyzer.drafting.cite import Links
from analyzer.drafting.desk import Desk, desk_for
from analyzer.drafting.effort_tables import recency_section
from analyzer.drafting.goals_part import goals_section
from analyzer.drafting.heading import period_title
from analyzer.drafting.in_short import short_section
from analyzer.drafting.scan_packet import heard, packet_section
from analyzer.drafting.scan_results import results_of, results_section
from analyzer.drafting.scan_setbacks import scan_setbacks
from analyzer.drafting.scan_silence import silence_section
from analyzer.drafting.self_review import highlight_section, question_section
from analyzer.drafting.setbacks import setback_section
from analyzer.drafts import Citation, Section, Sentence
from analyzer.page.charts import dark_rules, draw_charts
from analyzer.page.context import Context, Notes, notes_of
from analyzer.page.coverage import coverage_of
from analyzer.page.projects import cards_of, groups_of
from analyzer.page.table import evidence_of
from analyzer.page.talk import feedback_of, promises_of, questions_of
from analyzer.page.year import year_of
from analyzer.records import Document, Review
from analyzer.rendering.flow import clean, flow
from analyzer.rendering.layout import fill, read_template
from analyzer.rendering.web import safely

_TAGS = {"em": "em", "strong": "strong", "code": "code"}
QUESTIONS_TO_YOU = "Questions to you"
MOST_IGNORED = 40
"""Ignored lines that the page lists; ``problems.txt`` has them all."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a paragraph: words within a tag ('' for none), or a citation with the lines it leads to."""

    text: str
    tag: str = ""
    source: Context | None = None


def render_report(
    review: Review,
    *,
    documents: Sequence[Document] = (),
    links: Links = None,
    charts: bool = True,
    remarks: Sequence[str] = (),
    for_manager: bool = False,
) -> str:
    """Return the report page on one person's period.

    Args:
        review: the grouped and scored review.
        documents: the files as they were read, for the lines around a citation.
        links: from each document's path in records to its file as seen from the output folder.
        charts: whether charts are drawn, which takes most of the time.
        remarks: what there is to say about the reading, a line each.
        for_manager: whether the manager reads it: then it tells the year in the third person, holds no feedback about
            anybody but the two of them, and puts no questions to the owner of the notes.

    Returns:
        The page as HTML.
    """
    desk = desk_for(review, links)
    feedback = feedback_of(desk, review, for_manager=for_manager)
    promises = promises_of(desk)
    notes = notes_of(desk, documents, feedback.unseen)
    cards = cards_of(desk)
    numbers = {card.name: card.number for card in cards}
    drawn = draw_charts(review, numbers) if charts else {}
    style = read_template("report.css") + dark_rules() + _peeks(len(cards))
    script = read_template("report.js")
    return fill(
        "report.html.j2",
        {
            "pieces": partial(_pieces, notes),
            "around": notes.around,
            "clean": clean,
            "safely": safely,
        },
        title=period_title(review),
        subject=review.subject or "Unnamed",
        manager=review.manager,
        coverage=coverage_of(desk, feedback, promises),
        short=_short(desk, review, for_manager=for_manager),
        cards=cards,
        year=year_of(desk),
        setbacks=scan_setbacks(desk) if for_manager else setback_section(desk),
        groups=groups_of(desk, for_manager=for_manager),
        feedback=feedback,
        promises=promises,
        questions=questions_of(desk),
        closing=_closing(desk, review, for_manager=for_manager),
        evidence=evidence_of(desk, review.evidence, feedback.unseen),
        recency=recency_section(desk),
        remarks=remarks,
        ignored=review.ignored[:MOST_IGNORED],
        ignored_count=len(review.ignored),
        charts=drawn,
        style=style,
        script=script,
        policy=_policy(style, script),
    )


def _short(desk: Desk, whole: Review, *, for_manager: bool) -> tuple[Section, ...]:
    """Return what the page begins with: what a reader with one minute needs."""
    if not for_manager:
        return (replace(short_section(desk), title=""), highlight_section(desk))
    results = results_of(desk)
    return (results_section(desk, results), packet_section(desk, heard(desk, whole), results))


def _closing(desk: Desk, whole: Review, *, for_manager: bool) -> tuple[Section, ...]:
    """Return what is open beside promises and questions."""
    if for_manager:
        return (silence_section(desk, heard(desk, whole)),)
    asked = replace(question_section(desk), title=QUESTIONS_TO_YOU, paragraphs=())
    return (goals_section(desk), *([asked] if asked.bullets else []))


def _pieces(notes: Notes, sentences: Iterable[Sentence]) -> list[_Piece]:
    return [
        _Piece(part.label, source=notes.around(part))
        if isinstance(part, Citation)
        else _Piece(part.text, _TAGS.get(part.style, ""))
        for part in flow(sentences)
    ]


def _peeks(count: int) -> str:
    """Return the rules that show a project's parts while its point in the chart is pointed at or has the focus."""
    rules = []
    for number in range(1, count + 1):
        point = f'a[*|href="#project-{number}"]:is(:hover, :focus)'
        rules.append(
            f".effort:has({point}) .peek-{number} {{ display: block; }}\n.effort:has({point}) .hint {{ display: none; }}\n"
        )
    return "".join(rules)


def _policy(style: str, script: str) -> str:
    return (
        f"default-src 'none'; style-src '{_hash(style)}'; script-src '{_hash(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
