"""A plan starts at once and leaves no trace: nothing that draws or computes is imported, nothing is written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

SCRIPT = """
import json, sys
from render.cli.__main__ import main
code = main(["plan", *sys.argv[1:]])
print(json.dumps(sorted(name for name in sys.modules if "." not in name)), file=sys.stderr)
raise SystemExit(code)
"""
HEAVY = {"manim", "numpy", "scipy", "sklearn", "av", "joblib", "PIL", "typst", "onnxruntime", "jinja2"}


def traces(project: Path) -> dict[str, tuple[int, int]]:
    """Every file of the build, with when it was changed last."""
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in (project / "build").rglob("*")
    }


def plan(project: Path, *arguments: str) -> tuple[str, set[str]]:
    """What a plan says, and the packages that it imports."""
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, set(json.loads(done.stderr.splitlines()[-1]))


def test_with_what_was_told_before_a_plan_is_pure_and_imports_nothing_heavy(tiny: Path, mlhub: Run) -> None:
    assert mlhub("plan", "--quality", "draft").returncode == 0, "now all is told"
    before = traces(tiny)
    said, imported = plan(tiny, "--quality", "draft", "--why")
    assert "moving-dot: 3 of 3 to draw, time unknown" in said and "  goes: new (time unknown" in said
    assert not imported & HEAVY and "pydantic" in imported
    assert traces(tiny) == before

    assert mlhub("render", "moving-dot", "--quality", "draft").returncode == 0
    before = traces(tiny)
    said, imported = plan(tiny, "moving-dot", "--quality", "draft", "--why")
    assert said.startswith("moving-dot: up to date\n") and said.endswith("1 topic: up to date\n")
    assert not imported & HEAVY and traces(tiny) == before

    scene = tiny / "scenes" / "moving_dot" / "away.py"
    scene.write_text(scene.read_text().replace("run_time=0.6", "run_time=0.8"))
    said, imported = plan(tiny, "moving-dot", "--quality", "draft", "--why")
    assert "  goes: changed: scenes/moving_dot/away.py (about" in said and "  comes_back: up to date" in said
    assert "1 of 1 topic, 1 piece to draw: about" in said
    assert not imported & HEAVY and traces(tiny) == before, "code that has changed need not be told"
