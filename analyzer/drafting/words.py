"""The one definition of "these words stand in that line", used when a draft is written and when it is verified.

Words are compared without case, punctuation, dashes, arrows and marks: "34 -> 19 min" and "from 34 to 19 min" hold the
same figures and words, but for "from" and "to", which are in the closed list of words that tidying may add.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from analyzer.patterns import load_verbs

ADDED = frozenset({"from", "to"})
"""Words that tidying may add: an arrow between two figures is written out with them."""

_TOKEN = re.compile(r"[£$€]?\d(?:[\d.,:/]{0,12}\d)?%?|[^\W\d_]+(?:'[^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"!?\[[^\[\]\n]{0,40}\](?!\()|\]\([^()\n]{0,300}\)")
_SAME = str.maketrans(
    {"’": "'", "‘": "'", "`": None, "*": None, "~": None, "\u00ad": None, "\u200b": None, "\ufeff": None}
)


def tokens(text: str) -> list[str]:
    """Return the words and figures of a text in a form that can be compared.

    Args:
        text: any text; marks of emphasis are taken out, letters are folded.

    Returns:
        Words in lower case, and figures with their currency or percent sign ("£1,900", "18%").
    """
    folded = unicodedata.normalize("NFKC", text).translate(_SAME).casefold()
    return _TOKEN.findall(folded)


def is_figure(token: str) -> bool:
    """Return whether a token is a figure."""
    return any(character.isdigit() for character in token)


def missing(text: str, lines: Sequence[str], allowed: Iterable[str] = ADDED) -> list[str]:
    """Return the words and figures of a text that stand in none of the lines, in order.

    Args:
        text: the tidied text.
        lines: the cited lines as they stand in the notes.
        allowed: words that may be there all the same.
    """
    there = {token for line in lines for token in tokens(line)} | set(allowed)
    found = tokens(text)
    gone = [token for token in found if token not in there]
    tense_only = bool(gone) and gone[0] == found[0] and any(base in there for base in bases(gone[0]))
    return gone[1:] if tense_only else gone


def bases(form: str) -> frozenset[str]:
    """Return the base forms that a past tense can have ("presented": "present"), the one tense change of tidying."""
    readings = load_verbs().forms.get(form, ())
    return frozenset(lemma for lemma, tag in readings if tag == "VBD")


def past(base: str) -> str | None:
    """Return the past tense of a verb's base form, None if the word is no base form or has two past tenses."""
    forms = [
        form for form, readings in load_verbs().forms.items() if any(reading == (base, "VBD") for reading in readings)
    ]
    return forms[0] if len(forms) == 1 else None


def stands(quote: str, lines: Sequence[str]) -> bool:
    """Return whether a quote stands in one stretch of the lines, read one after the other.

    Placeholders such as ``[link]`` and the addresses of links may stand between the words of the line.
    """
    wanted = tokens(quote)
    whole = " ".join(lines)
    return any(_within(wanted, tokens(text)) for text in (whole, _PLACEHOLDER.sub(" ", whole)))


def _within(wanted: list[str], there: list[str]) -> bool:
    size = len(wanted)
    return any(there[start : start + size] == wanted for start in range(len(there) - size + 1))
