"""The register of events: shipped, replaced by a reader's own, or empty."""

from __future__ import annotations

import pytest

from helpers.data import register
from helpers.errors import CatalogError, DataCheckError

HEAD = "event_id,date_start,fiscal_year,mission,state,title,title_ja,theme,format,certainty,source_url,participants\n"
ROW = "E1,2021-06-25,2021,nashville,TN,Japan week,日本週間,culture,in_person,high,https://example.org/1,120\n"


def own(tmp_path, text):
    path = tmp_path / "own.csv"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_shipped_register_has_an_address_for_each_of_its_events():
    events = register.read()
    assert len(events) == 320  # counted in the file when it was compiled
    assert events["source_url"].str.startswith(("http://", "https://")).all()


def test_a_register_without_a_row_is_an_empty_frame_with_types(tmp_path):
    events = register.read(own(tmp_path, HEAD))
    assert events.empty
    assert list(events.columns) == list(register.read().columns)
    assert events.dtypes.equals(register.read().dtypes)


def test_an_own_register_may_leave_out_what_may_be_empty(tmp_path):
    events = register.read(own(tmp_path, HEAD + ROW))
    assert events.loc[0, ["state", "participants", "city"]].tolist() == ["TN", 120, ""]


def test_a_byte_order_mark_as_spreadsheets_write_it_does_no_harm(tmp_path):
    assert len(register.read(own(tmp_path, "\ufeff" + HEAD + ROW))) == 1


def test_a_title_that_looks_like_code_stays_the_text_it_is(tmp_path):
    title = '<script>alert(1)</script> #read("key.txt")'
    row = ROW.replace("Japan week", '"' + title.replace('"', '""') + '"')
    assert register.read(own(tmp_path, HEAD + row))["title"].tolist() == [title]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param(",TN,", ",ZZ,", r"column state, not in states or areas: 'ZZ' \(row 2\)", id="state"),
        pytest.param("nashville", "memphis", r"column mission, not in missions: 'memphis'", id="mission"),
        pytest.param(",120", ",many", r"column participants: 'many' \(row 2\)", id="headcount"),
        pytest.param("2021-06-25", "June 2021", r"column date_start.*'June 2021'", id="date"),
        pytest.param(",title,", ",name,", r"missing 'title'; unknown 'name'", id="column"),
        pytest.param(
            "culture", "fun", r"column theme, where one of culture, .* is expected: 'fun'", id="theme"
        ),
    ],
)
def test_an_own_register_is_checked_like_the_shipped_one(tmp_path, old, new, message):
    with pytest.raises(DataCheckError, match=message):
        register.read(own(tmp_path, (HEAD + ROW).replace(old, new, 1)))


def test_an_event_given_twice_is_refused(tmp_path):
    with pytest.raises(DataCheckError, match=r"key event_id a second time: 'E1' \(row 3\)"):
        register.read(own(tmp_path, HEAD + ROW + ROW))


def test_a_register_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CatalogError, match=r"own\.csv: expected a CSV file, got no such file"):
        register.read(str(tmp_path / "own.csv"))


def test_a_register_in_another_encoding_is_named(tmp_path):
    path = tmp_path / "own.csv"
    path.write_bytes((HEAD + ROW.replace("Japan week", "ジャパン")).encode("shift_jis"))
    with pytest.raises(
        CatalogError, match=r"own\.csv: expected a CSV with a header, in UTF-8.*Save it again"
    ):
        register.read(str(path))
