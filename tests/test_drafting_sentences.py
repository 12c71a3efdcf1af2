"""Which sentences of a line stand together in a draft: read from real lines, so that cues and figures are the labeller's."""

from __future__ import annotations

import pytest

from analyzer import classifier, encoder
from analyzer.drafting.clauses import effect_pieces, joined, pieces, work_pieces
from analyzer.drafting.tell import quote_of
from analyzer.drafting.tidy import bare
from analyzer.labelling import label
from analyzer.reading import read_text
from analyzer.records import Evidence, Label, Span
from analyzer.settings import Settings
from analyzer.splitting import split


def _evidence(text: str) -> Evidence:
    document, _ = read_text(
        f"# Notes of Mira Solberg\n\n## 3 March 2025\n\n{text}\n", path="notes.md", settings=Settings()
    )
    (line,) = label(split(document)[0], document.roster, classifier.load(), encoder.load())
    return line


def _words(line: Evidence, spans: tuple[Span, ...]) -> str:
    return joined(line, spans)


def test_two_figures_that_are_compared_are_told_together() -> None:
    line = _evidence("- The queue is 9 min on average since we have slots. Last July without slots it was 26.")
    assert _words(line, effect_pieces(line, caveats=False)).count("26") == 1


def test_the_figure_that_an_effect_is_held_against_stands_with_it() -> None:
    line = _evidence("- New drivers without a mentor: 46% gone by day 90. Everyone else 21%.")
    assert "Everyone else 21%" in _words(line, effect_pieces(line, caveats=False))


def test_a_sentence_that_only_points_back_takes_the_one_before_it_along() -> None:
    line = _evidence("- Signs went up on Monday. That's phase 2 done.")
    assert _words(line, work_pieces(line)).startswith("Signs went up")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("| Rota | New rota is live in both depots | Mira, Jo |", "New rota is live in both depots"),
        ("| Rota | New rota is live | went out on Monday |", "went out on Monday"),
    ],
)
def test_the_owners_cell_at_the_end_of_a_row_is_no_part_of_what_is_told(row: str, told: str) -> None:
    line = _evidence(f"| Topic | Notes | Owner |\n|---|---|---|\n{row}")
    assert line.item.prefix == "Rota"
    assert bare(_words(line, pieces(line))).endswith(told)


def test_a_lead_that_tells_something_stands_before_a_quotation_and_a_projects_name_does_not() -> None:
    line = _evidence("- transfer: papers are with HR since Monday")
    assert quote_of(line, pieces(line)) == '"transfer: papers are with HR since Monday"'
    named = _evidence("- Rota: papers are with HR since Monday")
    assert quote_of(named, pieces(named)).startswith('"Rota')


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "the old tool is switched off 🪦 There goes the licence",
            "the old tool is switched off. There goes the licence",
        ),
        ("went live 🎉 in both shops", "went live in both shops"),
        ("!! | signed on Friday", "signed on Friday"),
    ],
)
def test_an_emoji_between_two_sentences_is_their_stop(text: str, expected: str) -> None:
    assert bare(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "- Label sheet: wrote it, not merged yet",
        "- Bertil wrote the guide, I only fixed a chart",
        "- Day 2 of the lunch trial went fine",
    ],
)
def test_work_that_says_that_it_is_unfinished_or_anothers_is_no_accomplishment(text: str) -> None:
    assert not _evidence(text).has(Label.ACCOMPLISHMENT)
