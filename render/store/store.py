"""What has been made, under the key of what it was made from.

An object is a file of a *kind* (``segment``, ``poster``, ``speech``...) under a *key*, the digest of all that it was
made from, with a record (JSON) beside it.  The file is published by rename and the record is written last, so whatever
has a record is whole; a run that is killed at any moment leaves nothing but scratch files.  Two runs may publish the
same key at once: both made the same thing.

With ``STORE=s3://bucket/prefix`` (or a folder) in the environment there is a remote store too, which several machines
share (:mod:`render.store.remote_store`): what is not here is fetched from there, and what is made here is sent there.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from render.core.fault import EnvironmentFault, JobFault
from render.store.digest import digest_file, digest_text
from render.store.disk import flush
from render.store.remote_store import RemoteStore
from render.store.scratch import SCRATCH, Scratch
from render.store.stat_cache import StatCache, stat_of

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """A published object: its file and what its record says of it."""

    path: Path
    record: Record


class Store:
    """The store in an output folder: ``build/store/`` for what is whole, ``build/scratch/`` for what is being made."""

    def __init__(self, build: Path, remote: RemoteStore | None = None) -> None:
        """``remote`` is by default the remote store that the variable ``STORE`` names, if it names one."""
        address = os.environ.get("STORE")
        self.build = build
        self.root = build / "store"
        self.remote = remote or (RemoteStore(address) if address else None)
        self.fetched: set[str] = set()
        """Keys of what was fetched from the remote store."""
        self._scratch = Scratch(build / SCRATCH)
        self.stat_cache = StatCache(self.root / "stat-cache", build)
        self._unsent = self.root / "unsent"

    def open(self) -> None:
        """Make the folders, and remove the scratch folders that nobody holds any more.

        :class:`EnvironmentFault` where they cannot be written.
        """
        with environment_faults(self.build):
            self.root.mkdir(parents=True, exist_ok=True)
            self._scratch.root.mkdir(exist_ok=True)
            with tempfile.TemporaryFile(dir=self._scratch.root):
                pass
            self._scratch.sweep()

    def scratch(self) -> AbstractContextManager[Path]:
        """A new folder for what is being made, removed when the block ends (:meth:`Scratch.hold`)."""
        return self._scratch.hold()

    def path(self, kind: str, key: str, suffix: str) -> Path:
        """The path of an object, whether it is there or not."""
        return self.root / kind / key[:2] / f"{key}{suffix}"

    def find(self, kind: str, key: str, suffix: str) -> Stored | None:
        """The object of a key, fetched if only the remote store has it; None where neither has it.

        Its file is read: one whose digest is not that of its record counts as missing, here and there, so that it is
        made anew.  :class:`EnvironmentFault` if the remote store does not answer.
        """
        path = self.path(kind, key, suffix)
        before = stat_of(path)
        if (stored := self._local(kind, key, suffix)) is not None:
            self.stat_cache.note(path, stored.record["sha256"], before)
            return _used(stored)
        self.stat_cache.doubt(path)
        return self._fetch(kind, key, suffix)

    def glance(self, kind: str, key: str, suffix: str) -> Stored | None:
        """:meth:`find`, but the file is not read again if it was found whole before and was not touched since.

        Use it to learn whether an object is there, and :meth:`find` before using the object.
        """
        stored = self._trusted(kind, key, suffix)
        return _used(stored) if stored else self.find(kind, key, suffix)

    def holds(self, kind: str, key: str, suffix: str) -> bool:
        """Whether this store or the remote one has an object; fetches and writes nothing.

        :class:`EnvironmentFault` if the remote store does not answer.
        """
        return (
            self._trusted(kind, key, suffix) is not None
            or self._local(kind, key, suffix) is not None
            or self._remote_record(kind, key) is not None
        )

    def put(self, kind: str, key: str, made: Path, record: Record) -> Stored:
        """Publish the file ``made`` (in a folder of :meth:`scratch`) under its key, with ``record`` and its digest.

        It is moved, and sent to the remote store.  :class:`EnvironmentFault` if that does not take it: then it is kept
        here, and sent by the next :meth:`deliver`.
        """
        whole = {**record, "sha256": digest_file(made)}
        path = self.path(kind, key, made.suffix)
        if self.remote is None:
            return self._publish(path, made, whole)
        mark = self._mark(kind, key, made.suffix)  # first, so that a kill between the two sides is made good
        stored = self._publish(path, made, whole)
        self._send(stored, kind, key, mark)
        return stored

    def deliver(self) -> None:
        """Send to the remote store what an earlier run could not; :class:`EnvironmentFault` if it takes nothing now."""
        if self.remote is None:
            return
        self.remote.greet()
        for mark in sorted(self._unsent.glob("*")):
            kind, _, name = mark.name.partition("-")
            key, suffix = Path(name).stem, Path(name).suffix
            stored = self._local(kind, key, suffix)
            if stored is None:
                mark.unlink(missing_ok=True)
            else:
                self._send(stored, kind, key, mark)

    def _local(self, kind: str, key: str, suffix: str) -> Stored | None:
        path = self.path(kind, key, suffix)
        record = read_json(path.with_suffix(".json"))
        with suppress(FileNotFoundError):
            if record is not None and digest_file(path) == record.get("sha256"):
                return Stored(path, record)
        return None

    def _trusted(self, kind: str, key: str, suffix: str) -> Stored | None:
        path = self.path(kind, key, suffix)
        record = read_json(path.with_suffix(".json"))
        if record is not None and self.stat_cache.vouches(path, str(record.get("sha256"))):
            return Stored(path, record)
        return None

    def _publish(self, path: Path, made: Path, whole: Record) -> Stored:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.replace(made, path)
        write_json(path.with_suffix(".json"), whole)
        self.stat_cache.note(path, whole["sha256"])
        return Stored(path, whole)

    def _mark(self, kind: str, key: str, suffix: str) -> Path:
        self._unsent.mkdir(parents=True, exist_ok=True)
        mark = self._unsent / f"{kind}-{key}{suffix}"
        mark.touch()
        return mark

    def _send(self, stored: Stored, kind: str, key: str, mark: Path) -> None:
        """Send the object, then its record; then remove the mark that says that it has to be sent."""
        assert self.remote is not None
        try:
            self.remote.send(_remote_object(kind, key, stored), stored.path)
            with self.scratch() as scratch:
                sealed = scratch / "record.json"
                write_json(sealed, {"record": stored.record, "seal": _seal(kind, key, stored.record)})
                self.remote.send(_remote_name(kind, key), sealed)
        except EnvironmentFault:
            mark.touch()  # another run's delivery may have taken it away meanwhile
            raise
        mark.unlink(missing_ok=True)

    def _fetch(self, kind: str, key: str, suffix: str) -> Stored | None:
        record = self._remote_record(kind, key)
        if record is None:
            return None
        assert self.remote is not None
        path = self.path(kind, key, suffix)
        with self.scratch() as scratch:
            came = scratch / f"came{suffix}"
            there = self.remote.fetch(_remote_object(kind, key, Stored(path, record)), came)
            if not there or digest_file(came) != record["sha256"]:
                return None
            self.fetched.add(key)
            return self._publish(path, came, record)

    def _remote_record(self, kind: str, key: str) -> Record | None:
        """The record in the remote store, unless it was damaged on its way."""
        content = self.remote.read(_remote_name(kind, key)) if self.remote else None
        sealed = parse_json(content) if content is not None else None
        record = sealed.get("record") if sealed else None
        if not sealed or not isinstance(record, dict) or sealed.get("seal") != _seal(kind, key, record):
            return None
        return record

    @contextmanager
    def in_use(self) -> Iterator[None]:
        """Hold the store while results are looked up, made and joined: nobody can have it :meth:`alone` meanwhile."""
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "in-use").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_SH)
            yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Have the store to oneself; :class:`EnvironmentFault` while anybody has it :meth:`in_use`.

        It is a lock of the kernel, which is released when its process ends, in whatever way.
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
        """Hold the store's one lock: for the moment in which a file that other runs change too is read and written."""
        with (self.root / "lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield


def _used(stored: Stored) -> Stored:
    """Note that an object is used: ``mlhub gc`` keeps what was used last."""
    with suppress(OSError):  # who may only read leaves no trace of it
        os.utime(stored.path.with_suffix(".json"))
    return stored


def _remote_name(kind: str, key: str) -> str:
    return f"{kind}/{key[:2]}/{key}.json"


def _remote_object(kind: str, key: str, stored: Stored) -> str:
    """The object's name there has the digest of its content, so that a record always finds the object that it is of,
    also while another machine sends the same key."""
    return f"{kind}/{key[:2]}/{key}-{stored.record['sha256'][:16]}{stored.path.suffix}"


def _seal(kind: str, key: str, record: Record) -> str:
    return digest_text(json.dumps([kind, key, record], sort_keys=True))


def read_json(path: Path) -> Record | None:
    """The JSON object in the file ``path``; None where there is no file or it does not read."""
    try:
        return parse_json(path.read_bytes())
    except OSError:
        return None


def read_record(path: Path) -> Record | None:
    """:func:`read_json` for who must not take what cannot be read for what is not there: None where there is no file.

    :class:`JobFault`, with the end of a sentence that begins with ``path``, where there is one that does not read.
    """
    try:
        record = parse_json(path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise JobFault(f"cannot be read: {error.strerror}") from error
    if record is None:
        raise JobFault("does not read as a record")
    return record


def parse_json(content: bytes) -> Record | None:
    """The JSON object that ``content`` is; None where it is none."""
    try:
        record = json.loads(content)
    except (ValueError, RecursionError):
        return None
    return record if isinstance(record, dict) else None


def write_json(path: Path, record: Record, *, durably: bool = False) -> None:
    """Write ``record`` as JSON, in one step: a reader sees the old file or the new one, never a part.

    With ``durably`` so does who reads after a power cut, and it is the new one once this has returned.
    """
    text = json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    write_text(path, text, durably=durably)


def write_text(path: Path, text: str, *, durably: bool = False) -> None:
    """Write ``text`` as UTF-8, in one step like :func:`write_json`; makes the folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="\n", dir=path.parent, prefix=f".{path.name}-", delete=False
    ) as file:
        try:
            file.write(text)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            if durably:
                os.fsync(file.fileno())
            os.replace(file.name, path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    if durably:
        flush(path.parent)


@contextmanager
def environment_faults(build: Path) -> Iterator[None]:
    """Raise an :class:`EnvironmentFault` in plain words where the disk is full or a folder may not be written."""
    try:
        yield
    except OSError as error:
        if (sentence := describe_refusal(error, build)) is None:
            raise
        raise EnvironmentFault(sentence) from error


def describe_refusal(error: OSError, build: Path) -> str | None:
    """What to tell a person about a full disk or a folder that may not be written; None for other errors."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return (
                f"The disk that holds {build}/ is full. Free some space there and run the same command again."
            )
        case errno.EROFS | errno.EACCES | errno.EPERM | errno.ENOTDIR | errno.EEXIST | errno.EISDIR:
            return f"{error.filename or build} cannot be written. Make {build}/ writable and run again."
        case errno.ELOOP | errno.ENAMETOOLONG | errno.EIO:
            return (
                f"{error.filename or build} cannot be used: {error.strerror}. "
                "Mend that, or choose another folder with --build, and run again."
            )
        case _:
            return None
