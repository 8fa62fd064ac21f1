"""What the descriptor says of a table after a refresh: what came, when and from whom, beside its own words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from helpers.data import catalog
from helpers.data.sources.answer import Fetched
from helpers.data.sources.released import span as _span

MARKS = {
    "coverage": " · refreshed: ",
    "coverage_ja": "・更新分：",
    "vintage": "; refreshed: ",
}
"""What stands between an entry's own words and what refreshes added."""
BEFORE = {"lacks": "Before the refresh: ", "lacks_ja": "更新前の記述："}
"""What stands before an entry that a refresh may have outdated."""


def span(years: Iterable[int]) -> str:
    """Return years as a period, such as ``2014-2016, 2019``."""
    return _span(int(year) for year in years)


def tell(resource: dict[str, Any], fetched: Fetched, kept: Sequence[Mapping[str, str]], today: str) -> None:
    """Add a refresh to a resource of the descriptor: entries ``refreshed`` and ``raw``, and the words on a page.

    ``refreshed`` holds period, vintage, rows, source and day of each; a later one of the same period, vintage and
    source takes its place. ``raw`` holds path, digest, address and day of each answer that was kept.
    """
    vintages = sorted(set(fetched.frame["vintage"]))
    sources = list(dict.fromkeys(fetched.frame["source"]))
    entry = {
        "period": fetched.period,
        "vintage": ", ".join(vintages),
        "rows": len(fetched.frame),
        "source": ", ".join(sources),
        "retrieved": today,
    }
    same = ("period", "vintage", "source")
    others = [old for old in resource.get("refreshed", []) if any(old[name] != entry[name] for name in same)]
    resource["refreshed"] = [*others, entry]
    for name, mark in MARKS.items():
        resource[name] = resource[name].split(mark)[0] + mark + _words(name, resource["refreshed"])
    for name, mark in BEFORE.items():
        resource[name] = mark + resource[name].removeprefix(mark)
    paths = {item["path"] for item in kept}
    resource["raw"] = [old for old in resource.get("raw", []) if old["path"] not in paths] + [
        dict(k) for k in kept
    ]
    _cite(resource, sources)


def _words(name: str, refreshed: Sequence[Mapping[str, Any]]) -> str:
    if name == "vintage":
        return ", ".join(dict.fromkeys(str(entry["vintage"]) for entry in refreshed))
    if name.endswith("_ja"):
        return "、".join(
            f"{entry['period'].replace('-', '～')}年（{entry['vintage']}版）" for entry in refreshed
        )
    return ", ".join(f"{entry['period']} as of {entry['vintage']}" for entry in refreshed)


def _cite(resource: dict[str, Any], keys: Sequence[str]) -> None:
    """Add the publications that the new rows name to the resource's own list."""
    known = catalog.sources().set_index("key")
    for key in keys:
        if key not in known.index:
            continue
        row = known.loc[key]
        source = {"title": f"{row['agency']}: {row['title']}"} | ({"path": row["url"]} if row["url"] else {})
        if source not in resource["sources"]:
            resource["sources"].insert(0, source)
