"""Association of activity and presence in a table and in words, null results as results."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import association
from helpers.analysis.association import Association
from helpers.analysis.presence import Presence
from helpers.display import facts, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Finding, Note, Table
from helpers.display.prose import Voice

LEVEL = 0.05


def grid(voice: Voice, found: Mapping[str, Association], level: str) -> Table:
    """Return rho with interval, p and adjusted p for each measure of presence.

    Parameters
    ----------
    found
        Measure (``exports`` ...) to its association with the events.
    level
        ``state``, ``district`` or ``group``.
    """
    table = association.holm(found)
    rows = [
        {
            "measure": voice.say(f"against.measure.{r.measure}"),
            "n": str(r.n),
            "rho": _rho(voice, r.rho),
            "interval": _interval(voice, r.low, r.high),
            "p": _p(voice, r.p),
            "p_holm": _p(voice, r.p_holm),
            "partial": _rho(voice, r.partial),
        }
        for r in facts.rows(table)
    ]
    caption = voice.say(
        "against.rho_caption", level=voice.say(f"against.level.{level}"), n=str(len(table)), sure="95%"
    )
    one = next(iter(found.values()))
    fewest = min(found.values(), key=lambda a: a.n)
    note = voice.say(
        "against.rho_note",
        resamples=numbers.number(one.resamples, voice.lang) + ("回" if voice.lang == "ja" else ""),
        seed=str(one.seed),
        n=str(fewest.n),
        detectable=_rho(voice, fewest.detectable),
        power="80%",
    )
    heads = ("n", "rho", "interval", "p", "p_holm", "partial")
    units = dict.fromkeys(("rho", "low", "high", "partial", "detectable"), "rho")
    units |= {"n": "places", "p": "p", "p_holm": "p"}
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
        notes=(note,),
        values=(
            *facts.of_rows(
                table,
                prefix=f"association.{level}",
                key="measure",
                columns=units,
                label=caption,
                period="register",
                trace={"table": "events", "key": {}},
            ),
            *_method(one, caption),
            Value("association.measures", caption, len(table), "measures", "method"),
        ),
    )


def finding(
    voice: Voice,
    found: Mapping[str, Association],
    presence: Presence,
    names: Mapping[str, str],
) -> Finding:
    """Return one measure's association in words, found or not, and the place that moves it most."""
    one = found[presence.measure]
    table = association.holm(found).set_index("measure")
    adjusted = float(pd.to_numeric(table["p_holm"])[presence.measure])
    parts = {
        "measure": voice.say(f"against.measure.{presence.measure}"),
        "rho": _rho(voice, one.rho),
        "low": _rho(voice, one.low),
        "high": _rho(voice, one.high),
        "p": _p(voice, one.p),
        "p_holm": _p(voice, adjusted),
    }
    said = [voice.say("against.rho_found" if adjusted <= LEVEL else "against.rho_null", **parts)]
    if one.partial is not None:
        said.append(
            voice.say("against.rho_partial", partial=_rho(voice, one.partial), p=_p(voice, one.partial_p))
        )
    without = float(one.left_out["rho"].iloc[0])
    place = voice.the(one.moves_most) if presence.level == "state" else names[one.moves_most]
    said.append(voice.say("against.rho_left_out", place=place, rho=_rho(voice, without)))
    text = (" " if voice.lang == "en" else "").join(said)
    key = f"association.{presence.level}.{presence.measure}"
    numbers_said = {
        "rho": (one.rho, "rho"),
        "low": (one.low, "rho"),
        "high": (one.high, "rho"),
        "p": (one.p, "p"),
        "p_holm": (adjusted, "p"),
        "partial": (one.partial, "rho"),
        "partial_p": (one.partial_p, "p"),
        "left_out": (without, "rho"),
    }
    values = tuple(
        facts.single(f"{key}.{name}", text, value, unit, "register", f"events, {presence.table}")
        for name, (value, unit) in numbers_said.items()
        if value is not None
    )
    return Finding(voice.lang, text, values=values)


def no_cause(voice: Voice) -> Block:
    """Return why nothing is said about causes."""
    return Note(voice.lang, voice.say("against.no_cause"))


def _method(one: Association, label: str) -> tuple[Value, ...]:
    return (
        Value("association.resamples", label, one.resamples, "resamples", "method"),
        Value("association.seed", label, one.seed, "seed", "method"),
        Value("association.sure", label, 95, "percent", "method"),
        Value("association.power", label, 80, "percent", "method"),
    )


def _rho(voice: Voice, value: float | None) -> str:
    return "–" if value is None or pd.isna(value) else numbers.number(value, voice.lang, 2)


def _interval(voice: Voice, low: float | None, high: float | None) -> str:
    if low is None or high is None or pd.isna(low) or pd.isna(high):
        return "–"
    return voice.say("against.limits", low=_rho(voice, low), high=_rho(voice, high))


def _p(voice: Voice, value: float | None) -> str:
    if value is None or pd.isna(value):
        return "–"
    if value < 0.001:
        return "<0.001" if voice.lang == "en" else "0.001未満"
    return numbers.number(value, voice.lang, 3)
