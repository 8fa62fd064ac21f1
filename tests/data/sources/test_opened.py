"""An official CSV that cannot be taken apart is named with its row."""

from __future__ import annotations

import pytest

from helpers.data.sources import opened
from helpers.data.sources.answer import Raw, SourceError


def test_a_cell_that_is_too_long_is_named_with_its_row():
    file = Raw(name="table.csv", content=b"a,b\n1," + b"x" * 131_073 + b"\n", url="", media="text/csv")
    with pytest.raises(
        SourceError, match=r"table\.csv: expected a CSV, got row 2: field larger .*\(131072\)"
    ):
        opened.lines(file)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_a_file_that_ends_within_a_quoted_cell_is_not_whole(end):
    """Cut behind 1 of "1,234", the cell would be a one."""
    file = Raw(name="table.csv", content=f'a,b\nJapan,"1{end}'.encode(), url="", media="text/csv")
    with pytest.raises(
        SourceError, match="expected a whole CSV, got row 2 with a quotation mark that is not closed"
    ):
        opened.lines(file)
    whole = Raw(name="table.csv", content=f'a,b\nJapan,"1"{end}'.encode(), url="", media="text/csv")
    assert opened.lines(whole) == [["a", "b"], ["Japan", "1"]]


def test_a_folder_is_named_as_such(tmp_path):
    with pytest.raises(SourceError, match=r"expected an official file, got a folder\. Correct the path"):
        opened.raw(tmp_path, "table.csv")


def test_letters_of_the_windows_code_page_are_read_and_a_byte_it_lacks_is_marked():
    file = Raw(name="table.csv", content=b"Cura\xe7ao \x96 \x81, 1 \n", url="", media="text/csv")
    assert opened.lines(file) == [["Curaçao \u2013 \ufffd", "1"]]


@pytest.mark.parametrize(
    "content", ["a,b\n1,2\n".encode("utf-16"), b"a,b\n1,\x00\n", b"\xef\xbb\xbf \n<html>"]
)
def test_a_page_or_another_encoding_is_no_csv(content):
    file = Raw(name="table.csv", content=content, url="", media="text/csv")
    with pytest.raises(SourceError, match=r"table\.csv: expected a CSV, got a web page or a binary file"):
        opened.lines(file)


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("A.CSV", "text/csv"),
        ("a.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("download", "application/octet-stream"),
    ],
)
def test_a_file_has_its_bytes_its_name_and_the_kind_that_its_ending_says(tmp_path, name, media):
    path = tmp_path / name
    path.write_bytes(b"a,b\n")
    assert opened.raw(path, "default.csv") == Raw(name=name, content=b"a,b\n", url=name, media=media)
    assert opened.raw(b"a", "default.csv").name == "default.csv"
