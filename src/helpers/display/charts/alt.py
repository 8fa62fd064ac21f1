"""Alternative texts of the charts, built from the same numbers that are drawn; one to three sentences."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from helpers.display.charts import layout, marks
from helpers.display.charts.phrases import say


def _year(lang: str) -> layout.Formatter:
    return (lambda y: f"{y:.0f}年") if lang == "ja" else layout.year


def _flat(lang: str, note: str) -> str:
    """Return a note without the line ends that it is drawn with."""
    return ("" if lang == "ja" else " ").join(note.splitlines())


def _items(lang: str, names: Sequence[str], values: Sequence[str]) -> str:
    pairs = [say(lang, "item", name=n, value=v) for n, v in zip(names, values, strict=True)]
    return say(lang, "comma").join(pairs)


def _subject(
    lang: str, rows: pd.DataFrame, value: str, name: str, fmt: Callable[[float], str], x_fmt: layout.Formatter
) -> str:
    rows = rows.dropna(subset=[value]).sort_values("x")
    if rows.empty:
        return ""
    first, last = rows.iloc[0], rows.iloc[-1]
    words = {"name": name, "before": fmt(first[value]), "after": fmt(last[value])}
    years = {"first": x_fmt(first["x"]), "last": x_fmt(last["x"])}
    return say(lang, "from_to" if len(rows) > 1 else "only", **words, **years)


def alt_lines(
    frame: pd.DataFrame,
    subject: str,
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    lang: str,
    measure: str,
    x_fmt: layout.Formatter | None = None,
    keep: int = 3,
) -> str:
    """Return the alternative text of `lines`: the subject's first and last value, and the largest at the end.

    Parameters
    ----------
    frame, subject, labels, fmt
        As for the chart.
    lang
        ``"en"`` or ``"ja"``.
    measure
        What is shown, with its unit, in the same language.
    x_fmt
        Formatter of the years (default ``2021`` and ``2021年``).
    keep
        How many of the largest to name.
    """
    form, rows = x_fmt or _year(lang), frame.dropna(subset=["y"])
    first, last = rows["x"].min(), rows["x"].max()
    text = say(lang, "lines", measure=measure, first=form(first), last=form(last))
    own = marks.name_of(labels, subject)
    text += _subject(lang, rows[rows["series"] == subject], "y", own, fmt, form)
    top = rows[rows["x"] == last].nlargest(keep, "y")
    items = _items(lang, [marks.name_of(labels, s) for s in top["series"]], [fmt(v) for v in top["y"]])
    return (text + say(lang, "top", last=form(last), items=items)).strip()


def alt_rank_bump(
    frame: pd.DataFrame,
    subject: str,
    labels: Mapping[str, str] | None = None,
    *,
    lang: str,
    measure: str,
    fmt: layout.Formatter | None = None,
    x_fmt: layout.Formatter | None = None,
    keep: int = 3,
) -> str:
    """Return the alternative text of `rank_bump`: the subject's first and last rank, and who leads."""
    form = x_fmt or _year(lang)
    rank = fmt or (lambda v: say(lang, "rank", value=layout.plain(v)))
    rows = frame.dropna(subset=["rank"]).rename(columns={"year": "x"})
    first, last = rows["x"].min(), rows["x"].max()
    text = say(lang, "bump", measure=measure, first=form(first), last=form(last))
    text += _subject(
        lang, rows[rows["series"] == subject], "rank", marks.name_of(labels, subject), rank, form
    )
    top = rows[rows["x"] == last].nsmallest(keep, "rank")
    items = _items(lang, [marks.name_of(labels, s) for s in top["series"]], [rank(v) for v in top["rank"]])
    return (text + say(lang, "best", last=form(last), items=items)).strip()


