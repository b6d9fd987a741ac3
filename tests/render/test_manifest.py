"""The manifest: lessons are entered one by one, also by runs at the same time."""

from __future__ import annotations

import hashlib
import json
from multiprocessing import get_context
from pathlib import Path

import pytest

from render.manifest import enter, is_whole, read_manifest
from render.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "build")
    store.open()
    return store


def test_nothing_is_listed_before_anything_is_rendered(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_an_entry_replaces_the_one_of_its_lesson_and_leaves_the_others(store: Store) -> None:
    enter(store, "svm", {"key": "1"})
    enter(store, "pca", {"key": "2"})
    enter(store, "svm", {"key": "3"})
    assert read_manifest(store.build) == {"svm": {"key": "3"}, "pca": {"key": "2"}}


def test_a_manifest_of_another_version_counts_as_none(store: Store) -> None:
    enter(store, "svm", {"key": "1"})
    path = store.build / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "version": 99}))
    assert read_manifest(store.build) == {}


def _enter_many(build: Path, prefix: str) -> None:
    store = Store(build)
    for number in range(20):
        enter(store, f"{prefix}{number}", {"key": prefix})


def test_runs_at_the_same_time_lose_nothing(store: Store) -> None:
    context = get_context("forkserver")
    processes = [context.Process(target=_enter_many, args=(store.build, prefix)) for prefix in "abc"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
        assert process.exitcode == 0
    assert len(read_manifest(store.build)) == 60


def test_a_lesson_with_a_missing_cut_or_spoilt_file_is_not_whole(store: Store) -> None:
    file = store.build / "out.mp4"
    file.write_bytes(b"12345")
    sha256 = hashlib.sha256(b"12345").hexdigest()
    entry = {"files": {"video": {"path": "out.mp4", "bytes": 5, "sha256": sha256}}}
    assert is_whole(store, entry)
    assert store.trust.vouches(file, sha256), "it need not be read again"
    file.write_bytes(b"1234")
    assert not is_whole(store, entry)
    file.write_bytes(b"12354")
    assert not is_whole(store, entry)
    file.unlink()
    assert not is_whole(store, entry)
