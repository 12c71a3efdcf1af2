"""An agenda as lines of the running document that it goes into: heading, date, bullets as there."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from analyzer.agenda_mark import write_mark
from analyzer.drafts import Bullet, Citation, Draft, Sentence
from analyzer.fingerprint import fingerprint
from analyzer.rendering.agenda_shape import Shape
from analyzer.rendering.markdown import inline

_FRONT = re.compile(r"\\\[( |[Pp][0-4]|Blocked|Deprioritised)\\\]")
"""A check box and the tags that the agenda itself puts in front: brackets that are no citation need no escape there."""
_AGAIN = re.compile(r"(\[[^\[\]]{1,300}\])(?:,? \1){1,20}")


def agenda_lines(draft: Draft, shape: Shape, *, after: date | None, above: str | None, dates_only: bool) -> list[str]:
    """Lay an agenda out in a document's own shape.

    Args:
        draft: of `analyzer.drafting.draft_agenda`; its title is the day.
        shape: how the document writes a meeting.
        after: the last meeting before it.
        above: the line that it goes above, None where it goes to the end.
        dates_only: whether citations are the meetings' dates alone: within the document that they point into, line numbers
            would be wrong as soon as a line is added.

    Returns:
        The lines, the first of which is the comment that `analyzer.agenda_mark` describes.
    """
    day = date.fromisoformat(draft.title)
    lines = shape.heading(day)
    for number, section in enumerate(draft.sections):
        lines += [""] if number or shape.airy else []
        lines.append(shape.section.format(section.title))
        lines += [""] if shape.airy and shape.section.startswith("#") else []
        lines += [f"{shape.bullet} {_bullet(one, dates_only=dates_only)}" for one in section.bullets]
    return [write_mark(day, after, above, lines), *lines]


def definitions(draft: Draft, notes: Mapping[str, Sequence[str]]) -> list[str]:
    """Return where the citations of an agenda lead to, as a draft in Markdown ends.

    Args:
        draft: the agenda.
        notes: path to lines of the notes, whose fingerprints stand beside them.
    """
    return [f"[{one.label}]: {one.target}{_fingerprint(one, notes)}" for one in draft.citations]


def _fingerprint(cited: Citation, notes: Mapping[str, Sequence[str]]) -> str:
    lines = notes.get(cited.path)
    if lines is None or cited.line is None:
        return ""
    return f' "{fingerprint(lines[cited.line - 1 : cited.end])}"'


def _bullet(bullet: Bullet, *, dates_only: bool) -> str:
    sentences = [_by_date(one) for one in bullet.sentences] if dates_only else list(bullet.sentences)
    text = inline(sentences)
    front = ""
    while match := _FRONT.match(text):
        front += f"[{match[1]}] "
        text = text[match.end() :].lstrip()
    return front + (_AGAIN.sub(r"\1", text) if dates_only else text)


def _by_date(sentence: Sentence) -> Sentence:
    return Sentence(
        tuple(replace(one, label=_date_of(one)) if isinstance(one, Citation) else one for one in sentence.fragments)
    )


def _date_of(cited: Citation) -> str:
    """Return a citation's label without its line; the name of another file stays."""
    return re.sub(r", l\. \d{1,9}(?:-\d{1,9})?$", "", cited.label)
