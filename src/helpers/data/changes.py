"""What a publisher's answer would change in a table: rows added, revised and dropped, by key and vintage.

A vintage that is part of a table's key stands beside the older ones. Within one vintage a new figure for a key is a
revision. An answer speaks for what it covers: for a period (and flow, basis, state) of which it has any partner, the
rows of the same vintage and source that it no longer holds are dropped. A row whose figures are the same is left as
it is, so that the day of another look changes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from helpers.data.descriptor import Field, Table
from helpers.data.tables import typed
from helpers.errors import CatalogError, compose, listed

MEMBERS = ("partner", "vintage")
"""Columns of a key that do not belong to what an answer covers as a whole."""
DATED = ("released", "vintage", "source", "note_en", "note_ja")
"""Columns that tell where a figure is from: no revision when only they differ."""
PERIOD = ("year", "month")


@dataclass(frozen=True, eq=False)
class Changes:
    """A table before and after, and the rows that make the difference.

    Attributes
    ----------
    before, after
        The table's rows, typed; `after` sorted by the key if `before` is.
    kept
        Position in `before` of each row of `after`, -1 for a row of the answer.
    added, dropped
        Rows of the table's columns.
    revised
        The key, with the figure ``old`` and ``new`` and their flags ``old_flag`` and ``new_flag``, the largest
        difference first.
    same
        How many rows of the answer are in the table already.
    """

    table: Table
    before: pd.DataFrame
    after: pd.DataFrame
    kept: np.ndarray
    added: pd.DataFrame
    revised: pd.DataFrame
    dropped: pd.DataFrame
    same: int

    @property
    def none(self) -> bool:
        """Whether the answer changes nothing."""
        return self.added.empty and self.revised.empty and self.dropped.empty


def measure(table: Table) -> str:
    """Return the column of a table's figures: the first that is named for a value."""
    found = [field.name for field in table.fields if field.name.startswith("value")]
    if not found:
        raise CatalogError(
            compose(f"table {table.name}", "a column of values", listed(table.columns), "Refresh another.")
        )
    return found[0]


def normal(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """Return the rows of an answer in the columns and types of the table, optional columns filled in as empty.

    Raises
    ------
    DataCheckError
        If a required column is missing, an unknown one is present, or a number holds text.
    """
    frame = frame.reset_index(drop=True)
    for field in table.fields:
        if field.name not in frame and not field.required:
            frame[field.name] = np.nan if field.type in ("integer", "number") else ""
    order = [name for name in table.columns if name in frame]
    return typed(frame[order + [name for name in frame if name not in order]], table)


def compare(table: Table, before: pd.DataFrame, answer: pd.DataFrame) -> Changes:
    """Return what `answer` changes in `before`; both have the columns and types of the table."""
    before = before.reset_index(drop=True)
    answer = _first_released(before, answer.reset_index(drop=True))
    keys = list(table.primary_key)
    place = pd.Series(before.index, index=_index(before, keys))
    found = place.reindex(_index(answer, keys)).to_numpy(dtype=float, na_value=np.nan)
    known = ~np.isnan(found)
    held = found[known].astype(int)
    differs = _differs(before.iloc[held], answer[known], table)
    replaced, gone = held[differs], _uncovered(before, answer, keys)
    keep = np.setdiff1d(before.index.to_numpy(), np.concatenate([replaced, gone]))
    put = answer[~known | _spread(known, differs)]
    after = pd.concat([before.iloc[keep], put], ignore_index=True)
    kept = np.concatenate([keep, np.full(len(put), -1)])
    if before[keys].equals(before.sort_values(keys, kind="stable")[keys]):
        after = after.sort_values(keys, kind="stable")
        kept, after = kept[after.index.to_numpy()], after.reset_index(drop=True)
    return Changes(
        table=table,
        before=before,
        after=after,
        kept=kept,
        added=answer[~known].reset_index(drop=True),
        revised=_revised(before.iloc[replaced], answer[known][differs], table),
        dropped=before.iloc[gone].reset_index(drop=True),
        same=int((~differs).sum()),
    )


def _index(frame: pd.DataFrame, keys: list[str]) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(frame[keys])


def _first_released(before: pd.DataFrame, answer: pd.DataFrame) -> pd.DataFrame:
    """Return the answer with the day a period was first published by, which another vintage may know better."""
    if "released" not in answer:
        return answer
    keys = [name for name in PERIOD if name in answer]
    first = before.groupby(keys)["released"].min().reindex(_index(answer, keys)).to_numpy(dtype=object)
    own = answer["released"].to_numpy(dtype=object)
    earlier = [b if isinstance(b, str) and b and b < str(a) else a for a, b in zip(own, first, strict=True)]
    return answer.assign(released=pd.Series(earlier, index=answer.index, dtype=answer["released"].dtype))


def _differs(old: pd.DataFrame, new: pd.DataFrame, table: Table) -> np.ndarray:
    """Return for each pair of rows whether a figure, an interval or a flag is another one."""
    found = np.zeros(len(new), dtype=bool)
    for field in table.fields:
        if field.name in DATED or field.name in table.primary_key:
            continue
        a, b = old[field.name].to_numpy(), new[field.name].to_numpy()
        found |= ~((a == b) | (pd.isna(a) & pd.isna(b)))
    return found


def _spread(known: np.ndarray, differs: np.ndarray) -> np.ndarray:
    out = np.zeros(len(known), dtype=bool)
    out[np.flatnonzero(known)] = differs
    return out


def _uncovered(before: pd.DataFrame, answer: pd.DataFrame, keys: list[str]) -> np.ndarray:
    """Return the positions of rows that the answer covers but no longer holds."""
    scope = [name for name in keys if name not in MEMBERS]
    scope += [name for name in ("vintage", "source") if name in before]
    inside = _index(before, scope).isin(_index(answer, scope).unique())
    return np.flatnonzero(inside & ~_index(before, keys).isin(_index(answer, keys)))


def _revised(old: pd.DataFrame, new: pd.DataFrame, table: Table) -> pd.DataFrame:
    value = measure(table)
    found = new[list(table.primary_key)].reset_index(drop=True)
    for name, rows in (("old", old), ("new", new)):
        found[name] = rows[value].to_numpy(dtype=float, na_value=np.nan)
        found[f"{name}_flag"] = rows["flag"].to_numpy() if "flag" in rows else ""
    size = (found["new"] - found["old"]).abs().fillna(np.inf)
    return found.loc[size.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)


def written(frame: pd.DataFrame, fields: tuple[Field, ...]) -> pd.DataFrame:
    """Return typed rows as a CSV of ours holds them: whole numbers without a point, what is missing empty."""
    return pd.DataFrame({field.name: _text(frame[field.name], field) for field in fields})


def _text(values: pd.Series, field: Field) -> pd.Series:
    if field.type == "boolean":
        return values.map({True: "true", False: "false"}).astype("str")
    if field.type not in ("integer", "number"):
        return values.astype("str")
    return pd.Series([_number(value) for value in values], index=values.index, dtype="str")


def _number(value: float) -> str:
    if pd.isna(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))
