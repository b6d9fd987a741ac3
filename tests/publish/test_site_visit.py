"""The visit: nothing is found where a host answers as it should, and each way of answering wrongly is found."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType

import pytest
from playwright.sync_api import Browser

from hub.serve import SiteHandler, open_server
from publish.site.bucket import BucketHost
from publish.site.client import Answer, Client, Unreachable
from publish.site.content import content_of, read_site
from publish.site.folder import FolderHost
from publish.site.place import Place, excuses_of
from publish.site.visit import Difference, Kind, Report, Visit
from publish.site.visit_report import print_visit, sum_up
from render.core.web_file import digits_of, pack
from tests.bucket import Server, open_to_the_public
from tests.hub.conftest import Complaints, serving, until
from tests.publish.site_project import SiteProject


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, short_film: Path) -> SiteProject:
    """A site that no test changes."""
    return SiteProject(tmp_path_factory.mktemp("built") / "project", short_film).write()


class Wrong(SiteHandler):
    """Answers as the site's server does, but for one fault."""

    def __init__(self, fault: str, *args: object) -> None:
        self.fault = fault
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:  # noqa: N802  as the server of the standard library calls it
        if self.fault == "no range":
            del self.headers["Range"]
        if self.fault == "no compression":
            del self.headers["Accept-Encoding"]
        if self.fault == "knows nothing":
            del self.headers["If-None-Match"], self.headers["If-Modified-Since"]
        if self.fault == "no index" and self.path.endswith("/"):
            self._send_missing(with_body=True)
            return
        super().do_GET()

    def send_header(self, keyword: str, value: str) -> None:
        match self.fault, keyword:
            case "wrong type", "Content-Type" if value == "video/mp4":
                value = "application/octet-stream"
            case "wrong charset", "Content-Type" if value.startswith("text/html"):
                value = "text/html; charset=iso-8859-1"
            case "no lifetime", "Cache-Control":
                return
            case "short lifetime", "Cache-Control":
                value = "max-age=600"
            case "no validator", "ETag" | "Last-Modified":
                return
            case "wrong range", "Content-Range":
                first, _, size = value.rpartition("/")
                value = f"{first}/{int(size) + 1}"
            case "wrong redirect", "Location":
                value = "/"
        super().send_header(keyword, value)

    def _send_missing(self, with_body: bool) -> None:
        if self.fault == "everything is the index":
            self._send_file(self.folder / "index.html", with_body)
        elif self.fault == "plain 404":
            self.send_error(404)
        else:
            super()._send_missing(with_body)

    def _redirect(self, path: str) -> None:
        if self.fault == "no redirect":
            self._send_missing(with_body=True)
        else:
            super()._redirect(path)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...

    def log_message(self, format: str, *args: object) -> None: ...


def answering_wrongly(folder: Path, fault: str) -> AbstractContextManager[str]:
    return serving(folder, partial(Wrong, fault))


def visit(site: SiteProject, address: str, **more: object) -> Report:
    return Visit(read_site(site.site), address, **more).run(60)  # type: ignore[arg-type]


def kinds(report: Report) -> set[Kind]:
    return {difference.kind for difference in report.differences}


def test_serve_and_a_published_folder_answer_as_a_host_should(built: SiteProject, tmp_path: Path) -> None:
    built.publish(FolderHost(tmp_path / "www", "/"))
    for folder in (built.site, tmp_path / "www"):
        with serving(folder) as address:
            report = visit(built, address)
        assert report.differences == ()
        assert report.asked == len(read_site(built.site)) - 1 + 4
        assert report.left == 0


