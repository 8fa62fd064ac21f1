"""The kernel of a forked process: ipykernel's own, shell, publishers and all, but its channels are one socket.

It has no ZeroMQ sockets and none of the five threads that serve them, which is what makes it quick to start
(see `warm` for the measurement). What a cell does goes the way it always goes; only `Session.send` differs, and what
is made of a source before it runs is kept for the next process that runs it (`read_once`).
"""

from __future__ import annotations

import asyncio
import atexit
import base64
import contextlib
import ctypes
import functools
import os
import random
import re
import signal
import socket
import sys
import tempfile
import threading
import time
from io import TextIOBase
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import ipykernel.debugger
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from IPython.core import interactiveshell
from jupyter_client.session import Session, extract_header
from tornado.ioloop import IOLoop

from helpers.press import kernels, wire

FLUSH = 0.2
"""Seconds after which text that a cell wrote is sent on while the cell still runs, as in ipykernel."""

_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters, which no message can hold."""

MOST = 1 << 20
"""Characters that are held at most: a cell that prints without end is not to fill the memory."""

ipykernel.debugger._is_debugpy_available = False  # not even where debugpy was imported before


class WireSession(Session):
    """A session that sends over the socket it was given, and nowhere before it has one.

    What only announces or ends a cell waits for the next message, so that the other side is not woken for it.
    """

    sink: socket.socket | None = None
    lock = threading.Lock()
    held = b""

    def send(
        self,
        stream: Any,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: Any = None,
        buffers: Any = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Send a message; `stream` is the name of its channel."""
        if isinstance(msg_or_type, dict):
            message, buffers = msg_or_type, buffers or msg_or_type.get("buffers")
        else:
            message = self.msg(msg_or_type, content=content, parent=parent, header=header, metadata=metadata)
        if self.sink is not None:
            sent = {key: message[key] for key in ("header", "parent_header", "metadata", "content")}
            sent |= {"channel": "shell" if stream == "shell" else "iopub"}
            sent |= {"buffers": [base64.b64encode(buffer).decode() for buffer in buffers or ()]}
            with self.lock:
                self.held += wire.frame(self.pack(sent))
                if not _waits(message):
                    self.sink.sendall(self.held)
                    self.held = b""
        return message


def _waits(message: dict[str, Any]) -> bool:
    """Return whether another message follows at once, or nobody waits for this one."""
    kind = message["header"]["msg_type"]
    busy = kind == "status" and message["content"]["execution_state"] == "busy"
    return busy or kind in ("execute_input", "execute_reply")


class Stream(TextIOBase):
    """Standard output or error of the cells, with what other programs write to its descriptor in between."""

    encoding = "UTF-8"

    def __init__(self, name: str, descriptor: int) -> None:
        self.name, self._descriptor = name, descriptor
        self.session: Any = None
        self.parent_header: dict[str, Any] = {}
        self._held: list[str] = []
        self._size = 0
        self._since, self._tap, self._read = 0.0, -1, 0

    def open_tap(self) -> None:
        """Catch what is written to the descriptor itself (by `os.system`, by a library in C)."""
        self._tap, self._read = os.memfd_create(f"brief-{self.name}"), 0
        self._original = os.dup(self._descriptor)
        os.dup2(self._tap, self._descriptor)

    def _drain(self) -> None:
        while self._tap >= 0 and (found := os.pread(self._tap, 1 << 16, self._read)):
            self._read += len(found)
            self._held.append(found.decode(errors="replace"))

    def fileno(self) -> int:
        """Return the descriptor that the process was started with, as ipykernel does."""
        return self._original if self._tap >= 0 else self._descriptor

    def isatty(self) -> bool:
        """Return False: nobody looks on."""
        return False

    def writable(self) -> bool:
        """Return True."""
        return True

    def set_parent(self, parent: dict[str, Any]) -> None:
        """Belong from now on to the outputs of this request."""
        self.parent_header = extract_header(parent)

    def write(self, string: str) -> int:
        """Hold text until the cell ends, something is displayed, or it has waited long enough."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        self._drain()
        now = time.monotonic()
        if not self._held:
            self._since, self._size = now, 0
        self._held.append(string)
        self._size += len(string)
        if now - self._since > FLUSH or self._size > MOST:
            self.flush()
        return len(string)

    def flush(self) -> None:
        """Send what is held, a mark in place of each half of a character."""
        self._drain()
        text, self._held = "".join(self._held), []
        if text and self.session is not None:
            content = {"name": self.name, "text": text}
            try:
                self.session.send("iopub", "stream", content, parent=self.parent_header)
            except UnicodeEncodeError:
                content["text"] = _LONE.sub("\N{REPLACEMENT CHARACTER}", text)
                self.session.send("iopub", "stream", content, parent=self.parent_header)


_LIBC = ctypes.CDLL(None)

STREAMS = {"stdout": Stream("stdout", 1), "stderr": Stream("stderr", 2)}
"""The two streams of this process: the same objects from the first import on, whoever keeps hold of them."""


def stream(session: Any, thread: Any, name: str, **_: Any) -> Stream:
    """Return the stream of this name, made over to a session (what ipykernel calls an outstream class)."""
    STREAMS[name].session = session
    return STREAMS[name]


class ForkedKernel(IPythonKernel):
    """IPython's kernel without a queue of requests: they come one at a time."""

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        """Do nothing: there is no queue."""


