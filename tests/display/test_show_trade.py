"""A state's title, and the tables of its largest partners: in a unit in which each value is more than its rounding."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.analysis import trade
from helpers.data import catalog, origins
from helpers.display import markup, prose, show
from helpers.display.charts import marks


def league(state, lang, flow="exports"):
    """Return the head of the column of values, and the values by partner."""
    voice = prose.Voice(lang, catalog.names(lang), origins.Origins())
    at = {"groups": set(catalog.load("aggregates")["code"]), "value": "value_usd", "place": state}
    table = catalog.load("state_trade", state=state)
    both = [trade.reading(table, one, "JPN", **at, name="state_trade") for one in ("exports", "imports")]
    shown = show.trade.leagues(voice, "JPN", *both, place=state, count=6).items[flow == "imports"]
    (head,) = (column.head for column in shown.columns if column.key == "value")
    return head, {row["partner"]: markup.unmarked(row["value"]) for row in shown.rows}


# US Census Bureau, USA Trade Online, exports by origin of movement in 2018 (release of 6 March 2019): North Dakota to
# Canada $5,821,770,658, to Japan $36,198,260; Tennessee to Canada more than five billion, to Japan $1,947,466,110, to
# Singapore $1,194,549,901; Florida to Brazil, its largest partner, $4,510,329,619, to Japan $1,011,515,788.
@pytest.mark.parametrize(
    ("state", "lang", "head", "values"),
    [
        ("ND", "en", "$ million", {"Canada": "5,822", "Japan": "36"}),
        ("ND", "ja", "百万ドル", {"カナダ": "5,822", "日本": "36"}),
        ("TN", "en", "$\u00a0billion", {"Japan": "1.9", "Singapore": "1.2"}),
        ("TN", "ja", "億ドル", {"日本": "19", "シンガポール": "12"}),
        ("FL", "en", "$ million", {"Japan": "1,012"}),
    ],
)
def test_billions_are_the_unit_only_where_every_partner_has_one_and_the_largest_five(
    state, lang, head, values
):
    unit, shown = league(state, lang)
    assert unit == head
    assert values.items() <= shown.items()


@pytest.mark.parametrize(
    ("lang", "title", "running"),
    [
        ("en", "The District of Columbia and Japan", "Japan in the District of Columbia · state brief"),
        ("ja", "コロンビア特別区と日本", "コロンビア特別区における日本・州別ブリーフ"),
    ],
)
def test_a_title_opens_with_the_article_of_its_place(lang, title, running):
    voice = prose.Voice(lang, catalog.names(lang), origins.Origins())
    head = show.summary.state(voice, "DC", "JPN", jobs=None, imports=None, exports=None)
    assert (head.title, head.running) == (title, running)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("largest", [0.004, 0.019, 0.043, 0.091, 0.24, 0.71])
def test_a_level_of_the_share_axis_prints_the_share_it_stands_at(
    monkeypatch: pytest.MonkeyPatch, lang: str, largest: float
) -> None:
    printed = {}
    level_lines = marks.level_lines

    def watched(ax, levels, form):
        printed.update({level: form(level) for level in levels})
        level_lines(ax, levels, form)

    monkeypatch.setattr(marks, "level_lines", watched)
    past = pd.DataFrame(
        {
            "year": [2023, 2024, 2023, 2024],
            "partner": ["JPN", "JPN", "CAN", "CAN"],
            "value": [1.0, 1.0, 2.0, 2.0],
            "share": [largest / 3, largest / 2, largest / 1.5, largest],
            "rank": [2, 2, 1, 1],
            "of": 2,
            "total": 10.0,
            "vintage": 2026,
            "source": "census-api-hs",
            "total_source": "census-api-hs",
        }
    )
    voice = prose.Voice(lang, catalog.names(lang), origins.Origins())
    show.trade.shares(voice, "JPN", past, past)
    assert len(printed) >= 3
    assert {label: float(label.rstrip("%")) for label in printed.values()} == {
        label: pytest.approx(100 * level) for level, label in printed.items()
    }
