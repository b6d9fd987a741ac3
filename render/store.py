"""What has been made, under the key of what it was made from.

An object is published by rename and its record is written last, so whatever has a record is whole; a kill at any
moment leaves scratch only.  Two runs may publish the same key at once: both wrote the same thing.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from render.fault import EnvironmentFault

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A published object: its file and what its record says of it."""

    path: Path
    record: Record


class Store:
    """The folder ``build/``: ``store/`` for what is whole, ``scratch/`` for what is being made."""

    def __init__(self, build: Path) -> None:
        self.build = build
        self.root = build / "store"
        self._scratch = build / "scratch"

    def open(self) -> None:
        """Make the folders and sweep up after runs that were killed; :class:`EnvironmentFault` when not writable."""
        with environment_faults(self.build):
            self.root.mkdir(parents=True, exist_ok=True)
            self._scratch.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=self._scratch):
                pass
            for left in self._scratch.iterdir():
                owner = left.name.split("-")[0]
                if owner.isdigit() and not Path(f"/proc/{owner}").exists():
                    shutil.rmtree(left, ignore_errors=True)

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A folder of one's own for what is being made, gone afterwards."""
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=self._scratch))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, kind: str, key: str, suffix: str) -> Path:
        """Where the object of a key lies, or would."""
        return self.root / kind / key[:2] / f"{key}{suffix}"

    def find(self, kind: str, key: str, suffix: str) -> Stored | None:
        """The whole object of a key.  A file that is not what its record promised counts as missing."""
        path = self.path(kind, key, suffix)
        record = read_json(path.with_suffix(".json"))
        if record is None or not path.is_file() or digest_file(path) != record.get("sha256"):
            return None
        return Stored(path, record)

    def put(self, kind: str, key: str, made: Path, record: Record) -> Stored:
        """Publish the file ``made`` (from :meth:`scratch`) under its key, and ``record`` with its digest."""
        path = self.path(kind, key, made.suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        whole = {**record, "sha256": digest_file(made)}
        os.replace(made, path)
        write_json(path.with_suffix(".json"), whole)
        return Stored(path, whole)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store's one lock: for the short moments in which shared files are read, changed and written."""
        with (self.root / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def read_json(path: Path) -> Record | None:
    """The record at ``path``; none where there is none or it does not read (a record is remade, never mended)."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return record if isinstance(record, dict) else None


def write_json(path: Path, record: Record) -> None:
    """Write ``record`` so that a reader sees the old file or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as file:
        try:
            json.dump(record, file, indent=1, sort_keys=True, ensure_ascii=False)
            file.write("\n")
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def digest_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digest_text(text: str) -> str:
    """SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


@contextmanager
def environment_faults(build: Path) -> Iterator[None]:
    """Turn the file system's refusals into one clear sentence each."""
    try:
        yield
    except OSError as error:
        if (sentence := describe_refusal(error, build)) is None:
            raise
        raise EnvironmentFault(sentence) from error


def describe_refusal(error: OSError, build: Path) -> str | None:
    """What to tell a person about a full disk or a folder that may not be written; none for other errors."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return (
                f"The disk that holds {build}/ is full. Free some space there and run the same command again."
            )
        case errno.EROFS | errno.EACCES | errno.EPERM | errno.ENOTDIR:
            return f"{error.filename or build} cannot be written. Make {build}/ writable and run again."
        case _:
            return None
