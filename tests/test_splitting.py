"""Items: their words, tags, links, speakers, prefixes, sections and lines."""

from __future__ import annotations

import pytest

from analyzer.reading import read_text
from analyzer.records import Item
from analyzer.settings import Settings
from analyzer.splitting import split
from analyzer.splitting.cleaning import clean
from analyzer.splitting.leads import prefix_of
from analyzer.splitting.sentences import sentence_spans

_TITLE = "# 1:1 Asha Verhoeven / Colm Brady\nCB = Colm\n## 3 March 2025\n"
_FIRST = 4
_PEOPLE = {"colm": "Colm Brady", "cb": "Colm Brady", "asha": "Asha Verhoeven", "me": "Asha Verhoeven"}


def _items(text: str, title: str = _TITLE) -> list[Item]:
    document, _ = read_text(title + text, path="notes.md", settings=Settings())
    return [item for item in split(document)[0] if not item.pinned]


def _item(text: str) -> Item:
    (item,) = _items(text)
    return item


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("- [P0] Churn model: v1 live", "Churn model: v1 live"),
        ("- \\[P1\\] costs dashboard", "costs dashboard"),
        ("- {infra} moved the logs [WIP]", "moved the logs"),
        ("- [x] present the analysis[link] to the board", "present the analysis to the board"),
        ("- Postmortem was Monday [link]. Four follow-ups", "Postmortem was Monday. Four follow-ups"),
        (
            "* *[P0] Rewards <> churn analysis: understand it. ETA 3/7.*",
            "Rewards <> churn analysis: understand it. ETA 3/7.",
        ),
        ("- **all of it in bold**", "all of it in bold"),
        ("- ~~dropped it~~", "dropped it"),
        ("- **Relay**: live on all wards", "**Relay**: live on all wards"),
        ("- CB: strong year. More of that", "strong year. More of that"),
        ("- **Colm:** good", "good"),
        ("- Manager: good", "good"),
        ("- read [the RFC](https://example.org/rfc_(v2)) twice", "read the RFC twice"),
        ("- 34 -> 19 min, £1,900 & more", "34 -> 19 min, £1,900 & more"),
        ("- a &amp; b \\> c", "a & b > c"),
        ("- [we] search for origins", "[we] search for origins"),
        ("- shipped 2 * 3 * 4 things", "shipped 2 * 3 * 4 things"),
        ("- see [[Relay plan|the plan]]", "see the plan"),
        ("- done for v2[^1]", "done for v2"),
        ("- *first* and *last*", "*first* and *last*"),
    ],
)
def test_the_words_of_an_item(written: str, text: str) -> None:
    assert _item(written).text == text


@pytest.mark.parametrize(
    ("written", "tags"),
    [
        ("[P0] a", ("P0",)),
        ("[P0] [Blocked] a", ("P0", "Blocked")),
        ("a [WIP]", ("WIP",)),
        ("Pathology [Blocked]. waiting", ("Blocked",)),
        ("a [x](http://y.z)", ()),
        ("a [link] b", ()),
        ("[ 90% done ] a", ("90% done",)),
        ("plain", ()),
    ],
)
def test_tags(written: str, tags: tuple[str, ...]) -> None:
    assert clean(written).tags == tags


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("see [a](https://x.y/z)", ("https://x.y/z",)),
        ("see https://x.y/z.", ("https://x.y/z",)),
        ("<https://x.y>", ("https://x.y",)),
        ("a/b test", ()),
    ],
)
def test_links(written: str, links: tuple[str, ...]) -> None:
    assert clean(written).links == links


@pytest.mark.parametrize(
    "line",
    ["- https://example.org/a", "- <https://example.org>", "- [link](https://example.org)", "- [P0]", "- [link]"],
)
def test_a_line_without_words_is_no_item_and_is_ignored(line: str) -> None:
    document, _ = read_text(f"{_TITLE}{line}\n- shipped it\n", path="n.md", settings=Settings())
    items, ignored = split(document)
    assert [item.text for item in items if not item.pinned] == ["shipped it"]
    assert [one.source.start for one in ignored] == [_FIRST]


@pytest.mark.parametrize(
    ("text", "prefix"),
    [
        ("Relay: live on all wards", "Relay"), ("Rewards A/B test analysis: shared", "Rewards A/B test analysis"), ("tray tracker: labels sorted", "tray tracker"),
        ("**Help centre** - 9 of 64 drafted", "Help centre"), ("COCA -- first pass done", "COCA"), ("Rewards <> churn analysis: understand it", "Rewards <> churn analysis"),
        ("Porter rules trial, wards 4 + 7: median wait 34", "Porter rules trial"), ("linen again: said so", "linen"), ("30 km/h zone: signs are up", "30 km/h zone"),
        ("E-bus case [P1]: signed", "E-bus case"), ("🚲 Hubs: open", "Hubs"), ("Split pay: prototype seen", "Split pay"), ("i+o charts - taught at 6 handovers", "i+o charts"),
        ("Martin Street: open", "Martin Street"), ("Omar's desk: moved", "Omar's desk"),
    ],
)  # fmt: skip
def test_a_project_like_lead_is_the_prefix(text: str, prefix: str) -> None:
    assert prefix_of(text, _PEOPLE) == prefix


