"""The store that several machines share: a folder or a bucket in which each finds what the others have made.

Any address that fsspec understands will do: ``s3://bucket/prefix`` for S3 and all that speak like it (the usual
variables apply: ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY``, ``AWS_ENDPOINT_URL``...), a path for a folder that
is mounted everywhere.  It carries files and knows nothing of what is in them; :class:`render.store.store.Store` checks
the digest of what it fetches.
"""

from __future__ import annotations

import errno
import logging
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from render.core.address import without_passwords
from render.core.fault import EnvironmentFault

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_WHOLE: Final = frozenset({"s3", "s3a", "gs", "gcs", "abfs", "az"})
"""Protocols of object stores, where nobody ever sees a file of which only a part has arrived."""
_OPTIONS: Final[dict[str, dict[str, Any]]] = {
    "s3": {
        "use_listings_cache": False,
        "config_kwargs": {"connect_timeout": 10, "read_timeout": 60, "retries": {"max_attempts": 3}},
    }
}
"""Options by protocol: listings are not cached, since other machines add files; requests time out."""


def keep_keys_quiet() -> None:
    """Have the libraries that speak to buckets not tell whoever listens how they came to know a key."""
    for library in ("aiobotocore", "botocore"):
        logging.getLogger(library).setLevel(logging.WARNING)


class RemoteStore:
    """The folder or bucket at ``address``.  It is connected to when it is first asked for something.

    Every method raises :class:`EnvironmentFault` if it does not answer or refuses.
    """

    def __init__(self, address: str) -> None:
        self.address = address
        self._shown = without_passwords(address, address)
        self._place: tuple[AbstractFileSystem, str] | None = None

    def greet(self) -> None:
        """Write a small file, read it back and remove it, so that a store that does not work is told at once."""
        name = f"greeting-{uuid.uuid4().hex}"
        with self._told("written"):
            system, root = self._open()
            path = f"{root}/{name}"
            if (
                not _protocols(system) & _WHOLE
            ):  # those have no folders, and a bucket is for its owner to make
                system.makedirs(root, exist_ok=True)
            system.pipe_file(path, name.encode())
            came = system.cat_file(path)
            system.rm_file(path)
        if came != name.encode():
            raise EnvironmentFault(f"The shared store {self._shown} does not give back what it was given.")

    def read(self, name: str) -> bytes | None:
        """The bytes of the file ``name``, which should be small; None where there is none."""
        with self._told("read"):
            system, root = self._open()
            try:
                return bytes(system.cat_file(f"{root}/{name}"))
            except FileNotFoundError:
                return None

    def fetch(self, name: str, into: Path) -> bool:
        """Copy the file ``name`` to the local path ``into``; false where there is none."""
        with self._told("read"):
            system, root = self._open()
            try:
                system.get_file(f"{root}/{name}", str(into))
            except FileNotFoundError:
                return False
            return into.is_file()

    def send(self, name: str, file: Path) -> None:
        """Copy the local ``file`` to ``name``, in one step: a reader sees what was there before, or the new file."""
        with self._told("written"):
            system, root = self._open()
            path = f"{root}/{name}"
            if _protocols(system) & _WHOLE:
                system.put_file(str(file), path)
                return
            arriving = f"{path}.{uuid.uuid4().hex}"
            system.makedirs(path.rpartition("/")[0], exist_ok=True)
            try:
                system.put_file(str(file), arriving)
                system.mv(arriving, path)
            except BaseException:
                if system.exists(arriving):
                    system.rm_file(arriving)
                raise

    def remove(self, name: str) -> None:
        """Remove the file ``name``, if there is one."""
        with self._told("written"):
            system, root = self._open()
            with suppress(FileNotFoundError):
                system.rm_file(f"{root}/{name}")

    def _open(self) -> tuple[AbstractFileSystem, str]:
        if self._place is None:
            try:
                from fsspec.core import url_to_fs  # late: a store that is not shared needs none of it

                keep_keys_quiet()
                address = os.path.expanduser(self.address)  # noqa: PTH111  an address is no path
                options = _OPTIONS.get(address.partition("://")[0], {})
                system, root = url_to_fs(address, **options)
            except (ImportError, ValueError) as error:
                raise EnvironmentFault(
                    f"STORE={self._shown} cannot be used: {without_passwords(str(error), self.address)}. "
                    "Expected a folder, or an address such as s3://bucket/prefix, for which "
                    "`pip install 'ml-learning-hub[farm]'` has what is needed."
                ) from error
            self._place = system, root.rstrip("/")
        return self._place

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """Turn whatever goes wrong over there into a sentence; a full disk on this side stays what it is."""
        try:
            yield
        except EnvironmentFault:
            raise
        except Exception as error:  # every file system, and every library under it, has errors of its own
            if what == "read" and isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise
            words = without_passwords(str(error), self.address) or type(error).__name__
            raise EnvironmentFault(
                f"The shared store {self._shown} cannot be {what}: {words}. What was made is kept here and sent "
                "later. Make it reachable and run the same command again, or run without STORE."
            ) from error


def _protocols(system: AbstractFileSystem) -> set[str]:
    protocol = system.protocol
    return {protocol} if isinstance(protocol, str) else set(protocol)
