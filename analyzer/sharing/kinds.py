"""Which kinds a line is of, for a level's allow list. Each label gives a kind, and what cannot be told gives one that no level holds."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from analyzer.records import Direction, Evidence, FeedbackEntry, Label, Review, Roster, Status

_BY_LABEL = {
    Label.ACCOMPLISHMENT: "work",
    Label.IMPACT: "effect",
    Label.GOAL: "goal",
    Label.CAREER: "career",
    Label.ACTION_ITEM: "promise",
}
_BLAMES = re.compile(
    r"\b(?:wait(?:ing|ed|s)?|block(?:ed|ing)|held up|holding up|stuck|delayed|slowed|stalled|let down|late) (?:on|by|for|behind|with|from)\b"
    r"|\b(?:because of|thanks to|due to|fault of|'s fault|owner:|owned by|depends on|dependent on|never (?:answered|replied|sent))\b",
    re.IGNORECASE,
)
_SAYS = r"(?:said|says|asked|asks|told|tells|mentioned|suggested|promised|offered|agreed|confirmed|explained|thinks|thought|wants)"
_TOLD = r"(?:told|asked|asking|telling|raised (?:it |this |that )?with|said to|mentioned (?:it |this |that )?to|discussed (?:it |this |that )?with|spoke (?:to|with)|talked (?:to|with)|agreed with|answer(?:ed)? to)"


@dataclass(frozen=True, slots=True)
class Told:
    """What deciding about a line needs to know of the whole year."""

    feedback: Mapping[str, FeedbackEntry]
    linked: Collection[str]
    """The lines that the review names though they have no label."""
    roster: Roster
    manager: re.Pattern[str] | None
    """What says that the manager was told something or said it."""


def told_of(review: Review, roster: Roster, linked: Collection[str]) -> Told:
    """Collect what deciding about lines needs.

    Args:
        review: of all lines, as nobody but the owner sees it.
        roster: who is who.
        linked: ids of lines that the review names.
    """
    feedback = {entry.evidence: entry for entry in review.feedback}
    return Told(feedback, frozenset(linked), roster, _manager(roster))


def kinds_of(one: Evidence, told: Told) -> frozenset[str]:
    """Return every kind that a line is of; never none.

    Args:
        one: the line.
        told: from `told_of`.
    """
    return frozenset(_kinds(one, told)) or frozenset({"linked" if one.id in told.linked or one.project else "idle"})


def said_between(one: Evidence, told: Told) -> bool:
    """Return whether the line itself says that the two spoke of it: the manager says it, or is named as told or telling."""
    item, manager = one.item, told.roster.manager
    if item.date is None or item.pinned or not manager:
        return False
    author = item.author or told.roster.writer
    if author == manager or any(turn.author == manager for turn in item.turns):
        return True
    return bool(told.manager and told.manager.search(item.text))


def _kinds(one: Evidence, told: Told) -> Iterator[str]:
    for label in one.labels:
        if label in _BY_LABEL:
            yield _BY_LABEL[label]
    names_others = bool(_others(one, told))
    blocked = one.has(Label.BLOCKER) or one.status is Status.BLOCKED
    if blocked:
        yield "blocker"
    if (blocked and names_others) or ((blocked or names_others) and _BLAMES.search(one.item.text)):
        yield "blamed"
    if one.has(Label.FEEDBACK):
        yield _feedback(one, told)


def _feedback(one: Evidence, told: Told) -> str:
    """Return which feedback a line is: by whom and about whom, as far as that is sure."""
    roster, entry = told.roster, told.feedback.get(one.id)
    speaker = entry.speaker if entry else one.item.author
    teller = entry.told_by if entry else None
    if one.direction is not Direction.RECEIVED:
        about = entry.about if entry else None
        others = _others(one, told)
        return "feedback_to_manager" if about and about == roster.manager and not others else "feedback_about_others"
    known = {name for name in (speaker, teller) if name}
    if _others(one, told) - known:
        return "feedback_naming_others"
    third = known - {roster.manager, roster.subject}
    if third or teller or speaker is None:
        return "feedback_from_others"
    return "feedback_from_manager" if speaker == roster.manager else "feedback_from_others"


def _others(one: Evidence, told: Told) -> set[str]:
    """Return the third persons that a line names."""
    return {name for name in one.people if name not in {told.roster.subject, told.roster.manager}}


def _manager(roster: Roster) -> re.Pattern[str] | None:
    if not roster.manager:
        return None
    forms = {roster.manager, roster.manager.split()[0]}
    forms |= {form for form, name in roster.aliases.items() if name == roster.manager and len(form) > 1}
    names = "|".join(sorted((re.escape(form) for form in forms), key=len, reverse=True))
    return re.compile(rf"\b(?:(?:{names}) {_SAYS}|{_TOLD} (?:my )?(?:{names}))\b", re.IGNORECASE)
