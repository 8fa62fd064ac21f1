"""The register of events as it is shipped; a reader's own is tested in ``register/``."""

from __future__ import annotations

from helpers.data import register


def test_the_shipped_register_has_an_address_for_each_of_its_events():
    events = register.read()
    assert len(events) == 320  # counted in the file when it was compiled
    assert events["source_url"].str.startswith(("http://", "https://")).all()
