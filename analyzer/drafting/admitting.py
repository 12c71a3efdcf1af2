"""Which readings a draft states as facts, which it marks, and which it only asks about."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from analyzer.drafting.clauses import effect_pieces, pieces
from analyzer.drafting.trust import (
    CERTAIN,
    RULED,
    SURE,
    effect_is_sure,
    ends_as_question,
    judgement,
    own_fault,
    probability,
    turns,
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
    Status,
)

SPOKEN = 0.7
"""From here on the classifier alone may say how the manager's own marked words are meant; the draft marks the doubt."""
_ADDRESSED = re.compile(r"\b(?:you|your|(?:told|asked|tell|ask|remind(?:ed)?) (?:her|him|them))\b", re.IGNORECASE)
_TO_THE_WRITER = re.compile(r"\b(?:for|to|about) me\b", re.IGNORECASE)
_SAYING = (
    "said|says|thinks|thought|asked|asks|told|wants|wanted|felt|feels|wondered|reckons|defended|talked|raised|argued"
)
_WISH = re.compile(
    r"\b(?:I|she|he|they)(?:['’]d| would) (?:really )?(?:like|love)\b|\bI (?:do |really )?want\b", re.IGNORECASE
)
_OF_ALL = re.compile(
    r"\b(?:team|company|org(?:ani[sz]ation)?|department|group|site|store|school|hospital|north star) (?:goals?|focus|priorit\w{1,3}|targets?|okrs?)\b",
    re.IGNORECASE,
)
"""Whose goal it is, in the goal's own words."""
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
    """Evidence ids that are only asked about: ``work``, ``effects``, ``feedback``, ``goals``, most probable first."""


def admit(review: Review, *, by_manager: bool) -> Admitted:
    """Sort the readings of a review.

    Args:
        review: the grouped and scored review.
        by_manager: whether the manager wrote the notes.
    """
    lines = review.by_id()
    lines_of_drops = {event.evidence for one in review.projects for event in one.history if event.kind == "dropped"}
    drops = frozenset(one for one in lines_of_drops if one in lines and _drops(lines[one]))
    claims, unsure, asked = _claims(review, lines, drops)
    feedback, doubted = _feedback(review, lines, by_manager=by_manager)
    unsure |= {entry.evidence for entry in feedback if not _rules_agree(entry, lines[entry.evidence])}
    goals, open_goals = _goals(review, lines)
    projects = tuple(
        replace(one, effects=_real(one.effects, lines, drops), accomplishments=_kept(one.accomplishments, claims))
        for one in review.projects
    )
    holders: tuple[Accomplishment | Project, ...] = (*claims, *projects)
    loose = _real(review.effects, lines, drops)
    effects = [*(effect for one in holders for effect in one.effects), *loose]
    unsure |= {effect.evidence for effect in effects if not effect_is_sure(lines[effect.evidence])}
    admitted = replace(
        review,
        accomplishments=tuple(claims),
        projects=projects,
        highlights=_highlights(review, claims, unsure),
        effects=loose,
        feedback=tuple(feedback),
        goals=tuple(goals),
        blockers=tuple(one for one in review.blockers if one in lines),
    )
    told = {one for claim in claims for one in (*claim.evidence, *claim.repeats, *claim.feedback)}
    told |= {effect.evidence for effect in effects}
    asked += _nearly(review, Label.ACCOMPLISHMENT, told)
    doubts = {"work": _ranked(asked, lines, Label.ACCOMPLISHMENT), "feedback": _ranked(doubted, lines, Label.FEEDBACK)}
    doubts["effects"] = _ranked(_nearly(review, Label.IMPACT, {*told, *asked}), lines, Label.IMPACT)
    doubts["goals"] = _ranked(open_goals, lines, Label.GOAL)
    return Admitted(review=admitted, unsure=frozenset(unsure), doubts=doubts)


