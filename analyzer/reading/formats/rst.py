"""reStructuredText: each line of the file becomes one line of Markdown.

Directives that hold words (notes, topics) are read as text; code, images and comments are left out with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analyzer.reading.formats.plain import read_plain
from analyzer.reading.formats.rst_tables import Drawn, grid_table, simple_table
from analyzer.reading.text import Text

_ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1{1,500}[ \t]*$")
_EXPLICIT = re.compile(r"(?P<indent>[ \t]{0,80})\.\.(?:[ \t]+(?P<rest>\S.*)?|$)")
_DIRECTIVE = re.compile(
    r"(?:\|(?P<sub>[^|\n]{1,80})\|[ \t]+)?(?P<name>[A-Za-z][\w:.+-]{0,60}?)::(?:[ \t]+(?P<words>.*))?$"
)
_NOTE = re.compile(r"\[(?P<label>#?[\w.-]{1,40}|\*)\][ \t]+(?P<words>.*)$")
_TARGET = re.compile(r"_(?P<name>[^:\n]{1,200}):(?:[ \t]+(?P<url>\S{1,2000}))?[ \t]*$|__[ \t:]")
_OPTION = re.compile(r"[ \t]{1,80}:[\w-]{1,40}:(?:[ \t]|$)")
_HEAD_ROWS = re.compile(r"[ \t]{1,80}:header-rows:[ \t]{1,9}(\d{1,2})")
_FIELD = re.compile(r"(?P<indent>[ \t]{0,80}):(?P<key>[^:`\n]{1,60}):(?:[ \t]+(?P<value>\S.*))?$")
_NUMBER = re.compile(
    r"(?P<indent>[ \t]{0,80})(?:#\.|\((?P<inner>\d{1,3}|[a-z]|#)\)|(?P<letter>[a-z]|i{2,3}|iv|vi{1,3}|ix)\.)[ \t]+(?=\S)"
)
_LINE_BLOCK = re.compile(r"[ \t]{0,80}\|[ \t]+(?=[^\s|])(?!.*\|[ \t]*$)")
_LIST = re.compile(r"[ \t]{0,80}(?:[-*+•]|\d{1,3}[.)]|#\.)[ \t]")
_INLINE = re.compile(
    r"``(?P<code>[^`\n]{1,500})``"
    r"|(?::[\w:+.-]{1,40}:)?`(?P<text>[^`<\n]{0,300}?)[ \t]{0,5}<(?P<url>[^<>`\n]{1,2000})>`_{0,2}"
    r"|(?::[\w:+.-]{1,40}:)?`(?P<words>[^`\n]{1,300})`_{0,2}"
    r"|\[(?P<note>#?[\w.-]{1,40}|\*)\]_"
    r"|\|(?P<sub>[^|\s][^|\n]{0,79})\|_{0,2}"
)
_LEFT_OUT = {
    name: reason
    for reason, names in {
        "code block": "code code-block sourcecode highlight literalinclude math parsed-literal raw doctest productionlist",
        "image": "image figure graphviz plot uml mermaid",
        "contents list": "contents toctree sectnum",
        "setting": "include index meta only default-role role title header footer class highlightlang",
    }.items()
    for name in names.split()
}
_QUOTES = frozenset(("epigraph", "pull-quote", "highlights"))
_DEEPEST = 12


@dataclass(slots=True)
class _Rst:
    lines: list[str]
    """The lines as read so far: what stands inside a directive is moved out to its left."""
    out: list[str]
    left_out: list[tuple[int, int, str]] = field(default_factory=list)
    styles: list[tuple[str, bool]] = field(default_factory=list)
    """Adornments in the order of their first use, which is the order of levels."""
    subs: dict[str, str] = field(default_factory=dict)
    urls: dict[str, str] = field(default_factory=dict)
    inside: list[int] = field(default_factory=list)
    """Where the directives end that the line stands in."""
    quote_end: int = 0

    def leave(self, first: int, last: int, reason: str) -> int:
        """Leave lines out, by index and inclusive; return the next line's index."""
        self.left_out.append((first + 1, last + 1, reason))
        return last + 1


def read_rst(data: bytes) -> Text:
    """Read a reStructuredText file.

    Args:
        data: the file.

    Returns:
        As many lines as the file has.

    Raises:
        UnreadableError: the bytes are no text.
    """
    read = read_plain(data)
    lines = list(read.lines)
    rst = _Rst([line.expandtabs(8) for line in lines], list(lines))
    _collect(rst)
    number = 0
    while number < len(lines):
        number = _step(rst, number)
    return Text(lines=tuple(rst.out), repairs=read.repairs, left_out=tuple(sorted(rst.left_out)))


