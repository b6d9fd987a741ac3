"""The collection: what is needed stays, of the rest the latest; nothing goes while a run is at work."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from render.cli.gc import collect_garbage
from render.core.fault import EnvironmentFault, UsageFault
from render.store.digest import digest_file
from render.store.lesson import record_path
from render.store.manifest import enter, read_manifest
from render.store.store import Store, write_json
from tests.render.store.sample import entry, grow_old, listed, published


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


def there(store: Store, kind: str) -> set[str]:
    return {path.stem for path in (store.root / kind).glob("??/*") if path.suffix != ".json"}


def test_what_the_manifest_needs_stays_and_of_each_chapter_the_latest_other(store: Store) -> None:
    for key, age in {"aa1": 9, "aa2": 7, "aa3": 5, "aa4": 3}.items():
        put(store, "segment", key, age, slug="svm", chapter="margin", profile="web")
    put(store, "segment", "bb1", 9, slug="svm", chapter="kernel", profile="web")
    put(store, "segment", "bb2", 9, slug="svm", chapter="margin", profile="full")
    put(store, "review", "cc1", 9, slug="svm", chapter="margin")
    put(store, "review", "cc2", 8, slug="svm", chapter="margin")
    listed(store, "svm", "k1", segment=["aa1"])
    told = {one.kind: one for one in collect_garbage(store, {"svm"})}
    assert there(store, "segment") == {"aa1", "aa4", "bb1", "bb2"}
    assert there(store, "review") == {"cc2"}
    assert (told["segment"].removed, told["segment"].kept, told["review"].removed) == (2, 4, 1)
    assert told["segment"].removed_size > 2 * 300
    assert store.find("segment", "aa1", ".bin") and not store.path("segment", "aa2", ".json").exists()
    collect_garbage(store, {"svm"}, keep=0)
    assert there(store, "segment") == {"aa1"}


def test_listed_copies_stay_with_the_copies_of_their_chapters(store: Store) -> None:
    for key in ("aa1", "aa2", "aa3"):
        put(store, "public_chapter", key, 9, slug="svm", chapter="margin", profile="web")
    files = {}
    for key in ("cc1", "cc2"):
        of = {"public_chapter": [key.replace("cc", "aa")]}
        path = put(store, "public", key, 9, slug="svm", profile="web", made_of=of)
        files[key] = {"path": str(path.relative_to(store.build)), "bytes": 300, "sha256": digest_file(path)}
    line = listed(store, "svm", "k1")
    enter(store, "svm", {**line, "files": {**line["files"], "public": files["cc1"]}})
    collect_garbage(store, {"svm"}, keep=0)
    assert (there(store, "public"), there(store, "public_chapter")) == ({"cc1"}, {"aa1"})


def test_what_was_looked_up_counts_as_used(store: Store) -> None:
    put(store, "segment", "aa1", 9, slug="svm")
    put(store, "segment", "aa2", 7, slug="svm")
    assert store.find("segment", "aa1", ".bin")
    collect_garbage(store, {"svm"})
    assert there(store, "segment") == {"aa1"}


def test_lessons_stay_as_they_are_listed_and_the_latest_other(store: Store) -> None:
    homes = [published(store, "svm", f"k{number}", 9 - number) for number in range(4)]
    half = store.root / "lesson" / "svm" / "half"
    half.mkdir()
    enter(store, "svm", entry("svm", "k0"))
    collect_garbage(store, {"svm"})
    assert [home.is_dir() for home in homes] == [True, False, False, True]
    assert [home.with_suffix(".json").exists() for home in homes] == [True, False, False, True]
    assert not half.exists(), "a run that was killed before it wrote the record has published nothing"


def test_a_listed_lesson_without_a_record_stays_with_what_it_may_be_made_of(store: Store) -> None:
    home = published(store, "svm", "k0", segment=["aa1"])
    put(store, "segment", "aa1", 9, slug="svm")
    home.with_suffix(".json").unlink()
    enter(store, "svm", entry("svm", "k0"))
    collect_garbage(store, {"svm"}, keep=0)
    assert (home / "svm.mp4").is_file() and there(store, "segment") == {"aa1"}


def test_a_sentence_stays_as_long_as_a_kept_lesson_says_it_or_somebody_asked_for_it(store: Store) -> None:
    for key, age in {"aa1": 9, "aa2": 9, "aa3": 9, "aa4": 0.5}.items():
        put(store, "speech", key, age)
    listed(store, "svm", "k1", speech=["aa1"])
    published(store, "svm", "k0", 3, speech=["aa2"])
    collect_garbage(store, {"svm"})
    assert there(store, "speech") == {"aa1", "aa2", "aa4"}
    collect_garbage(store, {"svm"}, keep=0)
    assert there(store, "speech") == {"aa1", "aa4"}


def test_probes_go_with_their_topic_alone(store: Store) -> None:
    names = {"probe": ["svm-silent", "svm-kokoro-af_heart", "gone-silent"], "last": ["svm-web", "gone-web"]}
    for kind, some in names.items():
        for name in some:
            write_json(store.root / kind / f"{name}.json", {})
            grow_old(store.root / kind / f"{name}.json", 1)
    collect_garbage(store, {"svm"}, keep=0)
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
    collect_garbage(store, set())
    assert (old.exists(), part.exists(), record.exists(), new.exists()) == (False, False, False, True)


def test_a_dry_run_tells_the_same_and_takes_nothing(store: Store) -> None:
    for key in ("aa1", "aa2", "aa3"):
        put(store, "segment", key, slug="svm")
    told = collect_garbage(store, {"svm"}, dry_run=True)
    assert there(store, "segment") == {"aa1", "aa2", "aa3"}
    assert collect_garbage(store, {"svm"}) == told and told[0].removed == 2


def test_a_killed_sweep_leaves_nothing_that_seems_whole(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(store, "segment", "aa1", 2, slug="svm")
    put(store, "segment", "aa2", 1, slug="svm")
    replace = os.replace

    def once(source: Path, target: Path) -> None:
        replace(source, target)
        raise KeyboardInterrupt

    monkeypatch.setattr("render.cli.gc.os.replace", once)
    with pytest.raises(KeyboardInterrupt):
        collect_garbage(store, {"svm"})
    assert store.path("segment", "aa1", ".bin").exists()
    assert store.find("segment", "aa1", ".bin") is None


RUN = """
import sys, time
from pathlib import Path
from render.store.store import Store
store = Store(Path(sys.argv[1]))
with store.in_use():
    print("at work", flush=True)
    time.sleep(9999)
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
                collect_garbage(store, {"svm"}, keep=0)
            assert there(store, "segment") == {"aa1", "aa2", "aa3"}
            assert not dead.exists(), "the scratch of dead processes is nobody's"
        finally:
            process.kill()
    collect_garbage(store, {"svm"}, keep=0)
    assert there(store, "segment") == set()


