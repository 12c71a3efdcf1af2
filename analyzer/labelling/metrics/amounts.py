"""Amounts that tell the size of an effect by standing in a line that is known to tell one: "said yes, £300k over three years".

In any other line a sum of money is a price, a budget or a request as often as an effect, so nothing is read here without the
label.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.labelling.metrics.names import name_of
from analyzer.labelling.metrics.quantities import find_quantities
from analyzer.labelling.metrics.quantity import Quantity
from analyzer.labelling.metrics.scope import is_projected, is_unreal, sentence
from analyzer.records import Metric

_PRICE = re.compile(
    r"\b(?:for|at|the|of|over|under|above|below|costs?|costing|cost us|price|fee|budget|want|wants|ask(?:ed)?|bought it,?|stay|stays)"
    r"\s?$",
    re.IGNORECASE,
)
"""Words before a sum that make it a price, a limit or a part of something."""
_SPARED = re.compile(
    r"\b(?:not spent|(?:don['’]?t|do not|did not|didn['’]?t|won['’]?t|no longer|stop(?:ped)?) (?:spend|pay|paying|be doing)\w*"
    r"|worse off|cheaper|less|released|let go of|out of the|there goes|contingency|reserve)\b",
    re.IGNORECASE,
)
_ON_TOP = re.compile(r"\b(?:more|extra|additional|on top)\b", re.IGNORECASE)


def amounts_of_effect(text: str, known: Sequence[Metric]) -> tuple[Metric, ...]:
    """Return the sums of money in a line that tells an effect.

    Args:
        text: the text of an item with the label impact.
        known: what `find_metrics` read in it.
    """
    free = [one for one in find_quantities(text) if not any(m.start < one.end and one.start < m.end for m in known)]
    found = [one for one in free if one.kind == "money" and not _PRICE.search(text[max(0, one.start - 12) : one.start])]
    return tuple(_metric(text, one) for one in found if not is_unreal(text, one.start, one.end))


def _metric(text: str, one: Quantity) -> Metric:
    low, high = sentence(text, one.start, one.end)
    spared, more = _SPARED.search(text[low:high]), _ON_TOP.search(text[one.end : high])
    change = bool(spared or more)
    return Metric(
        text=text[one.start : one.end],
        name=name_of(text, one.start, one.end, one.noun),
        before=None,
        after=None,
        delta=one.value if change else None,
        value=None if change else one.value,
        unit=one.unit,
        relative=False,
        direction=("down" if spared else "up") if change else None,
        projected=is_projected(text, one.start, one.end),
        start=one.start,
        end=one.end,
    )