def _collect(rst: _Rst) -> None:
    """Find what names stand for: substitutions and the targets of links."""
    for line in rst.lines:
        found = _EXPLICIT.match(line) if line.lstrip().startswith("..") else None
        rest = (found["rest"] or "") if found else ""
        directive, target = _DIRECTIVE.match(rest), _TARGET.match(rest)
        if directive and directive["sub"] and directive["name"] == "replace":
            rst.subs[directive["sub"].lower()] = (directive["words"] or "").strip()
        elif target and target["url"]:
            rst.urls[target["name"].strip("`").lower()] = target["url"]


def _step(rst: _Rst, number: int) -> int:
    """Write a line, or the stretch that it opens; return the next line's index."""
    line = rst.lines[number]
    while rst.inside and number >= rst.inside[-1]:
        rst.inside.pop()
    if not line.strip():
        rst.out[number] = ""
        return number + 1
    heading = _heading(rst, number)
    if heading:
        return heading
    drawn = grid_table(rst.lines, number) or simple_table(rst.lines, number)
    if drawn:
        return _write_table(rst, number, drawn)
    if explicit := _EXPLICIT.match(line):
        return _explicit(rst, number, explicit)
    if line.rstrip().endswith("::"):
        return _literal(rst, number)
    written = _line(rst, line)
    rst.out[number] = f"> {written.strip()}" if number < rst.quote_end else written
    return number + 1


def _heading(rst: _Rst, number: int) -> int:
    """Write a section's title if one stands here, with or without a line over it; return the next index, 0 for none."""
    lines = rst.lines
    first = _ADORNMENT.match(lines[number])
    if first and number + 2 < len(lines) and lines[number + 1].strip() and not _ADORNMENT.match(lines[number + 1]):
        under = _ADORNMENT.match(lines[number + 2])
        if under and under[1] == first[1] and _is_long(lines[number + 2], lines[number + 1]):
            rst.leave(number, number, "heading's line")
            return _write_heading(rst, number + 1, (first[1], True))
    if first:
        if len(lines[number].strip()) >= 4:
            return rst.leave(number, number, "rule")
        return 0
    under = _ADORNMENT.match(lines[number + 1]) if number + 1 < len(lines) else None
    plain = lines[number][0] not in " \t" and not _LIST.match(lines[number]) and not lines[number].startswith("..")
    apart = number == 0 or not lines[number - 1].strip() or (rst.left_out and rst.left_out[-1][1] == number)
    if under and plain and apart and _is_long(lines[number + 1], lines[number]):
        return _write_heading(rst, number, (under[1], False))
    return 0


def _is_long(adornment: str, title: str) -> bool:
    """Return whether a line is long enough to underline a title; people forget to lengthen it."""
    return len(adornment.strip()) >= min(len(title.strip()), 4)


def _write_heading(rst: _Rst, number: int, style: tuple[str, bool]) -> int:
    if style not in rst.styles:
        rst.styles.append(style)
    level = min(rst.styles.index(style) + 1, 6)
    rst.out[number] = f"{'#' * level} {_words(rst, rst.lines[number].strip())}"
    return rst.leave(number + 1, number + 1, "heading's line")


def _write_table(rst: _Rst, number: int, drawn: Drawn) -> int:
    for place, line in enumerate(drawn.lines):
        if line:
            rst.out[number + place] = _words(rst, line)
    for place, reason in drawn.left_out:
        rst.leave(number + place, number + place, reason)
    return number + len(drawn.lines)


def _body_end(rst: _Rst, number: int, indent: int) -> int:
    """Return the line after the last one that is indented deeper than a directive or a paragraph."""
    end = last = number + 1
    while end < len(rst.lines):
        line = rst.lines[end]
        if line.strip():
            if len(line) - len(line.lstrip()) <= indent:
                break
            last = end + 1
        end += 1
    return last


