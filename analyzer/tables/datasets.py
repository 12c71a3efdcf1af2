"""Tables of many people as Parquet data sets: a folder a table, in it a folder a year, in it a file a person.

The columns are those of `schema.py` with ``person`` in front; the year is in the folder's name. Categories are plain texts
here: readers of many files cannot join ordered categories that differ from file to file.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from analyzer.errors import MissingLibraryError
from analyzer.records import Direction, Label, MeetingKind, Review
from analyzer.tables.rows import ROWS
from analyzer.tables.schema import OF_MANY, TABLES

DATASETS = ("evidence", "accomplishments", "projects", "meetings")
"""The tables that are kept of many people."""


def part_file(name: str, person: str, review: Review) -> bytes:
    """Return one person's rows of one year as a Parquet file.

    Args:
        name: one of `DATASETS`.
        person: what the rows have in the column ``person``.
        review: the year.

    Raises:
        MissingLibraryError: pyarrow is not installed.
    """
    pa, pq = _library()
    rows = [{"person": person, **{key: _plain(value) for key, value in row.items()}} for row in ROWS[name](review)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, schema=_schema(name)), out, compression="zstd")
    return out.getvalue()


def need_parquet() -> None:
    """Refuse a run that could write nothing.

    Raises:
        MissingLibraryError: pyarrow is not installed.
    """
    _library()


def counts_by_quarter(folder: Path, what: str) -> dict[str, list[int]]:
    """Return how many rows of a kind each person has in each quarter; who they are does not leave this function.

    Args:
        folder: what holds the data sets.
        what: a key of `COUNTED`.

    Returns:
        Quarter to the counts of the people who have any, in ascending order.

    Raises:
        MissingLibraryError: pyarrow is not installed.
    """
    _library()
    import pyarrow.dataset as ds  # noqa: PLC0415 - heavy, and an optional extra

    name, wanted = COUNTED[what]
    rows = ds.dataset(folder / name, format="parquet", schema=_schema(name))
    kept = rows.to_table(columns=["person", "quarter"], filter=wanted(ds.field) if wanted else None)
    counted = kept.group_by(["quarter", "person"]).aggregate([([], "count_all")])
    found: dict[str, list[int]] = {}
    for quarter, number in zip(*(counted[one].to_pylist() for one in ("quarter", "count_all")), strict=True):
        if quarter is not None:
            found.setdefault(quarter, []).append(number)
    return {quarter: sorted(found[quarter]) for quarter in sorted(found)}


def _has_effect(field: Any) -> Any:
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy, and an optional extra

    return pc.list_value_length(field("effects")) > 0


COUNTED: Mapping[str, tuple[str, Callable[[Any], Any] | None]] = {
    "meetings": ("meetings", lambda field: field("kind") == str(MeetingKind.HELD)),
    "finished": ("accomplishments", None),
    "with_effect": ("accomplishments", _has_effect),
    "blockers": ("evidence", lambda field: field(str(Label.BLOCKER))),
    "feedback": ("evidence", lambda field: field("direction") == str(Direction.RECEIVED)),
}
"""What can be counted: the data set, and which of its rows."""


def _plain(value: object) -> object:
    """Return a value as Arrow takes it: days are midnight of a day."""
    return datetime.combine(value, time()) if isinstance(value, date) else value


def _schema(name: str) -> Any:
    pa, _ = _library()
    kinds = {
        "day": pa.timestamp("us"),
        "flag": pa.bool_(),
        "count": pa.int64(),
        "number": pa.int64(),
        "chance": pa.float64(),
        "texts": pa.list_(pa.string()),
    }
    columns = (OF_MANY[0], *TABLES[name].columns)
    return pa.schema([(one.name, kinds.get(one.kind, pa.string())) for one in columns])


def _library() -> tuple[Any, Any]:
    try:
        import pyarrow as pa  # noqa: PLC0415 - heavy, and an optional extra
        import pyarrow.parquet as pq  # noqa: PLC0415
    except ImportError:
        raise MissingLibraryError("data sets of many people", "pyarrow") from None
    return pa, pq
