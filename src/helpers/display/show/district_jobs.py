"""Jobs at foreign-owned affiliates in a consular district: the states in hand, and never a total that lacks some."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from helpers.analysis import jobs_lineage, lineage
from helpers.analysis.district import District
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Finding, Note
from helpers.display.prose import Voice
from helpers.display.show.events import named
from helpers.display.show.states_jobs import states_table

NAMED = 4
"""States whose figures the sentence on the first page gives."""


def card(voice: Voice, subject: str, district: District, by_state: pd.DataFrame) -> KPI | None:
    """Return the jobs of the states in hand together, with how many these are; None where there are none."""
    own = _held(by_state, district.states)
    if own.empty:
        return None
    label = voice.say("kpi.state_jobs", subject=voice.name(subject))
    summed, *others = _together(voice, district, own, label)
    return KPI(
        label=label,
        figure=markup.number(summed.id, voice.persons(own["value"].sum())),
        unit=voice.say("unit.year", year=str(own["year"].iloc[0])),
        rank=voice.say("mission.kpi.jobs_rank", **_counts(district, own)),
        note="" if _complete(district, own) else voice.say("mission.kpi.jobs_note"),
        value=summed,
        others=tuple(others),
    )


def finding(voice: Voice, subject: str, district: District, by_state: pd.DataFrame) -> Finding:
    """Return in one sentence for which states jobs are in hand, and how many they are."""
    own = _held(by_state, district.states)
    if not (district.states or district.shared):
        return Finding(voice.lang, _stateless(voice, subject, district))
    if own.empty:
        apart = _held(by_state, district.shared)
        text = voice.say(
            "mission.finding_jobs_none", subject=voice.name(subject), shared=_apart(voice, apart)
        )
        return Finding(voice.lang, text, values=_singly(voice, apart, text))
    largest = own.sort_values(["value", "state"], ascending=[False, True])
    items = _items(voice, largest.head(NAMED))
    items += [voice.say("mission.jobs_more")] if len(own) > NAMED else []
    text = voice.say(
        "mission.finding_jobs",
        subject=voice.name(subject),
        year=str(own["year"].iloc[0]),
        caveat="" if _complete(district, own) else voice.say("mission.jobs_caveat"),
        items=", ".join(items) if voice.lang == "en" else "、".join(items),
        **_counts(district, own),
    )
    return Finding(
        voice.lang, text, values=(*_together(voice, district, own, text), *_singly(voice, largest, text))
    )


def block(
    voice: Voice, subject: str, district: District, table: pd.DataFrame, by_state: pd.DataFrame
) -> tuple[Block, ...]:
    """Return the table of the states in hand and their sum, the shared states apart, or what is missing.

    Parameters
    ----------
    table, by_state
        ``jobs_state`` and, from it, :func:`helpers.analysis.jobs.by_state`.
    """
    if not (district.states or district.shared):
        return (Note(voice.lang, _stateless(voice, subject, district), kind="missing"),)
    own, apart = _held(by_state, district.states), _held(by_state, district.shared)
    listed = by_state[by_state["state"].isin([*district.states, *district.shared])]
    if listed.empty:
        text = voice.say("mission.jobs_none", subject=voice.name(subject), district=named(voice, district))
        return (Note(voice.lang, text, kind="missing"),)
    counts, year = _counts(district, own), str(listed["year"].iloc[0])
    total = markup.number("jobs.in_hand", voice.persons(own["value"].sum()))
    if own.empty:
        text = voice.say("mission.jobs_none_whole", n=counts["n"], shared=_apart(voice, apart))
    elif len(own) == len(district.states):
        shared = _apart(voice, apart)
        text = voice.say("mission.jobs_whole", n=counts["n"], sum=total, year=year, shared=shared)
    else:
        shared = _apart(voice, apart)
        text = voice.say("mission.jobs_finding", sum=total, year=year, shared=shared, **counts)
    values = (
        *_together(voice, district, own, text, int(listed["year"].iloc[0])),
        *_singly(voice, apart, text),
    )
    return Finding(voice.lang, text, values=values, leads=True), states_table(voice, subject, table, listed)


@dataclass(frozen=True)
class Edition:
    """The year and the edition of the jobs on a page, and the table that they are of."""

    year: int
    vintage: str
    table: str = "jobs_state"


def edition(district: District, by_state: pd.DataFrame) -> Edition | None:
    """Return of which year and edition the jobs in hand are, those of states served in part too; None without any."""
    own = _held(by_state, [*district.states, *district.shared])
    return None if own.empty else Edition(int(own["year"].iloc[0]), str(own["vintage"].iloc[0]))


def in_hand(district: District, by_state: pd.DataFrame) -> str:
    """Return of which states served whole jobs are in hand: ``none``, ``some`` or ``all``.

    ``whole``: of all, and they are the whole district. ``stateless``: the district has no state.
    """
    own = _held(by_state, district.states)
    if not (district.states or district.shared):
        return "stateless"
    if own.empty:
        return "none"
    if _complete(district, own):
        return "whole"
    return "all" if len(own) == len(district.states) else "some"


def _stateless(voice: Voice, subject: str, district: District) -> str:
    return voice.say("mission.jobs_stateless", subject=voice.name(subject), district=named(voice, district))


def _held(by_state: pd.DataFrame, states: Iterable[str]) -> pd.DataFrame:
    """Return the rows of some states that hold a figure (a confidential one does not)."""
    return by_state[by_state["state"].isin(list(states)) & by_state["value"].notna()]


def _complete(district: District, own: pd.DataFrame) -> bool:
    """Return whether the states in hand are the whole district."""
    return len(own) == len(district.states) and not district.shared and not district.territories


def _apart(voice: Voice, rows: pd.DataFrame) -> str:
    """Return the figures of whole states that the district serves in part, as a sentence of their own."""
    items = _items(voice, rows)
    return voice.say("mission.jobs_shared", items=voice.join(items)) if items else ""


def _counts(district: District, own: pd.DataFrame) -> dict[str, str]:
    return {
        "k": markup.number("jobs.states_in_hand", str(len(own))),
        "n": markup.number("district.states_whole", str(len(district.states))),
    }


def _items(voice: Voice, rows: pd.DataFrame) -> list[str]:
    return [
        voice.say(
            "mission.jobs_item",
            state=voice.name(r.state),
            value=markup.number(f"jobs.states.{r.state}.value", voice.persons(r.value)),
        )
        for r in facts.rows(rows)
    ]


def _singly(voice: Voice, rows: pd.DataFrame, label: str) -> tuple[Value, ...]:
    return facts.of_rows(
        voice,
        rows,
        prefix="jobs.states",
        key="state",
        columns={"value": "persons"},
        label=label,
        period=None if rows.empty else int(rows["year"].iloc[0]),
        lineage=jobs_lineage.in_state,
    )


def _together(
    voice: Voice, district: District, own: pd.DataFrame, label: str, year: int | None = None
) -> tuple[Value, ...]:
    """Return the sum over the states in hand, how many these are, and how many there are."""
    when = int(own["year"].iloc[0]) if year is None else year
    cells = lineage.cells(own, "jobs_state", "value")
    whole = lineage.count("jurisdictions", {"mission": district.mission, "area": list(district.states)})
    held = lineage.listed(own, "jobs_state", "value")
    total = own["value"].sum()
    return (
        facts.value(voice, "jobs.in_hand", label, total, "persons", when, _sum(cells)),
        facts.value(voice, "jobs.states_in_hand", label, len(own), "states", when, held),
        facts.value(
            voice, "district.states_whole", label, len(district.states), "states", "reference", whole
        ),
    )


def _sum(cells: tuple[lineage.Cell, ...]) -> Lineage:
    """Return the lineage of a sum; of no cell it is the sum over an empty universe."""
    if cells:
        return Lineage("sum", cells)
    return Lineage("sum_of", universe=lineage.Universe("jobs_state", "value", "state", {"state": []}))
