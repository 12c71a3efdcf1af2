"""The plan that a turnaround packet is held against: what is expected, what is promised, read strictly from one TOML file.

Days: "day 15" is fifteen days after the plan's ``start``; a plan without one counts from the day of the talk.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.toml_file import parsed, toml_text
from analyzer.turnaround.places import Key, Place, line_of, places_of
from analyzer.turnaround.wording import found, opens

MOST_COMMITMENTS = 3
"""A longer list reads as no priorities at all, and nobody can follow it weekly."""
WORDS_PER_MINUTE = 130
"""A calm pace: lectures in English were measured at about 140 words a minute (Tauroza and Allison, "Speech rates in British
English", Applied Linguistics 11, 1990), and a hard talk needs air."""
MOST_BYTES = 200_000
KINDS = ("leading", "lagging", "process")

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Day = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^(?i:day)\s+\d{1,3}$")]
_FIGURE = re.compile(r"\d")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False)


class Criterion(_Strict):
    """One written expectation."""

    name: Line
    metric: Line
    target: Line
    by: date | Day | None = None
    text: Line | None = None
    """The plan's own sentence."""
    aliases: tuple[Line, ...] = ()
    """Other words by which the notes speak of it."""
    realistic: Line | None = None
    """What can be reached where the target cannot."""
    needs: Line | None = None
    """What would close the rest: people, hours, scope."""


class Commitment(_Strict):
    """One promise of the plan's owner."""

    metric: Line
    target: Line
    by: date | Day | None = None
    kind: Literal["leading", "lagging", "process"] | None = None
    owner: Line | None = None
    artefact: Line | None = None
    checkpoint: Line | None = None
    success: Line | None = None
    aliases: tuple[Line, ...] = ()
    assumption: Line | None = Field(None, alias="if")
    outcome: Line | None = Field(None, alias="then")
    fallback: Line | None = Field(None, alias="else")
    ask: Line | None = None
    """One question that is answered with yes or no."""

    @model_validator(mode="after")
    def _can_be_checked(self) -> Commitment:
        for words in (self.metric, self.target, self.success or ""):
            if vague := found("vague", words):
                raise ValueError(
                    f'"{vague[0]}" is a promise that nobody can check; write what will be there on the day, and how many'
                )
        if not _FIGURE.search(self.target) and not self.artefact:
            raise ValueError(
                f'"{self.target}" names no number, and there is no artefact; write one that both sides can look at'
            )
        if self.ask is not None and not (self.ask.endswith("?") and opens("yes_no", self.ask)):
            raise ValueError(f'"{self.ask}" is not answered with yes or no; begin with "Can we", "May I" or "Is it"')
        return self


class Talk(_Strict):
    """The blocks of the talk in the owner's own words, where they want other ones than the packet's."""

    opening: Line | None = None
    situation: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] | None = None
    complication: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] | None = None
    resolution: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)] | None = None


class Plan(_Strict):
    """The whole file."""

    start: date | None = Field(None, ge=date(1970, 1, 1), le=date(2200, 12, 31))
    words_per_minute: int = Field(WORDS_PER_MINUTE, ge=60, le=240)
    sprint: int = Field(14, ge=1, le=60)
    """Days of the next sprint: what can be changed in it comes first among gaps of a size."""
    criterion: tuple[Criterion, ...] = Field(min_length=1)
    commitment: tuple[Commitment, ...] = ()
    talk: Talk = Talk()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """A plan with its file's lines and where each key stands in them."""

    path: Path
    plan: Plan
    lines: tuple[str, ...]
    places: dict[Key, Place]

    def place(self, *key: str | int) -> Place | None:
        """Return the lines of a key, None where it is not there."""
        return self.places.get(key)

    def day(self, by: date | str | None, talk: date) -> date | None:
        """Return a date of the plan; "day 15" is counted from its start, else from the day of the talk."""
        if not isinstance(by, str):
            return by
        return later(self.plan.start or talk, int(by.split()[-1]))


def later(day: date, days: int) -> date:
    """Return the day so many days after another, the last one that there is at most."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))


_TABLES: dict[str, type[BaseModel]] = {"criterion": Criterion, "commitment": Commitment, "talk": Talk}


def read_plan(path: Path) -> PlanFile:
    """Read a plan.

    Args:
        path: the TOML file.

    Raises:
        BadFileError: there is no such file, it is not TOML, has an unknown key, a value of the wrong type, more than three
            commitments, or a promise that nobody can check; the message names the line.
    """
    text = toml_text(path, MOST_BYTES)
    data = parsed(text, path)
    places = places_of(text)
    try:
        plan = Plan.model_validate(data)
    except ValidationError as error:
        raise _told(path, places, error) from error
    _whole(path, places, plan)
    return PlanFile(path=path, plan=plan, lines=tuple(text.splitlines()), places=places)


def _told(path: Path, places: dict[Key, Place], error: ValidationError) -> BadFileError:
    """Return the first finding as an error with its line; a misspelt key comes before the key that is missing for it."""
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
    loc = _named(first["loc"])
    line = line_of(places, loc)
    where = f"{path}:{line}" if line else str(path)
    if first["type"] == "extra_forbidden":
        model = _TABLES.get(str(loc[0]), Plan) if len(loc) > 1 else Plan
        return UnknownKeyError(where, str(loc[-1]), [one.alias or name for name, one in model.model_fields.items()])
    if "by" in loc:
        return BadFileError(where, _dotted(loc), 'is neither a date, such as 2025-10-31, nor "day 15"')
    message = first["msg"].removeprefix("Value error, ")
    reason = message if message.startswith('"') else message.lower()
    return BadFileError(where, _dotted(loc), reason)


def _named(loc: Sequence[str | int]) -> Key:
    """Leave out what pydantic adds to a place for the members of a union."""
    kept: list[str | int] = []
    for part in loc:
        kept.append(part)
        if part == "by":
            break
    return tuple(kept)


def _dotted(loc: Sequence[str | int]) -> str:
    """Return a place in words: "commitment 2, target"."""
    parts: list[str] = []
    for part in loc:
        if isinstance(part, int) and parts:
            parts[-1] += f" {part + 1}"
        else:
            parts.append(str(part))
    return ", ".join(parts)


def _whole(path: Path, places: dict[Key, Place], plan: Plan) -> None:
    """Check what only the whole plan can say."""
    if len(plan.commitment) > MOST_COMMITMENTS:
        line = line_of(places, ("commitment", MOST_COMMITMENTS))
        raise BadFileError(
            f"{path}:{line}" if line else path,
            f"commitment {MOST_COMMITMENTS + 1}",
            f"at most {MOST_COMMITMENTS} commitments; keep those that move a criterion most and leave the others out",
        )
    for kind in KINDS:
        same = [at for at, one in enumerate(plan.commitment) if one.kind == kind]
        if len(same) > 1:
            line = line_of(places, ("commitment", same[1], "kind"))
            raise BadFileError(
                f"{path}:{line}" if line else path,
                f"commitment {same[1] + 1}, kind",
                f"two commitments are '{kind}'; one of each: {', '.join(KINDS)}",
            )
    for table, entries in (
        ("criterion", [one.name for one in plan.criterion]),
        ("commitment", [one.metric for one in plan.commitment]),
    ):
        for at, name in enumerate(entries):
            if name.casefold() in {one.casefold() for one in entries[:at]}:
                line = line_of(places, (table, at))
                raise BadFileError(
                    f"{path}:{line}" if line else path, f"{table} {at + 1}", f"'{name}' stands there twice"
                )
