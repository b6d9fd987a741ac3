"""The whole way, for real and in small: three lessons of a few seconds, rendered by the command a person types."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import av
import pytest

from render.core.copy_form import COPIES
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end

FILES = {
    "captions.en.vtt",
    "captions.en.srt",
    "chapters.vtt",
    "transcript.txt",
    "poster.png",
    "poster.webp",
    "poster.small.webp",
    "preview.mp4",
    "storyboard.webp",
    "storyboard.vtt",
    "timeline.json",
}


def outputs(project: Path) -> dict[str, str]:
    """Every published file with its digest."""
    return {
        str(path.relative_to(project)): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in sorted((project / "build" / "out").iterdir())
        for path in sorted(folder.iterdir())
    }


def test_from_catalog_to_site(tiny: Path, mlhub: Run) -> None:
    first = mlhub("render", "--quality", "draft")
    assert first.returncode == 0, first.stderr
    for slug in ("moving-dot", "still-square"):
        folder = tiny / "build" / "out" / slug
        assert {path.name for path in folder.iterdir()} == FILES | {f"{slug}.mp4"}
        assert f"{folder}/{slug}.mp4" in first.stdout
    timeline = json.loads((tiny / "build/out/moving-dot/timeline.json").read_text())
    assert [chapter["title"] for chapter in timeline["chapters"]] == ["It goes", "It comes back"]
    with av.open(str(tiny / "build/out/moving-dot/moving-dot.mp4")) as video:
        assert sum(1 for _ in video.decode(video=0)) == timeline["frames"]
        assert len(video.chapters()) == 2
    made = outputs(tiny)

    second = mlhub("render", "--quality", "draft", "--json")
    events = [json.loads(line) for line in second.stdout.splitlines()]
    assert [event["event"] for event in events] == ["current", "current"], "nothing may be started"
    assert outputs(tiny) == made

    third = mlhub("render", "still-square", "--quality", "draft", "--force")
    assert "forced" in third.stdout
    assert outputs(tiny) == made, "the same inputs give the same bytes"

    site = mlhub("hub")
    assert site.returncode == 0, site.stderr
    assert (tiny / "build" / "site" / "index.html").is_file()


def test_copies_for_the_public_are_made_once_and_follow_an_edit(tiny: Path, mlhub: Run) -> None:
    order = [
        "render",
        "moving-dot",
        "--quality",
        "web",
        "--voice",
        "silent",
        "--no-review",
        "--copies",
        "--json",
    ]

    def copied() -> list[str]:
        done = mlhub(*order)
        assert done.returncode == 0, done.stderr
        told = [json.loads(line) for line in done.stdout.splitlines()]
        assert told[-1]["event"] == "copied"
        begun = [event["task"] for event in told if event["event"] == "started"]
        return [task for task in begun if task.startswith("copies")]

    assert copied() == ["copies of comes_back", "copies of goes", "copies"]
    lesson = json.loads((tiny / "build/manifest.json").read_text())["lessons"]["moving-dot"]
    for form in COPIES:
        path = tiny / "build" / lesson["files"][form.role]["path"]
        assert path.samefile(tiny / f"build/public/moving-dot.{form.height}p.mp4")
        with av.open(path) as video:
            times = [frame.time for frame in video.decode(video=0)]
            assert (video.streams.video[0].width, video.streams.video[0].height) == (form.width, form.height)
            assert len(video.chapters()) == 2 and len(video.streams.subtitles) == 1
        assert times == [number / 30 for number in range(lesson["frames"])]
        assert lesson["files"][form.role]["bytes"] < lesson["files"]["video"]["bytes"]
    assert copied() == [], "what is there is not made again"

    chapter = tiny / "build/store/public_chapter"
    spoilt = min(chapter.glob("??/*.h264"), key=lambda path: path.stat().st_size)
    spoilt.write_bytes(spoilt.read_bytes()[:-9])
    damaged = mlhub("verify", "--mend")
    assert damaged.returncode == 1 and str(spoilt) in damaged.stdout
    assert copied() == ["copies of goes", "copies"]
    public = next((tiny / "build/store/public").glob("??/*.mp4"))
    public.write_bytes(public.read_bytes()[:-9])
    assert mlhub("verify", "--mend").returncode == 1
    assert copied() == ["copies"]
    assert mlhub("verify").returncode == 0

    scene = tiny / "scenes/moving_dot/away.py"
    before = scene.read_text()
    scene.write_text(before.replace("RIGHT", "DOWN"))
    assert "1 of 3 to draw, 1 of 2 to copy" in mlhub("plan", *order[1:6], "--copies").stdout
    assert copied() == ["copies of goes", "copies"], "one chapter was edited"
    assert mlhub("gc", "--keep", "0").returncode == 0
    assert len(list((tiny / "build/store/public").glob("??/*.mp4"))) == 1
    assert len(list(chapter.glob("??/*.h264"))) == 2
    assert copied() == []

    scene.write_text(before)
    plain = mlhub("render", "moving-dot", "--quality", "web", "--voice", "silent", "--no-review")
    assert plain.returncode == 0, plain.stderr
    listed = json.loads((tiny / "build/manifest.json").read_text())["lessons"]["moving-dot"]["files"]
    assert "public" not in listed and not (tiny / "build/public/moving-dot.1080p.mp4").exists()
    site = mlhub("hub")
    assert "moving-dot: offered as drawn" in site.stdout


def test_drafts_have_no_copies(mlhub: Run) -> None:
    for command in ("render", "plan"):
        refused = mlhub(command, "moving-dot", "--quality", "draft", "--copies")
        assert refused.returncode == 2
        assert "no copies for the public are made of it; expected web or full" in refused.stderr


def test_a_spoken_lesson_sounds_and_is_said_once(tiny: Path, mlhub: Run) -> None:
    asked = mlhub("plan", "still-square", "--quality", "draft", "--voice", "kokoro")
    assert "1 sentence to say, then at most 2 to draw" in asked.stdout
    assert not (tiny / "build/store/speech").exists(), "a plan says nothing"
    spoken = mlhub("render", "still-square", "--quality", "draft", "--voice", "kokoro")
    assert spoken.returncode == 0, spoken.stderr
    path = tiny / "build/out/still-square/still-square.mp4"
    with av.open(str(path)) as video:
        (sound,) = video.streams.audio
        assert (sound.codec_context.name, sound.rate, sound.metadata["language"]) == ("aac", 48000, "eng")
    timeline = json.loads(path.with_name("timeline.json").read_text())
    assert timeline["voice"].startswith("kokoro/")
    (beat,) = timeline["chapters"][0]["beats"]
    assert [word["text"] for word in beat["words"]] == ["It", "stands."]
    assert 0.3 < beat["words"][-1]["end"] - beat["words"][0]["start"] < 3.0
    said = sorted((tiny / "build/store/speech").glob("*/*.wav"))
    again = mlhub("render", "still-square", "--quality", "draft", "--voice", "kokoro", "--json")
    assert [json.loads(line)["event"] for line in again.stdout.splitlines()] == ["current"]
    assert sorted((tiny / "build/store/speech").glob("*/*.wav")) == said


def test_a_word_that_nobody_can_say_fails_its_topic_alone(tiny: Path, mlhub: Run) -> None:
    scene = tiny / "scenes" / "moving_dot" / "back.py"
    scene.write_text(scene.read_text().replace('"It comes back."', '"It comes brzzkthack."'))
    line = next(n for n, text in enumerate(scene.read_text().splitlines(), 1) if "brzzkthack" in text)
    done = mlhub("render", "--quality", "draft", "--voice", "kokoro")
    assert done.returncode == 1, done.stderr
    assert f"scenes/moving_dot/back.py:{line}: moving-dot: chapter comes_back" in done.stderr
    assert (
        "'brzzkthack" in done.stderr
        and "scenes/lexicon/moving_dot.toml" in done.stderr
        and "Traceback" not in done.stderr
    )
    assert (tiny / "build/out/still-square/still-square.mp4").is_file()


def test_a_longer_sentence_redraws_its_chapter_alone(rendered: Path, mlhub: Run) -> None:
    scene = rendered / "scenes" / "moving_dot" / "back.py"
    scene.write_text(scene.read_text().replace('"It rests."', '"It rests for a good long while."'))
    plan = mlhub("plan", "moving-dot", "--quality", "draft", "--json")
    assert [(job["task"], job["reason"]) for job in map(json.loads, plan.stdout.splitlines())] == [
        ("comes_back", "changed: timing")
    ]
    scene.write_text(scene.read_text().replace("for a good long while", "for a long good while"))
    assert mlhub("plan", "moving-dot", "--quality", "draft", "--json").stdout == plan.stdout
    scene.write_text(
        "# a comment\n" + scene.read_text().replace("for a long good while", "for a good long while")
    )
    assert mlhub("plan", "moving-dot", "--quality", "draft", "--json").stdout == plan.stdout


def test_a_chapter_drawn_alone_has_the_frames_of_the_whole(tiny: Path) -> None:
    script = """
