"""A draft as one HTML page of its own: no script, nothing fetched, every word of the notes escaped by the engine.

The page's policy allows its own style, by its hash, and nothing else. Citations lead to a list at the end of the page, whose
entries lead to the notes where a relative link does.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analyzer.drafts import Citation, Draft, Sentence
from analyzer.rendering.flow import CITED, clean, clean_lines, flow
from analyzer.rendering.layout import fill, read_template

_TAGS = {"em": "em", "strong": "strong", "code": "code"}
_WITHIN = re.compile(r"(?!/)[\w.~%/#-]+", re.ASCII)
"""A relative path as citations write it, quoted: no scheme, no host, no root and nothing that ends an attribute."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of a paragraph: words within a tag ('' for none), or a citation with its number in the list."""

    text: str
    tag: str = ""
    number: int = 0


def render_html(draft: Draft, notes: Mapping[str, Sequence[str]] | None = None) -> str:  # noqa: ARG001 - as all formats
    """Lay a draft out as one self-contained page.

    Args:
        draft: the view model.
        notes: not needed.
    """
    numbers = {clean(cited.label): number for number, cited in enumerate(draft.citations, start=1)}

    def pieces(sentences: Iterable[Sentence]) -> list[_Piece]:
        return [
            _Piece(part.label, number=numbers[part.label])
            if isinstance(part, Citation)
            else _Piece(part.text, _TAGS.get(part.style, ""))
            for part in flow(sentences)
        ]

    style = read_template("draft.css")
    return fill(
        "draft.html.j2",
        {"pieces": pieces, "clean": clean, "verbatim": lambda text: "\n".join(clean_lines(text)), "safely": safely},
        draft=draft,
        style=style,
        policy=_policy(style),
        cited=CITED,
    )


def safely(target: str) -> str:
    """Return a link's target where it is a relative path, '' where it could lead anywhere else."""
    return target if _WITHIN.fullmatch(target) else ""


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
