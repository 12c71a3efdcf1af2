"""The projects with the parts of their scores, and what was finished in them, quarter by quarter."""

from __future__ import annotations

from dataclasses import dataclass

from analyzer.dates import quarters_between
from analyzer.drafting.by_project import ranked
from analyzer.drafting.clauses import effect_pieces, only_effect, work_pieces
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.effort_project import effort_section, standing
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import WORK
from analyzer.drafting.scan_tell import reported
from analyzer.drafting.work import claim_bullet, effect_inside, loose_effect_bullets, mark_of
from analyzer.drafts import Bullet, Sentence
from analyzer.page.context import clipped
from analyzer.page.talk import Entry
from analyzer.records import Accomplishment, Effect, Part, Project, Score, Share

MOST_LINES = 4
"""Lines of one project that the panel beside the chart shows."""
LONGEST = 130
NAMES = {"eta moves": "ETA moves"}
"""Parts that are called otherwise than in the data."""
NO_PROJECT = "Outside the projects"
SHARES = {Share.SHARED: "shared", Share.TEAM: "the team's", Share.UNSAID: "nobody named"}
"""Whose work it was, where it was not the report's alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartRow:
    """One part of a score: what it is called, its points, what they are for, and its lines."""

    name: str
    points: int
    detail: str
    cites: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A project: where it stands, its scores, its story, and the lines that weigh most."""

    number: int
    name: str
    standing: str
    effort: str
    impact: str
    effort_parts: tuple[PartRow, ...]
    impact_parts: tuple[PartRow, ...]
    story: tuple[Sentence, ...]
    unscored: Bullet | None
    """Why there is no impact, None where there is one."""
    lines: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One finished piece of work."""

    entry: Entry
    quarter: str
    share: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """What was finished in one project, and effects that belong to none of its pieces."""

    name: str
    project: str | None
    pieces: tuple[Piece, ...]
    effects: tuple[Bullet, ...]
    counts: tuple[int, ...]
    """Pieces in each quarter."""


def cards_of(desk: Desk) -> tuple[Card, ...]:
    """Return the projects that have a score or finished work, most impact first; their numbers are the page's."""
    shown = [one for one in ranked(desk) if one.effort or one.impact or one.accomplishments]
    return tuple(_card(desk, project, number) for number, project in enumerate(shown, start=1))


def groups_of(desk: Desk, *, for_manager: bool) -> tuple[Group, ...]:
    """Return the finished work by project, and in each by quarter.

    Args:
        desk: the review's look-ups.
        for_manager: whether the sentences are told in the third person.
    """
    quarters = quarters_between(desk.review.start, desk.review.end, desk.review.fiscal_start)
    groups = []
    for project in ranked(desk):
        claims = desk.claims_of(project)
        effects = loose_effect_bullets(desk, project)
        if claims or effects:
            groups.append(_group(desk, project.name, claims, effects, quarters, for_manager=for_manager))
    loose = sorted((one for one in desk.claims.values() if one.project not in desk.projects), key=_order)
    if loose:
        groups.append(_group(desk, None, loose, (), quarters, for_manager=for_manager))
    return tuple(groups)


def _group(
    desk: Desk,
    project: str | None,
    claims: list[Accomplishment],
    effects: tuple[Bullet, ...],
    quarters: list[str],
    *,
    for_manager: bool,
) -> Group:
    pieces = [
        Piece(
            entry=Entry(_told(desk, claim, for_manager=for_manager), project, claim.quarter),
            quarter=quarter_name(claim.quarter, desk.review),
            share=SHARES.get(claim.share, ""),
        )
        for claim in sorted(claims, key=_order)
    ]
    counts = tuple(sum(claim.quarter == quarter for claim in claims) for quarter in quarters)
    return Group(name=project or NO_PROJECT, project=project, pieces=tuple(pieces), effects=effects, counts=counts)


def _order(claim: Accomplishment) -> tuple[object, ...]:
    return claim.quarter, claim.first, claim.id


def _told(desk: Desk, claim: Accomplishment, *, for_manager: bool) -> Bullet:
    if not for_manager:
        return claim_bullet(desk, claim, with_quarter=False)
    best = desk.lines[claim.evidence[0]]
    inside = effect_inside(claim, best)
    alone = inside is not None and only_effect(best)
    spans = effect_pieces(best, caveats=False) if alone else work_pieces(best)[:1]
    mark = [say(mark_of(desk, inside) + " ")] if inside else []
    if not mark and claim.id in desk.unsure:
        mark = [say(WORK["unsure"] + " ")]
    work = reported(desk, best, spans, ticked=best.item.checked is True, own=claim.share is Share.MINE)
    beside = [one for one in claim.effects if one is not inside and one.evidence in desk.lines]
    return Bullet((*mark, work), tuple(_effect(desk, effect) for effect in beside))


def _effect(desk: Desk, effect: Effect) -> Bullet:
    line = desk.lines[effect.evidence]
    spans = effect_pieces(line, caveats=False)
    spans = tuple(span for span in spans if span.author == spans[0].author)
    return Bullet((say(mark_of(desk, effect) + " "), reported(desk, line, spans)))


def _card(desk: Desk, project: Project, number: int) -> Card:
    chosen = list(dict.fromkeys(one for part in _parts(project) for one in part.evidence if one in desk.lines))
    lines = [(desk.cite(one).label, clipped(desk.lines[one].item.text, LONGEST)) for one in chosen[:MOST_LINES]]
    section = effort_section(desk, project)
    return Card(
        number=number,
        name=project.name,
        standing=standing(desk, project),
        effort=_figure(project.effort),
        impact=_figure(project.impact),
        effort_parts=_rows(desk, project.effort),
        impact_parts=_rows(desk, project.impact),
        story=section.paragraphs[0],
        unscored=None if project.impact else section.bullets[-1],
        lines=tuple(lines),
    )


def _parts(project: Project) -> list[Part]:
    """Return the parts of a project's scores, what it led to first."""
    return [part for score in (project.impact, project.effort) if score for part in score.parts]


def _figure(score: Score | None) -> str:
    if score is None:
        return "–"
    return f"{score.points}, {score.band}" if score.band else str(score.points)


def _rows(desk: Desk, score: Score | None) -> tuple[PartRow, ...]:
    return tuple(
        PartRow(
            name=NAMES.get(part.name, part.name),
            points=part.points,
            detail=part.detail,
            cites=tuple(plain("", one) for one in desk.cites(part.evidence)),
        )
        for part in (score.parts if score else ())
    )
