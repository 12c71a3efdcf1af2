"""The packet for calibration: two strengths and two growth areas in the words of the notes, with what stands behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from analyzer.drafting.clauses import pieces
from analyzer.drafting.desk import Desk
from analyzer.drafting.feedback_part import feedback_quote, in_order, is_verdict, speaker_in_words
from analyzer.drafting.fill import plain, say
from analyzer.drafting.phrases import WORK, counted
from analyzer.drafting.scan_phrases import PACKET, SCAN_TITLES
from analyzer.drafting.scan_tell import manager_name, reported, subject_name
from analyzer.drafting.scan_words import telling_as_written
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import closed
from analyzer.drafting.trust import probability
from analyzer.drafts import Bullet, Section, Sentence
from analyzer.records import Accomplishment, Direction, Evidence, FeedbackEntry, Label, Polarity, Review, Span

EACH = 2
"""Strengths and growth areas in the packet."""
MOST_BEHIND = 2
MOST_CITED = 6
"""Lines outside the packet that are cited; the rest is counted."""
MARKED = 0.9
"""From so probable on, feedback that no rule confirms is told, with the mark of doubt."""
RARE = 3
"""A word that stands in more lines of the year does not tell what praise is about."""


@dataclass(frozen=True, slots=True)
class Heard:
    """The year's feedback to the report, in the order of dates, without verdicts on the person."""

    praise: tuple[FeedbackEntry, ...]
    growth: tuple[FeedbackEntry, ...]
    marked: frozenset[str]
    """Lines that stand in the page with the mark of doubt."""
    left: tuple[str, ...]
    """Lines that may be feedback and were read with too much doubt to be told."""


def heard(desk: Desk, whole: Review) -> Heard:
    """Return the feedback that the report received.

    Args:
        desk: the review's look-ups.
        whole: the review as it was grouped: what a self-review only asks about is told to a manager with a mark, where the
            classifier is nearly certain.
    """
    doubts = set(desk.doubts.get("feedback", ()))
    doubtful = [entry for entry in whole.feedback if entry.evidence in doubts and _is_fair(desk, entry)]
    entries = [entry for entry in (*desk.review.feedback, *doubtful) if entry.direction is Direction.RECEIVED]
    entries = [entry for entry in in_order(desk, entries) if not is_verdict(desk.lines[entry.evidence])]
    told = {entry.evidence for entry in entries}
    return Heard(
        praise=tuple(entry for entry in entries if entry.polarity is Polarity.POSITIVE),
        growth=tuple(entry for entry in entries if entry.polarity is not Polarity.POSITIVE),
        marked=desk.unsure | {entry.evidence for entry in doubtful},
        left=tuple(one for one in desk.doubts.get("feedback", ()) if one in desk.lines and one not in told),
    )


def _is_fair(desk: Desk, entry: FeedbackEntry) -> bool:
    """Return whether a doubtful line may be told with its mark: what nobody is named for has to stand under a heading."""
    line = desk.lines.get(entry.evidence)
    if line is None or entry.direction is not Direction.RECEIVED:
        return False
    writer = desk.review.manager if desk.by_manager else desk.review.subject
    said_by_other = entry.speaker not in {None, desk.review.subject, writer}
    return probability(line, Label.FEEDBACK) >= MARKED and (said_by_other or line.item.section == "feedback")


def packet_section(desk: Desk, found: Heard, results: Sequence[Accomplishment]) -> Section:
    """Return the packet.

    Args:
        desk: the review's look-ups.
        found: the feedback that the report received.
        results: the finished pieces that the page lists, in their order: a strength points at them by number.
    """
    numbers: dict[str, int] = {}
    for number, claim in enumerate(results, start=1):
        numbers.setdefault(claim.project or claim.id, number)
    strengths = _strengths(desk, found, numbers)
    growth = _growth_areas(desk, found)
    bullets, used = [], {entry.evidence for entry in (*strengths, *growth)}
    for entry in strengths:
        bullet, behind = _strength(desk, entry, found, numbers, frozenset(used))
        bullets.append(bullet)
        used |= behind
    bullets += [] if strengths else [Bullet((say(PACKET["no_strength"]),))]
    bullets += [_growth(desk, found, entry) for entry in growth] or [Bullet((say(PACKET["no_growth"]),))]
    used |= {entry.later[0] for entry in growth if entry.later}
    rest = _rest(desk, found, used)
    return Section(title=SCAN_TITLES["packet"], bullets=tuple(bullets), closing=(rest,) if rest else ())


def _strengths(desk: Desk, found: Heard, numbers: dict[str, int]) -> list[FeedbackEntry]:
    """Choose praise for what came to most, one a project, the manager's own words before words passed on."""
    answers = {line for entry in found.growth for line in entry.later}
    praise = [one for one in found.praise if one.evidence not in answers]

    def worth(entry: FeedbackEntry) -> tuple[object, ...]:
        line = desk.lines[entry.evidence]
        number = numbers.get(entry.project or "", len(numbers) + 1)
        share = round(probability(line, Label.FEEDBACK), 2)
        newest = -(line.item.date or desk.review.start).toordinal()
        return (
            entry.evidence in found.marked,
            number,
            entry.project is None,
            entry.speaker != desk.review.manager,
            newest,
            -share,
            line.id,
        )

    chosen: list[FeedbackEntry] = []
    for entry in sorted(praise, key=worth):
        if len(chosen) < EACH and (entry.project is None or entry.project not in {one.project for one in chosen}):
            chosen.append(entry)
    return chosen


