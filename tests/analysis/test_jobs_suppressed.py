"""Jobs by state from a whole table: suppressed cells bound what can be said, and are never a zero. Made-up figures."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import jobs

RANGES = {"A": (1, 499), "H": (2_500, 4_999)}


def table(*cells, year=2097):
    """Return rows of jobs_state from (state, partner, persons or marker), rounded to a hundred."""
    rows = []
    for state, partner, cell in cells:
        known = not isinstance(cell, str)
        low, high = (cell - 50, cell + 50) if known else RANGES.get(cell, (float("nan"), float("nan")))
        rows.append((year, state, partner, cell if known else float("nan"), low, high, "" if known else cell))
    frame = pd.DataFrame(rows, columns=["year", "state", "partner", "value", "low", "high", "flag"])
    return frame.assign(rank_printed=float("nan"), vintage="2098", source="bea-mne-api")


def test_a_suppressed_subject_has_a_band_and_no_value():
    rows = table(("WY", "WLD", 10_000), ("WY", "GBR", 4_000), ("WY", "CAN", 3_000), ("WY", "JPN", "(D)"))
    found = jobs.reading(rows, "JPN", groups={"WLD"}, place="WY")
    assert found.hidden
    # Of 10,050 at most the others leave 10,050 - 3,950 - 2,950 = 3,150: not the UK's 3,950, but Canada's 2,950 may be
    # below: 2nd or 3rd of 3.
    place = found.standing
    assert (place.value, place.rank, place.best, place.worst, place.of) == (None, None, 2, 3, 3)
    assert found.rank is None
    assert found.growth is None


def test_a_suppressed_subject_whose_total_is_suppressed_too_may_be_anywhere():
    rows = table(("WY", "WLD", "(D)"), ("WY", "GBR", 4_000), ("WY", "JPN", "(D)"))
    place = jobs.reading(rows, "JPN", groups={"WLD"}, place="WY").standing
    assert (place.best, place.worst) == (1, 2)


def test_a_size_letter_bounds_the_rank():
    rows = table(("WY", "WLD", 10_000), ("WY", "GBR", 4_000), ("WY", "CAN", 300), ("WY", "JPN", "H"))
    place = jobs.reading(rows, "JPN", groups={"WLD"}, place="WY").standing
    # 2,500 to 4,999: above Canada for certain, above or below the UK.
    assert (place.rank, place.best, place.worst) == (None, 1, 2)


def test_the_newest_year_counts_even_if_it_is_suppressed():
    rows = pd.concat(
        [
            table(("WY", "JPN", 500), ("WY", "GBR", 400), year=2096),
            table(("WY", "JPN", "(D)"), ("WY", "GBR", 1)),
        ]
    )
    assert jobs.reading(rows, "JPN", groups={"WLD"}, place="WY").year == 2097


def test_for_the_nation_an_earlier_published_year_is_taken():
    def nation(*cells, year):
        return table(*(("US", partner, cell) for partner, cell in cells), year=year).drop(columns="state")

    rows = pd.concat(
        [nation(("JPN", 500), ("GBR", 400), year=2096), nation(("JPN", "(D)"), ("GBR", 1), year=2097)]
    )
    found = jobs.reading(rows, "JPN", groups={"WLD"})
    assert (found.year, found.value) == (2096, 500)


def test_a_cell_that_is_merely_empty_is_no_suppressed_one():
    rows = table(("IL", "JPN", 58_000), ("IL", "GBR", "unverified"))
    assert jobs.suppressed(rows).tolist() == [False, False]
    rows = table(("IL", "GBR", "unverified"), ("IL", "JPN", "unverified"))
    assert jobs.reading(rows, "JPN", groups={"WLD"}, place="IL") is None


STATES = table(
    ("TN", "WLD", 9_000), ("TN", "JPN", 5_000), ("TN", "GBR", 3_000), ("TN", "B_EUR", 4_000),
    ("WY", "WLD", 9_000), ("WY", "JPN", "(D)"), ("WY", "GBR", 600), ("WY", "CAN", 500),
    ("SC", "WLD", 9_000), ("SC", "JPN", 2_000), ("SC", "GBR", 3_000), ("SC", "CAN", "(D)"),
    ("OH", "WLD", 9_000), ("OH", "JPN", 2_000), ("OH", "GBR", "H"), ("OH", "CAN", 2_000),
)  # fmt: skip


def test_every_state_has_its_rank_its_band_and_the_largest_other_country():
    found = jobs.by_state(STATES, "JPN").set_index("state")
    assert found[["best", "worst", "of"]].to_numpy().tolist() == [
        [1, 1, 2],  # TN: regions are no countries
        [1, 3, 3],  # WY: (D) may be anything
        [2, 3, 3],  # SC: the UK above for certain, Canada's (D) perhaps
        [2, 3, 3],  # OH: the UK's H (2,500 to 4,999) above for certain; Canada's 2,000 ties within rounding
    ]
    assert found["rank"].tolist()[:1] == [1]
    assert found["rank"].isna().tolist() == [False, True, False, False]
    assert found.loc["OH", "rank"] == 2
    assert found["leader"].tolist() == ["GBR", "GBR", "GBR", "CAN"]
    assert found["leader_value"].tolist() == [3_000, 600, 3_000, 2_000]
    assert found.loc["WY", "flag"] == "(D)"
    assert not found["printed"].any()


def test_where_all_others_are_suppressed_there_is_no_leader():
    rows = table(("OH", "JPN", 2_000), ("OH", "CAN", "(D)"), ("OH", "GBR", "H"), ("OH", "SSD", "--"))
    (row,) = jobs.by_state(rows, "JPN").to_dict("records")
    assert pd.isna([row["leader"], row["leader_value"], row["leader_source"]]).all()


def test_a_country_that_did_not_exist_is_nowhere_above():
    # The UK's 3,000 above for certain; Canada, (D), perhaps; South Sudan, --, has no jobs.
    rows = table(("OH", "JPN", 2_000), ("OH", "CAN", "(D)"), ("OH", "GBR", 3_000), ("OH", "SSD", "--"))
    place = jobs.reading(rows, "JPN", groups=(), place="OH").standing
    (row,) = jobs.by_state(rows, "JPN").to_dict("records")
    assert (place.rank, place.best, place.worst, place.of) == (2, 2, 3, 4)
    assert (row["rank"], row["best"], row["worst"], row["of"]) == (2, 2, 3, 4)
    nation = rows[["year", "partner", "value", "low", "high", "flag", "vintage", "source"]]
    assert jobs.reading(nation, "JPN", groups=()).standing.worst == 3


def test_who_has_no_job_ties_with_what_did_not_exist():
    rows = table(("OH", "JPN", 0), ("OH", "SSD", "--")).assign(low=[0, float("nan")], high=[0, float("nan")])
    place = jobs.reading(rows, "JPN", groups=(), place="OH").standing
    assert (place.rank, place.best, place.worst, place.of) == (1, 1, 1, 2)
    (row,) = jobs.by_state(rows, "JPN").to_dict("records")
    assert (row["rank"], row["best"], row["worst"], row["of"]) == (1, 1, 1, 2)


def test_figures_without_an_interval_are_exact():
    rows = table(("OH", "JPN", 2_000), ("OH", "GBR", 1_000)).assign(low=float("nan"), high=float("nan"))
    (row,) = jobs.by_state(rows, "JPN").to_dict("records")
    assert (row["best"], row["worst"]) == (1, 1)


def test_growth_in_a_state_is_from_the_year_before_in_that_state():
    before = table(("OH", "JPN", 1_000), ("WY", "JPN", 500), ("NY", "JPN", 2_000), year=2096)
    rows = pd.concat([before, table(("WY", "JPN", 550), ("WY", "GBR", 400))])
    # 550 / 500 - 1
    assert jobs.reading(rows, "JPN", groups=(), place="WY").growth == pytest.approx(0.1)


def test_ranks_by_state_are_those_of_the_readings():
    found = jobs.by_state(STATES, "JPN").set_index("state")
    for state in ("TN", "SC", "OH"):
        place = jobs.reading(STATES, "JPN", groups={"WLD", "B_EUR"}, place=state).standing
        assert (place.rank, place.best, place.worst, place.of) == tuple(
            found.loc[state, ["rank", "best", "worst", "of"]]
        ), state


def test_a_total_bounds_the_band_in_the_table_of_states_as_on_the_page_of_the_state():
    rows = table(
        ("KY", "WLD", 5_200), ("KY", "JPN", 2_000), ("KY", "GBR", 3_000), ("KY", "CAN", "(D)"),
        ("WY", "WLD", 10_000), ("WY", "GBR", 4_000), ("WY", "CAN", 3_000), ("WY", "JPN", "(D)"),
    )  # fmt: skip
    found = jobs.by_state(rows, "JPN").set_index("state")
    # KY: of 5,250 at most 1,950 and 2,950 are others', which leaves Canada 350: below Japan's 1,950 for certain.
    # WY: of 10,050 at most 3,950 and 2,950 are others', which leaves Japan 3,150: below the UK's 3,950 for certain.
    assert found[["best", "worst", "of"]].to_numpy().tolist() == [[2, 2, 3], [2, 3, 3]]
    for state in ("KY", "WY"):
        place = jobs.reading(rows, "JPN", groups={"WLD"}, place=state).standing
        assert (place.best, place.worst, place.of) == tuple(found.loc[state, ["best", "worst", "of"]]), state
    # The total of another year leaves nothing for this one.
    both = pd.concat([table(("KY", "WLD", 90_000), year=2096), rows])
    assert jobs.by_state(both, "JPN").set_index("state").equals(found)


@pytest.mark.parametrize("order", [1, 2, 3])
def test_the_order_of_the_rows_has_no_say(order):
    mixed = jobs.by_state(STATES.sample(frac=1, random_state=order), "JPN").sort_values(
        "state", ignore_index=True
    )
    assert mixed.equals(jobs.by_state(STATES, "JPN").sort_values("state", ignore_index=True))


def test_without_the_other_countries_there_is_no_rank_but_the_printed_one():
    own = STATES[STATES["partner"] == "JPN"]
    assert jobs.by_state(own, "JPN")["rank"].isna().all()
    printed = own.assign(rank_printed=[1.0, float("nan"), 2.0, 2.0])
    assert jobs.by_state(printed, "JPN")["rank"].fillna(0).tolist() == [1, 0, 2, 2]


def test_another_year_can_be_asked_for():
    both = pd.concat([STATES, table(("TN", "JPN", 100), ("TN", "GBR", 200), year=2019)])
    assert jobs.by_state(both, "JPN", year=2019)[["state", "rank"]].to_numpy().tolist() == [["TN", 2]]
    assert len(jobs.by_state(both, "JPN")) == 4
