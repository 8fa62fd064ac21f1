"""Jobs at foreign-owned affiliates: the nation's league, the map of states and their table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import jobs, jobs_lineage, lineage
from helpers.analysis.lineage import Lineage
from helpers.analysis.reading import Reading
from helpers.display import charts, facts, markup, numbers, style, tiles
from helpers.display.blocks import Block, Figure, Finding, Note, Row
from helpers.display.prose import Voice
from helpers.display.show import attribution
from helpers.display.show.states_jobs import states_table

LISTED = 20
"""States up to which their table stands beside the map; a longer one is as wide as the page."""


def nation(
    voice: Voice,
    subject: str,
    reading: Reading | None,
    table: pd.DataFrame,
    by_state: pd.DataFrame,
    states: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the league of foreign employers and the table of the states beside the map of states.

    Parameters
    ----------
    table, by_state
        ``jobs_state`` and, from it, :func:`helpers.analysis.jobs.by_state`.
    """
    if reading is None:
        return (Note(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)), kind="missing"),)
    if by_state.empty:
        return (_league(voice, subject, reading),)
    listed = states_table(voice, subject, table, by_state)
    drawn = state_map(voice, subject, by_state, states)
    if len(by_state) > LISTED:
        return Row(voice.lang, (_league(voice, subject, reading), drawn)), listed
    return _league(voice, subject, reading, "full"), Row(voice.lang, (listed, drawn))


def _league(voice: Voice, subject: str, reading: Reading, width: style.Width = "half") -> Figure:
    ranked = reading.league[reading.league["rank"].notna()].head(8)
    frame = ranked.rename(columns={"partner": "label"})[["label", "value"]]
    names = {code: voice.name(code) for code in frame["label"]}
    parts = {
        "subject": voice.opening(subject),
        "value": voice.amount(reading),
        "year": str(reading.year),
    }
    title = (
        voice.say("jobs.bars_title_unranked", **parts)
        if reading.rank is None
        else voice.say("jobs.bars_title", rank=voice.rank(reading, band=False), **parts)
    )
    subtitle = voice.say("jobs.bars_subtitle")

    def fmt(value: float) -> str:
        return numbers.number(value / 1000, voice.lang, 1)

    return Figure(
        voice.lang,
        svg=charts.bars_h(frame, subject, names, fmt, width=width),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, subject, names, fmt, lang=voice.lang, measure=subtitle),
        source=attribution.bureau(voice, reading.source),
        values=(
            *facts.said(facts.of_reading(voice, reading, voice.say("kpi.jobs")), title),
            *facts.of_rows(
                voice,
                ranked.assign(rank=ranked["rank"].astype(int)),
                prefix="jobs.league",
                key="partner",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=reading.year,
                lineage=facts.of_league(reading),
            ),
        ),
    )


def state_map(
    voice: Voice, subject: str, by_state: pd.DataFrame, states: pd.DataFrame, *, marked: tuple[str, ...] = ()
) -> Figure:
    """Return the tile map of the subject's jobs and rank in every state with a figure."""
    hidden, certain = by_state["value"].isna(), by_state["printed"] | (by_state["best"] == by_state["worst"])
    sure = by_state["rank"].where(certain)
    category = sure.map({1: "first", 2: "second"}).fillna("other").where(~hidden, "none")
    values = pd.DataFrame(
        {
            "usps": by_state["state"],
            "category": category,
            "text": [
                str(flag) if gone else numbers.compact(v, voice.lang)
                for v, flag, gone in zip(by_state["value"], by_state["flag"], hidden, strict=True)
            ],
        }
    )
    first, second, n = int((sure == 1).sum()), int((sure == 2).sum()), len(by_state)
    key = _key(voice, subject, category, int(hidden.sum()), len(states) - n)
    year = int(by_state["year"].iloc[0])
    counted = _counted(by_state, subject, first, second, len(states) - n)
    said = {name: markup.number(f"jobs.states_{name}", str(k)) for name, (k, _) in counted.items()}
    if n == len(states):
        subtitle = voice.say("state_jobs.tiles_subtitle", subject=voice.name(subject), year=str(year))
    else:
        subtitle = voice.say(
            "jobs.tiles_subtitle", subject=voice.name(subject), year=str(year), m=said["unknown"]
        )
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, values, key, marked=marked),
        title=_map_title(voice, by_state, said),
        subtitle=subtitle,
        alt=tiles.alt_tile_map(values, key, voice.names, lang=voice.lang, measure=subtitle, marked=marked),
        source=attribution.states(voice, by_state["source"].iloc[0]),
        values=(
            *facts.of_rows(
                voice,
                by_state,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=year,
                lineage=jobs_lineage.in_state,
            ),
            *(
                facts.value(voice, f"jobs.states_{name}", subtitle, k, "states", year, made)
                for name, (k, made) in counted.items()
            ),
        ),
    )


