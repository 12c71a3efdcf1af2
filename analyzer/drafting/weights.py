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
                "weeks between the first and the last line that reports work, waiting left out at both ends: 1 for "
                f"every {weeks} begun; or the time that a line states, 1 a full week, {weights.stated_cap} at most; the larger of the two"
            ),
        ),
        (
            "Meetings with work",
            f"{weights.meeting} each; praise, figures and repeats are no work",
        ),
        ("Finished pieces", f"{weights.finished} each"),
        ("People named as working on it", f"{weights.person} each"),
        ("Blockers", f"{weights.blocker} each, reported once or often"),
        ("ETA moves", f"{weights.eta_move} each"),
    ]


def _impact(weights: Weights) -> list[tuple[str, str]]:
    rungs = ", ".join(f"{_RUNGS.get(name, name)} {points}" for name, points in weights.rungs.items())
    most, much, less = weights.size
    return [
        (
            "Rung",
            f"{rungs}; vouched for: somebody else gives the effect or checked it, which praise does not",
        ),
        (
            "Size",
            f"with before and after: a change by half or more {most}, by a quarter or more {much}, by less {less}",
        ),
        (
            "Breadth",
            (
                f"{_pairs(weights.breadth, _BREADTH)}, none named 0; size and breadth are those of one effect, the one "
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
