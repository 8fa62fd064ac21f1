"""A number of rows names who published these rows, and how many publications it leaves out."""

import pandas as pd
import pytest
from helpers.analysis import derive
from helpers.data import origins
from helpers.display.prose import Voice
from helpers.display.show import places

NAMES = {"WA": "Washington", "JPN": "Japan"}
PAIRS = pd.DataFrame(
    [
        ("WA", "1969-11", "sister_city", "Bellevue", "Yao", "seattle-sister-2020"),
        ("WA", "1993-08-01", "sister_city", "Federal Way", "Hachinohe", "sister-list-2010"),
        ("WA", "", "sister_city", "Kent", "Tamba", "seattle-sister-2020"),
        ("GA", "", "sister_city", "Macon", "Kurobe", "jas-georgia"),
    ],
    columns=["state", "date", "kind", "us_place", "japan_place", "source"],
)


class Told:
    """Tables and sources under their own names."""

    def table(self, name):
        both = {"en": name, "ja": name}
        return origins.Origin(both, both, f"{name}.csv", "0" * 64, "2026")

    def source(self, key):
        return key, ""

    def more(self, key):
        return 0


def test_sister_relations_cite_the_source_of_each_row_and_are_of_no_single_year():
    empty = {
        "company_sites": ["state", "definition", "unit", "year"],
        "sister_counts": ["state", "kind", "year"],
        "state_offices": ["state", "status", "year"],
    }
    tables = {name: pd.DataFrame(columns=columns) for name, columns in empty.items()}
    block = places.presence(Voice("en", NAMES, Told()), "WA", "JPN", sister_pairs=PAIRS, **tables)
    (value,) = block.values
    assert value.value == 3
    assert value.period == "to date"
    assert list(value.trace.sources) == ["seattle-sister-2020", "sister-list-2010"]
    assert derive.recompute(value.trace.to_json(), {"sister_pairs": PAIRS}.__getitem__) == 3


@pytest.mark.parametrize(
    ("table", "more"), [("goods_trade_monthly", 0), ("jurisdictions", 0), ("jobs_state", 1)]
)
def test_a_whole_table_names_two_publications_and_counts_the_others(table, more):
    told = origins.Origins()
    assert told.more(f"table:{table}") == more  # 1, 2 and 3 publications stand in the descriptor
    assert told.source(f"table:{table}")[0].count("; ") >= (table != "goods_trade_monthly")


def test_a_single_publication_has_no_others():
    assert origins.Origins().more("census-trade") == 0


def test_the_others_are_counted_in_the_language_of_the_page():
    from helpers.analysis import lineage

    made = lineage.count("jobs_state")
    said = {
        lang: Voice(lang, NAMES, origins.Origins()).trace(made, "states").sources["table:jobs_state"][0]
        for lang in ("en", "ja")
    }
    assert said["en"].endswith("; 1 more in data/sources.csv")
    assert said["ja"].endswith("; ほか1件（data/sources.csv）")
