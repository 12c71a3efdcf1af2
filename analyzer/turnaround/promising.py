"""The packet's sections on proof and promise: three examples, the commitments, a sheet of trade-offs each, shortfalls."""

from __future__ import annotations

from collections.abc import Sequence

from analyzer.drafting.fill import plain, say
from analyzer.drafting.tidy import quoted
from analyzer.drafting.turnaround_phrases import TURN, TURN_LABELS, TURN_TITLES
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.turnaround.examples import WANTED, Example, Said
from analyzer.turnaround.gaps import Gap
from analyzer.turnaround.papers import Papers, blank, row_of, spaced
from analyzer.turnaround.plan import KINDS, Commitment

_FIELDS = ("owner", "artefact", "checkpoint", "success")
_SHEET = (("if", "assumption"), ("then", "outcome"), ("else", "fallback"), ("ask", "ask"))
_FEWER = {0: "examples_none", 1: "examples_one", 2: "examples_two"}


def example_section(papers: Papers) -> Section:
    """Return the examples, newest first; where there are fewer than three, that is said and the rest are blanks."""
    bullets = [_example(papers, one) for one in papers.examples]
    bullets += [Bullet((blank("example"),)) for _ in range(WANTED - len(bullets))]
    fewer = _FEWER.get(len(papers.examples))
    lead = ((say(TURN[fewer]),),) if fewer else ()
    return Section(title=TURN_TITLES["examples"], paragraphs=lead, bullets=tuple(bullets), numbered=True)


def commitment_section(papers: Papers) -> Section:
    """Return the commitments in the one form that both sides can check, and which kind of metric is missing."""
    commitments = papers.file.plan.commitment
    bullets = tuple(_commitment(papers, one, at) for at, one in enumerate(commitments))
    if not commitments:
        bullets = (Bullet((blank("commitment"),)),)
    missing = [kind for kind in KINDS if kind not in {one.kind for one in commitments}]
    closing = ((say(TURN["kinds_missing"]), *(blank(kind) for kind in missing)),) if missing else ()
    return Section(title=TURN_TITLES["commitments"], bullets=bullets, closing=closing)


def trade_off_section(papers: Papers) -> Section:
    """Return a sheet for each commitment: if, then, else, and the ask."""
    bullets = tuple(_sheet(papers, one, at) for at, one in enumerate(papers.file.plan.commitment))
    lead = () if bullets else ((say(TURN["no_commitments"]),),)
    return Section(title=TURN_TITLES["tradeoffs"], paragraphs=lead, bullets=bullets)


def shortfall_section(papers: Papers) -> Section:
    """Return a line for each target that cannot be met, or whose day has come without it."""
    bullets = tuple(Bullet(tuple(told)) for gap in papers.gaps if (told := _shortfall(papers, gap)))
    lead = () if bullets else ((say(TURN["shortfall_none"]),),)
    return Section(title=TURN_TITLES["shortfall"], paragraphs=lead, bullets=bullets)


def _example(papers: Papers, one: Example) -> Bullet:
    head = say(TURN["example"], name=one.gap.criterion.name, quote=papers.from_notes(one.line, one.spans))
    cite = papers.desk.cite(one.line.id)
    old = papers.desk.cite(one.base.id)
    parts = {"before": plain(one.before, old) if one.before else blank("before")}
    parts["after"] = plain(one.after, cite) if one.after else blank("after")
    if one.delta:
        computed = say(TURN["computed"], delta=one.delta, before=one.before, after=one.after)
        parts["delta"] = plain(computed.text, *spaced((old, cite)))
    parts["interval"] = plain(quoted(one.interval), cite) if one.interval else blank("interval")
    for key, said in (("deployed", one.deployed), ("causal", one.causal), ("validated", one.validated)):
        parts[key] = _said(papers, said) if said else blank(key)
    order = ("before", "after", "delta", "interval", "deployed", "causal", "validated")
    children = tuple(Bullet((say(TURN_LABELS[key], it=parts.get(key, blank("delta"))),)) for key in order)
    return Bullet((head,), children)


def _said(papers: Papers, said: Said) -> Sentence:
    return papers.from_notes(said.line, [said.span])


def _commitment(papers: Papers, one: Commitment, at: int) -> Bullet:
    reading = papers.promises[at]
    day = papers.day_of(one.by)
    cited = [*papers.whole("commitment", at), *([papers.desk.cite(reading.line.id)] if reading else [])]
    head = say(
        TURN["commitment" if day else "commitment_open"],
        metric=one.metric,
        target=quoted(one.target),
        actual=papers.state(reading) if reading else TURN["actual_none"],
        day=day,
        c=spaced(cited),
    )
    children = [_field(papers, one.kind, at, "kind")]
    children += [_field(papers, getattr(one, name), at, name) for name in _FIELDS]
    return Bullet((head, *(() if day else (blank("by"),))), tuple(children))


def _field(papers: Papers, value: str | None, at: int, name: str) -> Bullet:
    it = papers.from_plan(value, "commitment", at, name) if value else blank(name)
    return Bullet((say(TURN_LABELS[name], it=it),))


def _sheet(papers: Papers, one: Commitment, at: int) -> Bullet:
    head = say(TURN["expected"], name=one.metric, target="", when="", c=papers.plan_lines("commitment", at))
    children = []
    for key, name in _SHEET:
        value: str | None = getattr(one, name)
        it = papers.from_plan(value, "commitment", at, key) if value else blank(key)
        children.append(Bullet((say(TURN_LABELS[key], it=it),)))
    return Bullet((head,), tuple(children))


def _shortfall(papers: Papers, gap: Gap) -> Sequence[Sentence]:
    """Return what there is to say where a target cannot be met; nothing where neither plan nor notes say so."""
    one = gap.criterion
    plan = papers.plan_lines("criterion", gap.at)
    if one.realistic:
        told = say(TURN["shortfall"], name=one.name, target=quoted(one.target), realistic=quoted(one.realistic), c=plan)
        needs = papers.from_plan(one.needs, "criterion", gap.at, "needs") if one.needs else blank("needs")
        return [told, say(TURN["needs"], needs=needs)]
    if gap.by is None or gap.by > papers.window.end or gap.met or (gap.actual and gap.met is None):
        return []
    actual = gap.actual
    cited = [plan, *([papers.desk.cite(actual.line.id)] if actual else [])]
    key = "overdue" if actual else "overdue_none"
    state = papers.state(actual) if actual else ""
    told = say(TURN[key], name=one.name, target=quoted(one.target), actual=state, c=spaced(cited))
    return [row_of(told), blank("realistic"), blank("needs")]
