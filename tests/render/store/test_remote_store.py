"""A store that machines share: what one has made the others find, and nothing that came damaged is taken for whole."""

from __future__ import annotations

import json
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from s3fs import S3FileSystem

from render.core.fault import EnvironmentFault
from render.store.remote_store import RemoteStore
from render.store.store import Store
from tests.bucket import BUCKET, SECRET, Server, serve_s3

CONTENT = b"pictures" * 1000


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serve_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture(autouse=True)
def fresh_client() -> None:
    """A client is kept by what it is asked for, and who answers is in the environment, which tests change."""
    S3FileSystem.clear_instance_cache()


@pytest.fixture(params=["folder", "s3"])
def address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "folder":
        return str(tmp_path / "shared")
    server: Server = request.getfixturevalue("server")
    for name, value in server.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://{BUCKET}/{uuid.uuid4().hex}"


@pytest.fixture
def store(tmp_path: Path, address: str) -> Callable[[str], Store]:
    def machine(name: str) -> Store:
        store = Store(tmp_path / name, RemoteStore(address))
        store.open()
        return store

    return machine


def _put(store: Store, key: str = "ab12", content: bytes = CONTENT) -> None:
    with store.scratch() as scratch:
        made = scratch / "made.bin"
        made.write_bytes(content)
        store.put("segment", key, made, {"frames": 3})


def _far(address: str) -> tuple[object, list[str]]:
    system, root = RemoteStore(address)._open()
    return system, sorted(system.find(root))


def test_what_one_machine_has_made_another_finds(store: Callable[[str], Store]) -> None:
    one, two = store("one"), store("two")
    assert not two.holds("segment", "ab12", ".bin")
    assert two.find("segment", "ab12", ".bin") is None
    _put(one)
    assert two.holds("segment", "ab12", ".bin")
    assert not two.path("segment", "ab12", ".bin").exists(), "asking fetches nothing"
    found = two.find("segment", "ab12", ".bin")
    assert found is not None and found.path.read_bytes() == CONTENT
    assert found.path.is_relative_to(two.root) and found.record["frames"] == 3
    assert list((one.root / "unsent").iterdir()) == []


def test_what_was_fetched_is_found_without_the_far_side(
    store: Callable[[str], Store], tmp_path: Path
) -> None:
    one, two = store("one"), store("two")
    _put(one)
    assert two.find("segment", "ab12", ".bin")
    assert Store(tmp_path / "two", RemoteStore("file:///proc/nowhere")).find("segment", "ab12", ".bin")


@pytest.mark.parametrize("damage", [CONTENT[:-1], b"", CONTENT[:-1] + b"X"], ids=["cut", "empty", "changed"])
def test_a_damaged_object_over_there_counts_as_missing_and_is_mended_by_making_it_anew(
    store: Callable[[str], Store], address: str, damage: bytes
) -> None:
    one, two = store("one"), store("two")
    _put(one)
    system, (object_path, _) = _far(address)
    assert object_path.endswith(".bin")
    system.pipe_file(object_path, damage)  # type: ignore[attr-defined]
    assert two.find("segment", "ab12", ".bin") is None
    assert not two.path("segment", "ab12", ".bin").exists()
    _put(two)
    assert store("three").find("segment", "ab12", ".bin")


@pytest.mark.parametrize(
    "damage",
    [
        lambda sealed: json.dumps(sealed)[:-9],
        lambda sealed: "",
        lambda sealed: "[1]",
        lambda sealed: json.dumps(sealed["record"]),
        lambda sealed: json.dumps({**sealed, "record": {**sealed["record"], "frames": 4}}),
        lambda sealed: json.dumps({**sealed, "record": None}),
    ],
    ids=["cut", "empty", "list", "unsealed", "changed", "none"],
)
def test_a_record_that_is_not_the_one_that_was_sent_counts_as_missing(
    store: Callable[[str], Store], address: str, damage: Callable[[dict[str, dict[str, object]]], str]
) -> None:
    one, two = store("one"), store("two")
    _put(one)
    system, (_, record_path) = _far(address)
    sealed = json.loads(system.cat_file(record_path))  # type: ignore[attr-defined]
    system.pipe_file(record_path, damage(sealed).encode())  # type: ignore[attr-defined]
    assert two.find("segment", "ab12", ".bin") is None
    assert not two.holds("segment", "ab12", ".bin")


