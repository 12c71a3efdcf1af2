"""The fixed phrases of the agenda; templates as in `analyzer.drafting.phrases`."""

from __future__ import annotations

from datetime import date

from analyzer.drafting.cite import long_day

_A_YEAR = 330
"""Days from which on a date needs its year."""

AGENDA = "Agenda"
"""What its lines are checked as: one part, whatever its own headings are called."""

AGENDA_TITLES = {
    "done": "✅ Achievements since {day}",
    "done_first": "✅ Achievements",
    "projects": "🗒 Ongoing projects",
    "actions": "☑️ Action items and open questions",
    "topics": "🔍 Other topics",
}

AGENDA_DONE = {
    "since": "On record since {day} {c}.",
    "no_effect": "What decision or number came of it?",
    "still": "{quote} {c}: what decision or number came of it?",
    "new": "What was finished, and what decision or number came of it?",
}

AGENDA_PROJECTS = {
    "priority": "[{tag}] ",
    "blocked": "[Blocked] ",
    "dropped": "[Deprioritised] ",
    "project": "**{project}:** ",
    "first_eta": "First ETA {eta} {c}",
    "moved_one": ", moved {c}.",
    "moved_many": ", moved {count} times {c}.",
    "due": "Was due on {eta} {c}: done, moved or dropped?",
    "due_now": "Done, moved or dropped?",
    "eta": "ETA {eta} {c}.",
    "waits": "{days}. ",
    "again": "Named again {c}.",
    "tried": "Tried so far: {list}.",
    "options": "Should I … or …?",
    "options_manager": "Should we … or …?",
    "who": "Who decided, and until when?",
    "none": "What is in progress, with which priority and ETA?",
}

AGENDA_ACTIONS = {
    "box": "[ ] ",
    "who": "**{who}:** ",
    "age": " ({days})",
    "since": ", first said {c}",
    "asked": ", asked {c}",
    "due": ", due on {due}",
    "question": "**{who} asked:** {quote} {c}",
    "again": ", again {c}",
}

AGENDA_TOPICS = {
    "unacted": "**{who}, {day}:** {quote} {c}. What have I changed since?",
    "unacted_manager": "**{who}, {day}:** {quote} {c}. What has changed since?",
    "career": "**Career:** last on record {c} ({days}). What is the next step?",
    "career_wish": "**Career:** {quote} {c}. What is the next step?",
    "career_none": "**Career:** no line on record. Where do I want to be in a year?",
    "career_none_manager": "**Career:** no line on record. Where does {name} want to be in a year?",
    "feedback": "**Feedback to me:** last on record {c} ({days}). What should I do more of, or less?",
    "feedback_manager": "**Feedback to {name}:** last on record {c} ({days}). What should I say?",
    "feedback_none": "**Feedback to me:** none on record. What should I do more of, or less?",
    "feedback_none_manager": "**Feedback to {name}:** none on record. What should I say?",
    "given": "**Feedback to {name}:** last on record {c} ({days}). What should I say?",
    "given_manager": "**Feedback to me:** last on record {c} ({days}). What should I ask?",
    "complaint": "{quote} {c}. What would I propose instead?",
    "complaint_manager": "{quote} {c}. What would be better instead?",
    "team_goal": "**Team goal:** {quote} {c}. Which current work serves it?",
    "none": "What else is on your mind?",
}

AGENDA_TABLES: tuple[dict[str, str], ...] = (AGENDA_TITLES, AGENDA_DONE, AGENDA_PROJECTS, AGENDA_ACTIONS, AGENDA_TOPICS)
"""What `analyzer verify` sets aside."""


def day_words(found: date | None, day: date) -> str:
    """Return a day as the agenda writes it: without its year, unless it lies about a year off.

    Args:
        found: the day, None for what has no date.
        day: the day of the agenda.
    """
    if found is None:
        return "pinned"
    return long_day(found, with_year=abs((day - found).days) > _A_YEAR)
