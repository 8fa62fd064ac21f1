"""Who published a figure of the Bureau of Economic Analysis: the Bureau itself, or somebody who quotes it."""

from __future__ import annotations

from helpers.display import publishers, wording
from helpers.display.markup import escape
from helpers.display.prose import Voice

OWN = "bea-"
"""How the keys of the Bureau's own publications begin."""


def bureau(voice: Voice, key: str, vintage: str = "") -> str:
    """Return the line under a chart for a source by its key in ``sources.csv``.

    Parameters
    ----------
    vintage
        Where it is given, the Bureau's release is named by it.
    """
    if not key.startswith(OWN):
        agency = voice.origins.source(key)[0].partition(": ")[0] if voice.origins else key
        return voice.say("source.bea_quoted", agency=escape(publishers.agency(agency, voice.lang)))
    if vintage:
        return voice.say("source.bea_release", vintage=wording.period(vintage, voice.lang))
    return voice.say("source.bea")


def states(voice: Voice, key: object) -> str:
    """Return the same for jobs by state, which the task force's deck and JETRO quote."""
    return voice.say("state_jobs.source" if str(key).startswith(OWN) else "source.bea_state_jobs")
