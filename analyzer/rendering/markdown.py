"""A draft as Markdown. Words of the notes are escaped, so that a note can never change the layout or bring in HTML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from analyzer.drafts import Bullet, Citation, Draft, Sentence, Table, Words
from analyzer.fingerprint import fingerprint
from analyzer.rendering.flow import joined
from analyzer.rendering.layout import Filters, fill

_ALWAYS = re.compile(r"([\\*`<\[\]]|~(?=~)|(?<=[^\s~])~|(?<=~)~)")
_UNDERSCORE = re.compile(r"(?<!\w)_|_(?!\w)")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_AT_START = re.compile(r"^(\s{0,3})([#>+=-]|\d{1,9}(?=[.)](?:\s|$)))")
_WRAP = {"": "{}", "em": "*{}*", "strong": "**{}**", "code": "`{}`"}


def render_markdown(draft: Draft, notes: Mapping[str, Sequence[str]] | None = None) -> str:
    """Lay a draft out as CommonMark, with the definitions of its citations' links at the end.

    Args:
        draft: the view model.
        notes: path to lines of the notes that it cites, whose fingerprints are to stand in the definitions.
    """

    def fingerprinted(cited: Citation) -> str:
        lines = (notes or {}).get(cited.path)
        if lines is None or cited.line is None:
            return ""
        return f' "{fingerprint(lines[cited.line - 1 : cited.end])}"'

    filters: Filters = {
        "text": escaped,
        "inline": inline,
        "grid": _grid,
        "item": _item,
        "fingerprint": fingerprinted,
    }
    return fill("draft.md.j2", filters, draft=draft)


def escaped(text: str, *, start: bool = True) -> str:
    r"""Return a text that Markdown shows as it is.

    Args:
        text: plain words; line ends become spaces.
        start: whether a line may begin with it, so that "#", "-" and "1." have to be escaped too.
    """
    text = " ".join(text.splitlines()) if "\n" in text or "\r" in text else text
    text = _ENTITY.sub(r"\&", _UNDERSCORE.sub(r"\_", _ALWAYS.sub(r"\\\1", text)))
    return _AT_START.sub(_escape_start, text) if start else text


def _escape_start(match: re.Match[str]) -> str:
    if match[2].isdigit():
        return f"{match[1]}{match[2]}\\"
    return f"{match[1]}\\{match[2]}"


def inline(sentences: Iterable[Sentence]) -> str:
    """Return a paragraph's sentences on one line, citations in brackets."""
    parts = [
        f"[{part.label}]" if isinstance(part, Citation) else _words(part, start=number == 0)
        for number, part in enumerate(joined(sentences))
    ]
    return re.sub(r" {2,}", " ", "".join(parts)).strip()


def _words(part: Words, *, start: bool) -> str:
    if part.style == "code":
        return f"`{part.text.replace('`', chr(39))}`"
    text = escaped(part.text, start=start and not part.style)
    inner = text.strip()
    if not part.style or not inner:
        return text
    before, after = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
    return before + _WRAP[part.style].format(inner) + after


def _item(bullet: Bullet, number: int = 0, indent: str = "") -> str:
    mark = f"{number}. " if number else "- "
    lines = [f"{indent}{mark}{inline(bullet.sentences)}"]
    lines += [_item(child, indent=indent + " " * len(mark)) for child in bullet.children]
    return "\n".join(lines)


def _grid(table: Table) -> str:
    rows = [[inline([cell]).replace("|", "\\|") for cell in row] for row in table.rows]
    rule = ["---:" if column in table.right else "---" for column in range(len(rows[0]))]
    lines = [rows[0], rule, *rows[1:]]
    return "\n".join(f"| {' | '.join(cells)} |".replace("|  |", "| |") for cells in lines)
