"""Read YAML strictly: no key twice, no key that nobody reads, and the nearest known key named."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from helpers.errors import BookError, compose, listed


class _Loader(yaml.SafeLoader):
    """The safe loader, refusing a key given twice (YAML itself would let the last one win)."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    pairs = [(loader.construct_object(key), value) for key, value in node.value]
    names = [name for name, _ in pairs]
    odd = [key for (key, _), name in zip(node.value, names, strict=True) if isinstance(name, list | dict)]
    if odd:
        raise yaml.constructor.ConstructorError(
            problem="a key in brackets or braces (text with braces stands in quotes)",
            problem_mark=odd[0].start_mark,
        )
    twice = sorted({str(name) for name in names if names.count(name) > 1})
    if twice:
        line = node.start_mark.line + 1
        raise BookError(
            compose(
                f"book.yml, block that starts in line {line}",
                "each key once",
                f"{listed(twice)} twice",
                "Remove one.",
            )
        )
    return {name: loader.construct_object(value, deep=True) for name, value in pairs}


def _day(loader: _Loader, node: yaml.ScalarNode) -> Any:
    """Return a date, or as text what looks like one and is none: who reads the value says what it should be."""
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError:
        return node.value


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", _day)


def read(path: Path) -> dict[str, Any]:
    """Return the mapping in a YAML file; dates come back as ISO strings.

    Raises
    ------
    BookError
        The file is absent, is not UTF-8 or not YAML, holds a key twice, or is not a mapping.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise BookError(
            compose(
                f"{path.parent.name}/{path.name}",
                "a readable file",
                error.strerror or str(error),
                "Restore the file.",
            )
        ) from error
    except UnicodeDecodeError as error:
        got, todo = not_utf8(error), "Save it again as UTF-8."
        raise BookError(compose(f"{path.parent.name}/{path.name}", "text in UTF-8", got, todo)) from error
    try:
        content = yaml.load(text, Loader=_Loader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path.name}, line {mark.line + 1}" if mark else path.name
        raise BookError(
            compose(where, "YAML", getattr(error, "problem", None) or str(error), "Repair the line.")
        ) from error
    if not isinstance(content, dict):
        raise BookError(
            compose(
                path.name, "a mapping of keys", type(content).__name__, "See the book.yml of the repository."
            )
        )
    return {str(key): _plain(value) for key, value in content.items()}


def not_utf8(error: UnicodeDecodeError) -> str:
    """Return what to call bytes that are in another encoding."""
    return f"bytes that are not UTF-8 (at {error.start:,})"


def _plain(value: Any) -> Any:
    """Return the value with dates as ISO text, so that `2022-07-05` needs no quotes."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value


def closest(name: object, known: Iterable[str]) -> str:
    """Return the known name most like this one whatever its case, or the empty text when none is alike."""
    folded = {item.casefold(): item for item in known}
    close = difflib.get_close_matches(str(name).casefold(), folded, n=1, cutoff=0.5)
    return folded[close[0]] if close else ""


def nearest(name: object, known: Iterable[str]) -> str:
    """Return the suggestion that ends a message, or nothing when no known name is alike.

    Examples
    --------
    >>> nearest("formts", ["formats", "briefs"])
    " Did you mean 'formats'?"
    """
    found = closest(name, known)
    return f" Did you mean '{found}'?" if found else ""


def unknown_keys(where: str, got: Mapping[str, Any], allowed: Iterable[str]) -> list[str]:
    """Return one message for each key that is not allowed in this place."""
    allowed = list(allowed)
    return [
        compose(where, "only " + listed(allowed), repr(key), "Remove or rename it." + nearest(key, allowed))
        for key in got
        if key not in allowed
    ]


def missing_keys(where: str, got: Mapping[str, Any], required: Iterable[str]) -> list[str]:
    """Return one message for each key that has to be there and is not."""
    return [compose(where, f"the key {key!r}", "none", "Add it.") for key in required if key not in got]
