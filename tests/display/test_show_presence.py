"""The blocks of activity against presence and of priority: twins, backed by values, and without advice or causes."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from helpers.analysis import against as against_all
from helpers.analysis import association, chance, concentration, counting, expected, presence, priority
from helpers.analysis.lineage import Lineage, Universe
from helpers.data.origins import Origin
from helpers.display import prose, style
from helpers.display.charts.funnel import funnel
from helpers.display.charts.lorenz import lorenz
from helpers.display.charts.rank_grid import rank_grid
from helpers.display.show import association as rho
from helpers.display.show import deck_list, league, register
from helpers.display.show import presence as against
from helpers.display.show import priority as next_places
from helpers.display.trace import Trace

STATES = ["AK", "CA", "DC", "IL", "NC", "TX"]
ENGLISH = ["Alaska", "California", "District of Columbia", "Illinois", "North Carolina", "Texas"]
JAPANESE = [
    "アラスカ州", "カリフォルニア州", "コロンビア特別区", "イリノイ州", "ノースカロライナ州", "テキサス州",
]  # fmt: skip
NAMES = {
    "en": dict(zip(STATES, ENGLISH, strict=True)),
    "ja": dict(zip(STATES, JAPANESE, strict=True)),
}
AMOUNTS = [1.0, 50.0, 2.0, 20.0, 10.0, 40.0]
TRADE = pd.DataFrame(
    {"year": 2018, "state": STATES, "partner": "JPN", "flow": "imports", "value_usd": AMOUNTS, "source": "synthetic"}
)  # fmt: skip
PEOPLE = pd.DataFrame(
    {
        "year": 2017,
        "state": STATES,
        "measure": "population",
        "value": [1.0, 9, 3, 5, 4, 8],
        "source": "synthetic",
    }
)
MISSIONS = pd.DataFrame(
    {
        "mission": ["la", "sf", "chicago"],
        "city_en": ["Los Angeles", "San Francisco", "Chicago"],
        "city_ja": ["ロサンゼルス", "サンフランシスコ", "シカゴ"],
    }
)
TOTALS = pd.DataFrame(
    {
        "fiscal_year_from": [2021],
        "fiscal_year_to": [2021],
        "measure": ["projects"],
        "value": [97.0],
        "source": "made up",
    }
)
CLAIMS = pd.DataFrame(
    [
        ("jobs.ca", "6", "jobs", "CA", "JPN", 2.0, "tf-deck-fy2021"),
        ("jobs.il", "6", "jobs", "IL", "JPN", 2.0, "tf-deck-fy2021"),
        ("jobs.il.leader", "6", "jobs", "IL", "GBR", 1.0, "tf-deck-fy2021"),
        ("jobs.national", "6", "jobs", "US", "JPN", 2.0, "tf-deck-fy2021"),
        ("jobs.tx", "3", "jobs", "TX", "JPN", 2.0, "tf-deck-fy2021"),
        ("jobs.nc", "6", "jobs", "NC", "JPN", 2.0, "another-deck"),
        ("jobs.ak", "6", "jobs", "AK", "JPN", None, "tf-deck-fy2021"),
    ],
    columns=["id", "page", "measure", "place", "partner", "rank", "source"],
).assign(period="2019")
DECK = priority.deck(CLAIMS, STATES)
TILES = pd.DataFrame({"usps": STATES, "tile_col": range(6), "tile_row": 0})
ADVICE = re.compile(
    r"\b(should|ought|must|because of|due to|leads? to|drives?|effect of|thanks to)\b"
    r"|べき|せいで|おかげ|影響を与え|もたらし"
)
"""Words of advice and of cause, which no block may say."""


class Told:
    """What is known of every table and source."""

    def table(self, name):
        both = {"en": name, "ja": name}
        return Origin(both, both, f"{name}.csv", "0" * 64, "2026")

    def source(self, key):
        return key, "https://example.org"

    def more(self, key):
        return 0


def synthetic_events():
    """Return a made-up register: 9 events in Alaska, 8 in California and so on; none in North Carolina."""
    states = [*np.repeat(STATES, [9, 8, 12, 5, 0, 1]).tolist(), "CA"]
    return pd.DataFrame(
        {
            "event_id": [f"SYN{n}" for n in range(len(states))],
            "fiscal_year": 2021,
            "date_start": "2021-05-01",
            "mission": "",
            "state": states,
            "other_states": "",
            "format": ["in_person"] * (len(states) - 1) + ["online"],
            "participants": np.nan,
            "source_url": "https://example.org/made-up",
        }
    )


def page(lang):
    """Return every block of the two pages, over the synthetic register."""
    voice = prose.Voice(lang, NAMES[lang], Told())
    events = synthetic_events()
    counted = counting.by_state(events, STATES)
    measure = presence.trade(TRADE, "imports", STATES)
    population = presence.context(PEOPLE, "population", STATES)
    given = {"imports": measure, "population": population}
    found = against_all.against(
        events, counted, given, "imports", seed=chance.SEED, resamples=199, permutations=199
    )
    made = found.weighed
    names = against.place_names(voice, STATES, MISSIONS)
    figures = priority.figures(
        measure.frame,
        ranks=pd.DataFrame({"state": STATES, "rank": [1, 2, 3, 1, 5, 6]}),
        shrunk=found.shrunk.frame,
        seats={"CA", "IL", "AK"},
        moved=pd.DataFrame({"place": STATES[:-1], "growth": [0.1, 0.2, 0.3, 0.4, 0.5]}),
    )
    scored = priority.components(figures)
    stable = priority.stability(scored, seed=chance.SEED, draws=200, top=2)
    return [
        *register.sample(voice, events, TOTALS),
        register.coverage(voice, events, TOTALS),
        register.rules(voice, events, counted),
        against.measure(voice, measure),
        against.funnel_figure(voice, found, names, subject="TX"),
        against.lorenz_figure(voice, found),
        *against.whole(voice, found),
        against.gap_table(voice, found, names),
        rho.grid(voice, found),
        rho.finding(voice, found, names),
        rho.no_cause(voice),
        next_places.explained(voice, measure, 2014, 2018),
        league.league(voice, scored, priority.WEIGHTS, names, made=made),
        next_places.stability(voice, stable, names, made=made, draws=200),
        next_places.stability_table(
            voice, scored, priority.WEIGHTS, stable, names, made=made, seed=chance.SEED, draws=200
        ),
        next_places.grid(voice, scored, {"presence": 50, "gap": 50}, names, made=made),
        deck_list.ranks_map(voice, scored, priority.WEIGHTS, DECK, TILES, names, made=made),
        *deck_list.beside(voice, scored, priority.WEIGHTS, DECK, stable, names, made=made),
    ]


@pytest.fixture(scope="module")
def pages():
    return {lang: page(lang) for lang in ("en", "ja")}


def test_the_twins_hold_the_same_numbers(pages):
    en, ja = ([(v.id, v.value) for b in pages[lang] for v in b.numbers()] for lang in ("en", "ja"))
    assert repr(en) == repr(ja)
    assert len(en) > 100


def test_every_number_has_a_complete_trace(pages):
    values = [value for block in pages["en"] for value in block.numbers()]
    assert [v.id for v in values if not isinstance(v.trace, Trace) or v.trace.lacks()] == []


def test_no_id_stands_for_two_values(pages):
    seen: dict[str, object] = {}
    for block in pages["en"]:
        for value in block.numbers():
            assert repr(seen.setdefault(value.id, value.value)) == repr(value.value), value.id


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_every_face_is_there_and_says_neither_advice_nor_cause(pages, lang):
    for block in pages[lang]:
        assert block.html()
        assert block.typst()
        assert block.json()["values"] or block.kind == "note"
        assert ADVICE.search(block.plain()) is None, block.plain()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "35 of 36 events have a place here (without one: 1 online)"),
        ("ja", "36件のうち35件の所在が定まる（定まらないもの：オンライン1件）"),
    ],
)
def test_what_could_not_be_placed_is_said(pages, lang, words):
    assert any(words in block.plain() for block in pages[lang])


def test_the_page_calls_a_sample_a_sample_and_says_what_lacks(pages):
    text = "\n".join(block.plain() for block in pages["en"])
    assert "A sample of 36 public events: of FY2021 to FY2021 it holds 37.1% as many rows as the 97" in text
    assert "Without a rank, because a figure is missing and nothing is put in its place: Texas." in text
    assert "Detectable: the smallest rho that so many places allow to be found with a power of 80%" in text
    grid = next(block for block in pages["en"] if getattr(block, "id", "") == "rho-state")
    assert [(row["n"][-2:-1], row["detectable"][-5:-1]) for row in grid.rows] == [("6", "0.92")] * 2


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "Definitions: goods imports from Japan (2018), goods by state of destination"),
        ("ja", "定義：対日輸入（2018年）は"),
    ],
)
def test_each_measure_of_the_grid_is_printed_with_its_year(pages, lang, words):
    grid = next(block for block in pages[lang] if getattr(block, "id", "") == "rho-state")
    assert words in grid.plain()
    assert {"en": "; population (2017), ", "ja": "、人口（2017年）は"}[lang] in grid.plain()


def test_a_measure_of_too_few_places_is_said_to_be_one():
    voice = prose.Voice("en", NAMES["en"], Told())
    block = against.measure(voice, presence.trade(TRADE, "imports", [*STATES, "NY"]))
    assert block.kind == "missing"
    assert "Of 7 states, 6 have a figure for goods imports from Japan: too few" in block.plain()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", "None of 6 states has a figure for goods imports from Japan, so nothing is compared with it."),
        ("ja", "6州のいずれについても対日輸入の数値を収録しておらず、比較には用いない。"),
    ],
)
def test_a_measure_of_no_place_at_all_is_said_to_be_one(lang, words):
    voice = prose.Voice(lang, NAMES[lang], Told())
    assert words in against.measure(voice, presence.trade(TRADE.head(0), "imports", STATES)).plain()


def test_a_measure_of_some_states_is_kept_to_them_and_says_who_has_the_rest():
    rows = {
        "year": 2019,
        "state": [f"S{n:02}" for n in range(14)],
        "partner": "JPN",
        "value": 100.0,
        "source": "x",
    }
    universe = [f"S{n:02}" for n in range(51)]
    jobs = presence.jobs(pd.DataFrame(rows), universe)
    assert (jobs.enough, jobs.restricted) == (True, True)
    said = against.measure(prose.Voice("en", {}, Told()), jobs).plain()
    assert "Of 51 states, only 14 have a figure: everything below is over these alone" in said
    assert "BEA publishes the other states each year" in said
    said = against.measure(prose.Voice("ja", {}, Told()), jobs).plain()
    assert "51州のうち数値があるのは14州のみ" in said


def test_the_decks_list_is_that_of_its_page_and_of_japan_alone():
    assert DECK[["state", "printed"]].to_numpy().tolist() == [["CA", 2.0], ["IL", 2.0]]


def test_the_decks_states_stand_beside_their_ranks_and_are_framed_on_the_map(pages):
    table = next(block for block in pages["en"] if getattr(block, "id", "") == "priority-deck")
    assert {row["place"] for row in table.rows} == {"California", "Illinois"}
    drawn_map = next(block for block in pages["en"] if block.kind == "figure" and "Framed" in block.alt)
    assert drawn_map.alt.endswith("Framed: California and Illinois.")
    text = "\n".join(block.plain() for block in pages["en"])
    assert "Of the 2 states that page 6 of the deck shows under its heading on priority regions" in text


def test_without_the_deck_it_is_said_who_publishes_it():
    voice = prose.Voice("ja", NAMES["ja"], Told())
    (note,) = deck_list.beside(voice, pd.DataFrame(), {}, DECK.iloc[:0], pd.DataFrame(), {}, made=None)
    assert (note.kind, "首相官邸が公表" in note.plain()) == ("missing", True)


def test_the_league_carries_what_the_script_needs_and_prints_the_first_places(pages):
    block = next(block for block in pages["en"] if block.kind == "weights")
    data = json.loads(re.search(r'<script type="application/json">(.*?)</script>', block.html()).group(1))
    assert data["names"] == list(priority.COMPONENTS)
    assert data["weights"] == [20] * 5
    assert data["words"]["tied"] == "={n}"
    assert data["places"][-1][0] == "TX"  # without growth it has no rank, and stands last
    assert data["places"][-1][2][4] is None
    assert [name for _, name, _ in data["places"]] == [row["place"] for row in block.table.rows]


def test_a_register_that_covers_what_was_published_is_no_sample():
    voice = prose.Voice("en", NAMES["en"], Told())
    assert register.sample(voice, synthetic_events(), TOTALS.assign(value=36.0)) == ()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "en",
            "A sample of 40 public events: of FY2021 to FY2021 it holds 37.1% as many rows as the 97 projects",
        ),
        (
            "ja",
            "公開行事40件の標本による。うち令和3年度から令和3年度までの件数は、同期間の公表案件数97件の37.1%",
        ),
    ],
)
def test_the_share_of_a_sample_is_said_of_the_years_of_the_published_number_alone(lang, words):
    # 36 rows of FY2021 and four of later years: 36 / 97 = 37.1%, while all forty would be 41.2%
    later = synthetic_events().head(4).assign(fiscal_year=2022)
    voice = prose.Voice(lang, NAMES[lang], Told())
    (note,) = register.sample(voice, pd.concat([synthetic_events(), later]), TOTALS)
    assert words in note.plain()


def test_no_association_is_said_as_a_result():
    voice = prose.Voice("en", NAMES["en"], Told())
    frame = pd.DataFrame({"place": STATES, "x": [1, 5, 2, 6, 3, 4], "y": [3, 1, 5, 4, 2, 6]})
    one = association.associate(frame, "x", "y", seed=1, resamples=999)
    measure = presence.trade(TRADE, "imports", STATES)
    events = synthetic_events()
    found = against_all.against(
        events, counting.by_state(events, STATES), {"imports": measure}, "imports", resamples=99
    )
    said = rho.finding(voice, replace(found, associations={"imports": one}), NAMES["en"]).plain()
    assert said.startswith("No association of events and goods imports from Japan is found: rho")


@pytest.mark.parametrize(
    ("lang", "name"), [("en", "Los Angeles and San Francisco"), ("ja", "ロサンゼルス・サンフランシスコ")]
)
def test_a_group_of_districts_is_named_by_its_cities(lang, name):
    voice = prose.Voice(lang, NAMES[lang])
    assert against.place_names(voice, ["la+sf", "CA"], MISSIONS) == {"la+sf": name, "CA": NAMES[lang]["CA"]}


def drawn(figure):
    """Return the words of a figure and their boxes, after checking that none leaves the picture."""
    with style.context():
        canvas = FigureCanvasAgg(figure)
        canvas.draw()
        texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
        boxes = [(t.get_text(), t.get_window_extent(canvas.get_renderer()).extents) for t in texts]
    wide, tall = (72 * size for size in figure.get_size_inches())
    assert all(b[0] >= -1 and b[1] >= -1 and b[2] <= wide + 1 and b[3] <= tall + 1 for _, b in boxes)
    return boxes


def meeting(boxes):
    return [
        (one, other)
        for n, (one, a) in enumerate(boxes)
        for other, b in boxes[n + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1.5 and min(a[3], b[3]) - max(a[1], b[1]) > 1.5
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_words_in_the_three_charts_do_not_meet(lang):
    rng = chance.generator(2)
    names = {f"P{n:02}": NAMES[lang]["NC"] for n in range(51)}
    frame = pd.DataFrame({"place": list(names), "expected": np.exp(rng.random(51) * 8 - 4)})
    frame["ratio"] = np.exp(rng.random(51) * 6 - 3)
    frame.loc[:2, "ratio"] = 0.0
    frame["outside"] = np.where(frame["ratio"] > 3, "above", "")
    limits = expected.funnel(frame["expected"].min() / 2, frame["expected"].max() * 2)
    assert meeting(drawn(funnel.figure(frame, limits, names, x_title="x", y_title="y", none="なし"))) == []
    curve = concentration.lorenz(
        pd.DataFrame({"place": STATES, "observed": [1, 2, 3, 4, 5, 6], "presence": AMOUNTS})
    )
    assert meeting(drawn(lorenz.figure(curve, even=NAMES[lang]["NC"] * 2, x_title="x", y_title="y"))) == []
    ranks = pd.DataFrame({"weighting": ["a", "b"] * 6, "place": np.repeat(STATES, 2), "rank": range(1, 13)})
    grid = rank_grid.figure(ranks, STATES, [("One", ["a"]), ("Two", ["b"])], NAMES[lang])
    assert meeting(drawn(grid)) == []


def test_the_funnel_draws_no_event_as_an_open_dot_on_its_foot_and_names_the_subject():
    frame = pd.DataFrame(
        {"place": ["A", "B"], "expected": [4.0, 9.0], "ratio": [0.0, 1.0], "outside": ["", ""]}
    )
    figure = funnel.figure(
        frame, expected.funnel(2, 20), {"A": "Aye", "B": "Bee"}, subject="B", none="none at all"
    )
    words = [words for words, _ in drawn(figure)]
    assert {"Aye", "Bee", "none at all"} <= set(words)
    dots = [line for line in figure.axes[0].get_lines() if line.get_marker() == "o" and len(line.get_xdata())]
    foot = figure.axes[0].get_ylim()[0]
    assert [(float(d.get_xdata()[0]), float(d.get_ydata()[0]) == foot) for d in dots] == [
        (4.0, True),
        (9.0, False),
    ]


@pytest.mark.parametrize("lang", ["en", "ja"])
def test_a_subject_in_a_crowd_is_named_off_the_line_of_one_and_no_word_is_on_its_own_line(lang):
    # Made up, as crowded as thirteen districts: the subject "F" is low at the right edge, just under one.
    expects = [17.7, 38.4, 41.2, 25.0, 47.1, 79.4, 30.4, 21.4, 5.0, 9.8, 1.2, 1.0, 0.2]
    ratios = [0.56, 0.6, 0.66, 0.72, 0.72, 0.87, 1.28, 1.54, 1.6, 2.2, 7.6, 17.8, 36.3]
    names = dict(zip("ABCDEFGHIJKLM", [NAMES[lang]["NC"]] * 13, strict=True)) | {"F": NAMES[lang]["DC"] * 2}
    frame = pd.DataFrame({"place": list(names), "expected": expects, "ratio": ratios, "outside": ""})
    figure = funnel.figure(frame, expected.funnel(0.15, 120), names, subject="F")
    words = drawn(figure)
    assert meeting(words) == []
    (own,) = (box for text, box in words if text == names["F"])
    one = figure.axes[0].transData.transform((1.0, 1.0))[1]
    assert not own[1] + 1.5 < one < own[3] - 1.5
    (line,) = (
        line
        for line in figure.axes[0].get_lines()
        if line.get_color() == style.ACCENT and not line.get_marker().strip("None")
    )
    along = np.linspace(*line.get_transform().transform(line.get_xydata()), 50)[:-5]
    crossed = [
        text for text, box in words for x, y in along if box[0] < x < box[2] and box[1] + 2 < y < box[3] - 2
    ]
    assert crossed == []


def test_a_subject_whose_name_is_longer_than_the_chart_is_left_out():
    frame = pd.DataFrame(
        {"place": ["A", "B"], "expected": [4.0, 9.0], "ratio": [2.0, 1.0], "outside": ["", ""]}
    )
    names = {"A": "Aye", "B": "Bee" * 99}
    words = [text for text, _ in drawn(funnel.figure(frame, expected.funnel(2, 20), names, subject="B"))]
    assert "Aye" in words
    assert names["B"] not in words


def test_the_grid_prints_each_rank_and_a_mark_where_there_is_none():
    ranks = pd.DataFrame(
        {"weighting": ["a", "b"], "place": ["CA", "CA"], "rank": pd.array([2, None], dtype="Int64")}
    )
    words = [w for w, _ in drawn(rank_grid.figure(ranks, ["CA"], [("G", ["a", "b"])]))]
    assert words == ["CA", "G", "a", "2", "b", "–"]


@pytest.mark.parametrize(("lang", "told"), [("en", "Illinois, joint 2nd."), ("ja", "（2位タイ）。")])
def test_the_last_of_the_decks_states_shares_its_rank_with_whom_it_is_level(lang, told):
    # By hand: California stands alone in first place, Illinois and North Carolina are level behind it.
    voice = prose.Voice(lang, NAMES[lang], Told())
    rows = DECK.assign(place=DECK["state"], top_share=0.5, rank=[1, 2], tied=[False, True])
    made = Lineage("estimated", universe=Universe("events", "", "", {}))
    found = deck_list._finding(voice, rows, 2, NAMES[lang], made, priority.WEIGHTS)
    assert found.plain().endswith(told)


@pytest.mark.parametrize(
    ("key", "english", "japanese"),
    [
        ("claims.finding.open", "no independent figure", "独立した値"),
        ("events.sample_note", "apart from those that match its best-practice cases", "ベストプラクティスに一致"),
        ("events.whole_note", "apart from those that match its best-practice cases", "ベストプラクティスに一致"),
        ("taskforce.meetings_title", "with a known date", "日付の判明分"),
        ("taskforce.unpublished_note", "not in hand", "未収録"),
        ("jobs.tiles_subtitle", "states not in hand", "未収録"),
    ],
)  # fmt: skip
def test_what_is_not_in_hand_or_not_known_is_said_as_such(key, english, japanese):
    said = prose.phrases()[key]
    assert english in said["en"]
    assert japanese in said["ja"]


def test_the_p_of_a_partial_correlation_is_said_to_be_unadjusted():
    said = prose.phrases()["against.rho_partial"]
    assert "(unadjusted p\u00a0{p})" in said["en"]
    assert "未調整のp値{p}" in said["ja"]
