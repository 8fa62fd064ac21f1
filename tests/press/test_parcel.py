"""What goes to a cluster's workers: the tables and the partitions that briefs read, not the kept answers."""

from __future__ import annotations

import io
import zipfile

from helpers.press import remote


def test_kept_answers_stay_and_partitions_go(tmp_path):
    for name in (
        "a/table.csv",
        "raw/statehs/state=TN/index.json",
        "raw/jobs_state/answer.json",
        ".refresh.json",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    names = zipfile.ZipFile(io.BytesIO(remote.pack({"data": tmp_path}))).namelist()
    assert names == ["data/a/table.csv", "data/raw/statehs/state=TN/index.json"]
