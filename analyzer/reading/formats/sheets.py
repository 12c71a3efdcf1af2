"""Logs kept in a table, a row an entry: CSV, TSV and XLSX.

Each row is written as notes would say it (`analyzer.reading.columns`): a heading with the date for each run of rows of one
date, a sub-heading where a column names the kind of entry, and an item. Rows keep the order of the file.
"""

from __future__ import annotations

import csv
import io
import warnings
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from zipfile import BadZipFile, ZipFile

from analyzer.reading.logs import write_log
from analyzer.reading.opening import refuse_size
from analyzer.reading.repair import repair_text, why_not_text
from analyzer.reading.text import Outline, Text, UnreadableError

MOST_ROWS = 50_000
_LARGEST_TABLE = 10 * 1024 * 1024
"""Characters of all cells of a table."""
MOST_CELLS = 100
MOST_SHEETS = 60
_LARGEST_INSIDE = 150 * 1024 * 1024
"""Bytes of a workbook unpacked; a log of 50,000 rows has about 20 million."""
_OLE = b"\xd0\xcf\x11\xe0"
_PROBE_ROWS = 40
_LONGEST_RECORD = 200
"""Lines of one record; a longer one is a quotation mark that somebody forgot to close."""
_DELIMITERS = ",;\t|"


def read_csv(data: bytes) -> Text:
    """Read a log with values separated by commas, semicolons or tabs.

    Args:
        data: the file.

    Returns:
        A dated heading for each run of one date, and an item for each row; places are "row N".

    Raises:
        UnreadableError: no text, or no row in it.
    """
    return _read_separated(data, _DELIMITERS)


def read_tsv(data: bytes) -> Text:
    """Read a log with values separated by tabs; see `read_csv`."""
    return _read_separated(data, "\t" if b"\t" in data[:100_000].replace(b"\x00", b"") else _DELIMITERS)


def _read_separated(data: bytes, delimiters: str) -> Text:
    reason = why_not_text(data)
    if reason:
        raise UnreadableError(reason)
    text, repairs = repair_text(data)
    out = Outline(repairs=list(repairs))
    if text[:4].lower() == "sep=" and text[4:5] in _DELIMITERS and text[5:6] in {"\n", ""}:
        out.ignore(text[:5], "separator of the file", "row 1")
        delimiters, text = text[4], "\n" + text[6:]
    rows = _bounded(_records(text, _delimiter(text, delimiters), out), out, "row")
    if not rows:
        raise UnreadableError("no row with anything in it")
    write_log(out, rows, "row")
    return out.text()


def _bounded(records: Iterable[Sequence[str]], out: Outline, place: str) -> list[tuple[int, list[str]]]:
    """Number the rows, leave out the empty ones, and stop where a table is too long to be anybody's notes."""
    rows: list[tuple[int, list[str]]] = []
    wide = characters = 0
    for number, cells in enumerate(records, start=1):
        characters += sum(map(len, cells))
        refuse_size(characters, _LARGEST_TABLE)  # many cells may be one long text of the file, each time
        if number > MOST_ROWS:
            out.problems.append(
                (None, f"only the first {MOST_ROWS:,} rows were read ({place} {number} and on are left out)")
            )
            break
        if any(cell.strip() for cell in cells[MOST_CELLS:]):
            wide = wide or number
        if any(cell.strip() for cell in cells[:MOST_CELLS]):
            last = max(place for place, cell in enumerate(cells[:MOST_CELLS]) if cell.strip())
            rows.append((number, list(cells[: last + 1])))
    if wide:
        out.problems.append((None, f"only the first {MOST_CELLS} columns were read ({place} {wide} has more)"))
    return rows


def _records(text: str, delimiter: str, out: Outline) -> list[list[str]]:
    """Parse the rows; a quotation mark that is never closed must not swallow the rows below it."""
    lines = text.split("\n")
    reader = csv.reader((f"{line}\n" for line in lines), delimiter=delimiter)
    records: list[list[str]] = []
    before, longest = 0, 0
    try:
        for cells in reader:
            records.append(cells)
            longest = max(longest, reader.line_num - before)
            before = reader.line_num
            if longest > _LONGEST_RECORD or len(records) > MOST_ROWS:
                break
    except csv.Error:
        longest = _LONGEST_RECORD + 1
    if longest <= _LONGEST_RECORD and not _is_open(text, records):
        return records
    out.problems.append((None, "the quotation marks do not fit together, so the rows were read line by line"))
    return [
        [cell.strip().strip('"') for cell in line.split(delimiter, MOST_CELLS + 1)] for line in lines[: MOST_ROWS + 1]
    ]


