"""The year in short: counts, names and citations, and no adjective that nobody said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analyzer.drafting.by_project import MOST_LOOSE, loose_claims, ranked, was_dropped
from analyzer.drafting.desk import Desk
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import COUNTED_KINDS, SHORT, counted, in_words, listed
from analyzer.drafting.setbacks import drop_event, drop_is_sure, drop_verb
from analyzer.drafting.tell import told_work
from analyzer.drafting.work import best_kind
from analyzer.drafts import Fragment, Section, Sentence, Words
from analyzer.records import Accomplishment, Effect, Project, Share

MOST_NAMED = 5
"""Projects that one sentence names; the rest is counted."""
_ORDER = COUNTED_KINDS[:-1]
_HAVE = {"measured", "stated", "expected", "stated_expected", "unsure", "none"}


def short_section(desk: Desk) -> Section:
    """Return the part "The year in short"."""
    if not desk.claims:
        return Section(title=SHORT["title"], paragraphs=((say(SHORT["empty"]),),))
    sentences = [_finished(desk)]
    groups = _folded(_by_best(desk))
    for key in _ORDER:
        if projects := groups.get(key):
            sentences += [
                plain(" "),
                say(SHORT[key], count=_count(len(projects), key), list=_named(desk, projects, key)),
            ]
    if dropped := groups.get("dropped", []):
        sentences += [plain(" "), _dropped(desk, dropped)]
    loose = loose_claims(desk)
    if loose and (len(loose) <= MOST_LOOSE or len(loose) < len(desk.claims)):
        sentences += [plain(" "), *_loose(desk, [claim.evidence[0] for claim in loose])]
    return Section(title=SHORT["title"], paragraphs=(tuple(sentences),))


def _folded(groups: dict[str, list[Project]]) -> dict[str, list[Project]]:
    """Join kinds that are told in one sentence, so that the year stays short whatever it holds."""
    folded = dict(groups)
    for one, other in (("decided", "adopted"), ("stated", "expected")):
        if one in folded and other in folded:
            folded[f"{one}_{other}"] = [*folded.pop(one), *folded.pop(other)]
    return folded


def _dropped(desk: Desk, projects: list[Project]) -> Sentence:
    if len(projects) > 1:
        count = f"{in_words(len(projects))} were"
        return say(SHORT["dropped_many"], count=count, list=_named(desk, projects, "dropped"))
    event = drop_event(projects[0])
    last = event.evidence if event else projects[0].evidence[-1]
    where = Sentence((Words(f"{projects[0].name} "), desk.cite(last)))
    verb = drop_verb(desk.lines[last])
    if event and event.by:
        return say(SHORT["dropped_by"], who=event.by, verb=verb, list=where)
    return say(SHORT["dropped"], verb=verb, list=where)


def _finished(desk: Desk) -> Sentence:
    claims = [claim for claim in desk.claims.values() if claim.project in desk.projects]
    projects = {claim.project for claim in claims}
    counts = Counter(claim.share for claim in claims)
    whose = "theirs" if desk.by_manager else "mine"
    if desk.by_manager and desk.review.subject:
        whose = f"{desk.review.subject.split()[0]}'s own"
    parts = []
    for share, text in (
        (Share.MINE, f"{counts[Share.MINE]} {_are(counts[Share.MINE])} {whose}"),
        (Share.SHARED, f"{counts[Share.SHARED]} {_are(counts[Share.SHARED])} shared"),
        (Share.TEAM, f"{counts[Share.TEAM]} {_are(counts[Share.TEAM])} the team's"),
        (Share.UNSAID, f"for {counts[Share.UNSAID]} they name nobody"),
    ):
        parts += [text] if counts[share] else []
    pieces = counted(len(claims) or len(desk.claims), "finished piece") + " of work"
    if not claims:
        return say(SHORT["finished_bare" if len(desk.claims) <= MOST_LOOSE else "finished_listed"], pieces=pieces)
    return say(SHORT["finished"], pieces=pieces, projects=counted(len(projects), "project"), shares=_shares(parts))


def _shares(parts: list[str]) -> str:
    return f"{', '.join(parts[:-1])}, and {parts[-1]}" if len(parts) > 2 else listed(parts)


def _are(count: int) -> str:
    return "is" if count == 1 else "are"


def _count(count: int, key: str) -> str:
    noun = "" if key != "measured" else " project" if count == 1 else " projects"
    verb = (
        ("has" if count == 1 else "have")
        if key in _HAVE
        else ("was" if count == 1 else "were")
        if key == "adopted"
        else ""
    )
    return f"{in_words(count)}{noun} {verb}".strip()


def _by_best(desk: Desk) -> dict[str, list[Project]]:
    groups: dict[str, list[Project]] = {}
    for project in ranked(desk):
        claims = desk.claims_of(project)
        effects = desk.effects_of(project)
        kind = best_kind(effect for effect in effects if effect.evidence not in desk.unsure)
        if kind is None and was_dropped(project):
            if drop_is_sure(desk, project):
                groups.setdefault("dropped", []).append(project)
        elif kind or (claims and not _echoed(desk, claims)):
            rest = "unsure" if effects else "none"
            groups.setdefault(kind.value if kind else rest, []).append(project)
    return groups


def _echoed(desk: Desk, claims: Sequence[Accomplishment]) -> bool:
    """Return whether later lines may tell an effect of a project: then it is not counted as one without any."""
    return any(claim.evidence[0] in desk.review.echoes for claim in claims)


def _named(desk: Desk, projects: list[Project], key: str) -> Sentence:
    fragments: list[Fragment] = []
    named = projects if len(projects) <= MOST_NAMED + 1 else projects[:MOST_NAMED]
    left = len(projects) - len(named)
    for number, project in enumerate(named):
        joint = "" if number == 0 else " and " if number == len(named) - 1 and not left else ", "
        fragments += [Words(f"{joint}{project.name} "), desk.cite(_line_for(desk, project, key))]
    if left:
        fragments.append(Words(SHORT["and_more"].format(count=left)))
    return Sentence(tuple(fragments))


def _line_for(desk: Desk, project: Project, key: str) -> str:
    """Return the line that a project is cited with: its first effect of the kind, or its last finished piece."""
    claims = desk.claims_of(project)
    kinds = set(key.split("_"))
    if key == "dropped":
        event = drop_event(project)
        return event.evidence if event else project.evidence[-1]

    def wanted(effect: Effect) -> bool:
        doubtful = effect.evidence in desk.unsure
        return doubtful if key == "unsure" else effect.kind in kinds and not doubtful

    effects = [effect for effect in desk.effects_of(project) if wanted(effect)]
    if effects:
        best = max(claims, key=lambda claim: claim.impact.points if claim.impact else -1, default=None)
        own = [effect for effect in best.effects if wanted(effect)] if best else []
        return (own or effects)[0].evidence
    return claims[-1].evidence[0]


def _loose(desk: Desk, lines: list[str]) -> list[Sentence]:
    if len(lines) > MOST_LOOSE:
        return [say(SHORT["loose_many"], count=len(lines))]
    sentences = [plain(SHORT["loose_lead"])] if len(lines) < len(desk.claims) else []
    for number, one in enumerate(lines):
        sentences += [plain(" ")] if number else []
        sentences.append(told_work(desk, desk.lines[one]))
    return sentences
