"""A draft as a notebook shows it: laid out as Markdown, whole or a part of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from analyzer.drafting import draft_effort_impact, draft_scan, draft_self_review
from analyzer.drafts import Draft
from analyzer.errors import UnknownNameError
from analyzer.forms import draft_form, read_form, shipped_forms
from analyzer.records import Review
from analyzer.rendering import render_markdown
from analyzer.settings import Settings

Links = Mapping[str, str]
Lines = Mapping[str, Sequence[str]]

_FENCE = re.compile(r"\s*(?:```|~~~)")
_CODE_OR_FORMULA = re.compile(r"(?<!`)(`+)[^`]+\1(?!`)|\\\\|\\?\$")
"""A piece of code, or what opens a formula: a dollar, and a backslash, which Markdown writes twice."""

DRAFTS: Mapping[str, Callable[[Review, Settings, Links], Draft]] = {
    "self-review": lambda review, settings, links: draft_self_review(review, by=settings.by, links=links),
    "effort-impact": lambda review, settings, links: draft_effort_impact(review, settings, links=links),
    "scan": lambda review, _, links: draft_scan(review, links=links),
}
"""Name of a draft to what makes it. A new kind of draft is a line here; forms come beside them by their own names."""


@dataclass(frozen=True, slots=True)
class ShownDraft:
    """A draft; ``str()`` is its text, and a notebook shows it laid out."""

    name: str
    draft: Draft
    lines: Lines

    def __str__(self) -> str:
        text = render_markdown(self.draft, self.lines)
        return text if self.draft.title else text.split("\n", 1)[1].lstrip("\n")

    def __repr__(self) -> str:
        sentences = sum(1 for _ in self.draft.sentences())
        return f"<{self.name}: {sentences} sentences, {len(self.draft.citations)} places of the notes cited>"

    def _repr_markdown_(self) -> str:
        return without_formulas(str(self))

    @property
    def parts(self) -> tuple[str, ...]:
        """The titles of the draft's sections, in order."""
        return tuple(section.title for section in self.draft.sections)

    def part(self, title: str) -> ShownDraft:
        """Return one section of the draft with what stands under it.

        Args:
            title: one of `parts`.

        Raises:
            UnknownNameError: there is no such section.
        """
        if title not in self.parts:
            raise UnknownNameError("part", title, self.parts)
        first, *rest = self.draft.sections[self.parts.index(title) :]
        under = takewhile(lambda section: section.level > first.level, rest)
        return replace(self, draft=Draft(title="", head=(), sections=(first, *under)))


def without_formulas(text: str) -> str:
    """Return Markdown in which a notebook finds no formula: "from $40 to $25" is money.

    Args:
        text: Markdown; what stands in code stays as it is, since no formula is looked for there.
    """
    fenced = False
    lines = []
    for line in text.split("\n"):
        edge = _FENCE.match(line) is not None
        lines.append(line if fenced or edge else _CODE_OR_FORMULA.sub(_plain, line))
        fenced ^= edge
    return "\n".join(lines)


def _plain(match: re.Match[str]) -> str:
    if match[1]:
        return match[0]
    return r"\\<span></span>" if match[0] == r"\\" else r"<span>\$</span>"


def shown_draft(name: str, review: Review, settings: Settings, links: Links, lines: Lines) -> ShownDraft:
    """Return a draft by its name.

    Args:
        name: a key of `DRAFTS`, the name of a form that is shipped, or the path of a form of one's own.
        review: the review.
        settings: the run's settings.
        links: each document's file as seen from where the draft is shown.
        lines: each document's lines.

    Raises:
        AnalyzerError: there is no such draft or form, or the form does not say what it must.
    """
    if name in DRAFTS:
        return ShownDraft(name, DRAFTS[name](review, settings, links), lines)
    forms = shipped_forms()
    if name not in forms and not name.endswith(".toml"):
        raise UnknownNameError("draft or form", name, [*DRAFTS, *forms])
    return ShownDraft(name, draft_form(review, read_form(name)[1], links=links), lines)
