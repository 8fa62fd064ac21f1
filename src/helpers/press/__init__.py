"""Turn parameterised notebooks into briefs."""

import sys

# Every process of the press imports nbformat, and with it jsonschema, which builds 38 grammars at once if this package
# is there (JupyterLab brings it): 1.7 s a process, for a check of IRIs that no schema of a notebook asks for.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
