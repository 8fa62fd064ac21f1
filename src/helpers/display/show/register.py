"""The register itself: how much of the published activity it covers, and how its events are counted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from helpers.analysis import activity
from helpers.analysis.against import placed
from helpers.analysis.counting import REASONS, Counted
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Column, Note, Table
from helpers.display.prose import Voice
from helpers.display.show.presence import many

FIELDS = ("date", "state", "format", "participants")
"""What is known of a row or not."""

UNITS = {"published": "projects", "register": "events", "share": "fraction"} | dict.fromkeys(FIELDS, "events")


def coverage(voice: Voice, events: pd.DataFrame, totals: pd.DataFrame) -> Table:
    """Return rows of the register beside published projects by fiscal year, and how much of the rows is known."""
    found = activity.register_coverage(events, totals)
    keyed = found.assign(span=found["first"].astype(str) + "-" + found["last"].astype(str))
    rows = []
    for r in facts.rows(keyed):
        span = (
            numbers.fiscal_range(r.first, r.last, voice.lang) if r.first < r.last else voice.fiscal(r.first)
        )
        said = {key: numbers.number(getattr(r, key), voice.lang) for key in ("register", *FIELDS)}
        if not pd.isna(r.published):
            said["published"] = numbers.number(r.published, voice.lang)
        if not pd.isna(r.share):
            said["share"] = voice.percent(r.share)
        lacking = {"year": span, "published": numbers.missing(voice.lang), "share": "–"}
        marked = {key: markup.number(f"register.{r.span}.{key}", text) for key, text in said.items()}
        rows.append(lacking | marked)
    caption = voice.say("against.coverage_caption")
    title = voice.say("against.coverage_title", n=_held(voice, events))
    return Table(
        voice.lang,
        id="register-coverage",
        title=title,
        caption=caption,
        columns=(
            Column("year", voice.say("against.head.year")),
            *(Column(key, voice.say(f"against.head.{key}"), "right") for key in UNITS),
        ),
        rows=tuple(rows),
        notes=(voice.say("against.coverage_note"),),
        values=(
            _rows(voice, title, events),
            *facts.of_rows(
                voice,
                keyed,
                prefix="register",
                key="span",
                columns=UNITS,
                label=caption,
                period="register",
                lineage=lambda row, column: _made(voice, totals, row, column),
            ),
        ),
    )


def sample(voice: Voice, events: pd.DataFrame, totals: pd.DataFrame) -> tuple[Note, ...]:
    """Return the caution that stands on every page of results, or nothing once the register covers 90%."""
    if events.empty:
        return (Note(voice.lang, voice.say("events.empty"), kind="missing"),)
    if not activity.is_sample(events, totals):
        return ()
    n = _held(voice, events)
    found = activity.covered(events, totals)
    if found is None:
        text = voice.say("against.sample_alone", n=n)
        return (Note(voice.lang, text, kind="caution", values=(_rows(voice, text, events),)),)
    first, last, projects, share = found
    row, key, period = {"first": first, "last": last}, f"register.{first}-{last}", "register"
    text = voice.say(
        "against.sample",
        n=n,
        share=markup.number(f"{key}.share", voice.percent(share)),
        projects=markup.number(f"{key}.published", many(voice, projects, "件")),
        first=voice.fiscal(first),
        last=voice.fiscal(last),
    )
    of = {
        name: facts.value(
            voice, f"{key}.{name}", text, value, UNITS[name], period, _made(voice, totals, row, name)
        )
        for name, value in (("share", share), ("published", projects))
    }
    return (Note(voice.lang, text, kind="caution", values=(_rows(voice, text, events), *of.values())),)


def rules(voice: Voice, events: pd.DataFrame, counted: Counted) -> Note:
    """Return how events were counted, and how many have no place at this level."""
    why = counted.unplaced["reason"].value_counts()
    named = {"placed": counted.placed, "nation": counted.nation} | {str(k): int(v) for k, v in why.items()}
    said = {
        key: markup.number(f"counted.{counted.level}.{key}", many(voice, n, "件")) for key, n in named.items()
    }
    reasons = [voice.say(f"counting.reason.{reason}", n=said[reason]) for reason in REASONS if reason in why]
    text = voice.say(
        "counting.placed",
        placed=said["placed"],
        nation=said["nation"],
        reasons=voice.say("counting.reasons", items=voice.join(reasons)) if reasons else "",
    )
    sentences = [voice.say(f"counting.{rule}") for rule in counted.rules]
    gap = " " if voice.lang == "en" else ""
    head = voice.say("counting.head")
    opened = f"**{head}.** " if voice.lang == "en" else f"**{head}**　"
    made = placed(events, counted, voice.day)
    values = tuple(
        facts.value(voice, f"counted.{counted.level}.{key}", text, n, "events", "register", made[key])
        for key, n in named.items()
    )
    return Note(voice.lang, opened + gap.join([*sentences, text]), values=values)


def _held(voice: Voice, events: pd.DataFrame) -> str:
    return markup.number("register.rows", many(voice, len(events), "件"))


def _rows(voice: Voice, label: str, events: pd.DataFrame) -> Value:
    made = activity.counted(voice.day)
    return facts.value(voice, "register.rows", label, len(events), "events", "register", made)


def _made(voice: Voice, totals: pd.DataFrame, row: Any, column: str) -> Lineage:
    """Return where a cell of the coverage table comes from."""
    first, last = int(row["first"]), int(row["last"])
    inside = activity.counted(voice.day, fiscal_year=list(range(first, last + 1)))
    if column == "register":
        return inside
    if column in FIELDS:
        return activity.with_field(inside, column)
    if column == "published":
        return Lineage("value", (activity.cell(totals, "projects", first, last),))
    return replace(
        inside, how="per_published", cells=(activity.cell(totals, "projects", first, last, "total"),)
    )
