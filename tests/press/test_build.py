"""A build makes briefs whole, goes on after a failure, and leaves the last good brief where it was."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest

from helpers import cli
from helpers.errors import BuildError
from helpers.press import book, failures, freshness, manifest, place, plan, work
from helpers.press.build import build, resources, survey


class Notes:
    """A progress that remembers what it was told."""

    def __init__(self) -> None:
        self.total = 0
        self.told: list[str] = []

    def start(self, total: int) -> None:
        self.total = total

    def done(self, outcome: work.Outcome) -> None:
        self.told.append(outcome.brief.stem)

    def end(self) -> None:
        self.told.append("end")


def run(edition: str = "latest", force: bool = False, **choice):
    """Build what is chosen of an edition of the project's book."""
    found = book.read()
    chosen = found.edition(edition)
    return build(found, chosen, plan.choose(plan.expand(found, chosen), **choice), Notes(), force=force)


def files(folder: Path) -> set[str]:
    """Return the paths of all files below a folder."""
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file below a folder."""
    return {name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in files(folder)}


@pytest.mark.slow
def test_a_build_puts_every_file_into_its_place(project) -> None:
    result = run(only=["TN", "national"])
    assert result.whole
    kinds = ("html", "pdf", "json", "ipynb")
    stems = [f"{lang}/{slug}" for lang in ("en", "ja") for slug in ("national", "state/tennessee")]
    expected = {f"{stem}.{kind}" for stem in stems for kind in kinds} | {"index.html", "manifest.json"}
    assert files(project.reports / "latest") == expected
    shown = json.loads((project.reports / "latest/ja/state/tennessee.json").read_text(encoding="utf-8"))
    assert shown["parameters"] == {"state": "TN", "lang": "ja", "fiscal_year": 2021, "as_of": ""}
    assert [value["id"] for value in shown["values"]] == ["exports.rank"]
    page = (project.reports / "latest/ja/state/tennessee.html").read_text(encoding="utf-8")
    assert "TNの概要" in page
    assert 'href="../../en/state/tennessee.html"' in page


@pytest.mark.slow
def test_the_same_inputs_give_the_same_bytes_in_every_file(project) -> None:
    run(only=["TN"])
    first = digests(project.reports / "latest")
    run(only=["TN"], force=True)
    assert digests(project.reports / "latest") == first


@pytest.mark.slow
def test_no_file_names_the_machine(project) -> None:
    run(only=["TN"])
    for name in files(project.reports / "latest"):
        content = (project.reports / "latest" / name).read_bytes()
        assert str(project.root).encode() not in content, name
        assert sys.prefix.encode() not in content, name


@pytest.mark.slow
def test_the_rest_goes_on_after_a_failure_and_the_last_good_brief_stays(project) -> None:
    run(only=["CA"], lang=["en"])
    good = digests(project.reports / "latest/en")
    project.edit("notebook: toy.ipynb\n    heading: {en: The states",
                 "notebook: fails_in_cell_3_for_california.ipynb\n    heading: {en: The states")  # fmt: skip
    result = run(only=["CA", "TX"], lang=["en"])
    assert [brief.stem for brief in result.made] == ["en/state/texas"]
    (failed,) = result.failed
    assert failed.stage == "execute"
    assert "fails_in_cell_3_for_california.ipynb, cell 3" in failed.cause
    assert "got ValueError: no figure for California" in failed.cause
    assert 'raise ValueError("no figure for California")' in failed.cause
    assert failed.kept == project.reports / "latest/.failed/en/state/california.ipynb"
    assert "no figure for California" in failed.kept.read_text(encoding="utf-8")
    now = digests(project.reports / "latest/en")
    assert {name: now[name] for name in good} == good
    assert not (project.reports / "latest/.partial").exists()


@pytest.mark.slow
def test_a_brief_that_is_mended_is_no_longer_kept_as_failed(project) -> None:
    project.edit("{en: The states", "{en: The States")
    kept = project.reports / "latest/.failed/en/state/texas.ipynb"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}", encoding="utf-8")
    run(only=["TX"], lang=["en"], formats=["html"])
    assert not kept.exists()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("notebook", "stage", "cause"),
    [
        ("never_ends", "execute", r"cell 3: expected the cell to run, got no end after 3 seconds"),
        ("kills_its_kernel", "execute", r"cell 2: expected the cell to run, got DeadKernelError"),
        ("one_id_two_values", "json", r"'exports.rank': expected one value an id, got value 4 and 5"),
        ("no_parameters_tag", "parameters", r"exactly one cell tagged 'parameters', got 0"),
    ],
)
def test_a_bad_notebook_is_one_failure_with_its_stage_and_cause(
    project, notebook: str, stage: str, cause: str
) -> None:
    project.edit("time_limit: 60", "time_limit: 3")
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The n",
        f"notebook: {notebook}.ipynb\n    heading: {{en: The n",
    )
    result = run(only=["national"], lang=["en"])
    (failed,) = result.failed
    assert failed.stage == stage
    with pytest.raises(BuildError, match=cause):
        raise BuildError(failed.cause)
    assert not (project.reports / "latest/en/national.html").exists()


@pytest.mark.slow
def test_a_worker_is_replaced_after_so_many_briefs(project, monkeypatch) -> None:
    from helpers.press import workers

    started: list[workers.Worker] = []
    start = workers.Worker.start

    def counted(address: str) -> workers.Worker:
        started.append(start(address))
        return started[-1]

    monkeypatch.setattr(workers.Worker, "start", counted)
    monkeypatch.setattr(workers, "LIFE", 1)
    found = book.read()
    chosen = plan.choose(plan.expand(found, found.edition("latest")), only=["national"])
    result = build(found, found.edition("latest"), chosen, Notes(), jobs=1)
    assert result.whole
    assert len(result.made) == 2  # English and Japanese
    assert len({worker.process.pid for worker in started}) == 2
    assert gone({worker.process.pid for worker in started})


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells what a process has loaded")
def test_a_worker_does_not_load_what_no_brief_uses(project, monkeypatch) -> None:
    from helpers.press import workers

    loaded: list[str] = []
    end = workers.Worker.end

    def looked(worker: workers.Worker) -> None:
        loaded.append(Path(f"/proc/{worker.process.pid}/maps").read_text(encoding="utf-8"))
        end(worker)

    monkeypatch.setattr(workers.Worker, "end", looked)
    assert run(only=["national"], lang=["en"]).whole
    (maps,) = loaded
    assert [name for name in ("_typst", "libarrow", "lxml") if name in maps] == ["_typst"]


def test_wrong_parameters_stop_before_a_kernel_or_a_worker_starts(project, monkeypatch) -> None:
    monkeypatch.setattr("helpers.press.workers.Worker.start", lambda: pytest.fail("a worker was started"))
    project.edit("grid: {state: all,", "grid: {state: [ZZ],")
    result = run(only=["state"])
    assert [failed.stage for failed in result.failed] == ["parameters", "parameters"]
    assert "expected one of the codes AK, CA, TN, TX, got 'ZZ'" in result.failed[0].cause


def test_a_file_where_the_reports_folder_should_be_is_said_plainly(project) -> None:
    project.reports.write_text("in the way", encoding="utf-8")
    with pytest.raises(BuildError, match=r"writing reports/latest: expected a folder that can be written to"):
        run(only=["TN"])


def test_two_builds_of_one_edition_do_not_mix(project) -> None:
    with (
        place.ready(project.reports / "latest"),
        pytest.raises(BuildError, match=r"reports/latest: expected one build at a time"),
    ):
        run(only=["TN"])
    assert not (project.reports / "latest/.partial").exists()


def one_job(project) -> work.Job:
    found = book.read()
    (brief,) = plan.choose(plan.expand(found, found.edition()), only=["TN"], lang=["en"], formats=["json"])
    values = {"state": "TN", "lang": "en", "fiscal_year": 2021, "as_of": ""}
    return work.Job(brief, values, project.reports / "latest", resources(brief, values), 60)


@pytest.mark.slow
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EACCES])
def test_a_full_or_closed_disk_is_a_failure_to_write_that_the_rest_would_share(
    project, monkeypatch, number: int
) -> None:
    def refuse(path: Path, content: bytes) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(place, "write", refuse)
    outcome = work.make(one_job(project))
    assert outcome.stage == "write"
    assert outcome.hopeless
    assert os.strerror(number) in outcome.cause


def test_a_build_on_a_full_disk_stops_and_keeps_the_last_good_brief(project, monkeypatch) -> None:
    good = project.reports / "latest/en/state/alaska.html"
    good.parent.mkdir(parents=True)
    good.write_text("the last good brief", encoding="utf-8")

    def full(jobs, count, stopped, begun):
        for job in jobs:
            yield work.Outcome(job.brief, "write", "No space left on device", hopeless=True)

    monkeypatch.setattr("helpers.press.workers.run", full)
    result = run()
    assert len(result.failed) == 1
    assert result.total == 10
    assert not result.whole
    assert good.read_text(encoding="utf-8") == "the last good brief"


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path, monkeypatch) -> None:
    path = tmp_path / "manifest.json"
    path.write_text("old", encoding="utf-8")

    def full(self: Path, content: bytes) -> None:
        with self.open("wb") as file:
            file.write(content[:1])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(BuildError, match=r"No space left on device. Free some space"):
        place.replace(path, b"new")
    assert path.read_text(encoding="utf-8") == "old"
    assert files(tmp_path) == {"manifest.json"}


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX systems")
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_leaves_no_half_file_no_process_and_says_what_is_finished(project, sign) -> None:
    slow = json.loads((project.notebooks / "toy.ipynb").read_text(encoding="utf-8"))
    wait = 'import time\n\ntime.sleep(0 if state == "AK" else 600)'
    cell = {
        "cell_type": "code",
        "execution_count": None,
        "id": "wait",
        "metadata": {},
        "outputs": [],
        "source": wait,
    }
    slow["cells"].append(cell)
    (project.notebooks / "toy.ipynb").write_text(json.dumps(slow), encoding="utf-8")
    command = [sys.executable, "-m", "helpers.cli", "build", "--only", "state", "--lang", "en"]
    temporary = Path(tempfile.mkdtemp(prefix="t"))
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env=os.environ | {"TMPDIR": str(temporary)},
    )
    good = project.reports / "latest/en/state/alaska.pdf"
    deadline = time.monotonic() + 60
    while not good.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    time.sleep(1.5)
    children = descendants(process.pid)
    assert len(children) >= 2
    os.killpg(process.pid, sign)
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "1 of 4 briefs made (4 files)" in said
    assert "no file is half-written" in said
    stem = "en/state/alaska"
    expected = {f"{stem}.{kind}" for kind in ("html", "pdf", "json", "ipynb")} | {
        "index.html",
        "manifest.json",
    }
    assert files(project.reports / "latest") == expected
    assert gone(children, seconds=0.5)
    assert not list(temporary.iterdir())
    shutil.rmtree(temporary)


def descendants(parent: int) -> set[int]:
    """Return the process ids below a process (Linux and macOS: from `ps`)."""
    listing = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
    found, grown = {parent}, True
    while grown:
        more = {pid for pid, ppid in pairs if ppid in found} - found
        found |= more
        grown = bool(more)
    return found - {parent}


def gone(pids: set[int], seconds: float = 10) -> bool:
    """Return whether the processes end within some seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not any(alive(pid) for pid in pids):
            return True
        time.sleep(0.1)
    return False


