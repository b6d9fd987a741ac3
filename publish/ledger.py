"""The one writer of the ledger: alone with it, changed in single steps that a kill cannot halve."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from render.core.fault import EnvironmentFault
from render.store.ledger import NAME, Channel, Ledger, Video, read_ledger


class LedgerFile:
    """``publish.json`` in the project's folder ``root``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @property
    def path(self) -> Path:
        """Where it is."""
        return self._root / NAME

    def read(self) -> Ledger:
        """What it says now; raises :class:`render.core.fault.UsageFault` with places where it cannot be read."""
        return read_ledger(self._root)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other publications off; :class:`EnvironmentFault` while one is at work.

        The folder itself is locked: no file is left behind, and the kernel lets go however the process ends.
        """
        folder = os.open(self._root, os.O_RDONLY | os.O_DIRECTORY)
        try:
            try:
                fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise EnvironmentFault(
                    f"Another publication of {self._root} is at work. Run the same command again when it has ended."
                ) from None
            yield
        finally:
            os.close(folder)

    def change(self, change: Callable[[Ledger], Ledger]) -> Ledger:
        """Replace what the ledger says by ``change`` of it, on the disk when this returns; returns it.

        It is read anew each time, so that what a person has mended meanwhile is kept.
        """
        ledger = change(self.read())
        write_durably(
            self.path, json.dumps(ledger.to_record(), indent=1, sort_keys=True, ensure_ascii=False) + "\n"
        )
        return ledger

    def change_channel(self, change: Callable[[Channel], Channel]) -> Channel:
        """:meth:`change` of the channel alone."""
        return self.change(
            lambda ledger: ledger.model_copy(update={"youtube": change(ledger.youtube)})
        ).youtube

    def change_video(self, slug: str, change: Callable[[Video], Video]) -> Video:
        """:meth:`change` of what is known of the topic ``slug`` on the channel."""

        def changed(channel: Channel) -> Channel:
            video = change(channel.videos.get(slug, Video()))
            return channel.model_copy(update={"videos": {**channel.videos, slug: video}})

        return self.change_channel(changed).videos[slug]


def write_durably(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a text so that whoever reads, even after the power failed, finds the old file or the new one.

    Where others may not read the file, they may not look into its folder either, if that is made here.  Not for a file
    that two processes write at once.  :class:`EnvironmentFault` where it cannot be written.
    """
    try:
        _write_durably(path, text, mode)
    except OSError as error:
        raise EnvironmentFault(
            f"{path} cannot be written: {error.strerror}. Mend that and run again."
        ) from error


def _write_durably(path: Path, text: str, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o777 if mode & 0o077 else 0o700)
    part = path.with_name(f".{path.name}.part")  # what a kill leaves is overwritten by the next
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "w", encoding="utf-8") as file:
        os.fchmod(file.fileno(), mode)
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
