"""Every fixed phrase of the drafts, in one place; `analyzer.verifying` reads the same tables.

A phrase is a template: ``{slots}`` are filled with words of the notes, with derived figures or with citations
(``{c}`` and every slot that ends in ``_c``). ``*so*`` and ``**so**`` set emphasis. What a template says by itself is the tool's
word and adds no fact: kinds of evidence, absence, and the questions.
"""

from __future__ import annotations

from analyzer.records import EffectKind

MARKS = {
    EffectKind.MEASURED: "*Measured.*",
    EffectKind.DECIDED: "*Decided.*",
    EffectKind.ADOPTED: "*Adopted.*",
    EffectKind.STATED: "*Stated.*",
    EffectKind.EXPECTED: "*Expected.*",
}
"""The mark in front of an effect."""

GUIDE = (
    'How to read this draft: a sentence that begins with its verb is about my own work. "We" and "with" are the notes\' words; where the '
    "notes name nobody, no name is put in. A mark says what kind of effect follows: *measured*, *decided*, *adopted* and "
    "*stated* ones are reported as having happened, *expected* ones as expected on the day of the note; *unsure* says that the "
    "reading of the line is in doubt, *perhaps* a later line that may be about the same. What is called not recognised may still stand in the notes: the program did not read it there."
)
GUIDE_MANAGER = (
    "How to read this draft: the notes are {manager}'s. Sentences about {subject} stand as the notes have them, in quotation marks "
    'where they say "I", "we" or "you". A mark says what kind of effect follows: *measured*, *decided*, *adopted* and *stated* '
    "ones are reported as having happened, *expected* ones as expected on the day of the note; *unsure* says that the reading of "
    "the line is in doubt, *perhaps* a later line that may be about the same. What is called not recognised may still stand in the notes: the program did not read it there."
)

SHARING = {
    "manager": "This copy is made for the manager.",
    "public": "This copy is made for readers outside the team.",
    "left_out": "Left out were {lines} of the notes, by rule: {rules}.",
    "absence": "So where this copy says that the notes hold nothing, they hold nothing that stands in this copy.",
    "nothing": "No line had to be left out.",
    "roles": "Names of people are replaced by roles.",
    "roles_others": "Names of other people are replaced by roles.",
}
"""What an output that is handed on says of itself; `analyzer.verifying` knows a copy with roles by it."""

HEAD = {
    "title": "Self-review {period}",
    "effort_title": "Effort and impact {period}",
    "manager": " · manager {manager}",
    "from": "Drafted from {sources}: {meetings}, {first} to {last}.",
    "from_one": "Drafted from {sources}: {meetings}, {first}.",
    "cancelled_one": "One more was cancelled {c}.",
    "cancelled_many": "{count} more were cancelled {c}.",
    "gap": "No notes between {first} and {last} ({days}).",
}

SHORT = {
    "title": "The year in short",
    "finished": "Recognised in the notes: {pieces} in {projects}; {shares}.",
    "finished_bare": "Recognised in the notes: {pieces}.",
    "finished_listed": "Recognised in the notes: {pieces}, listed below.",
    "loose_lead": "Outside the projects: ",
    "measured": "{count} a measured effect: {list}.",
    "decided": "{count} led to a decision: {list}.",
    "adopted": "{count} taken up by others: {list}.",
    "decided_adopted": "{count} led to a decision or were taken up by others: {list}.",
    "stated": "{count} an effect stated without a number: {list}.",
    "expected": "{count} an effect that is only expected: {list}.",
    "stated_expected": "{count} an effect that is only stated or expected: {list}.",
    "unsure": "{count} an effect that was read with doubt: {list}.",
    "none": "{count} no effect that was recognised: {list}.",
    "dropped_by": "One was {verb} by {who}: {list}.",
    "dropped": "One was {verb}: {list}.",
    "dropped_many": "{count} stopped on the way: {list}.",
    "and_more": " and {count} more",
    "loose_many": "Outside the projects: {count} more, listed below.",
    "empty": "No finished piece of work was recognised in this period.",
}

