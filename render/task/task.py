"""What a worker process is given to do, and what it tells its parent: progress, a result, a failure."""

from __future__ import annotations

import os
import pickle
import re
import select
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from render.core.address import without_passwords
from render.core.fault import Exit, Fault, Place
from render.store.store import Record, describe_refusal

_REPORT_EVERY = 0.5
"""Seconds between two words on progress."""
PART = min(4000, select.PIPE_BUF - 64)
"""Bytes of a message that are sent at once."""
_MESSAGE = 2_000
"""Characters of a message that are kept."""
_TRACE = 40_000
"""Characters of a traceback that are kept."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something for a worker process to do, about one topic.

    ``root`` is the project's folder, ``build`` its output folder, ``module`` the lesson's module, ``voice`` the name of
    the voice in whose time it is told.  A task is pickled on its way to the worker.
    """

    root: Path
    build: Path
    slug: str
    module: str
    voice: str

    @property
    def name(self) -> str:
        """What a person calls it; unique within a topic."""
        raise NotImplementedError

    @property
    def at_home(self) -> bool:
        """Whether it must run on the orchestrator's machine, since it writes into the output folder itself."""
        return False

    @property
    def log(self) -> Path:
        """The file that gets all that its worker prints."""
        return self.build / "log" / self.slug / f"{re.sub('[^A-Za-z0-9_]+', '-', self.name)}.log"

    @property
    def allowance(self) -> float:
        """Seconds after which it is taken to hang; an executor may allow it more."""
        return 0.0

    def perform(self, progress: ProgressChannel) -> Record:
        """Do it, in the worker process; returns what the orchestrator needs to know, as plain data."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed, for a person.  ``environment`` says that the machine lacks something."""

    message: str
    place: str | None
    """``scenes/svm/margin.py:120`` where the lesson was at fault."""
    trace: str
    environment: bool = False
    log: str | None = None
    """The file that has all that its worker printed."""


class ProgressChannel:
    """The worker's end of the pipe to its parent; ends the worker process when the parent is gone."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel
        self._frames = self._moving = 0
        self._next = 0.0

    def drawn(self, frames: int, moving: int) -> None:
        """Tell that ``frames`` more frames are done, of which ``moving`` were drawn one by one and are not held."""
        self._frames += frames
        self._moving += moving
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _REPORT_EVERY
            self.send("progress", (self._frames, self._moving))

    def send(self, kind: str, content: Any) -> None:
        """Send one message to the parent: its ``kind``, and plain data; :class:`Inbox` puts it together there.

        It goes in parts that a pipe takes whole or not at all: so a parent that reads one never waits for a worker
        that was stopped in the middle of it.
        """
        message = pickle.dumps((kind, content))
        try:
            for start in range(0, len(message), PART):
                last = start + PART >= len(message)
                self._channel.send_bytes(bytes([last]) + message[start : start + PART])
        except OSError:
            os._exit(1)  # the orchestrator was killed: leave scratch behind, the next run sweeps it up


class Inbox:
    """The parent's side of :meth:`ProgressChannel.send`."""

    def __init__(self) -> None:
        self._parts = bytearray()

    def receive(self, channel: Connection) -> tuple[str, Any] | None:
        """The next message, as far as it has come; None while parts of it are missing.

        :class:`EOFError` or :class:`OSError` where the other end is closed.
        """
        while True:
            part = channel.recv_bytes()
            self._parts += part[1:]
            if part[0]:
                kind, content = pickle.loads(self._parts)
                self._parts.clear()
                return kind, content
            if not channel.poll():
                return None


def failure_of(error: BaseException, root: Path, build: Path) -> Failure:
    """An exception as a failure: its message, its traceback, and the innermost line of a scene in that.

    A file that cannot be read as Python is at fault itself, wherever it is: its place has line and column.
    ``build`` is the output folder, which a sentence about a full disk names.  What is very long is cut, and passwords
    in addresses are hidden.
    """
    if isinstance(error, SyntaxError) and (file := error.filename):
        place = str(Place(_from(root, file), error.lineno or 1, error.offset or 1))
        shown = _cut("".join(traceback.format_exception_only(error)), _TRACE)
        return Failure(f"{type(error).__name__}: {_cut(str(error.msg), _MESSAGE)}", place, shown)
    trace = _cut("".join(traceback.format_exception(error)), _TRACE)
    frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    refused = describe_refusal(error, build) if isinstance(error, OSError) else None
    message = refused or (
        str(error) if isinstance(error, Fault) else f"{type(error).__name__}: {_said(error)}"
    )
    environment = refused is not None or (isinstance(error, Fault) and error.exit == Exit.ENVIRONMENT)
    return Failure(_cut(message, _MESSAGE), innermost(frames, root), trace, environment)


def _said(error: BaseException) -> str:
    """What an exception says of itself, if it can."""
    try:
        return str(error)
    except Exception:
        return "(it cannot say what is wrong)"


def _cut(text: str, most: int) -> str:
    """``text`` without its middle, where it is longer than ``most`` characters, and without passwords."""
    text = without_passwords(text, os.environ.get("STORE", ""))
    if len(text) <= most:
        return text
    return f"{text[: most // 2]}\n… {len(text) - most:,} characters left out …\n{text[-(most // 2) :]}"


def _from(root: Path, file: str) -> str:
    """A file as seen from the project's folder."""
    path = Path(file)
    return str(path.relative_to(root) if path.is_relative_to(root) else path)


def innermost(frames: Iterable[tuple[str, int]], root: Path) -> str | None:
    """The last of ``frames`` (file and line, from the outside in) that lies in a lesson or its mathematics.

    As ``scenes/svm/margin.py:120``; None where no frame does.
    """
    place = None
    for file, line in frames:
        path = Path(file)
        if path.is_relative_to(root / "scenes") and not path.is_relative_to(root / "scenes" / "kit"):
            place = f"{path.relative_to(root)}:{line}"
    return place
