"""Checks of finished work: claims in general words, no effect on record, "we" without the owner's part."""

from __future__ import annotations

from collections.abc import Iterator

from analyzer.checking.asking import ask
from analyzer.checking.wording import opens, says
from analyzer.checking.year import Finding, Year, telling
from analyzer.drafting.by_project import was_dropped
from analyzer.drafting.clauses import joined, only_effect, pieces, work_pieces
from analyzer.drafting.desk import short_name
from analyzer.drafting.trust import ends_as_question, probability
from analyzer.grouping.names import key_of
from analyzer.records import Accomplishment, Evidence, Label, Project, Share, Status

POSSIBLE = 0.2
"""From so probable a line may tell an effect: then work that it may belong to is not said to have none."""
NAMES_IT = 4
"""In so few lines of a year a word names one thing: where it comes back, the thing does."""
RARE = 20
"""In so few lines of a year a word may name a matter."""
AS_A_WHOLE = 1000.0
"""A project without any effect stands before every single piece."""
SEVERAL = 5
"""Meetings from which on a project is asked about as a whole."""
SURE_WORK = 0.8
"""From so probable a line is asked about as finished work: asking after the effect of what is no work helps nobody."""
POSSIBLE_WORK = 0.1
_NO_WORK = frozenset({Label.FEEDBACK, Label.BLOCKER, Label.ACTION_ITEM, Label.GOAL, Label.CAREER})
MOST_GENERAL = 12
"""Words of a line that can be general as a whole; a longer one says what was done."""
LEAST_SAID = 3
"""Telling words of a line that can be asked about: a row of figures names no work."""


def vague_claims(year: Year) -> Iterator[Finding]:
    """Find work that is told in words which fit any work."""
    claims = {claim.evidence[0]: claim for claim in year.desk.claims.values()}
    for line in year.lines:
        claim = claims.get(line.id)
        if line.item.date is None or (claim and claim.effects) or not is_vague(line):
            continue
        if not any(character.isdigit() for character in year.with_below(line)):
            yield Finding(kind="vague", line=line, question=ask("vague"), weight=_points(claim) if claim else 0.0)


def is_vague(line: Evidence) -> bool:
    """Return whether a line tells work in general words, which the classifier holds for no finished work for that very reason."""
    text = line.item.text[line.item.lead_end :]
    possible = probability(line, Label.ACCOMPLISHMENT) >= POSSIBLE_WORK and not line.labels & _NO_WORK
    done = line.has(Label.ACCOMPLISHMENT) or line.status is Status.DONE or line.status is None
    general = opens("vague", text) or (line.has(Label.ACCOMPLISHMENT) and says("general", text))
    return possible and done and general and len(text.split()) <= MOST_GENERAL and not line.metrics


def missing_effects(year: Year) -> Iterator[Finding]:
    """Find finished work that no line reports an effect of: projects without any, and what is never spoken of again."""
    silent = {line.id: project for project, line in silent_projects(year)}
    for claim, line in _work(year):
        if len(telling(line)) < LEAST_SAID:
            continue
        if (
            claim.effects
            or is_vague(line)
            or says("step", joined(line, work_pieces(line)))
            or _tells_effect(year, line)
        ):
            continue
        project = year.desk.projects.get(claim.project or "")
        if line.id in silent:
            question = ask("no_effect_project", project=silent[line.id].name)
            yield Finding(kind="no_effect", line=line, question=question, weight=AS_A_WHOLE + _points(claim))
        elif not (project and (year.desk.effects_of(project) or was_dropped(project))) and is_last_word(year, line):
            yield Finding(kind="no_effect", line=line, question=ask("no_effect"), weight=_points(claim))


def is_last_word(year: Year, line: Evidence) -> bool:
    """Return whether nothing behind a line, in its meeting or later, comes back to what it is about."""
    behind = any(map(may_tell_effect, year.within(line, 2)))
    return not behind and not any(year.touches(line, one, rare=NAMES_IT) for one in year.later(line))


def silent_projects(year: Year) -> Iterator[tuple[Project, Evidence]]:
    """Yield the projects of several meetings that no line tells an effect of, each with its last finished piece.

    What grouping read as a count of the work itself ("143 definitions down to 58") is no effect here either.
    """
    told = [one for one in year.lines if may_tell_effect(one) and not ends_as_question(one, pieces(one)[-1:])]
    for project in year.desk.projects.values():
        lines = [year.desk.lines[one] for one in project.evidence if one in year.desk.lines]
        claims = year.desk.claims_of(project)
        if not claims or year.desk.effects_of(project) or was_dropped(project):
            continue
        if len({one.item.date for one in lines if one.item.date}) < SEVERAL:
            continue
        work = {one for claim in claims for one in (*claim.evidence, *claim.repeats)}
        open_ = [one for one in told if one.id not in work and one.project in {None, project.name}]
        names = frozenset(word for name in (project.name, *project.aliases) for word in key_of(name))
        last = year.desk.lines[claims[-1].evidence[0]]
        near = [*(year.desk.lines[one] for one in work if one in year.desk.lines)]
        if not any(
            one in lines or names & telling(one) or any(year.touches(done, one, rare=RARE) for done in near)
            for one in open_
        ):
            yield project, last


def may_tell_effect(line: Evidence) -> bool:
    """Return whether a line may tell an effect, by what the classifier holds possible, by a figure or by a rule."""
    possible = probability(line, Label.IMPACT) >= POSSIBLE if line.confidence else line.has(Label.IMPACT)
    return possible or bool(line.metrics) or any(cue.kind in {"effect", "cause"} for cue in line.cues)


def unclear_shares(year: Year) -> Iterator[Finding]:
    """Find shared work of which no line tells the owner's part."""
    desk = year.desk
    own = {claim.project for claim in desk.claims.values() if claim.share is Share.MINE and claim.project}
    for claim, line in _work(year):
        text = joined(line, work_pieces(line))
        if claim.share not in {Share.SHARED, Share.TEAM} or claim.project in own or only_effect(line):
            continue
        if not says("we", text) or says("own", year.with_below(line)):
            continue
        name = short_name(desk.review.subject)
        question = ask("share_manager", name=name) if desk.by_manager and name else ask("share")
        yield Finding(kind="share", line=line, question=question, weight=_points(claim))


def _work(year: Year) -> Iterator[tuple[Accomplishment, Evidence]]:
    """Yield the finished pieces that are surely finished work, with their lines."""
    for claim in year.desk.claims.values():
        line = year.desk.lines[claim.evidence[0]]
        small = any(cue.kind == "chore" for cue in line.cues)
        about_self = line.has(Label.CAREER) or line.has(Label.FEEDBACK)
        sure = claim.id not in year.desk.unsure and probability(line, Label.ACCOMPLISHMENT) >= SURE_WORK
        if sure and not small and not about_self and line.status in {None, Status.DONE}:
            yield claim, line


def _tells_effect(year: Year, line: Evidence) -> bool:
    """Return whether a line, or what stands below it, says what the work led to, also where no rule reads an effect."""
    if line.has(Label.IMPACT) or line.metrics or line.cues_of("effect") or line.cues_of("cause"):
        return True
    return says("effect_words", year.with_below(line))


def _points(claim: Accomplishment) -> float:
    return (claim.effort.points if claim.effort else 0) + (claim.impact.points if claim.impact else 0)
