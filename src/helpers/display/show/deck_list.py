"""The deck's own priority list beside the league: a map of the ranks with its states framed, and state by state."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import lineage, priority
from helpers.analysis.lineage import Lineage
from helpers.display import facts, markup, tiles
from helpers.display.blocks import Block, Column, Figure, Finding, Note, Table
from helpers.display.prose import Voice
from helpers.display.show.league import mark, method, of_places, position

EDGES = {"first": (1, 3), "second": (4, 10), "other": (11, 10_000)}
"""The colours of the map and the first and last rank that each stands for, as in the grid of ranks."""


def ranks_map(
    voice: Voice,
    scored: pd.DataFrame,
    weights: Mapping[str, int],
    deck: pd.DataFrame,
    states: pd.DataFrame,
    names: Mapping[str, str],
    *,
    made: Lineage,
) -> Figure:
    """Return the states as tiles with their rank under the page's weights, the deck's own list framed.

    Parameters
    ----------
    deck
        From `priority.deck`; may be empty.
    states
        The table ``states``.
    """
    ranked = priority.score(scored, weights).dropna(subset=["rank"])
    ranked = ranked.assign(position=ranked["rank"].astype(float))
    edges = [0, *(last for _, last in EDGES.values())]
    category = pd.cut(ranked["position"], edges, labels=list(EDGES)).astype(str)
    shown = pd.DataFrame(
        {"usps": ranked["place"], "category": category, "text": ranked["rank"].astype(int).astype(str)}
    )
    key = {name: voice.say(f"priority.map.{name}") for name in EDGES}
    counts = {name: int((category == name).sum()) for name in EDGES}
    framed = sorted(deck["state"])
    subtitle = voice.say("priority.map_subtitle_deck" if framed else "priority.map_subtitle")
    alt = tiles.alt_tile_map(shown, key, names, lang=voice.lang, measure=subtitle)
    if framed:
        alt += voice.say("priority.map_framed", items=voice.join([names[p] for p in framed]))
    return Figure(
        voice.lang,
        svg=tiles.tile_map(states, shown, key, marked=tuple(framed), width="full"),
        title=voice.say("priority.map_title", first=voice.join([names[p] for p in ranked["place"].head(3)])),
        subtitle=subtitle,
        alt=alt,
        source=voice.say("against.source.state_trade"),
        values=(
            *of_places(voice, ranked, {"position": "rank"}, subtitle, made, weights),
            *(
                facts.value(
                    voice,
                    f"priority.map.{name}",
                    subtitle,
                    n,
                    "places",
                    "method",
                    method(made, "between", weights, **{"from": EDGES[name][0], "to": EDGES[name][1]}),
                )
                for name, n in counts.items()
            ),
        ),
    )


def beside(
    voice: Voice,
    scored: pd.DataFrame,
    weights: Mapping[str, int],
    deck: pd.DataFrame,
    stable: pd.DataFrame,
    names: Mapping[str, str],
    *,
    made: Lineage,
) -> tuple[Block, ...]:
    """Return the deck's list beside the league: how many of its states are among as many first ones, and how surely.

    Parameters
    ----------
    deck
        From `priority.deck`.
    stable
        From `priority.stability` with ``top`` as many as the deck names.
    """
    if deck.empty:
        return (Note(voice.lang, voice.say("priority.deck_none"), kind="missing"),)
    order = priority.score(scored, weights)
    rows = deck.merge(order, left_on="state", right_on="place").merge(stable, on="place", how="left")
    rows = rows.sort_values(["rank", "place"]).reset_index(drop=True)
    return (
        _finding(voice, rows, len(deck), names, made, weights),
        _table(voice, rows, names, made, weights),
        _other(voice),
    )


def _finding(
    voice: Voice,
    rows: pd.DataFrame,
    n: int,
    names: Mapping[str, str],
    made: Lineage,
    weights: Mapping[str, int],
) -> Finding:
    inside = rows[rows["rank"] <= n]
    counts = {
        "n": n,
        "inside": len(inside),
        "sure": int((rows["top_share"] > priority.SURE).sum()),
        "seldom": int((rows["top_share"] < 1 - priority.SURE).sum()),
    }
    last = rows.iloc[-1]
    text = voice.say(
        "priority.deck_finding",
        page=markup.number("priority.deck.page", priority.DECK_PAGE),
        last=names[str(last["place"])],
        rank=markup.number(
            f"priority.{last['place']}.position", voice.nth(int(last["rank"]), tied=bool(last["tied"]))
        ),
        **{key: markup.number(f"priority.deck.{key}", str(count)) for key, count in counts.items()},
    )
    named = lineage.listed(rows, "claims", "id")
    values = [
        facts.value(
            voice, f"priority.deck.{key}", text, count, "states", "method",
            named if key == "n" else method(made, f"deck.{key}", weights, top=n),
        )
        for key, count in counts.items()
    ]  # fmt: skip
    page = facts.value(
        voice,
        "priority.deck.page",
        text,
        int(priority.DECK_PAGE),
        "page",
        "method",
        _cell(rows.iloc[0], "page"),
    )
    tail = of_places(
        voice, rows.tail(1).assign(position=float(last["rank"])), {"position": "rank"}, text, made, weights
    )
    return Finding(voice.lang, text, values=(*values, page, *tail))


def _table(
    voice: Voice, rows: pd.DataFrame, names: Mapping[str, str], made: Lineage, weights: Mapping[str, int]
) -> Table:
    top = markup.number("priority.deck.n", str(len(rows)))
    lines = [
        {
            "place": names[r.place],
            "printed": markup.number(f"priority.deck.{r.place}.printed", voice.nth(int(r.printed))),
            "position": position(voice, r),
            "top": "–" if pd.isna(r.top_share) else mark(r, "deck_share", voice.percent(r.top_share)),
            "range": "–"
            if pd.isna(r.best)
            else voice.say(
                "priority.range",
                best=mark(r, "best", str(int(r.best))),
                worst=mark(r, "worst", str(int(r.worst))),
            ),
        }
        for r in facts.rows(rows)
    ]
    caption = voice.say("priority.deck_caption", n=top)
    frame = rows.assign(position=rows["rank"].astype("Float64"), deck_share=rows["top_share"])
    units = {"position": "rank", "deck_share": "fraction", "best": "rank", "worst": "rank"}
    heads = ("place", "printed", "position", "top", "range")
    return Table(
        voice.lang,
        id="priority-deck",
        title=voice.say("priority.deck_title"),
        caption=caption,
        columns=tuple(
            Column(
                key,
                voice.say("against.head.place" if key == "place" else f"priority.deck_head.{key}"),
                "left" if key == "place" else "right",
            )
            for key in heads
        ),
        rows=tuple(lines),
        notes=(voice.say("priority.deck_note"),),
        values=(
            *of_places(voice, frame, units, caption, made, weights, top=len(rows)),
            *(
                facts.value(
                    voice, f"priority.deck.{r['state']}.printed", caption, int(r["printed"]), "rank", str(r["period"]),
                    _cell(r, "rank"),
                )
                for _, r in rows.iterrows()
            ),
            facts.value(
                voice, "priority.deck.n", caption, len(rows), "states", "method", lineage.listed(rows, "claims", "id")
            ),
        ),
    )  # fmt: skip


def _other(voice: Voice) -> Note:
    return Note(voice.lang, voice.say("priority.deck_other"))


def _cell(row: pd.Series, column: str) -> Lineage:
    return Lineage("value", (lineage.cell(row, "claims", column),))
