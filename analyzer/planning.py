"""The packet for a 1:1 about a performance plan: notes and a plan to a draft in three formats and a tracker that lives on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from analyzer.errors import BadFileError, BadPeriodError, NoMeetingError
from analyzer.grouping.calendar import held_dates
from analyzer.jobs import CURATION, folder_name, links_from, problem_line, unread
from analyzer.pipeline import Labelled, extract, review_of
from analyzer.records import Problem
from analyzer.rendering import WriteReport, lay_out, write_outputs
from analyzer.settings import Settings, read_curation
from analyzer.turnaround import WINDOW_DAYS, draft_packet, papers_for, read_plan
from analyzer.turnaround.papers import Papers, way_to
from analyzer.turnaround.tracker import BASE, NAME, merged, tracker_text

PACKET = "turnaround"
FORMATS = ("md", "docx", "html")
YEAR_BACK = 366
"""Days before the talk that are read where no period is given: root causes are older than the window."""
_SPAN = re.compile(r"(\d{1,4})\s?([dw]?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Packet:
    """What happened to each file, and what there is to say about the reading."""

    report: WriteReport
    papers: Papers
    problems: tuple[Problem, ...]

    @property
    def unread(self) -> bool:
        """Whether notes could not be read."""
        return unread(self.problems)

    def summary(self) -> Iterator[str]:
        """Yield what a run ends in."""
        gaps = self.papers.gaps
        figures = sum(gap.met is not None for gap in gaps)
        yield (
            f"{_count(len(gaps), 'criterion', 'criteria')}, {figures} with a figure to hold against the target, "
            f"{sum(bool(gap.met) for gap in gaps)} met by it; {_count(len(self.papers.examples), 'example')} of impact of 3, "
            f"{_count(len(self.papers.file.plan.commitment), 'commitment')}"
        )
        for name in (*self.report.written, *self.report.unchanged):
            if not name.startswith("."):
                yield f"  {self.report.folder / name}"
        for note in self.report.notes:
            yield f"  {note}"
        for problem in self.problems:
            yield f"  {problem_line(problem)}"


def write_turnaround(
    notes: Sequence[Path],
    settings: Settings,
    plan: Path,
    out: Path | None = None,
    *,
    talk: date | None = None,
    days: int = WINDOW_DAYS,
) -> Packet:
    """Write the packet and bring the tracker up to date.

    Args:
        notes: files and folders.
        settings: one run's settings; without a period, the year up to the talk is read.
        plan: the plan's TOML file.
        out: the folder to write to, None for ``turnaround-<subject>-<year>`` here.
        talk: the day of the talk, None for the last meeting. Nothing after it counts.
        days: the window before it in which work counts as shipped lately.

    Raises:
        AnalyzerError: a call that cannot be carried out; nothing was written then.
    """
    read = read_plan(plan)
    labelled = extract(notes, settings)
    day = talk or _last(labelled, settings)
    period = _period(settings, day, held_dates(labelled.meetings)[:1])
    folder = out or Path(folder_name(labelled, period, PACKET))
    decided = folder / CURATION
    review = review_of(labelled, period, read_curation(decided) if decided.is_file() else None)
    links = links_from(labelled.reading.files, folder)
    papers = papers_for(review, read, day, days, links=links, plan_link=way_to(plan, folder))
    lines = {document.path: document.lines for document in labelled.reading.documents} | {plan.name: read.lines}
    tracker = tracker_text(papers)
    files = {
        **lay_out({PACKET: draft_packet(papers)}, FORMATS, lines),
        NAME: _with_edits(folder, tracker),
        BASE: tracker,
    }
    report = write_outputs(folder, files, merged=frozenset({NAME, BASE}))
    problems = tuple(one for one in review.problems if Path(one.path).name != plan.name)
    return Packet(report=report, papers=papers, problems=problems)


def window_days(text: str) -> int:
    """Return the days of a window as it is given: "42d", "6w", or a bare number of days.

    Raises:
        BadPeriodError: it is written otherwise, or is none at all.
    """
    match = _SPAN.fullmatch(text.strip())
    days = int(match[1]) * (7 if match[2].lower() == "w" else 1) if match else 0
    if not 0 < days <= YEAR_BACK:
        raise BadPeriodError(f"'{text}' is no window; give days or weeks up to a year, such as 42d or 6w")
    return days


def _last(labelled: Labelled, settings: Settings) -> date:
    """Return the day of the last meeting, within the period where one was asked for."""
    asked = settings.period()
    held = [day for day in held_dates(labelled.meetings) if asked is None or asked[0] <= day < asked[1]]
    if not held:
        where = f"the period from {asked[0]} up to, not including, {asked[1]}" if asked else "the notes"
        raise NoMeetingError(where, "no line was recognised as the date of a meeting")
    return held[-1]


def _period(settings: Settings, talk: date, first: Sequence[date]) -> Settings:
    """Return the settings with the period that is read: what was asked for, or the year before; never past the talk."""
    asked = settings.period()
    back = talk - timedelta(days=min(YEAR_BACK, talk.toordinal() - 1))
    start = asked[0] if asked else max([back, *(day for day in first if day <= talk)])
    end = min(talk, asked[1] - timedelta(days=1)) if asked else talk
    return settings.model_copy(update={"year": None, "start": start, "end": end})


def _with_edits(folder: Path, tracker: str) -> str:
    """Return the tracker with what somebody edited in the one that stands in the folder."""
    mine = _text(folder / NAME)
    return merged(mine, _text(folder / BASE), tracker) if mine else tracker


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadFileError(path, "", "not UTF-8 text; save it as such, or move it away") from error
    except OSError as error:
        raise BadFileError(path, "", (error.strerror or "cannot be read").lower()) from error


def _count(number: int, one: str, many: str | None = None) -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"