def alive(pid: int) -> bool:
    """Return whether a process runs (a zombie does not)."""
    with contextlib.suppress(OSError):
        return ") Z" not in Path(f"/proc/{pid}/stat").read_text(encoding="utf-8")
    return False


@pytest.mark.slow
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_builder_that_is_killed_leaves_no_process_behind(project) -> None:
    project.edit(
        "notebook: toy.ipynb\n    heading: {en: The n", "notebook: never_ends.ipynb\n    heading: {en: The n"
    )
    command = [sys.executable, "-m", "helpers.cli", "build", "--only", "national"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
    deadline = time.monotonic() + 60
    while len(children := descendants(process.pid)) < 4 and time.monotonic() < deadline:
        time.sleep(0.2)
    assert len(children) >= 4  # two workers and their kernels
    process.kill()
    process.wait()
    assert gone(children)


@pytest.mark.slow
def test_a_kernel_sees_no_key_and_a_fixed_environment(project, monkeypatch) -> None:
    from helpers.press import engine

    for name in ("BEA_API_KEY", "CENSUS_API_KEY", "GITHUB_TOKEN"):
        monkeypatch.setenv(name, "s3cret")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    executed = engine.execute(project.notebooks / "shows_its_environment.ipynb", {}, timeout=60)
    assert json.loads(executed.cells[-1].outputs[0].text) == {
        "BEA_API_KEY": None,
        "CENSUS_API_KEY": None,
        "GITHUB_TOKEN": None,
        "PYTHONHASHSEED": "0",
        "OMP_NUM_THREADS": "1",
        "TZ": "UTC",
        "folder": "notebooks",
        "python": sys.executable,
    }


def test_one_cause_for_many_briefs_is_one_row(project) -> None:
    found = book.read()
    briefs = plan.expand(found, found.edition())
    outcomes = [work.Outcome(brief, "execute", "no figure") for brief in briefs]
    outcomes.append(work.Outcome(briefs[0], "pdf", "no alt text"))
    rows = failures.rows(outcomes)
    assert [(row.stage, row.cause) for row in rows] == [("execute", "no figure"), ("pdf", "no alt text")]
    assert rows[0].briefs.splitlines()[-1] == "and 4 more"
    assert rows[0].notebook == project.notebooks / "toy.ipynb"


def test_a_preview_links_only_to_what_is_made_with_it(project) -> None:
    found = book.read()
    (brief,) = plan.choose(
        plan.expand(found, found.edition()), only=["TN"], lang=["en"], formats=["html", "pdf"]
    )
    whole, alone = resources(brief, {}), resources(brief, {}, preview=True)
    assert (whole["home"], whole["twin"]) == ("../../index.html", "../../ja/state/tennessee.html")
    assert whole["downloads"] == ["tennessee.pdf", "tennessee.json", "tennessee.ipynb"]
    assert (alone["home"], alone["twin"], alone["downloads"]) == ("", "", ["tennessee.pdf"])


def test_a_broken_manifest_is_said_before_anything_is_made(project) -> None:
    (project.reports / "latest").mkdir(parents=True)
    (project.reports / "latest" / manifest.NAME).write_text("{", encoding="utf-8")
    with pytest.raises(BuildError, match=r"reports/latest/manifest.json: expected a manifest.*Delete it"):
        run(only=["TN"])


def test_of_a_failed_notebook_that_the_disk_cannot_hold_nothing_is_left(tmp_path: Path, monkeypatch) -> None:
    path = tmp_path / ".failed" / "brief.ipynb"

    def half(self: Path, content: bytes) -> None:
        with self.open("wb") as file:
            file.write(content[:3])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    place.keep(path, b"before")
    monkeypatch.setattr(Path, "write_bytes", half)
    with pytest.raises(OSError, match="No space left"):
        place.keep(path, b"after")
    assert [(kept.name, kept.read_bytes()) for kept in path.parent.iterdir()] == [("brief.ipynb", b"before")]


@pytest.mark.parametrize(
    ("value", "said"), [("", "SystemExit"), ("restore the file.", "SystemExit: restore the file.")]
)
def test_what_a_cell_raised_is_said_without_a_mark_too_many(value: str, said: str) -> None:
    from helpers.press import engine

    error = nbformat.v4.new_output("error", ename="SystemExit", evalue=value, traceback=[])
    cell = nbformat.v4.new_code_cell("f()", outputs=[error], metadata={"papermill": {"exception": True}})
    node = nbformat.v4.new_notebook(cells=[cell])
    assert engine._failed_cell(node) == (0, said)
    message = engine._message(Path("toy.ipynb"), node, 0, ("the cell to run", said, "Look."))
    assert (
        message
        == f"notebooks/toy.ipynb, cell 1: expected the cell to run, got {said.removesuffix('.')}. Look.\n    f()"
    )


def test_a_reason_that_is_a_sentence_has_one_mark_before_its_briefs(project) -> None:
    found = book.read()
    briefs = plan.expand(found, found.edition())[:2]
    wrong = [freshness.Found(brief, ("restore the file.",)) for brief in briefs]
    assert list(freshness.told(wrong)) == ["restore the file: 2 briefs: en/national, ja/national"]


def prepared(edition: str = "latest", **choice):
    """Return book, edition, chosen briefs and a progress that remembers: what a build is given."""
    found = book.read()
    chosen = found.edition(edition)
    return found, chosen, plan.choose(plan.expand(found, chosen), **choice), Notes()


def test_a_preview_is_made_every_time_beside_the_edition_and_is_not_recorded(project, quick) -> None:
    run(only=["TN"])
    before = digests(project.reports / "latest")
    (project.reports / "preview").mkdir()
    shutil.copy(project.reports / "latest/manifest.json", project.reports / "preview")
    asked = prepared(only=["TN"], lang=["en"], formats=["html", "pdf"])
    for _ in range(2):
        result = build(*asked, preview=True)
        assert (result.folder, len(result.made), result.fresh) == (project.reports / "preview", 1, 0)
    (project.reports / "preview/manifest.json").unlink()  # not of the preview: it is no edition
    assert files(project.reports / "preview") == {"en/state/tennessee.html", "en/state/tennessee.pdf"}
    assert digests(project.reports / "latest") == before


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("at", "made", "cut"), [(1, 1, True), (2, 2, False)])
def test_a_stopped_build_is_cut_off_only_where_briefs_are_left(
    project, quick, monkeypatch, sign, at: int, made: int, cut: bool
) -> None:
    run(only=["TN"])
    before = signal.getsignal(sign)
    count = iter(range(1, 10))

    def stopped_after_some(jobs, number, stopped, begun):
        for outcome in quick.run(jobs, number, stopped, begun):
            yield outcome
            if next(count) == at:
                signal.getsignal(sign)(sign, None)
            if stopped():
                return

    monkeypatch.setattr("helpers.press.workers.run", stopped_after_some)
    result = run(only=["TN", "national"])
    assert (len(result.made), result.fresh, result.total) == (made, 2, 4)
    assert (result.interrupted, result.whole) == (cut, not cut)
    assert signal.getsignal(sign) is before


