"""Telling a line to the manager: in the third person where that is sure, else as a quotation with its speaker.

The self-review tells the writer's own work without a subject ("Reset the par levels"). Here the name stands in front of the
verb, and what says "I" or "we" is quoted.
"""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.drafting.clauses import pieces
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.fill import cited, plain, say
from analyzer.drafting.scan_phrases import RESULTS, SCAN_HEAD
from analyzer.drafting.tell import quote_of, told
from analyzer.drafting.tidy import closed, quoted, speaks_of_self
from analyzer.drafts import Sentence
from analyzer.patterns import load_lists, load_verbs
from analyzer.records import Evidence, Span


def subject_name(desk: Desk) -> str:
    """Return the name that sentences use for the person whose year it is."""
    return short_name(desk.review.subject) or SCAN_HEAD["unnamed"]


def manager_name(desk: Desk) -> str:
    """Return the name that sentences use for the manager."""
    return short_name(desk.review.manager) or SCAN_HEAD["unnamed_manager"]


def reported(
    desk: Desk, line: Evidence, spans: Iterable[Span] = (), *, ticked: bool = False, own: bool = False
) -> Sentence:
    """Tell sentences of a line to the manager, with the citation at the end.

    Args:
        desk: the review's look-ups.
        line: the line.
        spans: the sentences to tell; all of them where none are given.
        ticked: whether a leading base form is a thing done.
        own: whether the work is known to be the report's own.
    """
    chosen = tuple(spans) or pieces(line)
    author = chosen[0].author or line.item.author
    owner = desk.review.manager if desk.by_manager else desk.review.subject
    if line.asks(chosen[-1]) and author in {None, owner}:
        quote = quoted(line.words(chosen[-1]))
        return say(
            RESULTS["asked"], who=short_name(owner) or _capital(SCAN_HEAD["unnamed"]), quote=quote, c=desk.cite(line.id)
        )
    sentence = told(desk, line, chosen, ticked=ticked)
    if desk.by_manager or author not in {None, owner}:
        return sentence
    text = sentence.text.strip()
    if text.startswith('"') or speaks_of_self(text):
        return plain(f"{_capital(subject_name(desk))}: {closed(quote_of(line, chosen))}", desk.cite(line.id))
    if desk.review.subject and _is_own_verb(line, chosen[0], text, own=own):
        return cited(plain(f"{subject_name(desk)} {text[0].lower()}{text[1:]}"), sentence.citations)
    return sentence


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _is_own_verb(line: Evidence, span: Span, text: str, *, own: bool) -> bool:
    """Return whether a sentence opens with a past tense that the writer left without a subject.

    A form that may be a noun or a present tense too ("cut", "cost") needs the rule that read it as the writer's own verb; any
    other must not be a passive ("approved by finance").
    """
    first, _, rest = text.partition(" ")
    tags = {tag for _, tag in load_verbs().forms.get(first.casefold(), ())}
    if "VBD" not in tags:
        return False
    mine = [cue for cue in line.cues_of("share") if cue.value in {"mine", "shared"}]
    if any(span.start <= cue.start <= span.start + len(first) + 3 for cue in mine):
        return True
    behind = rest.partition(" ")[0].strip(",.;:").casefold()
    return (own or bool(mine)) and not tags & {"VB"} and behind not in load_lists()["preposition"]
