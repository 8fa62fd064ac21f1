"""Turn BEA's cells by country, and by state and country, into rows of our tables."""

from __future__ import annotations

import re

import pandas as pd

from helpers.data import catalog
from helpers.data.sources import cells, partners
from helpers.data.sources.answer import SourceError
from helpers.errors import DataCheckError, compose, listed

REGIONS = {"B_EUR", "B_LAC", "B_AFR", "B_MDE", "B_APA", "CAN"}
SUBREGIONS = {"B_SCA", "B_OWH"}
KINDS = {"WLD": "total"} | dict.fromkeys(REGIONS, "region") | dict.fromkeys(SUBREGIONS, "subregion")
"""Partner -> row_type of ``fdi_position``; Canada is a region, and a rest ("Other Europe") is a residual."""
NO_STATE = {"00", "70", "75"}
"""Row codes of the total, of other areas of the United States and of foreign places."""
NO_STATE_NAMES = re.compile(
    r"(?i)(total,? )?(all )?(states and areas|states|areas|u\.?s\.? areas?)( total)?|total.*|"
    r"(other )?u\.s\. areas.*|other areas.*|puerto rico|foreign.*|guam|(u\.?s\.? )?virgin islands.*|united states"
)
TOTAL = re.compile(r"(?i)[- ]*(all countries)?,? ?total|total|[- ]*all countries")
REST = {"other", "of which", "of which:", ""}
COLUMNS = ("Year", "SeriesID", "Row", "RowCode", "ColumnGParent", "ColumnParent", "Column", "ColumnCode")
UNITS = {"8": "thousands of employees", "22": "millions of dollars"}
"""Series -> unit its cells are in; another unit would be another table."""


def position(long: pd.DataFrame, basis: str, where: str) -> pd.DataFrame:
    """Return rows for ``fdi_position`` from ``year, partner, cell``; the total must be there in every year."""
    _has_total(long, ["year"], where)
    money = cells.money(long["cell"], where)
    residual = {f"B_{code}" for code in ("OEU", "OSC", "OWO", "OAF", "OME", "OAP")}
    kinds = KINDS | dict.fromkeys(residual, "residual")
    return long[["year", "partner"]].assign(
        basis=basis,
        value_musd=money["value"],
        flag=money["flag"],
        rounding_musd=1,
        row_type=long["partner"].map(kinds).fillna("country"),
    )


def jobs_national(long: pd.DataFrame, where: str) -> pd.DataFrame:
    """Return rows for ``jobs_national`` from ``year, partner, cell``; the total must be there in every year."""
    _has_total(long, ["year"], where)
    return long[["year", "partner"]].join(cells.jobs(long["cell"], where)).assign(definition="mousa")


def jobs_state(long: pd.DataFrame, where: str) -> tuple[pd.DataFrame, list[str]]:
    """Return rows for ``jobs_state`` from ``year, state (name), fips, partner, cell``, and notes.

    The total of the states, other areas and foreign places are left out, as our table has states only. Every
    state must be there in every year, with the same partners.

    Raises
    ------
    SourceError
        If a state is missing or has fewer partners than another.
    DataCheckError
        With every row that is neither a state nor one of the places left out.
    """
    places = long[["fips", "state"]].drop_duplicates()
    codes = {(fips, name): _state(fips, name) for fips, name in places.itertuples(index=False)}
    unknown = [name or fips for (fips, name), code in codes.items() if code is None]
    if unknown:
        raise DataCheckError(
            compose(where, "names of states", listed(unknown), "Add each to the states that are known.")
        )
    usps = pd.Series(
        [codes[pair] for pair in zip(long["fips"], long["state"], strict=True)], index=long.index
    )
    ours = long.assign(state=usps)[usps != ""]
    _all_states(ours, where)
    _has_total(ours, ["year", "state"], where)
    frame = ours[["year", "state", "partner"]].join(cells.jobs(ours["cell"], where))
    out = sorted({name for (_, name), code in codes.items() if code == ""})
    return frame, [f"rows left out, no states: {', '.join(out)}"] if out else []


def tabled(rows: pd.DataFrame, where: str, basis: str = "") -> tuple[str, pd.DataFrame, list[str]]:
    """Return table, rows and notes from rows as the BEA API gives them (all columns text, nulls empty).

    Raises
    ------
    SourceError
        If a column is missing, the series or its unit is none we keep, or a position has no known basis.
    """
    missing = [name for name in (*COLUMNS, "DataValue", "TableScale") if name not in rows]
    if missing or rows.empty:
        got = f"no {listed(missing)}" if missing else "no rows"
        raise SourceError(compose(where, "rows of the BEA API", got, "Ask again; the form may have changed."))
    rows = rows.fillna("").replace({"None": "", "NaN": ""}).apply(lambda column: column.str.strip())
    _one_unit(rows, where)
    series = rows["SeriesID"].iloc[0]
    by_state = series == "8" and rows["RowCode"].eq("00").any()
    long, notes = _by_state(rows) if by_state else _by_country(rows)
    if by_state:
        frame, more = jobs_state(long, where)
        return "jobs_state", frame, [*notes, *more]
    if series == "8":
        return "jobs_national", jobs_national(long, where), notes
    if not basis:
        raise SourceError(
            compose(
                where, "a position by UBO or by parent", "rows that do not say which", "Fetch it instead."
            )
        )
    return "fdi_position", position(long, basis, where), notes


