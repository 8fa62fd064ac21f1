"""Where a district stands by its events beside its presence: among all, and its states among themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from helpers.analysis import activity, counting, lineage
from helpers.analysis.against import Compared
from helpers.analysis.district import District
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Note, Table
from helpers.display.prose import Voice
from helpers.display.show import presence as against
from helpers.display.show.events import JAPAN, counted, named

COLUMNS = ("event_id", "date_start", "fiscal_year", "mission", "state", "other_states", "format")
"""What has to be known of every event to set states beside each other; a brief that asks for no more is made again
only when one of these changes."""

LISTED = (*COLUMNS, "source_url")
"""The same where events are listed one by one, as those of a district are, each with its source."""

UNITS: Mapping[str, str] = {
    "observed": "events",
    "expected": "expected events",
    "ratio": "ratio",
    "low": "ratio",
    "high": "ratio",
    "shrunk": "ratio",
    "gap": "log ratio",
}
"""What is said of one place among the others, and its unit."""


@dataclass(frozen=True)
class Standing:
    """Where one district stands among all.

    Attributes
    ----------
    found : Compared or None
        The districts beside each other (:func:`helpers.analysis.against.districts`).
    group : str
        The place in them that this one belongs to: itself, or the districts that share a state with it.
    names : mapping
        Place, and mission, to the name of its city.
    others : str
        The names of the districts it is read together with; empty where it stands alone.
    """

    found: Compared | None
    group: str
    names: Mapping[str, str]
    others: str = ""

    @cached_property
    def row(self) -> pd.Series | None:
        """Its figures (`row_of`); None where nothing is compared, or it has none."""
        return None if self.found is None else row_of(self.found, self.group)


def among(
    voice: Voice,
    district: District,
    found: Compared | None,
    jurisdictions: pd.DataFrame,
    missions: pd.DataFrame,
) -> Standing:
    """Return where a district stands among all, with what these are called."""
    groups = counting.groups(jurisdictions)
    names = against.place_names(voice, [*groups, *groups.values()], missions)
    group = groups[district.mission]
    others = [names[one] for one in group.split(counting.JOINED) if one != district.mission]
    return Standing(found, group, names, voice.join(others) if others else "")


def row_of(found: Compared, place: str) -> pd.Series | None:
    """Return a place's counts, ratio, limits and shrunken ratio, with its rank; None without a figure."""
    rows = found.ratios.merge(found.shrunk.frame, on="place")
    rows = rows.assign(rank=rows["shrunk"].rank(ascending=False, method="min").astype(int), of=len(rows))
    own = rows[(rows["place"] == place) & (rows["expected"] > 0)]
    return None if own.empty else own.iloc[0]


def said(voice: Voice, found: Compared, row: pd.Series) -> dict[str, str]:
    """Return every figure of a place as it is printed, marked."""
    key = f"against.{found.presence.measure}.{row['place']}"
    known = {name: _written(voice, name, row[name]) for name in UNITS if not pd.isna(row[name])}
    known |= {"nth": voice.nth(int(row["rank"])), "of": str(int(row["of"]))}
    marked = {name: markup.number(f"{key}.{name}", text) for name, text in known.items()}
    return dict.fromkeys(UNITS, "–") | marked


def _written(voice: Voice, name: str, figure: float) -> str:
    if name == "observed":
        return against.many(voice, figure, "件")
    return numbers.number(figure, voice.lang, 2, signed=name == "gap")


def values(voice: Voice, found: Compared, row: pd.Series, label: str) -> tuple[Value, ...]:
    """Return every figure of a place."""
    key, period = f"against.{found.presence.measure}.{row['place']}", found.presence.year or "register"
    place = {"rank": int(row["rank"]), "of": int(row["of"])}
    singles = [
        facts.value(voice, f"{key}.{name}", label, row[name], unit, period, found.of_place(row, name))
        for name, unit in UNITS.items()
        if not pd.isna(row[name])
    ]
    nth = facts.value(
        voice,
        f"{key}.nth",
        label,
        place["rank"],
        "rank",
        period,
        found.by("nth", place=row["place"]),
        **place,
    )
    of = facts.value(voice, f"{key}.of", label, place["of"], "places", period, found.by("places"))
    return (*singles, nth, of)


def finding(
    voice: Voice, subject: str, district: District, here: pd.DataFrame, standing: Standing
) -> Finding:
    """Return how many events the register holds in the district, and its ratio with exact limits."""
    if subject != JAPAN:
        return Finding(voice.lang, voice.say("events.other_subject", subject=voice.the(subject)))
    found, row = standing.found, standing.row
    text, shown = voice.say("mission.ratio_none"), tuple[Value, ...]()
    if found is not None and row is not None:
        told = said(voice, found, row)
        joint = voice.say("mission.ratio_joint", others=standing.others) if standing.others else ""
        text = voice.say(
            "mission.ratio",
            measure=against.measure_name(voice, found.presence),
            joint=joint,
            **{key: told[key] for key in ("ratio", "low", "high")},
        )
        shown = values(voice, found, row, text)
    n = markup.number("events.total", against.many(voice, len(here), "件"))
    text = voice.say("mission.finding_activity", n=n, district=named(voice, district), standing=text)
    every = counted(voice, district, here)
    total = facts.value(voice, "events.total", text, len(here), "events", "register", every)
    return Finding(voice.lang, text, values=(total, *shown))


