"""Which briefs have to be made, and why: what each was made from, held against what is there now.

Only contents count, never the times of files. Of a table that was read in part (the rows of a state, the
figures known on a day) only that part counts; it is looked at again only when the table's file is another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from helpers.errors import BriefsError
from helpers.press import reach
from helpers.press.following import Reads
from helpers.press.inputs import digest
from helpers.press.plan import Brief

Reread = Callable[[Mapping[str, Any], Path], str]
"""Returns the digest that the part of a read has now; relative paths start from the folder."""

Own = tuple[tuple[str, str], ...]
"""Where users' own files are, by the name under which a read knows them."""

OWN = ("register", "ledger")
"""What a read is of that may be a user's own file, known by its name."""

SHOWN = 3
"""Names of one kind that a reason tells before it counts the rest."""


@dataclass(frozen=True)
class Subject:
    """A brief to look at: what it would be made with.

    `values` are its checked parameters; `page` is the digest of what its page is told of its surroundings;
    `own` is (name, path) of the users' own files that it is given, the path as seen from the notebook.
    """

    brief: Brief
    values: Mapping[str, Any]
    page: str
    own: Own = ()


@dataclass(frozen=True)
class Found:
    """What a look at a brief found: why it has to be made; nothing when it has not."""

    brief: Brief
    reasons: tuple[str, ...]

    @property
    def fresh(self) -> bool:
        """Whether there is nothing to do."""
        return not self.reasons


