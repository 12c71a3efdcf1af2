"""The talk, block by block, with its clock; and what is left to do before it."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import counted, listed
from analyzer.drafting.tidy import quoted
from analyzer.drafting.turnaround_phrases import BLANK, TURN, TURN_BLOCKS, TURN_COLUMNS, TURN_TITLES
from analyzer.drafts import Bullet, Citation, Fragment, Section, Sentence, Table, Words
from analyzer.turnaround.clock import spoken_words, timed
from analyzer.turnaround.gaps import Gap, ranked
from analyzer.turnaround.matching import sentences
from analyzer.turnaround.papers import Papers, blank, spaced
from analyzer.turnaround.standing import acknowledgement
from analyzer.turnaround.wording import wording

MOST_MAYBE = 4
"""Lines that may serve one criterion and are quoted."""


def talk_sections(papers: Papers) -> list[Section]:
    """Return the blocks of the talk and the clock that counts them."""
    blocks = {
        "opening": _own(papers, "opening") or [acknowledgement(papers)],
        "situation": _own(papers, "situation") or _situation(papers),
        "complication": _own(papers, "complication") or _complication(papers),
        "examples": _already(papers),
        "resolution": _own(papers, "resolution") or _resolution(papers),
    }
    lead = say(TURN["talk_lead"])
    made = [Section(title=TURN_TITLES["talk"], paragraphs=((lead,),))]
    for key, told in blocks.items():
        made.append(Section(title=TURN_BLOCKS[key], level=3, paragraphs=(tuple(told),)))
    words = {TURN_BLOCKS[key]: sum(spoken_words(one.text) for one in told) for key, told in blocks.items()}
    return [*made, _clock(papers, words)]


def before_section(papers: Papers, above: Sequence[Sentence]) -> Section:
    """Return what is left to do: blanks, lines that may serve, a rehearsal, and what helps if the plan is doubted."""
    blanks = sum(one.text.count(BLANK) for one in above)
    first = say(TURN["blanks"], blanks=counted(blanks, "blank")) if blanks else say(TURN["blanks_none"])
    told = [say(TURN["yours"]), say(TURN["care"]), first, *(_maybe(papers, gap) for gap in papers.gaps if gap.maybe)]
    told += [_unread(papers, gap) for gap in papers.gaps if gap.target is None or not gap.target.way]
    told += [say(TURN[key]) for key in ("peer", "doubted", "written", "tracker")]
    return Section(title=TURN_TITLES["before"], bullets=tuple(Bullet((one,)) for one in told))


def _own(papers: Papers, key: str) -> list[Sentence]:
    """Return a block in the owner's own words, none where the plan file holds none."""
    words: str | None = getattr(papers.file.plan.talk, key)
    return [plain(" ".join(words.split()), papers.plan_lines("talk", key))] if words else []


def _situation(papers: Papers) -> list[Sentence]:
    told: list[Sentence] = []
    for gap in papers.gaps:
        day = papers.said_day(gap.criterion.by)
        when = TURN["when"].format(day=day) if day else ""
        slots = {"name": gap.criterion.name, "target": quoted(gap.criterion.target), "when": when}
        told.append(say(TURN["asks_too" if told else "asks"], **slots, c=papers.whole("criterion", gap.at)))
    return told


def _complication(papers: Papers) -> list[Sentence]:
    """Tell what is open, the first gap to close first, with what broke."""
    told: list[Sentence] = []
    for gap in ranked(papers.gaps):
        if gap.met:
            continue
        name = gap.criterion.name
        plan = papers.plan_lines("criterion", gap.at)
        if gap.actual is None:
            told += [say(TURN["now_none"], name=name, c=plan), blank("actual")]
        else:
            cited = (papers.desk.cite(gap.actual.line.id), plan)
            told.append(say(TURN["now"] + " {c}", name=name, actual=papers.state(gap.actual), c=spaced(cited)))
        if gap.cause:
            quote = papers.from_notes(gap.cause.line, gap.cause.spans)
            told.append(_stop_before_citation(say(TURN["broke"].removesuffix("."), quote=quote)))
        elif gap.met is False:
            told.append(blank("cause"))
    return told or [say(TURN["no_gap"])]


