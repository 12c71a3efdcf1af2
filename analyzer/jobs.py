"""What a command does beyond parsing and printing: from notes to files on disk."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from analyzer import charting
from analyzer.bounded_file import read_bounded
from analyzer.changes import changes_since
from analyzer.dates import quarter_of, year_period
from analyzer.drafting import draft_effort_impact, draft_self_review
from analyzer.drafting.desk import desk_for
from analyzer.errors import BadFileError, OtherLevelError
from analyzer.forms import Form, draft_form, read_form
from analyzer.grouping.calendar import period_of
from analyzer.oneline import one_line
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.reading import EARLIER, NO_NOTES, OTHERS, PRIVATE
from analyzer.records import Document, MeetingKind, Problem, Review, Roster, Source
from analyzer.rendering import (
    DEFAULT_FORMATS,
    WriteReport,
    curation_template,
    evidence_csv,
    evidence_jsonl,
    lay_out,
    review_to_dict,
    review_to_json,
    write_outputs,
    write_together,
)
from analyzer.settings import Curation, Settings, read_curation
from analyzer.sharing import Roles, names_left, notice, roles_for, with_notice

CURATION, REVIEW, PROBLEMS, REPORT = "curation.toml", "review.json", "problems.txt", "report.html"
LARGEST_REVIEW = 200_000_000
"""Bytes of an earlier review that is looked at: ten years have a tenth of it."""
SHOWN_PROBLEMS = 5
"""Problems that the summary names; all of them stand in problems.txt."""
SHOWN_WORDS = 20
"""Words that may be names, as the summary lists them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The review that was written, and what happened to each file."""

    review: Review
    report: WriteReport
    charts: WriteReport | None = None
    """What happened to the files of the charts, None where none were asked for."""
    left_out: str = ""
    """The meetings outside the period in one line, '' if there are none."""
    changes: tuple[str, ...] = ()
    """What is new, changed and gone since the last run into this folder."""
    sharing: tuple[str, ...] = ()
    """For whom it was made and what was left out, for the screen."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What went wrong with the input."""
        return problems_of(self.review)

    @property
    def unread(self) -> bool:
        """Whether notes could not be read; that an earlier output was passed over is no such thing."""
        return unread(self.problems)

    def summary(self) -> Iterator[str]:
        """Yield the short summary that a run ends in."""
        review, folder = self.review, self.report.folder
        held = sum(meeting.kind is MeetingKind.HELD for meeting in review.meetings)
        told = desk_for(review).review.accomplishments  # those that the drafts tell
        effects = sum(bool(claim.effects) for claim in told)
        yield (
            f"{_count(held, 'meeting')}, {_count(len(review.projects), 'project')}, "
            f"{_count(len(told), 'finished piece')} of work, {effects} of them with an effect on record, "
            f"{_count(len(review.questions_to_you), 'question')} to you"
        )
        if self.left_out:
            yield f"  {self.left_out}"
        for line in (*self.sharing, *self.changes):
            yield f"  {line}"
        for name in (*self.report.written, *self.report.unchanged):
            yield f"  {folder / name}"
        for line in chart_lines(self.charts):
            yield f"  {line}"
        for note in self.report.notes:
            yield f"  {note}"
        for problem in self.problems[:SHOWN_PROBLEMS]:
            mark = "note" if PRIVATE in problem.message or problem.message == NO_NOTES else "problem"
            yield f"  {mark}: {problem_line(problem)}"
        if len(self.problems) > SHOWN_PROBLEMS:
            where = "" if review.shared else f", see {folder / PROBLEMS}"
            yield f"  and {len(self.problems) - SHOWN_PROBLEMS} more{where}"


