"""Every lesson that the catalog calls ready: what holds for all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from render.core.catalog import Topic
from tests.limit import LONG
from tests.scenes.harness.telling import READY, ROOT, Telling, telling, telling_of

DRAWN = """
import hashlib, json, sys
from dataclasses import asdict
from pathlib import Path
from render.core.timeline import Timeline
from render.draw.renderer import perform, set_canvas
from render.voice import voice_named
from tests.scenes.harness.telling import NotingRenderer
class Digests:
    def __init__(self): self.seen = []
    def show(self, picture, repeat=1, changed=None):
        self.seen += [hashlib.sha256(picture.tobytes()).hexdigest()[:12]] * repeat
module, scratch, only, title, voice = sys.argv[1:]
set_canvas(96, 54, 15, Path(scratch))
sink = Digests()
renderer = NotingRenderer(sink)
lesson = perform(module, renderer, voice=voice_named("silent"), only=only or None)
print(json.dumps({
    "frames": sink.seen,
    "timeline": Timeline(lesson.slug(), title, voice, tuple(lesson.told)).to_record(),
    "stages": [asdict(stage) for stage in renderer.stages(lesson.told)],
}))
"""


def draw(told: Telling, scratch: Path, only: str = "") -> tuple[list[str], Telling]:
    """A lesson drawn, or ``only`` a chapter: the digests of its pictures, and how it was told meanwhile."""
    timeline = told.timeline
    given = [told.topic.module, str(scratch), only, timeline.title, timeline.voice]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", DRAWN, *given]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout.splitlines()[-1])
    return record["frames"], telling_of({**record, "files": told.files}, told.topic)


@pytest.fixture(scope="module", params=READY, ids=lambda topic: topic.slug)
def told(request: pytest.FixtureRequest) -> Telling:
    return telling(request.param.slug)


@pytest.mark.certified("truth")
def test_every_item_of_the_catalog_is_taught_in_a_chapter(told: Telling) -> None:
    taught = [item for chapter in told.timeline.chapters for item in chapter.explains]
    assert sorted(taught) == sorted(told.topic.explains)


@pytest.mark.parametrize("topic", READY, ids=lambda topic: topic.slug)
def test_no_file_of_a_scene_names_a_colour(topic: Topic) -> None:
    for path in (ROOT / topic.folder).glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert len(source.splitlines()) <= 600, f"{path}: cut this act in two"
        assert "#" + "0" not in source.replace(" #", ""), path
        assert "ManimColor(" not in source and "font_size" not in source, path


@pytest.mark.certified("truth")
def test_all_its_files_are_told_and_are_the_project_s(told: Telling) -> None:
    own = {path.relative_to(ROOT).as_posix() for path in (ROOT / told.topic.folder).glob("*.py")}
    assert all(not Path(path).is_absolute() for path in told.files)
    assert own <= set(told.files), "every act is told"


@pytest.mark.certified("joins")
def test_it_is_told_the_same_way_when_it_is_drawn_and_chapters_drawn_alone_join_to_the_whole(
    told: Telling, tmp_path: Path
) -> None:
    frames, drawn = draw(told, tmp_path)
    assert drawn == told
    ticks = [chapter.ticks for chapter in told.timeline.chapters]
    assert len(frames) == sum(ticks) and len(set(frames)) > 100
    # Alone, the last chapter has the most before it that could have reached it; the one in the middle has both.
    names = list(told.chapters)
    for index in {len(names) // 2, len(names) - 1}:
        alone, _ = draw(told, tmp_path, names[index])
        start = sum(ticks[:index])
        assert alone == frames[start : start + ticks[index]], names[index]


@pytest.mark.certified("joins")
def test_a_chapter_that_goes_on_opens_on_the_picture_in_which_the_one_before_ended(told: Telling) -> None:
    command = [sys.executable, "-m", "tests.scenes.harness.opening", told.topic.slug]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    wrong = [row["wrong"] for row in map(json.loads, done.stdout.splitlines()) if row["wrong"]]
    assert not wrong, "\n".join(wrong)


@pytest.mark.certified("pieces")
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("topic", READY, ids=lambda topic: topic.slug)
def test_the_review_finds_no_error(topic) -> None:
    """Chapters that have not changed since somebody looked are not looked at again."""
    command = [sys.executable, "-m", "render.cli", "review", topic.slug, "--workers", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
