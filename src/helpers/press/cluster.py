"""Make the briefs of a plan on a `dask.distributed` cluster, in place of worker processes on this machine.

No shared folder is needed: notebooks and tables go to every worker once, as one archive, and each unpacks them
into a folder of its own; the bytes of the finished files come back and are placed and recorded here. A worker
never writes into reports/, and no variable of this machine's environment is sent but SOURCE_DATE_EPOCH.
Workers have to have the same code and versions installed; that is looked at before anything is sent. A brief
whose worker is lost is given to another, until more workers were lost with it than the scheduler's setting
`allowed-failures` says (3 when nobody set it); then it is a failure.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import queue
import time
import uuid
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from helpers import paths
from helpers.errors import SHOWN, BuildError, compose
from helpers.press import place, workers
from helpers.press.work import Job, Outcome, kept_path

REACHED = 6.0
"""Seconds in which the scheduler has to answer."""

WORKERS = 30.0
"""Seconds in which a worker has to be there, at the start and whenever there is none left."""

RETRIES = 2
"""How often a brief is given to a worker again after one could not work (its disk is full, say)."""

_TICK, _LOOK, _FETCH = 0.2, 5.0, 20.0
_INSTALL = "Install the extra: pip install 'grassroots-briefs[cluster]' (or distributed itself)."
_ASK = "__import__('helpers.press.inputs').press.inputs.now(())"
"""What a worker is asked, as text: that works whatever version of Python and of the package it has."""

Stopped = Callable[[], bool]


def run(
    jobs: Sequence[Job], address: str, source: Mapping[str, Any], stopped: Stopped
) -> Generator[Outcome, None, None]:
    """Yield the outcome of each job as it comes from the cluster, its files in the waiting folder.

    Parameters
    ----------
    jobs
        The briefs to make.
    address
        The scheduler, `tcp://host:8786`.
    source
        What briefs are made from here, see `inputs.now`.
    stopped
        Asked several times a second; when it says yes, the tasks are cancelled and no more is yielded.

    Raises
    ------
    BuildError
        `distributed` is not installed; the scheduler cannot be reached or is lost; no worker comes; a worker
        has other versions.
    """
    if not jobs:
        return
    with _client(address) as client:
        count = _wait_for_workers(client, address, stopped)
        if not count:
            return
        code = {path: digest for path, digest in source["code"].items() if not path.startswith("notebooks/")}
        expected = {**source, "code": code}
        _compare(client, expected)
        from helpers.press import remote

        name = f"briefs-{uuid.uuid4().hex}"
        parcel = remote.pack({"notebooks": paths.notebooks_dir(), "data": paths.data_dir()})
        warm = [(_inside(path), values, whole) for path, values, whole in workers.uses(jobs, count)]
        shelf = remote.Shelf(name, parcel, warm, source["settings"], expected)
        try:
            client.register_plugin(shelf, name=name)
            yield from _made(client, address, name, jobs, stopped)
        finally:
            with contextlib.suppress(Exception):  # a cluster that is gone has nothing to tidy
                if client.status == "running":
                    client.unregister_worker_plugin(name)


@contextlib.contextmanager
def _client(address: str) -> Iterator[Any]:
    try:
        import distributed
    except ImportError as error:
        message = compose(f"--scheduler {address}", "the package distributed", str(error), _INSTALL)
        raise BuildError(message) from error
    _hush()
    try:
        distributed.comm.get_address_host(address)  # an unknown scheme shows here, before anything is started
        client = distributed.Client(address, timeout=REACHED, set_as_default=False)
    except (OSError, ValueError) as error:
        todo = "Start it (dask scheduler), or correct the address: tcp://HOST:8786."
        got = f"none in {REACHED:g} seconds" if isinstance(error, OSError) else str(error)
        where = f"--scheduler {address}"
        raise BuildError(compose(where, "an answer of a dask scheduler", got, todo)) from error
    try:
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)


def _hush() -> None:
    """Keep what `distributed` logs to itself: its loggers have levels of their own, set when it is imported."""
    for name in list(logging.root.manager.loggerDict):
        if name.partition(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _wait_for_workers(client: Any, address: str, stopped: Stopped) -> int:
    """Return how many threads the cluster's workers have, as soon as there is one; 0 when stopped before."""
    end = time.monotonic() + WORKERS
    while not stopped():
        if count := sum(client.nthreads().values()):
            return count
        if time.monotonic() > end:
            raise _no_worker(address)
        time.sleep(_TICK)
    return 0


