"""Every published figure for the same thing in one place, each with its definition: never added, never ranked."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

BEA = "bea_majority"
"""Definition of the state table: majority-owned affiliates, the only one that is ever ranked (elsewhere)."""

QUOTED = "bea_quoted"
"""What others quote of the bureau's table: another edition or year, the same definition."""

EARLIER = "nonbank_10pct"
"""Definition of the tables of the 1990s: shown, but too old to be part of a range."""

DERIVED = "derived"
"""Qualifier of a figure that we worked out: shown, but nobody published it."""

LEFT_OUT = ("earlier", "share", "order", DERIVED, "empty")
"""Why a row is no part of a range: an older definition, a share, a place in a list, our own, no number."""

ORDER = (
    BEA,
    QUOTED,
    EARLIER,
    "trade_office_sheet",
    "business_roundtable",
    "german_industry",
    "establishment_data",
    "consulate_survey",
    "state_count",
    "stated",
)
"""Definitions in the order of the page: the statistical office first, speeches last."""

COUNTED = ("sites", "facilities", "companies", "affiliates")
"""Units of the counts of companies and sites; ranks and shares are no counts."""

JAPAN = "JPN"
"""Counts of companies and sites are in hand for Japan only."""

COLUMNS = (
    "table", "year", "measure", "definition", "value", "qualifier", "rank", "rank_qualifier", "unit", "certainty",
    "source", "vintage", "note_en", "note_ja", "mission",
)  # fmt: skip


@dataclass(frozen=True)
class Span:
    """The lowest and the highest of several figures, how many there are, and how many definitions they have."""

    low: float
    high: float
    figures: int
    definitions: int


def figures(
    bea: pd.DataFrame,
    other: pd.DataFrame,
    earlier: pd.DataFrame,
    company_sites: pd.DataFrame,
    subject: str,
    as_of: str = "",
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return every figure in hand for jobs, and every count of companies and sites: :func:`jobs`, :func:`sites`."""
    return jobs(bea, other, earlier, subject, as_of), sites(company_sites, subject, as_of)


def jobs(
    bea: pd.DataFrame, other: pd.DataFrame, earlier: pd.DataFrame, subject: str, as_of: str = ""
) -> pd.DataFrame:
    """Return every figure in hand for the jobs at affiliates of one country in one state.

    Parameters
    ----------
    bea
        ``jobs_state``, the state's rows.
    other
        ``state_jobs_other``, the state's rows.
    earlier
        ``jobs_state_1990s``, the state's rows; the newest year of all industries is kept.
    subject
        ISO3 code of the country of ownership.
    as_of
        ISO date: only what had been published by then; an undated page is then left out. Empty: everything.

    Returns
    -------
    DataFrame
        The columns of `COLUMNS`, a row a figure, by definition (see `ORDER`) and year; years that a source does
        not print come last.
    """
    first = bea[(bea["partner"] == subject) & bea["value"].notna()].assign(
        table="jobs_state", measure="jobs", definition=BEA, unit="persons", certainty="high"
    )
    rest = published_by(other[other["partner"] == subject], as_of).assign(table="state_jobs_other")
    old = earlier[
        (earlier["partner"] == subject) & (earlier["measure"] == "all_industries") & earlier["value"].notna()
    ]
    old = old[old["year"] == old["year"].max()].assign(
        table="jobs_state_1990s", measure="jobs", unit="persons", certainty="high"
    )
    if as_of:
        old = old[old["year"] < int(as_of[:4]) - 1]
    return _together(first, rest, old)


def sites(company_sites: pd.DataFrame, subject: str, as_of: str = "") -> pd.DataFrame:
    """Return every count in hand of the subject's companies, affiliates and sites in one state.

    Parameters
    ----------
    company_sites
        The state's rows; counts of a year that was not over on ``as_of`` are left out.

    Returns
    -------
    DataFrame
        As :func:`jobs`; empty for a country other than Japan.
    """
    rows = company_sites[company_sites["unit"].isin(COUNTED) & (subject == JAPAN)]
    if as_of:
        rows = rows[rows["year"] < int(as_of[:4])]
    return _together(rows.assign(table="company_sites", measure="sites", certainty=""))


def published_by(rows: pd.DataFrame, as_of: str) -> pd.DataFrame:
    """Return the rows whose page was there on a day; the last day counts that a year or month can mean."""
    if not as_of:
        return rows
    last = rows["published"].map(lambda told: told + "-12-31"[len(told) - 4 :] if len(told) < 10 else told)
    return rows[(rows["published"] != "") & (last <= as_of)]


def span(told: pd.DataFrame) -> Span | None:
    """Return the range of the :func:`comparable` figures; None where there are fewer than two."""
    numbers = comparable(told)
    if len(numbers) < 2:
        return None
    values = numbers["value"]
    return Span(float(values.min()), float(values.max()), len(numbers), len(by_definition(numbers)))


def comparable(told: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that stand side by side: published counts that have a value (see :func:`left_out`)."""
    return told[told.apply(_kind, axis=1) == ""] if len(told) else told


def left_out(told: pd.DataFrame) -> list[str]:
    """Return what keeps rows out of the range, in the order of `LEFT_OUT`: each kind once."""
    found = set(told.apply(_kind, axis=1)) if len(told) else set()
    return [kind for kind in LEFT_OUT if kind in found]


def _kind(row: pd.Series) -> str:
    if row["definition"] == EARLIER:
        return "earlier"
    if row["measure"] not in ("jobs", "sites"):
        return str(row["measure"])
    if row["qualifier"] == DERIVED:
        return DERIVED
    return "empty" if pd.isna(row["value"]) else ""


def by_definition(told: pd.DataFrame) -> pd.DataFrame:
    """Return the first figure of each definition; what others quote of the bureau has the bureau's own."""
    return told[~told["definition"].replace(QUOTED, BEA).duplicated()]


def keys(*frames: pd.DataFrame) -> list[str]:
    """Return the keys of the sources of several frames, each once."""
    return sorted({key for frame in frames for key in frame["source"]})


def _together(*parts: pd.DataFrame) -> pd.DataFrame:
    found = [part.reindex(columns=list(COLUMNS)) for part in parts if len(part)]
    if not found:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = pd.concat(found, ignore_index=True)
    text = ["qualifier", "rank_qualifier", "vintage", "note_en", "note_ja", "mission"]
    rows[text] = rows[text].astype(object).where(rows[text].notna(), "")
    place = {name: n for n, name in enumerate(ORDER)}
    order = rows["definition"].map(place).fillna(len(place))
    rows = rows.assign(order=order, when=rows["year"].fillna(9999.0))
    keys_ = ["order", "definition", "measure", "when", "source"]
    return rows.sort_values(keys_).drop(columns=["order", "when"]).reset_index(drop=True)
