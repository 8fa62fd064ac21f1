"""Every number of every brief leads back to its rows: found in data/ with plain pandas, and computed again."""

from __future__ import annotations

import functools
import hashlib
import json
from pathlib import Path

import pandas as pd
import pytest
from printed import unmarked_numbers
from test_numbers_are_backed import BRIEFS, OTHERS, named

from helpers import paths
from helpers.display.trace import Trace

pytestmark = pytest.mark.slow
every_brief = pytest.mark.parametrize("brief", [*BRIEFS, *OTHERS], ids=named)


@functools.cache
def resources():
    descriptor = json.loads((paths.data_dir() / "datapackage.json").read_text(encoding="utf-8"))
    return {resource["name"]: resource for resource in descriptor["resources"]}


@functools.cache
def table(name: str) -> pd.DataFrame:
    """Read a table from its file: text columns as text, the others as pandas reads them."""
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


def _numeric(resource):
    return [f["name"] for f in resource["schema"]["fields"] if f["type"] in ("integer", "number")]


@functools.cache
def digest(path: str) -> str:
    return hashlib.sha256((paths.data_dir() / path).read_bytes()).hexdigest()


def rows_where(name, where, vintage=""):
    frame = table(name)
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
    for column in universe.get("held", ()):
        frame = frame[[not pd.isna(item) and item != "" for item in frame[column]]]
    for column in universe.get("empty", ()):
        frame = frame[frame[column].map(lambda item: pd.isna(item) or item == "").astype(bool)]
    return frame


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
    if "above" in universe:
        found = {code: number for code, number in found.items() if number > universe["above"]}
    return found, {code: low[code] for code in found}


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
    if lacking or not (trace["rows"] or trace["universe"] or trace["how"] == "compared"):
        return f"lacks {lacking or 'rows'}"
    named = {row["table"] for row in trace["rows"]} | (
        {trace["universe"]["table"]} if trace["universe"] else set()
    )
    for name in named:
        known = content["tables"][name]
        if not known["title"] or not known["vintage"] or known["path"] != resources()[name]["path"]:
            return f"table {name} is not described"
        if known["sha256"] != digest(known["path"]):
            return f"table {name} has another digest"
    keys = [row["source"] for row in trace["rows"]]
    keys = keys or ([trace["universe"]["source"]] if trace["universe"] else [])
    if not all(content["sources"][key]["text"] for key in keys):
        return "a source has no text"
    if not all(row["vintage"] and row["column"] and row["where"] for row in trace["rows"]):
        return "a row has no vintage, column or key"
    if trace["how"] in ("estimated", "setting"):
        beside = trace["universe"].get("beside")
        if trace["how"] == "estimated" and not rows_where(beside["table"], beside["where"]).size:
            return "rests on no row of the other table"
        return "" if trace["rows"] == [] and value["value"] is not None else "names rows or has no value"
    if trace["how"] == "none":
        return "" if value["value"] is None else "has a value although none is in hand"
    if trace["how"] in ("compared", "bounded"):  # of two editions, or of intervals: no row holds them
        return ""
    if trace["how"] in ("checks", "months"):
        return ""  # of no rows: held against checks and calendar in test_data_quality
    again = recomputed(trace)
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
    none_before = name == "what_changed" and parameters.get("as_of") == "2022-07-05"
    few_figures = parameters.get("measure") == "sites"
    assert len(page.values) > 100 or none_before or few_figures
    assert wrong(content(page)) == []


def test_every_number_of_the_built_edition_does(edition):
    for brief in edition.briefs:
        beside = json.loads(edition.text(brief, "json"))
        assert len(beside["values"]) > 200
        assert wrong(beside) == [], brief


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


def test_a_row_that_changed_is_found(run, monkeypatch):
    beside = content(run("state"))
    frame = table("state_trade").copy()
    hit = (frame["state"] == "TN") & (frame["partner"] == "JPN") & (frame["year"] == 2018)
    frame.loc[hit & (frame["flow"] == "exports"), "value_usd"] += 1_000_000
    monkeypatch.setitem(globals(), "table", lambda name: frame if name == "state_trade" else TABLE(name))
    found = {line.split(":")[0] for line in wrong(beside)}
    assert {"exports.value", "exports.share", "exports.above.gap"} <= found
    assert not {"imports.value", "jobs.value"} & found


def test_a_row_that_is_gone_and_a_digest_of_another_file_are_found(run, monkeypatch):
    beside = content(run("state"))
    frame = table("jobs_state")
    monkeypatch.setitem(
        globals(), "table", lambda name: frame.iloc[:0] if name == "jobs_state" else TABLE(name)
    )
    assert any(line.startswith("jobs.value:") for line in wrong(beside))
    beside["tables"]["state_trade"]["sha256"] = "0" * 64
    assert any("another digest" in line for line in wrong(beside))


TABLE = table


def test_the_tables_are_read_from_files_that_exist():
    assert [r["path"] for r in resources().values() if not Path(paths.data_dir() / r["path"]).is_file()] == []
