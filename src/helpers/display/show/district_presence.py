"""Japanese presence in a consular district: one row an area, and every count with the definition it was made by."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import activity, lineage
from helpers.analysis.district import District
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Note, Table
from helpers.display.markup import escape
from helpers.display.prose import Voice
from helpers.display.show.events import JAPAN, named
from helpers.display.show.places import line, measured, year_of
from helpers.display.show.remarks import Remarks

RANK = "presence.bea_rank"
"""What stands in the table of the areas and not among the counts."""


def blocks(
    voice: Voice,
    subject: str,
    district: District,
    *,
    company_sites: pd.DataFrame,
    sister_counts: pd.DataFrame,
    sister_pairs: pd.DataFrame,
    state_offices: pd.DataFrame,
) -> tuple[Block, ...]:
    """Return the table of the areas and that of the counts, or what is missing.

    Figures of a year that was not over on the day of the page are left out. A state served in part has its row, and so
    has a territory.
    """
    if subject != JAPAN:
        return (Note(voice.lang, voice.say("presence.other_subject", subject=voice.the(subject))),)
    sites, counts, offices = (
        activity.counted_by(t, voice.day) for t in (company_sites, sister_counts, state_offices)
    )
    pairs = activity.until(sister_pairs, voice.day, "date")
    offices = offices[offices["status"] != "count"]
    found = [
        block
        for block in (
            _areas(voice, district, sites, pairs, offices),
            _counts(voice, district, sites, counts),
        )
        if block is not None
    ]
    if found:
        return tuple(found)
    text = voice.say("mission.presence_none", district=named(voice, district))
    return (Note(voice.lang, text, kind="missing"),)


def _areas(
    voice: Voice, district: District, sites: pd.DataFrame, pairs: pd.DataFrame, offices: pd.DataFrame
) -> Table | None:
    areas = district.areas
    ranks = sites[(sites["unit"] == "rank") & sites["state"].isin(areas)]
    held = pairs[pairs["state"].isin(areas)].groupby("state").size()
    open_ = offices[offices["state"].isin(areas)]
    shown = [a for a in areas if a in {*ranks["state"], *held.index, *open_["state"]}]
    if not shown:
        return None
    caption = voice.say("mission.presence_caption")
    rows, values, remarks = [], list[Value](), Remarks(voice.lang)
    for area in shown:
        row = {"area": voice.name(area), "affiliates": "–", "pairs": "–", "office": "–"}
        for r in facts.rows(ranks[ranks["state"] == area]):
            name = f"{area}.{RANK}"
            row["affiliates"] = markup.number(name, numbers.rank(int(r.value), voice.lang, style="table"))
            made = Lineage("value", (lineage.cell(r._asdict(), "company_sites", "value"),))
            values.append(facts.value(voice, name, caption, int(r.value), "rank", int(r.year), made))
        if area in held.index:
            name, n = f"{area}.presence.pairs", int(held[area])
            row["pairs"] = markup.number(name, str(n))
            own = pairs[pairs["state"] == area]
            made = lineage.listed(own, "sister_pairs", "us_place", date=voice.day)
            values.append(facts.value(voice, name, caption, n, "pairs", "to date", made))
        places = [_office(voice, r) + remarks.mark(r) for r in facts.rows(open_[open_["state"] == area])]
        rows.append(row | ({"office": voice.join(places)} if places else {}))
    return Table(
        voice.lang,
        id="district-presence",
        title=voice.say("mission.presence_title"),
        caption=caption,
        columns=(
            Column("area", voice.say("mission.head.area")),
            Column("affiliates", voice.say("mission.head.affiliates"), "right"),
            Column("pairs", voice.say("mission.head.pairs"), "right"),
            Column("office", voice.say("mission.head.office")),
        ),
        rows=tuple(rows),
        notes=(_note(voice, ranks), *remarks.lines()),
        values=tuple(values),
    )


def _note(voice: Voice, ranks: pd.DataFrame) -> str:
    """Return whose the ranks are and of which years, and that the list of sister relations is partial."""
    years = [voice.year(int(year)) for year in sorted(ranks["year"].unique())]
    if not years:
        return voice.say("mission.presence_note_unranked")
    return voice.say("mission.presence_note", years=voice.join(years))


def _office(voice: Voice, row: object) -> str:
    fields: Mapping[str, object] = row._asdict()  # type: ignore[attr-defined]
    city = escape(str(fields["place" if voice.lang == "en" else "place_ja"]))
    since = fields["since"]
    told = [city] if city else []
    if not pd.isna(since):  # type: ignore[call-overload]
        told.append(voice.say("presence.office_since", year=year_of(since)))
    return (", " if voice.lang == "en" else "、").join(told) or voice.say("presence.office_yes")


def _counts(voice: Voice, district: District, sites: pd.DataFrame, counts: pd.DataFrame) -> Table | None:
    """Return the newest figure of each definition, of the whole district and of its areas."""
    areas = ("", *district.areas)
    sites, counts = (
        table[table["state"].isin(areas) & ((table["state"] != "") | (table["mission"] == district.mission))]
        for table in (sites, counts)
    )
    sites = sites.assign(key=[measured(r) for r in facts.rows(sites)], counted=sites["unit"])
    counts = counts.assign(key="presence." + counts["kind"], counted="pairs")
    newest = [
        table[table["key"] != RANK].sort_values(["key", "year"]).groupby(["state", "key"]).tail(1)
        for table in (sites, counts)
    ]
    lines: list[tuple[str, str, str, str, Value]] = []
    remarks = Remarks(voice.lang)
    for area in areas:
        place = voice.name(area) if area else voice.say("mission.counts_district")
        prefix = f"{area or 'district'}."
        for table in newest:
            own = table[table["state"] == area]
            told = (line(voice, r.key, r, r.counted, remarks, prefix=prefix) for r in facts.rows(own))
            lines += [(place, *one) for one in told]
    if not lines:
        return None
    return Table(
        voice.lang,
        id="district-counts",
        title=voice.say("mission.counts_title"),
        caption=voice.say("mission.counts_caption"),
        columns=(
            Column("area", voice.say("mission.head.area")),
            Column("measure", voice.say("head.measure")),
            Column("figure", voice.say("head.figure"), "right"),
            Column("year", voice.say("head.year"), "right"),
        ),
        rows=tuple({"area": a, "measure": m, "figure": f, "year": y} for a, m, f, y, _ in lines),
        notes=remarks.lines(),
        values=facts.gathered([value for *_, value in lines]),
    )
