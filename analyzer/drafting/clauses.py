"""Which sentences of an item say what: the work, the effect, the judgement. Whole sentences are taken, never parts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from analyzer.records import Cue, Evidence, Label, Span

_CONTRAST = re.compile(r"\b(?:but|though|although|however|except|not|only|also|still)\b|n['’]t\b", re.IGNORECASE)
_POINTS = re.compile(
    r"\W{0,40}(?:that['’]s|that is|that was|it used to|it was\b|this (?:is|was|makes)|which\b|till then|until then|they (?:are|were)\b)",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\W{0,40}(?:nope|no\b[,.]|not (?:significant|sure|proven|ours|mine|because|yet clear)\b|inconclusive|could be either|never hit|sadly|(?:all )?(?:her|his|their) thing\b)",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"[\"“]([^\"“”]{3,400})[\"”]")
FRAME = "frame.work"
"""The rule that reads the state of a clause from its grammar alone; every clause has one, so it tells little."""
_OWNER_CELL = re.compile(r"\|(?:\s{0,20}[A-Z][\w.'’-]{0,20}(?:,|\s(?:and|&|\+))?){1,3}\s{0,20}\|?\s{0,20}$")
"""The last cell of a row that holds nothing but names: who owns it, and no part of what is told."""
_FEWEST_TOLD = 3
"""Words that tell something by themselves."""
_TAIL_WORDS = 4
"""A sentence of its own with no more words, no figure and nothing read in it is chat ("Let's see.")."""
_SAYING_LEAD = re.compile(
    r"(?:(?:my\s)?(?:feedback|fb|ask|note)(?:\s(?:for|to|from)\s[\w.]{1,20}(?:\s[A-Z]\w{0,20})?)?|(?:to|for)\s[A-Z]\w{0,20}|pinned|goal)\s?[:.]\s{1,3}",
    re.IGNORECASE,
)
_EFFECT_KINDS = ("effect", "cause", "voucher")
_JUDGING = ("praise", "criticism", "advice", "thanks")
_ALL_KINDS = (
    *_EFFECT_KINDS,
    *_JUDGING,
    "work",
    "milestone",
    "eta",
    "ask",
    "reason",
    "chore",
    "breadth",
    "arrived",
)
_UNREAL = frozenset({"conditional", "counterfactual", "question", "target"})


def pieces(evidence: Evidence) -> tuple[Span, ...]:
    """Return the sentences of an item, cut where the speaker changes, each with its author; the lead is no part of them."""
    item = evidence.item
    lead = evidence.item.lead_end
    rest = _OWNER_CELL.search(item.text)
    end = rest.start() if rest and item.text.count("|") > 1 else len(item.text)
    sentences = item.sentences or (Span(0, len(item.text)),)
    turns = item.turns or (Span(0, len(item.text), item.author),)
    found = [
        Span(max(one.start, turn.start, lead), min(one.end, turn.end, end), turn.author or item.author)
        for one in sentences
        for turn in turns
        if max(one.start, turn.start, lead) < min(one.end, turn.end, end)
    ]
    kept = [span for span in found if any(character.isalnum() for character in evidence.words(span))]
    return tuple(kept) or (Span(0, len(item.text), item.author),)


def work_pieces(evidence: Evidence) -> tuple[Span, ...]:
    """Return the sentences that report finished work."""
    parts = [span for span in pieces(evidence) if not _is_unreal(evidence, span)]
    done = [
        span
        for span in parts
        if any(cue.kind == "milestone" or cue.value == "done" for cue in _cues(evidence, span, ("work", "milestone")))
    ]
    told = [span for span in parts if _tells_effect(evidence, span)]
    beside = [span for span in parts if not _has(evidence, span, (*_EFFECT_KINDS, "eta", "ask", "chore"))]
    beside = [span for span in beside if not any(_compares(evidence, one, span) for one in told)]
    choices = (without_tails(evidence, choice) for choice in (done, beside, parts, pieces(evidence)))
    return _with_antecedent(evidence, _first_of(*choices))


def without_tails(evidence: Evidence, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Leave out short chat behind the first sentence; nothing is cut within a sentence."""
    chosen = tuple(spans)
    return (*chosen[:1], *(span for span in chosen[1:] if not _is_tail(evidence, span)))


