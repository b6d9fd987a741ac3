"""Workers: what they publish was verified, and what went wrong is told with its place."""

from __future__ import annotations

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from render.core.fault import EnvironmentFault
from render.task.task import failure_of

CHAPTER = """
import sys
from pathlib import Path
from render.core.fault import JobFault
from render.plan.lesson_plan import Piece
from render.core.profile import PROFILES
from render.store.store import Store
from render.run.tasks import ChapterTask

class Unheard:
    def drawn(self, frames, moving): pass

root, frames = Path(sys.argv[1]), int(sys.argv[2])
store = Store(root / "build")
store.open()
piece = Piece("still-square", "stands", "It stands", "ab12", {}, frames, 0)
task = ChapterTask(root, store.build, "still-square", "scenes.still_square", "silent", piece, PROFILES["draft"])
try:
    print(task.perform(Unheard())["frames"])
except JobFault as fault:
    print(fault)
print(store.find("segment", "ab12", ".h264") is not None)
"""


def draw(project: Path, frames: int) -> list[str]:
    """Draw the still square where so many frames were promised: what was told, and whether it was published."""
    command = [sys.executable, "-c", CHAPTER, str(project), str(frames)]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


def test_a_chapter_is_published_only_with_the_frames_that_were_promised(tiny: Path) -> None:
    *told, published = draw(tiny, 1)
    assert published == "False"
    drawn = next(int(word) for line in told for word in line.replace(";", " ").split() if word.isdigit())
    assert drawn > 1 and "expected 1" in " ".join(told)
    assert draw(tiny, drawn) == [str(drawn), "True"]


def test_a_failure_names_the_innermost_line_of_a_scene(tmp_path: Path) -> None:
    scene = tmp_path / "scenes" / "film.py"
    kit = tmp_path / "scenes" / "kit" / "plane.py"
    kit.parent.mkdir(parents=True)
    code = {scene: "def tell(draw):\n    draw()\n", kit: "def draw():\n    raise ValueError('no sky')\n"}
    names: dict[str, object] = {}
    for path, text in code.items():
        exec(compile(text, str(path), "exec"), names)
    with pytest.raises(ValueError, match="no sky") as raised:
        names["tell"](names["draw"])  # type: ignore[operator]
    told = failure_of(raised.value, tmp_path, tmp_path / "build")
    assert told.place == "scenes/film.py:2"
    assert told.message == "ValueError: no sky" and not told.environment
    assert "no sky" in told.trace


def test_what_the_machine_lacks_is_told_as_such(tmp_path: Path) -> None:
    assert failure_of(EnvironmentFault("ffmpeg is missing"), tmp_path, tmp_path / "build").environment
    full = failure_of(OSError(errno.ENOSPC, "No space left on device"), tmp_path, tmp_path / "out")
    assert full.environment and "is full" in full.message


def test_a_file_that_is_no_python_is_named_with_line_and_column(tmp_path: Path) -> None:
    """In the kit it was told as the scene's own fault, without a place."""
    kit = tmp_path / "scenes" / "kit" / "plane.py"
    with pytest.raises(SyntaxError) as raised:
        compile("x = 1\ny = (2 +\n", str(kit), "exec")
    told = failure_of(raised.value, tmp_path, tmp_path / "build")
    assert told.place == "scenes/kit/plane.py:2:5"
    assert told.message == "SyntaxError: '(' was never closed"


def test_what_is_very_long_is_cut(tmp_path: Path) -> None:
    told = failure_of(ValueError("x" * 10_000_000), tmp_path, tmp_path / "build")
    assert len(told.message) < 3_000 and "characters left out" in told.message
    assert len(told.trace) < 50_000


def test_a_full_disk_is_that_of_the_output_folder(tmp_path: Path) -> None:
    """With ``--build`` the sentence named the project's own ``build``."""
    full = failure_of(OSError(errno.ENOSPC, "No space left on device"), tmp_path, tmp_path / "elsewhere")
    assert f"The disk that holds {tmp_path / 'elsewhere'}/ is full" in full.message
