"""Turn parameterised notebooks into briefs."""

import sys
from collections.abc import Iterable

LEFT_OUT = (
    # Every process of the press imports nbformat, and with it jsonschema, which builds 38 grammars at once if this
    # package is there (JupyterLab brings it): 1.7 s a process, for a check of IRIs that no notebook's schema asks for.
    "rfc3987_syntax",
    # ipykernel imports the debugger, which warns on standard error; nobody debugs a brief that is built.
    "debugpy",
)
"""What the press does without; a cell may import it (see `template`)."""


def leave_out(names: Iterable[str]) -> None:
    """Let nothing in this process import these modules, unless they are there already."""
    for name in names:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]


leave_out(LEFT_OUT)
