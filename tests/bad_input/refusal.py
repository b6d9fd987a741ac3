"""A system that refuses what it is asked for: full disks, disks that may not be written or fail, locks that are not to
be had.  What was there is there still, and the next run finds it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest import mock

from render.cli.__main__ import main
from render.core.fault import Exit
from tests.bad_input.row import Row, Spoil, both, leave, link, remove, write

_RECORD = "build/store/lesson/moving-dot/k1.json"
_ERRORS = {
    errno.ENOSPC: "The disk that holds",
    errno.EDQUOT: "The disk that holds",
    errno.EROFS: "cannot be written. Make",
    errno.EACCES: "cannot be written. Make",
    errno.EIO: "cannot be used: Input/output error. Mend that",
    errno.EMFILE: "Too many open files. Mend that on this machine and run the same command again",
    errno.ESTALE: "Stale file handle. Mend that on this machine and run the same command again",
    errno.ENOLCK: "No locks available. Mend that on this machine and run the same command again",
}

# What is refused, of which paths, and what is run then, in which state.
_CALLS: list[tuple[str, str, tuple[str, ...], Spoil]] = [
    ("os.mkdir", "scratch", ("gc",), remove("build/scratch")),
    ("os.replace", "old.bin", ("gc", "--keep", "0"), write("build/store/corrupt/old.bin", "x")),
    ("os.rename", "k1.json", ("verify", "--mend"), write(_RECORD, "{}")),
    ("os.replace", "manifest.json", ("verify", "--mend"), write("build/manifest.json", "{")),
    ("os.fsync", "", ("verify", "--mend"), write("build/manifest.json", "{")),
    ("io.open", "in-use", ("gc",), leave),
    ("io.open", "lock", ("gc",), leave),
    ("fcntl.flock", "", ("gc",), leave),
    ("os.listdir", "store", ("verify",), leave),
]


def _refuse(call: str, ending: str, number: int, arguments: tuple[str, ...]) -> Callable[[Path], int]:
    """Run a command while ``call`` fails for the paths that end so."""
    module, _, name = call.rpartition(".")
    genuine: Callable[..., Any] = getattr(__import__(module), name)

    def fail(*given: Any, **named: Any) -> Any:
        paths = [os.fspath(one) for one in given if isinstance(one, str | Path)]
        if not ending or any(path.endswith(f"/{ending}") for path in paths):
            raise OSError(number, os.strerror(number), *paths[:1])
        return genuine(*given, **named)

    def act(project: Path) -> int:
        with mock.patch(call, fail):
            return main(["--root", str(project), "--build", str(project / "build"), *arguments])

    return act


def rows() -> list[Row]:
    """The rows of this kind."""
    found = []
    for call, ending, arguments, spoil in _CALLS:
        for number, words in _ERRORS.items():
            if call == "fcntl.flock" and number == errno.EACCES:
                continue  # that is what a lock says that another holds
            name = f"{errno.errorcode[number]} of {call} {ending}, {arguments[0]}"
            act = _refuse(call, ending, number, arguments)
            found.append(Row(name, spoil, act, Exit.ENVIRONMENT, (words,)))
    nowhere = both(link("build/store/corrupt", "nowhere at all"), write(_RECORD, "{}"))
    return [
        *found,
        Row(
            "a place for what is moved aside that leads nowhere",
            nowhere,
            ("verify", "--mend"),
            Exit.ENVIRONMENT,
            ("store/corrupt",),
        ),
    ]
