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
YEAR = re.compile(r"(19|20)\d\d")
POSITION = re.compile(r"(?i)direct investment position .*historical[- ]cost")
TITLE = re.compile(r"(?i)direct investment in the united states")
FLOW = re.compile(r"(?i)\b(financial|transactions|(in|out)?flows?|income)\b")
"""What stands below the same title and is no position."""
OTHERS = re.compile(r"(?i)\b(abroad|foreign affiliates|all (\w+ )*u\.s\. affiliates)\b")
"""Tables of American owners, and of affiliates that are not majority-owned: of the same form, and not ours."""
JOBS = re.compile(r"(?i)\bemployment\b")
OWNER = re.compile(r"(?i)\bUBOs?\b|ultimate beneficial owner")
UNITS = {
    "fdi_position": re.compile(r"(?i)millions of dollars"),
    "jobs": re.compile(r"(?i)thousands of (employees|persons)"),
}
ADDENDA = re.compile(r"(?i)addend(a|um):?")
EXPECTED = (
    "a CSV of BEA's interactive tables: a title with 'direct investment position' or 'employment', the unit "
    "in a line above the figures, a line of years with countries below it, or one of countries with states"
)


@dataclass(frozen=True)
class _Head:
    """What the lines above the figures say: table, line of the column heads, title."""

    table: str
    at: int
    title: str


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
        long = pd.DataFrame(table[1:], columns=table[0], dtype="str")
        name, frame, notes = bea_rows.tabled(long, file.name)
    else:
        head = _head(table, file.name)
        name = head.table
        make = _states if name == "jobs_state" else _years
        frame, notes = make(table, head, file)
    fitted = rows.fitted(name, frame, vintage=vintage, known=released, source=SOURCES[name])
    return Fetched(name, fitted, (file,), release.span(frame["year"].unique().tolist()), tuple(notes))


def is_it(path: Path) -> bool:
    """Return whether a file looks like a CSV of BEA's interactive tables."""
    try:
        table = opened.lines(opened.raw(path, path.name))
        return _is_api(table) or bool(_head(table, path.name))
    except SourceError:
        return False


def _is_api(table: list[list[str]]) -> bool:
    return bool(table) and {"Year", "SeriesID", "Row", "Column", "DataValue"} <= set(table[0])


def _head(table: list[list[str]], name: str) -> _Head:
    for at, row in enumerate(table[:12]):
        years = [cell for cell in row[1:] if cell]
        if not years:
            continue
        above = " ".join(cell for line in table[:at] for cell in line if cell)
        jobs = bool(JOBS.search(above))
        if not (jobs or POSITION.search(above) or (TITLE.search(above) and not FLOW.search(above))):
            continue  # a title with a comma
        if OTHERS.search(above):
            break
        unit = UNITS["jobs" if jobs else "fdi_position"]
        across = all(YEAR.fullmatch(year) for year in years)
        if len(years) == 1 and not across:
            continue  # a heading over all columns
        if not unit.search(above) or not (across or (jobs and len(YEAR.findall(above)) == 1)):
            break
        kind = ("jobs_national" if jobs else "fdi_position") if across else "jobs_state"
        return _Head(kind, at, above)
    got = listed(cell for line in table[:4] for cell in line if cell) or "no rows"
    raise SourceError(compose(name, EXPECTED, got, "Download the table as CSV, with its title and unit."))


def _body(table: list[list[str]], head: _Head) -> tuple[list[tuple[str, list[str]]], list[str]]:
    """Return (label, cells) of the rows below the heads, and what was left out; a row may start on the next line."""
    width = sum(1 for cell in table[head.at][1:] if cell)
    carried, body, notes = table[head.at][0] if head.table != "jobs_state" else "", [], []
    for row in table[head.at + 1 :]:
        label, cells = row[0] if row else "", row[1 : 1 + width]
        if ADDENDA.fullmatch(label):
            notes.append("the addenda of the file are left out")
            break
        if any(cells):
            body.append((label or carried, cells))
            carried = ""
        elif label:
            carried = ""
            body.append((label, []))
    return body, notes


def _filled(body: list[tuple[str, list[str]]], width: int, name: str) -> list[tuple[str, list[str]]]:
    """Return the rows with figures; a known name without any, or a row with holes, is an error."""
    bare = pd.Series([label for label, cells in body if not cells], dtype="str")
    held = {label for label, cells in body if cells}
    known = partners.in_groups(bare.map(partners.plain).str.rstrip(":"), "bea")
    wrong = [label for label in bare[known.notna()] if not label.endswith(":") and label not in held]
    wrong += [label or "no name" for label, cells in body if cells and (not all(cells) or len(cells) < width)]
    wrong += ["no name" for label, cells in body if cells and not label]
    if wrong:
        raise SourceError(
            compose(name, "a cell in every column", f"holes in {listed(wrong)}", "Download it again.")
        )
    return [(label, cells) for label, cells in body if cells]


def _years(table: list[list[str]], head: _Head, file: Raw) -> tuple[pd.DataFrame, list[str]]:
    years = [int(cell) for cell in table[head.at][1:] if cell]
    found, notes = _body(table, head)
    body = _filled(found, len(years), file.name)
    placed = partners.in_place(label for label, _ in body)
    codes = partners.bea(pd.Series(placed, dtype="str"))
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
    year = int(next(match.group() for match in YEAR.finditer(head.title)))
    across = [cell for cell in table[head.at][1:] if cell]
    codes = partners.bea(pd.Series(partners.in_place(across), dtype="str"))
    found, notes = _body(table, head)
    body = _filled(found, len(across), file.name)
    long = pd.DataFrame(
        [
            {"year": year, "state": partners.plain(label), "fips": "", "partner": code, "cell": cell}
            for label, cells in body
            for code, cell in zip(codes, cells, strict=True)
        ]
    )
    frame, more = bea_rows.jobs_state(long, file.name)
    return frame, [*notes, *more]