def test_a_brief_that_the_disk_refuses_alone_fails_alone_and_is_made_by_the_next_build(
    project, quick, monkeypatch
) -> None:
    move = place.move

    def refuse_one(partial: Path, folder: Path, names) -> None:
        if any("ja/state/alaska" in name for name in names):
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        move(partial, folder, names)

    with monkeypatch.context() as patch:
        patch.setattr(place, "move", refuse_one)
        result = run()
    (failed,) = result.failed
    assert (failed.brief.stem, failed.stage, failed.hopeless) == ("ja/state/alaska", "write", False)
    assert "writing reports/latest: expected a folder that can be written to, got" in failed.cause
    assert (len(result.made), result.total, result.whole) == (9, 10, False)
    again = run()
    assert ([brief.stem for brief in again.made], again.fresh) == (["ja/state/alaska"], 9)


def test_a_preview_is_html_where_the_book_makes_that_and_else_the_first_format(
    project, quick, capsys
) -> None:
    project.edit('path: "{lang}/national"', 'path: "{lang}/national"\n    formats: [pdf, json]')
    for asked in ("national", "TN"):
        cli.app(["preview", asked], standalone_mode=False)
    pages = [Path(line).name for line in capsys.readouterr().out.splitlines()]
    assert pages == ["national.pdf", "tennessee.html"]


