"""The year's highlights: five at most, by impact and then by how sure they are, spread over quarters and projects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analyzer.records import Accomplishment, Effect, EffectKind, Evidence, Label, Project, Share
from analyzer.scoring.impact import rung_of

MOST = 5
PER_QUARTER = 2
"""Highlights of one quarter while other quarters have any."""

_SHARES = (Share.MINE, Share.SHARED, Share.TEAM, Share.UNSAID)
_HAPPENED = frozenset({EffectKind.MEASURED, EffectKind.DECIDED, EffectKind.ADOPTED})
_LADDER = ("stated", "expected", "vouched for", "decided", "measured", "measured and vouched for")


def choose_highlights(
    claims: Sequence[Accomplishment], projects: Sequence[Project] = (), lines: Mapping[str, Evidence] | None = None
) -> tuple[str, ...]:
    """Return the ids of the highlights, best first.

    Each project gives its best claim before any gives a second one, and claims with an effect on record come before all
    others. Where these are fewer than five, the surest claims of other projects follow, those first whose project has an
    effect that is tied to none of its claims.

    Args:
        claims: with their scores.
        projects: of the same review.
        lines: by evidence id; None for claims with effects alone.
    """
    ranked = sorted((claim for claim in claims if claim.impact is not None), key=rank)
    firsts: dict[str, Accomplishment] = {}
    for claim in ranked:
        firsts.setdefault(claim.project or claim.id, claim)
    chosen = _spread(list(firsts.values()), [])
    chosen = _spread([claim for claim in ranked if claim not in chosen], chosen)
    best = sorted(chosen, key=rank)
    if best and lines is not None:
        best = _spread(_surest(claims, best, projects, lines), best)
    return tuple(claim.id for claim in best)


def _surest(
    claims: Sequence[Accomplishment],
    chosen: Sequence[Accomplishment],
    projects: Sequence[Project],
    lines: Mapping[str, Evidence],
) -> list[Accomplishment]:
    """Return the surest claim without an effect of each project that gives no highlight yet, in their order."""
    told = {claim.project for claim in chosen if claim.project}
    with_effect = {project.name for project in projects if project.effects}

    def order(claim: Accomplishment) -> tuple[bool, float, object, str]:
        sure = max(lines[one].confidence.get(Label.ACCOMPLISHMENT, 1.0) for one in claim.evidence)
        return claim.project not in with_effect, -round(sure, 2), claim.first, claim.id

    found: dict[str, Accomplishment] = {}
    for claim in sorted((one for one in claims if not one.effects), key=order):
        if claim.project not in told:
            found.setdefault(claim.project or claim.id, claim)
    return list(found.values())


def rank(claim: Accomplishment) -> tuple[int, int, int, bool, int, int, object, str, str]:
    """Return what claims are ordered by: impact, then better evidence, then the owner's larger share, then the date.

    Evidence that came later than the work is better than what was written down with it, and better the more it names.
    """
    points = claim.impact.points if claim.impact else 0
    best = max((_strength(effect) for effect in claim.effects), default=0)
    named = sum(part.points > 0 for part in claim.impact.parts) if claim.impact else 0
    happened = sum(effect.kind in _HAPPENED for effect in claim.effects)
    return (
        -points,
        -best,
        -happened,
        claim.last == claim.first,
        -named,
        _SHARES.index(claim.share),
        claim.first,
        claim.text,
        claim.id,
    )


def _strength(effect: Effect) -> int:
    """Return the step on the ladder; a decision or adoption that somebody else confirms stands level with a measurement."""
    rung = rung_of(effect)
    if rung == "decided" and effect.voucher is not None:
        rung = "measured"
    return _LADDER.index(rung)


def _spread(candidates: Sequence[Accomplishment], chosen: list[Accomplishment]) -> list[Accomplishment]:
    """Add candidates in their order up to five; a third of one quarter waits while another quarter has any."""
    chosen = list(chosen)
    rest = list(candidates)
    while rest and len(chosen) < MOST:
        counts = Counter(claim.quarter for claim in chosen)
        free = [claim for claim in rest if counts[claim.quarter] < PER_QUARTER]
        taken = (free or rest)[0]
        chosen.append(taken)
        rest.remove(taken)
    return chosen
