"""The page of the claim audit: its numbers, its twins, another partner, another day and a reader's own ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from printed import unbacked
from typer.testing import CliRunner

from helpers.analysis import claims, trade
from helpers.cli import app, walk
from helpers.data import catalog, ledger
from helpers.display import blocks, prose, show
from helpers.display.markup import unmarked

pytestmark = pytest.mark.slow

OWN = (
    "id,document,page,text_en,text_ja,measure,place,partner,period,value,unit,precision,rank,released,source\n"
    "kor.exports,Speech / 演説,1,Korea as a market,輸出先の韓国,exports,US,KOR,2021,,,,5,2022-07-05,speech\n"
    "kor.jobs,Speech / 演説,2,Jobs at German affiliates <b>,ドイツ系の雇用,jobs,US,DEU,2019,85990,persons,5,,,speech\n"
)


@pytest.fixture
def own(tmp_path):
    path = tmp_path / "ledger.csv"
    path.write_text(OWN, encoding="utf-8")
    return str(path)


def tables(page):
    return {b.id: b for b in page.blocks if isinstance(b, blocks.Table)}


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(
    "parameters", [{}, {"as_of": "2022-07-05"}, {"partner": "GBR"}, {"as_of": "2020-01-01"}]
)
def test_every_printed_number_is_a_value_and_every_block_can_be_drawn(run, parameters, lang):
    page = run("claims_audit", lang=lang, **parameters)
    assert unbacked(page.blocks, lang) == []
    assert all(block._repr_mimebundle_()["text/plain"] is not None for block in page.blocks)


def test_language_twins_carry_the_same_values(run):
    english, japanese = (run("claims_audit", lang=lang).values for lang in ("en", "ja"))
    assert {k: v.value for k, v in english.items()} == {k: v.value for k, v in japanese.items()}


def test_the_page_shows_every_claim_with_a_verdict_and_its_evidence(run):
    # Figures of the task force's summary of FY2021: 53 claims, 21 of them with both a value and a rank
    parts = [t for name, t in tables(run("claims_audit")).items() if name != "claims-unchecked"]
    rows = [row for table in parts for row in table.rows]
    assert len(rows) == 53 + 21
    assert all(row["verdict"] and row["definition"] for row in rows)
    indiana = next(r for r in rows if r["claim"] == "Jobs at Japanese affiliates in Indiana")
    assert [unmarked(indiana[part]) for part in ("printed", "recomputed")] == ["5,600", "56,000"]
    assert "ten times" in indiana["definition"]
    assert "jetro-jobs-2019" in indiana["evidence"]


def test_a_claim_that_holds_in_one_vintage_is_not_said_to_hold_on_one_definition(run):
    # Fourth in imports in 2021: true of the vintage of 2026 and not of March 2023, on one and the same definition
    words = (
        "6 figures hold on one definition or vintage only: Japan among the sources of United States imports;"
    )
    assert words in run("claims_audit").text


def test_the_evidence_of_a_claim_that_holds_in_one_vintage_names_the_rows_of_both(run):
    # Goods imports of 2021: 0.36 bn behind Germany in the country file of March 2023, before it in the later revision
    page = run("claims_audit")
    parts = [t for name, t in tables(page).items() if name != "claims-unchecked"]
    imports = "Japan among the sources of United States imports"
    row = next(r for table in parts for r in table.rows if r["claim"] == imports)
    assert [unmarked(row[part]) for part in ("printed", "recomputed")] == ["4th", "5th"]
    first, second = row["evidence"].split("; ")
    assert "imports, 2023-03" in first
    assert "imports, 2026" in second


def test_a_recomputed_number_leads_back_to_its_rows(run):
    value = run("claims_audit").values["claims.deficit.share.rank.recomputed"]
    trace = value.trace.to_json()
    assert (value.value, trace["how"], trace["rows"][0]["table"]) == (6, "rank", "goods_trade")
    assert trace["rows"][0]["where"] == {"year": 2021, "partner": "JPN", "flow": "imports"}
    assert trace["universe"]["without"] == "aggregates"


def test_what_cannot_be_checked_names_who_could(run):
    rows = tables(run("claims_audit"))["claims-unchecked"].rows
    assert all(row["who"] for row in rows)
    assert any("briefs data refresh jobs_state" in row["who"] for row in rows)


def test_another_partner_sees_the_claims_about_it_alone(run):
    # The summary prints the United Kingdom first in the nation's jobs, and first in Texas, Illinois and California.
    page = run("claims_audit", partner="GBR")
    assert page.values["claims.all"].value == 1 + 3 * 2
    assert not [i for i in page.values if "exports" in i]


def test_before_the_document_there_is_nothing_to_audit(run):
    page = run("claims_audit", as_of="2022-07-04")
    assert page.values["claims.all"].value == 0
    assert "No claim is in the ledger" in page.text


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_second_ledger_is_audited_the_same_way(run, own, lang):
    # 2021: Korea fifth as an export market in both vintages. 2019: Germany 859,900 (JETRO, 23 August 2021).
    page = run("claims_audit", claims=own, lang=lang)
    assert unbacked(page.blocks, lang) == []
    assert page.values["claims.reproduced"].value == page.values["claims.slip"].value == 1
    assert ("Speech" if lang == "en" else "演説") in page.text
    assert lang == "ja" or "&lt;b&gt;" in page.html


def test_the_national_brief_prints_the_summary_and_what_does_not_hold(run):
    found = tables(run("national"))
    assert {"claims", "claims-differ"} <= set(found)
    assert len(found["claims-differ"].rows) == 9
    assert "3 are likely slips" in unmarked(found["claims"].notes[0])


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize(("state", "subject"), [("IL", "JPN"), ("OH", "JPN"), ("MO", "JPN"), ("WV", "CAN")])
def test_the_blocks_of_a_state_print_no_number_without_a_value(state, subject, lang):
    voice, groups = prose.Voice(lang, catalog.names(lang)), set(catalog.load("aggregates")["code"])
    tables = {name: catalog.load(name, vintage="all", state=state) for name in claims.STATE_TABLES}
    audited = claims.audit(ledger.read(place=state), tables, groups=groups)
    goods = catalog.load("state_trade", state=state)
    at = {"groups": groups, "value": "value_usd", "name": "state_trade", "place": state}
    flows = [trade.reading(goods, flow, subject, **at) for flow in ("exports", "imports")]
    shown = [show.claims.of_state(voice, state, subject, audited),
             show.say.state(voice, state, subject, audited, *flows)]  # fmt: skip
    assert unbacked(shown, lang) == []


def test_a_number_of_the_users_own_ledger_is_followed_where_the_ledger_is_named(run, own, tmp_path):
    faces = [block.json() for block in run("claims_audit", claims=own).blocks]
    values = {value["id"]: value for face in reversed(faces) for value in face["values"]}
    content = {
        "brief": "claims-audit",
        "lang": "en",
        "parameters": {"claims": Path(own).name},
        "tables": {name: told for face in faces for name, told in face["tables"].items()},
        "sources": {key: told for face in faces for key, told in face["sources"].items()},
        "values": list(values.values()),
    }
    file = tmp_path / "audit.json"
    file.write_text(json.dumps(content, default=int), encoding="utf-8")
    number = next(v["id"] for v in values.values() if any(r["table"] == "claims" for r in v["trace"]["rows"]))

    def said(*words):
        return CliRunner().invoke(app, ["trace", str(file), number, *words], catch_exceptions=False).output

    assert "recomputed: not possible (claims" in said()
    assert "--claims" in said()
    followed = said("--claims", own)
    assert followed.rstrip().endswith("agrees")
    assert "the file on disk is the same" in followed
    assert walk.over([file], claims=own).failed == []
    assert {what for _, _, what in walk.over([file]).failed} == {
        "the file of claims is another than the one it was made from"
    }


@pytest.mark.parametrize(("as_of", "rank"), [("2022-07-05", 5), ("", 6)])
def test_a_past_edition_holds_no_claim_against_figures_of_later(as_of, rank):
    # Census, goods deficit of 2021: behind China, Mexico, Vietnam and Germany as revised in 2023, later Ireland too.
    groups = set(catalog.load("aggregates")["code"])
    held = {name: catalog.load(name, vintage="all", as_of=as_of) for name in claims.TABLES}
    audited = claims.audit(ledger.read(as_of=as_of), held, groups=groups)
    (found,) = [
        f
        for f in audited
        if (f.statement.measure, f.statement.partner, f.statement.aspect) == ("deficit", "JPN", "rank")
    ]
    assert found.shown.value == rank
    assert any(one.vintage == "2026" for one in found.tried) == (not as_of)
