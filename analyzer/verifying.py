"""Verifying a draft: the notes are opened again, and every sentence has to stand on the lines that it cites.

What is checked of a sentence: the cited lines exist; every quotation stands in one of them; every word, figure and name outside
quotations stands in them, or is one of the tool's fixed phrases, or is derived (dates, days, counts, sums) and comes out the
same when it is computed again. A draft that somebody edited is held to the same rules.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from analyzer.agenda_mark import read_mark
from analyzer.bounded_file import read_bounded
from analyzer.citations import DEFINITION, Failure, LoadLines, open_places
from analyzer.drafting.agenda_phrases import AGENDA
from analyzer.drafting.derived import LOOSE, OF_MEETINGS, long_days
from analyzer.drafting.desk import short_name
from analyzer.drafting.phrases import FORMS, TITLES
from analyzer.drafting.scan_phrases import SCAN_TITLES
from analyzer.drafting.supported import Context, Finding, Place, check_line
from analyzer.drafting.turnaround_phrases import TURN_CELLS
from analyzer.drafting.words import is_figure, missing, said, tokens
from analyzer.errors import BadFileError, NotesNotFoundError
from analyzer.forms import wrong_answers
from analyzer.turnaround import wrong_times

LARGEST_DRAFT = 50_000_000
"""Bytes of a draft that is looked at: one of ten years has a hundredth of it."""
_CITED = re.compile(r"(?<!\\)\[([^\[\]]{1,300})\](?!\()")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_ROW = re.compile(r"^\| ([^|]{1,300}) \| [^|]{0,200} \| (\d{1,4})[^|]{0,40} \| (\d{1,4}|not scored)[^|]{0,40} \|")
_SCORED = re.compile(r"^- \*\*(Effort|Impact) (\d{1,4})\*\*")
_LEAD_NAME = re.compile(r"^- \*\*(?:([^*,]{1,200}?)(?:,[^*]{0,200}\d[^*]{0,200})?|([^*\d]{1,200}?))\.?\*\*")
_PAGE = re.compile(r"# (.{1,200}?) (?:(?:FY)?\d{4}|\d{1,2} [A-Z][a-z]{2,8} .{4,40}): one page(?: for (.{1,200}))?$")
"""The title of a manager's page: whose year it is, and who it is for."""
_AGENDA_FRONT = re.compile(r"\s{0,12}[-*+•]\s(?:\[(?: |x|X|[Pp][0-4]|Blocked|Deprioritised)\]\s){0,3}")
_AGENDA_LEAD = re.compile(r"^\s{0,12}[-*+•]\s(?:\[[^\[\]]{1,20}\]\s){0,3}\*\*([^*\n]{1,200})\*\*")
_BELOW = "below the links"
"""The part that what is written there belongs to: nothing in it may stand without a citation."""
_PACKET = re.compile(r"# Turnaround 1:1\b")
_TALK = re.compile(r"The talk is on (\d{1,2} [A-Z][a-z]{2,8} \d{4});")
_CELL_END = re.compile(r"(?<!\\) \| ?")
_HELD = re.compile(r"(\d{1,4}) meetings?, [^,;.\[]{4,60}")
_MORE = re.compile(r"- And (\d{1,4}) more finished piece")
_KINDS = {
    "figure": "with a figure or date that the notes do not give",
    "name": "with a name that the notes do not give",
    "quote": "with a quotation that does not stand",
    "citation": "with a citation that leads nowhere",
    "words": "in other words than the notes",
    "uncited": "without a citation",
}
"""What can be wrong with a sentence, as the last line of a report says it."""
_MARKDOWN = "what is checked is the Markdown draft, self-review.md"
_SHOWN = 120
"""Characters of a sentence that a report shows."""
_HEAD_LINES = 12
"""Lines of a draft that say whose year it is; the years of its dates stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """The result for one draft."""

    path: Path
    citations: int
    """How many different places the draft cites."""
    sentences: int
    """How many cited sentences were checked."""
    failures: tuple[Failure, ...]
    uncited: tuple[Failure, ...]
    """Sentences without a citation that are no fixed phrase."""
    moved: int = 0
    """How many cited stretches stand elsewhere in their file now, word for word."""
    unopened: tuple[tuple[str, int], ...] = ()
    """Cited files that cannot be opened, each with how many citations lead to it; what cites them is not checked."""

    @property
    def holds(self) -> bool:
        """Whether every sentence is supported by the lines that its citations name."""
        return not (self.failures or self.uncited or self.moved or self.unopened)

    def report(self) -> Iterator[str]:
        """Yield what concerns many lines, one line for everything else that does not hold, and a last one that sums up."""
        for name, citations in self.unopened:
            many = f"{citations} citation{' leads' if citations == 1 else 's lead'} to it"
            yield f"{self.path}: {name} cannot be opened, and {many}; say with --notes where the notes are"
        if self.moved:
            lines = "1 cited line stands" if self.moved == 1 else f"{self.moved} cited lines stand"
            yield (
                f"{self.path}: {lines} elsewhere now (a line was added or removed above them); run `analyzer review` again"
            )
        for failure in (*self.failures, *self.uncited):
            note = f" ({failure.note}, line {failure.note_line})" if failure.note and failure.note_line else ""
            text = failure.text if len(failure.text) <= _SHOWN else failure.text[: _SHOWN - 1] + "…"
            yield f"{self.path}:{failure.line}: {failure.reason}{note}: {text}"
        wrong = len(self.failures) + len(self.uncited)
        state = f"{wrong} {'thing does' if wrong == 1 else 'things do'} not hold" if wrong else "all of it holds"
        if not wrong and self.moved:
            state = "the words hold, the line numbers do not"
        if not wrong and self.unopened:
            state = "not all of it could be checked"
        yield f"{self.sentences} cited sentences, {self.citations} places in the notes: {state}{self._kinds()}"

    def _kinds(self) -> str:
        """Return how many findings there are of each kind, in brackets, the gravest first."""
        found = Counter(failure.kind for failure in (*self.failures, *self.uncited))
        parts = [f"{found[kind]} {words}" for kind, words in _KINDS.items() if found[kind]]
        return f" ({', '.join(parts)})" if parts else ""


def verify_draft(path: Path, notes: Sequence[Path] | None = None, *, load_lines: LoadLines) -> Verification:
    """Check a draft against the notes as they are now.

    Args:
        path: the draft, Markdown with the link definitions that it was written with.
        notes: the notes' files or folders, for a draft that was moved; None to follow the draft's own links.
        load_lines: how a file of notes is read into lines, numbered as they were when the draft was written.

    Returns:
        Everything that does not hold.

    Raises:
        NotesNotFoundError: the draft, or a path of the notes, does not exist.
        BadFileError: the draft is no file of text, or cites without the links that a draft in Markdown ends in.
    """
    lines = _read(path)
    for given in notes or ():
        if not given.exists():
            raise NotesNotFoundError(given)
    if any(map(_CITED.search, lines)) and not any(map(DEFINITION.match, lines)):
        raise BadFileError(path, "", f"its citations have no links at the end of the file; {_MARKDOWN}")
    opened = open_places(path, lines, notes, load_lines)
    places, failures = opened.places, list(opened.failures)
    draft = Context(
        places=places, names=_names(lines), years=_years(lines), questions=_numbered_under(lines, TITLES["questions"])
    )
    draft = replace(draft, results=_numbered_under(lines, SCAN_TITLES["results"]), owner=_owner(lines))
    draft = replace(draft, span=_span(lines, draft.years))
    mark = next((one for line in lines[:_HEAD_LINES] if (one := read_mark(line)) is not None), None)
    if mark is not None:
        draft = replace(draft, span=(mark.day,), names=draft.names | _bold_names(lines))
    uncited: list[Failure] = []
    sentences = 0
    for number, line, section in _agenda_body(lines) if mark else _body(lines):
        if opened.unchecked and not opened.unchecked.isdisjoint(_CITED.findall(line)):
            continue
        result = check_line(line, section, draft)
        sentences += result.sentences
        failures += [_failure(number, finding) for finding in result.failures]
        uncited += [_uncited(number, finding, places) for finding in result.uncited]
    failures += [*_table_failures(lines), *_loose_failures(lines), *_meeting_failures(lines)]
    wrong = [*wrong_answers(lines), *wrong_times(lines)]
    failures += [Failure(line=at, text=text, reason=reason) for at, text, reason in wrong]
    return Verification(
        path=path,
        citations=len(places),
        sentences=sentences,
        failures=tuple(sorted(failures, key=lambda failure: failure.line)),
        uncited=tuple(uncited),
        moved=opened.moved,
        unopened=opened.unopened,
    )


def _read(path: Path) -> list[str]:
    """Return a draft's lines, or say in one line why it has none."""
    if path.is_dir():
        raise BadFileError(path, "", f"it is a folder; give a draft in it, such as {path / 'self-review.md'}")
    if not path.exists():
        raise NotesNotFoundError(path)
    try:
        return read_bounded(path, LARGEST_DRAFT).decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise BadFileError(path, "", f"not a draft: it is no text in UTF-8; {_MARKDOWN}") from error


