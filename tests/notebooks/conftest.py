"""What the tests of the notebooks share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from running import Page, run_notebook


@pytest.fixture(scope="session")
def run() -> Callable[..., Page]:
    """The function that runs a notebook: ``run("state", state="CA", lang="ja")``."""
    return run_notebook
