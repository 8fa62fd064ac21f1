"""The register itself: how much of the published activity it covers, and how its events are counted."""

from __future__ import annotations

import pandas as pd

from helpers.analysis import activity
from helpers.analysis.counting import REASONS, Counted
from helpers.display import facts, numbers
from helpers.display.blocks import Column, Note, Table
from helpers.display.prose import Voice
from helpers.display.show.presence import many

FIELDS = ("date", "state", "format", "participants")
"""What is known of a row or not."""


def coverage(voice: Voice, events: pd.DataFrame, totals: pd.DataFrame) -> Table:
    """Return rows of the register beside published projects by fiscal year, and how much of the rows is known."""
    found = activity.register_coverage(events, totals)
    rows = []
    for r in facts.rows(found):
        span = (
            numbers.fiscal_range(r.first, r.last, voice.lang) if r.first < r.last else voice.fiscal(r.first)
        )
        rows.append(
            {
                "year": span,
                "published": numbers.missing(voice.lang)
                if pd.isna(r.published)
                else numbers.number(r.published, voice.lang),
                "register": numbers.number(r.register, voice.lang),
                "share": "–" if pd.isna(r.share) else voice.percent(r.share),
            }
            | {field: numbers.number(getattr(r, field), voice.lang) for field in FIELDS}
        )
    caption = voice.say("against.coverage_caption")
    units = {"published": "projects", "register": "events", "share": "fraction"} | dict.fromkeys(
        FIELDS, "events"
    )
    keyed = found.assign(span=found["first"].astype(str) + "-" + found["last"].astype(str))
    title = voice.say("against.coverage_title", n=many(voice, len(events), "件"))
    return Table(
        voice.lang,
        id="register-coverage",
        title=title,
        caption=caption,
        columns=(
            Column("year", voice.say("against.head.year")),
            *(Column(key, voice.say(f"against.head.{key}"), "right") for key in units),
        ),
        rows=tuple(rows),
        notes=(voice.say("against.coverage_note"),),
        values=(
            facts.single("register.rows", title, len(events), "events", "register", "events"),
            *facts.of_rows(
                keyed,
                prefix="register",
                key="span",
                columns=units,
                label=caption,
                period="register",
                trace={"table": "events, activity", "key": {}},
            ),
        ),
    )


def sample(voice: Voice, events: pd.DataFrame, totals: pd.DataFrame) -> tuple[Note, ...]:
    """Return the caution that stands on every page of results, or nothing once the register covers 90%."""
    if not activity.is_sample(events, totals):
        return ()
    n = many(voice, len(events), "件")
    held = facts.single("register.rows", n, len(events), "events", "register", "events")
    known = activity.register_coverage(events, totals).dropna(subset=["share"])
    if known.empty:
        return (Note(voice.lang, voice.say("against.sample_alone", n=n), kind="caution", values=(held,)),)
    widest = known.assign(span=known["last"] - known["first"]).nlargest(1, "span").iloc[0]
    period = f"FY{widest['first']}-FY{widest['last']}"
    share, projects = float(widest["share"]), float(widest["published"])
    text = voice.say(
        "against.sample",
        n=n,
        share=voice.percent(share),
        projects=many(voice, projects, "件"),
        first=voice.fiscal(widest["first"]),
        last=voice.fiscal(widest["last"]),
    )
    values = (
        held,
        facts.single("register.share", text, share, "fraction", period, "events, activity"),
        facts.single("activity.projects_total", text, projects, "projects", period, "activity"),
    )
    return (Note(voice.lang, text, kind="caution", values=values),)


def rules(voice: Voice, counted: Counted) -> Note:
    """Return how events were counted, and how many have no place at this level."""
    why = counted.unplaced["reason"].value_counts()
    reasons = [
        voice.say(f"counting.reason.{reason}", n=many(voice, why[reason], "件"))
        for reason in REASONS
        if reason in why
    ]
    placed = voice.say(
        "counting.placed",
        placed=many(voice, counted.placed, "件"),
        nation=many(voice, counted.nation, "件"),
        reasons=voice.say("counting.reasons", items=voice.join(reasons)) if reasons else "",
    )
    sentences = [voice.say(f"counting.{rule}") for rule in counted.rules]
    gap = " " if voice.lang == "en" else ""
    head = voice.say("counting.head")
    text = f"**{head}.** " if voice.lang == "en" else f"**{head}**　"
    named = {"placed": counted.placed, "nation": counted.nation} | {str(k): int(v) for k, v in why.items()}
    values = tuple(
        facts.single(f"counted.{counted.level}.{key}", placed, n, "events", "register", "events")
        for key, n in named.items()
    )
    return Note(voice.lang, text + gap.join([*sentences, placed]), values=values)
