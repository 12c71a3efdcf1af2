"""Whether one line of a draft is supported by the lines that it cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analyzer.drafting.agenda_phrases import AGENDA
from analyzer.drafting.derived import (
    LOOSE,
    Known,
    check_derived,
    label_days,
    long_days,
    wrong_distances,
    wrong_lists,
    wrong_shares,
)
from analyzer.drafting.fixed import without_fixed
from analyzer.drafting.phrases import SHORT, TABLES, TITLES, WORK
from analyzer.drafting.scan_phrases import SCAN_TITLES, TEAM
from analyzer.drafting.turnaround_phrases import TURN_NAMING, TURN_TITLES
from analyzer.drafting.words import arrows_in_words, is_figure, missing, said, stands, tokens

_CITED = re.compile(r"(?<!\\)\[([^\[\]]{1,300})\](?!\()")
_LOOKS_CITED = re.compile(r"^(?:pinned|\d{2} [A-Z][a-z]{2}(?: \d{4})?),.{0,200}\bl\. \d")
_QUOTE = re.compile(r'"([^"\n]{1,2000})"')
_LIST_MARK = re.compile(r"^\s{0,12}(?:[-*+]|\d{1,3}\.)\s+")
_STRONG = re.compile(r"(?<!\\)\*\*([^*\n]{1,300})\*\*|(?<!\\)\*([^*\n]{1,60})\*")
_SCORE = re.compile(r"^(?:Effort|Impact) (\d{1,4})$")
_POINTS = re.compile(r"(?:^|[=+])\s{0,3}(\d{1,3}) for\b")
_SPEAKER_MARK = re.compile(r"(?<!\w)([A-Z])[A-Za-z]{0,3}:")
_INTRODUCES = re.compile(r":\s{0,3}$")
_ALIAS = re.compile(WORK["alias"].split("{")[0] + r"(.{1,200})\.$")
_NAME = re.compile(r"(?<=[a-z,;:] )[A-Z][^\W\d_]{1,30}")
"""A word with a capital inside a sentence."""
_ESCAPED = re.compile(r"\\([\\*`<\[\]~_#>+=&|-])")
_ROLES = frozenset({"manager", "report"})
"""Who speaks where the notes give no name."""
_FREE = frozenset({TITLES["questions"], TURN_TITLES["before"]})
"""Parts that ask instead of claim: their quotations and dates are checked, their own words are not."""
_COUNTED = frozenset(
    {
        "",
        TABLES["calendar"],
        TABLES["recency"],
        TABLES["by_quarter"],
        TABLES["counting"],
        SCAN_TITLES["quarters"],
        TEAM["not_read"],
        TURN_TITLES["clock"],
    }
)
"""The head and the tables: they count what is in the notes; distances in days are computed again."""
_NAMING = frozenset(
    {
        AGENDA,
        SHORT["title"],
        TABLES["by_project"],
        SCAN_TITLES["promises"],
        SCAN_TITLES["setbacks"],
        SCAN_TITLES["silence"],
        *TURN_NAMING,
    }
)
"""Parts whose sentences are phrases with names and quotations: project names and people need not stand in the line."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a citation leads: the file, the lines, their text, and the whole file."""

    path: str
    start: int | None
    end: int | None
    lines: tuple[str, ...]
    whole: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold."""

    text: str
    reason: str
    place: Place | None = None
    kind: str = "words"
    """``figure`` or ``name`` that no line holds, ``quote`` that does not stand, ``citation`` that leads nowhere, ``words``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a draft while its lines are checked."""

    places: Mapping[str, Place]
    names: frozenset[str]
    """Words of the names of people and projects that the draft's head and headings give."""
    years: tuple[int, ...]
    questions: int
    results: int = 0
    span: tuple[date, ...] = ()
    """The first and the last meeting as the head gives them: what is open is counted to the last."""
    owner: tuple[str, ...] = ()
    """The words of the name that stands before the owner's verbs, where the draft speaks of them in the third person."""


