"""What notes mark as private: sections, single lines and stretches between comments, left out unless the user asks for them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.reading.datelines import meeting_date
from analyzer.reading.markdown import Draft
from analyzer.records import BlockKind

REASON = "private"
PRIVATE = "--include-private reads"
"""What the report of lines that were left out says, so that it is told from a problem."""
Stretch = tuple[int, int, str]
"""First and last line, 1-based and inclusive, and why it is ignored."""

_CORE = (
    r"private|confidential|off the record|off[- ]record|not (?:for|to be) (?:sharing|shared)|(?:please )?(?:do not|don['’]t) share"
    r"|(?:for )?my eyes only|eyes only|between (?:us|you and me)|not for the (?:file|record|review)"
)
_WHOLE = re.compile(
    rf"(?:my |our |manager |manager['’]s )?(?:strictly |personal (?:and|&) )?(?:{_CORE})(?: (?:and|&) (?:{_CORE}))?"
    r"(?: (?:notes?|section|part|stuff|thoughts?|bits?|remarks?|comments?|observations?))?"
    r"(?:\s?[-–—,(]{1,2}\s?(?:not|please|do|don['’]t|for|off|private|confidential|never|my|manager|leave|keep|skip)\b.{0,60})?",
    re.IGNORECASE,
)
"""A heading or lead that says so and nothing else; "Private beta" and "Privacy review" say something else."""
_BRACKET = re.compile(
    rf"[(\[{{]\s?(?:{_CORE})(?:\s?[,;:–—-]\s?[^()\[\]{{}}\n]{{0,40}}| (?:notes?|please|yet|for|to|with|until|outside|between)\b[^()\[\]{{}}\n]{{0,30}})?"
    r"[)\]}]",
    re.IGNORECASE,
)
_HASHTAG = re.compile(
    r"(?<![\w#&/])#(?:private|confidential|off-?the-?record|not-?for-?sharing)(?![\w-])", re.IGNORECASE
)
_LOCK = re.compile(r"[🔒🔐]")
_SECURITY = re.compile(
    r"\b(?:security|secure|log-?ins?|auth\w{0,12}|access|passwords?|encrypt\w{0,5}|sso|tls|locks?|locked|vault|keys?|door|firewall)\b",
    re.IGNORECASE,
)
"""What else a lock stands for."""
_PREFIX = re.compile(rf"\(?(?:privately|aside|{_CORE})\)?\s?(?::|,|\)|\s[-–—]{{1,2}}\s)", re.IGNORECASE)
_OFF_RECORD = re.compile(r"(?:^|[,;] )off the record\s?[:,–—-]|\boff the record[.!]?$", re.IGNORECASE)
_NOT_FOR_SHARING = re.compile(
    r"\bnot for sharing(?:$|[.,;:!)]| (?:with|outside|yet|further|on|beyond)\b)", re.IGNORECASE
)
_NOT_MARKED = re.compile(
    r"\b(?:not|nothing|isn['’]t|whether|if|was it) (?:\w{1,10} ){0,2}off the record", re.IGNORECASE
)
_TAGS = re.compile(r"</?[a-zA-Z][^<>\n]{0,60}>")
_OPEN = re.compile(r"<!--\s{0,3}(?:begin |start )?(?:private|confidential|not for sharing)\s{0,3}-->", re.IGNORECASE)
_SHUT = re.compile(r"<!--\s{0,3}(?:/|end |end of )\s?(?:private|confidential|not for sharing)\s{0,3}-->", re.IGNORECASE)
_CALLOUT = re.compile(r"\s{0,3}>\s?\[!(?:private|confidential)\]", re.IGNORECASE)
_LONGEST = 120
_TAIL = 400
"""Marks stand at the front or the end of a text; no more of a long one is looked at."""
_LEAD = 7
"""Level of a lone line that says "Private": deeper than each heading, so that any heading ends it."""


def is_private_heading(text: str) -> bool:
    """Return whether a heading or lead marks what stands under it as private."""
    return _says_only_private(text) or _is_tagged(text)


def is_private_line(text: str) -> bool:
    """Return whether one item, paragraph or row is marked as private."""
    bare = text.lstrip("*_>~ \t")
    if _PREFIX.match(bare.replace("**", "").replace("__", "")[:_LONGEST]) or is_private_heading(text):
        return True
    return bool(_OFF_RECORD.search(bare[:_TAIL])) and not _NOT_MARKED.search(bare[:_TAIL])


def take_private(
    drafts: Sequence[Draft], ignored: Sequence[Stretch], lines: Sequence[str], *, include: bool
) -> tuple[list[Draft], list[Stretch], list[str]]:
    """Take the private blocks out of a file's blocks.

    A private heading holds until the next one of its level or the next date; a private item takes what is nested under it
    along; a comment ``<!-- private -->`` holds until ``<!-- /private -->``, or to the end where that is missing.

    Args:
        drafts: the blocks, headings promoted and properties taken out.
        ignored: what was left out so far; comments among it may be marks.
        lines: the repaired lines.
        include: whether the user asked for private parts: then nothing is left out.

    Returns:
        The blocks kept, with parents renumbered; the stretches left out; and what to say about it, at most one message.
    """
    if include:
        return list(drafts), [], []
    private = _Marks(drafts, ignored, lines).places()
    if not private:
        return list(drafts), [], []
    kept = [place for place in range(len(drafts)) if place not in private]
    new = {place: number for number, place in enumerate(kept)}
    result = [drafts[place] for place in kept]
    for draft in result:
        draft.parent = new.get(draft.parent) if draft.parent is not None else None
    left = [(drafts[place].start, drafts[place].end, REASON) for place in sorted(private)]
    count = sum(end - start + 1 for start, end, _ in left)
    what = "1 line marked private was" if count == 1 else f"{count} lines marked private were"
    return result, left, [f"{what} left out; {PRIVATE} {'it' if count == 1 else 'them'}"]


class _Marks:
    """One walk over the blocks, with what is open: a heading, a callout, a comment."""

    def __init__(self, drafts: Sequence[Draft], ignored: Sequence[Stretch], lines: Sequence[str]) -> None:
        self.drafts = drafts
        self.lines = lines
        self.marks = sorted(_comment_marks(ignored, lines))
        self.level: int | None = None
        self.quotes_only = False
        self.in_comment = False

    def places(self) -> set[int]:
        """Return the places of the private blocks."""
        found: set[int] = set()
        at = 0
        for place, draft in enumerate(self.drafts):
            while at < len(self.marks) and self.marks[at][0] <= draft.start:
                self._pass(self.marks[at][1])
                at += 1
            self._close(draft)
            self._open(place, draft)
            nested = draft.parent is not None and draft.parent in found
            if self.in_comment or self.level is not None or nested or self._is_private(place, draft):
                found.add(place)
        return found

    def _pass(self, mark: str) -> None:
        if mark == "callout":
            self.level, self.quotes_only = _LEAD, True
        elif mark == "details":
            self.level = None if self.level == _LEAD else self.level
        else:
            self.in_comment = mark == "open"

    def _close(self, draft: Draft) -> None:
        """End what is open where a block does not belong to it any more."""
        if self.level is None:
            return
        heading = draft.kind is BlockKind.HEADING
        out = self.quotes_only and not _quoted(self.lines, draft)
        higher = heading and 0 < draft.depth <= self.level
        date = not heading and draft.parent is None and meeting_date(draft.text[:_LONGEST], heading=False) is not None
        if out or higher or date:
            self.level, self.quotes_only = None, False

    def _open(self, place: int, draft: Draft) -> None:
        if self.level is not None or (draft.parent is not None and draft.kind is not BlockKind.HEADING):
            return
        if draft.kind is BlockKind.HEADING and draft.depth:
            if is_private_heading(draft.text) and not self._titles_all(place, draft):
                self.level, self.quotes_only = draft.depth, _quoted(self.lines, draft)
        elif draft.kind is BlockKind.PARAGRAPH:
            dated = meeting_date(draft.text[:_LONGEST], heading=False) is not None and _is_tagged(draft.text)
            if dated or _says_only_private(draft.text):
                self.level = _LEAD

    def _is_private(self, place: int, draft: Draft) -> bool:
        if draft.kind is BlockKind.HEADING and draft.depth:
            return False  # a heading that opened a section is private by the section
        return (
            is_private_heading(draft.text) if draft.depth == 0 and self._heads(place) else is_private_line(draft.text)
        )

    def _heads(self, place: int) -> bool:
        return self.drafts[place].kind is BlockKind.HEADING

    def _titles_all(self, place: int, draft: Draft) -> bool:
        """Return whether a mark is about the document as a whole ("1:1 Ada / Bo (private)"), which the user gave to be read."""
        return place == 0 and draft.depth == 1 and not _says_only_private(draft.text)


def _comment_marks(ignored: Sequence[Stretch], lines: Sequence[str]) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    for start, end, reason in ignored:
        text = lines[start - 1] if start <= len(lines) else ""
        if reason == "comment" and start == end:
            if _SHUT.search(text[:_TAIL]):
                found.append((start, "shut"))
            elif _OPEN.search(text[:_TAIL]):
                found.append((start, "open"))
        elif reason.startswith("callout") and _CALLOUT.match(text):
            found.append((start, "callout"))
        elif reason == "HTML tag" and "</details>" in text[:_TAIL].lower():
            found.append((start, "details"))
    return found


def _says_only_private(text: str) -> bool:
    """Return whether a line says "private" in some words and nothing else."""
    if len(text) > _LONGEST:
        return False
    plain = _LOCK.sub("", _TAGS.sub("", text)).strip("*_#~=:([{}]). \t\ufe0f")
    locked = not plain and bool(_LOCK.search(text))
    return locked or bool(_WHOLE.fullmatch(plain))


def _is_tagged(text: str) -> bool:
    """Return whether a text carries a mark: in brackets or as a hashtag, or a lock at its front or end."""
    head, tail = text[:_TAIL], text[-_TAIL:]
    for part in dict.fromkeys((head, tail)):
        if _HASHTAG.search(part) or _NOT_FOR_SHARING.search(part) or _BRACKET.search(part):
            return True
    bare = text.strip("*_~ \t:\ufe0f")
    return bool(_LOCK.match(bare[:1]) or _LOCK.match(bare[-1:])) and not _SECURITY.search(head)


def _quoted(lines: Sequence[str], draft: Draft) -> bool:
    return 0 < draft.start <= len(lines) and lines[draft.start - 1].lstrip().startswith(">")
