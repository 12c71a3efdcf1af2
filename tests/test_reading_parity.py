"""The same meetings in every format that can be written here: the same items, dates and sections have to come out of each."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import openpyxl
import pypandoc
import pytest
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Flowable, ListFlowable, Paragraph, SimpleDocTemplate

from analyzer.intake import read_items
from analyzer.records import Item
from analyzer.settings import Settings

NOTES = """# 1:1 Ottilie Brandt / Marek Sole

## 3 March 2025

### Wins

- Moved the seed orders to the new supplier
    - first pallet came on Tuesday
    - two varieties are still missing
- Greenhouse 4: heating repaired, gas use down from 310 to 240 units a week

### Blockers

- Waiting for the fire inspector since January

### Action items

- [ ] Ottilie: write the watering rota
- [x] Marek: ask the landlord about the gate

## 17 March 2025

### Feedback

Marek said the spring plan was the clearest he has had.

### Goals

- By June every apprentice can run the propagation bench alone

### Notes

- the van failed its test again
"""

_Writer = Callable[[Path], Path]


def _pandoc(suffix: str, to: str) -> _Writer:
    def write(folder: Path) -> Path:
        path = folder / f"notes{suffix}"
        pypandoc.convert_text(NOTES, to, format="gfm", outputfile=str(path), extra_args=["--standalone"])
        return path

    return write


def _markdown(folder: Path) -> Path:
    path = folder / "notes.md"
    path.write_text(NOTES, encoding="utf-8")
    return path


def _plain(folder: Path) -> Path:
    """Write text without any mark-up: headings are lines of their own, bullets are typed."""
    lines = [line.lstrip("#").strip() if line.startswith("#") else line for line in NOTES.split("\n")]
    path = folder / "notes.txt"
    path.write_text("\n".join(lines), encoding="utf-16")
    return path


def _zip(folder: Path) -> Path:
    path = folder / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("export/notes.md", NOTES)
        archive.writestr("__MACOSX/export/._notes.md", b"\x00\x05\x16\x07")
    return path


WRITERS: dict[str, _Writer] = {
    "Markdown": _markdown,
    "plain text": _plain,
    "Word": _pandoc(".docx", "docx"),
    "OpenDocument": _pandoc(".odt", "odt"),
    "HTML": _pandoc(".html", "html"),
    "org": _pandoc(".org", "org"),
    "reStructuredText": _pandoc(".rst", "rst"),
    "RTF": _pandoc(".rtf", "rtf"),
    "ZIP": _zip,
}


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    return _seen(_markdown(tmp_path_factory.mktemp("notes")))


def test_the_yardstick_is_what_a_person_reads(wanted: list[tuple[object, ...]]) -> None:
    days = [str(day) for day, *_ in wanted]
    assert days == ["2025-03-03"] * 7 + ["2025-03-17"] * 3
    assert [section for _, section, *_ in wanted] == [
        *["wins"] * 4, "blockers", "actions", "actions", "feedback", "goals", "notes",
    ]  # fmt: skip


@pytest.mark.parametrize("name", WRITERS)
def test_a_format_gives_the_same_items_as_markdown(name: str, wanted: list[tuple[object, ...]], tmp_path: Path) -> None:
    assert _seen(WRITERS[name](tmp_path)) == wanted


@pytest.mark.parametrize("name", sorted(set(WRITERS) - {"Markdown", "plain text", "org", "reStructuredText", "ZIP"}))
def test_a_format_without_lines_says_where_each_item_stands(name: str, tmp_path: Path) -> None:
    _, items, _ = read_items([WRITERS[name](tmp_path)], Settings())
    places = [item.source.locator for item in items]
    assert all(places)
    assert len(set(places)) == len(places)


FLAT = (
    ("2025-03-03", "Wins", "Moved the seed orders to the new supplier"),
    ("2025-03-03", "Wins", "Heating repaired, gas use down from 310 to 240 units a week"),
    ("2025-03-03", "Blockers", "Waiting for the fire inspector since January"),
    ("2025-03-17", "Feedback", "Marek: the spring plan was the clearest so far"),
    ("2025-03-17", "Notes", "the van failed its test again"),
)
"""What a log in rows can hold: no nesting, no check boxes."""


def _flat_markdown(folder: Path) -> Path:
    path = folder / "notes.md"
    lines = ["# 1:1 Ottilie Brandt / Marek Sole", ""]
    for number, (day, section, words) in enumerate(FLAT):
        lines += [f"## {day}"] * (number == 0 or day != FLAT[number - 1][0])
        lines += [f"### {section}"] * (number == 0 or (day, section) != FLAT[number - 1][:2])
        lines.append(f"- {words}")
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def _csv(folder: Path) -> Path:
    path = folder / "1on1 Ottilie Brandt - Marek Sole.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([("Date", "Section", "Note"), *FLAT])
    return path


def _xlsx(folder: Path) -> Path:
    path = folder / "1on1 Ottilie Brandt - Marek Sole.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [("Date", "Section", "Note"), *((date.fromisoformat(day), *rest) for day, *rest in FLAT)]:
        sheet.append(row)
    book.save(path)
    return path


def _pdf(folder: Path) -> Path:
    path = folder / "notes.pdf"
    styles = getSampleStyleSheet()
    story: list[Flowable] = [Paragraph("1:1 Ottilie Brandt / Marek Sole", styles["Title"])]
    for number, (day, section, words) in enumerate(FLAT):
        if number == 0 or day != FLAT[number - 1][0]:
            story.append(Paragraph(day, styles["Heading1"]))
        if number == 0 or (day, section) != FLAT[number - 1][:2]:
            story.append(Paragraph(section, styles["Heading2"]))
        story.append(ListFlowable([Paragraph(words, styles["BodyText"])], bulletType="bullet"))
    SimpleDocTemplate(str(path)).build(story)
    return path


@pytest.mark.parametrize("write", [_csv, _xlsx, _pdf], ids=["CSV", "XLSX", "PDF"])
def test_a_log_in_rows_or_on_pages_gives_the_same_items_as_markdown(write: _Writer, tmp_path: Path) -> None:
    wanted = _seen(_flat_markdown(tmp_path))
    assert len(wanted) == len(FLAT)
    assert _seen(write(tmp_path)) == wanted


def _seen(path: Path) -> list[tuple[object, ...]]:
    _, items, _ = read_items([path], Settings())
    return [_said(item) for item in items]


def _said(item: Item) -> tuple[object, ...]:
    return item.date, item.section, item.text, item.author, item.depth, item.checked, item.prefix
