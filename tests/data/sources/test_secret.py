"""A key is sent and not shown."""

from __future__ import annotations

import logging
from urllib.parse import quote, quote_plus

import pytest

from helpers.data.sources import secret
from helpers.data.sources.answer import SourceError
from helpers.data.sources.secret import Key

VALUE = "Ab 1/+c"


def test_a_key_prints_as_stars_and_is_there_when_it_is_sent():
    key = Key(VALUE)
    assert (repr(key), str(key), f"{key}") == ("***", "***", "***")
    assert key.reveal() == VALUE


@pytest.mark.parametrize(
    "form", [VALUE, VALUE.upper(), quote(VALUE), quote(VALUE, safe=""), quote_plus(VALUE)]
)
def test_every_form_of_a_key_is_taken_out_of_texts_and_bytes(form):
    key = Key(VALUE)
    assert key.hide(f"x {form} y") == "x *** y"
    assert key.hide_bytes(f"x {form} y".encode()) == b"x *** y"


def test_no_key_hides_nothing():
    assert Key("").hide("answer") == "answer"
    assert Key("").hide_bytes(b"answer") == b"answer"


def test_the_log_is_screened_only_while_the_key_is_in_use():
    before = [logging.getLogger(name).filters.copy() for name in secret.LOGGERS]
    with Key(VALUE).out_of_the_log():
        assert all(logging.getLogger(name).filters for name in secret.LOGGERS)
    assert [logging.getLogger(name).filters for name in secret.LOGGERS] == before


def test_the_key_that_is_given_comes_before_the_environment(monkeypatch):
    monkeypatch.setenv("SOME_KEY", " from the environment ")
    assert secret.key("given", "SOME_KEY", "page", "publisher").reveal() == "given"
    assert secret.key("", "SOME_KEY", "page", "publisher").reveal() == "from the environment"


def test_no_key_is_one_sentence(monkeypatch):
    monkeypatch.setenv("SOME_KEY", " ")
    with pytest.raises(
        SourceError,
        match=r"^The API of the office needs a key: get one .* at https://page and set SOME_KEY to it\.$",
    ):
        secret.key("", "SOME_KEY", "https://page", "office")
