"""What the writer of a draft has on the desk: the review with its look-ups, how lines are cited, who is who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from analyzer.drafting.admitting import admit
from analyzer.drafting.cite import Citer, Links, citer, long_day
from analyzer.drafts import Citation
from analyzer.records import Accomplishment, Effect, Evidence, Project, Question, Review

TITLES = frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "professor",
        "matron",
        "sister",
        "sir",
        "lady",
        "captain",
        "nurse",
        "judge",
        "father",
        "colleague",  # "Colleague A" of a redacted review
        "name",
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """A review with its look-ups; made once per draft."""

    review: Review
    citer: Citer
    lines: Mapping[str, Evidence]
    claims: Mapping[str, Accomplishment]
    projects: Mapping[str, Project]
    by_manager: bool
    """Whether the manager wrote the notes."""
    questions: tuple[Question, ...] = ()
    unsure: frozenset[str] = frozenset()
    """Claims and lines with effects that stand in a draft with the mark of doubt."""
    doubts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Lines that stand in no draft and are asked about, by kind."""
    used: frozenset[str] = frozenset()
    """Lines that report something finished, or what came of it, and lines that are only asked about."""

    def cite(self, evidence: str) -> Citation:
        """Return the citation of an item, by evidence id."""
        return self.citer.cite(self.lines[evidence])

    def cites(self, evidence: Iterable[str]) -> tuple[Citation, ...]:
        """Return the citations of several items, each place once, in the order given."""
        found = [self.cite(one) for one in evidence if one in self.lines]
        return tuple({cited.label: cited for cited in found}.values())

    def day(self, day: date | None) -> str:
        """Return a day as sentences write it, with the year only where it is not the review's."""
        if day is None:
            return "pinned"
        return long_day(day, with_year=not self.in_year(day))

    def in_year(self, day: date) -> bool:
        """Return whether a day needs no year: it lies in the period, and the period in one calendar year."""
        last = date.fromordinal(self.review.end.toordinal() - 1)
        one_year = self.review.start.year == last.year
        return one_year and day.year == self.review.start.year

    def question_about(self, kind: str, evidence: Iterable[str] = (), project: str | None = None) -> int | None:
        """Return the number of the question of this kind about one of these lines or this project."""
        wanted = set(evidence)
        for number, question in enumerate(self.questions, start=1):
            if question.kind == kind and (wanted & set(question.evidence) or (project and question.project == project)):
                return number
        return None

    def effects_of(self, project: Project) -> list[Effect]:
        """Return the effects of a project: of its finished pieces, then those that no piece is known for."""
        return [*(effect for claim in self.claims_of(project) for effect in claim.effects), *project.effects]

    def claims_of(self, project: Project) -> list[Accomplishment]:
        """Return a project's finished pieces in the order of dates."""
        found = [self.claims[claim] for claim in project.accomplishments if claim in self.claims]
        return sorted(found, key=lambda claim: (claim.first, claim.id))


def desk_for(whole: Review, links: Links = None) -> Desk:
    """Lay out what a draft is written from.

    Args:
        whole: the review, as it was grouped and scored.
        links: from the path of a document in records to what its links lead to, as of `citer`.
    """
    by_manager = (whole.writer or _writer(whole)) == whole.manager and whole.manager is not None
    admitted = admit(whole, by_manager=by_manager)
    review = admitted.review
    claims = review.accomplishments
    finished = {one for claim in claims for one in (*claim.evidence, *claim.repeats)}
    holders: tuple[Accomplishment | Project, ...] = (*claims, *review.projects)
    effects = {effect.evidence for one in (*holders, admitted.review) for effect in one.effects}
    return Desk(
        review=review,
        citer=citer(review, links),
        lines=review.by_id(),
        claims={claim.id: claim for claim in claims},
        projects={project.name: project for project in review.projects},
        by_manager=by_manager,
        questions=review.questions_to_you,
        unsure=admitted.unsure,
        doubts=admitted.doubts,
        used=frozenset(finished | effects | {one for kind in admitted.doubts.values() for one in kind}),
    )


def short_name(name: str | None) -> str:
    """Return the name that sentences use: the first name, or all of it after a title ("Dr Lindgren")."""
    parts = (name or "").split()
    if len(parts) < 2 or parts[0].rstrip(".").casefold() in TITLES or not parts[1][:1].isupper():
        return " ".join(parts)
    return parts[0]


def quarter_name(quarter: str, review: Review) -> str:
    """Return "Q1", or the whole name where the period holds more than four quarters."""
    days = (review.end - review.start).days
    return quarter if days > 366 else quarter.rsplit("-", 1)[-1]


def _writer(review: Review) -> str | None:
    """Return who most lines are by: what has no speaker mark is the writer's, and that is the larger part."""
    authors = Counter(line.item.author for line in review.evidence if line.item.author)
    if not authors or review.manager is None:
        return review.subject
    return review.manager if authors[review.manager] > authors[review.subject or ""] else review.subject
