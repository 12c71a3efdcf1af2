"""What a line is about: every topic finds its sentences and none of its look-alikes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from analyzer import sharing
from analyzer.sharing.levels import level_named, titles
from analyzer.sharing.topics import load_topics, topics_of

YES = [(topic.id, text) for topic in load_topics() for text in topic.yes]
NO = [(topic.id, text) for topic in load_topics() for text in topic.no]


@pytest.mark.parametrize(("topic", "text"), YES)
def test_a_topic_finds_its_sentences(topic: str, text: str) -> None:
    assert topic in topics_of(text)


@pytest.mark.parametrize(("topic", "text"), NO)
def test_a_look_alike_is_about_no_topic(topic: str, text: str) -> None:
    assert topics_of(text) == ()


@pytest.mark.parametrize(
    "text",
    ["raised the timeout", "compensate for drift", "health check endpoint", "child process", "family of models"],
)
def test_words_of_the_trade_are_about_no_topic(text: str) -> None:
    assert topics_of(text) == ()


@pytest.mark.parametrize("text", ["**salary** again", "my SALARY", "my sal\u00adary", "her mum’s hip"])
def test_marks_and_case_hide_no_topic(text: str) -> None:
    assert topics_of(text)


def test_every_rule_has_a_title_and_every_level_holds_less_than_the_one_before() -> None:
    manager, public = level_named("manager"), level_named("public")
    assert manager is not None
    assert public is not None
    assert public.kinds < manager.kinds
    assert public.said < manager.said
    assert manager.kinds | {topic.id for topic in load_topics()} <= titles().keys()


def test_the_table_of_levels_says_what_the_data_says() -> None:
    page = (Path(__file__).parent.parent / "docs" / "privacy.md").read_text(encoding="utf-8")
    data = tomllib.loads((Path(sharing.__file__).parent / "levels.toml").read_text(encoding="utf-8"))
    for kind, title in data["titles"].items():
        row = next((line for line in page.splitlines() if line.startswith(f"| {title} |")), "")
        if kind in {"under", "unsure_name", "uncertain"}:
            continue
        cells = [cell.strip() for cell in row.split("|")[2:5]]
        held = [*("yes" if kind in data[level]["kinds"] else "no" for level in ("manager", "public"))]
        assert cells == ["yes", *held], title
    for topic in load_topics():
        row = next((line for line in page.splitlines() if line.startswith(f"| {topic.title} |")), "")
        said = "where it was said" if topic.id in data["manager"]["said"] else "no"
        assert [cell.strip() for cell in row.split("|")[2:5]] == ["yes", said, "no"], topic.id