def test_a_record_under_another_key_counts_as_missing(store: Callable[[str], Store], address: str) -> None:
    one, two = store("one"), store("two")
    _put(one)
    system, paths = _far(address)
    for path in paths:
        system.copy(path, path.replace("ab12", "ab13"))  # type: ignore[attr-defined]
    assert two.find("segment", "ab13", ".bin") is None


def test_an_object_that_is_gone_counts_as_missing(store: Callable[[str], Store], address: str) -> None:
    one, two = store("one"), store("two")
    _put(one)
    system, (object_path, _) = _far(address)
    system.rm_file(object_path)  # type: ignore[attr-defined]
    assert two.find("segment", "ab12", ".bin") is None


def test_two_that_made_different_bytes_of_one_key_leave_a_whole_object(
    store: Callable[[str], Store], address: str
) -> None:
    """However their sendings interleave: the record that came last has its own object."""
    one, two = store("one"), store("two")
    _put(one, content=b"one")
    system, paths = _far(address)
    records = {path: system.cat_file(path) for path in paths if path.endswith(".json")}  # type: ignore[attr-defined]
    _put(two, content=b"two")
    for path, content in records.items():
        system.pipe_file(path, content)  # type: ignore[attr-defined]
    found = store("three").find("segment", "ab12", ".bin")
    assert found is not None and found.path.read_bytes() == b"one"


def test_what_could_not_be_sent_is_kept_and_sent_by_the_next_run(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("no folder")
    store = Store(tmp_path / "one", RemoteStore(str(blocked)))
    store.open()
    with pytest.raises(EnvironmentFault, match="blocked cannot be written"):
        _put(store)
    assert (store.root / "unsent" / "segment-ab12.bin").exists()
    with pytest.raises(EnvironmentFault, match="blocked cannot be written"):
        store.deliver()
    blocked.unlink()
    store.deliver()
    assert list((store.root / "unsent").iterdir()) == []
    other = Store(tmp_path / "two", RemoteStore(str(blocked)))
    other.open()
    assert other.find("segment", "ab12", ".bin")
    assert sorted(path.suffix for path in blocked.rglob("*") if path.is_file()) == [".bin", ".json"]


def test_a_mark_without_an_object_is_forgotten(store: Callable[[str], Store]) -> None:
    """A kill between the mark and the object leaves nothing to send."""
    one = store("one")
    one._mark("segment", "ab12", ".bin")
    one.deliver()
    assert list((one.root / "unsent").iterdir()) == []


def test_a_server_that_has_gone_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve_s3(tmp_path / "s3") as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        store = Store(tmp_path / "one", RemoteStore(f"s3://{BUCKET}/a"))
        store.open()
        store.deliver()
        _put(store)
    for ask in (
        lambda: store.find("segment", "cd34", ".bin"),
        lambda: _put(store, "cd34"),
    ):
        with pytest.raises(EnvironmentFault, match=r"s3://lessons/a cannot be (read|written)"):
            ask()
    assert store.find("segment", "ab12", ".bin") and store.find("segment", "cd34", ".bin")


@pytest.mark.parametrize(("secret", "bucket"), [("wrong", BUCKET), (SECRET, "lessons-nowhere")])
def test_a_wrong_secret_and_a_missing_bucket_are_told_before_anything_is_made(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch, secret: str, bucket: str
) -> None:
    for name, value in {**server.environment, "AWS_SECRET_ACCESS_KEY": secret}.items():
        monkeypatch.setenv(name, value)
    store = Store(tmp_path / "one", RemoteStore(f"s3://{bucket}/a"))
    store.open()
    with pytest.raises(EnvironmentFault, match=f"s3://{bucket}/a cannot be written"):
        store.deliver()


def test_an_address_that_nothing_understands_is_told(tmp_path: Path) -> None:
    store = Store(tmp_path / "one", RemoteStore("nonsense://bucket/a"))
    store.open()
    with pytest.raises(EnvironmentFault, match="STORE=nonsense://bucket/a cannot be used"):
        store.deliver()


def test_the_environment_names_the_far_side(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STORE", str(tmp_path / "shared"))
    one = Store(tmp_path / "one")
    one.open()
    _put(one)
    shutil.rmtree(tmp_path / "one")
    one.open()
    assert one.find("segment", "ab12", ".bin")
    monkeypatch.delenv("STORE")
    two = Store(tmp_path / "two")
    two.open()
    assert two.find("segment", "ab12", ".bin") is None
    assert "STORE" not in os.environ
