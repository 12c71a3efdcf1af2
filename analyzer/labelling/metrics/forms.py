"""Effects that are written in one of the forms of `quantities.toml` ("from A to B", "D fewer", "saves V")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from analyzer.labelling.metrics.closed import HOURS
from analyzer.labelling.metrics.lexicon import Form, forms, search, table, words
from analyzer.labelling.metrics.quantity import Quantity
from analyzer.labelling.metrics.reading import Masked, Reading, change

_RELATIVE = frozenset({"percent", "factor", "fraction"})
_NOT_UP = re.compile(
    r"\b(?:set|sign|signed|pick|picked|follow|build|wrap|line|lined|back|made|make|came|end|ended|add|adds)\s$",
    re.IGNORECASE,
)
"""Verbs whose "up" is no rise."""
_MOVES = re.compile(r"\b(?:go|goes|gone|went|come|comes|came)\b", re.IGNORECASE)
_THAN_THEN = re.compile(r"\b(?:than|on|against)\b.{0,30}\b(?:old|did|had|prior|previous|last)\b", re.IGNORECASE)
_USERS = 20
"""Fewer people than this are counted by name and no sign of use."""
_NEAR = 80
"""Characters behind a form that still qualify it."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One match of a form: its figures by role, the rest of the sentence before and behind it."""

    roles: Mapping[str, Quantity]
    clause: str
    after: str

    @property
    def one(self) -> Quantity:
        return next(iter(self.roles.values()))


_CHECKS: Mapping[str, Callable[[_Match], object]] = {
    "falls": lambda match: _falls(match.roles["before"], match.roles["after"]),
    "bare_before": lambda match: match.roles["before"].unit is None and match.roles["after"].unit,
    "movement": lambda match: search("up").search(match.clause) or search("down").search(match.clause),
    "measured": lambda match: match.one.kind != "bare" or not (match.one.loose or match.one.word),
    "not_compared": lambda match: not re.match(r"\s(?:to|->|→)", match.after),
    "not_hours": lambda match: not _is_hours(match),
    "not_loose": lambda match: not match.one.loose,
    "no_plan": lambda match: not search("plan").match(match.after.lstrip()),
    "past": lambda match: search("before_strong").search(match.after) or _THAN_THEN.search(match.after),
    "signed": lambda match: match.one.signed != 0 and not re.search(r"\b(?:of|at|was|is)\s.$", match.clause),
    "zero": lambda match: _is_none_of(match, "bad"),
    "user": lambda match: match.one.value >= _USERS and _counts(match.one, "user"),
}
"""Checks that an expression cannot make, by the flag that asks for them."""


def read_forms(masked: Masked, *, values: bool, taken: frozenset[int] = frozenset()) -> list[Reading]:
    """Read every effect that is written in one of the forms; a quantity is used once, by the first form that fits.

    Args:
        masked: the text.
        values: whether to read the forms with a value alone, or those with a change.
        taken: where the quantities stand that already belong to a metric.
    """
    found: list[Reading] = []
    used: set[int] = set(taken)
    for form in forms():
        if ("value" in form.regex.groupindex) != values:
            continue
        for match in form.regex.finditer(masked.text):
            reading = _read(masked, form, match)
            if reading and used.isdisjoint(reading.used):
                found.append(reading)
                used.update(reading.used)
    return found


def read_factors(text: str) -> list[Reading]:
    """Read words that are a whole metric by themselves ("halved", "doubled"): new over old."""
    return [
        Reading(
            form="metric.factor",
            start=match.start(),
            end=match.end(),
            value=float(factor),
            unit="x",
            relative=True,
            direction="up" if factor > 1 else "down",
        )
        for word, factor in table("factors").items()
        for match in re.finditer(rf"\b{word}\b(?! in size)", text, re.IGNORECASE)
    ]


def _read(masked: Masked, form: Form, match: re.Match[str]) -> Reading | None:
    groups = {name.rstrip("234"): match.start(name) for name, text in match.groupdict().items() if text}
    better = any(text and text.lower().startswith("improv") for text in match.groupdict().values())
    roles: dict[str, Quantity] = {
        role: masked.quantity(groups[role]) for role in ("before", "after", "delta", "value") if role in groups
    }
    if form.kinds and not {one.kind for one in roles.values()} <= form.kinds:
        return None
    clause = re.split(r"[.;!?]\s", masked.text[: match.start()])[-1] + match[0]
    seen = _Match(roles, clause, masked.text[match.end() : match.end() + _NEAR])
    if not all(_CHECKS[flag](seen) for flag in form.flags):
        return None
    if "up" in groups and _NOT_UP.search(masked.text[max(0, groups["up"] - 10) : groups["up"]]):
        return None
    start = masked.origin[match.start()]
    end = max(masked.origin[match.end() - 1] + 1, *(one.end for one in roles.values()))
    if "before" in roles and "after" in roles:
        return change(roles["before"], roles["after"], start=start, end=end, form=form.id)
    is_change = "delta" in roles
    return Reading(
        form=form.id,
        start=start,
        end=end,
        delta=seen.one.value if is_change else None,
        value=None if is_change else seen.one.value,
        unit=seen.one.unit,
        noun=seen.one.noun,
        relative=is_change and seen.one.kind in _RELATIVE,
        direction=_direction(groups, seen.one) if is_change and not better else None,
        used=(seen.one.start,),
    )


def _direction(groups: Mapping[str, int], quantity: Quantity) -> str | None:
    if quantity.signed:
        return "up" if quantity.signed > 0 else "down"
    return next((way for way in ("down", "up") if way in groups), None)


def _is_hours(match: _Match) -> bool:
    """Take "from 9 to 5" for hours of the day where nothing moves."""
    bare = all(
        one.kind == "bare" and one.value <= HOURS and one.value == int(one.value) for one in match.roles.values()
    )
    moves = (_MOVES, search("up"), search("down"))
    return bare and not any(words.search(match.clause) for words in moves)


def _falls(before: Quantity, after: Quantity) -> bool:
    """Say whether the second figure is the smaller one: "38% to 21%" is no range, which begins with its lower end."""
    return before.kind not in {"bare", "zero", "fraction"} and not before.loose and before.value > after.value


def _is_none_of(match: _Match, name: str) -> bool:
    """Take "0 findings"; the word "zero" only beside a comparison ("zero complaints since the move")."""
    compared = not match.one.word or search("since").search(match.after)
    return match.one.value == 0 and _counts(match.one, name) and bool(compared)


def _counts(quantity: Quantity, name: str) -> bool:
    noun = (quantity.noun or "").lower()
    return noun in words(name) or noun.split(" ")[-1] in words(name)
