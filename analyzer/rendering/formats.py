"""The table of the formats that a draft can be written in. A new format is a module beside this one and a line here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from analyzer.drafts import Draft
from analyzer.errors import UnknownFormatError
from analyzer.rendering.markdown import render_markdown
from analyzer.rendering.plain_text import render_text
from analyzer.rendering.web import render_html
from analyzer.rendering.word import render_docx

Lines = Mapping[str, Sequence[str]]
"""Path of a document of notes to its lines."""

FORMATS: Mapping[str, Callable[[Draft, Lines], str | bytes]] = {
    "md": render_markdown,
    "docx": render_docx,
    "html": render_html,
    "txt": render_text,
}
"""Ending of a file's name to what writes it."""
DEFAULT_FORMATS = ("md",)


def formats_named(text: str, known: Collection[str] = FORMATS, example: str = "--format md,docx") -> tuple[str, ...]:
    """Return the formats that a list with commas names, each once.

    Args:
        text: as "md,docx"; case, spaces and a leading dot make no difference.
        known: the formats that there are.
        example: how they are named, for the message.

    Raises:
        UnknownFormatError: there is no such format, or none is named.
    """
    names = [name.strip().removeprefix(".").lower() for name in text.split(",")]
    wanted = tuple(dict.fromkeys(name for name in names if name))
    for name in wanted or ("",):
        if name not in known:
            raise UnknownFormatError(name, known, example)
    return wanted


def lay_out(
    drafts: Mapping[str, Draft], formats: Iterable[str] = DEFAULT_FORMATS, notes: Lines | None = None
) -> dict[str, str | bytes]:
    """Return each draft in each format, by file name.

    Args:
        drafts: name of the file without its ending to draft.
        formats: keys of `FORMATS`.
        notes: path to lines of the notes that the drafts cite.
    """
    chosen = tuple(formats)
    return {f"{stem}.{name}": FORMATS[name](draft, notes or {}) for stem, draft in drafts.items() for name in chosen}
