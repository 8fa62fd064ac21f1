"""What a cell prints: joined as nbclient joins it, whatever its length, and no more of it than a brief may have."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbclient.client import _RGX_CARRIAGERETURN
from nbformat.v4 import new_output
from papermill.engines import NotebookExecutionManager

from helpers.press import engine, host, printed

ENGINES = [
    "stock",
    pytest.param("warm", marks=pytest.mark.skipif(sys.platform != "linux", reason="forked on Linux only")),
]


def stream(name: str, text: str) -> Any:
    """Return an output of text."""
    return new_output("stream", name=name, text=text)


def shown(outputs: list[Any]) -> list[tuple[str, str]]:
    """Return the outputs as (stream or kind, text)."""
    return [(output.get("name", output.output_type), output.get("text", "")) for output in outputs]


def test_each_stream_becomes_one_output_where_it_began() -> None:
    display = new_output("display_data", {"text/plain": "shown"})
    outputs = [stream("stdout", "a\n"), display, stream("stdout", "b\n"), stream("stderr", "c")]
    assert shown(printed.joined(outputs)) == [("stdout", "a\nb\n"), ("display_data", ""), ("stderr", "c")]


def test_standard_output_comes_before_standard_error_next_to_it() -> None:
    outputs = [stream("stderr", "a"), stream("stdout", "b"), stream("stderr", "c")]
    assert shown(printed.joined(outputs)) == [("stdout", "b"), ("stderr", "ac")]


def test_the_two_streams_change_places_where_they_touch_and_nothing_else_does() -> None:
    first, last = (new_output("display_data", {"text/plain": text}) for text in ("first", "last"))
    told = [stream("stderr", "a"), stream("stdout", "b")]
    made = printed.joined([first, *told, last])
    assert made[0] is first
    assert made[3] is last
    assert shown(made[1:3]) == [("stdout", "b"), ("stderr", "a")]
    apart = [stream("stderr", "a"), first, stream("stdout", "b")]
    assert shown(printed.joined(apart)) == [("stderr", "a"), ("display_data", ""), ("stdout", "b")]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("1%\r2%\r3%", "3%"),
        ("1%\r2%\n", "2%\n"),
        ("done\r\nnext\r\n", "done\r\nnext\r\n"),
        ("last\r", "last\r"),
        ("a\r\r\nb", "\r\nb"),
        ("\r", "\r"),
        ("", ""),
    ],
)
def test_a_carriage_return_writes_over_what_stands_before_it_in_its_line(text: str, left: str) -> None:
    assert shown(printed.joined([stream("stdout", text)])) == [("stdout", left)]


@given(st.text("ab\r\n\x0b"))
def test_text_is_joined_as_nbclient_joins_it(text: str) -> None:
    assert printed._written_over(text) == _RGX_CARRIAGERETURN.sub("", text)


def client(stopped: list[str], limit: int, *, joins: bool = False) -> printed.Client:
    """Return a client without a kernel."""
    node = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("x")])
    manager = NotebookExecutionManager(node)
    made = printed.Client(manager, joins=joins, print_limit=limit, stop=lambda: stopped.append("stopped"))
    made.reset_execution_trackers()
    made.clear_before_next_output = False  # as when a cell begins
    return made


def message(text: str) -> dict[str, Any]:
    """Return what a kernel sends of a cell that prints."""
    return sent("stream", {"name": "stdout", "text": text})


def sent(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {
        "msg_type": kind,
        "header": {"msg_type": kind},
        "parent_header": {"msg_id": "1"},
        "content": content,
    }


def test_a_cell_may_print_as_much_as_the_limit_and_its_process_is_ended_once_at_one_more() -> None:
    stopped: list[str] = []
    asked, outs = client(stopped, 10), []
    for text in ("12345678", "90"):
        assert asked.output(outs, message(text), None, 0)["text"] == text
    assert stopped == []
    assert asked.output(outs, message("a"), None, 0)["text"] == ""
    assert asked.output(outs, message("b"), None, 0) is None
    assert stopped == ["stopped"]
    assert [out["text"] for out in outs] == ["12345678", "90", ""]


def test_of_what_goes_over_the_limit_the_beginning_is_kept_and_the_message_left_as_it_was() -> None:
    stopped: list[str] = []
    asked, outs, last = client(stopped, 10), [], message("90ab")
    asked.output(outs, sent("display_data", {"data": {"text/plain": "x" * 99}, "metadata": {}}), None, 0)
    asked.output(outs, message("12345678"), None, 0)
    asked.output(outs, last, None, 0)
    assert [out.get("text") for out in outs] == [None, "12345678", "90"]
    assert last == message("90ab")
    cell = nbformat.v4.new_code_cell("x", outputs=outs)
    with pytest.raises(
        printed.TooMuch, match=r"^more than 10 characters printed; the process was ended$"
    ) as caught:
        settle(asked, cell)
    assert caught.value.limit == 10
    assert len(cell.outputs) == 3


def settle(asked: printed.Client, cell: Any) -> None:
    with asked._settled(cell):
        pass


def test_without_a_limit_any_number_of_letters_is_kept_and_put_together_where_asked() -> None:
    stopped: list[str] = []
    for joins, texts in ((False, ["a" * 50, "b"]), (True, ["a" * 50 + "b"])):
        asked, outs = client(stopped, 0, joins=joins), []
        asked.output(outs, message("a" * 50), None, 0)
        asked.output(outs, message("b"), None, 0)
        cell = nbformat.v4.new_code_cell("x", outputs=outs)
        settle(asked, cell)
        settle(asked, nbformat.v4.new_markdown_cell("no outputs"))
        assert [out["text"] for out in cell.outputs] == texts
    assert stopped == []


@pytest.fixture
def template(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Name an engine, with a template process where it needs one."""
    if request.param == "stock":
        yield "stock"
        return
    with host.template([]) as address:
        monkeypatch.setattr(host.host, "address", address)
        yield "warm"


