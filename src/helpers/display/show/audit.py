"""The top of the audit's own page: headline, count by verdict, charts, findings; and what the register cannot check."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd

from helpers.analysis.claims import VERDICTS, Finding
from helpers.analysis.lineage import count as counted_rows
from helpers.display import charts, facts, markup, numbers
from helpers.display.blocks import KPI, Block, Figure, Findings, Headline, KPIRow, Note, Row
from helpers.display.prose import Voice
from helpers.display.show import claim_words as words
from helpers.display.show import claims
from helpers.display.show.taskforce import not_yet


def about(findings: Sequence[Finding], subject: str) -> tuple[Finding, ...]:
    """Return the findings that concern ``subject``: all on the page of Japan, whose ledger it is, or without one."""
    if subject in ("", "JPN"):
        return tuple(findings)
    return tuple(f for f in findings if f.statement.partner == subject)


def headline(voice: Voice, findings: Sequence[Finding]) -> Headline:
    """Return the title of the audit and its one sentence."""
    return Headline(
        voice.lang,
        title=voice.say("claims.headline"),
        sentence=claims.counted(voice, "claims.sentence" if findings else "claims.sentence_none", findings),
        running=voice.say("claims.running"),
        values=claims.counts(voice, findings),
    )


def key_figures(voice: Voice, findings: Sequence[Finding]) -> KPIRow | Note:
    """Return one card a verdict that occurs, the whole ledger first; one sentence before the document."""
    if not findings:
        return not_yet(voice)
    found = {value.id: value for value in claims.counts(voice, findings)}
    cards = [
        KPI(
            label=voice.say("claims.kpi.all"),
            figure=markup.number("claims.all", str(len(findings))),
            note=words.documents(voice, findings),
            value=found["claims.all"],
        )
    ]
    cards += [
        KPI(
            label=voice.say(f"claims.kpi.{name}"),
            figure=markup.number(f"claims.{name}", str(found[f"claims.{name}"].value)),
            unit=words.MARKS[name],
            value=found[f"claims.{name}"],
        )
        for name in VERDICTS
        if found[f"claims.{name}"].value
    ]
    return KPIRow(voice.lang, items=tuple(cards))


def charted(voice: Voice, findings: Sequence[Finding]) -> Block:
    """Return the parts of the ledger by what is cleared and by what cannot be checked, side by side."""
    if not findings:
        return Findings(voice.lang, ())
    return Row(
        voice.lang,
        (
            _bars(voice, findings, "cleared", ("reproduced", "only")),
            _bars(voice, findings, "unchecked", ("not_checkable",)),
        ),
    )


def findings_in_words(voice: Voice, findings: Sequence[Finding]) -> Findings:
    """Return what holds on some definition only, what is likely a slip or wrong, and what nobody can check here."""
    kinds = {
        "only": ("only",),
        "wrong": ("slip", *claims.WRONG),
        "open": ("not_checkable",),
    }
    said, values = [], []
    for kind, verdicts in kinds.items():
        some = [f for f in findings if f.verdict in verdicts]
        names = list(dict.fromkeys(words.claim(voice, f.statement) for f in some))
        key = f"claims.finding.{kind}" if some else f"claims.finding.{kind}_none"
        listed = ("; " if voice.lang == "en" else "、").join(names)
        if findings:
            n = markup.number(f"claims.finding.{kind}", str(len(some)))
            said.append(voice.say(key, n=n, names=listed))
            values.append(claims.count(voice, f"claims.finding.{kind}", some))
    return Findings(voice.lang, tuple(said), values=tuple(values))


def register_note(voice: Voice, events: pd.DataFrame, fiscal_year: int) -> Note:
    """Return that the register of events, a sample, does not check the number of projects."""
    held = int((events["fiscal_year"] == fiscal_year).sum())
    n = markup.number("claims.register", str(held))
    text = voice.say("claims.register", n=n, year=voice.fiscal(fiscal_year))
    made = counted_rows("events", {"fiscal_year": fiscal_year})
    value = facts.value(voice, "claims.register", text, held, "events", f"FY{fiscal_year}", made)
    return Note(voice.lang, text, values=(value,))


def _bars(voice: Voice, findings: Sequence[Finding], name: str, verdicts: Collection[str]) -> Figure:
    shown = [p for p in claims.PARTS if any(f.statement.group == p for f in findings)]
    groups = {p: [f for f in findings if f.statement.group == p and f.verdict in verdicts] for p in shown}
    frame = pd.DataFrame({"label": shown, "value": [float(len(groups[p])) for p in shown]})
    labels = {p: voice.say(f"claims.part.{p}") for p in shown}
    n = sum(len(some) for some in groups.values())
    title = voice.say(
        f"claims.chart.{name}",
        n=markup.number(f"claims.chart.{name}", str(n)),
        of=markup.number("claims.all", str(len(findings))),
    )
    subtitle = voice.say("claims.chart.subtitle")

    def fmt(value: float) -> str:
        return numbers.number(value, voice.lang)

    values = [claims.count(voice, f"claims.chart.{name}.{p}", some) for p, some in groups.items()]
    values.append(claims.count(voice, f"claims.chart.{name}", [f for some in groups.values() for f in some]))
    return Figure(
        voice.lang,
        svg=charts.bars_h(frame, "", labels, fmt),
        title=title,
        subtitle=subtitle,
        alt=charts.alt_bars_h(frame, "", labels, fmt, lang=voice.lang, measure=subtitle),
        source=voice.say("claims.source"),
        values=(*values, claims.count(voice, "claims.all", findings)),
    )
