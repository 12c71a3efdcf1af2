"""The two scores beside people's judgement: how alike they order one person's projects (Kendall's tau-b, Kendall 1945).

Judges ordered the projects of an author by effort and by impact from the notes alone (``judged/*.tsv``, a judge a file). The
tool's projects are held against the author's by the lines that they share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from analyzer.errors import BadFileError
from analyzer.evaluation.outcomes import Outcome
from analyzer.records import Evidence, Label, Project, Review

AXES = ("effort", "impact")
Ranks = Mapping[str, Mapping[str, tuple[float, float]]]
"""By author and project, the ranks for effort and impact; 1 is most."""
Amount = Callable[[Project, Sequence[Evidence]], float]
"""What a project has of something, from its scores or its lines."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedReport:
    """How alike the orders are: rows of what is compared, and the mean tau-b over authors for effort and for impact."""

    authors: int
    projects: int
    rows: tuple[tuple[str, float, float], ...]

    def text(self) -> str:
        """Return the figures as a plain table, ending in a line feed."""
        width = max(len(name) for name, _, _ in self.rows)
        head = f"order of {self.projects} projects of {self.authors} authors, mean tau-b with the judges' mean"
        lines = [f"{name:{width}}  {effort:6.2f}  {impact:6.2f}" for name, effort, impact in self.rows]
        return "\n".join([head, f"{'':{width}}  effort  impact", *lines]) + "\n"


def load_ranks(path: Path) -> Ranks:
    """Load one judge's ranks.

    Args:
        path: lines of author, project, rank of effort and rank of impact, between tabs.

    Raises:
        BadFileError: a line that is none of these, or a project ranked twice.
    """
    found: dict[str, dict[str, tuple[float, float]]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != 4 or not all(cell.replace(".", "", 1).isdigit() for cell in cells[2:]):
            raise BadFileError(path, f"line {number}", "holds author, project and two ranks, between tabs")
        own = found.setdefault(cells[0], {})
        if cells[1] in own:
            raise BadFileError(path, f"line {number}", f"{cells[1]} is ranked twice")
        own[cells[1]] = (float(cells[2]), float(cells[3]))
    return found


def score_orders(
    judges: Sequence[Ranks], reviews: Mapping[str, Review], outcomes: Mapping[str, Sequence[Outcome]]
) -> JudgedReport:
    """Compare the judges' orders with the tool's, with simple counts, and with one another.

    Args:
        judges: from `load_ranks`; all rank the same projects.
        reviews: the tool's review of each judged author.
        outcomes: by author, the tool's evidence beside the gold.
    """
    authors = sorted(name for name in judges[0] if name in reviews)
    orders = {name: sorted(judges[0][name]) for name in authors}
    mean = {name: _mean([judge[name] for judge in judges], orders[name]) for name in authors}
    measured = {
        title: {name: _amounts(amounts, reviews[name], outcomes[name], orders[name]) for name in authors}
        for title, amounts in _AMOUNTS.items()
    }
    rows = [(title, *_taus(found, mean)) for title, found in measured.items()]
    for number, judge in enumerate(judges):
        others = [one for at, one in enumerate(judges) if at != number]
        alone = {name: _mean([judge[name]], orders[name]) for name in authors}
        rest = {name: _mean([one[name] for one in others], orders[name]) for name in authors}
        rows.append((f"judge {number + 1} with the others", *_taus(alone, rest)))
    return JudgedReport(authors=len(authors), projects=sum(map(len, orders.values())), rows=tuple(rows))


def _mean(ranks: Sequence[Mapping[str, tuple[float, float]]], order: Sequence[str]) -> list[list[float]]:
    """Return for each axis the projects' mean ranks, turned so that more is more."""
    return [[-float(np.mean([one[project][axis] for one in ranks])) for project in order] for axis in range(len(AXES))]


def _amounts(
    amounts: tuple[Amount, Amount], review: Review, outcomes: Sequence[Outcome], order: Sequence[str]
) -> list[list[float]]:
    """Return for each axis what the tool has for each of the author's projects, 0 where it found nothing of it."""
    owners, lines = _owners(outcomes), review.by_id()
    own = {project: [one for one in review.projects if owners.get(one.name) == project] for project in order}
    return [
        [sum(amount(one, [lines[line] for line in one.evidence]) for one in own[project]) for project in order]
        for amount in amounts
    ]


def _owners(outcomes: Sequence[Outcome]) -> dict[str, str]:
    """Return the author's project that most lines of each of the tool's projects belong to."""
    shared: dict[str, Counter[str]] = {}
    for one in outcomes:
        if one.project is not None and one.gold is not None and one.gold.project is not None:
            shared.setdefault(one.project, Counter())[one.gold.project] += 1
    return {name: counts.most_common(1)[0][0] for name, counts in shared.items()}


def _taus(found: Mapping[str, list[list[float]]], wanted: Mapping[str, list[list[float]]]) -> tuple[float, float]:
    from scipy.stats import kendalltau  # noqa: PLC0415  # only evaluation needs it

    values = [
        [kendalltau(found[name][axis], wanted[name][axis]).statistic for name in found] for axis in range(len(AXES))
    ]
    effort, impact = (float(np.mean([0.0 if np.isnan(one) else one for one in axis])) for axis in values)
    return effort, impact


def _effort_points(project: Project, _lines: Sequence[Evidence]) -> float:
    return project.effort.points if project.effort else 0


def _impact_points(project: Project, _lines: Sequence[Evidence]) -> float:
    return project.impact.points if project.impact else 0


def _mentions(_project: Project, lines: Sequence[Evidence]) -> float:
    return len(lines)


def _meetings(_project: Project, lines: Sequence[Evidence]) -> float:
    return len({line.item.date for line in lines})


def _letters(_project: Project, lines: Sequence[Evidence]) -> float:
    return sum(len(line.item.text) for line in lines)


def _effects(_project: Project, lines: Sequence[Evidence]) -> float:
    return sum(line.has(Label.IMPACT) for line in lines)


_AMOUNTS: Mapping[str, tuple[Amount, Amount]] = {
    "analyzer's scores": (_effort_points, _impact_points),
    "number of mentions": (_mentions, _mentions),
    "number of meetings": (_meetings, _meetings),
    "length of text": (_letters, _letters),
    "items with an effect": (_effects, _effects),
}
