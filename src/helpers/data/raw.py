"""Keep the publisher's answers as they came, under ``data/raw/`` (not in version control), without any key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import quote

from helpers.data.sources.answer import Raw
from helpers.errors import DataCheckError, compose

FOLDER = "raw"
HIDDEN = "[key]"
"""What stands in an answer where it repeated the key it was asked with."""


def keep(
    folder: Path, table: str, raws: Iterable[Raw], retrieved: str, secrets: Sequence[str] = ()
) -> list[dict[str, str]]:
    """Write answers below ``raw/<table>/`` and return what the descriptor says of them.

    Parameters
    ----------
    folder
        The data folder.
    retrieved
        ISO date on which they came.
    secrets
        Keys; where an answer, an address or a name repeats one, `HIDDEN` stands in its place.

    Returns
    -------
    list of dict
        ``path`` (below the data folder), ``sha256`` of the file as kept, ``url``, ``retrieved``.

    Raises
    ------
    DataCheckError
        If a key is still found in what would be kept: then nothing is.
    """
    found = []
    for raw in raws:
        content = _without(raw.content, secrets)
        sha256 = hashlib.sha256(content).hexdigest()
        name = re.sub(r"[^\w.-]+", "-", _hide(raw.name, secrets)).strip("-.") or "answer"
        path = f"{FOLDER}/{table}/{retrieved}-{sha256[:8]}-{name}"
        url = _hide(raw.url, secrets)
        _refuse(secrets, path, url, content)
        found.append((content, {"path": path, "sha256": sha256, "url": url, "retrieved": retrieved}))
    for content, told in found:
        target = folder / told["path"]
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (target.is_file() and target.read_bytes() == content):  # one in hand is not put at risk
            target.write_bytes(content)
    return [told for _, told in found]


def _forms(secret: str) -> list[str]:
    """Return the ways in which a key can be written into an answer or an address."""
    return list(
        dict.fromkeys(form for form in (secret, quote(secret, safe=""), secret.upper(), secret.lower()))
    )


def _hide(text: str, secrets: Sequence[str]) -> str:
    for secret in filter(None, secrets):
        for form in _forms(secret):
            text = text.replace(form, HIDDEN)
    return text


def _without(content: bytes, secrets: Sequence[str]) -> bytes:
    for secret in filter(None, secrets):
        for form in _forms(secret):
            content = content.replace(form.encode(), HIDDEN.encode())
    return content


def _refuse(secrets: Sequence[str], path: str, url: str, content: bytes) -> None:
    for secret in filter(None, secrets):
        if secret.casefold() in f"{path} {url}".casefold() or secret.encode().lower() in content.lower():
            raise DataCheckError(
                compose("an answer to keep", "one without the key", "the key in it", "Report this error.")
            )
