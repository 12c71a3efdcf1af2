"""From a block's text to the words that are labelled and quoted: marks, tags and links are taken off, nothing else changes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from analyzer.patterns import load_lists

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~|&$^])")
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|nbsp|#39|apos);")
_LINK = re.compile(
    r"!?\[(?P<text>[^\[\]\n]{0,300})\]\(\s{0,3}<?(?P<url>[^\s()<>]{1,2000}(?:\([^\s()]{0,200}\))?)>?(?:\s+\"[^\"\n]{0,200}\")?\s{0,3}\)"
)
_WIKI = re.compile(r"!?\[\[(?P<page>[^\[\]|\n]{1,200})(?:\|(?P<name>[^\[\]\n]{1,200}))?\]\]")
_AUTOLINK = re.compile(r"<(?P<url>(?:https?://|mailto:)[^\s<>]{1,2000})>")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>\"']{1,2000}")
_PLACEHOLDER = re.compile(
    r"\s?\[(?:links?|docs?|here|url|decks?|slides?|tickets?|screenshots?|images?|pics?|photos?|attachments?|attached|redacted)\]",
    re.IGNORECASE,
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,30}\]")
_TAG = r"[\[{](?P<tag>[^\[\]{}()\n]{1,30})[\]}]"
_FIRST_TAG = re.compile(_TAG + r"(?![(\[:])\s*[:–—-]?\s*")
_LAST_TAG = re.compile(r"(?:(?<!\s)\s+)?" + _TAG + r"(?P<stop>[.!]?)\s*$")
_ANY_TAG = re.compile(r"\[(?P<tag>[A-Za-z][^\[\]{}()\n]{0,29})\](?!\()")
_ONLY_LINK = re.compile(r"[\s.,:;()<>→-]*")
_WRAP = re.compile(r"(?P<mark>\*{1,3}|_{1,3}|~~|==)(?=\S)(?P<text>.*\S)(?P=mark)$", re.DOTALL)
_INSERTED = frozenset("he she they them him sic and the who that which it its".split())
_TAIL = 60


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The words of a stretch, and what was taken off it."""

    text: str
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    struck: bool = False


def clean(text: str) -> Cleaned:
    """Take marks, tags, placeholders and link targets off a text.

    Args:
        text: a block's text or one of its sentences.

    Returns:
        The words, otherwise as written; '' where nothing but marks and links was there.
    """
    links: list[str] = []
    plain = _without_links(text.strip(), links)
    plain = _PLACEHOLDER.sub("", _FOOTNOTE.sub("", plain)) if "[" in plain else plain
    tags: list[str] = []
    struck = False
    for _ in range(6):
        before = plain
        plain, was_struck = unwrap(plain)
        struck = struck or was_struck
        plain = _without_first_tag(plain, tags)
        if plain == before:
            break
    plain, last = _without_last_tags(plain)
    inner = [match["tag"].strip() for match in _ANY_TAG.finditer(plain)] if "[" in plain else []
    if links and _ONLY_LINK.fullmatch(_URL.sub("", plain)):
        plain = ""
    return Cleaned(plain.strip(), tuple(dict.fromkeys([*tags, *inner, *last])), tuple(dict.fromkeys(links)), struck)


def unwrap(text: str) -> tuple[str, bool]:
    """Take off emphasis that wraps all of a text; also return whether it was struck out."""
    found = _WRAP.match(text)
    if not found or found["mark"][0] in found["text"].replace("\\" + found["mark"][0], ""):
        return text, False
    return found["text"], found["mark"] == "~~"


def _without_links(text: str, links: list[str]) -> str:
    if "](" in text:
        links += [match["url"] for match in _LINK.finditer(text)]
        text = _LINK.sub(_link_text, text)
    if "[[" in text:
        text = _WIKI.sub(lambda match: match["name"] or match["page"], text)
    if "<" in text:
        text = _AUTOLINK.sub(lambda match: match["url"], text)
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", text)
    if "&" in text:
        text = _ENTITY.sub(lambda match: html.unescape(match[0]).replace("\N{NO-BREAK SPACE}", " "), text)
    if "://" in text or "www." in text:
        links += [match[0].rstrip(".,;:!?)]*_") for match in _URL.finditer(text)]
    return text


def _link_text(match: re.Match[str]) -> str:
    """Keep a link's words; the words "link" or "doc" alone point and say nothing."""
    alone = _PLACEHOLDER.fullmatch(f"[{match['text']}]")
    return "" if alone or match[0].startswith("!") else match["text"]


def _is_tag(words: str) -> bool:
    """Return whether bracketed words are a tag, not an editor's insertion into a quote ("[we] search for origins")."""
    lists = load_lists()
    small = words.strip().casefold()
    inserted = any(
        small in lists[name] for name in ("pronoun_self", "pronoun_team", "pronoun_you", "determiner", "be", "have")
    )
    return any(character.isalnum() for character in small) and not inserted and small not in _INSERTED


def _without_first_tag(text: str, tags: list[str]) -> str:
    found = _FIRST_TAG.match(text)
    if not found or not _is_tag(found["tag"]):
        return text
    tags.append(found["tag"].strip())
    return text[found.end() :]


def _without_last_tags(text: str) -> tuple[str, list[str]]:
    tags: list[str] = []
    for _ in range(4):
        at = max(0, len(text) - _TAIL)
        found = _LAST_TAG.search(text, at)
        if not found or not _is_tag(found["tag"]):
            break
        tags.insert(0, found["tag"].strip())
        text = text[: found.start()] + found["stop"]
    return text, tags
