"""Impact: every point is an effect; the size of the work is none."""

import pytest
from evidence_builder import CueSpec, line, metric
from grouped import MANAGER, part, points, project_named, scored

from analyzer.records import Evidence, Metric, Review

NAME = "Oven sensors"
FITTED = line(
    "2025-02-03", "fitted them", "a", status="done", prefix=NAME, cues=[("share", "mine", "fitted")], id="work"
)


def effect(text: str, *cues: CueSpec, on: str = "2025-03-03", **more: object) -> Evidence:
    return line(on, text, "i", prefix=NAME, cues=cues, **more)  # type: ignore[arg-type]


def impact(*lines: Evidence) -> dict[str, int]:
    return points(project_named(scored([FITTED, *lines]), NAME).impact)


def detail(name: str, *lines: Evidence) -> str:
    found = part(project_named(scored([FITTED, *lines]), NAME).impact, name)
    assert found is not None
    return found.detail


@pytest.mark.parametrize(
    ("cues", "author", "rung", "points_of_it"),
    [
        ([("effect", "measured"), ("voucher", "Ilse Brandt")], None, "measured and vouched for", 6),
        ([("effect", "measured")], MANAGER, "measured and vouched for", 6),
        ([("effect", "measured")], None, "measured", 5),
        ([("effect", "decided")], MANAGER, "a decision that followed", 4),
        ([("effect", "adopted")], None, "decision, launch or adoption that followed", 4),
        ([("effect", "stated"), ("voucher", "Ilse Brandt")], None, "vouched for", 3),
        ([("effect", "expected")], MANAGER, "expected", 2),
        ([("effect", "stated")], None, "stated", 1),
    ],
)
def test_the_rungs_of_the_ladder(cues: list[CueSpec], author: str | None, rung: str, points_of_it: int) -> None:
    found = effect("less waste", *cues, author=author)
    assert (detail("rung", found), impact(found)["rung"]) == (rung, points_of_it)


@pytest.mark.parametrize(
    ("found", "size", "shown"),
    [
        (metric("46 to 9", before=46, after=9), 3, "from 46 to 9"),
        (metric("10 to 5 kg", before=10, after=5, unit="kg"), 3, "from 10 to 5"),
        (metric("31 to 22 min", before=31, after=22, unit="min"), 2, "from 31 to 22 min"),
        (metric("18% -> 11%", before=18, after=11, unit="%"), 2, "from 18% to 11%"),
        (metric("20 to 18", before=20, after=18), 1, "from 20 to 18"),
        (metric("from 6 to none", before=6, after=0), 3, "from 6 to none"),
        (metric("0 to 4", before=0, after=4), 3, "from 0 to 4"),
        (metric("cut by 30%", delta=-30, unit="%", relative=True), 2, '"cut by 30%"'),
        (metric("1,900 lower", delta=-1900, unit="£"), 0, "no before and after on record"),
        (metric("should fall from 10 to 2", before=10, after=2, projected=True), 0, "no before and after on record"),
        (metric("38 staff", value=38), 0, "no before and after on record"),
    ],
)
def test_size_is_the_change_against_what_was_there_before(found: Metric, size: int, shown: str) -> None:
    line_with = effect("waste", metrics=[found])
    assert (impact(line_with).get("size", 0), detail("size", line_with)) == (size, shown)


def test_size_and_breadth_come_from_one_effect_the_one_that_gives_more() -> None:
    narrow = effect("9 to 3", ("breadth", "one", "9"), metrics=[metric("9 to 3", before=9, after=3)])
    wide = effect(
        "all: 9 to 6", ("breadth", "all", "all"), metrics=[metric("9 to 6", before=9, after=6)], on="2025-04-07"
    )
    found = impact(narrow, wide)
    assert (found["size"], found["breadth"]) == (2, 3)
    assert detail("size", narrow, wide) == "from 9 to 6"


def test_a_newer_smaller_effect_does_not_replace_a_larger_one() -> None:
    large = effect("9 to 3", metrics=[metric("9 to 3", before=9, after=3)])
    small = effect("9 to 8", metrics=[metric("9 to 8", before=9, after=8)], on="2025-06-02")
    assert impact(large, small) == impact(large)


