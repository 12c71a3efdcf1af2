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

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from functools import cached_property
from os import PathLike
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd
    from altair.typing import ChartType

    from analyzer.pipeline import Labelled
    from analyzer.records import Review
    from analyzer.settings import Curation, Settings
    from analyzer.showing import ShownDraft
    from analyzer.team import OneYear

__all__ = ["Team", "Year", "read", "read_team", "read_years"]

Paths = str | PathLike[str] | Sequence[str | PathLike[str]]


def read(paths: Paths, *, curation: str | PathLike[str] | None = None, **settings: Any) -> Year:
    """Read a person's 1:1 notes.

    Args:
        paths: a file or folder, or several.
        curation: a ``curation.toml`` with what was decided about single lines and projects, None for none.
        settings: as in a settings file: ``me``, ``manager``, ``year``, ``start``, ``end`` (days, both inclusive),
            ``fiscal_year_start`` (month, 1 to 12), ``day_first``, ``projects``, ``weights``.

    Returns:
        The review of the period, its tables and drafts.

    Raises:
        analyzer.errors.AnalyzerError: a path is missing, a setting is unknown, nothing can be read, or no meeting lies in
            the period.
        ValueError: a setting has a value that it cannot have.
    """
    from analyzer.pipeline import extract, review_of

    chosen = _settings("analyzer.read", settings)
    labelled = extract(_paths(paths), chosen)
    return _year(review_of(labelled, chosen, _decided(curation)), chosen, labelled)


def read_years(paths: Paths, *, curation: str | PathLike[str] | None = None, **settings: Any) -> Team:
    """Read one person's notes of several years: a review for each (fiscal) year in which a meeting was held.

    Args:
        paths: as of `read`.
        curation: as of `read`.
        settings: as of `read`; where a period is given, that is the only one.

    Raises:
        analyzer.errors.AnalyzerError: as of `read`.
        ValueError: a setting has a value that it cannot have.
    """
    from analyzer.pipeline import extract
    from analyzer.team import years_of

    chosen = _settings("analyzer.read_years", settings)
    return Team(years_of(extract(_paths(paths), chosen), chosen, _decided(curation)))


def read_team(folder: str | PathLike[str], **settings: Any) -> Team:
    """Read a folder that holds one folder of notes for each person, each on its own, and each (fiscal) year of them.

    Args:
        folder: the folder; notes in it that cannot be read are told in ``unread`` and do not stop the rest.
        settings: as of `read`, without ``me``, which is taken from the notes, else from the folder's name.

    Raises:
        analyzer.errors.AnalyzerError: the folder is missing, a setting is unknown, or no person's notes can be read.
        ValueError: a setting has a value that it cannot have.
    """
    from pathlib import Path

    from analyzer.team import team_years

    if "me" in settings:
        raise ValueError("me names one person: of a team, the notes or the folders' names say whose they are")
    return Team(*team_years(Path(folder), _settings("analyzer.read_team", settings)))


class _Tables(ABC):
    """The tables by name, each made when it is first asked for; docs/tables.md describes their columns."""

    @abstractmethod
    def table(self, name: str) -> pd.DataFrame:
        """Return a table by its name, a key of `analyzer.tables.TABLES`."""

    @cached_property
    def items(self) -> pd.DataFrame:
        """One row an item of the notes, with or without a label."""
        return self.table("items")

    @cached_property
    def evidence(self) -> pd.DataFrame:
        """One row an item that has a label, with its probabilities."""
        return self.table("evidence")

    @cached_property
    def accomplishments(self) -> pd.DataFrame:
        """One row a finished piece of work."""
        return self.table("accomplishments")

    @cached_property
    def effects(self) -> pd.DataFrame:
        """One row an effect, as one line reports it."""
        return self.table("effects")

    @cached_property
    def projects(self) -> pd.DataFrame:
        """One row a project, with its points for effort and impact."""
        return self.table("projects")

    @cached_property
    def meetings(self) -> pd.DataFrame:
        """One row a dated meeting, held or cancelled."""
        return self.table("meetings")

    @cached_property
    def quarters(self) -> pd.DataFrame:
        """One row a quarter of the period, also one without notes."""
        return self.table("quarters")

    @cached_property
    def feedback(self) -> pd.DataFrame:
        """One row a piece of feedback, received or given."""
        return self.table("feedback")

    def check(self) -> pd.DataFrame:
        """Return what would make the record stronger, one row each with its line and a question, most useful kinds first."""
        return self.table("checks")


