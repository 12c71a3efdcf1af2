"""Where stretches of lines end that a mark opens: code, comments, callouts (``> [!note]``) and toggles (``<details>``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analyzer.reading.lines import Line, take_apart


def ends_of(lines: Sequence[str], parsed: Sequence[Line]) -> Mapping[str, list[int]]:
    """Return the lines that can end each kind of stretch, in order; ``#`` lists the headings, for a look ahead."""
    return {
        "`": [n for n, line in enumerate(parsed) if line.kind == "fence" and not lines[n].strip().strip("`")],
        "~": [n for n, line in enumerate(parsed) if line.kind == "fence" and not lines[n].strip().strip("~")],
        "<": [n for n, line in enumerate(lines) if line.rstrip().endswith("-->")],
        "%": [n for n, line in enumerate(lines) if line.rstrip().endswith("%%") and line.count("%%") % 2],
        "d": [n for n, line in enumerate(lines) if line.lstrip()[:9].lower() == "</details"],
        "#": [n for n, line in enumerate(parsed) if line.kind == "heading"],
    }


def says_nothing(parsed: Sequence[Line], first: int, end: int) -> bool:
    """Return whether no line of a stretch has words."""
    return all(parsed[number].kind in {"blank", "skip", "rule"} for number in range(first, min(end, len(parsed))))


def inside_callout(lines: Sequence[str], number: int, *, quoted: bool) -> list[Line]:
    """Take the lines of a callout apart as if they stood by themselves: they are the writer's, a ``[!quote]`` is nobody's.

    Args:
        lines: of the file.
        number: index of the line with the callout's mark.
        quoted: whether the callout is one for quotations.

    Returns:
        One for each line that follows with a quotation mark; no mark in them reaches beyond the callout.
    """
    found: list[Line] = []
    in_code = False
    for place in range(number + 1, len(lines)):
        body = lines[place].lstrip()
        if not body.startswith(">"):
            break
        inner = take_apart(body if quoted else body[1:].removeprefix(" "))
        was, in_code = in_code, in_code != (inner.kind == "fence")
        found.append(Line("skip", "code block") if was or in_code else _harmless(inner))
    return found


def _harmless(inner: Line) -> Line:
    """Return a line of a callout with nothing in it that opens a stretch of lines or a part of the document."""
    if inner.kind == "blank":
        return Line("skip", "empty quote")
    if inner.kind == "rule":
        return Line("skip", "rule")
    if inner.kind in {"heading", "callout", "summary", "comment"}:
        return Line("text", inner.text, inner.indent, apart=True) if inner.text else Line("skip", "empty heading")
    return inner