def block(
    voice: Voice,
    subject: str,
    district: District,
    standing: Standing,
    events: pd.DataFrame,
    jurisdictions: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the funnel of the districts with this one marked, its place in one sentence, and how events are counted.

    Parameters
    ----------
    events
        The register.
    """
    if subject != JAPAN:
        return (Note(voice.lang, voice.say("events.other_subject", subject=voice.the(subject))),)
    name, found, row = named(voice, district), standing.found, standing.row
    text = voice.say("mission.standing_none", district=name[:1].upper() + name[1:])
    none = Note(voice.lang, text, kind="missing")
    if found is None:
        return (none,)
    rules = Note(voice.lang, (" " if voice.lang == "en" else "").join(rules_of(voice, found)))
    figure = against.funnel_figure(voice, found, standing.names, "" if row is None else standing.group)
    if row is None:
        return none, figure, rules
    if standing.others:
        name = voice.say("mission.together", names=standing.names[standing.group])
    n, held = held_in(voice, events)
    text = voice.say(
        "mission.standing",
        district=name,
        measure=against.measure_name(voice, found.presence),
        year=against.year_of(voice, found.presence),
        n=n,
        **{key: text for key, text in said(voice, found, row).items() if key != "gap"},
    )
    apart, shown = _in_no_part(voice, counting.in_no_part(events, jurisdictions, district.mission))
    text = " ".join(filter(None, (text, apart))) if voice.lang == "en" else text + apart
    return figure, Finding(voice.lang, text, values=(*values(voice, found, row, text), held, *shown)), rules


def _in_no_part(voice: Voice, rows: pd.DataFrame) -> tuple[str, tuple[Value, ...]]:
    """Return how many events count in the districts together and in none of them; nothing where there are none."""
    if rows.empty:
        return "", ()
    name = "events.in_no_part"
    text = voice.say("mission.in_no_part", n=markup.number(name, against.many(voice, len(rows), "件")))
    made = lineage.listed(rows, "events", "event_id", date_start=voice.day)
    return text, (facts.value(voice, name, text, len(rows), "events", "register", made),)


def rules_of(voice: Voice, found: Compared) -> list[str]:
    """Return how the events were counted, a sentence a rule."""
    return [voice.say(f"counting.{rule}") for rule in found.counted.rules]


def held_in(voice: Voice, events: pd.DataFrame) -> tuple[str, Value]:
    """Return how many events the register holds, as printed and as a number."""
    n = markup.number("events.register", against.many(voice, len(events), "件"))
    label = voice.say("kpi.events")
    made = activity.counted(voice.day)
    return n, facts.value(voice, "events.register", label, len(events), "events", "register", made)


def within(voice: Voice, subject: str, found: Compared | None, events: pd.DataFrame) -> Block:
    """Return the states served whole among themselves: shares, ratio with exact limits, gap index.

    Parameters
    ----------
    found
        From :func:`helpers.analysis.against.within`.
    events
        The register.
    """
    if subject != JAPAN:
        return Note(voice.lang, voice.say("events.other_subject", subject=voice.the(subject)))
    if found is None:
        return Note(voice.lang, voice.say("mission.within_one"))
    units = {"activity_share": "fraction", "presence_share": "fraction", **UNITS}
    del units["shrunk"]
    rows = found.ratios.sort_values(["ratio", "place"])
    total = int(rows["observed"].sum())
    caption = voice.say(
        "mission.within_caption",
        events=markup.number("within.events", against.many(voice, total, "件")),
        measure=against.measure_name(voice, found.presence),
        year=against.year_of(voice, found.presence),
    )

    def shown(row: Any, name: str) -> str:
        figure = getattr(row, name)
        if pd.isna(figure):
            return "–"
        if name == "observed":
            text = numbers.number(figure, voice.lang)
        elif units[name] == "fraction":
            text = voice.percent(figure)
        else:
            text = numbers.number(figure, voice.lang, 2, signed=name == "gap")
        return markup.number(f"within.{row.place}.{name}", text)

    def made(row: Any, name: str) -> Lineage:
        own = found.of_place(row, name)
        if name == "observed" or own.universe is None:
            return own
        among = {"among": sorted(rows["place"])}  # whatever their order on the page
        return replace(own, universe=replace(own.universe, more={**own.universe.more, **among}))

    note = voice.say("mission.within_note", level=against.level(0.95))
    placed = found.counted.placements
    held = placed.loc[placed["place"].isin(rows["place"]), ["event_id"]].merge(events, on="event_id")
    return Table(
        voice.lang,
        id="within",
        title=voice.say("mission.within_title"),
        caption=caption,
        columns=(
            Column("place", voice.say("head.state")),
            Column("observed", voice.say("against.head.observed"), "right"),
            Column("activity", voice.say("mission.head.activity"), "right"),
            Column("presence", voice.say("mission.head.presence"), "right"),
            Column("ratio", voice.say("against.head.ratio"), "right"),
            Column("limits", voice.say("against.head.limits"), "right"),
            Column("gap", voice.say("against.head.gap"), "right"),
        ),
        rows=tuple(
            {
                "place": voice.name(r.place),
                "observed": shown(r, "observed"),
                "activity": shown(r, "activity_share"),
                "presence": shown(r, "presence_share"),
                "ratio": shown(r, "ratio"),
                "limits": "–"
                if pd.isna(r.low)
                else voice.say("against.limits", low=shown(r, "low"), high=shown(r, "high")),
                "gap": shown(r, "gap"),
            }
            for r in facts.rows(rows)
        ),
        notes=(note,),
        values=(
            *facts.of_rows(
                voice,
                rows,
                prefix="within",
                key="place",
                columns=units,
                label=caption,
                period=found.presence.year or "register",
                lineage=made,
            ),
            *against.levels(voice, note),
            facts.value(
                voice,
                "within.events",
                caption,
                total,
                "events",
                "register",
                lineage.listed(held, "events", "event_id", date_start=voice.day),
            ),
        ),
    )
