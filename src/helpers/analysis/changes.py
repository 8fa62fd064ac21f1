"""What changed between two editions, number by number, and from which cause.

A number of one edition is set beside the number of the same id in the other. Its cause is read from what the
two files record (period, unit, and the trace: rows, vintages, basis, universe, digests of the tables) and from
nothing else:

* **method**: unit, operation, basis, universe or the columns it is taken from differ, whatever the period;
* **new period**: the same method, for another period (or for a register or a list that is followed to another day);
* **source revision**: the same rows, in another vintage of the publisher;
* **our correction**: the same rows in the same vintage, in a table whose bytes differ: the table was corrected;
* **cause not recorded**: the files do not decide between these.

A revision is the publisher's, a correction is ours (the vocabulary of the UK Office for National Statistics).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from helpers.analysis.footprint import Footprint, footprint

CAUSES = ("new_period", "source_revision", "method", "correction", "unrecorded")
"""Why a number differs."""

STATUSES = ("same", *CAUSES, "new", "dropped")
"""What can be said of a number of two editions; ``new`` and ``dropped`` ones stand in one of them only."""

COMPARED = ("value", "rank", "band", "of", "unit", "period")
"""Where two numbers of one id may differ; label and trace are not numbers."""

COLUMNS = (
    "id",
    "status",
    "label",
    "unit",
    "value_before",
    "value_after",
    "period_before",
    "period_after",
    "rank_before",
    "rank_after",
    "kind",
    "subject",
    "was",
    "now",
)
"""Columns of :func:`compare`; the last four are the evidence: what differs, of what, from what to what."""

COUNTS = ("count", "added", "ratio", "per_published", "months")
"""Operations that count rows or months: of the same table, more of them are known on a later day."""

NEAR = 1e-12
"""Relative distance below which two floats are one number, added up in two orders."""


def compare(before: Mapping[str, Any], after: Mapping[str, Any]) -> pd.DataFrame:
    """Return every number of two editions of one brief with its status and the evidence for it.

    Parameters
    ----------
    before, after
        The content of the two ``.json`` files: ``values``, and where they are recorded ``tables`` (name to
        ``sha256``) and ``parameters`` (with ``as_of``).

    Returns
    -------
    DataFrame
        One row an id, in the order of the later edition, dropped ones last, with the columns of `COLUMNS`:
        ``status`` is one of `STATUSES`; ``kind`` names the evidence (``period``, ``vintage``, ``table``,
        ``as_of``, ``unit``, ``how``, ``basis``, ``universe``, ``columns``, or empty), ``subject`` the table
        it is found in, ``was`` and ``now`` what the two editions record.
    """
    old = {value["id"]: value for value in before["values"]}
    new = {value["id"]: value for value in after["values"]}
    rows = [_row(old.get(name), new.get(name), before, after) for name in (*new, *set_aside(old, new))]
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype=object)


def set_aside(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """Return the ids that only the earlier edition has, in its order."""
    return [name for name in old if name not in new]


def counts(frame: pd.DataFrame) -> dict[str, int]:
    """Return how many numbers have each status, in the order of `STATUSES`, zeros included."""
    found = frame["status"].value_counts()
    return {status: int(found.get(status, 0)) for status in STATUSES}


def grouped(frame: pd.DataFrame, *, everything: bool = False) -> pd.DataFrame:
    """Return the numbers that differ, cause by cause, else in their own order; on demand the others after them."""
    order = (*CAUSES, "same", "new", "dropped") if everything else CAUSES
    return pd.concat([frame[frame["status"] == status] for status in order], ignore_index=True)


def stands_in(vintage: str, as_of: str) -> bool:
    """Return whether figures of this vintage were not yet in hand on ``as_of`` (ISO date; empty: never).

    A vintage known by its month or year counts from the last day of it.

    Examples
    --------
    >>> stands_in("2023-03", "2022-07-05"), stands_in("2021-07", "2022-07-05"), stands_in("2022", "2022-07-05")
    (True, False, True)
    """
    last = vintage + "-12-31"[len(vintage) - 4 :] if len(vintage) < 10 else vintage
    return bool(as_of) and last > as_of


def earlier_than(earlier: str, as_of: str) -> bool:
    """Return whether a day lies before the edition made as of ``as_of`` (empty: everything in hand)."""
    return bool(earlier) and (not as_of or earlier < as_of)


def _row(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> tuple[object, ...]:
    one = new or old or {}
    if old is None or new is None:
        status, evidence = ("new" if old is None else "dropped"), ("", "", "", "")
    elif same(old, new):
        status, evidence = "same", ("", "", "", "")
    else:
        status, evidence = cause(old, new, before, after)
    was, now = old or {}, new or {}
    return (
        one["id"],
        status,
        one["label"],
        one["unit"],
        was.get("value"),
        now.get("value"),
        was.get("period", ""),
        now.get("period", ""),
        was.get("rank"),
        now.get("rank"),
        *evidence,
    )


def same(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Return whether two numbers are the same: value, rank, band, universe's size, unit and period."""
    return all(_equal(old.get(key), new.get(key)) for key in COMPARED)


