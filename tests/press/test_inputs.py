"""What briefs are made from: packages, lock, notebooks and code as they are now."""

from __future__ import annotations

import hashlib
import platform

import helpers
from helpers.press import inputs


def test_the_digest_of_a_file_is_of_its_bytes_and_of_what_is_none_it_is_empty(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"a\r\n")
    assert inputs.digest(path) == hashlib.sha256(b"a\r\n").hexdigest()
    assert [inputs.digest(other) for other in (tmp_path, tmp_path / "none", path / "below")] == ["", "", ""]


def test_notebooks_packages_and_settings_are_told_by_name(tmp_path, monkeypatch):
    for name in ("b.ipynb", "a.ipynb"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    monkeypatch.setattr(inputs, "VERSIONS", ("pandas", "no-such-package"))
    monkeypatch.setattr(inputs.paths, "ROOT", tmp_path)
    (tmp_path / "requirements.lock").write_bytes(b"pandas==3\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    found = inputs.now(path for path in (tmp_path / "b.ipynb", tmp_path / "a.ipynb", tmp_path / "b.ipynb"))
    assert found["package"] == {"name": "grassroots-briefs", "version": helpers.__version__}
    assert found["versions"].keys() == {"python", "pandas", "no-such-package"}
    assert found["versions"]["python"] == platform.python_version()
    assert found["versions"]["pandas"].startswith("3.")
    assert found["versions"]["no-such-package"] is None
    assert found["settings"] == {"SOURCE_DATE_EPOCH": "1"}
    assert found["lock"] == hashlib.sha256(b"pandas==3\n").hexdigest()
    assert found["notebooks"] == {
        name: hashlib.sha256(name.encode()).hexdigest() for name in ("a.ipynb", "b.ipynb")
    }
    assert list(found["notebooks"]) == ["a.ipynb", "b.ipynb"]
    assert "press/inputs.py" in found["code"]
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert inputs.now([])["settings"] == {"SOURCE_DATE_EPOCH": ""}


def test_every_package_that_has_a_say_is_installed_under_its_name():
    assert [name for name in inputs.VERSIONS if inputs._version(name) is None] == []


def test_a_file_that_may_not_be_read_has_no_digest(tmp_path, monkeypatch):
    def closed(*_, **__):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.ipynb").write_bytes(b"x")
    monkeypatch.setattr(type(tmp_path), "open", closed)
    assert inputs.digest(tmp_path / "a.ipynb") == ""
