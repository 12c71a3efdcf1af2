"""The lines whose reading is too unsure for the draft, put before the user in a short list."""

from __future__ import annotations

from analyzer.drafting.clauses import pieces
from analyzer.drafting.desk import Desk
from analyzer.drafting.fill import say
from analyzer.drafting.phrases import QUESTIONS, TITLES
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import bare, quoted
from analyzer.drafts import Bullet, Fragment, Section, Sentence, Words

MOST_DOUBTS = 6
"""Lines of a kind that the list quotes; the rest is counted."""
_LONGEST = 90
"""Characters of a quotation here; a longer line is cut between two words."""


def check_section(desk: Desk) -> list[Section]:
    """Return the list of what was read with doubt and stands nowhere above, none where nothing was."""
    bullets = tuple(Bullet((_kind(desk, kind, lines),)) for kind, lines in desk.doubts.items() if lines)
    if not bullets:
        return []
    return [Section(title=TITLES["check"], level=3, paragraphs=((say(QUESTIONS["check"]),),), bullets=bullets)]


def _kind(desk: Desk, kind: str, ids: tuple[str, ...]) -> Sentence:
    shown = sorted(ids[:MOST_DOUBTS], key=lambda one: desk.lines[one].item.date or desk.review.start)
    parts: list[Fragment] = []
    for number, one in enumerate(shown):
        joint = "; " if number else ""
        parts += [Words(f"{joint}{_cut(desk, one)} "), desk.cite(one)]
    if left := len(ids) - len(shown):
        parts.append(Words(QUESTIONS["check_more"].format(count=left)))
    return say(QUESTIONS[f"check_{kind}"], list=Sentence(tuple(parts)))


def _cut(desk: Desk, one: str) -> str:
    line = desk.lines[one]
    spans = pieces(line)
    whole = quote_of(line, spans)
    if len(whole) <= _LONGEST and " … " not in whole:
        return whole
    words = bare(line.words(spans[0]))
    short = words if len(words) <= _LONGEST else words[:_LONGEST].rsplit(" ", 1)[0]
    return quoted(short.rstrip(" ,;:-"))
