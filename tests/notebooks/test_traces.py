"""Every number of a page leads back to its rows: found in data/ with plain pandas, and computed again.

The pages are those of ``BRIEFS`` and ``OTHERS``; test_whole_edition walks every brief of the edition, with the
product's own ``briefs trace --all``.
"""

from __future__ import annotations

import functools
import hashlib
import json
import shutil
from pathlib import Path

import pandas as pd
import pytest
from printed import unmarked_numbers
from running import run_notebook
from test_numbers_are_backed import BRIEFS, OTHERS, named

from helpers import paths
from helpers.analysis import derive
from helpers.analysis.lookup import Lookup
from helpers.cli import recount
from helpers.data import partitions
from helpers.data.sources.answer import Raw
from helpers.data.traced import RESULTS, Tables
from helpers.display.trace import Trace

pytestmark = pytest.mark.slow
every_brief = pytest.mark.parametrize("brief", [*BRIEFS, *OTHERS], ids=named)


def remembered(function):
    """Remember a function's answers by its argument, plain JSON: pages ask for the same rows over and over."""
    known = functools.cache(lambda text: function(json.loads(text)))

    @functools.wraps(function)
    def asked(universe):
        return known(json.dumps(universe))

    asked.cache_clear = known.cache_clear
    return asked


@functools.cache
def resources():
    descriptor = json.loads((paths.data_dir() / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in descriptor["resources"]}


@functools.cache
def table(name: str) -> pd.DataFrame:
    """Read a table from its file: text columns as text, the others as pandas reads them."""
    if name.startswith("statehs/"):
        told = partition(name)
        same = {key: told[key] for key in ("year", "state", "flow", "vintage", "source")}
        return pd.read_parquet(paths.data_dir() / told["path"]).assign(**same)
    resource = resources()[name]
    path = paths.data_dir() / resource["path"]
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    text = {
        f["name"]: str for f in resource["schema"]["fields"] if f["type"] in ("string", "date", "yearmonth")
    }
    return pd.read_csv(
        path, dtype=text, keep_default_na=False, na_values={n: [""] for n in _numeric(resource)}
    )


def partition(name):
    _, state, year, flow = name.split("/")
    index = paths.data_dir() / f"raw/statehs/state={state}/index.json"
    known = json.loads(index.read_text(encoding="utf-8"))["partitions"]
    (own,) = [entry for entry in known if (str(entry["year"]), entry["flow"]) == (year, flow)]
    return own


def path_of(name):
    return partition(name)["path"] if name.startswith("statehs/") else resources()[name]["path"]


def _numeric(resource):
    return [f["name"] for f in resource["schema"]["fields"] if f["type"] in ("integer", "number")]


@functools.cache
def digest(path: str) -> str:
    return hashlib.sha256((paths.data_dir() / path).read_bytes()).hexdigest()


@functools.cache
def places(name, columns):
    """Return where in a table the rows of each key are, for a key of these columns."""
    frame, found = table(name), {}
    for place, key in enumerate(zip(*(frame[column] for column in columns), strict=True)):
        found.setdefault(key, []).append(place)
    return found


def rows_where(name, where, vintage=""):
    frame = table(name)
    if where and not any(wanted is None or isinstance(wanted, list) for wanted in where.values()):
        key = where | ({"vintage": vintage} if vintage and "vintage" in frame else {})
        return frame.iloc[places(name, tuple(key)).get(tuple(key.values()), [])]
    for column, wanted in where.items():
        if wanted is None:
            frame = frame[frame[column].isna()]
        else:
            frame = frame[frame[column].isin(wanted if isinstance(wanted, list) else [wanted])]
    if vintage and "vintage" in frame:
        frame = frame[frame["vintage"] == vintage]
    return frame


def universe_rows(universe):
    frame = rows_where(universe["table"], universe["where"], universe.get("vintage", ""))
    by = universe.get("ranked", {}).get("each", universe["by"])
    if universe.get("without"):
        frame = frame[~frame[by].isin(table("aggregates")["code"])]
    if universe.get("left_out"):
        frame = frame[~frame[by].isin(universe["left_out"])]
    for column, day in universe.get("until", {}).items():
        frame = frame[
            frame[column].map(lambda item, day=day: pd.isna(item) or item == "" or item <= day).astype(bool)
        ]
    if "span" in universe:
        (first, second), span = universe["span"]["columns"], universe["span"]
        pairs = list(zip(frame[first], frame[second], strict=True))
        frame = frame[[tuple(span["from"]) <= pair <= tuple(span["to"]) for pair in pairs]]
    if "within" in universe:
        code, columns = universe["within"]["code"], universe["within"]["columns"]
        touched = [";".join(str(row[c]) for c in columns) for row in frame.to_dict("records")]
        frame = frame[[code in {part.strip() for part in text.split(";")} for text in touched]]
    if "filled" in universe:
        columns, but = universe["filled"]["columns"], {"", *universe["filled"].get("but", [])}
        kept = [any(not pd.isna(r[c]) and r[c] not in but for c in columns) for r in frame.to_dict("records")]
        frame = frame[kept]
    for column, values in universe.get("but", {}).items():
        frame = frame[[item not in values for item in frame[column]]]
    for column in universe.get("held", ()):
        frame = frame[[not pd.isna(item) and item != "" for item in frame[column]]]
    for column in universe.get("empty", ()):
        frame = frame[frame[column].map(lambda item: pd.isna(item) or item == "").astype(bool)]
    return frame


@remembered
def figures(universe):
    """Return the figures of a universe and the least that a hidden one can be."""
    frame, found, low = universe_rows(universe), {}, {}
    for row in frame.to_dict("records"):
        sign = 1
        for term in universe.get("terms", ()):
            if all(row[c] == w for c, w in term["where"].items()):
                sign = term["sign"]
        number = sign * float(row[universe["column"]])
        code = row[universe["by"]]
        least = sign * float(row[universe["low"]]) if universe.get("low") and pd.isna(number) else number
        found[code] = found[code] + number if code in found else number
        low[code] = low[code] + least if code in low else least
    if "groups" in universe:
        found, low = (
            {g: sum(one[c] for c in codes if c in one) for g, codes in universe["groups"].items()}
            for one in (found, low)
        )
    if "above" in universe:
        found = {code: number for code, number in found.items() if number > universe["above"]}
    return found, {code: low[code] for code in found}


@remembered
def counted(universe):
    if "ranked" in universe:
        wanted, n = universe["ranked"], 0
        frame = universe_rows(universe)
        for _, one in frame[frame[universe["column"]] > 0].groupby(universe["by"]):
            own = one[one[wanted["each"]] == wanted["subject"]][universe["column"]]
            if len(own):
                place = 1 + int((one[universe["column"]] > own.iloc[0]).sum())
                n += wanted["from"] <= place <= wanted["to"]
        return n
    n = len(universe_rows(universe))
    return n - (len(universe_rows(universe["less"])) if "less" in universe else 0)


def recomputed(trace):
    """Return a number from its rows; an error where a row is not there, or there twice."""
    how, sums, universe = trace["how"], {}, trace["universe"]
    for row in trace["rows"]:
        found = rows_where(row["table"], row["where"], row["vintage"])
        assert len(found) == 1, (row, len(found))
        own = found.iloc[0]
        if "source" in own:
            assert own["source"] == row["source"], row
        if how not in ("listed", "none"):
            sums[row["as"]] = sums.get(row["as"], 0.0) + row.get("sign", 1) * float(own[row["column"]])
    return trace.get("scale", 1) * _made(how, sums, universe, trace)


def _made(how, s, universe, trace):
    v = s.get("value")
    if how in ("value", "sum", "difference", "low", "high"):
        return v
    if how == "listed":
        return len(trace["rows"])
    if how == "held":
        found = [recomputed({"scale": 1, **one}) for one in universe["each"]]
        return sum(universe["places"] is None or n <= universe["places"] for n in found)
    if how == "per_published":
        return counted(universe) / s["total"]
    if how == "count":
        return counted(universe)
    if how in ("added", "ratio"):
        n = sum(len(universe_rows(one)) for one in (universe, *universe.get("with", ())))
        return n if how == "added" else n / sum(len(universe_rows(one)) for one in universe["of"])
    if how == "rank":
        known, low = figures(universe)
        return 1 + sum((low[code] if pd.isna(n) else n) > v for code, n in known.items())
    if how in ("sum_of", "share_of"):
        whole = sum(figures(universe)[0].values())
        return whole if how == "sum_of" else v / whole
    return {
        "share": lambda: v / s["total"],
        "growth": lambda: v / s["before"] - 1,
        "change": lambda: v / s["total"] - s["before"] / s["total_before"],
        "gap": lambda: abs(v - s["other"]),
        "gap_share": lambda: abs(v - s["other"]) / s["other"],
        "per_thousand": lambda: 1000 * v / s["total"],
    }[how]()


METHODS = ("compared", "estimated", "bounded", "checks", "months")
"""Operations that are computed again by the product: of two universes, of intervals, of no rows.

Plain pandas does so with what lies beside them: see `test_events_and_presence_are_those_of_plain_pandas`."""


@functools.cache
def lookup():
    """Return the tables as this module reads them, with the results of the checks."""
    return Lookup(lambda name: Tables({})(name) if name == RESULTS else table(name))


def forget(*more):
    """Let every answer go that rests on the tables."""
    for function in (places, figures, counted, lookup, *more):
        function.cache_clear()


@pytest.fixture
def put(monkeypatch):
    """Return a function that puts a frame in the place of a table, for one test."""

    def put(name, frame):
        monkeypatch.setitem(globals(), "table", lambda asked: frame if asked == name else TABLE(asked))
        forget()

    yield put
    forget()


def wrong(content):
    """Return every number of a brief's JSON whose trace is not complete, not true or does not give it again."""
    found = []
    for value in content["values"]:
        try:
            told = _checked(value, content)
        except (AssertionError, KeyError, ValueError, IndexError) as error:
            told = repr(error)
        if told:
            found.append(f"{value['id']}: {told}")
    return found


def _checked(value, content):
    trace = value["trace"]
    lacking = [part for part in ("how", "basis", "unit", "text") if not trace[part]]
    if lacking or not (trace["rows"] or trace["universe"]):
        return f"lacks {lacking or 'rows'}"
    named = {row["table"] for row in trace["rows"]} | (
        {trace["universe"]["table"]} if trace["universe"] else set()
    )
    for name in named:
        known = content["tables"][name]
        if not known["title"] or not known["vintage"] or known["path"] != path_of(name):
            return f"table {name} is not described"
        if known["sha256"] != digest(known["path"]):
            return f"table {name} has another digest"
    keys = [row["source"] for row in trace["rows"]]
    keys = keys or ([trace["universe"]["source"]] if trace["universe"] else [])
    if not all(content["sources"][key]["text"] for key in keys):
        return "a source has no text"
    if not all(row["vintage"] and row["column"] and row["where"] for row in trace["rows"]):
        return "a row has no vintage, column or key"
    if trace["how"] == "setting":
        return "" if trace["rows"] == [] and value["value"] is not None else "names rows or has no value"
    if trace["how"] == "none":
        return "" if value["value"] is None else "has a value although none is in hand"
    if trace["how"] == "bounded" and derive.band(trace, lookup()) != value["band"]:
        return "has another band"
    again = recount.recompute(trace, lookup()) if trace["how"] in METHODS else recomputed(trace)
    if value["value"] is None:
        return "" if pd.isna(again) else f"{again} is not None"
    if value["unit"] == "rank":
        return "" if again == value["value"] else f"{again} is not {value['value']}"
    same = abs(again - value["value"]) <= 1e-9 * max(abs(value["value"]), 1e-12)
    return "" if same else f"{again} is not {value['value']}"


def content(page):
    """Return what the JSON beside a page holds."""
    tables, sources, values = {}, {}, {}
    for face in (block.json() for block in page.blocks):
        tables |= face["tables"]
        sources |= face["sources"]
        for value in face["values"]:
            values.setdefault(value["id"], value)
    return {"tables": tables, "sources": sources, "values": list(values.values())}


@every_brief
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_number_leads_back_to_its_rows_and_is_computed_again_from_them(run, brief, lang):
    name, parameters = brief
    page = run(name, lang=lang, **parameters)
    day = parameters.get("as_of") in ("1999-01-01", "2022-07-05") and name in ("what_changed", "mission")
    few = day or parameters.get("mission") == "hagatna" or parameters.get("measure") == "sites"
    assert len(page.values) > 100 or few
    assert wrong(content(page)) == []


@every_brief
@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_printed_number_is_a_control_that_opens_its_trace(run, brief, lang):
    name, parameters = brief
    page = run(name, lang=lang, **parameters)
    assert [line for block in page.blocks for line in unmarked_numbers(block)] == []


@every_brief
def test_every_trace_is_complete(run, brief):
    name, parameters = brief
    shown = [v for block in run(name, **parameters).blocks for v in block.numbers()]
    assert [v.id for v in shown if not isinstance(v.trace, Trace) or v.trace.lacks()] == []


def test_events_and_presence_are_those_of_plain_pandas(run):
    ratios = {
        value["id"].split(".")[2]: value
        for value in content(run("activity_presence"))["values"]
        if value["id"].endswith(".ratio") and value["trace"]["universe"]["level"] == "state"
    }
    beside = next(iter(ratios.values()))["trace"]["universe"]["beside"]
    places = table("states")["usps"]
    traded = rows_where(beside["table"], beside["where"], beside["vintage"]).set_index("state")["value_usd"]
    share = traded.reindex(places).fillna(0)
    share /= share.sum()
    room = table("events")[table("events")["format"] != "online"]
    codes = (room["state"] + ";" + room["other_states"]).str.replace(" ", "").str.split(";")
    counts = codes.map(lambda found: sorted(set(found) - {""})).explode().value_counts()
    counts = counts.reindex(places).fillna(0)
    expected = (counts / (counts.sum() * share)).to_dict()
    assert {place: value["value"] for place, value in ratios.items()} == pytest.approx(expected, rel=1e-12)


def test_a_row_that_changed_is_found(run, put):
    beside = content(run("state"))
    frame = table("state_trade").copy()
    hit = (frame["state"] == "TN") & (frame["partner"] == "JPN") & (frame["year"] == 2018)
    frame.loc[hit & (frame["flow"] == "exports"), "value_usd"] += 1_000_000
    put("state_trade", frame)
    found = {line.split(":")[0] for line in wrong(beside)}
    assert {"exports.value", "exports.share", "exports.above.gap"} <= found
    assert not {"imports.value", "jobs.value"} & found


def test_a_row_that_is_gone_and_a_digest_of_another_file_are_found(run, put):
    beside = content(run("state"))
    put("jobs_state", table("jobs_state").iloc[:0])
    assert any(line.startswith("jobs.value:") for line in wrong(beside))
    beside["tables"]["state_trade"]["sha256"] = "0" * 64
    assert any("another digest" in line for line in wrong(beside))


@pytest.fixture
def synthetic_commodities(tmp_path, monkeypatch):
    """A copy of the tables with Tennessee's trade by commodity of the fictitious year 2097; all figures are made up."""
    folder = tmp_path / "data"
    shutil.copytree(paths.data_dir(), folder, ignore=shutil.ignore_patterns("raw", ".*"))
    monkeypatch.setenv("BRIEFS_DATA", str(folder))
    forget(table, resources, digest)
    for flow, scale in (("exports", 1), ("imports", 3)):
        cells = [
            (p, f"{n:06d}", scale * n * 1_000_000) for p in ("JPN", "DEU") for n in range(870301, 870309)
        ]
        frame = pd.DataFrame(cells, columns=["partner", "commodity", "value_ytd_usd"]).assign(
            year=2097, month=12, state="TN", flow=flow, vintage="2098-02-10", source="census-api-statehs",
            description="MADE-UP WARES", value_usd=1_000,
        )  # fmt: skip
        raw = Raw("answer.json", b"[]", "https://api.example.org/statehs?STATE=TN", "application/json")
        partitions.store("TN", 2097, flow, frame, raw, today="2098-02-10")
    yield folder
    forget(table, resources, digest)


def test_every_number_of_commodities_that_were_fetched_leads_back_to_its_partition(synthetic_commodities):
    # Of eight commodities, n million dollars each for n = 870,301 to 870,308, the five largest are shown.
    total = sum(range(870_301, 870_309)) * 1_000_000
    for page in (run_notebook("state", state="TN", lang=lang) for lang in ("ja", "en")):
        beside = content(page)
        own = {value["id"]: value for value in beside["values"] if ".commodities." in value["id"]}
        assert own["exports.commodities.total"]["value"] == total
        assert own["imports.commodities.total"]["value"] == 3 * total
        assert own["exports.commodities.870308.rank"]["value"] == 1
        assert (own["exports.commodities.shown"]["value"], own["exports.commodities.count"]["value"]) == (
            5,
            8,
        )
        assert len(own) == 2 * (5 * 3 + 4)
        assert wrong(beside) == []
        assert all(value["trace"]["basis"] and value["trace"]["text"] for value in own.values())
        left = [line for block in page.blocks for line in unmarked_numbers(block)]
        assert [
            line for line in left if "HS6" not in line and "MADE-UP" not in line
        ] == []  # codes in the notes
    (row,) = own["imports.commodities.870308.share"]["trace"]["rows"]
    assert row["where"] == {
        "state": "TN", "partner": "JPN", "flow": "imports", "commodity": "870308", "year": 2097, "month": 12,
    }  # fmt: skip
    assert (row["vintage"], row["source"]) == ("2098-02-10", "census-api-statehs")
    file = "raw/statehs/state=TN/year=2097/flow=imports/part.parquet"
    known = beside["tables"]["statehs/TN/2097/imports"]
    assert (known["path"], known["sha256"]) == (file, digest(file))
    assert "statehs" in beside["sources"]["census-api-statehs"]["url"]
    frame = table("statehs/TN/2097/exports")  # and a commodity that changed in its partition is found
    frame.loc[(frame["partner"] == "JPN") & (frame["commodity"] == "870308"), "value_ytd_usd"] *= 2
    forget()
    found = {line.split(":")[0] for line in wrong(beside)}
    assert {"exports.commodities.870308.value_usd", "exports.commodities.total"} <= found
    assert not {"imports.commodities.total", "exports.value"} & found


TABLE = table


def test_the_tables_are_read_from_files_that_exist():
    assert [r["path"] for r in resources().values() if not Path(paths.data_dir() / r["path"]).is_file()] == []
