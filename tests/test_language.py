"""Tags come from the lexicon and the words before; cues from the rules."""

from __future__ import annotations

import pytest

from analyzer.language import MATCH_LIMIT, build_reader, make_reader
from analyzer.patterns import parse_rules


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("Shipped the billing export", {"Shipped": "VBD"}),
        ("we rolled it out", {"rolled": "VBD"}),
        ("has approved the plan", {"approved": "VBN"}),
        ("did not ship", {"ship": "VB"}),
        ("will ship it", {"ship": "VB"}),
        ("to ship it", {"ship": "VB"}),
        ("still testing the import", {"testing": "VBG"}),
        ("v2 was merged", {"merged": "VBN"}),
        ("the draft of a model", {"draft": "", "model": ""}),
        ("churn model", {"model": ""}),
        ("after testing it", {"testing": "VBG"}),
    ],
)
def test_a_verb_form_is_tagged_by_the_words_before_it(text: str, tags: dict[str, str]) -> None:
    doc = next(iter(build_reader().docs([text])))
    assert {token.text: token.tag_ for token in doc if token.text in tags} == tags


def test_of_nested_matches_of_one_rule_the_longest_is_kept() -> None:
    rule = {"id": "r", "kind": "work", "phrase": ["rolled out", "rolled out to all"], "yes": ["-"], "no": []}
    reader = make_reader(parse_rules("test.toml", {"rule": [rule]}))
    text = "Rolled out to all wards"
    assert [text[cue.start : cue.end] for cue in reader.cues(next(iter(reader.docs([text]))))] == ["Rolled out to all"]


def test_a_paste_is_read_up_to_the_limit() -> None:
    assert len(next(iter(build_reader().docs(["word " * MATCH_LIMIT]))).text) == MATCH_LIMIT