@dataclass(slots=True)
class Result:
    """What came out for one line."""

    sentences: int = 0
    failures: list[Finding] = field(default_factory=list)
    uncited: list[Finding] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of a line up to the citations that it ends in."""

    text: str
    labels: tuple[str, ...]


def check_line(line: str, section: str, draft: Context) -> Result:
    """Check one line of a draft's body.

    Args:
        line: the line in Markdown.
        section: the heading of the second level that it stands under, '' above the first.
        draft: the draft's places, names and years.

    Returns:
        How many cited sentences were checked, and what does not hold.
    """
    result = Result()
    text = _LIST_MARK.sub("", line)
    labels = [match for match in _CITED.findall(text) if match in draft.places or _LOOKS_CITED.match(match)]
    for label in labels:
        if label not in draft.places:
            result.failures.append(Finding(text, f"[{label}] has no link definition", kind="citation"))
    leads = [_plain(strong or em) for strong, em in _STRONG.findall(text)]
    scored = next((match for lead in leads if (match := _SCORE.match(lead))), None)
    if scored and sum(int(points) for points in _POINTS.findall(_CITED.sub("", _STRONG.sub("", text)))) != int(
        scored[1]
    ):
        result.failures.append(Finding(text, f"the parts do not add up to {scored[1]}"))
    if section == SHORT["title"]:
        text, wrong = wrong_lists(text)
        result.failures += [Finding(text, reason, kind="figure") for reason in wrong]
    near = [*label_days(labels, draft.years), *long_days(_plain(text), draft.years), *draft.span]
    if not scored:
        for lead in leads:
            _check_lead(lead, tuple(labels), near, draft, result)
    for unit in _units(_STRONG.sub(" ", text)):
        if unit.labels:
            result.sentences += 1
            _check_unit(unit, section, near, draft, result, parts=scored is not None)
        elif section in _FREE | _COUNTED:
            result.failures += [Finding(unit.text, reason) for reason in wrong_distances(unit.text, near)]
        else:
            _check_uncited(unit, near, draft, result, parts=scored is not None)
    return result


def _units(text: str) -> Iterator[_Unit]:
    words, at = "", 0
    labels: list[str] = []
    for match in _CITED.finditer(text):
        between = text[at : match.start()]
        if labels and any(character.isalnum() for character in between):
            yield _Unit(_plain(words), tuple(labels))
            words, labels = "", []
        words += between
        labels.append(match[1])
        at = match.end()
    rest = text[at:]
    if labels and any(character.isalnum() for character in rest):
        yield _Unit(_plain(words), tuple(labels))
        words, labels = "", []
    words += rest
    if any(character.isalnum() for character in words):
        yield _Unit(_plain(words), tuple(labels))


def _check_unit(
    unit: _Unit, section: str, near: Sequence[date], draft: Context, result: Result, *, parts: bool
) -> None:
    places = [draft.places[label] for label in unit.labels if label in draft.places]
    if not places:
        return
    for quote in _QUOTE.findall(unit.text):
        if not any(stands(quote, place.lines) for place in places):
            result.failures.append(Finding(unit.text, _lost(quote, places), places[0], "quote"))
    if section in _FREE | _COUNTED:
        pool = [*near, *label_days(unit.labels, draft.years)]
        result.failures += [
            Finding(unit.text, reason, places[0], "figure") for reason in wrong_distances(unit.text, pool)
        ]
        return
    lines = [line for place in places for line in place.lines]
    lines += [changed for line in lines if (changed := arrows_in_words(line)) != line]
    if section == SHORT["title"]:
        text, wrong_sum = wrong_shares(unit.text)
        result.failures += [Finding(unit.text, reason) for reason in wrong_sum]
        unit = _Unit(text, unit.labels)
    known = Known(
        labels=unit.labels, lines=lines, years=draft.years, near=near, questions=draft.questions, results=draft.results
    )
    lenient = parts or section in _NAMING
    for sentence, speaks in _own_words(unit.text):
        whole = not lenient or section == AGENDA  # a project's last line is told as it stands, its name is a lead
        if not speaks and whole and (said(sentence, lines) or _said_of(draft.owner, sentence, lines)):
            continue
        if lenient and not speaks and _said_of(draft.owner, sentence, lines):
            continue
        reasons = _phrase_failures(sentence, known, draft, parts=parts, speaks=speaks, lenient=lenient)
        result.failures += [Finding(unit.text, reason, places[0], kind) for reason, kind in reasons]


def _said_of(owner: Sequence[str], text: str, lines: Sequence[str]) -> bool:
    """Return whether a text is the owner's name and then what the lines say ("Mira reset the alarms")."""
    words = text.split()
    size = len(owner)
    return (
        0 < size < len(words) and tokens(" ".join(words[:size])) == list(owner) and said(" ".join(words[size:]), lines)
    )


def _own_words(text: str) -> Iterator[tuple[str, bool]]:
    """Yield what stands outside quotations, and whether it introduces one ("Owen, 4 May:")."""
    parts = re.split(r'"[^"\n]{1,2000}"', text)
    quotes = len(parts) > 1
    if quotes and not _INTRODUCES.search(parts[0]) and said_like_a_line(parts):
        yield text, False
        return
    for number, part in enumerate(parts):
        if any(character.isalnum() for character in part):
            yield part, quotes and number < len(parts) - 1 and bool(_INTRODUCES.search(part))


def said_like_a_line(parts: Sequence[str]) -> bool:
    """Return whether quotation marks belong to the note's own sentence: words run on into them without a colon."""
    return bool(re.search(r"[^\W\d_]\s$", parts[0]))


