"""What may never change a score, and what may only raise it."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

from evidence_builder import line, metric
from grouped import ROSTER, claim_with, project_named, scored
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.records import Evidence, Review, Roster, Score

DAYS = ("2025-01-06", "2025-02-03", "2025-03-03", "2025-04-07", "2025-05-05", "2025-06-02", "2025-08-04", "2025-11-03")
NAMES = ("Oven sensors", "Flour silo", "Till report")
PIECES = (
    "drew the wiring plan",
    "trained the night crew with Ilse",
    "switched the alarm texts on",
    "moved shop 2 to it",
    "wrote the handbook page",
)
EFFECTS = ("waste is down", "the night crew relies on it", "nobody rings about it", "the board chose it")
KINDS = ("measured", "decided", "adopted", "stated", "expected")


@st.composite
def piece(draw: st.DrawFn) -> list[Evidence]:
    """Return one line of a project, sometimes with a nested effect (its parent is index 0 until the lines are joined)."""
    name, on = draw(st.sampled_from(NAMES)), draw(st.sampled_from(DAYS))
    kind = draw(st.sampled_from(("done", "in_progress", "blocked", "effect", "nested")))
    if kind in {"in_progress", "blocked"}:
        eta = draw(st.none() | st.sampled_from(DAYS))
        cues = [("eta", eta)] if eta and kind == "in_progress" else []
        return [line(on, f"{draw(st.sampled_from(PIECES))} now", status=kind, prefix=name, cues=cues)]
    if kind == "effect":
        return [draw(effect(name, on))]
    share = draw(st.sampled_from(("mine", "shared", None)))
    cues = [("share", share)] if share else []
    breadth = draw(st.none() | st.sampled_from(("all", "several", "one")))
    cues += [("breadth", breadth)] if breadth else []
    text = draw(st.sampled_from(PIECES))
    work = line(on, text, "a", status="done", prefix=name, cues=cues, people=["Ilse Brandt"] if "Ilse" in text else [])
    return [work, draw(effect("", on))] if kind == "nested" else [work]


@st.composite
def effect(draw: st.DrawFn, name: str, on: str, kinds: Sequence[str] = KINDS) -> Evidence:
    cues: list[tuple[str, ...]] = [("effect", draw(st.sampled_from(kinds)))]
    if draw(st.booleans()):
        cues.append(("voucher", "Ilse Brandt"))
    consequence = draw(st.none() | st.sampled_from(("money", "time", "quality")))
    cues += [("consequence", consequence)] if consequence else []
    after = draw(st.none() | st.integers(0, 9))
    found = [metric(f"10 to {after}", before=10, after=after)] if after is not None else []
    return line(on, draw(st.sampled_from(EFFECTS)), "i", prefix=name, cues=cues, metrics=found)


def joined(blocks: Sequence[Sequence[Evidence]]) -> list[Evidence]:
    """Return the lines of several blocks; the second of a block is nested under the first, and ids are made unique."""
    lines: list[Evidence] = []
    seen: dict[str, int] = {}
    for block in blocks:
        top = len(lines)
        for index, found in enumerate(block):
            seen[found.id] = seen.get(found.id, 0) + 1
            item = replace(found.item, parent=top if index else None)
            lines.append(replace(found, item=item, id=f"{found.id}#{seen[found.id]}"))
    return lines


years = st.lists(piece(), min_size=1, max_size=9)
quick = settings(max_examples=40, deadline=None)


def figures(review: Review) -> dict[str, object]:
    """Return every point of a year, without ids and words."""

    def of(score: Score | None) -> object:
        return None if score is None else (score.band, [(part.name, part.points) for part in score.parts])

    claims = sorted(
        str((claim.project, claim.quarter, of(claim.effort), of(claim.impact))) for claim in review.accomplishments
    )
    projects = {one.name: (of(one.effort), of(one.impact), one.rung, one.quadrant) for one in review.projects}
    return {"projects": projects, "claims": claims}


def impact_of(review: Review) -> dict[str, int]:
    return {one.name: one.impact.points if one.impact else 0 for one in review.projects}


def effort_of(review: Review) -> dict[str, int]:
    return {one.name: one.effort.points for one in review.projects if one.effort}


@quick
@given(years, st.randoms(use_true_random=False))
def test_shuffling_the_bullets_changes_nothing(blocks: list[list[Evidence]], order: random.Random) -> None:
    before = figures(scored(joined(blocks)))
    shuffled = blocks.copy()
    order.shuffle(shuffled)
    assert figures(scored(joined(shuffled))) == before


@quick
@given(years, st.integers(0, 8))
def test_repeating_a_line_changes_nothing(blocks: list[list[Evidence]], which: int) -> None:
    lines = joined(blocks)
    again = blocks[which % len(blocks)][:1]
    assert figures(scored(joined([*blocks, again]))) == figures(scored(lines))


@quick
@given(years, st.sampled_from(DAYS))
def test_padding_with_chat_changes_nothing(blocks: list[list[Evidence]], on: str) -> None:
    chat = line(on, "holiday was lovely, the kitchen still has no ceiling")
    assert figures(scored(joined([*blocks, [chat]]))) == figures(scored(joined(blocks)))


@quick
@given(years)
def test_padding_lines_with_words_that_say_nothing_changes_nothing(blocks: list[list[Evidence]]) -> None:
    def padded(found: Evidence) -> Evidence:
        return replace(found, item=replace(found.item, text=f"{found.item.text}, really just also quite"))

    longer = [[padded(found) for found in block] for block in blocks]
    assert figures(scored(joined(longer))) == figures(scored(joined(blocks)))


@quick
@given(years)
def test_renaming_people_changes_nothing(blocks: list[list[Evidence]]) -> None:
    def renamed(found: Evidence) -> Evidence:
        cues = tuple(replace(cue, value=cue.value.replace("Ilse Brandt", "Tendai Moyo")) for cue in found.cues)
        people = tuple(name.replace("Ilse Brandt", "Tendai Moyo") for name in found.people)
        text = found.item.text.replace("Ilse", "Tendai")
        return replace(found, cues=cues, people=people, item=replace(found.item, text=text))

    other = Roster(
        subject="Nils Ek", manager="Ada Obi", writer="Nils Ek", aliases={"nils": "Nils Ek", "tendai": "Tendai Moyo"}
    )
    with_others = scored(joined([[renamed(found) for found in block] for block in blocks]), roster=other)
    assert figures(with_others) == figures(scored(joined(blocks), roster=ROSTER))


@quick
@given(years, effect("", "2025-11-03", kinds=("measured",)), st.sampled_from(NAMES))
def test_adding_a_measured_effect_never_lowers_an_impact(
    blocks: list[list[Evidence]], more: Evidence, name: str
) -> None:
    before = impact_of(scored(joined(blocks)))
    more = replace(more, item=replace(more.item, prefix=name))
    after = impact_of(scored(joined([*blocks, [more]])))
    assert all(after[project] >= points for project, points in before.items())


@quick
@given(years, st.sampled_from(DAYS), st.sampled_from(NAMES))
def test_adding_a_meeting_about_it_never_lowers_effort_and_never_raises_impact(
    blocks: list[list[Evidence]], on: str, name: str
) -> None:
    before = scored(joined(blocks))
    meeting = line(on, "still going on", status="in_progress", prefix=name)
    after = scored(joined([*blocks, [meeting]]))
    assert all(effort_of(after)[project] >= points for project, points in effort_of(before).items())
    assert all(impact_of(after)[project] <= points for project, points in impact_of(before).items())


def test_size_of_the_work_is_no_impact() -> None:
    small = [line("2025-02-03", "fitted one", "a", status="done", prefix="Silo")]
    large = [*small, *(line(on, f"shop {on}", status="in_progress", prefix="Silo") for on in DAYS[2:])]
    result = line("2025-11-03", "waste is down", "i", prefix="Silo")
    assert impact_of(scored([*small, result])) == impact_of(scored([*large, result]))


def test_a_claims_own_figures_are_not_those_of_its_project() -> None:
    lines = [
        line("2025-02-03", "plan drawn", "a", status="done", prefix="Silo"),
        line("2025-05-05", "silo filled", "a", status="done", prefix="Silo"),
        line("2025-06-02", "no bag was carried since", "i", prefix="Silo"),
    ]
    review = scored(lines)
    assert claim_with(review, "plan").impact is None
    assert claim_with(review, "filled").impact is not None
    assert project_named(review, "Silo").impact is not None