def _growth_areas(desk: Desk, found: Heard) -> list[FeedbackEntry]:
    """Choose criticism that no later line comes back to before what was acted on, the latest first."""

    def worth(entry: FeedbackEntry) -> tuple[object, ...]:
        when = desk.lines[entry.evidence].item.date or desk.review.start
        return entry.evidence in found.marked, bool(entry.later), -when.toordinal(), entry.evidence

    return sorted(found.growth, key=worth)[:EACH]


def said(desk: Desk, entry: FeedbackEntry) -> Sentence:
    """Return a line of feedback with its speaker and day."""
    line = desk.lines[entry.evidence]
    speaker = speaker_in_words(desk, entry, line)
    quote = closed(feedback_quote(entry, line))
    key = "said" if speaker else "said_by_nobody"
    return say(PACKET[key], speaker=speaker, day=desk.day(line.item.date), quote=quote, c=desk.cite(line.id))


def _strength(
    desk: Desk, entry: FeedbackEntry, found: Heard, numbers: dict[str, int], used: frozenset[str]
) -> tuple[Bullet, set[str]]:
    sentences, behind = [say(PACKET["strength"]), *_mark(found, entry), said(desk, entry)], set[str]()
    about = _about(desk, entry, used)
    parts: list[Sentence] = []
    if about is not None:
        parts += [plain(" "), reported(desk, *about)]
        behind.add(about[0].id)
    second = _another(desk, entry, found, used)
    if second is not None:
        parts += [plain(" "), said(desk, second)]
        behind.add(second.evidence)
    number = numbers.get(entry.project or "")
    if number is not None and len(behind) < MOST_BEHIND:
        parts.append(say(PACKET["result"], number=number))
    if parts:
        sentences += [say(PACKET["behind"]), *parts]
    return Bullet(tuple(sentences)), behind


def _about(desk: Desk, entry: FeedbackEntry, used: frozenset[str]) -> tuple[Evidence, tuple[Span, ...]] | None:
    """Return the project's line that holds the rarest word of the praise: what the praise is about."""
    project = desk.projects.get(entry.project or "")
    if project is None:
        return None
    line = desk.lines[entry.evidence]
    known = telling_as_written(desk, " ".join([project.name, *project.aliases]))
    words = telling_as_written(desk, feedback_quote(entry, line)) - known
    spread = Counter(word for one in desk.review.evidence for word in telling_as_written(desk, one.item.text) & words)
    best: tuple[int, int, Evidence, Span] | None = None
    for at, one in enumerate(desk.lines[key] for key in project.evidence if key in desk.lines):
        if one.id in used or one.item.date == line.item.date or one.has(Label.FEEDBACK):
            continue
        for span in pieces(one):
            shared = telling_as_written(desk, one.words(span)) & words
            rarest = min((spread[word] for word in shared), default=RARE + 1)
            if rarest <= RARE and (best is None or (rarest, at) < best[:2]) and not one.asks(span):
                best = (rarest, at, one, span)
    return (best[2], (best[3],)) if best else None


def _another(desk: Desk, entry: FeedbackEntry, found: Heard, used: frozenset[str]) -> FeedbackEntry | None:
    """Return praise of the same project by somebody else."""
    for other in found.praise:
        same = other.project == entry.project and entry.project is not None and other.evidence != entry.evidence
        other_voice = other.speaker not in {entry.speaker, desk.review.subject}
        if same and other_voice and other.evidence not in used | found.marked:
            return other
    return None


def _mark(found: Heard, entry: FeedbackEntry) -> list[Sentence]:
    return [say(WORK["unsure"] + " ")] if entry.evidence in found.marked else []


def _growth(desk: Desk, found: Heard, entry: FeedbackEntry) -> Bullet:
    lead = say(PACKET["growth_acted"] if entry.later else PACKET["growth_open"])
    sentences = [lead, *_mark(found, entry), said(desk, entry)]
    if entry.later and entry.later[0] in desk.lines:
        later = desk.lines[entry.later[0]]
        spans = pieces(later)
        author = spans[0].author or later.item.author
        writer = manager_name(desk) if desk.by_manager else subject_name(desk)
        names = {desk.review.subject: subject_name(desk), desk.review.manager: manager_name(desk), None: writer}
        slots = {"speaker": names.get(author, author or writer), "day": desk.day(later.item.date)}
        quote = closed(quote_of(later, spans))
        sentences += [plain(" "), say(PACKET["said"], **slots, quote=quote, c=desk.cite(later.id))]
    return Bullet(tuple(sentences))


def _rest(desk: Desk, found: Heard, used: set[str]) -> tuple[Sentence, ...]:
    """Cite the feedback that the packet leaves out, so that nothing is left out in silence."""
    answers = {line for entry in found.growth for line in entry.later[1:]}
    groups = (
        ("rest_open", [one.evidence for one in found.growth if not one.later]),
        ("rest_acted", [one.evidence for one in found.growth if one.later]),
        ("rest_praise", [one.evidence for one in found.praise if one.evidence not in answers]),
    )
    parts = []
    for key, lines in groups:
        left = [one for one in lines if one not in used]
        if left:
            shown, more = left[:MOST_CITED], len(left) - MOST_CITED
            part = say(PACKET[key], lines=counted(len(shown), "line"), c=desk.cites(shown))
            tail = say(PACKET["rest_more"], count=more).fragments if more > 0 else ()
            parts.append(Sentence((*part.fragments, *tail)))
    if not parts:
        return ()
    listed = [parts[0], *(piece for part in parts[1:] for piece in (plain("; "), part))]
    return (say(PACKET["rest"], list=Sentence(tuple(one for part in listed for one in part.fragments))),)
