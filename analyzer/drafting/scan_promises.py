"""Promises on both sides: what is open, for how long, and what somebody came back to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from analyzer.drafting.clauses import pieces, with_cue
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.excerpts import cut, step_words
from analyzer.drafting.fill import cited, plain, say
from analyzer.drafting.heading import held_meetings
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_phrases import NOBODY_WILL, PROMISES, SCAN_TITLES, SOMEBODY_WILL
from analyzer.drafting.scan_words import SAME_THING, telling
from analyzer.drafting.setbacks import drop_event
from analyzer.drafting.tell import quote_of
from analyzer.drafting.trust import RULED, SURE, probability
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Action, Evidence, Label

MOST_OPEN = 5
MOST_KEPT = 3
"""Promises told for each side; the rest is counted."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One thing that somebody took on: every line that promises it, who asked for it, and the line that came back to it."""

    owner: str
    lines: tuple[str, ...]
    """In the order of dates."""
    words: frozenset[str]
    asked: tuple[str, ...] = ()
    end: str | None = None


def promises(desk: Desk) -> list[Promise]:
    """Return the promises of the report and of the manager, in the order of dates; what was closed on the spot is none."""
    found: list[Promise] = []
    for action in sorted(desk.review.actions, key=lambda one: _key(desk, one)):
        line = desk.lines.get(action.evidence)
        if line is None or not _is_sure(line) or action.closed_by == action.evidence:
            continue
        owner = _owner(desk, action, line)
        if owner is None or owner not in {desk.review.subject, desk.review.manager}:
            continue
        words = telling(desk, line.item.text)
        known = next((one for one in found if _continues(one, owner, words)), None)
        if known is not None:
            found[found.index(known)] = replace(known, lines=(*known.lines, line.id), words=known.words | words)
        else:
            found.append(Promise(owner, (line.id,), words, end=_closing(desk, action)))
    return [_asked_for(desk, _followed(desk, one)) for one in found]


def days_of(desk: Desk, promise: Promise) -> int:
    """Return the days from the first line of a promise, or from whoever asked, to its end or to the last meeting."""
    starts = [day for one in (*promise.lines, *promise.asked) if (day := desk.lines[one].item.date)]
    end = desk.lines[promise.end].item.date if promise.end else last_meeting(desk)
    return max((end - min(starts)).days, 0) if starts and end else 0


def last_meeting(desk: Desk) -> date | None:
    """Return the day of the last meeting that took place."""
    return max((one.date for one in held_meetings(desk.review) if one.date), default=None)


def promise_section(desk: Desk) -> Section:
    """Return the part "Promises on both sides"."""
    every = promises(desk)
    bullets = []
    for key, most in (("open", MOST_OPEN), ("kept", MOST_KEPT)):
        for owner in (desk.review.manager, desk.review.subject):
            mine = [one for one in every if one.owner == owner and (one.end is None) == (key == "open")]
            if mine:
                bullets.append(_bullet(desk, key, mine, most))
    if not bullets:
        return Section(title=SCAN_TITLES["promises"], paragraphs=((say(PROMISES["none"]),),))
    closing = (say(PROMISES["meaning"]),) if any(one.end is None for one in every) else ()
    return Section(title=SCAN_TITLES["promises"], bullets=tuple(bullets), closing=(closing,) if closing else ())


def _bullet(desk: Desk, key: str, mine: Sequence[Promise], most: int) -> Bullet:
    """Tell promises of one side in a row, the longest first."""
    order = sorted(mine, key=lambda one: -days_of(desk, one))
    parts = [say(PROMISES[key], who=short_name(mine[0].owner))]
    for number, promise in enumerate(order[:most]):
        parts += [plain("; ")] if number else []
        parts += _told(desk, promise)
    more = f" and {len(order) - most} more" if len(order) > most else ""
    return Bullet((Sentence(tuple(piece for part in (*parts, plain(f"{more}.")) for piece in part.fragments)),))


