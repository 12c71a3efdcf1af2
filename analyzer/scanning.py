"""The manager's pages: one person's notes to one page, and a folder of reports to a page each and one table.

Each report's notes are read on their own, so that nothing of one person's can reach another's page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from analyzer import charting
from analyzer.drafting import Row, Unread, draft_scan, draft_team, team_row
from analyzer.errors import AnalyzerError, NotesNotFoundError, NothingToReadError
from analyzer.jobs import (
    CURATION,
    REPORT,
    chart_lines,
    cited_from,
    folder_name,
    left_out_line,
    problem_line,
    problems_of,
    report_page,
    roles_of_run,
    sharing_lines,
    unread,
)
from analyzer.oneline import one_line
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.records import Review
from analyzer.rendering import WriteReport, render_markdown, write_together
from analyzer.settings import Settings, read_curation
from analyzer.sharing import Roles, names_left, with_notice
from analyzer.team import NO_FOLDER, loose_files, people_in, person_in, told

PAGE = "scan.md"
TABLE = "team.md"
TEAM_FOLDER = "scan-team"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanned:
    """What happened to each file, and what there is to say about the reading."""

    report: WriteReport
    remarks: tuple[str, ...]
    unread: bool
    """Whether notes could not be read."""
    charts: tuple[WriteReport, ...] = ()
    """What happened to the files of the charts, of each report."""

    def summary(self) -> Iterator[str]:
        """Yield what a run ends in."""
        for name in (*self.report.written, *self.report.unchanged):
            yield str(self.report.folder / name)
        for charts in self.charts:
            yield from chart_lines(charts)
        for remark in (*self.report.notes, *self.remarks):
            yield f"  {remark}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One person's notes, read."""

    labelled: Labelled
    review: Review
    remarks: tuple[str, ...]
    roles: Roles | None
    left_out: str = ""

    def report(self, folder: Path) -> str | None:
        """Return the report page; None for a review that is handed on: the page opens the lines around each cited one."""
        if self.review.shared is not None:
            return None
        return report_page(self.labelled, self.review, folder, self.left_out, for_manager=True)

    def page(self, folder: Path) -> str:
        links, lines = cited_from(self.labelled, folder, self.roles)
        page = render_markdown(with_notice(draft_scan(self.review, links=links), self.review.shared), lines)
        names_left({PAGE: page}, self.roles)
        return page

    def drawn(self, formats: Sequence[str]) -> dict[str, bytes]:
        """Return the charts of the year as files."""
        files = charting.files(self.review, formats)
        names_left(files, self.roles)
        return files


def write_scan(
    notes: Sequence[Path],
    settings: Settings,
    out: Path | None = None,
    *,
    report: bool = True,
    charts: Path | None = None,
    chart_formats: Sequence[str] = ("svg",),
    curation: Path | None = None,
) -> Scanned:
    """Write the manager's pages on one report's year: one to read, and one to look things up in.

    Args:
        notes: files and folders of one person's notes.
        settings: one run's settings.
        out: the folder to write to, None for ``scan-<subject>-<year>`` here. Decisions in a ``curation.toml`` there hold.
        report: whether the report page is written too.
        charts: the folder that the charts are written to, None for no charts.
        chart_formats: ``svg``, ``png`` or both.
        curation: the decisions, where they stand somewhere else.

    Raises:
        AnalyzerError: a call that cannot be carried out; nothing was written then.
    """
    labelled = extract(notes, settings)
    folder = out or Path(folder_name(labelled, settings, "scan"))
    read = _read(labelled, settings, curation or folder / CURATION)
    drawn = {charts: read.drawn(chart_formats)} if charts else {}
    whole = read.report(folder) if report else None
    files = {PAGE: read.page(folder), **({REPORT: whole} if whole else {})}
    done, *pictures = write_together([(folder, files), *drawn.items()])
    return Scanned(report=done, remarks=read.remarks, unread=unread(problems_of(read.review)), charts=tuple(pictures))


