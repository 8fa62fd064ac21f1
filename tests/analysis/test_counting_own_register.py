"""A user's own register, read from a file and counted by the rules with the real districts.

Synthetic events; the districts are those of data/reference/jurisdictions.csv (list of December 2019): Tennessee belongs
to Nashville, DC and Virginia to the Embassy, California to San Francisco and Los Angeles, Guam to Hagatna.
"""

from __future__ import annotations

import pytest

from helpers.analysis import counting
from helpers.data import catalog, register

TEXT = """\
案件名,年度,公館,州,形式
架空 公館のみ,R3,ナッシュビル,,対面
架空 州のみ,R3,,テネシー州,対面
架空 複数州,R3,大使館,DC、バージニア州、TN,対面
架空 オンライン,R3,ナッシュビル,テネシー州,オンライン
架空 公館不明のオンライン,R3,,TN,オンライン
架空 併催,R3,ナッシュビル,TN,ハイブリッド
架空 分担州,R3,サンフランシスコ,カリフォルニア州,対面
架空 分担州で公館不明,R3,,CA,対面
架空 準州,R3,,グアム,不明
"""


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    path = tmp_path_factory.mktemp("own") / "own.csv"
    path.write_text(TEXT, encoding="utf-8")
    return register.read(str(path))


def found(counted):
    places = zip(counted.places["place"], counted.places["events"], strict=True)
    reasons = counted.unplaced["reason"].value_counts().to_dict()
    return {place: n for place, n in places if n}, reasons, counted.placed, counted.nation


def test_states(events):
    """TN: state only, the one in three states, hybrid; both online ones and the mission-only one have no state."""
    counted = counting.by_state(events, catalog.load("states")["usps"])
    reasons = {"online": 2, "state_unknown": 1, "territory": 1}
    assert found(counted) == ({"TN": 3, "DC": 1, "VA": 1, "CA": 2}, reasons, 5, 9)


def test_districts(events):
    """Nashville: mission only, state only, three states, two online, hybrid. Embassy: the three states, once."""
    counted = counting.by_district(events, catalog.load("jurisdictions"))
    places = {"nashville": 6, "embassy": 1, "san-francisco": 1, "hagatna": 1}
    assert found(counted) == (places, {"mission_unknown": 1}, 8, 9)


def test_districts_that_share_a_state_are_one_group(events):
    counted = counting.by_district(events, catalog.load("jurisdictions"), grouped=True)
    places, reasons, placed, nation = found(counted)
    assert (places["los-angeles+san-francisco"], reasons, placed, nation) == (2, {}, 9, 9)


def test_every_rule_that_was_used_has_a_sentence_in_both_languages(events):
    from helpers.display import prose

    counted = counting.by_district(events, catalog.load("jurisdictions"))
    assert all(set(prose.phrases()[f"counting.{rule}"]) == {"en", "ja"} for rule in counted.rules)