def _explicit(rst: _Rst, number: int, explicit: re.Match[str]) -> int:
    """Take what two points open: a directive, a footnote, the target of a link, a substitution or a comment."""
    indent, rest = len(explicit["indent"]), explicit["rest"] or ""
    if note := _NOTE.match(rest):
        rst.out[number] = f"{explicit['indent']}[^{note['label'].strip('#*') or 'n'}]: {_words(rst, note['words'])}"
        return number + 1
    if _TARGET.match(rest):
        return rst.leave(number, number, "link target")
    end = _body_end(rst, number, indent)
    directive = _DIRECTIVE.match(rest)
    if directive is None:
        return rst.leave(number, end - 1, "comment")
    name = directive["name"].lower().rpartition(":")[2]
    if directive["sub"]:
        return rst.leave(number, end - 1, "substitution")
    if name in _LEFT_OUT or name.startswith("auto"):
        return rst.leave(number, end - 1, _LEFT_OUT.get(name, "code block"))
    words = (directive["words"] or "").strip()
    if words:
        quote = "> " if name in _QUOTES else ""
        rst.out[number] = f"{explicit['indent']}{quote}{_words(rst, words)}"
    else:
        rst.leave(number, number, "directive")
    start = number + 1
    while start < end and _OPTION.match(rst.lines[start]):
        start = rst.leave(start, start, "directive")
    if len(rst.inside) < _DEEPEST:
        _move_out(rst, start, end, indent)
        rst.inside.append(end)
    if name in _QUOTES:
        rst.quote_end = end
    if name in {"list-table", "csv-table"}:
        heads = next((int(found[1]) for line in rst.lines[number:start] if (found := _HEAD_ROWS.match(line))), 0)
        return _csv_table(rst, start, end) if name == "csv-table" else _list_table(rst, start, end, heads)
    return start


def _move_out(rst: _Rst, first: int, end: int, indent: int) -> None:
    """Move the lines of a directive to where the directive itself stands."""
    said = [len(line) - len(line.lstrip()) for line in rst.lines[first:end] if line.strip()]
    move = min(said, default=indent) - indent
    for number in range(first, end):
        line = rst.lines[number]
        rst.lines[number] = line[:indent] + line[indent + move :] if line.strip() else ""


def _list_table(rst: _Rst, start: int, end: int, heads: int) -> int:
    """Write a table given as a list in a list as an item for each row."""
    row = 0
    for number in range(start, end):
        body = rst.lines[number].strip()
        first = body.startswith(("* - ", "- * ", "- - "))
        row += first
        if body and row <= heads:
            rst.leave(number, number, "table head")
        elif first:
            rst.out[number] = f"- {_words(rst, body[4:].strip())}"
        elif body:
            cell = body[2:] if body[:2] in {"- ", "* "} else body
            rst.out[number] = f"  {'| ' * (cell != body)}{_words(rst, cell)}"
    return end


def _csv_table(rst: _Rst, start: int, end: int) -> int:
    """Write a table given as values with commas as an item for each row."""
    for number in range(start, end):
        if rst.lines[number].strip():
            rst.out[number] = f"- {_words(rst, rst.lines[number].strip())}"
    return end


def _literal(rst: _Rst, number: int) -> int:
    """Take a paragraph that announces code, and leave out the code."""
    line = rst.lines[number]
    following = next((one for one in rst.lines[number + 1 : number + 20] if one.strip()), "")
    indent = len(line) - len(line.lstrip())
    literal = len(following) - len(following.lstrip()) > indent and not rst.lines[number + 1].strip()
    if line.strip() == "::":
        rst.leave(number, number, "code mark")
    else:
        rst.out[number] = _line(rst, line.rstrip()[: -1 if literal else None])
    return rst.leave(number + 1, _body_end(rst, number, indent) - 1, "code block") if literal else number + 1


def _line(rst: _Rst, line: str) -> str:
    """Write one line of a list, a field or prose."""
    if pair := _FIELD.match(line):
        return f"{pair['indent']}{pair['key']}: {_words(rst, pair['value'] or '')}".rstrip()
    if number := _NUMBER.match(line):
        sign = number["inner"] or number["letter"] or "#"
        mark = f"{sign})" if len(sign) == 1 and sign != "#" else "1."
        return f"{number['indent']}{mark} {_words(rst, line[number.end() :])}"
    if block := _LINE_BLOCK.match(line):
        return _words(rst, line[block.end() :])
    indent = line[: len(line) - len(line.lstrip())]
    return indent + _words(rst, line.strip())


def _words(rst: _Rst, text: str) -> str:
    """Return a text with links, code and substitutions as Markdown has them."""
    if "\\ " in text:
        text = text.replace("\\ ", "")
    return _INLINE.sub(lambda match: _inline(rst, match), text) if any(sign in text for sign in "`|[") else text


def _inline(rst: _Rst, match: re.Match[str]) -> str:
    if match["code"]:
        return f"`{match['code']}`"
    if match["url"]:
        text = match["text"].strip() or match["url"]
        web = match["url"].startswith(("http://", "https://", "mailto:"))
        return f"[{text}]({match['url']})" if web and " " not in match["url"] else text
    if match["words"]:
        url = rst.urls.get(match["words"].lower()) if match[0].endswith("_") else None
        return f"[{match['words']}]({url})" if url else match["words"]
    if match["note"]:
        return f"[^{match['note'].strip('#*') or 'n'}]"
    return rst.subs.get(match["sub"].strip().lower(), match[0])
