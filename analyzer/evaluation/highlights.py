"""The tool's highlights beside the finished pieces that judges would put at the top of the same year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations
from pathlib import Path

from analyzer.errors import BadFileError
from analyzer.evaluation.outcomes import Outcome
from analyzer.records import Review

Choice = Mapping[str, frozenset[str]]
"""By author, the claims that one judge chose."""


def load_choice(path: Path) -> Choice:
    """Load one judge's choice.

    Args:
        path: lines of author, rank and claim, between tabs; the order among the chosen is not used.

    Raises:
        BadFileError: a line that is none of these.
    """
    found: dict[str, set[str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        cells = line.split("\t")
        if len(cells) != 3 or not cells[1].isdigit():
            raise BadFileError(path, f"line {number}", "holds author, rank and claim, between tabs")
        found.setdefault(cells[0], set()).add(cells[2])
    return {author: frozenset(claims) for author, claims in found.items()}


def score_highlights(
    choices: Sequence[Choice], reviews: Mapping[str, Review], outcomes: Mapping[str, Sequence[Outcome]]
) -> str:
    """Return in one line how many of each judge's choice the highlights hold, and of another judge's choice.

    Args:
        choices: from `load_choice`, a judge each, of the same authors.
        reviews: the tool's review of each author.
        outcomes: by author, the tool's evidence beside the gold.
    """
    authors = sorted(name for name in choices[0] if name in reviews)
    shown = {name: _shown(reviews[name], outcomes[name]) for name in authors}
    ours = _share([(choice[name], shown[name]) for choice in choices for name in authors])
    pairs = list(permutations(choices, 2))
    theirs = _share([(one[name], other[name]) for one, other in pairs for name in authors])
    return (
        f"highlights: {ours:.2f} of the pieces that {len(choices)} judges would put first, in {len(authors)} authors' years; "
        f"a judge holds {theirs:.2f} of another's\n"
    )


def _shown(review: Review, outcomes: Sequence[Outcome]) -> frozenset[str]:
    """Return the gold claims that the lines of the highlighted pieces report or are about."""
    highlighted = frozenset(review.highlights)
    gold = [one.gold for one in outcomes if one.gold is not None and one.claim in highlighted]
    return frozenset(claim for one in gold for claim in (one.claim, one.effect_of) if claim is not None)


def _share(pairs: Sequence[tuple[frozenset[str], frozenset[str]]]) -> float:
    chosen = sum(len(wanted) for wanted, _ in pairs)
    return sum(len(wanted & found) for wanted, found in pairs) / chosen if chosen else 0.0
