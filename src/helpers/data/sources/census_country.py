"""Read the Census Bureau's country.xlsx: goods trade by country and month since 1985, in million dollars."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl.utils.exceptions import InvalidFileException

from helpers.data import catalog
from helpers.data.sources import opened, partners, rows
from helpers.data.sources import released as release
from helpers.data.sources.answer import Fetched, Raw, SourceError
from helpers.errors import compose, listed

TABLE = "goods_trade"
SOURCE = "census-country-file"
MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
FLOWS = {"imports": "I", "exports": "E"}
COLUMNS = [
    "year",
    "CTY_CODE",
    "CTYNAME",
    *(f"{letter}{month}" for letter in FLOWS.values() for month in (*MONTHS, "YR")),
]
EXPECTED = "an Excel file with the columns year, CTY_CODE, CTYNAME, IJAN to IYR, EJAN to EYR (country.xlsx)"
LARGEST_GROUP = 1000
"""Codes below are groups; those that the list of names knows (the European Union, the world) are kept."""
DECIMALS = 6
"""Decimals of a million dollars: whole dollars, without the noise of the file's binary fractions."""
ROUNDED = 0.02
"""How far twelve months may miss the printed year, in million dollars per month that is rounded to 0.1."""


def read(content: bytes | Path, *, vintage: str, released: str) -> Fetched:
    """Return the whole years of the file as rows of ``goods_trade``.

    The file prints a month that is not out yet as zero. A year counts as whole when somebody's trade of its
    December is in it; a year that is not is left out, and a note says so. A printed zero is a row, unless
    a partner that no longer exists, or is no country, has no trade either way in that year.

    Parameters
    ----------
    content
        The file, or its bytes.
    vintage
        Year, month or day on which the file stood like this on the publisher's site.
    released
        ISO day by which the newest whole year had first been published.

    Raises
    ------
    SourceError
        If the file has another form, or a year's months do not add up to its total.
    DataCheckError
        With every partner that no list knows.

    Notes
    -----
    Source: US Census Bureau, U.S. Trade in Goods by Country. Census basis, not seasonally adjusted.
    """
    file = opened.raw(content, "country.xlsx")
    wide = _wide(file)
    kept, left_out = _partners(wide)
    months = _months(kept)
    partial = months[months < 12]
    kept = kept[~kept["year"].isin(partial.index)]
    if kept.empty:
        raise SourceError(
            compose(file.name, "a whole year", f"{months.max()} months", "Read it when December is out.")
        )
    _add_up(kept, file.name)
    kept = kept[kept[["IYR", "EYR"]].gt(0).any(axis=1) | kept["partner"].isin(_countries())]
    parts = [
        pd.DataFrame(
            {
                "year": kept["year"],
                "partner": kept["partner"],
                "flow": flow,
                "value_musd": kept[f"{letter}YR"].astype("float64"),
                "months": 12,
            }
        )
        for flow, letter in FLOWS.items()
    ]
    long = partners.together(pd.concat(parts), "value_musd")
    long["value_musd"] = long["value_musd"].round(DECIMALS)
    notes = [f"{year} has {n} of 12 months and is left out" for year, n in partial.items()]
    notes += [f"groups left out: {', '.join(left_out)}"] if left_out else []
    return Fetched(
        TABLE,
        rows.fitted(TABLE, long, vintage=vintage, known=released, source=SOURCE),
        (file,),
        _span(long["year"]),
        tuple(notes),
    )


def is_it(path: Path) -> bool:
    """Return whether a file looks like country.xlsx."""
    try:
        _head(opened.raw(path, path.name), rows=1)
    except SourceError:
        return False
    return True


def _countries() -> set[str]:
    known = catalog.load("partners")
    return set(known.loc[~known["historic"], "iso3"])


def _span(years: pd.Series) -> str:
    return release.span(years.unique().tolist())


