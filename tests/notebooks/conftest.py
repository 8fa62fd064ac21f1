"""What the tests of the notebooks share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from running import Page, run_once

from shared import Shared


@pytest.fixture(scope="session")
def run(shared: Shared) -> Callable[..., Page]:
    """The function that runs a notebook: ``run("state", state="CA", lang="ja")``."""
    return run_once(shared)
