"""The papermill client of a forked process: nbclient's own, over one Unix socket in place of five.

Nobody follows the cells of a brief while they run: what one shows is taken at once when it is done, without nbclient's
event loop (`Runner`).
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import os
import signal
import socket
import time
from collections import deque
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, DeadKernelError
from nbformat import NotebookNode, from_dict, validate

from helpers.press import following, kernels, printed, wire
from helpers.press.host import ERRORS

CHUNK = 1 << 18
"""Bytes that are read at a time."""

SHOWN = frozenset({"display_data", "execute_result"})
"""The messages that show something."""

PLAIN = SHOWN | {"status", "execute_input", "execute_reply"}
"""The messages of a cell that does nothing else."""


class NoFork(Exception):
    """There is no forked process to be had; the message says why."""


def _last_line(path: Path) -> str:
    """Return the last line of a file in brackets, if there is one."""
    try:
        lines = path.read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    return f" ({lines[-1]})" if lines else ""


class Channel:
    """One of the channels that nbclient reads from."""

    def __init__(self, client: WireClient) -> None:
        self._client = client
        self.waiting: deque[dict[str, Any]] = deque()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """Return the next message of this channel.

        Raises
        ------
        queue.Empty
            None came in so many seconds.
        DeadKernelError
            The process has ended.
        """
        from queue import Empty

        try:
            async with asyncio.timeout(timeout):
                while not self.waiting:
                    async with self._client.turn:
                        if not self.waiting:
                            await self._client.pull()
        except TimeoutError:
            raise Empty from None
        message = self.waiting.popleft()
        message["header"]["date"] = datetime.fromisoformat(message["header"]["date"])
        return message


class WireClient:
    """What nbclient needs of a kernel client, and of a kernel manager, for one forked process.

    Parameters
    ----------
    address
        The socket of the template process.
    folder
        The working directory of the notebook.
    memory
        Megabytes that the notebook may take over what it shares with the template; 0 for no limit.
    wait
        Seconds that the template may take to get warm.

    Raises
    ------
    NoFork
        The template is not there, or has said that it cannot fork.
    """

    has_kernel = True
    allow_stdin = False

    def __init__(self, address: str, folder: str | Path, memory: int = 0, wait: float = 120) -> None:
        self.session, self.turn = Session(), asyncio.Lock()
        self.shell_channel, self.iopub_channel = Channel(self), Channel(self)
        self._reader, self.code, self.ended = wire.Reader(), None, False
        self._ahead = ""
        self._loop: asyncio.AbstractEventLoop | None = None
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(wait)
        try:
            self._socket.connect(address)
            self.pid = self._hello()
        except OSError as error:
            self._socket.close()
            why = "it was not ready in time" if isinstance(error, TimeoutError) else "it is not running"
            why += _last_line(Path(address).parent / ERRORS)
            raise NoFork(f"the template process did not answer: {why}") from error
        kernels.running.add(self.pid)
        self._socket.setblocking(False)
        self._send("begin", {"cwd": str(folder), "memory": memory, "environment": following.variables()})

    def _hello(self) -> int:
        messages: list[dict[str, Any]] = []
        while not messages:
            data = self._socket.recv(1 << 16)
            if not data:
                raise NoFork("the template process has ended")
            messages = self._reader.feed(data)
        if messages[0]["channel"] != "hello":
            self._socket.close()
            raise NoFork(messages[0].get("why", "the forked process ended at once"))
        return int(messages[0]["pid"])

    def _send(self, kind: str, content: dict[str, Any]) -> str:
        message = self.session.msg(kind, content)
        self._socket.setblocking(True)
        with contextlib.suppress(OSError):  # a dead process: the next read says so
            self._socket.sendall(wire.frame(self.session.pack(message)))
        self._socket.setblocking(False)
        return str(message["header"]["msg_id"])

    async def pull(self) -> None:
        """Read what has come and sort it by channel.

        Raises
        ------
        DeadKernelError
            The process has ended.
        """
        self._loop = asyncio.get_running_loop()
        try:
            data = b"" if self.ended else await self._loop.sock_recv(self._socket, CHUNK)
        except ConnectionError:
            data = b""
        self._sort(data)
        if self.ended:
            raise DeadKernelError("Kernel died")

    def answers(self, request: str, deadline: float) -> list[dict[str, Any]]:
        """Return what has come to a request, its reply last.

        That is once it is done or has done something else than show something, or the time or the process has ended.
        The messages stay in their channels, see `settle`.

        Parameters
        ----------
        request
            What `execute` returned.
        deadline
            When to give up, as `time.monotonic` counts.
        """
        iopub, shell = self.iopub_channel.waiting, self.shell_channel.waiting
        while (
            not (shell and any(_is_last(message, request) for message in reversed(iopub)))
            and all(message["msg_type"] in PLAIN for message in iopub)
            and not self.ended
        ):
            self._socket.settimeout(max(0.001, deadline - time.monotonic()))
            try:
                self._sort(self._socket.recv(CHUNK))
            except TimeoutError:
                break
            except ConnectionError:
                self._sort(b"")
        self._socket.setblocking(False)
        return [*iopub, *shell]

    def settle(self) -> None:
        """Take the messages that `answers` returned for dealt with."""
        self.iopub_channel.waiting.clear()
        self.shell_channel.waiting.clear()
        self._ahead = ""

    def _sort(self, data: bytes) -> None:
        """Put the messages that are whole with more data into their channels; no data: there will be no more."""
        for message in self._reader.feed(data):
            if message["channel"] == "exit":
                self.code, data = message["code"], b""
                continue
            message["msg_type"] = message["header"]["msg_type"]
            message["buffers"] = [base64.b64decode(buffer) for buffer in message["buffers"]]
            channel = self.shell_channel if message["channel"] == "shell" else self.iopub_channel
            channel.waiting.append(message)
        if not data:
            if not self.ended and self.code is None:  # the template has ended too and cannot do it
                self.stop()
            self.ended = True

    def ask(self, code: str) -> str:
        """Send a cell that nbclient will perhaps run, but once only; return the id of the request."""
        self._ahead = self.execute(code)
        return self._ahead

    def execute(self, code: str, *, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Send a cell, unless it was sent ahead; return the id of the request."""
        if self._ahead:
            ahead, self._ahead = self._ahead, ""
            return ahead
        content = {
            "code": code,
            "silent": False,
            "store_history": store_history,
            "user_expressions": {},
            "allow_stdin": False,
            "stop_on_error": stop_on_error,
        }
        return self._send("execute_request", content)

    def kernel_info(self) -> str:
        """Ask what language it is; return the id of the request."""
        return self._send("kernel_info_request", {})

    async def is_alive(self) -> bool:
        """Return whether the process has not been seen to end."""
        return not self.ended

    def last_words(self) -> str:
        """Return how the process ended, if it did by itself."""
        if self.code is None:
            return ""
        if self.code < 0:
            return f"ended by {signal.Signals(-self.code).name}"
        return f"ended with exit code {self.code}"

    def close(self) -> None:
        """Hang up: the process ends, by itself or by the template's hand."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.remove_reader(self._socket)  # or the loop would wait for the next one of this number
        self._socket.close()
        kernels.running.discard(self.pid)

    def stop(self) -> None:
        """End the process and what it started, at once."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


