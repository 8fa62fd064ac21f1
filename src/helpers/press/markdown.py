"""Markdown cells in two faces, HTML and Typst, from one parse.

Both faces take what mistune reads: headings, emphasis, lists, links, tables, quotations, code. Raw HTML is
text in both. Headings start below the page's own title, which is the headline block's.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import mistune

Token = Mapping[str, Any]

_PARSE = mistune.create_markdown(renderer=None, plugins=["table", "strikethrough"])
_CJK = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")


def string(text: object) -> str:
    """Return `text` as a Typst string literal, quotes included: whatever it holds, it prints as text."""
    safe = str(text).replace("\\", "\\\\").replace('"', '\\"').replace("\r\n", "\n").replace("\r", "\n")
    return '"' + re.sub("[\x00-\x08\x0b-\x1f\x7f]", "\ufffd", safe).replace("\n", "\\n") + '"'


def to_html(source: str, top: int = 1) -> str:
    """Return a markdown cell as HTML, its headings no higher than level `top`."""
    return _Html(top).blocks(_tokens(source))


def to_typst(source: str, top: int = 1) -> str:
    """Return a markdown cell as Typst markup, its headings no higher than level `top`."""
    return _Typst(top).blocks(_tokens(source))


def headings(source: str) -> list[int]:
    """Return the levels of the headings of a markdown cell, in order."""
    return [int(token["attrs"]["level"]) for token in _tokens(source) if token["type"] == "heading"]


def pictures(source: str) -> list[str]:
    """Return the addresses of the pictures of a markdown cell, in order."""
    return [str(token["attrs"]["url"]) for token in _all(_tokens(source)) if token["type"] == "image"]


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.get("children", ()))


def _tokens(source: str) -> list[Token]:
    parsed = _PARSE(source)
    return list(parsed) if not isinstance(parsed, str) else []


def _text(tokens: Iterable[Token]) -> str:
    """Return the text of inline tokens without any marks."""
    return "".join(token.get("raw") or _text(token.get("children", ())) for token in tokens)


def _soft(tokens: list[Token], at: int) -> str:
    """Return what a line end in the source stands for: a space, or nothing between Japanese letters."""
    before, after = _text(tokens[:at])[-1:], _text(tokens[at + 1 :])[:1]
    return "" if _CJK.match(before) and _CJK.match(after) else " "


class _Face:
    """What the two faces share: walking the tokens; a subclass has one method a kind of token."""

    def __init__(self, top: int) -> None:
        self.top = top

    def blocks(self, tokens: Iterable[Token]) -> str:
        return "\n".join(filter(None, (self._block(token) for token in tokens)))

    def inline(self, tokens: Iterable[Token]) -> str:
        run = list(tokens)
        return "".join(self._inline(token, run, at) for at, token in enumerate(run))

    def level(self, token: Token) -> int:
        return max(int(token["attrs"]["level"]), self.top)

    def _block(self, token: Token) -> str:
        kind = str(token["type"])
        if kind in ("blank_line", "thematic_break"):
            return ""
        draw: Callable[[Token], str] | None = getattr(self, f"on_{kind}", None)
        return draw(token) if draw else self.plain(token)

    def _inline(self, token: Token, run: list[Token], at: int) -> str:
        kind = str(token["type"])
        if kind == "softbreak":
            return self.words(_soft(run, at))
        draw: Callable[[Token], str] | None = getattr(self, f"on_{kind}", None)
        return draw(token) if draw else self.words(token.get("raw") or _text(token.get("children", ())))

    def plain(self, token: Token) -> str:
        raise NotImplementedError

    def words(self, text: str) -> str:
        raise NotImplementedError


class _Html(_Face):
    def words(self, text: str) -> str:
        return html.escape(text, quote=True)

    def plain(self, token: Token) -> str:
        return f"<p>{self.words(_text([token]).strip())}</p>"

    def on_heading(self, token: Token) -> str:
        return f"<h{self.level(token)}>{self.inline(token['children'])}</h{self.level(token)}>"

    def on_paragraph(self, token: Token) -> str:
        return f"<p>{self.inline(token['children'])}</p>"

    def on_block_text(self, token: Token) -> str:
        return self.inline(token["children"])

    def on_block_code(self, token: Token) -> str:
        return f'<pre tabindex="0">{self.words(token["raw"])}</pre>'

    def on_block_quote(self, token: Token) -> str:
        return f"<blockquote>{self.blocks(token['children'])}</blockquote>"

    def on_list(self, token: Token) -> str:
        tag = "ol" if token["attrs"].get("ordered") else "ul"
        items = "".join(f"<li>{self.blocks(item['children'])}</li>" for item in token["children"])
        return f"<{tag}>{items}</{tag}>"

    def on_table(self, token: Token) -> str:
        head, body = _table(token)
        heads = "".join(f'<th scope="col">{self.inline(cell["children"])}</th>' for cell in head)
        rows = "".join(
            "<tr>" + "".join(f"<td>{self.inline(cell['children'])}</td>" for cell in row) + "</tr>"
            for row in body
        )
        return f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"

    def on_strong(self, token: Token) -> str:
        return f"<strong>{self.inline(token['children'])}</strong>"

    def on_emphasis(self, token: Token) -> str:
        return f"<em>{self.inline(token['children'])}</em>"

    def on_strikethrough(self, token: Token) -> str:
        return f"<del>{self.inline(token['children'])}</del>"

    def on_codespan(self, token: Token) -> str:
        return f"<code>{self.words(token['raw'])}</code>"

    def on_linebreak(self, token: Token) -> str:
        return "<br>"

    def on_link(self, token: Token) -> str:
        url = str(token["attrs"]["url"])
        body = self.inline(token["children"])
        return f'<a href="{self.words(url)}">{body}</a>' if _safe(url) else body


class _Typst(_Face):
    def words(self, text: str) -> str:
        return f"#{string(text)};" if text else ""

    def plain(self, token: Token) -> str:
        return f"#par[{self.words(_text([token]).strip())}]"

    def on_heading(self, token: Token) -> str:
        return f"#heading(level: {self.level(token)})[{self.inline(token['children'])}]"

    def on_paragraph(self, token: Token) -> str:
        return f"#par[{self.inline(token['children'])}]"

    def on_block_text(self, token: Token) -> str:
        return self.inline(token["children"])

    def on_block_code(self, token: Token) -> str:
        return f"#page-verbatim({string(str(token['raw']).rstrip())})"

    def on_block_quote(self, token: Token) -> str:
        return f"#quote(block: true)[{self.blocks(token['children'])}]"

    def on_list(self, token: Token) -> str:
        call = "enum" if token["attrs"].get("ordered") else "list"
        items = ", ".join(f"[{self.blocks(item['children'])}]" for item in token["children"])
        return f"#{call}({items})"

    def on_table(self, token: Token) -> str:
        head, body = _table(token)
        heads = ", ".join(f"[{self.inline(cell['children'])}]" for cell in head)
        cells = ", ".join(f"[{self.inline(cell['children'])}]" for row in body for cell in row)
        return f"#page-table({len(head)}, ({heads},), ({cells}{',' if cells else ''}))"

    def on_strong(self, token: Token) -> str:
        return f"#strong[{self.inline(token['children'])}];"

    def on_emphasis(self, token: Token) -> str:
        return f"#emph[{self.inline(token['children'])}];"

    def on_strikethrough(self, token: Token) -> str:
        return f"#strike[{self.inline(token['children'])}];"

    def on_codespan(self, token: Token) -> str:
        return f"#raw({string(token['raw'])});"

    def on_linebreak(self, token: Token) -> str:
        return "#linebreak();"

    def on_link(self, token: Token) -> str:
        url = str(token["attrs"]["url"])
        body = self.inline(token["children"])
        return f"#link({string(url)})[{body}];" if _absolute(url) else body


def _table(token: Token) -> tuple[list[Token], list[list[Token]]]:
    """Return the head's cells and the body's rows of cells."""
    head: list[Token] = []
    body: list[list[Token]] = []
    for part in token["children"]:
        if part["type"] == "table_head":
            head = list(part["children"])
        else:
            body = [list(row["children"]) for row in part["children"]]
    return head, body


def _absolute(url: str) -> bool:
    return url.startswith(("https://", "http://", "mailto:"))


def _safe(url: str) -> bool:
    return _absolute(url) or not re.match(r"\s*[a-zA-Z][a-zA-Z0-9+.-]*:", url)
