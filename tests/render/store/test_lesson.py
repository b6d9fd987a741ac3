"""A lesson is published and listed in one step: whatever kills its writer, and wherever, readers see old or new."""

from __future__ import annotations

import json
import os
import signal
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from render.cli.gc import collect_garbage
from render.cli.verify_store import mend, verify_store
from render.core.fault import JobFault
from render.store import disk
from render.store.lesson import find_lesson, list_lesson, listable, publish_lesson, read_lesson, record_path
from render.store.manifest import is_whole, mend_links, read_manifest
from render.store.rendered import read_stock
from render.store.store import Store
from tests.render.store.sample import grow_old, lesson_home, listed, make_files, publish, record_of

CALLS = ("open", "mkdir", "rename", "replace", "link", "symlink", "unlink", "fsync", "utime", "write")
"""Calls of the system that change a disk."""


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "build")
    store.open()
    return store


def bring(store: Store, key: str, content: str = "") -> None:
    """Publish and list a lesson as ``mlhub render`` does at its end."""
    with store.scratch() as scratch:
        make_files(scratch / "lesson", "svm", content or f"the film of svm under {key}")
        record = publish_lesson(store, scratch / "lesson", record_of("svm", key))
    list_lesson(store, record)


def in_child(act: Callable[[], None], before: Callable[[str], None], flushed: Path | None = None) -> int:
    """Run ``act`` in a child, and ``before`` ahead of each call that changes the disk; the child's exit code.

    The file ``flushed`` gets the inodes of all that was flushed to the disk, a line each.
    """
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        for name in CALLS:
            setattr(os, name, _watched(name, getattr(os, name), before, flushed))
        publish_lesson.__globals__["exchange"] = _watched("exchange", disk.exchange, before, None)
        act()
    except BaseException:
        os._exit(7)
    os._exit(0)


def _watched(
    name: str, call: Callable[..., object], before: Callable[[str], None], flushed: Path | None
) -> Callable[..., object]:
    write, file = os.write, os.open(flushed, os.O_WRONLY | os.O_CREAT | os.O_APPEND) if flushed else None

    def watched(*arguments: object, **named: object) -> object:
        before(name)
        result = call(*arguments, **named)
        if name == "fsync" and file is not None:
            write(file, f"{os.fstat(arguments[0]).st_ino}\n".encode())  # type: ignore[arg-type]
        return result

    return watched


def kill_before(number: int) -> Callable[[str], None]:
    """Kills its own process ahead of the call of this number."""
    calls = iter(range(number + 1))

    def count(_name: str) -> None:
        if next(calls) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    return count


def moments(store: Store, act: Callable[[], None], rest: Callable[[], None]) -> Iterator[int]:
    """Kills ``act`` ahead of its first call that changes the disk, then ahead of its second, until it comes through.

    Before each attempt ``rest`` brings the store back to where it was.
    """
    for number in range(400):
        rest()
        code = in_child(act, kill_before(number))
        assert code in (0, -signal.SIGKILL)
        yield number
        if code == 0:
            assert number > 20, "all that was meant to be killed was"
            return
    raise AssertionError("it never came through")


def check_published(store: Store, *contents: str) -> None:
    """One lesson is listed; it is whole, has one of these contents, is shown, and survives the collection."""
    entry = read_manifest(store.build)["svm"]
    assert is_whole(Store(store.build), entry), "what is listed is there"
    assert (store.build / entry["files"]["video"]["path"]).read_text() in contents
    shown = read_stock(store.build)
    assert list(shown.lessons) == ["svm"] and not shown.problems
    collect_garbage(Store(store.build), {"svm"}, keep=0)
    assert is_whole(Store(store.build), entry), "what is listed stays"
    link = store.build / "out" / "svm" / "svm.mp4"
    assert link.samefile(store.build / entry["files"]["video"]["path"]), "the link follows"
    assert not list((store.build / "scratch").iterdir()), "what the kill left behind is swept"


def test_a_kill_between_any_two_steps_leaves_the_old_lesson_or_the_new_one(store: Store) -> None:
    """Link and manifest used to be two steps: a kill between them left pages without video, and the collection then
    removed what was listed."""
    old, new = "the film of svm under k1", "the film of svm under k2"

    def rest() -> None:
        bring(store, "k1")
        collect_garbage(store, {"svm"}, keep=0)

    for _ in moments(store, lambda: bring(Store(store.build), "k2"), rest):
        check_published(store, old, new)
        bring(store, "k2")
        check_published(store, new)