class ForkedApp(IPKernelApp):
    """ipykernel's application without sockets, threads, connection file and signal handlers."""

    def init_kernel(self) -> None:
        """Create the kernel, as ipykernel does, with names in place of sockets."""
        self.kernel = ForkedKernel.instance(
            parent=self,
            session=self.session,
            iopub_socket="iopub",
            shell_channel_thread=SimpleNamespace(parent_thread=None),
            log=self.log,
            profile_dir=self.profile_dir,
        )
        self.kernel._execute_sleep = 0.0  # nothing has to be sent by another thread before the reply
        self.displayhook.get_execution_count = lambda: self.kernel.execution_count

    def _nothing(self, **_: Any) -> None:
        """Leave out a step."""

    init_connection_file = init_poller = init_sockets = init_heartbeat = _nothing
    write_connection_file = log_connection_info = init_signal = _nothing


def fresh() -> ForkedApp:
    """Return a kernel in which nothing has run yet, in place of the one before it."""
    pyplot: Any = sys.modules.get("matplotlib.pyplot")
    if pyplot:  # it has hooks in the shell before: move them
        pyplot.close("all")
        pyplot.uninstall_repl_displayhook()
    inline: Any = sys.modules.get("matplotlib_inline.backend_inline")
    if inline:
        sys.modules["matplotlib_inline.config"].InlineBackend.clear_instance()
        inline.configure_inline_support.current_backend = "unset"
    if ForkedApp.initialized():
        old: Any = ForkedApp.instance()
        old.shell.clear_instance()
        old.kernel.clear_instance()
        old.clear_instance()
    app = ForkedApp.instance(kernel_class=ForkedKernel)
    app.session = WireSession(parent=app)
    app.outstream_class = f"{__name__}.stream"
    app.initialize(["--HistoryManager.enabled=False"])
    if pyplot:
        pyplot.install_repl_displayhook()
    if inline:
        inline._enable_matplotlib_integration()
    return app


_read: dict[tuple[Any, ...], str] = {}
_awaits = functools.cache(interactiveshell._should_be_async)


def read_once(shell: Any) -> None:
    """Let a shell keep what it makes of a source before it runs it: the briefs of a notebook have the same cells.

    Those are the static transformations and whether it awaits anything. ipykernel asks twice a cell for both, which
    is a fortieth of the time of a state brief.
    """
    manager = shell.input_transformer_manager
    transform = manager.transform_cell

    def remembered(cell: str) -> str:
        key = (cell, *manager.cleanup_transforms, *manager.line_transforms, *manager.token_transformers)
        if key not in _read:
            _read[key] = transform(cell)
        return _read[key]

    manager.transform_cell = remembered
    interactiveshell._should_be_async = _awaits


def become(app: ForkedApp, connection: socket.socket, home: Path, parent: int) -> None:
    """Be the process of one notebook: serve the cells that come over the connection, then end.

    Parameters
    ----------
    app
        A kernel in which nothing has run.
    connection
        To whoever asked for a process.
    home
        A folder of this process's own, for temporary files.
    parent
        The process that forked this one.
    """
    atexit._clear()
    os.setsid()
    die_with_parent(signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
    os.environ |= {"TMPDIR": str(home), "IPYTHONDIR": str(home)}
    tempfile.tempdir = None
    _new_chances()
    for each in STREAMS.values():
        each.open_tap()
    app.session.sink = connection
    with contextlib.suppress(ConnectionError):
        asyncio.run(_serve(app.kernel, connection))
    for each in STREAMS.values():
        each.session = None
    atexit._run_exitfuncs()
    os._exit(0)


def die_with_parent(sign: signal.Signals) -> None:
    """Ask Linux for a signal when the parent ends, however that happens."""
    set_parent_death_signal = 1
    _LIBC.prctl(set_parent_death_signal, int(sign))


def _new_chances() -> None:
    """Seed the generators anew: no two processes draw the same numbers because they were forked."""
    random.seed()
    numbers: Any = sys.modules.get("numpy.random")
    if numbers:
        numbers.seed()


async def _serve(kernel: Any, connection: socket.socket) -> None:
    """Answer requests until the other side hangs up."""
    loop = asyncio.get_running_loop()
    kernel.io_loop = IOLoop.current()
    connection.setblocking(False)
    reader = wire.Reader()
    while data := await loop.sock_recv(connection, 1 << 16):
        for message in reader.feed(data):
            connection.setblocking(True)
            await _answer(kernel, message)
            connection.setblocking(False)


async def _answer(kernel: Any, message: dict[str, Any]) -> None:
    kind = message["header"]["msg_type"]
    if kind == "begin":
        os.chdir(message["content"]["cwd"])
        os.environ |= message["content"]["environment"]
        kernels.limit_memory(0, message["content"]["memory"])
    elif kind == "kernel_info_request":
        content = {"status": "ok", **kernel.kernel_info}
        kernel.session.send("shell", "kernel_info_reply", content, message)
    elif kind == "execute_request":
        kernel.set_parent([], message)
        kernel._publish_status("busy", "shell")
        await kernel.execute_request("shell", [], message)
        kernel._publish_status("idle", "shell")
