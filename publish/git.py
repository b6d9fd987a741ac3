"""git, as a program that nobody watches has to call it: never asking for a password, and told in one line."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from render.core.fault import EnvironmentFault

_QUIET: Final = {"GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
_PATIENCE: Final = 1800.0
"""Seconds for one call."""
_NONE: Final[Mapping[str, str]] = MappingProxyType({})


def run_quietly(
    command: Sequence[str], root: Path, variables: Mapping[str, str] = _NONE
) -> subprocess.CompletedProcess[str]:
    """Run ``git ...``, or what calls it, in the folder ``root``, with further environment ``variables``.

    :class:`EnvironmentFault` where the program is not installed or does not end; its exit code is the caller's to read.
    """
    try:
        return subprocess.run(
            command,
            cwd=root,
            env={**os.environ, **_QUIET, **variables},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
    except FileNotFoundError:
        raise EnvironmentFault(f"{command[0]} is not installed: install it, and run again.") from None
    except subprocess.TimeoutExpired:
        raise EnvironmentFault(
            f"{' '.join(command[:3])} has not ended after {_PATIENCE:.0f} s: look at the network, and run again."
        ) from None


def first_fault(done: subprocess.CompletedProcess[str]) -> str:
    """What a command says is wrong, in one line without its full stop."""
    lines = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
    faults = [line for line in lines if line.startswith(("fatal:", "error:", "!", "remote:"))]
    return (faults or lines or [f"it ended with {done.returncode}"])[0].rstrip(".")