class Year(_Tables):
    """A person's year: the review, and the same as tables and drafts, each made when it is first asked for."""

    def __init__(
        self,
        review: Review,
        settings: Settings | None = None,
        links: Mapping[str, str] | None = None,
        lines: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.review = review
        self._settings = settings
        self._links = links or {}
        self._lines = lines or {}

    def __repr__(self) -> str:
        held = sum(meeting.kind == "held" for meeting in self.review.meetings)
        return f"<Year of {self.review.subject or 'somebody'}, {self.review.start} up to {self.review.end}: {held} meetings>"

    def _repr_html_(self) -> str:
        from analyzer.rendering import year_card

        return year_card(self.review)

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

    def table(self, name: str) -> pd.DataFrame:
        """Return a table by its name, a key of `analyzer.tables.TABLES`; docs/tables.md describes the columns."""
        from analyzer.tables import table

        return table(name, self.review)

    def draft(self, name: str = "self-review") -> ShownDraft:
        """Return a draft, which a notebook shows laid out and ``str()`` gives as Markdown.

        Args:
            name: ``self-review``, ``effort-impact``, ``scan``, the name of a form that is shipped, or a form's path.

        Raises:
            analyzer.errors.AnalyzerError: there is no such draft or form.
        """
        from analyzer.settings import Settings
        from analyzer.showing import shown_draft

        return shown_draft(name, self.review, self._settings or Settings(), self._links, self._lines)


class Team(_Tables):
    """The years of several people, or several years of one: tables of all, with ``person`` and ``year`` in front.

    The rows are in the order of names and years: nothing here orders people by what they did.
    """

    def __init__(self, years: Sequence[OneYear], unread: Sequence[tuple[str, str]] = ()) -> None:
        self._years = tuple(years)
        self._unread = tuple(unread)

    def __repr__(self) -> str:
        return f"<Team: {', '.join(f'{one.person} {one.name}' for one in self._years)}; {len(self._unread)} not read>"

    def _repr_html_(self) -> str:
        from analyzer.rendering import years_card

        return years_card([(one.person, one.name, one.review) for one in self._years], self._unread)

    @property
    def people(self) -> tuple[str, ...]:
        """The people whose notes were read, by name."""
        return tuple(dict.fromkeys(one.person for one in self._years))

    def year(self, person: str, name: str | int | None = None) -> Year:
        """Return one person's year.

        Args:
            person: one of `people`.
            name: the (fiscal) year as the tables have it, None for the last.

        Raises:
            analyzer.errors.AnalyzerError: there is no such person or year.
        """
        from analyzer.errors import UnknownNameError

        own = {one.name: one for one in self._years if one.person == person}
        if not own:
            raise UnknownNameError("person", person, self.people)
        wanted = str(name) if name is not None else list(own)[-1]
        if wanted not in own:
            raise UnknownNameError("year", wanted, own)
        return _year(own[wanted].review, own[wanted].settings, own[wanted].labelled)

    @cached_property
    def unread(self) -> pd.DataFrame:
        """One row for each folder or file that could not be read, with the reason."""
        from analyzer.tables import unread_table

        return unread_table(self._unread)

    def table(self, name: str) -> pd.DataFrame:
        """Return a table by its name, a key of `analyzer.tables.TABLES`."""
        from analyzer.tables import table_of_many

        return table_of_many(name, [(one.person, one.name, one.review) for one in self._years])


def _year(review: Review, settings: Settings, labelled: Labelled) -> Year:
    from pathlib import Path

    from analyzer.jobs import links_from

    lines = {document.path: document.lines for document in labelled.reading.documents}
    return Year(review, settings, links_from(labelled.reading.files, Path()), lines)


def _settings(call: str, given: Mapping[str, Any]) -> Settings:
    from analyzer.errors import UnknownKeyError
    from analyzer.settings import Settings

    for name in given:
        if name not in Settings.model_fields:
            raise UnknownKeyError(call, name, Settings.model_fields)
    return Settings.model_validate(given)


def _paths(given: Paths) -> list[Any]:
    from pathlib import Path

    return [Path(path) for path in ([given] if isinstance(given, str | PathLike) else given)]


def _decided(curation: str | PathLike[str] | None) -> Curation | None:
    from pathlib import Path

    from analyzer.settings import read_curation

    return read_curation(Path(curation)) if curation is not None else None
