"""Activity beside trade by fiscal year: a year without all twelve months of both flows has no total."""

from __future__ import annotations

import pandas as pd

from helpers.display.show import beside


def months(flow, year, count):
    """Return so many months from April of a year on, a dollar each."""
    stamps = [(year + n // 12, n % 12 + 1) for n in range(3, 3 + count)]
    return [
        {"year": y, "month": m, "partner": "JPN", "flow": flow, "value_usd": 1, "vintage": "v", "source": "s"}
        for y, m in stamps
    ]


def test_a_year_with_an_incomplete_flow_has_no_total():
    # By hand: 2020 has 12 + 12 dollars; in 2021 the imports of March 2022 are missing.
    monthly = pd.DataFrame(
        [
            *months("exports", 2020, 24), *months("imports", 2020, 23),
        ]
    )  # fmt: skip
    activity = pd.DataFrame(
        {
            "fiscal_year_from": [2020, 2021],
            "fiscal_year_to": [2020, 2021],
            "scope": "all",
            "measure": "participants",
            "value": [100.0, 200.0],
            "source": "s",
        }
    )
    events = pd.DataFrame({"fiscal_year": [2020, 2020, 2021]})
    found = beside._beside("JPN", activity, monthly, events).set_index("x")
    assert found.loc[2020, "trade"] == 24
    assert pd.isna(found.loc[2021, "trade"])
    assert found["events"].tolist() == [2, 1]
