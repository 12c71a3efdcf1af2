"""Quantities that express an effect: "p95 fell from 900 to 320 ms", "a third fewer late samples".

A number alone is no metric. It becomes one by a form of change, by a word of effect, or by an older figure beside a
newer one; goals, conditions, dates and counts of work are left out. All words are in `patterns/quantities.toml`.

Conventions of the metrics: ``unit`` is ``%``, ``pts``, ``x``, ``ms`` to ``years``, a currency with its scale as written
(``£k``, ``$m``, ``£k a year``) or the counted noun; values are in that unit, both ends of a change in the unit of the
end that is written first. ``delta`` and ``value`` carry no sign, ``direction`` says which way. Of a range the lower end
is taken. A factor word ("halved") is a ``value`` in ``x``, new over old.
"""

from __future__ import annotations

from analyzer.labelling.metrics.amounts import amounts_of_effect
from analyzer.labelling.metrics.forms import read_factors, read_forms
from analyzer.labelling.metrics.names import name_of
from analyzer.labelling.metrics.pairs import read_pairs
from analyzer.labelling.metrics.quantities import find_quantities
from analyzer.labelling.metrics.reading import Reading, mask
from analyzer.labelling.metrics.scope import is_projected, is_unreal
from analyzer.records import Metric

TEXT_LIMIT = 4_000
"""Characters of one item that are read."""

__all__ = ["amounts_of_effect", "find_metrics"]


def find_metrics(text: str, *, projected: bool = False) -> tuple[Metric, ...]:
    """Find the quantities that express an effect.

    Args:
        text: an item's own text.
        projected: whether the item as a whole speaks of something expected; then all its metrics do.

    Returns:
        Metrics in the order of the text, without overlap of their figures; `records.Metric` names the fields.
    """
    text = text[:TEXT_LIMIT]
    masked = mask(text, find_quantities(text))
    readings = read_forms(masked, values=False)
    readings += read_pairs(masked, _used(readings))
    readings += read_forms(masked, values=True, taken=_used(readings))
    readings += [one for one in read_factors(text) if not any(_overlap(one, other) for other in readings)]
    kept = [one for one in readings if not is_unreal(text, one.start, one.end)]
    return tuple(_metric(text, one, projected=projected) for one in sorted(kept, key=lambda one: (one.start, one.end)))


def _used(readings: list[Reading]) -> frozenset[int]:
    return frozenset(place for reading in readings for place in reading.used)


def _overlap(one: Reading, other: Reading) -> bool:
    return one.start < other.end and other.start < one.end


def _metric(text: str, reading: Reading, *, projected: bool) -> Metric:
    words = text[reading.start : reading.end]
    end = reading.end + (words.count("(") > words.count(")") and text[reading.end : reading.end + 1] == ")")
    return Metric(
        text=text[reading.start : end],
        name=name_of(text, reading.start, reading.end, reading.noun),
        before=reading.before,
        after=reading.after,
        delta=reading.delta,
        value=reading.value,
        unit=reading.unit,
        relative=reading.relative,
        direction=reading.direction,
        projected=projected or is_projected(text, reading.start, reading.end),
        start=reading.start,
        end=end,
    )
