"""One Typst source as several files: what pages share and the drawings leave it.

The compiler remembers what it has set for some pages more, if it is the same to the last letter and stands in the
same place of the same file. So the page, the style, the texts of the sources, the method cards and the terms, which
stand between two marks in the source, get a file named after what is in it. And a drawing in a file is not read as
program text before it is read as a drawing. The PDF is the same, byte for byte.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SHARED, END = "// @shared\n", "// @end\n"
"""What stands around definitions that other pages have too, lines of ``#let``."""

DRAWING, DRAWN = '"<svg ', '</svg>"'
"""How the string of a drawing begins and ends; quotes in it are escaped, see `helpers.display.markup.literal`."""


@contextmanager
def files(source: str, folder: Path) -> Iterator[str]:
    """Write the parts of a source into a folder; yield the source that reads them from there.

    Parameters
    ----------
    source
        One Typst file, complete in itself.
    folder
        The compiler's root. Shared parts stay there; drawings go when the block ends.
    """
    drawings: list[Path] = []
    try:
        yield _without_shared(_without_drawings(source, folder, drawings), folder)
    finally:
        for path in drawings:
            path.unlink(missing_ok=True)


def _without_shared(source: str, folder: Path) -> str:
    """Return a source that imports what it shares with others; each part knows those before it."""
    known, (first, *parts) = "", source.split(SHARED)
    for number, part in enumerate(parts):
        text, mark, rest = part.partition(END)
        if not mark:
            parts[number] = f"{SHARED}{part}"
            continue
        text = known + text
        name = f"{hashlib.sha256(text.encode()).hexdigest()[:16]}.typ"
        if not (folder / name).exists():
            (folder / name).write_text(text, encoding="utf-8")
        imported = f'#import "/{name}": *\n'
        known += imported
        parts[number] = imported + rest
    return "".join((first, *parts))


def _without_drawings(source: str, folder: Path, drawings: list[Path]) -> str:
    """Return a source that reads its drawings from files, which are added to `drawings`."""
    kept, done = [], 0
    while (start := source.find(DRAWING, done)) >= 0:
        last = source.find(DRAWN, start)
        escaped = source[start + 1 : last + len(DRAWN) - 1] if last >= 0 else "\\"
        plain = escaped.replace('\\"', '"')
        kept.append(source[done:start])
        # A string that only looks like a drawing stays.
        if "\\" in plain or plain.count('"') != escaped.count('\\"'):
            done = start + len(DRAWING)
            kept.append(DRAWING)
            continue
        drawings.append(folder / f"{len(drawings)}.svg")
        drawings[-1].write_text(plain, encoding="utf-8")
        kept.append(f'read("/{drawings[-1].name}")')
        done = last + len(DRAWN)
    return "".join((*kept, source[done:]))
