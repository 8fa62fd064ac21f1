"""The kernel that a brief runs in: this environment's Python, whatever Jupyter the user has configured.

It sees no API key, no start-up file and no history of the user, and the same hash seed, time zone and number
of threads everywhere, so that the same inputs give the same outputs.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

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

_IPC_LIMIT = 80
"""Longest folder name that still leaves room for a socket's path (the system's limit is about 104)."""

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


class BriefKernelManager(AsyncKernelManager):
    """Start `sys.executable -m ipykernel_launcher` over local sockets, in an environment of its own."""

    def __init__(self, memory: int = 0, **options: Any) -> None:
        super().__init__(**options)
        self._memory = memory
        self.home = Path(tempfile.mkdtemp(prefix="brief-"))
        if sys.platform != "win32" and len(str(self.home)) <= _IPC_LIMIT:
            self.transport = "ipc"
        self.connection_file = str(self.home / "kernel.json")
        self._errors = (self.home / "stderr").open("wb")

    @property
    def kernel_spec(self) -> KernelSpec:
        """This environment's interpreter, not one looked up in the user's Jupyter folders."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(
            argv=[*command, "--HistoryManager.enabled=False"], display_name="Python 3", language="python"
        )

    async def _async_start_kernel(self, **options: Any) -> None:
        options |= {"env": environment(self.home), "stdout": self._errors, "stderr": self._errors}
        await super()._async_start_kernel(**options)
        self.group = getattr(self.provisioner, "pid", None)
        if self.group:
            running.add(self.group)
            limit_memory(self.group, self._memory)

    start_kernel = _async_start_kernel

    def last_words(self) -> str:
        """Return the last line that the kernel's process wrote to its own error stream."""
        try:
            lines = (self.home / "stderr").read_text(encoding="utf-8", errors="replace").strip().splitlines()
        except OSError:
            return ""
        return lines[-1] if lines else ""

    def stop(self) -> None:
        """End the kernel's process and what it started, if it still runs."""
        group = getattr(self, "group", None)
        if group in running:
            _kill(group)

    def discard(self) -> None:
        """Remove the kernel's temporary folder and forget its process."""
        running.discard(getattr(self, "group", None) or 0)
        self._errors.close()
        shutil.rmtree(self.home, ignore_errors=True)


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


def end(manager: BriefKernelManager) -> None:
    """End one kernel, if it still runs, and remove what it left."""
    manager.stop()
    manager.discard()


def end_all() -> None:
    """End every kernel of this process at once (it is itself being ended)."""
    for group in tuple(running):
        _kill(group)
        running.discard(group)


def _kill(group: int) -> None:
    with contextlib.suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(group, signal.SIGKILL)
        else:
            os.kill(group, signal.SIGTERM)