def _told(desk: Desk, promise: Promise) -> list[Sentence]:
    last, *earlier = [desk.lines[one] for one in reversed(promise.lines)]
    parts = [cited(plain(step_words(last)), [desk.cite(last.id)])]
    if promise.asked:
        parts.append(say(PROMISES["asked"], c=desk.cites(promise.asked)))
    parts += [cited(plain(f", {step_words(line)}"), [desk.cite(line.id)]) for line in reversed(earlier)]
    if promise.end is not None:
        end = desk.lines[promise.end]
        own = [span for span in pieces(end) if span.author == promise.owner] or list(pieces(end))
        parts.append(cited(plain(f", {cut(quote_of(end, own[:1]))}"), [desk.cite(end.id)]))
    elif (stop := _dropped(desk, last)) is not None:
        parts.append(say(PROMISES["dropped"], c=desk.cite(stop)))
    days = days_of(desk, promise)
    return [*parts, *([say(PROMISES["days"], days=counted(days, "day"))] if days else [])]


def _owner(desk: Desk, action: Action, line: Evidence) -> str | None:
    """Return whose promise it is, None where the line leaves that open.

    In the manager's own notes "she'll look at it" is the report's step, unless somebody else is named in the line.
    """
    writer = desk.review.manager if desk.by_manager else desk.review.subject
    words = line.words(with_cue(line, ("promise",))[0])
    if action.owner != writer or not SOMEBODY_WILL.search(words):
        return action.owner
    others = set(line.people) - {desk.review.subject}
    return desk.review.subject if desk.by_manager and not others else None


def _continues(known: Promise, owner: str, words: frozenset[str]) -> bool:
    return known.end is None and known.owner == owner and len(known.words & words) >= SAME_THING


def _closing(desk: Desk, action: Action) -> str | None:
    return action.closed_by if action.closed_by in desk.lines else None


def _followed(desk: Desk, promise: Promise) -> Promise:
    """Close a promise that its owner came back to in words of their own that promise nothing new.

    Most lines are the writer's own words, so only what the other one is noted to have said tells.
    """
    since = desk.lines[promise.lines[-1]].item.date
    writer = desk.review.manager if desk.by_manager else desk.review.subject
    if promise.end is not None or since is None or promise.owner == writer:
        return promise
    last: Evidence | None = None
    for line in desk.review.evidence:
        if line.item.date is None or line.item.date <= since or line.id in promise.lines:
            continue
        own = " ".join(line.words(span) for span in pieces(line) if span.author == promise.owner)
        if len(telling(desk, own) & promise.words) < SAME_THING:
            continue
        if last is None or (last.item.date is not None and line.item.date >= last.item.date):
            last = line
    if last is None or last.has(Label.ACTION_ITEM) or last.cues_of("promise"):
        return promise
    return replace(promise, end=last.id)


def _asked_for(desk: Desk, promise: Promise) -> Promise:
    """Add the lines in which the other side asked for what is open."""
    if promise.end is not None:
        return promise
    known = set(promise.lines)
    asked = [
        one.evidence
        for one in desk.review.questions
        if one.evidence in desk.lines
        and one.evidence not in known
        and one.asker != promise.owner
        and (known & set(one.repeated) or _same(desk, one.evidence, promise))
    ]
    return replace(promise, asked=tuple(dict.fromkeys(asked)))


def _same(desk: Desk, evidence: str, promise: Promise) -> bool:
    return len(telling(desk, desk.lines[evidence].item.text) & promise.words) >= SAME_THING


def _dropped(desk: Desk, line: Evidence) -> str | None:
    """Return the line that ended the project that a promise belongs to, None if it goes on."""
    project = desk.projects.get(line.project or "")
    event = drop_event(project) if project else None
    return event.evidence if event and event.evidence in desk.lines else None


def _is_sure(line: Evidence) -> bool:
    """Return whether a line surely promises: the classifier and the words, the box or the heading of the note agree."""
    share = probability(line, Label.ACTION_ITEM)
    boxed = line.item.checked is not None or line.item.section == "actions"
    if line.item.date is None or NOBODY_WILL.search(line.item.text) or not (line.cues_of("promise") or boxed):
        return False
    return share >= (RULED if line.cues_of("promise") else SURE)


def _key(desk: Desk, action: Action) -> tuple[object, ...]:
    line = desk.lines.get(action.evidence)
    if line is None or line.item.date is None:
        return date.min, "", 0
    return line.item.date, line.item.source.path, line.item.source.start or 0
