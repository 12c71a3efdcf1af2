"""A form as data: its questions in their order, what each answer may hold, and the strict reading of its file."""

from __future__ import annotations

import difflib
import re
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from analyzer.errors import BadFileError
from analyzer.settings import validated
from analyzer.toml_file import toml_text

Unit = Literal["chars", "bytes", "words", "html_chars"]
Voice = Literal["first", "third"]
Kind = Literal[
    "accomplishments",
    "competency",
    "strengths",
    "advice",
    "feedback",
    "given",
    "growth",
    "goals",
    "challenges",
    "plans",
]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1_000)]
MOST_FORM_BYTES = 1_000_000
"""A form is read by a person; a larger file is another one."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Question(_Strict):
    """One question of a form, with what its answer may hold."""

    text: Line
    evidence: tuple[Kind, ...] = Field(min_length=1)
    """Which evidence answers it, the most wanted first."""
    keywords: tuple[Line, ...] = ()
    """Only pieces that hold one of these words; ``lead*`` is every word that begins so."""
    quarters: tuple[Annotated[int, Field(ge=1, le=4)], ...] = ()
    """Only pieces of these quarters of the (fiscal) year; empty for all."""
    shape: Literal["piece", "star", "table"] = "piece"
    """``star`` tells a finished piece as situation, action and result, ``table`` gives it a row."""
    most: int | None = Field(None, ge=1)
    """At most so many pieces."""
    again: bool = False
    """Whether pieces that an earlier answer holds may stand in this one too."""
    limit: int | None = Field(None, ge=1)
    unit: Unit | None = None
    voice: Voice | None = None
    lists: bool | None = None
    tables: bool | None = None
    links: bool | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> Question:
        if "competency" in self.evidence and not self.keywords:
            raise ValueError("evidence 'competency' needs keywords")
        if self.shape != "piece" and set(self.evidence) - {"accomplishments", "competency"}:
            raise ValueError(f"shape '{self.shape}' is for accomplishments and competencies")
        return self


class Form(_Strict):
    """A form; what stands here holds for every question that does not say otherwise itself."""

    title: Line
    about: str = ""
    """Where such forms are met, for the list of forms."""
    limit: int | None = Field(None, ge=1)
    """The largest size of an answer, in ``unit``; None for no limit."""
    unit: Unit = "chars"
    voice: Voice = "first"
    lists: bool = True
    """Whether an answer may be a list; else each piece is a paragraph of its own."""
    tables: bool = False
    """Whether an answer may be a table; else ``shape = "table"`` is an error."""
    links: bool = False
    """Whether addresses that the notes hold stay."""
    question: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _tables_where_allowed(self) -> Form:
        if any(one.shape == "table" and not self.settled(one).tables for one in self.question):
            raise ValueError("shape 'table' needs tables = true")
        return self

    def settled(self, question: Question) -> Question:
        """Return a question with the form's own values where it says nothing."""
        own = {name: getattr(self, name) for name in ("limit", "unit", "voice", "lists", "tables", "links")}
        return question.model_copy(
            update={name: value for name, value in own.items() if getattr(question, name) is None}
        )


def read_form(given: str) -> tuple[str, Form]:
    """Read a form that the package ships, by its name, or one of your own, by its path.

    Args:
        given: a name from `shipped_forms`, or a path to a TOML file.

    Returns:
        The form's name, fit for a file's name, and the form.

    Raises:
        BadFileError: there is no such form or file, it is not TOML, has an unknown key, or a value of the wrong type.
    """
    shipped = _shipped()
    path = Path(given)
    if given in shipped:
        return given, validated(shipped[given].read_text(encoding="utf-8"), given, Form, {"question": Question})
    if not path.exists():
        near = difflib.get_close_matches(given, shipped, n=1)
        guess = f"did you mean '{near[0]}'?" if near else f"shipped: {', '.join(shipped)}"
        raise BadFileError(given, "", f"no such form and no such file; {guess}")
    text = toml_text(path, MOST_FORM_BYTES)
    name = re.sub(r"[^\w]+", "-", path.stem.lower()).strip("-_")[:60] or "own"
    return name, validated(text, path, Form, {"question": Question})


def shipped_forms() -> dict[str, Form]:
    """Return the forms that the package ships, by name, ``default`` first."""
    return {name: read_form(name)[1] for name in _shipped()}


def form_text(name: str) -> str:
    """Return a shipped form as its file has it, to be copied and changed.

    Raises:
        BadFileError: there is no such form.
    """
    read_form(name)
    shipped = _shipped()
    if name not in shipped:
        raise BadFileError(name, "", f"no form that is shipped; those are {', '.join(shipped)}")
    return shipped[name].read_text(encoding="utf-8")


def list_forms(name: str | None = None) -> str:
    """Return the forms that are shipped, a line each, or one of them as its file has it.

    Args:
        name: the form to show, None for the list.

    Raises:
        BadFileError: there is no such form.
    """
    if name is not None:
        return form_text(name)
    forms = shipped_forms()
    width = max(map(len, forms))
    return "".join(f"{one:<{width}}  {form.title}: {form.about}\n" for one, form in forms.items())


def _shipped() -> dict[str, Traversable]:
    entries = files(__package__).joinpath("shipped").iterdir()
    found = {entry.name.removesuffix(".toml"): entry for entry in entries if entry.name.endswith(".toml")}
    return {name: found[name] for name in sorted(found, key=lambda name: (name != "default", name))}
