"""One project of the effort-versus-impact summary: what it was, what is not on record, and the parts of both scores."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzer.drafting.by_project import alias_sentences, was_dropped
from analyzer.drafting.clauses import effect_pieces, unreal_pieces
from analyzer.drafting.desk import Desk
from analyzer.drafting.excerpts import asking, open_question, short
from analyzer.drafting.fill import plain, say
from analyzer.drafting.journey import is_open, journey_sentences, journeys
from analyzer.drafting.phrases import EFFORT, MISSING, QUADRANTS, counted
from analyzer.drafting.setbacks import drop_event, drop_verb, sure_waits, wait_end, wait_start
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import quoted
from analyzer.drafting.words import is_figure, missing, plain_figure, stands, tokens
from analyzer.drafts import Bullet, Fragment, Section, Sentence, Words
from analyzer.records import Effect, EffectKind, Part, Project, Score, Share

_FIGURE = re.compile(r"([£$€]?\d(?:[\d.,]{0,12}\d)?%?)((?:[kKmM]\b)?)")
_SCALED = re.compile(r"\d[kKmM]\b")
_ARTICLE = {"rung": "the rung"}


def effort_section(desk: Desk, project: Project) -> Section:
    """Return the section of one project."""
    story = [_where_work_shows(desk, project), *_story(desk, project)]
    spaced: list[Sentence] = []
    for number, sentence in enumerate(story):
        spaced += [plain(" ")] if number else []
        spaced.append(sentence)
    bullets = []
    if project.effort is not None:
        bullets.append(Bullet((_sum(desk, "Effort", project.effort),)))
    bullets.append(Bullet((_impact(desk, project),)))
    title = f"{project.name}: {standing(desk, project)}"
    return Section(title=title, level=3, paragraphs=(tuple(spaced),), bullets=tuple(bullets))


def standing(desk: Desk, project: Project) -> str:
    """Return where a project stands: its quadrant in words, and whether it is going on or was stopped."""
    event = drop_event(project)
    if event is not None and project.impact is None:
        verb = drop_verb(desk.lines[event.evidence]) if event.evidence in desk.lines else "stopped"
        return f"{verb} by {event.by}" if event.by else verb
    effort = project.effort.band if project.effort and project.effort.band in {"much", "little"} else "little"
    impact = "none"
    if project.impact is not None:
        only = "expected" if project.rung == "expected" else "stated"
        impact = project.impact.band if project.impact.band in {"big", "small"} else only
    words = QUADRANTS.get((effort or "little", impact or "none"), project.quadrant or "")
    return f"{words}, going on" if is_open(desk, project) else words


def _where_work_shows(desk: Desk, project: Project) -> Sentence:
    work = _part_lines(project.effort, "meeting")
    if not work:
        work = tuple(claim.evidence[0] for claim in desk.claims_of(project))
    effects = [effect.evidence for effect in _effects(desk, project) if effect.evidence in desk.lines]
    apart = [one for one in effects if one not in work]
    repeats = [one for claim in desk.claims_of(project) for one in claim.repeats if one in desk.lines]
    days = {desk.lines[one].item.date for one in work if one in desk.lines}
    shows = say(EFFORT["work_shows"], meetings=counted(len(days), "meeting"), c=desk.cites(work))
    parts: list[Fragment] = list((shows if days else say(EFFORT["work_none"])).fragments)
    if apart:
        found = {desk.lines[one].item.date for one in apart}
        parts += say(EFFORT["effects_in"], meetings=counted(len(found), "meeting"), c=desk.cites(apart)).fragments
    elif effects:
        parts.append(Words(EFFORT["same_line"]))
    elif not was_dropped(project):
        parts.append(Words(EFFORT["no_effect_says"]))
    if repeats:
        verb = "repeats" if len(repeats) == 1 else "repeat"
        slots = {"lines": counted(len(repeats), "line"), "verb": verb}
        parts += say(EFFORT["repeats"], **slots, c=desk.cites(repeats)).fragments
    return Sentence((*parts, Words(".")))


def _story(desk: Desk, project: Project) -> list[Sentence]:
    sentences = list(alias_sentences(desk, project))
    for wait in sure_waits(desk, project):
        began = wait_start(desk, wait)
        if began is None or wait.start.evidence not in desk.lines:
            continue
        start, first = desk.day(began), desk.cite(wait.start.evidence)
        end = wait_end(desk, wait)
        if wait.end is None or end is None:
            sentences.append(say(EFFORT["blocked_open"], start=start, c=first))
            continue
        slots = {"end": desk.day(end), "days": counted((end - began).days, "day")}
        last = desk.cite(wait.end.evidence)
        sentences.append(say(EFFORT["blocked"], start=start, first_c=first, last_c=last, **slots))
    for effect in _effects(desk, project):
        line = desk.lines[effect.evidence]
        quote = quote_of(line, effect_pieces(line, caveats=False))
        if effect.voucher and effect.kind is not EffectKind.EXPECTED and line.id not in desk.unsure:
            sentences.append(say(EFFORT["vouched"], quote=quote, c=desk.cite(line.id)))
        else:
            kind = "Unsure" if line.id in desk.unsure else effect.kind.value.capitalize()
            sentences.append(say(EFFORT["kind"], kind=kind, quote=quote, c=desk.cite(line.id)))
    sentences += [sentence for journey in journeys(desk, project) for sentence in journey_sentences(desk, journey)]
    event = drop_event(project)
    if event is not None and event.evidence in desk.lines:
        verb = drop_verb(desk.lines[event.evidence])
        slots = {"project": project.name, "verb": verb}
        cite = desk.cite(event.evidence)
        by = event.by
        sentences.append(
            say(EFFORT["dropped"], **slots, who=by, c=cite) if by else say(EFFORT["dropped_bare"], **slots, c=cite)
        )
    for one in project.evidence:
        spans = unreal_pieces(desk.lines[one]) if one in desk.lines else ()
        if spans:
            quote = quote_of(desk.lines[one], spans)
            sentences.append(say(EFFORT["unreal"], quote=quote, c=desk.cite(one)))
    return [*sentences, *_missing(desk, project)]


def _missing(desk: Desk, project: Project) -> list[Sentence]:
    """Return the sentence on what no line says about a project."""
    claims = desk.claims_of(project)
    effects = _effects(desk, project)
    real = [effect for effect in effects if effect.kind is not EffectKind.EXPECTED]
    measured = [effect for effect in real if effect.kind is EffectKind.MEASURED]
    gaps: list[tuple[str, list[str]]] = []
    if measured and not all(effect.voucher for effect in measured):
        gaps.append(("who", [effect.evidence for effect in measured if not effect.voucher]))
    loose = [effect.evidence for effect in real if not effect.caused and effect.kind is not EffectKind.STATED]
    work = {one for claim in claims for one in claim.evidence}
    if apart := [one for one in loose if one not in work]:
        gaps.append(("link", apart))
    if real and not measured:
        gaps.append(("size", [real[0].evidence]))
    if unsaid := [claim.evidence[0] for claim in claims if claim.share in {Share.UNSAID, Share.SHARED, Share.TEAM}]:
        gaps.append(("share", unsaid))
    if claims and not effects and not was_dropped(project):
        gaps.append(("effect", [claims[-1].evidence[0]]))
    asked = open_question(desk, project.evidence)
    if not gaps and asked is None:
        return []
    parts: list[Fragment] = []
    for number, (key, lines) in enumerate(gaps):
        parts += [Words("; ")] if number else []
        parts += say(MISSING[key], c=desk.cites(lines)).fragments
    if asked is not None:
        parts += [Words("; ")] if parts else []
        parts += say(MISSING["answer"], quote=short(asked, asking(asked)), c=desk.cite(asked.id)).fragments
    return [say(EFFORT["missing"], list=Sentence(tuple(parts)))]


def _impact(desk: Desk, project: Project) -> Sentence:
    if project.impact is not None:
        return _sum(desk, "Impact", project.impact)
    event = drop_event(project)
    if event is not None and event.evidence in desk.lines:
        return say(EFFORT["impact_dropped"], c=desk.cite(event.evidence))
    return say(EFFORT["impact_none"])


def _sum(desk: Desk, name: str, score: Score) -> Sentence:
    fragments: list[Fragment] = [Words(f"{name} {score.points}", "strong"), Words(" = ")]
    if not score.parts:
        return Sentence((fragments[0], Words(": no line reports work on it.")))
    for number, part in enumerate(score.parts):
        cites = desk.cites(part.evidence)
        lead = " + " if number else ""
        known = [desk.lines[one] for one in part.evidence if one in desk.lines]
        written = [metric.text for line in known for metric in line.metrics if metric.before is not None]
        words = part_words(part, [line.item.raw for line in known], written)
        fragments.append(Words(f"{lead}{part.points} for {words}"))
        for one in cites:
            fragments += [Words(" "), one]
    return Sentence((*fragments, Words(".")))


def _as_written(detail: str, lines: Sequence[str]) -> str:
    """Write the figures of a part as its lines write them: "12%" where the note has "12.0%"."""
    if missing(detail, lines) == []:
        return detail
    spelt = {plain_figure(word): word for line in lines for word in tokens(line) if is_figure(word)}

    def written(match: re.Match[str]) -> str:
        same = spelt.get(plain_figure(match[1].casefold()))
        bare = spelt.get(plain_figure(match[1].strip("£$€%")))
        return f"{same}{match[2]}" if same else bare or match[0]

    return _FIGURE.sub(written, detail)


def _size_words(detail: str, lines: Sequence[str], changes: Sequence[str]) -> str:
    """Return a size in figures that stand in its lines, else as the lines write it, else nothing."""
    told = _as_written(detail, lines)
    scaled = told != detail and _SCALED.search(detail) is not None  # "from 9 to 41" would hide that thousands are meant
    if not scaled and not any(is_figure(word) for word in missing(told, lines)):
        return told
    return next((quoted(change) for change in changes if stands(quoted(change), lines)), "")


def part_words(part: Part, lines: Sequence[str] = (), changes: Sequence[str] = ()) -> str:
    """Return what a part of a score is for: its name and its detail, without saying the same twice.

    Args:
        part: the part.
        lines: the lines it cites; a remark in brackets that quotes another line is left out.
        changes: the changes that these lines report, word for word: where a size cannot be told in the lines' own figures,
            the first that stands in them is quoted.
    """
    detail = part.detail.strip().rstrip(".")
    remark = re.search(r' \("([^"]{1,200})"[^()]{0,40}\)$', detail)
    if remark and not any(stands(remark[1], [line]) for line in lines):
        detail = detail[: remark.start()]
    if not detail:
        return part.name
    detail = _size_words(detail, lines, changes) if part.name == "size" and lines else detail
    if not detail:
        return part.name
    first = part.name.split()[0].casefold().rstrip("s")
    counts = re.match(r"\d{1,4} ", detail) is not None
    return detail if first in detail.casefold() and counts else f"{_ARTICLE.get(part.name, part.name)}, {detail}"


def _effects(desk: Desk, project: Project) -> list[Effect]:
    """Return the effects of a project, in the order of dates, each line once."""
    found = {effect.evidence: effect for effect in desk.effects_of(project)}
    known = [effect for effect in found.values() if effect.evidence in desk.lines]
    return sorted(
        known, key=lambda effect: (desk.lines[effect.evidence].item.date or desk.review.start, effect.evidence)
    )


def _part_lines(score: Score | None, name: str) -> tuple[str, ...]:
    parts = score.parts if score else ()
    return next((part.evidence for part in parts if part.name.casefold().startswith(name)), ())
