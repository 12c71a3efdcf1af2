"""Hand-made reviews for the tests of drafting, rendering and verifying: small functions that spell out a record each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from analyzer.records import (
    Accomplishment,
    Asked,
    Cue,
    Direction,
    Effect,
    EffectKind,
    Event,
    Evidence,
    FeedbackEntry,
    Gap,
    Goal,
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


NOTES = """\
# Mira Solberg / Owen Tait

Team goal 2025 = no bike leaves the workshop without a second pair of eyes

## 11 Nov 2025
- Rental app: 310 bookings in October, 190 in October before it, Jonas from sales checked the till
- OT: your handover was two pages with the risks on top. Thanks

## 12 Aug 2025
- Rental app is live in all 6 shops, 21 staff trained. What a week!!
- we moved the parts wall with Kofi's crew
- any news on the lathe?

## 14 May 2025
- [Blocked] Parts wall: waiting for the landlord, asked on 2/5
- Rental app: ETA 1/8, the card reader failed its test
- OT: your handover to Kofi was too thin, he had to ring you twice. Write the risks down

## 11 Mar 2025
- [x] present the theft numbers[link] to the owners: most bikes go missing from the yard
  - OT: the owners paid for a yard camera because of it. Short and clear
- I wrote the first rental form, nearest shop instead of the main one. Should save about 5 min a booking
- Rental app: ETA 1/6
- This year I'd like to run one shop on my own
"""
"""A year of fictional notes; `workshop` is its review."""


def workshop() -> Review:
    """Return the review of `NOTES`, made by hand."""
    app, wall, theft = "Rental app", "Parts wall", "Theft numbers"
    done, going = Status.DONE, Status.IN_PROGRESS
    bookings = "310 bookings in October, 190 in October before it, Jonas from sales checked the till"
    form = "I wrote the first rental form, nearest shop instead of the main one. Should save about 5 min a booking"
    made = [
        line("goal", None, 3, "Team goal 2025 = no bike leaves the workshop without a second pair of eyes", labels="goal"),
        line(
            "bookings", "11-11", 6, bookings, labels="impact", project=app, prefix=app,
            metrics=[metric(bookings, "310 bookings in October, 190 in October", before=190, after=310)],
            cues=[("effect", "measured", "310 bookings"), ("voucher", "Jonas", "Jonas from sales checked")],
        ),
        line(
            "later", "11-11", 7, "your handover was two pages with the risks on top. Thanks", by=MANAGER, labels="feedback",
            raw="OT: your handover was two pages with the risks on top. Thanks", cues=[("thanks", "", "Thanks")],
        ),
        line(
            "live", "08-12", 10, "Rental app is live in all 6 shops, 21 staff trained. What a week!!", labels="accomplishment",
            project=app, status=done, cues=[("work", "done", "is live")],
        ),
        line("moved", "08-12", 11, "we moved the parts wall with Kofi's crew", labels="accomplishment", project=wall, status=done),
        line("lathe", "08-12", 12, "any news on the lathe?", cues=[("ask", "", "any news")]),
        line(
            "blocked", "05-14", 15, "waiting for the landlord, asked on 2/5", labels="blocker", project=wall, prefix=wall,
            status=Status.BLOCKED, raw="[Blocked] Parts wall: waiting for the landlord, asked on 2/5", tags=("Blocked",),
        ),
        line("eta2", "05-14", 16, "ETA 1/8, the card reader failed its test", project=app, prefix=app, status=going),
        line(
            "thin", "05-14", 17, "your handover to Kofi was too thin, he had to ring you twice. Write the risks down", by=MANAGER,
            labels="feedback", polarity=Polarity.CONSTRUCTIVE,
            cues=[("criticism", "", "too thin"), ("advice", "", "Write")],
        ),
        line(
            "theft", "03-11", 20, "present the theft numbers to the owners: most bikes go missing from the yard",
            labels="accomplishment", project=theft, status=done, checked=True, cues=[("work", "done", "present")],
            raw="[x] present the theft numbers[link] to the owners: most bikes go missing from the yard",
        ),
        line(
            "camera", "03-11", 21, "the owners paid for a yard camera because of it. Short and clear", by=MANAGER, depth=1,
            labels="impact feedback", project=theft,
            cues=[("effect", "decided", "paid for"), ("cause", "", "because of it"), ("praise", "", "Short and clear")],
        ),
        line(
            "form", "03-11", 22, form, labels="accomplishment impact", project=app, status=done,
            cues=[("work", "done", "wrote"), ("effect", "expected", "Should save")],
        ),
        line("eta1", "03-11", 23, "ETA 1/6", project=app, prefix=app, status=going),
        line("wish", "03-11", 24, "This year I'd like to run one shop on my own", labels="career goal"),
    ]  # fmt: skip
    lines = {one.id: one for one in made}
    claims = [
        claim("c-theft", lines, "theft", effects=[effect("camera", EffectKind.DECIDED, MANAGER, caused=True)]),
        claim("c-form", lines, "form", effects=[effect("form", EffectKind.EXPECTED)]),
        claim("c-live", lines, "live", share=Share.UNSAID, effects=[effect("bookings", voucher="Jonas")]),
        claim("c-moved", lines, "moved", share=Share.SHARED),
    ]
    projects = [
        project(
            app, lines, claims, rung="measured and vouched for",
            effort=score("much", ("time", 6, "23 weeks active", "form live"), ("finished", 4, "2 finished pieces", "form live")),
            impact=score("big", ("rung", 6, "measured and vouched for", "bookings"), ("breadth", 3, '"all 6 shops"', "live")),
            history=(
                event("done", "03-11", "form"), event("planned", "03-11", "eta1", "06-01"),
                event("moved", "05-14", "eta2", "08-01", "the card reader failed its test"), event("done", "08-12", "live"),
            ),
        ),
        project(
            theft, lines, claims, rung="decided", effort=score("little", ("finished", 2, "1 finished piece", "theft")),
            impact=score("small", ("rung", 4, "a decision that followed", "camera")), history=(event("done", "03-11", "theft"),),
        ),
        project(
            wall, lines, claims, effort=score("little", ("finished", 2, "1 finished piece", "moved")),
            history=(event("blocked", "05-02", "blocked", by="the landlord"), event("done", "08-12", "moved")),
        ),
    ]  # fmt: skip
    return review(
        made,
        projects=tuple(projects),
        accomplishments=tuple(claims),
        highlights=("c-live", "c-theft"),
        feedback=(
            heard("camera", Polarity.POSITIVE, about_project=theft),
            heard("thin", Polarity.CONSTRUCTIVE, later="later"),
            heard("later", Polarity.POSITIVE),
        ),
        goals=(Goal(evidence="goal", kind="team"), Goal(evidence="wish", kind="own")),
        questions=(Asked(evidence="lathe", asker=SUBJECT),),
        blockers=("blocked",),
        meetings=(meeting("11-11", 5, 7), meeting("08-12", 9, 12), meeting("05-14", 14, 17), meeting("03-11", 19, 24)),
        gaps=(Gap(start=day("05-14"), end=day("08-12")),),
    )
