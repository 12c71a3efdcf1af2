"""The kinds of findings, most useful first: what a list of them is headed by, and the questions that are put.

A question is a template; its slots are filled with words of the notes or with dates and counts that the cited line carries.
"""

from __future__ import annotations

TITLES = {
    "no_effect": "Finished, and no effect recognised",
    "vague": "Said in general words",
    "no_before": "A figure without its starting point",
    "no_unit": "A figure without its unit",
    "no_sample": "A figure of a trial without its size",
    "not_vouched": "An effect in your own words only",
    "share": '"We", and your part is not clear',
    "eta": "A date that passed in silence",
    "blocker": "Blocked, with no next step on record",
    "complaint": "A complaint without a proposal",
    "quarter": "A quarter without finished work",
}
"""In the order of the list."""

TITLES_MANAGER = {
    "not_vouched": "An effect that nobody else is on record for",
    "share": '"We", and whose part it was is not clear',
}

QUESTIONS = {
    "no_effect": "What changed because of it, for whom, and who would confirm it?",
    "no_effect_project": "What changed because of it for {project}, and who would confirm it?",
    "vague": "What exactly was done, and how could somebody else see the difference?",
    "no_before": "What was it before, or what is it elsewhere?",
    "no_unit": '"{value}": in which unit, and over what time?',
    "no_sample": "How many cases does it stand on, over what time, and how sure is it (an interval)?",
    "not_vouched": "Who else measured or noticed it, or where can it be looked up?",
    "share": "Which part was yours?",
    "share_manager": "Which part was {name}'s?",
    "eta": "It was due on {day}: is it done, moved or dropped, and why?",
    "blocker": "Who can lift it, by when, and what are the options until then?",
    "complaint": "What would you rather have, and whom did you ask for it?",
    "quarter": "{count} in {quarter} and nothing finished on record: what was?",
    "quarter_empty": "No notes in {quarter}: what was finished then?",
}


def ask(which: str, **slots: str) -> str:
    """Return a question with its slots filled."""
    return QUESTIONS[which].format(**slots)