@pytest.mark.parametrize(
    "text",
    [
        "Colm: band 7 criteria", "CB: well done", "me: book a room", "AI Asha: send the map", "ETA: 3 March", "Q: what is next?", "Note: not final", "TODO: call Ada",
        "Feedback for Colm: too many calls", "Blocked: waiting for IT", "I told her: one page", "We shipped it: all of it", "CB read it: too many words",
        "Gwen counted: 410 tickets", "3 March: live", "Monday: live", "10:30 standup", "no colon here", "Told him - twice", "2025-Q1: live", "Q1: hire",
        "https://example.org/x", "Team goal 2025: 81%", 'Marisol: "relieved"', "Private: she is great", "This is a long clause about all the things that we did: good",
        "well - that was it", "Because: reasons", "what went well: all",
        "Omar: ask for the figures", "Priya Nair: ask for the figures",
    ],
)  # fmt: skip
def test_other_leads_are_no_prefix(text: str) -> None:
    assert prefix_of(text, _PEOPLE) == ""


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One thing. Another one", ["One thing.", "Another one"]), ("fair. from the next one on", ["fair.", "from the next one on"]),
        ("ETA 3/7. Need escalation?", ["ETA 3/7.", "Need escalation?"]), ("p95 is 3.5 s now", ["p95 is 3.5 s now"]), ("e.g. the board, i.e. Bo", ["e.g. the board, i.e. Bo"]),
        ("Dr. Lind and J. Smith agreed. Good", ["Dr. Lind and J. Smith agreed.", "Good"]), ("see p. 23 and No. 5", ["see p. 23 and No. 5"]), ("Really?! Yes!!", ["Really?!", "Yes!!"]),
        ('He said "no." Then he left.', ['He said "no."', "Then he left."]), ("wait... what", ["wait... what"]), ("logs, metrics etc. are done", ["logs, metrics etc. are done"]),
        ("no. I asked once", ["no.", "I asked once"]), ("v2.1 is out. 3 left", ["v2.1 is out.", "3 left"]), ("", []), ("   ", []), ("It was me and I. Then", ["It was me and I.", "Then"]),
    ],
)  # fmt: skip
def test_sentences(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


def test_a_marked_speaker_is_the_author() -> None:
    items = _items(
        "- shipped it\n- CB: well done\n  - thanks\n- [ ] Colm: ask HR\n- me: book a room\n- AI Colm: ask IT\n"
    )
    assert [(item.author or "")[:4] for item in items] == ["Asha", "Colm", "", "Asha", "Asha", "Asha"]
    assert [item.text for item in items][3:] == ["Colm: ask HR", "me: book a room", "AI Colm: ask IT"]


def test_a_nested_line_without_a_mark_under_the_writers_own_is_the_writers() -> None:
    assert [item.author for item in _items("- pilot numbers\n  - a day late\n")] == ["Asha Verhoeven"] * 2


def test_a_quote_is_nobodys_unless_marked() -> None:
    assert [item.author for item in _items("> well done\n\n> CB: indeed\n")] == [None, "Colm Brady"]


@pytest.mark.parametrize(
    ("text", "author"),
    [
        ("- a\n> Great, can you show the board?\n- b\n> Let me know if you need help\n", "Colm Brady"),
        ("> - a\n> - b\n> - c\n> - I wrote it up\n", "Asha Verhoeven"),
        ("- a\n> the tide comes in and the tide goes out\n", None),
        ("- read the paper:\n> you never step into the same river twice\n- b\n", None),
        ("- a\n> We find that you and your peers gain (Brown & Lee, 2012)\n", None),
        (f"- a\n> {'the tide comes in and you go out ' * 8}\n", None),
    ],
)
def test_whose_words_block_quotes_are(text: str, author: str | None) -> None:
    document, _ = read_text(_TITLE + text, path="notes.md", settings=Settings())
    quotes = {block.source.start for one in document.meetings for block in one.blocks if block.kind == "quote"}
    assert {item.author for item in split(document)[0] if item.source.start in quotes} == {author}


def test_turns_inside_an_item() -> None:
    item = _item("- band 7 again? CB: will ask HR")
    assert [(item.text[one.start : one.end], one.author) for one in item.turns] == [
        ("band 7 again?", "Asha Verhoeven"),
        ("will ask HR", "Colm Brady"),
    ]


def test_an_item_of_one_speaker_has_one_turn_and_a_promise_is_no_turn() -> None:
    item = _item("- CB: like it. AI Asha: rough costs by 19/12")
    assert [(one.start, one.end, one.author) for one in item.turns] == [(0, len(item.text), "Colm Brady")]


def test_somebody_who_is_quoted_by_name_is_the_author() -> None:
    item = _item('- Marisol: "relieved tbh, I was one meeting away"')
    assert (item.author, item.text) == ("Marisol", '"relieved tbh, I was one meeting away"')


def test_in_an_action_list_a_name_takes_the_task_and_does_not_speak() -> None:
    items = _items("### Action items\n- Colm: ask HR\n### Notes\n- Colm: ask HR yourself\n")
    assert [(item.author, item.text) for item in items] == [
        ("Asha Verhoeven", "Colm: ask HR"),
        ("Colm Brady", "ask HR yourself"),
    ]


def test_next_to_a_task_of_ones_own_a_name_takes_a_task() -> None:
    items = _items("Colm: dig out the figures\nMe: ask HR\n")
    assert [item.text for item in items] == ["Colm: dig out the figures", "Me: ask HR"]


def test_sections_hold_below_sub_headings_which_are_leads() -> None:
    items = _items("### Wins\n- a\n#### Relay\n- b\n### Next\n- c\n### Churn model\n- d\n")
    assert [(one.section, one.heading, one.lead) for one in items] == [
        ("wins", "Wins", ""), ("wins", "Relay", "Relay"), ("planned", "Next", ""), ("", "Churn model", "Churn model"),
    ]  # fmt: skip


def test_a_section_ends_with_its_meeting() -> None:
    assert [one.section for one in _items("### Wins\n- a\n## 10 March 2025\n- b\n")] == ["wins", ""]


def test_a_bold_item_is_the_lead_of_what_is_nested_under_it() -> None:
    items = _items("- **Checkout**\n  - live\n    - in six shops\n- Relay\n  - on all wards\n")
    assert [(one.text, one.lead, one.parent, one.depth) for one in items] == [
        ("live", "Checkout", None, 1), ("in six shops", "live", 0, 2), ("Relay", "", None, 0), ("on all wards", "Relay", 2, 1),
    ]  # fmt: skip


def test_a_nested_section_name_gives_the_section() -> None:
    assert [(one.section, one.text) for one in _items("- Wins:\n  - shipped it\n- asked Bo\n")] == [
        ("wins", "shipped it"),
        ("", "asked Bo"),
    ]


def test_prose_gives_one_item_a_sentence_with_its_own_lines() -> None:
    text = (
        "We spent most of the hour on the rollout, which has now reached all of the\n"
        "wards on the second floor. Then we went on to what has to be done before we\n"
        "can tell the board that it works for all of them, nights included. He liked\n"
        "it.\n"
    )
    items = _items(text)
    first = _FIRST
    assert [(one.source.start, one.source.end, one.prose) for one in items] == [
        (first, first + 1, True), (first + 1, first + 2, True), (first + 2, first + 3, True),
    ]  # fmt: skip
    assert items[2].text == items[2].raw == "He liked it."


def test_a_speaker_of_a_paragraph_speaks_all_its_sentences() -> None:
    items = _items("Colm: eleven mails in one week is too many. Send one on a Friday.\n\nI agreed.\n")
    assert [one.author for one in items] == ["Colm Brady", "Colm Brady", "Asha Verhoeven"]


def test_raw_is_the_stretch_as_it_stands() -> None:
    assert _item("  - [x] **done**\n    with it").raw == "  - [x] **done**\n    with it"


def test_a_table_row_is_an_item() -> None:
    item = _item("| what | state |\n| --- | --- |\n| churn model | done |\n")
    assert (item.text, item.source.start, item.prose) == ("churn model | done", _FIRST + 2, False)


def test_check_boxes_and_strikes_are_kept_apart_from_the_words() -> None:
    items = _items("- [x] a\n- [ ] b\n- ~~c~~\n- d\n")
    assert [(one.checked, one.struck) for one in items] == [(True, False), (False, False), (None, True), (None, False)]


def test_items_above_the_log_are_pinned_and_undated() -> None:
    document, _ = read_text("# Log 2025\n- ship the thing\n\n## 3 March\n- a\n", path="n.md", settings=Settings())
    assert [(one.pinned, str(one.date), one.lead) for one in split(document)[0]] == [
        (True, "None", ""),
        (False, "2025-03-03", ""),
    ]


def test_the_words_of_a_cancelled_meeting_are_items() -> None:
    assert [one.text for one in _items("## 10 March 2025: cancelled\nCB in Oslo.\n")] == ["CB in Oslo."]
