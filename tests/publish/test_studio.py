"""The folder for whoever uploads by hand: all that Studio asks for, and a page that hands it over."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Page

from publish.ledger import LedgerFile
from render.store.ledger import Video
from tests.axe import find_violations
from tests.hub.conftest import until
from tests.limit import PAGE
from tests.publish.conftest import Publish
from tests.publish.project import Project


def folder(project: Project) -> Path:
    return project.build / "studio"


def state(home: Path) -> dict[str, str]:
    """What a folder holds, file by file."""
    return {
        str(path.relative_to(home)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.rglob("*")
        if path.is_file()
    }


def test_a_lesson_has_all_that_studio_asks_for(project: Project, publish: Publish) -> None:
    project.lesson("lines").languages = ("en", "de")
    project.write()
    assert publish("run", "--to", "folder").returncode == 0
    home = folder(project) / "lines"
    assert {path.name for path in home.iterdir()} == {
        "lines.mp4", "lines.png", "lines.en.srt", "lines.de.srt",
        "title.txt", "description.txt", "tags.txt", "steps.txt",
    }  # fmt: skip
    video = project.build / "out" / "lines" / "lines.mp4"
    assert (home / "lines.mp4").read_bytes() == video.read_bytes()
    assert (home / "title.txt").read_text() == "Lines\n"
    assert "00:12 It rises\n" in (home / "description.txt").read_text()
    mark = f"mlhub-lines-{hashlib.sha256(video.read_bytes()).hexdigest()[:12]}"
    assert (home / "tags.txt").read_text().startswith(f"{mark}, machine learning")
    steps = (home / "steps.txt").read_text()
    for word in (
        "altered content: Yes",
        "not made for kids",
        "“Basics Things”",
        "Subtitles (en, de)",
        "Creative Commons",
    ):
        assert word in steps


def test_a_second_run_writes_nothing(project: Project, publish: Publish) -> None:
    publish("run", "--to", "folder")
    before = {path: path.stat().st_mtime_ns for path in folder(project).rglob("*")}
    again = publish("run", "--to", "folder")
    assert (again.returncode, again.stdout) == (0, "up to date: nothing to do\n")
    assert {path: path.stat().st_mtime_ns for path in folder(project).rglob("*")} == before


def test_plan_writes_nothing(project: Project, publish: Publish) -> None:
    planned = publish("plan", "--to", "folder", "--json")
    rows = [json.loads(line) for line in planned.stdout.splitlines()]
    assert [row["subject"] for row in rows if row["event"] == "step"] == ["lines", "streets", "cubes", "page"]
    assert not folder(project).exists()


def test_only_what_changed_is_written_again_and_why(project: Project, publish: Publish) -> None:
    publish("run", "--to", "folder")
    project.lesson("streets").title = "Wide Streets"
    project.write()
    planned = publish("plan", "--to", "folder", "--why").stdout
    assert "write streets/: changed: title.txt" in planned
    assert "lines" not in planned
    assert publish("run", "--to", "folder").returncode == 0
    assert (folder(project) / "streets" / "title.txt").read_text() == "Wide Streets\n"


def test_one_topic_alone_leaves_the_others(project: Project, publish: Publish) -> None:
    publish("run", "lines", "--to", "folder")
    publish("run", "cubes", "--to", "folder")
    assert (folder(project) / "lines" / "lines.mp4").is_file()
    assert not (folder(project) / "streets").exists()
    page = (folder(project) / "index.html").read_text()
    assert 'id="lines"' in page
    assert 'id="cubes"' in page
    assert 'id="streets"' not in page


def test_what_is_no_lesson_any_more_goes(project: Project, publish: Publish) -> None:
    publish("run", "--to", "folder")
    project.lesson("cubes").status = "planned"
    project.write()
    assert publish("run", "--to", "folder").returncode == 0
    assert not (folder(project) / "cubes").exists()
    assert 'id="cubes"' not in (folder(project) / "index.html").read_text()


def test_a_folder_that_is_not_ours_is_left_alone(project: Project, publish: Publish) -> None:
    mine = folder(project) / "lines" / "diary.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = publish("run", "--to", "folder")
    assert done.returncode == 1
    assert "is there already, and not from us" in done.stderr
    assert mine.read_text() == "mine"
    assert (folder(project) / "streets" / "streets.mp4").is_file()


def test_a_kill_between_two_steps_of_the_disk_is_made_good(project: Project, publish: Publish) -> None:
    publish("run", "--to", "folder")
    whole = state(folder(project))
    record = json.loads((folder(project) / "studio.json").read_text())
    record["topics"]["lines"] = {}  # as a kill leaves it before the new folder is in its place
    (folder(project) / "studio.json").write_text(json.dumps(record))
    shutil.rmtree(folder(project) / "lines")
    assert publish("run", "--to", "folder").returncode == 0
    assert state(folder(project)) == whole


def test_what_studio_would_refuse_is_told_before_anything_is_written(
    project: Project, publish: Publish
) -> None:
    captions = project.build / "out" / "lines" / "captions.en.srt"
    captions.write_text("changed behind the manifest's back")
    done = publish("run", "--to", "folder")
    assert done.returncode == 3
    assert "error: lines:" in done.stderr
    assert not folder(project).exists()


def open_page(project: Project, browser: Browser, **options: object) -> Page:
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(1000 * PAGE)
    page = context.new_page()
    page.goto((folder(project) / "index.html").as_uri())
    return page


def test_the_page_copies_each_field_from_the_disk(
    project: Project, publish: Publish, browser: Browser
) -> None:
    publish("run", "--to", "folder")
    page = open_page(project, browser)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    for name, file in (("title", "title.txt"), ("description", "description.txt"), ("tags", "tags.txt")):
        page.get_by_role("button", name=f"Copy {name} of Streets").click()
        until(page, f"said.textContent === 'Copied {name} of Streets.'")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert copied == (folder(project) / "streets" / file).read_text().removesuffix("\n")
    page.context.close()


def test_where_the_clipboard_is_refused_the_page_copies_the_old_way(
    project: Project, publish: Publish, browser: Browser
) -> None:
    publish("run", "--to", "folder")
    page = open_page(project, browser)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="Copy title of Lines").click()
    until(page, "said.textContent === 'Copied title of Lines.'")
    page.context.close()


def test_the_page_is_accessible_in_both_lights(project: Project, publish: Publish, browser: Browser) -> None:
    publish("run", "--to", "folder")
    for scheme in ("light", "dark"):
        page = open_page(project, browser, color_scheme=scheme)
        for details in page.get_by_text("Steps", exact=True).all():
            details.click()
        assert not find_violations(page)
        page.context.close()


def test_the_page_says_what_is_on_the_channel(project: Project, publish: Publish) -> None:
    publish("run", "--to", "folder")
    LedgerFile(project.root).change_video("lines", lambda _: Video(id="dQw4w9WgXcQ"))
    assert "write index.html: changed" in publish("plan", "--to", "folder", "--why").stdout
    publish("run", "--to", "folder")
    assert "https://youtu.be/dQw4w9WgXcQ" in (folder(project) / "index.html").read_text()