def _equal(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float | int):
        return math.isclose(one, other, rel_tol=NEAR, abs_tol=0.0)
    return _plain(one) == _plain(other)


def _plain(item: object) -> object:
    return list(item) if isinstance(item, tuple) else item


def cause(
    old: Mapping[str, Any],
    new: Mapping[str, Any],
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> tuple[str, tuple[str, str, str, str]]:
    """Return why two numbers of one id differ, and the evidence: kind, subject, what it was, what it is."""
    was, now = footprint(old.get("trace")), footprint(new.get("trace"))
    if old["unit"] != new["unit"]:
        return "method", ("unit", "", str(old["unit"]), str(new["unit"]))
    if (
        was.how == now.how == "listed" and was.until != now.until
    ):  # what is listed has the definitions of its rows
        return "new_period", ("as_of", min(was.tables & now.tables, default=""), was.until, now.until)
    for kind, first, second in _methods(was, now):
        if first and second and first != second:
            return "method", (kind, "", first, second)
    if str(old["period"]) != str(new["period"]):
        return "new_period", ("period", "", str(old["period"]), str(new["period"]))
    if was.periods != now.periods and was.periods and now.periods:
        return "new_period", ("period", "", ", ".join(was.periods), ", ".join(now.periods))
    if was.until != now.until and was.how == now.how:
        return "new_period", ("as_of", min(was.tables | now.tables), was.until, now.until)
    if revised := _revised(was, now):
        return "source_revision", revised
    return _same_rows(was, now, before, after)


def _methods(was: Footprint, now: Footprint) -> Iterable[tuple[str, str, str]]:
    """Yield what tells one method from another, as far as both editions record it."""
    yield "how", was.how, now.how
    yield "basis", was.basis, now.basis
    yield "universe", was.universe, now.universe
    yield "columns", was.columns, now.columns


def _revised(was: Footprint, now: Footprint) -> tuple[str, str, str, str] | None:
    for table in sorted(was.tables & now.tables):
        first, second = (", ".join(sorted(side.vintages[table])) for side in (was, now))
        if first != second and first and second:
            return "vintage", table, first, second
    return None


def _same_rows(
    was: Footprint, now: Footprint, before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[str, tuple[str, str, str, str]]:
    """Decide between numbers of one method, period and vintage by the digests of their tables."""
    tables = sorted(was.tables & now.tables)
    digests = [(table, _digest(before, table), _digest(after, table)) for table in tables]
    if not tables or was.tables != now.tables or not all(first and second for _, first, second in digests):
        return "unrecorded", ("", "", "", "")
    changed = [(table, first, second) for table, first, second in digests if first != second]
    if changed and was.rows == now.rows:
        table, first, second = changed[0]
        return "correction", ("table", table, first[:12], second[:12])
    first, second = (str(side.get("parameters", {}).get("as_of", "")) for side in (before, after))
    if not changed and first != second and was.how == now.how and was.how in COUNTS:
        return "new_period", ("as_of", tables[0], first, second)
    return "unrecorded", ("", "", "", "")


def _digest(document: Mapping[str, Any], table: str) -> str:
    return str(document.get("tables", {}).get(table, {}).get("sha256", ""))
