"""What the tests of the notebooks share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from running import Page, run_notebook


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of one page to one test process: a page is run once, and kept for the next test of it."""
    for item in items:
        given = getattr(getattr(item, "callspec", None), "params", {})
        name, parameters = given.get("brief") or (given.get("name"), given.get("parameters"))
        if Path(__file__).parent in item.path.parents and isinstance(name, str):
            page = (name, given.get("lang", ""), sorted((parameters or {}).items()))
            item.add_marker(pytest.mark.xdist_group(str(page)))


@pytest.fixture(scope="session")
def run() -> Callable[..., Page]:
    """The function that runs a notebook: ``run("state", state="CA", lang="ja")``."""
    return run_notebook
