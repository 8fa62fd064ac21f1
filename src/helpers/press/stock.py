"""The kernel that papermill's own engine runs a brief in: this environment's Python, whatever the user has configured.

It stands apart from `kernels` because a build of forked processes needs none: Jupyter's client alone is over a third
of what the command would import before it starts the first process.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager

from helpers.press import kernels

_IPC_LIMIT = 80
"""Longest folder name that still leaves room for a socket's path (the system's limit is about 104)."""


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
        options |= {"env": kernels.environment(self.home), "stdout": self._errors, "stderr": self._errors}
        await super()._async_start_kernel(**options)
        self.group = getattr(self.provisioner, "pid", None)
        if self.group:
            kernels.running.add(self.group)
            kernels.limit_memory(self.group, self._memory)

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
        if group in kernels.running:
            kernels.kill(group)

    def discard(self) -> None:
        """Remove the kernel's temporary folder and forget its process."""
        kernels.running.discard(getattr(self, "group", None) or 0)
        self._errors.close()
        shutil.rmtree(self.home, ignore_errors=True)


def end(manager: BriefKernelManager) -> None:
    """End one kernel, if it still runs, and remove what it left."""
    manager.stop()
    manager.discard()
