"""What came of the year: the results with most effect, and what was finished in which quarter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.by_project import was_dropped
from analyzer.drafting.clauses import effect_pieces, only_effect, work_pieces
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.effort_tables import UNEVEN
from analyzer.drafting.excerpts import asking, open_question, short
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.leftovers import line_list
from analyzer.drafting.phrases import TABLES, WORK, counted, listed
from analyzer.drafting.scan_phrases import QUARTERS, RESULTS, SCAN_TITLES
from analyzer.drafting.scan_tell import reported, subject_name
from analyzer.drafting.work import effect_inside, effects_to_tell, in_project, mark_of, own_part
from analyzer.drafts import Bullet, Citation, Section, Sentence, Table
from analyzer.records import Accomplishment, Effect, EffectKind, Evidence, Project, Share, Span

MOST_SILENT = 2
"""Projects with much effort and no effect that are named."""
MOST_PIECES = 8
"""Finished things named in one quarter."""
MOST_LOOSE = 2
"""Of them, pieces that belong to no project."""


def results_section(desk: Desk, results: Sequence[Accomplishment]) -> Section:
    """Return the results, and the work that took much effort and has no effect on record."""
    bullets = tuple(Bullet(_result(desk, claim)) for claim in results)
    empty = () if bullets else ((say(RESULTS["none"]),),)
    silent = _much_effort(desk)
    return Section(
        title=SCAN_TITLES["results"],
        paragraphs=empty,
        bullets=bullets,
        numbered=True,
        closing=(silent,) if silent else (),
    )


def results_of(desk: Desk) -> list[Accomplishment]:
    """Return the finished pieces that the page tells: the highlights of the year."""
    return [desk.claims[one] for one in desk.review.highlights if one in desk.claims]


def _result(desk: Desk, claim: Accomplishment) -> tuple[Sentence, ...]:
    best = desk.lines[claim.evidence[0]]
    where = claim.project or quarter_name(claim.quarter, desk.review)
    inside = effect_inside(claim, best)
    alone = inside is not None and only_effect(best)
    spans = effect_pieces(best, caveats=False) if alone else _first(work_pieces(best))
    parts = [say("**{where}.** ", where=where), *_mark(desk, inside)]
    parts.append(reported(desk, best, spans, ticked=best.item.checked is True, own=claim.share is Share.MINE))
    own = own_part(desk, claim)
    if own is not None:
        parts += [say(RESULTS["own_part"], name=subject_name(desk))]
        parts.append(reported(desk, own, _first(work_pieces(own)), ticked=own.item.checked is True, own=True))
    for effect in effects_to_tell(desk, claim):
        line = desk.lines[effect.evidence]
        spans = effect_pieces(line, caveats=False)
        spans = tuple(span for span in spans if span.author == spans[0].author)
        parts += [plain(" "), *in_project(effect), *_mark(desk, effect), reported(desk, line, spans)]
    if not claim.effects and not effects_to_tell(desk, claim):
        parts += [plain(" "), say(WORK["no_effect"])]
    return tuple(parts)


def _first(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return spans[:1]


def _mark(desk: Desk, effect: Effect | None) -> list[Sentence]:
    """Mark what is only expected or was read with doubt; everything else is reported as having happened."""
    if effect is None or not (effect.evidence in desk.unsure or effect.kind is EffectKind.EXPECTED):
        return []
    return [say(mark_of(desk, effect) + " ")]


def _much_effort(desk: Desk) -> tuple[Sentence, ...]:
    """Name the projects with much effort and no effect on record, and what the report asked about them."""
    silent = [one for one in desk.review.projects if one.evidence and _is_silent(desk, one)][:MOST_SILENT]
    if not silent:
        return ()
    named = []
    for project in silent:
        claims = desk.claims_of(project)
        last = claims[-1].evidence[0] if claims else project.evidence[-1]
        named += [plain(", "), say(RESULTS["project"], project=project.name, c=desk.cite(last))]
    fragments = tuple(piece for one in named[1:] for piece in one.fragments)
    sentences = [say(RESULTS["much_effort"], list=Sentence(fragments))]
    for project in silent:
        asked = open_question(desk, project.evidence)
        span = asking(asked)[-1] if asked else None
        if asked and span and (span.author or asked.item.author) in {None, desk.review.subject}:
            sentences += [plain(" "), reported(desk, asked, (span,))]
    return tuple(sentences)


def _is_silent(desk: Desk, project: Project) -> bool:
    much = project.effort is not None and project.effort.band == "much"
    return much and project.impact is None and not desk.effects_of(project) and not was_dropped(project)


def quarter_section(desk: Desk, cited: Sequence[Citation]) -> Section:
    """Return what was finished in each quarter, and how the page's own lines are spread over the year.

    Args:
        desk: the review's look-ups.
        cited: the citations of the rest of the page.
    """
    review = desk.review
    held = [meeting.date for meeting in held_meetings(review) if meeting.date]
    meetings = Counter(quarter_of(day, review.fiscal_start) for day in held)
    lines = {(one.path, one.line, one.label): one.date for one in cited if one.date in set(held)}
    spread = Counter(quarter_of(day, review.fiscal_start) for day in lines.values() if day)
    names = quarters_between(review.start, review.end, review.fiscal_start)
    head = [
        QUARTERS["head"].format(quarter=quarter_name(one, review), meetings=counted(meetings[one], "meeting"))
        for one in names
    ]
    rows = (
        tuple(map(plain, head)),
        tuple(plain(_finished(desk, one)) for one in names),
        tuple(plain(QUARTERS["cited"].format(lines=counted(spread[one], "line"))) for one in names),
    )
    total = len(lines)
    over = [one for one in names if total and spread[one] / total > UNEVEN * meetings[one] / len(held)]
    verdict = say(TABLES["uneven"], quarters=listed([quarter_name(one, review) for one in over]))
    last = sum(day == max(held) for day in lines.values()) if held else 0
    closing = (verdict if over else say(TABLES["even"]), plain(" "), say(QUARTERS["last"], count=last, total=total))
    return Section(title=SCAN_TITLES["quarters"], table=Table(rows=rows), closing=(closing,) if total else ())


def _finished(desk: Desk, quarter: str) -> str:
    """Return what was finished in a quarter: a project once with its lines, and a few pieces that belong to none."""
    groups: dict[str, list[Evidence]] = {}
    loose = 0
    for claim in sorted(desk.claims.values(), key=lambda one: _place(desk, one)):
        if claim.quarter != quarter:
            continue
        line = desk.lines[claim.evidence[0]]
        loose += claim.project is None
        if claim.project is not None or loose <= MOST_LOOSE:
            groups.setdefault(claim.project or short(line, work_pieces(line)), []).append(line)
    parts = [
        QUARTERS["piece"].format(what=name, lines=line_list(desk, lines))
        for name, lines in list(groups.items())[:MOST_PIECES]
    ]
    more = max(0, len(groups) - MOST_PIECES) + max(0, loose - MOST_LOOSE)
    return ", ".join([*parts, *([QUARTERS["more"].format(count=more)] if more else [])]) or QUARTERS["nothing"]


def _place(desk: Desk, claim: Accomplishment) -> tuple[object, ...]:
    source = desk.lines[claim.evidence[0]].item.source
    return claim.first, source.path, source.start or 0
