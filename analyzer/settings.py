"""What the user may set, read strictly from one TOML file, and what the user decided, read from `curation.toml`.

Both are data classes checked by pydantic: a wrong type or an unknown key is one clear line with the nearest known key.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError, ValidationInfo, field_validator

from analyzer.dates import year_period
from analyzer.errors import BadFileError, BadPeriodError, UnknownKeyError
from analyzer.records import Label
from analyzer.toml_file import parsed, toml_text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=False)


class ProjectName(_Strict):
    """A project that the user names: everything written like one of its aliases is this project."""

    name: str
    aliases: tuple[str, ...] = ()
    theme: str | None = None


class Weights(_Strict):
    """Points of each part of the two scores; `docs/scores.md` gives the reason for each."""

    weeks_per_point: int = Field(4, ge=1, description="weeks active that make one point of time")
    stated_cap: int = Field(4, ge=0, description="most points for a stated duration, one a full week")
    meeting: int = Field(1, ge=0)
    finished: int = Field(2, ge=0)
    person: int = Field(1, ge=0)
    blocker: int = Field(2, ge=0)
    eta_move: int = Field(1, ge=0)
    rungs: dict[str, int] = Field(
        default_factory=lambda: {
            "measured and vouched for": 6,
            "measured": 5,
            "decided": 4,
            "vouched for": 3,
            "expected": 2,
            "stated": 1,
        }
    )
    size: tuple[int, int, int] = (3, 2, 1)
    """A change of at least half, at least a quarter, less."""
    breadth: dict[str, int] = Field(default_factory=lambda: {"all": 3, "several": 2, "one": 1})
    consequence: dict[str, int] = Field(
        default_factory=lambda: {"money": 2, "decision": 2, "service": 2, "time": 1, "quality": 1}
    )
    share: dict[str, int] = Field(default_factory=lambda: {"mine": 2, "shared": 1, "team": 1, "unsaid": 0})

    @field_validator("rungs", "breadth", "consequence", "share")
    @classmethod
    def _only_known_parts(cls, given: dict[str, int], info: ValidationInfo) -> dict[str, int]:
        """Take the usual points where a table leaves a part out, and refuse a part that there is none of."""
        usual: dict[str, int] = cls.model_fields[str(info.field_name)].get_default(call_default_factory=True)
        for name in given:
            if name not in usual:
                raise ValueError(f"'{name}' is no part; there are {', '.join(usual)}")
        return usual | given


class Settings(_Strict):
    """One run's settings; the command line overrides the file."""

    me: str | None = None
    manager: str | None = None
    year: int | None = Field(None, ge=1970, le=2200)
    start: date | None = Field(None, alias="from")
    end: date | None = Field(None, alias="to", description="last day of the period, inclusive")
    fiscal_year_start: int = Field(1, ge=1, le=12)
    day_first: bool | None = None
    include_private: bool = False
    """Whether parts that the notes mark as private are read."""
    model: Path | None = None
    """Folder of a model of one's own, from `analyzer train --corrections`."""
    cache: bool = True
    """Whether results that need not be computed again are kept in the user's cache folder."""
    by: Literal["project", "quarter"] = "project"
    share: Literal["self", "manager", "public"] = "self"
    """Whom the outputs are for; what each level holds stands in `docs/privacy.md`."""
    redact: tuple[str, ...] = ()
    """Further names to be replaced: customers, companies, people who were missed. Naming any switches redaction on."""
    redacted: bool | None = None
    """Whether roles stand in the place of names; None where `redact` decides."""
    may_stand: tuple[str, ...] = ()
    """Words with a capital that are no persons, so that lines with them are not left out."""
    projects: tuple[ProjectName, ...] = ()
    weights: Weights = Weights()

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    @property
    def redacts(self) -> bool:
        """Whether every name is replaced by a role."""
        return bool(self.redact) if self.redacted is None else self.redacted

    def period(self) -> tuple[date, date] | None:
        """Return the half-open period that was asked for, None if it is to be taken from the notes.

        Raises:
            BadPeriodError: the period ends before it starts, or both a year and days are given.
        """
        if self.year is not None and (self.start or self.end):
            raise BadPeriodError("give either --year or --from and --to, not both")
        if self.year is not None:
            return year_period(self.year, self.fiscal_year_start)
        if self.start is None and self.end is None:
            return None
        start = self.start or date.min
        end = date.fromordinal(self.end.toordinal() + 1) if self.end and self.end < date.max else date.max
        if end <= start:
            raise BadPeriodError(f"the period ends ({self.end}) before it starts ({self.start})")
        return start, end


