"""How the points are counted, in words made from the weights that were used."""

from __future__ import annotations

from analyzer.drafting.fill import plain
from analyzer.drafting.phrases import TABLES
from analyzer.drafts import Section, Table
from analyzer.settings import Weights


def weights_section(weights: Weights) -> Section:
    """Return the table of the weights."""
    rows = [("Part", "Points"), *_effort(weights), *_impact(weights)]
    return Section(
        title=TABLES["counting"], table=Table(rows=tuple(tuple(plain(cell) for cell in row) for row in rows))
    )


def _effort(weights: Weights) -> list[tuple[str, str]]:
    weeks = "week" if weights.weeks_per_point == 1 else f"{weights.weeks_per_point} weeks"
    return [
        (
            "Time",
            (
                "weeks active, from the first to the last line that reports work (a blocked line neither begins nor ends it): 1 for "
                f"every {weeks} begun; or time as stated, 1 a full week and {weights.stated_cap} at most; whichever gives more"
            ),
        ),
        (
            "Meetings with work",
            f"{weights.meeting} each; a line that only repeats, praises or measures is no work",
        ),
        ("Finished pieces", f"{weights.finished} each"),
        ("People named as working on it", f"{weights.person} each"),
        ("Blockers", f"{weights.blocker} each, however often repeated"),
        ("ETA moves", f"{weights.eta_move} each"),
    ]


def _impact(weights: Weights) -> list[tuple[str, str]]:
    rungs = ", ".join(f"{_RUNGS.get(name, name)} {points}" for name, points in weights.rungs.items())
    most, much, less = weights.size
    return [
        (
            "Rung",
            f"{rungs}; vouched for means that somebody else says or checked the effect, praise alone does not count",
        ),
        (
            "Size",
            f"before and after on record, a change of at least half {most}, at least a quarter {much}, less {less}",
        ),
        (
            "Breadth",
            (
                f"{_pairs(weights.breadth, _BREADTH)}, none named 0; size and breadth belong to one and the same effect, the one "
                "that gives more"
            ),
        ),
        ("Consequence", f"{_pairs(weights.consequence, _CONSEQUENCE)}; none named 0"),
        ("Share", _pairs(weights.share, {"unsaid": "not said"})),
    ]


_RUNGS = {"decided": "decision, launch or adoption that followed"}
_BREADTH = {"all": "all units of a kind"}
_CONSEQUENCE = {"decision": "a decision", "service": "a service kept"}


def _pairs(points: dict[str, int], names: dict[str, str]) -> str:
    return ", ".join(f"{names.get(name, name)} {value}" for name, value in points.items())
