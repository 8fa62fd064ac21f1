"""What the cells of a notebook print: put together when a cell has ended, and no more of it than a brief may have.

nbclient puts it together with a pattern that takes the square of a line's length: 400,000 letters without a line's end
held a worker for more than a minute, past every time limit.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from nbformat import NotebookNode
from papermill.clientwrap import PapermillNotebookClient

from helpers.errors import BuildError


class TooMuch(BuildError):
    """A cell printed more than the limit; its process was ended.

    Attributes
    ----------
    limit
        Characters that a cell may print.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(f"more than {limit:,} characters printed; the process was ended")
        self.limit = limit


class Client(PapermillNotebookClient):
    """Papermill's client; with `joins` it puts together what a cell printed as nbclient would (`coalesce_streams`).

    Parameters
    ----------
    nb_man
        Papermill's manager of the notebook.
    joins
        Whether each cell's streams are put together.
    print_limit
        Characters that a cell may print; 0 for no limit.
    stop
        Ends the process of the notebook at once.
    options
        nbclient's.
    """

    def __init__(
        self,
        nb_man: Any,
        *,
        joins: bool = False,
        print_limit: int = 0,
        stop: Callable[[], None] = lambda: None,
        **options: Any,
    ) -> None:
        super().__init__(nb_man, **options)
        self._joins, self._limit, self._stop = joins, print_limit, stop
        self._printed = 0

    def execute_cell(self, cell: NotebookNode, cell_index: int, **options: Any) -> NotebookNode:
        """Run a cell.

        Raises
        ------
        TooMuch
            It printed more than it may; its outputs hold the beginning.
        """
        self._printed = 0
        with self._settled(cell):
            return super().execute_cell(cell, cell_index, **options)

    @contextlib.contextmanager
    def _settled(self, cell: NotebookNode) -> Iterator[None]:
        """Put together what a cell printed, however it ends; a cell that printed too much failed of that."""
        try:
            yield
        finally:
            if self._joins and cell.get("outputs"):
                cell.outputs = joined(cell.outputs)
            if self._over:
                raise TooMuch(self._limit)

    @property
    def _over(self) -> bool:
        return 0 < self._limit < self._printed

    def output(
        self, outs: list[NotebookNode], msg: dict[str, Any], display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Add an output to those of its cell, as nbclient does, up to the limit."""
        if self._over:
            return None
        if msg["msg_type"] == "stream":
            text = msg["content"]["text"]
            room, self._printed = self._limit - self._printed, self._printed + len(text)
            if self._over:
                msg = {**msg, "content": {**msg["content"], "text": text[:room]}}
                self._stop()
        return super().output(outs, msg, display_id, cell_index)


def joined(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """Return a cell's outputs with one of each stream, where its first one was, as nbclient has it.

    What a carriage return writes over is left out, and standard output comes before standard error next to it.
    """
    texts: dict[str, list[str]] = {}
    found: list[NotebookNode] = []
    for output in outputs:
        if output["output_type"] != "stream":
            found.append(output)
            continue
        if output["name"] not in texts:
            found.append(output)
        texts.setdefault(output["name"], []).append(output["text"])
    for output in found:
        if output["output_type"] == "stream":
            output["text"] = _written_over("".join(texts[output["name"]]))
    names = [output.get("name") if output["output_type"] == "stream" else None for output in found]
    for at in range(len(found) - 1):
        if names[at : at + 2] == ["stderr", "stdout"]:
            found[at : at + 2] = found[at + 1], found[at]
    return found


def _written_over(text: str) -> str:
    """Return text without what stands before a carriage return in its line, unless that ends the line."""
    if "\r" not in text:
        return text
    return "\n".join(
        line[line.rfind("\r", 0, len(line) - 1) + 1 :] if line else line for line in text.split("\n")
    )
