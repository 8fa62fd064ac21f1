"""Pages read without a mouse, on a narrow screen and on paper, in a real browser.

Needs Chromium or Chrome; where there is none these tests are skipped, but not in CI (see chromium.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from chromium import Tab

pytestmark = pytest.mark.slow

PAGES = ("en/national", "ja/national", "en/state/tennessee", "ja/state/tennessee")
NARROW = 320
"""CSS pixels: a window of 1280 at 400 %."""


class Built(Protocol):
    """What the edition's fixture gives (see tests/conftest.py)."""

    def file(self, brief: str, kind: str) -> Path: ...


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    with Tab(tmp_path_factory.mktemp("narrow"), width=NARROW) as one:
        yield one


@pytest.mark.parametrize("brief", PAGES)
def test_at_four_times_the_size_every_panel_fits_the_window(edition: Built, tab: Tab, brief: str) -> None:
    tab.open(edition.file(brief, "html").as_uri())
    widths = tab.js(
        """[...document.querySelectorAll("[popover]")].map(panel => { panel.showPopover();
          const width = Math.max(panel.getBoundingClientRect().width, panel.scrollWidth); panel.hidePopover();
          return width; })"""
    )
    assert len(widths) > 20
    assert max(widths) <= tab.js("document.documentElement.clientWidth")


@pytest.mark.parametrize("brief", PAGES)
def test_a_key_opens_a_panel_and_escape_gives_the_focus_back(edition: Built, tab: Tab, brief: str) -> None:
    tab.open(edition.file(brief, "html").as_uri())
    opened = "document.querySelectorAll(':popover-open').length"
    for place in (".brief-lead", ".brief-kpis", "td", "figcaption"):
        tab.js(f"document.querySelector('{place} .brief-n').focus()")
        for key in ("Enter", " "):
            tab.press(key)
            assert tab.js(opened) == 1
            tab.press("Tab")
            assert tab.js("document.activeElement.matches(':popover-open a')")
            tab.press("Escape")
            assert tab.js(opened) == 0
            assert tab.js(f"document.activeElement === document.querySelector('{place} .brief-n')")


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A page on paper, as wide as A4 between its margins."""
    with Tab(tmp_path_factory.mktemp("sheet"), width=658) as one:
        one.call("Emulation.setEmulatedMedia", media="print")
        yield one


@pytest.mark.parametrize("brief", PAGES)
def test_on_paper_no_table_is_cut_off_and_no_scroll_bar_is_drawn(
    edition: Built, sheet: Tab, brief: str
) -> None:
    sheet.open(edition.file(brief, "html").as_uri())
    frames = sheet.js(
        """[...document.querySelectorAll(".brief-scroll")].filter(frame => frame.checkVisibility()).map(frame => [
          frame.textContent.slice(0, 40), getComputedStyle(frame).overflow, frame.scrollWidth - frame.clientWidth])"""
    )
    assert len(frames) > 5
    assert [frame for frame in frames if frame[1] != "visible" or frame[2] > 1] == []
    assert sheet.js("document.querySelectorAll('.brief-n').length") > 50
