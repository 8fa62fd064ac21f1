"""A page run by hand for a state, a mission or a language that does not exist says so in its first cells."""

from __future__ import annotations

import pytest

from helpers.analysis import district
from helpers.data import catalog
from helpers.display import show
from helpers.errors import AnalysisError, CatalogError


@pytest.mark.parametrize("state", ["ZZ", "tn", "PR", ""])
def test_a_state_that_does_not_exist_is_answered_with_those_that_do(state: str) -> None:
    message = rf"parameter 'state': expected one of the codes AL, .*, WY, got '{state}'\. Correct the code"
    with pytest.raises(AnalysisError, match=message):
        show.standing.districts(state, catalog.load("jurisdictions"), catalog.load("states"))


def test_a_mission_that_does_not_exist_is_answered_with_those_that_do() -> None:
    tables = (catalog.load(name) for name in ("missions", "jurisdictions", "states"))
    message = r"parameter 'mission': expected one of the codes embassy, .*, portland, got 'nara'\. Correct"
    with pytest.raises(AnalysisError, match=message):
        district.of("nara", *tables)


def test_a_language_that_is_not_spoken_is_refused() -> None:
    with pytest.raises(CatalogError, match=r"parameter 'lang': expected 'en' or 'ja', got 'fr'\. Choose"):
        catalog.names("fr")
