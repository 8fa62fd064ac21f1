"""Forked processes: nothing goes from one to the next, limits hold, and none outlives who asked for it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import nbformat
import pytest

from helpers import press
from helpers.press import book, engine, following, host, kernels, plan, template, wire, work, workers
from helpers.press.build import build

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")

NOTEBOOKS = Path(__file__).with_name("notebooks")

SPOILS = """\
import builtins, json, os, random, sys, warnings
import matplotlib, numpy, pandas
numpy.random.seed(1); random.seed(1)
matplotlib.rcParams["font.size"] = 77
matplotlib.rcParams["axes.grid"] = True
pandas.options.display.max_rows = 3
os.environ["LEFT_BEHIND"] = "yes"
os.chdir("/")
builtins.left_behind = True
sys.path.insert(0, "/left/behind")
json.left_behind = True
warnings.simplefilter("error")
left_behind = True
get_ipython().run_line_magic("xmode", "Plain")
"""

LOOKS = """\
import builtins, json, os, random, sys, warnings
import matplotlib, numpy, pandas
draws = (float(numpy.random.random()), random.random())
print(json.dumps({
    "seen": [matplotlib.rcParams["font.size"], matplotlib.rcParams["axes.grid"],
             pandas.options.display.max_rows, os.environ.get("LEFT_BEHIND"), os.getcwd(),
             hasattr(builtins, "left_behind"), "/left/behind" in sys.path, hasattr(json, "left_behind"),
             "left_behind" in globals(), get_ipython().InteractiveTB.mode, len(warnings.filters),
             sorted(name for name in os.environ if "KEY" in name), sys.stdin.read(),
             os.environ["PYTHONHASHSEED"], os.getpgid(0) == os.getpid()],
    "draws": draws, "pid": os.getpid(), "temporary": os.environ["TMPDIR"]}))
"""


def saved(folder: Path, name: str, *sources: str) -> Path:
    """Return the path of a notebook of these cells."""
    node = nbformat.v4.new_notebook()
    node.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    cells = [nbformat.v4.new_code_cell("lang: str = 'en'", metadata={"tags": ["parameters"]})]
    node.cells = cells + [nbformat.v4.new_code_cell(source) for source in sources]
    path = folder / f"{name}.ipynb"
    nbformat.write(node, path)
    return path


def printed(node: Any) -> Any:
    """Return what the last cell of a notebook printed, as JSON."""
    return json.loads(node.cells[-1].outputs[0]["text"])


def alive(pid: int) -> bool:
    """Return whether a process runs (and is no mere entry of one that has ended)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def soon(true: Callable[[], Any], seconds: float = 20.0) -> Any:
    """Return what becomes true within so many seconds."""
    end = time.monotonic() + seconds
    while not (found := true()) and time.monotonic() < end:
        time.sleep(0.05)
    return found