COUNTED_KINDS = (
    *("measured", "decided", "adopted", "decided_adopted", "stated", "expected", "stated_expected", "unsure", "none"),
    "dropped_many",
)
"""The sentences of the year in short that begin with a number and end in a list of as many projects."""

TITLES = {
    "highlights": "Highlights",
    "by_project": "By project, most effect first",
    "by_quarter": "By quarter",
    "feedback": "Feedback",
    "strengths": "Received: strengths",
    "growth": "Received: growth, and what came of it",
    "given": "Given",
    "setbacks": "Blocked or dropped",
    "goals": "Goals and growth",
    "questions": "Before you submit",
    "loose": "Outside the projects",
    "running": "Under way, nothing recognised as finished",
    "open": "Under way at the end of the notes",
    "effects_only": "Effects not tied to a piece of work",
    "check": "Read with doubt, and not used above",
}

EMPTY = {
    "highlights": "No finished piece of work was recognised that could stand here.",
    "highlights_no_effect": "No effect of a finished piece was recognised, so none is put above the others.",
    "by_project": "No finished piece of work was recognised.",
    "strengths": "No praise of this work was recognised.",
    "growth": "No criticism and no advice was recognised.",
    "given": "No feedback given to others was recognised.",
    "strengths_doubt": "No praise was read for sure; what may be some stands in the list at the end.",
    "growth_doubt": "No criticism and no advice was read for sure; what may be some stands in the list at the end.",
    "given_doubt": "No feedback given to others was read for sure; what may be some stands in the list at the end.",
    "setbacks": "No blocked and no dropped work was recognised.",
    "goals": "No goal and no line about growth was recognised.",
    "questions": "Nothing is open.",
    "quarter": "No finished piece of work was recognised in this quarter.",
}

WORK = {
    "alias": "First called {name}. {c}",
    "aliases": "Also called {name}.",
    "alias_line": "Also called {name}. {c}",
    "quarter": "**{quarter}**",
    "other_work": "Other work",
    "part": "*My part.*",
    "part_manager": "*Own part.*",
    "seen": "*Seen again.*",
    "perhaps": "*Perhaps.*",
    "in_project": "*In this project.*",
    "unsure": "*Unsure.*",
    "more": "And {things}, listed in `evidence.csv`.",
    "asked": "*Asked for.*",
    "i_asked": "I asked: {quote}",
    "asked_by": "{who} asked: {quote}",
    "no_effect": "No effect recognised.",
    "no_effect_question": "No effect recognised: question {question}.",
    "going_on": "**Going on**",
    "on_the_way": "**On the way**",
    "eta_first": "ETA {eta} {c}",
    "eta_moved": ", moved to {eta} {c}",
    "eta_moved_reason": ", moved to {eta}: {quote} {c}",
    "eta_next": "; to {eta} {c}",
    "eta_next_reason": "; to {eta}: {quote} {c}",
    "eta_done": "Done in the notes of {day}. {c}",
}

FEEDBACK = {
    "strength": "{speaker}: {quote} {c}",
    "strength_on": "{speaker}, on {project}: {quote} {c}",
    "dated": "{speaker}, {day}: {quote} {c}",
    "later": "*Later.*",
    "none_later": "No later line recognised.",
    "none_later_question": "No later line recognised: question {question}.",
    "given_to": "To {about}, {day}: {quote} {c}",
    "given": "{day}: {quote} {c}",
    "told": "{speaker}, told by {teller}",
}

SETBACKS = {
    "blocked": "**{project}, blocked from {start} to {end} ({days}).**",
    "blocked_open": "**{project}, blocked since {start}; no end recognised.**",
    "blocked_one": "**{project}, blocked.**",
    "blocked_loose": "**Blocked.**",
    "dropped_by": "**{project}, {verb} by {who}.**",
    "dropped": "**{project}, {verb}.**",
    "condition": "On a condition, so not counted as an effect: {quote} {c}",
    "done_after": "Finished in the notes of {day}. {c}",
    "blocked_done": "**{project}, blocked since {start}.**",
}