def test_failures_are_listed_in_the_order_of_the_book_and_all_are_told(project, monkeypatch) -> None:
    def fail(jobs, count, stopped, begun):
        for job in jobs:
            yield work.Outcome(job.brief, "execute", "no figure")

    monkeypatch.setattr("helpers.press.workers.run", fail)
    monkeypatch.setattr("helpers.press.host.begun", contextlib.nullcontext)
    project.edit("grid: {state: all,", "grid: {state: [ZZ],")
    *asked, notes = prepared()
    result = build(*asked, notes)
    stems = ["en/national", "ja/national", "en/state/zz", "ja/state/zz"]
    assert [failed.brief.stem for failed in result.failed] == stems
    assert [failed.stage for failed in result.failed] == ["execute", "execute", "parameters", "parameters"]
    assert (notes.total, notes.told) == (4, [*stems[2:], *stems[:2], "end"])
    assert (result.made, result.fresh, result.whole) == ((), 0, False)


def test_what_was_finished_before_a_build_broke_off_is_kept_and_its_end_is_told(
    project, quick, monkeypatch
) -> None:
    def lost(jobs, count, stopped, begun):
        making = quick.run(jobs, count, stopped, begun)
        yield next(making)
        raise BuildError("the connection was lost")

    *asked, notes = prepared()
    with monkeypatch.context() as patch:
        patch.setattr("helpers.press.workers.run", lost)
        with pytest.raises(BuildError, match=r"^the connection was lost$"):
            build(*asked, notes)
    assert (notes.total, notes.told) == (10, ["en/national", "end"])
    assert (run().fresh, len(quick.taken())) == (1, 10)


