"""The fixed phrases of the manager's page and of the team's table; templates as in `analyzer.drafting.phrases`."""

from __future__ import annotations

import re

SCAN_HEAD = {
    "title": "{subject} {period}: one page for {manager}",
    "title_alone": "{subject} {period}: one page",
    "meetings": "{meetings}, {first} to {last}",
    "meetings_one": "{meetings}, {first}",
    "cancelled": "{count} more cancelled {c}",
    "gap": "no notes between {first} and {last} ({days})",
    "unnamed": "the report",
    "unnamed_manager": "the manager",
    "no_rating": "No rating on this page.",
}

SCAN_TITLES = {
    "packet": "For calibration: two strengths, two growth areas",
    "results": "Results, most effect first",
    "quarters": "Finished, by quarter",
    "promises": "Promises on both sides",
    "setbacks": "Blocked, dropped, late",
    "silence": "Not talked about",
}

PACKET = {
    "strength": "**Strength.** ",
    "growth_open": "**Growth, no later line recognised.** ",
    "growth_acted": "**Growth, acted on.** ",
    "said": "{speaker}, {day}: {quote} {c}",
    "said_by_nobody": "{day}: {quote} {c}",
    "behind": " *Behind it.*",
    "result": " Result {number}.",
    "no_strength": "No line was surely read as praise of this work.",
    "no_growth": "No line was surely read as criticism or advice.",
    "rest": "Not in the packet: {list}.",
    "rest_praise": "{lines} of praise or thanks {c}",
    "rest_open": "{lines} of criticism or advice with no later line recognised {c}",
    "rest_acted": "{lines} of criticism or advice acted on {c}",
    "rest_more": " and {count} more",
}

RESULTS = {
    "none": "No effect of a finished piece was recognised, so none is put above the others.",
    "own_part": " *{name}'s part.* ",
    "much_effort": "Much effort, no effect recognised: {list}.",
    "project": "**{project}** {c}",
    "asked": "{who} asked: {quote} {c}",
}

QUARTERS = {
    "head": "{quarter}, {meetings}",
    "piece": "{what} ({lines})",
    "more": "and {count} more",
    "nothing": "nothing",
    "cited": "{lines} cited here",
    "last": "Of the {total} dated lines that this page cites, the last meeting holds {count}.",
}

PROMISES = {
    "open": "**Open, {who}.** ",
    "kept": "**Followed up, {who}.** ",
    "asked": ", asked {c}",
    "dropped": ", project stopped {c}",
    "days": ": {days}",
    "none": "No promise of either side was recognised.",
    "meaning": "Open means that no later line was read as its end; the days run to the last meeting.",
}

LATE = {
    "project": "**{project}.** ",
    "eta": "ETA {eta} {c}",
    "moved_one": ", moved to {eta} {c}",
    "moved_many": ", moved {count} times {c}",
    "now": ", now {eta} {c}",
    "done": "; a finished piece in the notes of {day}, {days} after the first ETA {c}",
    "done_on_time": "; a finished piece in the notes of {day} {c}",
    "silent": "; no later line recognised",
    "none": "No blocked, dropped or late work was recognised.",
}

SILENCE = {
    "career_none": "Career: no line recognised.",
    "career_between": "Career: no line recognised between {first} {first_c} and {last} {last_c}, {weeks}.",
    "career_since": "Career: no line recognised from {first} {first_c} to the last meeting, {weeks}.",
    "career_before": "Career: no line recognised from the first meeting to {last} {last_c}, {weeks}.",
    "weeks": "{weeks} ({days})",
    "goal": "{quote} {c} does not come back.",
    "received": "Feedback to {name} stands in {count} of {total} {meetings} ({lines}).",
    "received_none": "No line was surely read as feedback to {name}.",
    "doubtful": "Read with doubt: {lines} that may be feedback {c}",
    "doubtful_more": " and {count} more",
    "asked_none": "No line of {name} asks for it.",
    "asked": "{name} asked for it: {quote} {c}",
    "given": "Feedback to {name}: {list}.",
    "given_praise": "{lines} of praise or thanks {c}",
    "given_blame": "{lines} of criticism or advice {c}",
    "given_none": "No line was surely read as feedback to {name}.",
    "team_goal": "The team goal {c} was recognised in no meeting.",
}

TEAM = {
    "title": "The team, {period}",
    "title_bare": "The team",
    "explained": "One row for each report, by name. The columns count what the notes hold; nothing here orders or rates people.",
    "weeks_note": (
        "Weeks since a line about career run to that person's last meeting. Feedback given counts lines of feedback to the report. "
        "An open promise is one of the manager's, and no later line was read as its end."
    ),
    "not_read": "Not read",
    "reason": "**{name}.** {reason}",
    "never": "no line",
    "none": "No report's notes could be read.",
}

TEAM_COLUMNS = (
    *("Report", "Meetings held", "Gaps", "Longest gap, days", "Manager's open promises"),
    *("Weeks since career talk", "Feedback given", "Page"),
)

ASKS_FEEDBACK = re.compile(
    r"\b(?:(?:any|some|your|more|honest) (?:\w{1,15} )?feedback (?:for|on|to|about)\b|feedback for me\b|how am I doing\b"
    r"|what (?:should|could|can|would) I (?:do|have done) (?:better|differently)|anything I (?:should|could) (?:do|change|stop|start)"
    r"|what do you think of (?:my|how I))",
    re.IGNORECASE,
)
"""How somebody asks for feedback, in a sentence that ends as a question."""

SOMEBODY_WILL = re.compile(r"(?:^|[,;:.] )(?:she|he|they)(?:['’]ll| will| to)\b", re.IGNORECASE)
"""A step that somebody takes on who is called by a pronoun."""
NOBODY_WILL = re.compile(
    r"\b(?:nobody|no one|no-one|none of (?:us|them)) (?:else )?will\b|\bwill (?:not|never)\b|\bwon['’]t\b",
    re.IGNORECASE,
)

SCAN_TABLES: tuple[dict[str, str], ...] = (
    *(SCAN_HEAD, SCAN_TITLES, PACKET, RESULTS, QUARTERS, PROMISES, LATE, SILENCE, TEAM),
)
"""What `analyzer verify` sets aside."""
