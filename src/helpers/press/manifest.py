"""The manifest of an edition: for every file, from which parameters, notebooks, rows and versions it came.

No time, no path and no name of a machine is in it: the same inputs give the same manifest. What many files
share stands once: `inputs` holds what they were made from, `reads` which tables and rows they read, and each
file names its own by key. A file that is not made anew keeps saying what it was made from.
"""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpers.errors import BuildError, compose, listed
from helpers.press import place
from helpers.press.book import Edition
from helpers.press.following import Reads
from helpers.press.plan import Brief

NAME = "manifest.json"
PARTS = ("inputs", "reads", "briefs")
_RECORD = {"notebook": str, "parameters": dict, "files": dict}
_FILE = {"path": str, "sha256": str, "made_from": str}
_READ = {"what": str, "name": str, "path": str, "sha256": str, "part": str, "how": dict}
_READS: dict[bytes, Mapping[str, Any]] = {}


@dataclass(frozen=True)
class Made:
    """A brief that is in its place.

    `values` are its checked parameters; `files` are (format, sha256, bytes); `reads` is what it read; `page`
    is the digest of what its page was told of its surroundings (title, links, paper).
    """

    brief: Brief
    values: Mapping[str, Any]
    files: tuple[tuple[str, str, int], ...]
    reads: Reads = ()
    page: str = ""


def key(value: object) -> str:
    """Return the short name under which something that files share stands in the manifest."""
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def read(folder: Path) -> dict[str, Any]:
    """Return the manifest in an edition's folder, or an empty one when there is none yet.

    Raises
    ------
    BuildError
        The file is there and cannot be read, or is not a manifest.
    """
    path = folder / NAME
    if not path.is_file():
        return {"edition": folder.name, "inputs": {}, "reads": {}, "briefs": {}}
    where, todo = f"reports/{folder.name}/{NAME}", "Delete it and build the edition again."
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        got = error.strerror or str(error)
        raise BuildError(compose(where, "a file that can be read", got, "Allow reading it.")) from error
    except (ValueError, RecursionError) as error:
        raise BuildError(compose(where, "a manifest", f"{type(error).__name__}: {error}", todo)) from error
    if wrong := _lacking(content):
        raise BuildError(compose(where, "a manifest", f"a file without {listed(wrong)} in its form", todo))
    return {"reads": {}} | dict(content)


def _lacking(content: Any) -> list[str]:
    """Return the parts of a manifest that are missing or of another form than :func:`addition` writes."""
    parts: dict[str, Any] = {"reads": {}} | content if isinstance(content, dict) else {}
    lacking = [part for part in PARTS if not isinstance(parts.get(part), dict)]
    if lacking:
        return lacking
    wrong = [f"inputs {name}" for name, item in parts["inputs"].items() if not isinstance(item, dict)]
    wrong += [
        f"reads {name}"
        for name, reads in parts["reads"].items()
        if not isinstance(reads, list) or not all(_holds(read, _READ) for read in reads)
    ]
    return wrong + [
        f"briefs {stem}"
        for stem, record in parts["briefs"].items()
        if not _holds(record, _RECORD) or not all(_holds(file, _FILE) for file in record["files"].values())
    ]


def _holds(item: Any, form: Mapping[str, type]) -> bool:
    return isinstance(item, dict) and all(isinstance(item.get(name), kind) for name, kind in form.items())


def merge(
    old: Mapping[str, Any],
    edition: Edition,
    everything: Sequence[Brief],
    made: Iterable[Made],
    source: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the manifest after a build that may have made only part of the edition.

    Parameters
    ----------
    old
        The manifest before.
    edition
        The edition.
    everything
        All briefs of the edition, in the book's order.
    made
        What was made now.
    source
        What it was made from, see `inputs.now`.
    """
    content = {"reads": {}} | copy.deepcopy(dict(old))
    for item in made:
        add(content, addition(content, item, source))
    return settled(content, edition, everything)


def addition(content: Mapping[str, Any], item: Made, source: Mapping[str, Any]) -> dict[str, Any]:
    """Return what one brief adds to a manifest: itself, and the inputs and reads that are not in it yet.

    The other formats of the brief stay recorded unless they came from another notebook, showed other parameters or
    another surrounding.
    """
    brief, values, reads = item.brief, dict(item.values), [_shared(read) for read in item.reads]
    made_from, read_key = key(source), key(reads)
    old = content["briefs"].get(brief.stem)
    same = (
        old is not None
        and old["notebook"] == brief.notebook.name
        and old["parameters"] == values
        and old.get("page", "") == item.page
    )
    files = (dict(old["files"]) if same else {}) | {
        kind: {
            "path": f"{brief.stem}.{kind}",
            "sha256": sha,
            "bytes": size,
            "made_from": made_from,
            "reads": read_key,
        }
        for kind, sha, size in item.files
    }
    record = {
        "brief": brief.slug,
        "lang": brief.lang,
        "title": brief.title,
        "notebook": brief.notebook.name,
        "parameters": values,
        "page": item.page,
        "files": {kind: files[kind] for kind in sorted(files)},
    }
    return {
        "inputs": {} if made_from in content["inputs"] else {made_from: dict(source)},
        "reads": {} if read_key in content["reads"] else {read_key: reads},
        "briefs": {brief.stem: record},
    }


def _shared(read: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the one copy of a read that all briefs share: most briefs read the same tables."""
    text = json.dumps(read, ensure_ascii=False, sort_keys=True)
    return _READS.setdefault(hashlib.sha256(text.encode()).digest(), read)


def add(content: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Take an addition into a manifest."""
    for part in PARTS:
        content[part] |= more[part]


def renew(content: dict[str, Any], reads: Mapping[str, Reads]) -> None:
    """Name the files in which the rows that were read are found now, for reads that are still the same.

    Parameters
    ----------
    content
        The manifest; changed in place.
    reads
        Key of what was read to the same reads with the digests of the files as they are.
    """
    new = {old: key(list(found)) for old, found in reads.items()}
    content["reads"] |= {new[old]: list(found) for old, found in reads.items()}
    for record in content["briefs"].values():
        for file in record["files"].values():
            file["reads"] = new.get(file.get("reads", ""), file.get("reads", ""))


def settled(content: Mapping[str, Any], edition: Edition, everything: Sequence[Brief]) -> dict[str, Any]:
    """Return a manifest in the book's order, without what the book no longer has and what no file came from."""
    briefs = {b.stem: content["briefs"][b.stem] for b in everything if b.stem in content["briefs"]}
    files = [file for record in briefs.values() for file in record["files"].values()]
    used = {
        "inputs": {file["made_from"] for file in files},
        "reads": {file.get("reads", "") for file in files},
    }
    shared = {
        part: {name: content[part][name] for name in sorted(used[part] & set(content[part]))} for part in used
    }
    return {
        "edition": edition.name,
        "title": dict(zip(("en", "ja"), edition.title, strict=True)),
        "parameters": dict(edition.parameters),
        **shared,
        "briefs": briefs,
    }


def write(folder: Path, content: Mapping[str, Any]) -> None:
    """Write the manifest into an edition's folder.

    Raises
    ------
    BuildError
        It cannot be written; the one before is left.
    """
    place.replace(folder / NAME, (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())
