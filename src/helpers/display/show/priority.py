"""Where next, under whose weights: what is weighed, how far the order depends on it, ranks under other weights."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from helpers.analysis import priority
from helpers.analysis.against_lineage import of_component, setting
from helpers.analysis.lineage import Lineage, by_method
from helpers.analysis.presence import Presence
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Block, Column, Figure, Finding, Note, Table
from helpers.display.charts.rank_grid import rank_grid
from helpers.display.prose import Voice
from helpers.display.show.league import chosen, mark, method, of_places, position, settings
from helpers.display.show.presence import measure_name, year_of

SHOWN = 15
"""Places of the league and of the grid."""


def explained(voice: Voice, presence: Presence, first: int, last: int) -> Note:
    """Return what the five components are; ``first`` and ``last`` are the years of growth."""
    parts = {
        "presence": {"measure": measure_name(voice, presence), "year": year_of(voice, presence)},
        "growth": {"first": voice.year(first), "last": voice.year(last)},
    }
    said = [voice.say(f"priority.explained.{name}", **parts.get(name, {})) for name in priority.COMPONENTS]
    return Note(voice.lang, (" " if voice.lang == "en" else "").join(said))


def stability_table(
    voice: Voice,
    scored: pd.DataFrame,
    weights: Mapping[str, int],
    stable: pd.DataFrame,
    names: Mapping[str, str],
    *,
    made: Lineage,
    seed: int,
    draws: int = priority.DRAWS,
) -> Table:
    """Return how the first places fare under random weights: how often in the top, best, middle and worst rank.

    Parameters
    ----------
    made
        Where the scores come from (`against_lineage.weighed`).
    scored, stable
        From `priority.components` and `priority.stability` (with ``seed`` and ``draws``).
    """
    order = priority.score(scored, weights)
    table = order[order["rank"].notna()].merge(stable, on="place", how="left")
    shown = (
        table.sort_values(["rank", "place"]).head(SHOWN).assign(position=lambda t: t["rank"].astype(float))
    )
    rows = [
        {"place": names[r.place], "position": position(voice, r)}
        | {"top": "–" if pd.isna(r.top_share) else mark(r, "top_share", voice.percent(r.top_share))}
        | {
            key: "–" if pd.isna(getattr(r, key)) else mark(r, key, str(int(getattr(r, key))))
            for key in ("best", "median", "worst")
        }
        for r in facts.rows(shown)
    ]
    caption = voice.say(
        "priority.stable_caption", weights=chosen(voice, weights), draws=_draws(voice, draws), top=_top()
    )
    heads = {key: voice.say(f"priority.head.{key}") for key in ("rank", "top", "best", "median", "worst")}
    units = {"position": "rank", "top_share": "fraction", "best": "rank", "median": "rank", "worst": "rank"}
    return Table(
        voice.lang,
        id="priority-stability",
        title=voice.say("priority.stable_title", first=_first(shown, names)),
        caption=caption,
        columns=(
            Column("place", voice.say("against.head.place")),
            *(Column("position" if key == "rank" else key, head, "right") for key, head in heads.items()),
        ),
        rows=tuple(rows),
        notes=(voice.say("priority.stable_note", seed=markup.number("priority.seed", str(seed))),),
        values=(
            *of_places(voice, shown, units, caption, made, weights, seed=seed, draws=draws),
            *settings(voice, caption, weights),
            *_method(voice, caption, seed, draws),
        ),
    )


def stability(
    voice: Voice,
    stable: pd.DataFrame,
    names: Mapping[str, str],
    *,
    made: Lineage,
    draws: int = priority.DRAWS,
) -> Finding:
    """Return the place that is most often among the first ten, and how many always or ever are; the table follows."""
    first = stable.iloc[0]
    sure, ever = int((stable["top_share"] > priority.SURE).sum()), int((stable["top_count"] > 0).sum())
    text = voice.say(
        "priority.stable",
        first=names[first["place"]],
        top=_top(),
        share=markup.number("priority.first.top_share", voice.percent(first["top_share"])),
        draws=_draws(voice, draws),
        sure=markup.number("priority.sure", str(sure)),
        ever=markup.number("priority.ever", str(ever)),
    )
    found: dict[str, tuple[float, str, Lineage]] = {
        "first.top_share": (
            float(first["top_share"]),
            "fraction",
            method(made, "first.top_share", {}, draws=draws),
        ),
        "sure": (sure, "places", method(made, "sure", {}, draws=draws)),
        "ever": (ever, "places", method(made, "ever", {}, draws=draws)),
        "draws": (draws, "draws", setting(voice.day)),
        "top": (priority.TOP, "places", setting(voice.day)),
    }
    values = tuple(
        facts.value(voice, f"priority.{key}", text, figure, unit, "method", way)
        for key, (figure, unit, way) in found.items()
    )
    return Finding(voice.lang, text, values=values, leads=True)


def grid(
    voice: Voice,
    scored: pd.DataFrame,
    weights: Mapping[str, int],
    names: Mapping[str, str],
    *,
    made: Lineage,
) -> Block:
    """Return the ranks of the first places under the chosen and under other weights."""
    order = priority.score(scored, weights)
    places = order.loc[order["rank"].notna(), "place"].head(SHOWN).tolist()
    chosen = dict(weights) != priority.WEIGHTS
    grids = priority.weightings(weights if chosen else None)
    ranks = priority.rank_grid(scored, grids)
    heads = {
        key: voice.say(f"priority.grid.{key}")
        if key in ("chosen", "equal")
        else voice.say(f"priority.component.{key.partition('_')[2]}")
        for key in grids
    }
    groups = [
        (voice.say("priority.grid.all"), [k for k in grids if "_" not in k]),
        (voice.say("priority.grid.only"), [k for k in grids if k.startswith("only_")]),
        (voice.say("priority.grid.without"), [k for k in grids if k.startswith("without_")]),
    ]
    shown = ranks[ranks["place"].isin(places)].dropna(subset=["rank"])
    span = shown.groupby("place")["rank"].agg(["min", "max"])
    items = [
        voice.say(
            "priority.grid_item",
            place=names[p],
            best=voice.nth(int(span["min"][p])),
            worst=voice.nth(int(span["max"][p])),
        )
        for p in places[:3]
    ]
    subtitle = voice.say("priority.grid_subtitle", of=markup.number("priority.grid.of", str(len(scored))))
    values = [
        facts.value(
            voice,
            f"priority.grid.{r.weighting}.{r.place}",
            subtitle,
            int(r.rank),
            "rank",
            "method",
            method(made, "position", grids[r.weighting], place=r.place),
            rank=int(r.rank),
        )
        for r in facts.rows(shown)
    ]
    counts = {
        "places": (len(places), method(made, "shown", weights, most=SHOWN)),
        "of": (len(scored), by_method(of_component(made, "presence"), "places")),
    }
    values += [
        facts.value(voice, f"priority.grid.{k}", subtitle, n, "places", "method", way)
        for k, (n, way) in counts.items()
    ]
    return Figure(
        voice.lang,
        svg=rank_grid(ranks, places, groups, names, heads),
        title=voice.say("priority.grid_title", n=markup.number("priority.grid.places", str(len(places)))),
        subtitle=subtitle,
        alt=voice.say(
            "priority.grid_alt",
            n=str(len(places)),
            columns=str(len(grids)),
            items=voice.join(items) if voice.lang == "ja" else "; ".join(items),
        ),
        source=voice.say("against.source.state_trade"),
        values=tuple(values),
    )


def _first(shown: pd.DataFrame, names: Mapping[str, str]) -> str:
    return " / ".join(names[p] for p in shown.loc[shown["rank"] == 1, "place"])


def _top() -> str:
    return markup.number("priority.top", str(priority.TOP))


def _draws(voice: Voice, draws: int) -> str:
    return markup.number(
        "priority.draws", numbers.number(draws, voice.lang) + ("通り" if voice.lang == "ja" else "")
    )


def _method(voice: Voice, label: str, seed: int, draws: int) -> tuple[Value, ...]:
    settings = {"draws": (draws, "draws"), "top": (priority.TOP, "places"), "seed": (seed, "seed")}
    return tuple(
        facts.value(voice, f"priority.{key}", label, figure, unit, "method", setting(voice.day))
        for key, (figure, unit) in settings.items()
    )
