"""The one place where templates are read: sandboxed, strict about names, escaping by the format that they write."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files

from jinja2 import FunctionLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from analyzer.errors import BadFileError

Filters = Mapping[str, Callable[..., object]]


def fill(name: str, filters: Filters | None = None, **values: object) -> str:
    """Fill a template.

    Args:
        name: the template's file name in ``templates/``.
        filters: functions that templates of this kind may use.
        values: what the template needs; a name that is missing is an error.

    Returns:
        The text, with one line feed at its end.

    Raises:
        BadFileError: there is no such template.
    """
    environment = _environment()
    environment.filters.update(filters or {})
    return environment.get_template(name).render(**values).strip("\n") + "\n"


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    return ImmutableSandboxedEnvironment(
        loader=FunctionLoader(read_template),
        undefined=StrictUndefined,
        # Markdown escapes in its filters, HTML needs the engine's own escaping
        autoescape=select_autoescape(enabled_extensions=("html", "html.j2", "xml.j2"), default=False),
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def read_template(name: str) -> str:
    """Return the text of a file in ``templates/`` as it stands.

    Raises:
        BadFileError: there is no such file.
    """
    folder = files(__package__).joinpath("templates")
    known = {entry.name: entry for entry in folder.iterdir()}
    if name not in known:
        raise BadFileError(name, "", "no such template")
    return known[name].read_text(encoding="utf-8")
