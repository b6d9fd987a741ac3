"""Every lesson that the catalog calls ready: what holds for all of them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from render.core.catalog import Topic
from tests.limit import LONG
from tests.scenes.harness.telling import READY, ROOT, Telling, telling, telling_of

DRAWN = """
import base64, hashlib, json, sys
from dataclasses import asdict
from pathlib import Path
from render.core.timeline import Timeline
from render.draw.renderer import perform, renderer_of, set_canvas
from render.voice import voice_named
from tests.scenes.harness.telling import NotingRenderer
class Digests:
    def __init__(self): self.seen = []
    def show(self, picture, repeat=1, changed=None):
        self.seen += [hashlib.sha256(picture.tobytes()).hexdigest()[:12]] * repeat
module, scratch, only, title, voice, how = sys.argv[1:]
set_canvas(96, 54, 15, Path(scratch))
sink = Digests() if how == "drawn" else None
ends = []
def keep(lesson, beat):
    picture = renderer_of(lesson).still(lesson)[:, :, :3]
    ends.append(base64.b64encode(picture.tobytes()).decode())
renderer = NotingRenderer(sink)
lesson = perform(module, renderer, voice=voice_named("silent"), only=only or None, listener=keep)
print(json.dumps({
    "frames": sink.seen if sink else [],
    "ends": ends,
    "timeline": Timeline(lesson.slug(), title, voice, tuple(lesson.told)).to_record(),
    "stages": [asdict(stage) for stage in renderer.stages(lesson.told)],
}))
"""


@dataclass(frozen=True)
class Drawn:
    """What came of a lesson, or of one chapter."""

    frames: list[str]
    """Digests of its pictures; none of a dry telling."""
    ends: list[np.ndarray]
    """What it shows as each beat ends: height × width × 3, red green blue."""
    telling: Telling


def draw(told: Telling, scratch: Path, only: str = "", how: str = "drawn") -> Drawn:
    """A lesson, or ``only`` a chapter, drawn, or told ``dry``."""
    timeline = told.timeline
    given = [told.topic.module, str(scratch), only, timeline.title, timeline.voice, how]
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", DRAWN, *given]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    record = json.loads(done.stdout.splitlines()[-1])
    ends = [np.frombuffer(base64.b64decode(end), np.uint8).reshape(54, 96, 3) for end in record["ends"]]
    return Drawn(record["frames"], ends, telling_of({**record, "files": told.files}, told.topic))


TORN = 0.005
"""Share of the pixels of a beat's last picture that may differ when it was told dry: edges, by a hair."""


def differing(one: np.ndarray, other: np.ndarray) -> float:
    """The share of the pixels (height × width × 3, of 255) that differ by more than anybody would overlook."""
    return float((np.abs(one.astype(int) - other).max(axis=2) > 32).mean())


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
    whole = draw(told, tmp_path)
    frames = whole.frames
    assert whole.telling == told
    ticks = [chapter.ticks for chapter in told.timeline.chapters]
    assert len(frames) == sum(ticks) and len(set(frames)) > 100
    # Alone, the last chapter has the most before it that could have reached it; the one in the middle has both.
    names = list(told.chapters)
    for index in {len(names) // 2, len(names) - 1}:
        alone = draw(told, tmp_path, names[index]).frames
        start = sum(ticks[:index])
        assert alone == frames[start : start + ticks[index]], names[index]
    # Stills and sheets are told dry: they are to show what a viewer sees.
    dry = draw(told, tmp_path, how="dry")
    pairs = zip(told.beats(), dry.ends, whole.ends, strict=True)
    torn = [(told.place(beat), share) for (_, beat), *both in pairs if (share := differing(*both)) > TORN]
    assert not torn, "\n".join(
        f"{place}: {share:.1%} of the frame ends otherwise dry" for place, share in torn
    )


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
