"""Verifying: what stands in the notes holds, what was changed in the notes or in the draft is named."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from workshop_review import NOTES, workshop

from analyzer.drafting import draft_effort_impact, draft_self_review
from analyzer.errors import BadFileError, NotesNotFoundError
from analyzer.fingerprint import fingerprint
from analyzer.rendering import render_markdown
from analyzer.verifying import Verification, verify_draft


def load(path: Path) -> Sequence[str]:
    """Read a file into lines."""
    return path.read_text(encoding="utf-8").splitlines()


def check(folder: Path, *, notes: str = NOTES, draft: str | None = None) -> Verification:
    """Write notes and a draft of them, and verify it."""
    (folder / "talks.md").write_text(notes, encoding="utf-8")
    text = render_markdown(draft_self_review(workshop())) if draft is None else draft
    (folder / "self-review.md").write_text(text, encoding="utf-8")
    return verify_draft(folder / "self-review.md", load_lines=load)


def draft_with(sentence: str) -> str:
    """Return a small draft that holds one bullet."""
    return (
        "# Self-review 2025\n\nMira Solberg · manager Owen Tait · 1 January to 31 December 2025\n\n"
        "## Highlights\n\n"
        f"- {sentence}\n\n"
        "[12 Aug, l. 10]: talks.md#L10\n[12 Aug, l. 11]: talks.md#L11\n[11 Mar, l. 20]: talks.md#L20\n"
        "[11 Mar, l. 21]: talks.md#L21\n[11 Mar, l. 22]: talks.md#L22\n[11 Nov, l. 6]: talks.md#L6\n"
    )


@pytest.mark.parametrize("by", ["project", "quarter"])
def test_every_sentence_of_an_untouched_draft_holds(tmp_path: Path, by: str) -> None:
    result = check(tmp_path, draft=render_markdown(draft_self_review(workshop(), by=by)))
    assert list(result.report())[-1].endswith("all of it holds")
    assert result.holds
    assert result.sentences > 15


def test_every_figure_of_an_untouched_summary_holds(tmp_path: Path) -> None:
    result = check(tmp_path, draft=render_markdown(draft_effort_impact(workshop())))
    assert (result.failures, result.uncited) == ((), ())


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("310 bookings", "301 bookings", 6),
        ("Jonas from sales", "Petra from sales", 6),
        ("in all 6 shops", "in two shops", 10),
        ("we moved", "we never moved", 11),
        ("asked on 2/5", "asked on 12/5", 15),
        ("ETA 1/8", "ETA 1/9", 16),
        ("too thin", "fine", 17),
        ("present the theft numbers", "forget the theft numbers", 20),
        ("because of it", "in spite of it", 21),
        ("about 5 min", "about 15 min", 22),
        ("one shop on my own", "two shops on my own", 24),
    ],
)
def test_a_changed_note_fails_with_its_line_named(tmp_path: Path, old: str, new: str, line: int) -> None:
    result = check(tmp_path, notes=NOTES.replace(old, new, 1))
    assert {failure.note_line for failure in result.failures} == {line}
    assert {failure.note for failure in result.failures} == {"talks.md"}


def test_an_inserted_line_is_found_and_said_where_the_words_stand_now(tmp_path: Path) -> None:
    result = check(tmp_path, notes="One more line\n" + NOTES)
    assert any("it now stands in line 22" in failure.reason for failure in result.failures)


def test_a_note_that_lost_its_end_says_how_many_lines_there_are(tmp_path: Path) -> None:
    result = check(tmp_path, notes="\n".join(NOTES.splitlines()[:20]))
    assert "talks.md has 20 lines and no line 21" in [failure.reason for failure in result.failures]


def test_notes_that_cannot_be_opened_are_one_line_at_the_top(tmp_path: Path) -> None:
    check(tmp_path)
    (tmp_path / "talks.md").unlink()
    result = verify_draft(tmp_path / "self-review.md", load_lines=load)
    first, last = result.report()
    assert f"talks.md cannot be opened, and {result.citations} citations lead to it" in first
    assert last.endswith("not all of it could be checked")
    assert not result.holds


def test_what_cites_another_file_is_checked_beside_one_that_cannot_be_opened(tmp_path: Path) -> None:
    draft = draft_with("Rental app is live in all 9 shops. [12 Aug, l. 10]") + "[pinned, l. 1]: gone.md#L1\n"
    result = check(tmp_path, draft=draft + "\n- Was in there. [pinned, l. 1]\n")
    assert (result.unopened, [one.line for one in result.failures]) == ((("gone.md", 1),), [7])


@pytest.mark.parametrize("given", ["../notes", "../../above/notes", "../notes/talks.md"])
def test_the_way_to_the_notes_may_lead_up(tmp_path: Path, given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    inside = tmp_path / "above" / "here"
    for folder in (inside, tmp_path / "above" / "notes"):
        folder.mkdir(parents=True)
    check(tmp_path / "above" / "notes")
    (tmp_path / "above" / "notes" / "self-review.md").rename(inside / "draft.md")
    monkeypatch.chdir(inside)
    assert verify_draft(Path("draft.md"), [Path(given)], load_lines=load).holds


def test_a_link_does_not_lead_out_of_the_notes_that_are_given(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    draft = "- Moved it. [pinned, l. 1]\n\n[pinned, l. 1]: ../up/talks.md#L1\n"
    (tmp_path / "draft.md").write_text(draft, encoding="utf-8")
    (tmp_path / "up").mkdir()
    (tmp_path / "up" / "talks.md").write_text("- Moved it.\n", encoding="utf-8")
    assert verify_draft(tmp_path / "draft.md", [tmp_path / "notes"], load_lines=load).unopened == (
        ("../up/talks.md", 1),
    )


def test_notes_that_are_not_there_are_a_clear_error(tmp_path: Path) -> None:
    check(tmp_path)
    with pytest.raises(NotesNotFoundError, match="nowhere"):
        verify_draft(tmp_path / "self-review.md", [tmp_path / "nowhere"], load_lines=load)


def test_a_draft_that_is_no_text_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "bin.md").write_bytes(bytes(range(256)))
    with pytest.raises(BadFileError, match=r"bin\.md: not a draft: it is no text in UTF-8"):
        verify_draft(tmp_path / "bin.md", load_lines=load)


def test_a_folder_in_the_place_of_a_draft_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(BadFileError, match=r"it is a folder; give a draft in it, such as .*self-review\.md"):
        verify_draft(tmp_path, load_lines=load)


def test_a_moved_draft_is_checked_against_the_notes_that_are_given(tmp_path: Path) -> None:
    check(tmp_path)
    moved = tmp_path / "elsewhere" / "draft.md"
    moved.parent.mkdir()
    (tmp_path / "self-review.md").rename(moved)
    assert not verify_draft(moved, load_lines=load).holds
    assert verify_draft(moved, [tmp_path], load_lines=load).holds
    assert verify_draft(moved, [tmp_path / "talks.md"], load_lines=load).holds


@pytest.mark.parametrize(
    "sentence",
    [
        "We moved the parts wall with Kofi's crew. [12 Aug, l. 11]",
        'Owen: "the owners paid for a yard camera because of it". [11 Mar, l. 21]',
        "Presented the theft numbers to the owners: most bikes go missing from the yard. [11 Mar, l. 20]",
        "Rental app is live in all 6 shops, 21 staff trained. [12 Aug, l. 10]",
        "Parts wall: done in the notes of 12 August. [12 Aug, l. 11]",
    ],
)
def test_a_sentence_that_stands_in_its_line_holds(tmp_path: Path, sentence: str) -> None:
    assert check(tmp_path, draft=draft_with(sentence)).failures == () or "Parts wall:" in sentence


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Rental app is live in all 9 shops. [12 Aug, l. 10]", '"9" stands in no cited line'),
        ("We moved the parts wall with Jonas's crew. [12 Aug, l. 11]", "jonas's"),
        ("Saved £9,000 with Kofi's crew. [12 Aug, l. 11]", "£9,000"),
        ('Owen: "the owners bought two yard cameras". [11 Mar, l. 21]', "does not stand in the cited line"),
        ("Moved the parts wall with Kofi's crew we. [12 Aug, l. 11]", "not in this order"),
        ("We moved the parts wall. [13 Aug, l. 11]", "has no link definition"),
        ("Done in the notes of 30 August. [12 Aug, l. 11]", "30 August"),
    ],
)
def test_a_sentence_that_does_not_stand_fails_with_the_reason(tmp_path: Path, sentence: str, reason: str) -> None:
    failures = check(tmp_path, draft=draft_with(sentence)).failures
    assert reason in " / ".join(failure.reason for failure in failures)
    assert failures[0].line == 7


def test_a_sentence_without_a_citation_is_reported(tmp_path: Path) -> None:
    result = check(tmp_path, draft=draft_with("Tripled the revenue of the whole chain."))
    assert [one.reason for one in result.uncited] == ["no citation"]
    assert not result.holds


def test_a_sentence_below_the_links_belongs_to_no_part_and_needs_a_citation(tmp_path: Path) -> None:
    draft = (
        render_markdown(draft_self_review(workshop())).rstrip("\n") + "\n\nTripled the revenue of the whole chain.\n"
    )
    assert [one.reason for one in check(tmp_path, draft=draft).uncited] == ["no citation"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("blocked since 2 May", "blocked since 9 May", "9 May"),
        ("2 are mine, 1 is shared", "4 are mine, 1 is shared", "add up"),
        ("(90 days)", "(80 days)", "80 days"),
        ("question 1.", "question 9.", "question 9"),
    ],
)
def test_a_derived_figure_is_computed_again(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = render_markdown(draft_self_review(workshop()))
    assert old in text
    result = check(tmp_path, draft=text.replace(old, new))
    assert reason in " / ".join(failure.reason for failure in (*result.failures, *result.uncited))


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("**Effort 10** = 6 for time", "**Effort 10** = 5 for time", "do not add up to 10"),
        ("23 weeks active", "40 weeks active", "40 weeks active"),
        ("| 10, much |", "| 12, much |", "12 in the table, 10 in the project's section"),
        ("2 finished pieces", "3 finished pieces", "3 finished pieces"),
    ],
)
def test_a_sum_and_a_count_are_computed_again(tmp_path: Path, old: str, new: str, reason: str) -> None:
    text = render_markdown(draft_effort_impact(workshop()))
    assert old in text
    result = check(tmp_path, draft=text.replace(old, new, 1))
    assert reason in " / ".join(failure.reason for failure in result.failures)


def test_a_quote_in_the_questions_is_checked_and_their_own_words_are_free(tmp_path: Path) -> None:
    text = render_markdown(draft_self_review(workshop()))
    assert check(tmp_path, draft=text.replace("Is something missing?", "Were you away, or on the coast?")).holds
    assert not check(tmp_path, draft=text.replace('"we moved the parts wall', '"we sold the parts wall')).holds


def test_a_draft_that_is_not_there_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(NotesNotFoundError):
        verify_draft(tmp_path / "nothing.md", load_lines=load)


def test_an_empty_draft_holds_nothing_and_fails_nothing(tmp_path: Path) -> None:
    result = check(tmp_path, draft="")
    assert (result.sentences, result.citations, result.holds) == (0, 0, True)


def _with_fingerprints(folder: Path, notes: Sequence[str]) -> Verification:
    """Verify a draft that cites two lines of notes which have since become others."""
    words = ["- shipped the export", "- lunch", "- fixed the importer"]
    first, last = fingerprint(words[:1]), fingerprint(words[2:])
    (folder / "draft.md").write_text(
        "# D\n\n- Shipped the export. [03 Mar, l. 1]\n- Fixed the importer. [03 Mar, l. 3]\n\n"
        f'[03 Mar, l. 1]: notes.md#L1 "{first}"\n[03 Mar, l. 3]: notes.md#L3 "{last}"\n',
        encoding="utf-8",
    )
    (folder / "notes.md").write_text("\n".join(notes), encoding="utf-8")
    return verify_draft(folder / "draft.md", load_lines=load)


@pytest.mark.parametrize(
    ("notes", "moved"),
    [
        (["- new", "- shipped the export", "- lunch", "- fixed the importer"], "2 cited lines stand elsewhere now"),
        (["- shipped the export", "- fixed the importer"], "1 cited line stands elsewhere now"),
    ],
)
def test_lines_that_moved_are_one_line_and_still_fail(tmp_path: Path, notes: list[str], moved: str) -> None:
    result = _with_fingerprints(tmp_path, notes)
    first, last = result.report()
    assert moved in first
    assert "run `analyzer review` again" in first
    assert last.endswith("the words hold, the line numbers do not")
    assert not result.holds


def test_a_line_that_changed_is_named_beside_those_that_moved(tmp_path: Path) -> None:
    result = _with_fingerprints(tmp_path, ["- new", "- shipped the export", "- lunch", "- broke the importer"])
    assert result.moved == 1
    assert {one.note_line for one in result.failures} == {3}
    assert "the cited line has changed since the draft was written" in [one.reason for one in result.failures]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Rental app is live in all 9 shops. [12 Aug, l. 10]", "figure"),
        ("We moved the parts wall with Jonas. [12 Aug, l. 11]", "name"),
        ('Owen: "the owners bought two yard cameras". [11 Mar, l. 21]', "quote"),
        ("We moved the parts wall. [13 Aug, l. 11]", "citation"),
        ("We happily moved the parts wall. [12 Aug, l. 11]", "words"),
        ("Tripled the revenue.", "uncited"),
    ],
)
def test_an_edited_sentence_is_told_what_is_wrong_with_it(tmp_path: Path, sentence: str, kind: str) -> None:
    result = check(tmp_path, draft=draft_with(sentence))
    assert [one.kind for one in (*result.failures, *result.uncited)] == [kind]


def test_a_sentence_without_citation_is_told_where_it_stands(tmp_path: Path) -> None:
    found = check(tmp_path, draft=draft_with("We moved the parts wall with Kofi's crew.")).uncited[0]
    assert (found.reason, found.note, found.note_line) == ("no citation, but it stands in the notes", "talks.md", 11)


def test_a_sentence_without_citation_is_told_which_figure_stands_nowhere(tmp_path: Path) -> None:
    found = check(tmp_path, draft=draft_with("Saved £77,000 over the year.")).uncited[0]
    assert found.reason == 'no citation, and "£77,000" stands nowhere in the notes'


def test_the_report_ends_with_how_many_there_are_of_each_kind(tmp_path: Path) -> None:
    draft = draft_with("Rental app is live in all 9 shops. [12 Aug, l. 10] Tripled the revenue.")
    last = list(check(tmp_path, draft=draft).report())[-1]
    assert last.endswith("(1 with a figure or date that the notes do not give, 1 without a citation)")


def test_a_figure_in_another_spelling_of_the_same_value_holds(tmp_path: Path) -> None:
    notes = NOTES.replace("310 bookings", "1,310.50 bookings")
    draft = draft_with("**Effort 1** = 1 for size, from 190 to 1310.5 [11 Nov, l. 6].")
    assert check(tmp_path, notes=notes, draft=draft).failures == ()


def test_what_is_left_out_counts_as_listed(tmp_path: Path) -> None:
    text = (
        "# Self-review 2025\n\n## The year in short\n\nOutside the projects: 3 more, listed below.\n\n"
        "## By project\n\n### Outside the projects\n\n- We moved the parts wall with Kofi's crew. [12 Aug, l. 11]\n"
        "- And {more} more finished pieces, listed in `evidence.csv`.\n\n[12 Aug, l. 11]: talks.md#L11\n"
    )
    assert check(tmp_path, draft=text.format(more=2)).holds
    assert not check(tmp_path, draft=text.format(more=5)).holds


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("refreshed for v16, 41 lamps green", True),
        ("refreshed for v16, 44 41 lamps green", True),
        ("refreshed for v16, 40 lamps green", False),
    ],
)
def test_words_that_were_struck_out_do_not_part_a_quotation(quote: str, *, there: bool) -> None:
    from analyzer.drafting.words import stands

    assert stands(quote, ["- refreshed for v16, ~~44~~ 41 lamps green"]) is there
