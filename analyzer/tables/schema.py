"""The columns of every table, as data: name, kind and meaning. The tables are built from it, and docs/tables.md quotes it.

A table without rows has the same columns and types as one with rows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analyzer.records import Direction, EffectKind, Label, MeetingKind, Polarity, Share, Status

KINDS: Mapping[str, str] = {
    "text": "string",
    "day": "datetime64[us]",
    "category": "category",
    "flag": "bool",
    "count": "int64",
    "number": "Int64",
    "chance": "float64",
    "texts": "object",
}
"""Kind of a column to its pandas dtype. ``number`` can be empty, ``count`` cannot; ``texts`` holds tuples of text."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table."""

    name: str
    kind: str
    meaning: str
    choices: tuple[str, ...] = ()
    """All values that a category can have, in their order; empty where they come from the notes."""

    @property
    def dtype(self) -> str:
        """The name of the pandas dtype."""
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class TableSchema:
    """One table: what a row is, and its columns in their order."""

    row: str
    columns: tuple[Column, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)


_QUARTER = Column(
    "quarter", "category", "`2025-Q1`, or `FY2025-Q1` where the fiscal year does not start in January; ordered"
)
_PROJECT = Column("project", "category", "the project, empty if it belongs to none")
_CLAIM = Column("accomplishment_id", "text", "the finished piece that the line tells of, empty if none")
_PLACE = (
    Column("source", "category", "the file, relative to the folder that was given"),
    Column("line_start", "number", "first line, counted from 1; empty in formats without lines"),
    Column("line_end", "number", "last line, inclusive"),
)
_LINE = (
    Column("id", "text", "the line's id, by which other tables and `curation.toml` name it"),
    *_PLACE,
    Column("locator", "text", "the place in formats without lines, such as `paragraph 41`"),
    Column("date", "day", "day of the meeting; empty for what is pinned above the log"),
    _QUARTER,
    Column("section", "category", "what the heading over it means, such as `wins`"),
    Column("heading", "text", "that heading as written"),
    Column("text", "text", "the words, without bullet, check box, tags and speaker"),
    Column("author", "category", "whose words they are, empty if the notes do not say"),
    Column("people", "texts", "who is named"),
    _PROJECT,
    _CLAIM,
)
_LABELS = tuple(map(str, Label))
_EFFORT = Column("effort", "number", "points for the size of the work, see scores.md")
_IMPACT = Column("impact", "number", "points for what came of it; empty where no effect is on record, never 0 for that")
_SURE = Column(
    "sure", "flag", "whether the drafts state it without a mark of doubt; where not, look at the line before you use it"
)
_FEEDBACK = (
    Column("polarity", "category", "whether it praises, corrects or does both", tuple(map(str, Polarity))),
    Column(
        "direction", "category", "to the owner of the notes (received) or from them (given)", tuple(map(str, Direction))
    ),
)

