"""What a check finds before a byte is sent."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from publish.limits import captions_fault, check_publications, png_size
from publish.publication import Publication
from publish.youtube.account import Account
from render.core.fault import EnvironmentFault, UsageFault
from tests.publish.conftest import Publish
from tests.publish.desk import Desk
from tests.publish.youtube_server import token_json


def words(desk: Desk, fatal: bool | None = None, **wishes: object) -> str:
    found = desk.check(**wishes)  # type: ignore[arg-type]
    return "\n".join(f"{one.subject}: {one.words}" for one in found if fatal is None or one.fatal == fatal)


def test_what_is_in_order_has_no_objection(desk: Desk) -> None:
    assert words(desk, every="mon 16:00") == ""


def test_a_check_looks_and_changes_nothing(desk: Desk) -> None:
    desk.check()
    assert set(desk.server.calls) == {"token", "channels.list", "playlistItems.list"}
    assert not (desk.project.root / "publish.json").exists()


def test_a_lesson_without_a_copy_for_the_public_is_told_and_not_refused(desk: Desk) -> None:
    desk.project.lesson("lines").is_copied = False
    desk.project.write()
    assert words(desk, fatal=True) == ""
    assert "lines: it has no copy for the public and goes as it was drawn" in words(desk, fatal=False)
    assert "`make copies TOPIC=lines`" in words(desk)
    assert "streets" not in words(desk)


def test_the_copy_for_the_public_is_what_is_published(desk: Desk) -> None:
    drawn, copy = desk.project.build / "out/lines/lines.mp4", desk.project.build / "lines.1080p.mp4"
    copy.write_bytes(drawn.read_bytes() + b"\0\0\0\x0cfreecopy")
    manifest = desk.project.build / "manifest.json"
    record = json.loads(manifest.read_text())
    sha256 = hashlib.sha256(copy.read_bytes()).hexdigest()
    listed = {"path": copy.name, "bytes": copy.stat().st_size, "sha256": sha256}
    record["lessons"]["lines"]["files"]["public"] = listed
    manifest.write_text(json.dumps(record))
    (lines, streets, _) = desk.publications()
    assert (lines.video.path, lines.is_copy) == (copy, True)
    assert lines.mark == f"mlhub-lines-{sha256[:12]}"
    assert streets.video.path.name == "streets.mp4"
    desk.publish("lines")
    assert desk.server.content[desk.on_channel("lines")] == sha256


def test_a_placeholder_address_is_refused(desk: Desk) -> None:
    catalog = desk.project.root / "catalog.yaml"
    for host in ("learn.small-hub.example", "www.example.org", "localhost"):
        desk.project.write()
        catalog.write_text(catalog.read_text().replace("https://learn.small-hub.org\n", f"https://{host}\n"))
        assert f"hub.site_url is the placeholder https://{host}" in words(desk, fatal=True)


def test_files_that_are_not_what_was_rendered(desk: Desk) -> None:
    folder = desk.project.build / "out" / "lines"
    content = bytearray((folder / "lines.mp4").read_bytes())
    content[-1] ^= 1
    (folder / "lines.mp4").write_bytes(content)
    assert "lines: its video is not what the manifest says" in words(desk, fatal=True)


@pytest.mark.parametrize(
    ("srt", "said"),
    [
        ("nothing", "there is no cue in them"),
        (
            "1\n00:00:01,000 --> 00:00:03,000\nA\n\n2\n00:00:02,000 --> 00:00:04,000\nB\n",
            "the cue at 2.000 s begins before",
        ),
        ("1\n00:00:03,000 --> 00:00:01,000\nA\n", "ends before it begins"),
        ("1\n00:00:30,000 --> 00:00:40,000\nA\n", "they end at 40.0 s, and the video at 36.0 s"),
    ],
)
def test_captions_that_do_not_fit(tmp_path: Path, srt: str, said: str) -> None:
    path = tmp_path / "captions.en.srt"
    path.write_text(srt)
    assert said in captions_fault(path, 36.0)
    path.write_bytes(b"\xff\xfe")
    assert captions_fault(path, 36.0) == "not UTF-8"


def test_missing_captions_and_thumbnails(desk: Desk) -> None:
    desk.project.lesson("lines").languages = ("de",)
    desk.project.write()
    (desk.project.build / "out" / "streets" / "poster.png").unlink()
    said = words(desk, fatal=True)
    assert "lines: it has no captions in en" in said
    assert "streets: it has no thumbnail" in said


@pytest.mark.parametrize(
    ("size", "said", "fatal"),
    [
        ((640, 640), "its thumbnail has 640×640 pixels", True),
        ((640, 360), "its thumbnail is 640 pixels wide", False),
    ],
)
def test_thumbnails_of_another_shape(desk: Desk, size: tuple[int, int], said: str, fatal: bool) -> None:
    desk.project.lesson("lines").poster = size
    desk.project.write()
    (found,) = desk.check()
    assert (found.subject, found.fatal) == ("lines", fatal)
    assert said in found.words


def test_a_thumbnail_that_is_no_picture(tmp_path: Path) -> None:
    for content in (b"", b"\x89PNG\r\n\x1a\n", b"GIF89a" + bytes(30)):
        (tmp_path / "poster.png").write_bytes(content)
        assert png_size(tmp_path / "poster.png") is None
    assert png_size(tmp_path / "none.png") is None


def test_two_lessons_of_one_title(desk: Desk) -> None:
    desk.project.lesson("streets").title = "LINES"
    desk.project.write()
    assert "lines: has the same title as streets" in words(desk, fatal=True)


def test_chapters_that_youtube_would_not_show(desk: Desk) -> None:
    desk.project.lesson("lines").chapters = ((0, "One"), (5, "Two"), (20, "Three"))
    desk.project.write()
    assert "its description goes without a list of chapters" in words(desk, fatal=False)


def test_a_time_in_the_description_that_is_no_chapter(desk: Desk) -> None:
    lesson = desk.project.lesson("lines")
    lesson.blurb = (
        "Watch the 16:9 line answer one question at 4:30 with a picture that moves, and see each number."
    )
    desk.project.write()
    assert "YouTube takes 4:30 in its description for a time of the video" in words(desk, fatal=False)


def test_without_an_audit_videos_stay_private(desk: Desk) -> None:
    desk.project.settings = desk.project.settings.replace("audited: true", "audited: false")
    desk.project.write()
    for wishes in ({"privacy": "public"}, {"privacy": "unlisted"}, {"every": "mon 16:00"}):
        assert "audit: catalog.yaml says that Google has not audited" in words(desk, fatal=True, **wishes)
    assert "stays private, and nobody can open it afterwards" in words(desk, fatal=False)


@pytest.mark.parametrize(
    ("change", "said", "fatal"),
    [
        (lambda p: titled(p, "x" * 101), "its title must have 1 to 100 characters", True),
        (lambda p: titled(p, "a < b"), "neither < nor >: “a < b”", True),
        (lambda p: titled(p, " "), "its title must have 1 to 100 characters", True),
        (
            lambda p: replace(p, chapters=tuple((20.0 * n, "y" * 300) for n in range(20)), seconds=400.0),
            "bytes even without sources, and YouTube takes 5,000",
            True,
        ),
        (
            lambda p: replace(p, topic=p.topic.model_copy(update={"slug": "s" * 500})),
            "shorten its slug",
            True,
        ),
        (
            lambda p: replace(p, chapters=((0.0, "A"), (12.0, " "), (24.0, "C"))),
            "must be one line of text",
            True,
        ),
        (lambda p: replace(p, seconds=13 * 3600.0), "it lasts 13.0 h, and YouTube takes 12 h", True),
        (lambda p: replace(p, quality="draft"), "it is rendered as a draft", True),
        (lambda p: replace(p, voice="silent/1"), "nobody speaks in it", False),
        (
            lambda p: replace(p, video=replace(p.video, bytes=257 * 2**30)),
            "its video has 275,951,648,768 bytes, and YouTube takes 274,877,906,944",
            True,
        ),
    ],
)
def test_what_youtube_would_not_take(
    desk: Desk, change: Callable[[Publication], Publication], said: str, fatal: bool
) -> None:
    (lesson,) = desk.publications(["lines"])
    settings = desk.target().settings
    assert list(check_publications([lesson], settings)) == []
    found = [one for one in check_publications([change(lesson)], settings) if said in one.words]
    assert [one.fatal for one in found] == [fatal]


def titled(publication: Publication, title: str) -> Publication:
    return replace(publication, topic=publication.topic.model_copy(update={"title": title}))


@pytest.mark.parametrize(
    ("said", "instead", "subject"),
    [
        ("synthetic_media: true", "synthetic_media: false", "synthetic_media"),
        ("audited", "made_for_kids: true\n      audited", "made_for_kids"),
    ],
)
def test_what_is_declared_and_might_be_punished(desk: Desk, said: str, instead: str, subject: str) -> None:
    desk.project.settings = desk.project.settings.replace(said, instead)
    desk.project.write()
    (found,) = desk.check()
    assert (found.subject, found.fatal) == (subject, False)


def test_whether_videos_are_synthetic_is_for_a_person_to_say(desk: Desk) -> None:
    desk.project.settings = desk.project.settings.replace("      synthetic_media: true\n", "")
    desk.project.write()
    with pytest.raises(UsageFault, match=r"catalog.yaml:13:7: hub.publish.youtube.synthetic_media: expected"):
        desk.check()


def test_the_age_of_the_consent(desk: Desk) -> None:
    desk.token = token_json(desk.server, age=timedelta(days=8))
    assert "consent: it was given 8 days ago" in words(desk, fatal=False)
    ends = (desk.server.now() + timedelta(hours=5)).isoformat()
    desk.token = token_json(desk.server).replace('"granted"', f'"expires": "{ends}", "granted"')
    assert "consent: it ends " in words(desk, fatal=False)
    over = (desk.server.now() - timedelta(hours=5)).isoformat()
    desk.token = token_json(desk.server).replace('"granted"', f'"expires": "{over}", "granted"')
    assert "consent: it ended " in words(desk, fatal=True)


def test_a_consent_that_others_can_read(desk: Desk) -> None:
    environment = {key: value for key, value in desk.environment.items() if key != "YOUTUBE_TOKEN"}
    account = Account.of(environment)
    with pytest.raises(EnvironmentFault, match="Nobody has given consent"):
        account.token()
    account.config.mkdir(parents=True)
    account.token_file.write_text(token_json(desk.server))
    account.token_file.chmod(0o640)
    with pytest.raises(EnvironmentFault, match="can be read by others than you"):
        account.token()
    account.token_file.chmod(0o600)
    assert account.token().refresh_token == "refresh-1"


def test_a_check_says_what_it_found_and_ends_with_the_code_of_the_gate(
    project: object, publish: Publish
) -> None:
    done = publish("check", "--to", "youtube", env={"PATH": "/usr/bin:/bin", "HOME": "/nonexistent"})
    assert done.returncode == 3
    assert "error: consent: Nobody has given consent to publish to YouTube yet." in done.stderr
    assert done.stdout.endswith("checked: 1 error, 0 warnings\n")
