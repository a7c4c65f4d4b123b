"""Is the matcher's snapshot kept, and passed over where it cannot be trusted?"""

import numpy as np
import pytest

from chatovyi.keep import SnapshotFile


@pytest.fixture
def path(tmp_path):
    return tmp_path / "chatovyi.db-matcher"


def test_what_was_saved_is_loaded(path):
    SnapshotFile(path, made_by="1").save({"numbers": np.arange(3)})
    loaded = SnapshotFile(path, made_by="1").load()
    assert {name: array.tolist() for name, array in loaded.items()} == {"numbers": [0, 1, 2]}


def test_where_nothing_was_saved_nothing_is_loaded(path):
    assert SnapshotFile(path, made_by="1").load() is None


def test_a_snapshot_of_another_version_is_passed_over(path):
    SnapshotFile(path, made_by="1").save({"numbers": np.arange(3)})
    assert SnapshotFile(path, made_by="2").load() is None


@pytest.mark.parametrize("cut", [0, 10, -10])
def test_a_broken_file_is_passed_over(path, cut, caplog):
    SnapshotFile(path, made_by="1").save({"numbers": np.arange(3)})
    path.write_bytes(path.read_bytes()[:cut])
    assert SnapshotFile(path, made_by="1").load() is None
    assert [record.message for record in caplog.records] == ["snapshot passed over"]


def test_a_folder_that_cannot_be_written_loses_nothing_but_time(tmp_path, caplog):
    SnapshotFile(tmp_path / "missing" / "file", made_by="1").save({"numbers": np.arange(3)})
    assert [record.message for record in caplog.records] == ["snapshot not saved"]
