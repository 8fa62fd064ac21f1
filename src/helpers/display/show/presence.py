"""Activity against presence: what presence is measured by, the funnel, the Lorenz curve, the gaps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.analysis import concentration, expected
from helpers.analysis.against import Against, Compared
from helpers.analysis.against_lineage import estimated, setting
from helpers.analysis.counting import JOINED
from helpers.analysis.lineage import by_method
from helpers.analysis.presence import Presence
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Figure, Finding, Note, Table
from helpers.display.charts.funnel import funnel
from helpers.display.charts.lorenz import lorenz
from helpers.display.markup import escape
from helpers.display.prose import Voice

PUBLISHED = ("jobs", "sites", "sister_pairs")
"""Measures that lack places which somebody publishes."""
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
    """Return what presence is measured by, its definition, for how many places; what is missing, and from whom."""
    key, period = f"presence.{presence.measure}.{presence.level}", str(presence.year or "register")
    of, known = (
        markup.number(f"{key}.{name}", str(n)) for name, n in (("of", presence.of), ("known", presence.known))
    )
    parts = {
        "measure": measure_name(voice, presence),
        "known": voice.say(f"against.known.{presence.level}", n=known),
        "of": voice.say(f"against.counted.{presence.level}", n=of),
    }
    if presence.enough:
        kind = "against.measure_restricted" if presence.restricted else "against.measure_note"
        told = [voice.say(kind, year=year_of(voice, presence), **parts)]
    else:
        told = [voice.say("against.measure_short" if presence.known else "against.measure_none", **parts)]
    told.append(voice.say("against.definition", words=voice.say(f"against.defined.{presence.measure}")))
    if presence.restricted and presence.measure in PUBLISHED:
        told.append(voice.say(f"against.publisher.{presence.measure}"))
    text = (" " if voice.lang == "en" else "").join(told)
    made = estimated(voice.day, presence)
    values = tuple(
        facts.value(voice, f"{key}.{name}", text, n, "places", period, by_method(made, method))
        for name, method, n in (("known", "known", presence.known), ("of", "all", presence.of))
    )
    return Note(voice.lang, text, kind="note" if presence.enough else "missing", values=values)


def funnel_figure(voice: Voice, found: Compared, names: Mapping[str, str], subject: str = "") -> Figure:
    """Return the funnel of observed over expected; ``subject`` is a place to mark."""
    ratios, presence = found.ratios, found.presence
    above, below = (ratios["outside"].str.endswith(word) for word in ("above", "below"))
    counts = {"above": int(above.sum()), "below": int(below.sum())}
    counts["inside"] = len(ratios) - sum(counts.values())
    inner, outer = (level(share) for share in expected.LEVELS)
    title = voice.say(
        "against.funnel_title",
        **{k: markup.number(named("funnel", presence, k), many(voice, n, "")) for k, n in counts.items()},
    )
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
        **{side: voice.join(held) if held else voice.say("against.nobody") for side, held in far.items()},
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
    return Figure(
        voice.lang,
        svg=drawing,
        title=title,
        subtitle=subtitle,
        alt=alt,
        source=voice.say(f"against.source.{presence.table}"),
        values=(
            *_counts(voice, "funnel", title, counts | {"places": len(ratios)}, found),
            *levels(voice, subtitle),
            *_of_places(voice, ratios, found, subtitle),
        ),
    )


def lorenz_figure(voice: Voice, found: Against) -> Figure:
    """Return the Lorenz curve of activity over presence."""
    curve = concentration.lorenz(found.ratios)
    half = float(np.interp(0.5, curve["presence"], curve["activity"]))
    presence, parts = found.presence, said(voice, found)
    subtitle = voice.say("against.lorenz_subtitle", measure=measure_name(voice, presence))
    lower = named("concentration", presence, "lower_half")
    return Figure(
        voice.lang,
        svg=lorenz(
            curve,
            even=voice.say("against.lorenz_even"),
            x_title=voice.say("against.lorenz_x"),
            y_title=voice.say("against.lorenz_y"),
        ),
        title=voice.say("against.lorenz_title", gini=parts["gini"], d=parts["d"]),
        subtitle=subtitle,
        alt=voice.say(
            "against.lorenz_alt", half=voice.percent(half), gini=markup.plain(markup.unmarked(parts["gini"]))
        ),
        source=voice.say(f"against.source.{presence.table}"),
        values=(
            *figures(voice, found, subtitle),
            facts.value(voice, lower, subtitle, half, "fraction", "register", found.by("lower_half")),
        ),
    )


def whole(voice: Voice, found: Against) -> tuple[Block, ...]:
    """Return dissimilarity and Gini in words, beside what chance gives, and how the intervals are made."""
    parts = said(voice, found)
    text = voice.say(
        "against.whole_finding",
        draws=parts["resamples"],
        **{key: parts[key] for key, unit in WHOLE.items() if unit in ("fraction", "ratio")},
    )
    note = voice.say(
        "against.whole_note", level=level(0.95), resamples=parts["resamples"], seed=parts["seed"]
    )
    return (
        Finding(voice.lang, text, values=figures(voice, found, text)),
        Note(voice.lang, note, values=(*figures(voice, found, note), *levels(voice, note))),
    )


def gap_table(voice: Voice, found: Compared, names: Mapping[str, str]) -> Table:
    """Return observed, expected, ratio with limits, gap index and shrunken ratio; of many places both ends."""
    presence, shrunk = found.presence, found.shrunk
    rows = (
        found.ratios.merge(shrunk.frame, on="place").sort_values(["shrunk", "place"]).reset_index(drop=True)
    )
    cut = len(rows) > 2 * ENDS + 2
    shown = pd.concat([rows.head(ENDS), rows.tail(ENDS)]) if cut else rows
    name = measure_name(voice, presence)
    counts = {"shown": ENDS, "of": len(rows)}
    marked = {key: markup.number(named("gaps", presence, key), str(n)) for key, n in counts.items()}
    caption = (
        voice.say("against.gap_cut_caption", measure=name, **marked)
        if cut
        else voice.say("against.gap_caption", measure=name)
    )

    def two(row: Any, column: str, *, signed: bool = False) -> str:
        figure = getattr(row, column)
        if pd.isna(figure):
            return "–"
        text = numbers.number(figure, voice.lang, 2, signed=signed)
        return markup.number(f"against.{presence.measure}.{row.place}.{column}", text)

    lines = [
        {
            "place": names[r.place],
            "observed": markup.number(
                f"against.{presence.measure}.{r.place}.observed", numbers.number(r.observed, voice.lang)
            ),
            "expected": two(r, "expected"),
            "ratio": two(r, "ratio"),
            "limits": "–"
            if pd.isna(r.low)
            else voice.say("against.limits", low=two(r, "low"), high=two(r, "high")),
            "gap": two(r, "gap", signed=True),
            "shrunk": two(r, "shrunk"),
        }
        for r in facts.rows(shown)
    ]
    notes = [voice.say("against.gap_note", level=level(0.95))]
    notes += [] if shrunk.differ else [voice.say("against.gap_flat")]
    heads = ("observed", "expected", "ratio", "limits", "gap", "shrunk")
    return Table(
        voice.lang,
        id=f"gaps-{presence.level}",
        title=voice.say(f"against.gap_title.{presence.level}"),
        caption=caption,
        columns=(
            Column("place", voice.say("against.head.place")),
            *(Column(key, voice.say(f"against.head.{key}"), "right") for key in heads),
        ),
        rows=tuple(lines),
        notes=tuple(notes),
        values=(
            *_of_places(voice, shown, found, caption),
            *_counts(voice, "gaps", caption, counts, found),
            *levels(voice, notes[0]),
        ),
    )


def _of_places(voice: Voice, frame: pd.DataFrame, found: Compared, label: str) -> tuple[Value, ...]:
    units = {
        "observed": "events",
        "expected": "expected events",
        "ratio": "ratio",
        "low": "ratio",
        "high": "ratio",
        "gap": "log ratio",
        "shrunk": "ratio",
    }

    return facts.of_rows(
        voice,
        frame,
        prefix=f"against.{found.presence.measure}",
        key="place",
        columns={key: unit for key, unit in units.items() if key in frame},
        label=label,
        period=found.presence.year or "register",
        lineage=found.of_place,
    )


WHOLE: Mapping[str, str] = {
    "n": "places",
    "events": "events",
    **dict.fromkeys(("d", "d_low", "d_high", "d_chance", "p"), "fraction"),
    **dict.fromkeys(("gini", "gini_low", "gini_high", "gini_chance"), "ratio"),
    "resamples": "resamples",
    "seed": "seed",
}
"""What is said of a concentration, and its unit."""

COUNTERS = {"places": "", "events": "件", "resamples": "回"}


def said(voice: Voice, found: Against) -> dict[str, str]:
    """Return every figure of the concentration as it is printed, marked."""
    written = {}
    for key, unit in WHOLE.items():
        figure = getattr(found.whole, key)
        if unit == "fraction":
            text = voice.percent(figure)
        elif unit == "ratio":
            text = numbers.number(figure, voice.lang, 2)
        else:
            text = str(figure) if unit == "seed" else many(voice, figure, COUNTERS[unit])
        written[key] = markup.number(named("concentration", found.presence, key), text)
    return written


def figures(voice: Voice, found: Against, label: str) -> tuple[Value, ...]:
    """Return every figure of the concentration."""
    return tuple(
        facts.value(
            voice,
            named("concentration", found.presence, key),
            label,
            getattr(found.whole, key),
            unit,
            "register",
            setting(voice.day) if key in ("resamples", "seed") else found.of_whole(key),
        )
        for key, unit in WHOLE.items()
    )


def named(name: str, presence: Presence, key: str) -> str:
    """Return the id of a figure of the whole."""
    return f"{name}.{presence.level}.{presence.measure}.{key}"


def _counts(
    voice: Voice, name: str, label: str, counts: Mapping[str, int], found: Compared
) -> tuple[Value, ...]:
    made = {"shown": setting(voice.day), "of": found.by("places")}
    return tuple(
        facts.value(
            voice,
            named(name, found.presence, key),
            label,
            n,
            "places",
            "register",
            made.get(key) or found.by(key),
        )
        for key, n in counts.items()
    )


def levels(voice: Voice, label: str) -> tuple[Value, ...]:
    """Return the levels of confidence of limits and intervals."""
    return tuple(
        facts.value(
            voice, f"level.{_key(level)}", label, 100 * level, "percent", "method", setting(voice.day)
        )
        for level in expected.LEVELS
    )


def level(share: float) -> str:
    """Return a level of confidence in percent, marked as the value that `levels` gives."""
    return markup.number(f"level.{_key(share)}", f"{100 * share:g}%")


def _key(level: float) -> str:
    return f"{100 * level:g}".replace(".", "_")


def many(voice: Voice, n: float, counter: str) -> str:
    """Return a count: digits, in Japanese with its counter."""
    return numbers.number(n, voice.lang) + (counter if voice.lang == "ja" else "")
