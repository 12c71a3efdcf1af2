"""Citations: labels that a reader can follow, links that open."""

from __future__ import annotations

from review_builder import line, review

from analyzer.drafting.cite import Links, citer


def label(*lines: tuple[str, str | None, int, str], at: int = 0, links: Links = None) -> tuple[str, str]:
    """Cite one of several lines given as (id, date, line, path)."""
    made = [line(ref, when, number, "text", path=path) for ref, when, number, path in lines]
    found = citer(review(made), links).cite(made[at])
    return found.label, found.target


def test_a_label_gives_day_and_line() -> None:
    assert label(("a", "03-03", 212, "talks.md")) == ("03 Mar, l. 212", "talks.md#L212")


def test_a_pinned_line_has_no_day() -> None:
    assert label(("a", None, 3, "talks.md"))[0] == "pinned, l. 3"


def test_the_year_is_given_where_the_notes_span_several() -> None:
    lines = [("a", "2024-12-30", 9, "talks.md"), ("b", "2025-01-14", 2, "talks.md")]
    assert label(*lines)[0] == "30 Dec 2024, l. 9"


def test_the_day_alone_tells_the_file_where_each_meeting_is_a_file() -> None:
    lines = [("a", "01-14", 5, "2025-01-14.md"), ("b", "01-28", 5, "2025-01-28.md")]
    assert label(*lines) == ("14 Jan, l. 5", "2025-01-14.md#L5")


def test_the_file_is_named_where_two_files_share_a_day() -> None:
    lines = [("a", "01-14", 5, "mira/talks.md"), ("b", "01-14", 5, "kofi/talks.md")]
    assert label(*lines)[0] == "14 Jan, mira/talks.md, l. 5"
    assert label(*lines, at=1)[0] == "14 Jan, kofi/talks.md, l. 5"


def test_a_link_is_relative_to_the_output_folder_and_percent_encoded() -> None:
    assert (
        label(
            ("a", "01-14", 5, "my notes/14 Jan (Ana).md"),
            links={"my notes/14 Jan (Ana).md": "../my notes/14 Jan (Ana).md"},
        )[1]
        == "../my%20notes/14%20Jan%20%28Ana%29.md#L5"
    )


def test_brackets_in_a_file_name_cannot_end_the_label() -> None:
    lines = [("a", "01-14", 5, "a [old].md"), ("b", "01-14", 5, "b.md")]
    assert label(*lines)[0] == "14 Jan, a (old).md, l. 5"


def test_several_lines_are_cited_with_both_ends() -> None:
    made = line("a", "03-03", 7, "text", end=9)
    found = citer(review([made])).cite(made)
    assert (found.label, found.target) == ("03 Mar, l. 7-9", "talks.md#L7-L9")
