"""Two nbconvert exporters that turn an executed notebook into a brief: one HTML page, one tagged PDF.

Both are entry points, so ``jupyter nbconvert --to brief-pdf`` and JupyterLab's export menu know them; the
menu, which cannot ask a server for a name with a hyphen, as ``brief_pdf``. They
only choose among the faces that the notebook's outputs bring along. The PDF is compiled by Typst inside this
process: never do that in a process that forks afterwards.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from nbconvert.exporters import HTMLExporter, TemplateExporter
from nbconvert.preprocessors import ExecutePreprocessor, TagRemovePreprocessor
from nbformat import NotebookNode
from traitlets import default
from traitlets.config import Config

from helpers.errors import BriefsError
from helpers.press import fonts, markdown, notes, page, typesetting


class _Brief(TemplateExporter):
    """What both exporters share: which cells stay, what the page knows of itself, what is refused."""

    @property
    def default_config(self) -> Config:
        config = Config(
            {
                "NbConvertBase": {"display_data_priority": list(self.faces)},
                "Exporter": {"optimistic_validation": True},  # once, not after each of eleven preprocessors
            }
        )
        inherited = super().default_config.copy()
        inherited.merge(config)
        return inherited

    faces: tuple[str, ...] = ("text/plain",)

    @default("extra_template_basedirs")
    def _own_templates(self) -> list[str]:
        return [str(page.TEMPLATES)]

    def default_filters(self) -> Iterable[tuple[str, Any]]:
        yield from super().default_filters()
        yield "brief_markdown", markdown.to_html
        yield "brief_typst", markdown.to_typst
        yield "typst_string", markdown.string

    def _init_preprocessors(self) -> None:
        """Set aside what runs the notebook (`--execute`): the page is checked after that, before all others."""
        super()._init_preprocessors()
        self._runners = [one for one in self._preprocessors if isinstance(one, ExecutePreprocessor)]
        self._preprocessors = [one for one in self._preprocessors if one not in self._runners]

    def executed(
        self, nb: NotebookNode, resources: Mapping[str, Any] | None
    ) -> tuple[NotebookNode, Mapping[str, Any] | None]:
        """Return the notebook, run if nbconvert was told to, and its resources."""
        for runner in self._runners:
            if runner.enabled:
                nb, resources = runner(copy.deepcopy(nb), dict(resources or {}))
        return nb, resources

    def prepared(
        self, nb: NotebookNode, resources: Mapping[str, Any] | None
    ) -> tuple[NotebookNode, dict[str, Any], page.Page]:
        """Return a copy of the notebook ready for the template (see `page.light`), its resources, and its page.

        Raises
        ------
        RenderError
            If the notebook was not executed, failed, has a picture without alt text or in a text cell,
            or skips a heading.
        """
        ready = page.light(nb)
        extra = dict(resources or {})
        name = str(extra.get("metadata", {}).get("name") or "notebook")
        page.check(ready, name)
        sheet = page.read(ready, name, extra.get("brief") or {})
        for index, cell in enumerate(ready.cells):
            cell.metadata["brief_place"] = re.sub(r"\s+", " ", page.place(ready, index))
        for index, output in page.outputs(ready):
            if output.output_type == "stream" and output.name == "stderr":
                self.log.warning("%s wrote to stderr; the page leaves it out", page.place(ready, index))
        self._choose_cells(sheet.lang)
        kept = self._kept(ready)
        page.check_headings(kept, sheet, name)
        page.check_pictures(kept, name)
        sheet = replace(sheet, styles=page.without_style(ready), scripts=page.without_script(ready))
        for filter_name, face in (("brief_markdown", markdown.to_html), ("brief_typst", markdown.to_typst)):
            self.register_filter(filter_name, partial(face, top=sheet.top))
        return ready, extra, sheet

    def _choose_cells(self, lang: str) -> None:
        """Tell nbconvert's own tag removal which cells go: hidden ones, and those in the other language."""
        removal = self._removal()
        removal.remove_cell_tags = (removal.remove_cell_tags - {f"lang-{lang}"}) | page.dropped(lang)
        removal.remove_all_outputs_tags = removal.remove_all_outputs_tags | {"hide-output"}

    def _removal(self) -> TagRemovePreprocessor:
        found = [one for one in self._preprocessors if isinstance(one, TagRemovePreprocessor)]
        if not found:
            self.register_preprocessor(TagRemovePreprocessor, enabled=True)
            return self._removal()
        return found[0]

    def _kept(self, nb: NotebookNode) -> NotebookNode:
        kept = copy.copy(nb)
        drop = self._removal().remove_cell_tags
        kept["cells"] = [cell for cell in nb.cells if not drop & set(cell.metadata.get("tags", ()))]
        return kept


