"""The next meeting's agenda: read the notes before it, draft, print, and put it into the running document where asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from analyzer.agenda_mark import read_mark, write_mark
from analyzer.checking import check
from analyzer.drafting import Cadence, cadence_of, draft_agenda
from analyzer.drafts import Draft
from analyzer.errors import NoDayError, NotInsertedError, OutputError
from analyzer.grouping.calendar import held_dates
from analyzer.inserting import WRITABLE, backup_ending, encoding_of, ends_in_text, inserted, write_into
from analyzer.jobs import links_from, problem_line
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.placing import alone_in
from analyzer.reading import lines_of, read_text
from analyzer.records import Document, Meeting, MeetingKind, Problem
from analyzer.rendering.agenda import agenda_lines, definitions
from analyzer.rendering.agenda_shape import Shape, dated, is_newest_first, shape_of
from analyzer.settings import Settings

YEAR = timedelta(days=365)
"""Notes before it are no matter for the next meeting."""
_CHECKS = ("no_effect", "complaint")
_PROBE = "- a line of one's own under the agenda"


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """An agenda and what happened to it."""

    text: str
    """What is printed: the agenda, or where it was put."""
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """What an agenda is laid out from."""

    labelled: Labelled
    draft: Draft
    day: date
    last: date
    document: Document
    """The running document: the one with the newest meeting."""
    remarks: tuple[str, ...]
    problems: tuple[Problem, ...]


def plan_agenda(notes: Sequence[Path], settings: Settings, day: date | None = None) -> Planned:
    """Draft the agenda of the next meeting as it can be pasted above the running document.

    Args:
        notes: files and folders.
        settings: one run's settings.
        day: the day of the meeting; only meetings before it count. None for the day that the cadence leads to.

    Raises:
        AnalyzerError: nothing could be read, no meeting lies before the day, or there is no cadence to find the day from.
    """
    plan = _plan(notes, settings, day)
    shape, above = _shape(plan), _line_above(plan.document)
    lines = agenda_lines(plan.draft, shape, after=plan.last, above=above, dates_only=False)
    known = {document.path: document.lines for document in plan.labelled.reading.documents}
    targets = definitions(plan.draft, known)
    text = "\n".join([*lines, *(["", *targets] if targets else []), ""])
    return Planned(text=text, remarks=plan.remarks, problems=plan.problems)


def write_agenda(notes: Sequence[Path], settings: Settings, day: date | None = None) -> Planned:
    """Put the agenda of the next meeting into the running document.

    Args:
        notes: files and folders.
        settings: one run's settings.
        day: as for `plan_agenda`.

    Raises:
        AnalyzerError: as for `plan_agenda`, or the document cannot be written to; nothing was changed then.
    """
    plan = _plan(notes, settings, day)
    document = plan.document
    file = plan.labelled.reading.files[document.path]
    if any(mark and mark.day == plan.day for mark in map(read_mark, document.lines)):
        with alone_in(file.parent):  # clears up after a run that was killed when it had put it in
            pass
        done = f"{document.path} has the agenda of {plan.day} already; nothing was written\n"
        return Planned(text=done, remarks=plan.remarks, problems=plan.problems)
    _refuse(plan, file)
    try:
        data = file.read_bytes()
        changed = lines_of(file) != document.lines  # the place was found in the lines as they were read
    except OSError:
        changed = True
    if changed:
        raise OutputError(Path(document.path), "it has changed since it was read; run the command again")
    encoding = encoding_of(data, document.repairs)
    shape, before = _shape(plan), _place(document)
    lines = agenda_lines(plan.draft, shape, after=plan.last, above=_line_above(document), dates_only=True)
    shown = [encoding.shown(line) for line in lines]
    if shown != lines:  # the comment holds the keys of the lines as they will stand there
        shown = _marked_again(plan, shown)
    rule = [shape.rule, ""] if shape.rule else []
    apart = [] if before is not None or not ends_in_text(data, encoding) else [""]
    block = [*shown, "", *rule] if before is not None else [*apart, *rule, *shown]
    try:
        offset, new = inserted(data, block, before, encoding)
    except UnicodeDecodeError as error:
        raise NotInsertedError(document.path, f"it is damaged: not all of it is {encoding.name.upper()}") from error
    kept = write_into(file, data, offset, new, backup=backup_ending(plan.day))
    where = f"above line {before}" if before is not None else "at the end"
    text = f"{document.path}: agenda of {plan.day} put in {where}; the file as it was is {kept.name}\n"
    return Planned(text=text, remarks=plan.remarks, problems=plan.problems)


def _plan(notes: Sequence[Path], settings: Settings, day: date | None) -> _Plan:
    labelled = extract(notes, settings)
    held = [one for one in held_dates(labelled.meetings) if day is None or one < day]
    if not held:
        raise NoDayError(
            "no meeting in the notes lies before the day of the agenda" if day else "the notes have no dated meeting"
        )
    cadence = cadence_of(held)
    if day is None and cadence is None:
        raise NoDayError("one meeting alone has no cadence that leads to the next one")
    chosen = day or (cadence.next if cadence else held[-1])
    review = review_of(labelled, _period(settings, held))
    found = {kind: [one.line.id for one in findings] for kind, findings in check(review).items() if kind in _CHECKS}
    draft = draft_agenda(review, chosen, found, links=links_from(labelled.reading.files, Path()))
    told = [_cadence_line(cadence)] if cadence and day is None else []
    return _Plan(
        labelled=labelled,
        draft=draft,
        day=chosen,
        last=held[-1],
        document=_running(labelled),
        remarks=(*told, *map(problem_line, review.problems)),
        problems=review.problems,
    )


def _period(settings: Settings, held: Sequence[date]) -> Settings:
    """Return settings for the year before the agenda, where the user did not say which period counts."""
    if settings.period() is not None:
        return settings
    return settings.model_copy(update={"start": held[-1] - YEAR, "end": held[-1]})


def _cadence_line(cadence: Cadence) -> str:
    usual = "every day" if cadence.days == 1 else f"every {cadence.days} days"
    weekday = "" if cadence.weekday is None else f", mostly on a {cadence.next:%A}"
    return f"you meet {usual}{weekday}: the next meeting is put on {cadence.next}; say another day with --date"


def _running(labelled: Labelled) -> Document:
    """Return the document with the newest meeting."""
    documents = labelled.reading.documents
    return max(
        documents, key=lambda one: (max((met.date for met in dated(one) if met.date), default=date.min), one.path)
    )


def _newest(document: Document) -> Meeting | None:
    return max(dated(document), key=lambda one: (one.date or date.min, -(one.source.start or 0)), default=None)


def _newest_day(document: Document) -> date:
    newest = _newest(document)
    return (newest.date if newest else None) or date.min


def _place(document: Document) -> int | None:
    """Return the line that the agenda goes above, None for the end of the document."""
    met = dated(document)
    newest = _newest(document)
    return newest.source.start if newest and is_newest_first(met) else None


def _line_above(document: Document) -> str | None:
    place = _place(document)
    return document.lines[place - 1] if place is not None and place <= len(document.lines) else None


def _shape(plan: _Plan) -> Shape:
    """Return the document's own shape, with ISO dates where a heading in its own form would not be read as that day."""
    shape = shape_of(plan.document)
    if _one_each(plan):
        return Shape()
    if plan.last < _newest_day(plan.document) or _reads_back(plan, shape):
        return shape
    return Shape(bullet=shape.bullet, section="**{}**", rule=shape.rule, newest_first=shape.newest_first)


