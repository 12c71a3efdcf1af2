"""The contrast set and the second labelling: strict loaders, and figures that follow from what is in the files."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import ROOT

from analyzer.errors import BadFileError
from analyzer.evaluation import load_corpus
from analyzer.evaluation.agreement import compare_annotators
from analyzer.evaluation.contrast import Pair, Side, load_pairs, score_pairs
from analyzer.reading import read_text
from analyzer.records import Evidence, Item, Label, Source, Status
from analyzer.settings import Settings
from analyzer.splitting import split

LABELLED = ROOT / "data" / "labelled"


def test_the_contrast_set_has_at_least_four_hundred_pairs_and_every_label() -> None:
    pairs = load_pairs(LABELLED / "contrast")
    assert len(pairs) >= 400
    differ = frozenset[Label]().union(*(pair.one.labels ^ pair.other.labels for pair in pairs))
    assert differ == frozenset(Label)


def test_the_note_of_a_side_is_read_as_one_item_of_its_writer() -> None:
    for side in [one for pair in load_pairs(LABELLED / "contrast") for one in (pair.one, pair.other)]:
        document, problems = read_text(side.note, path="pair.md", settings=Settings())
        items, _ = split(document)
        assert len(items) == 1, side
        assert not problems, side
        roster = document.roster
        assert roster.writer == (roster.subject if side.writer == "subject" else roster.manager)


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[pair]]\nrule = 'r'\none = {text = 'a', labels = 'a'}\n", "missing"),
        ("[[pair]]\none = {text = 'a', labels = 'a'}\nother = {text = 'b', labels = '-'}\n", "no rule"),
        ("[[pair]]\nrule = 'r'\none = {text = 'a', labels = 'z'}\nother = {text = 'b', labels = '-'}\n", "not allowed"),
        ("[[pair]]\nrule = 'r'\none = {text = 'a', labels = 'a'}\nother = {text = 'a', labels = 'a'}\n", "the same"),
        ("[[pair]]\nrule = 'r'\none = {text = 'a', labels = 'a', stt = 'done'}\nother = {}\n", "did you mean 'st'"),
        ("[[pear]]\nrule = 'r'\n", "nothing else"),
        ("[[pair]\n", "Expected"),
    ],
)
def test_a_pair_that_is_not_well_formed_is_refused(tmp_path: Path, toml: str, message: str) -> None:
    (tmp_path / "x.toml").write_text(toml, encoding="utf-8")
    with pytest.raises(BadFileError, match=message):
        load_pairs(tmp_path)


_DONE = Side(text="shipped it", labels=frozenset({Label.ACCOMPLISHMENT}), status=Status.DONE)
_PLAN = Side(text="will ship it", labels=frozenset(), status=Status.PLANNED)


@pytest.mark.parametrize(("always", "told"), [(True, 0), (False, 0), (None, 1)])
def test_a_pair_counts_where_both_of_its_sides_are_right(*, always: bool | None, told: int) -> None:
    def label(note: str) -> list[Evidence]:
        yes = "will" not in note if always is None else always
        item = Item(source=Source("p", 1, 1), date=None, text="t", raw="t", section="", heading="", author=None)
        return [Evidence(id="e", item=item, labels=frozenset({Label.ACCOMPLISHMENT} if yes else ()))]

    assert score_pairs([Pair(rule="r", one=_DONE, other=_PLAN)], label).told_apart == told


def test_every_item_was_labelled_a_second_time_and_differences_were_settled() -> None:
    corpus = load_corpus(LABELLED)
    agreement = compare_annotators(corpus, LABELLED / "second")
    assert agreement.authors == len(corpus)
    assert agreement.items == sum(len(author.items) for author in corpus)
    assert all(value is not None and value > 0.9 for _, value, _ in agreement.f1)
