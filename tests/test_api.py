"""`analyzer.read`, `read_years` and `read_team`: what an analyst works with in a notebook."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import SHORT
from workshop_review import workshop

import analyzer
from analyzer import Year, tables
from analyzer.errors import AnalyzerError, NoMeetingError, UnknownKeyError, UnknownNameError
from analyzer.showing import without_formulas
from analyzer.verifying import verify_draft

HOSTILE = '<img src=x onerror=alert(1)>"&'


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada's notes of two years, Cleo's of one that do not say whose they are, a folder of nothing, and a loose file."""
    root = tmp_path_factory.mktemp("team")
    for name in ("Ada", "Cleo", "Nothing"):
        (root / name).mkdir()
    (root / "Ada" / "notes.md").write_text(SHORT, encoding="utf-8")
    (root / "Ada" / "earlier.md").write_text(
        "# 1:1 Ada Brandt / Bo Lindgren (manager)\n\n## 4 November 2024\n- Shipped the till report\n", encoding="utf-8"
    )
    (root / "Cleo" / "notes.md").write_text("## 3 June 2025\n- Fixed the scales in both shops\n", encoding="utf-8")
    (root / "loose.md").write_text("## 3 June 2025\n- whose?\n", encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def people(team: Path) -> analyzer.Team:
    return analyzer.read_team(team)


@pytest.fixture(scope="module")
def year(team: Path) -> Year:
    return analyzer.read(team / "Ada" / "notes.md")


@pytest.mark.parametrize("name", [name for name in tables.TABLES if name != "checks"])
def test_every_table_is_an_attribute_of_a_year_and_of_a_team(name: str, year: Year, people: analyzer.Team) -> None:
    assert tuple(getattr(year, name).columns) == tables.TABLES[name].names
    assert tuple(getattr(people, name).columns) == ("person", "year", *tables.TABLES[name].names)
    assert getattr(year, name) is getattr(year, name)


def test_what_is_to_be_asked_is_a_table_too(year: Year, people: analyzer.Team) -> None:
    assert tuple(year.check().columns) == tables.TABLES["checks"].names
    assert tuple(people.check().columns) == ("person", "year", *tables.TABLES["checks"].names)


def test_each_year_of_each_person_is_read_by_name(people: analyzer.Team) -> None:
    assert people.people == ("Ada Brandt", "Cleo")
    rows = people.meetings[["person", "year"]].drop_duplicates()
    assert [tuple(row) for row in rows.itertuples(index=False)] == [
        ("Ada Brandt", "2024"),
        ("Ada Brandt", "2025"),
        ("Cleo", "2025"),
    ]


def test_what_cannot_be_read_is_told_and_names_no_place_of_the_machine(people: analyzer.Team, team: Path) -> None:
    assert list(people.unread["person"]) == ["loose.md", "Nothing"]
    assert people.unread["reason"].str.contains("no report's folder|nothing to read").all()
    assert not people.unread["reason"].str.contains(str(team), regex=False).any()


def test_one_persons_year_can_be_had_from_a_team(people: analyzer.Team) -> None:
    assert people.year("Ada Brandt").review.start.year == 2025
    assert people.year("Ada Brandt", 2024).items["text"].tolist() == ["Shipped the till report"]


@pytest.mark.parametrize(("person", "name"), [("Ada", None), ("Ada Brandt", 1999)])
def test_a_person_or_year_that_is_not_there_is_an_error_with_the_nearest(
    person: str, name: int | None, people: analyzer.Team
) -> None:
    with pytest.raises(UnknownNameError, match=r"no (person|year) '"):
        people.year(person, name)


def test_two_people_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    for name in ("shop", "office"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "notes.md").write_text(SHORT, encoding="utf-8")
    assert analyzer.read_team(tmp_path).people == ("Ada Brandt (office)", "Ada Brandt (shop)")


def test_a_team_of_which_nothing_can_be_read_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "Bo").mkdir()
    with pytest.raises(AnalyzerError, match="nothing to read"):
        analyzer.read_team(tmp_path)


def test_several_years_of_one_person_are_one_table(team: Path) -> None:
    years = analyzer.read_years(team / "Ada")
    assert list(years.quarters["year"].cat.categories) == ["2024", "2025"]
    assert len(years.quarters) == 8
    assert years.quarters["quarter"].is_monotonic_increasing


def test_a_period_that_is_asked_for_is_the_only_one(team: Path) -> None:
    years = analyzer.read_years(team / "Ada", start="2025-01-01", end="2025-03-31")
    assert set(years.meetings["year"]) == {"2025-01-01 to 2025-03-31"}
    assert len(years.meetings) == 2


