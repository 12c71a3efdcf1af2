"""Which readings a draft states as facts, which it marks, and which it only asks about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.drafting.clauses import effect_pieces, pieces
from analyzer.drafting.second_look import is_private
from analyzer.drafting.trust import (
    CERTAIN,
    RULED,
    SURE,
    effect_is_sure,
    ends_as_question,
    judgement,
    probability,
    work_is_sure,
)
from analyzer.records import (
    Accomplishment,
    Direction,
    Effect,
    Evidence,
    FeedbackEntry,
    Goal,
    Label,
    Polarity,
    Project,
    Review,
)

_ADDRESSED = re.compile(r"\b(?:you|your|(?:told|asked|tell|ask|remind(?:ed)?) (?:her|him|them))\b", re.IGNORECASE)
_TO_THE_WRITER = re.compile(r"\b(?:for|to|about) me\b", re.IGNORECASE)
_FEWEST_WORDS = 4
"""A goal takes at least so many words; "rubric?" is no goal."""
_UNSURE_GOAL = 0.75


@dataclass(frozen=True, slots=True, kw_only=True)
class Admitted:
    """A review as the drafts use it, and what they leave to the user."""

    review: Review
    unsure: frozenset[str] = frozenset()
    """Claims and lines of effects that are told with the mark of doubt."""
    doubts: Mapping[str, tuple[str, ...]]
    """Evidence ids that are only asked about: ``work``, ``feedback``, ``goals``, most probable first."""


def admit(review: Review, *, by_manager: bool) -> Admitted:
    """Sort the readings of a review.

    Args:
        review: the grouped and scored review.
        by_manager: whether the manager wrote the notes.
    """
    lines = review.by_id()
    claims, unsure, asked = _claims(review, lines)
    feedback, doubted = _feedback(review, lines, by_manager=by_manager)
    goals, open_goals = _goals(review, lines)
    projects = tuple(
        replace(one, effects=_real(one.effects, lines), accomplishments=_kept(one.accomplishments, claims))
        for one in review.projects
    )
    holders: tuple[Accomplishment | Project, ...] = (*claims, *projects)
    effects = [effect for one in holders for effect in one.effects]
    unsure |= {effect.evidence for effect in effects if not effect_is_sure(lines[effect.evidence])}
    admitted = replace(
        review,
        accomplishments=tuple(claims),
        projects=projects,
        highlights=_highlights(review, claims, unsure),
        feedback=tuple(feedback),
        goals=tuple(goals),
        blockers=tuple(one for one in review.blockers if one in lines and not is_private(lines[one])),
    )
    doubts = {"work": _ranked(asked, lines, Label.ACCOMPLISHMENT), "feedback": _ranked(doubted, lines, Label.FEEDBACK)}
    doubts["goals"] = _ranked(open_goals, lines, Label.GOAL)
    return Admitted(review=admitted, unsure=frozenset(unsure), doubts=doubts)


def _claims(review: Review, lines: Mapping[str, Evidence]) -> tuple[list[Accomplishment], set[str], list[str]]:
    kept, unsure, asked = [], set(), []
    for claim in review.accomplishments:
        best = lines.get(claim.evidence[0])
        if best is None or is_private(best):
            continue
        effects = _real(claim.effects, lines)
        carried = any(effect_is_sure(lines[effect.evidence]) for effect in effects)
        if not work_is_sure(best) and not carried:
            if not effects:
                asked.append(best.id)
                continue
            unsure.add(claim.id)
        kept.append(replace(claim, effects=effects))
    return kept, unsure, asked


def _real(effects: Sequence[Effect], lines: Mapping[str, Evidence]) -> tuple[Effect, ...]:
    """Return the effects that a line reports: a question and a private line report none. Each line counts once."""
    first = {effect.evidence: effect for effect in reversed(effects)}
    return tuple(
        effect
        for one, effect in reversed(first.items())
        if (line := lines.get(one)) is not None
        and not is_private(line)
        and not ends_as_question(line, effect_pieces(line, caveats=False))
    )


def _kept(ids: Sequence[str], claims: Sequence[Accomplishment]) -> tuple[str, ...]:
    known = {claim.id for claim in claims}
    return tuple(one for one in ids if one in known)


def _highlights(review: Review, claims: Sequence[Accomplishment], unsure: set[str]) -> tuple[str, ...]:
    """Return the highlights that are sure; where one is not, the next best claim with a sure effect takes its place."""
    sure = {claim.id: claim for claim in claims if claim.id not in unsure}
    chosen = [one for one in review.highlights if one in sure]
    spare = [
        claim
        for claim in sure.values()
        if claim.id not in chosen and claim.impact and any(one.evidence not in unsure for one in claim.effects)
    ]
    spare.sort(key=lambda claim: (-(claim.impact.points if claim.impact else 0), claim.first, claim.id))
    missing = len(review.highlights) - len(chosen)
    return (*chosen, *(claim.id for claim in spare[:missing]))


def _feedback(
    review: Review, lines: Mapping[str, Evidence], *, by_manager: bool
) -> tuple[list[FeedbackEntry], list[str]]:
    sure, doubted = [], []
    for entry in review.feedback:
        line = lines.get(entry.evidence)
        if line is None or is_private(line):
            continue
        judged = _judged(entry, line, review, by_manager=by_manager)
        if judged is None:
            doubted.append(line.id)
        else:
            sure.append(replace(judged, later=tuple(one for one in entry.later if one in lines)))
    return sure, doubted


def _judged(entry: FeedbackEntry, line: Evidence, review: Review, *, by_manager: bool) -> FeedbackEntry | None:
    """Return an entry as the rules and the classifier together have it, None where they do not agree."""
    share = probability(line, Label.FEEDBACK)
    if "curation" in line.why:
        return entry
    if _is_given(entry, line, review, by_manager=by_manager):
        about = entry.about or review.manager
        leads = any(cue.value == "given" for cue in line.cues)
        fits = leads or any(judgement(line)) or share >= CERTAIN
        return replace(entry, direction=Direction.GIVEN, about=about) if fits and share >= RULED else None
    if not line.confidence:
        return entry
    if entry.speaker == review.subject:
        return None
    praise, blame = judgement(line)
    if blame and (share >= SURE or entry.polarity is not Polarity.POSITIVE):
        return replace(entry, polarity=Polarity.MIXED if praise else Polarity.CONSTRUCTIVE)
    if praise and not blame and entry.polarity is not Polarity.CONSTRUCTIVE and share >= SURE:
        return replace(entry, polarity=Polarity.POSITIVE)
    alone = entry.polarity is Polarity.CONSTRUCTIVE and share >= CERTAIN and not praise
    return entry if alone and _ADDRESSED.search(line.item.text) else None


def _is_given(entry: FeedbackEntry, line: Evidence, review: Review, *, by_manager: bool) -> bool:
    """Return whether the subject judges: by the label, by the way the line opens, or by the heading it stands under."""
    if entry.direction is Direction.GIVEN:
        return True
    author = pieces(line)[0].author or line.item.author
    if any(cue.value == "given" and cue.kind == "criticism" for cue in line.cues):
        return author in {None, review.subject}
    return by_manager and _TO_THE_WRITER.search(line.item.heading) is not None


def _goals(review: Review, lines: Mapping[str, Evidence]) -> tuple[list[Goal], list[str]]:
    sure, doubted = [], []
    for goal in review.goals:
        line = lines.get(goal.evidence)
        if line is None or is_private(line):
            continue
        share = max(probability(line, Label.GOAL), probability(line, Label.CAREER))
        ruled = any(cue.kind in {"goal", "career"} for cue in line.cues)
        promise = line.has(Label.ACTION_ITEM) or any(cue.kind in {"promise", "answer"} for cue in line.cues)
        wish = any(cue.rule.endswith("want") or cue.kind == "goal" for cue in line.cues)
        long_enough = len(line.item.text.split()) >= _FEWEST_WORDS
        firm = share >= SURE if ruled else share >= _UNSURE_GOAL
        if firm and long_enough and (wish or not promise):
            sure.append(replace(goal, later=tuple(one for one in goal.later if _tells(lines.get(one)))))
        elif long_enough and not promise and share >= RULED:
            doubted.append(line.id)
    return sure, doubted


def _tells(line: Evidence | None) -> bool:
    """Return whether a later line says something of its own about a goal."""
    if line is None or is_private(line):
        return False
    share = max((probability(line, label) for label in line.labels), default=0.0)
    return share >= SURE and not (line.item.text.rstrip().endswith("?") and len(line.item.sentences) < 2)


def _ranked(ids: Sequence[str], lines: Mapping[str, Evidence], label: Label) -> tuple[str, ...]:
    start = min((line.item.date for line in lines.values() if line.item.date), default=None)

    def key(one: str) -> tuple[object, ...]:
        item = lines[one].item
        return -round(probability(lines[one], label), 2), item.date or start, item.source.path, item.source.start or 0

    return tuple(sorted(ids, key=key))
