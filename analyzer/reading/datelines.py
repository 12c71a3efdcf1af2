"""Which lines say when a meeting was: a date that stands alone or leads a heading, not one that a sentence speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.dates import MONTHS, WEEKDAYS, DateMention, find_dates

_LONGEST = 120
_LEAD_WORDS = frozenset(
    """week of w c wc wk commencing beginning starting ending meeting meetings date on the note notes for from one to sync
    catch up catchup check in checkin session weekly biweekly fortnightly monthly day log entry agenda minutes held with
    datum fecha data dato our my 1on1 1 1s o3 call chat and""".split()
) | set(WEEKDAYS)
_FIRST_WORDS = _LEAD_WORDS | set(MONTHS)
_NOT_A_MEETING = frozenset(
    """next due by until till before after deadline deadlines eta created updated modified since follow followup moved goal
    goals plan plans target release planned reschedule rescheduled starts launch upcoming freeze expected expires exported
    printed born last previous prior""".split()
)
_AFTER_WORDS = frozenset(
    """am pm h min mins minutes hour hours hr hrs with call zoom online phone remote office call-in teams video walk
        coffee lunch week of wk w c 1on1 s meeting sync catch up catchup check in notes note agenda cont continued the and short
        late early last first extra weekly monthly""".split()
) | set(WEEKDAYS)
CANCELLED = re.compile(
    r"(?:was |is )?(?:cancell?ed|skipped|postponed|called off|not held|no (?:meeting|1:1|1-1|1on1|121|one to one|catch[- ]?up"
    r"|sync)|did ?n[o']t (?:meet|happen)|did not (?:meet|happen)|missed)(?!\s+(?:the|a|an|our|my|all|by|of)\s+\w+\s+\w)"
    r"(?=\s*(?:$|[,.;:!?()–—-]|because|due|as\b|this|today|again|\N{LEFT PARENTHESIS}))",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"[\[<{(]\s{0,3}(?:insert|enter|add|your)?[ _]{0,3}date\b|\b(?:yyyy|dd/mm|mm/dd)\b|\[template\]|^template$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_DIGIT = re.compile(r"\d")
_MARKS = re.compile(r"[*_#`~]+")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,200})\]\([^()\n]{0,500}\)")
_SEPARATORS = " \t,.:;·|–—-@/"
_PADDED = re.compile(r"\d\d\.\d\d|\d{1,2}\.\d{1,2}\.$")


def plain(text: str) -> str:
    """Return a line without emphasis, link targets, and emoji or other signs around its words."""
    bare = _MARKS.sub("", _LINK.sub(lambda match: match["text"], text)) if "](" in text else _MARKS.sub("", text)
    start = next(
        (place for place, character in enumerate(bare) if character.isalnum() or character in "[(<{'"), len(bare)
    )
    return bare[start:].strip()


def is_link_only(text: str) -> bool:
    """Return whether a line is nothing but a link into the same document, as contents lists have."""
    return bool(
        re.fullmatch(r"[*_]{0,3}\[[^\[\]\n]{1,200}\]\(#[^()\n]{0,300}\)[*_]{0,3}|\[\[#[^\]\n]{1,200}\]\]", text)
    )


def is_template(text: str) -> bool:
    """Return whether a heading is the unfilled one of a template ("[INSERT DATE]")."""
    return len(text) <= _LONGEST and bool(_TEMPLATE.search(text))


@lru_cache(maxsize=8192)
def meeting_date(text: str, *, heading: bool) -> DateMention | None:
    """Return the date in a line that says when a meeting was.

    Args:
        text: a block's text; mark-up is looked through.
        heading: whether the line is a heading by mark-up or wholly bold, so that words may follow the date.

    Returns:
        The first date of the line with offsets in `plain(text)`, None where the line is no meeting's date.
    """
    if len(text) > _LONGEST or not _DIGIT.search(text):
        return None
    bare = plain(text)
    first = _WORD.match(bare)
    if not heading and first and first[0].lower() not in _FIRST_WORDS:
        return None
    mentions = find_dates(bare)
    if not mentions or not _is_written_as_date(bare, mentions[0]):
        return None
    mention = mentions[0]
    before = [word.lower() for word in _WORD.findall(bare[: mention.start])]
    fits = _fits_heading if heading else _fits_line
    if _NOT_A_MEETING.intersection(before) or not _leads(before, bare[: mention.start], mention, heading=heading):
        return None
    return mention if fits(bare[mention.end :]) else None


def rest_of(text: str, mention: DateMention) -> str:
    """Return what a date line says after its date, without separators in between."""
    return plain(text)[mention.end :].strip(_SEPARATORS)


def is_cancelled(rest: str) -> bool:
    """Return whether the words after a date (or a meeting's only words) say that it was not held."""
    words = rest.strip(_SEPARATORS + "([)]")
    if CANCELLED.match(words):
        return True
    return any(CANCELLED.match(piece.strip(_SEPARATORS)) for piece in re.split(r"[(\[–—]|\s-\s", rest)[1:4])


def _is_written_as_date(bare: str, mention: DateMention) -> bool:
    """Rule out "2.1 Scope" and other numbers with a point."""
    written = bare[mention.start : mention.end]
    if mention.form != "numbers" or "/" in written or mention.year is not None:
        return True
    return bool(_PADDED.match(bare[mention.start : mention.end + 1]))


def _leads(before: list[str], written: str, mention: DateMention, *, heading: bool) -> bool:
    unknown = [word for word in before if word not in _LEAD_WORDS]
    if not unknown:
        return len(before) <= 6 and len(re.sub(r"1\s?[:x-]\s?1", "", written)) <= 40
    if not heading:
        return False
    sure = mention.form != "numbers" or mention.year is not None
    return sure and len(unknown) <= 4 and len(before) <= 6 and not re.search(r"[.!?]\s", written)


def _fits_heading(after: str) -> bool:
    words = [word.lower() for word in _WORD.findall(after)]
    if words[:1] and words[0] in {"deadline", "due", "eta", "release", "freeze", "launch"}:
        return False
    glued = bool(after) and after[0].isalnum()
    return not glued and len(words) <= 14


def _fits_line(after: str) -> bool:
    """An unmarked line may say no more than the time, the place, names, or that there was no meeting."""
    rest = after.strip(_SEPARATORS)
    if not rest or is_cancelled(after) or (rest[0] in "([" and rest[-1] in ")]" and len(rest) <= 60):
        return not (after and after[0].isalnum())
    if after[0].isalnum() or after.lstrip()[0] == "%":
        return False
    words = _WORD.findall(rest)
    known = [word.lower() in _AFTER_WORDS for word in words]
    names = [word[0].isupper() for word in words]
    if all(known):
        return True
    separated = after.lstrip(" ")[0] in ",:·|–—-@/("
    return len(words) <= 3 and separated and all(a or b for a, b in zip(known, names, strict=True))
