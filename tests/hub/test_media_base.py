"""Videos at an address of their own: everything that names a video names it there, and nothing else does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hub.site import build_site, policy
from render.core.catalog import parse_catalog
from tests.hub.conftest import CATALOG, render

BASE = "https://media.small.example/hub/"
PUBLISH = f"""  publish:
    licence: {{name: MIT, link: "https://opensource.org/license/mit"}}
    site: {{branch: gh-pages, bucket: "s3://lessons/hub", media_base: "{BASE.rstrip("/")}"}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, film: Path, notes: Path) -> Path:
    build = render(tmp_path_factory.mktemp("media"), film, "lines", "streets")
    catalog = parse_catalog(CATALOG.replace("sections:\n", PUBLISH + "sections:\n", 1))
    return build_site(catalog, build, build / "site", notes).out


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_pages_play_show_and_hand_out_videos_from_there(site: Path) -> None:
    page, video = read(site, "lines/index.html"), rf"{BASE}media/lines\.[0-9a-f]{{12}}\.mp4"
    for words in (
        rf'<source src="{video}"',
        rf'data-keep="{video}"',
        rf'<a href="{video}" download="lines.mp4">Video</a>',
        rf'<a href="{video}">Download the video</a>',
    ):
        assert re.search(words, page), words
    preview = rf'data-preview="{BASE}media/lines\.preview\.[0-9a-f]{{12}}\.mp4"'
    assert re.search(preview, read(site, "index.html"))
    assert "calls no other host but media.small.example, for its videos." in page


def test_everything_else_stays_with_the_pages(site: Path) -> None:
    for path in site.rglob("*.html"):
        here = re.sub(rf'"{BASE}media/[\w.]+\.mp4"', "", path.read_text(encoding="utf-8"))
        assert ".mp4" not in re.sub(r'download="[\w.]+"', "", here)
        assert "media.small.example" not in re.sub(
            r'content="default-src[^"]+"|but media\.small\.example', "", here
        )
    assert re.search(r'<track kind="captions" src="\.\./media/lines\.en\.', read(site, "lines/index.html"))


def test_machines_are_told_the_same(site: Path) -> None:
    for path, words in (
        ("lines/index.html", rf'"contentUrl":"{BASE}media/lines\.[0-9a-f]{{12}}\.mp4"'),
        ("sitemap.xml", rf"<video:content_loc>{BASE}media/lines\.[0-9a-f]{{12}}\.mp4<"),
        ("feed.atom", rf'href="{BASE}media/lines\.[0-9a-f]{{12}}\.mp4"'),
        ("sw.js", rf'MEDIA=\["{BASE}media/lines\.[0-9a-f]{{12}}\.mp4"'),
    ):
        assert re.search(words, read(site, path)), path


def test_the_policy_lets_videos_and_nothing_else_come_from_there(site: Path) -> None:
    said = re.search(r'Content-Security-Policy" content="([^"]+)"', read(site, "lines/index.html"))
    assert said
    allowed = dict(part.split(" ", 1) for part in policy(BASE).split("; "))
    assert said[1].replace("&#39;", "'") == policy(BASE)
    assert {name for name, sources in allowed.items() if "https:" in sources} == {"media-src", "connect-src"}
    assert allowed["media-src"] == "'self' https://media.small.example"
    assert "https:" not in policy()


def test_the_files_are_built_where_they_were(site: Path) -> None:
    """Whoever publishes takes them from there."""
    assert len(list(site.glob("media/*.mp4"))) == 4
