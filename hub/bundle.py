"""Scripts and styles as browsers load them: with what they import, made small by esbuild.

esbuild and the player come from npm, pinned by ``package-lock.json``; ``scripts/setup.py`` installs them.
"""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Final

from render.fault import EnvironmentFault, JobFault

ROOT: Final = Path(__file__).parents[1]
_MODULES: Final = ROOT / "node_modules"

CONTROLS: Final = _MODULES / "plyr" / "dist" / "plyr.svg"
"""Icons of the player's buttons."""

BROWSERS: Final = ("chrome120", "firefox120", "safari17")
"""The oldest browsers that scripts and styles are written for (all of 2023)."""


def bundle(entry: Path, *, module: bool = True) -> bytes:
    """The script or style ``entry`` with all that it imports; fonts keep the addresses it gives them.

    ``module`` tells how a script is loaded: as a module, or plain, as a service worker is.  Raises
    :class:`EnvironmentFault` where npm's packages are missing, and :class:`JobFault` with esbuild's words for a file
    that it cannot read.
    """
    changed = max(file.stat().st_mtime_ns for file in entry.parent.rglob("*"))
    return _bundle(entry, module, changed)


@lru_cache(maxsize=32)
def _bundle(entry: Path, module: bool, _changed: int) -> bytes:
    arguments = ["--bundle", "--minify", "--charset=utf8", "--external:*.woff2", "--legal-comments=none"]
    if entry.suffix in (".js", ".ts"):
        arguments.append(f"--format={'esm' if module else 'iife'}")
    arguments += [f"--target={','.join(BROWSERS)}", "--log-level=error", "--color=false"]
    done = subprocess.run(
        [_esbuild(), str(entry), *arguments], cwd=ROOT, capture_output=True, check=False, timeout=120
    )
    if done.returncode:
        raise JobFault(f"{entry.name} cannot be bundled:\n{done.stderr.decode(errors='replace').strip()}")
    return done.stdout


def _esbuild() -> Path:
    found = sorted(_MODULES.glob("@esbuild/*/bin/esbuild")) if CONTROLS.is_file() else []
    if not found:
        raise EnvironmentFault("The hub's npm packages are not installed. Run make setup.")
    return found[0]
