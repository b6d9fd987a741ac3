"""What machines read: judged by packages of others, and held against what the pages show."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from hub.node import ROOT, find_file, run_node
from hub.site import SiteReport, build_site
from render.core.catalog import Catalog
from tests.hub.conftest import SCRIPT, Visit

ADDRESS = "https://small.example/hub/"
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "v": "http://www.google.com/schemas/sitemap-video/1.1",
}


def graph(page: Path) -> dict[str, Any]:
    """The things of a page's structured data, by type."""
    block = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', page.read_text(encoding="utf-8"), re.S
    )
    assert block
    return {thing["@type"]: thing for thing in json.loads(block[1])["@graph"]}


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What html-validate and the validator of structured data find wrong with a page."""

    def found(*pages: Path) -> list[dict[str, str]]:
        return [json.loads(line) for line in run_node([ROOT / "tests/hub/judge.mjs", *pages]).splitlines()]

    return found


def test_every_page_is_valid_html_with_what_search_engines_want(report: SiteReport, judge: Any) -> None:
    found = judge(*(report.out / page for page in report.pages))
    # The catalog gives this lesson no date, and nobody may make one up.
    undated = {"page": str(report.out / "streets/index.html"), "rule": "structured-data"}
    assert found == [{**undated, "message": 'Required attribute "uploadDate" is missing'}]


def test_a_lesson_that_is_on_youtube_as_well_says_so(
    report: SiteReport, judge: Any, tmp_path: Path, catalog: Catalog, notes: Path
) -> None:
    build = report.out.parent.parent
    out = build_site(catalog, build, tmp_path / "site", notes, {"lines": "dQw4w9WgXcQ"}).out
    page = out / "lines/index.html"
    video = graph(page)["VideoObject"]
    assert video["sameAs"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert video["embedUrl"] == "https://www.youtube.com/embed/dQw4w9WgXcQ"
    assert f'<a href="{video["sameAs"]}">The video on YouTube</a>' in page.read_text(encoding="utf-8")
    assert judge(page) == []
    assert "youtube" not in (out / "streets/index.html").read_text(encoding="utf-8")


def test_the_judges_see_what_is_wrong(report: SiteReport, judge: Any, tmp_path: Path) -> None:
    text = (report.out / "lines/index.html").read_text(encoding="utf-8")
    bad = tmp_path / "bad.html"
    bad.write_text(text.replace("<h1>", "<h1><p>").replace('"uploadDate":', '"uploadedSome":'))
    rules = {finding["rule"] for finding in judge(bad)}
    assert {"element-permitted-content", "structured-data"} <= rules


def test_the_structured_data_is_of_schema_orgs_vocabulary(report: SiteReport) -> None:
    """The compiler holds it against schema-dts, the vocabulary as types."""

    def complaints(change: str, to: str) -> str:
        lines = ['import type { Graph } from "schema-dts";']
        for number, page in enumerate(("index.html", "lines/index.html")):
            text = (report.out / page).read_text(encoding="utf-8")
            block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
            assert block
            lines.append(f"export const page{number}: Graph = {block[1].replace(change, to)};")
        source = ROOT / "build" / "scratch" / f"structured-{report.out.parent.parent.name}.ts"
        source.parent.mkdir(parents=True, exist_ok=True)
        source.write_text("\n".join(lines), encoding="utf-8")
        flags = "--noEmit --strict --skipLibCheck --target es2022 --module esnext --moduleResolution bundler"
        try:
            run_node([find_file("typescript/bin/tsc"), *flags.split(), source])
        except subprocess.CalledProcessError as error:
            return str(error.stdout)
        finally:
            source.unlink()
        return ""

    assert complaints("", "") == ""
    assert "notAProperty" in complaints('"startOffset"', '"notAProperty"')


def test_a_video_is_told_with_its_clips_and_words(report: SiteReport) -> None:
    video = graph(report.out / "lines/index.html")["VideoObject"]
    assert video["url"] == ADDRESS + "lines/"
    assert video["uploadDate"] == "2026-11-22T00:00:00Z"
    assert video["duration"] == "PT12S"
    assert video["contentUrl"].startswith(ADDRESS + "media/lines.")
    assert [clip["name"] for clip in video["hasPart"]] == [claim for claim, _, _ in SCRIPT]
    assert [(clip["startOffset"], clip["endOffset"]) for clip in video["hasPart"]] == [
        (0, 4),
        (4, 8),
        (8, 12),
    ]
    assert video["transcript"] == " ".join(text for _, _, texts in SCRIPT for text in texts)


def test_the_first_page_lists_what_can_be_watched(report: SiteReport) -> None:
    listed = graph(report.out / "index.html")
    assert [item["url"] for item in listed["ItemList"]["itemListElement"]] == [
        ADDRESS + "lines/",
        ADDRESS + "streets/",
    ]
    assert listed["Course"]["hasCourseInstance"]["courseWorkload"] == "PT24S"


def test_no_word_can_end_the_block(report: SiteReport) -> None:
    """A beat of the small hub has a ``<`` in it."""
    text = (report.out / "lines/index.html").read_text(encoding="utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', text, re.S)
    assert block and "<" not in block[1] and "\\u003c twice as fast" in block[1]


def test_the_sitemap_has_every_page_and_video(report: SiteReport) -> None:
    root = ET.parse(report.out / "sitemap.xml").getroot()
    locations = [node.text for node in root.findall("s:url/s:loc", SITEMAP)]
    assert set(locations) == {ADDRESS, ADDRESS + "glossary/", ADDRESS + "lines/", ADDRESS + "streets/"}
    videos = root.findall("s:url/v:video", SITEMAP)
    assert len(videos) == 2
    for video in videos:
        told = {node.tag.rpartition("}")[2]: node.text for node in video}
        assert {"thumbnail_loc", "title", "description", "content_loc"} <= told.keys()
        for key in ("thumbnail_loc", "content_loc"):
            where = told[key]
            assert where and (report.out / where.removeprefix(ADDRESS)).is_file()
        assert told["duration"] == "12"


def test_the_feed_has_the_dated_lessons_newest_first(report: SiteReport) -> None:
    feed = feedparser.parse((report.out / "feed.atom").read_bytes())
    assert not feed.bozo and feed.version == "atom10"
    assert [entry.id for entry in feed.entries] == [ADDRESS + "lines/"]  # streets has no date in the catalog
    assert date(*feed.entries[0].published_parsed[:3]) == date(2026, 11, 22)
    assert feed.entries[0].enclosures[0].type == "video/mp4"


def test_small_files_lead_to_what_is_there(report: SiteReport) -> None:
    robots = (report.out / "robots.txt").read_text()
    assert f"Sitemap: {ADDRESS}sitemap.xml" in robots
    digest = (report.out / "llms.txt").read_text(encoding="utf-8")
    assert digest.startswith("# Small Hub\n\n> ")
    links = re.findall(r"\]\((.*?)\)", digest)
    assert links
    for link in links:
        path = link.removeprefix(ADDRESS)
        assert (report.out / path / ("index.html" if path.endswith("/") else "")).exists(), link
    manifest = json.loads((report.out / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert manifest["name"] == "Small Hub" and manifest["start_url"] == "./"
    assert all((report.out / icon["src"]).is_file() for icon in manifest["icons"])


def test_every_page_names_the_feed_and_the_manifest(visit: Visit) -> None:
    for path in ("", "lines/", "nowhere/"):
        page = visit(path) if path != "nowhere/" else visit("404.html")
        for rel in ("manifest", "alternate"):
            href = page.locator(f'link[rel="{rel}"]').get_attribute("href")
            assert href and page.request.get(page.evaluate(f"new URL({href!r}, location.href).href")).ok