def test_a_fiscal_year_has_its_name(team: Path) -> None:
    years = analyzer.read_years(team / "Ada", fiscal_year_start=10)
    assert list(years.meetings["year"].unique()) == ["FY2025"]


def test_a_team_with_one_name_for_all_is_refused(team: Path) -> None:
    with pytest.raises(ValueError, match="me names one person"):
        analyzer.read_team(team, me="Ada")
    with pytest.raises(UnknownKeyError, match=r"analyzer\.read_team"):
        analyzer.read_team(team, yaer=2025)
    with pytest.raises(NoMeetingError):
        analyzer.read_years(team / "Ada", year=1999)


# --- drafts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["self-review", "effort-impact", "scan", "one-field"])
def test_a_draft_is_text_that_a_notebook_shows_and_verify_accepts(
    name: str, short: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(short.parent)
    draft = analyzer.read(short.name).draft(name)
    text = str(draft)
    assert draft._repr_markdown_() == without_formulas(text)
    assert f"({short.name}#L" in text or f"]: {short.name}#L" in text
    assert name in repr(draft)
    Path("draft.md").write_text(text, encoding="utf-8")
    assert verify_draft(
        Path("draft.md"), None, load_lines=lambda path: path.read_text(encoding="utf-8").splitlines()
    ).holds


def test_a_part_of_a_draft_is_that_section_with_what_is_under_it() -> None:
    draft = Year(workshop()).draft("self-review")
    part = draft.part("Feedback")
    assert part.parts[0] == "Feedback"
    assert len(part.parts) > 1
    assert str(part).startswith("## Feedback\n")
    assert all(line in str(draft) for line in str(part).splitlines() if line.startswith("- "))


def test_a_draft_or_part_that_is_not_there_is_an_error_with_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean 'self-review'"):
        Year(workshop()).draft("selfreview")
    with pytest.raises(UnknownNameError, match="did you mean 'Highlights'"):
        Year(workshop()).draft().part("Highlight")


def test_a_form_of_ones_own_is_filled_in_by_its_path(tmp_path: Path) -> None:
    from analyzer.forms import form_text

    (tmp_path / "mine.toml").write_text(form_text("one-field"), encoding="utf-8")
    assert str(Year(workshop()).draft(str(tmp_path / "mine.toml"))) == str(Year(workshop()).draft("one-field"))


# --- as a notebook shows them ---------------------------------------------------------------------


def test_a_year_is_shown_short_and_with_words_of_the_notes_escaped() -> None:
    from dataclasses import replace

    shown = Year(replace(workshop(), subject=HOSTILE * 30))._repr_html_()
    assert "<img" not in shown
    assert "&lt;img src=x" in shown
    assert len(shown) < 3000


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("from $40 to $25", r"from <span>\$</span>40 to <span>\$</span>25"),
        (r"already \$5", r"already <span>\$</span>5"),
        (r"\\begin{align} \\(x\\)", r"\\<span></span>begin{align} \\<span></span>(x\\<span></span>)"),
        (r"\*no emphasis\* \[14 Apr\]", r"\*no emphasis\* \[14 Apr\]"),
        ("`$x` costs $5", r"`$x` costs <span>\$</span>5"),
        ("```text\n$40\n```\n$5", "```text\n$40\n```\n<span>\\$</span>5"),
        ("nothing of it", "nothing of it"),
    ],
)
def test_a_notebook_finds_no_formula_in_a_draft(text: str, shown: str) -> None:
    assert without_formulas(text) == shown


def test_the_cards_are_not_looked_through_for_formulas(people: analyzer.Team) -> None:
    for shown in (Year(workshop())._repr_html_(), people._repr_html_()):
        assert shown.startswith('<div class="tex2jax_ignore">')


def test_a_team_is_shown_short_with_what_was_not_read(people: analyzer.Team) -> None:
    shown = people._repr_html_()
    assert "Ada Brandt" in shown
    assert "not read: loose.md" in shown
    many = analyzer.Team([], [(HOSTILE, HOSTILE * 20)] * 500)._repr_html_()
    assert "<img" not in many
    assert "and 488 more" in many
    assert len(many) < 12000


def test_a_year_and_a_team_say_who_they_are_of(year: Year, people: analyzer.Team) -> None:
    assert repr(year) == "<Year of Ada Brandt, 2025-01-01 up to 2026-01-01: 3 meetings>"
    assert repr(people) == "<Team: Ada Brandt 2024, Ada Brandt 2025, Cleo 2025; 2 not read>"
