"""A fictional year as notes and as the review made of them by hand, for drafts that are rendered and verified."""

from __future__ import annotations

from review_builder import (
    MANAGER,
    SUBJECT,
    claim,
    day,
    effect,
    event,
    heard,
    line,
    meeting,
    metric,
    project,
    review,
    score,
)

from analyzer.records import Asked, EffectKind, Gap, Goal, Polarity, Review, Share, Status

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
