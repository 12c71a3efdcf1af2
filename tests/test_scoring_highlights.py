"""The highlights: best first, spread over quarters and projects."""

from collections.abc import Sequence

from evidence_builder import CueSpec, line, metric
from grouped import scored

from analyzer.records import Evidence

STRONG = [("effect", "measured"), ("voucher", "Ilse Brandt")]
FAIR = [("effect", "measured")]
WEAK = [("effect", "stated")]


def piece(name: str, on: str, cues: Sequence[CueSpec], share: str = "mine", more: int = 0) -> list[Evidence]:
    work = line(on, f"{name} fitted", "a", status="done", prefix=name, cues=[("share", share)], id=name)
    return [
        work,
        line(on, f"{name} helps", "i", prefix=name, cues=cues),
        *(line(on, f"{name} helps {count} more", "i", prefix=name, cues=FAIR) for count in range(more)),
    ]


def highlights(*pieces: list[Evidence]) -> list[str]:
    review = scored([found for one in pieces for found in one])
    return [key.removeprefix("a-") for key in review.highlights]


def test_highlights_go_by_impact_and_are_five_at_most() -> None:
    names = ["Ovens", "Silo", "Till", "Vans", "Bags", "Signs"]
    pieces = [
        piece(name, f"2025-{month:02}-03", cues)
        for name, month, cues in zip(
            names, (1, 3, 4, 7, 8, 10), (WEAK, FAIR, STRONG, FAIR, STRONG, STRONG), strict=True
        )
    ]
    assert highlights(*pieces) == ["Till", "Bags", "Signs", "Silo", "Vans"]


def test_work_without_an_effect_is_no_highlight() -> None:
    assert highlights([line("2025-02-03", "fitted", "a", status="done", prefix="Ovens")]) == []


def test_a_third_of_one_quarter_waits_while_another_quarter_has_any() -> None:
    first = [piece(name, "2025-02-03", STRONG) for name in ("Ovens", "Silo", "Till")]
    assert highlights(*first, piece("Bags", "2025-05-05", WEAK)) == ["Ovens", "Silo", "Till", "Bags"]
    later = [piece(name, "2025-05-05", WEAK) for name in ("Bags", "Vans")]
    more = piece("Signs", "2025-08-04", WEAK)
    assert highlights(*first, *later, more) == ["Ovens", "Silo", "Bags", "Vans", "Signs"]


def test_a_tie_goes_to_the_better_evidence_then_to_the_larger_share() -> None:
    one = piece("Ovens", "2025-02-03", FAIR)
    more = piece("Silo", "2025-05-05", FAIR, more=1)
    assert highlights(one, more) == ["Silo", "Ovens"]


def test_a_project_gives_its_second_piece_only_after_every_project_gave_one() -> None:
    lines = [
        line("2025-02-03", "first shop fitted", "a", status="done", prefix="Ovens", cues=[("share", "mine")], id="one"),
        line("2025-02-03", "it helps", "i", parent=0, cues=STRONG),
        line(
            "2025-05-05",
            "alarm texts switched on",
            "a",
            status="done",
            prefix="Ovens",
            cues=[("share", "mine")],
            id="two",
        ),
        line("2025-05-05", "they help", "i", parent=2, cues=FAIR, metrics=[metric("9 to 8", before=9, after=8)]),
    ]
    others = [
        piece(name, on, WEAK)
        for name, on in (("Silo", "2025-05-05"), ("Till", "2025-08-04"), ("Vans", "2025-08-04"), ("Bags", "2025-11-03"))
    ]
    assert highlights(lines, *others) == ["one", "Silo", "Till", "Vans", "Bags"]
    assert highlights(lines, *others[:3]) == ["one", "two", "Silo", "Till", "Vans"]