def saved(folder: Path, *sources: str) -> Path:
    """Return the path of a notebook of these cells, after one of parameters."""
    cells = [nbformat.v4.new_code_cell("lang: str = 'en'", metadata={"tags": ["parameters"]})]
    node = nbformat.v4.new_notebook(cells=cells + [nbformat.v4.new_code_cell(source) for source in sources])
    node.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(node, folder / "prints.ipynb")
    return folder / "prints.ipynb"


@pytest.mark.slow
@pytest.mark.parametrize("template", ENGINES, indirect=True)
def test_a_long_line_takes_no_time_of_the_cells_after_it(template: str, tmp_path: Path) -> None:
    path = saved(tmp_path, "print('y' * 900_000)", "for _ in range(9_000): print('z' * 99)", "'after'")
    node = engine.execute(path, {}, timeout=20, prints=900_001, engine=template)
    assert shown(node.cells[2].outputs) == [("stdout", "y" * 900_000 + "\n")]
    assert shown(node.cells[3].outputs) == [("stdout", ("z" * 99 + "\n") * 9_000)]
    assert node.cells[4].outputs[0]["data"]["text/plain"] == "'after'"


@pytest.mark.slow
@pytest.mark.parametrize("template", ENGINES, indirect=True)
@pytest.mark.parametrize(
    "source", ["while True: print('z' * 9)", "print('z' * 9 + '\\n' + ('z' * 9 + '\\n') * 200)"]
)
def test_a_cell_that_prints_too_much_is_ended_and_its_beginning_kept(
    template: str, source: str, tmp_path: Path
) -> None:
    path = saved(tmp_path, "print('x' * 900)", source, "'never'")
    expected = (
        r"prints\.ipynb, cell 3: expected at most 1,000 characters printed, got more than 1,000 characters printed; "
        r"the process was ended\. Print less in it, or set print_limit higher"
    )
    with pytest.raises(engine.CellError, match=expected) as caught:
        engine.execute(path, {}, timeout=60, prints=1_000, engine=template)
    outputs = [shown(cell.outputs) for cell in caught.value.notebook.cells]
    assert outputs == [[], [], [("stdout", "x" * 900 + "\n")], [("stdout", ("z" * 9 + "\n") * 100)], []]
