"""The gate from end to end, on the tiny project: what it finds, keeps, moves, allows, and how it fails."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from render.review.gate import without_idle
from render.review.result import Allowance
from tests.conftest import Run
from tests.render.review.sample import review

LABEL = """
        name = words.label("a name of the dot").move_to(self.dot)
        self.add(self.dot, name)
"""


def write(tiny: Path, old: str, new: str, act: str = "away.py") -> None:
    path = tiny / "scenes" / "moving_dot" / act
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def name_the_dot(tiny: Path, after: str = "") -> None:
    """A name that the dot's edge runs under."""
    write(tiny, "from scenes.kit.lesson", "from scenes.kit import words\nfrom scenes.kit.lesson")
    write(tiny, "        self.add(self.dot)\n", LABEL.lstrip("\n") + after)


def findings(tiny: Path) -> list[dict[str, object]]:
    report = json.loads((tiny / "build/review/moving-dot/report.json").read_text(encoding="utf-8"))
    return list(report["findings"])


def kinds(tiny: Path) -> set[object]:
    return {finding["kind"] for finding in findings(tiny)}


def test_a_sound_lesson_passes_and_is_not_looked_at_twice(tiny: Path, mlhub: Run) -> None:
    done = mlhub("review", "moving-dot")
    assert done.returncode == 0, done.stderr + done.stdout
    assert findings(tiny) == []
    kept = sorted((tiny / "build/store/review").rglob("*.zip"))
    assert len(kept) == 2
    stamps = [path.stat().st_mtime_ns for path in kept]
    assert mlhub("review", "moving-dot").returncode == 0
    assert [path.stat().st_mtime_ns for path in kept] == stamps
    for name in ("report.html", "report.sarif"):
        assert (tiny / "build/review/moving-dot" / name).is_file()


def test_a_fault_has_its_line_picture_and_exit_code_and_moves_with_its_line(tiny: Path, mlhub: Run) -> None:
    name_the_dot(tiny)
    done = mlhub("review", "moving-dot", "--chapter", "goes")
    assert done.returncode == 3, done.stderr + done.stdout
    (fault,) = [finding for finding in findings(tiny) if finding["kind"] == "crossed"]
    source = (tiny / "scenes/moving_dot/away.py").read_text(encoding="utf-8").splitlines()
    path, line = str(fault["where"]).split(":")
    assert path == "scenes/moving_dot/away.py"
    assert "self.beat(" in source[int(line) - 1] or "beat.until" in source[int(line) - 1]
    assert "name of the dot" in str(fault["what"])
    assert (tiny / "build/review/moving-dot" / str(fault["crop"])).is_file()
    write(tiny, "from scenes.kit import words\n", "# a comment\n\nfrom scenes.kit import words\n")
    assert mlhub("review", "moving-dot", "--chapter", "goes").returncode == 3
    (moved,) = [finding for finding in findings(tiny) if finding["kind"] == "crossed"]
    assert int(str(moved["where"]).split(":")[1]) == int(line) + 2
    assert moved["key"] == fault["key"]
    assert len(list((tiny / "build/store/review").rglob("*.zip"))) == 1, (
        "a comment is no reason to look again"
    )


def test_what_is_allowed_is_no_fault_until_it_no_longer_happens(tiny: Path, mlhub: Run) -> None:
    name_the_dot(tiny, '        self.allow(name, self.dot, "the dot is its card")\n')
    done = mlhub("review", "moving-dot")
    assert done.returncode == 0, done.stdout
    assert "crossed" not in kinds(tiny)
    write(tiny, ".move_to(self.dot)", ".shift(2 * UP)")
    write(tiny, "import RIGHT", "import RIGHT, UP")
    done = mlhub("review", "moving-dot")
    assert done.returncode == 0, "a warning alone does not fail"
    assert "allowance" in kinds(tiny)
    assert mlhub("review", "moving-dot", "--strict").returncode == 3


def test_a_render_tells_and_only_the_gate_fails(tiny: Path, mlhub: Run) -> None:
    name_the_dot(tiny)
    done = mlhub("render", "moving-dot", "--quality", "draft", "--review")
    assert done.returncode == 0, done.stderr
    assert "error: crossed" in done.stderr
    assert re.search(r"moving-dot: reviewed: [1-9]\d* errors", done.stdout)
    assert (tiny / "build/out/moving-dot").exists()
    done = mlhub("render", "moving-dot", "--quality", "draft", "--gate")
    assert done.returncode == 3
    quiet = mlhub("render", "moving-dot", "--quality", "draft")
    assert quiet.returncode == 0
    assert "crossed" not in quiet.stderr


def test_what_cannot_be_reviewed_says_why(tiny: Path, mlhub: Run) -> None:
    done = mlhub("review", "moving-dot", "--chapter", "nowhere")
    assert done.returncode == 2
    assert "goes, comes_back" in done.stderr
    write(tiny, "            pass\n", "            raise RuntimeError('no more')\n", "back.py")
    done = mlhub("review", "moving-dot")
    assert done.returncode == 1
    assert "no more" in done.stderr
    assert "scenes/moving_dot/back.py:" in done.stderr


def test_two_allowances_in_the_same_words_have_a_key_each(tmp_path: Path) -> None:
    chapters = review(tmp_path).chapters[:2]
    allowing = [
        replace(chapter, allowances=(Allowance(f"scenes/a.py:{line}", "Dot", "pop", "it jumps", used=False),))
        for line, chapter in enumerate(chapters, 1)
    ]
    found = [finding for one in without_idle(allowing, "a") for finding in one.findings]
    assert [finding.where for finding in found if finding.kind == "allowance"][-2:] == [
        "scenes/a.py:1",
        "scenes/a.py:2",
    ]
    assert len({finding.key for finding in found}) == len(found)
