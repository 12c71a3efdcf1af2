"""Laws of reading and splitting: nothing lost, nothing read twice, any Unicode accepted, time linear in the length of a line."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer.reading import read_text
from analyzer.reading.repair import repair_string, repair_text
from analyzer.records import Document
from analyzer.settings import Settings
from analyzer.splitting import split
from analyzer.splitting.sentences import sentence_spans

_LINES = st.sampled_from(
    [
        "", "", "# 1:1 Ada / Bo 2025", "## 3 March", "**Wins**", "- shipped it", "  - Bo: well done", "    - so far", "* [ ] me: book a room",
        "• dot", "– dash", "1) one", "plain words", "and so on", "> said Bo", "> - quoted", "| a | b |", "| --- | --- |", "```", "~~~", "---",
        "===", "<!-- note", "-->", "![x](y.png)", "[link](https://example.org)", "- [doc](https://example.org)", "Date: 4/5/2025", "With: Bo",
        "12/3", "12/3", "cancelled", "***", "-", "- ", "#", "[P0] Thing: done. ETA 3/7. Next", "\\[P1\\] x", "~~gone~~", "+++", "<br>", "Wins:",
        "[INSERT DATE]", "## 10/4/2025: cancelled", "\tindented", "Created: 2025-01-01", "* [3 March](#3-march)", ">", "> [!note] Heads up", "☐ box",
    ]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=300), st.lists(st.one_of(_LINES, st.text(max_size=40)), max_size=40).map("\n".join))


def _covered(document: Document) -> Counter[int]:
    found: Counter[int] = Counter()
    sources = [block.source for meeting in document.meetings for block in meeting.blocks]
    for source in [*sources, *(one.source for one in document.ignored)]:
        assert source.start is not None
        assert source.end is not None
        found.update(range(source.start, source.end + 1))
    return found


@settings(max_examples=250, deadline=None)
@given(_TEXTS)
def test_each_line_with_anything_on_it_is_in_exactly_one_block_or_ignored(text: str) -> None:
    document, _ = read_text(text, path="notes.md", settings=Settings())
    covered = _covered(document)
    wanted = {number for number, line in enumerate(document.lines, start=1) if line.strip()}
    assert wanted <= set(covered)
    twice = [number for number in wanted if covered[number] != 1]
    assert not twice


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_each_block_that_is_no_heading_becomes_an_item_or_is_ignored(text: str) -> None:
    document, _ = read_text(text, path="notes.md", settings=Settings())
    items, ignored = split(document)
    sources = [*(item.source for item in items), *(one.source for one in ignored)]
    lines = {n for one in sources for n in range(one.start or 0, (one.end or 0) + 1)}
    for meeting in document.meetings:
        for block in meeting.blocks:
            if block.kind != "heading":
                assert set(range(block.source.start or 0, (block.source.end or 0) + 1)) <= lines


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_spans_lie_inside_their_item_and_parents_come_first(text: str) -> None:
    document, _ = read_text(text, path="notes.md", settings=Settings())
    items, _ = split(document)
    for place, item in enumerate(items):
        assert item.text.strip() == item.text != ""
        assert item.parent is None or item.parent < place
        for spans in (item.sentences, item.turns):
            assert all(0 <= span.start < span.end <= len(item.text) for span in spans)
            assert all(a.end <= b.start for a, b in pairwise(spans))


@given(st.text(max_size=200))
def test_sentences_and_the_spaces_between_them_are_the_whole_text(text: str) -> None:
    spans = sentence_spans(text)
    outside = "".join(
        text[end:start]
        for end, start in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not outside.strip()


@given(st.text(max_size=200))
def test_repair_keeps_the_number_of_lines(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").count("\n")
    assert repair_string(text)[0].count("\n") == lines


@given(st.binary(max_size=200))
def test_any_bytes_decode_to_something(data: bytes) -> None:
    assert isinstance(repair_text(data)[0], str)


@given(st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x24F, exclude_characters="\xa0\xad")))
def test_undamaged_text_is_not_changed_by_a_second_repair(text: str) -> None:
    once = repair_string(text)[0]
    assert repair_string(once)[0] == once


@pytest.mark.parametrize(
    "unit",
    ["a", "- ", "* ", "[", "](", "[a", ". ", "...", "**", "_a_ ", "CB: ", "1/1 ", "#", "> ", "| ", "~~", "<a", "\\[", "ETA 3/7. ", "é", " ", "\t", "::", "& ", "Ab said "],
)  # fmt: skip
def test_a_line_of_sixty_thousand_characters_is_read_and_nothing_of_it_is_lost(unit: str) -> None:
    """An expression that takes more than linear time would not end within the run."""
    line = unit * (60_000 // len(unit))
    for text in (line, f"- {line}", f"x{line}x"):
        document, _ = read_text(f"# 1:1 Ada / Bo\n## 3 March 2025\n{text}\n", path="notes.md", settings=Settings())
        items, ignored = split(document)
        places = [*(item.source for item in items), *(one.source for one in (*ignored, *document.ignored))]
        assert not line.strip() or any(place.start == 3 for place in places)
