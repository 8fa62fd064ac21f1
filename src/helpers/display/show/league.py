"""The league of priority under weights that the reader moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from helpers.analysis import chance, priority
from helpers.analysis.against_lineage import of_component, setting
from helpers.analysis.lineage import Lineage, by_method
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Column, Scored, Slider, Table, Weights
from helpers.display.prose import Voice

PRINTED = 15
"""Places of the league on paper."""

SAID = ("legend", "hint", "reset", "first", "item", "comma", "more", "none", "unreadable")
"""What is said around the sliders, phrases with blanks for the script to fill."""


def league(
    voice: Voice,
    scored: pd.DataFrame,
    weights: Mapping[str, int],
    names: Mapping[str, str],
    *,
    made: Lineage,
) -> Weights:
    """Return sliders and the league of all places; on paper the first places under the page's own weights.

    Parameters
    ----------
    scored
        From `priority.components`.
    made
        Where the scores come from (`against_lineage.weighed`).
    """
    parts = scored[["place", *(f"score_{name}" for name in priority.COMPONENTS)]]
    order = priority.score(scored, weights).merge(parts, on="place")
    caption = voice.say("priority.league_caption", weights=chosen(voice, weights))
    own = settings(voice, caption, weights)
    table = _table(voice, order, caption, names, made, weights, own)
    lacking = [names[p] for p in order.loc[order["rank"].isna(), "place"]]
    blanks = {name: f"{{{name}}}" for name in ("items", "n", "place", "rank", "score")}
    words = {name: voice.say(f"priority.move.{name}", **blanks) for name in SAID}
    words |= {"rank": _nth(voice, tied=False), "tied": _nth(voice, tied=True), "missing": "–"}
    return Weights(
        voice.lang,
        table=table,
        printed=_printed(voice, table, lacking),
        sliders=tuple(
            Slider(name, heading(voice, name), int(weights.get(name, 0)), _weight(name, weights))
            for name in priority.COMPONENTS
        ),
        rows=tuple(Scored(r.place, names[r.place], _scores(r)) for r in facts.rows(order)),
        words=words,
    )


def chosen(voice: Voice, weights: Mapping[str, int]) -> str:
    """Return the weights of the page in words."""
    said = [
        voice.say("priority.weight", name=voice.say(f"priority.component.{name}"), n=_weight(name, weights))
        for name in priority.COMPONENTS
    ]
    return voice.join(said)


def heading(voice: Voice, name: str) -> str:
    """Return a component as the head of a column."""
    words = voice.say(f"priority.component.{name}")
    return words[:1].upper() + words[1:]


def mark(row: Any, column: str, text: str) -> str:
    """Return a number of a place, marked."""
    return markup.number(f"priority.{row.place}.{column}", text)


def position(voice: Voice, row: Any) -> str:
    """Return the rank of a place in a table, ties marked; a dash where it has none."""
    if pd.isna(row.rank):
        return "–"
    return mark(row, "position", numbers.rank(int(row.rank), voice.lang, tied=bool(row.tied), style="table"))


def points(voice: Voice, row: Any) -> str:
    """Return the composite of a place, a whole number of tenths."""
    return "–" if pd.isna(row.rank) else mark(row, "points", _tenths(voice, row.composite))


def settings(voice: Voice, label: str, weights: Mapping[str, int]) -> tuple[Value, ...]:
    """Return the weights of the page."""
    return tuple(
        facts.value(
            voice,
            f"priority.weight.{name}",
            label,
            int(weights.get(name, 0)),
            "weight",
            "method",
            setting(voice.day),
        )
        for name in priority.COMPONENTS
    )


def of_places(
    voice: Voice,
    frame: pd.DataFrame,
    units: Mapping[str, str],
    label: str,
    made: Lineage,
    weights: Mapping[str, int],
    **drawn: int,
) -> tuple[Value, ...]:
    """Return columns of a frame of places as numbers of the page; ``drawn`` are the settings of `method`."""
    return facts.of_rows(
        voice, frame, prefix="priority", key="place", columns=units, label=label, period="register",
        lineage=lambda row, column: method(made, column, weights, place=row["place"], **drawn),
    )  # fmt: skip


DRAWN: Mapping[str, str] = {
    **{name: name for name in ("top_share", "best", "median", "worst", "sure", "ever")},
    "deck_share": "top_share",
    "first.top_share": "first_share",
    "deck.sure": "listed_sure",
    "deck.seldom": "listed_seldom",
}
"""What is told of random weights, and the method that gives it."""

SPREAD = ("best", "median", "worst")
"""Of these, what says nothing of the first so many places."""


def method(
    made: Lineage,
    name: str,
    weights: Mapping[str, int],
    *,
    seed: int = chance.SEED,
    draws: int = priority.DRAWS,
    top: int = priority.TOP,
    **arguments: Any,
) -> Lineage:
    """Return where a number of priority comes from: a score, what weights make of it, or what random ones do."""
    if name in priority.COMPONENTS:
        return by_method(of_component(made, name), f"score_{name}", **arguments)
    if name.startswith("deck."):
        arguments |= {"claims": priority.ON_DECK, "also": ["claims"]}
    if name in DRAWN:
        drawn: dict[str, Any] = {"seed": seed, "draws": draws} | ({} if name in SPREAD else {"top": top})
        return by_method(made, DRAWN[name], **drawn, **arguments)
    own = [int(weights.get(one, 0)) for one in priority.COMPONENTS]
    return by_method(made, {"deck.inside": "listed_inside"}.get(name, name), weights=own, **arguments)


def _table(
    voice: Voice,
    order: pd.DataFrame,
    caption: str,
    names: Mapping[str, str],
    made: Lineage,
    weights: Mapping[str, int],
    own: Sequence[Value],
) -> Table:
    rows = [
        {"place": names[r.place], "position": position(voice, r), "composite": points(voice, r)}
        | {
            name: "–" if pd.isna(tenths) else mark(r, name, _tenths(voice, tenths))
            for name, tenths in zip(priority.COMPONENTS, _scores(r), strict=True)
        }
        for r in facts.rows(order)
    ]
    heads = {"composite": voice.say("priority.head.composite")}
    heads |= {name: heading(voice, name) for name in priority.COMPONENTS}
    frame = order.assign(
        **{name: order[f"score_{name}"].astype("Float64") / 10 for name in priority.COMPONENTS},
        position=order["rank"].astype("Float64"),
        points=order["composite"].astype("Float64") / 10,
    )
    units = dict.fromkeys(("points", *priority.COMPONENTS), "score") | {"position": "rank"}
    return Table(
        voice.lang,
        id="priority",
        title=voice.say("priority.league_title"),
        caption=caption,
        columns=(
            Column("place", voice.say("against.head.place")),
            Column("position", voice.say("priority.head.rank"), "right"),
            *(Column(key, head, "right") for key, head in heads.items()),
        ),
        rows=tuple(rows),
        notes=(voice.say("priority.league_note"),),
        values=(*of_places(voice, frame, units, caption, made, weights), *own),
    )


def _printed(voice: Voice, table: Table, lacking: Sequence[str]) -> Table:
    n, of = min(PRINTED, len(table.rows)), len(table.rows)
    notes = [*table.notes]
    if of > n:
        notes.append(voice.say("priority.printed"))
    if lacking:
        notes.append(voice.say("priority.lacking", items=voice.join(list(lacking))))
    return Table(
        voice.lang, table.id, table.title, table.columns, table.rows[:n], notes=tuple(notes), values=table.values,
        caption=table.caption,
    )  # fmt: skip


def _scores(row: Any) -> list[int | None]:
    found = [getattr(row, f"score_{name}") for name in priority.COMPONENTS]
    return [None if pd.isna(tenths) else int(tenths) for tenths in found]


def _tenths(voice: Voice, tenths: Any) -> str:
    return numbers.number(int(tenths) / 10, voice.lang, 1)


def _weight(name: str, weights: Mapping[str, int]) -> str:
    return markup.number(f"priority.weight.{name}", str(int(weights.get(name, 0))))


def _nth(voice: Voice, *, tied: bool) -> str:
    """Return how a rank stands in the table, with a blank for the number."""
    return numbers.rank(7, voice.lang, tied=tied, style="table").replace("7", "{n}")
