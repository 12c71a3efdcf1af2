"""`analyzer scan` as its user meets it: files of one report, and a folder of reports with a table that orders nobody."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import SHORT, Command

from analyzer.drafting import Row, Unread, draft_team
from analyzer.rendering import render_markdown
from analyzer.scanning import _page_name

OTHER = """\
# 1:1 Zeno Marsh / Bo Lindgren (manager), 2025

## 4 March 2025
- Moved the archive to the new cellar
- Bo: the cellar plan was sharp

## 18 March 2025
- finding a file in the cellar takes 2 min, it was 15 min
- What would it take to become archivist?
"""


def row(name: str, **more: object) -> Row:
    """Make a row of the table."""
    values: dict[str, object] = {
        "page": "scan-x.md", "period": "2025", "meetings": 3, "gaps": 0, "longest_gap": 0, "open_promises": 1,
        "weeks_since_career": 2, "feedback": 4,
    }  # fmt: skip
    return Row(name=name, **{**values, **more})  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two reports, one that cannot be read, one link to another's notes, and a stray file."""
    root = tmp_path_factory.mktemp("team")
    for name, text in (("zeno", OTHER), ("Ada", SHORT), ("Undated", "hello there\n")):
        (root / name).mkdir()
        (root / name / "notes.md").write_text(text, encoding="utf-8")
    (root / "Copy").symlink_to(root / "Ada", target_is_directory=True)
    (root / "stray.md").write_text(SHORT, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def written(team: Path, command: Command, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the team."""
    out = tmp_path_factory.mktemp("out") / "pages"
    assert command("scan", "--team", team, "-o", out).code == 0
    return out


def test_one_reports_notes_become_one_page_that_holds(tmp_path: Path, command: Command) -> None:
    (tmp_path / "notes.md").write_text(SHORT, encoding="utf-8")
    assert command("scan", tmp_path / "notes.md", "-o", tmp_path / "out").code == 0
    page = tmp_path / "out" / "scan.md"
    assert page.read_text(encoding="utf-8").startswith("# Ada Brandt 2025: one page for Bo Lindgren\n")
    assert page.stat().st_mode & 0o777 == 0o600
    assert command("verify", page).code == 0


def test_a_page_that_was_edited_is_left_alone_and_the_same_notes_give_the_same_bytes(
    tmp_path: Path, command: Command
) -> None:
    (tmp_path / "notes.md").write_text(SHORT, encoding="utf-8")
    page = tmp_path / "out" / "scan.md"
    command("scan", tmp_path / "notes.md", "-o", tmp_path / "out")
    before = page.read_text(encoding="utf-8")
    page.write_text(before + "mine\n", encoding="utf-8")
    ran = command("scan", tmp_path / "notes.md", "-o", tmp_path / "out")
    assert page.read_text(encoding="utf-8").endswith("mine\n")
    assert "was edited" in ran.out
    assert (tmp_path / "out" / "scan.new.md").read_text(encoding="utf-8") == before


def test_each_report_gets_a_page_and_holds_nothing_of_another(written: Path) -> None:
    assert sorted(path.name for path in written.glob("*.md")) == ["scan-ada.md", "scan-zeno.md", "team.md"]
    ada, zeno = ((written / f"scan-{name}.md").read_text(encoding="utf-8") for name in ("ada", "zeno"))
    assert "stock counter" in ada
    assert "cellar" in zeno
    assert not [word for word in ("cellar", "Zeno", "archiv", "zeno") if word in ada]
    assert not [word for word in ("stock counter", "Ada", "printer") if word in zeno]


def test_the_table_is_by_name_and_names_what_could_not_be_read(written: Path, command: Command) -> None:
    table = (written / "team.md").read_text(encoding="utf-8")
    assert table.index("| Ada Brandt |") < table.index("| Zeno Marsh |")
    for line in (
        "**Undated.** no meeting in the notes",
        "**stray.md.** not read: it is in no report's folder",
        "**Copy.** not read: it is a link",
    ):
        assert line in table
    assert all(command("verify", path).code == 0 for path in written.glob("*.md"))


def test_notes_that_cannot_be_read_end_a_strict_run_with_1(team: Path, tmp_path: Path, command: Command) -> None:
    assert command("scan", "--team", team, "-o", tmp_path / "o", "--strict").code == 1


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(lambda _: (), id="neither notes nor a team"),
        pytest.param(lambda team: (team / "Ada", "--team", team), id="both"),
        pytest.param(lambda team: ("--team", team, "--me", "Ada"), id="one name for a team"),
        pytest.param(lambda team: ("--team", team / "nowhere"), id="no such folder"),
        pytest.param(lambda team: ("--team", team / "Undated"), id="nobody in it"),
    ],
)
def test_a_wrong_call_writes_nothing(
    arguments: Callable[[Path], tuple[object, ...]], team: Path, tmp_path: Path, command: Command
) -> None:
    assert command("scan", *arguments(team), "-o", tmp_path / "o").code == 2
    assert not (tmp_path / "o").exists()


def test_the_rows_come_by_name_whatever_their_figures_are() -> None:
    rows = [row("Zoe", feedback=9, meetings=40), row("ada", open_promises=9), row("Mo", weeks_since_career=None)]
    table = render_markdown(draft_team(rows, [Unread(name="Bo", reason="nothing to read")]))
    assert [table.index(name) for name in ("| ada |", "| Mo |", "| Zoe |")] == sorted(
        table.index(name) for name in ("| ada |", "| Mo |", "| Zoe |")
    )
    assert "| Mo | 3 | 0 | 0 | 1 | no line | 4 |" in table
    assert render_markdown(draft_team(rows[::-1], [])) == render_markdown(draft_team(rows, []))


def test_a_name_cannot_break_out_of_its_cell() -> None:
    table = render_markdown(draft_team([row("A|B <b>x</b>")], []))
    assert "| A\\|B \\<b>x\\</b> | 3 |" in table


@pytest.mark.parametrize(
    ("name", "taken", "page"),
    [
        ("Ines", [], "scan-ines.md"),
        ("INES", ["scan-ines.md"], "scan-ines-2.md"),
        ("Noor Haddad", [], "scan-noor-haddad.md"),
        ("../x", [], "scan-x.md"),
        ("…", [], "scan-report.md"),
    ],
)
def test_each_page_has_a_file_name_of_its_own(name: str, taken: list[str], page: str) -> None:
    assert _page_name(name, dict.fromkeys(taken, "")) == page
