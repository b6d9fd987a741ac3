"""The numbers of a lesson's interactive figure, computed by the lesson's own maths and kept until that changes.

``scenes/figure/<module>.py`` computes them in a process of its own; the result is ``build/figures/<slug>.json``, an
object with the ``figure`` and with the digests of all ``inputs`` that it was made from.  A figure whose inputs are
as they were is not computed again.
"""

from __future__ import annotations

import json
import platform
import subprocess
import sys
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Final

from render.core.catalog import Topic
from render.core.fault import JobFault
from render.plan.fingerprint import Inputs
from render.store.digest import meaning
from render.store.figure import figure_file
from render.store.store import write_json

SLOWEST_FIGURE: Final = 900.0
"""Seconds that computing one figure may take, training included where its result was not kept."""

_ENGINES: Final = ("numpy", "scipy", "scikit-learn", "autograd")


def make_figures(root: Path, build: Path, topics: Iterable[Topic]) -> tuple[str, ...]:
    """Bring the figures of ``topics`` up to date, of those that have one; returns the slugs that were computed.

    Raises :class:`JobFault` where a figure's own code fails, with the end of what it said.
    """
    made = []
    for topic in topics:
        module = topic.module.rpartition(".")[2]
        source = root / "scenes" / "figure" / f"{module}.py"
        kept = figure_file(build, topic.slug)
        if source.is_file() and not _is_current(root, kept):
            _make(root, module, kept)
            made.append(topic.slug)
    return tuple(made)


def _is_current(root: Path, kept: Path) -> bool:
    try:
        inputs = json.loads(kept.read_text(encoding="utf-8"))["inputs"]
        files = [name.removeprefix("source ") for name in inputs if name.startswith("source ")]
        return bool(inputs == _inputs(root, files))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, SyntaxError):
        return False


def _inputs(root: Path, files: Iterable[str]) -> Inputs:
    """Digests of what the files mean, and the versions of what computes."""
    return {
        "version of python": ".".join(platform.python_version_tuple()[:2]),
        **{f"version of {engine}": version(engine) for engine in _ENGINES},
        **{f"source {file}": meaning((root / file).read_text(encoding="utf-8")) for file in sorted(files)},
    }


def _make(root: Path, module: str, kept: Path) -> None:
    command = [sys.executable, "-m", "scenes.figure", module]
    try:
        done = subprocess.run(
            command, cwd=root, capture_output=True, text=True, timeout=SLOWEST_FIGURE, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise JobFault(f"scenes/figure/{module}.py: not done after {SLOWEST_FIGURE:.0f} s.") from error
    if done.returncode != 0:
        tail = "\n".join(done.stderr.splitlines()[-12:])
        raise JobFault(f"scenes/figure/{module}.py failed with code {done.returncode}:\n{tail}")
    told = json.loads(done.stdout)
    write_json(kept, {"inputs": _inputs(root, told["files"]), "figure": told["figure"]})
