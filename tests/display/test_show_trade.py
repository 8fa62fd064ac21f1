"""The tables of a state's largest partners: in a unit in which each value is more than its rounding."""

from __future__ import annotations

import pytest

from helpers.analysis import trade
from helpers.data import catalog, origins
from helpers.display import markup, prose, show


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
# Canada $5,821,770,658, to Japan $36,198,260; Tennessee to Japan $1,947,466,110, to Singapore $1,194,549,901.
@pytest.mark.parametrize(
    ("state", "lang", "head", "values"),
    [
        ("ND", "en", "$ million", {"Canada": "5,822", "Japan": "36"}),
        ("ND", "ja", "百万ドル", {"カナダ": "5,822", "日本": "36"}),
        ("TN", "en", "$ billion", {"Japan": "1.9", "Singapore": "1.2"}),
        ("TN", "ja", "億ドル", {"日本": "19", "シンガポール": "12"}),
    ],
)
def test_billions_are_the_unit_only_where_every_partner_has_one(state, lang, head, values):
    unit, shown = league(state, lang)
    assert unit == head
    assert values.items() <= shown.items()
