"""Which section a heading opens."""

from __future__ import annotations

import pytest

from analyzer.patterns.sections import is_section_name, load_sections, section_of


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("✅ Last Week’s Accomplishments", "wins"), ("Wins", "wins"), ("What did you achieve?", "wins"), ("Key wins 2025", "wins"),
        ("What went well?", "wins"), ("Done:", "wins"), ("Afgerond / done", "wins"), ("🗒 Ongoing Projects", "in_progress"), ("Doing", "in_progress"),
        ("What's moving", "in_progress"), ("My updates this week", "in_progress"), ("Next week", "planned"),
        ("What would I like to work on next week?", "planned"), ("Blocked", "blockers"), ("What did I struggle with?", "blockers"),
        ("What is stuck?", "blockers"), ("Feedback for Colm", "feedback"), ("Career growth", "career"), ("Team goals & priorities", "goals"),
        ("Objectives 2025 (pinned)", "goals"), ("ACTION ITEMS", "actions"), ("Next steps", "actions"), ("To-dos", "actions"),
        ("Who helped me this week?", "help"), ("Where did I need help from Bo?", "help"), ("🔍 Other Topics", "notes"), ("Misc", "notes"), ("**AOB**", "notes"),
    ],
)  # fmt: skip
def test_headings_of_a_section(heading: str, section: str) -> None:
    assert section_of(heading) == section


@pytest.mark.parametrize(
    "heading",
    [
        "Churn model",
        "Status page redesign",
        "Training platform",
        "Onboarding plan",
        "Learning golang",
        "3 March 2025",
        "🎉",
        "",
        "1:1 Ada / Bo",
        "We had a long talk about what the next quarter may bring for all of us",
    ],
)
def test_headings_of_no_section(heading: str) -> None:
    assert section_of(heading) == ""


def test_only_the_bare_name_is_a_name() -> None:
    assert is_section_name("Next steps:")
    assert not is_section_name("Next steps for Relay")


def test_no_phrase_stands_in_the_table_with_capitals_or_marks() -> None:
    assert all(phrase == phrase.lower().strip() for phrase in load_sections())
