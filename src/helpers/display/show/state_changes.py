"""What changed in the states between two editions: counts by measure and cause, and key figures state by state."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import pandas as pd

from helpers.analysis import changes
from helpers.display import comparison, markup
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Table
from helpers.display.comparison import Pair
from helpers.display.prose import Voice
from helpers.display.show import desk
from helpers.display.show.changes import STATES, Days, counted, counts, nothing

KEY = {
    "exports": ("exports.rank", "exports.value"),
    "imports": ("imports.rank", "imports.value"),
    "jobs": ("jobs.rank", "jobs.value"),
    "events": ("events.count",),
}
"""Key figure of each measure of a state; where one is not in hand, the next."""


def pairs(
    voice: Voice,
    subject: str,
    before: desk.Tables,
    after: desk.Tables,
    places: Iterable[str],
    *,
    groups: Collection[str],
    days: Days,
) -> list[Pair]:
    """Return the numbers of every state on two days; none without an earlier day.

    Parameters
    ----------
    before, after
        ``state_trade``, ``jobs_state`` and ``events`` (the register) as known on the two days.
    places
        Codes of the states.
    groups, days
        As of :func:`helpers.display.show.changes.nation`.
    """
    if not changes.earlier_than(*days):
        return []
    codes = list(places)
    found: list[dict[str, desk.Numbers]] = [{code: {} for code in codes} for _ in days]
    for name, read in (("state_trade", desk.trade_of_states), ("jobs_state", desk.jobs_of_states)):
        new = read(voice, subject, after[name], codes, groups)
        same = before[name].equals(after[name])  # rows that were known on both days are read once
        old = new if same else read(voice, subject, before[name], codes, groups)
        for side, numbers in zip(found, (old, new), strict=True):
            for code in codes:
                side[code] |= numbers[code]
    for side, tables, day in zip(found, (before, after), days, strict=True):
        held = desk.events_of_states(voice, subject, tables["events"], codes, day)
        for code in codes:
            side[code] |= held[code]
    return [comparison.of_days(code, subject, found[0][code], found[1][code], days) for code in codes]


def by_measure(voice: Voice, subject: str, local: Sequence[Pair]) -> list[Block]:
    """Return how many numbers of the states are the same and differ, by measure and cause."""
    if not local:
        return [nothing(voice)]
    frame = pd.concat([one.frame for one in local])
    frame = frame.assign(measure=frame["id"].str.split(".").str[0])
    shown = [status for status in changes.STATUSES if (frame["status"] == status).any()]
    rows, values = [], []
    for measure in (name for name in KEY if (frame["measure"] == name).any()):
        found = changes.counts(frame[frame["measure"] == measure])
        what = desk.measured(voice, subject, measure)
        cells = {status: comparison.count(STATES, f"{measure}.{status}", found[status]) for status in shown}
        rows.append({"measure": what} | cells)
        values += [counted(voice, STATES, local, s, what, found[s], measure=measure) for s in shown]
    rows.append(
        {"measure": voice.say("changes.all")}
        | {s: comparison.count(STATES, s, sum(one.counts[s] for one in local)) for s in shown}
    )
    values += counts(voice, STATES, local)
    title = voice.say("changes.counts_title", n=comparison.count(STATES, "places", len(local)))
    values.append(counted(voice, STATES, local, "places", title, len(local), unit="states"))
    heads = (Column(status, voice.say(f"changes.status.{status}"), "right") for status in shown)
    return [
        Table(
            voice.lang,
            id="changes-states-counted",
            title=title,
            columns=(Column("measure", voice.say("changes.head.measure")), *heads),
            rows=tuple(rows),
            values=tuple(values),
        )
    ]


def table(voice: Voice, local: Sequence[Pair], editions: tuple[str, str]) -> list[Block]:
    """Return the key figures of every state: the same, or before and after."""
    if not local:
        return []
    rows, values, moved = [], [], 0
    for one in local:
        cells = {measure: _cell(voice, one, names) for measure, names in KEY.items()}
        moved += any(found for _, found in cells.values())
        rows.append({"state": voice.name(one.place)} | {m: text for m, (text, _) in cells.items()})
        values += [value for _, found in cells.values() for value in found]
    told = {"m": ("moved", moved), "n": ("places", len(local))}
    title = voice.say(
        "changes.states_title", **{key: comparison.count(STATES, name, n) for key, (name, n) in told.items()}
    )
    said = [counted(voice, STATES, local, name, title, n, unit="states") for name, n in told.values()]
    return [
        Table(
            voice.lang,
            id="changes-states",
            title=title,
            caption=voice.say("changes.caption", before=editions[0], after=editions[1]),
            columns=(
                Column("state", voice.say("changes.head.state")),
                *(Column(m, voice.say(f"changes.head.{m}"), "right") for m in KEY),
            ),
            rows=tuple(rows),
            notes=(voice.say("changes.states_note"),),
            values=(*said, *values),
        )
    ]


def _cell(voice: Voice, found: Pair, names: Sequence[str]) -> tuple[str, list[Value]]:
    name = next((n for n in names if found.status(n)), "")
    if not name:
        return "–", []
    if found.status(name) == "same":
        return "=", []
    sides = zip(("before", "after"), (found.before, found.after), strict=True)
    ids = [found.name(side, name) if name in numbers else "" for side, numbers in sides]
    told = comparison.figures(voice, found.before.get(name), found.after.get(name))
    was, now = (markup.number(id, text) for id, text in zip(ids, told, strict=True))
    return f"{was} → {now}", found.values(name)
