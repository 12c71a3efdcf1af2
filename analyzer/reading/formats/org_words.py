"""What org-mode writes inside a line, as Markdown writes it: emphasis, links, footnotes and time stamps."""

from __future__ import annotations

import re

_BEFORE = r"(?:(?<=[\s(\[{'\"“‘—–-])|^)"
_AFTER = r"(?=[\s)\]}.,:;!?'\"”’—–-]|$)"
_MARKED = re.compile(
    rf"{_BEFORE}(?:(?P<code>[=~])(?=\S)(?P<verbatim>[^=~\n]{{1,300}})(?<=\S)(?P=code)"
    rf"|\*(?=[^\s*])(?P<bold>[^*\n]{{1,300}})(?<=\S)\*|\+(?=[^\s+])(?P<struck>[^+\n]{{1,500}})(?<=\S)\+"
    rf"|/(?=[^\s/\d])(?P<italic>[^/\n]{{1,300}})(?<=\S)/){_AFTER}"
)
_LINK = re.compile(r"\[\[(?P<url>[^\[\]\n]{1,2000})\](?:\[(?P<text>[^\[\]\n]{1,300})\])?\]")
_STAMP = re.compile(
    r"(?P<open>[<\[])(?P<day>(?:19|20)\d\d-\d\d-\d\d)(?: [^\W\d_]{1,12}\.?)?(?P<time> \d\d?:\d\d(?:-\d\d?:\d\d)?)?(?: [.+]{0,2}[+-]\d{1,3}[hdwmy](?:/\d{1,3}[hdwmy])?){0,2}[>\]]"
    r"(?:--[<\[][^<>\[\]\n]{1,60}[>\]])?"
)
_FOOTNOTE = re.compile(r"\[fn:(?P<name>[\w-]{1,30})\]")
_WEB = re.compile(r"(?:https?://|mailto:)\S")


def as_markdown(text: str) -> str:
    """Return a line's words with emphasis, links and footnotes as Markdown has them."""
    if "[[" in text:
        text = _LINK.sub(_link, text)
    if "[fn:" in text:
        note = _FOOTNOTE.match(text)
        text = _FOOTNOTE.sub(lambda match: f"[^{match['name']}]", text)
        if note:
            text = text.replace("]", "]:", 1)
    text = _MARKED.sub(_emphasis, text)
    return text.removesuffix("\\\\").rstrip()


def without_brackets(text: str) -> str:
    """Return a text with its time stamps as plain dates: ``<2025-03-03 Mon 10:00>`` as ``2025-03-03 10:00``."""
    return _STAMP.sub(lambda match: match["day"] + (match["time"] or ""), text)


def is_stamp(text: str) -> bool:
    """Return whether a text is a time stamp and nothing else."""
    return _STAMP.fullmatch(text.strip()) is not None


def has_stamp(text: str) -> bool:
    """Return whether a text holds a time stamp."""
    return _STAMP.search(text) is not None


def _link(match: re.Match[str]) -> str:
    url, text = match["url"], match["text"]
    if text is None:
        return f"<{url}>" if _WEB.match(url) and " " not in url else match[0]
    safe = url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
    return f"[{text}]({safe})" if _WEB.match(url) else text


def _emphasis(match: re.Match[str]) -> str:
    for name, mark in (("bold", "**"), ("struck", "~~"), ("italic", "*"), ("verbatim", "`")):
        if match[name]:
            return f"{mark}{match[name]}{mark}"
    return match[0]
