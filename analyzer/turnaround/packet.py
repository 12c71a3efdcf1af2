"""From a review and a plan to the turnaround packet: one draft, to be laid out in every format."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from analyzer.drafting.cite import Links, long_day
from analyzer.drafting.desk import desk_for
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import source_paragraph, who_paragraph
from analyzer.drafting.phrases import counted
from analyzer.drafting.turnaround_phrases import TURN_HEAD
from analyzer.drafts import Draft, Section, Sentence, Words
from analyzer.records import Review
from analyzer.turnaround.examples import examples_of
from analyzer.turnaround.gaps import gaps_of
from analyzer.turnaround.matching import lines_until, of_commitment, window_of
from analyzer.turnaround.papers import Papers
from analyzer.turnaround.plan import PlanFile
from analyzer.turnaround.promising import commitment_section, example_section, shortfall_section, trade_off_section
from analyzer.turnaround.readings import latest, target_of
from analyzer.turnaround.standing import gap_section, map_section, ranking_section, sentence_section
from analyzer.turnaround.talk import before_section, talk_sections

WINDOW_DAYS = 42
"""Six weeks: what is newest is asked about first, and the plan is about now. The yearly draft stays balanced over the year."""


def papers_for(
    review: Review, plan: PlanFile, talk: date, days: int = WINDOW_DAYS, *, links: Links = None, plan_link: str = ""
) -> Papers:
    """Hold the notes against the plan.

    Args:
        review: the grouped and scored review.
        plan: the plan with its places.
        talk: the day of the talk; nothing after it counts.
        days: how many days before it count as shipped lately.
        links: from each document's path to its file as seen from the output folder.
        plan_link: the plan's file as seen from there, '' for its name.
    """
    desk = desk_for(review, links)
    window = window_of(talk, days)
    gaps = gaps_of(desk, plan, window)
    lines = lines_until(desk, window)
    return Papers(
        desk=desk,
        file=plan,
        window=window,
        days=days,
        gaps=gaps,
        examples=examples_of(desk, gaps, window, plan.plan.start),
        promises=[
            latest(lines, of_commitment(one, plan.plan), target_of(one.target), window) for one in plan.plan.commitment
        ],
        link=plan_link or plan.path.name,
    )


def draft_packet(papers: Papers) -> Draft:
    """Write the packet."""
    sections: list[Section] = [
        sentence_section(papers),
        gap_section(papers),
        ranking_section(papers),
        map_section(papers),
        example_section(papers),
        commitment_section(papers),
        trade_off_section(papers),
        shortfall_section(papers),
    ]
    subject = papers.desk.review.subject
    day = long_day(papers.window.end, with_year=True)
    title = TURN_HEAD["title_of" if subject else "title"].format(subject=subject, day=day)
    head = (who_paragraph(papers.desk), source_paragraph(papers.desk)[:1], _window(papers))
    draft = Draft(title=title, head=head, sections=tuple(sections), guide=(say(TURN_HEAD["guide"]),))
    return replace(draft, sections=(*sections, *talk_sections(papers), before_section(papers, list(draft.sentences()))))


def _window(papers: Papers) -> tuple[Sentence, ...]:
    start = papers.file.plan.start
    first = papers.window.start + timedelta(days=1)
    name = Sentence((Words(Path(papers.link).name, "code"),))
    key = "plan" if start else "plan_bare"
    days = long_day(start, with_year=True) if start else ""
    return (
        say(
            TURN_HEAD["window"],
            talk=long_day(papers.window.end, with_year=True),
            first=long_day(first, with_year=True),
            days=counted(papers.days, "day"),
        ),
        plain(" "),
        say(TURN_HEAD[key], plan=name, start=days),
    )
