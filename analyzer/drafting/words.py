"""The one definition of "these words stand in that line", used when a draft is written and when it is verified.

Words are compared without case, punctuation, dashes and marks. An arrow between two figures is read as "from … to …", the way
tidying writes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

from analyzer.patterns import load_verbs

_TOKEN = re.compile(r"[£$€]?\d(?:[\d.,:/]{0,12}\d)?%?|[^\W\d_]+(?:'[^\W\d_]+)*")
_ADDRESS = r"\((?:[^()\n]|\([^()\n]{0,100}\)){0,300}\)"
"""The target of a link; brackets may stand in it, as in the addresses of wikis."""
_PLACEHOLDER = re.compile(rf"!?\[[^\[\]\n]{{0,40}}\](?!\()|\]{_ADDRESS}")
_EMPTY_TEXT = r"\s?\[(?:link|links|doc|docs|here|image|img|screenshot|slides?|deck|pdf|sheet|thread|chart|x|\s|p\d|blocked|deprioriti[sz]ed)\]"
_EMPTY_NAME = re.compile(_EMPTY_TEXT, re.IGNORECASE)
EMPTY_LINK = re.compile(rf"{_EMPTY_TEXT}(?:\[[^\[\]\n]{{0,40}}\]|{_ADDRESS})?", re.IGNORECASE)
"""A link whose text says nothing, with where it leads."""
MOST_QUOTED = 600
"""Characters of one item that a draft repeats: the citation leads to the rest."""
_LONG_WORD = 100
"""From so many characters a word may be cut: no prose has such words."""
_FIGURE = r"[£$€]?\d[\d.,]{0,12}(?:%|[a-zA-Z]{1,3}(?![a-zA-Z]))?"
_PARTS = re.compile(r"([£$€]?)(\d{1,3}(?:,\d{3}){1,5}|\d{1,15})(\.\d{1,12})?(%?)")
_ARROW = r"\s?(?:-{1,2}>|=>|→|⟶|➜|➔)\s?"
_CHANGE = re.compile(rf"(?<![\w.,/:£$€>→-])({_FIGURE}){_ARROW}({_FIGURE})(?!{_ARROW})(?![\d/:])")
_SENTENCE_END = re.compile(r"(?<=[.!?…])[\"')\]]{0,2}\s+")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": None, "*": None, "~": None, "\u00ad": None, "\u200b": None, "\ufeff": None}
)


def tokens(text: str) -> list[str]:
    """Return the words and figures of a text in a form that can be compared.

    Args:
        text: any text; marks of emphasis are taken out, letters are folded.

    Returns:
        Words in lower case, and figures with their currency or percent sign ("£2,400", "15%").
    """
    folded = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    return _TOKEN.findall(folded)


def is_figure(token: str) -> bool:
    """Return whether a token is a figure."""
    return any(character.isdigit() for character in token)


def plain_figure(token: str) -> str:
    """Return a figure in one spelling for equal values: "12.0%" and "12%" are the same, and so are "1,900" and "1900"."""
    match = _PARTS.fullmatch(token)
    if not match:
        return token
    whole = match[2].replace(",", "")
    rest = (match[3] or "").rstrip("0").rstrip(".")
    return f"{match[1]}{whole}{rest}{match[4]}"


def arrows_in_words(text: str) -> str:
    """Write "52 -> 40 min" as "from 52 to 40 min"; a row of several arrows stays as it is."""
    return _CHANGE.sub(_as_change, text)


def shortened(text: str) -> str:
    """Cut a text that nobody would read to its end at a word, with "…" for what is left out.

    Args:
        text: words without marks.

    Returns:
        The text itself, or its first `MOST_QUOTED` characters up to the end of a word; a word without end is cut as it stands.
    """
    if len(text) <= MOST_QUOTED:
        return text
    head = text[: MOST_QUOTED + 1]
    whole, _, rest = head.rpartition(" ")
    if len(rest) >= _LONG_WORD or not any(character.isalnum() for character in whole):
        return _cut_between(head).rstrip() + "…"
    return whole.rstrip(" ,;:-–—.") + " …"


def _cut_between(head: str) -> str:
    """Cut a stretch without spaces (an address, a row of marks) between two of its words, so that the last one is whole."""
    short = head[:MOST_QUOTED]
    last = next((at for at, sign in enumerate(reversed(short)) if not sign.isalnum()), len(short))
    return short[: len(short) - last] if last < _LONG_WORD and head[-1].isalnum() else short


def stands(quote: str, lines: Sequence[str]) -> bool:
    """Return whether a quotation stands in one stretch of the lines, read one after the other.

    Placeholders such as ``[link]`` and the addresses of links may stand between the words of the line.

    Args:
        quote: the words quoted.
        lines: the cited lines as they stand in the notes.
    """
    wanted = tokens(quote)
    if not wanted:  # marks alone
        return quote.strip('" ') in " ".join(lines)
    return any(_within(wanted, there, tense=False, cut=_is_cut(quote)) for there in _readings(lines))


def begins(text: str, words: str) -> bool:
    """Return whether a text begins with some words; currencies and placeholders such as ``[Blocked]`` may stand among them."""
    wanted = [word.lstrip("£$€") for word in tokens(words)]
    return any([word.lstrip("£$€") for word in there[: len(wanted)]] == wanted for there in _readings([text]))


def said(text: str, lines: Sequence[str]) -> bool:
    """Return whether a tidied text stands in the lines: each of its sentences in one stretch, with nothing put in or left out.

    The tense of a sentence's first verb and arrows between figures are what tidying may change.

    Args:
        text: one or several tidied sentences.
        lines: the cited lines as they stand in the notes.
    """
    there = [*_readings(lines), *_readings([arrows_in_words(line) for line in lines])]
    sentences = [(words, _is_cut(one)) for one in _SENTENCE_END.split(text) if (words := tokens(one))]
    return all(any(_within(words, reading, tense=True, cut=cut) for reading in there) for words, cut in sentences)


_SMALL = {
    str(number): word
    for number, word in enumerate(
        ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
    )
}


def missing(text: str, lines: Sequence[str], allowed: Iterable[str] = ()) -> list[str]:
    """Return the words and figures of a text that stand in none of the lines, in order.

    Args:
        text: any text; a figure up to twelve may stand there as a word.
        lines: the cited lines as they stand in the notes.
        allowed: words that may be there all the same.
    """
    there = {plain_figure(token) for line in lines for token in tokens(line)} | set(allowed)
    wanted = tokens(text)
    if _is_cut(text) and wanted and len(wanted[-1]) >= _LONG_WORD:
        there |= {wanted[-1] for one in there if one.startswith(wanted[-1])}
    return [token for token in wanted if plain_figure(token) not in there and _SMALL.get(token) not in there]


@cache
def past(base: str) -> str | None:
    """Return the past tense of a verb's base form, None if the word is no base form or has two past tenses."""
    verbs = load_verbs().forms.items()
    forms = [form for form, readings in verbs if any(reading == (base, "VBD") for reading in readings)]
    return forms[0] if len(forms) == 1 else None