def test_runs_are_at_work_side_by_side(store: Store) -> None:
    with store.in_use(), Store(store.build).in_use(), pytest.raises(EnvironmentFault), store.alone():
        pass
    with store.alone():
        pass


def test_a_manifest_that_does_not_read_ends_the_collection_and_nothing_goes(store: Store) -> None:
    """An unreadable manifest used to count as an empty one: ``gc --keep 0`` then removed every video."""
    for slug in ("svm", "pca"):
        listed(store, slug, "k1")
    before = sorted((store.root / "lesson").rglob("*"))
    whole = (store.build / "manifest.json").read_bytes()
    for spoilt in (
        whole[: len(whole) // 2],
        b"",
        b"\0" * len(whole),
        b'{"version": 1, "lessons": {"svm": null}}',
    ):
        (store.build / "manifest.json").write_bytes(spoilt)
        with pytest.raises(UsageFault, match="verify --mend"):
            collect_garbage(store, {"svm", "pca"}, keep=0)
        assert sorted((store.root / "lesson").rglob("*")) == before
    (store.build / "manifest.json").unlink()
    with pytest.raises(UsageFault, match=r"is gone.*verify --mend"):
        collect_garbage(store, {"svm", "pca"}, keep=0)


def test_what_has_a_record_that_does_not_read_stays_with_what_it_may_be_made_of(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    for key in ("aa1", "aa2"):
        put(store, "segment", key, 9, slug="svm")
    put(store, "segment", "cc1", 9, slug="pca")
    put(store, "speech", "bb1", 9)
    listed(store, "pca", "k1")
    home = published(store, "svm", "k0", 9, segment=["aa1"], speech=["bb1"])
    record_path(home).write_text("{}")
    collect_garbage(store, {"svm", "pca"}, keep=0)
    assert home.is_dir() and there(store, "segment") == {"aa1", "aa2"} and there(store, "speech") == {"bb1"}
    assert "1 of them have records that do not read" in capsys.readouterr().out


@pytest.mark.parametrize(
    "record", ["", "{}", "[]", "null", '{"files": null}', '{"slug": 7}', "[" * 100_000, "\0"]
)
def test_whatever_lies_in_the_store_the_collection_goes_on(store: Store, record: str) -> None:
    listed(store, "svm", "k1", segment=["aa1"])
    put(store, "segment", "aa1", slug="svm")
    for path in (
        "lesson/svm/k0.json",
        "lesson/pca/k0.json",
        "segment/zz/zz1.json",
        "odd/zz/zz1.json",
        "probe/x.json",
    ):
        (store.root / path).parent.mkdir(parents=True, exist_ok=True)
        (store.root / path).write_text(record)
    for path in ("segment/aa/folder.h264", "lesson/svm/empty", "odd/deep/er"):
        (store.root / path).mkdir(parents=True)
    for path in ("segment/aa/nowhere.h264", "lesson/svm/nowhere", "corrupt"):
        (store.root / path).symlink_to("nowhere at all")
    (store.root / "segment" / "loop").symlink_to("loop")
    collect_garbage(store, {"svm"}, keep=0)
    assert there(store, "segment") >= {"aa1"} and list(read_manifest(store.build)) == ["svm"]


def test_what_mathematics_remembers_is_collected_but_for_the_latest_of_each_module(store: Store) -> None:
    """The folder used to grow for ever."""
    memo = store.build / "memo"
    for name, age in {
        "svm-kernel-0123456789abcdef": 9,
        "svm-kernel-fedcba9876543210": 1,
        "pca-aaaaaaaaaaaaaaaa": 99,
    }.items():
        (memo / name / "joblib").mkdir(parents=True)
        (memo / name / "joblib" / "output.pkl").write_bytes(b"result")
        for path in (memo / name / "joblib" / "output.pkl", memo / name / "joblib", memo / name):
            grow_old(path, age)
    collect_garbage(store, set(), keep=1)
    assert len(list(memo.iterdir())) == 3
    collect_garbage(store, set(), keep=0)
    assert {path.name for path in memo.iterdir()} == {"svm-kernel-fedcba9876543210", "pca-aaaaaaaaaaaaaaaa"}


def test_logs_stay_for_a_month(store: Store) -> None:
    for name, age in {"svm/old": 40, "svm/new": 20, "gone/new": 2}.items():
        log = store.build / "log" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("it drew\n")
        grow_old(log, age)
    collect_garbage(store, {"svm"})
    assert [path.name for path in (store.build / "log").glob("*/*")] == ["new.log"]


def test_what_a_preview_shows_stays(store: Store) -> None:
    view = Store(store.build / "watch")
    view.build.mkdir()
    view.root.symlink_to(Path("..") / "store", target_is_directory=True)
    listed(store, "svm", "k1")
    preview = listed(view, "svm", "k2", "draft")
    collect_garbage(store, {"svm"}, keep=0)
    assert (view.build / preview["files"]["video"]["path"]).is_file()
    (view.build / "manifest.json").write_text("{")
    collect_garbage(store, {"svm"}, keep=0)
    assert not (view.build / preview["files"]["video"]["path"]).exists()


def test_a_site_that_a_killed_build_once_left_beside_the_finished_one_goes(store: Store) -> None:
    left, late, site = (store.build / name for name in (".site-x1", ".site-x2", "site"))
    for folder in (left, late, site):
        folder.mkdir()
        (folder / "index.html").write_text("x")
        grow_old(folder, 0.0 if folder == late else 1.0)
    collect_garbage(store, set())
    assert (left.exists(), late.exists(), site.exists()) == (False, True, True)
