"""Check a frame against the Table Schema of its descriptor with pandera, gathering every problem."""

from __future__ import annotations

import contextlib
import importlib
import re
import sys
from calendar import monthrange
from collections.abc import Callable

import pandas as pd
import pandera.pandas as pa

from helpers.data.descriptor import Field, Table
from helpers.data.tables import at_rows
from helpers.errors import DataCheckError, compose

ISO_DATE = r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
TODO = "Correct these rows, or the schema in datapackage.json if the rows are right."


if "hypothesis" not in sys.modules:
    # pandera imports it with the first check of any process if it is there, to make test data: 0.2 s for nothing.
    sys.modules["hypothesis"] = None  # type: ignore[assignment]
    with contextlib.suppress(ImportError):
        importlib.import_module("pandera.strategies.pandas_strategies")
    del sys.modules["hypothesis"]


def build(table: Table) -> pa.DataFrameSchema:
    """Return the pandera schema of a table: types, required and unique values, lists, bounds, patterns."""
    return pa.DataFrameSchema(
        {field.name: _column(field) for field in table.fields}, name=table.name, strict=True, ordered=True
    )


def check(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return ``frame`` unchanged if it agrees with its schema, keys are unique and figures lie in their bounds.

    Raises
    ------
    DataCheckError
        With every failing column, value and row (the header of the file is row 1).
    """
    if found := problems(frame, table):
        raise DataCheckError(
            compose(f"table {table.name}", "rows that keep its schema", "; ".join(found), TODO)
        )
    return frame


def problems(frame: pd.DataFrame, table: Table) -> list[str]:
    """Return what breaks the schema of a table, each with column and rows; nothing where it is kept."""
    try:
        build(table).validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        return _failures(errors.failure_cases) + _duplicates(frame, table)
    return _duplicates(frame, table) + _outside(frame)


def _column(field: Field) -> pa.Column:
    kinds = {"integer": int if field.required else float, "number": float, "boolean": bool}
    return pa.Column(kinds.get(field.type), checks=_checks(field), nullable=True, unique=field.unique)


def _checks(field: Field) -> list[pa.Check]:
    empty = field.type in ("integer", "number")
    checks: list[pa.Check] = []

    def add(rule: Callable[[pd.Series], pd.Series], wanted: str) -> None:
        checks.append(pa.Check(rule, error=wanted, ignore_na=False))

    if field.required:
        add(lambda s: s.notna() & (s != "") if not empty else s.notna(), "a value")
    if field.type == "integer":
        add(lambda s: s.isna() | (s % 1 == 0), "a whole number")
    if field.enum:
        add(lambda s: s.isin([*field.enum, ""]) | s.isna(), f"one of {', '.join(map(str, field.enum))}")
    if field.minimum is not None:
        add(lambda s: s.isna() | (s >= field.minimum), f"at least {field.minimum}")
    if field.maximum is not None:
        add(lambda s: s.isna() | (s <= field.maximum), f"at most {field.maximum}")
    pattern = ISO_DATE if field.type == "date" else field.pattern
    if pattern:
        wanted = "a date as YYYY-MM-DD" if field.type == "date" else f"text like {pattern}"
        add(lambda s: s.isin(_matching(s, pattern)), wanted)
    if field.type == "date":
        add(lambda s: ~s.isin(_never(s)), "a day of the calendar")
    return checks


def _matching(values: pd.Series, pattern: str) -> list[str]:
    """Return the distinct values that match, or are empty: long columns repeat few texts."""
    rule = re.compile(pattern)
    return [value for value in values.unique() if value == "" or rule.fullmatch(str(value))]


def _never(values: pd.Series) -> list[str]:
    """Return the distinct values that look like a day but are none, such as 30 February."""
    days = [str(value) for value in values.unique() if re.fullmatch(ISO_DATE, str(value))]
    return [day for day in days if int(day[8:]) > monthrange(int(day[:4]), int(day[5:7]))[1]]


def _failures(cases: pd.DataFrame) -> list[str]:
    found = []
    # an empty cell among whole numbers changes the type of its column, and is said itself
    kind = cases["check"].astype(str).str.startswith("dtype(")
    cases = cases[~(kind & cases.duplicated("column", keep=False))]
    for (column, wanted), group in cases.groupby(["column", "check"], sort=False):
        values = group.set_index("index")["failure_case"]
        wanted = "a value that occurs once" if wanted == "field_uniqueness" else wanted
        found.append(f"column {column}, where {wanted} is expected: {at_rows(values)}")
    return found


def _duplicates(frame: pd.DataFrame, table: Table) -> list[str]:
    keys = list(table.primary_key)
    repeated = frame[frame.duplicated(keys)]
    if repeated.empty:
        return []
    values = repeated[keys].astype(str).agg(" ".join, axis=1)
    return [f"key {', '.join(keys)} a second time: {at_rows(values)}"]


def _outside(frame: pd.DataFrame) -> list[str]:
    """Return what to say of figures that are not between the bounds `low` and `high` beside them."""
    if not {"value", "low", "high"} <= set(frame.columns):
        return []
    value, low, high = frame["value"], frame["low"], frame["high"]
    wrong = frame[(value < low) | (value > high) | (low > high)]
    if wrong.empty:
        return []
    told = wrong[["low", "value", "high"]].map("{:g}".format).agg(" ".join, axis=1)
    return [f"columns low, value and high, where each is at most the next: {at_rows(told)}"]
