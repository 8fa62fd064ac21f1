"""Activity against presence: what presence is measured by, the funnel, the Lorenz curve, the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from helpers.analysis import concentration, expected
from helpers.analysis.concentration import Concentration
from helpers.analysis.counting import JOINED
from helpers.analysis.expected import Shrinkage
from helpers.analysis.presence import Presence
from helpers.display import facts, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Figure, Finding, Note, Table
from helpers.display.charts.funnel import funnel
from helpers.display.charts.lorenz import lorenz
from helpers.display.markup import escape
from helpers.display.prose import Voice

ENDS = 8
"""Rows of the table of gaps from each end where there are many places."""


def place_names(voice: Voice, places: Iterable[str], missions: pd.DataFrame) -> dict[str, str]:
    """Return the short name of each state, district or group: of a district the city of its mission."""
    cities = dict(zip(missions["mission"], missions[f"city_{voice.lang}"], strict=True))
    found = {}
    for place in places:
        parts = place.split(JOINED)
        named = [escape(str(cities[m])) for m in parts if m in cities]
        joint = "・".join(named) if voice.lang == "ja" else " and ".join(named)
        found[place] = joint if len(named) == len(parts) else voice.name(place)
    return found


def measure_name(voice: Voice, presence: Presence) -> str:
    """Return what presence is measured by, inside a sentence."""
    return voice.say(f"against.measure.{presence.measure}")


def year_of(voice: Voice, presence: Presence) -> str:
    """Return the year of a measure in words."""
    if presence.year is None:
        return voice.say("against.undated")
    return voice.year(presence.year)


def measure(voice: Voice, presence: Presence) -> Note:
    """Return what presence is measured by and for how many places; what is missing where they are too few."""
    parts = {
        "measure": measure_name(voice, presence),
        "known": str(presence.known),
        "of": voice.say(f"against.counted.{presence.level}", n=str(presence.of)),
    }
    text = (
        voice.say("against.measure_note", year=year_of(voice, presence), **parts)
        if presence.enough
        else voice.say("against.measure_short", **parts)
    )
    key, period = f"presence.{presence.measure}.{presence.level}", str(presence.year or "")
    values = tuple(
        facts.single(f"{key}.{name}", text, n, "places", period, presence.table)
        for name, n in (("known", presence.known), ("of", presence.of))
    )
    return Note(voice.lang, text, kind="note" if presence.enough else "missing", values=values)


def funnel_figure(
    voice: Voice, ratios: pd.DataFrame, presence: Presence, names: Mapping[str, str], subject: str = ""
) -> Figure:
    """Return the funnel of `expected.ratios`; ``subject`` is a place to mark."""
    above, below = (ratios["outside"].str.endswith(word) for word in ("above", "below"))
    counts = {"above": int(above.sum()), "below": int(below.sum())}
    counts["inside"] = len(ratios) - sum(counts.values())
    inner, outer = (_level(level) for level in expected.LEVELS)
    title = voice.say("against.funnel_title", **{k: many(voice, n, "") for k, n in counts.items()})
    subtitle = voice.say(
        "against.funnel_subtitle", measure=measure_name(voice, presence), inner=inner, outer=outer
    )
    shown = ratios[ratios["expected"] > 0]
    limits = expected.funnel(shown["expected"].min() / 1.4, shown["expected"].max() * 1.5)
    far = {
        side: [names[p] for p in ratios.loc[ratios["outside"] == f"far_{side}", "place"]]
        for side in ("above", "below")
    }
    alt = voice.say(
        "against.funnel_alt",
        n=str(len(ratios)),
        **{side: voice.join(found) if found else voice.say("against.nobody") for side, found in far.items()},
    )
    drawing = funnel(
        ratios,
        limits,
        names,
        lambda v: f"{v:,g}",
        subject=subject,
        x_title=voice.say("against.funnel_x"),
        y_title=voice.say("against.funnel_y"),
        none=voice.say("against.funnel_none"),
    )
    values = (
        *_counts("funnel", title, counts | {"places": len(ratios)}, presence),
        *_levels(subtitle),
        *_of_places(ratios, presence, subtitle),
    )
    return Figure(
        voice.lang,
        svg=drawing,
        title=title,
        subtitle=subtitle,
        alt=alt,
        source=voice.say(f"against.source.{presence.table}"),
        values=values,
    )


def lorenz_figure(voice: Voice, frame: pd.DataFrame, found: Concentration, presence: Presence) -> Figure:
    """Return the Lorenz curve of `expected.beside`, drawn for half of a `Row`."""
    curve = concentration.lorenz(frame)
    half = float(np.interp(0.5, curve["presence"], curve["activity"]))
    gini, d = numbers.number(found.gini, voice.lang, 2), voice.percent(found.d)
    subtitle = voice.say("against.lorenz_subtitle", measure=measure_name(voice, presence))
    return Figure(
        voice.lang,
        svg=lorenz(
            curve,
            even=voice.say("against.lorenz_even"),
            x_title=voice.say("against.lorenz_x"),
            y_title=voice.say("against.lorenz_y"),
        ),
        title=voice.say("against.lorenz_title", gini=gini, d=d),
        subtitle=subtitle,
        alt=voice.say("against.lorenz_alt", half=voice.percent(half), gini=gini),
        source=voice.say(f"against.source.{presence.table}"),
        values=(
            *_whole(found, presence, subtitle),
            facts.single(
                f"concentration.{presence.level}.{presence.measure}.lower_half",
                subtitle,
                half,
                "fraction",
                "register",
                f"events, {presence.table}",
            ),
        ),
    )


def whole(voice: Voice, found: Concentration, presence: Presence) -> tuple[Block, ...]:
    """Return dissimilarity and Gini in words, beside what chance gives, and how the intervals are made."""
    parts = {key: voice.percent(getattr(found, key)) for key in ("d", "d_low", "d_high", "d_chance", "p")} | {
        key: numbers.number(getattr(found, key), voice.lang, 2)
        for key in ("gini", "gini_low", "gini_high", "gini_chance")
    }
    draws = many(voice, found.resamples, "回")
    text = voice.say("against.whole_finding", draws=draws, **parts)
    note = voice.say("against.whole_note", level=_level(0.95), resamples=draws, seed=str(found.seed))
    return (
        Finding(voice.lang, text, values=_whole(found, presence, text)),
        Note(voice.lang, note, values=(*_whole(found, presence, note), *_levels(note))),
    )


def gap_table(
    voice: Voice, ratios: pd.DataFrame, shrunk: Shrinkage, presence: Presence, names: Mapping[str, str]
) -> Table:
    """Return observed, expected, ratio with limits, gap index and shrunken ratio; of many places both ends."""
    rows = ratios.merge(shrunk.frame, on="place").sort_values(["shrunk", "place"]).reset_index(drop=True)
    cut = len(rows) > 2 * ENDS + 2
    shown = pd.concat([rows.head(ENDS), rows.tail(ENDS)]) if cut else rows
    name = measure_name(voice, presence)
    caption = (
        voice.say("against.gap_cut_caption", shown=str(ENDS), of=str(len(rows)), measure=name)
        if cut
        else voice.say("against.gap_caption", measure=name)
    )
    lines = [
        {
            "place": names[r.place],
            "observed": numbers.number(r.observed, voice.lang),
            "expected": _two(voice, r.expected),
            "ratio": _two(voice, r.ratio),
            "limits": "–"
            if pd.isna(r.low)
            else voice.say("against.limits", low=_two(voice, r.low), high=_two(voice, r.high)),
            "gap": "–" if pd.isna(r.gap) else numbers.number(r.gap, voice.lang, 2, signed=True),
            "shrunk": _two(voice, r.shrunk),
        }
        for r in facts.rows(shown)
    ]
    notes = [voice.say("against.gap_note", level=_level(0.95))]
    notes += [] if shrunk.differ else [voice.say("against.gap_flat")]
    heads = ("observed", "expected", "ratio", "limits", "gap", "shrunk")
    return Table(
        voice.lang,
        id="gaps",
        title=voice.say("against.gap_title"),
        caption=caption,
        columns=(
            Column("place", voice.say("against.head.place")),
            *(Column(key, voice.say(f"against.head.{key}"), "right") for key in heads),
        ),
        rows=tuple(lines),
        notes=tuple(notes),
        values=(
            *_of_places(shown, presence, caption),
            *_counts("gaps", caption, {"shown": ENDS, "of": len(rows)}, presence),
            *_levels(notes[0]),
        ),
    )


def _of_places(frame: pd.DataFrame, presence: Presence, label: str) -> tuple[Value, ...]:
    units = {
        "observed": "events",
        "expected": "expected events",
        "ratio": "ratio",
        "low": "ratio",
        "high": "ratio",
        "gap": "log ratio",
        "shrunk": "ratio",
        "presence_share": "fraction",
    }
    return facts.of_rows(
        frame,
        prefix=f"against.{presence.measure}",
        key="place",
        columns={key: unit for key, unit in units.items() if key in frame},
        label=label,
        period=presence.year or "register",
        trace={"table": f"events, {presence.table}", "key": {}},
    )


def _whole(found: Concentration, presence: Presence, label: str) -> tuple[Value, ...]:
    units = {"n": "places", "events": "events", "resamples": "resamples", "seed": "seed", "p": "fraction"}
    return tuple(
        facts.single(
            f"concentration.{presence.level}.{presence.measure}.{key}",
            label,
            value,
            units.get(key, "ratio" if key.startswith("gini") else "fraction"),
            "register",
            f"events, {presence.table}",
        )
        for key, value in vars(found).items()
    )


def _counts(name: str, label: str, counts: Mapping[str, int], presence: Presence) -> tuple[Value, ...]:
    return tuple(
        facts.single(
            f"{name}.{presence.level}.{presence.measure}.{key}",
            label,
            n,
            "places",
            "register",
            f"events, {presence.table}",
        )
        for key, n in counts.items()
    )


def _levels(label: str) -> tuple[Value, ...]:
    return tuple(
        Value(f"level.{level}", label, 100 * level, "percent", "method") for level in expected.LEVELS
    )


def _level(level: float) -> str:
    return f"{100 * level:g}%"


def _two(voice: Voice, value: float) -> str:
    return "–" if pd.isna(value) else numbers.number(value, voice.lang, 2)


def many(voice: Voice, n: float, counter: str) -> str:
    """Return a count: digits, in Japanese with its counter."""
    return numbers.number(n, voice.lang) + (counter if voice.lang == "ja" else "")
