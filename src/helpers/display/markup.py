"""Text in two faces: what may come from data is text, never HTML and never Typst code.

A *marked* text is plain text in which only ``**…**`` means something (emphasis); ``\\*`` is a literal star
and ``\\\\`` a literal backslash. Everything else, ``<script>`` or ``#read("key.txt")`` included, prints as it
stands. Characters that would print as nothing or turn the line round (control characters, lone surrogates,
bidirectional overrides) are shown by number, such as ``[U+202E]``.

A number carries the id of its `Value` (:func:`number`), between three private-use characters that no data can
bring along; a page makes a control of it that opens where the number comes from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from typing import NamedTuple

OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
"""What stands before the id of a number, between id and number, and after the number."""

WHOLE = 30
"""Width of a number that opens as a whole, in Latin letters, a Japanese one counting two: so wide fits a phone."""

SHORT, LAST, WIDEST_LAST = 9, 3, 13
"""Letters from which on the end of a Japanese text is kept together; how many at least; and how wide that may be, in
Latin letters, where a word or a bracket asks for more: no column is narrower."""

LONG_TITLE, WIDEST_LAST_WORDS = 24, 24
"""Letters of an English title before its last two words from which on these stay together, and the most they have."""

_MARKS = re.compile(f"[{OPEN}{MIDDLE}{CLOSE}]")
_NUMBER = re.compile(f"{OPEN}([^{MIDDLE}]*){MIDDLE}|{CLOSE}")
_TOKEN = re.compile(rf"\\([\\*])|(\*\*)|{OPEN}([^{MIDDLE}]*){MIDDLE}|({CLOSE})")
_ERA, _UNITS = "(?:令和|平成)?", "(?:位|ドル|円|人|件|年度|年|月|日|州|か国(?:・地域)?|管轄地域)"
_COUNTED = re.compile(
    f"第[0-9]+～[0-9]+位|(?:令和|平成)[0-9]+～(?=令和|平成)|{_ERA}[0-9][0-9,.]*～[0-9][0-9,.]*(?:%|{_UNITS})?"
    f"|{_ERA}第?[0-9][0-9,.]*(?:[万億兆][0-9,.]*)*{_UNITS}"
)
_ON_PAPER = re.compile(
    rf"[−+]?[$¥][0-9][0-9,.]* (?:m|b|tr)illion|\b(?:FY)?[0-9]{{4}}–(?:FY)?[0-9]{{4}}|{_COUNTED.pattern}"
)
_ASIDE = re.compile(f"（[^（）]{{1,10}}）|[0-9]+ of (?:the )?[0-9]+ [a-z]+|{_ON_PAPER.pattern}")
_COUNTER = re.compile("件|人(?!口)|州|位|ドル|円|年度?|月|日(?!本)|か国|管轄地域|拠点|社|回|倍|ポイント")
_FIGURE = re.compile(rf"{_COUNTED.pattern}|[0-9]+(?:[,.][0-9]+)*(?:st|nd|rd|th)?")
_BESIDE = re.compile(rf"([(\[“‘（「]?){OPEN}(.*?){CLOSE}([)\],.;:!?%”’）」、。％～–]*)", re.DOTALL)
_JAPANESE = re.compile("[\u3040-\u30ff\u4e00-\u9fff。、）」]")
_NOT_FIRST = "、。，．・：；？！）」』】％ーぁぃぅぇぉっゃゅょァィゥェォッャュョヶ々～"
_TIED = re.compile("[（「第～].|[ァ-ヶー]{2}|[0-9A-Za-z.,$%–万億兆-][0-9A-Za-z.,%–万億兆-]")
_LATIN = re.compile("<[^>]*>|[A-Za-z][ !-;=?-~–’“”]*[A-Za-z0-9).]")
"""An element's tag, or a stretch of Latin letters inside Japanese text."""
_ALONE = re.compile(r'#("[^"\\]*(?:\\.[^"\\]*)*");')
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")


Spans = list[tuple[int, int]]
"""Where pieces of a line that stay together begin and end."""


class Run(NamedTuple):
    """A stretch of text of one kind: emphasised or not, part of the number ``id`` or of none."""

    text: str
    strong: bool = False
    id: str = ""


def number(id: str, text: str) -> str:
    """Return `text`, a formatted number, marked as the value `id`; without an id or a digit-like text as it is.

    Examples
    --------
    >>> plain(number("exports.value", "$79.7 billion"))
    '$79.7 billion'
    >>> numbers_in("up to " + number("exports.value", "$79.7 billion"))
    ['exports.value']
    """
    return f"{OPEN}{id}{MIDDLE}{text}{CLOSE}" if id and text else text


def unmarked(text: str) -> str:
    """Return a marked text without the marks of its numbers; emphasis and escapes stay."""
    return _NUMBER.sub("", text)