_STRUCK = re.compile(r"~~[^~\n]{1,2000}~~")
"""Words that the writer struck out: no longer said, so that what stands around them is read as one stretch."""


def _readings(lines: Sequence[str]) -> list[list[str]]:
    whole = " ".join(lines)
    unlinked = EMPTY_LINK.sub(" ", whole)
    texts = (
        whole,
        unlinked,
        _EMPTY_NAME.sub(" ", whole),
        _PLACEHOLDER.sub(" ", whole),
        _PLACEHOLDER.sub(" ", unlinked),
        _STRUCK.sub(" ", whole),
        _STRUCK.sub(" ", unlinked),
    )
    return [tokens(text) for text in dict.fromkeys(texts)]


def _is_cut(text: str) -> bool:
    """Return whether a text ends within a word without end, as `shortened` cuts it."""
    return len(text) > _LONG_WORD and text.rstrip(' ."').endswith("…")


def _within(wanted: list[str], there: list[str], *, tense: bool, cut: bool = False) -> bool:
    size = len(wanted)
    if cut and wanted and len(wanted[-1]) >= _LONG_WORD:
        there = [wanted[-1] if one.startswith(wanted[-1]) else one for one in there]
    heads = {wanted[0], *(_bases(wanted[0]) if tense else ())} if wanted else set()
    return any(
        there[start] in heads and there[start + 1 : start + size] == wanted[1:]
        for start in range(len(there) - size + 1)
        if size
    )


def _bases(form: str) -> frozenset[str]:
    """Return the base forms that a past tense can have ("presented": "present"), the one tense change of tidying."""
    readings = load_verbs().forms.get(form, ())
    return frozenset(lemma for lemma, tag in readings if tag == "VBD")


def _as_change(match: re.Match[str]) -> str:
    before = match.string[: match.start()].casefold().rstrip()
    if before.endswith((">", "→", "⟶", "➜", "➔")):
        return match[0]
    lead = "" if before.endswith("from") else "from "
    return f"{lead}{match[1]} to {match[2]}"
