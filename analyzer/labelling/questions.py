"""A question reports nothing: it is taken neither for an effect nor for finished work, whatever words stand in it."""

from __future__ import annotations

from dataclasses import replace

from analyzer.records import Evidence, Label, Span

_SHORT_CRY = 3
"""Words of an exclamation that tells nothing."""


def without_asking(line: Evidence) -> Evidence:
    """Take `impact` and `accomplishment` from a line where nothing but a question carries them.

    Returns:
        The same line, or one without these labels, their cues and figures, that says why.
    """
    claimed = line.labels & {Label.IMPACT, Label.ACCOMPLISHMENT}
    if not claimed or "?" not in line.item.text:
        return line
    kept = set(line.labels)
    if only_asks(line, ("effect", "cause")):
        kept.discard(Label.IMPACT)
    if only_asks(line, ("work", "milestone")):
        kept.discard(Label.ACCOMPLISHMENT)
    if kept == line.labels:
        return line
    gone = {"effect", "cause", "voucher"} if Label.IMPACT not in kept else set()
    gone |= {"work", "milestone"} if Label.ACCOMPLISHMENT not in kept else set()
    return replace(
        line,
        labels=frozenset(kept),
        metrics=line.metrics if Label.IMPACT in kept else (),
        cues=tuple(cue for cue in line.cues if cue.kind not in gone),
        why=(*line.why, "a question reports nothing"),
    )


def only_asks(line: Evidence, kinds: tuple[str, ...]) -> bool:
    """Return whether a line asks, and no sentence beside the question says what these kinds of cues are about.

    An exclamation beside a question ("big lift. so what's different now?") tells no effect.
    """
    sentences = line.item.sentences or (Span(0, len(line.item.text)),)
    asking = [span for span in sentences if line.asks(span)]
    rest = [span for span in sentences if span not in asking]
    if "effect" in kinds:
        rest = [span for span in rest if len(line.words(span).split()) > _SHORT_CRY]
    starts = [cue.start for cue in line.cues if cue.kind in kinds]
    starts += [metric.start for metric in line.metrics]
    telling = any(span.start <= at < span.end for span in rest for at in starts)
    return bool(asking) and not telling and (bool(starts) or not rest)
