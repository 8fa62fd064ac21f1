"""What an audit has read for one claim is not read again for the next."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import claims, ranking
from helpers.analysis.claims.held import Held

ROWS = [("JPN", 3.0, 1.0), ("DEU", 2.0, 4.0), ("GBR", 1.0, 9.0)]
"""Made-up exports and imports of 2097, in million dollars."""


def test_a_thing_is_made_once_for_each_key_and_each_audit():
    made = []

    def make(held, year, flow):
        made.append((year, flow))
        return [year]

    one, other = Held({}, ()), Held({}, ())
    assert one.once(make, 2097, "exports") is one.once(make, 2097, "exports")
    one.once(make, 2097, "imports")
    other.once(make, 2097, "exports")
    assert made == [(2097, "exports"), (2097, "imports"), (2097, "exports")]


def test_the_ranks_of_all_partners_in_one_year_rest_on_one_league(monkeypatch: pytest.MonkeyPatch):
    goods = pd.DataFrame(
        [
            {
                "year": 2097,
                "vintage": "2098",
                "partner": p,
                "flow": flow,
                "value_musd": v,
                "source": "made-up",
            }
            for p, *values in ROWS
            for flow, v in zip(("exports", "imports"), values, strict=True)
        ]
    )
    same = {"document": "d", "page": "1", "text_en": "t", "text_ja": "t", "measure": "exports", "place": "US",
            "period": "2097", "basis": "", "universe": "", "value": float("nan"), "unit": "million USD",
            "precision": float("nan"), "released": "2098-07-05", "source": "deck"}  # fmt: skip
    told = pd.DataFrame(
        [same | {"id": p, "partner": p, "rank": float(n)} for n, (p, *_) in enumerate(ROWS, 1)]
    )
    leagues = []
    whole = ranking.league
    monkeypatch.setattr(ranking, "league", lambda rows: leagues.append(len(rows)) or whole(rows))
    found = claims.audit(told, {"goods_trade": goods}, groups=())
    assert {f.statement.partner: f.verdict for f in found} == dict.fromkeys(
        ["JPN", "DEU", "GBR"], "reproduced"
    )
    assert leagues == [3, 3]  # of exports, and of both flows together
