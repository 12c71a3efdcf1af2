"""Tidying: what may be done to the words of a note before they stand in a draft, and nothing else.

Marks, placeholders, emoji and doubled stops go; case and end stop are set; "52 -> 40 min" is written "from 52 to 40 min"; a
leading "I" before a past tense goes, and a ticked-off task is put in the past tense. Whatever would need more than that is
left as it stands.
"""

from __future__ import annotations

import re
import unicodedata

from analyzer.drafting.words import EMPTY_LINK, arrows_in_words, past, said, shortened
from analyzer.patterns import load_lists, load_verbs

_EMPHASIS = re.compile(r"(\*{1,3}|`{1,2}|~~|__)(?=\S)([^*`~\n]{1,200})(?<=\S)\1")
_SHORTCODE = re.compile(r"(?<!\w):[a-z][a-z_+-]{1,30}:(?!\w)")
_SMILEY = re.compile(r"\s[:;]-?[)(DPp](?=\s|$)")
_KEPT_SYMBOLS = frozenset("°©®™№")
_STOPS = (".", "!", "?", "…")
_CLOSERS = "\"”'’"
_OPEN_MARK = re.compile(r"^(?:[-*+•▪●–—:;,.]\s{0,3}|\d{1,2}[.)]\s{1,3})+(?=\S)")

_CELLS = re.compile(r"(?:(?<=\s)|^)\|(?:\s{1,20}\|){0,20}(?=\s|$)")
"""What stands between the cells of a table's row."""
_NO_SIGN = "\x00"
"""Stands for an emoji until it is known whether it ends a sentence: text never holds this character."""
_EMOJI_STOP = re.compile(r"(?<=[^\W_])\s?\x00[\s\x00]{0,20}(?=[A-Z][a-z’' ])")
_OPEN_STOP = re.compile(r"^(?:[!?;,]\s{0,3})+(?=\S)")
_OPEN_REST = re.compile(r"^[^\[\]\s]{0,12}\]\s?:?\s{1,3}(?=\S)")
"""What is left of brackets that a text was cut out of."""


def bare(text: str) -> str:
    """Return a text without marks, placeholders, emoji and doubled stops; its words stay as they are.

    Args:
        text: the words of an item, as `Item.text` holds them.
    """
    text = unicodedata.normalize("NFC", text)
    text = EMPTY_LINK.sub("", text)
    text = _OPEN_REST.sub("", text)
    text = _EMPHASIS.sub(r"\2", text)
    text = _SMILEY.sub("", _SHORTCODE.sub("", text))
    text = _EMOJI_STOP.sub(". ", "".join(_NO_SIGN if _is_emoji(one) else one for one in text)).replace(_NO_SIGN, " ")
    text = re.sub(r"([!?])\1{1,20}", r"\1", text)
    text = _CELLS.sub("; ", text).strip(" ;") if _CELLS.search(text) else text
    text = re.sub(r"\s{1,50}([,.;!?])(?=\s|$)", r"\1", " ".join(text.split()))
    return _OPEN_MARK.sub("", _OPEN_STOP.sub("", text)).strip()


def quoted(text: str) -> str:
    """Return a text as a quotation, in double quotes and without its last full stop.

    Args:
        text: the words of an item; double quotes inside become single ones.
    """
    words = _balanced(shortened(bare(text)).rstrip(" .,;"))
    if len(words) > 1 and words[0] in '"“' and words[-1] in '"”' and not re.search(r'["“”]', words[1:-1]):
        return f'"{words[1:-1].rstrip(" .")}"'
    inside = re.sub(r'(?<=[\w*~`])["“”](?=[\w*~`])', " ", words)
    return '"' + re.sub(r'["“”]', "'", inside) + '"'


def _balanced(text: str) -> str:
    """Take away a quotation mark at an end that has no partner: a sentence was cut out of a longer quotation."""
    if len(re.findall(r'["“”]', text)) % 2 == 0:
        return text
    return text[1:].lstrip() if text[:1] in '"“”' else text.rstrip(' ."“”') if text.rstrip(" .")[-1:] in '"“”' else text


def closed(quote: str) -> str:
    """Return a quotation with the full stop behind it, unless it ends with a question or an exclamation."""
    return quote if quote[-2:-1] in {"?", "!", "…"} else f"{quote}."


def tidied(text: str, *, ticked: bool = False, own: bool = True) -> str | None:
    """Return a text as a sentence of the draft, or None where tidying is not sure to keep its meaning.

    Args:
        text: one sentence or clause of an item.
        ticked: whether it is a task that was ticked off, so that a leading base form is a thing done.
        own: whether the reader of the draft is the writer, so that a leading "I" can go.
    """
    words = _balanced(shortened(bare(text)))
    if not words or len(re.findall(r'["“”]', words)) % 2 or not any(character.isalnum() for character in words):
        return None
    changed = arrows_in_words(words)
    changed = _without_i(changed) if own else changed
    changed = _in_past(changed) if ticked else changed
    sentence = _stopped(_capital(changed))
    return sentence if said(sentence, [text]) else None


def speaks_to_you(text: str) -> bool:
    """Return whether a text speaks to somebody ("you", "your"): tidying may not say who that is."""
    return _has_word(text, load_lists()["pronoun_you"])


def speaks_of_self(text: str) -> bool:
    """Return whether a text speaks as "I" or "we"."""
    return _has_word(text, load_lists()["pronoun_self"] | load_lists()["pronoun_team"])


def _has_word(text: str, words: frozenset[str]) -> bool:
    found = re.findall(r"[a-z]+(?:'[a-z]+)?", text.casefold().replace("’", "'"))
    return any(word in words for word in found)


def _is_emoji(character: str) -> bool:
    if character in _KEPT_SYMBOLS:
        return False
    return unicodedata.category(character) in {"So", "Sk", "Cs", "Co"} or character in "\u200d\ufe0f\ufe0e"


def _without_i(text: str) -> str:
    match = re.match(r"I(?:['’]ve| have)? ([a-z]{2,20})\b", text)
    if not match:
        return text
    tags = {tag for _, tag in load_verbs().forms.get(match[1], ())}
    return text[match.start(1) :] if tags & {"VBD", "VBN"} and not tags & {"VB"} else text


def _in_past(text: str) -> str:
    match = re.match(r"([A-Za-z]{2,20})\b(?! (?:of|is|are|was|were)\b)", text)
    word = match[1].casefold() if match else ""
    readings = load_verbs().forms.get(word, ())
    if not match or any(tag in {"VBD", "VBN"} for _, tag in readings):
        return text
    form = past(word) if any(tag == "VB" for _, tag in readings) else None
    return form + text[match.end(1) :] if form else text


def _capital(text: str) -> str:
    first = re.match(r"[^\W\d_]+(?:['’-][^\W\d_]+)*(?![\w/\\@.]\w)", text)
    return text[0].upper() + text[1:] if first and first[0].islower() else text


def _stopped(text: str) -> str:
    text = text.rstrip(" ,;:-–—")
    return text if text.rstrip(_CLOSERS).endswith(_STOPS) and text else text + "."
