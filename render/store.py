"""What has been made, under the key of what it was made from.

An object is published by rename and its record is written last, so whatever has a record is whole; a kill at any
moment leaves scratch only.  Two runs may publish the same key at once: both wrote the same thing.

With ``STORE=s3://bucket/prefix`` (or a folder) in the environment, this store is the near side of one that several
machines share: what is not here is fetched from there, and what is made here is sent there.
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
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from render.fault import EnvironmentFault
from render.shared import Shared
from render.trust import Trust, marks_of

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A published object: its file and what its record says of it."""

    path: Path
    record: Record


class Store:
    """The folder ``build/``: ``store/`` for what is whole, ``scratch/`` for what is being made."""

    def __init__(self, build: Path, shared: Shared | None = None) -> None:
        """``shared`` is the far side; by default the one that the variable ``STORE`` names, if it names any."""
        address = os.environ.get("STORE")
        self.build = build
        self.root = build / "store"
        self.shared = shared or (Shared(address) if address else None)
        self.fetched: set[str] = set()
        """Keys of what was fetched from the far side."""
        self._scratch = build / "scratch"
        self.trust = Trust(self.root / "trust", build)
        self._unsent = self.root / "unsent"

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
        self._scratch.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=self._scratch))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def path(self, kind: str, key: str, suffix: str) -> Path:
        """Where the object of a key lies, or would."""
        return self.root / kind / key[:2] / f"{key}{suffix}"

    def find(self, kind: str, key: str, suffix: str) -> Stored | None:
        """The whole object of a key, fetched if it lies on the far side only.

        A file that is not what its record promised counts as missing, on either side: it is made anew.
        :class:`EnvironmentFault` if the far side does not answer.
        """
        path = self.path(kind, key, suffix)
        before = marks_of(path)
        if (stored := self._near(kind, key, suffix)) is not None:
            self.trust.note(path, stored.record["sha256"], before)
            return _used(stored)
        self.trust.doubt(path)
        return self._fetch(kind, key, suffix)

    def glance(self, kind: str, key: str, suffix: str) -> Stored | None:
        """:meth:`find`, without reading an object that has been found whole and was not touched since.

        For who has to know what there is; who uses an object finds it.
        """
        stored = self._believed(kind, key, suffix)
        return _used(stored) if stored else self.find(kind, key, suffix)

    def holds(self, kind: str, key: str, suffix: str) -> bool:
        """Whether either side has a key, as far as can be told without fetching its object; writes nothing."""
        return (
            self._believed(kind, key, suffix) is not None
            or self._near(kind, key, suffix) is not None
            or self._far_record(kind, key) is not None
        )

    def put(self, kind: str, key: str, made: Path, record: Record) -> Stored:
        """Publish the file ``made`` (from :meth:`scratch`) under its key, and ``record`` with its digest.

        :class:`EnvironmentFault` if the far side does not take it: it is kept here, and sent by the next
        :meth:`deliver`.
        """
        whole = {**record, "sha256": digest_file(made)}
        path = self.path(kind, key, made.suffix)
        if self.shared is None:
            return self._publish(path, made, whole)
        mark = self._mark(kind, key, made.suffix)  # first, so that a kill between the two sides is made good
        stored = self._publish(path, made, whole)
        self._send(stored, kind, key, mark)
        return stored

    def deliver(self) -> None:
        """Send what an earlier run could not; :class:`EnvironmentFault` if the far side takes nothing now either."""
        if self.shared is None:
            return
        self.shared.greet()
        for mark in sorted(self._unsent.glob("*")):
            kind, _, name = mark.name.partition("-")
            key, suffix = Path(name).stem, Path(name).suffix
            stored = self._near(kind, key, suffix)
            if stored is None:
                mark.unlink(missing_ok=True)
            else:
                self._send(stored, kind, key, mark)

    def _near(self, kind: str, key: str, suffix: str) -> Stored | None:
        path = self.path(kind, key, suffix)
        record = read_json(path.with_suffix(".json"))
        with suppress(FileNotFoundError):
            if record is not None and digest_file(path) == record.get("sha256"):
                return Stored(path, record)
        return None

    def _believed(self, kind: str, key: str, suffix: str) -> Stored | None:
        path = self.path(kind, key, suffix)
        record = read_json(path.with_suffix(".json"))
        if record is not None and self.trust.vouches(path, str(record.get("sha256"))):
            return Stored(path, record)
        return None

    def _publish(self, path: Path, made: Path, whole: Record) -> Stored:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(made, path)
        write_json(path.with_suffix(".json"), whole)
        self.trust.note(path, whole["sha256"])
        return Stored(path, whole)

    def _mark(self, kind: str, key: str, suffix: str) -> Path:
        self._unsent.mkdir(parents=True, exist_ok=True)
        mark = self._unsent / f"{kind}-{key}{suffix}"
        mark.touch()
        return mark

    def _send(self, stored: Stored, kind: str, key: str, mark: Path) -> None:
        """The object first, its record last; the mark goes when both are there."""
        assert self.shared is not None
        try:
            self.shared.send(_far_object(kind, key, stored), stored.path)
            with self.scratch() as scratch:
                sealed = scratch / "record.json"
                write_json(sealed, {"record": stored.record, "seal": _seal(kind, key, stored.record)})
                self.shared.send(_far_name(kind, key), sealed)
        except EnvironmentFault:
            mark.touch()  # another run's delivery may have taken it away meanwhile
            raise
        mark.unlink(missing_ok=True)

    def _fetch(self, kind: str, key: str, suffix: str) -> Stored | None:
        record = self._far_record(kind, key)
        if record is None:
            return None
        assert self.shared is not None
        path = self.path(kind, key, suffix)
        with self.scratch() as scratch:
            came = scratch / f"came{suffix}"
            there = self.shared.fetch(_far_object(kind, key, Stored(path, record)), came)
            if not there or digest_file(came) != record["sha256"]:
                return None
            self.fetched.add(key)
            return self._publish(path, came, record)

    def _far_record(self, kind: str, key: str) -> Record | None:
        """The record on the far side, if it is the very one that was sent."""
        content = self.shared.read(_far_name(kind, key)) if self.shared else None
        sealed = parse_json(content) if content is not None else None
        record = sealed.get("record") if sealed else None
        if not sealed or not isinstance(record, dict) or sealed.get("seal") != _seal(kind, key, record):
            return None
        return record

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Keep :meth:`alone` off while results are looked up, made and put together."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "in-use").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the store to oneself; :class:`EnvironmentFault` while anybody has it :meth:`in_use`.

        The kernel lets go of the lock when a process ends, in whatever way: no clock and no process id has a say.
        """
        with (self.root / "in-use").open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EnvironmentFault(
                    f"A run is at work in {self.build}/ and may need anything of its store. "
                    "Run the same command again when it has ended."
                ) from None
            yield

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the store's one lock: for the short moments in which shared files are read, changed and written."""
        with (self.root / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _used(stored: Stored) -> Stored:
    """Note that an object is used: what the sweep goes by."""
    with suppress(OSError):  # who may only read leaves no trace of it
        os.utime(stored.path.with_suffix(".json"))
    return stored


def _far_name(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}.json"


def _far_object(kind: str, key: str, stored: Stored) -> str:
    """Named by its content too: whatever record is read, and whoever sends at the same time, they belong together."""
    return f"{kind}/{key[:2]}/{key}-{stored.record['sha256'][:16]}{stored.path.suffix}"


def _seal(kind: str, key: str, record: Record) -> str:
    return digest_text(json.dumps([kind, key, record], sort_keys=True))


def read_json(path: Path) -> Record | None:
    """The record at ``path``; none where there is none or it does not read (a record is remade, never mended)."""
    try:
        return parse_json(path.read_bytes())
    except OSError:
        return None


def parse_json(content: bytes) -> Record | None:
    """The record that ``content`` holds; none where it holds none."""
    try:
        record = json.loads(content)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def write_json(path: Path, record: Record) -> None:
    """Write ``record`` so that a reader sees the old file or the new one, never a part."""
    write_text(path, json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n")


def write_text(path: Path, text: str) -> None:
    """The same for a text, as UTF-8."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as file:
        try:
            file.write(text)
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
