"""A state's title, and the tables of its largest partners: in a unit in which each value is more than its rounding."""

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
# Canada $5,821,770,658, to Japan $36,198,260; Tennessee to Canada more than five billion, to Japan $1,947,466,110, to
# Singapore $1,194,549,901; Florida to Brazil, its largest partner, $4,510,329,619, to Japan $1,011,515,788.
@pytest.mark.parametrize(
    ("state", "lang", "head", "values"),
    [
        ("ND", "en", "$ million", {"Canada": "5,822", "Japan": "36"}),
        ("ND", "ja", "百万ドル", {"カナダ": "5,822", "日本": "36"}),
        ("TN", "en", "$ billion", {"Japan": "1.9", "Singapore": "1.2"}),
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
