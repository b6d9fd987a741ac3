"""The ledger: written in single steps, alone, and readable where it is broken."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from publish.ledger import LedgerFile
from render.core.fault import EnvironmentFault, UsageFault
from render.store.ledger import NAME, CaptionTrack, Ledger, Release, Video, parse_ledger, read_ledger

A, B = "a" * 64, "b" * 64


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    at = datetime(2026, 12, 3, 15, tzinfo=UTC)
    video = Video(
        id="dQw4w9WgXcQ",
        sha256=A,
        captions={"en": CaptionTrack(id="track", sha256=B)},
        release=Release(privacy="private", at=at, settings=B),
    )
    LedgerFile(tmp_path).change_video("svm", lambda _: video)
    assert read_ledger(tmp_path).youtube.videos == {"svm": video}
    assert [path.name for path in tmp_path.iterdir()] == [NAME]


def test_what_was_never_said_is_not_written(tmp_path: Path) -> None:
    LedgerFile(tmp_path).change_video("svm", lambda video: video.model_copy(update={"thumbnail": A}))
    assert "captions" not in (tmp_path / NAME).read_text()
    assert read_ledger(tmp_path).youtube.videos["svm"] == Video(thumbnail=A)


def test_where_nothing_was_published_the_ledger_is_empty(tmp_path: Path) -> None:
    assert read_ledger(tmp_path) == Ledger()


def test_what_a_person_mends_meanwhile_is_kept(tmp_path: Path) -> None:
    file = LedgerFile(tmp_path)
    file.change_video("svm", lambda _: Video(id="one"))
    text = (tmp_path / NAME).read_text()
    (tmp_path / NAME).write_text(text.replace('"one"', '"two"'))
    file.change_video("pca", lambda _: Video(id="three"))
    assert {slug: video.id for slug, video in file.read().youtube.videos.items()} == {
        "svm": "two",
        "pca": "three",
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "publish.json:1:1: expected JSON: Expecting value"),
        ('{"version": 1,\n "youtube": {', "publish.json:2:14: expected JSON"),
        ('{\n<<<<<<< ours\n"version": 1}', "publish.json:2:1: expected JSON, found a mark of a merge"),
        ('{"version": 2}', "publish.json:1:13: version: expected 1, found the number 2"),
        (
            '{"version": 1,\n "youtub": {}}',
            "publish.json:2:2: youtub: there is no key youtub here; did you mean youtube?",
        ),
        (
            '{"version": 1, "youtube": {"videos":\n {"svm": {"id": 7}}}}',
            "publish.json:2:17: youtube.videos.svm.id: expected text, found the number 7",
        ),
        (
            '{"version": 1, "youtube": {"videos": {"svm":\n {"thumbnail": "abc"}}}}',
            "publish.json:2:16: youtube.videos.svm.thumbnail: expected a SHA-256 of 64 hexadecimal digits",
        ),
        (
            '{"version": 1, "youtube": {"videos": {"svm": {"id": "a"},\n"svm": {"id": "b"}}}}',
            "publish.json:2:1: youtube.videos.svm: this key is written twice, first at publish.json:1:39",
        ),
    ],
)
def test_a_broken_ledger_says_where_and_what(text: str, words: str) -> None:
    with pytest.raises(UsageFault) as caught:
        parse_ledger(text)
    assert words in str(caught.value)


def test_two_publications_at_once_are_refused(tmp_path: Path) -> None:
    with (
        LedgerFile(tmp_path).alone(),
        pytest.raises(EnvironmentFault, match="Another publication"),
        LedgerFile(tmp_path).alone(),
    ):
        pass
    with LedgerFile(tmp_path).alone():
        assert list(tmp_path.iterdir()) == []


def test_who_is_killed_leaves_no_lock_behind(tmp_path: Path) -> None:
    code = (
        "import os, sys, pathlib; from publish.ledger import LedgerFile\n"
        "with LedgerFile(pathlib.Path(sys.argv[1])).alone(): os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(tmp_path)], check=False).returncode == -9
    with LedgerFile(tmp_path).alone():
        pass


@pytest.mark.parametrize(
    ("release", "shown"),
    [
        (None, False),
        (Release(privacy="private", settings=A), False),
        (Release(privacy="private", at=datetime(2026, 12, 1, tzinfo=UTC), settings=A), True),
        (Release(privacy="private", at=datetime(2026, 12, 2, tzinfo=UTC), settings=A), False),
        (Release(privacy="unlisted", settings=A), True),
        (Release(privacy="public", settings=A), True),
    ],
)
def test_the_site_links_to_what_can_be_watched(release: Release | None, shown: bool) -> None:
    ledger = Ledger.model_validate({"youtube": {"videos": {"svm": Video(id="one", release=release)}}})
    assert ("svm" in ledger.watchable(datetime(2026, 12, 1, 12, tzinfo=UTC))) == shown
