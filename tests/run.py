"""Runs that go on beside a test."""

from __future__ import annotations

import json
import subprocess

Told = list[dict[str, object]]
"""What a run with ``--json`` tells, an event each."""


def wait_for(run: subprocess.Popen[str], kind: str, task: str) -> Told:
    """Read what a run tells until ``task`` has come so far; raises ``AssertionError`` where it never does."""
    assert run.stdout is not None and run.stderr is not None
    told: Told = []
    for line in run.stdout:
        told.append(json.loads(line))
        if (told[-1]["event"], told[-1].get("task")) == (kind, task):
            return told
    raise AssertionError(f"{task} never {kind}: {told} {run.stderr.read()}")
