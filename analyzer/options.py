"""The options that every command shares which reads notes, written once; a command takes them as one `Settings`."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from analyzer.settings import Settings

Notes = Annotated[
    list[Path],
    typer.Argument(help="Files, folders and archives with 1:1 notes; docs/formats.md lists the formats.", show_default=False),
]  # fmt: skip
Debug = Annotated[bool, typer.Option("--debug", help="Show a traceback if something goes wrong.")]
Strict = Annotated[bool, typer.Option("--strict", help="End with code 1 if anything could not be read.")]
Charts = Annotated[Path | None, typer.Option("--charts", help="Folder to write the charts to.", show_default="none")]
ChartFormats = Annotated[
    str | None,
    typer.Option(
        "--charts-format", help="Formats of the charts: svg, png, with commas.", metavar="LIST", show_default="svg"
    ),
]

OWN = frozenset({"agenda", "explain", "train", "turnaround"})
"""Commands whose outputs are the owner's alone."""


class Share(StrEnum):
    """Whom outputs are made for."""

    SELF = "self"
    MANAGER = "manager"
    PUBLIC = "public"


_SHARED: dict[str, Any] = {
    "me": Annotated[str | None, typer.Option("--me", help="Whose year it is.", show_default="from the notes")],
    "manager": Annotated[
        str | None, typer.Option("--manager", help="The manager's name.", show_default="from the notes")
    ],
    "year": Annotated[
        int | None,
        typer.Option("--year", min=1970, max=2200, help="The (fiscal) year to review.", show_default="from the notes"),
    ],
    "start": Annotated[
        datetime | None,
        typer.Option("--from", formats=["%Y-%m-%d"], help="First day of the period.", show_default=False),
    ],
    "end": Annotated[
        datetime | None,
        typer.Option("--to", formats=["%Y-%m-%d"], help="Last day of the period.", show_default=False),
    ],
    "fiscal_year_start": Annotated[
        int | None,
        typer.Option("--fiscal-year-start", min=1, max=12, help="Month that the fiscal year starts in.", show_default="1"),
    ],
    "day_first": Annotated[
        bool | None, typer.Option("--day-first/--month-first", help="How 3/4 is meant.", show_default="from the notes")
    ],
    "include_private": Annotated[
        bool | None, typer.Option("--include-private", help="Read what the notes mark as private.", show_default="no")
    ],
    "share": Annotated[
        Share | None, typer.Option("--share", help="Whom the outputs are for.", show_default="self")
    ],
    "redacted": Annotated[
        bool | None, typer.Option("--redact/--no-redact", help="Replace names by roles.", show_default="no")
    ],
    "model": Annotated[
        Path | None,
        typer.Option("--model", help="A model of your own, from train --corrections.", show_default="the shipped one"),
    ],
    "cache": Annotated[
        bool | None, typer.Option("--cache/--no-cache", help="Keep results for the next run.", show_default="keep")
    ],
    "settings": Annotated[Path | None, typer.Option("--settings", help="A settings file (TOML).", show_default=False)],
}  # fmt: skip
"""In the order that the help lists them."""


def reads_notes(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options that all share.

    Args:
        command: a function with a parameter ``settings``, which the run's settings are passed as: those of the settings file
            with what stands on the command line over them.

    Returns:
        The same command with the shared options in place of that parameter.
    """
    own = {name: one for name, one in inspect.signature(command).parameters.items() if name != "settings"}
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=hint)
        for name, hint in _SHARED.items()
    ]

    @wraps(command)
    def with_settings(**given: Any) -> None:
        chosen = {name: given.pop(name) for name in _SHARED}
        if command.__name__ in OWN and (chosen["share"] or chosen["redacted"]):
            raise typer.BadParameter(f"{command.__name__} is for you alone: --share and --redact belong to outputs")
        command(**given, settings=settings_of(chosen.pop("settings"), **chosen))

    hints = get_type_hints(command, include_extras=True)
    parameters = [
        *(one.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[name]) for name, one in own.items()),
        *shared,
    ]
    with_settings.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    with_settings.__annotations__ = {one.name: one.annotation for one in parameters}
    return with_settings


def settings_of(path: Path | None, **given: Any) -> Settings:
    """Return the settings of a file with what was given on the command line over them.

    Args:
        path: a settings file, None for the defaults.
        given: settings by name; None where nothing was given.

    Raises:
        AnalyzerError: the file does not say what it must.
    """
    from analyzer.settings import Settings, read_settings  # noqa: PLC0415  # the help needs no settings

    base = (read_settings(path) if path else Settings()).model_dump()
    named = {
        name: value.date() if isinstance(value, datetime) else value
        for name, value in given.items()
        if value is not None
    }
    if {"year", "start", "end"} & named.keys():
        base |= {"year": None, "start": None, "end": None}  # the period of the call takes the place of the file's
    return Settings.model_validate(base | {name: str(v) if isinstance(v, StrEnum) else v for name, v in named.items()})
