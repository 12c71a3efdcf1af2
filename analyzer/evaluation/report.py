"""The published figures: computed from outcomes, kept as data, printed as a plain table."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analyzer.evaluation.figures import Figure, f1, figure
from analyzer.evaluation.kinds import by_kind, by_mistake, uncertain_band
from analyzer.evaluation.measures import label_counts, measures
from analyzer.evaluation.outcomes import Outcome
from analyzer.records import Label

_MISTAKES = ("missed", "no label", "given instead", "extra", "no label due", "true instead")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """An item that has a label it should not have (``extra``) or lacks one (``missing``)."""

    author: str
    path: str | None
    line: int | None
    label: Label
    kind: str
    probability: float | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one evaluation found."""

    title: str
    items: int
    authors: tuple[str, ...]
    figures: Mapping[str, Figure]
    by_author: Mapping[str, Mapping[str, float | None]]
    """F1 of each label by author; None where neither gold nor tool has it."""
    uncovered: tuple[str, ...]
    """Gold items that no item of the tool stands for, as ``author/path:line``."""
    extra: int
    """Items of the tool that stand for no gold item; a label on one is a false positive."""
    mistakes: tuple[Mistake, ...]
    by_kind: tuple[tuple[str, ...], ...] = ()
    """F1 of each label by kind of item, as text; see `analyzer.evaluation.kinds`."""
    by_mistake: tuple[tuple[str, ...], ...] = ()
    band: str = ""
    """One line about the items in the uncertain band."""
    orders: str = ""
    """How the scores order projects beside judges, see `analyzer.evaluation.judged`; '' where nobody judged."""

    def as_dict(self) -> dict[str, Any]:
        """Return the figures as plain data, without the mistakes, which quote the notes."""
        return {
            "title": self.title,
            "items": self.items,
            "authors": list(self.authors),
            "figures": {name: asdict(one) for name, one in self.figures.items()},
            "by_author": {name: dict(row) for name, row in self.by_author.items()},
            "uncovered": list(self.uncovered),
            "extra": self.extra,
            "by_kind": [list(row) for row in self.by_kind],
            "by_mistake": [list(row) for row in self.by_mistake],
            "band": self.band,
            "orders": self.orders,
        }

    def as_json(self) -> str:
        """Return `as_dict` as JSON."""
        return json.dumps(self.as_dict(), ensure_ascii=False, indent=2)

    def text(self) -> str:
        """Return the tables as plain text, ending in a line feed."""
        figures = [(name, *_cells(one)) for name, one in self.figures.items()]
        authors = [(name, *map(_number, row.values())) for name, row in self.by_author.items()]
        lines = [
            f"{self.title}: {self.items} items of {len(self.authors)} authors",
            "",
            *_table(("figure", "value", "95% interval", "gold cases"), figures),
            "",
            *_table(("F1 by author", *(label.value for label in Label)), authors),
            "",
            *_table(("F1 by kind of item", "items", *(label.value for label in Label)), self.by_kind),
            "",
            *_table(("mistakes", *_MISTAKES), self.by_mistake),
            "",
            self.band,
            f"gold items that no item of the tool covers: {len(self.uncovered)}",
            *(f"  {place}" for place in self.uncovered),
            f"items of the tool outside the gold: {self.extra}",
            *(["", self.orders.rstrip("\n")] if self.orders else []),
        ]
        return "\n".join(lines) + "\n"


def make_report(
    title: str, outcomes: Mapping[str, Sequence[Outcome]], *, writers: Mapping[str, str] | None = None, seed: int = 0
) -> Report:
    """Compute every figure.

    Args:
        title: what was evaluated, for the heading.
        outcomes: by author, as `analyzer.evaluation.outcomes` makes them.
        writers: who wrote each author's notes, ``subject`` or ``manager``.
        seed: of the bootstrap.
    """
    rows = list(outcomes.values())
    everything = [one for row in rows for one in row]
    figures = {
        measure.name: figure(
            [measure.sums(row) for row in rows], measure.function, sum(map(measure.support, rows)), seed=seed
        )
        for measure in measures()
    }
    missed = [(one.author, one.gold) for one in everything if one.gold and not one.covered]
    return Report(
        title=title,
        items=sum(one.gold is not None for one in everything),
        authors=tuple(outcomes),
        figures=figures,
        by_author={name: _label_f1(row) for name, row in outcomes.items()},
        uncovered=tuple(f"{author}/{gold.path}:{gold.line}" for author, gold in missed),
        extra=sum(one.gold is None for one in everything),
        mistakes=tuple(_mistakes(everything)),
        by_kind=tuple(by_kind(outcomes, writers or {})),
        by_mistake=tuple(by_mistake(outcomes)),
        band=uncertain_band(outcomes),
    )


def _label_f1(outcomes: Sequence[Outcome]) -> dict[str, float | None]:
    scores = {label.value: float(f1(np.array([label_counts([label], outcomes)], dtype=float))[0]) for label in Label}
    return {name: None if np.isnan(score) else score for name, score in scores.items()}


def _mistakes(outcomes: Sequence[Outcome]) -> Iterator[Mistake]:
    for one in outcomes:
        for label in Label:
            if (label in one.truth) != (label in one.labels):
                yield Mistake(
                    author=one.author,
                    path=one.gold.path if one.gold else None,
                    line=one.gold.line if one.gold else None,
                    label=label,
                    kind="missing" if label in one.truth else "extra",
                    probability=one.confidence.get(label),
                    text=one.text,
                )


def _cells(one: Figure) -> tuple[str, str, str]:
    interval = "-" if one.low is None or one.high is None else f"{_number(one.low)} to {_number(one.high)}"
    return _number(one.value), interval, str(one.support)


def _number(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay out rows in columns: the first to the left, the others to the right."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    laid = [
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]
    return [laid[0].rstrip(), "-" * len(laid[0]), *(line.rstrip() for line in laid[1:])]