def test_breadth_is_that_of_the_work_where_the_effect_names_none() -> None:
    work = line(
        "2025-02-03", "fitted all 14 shops", "a", status="done", prefix=NAME, cues=[("breadth", "all", "all 14 shops")]
    )
    review = scored([work, effect("waste is down", ("effect", "measured"))])
    found = part(project_named(review, NAME).impact, "breadth")
    assert found is not None
    assert (found.points, found.detail, found.evidence) == (3, '"all 14 shops"', (work.id,))


@pytest.mark.parametrize(
    ("cues", "metrics", "words", "points_of_it"),
    [
        ([("consequence", "money")], [], "money", 2),
        ([("consequence", "service")], [], "a service kept", 2),
        ([("consequence", "time")], [], "time", 1),
        ([("consequence", "time"), ("consequence", "decision")], [], "a decision", 2),
        ([], [metric("4 hours", delta=-4, unit="hours")], "time", 1),
        ([], [metric("£900", delta=-900, unit="£")], "money", 2),
        ([("effect", "decided")], [], "a decision", 2),
        ([], [], "none named", 0),
    ],
)
def test_the_consequence(cues: list[CueSpec], metrics: list[Metric], words: str, points_of_it: int) -> None:
    found = effect("down", *cues, metrics=metrics)
    assert (detail("consequence", found), impact(found).get("consequence", 0)) == (words, points_of_it)


@pytest.mark.parametrize(("share", "given"), [("mine", 2), ("shared", 1), ("team", 1), (None, 0)])
def test_the_share_is_that_of_the_work_behind_the_effect(share: str | None, given: int) -> None:
    cues = [("share", share, "fitted")] if share else []
    work = line("2025-02-03", "fitted them", "a", status="done", prefix=NAME, cues=cues)
    review = scored([work, effect("waste is down")])
    assert points(project_named(review, NAME).impact).get("share", 0) == given


def test_no_effect_on_record_is_no_score() -> None:
    project = project_named(scored([FITTED]), NAME)
    assert (project.impact, project.rung) == (None, None)
    assert scored([FITTED]).accomplishments[0].impact is None


def test_an_effect_without_a_finished_piece_counts_for_the_project() -> None:
    lines = [
        line("2025-02-03", "fitting", status="in_progress", prefix=NAME),
        effect("waste 9 to 3", metrics=[metric("9 to 3", before=9, after=3)]),
    ]
    assert points(project_named(scored(lines), NAME).impact) == {"rung": 5, "size": 3}


def year(*sizes: tuple[str, int, str]) -> Review:
    """Return a year of projects, each with meetings of work in a row, then one effect of a kind."""
    lines = []
    for name, meetings, kind in sizes:
        lines += [
            line(f"2025-{month:02}-03", f"{name} step {month}", status="in_progress", prefix=name)
            for month in range(1, meetings)
        ]
        lines.append(line(f"2025-{meetings:02}-03", "done", "a", status="done", prefix=name))
        if kind:
            lines.append(line("2025-11-03", "effect", "i", prefix=name, cues=[("effect", kind)]))
    return scored(lines)


def test_where_a_project_stands_is_said_in_plain_words() -> None:
    review = year(
        ("Ovens", 8, "measured"),
        ("Silo", 1, "measured"),
        ("Till", 8, ""),
        ("Bags", 1, "stated"),
        ("Vans", 1, "expected"),
    )
    assert {project.name: project.quadrant for project in review.projects} == {
        "Ovens": "big result for much effort",
        "Silo": "big result for little effort",
        "Till": "much effort, no effect on record",
        "Bags": "little effort, effect only stated",
        "Vans": "little effort, effect only expected",
    }


def test_a_band_starts_at_half_of_the_persons_own_largest_inclusive() -> None:
    lines = [
        FITTED,
        effect(
            "all 9 to 3",
            ("breadth", "all", "all"),
            ("voucher", "Ilse"),
            ("consequence", "time"),
            metrics=[metric("9 to 3", before=9, after=3)],
        ),
        line("2025-02-03", "filled", "a", status="done", prefix="Silo", cues=[("share", "mine", "filled")]),
        line("2025-03-03", "board agreed", "i", prefix="Silo", cues=[("effect", "decided")]),
        line("2025-02-03", "wired", "a", status="done", prefix="Till"),
        line("2025-03-03", "shop 1 keeps it", "i", prefix="Till", cues=[("effect", "decided")]),
    ]
    found = {project.name: project.impact for project in scored(lines).projects}
    assert {name: (score.points, score.band) for name, score in found.items() if score} == {
        NAME: (15, "big"),
        "Silo": (8, "big"),
        "Till": (6, "small"),
    }
