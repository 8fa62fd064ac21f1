"""Association of activity and presence in a table and in words, null results as results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from helpers.analysis import association
from helpers.analysis.against import Against
from helpers.analysis.against_lineage import setting
from helpers.analysis.association import Association
from helpers.analysis.presence import Presence
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Note, Table
from helpers.display.prose import Voice
from helpers.display.show import presence as against

LEVEL = 0.05

UNITS = dict.fromkeys(("rho", "low", "high", "partial", "detectable", "left_low", "left_high"), "rho") | {
    "n": "places",
    "p": "p",
    "p_holm": "p",
}
"""Columns of the grid that are numbers."""


def grid(voice: Voice, found: Against) -> Table:
    """Return rho with interval, p and adjusted p for each measure of presence."""
    level, associations = found.presence.level, found.associations
    table = association.holm(associations)

    def said(row: Any, column: str) -> str:
        write = _p if UNITS[column] == "p" else written
        return markup.number(
            f"association.{level}.{row.measure}.{column}", write(voice, getattr(row, column))
        )

    rows = [
        {
            "measure": voice.say(f"against.measure.{r.measure}"),
            "n": markup.number(f"association.{level}.{r.measure}.n", str(r.n)),
            "rho": said(r, "rho"),
            "interval": "–"
            if r.low is None or pd.isna(r.low)
            else voice.say("against.limits", low=said(r, "low"), high=said(r, "high")),
            "p": said(r, "p"),
            "p_holm": said(r, "p_holm"),
            "partial": "–" if r.partial is None or pd.isna(r.partial) else said(r, "partial"),
            "left": voice.say("against.limits", low=said(r, "left_low"), high=said(r, "left_high")),
            "detectable": said(r, "detectable"),
        }
        for r in facts.rows(table)
    ]
    caption = voice.say(
        "against.rho_caption",
        level=voice.say(f"against.level.{level}"),
        n=markup.number(f"association.{level}.measures", str(len(table))),
        sure=markup.number("association.sure", "95%"),
    )
    one = next(iter(associations.values()))
    draws = numbers.number(one.resamples, voice.lang) + ("回" if voice.lang == "ja" else "")
    note = voice.say(
        "against.rho_note",
        resamples=markup.number("association.resamples", draws),
        seed=markup.number("association.seed", str(one.seed)),
        power=markup.number("association.power", "80%"),
    )
    heads = ("n", "rho", "interval", "p", "p_holm", "partial", "left", "detectable")
    return Table(
        voice.lang,
        id=f"rho-{level}",
        title=voice.say("against.rho_title"),
        caption=caption,
        columns=(
            Column("measure", voice.say("against.head.measure")),
            *(Column(key, voice.say(f"against.head.{key}"), "right") for key in heads),
        ),
        rows=tuple(rows),
        notes=(note, _definitions(voice, found.years)),
        values=(
            *facts.of_rows(
                voice,
                table,
                prefix=f"association.{level}",
                key="measure",
                columns=UNITS,
                label=caption,
                period="register",
                lineage=lambda row, column: found.associated(column, row["measure"]),
            ),
            *_method(voice, one, caption),
            facts.value(
                voice,
                f"association.{level}.measures",
                caption,
                len(table),
                "measures",
                "method",
                found.associated("measures"),
            ),
        ),
    )


def finding(voice: Voice, found: Against, names: Mapping[str, str]) -> Finding:
    """Return the page's measure in its association with the events, found or not, and the place that moves it most."""
    presence = found.presence
    one = found.associations[presence.measure]
    table = association.holm(found.associations).set_index("measure")
    adjusted = float(pd.to_numeric(table["p_holm"])[presence.measure])
    without = float(one.left_out["rho"].iloc[0])
    key = f"association.{presence.level}.{presence.measure}"
    figures = {
        "rho": (one.rho, "rho"),
        "low": (one.low, "rho"),
        "high": (one.high, "rho"),
        "p": (one.p, "p"),
        "p_holm": (adjusted, "p"),
        "partial": (one.partial, "rho"),
        "partial_p": (one.partial_p, "p"),
        "left_out": (without, "rho"),
    }
    held = {name: (value, unit) for name, (value, unit) in figures.items() if value is not None}
    said = dict.fromkeys(figures, "–") | {
        name: markup.number(f"{key}.{name}", (_p if unit == "p" else written)(voice, value))
        for name, (value, unit) in held.items()
    }
    parts = {name: said[name] for name in ("rho", "low", "high", "p", "p_holm")}
    opening = "against.rho_found" if adjusted <= LEVEL else "against.rho_null"
    told = [voice.say(opening, measure=voice.say(f"against.measure.{presence.measure}"), **parts)]
    if one.partial is not None:
        told.append(voice.say("against.rho_partial", partial=said["partial"], p=said["partial_p"]))
    place = voice.the(one.moves_most) if presence.level == "state" else names[one.moves_most]
    told.append(voice.say("against.rho_left_out", place=place, rho=said["left_out"]))
    text = (" " if voice.lang == "en" else "").join(told)
    values = tuple(
        facts.value(voice, f"{key}.{name}", text, value, unit, "register", found.associated(name))
        for name, (value, unit) in held.items()
    )
    return Finding(voice.lang, text, values=values)


def lacking(voice: Voice, presences: Mapping[str, Presence]) -> tuple[Block, ...]:
    """Return which measures are not in the grid for want of figures, and who publishes them; nothing where all are."""
    notes = [against.measure(voice, one) for one in presences.values() if not one.enough]
    return tuple(notes)


def no_cause(voice: Voice) -> Block:
    """Return why nothing is said about causes."""
    return Note(voice.lang, voice.say("against.no_cause"))


def _definitions(voice: Voice, years: Mapping[str, int | None]) -> str:
    """Return how each measure of the grid is defined, and of which year its figures are."""
    items = [
        voice.say(
            "against.definition_of" if year is None else "against.definition_of_year",
            measure=voice.say(f"against.measure.{name}"),
            words=voice.say(f"against.defined.{name}"),
            **({} if year is None else {"year": voice.year(year)}),
        )
        for name, year in years.items()
    ]
    return voice.say(
        "against.definitions", items="; ".join(items) if voice.lang == "en" else "、".join(items)
    )


def _method(voice: Voice, one: Association, label: str) -> tuple[Value, ...]:
    settings = {
        "resamples": (one.resamples, "resamples"),
        "seed": (one.seed, "seed"),
        "sure": (95, "percent"),
        "power": (80, "percent"),
    }
    return tuple(
        facts.value(voice, f"association.{name}", label, value, unit, "method", setting(voice.day))
        for name, (value, unit) in settings.items()
    )


def written(voice: Voice, value: float | None) -> str:
    """Return a correlation as it is printed."""
    return "–" if value is None or pd.isna(value) else numbers.number(value, voice.lang, 2)


def _p(voice: Voice, value: float | None) -> str:
    if value is None or pd.isna(value):
        return "–"
    if value < 0.001:
        return "<0.001" if voice.lang == "en" else "0.001未満"
    return numbers.number(value, voice.lang, 3)
