"""The site as files: what is shown and what is not, whole or not at all, the same bytes twice."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from hub import page, shelf, site
from hub.site import SiteReport, build_site
from render.core.catalog import RESERVED, Catalog
from render.core.fault import UsageFault
from render.store.rendered import Beat, Word, read_stock
from tests.hub.conftest import render


class Marks(HTMLParser):
    """Every element of a page with its attributes, and every bit of text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


def pages(folder: Path) -> dict[str, Marks]:
    return {str(p.relative_to(folder)): Marks(p.read_text(encoding="utf-8")) for p in folder.rglob("*.html")}


def contents(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_the_report_says_what_is_shown(report: SiteReport) -> None:
    assert report.watchable == ("lines", "streets")
    assert report.being_rendered == ("spheres",)
    assert report.planned == ("cubes",)
    assert report.problems == ()
    assert (
        set(report.pages)
        == set(pages(report.out))
        == {"index.html", "glossary/index.html", "404.html", "lines/index.html", "streets/index.html"}
    )
    assert "2 topics to watch, 1 being rendered, 1 announced" in str(report)


def test_a_planned_topic_is_announced_without_its_video(report: SiteReport) -> None:
    assert not [path for path in contents(report.out) if "cubes" in path]
    index = pages(report.out)["index.html"]
    assert "Cubes" in index.words and "Coming" in index.words and "faces" in index.words
    assert {a["href"] for tag, a in index.elements if tag == "a" and "cubes" in (a.get("href") or "")} == {
        "#topic-cubes"
    }


def test_every_link_and_file_of_every_page_is_there(report: SiteReport) -> None:
    everything = pages(report.out)
    seen = 0
    for name, marks in everything.items():
        base = "/hub/" + name if name != "404.html" else "/hub/deep/down/nowhere"
        for _, attributes in marks.elements:
            keys = ("href", "src", "poster", "data-preview", "data-storyboard", "data-controls")
            links = [attributes.get(key) for key in keys]
            for link in (*links, *re.findall(r"(\S+) \d+w", attributes.get("srcset") or "")):
                if link is None or link.startswith(("https://", "mailto:")):
                    continue
                parts = urlsplit(urljoin(base, link))
                assert parts.path.startswith("/hub/"), (name, link)
                path = unquote(parts.path.removeprefix("/hub/"))
                target = path + "index.html" if path.endswith("/") or not path else path
                if link.startswith("#"):
                    target = name
                assert (report.out / target).is_file(), (name, link)
                if parts.fragment and target in everything:
                    assert parts.fragment in {a.get("id") for _, a in everything[target].elements}, (
                        name,
                        link,
                    )
                seen += 1
    assert seen > 60


def test_a_card_takes_the_smaller_poster_where_that_is_enough(report: SiteReport) -> None:
    sets = [a.get("srcset") or "" for tag, a in pages(report.out)["index.html"].elements if tag == "img"]
    (picture,) = (one for one in sets if "lines" in one)
    assert re.fullmatch(r"media/lines\.small\.\w{12}\.webp 640w, media/lines\.\w{12}\.webp 1280w", picture)


def test_nothing_is_asked_of_another_host_and_nothing_stands_inside_a_page(report: SiteReport) -> None:
    for name, marks in pages(report.out).items():
        policy = [
            a["content"] for tag, a in marks.elements if a.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy and "unsafe" not in str(policy) and "default-src 'none'" in str(policy)
        for tag, attributes in marks.elements:
            assert tag != "style" and "style" not in attributes, name
            assert not [key for key in attributes if key.startswith("on")], name
            # A block of data is no script: nothing runs it.
            assert tag != "script" or attributes.get("src") or attributes["type"] == "application/ld+json", (
                name
            )
            if tag not in ("a", "meta") and attributes.get("rel") != "canonical":
                assert not [v for v in attributes.values() if v and v.startswith(("http", "//"))], (
                    name,
                    attributes,
                )
    assert "http" not in "".join(p.read_text() for p in (report.out / "assets").glob("*.css"))


def test_every_asset_is_named_by_its_content(report: SiteReport) -> None:
    fixed = {"sw.js", "manifest.webmanifest", "feed.atom", "sitemap.xml", "robots.txt", "llms.txt"}
    files = {
        path: content
        for path, content in contents(report.out).items()
        if not path.endswith(".html") and path not in fixed
    }
    assert len(files) > 15
    for path, content in files.items():
        digest = re.search(r"\.([0-9a-f]{12})\.\w+$", path)
        assert digest and hashlib.sha256(content).hexdigest().startswith(digest[1]), path


def test_media_take_no_room_of_their_own(report: SiteReport) -> None:
    film = next((report.out / "media").glob("lines.????????????.mp4"))
    assert film.samefile(report.out.parent.parent / "out" / "lines" / "lines.mp4")


def test_media_are_copied_where_they_cannot_be_linked(
    tmp_path: Path, film: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    out = build_site(catalog, render(tmp_path / "build", film, "lines"), tmp_path / "site").out
    copied = next((out / "media").glob("lines.????????????.mp4"))
    assert copied.read_bytes() == film.read_bytes() and copied.stat().st_nlink == 1


def test_two_builds_give_the_same_bytes(
    report: SiteReport, tmp_path: Path, catalog: Catalog, notes: Path
) -> None:
    again = build_site(catalog, report.out.parent.parent, tmp_path / "site", notes)
    assert contents(again.out) == contents(report.out)


def test_the_first_page_is_light(report: SiteReport) -> None:
    files = contents(report.out)
    index = files["index.html"].decode()
    named = [path for path in files if path.startswith("assets/") and path in index]
    # Fetched when somebody searches, or puts the site on a home screen.
    named = [path for path in named if not path.startswith(("assets/search.", "assets/icon-"))]
    style = next(files[path].decode() for path in named if path.endswith(".css"))
    fonts = [path for path in files if path.removeprefix("assets/") in style]
    weight = len(gzip.compress(index.encode())) + sum(
        len(files[path] if path.endswith("woff2") else gzip.compress(files[path]))
        for path in {*named, *fonts}
    )
    assert len(named) == 6 and len(fonts) == 2 and weight < 150_000


def test_a_new_build_takes_the_place_of_the_old_one_at_once(
    tmp_path: Path, film: Path, catalog: Catalog
) -> None:
    build = render(tmp_path, film, "lines")
    out = build_site(catalog, build, build / "site").out
    (out / "stale.html").write_text("old")
    build_site(catalog, build, build / "site")
    assert not (out / "stale.html").exists()
    assert list((tmp_path / "scratch").iterdir()) == []


def test_what_a_killed_build_has_left_is_gone_with_the_next_and_a_living_one_goes_on(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from hub.shelf import shelf_for\n"
        "with shelf_for(Path(sys.argv[1])) as s: print(s.folder, flush=True); time.sleep(60)"
    )
    out = tmp_path / "site"
    process = subprocess.Popen([sys.executable, "-c", script, str(out)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    with process:
        left = Path(process.stdout.readline().strip())
        with shelf.shelf_for(out) as new:
            new.write("index.html", b"first")
        assert left.is_dir()
        process.kill()
    with shelf.shelf_for(out) as new:
        new.write("index.html", b"second")
    assert not left.exists() and list((tmp_path / "scratch").iterdir()) == []
    assert contents(out) == {"index.html": b"second"}


@pytest.mark.parametrize("swaps", [True, False], ids=["exchange", "two renames"])
def test_a_build_that_fails_leaves_the_last_good_site(
    tmp_path: Path, swaps: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not swaps:
        monkeypatch.setattr(shelf, "exchange", lambda one, other: False)
    out = tmp_path / "site"
    for content in (b"first", b"second"):
        with shelf.shelf_for(out) as new:
            new.write("index.html", content)

    def fail() -> None:
        with shelf.shelf_for(out) as broken:
            broken.write("index.html", b"third")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert contents(tmp_path) == {"site/index.html": b"second"}


def test_a_hub_without_any_video_is_a_whole_hub(tmp_path: Path, catalog: Catalog) -> None:
    report = build_site(catalog, tmp_path, tmp_path / "site")
    assert report.watchable == () and report.pages == ("index.html", "glossary/index.html", "404.html")
    assert "Being rendered" in pages(report.out)["index.html"].words


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda folder: (folder / "lines.mp4").unlink(), "its video is missing"),
        (lambda folder: os.truncate(folder / "lines.mp4", 100), "its video is missing, cut short"),
        (lambda folder: (folder / "timeline.json").unlink(), "its timeline is missing"),
    ],
)
def test_one_spoilt_lesson_is_left_out_and_said(
    tmp_path: Path, film: Path, catalog: Catalog, damage, words
) -> None:
    build = render(tmp_path, film, "lines", "streets")
    damage(build / "out" / "lines")
    report = build_site(catalog, build, build / "site")
    assert report.watchable == ("streets",) and "lines" in report.being_rendered
    assert len(report.problems) == 1 and words in report.problems[0] and words in str(report)


def test_a_file_that_is_only_nice_to_have_may_be_missing(
    tmp_path: Path, film: Path, catalog: Catalog
) -> None:
    build = render(tmp_path, film, "lines")
    for name in (
        "poster.png",
        "poster.webp",
        "poster.small.webp",
        "preview.mp4",
        "captions.en.vtt",
        "chapters.vtt",
        "transcript.txt",
        "storyboard.vtt",
        "storyboard.webp",
    ):
        (build / "out" / "lines" / name).unlink()
    report = build_site(catalog, build, build / "site")
    assert report.watchable == ("lines",) and len(report.problems) == 9
    marks = pages(report.out)["lines/index.html"]
    assert "None" not in marks.words and "track" not in [tag for tag, _ in marks.elements]
    for _, attributes in marks.elements:
        assert not [value for value in attributes.values() if value and "None" in value]


def test_what_was_left_is_shown_before_what_follows_is_drawn(report: SiteReport) -> None:
    """A script that waits for the whole page would push down what the reader has begun to read."""
    index = (report.out / "index.html").read_text(encoding="utf-8")
    strip = index[index.index('id="continue"') : index.index('aria-labelledby="path-title"')]
    assert re.search(r'</section>\s*<script src="assets/device\.[0-9a-f]{12}\.js"></script>', strip)


def test_copies_for_the_public_are_offered_where_they_are_made(
    tmp_path: Path, film: Path, catalog: Catalog
) -> None:
    build = render(tmp_path, film, "lines", "streets")
    manifest = build / "manifest.json"
    record = json.loads(manifest.read_text())
    files = record["lessons"]["lines"]["files"]
    for role, further in (("public", b"large"), ("public_small", b"few")):
        path = build / f"{role}.mp4"
        path.write_bytes(film.read_bytes() + (8 + len(further)).to_bytes(4) + b"free" + further)
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        files[role] = {"path": path.name, "bytes": path.stat().st_size, "sha256": sha256, "key": "0" * 64}
    manifest.write_text(json.dumps(record))
    report = build_site(catalog, build, build / "site")
    marks = pages(report.out)["lines/index.html"]
    sources = [attributes for tag, attributes in marks.elements if tag == "source"]
    assert [source.get("media") for source in sources] == ["(max-width: 48rem)", None]
    digests = [files[role]["sha256"][:12] for role in ("public_small", "public")]
    assert [str(source["src"]).split("/")[-1] for source in sources] == [
        f"lines.small.{digests[0]}.mp4",
        f"lines.{digests[1]}.mp4",
    ]
    assert not (report.out / "media" / f"lines.{files['video']['sha256'][:12]}.mp4").exists()
    assert report.as_drawn == ("streets",)
    assert "streets: offered as drawn; `make copies`" in str(report)


def test_the_storyboard_names_its_picture(report: SiteReport) -> None:
    track = next((report.out / "media").glob("lines.storyboard.*.vtt")).read_text()
    picture = re.search(r"^(.+\.webp)#xywh=160,0,160,90$", track, flags=re.MULTILINE)
    assert picture and (report.out / "media" / picture[1]).is_file()


def test_mistakes_of_notes_are_told_together_and_leave_the_site(
    tmp_path: Path, film: Path, catalog: Catalog, notes: Path
) -> None:
    build = render(tmp_path, film, "lines", "streets")
    out = build_site(catalog, build, build / "site", notes).out
    bad = tmp_path / "notes"
    bad.mkdir()
    for slug in ("lines", "streets"):
        text = (notes / "lines.yaml").read_text().replace("gap is a residual", "gap is no residual")
        (bad / f"{slug}.yaml").write_text(text)
        (bad / f"{slug}.py").write_text((notes / "lines.py").read_text())
    before = contents(out)
    with pytest.raises(UsageFault) as fault:
        build_site(catalog, build, build / "site", bad)
    told = str(fault.value).splitlines()
    assert [Path(line.partition(":")[0]).name for line in told] == ["lines.yaml", "streets.yaml"]
    assert contents(out) == before


def test_a_formula_that_cannot_be_set_is_told_at_its_place(
    tmp_path: Path, film: Path, catalog: Catalog, notes: Path
) -> None:
    build = render(tmp_path, film, "lines")
    bad = tmp_path / "notes"
    shutil.copytree(notes, bad)
    text = (bad / "lines.yaml").read_text().replace("sum_i (y_i", "summe_i (y_i")
    (bad / "lines.yaml").write_text(text)
    line = text[: text.index("'summe_i")].count("\n") + 1
    with pytest.raises(UsageFault) as fault:
        build_site(catalog, build, build / "site", bad)
    words = f"lines.yaml:{line}:13: formulas.1.source: expected a formula in Typst, which says: unknown variable: summe"
    assert str(fault.value).endswith(words)


def test_a_bad_record_names_its_field(tmp_path: Path, film: Path) -> None:
    build = render(tmp_path, film, "lines")
    record = json.loads((build / "manifest.json").read_text())
    record["lessons"]["lines"]["seconds"] = -1
    (build / "manifest.json").write_text(json.dumps(record))
    stock = read_stock(build)
    assert stock.lessons == {} and "seconds: Input should be greater than 0" in stock.problems[0]


@pytest.mark.parametrize(
    "text", ["{", "[]", '{"version": 2, "lessons": {}}', '{"version": 1, "lessons": []}']
)
def test_a_manifest_that_cannot_be_read_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(UsageFault, match=r"manifest\.json.*verify --mend"):
        read_stock(tmp_path)


@pytest.mark.parametrize("by", ["dots", "an absolute path", "a link", "a link in the store"])
def test_what_lies_outside_of_the_build_folder_is_never_published(
    tmp_path: Path, film: Path, by: str
) -> None:
    """A manifest used to publish any file that it named."""
    build = render(tmp_path / "build", film, "lines")
    manifest = build / "manifest.json"
    record = json.loads(manifest.read_text())
    transcript = record["lessons"]["lines"]["files"]["transcript"]
    secret = tmp_path / "secret.txt"
    secret.write_text("x" * transcript["bytes"])
    match by:
        case "dots":
            transcript["path"] = os.path.relpath(secret, build)
        case "an absolute path":
            transcript["path"] = str(secret)
        case "a link":
            (build / "link.txt").symlink_to(secret)
            transcript["path"] = "link.txt"
        case _:
            (build / "store").mkdir(exist_ok=True)
            (build / "store" / "link.txt").symlink_to(secret)
            transcript["path"] = "store/link.txt"
    manifest.write_text(json.dumps(record))
    stock = read_stock(build)
    files = [path for lesson in stock.lessons.values() for path in lesson.files.values()]
    assert all(path.resolve() != secret for path in files)
    assert len(stock.problems) == 1 and "lines" in stock.problems[0]


def test_a_slug_that_would_leave_the_site_is_no_lesson(tmp_path: Path, film: Path, catalog: Catalog) -> None:
    build = render(tmp_path, film, "lines")
    text = (build / "manifest.json").read_text().replace('"slug": "lines"', '"slug": "../../lines"')
    (build / "manifest.json").write_text(text)
    assert build_site(catalog, build, build / "site").watchable == ()


def test_sharing_names_absolute_addresses(report: SiteReport) -> None:
    marks = pages(report.out)["lines/index.html"]
    said = {a.get("property"): a.get("content") for tag, a in marks.elements if tag == "meta"}
    assert said["og:title"] == "Lines & Slopes"
    assert said["og:url"] == "https://small.example/hub/lines/"
    picture = str(said["og:image"])
    assert picture.startswith("https://small.example/hub/media/lines.") and picture.endswith(".png")
    assert (report.out / picture.removeprefix("https://small.example/hub/")).is_file()


def test_what_is_learned_points_to_the_chapter_that_teaches_it(report: SiteReport) -> None:
    marks = pages(report.out)["lines/index.html"]
    labels = {
        a["aria-label"]: a["href"] for _, a in marks.elements if a.get("aria-label") and "chapter" in str(a)
    }
    assert labels == {
        "slope & height: chapter 1, at 0:00": "#t=0",
        "the line's residuals: chapter 2, at 0:04": "#t=4",
    }
    assert "a thing no chapter names" in marks.words


def test_a_transcript_reads_as_it_was_written() -> None:
    words = (Word(text="Yes,", start=0, end=0.3), Word(text="R²", start=0.5, end=1))
    line = page._line(Beat(text="Yes, (R²)!", start=0, end=2, words=words))
    assert "".join(before + word for before, word, _ in line.words) + line.rest == "Yes, (R²)!"
    other = page._line(Beat(text="Another text.", start=1.25, end=2, words=words))
    assert other == page.Line("1.25", (), "Another text.")


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (83.9, "1:23"), (600, "10:00"), (3723, "1:02:03")]
)
def test_clocks(seconds: float, shown: str) -> None:
    assert page.clock(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"), [(5, "1 min"), (2520, "42 min"), (3599, "1 h 00"), (11100, "3 h 05")]
)
def test_running_times(seconds: float, shown: str) -> None:
    assert page.running_time(seconds) == shown


@pytest.mark.parametrize(
    ("seconds", "written"), [(0, "0"), (83, "83"), (100, "100"), (83.267, "83.267"), (1.5, "1.5")]
)
def test_seconds_in_addresses(seconds: float, written: str) -> None:
    assert page.address_second(seconds) == written


def test_the_hub_reads_no_scene_and_no_manim() -> None:
    for file in Path(site.__file__).parent.glob("*.py"):
        assert not re.search(
            r"^\s*(from|import) (scenes|manim)\b", file.read_text(encoding="utf-8"), flags=re.MULTILINE
        )


def test_no_topic_can_take_the_place_of_a_folder_of_the_site(report: SiteReport, catalog: Catalog) -> None:
    """A topic called glossary used to overwrite the site's glossary."""
    folders = {path.name for path in report.out.iterdir() if path.is_dir()}
    slugs = {topic.slug for topic in catalog.topics}
    assert folders - slugs <= set(RESERVED)
