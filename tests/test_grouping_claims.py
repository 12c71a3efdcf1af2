"""Sightings to claims, and what came of them."""

import pytest
from evidence_builder import CueSpec, line, metric
from grouped import MANAGER, SUBJECT, claim_with, grouped, project_named, scored

from analyzer.records import EffectKind, Evidence, Share

LIVE = line("2025-02-03", "Oven sensors went live in the bakery", "a", status="done", prefix="Oven sensors", id="live")


def claims_of(*lines: Evidence) -> list[list[str]]:
    return [list(claim.evidence) for claim in grouped(lines).accomplishments]


@pytest.mark.parametrize(
    ("first", "again"),
    [
        ("moved the price list to the new till", "moved the price list to the new till"),
        ("wrote the cleaning guide for the mixers", "the cleaning guide for the mixers is written"),
        ("v1.2 of the till report released", "till report v1.2 is out"),
    ],
)
def test_one_finished_thing_that_is_told_twice_is_one_claim(first: str, again: str) -> None:
    lines = [
        line("2025-02-03", first, "a", status="done", prefix="Till"),
        line("2025-03-03", again, "a", status="done", prefix="Till"),
    ]
    assert len(claims_of(*lines)) == 1


@pytest.mark.parametrize(
    ("first", "later"),
    [
        ("v1 of the till report released", "v2 of the till report released"),
        ("moved shops 1 and 2 to the new till", "moved shops 3 and 4 to the new till"),
        ("wrote the cleaning guide for the mixers", "translated the cleaning guide into Polish for the night shift"),
        ("catalogue done", "launched in all shops"),
    ],
)
def test_two_finished_things_of_one_project_stay_two_claims(first: str, later: str) -> None:
    lines = [
        line("2025-02-03", first, "a", status="done", prefix="Till"),
        line("2025-03-03", later, "a", status="done", prefix="Till"),
    ]
    assert len(claims_of(*lines)) == 2


def test_milestones_stay_apart_whatever_words_they_share() -> None:
    lines = [
        line("2025-02-03", "price list on the till", "a", status="done", prefix="Till", cues=[("milestone", "pilot")]),
        line(
            "2025-04-07",
            "price list on the till",
            "a",
            status="done",
            prefix="Till again",
            cues=[("milestone", "rollout")],
        ),
        line(
            "2025-06-02",
            "the price list is on the till",
            "a",
            status="done",
            prefix="Till",
            cues=[("milestone", "rollout")],
        ),
    ]
    assert len(claims_of(lines[0], lines[2])) == 2


def test_the_first_line_that_calls_it_done_gives_date_and_quarter() -> None:
    again = line("2025-07-07", "Oven sensors went live in the bakery", "a", status="done", prefix="Oven sensors")
    claim = grouped([again, LIVE]).accomplishments[0]
    assert (claim.quarter, claim.first.isoformat(), claim.last.isoformat()) == ("2025-Q1", "2025-02-03", "2025-07-07")


def test_a_line_that_says_it_again_later_adds_no_effort() -> None:
    again = line("2025-11-03", "Oven sensors went live in the bakery", "a", status="done", prefix="Oven sensors")
    once, twice = scored([LIVE]), scored([LIVE, again])
    assert twice.projects[0].effort == once.projects[0].effort


def test_a_fuller_later_wording_is_shown_where_the_first_says_too_little() -> None:
    lines = [
        line("2025-02-03", "done!", "a", status="done", prefix="Flour silo", id="short"),
        line(
            "2025-02-17", "the silo holds flour for nine days, done", "a", status="done", prefix="Flour silo", id="full"
        ),
        line("2025-02-17", "other", prefix="Till"),
    ]
    claims = grouped(lines).accomplishments
    assert claims[0].evidence[0] in {"short", "full"}
    assert sum(len(claim.evidence) for claim in claims) == 2


def test_a_line_that_only_repeats_is_kept_with_the_claim_and_is_no_sighting() -> None:
    again = line(
        "2025-06-02", "Oven sensors were in the newsletter", "a", prefix="Oven sensors", cues=[("repeat", "")], id="r"
    )
    claim = grouped([LIVE, again]).accomplishments[0]
    assert (claim.evidence, claim.repeats) == (("live",), ("r",))
    assert grouped([LIVE, again]).evidence[1].accomplishment_id == claim.id


@pytest.mark.parametrize(
    ("text", "cues", "share"),
    [
        ("fitted the sensors", [("share", "mine", "fitted")], Share.MINE),
        ("we fitted the sensors", [("share", "shared", "we")], Share.SHARED),
        ("I fitted them with Ilse", [("share", "mine", "I"), ("share", "shared", "with Ilse")], Share.SHARED),
        (
            "taught Ilse the till, sat with her twice",
            [("work", "done", "taught"), ("share", "mine", "taught"), ("share", "shared", "with her")],
            Share.MINE,
        ),
        ("v1 is live", [("work", "done", "is live")], Share.UNSAID),
        ("sensors fitted by the vendor", [("share", "other", "by the vendor")], Share.UNSAID),
    ],
)
def test_the_share_is_read_from_the_clause_that_calls_it_done(text: str, cues: list[CueSpec], share: Share) -> None:
    found = line("2025-02-03", text, "a", status="done", prefix="Oven sensors", cues=cues)
    assert grouped([found]).accomplishments[0].share is share


def test_an_effect_belongs_to_the_line_it_is_nested_under() -> None:
    reply = line("2025-02-03", "no burnt batch since", "i", author=MANAGER, parent=0, id="reply")
    claim = grouped([LIVE, reply]).accomplishments[0]
    assert [(effect.evidence, effect.voucher) for effect in claim.effects] == [("reply", MANAGER)]