def numbers_in(text: str) -> list[str]:
    """Return the ids of the numbers in a marked text, in order, each as often as it stands there."""
    return [found.group(1) for found in _NUMBER.finditer(text) if found.group(1)]


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
    return _MARKS.sub("", text).replace("\\", "\\\\").replace("*", "\\*")


def visible(text: str) -> str:
    """Return `text` with line ends made one kind and unprintable characters shown by number."""
    if text.isprintable():
        return text
    joined = (
        _MARKS.sub("", text)
        .replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n")
    )
    return _UNPRINTABLE.sub(lambda found: f"[U+{ord(found.group()):04X}]", joined)


def runs(text: str) -> list[Run]:
    """Split a marked text into runs; a ``**`` without its partner is literal."""
    tokens = list(_TOKEN.finditer(text))
    if not tokens:
        return [Run(shown)] if (shown := visible(text)) else []
    marks = sum(1 for token in tokens if token.group(2))
    found: list[Run] = []
    buffer, strong, owner, left, position = "", False, "", marks - marks % 2, 0
    for token in tokens:
        buffer += text[position : token.start()]
        position = token.end()
        if token.group(1):
            buffer += token.group(1)
            continue
        if token.group(2) and not left:
            buffer += "**"
            continue
        found.append(Run(visible(buffer), strong, owner))
        buffer = ""
        if token.group(2):
            strong, left = not strong, left - 1
        else:
            owner = token.group(3) or ""
    found.append(Run(visible(buffer + text[position:]), strong, owner))
    return [run for run in found if run.text]


def pieces(text: str) -> list[tuple[str, bool]]:
    """Split a marked text into (run, emphasised) pairs, the numbers in them no runs of their own.

    Examples
    --------
    >>> pieces("up by **5.5%** since")
    [('up by ', False), ('5.5%', True), (' since', False)]
    """
    return [(run.text, run.strong) for run in runs(unmarked(text))]


def plain(text: str) -> str:
    """Return a marked text as a terminal shows it: no marks, no escapes."""
    return "".join(run for run, _ in pieces(text))


def columns(text: str) -> int:
    """Return how many columns of a terminal a marked text takes (Japanese characters take two)."""
    return sum(2 if character > "\u2e7f" else 1 for run, _ in pieces(text) for character in run)


def attribute(text: str) -> str:
    """Return plain `text` (not marked) for an HTML attribute in double quotes."""
    return html.escape(visible(text).replace("\n", " "), quote=True)


def _opening(run: Run) -> list[Run]:
    """Return a run, or one that is as wide as a line as words and its figures: each of them opens.

    A control is a box to browsers: no line ends in it and goes on beside it.
    """
    wide = run.id and sum(1 if letter < "\u2e80" else 2 for letter in run.text) > WHOLE
    if not wide or not _FIGURE.search(run.text):
        return [run]
    parts, end = [], 0
    for found in _FIGURE.finditer(run.text):
        parts += [Run(run.text[end : found.start()], run.strong), run._replace(text=found.group())]
        end = found.end()
    return [part for part in (*parts, Run(run.text[end:], run.strong)) if part.text]


def to_html(text: str, opener: Callable[[str, str], str] | None = None) -> str:
    """Return a marked text as an HTML fragment: words, ``<strong>``, ``<br>`` and spans that keep words on a line.

    `opener` is given the id and the HTML of each number (of a long one, as a rank with its band and among how many,
    each figure) and returns the control that opens its trace. A line may end on either side of a control; a bracket, a
    stop or the dash of a range beside it is kept on its line, and so is the counter of a Japanese number (第2位,
    12万4,700人), as on paper.
    """
    out = []
    found = runs(text if opener else unmarked(text))
    for run, counter in _counters(chain.from_iterable(map(_opening, found))):
        said = _said(run)
        control = opener(run.id, said) if opener and run.id else said
        control = f'<span class="brief-w">{control}{_said(counter)}</span>' if counter.text else control
        out.append(f"{OPEN}{control}{CLOSE}" if opener and run.id else control)
    return _BESIDE.sub(_together, "".join(out))


def _counters(found: Iterable[Run]) -> Iterator[tuple[Run, Run]]:
    """Yield each run and, of a number, the counter that the text after it begins with, which is gone from there."""
    taken = ""
    for run, after in pairwise([*found, Run("")]):
        own, taken = run._replace(text=run.text.removeprefix(taken)), ""
        if own.id and own.text[-1:].isdigit() and not after.id:
            begins = _COUNTER.match(after.text)
            taken = begins.group() if begins else ""
        if own.text:
            yield own, after._replace(text=taken)


