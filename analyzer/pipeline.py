"""The stages in order: paths to evidence, evidence to a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analyzer import classifier, encoder
from analyzer.cache import default_store
from analyzer.curating import curate, unused
from analyzer.drafting import ask
from analyzer.grouping import group
from analyzer.intake import read_items
from analyzer.labelling import label
from analyzer.reading import Reading
from analyzer.records import Evidence, Ignored, Meeting, Review
from analyzer.scoring import score
from analyzer.settings import Curation, LineDecision, Settings
from analyzer.sharing import choose_shared, finish_shared


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """What the first half of the pipeline yields: what was read, and an evidence record for each item of it."""

    reading: Reading
    evidence: tuple[Evidence, ...]
    ignored: tuple[Ignored, ...]

    @property
    def meetings(self) -> list[Meeting]:
        """The meetings of all documents."""
        return [meeting for document in self.reading.documents for meeting in document.meetings]


def extract(paths: Sequence[Path], settings: Settings) -> Labelled:
    """Read notes and label every item of them; for anybody but their owner what is marked private is never read.

    Args:
        paths: files and folders.
        settings: one run's settings.

    Raises:
        AnalyzerError: a path is missing, or nothing could be read.
    """
    if settings.share != "self":
        settings = settings.model_copy(update={"include_private": False})
    reading, items, ignored = read_items(paths, settings)
    store = default_store() if settings.cache else None
    scorer = encoder.load_cached(store) if store else encoder.load()
    evidence = label(items, reading.roster, classifier.load(settings.model), scorer, store)
    return Labelled(reading=reading, evidence=evidence, ignored=ignored)


def review_of(labelled: Labelled, settings: Settings, curation: Curation | None = None) -> Review:
    """Join labelled notes to the review of their period.

    Args:
        labelled: from `extract`.
        settings: one run's settings.
        curation: what the user decided about lines and projects.

    Raises:
        AnalyzerError: no meeting lies inside the period.
    """
    curation = curation or Curation()
    evidence = curate(labelled.evidence, curation)
    whole = _joined(labelled, evidence, settings, curation)
    chosen = choose_shared(whole, evidence, labelled.reading.documents, labelled.reading.roster, settings)
    if chosen is None:
        return whole
    kept = _joined(labelled, chosen.evidence, settings, _pinned(curation, chosen.projects), meetings=chosen.meetings)
    return finish_shared(kept, chosen, ask)


def _joined(
    labelled: Labelled,
    evidence: Sequence[Evidence],
    settings: Settings,
    curation: Curation,
    *,
    meetings: Sequence[Meeting] | None = None,
) -> Review:
    roster = labelled.reading.roster
    review = group(evidence, labelled.meetings if meetings is None else meetings, roster, settings, curation)
    met_nothing = unused(curation, review, {one.id for one in labelled.evidence})
    problems = (*labelled.reading.problems, *review.problems, *met_nothing)
    review = replace(review, writer=roster.writer, problems=problems, ignored=labelled.ignored)
    review = score(review, settings)
    return replace(review, questions_to_you=ask(review))


def _pinned(curation: Curation, projects: Mapping[str, str]) -> Curation:
    """Return the decisions with the project of each line in them, as it was found when all lines were there."""
    decided = [LineDecision(id=one, project=project) for one, project in projects.items()]
    return Curation(line=tuple(decided), rename=curation.rename)


def analyze(paths: Sequence[Path], settings: Settings, curation: Curation | None = None) -> Review:
    """Read a person's notes and return the review of their period; see `extract` and `review_of`."""
    return review_of(extract(paths, settings), settings, curation)
