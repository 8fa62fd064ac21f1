"""What every process that runs a brief's cells has: its environment, its limit of memory, and how it is ended.

It sees no API key, no start-up file and no history of the user, and the same hash seed, time zone and number
of threads everywhere, so that the same inputs give the same outputs.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from pathlib import Path

SECRET = re.compile(r"API_?KEY|TOKEN|SECRET|PASSWORD|CREDENTIAL", re.IGNORECASE)
"""Names of environment variables that no brief gets to see (BEA_API_KEY, CENSUS_API_KEY and their like)."""

FIXED = {
    "PYTHONHASHSEED": "0",
    "PYTHONUTF8": "1",
    "PYTHONDONTWRITEBYTECODE": "",
    "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    "TZ": "UTC",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
"""What every kernel's environment is set to. The figures' back end is the one JupyterLab has: no window."""

running: set[int] = set()
"""Process groups of the kernels that this process has started, or had forked, and not yet ended."""


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a kernel: the user's without secrets, with what is fixed.

    Parameters
    ----------
    home
        A folder for IPython's own files, so that no profile of the user takes part, and for temporary ones.
    """
    kept = {name: value for name, value in os.environ.items() if not SECRET.search(name)}
    return kept | FIXED | {"IPYTHONDIR": str(home), "TMPDIR": str(home)}


def limit_memory(process: int, megabytes: int) -> None:
    """Let a process (0: this one) take so much more memory than it has now, beyond which it gets a MemoryError.

    Parameters
    ----------
    process
        Its number.
    megabytes
        0 for no limit. Only Linux keeps it.
    """
    if sys.platform != "linux" or not megabytes:
        return
    import resource

    with contextlib.suppress(OSError):
        status = Path(f"/proc/{process or 'self'}/status").read_text(encoding="ascii")
        now = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
        most = (now + megabytes * 1024) * 1024
        resource.prlimit(process, resource.RLIMIT_DATA, (most, most))


def end_all() -> None:
    """End every kernel of this process at once (it is itself being ended)."""
    for group in tuple(running):
        kill(group)
        running.discard(group)


def kill(group: int) -> None:
    """End a process and what it started, if it still runs."""
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(group, signal.SIGKILL)
        else:
            os.kill(group, signal.SIGTERM)
