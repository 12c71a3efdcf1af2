"""Every rule matches its own sentences and none of its look-alikes; the loader refuses what it does not know."""

from __future__ import annotations

import pytest

from analyzer.errors import BadFileError, UnknownKeyError
from analyzer.language import build_reader
from analyzer.patterns import Rule, load_rules, load_verbs, parse_rules

RULES = load_rules()


def fires(rule: Rule, text: str) -> bool:
    reader = build_reader()
    return any(cue.rule == rule.id for cue in reader.cues(next(iter(reader.docs([text])))))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_matches_each_yes_and_no_look_alike(rule: Rule) -> None:
    missed = [text for text in rule.yes if not fires(rule, text)]
    wrong = [text for text in rule.no if fires(rule, text)]
    assert (missed, wrong) == ([], [])


def test_the_rules_are_all_there() -> None:
    assert len(RULES) >= 80


@pytest.mark.parametrize(
    ("entry", "complaint"),
    [
        ({"id": "x", "kind": "work", "phrase": "a", "yes": ["a"], "no": [], "strenght": 1}, "unknown key 'strenght'"),
        ({"id": "x", "kind": "wrok", "phrase": "a", "yes": ["a"], "no": []}, "needs an id and a kind"),
        ({"id": "x", "kind": "work", "yes": ["a"], "no": []}, "exactly one of phrase, tokens, regex"),
        ({"id": "x", "kind": "work", "phrase": "a", "regex": "a", "yes": ["a"], "no": []}, "exactly one of"),
        ({"id": "x", "kind": "work", "phrase": "a", "no": []}, "needs sentences"),
        ({"id": "x", "kind": "work", "regex": "(a+)+b", "yes": ["ab"], "no": []}, "a repeat inside a repeat"),
        ({"id": "x", "kind": "work", "regex": "(a", "yes": ["a"], "no": []}, "not a regular expression"),
    ],
)
def test_a_rule_that_is_not_as_described_is_refused(entry: dict[str, object], complaint: str) -> None:
    with pytest.raises(BadFileError, match=complaint.replace("(", r"\(")):
        parse_rules("test.toml", {"rule": [entry]})


def test_an_unknown_table_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownKeyError, match="did you mean 'rule'"):
        parse_rules("test.toml", {"rules": []})


@pytest.mark.parametrize(
    ("form", "lemma", "tag"),
    [
        ("shipped", "ship", "VBD"),
        ("mapping", "map", "VBG"),
        ("tidied", "tidy", "VBD"),
        ("wrote", "write", "VBD"),
        ("publishes", "publish", "VBZ"),
        ("reset", "reset", "VBD"),
    ],
)
def test_forms_of_verbs_are_spelt_out(form: str, lemma: str, tag: str) -> None:
    assert (lemma, tag) in load_verbs().forms[form]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.regex], ids=lambda rule: rule.id)
@pytest.mark.parametrize(
    "unit", ["a ", "1 ", "said ", "from 1 to ", "Xx ", "->", "waiting for ", "by ", "not ", "(", "1,"]
)
def test_an_expression_reads_a_long_odd_line_in_linear_time(rule: Rule, unit: str) -> None:
    """Twice the text may take about twice as many steps; a nested repeat would not end within the test's time."""
    assert rule.regex is not None
    assert len(list(rule.regex.finditer(unit * (4_000 // len(unit))))) <= 4_000
