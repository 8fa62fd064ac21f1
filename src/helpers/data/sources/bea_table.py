"""Read a CSV of BEA's interactive tables: positions and jobs by country of owner, years or states across."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from helpers.data.sources import bea_rows, opened, partners, rows
from helpers.data.sources import released as release
from helpers.data.sources.answer import Fetched, Raw, SourceError
from helpers.errors import compose, listed

SOURCES = {"fdi_position": "bea-fdi-detail", "jobs_national": "bea-mne-table", "jobs_state": "bea-mne-table"}
"""Table -> key of the source of a file that the reader downloaded."""
YEAR = re.compile(r"\b(19|20)\d\d\b")
DATED = re.compile(r"(?i)\b(releas|revis|updat|publish|download|access|retriev|as of|source|note)")
"""A line whose year is not that of the figures."""
POSITION = re.compile(r"(?i)direct investment position .*historical[- ]cost")
TITLE = re.compile(r"(?i)direct investment in the united states")
NO_POSITION = re.compile(
    r"(?i)\b(financial|transactions|(in|out)?flows?|income|earnings|dividends|royalties|equity|debt|"
    r"rates? of return|market[- ]value|current[- ]cost|assets|sales|value added|expenditures|acquisitions?|"
    r"new foreign direct investment)\b"
)
"""What stands below the same title and is no position, only a part of it, or one at other prices."""
OTHERS = re.compile(
    r"(?i)\b(abroad|foreign affiliates|all (\w+ )*u\.s\. affiliates|minority|(?<!bank and )nonbank|manufacturing|"
    r"wholesale|retail|depository|insurance|real estate|mining|petroleum|chemicals|machinery|percent)\b"
)
"""Tables of American owners, of other affiliates, and of one industry: of the same form, and not ours."""
JOBS = re.compile(r"(?i)\bemployment\b")
MAJORITY = re.compile(r"(?i)\bmajority\W*owned\b")
PARENT = re.compile(r"(?i)\bforeign parent")
OWNER = re.compile(r"(?i)\bUBOs?\b|ultimate beneficial owner")
UNITS = {
    "fdi_position": re.compile(r"(?i)millions of dollars"),
    "jobs": re.compile(r"(?i)thousands of (employees|persons)"),
}
ADDENDA = re.compile(r"(?i)addend(a|um):?")
HEADER = 12
"""Lines in which the column heads are looked for."""
EXPECTED = (
    "a CSV of BEA's interactive tables: a title with 'direct investment position' at historical cost, or with "
    "'employment' of 'majority-owned' affiliates by country of UBO, in all industries, the unit in a line "
    "above the figures, a line of years with countries below it, or one of countries with states"
)


@dataclass(frozen=True)
class _Head:
    """What the lines above the figures say: table, line and places of the column heads, title, year if only one."""

    table: str
    at: int
    columns: tuple[int, ...]
    title: str
    year: int


def read(content: bytes | Path, *, vintage: str, released: str) -> Fetched:
    """Return the file as rows of ``fdi_position``, ``jobs_national`` or ``jobs_state``, as its title says.

    Countries stand below each other and years across (positions, national jobs), or states below each other
    and countries across for one year (jobs of the states). "Other" is the rest of the region named last above
    it; numbers of footnotes are taken off names; addenda are left out. Positions are by foreign parent unless
    the title says UBO. A CSV of rows as the BEA API gives them is read too.

    Parameters
    ----------
    content
        The file, or its bytes.
    vintage
        Year, month or day of the release it was drawn from.
    released
        ISO day by which its newest year had first been published.

    Raises
    ------
    SourceError
        If the file has another form, a cell is neither number nor marker, or the total is missing.
    DataCheckError
        With every country or state that no list knows.

    Notes
    -----
    Source: US Bureau of Economic Analysis, direct investment and multinational enterprises.
    """
    file = opened.raw(content, "bea_table.csv")
    table = opened.lines(file)
    if _is_api(table):
        long = _long(table, file.name)
        name, frame, notes = bea_rows.tabled(long, file.name)
    else:
        head = _head(table, file.name)
        name = head.table
        make = _states if name == "jobs_state" else _years
        frame, notes = make(table, head, file)
    fitted = rows.fitted(name, frame, vintage=vintage, known=released, source=SOURCES[name])
    return Fetched(name, fitted, (file,), release.span(frame["year"].unique().tolist()), tuple(notes))


def is_it(path: Path) -> bool:
    """Return whether a file looks like a CSV of BEA's interactive tables; what is wrong with it is for :func:`read`."""
    try:
        table = opened.lines(opened.raw(path, path.name), whole=False)
    except SourceError:
        return False
    words = " ".join(cell for line in table[:HEADER] for cell in line)
    return _is_api(table) or any(title.search(words) for title in (JOBS, POSITION, TITLE))


def _is_api(table: list[list[str]]) -> bool:
    return bool(table) and {"Year", "SeriesID", "Row", "Column", "DataValue"} <= set(table[0])


def _head(table: list[list[str]], name: str) -> _Head:
    for at, row in enumerate(table[:HEADER]):
        columns = tuple(place for place, cell in enumerate(row) if place and cell)
        years = [row[place] for place in columns]
        if not years:
            continue
        above = " ".join(cell for line in table[:at] for cell in line if cell)
        jobs = bool(JOBS.search(above))
        if not (jobs or POSITION.search(above) or TITLE.search(above)):
            continue  # a title with a comma
        if OTHERS.search(above) or not (_ours(above) if jobs else not NO_POSITION.search(above)):
            break
        unit = UNITS["jobs" if jobs else "fdi_position"]
        across = all(YEAR.fullmatch(year) for year in years)
        if len(years) == 1 and not across:
            continue  # a heading over all columns
        told = _told(table[:at])
        if not unit.search(above) or not (across or (jobs and len(told) == 1)):
            break
        kind = ("jobs_national" if jobs else "fdi_position") if across else "jobs_state"
        return _Head(kind, at, columns, above, 0 if across else told[0])
    got = listed(cell for line in table[:4] for cell in line if cell) or "no rows"
    raise SourceError(compose(name, EXPECTED, got, "Download the table as CSV, with its title and unit."))


