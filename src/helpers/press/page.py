"""What an executed notebook says about its own page, read without importing what drew it."""

from __future__ import annotations

import ast
import base64
import hashlib
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any

from nbformat import NotebookNode

from helpers.errors import RenderError, compose, listed
from helpers.press.markdown import headings, pictures

TEMPLATES = Path(__file__).parent / "templates"
JSON_FACE = "application/vnd.brief+json"
LANGUAGES = ("en", "ja")
PAPERS = {"a4": "a4", "letter": "us-letter"}
_STYLE = re.compile(r"^\s*<style>(.*?)</style>", re.DOTALL)
_SCRIPT = re.compile(r"<script>(.*?)</script>\s*$", re.DOTALL)
_MUTE = re.compile(r"<img\b(?![^>]*(?<![\w-])alt\s*=)[^>]*>", re.IGNORECASE)
SCRIPTED = ("weights",)
"""Kinds of blocks that bring a script of their own; of no other one a script is looked for."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_SAID = ("kind", "lang", "title", "subtitle", "running", "data_to")
"""What a page asks of a block, besides the periods of its numbers."""

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "skip": "Skip to the content",
        "nav": "This brief elsewhere",
        "home": "All briefs",
        "twin": "日本語",
        "latest": "latest edition",
        "edition": "edition {}",
        "own": "with its user’s own file {}",
        "data": "data to {}",
        "parameters": "Parameters:",
        "between": " · ",
    },
    "ja": {
        "skip": "本文へ移動",
        "nav": "関連ページ",
        "home": "ブリーフ一覧",
        "twin": "English",
        "latest": "最新版",
        "edition": "{}版",
        "own": "利用者のファイル「{}」による",
        "data": "{}年までの統計",
        "parameters": "パラメータ：",
        "between": "・",
    },
}


@dataclass(frozen=True)
class Page:
    """Everything a template prints that is not a cell."""

    lang: str
    title: str
    subtitle: str = ""
    running: str = ""
    edition: str = ""
    paper: str = "a4"
    parameters: str = ""
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    links: tuple[Mapping[str, Any], ...] = ()
    foot: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    top: int = 1
    untitled: bool = False
    look: str = ""
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def allowed(self) -> str:
        """What the page's policy says of scripts: nothing, or the digests of its own ones and no others."""
        digests = [hashlib.sha256(script.encode()).digest() for script in self.scripts]
        named = " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
        return f"script-src {named}; " if named else ""


def light(nb: NotebookNode) -> NotebookNode:
    """Return a copy for one page, whose blocks say of themselves only what a page asks of them.

    The traces of all numbers are most of a notebook, and nbconvert would copy what it is given four times.
    """
    faces = {
        id(output["data"][JSON_FACE]) for _, output in outputs(nb) if JSON_FACE in output.get("data", {})
    }
    return _copied(nb, faces)


class Light(NotebookNode):
    """A part of a notebook that is made for one page and nobody else's: nbconvert's copies of it are itself."""

    def __deepcopy__(self, memo: dict[int, Any]) -> Light:
        return self


def _copied(value: Any, faces: Container[int] = ()) -> Any:
    """Return a copy of a part of a notebook, shortening what stands under the numbers `faces`."""
    if isinstance(value, dict):
        node = Light()
        items = _light(value) if id(value) in faces else value
        dict.update(node, {key: _copied(item, faces) for key, item in items.items()})
        return node
    return [_copied(item, faces) for item in value] if isinstance(value, list) else value


def _light(face: Mapping[str, Any]) -> dict[str, Any]:
    words = {key: face[key] for key in _SAID if key in face}
    periods = dict.fromkeys(str(value.get("period", "")) for value in face.get("values", ()))
    return words | {"values": [{"period": period} for period in periods]}


def place(nb: NotebookNode, index: int) -> str:
    """Return how to name a cell in a message: its number in the notebook and its first words."""
    cell = nb.cells[index]
    first = next((line.strip() for line in cell.source.splitlines() if line.strip()), "")
    short = first if len(first) <= 60 else first[:57] + "..."
    return f"cell {index + 1}" + (f" ({short})" if short else "")


def dropped(lang: str) -> set[str]:
    """Return the tags of the cells that a page in `lang` leaves out: hidden ones and the other language's."""
    return {"hide"} | {f"lang-{other}" for other in LANGUAGES if other != lang}


def outputs(nb: NotebookNode) -> Iterator[tuple[int, NotebookNode]]:
    """Yield every output with the position of its cell."""
    for index, cell in enumerate(nb.cells):
        for output in cell.get("outputs", ()):
            yield index, output


