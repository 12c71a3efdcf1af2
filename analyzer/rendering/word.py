"""A draft as a Word document: real headings, lists and tables, and each citation as a real footnote.

Citations that stand side by side share one footnote, which names them in their brackets, as the other formats have them in
the sentence. A line that is cited again gets a footnote again: numbers that point back to an earlier note would be wrong as
soon as somebody deletes a part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from analyzer.drafts import Bullet, Citation, Draft, Fragment, Section, Sentence, Table, Words
from analyzer.rendering.flow import clean, clean_lines, flow

if TYPE_CHECKING:
    from docx.document import Document as Page
    from docx.text.paragraph import Paragraph

    from analyzer.rendering.word_footnotes import Footnotes

_STYLES = {"em": "Emphasis", "strong": "Strong"}
_DEEPEST = 3
"""List styles are there for three depths; what lies deeper is written at the third."""


def render_docx(draft: Draft, notes: Mapping[str, Sequence[str]] | None = None) -> bytes:  # noqa: ARG001 - as all formats
    """Lay a draft out as a Word document with nothing in it that acts or leads outside.

    Args:
        draft: the view model.
        notes: not needed.

    Returns:
        The bytes of the ``.docx``; the same draft gives the same bytes.
    """
    from analyzer.rendering.word_file import new_page, packed  # noqa: PLC0415  # only who asks for Word loads its library
    from analyzer.rendering.word_footnotes import Footnotes  # noqa: PLC0415

    page, footnotes = new_page(clean(draft.title)), Footnotes()
    page.add_paragraph(clean(draft.title), style="Title")
    for paragraph in draft.head:
        _fill(page.add_paragraph(), paragraph, footnotes)
    if draft.guide:
        _fill(page.add_paragraph(style="Quote"), draft.guide, footnotes)
    for section in draft.sections:
        _section(page, section, footnotes)
    footnotes.attach(page)
    return packed(page)


def _section(page: Page, section: Section, footnotes: Footnotes) -> None:
    if section.title:
        page.add_heading(clean(section.title), level=max(1, section.level - 1))
    for paragraph in section.paragraphs:
        _fill(page.add_paragraph(), paragraph, footnotes)
    if section.table:
        _table(page, section.table, footnotes)
    _bullets(page, section, footnotes)
    if section.verbatim:
        page.add_paragraph("\n".join(clean_lines(section.verbatim)), style="Verbatim")
    for paragraph in section.closing:
        _fill(page.add_paragraph(), paragraph, footnotes)


def _bullets(page: Page, section: Section, footnotes: Footnotes) -> None:
    from analyzer.rendering.word_file import restart_numbers  # noqa: PLC0415

    numbered = []
    for bullet in section.bullets:
        top = page.add_paragraph(style="List Number" if section.numbered else "List Bullet")
        _fill(top, bullet.sentences, footnotes)
        numbered.append(top)
        for depth, child in _below(bullet, 2):
            _fill(page.add_paragraph(style=f"List Bullet {min(depth, _DEEPEST)}"), child.sentences, footnotes)
    if section.numbered and numbered:
        restart_numbers(page, numbered)


def _below(bullet: Bullet, depth: int) -> Iterator[tuple[int, Bullet]]:
    for child in bullet.children:
        yield depth, child
        yield from _below(child, depth + 1)


def _table(page: Page, table: Table, footnotes: Footnotes) -> None:
    from analyzer.rendering.word_file import align_right, mark_head, set_widths  # noqa: PLC0415

    grid = page.add_table(rows=len(table.rows), cols=len(table.rows[0]), style="Table Grid")
    for row, made in zip(table.rows, grid.rows, strict=True):
        for at, (cell, box) in enumerate(zip(row, made.cells, strict=True)):
            paragraph = box.paragraphs[0]
            paragraph.style = "Table Text"
            _fill(paragraph, [cell], footnotes)
            if at in table.right:
                align_right(paragraph)
    mark_head(grid.rows[0])
    set_widths(grid)
    page.add_paragraph(style="Table Text")


def _fill(paragraph: Paragraph, sentences: Iterable[Sentence], footnotes: Footnotes) -> None:
    """Write a paragraph's words as runs, and the citations between them as footnotes."""
    for cited, group in groupby(_without_gaps(flow(sentences)), key=lambda part: isinstance(part, Citation)):
        parts = tuple(group)
        if cited:
            footnotes.mark(paragraph, _note([part for part in parts if isinstance(part, Citation)]))
            continue
        for part in parts:
            if isinstance(part, Words):
                run = paragraph.add_run(part.text, style=_STYLES.get(part.style))
                run.font.name = "Courier New" if part.style == "code" else None


def _without_gaps(parts: Sequence[Fragment]) -> Iterator[Fragment]:
    """Leave out the space in front of citations: a footnote's mark stands at the word before it."""
    for part, after in zip(parts, (*parts[1:], None), strict=False):  # without parts there is one None too many
        if isinstance(part, Words) and isinstance(after, Citation):
            if text := part.text.rstrip(" "):
                yield Words(text, part.style)
        else:
            yield part


def _note(citations: Sequence[Citation]) -> str:
    """Return the text of a footnote: citations in their brackets, each file named behind those that lead to it."""
    parts = []
    for path, group in groupby(citations, key=lambda cited: cited.path):
        labels = [cited.label for cited in group]
        named = "" if all(path in label for label in labels) else f" {path}"
        parts.append(" ".join(f"[{label}]" for label in labels) + named)
    return "; ".join(parts)
