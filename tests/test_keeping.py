"""What is kept, for real and in small: collected, verified, mended, shared by two machines."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.bucket import BUCKET, serve_s3
from tests.conftest import Run

pytestmark = pytest.mark.end_to_end


def drawn(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The chapters and posters that a run with ``--json`` has drawn."""
    assert done.returncode == 0, done.stderr
    events = [json.loads(line) for line in done.stdout.splitlines()]
    return [
        f"{event['slug']} {event['task']}"
        for event in events
        if event["event"] == "done" and event["task"] not in ("probe", "assemble", "voice")
    ]


def lessons(build: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((build / "manifest.json").read_text())["lessons"]
    return found


def test_a_sound_build_verifies_and_each_fault_is_named_and_mended(rendered: Path, mlhub: Run) -> None:
    sound = mlhub("verify")
    assert sound.returncode == 0, sound.stdout
    assert sound.stdout.endswith(" looked at, 0 wrong\n")
    listed = lessons(rendered / "build")

    segment = next((rendered / "build/store/segment").glob("*/*.h264"))
    poster = next((rendered / "build/store/poster").glob("*/*.png"))
    video = rendered / "build/out/moving-dot/moving-dot.mp4"
    whole = (rendered / "build/out/still-square/still-square.mp4").read_bytes()
    for path in (segment, video):
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    poster.unlink()

    told = mlhub("verify")
    assert told.returncode == 1
    named = [line.split(" ")[0] for line in told.stdout.splitlines() if line.startswith(str(rendered))]
    assert sorted(named) == sorted([str(segment), str(poster.with_suffix(".json")), str(video.resolve())])
    assert segment.exists(), "telling moves nothing"

    mended = mlhub("verify", "--mend")
    assert mended.returncode == 1 and mended.stdout.count("moved aside") == 3
    assert (rendered / "build/out/still-square/still-square.mp4").read_bytes() == whole
    again = drawn(mlhub("render", "--quality", "draft", "--json"))
    assert len(again) == 2, "only what was spoilt is drawn"
    assert lessons(rendered / "build") == listed, "made anew it is what it was"
    assert mlhub("verify").returncode == 0


def test_gc_frees_what_edits_have_left_behind_and_what_stays_suffices(tiny: Path, mlhub: Run) -> None:
    scene = tiny / "scenes" / "still_square" / "__init__.py"
    for colour in ("ink.first", "ink.second", "ink.third"):
        scene.write_text(scene.read_text().replace("ink.third", colour))
        assert mlhub("render", "still-square", "--quality", "draft").returncode == 0
        scene.write_text(scene.read_text().replace(colour, "ink.third"))
    count = len(list((tiny / "build/store/segment").glob("*/*.h264")))
    assert count == 3
    told = mlhub("gc", "--dry-run", "--keep", "0")
    assert told.returncode == 0 and "would be freed" in told.stdout
    assert len(list((tiny / "build/store/segment").glob("*/*.h264"))) == count
    freed = mlhub("gc", "--keep", "0")
    assert freed.returncode == 0, freed.stderr
    assert len(list((tiny / "build/store/segment").glob("*/*.h264"))) == 1
    assert drawn(mlhub("render", "still-square", "--quality", "draft", "--json")) == []
    assert mlhub("verify").returncode == 0
    assert mlhub("gc", "--keep", "-1").returncode == 2


def test_gc_beside_a_run_takes_nothing_from_it(tiny: Path, mlhub: Run) -> None:
    """Collected as often as it can be while lessons are drawn, the run ends as if nobody had."""
    command = [sys.executable, "-m", "render.cli", "render", "--quality", "draft", "--json"]
    sweeping = "from render.cli.__main__ import main; raise SystemExit(main(['gc', '--keep', '0']))"
    process = subprocess.Popen(command, cwd=tiny, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    refused = 0
    while process.poll() is None:
        collected = subprocess.run(
            [sys.executable, "-c", sweeping], cwd=tiny, capture_output=True, text=True, check=False
        )
        assert collected.returncode in (0, 4), collected.stderr
        refused += collected.returncode == 4 and "A run is at work" in collected.stderr
        time.sleep(0.1)
    _, err = process.communicate()
    assert process.returncode == 0, err
    assert refused >= 1
    assert set(lessons(tiny / "build")) == {"moving-dot", "still-square"}
    assert mlhub("verify").returncode == 0


@pytest.mark.parametrize("kind", ["folder", "s3"])
def test_the_second_machine_draws_nothing_that_the_first_has_drawn(
    tiny: Path, mlhub: Run, tmp_path: Path, kind: str
) -> None:
    def both(address: str, further: dict[str, str]) -> None:
        environment = {**os.environ, **further, "STORE": address}
        first = mlhub(
            "--build", str(tmp_path / "one"), "render", "--quality", "draft", "--json", env=environment
        )
        assert len(drawn(first)) == 5
        plan = mlhub(
            "--build", str(tmp_path / "two"), "plan", "--quality", "draft", "--json", env=environment
        )
        assert plan.stdout == ""
        assert not list((tmp_path / "two").rglob("*.h264")), "planning fetches nothing"
        other = {key: value for key, value in environment.items() if key != "STORE"}
        second = mlhub(
            "--build",
            str(tmp_path / "two"),
            "--store",
            address,
            "render",
            "--quality",
            "draft",
            "--json",
            env=other,
        )
        assert drawn(second) == []
        assert lessons(tmp_path / "two") == lessons(tmp_path / "one")
        assert mlhub("--build", str(tmp_path / "two"), "verify", env=other).returncode == 0

    if kind == "folder":
        both(str(tmp_path / "shared"), {})
    else:
        with serve_s3(tmp_path / "s3") as server:
            both(f"s3://{BUCKET}/catalog", server.environment)


def test_a_shared_store_that_cannot_be_had_is_told_and_nothing_is_drawn_for_it(
    tiny: Path, mlhub: Run
) -> None:
    (tiny / "in the way").write_text("no folder")
    refused = mlhub("--store", str(tiny / "in the way"), "render", "--quality", "draft")
    assert refused.returncode == 4
    assert "The shared store" in refused.stderr and "Traceback" not in refused.stderr
    assert not (tiny / "build" / "out").exists()
    shutil.rmtree(tiny / "build")