def check(nb: NotebookNode, name: str) -> None:
    """Raise if the notebook was not executed, failed, or shows a picture that nobody can read aloud."""
    failed = [index for index, output in outputs(nb) if output.output_type == "error"]
    if failed:
        errors = [
            f"{o.ename}: {o.evalue}".splitlines()[0].removesuffix(": ")
            for _, o in outputs(nb)
            if o.output_type == "error"
        ]
        where = f"{name}, {', '.join(place(nb, index) for index in dict.fromkeys(failed))}"
        todo = "Mend the cell and run the notebook again."
        raise RenderError(compose(where, "cells that ran", "; ".join(errors), todo))
    code = [cell for cell in nb.cells if cell.cell_type == "code" and cell.source.strip()]
    if not any(cell.outputs or cell.execution_count for cell in nb.cells if cell.cell_type == "code"):
        got = f"none in its {len(code)} code cells"
        todo = "Run it first (JupyterLab: Run All Cells; or `briefs build`)."
        raise RenderError(compose(f"notebook {name}", "an executed notebook with outputs", got, todo))
    bare = []
    for index, output in outputs(nb):
        data = output.get("data", {})
        html = str(data.get("text/html", ""))
        picture = any(kind.startswith("image/") for kind in data) and "text/html" not in data
        if picture or (JSON_FACE not in data and _MUTE.search(html)):
            bare.append(place(nb, index))
    if bare:
        todo = "Show it through helpers.display.blocks.Figure, which takes the alt text."
        raise RenderError(
            compose(f"notebook {name}", "alt text for every picture", f"none in {listed(bare)}", todo)
        )


def read(nb: NotebookNode, name: str, brief: Mapping[str, Any]) -> Page:
    """Return the page of an executed notebook.

    Language and title are the headline block's; else the language papermill injected, else the default in the
    parameters cell, else English, and the notebook's own name. Without a headline, a ``#`` heading is the page's
    own title, and without that the name is printed as one.

    Parameters
    ----------
    nb : the executed notebook
    name : its name, for messages and as the last resort for a title
    brief : what the press knows, each key optional: ``edition``, ``slug``, ``paper`` (``a4`` or ``letter``),
        ``home`` and ``twin`` (relative links), ``downloads`` (relative links, or mappings with ``href`` and
        ``text``), ``foot`` (lines of text), ``data_to`` (a year), ``own`` (names of a
        user's own files), ``parameters`` (where the notebook has none)
    """
    headline: Mapping[str, Any] = next(
        (face for face in _faces(nb.cells) if face.get("kind") == "headline"), {}
    )
    given = nb.metadata.get("papermill", {}).get("parameters") or brief.get("parameters") or {}
    lang = str(headline.get("lang") or given.get("lang") or _default(nb, "lang") or "en")
    if lang not in LANGUAGES:
        where, todo = f"notebook {name}, parameter lang", "Correct it and run the notebook again."
        raise RenderError(compose(where, "'en' or 'ja'", repr(lang), todo))
    paper = str(brief.get("paper") or "a4")
    if paper not in PAPERS:
        todo = "Correct it in notebooks/book.yml."
        raise RenderError(compose(f"brief {name}, paper", "'a4' or 'letter'", repr(paper), todo))
    page = Page(
        lang=lang,
        title=str(headline.get("title") or name),
        subtitle=str(headline.get("subtitle") or ""),
        running=str(headline.get("running") or headline.get("title") or name),
        paper=PAPERS[paper],
        parameters=" · ".join(f"{key}={given[key]}" for key in sorted(given) if given[key] != ""),
        foot=tuple(str(line) for line in brief.get("foot", ())),
        keywords=tuple(str(brief[key]) for key in ("slug", "edition") if brief.get(key)),
        words=WORDS[lang],
    )
    gone = dropped(lang)
    kept = [cell for cell in nb.cells if not gone & set(cell.metadata.get("tags", ()))]
    own = any(1 in headings(cell.source) for cell in kept if cell.cell_type == "markdown")
    page = replace(page, top=1 if own and not headline else 2, untitled=not own and not headline)
    seen = [cell for cell in kept if "hide-output" not in cell.metadata.get("tags", ())]
    return replace(page, edition=_edition(page, brief, _faces(seen)), links=_links(page, brief))


def _faces(cells: Iterable[NotebookNode]) -> list[Mapping[str, Any]]:
    """Return what the blocks that these cells show say of themselves."""
    found = (output.get("data", {}) for cell in cells for output in cell.get("outputs", ()))
    return [data[JSON_FACE] for data in found if JSON_FACE in data]


def without_style(nb: NotebookNode) -> tuple[str, ...]:
    """Take the style sheet out of the headline's HTML (in place) and return it: it belongs into the head."""
    styles = []
    for _, output in outputs(nb):
        data = output.get("data", {})
        if data.get(JSON_FACE, {}).get("kind") == "headline":
            found = _STYLE.match(data["text/html"])
            if found:
                styles.append(found.group(1))
                data["text/html"] = data["text/html"][found.end() :]
    return tuple(dict.fromkeys(styles))