@pytest.mark.parametrize(("setting", "jobs", "count"), [(7, 3, 3), (7, 0, 7), (0, 0, os.cpu_count())])
def test_as_many_briefs_are_made_at_once_as_asked_or_set_or_as_there_are_cores(
    project, quick, monkeypatch, setting: int, jobs: int, count: int
) -> None:
    seen = []

    def note(todo, number, stopped, begun):
        seen.append(number)
        return quick.run(todo, number, stopped, begun)

    monkeypatch.setattr("helpers.press.workers.run", note)
    project.edit("jobs: 2", f"jobs: {setting}")
    assert build(*prepared(only=["TN"]), jobs=jobs).whole
    assert seen == [count]


def test_a_template_begins_neither_for_the_stock_engine_nor_for_a_cluster(
    project, quick, begun, monkeypatch
) -> None:
    monkeypatch.setattr(
        "helpers.press.cluster.run", lambda jobs, address, source, stopped: quick.run(jobs, 0, stopped, None)
    )
    asked = prepared(only=["TN"], lang=["en"])
    assert build(*asked, engine="stock").whole
    assert build(*asked, scheduler="tcp://desk:8786", force=True).whole
    assert begun == []
    assert len(quick.taken()) == 2
    assert build(*asked, preview=True).whole
    assert begun == ["begun", "ended"]


