"""Reads a year of 1:1 notes on your own machine and says, with line numbers, what was done and what came of it.

    >>> import analyzer
    >>> year = analyzer.read("data/sample/data-scientist")
    >>> year.review.subject
    'Noor Haddad'
    >>> year.projects.loc[year.projects["impact"].idxmax(), "quadrant"] is not None
    True

Importing the package is instant: the language pipeline is loaded by `read`, pandas by the first table.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from altair.typing import ChartType

    from analyzer.records import Review

__all__ = ["Year", "read"]


def read(
    paths: str | PathLike[str] | Sequence[str | PathLike[str]],
    *,
    curation: str | PathLike[str] | None = None,
    **settings: Any,
) -> Year:
    """Read a person's 1:1 notes.

    Args:
        paths: a file or folder, or several.
        curation: a ``curation.toml`` with what was decided about single lines and projects, None for none.
        settings: as in a settings file: ``me``, ``manager``, ``year``, ``start``, ``end`` (days, both inclusive),
            ``fiscal_year_start`` (month, 1 to 12), ``day_first``, ``projects``, ``weights``.

    Returns:
        The review of the period, and its tables.

    Raises:
        analyzer.errors.AnalyzerError: a path is missing, a setting is unknown, nothing can be read, or no meeting lies in
            the period.
        ValueError: a setting has a value that it cannot have.
    """
    from pathlib import Path

    from analyzer.errors import UnknownKeyError
    from analyzer.pipeline import analyze
    from analyzer.settings import Settings, read_curation

    for name in settings:
        if name not in Settings.model_fields:
            raise UnknownKeyError("analyzer.read", name, Settings.model_fields)
    given = [paths] if isinstance(paths, str | PathLike) else paths
    decided = read_curation(Path(curation)) if curation is not None else None
    return Year(analyze([Path(path) for path in given], Settings.model_validate(settings), decided))


class Year:
    """A person's year: the review, and the same as tables, each made when it is first asked for."""

    def __init__(self, review: Review) -> None:
        self.review = review

    def __repr__(self) -> str:
        held = sum(meeting.kind == "held" for meeting in self.review.meetings)
        return f"<Year of {self.review.subject or 'somebody'}, {self.review.start} up to {self.review.end}: {held} meetings>"

    def chart(self, name: str, *, width: int = 720, dark: bool = False) -> ChartType:
        """Draw a chart, live in a notebook and without network.

        Args:
            name: ``effort-impact``, ``timeline``, ``quarters``, ``feedback``, ``calendar`` or ``slips``.
            width: pixels of the whole chart, 280 to 2000.
            dark: light marks on dark paper.

        Returns:
            An Altair chart, which can be changed and saved as any other.

        Raises:
            analyzer.errors.UnknownChartError: there is no such chart.
        """
        from analyzer.charting import for_notebook

        return for_notebook(name, self.review, width=width, dark=dark)

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """One row an item of the notes; see `analyzer.tables.evidence_table`."""
        from analyzer.tables import evidence_table

        return evidence_table(self.review)

    @cached_property
    def accomplishments(self) -> pd.DataFrame:
        """One row a finished thing; see `analyzer.tables.accomplishments_table`."""
        from analyzer.tables import accomplishments_table

        return accomplishments_table(self.review)

    @cached_property
    def projects(self) -> pd.DataFrame:
        """One row a project; see `analyzer.tables.projects_table`."""
        from analyzer.tables import projects_table

        return projects_table(self.review)

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """One row a dated meeting; see `analyzer.tables.meetings_table`."""
        from analyzer.tables import meetings_table

        return meetings_table(self.review)

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """One row a quarter of the period; see `analyzer.tables.quarters_table`."""
        from analyzer.tables import quarters_table

        return quarters_table(self.review)
