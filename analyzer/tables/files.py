"""Tables as files: CSV that a spreadsheet opens without running anything, and Parquet, which keeps the types."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from analyzer.errors import MissingLibraryError
from analyzer.rendering import plain_cell, safe_cell
from analyzer.tables.schema import OF_MANY, TABLES

read_cell = plain_cell


def to_csv(_name: str, frame: pd.DataFrame) -> bytes:
    """Return a table as CSV (RFC 4180, UTF-8): days as ISO dates, lists as JSON within a cell, nothing for what is empty.

    Args:
        _name: a key of `TABLES`; CSV needs no schema.
        frame: the table.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(frame.columns)
    for row in zip(*(_cells(frame[column]) for column in frame.columns), strict=True):
        writer.writerow(row)
    return out.getvalue().encode("utf-8")


def to_parquet(name: str, frame: pd.DataFrame) -> bytes:
    """Return a table as Parquet, with the types of the schema also where there are no rows.

    Args:
        name: a key of `TABLES`.
        frame: the table.

    Raises:
        MissingLibraryError: pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and an optional extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise MissingLibraryError("Parquet files", "pyarrow", "write csv instead") from None
    kinds = {
        "text": pa.string(),
        "day": pa.timestamp("us"),
        "category": pa.dictionary(pa.int32(), pa.string()),
        "flag": pa.bool_(),
        "count": pa.int64(),
        "number": pa.int64(),
        "chance": pa.float64(),
        "texts": pa.list_(pa.string()),
    }
    ordered = {
        one for one in frame.columns if isinstance(frame[one].dtype, pd.CategoricalDtype) and frame[one].cat.ordered
    }
    fields = [
        pa.field(
            one.name, pa.dictionary(pa.int32(), pa.string(), ordered=True) if one.name in ordered else kinds[one.kind]
        )
        for one in (*OF_MANY, *TABLES[name].columns)
        if one.name in frame
    ]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, schema=pa.schema(fields), preserve_index=False), out)
    return out.getvalue()


FORMATS: Mapping[str, Callable[[str, pd.DataFrame], bytes]] = {"csv": to_csv, "parquet": to_parquet}
"""Ending of a file's name to what writes it."""


def table_files(tables: Mapping[str, pd.DataFrame], formats: Iterable[str]) -> dict[str, bytes]:
    """Return each table in each format, by file name.

    Args:
        tables: name, a key of `TABLES`, to table.
        formats: keys of `FORMATS`.

    Raises:
        MissingLibraryError: a format needs a library that is not installed.
    """
    wanted = tuple(formats)
    return {f"{name}.{one}": FORMATS[one](name, frame) for name, frame in tables.items() for one in wanted}


def _cells(column: pd.Series[Any]) -> list[str]:
    return [_cell(value) for value in column]


def _cell(value: object) -> str:
    if isinstance(value, tuple):
        return safe_cell(json.dumps(value, ensure_ascii=False)) if value else ""
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return safe_cell(value) if isinstance(value, str) else str(value)