def _phrase_failures(
    text: str, known: Known, draft: Context, *, parts: bool, speaks: bool, lenient: bool
) -> list[tuple[str, str]]:
    """Return why a stretch is not one of the tool's own phrases filled with names, dates and figures that hold."""
    rest, derived = check_derived(text, known)
    wrong = [(reason, "figure") for reason in derived]
    rest = _POINTS.sub(" ", rest) if parts else rest
    segments = without_fixed(tokens(rest), parts=parts or lenient)
    left = [word for segment in segments for word in segment]
    names = draft.names | _ROLES if speaks or lenient else frozenset()
    if not lenient and not speaks and left and not _is_alias(text, known.lines):
        gone = missing(text, known.lines) or left
        return [*wrong, (_not_said(gone, text, known.lines), _kind(gone, text, known.lines))]
    initials = _initials(known.lines) if speaks else frozenset()
    there = set(tokens(text)) - set(missing(text, known.lines))
    gone = [
        word for word in left if word not in names | there and word[0] not in initials and missing(word, known.lines)
    ]
    return [*wrong, (_not_said(gone, text, known.lines), _kind(gone, text, known.lines))] if gone else wrong


def _kind(gone: Sequence[str], text: str, lines: Sequence[str]) -> str:
    """Return what is not in the lines: a figure before a name, a name before words of the writer's own."""
    new = [word for word in gone if missing(word, lines)]
    if any(is_figure(word) for word in new):
        return "figure"
    names = {token for name in _NAME.findall(text) for token in tokens(name)}
    return "name" if names & set(new) else "words"


def _initials(lines: Sequence[str]) -> frozenset[str]:
    """Return the first letters of short speaker marks ("KT: ..."): a name in front of a quotation may stand for them."""
    return frozenset(match[1].casefold() for line in lines for match in _SPEAKER_MARK.finditer(line))


def _is_alias(text: str, lines: Sequence[str]) -> bool:
    match = _ALIAS.match(text.strip())
    return bool(match) and said(match[1] if match else "", lines)


def _not_said(gone: Sequence[str], text: str, lines: Sequence[str]) -> str:
    if missing(text, lines):
        words = ", ".join(f'"{word}"' for word in dict.fromkeys(gone))
        return f"{words} stands in no cited line" if len(set(gone)) == 1 else f"{words} stand in no cited line"
    return "the words stand in the cited line, but not in this order or not next to each other"


def _check_lead(lead: str, labels: tuple[str, ...], near: Sequence[date], draft: Context, result: Result) -> None:
    """Check the bold or slanted words that a bullet begins with: names, quarters, dates and days."""
    places = [draft.places[label] for label in labels if label in draft.places]
    lines = [line for place in places for line in place.lines]
    known = Known(
        labels=labels, lines=lines, years=draft.years, near=near, questions=draft.questions, results=draft.results
    )
    rest, wrong = check_derived(lead, known)
    result.failures += [Finding(lead, reason, places[0] if places else None, "figure") for reason in wrong]
    wholes = {place.path: place.whole for place in places}
    every = [line for whole in wholes.values() for line in whole]
    segments = [
        segment
        for segment in without_fixed(tokens(rest), parts=True)
        if not (len(segment) > 1 and any(map(is_figure, segment)) and _is_name(segment, every))
    ]
    left = [word for segment in segments for word in segment]
    gone = missing(" ".join(left), lines, draft.names)
    figures = [word for word in gone if any(character.isdigit() for character in word)]
    if figures:
        result.failures.append(
            Finding(lead, f'"{figures[0]}" stands in no cited line', places[0] if places else None, "figure")
        )


def _is_name(segment: Sequence[str], lines: Sequence[str]) -> bool:
    """Return whether a name with a figure in it ("Label test, round 4") stands in the notes as it is."""
    return any(segment[0] in tokens(line) and stands(" ".join(segment), [line]) for line in lines)


def _check_uncited(unit: _Unit, near: Sequence[date], draft: Context, result: Result, *, parts: bool) -> None:
    known = Known(labels=(), lines=(), years=draft.years, near=near, questions=draft.questions, results=draft.results)
    rest, wrong = check_derived(LOOSE.sub(" ", wrong_shares(unit.text)[0]), known)
    left = without_fixed(tokens(_POINTS.sub(" ", rest)), parts=True)
    open_words = [word for segment in left for word in segment if word not in draft.names]
    if unit.text.startswith("Read and not used above"):
        return
    if open_words and not (parts and all(not any(c.isdigit() for c in word) for word in open_words)):
        result.uncited.append(Finding(unit.text, "no citation"))
    elif lost := [reason for reason in wrong if "there is no" in reason or "distance" in reason]:
        result.failures += [Finding(unit.text, reason) for reason in lost]


def _lost(quote: str, places: Sequence[Place]) -> str:
    """Say that a quotation does not stand in its line, and where it stands now."""
    for place in places:
        for number, line in enumerate(place.whole, start=1):
            if stands(quote, [line]):
                return f'"{quote}" does not stand in the cited line; it now stands in line {number}'
    return f'"{quote}" does not stand in the cited line'


def _plain(text: str) -> str:
    """Undo the escapes of Markdown."""
    return _ESCAPED.sub(r"\1", text).strip()
