"""What changed between two editions: key figures, every number that differs by its cause, and the states."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from helpers.analysis import changes
from helpers.display import comparison, facts
from helpers.display.block import Value
from helpers.display.blocks import KPI, Block, Column, Finding, Headline, KPIRow, Note, Table
from helpers.display.comparison import Pair
from helpers.display.prose import Voice
from helpers.display.show import desk

KEY = tuple(
    f"{name}.{part}"
    for name in ("fdi", "fdi_parent", "jobs", "imports", "exports", "deficit")
    for part in ("value", "share")
)
"""Key figures of the nation, in the order of the page."""

STATE_KEY = {
    "exports": ("exports.rank", "exports.value"),
    "imports": ("imports.rank", "imports.value"),
    "jobs": ("jobs.rank", "jobs.value"),
    "events": ("events.count",),
}
"""Key figure of each measure of a state; where one is not in hand, the next."""

Days = tuple[str, str]
"""The days of the two editions; empty: everything in hand."""


def nation(
    voice: Voice,
    subject: str,
    before: desk.Tables,
    after: desk.Tables,
    *,
    groups: Collection[str],
    days: Days,
) -> Pair | None:
    """Return the nation's numbers of two days set beside each other; None where there is no earlier day.

    Parameters
    ----------
    before, after
        The tables as known on the two days, see :func:`helpers.display.show.desk.nation`.
    groups
        Codes that are groups of partners.
    days
        The earlier day and the later one (empty: everything in hand).
    """
    if not changes.earlier_than(*days):
        return None
    old, new = (
        desk.nation(voice, subject, tables, groups=groups, as_of=day)
        for tables, day in zip((before, after), days, strict=True)
    )
    return comparison.pair("US", old, new)


def states(
    voice: Voice,
    subject: str,
    before: desk.Tables,
    after: desk.Tables,
    places: Iterable[str],
    *,
    groups: Collection[str],
    days: Days,
) -> list[Pair]:
    """Return the numbers of every state on two days, see :func:`nation`; none without an earlier day."""
    if not changes.earlier_than(*days):
        return []
    codes = list(places)
    old, new = (
        desk.states(voice, subject, tables, codes, groups=groups, as_of=day)
        for tables, day in zip((before, after), days, strict=True)
    )
    return [comparison.pair(place, old[place], new[place]) for place in codes]


def headline(voice: Voice, subject: str, found: Pair | None, days: Days) -> Headline:
    """Return the title and how many numbers are the same and how many differ."""
    running = voice.say("changes.running", subject=voice.opening(subject))
    if found is None:
        title, none = voice.say("changes.none_title"), _none(voice, days)
        return Headline(voice.lang, title=title, sentence=none, running=running)
    title = voice.say("changes.title", day=comparison.day(voice, days[0]))
    key = "changes.headline" if found.differ else "changes.headline_same"
    sentence = voice.say(key, **_told(voice, subject, found))
    newest = [value for name in KEY for value in found.values(name)]
    return Headline(
        voice.lang,
        title=title,
        sentence=sentence,
        running=running,
        values=(*_counted(voice, "US", [found], days), *newest),
    )


def cards(voice: Voice, found: Pair | None, local: Sequence[Pair], days: Days) -> list[Block]:
    """Return how many numbers of the nation are the same and differ by each cause, those of the states beside."""
    if found is None:
        return []
    here, there = (_counted(voice, place, side, days) for place, side in (("US", [found]), ("states", local)))
    items = [
        KPI(
            label=one.label,
            figure=str(one.value),
            unit=voice.say("changes.nation_unit"),
            note=voice.say("changes.in_states", n=str(other.value)),
            value=one,
            others=(other,),
        )
        for one, other in zip(here, there, strict=True)
        if one.id.rsplit(".", 1)[-1] in ("same", *changes.CAUSES)
    ]
    return [KPIRow(voice.lang, items=tuple(items))]


def key_figures(voice: Voice, found: Pair | None, editions: tuple[str, str]) -> list[Block]:
    """Return a table of the key figures before and after, also of those that are the same.

    Parameters
    ----------
    editions
        What the two editions are called, see :func:`named`.
    """
    if found is None:
        return [_nothing(voice)]
    names = [name for name in KEY if found.status(name)]
    return [_table(voice, found, names, "key", voice.say("changes.key_title"), editions)]


def numbers_by_cause(voice: Voice, found: Pair | None, editions: tuple[str, str], days: Days) -> list[Block]:
    """Return a table for each cause with every number that differs by it and is no key figure."""
    if found is None:
        return [_nothing(voice)]
    tables: list[Block] = []
    for cause in changes.CAUSES:
        frame = found.frame
        names = [n for n in frame.loc[frame["status"] == cause, "id"] if n not in KEY]
        if names:
            said = voice.say(f"changes.status.{cause}")
            title = voice.say("changes.list_title", cause=said, n=str(len(names)))
            tables.append(_table(voice, found, names, cause, title, editions))
    counts = found.counts
    rest = voice.say("changes.rest", new=str(counts["new"]), dropped=str(counts["dropped"]))
    return [*tables, Note(voice.lang, rest, values=_counted(voice, "US", [found], days))]


def _table(
    voice: Voice, found: Pair, names: Sequence[str], cause: str, title: str, editions: tuple[str, str]
) -> Table:
    by_id = {row.id: row for row in facts.rows(found.frame)}
    rows = []
    for name in names:
        old, new = found.before.get(name), found.after.get(name)
        was, now = comparison.figures(voice, old, new)
        rows.append(
            {
                "number": comparison.label(voice, new or old or {}),
                "before": was,
                "after": now,
                "cause": voice.say(f"changes.status.{by_id[name].status}"),
                "evidence": comparison.evidence(voice, by_id[name]) or "–",
            }
        )
    columns = {"number": "left", "before": "right", "after": "right"}
    last = "cause" if cause == "key" else "evidence"
    shown = (*(Column(key, voice.say(f"changes.head.{key}"), align) for key, align in columns.items()),)  # type: ignore[arg-type]
    count = Value(f"changes.US.listed.{cause}", title, len(names), "numbers", "", trace=None)
    return Table(
        voice.lang,
        id=f"changes-{cause}",
        title=title,
        caption=voice.say("changes.caption", before=editions[0], after=editions[1]),
        columns=(*shown, Column(last, voice.say(f"changes.head.{last}"))),
        rows=tuple(rows),
        values=(count, *(value for name in names for value in found.values(name))),
    )


def states_counted(voice: Voice, subject: str, local: Sequence[Pair], days: Days) -> list[Block]:
    """Return how many numbers of the states are the same and differ, by measure and cause."""
    if not local:
        return [_nothing(voice)]
    frame = pd.concat([one.frame.assign(place=one.place) for one in local])
    frame = frame.assign(measure=frame["id"].str.split(".").str[0])
    shown = [status for status in changes.STATUSES if (frame["status"] == status).any()]
    rows, values = [], []
    for measure in (name for name in STATE_KEY if (frame["measure"] == name).any()):
        counts = changes.counts(frame[frame["measure"] == measure])
        what = desk.measured(voice, subject, measure)
        rows.append({"measure": what} | {status: str(counts[status]) for status in shown})
        values += [
            Value(f"changes.states.{measure}.{s}", what, counts[s], "numbers", _span(days)) for s in shown
        ]
    title = voice.say("changes.counts_title", n=str(len(local)))
    values.append(Value("changes.states.places", title, len(local), "states", _span(days)))
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


def states_table(voice: Voice, local: Sequence[Pair], editions: tuple[str, str], days: Days) -> list[Block]:
    """Return the key figures of every state: the same, or before and after."""
    if not local:
        return []
    rows, values, moved = [], [], 0
    for one in local:
        cells = {measure: _cell(voice, one, names) for measure, names in STATE_KEY.items()}
        moved += any("→" in text for text, _ in cells.values())
        rows.append({"state": voice.name(one.place)} | {m: text for m, (text, _) in cells.items()})
        values += [value for _, found in cells.values() for value in found]
    title = voice.say("changes.states_title", m=str(moved), n=str(len(local)))
    told = (("moved", moved), ("all", len(local)))
    counts = [Value(f"changes.states.key.{k}", title, n, "states", _span(days)) for k, n in told]
    return [
        Table(
            voice.lang,
            id="changes-states",
            title=title,
            caption=voice.say("changes.caption", before=editions[0], after=editions[1]),
            columns=(
                Column("state", voice.say("changes.head.state")),
                *(Column(m, voice.say(f"changes.head.{m}"), "right") for m in STATE_KEY),
            ),
            rows=tuple(rows),
            notes=(voice.say("changes.states_note"),),
            values=(*counts, *values),
        )
    ]


def _cell(voice: Voice, found: Pair, names: Sequence[str]) -> tuple[str, list[Value]]:
    name = next((n for n in names if found.status(n)), "")
    if not name:
        return "–", []
    if found.status(name) == "same":
        return "=", []
    was, now = comparison.figures(voice, found.before.get(name), found.after.get(name))
    return f"{was} → {now}", found.values(name)


def meaning(voice: Voice, found: Pair | None, before: str, after: str) -> list[Block]:
    """Return what the causes mean, and what two days of one copy of the tables cannot show."""
    if found is None:
        return []
    copy = voice.say("changes.one_copy", before=before, after=after)
    return [Note(voice.lang, voice.say("changes.meaning")), Note(voice.lang, copy)]


def since(voice: Voice, subject: str, found: Pair | None, days: Days) -> list[Block]:
    """Return what changed since the edition before, for the page of the nation: a table and a sentence."""
    if found is None:
        return [Note(voice.lang, _none(voice, days))]
    editions = (comparison.day(voice, days[0]), comparison.day(voice, days[1]))
    key = "changes.since" if found.differ else "changes.since_same"
    told = _told(voice, subject, found) | {"day": editions[0]}
    said = Finding(voice.lang, voice.say(key, **told), values=_counted(voice, "US", [found], days))
    return [*key_figures(voice, found, editions), said]


def named(voice: Voice, before: str, after: str, days: Days) -> tuple[str, str]:
    """Return the two editions by name and day; a later one of another day has no name."""
    old, new = (comparison.day(voice, day) for day in days)
    return (
        voice.say("changes.edition", name=before, day=old),
        voice.say("changes.edition", name=after, day=new) if not days[1] else new,
    )


def _nothing(voice: Voice) -> Note:
    return Note(voice.lang, voice.say("changes.nothing"))


def _none(voice: Voice, days: Days) -> str:
    return voice.say("changes.none", day=comparison.day(voice, days[1] or days[0]))


def _told(voice: Voice, subject: str, found: Pair) -> dict[str, str]:
    counts = found.counts
    return {
        "all": str(found.shared),
        "same": str(counts["same"]),
        "differ": str(found.differ),
        "subject": voice.the(subject),
        "causes": comparison.causes(voice, counts),
    }


def _counted(voice: Voice, place: str, pairs: Sequence[Pair], days: Days) -> tuple[Value, ...]:
    """Return how many numbers of some places have each status, how many both editions hold, and how many differ."""
    total: Mapping[str, int] = {s: sum(one.counts[s] for one in pairs) for s in changes.STATUSES}
    by_status = [(s, voice.say(f"changes.status.{s}"), n) for s, n in total.items()]
    shared = sum(one.shared for one in pairs)
    sums = [("shared", "", shared), ("differ", "", shared - total["same"])]
    return tuple(
        Value(f"changes.{place}.{name}", words or name, n, "numbers", _span(days))
        for name, words, n in [*by_status, *sums]
    )


def _span(days: Days) -> str:
    return "/".join(day or "latest" for day in days)
