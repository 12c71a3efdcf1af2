"""Hand-made reviews for the tests of drafting, rendering and verifying: small functions that spell out a record each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.records import (
    Accomplishment,
    Cue,
    Direction,
    Effect,
    EffectKind,
    Event,
    Evidence,
    FeedbackEntry,
    Item,
    Label,
    Meeting,
    MeetingKind,
    Metric,
    Part,
    Polarity,
    Project,
    Review,
    Score,
    Share,
    Source,
    Span,
    Status,
)

SUBJECT = "Mira Solberg"
MANAGER = "Owen Tait"
PATH = "talks.md"


def day(text: str) -> date:
    """Read an ISO date; "03-14" is in 2025."""
    return date.fromisoformat(text if len(text) > 5 else f"2025-{text}")


def line(
    ref: str,
    when: str | None,
    number: int,
    text: str,
    *,
    by: str | None = SUBJECT,
    labels: str = "",
    cues: Sequence[tuple[str, str, str]] = (),
    project: str | None = None,
    status: Status | None = None,
    metrics: Sequence[Metric] = (),
    prefix: str = "",
    checked: bool | None = None,
    depth: int = 0,
    raw: str | None = None,
    path: str = PATH,
    end: int | None = None,
    polarity: Polarity | None = None,
    confidence: dict[Label, float] | None = None,
    turns: tuple[Span, ...] = (),
    tags: tuple[str, ...] = (),
    section: str = "notes",
    claim: str | None = None,
) -> Evidence:
    """Make evidence; a cue is (kind, value, words), and its place is where the words stand in the text."""
    item = Item(
        source=Source(path, number, end or number),
        date=day(when) if when else None,
        text=text,
        raw=raw if raw is not None else (f"{prefix}: {text}" if prefix else text),
        section=section,
        heading="",
        author=by,
        prefix=prefix,
        checked=checked,
        depth=depth,
        pinned=when is None,
        sentences=tuple(sentence_spans(text)),
        turns=turns,
        tags=tags,
    )
    return Evidence(
        id=ref,
        item=item,
        labels=frozenset(Label(name) for name in labels.split()),
        cues=tuple(cue(text, *one) for one in cues),
        project=project,
        status=status,
        metrics=tuple(metrics),
        polarity=polarity,
        direction=Direction.RECEIVED if "feedback" in labels else None,
        confidence=confidence or {},
        accomplishment_id=claim,
    )


def cue(text: str, kind: str, value: str, words: str) -> Cue:
    """Make a cue on the first place where the words stand."""
    start = text.index(words)
    return Cue(f"test-{kind}", kind, value, start, start + len(words))


def metric(text: str, words: str, **values: float | str | bool) -> Metric:
    """Make a metric on the first place where the words stand."""
    start = text.index(words)
    return Metric(text=words, start=start, end=start + len(words), **values)  # type: ignore[arg-type]


def sentence_spans(text: str) -> Iterable[Span]:
    """Cut a text at stops followed by a space."""
    start = 0
    for match in re.finditer(r"[.!?]+(?:\s+|$)", text):
        yield Span(start, match.start() + len(match.group().rstrip()))
        start = match.end()
    if start < len(text):
        yield Span(start, len(text))


def score(band: str | None, *parts: tuple[str, int, str, str]) -> Score:
    """Make a score; a part is (name, points, detail, ids separated by spaces)."""
    return Score(
        parts=tuple(
            Part(name=name, points=points, detail=detail, evidence=tuple(ids.split()))
            for name, points, detail, ids in parts
        ),
        band=band,
    )


def claim(
    ref: str,
    lines: dict[str, Evidence],
    evidence: str,
    *,
    share: Share = Share.MINE,
    effects: Sequence[Effect] = (),
    repeats: str = "",
    impact: Score | None = None,
) -> Accomplishment:
    """Make an accomplishment out of its sightings, the best one first."""
    ids = tuple(evidence.split())
    first = lines[ids[0]]
    when = first.item.date or date(2025, 1, 1)
    return Accomplishment(
        id=ref,
        text=first.item.text,
        project=first.project,
        quarter=f"{when.year}-Q{(when.month - 1) // 3 + 1}",
        first=when,
        last=when,
        status=Status.DONE,
        share=share,
        evidence=ids,
        effects=tuple(effects),
        repeats=tuple(repeats.split()),
        impact=impact,
    )


def effect(
    evidence: str, kind: EffectKind = EffectKind.MEASURED, voucher: str | None = None, *, caused: bool = False
) -> Effect:
    """Make an effect."""
    return Effect(evidence=evidence, kind=kind, voucher=voucher, caused=caused)


def event(
    kind: str, when: str, evidence: str, eta: str | None = None, reason: str | None = None, *, by: str | None = None
) -> Event:
    """Make a step of a history."""
    return Event(kind=kind, date=day(when), evidence=evidence, eta=day(eta) if eta else None, reason=reason, by=by)


def heard(evidence: str, polarity: Polarity, *, about_project: str | None = None, later: str = "") -> FeedbackEntry:
    """Make feedback from the manager to the subject."""
    return FeedbackEntry(
        evidence=evidence,
        speaker=MANAGER,
        told_by=None,
        about=SUBJECT,
        direction=Direction.RECEIVED,
        polarity=polarity,
        project=about_project,
        later=tuple(later.split()),
    )


def meeting(when: str | None, start: int, end: int, kind: MeetingKind = MeetingKind.HELD, path: str = PATH) -> Meeting:
    """Make a meeting."""
    return Meeting(source=Source(path, start, end), date=day(when) if when else None, kind=kind, heading=when or "")


def project(name: str, lines: dict[str, Evidence], claims: Sequence[Accomplishment] = (), **more: object) -> Project:
    """Make a project of the lines that carry its name."""
    ids = tuple(line.id for line in lines.values() if line.project == name)
    days = [line.item.date for line in lines.values() if line.project == name and line.item.date]
    return Project(
        name=name,
        evidence=ids,
        accomplishments=tuple(one.id for one in claims if one.project == name),
        first=min(days, default=None),
        last=max(days, default=None),
        **more,  # type: ignore[arg-type]
    )


def review(lines: Iterable[Evidence], **more: object) -> Review:
    """Make a review of 2025."""
    values: dict[str, object] = {
        "subject": SUBJECT,
        "manager": MANAGER,
        "start": date(2025, 1, 1),
        "end": date(2026, 1, 1),
    }
    return Review(evidence=tuple(lines), **{**values, **more})  # type: ignore[arg-type]
