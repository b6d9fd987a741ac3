"""What a lesson asks of the disk while a worker tells or draws it: the files that its code opens, lists and misses.

Python tells of every file that it opens and every folder that it lists (audit events, PEP 578); of what is only looked
at (``Path.exists``) it does not, so that ``os.stat`` is watched too.  A C library that opens a file by itself is not
seen: data lie in the lesson's own folders for that reason, and count whole (:mod:`render.plan.probe`).

It counts who asks: the innermost code of the project on the way to the call has to be in ``scenes``.  What Python reads
to import code, or to print a traceback, does not count.  A lesson may read the project and what is installed; for
anything else there is an :class:`OutsideFault`, which names the line.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Any, Final

from render.core.fault import JobFault

_LISTS: Final = frozenset({"os.listdir", "os.scandir"})
_REACHES_OUT: Final = frozenset(
    {"socket.connect", "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"}
)
_ASIDE: Final = ("/traceback.py", "/warnings.py")
"""Who of Python's library reads sources to show them to a person."""
_LOOKS: Final = ("stat", "access")
_CACHES: Final = ("scenes/kit/typeset.py", "scenes/maths/shared/memo.py")
"""Code that reads sources only to name what it keeps on disk."""
_FONTS: Final = (".ttf", ".otf")
"""An input of everything."""
_SYSTEM: Final = tuple(
    f"/{place}/" for place in ("bin", "dev", "etc", "lib", "lib64", "opt", "proc", "sys", "usr", "var")
)


class OutsideFault(JobFault):
    """A lesson asks for what is neither the project's nor installed."""


class Notes:
    """What the code in ``scenes`` of the project ``root`` asks for; ``build`` is left out, whose contents have keys."""

    def __init__(self, root: Path, build: Path) -> None:
        self._project = f"{root}{os.sep}"
        self._home = f"{root / 'scenes'}{os.sep}"
        self._caches = tuple(str(root / file) for file in _CACHES)
        installed = {
            sysconfig.get_path("purelib"),
            sysconfig.get_path("platlib"),
            sys.prefix,
            sys.base_prefix,
        }
        places = {*installed, *map(os.path.realpath, installed), str(build)}
        self._installed = tuple(f"{place}{os.sep}" for place in places)
        hidden = Path.home() / "."  # ~/.cache, ~/.config
        self._system = (*self._installed, *_SYSTEM, str(hidden), f"{tempfile.gettempdir()}{os.sep}")
        self._found: dict[str, None] = {}

    def take(self) -> tuple[str, ...]:
        """What was asked for since the last time that this was called, in order: paths from ``root``.

        A folder of which the names of its entries were asked for ends in ``/``.
        """
        found = tuple(self._found)
        self._found.clear()
        return found

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Take one of Python's audit events."""
        if event == "open":
            path, _mode, flags = arguments
            if not (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)):
                self.note(path)
        elif event in _LISTS:
            self.note("." if arguments[0] is None else arguments[0], "/")
        elif event in _REACHES_OUT and (frame := self._asking(sys._getframe(1))):
            raise OutsideFault(
                f"{self._place(frame)}: a lesson reaches out of its process ({event}). What it shows has to come of "
                "its own code and the project's files."
            )

    def note(self, path: Any, mark: str = "") -> None:
        """Somebody asks for ``path``; ``mark`` is ``/`` where it is for the names in a folder."""
        if not isinstance(path, str | bytes | os.PathLike):
            return  # a descriptor: whoever opened it was heard
        full = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  links stay as they are
        if not mark and self._project.startswith(full + os.sep):
            return  # the folder that code is imported from, and what it lies in
        inside = (full + os.sep).startswith(self._project)
        if full.endswith(_FONTS) or (full + os.sep).startswith(self._installed if inside else self._system):
            return
        frame = self._asking(sys._getframe(1))
        if frame is None or frame.f_code.co_filename in self._caches:
            return
        if not inside:
            raise OutsideFault(
                f"{self._place(frame)}: a lesson asks for {full}, which is not in the project. Copy it into the "
                "lesson's folder: what is drawn has to be the same on every machine."
            )
        self._found[(full[len(self._project) :] or ".") + mark] = None

    def _asking(self, frame: FrameType | None) -> FrameType | None:
        """The innermost call in ``scenes``, if the project's own code nearest to ``frame`` is there."""
        while frame is not None:
            file = frame.f_code.co_filename
            if file == __file__:
                frame = frame.f_back
                continue
            if file.startswith("<frozen importlib") or file.endswith(_ASIDE):
                return None
            if file.startswith(self._home):
                return frame
            if file.startswith(self._project) and not file.startswith(self._installed):
                return None
            frame = frame.f_back
        return None

    def _place(self, frame: FrameType) -> str:
        return f"{frame.f_code.co_filename[len(self._project) :]}:{frame.f_lineno}"


_now: Notes | None = None
_hooked = False


@contextmanager
def noting(root: Path, build: Path) -> Iterator[Notes]:
    """Note what lessons of the project ``root`` ask for in this block; a block inside of another shares its notes."""
    global _now
    if _now is not None:
        yield _now
        return
    _hook()
    looks = {name: getattr(os, name) for name in _LOOKS}
    _now = Notes(root, build)
    for name, look in looks.items():
        setattr(os, name, _watched(look, _now))
    try:
        yield _now
    finally:
        _now = None
        for name, look in looks.items():
            setattr(os, name, look)


def _hook() -> None:
    """Have Python's events heard: once, since that cannot be undone."""
    global _hooked

    def hear(event: str, arguments: tuple[Any, ...]) -> None:
        if _now is not None:
            _now.hear(event, arguments)

    if not _hooked:
        _hooked = True
        sys.addaudithook(hear)


def _watched(look: Callable[..., Any], notes: Notes) -> Callable[..., Any]:
    @wraps(look)
    def watched(path: Any, *arguments: Any, **options: Any) -> Any:
        if options.get("dir_fd") is None:
            notes.note(path)
        return look(path, *arguments, **options)

    return watched
