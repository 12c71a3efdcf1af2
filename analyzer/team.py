"""Several people's notes: one folder a person, each read on its own, and one person's notes as a review a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from analyzer.dates import quarter_of, year_period
from analyzer.errors import AnalyzerError, NotesNotFoundError, NothingToReadError, SeveralPeopleError
from analyzer.grouping.calendar import held_dates
from analyzer.oneline import one_line
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.records import Review
from analyzer.rendering import STATE
from analyzer.settings import Curation, Settings

NO_FOLDER = "not read: it is in no report's folder"
LINK = "not read: it is a link, not a folder"
STRANGE = "not read: its name holds signs that cannot be shown, or nothing at all; rename it"


@dataclass(frozen=True, slots=True, kw_only=True)
class OneYear:
    """One person's review of one year, and what it was made of."""

    person: str
    review: Review
    labelled: Labelled
    settings: Settings

    @property
    def name(self) -> str:
        """The (fiscal) year, or the days where the period is another."""
        return year_name(self.review)


def years_of(labelled: Labelled, settings: Settings, curation: Curation | None = None, name: str = "") -> list[OneYear]:
    """Return a review for each (fiscal) year in which a meeting was held; for a period that was asked for, one.

    Args:
        labelled: one person's notes.
        settings: one run's settings.
        curation: what the user decided about lines and projects.
        name: whose notes they are, where these do not say it.

    Raises:
        AnalyzerError: no meeting lies inside the period.
    """
    chosen = [settings]
    if settings.period() is None:
        fiscal = settings.fiscal_year_start
        days = held_dates(labelled.meetings)
        years = sorted({int(quarter_of(day, fiscal).removeprefix("FY").split("-")[0]) for day in days})
        chosen = [settings.model_copy(update={"year": year}) for year in years] or [settings]
    reviews = [(review_of(labelled, one, curation), one) for one in chosen]
    return [
        OneYear(person=review.subject or name, review=review, labelled=labelled, settings=one)
        for review, one in reviews
    ]


def team_years(team: Path, settings: Settings) -> tuple[list[OneYear], list[tuple[str, str]]]:
    """Read a folder that holds one folder of notes for each person.

    Args:
        team: the folder.
        settings: one run's settings; whose notes a folder holds is taken from the notes, else from its name.

    Returns:
        Each person's years, by name, and what could not be read, each with the reason.

    Raises:
        AnalyzerError: the folder does not exist, or no person's notes could be read.
    """
    if not team.is_dir():
        raise NotesNotFoundError(team)
    unread = [(one.name, NO_FOLDER) for one in loose_files(team)]
    found: dict[str, list[OneYear]] = {}
    for folder in people_in(team):
        try:
            labelled, own = person_in(folder, settings)
            found[folder.name] = years_of(labelled, own, name=folder.name)
        except AnalyzerError as error:
            unread.append((folder.name, told(error, folder)))
    if not found:
        raise NothingToReadError([team], [f"{name}: {reason}" for name, reason in unread])
    return _told_apart(found), unread


def people_in(team: Path, out: Path | None = None) -> list[Path]:
    """Return the people's folders, by name; hidden ones and earlier outputs are passed over.

    Args:
        team: a folder with one folder a person.
        out: a folder that is written to, which is nobody's.
    """
    found = [one for one in team.iterdir() if one.is_dir() and not one.name.startswith(".")]
    kept = [one for one in found if not (one / STATE).is_file() and (out is None or one.resolve() != out.resolve())]
    return sorted(kept, key=lambda one: (one.name.casefold(), one.name))


def loose_files(team: Path) -> list[Path]:
    """Return the files that are in no person's folder."""
    return sorted(one for one in team.iterdir() if one.is_file() and not one.name.startswith("."))


def person_in(folder: Path, settings: Settings) -> tuple[Labelled, Settings]:
    """Read the notes of one folder; where they do not say whose they are, the folder's name does.

    Args:
        folder: one person's notes.
        settings: one run's settings.

    Returns:
        The notes, and the settings that they were read with.

    Raises:
        AnalyzerError: nothing could be read, or the folder is a link, which may lead to another person's notes.
    """
    if folder.is_symlink():
        raise AnalyzerError(LINK)
    if not folder.name.isprintable() or not folder.name.strip():
        raise AnalyzerError(STRANGE)
    named = settings.model_copy(update={"me": folder.name})
    try:
        labelled = extract([folder], settings)
    except SeveralPeopleError:
        return extract([folder], named), named
    if labelled.reading.roster.subject is None:
        return extract([folder], named), named
    return labelled, settings


def told(error: AnalyzerError, folder: Path) -> str:
    """Return what is wrong with a person's notes as one line that names no place of this machine."""
    return one_line(str(error).replace(f"{folder}/", "").replace(str(folder), folder.name))


def year_name(review: Review) -> str:
    """Return the (fiscal) year of a review, ``2025`` or ``FY2025``, or its days where the period is another."""
    last = review.end - timedelta(days=1)
    year = quarter_of(last, review.fiscal_start).split("-")[0]
    if (review.start, review.end) == year_period(int(year.removeprefix("FY")), review.fiscal_start):
        return year
    return f"{review.start} to {last}"


def _told_apart(found: Mapping[str, Sequence[OneYear]]) -> list[OneYear]:
    """Return all years; people of one name in several folders have the folder's name beside it."""
    names = Counter(name for years in found.values() for name in {one.person for one in years})
    apart = [
        one
        if names[one.person] == 1
        else OneYear(person=f"{one.person} ({folder})", review=one.review, labelled=one.labelled, settings=one.settings)
        for folder, years in found.items()
        for one in years
    ]
    return sorted(apart, key=lambda one: (one.person.casefold(), one.person, one.review.start))
