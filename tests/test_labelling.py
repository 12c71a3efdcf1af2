"""From items to evidence: with a small model of our own, so that the test says what the rooms do and not what was learnt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzer import classifier, encoder
from analyzer.labelling import evidence_id, label, look
from analyzer.labelling.attributes import settled_cues, settled_metrics, status_of, tagged_status
from analyzer.labelling.observe import Observation, mask, observe
from analyzer.language import build_reader
from analyzer.records import Cue, Evidence, Item, Label, Roster, Source, Span, Status

ROSTER = Roster(
    subject="Mina Duarte",
    manager="Paul Okoro",
    writer="Mina Duarte",
    aliases={"mina": "Mina Duarte", "po": "Paul Okoro", "paul": "Paul Okoro", "lena": "Lena Brandt"},
)
MODEL = classifier.load()
ENCODER = encoder.load()
ALL = frozenset(Label)


def item(text: str, *, author: str | None = None, prefix: str = "", line: int = 1) -> Item:
    return Item(
        source=Source("n.md", line, line),
        date=date(2025, 3, 3),
        text=text,
        raw=text,
        section="",
        heading="",
        author=author,
        prefix=prefix,
        sentences=tuple(_sentences(text)),
    )


def _sentences(text: str) -> list[Span]:
    found, start = [], 0
    for part in text.split(". "):
        end = min(start + len(part) + 1, len(text))
        found.append(Span(start, end))
        start = end + 1
    return found


def seen(text: str, *, author: str | None = None) -> Observation:
    return observe([item(text, author=author)], ROSTER, build_reader())[0]


def cues(
    text: str, labels: set[Label], status: Status | None = None, *, author: str | None = None
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for cue in settled_cues(seen(text, author=author), frozenset(labels), status, ROSTER):
        found.setdefault(cue.kind, []).append(cue.value)
    return found


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Error rate fell from 9% to 4%", "measured"),
        ("The board decided to keep the old vendor", "decided"),
        ("Finance now uses it in the weekly close", "adopted"),
        ("The phone is much quieter", "stated"),
        ("Should cut the wait by about 10 min", "expected"),
    ],
)
def test_an_effect_is_told_by_its_kind(text: str, kind: str) -> None:
    assert cues(text, {Label.IMPACT})["effect"] == [kind]


@pytest.mark.parametrize(
    "text", ["If we drop the noon run we save £60k", "Would have saved real money. Sad", "So what fell because of it?"]
)
def test_a_condition_or_a_question_is_no_effect_where_the_line_holds_another(text: str) -> None:
    found = settled_cues(seen(f"Tickets fell from 90 to 40. {text}"), frozenset({Label.IMPACT}), None, ROSTER)
    assert [cue.start for cue in found if cue.kind == "effect"] == [0]


def test_without_the_label_there_is_no_effect() -> None:
    assert "effect" not in cues("Error rate fell from 9% to 4%", set())


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("Wrote the plan", "mine"),
        ("I wrote the plan", "mine"),
        ("We wrote the plan", "shared"),
        ("Wrote the plan with Lena", "shared"),
        ("The plan was written", "unsaid"),
    ],
)
def test_the_share_is_read_from_who_the_clause_names(text: str, share: str) -> None:
    assert cues(text, {Label.ACCOMPLISHMENT}, Status.DONE)["share"] == [share]


def test_what_the_manager_says_of_an_effect_is_vouched_for_by_the_manager() -> None:
    found = cues("tickets fell from 90 to 40", {Label.IMPACT}, author="Paul Okoro")
    assert found["voucher"] == ["Paul Okoro"]


def test_a_third_person_who_checked_it_vouches_for_it() -> None:
    assert cues("Bills are £900 a month lower, Lena checked it", {Label.IMPACT})["voucher"] == ["Lena Brandt"]


def test_the_owners_own_figure_has_no_voucher() -> None:
    assert "voucher" not in cues("tickets fell from 90 to 40", {Label.IMPACT})


def test_two_names_of_a_project_are_read_from_one_line() -> None:
    assert cues("Porch lights is now called Beacon", set())["alias"] == ["Porch lights => Beacon"]


def test_formerly_names_the_older_one_first() -> None:
    assert cues("Beacon, formerly Alerts 2.0", set())["alias"] == ["Alerts 2.0 => Beacon"]


def test_a_work_cue_that_says_another_state_than_the_status_is_dropped() -> None:
    assert cues("v2 live, still waiting for legal", {Label.BLOCKER}, Status.BLOCKED)["work"].count("done") == 0


def test_a_metric_outside_an_effect_is_no_metric_of_the_item() -> None:
    observation = seen("Error rate fell from 9% to 4%")
    assert settled_metrics(observation, ()) == ()
    assert len(settled_metrics(observation, settled_cues(observation, frozenset({Label.IMPACT}), None, ROSTER))) == 1


def test_an_accomplishment_is_done_where_nothing_else_is_said() -> None:
    probabilities = {"status=planned": 0.9, "has_status": 0.1}
    assert status_of(seen("the export"), frozenset({Label.ACCOMPLISHMENT}), probabilities, {}) is Status.DONE


@pytest.mark.parametrize(
    ("tag", "status"),
    [("Blocked", Status.BLOCKED), ("On hold", Status.DROPPED), ("WIP", Status.IN_PROGRESS), ("P1", None)],
)
def test_a_tag_states_the_status_outright(tag: str, status: Status | None) -> None:
    observation = observe([replace(item("Export of the ledger"), tags=(tag,))], ROSTER, build_reader())[0]
    assert tagged_status(observation) is status


def test_what_is_tagged_as_blocked_is_a_blocker() -> None:
    (found,) = label([replace(item("Export of the ledger"), tags=("Blocked",))], ROSTER, MODEL, ENCODER)
    assert (found.has(Label.BLOCKER), found.status) == (True, Status.BLOCKED)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Lena closed 40 tickets", " <person>  closed  <n>  tickets"),
        ("Relay: INFRA-212 merged", "<project> :  <ticket>  merged"),
    ],
)
def test_what_belongs_to_one_author_is_masked(text: str, masked: str) -> None:
    assert mask(text, frozenset({"lena"}), "Relay").split() == masked.split()


def test_the_id_stays_when_case_and_space_change_and_not_when_words_do() -> None:
    one = evidence_id(item("Shipped  the export"))
    assert one == evidence_id(item("shipped the export"))
    assert one != evidence_id(item("shipped the import"))


def test_the_same_line_twice_has_two_ids() -> None:
    first, second = label([item("Shipped it", line=1), item("Shipped it", line=2)], ROSTER, MODEL, ENCODER)
    assert (first.id, second.id) == (first.id, f"{first.id}-2")


def test_evidence_comes_in_the_order_of_the_items_with_reasons_and_probabilities() -> None:
    items = [item("Shipped the billing export", line=1), item("any news?", line=2)]
    found = label(items, ROSTER, MODEL, ENCODER)
    assert [one.item for one in found] == items
    assert all(set(one.confidence) == ALL for one in found)
    assert "ask.question" in found[1].why


def test_a_plain_accomplishment_and_a_question_are_told_apart() -> None:
    done, asked = label(
        [item("Shipped the billing export on Tuesday"), item("Should we ship the export?")], ROSTER, MODEL, ENCODER
    )
    assert (done.has(Label.ACCOMPLISHMENT), asked.has(Label.ACCOMPLISHMENT)) == (True, False)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(min_size=1, max_size=60), min_size=1, max_size=4))
def test_any_text_gets_a_vector_and_cues_inside_the_text(texts: list[str]) -> None:
    observations, vectors = look([item(text, line=number) for number, text in enumerate(texts, 1)], ROSTER)
    assert len(vectors) == len(texts)
    assert all(0 <= cue.start <= cue.end <= len(one.item.text) for one in observations for cue in one.cues)


def test_evidence_gives_back_the_words_of_a_cue() -> None:
    text = "Shipped it"
    evidence = Evidence(id="x", item=item(text), cues=(Cue("r", "work", "done", 0, 7),))
    assert evidence.words(evidence.cues[0]) == "Shipped"
    assert replace(evidence, cues=()).cues_of("work") == ()