def write_review(
    notes: Sequence[Path],
    settings: Settings,
    out: Path | None = None,
    *,
    formats: Sequence[str] = DEFAULT_FORMATS,
    forms: Sequence[str] = (),
    report: bool = True,
    charts: Path | None = None,
    chart_formats: Sequence[str] = ("svg",),
    curation: Path | None = None,
    labelled: Labelled | None = None,
) -> Written:
    """Write the review of a person's notes.

    Args:
        notes: files and folders.
        settings: one run's settings.
        out: the folder to write to, None for ``review-<subject>-<year>`` here.
        formats: those that the drafts are written in, keys of `analyzer.rendering.FORMATS`.
        forms: forms to fill in too, each a name of one that is shipped or a path.
        report: whether the report page is written too.
        charts: the folder that the charts are written to, None for no charts.
        chart_formats: ``svg``, ``png`` or both.
        curation: the user's decisions, None for ``curation.toml`` in the folder.
        labelled: the notes, where they have been read with these settings; None to read them.

    Returns:
        The review and what happened to each file.

    Raises:
        AnalyzerError: a call that cannot be carried out; nothing was written then.
    """
    wanted = _forms(forms)
    labelled = labelled or extract(notes, settings)
    folder = out or Path(folder_name(labelled, settings))
    if (folder / REVIEW).is_file():
        same_level(folder, settings)
    decided = curation or (folder / CURATION if (folder / CURATION).is_file() else None)
    review = review_of(labelled, settings, read_curation(decided) if decided else Curation())
    roles = roles_of_run(labelled, settings)
    links, lines = cited_from(labelled, folder, roles)
    cited = _evidence_named(review)
    left_out = left_out_line(labelled, review, settings)
    drafts = {
        "self-review": draft_self_review(review, by=settings.by, links=links),
        "effort-impact": draft_effort_impact(review, settings, links=links),
        **{f"form-{name}": draft_form(review, form, links=links) for name, form in wanted.items()},
    }
    drafts = {name: with_notice(draft, review.shared) for name, draft in drafts.items()}
    files = {
        **lay_out(drafts, formats, lines),
        REVIEW: review_to_json(review),
        "evidence.jsonl": evidence_jsonl(cited, everything=True),
        "evidence.csv": evidence_csv(cited, everything=True),
    }
    if review.shared is None:  # these two are for the owner of the notes
        files[PROBLEMS] = problems_text(review, left_out, labelled.reading.documents)
        files[CURATION] = curation_template(review)
    if report and review.shared is None:  # the page opens the lines around each cited one
        files[REPORT] = report_page(labelled, review, folder, left_out)
    names_left(files, roles)
    changes = _changes(folder / REVIEW, review)
    drawn = charting.files(review, chart_formats) if charts else {}
    names_left(drawn, roles)
    written, *pictures = write_together([(folder, files), *([(charts, drawn)] if charts else [])])
    return Written(
        review=review,
        report=written,
        charts=pictures[0] if pictures else None,
        left_out=left_out,
        changes=changes,
        sharing=tuple(sharing_lines(review)),
    )


def chart_lines(charts: WriteReport | None) -> Iterator[str]:
    """Yield what a run says about the files of its charts."""
    if charts is not None:
        yield from (str(charts.folder / name) for name in (*charts.written, *charts.unchanged))
        yield from charts.notes


def same_level(folder: Path, settings: Settings) -> None:
    """Refuse a folder whose outputs were made for another reader: they would be handed on together.

    Raises:
        OtherLevelError: it is one.
    """
    try:
        known = json.loads(read_bounded(folder / REVIEW, LARGEST_REVIEW)).get("sharing") or {}
        there = (known.get("level", "self"), known.get("names_replaced", "none") == "all")
    except (BadFileError, ValueError, AttributeError, RecursionError):
        return
    if there != (settings.share, settings.redacts):
        raise OtherLevelError(folder, f"--share {there[0]}{' --redact' if there[1] else ''}")


def roles_of_run(labelled: Labelled, settings: Settings) -> Roles | None:
    """Return who is replaced by what in a run's outputs, None where names stand."""
    if not (settings.redacts or settings.share == "public"):
        return None
    items = [one.item for one in labelled.evidence]
    return roles_for(items, labelled.reading.documents, labelled.reading.roster, settings)[1]


def cited_from(
    labelled: Labelled, folder: Path, roles: Roles | None
) -> tuple[dict[str, str], dict[str, Sequence[str]]]:
    """Return where each cited document is as seen from a folder, and its lines; with roles both without a name.

    With roles no way leads to the files: it would hold the names of folders.
    """
    documents = labelled.reading.documents
    if roles is None:
        return links_from(labelled.reading.files, folder), {one.path: one.lines for one in documents}
    paths = {one.path: roles.path(one.path) for one in documents}
    return {path: path for path in paths.values()}, {
        paths[one.path]: list(map(roles.text, one.lines)) for one in documents
    }


