"""The weights of the priority page in a real browser: the same digits as Python's, by key, by finger and by link."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pandas as pd
import pytest
from chromium import Tab

from helpers.analysis import priority
from helpers.analysis.against_lineage import setting
from helpers.display import blocks, prose
from helpers.display.show import league
from helpers.press.exporters import BriefHTMLExporter

pytestmark = pytest.mark.slow

NAMES = priority.COMPONENTS
ROOM = random.Random(20170426)
CODES = [f"S{n:02}" for n in range(51)]
ENDING = "</script><b>&"
"""In a made-up name: what would end the data's element if it were not escaped."""

WEIGHTINGS: list[tuple[int, ...]] = [
    (20, 20, 20, 20, 20),
    *(tuple(100 * (i == j) for j in range(5)) for i in range(5)),
    (0, 0, 0, 50, 0),
    (1, 1, 0, 0, 0),
    (33, 33, 34, 0, 100),
    (100, 100, 100, 100, 100),
    (0, 0, 1, 0, 99),
    *(tuple(ROOM.randint(0, 100) for _ in range(5)) for _ in range(40)),
]
"""The default, each component alone, ties of yes and no, small and large ones, and forty drawn from a seed."""

LEAGUE = """[...document.querySelectorAll("tbody tr")].map(r => [...r.cells].slice(0, 3).map(c => c.textContent))"""
SETTLED = (
    "new Promise(done => setTimeout(() => done(document.querySelector('[role=status]').textContent), 450))"
)


def synthetic_scores() -> pd.DataFrame:
    """Return made-up scores of 51 places: whole tenths with many ties, yes or no, and three without a figure."""
    rng = np.random.Generator(np.random.PCG64(5))
    frame = pd.DataFrame({"place": CODES})
    for name in NAMES:
        whole = rng.integers(0, 12, 51) * 91 if name != "office" else rng.integers(0, 2, 51) * 1000
        frame[f"score_{name}"] = pd.array(whole, dtype="Int64")
    frame.loc[[3, 17], "score_growth"] = pd.NA
    frame.loc[[17, 40], "score_gap"] = pd.NA
    return frame


SCORES = synthetic_scores()
TITLES = {code: f"State {code}" for code in CODES} | {"S07": f"State {ENDING}"}


def made(lang: str) -> str:
    """Return the page of a headline and the league."""
    voice = prose.Voice(lang, TITLES, None)
    shown = league.league(Quiet(voice), SCORES, priority.WEIGHTS, TITLES, made=setting(""))
    head = blocks.Headline(lang, title="Weights", sentence="A page of a test.", running="Test")
    last = blocks.Note(lang, "What stands below.")
    cells = []
    for block in (head, shown, last):
        output = nbformat.v4.new_output("display_data", data=block._repr_mimebundle_())
        cells.append(nbformat.v4.new_code_cell("display()", execution_count=1, outputs=[output]))
    notebook = nbformat.v4.new_notebook(cells=cells)
    return str(BriefHTMLExporter().from_notebook_node(notebook, {"metadata": {"name": "weights"}})[0])


class Quiet(prose.Voice):
    """A voice that knows of no tables: its numbers carry no trace."""

    def __init__(self, voice: prose.Voice) -> None:
        super().__init__(voice.lang, voice.names)

    def trace(self, lineage: Any, unit: str) -> Any:
        return None


def printed(weights: tuple[int, ...], lang: str = "en") -> list[list[str]]:
    """Return place, rank and score as Python has them, in order."""
    given = dict(zip(NAMES, weights, strict=True))
    rows = []
    for row in priority.score(SCORES, given).itertuples():
        if row.rank is pd.NA:
            rows.append([TITLES[row.place], "–", "–"])
            continue
        rank = (
            (f"={row.rank}" if row.tied else f"{row.rank}")
            if lang == "en"
            else f"{row.rank}位{'タイ' * row.tied}"
        )
        rows.append([TITLES[row.place], rank, f"{row.composite // 10}.{row.composite % 10}"])
    return rows


