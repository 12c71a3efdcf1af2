"""Telling what a line says: as the draft's own sentence where it is sure, else as a quotation with its speaker."""

from __future__ import annotations

from collections.abc import Iterable

from analyzer.drafting.clauses import effect_pieces, joined, pieces, runs, work_pieces
from analyzer.drafting.desk import Desk, short_name
from analyzer.drafting.fill import cited, plain, say
from analyzer.drafting.phrases import WORK
from analyzer.drafting.tidy import bare, closed, quoted, speaks_of_self, speaks_to_you, tidied
from analyzer.drafting.words import begins, is_figure, shortened, tokens
from analyzer.drafts import Sentence
from analyzer.records import Evidence, Span

"""Signs in front of a lead that its name has lost: "$50 arm" is called "50 arm"."""
_COMMON = frozenset(
    [
        "again",
        "update",
        "updates",
        "status",
        "now",
        "today",
        "also",
        "news",
        "the",
        "a",
        "an",
        "re",
        "on",
        "note",
        "fyi",
        "project",
    ]
)


def told(desk: Desk, evidence: Evidence, spans: Iterable[Span] = (), *, ticked: bool = False) -> Sentence:
    """Tell sentences of an item, with the citation at the end.

    Args:
        desk: the review's look-ups.
        evidence: the line.
        spans: the sentences to tell; all of them where none are given.
        ticked: whether a leading base form is a thing done.
    """
    chosen = tuple(spans) or pieces(evidence)
    author = chosen[0].author or evidence.item.author
    if (asked := _asked(desk, evidence, chosen)) is not None:
        return asked
    text = _with_prefix(desk, evidence, chosen)
    sentences = None if _must_quote(desk, author, text) else _sentences(desk, evidence, chosen, text, ticked=ticked)
    if sentences is not None:
        return plain(sentences, desk.cite(evidence.id))
    quote = quote_of(evidence, chosen) if len(runs(evidence, chosen)) > 1 else quoted(text)
    return plain(f"{speaker_lead(desk, author)}{closed(quote)}", desk.cite(evidence.id))


def _asked(desk: Desk, evidence: Evidence, spans: tuple[Span, ...]) -> Sentence | None:
    """Tell a question at the end of the writer's own lines as one, None where there is none."""
    question = spans[-1]
    author = question.author or evidence.item.author
    owner = desk.review.manager if desk.by_manager else desk.review.subject
    if (
        not evidence.words(question).rstrip().endswith("?")
        or author not in {None, owner}
        or spans[0].author != question.author
    ):
        return None
    quote = quoted(evidence.words(question))
    key = "asked_by" if desk.by_manager else "i_asked"
    asked = cited(say(WORK[key], quote=quote, who=short_name(owner)), [desk.cite(evidence.id)])
    if len(spans) == 1:
        return asked
    before = told(desk, evidence, spans[:-1])
    return Sentence((*before.fragments, *plain(" ").fragments, *asked.fragments))


def told_work(desk: Desk, evidence: Evidence) -> Sentence:
    """Tell the finished work of a line."""
    ticked = evidence.item.checked is True
    return told(desk, evidence, _one_voice(work_pieces(evidence)), ticked=ticked)


def told_effect(desk: Desk, evidence: Evidence, *, caveats: bool = True) -> Sentence:
    """Tell the effect of a line."""
    return told(desk, evidence, _one_voice(effect_pieces(evidence, caveats=caveats)))


def quote_of(evidence: Evidence, spans: Iterable[Span]) -> str:
    """Return sentences of an item as one quotation, with the lead before them where it says more than the project's name."""
    chosen = list(spans)
    if chosen and _leads_on(evidence, chosen[0]):
        chosen[0] = Span(0, chosen[0].end, chosen[0].author)
    return " … ".join(quoted(joined(evidence, run)) for run in runs(evidence, chosen))


def _leads_on(evidence: Evidence, first: Span) -> bool:
    """Return whether the lead of a line has to stand before its words: "transfer: papers are with HR"."""
    lead = evidence.item.lead_end
    if not lead or first.start != lead or "|" in evidence.item.text[:lead]:
        return False
    known = {word.rstrip("s") for word in (*tokens(evidence.project or ""), *_COMMON)}
    return any(word.rstrip("s") not in known for word in tokens(bare(evidence.item.prefix)))


def speaker_lead(desk: Desk, author: str | None) -> str:
    """Return what stands in front of a quotation: nothing where the writer of the notes speaks for themselves."""
    owner = desk.review.manager if desk.by_manager else desk.review.subject
    if author is None or (author == owner and not desk.by_manager):
        return f"{short_name(owner)}: " if desk.by_manager and owner else ""
    return f"{short_name(author)}: "


def _must_quote(desk: Desk, author: str | None, text: str) -> bool:
    """Return whether only a quotation keeps the words with the one whose they are."""
    if speaks_to_you(text):
        return True
    if desk.by_manager:
        return author not in {None, desk.review.manager} or speaks_of_self(text)
    return author not in {None, desk.review.subject}


def _sentences(desk: Desk, evidence: Evidence, spans: tuple[Span, ...], text: str, *, ticked: bool) -> str | None:
    words = [evidence.words(span) for span in spans]
    lead = len(text) - len(joined(evidence, spans))
    words[0] = text[:lead] + words[0] if lead > 0 else words[0]
    parts = [tidied(word, ticked=ticked, own=not desk.by_manager) for word in words]
    if all(parts):
        return shortened(" ".join(part for part in parts if part))
    return tidied(text, own=not desk.by_manager) if len(runs(evidence, spans)) == 1 else None


def _one_voice(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return tuple(span for span in spans if span.author == spans[0].author)


def _with_prefix(desk: Desk, evidence: Evidence, spans: tuple[Span, ...]) -> str:
    """Return the words, with the lead that was split from the text where it says more than the project's name."""
    text = joined(evidence, spans)
    lead = evidence.item.text[: evidence.item.lead_end].rstrip(" |:=–—-")
    prefix = bare(lead or evidence.item.prefix)
    if (
        not prefix
        or spans[0].start > evidence.item.lead_end
        or begins(text, prefix)
        or not _says_more(desk, evidence, prefix)
    ):
        return text
    return f"{prefix}: {text}"


def _says_more(desk: Desk, evidence: Evidence, prefix: str) -> bool:
    project = desk.projects.get(evidence.project or "")
    title = tokens(project.name) if project else []
    aliases = tokens(" ".join(project.aliases)) if project else []
    known = {word.rstrip("s") for word in (*title, *aliases, *_COMMON)}
    return any(word not in title if is_figure(word) else word.rstrip("s") not in known for word in tokens(prefix))
