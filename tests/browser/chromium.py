"""Debian's Chromium, driven over the pipe of its own debugging protocol: no library, no download, no port."""

from __future__ import annotations

import fcntl
import itertools
import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
LACKING = "no Chromium or Chrome on this machine; on Debian: apt-get install chromium"
KEYS = {
    "ArrowRight": 39,
    "ArrowLeft": 37,
    "Home": 36,
    "End": 35,
    "PageUp": 33,
    "Tab": 9,
    "Enter": 13,
    "Escape": 27,
    " ": 32,
}
TEXTS = {"Enter": "\r", " ": " "}

_BECOME = (
    "import os, sys; os.dup2(int(sys.argv[1]), 3); os.dup2(int(sys.argv[2]), 4);"
    "os.execv(sys.argv[3], sys.argv[3:])"
)


def found() -> str:
    """Return the browser's path; skip the test where there is none, but fail it in CI (``CI=true``)."""
    browser = next(filter(None, map(shutil.which, NAMES)), "")
    if not browser:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(LACKING)
    return browser


def options(profile: Path) -> list[str]:
    """Return how the browser is started: without a window, a sandbox for root, or a way to any host."""
    return [
        "--headless",
        "--disable-gpu",
        *(["--no-sandbox"] if os.geteuid() == 0 else []),
        f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ]


class Tab:
    """One page in a browser of its own. Use it in a ``with`` statement.

    Parameters
    ----------
    home
        Folder for the browser's profile.
    width
        Of the page, in CSS pixels.
    """

    def __init__(self, home: Path, *, width: int = 1280, dark: bool = False, scripts: bool = True) -> None:
        browser, self._numbers = found(), itertools.count(1)
        self.requests: list[str] = []
        theirs_in, self._write = os.pipe()
        self._read, theirs_out = os.pipe()
        given = [fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (theirs_in, theirs_out)]
        command = [sys.executable, "-c", _BECOME, *map(str, given), browser, *options(home / "profile")]
        self._process = subprocess.Popen(
            [*command, "--remote-debugging-pipe", "about:blank"],
            pass_fds=given,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (theirs_in, theirs_out, *given):
            os.close(end)
        self._left, self._session = b"", ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable")
        self.call(
            "Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False
        )
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)

    def __enter__(self) -> Tab:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._write)
        self._process.terminate()
        self._process.wait(20)
        os.close(self._read)

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the answer to one command."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._write, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == number:
                assert "error" not in answer, (method, answer["error"])
                return dict(answer["result"])

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self.call("Page.navigate", url="about:blank")
        self.requests.clear()
        self.call("Page.navigate", url=address)
        until = time.monotonic() + 30
        while self.js("document.readyState + location.protocol") != "completefile:":
            assert time.monotonic() < until, f"{address} does not load"

    def js(self, expression: str) -> Any:
        """Return the value of an expression in the page; of a promise, what it comes to."""
        answer = self.call("Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, times: int = 1, *, shift: bool = False) -> None:
        """Press a key as a person does, with the shift key or without."""
        more = {"text": TEXTS[key]} if key in TEXTS else {}
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                own = more if kind == "keyDown" else {}
                held = {"windowsVirtualKeyCode": KEYS[key], "modifiers": 8 * shift}
                self.call("Input.dispatchKeyEvent", type=kind, key=key, **held, **own)

    def tap(self, x: float, y: float) -> None:
        """Touch a point with a finger."""
        self.call("Emulation.setTouchEmulationEnabled", enabled=True)
        self.call("Input.dispatchTouchEvent", type="touchStart", touchPoints=[{"x": x, "y": y}])
        self.call("Input.dispatchTouchEvent", type="touchEnd", touchPoints=[])

    def _next(self) -> dict[str, Any]:
        until = time.monotonic() + 60
        while b"\0" not in self._left:
            ready, _, _ = select.select([self._read], [], [], max(0.0, until - time.monotonic()))
            got = os.read(self._read, 1 << 20) if ready else b""
            assert got, "the browser has ended or does not answer"
            self._left += got
        line, _, self._left = self._left.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(str(message["params"]["request"]["url"]))
        return message
