"""Scripts and styles as browsers load them: bundled with what they import and minified, by esbuild."""

from __future__ import annotations

import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Final

from hub.node import PATIENCE, ROOT, find_file
from render.core.fault import JobFault

BROWSERS: Final = ("chrome120", "firefox120", "safari17")
"""The oldest browsers that scripts and styles are written for (all of 2023)."""

_ALWAYS: Final = ("--bundle", "--charset=utf8", "--log-level=error", "--color=false")
_FOR_BROWSERS: Final = ("--minify", "--legal-comments=none", f"--target={','.join(BROWSERS)}")


def bundle(entry: Path, *, module: bool = True) -> bytes:
    """The script or style ``entry`` with all that it imports; fonts keep the addresses it gives them.

    ``module`` tells how a script is loaded: as a module, or plain, as a service worker is.  Raises
    :class:`EnvironmentFault` where npm's packages are missing, and :class:`JobFault` with esbuild's words (file, line,
    column) for a file that it cannot read.
    """
    changed = max(file.stat().st_mtime_ns for file in entry.parent.rglob("*"))
    return _bundle(entry, module, changed)


@lru_cache(maxsize=32)
def _bundle(entry: Path, module: bool, _changed: int) -> bytes:
    arguments = [str(entry), "--external:*.woff2", *_FOR_BROWSERS]
    if entry.suffix in (".js", ".ts"):
        arguments.append(f"--format={'esm' if module else 'iife'}")
    return _run_esbuild(entry.name, arguments)


def bundle_text(name: str, text: str, *, node: bool = False) -> bytes:
    """The TypeScript ``text``, whose imports are relative to the project, bundled with all that it imports.

    It is for browsers, or for ``node``.  Errors call it ``name``; raises as :func:`bundle`.
    """
    aim = ["--platform=node"] if node else _FOR_BROWSERS
    return _run_esbuild(name, ["--loader=ts", "--format=esm", *aim], text)


def _run_esbuild(name: str, arguments: list[str], text: str = "") -> bytes:
    command = [str(find_file("@esbuild/*/bin/esbuild")), *_ALWAYS, *arguments]
    done = subprocess.run(
        command, input=text.encode(), cwd=ROOT, capture_output=True, check=False, timeout=PATIENCE
    )
    if done.returncode:
        raise JobFault(f"{name} cannot be bundled:\n{done.stderr.decode(errors='replace').strip()}")
    return done.stdout
