"""The scripts of the pages: TypeScript put together by esbuild, which ``package-lock.json`` pins."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from render.fault import EnvironmentFault

_ROOT: Final = Path(__file__).resolve().parents[1]


def bundle(entry: Path, *, module: bool = True) -> bytes:
    """One script with all that ``entry`` imports, small; the same sources give the same bytes.

    ``module`` tells how a page loads it: as a module, or plain, as a service worker is.  Raises
    :class:`EnvironmentFault` where esbuild is not installed.
    """
    command = [
        str(_esbuild()),
        str(entry),
        "--bundle",
        "--minify",
        "--charset=utf8",
        "--target=es2022",
        f"--format={'esm' if module else 'iife'}",
        "--log-level=warning",
        "--legal-comments=none",
    ]
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr.decode(errors="replace"))
    return done.stdout


def _esbuild() -> Path:
    found = sorted(_ROOT.glob("node_modules/@esbuild/*/bin/esbuild"))
    if not found:
        raise EnvironmentFault("esbuild is not installed. Run: make setup")
    return found[0]
