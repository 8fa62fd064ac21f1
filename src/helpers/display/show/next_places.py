"""The page on where next: its top and its parts, or the sentence on why there is none."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import chance, priority
from helpers.analysis.against import JAPAN, Against
from helpers.display import facts, markup
from helpers.display.blocks import KPI, Block, Headline, KPIRow, Note
from helpers.display.prose import Voice
from helpers.display.show import deck_list, register
from helpers.display.show import league as moved
from helpers.display.show import presence as against
from helpers.display.show import priority as shown
from helpers.display.show.against import nothing


def headline(
    voice: Voice,
    partner: str,
    scored: pd.DataFrame | None,
    weights: Mapping[str, int],
    names: Mapping[str, str],
) -> Headline:
    """Return the title of the page and its one sentence."""
    sentence = _none(voice, partner)
    if scored is not None:
        order = priority.score(scored, weights)
        first = [names[place] for place in order.loc[order["rank"] == 1, "place"]]
        sentence = voice.say("priority.headline", first=voice.join(first))
    return Headline(
        voice.lang,
        title=voice.say("priority.title"),
        sentence=sentence,
        running=voice.say("priority.running"),
    )


def key_figures(
    voice: Voice,
    scored: pd.DataFrame | None,
    weights: Mapping[str, int],
    found: Against | None,
    claims: pd.DataFrame,
    states: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return places ranked, places that are surely or ever in the top, and those of the deck's list that are high."""
    if scored is None or found is None:
        return ()
    order = priority.score(scored, weights)
    stable = priority.stability(scored, seed=chance.SEED)
    listed = priority.deck(claims, states["usps"])
    high = order.loc[order["rank"] <= len(listed), "place"]
    counts = {
        "ranked": int(order["rank"].notna().sum()),
        "sure": int((stable["top_share"] > priority.SURE).sum()),
        "ever": int((stable["top_count"] > 0).sum()),
    }
    counts |= {} if listed.empty else {"deck.inside": int(listed["state"].isin(high).sum())}
    cards = []
    for name, n in counts.items():
        label = voice.say(f"priority.kpi.{name}")
        unit = "states" if name.startswith("deck") else "places"
        made = shown.method(found.weighed, name, weights)
        value = facts.value(voice, f"priority.{name}", label, n, unit, "method", made)
        figure = markup.number(value.id, str(n))
        cards.append(
            KPI(label=label, figure=figure, unit=voice.say(f"priority.kpi_unit.{name}"), value=value)
        )
    return (KPIRow(voice.lang, items=tuple(cards)),)


def league(
    voice: Voice,
    scored: pd.DataFrame | None,
    weights: Mapping[str, int],
    found: Against | None,
    names: Mapping[str, str],
) -> tuple[Block, ...]:
    """Return the league under weights that the reader can move."""
    if scored is None or found is None:
        return nothing(voice)
    return (moved.league(voice, scored, weights, names, made=found.weighed),)


def stability(
    voice: Voice,
    scored: pd.DataFrame | None,
    weights: Mapping[str, int],
    found: Against | None,
    names: Mapping[str, str],
) -> tuple[Block, ...]:
    """Return in words and in a table how often random weights put the first places in the top."""
    if scored is None or found is None:
        return nothing(voice)
    stable = priority.stability(scored, seed=chance.SEED)
    return (
        shown.stability(voice, stable, names, made=found.weighed),
        shown.stability_table(voice, scored, weights, stable, names, made=found.weighed, seed=chance.SEED),
    )


def deck(
    voice: Voice,
    scored: pd.DataFrame | None,
    weights: Mapping[str, int],
    found: Against | None,
    names: Mapping[str, str],
    claims: pd.DataFrame,
    states: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the map of the ranks and the deck's own list beside them."""
    if scored is None or found is None:
        return nothing(voice)
    listed = priority.deck(claims, states["usps"])
    stable = priority.stability(scored, seed=chance.SEED, top=max(len(listed), 1))
    return (
        deck_list.ranks_map(voice, scored, weights, listed, states, names, made=found.weighed),
        *deck_list.beside(voice, scored, weights, listed, stable, names, made=found.weighed),
    )


def grid(
    voice: Voice,
    scored: pd.DataFrame | None,
    weights: Mapping[str, int],
    found: Against | None,
    names: Mapping[str, str],
) -> tuple[Block, ...]:
    """Return the ranks under other weights."""
    if scored is None or found is None:
        return nothing(voice)
    return (shown.grid(voice, scored, weights, names, made=found.weighed),)


def components(
    voice: Voice,
    partner: str,
    scored: pd.DataFrame | None,
    found: Against | None,
    trade: pd.DataFrame,
    events: pd.DataFrame,
    totals: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return that the register is a sample, what is scored, and that a list is no advice."""
    if scored is None or found is None:
        return (Note(voice.lang, _none(voice, partner)),)
    grown = priority.growth(trade, found.presence.measure)
    first, last = int(grown["first"].iloc[0]), int(grown["last"].iloc[0])
    return (
        *register.sample(voice, events, totals),
        shown.explained(voice, found.presence, first, last),
        against.measure(voice, found.presence),
        Note(voice.lang, voice.say("priority.not_advice")),
    )


def _none(voice: Voice, partner: str) -> str:
    if partner != JAPAN:
        return voice.say("events.other_subject", subject=voice.the(partner))
    return voice.say("against.headline_none")
