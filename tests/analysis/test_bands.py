"""Ranks with a band wider than one place, counted over the values of briefs."""

from __future__ import annotations

from helpers.analysis import bands


def value(name: str, unit: str = "rank", rank: int | None = 4, band: tuple[int, int] | None = (4, 5)) -> dict:
    return {"id": name, "unit": unit, "period": "1992", "rank": rank, "band": band, "of": 8}


def test_only_ranks_with_more_than_one_place_are_counted_and_each_once() -> None:
    state = [
        value("jobs_1990s.league.JPN.rank"),
        value("jobs_1990s.league.JPN.value", unit="persons"),
        value("jobs_1990s.league.CAN.rank", rank=None, band=(2, 8)),
        value("exports.rank", band=(4, 4)),
        value("jobs.states.TN.rank", band=None),
    ]
    found = bands.wide({"en/state/maine": state, "en/national": [value("imports.rank", band=(4, 4))]})
    assert found["id"].tolist() == ["jobs_1990s.league.JPN.rank", "jobs_1990s.league.CAN.rank"]
    assert found[["brief", "period", "best", "worst", "of"]].iloc[0].tolist() == [
        "en/state/maine",
        "1992",
        4,
        5,
        8,
    ]
    assert found["rank"].isna().tolist() == [False, True]


def test_briefs_without_a_wide_band_give_an_empty_table() -> None:
    found = bands.wide({"en/national": [value("imports.rank", band=(4, 4))], "ja/national": []})
    assert (found.empty, list(found.columns)) == (True, list(bands.COLUMNS))