@pytest.mark.parametrize(
    ("fault", "kind", "words"),
    [
        ("wrong type", Kind.TYPE, "its type is application/octet-stream, not video/mp4"),
        (
            "wrong charset",
            Kind.TYPE,
            "its type is text/html; charset=iso-8859-1, not text/html; charset=utf-8",
        ),
        ("no lifetime", Kind.LIFETIME, "it has no Cache-Control, not “no-cache”"),
        (
            "short lifetime",
            Kind.LIFETIME,
            "its Cache-Control is “max-age=600”, not “public, max-age=31536000",
        ),
        ("no validator", Kind.VALIDATOR, "it has neither ETag nor Last-Modified"),
        (
            "knows nothing",
            Kind.VALIDATOR,
            "a page that the browser has already is answered with 200, not 304",
        ),
        ("no compression", Kind.ENCODING, "it is sent without compression to a browser that takes gzip"),
        ("no range", Kind.RANGE, "a Range is answered with the whole file"),
        ("wrong range", Kind.CONTENT, "a Range is answered with Content-Range"),
        ("no index", Kind.INDEX, "the folder is answered with 404, not with its index.html"),
        ("everything is the index", Kind.MISSING, "what is not there is answered with 200, not 404"),
        ("plain 404", Kind.MISSING, "what is not there is answered with another page than 404.html"),
        ("no redirect", Kind.SLASH, "a folder without its slash is answered with 404, not led to the page"),
        ("wrong redirect", Kind.SLASH, "a folder without its slash leads to /"),
    ],
)
def test_each_way_of_answering_wrongly_is_found_and_nothing_else(
    built: SiteProject, fault: str, kind: Kind, words: str
) -> None:
    with answering_wrongly(built.site, fault) as address:
        report = visit(built, address)
    assert kinds(report) == {kind}
    assert any(words in difference.words for difference in report.differences)
    assert not report.is_alike