def _request(message: dict[str, Any]) -> str | None:
    """Return the id of the request that a message answers."""
    return message["parent_header"].get("msg_id")


def _is_last(message: dict[str, Any], request: str) -> bool:
    """Return whether a message says that a request is done."""
    ends = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
    return ends and _request(message) == request


def _is_plain(messages: list[dict[str, Any]], request: str) -> bool:
    """Return whether a cell only showed something, and went well."""
    if not messages or messages[-1]["content"].get("status") != "ok":
        return False
    return all(
        message["msg_type"] in PLAIN
        and _request(message) == request
        and not (message["content"].get("transient") or {}).get("display_id")
        for message in messages
    )


class Runner(printed.Client):
    """Papermill's client, which takes what an output shows as it came, not copied and checked entry by entry.

    The notebook is checked as a whole when it is done (see `execute`). With a deadline nobody follows the cells while
    they run: one that only shows something is dealt with here, at once; whatever else it does, or becomes of it, is
    nbclient's. A state brief takes two thirds of the time so.
    """

    def __init__(self, nb_man: Any, deadline: float = 0, **options: Any) -> None:
        super().__init__(nb_man, **options)
        self.deadline = deadline

    def papermill_execute_cells(self) -> None:
        """Run the cells to the first that fails; with a deadline without papermill's notes of when each ended."""
        if not self.deadline:
            super().papermill_execute_cells()
            return
        for index, cell in enumerate(self.nb.cells):
            self.nb_man.cell_start(cell, index)
            try:
                if not self._shown(cell, index):
                    self.execute_cell(cell, index)
            except CellExecutionError as error:
                self.nb_man.cell_exception(self.nb.cells[index], cell_index=index, exception=error)
                break

    def _shown(self, cell: NotebookNode, index: int) -> bool:
        """Return whether a cell was run, and only showed something; its outputs are in it then."""
        tags = cell.metadata.get("tags", ())
        special = {self.skip_cells_with_tag, "raises-exception"} & set(tags)
        if cell.cell_type != "code" or not cell.source.strip() or special:
            return False
        request = self.kc.ask(cell.source)
        messages = self.kc.answers(request, self.deadline)
        if not _is_plain(messages, request):
            return False
        self.kc.settle()
        self.code_cells_executed += 1
        cell.outputs = []
        self.clear_before_next_output = False
        for message in messages:
            if message["msg_type"] in SHOWN:
                self.output(cell.outputs, message, None, index)
            elif message["msg_type"] == "execute_input":
                cell["execution_count"] = message["content"]["execution_count"]
        return True

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Add an output to those of its cell, as nbclient does."""
        kind, content = msg["msg_type"], msg["content"]
        special = display_id or self.clear_before_next_output or self.output_hook_stack[_request(msg)]
        if kind not in SHOWN or special:
            return super().output(outs, msg, display_id, cell_index)
        out = NotebookNode(output_type=kind, metadata=from_dict(content["metadata"]), data=NotebookNode())
        dict.update(out["data"], content["data"])  # a NotebookNode's own update copies
        if kind == "execute_result":
            out["execution_count"] = content["execution_count"]
        outs.append(out)
        return out

    def execute(self, **options: Any) -> Any:
        """Run all cells and check the notebook.

        Raises
        ------
        nbformat.ValidationError
            If an output is not what the format allows.
        """
        node = super().execute(**options)
        validate(node)
        return node


def owner(client: WireClient) -> Any:
    """Return what nbclient takes for the kernel manager of a client."""
    return SimpleNamespace(has_kernel=True, is_alive=client.is_alive, ipykernel=True)