def write_team(
    team: Path,
    settings: Settings,
    out: Path | None = None,
    *,
    report: bool = True,
    charts: Path | None = None,
    chart_formats: Sequence[str] = ("svg",),
) -> Scanned:
    """Write the pages of each report and one table, ordered by name.

    Args:
        team: a folder that holds one folder of notes for each report.
        settings: one run's settings; whose notes a folder holds is taken from the notes, else from its name.
        out: the folder to write to, None for ``scan-team`` here.
        report: whether the report pages are written too.
        charts: the folder in which each report has a folder of charts, named as the page is; None for no charts.
        chart_formats: ``svg``, ``png`` or both.

    Raises:
        AnalyzerError: the folder does not exist, or no report's notes could be read; nothing was written then.
    """
    if not team.is_dir():
        raise NotesNotFoundError(team)
    named = not (settings.redacts or settings.share == "public")
    folder = out or Path("-".join([TEAM_FOLDER, *([settings.share] if settings.share != "self" else [])]))
    files: dict[str, str] = {}
    rows: list[Row] = []
    lost = [Unread(name=one_line(one.name), reason=NO_FOLDER) for one in loose_files(team)]
    remarks: list[str] = []
    drawn: dict[Path, dict[str, bytes]] = {}
    incomplete = False
    for number, person in enumerate(people_in(team, folder), start=1):
        read = _attempt(person, settings)
        name = person.name if named else f"Report {number}"
        if isinstance(read, Unread):
            lost.append(read)
            continue
        page = _page_name(name, files)
        files[page] = read.page(folder)
        if report and (whole := read.report(folder)):
            files[page.replace("scan-", "report-", 1).removesuffix(".md") + ".html"] = whole
        if charts:
            drawn[charts / Path(page).stem] = read.drawn(chart_formats)
        rows.append(team_row(read.review, (named and read.review.subject) or name, page))
        remarks += [f"{person.name}: {remark}" for remark in read.remarks]
        incomplete |= unread(problems_of(read.review))
    if not rows:
        raise NothingToReadError([team], [f"{one.name}: {one.reason}" for one in lost])
    shown = lost if named else [Unread(name=f"Unread {at}", reason="not read") for at, _ in enumerate(lost, start=1)]
    files[TABLE] = render_markdown(draft_team(rows, shown))
    remarks += [f"{one.name}: {one.reason}" for one in lost]
    done, *pictures = write_together([(folder, dict(sorted(files.items()))), *drawn.items()])
    return Scanned(report=done, remarks=tuple(remarks), unread=bool(lost) or incomplete, charts=tuple(pictures))


def _read(labelled: Labelled, settings: Settings, decided: Path | None) -> _Read:
    curation = read_curation(decided) if decided and decided.is_file() else None
    review = review_of(labelled, settings, curation)
    left_out = left_out_line(labelled, review, settings)
    remarks = (
        *sharing_lines(review),
        *([left_out] if left_out else []),
        *map(problem_line, problems_of(review)),
    )
    roles = roles_of_run(labelled, settings)
    return _Read(labelled=labelled, review=review, remarks=remarks, roles=roles, left_out=left_out)


def _attempt(person: Path, settings: Settings) -> _Read | Unread:
    """Read one report's notes; what is wrong with them is a line and does not stop the others."""
    try:
        labelled, own = person_in(person, settings)
        return _read(labelled, own, None)
    except AnalyzerError as error:
        return Unread(name=one_line(person.name), reason=told(error, person))


def _page_name(name: str, taken: dict[str, str]) -> str:
    """Return a file name for a report's page that no other report has, also where case makes no difference."""
    stem = "scan-" + (re.sub(r"[^\w]+", "-", name.casefold()).strip("-") or "report")
    number, page = 1, f"{stem}.md"
    while page in taken:
        number += 1
        page = f"{stem}-{number}.md"
    return page