def test_a_figure_stays_with_the_milestone_whose_scope_it_shares() -> None:
    lines = [
        line(
            "2025-02-03",
            "sensors on trial in shop 2",
            "a",
            status="done",
            prefix="Oven sensors",
            cues=[("breadth", "one", "shop 2")],
        ),
        line(
            "2025-04-07",
            "sensors in all shops",
            "a",
            status="done",
            prefix="Oven sensors",
            cues=[("breadth", "all", "all shops")],
        ),
        line(
            "2025-04-07",
            "in shop 2 waste 9 -> 5 kg",
            "i",
            prefix="Oven sensors",
            cues=[("breadth", "one", "shop 2")],
            id="trial",
        ),
        line(
            "2025-05-05",
            "across all shops waste 9 -> 7 kg",
            "i",
            prefix="Oven sensors",
            cues=[("breadth", "all", "all shops")],
            id="whole",
        ),
    ]
    review = grouped(lines)
    assert [effect.evidence for effect in claim_with(review, "trial").effects] == ["trial"]
    assert [effect.evidence for effect in claim_with(review, "in all shops").effects] == ["whole"]


def test_without_a_shared_scope_an_effect_goes_to_the_latest_piece_finished_before_it() -> None:
    lines = [
        LIVE,
        line("2025-04-07", "alarm texts switched on", "a", status="done", prefix="Oven sensors"),
        line("2025-05-05", "Ilse trusts them now", "i", prefix="Oven sensors", id="effect"),
        line("2025-06-02", "spare probes stocked", "a", status="done", prefix="Oven sensors"),
    ]
    assert [effect.evidence for effect in claim_with(grouped(lines), "alarm").effects] == ["effect"]


def test_an_effect_of_a_project_without_a_finished_piece_stays_with_the_project() -> None:
    lines = [
        line("2025-02-03", "fitting them shop by shop", status="in_progress", prefix="Oven sensors"),
        line("2025-03-03", "shop 2 burns nothing any more", "i", prefix="Oven sensors", id="effect"),
    ]
    review = grouped(lines)
    assert review.accomplishments == ()
    assert [effect.evidence for effect in project_named(review, "Oven sensors").effects] == ["effect"]


def test_an_effect_before_the_work_is_no_effect_of_it() -> None:
    early = line("2025-01-06", "burnt batches down to 3", "i", prefix="Oven sensors", id="early")
    review = grouped([early, LIVE])
    assert review.accomplishments[0].effects == ()
    assert [effect.evidence for effect in review.projects[0].effects] == ["early"]


@pytest.mark.parametrize(
    ("cues", "metrics", "kind"),
    [
        ([("effect", "measured")], [], EffectKind.MEASURED),
        ([], [metric("18 -> 9", before=18, after=9)], EffectKind.MEASURED),
        ([("effect", "measured")], [metric("save 9k", delta=9, projected=True)], EffectKind.EXPECTED),
        ([("effect", "expected")], [], EffectKind.EXPECTED),
        ([("effect", "decided"), ("effect", "stated")], [], EffectKind.DECIDED),
        ([("effect", "stated"), ("effect", "expected")], [], EffectKind.EXPECTED),
        ([], [], EffectKind.STATED),
    ],
)
def test_the_kind_of_an_effect(cues: list[CueSpec], metrics: list, kind: EffectKind) -> None:  # type: ignore[type-arg]
    effect = line("2025-03-03", "less waste", "i", prefix="Oven sensors", cues=cues, metrics=metrics)
    assert grouped([LIVE, effect]).accomplishments[0].effects[0].kind is kind


@pytest.mark.parametrize(
    ("author", "cues", "voucher"),
    [
        (SUBJECT, [], None),
        (None, [], None),
        (MANAGER, [], MANAGER),
        (SUBJECT, [("voucher", "Ilse Brandt")], "Ilse Brandt"),
        (SUBJECT, [("voucher", SUBJECT)], None),
    ],
)
def test_only_somebody_other_than_the_owner_vouches(
    author: str | None, cues: list[CueSpec], voucher: str | None
) -> None:
    effect = line("2025-03-03", "waste is down", "i", prefix="Oven sensors", author=author, cues=cues)
    assert grouped([LIVE, effect]).accomplishments[0].effects[0].voucher == voucher


def test_an_effect_is_tied_to_the_work_by_a_cause_or_by_naming_the_project() -> None:
    lines = [
        LIVE,
        line("2025-02-03", "waste is down", "i", parent=0, id="beside"),
        line(
            "2025-02-03",
            "waste is down because of it",
            "i",
            parent=0,
            cues=[("cause", "", "because of it")],
            id="cause",
        ),
        line("2025-03-03", "waste is down", "i", prefix="Oven sensors", id="named"),
    ]
    tied = {effect.evidence: effect.caused for effect in grouped(lines).accomplishments[0].effects}
    assert tied == {"beside": False, "cause": True, "named": True}


def test_praise_under_an_effect_belongs_to_the_work_of_the_effect() -> None:
    lines = [
        LIVE,
        line("2025-03-03", "waste 9 -> 5 kg", "i", prefix="Oven sensors"),
        line(
            "2025-03-03",
            "lovely figures",
            "f",
            polarity="positive",
            direction="received",
            author=MANAGER,
            parent=1,
            id="p",
        ),
    ]
    assert grouped(lines).accomplishments[0].feedback == ("p",)


def test_finished_work_without_a_project_is_a_claim_all_the_same() -> None:
    review = grouped([line("2025-02-03", "passed the hygiene exam", "a c", status="done")])
    assert [(claim.text, claim.project) for claim in review.accomplishments] == [("passed the hygiene exam", None)]
