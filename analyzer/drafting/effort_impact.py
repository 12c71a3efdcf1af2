"""The effort-versus-impact summary: per project and per quarter, every figure with the lines it is made of."""

from __future__ import annotations

from analyzer.drafting.by_project import quarters_of, ranked
from analyzer.drafting.cite import Links
from analyzer.drafting.desk import Desk, desk_for
from analyzer.drafting.effort_project import effort_section, standing
from analyzer.drafting.effort_tables import calendar_section, quarter_section, recency_section
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import period_days, period_title, sources
from analyzer.drafting.phrases import EFFORT, HEAD, PROJECT_COLUMNS, TABLES
from analyzer.drafting.weights import weights_section
from analyzer.drafts import Draft, Section, Sentence, Table, Words
from analyzer.records import Project, Review, Score
from analyzer.settings import Settings


def draft_effort_impact(review: Review, settings: Settings | None = None, *, links: Links = None) -> Draft:
    """Draft the effort-versus-impact summary.

    Args:
        review: the grouped and scored review.
        settings: whose weights are explained at the end; the defaults where None.
        links: from each document's path in records to its file as seen from the output folder, so that citations open.
    """
    desk = desk_for(review, links)
    projects = [project for project in ranked(desk) if project.effort or project.impact or project.accomplishments]
    who = Sentence((Words(f"{review.subject or 'Unnamed'} · {period_days(review)} · from "), *sources(desk).fragments))
    bullets = [effort_section(desk, project) for project in projects]
    return Draft(
        title=HEAD["effort_title"].format(period=period_title(review)),
        head=((who,), (say(EFFORT["explained"]),)),
        sections=(
            _overview(desk, projects),
            Section(title=TABLES["by_project"]),
            *bullets,
            quarter_section(desk),
            recency_section(desk),
            calendar_section(desk),
            weights_section((settings or Settings()).weights),
        ),
    )


def _overview(desk: Desk, projects: list[Project]) -> Section:
    if not projects:
        return Section(title="", paragraphs=((say(EFFORT["no_projects"]),),))
    rows = [tuple(plain(cell) for cell in PROJECT_COLUMNS)]
    rows += [tuple(plain(cell) for cell in _row(desk, project)) for project in projects]
    table = Table(rows=tuple(rows), right=frozenset({2, 3}))
    largest = _largest([project.effort for project in projects]), _largest([project.impact for project in projects])
    half = [f"{points / 2:g}" for points in largest]
    closing = (say(EFFORT["bands"], effort=half[0], impact=half[1]),) if largest[1] else ()
    return Section(title="", table=table, closing=(closing,) if closing else ())


def _row(desk: Desk, project: Project) -> tuple[str, ...]:
    effort = f"{project.effort.points}, {project.effort.band or TABLES['no_band']}" if project.effort else "0"
    impact = TABLES["not_scored"]
    if project.impact is not None:
        impact = f"{project.impact.points}, {project.impact.band or TABLES['no_band']}"
    finished = ", ".join(quarters_of(desk, project)) or "–"
    return (
        project.name,
        finished,
        effort,
        impact,
        rung_words(project.rung),
        standing(desk, project),
    )


def rung_words(rung: str | None) -> str:
    """Return the rung of the evidence ladder in words."""
    if rung is None:
        return TABLES["none_found"]
    return {"decided": "decision, launch or adoption that followed"}.get(rung, rung)


def _largest(scores: list[Score | None]) -> int:
    return max((score.points for score in scores if score is not None), default=0)
