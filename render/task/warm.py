"""Imported by the process from which workers are forked, before anything else: what all workers have in common.

The project's code is imported by :mod:`render.task.loading`.  What draws is imported once, and not under the influence
of the user's surroundings: manim reads a ``manim.cfg`` from the folder it is started in and from the user's home, and
neither is there.
"""

from __future__ import annotations

import importlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Final

from render.task.loading import install

LIBRARIES: Final = ("manim", "numpy", "scipy.optimize", "av", "typst")
LEARNING: Final = ("sklearn.svm", "sklearn.neighbors")
"""Twice as long to import as all the others together, so only where lessons name it."""


def _libraries() -> tuple[str, ...]:
    scenes = Path(__file__).parents[2] / "scenes"
    for file in sorted(scenes.rglob("*.py")):
        with suppress(OSError):
            if b"sklearn" in file.read_bytes():
                return LIBRARIES + LEARNING
    return LIBRARIES


def _import_all() -> None:
    folder, home = Path.cwd(), os.environ.get("HOME")
    os.environ.setdefault("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    with tempfile.TemporaryDirectory() as nowhere:
        os.chdir(nowhere)
        os.environ["HOME"] = nowhere
        try:
            for library in _libraries():
                with suppress(ImportError):  # who needs it says so
                    importlib.import_module(library)
        finally:
            os.chdir(folder)
            if home is None:
                del os.environ["HOME"]
            else:
                os.environ["HOME"] = home


install()
_import_all()
