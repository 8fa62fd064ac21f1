"""Read a CSV of USA Trade Online: goods trade of the states by partner, in dollars."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from helpers.data import catalog, names
from helpers.data.sources import cells, opened, partners, rows
from helpers.data.sources import released as release
from helpers.data.sources.answer import Fetched, Raw, SourceError
from helpers.errors import DataCheckError, compose, listed

SOURCE = "usa-trade-online"
NATION = "All States"
STATES = {
    "Dist of Columbia": "DC",
    "District of Columbia": "DC",
    "Puerto Rico": "PR",
    "US Virgin Islands": "VI",
    "Unknown": "US_UNKNOWN",
}
"""Names that the publisher writes in its own way, and our codes."""
VALUES = re.compile(r"(?i)(?P<exports>.*\bexports?\b.*)|(?P<imports>.*\b(imports?|customs value \(gen\)).*)")
PART = re.compile(
    r"(?i)\b(vessel|air|containerized|swt|kg|weight|quantity|domestic|foreign|re-?exports?|cons|consumption|cif|"
    r"charges|dut(y|ies|iable)|unit|price|average|percent|share|change|growth|thousands?|millions?|billions?)\b|%"
)
"""In the head of a column of values: a part of the trade, or no dollars at customs value."""
SCALE = re.compile(r"(?i)\b(thousands?|millions?|billions?)\b")
ONE_OF = re.compile(r"(?i)(commodit(y|ies)|naics|hs|ports?|districts?)\b[^:]*:(?P<what>.+)")
"""A line above the header that says of what all rows are."""
WHOLE = re.compile(r"(?i)\s*((all|total)\b.*)?")
YEAR = re.compile(r"(\d{4})( through December)?|December (\d{4}) YTD")
"""A whole year; ``December 2018`` alone is the month."""
ALL = re.compile(r"(?i)(all commodities|total,? all .*)")
KEYS = {"State", "Country", "Time"}
HEADER = 10
"""Lines in which the header is looked for."""
NEEDED = ("State", "Country", "Time", "Commodity")
EXPECTED = "a CSV with the columns State, Country, Time and one of Exports or Imports (USA Trade Online)"


def read(content: bytes | Path, *, vintage: str, released: str) -> Fetched:
    """Return the states of the file as rows of ``state_trade``; one file holds one direction.

    Title rows above the header are passed over. The line of all states is left to :func:`read_nation`;
    where it is in the file, the states must add up to it for every partner and year.

    Parameters
    ----------
    content
        The file, or its bytes.
    vintage
        Year, month or day on which it was drawn.
    released
        ISO day by which its newest year had first been published.

    Raises
    ------
    SourceError
        If the file has another form, holds single commodities, or the states do not add up.
    DataCheckError
        With every state or partner that no list knows.

    Notes
    -----
    Source: US Census Bureau, USA Trade Online. Exports by origin of movement, general imports (customs value)
    by state of destination.
    """
    file = opened.raw(content, "usa_trade.csv")
    both = _long(file)
    _add_up(both, file.name)
    ours = both[both["state"] != NATION]
    if ours.empty:
        raise SourceError(compose(file.name, "states", f"{NATION!r} only", "Draw the table by state."))
    return _fetched("state_trade", ours, file, vintage, released)


def read_nation(content: bytes | Path, *, vintage: str, released: str) -> Fetched:
    """Return the line of all states as rows of ``state_trade_us``; parameters and errors as in :func:`read`."""
    file = opened.raw(content, "usa_trade.csv")
    both = _long(file)
    _add_up(both, file.name)
    ours = both[both["state"] == NATION].drop(columns="state")
    if ours.empty:
        raise SourceError(
            compose(file.name, f"the line {NATION!r}", "the states only", f"Draw the table with {NATION}.")
        )
    return _fetched("state_trade_us", ours, file, vintage, released)


def is_it(path: Path) -> bool:
    """Return whether a file looks like a CSV of USA Trade Online; what is wrong with it is for :func:`read`."""
    try:
        table = opened.lines(opened.raw(path, path.name), whole=False)
    except SourceError:
        return False
    return any(set(row) >= KEYS for row in table[:HEADER])


def codes(written: pd.Series) -> pd.Series:
    """Return USPS codes (and PR, VI, US_UNKNOWN) of states as the publisher names them.

    Raises
    ------
    DataCheckError
        With every name that is none.
    """
    states = catalog.load("states")
    known = dict(zip(states["name_en"], states["usps"], strict=True)) | STATES | {NATION: NATION}
    found = written.map(known)
    if found.isna().any():
        wrong = listed(written[found.isna()].drop_duplicates())
        raise DataCheckError(
            compose("names of states (usatrade)", "the states", wrong, "Correct the file, or add the name.")
        )
    return found


def _fetched(table: str, ours: pd.DataFrame, file: Raw, vintage: str, released: str) -> Fetched:
    ours = ours[ours["value_usd"] > 0]
    if ours.empty:
        raise SourceError(compose(file.name, "amounts of trade", "zeros only", "Draw the table again."))
    frame = rows.fitted(table, ours, vintage=vintage, known=released, source=SOURCE)
    held = set(ours["flow"])
    notes = (f"{' and '.join(sorted(held))} only: the other direction is in another file",)
    return Fetched(table, frame, (file,), release.span(ours["year"].unique().tolist()), notes)


def _header(table: list[list[str]], name: str) -> tuple[int, dict[str, int], str]:
    """Return the row of the header, the place of each column, and the direction."""
    for at, row in enumerate(table[:HEADER]):
        place = {cell: i for i, cell in enumerate(row) if cell}
        values = [
            (cell, match) for cell in row if (match := VALUES.fullmatch(cell)) and not PART.search(cell)
        ]
        if place.keys() >= KEYS and len(values) == 1:
            cell, match = values[0]
            place["value"] = place[cell]
            _titles(table[:at], name)
            twice = [cell for cell in NEEDED if row.count(cell) > 1]
            if twice:
                got = f"two columns {listed(twice)}"
                raise SourceError(compose(name, "each column once", got, "Draw the table again."))
            return at, place, "exports" if match["exports"] else "imports"
    head = next((row for row in table[:HEADER] if set(row) >= KEYS), table[0] if table else [])
    got = listed(filter(None, head)) or "no rows"
    raise SourceError(compose(name, EXPECTED, got, "Draw the table again with these columns."))


def _titles(lines: list[list[str]], name: str) -> None:
    """Raise if a line above the header says that the values are no dollars, or of one commodity or place."""
    told = [" ".join(filter(None, line)) for line in lines]
    wrong = [line for line in told if SCALE.search(line)]
    wrong += [line for line in told if (one := ONE_OF.fullmatch(line)) and not WHOLE.fullmatch(one["what"])]
    if wrong:
        todo = "Draw the table in dollars, of all commodities and places."
        raise SourceError(compose(name, "all trade in dollars", listed(wrong), todo))


def _whole(frame: pd.DataFrame, name: str) -> None:
    """Raise if another column says that the rows are of one port, district or industry."""
    for column in frame.columns.difference([*NEEDED, "value"]):
        if VALUES.fullmatch(column) or PART.search(column):
            continue
        single = frame.loc[~frame[column].str.fullmatch(WHOLE), column].drop_duplicates()
        if len(single):
            got = f"{column} {listed(single)}"
            raise SourceError(compose(name, "all trade of a state", got, f"Draw it without {column}."))


def _long(file: Raw) -> pd.DataFrame:
    table = opened.lines(file)
    at, place, flow = _header(table, file.name)
    body = [row for row in table[at + 1 :] if any(row)]
    short = [row for row in body if len(row) <= max(place.values())]
    if short or not body:
        got = f"{len(short)} shorter rows such as {short[0]}" if short else "no rows"
        raise SourceError(compose(file.name, "rows as long as the header", got, "Draw the table again."))
    beyond = [row for row in body if any(row[len(table[at]) :])]
    if beyond:
        got = f"{len(beyond)} longer rows such as {beyond[0]}"
        todo = "Draw the table again; a number with commas stands in quotation marks."
        raise SourceError(compose(file.name, "rows as long as the header", got, todo))
    frame = pd.DataFrame({key: [row[i] for row in body] for key, i in place.items()}, dtype="str")
    _one_commodity(frame, file.name)
    _whole(frame, file.name)
    years = _years(frame["Time"], file.name)
    states = codes(frame["State"])
    _once(frame.assign(Time=years.astype("str")), states, file.name)
    long = pd.DataFrame(
        {
            "year": years,
            "state": states,
            "partner": names.harmonise(frame["Country"], "usatrade"),
            "flow": flow,
            "value_usd": cells.whole(frame["value"], f"{file.name}, column of values"),
        }
    )
    return partners.together(long, "value_usd")


def _one_commodity(frame: pd.DataFrame, name: str) -> None:
    if "Commodity" in frame:
        single = frame.loc[~frame["Commodity"].str.fullmatch(ALL), "Commodity"].drop_duplicates()
        if len(single):
            raise SourceError(
                compose(
                    name, "all commodities together", listed(single), "Draw the table without commodities."
                )
            )


def _years(times: pd.Series, name: str) -> pd.Series:
    found = times.map(lambda text: (match := YEAR.fullmatch(text)) and (match[1] or match[3]))
    if found.isna().any():
        wrong = listed(times[found.isna()].drop_duplicates())
        raise SourceError(compose(f"{name}, column Time", "whole years", wrong, "Draw the table by year."))
    return found.astype("int64")


def _once(frame: pd.DataFrame, states: pd.Series, name: str) -> None:
    """Raise if a state, partner and year stand twice, however they are written."""
    partner = frame["Country"].str.split().str.join(" ").str.casefold()
    same = pd.DataFrame({"state": states, "partner": partner, "year": frame["Time"]})
    twice = frame[same.duplicated()]
    if len(twice):
        again = (twice["State"] + " " + twice["Country"] + " " + twice["Time"]).drop_duplicates()
        raise SourceError(compose(name, "each row once", f"twice {listed(again)}", "Draw the table again."))


def _add_up(long: pd.DataFrame, name: str) -> None:
    keys = ["year", "partner"]
    nation = long[long["state"] == NATION].set_index(keys)["value_usd"]
    states = long[long["state"] != NATION].groupby(keys)["value_usd"].sum()
    if nation.empty or states.empty:
        return
    off = (states.reindex(nation.index, fill_value=0) - nation).loc[lambda gap: gap != 0]
    off = pd.concat([off, states[~states.index.isin(nation.index)]])
    if len(off):
        pairs = [f"{row.partner} {row.year} by {row.value_usd:,}" for row in off.reset_index().itertuples()]
        raise SourceError(
            compose(
                name, f"states that add up to {NATION}", listed(pairs), "Draw the table again, all states."
            )
        )