TABLES: Mapping[str, TableSchema] = {
    "items": TableSchema(
        "an item of the notes, with or without a label",
        (*_LINE, Column("labels", "texts", "its labels, see labels.md")),
    ),
    "evidence": TableSchema(
        "an item that has a label",
        (
            *_LINE,
            *(Column(name, "flag", f"whether it has the label `{name}`") for name in _LABELS),
            *(Column(f"confidence_{name}", "chance", f"calibrated probability of `{name}`, 0 to 1") for name in _LABELS),
            Column("uncertain", "texts", "labels, given or not, that are as good as open"),
            Column("status", "category", "how far the work is", tuple(map(str, Status))),
            *_FEEDBACK,
        ),
    ),
    "accomplishments": TableSchema(
        "a finished piece of work",
        (
            Column("id", "text", "its id"),
            Column("text", "text", "the best wording on record"),
            _PROJECT,
            _QUARTER,
            Column("first", "day", "the first line that calls it done"),
            Column("last", "day", "the last line about it"),
            Column("status", "category", "how far it is", tuple(map(str, Status))),
            Column("share", "category", "whose work it was, as far as the notes say", tuple(map(str, Share))),
            Column("sightings", "count", "lines that tell of it"),
            Column("evidence", "texts", "ids of the lines that call it done, best wording first"),
            Column("effects", "texts", "ids of the lines with its effects"),
            Column("effect_kinds", "texts", "how each of these is on record"),
            _EFFORT,
            _IMPACT,
            _SURE,
        ),
    ),
    "effects": TableSchema(
        "an effect, as one line reports it",
        (
            Column("evidence", "text", "the line's id"),
            *_PLACE,
            Column("date", "day", "day of the meeting that it was noted in"),
            _QUARTER,
            Column("kind", "category", "how it is on record", tuple(map(str, EffectKind))),
            Column("voucher", "category", "who other than the owner says, measured or checked it"),
            Column("caused", "flag", "whether the line itself ties it to the work"),
            Column("text", "text", "the words of the line"),
            Column("figures", "texts", "the quantities in it, as written"),
            _PROJECT,
            _CLAIM,
            _SURE,
        ),
    ),
    "projects": TableSchema(
        "a project",
        (
            Column("name", "text", "its name"),
            Column("aliases", "texts", "its other names"),
            Column("theme", "category", "the theme that a settings file gives it"),
            Column("first", "day", "the first line about it"),
            Column("last", "day", "the last line about it"),
            Column("lines", "count", "lines that belong to it"),
            Column("accomplishments", "count", "finished pieces"),
            _EFFORT,
            _IMPACT,
            Column("rung", "category", "how good the best evidence for its effects is"),
            Column("quadrant", "category", "where it stands between effort and impact"),
        ),
    ),
    "meetings": TableSchema(
        "a dated meeting",
        (
            Column("date", "day", "its day"),
            _QUARTER,
            *_PLACE[:2],
            Column("kind", "category", "whether it took place", (MeetingKind.HELD.value, MeetingKind.CANCELLED.value)),
            Column("items", "count", "items in its notes"),
            Column("evidence", "count", "items with a label"),
            Column("gap_before", "number", "days since the meeting before, where that is a gap in the record"),
        ),
    ),
    "quarters": TableSchema(
        "a quarter of the period, also one without notes",
        (
            _QUARTER,
            Column("meetings", "count", "meetings held"),
            Column("accomplishments", "count", "finished pieces, in the quarter of the first line that calls them done"),
            Column("effects", "count", "effects of finished pieces, in the quarter that they were noted in"),
            *(Column(name, "count", f"lines with the label `{name}`") for name in ("feedback", "blocker", "action_item")),
        ),
    ),
    "feedback": TableSchema(
        "a piece of feedback",
        (
            Column("evidence", "text", "the line's id"),
            *_PLACE,
            Column("date", "day", "day of the meeting"),
            _QUARTER,
            *_FEEDBACK[::-1],
            Column("speaker", "category", "who judges, empty if the notes do not say"),
            Column("told_by", "category", "who passed it on, where that is somebody else"),
            Column("about", "category", "whom it is about, where given to somebody else"),
            Column("text", "text", "the words of the line"),
            _PROJECT,
            Column("later", "texts", "ids of later lines that show that it was acted on"),
            _SURE,
        ),
    ),
    "checks": TableSchema(
        "something that would make the record stronger, most useful kinds first; `year.check()`",
        (
            Column("kind", "category", "what it is about"),
            Column("evidence", "text", "the line's id"),
            *_PLACE,
            Column("date", "day", "day of the meeting"),
            _PROJECT,
            Column("text", "text", "the words of the line"),
            Column("question", "text", "what the notes could say"),
        ),
    ),
}  # fmt: skip
"""Name of a table to its schema, in the order of the documentation."""

OF_MANY = (
    Column("person", "category", "whose notes they are"),
    Column("year", "category", "the (fiscal) year, or the days of the period that was asked for; ordered"),
)
"""In front of every table of several years or people."""

UNREAD = TableSchema(
    "notes that could not be read",
    (
        Column("person", "category", "the folder or file"),
        Column("reason", "text", "what is wrong"),
    ),
)


def schema_markdown() -> str:
    """Return the schema as Markdown tables, one a table; docs/tables.md quotes it."""
    return "\n\n".join(_page(f"`{name}`", table.row, table.columns) for name, table in TABLES.items())


def many_markdown() -> str:
    """Return what a table of several years or people has in front, as a Markdown table."""
    return "\n".join(_grid(OF_MANY))


def _page(title: str, row: str, columns: tuple[Column, ...]) -> str:
    return "\n".join([f"## {title}", "", f"One row is {row}.", "", *_grid(columns)])


def _grid(columns: tuple[Column, ...]) -> list[str]:
    rows = [f"| `{one.name}` | `{one.dtype}` | {_meaning(one)} |" for one in columns]
    return ["| column | dtype | meaning |", "| --- | --- | --- |", *rows]


def _meaning(column: Column) -> str:
    values = ", ".join(f"`{value}`" for value in column.choices)
    return f"{column.meaning}: {values}" if values else column.meaning
