"""Who is named under a chart of the Bureau's figures: it, or who quotes it."""

from __future__ import annotations

import pytest

from helpers.data import catalog, origins
from helpers.display.prose import Voice
from helpers.display.show import attribution


# The keys and their agencies: data/sources.csv.
@pytest.mark.parametrize(
    ("key", "vintage", "english", "japanese"),
    [
        (
            "jetro-fdi-2024",
            "2025-07",
            "US Bureau of Economic Analysis, as quoted by JETRO",
            "米国商務省経済分析局（BEA）、ジェトロ引用",
        ),
        (
            "selectusa-sheets",
            "",
            "US Bureau of Economic Analysis, as quoted by US Department of Commerce, SelectUSA",
            "米国商務省経済分析局（BEA）、米国商務省セレクトUSA引用",
        ),
        (
            "bea-fdi-detail",
            "2020-07",
            "US Bureau of Economic Analysis, release of July 2020",
            "米国商務省経済分析局（BEA）、2020年7月公表",
        ),
        ("bea-mne-api", "", "US Bureau of Economic Analysis", "米国商務省経済分析局（BEA）"),
    ],
)
def test_the_one_who_quotes_is_named_and_the_bureau_alone_for_its_own(key, vintage, english, japanese):
    for lang, line in (("en", english), ("ja", japanese)):
        voice = Voice(lang, catalog.names(lang), origins.Origins())
        assert attribution.bureau(voice, key, vintage) == line
