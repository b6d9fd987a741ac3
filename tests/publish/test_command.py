"""The command as a person, or a program, calls it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from hub.note import note_path, read_note
from hub.site import build_site
from render.core.catalog import load_catalog
from render.store.ledger import Video, read_ledger
from tests.publish.conftest import ROOT, Publish
from tests.publish.desk import Desk
from tests.publish.project import Project


def real_time() -> datetime:
    """The clock of this machine, by which a command in a process of its own goes."""
    return datetime.now(UTC)


def test_publish_from_the_command_line_to_the_page(desk: Desk, publish: Publish) -> None:
    env = {**os.environ, **desk.environment}
    desk.server.now = real_time
    done = publish("run", "--to", "youtube", "--privacy", "unlisted", env=env)
    assert (done.returncode, done.stderr) == (0, "")
    assert "lines: upload the video" in done.stdout
    assert "17 steps done, 0 failed, 0 left" in done.stdout
    again = publish("run", "--to", "youtube", "--json", env=env)
    rows = [json.loads(line) for line in again.stdout.splitlines()]
    assert rows[-1] == {
        "event": "outcome",
        "done": 0,
        "failed": 0,
        "left": 0,
        "halted": None,
        "until": None,
        "exit": 0,
    }


def test_sources_of_the_note_come_with_the_video(desk: Desk, publish: Publish) -> None:
    note = read_note(note_path("svm")).note
    folder = desk.project.root / "hub" / "notes"
    folder.mkdir(parents=True)
    for name in ("svm.yaml", "svm.py"):
        content = (ROOT / "hub" / "notes" / name).read_text(encoding="utf-8")
        (folder / name.replace("svm", "lines")).write_text(content, encoding="utf-8")
    desk.server.now = real_time
    done = publish("run", "lines", "--to", "youtube", env={**os.environ, **desk.environment})
    assert (done.returncode, done.stderr) == (0, "")
    description = desk.server.videos[desk.on_channel("lines")]["snippet"]["description"]
    assert f"Sources\n{note.sources[0].authors} (" in description
    assert "Licence: CC BY 4.0, https://creativecommons.org/licenses/by/4.0/" in description


def test_ctrl_c_stops_in_one_line_and_the_next_run_goes_on(desk: Desk) -> None:
    desk.server.now = real_time
    command = [sys.executable, "-m", "render.cli", "--root", str(desk.project.root), "publish", "run"]
    process: subprocess.Popen[str] | None = None

    def interrupt(method: str, phase: str) -> None:
        if (method, phase) == ("captions.insert", "done") and process and desk.server.calls[method] == 1:
            process.send_signal(signal.SIGINT)

    desk.server.watch = interrupt
    process = subprocess.Popen(
        [*command, "--to", "youtube"],
        cwd=ROOT, env={**os.environ, **desk.environment}, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    _, wrong = process.communicate()
    assert process.returncode == 130
    assert wrong == "Stopped.  What was finished is kept; the next run goes on from there.\n"
    desk.publish()
    assert (desk.server.calls["videos.insert"], len(desk.server.captions)) == (3, 3)


def test_a_run_that_stops_says_why_and_until_when(desk: Desk, publish: Publish) -> None:
    desk.server.now = real_time
    desk.server.units_a_day = 60
    env = {**os.environ, **desk.environment}
    done = publish("run", "--to", "youtube", env=env)
    assert done.returncode == 1
    assert "stopped: Google says that today's quota is used" in done.stderr
    assert "It can go on from " in done.stderr
    rows = [
        json.loads(line) for line in publish("run", "--to", "youtube", "--json", env=env).stdout.splitlines()
    ]
    assert rows[-1]["exit"] == 1
    assert rows[-1]["until"]


def test_plan_needs_neither_consent_nor_network_and_writes_nothing(
    project: Project, publish: Publish
) -> None:
    files = sorted(path for path in project.root.rglob("*"))
    done = publish(
        "plan", "--to", "youtube", "--json", env={"PATH": "/usr/bin:/bin", "HOME": str(project.root)}
    )
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows[-1]["uploads"] == 3
    assert sorted(path for path in project.root.rglob("*")) == files


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("plan",), "mlhub publish plan: expected --to youtube, --to folder or --to site."),
        (("plan", "nothing", "--to", "youtube"), "TOPIC=nothing: the catalog has no such topic"),
        (("run", "--to", "youtube", "--every", "someday"), "--every 'someday': expected days and a time"),
        (
            ("run", "--to", "youtube", "--every", "mon 16:00", "--privacy", "public"),
            "--every makes videos public at its dates",
        ),
        (("run", "--to", "youtube", "--chunk", "100"), "expected a multiple of 256"),
        (("consent",), "expected --client FILE"),
        (("adopt",), "expected SLUG=ADDRESS"),
        (("adopt", "lines=https://example.org/x"), "expected the address of a video after “=”"),
    ],
)
def test_what_is_called_wrongly_is_told(
    project: Project, publish: Publish, arguments: tuple[str, ...], words: str
) -> None:
    done = publish(*arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_draft_and_what_is_not_rendered_are_not_published(project: Project, publish: Publish) -> None:
    project.lesson("streets").status = "draft"
    project.write()
    done = publish("plan", "streets", "--to", "youtube")
    assert done.returncode == 2
    assert "TOPIC=streets: this topic is a draft. Only what is ready is published" in done.stderr
    catalog = project.root / "catalog.yaml"
    catalog.write_text(catalog.read_text().replace("status: draft", "status: ready"))
    assert "this lesson is not rendered yet" in publish("plan", "streets", "--to", "youtube").stderr
    assert (
        "streets: ready, but not rendered yet: make render TOPIC=streets"
        in publish("plan", "--to", "youtube").stdout
    )


def test_a_catalog_that_says_nothing_of_publishing(project: Project, publish: Publish) -> None:
    project.settings = ""
    project.write()
    done = publish("plan", "--to", "folder")
    assert done.returncode == 2
    assert "hub.publish.youtube is not written" in done.stderr


def test_a_video_that_was_uploaded_by_hand_is_adopted(desk: Desk, publish: Publish) -> None:
    done = publish("adopt", "lines=https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", "streets=AbCdEfGhIj-")
    assert (done.returncode, done.stdout) == (
        0,
        "lines: https://youtu.be/dQw4w9WgXcQ, public\nstreets: https://youtu.be/AbCdEfGhIj-, public\n",
    )
    assert desk.steps(desk.plan("lines")) == [("basics", "playlist"), ("lines", "entry")]
    site = build_site(
        load_catalog(desk.project.root / "catalog.yaml"),
        desk.project.build,
        desk.project.build / "site",
        desk.project.root,
        read_ledger(desk.project.root).watchable(desk.server.now()),
    )
    page = (site.out / "lines" / "index.html").read_text(encoding="utf-8")
    assert '<a href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">The video on YouTube</a>' in page
    assert "youtube.com" not in (site.out / "cubes" / "index.html").read_text(encoding="utf-8")


def test_captions_of_an_adopted_video_are_found_before_they_are_changed(desk: Desk, publish: Publish) -> None:
    id = desk.server.add_video("Lines")
    desk.server.captions["track-1"] = {
        "id": "track-1",
        "snippet": {"videoId": id, "language": "en", "name": "", "trackKind": "standard"},
    }
    publish("adopt", f"lines={id}")
    assert desk.channel.videos["lines"] != Video()
    desk.project.lesson("lines").words = "Other words."
    desk.project.write()
    desk.publish("lines")
    assert "Other words." in desk.server.caption_texts["track-1"]
    assert desk.server.calls["captions.insert"] == 0
