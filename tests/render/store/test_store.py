"""The store: nothing half-made is ever found, and refusals of the disk are told in a sentence."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from render.core.fault import EnvironmentFault
from render.store.store import Store, describe_refusal, environment_faults, read_json, write_json


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path / "build")
    store.open()
    return store


def _put(store: Store, key: str, content: bytes) -> Path:
    with store.scratch() as scratch:
        made = scratch / "made.bin"
        made.write_bytes(content)
        return store.put("segment", key, made, {"frames": 3}).path


def test_what_was_put_is_found_with_its_record(store: Store) -> None:
    path = _put(store, "ab12", b"pictures")
    found = store.find("segment", "ab12", ".bin")
    assert found is not None
    assert found.path == path and found.path.read_bytes() == b"pictures"
    assert found.record["frames"] == 3


def test_a_file_that_is_not_what_its_record_says_counts_as_missing(store: Store) -> None:
    path = _put(store, "ab12", b"pictures")
    path.write_bytes(b"pictureX")
    assert store.find("segment", "ab12", ".bin") is None


def test_a_file_without_a_record_counts_as_missing(store: Store) -> None:
    path = _put(store, "ab12", b"pictures")
    path.with_suffix(".json").unlink()
    assert store.find("segment", "ab12", ".bin") is None


def test_scratch_is_gone_even_after_an_error(store: Store) -> None:
    def fail() -> None:
        (scratch / "half").write_bytes(b"...")
        raise RuntimeError

    with pytest.raises(RuntimeError), store.scratch() as scratch:
        fail()
    assert not scratch.exists()


def test_scratch_of_a_killed_process_is_swept_and_of_a_living_one_kept(store: Store, tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from render.store.store import Store\n"
        "with Store(Path(sys.argv[1])).scratch() as s: print(s, flush=True); time.sleep(9999)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, str(store.build)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    with process:
        left = Path(process.stdout.readline().strip())
        store.open()
        assert left.is_dir()
        os.kill(process.pid, signal.SIGKILL)
    store.open()
    assert not left.exists()


def test_scratch_of_another_namespace_is_kept_while_it_is_in_use(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run in another container, whose process number means nothing here, lost its scratch while it drew."""
    with monkeypatch.context() as patched:
        patched.setattr(os, "getpid", lambda: 4_194_999)
        beside = Store(store.build).scratch()
        left = beside.__enter__()
    assert left.name.startswith("4194999-") and not Path("/proc/4194999").exists()
    store.open()
    assert left.is_dir()
    beside.__exit__(None, None, None)
    assert not list((store.build / "scratch").iterdir())


def test_sweeps_and_new_scratch_folders_do_not_meet(store: Store) -> None:
    """While some open the store again and again, nobody's new folder is swept."""
    script = (
        "import sys; from pathlib import Path; from render.store.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "for n in range(150):\n"
        "    store.open()\n"
        "    with store.scratch() as scratch:\n"
        "        (scratch / 'x').write_text('x'); assert (scratch / 'x').read_text() == 'x'\n"
    )
    command = [sys.executable, "-c", script, str(store.build)]
    for process in [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(4)]:
        assert process.communicate()[1] == ""
        assert process.returncode == 0
    assert not list((store.build / "scratch").iterdir())


def test_json_is_replaced_in_one_step(tmp_path: Path) -> None:
    """A reader that never stops reading meets the old record or the new one, never a part."""
    path = tmp_path / "record.json"
    write_json(path, {"n": 0, "filling": "x" * 200_000})
    writer = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys; from pathlib import Path; from render.store.store import write_json\n"
            "for n in range(60): write_json(Path(sys.argv[1]), {'n': n, 'filling': 'x' * 200_000})",
            str(path),
        ]
    )
    while writer.poll() is None:
        assert read_json(path) is not None
    assert writer.wait() == 0
    assert read_json(path) == {"n": 59, "filling": "x" * 200_000}
    assert [file.name for file in tmp_path.iterdir()] == ["record.json"]


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00\xff"])
def test_a_record_that_does_not_read_is_no_record(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(text, encoding="utf-8")
    assert read_json(path) is None


def test_a_full_disk_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="is full"), environment_faults(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_other_errors_are_left_alone(tmp_path: Path) -> None:
    assert describe_refusal(OSError(errno.EPIPE, "Broken pipe"), tmp_path) is None
    with pytest.raises(BrokenPipeError), environment_faults(tmp_path):
        raise OSError(errno.EPIPE, "Broken pipe")


def test_a_place_that_cannot_be_a_folder_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(EnvironmentFault, match="cannot be"):
        Store(blocked / "build").open()