def fragment(weights: tuple[int, ...]) -> str:
    return "#" + "&".join(f"{name}={weight}" for name, weight in zip(NAMES, weights, strict=True))


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    home = tmp_path_factory.mktemp("weights")
    for lang in ("en", "ja"):
        (home / f"{lang}.html").write_text(made(lang), encoding="utf-8")
    return {lang: (home / f"{lang}.html").as_uri() for lang in ("en", "ja")}


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with Tab(tmp_path_factory.mktemp("desk")) as one:
        yield one


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_rank_score_ties_and_order_are_those_of_python(tab: Tab, pages: dict[str, str], lang: str) -> None:
    tab.open(pages[lang])
    assert tab.js(LEAGUE) == printed((20,) * 5, lang)
    wanted = [fragment(weights) for weights in WEIGHTINGS]
    found = tab.js(
        f"""(async () => {{ const all = []; for (const one of {json.dumps(wanted)}) {{
          location.hash = one; await new Promise(done => addEventListener("hashchange", done, {{ once: true }}));
          all.push({LEAGUE}); }} return all; }})()"""
    )
    assert len(found) == len(WEIGHTINGS)
    for weights, rows in zip(WEIGHTINGS, found, strict=True):
        assert rows == printed(weights, lang), weights
    tied = [row for rows in found for row in rows if "=" in row[1] or "タイ" in row[1]]
    assert len(tied) > 50
    assert sum(row[1] == "–" for rows in found for row in rows) > 50


def test_keys_move_a_weight_and_the_new_first_places_are_told(tab: Tab, pages: dict[str, str]) -> None:
    tab.open(pages["en"])
    assert tab.js("document.querySelector('[role=status]').getAttribute('aria-live')") == "polite"
    assert tab.js(SETTLED) == ""  # nothing is told before something moves
    tab.js("document.querySelector('.brief-skip').focus()")
    for _ in range(20):
        tab.press("Tab")
        if tab.js("document.activeElement.type === 'range'"):
            break
    assert tab.js("document.activeElement.labels[0].textContent") == "Presence"
    tab.press("ArrowRight", 3)
    assert tab.js("document.querySelector('output').textContent") == "23"
    assert tab.js(LEAGUE) == printed((23, 20, 20, 20, 20))
    tab.press("Tab")
    tab.press("End")
    weights = (23, 100, 20, 20, 20)
    rows = printed(weights)
    assert tab.js(LEAGUE) == rows
    assert tab.js("document.activeElement.labels[0].textContent") == "Japan’s rank"
    first = [f"{place} (rank {rank}, {score})" for place, rank, score in rows[:3]]
    assert tab.js(SETTLED).startswith(f"First places now: {'; '.join(first)}")
    assert tab.js("location.hash") == fragment(weights)
    tab.press("Home")
    assert tab.js(LEAGUE) == printed((23, 0, 20, 20, 20))


def test_a_move_is_told_by_the_slider_and_the_status_and_by_nothing_else(
    tab: Tab, pages: dict[str, str]
) -> None:
    tab.open(pages["ja"])
    nodes = tab.call("Accessibility.getFullAXTree")["nodes"]
    live = [
        node["role"]["value"]
        for node in nodes
        for given in node.get("properties", ())
        if given["name"] == "live" and given["value"]["value"] != "off"
    ]
    assert live == ["status"]
    sliders = [node["name"]["value"] for node in nodes if node.get("role", {}).get("value") == "slider"]
    assert sliders == ["規模", "日本の順位", "活動差", "公館なし", "伸び"]


def test_the_reset_button_brings_back_weights_table_address_and_traces(
    tab: Tab, pages: dict[str, str]
) -> None:
    tab.open(pages["en"] + fragment((5, 0, 0, 60, 7)))
    assert tab.js(LEAGUE) == printed((5, 0, 0, 60, 7))
    tab.js("document.querySelector('[data-reset]').focus()")
    tab.press("Enter")
    assert tab.js(LEAGUE) == printed((20,) * 5)
    assert tab.js(f"{SETTLED}.then(() => location.href)") == pages["en"]
    assert tab.js("[...document.querySelectorAll('input')].map(i => i.value)") == ["20"] * 5
    assert tab.js("document.querySelectorAll('tbody tr:first-child td .brief-n').length") == 7


def test_a_link_shares_the_weights_and_says_so_where_it_cannot(tab: Tab, pages: dict[str, str]) -> None:
    tab.open(pages["en"] + "#growth=100&gap=3")
    assert tab.js(LEAGUE) == printed((0, 0, 3, 0, 100))
    assert tab.js("[...document.querySelectorAll('output')].map(o => o.textContent)") == [
        "0",
        "0",
        "3",
        "0",
        "100",
    ]
    for wrong in ("#gap=101", "#gap=-1", "#gap=1.5", "#gap=1e1", "#gap=", "#growth=20&gap=x"):
        tab.open(pages["en"] + wrong)
        assert tab.js(LEAGUE) == printed((20,) * 5), wrong
        assert "cannot be read" in tab.js(SETTLED), wrong
    tab.open(pages["en"] + "#content")
    assert tab.js(SETTLED) == ""


