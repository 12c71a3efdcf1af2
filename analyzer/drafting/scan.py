"""The manager's page on a report's year: what can be said in calibration, what is open, what was not talked about.

The page orders a person's own work and gives no rating. It is drafted from the same review as the self-review, so that the two
never disagree about what the notes hold.
"""

from __future__ import annotations

from analyzer.drafting.cite import Links
from analyzer.drafting.desk import Desk, desk_for
from analyzer.drafting.fill import Filling, plain, say
from analyzer.drafting.heading import cancelled_cites, held_meetings, period_title
from analyzer.drafting.phrases import counted
from analyzer.drafting.scan_packet import heard, packet_section
from analyzer.drafting.scan_phrases import SCAN_HEAD
from analyzer.drafting.scan_promises import promise_section
from analyzer.drafting.scan_results import quarter_section, results_of, results_section
from analyzer.drafting.scan_setbacks import scan_setbacks
from analyzer.drafting.scan_silence import silence_section
from analyzer.drafts import Draft, Sentence
from analyzer.records import Review

MOST_GAPS = 3


def draft_scan(review: Review, *, links: Links = None) -> Draft:
    """Draft the manager's page on one report's year.

    Args:
        review: the grouped and scored review.
        links: from each document's path in records to its file as seen from the output folder, so that citations open.

    Returns:
        The draft, ready to be laid out in any format.
    """
    desk = desk_for(review, links)
    results, found = results_of(desk), heard(desk, review)
    head = (_head(desk),)
    before = (packet_section(desk, found, results), results_section(desk, results))
    after = (promise_section(desk), scan_setbacks(desk), silence_section(desk, found))
    title = _title(desk)
    cited = Draft(title=title, head=head, sections=(*before, *after)).citations
    return Draft(title=title, head=head, sections=(*before, quarter_section(desk, cited), *after))


def _title(desk: Desk) -> str:
    review = desk.review
    key = "title" if review.manager else "title_alone"
    subject = review.subject or "Unnamed"
    return SCAN_HEAD[key].format(subject=subject, period=period_title(review), manager=review.manager)


def _head(desk: Desk) -> tuple[Sentence, ...]:
    """Return what the page stands on: meetings, cancelled ones, gaps."""
    held = held_meetings(desk.review)
    days = sorted(one.date for one in held if one.date)
    parts: list[Sentence] = []
    if days:
        slots: dict[str, Filling] = {"first": desk.day(days[0]), "last": desk.day(days[-1])}
        key = "meetings" if days[0] != days[-1] else "meetings_one"
        parts.append(say(SCAN_HEAD[key], meetings=counted(len(held), "meeting"), **slots))
    cancelled = cancelled_cites(desk)
    if cancelled:
        parts += [plain(", "), say(SCAN_HEAD["cancelled"], count=len(cancelled), c=cancelled)]
    for number, gap in enumerate(sorted(desk.review.gaps, key=lambda one: (-one.days, one.start))[:MOST_GAPS]):
        slots = {"first": desk.day(gap.start), "last": desk.day(gap.end), "days": counted(gap.days, "day")}
        parts += [plain(", " if number else "; "), say(SCAN_HEAD["gap"], **slots)]
    first = Sentence(tuple(piece for part in (*parts, plain(".")) for piece in part.fragments))
    return (first, plain(" "), say(SCAN_HEAD["no_rating"]))
