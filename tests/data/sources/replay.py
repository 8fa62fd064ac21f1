"""A publisher's server on 127.0.0.1 that replays the shapes its API is documented to give.

Every number here is made up, and so are the years 2091 and 2092. Used by the tests of the clients and of
whatever builds on them: ``with Replay() as server: server.bea({...}); fetch(..., base_url=server.url)``.
"""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

HOST = "127.0.0.1"
KEY = "MARKER-0000-key+of/the tests"
"""A key that stands in no text by chance, with characters that an address must quote."""


@dataclass(frozen=True)
class Answer:
    """One answer: bytes with a status; ``cut`` closes the line half-way, ``late`` waits (seconds) before it."""

    body: bytes = b""
    status: int = 200
    media: str = "application/json"
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    late: float = 0.0


Route = Callable[[str, dict[str, str]], Answer]
"""Path and parameters of a request -> its answer."""


class Replay:
    """A server whose answers are a list (one a request, the last for ever) or a function of the request."""

    def __init__(self, answers: Iterable[Answer] | Route = ()) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._route: Route | None = None
        self._queue: list[Answer] = []
        self.answer(answers)

    def answer(self, answers: Iterable[Answer] | Route) -> Replay:
        """Set what comes next."""
        self._route = answers if callable(answers) else None
        self._queue = [] if callable(answers) else list(answers)
        return self

    def __enter__(self) -> Replay:
        self._server = ThreadingHTTPServer((HOST, 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Return the address to give a client as ``base_url``."""
        return f"http://{HOST}:{self._server.server_address[1]}/data"

    def next(self, path: str, asked: dict[str, str]) -> Answer:
        """Return the answer to a request, and remember the request."""
        self.asked.append((path, asked))
        if self._route:
            return self._route(path, asked)
        return self._queue.pop(0) if len(self._queue) > 1 else self._queue[0]


def _handler(replay: Replay) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            answer = replay.next(parts.path.removeprefix("/data").strip("/"), asked)
            time.sleep(answer.late)
            self.send_response(answer.status)
            if answer.status != 204:
                self.send_header("Content-Type", answer.media)
                self.send_header("Content-Length", str(len(answer.body)))
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):  # the client did not wait
                self.wfile.write(answer.body[: len(answer.body) // 2] if answer.cut else answer.body)
            if answer.cut:
                self.close_connection = True

        def log_message(self, *_: object) -> None: ...

    return Handler


def page(title: str, status: int = 200) -> Answer:
    """Return a web page where data were asked for."""
    body = f"<html><head><title>{title}</title></head><body><p>{title}</p></body></html>"
    return Answer(body.encode(), status, "text/html")


def as_json(content: object, **more: Any) -> Answer:
    """Return an object as BEA sends it: JSON that is not UTF-8."""
    return Answer(json.dumps(content, ensure_ascii=False).encode("iso-8859-1"), **more)


EMPTY = Answer(status=204)
"""The Census Bureau's way to say that there are no data (yet)."""

# -- BEA ------------------------------------------------------------------------------------------------------


def bea_cell(
    year: int,
    row: tuple[str, str],
    column: tuple[str, str],
    printed: str,
    *,
    parents: tuple[str | None, str | None] = (None, None),
    series: str = "8",
    order: float = 1,
) -> dict[str, Any]:
    """Return one row of the API: (code, name) of row and column, (grandparent, parent) of the column."""
    plain = printed.replace(",", "")
    unit = {"8": "Thousands of Employees", "22": "Millions of Dollars"}[series]
    return {
        "Year": str(year),
        "SeriesID": series,
        "SeriesName": {"8": "Employment", "22": "Foreign Direct Investment Position"}[series],
        "Row": row[1],
        "ColumnGParent": parents[0],
        "ColumnParent": parents[1],
        "Column": column[1],
        "RowCode": row[0],
        "ColumnCode": column[0],
        "ColumnParentCode": "000" if parents[1] else "0",
        "ColumnGParentCode": "399" if parents[0] else "0",
        "TableScale": unit,
        "DataValueUnformatted": plain if plain.replace(".", "").lstrip("-").isdigit() else "0",
        "TableColumnDisplayOrder": "1.00",
        "TableRowDisplayOrder": f"{order:.2f}",
        "DataValue": printed,
    }


def bea_answer(rows: list[dict[str, Any]], key: str = KEY) -> Answer:
    """Return rows in BEA's envelope, which repeats the key in capitals."""
    request = {"RequestParam": [{"ParameterName": "USERID", "ParameterValue": key.upper()}]}
    results = {
        "Statistic": "MNE",
        "UTCProductionTime": "2093-01-01T00:00:00.000",
        "Dimensions": [],
        "Data": rows,
        "Notes": [{"NoteRef": "(D)", "NoteText": "Suppressed to avoid disclosure"}],
    }
    return as_json({"BEAAPI": {"Request": request, "Results": results}})


COLUMNS = (
    (("000", "--- All Countries Total"), (None, None)),
    (("100", "Canada"), (None, None)),
    (("000", "Total"), ("Europe", "Total")),
    (("319", "United Kingdom"), ("Europe", "Of which:")),
    (("000", "Total"), ("Asia and Pacific", "Total")),
    (("614", "Japan"), ("Asia and Pacific", "Of which:")),
    (("698", "Other"), ("Asia and Pacific", "Of which:")),
)
"""Columns of the state table: a total, a country, and two regions whose "Total" needs its parent's name."""
DEFAULT = ("1,250.4", "120.0", "700.1", "310.2", "305.0", "250.3", "54.7")
"""Cells of a state, in thousands of employees."""
STATES = "01 02 04 05 06 08 09 10 11 12 13 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 " \
    "39 40 41 42 44 45 46 47 48 49 50 51 53 54 55 56"  # fmt: skip


def bea_states(
    names: Mapping[str, str], years: Iterable[int], cells: Mapping[str, Mapping[str, str]] | None = None
) -> list[dict[str, Any]]:
    """Return the state table: FIPS -> name of state, years, and {FIPS: {column name: printed cell}} that differ."""
    rows = {"00": "Total States and Areas", **names, "70": "Other U.S. areas", "75": "Foreign"}
    labels = [f"{parents[0]} {name}" if name == "Total" else name for (_, name), parents in COLUMNS]
    return [
        bea_cell(
            year,
            (code, name),
            column,
            (cells or {}).get(code, {}).get(label, printed),
            parents=parents,
            order=float(at + 1),
        )
        for year in years
        for at, (code, name) in enumerate(rows.items())
        for (column, parents), printed, label in zip(COLUMNS, DEFAULT, labels, strict=True)
    ]


def bea_error(code: str, said: str, *, place: str = "BEAAPI", listed: bool = False) -> Answer:
    """Return an error inside a 200: beside or within Results, alone or in a list."""
    error = {"APIErrorCode": code, "APIErrorDescription": said, "ErrorDetail": {"Description": "of the test"}}
    found: object = [error] if listed else error
    inner = {"Error": found} if place == "BEAAPI" else {"Results": {"Error": found}}
    return as_json({"BEAAPI": {"Request": {}, **inner}})


# -- Census ---------------------------------------------------------------------------------------------------


def census_answer(header: list[str], rows: Iterable[list[str]], predicates: Mapping[str, str]) -> Answer:
    """Return an array of arrays of text in which the predicates are repeated at the end of each row."""
    arrays = [[*header, *predicates], *([*row, *predicates.values()] for row in rows)]
    return Answer(json.dumps(arrays).encode())


def census_route(rows: Callable[[str, str, dict[str, str]], list[dict[str, str]] | None]) -> Route:
    """Answer as the trade API does, from ``rows(flow, endpoint, predicates)``: one dict a row, None for a 204."""

    def route(path: str, asked: dict[str, str]) -> Answer:
        flow, endpoint = path.split("/")[-2:]
        header = asked["get"].split(",")
        predicates = {name: value for name, value in asked.items() if name not in ("get", "key")}
        found = rows(flow, endpoint, predicates)
        if not found:
            return EMPTY
        wanted = [
            row for row in found if all(row.get(name, value) == value for name, value in predicates.items())
        ]
        if not wanted:
            return EMPTY
        return census_answer(header, ([row[name] for name in header] for row in wanted), predicates)

    return route
