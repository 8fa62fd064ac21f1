"""Two editions number by number: the cause comes from what their files record, and from nothing else."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import changes
from helpers.analysis.footprint import footprint


def row(vintage="2023-03", year=2021, partner="JPN", **more):
    where = {"year": year, "partner": partner, "flow": "exports"}
    return {"as": "value", "table": "goods_trade", "column": "value_musd", "where": where} | {
        "vintage": vintage,
        "source": "census",
        **more,
    }


def trace(*rows, how="value", basis="Census basis, f.a.s.", universe=None):
    return {
        "how": how,
        "rows": list(rows or [row()]),
        "universe": universe,
        "basis": basis,
        "unit": "million USD",
    }


def number(value, period="2021", way=None, name="exports.value", unit="million USD", **more):
    blank = {"label": "US exports to Japan", "rank": None, "band": None, "of": None}
    return {"id": name, "value": value, "unit": unit, "period": period, "trace": way, **blank, **more}


def edition(*values, sha="a" * 64, as_of=""):
    return {
        "values": list(values),
        "tables": {"goods_trade": {"sha256": sha}},
        "parameters": {"as_of": as_of},
    }


def verdict(old, new, **later):
    (found,) = changes.compare(edition(old), edition(new, **later)).to_dict("records")
    return found["status"], (found["kind"], found["subject"], found["was"], found["now"])


def test_a_number_is_the_same_only_in_value_rank_unit_and_period():
    one = number(74_564.7, way=trace(), rank=4, band=(4, 4), of=231)
    assert changes.same(one, one | {"label": "other words", "trace": None, "band": [4, 4]})
    for key, other in {"value": 74_564.8, "period": "2022", "unit": "USD", "rank": 5, "band": (4, 5)}.items():
        assert not changes.same(one, one | {key: other}), key


def test_the_order_in_which_numbers_were_added_up_makes_no_difference():
    assert changes.same(number(0.1 + 0.2), number(0.3))
    assert not changes.same(number(None), number(0.3))
    assert not changes.same(number(0.3), number(None))
    assert not changes.same(number(0.3), number("0.3"))
    assert changes.same(number(2.0), number(2))


def test_another_period_is_a_new_period_also_when_the_figure_is_the_same():
    # Fourth in 2021 and in 2020: the rank is for another year.
    old, new = number(4, "2020", trace(row(year=2020))), number(4, "2021", trace())
    assert verdict(old, new) == ("new_period", ("period", "", "2020", "2021"))


def test_the_period_of_the_rows_counts_where_the_number_names_none():
    old, new = number(5, "deck", trace(row(year=2020))), number(4, "deck", trace(row(year=2021)))
    assert verdict(old, new) == ("new_period", ("period", "", "2020", "2021"))


def test_the_same_row_in_another_vintage_is_a_source_revision():
    # Census Bureau: exports to Japan in 2021 in the country file of March 2023 and in the API's figures of 2026.
    old, new = number(74_564.7, way=trace()), number(74_730.0, way=trace(row("2026")))
    assert verdict(old, new, sha="b" * 64) == (
        "source_revision",
        ("vintage", "goods_trade", "2023-03", "2026"),
    )


def test_a_rank_is_revised_when_the_league_is_though_its_own_row_is_not():
    league = {"table": "goods_trade", "column": "value_musd", "by": "partner", "where": {"year": 2021}}
    old = number(5, way=trace(how="rank", universe=league | {"vintage": "2023-03"}))
    new = number(4, way=trace(how="rank", universe=league | {"vintage": "2026"}))
    assert verdict(old, new)[0] == "source_revision"


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ({"basis": "UBO"}, {"basis": "foreign parent"}, "basis"),
        ({"how": "share"}, {"how": "share_of"}, "how"),
        (
            {"universe": {"table": "goods_trade", "by": "partner", "without": "aggregates"}},
            {"universe": {"table": "goods_trade", "by": "partner", "without": ""}},
            "universe",
        ),
    ],
    ids=["basis", "operation", "universe"],
)
def test_another_definition_is_a_method_change_also_in_a_new_period(old, new, kind):
    first, second = number(1.0, "2020", trace(**old)), number(2.0, "2021", trace(**new))
    assert (verdict(first, second)[0], verdict(first, second)[1][0]) == ("method", kind)


def test_another_unit_or_column_is_a_method_change():
    assert verdict(number(1.0, way=trace()), number(1.0, way=trace(), unit="USD")) == (
        "method",
        ("unit", "", "million USD", "USD"),
    )
    old, new = number(1.0, way=trace()), number(2.0, way=trace(row(column="value_usd")))
    assert verdict(old, new)[1][0] == "columns"


def test_a_league_of_another_year_is_no_other_universe():
    league = {"table": "goods_trade", "column": "value_musd", "by": "partner", "vintage": "2023-03"}
    ways = [
        trace(row(year=y), universe=league | {"where": {"year": y, "flow": "exports"}}) for y in (2020, 2021)
    ]
    assert verdict(number(4, "2020", ways[0]), number(4, "2021", ways[1]))[0] == "new_period"


def test_the_same_row_and_vintage_in_changed_bytes_is_our_correction():
    found = verdict(number(5_600, way=trace()), number(56_000, way=trace()), sha="b" * 64)
    assert found == ("correction", ("table", "goods_trade", "a" * 12, "b" * 12))


def test_where_nothing_recorded_differs_no_cause_is_given():
    assert verdict(number(1.0, way=trace()), number(2.0, way=trace()))[0] == "unrecorded"
    assert verdict(number(1.0), number(2.0))[0] == "unrecorded"
    assert verdict(number(1.0, way=trace()), number(2.0))[0] == "unrecorded"


def test_without_digests_a_change_within_a_vintage_is_not_called_a_correction():
    old, new = ({"values": [number(v, way=trace())]} for v in (1.0, 2.0))
    assert changes.compare(old, new)["status"].tolist() == ["unrecorded"]


def test_a_table_of_which_one_edition_alone_has_the_digest_is_not_called_corrected():
    old, new = (edition(number(v, way=trace())) for v in (1.0, 2.0))
    bare = [{**one, "tables": {}} for one in (old, new)]
    assert changes.compare(old, bare[1])["status"].tolist() == ["unrecorded"]
    assert changes.compare(bare[0], new)["status"].tolist() == ["unrecorded"]


def test_a_vintage_that_one_edition_alone_records_is_not_called_a_revision():
    dated, undated = trace(), trace(row(""))
    assert verdict(number(1.0, way=dated), number(2.0, way=undated))[0] == "unrecorded"
    assert verdict(number(1.0, way=undated), number(2.0, way=dated))[0] == "unrecorded"


def test_a_neighbour_that_changed_places_is_not_called_a_correction():
    old, new = number(9.0, way=trace(row(partner="VNM"))), number(4.0, way=trace(row(partner="IRL")))
    assert verdict(old, new, sha="b" * 64)[0] == "unrecorded"


def test_a_register_followed_to_another_day_is_a_new_period():
    way = {"how": "count", "rows": [{"table": "goods_trade", "where": {"state": "TN"}, "vintage": ""}]}
    old, new = edition(number(10, "register", way), as_of="2022-07-05"), edition(number(17, "register", way))
    (found,) = changes.compare(old, new).to_dict("records")
    assert (found["status"], found["kind"], found["was"], found["now"]) == (
        "new_period",
        "as_of",
        "2022-07-05",
        "",
    )
    assert changes.compare(edition(number(10, "register", way)), new)["status"].tolist() == ["unrecorded"]


def test_the_day_to_which_a_register_is_followed_is_its_period():
    def counted(**until):
        universe = {"table": "events", "column": "", "by": "", "where": {}, "within": {"code": "TN"}} | until
        return {"how": "count", "rows": [], "universe": universe, "basis": "a sample"}

    old = number(10, "register", counted(until={"date_start": "2022-07-05"}))
    assert verdict(old, number(17, "register", counted())) == (
        "new_period",
        ("as_of", "events", "2022-07-05", ""),
    )


def test_rows_that_are_named_one_by_one_do_not_tell_why_they_are_more():
    # Eight claims reproduced, later nine: a revision of the trade figures, which the named claims do not record.
    def named(*names):
        rows = [{"as": "each", "table": "goods_trade", "where": {"id": name}} for name in names]
        return {"how": "listed", "rows": rows, "universe": None}

    old, new = number(1, "deck", named("first")), number(2, "deck", named("first", "second"))
    assert changes.compare(edition(old, as_of="2022-07-05"), edition(new))["status"].tolist() == [
        "unrecorded"
    ]


def test_a_list_followed_to_another_day_is_a_new_period_whatever_its_rows_are_defined_by():
    def named(*names, **until):
        rows = [{"as": "each", "table": "events", "where": {"event_id": n, "definition": n}} for n in names]
        return {"how": "listed", "rows": rows, "universe": {"table": "events", "where": {}} | until}

    old = number(1, "register", named("first", until={"date_start": "2022-07-05"}))
    assert verdict(old, number(2, "register", named("first", "second"))) == (
        "new_period",
        ("as_of", "events", "2022-07-05", ""),
    )


def test_more_vintages_of_the_same_definitions_are_a_revision():
    # Held in one of one vintages, then in two of two: the definitions are the same, another vintage is in hand.
    def held(*vintages):
        row = {"as": "value", "table": "goods_trade", "column": "value_musd", "where": {"partner": "JPN"}}
        league = {"table": "goods_trade", "by": "partner", "where": {"flow": "imports"}}
        each = [
            {"how": "rank", "rows": [row | {"vintage": v}], "universe": league | {"vintage": v}}
            for v in vintages
        ]
        return {"how": "held", "rows": [], "universe": {"table": "goods_trade", "where": {}, "each": each}}

    assert verdict(number(1, way=held("2023-03")), number(2, way=held("2023-03", "2026"))) == (
        "source_revision",
        ("vintage", "goods_trade", "2023-03", "2023-03, 2026"),
    )


def test_rows_of_more_years_added_up_are_followed_to_another_day():
    def added(day, *years):
        first, *more = [{"table": "goods_trade", "where": {"year": y}} | day for y in years]
        universe = first | ({"with": more} if more else {})
        return {"how": "added", "rows": [], "universe": universe}

    old = number(9, "all", added({"until": {"released": "2022-07-05"}}, 2020))
    found = verdict(old, number(20, "all", added({}, 2020, 2021)))
    assert found == ("new_period", ("as_of", "goods_trade", "2022-07-05", ""))


def test_a_universe_is_the_same_in_another_year_also_inside_its_terms():
    def league(year):
        terms = [{"where": {"flow": "imports", "year": year}, "sign": 1}]
        return {
            "table": "goods_trade",
            "by": "partner",
            "where": {"year": year},
            "terms": terms,
            "vintage": "2026",
        }

    ways = [trace(how="rank", universe=league(year)) for year in (2020, 2021)]
    assert footprint(ways[0]).universe == footprint(ways[1]).universe
    other = league(2020) | {"terms": [{"where": {"flow": "exports"}, "sign": 1}]}
    assert footprint(trace(universe=other)).universe != footprint(ways[0]).universe


def test_what_stands_in_one_edition_only_is_new_or_dropped():
    old, new = (
        edition(number(1, name="a"), number(2, name="b")),
        edition(number(2, name="b"), number(3, name="c")),
    )
    found = changes.compare(old, new)
    assert dict(zip(found["id"], found["status"], strict=True)) == {"b": "same", "c": "new", "a": "dropped"}


def test_every_status_is_counted_and_causes_are_grouped():
    frame = pd.DataFrame(
        {"id": list("abcde"), "status": ["source_revision", "same", "new_period", "same", "dropped"]}
    )
    found = changes.counts(frame)
    assert {k: n for k, n in found.items() if n} == {
        "same": 2,
        "new_period": 1,
        "source_revision": 1,
        "dropped": 1,
    }
    assert list(found) == list(changes.STATUSES)
    assert changes.grouped(frame)["id"].tolist() == ["c", "a"]
    assert changes.grouped(frame, everything=True)["id"].tolist() == ["c", "a", "b", "d", "e"]


@pytest.mark.parametrize(
    ("vintage", "late"),
    [("2021-07", False), ("2022-06", False), ("2022-07", True), ("2022-07-05", False), ("2026", True)],
)
def test_a_vintage_stands_in_when_its_last_day_comes_after_the_day(vintage, late):
    assert changes.stands_in(vintage, "2022-07-05") is late
    assert not changes.stands_in(vintage, "")


def test_an_edition_has_an_earlier_one_only_before_its_own_day():
    assert changes.earlier_than("2022-07-05", "")
    assert changes.earlier_than("2022-07-05", "2023-01-01")
    assert not changes.earlier_than("2022-07-05", "2022-07-05")
    assert not changes.earlier_than("", "")


def test_a_shape_fitted_to_more_events_is_no_other_method():
    def number(value, day, shape):
        method = {"name": "shrunk", "place": "TN", "shape": shape}
        universe = {"table": "events", "column": "", "by": "", "where": {}, "until": {"date_start": day}}
        trace = {
            "how": "estimated",
            "rows": [],
            "universe": universe | {"method": method},
            "basis": "a sample",
        }
        return {"id": "a", "label": "a", "unit": "ratio", "value": value, "period": "2018", "trace": trace}

    was, now = number(0.5, "2022-07-05", 1.5), number(0.6, "2025-12-31", 1.7)
    assert changes.cause(was, now, {}, {})[0] == "new_period"
    other = number(0.6, "2022-07-05", 1.5)
    other["trace"]["universe"]["method"]["name"] = "ratio"
    assert changes.cause(was, other, {}, {})[0] == "method"
