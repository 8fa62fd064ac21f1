"""The blocks on the task force's claims where there is nothing to check."""

from __future__ import annotations

import pytest

from helpers.data import catalog
from helpers.display import prose, show


@pytest.mark.parametrize(
    ("subject", "said"),
    [
        ("JPN", "The task force’s summary prints no figure about Vermont."),
        ("DEU", "about Japan and are not shown"),
    ],
    ids=["no claim", "another partner"],
)
def test_where_no_claim_is_printed_of_a_state_the_note_leads_to_what_may_be_said(subject, said):
    note = show.claims.of_state(prose.Voice("en", catalog.names("en")), "VT", subject, ())
    assert said in note.plain()
    assert note.leads
