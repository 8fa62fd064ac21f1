"""The command ``briefs`` from its first moment on: Ctrl-C ends it quietly while modules are still being imported."""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Run the command line (see `helpers.cli.main`, which has its own way with Ctrl-C)."""
    signal.signal(signal.SIGINT, _stopped)
    from helpers.cli import main as run

    run()


def _stopped(*_: object) -> None:
    """Leave at once: nothing has begun, and an exception might be taken for one of an import."""
    os.write(2, b"briefs: stopped.\n")
    os._exit(130)