def _one_each(plan: _Plan) -> bool:
    """Return whether each meeting has a file of its own, so that there is no running document."""
    documents = [one for one in plan.labelled.reading.documents if dated(one)]
    return len(documents) > 1 and len(dated(plan.document)) == 1


def _reads_back(plan: _Plan, shape: Shape) -> bool:
    """Return whether the document with the agenda's heading, and a line under it, has a meeting on that day and the old ones."""
    lines, place = list(plan.document.lines), _place(plan.document)
    at = place - 1 if place is not None else len(lines)
    lines[at:at] = ["", *shape.heading(plan.day), "", _PROBE, ""]
    document, _ = read_text(
        "\n".join(lines), path=plan.document.path, settings=Settings(day_first=plan.document.day_first)
    )
    days = [one.date for one in dated(document)]
    return sorted(day for day in days if day) == sorted(
        [plan.day, *(one.date for one in dated(plan.document) if one.date)]
    )


def _marked_again(plan: _Plan, lines: Sequence[str]) -> list[str]:
    return [write_mark(plan.day, plan.last, _line_above(plan.document), lines[1:]), *lines[1:]]


def _refuse(plan: _Plan, file: Path) -> None:
    """Refuse what cannot be written to, and say what to do instead."""
    document, path = plan.document, plan.document.path
    newest = _newest(document)
    if not file.is_file():
        in_archive = any(one.is_file() for one in file.parents)
        raise NotInsertedError(path, "it is in an archive" if in_archive else "it is not there any more")
    if file.suffix.lower() not in WRITABLE or document.places:
        raise NotInsertedError(
            path, f"a {file.suffix or 'file without a suffix'} cannot be written to, only Markdown and plain text"
        )
    if newest is None or newest.date is None or _one_each(plan):
        raise NotInsertedError(path, "each meeting has a file of its own, so there is no running document")
    if newest.date >= plan.day and newest.kind is not MeetingKind.CANCELLED:
        raise NotInsertedError(path, f"it has a meeting on {newest.date} already")
    first = document.lines[(newest.source.start or 1) - 1]
    if not newest.heading:
        raise NotInsertedError(path, "the date of its meeting stands in its name, so there is no running document")
    if first.lstrip().startswith("|"):
        raise NotInsertedError(path, "its meetings are rows of a table")
