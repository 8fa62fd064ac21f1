"""``briefs trace``: a number of a built brief on the terminal."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from helpers.cli import app
from helpers.errors import CatalogError

pytestmark = pytest.mark.slow


def said(*words: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["trace", *words], catch_exceptions=False)
    assert result.exit_code == code
    return result.output


def test_a_share_is_printed_with_its_rows_and_computed_again(edition):
    text = said(str(edition.file("en/state/tennessee", "json")), "exports.share")
    assert "value: year 2018, state TN, partner JPN, flow exports; vintage 2019-03" in text
    assert "total: year 2018, state TN, partner WLD" in text
    assert "https://usatrade.census.gov/" in text
    assert "the file on disk is the same" in text
    assert text.rstrip().endswith("agrees")


def test_a_rank_is_printed_with_its_universe_and_band(edition):
    text = said(str(edition.file("ja/national", "json")), "exports.rank")
    assert "rank       6 of 232" in text
    assert '"by": "partner"' in text


def test_what_is_estimated_is_printed_with_its_method_and_computed_again(edition):
    file = str(edition.file("en/state/tennessee", "json"))
    text = said(file, "against.imports.TN.ratio")
    assert "transform  events over expected events" in text
    assert 'method     ratio (place "TN")' in text
    assert "table state_trade" in text
    assert text.rstrip().endswith("agrees")
    assert "recomputed: no row gives it (setting)" in said(file, "level.95")


def test_a_number_that_the_rows_do_not_give_differs(edition, tmp_path):
    content = json.loads(edition.text("en/state/tennessee", "json"))
    next(v for v in content["values"] if v["id"] == "exports.value")["value"] *= 1.001
    broken = tmp_path / "tennessee.json"
    broken.write_text(json.dumps(content), encoding="utf-8")
    assert said(str(broken), "exports.value", code=1).rstrip().endswith("differs")


def test_an_unknown_id_is_answered_with_close_ones_and_none_with_all(edition):
    file = str(edition.file("en/state/tennessee", "json"))
    with pytest.raises(CatalogError, match=r"an id such as .*exports\.share.*'exports\.shar'"):
        said(file, "exports.shar")
    assert "exports.share" in said(file)
    with pytest.raises(CatalogError, match="no such file"):
        said("nowhere.json")