@dataclass
class Inspector:
    """Compares briefs with the manifest; keeps what it has looked up for the next brief.

    Attributes
    ----------
    folder, content
        The edition's folder and its manifest.
    source
        What briefs are made from now, see `inputs.now`.
    data
        The folder of the tables.
    reread
        Looks again at a part of a table; without it a changed file counts as a changed part.
    renewed
        Filled while looking: key of reads of which the files changed but not the parts, to these reads now.
    """

    folder: Path
    content: Mapping[str, Any]
    source: Mapping[str, Any]
    data: Path
    reread: Reread | None = None
    renewed: dict[str, Reads] = field(default_factory=dict)
    _parts: dict[str, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._digest = cache(digest)
        self._reached = cache(reach.reached)
        self._changed = cache(self._changed_since)
        self._reads = cache(self._reads_since)

    def look(self, subject: Subject) -> Found:
        """Return why a brief has to be made, in words."""
        brief = subject.brief
        record = self.content["briefs"].get(brief.stem)
        if not record:
            return Found(brief, ("never built",))
        if record["notebook"] != brief.notebook.name:
            return Found(brief, (f"made from notebook {record['notebook']}, not {brief.notebook.name}",))
        reasons = _parameters(record["parameters"], subject.values)
        if not reasons and record.get("page") != subject.page:
            reasons = ["its title, its links or its paper changed"]
        if reasons:
            return Found(brief, tuple(reasons))
        files = [(kind, record["files"].get(kind)) for kind in brief.formats]
        reasons += [reason for kind, file in files if (reason := self._file(kind, file))]
        known = [file for _, file in files if file]
        for key in dict.fromkeys(file["made_from"] for file in known):
            reasons += self._changed(key, brief.notebook)
        for key in dict.fromkeys(file.get("reads", "") for file in known):
            reasons += self._reads(key, brief.notebook.parent, subject.own)
        return Found(brief, tuple(dict.fromkeys(reasons)))

    def _file(self, kind: str, file: Mapping[str, Any] | None) -> str:
        if not file:
            return f"{kind} never built"
        there = digest(self.folder / file["path"])
        return "" if there == file["sha256"] else f"{kind} changed on disk" if there else f"{kind} missing"

    def _changed_since(self, key: str, notebook: Path) -> list[str]:
        """Return what of notebook, code and versions is no longer what it was in an earlier build."""
        then, now = self.content["inputs"].get(key, {}), self.source
        if not then.keys() >= now.keys():
            return ["built before its inputs were recorded"]
        reasons = []
        if then["notebooks"].get(notebook.name) != now["notebooks"][notebook.name]:
            reasons.append(f"notebook {notebook.name} changed")
        every = sorted(then["code"].keys() | now["code"].keys())
        differ = [name for name in every if then["code"].get(name) != now["code"].get(name)]
        mine = [name for name in differ if name in self._reached(notebook) or name not in now["code"]]
        mine = [name for name in mine if not name.startswith((*reach.APART, "cli/"))]
        for word, names in _sorted_by_kind(mine).items():
            reasons.append(f"{word} {_some(names)} changed")
        if then["lock"] != now["lock"]:
            reasons.append("requirements.lock changed")
        versions = [
            f"{name} {then['versions'].get(name)} is now {version}"
            for name, version in now["versions"].items()
            if then["versions"].get(name) != version
        ]
        reasons += [_some(versions)] if versions else []
        names = [name for name in now["settings"] if then["settings"].get(name) != now["settings"][name]]
        return reasons + ([f"environment variable {_some(names)} changed"] if names else [])

    def _reads_since(self, key: str, folder: Path, own: Own = ()) -> list[str]:
        """Return which of the rows, words and files that were read are no longer the same."""
        if key not in self.content["reads"]:
            return ["built before its reads were recorded"]
        reads = self.content["reads"][key]
        reasons = [reason for read in reads if (reason := self._read(read, folder, own))]
        now = tuple({**read, "sha256": self._there(read, folder, own)} for read in reads)
        if not reasons and now != tuple(reads):
            self.renewed[key] = now
        return reasons

    def _read(self, read: Mapping[str, Any], folder: Path, own: Own) -> str:
        there = self._there(read, folder, own)
        if there == read["sha256"]:
            return ""
        if not there:
            return f"{_named(read)}: the file is missing"
        if not read["part"]:
            return f"{_named(read)} changed"
        part, problem = self._part(read, folder, own)
        if problem:
            return f"{_named(read)} cannot be read: {problem}"
        return "" if part == read["part"] else f"{_named(read)}{_selected(read)} changed"

    def _there(self, read: Mapping[str, Any], folder: Path, own: Own) -> str:
        return self._digest(_file_of(read, folder, own) or self.data / read["path"])

    def _part(self, read: Mapping[str, Any], folder: Path, own: Own) -> tuple[str, str]:
        file = _file_of(read, folder, own)
        key = repr((read["what"], read["name"], read["how"], folder, file))
        if key not in self._parts:
            try:
                now = {**read, "name": str(file)} if file else read
                found = (self.reread(now, folder), "") if self.reread else ("", "")
            except BriefsError as error:
                found = ("", str(error).splitlines()[0])
            self._parts[key] = found
        return self._parts[key]


def _file_of(read: Mapping[str, Any], folder: Path, own: Own) -> Path | None:
    """Return where a user's own file is; None for a file of the data folder."""
    if read["what"] not in OWN or read["name"] != read["path"]:
        return None
    return folder / Path(dict(own).get(read["name"], read["name"])).expanduser()


def _parameters(then: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    names = [name for name in dict.fromkeys([*now, *then]) if then.get(name) != now.get(name)]
    told = [f"{name} was {then.get(name)!r} and is {now.get(name)!r}" for name in names]
    return [f"parameter {_some(told)}"] if told else []


def _named(read: Mapping[str, Any]) -> str:
    return {
        "table": f"table {read['name']}",
        "register": f"register of events ({read['name']})",
        "ledger": f"ledger of claims ({read['name']})",
        "description": f"description of table {read['name']}",
        "tables": "the list of tables",
    }.get(read["what"], read["name"])


def _selected(read: Mapping[str, Any]) -> str:
    """Return which part of a table a read is about, as it follows the table's name."""
    how = read["how"]
    where = dict(how.get("where", {}))
    where |= {name: how[name] for name in ("state", "mission") if how.get(name)}
    words = ["of " + ", ".join(f"{name} {_value(value)}" for name, value in where.items())] if where else []
    words += [f"published by {how['as_of']}"] if how.get("as_of") else []
    columns = f"columns {', '.join(how['columns'])}" if how.get("columns") else ""
    columns += " of all events, which the page counts," if columns and not where else ""
    parts = [f"rows {', '.join(words)}"] if words else []
    return f": {' and '.join(parts + ([columns] if columns else []))}" if parts or columns else ""


def _value(value: object) -> str:
    return _some([str(item) for item in value]) if isinstance(value, list) else str(value)


def _sorted_by_kind(names: Sequence[str]) -> dict[str, list[str]]:
    """Return files of the package under the word for what they are."""
    found: dict[str, list[str]] = {}
    for name in names:
        word = "code" if name.endswith(".py") else "template" if "/templates/" in name else "text or style"
        found.setdefault(word, []).append(name)
    return found


def _some(names: Sequence[str]) -> str:
    head = ", ".join(names[:SHOWN])
    return head if len(names) <= SHOWN else f"{head} and {len(names) - SHOWN} more"


def told(found: Sequence[Found]) -> Iterator[str]:
    """Yield the lines that say what would be made and why: a line for each reason, with its briefs.

    A brief with several reasons stands under each; of a long list the first briefs are named.
    """
    groups: dict[str, list[str]] = {}
    for item in found:
        for reason in item.reasons:
            groups.setdefault(reason, []).append(item.brief.stem)
    for reason, stems in groups.items():
        count = f"{len(stems)} briefs: " if len(stems) > 1 else ""
        yield f"{reason.removesuffix('.')}: {count}{_some(stems)}"
