"""Where the labels go wrong, by kind of item and by kind of mistake, as plain rows: what to work on, and whom to warn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from analyzer.evaluation.figures import f1
from analyzer.evaluation.measures import label_counts
from analyzer.evaluation.outcomes import Outcome
from analyzer.records import UNCERTAIN, Label

SHORT, LONG = 8, 20
"""Words; an item with up to ``SHORT`` is short, with more than ``LONG`` it is long."""
NAMED = 2
"""Other labels that are named beside a mistake."""


def by_kind(outcomes: Mapping[str, Sequence[Outcome]], writers: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return F1 of each label for each kind of item.

    Args:
        outcomes: by author.
        writers: by author, ``subject`` or ``manager``.

    Returns:
        Rows of the kind, the number of its items, F1 of each label.
    """
    kinds: dict[str, Callable[[Outcome], bool]] = {
        "written by the subject": lambda one: writers.get(one.author) == "subject",
        "written by the manager": lambda one: writers.get(one.author) == "manager",
        f"up to {SHORT} words": lambda one: _words(one) <= SHORT,
        f"{SHORT + 1} to {LONG} words": lambda one: SHORT < _words(one) <= LONG,
        f"over {LONG} words": lambda one: _words(one) > LONG,
        "no label in the uncertain band": lambda one: not _is_uncertain(one),
        "a label in the uncertain band": _is_uncertain,
    }
    everything = [one for some in outcomes.values() for one in some]
    found = [(name, [one for one in everything if belongs(one)]) for name, belongs in kinds.items()]
    return [(name, str(len(some)), *(_f1(label, some) for label in Label)) for name, some in found if some]


def by_mistake(outcomes: Mapping[str, Sequence[Outcome]]) -> list[tuple[str, ...]]:
    """Return what is said instead of each label that is missed, and what is true where one is given wrongly.

    Args:
        outcomes: by author.

    Returns:
        Rows of the label; missed, of these without any label, the other labels most often given; extra, of these without any
        label in truth, the labels that are most often true.
    """
    everything = [one for some in outcomes.values() for one in some]
    rows: list[tuple[str, ...]] = []
    for label in Label:
        missed = [one.labels - one.truth for one in everything if label in one.truth - one.labels]
        extra = [one.truth - one.labels for one in everything if label in one.labels - one.truth]
        rows.append((label.value, *_confused(missed), *_confused(extra)))
    return rows


def uncertain_band(outcomes: Mapping[str, Sequence[Outcome]]) -> str:
    """Return one line about the uncertain band: how many items have a label in it, and how often which are read wrong."""
    everything = [one for some in outcomes.values() for one in some]
    inside = [one for one in everything if _is_uncertain(one)]
    outside = [one for one in everything if not _is_uncertain(one)]
    low, high = UNCERTAIN
    return (
        f"a label in the uncertain band ({low} to {high}): {len(inside)} of {len(everything)} items; "
        f"wrong in some label: {_wrong(inside)} of these, {_wrong(outside)} of the others"
    )


def _confused(others: Sequence[frozenset[Label]]) -> tuple[str, str, str]:
    common = Counter(one.value for some in others for one in some).most_common(NAMED)
    return (
        str(len(others)),
        str(sum(not some for some in others)),
        ", ".join(f"{name} {n}" for name, n in common) or "-",
    )


def _is_uncertain(one: Outcome) -> bool:
    return any(UNCERTAIN[0] <= share <= UNCERTAIN[1] for share in one.confidence.values())


def _wrong(outcomes: Sequence[Outcome]) -> str:
    return f"{sum(one.labels != one.truth for one in outcomes) / len(outcomes):.2f}" if outcomes else "-"


def _words(one: Outcome) -> int:
    return len(one.text.split())


def _f1(label: Label, outcomes: Sequence[Outcome]) -> str:
    value = float(f1(np.array([label_counts([label], outcomes)], dtype=float))[0])
    return "-" if np.isnan(value) else f"{value:.3f}"
