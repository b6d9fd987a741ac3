"""Every lesson that the catalog calls ready: what holds for all of them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from render.catalog import load_catalog

ROOT = Path(__file__).parents[2]
READY = [topic for topic in load_catalog(ROOT / "catalog.yaml").topics if topic.status == "ready"]

PROBE = """
import json, sys
from pathlib import Path
from render.probe import probe
from render.voice import SilentPace
found = probe(Path(sys.argv[1]), sys.argv[2], sys.argv[3], SilentPace(), Path(sys.argv[4]))
print(json.dumps(found.to_record()))
"""

DIGESTS = """
import hashlib, json, sys
from pathlib import Path
from render.easel import perform, set_canvas
from render.voice import voice_named
class Digests:
    def __init__(self): self.seen = []
    def show(self, picture, repeat=1, changed=None):
        self.seen += [hashlib.sha256(picture.tobytes()).hexdigest()[:12]] * repeat
set_canvas(96, 54, 15, Path(sys.argv[2]))
sink = Digests()
lesson = perform(sys.argv[1], sink, voice=voice_named("silent"), only=sys.argv[3] or None)
print(json.dumps([sink.seen, [chapter.ticks for chapter in lesson.told]]))
"""


def run(script: str, *arguments: str):
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", script, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(scope="module", params=READY, ids=lambda topic: topic.slug)
def probed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory):
    topic = request.param
    record = run(PROBE, str(ROOT), topic.module, topic.title, str(tmp_path_factory.mktemp("media")))
    return topic, record


def test_it_is_told_the_same_way_twice(probed, tmp_path: Path) -> None:
    topic, record = probed
    assert run(PROBE, str(ROOT), topic.module, topic.title, str(tmp_path)) == record


def test_it_has_the_length_of_a_lesson(probed) -> None:
    _, record = probed
    chapters = record["timeline"]["chapters"]
    assert 5 <= len(chapters) <= 9
    assert 4 * 60 <= sum(chapter["ticks"] for chapter in chapters) / 15 <= 8.5 * 60
    assert all(chapter["ticks"] / 15 >= 15 for chapter in chapters), (
        "a site's chapter lasts ten seconds or more"
    )


def test_every_item_of_the_catalog_is_taught_in_a_chapter(probed) -> None:
    topic, record = probed
    taught = [item for chapter in record["timeline"]["chapters"] for item in chapter["explains"]]
    assert sorted(taught) == sorted(topic.explains)


def test_no_file_of_a_scene_names_a_colour_or_leaves_the_project(probed) -> None:
    topic, record = probed
    source = (ROOT / topic.path).read_text(encoding="utf-8")
    assert "#" + "0" not in source.replace(" #", "")
    assert "ManimColor(" not in source and "font_size" not in source
    assert all(not Path(path).is_absolute() for path in record["files"])
    assert str(topic.path) in record["files"]


def test_chapters_drawn_alone_join_to_the_whole(probed, tmp_path: Path) -> None:
    topic, record = probed
    frames, ticks = run(DIGESTS, topic.module, str(tmp_path), "")
    assert len(frames) == sum(ticks) and len(set(frames)) > 100
    # Alone, the last chapter has the most before it that could have reached it; the one in the middle has both.
    names = [chapter["name"] for chapter in record["timeline"]["chapters"]]
    for index in {len(names) // 2, len(names) - 1}:
        alone, _ = run(DIGESTS, topic.module, str(tmp_path), names[index])
        start = sum(ticks[:index])
        assert alone == frames[start : start + ticks[index]], names[index]


@pytest.mark.timeout(2400)
@pytest.mark.parametrize("topic", READY, ids=lambda topic: topic.slug)
def test_the_review_finds_no_error(topic) -> None:
    """Chapters that have not changed since somebody looked are not looked at again."""
    command = [sys.executable, "-m", "render", "review", topic.slug, "--workers", "1"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
