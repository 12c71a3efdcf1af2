"""The review as tidy tables: one row an item, a finished piece, a project, a meeting. The only home of pandas and pyarrow.

`schema.py` holds the columns as data, `rows.py` fills them, `files.py` writes them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from analyzer.records import Review
from analyzer.tables.files import FORMATS, read_cell, table_files
from analyzer.tables.rows import ROWS, quarters_of
from analyzer.tables.schema import OF_MANY, TABLES, UNREAD, Column, TableSchema, many_markdown, schema_markdown

__all__ = [
    "FORMATS",
    "TABLES",
    "Column",
    "TableSchema",
    "many_markdown",
    "read_cell",
    "schema_markdown",
    "table",
    "table_files",
    "table_of_many",
    "unread_table",
]


def table(name: str, review: Review) -> pd.DataFrame:
    """Return one table of a review.

    Args:
        name: a key of `TABLES`.
        review: from `analyzer.pipeline.analyze`.

    Returns:
        The columns of `TABLES`, with their dtypes, whether there are rows or not.
    """
    return _frame(TABLES[name].columns, list(ROWS[name](review)), quarters=quarters_of(review))


def table_of_many(name: str, years: Iterable[tuple[str, str, Review]]) -> pd.DataFrame:
    """Return one table of several years or people, with ``person`` and ``year`` in front of its columns.

    Args:
        name: a key of `TABLES`.
        years: person, name of the year, and review, in the order of the rows.
    """
    given = list(years)
    rows = [{"person": who, "year": year, **row} for who, year, review in given for row in ROWS[name](review)]
    quarters = sorted({quarter for _, _, review in given for quarter in quarters_of(review)})
    return _frame((*OF_MANY, *TABLES[name].columns), rows, quarters=quarters, years=sorted({one[1] for one in given}))


def unread_table(unread: Iterable[tuple[str, str]]) -> pd.DataFrame:
    """Return the notes that could not be read, each with the reason."""
    return _frame(UNREAD.columns, [{"person": name, "reason": reason} for name, reason in unread])


def _frame(columns: Sequence[Column], rows: Sequence[Mapping[str, Any]], **orders: Sequence[str]) -> pd.DataFrame:
    """Return rows as a table; ``orders`` holds all values of ordered categories, by the column's name in the plural."""
    made = {one.name: _column(one, [row[one.name] for row in rows], orders.get(f"{one.name}s")) for one in columns}
    return pd.DataFrame(made, columns=[one.name for one in columns])


def _column(column: Column, values: list[Any], ordered: Sequence[str] | None) -> pd.Series[Any]:
    if column.kind != "category":
        return pd.Series(values, dtype=column.dtype)
    known = column.choices or tuple(ordered or ())
    found = sorted({one for one in values if one is not None} - set(known))
    categories = pd.Index([*known, *found], dtype="str" if pd.__version__ >= "3" else "object")
    return pd.Series(pd.Categorical(values, categories=categories, ordered=ordered is not None))