GOALS = {
    "own": "{day}: {quote} {c}",
    "pinned": "Pinned: {quote} {c}",
    "asked_again": "Asked again on {day}. {c}",
}

QUESTIONS = {
    "lead_one": "One question. Answer it in the notes or in `curation.toml`, and take this part out before you hand the draft in.",
    "lead": (
        "{count} questions, the largest first. Answer them in the notes or in `curation.toml`, and take this part out before you hand "
        "the draft in."
    ),
    "check": (
        "The reading of these lines is too unsure for a draft. What is right can be kept in `curation.toml`, or written here in your "
        "own words."
    ),
    "check_work": "**Finished work?** {list}.",
    "check_effects": "**An effect?** {list}.",
    "check_feedback": "**Feedback?** {list}.",
    "check_goals": "**Goal or wish?** {list}.",
    "check_more": " and {count} more",
}

UNUSED = {
    "lead": "Read and not used above: {groups}.",
    "chat": "chat",
    "under_way": "work on the way",
    "promises": "promises and answers",
    "promises_of": "promises and answers of {name}",
    "questions": "questions",
    "other": "other",
}

NUMBER_WORDS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve")


def in_words(count: int) -> str:
    """Return a count with a capital, in words up to twelve."""
    return NUMBER_WORDS[count] if count < len(NUMBER_WORDS) else str(count)


def counted(count: int, one: str, many: str | None = None) -> str:
    """Return a count with its noun: "1 meeting", "12 meetings"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def listed(parts: list[str]) -> str:
    """Join names as a sentence does: "a, b and c"."""
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1] if parts else ""


EFFORT = {
    "explained": (
        "Effort counts the lines that report work; impact counts the lines that report what it led to. The points put one person's "
        "own projects in an order and say nothing about people. Each part cites its lines; the last table says what a part is worth."
    ),
    "bands": (
        'From {effort} points of effort on a project is "much", from {impact} points of impact on it is "big": half of the '
        "person's own largest figure. An effect that is only stated or expected is given no band."
    ),
    "no_projects": "The notes name no project with finished or running work.",
    "work_shows": "Work shows in {meetings} {c}",
    "work_none": "No line was recognised that reports work on it",
    "effects_in": ", effects in {meetings} {c}",
    "repeats": ", and {lines} only {verb} it {c}",
    "no_effect_says": ", and no line was recognised that says what came of it",
    "same_line": ", the effect in the same line",
    "alias": "One project under several names: {names} {c}.",
    "kind": "{kind}: {quote} {c}.",
    "late": "Done in the notes of {day} {c}, {days} after the first ETA.",
    "vouched": "Vouched for: {quote} {c}.",
    "blocked": "Blocked from {start} {first_c} to {end} {last_c}, {days}.",
    "blocked_open": "Blocked since {start} {c}.",
    "dropped": "{project} was {verb} by {who} {c}.",
    "dropped_bare": "{project} was {verb} {c}.",
    "unreal": "{quote} {c} hangs on a condition or did not happen: no effect.",
    "missing": "Not on record: {list}.",
    "impact_none": "**Impact, not scored:** no effect of it was recognised. That is asked, and is no low score.",
    "impact_dropped": "**Impact, not scored:** it was stopped before anything could follow from it {c}.",
}

MISSING = {
    "who": "who measured it {c}",
    "link": "a line that ties the effect to the work {c}",
    "share": "whose part it was {c}",
    "size": "the size of the effect {c}",
    "effect": "any effect of the work {c}",
    "answer": "an answer to {quote} {c}",
}

QUADRANTS = {
    ("much", "big"): "big result for much effort",
    ("little", "big"): "big result for little effort",
    ("much", "small"): "small result for much effort",
    ("little", "small"): "small result for little effort",
    ("much", "stated"): "much effort, effect only stated",
    ("little", "stated"): "little effort, effect only stated",
    ("much", "expected"): "much effort, effect only expected",
    ("little", "expected"): "little effort, effect only expected",
    ("much", "none"): "much effort, no effect on record",
    ("little", "none"): "little effort, no effect on record",
}

PROJECT_COLUMNS = ("Project", "Finished in", "Effort", "Impact", "Best evidence", "Where it stands")

TABLES = {
    "none_found": "none found",
    "not_scored": "not scored",
    "no_band": "no band",
    "by_project": "Project by project",
    "by_quarter": "Quarter by quarter",
    "quarter_note": (
        "A finished piece is counted in the quarter of the first meeting that calls it done, an effect in that of the meeting that "
        "reports it."
    ),
    "recency": "Recency audit",
    "calendar": "Calendar",
    "counting": "How the points are counted",
    "share_meetings": "Share of the {count} meetings",
    "share_lines": "Share of the {count} dated lines with evidence",
    "highlights": "Highlights, of {count}",
    "even": "No quarter has more than one and a half times its share of the meetings.",
    "uneven": "{quarters}: more than one and a half times the share of the meetings.",
    "last_meeting": "The last meeting holds {count} of the {total} lines.",
}

FORMS = {
    "guide": (
        "How to use this file: each answer stands in a block of its own, without citations and within its limit, to be copied as it "
        "is. Below it the same sentences stand with the lines they come from, and then what was left out. What you change in a "
        "block, change below it too: analyzer verify holds the two against each other, the sentences against the notes, and the "
        "answer against its limit."
    ),
    "projects": "Projects named here: ",
    "question": "Question {number}: {text}",
    "answer": "Answer: {used}",
    "of_limit": "{used} of {limit} {unit}",
    "lines": "With its lines",
    "empty": "Nothing in the notes answers this, so the answer is empty.",
    "all_told": "What would answer this is told in another answer, so the answer is empty.",
    "no_room": "No piece fits into the limit, so the answer is empty.",
    "would_fill": "An answer to {questions} would fill it.",
    "would_complete": "An answer to {questions} would make it stronger.",
    "situation": "*Situation.*",
    "action": "*Action.*",
    "result": "*Result.*",
    "action_result": "*Action and result.*",
    "room": "Left out: no room within the limit",
    "most": "Left out: the form asks for fewer",
    "told": "Left out: told in another answer",
    "within": "Left out: told as a part of another piece",
    "thin": "Left out: no result in the notes",
    "doubt": "Left out: read with doubt",
    "person": "Left out: about somebody else",
    "keep": "What is right can be kept in `curation.toml`; the next run then uses it.",
    "more": "And {things}, listed in `evidence.csv`.",
}
"""Forms: the answers' own words, and the reasons for leaving something out."""