def _said(run: Run) -> str:
    safe = _COUNTED.sub(_kept, html.escape(run.text, quote=True)).replace("\n", "<br>")
    return f"<strong>{safe}</strong>" if run.strong else safe


def _kept(found: re.Match[str]) -> str:
    return f'<span class="brief-w">{found.group()}</span>'


def _together(found: re.Match[str]) -> str:
    before, control, after = found.groups()
    return f'<span class="brief-w">{before}{control}{after}</span>' if before or after else control


def tongues(safe: str, lang: str) -> str:
    """Return HTML of a page in `lang` with English titles, of three words or more, marked as English on a Japanese one.

    Examples
    --------
    >>> tongues("米国商務省：U.S. Trade in Goods by Country（2024）", "ja")
    '米国商務省：<span lang="en">U.S. Trade in Goods by Country</span>（2024）'
    """
    return _LATIN.sub(_english, safe) if lang == "ja" else safe


def _english(found: re.Match[str]) -> str:
    text = found.group()
    return text if text[0] == "<" or len(text.split()) < 3 else f'<span lang="en">{text}</span>'


def literal(text: str) -> str:
    """Return plain `text` (not marked) as a Typst string literal, quotes included.

    Examples
    --------
    >>> print(literal('#read("key.txt")'))
    "#read(\\"key.txt\\")"
    """
    safe = visible(text).replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", " ")
    return f'"{safe}"'


def to_typst(text: str, emphasis: str = "brief-em", *, title: bool = False, one_line: bool = False) -> str:
    """Return a marked text as Typst markup made of string literals only, so that data can never be code.

    `emphasis` names the function of ``blocks.typ`` that sets the emphasised runs. A Japanese number and its counter
    stand in a box, in which no line ends, as do $1.6 billion and 2008–2019; in a `title` so does what stands in
    brackets, if it is short, and a part of a count (4 of the 14 states). So do the last letters of a Japanese text, and
    the last two words of a title in English: or they would stand on a line alone; not so where all stands on
    `one_line`.
    """
    out, kept, whole = [], _ASIDE if title else _ON_PAPER, list(pieces(text))
    for n, (run, emphasised) in enumerate(whole, 1):
        tail = None if one_line or n < len(whole) else _last_of_title if title else _last
        lines = "#linebreak();".join(_set(line, kept, tail) for line in run.split("\n"))
        out.append(f"#{emphasis}[{lines}];" if emphasised else lines)
    return "".join(out)


def content(
    text: str, after: str = "", emphasis: str = "brief-em", *, title: bool = False, one_line: bool = False
) -> str:
    """Return a marked text, and Typst markup `after` it, as an argument: a string alone as it is, else in brackets.

    Both print the same, and the compiler is done with a string in half the time. The rest is for `to_typst`.

    Examples
    --------
    >>> print(content("Canada"), content("**Japan**"), content(""))
    "Canada" [#brief-em[#"Japan";];] []
    """
    markup = to_typst(text, emphasis, title=title, one_line=one_line) + after
    alone = _ALONE.fullmatch(markup)
    return alone.group(1) if alone else f"[{markup}]"


def _set(line: str, kept: re.Pattern[str], tail: Callable[[str, Spans], int] | None) -> str:
    boxes = [found.span() for found in kept.finditer(line)]
    if tail and (last := tail(line, boxes)):
        boxes = [*(box for box in boxes if box[1] <= last), (last, len(line))]
    parts, end = [], 0
    for start, stop in boxes:
        parts += [f"#{literal(line[end:start])};"] * (start > end)
        parts.append(f"#box({literal(line[start:stop])});")
        end = stop
    rest = line[end:]
    return "".join((*parts, f"#{literal(rest)};" if rest or not parts else ""))


def _last_of_title(line: str, boxes: Spans) -> int:
    """Return where the last letters or, in English, the last two words of a title begin."""
    words = line.rsplit(" ", 2)
    if len(words) < 3 or len(words[0]) < LONG_TITLE or _JAPANESE.match(line[-1]):
        return _last(line, boxes)
    at = len(words[0]) + 1
    at = min([at, *(start for start, stop in boxes if start < at < stop)])
    return at if len(line) - at <= WIDEST_LAST_WORDS else 0


def _last(line: str, boxes: Spans) -> int:
    """Return where the last letters of a Japanese line begin that stay together; 0 where there are none to keep."""
    if len(line) < SHORT or not _JAPANESE.match(line[-1]):
        return 0
    at = len(line) - LAST - (line[-1] in "。、）」")
    while at:
        inside = next((start for start, stop in boxes if start < at < stop), at)
        if inside == at and not (line[at] in _NOT_FIRST or _TIED.match(line[at - 1 : at + 1])):
            break
        at = inside if inside < at else at - 1
    return at if columns(line[at:]) <= WIDEST_LAST else 0
