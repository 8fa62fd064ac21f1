"""Make one brief: run its notebook, render it, and write its files to the waiting folder."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from helpers.errors import BriefsError
from helpers.press import following, own, place
from helpers.press.plan import Brief


@dataclass(frozen=True)
class Job:
    """One brief to make, and all that making it needs; can be sent to another process.

    `values` are the checked parameters, defaults included; `own` names those of them that hold the path of a user's
    own file; `folder` is the edition's folder; `resources` is
    what the exporters get as `resources["brief"]`; `time_limit` is in seconds, `memory_limit` in megabytes,
    `print_limit` in characters a cell.
    """

    brief: Brief
    values: Mapping[str, Any]
    folder: Path
    resources: Mapping[str, Any]
    time_limit: float
    memory_limit: int = 0
    print_limit: int = 0
    engine: str = "stock"
    own: tuple[str, ...] = ()

    @property
    def shown(self) -> dict[str, Any]:
        """The values as they are published."""
        return own.published(self.values, self.own)


@dataclass(frozen=True)
class Outcome:
    """What became of a brief.

    Attributes
    ----------
    stage
        Where it failed (`parameters`, `execute`, `html`, `pdf`, `json`, `ipynb`, `write`); empty when made.
    cause
        The error, in words.
    kept
        The failed notebook, for looking at, when there is one.
    files
        (format, sha256, bytes) of the files that wait to be moved into place.
    hopeless
        The next brief would fail in the same way (a full disk).
    seconds
        How long it took.
    note
        What the user should know of the way it was made.
    reads
        What its notebook read, see `following`.
    """

    brief: Brief
    stage: str = ""
    cause: str = ""
    kept: Path | None = None
    files: tuple[tuple[str, str, int], ...] = ()
    hopeless: bool = False
    seconds: float = 0.0
    note: str = ""
    reads: following.Reads = ()


def make(job: Job) -> Outcome:
    """Return what became of a brief, its files waiting in the edition's folder when it is made.

    Nothing is raised: whatever goes wrong with one brief is its own outcome, and the rest goes on.
    """
    start = time.perf_counter()
    brief, stage, notebook = job.brief, "execute", None
    try:
        from helpers.press import engine

        with following.followed() as noted:
            try:
                notebook = engine.execute(
                    brief.notebook,
                    job.values,
                    timeout=job.time_limit,
                    memory=job.memory_limit,
                    prints=job.print_limit,
                    engine=job.engine,
                )
            except engine.CellError as error:
                notebook = error.notebook
                raise
            reads = following.gathered(noted)
        own.hide(notebook, job.values, job.own, brief.notebook.parent)
        contents = {}
        for stage, _ in brief.outputs:
            contents[stage] = _render(stage, notebook, job)
        stage = "write"
        for kind, name in brief.outputs:
            place.write(job.folder / place.PARTIAL / name, contents[kind])
        return Outcome(brief, files=_files(contents), seconds=time.perf_counter() - start, reads=reads)
    except OSError as error:
        hopeless = stage == "write" and error.errno in place.HOPELESS
        cause = place.explain(error, job.folder) if stage == "write" else f"{type(error).__name__}: {error}"
        return Outcome(brief, stage, cause, _keep(job, notebook), (), hopeless, time.perf_counter() - start)
    except Exception as error:
        cause = str(error) if isinstance(error, BriefsError) else f"{type(error).__name__}: {error}"
        kept = _keep(job, notebook)
        return Outcome(brief, stage, cause, kept, seconds=time.perf_counter() - start)


def _files(contents: Mapping[str, bytes]) -> tuple[tuple[str, str, int], ...]:
    return tuple(
        (kind, hashlib.sha256(content).hexdigest(), len(content)) for kind, content in contents.items()
    )


def _render(kind: str, notebook: Any, job: Job) -> bytes:
    if kind == "ipynb":
        return saved(notebook)
    if kind == "json":
        from helpers.press import sidecar

        brief = job.brief
        shown = sidecar.values(notebook)
        origins = sidecar.named(notebook)
        return sidecar.text(brief.slug, brief.edition, brief.lang, job.shown, shown, *origins).encode()
    told = {"brief": dict(job.resources), "metadata": {"name": job.brief.stem}}
    content, _ = _exporter(kind).from_notebook_node(notebook, resources=told)
    return content if isinstance(content, bytes) else content.encode()


def saved(notebook: Any) -> bytes:
    """Return an executed notebook as a file, a cell a line: a megabyte of outputs that nobody reads line by line.

    The format is nbformat's; its own writer, for source files, takes thirty times as long to indent it all.
    """
    rest = {key: value for key, value in notebook.items() if key != "cells"}
    cells = b",\n".join(_json(cell) for cell in notebook.cells)
    return b'{"cells": [\n' + cells + b"\n],\n" + _json(rest)[1:] + b"\n"


def _json(value: Any) -> bytes:
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    except orjson.JSONEncodeError:  # a whole number beyond 64 bits
        return json.dumps(value, ensure_ascii=False, sort_keys=True).encode()


@functools.cache
def _exporter(kind: str) -> Any:
    from helpers.press import exporters

    return {"html": exporters.BriefHTMLExporter, "pdf": exporters.BriefPDFExporter}[kind]()


def ready(kinds: Iterable[str]) -> None:
    """Make the exporters and use them once, while the template process gets warm."""
    with contextlib.suppress(Exception):  # what is wrong with them, the first brief says
        import nbformat

        sample = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Brief ブリーフ")])
        for kind in sorted({"html", "pdf"} & set(kinds)):
            _exporter(kind).from_notebook_node(sample)


def _keep(job: Job, notebook: Any) -> Path | None:
    """Keep the notebook of a failed brief for looking at, if the disk lets us."""
    if notebook is None:
        return None
    path = kept_path(job)
    own.hide(notebook, job.values, job.own, job.brief.notebook.parent)
    try:
        place.keep(path, saved(notebook))
    except OSError:
        return None
    return path


def kept_path(job: Job) -> Path:
    """Return where the notebook of a failed brief is kept."""
    return job.folder / place.FAILED / f"{job.brief.stem}.ipynb"
