"""What need not be read again: only what nobody has touched."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from render.store.digest import digest_file
from render.store.stat_cache import StatCache
from render.store.store import Store


@pytest.fixture
def trust(tmp_path: Path) -> StatCache:
    return StatCache(tmp_path / "stat-cache", tmp_path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    file = tmp_path / "film.h264"
    file.write_bytes(b"frames")
    return file


def again(trust: StatCache) -> StatCache:
    """The notes as another process reads them."""
    return StatCache(trust.file, trust.home)


def test_a_file_is_believed_once_its_digest_was_noted(trust: StatCache, file: Path) -> None:
    assert not trust.vouches(file, "d")
    trust.note(file, "d")
    assert trust.vouches(file, "d") and again(trust).vouches(file, "d")
    assert not again(trust).vouches(file, "e")


def test_a_touched_file_is_not_believed_even_with_its_old_time_and_size(trust: StatCache, file: Path) -> None:
    trust.note(file, "d")
    before = file.stat()
    file.write_bytes(b"farmes")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size and file.stat().st_mtime_ns == before.st_mtime_ns
    assert not trust.vouches(file, "d") and not again(trust).vouches(file, "d")


def test_what_is_doubted_or_gone_is_not_believed(trust: StatCache, file: Path) -> None:
    trust.note(file, "d")
    again(trust).doubt(file)
    assert not again(trust).vouches(file, "d")
    trust.note(file, "e")
    file.unlink()
    assert not trust.vouches(file, "e")


def test_garbled_and_cut_notes_cost_a_look_and_no_more(trust: StatCache, file: Path) -> None:
    trust.note(file, "d")
    whole = trust.file.read_bytes()
    trust.file.write_bytes(b"\xff\x00garbage\n" + whole + whole[: len(whole) // 2])
    assert again(trust).vouches(file, "d")
    trust.file.write_bytes(whole[: len(whole) // 2])
    assert not again(trust).vouches(file, "d")


def test_notes_are_written_anew_when_most_are_outdated(trust: StatCache, file: Path) -> None:
    for number in range(200):
        trust.note(file, str(number))
    trust.tidy()
    assert len(trust.file.read_text().splitlines()) == 1
    assert again(trust).vouches(file, "199")


def test_where_nothing_can_be_written_nothing_is_noted(tmp_path: Path, file: Path) -> None:
    trust = StatCache(tmp_path / "no folder" / "stat-cache", tmp_path)
    trust.note(file, "d")
    assert not again(trust).vouches(file, "d")


def test_a_store_reads_an_object_once_and_finds_what_was_spoilt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "build")
    store.open()
    with store.scratch() as scratch:
        made = scratch / "object.bin"
        made.write_bytes(b"content")
        path = store.put("segment", "ab12", made, {}).path
    reads: list[Path] = []

    def digest(path: Path) -> str:
        reads.append(path)
        return digest_file(path)

    monkeypatch.setattr("render.store.store.digest_file", digest)
    other = Store(tmp_path / "build")
    assert other.holds("segment", "ab12", ".bin") and other.glance("segment", "ab12", ".bin") and not reads
    assert other.find("segment", "ab12", ".bin") and reads == [path], "who uses it reads it"
    path.chmod(0o600)
    before = store.stat_cache.file.read_bytes()
    assert Store(tmp_path / "build").holds("segment", "ab12", ".bin") and reads == [path, path]
    assert store.stat_cache.file.read_bytes() == before, "to ask writes nothing"
    assert Store(tmp_path / "build").glance("segment", "ab12", ".bin") and len(reads) == 3
    assert Store(tmp_path / "build").glance("segment", "ab12", ".bin") and len(reads) == 3
    path.write_bytes(b"c0ntent")
    other = Store(tmp_path / "build")
    assert not other.holds("segment", "ab12", ".bin")
    assert other.glance("segment", "ab12", ".bin") is None
    assert other.find("segment", "ab12", ".bin") is None
