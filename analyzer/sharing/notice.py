"""What an output that is handed on says of itself: for whom it is, and how many lines were left out by which rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from analyzer.drafting.phrases import HEAD, SHARING
from analyzer.drafting.scan_phrases import SCAN_TITLES
from analyzer.drafts import Bullet, Draft, Fragment, Section, Sentence, Table, Words
from analyzer.records import Shared
from analyzer.sharing.levels import SELF
from analyzer.sharing.people import MANAGER as MANAGER_ROLE

_SMALL = re.compile(r"(^|[.!?]\s)the (employee|manager)\b")
_ABSENCE = frozenset({SCAN_TITLES["silence"]})
"""Parts that say what the notes do not hold: from a part of the lines that cannot be said."""


def notice(shared: Shared) -> str:
    """Return the paragraph that says for whom an output is and what was left out.

    Args:
        shared: what the review says of itself.
    """
    parts = [SHARING[shared.level]] if shared.level != SELF else []
    total = sum(number for _, number in shared.left_out)
    if total:
        rules = ", ".join(f"{title} ({number})" for title, number in shared.left_out)
        parts.append(SHARING["left_out"].format(lines="1 line" if total == 1 else f"{total} lines", rules=rules))
        parts.append(SHARING["absence"])
    elif shared.level != SELF:
        parts.append(SHARING["nothing"])
    if shared.roles:
        parts.append(SHARING["roles" if shared.roles == "all" else "roles_others"])
    return " ".join(parts)


def with_notice(draft: Draft, shared: Shared | None) -> Draft:
    """Return a draft with the notice in its head, and without the parts that only the whole of the notes can tell.

    Args:
        draft: drafted from a review.
        shared: what that review says of itself; None leaves the draft as it is.
    """
    if shared is None:
        return draft
    said = (Sentence((Words(notice(shared)),)),)
    gone = _ABSENCE if shared.level != SELF else frozenset()
    sections = tuple(one for one in draft.sections if one.title not in gone)
    draft = replace(draft, head=(*map(_unnamed_manager, draft.head), said), sections=sections)
    return _capitals(draft) if shared.roles else draft


def _unnamed_manager(paragraph: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Take the manager out of the head where only the role would stand there."""
    empty = HEAD["manager"].format(manager=MANAGER_ROLE)
    return tuple(
        Sentence(
            tuple(
                replace(part, text=part.text.replace(empty, "")) if isinstance(part, Words) else part
                for part in one.fragments
            )
        )
        for one in paragraph
    )


def _capitals(draft: Draft) -> Draft:
    """Begin sentences with a capital where a role stands in the place of a name."""
    return replace(
        draft,
        title=_capital(draft.title),
        head=tuple(map(_paragraph, draft.head)),
        guide=_paragraph(draft.guide),
        sections=tuple(map(_section, draft.sections)),
    )


def _section(section: Section) -> Section:
    return replace(
        section,
        title=_capital(section.title),
        paragraphs=tuple(map(_paragraph, section.paragraphs)),
        table=_table(section.table) if section.table else None,
        bullets=tuple(map(_bullet, section.bullets)),
        closing=tuple(map(_paragraph, section.closing)),
    )


def _table(table: Table) -> Table:
    return replace(table, rows=tuple(tuple(_paragraph([cell])[0] for cell in row) for row in table.rows))


def _bullet(bullet: Bullet) -> Bullet:
    return Bullet(_paragraph(bullet.sentences), tuple(map(_bullet, bullet.children)))


def _paragraph(sentences: Iterable[Sentence]) -> tuple[Sentence, ...]:
    """Raise the first letter of each role that begins a paragraph or follows a stop."""
    result: list[Sentence] = []
    before = ""
    for sentence in sentences:
        parts: list[Fragment] = []
        for part in sentence.fragments:
            if not isinstance(part, Words):
                parts.append(part)
                before = before.rstrip() + (" " if before.rstrip()[-1:] in set(".!?") or not before else "")
                continue
            starts = not before.strip() or before.rstrip()[-1:] in set(".!?")
            text = _capital(part.text) if starts else _SMALL.sub(_inner, part.text)
            parts.append(replace(part, text=text))
            before += text
        result.append(Sentence(tuple(parts)))
    return tuple(result)


def _capital(text: str) -> str:
    return _SMALL.sub(lambda match: f"{match[1]}The {match[2]}", text)


def _inner(match: re.Match[str]) -> str:
    return match[0] if not match[1] else f"{match[1]}The {match[2]}"
