"""Notes that are the record of a talk, whatever file they are kept in: told by their lines, and made to name who speaks."""

from __future__ import annotations

from dataclasses import replace

from analyzer.reading.formats.assistant import as_assistant
from analyzer.reading.formats.transcript import as_transcript
from analyzer.reading.text import Text


def heard(text: Text) -> Text:
    """Return a transcript, or a meeting assistant's notes, as the notes of two people; anything else as it is.

    Args:
        text: from the reader of any format.

    Returns:
        The same number of lines at the same places.
    """
    found = as_transcript(text.lines) or as_assistant(text.lines)
    if found is None:
        return text
    return replace(
        text,
        lines=found.lines,
        left_out=tuple(sorted({*text.left_out, *found.left_out})),
        problems=(*text.problems, *found.problems),
        properties=(*text.properties, *found.properties),
    )