def test_the_index_has_what_earlier_builds_made_and_none_of_it_is_left_over(project, quick) -> None:
    assert run(only=["national"]).left_over == ()
    assert run(only=["TN"], lang=["en"]).left_over == ()
    page = (project.reports / "latest/index.html").read_text(encoding="utf-8")
    assert [link in page for link in ('href="ja/national.html"', 'href="en/state/tennessee.html"')] == [
        True
    ] * 2


def test_a_build_clears_away_what_a_killed_one_left_and_says_how_long_it_took(
    project, quick, monkeypatch
) -> None:
    cleared = []
    clock = iter((10.0, 12.5))
    monkeypatch.setattr("helpers.press.folders.clear", lambda: cleared.append(True))
    monkeypatch.setattr("helpers.press.build.time", SimpleNamespace(monotonic=lambda: next(clock)))
    assert run(only=["TN"]).seconds == 2.5
    assert cleared == [True]


def test_a_build_outside_the_main_thread_is_one_that_no_signal_stops(project, quick) -> None:
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(run, only=["TN"]).result().whole


def test_a_build_that_is_stopped_at_a_last_brief_that_fails_is_not_cut_off(project, monkeypatch) -> None:
    def fail(jobs, count, stopped, begun):
        for job in jobs:
            signal.getsignal(signal.SIGTERM)(signal.SIGTERM, None)
            yield work.Outcome(job.brief, "execute", "no figure")

    monkeypatch.setattr("helpers.press.workers.run", fail)
    monkeypatch.setattr("helpers.press.host.begun", contextlib.nullcontext)
    result = run(only=["TN"], lang=["en"])
    assert (len(result.failed), result.interrupted, result.whole) == (1, False, False)


def test_a_brief_in_its_place_is_recorded_though_its_earlier_failure_cannot_be_forgotten(
    project, quick
) -> None:
    run(only=["national"], lang=["en"])
    kept = project.reports / "latest/.failed/en/national.ipynb"
    kept.mkdir(parents=True)
    project.edit("title: {en: United States", "title: {en: The Union")
    (failed,) = run(only=["national"], lang=["en"]).failed
    assert failed.stage == "write"
    assert run(only=["national"], lang=["en"]).fresh == 1


def test_the_plan_is_in_the_order_of_the_book_and_has_a_line_of_what_does_not_pass(project) -> None:
    project.edit("grid: {lang: [en, ja]}", "grid: {lang: [en, ja], fiscal_year: [1066], own: [x]}")
    found, chosen, briefs, _ = prepared(only=["national", "TN"], lang=["en"])
    wrong, never = survey(found, chosen, briefs)
    assert (wrong.brief.stem, never.brief.stem) == ("en/national", "en/state/tennessee")
    assert wrong.reasons == (
        "notebooks/toy.ipynb, parameter 'own': expected one of 'state', 'lang', 'fiscal_year', 'as_of', "
        "got an unknown name. Correct the name.",
    )
    assert never.reasons == ("never built",)


def test_each_brief_has_the_limits_of_the_book(project, quick, monkeypatch) -> None:
    jobs = []
    project.edit("time_limit: 60", "time_limit: 60, memory_limit: 2000, print_limit: 30000")
    monkeypatch.setattr(
        "helpers.press.workers.run", lambda todo, *_: jobs.extend(todo) or quick.run(todo, *_)
    )
    assert run(only=["TN"], lang=["en"]).whole
    (job,) = jobs
    assert (job.time_limit, job.memory_limit, job.print_limit) == (60, 2000, 30000)