def _ours(above: str) -> bool:
    """Return whether a title of employment is that of majority-owned affiliates, by country of UBO."""
    return bool(MAJORITY.search(above)) and not (PARENT.search(above) and not OWNER.search(above))


def _told(lines: list[list[str]]) -> list[int]:
    """Return the years of the figures that the lines above them name."""
    words = [cell for line in lines for cell in line if not DATED.search(cell)]
    return [int(match.group()) for cell in words for match in YEAR.finditer(cell)]


def _long(table: list[list[str]], name: str) -> pd.DataFrame:
    """Return rows as the API gives them; blank lines are passed over."""
    heads, body = table[0], [row for row in table[1:] if any(row)]
    uneven = [at for at, row in enumerate(body, 2) if len(row) != len(heads)]
    twice = [head for at, head in enumerate(heads) if head in heads[:at]]
    if uneven or twice:
        got = (
            f"two columns {listed(twice)}"
            if twice
            else f"{len(uneven)} of other length, from row {uneven[0]}"
        )
        raise SourceError(compose(name, "rows as long as the header", got, "Download it again."))
    return pd.DataFrame(body, columns=heads, dtype="str")


def _body(table: list[list[str]], head: _Head, name: str) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Return (label, cells) of the rows below the heads, and what was left out; a row may start on the next line."""
    carried, body, notes, beside = table[head.at][0] if head.table != "jobs_state" else "", [], [], []
    for row in table[head.at + 1 :]:
        label = row[0] if row else ""
        if ADDENDA.fullmatch(label):
            notes.append("the addenda of the file are left out")
            break
        cells = [row[place] if place < len(row) else "" for place in head.columns]
        if any(cell for place, cell in enumerate(row) if place and place not in head.columns):
            beside.append(label or carried or "no name")
        if any(cells):
            body.append((label or carried, cells))
            carried = ""
        elif label:
            carried = ""
            body.append((label, []))
    if beside:
        got = f"more in the rows of {listed(beside)}"
        raise SourceError(
            compose(name, "a head over every figure", got, "Download the table as it is shown.")
        )
    return body, notes


def _filled(body: list[tuple[str, list[str]]], names: list[str], name: str) -> list[tuple[str, list[str]]]:
    """Return name and cells of the rows with figures; a known name without any, or a row with holes, is an error."""
    held = {placed for placed, (_, cells) in zip(names, body, strict=True) if cells}
    known = partners.in_groups(pd.Series(names, dtype="str"), "bea").notna()
    wrong = [
        label
        for (label, cells), placed, is_known in zip(body, names, known, strict=True)
        if not cells and is_known and not label.endswith(":") and placed not in held
    ]
    wrong += [label or "no name" for label, cells in body if cells and not (label and all(cells))]
    if wrong:
        raise SourceError(
            compose(name, "a cell in every column", f"holes in {listed(wrong)}", "Download it again.")
        )
    return [(placed, cells) for placed, (_, cells) in zip(names, body, strict=True) if cells]


def _one_item(body: list[tuple[str, list[str]]], name: str) -> None:
    """Raise if figures stand below a heading of another item than that of the title."""
    other = ""
    for label, cells in body:
        if other and cells:
            todo = "Draw the table of one item."
            raise SourceError(compose(name, "figures of one item", f"some below {other!r}", todo))
        other = label if not cells and (NO_POSITION.search(label) or OTHERS.search(label)) else other


def _years(table: list[list[str]], head: _Head, file: Raw) -> tuple[pd.DataFrame, list[str]]:
    years = [int(table[head.at][place]) for place in head.columns]
    twice = [year for at, year in enumerate(years) if year in years[:at]]
    if twice:
        todo = "Draw the table of one item."
        raise SourceError(compose(file.name, "each year once", f"twice {listed(twice)}", todo))
    found, notes = _body(table, head, file.name)
    _one_item(found, file.name)
    names = partners.in_place(label.removesuffix(":") for label, _ in found)
    body = _filled(found, names, file.name)
    codes = partners.bea(pd.Series([placed for placed, _ in body], dtype="str"))
    long = pd.DataFrame(
        [
            {"year": year, "partner": code, "cell": cell}
            for code, (_, cells) in zip(codes, body, strict=True)
            for year, cell in zip(years, cells, strict=True)
        ]
    )
    if head.table == "fdi_position":
        basis = "ubo" if OWNER.search(head.title) else "foreign_parent"
        return bea_rows.position(long, basis, file.name), notes
    return bea_rows.jobs_national(long, file.name), notes


def _states(table: list[list[str]], head: _Head, file: Raw) -> tuple[pd.DataFrame, list[str]]:
    across = [table[head.at][place] for place in head.columns]
    codes = partners.bea(pd.Series(partners.in_place(across), dtype="str"))
    found, notes = _body(table, head, file.name)
    body = _filled(found, [partners.plain(label.removesuffix(":")) for label, _ in found], file.name)
    long = pd.DataFrame(
        [
            {"year": head.year, "state": label, "fips": "", "partner": code, "cell": cell}
            for label, cells in body
            for code, cell in zip(codes, cells, strict=True)
        ]
    )
    frame, more = bea_rows.jobs_state(long, file.name)
    return frame, [*notes, *more]
