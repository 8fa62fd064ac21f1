"""The task force's meetings and action plans on a time line."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analysis import lineage
from helpers.display import charts, facts, markup, numbers
from helpers.display.blocks import Figure
from helpers.display.prose import Voice


def meeting_line(voice: Voice, table: pd.DataFrame) -> Figure:
    """Return the meetings with a known date and the action plans on a time line."""
    dated = table[table["date"] != ""].sort_values("date")
    plans = dated["action_plan"] != ""
    frame = pd.DataFrame(
        {
            "date": dated["date"].astype(str).to_numpy(),
            "label": [_meeting(voice, r) for r in facts.rows(dated)],
            "kind": ["plan" if p else "meeting" for p in plans],
        }
    )
    undated = table[table["date"] == ""]
    subtitle = voice.say(
        "taskforce.meetings_subtitle", m=markup.number("meetings.undated", str(len(undated)))
    )
    return Figure(
        voice.lang,
        svg=charts.timeline(frame, "plan", below=("meeting",)),
        title=voice.say(
            "taskforce.meetings_title",
            n=markup.number("meetings.dated", str(len(dated))),
            plans=markup.number("meetings.plans", str(int(plans.sum()))),
            since=str(dated["date"].iloc[0])[:4],
        ),
        subtitle=subtitle,
        alt=charts.alt_timeline(
            frame.assign(label=frame["label"].str.split("\n").str[0]),
            lang=voice.lang,
            measure=subtitle,
            date_fmt=lambda d: numbers.date(str(d)[:10], voice.lang),
        ),
        source=voice.say("source.meetings"),
        values=tuple(
            facts.value(
                voice,
                f"meetings.{name}",
                subtitle,
                len(rows),
                unit,
                "to date",
                lineage.listed(rows, "meetings", column, date=voice.day),
            )
            for name, rows, unit, column in (
                ("dated", dated, "meetings", "date"),
                ("undated", undated, "meetings", "meeting"),
                ("plans", dated[plans], "plans", "action_plan"),
            )
        ),
    )


def _meeting(voice: Voice, row: Any) -> str:
    kind = "taskforce.meeting" if row.kind == "meeting" else "taskforce.follow_up"
    words = voice.say(kind, n=str(row.number))
    day = numbers.date(str(row.date)[:10], voice.lang)
    plan = row.action_plan
    joint = ", " if voice.lang == "en" else "、"
    told = f"{joint}{voice.say('taskforce.plan', version=str(plan))}" if plan else ""
    return f"{words}{told}\n{day}"
