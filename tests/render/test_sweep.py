"""The sweep: what is needed stays, of the rest the latest; nothing goes while a run is at work."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from render.fault import EnvironmentFault
from render.manifest import enter
from render.store import Record, Store, write_json
from render.sweep import sweep

DAY = 24 * 3600.0


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "build")
    store.open()
    return store


def put(store: Store, kind: str, key: str, age: float = 0.0, **record: object) -> Path:
    """Publish something that was last used so many days ago."""
    with store.scratch() as scratch:
        made = scratch / "made.bin"
        made.write_bytes(key.encode() * 100)
        path = store.put(kind, key, made, record).path
    grow_old(path.with_suffix(".json"), age)
    return path


def grow_old(path: Path, days: float) -> None:
    when = time.time() - days * DAY
    os.utime(path, (when, when))


def lesson(store: Store, slug: str, key: str, age: float = 0.0, **made_of: list[str]) -> Path:
    home = store.root / "lesson" / slug / key[:16]
    home.mkdir(parents=True)
    (home / "video.mp4").write_bytes(b"video" * 100)
    record: Record = {"slug": slug, "profile": {"name": "web"}, "made_of": made_of, "files": {}}
    write_json(home.with_suffix(".json"), record)
    grow_old(home.with_suffix(".json"), age)
    return home


def there(store: Store, kind: str) -> set[str]:
    return {path.stem for path in (store.root / kind).glob("??/*") if path.suffix != ".json"}


def test_what_the_manifest_needs_stays_and_of_each_chapter_the_latest_other(store: Store) -> None:
    for key, age in {"aa1": 9, "aa2": 7, "aa3": 5, "aa4": 3}.items():
        put(store, "segment", key, age, slug="svm", chapter="margin", profile="web")
    put(store, "segment", "bb1", 9, slug="svm", chapter="kernel", profile="web")
    put(store, "segment", "bb2", 9, slug="svm", chapter="margin", profile="full")
    put(store, "review", "cc1", 9, slug="svm", chapter="margin")
    put(store, "review", "cc2", 8, slug="svm", chapter="margin")
    lesson(store, "svm", "k1", segment=["aa1"])
    enter(store, "svm", {"key": "k1"})
    told = {one.kind: one for one in sweep(store, {"svm"})}
    assert there(store, "segment") == {"aa1", "aa4", "bb1", "bb2"}
    assert there(store, "review") == {"cc2"}
    assert (told["segment"].gone, told["segment"].kept, told["review"].gone) == (2, 4, 1)
    assert told["segment"].freed > 2 * 300
    assert store.find("segment", "aa1", ".bin") and not store.path("segment", "aa2", ".json").exists()
    sweep(store, {"svm"}, keep=0)
    assert there(store, "segment") == {"aa1"}


def test_what_was_looked_up_counts_as_used(store: Store) -> None:
    put(store, "segment", "aa1", 9, slug="svm")
    put(store, "segment", "aa2", 7, slug="svm")
    assert store.find("segment", "aa1", ".bin")
    sweep(store, {"svm"})
    assert there(store, "segment") == {"aa1"}


def test_lessons_stay_as_they_are_listed_and_the_latest_other(store: Store) -> None:
    homes = [lesson(store, "svm", f"k{number}", 9 - number) for number in range(4)]
    half = store.root / "lesson" / "svm" / "half"
    half.mkdir()
    enter(store, "svm", {"key": "k0"})
    sweep(store, {"svm"})
    assert [home.is_dir() for home in homes] == [True, False, False, True]
    assert [home.with_suffix(".json").exists() for home in homes] == [True, False, False, True]
    assert not half.exists(), "a run that was killed before it wrote the record has published nothing"


def test_a_listed_lesson_without_a_record_stays(store: Store) -> None:
    home = lesson(store, "svm", "k0")
    home.with_suffix(".json").unlink()
    enter(store, "svm", {"key": "k0"})
    sweep(store, {"svm"}, keep=0)
    assert (home / "video.mp4").is_file()


def test_a_sentence_stays_as_long_as_a_kept_lesson_says_it_or_somebody_asked_for_it(store: Store) -> None:
    for key, age in {"aa1": 9, "aa2": 9, "aa3": 9, "aa4": 0.5}.items():
        put(store, "speech", key, age)
    lesson(store, "svm", "k1", speech=["aa1"])
    lesson(store, "svm", "k0", 3, speech=["aa2"])
    enter(store, "svm", {"key": "k1"})
    sweep(store, {"svm"})
    assert there(store, "speech") == {"aa1", "aa2", "aa4"}
    sweep(store, {"svm"}, keep=0)
    assert there(store, "speech") == {"aa1", "aa4"}


def test_probes_go_with_their_topic_alone(store: Store) -> None:
    names = {"probe": ["svm-silent", "svm-kokoro-af_heart", "gone-silent"], "last": ["svm-web", "gone-web"]}
    for kind, some in names.items():
        for name in some:
            write_json(store.root / kind / f"{name}.json", {})
            grow_old(store.root / kind / f"{name}.json", 1)
    sweep(store, {"svm"}, keep=0)
    assert {path.stem for path in (store.root / "probe").iterdir()} == {"svm-silent", "svm-kokoro-af_heart"}
    assert {path.stem for path in (store.root / "last").iterdir()} == {"svm-web"}


def test_what_a_killed_process_left_goes_when_it_cannot_be_at_work_any_more(store: Store) -> None:
    old, new = put(store, "segment", "aa1"), put(store, "segment", "aa2")
    for path in (old, new):
        path.with_suffix(".json").unlink()
    part = old.with_name(".aa3.json-x7")
    part.touch()
    record = put(store, "poster", "bb1").with_suffix(".json")
    record.with_suffix(".bin").unlink()
    for path in (old, part, record):
        grow_old(path, 0.1)
    sweep(store, set())
    assert (old.exists(), part.exists(), record.exists(), new.exists()) == (False, False, False, True)


def test_a_dry_run_tells_the_same_and_takes_nothing(store: Store) -> None:
    for key in ("aa1", "aa2", "aa3"):
        put(store, "segment", key, slug="svm")
    told = sweep(store, {"svm"}, dry_run=True)
    assert there(store, "segment") == {"aa1", "aa2", "aa3"}
    assert sweep(store, {"svm"}) == told and told[0].gone == 2


def test_a_killed_sweep_leaves_nothing_that_seems_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "segment", "aa1", 2, slug="svm")
    put(store, "segment", "aa2", 1, slug="svm")
    replace = os.replace

    def once(source: Path, target: Path) -> None:
        replace(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr("render.sweep.os.replace", once)
    with pytest.raises(KeyboardInterrupt):
        sweep(store, {"svm"})
    assert store.path("segment", "aa1", ".bin").exists()
    assert store.find("segment", "aa1", ".bin") is None


RUN = """
import sys, time
from pathlib import Path
from render.store import Store
store = Store(Path(sys.argv[1]))
with store.in_use():
    print("at work", flush=True)
    time.sleep(60)
"""


def test_nothing_goes_while_another_process_is_at_work_and_all_when_it_was_killed(store: Store) -> None:
    for key in ("aa1", "aa2", "aa3"):
        put(store, "segment", key, 9, slug="svm")
    dead = store.build / "scratch" / "4194999-left"
    dead.mkdir()
    command = [sys.executable, "-c", RUN, str(store.build)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "at work\n"
            with pytest.raises(EnvironmentFault, match="A run is at work"):
                sweep(store, {"svm"}, keep=0)
            assert there(store, "segment") == {"aa1", "aa2", "aa3"}
            assert not dead.exists(), "the scratch of dead processes is nobody's"
        finally:
            process.kill()
    sweep(store, {"svm"}, keep=0)
    assert there(store, "segment") == set()


def test_runs_are_at_work_side_by_side(store: Store) -> None:
    with store.in_use(), Store(store.build).in_use(), pytest.raises(EnvironmentFault), store.alone():
        pass
    with store.alone():
        pass
