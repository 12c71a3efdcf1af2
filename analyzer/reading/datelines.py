"""Which lines say when a meeting was: a date that stands alone or leads a heading, not one that a sentence speaks of."""

from __future__ import annotations

import re
from functools import lru_cache

from analyzer.dates import MONTHS, WEEKDAYS, DateMention
from analyzer.reading.months import foreign_month_of, month_of, weekday_of, words_around
from analyzer.reading.written import WEEK, written_dates

_LONGEST = 120
_LEAD_WORDS = (
    frozenset(
        """week weeks of w c e wc we wk cw kw commencing beginning starting ending meeting meetings date on the note notes for from one to sync
    catch up catchup check in checkin session weekly biweekly fortnightly monthly day log entry agenda minutes held with
    datum fecha data dato our my 1on1 1 1s o3 call chat and supervision review when held""".split()
    )
    | set(WEEKDAYS)
    | words_around()
)
_FIRST_WORDS = _LEAD_WORDS | set(MONTHS) | set("mo di mi do fr sa so".split())
_NOT_A_MEETING = frozenset(
    """next due by until till before after deadline deadlines eta created updated modified since follow followup moved goal
    goals plan plans target release planned reschedule rescheduled starts ends launch upcoming freeze expected expires exported
    printed born last previous prior pto ooo leave holiday holidays vacation birthday off away hired joined renewal renews live
    scheduled version revised effective valid published submitted sent back returning returns finish probation promised remind
    reminder booked ships delivery milestone""".split()
)
_AFTER_WORDS = frozenset(
    """am pm h min mins minutes hour hours hr hrs with call zoom online phone remote office call-in teams video walk
    coffee lunch week of wk w c 1on1 s meeting sync catch up catchup check in notes note agenda cont continued the and short
    late early last first extra weekly monthly at from to uhr est cet utc gmt bst pst no""".split()
) | set(WEEKDAYS)
CANCELLED = re.compile(
    r"(?:was |is )?(?:cancell?ed|cancelada|cancelado|annulé|annullato|abgesagt|entfallen|ausgefallen|geannuleerd|afgezegd|skipped|skip"
    r"|postponed|called off|not held|no (?:meeting|1:1s?|1-1s?|1on1s?|121s?|one[- ](?:to|on)[- ]one|catch[- ]?up|check[- ]?in|call|session"
    r"|supervision|sync)|did ?n[o']t (?:meet|happen)|did not (?:meet|happen|take place)|missed)(?!\s+(?:the|a|an|our|my|all|by|of)\s+\w+\s+\w)"
    r"(?=\s*(?:$|[,.;:!?()–—-]|because|due|as\b|this|today|again|\N{LEFT PARENTHESIS}))",
    re.IGNORECASE,
)
_MOVED = re.compile(
    r"(?:was |is |got )?(?:moved|rescheduled|pushed(?: back| out)?|shifted|bumped)(?:$|\s{1,2}(?:to|until|till|by|a|one|next)\s{1,2}"
    r"(?:a |the |next |following |this )?(?:\d|weeks?\b|days?\b|tomorrow|later|(?P<word>[^\W\d_]{3,12})))",
    re.IGNORECASE,
)
"""Said of the meeting itself where a day follows: "moved to Thursday", but not "moved to production"."""
_AWAY = re.compile(
    r"(?:(?:bank|public|national|annual|sick|parental|on|company|school) ){0,2}(?:holidays?|leave|pto|ooo|out of office|vacation|sick|ill|easter"
    r"|christmas|urlaub|krank|feiertag|congés?|vacances|férié|vacaciones|festivo|ferie|vakantie)(?=\s*(?:$|[,.;:!?()–—-]))",
    re.IGNORECASE,
)
_BLANK_DATE = re.compile(
    r"(?:date|datum|fecha|meeting date|date of (?:the )?meeting)\s{0,3}:?\s{0,3}(?:[?_.…xX/-]{1,12}|tbd|tbc|n/a)?$"
    r"|(?:[?xX_]{1,2}|\.{2,3})[\s./-](?:[?xX_]{1,2}[./-](?:\d{2,4}|[?xX_]{2,4})|[^\W\d_]{3,9}(?:\s\d{4})?)$",
    re.IGNORECASE,
)
_TEMPLATE = re.compile(
    r"[\[<{(]{1,2}%?\s{0,3}(?:insert|enter|add|your|meeting|today'?s|tp\.)?[ _]{0,3}date\b|\b(?:yyyy|dd[/.-]mm|mm[/.-]dd)\b|\[template\]"
    r"|\btt[/.-]mm[/.-]jjjj\b|\bdate (?:here|goes here)\b|^(?:meeting |1:1 |1-1 |1on1 |one-on-one |copy this )?template:?$",
    re.IGNORECASE,
)
_DATE_KEY = re.compile(r"(?:meeting )?(?:date|datum|fecha|when)\s{0,2}:\s{0,3}", re.IGNORECASE)
_ONE_TO_ONE = re.compile(r"1\s?[:x-]\s?1s?|1on1s?|one[- ](?:on|to)[- ]one", re.IGNORECASE)
_CLAUSE = re.compile(r"[.!?;]\s|\b(?:on|is|was|in)\s{1,2}$")
_BOLD_FRONT = re.compile(r"(?P<mark>\*\*|__)(?P<front>[^*_\n]{4,60})(?P=mark):?(?=[\s:,–—-])")
_WORDS_AFTER_BOLD = 8
_OF = re.compile(r"\s{1,3}(?:of|out of|done|complete|completed|passed|left|finished)\b", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
_DIGIT = re.compile(r"\d")
_MARKS = re.compile(r"[*#`~]+|(?<![^\W_])_+|_+(?![^\W_])")
_STRUCK = re.compile(r"[*_]{0,3}~~[^~\n]{1,120}~~[*_]{0,3}")
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


def is_template(text: str, *, heading: bool = True) -> bool:
    """Return whether a line is the unfilled heading of a template ("[INSERT DATE]"); without mark-up it says nothing else."""
    if len(text) > _LONGEST:
        return False
    if heading:
        return bool(_TEMPLATE.search(text))
    value = _DATE_KEY.sub("", plain(text))
    found = _TEMPLATE.search(value)
    return bool(found) and (value != plain(text) or (found is not None and found.start() == 0)) and len(value) <= 40


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
    if not heading and first and not _opens_a_date(first[0].lower()):
        return None
    mention = _first_date(bare)
    if mention is None or not _is_written_as_date(bare, mention):
        return None
    written = bare[: mention.start]
    before = [word.lower() for word in _WORD.findall(written)]
    if _NOT_A_MEETING.intersection(before) or not _leads(before, written, mention, heading=heading):
        return None
    # a week's number alone is no more than a number where words follow ("Week 2 of onboarding")
    fits = _fits_heading if heading and mention.form != WEEK else _fits_line
    return mention if fits(bare[mention.end :]) and not _is_share(mention, bare) else None


def led_by_date(text: str) -> bool:
    """Return whether a short line has a date in bold at its front ("**3 March:** the boat")."""
    match = _BOLD_FRONT.match(text)
    if not match or len(text[match.end() :].split()) > _WORDS_AFTER_BOLD or text.rstrip()[-1:] in {".", "!", "?"}:
        return False
    return meeting_date(match["front"], heading=False) is not None


def is_led_by_date(text: str, mention: DateMention) -> bool:
    """Return whether nothing stands before a line's date but words such as "week of" ("Incident 2025-02-27" is led by another)."""
    before = [word.lower() for word in _WORD.findall(plain(text)[: mention.start])]
    return all(word in _LEAD_WORDS or weekday_of(word) is not None for word in before)


def rest_of(text: str, mention: DateMention) -> str:
    """Return what a date line says after its date, without separators in between."""
    return plain(text)[mention.end :].strip(_SEPARATORS)


def is_cancelled(rest: str) -> bool:
    """Return whether the words after a date (or a meeting's only words) say that it was not held."""
    pieces = [rest.strip(_SEPARATORS + "([)]")]
    pieces += [piece.strip(_SEPARATORS) for piece in re.split(r"[(\[–—]|\s-\s", rest)[1:4]]
    return any(CANCELLED.match(piece) or _is_moved(piece) for piece in pieces)


def is_away(rest: str) -> bool:
    """Return whether the words after a date only say that somebody was away; with nothing below, there was no meeting."""
    return bool(_AWAY.match(rest.strip(_SEPARATORS + "([)]")))


def is_struck(text: str) -> bool:
    """Return whether a line opens with words struck through, as a date is whose meeting was called off."""
    return bool(_STRUCK.match(text))


def is_blank_date(text: str) -> bool:
    """Return whether a line is the place for a date that nobody wrote: "Date:", "?? March", "xx/xx/2025"."""
    return len(text) <= 40 and bool(_BLANK_DATE.match(_MARKS.sub("", text).strip()))


def _is_moved(words: str) -> bool:
    match = _MOVED.match(words)
    word = match["word"].lower() if match and match["word"] else ""
    return bool(match) and (not word or month_of(word) is not None or weekday_of(word) is not None)


def _is_share(mention: DateMention, bare: str) -> bool:
    """Return whether "3/4" is a number of things ("3/4 of the goals"), or round the clock."""
    if mention.form != "numbers" or mention.year is not None:
        return False
    return bare[mention.start : mention.end] == "24/7" or bool(_OF.match(bare[mention.end :]))


def _opens_a_date(word: str) -> bool:
    return (
        word in _FIRST_WORDS
        or month_of(word) is not None
        or weekday_of(word) is not None
        or foreign_month_of(word) is not None
    )


def _first_date(bare: str) -> DateMention | None:
    """Return a line's first date; the day beats the number of its week ("Week 12 (17 March)")."""
    mentions = written_dates(bare)
    if len(mentions) > 1 and "week" in mentions[0].form and "week" not in mentions[1].form:
        between = _WORD.findall(bare[mentions[0].end : mentions[1].start])
        if all(word.lower() in _LEAD_WORDS for word in between):
            return mentions[1]
    return mentions[0] if mentions else None


def _is_written_as_date(bare: str, mention: DateMention) -> bool:
    """Rule out "2.1 Scope" and other numbers with a point."""
    written = bare[mention.start : mention.end]
    if mention.form != "numbers" or "/" in written or mention.year is not None or mention.weekday is not None:
        return True
    return bool(_PADDED.match(bare[mention.start : mention.end + 1]))


def _leads(before: list[str], written: str, mention: DateMention, *, heading: bool) -> bool:
    unknown = [word for word in before if word not in _LEAD_WORDS and weekday_of(word) is None]
    if not unknown:
        return len(before) <= 6 and len(_ONE_TO_ONE.sub("", written)) <= 40
    met = len(unknown) <= 2 and bool(_ONE_TO_ONE.match(written)) and not _CLAUSE.search(written)
    if not heading:
        return met and mention.form != WEEK and written.rstrip()[-1:] != "-"
    sure = met or (mention.form not in {"numbers", WEEK}) or mention.year is not None
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