def only_effect(evidence: Evidence) -> bool:
    """Return whether a line reports an effect and beside it nothing but what limits it: then it tells no work of its own."""
    effects = effect_pieces(evidence, caveats=True)
    if not any(_has(evidence, span, _EFFECT_KINDS) or _measures(evidence, span) for span in effects):
        return False
    rest = [span for span in pieces(evidence) if span not in effects and not _is_tail(evidence, span)]
    return not rest and not holds_both(evidence)


def effect_pieces(evidence: Evidence, *, caveats: bool) -> tuple[Span, ...]:
    """Return the sentences that report an effect.

    Args:
        evidence: the line.
        caveats: whether the sentences right behind it, which limit it, are taken along; one that denies it always is.
    """
    parts = [span for span in pieces(evidence) if not _is_unreal(evidence, span)]
    found = [span for span in parts if _tells_effect(evidence, span)]
    found += [span for span in parts if span not in found and any(_compares(evidence, one, span) for one in found)]
    found.sort(key=lambda span: span.start)
    if found:
        behind = [span for span in parts if span.start > found[-1].start and span.author == found[-1].author]
        limits = _CONTRAST.search if caveats else _DENIES.match
        found += [span for span in behind[:2] if limits(evidence.words(span))]
    return _with_antecedent(evidence, _first_of(found, parts, pieces(evidence)))


