"""What changed between two editions: key figures, and every number that differs by its cause."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from helpers.analysis import changes
from helpers.analysis.lineage import Lineage, Universe
from helpers.display import comparison, facts, markup, trace
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

NATION, STATES = "US", "states"
"""What stands in the id of a number of numbers: those of the nation, those of all states together."""

TABLES = {NATION: desk.NATION, STATES: (*desk.STATES, "events")}
"""The tables in which the numbers of each are looked up."""

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
    return comparison.of_days(NATION, subject, old, new, days)


def headline(voice: Voice, subject: str, found: Pair | None, days: Days) -> Headline:
    """Return the title and how many numbers are the same and how many differ."""
    running = voice.say("changes.running", subject=voice.opening(subject))
    if found is None:
        title, none = voice.say("changes.none_title"), _none(voice, days)
        return Headline(voice.lang, title=title, sentence=none, running=running)
    title = voice.say("changes.title", day=comparison.day(voice, days[0]))
    sentence = voice.say(f"changes.headline{_kind(found)}", **_told(voice, subject, found))
    newest = [value for name in KEY for value in found.values(name)]
    return Headline(
        voice.lang,
        title=title,
        sentence=sentence,
        running=running,
        values=(*counts(voice, NATION, [found]), *newest),
    )


def cards(voice: Voice, found: Pair | None) -> list[Block]:
    """Return how many numbers of the nation are the same and differ by each cause."""
    if found is None:
        return []
    items = [
        KPI(
            label=one.label,
            figure=markup.number(one.id, str(one.value)),
            unit=voice.say("changes.nation_unit"),
            value=one,
        )
        for one in counts(voice, NATION, [found])
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
        return [nothing(voice)]
    names = [name for name in KEY if found.status(name)]
    return [_table(voice, found, names, "key", voice.say("changes.key_title"), editions)]


def numbers_by_cause(voice: Voice, found: Pair | None, editions: tuple[str, str]) -> list[Block]:
    """Return a table for each cause with every number that differs by it and is no key figure."""
    if found is None:
        return [nothing(voice)]
    tables: list[Block] = []
    for cause in changes.CAUSES:
        frame = found.frame
        names = [n for n in frame.loc[frame["status"] == cause, "id"] if n not in KEY]
        if names:
            said = voice.say(f"changes.status.{cause}")
            title = voice.say(
                "changes.list_title", cause=said, n=comparison.count(NATION, f"listed.{cause}", len(names))
            )
            more = counted(voice, NATION, [found], f"listed.{cause}", title, len(names))
            tables.append(_table(voice, found, names, cause, title, editions, more))
    only = {side: comparison.count(NATION, side, found.counts[side]) for side in ("new", "dropped")}
    rest = voice.say("changes.rest", **only)
    return [*tables, Note(voice.lang, rest, values=counts(voice, NATION, [found]))]


def _table(
    voice: Voice,
    found: Pair,
    names: Sequence[str],
    cause: str,
    title: str,
    editions: tuple[str, str],
    *more: Value,
) -> Table:
    by_id = {row.id: row for row in facts.rows(found.frame)}
    rows = []
    for name in names:
        old, new = found.before.get(name), found.after.get(name)
        was, now = comparison.figures(voice, old, new)
        rows.append(
            {
                "number": comparison.label(voice, new or old or {}),
                "before": markup.number(found.name("before", name) if old else "", was),
                "after": markup.number(found.name("after", name) if new else "", now),
                "cause": voice.say(f"changes.status.{by_id[name].status}"),
                "evidence": comparison.evidence(voice, by_id[name]) or "–",
            }
        )
    columns = {"number": "left", "before": "right", "after": "right"}
    last = "cause" if cause == "key" else "evidence"
    shown = (*(Column(key, voice.say(f"changes.head.{key}"), align) for key, align in columns.items()),)  # type: ignore[arg-type]
    return Table(
        voice.lang,
        id=f"changes-{cause}",
        title=title,
        caption=voice.say("changes.caption", before=editions[0], after=editions[1]),
        columns=(*shown, Column(last, voice.say(f"changes.head.{last}"))),
        rows=tuple(rows),
        values=(*more, *(value for name in names for value in found.values(name))),
    )


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
    told = _told(voice, subject, found) | {"day": editions[0]}
    text = voice.say(f"changes.since{_kind(found)}", **told)
    said = Finding(voice.lang, text, values=counts(voice, NATION, [found]))
    return [*key_figures(voice, found, editions), said]


def named(voice: Voice, before: str, after: str, days: Days) -> tuple[str, str]:
    """Return the two editions by name and day; a later one of another day has no name."""
    old, new = (comparison.day(voice, day) for day in days)
    return (
        voice.say("changes.edition", name=before, day=old),
        voice.say("changes.edition", name=after, day=new) if not days[1] else new,
    )


def nothing(voice: Voice) -> Note:
    """Return the sentence that stands where there is no earlier edition."""
    return Note(voice.lang, voice.say("changes.nothing"))


def _none(voice: Voice, days: Days) -> str:
    return voice.say("changes.none", day=comparison.day(voice, days[1] or days[0]))


def _kind(found: Pair) -> str:
    """Return the ending of the phrase for a pair in which some numbers differ, none does, or none stands in both."""
    if found.differ:
        return ""
    return "_same" if found.shared else "_nothing"


def _told(voice: Voice, subject: str, found: Pair) -> dict[str, str]:
    numbers = {"all": ("shared", found.shared), "differ": ("differ", found.differ)}
    said = {key: comparison.count(NATION, name, n) for key, (name, n) in numbers.items()}
    return said | {
        "same": comparison.count(NATION, "same", found.counts["same"]),
        "subject": voice.the(subject),
        "causes": comparison.causes(voice, found.counts, NATION),
    }


def counts(voice: Voice, of: str, pairs: Sequence[Pair]) -> tuple[Value, ...]:
    """Return how many numbers of some places have each status, how many both editions hold, and how many differ."""
    total = {s: sum(one.counts[s] for one in pairs) for s in changes.STATUSES}
    shared = sum(one.shared for one in pairs)
    labels = {s: voice.say(f"changes.status.{s}") for s in total} | {"shared": "", "differ": ""}
    told = total | {"shared": shared, "differ": shared - total["same"]}
    label = voice.say("changes.key_title")
    return tuple(counted(voice, of, pairs, name, labels[name] or label, n) for name, n in told.items())


def counted(
    voice: Voice,
    of: str,
    pairs: Sequence[Pair],
    name: str,
    label: str,
    n: int,
    *,
    measure: str = "",
    unit: str = "numbers",
) -> Value:
    """Return a number of numbers, ``changes.<of>.<name>``, traced to both days of the tables.

    Its trace says what was set side by side: the partner's numbers of the nation or of all states (``of``), on which
    days, and those of one ``measure`` alone where only these are counted.
    """
    days = [day or comparison.LATEST for day in pairs[0].days]
    method = {"name": "compared", "partner": pairs[0].partner, "of": of, "days": days, "number": name}
    method |= {"measure": measure} if measure else {}
    first, *others = desk.tables(pairs[0].partner, [desk.TABLE[measure]] if measure else TABLES[of])
    more = {"with": [{"table": other, "where": {}} for other in others], "method": method}
    made = Lineage("compared", universe=Universe(first, "", "", {}, more=more))
    text, basis = voice.say("trace.how.compared"), voice.say("trace.basis.compared")
    way = trace.of(voice.origins, voice.lang, made, basis=basis, unit=unit, text=text)
    number = ".".join(filter(None, ("changes", of, measure, name)))
    return Value(number, label, n, unit, "/".join(days), trace=way)
