"""The fixed phrases of the turnaround packet; templates as in `analyzer.drafting.phrases`.

A blank is ``____`` with its name and a question: what only the owner can know is asked, never filled in.
"""

from __future__ import annotations

BLANK = "____"

TURN_HEAD = {
    "title": "Turnaround 1:1, {day}",
    "title_of": "Turnaround 1:1 of {subject}, {day}",
    "window": "The talk is on {talk}; what was shipped is looked for from {first} on, {days}.",
    "plan": "The plan is {plan}; its days count from {start}.",
    "plan_bare": "The plan is {plan}; it names no first day, so its days count from the talk.",
    "guide": (
        "How to read this packet: everything in it stands in your notes or in your plan, with its line, and nothing was made up to "
        "sound better. On record means surely read in the notes; you may know more. What neither of them says is left as a blank with a question. A blank that you name yourself is worth more "
        "than a guess, and you may leave one open and say so. You do not have to read all of it aloud: the talk stands near the end."
    ),
}

TURN_TITLES = {
    "sentence": "In one sentence",
    "gaps": "Where it stands",
    "ranking": "Which gap to close first",
    "map": "What was shipped for each criterion",
    "examples": "Three examples of impact, newest first",
    "commitments": "What I commit to",
    "tradeoffs": "If, then, else",
    "shortfall": "If a target cannot be met",
    "talk": "The talk",
    "clock": "The clock",
    "before": "Before you go in",
}

TURN_BLOCKS = {
    "opening": "Opening",
    "situation": "Situation",
    "complication": "Complication",
    "examples": "Already fixed",
    "resolution": "Resolution",
}
"""The blocks of the talk, in their order."""

BLANKS = {
    "actual": "actual: what is the figure today, and where can it be looked up?",
    "cause": "root cause: what broke, the input, the transformation or the output, and which line or person says so?",
    "part": "broken part: input, transformation or output?",
    "by": "by when: which date does the plan give?",
    "change": "next sprint: what could you change yourself in it?",
    "led": "led to: what changed because of it, and for whom?",
    "shipped": "shipped: what was finished for this, and when?",
    "example": "example: which other piece of work moved one of these metrics, and by how much?",
    "before": "before: what was the number, and when?",
    "after": "after: what number?",
    "delta": "delta: by how much did it change?",
    "interval": "confidence interval: on how many cases does it stand, and how sure is it?",
    "deployed": "deployment: since when is it in use, and where?",
    "causal": "causal link: what else changed at the time, and how do you know that it was this?",
    "validated": "validated by: who looked at the number, and would say so?",
    "commitment": "commitment: what will be there on which day, at most three, and one of each kind?",
    "kind": "kind: leading, lagging or process?",
    "owner": "owner: who does it?",
    "artefact": "artefact: what can both of you look at?",
    "checkpoint": "checkpoint: who reviews it with you, on which day?",
    "success": "success criterion: how will both of you see that it is done?",
    "leading": "leading metric: what moves first, for instance how many trials you run a week?",
    "lagging": "lagging metric: which result shows at the end that it worked?",
    "process": "process metric: what shows that the work is handled well, for instance how fast requests are closed?",
    "if": "if: what has to hold for this to work?",
    "then": "then: what happens if it holds?",
    "else": "else: what is the fallback if it does not?",
    "ask": "ask: what one thing do you need, put so that the answer is yes or no?",
    "realistic": "realistic: what can be reached by the date?",
    "needs": "needed: which hours, people or change of scope would close the rest?",
    "missed": "off target: which criterion was missed, and by how much?",
}
"""Name of a blank and the question that goes with it."""

