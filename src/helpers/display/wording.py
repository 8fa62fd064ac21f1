"""The parts of a trace in words: row keys, conditions, units, exact figures."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

from helpers.analysis.lineage import Universe
from helpers.display import periods
from helpers.display.prose import phrases
from helpers.display.trace import Trace
from helpers.errors import AnalysisError

NAMED = 6
"""Members of a list that are named; the rest are counted."""
COUNTED = {
    "affiliates", "areas", "cases", "cells", "checks", "claims", "commodities", "companies", "definitions",
    "districts", "draws", "events", "expected_events", "facilities", "figures", "measures", "meetings", "months",
    "numbers", "pairs", "participants", "persons", "places", "plans", "projects", "resamples", "rows", "sites",
    "states", "tables",
}  # fmt: skip
"""Units of things that are counted: after one, English says them in the singular."""
APART = {"expected_events", "fraction", "log_ratio", "p", "participants", "ratio", "rho", "seed", "weight"}
"""Units that are no counters in Japanese: they stand apart from the number."""
HEADING = 60
"""Letters of a label that stand in the heading of a panel."""


def word(name: str, lang: str) -> str:
    """Return one of the words that stand before a part of a trace."""
    return phrases()[f"trace.{name}"][lang]


def unit(name: str, lang: str) -> str:
    """Return a unit in words; one that is not known stands as it is."""
    return _known(f"trace.unit.{_slug(name)}", lang) or name


def _slug(text: str) -> str:
    return re.sub(r"[^a-zA-Z0-9]+", "_", text)


def _known(key: str, lang: str) -> str:
    """Return a phrase, nothing where there is none."""
    return phrases()[key][lang] if key in phrases() else ""


def heading(label: str) -> str:
    """Return the label of a number, or its beginning where it is a whole sentence.

    Examples
    --------
    >>> heading("Exports: 4th of 201; $563 million or 22.4% behind China and $580 million ahead of the Netherlands.")
    'Exports: 4th of 201; $563 million or 22.4% behind China and…'
    """
    if len(label) <= HEADING:
        return label
    start = label[:HEADING]
    return (start[: start.rfind(" ")] if " " in start[HEADING // 2 :] else start).rstrip(" ,;、；") + "…"


def period(text: str, lang: str) -> str:
    """Return the period of a number in words: a year, a day, a fiscal year, ranges of them, or what has none.

    One that is none of these stands as it is.

    Examples
    --------
    >>> period("FY2017-FY2021", "ja"), period("2024", "ja"), period("2022-07-05/latest", "en")
    ('平成29～令和3年度', '2024年', '5 July 2022 / latest edition')
    """
    if "/" in text:
        return " / ".join(period(part, lang) for part in text.split("/"))
    if said := _known(f"trace.period.{_slug(text)}", lang):
        return said
    with contextlib.suppress(AnalysisError):
        return periods.period(text, lang)
    return text


def vintage(text: str, lang: str) -> str:
    """Return the edition of a table; one that its description tells in words, in the language."""
    return _known(f"trace.vintage.{_slug(text)}", lang) or text


def exact(figure: Any, of: str, lang: str) -> str:
    """Return a number to twelve figures, with its unit.

    Examples
    --------
    >>> exact(0.0361234567891234, "fraction", "en"), exact(79741.0, "million USD", "en")
    ('0.0361234567891 fraction', '79,741 million US dollars')
    >>> exact(1, "companies", "en"), exact(2, "rank", "ja"), exact(1027, "events", "ja")
    ('1 company', '2位', '1,027件')
    """
    if figure is None or figure != figure:
        return "–"
    text = (
        f"{float(figure):,.12g}"
        if isinstance(figure, (int, float)) or hasattr(figure, "item")
        else str(figure)
    )
    if not of:
        return text
    name, words = _slug(of), unit(of, lang)
    if whole := _known(f"trace.exact.{name}", lang):
        return whole.format(n=text)
    if lang == "ja":
        return f"{text} {words}" if name in APART or words == of else f"{text}{words}"
    return f"{text} {_single(words) if name in COUNTED and text == '1' else words}"


def _single(words: str) -> str:
    """Return the singular of an English plural: ``events``, ``companies``."""
    return words.removesuffix("ies") + "y" if words.endswith("ies") else words.removesuffix("s")


def key(where: Mapping[str, Any], lang: str) -> str:
    """Return a row key as text: ``year 2024, partner JPN, flow exports``."""
    kept = {name: item for name, item in where.items() if item is not None and item != ""}
    return ", ".join(f"{name} {_several(item, lang)}" for name, item in kept.items())


def conditions(universe: Universe, lang: str) -> str:
    """Return which rows a universe holds: its key, its conditions, its edition; without any, that it is all rows."""
    told = flat(universe, lang)
    column = [universe.column] if universe.column else []
    where = ", ".join(f"{name} {text}" for name, text in told.items())
    return "; ".join([*column, where or word("all_rows", lang)])


def flat(universe: Universe, lang: str) -> dict[str, str]:
    """Return the conditions of a universe by name, each as text."""
    more = universe.more
    found = {name: _several(item, lang) for name, item in universe.where.items() if item is not None}
    for column, day in more.get("until", {}).items():
        found[column] = f"≤ {day}"
    if span := more.get("span"):
        found["-".join(span["columns"])] = "–".join(
            "-".join(f"{n:02d}" for n in span[end]) for end in ("from", "to")
        )
    if within := more.get("within"):
        found[" / ".join(within["columns"])] = within["code"]
    if filled := more.get("filled"):
        found[" / ".join(filled["columns"])] = ", ".join(
            [word("held", lang), *(f"≠ {item}" for item in filled.get("but", []))]
        )
    for column, values in more.get("but", {}).items():
        found[column] = f"≠ {_several(values, lang)}"
    for column in more.get("held", ()):
        found[column] = word("held", lang)
    for column in more.get("empty", ()):
        found[column] = word("empty", lang)
    for sign, name in (("+", "with"), ("÷", "of")):
        if others := more.get(name):
            found[sign] = _several(list(dict.fromkeys(one["table"] for one in others)), lang)
    if "end" in more:
        found["–"] = f"{more['end']} – {more['to']}"
    if terms := more.get("terms"):
        signs = ("−" if term.get("sign", 1) < 0 else "+" for term in terms)
        found["="] = " ".join(
            f"{sign} {key(term['where'], lang)}" for sign, term in zip(signs, terms, strict=True)
        )
    if groups := more.get("groups"):
        found["Σ"] = "; ".join(f"{name}: {_several(codes, lang)}" for name, codes in groups.items())
    if "above" in more:
        found[">"] = str(more["above"])
    if ranked := more.get("ranked"):
        found["rank"] = f"{ranked['subject']} {ranked['from']}–{ranked['to']}"
    if less := more.get("less"):
        found["−"] = f"{less['table']} ({key(less['where'], lang)})"
    if beside := more.get("beside"):
        found["+"] = f"{beside['table']} ({key(beside['where'], lang)})"
    if method := more.get("method"):
        told = [f"{name} {_several(item, lang)}" for name, item in method.items() if name != "name"]
        found["method"] = "; ".join([str(method.get("name", "")), *told])
    if universe.vintage:
        found["vintage"] = universe.vintage
    if universe.without:
        found["≠"] = universe.without
    return found


def point(trace: Trace, lang: str) -> dict[str, str]:
    """Return the row key of a point of a chart: that of its own row with the edition, or of its universe."""
    if trace.lineage.cells:
        cell = trace.lineage.cells[0]
        named = {name: _several(item, lang) for name, item in cell.where.items() if item not in ("", None)}
        return named | {"column": cell.column, "vintage": trace.vintage(cell)}
    return flat(trace.lineage.universe, lang) if trace.lineage.universe is not None else {}


def _several(item: Any, lang: str) -> str:
    """Return what a condition asks for: a value, the members of a list, or the conditions of a selection, in words."""
    if isinstance(item, bool):
        return word("yes" if item else "no", lang)
    if isinstance(item, Mapping):
        return f"({key(item, lang)})"
    if not isinstance(item, list):
        return str(item)
    named = ", ".join(_several(one, lang) for one in item[:NAMED]) or word("no_value", lang)
    return named if len(item) <= NAMED else f"{named} … ({len(item)})"
