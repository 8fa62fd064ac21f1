"""The top of a page: headline, key figures, findings in words."""

from __future__ import annotations

from collections.abc import Sequence

from helpers.analysis.reading import Reading
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import KPI, Finding, Findings, Headline, KPIRow, Note
from helpers.display.prose import Voice


def nation(
    voice: Voice,
    subject: str,
    *,
    fdi: Reading | None,
    jobs: Reading | None,
    imports: Reading | None,
    exports: Reading | None,
) -> Headline:
    """Return the title of the national brief and its one sentence."""
    clauses = (
        (_clause(voice, "fdi", fdi), fdi),
        (_clause(voice, "jobs", jobs), jobs),
        (_nth_clause(voice, "imports", imports), imports),
        (_nth_clause(voice, "exports", exports), exports),
    )
    said = _dated(voice, clauses) or [voice.say("clause.none")]
    return Headline(
        voice.lang,
        title=voice.say("title.nation", subject=voice.opening(subject)),
        sentence=voice.say("headline.nation", subject=voice.the(subject), clauses=voice.join(said)),
        running=voice.say("running.nation", subject=voice.opening(subject)),
        values=_values(voice, subject, fdi, jobs, imports, exports),
    )


def state(
    voice: Voice,
    place: str,
    subject: str,
    *,
    jobs: Reading | None,
    imports: Reading | None,
    exports: Reading | None,
) -> Headline:
    """Return the title of a state brief and its one sentence; without a job figure trade carries the money."""
    traded = (("imports", imports), ("exports", exports))
    if jobs and not jobs.hidden:
        clauses = (
            (_clause(voice, "jobs", jobs), jobs),
            *((_nth_clause(voice, flow, reading), reading) for flow, reading in traded),
        )
        said = _dated(voice, clauses)
    else:  # with the money stands its year
        said = [_nth_clause(voice, f"{flow}_value", reading) for flow, reading in traded]
    said = [words for words in said if words] or [voice.say("clause.none")]
    return Headline(
        voice.lang,
        title=voice.say("title.state", state=voice.opening(place), subject=voice.the(subject)),
        sentence=voice.say(
            "headline.state", state=voice.the(place), subject=voice.the(subject), clauses=voice.join(said)
        ),
        running=voice.say("running.state", state=voice.the(place), subject=voice.opening(subject)),
        values=_values(voice, subject, jobs, imports, exports),
    )


def key_figures(voice: Voice, subject: str, *cards: Reading | KPI | None) -> KPIRow:
    """Return the row of key figures; a reading becomes a card, what is not in hand is left out."""
    items = [
        _card(voice, subject, card) if isinstance(card, Reading) else card
        for card in cards
        if card is not None
    ]
    return KPIRow(voice.lang, items=tuple(items))


def findings(voice: Voice, *said: Finding | Findings | Note) -> Findings:
    """Return several findings as the three columns of a first page, with all their numbers."""
    texts = [t for block in said for t in (block.items if isinstance(block, Findings) else (block.text,))]
    return Findings(
        voice.lang, items=tuple(texts), values=facts.gathered(*(block.numbers() for block in said))
    )


def label(voice: Voice, subject: str, reading: Reading) -> str:
    """Return what a reading measures, as its card is headed."""
    name = "fdi" if reading.id == "fdi_parent" else reading.id
    key = f"kpi.state_{name}" if reading.place != "US" else f"kpi.{name}"
    return voice.say(key, subject=voice.name(subject) if name == "jobs" else voice.the(subject))


def _card(voice: Voice, subject: str, reading: Reading) -> KPI:
    stock = reading.id in ("fdi", "fdi_parent")
    unit = voice.say("unit.year_end" if stock else "unit.year", year=str(reading.year))
    words = label(voice, subject, reading)
    figure = voice.amount(reading)
    return KPI(
        label=words,
        figure=figure,
        unit=unit,
        rank=voice.rank(reading),
        note=_note(voice, reading),
        value=(shown := facts.of_reading(voice, reading, words))[0],
        others=shown[1:],
    )


def _note(voice: Voice, reading: Reading) -> str:
    share, change = reading.standing.share, reading.share_change
    if reading.place != "US" or share is None or share != share:
        return voice.behind(reading)
    if reading.id == "deficit":
        return voice.say("note.net_share", share=voice.part(reading, "share", share))
    told = voice.part(reading, "share", share)
    if change is None and reading.growth is not None:
        grown = numbers.percent(reading.growth, voice.lang, signed=True)
        return voice.say("note.growth", share=told, change=markup.number(f"{reading.id}.growth", grown))
    if change is None:
        return voice.say("note.share", share=told)
    moved = markup.number(f"{reading.id}.share_change", numbers.points(change, voice.lang))
    return voice.say("note.share_change", share=told, change=moved)


def _clause(voice: Voice, name: str, reading: Reading | None) -> str:
    if reading is None or reading.hidden:
        return ""
    if reading.rank is None:
        return voice.say(f"clause.{name}_unranked", value=voice.amount(reading))
    place = reading.standing
    if name == "jobs" and reading.printed_rank is None and place.best != place.worst:
        band = numbers.band(place.best, place.worst, voice.lang)
        return voice.say("state_jobs.clause_band", value=voice.amount(reading), band=band)
    return voice.say(f"clause.{name}", nth=voice.largest(reading), value=voice.amount(reading))


def _nth_clause(voice: Voice, name: str, reading: Reading | None) -> str:
    if reading is None or reading.rank is None:
        return ""
    parts = {"nth": voice.largest(reading)} | (
        {"value": voice.amount(reading), "year": voice.year(reading.year)} if name.endswith("_value") else {}
    )
    return voice.say(f"clause.{name}", **parts)


def _dated(voice: Voice, clauses: Sequence[tuple[str, Reading | None]]) -> list[str]:
    """Return the clauses that say something, each with its year unless the next one is of the same.

    A rank that a source prints and no table here confirms is said to be the source's.
    """
    said = [(words, reading) for words, reading in clauses if words and reading is not None]
    found = []
    for n, (words, reading) in enumerate(said, 1):
        if reading.printed_rank is not None:
            words = voice.say("clause.dated_printed", clause=words, year=voice.year(reading.year))
        elif n == len(said) or reading.year != said[n][1].year:
            words = voice.say("clause.dated", clause=words, year=voice.year(reading.year))
        found.append(words)
    return found


def _values(voice: Voice, subject: str, *readings: Reading | None) -> tuple[Value, ...]:
    return facts.gathered(
        *(
            facts.of_reading(voice, r, label(voice, subject, r))
            for r in readings
            if r is not None and not r.hidden
        )
    )