@pytest.mark.parametrize("width", [360, 1280])
def test_going_back_by_key_no_number_is_hidden_under_the_head_of_the_league(
    tmp_path: Path, pages: dict[str, str], width: int
) -> None:
    """The head stays at the top of the frame while the rows pass under it."""
    with Tab(tmp_path, width=width) as one:
        one.open(pages["en"])
        one.js("[...document.querySelectorAll('tbody .brief-n')].at(-1).focus()")
        under, seen = [], 0
        while one.js("!!document.activeElement.closest('tbody')"):
            seen += 1
            under += one.js(
                """(() => { const number = document.activeElement, frame = number.closest(".brief-scroll");
                  const top = number.getBoundingClientRect().top;
                  return top < frame.querySelector("thead th").getBoundingClientRect().bottom - 1
                    ? [number.textContent] : []; })()"""
            )
            one.press("Tab", shift=True)
        assert seen > 300
        assert under == []


def test_without_a_weight_nothing_is_ranked(tab: Tab, pages: dict[str, str]) -> None:
    tab.open(pages["ja"] + fragment((0,) * 5))
    assert {(rank, score) for _, rank, score in tab.js(LEAGUE)} == {("–", "–")}
    assert tab.js(SETTLED) == "重みがすべて0のため、順位は付かない。"


def test_no_request_leaves_and_no_other_script_runs(tab: Tab, pages: dict[str, str]) -> None:
    tab.open(pages["en"])
    tab.js("document.querySelector('input').focus()")
    tab.press("PageUp", 2)
    tab.js(
        "document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.ran = 1' }))"
    )
    assert tab.js("window.ran === undefined")
    tab.js("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
    assert tab.js("new Promise(done => setTimeout(() => done(window.ran === undefined), 200))")
    asked = {address.partition("#")[0] for address in tab.requests}
    assert asked <= {pages["en"], pages["en"].replace("en.html", "x")}  # the picture that this test put in
    assert tab.js("document.querySelectorAll('tbody b').length") == 0


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_on_a_phone_a_finger_moves_a_weight_and_nothing_below_is_pushed(
    tmp_path: Path, pages: dict[str, str], dark: bool
) -> None:
    with Tab(tmp_path, width=360, dark=dark) as phone:
        phone.open(pages["ja"])
        assert phone.js("document.scrollingElement.scrollWidth") <= 360
        height = phone.js("document.scrollingElement.scrollHeight")
        below = phone.js("document.querySelector('.brief-note').getBoundingClientRect().top + scrollY")
        phone.js("document.querySelector('input').scrollIntoView({ block: 'center' })")
        box = phone.js(
            "(r => [r.left, r.top, r.width, r.height])(document.querySelector('input').getBoundingClientRect())"
        )
        assert box[3] >= 36
        phone.tap(box[0] + box[2] - 9, box[1] + box[3] / 2)
        moved = int(phone.js("document.querySelector('input').value"))
        assert moved > 90
        assert phone.js(LEAGUE) == printed((moved, 20, 20, 20, 20), "ja")
        assert phone.js(SETTLED)
        assert phone.js("document.scrollingElement.scrollHeight") == height
        assert (
            phone.js("document.querySelector('.brief-note').getBoundingClientRect().top + scrollY") == below
        )
        assert phone.js("document.scrollingElement.scrollWidth") <= 360
        colours = phone.js(
            "['legend', 'label', 'output', '[data-reset]', '[role=status]'].map(s => getComputedStyle("
            "document.querySelector('.brief-sliders ' + s)).color)"
        )
        assert set(colours) == ({"rgb(230, 234, 237)"} if dark else {"rgb(31, 41, 51)"})


def test_without_script_the_table_stands_and_the_sliders_do_not(
    tmp_path: Path, pages: dict[str, str]
) -> None:
    with Tab(tmp_path, scripts=False) as still:
        still.open(pages["en"])
        assert still.js("getComputedStyle(document.querySelector('.brief-sliders')).display") == "none"
        assert still.js(LEAGUE) == printed((20,) * 5)
