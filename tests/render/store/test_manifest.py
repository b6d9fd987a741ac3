"""The manifest: lessons are entered one by one, also by runs at the same time."""

from __future__ import annotations

import hashlib
import json
from multiprocessing import get_context
from pathlib import Path

import pytest

from render.core.fault import UsageFault
from render.store.manifest import add_files, enter, is_whole, mend_links, read_manifest, video_path
from render.store.store import Store
from tests.render.store.sample import entry, listed


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "build")
    store.open()
    return store


def test_nothing_is_listed_before_anything_is_rendered(tmp_path: Path) -> None:
    assert read_manifest(tmp_path) == {}


def test_an_entry_replaces_the_one_of_its_lesson_and_leaves_the_others(store: Store) -> None:
    for slug, key in (("svm", "1"), ("pca", "2"), ("svm", "3")):
        enter(store, slug, entry(slug, key))
    assert read_manifest(store.build) == {"svm": entry("svm", "3"), "pca": entry("pca", "2")}


def test_further_files_are_listed_of_that_very_lesson_alone(store: Store) -> None:
    first, second = entry("svm", "1"), entry("svm", "2")
    further = {"public": {"path": "store/public/aa/aa1.mp4", "bytes": 5, "sha256": "0" * 64}}
    enter(store, "svm", first)
    whole = add_files(store, "svm", first, further)
    assert whole == {**first, "files": {**first["files"], **further}}
    assert read_manifest(store.build) == {"svm": whole}
    enter(store, "svm", second)
    add_files(store, "svm", first, further)
    assert read_manifest(store.build) == {"svm": second}, "another run was quicker"


def _spoil(**changes: object) -> str:
    return json.dumps({"version": 1, "lessons": {"svm": {**entry("svm", "1"), **changes}}})


UNREADABLE = {
    "empty": ("", "is not JSON"),
    "cut short": ('{"version": 1, "les', "is not JSON"),
    "zeros, as after a power cut": ("\0" * 400, "is not JSON"),
    "deep": ("[" * 200_000, "is not JSON"),
    "a list": ("[]", "expected an object"),
    "no lessons": ('{"version": 1}', "expected an object"),
    "lessons in a list": ('{"version": 1, "lessons": []}', "expected an object"),
    "another version": ('{"version": 99, "lessons": {}}', "version 99, expected 1"),
    "a version that is true": ('{"version": true, "lessons": {}}', "version True, expected 1"),
    "an entry that is null": ('{"version": 1, "lessons": {"svm": null}}', "lessons.svm: "),
    "an entry without a key": (_spoil(key=None), "lessons.svm.key: "),
    "a key that leads away": (_spoil(key="../../.."), "lessons.svm.key: "),
    "files that are null": (_spoil(files=None), "lessons.svm.files: "),
    "another slug": (_spoil(slug="pca"), "lessons.svm.slug: expected 'svm', found 'pca'"),
    "seconds that are text": (_spoil(seconds="2"), "lessons.svm.seconds: "),
    "a file outside": (
        _spoil(files={"video": {"path": "../secret", "bytes": 1, "sha256": "0" * 64}}),
        "lessons.svm.files.video.path: expected a path inside the build folder",
    ),
}


@pytest.mark.parametrize(("text", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_manifest_that_does_not_read_is_refused_and_kept(store: Store, text: str, words: str) -> None:
    """It used to count as an empty one, and the next lesson that was entered took the place of all others."""
    path = store.build / "manifest.json"
    path.write_text(text)
    for act in (lambda: read_manifest(store.build), lambda: enter(store, "pca", entry("pca", "2"))):
        with pytest.raises(UsageFault, match=r"verify --mend") as refused:
            act()
        assert f"{path}" in str(refused.value) and words in str(refused.value)
        assert len(str(refused.value).splitlines()) == 1
    assert path.read_text() == text


def test_a_link_for_people_follows_the_manifest_and_stands_in_nobody_s_way(store: Store) -> None:
    first, second = listed(store, "svm", "1"), listed(store, "svm", "2")
    link = store.build / "out" / "svm"
    assert (link / "svm.mp4").samefile(store.build / second["files"]["video"]["path"])
    assert video_path(store.build, "svm", second) == link / "svm.mp4"
    assert video_path(store.build, "svm", first) == store.build / first["files"]["video"]["path"]
    link.unlink()
    (store.build / "out" / "gone").symlink_to("../store/lesson/gone/1")
    mend_links(store)
    assert (link / "svm.mp4").is_file() and [path.name for path in (store.build / "out").iterdir()] == ["svm"]
    link.unlink()
    (link / "mine").mkdir(parents=True)
    enter(store, "svm", first)
    assert (link / "mine").is_dir() and read_manifest(store.build) == {"svm": first}


def _enter_many(build: Path, prefix: str) -> None:
    store = Store(build)
    for number in range(20):
        enter(store, f"{prefix}{number}", entry(f"{prefix}{number}", prefix))


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
    assert store.stat_cache.vouches(file, sha256), "it need not be read again"
    file.write_bytes(b"1234")
    assert not is_whole(store, entry)
    file.write_bytes(b"12354")
    assert not is_whole(store, entry)
    file.unlink()
    assert not is_whole(store, entry)