def test_a_kill_while_a_spoilt_lesson_is_replaced_leaves_what_can_be_made_good(store: Store) -> None:
    bring(store, "k1")
    entry = read_manifest(store.build)["svm"]
    video = store.build / entry["files"]["video"]["path"]
    whole = video.read_bytes()

    def rest() -> None:
        bring(store, "k1")
        video.write_bytes(whole[::-1])

    for _ in moments(store, lambda: bring(Store(store.build), "k1"), rest):
        assert read_manifest(store.build)["svm"] == entry
        assert video.is_file(), "what is listed is never missing, though it may be spoilt as it was"
        bring(Store(store.build), "k1")
        check_published(store, whole.decode())


def test_a_power_cut_at_any_moment_leaves_the_old_lesson_or_the_new_one(store: Store, tmp_path: Path) -> None:
    """What was not flushed is lost: every file that was written and not flushed is emptied after the kill."""
    log = tmp_path / "flushed"
    old, new = "the film of svm under k1", "the film of svm under k2"

    def rest() -> None:
        bring(store, "k1")
        collect_garbage(store, {"svm"}, keep=0)

    for number in range(400):
        rest()
        log.unlink(missing_ok=True)
        before = {path.stat().st_ino for path in _files(store.build)}
        code = in_child(lambda: bring(Store(store.build), "k2"), kill_before(number), log)
        flushed = before | {int(line) for line in log.read_text().split()}
        lost = [path for path in _files(store.build) if path.stat().st_ino not in flushed]
        for path in lost:
            os.truncate(path, 0)
        check_published(store, old, new)
        if code == 0:
            assert not [path for path in lost if "lesson" in path.parts or path.name == "manifest.json"]
            return
    raise AssertionError("it never came through")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if stat.S_ISREG(path.lstat().st_mode)]


def test_a_lesson_is_listed_when_all_that_leads_to_it_is_on_the_disk(tmp_path: Path) -> None:
    """A disk may write the later of two renames first: so the folders are flushed before the manifest is renamed."""
    store, log = Store(tmp_path / "build"), tmp_path / "flushed"
    store.open()
    flushed_then: list[str] = []
    seen = tmp_path / "seen"

    def before(name: str) -> None:
        if name == "replace":
            seen.write_text(log.read_text())

    assert in_child(lambda: bring(store, "k1"), before, log) == 0
    flushed_then = seen.read_text().split()
    home = lesson_home(store, "svm", "k1")
    for path in (*_files(home), home, home.parent, home.parent.parent, store.root, store.build, tmp_path):
        assert str(path.stat().st_ino) in flushed_then, f"{path} is flushed before the last rename"


def test_two_runs_of_different_code_leave_one_of_the_two_lessons_whole(store: Store) -> None:
    """Two runs at once used to leave the link of one and the listing of the other."""
    first, second = publish(store, "svm", "k1"), publish(store, "svm", "k2")
    for _ in range(5):
        children = []
        for record in (first, second):
            child = os.fork()
            if not child:
                for _ in range(20):
                    list_lesson(Store(store.build), record)
                os._exit(0)
            children.append(child)
        assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
        check_link(store)


def check_link(store: Store) -> None:
    entry = read_manifest(store.build)["svm"]
    assert is_whole(store, entry)
    assert (store.build / "out" / "svm" / "svm.mp4").samefile(store.build / entry["files"]["video"]["path"])


SPOILT = {
    "empty": "",
    "an empty object": "{}",
    "files are null": '{"slug": "svm", "key": "k1", "files": null}',
    "deep": "[" * 200_000,
    "not UTF-8": "\udcff",
}


@pytest.mark.parametrize("text", SPOILT.values(), ids=SPOILT)
def test_a_record_that_does_not_read_is_told_and_no_lesson(store: Store, text: str) -> None:
    listed(store, "svm", "k1")
    home = lesson_home(store, "svm", "k1")
    record_path(home).write_bytes(text.encode(errors="surrogateescape"))
    with pytest.raises(JobFault, match="does not read as a record"):
        read_lesson(home)
    assert find_lesson(home) is None and listable(store) == {}
    bring(store, "k1")
    assert find_lesson(home) is not None


