"""A plan that is sent to a cluster: what is looked at before, what comes back, what is left behind."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import distributed
import pytest

from helpers.errors import BuildError
from helpers.press import book as books
from helpers.press import build, cluster, inputs, plan, remote
from helpers.press.work import Outcome

ADDRESS = "tcp://127.0.0.1:8786"
WORKER = "tcp://10.0.0.7:40001"
MARK = "BRIEFS_TEST_CLUSTER"


class Heard:
    """Notes what a build says of its briefs, and may do something after the first."""

    def __init__(self, after_first: Any = None) -> None:
        self.outcomes: list[Outcome] = []
        self.after_first = after_first

    def start(self, total: int) -> None: ...

    def done(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        if self.after_first and len(self.outcomes) == 1:
            self.after_first()

    def end(self) -> None: ...


class Future:
    """A task that has an answer at once."""

    def __init__(self, key: str, answer: Any) -> None:
        self.key, self.answer = key, answer

    def add_done_callback(self, callback: Any) -> None:
        callback(self)

    def result(self, timeout: float) -> Any:
        if isinstance(self.answer, Exception):
            raise self.answer
        return self.answer


class Cluster:
    """Stands in for `distributed.Client`: workers with the versions, and answers to tasks, that a test gives it."""

    def __init__(self) -> None:
        self.status, self.threads = "running", {WORKER: 1}
        self.installed: Any = inputs.now(())
        self.answer: Any = None
        self.sent: list[Any] = []
        self.plugins: list[Any] = []
        self.cancelled: list[str] = []
        self.silent = False

    def __call__(self, address: str, **_: Any) -> Cluster:
        return self

    def nthreads(self) -> dict[str, int]:
        return self.threads

    def run(self, function: Any, *arguments: Any, on_error: str) -> dict[str, Any]:
        return dict.fromkeys(self.threads, self.installed)

    def register_plugin(self, plugin: Any, name: str) -> None:
        self.plugins.append(plugin)

    def unregister_worker_plugin(self, name: str) -> None:
        self.plugins = [plugin for plugin in self.plugins if plugin.name != name]

    def submit(self, function: Any, *arguments: Any, key: str, **_: Any) -> Future:
        self.sent.append(arguments)
        answer = self.answer(arguments[1]) if callable(self.answer) else self.answer
        future = Future(key, answer)
        if self.silent:
            future.add_done_callback = lambda callback: None  # type: ignore[method-assign]
        return future

    def cancel(self, futures: list[Future], force: bool) -> None:
        self.cancelled += [future.key for future in futures]

    def close(self, timeout: float) -> None:
        self.status = "closed"


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> Cluster:
    found = Cluster()
    monkeypatch.setattr(distributed, "Client", found)
    return found


def made(only: tuple[str, ...] = (), after_first: Any = None, address: str = ADDRESS, **options: Any) -> Any:
    """Build on a cluster; return the result and what was heard."""
    book = books.read()
    edition = book.edition("")
    heard = Heard(after_first)
    briefs = plan.choose(plan.expand(book, edition), only=only)
    return build.build(book, edition, briefs, heard, scheduler=address, **options), heard


def delivered(job: Any) -> remote.Delivery:
    """Return what a worker would: a file of each format that holds its own name."""
    files = {kind: f"{kind} of {job.brief.stem}".encode() for kind in job.brief.formats}
    sums = tuple((kind, hashlib.sha256(text).hexdigest(), len(text)) for kind, text in files.items())
    return remote.Delivery(Outcome(job.brief, files=sums, seconds=1.0), files)


def test_what_comes_back_is_placed_and_recorded_by_the_one_that_planned(project, fake) -> None:
    fake.answer = delivered
    result, _ = made(("AK",))
    assert result.whole
    assert (project.reports / "latest/en/state/alaska.html").read_text() == "html of en/state/alaska"
    recorded = json.loads((project.reports / "latest/manifest.json").read_text())
    assert list(recorded["briefs"]) == ["en/state/alaska", "ja/state/alaska"]
    assert fake.plugins == []
    again, _ = made(("AK",))
    assert again.fresh == 2
    assert len(fake.sent) == 2


def test_no_variable_of_the_environment_is_sent_with_the_plan(project, fake, monkeypatch) -> None:
    import pickle

    monkeypatch.setenv("CENSUS_API_KEY", "a key that stays")
    fake.answer = delivered
    seen = []
    monkeypatch.setattr(fake, "register_plugin", lambda plugin, name: seen.append(plugin))
    made(("AK",))
    assert set(seen[0].settings) == {"SOURCE_DATE_EPOCH"}
    assert b"a key that stays" not in pickle.dumps((seen, fake.sent))
    with zipfile.ZipFile(io.BytesIO(seen[0].parcel)) as archive:
        assert {"notebooks/toy.ipynb", "notebooks/book.yml", "data/reference/states.csv"} <= set(
            archive.namelist()
        )


def test_a_file_that_changed_on_its_way_is_not_put_into_place(project, fake) -> None:
    def spoilt(job: Any) -> remote.Delivery:
        whole = delivered(job)
        return remote.Delivery(whole.outcome, dict(whole.files) | {"pdf": b"half"})

    fake.answer = spoilt
    result, _ = made(("en/national",))
    assert [(item.stage, item.cause) for item in result.failed] == [
        ("pdf", "the file that came from the worker is not the one it made")
    ]
    assert not (project.reports / "latest/en").exists()


def test_the_notebook_of_a_brief_that_failed_on_a_worker_is_kept_here(project, fake) -> None:
    fake.answer = lambda job: remote.Delivery(Outcome(job.brief, "execute", "cell 3"), {}, b"{}")
    result, _ = made(("en/national",))
    assert [(item.stage, item.cause) for item in result.failed] == [("execute", "cell 3")]
    assert result.failed[0].kept == project.reports / "latest/.failed/en/national.ipynb"
    assert result.failed[0].kept.read_bytes() == b"{}"


def test_a_brief_that_no_worker_survives_is_a_failure_and_the_others_go_on(project, fake) -> None:
    killed = distributed.KilledWorker("key", SimpleNamespace(address=WORKER), 2)
    fake.answer = lambda job: killed if job.brief.lang == "ja" else delivered(job)
    result, _ = made(("AK",))
    assert [brief.stem for brief in result.made] == ["en/state/alaska"]
    cause = f"3 workers were lost while they had this brief; the last was {WORKER}"
    assert [(item.brief.stem, item.cause) for item in result.failed] == [("ja/state/alaska", cause)]


def test_workers_with_other_versions_are_named_before_anything_is_sent(project, fake) -> None:
    other = json.loads(json.dumps(fake.installed))
    other["versions"]["typst"] = "0.1"
    other["lock"] = "f" * 64
    del other["code"]["press/work.py"]
    fake.installed = other
    with pytest.raises(
        BuildError, match=f"worker {WORKER}, typst: expected .*, got 0.1. Install the same"
    ) as e:
        made()
    assert "requirements.lock: expected" in str(e.value)
    assert "got ffffffffffff." in str(e.value)
    assert "code press/work.py: expected" in str(e.value)
    assert (fake.sent, fake.plugins) == ([], [])


def test_a_worker_without_the_package_is_named(project, fake) -> None:
    fake.installed = ModuleNotFoundError("No module named 'helpers'")
    with pytest.raises(
        BuildError, match=f"worker {WORKER}, package: expected grassroots-briefs, installed, got Mod"
    ):
        made()
    assert fake.sent == []


def test_a_cluster_without_workers_is_said(project, fake, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "WORKERS", 0.3)
    fake.threads = {}
    with pytest.raises(
        BuildError, match=r"expected a worker, got none for 0.3 seconds. Start one: dask worker tcp"
    ):
        made()


def test_a_cluster_that_loses_its_last_worker_is_said(project, fake, monkeypatch) -> None:
    monkeypatch.setattr(cluster, "WORKERS", 0.3)
    monkeypatch.setattr(cluster, "_LOOK", 0.0)
    fake.silent = True
    monkeypatch.setattr(
        fake, "submit", lambda *a, **k: (fake.threads.clear(), Cluster.submit(fake, *a, **k))[1]
    )
    with pytest.raises(BuildError, match=r"expected a worker, got none for 0.3 seconds"):
        made()
    assert len(fake.cancelled) == 10


def test_a_scheduler_that_is_lost_is_said_and_what_is_finished_stays(project, fake) -> None:
    from concurrent.futures import CancelledError

    fake.answer = lambda job: CancelledError() if job.brief.stem == "ja/national" else delivered(job)
    with pytest.raises(BuildError, match="expected an answer to the end, got the connection was lost"):
        made()
    assert (project.reports / "latest/en/national.html").is_file()
    assert {plan_.brief.stem for plan_ in stale()}.isdisjoint({"en/national"})


def stale() -> list[Any]:
    book = books.read()
    edition = book.edition("")
    return [item for item in build.survey(book, edition, plan.expand(book, edition)) if not item.fresh]


def test_a_scheduler_that_cannot_be_reached_is_said_within_ten_seconds(project, monkeypatch) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        address = f"tcp://127.0.0.1:{taken.getsockname()[1]}"
        start = time.monotonic()
        with pytest.raises(
            BuildError, match=r"expected an answer of a dask scheduler, got none in 6 seconds"
        ):
            made(address=address)
    assert time.monotonic() - start < 10


def test_an_address_of_no_known_kind_is_said(project) -> None:
    with pytest.raises(
        BuildError, match="expected an answer of a dask scheduler, got unknown address scheme 'post'"
    ):
        made(address="post://office")


def test_without_the_extra_its_command_is_named(project, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BuildError, match=r"pip install 'grassroots-briefs\[cluster\]'"):
        made()


def test_a_stopped_build_cancels_its_tasks(project, fake) -> None:
    fake.answer = delivered
    result, _ = made(after_first=lambda: os.kill(os.getpid(), signal.SIGINT))
    assert result.interrupted
    assert len(result.made) == 1
    assert len(fake.cancelled) == 9
    assert fake.plugins == []


def test_a_register_that_would_not_reach_the_workers_stops_before_anything_is_sent(project, fake) -> None:
    (project.root / "mine.csv").write_text("x\n")
    toy = project.notebooks / "toy.ipynb"
    content = json.loads(toy.read_text(encoding="utf-8"))
    cell = next(cell for cell in content["cells"] if "parameters" in cell["metadata"].get("tags", []))
    cell["source"] = [*cell["source"], '\nactivities: str = "../mine.csv"  # path of a register']
    toy.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BuildError, match=r"expected files inside the notebooks folder, got '../mine.csv'"):
        made(("national",))
    assert fake.sent == []


class Machines:
    """A scheduler and workers on this machine, each a process of its own; what they start carries a mark."""

    def __init__(self, folder: Path, *, nanny: bool, **settings: str) -> None:
        self.mark = f"{folder}-{time.time_ns()}"
        self.temporary = Path(tempfile.mkdtemp(prefix="b-"))
        self.environment = os.environ | settings | {MARK: self.mark, "TMPDIR": str(self.temporary)}
        file = folder / "scheduler.json"
        common = ["--host", "127.0.0.1", "--no-dashboard"]
        self.processes = [self.start("scheduler", "--port", "0", "--scheduler-file", str(file), *common)]
        end = time.monotonic() + 30
        while not (file.is_file() and file.read_text().strip()) and time.monotonic() < end:
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]
        kind = "--nanny" if nanny else "--no-nanny"
        place = ["--nthreads", "1", "--local-directory", str(folder / "scratch")]
        self.workers = [self.start("worker", self.address, kind, *place, *common) for _ in range(2)]
        self.processes += self.workers
        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "dask", *words]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self.environment, stdout=quiet, stderr=quiet)

    def marked(self) -> list[str]:
        """Return the processes that the cluster has started and that still run."""
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            with contextlib.suppress(OSError):
                if f"{MARK}={self.mark}".encode() in (folder / "environ").read_bytes().split(b"\0"):
                    found.append((folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()[:200])
        return found

    def makers(self) -> list[str]:
        """Return those of them that make briefs."""
        return [name for name in self.marked() if "remote.tend" in name or "helpers.press" in name]

    def end(self) -> None:
        """End the workers first: one that still had something to say to its scheduler would wait for it."""
        for group in (self.workers, self.processes):
            for process in group:
                process.terminate()
            for process in group:
                try:
                    process.wait(20)
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()


def soon(condition: Any, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return bool(condition())


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[Any]:
    """Starts a cluster; after the test no process of it is left, and no folder."""
    started: list[Machines] = []

    def start(**settings: Any) -> Machines:
        started.append(Machines(tmp_path, **settings))
        return started[-1]

    yield start
    for found in started:
        found.end()
        assert soon(lambda found=found: not found.marked()), found.marked()
        # What a worker that was killed left, the next build on its machine clears away.
        clear = [sys.executable, "-c", "from helpers.press import folders; folders.clear()"]
        subprocess.run(clear, env=found.environment, check=True)
        assert list(found.temporary.rglob("briefs-*")) == []
        shutil.rmtree(found.temporary)


linux = pytest.mark.skipif(sys.platform != "linux", reason="looks at processes through /proc")


def test_a_maker_whose_shelf_has_gone_leaves_no_folder(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", None)
    own = tmp_path / "own"
    own.mkdir()
    with pytest.raises(FileNotFoundError, match=r"uses\.json"):
        remote.tend("0", "0", str(own), str(tmp_path / "gone"))
    assert not own.exists()


@pytest.mark.slow
@linux
def test_two_workers_one_of_them_killed_make_the_bytes_of_a_local_build(edition, machines, tmp_path) -> None:
    found = machines(nanny=False)
    here = tmp_path / "reports"
    at_work = []

    def kill() -> None:
        at_work.append(len([name for name in found.makers() if "remote.tend" in name]))
        found.workers[0].kill()

    result, heard = made(("en/national", "MO", "TN"), kill, found.address, reports=here)
    assert [(item.brief.stem, item.stage, item.cause) for item in result.failed] == []
    assert (result.whole, len(heard.outcomes), at_work) == (True, 5, [2])
    assert soon(lambda: not found.makers()), found.makers()
    compared = 0
    for brief in result.made:
        for _, name in brief.outputs:
            assert (here / "latest" / name).read_bytes() == (edition.folder / name).read_bytes(), name
            compared += 1
    assert compared == 20
    records = [
        json.loads((folder / "manifest.json").read_text())["briefs"]
        for folder in (here / "latest", edition.folder)
    ]
    assert records[0] == {stem: records[1][stem] for stem in records[0]}


@pytest.mark.slow
@linux
def test_a_brief_that_kills_its_worker_three_times_fails_and_the_others_are_made(project, machines) -> None:
    content = json.loads((project.notebooks / "toy.ipynb").read_text(encoding="utf-8"))
    killing = [
        "import psutil\n",
        "if lang == 'ja' and state == 'CA':\n",
        "    makers = [p for p in psutil.Process().parents() if 'remote.tend' in ' '.join(p.cmdline())]\n",
        "    makers[0].parent().kill()\n",
    ]
    cell = {"cell_type": "code", "id": "kills", "metadata": {}, "outputs": [], "execution_count": None}
    content["cells"].append(cell | {"source": killing})
    (project.notebooks / "toy.ipynb").write_text(json.dumps(content), encoding="utf-8")
    found = machines(nanny=True, DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES="2")
    result, _ = made(("state",), address=found.address)
    assert [item.brief.stem for item in result.failed] == ["ja/state/california"]
    assert result.failed[0].cause.startswith(
        "3 workers were lost while they had this brief; the last was tcp://"
    )
    assert len(result.made) == 7


@pytest.mark.slow
@linux
def test_a_worker_shows_a_brief_no_key_of_its_own_and_no_folder_of_the_planner(project, machines) -> None:
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The nation",
        "notebook: shows_its_environment.ipynb\n    heading: {en: The nation",
    )
    found = machines(nanny=False, CENSUS_API_KEY="the worker's own")
    result, _ = made(("en/national",), address=found.address)
    assert result.whole, result.failed
    shown = (project.reports / "latest/en/national.ipynb").read_text(encoding="utf-8")
    assert "CENSUS_API_KEY" in shown
    assert "the worker's own" not in shown
    assert str(project.root) not in shown
    assert soon(lambda: not found.makers()), found.makers()


def test_no_logger_of_the_cluster_prints_a_traceback_before_the_message() -> None:
    """`distributed.client` has a level of its own from the moment it is imported."""
    loud = logging.getLogger("distributed.client")
    before = loud.level
    loud.setLevel(logging.WARNING)
    try:
        cluster._hush()
        assert not loud.isEnabledFor(logging.ERROR)
    finally:
        loud.setLevel(before)