def _nearly(review: Review, label: Label, told: Collection[str]) -> list[str]:
    """Return the lines without any label that nearly got this one: they may hold what the draft misses."""
    return [
        line.id
        for line in review.evidence
        if label in line.uncertain and not line.labels and line.item.date is not None and line.id not in told
    ]


def _claims(
    review: Review, lines: Mapping[str, Evidence], drops: frozenset[str]
) -> tuple[list[Accomplishment], set[str], list[str]]:
    kept, unsure, asked = [], set(), []
    for claim in review.accomplishments:
        best = lines.get(claim.evidence[0])
        if best is None:
            continue
        effects = _real(claim.effects, lines, drops)
        carried = any(effect_is_sure(lines[effect.evidence]) for effect in effects)
        if not work_is_sure(best) and not carried:
            if not effects:
                asked.append(best.id)
                continue
            unsure.add(claim.id)
        kept.append(replace(claim, effects=effects))
    return kept, unsure, asked


def _real(effects: Sequence[Effect], lines: Mapping[str, Evidence], drops: frozenset[str]) -> tuple[Effect, ...]:
    """Return the effects that a line reports: a question and the end of a project report none."""
    first = {effect.evidence: effect for effect in reversed(effects)}
    return tuple(
        effect
        for one, effect in reversed(first.items())
        if (line := lines.get(one)) is not None
        and one not in drops
        and not ends_as_question(line, effect_pieces(line, caveats=False))
    )


def _drops(line: Evidence) -> bool:
    return bool(line.cues_of("dropped_by")) or any(cue.value == "dropped" for cue in line.cues)


def _kept(ids: Sequence[str], claims: Sequence[Accomplishment]) -> tuple[str, ...]:
    known = {claim.id for claim in claims}
    return tuple(one for one in ids if one in known)


def _highlights(review: Review, claims: Sequence[Accomplishment], unsure: set[str]) -> tuple[str, ...]:
    """Return the highlights that are sure; where one is not, the next best claim with a sure effect takes its place."""
    sure = {claim.id: claim for claim in claims if claim.id not in unsure}
    for claim in claims:
        if claim.effects and all(effect.evidence in unsure for effect in claim.effects):
            sure.pop(claim.id, None)
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
        if line is None:
            continue
        judged = _judged(entry, line, review, by_manager=by_manager)
        if judged is None:
            doubted.append(line.id)
        else:
            sure.append(replace(judged, later=tuple(one for one in entry.later if one in lines)))
    answers = {one for entry in sure for one in entry.later}
    return sure, [one for one in doubted if one not in answers]


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
    if by_manager and _says_it(line, review):
        about = review.manager
        given = blame and share >= SURE
        return replace(entry, direction=Direction.GIVEN, about=about, speaker=review.subject) if given else None
    if blame and (share >= SURE or entry.polarity is not Polarity.POSITIVE):
        return replace(entry, polarity=Polarity.MIXED if praise else Polarity.CONSTRUCTIVE)
    if praise and not blame and not turns(line) and entry.polarity is not Polarity.CONSTRUCTIVE and share >= RULED:
        return replace(entry, polarity=Polarity.POSITIVE)
    # no rule says how it is meant: the classifier alone counts where it is certain, and the draft marks it
    author = pieces(line)[0].author or line.item.author
    spoken = not by_manager and author is not None and author == review.manager and not own_fault(line)
    needed = SPOKEN if spoken else CERTAIN
    alone = share >= needed and not praise and _ADDRESSED.search(line.item.text) is not None
    fair = entry.polarity is Polarity.CONSTRUCTIVE or (
        entry.polarity is Polarity.POSITIVE and not by_manager and not turns(line)
    )
    return entry if alone and fair else None


def _rules_agree(entry: FeedbackEntry, line: Evidence) -> bool:
    """Return whether a rule stands beside the classifier for how a line of feedback is meant."""
    return entry.direction is Direction.GIVEN or not line.confidence or "curation" in line.why or any(judgement(line))


