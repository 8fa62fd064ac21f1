"""What may be said about a state or a district and what may not: sentences, each with its caveat."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from helpers.analysis.claims import Finding, of_place
from helpers.analysis.district import District
from helpers.analysis.reading import Reading
from helpers.display import facts, markup, numbers
from helpers.display.block import Value
from helpers.display.blocks import Column, Table
from helpers.display.prose import Voice
from helpers.display.show import claim_words as words
from helpers.display.show import district as top
from helpers.display.show.events import JAPAN, named

KINDS = ("yes", "named", "no")
"""May be said · may be said with its source · is better not said: the order of the table."""

SIGNS = {"yes": "○", "named": "△", "no": "×"}


@dataclass(frozen=True)
class Line:
    """One sentence of the table: whether it may be said, its caveat or the reason against it, its numbers."""

    kind: str
    text: str
    why: str
    values: tuple[Value, ...] = ()


def state(
    voice: Voice, place: str, subject: str, findings: Sequence[Finding], *readings: Reading | None
) -> Table:
    """Return the sentences to say and not to say about a state.

    Parameters
    ----------
    place, subject
        Code of the state, and of the partner whose page it is.
    findings
        The audited claims; those about the state and the subject are taken.
    readings
        The state's exports to and imports from the subject, as far as they are in hand.
    """
    own = [f for f in of_place(findings, place) if f.statement.partner == subject]
    lines = [line for r in readings if r is not None for line in _traded(voice, place, subject, r)]
    lines += [line for f in own for line in _claimed(voice, f)]
    lines += _never(voice, place, subject, bool(own))
    title = voice.say("say.title", state=voice.opening(place), subject=voice.the(subject))
    return _table(voice, title, voice.say("say.caption"), lines)


def district(voice: Voice, subject: str, place: District, sums: top.Sums, jobs: str) -> Table:
    """Return the sentences to say and not to say about a consular district.

    Parameters
    ----------
    sums
        Flow to the district's trade with the subject, as far as it is in hand.
    jobs
        Of which states jobs are in hand: :func:`helpers.display.show.district_jobs.in_hand`.
    """
    lines = []
    name = named(voice, place)
    for one in sums.values():
        if one is not None:
            text = voice.say(
                f"mission.say.{one.flow}",
                year=voice.year(one.year) if voice.lang == "en" else str(one.year),
                areas=top.areas_of(voice, place, one),
                value=top.amount(voice, one),
                subject=voice.the(subject),
                rank=top.rank(voice, one),
            )
            values = (*top.figures(voice, one), *top.counted(voice, place, one))
            lines.append(Line("yes", text, voice.say(f"say.why.{one.flow}"), values))
    lines += _never_of_district(voice, place, subject, jobs)
    title = voice.say("say.title", state=name[:1].upper() + name[1:], subject=voice.the(subject))
    return _table(voice, title, voice.say("mission.say.caption"), lines)


def _never_of_district(voice: Voice, place: District, subject: str, jobs: str) -> Iterator[Line]:
    """Yield what no figure in hand allows to say of a district; ``jobs`` as in :func:`district`."""
    name, company = named(voice, place), voice.name(subject)
    text = voice.say("say.no.balance", state=name, subject=voice.the(subject))
    yield Line("no", text, voice.say("say.why.balance"))
    if jobs != "whole":
        part = voice.say("mission.say.why_jobs_part") if place.shared else ""
        why = voice.say(f"mission.say.why_jobs.{jobs}", **({} if jobs == "stateless" else {"part": part}))
        yield Line("no", voice.say("mission.say.no_jobs", company=company, district=name), why)
    if place.shared:
        names = voice.join([voice.the(area) for area in place.shared])
        text = voice.say("mission.say.no_counties", names=names)
        yield Line("no", text, voice.say("mission.say.why_counties"))
    if subject == JAPAN:
        yield Line("no", voice.say("mission.say.no_effect"), voice.say("mission.say.why_effect"))


def _table(voice: Voice, title: str, caption: str, lines: Sequence[Line]) -> Table:
    """Return the sentences as a table: those that may be said first."""
    ordered = sorted(lines, key=lambda line: KINDS.index(line.kind))
    return Table(
        voice.lang,
        id="say",
        title=title,
        caption=caption,
        columns=tuple(Column(key, voice.say(f"say.head.{key}")) for key in ("kind", "text", "why")),
        rows=tuple(
            {"kind": f"{SIGNS[x.kind]} {voice.say(f'say.kind.{x.kind}')}", "text": x.text, "why": x.why}
            for x in ordered
        ),
        values=facts.gathered(*(x.values for x in ordered)),
    )


def _traded(voice: Voice, place: str, subject: str, reading: Reading) -> Iterator[Line]:
    """Yield the state's flow with the subject, with what the figure does not tell."""
    if reading.rank is None:
        return
    text = voice.say(
        f"say.{reading.id}",
        year=voice.year(reading.year),
        state=voice.the(place),
        subject=voice.the(subject),
        nth=voice.largest(reading),
        value=voice.amount(reading),
    )
    values = facts.of_reading(
        voice, reading, voice.say(f"kpi.state_{reading.id}", subject=voice.the(subject))
    )
    yield Line("yes", text, voice.say(f"say.why.{reading.id}"), values)


def _claimed(voice: Voice, finding: Finding) -> Iterator[Line]:
    """Yield the document's figure as the verdict allows it, and the figure to say in its place if there is one."""
    values = words.values(voice, finding)
    claim, printed = _sentence(voice, finding, finding.statement.printed, "printed"), finding.verdict
    if printed in ("reproduced", "rounding"):
        why = "say.why.inside" if finding.shown and finding.shown.inside else "say.why.reproduced"
        yield Line("yes", claim, voice.say(why), values)
    elif printed == "only":
        yield Line("named", claim, voice.say("say.why.only", text=words.reason(voice, finding)), values)
    elif printed == "not_checkable":
        yield Line("named", claim, voice.say("say.why.open"), values)
    else:
        verdict = voice.say(f"claims.kpi.{printed}")
        why = voice.say("say.why.wrong", verdict=verdict, text=words.reason(voice, finding))
        yield Line("no", claim, why, values)
        if finding.shown is not None and finding.shown.value is not None:
            instead = _sentence(voice, finding, finding.shown.value, "recomputed")
            yield Line("yes", instead, voice.say("say.why.instead"), values)


def _sentence(voice: Voice, finding: Finding, value: float, part: str) -> str:
    statement = finding.statement
    when = numbers.period(statement.period or str(statement.first), voice.lang)
    return voice.say(
        "say.claim",
        text=words.claim(voice, statement),
        value=markup.number(f"claims.{statement.id}.{part}", words.figure(voice, statement, value)),
        period=when,
    )


def _never(voice: Voice, place: str, subject: str, claimed: bool) -> list[Line]:
    """Return what no figure in hand allows to say of any state."""
    topics = ["balance", "position", *(["created"] if claimed else [])]
    parts = {"state": voice.the(place), "subject": voice.the(subject), "company": voice.name(subject)}
    return [
        Line("no", voice.say(f"say.no.{topic}", **parts), voice.say(f"say.why.{topic}")) for topic in topics
    ]
