"""Text in two faces: what may come from data is text, never HTML and never Typst code.

A *marked* text is plain text in which only ``**…**`` means something (emphasis); ``\\*`` is a literal star
and ``\\\\`` a literal backslash. Everything else, ``<script>`` or ``#read("key.txt")`` included, prints as it
stands. Characters that would print as nothing or turn the line round (control characters, lone surrogates,
bidirectional overrides) are shown by number, such as ``[U+202E]``.
"""

from __future__ import annotations

import html
import re

_TOKEN = re.compile(r"\\([\\*])|(\*\*)")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


def escape(text: str) -> str:
    """Return `text` so that it may stand inside a marked text and print as it is.

    Use it on every string from data that a sentence is built with.

    Examples
    --------
    >>> escape("a * b ** c")
    'a \\\\* b \\\\*\\\\* c'
    >>> plain(escape("a * b ** c"))
    'a * b ** c'
    """
    return text.replace("\\", "\\\\").replace("*", "\\*")


def visible(text: str) -> str:
    """Return `text` with line ends made one kind and unprintable characters shown by number."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return _UNPRINTABLE.sub(lambda found: f"[U+{ord(found.group()):04X}]", joined)


def pieces(text: str) -> list[tuple[str, bool]]:
    """Split a marked text into (run, emphasised) pairs; a ``**`` without its partner is literal.

    Examples
    --------
    >>> pieces("up by **5.5%** since")
    [('up by ', False), ('5.5%', True), (' since', False)]
    """
    marks = sum(1 for token in _TOKEN.finditer(text) if token.group(2))
    runs: list[tuple[str, bool]] = []
    buffer, strong, left, position = "", False, marks - marks % 2, 0
    for token in _TOKEN.finditer(text):
        buffer += text[position : token.start()]
        position = token.end()
        if token.group(1):
            buffer += token.group(1)
        elif left:
            runs.append((buffer, strong))
            buffer, strong, left = "", not strong, left - 1
        else:
            buffer += "**"
    runs.append((buffer + text[position:], strong))
    return [(visible(run), emphasised) for run, emphasised in runs if run]


def plain(text: str) -> str:
    """Return a marked text as a terminal shows it: no marks, no escapes."""
    return "".join(run for run, _ in pieces(text))


def attribute(text: str) -> str:
    """Return plain `text` (not marked) for an HTML attribute in double quotes."""
    return html.escape(visible(text).replace("\n", " "), quote=True)


def to_html(text: str) -> str:
    """Return a marked text as an HTML fragment; only ``<strong>`` and ``<br>`` can occur in it."""
    out = []
    for run, emphasised in pieces(text):
        safe = html.escape(run, quote=True).replace("\n", "<br>")
        out.append(f"<strong>{safe}</strong>" if emphasised else safe)
    return "".join(out)


def literal(text: str) -> str:
    """Return plain `text` (not marked) as a Typst string literal, quotes included.

    Examples
    --------
    >>> print(literal('#read("key.txt")'))
    "#read(\\"key.txt\\")"
    """
    safe = visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", " ")
    return f'"{safe}"'


def to_typst(text: str, emphasis: str = "brief-em") -> str:
    """Return a marked text as Typst markup made of string literals only, so that data can never be code.

    `emphasis` names the function of ``blocks.typ`` that sets the emphasised runs.
    """
    out = []
    for run, emphasised in pieces(text):
        lines = "#linebreak();".join(f"#{literal(line)};" for line in run.split("\n"))
        out.append(f"#{emphasis}[{lines}];" if emphasised else lines)
    return "".join(out)
