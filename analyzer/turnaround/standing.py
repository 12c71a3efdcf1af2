"""The packet's sections on where things stand: the one sentence, the gap table, the ranking, the map."""

from __future__ import annotations

from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import WORK
from analyzer.drafting.tell import told_work
from analyzer.drafting.tidy import quoted
from analyzer.drafting.turnaround_phrases import TURN, TURN_COLUMNS, TURN_TITLES
from analyzer.drafts import Bullet, Fragment, Section, Sentence, Table, Words
from analyzer.turnaround.gaps import MOST_SHIPPED, Gap, Shipped, ranked
from analyzer.turnaround.matching import sentences
from analyzer.turnaround.papers import Papers, blank, row_of, spaced

_EMPTY = Sentence(())


def acknowledgement(papers: Papers) -> Sentence:
    """Return the one sentence that opens the talk: what is off target, in the figures on record."""
    off = [gap for gap in papers.gaps if gap.met is False]
    told = off or [gap for gap in papers.gaps if gap.met]
    if not told:
        return blank("missed")
    key = "off" if off else "all_met"
    figures = _listed([_one(papers, gap, f"{'off' if off else 'met'}_one") for gap in told])
    bare = [gap for gap in papers.gaps if gap.actual is None]
    if not bare:
        return say(TURN[key], list=figures)
    rest = [say("{name} {c}", name=gap.criterion.name, c=papers.plan_lines("criterion", gap.at)) for gap in bare]
    return say(TURN[f"{key}_but"], list=figures, rest=_listed(rest))


def sentence_section(papers: Papers) -> Section:
    """Return the section with the acknowledgement."""
    return Section(title=TURN_TITLES["sentence"], paragraphs=((acknowledgement(papers),),))


def gap_section(papers: Papers) -> Section:
    """Return the gap table: expected, actual, root cause, and the part that broke."""
    rows = [tuple(plain(name) for name in TURN_COLUMNS["gaps"])]
    rows += [_row(papers, gap) for gap in papers.gaps]
    return Section(title=TURN_TITLES["gaps"], table=Table(rows=tuple(rows)))


def ranking_section(papers: Papers) -> Section:
    """Return the gaps in the order to close them, each with what the order stands on."""
    bullets = tuple(Bullet(tuple(_ranked(papers, gap))) for gap in ranked(papers.gaps))
    measured = any(gap.far is not None for gap in papers.gaps)
    lead = say(TURN["ranking_lead"] if measured else TURN["nothing_measured"])
    return Section(title=TURN_TITLES["ranking"], paragraphs=((lead,),), bullets=bullets, numbered=True)


def map_section(papers: Papers) -> Section:
    """Return the map from every criterion to the work shipped in the window; a row without any is shown."""
    rows = [tuple(plain(name) for name in TURN_COLUMNS["map"])]
    for gap in papers.gaps:
        name = say(
            TURN["expected"], name=gap.criterion.name, target="", when="", c=papers.plan_lines("criterion", gap.at)
        )
        if not gap.shipped:
            rows.append((name, row_of(say(TURN["shipped_none"]), blank("shipped")), _EMPTY))
            continue
        shown, more = gap.shipped[:MOST_SHIPPED], len(gap.shipped) - MOST_SHIPPED
        work = [_work(papers, one) for one in shown]
        work += [say(TURN["shipped_more"], count=more)] if more > 0 else []
        lines = [papers.desk.lines[one] for one in dict.fromkeys(key for piece in shown for key in piece.effects)]
        effects = [papers.from_notes(line, sentences(line)) for line in lines]
        rows.append((name, row_of(*work), row_of(*effects) if effects else blank("led")))
    return Section(title=TURN_TITLES["map"], table=Table(rows=tuple(rows)))


def _one(papers: Papers, gap: Gap, key: str) -> Sentence:
    one = gap.actual
    slots = {
        "name": gap.criterion.name,
        "target": quoted(gap.criterion.target),
        "actual": papers.state(one) if one else "",
    }
    cited = [papers.plan_lines("criterion", gap.at), *([papers.desk.cite(one.line.id)] if one else [])]
    return say(TURN[key], **slots, c=spaced(cited))


def _listed(parts: list[Sentence]) -> Sentence:
    """Join sentences as a sentence does: "a, b and c"."""
    out: list[Fragment] = []
    for number, part in enumerate(parts):
        joint = "" if not number else " and " if number == len(parts) - 1 else ", "
        out += [Words(joint), *part.fragments] if joint else part.fragments
    return Sentence(tuple(out))


def _row(papers: Papers, gap: Gap) -> tuple[Sentence, ...]:
    when = papers.day_of(gap.criterion.by)
    expected = say(
        TURN["expected"],
        name=gap.criterion.name,
        target=quoted(gap.criterion.target),
        when=TURN["when"].format(day=when) if when else "",
        c=papers.whole("criterion", gap.at),
    )
    if not when:
        expected = row_of(expected, blank("by"))
    if gap.criterion.text:
        expected = row_of(expected, papers.from_plan(gap.criterion.text, "criterion", gap.at, "text"))
    return expected, _actual(papers, gap), *_cause(papers, gap)


def _actual(papers: Papers, gap: Gap) -> Sentence:
    if gap.actual is None and gap.words is not None:
        return row_of(blank("actual"), say(TURN["in_words"], quote=papers.from_notes(gap.words, sentences(gap.words))))
    if gap.actual is None:
        return blank("actual")
    told = papers.from_notes(gap.actual.line, [gap.actual.span])
    if gap.met:
        told = row_of(told, say(TURN["met"]))
    return told if papers.window.holds(gap.actual.line.item.date) else row_of(told, say(TURN["older"]))


def _cause(papers: Papers, gap: Gap) -> tuple[Sentence, Sentence]:
    if gap.cause is None:
        return blank("cause"), _EMPTY
    told = papers.from_notes(gap.cause.line, gap.cause.spans)
    if not gap.cause.part:
        return told, blank("part")
    return told, plain(TURN[f"part_{gap.cause.part}"], papers.desk.cite(gap.cause.line.id))


def _ranked(papers: Papers, gap: Gap) -> list[Sentence]:
    told = [_one(papers, gap, "rank" if gap.actual else "rank_none")]
    if gap.met:
        return [*told, say(TURN["rank_met"])]
    if gap.soon is not None:
        one = papers.file.plan.commitment[gap.soon]
        cited = papers.whole("commitment", gap.soon)
        day = papers.day_of(one.by)
        told.append(say(TURN["soon"], metric=quoted(one.metric), target=quoted(one.target), day=day, c=cited))
    elif gap.waits is not None:
        told.append(say(TURN["waits"], quote=papers.from_notes(gap.waits, sentences(gap.waits))))
    else:
        told.append(blank("change"))
    return told


def _work(papers: Papers, one: Shipped) -> Sentence:
    line = papers.desk.lines[one.claim.evidence[0]]
    told = told_work(papers.desk, line)
    return row_of(say(WORK["unsure"]), told) if one.claim.id in papers.desk.unsure else told