def alt_bars_h(
    frame: pd.DataFrame,
    subject: str = "",
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = layout.plain,
    *,
    lang: str,
    measure: str,
    keep: int = 3,
) -> str:
    """Return the alternative text of `bars_h`: the largest rows, and where the subject stands among them."""
    rows = (
        frame.dropna(subset=["value"])
        .sort_values("value", ascending=False, kind="stable")
        .reset_index(drop=True)
    )
    text = say(lang, "bars", measure=measure, count=len(frame))
    top = rows.head(keep)
    items = _items(lang, [marks.name_of(labels, n) for n in top["label"]], [fmt(v) for v in top["value"]])
    text += say(lang, "leaders", items=items) if items else ""
    own = rows[rows["label"].astype(str) == subject]
    if len(own):
        value = own["value"].iloc[0]
        place = int((rows["value"] > value).sum()) + 1
        text += say(lang, "of_rows", name=marks.name_of(labels, subject), place=place, value=fmt(value))
    blank = [marks.name_of(labels, n) for n in frame.loc[frame["value"].isna(), "label"]]
    text += say(lang, "unpublished", items=say(lang, "comma").join(blank)) if blank else ""
    return text.strip()


def alt_bars_v(
    frame: pd.DataFrame,
    fmt: layout.Formatter = layout.plain,
    breaks: Sequence[marks.Break] = (),
    *,
    lang: str,
    measure: str,
    x_fmt: layout.Formatter | None = None,
) -> str:
    """Return the alternative text of `bars_v`: every year's value, the years not published, the breaks."""
    form = x_fmt or _year(lang)
    years = range(int(frame["x"].min()), int(frame["x"].max()) + 1)
    rows = frame.set_index("x")["value"].reindex(years)
    text = say(lang, "columns", measure=measure, first=form(years[0]), last=form(years[-1]))
    known = rows.dropna()
    text += say(lang, "by_year", items=_items(lang, [form(x) for x in known.index], [fmt(v) for v in known]))
    blank = [form(x) for x in rows.index[rows.isna()]]
    text += say(lang, "unpublished", items=say(lang, "comma").join(blank)) if blank else ""
    said = [(form(x), _flat(lang, note).rstrip(".。")) for x, note in breaks]
    return (text + "".join(say(lang, "broken", at=at, note=note) for at, note in said)).strip()


def alt_small_multiples(
    frame: pd.DataFrame,
    panels: Mapping[str, str],
    fmts: Mapping[str, layout.Formatter] | None = None,
    *,
    lang: str,
    x_fmt: layout.Formatter | None = None,
) -> str:
    """Return the alternative text of `small_multiples`: the first and last value of each panel."""
    form = x_fmt or _year(lang)
    first, last = form(frame["x"].min()), form(frame["x"].max())
    return (
        say(lang, "panels", count=len(panels), first=first, last=last)
        + "".join(
            _subject(
                lang, frame[frame["panel"] == p], "value", heading, (fmts or {}).get(p, layout.plain), form
            )
            for p, heading in panels.items()
        )
    ).strip()


def alt_timeline(
    frame: pd.DataFrame, *, lang: str, measure: str, date_fmt: Callable[[object], str] = str
) -> str:
    """Return the alternative text of `timeline`: how many events, the first and the last."""
    rows = frame.sort_values("date", kind="stable")
    dates = [date_fmt(d) for d in rows["date"]]
    text = say(lang, "timeline", measure=measure, count=len(rows), first=dates[0], last=dates[-1])
    ends = sorted({0, len(rows) - 1})
    items = _items(lang, [dates[i] for i in ends], [str(rows["label"].iloc[i]) for i in ends])
    return (text + say(lang, "by_year", items=items)).strip()


def alt_dot_stack(
    frame: pd.DataFrame,
    *,
    lang: str,
    measure: str,
    x_fmt: layout.Formatter | None = None,
) -> str:
    """Return the alternative text of `dot_stack`: the number of events in each year that has one."""
    form = x_fmt or _year(lang)
    counts = frame["year"].astype(int).value_counts().sort_index()
    text = say(lang, "stack", measure=measure, count=len(frame))
    items = _items(lang, [form(y) for y in counts.index], [str(n) for n in counts])
    return (text + say(lang, "by_year", items=items)).strip()


def alt_coverage_strip(
    frame: pd.DataFrame,
    labels: Mapping[str, str] | None = None,
    fmt: layout.Formatter = lambda share: f"{100 * share:.0f}%",
    *,
    lang: str,
    measure: str,
) -> str:
    """Return the alternative text of `coverage_strip`: each field and its share."""
    words = frame["text"] if "text" in frame else [fmt(v) if pd.notna(v) else "" for v in frame["share"]]
    items = _items(lang, [marks.name_of(labels, f) for f in frame["field"]], list(words))
    return (say(lang, "coverage", measure=measure) + say(lang, "by_year", items=items)).strip()
