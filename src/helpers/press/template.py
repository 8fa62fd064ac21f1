"""The template process: it is made warm once, then forks one process a notebook.

It is started by exec, reads from its standard input what to run to get warm, and listens on a socket that it
inherited. Its children share its memory until they write to it. It has one thread, and looks before each fork
whether that is still so: a lock held by another thread would be locked in the child for ever.

While it reads tables and runs whole notebooks to get warm, a deputy serves in its place, so that the other cores
need not wait: one forked after the imports, and after the tables and each notebook a warmer one. Together they let in
one notebook fewer than there are jobs: the last one waits for the template, which is at work on its core, and is
quicker when that is warm. For few briefs there is nothing of this: each reads what it needs.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import json
import os
import select
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

from helpers import press
from helpers.press import forked, warmup, wire

GRACE = 1.0
"""Seconds that a child may take to end after its client has hung up."""


class Child:
    """One forked process: its number, its folder, the connection it serves, and until when it may go on."""

    def __init__(self, pid: int, home: Path, connection: socket.socket) -> None:
        self.pid, self.home, self.connection = pid, home, connection
        self.ends = float("inf")

    def kill(self) -> None:
        """End the process and all it has started."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)


class Room:
    """How many notebooks may run at a time beside a template that gets warm, whichever deputy serves them.

    A pipe holds a byte for each that may begin: a deputy takes one before it lets one in, and puts it back after.
    """

    def __init__(self, notebooks: int) -> None:
        self.source, self._back = os.pipe()
        os.set_blocking(self.source, False)
        self.taken = False
        for _ in range(notebooks):
            self.put()

    def take(self) -> None:
        """Take a byte, unless another deputy is quicker."""
        with contextlib.suppress(BlockingIOError):
            self.taken = bool(os.read(self.source, 1))

    def put(self) -> None:
        """Put a byte back."""
        os.write(self._back, b".")


class Template:
    """The loop of the template process, which may have deputies, and of a deputy, which serves for a time.

    `until` is a descriptor at whose end nobody is let in any more, and the process ends with its last child; without
    `room` as many children run as there are connections.
    """

    def __init__(
        self,
        app: Any,
        door: socket.socket,
        home: Path,
        *,
        deputies: set[int] | None = None,
        until: int | None = None,
        room: Room | None = None,
    ) -> None:
        self.app, self.door, self.home = app, door, home
        self.deputies, self.until, self.room, self.open = deputies or set(), until, room, True
        self.children: dict[int, Child] = {}
        self.bell, ring = os.pipe()
        os.set_blocking(self.bell, False)
        os.set_blocking(ring, False)
        signal.set_wakeup_fd(ring, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.signal(signal.SIGTERM, self.end)
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    def serve(self) -> None:
        """Fork for each connection until standard input ends, or a deputy's term."""
        leash, door = sys.stdin.fileno(), self.door.fileno()
        while self.open or self.children:
            poll = select.poll()
            sources = [leash, self.bell]
            if self.open:
                sources += [] if self.until is None else [self.until]
                sources += [door if not self.room or self.room.taken else self.room.source]
            for source in sources:
                poll.register(source, select.POLLIN)
            watched = {child.connection.fileno(): child for child in self.children.values()}
            for source, child in watched.items():
                if child.ends == float("inf"):
                    poll.register(source, 0)
            leaving = any(child.ends < float("inf") for child in self.children.values())
            for source, _ in poll.poll(100 if leaving else None):
                if source == leash:
                    self.end()
                elif source == self.until:
                    self.close()
                elif source == door and self.open:
                    with contextlib.suppress(BlockingIOError):  # the other one of the two was quicker
                        self.welcome(self.door.accept()[0])
                elif self.room and self.open and source == self.room.source:
                    self.room.take()
                elif source == self.bell:
                    os.read(self.bell, 4096)
                elif source in watched:
                    watched[source].ends = time.monotonic() + GRACE
            self.reap()
        os._exit(0)

    def welcome(self, connection: socket.socket) -> None:
        """Fork a process for a connection, or say why not."""
        threads = os.listdir("/proc/self/task")
        if len(threads) > 1:
            names = sorted(Path(f"/proc/self/task/{n}/comm").read_text().strip() for n in threads)
            return refuse(connection, f"the template process has {len(threads)} threads ({', '.join(names)})")
        home = self.home / f"{time.monotonic_ns():x}"
        home.mkdir()
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError as error:
            home.rmdir()
            return refuse(connection, f"no process could be forked ({error.strerror})")
        if pid:
            self.children[pid] = Child(pid, home, connection)
            if self.room:
                self.room.taken = False  # it is the child's
            return None
        try:
            self.leave_behind()
            connection.sendall(wire.pack({"channel": "hello", "pid": os.getpid()}))
            forked.become(self.app, connection, home, parent)
        finally:
            os._exit(70)

    def leave_behind(self) -> None:
        """In a child: let go of what belongs to the template."""
        signal.set_wakeup_fd(-1)
        for sign in (signal.SIGCHLD, signal.SIGTERM):
            signal.signal(sign, signal.SIG_DFL)
        for child in self.children.values():
            child.connection.close()
        self.door.close()
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)

    def reap(self) -> None:
        """Bury the children that have ended and end those that have to."""
        for child in tuple(self.children.values()):
            if time.monotonic() > child.ends:
                child.kill()
            pid, status = os.waitpid(child.pid, os.WNOHANG)
            if pid:
                del self.children[pid]
                child.kill()  # what it started and left
                code = os.waitstatus_to_exitcode(status)
                with contextlib.suppress(OSError):
                    child.connection.sendall(wire.pack({"channel": "exit", "code": code}))
                child.connection.close()
                shutil.rmtree(child.home, ignore_errors=True)
                if self.room:
                    self.room.put()
        self.deputies -= {pid for pid in self.deputies if os.waitpid(pid, os.WNOHANG)[0]}

    def close(self) -> None:
        """Let nobody in any more, and leave what was taken for the next one to others."""
        self.open = False
        if self.room and self.room.taken:
            self.room.taken = False
            self.room.put()

    def end(self, *_: object) -> NoReturn:
        """End all children and this process."""
        for child in self.children.values():
            child.kill()
        shutil.rmtree(self.home, ignore_errors=True)
        os._exit(0)


