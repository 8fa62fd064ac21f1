"""What changed between two days, where nothing did or nothing stands in both: said, with no list of causes."""

from __future__ import annotations

import pytest

from helpers.data.origins import Origins
from helpers.display import show
from helpers.display.block import Value
from helpers.display.comparison import of_days
from helpers.display.markup import plain
from helpers.display.prose import Voice

DAYS = ("2022-07-05", "")


def voice(lang):
    return Voice(lang, {"PRK": {"en": "North Korea", "ja": "北朝鮮"}[lang]}, Origins())


def pair(before, after):
    """Return the pair of two days on each of which some numbers, all of 1,000 dollars of 2019, are held."""
    held = [{name: Value(name, "", 1000, "USD", "2019") for name in names} for names in (before, after)]
    return of_days("US", "PRK", *held, DAYS)


@pytest.mark.parametrize(
    ("before", "after", "lang", "headline", "since"),
    [
        (
            "ab",
            "ab",
            "en",
            "All 2 numbers on North Korea in the nation that both editions hold are the same.",
            "Since the edition as of 5 July 2022, none of 2 numbers on North Korea differs.",
        ),
        (
            "ab",
            "ab",
            "ja",
            "両版に共通する全米の北朝鮮関連の数値2件は、全て同じである。",
            "2022年7月5日時点の版と比べ、北朝鮮関連の数値2件に変更はない。",
        ),
        (
            "a",
            "b",
            "en",
            "No number on North Korea in the nation stands in both editions.",
            "No number on North Korea stands both here and in the edition as of 5 July 2022.",
        ),
        (
            "",
            "",
            "ja",
            "両版に共通する全米の北朝鮮関連の数値はない。",
            "2022年7月5日時点の版と共通する北朝鮮関連の数値はない。",
        ),
    ],
)
def test_where_nothing_differs_no_cause_is_told(before, after, lang, headline, since):
    found = pair(before, after)
    assert plain(show.changes.headline(voice(lang), "PRK", found, DAYS).sentence) == headline
    *_, said = show.changes.since(voice(lang), "PRK", found, DAYS)
    assert said.plain() == since