def _head(file: Raw, rows: int | None) -> pd.DataFrame:
    text = {"CTY_CODE": str, "CTYNAME": str}
    try:
        with pd.ExcelFile(io.BytesIO(file.content), engine="openpyxl") as book:
            shown = [sheet.title for sheet in book.book.worksheets if sheet.sheet_state == "visible"]
            frame = pd.read_excel(book, shown[0], dtype=text, nrows=rows, keep_default_na=False)
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, InvalidFileException):
        frame = None
    if frame is None:
        raise SourceError(compose(file.name, EXPECTED, "no Excel file", "Download country.xlsx again."))
    missing = [name for name in COLUMNS if name not in frame.columns]
    if missing:
        raise SourceError(
            compose(file.name, EXPECTED, f"no {listed(missing)}", "Download country.xlsx again.")
        )
    twice = [name for name in COLUMNS if f"{name}.1" in frame.columns]
    if twice:
        raise SourceError(compose(file.name, "each column once", f"two {listed(twice)}", "Remove one."))
    return frame[COLUMNS]


def _wide(file: Raw) -> pd.DataFrame:
    frame = _head(file, rows=None)
    values = COLUMNS[3:]
    nameless = frame[(frame["CTY_CODE"] == "") & (frame[["CTYNAME", *values]] != "").any(axis=1)]
    frame = frame[frame["CTY_CODE"] != ""].reset_index(drop=True)
    twice = frame[frame.assign(CTY_CODE=frame["CTY_CODE"].str.zfill(4)).duplicated(["year", "CTY_CODE"])]
    if len(nameless) or len(twice):
        rows = nameless if len(nameless) else twice
        got = listed((rows["CTYNAME"] + " " + rows["year"].astype("str")).drop_duplicates())
        got = f"{'none' if len(nameless) else 'two rows'} for {got}"
        todo = "Download country.xlsx again."
        raise SourceError(compose(file.name, "a code and one row for each country and year", got, todo))
    numbers = frame[["year", *values]].apply(pd.to_numeric, errors="coerce")
    wrong = [name for name in numbers if numbers[name].isna().any()]
    if wrong or frame.empty:
        got = f"cells that are none in {listed(wrong)}" if wrong else "no rows"
        raise SourceError(compose(file.name, "numbers in every month", got, "Download country.xlsx again."))
    return frame.assign(**{name: numbers[name] for name in numbers}).astype({"year": "int64"})


def _partners(wide: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    group = pd.to_numeric(wide["CTY_CODE"], errors="coerce") < LARGEST_GROUP
    ours = pd.Series(index=wide.index, dtype="object")
    ours[group] = partners.in_groups(wide.loc[group, "CTYNAME"], "census")
    ours[~group] = partners.census(wide.loc[~group, "CTY_CODE"], wide.loc[~group, "CTYNAME"])
    left_out = sorted(set(wide.loc[ours.isna(), "CTYNAME"]))
    return wide.assign(partner=ours.astype("str"))[ours.notna()], left_out


def _months(kept: pd.DataFrame) -> pd.Series:
    """Return for each year its last month in which both directions have trade with somebody."""
    traded = pd.DataFrame(
        {
            number: kept[[f"{letter}{month}" for letter in FLOWS.values()]]
            .gt(0)
            .groupby(kept["year"])
            .any()
            .all(axis=1)
            for number, month in enumerate(MONTHS, start=1)
        }
    )
    return traded.apply(lambda year: max((month for month, some in year.items() if some), default=0), axis=1)


def _add_up(kept: pd.DataFrame, name: str) -> None:
    off = []
    for flow, letter in FLOWS.items():
        total = kept[[f"{letter}{month}" for month in MONTHS]].sum(axis=1)
        wrong = kept[(total - kept[f"{letter}YR"]).abs() > ROUNDED * 12 + 1e-6 * total]
        off += [f"{row.CTYNAME} {row.year} {flow}" for row in wrong.itertuples()]
    if off:
        raise SourceError(
            compose(
                name, "twelve months that add up to the year", listed(off), "Download country.xlsx again."
            )
        )
