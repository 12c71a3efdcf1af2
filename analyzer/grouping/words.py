"""The closed word lists that grouping needs: what is no name, and what says nothing about which project is meant.

They are part of the reading of names, not of the rules that label lines (those are data in ``analyzer/patterns``).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from analyzer.patterns import load_lists, load_verbs

_FUNCTION_LISTS = (
    "pronoun_self pronoun_team pronoun_you pronoun_third pronoun_subject modal be have negation determiner preposition "
    "adverb infinitive_lead get conditional contrast conjunction"
).split()

_MORE_FUNCTION = frozenset(
    """there here what which who whose when where why how whats that's it's let's yes no ok okay not re vs w via plus per as
    than too very more most much many few less least lot lots bit other another such same own next last first second third
    new old good great nice fine well back up down out off on in at away around ago later earlier
    please thanks thank pls quite rather pretty maybe really
    etc eg ie fyi tbd tbc asap etas eta due maybe perhaps else ever never one two three four five
    six seven eight nine ten half both everything something anything nothing everyone somebody anybody people person thing
    alone things stuff way kind sort like""".split()
)

TIME = frozenset(
    """day week month quarter year today tomorrow yesterday tonight morning afternoon evening night weekend hour minute
    hr min sec second time monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri
    sat sun january february march april may june july august september october november december jan feb mar apr jun jul
    aug sep sept oct nov dec q1 q2 q3 q4 h1 h2 fy xmas christmas easter summer winter spring autumn fall holiday
    am pm eod eow eom ytd qtd sprint thanksgiving halloween diwali eid ramadan passover daily weekly monthly quarterly yearly""".split()
)

SECTION_WORDS = frozenset(
    """accomplishment achievement win done finished shipped completed doing ongoing progress wip status update news misc other
    notes note general agenda topic discussion talk item todo to-do task action actions ai next step steps plan planned plans
    upcoming blocked blocker blockers blocking risk risks issue issues problem problems concern concerns help needed ask asks
    request question questions q a feedback praise kudos thanks shoutout shoutouts career growth development goal goals
    priority priorities focus okr okrs objective personal life chat smalltalk mood wellbeing health check-in checkin
    check in 1:1 one-on-one meeting sync recap summary highlights lowlights learnings retro reminder reminders info
    fyi ps nb tldr tl dr answer reply idea ideas thought thoughts decision decisions date time place attendees
    manager report me you us team both all everybody everyone company org from for of the and with about
    hold odds ends rest else everything bits pieces overview key point points takeaway takeaways detail details
    waiting wait parked paused dropped deprioritised deprioritized cancelled canceled resolved unblocked moved moving
    discussed covered roadblock roadblocks hurdle hurdles apologies pinned follow followups
    p0 p1 p2 p3 p4 high medium low urgent important optional carried over open closed left""".split()
)
"""A lead made only of these heads a list or marks a state; it names no project."""

PIECES = frozenset(
    """paper deck doc document readout writeup brief proposal plan kickoff kick-off workshop training comms docs page pages
    meeting session sessions numbers figures results""".split()
)
"""What people make for a project: behind its name they make no new project ("B26 paper")."""

STAGE = frozenset(
    """trial pilot rollout launch golive phase ph version draft poc prototype beta alpha ga mvp project projects programme
    program initiative workstream stream update progress status stage step part batch wave round work stuff""".split()
)
"""Words that say how far a project is, so that two names that differ only in them are one project."""

QUANTIFIERS = frozenset("several various numerous many some most few couple lots".split())
"""A name that opens with one counts things and names none; alone, "multiple" does the same."""

TRAILING = frozenset(
    """again still now update updates cont contd cont'd continued too also next status progress stuff etc blocked done
    finished live shipped today soon yet finally
    follow followup follow-up up""".split()
)
"""Words that people hang behind a project's name."""


@cache
def function_words() -> frozenset[str]:
    """Return the words that never say which thing is meant, lower case."""
    lists = load_lists()
    found = set(_MORE_FUNCTION)
    for name in _FUNCTION_LISTS:
        found |= {word for entry in lists.get(name, frozenset()) for word in entry.split()}
    return frozenset(found)


@cache
def roles() -> frozenset[str]:
    """Return the words for departments and offices ("hr", "ops"), lower case."""
    return frozenset(word for entry in load_lists().get("role", frozenset()) for word in entry.split())


@cache
def states() -> frozenset[str]:
    """Return the words that say that something is finished ("done", "live"), lower case."""
    return frozenset(word for entry in load_lists().get("state", frozenset()) for word in entry.split())


@cache
def past_forms() -> frozenset[str]:
    """Return verb forms that can only be past forms, so that a noun phrase ends before them ("made", "went")."""
    return frozenset(
        form for form, readings in load_verbs().forms.items() if all(tag in {"VBD", "VBN"} for _, tag in readings)
    )


def opens_a_sentence(parts: Sequence[str]) -> bool:
    """Return whether words say what somebody did or does ("Implemented", "Worked on the form") and name no thing.

    A participle in front of a noun may be part of a name ("Printed catalogue"), and so may a gerund ("Parking memo").

    Args:
        parts: words, lower case.
    """
    first, rest = parts[0], parts[1:]
    tags = {tag for _, tag in load_verbs().forms.get(first, ())}
    participle = first in past_forms() or (first.endswith("ed") and len(first) > _SHORT_ED and first not in _NOUNS_ED)
    if not rest:
        return participle
    return tags == {"VBD"} or ((participle or "VBG" in tags) and rest[0] in function_words())


_SHORT_ED = 4
"""Letters of the short words that only look like participles ("bed", "feed", "seed")."""
_NOUNS_ED = frozenset(
    "embed infrared newsfeed homestead biomed hundred watershed spreadbed flatbed testbed cowshed".split()
)


@cache
def is_past(form: str) -> bool:
    """Return whether a word can be the past form or the participle of a verb ("set", "wrote", "written")."""
    return any(tag in {"VBD", "VBN"} for _, tag in load_verbs().forms.get(form, ()))


@cache
def verb_lemma(form: str) -> str | None:
    """Return the lemma of a verb form in the lexicon, None for other words."""
    readings = load_verbs().forms.get(form)
    return readings[0][0] if readings else None
