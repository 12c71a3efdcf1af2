"""Plain string work on words and names: tokens, stems, typos, abbreviations. No language processing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from analyzer.grouping.words import STAGE, TIME, function_words, roles

Key = tuple[str, ...]
"""The stems of a name's words in their order, without stage words; what two spellings of a name are compared by."""

_WORD = re.compile(r"[^\W_]/[^\W_](?![^\W_])|[^\W_]+(?:['’][^\W_]{1,3})?")
_VERSION = re.compile(r"v\d{1,3}|\d{1,2}[ab]?")
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_TICKET = re.compile(r"\b[A-Z][A-Z0-9]{1,9}-\d{1,6}\b")
_CAPITALS = frozenset({"IT", "US", "AM", "WHO", "OR"})
"""Written like this they are names, in small letters function words."""
_REMEMBERED = 50_000
"""Texts whose words are kept: the lines of some ten years are compared with each other many times."""
_ACRONYM_MIN = 2
TYPO_MIN_LENGTH = 6
"""Letters of a word from which one slip of the fingers does not make it another word."""
_CLIP_MIN = 3


@lru_cache(maxsize=_REMEMBERED)
def words(text: str) -> tuple[str, ...]:
    """Return the words of a text in order, lower case, without possessive endings; "A/B" is one word."""
    return tuple(_bare(match.group()) for match in _WORD.finditer(text))


@lru_cache(maxsize=_REMEMBERED)
def word_spans(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the words of a text with their offsets, as `words` does."""
    return tuple((_bare(match.group()), match.start(), match.end()) for match in _WORD.finditer(text))


def find_urls(text: str) -> list[tuple[int, int]]:
    """Return where the addresses of pages stand in a text: their words name nothing."""
    return [match.span() for match in _URL.finditer(text)]


@cache
def stem(word: str) -> str:
    """Cut plural and verb endings, roughly and always alike: for comparing words, never for showing them."""
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith(("sses", "xes", "ches", "shes", "uses")) and len(word) > 4:
        word = word[:-2]
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending, least in (("ing", 6), ("ed", 5)):
        if word.endswith(ending) and len(word) >= least:
            word = _undouble(word[: -len(ending)])
            break
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


@lru_cache(maxsize=_REMEMBERED)
def content(text: str, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """Return the stems of the words that say what a text is about, in order.

    Args:
        text: any text.
        without: lower-case words to leave out as well (names of people).
    """
    kept = (word for word in words(text) if word not in without and word not in TIME and not _short(word))
    return tuple(stem(word) for word in kept if word not in function_words())


def key_of(name: str) -> Key:
    """Return the key of a written name; stage words and versions count only where nothing else is left."""
    all_words = words(name)
    kept = [word for word in all_words if word not in function_words() or len(all_words) == 1]
    named = [word for word in kept if not is_stage(word)]
    return tuple(stem(word) for word in (named or kept))


def is_stage(word: str) -> bool:
    """Return whether a word only says how far something is ("pilot", "v2", "phase", "2")."""
    return stem(word) in _STAGE_STEMS or bool(_VERSION.fullmatch(word))


def tickets(text: str) -> list[str]:
    """Return the ticket keys ("OPS-12") that a text holds."""
    return [key for key in _TICKET.findall(text) if key.split("-")[0] not in {"UTF", "ISO", "COVID", "Q"}]


def same_key(one: Key, other: Key) -> bool:
    """Return whether two keys are one name: equal, written together ("sip til send", "siptilsend"), or a typo apart."""
    if set(one) == set(other) or "".join(one) == "".join(other):
        return True
    return len(one) == len(other) and all(typo_of(a, b) for a, b in zip(one, other, strict=True))


def typo_of(one: str, other: str) -> bool:
    """Return whether two words are equal or one slip of the fingers apart (only for words of six letters and more)."""
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < TYPO_MIN_LENGTH or len(longer) - len(shorter) > 1 or shorter[0] != longer[0]:
        return False
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    swapped = shorter[start : start + 2] == longer[start : start + 2][::-1]
    return shorter[start + 1 :] == longer[start + 1 :] or (swapped and shorter[start + 2 :] == longer[start + 2 :])


def abbreviates(short: Sequence[str], full: Sequence[str]) -> bool:
    """Return whether a name is a short form of another: initials ("PRT", "B26" of "Budget 2026") or clipped words
    ("OT dash", "fuel fcst").

    Args:
        short: words of the short form, lower case and not stemmed.
        full: words of the long form, likewise.
    """
    if len(short) == 1 and len(full) >= _ACRONYM_MIN:
        return _initials(short[0], full)
    if len(short) != len(full) or tuple(short) == tuple(full):
        return False
    clipped = [_clips(a, b) for a, b in zip(short, full, strict=True)]
    sure = [a == b or (len(a) >= _CLIP_MIN and _clips(a, b)) for a, b in zip(short, full, strict=True)]
    return all(clipped) and any(sure)


def contains(haystack: Sequence[str], needle: Sequence[str]) -> int | None:
    """Return where a run of stems starts in another, None where it does not stand there; one of them may have a typo."""
    size = len(needle)
    if sum(word in haystack for word in needle) < max(size - 1, 1):
        return None
    for start in range(len(haystack) - size + 1):
        if all(typo_of(haystack[start + i], needle[i]) for i in range(size)):
            return start
    return None


def plain(text: str) -> str:
    """Return a text as comparable words: two lines with the same words are the same line."""
    return " ".join(words(text))


_STAGE_STEMS = frozenset(stem(word) for word in STAGE)


def _bare(word: str) -> str:
    if word in _CAPITALS:
        return word.casefold() + "_"
    word = word.casefold()
    for ending in ("'s", "’s"):
        word = word.removesuffix(ending)
    return word.replace("’", "'")


def _short(word: str) -> bool:
    return len(word) == 1 and not word.isdigit()


def _undouble(word: str) -> str:
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and (word[-1] not in "lsz" or len(word) > 6) else word


def _initials(short: str, full: Sequence[str]) -> bool:
    if len(short) < _ACRONYM_MIN:
        return False
    if short == "".join(word[0] for word in full):
        return True
    letters, digits = short.rstrip("0123456789"), short.lstrip("abcdefghijklmnopqrstuvwxyz")
    named = [word for word in full if not word.isdigit()]
    numbers = [word for word in full if word.isdigit()]
    return bool(digits and numbers) and letters == "".join(word[0] for word in named) and numbers[0].endswith(digits)


def _clips(short: str, full: str) -> bool:
    if short == full or (len(short) >= _CLIP_MIN and full.startswith(short)):
        return True
    if len(full) < 5 or len(short) >= len(full) or short[0] != full[0] or short in function_words() | roles():
        return False
    rest = iter(full)
    in_order = all(letter in rest for letter in short)
    if len(short) in (2, 3):
        return in_order
    squeezed = sum(letter in "aeiou" for letter in short) <= 1 or len(short) >= 0.7 * len(full)
    return in_order and squeezed and short[-1] == full[-1] and 2 * len(short) >= len(full)