import hashlib, sys
from pathlib import Path
from render.draw.renderer import perform, set_canvas
from render.voice import voice_named
class Digests:
    def __init__(self): self.seen = []
    def show(self, picture, repeat=1, changed=None):
        self.seen += [hashlib.sha256(picture.tobytes()).hexdigest()] * repeat
set_canvas(320, 180, 30, Path(sys.argv[1]))
def digests(only):
    sink = Digests()
    perform("scenes.moving_dot", sink, voice=voice_named("silent"), only=only)
    return sink.seen
whole, alone = digests(None), digests("goes") + digests("comes_back")
assert len(set(whole)) > 20, len(set(whole))
assert whole == alone, (len(whole), len(alone))
"""
    subprocess.run([sys.executable, "-c", script, str(tiny / "media")], cwd=tiny, check=True)


def test_a_scene_that_raises_is_named_and_the_others_go_on(rendered: Path, mlhub: Run) -> None:
    before = outputs(rendered)
    scene = rendered / "scenes" / "moving_dot" / "back.py"
    lines = scene.read_text().splitlines()
    line = next(n for n, text in enumerate(lines, 1) if "self.dot.animate.shift(4 * LEFT)" in text)
    lines[line - 1] = "            self.play(self.dto.animate.shift(4 * LEFT), run_time=0.4)"
    scene.write_text("\n".join(lines) + "\n")
    square = rendered / "scenes" / "still_square" / "__init__.py"
    square.write_text(square.read_text().replace("ink.third", "ink.first"))

    broken = mlhub("render", "--quality", "draft")
    assert broken.returncode == 1
    assert f"scenes/moving_dot/back.py:{line}" in broken.stderr
    assert "moving-dot" in broken.stderr and "dto" in broken.stderr
    log = rendered / "build" / "log" / "moving-dot" / "probe.log"
    assert str(log) in broken.stderr and "has no attribute 'dto'" in log.read_text()
    after = outputs(rendered)
    assert after["build/out/moving-dot/moving-dot.mp4"] == before["build/out/moving-dot/moving-dot.mp4"]
    assert (
        after["build/out/still-square/still-square.mp4"] != before["build/out/still-square/still-square.mp4"]
    )


@pytest.mark.parametrize("delay", [1.5, 4.5])
def test_a_killed_run_leaves_nothing_half_made(tiny: Path, mlhub: Run, delay: float) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "render.cli", "render", "--quality", "draft"],
        cwd=tiny,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    time.sleep(delay)
    process.send_signal(signal.SIGKILL)
    process.wait()
    manifest = tiny / "build" / "manifest.json"
    listed = json.loads(manifest.read_text())["lessons"] if manifest.is_file() else {}
    for lesson in listed.values():
        for file in lesson["files"].values():
            content = (tiny / "build" / file["path"]).read_bytes()
            assert hashlib.sha256(content).hexdigest() == file["sha256"]
    for folder in (tiny / "build" / "out").glob("*"):
        assert {path.name for path in folder.iterdir()} == FILES | {f"{folder.name}.mp4"}
    resumed = mlhub("render", "--quality", "draft")
    assert resumed.returncode == 0, resumed.stderr
    assert len(outputs(tiny)) == 2 * (len(FILES) + 1)


@pytest.mark.parametrize(
    ("topic", "words"), [("moving-dto", "moving-dot"), ("someday", "planned")], ids=["unknown", "planned"]
)
def test_a_topic_that_cannot_be_rendered_is_a_usage_error(mlhub: Run, topic: str, words: str) -> None:
    refused = mlhub("render", topic)
    assert refused.returncode == 2
    assert words in refused.stderr and "Traceback" not in refused.stderr


def test_an_unknown_quality_is_a_usage_error(mlhub: Run) -> None:
    refused = mlhub("render", "moving-dot", "--quality", "drfat")
    assert refused.returncode == 2 and "Did you mean draft?" in refused.stderr


def test_a_missing_encoder_is_told_with_its_remedy(tiny: Path, mlhub: Run) -> None:
    without = {**os.environ, "PATH": str(tiny / "nothing")}
    refused = mlhub("render", "still-square", "--quality", "draft", env=without)
    assert refused.returncode == 4
    assert "ffmpeg" in refused.stderr and "apt-get install" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert not (tiny / "build" / "out").exists()


def test_a_build_folder_that_cannot_be_written_is_told(tiny: Path, mlhub: Run) -> None:
    (tiny / "build").write_text("in the way")
    refused = mlhub("render", "still-square", "--quality", "draft")
    assert refused.returncode == 4
    assert "cannot be written" in refused.stderr and "Traceback" not in refused.stderr


@pytest.mark.parametrize("kilobytes", [40, 300], ids=["while drawing", "while assembling"])
def test_a_full_disk_is_told(tiny: Path, kilobytes: int) -> None:
    """On a real disk of that size, which a namespace of its own lets any user mount."""
    if shutil.which("unshare") is None or subprocess.run(["unshare", "-rm", "true"], check=False).returncode:
        pytest.skip("this system allows no mount namespace")
    (tiny / "build").mkdir()
    command = (
        f"mount -t tmpfs -o size={kilobytes}k none build && "
        f"{sys.executable} -m render.cli render moving-dot --quality web --voice silent"
    )
    full = subprocess.run(
        ["unshare", "-rm", "sh", "-c", command],
        cwd=tiny,
        env={**os.environ, "MLHUB_WORDS_CACHE": str(tiny / "words")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert full.returncode == 4, full.stderr
    assert "disk" in full.stderr and "full" in full.stderr and "Traceback" not in full.stderr


def test_manim_renders_a_lesson_by_itself(tiny: Path) -> None:
    """A lesson of acts is an ordinary scene, and the only one that is found in its file."""
    command = [
        sys.executable,
        "-m",
        "manim",
        "render",
        "-r",
        "160,90",
        "--fps",
        "15",
        "--progress_bar",
        "none",
    ]
    done = subprocess.run(
        [*command, "--media_dir", str(tiny / "media"), "scenes/moving_dot/__init__.py", "MovingDot"],
        cwd=tiny,
        env={**os.environ, "PYTHONPATH": str(tiny)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (video,) = (tiny / "media" / "videos").glob("*/*/MovingDot.mp4")
    with av.open(video) as container:
        frames = sum(1 for _ in container.decode(video=0))
    script = (
        "from pathlib import Path; from render.core.speech import SilentPace;"
        "from render.draw.renderer import perform, set_canvas; set_canvas(160, 90, 15, Path('media'));"
        "from manim.utils.module_ops import scene_classes_from_file as find;"
        "print(*(kind.__name__ for kind in find(Path('scenes/moving_dot/__init__.py'), full_list=True)));"
        "lesson = perform('scenes.moving_dot', None, voice=SilentPace());"
        "print(sum(chapter.ticks for chapter in lesson.told))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], cwd=tiny, capture_output=True, text=True, check=True
    )
    found, ticks = told.stdout.split("\n")[-3:-1]
    assert found == "MovingDot"
    assert frames == int(ticks)