@pytest.fixture
def warm(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Start a template process that is warm from some notebooks; return its folder."""
    stack = []
    monkeypatch.setenv("BEA_API_KEY", "not to be seen")

    def start(*notebooks: Path, whole: bool = True, room: int = 1) -> Path:
        context = host.template([(path, {}, whole) for path in notebooks], room)
        address = context.__enter__()
        stack.append(context)
        monkeypatch.setattr(host.host, "address", address)
        host.host.take()
        host.host._said.clear()
        return Path(address).parent

    yield start
    for context in stack:
        context.__exit__(None, None, None)


@pytest.mark.slow
@pytest.mark.parametrize("warm_from", ["looks", "spoils"])
def test_a_notebook_sees_nothing_of_one_before_it(warm_from: str, warm, tmp_path: Path) -> None:
    spoils, looks = saved(tmp_path, "spoils", SPOILS), saved(tmp_path, "looks", LOOKS)
    expected = printed(engine.execute(looks, {}, timeout=60, engine="stock"))
    if warm_from == "spoils":  # what it did to modules is beyond putting back: that it did so is not hidden
        spoils.write_text(spoils.read_text().replace("json.left_behind = True", "pass"))
    warm({"looks": looks, "spoils": spoils}[warm_from])
    found = []
    for _ in range(2):
        engine.execute(spoils, {}, timeout=60, engine="warm")
        found.append(printed(engine.execute(looks, {}, timeout=60, engine="warm")))
    assert host.host.take() == ""
    one, other = found
    assert one["seen"] == other["seen"] == expected["seen"]
    assert one["draws"] != other["draws"]
    assert one["pid"] != other["pid"]
    assert one["temporary"] != other["temporary"]
    assert soon(lambda: not Path(one["temporary"]).exists())


@pytest.mark.slow
def test_a_cell_may_import_what_the_press_does_without(warm, tmp_path: Path) -> None:
    found = f"[importlib.import_module(name).__name__ for name in {press.LEFT_OUT}]"
    imports = saved(tmp_path, "imports", f"import importlib, json\nprint(json.dumps({found}))")
    warm(imports)
    assert printed(engine.execute(imports, {}, timeout=60, engine="warm")) == ["rfc3987_syntax", "debugpy"]
    assert host.host.take() == ""


@pytest.mark.slow
def test_the_time_limit_names_the_cell_and_ends_what_the_cell_started(warm, tmp_path: Path) -> None:
    folder = warm()
    note = tmp_path / "pids"
    source = "import os, subprocess, time\nchild = subprocess.Popen(['sleep', '600'])\n"
    source += f"open({str(note)!r}, 'w').write(f'{{os.getpid()}} {{child.pid}}')\ntime.sleep(600)"
    with pytest.raises(engine.CellError, match=r"slow\.ipynb, cell 3(.|\n)*no end after 3 seconds"):
        engine.execute(saved(tmp_path, "slow", "1", source), {}, timeout=3, engine="warm")
    pids = [int(pid) for pid in note.read_text().split()]
    assert soon(lambda: not any(alive(pid) for pid in pids))
    assert soon(
        lambda: sorted(path.name for path in folder.iterdir() if path.is_dir()) in ([], ["profile_default"])
    )


@pytest.mark.slow
@pytest.mark.parametrize("which", ["warm", "stock"])
def test_the_memory_limit_is_named_with_the_cell(which: str, warm, tmp_path: Path) -> None:
    warm()
    path = saved(tmp_path, "greedy", "kept = bytearray(20_000_000)", "kept = bytearray(900_000_000)")
    with pytest.raises(
        engine.CellError, match=r"cell 3(.|\n)*MemoryError(.|\n)*limit is 200 MB .*memory_limit"
    ):
        engine.execute(path, {}, timeout=60, memory=200, engine=which)


@pytest.mark.slow
def test_a_process_that_dies_says_how(warm, tmp_path: Path) -> None:
    warm()
    with pytest.raises(engine.CellError, match=r"cell 2(.|\n)*ended with exit code 7"):
        engine.execute(NOTEBOOKS / "kills_its_kernel.ipynb", {}, timeout=60, engine="warm")
    path = saved(tmp_path, "killed", "import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    with pytest.raises(engine.CellError, match=r"cell 2(.|\n)*ended by SIGSEGV"):
        engine.execute(path, {}, timeout=60, engine="warm")


def test_a_segmentation_fault_is_not_laid_at_the_limit_of_memory() -> None:
    limit = "; the limit is 200 MB (book.yml: settings: memory_limit)"
    found = [engine._of_memory(f"ended by {name}", 200) for name in ("SIGSEGV", "SIGKILL")]
    assert found == ["", limit]


@pytest.mark.slow
def test_half_a_character_is_marked_and_the_notebook_goes_on(warm, tmp_path: Path) -> None:
    warm()
    path = saved(tmp_path, "halves", "print('a\\ud800b'); print('\\udcff')", "print('日')")
    node = engine.execute(path, {}, timeout=60, engine="warm")
    assert [cell.outputs[0].text for cell in node.cells[-2:]] == ["a\ufffdb\n\ufffd\n", "日\n"]
    assert host.host.take() == ""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ends", "how"), [("os._exit(7)", "exit code 7"), ("time.sleep(60)", "no end after 3")]
)
def test_what_a_cell_showed_before_its_end_is_kept(ends: str, how: str, warm, tmp_path: Path) -> None:
    warm()
    path = saved(tmp_path, "shows", "'first'", f"import os, time\ndisplay('second')\n{ends}", "'never'")
    with pytest.raises(engine.CellError, match=rf"cell 3(.|\n)*{how}") as caught:
        engine.execute(path, {}, timeout=3, engine="warm")
    shown = [
        [output["data"]["text/plain"] for output in cell.outputs] for cell in caught.value.notebook.cells
    ]
    assert shown == [[], [], ["'first'"], ["'second'"], []]


@pytest.mark.slow
def test_ctrl_c_while_a_worker_starts_does_not_end_it() -> None:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    worker = workers.Worker.start("")

    def ignores() -> bool:
        status = Path(f"/proc/{worker.process.pid}/status").read_text(encoding="ascii")
        held = dict(line.split(":\t") for line in status.splitlines() if line.startswith("Sig"))
        bit = 1 << (signal.SIGINT - 1)
        return bool(int(held["SigIgn"], 16) & bit) and not int(held["SigBlk"], 16) & bit

    os.kill(worker.process.pid, signal.SIGINT)
    try:
        assert soon(ignores)
        assert worker.process.is_alive()
    finally:
        worker.end()
    assert signal.pthread_sigmask(signal.SIG_BLOCK, ()) == before
    assert os.environ.get("PYTHONSAFEPATH") is None


@pytest.mark.slow
def test_a_worker_that_is_ended_ends_its_notebook_before_it_removes_the_folder(warm, tmp_path: Path) -> None:
    """Or the notebook would write to the folder while it is being removed, and some of it would stay."""
    warm()
    told = tmp_path / "pid"
    path = saved(
        tmp_path,
        "sleeps",
        f"import os, time\nopen({str(told)!r}, 'w').write(str(os.getpid()))\ntime.sleep(60)",
    )
    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(engine.execute, path, {}, timeout=50, engine="warm")
        pid = int(soon(lambda: told.is_file() and told.read_text()))
        assert pid in kernels.running
        kernels.end_all()
        with pytest.raises(engine.CellError, match=r"cell 2(.|\n)*ended by SIGKILL"):
            running.result(20)
    assert not alive(pid)
    assert pid not in kernels.running


@pytest.mark.slow
def test_kill_9_of_the_template_ends_its_children_and_the_next_notebook_falls_back(
    warm, tmp_path: Path
) -> None:
    warm()
    source = "import os, signal, subprocess\nsubprocess.Popen(['sleep', '600'])\n"
    source += f"open({str(tmp_path / 'pid')!r}, 'w').write(str(os.getpid()))\nos.kill(os.getppid(), signal.SIGKILL)\n"
    path = saved(tmp_path, "kills", source + "import time; time.sleep(600)")
    with pytest.raises(engine.CellError, match="Kernel died"):
        engine.execute(path, {}, timeout=60, engine="warm")
    group = (tmp_path / "pid").read_text()
    assert soon(
        lambda: not subprocess.run(["pgrep", "-g", group], capture_output=True, text=True).stdout.strip()
    )
    node = engine.execute(saved(tmp_path, "next", "print(1)"), {}, timeout=60, engine="warm")
    assert printed(node) == 1
    assert "template process did not answer" in host.host.take()


@pytest.mark.slow
def test_a_template_with_two_threads_never_forks_and_it_is_said_once(warm, tmp_path: Path) -> None:
    path = saved(tmp_path, "threads", "import threading, time",
                 "threading.Thread(target=time.sleep, args=(600,), daemon=True).start()", "print(1)")  # fmt: skip
    warm(path)

    def said() -> str:
        assert printed(engine.execute(path, {}, timeout=60, engine="warm")) == 1
        return host.host.take()

    why = "papermill's own engine is used, not the warm one: the template process has 2 threads"
    assert soon(lambda: said().startswith(why))  # until its deputy has left
    assert said() == ""


@pytest.mark.slow
def test_while_the_template_gets_warm_a_deputy_serves_that_leaves_nothing_behind(
    warm, tmp_path: Path
) -> None:
    go, began = tmp_path / "go", tmp_path / "began"
    slow = saved(tmp_path, "slow", "import time, pathlib",
                 f"pathlib.Path({str(began)!r}).touch()",
                 f"while not pathlib.Path({str(go)!r}).exists():\n    time.sleep(0.05)")  # fmt: skip
    quick = saved(tmp_path, "quick", "import os\nprint(os.getppid(), 'began' in globals())")

    def server() -> int:
        node = engine.execute(quick, {}, timeout=60, engine="warm")
        assert host.host.take() == ""
        parent, seen = node.cells[-1].outputs[0].text.split()
        assert seen == "False"
        return int(parent)

    warm(slow)
    assert soon(began.exists)
    deputy = server()
    template = int(Path(f"/proc/{deputy}/stat").read_text().rsplit(")", 1)[1].split()[1])
    assert not go.exists()
    go.touch()
    assert soon(lambda: server() == template)
    assert soon(lambda: not Path(f"/proc/{deputy}").exists())


@pytest.mark.slow
@pytest.mark.parametrize("room", [0, 1])
def test_while_the_template_gets_warm_no_more_notebooks_run_than_cores_are_left(
    warm, tmp_path: Path, room: int
) -> None:
    go, began = tmp_path / "go", tmp_path / "began"
    slow = saved(tmp_path, "slow", "import time, pathlib",
                 f"pathlib.Path({str(began)!r}).touch()",
                 f"while not pathlib.Path({str(go)!r}).exists():\n    time.sleep(0.05)")  # fmt: skip
    folder = warm(slow, room=room)
    assert soon(began.exists)
    callers = [socket.socket(socket.AF_UNIX) for _ in range(2)]
    for caller in callers:
        caller.connect(str(folder / "door"))
        caller.settimeout(0.5)
    answered = []
    for caller in callers:
        with contextlib.suppress(TimeoutError):
            answered.append(caller.recv(1 << 16))
    assert len(answered) == room
    go.touch()
    for caller in callers[room:]:
        caller.settimeout(20)
        assert wire.Reader().feed(caller.recv(1 << 16))[0]["channel"] == "hello"
    for caller in callers:
        caller.close()


def test_the_template_runs_the_notebook_of_most_briefs_in_each_language_and_of_others_the_imports(
    tmp_path: Path,
) -> None:
    def job(notebook: str, lang: str, number: int) -> work.Job:
        names = {
            "slug": f"{notebook}/{number}",
            "family": notebook,
            "title": notebook,
            "codes": (),
            "names": (),
        }
        where = {"notebook": tmp_path / notebook, "edition": "latest", "lang": lang, "formats": ()}
        brief = plan.Brief(**names, **where, parameters=(), whole=())
        return work.Job(brief, {"lang": lang, "n": number}, tmp_path, {}, 1.0, engine="warm")

    jobs = [job(*one, n) for n in range(3) for one in (("nation", "en"), ("state", "en"), ("state", "ja"))]
    wanted = [("nation", 0, False), ("state", 0, True), ("state", 0, True)]
    assert [(path.name, values["n"], whole) for path, values, whole in workers.uses(jobs)] == wanted
    few = [(path.name, whole) for path, _, whole in workers.uses(jobs, templates=2)]
    assert few == [("nation", False), ("state", False)]
    names = [[one.brief.notebook.name for one in workers._ordered(jobs, first)] for first in (1, 2)]
    assert names == [["state"] * n + ["nation"] * 3 + ["state"] * (6 - n) for n in (1, 2)]
    assert sorted(map(id, workers._ordered(jobs, 8))) == sorted(map(id, jobs))


READ = "import json, sys; catalog = sys.modules.get('helpers.data.catalog')\n" \
       "print(json.dumps(catalog and [catalog._checked.cache_info().currsize, len(catalog.tables())]))"  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(
    ("imports", "book"), [("from helpers.data import catalog", True), ("import json", True),
                          ("from helpers.data import catalog", False)]
)  # fmt: skip
def test_processes_of_a_book_whose_notebooks_read_tables_find_them_read_and_checked(
    imports: str, book: bool, warm, tmp_path: Path
) -> None:
    notebook = saved(tmp_path, "reads", imports, READ)
    warm(notebook, whole=book, room=0)  # no deputy, which would have the first one before the tables are read
    with following.followed() as noted:
        found = printed(engine.execute(notebook, {}, timeout=60, engine="warm"))
        reads = following.gathered(noted)
    assert host.host.take() == ""
    if "catalog" in imports:
        read, there = found
        assert there > 30
        assert read == (there if book else 0)  # few briefs read what they need
    else:
        assert found is None
    assert {read["what"] for read in reads} <= {"tables"}  # what the template read, no brief has read


@pytest.mark.slow
def test_kill_9_of_the_template_while_it_gets_warm_ends_its_deputy_too(warm, tmp_path: Path) -> None:
    slow = saved(tmp_path, "slow", "import time", "time.sleep(600)")
    warm(slow)
    child = saved(tmp_path, "child", "import os\n"
                  f"open({str(tmp_path / 'pids')!r}, 'w').write(f'{{os.getpid()}} {{os.getppid()}}')\n"
                  "template = int(open(f'/proc/{os.getppid()}/stat').read().rsplit(')', 1)[1].split()[1])\n"
                  "import signal, time\nos.kill(template, signal.SIGKILL)\ntime.sleep(600)")  # fmt: skip
    with pytest.raises(engine.CellError, match="Kernel died"):
        engine.execute(child, {}, timeout=60, engine="warm")
    pids = (tmp_path / "pids").read_text().split()
    assert soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in pids))


@pytest.mark.slow
def test_a_notebook_that_a_former_deputy_still_runs_takes_its_place_with_the_next_one(
    warm, tmp_path: Path
) -> None:
    go, began = ([tmp_path / f"{word}{n}" for n in range(2)] for word in ("go", "began"))
    slow = [saved(tmp_path, f"slow{n}", "import time, pathlib",
                  f"pathlib.Path({str(began[n])!r}).touch()",
                  f"while not pathlib.Path({str(go[n])!r}).exists():\n    time.sleep(0.05)")
            for n in range(2)]  # fmt: skip
    folder = warm(*slow, room=1)
    assert soon(began[0].exists)
    one, other, third = (socket.socket(socket.AF_UNIX) for _ in range(3))
    for caller in (one, other, third):
        caller.connect(str(folder / "door"))
        caller.settimeout(0.5)
    assert wire.Reader().feed(one.recv(1 << 16))[0]["channel"] == "hello"
    go[0].touch()
    assert soon(began[1].exists)
    with pytest.raises(TimeoutError, match="timed out"):
        other.recv(1)
    one.close()
    other.settimeout(20)
    assert wire.Reader().feed(other.recv(1 << 16))[0]["channel"] == "hello"
    with pytest.raises(TimeoutError, match="timed out"):
        third.recv(1)
    go[1].touch()
    third.settimeout(20)
    assert wire.Reader().feed(third.recv(1 << 16))[0]["channel"] == "hello"


def test_off_linux_papermills_own_engine_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    from papermill.engines import papermill_engines

    called = []
    other = type("Other", (), {"execute_managed_notebook": lambda *a, **k: called.append((a, k))})
    monkeypatch.setitem(papermill_engines._engines, "nbclient", other)
    monkeypatch.setattr(sys, "platform", "darwin")
    host.host._said.clear()
    node = nbformat.v4.new_notebook()
    papermill_engines.get_engine("warm").execute_managed_notebook(
        type("M", (), {"nb": node}), "python3", log_output=True
    )
    assert called[0][1] == {"log_output": True}
    assert host.host.take() == "papermill's own engine is used, not the warm one: this system is not Linux"


def test_a_failed_fork_is_told_to_the_client(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail() -> int:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(os, "fork", fail)
    monkeypatch.setattr(os, "listdir", lambda path: ["1"])
    ours, theirs = socket.socketpair()
    loop = template.Template.__new__(template.Template)
    loop.home, loop.children = tmp_path, {}
    loop.welcome(theirs)
    monkeypatch.undo()
    (message,) = wire.Reader().feed(ours.recv(4096))
    assert message == {
        "channel": "refused",
        "why": "no process could be forked (Resource temporarily unavailable)",
    }
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_kill_9_of_a_build_leaves_no_process_behind(project) -> None:
    for notebook in ("never_ends.ipynb",):
        project.edit(
            "notebook: toy.ipynb\n    heading: {en: The states",
            f"notebook: {notebook}\n    heading: {{en: The states",
        )
    process = subprocess.Popen(
        [sys.executable, "-m", "helpers.cli", "build", "--only", "TN", "--jobs", "2"],
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def children(pid: int) -> list[int]:
        found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
        return [each for one in found for each in (int(one), *children(int(one)))]

    def forked() -> list[int]:
        """Return all processes below the build, once two notebooks are at work."""
        every = children(process.pid)
        names = [Path(f"/proc/{pid}/cmdline").read_text() for pid in every if alive(pid)]
        return every if sum("helpers.press.template" in name for name in names) == 3 else []

    every = soon(forked, 60)
    assert every
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert soon(lambda: not [pid for pid in every if alive(pid)]), [pid for pid in every if alive(pid)]


@pytest.mark.slow
def test_papermill_has_the_engine_on_its_own_command_line(tmp_path: Path) -> None:
    path = saved(tmp_path, "plain", "import os", "print(os.environ['PYTHONHASHSEED'])")
    command = [sys.executable, "-m", "papermill", "--engine", "warm", "--no-progress-bar", str(path)]
    done = subprocess.run(
        [*command, str(tmp_path / "out.ipynb")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "own engine is used" not in done.stderr
    assert printed(nbformat.read(tmp_path / "out.ipynb", 4)) == 0


@pytest.mark.slow
def test_a_build_uses_the_warm_engine_unless_told_otherwise(project) -> None:
    project.edit("notebook: toy.ipynb\n    heading: {en: The nation",
                 "notebook: shows_its_environment.ipynb\n    heading: {en: The nation")  # fmt: skip
    found = book.read()
    edition = found.edition("")
    briefs = plan.choose(plan.expand(found, edition), only=["national"], lang=["en"], formats=["ipynb"])

    class Quiet:
        def start(self, total: int) -> None: ...
        def done(self, outcome: Any) -> None:
            assert outcome.note == ""

        def end(self) -> None: ...  # fmt: skip

    texts = []
    for choice in ("", "warm", "stock"):
        assert build(found, edition, briefs, Quiet(), engine=choice).whole
        texts.append((project.reports / "latest/en/national.ipynb").read_text(encoding="utf-8"))
    assert texts[0] == texts[1] == texts[2]


def test_messages_arrive_whole_however_they_are_cut() -> None:
    messages = [{"a": 1}, {"b": "日本" * 1000}, {}]
    sent = b"".join(wire.pack(message) for message in messages)
    for step in (1, 3, 4096, len(sent)):
        reader = wire.Reader()
        found = [m for at in range(0, len(sent), step) for m in reader.feed(sent[at : at + step])]
        assert found == messages


def test_what_a_thread_writes_when_its_cell_is_done_holds_nothing_up(tmp_path: Path) -> None:
    from helpers.press import client

    def answer(door: socket.socket) -> None:
        """Be the process: the cell is done, and only then something is written, in one piece with the rest."""
        connection, _ = door.accept()
        connection.sendall(wire.pack({"channel": "hello", "pid": 2**22 + 1}))  # no process has this number
        reader, asked = wire.Reader(), ""
        while not asked:
            for message in reader.feed(connection.recv(1 << 16)):
                if message["header"]["msg_type"] == "execute_request":
                    asked = message["header"]["msg_id"]
        kinds = {
            "execute_reply": {"status": "ok"},
            "status": {"execution_state": "idle"},
            "stream": {"name": "stdout", "text": "late"},
        }
        sent = [
            {"channel": "shell" if kind == "execute_reply" else "iopub", "header": {"msg_type": kind}}
            | {"parent_header": {"msg_id": asked}, "content": content, "buffers": []}
            for kind, content in kinds.items()
        ]
        connection.sendall(b"".join(wire.pack(message) for message in sent))
        connection.recv(1)  # until the client hangs up

    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "door"))
        door.listen(1)
        thread = threading.Thread(target=answer, args=(door,))
        thread.start()
        mine = client.WireClient(str(tmp_path / "door"), tmp_path)
        start = time.monotonic()
        found = mine.answers(mine.ask("x"), start + 60)
        assert [message["msg_type"] for message in found] == ["status", "stream", "execute_reply"]
        assert time.monotonic() - start < 30
        mine.close()
        thread.join()


def test_a_notebook_of_another_language_goes_to_papermills_own_engine() -> None:
    from helpers.press import client, warm

    node = nbformat.v4.new_notebook()
    node.metadata["kernelspec"] = {"name": "ir", "language": "R"}
    with pytest.raises(client.NoFork, match="the kernel 'ir' is not this environment's Python"):
        warm._connect(type("M", (), {"nb": node}), "ir", ".", 0, None)