class BriefHTMLExporter(_Brief, HTMLExporter):
    """One HTML page, complete in itself, for phone and projector: no request to any host.

    No script either, but for a block's own (`page.SCRIPTED`), which the page's policy names by its digest.
    """

    export_from_notebook = "Brief (HTML)"
    output_mimetype = "text/html"
    faces = ("text/html", "text/markdown", "text/plain")

    @default("template_name")
    def _template_name_default(self) -> str:
        return "brief"

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the page and its resources.

        HTMLExporter's own version would parse the finished page once more, lower-casing the names inside the
        drawings and putting a placeholder where an alt text is missing; here that is refused beforehand.
        """
        ready, extra, sheet = self.prepared(*self.executed(nb, resources))
        extra["page"] = sheet
        return TemplateExporter.from_notebook_node(self, ready, extra, **kw)


class BriefPDFExporter(_Brief):
    """A tagged PDF (PDF/UA-1) through Typst: title, language, alt text, bookmarks, repeated table heads."""

    export_from_notebook = "Brief (PDF)"
    output_mimetype = "application/pdf"
    faces = ("text/vnd.typst", "text/markdown", "text/plain")

    @default("file_extension")
    def _file_extension_default(self) -> str:
        return ".pdf"

    @default("template_extension")
    def _template_extension_default(self) -> str:
        return ".typ.j2"

    @default("template_name")
    def _template_name_default(self) -> str:
        return "brief-pdf"

    def to_typst(
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[str, dict[str, Any]]:
        """Return the Typst source of the brief: what the compiler gets, for whoever wants to look."""
        nb, resources = self.executed(nb, resources)
        ready, extra, sheet = self.prepared(nb, resources)
        extra["page"] = replace(
            sheet, look=(page.TEMPLATES / "brief-pdf" / "page.typ").read_text(encoding="utf-8")
        )
        source, extra = super().from_notebook_node(ready, extra, **kw)
        source, lacking = fonts.printable(notes.numbered(source, nb, sheet.lang))
        for character, lines in lacking.items():
            where = ", ".join(dict.fromkeys(typesetting.cell_at(source, line) for line in lines))
            self.log.warning("no font has U+%04X (%s); printed by number", ord(character), where)
        return source, extra

    def from_notebook_node(  # type: ignore[override]
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[bytes, dict[str, Any]]:
        """Return the PDF and its resources."""
        source, extra = self.to_typst(nb, resources, **kw)
        name = str(extra.get("metadata", {}).get("name") or "notebook")
        pdf, warnings = typesetting.compiled(source, name)
        for warning in warnings:
            self.log.warning("typst: %s", warning)
        return pdf, extra


class _Command(_Brief):
    """What is offered on the command line alone, where names have a hyphen: no server finds a page by one."""

    @default("enabled")
    def _enabled_default(self) -> bool:
        return "jupyter_server.nbconvert.handlers" not in sys.modules

    def from_notebook_node(
        self, nb: NotebookNode, resources: Mapping[str, Any] | None = None, **kw: Any
    ) -> tuple[Any, dict[str, Any]]:
        """Return the brief and its resources; an error of ours ends ``jupyter nbconvert`` without its traceback."""
        from nbconvert.nbconvertapp import NbConvertApp

        try:
            return super().from_notebook_node(nb, dict(resources or {}), **kw)
        except BriefsError as error:
            if not NbConvertApp.initialized():
                raise
            self.log.error("%s", error)
            sys.exit(1)


class BriefHTMLCommand(_Command, BriefHTMLExporter):
    """``brief-html``: the page of `BriefHTMLExporter`."""


class BriefPDFCommand(_Command, BriefPDFExporter):
    """``brief-pdf``: the PDF of `BriefPDFExporter`."""