class LineDecision(_Strict):
    """What the user decided about one line, named by its evidence id."""

    id: str
    keep: bool | None = None
    """False drops the line from every output, True keeps it in even where the tool would not use it."""
    labels: tuple[Label, ...] | None = None
    project: str | None = None
    note: str | None = None


class Rename(_Strict):
    """A project under another name; several old names with one new name are merged."""

    old: str = Field(min_length=1)
    new: str = Field(min_length=1)


class Curation(_Strict):
    """What the user decided, read on each run and never overwritten."""

    line: tuple[LineDecision, ...] = ()
    rename: tuple[Rename, ...] = ()

    @field_validator("line")
    @classmethod
    def _one_decision_a_line(cls, lines: tuple[LineDecision, ...]) -> tuple[LineDecision, ...]:
        twice = [one for one, count in Counter(line.id for line in lines).items() if count > 1]
        if twice:
            raise ValueError(f"the line {twice[0]} is decided twice")
        return lines


def read_settings(path: Path) -> Settings:
    """Read a settings file.

    Raises:
        BadFileError: not TOML, an unknown key, or a value of the wrong type.
    """
    settings = _validate(path, Settings)
    return settings.model_copy(update={"model": path.parent / settings.model}) if settings.model else settings


def read_curation(path: Path) -> Curation:
    """Read a curation file; raises like `read_settings`."""
    return _validate(path, Curation)


_TABLES: dict[str, type[BaseModel]] = {
    "projects": ProjectName,
    "weights": Weights,
    "line": LineDecision,
    "rename": Rename,
}
_Model = TypeVar("_Model", bound=BaseModel)


def _validate(path: Path, model: type[_Model]) -> _Model:
    return _checked(parsed(toml_text(path), path), path, model, _TABLES)


def validated(text: str, name: Path | str, model: type[_Model], tables: Mapping[str, type[BaseModel]]) -> _Model:
    """Check the text of a TOML file against a model, as strictly as the settings are read.

    Args:
        text: the whole file.
        name: what an error calls it.
        model: the data class of the file.
        tables: the data classes of its tables, by key, so that a misspelt key in one is told the nearest.

    Raises:
        BadFileError: not TOML, an unknown key, or a value of the wrong type.
    """
    return _checked(parsed(text, name), name, model, tables)


def _checked(
    data: dict[str, object], path: Path | str, model: type[_Model], tables: Mapping[str, type[BaseModel]]
) -> _Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        # A misspelt key is told before the key that is missing because of it.
        first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")
        where = ".".join(str(part) for part in first["loc"])
        if first["type"] == "extra_forbidden":
            raise UnknownKeyError(path, where.rsplit(".", 1)[-1], _keys_at(model, first["loc"], tables)) from error
        raise BadFileError(path, where, first["msg"].lower()) from error


def _keys_at(model: type[BaseModel], place: tuple[int | str, ...], tables: Mapping[str, type[BaseModel]]) -> list[str]:
    """Return the keys that are known where an unknown one was found."""
    here: type[BaseModel] = model
    for part in place[:-1]:
        if isinstance(part, str) and part in here.model_fields:
            here = tables.get(part, here)
    return [field.alias or name for name, field in here.model_fields.items()]
