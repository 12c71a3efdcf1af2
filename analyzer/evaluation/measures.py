"""What is measured, as a table: each measure sums one author's outcomes, and a function of the sums is the figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial

from analyzer.evaluation.figures import (
    Function,
    b_cubed,
    bin_sums,
    calibration_error,
    f1,
    macro_f1,
    mean_calibration_error,
    precision,
    ratio,
    recall,
    second_ratio,
    two_sided,
)
from analyzer.evaluation.outcomes import Outcome
from analyzer.evaluation.quantities import compare
from analyzer.records import Label

CORE = (Label.ACCOMPLISHMENT, Label.IMPACT, Label.FEEDBACK)
"""The labels that a self-review stands on."""
FALSE_METRICS_PER = 100
"""Quantities that are none of the gold's are given per this many items."""
_ATTRIBUTES = ("status", "polarity", "direction")
_CLUSTERS = {"projects": "project", "claims": "claim"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """One figure: how an author's outcomes are summed, what the figure is of the sums, and how many gold cases it has."""

    name: str
    sums: Callable[[Sequence[Outcome]], Sequence[float]]
    function: Function
    support: Callable[[Sequence[Outcome]], int]


def measures() -> tuple[Measure, ...]:
    """Return every published measure, in the order of the table."""
    return (*_of_labels(), *_of_attributes(), *_of_metrics(), *_of_clusters(), *_of_calibration())


def label_counts(labels: Sequence[Label], outcomes: Sequence[Outcome]) -> list[float]:
    """Return true positives, false positives and false negatives of each label, one after the other."""
    counts: list[float] = []
    for label in labels:
        pairs = [(label in one.truth, label in one.labels) for one in outcomes]
        counts += [pairs.count((True, True)), pairs.count((False, True)), pairs.count((True, False))]
    return counts


def _of_labels() -> Iterable[Measure]:
    for label in Label:
        sums, support = partial(label_counts, [label]), partial(_cases, [label])
        for name, function in (("precision", precision), ("recall", recall), ("F1", f1)):
            yield Measure(name=f"{label} {name}", sums=sums, function=function, support=support)
    for name, labels in (("core macro F1", CORE), ("macro F1", tuple(Label))):
        yield Measure(name=name, sums=partial(label_counts, labels), function=macro_f1, support=partial(_cases, labels))


def _of_attributes() -> Iterable[Measure]:
    for name in _ATTRIBUTES:
        for note, given in (("", True), (", none given counts as wrong", False)):
            yield Measure(
                name=f"{name} accuracy{note}",
                sums=partial(_right, name, given),
                function=ratio,
                support=partial(_given, name),
            )


def _of_metrics() -> Iterable[Measure]:
    yield Measure(name="metric numbers F1", sums=partial(_metric_sums, "number"), function=f1, support=_metrics)
    for name, function in (("precision", precision), ("recall", recall), ("F1", f1)):
        yield Measure(
            name=f"metric tuples {name}", sums=partial(_metric_sums, "tuple"), function=function, support=_metrics
        )
    yield Measure(
        name=f"false metrics per {FALSE_METRICS_PER} items", sums=_false_metrics, function=ratio, support=_metrics
    )


def _of_clusters() -> Iterable[Measure]:
    for name, attribute in _CLUSTERS.items():
        support = partial(_given, attribute)
        for own, note in ((True, ""), (False, ", own membership left out")):
            sums = partial(_cluster_sums, attribute, own)
            for side, function in (("precision", ratio), ("recall", second_ratio), ("F1", two_sided)):
                yield Measure(name=f"{name} B-cubed {side}{note}", sums=sums, function=function, support=support)
    for side, function in (("precision", ratio), ("recall", second_ratio), ("F1", two_sided)):
        yield Measure(name=f"accomplishments, merged, {side}", sums=_merged, function=function, support=_claims_of)
    yield Measure(
        name="items of no project that are given one", sums=_given_a_project, function=ratio, support=_without_project
    )


def _of_calibration() -> Iterable[Measure]:
    labels = tuple(Label)
    sums = partial(_bins, labels)
    yield Measure(name="calibration error, mean of labels", sums=sums, function=mean_calibration_error, support=_items)
    for label in labels:
        yield Measure(
            name=f"calibration error, {label}",
            sums=partial(_bins, (label,)),
            function=calibration_error,
            support=_items,
        )


def _cases(labels: Sequence[Label], outcomes: Sequence[Outcome]) -> int:
    return sum(label in one.truth for one in outcomes for label in labels)


def _items(outcomes: Sequence[Outcome]) -> int:
    return sum(one.gold is not None for one in outcomes)


def _given(attribute: str, outcomes: Sequence[Outcome]) -> int:
    return sum(one.gold is not None and getattr(one.gold, attribute) is not None for one in outcomes)


def _metrics(outcomes: Sequence[Outcome]) -> int:
    return sum(len(one.gold.metrics) for one in outcomes if one.gold)


def _right(attribute: str, only_given: bool, outcomes: Sequence[Outcome]) -> list[float]:
    """Return right and all answers on the items that have the attribute."""
    asked = [one for one in outcomes if one.gold and getattr(one.gold, attribute) is not None]
    counted = [one for one in asked if getattr(one, attribute) is not None] if only_given else asked
    right = sum(getattr(one, attribute) == getattr(one.gold, attribute) for one in counted)
    return [right, len(counted)]


def _metric_sums(kind: str, outcomes: Sequence[Outcome]) -> list[float]:
    counts = [compare(one.gold.metrics if one.gold else (), one.metrics) for one in outcomes]
    return [sum(count[f"{kind}_{side}"] for count in counts) for side in ("tp", "fp", "fn")]


def _false_metrics(outcomes: Sequence[Outcome]) -> list[float]:
    wrong = sum(compare(one.gold.metrics if one.gold else (), one.metrics)["false"] for one in outcomes)
    return [FALSE_METRICS_PER * wrong, _items(outcomes)]


def _cluster_sums(attribute: str, own: bool, outcomes: Sequence[Outcome]) -> list[float]:
    kept = [(one, one.gold) for one in outcomes if one.gold]
    clusters = [getattr(one, attribute) for one, _ in kept]
    return b_cubed([getattr(gold, attribute) for _, gold in kept], clusters, own=own)


def _merged(outcomes: Sequence[Outcome]) -> list[float]:
    """Return what `two_sided` takes: the tool's accomplishments that stand for one of the gold's, and those found.

    One of the tool's stands for the gold accomplishment that most of its lines report, and only one for each: a second is
    as wrong as one that stands for none.
    """
    lines: dict[str, Counter[str | None]] = {}
    for one in outcomes:
        if one.claim is not None and Label.ACCOMPLISHMENT in one.labels:
            lines.setdefault(one.claim, Counter())[one.gold.claim if one.gold else None] += 1
    meant = [counts.most_common(1)[0][0] for counts in lines.values()]
    found = {name for name in meant if name is not None}
    return [len(found), len(meant), len(found), _claims_of(outcomes)]


def _claims_of(outcomes: Sequence[Outcome]) -> int:
    return len({one.gold.claim for one in outcomes if one.gold and one.gold.claim is not None})


def _given_a_project(outcomes: Sequence[Outcome]) -> list[float]:
    loose = [one for one in outcomes if one.gold and one.gold.project is None]
    return [sum(one.project is not None for one in loose), len(loose)]


def _without_project(outcomes: Sequence[Outcome]) -> int:
    return sum(one.gold is not None and one.gold.project is None for one in outcomes)


def _bins(labels: Sequence[Label], outcomes: Sequence[Outcome]) -> list[float]:
    sums: list[float] = []
    for label in labels:
        scored = [(one.confidence[label], label in one.truth) for one in outcomes if label in one.confidence]
        sums += bin_sums([probability for probability, _ in scored], [truth for _, truth in scored])
    return sums
