"""Names of the sources become codes, codes become names to print."""

from __future__ import annotations

import pandas as pd
import pytest

from helpers.data import catalog, names
from helpers.errors import DataCheckError


@pytest.mark.parametrize(
    ("family", "written", "code"),
    [
        ("census", "KOREA, SOUTH", "KOR"),
        ("census", "Falkland Islands(Islas Malvin", "FLK"),
        ("census", "World, Not Seasonally Adjusted", "WLD"),
        ("usatrade", "Burma", "MMR"),
        ("usatrade", "Georgia", "GEO"),
        ("bea", "Europe", "B_EUR"),
        ("bea", "United States (UBO)", "USA"),
        ("jetro", "英国", "GBR"),
    ],
)
def test_a_name_of_a_source_becomes_its_code(family, written, code):
    assert names.harmonise(pd.Series([written]), family).tolist() == [code]


def test_case_and_spaces_do_not_matter_and_the_index_is_kept():
    found = names.harmonise(pd.Series(["  united   KINGDOM ", "japan"], index=[7, 3]), "census")
    assert found.to_dict() == {7: "GBR", 3: "JPN"}


def test_every_unknown_name_is_printed_once():
    written = pd.Series(["Japan", "Narnia", "Utopia", "Narnia"])
    with pytest.raises(
        DataCheckError, match=r"got 'Narnia', 'Utopia'\. Add each to data/reference/partner_aliases"
    ):
        names.harmonise(written, "census")


def test_an_unknown_family_is_told_the_known_ones():
    with pytest.raises(DataCheckError, match=r"one of 'bea', 'census', 'jetro', 'usatrade', got 'oecd'"):
        names.harmonise(pd.Series(["Japan"]), "oecd")


@pytest.mark.parametrize(
    ("code", "en", "ja"),
    [
        ("JPN", "Japan", "日本"),
        ("GBR", "United Kingdom", "英国"),
        ("KOR", "South Korea", "韓国"),
        ("CHN", "China", "中国"),
        ("TWN", "Taiwan", "台湾"),
        ("DEU", "Germany", "ドイツ"),
        ("HKG", "Hong Kong", "香港"),
        ("TN", "Tennessee", "テネシー州"),
        ("US", "United States", "米国"),
    ],
)
def test_codes_have_a_name_in_both_languages(code, en, ja):
    assert (catalog.names("en")[code], catalog.names("ja")[code]) == (en, ja)


def test_no_code_stands_for_two_things():
    count = sum(len(catalog.load(table)) for table in catalog.NAMED)
    assert len(catalog.names("en")) == count


def test_no_japanese_name_is_left_in_latin_letters():
    partners = catalog.load("partners")
    assert partners[partners["name_ja"].str.contains("[A-Za-z]")]["iso3"].tolist() == []
