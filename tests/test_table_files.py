"""Tables as files: a spreadsheet runs nothing, a text can be had back, Parquet keeps the types."""

from __future__ import annotations

import io
import json
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from conftest import Command
from evidence_builder import line
from hypothesis import given
from hypothesis import strategies as st
from workshop_review import workshop

from analyzer import tables
from analyzer.errors import MissingLibraryError
from analyzer.records import Review
from analyzer.rendering import evidence_csv, plain_cell, safe_cell
from analyzer.tables import read_cell

EMPTY = Review(subject=None, manager=None, start=date(2025, 1, 1), end=date(2026, 1, 1))
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
HOSTILE = st.one_of(
    TEXTS, st.builds("{}{}".format, st.sampled_from(["", "'", "''"]), st.sampled_from(STARTS)), TEXTS.map("='{}".format)
)


def csv_of(name: str, review: Review) -> pd.DataFrame:
    data = tables.table_files({name: tables.table(name, review)}, ["csv"])[f"{name}.csv"]
    return pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)


@pytest.mark.parametrize("start", STARTS)
def test_no_cell_begins_like_a_formula(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize("text", ["", "a = b", "'tis", "1 - 2", "34 -> 19", "' =", "»=«"])
def test_a_text_that_is_no_formula_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


@given(HOSTILE)
def test_a_text_read_back_from_a_spreadsheet_file_is_the_text(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text
    assert not safe_cell(text).startswith(STARTS)


@given(HOSTILE.filter(str.strip))
def test_pandas_reads_the_text_of_a_table_back(text: str) -> None:
    frame = tables.table("items", replace(EMPTY, evidence=(line("2025-02-03", text, "a"),)))
    data = tables.table_files({"items": frame}, ["csv"])["items.csv"]
    found = pd.read_csv(io.BytesIO(data), dtype=str, keep_default_na=False)["text"].map(read_cell)
    assert list(found) == [text]


@given(HOSTILE.filter(str.strip))
def test_pandas_reads_the_text_of_the_evidence_back(text: str) -> None:
    review = replace(EMPTY, evidence=(line("2025-02-03", text, "a"),))
    found = pd.read_csv(io.StringIO(evidence_csv(review)), dtype=str, keep_default_na=False)["text"]
    assert list(found.map(read_cell)) == [text]


def test_days_are_iso_dates_lists_are_json_and_nothing_is_an_empty_cell() -> None:
    review = replace(
        EMPTY, evidence=(line("2025-02-03", "Shipped it", "a", people=("Ada", "Bo")), line(None, "a goal", "g"))
    )
    table = csv_of("items", review)
    assert list(table["date"]) == ["2025-02-03", ""]
    assert json.loads(table["people"].iloc[0]) == ["Ada", "Bo"]
    assert table["people"].iloc[1] == ""


@pytest.mark.parametrize("name", tables.TABLES)
@pytest.mark.parametrize("review", [workshop(), EMPTY], ids=["a year", "an empty year"])
def test_parquet_keeps_columns_types_and_values(name: str, review: Review) -> None:
    frame = tables.table(name, review)
    data = tables.table_files({name: frame}, ["parquet"])[f"{name}.parquet"]
    back = pd.read_parquet(io.BytesIO(data))
    assert [str(dtype) for dtype in back.dtypes] == [str(dtype) for dtype in frame.dtypes]
    for column in frame.columns:
        found = back[column].map(tuple) if tables_kind(name, column) == "texts" else back[column]
        assert found.astype(object).where(found.notna(), None).tolist() == (
            frame[column].astype(object).where(frame[column].notna(), None).tolist()
        )
        assert (
            not isinstance(frame[column].dtype, pd.CategoricalDtype)
            or back[column].cat.ordered == frame[column].cat.ordered
        )


def tables_kind(name: str, column: str) -> str:
    return next(one.kind for one in tables.TABLES[name].columns if one.name == column)


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_same_review_gives_the_same_bytes(kind: str) -> None:
    first, second = (tables.table_files({"items": tables.table("items", workshop())}, [kind]) for _ in range(2))
    assert first == second


def test_without_pyarrow_the_message_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingLibraryError, match="Parquet files need the library pyarrow") as error:
        tables.table_files({"items": tables.table("items", EMPTY)}, ["parquet"])
    assert "csv" in error.value.tip


def test_the_command_writes_every_table_in_each_format(command: Command, short: Path, tmp_path: Path) -> None:
    ran = command("extract", short, "--tables", "csv,parquet", "-o", tmp_path / "tables")
    assert (ran.code, ran.err) == (0, "")
    found = {path.name for path in (tmp_path / "tables").iterdir()}
    assert found >= {f"{name}.{kind}" for name in tables.TABLES for kind in ("csv", "parquet")} | {"problems.txt"}
    assert list(pd.read_parquet(tmp_path / "tables" / "meetings.parquet")["kind"]) == ["held"] * 3


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--tables", "xls"], "unknown format 'xls'"),
        (["--tables", "csv", "--all"], "the table of items holds all"),
        (["-o", "out"], "-o is the folder for --tables"),
    ],
)
def test_a_call_that_makes_no_sense_is_refused(arguments: list[str], said: str, command: Command, short: Path) -> None:
    ran = command("extract", short, *arguments)
    assert ran.code == 2
    assert said in ran.err
