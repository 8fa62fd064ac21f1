"""Alternative texts: the numbers of the chart, in both languages, in one to three sentences."""

from __future__ import annotations

import pandas as pd

from helpers.display import charts

EN = {"JPN": "Japan", "CAN": "Canada"}
JA = {"JPN": "日本", "CAN": "カナダ"}
SHARES = pd.DataFrame(
    {"x": [2014, 2018, 2014, 2018], "y": [5.3, 6.0, 27.5, 24.0], "series": ["JPN", "JPN", "CAN", "CAN"]}
)


def _percent(value: float) -> str:
    return f"{value:.1f}%"


def test_lines_in_english() -> None:
    text = charts.alt_lines(SHARES, "JPN", EN, _percent, lang="en", measure="share of exports, per cent")
    assert text == (
        "Line chart of share of exports, per cent, 2014 to 2018. Japan: 5.3% in 2014, 6.0% in 2018. "
        "Largest in 2018: Canada 24.0%, Japan 6.0%."
    )


def test_lines_in_japanese() -> None:
    text = charts.alt_lines(SHARES, "JPN", JA, _percent, lang="ja", measure="輸出に占める比率（％）")
    assert text == (
        "折れ線グラフ（2014年～2018年）：輸出に占める比率（％）。日本は2014年に5.3%、2018年に6.0%。"
        "2018年の上位：カナダ 24.0%、日本 6.0%。"
    )


def test_a_subject_without_a_value_is_not_spoken_of() -> None:
    text = charts.alt_lines(SHARES[SHARES["series"] == "CAN"], "JPN", EN, lang="en", measure="m")
    assert "Japan" not in text


def test_ranks_are_words() -> None:
    frame = pd.DataFrame({"year": [2020, 2021, 2021], "series": ["JPN", "JPN", "CAN"], "rank": [4, 5, 1]})
    english = charts.alt_rank_bump(frame, "JPN", EN, lang="en", measure="goods exports")
    assert "Japan: no. 4 in 2020, no. 5 in 2021." in english
    assert english.endswith("First places in 2021: Canada no. 1, Japan no. 5.")
    japanese = charts.alt_rank_bump(frame, "JPN", JA, lang="ja", measure="財輸出")
    assert "日本は2020年に第4位、2021年に第5位。" in japanese


def test_a_league_names_its_leaders_the_subject_and_what_is_not_published() -> None:
    frame = pd.DataFrame({"label": ["CAN", "JPN", "MEX"], "value": [3.0, 9.0, None]})
    text = charts.alt_bars_h(frame, "JPN", EN, lang="en", measure="jobs, thousand, 2019")
    assert text == (
        "Bar chart of jobs, thousand, 2019; rows: 3. Largest: Japan 9, Canada 3. "
        "Japan is in place 1 of those shown, with 9. Not published: MEX."
    )


def test_columns_give_every_year_the_gap_and_the_break() -> None:
    frame = pd.DataFrame({"x": [2018, 2021], "value": [4, 3]})
    text = charts.alt_bars_v(frame, breaks=[(2020, "formats\nmixed.")], lang="en", measure="events")
    assert text == (
        "Bar chart of events by year, 2018 to 2021. 2018 4, 2021 3. Not published: 2019, 2020. "
        "Break at 2020: formats mixed."
    )


def test_panels_give_first_and_last_values_and_say_that_no_trend_is_drawn() -> None:
    frame = pd.DataFrame({"x": [2017, 2021], "panel": "a", "value": [803411, 651358]})
    text = charts.alt_small_multiples(frame, {"a": "Participants"}, lang="en")
    assert "without a trend line" in text
    assert "Participants: 803,411 in 2017, 651,358 in 2021." in text


def test_a_time_line_gives_its_first_and_last_event() -> None:
    frame = pd.DataFrame({"date": ["2022-07-05", "2017-11-08"], "label": ["follow-up", "first"], "kind": "m"})
    text = charts.alt_timeline(frame, lang="en", measure="meetings")
    assert text == (
        "Time line of meetings: 2 events from 2017-11-08 to 2022-07-05. "
        "2017-11-08 first, 2022-07-05 follow-up."
    )


def test_dots_are_counted_by_year() -> None:
    frame = pd.DataFrame({"year": [2021, 2017, 2021]})
    assert charts.alt_dot_stack(frame, lang="ja", measure="行事") == (
        "1件1点の図（計3件）：行事。2017年 1、2021年 2。"
    )


def test_coverage_names_each_field() -> None:
    frame = pd.DataFrame({"field": ["a"], "share": [0.15]})
    text = charts.alt_coverage_strip(frame, {"a": "State known"}, lang="en", measure="events")
    assert text == "Strips of coverage: events. State known 15%."
