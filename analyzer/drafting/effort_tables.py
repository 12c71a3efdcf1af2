"""The tables of the effort-versus-impact summary: quarter by quarter, the recency audit, the calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from statistics import median

from analyzer.dates import quarter_of, quarters_between
from analyzer.drafting.cite import MONTHS, place
from analyzer.drafting.desk import Desk, quarter_name
from analyzer.drafting.fill import plain, say
from analyzer.drafting.heading import gap_sentence, held_meetings
from analyzer.drafting.leftovers import line_list
from analyzer.drafting.phrases import TABLES, counted, listed
from analyzer.drafts import Section, Sentence, Table
from analyzer.records import Direction, EffectKind, Evidence, FeedbackEntry, MeetingKind, Polarity

UNEVEN = 1.5
"""A quarter that holds this many times its share of the meetings is named in the recency audit."""


def quarter_section(desk: Desk) -> Section:
    """Return the table of the quarters: meetings, finished pieces, effects, feedback, moves, with their lines."""
    quarters = _quarters(desk)
    review = desk.review
    held = Counter(quarter_of(meeting.date, review.fiscal_start) for meeting in held_meetings(review) if meeting.date)
    rows = [("", *(quarter_name(quarter, review) for quarter in quarters))]
    rows.append(("Meetings", *(str(held[quarter]) for quarter in quarters)))
    name = (review.subject or "the subject").split()[0]
    for title, find in _ROWS:
        lines = [desk.lines[one] for one in dict.fromkeys(find(desk)) if one in desk.lines]
        if title == "Effects adopted" and not lines:
            continue
        cells = [_cell(desk, [line for line in lines if _quarter(desk, line) == quarter]) for quarter in quarters]
        rows.append((title.format(name=name), *cells))
    return Section(title=TABLES["by_quarter"], table=_table(rows), closing=((say(TABLES["quarter_note"]),),))


def recency_section(desk: Desk) -> Section:
    """Return the audit that shows whether the last months weigh more than the first."""
    quarters, review = _quarters(desk), desk.review
    held = [meeting.date for meeting in held_meetings(review) if meeting.date]
    lines = [line for line in review.evidence if line.item.date and (line.labels or line.accomplishment_id)]
    chosen = [desk.claims[one].quarter for one in review.highlights if one in desk.claims]
    meetings = Counter(quarter_of(day, review.fiscal_start) for day in held)
    dated = Counter(_quarter(desk, line) for line in lines)
    rows = [
        ("", *(quarter_name(quarter, review) for quarter in quarters)),
        (TABLES["share_meetings"].format(count=len(held)), *_shares(meetings, quarters, len(held))),
        (TABLES["share_lines"].format(count=len(lines)), *_shares(dated, quarters, len(lines))),
        (TABLES["highlights"].format(count=len(chosen)), *(str(chosen.count(quarter)) for quarter in quarters)),
    ]
    over = [
        quarter_name(quarter, review)
        for quarter in quarters
        if lines and held and dated[quarter] / len(lines) > UNEVEN * meetings[quarter] / len(held)
    ]
    verdict = say(TABLES["uneven"], quarters=listed(over)) if over else say(TABLES["even"])
    last = sum(line.item.date == max(held) for line in lines) if held else 0
    count = say(TABLES["last_meeting"], count=last, total=len(lines))
    closing = (verdict, plain(" "), count) if held and lines else ()
    table = _table(rows, right=frozenset(range(1, len(quarters) + 1)))
    return Section(title=TABLES["recency"], table=table, closing=(closing,) if closing else ())


def calendar_section(desk: Desk) -> Section:
    """Return the meetings month by month, the usual distance between them, and the gaps."""
    review = desk.review
    held = sorted({meeting.date for meeting in held_meetings(review) if meeting.date})
    steps = [(after - before).days for before, after in pairwise(held)]
    sentences: list[Sentence] = []
    if steps:
        text = f"{counted(len(held_meetings(review)), 'meeting')}, {median(steps):g} days apart as a median."
        sentences.append(plain(text))
    for gap in review.gaps:
        sentences += [plain(" "), gap_sentence(desk, gap)]
        for source in gap.cancelled:
            day = next((one.date for one in review.meetings if one.source == source), None)
            sentences += [
                plain(" Cancelled in it: "),
                plain(desk.day(day), desk.citer.cite_source(source, day)),
                plain("."),
            ]
    if review.gaps:
        sentences.append(plain(" What happened in between is not in the notes."))
    return Section(title=TABLES["calendar"], verbatim=_calendar(desk), closing=(tuple(sentences),) if sentences else ())


def _calendar(desk: Desk) -> str:
    months: list[tuple[int, int]] = []
    day = desk.review.start.replace(day=1)
    while day < desk.review.end:
        months.append((day.year, day.month))
        day = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    spans_years = len({year for year, _ in months}) > 1
    lines = []
    for year, month in months:
        name = MONTHS[month - 1] + (f" {year}" if spans_years else "")
        lines.append(f"{name}   {_month(desk, year, month)}".rstrip())
    half = (len(lines) + 1) // 2
    if len(lines) < 6:
        return "\n".join(lines)
    width = max(len(line) for line in lines[:half]) + 3
    pairs = zip(lines[:half], [*lines[half:], ""], strict=False)
    return "\n".join(f"{left:<{width}}{right}".rstrip() for left, right in pairs)


def _month(desk: Desk, year: int, month: int) -> str:
    held, cancelled = [], []
    for meeting in sorted(desk.review.meetings, key=lambda one: (one.date or date.min, one.source.path)):
        if meeting.date is None or (meeting.date.year, meeting.date.month) != (year, month):
            continue
        if meeting.kind is MeetingKind.CANCELLED:
            cancelled.append(f"{meeting.date.day:02d} cancelled, {place(meeting.source).split('-')[0]}")
        elif meeting.kind is MeetingKind.HELD:
            held.append(f"{meeting.date.day:02d}")
    days = "  ".join(held) or "--"
    return f"{days} ({'; '.join(cancelled)})" if cancelled else days


def _quarters(desk: Desk) -> list[str]:
    return quarters_between(desk.review.start, desk.review.end, desk.review.fiscal_start)


def _quarter(desk: Desk, line: Evidence) -> str:
    return quarter_of(line.item.date, desk.review.fiscal_start) if line.item.date else ""


def _cell(desk: Desk, lines: list[Evidence]) -> str:
    return f"{len(lines)} ({line_list(desk, lines)})" if lines else "0"


def _shares(counts: Counter[str], quarters: list[str], total: int) -> list[str]:
    return [f"{100 * counts[quarter] / total:.0f}%" if total else "–" for quarter in quarters]


def _effects(desk: Desk, kind: EffectKind) -> list[str]:
    found = [effect for claim in desk.claims.values() for effect in claim.effects]
    found += [effect for project in desk.review.projects for effect in project.effects]
    return [effect.evidence for effect in found if effect.kind is kind]


def _feedback(desk: Desk, wanted: Callable[[FeedbackEntry], bool]) -> list[str]:
    return [entry.evidence for entry in desk.review.feedback if wanted(entry)]


def _is_praise(entry: FeedbackEntry) -> bool:
    return entry.direction is Direction.RECEIVED and entry.polarity is Polarity.POSITIVE


def _is_criticism(entry: FeedbackEntry) -> bool:
    return entry.direction is Direction.RECEIVED and entry.polarity is not Polarity.POSITIVE


def _moves(desk: Desk) -> list[str]:
    return [event.evidence for project in desk.review.projects for event in project.history if event.kind == "moved"]


_ROWS: tuple[tuple[str, Callable[[Desk], list[str]]], ...] = (
    ("Finished pieces", lambda desk: [claim.evidence[0] for claim in desk.claims.values()]),
    ("Effects measured", lambda desk: _effects(desk, EffectKind.MEASURED)),
    ("Effects decided", lambda desk: _effects(desk, EffectKind.DECIDED)),
    ("Effects adopted", lambda desk: _effects(desk, EffectKind.ADOPTED)),
    ("Effects stated", lambda desk: _effects(desk, EffectKind.STATED)),
    ("Effects expected", lambda desk: _effects(desk, EffectKind.EXPECTED)),
    ("Praise of {name}'s work", lambda desk: _feedback(desk, _is_praise)),
    ("Criticism of {name}'s work", lambda desk: _feedback(desk, _is_criticism)),
    ("Feedback from {name}", lambda desk: _feedback(desk, lambda entry: entry.direction is Direction.GIVEN)),
    ("ETA moves", _moves),
)


def _table(rows: list[tuple[str, ...]], right: frozenset[int] = frozenset()) -> Table:
    return Table(rows=tuple(tuple(plain(cell) for cell in row) for row in rows), right=right)
