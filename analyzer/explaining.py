"""`analyzer explain`: why the lines that are asked about have their labels, in plain text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath

from analyzer import classifier, encoder
from analyzer.cache import default_store
from analyzer.errors import AnalyzerError
from analyzer.intake import read_items
from analyzer.labelling.explaining import Explanation, explain
from analyzer.records import Evidence, Item, Label
from analyzer.settings import Settings

_PLACE = re.compile(r"(?P<file>.{0,1000}?):?(?P<place>(?:\d{1,9})|(?:[a-z][^:]{0,200}\d))$")
_UNREAL = {"negated": "denied", "conditional": "on a condition", "question": "asked", "planned": "still to come"}


class BadPlaceError(AnalyzerError):
    """A place that no item of the notes stands at."""

    tip = "say it as FILE:LINE with a line of the notes, or as the citation has it: 'notes.docx:paragraph 41'"

    def __init__(self, place: str) -> None:
        super().__init__(f"no item of the notes stands at {place}")


def explain_lines(notes: Sequence[Path], settings: Settings, place: str) -> Iterator[str]:
    """Say why the items of a line have their labels.

    Args:
        notes: files and folders.
        settings: one run's settings.
        place: ``FILE:LINE``, ``LINE`` alone for a single document, or a locator as citations have it.

    Yields:
        Lines of text.

    Raises:
        AnalyzerError: nothing could be read, or no item stands there.
    """
    reading, items, _ = read_items(notes, settings)
    wanted = _stands_at(place)
    scorer = encoder.load_cached(default_store()) if settings.cache else encoder.load()
    found = explain(items, reading.roster, classifier.load(settings.model), scorer, wanted)
    if not found:
        raise BadPlaceError(place)
    for number, one in enumerate(found):
        if number:
            yield ""
        yield from _text(one)


def _stands_at(place: str) -> Callable[[Item], bool]:
    match = _PLACE.match(place.strip())
    if match is None:
        raise BadPlaceError(place)
    file, where = match["file"].rstrip(":"), match["place"]

    def stands(item: Item) -> bool:
        source = item.source
        here = not file or source.path == file or PurePosixPath(source.path).name == PurePosixPath(file).name
        if not where.isdigit():
            return here and source.locator == where
        first, last = source.lines
        return here and first is not None and last is not None and first <= int(where) <= last

    return stands


def _text(one: Explanation) -> Iterator[str]:
    line = one.evidence
    item = line.item
    where = item.source.locator or f"line {item.source.start}"
    yield f"{item.source.path}, {where}, {item.date or 'no date'}, {item.author or 'nobody named'}" + (
        f', under "{item.heading}" ({item.section or "no section"})' if item.heading else ""
    )
    yield f"  {item.text}"
    yield ""
    for label in sorted(Label, key=lambda label: -line.confidence.get(label, 0.0)):
        yield _of_label(one, label)
    nearest, margin = one.nearest
    change = "loses" if line.has(nearest) else "gets"
    yield f"  nearest alternative: it {change} {nearest.value} if its probability moves by {margin:.2f}"
    yield from _attributes(line)
    for clause in one.clauses:
        parts = [clause.verb or "no verb", clause.tense, f"by {clause.subject}"]
        parts += [_UNREAL.get(scope, scope) for scope in clause.scopes]
        yield f'  clause "{clause.text.strip()}": {", ".join(part for part in parts if part not in {"none", "by none"})}'
    for cue in line.cues:
        yield f'  rule {cue.rule}: {cue.kind}{f" {cue.value}" if cue.value else ""}, in "{line.words(cue)}"'


def _of_label(one: Explanation, label: Label) -> str:
    given = "yes" if one.evidence.has(label) else "no "
    mark = " (uncertain)" if label in one.evidence.uncertain else ""
    share = one.evidence.confidence.get(label, 0.0)
    weights = ", ".join(f"{name} {weight:+.1f}" for name, weight in one.weights[label][:3])
    return f"  {given} {label.value:14} {share:.2f} of {one.thresholds[label]:.2f} needed{mark}; {weights}"


def _attributes(line: Evidence) -> Iterator[str]:
    parts = [("status", line.status), ("polarity", line.polarity), ("direction", line.direction)]
    said = [f"{name} {value.value}" for name, value in parts if value is not None]
    said += [f"people {', '.join(line.people)}"] if line.people else []
    said += [f'figure "{metric.text}"' for metric in line.metrics]
    if said:
        yield f"  {'; '.join(said)}"
