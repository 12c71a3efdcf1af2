"""Effects that are written in one of the forms of `quantities.toml` ("from A to B", "D fewer", "saves V")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.labelling.metrics.lexicon import FIRST_MARK, MARK_LIMIT, Form, either, forms, search, table, words
from analyzer.labelling.metrics.quantities import Quantity, aligned, comparable

_RELATIVE = frozenset({"percent", "factor", "fraction"})
_NOT_UP = re.compile(r"\b(?:set|sign|signed|pick|picked|follow|build|wrap|line|lined|back|made|make|came|end|ended|add|adds)\s$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Masked:
    """A text in which every quantity is one private character, and where its characters stood before."""

    text: str
    origin: tuple[int, ...]
    quantities: tuple[Quantity, ...]

    def quantity(self, index: int) -> Quantity:
        """Return the quantity that stands at an offset of the masked text."""
        return self.quantities[ord(self.text[index]) - FIRST_MARK]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A metric without its name: which figures play which part, in offsets of the item's text."""

    start: int
    end: int
    before: float | None = None
    after: float | None = None
    delta: float | None = None
    value: float | None = None
    unit: str | None = None
    noun: str | None = None
    relative: bool = False
    direction: str | None = None
    used: tuple[int, ...] = ()
    """Where the quantities stand that this metric is made of."""
    form: str = ""


def mask(text: str, quantities: Sequence[Quantity]) -> Masked:
    """Replace every quantity by one private character."""
    parts: list[str] = []
    origin: list[int] = []
    kept = tuple(quantities[:MARK_LIMIT])
    last = 0
    for number, one in enumerate(kept):
        parts += [text[last : one.start], chr(FIRST_MARK + number)]
        origin += [*range(last, one.start), one.start]
        last = one.end
    parts.append(text[last:])
    origin += [*range(last, len(text)), len(text)]
    return Masked("".join(parts), tuple(origin), kept)


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
    """Read words that are a whole metric by themselves ("halved", "doubled")."""
    found: list[Reading] = []
    for word, factor in table("factors").items():
        for match in re.finditer(rf"\b{word}\b", text, re.IGNORECASE):
            direction = "up" if factor > 1 else "down"
            found.append(
                Reading(start=match.start(), end=match.end(), value=float(factor), unit="x", relative=True, direction=direction)
            )
    return found


def _read(masked: Masked, form: Form, match: re.Match[str]) -> Reading | None:
    groups = {name.rstrip("234"): match.start(name) for name, text in match.groupdict().items() if text}
    roles = {role: masked.quantity(groups[role]) for role in ("before", "after", "delta", "value") if role in groups}
    if form.kinds and not {one.kind for one in roles.values()} <= form.kinds:
        return None
    if not all(_passes(flag, masked, match, roles) for flag in sorted(form.flags)):
        return None
    if form.id == "metric.signed" and re.search(r"\b(?:of|at|was|is)\s$", masked.text[: match.start()]):
        return None
    if "up" in groups and _NOT_UP.search(masked.text, 0, groups["up"]):
        return None
    start, end = masked.origin[match.start()], max(masked.origin[match.end() - 1] + 1, *(one.end for one in roles.values()))
    place = {"start": start, "end": end, "used": tuple(one.start for one in roles.values()), "form": form.id}
    if {"before", "after"} <= roles.keys():
        return change(roles["before"], roles["after"], start=start, end=end, form=form.id)
    one = next(iter(roles.values()))
    role = "delta" if "delta" in roles else "value"
    return Reading(
        **place,
        **{role: one.value},
        unit=one.unit,
        noun=one.noun,
        relative=role == "delta" and one.kind in _RELATIVE,
        direction=_direction(groups, one) if role == "delta" else None,
    )


def change(before: Quantity, after: Quantity, *, start: int, end: int, form: str) -> Reading | None:
    """Return the reading of an older and a newer figure, None where they cannot be figures of one thing."""
    if not comparable(before, after) or (before.word and after.word and before.value and after.value):
        return None
    if "down" in form and before.loose:
        return None
    old, new, unit = aligned(before, after)
    if old == new:
        return None
    first = min(before, after, key=lambda one: one.start)
    return Reading(
        start=start,
        end=end,
        before=old,
        after=new,
        unit=unit,
        noun=first.noun or before.noun or after.noun,
        direction="up" if new > old else "down",
        used=(before.start, after.start),
        form=form,
    )


def _direction(groups: dict[str, int], quantity: Quantity) -> str | None:
    if quantity.signed:
        return "up" if quantity.signed > 0 else "down"
    return next((way for way in ("down", "up") if way in groups), None)


def _passes(flag: str, masked: Masked, match: re.Match[str], roles: dict[str, Quantity]) -> bool:
    one = next(iter(roles.values()))
    after = masked.text[match.end() : match.end() + 80]
    clause = re.split(r"[.;!?]\s", masked.text[: match.start()])[-1] + match[0]
    checks = {
        "bare_before": lambda: roles["before"].kind in {"bare", "count"} and roles["before"].unit is None and roles["after"].unit,
        "movement": lambda: search("up").search(clause) or search("down").search(clause),
        "measured": lambda: one.kind != "bare" or (not one.loose and not one.word),
        "not_compared": lambda: not re.match(r"\s(?:to|->|→)", after),
        "not_loose": lambda: not one.loose,
        "past": lambda: search("before_strong").search(after) or re.search(r"\b(?:than|on|against)\b.{0,30}\b(?:old|did|had|prior|previous|last)\b", after),
        "signed": lambda: one.signed != 0,
        "zero": lambda: one.value == 0 and _counts(one, "bad") and (not one.word or search("since").search(after)),
        "user": lambda: one.value >= 20 and _counts(one, "user"),
    }
    return bool(checks[flag]())


def _counts(quantity: Quantity, name: str) -> bool:
    noun = (quantity.noun or "").lower()
    return noun in words(name) or noun.split(" ")[-1] in words(name) or bool(noun and re.fullmatch(either(name), noun))