def refuse(connection: socket.socket, why: str) -> None:
    """Tell a client that it gets no process."""
    with contextlib.suppress(OSError), connection:
        connection.sendall(wire.pack({"channel": "refused", "why": why}))


def deputise(app: Any, door: socket.socket, home: Path, room: Room) -> tuple[int, int]:
    """Fork a process that serves in place of this one; return its number and the descriptor whose closing ends that."""
    parent, (until, hold) = os.getpid(), os.pipe()
    if pid := os.fork():
        os.close(until)
        return pid, hold
    try:
        os.close(hold)
        forked.die_with_parent(signal.SIGTERM)
        if os.getppid() == parent:
            Template(app, door, home, until=until, room=room).serve()
    finally:
        os._exit(70)


def main() -> None:
    """Get warm and serve: arguments are the descriptor of the socket and the folder for temporary files."""
    gc.disable()  # imports make hundreds of thousands of objects and no garbage: a sixth of their time
    forked.die_with_parent(signal.SIGTERM)
    door, home = socket.socket(fileno=int(sys.argv[1])), Path(sys.argv[2])
    door.setblocking(False)
    os.chdir(home)  # the notebooks' own way of importing begins where they stand
    for name in press.LEFT_OUT:
        sys.modules.pop(name, None)
    app = forked.fresh()
    notebooks, wanted = json.loads(sys.stdin.readline() or "[0, []]")
    uses = [(Path(name), values, whole) for name, values, whole in wanted]
    for notebook in dict.fromkeys(name for name, *_ in uses):
        warmup.warm(app.shell, notebook, {}, whole=False)
    app = _settled()
    gc.set_threshold(20_000, 10, 50)  # for the forked ones too: figures make many objects; -6% of their time
    gc.enable()
    deputies, room = set[int](), Room(notebooks)
    term = contextlib.ExitStack()  # closing it ends that of the last deputy
    for step in _steps(uses):
        term.close()  # before the fork, or the next one would prolong it
        if notebooks:
            pid, hold = deputise(app, door, home, room)
            term.callback(os.close, hold)
            deputies.add(pid)
        step(app.shell)
        app = _settled()
    term.close()
    Template(app, door, home, deputies=deputies).serve()


def _steps(uses: Sequence[tuple[Path, Mapping[str, Any], bool]]) -> list[Callable[[Any], None]]:
    """Return what is done once for a book, given a shell: its tables are read, some notebooks run; else nothing."""
    runs = [
        functools.partial(warmup.warm, notebook=notebook, values=values, whole=True)
        for notebook, values, whole in uses
        if whole
    ]
    return [lambda _: warmup.read_tables(), *runs] if runs else []


def _settled() -> Any:
    """Return a kernel in which nothing has run, and spare the collector what is there by now."""
    app = forked.fresh()
    forked.read_once(app.shell)
    if gc.isenabled():
        gc.collect()  # of what is new: the rest was frozen before
    gc.freeze()
    return app


if __name__ == "__main__":
    main()