def problems_of(review: Review) -> tuple[Problem, ...]:
    """Return what went wrong with the input, also of a review that is handed on and keeps it to itself."""
    return review.shared.problems if review.shared else review.problems


def sharing_lines(review: Review) -> Iterator[str]:
    """Yield for the owner's screen for whom a review was made, what was left out and which words are not known as names."""
    if review.shared is None:
        return
    yield notice(review.shared)
    if unsure := review.shared.unsure:
        words = ", ".join(unsure[:SHOWN_WORDS]) + (" …" if len(unsure) > SHOWN_WORDS else "")
        yield f"words that may be names: {words}; say may_stand or redact in the settings file, see docs/privacy.md"


def report_page(
    labelled: Labelled, review: Review, folder: Path, left_out: str = "", *, for_manager: bool = False
) -> str:
    """Return the report page on a review.

    Args:
        labelled: what was read.
        review: its review.
        folder: where the page will stand, which its links start from.
        left_out: the line about meetings outside the period, '' if there are none.
        for_manager: whether the manager reads it.
    """
    from analyzer.page import render_report  # noqa: PLC0415 - a run without the page does without its room

    return render_report(
        review,
        documents=labelled.reading.documents,
        links=links_from(labelled.reading.files, folder),
        remarks=[*([left_out] if left_out else []), *map(problem_line, review.problems)],
        for_manager=for_manager,
    )


def _changes(earlier: Path, review: Review) -> tuple[str, ...]:
    """Return what changed since an earlier review, nothing where there is none that can be read."""
    try:
        text = read_bounded(earlier, LARGEST_REVIEW).decode("utf-8")
    except (BadFileError, UnicodeDecodeError):
        return ()
    return tuple(changes_since(text, review))


def _forms(given: Sequence[str]) -> dict[str, Form]:
    """Read the forms that are asked for; two that would be written under one name are an error."""
    wanted: dict[str, Form] = {}
    for one in given:
        name, form = read_form(one)
        if wanted.setdefault(name, form) != form:
            raise BadFileError(one, "", f"another form is called '{name}' too; rename the file")
    return wanted


def write_tables(notes: Sequence[Path], settings: Settings, formats: Sequence[str], out: Path | None = None) -> Written:
    """Write the tables of a person's notes as files.

    Args:
        notes: files and folders.
        settings: one run's settings.
        formats: keys of `analyzer.tables.FORMATS`.
        out: the folder to write to, None for ``tables-<subject>-<year>`` here. Decisions in a ``curation.toml`` there hold.

    Raises:
        AnalyzerError: a call that cannot be carried out; nothing was written then.
    """
    from analyzer.tables import TABLES, table, table_files  # noqa: PLC0415 - pandas is loaded for these alone

    labelled = extract(notes, settings)
    folder = out or Path(folder_name(labelled, settings, "tables"))
    curation = read_curation(folder / CURATION) if (folder / CURATION).is_file() else Curation()
    review = review_of(labelled, settings, curation)
    left_out = left_out_line(labelled, review, settings)
    files: dict[str, str | bytes] = {
        **table_files({name: table(name, review) for name in TABLES}, formats),
        PROBLEMS: problems_text(review, left_out, labelled.reading.documents),
    }
    return Written(review=review, report=write_outputs(folder, files), left_out=left_out)


def read_evidence(notes: Sequence[Path], settings: Settings, curation: Path | None = None) -> tuple[Review, list[str]]:
    """Read a person's notes for what is printed and not written.

    Args:
        notes: files and folders.
        settings: one run's settings.
        curation: the user's decisions, None for none.

    Returns:
        The review, and what there is to say about the reading, a line each.

    Raises:
        AnalyzerError: a path is missing, nothing could be read, or no meeting lies inside the period.
    """
    decided = read_curation(curation) if curation else None
    labelled = extract(notes, settings)
    review = review_of(labelled, settings, decided)
    left_out = left_out_line(labelled, review, settings)
    return review, [*sharing_lines(review), *([left_out] if left_out else []), *map(problem_line, problems_of(review))]


def unread(problems: Sequence[Problem]) -> bool:
    """Return whether anything could not be read; what was passed over on purpose is no such thing."""
    return any(
        not problem.message.startswith((EARLIER, NO_NOTES, OTHERS)) and PRIVATE not in problem.message
        for problem in problems
    )