TURN = {
    "off": "I am off target on {list}.",
    "off_one": "{name} (target {target}, on record {actual}) {c}",
    "all_met": "These last figures on record meet their targets: {list}.",
    "all_met_but": "These last figures on record meet their targets: {list}, and no figure is on record for {rest}.",
    "off_but": "I am off target on {list}, and no figure is on record for {rest}.",
    "dated": "{actual}, in the notes of {day}",
    "met_one": "{name} (on record {actual}) {c}",
    "expected": "**{name}.** {target}{when} {c}",
    "day_n": "day {number} of the plan, {day}",
    "text": "{quote}",
    "part_input": "the input",
    "part_transformation": "the transformation",
    "part_output": "the output",
    "met": "This figure meets the target.",
    "in_words": "In words: {quote}",
    "older": "That is older than the window.",
    "ranking_lead": (
        "Large gaps first: from half of the largest on. Among gaps of a size, what can be changed in the next sprint comes first. "
        "The distance is a share of the target. A gap without a figure stands behind those with one: how large it is, only you can say."
    ),
    "rank": "**{name}.** Target {target}, on record {actual} {c}",
    "rank_none": "**{name}.** Target {target}, no figure on record. {c}",
    "rank_met": "The last figure meets the target: say so, and keep it.",
    "soon": "In the next sprint: {metric}, {target} by {day}. {c}",
    "waits": "It waits for somebody else: {quote}",
    "nothing_measured": "Not one gap has a figure on both sides, so the order is the plan's own.",
    "shipped_none": "No finished work was surely read for it in the window.",
    "shipped_more": "and {count} more",
    "examples_two": "Two of three: no third line of the window was surely read as a change of one of these metrics.",
    "examples_one": "One of three: no second line of the window was surely read as a change of one of these metrics.",
    "examples_none": "None of three: no line of the window was surely read as a change of one of these metrics.",
    "example": "**{name}.** {quote}",
    "computed": "{delta}, computed from {before} and {after}",
    "commitment": "**{metric}:** {target} → {actual} (by {day}) {c}",
    "commitment_open": "**{metric}:** {target} → {actual} {c}",
    "actual_none": "no figure on record",
    "kinds_missing": "One leading, one lagging and one process metric show the work from three sides. Still missing:",
    "no_commitments": "The plan file holds no commitment yet, so there is no sheet.",
    "shortfall": "**{name}.** The target {target} cannot be met by then; what can be reached: {realistic}. {c}",
    "needs": "To close the rest it takes: {needs}",
    "overdue": "**{name}.** Its day has come, and the last figure misses it: target {target}, on record {actual}. {c}",
    "overdue_none": "**{name}.** Its day has come, and no figure is on record: target {target}. {c}",
    "shortfall_none": (
        "The plan file names no target that cannot be met. If one cannot, say so yourself and early: with the number that can be "
        "reached, and what would close the rest."
    ),
    "talk_lead": (
        "Say it in your own voice. Each block has 90 seconds, the whole eight minutes, so that four are left for questions. "
        "Blocks of your own go into the plan file, under talk."
    ),
    "asks": "The plan asks for {name}: {target}{when}. {c}",
    "asks_too": "For {name}: {target}{when}. {c}",
    "when": " by {day}",
    "now": "{name}: {actual}.",
    "now_none": "{name}: no figure on record. {c}",
    "broke": "What broke: {quote}.",
    "no_gap": "No gap has a figure on record that misses its target.",
    "fixed": "{name}: {quote}.",
    "commit": "I commit to {metric}: {target}{when}. {c}",
    "ask_for": "My ask: {quote}",
    "flag": "This opening speaks of effort or fairness ({words}); begin with the shortfall itself, the rest of the packet shows the work.",
    "clock_note": "Counted at {pace} words a minute; a blank counts as the words that you will say for it, and is not counted here.",
    "clock_over": "Over its time, so take something out: {blocks}.",
    "clock_fits": "Every block and the whole fit.",
    "clock_whole": "Whole talk",
    "blanks": "{blanks} above. Fill in those that you can, and name the others yourself: not knowing yet is an answer, guessing is not.",
    "blanks_none": "No blank is left above.",
    "maybe": "May serve {name}, read with doubt; if it does, name it in the plan file under aliases: {list}.",
    "maybe_more": "{list} and {count} more",
    "way": (
        "No figure can be held against the target of {name} as it is written; where the plan allows it, write it with its number and "
        "its way, such as at least or at most. {c}"
    ),
    "peer": "Say it once aloud to somebody whom you trust, with a clock, ten minutes.",
    "doubted": "If your plan is doubted: say what you heard, go to the sheet under If, then, else, and end with the ask.",
    "written": "Ask that what you agree on is written down, by either of you. Only if that is refused, or the criteria do not fit your role, is it a matter for HR.",
    "tracker": "Keep `tracker.md` up to date each week; run this again after each meeting, and what you wrote there stays.",
    "yours": "This part is for you alone: take it out before you hand the packet over.",
    "care": "A plan is about a piece of work in a stretch of time. It is not about what you are worth.",
}

TURN_LABELS = {
    "before": "**Before:** {it}",
    "after": "**After:** {it}",
    "delta": "**Delta:** {it}",
    "interval": "**Confidence interval:** {it}",
    "deployed": "**Deployment:** {it}",
    "causal": "**Causal link:** {it}",
    "validated": "**Validated by:** {it}",
    "kind": "**Kind:** {it}",
    "owner": "**Owner:** {it}",
    "artefact": "**Artefact:** {it}",
    "checkpoint": "**Checkpoint:** {it}",
    "success": "**Success criterion:** {it}",
    "if": "**If** {it}",
    "then": "**Then** {it}",
    "else": "**Else** {it}",
    "ask": "**Ask:** {it}",
}
"""What stands in front of a part of an example, a commitment or a sheet; a label says nothing that could be wrong."""

TURN_COLUMNS = {
    "gaps": ("Expected", "Actual", "Root cause", "Broken part"),
    "map": ("Criterion", "Shipped in the window", "What it led to"),
    "clock": ("Block", "Words", "Seconds", "At most"),
}

TRACKER = {
    "title": "Tracker",
    "about": "Filled in from the notes up to {day}. Edit what you like: what you change stays, and later runs fill in the rest.",
    "readings": "Readings",
    "criterion": "criterion",
}
TRACKER_COLUMNS = ("Metric", "Kind", "Target", "Actual", "By", "Owner", "Artefact", "Checkpoint", "Your words")
"""The first column names a row."""
TRACKER_READINGS = ("Day", "Metric", "Reading", "Line")

TURN_TABLES: tuple[dict[str, str], ...] = (TURN_HEAD, BLANKS, TURN)
"""What `analyzer verify` sets aside."""

TURN_CELLS = frozenset({TURN_TITLES["gaps"], TURN_TITLES["map"]})
"""Sections whose tables tell facts: `analyzer verify` checks each cell of theirs."""
TURN_NAMING = frozenset(title for key, title in TURN_TITLES.items() if key not in {"before", "clock"})
"""Sections whose sentences are phrases with names and quotations."""