def _with_antecedent(evidence: Evidence, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Take along the sentence before one that only points at it: "Signs went up on Monday. That's phase 2 done"."""
    before = [
        span for span in pieces(evidence) if spans and span.end <= spans[0].start and span.author == spans[0].author
    ]
    points = bool(before) and _POINTS.match(evidence.words(spans[0])) is not None
    if points:
        return (before[-1], *spans)
    return _with_rest(evidence, spans)


def _with_rest(evidence: Evidence, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Take along the sentence behind a mere word or two: "Swaps." tells nothing without "140 a month before, 52 in May"."""
    if not spans or sum(len(evidence.words(span).split()) for span in spans) >= _FEWEST_TOLD:
        return spans
    behind = [span for span in pieces(evidence) if span.start >= spans[-1].end and span.author == spans[-1].author]
    return (*spans, *behind[:1])


def holds_both(evidence: Evidence) -> bool:
    """Return whether the sentence that reports the work also reports the effect."""
    effects = {(span.start, span.end) for span in effect_pieces(evidence, caveats=False)}
    return any((span.start, span.end) in effects for span in work_pieces(evidence))


def judging_pieces(evidence: Evidence) -> tuple[Span, ...]:
    """Return the sentences that judge, without verdicts on the person and without effects told beside them."""
    every = pieces(evidence)
    parts = [span for span in every if not _is_verdict(evidence, span, alone=len(every) == 1)]
    judging = [span for span in parts if not _only(evidence, span, ("effect",), _JUDGING)]
    apart = [span for span in judging if not _has(evidence, span, ("effect", "cause"))]
    judging = apart if len(parts) > 1 and apart and evidence.has(Label.IMPACT) else judging
    return _first_of(judging if any(_has(evidence, span, _JUDGING) for span in judging) else [], parts)


def without_lead(evidence: Evidence, spans: Iterable[Span]) -> tuple[Span, ...]:
    """Start a quotation behind an opening that only says what follows: "Feedback for Lena:", "to TL:", "Pinned:"."""
    chosen = tuple(spans)
    if len(chosen) > 1 and _SAYING_LEAD.fullmatch(evidence.words(chosen[0]) + " "):
        return chosen[1:]
    match = _SAYING_LEAD.match(evidence.words(chosen[0])) if chosen else None
    if not match or match.end() == len(evidence.words(chosen[0])):
        return chosen
    first = chosen[0]
    return (Span(first.start + match.end(), first.end, first.author), *chosen[1:])


def with_cue(evidence: Evidence, kinds: tuple[str, ...]) -> tuple[Span, ...]:
    """Return the sentences that hold a cue of one of these kinds, all sentences if none does."""
    return _first_of([span for span in pieces(evidence) if _has(evidence, span, kinds)], pieces(evidence))


def unreal_pieces(evidence: Evidence) -> tuple[Span, ...]:
    """Return the sentences whose effect hangs on a condition or did not happen."""
    wanted = {"conditional", "counterfactual"}
    return tuple(
        span
        for span in pieces(evidence)
        if any(cue.value in wanted for cue in _cues(evidence, span, ("unreal",)))
        and (_measures(evidence, span) or _has(evidence, span, ("effect", "consequence")))
    )


def quotation(text: str) -> str | None:
    """Return the words that a line holds in quotation marks, None where it holds none or several."""
    found = _QUOTE.findall(text)
    return found[0] if len(found) == 1 else None


def runs(evidence: Evidence, spans: Iterable[Span]) -> list[list[Span]]:
    """Cut sentences into runs of one speaker that stand next to each other in the line: only such a run is one quotation."""
    every = [span.end for span in pieces(evidence)]
    found: list[list[Span]] = []
    last = -2
    for span in spans:
        at = every.index(span.end) if span.end in every else -1
        if found and at == last + 1 and found[-1][-1].author == span.author:
            found[-1].append(span)
        else:
            found.append([span])
        last = at
    return found


def joined(evidence: Evidence, spans: Iterable[Span]) -> str:
    """Return the words of several sentences of one item, in order, each with a stop."""
    words = [evidence.words(span).strip() for span in spans]
    parts = [word if word.rstrip("\"'”’)").endswith((".", "!", "?", "…")) else f"{word}." for word in words[:-1]]
    return " ".join([*parts, *words[-1:]])


def _cues(evidence: Evidence, span: Span, kinds: tuple[str, ...]) -> list[Cue]:
    return [
        cue
        for cue in evidence.cues
        if cue.kind in kinds
        and max(span.start, cue.start) < min(span.end, max(cue.end, cue.start + 1))
        and cue.start < span.end
    ]


def _has(evidence: Evidence, span: Span, kinds: tuple[str, ...]) -> bool:
    return bool(_cues(evidence, span, kinds))


def _only(evidence: Evidence, span: Span, kinds: tuple[str, ...], unless: tuple[str, ...]) -> bool:
    return _has(evidence, span, kinds) and not _has(evidence, span, unless)


def _tells_effect(evidence: Evidence, span: Span) -> bool:
    return _has(evidence, span, _EFFECT_KINDS) or _measures(evidence, span)


def _compares(evidence: Evidence, effect: Span, span: Span) -> bool:
    """Return whether a short sentence right behind an effect gives the figure that it is held against: "Everyone else 21%"."""
    words = evidence.words(span).split()
    behind = effect.end <= span.start <= effect.end + 2 and effect.author == span.author
    figures = any(one.isdigit() for one in evidence.words(effect)) and any(
        one.isdigit() for one in evidence.words(span)
    )
    return (
        behind and figures and len(words) <= _TAIL_WORDS + 2 and not _has(evidence, span, ("work", "milestone", "eta"))
    )


def _measures(evidence: Evidence, span: Span) -> bool:
    """Return whether a sentence holds a figure of an effect; two figures that are compared stay together."""
    return any(metric.start < span.end and span.start < metric.end for metric in evidence.metrics)


def _is_verdict(evidence: Evidence, span: Span, *, alone: bool) -> bool:
    """Return whether a sentence judges the person or the year as such: "strong year" beside what was done."""
    short = not alone and len(evidence.words(span).split()) <= _TAIL_WORDS and _has(evidence, span, ("verdict",))
    return short or _only(evidence, span, ("verdict",), _JUDGING)


def _is_tail(evidence: Evidence, span: Span) -> bool:
    words = evidence.words(span).strip(" .!…").split()
    if len(words) > _TAIL_WORDS or _CONTRAST.search(evidence.words(span)) or _measures(evidence, span):
        return False
    named = any(word[:1].isupper() for word in words[1:]) or any(character.isdigit() for character in "".join(words))
    telling = [cue for cue in _cues(evidence, span, _ALL_KINDS) if cue.kind != "chore" and cue.rule != FRAME]
    return not named and not telling


def _is_unreal(evidence: Evidence, span: Span) -> bool:
    unreal = any(cue.value in _UNREAL for cue in _cues(evidence, span, ("unreal",)))
    done = any(cue.value == "done" for cue in _cues(evidence, span, ("work",)))
    return unreal and not done


def _first_of(*choices: Iterable[Span]) -> tuple[Span, ...]:
    for choice in choices:
        if found := tuple(choice):
            return found
    return ()