@pytest.mark.parametrize(
    "field", ["slug", "key", "profile", "timeline", "files", "made_of"], ids=lambda field: f"no {field}"
)
def test_a_record_without_one_of_its_parts_is_told(store: Store, field: str) -> None:
    listed(store, "svm", "k1")
    noted = record_path(lesson_home(store, "svm", "k1"))
    record = json.loads(noted.read_text())
    for value in (None, 7, "x", {"a": 1}):
        noted.write_text(json.dumps({**record, field: value}))
        with pytest.raises(JobFault):
            read_lesson(lesson_home(store, "svm", "k1"))
    del record[field]
    noted.write_text(json.dumps(record))
    (damage,) = verify_store(store).damages
    assert damage.path == noted


def test_a_manifest_is_written_anew_from_the_records(store: Store) -> None:
    listed(store, "pca", "k1")
    for key, age in (("k1", 3), ("k2", 1), ("k3", 2)):
        listed(store, "svm", key)
        grow_old(record_path(lesson_home(store, "svm", key)), age)
    listed(store, "trees", "k1", "draft")
    listed(store, "spoilt", "k1")
    (lesson_home(store, "spoilt", "k1") / "poster.png").write_text("spoilt")
    for spoil in ("{", None):
        path = store.build / "manifest.json"
        path.unlink() if spoil is None else path.write_text(spoil)
        damages = [damage for damage in verify_store(store).damages if damage.path == path]
        assert len(damages) == 1 and damages[0].listing == ""
        assert mend(store, damages) == damages
        anew = read_manifest(store.build)
        assert {slug: entry["key"] for slug, entry in anew.items()} == {"pca": "k1", "svm": "k2"}
        check_link(store)
    assert (store.root / "corrupt" / "manifest.json.1").read_text() == "{", "what was there is kept"


def test_one_bad_entry_is_mended_and_the_others_stay(store: Store) -> None:
    good, bad = listed(store, "pca", "k1"), listed(store, "svm", "k1")
    path = store.build / "manifest.json"
    further = {"path": "store/copy/aa/aa1.mp4", "bytes": 5, "sha256": "0" * 64}
    entries: tuple[object, ...] = (
        {**bad, "files": {**bad["files"], "copy": further}},
        None,
        {**bad, "key": "k9"},
        {**bad, "files": good["files"]},
        [],
        7,
    )
    for entry in entries:
        path.write_text(json.dumps({"version": 1, "lessons": {"pca": good, "svm": entry}}))
        damages = [damage for damage in verify_store(store).damages if damage.listing is not None]
        assert [damage.listing for damage in damages] == ["svm"]
        mend(store, damages)
        assert read_manifest(store.build) == {"pca": good, "svm": bad}
        mend_links(store)


def test_whatever_lies_in_the_store_is_told_and_the_rest_is_looked_at(store: Store) -> None:
    """A record ``{}``, files that are null, a folder in a segment's place: each used to end ``verify``."""
    listed(store, "pca", "k1")
    for path, text in {
        "lesson/svm/k1.json": "{}",
        "lesson/svm/k2.json": '{"files": null}',
        "segment/aa/aa1.json": "{}",
        "segment/aa/aa2.json": '{"sha256": 7, "frames": null}',
        "speech/aa/aa3.json": "[]",
        "probe/svm-silent.json": '{"timeline": {"version": 1, "chapters": 7}}',
    }.items():
        (store.root / path).parent.mkdir(parents=True, exist_ok=True)
        (store.root / path).write_text(text)
    (store.root / "segment" / "aa" / "aa1.h264").mkdir()
    (store.root / "segment" / "aa" / "aa2.h264").write_bytes(b"x")
    (store.root / "segment" / "aa" / "aa4.json").mkdir()
    (store.root / "review" / "aa").mkdir(parents=True)
    (store.root / "review" / "aa" / "aa5.json").symlink_to("aa5.json")
    damages = verify_store(store).damages
    told = {damage.path.relative_to(store.root).as_posix() for damage in damages}
    assert told >= {
        "lesson/svm/k1.json",
        "lesson/svm/k2.json",
        "segment/aa/aa1.h264",
        "segment/aa/aa2.h264",
        "segment/aa/aa4.json",
        "speech/aa/aa3.json",
        "review/aa/aa5.json",
        "probe/svm-silent.json",
    }
    assert len(mend(store, damages)) == len(damages)
    left = {damage.path.relative_to(store.root).as_posix() for damage in verify_store(store).damages}
    assert left == {"lesson/pca/k1"}, (
        "its film is none: it was moved aside, and is missing until it is made anew"
    )
