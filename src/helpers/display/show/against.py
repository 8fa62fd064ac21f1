"""The page on activity against presence: its top, and each part of it, or the sentence on why there is none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from helpers.analysis.against import JAPAN, Against
from helpers.analysis.presence import Presence
from helpers.display import facts, markup
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Finding, Headline, KPIRow, Note, Row
from helpers.display.prose import Voice
from helpers.display.show import association, district_standing, register
from helpers.display.show import presence as against

COLUMNS = (*district_standing.LISTED, "participants")
"""What has to be known of every event to count them by place, and how much of them is known."""


def headline(voice: Voice, partner: str, found: Against | None, presence: Presence) -> Headline:
    """Return the title of the page and its one sentence."""
    said = {"measure": against.measure_name(voice, presence)}
    values: tuple[Value, ...] = ()
    if found is None:
        sentence = _none(voice, partner)
    else:
        parts = against.said(voice, found)
        said |= {"d": parts["d"], "d_chance": parts["d_chance"]}
        if presence.restricted:
            sentence = voice.say("against.headline_restricted", n=parts["n"], **said)
        else:
            sentence = voice.say("against.headline", **said)
        values = against.figures(voice, found, sentence)
    return Headline(
        voice.lang,
        title=voice.say("against.title"),
        sentence=sentence,
        running=voice.say("against.running"),
        values=values,
    )


def key_figures(voice: Voice, found: Against | None) -> tuple[Block, ...]:
    """Return events placed, places above and below, dissimilarity, Gini and rho; nothing where nothing is compared."""
    if found is None:
        return ()
    parts, restricted = against.said(voice, found), found.presence.restricted
    values = {value.id: value for value in against.figures(voice, found, "")}
    one = found.associations[found.presence.measure]
    key = f"association.{found.presence.level}.{found.presence.measure}.rho"
    rho = facts.value(
        voice, key, voice.say("against.kpi.rho"), one.rho, "rho", "register", found.associated("rho")
    )
    cards = {name: (parts[name], values[against.named("concentration", found.presence, name)])
             for name in ("events", "n", "d", "gini")}  # fmt: skip
    cards["rho"] = (markup.number(key, association.written(voice, one.rho)), rho)
    return (
        KPIRow(
            voice.lang,
            items=tuple(
                KPI(
                    label=voice.say(f"against.kpi.{name}"),
                    figure=figure,
                    unit=voice.say(f"against.kpi_unit.{'known' if name == 'n' and restricted else name}"),
                    value=replace(value, label=voice.say(f"against.kpi.{name}")),
                )
                for name, (figure, value) in cards.items()
            ),
        ),
    )


def coverage(
    voice: Voice,
    partner: str,
    events: pd.DataFrame,
    totals: pd.DataFrame,
    presence: Presence,
    found: Against | None,
) -> tuple[Block, ...]:
    """Return that the register is a sample, what it covers, how it is counted, and what presence is measured by."""
    if partner != JAPAN:
        return (Note(voice.lang, _none(voice, partner)),)
    if events.empty:
        return Note(voice.lang, voice.say("events.empty"), kind="missing"), against.measure(voice, presence)
    counted = (register.rules(voice, events, found.counted),) if found else ()
    sample = register.sample(voice, events, totals)
    return *sample, register.coverage(voice, events, totals), *counted, against.measure(voice, presence)


def spread(voice: Voice, found: Against | None) -> tuple[Block, ...]:
    """Return the Lorenz curve beside what it says in words."""
    if found is None:
        return nothing(voice)
    said, note = against.whole(voice, found)
    return Row(voice.lang, (against.lorenz_figure(voice, found), said)), note


def funnel(voice: Voice, found: Against | None, names: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the funnel of observed over expected."""
    return nothing(voice) if found is None else (against.funnel_figure(voice, found, names),)


def districts(
    voice: Voice, events: pd.DataFrame, whole: Against | None, found: Against | None, names: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return funnel and gaps of the consular districts, and how events are counted in them.

    ``whole`` is the same by state; where there is that alone, too few districts have their figures.
    """
    if whole is None:
        return nothing(voice)
    if found is None:
        return (Note(voice.lang, voice.say("against.districts_none"), kind="missing"),)
    return (
        register.rules(voice, events, found.counted),
        *_left_out(voice, found, names),
        against.funnel_figure(voice, found, names),
        against.gap_table(voice, found, names),
    )


def _left_out(voice: Voice, found: Against, names: Mapping[str, str]) -> tuple[Block, ...]:
    """Return which districts are not compared for want of a figure; nothing where all have one."""
    lacking = [names[place] for place in found.presence.missing]
    if not lacking:
        return ()
    said = {"measure": against.measure_name(voice, found.presence), "names": voice.join(lacking)}
    return (Note(voice.lang, voice.say("against.left_out", **said), kind="missing"),)


def gaps(voice: Voice, found: Against | None, names: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the table of gaps."""
    return () if found is None else (against.gap_table(voice, found, names),)


def together(
    voice: Voice, found: Against | None, presences: Mapping[str, Presence], names: Mapping[str, str]
) -> tuple[Block, ...]:
    """Return the association with the events: in words, in a table, and why nothing is said on causes."""
    if found is None:
        return nothing(voice)
    said: Finding = association.finding(voice, found, names)
    lacking = association.lacking(voice, presences)
    return said, association.grid(voice, found), *lacking, association.no_cause(voice)


def nothing(voice: Voice) -> tuple[Block, ...]:
    """Return the sentence that stands under a question where nothing is compared."""
    return (Note(voice.lang, voice.say("against.nothing"), kind="missing"),)


def names(voice: Voice, found: Against | None, missions: pd.DataFrame) -> dict[str, str]:
    """Return the names of the places that are compared, and of those that lack the figure for it."""
    if found is None:
        return {}
    return against.place_names(voice, [*found.ratios["place"], *found.presence.missing], missions)


def _none(voice: Voice, partner: str) -> str:
    if partner != JAPAN:
        return voice.say("events.other_subject", subject=voice.the(partner))
    return voice.say("against.headline_none")