def _one_unit(rows: pd.DataFrame, where: str) -> None:
    kinds = rows[["SeriesID", "TableScale"]].drop_duplicates()
    series = kinds["SeriesID"].iloc[0]
    unit = UNITS.get(series, "")
    if not unit or (kinds["SeriesID"] != series).any() or (kinds["TableScale"].str.casefold() != unit).any():
        got = listed("series " + kinds["SeriesID"] + " in " + kinds["TableScale"])
        known = "; ".join(f"series {number} in {name}" for number, name in UNITS.items())
        raise SourceError(
            compose(where, f"one of {known}", got, "The unit decides the value: nothing was read.")
        )


def _by_state(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    rows, notes = _without_addenda(rows, ["ColumnGParent", "ColumnParent", "Column"])
    fips = (
        rows["RowCode"]
        .where(rows["RowCode"].str.fullmatch(r"\d{1,2}"), "")
        .map(lambda code: code and code.zfill(2))
    )
    return _cells(rows, _column_names(rows)).assign(state=rows["Row"], fips=fips), notes


def _by_country(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    across = rows[["ColumnGParent", "ColumnParent", "Column"]].drop_duplicates()
    down = rows[["RowCode", "Row"]].drop_duplicates()
    if len(across) > len(down):
        rows, notes = _without_addenda(rows, ["ColumnGParent", "ColumnParent", "Column"])
        return _cells(rows, _column_names(rows)), notes
    rows, notes = _without_addenda(rows, ["Row"])
    if "TableRowDisplayOrder" in rows:
        order = pd.to_numeric(rows["TableRowDisplayOrder"], errors="coerce")
        rows = rows.assign(_order=order).sort_values(["Year", "_order"], kind="stable")
    placed = pd.concat(
        [pd.Series(partners.in_place(year["Row"]), index=year.index) for _, year in rows.groupby("Year")]
    )
    return _cells(rows, placed.reindex(rows.index)), notes


def _without_addenda(rows: pd.DataFrame, columns: list[str]) -> tuple[pd.DataFrame, list[str]]:
    """Return the rows without addenda and groups; ``columns`` name the country, the last one it alone."""
    out = rows[columns[-1]].map(partners.plain).str.fullmatch(partners.BEA_GROUPS)
    for name in columns:
        out |= rows[name].str.match(r"(?i)addend")
    left = listed(rows.loc[out, columns[-1]].drop_duplicates())
    return rows[~out], [f"groups and addenda left out: {left}"] if out.any() else []


def _column_names(rows: pd.DataFrame) -> pd.Series:
    """Return the full name of each column: a "Total" is its parent, an "Other" the rest of its parent."""
    heads = rows[["ColumnGParent", "ColumnParent", "Column"]]
    known = {tuple(head): _name(*head) for head in heads.drop_duplicates().itertuples(index=False)}
    return pd.Series(
        [known[tuple(head)] for head in heads.itertuples(index=False)], index=rows.index, dtype="str"
    )


def _name(grandparent: str, parent: str, column: str) -> str:
    parents = [
        name for name in (parent, grandparent) if name.casefold() not in REST and not TOTAL.fullmatch(name)
    ]
    if TOTAL.fullmatch(column):
        return parents[0] if parents else "All countries"
    if column.casefold() == "other" and parents:
        return partners.in_place([parents[0], column])[1]
    return column


def _cells(rows: pd.DataFrame, written: pd.Series) -> pd.DataFrame:
    """Return year, partner and cell; the printed cell decides, so that a marker is never read as a zero."""
    total = written.map(lambda name: "All countries" if TOTAL.fullmatch(name) else name)
    return pd.DataFrame(
        {
            "year": rows["Year"].str.slice(0, 4).astype("int64"),
            "partner": partners.bea(total),
            "cell": rows["DataValue"],
        }
    )


def _state(fips: str, name: str) -> str | None:
    """Return the USPS code, "" for a row that is no state, None for an unknown one."""
    states = catalog.load("states")
    by_name = dict(zip(states["name_en"].str.casefold(), states["usps"], strict=True))
    by_fips = dict(zip(states["fips"], states["usps"], strict=True))
    found = by_name.get(partners.plain(name).casefold()) or by_fips.get(fips)
    if found:
        return str(found)
    return "" if fips in NO_STATE or NO_STATE_NAMES.fullmatch(partners.plain(name)) else None


def _all_states(ours: pd.DataFrame, where: str) -> None:
    wanted = set(catalog.load("states")["usps"])
    problems = []
    for year, rows in ours.groupby("year"):
        missing = sorted(wanted - set(rows["state"]))
        problems += [f"{year} without {listed(missing)}"] if missing else []
        several = rows.groupby("state")["partner"].nunique()
        fewer = several[several < several.max()]
        problems += [f"{year} with fewer countries in {listed(fewer.index)}"] if len(fewer) else []
    if problems:
        raise SourceError(
            compose(
                where,
                "every state, with the same countries",
                "; ".join(problems),
                "Nothing was kept; ask again.",
            )
        )


def _has_total(long: pd.DataFrame, by: list[str], where: str) -> None:
    every = long[by].drop_duplicates().astype(str).agg(" ".join, axis=1)
    held = long.loc[long["partner"] == "WLD", by].astype(str).agg(" ".join, axis=1)
    without = every[~every.isin(held)].tolist()
    if without:
        raise SourceError(
            compose(
                where,
                "the total of all countries",
                f"none for {listed(without)}",
                "Draw or fetch the whole table.",
            )
        )
