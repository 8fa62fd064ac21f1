"""When a server is asked again, how long is waited, and what is said when it stays silent."""

from __future__ import annotations

import datetime as dt
from email.utils import format_datetime

import httpx
import pytest
import replay
from replay import KEY, Answer

from helpers.data.sources.answer import SourceError
from helpers.data.sources.secret import Key
from helpers.data.sources.transport import LONGEST_PAUSE, Reply, Server

GOOD = Answer(b"good")


def get(server, pauses, *, timeout: float = 5, base: str = ""):
    """Ask the server once for the text of an answer."""
    with httpx.Client(timeout=timeout) as client:
        made = Server("Test API", base or server.url, Key(KEY), "key", client, sleep=pauses.append)
        return made.ask("place", {"YEAR": "2091"}, lambda reply: reply.text, "answer.json")


def test_an_answer_comes_with_its_bytes_and_an_address_without_the_key(server, pauses, no_key):
    server.answer([Answer(b"good", media="text/plain; charset=utf-8")])
    text, raw = get(server, pauses)
    assert (text, raw.name, raw.content, raw.media) == ("good", "answer.json", b"good", "text/plain")
    assert raw.url == f"{server.url}/place?YEAR=2091"
    assert server.asked == [("place", {"YEAR": "2091", "key": KEY})]
    assert pauses == []
    no_key(raw)


def test_too_many_requests_wait_as_long_as_the_server_says(server, pauses):
    server.answer([Answer(b"", 429, headers={"Retry-After": "7"}), GOOD])
    assert get(server, pauses)[0] == "good"
    assert pauses == [7]


def test_a_minute_is_the_longest_pause_that_is_waited_for(server, pauses):
    server.answer([Answer(b"", 503, headers={"Retry-After": "60"}), GOOD])
    assert get(server, pauses)[0] == "good"
    assert pauses == [60]
    server.answer([Answer(b"", 503, headers={"Retry-After": "61"})])
    with pytest.raises(SourceError, match=r"\(once\).*an error of the server \(503\)"):
        get(server, pauses)


@pytest.mark.parametrize(
    ("body", "page", "heading"),
    [
        ("\n <html><title> Sign\n in </title><h1>Other</h1>", True, "Sign in"),
        ("<h1 class='x'>Down</h1><p>for a while</p>", True, "Down"),
        ("<p>Down</p>for<br>a while", True, "Down for a while"),
        ("error: unknown variable", False, "error: unknown variable"),
        ("x" * 300, False, "x" * 200),
        (" ", False, "nothing"),
    ],
    ids=["title", "heading", "page", "text", "long", "empty"],
)
def test_a_page_is_known_by_its_first_sign_and_called_by_its_heading(body, page, heading):
    reply = Reply(200, "text/html", body.encode())
    assert (reply.is_page, reply.heading) == (page, heading)


def test_a_pause_may_be_given_as_a_date(server, pauses):
    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=30)
    server.answer([Answer(b"", 503, headers={"Retry-After": format_datetime(soon, usegmt=True)}), GOOD])
    assert get(server, pauses)[0] == "good"
    assert 25 < pauses[0] <= 30


def test_without_a_word_from_the_server_pauses_double(server, pauses):
    server.answer(
        [Answer(b"", 429), Answer(b"", 500), Answer(b"", 429, headers={"Retry-After": "soon"}), GOOD]
    )
    assert get(server, pauses)[0] == "good"
    assert pauses == [1, 2, 4]


def test_a_block_of_an_hour_is_told_at_once(server, pauses, no_key):
    server.answer([Answer(b"", 429, headers={"Retry-After": "3600"})])
    with pytest.raises(
        SourceError, match=r"\(once\).*too many requests \(429\)\. Come back after an hour"
    ) as caught:
        get(server, pauses)
    assert pauses == []
    assert LONGEST_PAUSE < 3600
    no_key(caught.value)


def test_a_server_that_is_late_is_asked_again_and_then_given_up(server, pauses, no_key):
    server.answer([Answer(b"late", late=0.6)])
    with pytest.raises(SourceError, match=r"\(5 times\).*got no answer in time\. Try again later") as caught:
        get(server, pauses, timeout=0.1)
    assert len(pauses) == 4
    no_key(caught.value)


def test_a_cut_connection_is_no_answer_and_the_next_one_is(server, pauses):
    server.answer([Answer(b"half of this is not enough", cut=True), GOOD])
    assert get(server, pauses)[0] == "good"
    assert pauses == [1]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(b"error: unknown variable 'STATE_NAME'", 400), r"got 400: error: unknown variable 'STATE_NAME'\."),
        (replay.page("Forbidden", 403), r"a refusal \(403: Forbidden\)\. Check the key"),
        (Answer(b"", 302, headers={"Location": f"/data/else?key={KEY}"}), "got 302: nothing"),
        (Answer(f"no such key {KEY.lower()}".encode(), 401), r"401: no such key \*\*\*"),
    ],
    ids=["400", "403", "302", "401"],
)  # fmt: skip
def test_a_refusal_is_told_at_once(server, pauses, no_key, answer, said):
    server.answer([answer])
    with pytest.raises(SourceError, match=said) as caught:
        get(server, pauses)
    assert len(server.asked) == 1
    no_key(caught.value)


@pytest.mark.parametrize("base", ["http://host:port", "ftp://host/data", "no address"])
def test_a_bad_address_is_told_as_one(server, pauses, no_key, base):
    with pytest.raises(SourceError, match="no address of a server") as caught:
        get(server, pauses, base=base)
    no_key(caught.value)


def test_the_log_of_the_library_goes_on_without_the_key(server, pauses, no_key, caplog):
    server.answer([GOOD])
    get(server, pauses)
    no_key()
    requests = [record.getMessage() for record in caplog.records if record.name == "httpx"]
    assert len(requests) == 1
    assert "key=***" in requests[0]
