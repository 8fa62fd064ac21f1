"""Where a state stands by its events beside its presence, among all states."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import expected
from helpers.analysis.against import Compared
from helpers.display import markup
from helpers.display.blocks import Block, Column, Figure, Finding, Note, Row, Table
from helpers.display.charts.marked import marked_funnel
from helpers.display.prose import Voice
from helpers.display.show import district_standing
from helpers.display.show import presence as against
from helpers.display.show.events import JAPAN


def block(
    voice: Voice, place: str, subject: str, found: Compared | None, events: pd.DataFrame
) -> tuple[Block, ...]:
    """Return a state in the funnel of all states, beside its figures, and its place in one sentence.

    Nothing on the page of another partner, which says elsewhere whose events the register holds.

    Parameters
    ----------
    found
        The states beside each other (:func:`helpers.analysis.against.states`).
    events
        The register.
    """
    if subject != JAPAN:
        return ()
    row = None if found is None else district_standing.row_of(found, place)
    if found is None or row is None:
        text = voice.say("mission.state_standing_none", state=voice.opening(place))
        return (Note(voice.lang, text, kind="missing"),)
    n, held = district_standing.held_in(voice, events)
    text = voice.say(
        "mission.state_standing",
        state=voice.the(place),
        measure=against.measure_name(voice, found.presence),
        year=against.year_of(voice, found.presence),
        n=n,
        **_among_states(voice, found, row),
    )
    pair = Row(voice.lang, (_marked(voice, place, found, row), _sheet(voice, place, found, row)))
    return pair, Finding(voice.lang, text, values=(*district_standing.values(voice, found, row, text), held))


def _among_states(voice: Voice, found: Compared, row: pd.Series) -> dict[str, str]:
    """Return the figures of a state but the gap, and of how many it is one: the District counts as one of them."""
    told = district_standing.said(voice, found, row)
    told["of"] = _states_of(voice, found, told["of"])
    return {key: text for key, text in told.items() if key != "gap"}


def _states_of(voice: Voice, found: Compared, n: str) -> str:
    key = "mission.of_states_and_dc" if "DC" in set(found.ratios["place"]) else "mission.of_states"
    return voice.say(key, n=n)


def _marked(voice: Voice, place: str, found: Compared, row: pd.Series) -> Figure:
    told, shown = district_standing.said(voice, found, row), found.ratios[found.ratios["expected"] > 0]
    inner, outer = (against.level(share) for share in expected.LEVELS)
    name = against.measure_name(voice, found.presence)
    subtitle = voice.say("against.funnel_subtitle", measure=name, inner=inner, outer=outer)
    where = voice.say(f"mission.where.{row['outside'] or 'inside'}")
    parts = {key: markup.plain(markup.unmarked(told[key])) for key in ("observed", "expected", "ratio", "of")}
    title = voice.say(
        "mission.state_funnel_title", state=voice.opening(place), ratio=told["ratio"], where=where
    )
    return Figure(
        voice.lang,
        svg=marked_funnel(
            found.ratios,
            expected.funnel(shown["expected"].min() / 1.4, shown["expected"].max() * 1.5),
            place,
            {
                "name": markup.plain(voice.name(place)),
                "x": voice.say("against.funnel_x"),
                "y": voice.say("against.funnel_y"),
                "none": voice.say("against.funnel_none"),
            },
        ),
        title=title,
        subtitle=subtitle,
        alt=voice.say(
            "mission.state_funnel_alt",
            state=voice.opening(place),
            n=_states_of(voice, found, parts.pop("of")),
            **parts,
        ),
        source=voice.say(f"against.source.{found.presence.table}"),
        values=(*district_standing.values(voice, found, row, title), *against.levels(voice, subtitle)),
    )


def _sheet(voice: Voice, place: str, found: Compared, row: pd.Series) -> Table:
    told, caption = (
        district_standing.said(voice, found, row),
        voice.say("mission.sheet_caption", level=against.level(0.95)),
    )
    told["limits"] = voice.say("against.limits", low=told["low"], high=told["high"])
    return Table(
        voice.lang,
        id="standing",
        title=voice.say("mission.sheet_title", state=voice.opening(place)),
        caption=caption,
        columns=(
            Column("measure", voice.say("head.measure")),
            Column("figure", voice.say("head.figure"), "right"),
        ),
        rows=tuple(
            {"measure": voice.say(f"mission.sheet.{key}"), "figure": told[key]}
            for key in ("observed", "expected", "ratio", "limits", "shrunk", "gap")
        ),
        notes=tuple(district_standing.rules_of(voice, found)[:2]),
        values=(*district_standing.values(voice, found, row, caption), *against.levels(voice, caption)),
    )
