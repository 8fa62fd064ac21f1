"""The states and missions of a register, by code or by name in English or Japanese."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from helpers.data.register.problems import Refused

DC = ("Washington, D.C.", "Washington DC", "D.C.", "ワシントンDC", "ワシントンD.C.", "ワシントン特別区", "DC")
EMBASSY = (
    "Embassy", "Embassy of Japan", "Embassy of Japan in the United States", "Japanese Embassy", "Washington",
    "ワシントン", "大使館", "日本大使館", "日本国大使館", "在米大使館", "在米日本大使館", "在米日本国大使館",
    "在米国大使館", "在米国日本国大使館", "在米国日本大使館", "米国大使館", "在アメリカ大使館",
    "在アメリカ日本国大使館", *DC,
)  # fmt: skip
CONSULATE = (
    "{en}", "Consulate-General of Japan in {en}", "Consulate-General of Japan at {en}", "Consulate of Japan in {en}",
    "Consulate-General in {en}", "Consulate-General of Japan, {en}", "Japanese Consulate in {en}", "{en} Consulate",
    "Consular Office of Japan in {en}", "Consular Office in {en}",
    "{ja}", "在{ja}日本国総領事館", "在{ja}日本総領事館", "在{ja}総領事館", "{ja}総領事館", "{ja}総", "在{ja}総",
    "在{ja}", "在{ja}日本国領事事務所", "在{ja}領事事務所", "{ja}領事事務所", "在{ja}出張駐在官事務所",
    "{ja}出張駐在官事務所",
)  # fmt: skip
OTHERWISE = {"PA": ("ペンシルバニア", "ペンシルバニア州"), "DE": ("デラウエア", "デラウエア州")}
"""Other ways to write a state."""

AMBIGUOUS = "ワシントン"
"""Of a state: the state, or the seat of government. It is not guessed."""

_VU = {"ヴァ": "バ", "ヴィ": "ビ", "ヴェ": "ベ", "ヴォ": "ボ", "ヴ": "ブ"}
_SIGNS = re.compile(r"[\s.,_'’ー\-‐–・]+")
_STRONG = re.compile(r"[;、\n|]+")
_WEAK = re.compile(r"[,/・&]+|\sand\s|と|及び")


def fold(text: str) -> str:
    """Return a name without case, width, blanks, dashes, dots and length marks; ヴ as バ行."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if "ヴ" in plain:
        for old, new in _VU.items():
            plain = plain.replace(old, new)
    return _SIGNS.sub("", plain)


@dataclass(frozen=True)
class Places:
    """Every name of a state, territory or mission, folded, with its code; and the names to suggest."""

    states: Mapping[str, str]
    missions: Mapping[str, str]
    names: Mapping[str, str]

    def state(self, value: object) -> tuple[str, ...]:
        """Return the codes that a cell names, each once, in its order.

        Raises
        ------
        Refused
            A name that no state or territory has.
        """
        found: list[str] = []
        for part in _STRONG.split(str(value)):
            code = self.states.get(fold(part))
            found += [code] if code else [self._one(piece) for piece in _WEAK.split(part) if piece.strip()]
        if not found:
            raise Refused("a state by code or name")
        return tuple(dict.fromkeys(found))

    def _one(self, text: str) -> str:
        key = fold(text)
        if code := self.states.get(key):
            return code
        if key == AMBIGUOUS:
            raise Refused("a state by code or name", "Write ワシントン州 (WA) or ワシントンDC (DC).")
        raise Refused(
            "states by code or name, divided by ; or 、",
            "Correct it, or leave it empty where the mission is known.",
            lambda: self._nearest(text, self.states),
        )

    def mission(self, value: object) -> str:
        """Return the code of the mission that a cell names.

        Raises
        ------
        Refused
            A name that no mission has.
        """
        if code := self.missions.get(fold(str(value))):
            return code
        raise Refused(
            "one mission by code, city or name",
            "Correct it; another body belongs under organiser.",
            lambda: self._nearest(str(value), self.missions),
        )

    def _nearest(self, text: str, known: Mapping[str, str]) -> str:
        near = difflib.get_close_matches(fold(text), known, n=1, cutoff=0.7)
        return f" Did you mean {self.names[known[near[0]]]} ({known[near[0]]})?" if near else ""


def build(states: pd.DataFrame, areas: pd.DataFrame, missions: pd.DataFrame) -> Places:
    """Return the names of the reference tables ``states``, ``areas`` (territories only) and ``missions``."""
    known: dict[str, str] = {}
    for row in states.to_dict("records"):
        code, ja = str(row["usps"]), str(row["name_ja"])
        english = (row["name_en"], f"State of {row['name_en']}", f"{row['name_en']} State")
        known |= {fold(str(text)): code for text in (code, *english, ja, ja.removesuffix("州"))}
    known |= {fold(text): code for code, texts in OTHERWISE.items() for text in texts}
    territories = areas[areas["kind"].isin(("territory", "other"))]
    for row in territories.to_dict("records"):
        known |= {fold(str(row[key])): str(row["code"]) for key in ("code", "name_en", "name_ja")}
    known |= {fold(text): "DC" for text in DC}
    del known[AMBIGUOUS]
    offices: dict[str, str] = {}
    for row in missions.to_dict("records"):
        city = {"en": row["city_en"], "ja": row["city_ja"]}
        forms = EMBASSY if row["kind"] == "embassy" else [form.format(**city) for form in CONSULATE]
        named = (str(row[key]) for key in ("mission", "name_en", "name_ja"))
        offices |= {fold(text): str(row["mission"]) for text in (*named, *forms)}
    names = dict(zip(states["usps"], states["name_en"], strict=True))
    names |= dict(zip(territories["code"], territories["name_en"], strict=True))
    names |= dict(zip(missions["mission"], missions["name_en"], strict=True))
    return Places(known, offices, names)