def test_an_older_page_and_another_video_are_found(built: SiteProject, tmp_path: Path) -> None:
    www = tmp_path / "www"
    built.publish(FolderHost(www, "/"))
    page = www / "lines" / "index.html"
    old = page.read_bytes().replace(b"Lines", b"Liens")
    page.unlink()
    page.write_bytes(old)
    (film,) = www.glob("media/streets.????????????.mp4")
    content = bytearray(film.read_bytes())
    content[len(content) // 2 + 5] ^= 1
    film.unlink()
    film.write_bytes(content)
    (www / "robots.txt").unlink()
    with serving(www) as address:
        report = visit(built, address)
    assert [
        (difference.kind, difference.address.removeprefix(address)) for difference in report.differences
    ] == [
        (Kind.CONTENT, "lines/"),
        (Kind.STATUS, "robots.txt"),
        (Kind.CONTENT, f"media/{film.name}"),
    ]


def test_where_nothing_answers_one_line_says_so(built: SiteProject) -> None:
    report = visit(built, "http://127.0.0.1:9/")
    (difference,) = report.differences
    assert difference.kind is Kind.SILENCE
    (line,) = sum_up(report)
    assert line == (
        "http://127.0.0.1:9/: nothing answers: Failed to establish a new connection: [Errno 111] Connection refused. "
        "Look at the address, its DNS and its certificate."
    )


def test_time_is_bounded_and_what_is_left_is_told(
    built: SiteProject, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(built.site) as address:
        report = Visit(read_site(built.site), address).run(0)
    assert (report.asked, report.left) == (0, len(read_site(built.site)) - 1 + 4)
    print_visit(report, as_json=False)
    assert "left for want of time" in capsys.readouterr().out


def test_what_is_alike_is_told_in_one_line(built: SiteProject, capsys: pytest.CaptureFixture[str]) -> None:
    differences = [
        Difference(Kind.TYPE, f"https://a.org/{name}", "its type is a, not b") for name in ("x", "y", "z")
    ]
    excused = Difference(Kind.LIFETIME, "https://a.org/", "no Cache-Control", "Pages do so.")
    report = Report("https://a.org/", 9, 0, (*differences, excused))
    assert list(sum_up(report)) == [
        "https://a.org/x and 2 more: its type is a, not b. "
        "Have the host send the type that it is given, and guess none.",
        "https://a.org/: no Cache-Control. Pages do so.",
    ]
    print_visit(report, as_json=False)
    assert "9 questions asked: 3 differences" in capsys.readouterr().out
    print_visit(report, as_json=True)
    assert '"differences": 3, "excused": 1' in capsys.readouterr().out
    assert Report("https://a.org/", 9, 0, (excused,)).is_alike


def test_what_a_branch_s_host_cannot_do_does_not_count(built: SiteProject) -> None:
    with answering_wrongly(built.site, "short lifetime") as address:
        report = visit(built, address, excuses=excuses_of(Place(branch="gh-pages")))
    assert report.differences
    assert report.is_alike


@dataclass
class Spoken(Client):
    """A client to whom is answered what the test says, by the start of an address."""

    answers: Mapping[str, Answer | None] = field(default_factory=dict)

    def ask(
        self, address: str, headers: Mapping[str, str] = MappingProxyType({}), most: int | None = None
    ) -> Answer:
        start = max((start for start in self.answers if address.startswith(start)), key=len)
        answer = self.answers[start]
        if answer is None:
            raise Unreachable("refused")
        return answer


OK = Answer(200, {"content-type": "text/plain", "cache-control": "no-cache", "etag": "x"}, b"robots")
LED = Answer(301, {"location": "https://small.org/"}, b"")


@pytest.mark.parametrize(
    ("plain", "words"),
    [
        (LED, ""),
        (Answer(200, {}, b"page"), "http:// is answered with 200, not led to https://"),
        (Answer(302, {"location": "/hub/"}, b""), "http:// is answered with 302, not led to https://"),
        (None, "nothing answers there"),
    ],
)
def test_a_site_at_https_is_led_to_from_http(plain: Answer | None, words: str) -> None:
    client = Spoken({"https://small.org/": OK, "http://small.org/": plain})
    report = Visit({}, "https://small.org/", client=client).run(9)
    told = [difference.words for difference in report.differences if difference.kind is Kind.SECURE]
    assert bool(told) == bool(words)
    assert words in "".join(told)


def test_lifetimes_that_mean_the_same_are_taken_for_the_same() -> None:
    robots = content_of("robots.txt", b"robots")
    for lifetime, is_right in (
        ("no-cache", True),
        ("public, max-age=0, must-revalidate", True),
        ("No-Cache", True),
        ("max-age=60", False),
        ("", False),
    ):
        answer = Answer(200, {**OK.headers, "cache-control": lifetime}, b"robots")
        client = Spoken({"http://small.org/": answer})
        report = Visit({robots.path: robots}, "http://small.org/", client=client).run(9)
        assert (Kind.LIFETIME not in kinds(report)) == is_right, lifetime


def test_a_body_that_is_not_what_its_encoding_says_is_told() -> None:
    robots = content_of("robots.txt", b"robots")
    for encoding in ("gzip", "br"):
        answer = Answer(200, {**OK.headers, "content-encoding": encoding}, b"robots")
        report = Visit(
            {robots.path: robots}, "http://small.org/", client=Spoken({"http://small.org/": answer})
        ).run(9)
        assert Kind.ENCODING in kinds(report)


def test_a_page_for_what_is_missing_may_come_compressed(built: SiteProject) -> None:
    """As a website endpoint sends it that has only the object in gzip."""
    page = content_of("404.html", b"<p>gone")
    headers = {"content-type": "text/html", "content-encoding": "gzip"}
    client = Spoken({"http://small.org/": Answer(404, headers, pack(b"<p>gone"))})
    report = Visit({page.path: page}, "http://small.org/", client=client).run(9)
    assert Kind.MISSING not in kinds(report)


def test_waiting_ends_when_the_release_is_seen(site: SiteProject, tmp_path: Path) -> None:
    host = FolderHost(tmp_path / "www", "/")
    site.publish(host)
    site.paint("#123456")
    with serving(tmp_path / "www") as address:
        seen = Visit(read_site(site.site), address)
        slept: list[float] = []

        def sleep(seconds: float) -> None:
            slept.append(seconds)
            site.publish(host)

        assert not seen.shows_release()
        assert seen.wait(30, sleep)
        assert len(slept) == 1
        site.paint("#654321")
        assert not Visit(read_site(site.site), address).wait(0, sleep)


# --- a real bucket, and a real browser ---


@pytest.fixture
def bucket(s3: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    for name, value in s3.environment.items():
        monkeypatch.setenv(name, value)
    return f"s3://lessons/{tmp_path.name}"


def test_a_bucket_answers_all_but_what_only_a_website_can(
    built: SiteProject, bucket: str, s3: Server
) -> None:
    built.publish(BucketHost(bucket))
    address = open_to_the_public(s3) + bucket.rpartition("/")[2] + "/"
    report = visit(built, address)
    assert kinds(report) == {Kind.INDEX, Kind.MISSING, Kind.SLASH}
    folders = [difference.address for difference in report.differences if difference.kind is Kind.INDEX]
    assert all(folder.endswith("/") for folder in folders)
    assert len(folders) == 4


def test_a_browser_opens_plays_and_seeks_what_lies_in_a_bucket(
    built: SiteProject, bucket: str, s3: Server, browser: Browser
) -> None:
    built.publish(BucketHost(bucket))
    address = open_to_the_public(s3) + bucket.rpartition("/")[2] + "/"
    context, complaints = browser.new_context(), Complaints()
    complaints.listen(context, address)
    page = context.new_page()
    page.goto(f"{address}lines/index.html")
    assert page.locator("h1").inner_text() == "Lines & Slopes"
    page.evaluate("document.querySelector('video').play()")
    until(page, "document.querySelector('video').currentTime > 0.2")
    page.evaluate("document.querySelector('video').currentTime = 9")
    until(
        page, "document.querySelector('video').currentTime > 9.2 && !document.querySelector('video').seeking"
    )
    until(
        page,
        "document.querySelector('track[kind=captions]').readyState === 2 || "
        "(document.querySelector('track[kind=captions]').track.mode = 'hidden', false)",
    )
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    context.close()
    assert not complaints.said


def test_pages_play_and_keep_videos_that_lie_in_a_bucket(
    site: SiteProject, bucket: str, s3: Server, browser: Browser, tmp_path: Path
) -> None:
    with serving_soon(tmp_path / "www") as (address, ready):
        media = open_to_the_public(s3, (address.rstrip("/"),)) + bucket.rpartition("/")[2]
        site.site_settings = f'{{branch: gh-pages, bucket: "{bucket}", media_base: "{media}"}}'
        site.write()
        site.publish(FolderHost(tmp_path / "www", "/"), BucketHost(bucket))
        ready()
        assert not list((tmp_path / "www").rglob("*.mp4"))
        assert visit(site, address, media=f"{media}/").differences == ()
        context, complaints = browser.new_context(), Complaints()
        complaints.listen(context, "http://127.0.0.1")
        page = context.new_page()
        page.goto(f"{address}lines/")
        page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
        until(page, "navigator.serviceWorker.controller !== null")
        assert page.evaluate("document.querySelector('video').currentSrc").startswith(media)
        page.evaluate("document.querySelector('video').play()")
        until(page, "document.querySelector('video').currentTime > 0.2")
        page.locator("[data-keep]").click()
        until(page, "document.querySelector('[data-keep]').textContent === 'Remove from this device'")
        context.set_offline(True)
        page.reload()
        until(page, "document.querySelector('video').readyState >= 1")
        page.evaluate("document.querySelector('video').currentTime = 9")
        until(
            page,
            "document.querySelector('video').currentTime >= 9 && document.querySelector('video').readyState >= 2",
        )
        context.set_offline(False)
        context.close()
        complaints.forgive("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
        assert not complaints.said


def test_a_bucket_that_pages_may_not_read_is_told(
    site: SiteProject, bucket: str, s3: Server, tmp_path: Path
) -> None:
    media = open_to_the_public(s3, ("https://elsewhere.org",)) + bucket.rpartition("/")[2]
    site.site_settings = f'{{bucket: "{bucket}", branch: gh-pages, media_base: "{media}/"}}'
    site.write()
    site.publish(FolderHost(tmp_path / "www", "/"), BucketHost(bucket))
    with serving(tmp_path / "www") as address:
        report = visit(site, address, media=f"{media}/")
    assert kinds(report) == {Kind.ORIGIN}
    assert len(report.differences) == 4


@contextmanager
def serving_soon(folder: Path) -> Iterator[tuple[str, Callable[[], None]]]:
    """The address at which ``folder`` will be served, and what begins that; a page has to know it before."""
    folder.mkdir()
    with open_server(folder, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        yield f"http://127.0.0.1:{server.server_address[1]}/", thread.start
        server.shutdown()
        thread.join()


def test_pages_without_an_address_for_videos_are_what_they_were(site: SiteProject) -> None:
    """Only that address changes a site, not where it is published."""
    plain = {path: content.digest for path, content in read_site(site.site).items()}
    site.site_settings = '{bucket: "s3://lessons/hub"}'
    site.write()
    assert {path: content.digest for path, content in read_site(site.site).items()} == plain
    site.site_settings = (
        '{branch: gh-pages, bucket: "s3://lessons/hub", media_base: "https://media.small-hub.org/hub/"}'
    )
    site.write()
    changed = {path for path, content in read_site(site.site).items() if plain.get(path) != content.digest}
    assert not any(digits_of(path) for path in changed)
    assert changed == {
        "404.html", "feed.atom", "glossary/index.html", "index.html", "lines/index.html", "sitemap.xml",
        "streets/index.html", "sw.js",
    }  # fmt: skip