def _already(papers: Papers) -> list[Sentence]:
    told = []
    for one in papers.examples:
        quote = papers.from_notes(one.line, one.spans)
        cited = papers.plan_lines("criterion", one.gap.at)
        sentence = say(TURN["fixed"].removesuffix("."), name=one.gap.criterion.name, quote=quote)
        told.append(_stop_before_citation(Sentence((*sentence.fragments, Words(" "), cited))))
    return told or [blank("example")]


def _resolution(papers: Papers) -> list[Sentence]:
    told = []
    for at, one in enumerate(papers.file.plan.commitment):
        day = papers.said_day(one.by)
        when = TURN["when"].format(day=day) if day else ""
        slots = {"metric": one.metric, "target": quoted(one.target), "when": when}
        told.append(say(TURN["commit"], **slots, c=papers.whole("commitment", at)))
    if not told:
        return [blank("commitment"), blank("ask")]
    asks = [(at, one.ask) for at, one in enumerate(papers.file.plan.commitment) if one.ask]
    if not asks:
        return [*told, blank("ask")]
    at, ask = asks[0]
    return [*told, say(TURN["ask_for"], quote=papers.from_plan(ask or "", "commitment", at, "ask"))]


def _stop_before_citation(sentence: Sentence) -> Sentence:
    """Put the full stop of a sentence behind its quotation, in front of the citations that it ends in."""
    parts: list[Fragment] = list(sentence.fragments)
    at = max(number for number, part in enumerate(parts) if isinstance(part, Words) and part.text.strip())
    words = parts[at]
    assert isinstance(words, Words)
    text = words.text.rstrip()
    if not text.endswith((".", "?", "!", '?"', '!"', '…"')):
        parts[at] = Words(f"{text}. ", words.style)
    return Sentence(tuple(parts))


def _flags(papers: Papers) -> tuple[Sentence, ...]:
    """Return the warning about an opening of effort or fairness, none where it speaks of the shortfall."""
    opening = papers.file.plan.talk.opening or ""
    found = list(dict.fromkeys(match[0] for match in wording()["effort"].finditer(opening)))
    if not found:
        return ()
    flag = say(TURN["flag"], words=listed([f'"{one}"' for one in found]))
    return (Sentence((*flag.fragments, Words(" "), papers.plan_lines("talk", "opening"))),)


def _clock(papers: Papers, words: dict[str, int]) -> Section:
    pace = papers.file.plan.words_per_minute
    rows = timed(words, pace)
    cells = [TURN_COLUMNS["clock"], *((one.name, str(one.words), str(one.seconds), str(one.most)) for one in rows)]
    over = [one.name for one in rows if one.over]
    verdict = say(TURN["clock_over"], blocks=listed(over)) if over else say(TURN["clock_fits"])
    return Section(
        title=TURN_TITLES["clock"],
        table=Table(rows=tuple(tuple(map(plain, row)) for row in cells), right=frozenset({1, 2, 3})),
        closing=((verdict, say(TURN["clock_note"], pace=pace)), *((one,) for one in _flags(papers))),
    )


def _unread(papers: Papers, gap: Gap) -> Sentence:
    """Say that a target gives no number, or not which way is good, so that no figure can be held against it."""
    return say(TURN["way"], name=gap.criterion.name, c=papers.plan_lines("criterion", gap.at, "target"))


def _maybe(papers: Papers, gap: Gap) -> Sentence:
    parts: list[Citation | Words] = []
    for line in gap.maybe[:MOST_MAYBE]:
        parts += [Words("; ")] if parts else []
        parts += papers.from_notes(line, sentences(line)).fragments
    told = Sentence(tuple(parts))
    if len(gap.maybe) > MOST_MAYBE:
        told = say(TURN["maybe_more"], list=told, count=len(gap.maybe) - MOST_MAYBE)
    return say(TURN["maybe"], name=gap.criterion.name, list=told)
