"""The top of the brief on a consular district: headline, key figures, and what it says in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pandas as pd

from helpers.analysis import lineage
from helpers.analysis.district import District, Sum
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import KPI, Finding, Headline, KPIRow
from helpers.display.prose import Voice
from helpers.display.show import district_jobs, district_standing, trade
from helpers.display.show.district_standing import Standing
from helpers.display.show.events import JAPAN, card, named

FEW = 3
"""Up to so many areas are named; more are counted."""

Sums = Mapping[str, Sum | None]
"""Flow to its sum (``exports``, ``imports``)."""


def headline(voice: Voice, subject: str, district: District, sums: Sums) -> Headline:
    """Return the title of the brief and its one sentence: what the district sends to the subject and receives."""
    name = named(voice, district)
    exports, imports = sums["exports"], sums["imports"]
    values: tuple[Value, ...] = ()
    if exports is None or imports is None:
        areas = voice.join([voice.the(area) for area in district.areas])
        sentence = voice.say("mission.headline_none", areas=areas, district=name, subject=voice.the(subject))
    else:
        parts = {f.flow: amount(voice, f) for f in (exports, imports)}
        ranks = {f"{f.flow}_rank": rank(voice, f) for f in (exports, imports)}
        values = (*figures(voice, exports), *figures(voice, imports), *counted(voice, district, exports))
        sentence = voice.say(
            "mission.headline",
            year=trade.years(voice, exports.year, imports.year),
            areas=areas_of(voice, district, exports),
            subject=voice.the(subject),
            shared=_shared(voice, district),
            **parts,
            **ranks,
        )
    return Headline(
        voice.lang,
        title=voice.say("mission.title", district=name[:1].upper() + name[1:], subject=voice.the(subject)),
        sentence=sentence,
        running=voice.say("mission.running", subject=voice.opening(subject), district=name),
        values=values,
    )


def key_figures(
    voice: Voice,
    subject: str,
    district: District,
    sums: Sums,
    by_state: pd.DataFrame,
    pairs: pd.DataFrame,
    here: pd.DataFrame,
    events: pd.DataFrame,
    fiscal_year: int,
    standing: Standing,
) -> KPIRow:
    """Return the row of key figures; what is not in hand is left out.

    Parameters
    ----------
    by_state
        From :func:`helpers.analysis.jobs.by_state`.
    pairs
        ``sister_pairs`` of the district's areas.
    here, events
        The events of the district, and all of them.
    standing
        Where the district stands among all.
    """
    cards: list[KPI | None] = [_states(voice, district)]
    cards += [_flow(voice, subject, district, one) for one in sums.values() if one is not None]
    cards += [
        district_jobs.card(voice, subject, district, by_state),
        _sisters(voice, subject, district, pairs),
    ]
    held = card(voice, district, subject, here, events, fiscal_year)
    found, row = standing.found, standing.row
    if held is not None and found is not None and row is not None:
        said = district_standing.said(voice, found, row)
        parts = {key: said[key] for key in ("ratio", "low", "high")}
        note = voice.say("mission.kpi.ratio", **parts)
        if standing.others:
            note = voice.say("mission.kpi.ratio_joint", others=standing.others, **parts)
        others = (*held.others, *district_standing.values(voice, found, row, note))
        held = replace(held, note=note, others=others)
    return KPIRow(voice.lang, items=tuple(one for one in (*cards, held) if one is not None))


def _states(voice: Voice, district: District) -> KPI:
    label = voice.say("mission.kpi.states")
    whole, shared = (
        facts.value(
            voice,
            f"district.states_{name}",
            label,
            len(areas),
            "states",
            "reference",
            lineage.count("jurisdictions", {"mission": district.mission, "area": list(areas)}),
        )
        for name, areas in (("whole", district.states), ("shared", district.shared))
    )
    names = [voice.the(area) for area in district.shared]
    part = voice.say("mission.kpi.unshared")
    if names:
        number = markup.number("district.states_shared", str(len(names)))
        part = voice.say("mission.kpi.shared", m=number, names=voice.join(names))
    besides = [voice.the(area) for area in district.territories]
    return KPI(
        label=label,
        figure=markup.number("district.states_whole", str(len(district.states))),
        unit=voice.say("mission.kpi.states_unit"),
        rank=part,
        note=voice.say("mission.kpi.territories", names=voice.join(besides)) if besides else "",
        value=whole,
        others=(shared,),
    )


def _flow(voice: Voice, subject: str, district: District, one: Sum) -> KPI:
    value, *others = figures(voice, one)
    note = ""
    if one.share is not None:
        share = markup.number(f"{one.flow}.share", voice.percent(one.share))
        names = [voice.the(area) for area in district.shared]
        note = voice.say("mission.kpi.share", share=share)
        if names:
            note = voice.say("mission.kpi.share_without", share=share, names=voice.join(names))
    return KPI(
        label=voice.say(f"kpi.state_{one.flow}", subject=voice.the(subject)),
        figure=amount(voice, one),
        unit=voice.say("unit.year", year=str(one.year)),
        rank=rank(voice, one),
        note=note,
        value=value,
        others=tuple(others),
    )


def _sisters(voice: Voice, subject: str, district: District, pairs: pd.DataFrame) -> KPI | None:
    """Return how many sister relations of the areas served whole the list names; None for another partner."""
    own = pairs[pairs["state"].isin(district.whole)]
    if subject != JAPAN or own.empty:
        return None
    label = voice.say("mission.kpi.sisters")
    made = lineage.listed(own, "sister_pairs", "us_place", date=voice.day)
    return KPI(
        label=label,
        figure=markup.number("sisters.listed", str(len(own))),
        unit=voice.say("mission.kpi.sisters_unit"),
        note=voice.say("mission.kpi.sisters_note"),
        value=facts.value(voice, "sisters.listed", label, len(own), "pairs", "to date", made),
    )


def trade_finding(voice: Voice, subject: str, district: District, sums: Sums, ranked: Ranked) -> Finding:
    """Return the district's part of the nation's trade with the subject, and the states that have the most of it."""
    exports, imports = sums["exports"], sums["imports"]
    if exports is None or imports is None or exports.share is None or imports.share is None:
        return Finding(voice.lang, voice.say("mission.trade_none", district=named(voice, district)))
    shares = {
        f"{f.flow}_share": markup.number(f"{f.flow}.share", voice.percent(f.share or 0.0))
        for f in (exports, imports)
    }
    leaders, values = _leaders(voice, exports.added, ranked)
    areas = areas_of(voice, district, exports)
    text = voice.say(
        "mission.finding_trade",
        areas=areas[:1].upper() + areas[1:],
        year=trade.years(voice, exports.year, imports.year),
        subject=voice.the(subject),
        leaders=leaders,
        **shares,
    )
    every = (*figures(voice, exports), *figures(voice, imports), *counted(voice, district, exports), *values)
    return Finding(voice.lang, text, values=every)


Ranked = Mapping[str, pd.DataFrame]
"""Flow to :func:`helpers.analysis.trade.states_standing`."""


def _leaders(voice: Voice, area: Sequence[str], ranked: Ranked) -> tuple[str, tuple[Value, ...]]:
    parts: dict[str, str] = {}
    values: list[Value] = []
    for flow, frame in ranked.items():
        own = frame[frame["state"].isin(area)].nlargest(1, "value")
        if own.empty or len(area) < 2:
            return "", ()
        top = own.iloc[0]
        name = f"{flow}.areas.{top['state']}.value"
        parts |= {
            flow: markup.number(name, voice.dollars(top["value"])),
            f"top_{flow}": voice.the(top["state"]),
        }
        made = lineage.Lineage("value", (lineage.cell(top, "state_trade", "value_usd"),))
        label = voice.name(top["state"])
        values.append(facts.value(voice, name, label, float(top["value"]), "USD", int(top["year"]), made))
    if parts["top_exports"] == parts["top_imports"]:
        both = {"top": parts["top_exports"], "exports": parts["exports"], "imports": parts["imports"]}
        return voice.say("mission.finding_leader", **both), tuple(values)
    return voice.say("mission.finding_leaders", **parts), tuple(values)


def areas_of(voice: Voice, district: District, one: Sum) -> str:
    """Return the areas of a sum in words: by name, or counted where they are many."""
    if len(one.added) <= FEW:
        return voice.join([voice.the(area) for area in one.added])
    number = markup.number("district.areas_added", str(len(one.added)))
    if set(one.added) <= set(district.states):
        return voice.say("mission.states", n=number, mission=office(voice, district))
    return voice.say("mission.areas", n=number, mission=office(voice, district))


def office(voice: Voice, district: District) -> str:
    """Return the mission of a district as it stands inside a sentence."""
    return voice.say(f"mission.office.{district.kind}", city=markup.escape(district.city[voice.lang]))


def counted(voice: Voice, district: District, one: Sum) -> tuple[Value, ...]:
    """Return how many areas are in a sum, where `areas_of` says so."""
    if len(one.added) <= FEW:
        return ()
    made = lineage.count("jurisdictions", {"mission": district.mission, "area": list(one.added)})
    label = named(voice, district)
    return (facts.value(voice, "district.areas_added", label, len(one.added), "areas", "reference", made),)


def amount(voice: Voice, one: Sum) -> str:
    """Return a sum in words."""
    return markup.number(f"{one.flow}.value", voice.dollars(one.value))


def rank(voice: Voice, one: Sum) -> str:
    """Return the rank among the districts with its universe; the places it lies between where it is open."""
    of = numbers.number(one.of, voice.lang)
    if one.rank is not None:
        text = voice.say("mission.rank", nth=voice.nth(one.rank), of=of)
        return markup.number(f"{one.flow}.rank", text)
    ends = {
        name: markup.number(f"{one.flow}.{name}", voice.nth(place))
        for name, place in (("best", one.best), ("worst", one.worst))
    }
    key = "mission.rank_either" if one.worst == one.best + 1 else "mission.rank_open"
    return voice.say(key, of=markup.number(f"{one.flow}.districts", of), **ends)


def figures(voice: Voice, one: Sum) -> tuple[Value, ...]:
    """Return the sum, the best and the worst place, its rank where these are one, of how many, and its share."""
    label = voice.say(f"flow.{one.flow}")
    places = {"best": one.best, "worst": one.worst}
    made = dict(one.made)
    if one.rank is not None:
        places, made = {"rank": one.rank, **places}, {"rank": one.made["worst"], **made}
    ranked = {"rank": one.rank, "band": (one.best, one.worst), "of": one.of}
    found = [facts.value(voice, f"{one.flow}.value", label, one.value, "USD", one.year, one.made["value"])]
    found += [
        facts.value(voice, f"{one.flow}.{key}", label, place, "rank", one.year, made[key], **ranked)
        for key, place in places.items()
    ]
    of = f"{one.flow}.districts"
    found.append(facts.value(voice, of, label, one.of, "districts", one.year, one.made["of"]))
    if one.share is not None:
        name = f"{one.flow}.share"
        found.append(facts.value(voice, name, label, one.share, "fraction", one.year, one.made["share"]))
    return tuple(found)


def _shared(voice: Voice, district: District) -> str:
    names: Sequence[str] = [voice.the(area) for area in district.shared]
    return voice.say("mission.headline_shared", names=voice.join(list(names))) if names else ""