def _says_it(line: Evidence, review: Review) -> bool:
    """Return whether the manager reports what the subject said: that judges somebody else."""
    name = re.escape((review.subject or "she").split()[0])
    return re.match(rf"(?:she|he|they|{name})\s(?:{_SAYING})\b", line.item.text, re.IGNORECASE) is not None


def _is_given(entry: FeedbackEntry, line: Evidence, review: Review, *, by_manager: bool) -> bool:
    """Return whether the subject judges: by the label, by the way the line opens, or by the heading it stands under."""
    if entry.direction is Direction.GIVEN:
        return True
    author = pieces(line)[0].author or line.item.author
    if any(cue.value == "given" and cue.kind == "criticism" for cue in line.cues):
        return author in {None, review.subject}
    return by_manager and _TO_THE_WRITER.search(line.item.heading) is not None


def _goals(review: Review, lines: Mapping[str, Evidence]) -> tuple[list[Goal], list[str]]:
    sure: list[Goal] = []
    doubted: list[str] = []
    for goal in _with_wishes(review.goals, lines):
        line = lines.get(goal.evidence)
        if line is None:
            continue
        share = max(probability(line, Label.GOAL), probability(line, Label.CAREER))
        ruled = any(cue.kind in {"goal", "career"} for cue in line.cues)
        promise = line.has(Label.ACTION_ITEM) or any(cue.kind in {"promise", "answer"} for cue in line.cues)
        wish = any(cue.rule.endswith("want") or cue.kind == "goal" for cue in line.cues)
        long_enough = len(line.item.text.split()) >= _FEWEST_WORDS
        wish |= _WISH.search(line.item.text) is not None
        firm = share >= (RULED if wish else SURE if ruled else _UNSURE_GOAL)
        firm = firm and (wish or not line.item.text.rstrip(" \"'”’").endswith("?"))
        promise |= line.has(Label.FEEDBACK) and share < CERTAIN
        if firm and long_enough and (wish or not promise):
            of_all = _OF_ALL.search(f"{line.item.prefix} {line.item.text}") is not None
            kind = "team" if of_all else goal.kind
            sure.append(replace(goal, kind=kind, later=tuple(one for one in goal.later if _tells(lines.get(one)))))
        elif long_enough and not promise and share >= RULED:
            doubted.append(line.id)
    return sure, doubted


def _with_wishes(goals: Sequence[Goal], lines: Mapping[str, Evidence]) -> list[Goal]:
    """Add the wishes among the later lines of a goal: they are goals of their own."""
    known = {goal.evidence for goal in goals}
    found = list(goals)
    for one in dict.fromkeys(later for goal in goals for later in goal.later):
        line = lines.get(one)
        if one in known or line is None or not any(cue.rule.endswith("want") for cue in line.cues):
            continue
        if line.item.date is not None and probability(line, Label.CAREER) >= SURE:
            found.append(Goal(evidence=one, kind="career"))
    return found


def _tells(line: Evidence | None) -> bool:
    """Return whether a later line says something of its own about a goal."""
    if line is None:
        return False
    if line.has(Label.ACTION_ITEM) or line.has(Label.FEEDBACK) or line.cues_of("promise"):
        return False
    share = max((probability(line, label) for label in line.labels), default=0.0)
    return (share >= SURE or line.status is Status.DONE) and not (
        line.item.text.rstrip().endswith("?") and len(line.item.sentences) < 2
    )


def _ranked(ids: Sequence[str], lines: Mapping[str, Evidence], label: Label) -> tuple[str, ...]:
    start = min((line.item.date for line in lines.values() if line.item.date), default=None)

    def key(one: str) -> tuple[object, ...]:
        item = lines[one].item
        return -round(probability(lines[one], label), 2), item.date or start, item.source.path, item.source.start or 0

    return tuple(sorted(ids, key=key))
