"""The numbers of a page: ids that stay, the way back to the row, nothing written twice."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import trade
from helpers.analysis.lineage import Lineage
from helpers.data.origins import Origin
from helpers.display import facts
from helpers.display.block import Value
from helpers.display.prose import Voice


class Told:
    """What is known of every table and source."""

    def table(self, name):
        both = {"en": name, "ja": name}
        return Origin(both, both, f"{name}.csv", "0" * 64, "2026")

    def source(self, key):
        return key, "https://example.org"

    def more(self, key):
        return 0


VOICE = Voice("en", {"JPN": "Japan", "CAN": "Canada"}, Told())
GOODS = pd.DataFrame(
    [
        (2021, "WLD", "exports", 200.0),
        (2021, "CAN", "exports", 60.0),
        (2021, "JPN", "exports", 40.0),
        (2020, "WLD", "exports", 100.0),
        (2020, "JPN", "exports", 25.0),
    ],
    columns=["year", "partner", "flow", "value_musd"],
).assign(vintage="2026", source="census")


def test_a_reading_gives_value_rank_share_total_change_and_gaps():
    reading = trade.reading(GOODS, "exports", "JPN", groups=())
    values = {v.id: v.value for v in facts.of_reading(VOICE, reading, "exports")}
    # 40 of 200 is 0.2, a year before 25 of 100 = 0.25; 20 behind Canada's 60, a third of it.
    assert values.pop("exports.above.gap_share") == 20 / 60
    assert round(values.pop("exports.share_change"), 12) == -0.05
    assert values == {
        "exports.value": 40.0,
        "exports.rank": 2,
        "exports.share": 0.2,
        "exports.total": 200.0,
        "exports.above.gap": 20.0,
    }


def test_a_value_can_be_followed_to_its_row():
    (value, *_) = facts.of_reading(VOICE, trade.reading(GOODS, "exports", "JPN", groups=()), "exports")
    assert value.to_json()["trace"] == {
        "how": "value",
        "rows": [
            {
                "as": "value",
                "table": "goods_trade",
                "column": "value_musd",
                "where": {"year": 2021, "partner": "JPN", "flow": "exports"},
                "vintage": "2026",
                "source": "census",
            }
        ],
        "universe": None,
        "basis": "Census basis; exports f.a.s., re-exports included",
        "unit": "million USD",
        "text": "the cell as published",
    }
    assert value.trace.lacks() == []
    assert (value.rank, value.band, value.of) == (2, (2, 2), 2)


def test_rows_give_a_value_a_cell_and_none_for_a_missing_one():
    frame = pd.DataFrame({"partner": ["CAN", "JPN"], "year": [2020, 2021], "share": [0.5, None]})
    values = facts.of_rows(
        VOICE,
        frame,
        prefix="x",
        key="partner",
        columns={"share": "fraction"},
        label="",
        period_column="year",
        lineage=lambda row, column: Lineage("value"),
    )
    assert [(v.id, v.value, v.period) for v in values] == [("x.CAN.2020.share", 0.5, "2020")]


def test_gathered_keeps_the_first_value_of_an_id():
    one, two = (Value("a", "", n, "persons", "2019") for n in (1, 2))
    assert facts.gathered([one], [two]) == (one,)