def _counted(
    by_state: pd.DataFrame, subject: str, first: int, second: int, unknown: int
) -> dict[str, tuple[int, Lineage]]:
    """Return the numbers of states that a map tells, and how each is counted; a rank that is ours is not counted
    from the table alone."""
    year, printed = int(by_state["year"].iloc[0]), bool(by_state["printed"].all())
    vintage = str(by_state["vintage"].iloc[0])
    at = {"year": year, "partner": subject}
    ranked = {
        name: lineage.count("jobs_state", at | {"rank_printed": place}, held=["value"])
        if printed
        else jobs_lineage.bounded("ranked", year, subject, vintage, place=place)
        for name, place in (("first", 1), ("second", 2))
    }
    hidden = lineage.count("jobs_state", at | {"flag": list(jobs.SUPPRESSED)}, by="state")
    return {
        "first": (first, ranked["first"]),
        "second": (second, ranked["second"]),
        "known": (len(by_state), jobs_lineage.known(year, subject, printed=printed)),
        "unknown": (unknown, jobs_lineage.known(year, subject, printed=printed, rest=True)),
        "suppressed": (int(by_state["value"].isna().sum()), hidden),
    }


def _map_title(voice: Voice, by_state: pd.DataFrame, said: Mapping[str, str]) -> str:
    parts = {"first": said["first"], "second": said["second"], "n": said["known"]}
    if by_state["printed"].all():
        return voice.say("jobs.tiles_title", **parts)
    parts["hidden"] = said["suppressed"]
    if by_state["rank"].isna().all():
        return voice.say("state_jobs.tiles_title_unranked", **parts)
    return voice.say("state_jobs.tiles_title", **parts)


def _key(voice: Voice, subject: str, category: pd.Series, hidden: int, missing: int) -> dict[str, str]:
    """Return the words of the map's key: only for what is on the map."""
    key = {
        "first": voice.say("jobs.key.first", subject=voice.opening(subject)),
        "second": voice.say("jobs.key.second", subject=voice.opening(subject)),
    }
    if (category == "other").any():
        key["other"] = voice.say("state_jobs.key.other")
    if hidden:
        key["none"] = voice.say("state_jobs.key.both" if missing else "state_jobs.key.suppressed")
    elif missing:
        key["none"] = voice.say("jobs.key.missing")
    return key


def nation_sentence(voice: Voice, subject: str, reading: Reading | None, past: pd.DataFrame) -> Finding:
    """Return the rank with its distances, and the last figure before; its change only within one edition."""
    if reading is None:
        return Finding(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)))
    parts = {
        "subject": voice.opening(subject),
        "value": voice.amount(reading),
        "year": str(reading.year),
    }
    items = [
        voice.say("jobs.finding", rank=voice.rank(reading), gaps=voice.gaps(reading), **parts)
        if reading.rank
        else voice.say("jobs.finding_unranked", **parts)
    ]
    own = (
        past[(past["partner"] == subject) & past["value"].notna()]
        .sort_values("year")
        .drop_duplicates("year", keep="last")
    )
    own = own[own["year"] <= reading.year].tail(2)
    values = [facts.of_reading(voice, reading, voice.say("kpi.jobs", subject=voice.the(subject)))]
    if len(own) == 2:
        start, end = own.iloc[0], own.iloc[1]
        told = {
            "start": markup.number(f"jobs.history.{start['year']}.value", voice.persons(start["value"])),
            "first": str(start["year"]),
        }
        compared = start["vintage"] == end["vintage"]
        change = end["value"] / start["value"] - 1
        if compared:
            shown = numbers.percent(change, voice.lang, signed=True)
            items.append(voice.say("jobs.change", **told, change=markup.number("jobs.change", shown)))
        else:
            items.append(voice.say("jobs.before", **told))
        values.append(
            facts.of_rows(
                voice,
                own,
                prefix="jobs.history",
                key="year",
                columns={"value": "persons"},
                label=items[-1],
                period_column="year",
                lineage=lambda row, _: Lineage("value", (lineage.cell(row, "jobs_national", "value"),)),
            )
        )
        if compared:
            cells = (
                lineage.cell(end, "jobs_national", "value"),
                lineage.cell(start, "jobs_national", "value", "before"),
            )
            period, made = f"{start['year']}-{end['year']}", Lineage("growth", cells)
            values.append((facts.value(voice, "jobs.change", items[-1], change, "fraction", period, made),))
    text = (" " if voice.lang == "en" else "").join(items)
    return Finding(voice.lang, text, values=facts.gathered(*values))