def _is_open(text: str, records: Sequence[Sequence[str]]) -> bool:
    """Return whether quotation marks are odd in number and the last record has eaten lines."""
    eaten = bool(records) and any("\n" in cell.rstrip("\n") for cell in records[-1])
    return eaten and text.count('"') % 2 == 1


def _delimiter(text: str, candidates: str) -> str:
    """Return the sign that cuts most of the first rows into the same number of cells, and into most of them."""
    lines = [f"{line}\n" for line in text[:200_000].split("\n")[:_PROBE_ROWS]]
    best, score = candidates[0], (0.0, 0)
    for candidate in candidates:
        widths = Counter(len(cells) for cells in _probe(lines, candidate) if cells)
        width, count = max(widths.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]), default=(0, 0))
        found = (count / max(1, widths.total()) if width > 1 else 0.0, width)
        if found > score:
            best, score = candidate, found
    return best


def _probe(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    reader = csv.reader(iter(lines), delimiter=delimiter)
    while True:
        try:
            yield next(reader)
        except (StopIteration, csv.Error):
            return


def read_xlsx(data: bytes) -> Text:
    """Read the visible sheets of a workbook, each as a log; places are "sheet Log, row N".

    Sheets without dates come first, so that no row of theirs counts for the last date of another sheet. Of a formula the
    value is read that the workbook was saved with.

    Args:
        data: the file.

    Raises:
        UnreadableError: encrypted, damaged or an old binary workbook, or openpyxl is not installed.
    """
    _look_inside(data)
    try:
        from openpyxl import load_workbook  # noqa: PLC0415 - heavy, and an optional extra
    except ImportError:
        raise UnreadableError("a spreadsheet; pip install openpyxl to read it") from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and extensions that are not kept, which no reader misses
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = list(book.worksheets)[:MOST_SHEETS]
            return _workbook(sheets, len(book.worksheets))
    except UnreadableError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts do on a damaged file
        raise UnreadableError("a damaged spreadsheet; open it in a spreadsheet program and save it again") from error


def _look_inside(data: bytes) -> None:
    """Refuse what is no workbook, what is locked, and what would unpack to more than any log."""
    if data.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise UnreadableError(
            "encrypted; save it without a password" if locked else "an old binary workbook; save it as .xlsx"
        )
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(member.file_size for member in members) > _LARGEST_INSIDE or len(members) > 5_000:
                raise UnreadableError("too large when unpacked")
            if any(member.flag_bits & 1 for member in members):
                raise UnreadableError("encrypted; save it without a password")
            for member in members:
                if member.filename.endswith((".xml", ".rels")):
                    with archive.open(member) as part:
                        if b"<!DOCTYPE" in part.read(2_000):
                            raise UnreadableError("a damaged spreadsheet (it declares entities)")
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        raise UnreadableError("a damaged spreadsheet; open it in a spreadsheet program and save it again") from None


def _workbook(sheets: Sequence[Any], count: int) -> Text:
    written: list[tuple[bool, Outline]] = []
    several = sum(sheet.sheet_state == "visible" for sheet in sheets) > 1
    for sheet in sheets:
        out = Outline()
        name = " ".join(str(sheet.title).split())
        place = f"sheet {name}, row"
        if sheet.sheet_state != "visible":
            out.ignore(name, "hidden sheet", f"sheet {name}")
            written.append((False, out))
            continue
        rows = _bounded(_cells_of(sheet), out, place)
        if rows and several:
            out.heading(name, 1, f"{place} {rows[0][0]}")
        written.append((write_log(out, rows, place) if rows else False, out))
    whole = _joined([out for dated, out in sorted(written, key=lambda pair: pair[0])])
    if count > len(sheets):
        whole.problems.append((None, f"only the first {MOST_SHEETS} sheets were read"))
    if not any(whole.lines):
        raise UnreadableError("no row with anything in it")
    return whole.text()


def _joined(parts: Sequence[Outline]) -> Outline:
    """Put sheets one under the other."""
    whole = Outline()
    for part in parts:
        if part.places:
            whole.blank(part.places[0])
        above = len(whole.lines)
        whole.lines += part.lines
        whole.places += part.places
        whole.left_out += [(first + above, last + above, reason) for first, last, reason in part.left_out]
        whole.problems += part.problems
        whole.properties += part.properties
    return whole


def _cells_of(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what a file says of its own size is often wrong
    for row in sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_CELLS + 1):
        yield [_written(cell.value, getattr(cell, "number_format", "") or "") for cell in row]


def _written(value: Any, form: str) -> str:
    """Return a cell as a person would read it in the sheet."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        number = value * 100 if form.endswith("%") else value
        sign = next((sign for sign in "$€£" if sign in form), "")
        return f"{sign}{_number(number)}{'%' * form.endswith('%')}"
    return str(value).strip()


def _number(value: float) -> str:
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e15 else f"{value:.10g}"