def _failure(number: int, finding: Finding) -> Failure:
    place = finding.place
    note, note_line = (place.path, place.start) if place else (None, None)
    return Failure(
        line=number, text=finding.text, reason=finding.reason, note=note, note_line=note_line, kind=finding.kind
    )


def _uncited(number: int, finding: Finding, places: Mapping[str, Place]) -> Failure:
    """Say of a sentence without a citation where it stands in the notes, or which of its figures stands nowhere."""
    wholes = {place.path: place.whole for place in places.values()}
    for path, lines in sorted(wholes.items()):
        at = next((index for index, line in enumerate(lines, start=1) if said(finding.text, [line])), None)
        if at is not None:
            reason = "no citation, but it stands in the notes"
            return Failure(line=number, text=finding.text, reason=reason, note=path, note_line=at, kind="uncited")
    everything = [line for lines in wholes.values() for line in lines]
    lost = [word for word in missing(finding.text, everything) if is_figure(word)]
    reason = f'no citation, and "{lost[0]}" stands nowhere in the notes' if lost else "no citation"
    return Failure(line=number, text=finding.text, reason=reason, kind="uncited")


def _body(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the lines that hold sentences, each with the heading of the second level that it stands under."""
    section, fenced = "", False
    for number, line in enumerate(lines, start=1):
        if line.startswith("```"):
            fenced = not fenced
        elif line.startswith("## "):
            section = line[3:].strip()
        elif DEFINITION.match(line):
            section = _BELOW
        elif section in TURN_CELLS and line.startswith("| ") and not _is_head(lines, number):
            yield from ((number, cell, section) for cell in _CELL_END.split(line.strip(" |")) if cell.strip())
        elif not (fenced or not line.strip() or line.startswith(("#", "|", ">")) or DEFINITION.match(line)):
            yield number, line, section


def _agenda_body(lines: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the bullets of an agenda without their check boxes and tags, as lines of one part."""
    for number, line in enumerate(lines, start=1):
        if match := _AGENDA_FRONT.match(line):
            yield number, f"- {line[match.end() :]}", AGENDA


def _bold_names(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of the names of people and projects that the bullets of an agenda begin with."""
    leads = [match[1] for line in lines if (match := _AGENDA_LEAD.search(line))]
    return frozenset(word for lead in leads for word in tokens(lead))


def _is_head(lines: Sequence[str], number: int) -> bool:
    """Return whether a row of a table is its head or the rule below it."""
    return any(line.startswith("| ---") for line in lines[number - 1 : number + 1])


def _names(lines: Sequence[str]) -> frozenset[str]:
    """Return the words of the names in the head (people) and in the headings of the third level (projects)."""
    who = next((line for line in lines[1:] if line.strip()), "").split(" · ")
    people = [part for part in who if not _YEAR.search(part)]
    page = _PAGE.match(lines[0]) if lines else None
    people = [name for name in page.groups() if name] if page else people
    projects = [re.split(r" \(|: ", line[4:])[0] for line in lines if line.startswith("### ")]
    packet = bool(lines) and _PACKET.match(lines[0]) is not None
    rows = [] if page or packet else [line.split(" | ")[0] for line in lines if re.match(r"\| (?!\|)", line)]
    named = FORMS["projects"]
    projects += [line.removeprefix(named) for line in lines[:_HEAD_LINES] if line.startswith(named)]
    leads = [name for line in lines if (match := _LEAD_NAME.match(line)) for name in match.groups() if name]
    return frozenset(word for name in (*people, *projects, *rows, *leads) for word in tokens(name)) - {"manager"}


def _years(lines: Sequence[str]) -> tuple[int, ...]:
    """Return the years of the draft's dates: from its head, and from labels that carry one."""
    texts = [*lines[:_HEAD_LINES], *(match[1] for line in lines if (match := DEFINITION.match(line)))]
    return tuple(sorted({int(year) for text in texts for year in _YEAR.findall(text)}))


def _numbered_under(lines: Sequence[str], title: str) -> int:
    return sum(bool(re.match(r"\d{1,2}\. ", line)) for _, line, section in _body(lines) if section == title)


def _owner(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the words of the name by which a manager's page calls the person it is about."""
    match = _PAGE.match(lines[0]) if lines else None
    return tuple(tokens(short_name(match[1]))) if match else ()


def _span(lines: Sequence[str], years: Sequence[int]) -> tuple[date, ...]:
    """Return the days of the first and the last meeting, where the head of a manager's page gives them."""
    heads = ((_HELD.match(line), _TALK.match(line)) for line in lines[:_HEAD_LINES])
    head = next((match[0] for pair in heads for match in pair if match), "")
    return tuple(long_days(head, years))


def _meeting_failures(lines: Sequence[str]) -> list[Failure]:
    """Compare "in 7 of 12 meetings" with the number of meetings in the head and with the lines listed behind it."""
    held = next((int(match[1]) for line in lines[:_HEAD_LINES] if (match := _HELD.match(line))), None)
    failures = []
    for number, line, _ in _body(lines):
        for match in OF_MEETINGS.finditer(line):
            named = len(re.split(r"[,;]", match[3]))
            if (held is not None and int(match[2]) != held) or int(match[1]) > named:
                reason = f'"{match[1]} of {match[2]} meetings" does not fit the head and the {named} lines listed'
                failures.append(Failure(line=number, text=line, reason=reason, kind="figure"))
    return failures


def _loose_failures(lines: Sequence[str]) -> list[Failure]:
    """Compare the number of pieces outside the projects with those that the draft lists."""
    listed, inside = 0, False
    for line in lines:
        inside = line == f"### {TITLES['loose']}" if line.startswith("#") else inside
        more = _MORE.match(line)
        listed += (int(more[1]) if more else 1) if inside and line.startswith("- ") else 0
    found = [(number, line, match) for number, line in enumerate(lines, start=1) if (match := LOOSE.search(line))]
    return [
        Failure(line=number, text=match[0], reason=f"{match[1]} pieces, but {listed} are listed", kind="figure")
        for number, _, match in found
        if listed and int(match[1]) != listed
    ]


def _table_failures(lines: Sequence[str]) -> list[Failure]:
    """Compare the points in the table of projects with the sums in the projects' own sections."""
    name, sums = "", {}
    for line in lines:
        if line.startswith("### "):
            name = line[4:].split(": ")[0]
        elif match := _SCORED.match(line):
            sums[name, match[1]] = match[2]
    failures = []
    for number, line in enumerate(lines, start=1):
        match = _ROW.match(line)
        for kind, points in (("Effort", match[2]), ("Impact", match[3])) if match else ():
            there = sums.get((match[1] if match else "", kind), points if points == "not scored" else None)
            if there is not None and there != points:
                reason = f"{kind} {points} in the table, {there} in the project's section"
                failures.append(Failure(line=number, text=line, reason=reason, kind="figure"))
    return failures
