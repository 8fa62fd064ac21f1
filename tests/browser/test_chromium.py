"""Where there is no browser: skipped on a person's machine, a failure with a reason in CI."""

from __future__ import annotations

import pytest
from chromium import found


@pytest.mark.parametrize(("ci", "end"), [("", pytest.skip.Exception), ("true", pytest.fail.Exception)])
def test_without_a_browser_tests_skip_and_in_ci_they_fail(
    monkeypatch: pytest.MonkeyPatch, ci: str, end: type[BaseException]
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(
        end, match="no Chromium or Chrome on this machine; on Debian: apt-get install chromium"
    ):
        found()
