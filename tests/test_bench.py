"""The bench measures what it says it measures; how fast anything is, no test asks."""

from __future__ import annotations

import ast
import json
import math
import os
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest

from scripts import bench, judge

ROOT = Path(__file__).parents[1]
SCENE = '''
class Two(Lesson):
    @chapter("One claim", "an item",
             "another")
    def first(self):
        """Told first."""
        self.play()

    @chapter("Another claim")
    def second(self):
        with self.beat("Words."):
            pass

    def poster(self):
        self.add()
'''


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "bench.py"), *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )


def small(tiny: Path, report: Path, *arguments: str) -> dict:
    """The figures of a run over the tiny project at a small size."""
    size = ["--root", str(tiny), "--size", "160x90", "--fps", "15", "--repeats", "1", "--json", str(report)]
    done = run(*size, *arguments)
    assert done.returncode == 0, done.stderr
    told: dict = json.loads(report.read_text())
    return told


# -- what is measured


def test_all_that_a_command_started_is_counted(tmp_path: Path) -> None:
    """A grandchild that outlives its parent too."""
    burn = "import time\nwhile time.process_time() < 0.7: pass"
    orphan = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}])"
    script = (
        "import sys; from pathlib import Path; from scripts.bench import measure;"
        f"usage = measure([sys.executable, '-c', {orphan!r}], Path('.'));"
        "print(usage.cpu, usage.wall, usage.process, usage.tree)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    cpu, wall, process, tree = map(float, done.stdout.split())
    assert cpu >= 0.7
    assert wall > 0
    assert 1e6 < process < 1e9
    assert 1e6 < tree < 1e9


def test_a_command_that_fails_is_no_measurement(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from scripts.bench import measure;"
        "measure([sys.executable, '-c', 'raise SystemExit(\"out of paint\")'], Path('.'))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "Refused" in done.stderr
    assert "out of paint" in done.stderr


def test_decibels_are_those_of_the_error() -> None:
    frame = av.VideoFrame.from_ndarray(np.full((90, 64), 100, np.uint8), format="yuv420p")  # 60 lines of luma
    luma = np.full((60, 64), 103, np.float32)
    assert judge._decibels(luma, frame) == pytest.approx(10 * math.log10(255**2 / 9))
    luma[:30] = 100
    assert judge._decibels(luma, frame) == pytest.approx(10 * math.log10(255**2 / 4.5))


@pytest.mark.parametrize("matrix", judge.LUMA)
def test_grey_is_the_same_in_every_matrix(matrix: str) -> None:
    assert sum(judge.LUMA[matrix]) == pytest.approx(1)


# -- what is cut


def test_the_chapters_that_are_timed_are_those_of_the_lessons() -> None:
    for topics in (bench.SIDE_BY_SIDE, *(topics for topics, _, _ in bench.SAMPLES.values())):
        for slug, named in topics.items():
            acts = (ROOT / "scenes" / slug.replace("-", "_")).glob("*.py")
            told = {one.name for act in acts for one in bench.chapters_of(act.read_text(encoding="utf-8"))}
            assert set(named) <= told, slug


def test_a_lesson_is_cut_down_to_the_chapters_that_are_named() -> None:
    kept = bench.keep_chapters(SCENE, ["second"])
    assert [chapter.name for chapter in bench.chapters_of(kept)] == ["second"]
    assert len(kept.splitlines()) == len(SCENE.splitlines()), "errors name the same lines"
    methods = [node.name for node in ast.walk(ast.parse(kept)) if isinstance(node, ast.FunctionDef)]
    assert methods == ["first", "second", "poster"]


def test_an_edit_is_of_the_last_chapter_alone() -> None:
    before, after = (
        {chapter.name: ast.dump(chapter) for chapter in bench.chapters_of(source)}
        for source in (SCENE, bench.edit_chapter(SCENE))
    )
    assert [name for name in before if before[name] != after[name]] == ["second"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--topics", "still-square", "--chapters", "goes"], "none of --chapters is of still-square: stands"),
        (["--topics", "moving-dot", "--chapters", "goes", "gone"], "no chapter gone in moving-dot"),
        (["--topics", "elsewhere"], "no lesson 'elsewhere'"),
        (["--chapters", "goes"], "--chapters needs --topics"),
    ],
)
def test_what_is_not_there_is_refused(tiny: Path, arguments: list[str], said: str) -> None:
    done = run("--root", str(tiny), *arguments)
    assert done.returncode == 1
    assert said in done.stderr


# -- what is told


def test_a_part_is_written_to_its_place(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("Above.\n<!-- bench speed -->\nold\n<!-- end of speed -->\nBelow.\n")
    bench.write_region(page, "speed", "new")
    bench.write_region(page, "speed", "newer")
    assert page.read_text() == "Above.\n<!-- bench speed -->\nnewer\n<!-- end of speed -->\nBelow.\n"
    with pytest.raises(bench.Refused, match="no place for quality"):
        bench.write_region(page, "quality", "new")


def test_the_page_has_a_place_for_every_part(tmp_path: Path) -> None:
    page = tmp_path / "performance.md"
    page.write_text((ROOT / "docs" / "performance.md").read_text())
    for part in bench.PARTS:
        bench.write_region(page, part, "new")


def test_figures_are_told_with_their_spread() -> None:
    assert bench._spread([3.0, 1.0, 2.0], "{:.1f}") == "2.0 (1.0–3.0)"
    assert bench._spread([3.0], "{:.1f}") == "3.0"


# -- for real, in small


@pytest.mark.end_to_end
def test_both_sides_tell_the_same_lesson(tiny: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("".join(f"<!-- bench {part} -->\n<!-- end of {part} -->\n" for part in bench.PARTS))
    told = small(
        tiny,
        tmp_path / "bench.json",
        *["--parts", "speed", "quality", "split", "--topics", "moving-dot", "--chapters", "goes"],
        *["--every", "2", "--write", str(page)],
    )
    for side in ("stock", "ours"):
        usages = told["speed"]["figures"]["moving_dot"][side]
        assert len(usages) == {"stock": 1, "ours": 2}[side]
        assert all(usage["cpu"] > 0 and usage["wall"] > 0 and usage["tree"] > 1e6 for usage in usages)
        found = told["quality"]["figures"]["moving_dot"][side]
        assert 30 < found["worst"] <= found["mean"] < 90
        assert found["looked_at"] == math.ceil(found["frames"] / 2)
    chapters, _ = told["speed"]["figures"]["moving_dot"]["chapters"]
    assert 0 < chapters < told["speed"]["figures"]["moving_dot"]["ours"][0]["cpu"]
    quality = told["quality"]["figures"]["moving_dot"]
    split = told["split"]["figures"]["moving_dot"]
    assert quality["ours"]["frames"] == quality["stock"]["frames"] == split["frames"]
    assert 1 < split["distinct"] < split["frames"], "one chapter that moves and rests"
    assert 0 < split["draw"] < split["seconds"]
    assert page.read_text().count("| moving-dot |") == 3


@pytest.mark.slow
@pytest.mark.end_to_end
def test_the_publics_copy_is_no_larger_and_no_worse_than_plain_manims_video(
    tiny: Path, tmp_path: Path
) -> None:
    report = tmp_path / "bench.json"
    only = ["--parts", "copies", "--topics", "moving-dot", "--fps", "30", "--repeats", "1", "--every", "1"]
    done = run("--root", str(tiny), *only, "--json", str(report))
    assert done.returncode == 0, done.stderr
    told = json.loads(report.read_text())["copies"]["figures"]["moving_dot"]
    assert told["bytes"]["copy"] <= told["bytes"]["stock"]
    assert told["bytes"]["small"] < told["bytes"]["copy"] < told["bytes"]["ours"]
    for likeness in ("mean", "worst"):
        assert told["copy"][likeness] >= told["stock"][likeness] > 30
    assert told["usage"]["cpu"] > 0


def test_copies_are_compared_in_their_own_size(tiny: Path) -> None:
    done = run("--root", str(tiny), "--parts", "copies", "--topics", "moving-dot", "--size", "160x90")
    assert done.returncode == 1
    assert "copies are 1920x1080, and manim's video 160×90 at 30: leave --size away" in done.stderr


@pytest.mark.slow
@pytest.mark.end_to_end
def test_edits_and_workers_and_nothing(tiny: Path, tmp_path: Path) -> None:
    told = small(
        tiny,
        tmp_path / "bench.json",
        "--parts",
        "workers",
        "edit",
        "nothing",
        "--topics",
        "moving-dot",
        "still-square",
    )
    assert set(told["workers"]["figures"]) == {"1", "2"}
    edits = told["edit"]["figures"]
    assert list(edits) == ["cold", "one chapter edited", "nothing to do"]
    assert edits["nothing to do"][0][1]["cpu"] < edits["one chapter edited"][0][1]["cpu"]
    assert len(told["nothing"]["figures"]) == 3


@pytest.mark.slow
@pytest.mark.end_to_end
def test_what_a_whole_hub_waits_for(tiny: Path, tmp_path: Path) -> None:
    told = small(tiny, tmp_path / "bench.json", "--parts", "hub")["hub"]["figures"]
    assert {what: len(usages) for what, usages in told.items()} == {
        "`mlhub plan`": 5,
        "`mlhub render`, nothing to do": 5,
        "`mlhub hub`": 5,
    }


@pytest.mark.slow
@pytest.mark.end_to_end
def test_both_sides_go_on_the_same_journey(tiny: Path, tmp_path: Path) -> None:
    told = small(tiny, tmp_path / "bench.json", "--parts", "camera")["camera"]["figures"]
    assert told["seconds"] == pytest.approx(10, abs=0.1)
    assert len(told["stock"]) == 1 and len(told["ours"]) == 2
    assert all(usage["cpu"] > 0 for side in ("stock", "ours") for usage in told[side])


@pytest.mark.end_to_end
def test_a_video_with_other_frames_is_no_video_of_the_lesson(tiny: Path, tmp_path: Path) -> None:
    video = tmp_path / "short.mp4"
    with av.open(video, "w") as container:
        stream = container.add_stream("libx264", rate=15)
        stream.width, stream.height, stream.pix_fmt = 160, 90, "yuv420p"
        for _ in range(3):
            frame = av.VideoFrame.from_ndarray(np.zeros((135, 160), np.uint8), format="yuv420p")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    script = [sys.executable, str(ROOT / "scripts" / "judge.py"), "scenes.moving_dot", str(video)]
    done = subprocess.run(
        [*script, "--width", "160", "--height", "90", "--fps", "15"],
        cwd=tiny,
        env={**os.environ, "PYTHONPATH": str(tiny)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "the video ends after 3 frames; the lesson goes on" in done.stderr


def test_a_ratio_is_to_the_runs_before_and_behind() -> None:
    ours, stock = ([bench.Usage(0, cpu, 0, 0) for cpu in times] for times in ((2.0, 4.0, 1.0), (12.0, 10.0)))
    assert bench._ratios(stock, ours) == [4.0, 4.0]