def without_script(nb: NotebookNode) -> tuple[str, ...]:
    """Take the scripts out of blocks that bring one (in place) and return each once: they close the page."""
    scripts = []
    for _, output in outputs(nb):
        data = output.get("data", {})
        found = _SCRIPT.search(data.get("text/html", ""))
        if found and data.get(JSON_FACE, {}).get("kind") in SCRIPTED:
            scripts.append(found.group(1))
            data["text/html"] = data["text/html"][: found.start()]
    return tuple(dict.fromkeys(scripts))


def check_headings(nb: NotebookNode, page: Page, name: str) -> None:
    """Raise if a heading skips a level (who reads by ear moves from heading to heading)."""
    last, skips = page.top - 1, []
    for index, cell in enumerate(nb.cells):
        levels = headings(cell.source) if cell.cell_type == "markdown" else []
        levels += [3 for face in _faces([cell]) if face.get("kind") == "cards"]
        for level in (max(level, page.top) for level in levels):
            if level > last + 1:
                skips.append(
                    f"{cell.metadata.get('brief_place', place(nb, index))}: level {level} after {last}"
                )
            last = level
    if skips:
        todo = "Use ## for a question and ### below it; cards stand below a ## heading."
        raise RenderError(
            compose(f"notebook {name}", "headings that go down one level at a time", listed(skips), todo)
        )


def check_pictures(nb: NotebookNode, name: str) -> None:
    """Raise if prose holds a picture: a page has none but those that blocks draw, and would print its words alone."""
    found = [
        f"{cell.metadata.get('brief_place', place(nb, index))}: {address}"
        for index, cell in enumerate(nb.cells)
        if cell.cell_type == "markdown"
        for address in pictures(cell.source)
    ]
    if found:
        todo = "Draw it in a code cell and show it through helpers.display.blocks.Figure, or leave it out."
        raise RenderError(compose(f"notebook {name}", "text cells without pictures", listed(found), todo))


def _default(nb: NotebookNode, name: str) -> object:
    """Return the default of a parameter in the cell tagged ``parameters``, or None."""
    for cell in nb.cells:
        if cell.cell_type == "code" and "parameters" in cell.metadata.get("tags", ()):
            try:
                body = ast.parse(cell.source).body
            except SyntaxError:
                return None
            for node in body:
                target = node.targets[0] if isinstance(node, ast.Assign) else getattr(node, "target", None)
                value = getattr(node, "value", None)
                if isinstance(target, ast.Name) and target.id == name and isinstance(value, ast.Constant):
                    return value.value
    return None


def _edition(page: Page, brief: Mapping[str, Any], faces: list[Mapping[str, Any]]) -> str:
    """Return the edition and the newest year, as the page prints them.

    The year is the newest among the numbers of the headline and the figures that the page's note of editions names, or
    among all numbers of a page that has neither. A page whose note names no figure, under a headline without numbers,
    gives no year.
    """
    edition = str(brief.get("edition") or "")
    parts = (
        [page.words["latest"] if edition == "latest" else page.words["edition"].format(edition)]
        if edition
        else []
    )
    newest = brief.get("data_to") or _newest(faces)
    parts += [page.words["data"].format(newest)] if newest else []
    parts += [page.words["own"].format(name) for name in brief.get("own", ())]
    return page.words["between"].join(parts)


def _newest(faces: list[Mapping[str, Any]]) -> int | None:
    """Return the newest year of the figures of a page."""
    leading = [face for face in faces if face.get("kind") == "headline" and face.get("values")]
    noted = [str(face["data_to"]) for face in faces if "data_to" in face]
    asked = leading if leading or noted else faces
    periods = [str(value.get("period", "")) for face in asked for value in face.get("values", ())]
    years = [int(year) for period in (*periods, *noted) for year in _YEAR.findall(period)]
    return max(years, default=None)


def _links(page: Page, brief: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Return the links at the head of the page: all briefs, the other language, downloads."""
    links: list[Mapping[str, Any]] = []
    if brief.get("home"):
        links.append({"href": brief["home"], "text": page.words["home"]})
    if brief.get("twin"):
        other = "en" if page.lang == "ja" else "ja"
        links.append({"href": brief["twin"], "text": page.words["twin"], "lang": other})
    for item in brief.get("downloads", ()):
        given = {"href": item} if isinstance(item, str) else dict(item)
        given.setdefault(
            "text", PurePosixPath(str(given["href"])).suffix.lstrip(".").upper() or str(given["href"])
        )
        links.append({**given, "download": True})
    return tuple(links)