def left_out_line(labelled: Labelled, review: Review, settings: Settings) -> str:
    """Return one line that says how many meetings lie outside the period and in which years, '' if none does."""
    held = [one.date for one in labelled.meetings if one.kind is MeetingKind.HELD and one.date is not None]
    fiscal = settings.fiscal_year_start
    outside = Counter(_year(day, fiscal) for day in held if not review.start <= day < review.end)
    if not outside:
        return ""
    inside = len(held) - outside.total()
    where = f"from {review.start} up to, not including, {review.end}"
    last = review.end - timedelta(days=1)
    if (review.start, review.end) == year_period(last.year, fiscal):
        where = f"in {_year(last, fiscal)}"
    years = ", ".join(f"{year}: {number}" for year, number in sorted(outside.items()))
    lie, were = ("lies" if inside == 1 else "lie"), ("was" if outside.total() == 1 else "were")
    rest = "the other" if outside.total() == 1 else "the others"
    return f"{inside} of {_count(len(held), 'meeting')} {lie} {where}; {rest} ({years}) {were} left out, choose with --year"


def problem_line(problem: Problem) -> str:
    """Return a problem as one line: file, line number if there is one, and what is wrong."""
    return one_line(f"{problem.path}{f':{problem.line}' if problem.line else ''}: {problem.message}")


def problems_text(review: Review, left_out: str = "", documents: Sequence[Document] = ()) -> str:
    """Return the list of problems, of what was repaired, and of the lines that were left out by their form, as plain text."""
    problems = [*([left_out] if left_out else []), *map(problem_line, review.problems)] or ["none"]
    ignored = [f"{_where(one.source)}: {one.reason}" for one in review.ignored] or ["none"]
    repaired = [f"{one.path}: {', '.join(one.repairs)}" for one in documents if one.repairs]
    parts = [("Problems", problems), ("Repaired before reading", repaired), ("Lines that are no items", ignored)]
    return "\n".join(line for title, lines in parts if lines for line in (title, "", *lines, ""))


def _where(source: Source) -> str:
    return f"{source.path}, {source.locator}" if source.locator else f"{source.path}:{source.start}"


def _evidence_named(review: Review) -> Review:
    """Leave out the evidence that has no label and that the review names nowhere, so that every id in it resolves."""
    named = set(_strings(review_to_dict(review)))
    return replace(review, evidence=tuple(one for one in review.evidence if one.labels or one.id in named))


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def folder_name(labelled: Labelled, settings: Settings, job: str = "review") -> str:
    """Return the folder that a job writes to where none is given: "review-noor-haddad-2025"."""
    roster: Roster = labelled.reading.roster
    start, _ = period_of(labelled.meetings, settings)
    year = _year(start, settings.fiscal_year_start)
    subject = re.sub(r"[^\w]+", "-", (settings.me or roster.subject or "").lower()).strip("-")
    subject = "" if settings.redacts else subject
    reader = settings.share if settings.share != "self" else ""
    return "-".join(
        part for part in (job, subject, year.lower(), reader, "redacted" if settings.redacts else "") if part
    )


def _year(day: date, fiscal_start: int) -> str:
    return quarter_of(day, fiscal_start).split("-")[0]


def links_from(files: Mapping[str, Path], folder: Path) -> dict[str, str]:
    """Return each document's file as seen from the output folder, which is how links in a draft lead to it."""
    start = folder.resolve()
    return {path: _way(file.resolve(), start) for path, file in files.items()}


def way_from(folder: Path, file: Path) -> str:
    """Return the way from a folder to a file or folder, which leads there wherever both are moved to together."""
    return _way(file.resolve(), folder.resolve())


def _way(file: Path, start: Path) -> str:
    """Return the way to a file; a file that no relative path leads to (another drive) keeps its whole path."""
    if file.anchor != start.anchor:
        return file.as_posix()
    return Path(os.path.relpath(file, start)).as_posix()


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


__all__ = [
    "CURATION",
    "Written",
    "chart_lines",
    "cited_from",
    "folder_name",
    "left_out_line",
    "links_from",
    "problem_line",
    "problems_of",
    "read_evidence",
    "report_page",
    "roles_of_run",
    "same_level",
    "sharing_lines",
    "unread",
    "way_from",
    "write_review",
    "write_tables",
]