FORM_ASKS = {
    "title": "Not in the notes",
    "lead": "To question {number} of the form:",
    "situation": "Before {quote} {label}: what was the situation, what was the task, and who gave it?",
    "star": "No further piece of work with a result is on record. Which one changed something, for whom, and by how much?",
    "challenges": "Nothing blocked or dropped is on record. What held the work up, who could clear it, and what was done?",
    "feedback": "No such feedback is on record. Who has said what about the work, on which day, and what was done with it?",
    "goals": "No goal and no wish is on record. What is to be reached or learned next, and by when?",
    "plans": "No work under way is on record. What is going on, and what is next?",
    "given": "No feedback to the manager is on record. What would help, and when was it said?",
    "accomplishments": "No finished work is on record here. What was done, when, and what changed because of it?",
    "competency": "When did it show? One example: the day, what was done, and what changed.",
}
"""What is asked where a form's question has no answer in the notes."""

FORM_GROUPS = {
    "accomplishments": "Finished work",
    "competency": "Finished work",
    "strengths": "What others say",
    "advice": "Advice, and what came of it",
    "growth": "Growth",
    "feedback": "Feedback",
    "given": "Feedback given",
    "goals": "Goals",
    "challenges": "Blocked or dropped",
    "plans": "Under way",
}
"""What stands above the pieces of each kind where an answer holds several kinds."""
FORM_COLUMNS = ("Finished work", "What came of it")
