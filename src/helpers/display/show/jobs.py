"""Jobs at foreign-owned affiliates: the nation's league, the map of states and their table."""

from __future__ import annotations

import pandas as pd

from helpers.analysis.reading import Reading
from helpers.display import charts, facts, numbers, tiles
from helpers.display.blocks import Block, Figure, Finding, Note, Row
from helpers.display.prose import Voice
from helpers.display.show.states_jobs import states_table


def nation(
    voice: Voice,
    subject: str,
    reading: Reading | None,
    table: pd.DataFrame,
    by_state: pd.DataFrame,
    states: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the league of foreign employers beside the map of states, and the table of the states.

    Parameters
    ----------
    table, by_state
        ``jobs_state`` and, from it, :func:`helpers.analysis.jobs.by_state`.
    """
    if reading is None:
        return (Note(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)), kind="missing"),)
    league = _league(voice, subject, reading)
    if by_state.empty:
        return (league,)
    drawn = Row(voice.lang, (league, state_map(voice, subject, by_state, states)))
    return drawn, states_table(voice, subject, table, by_state)


def _league(voice: Voice, subject: str, reading: Reading) -> Figure:
    ranked = reading.league[reading.league["rank"].notna()].head(8)
    frame = ranked.rename(columns={"partner": "label"})[["label", "value"]]
    names = {code: voice.name(code) for code in frame["label"]}
    parts = {
        "subject": voice.opening(subject),
        "value": voice.persons(reading.value),
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
        svg=charts.bars_h(frame, subject, names, fmt),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, subject, names, fmt, lang=voice.lang, measure=subtitle),
        source=voice.say("source.bea_jobs"),
        values=(
            *facts.of_reading(reading, voice.say("kpi.jobs")),
            *facts.of_rows(
                ranked.assign(rank=ranked["rank"].astype(int)),
                prefix="jobs.league",
                key="partner",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=reading.year,
                trace=facts.trace_of(reading),
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
    parts = {"first": str(first), "second": str(second), "n": str(n)}
    if n == len(states):
        subtitle = voice.say("state_jobs.tiles_subtitle", subject=voice.name(subject), year=str(year))
    else:
        subtitle = voice.say(
            "jobs.tiles_subtitle", subject=voice.name(subject), year=str(year), m=str(len(states) - n)
        )
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, values, key, marked=marked),
        title=_map_title(voice, by_state, **parts),
        subtitle=subtitle,
        alt=tiles.alt_tile_map(values, key, voice.names, lang=voice.lang, measure=subtitle, marked=marked),
        source=source(voice, by_state["source"].iloc[0]),
        values=(
            *facts.of_rows(
                by_state,
                prefix="jobs.states",
                key="state",
                columns={"value": "persons", "rank": "rank"},
                label=subtitle,
                period=year,
                trace={"table": "jobs_state", "key": {"partner": subject}},
            ),
            facts.single("jobs.states_first", subtitle, first, "states", year, "jobs_state", partner=subject),
            facts.single(
                "jobs.states_second", subtitle, second, "states", year, "jobs_state", partner=subject
            ),
            facts.single("jobs.states_known", subtitle, n, "states", year, "jobs_state", partner=subject),
            facts.single(
                "jobs.states_unknown",
                subtitle,
                len(states) - n,
                "states",
                year,
                "jobs_state",
                partner=subject,
            ),
            facts.single(
                "jobs.states_suppressed",
                subtitle,
                int(hidden.sum()),
                "states",
                year,
                "jobs_state",
                partner=subject,
            ),
        ),
    )


def _map_title(voice: Voice, by_state: pd.DataFrame, **parts: str) -> str:
    if by_state["printed"].all():
        return voice.say("jobs.tiles_title", **parts)
    parts["hidden"] = str(int(by_state["value"].isna().sum()))
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


def source(voice: Voice, key: object) -> str:
    """Return who published jobs by state: the Bureau itself, or those who quote it."""
    return voice.say("state_jobs.source" if str(key).startswith("bea-") else "source.bea_state_jobs")


def nation_sentence(voice: Voice, subject: str, reading: Reading | None, past: pd.DataFrame) -> Finding:
    """Return the rank with the distances to the neighbours, and the change between the last two figures."""
    if reading is None:
        return Finding(voice.lang, voice.say("jobs.missing", subject=voice.the(subject)))
    parts = {
        "subject": voice.opening(subject),
        "value": voice.persons(reading.value),
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
    values = [facts.of_reading(reading, voice.say("kpi.jobs", subject=voice.the(subject)))]
    if len(own) == 2:
        start, end = own.iloc[0], own.iloc[1]
        items.append(
            voice.say(
                "jobs.change",
                start=voice.persons(start["value"]),
                first=str(start["year"]),
                change=numbers.percent(end["value"] / start["value"] - 1, voice.lang, signed=True),
            )
        )
        values.append(
            facts.of_rows(
                own,
                prefix="jobs.history",
                key="year",
                columns={"value": "persons"},
                label=items[-1],
                period_column="year",
                trace={"table": "jobs_national", "key": {"partner": subject}},
            )
        )
        values.append(
            (
                facts.single(
                    "jobs.change",
                    items[-1],
                    end["value"] / start["value"] - 1,
                    "fraction",
                    f"{start['year']}-{end['year']}",
                    "jobs_national",
                    partner=subject,
                ),
            )
        )
    text = (" " if voice.lang == "en" else "").join(items)
    return Finding(voice.lang, text, values=facts.gathered(*values))
