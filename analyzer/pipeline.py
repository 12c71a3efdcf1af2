"""The stages in order: paths to a review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer import classifier
from analyzer.curating import curate
from analyzer.drafting.questions import ask
from analyzer.grouping import group
from analyzer.labelling import label
from analyzer.intake import read_items
from analyzer.reading import Reading
from analyzer.records import Evidence, Ignored, Review
from analyzer.scoring import score
from analyzer.settings import Curation, Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What the first half of the pipeline yields: what was read, and an evidence record for each item of it."""

    reading: Reading
    evidence: tuple[Evidence, ...]
    ignored: tuple[Ignored, ...]


def extract(paths: Sequence[Path], settings: Settings, curation: Curation | None = None) -> Labelled:
    """Read notes and label every item of them.

    Args:
        paths: files and folders.
        settings: one run's settings.
        curation: what the user decided about single lines.

    Raises:
        AnalyzerError: a path is missing, or nothing could be read.
    """
    reading, items, ignored = read_items(paths, settings)
    evidence = label(items, reading.roster, classifier.load())
    return Labelled(reading=reading, evidence=curate(evidence, curation or Curation()), ignored=ignored)


def analyze(paths: Sequence[Path], settings: Settings, curation: Curation | None = None) -> Review:
    """Read a person's notes and return the review of their period; arguments and errors as of `extract`."""
    curation = curation or Curation()
    labelled = extract(paths, settings, curation)
    meetings = [meeting for document in labelled.reading.documents for meeting in document.meetings]
    review = group(labelled.evidence, meetings, labelled.reading.roster, settings, curation)
    review = replace(review, problems=(*labelled.reading.problems, *review.problems), ignored=labelled.ignored)
    review = score(review, settings)
    return replace(review, questions_to_you=ask(review))