def _no_worker(address: str) -> BuildError:
    todo = f"Start one: dask worker {address} --nthreads 1"
    return BuildError(
        compose(f"--scheduler {address}", "a worker", f"none for {WORKERS:g} seconds", f"{todo}.")
    )


def _compare(client: Any, expected: Mapping[str, Any]) -> None:
    """Raise BuildError when a worker has other versions or other code than this machine."""
    from helpers.press import remote

    problems = []
    todo = "Install the same commit with the same requirements.lock there, or build without --scheduler."
    for worker, got in client.run(eval, _ASK, on_error="return").items():
        if isinstance(got, OSError):  # it went away meanwhile
            continue
        if isinstance(got, Exception):
            found = [("package", "grassroots-briefs, installed", f"{type(got).__name__}: {got}")]
        else:
            found = remote.differences(expected, got)
        problems += [compose(f"worker {worker}, {what}", here, there, todo) for what, here, there in found]
    if problems:
        more = f"\n... and {len(problems) - SHOWN} more differences" if len(problems) > SHOWN else ""
        raise BuildError("\n".join(problems[:SHOWN]) + more)


def _inside(path: Path) -> str:
    return path.resolve().relative_to(paths.notebooks_dir()).as_posix()


def _made(client: Any, address: str, name: str, jobs: Sequence[Job], stopped: Stopped) -> Iterator[Outcome]:
    """Submit all jobs, yield what comes back; cancel what is left, whatever happens."""
    from helpers.press import remote

    done: queue.SimpleQueue[Any] = queue.SimpleQueue()
    waiting = {}
    for job in jobs:
        key = f"{name}-{job.brief.stem}"
        future = client.submit(
            remote.make, name, job, _inside(job.brief.notebook), key=key, retries=RETRIES, pure=False
        )
        waiting[key] = (future, job)
        future.add_done_callback(done.put)
    seen = looked = time.monotonic()
    try:
        while waiting and not stopped():
            try:
                future = done.get(timeout=_TICK)
            except queue.Empty:
                now = time.monotonic()
                if client.status != "running":
                    raise _lost(address) from None
                if now - looked > _LOOK:
                    looked = now
                    seen = now if client.nthreads() else seen
                    if now - seen > WORKERS:
                        raise _no_worker(address) from None
                continue
            if future.key not in waiting:
                continue
            outcome = _outcome(future, waiting[future.key][1], address)
            seen = time.monotonic()
            if outcome is None:
                done.put(future)
                continue
            del waiting[future.key]
            yield outcome
    finally:
        with contextlib.suppress(Exception):
            if waiting and client.status == "running":
                client.cancel([future for future, _ in waiting.values()], force=True)


def _lost(address: str) -> BuildError:
    todo = "Look at its log and run the command again: what is finished stays."
    return BuildError(
        compose(f"--scheduler {address}", "an answer to the end", "the connection was lost", todo)
    )


def _outcome(future: Any, job: Job, address: str) -> Outcome | None:
    """Return what became of a brief, its files in the waiting folder; None when it is on its way once more."""
    from concurrent.futures import CancelledError

    from distributed import KilledWorker

    try:
        delivery = future.result(timeout=_FETCH)
    except TimeoutError:  # its worker was lost with the result: it is made anew elsewhere
        return None
    except KilledWorker as error:
        times = error.allowed_failures + 1
        cause = (
            f"{times} workers were lost while they had this brief; the last was {error.last_worker.address}"
        )
        return Outcome(job.brief, "execute", cause)
    except CancelledError:
        raise _lost(address) from None
    except Exception as error:
        return Outcome(job.brief, "execute", f"on a worker: {type(error).__name__}: {error}")
    return _written(job, delivery)


def _written(job: Job, delivery: Any) -> Outcome:
    """Write the files of a delivery to the waiting folder, each checked against its digest."""
    outcome = replace(delivery.outcome, brief=job.brief)
    try:
        if outcome.stage and delivery.kept:
            place.keep(kept_path(job), delivery.kept)
            return replace(outcome, kept=kept_path(job))
        for kind, digest, _ in outcome.files:
            if hashlib.sha256(delivery.files[kind]).hexdigest() != digest:
                return Outcome(job.brief, kind, "the file that came from the worker is not the one it made")
        for kind, path in job.brief.outputs if not outcome.stage else ():
            place.write(job.folder / place.PARTIAL / path, delivery.files[kind])
    except OSError as error:
        hopeless = error.errno in place.HOPELESS
        return Outcome(job.brief, "write", place.explain(error, job.folder), hopeless=hopeless)
    return outcome
