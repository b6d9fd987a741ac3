"""Without a network, after one visit."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from hub.serve import SiteHandler
from hub.site import SiteReport
from tests.hub.conftest import Visit, serving, until


def kept(page: Page) -> None:
    """Wait until the service worker has kept the site and answers for the page."""
    page.evaluate("navigator.serviceWorker.ready.then(() => undefined)")
    until(page, "navigator.serviceWorker.controller !== null")


def test_pages_words_and_search_are_there_after_one_visit(visit: Visit) -> None:
    page = visit()
    kept(page)
    page.context.set_offline(True)
    page.goto(visit.address + "lines/")
    expect(page.locator("h1")).to_have_text("Lines & Slopes")
    expect(page.locator("#script")).to_contain_text("Each gap is a residual.")
    page.keyboard.press("Control+k")
    page.keyboard.type("shrinking squares")
    expect(page.locator(".hits a").first).to_contain_text("Remember the shrinking squares.")
    page.goto(visit.address + "nowhere/")
    expect(page.locator("h1")).to_have_text("No point of ours lies here")
    visit.complaints.forgive("ERR_FAILED", "ERR_INTERNET_DISCONNECTED")  # the video was not kept


def test_a_video_is_kept_on_request_and_plays_from_there(visit: Visit) -> None:
    page = visit("lines/")
    kept(page)
    button = page.locator("[data-keep]")
    expect(button).to_contain_text("Keep for offline")
    button.click()
    expect(button).to_have_text("Remove from this device")
    page.context.set_offline(True)
    page.goto(visit.address)
    page.goto(visit.address + "lines/#t=8")
    until(page, "document.querySelector('video').readyState >= 2")
    until(page, "Math.abs(document.querySelector('video').currentTime - 8) < 1")
    button.click()
    expect(button).to_contain_text("Keep for offline")
    assert page.evaluate("caches.open('videos').then((all) => all.keys()).then((all) => all.length)") == 0


@pytest.mark.parametrize(
    ("wanted", "status", "length"),
    [("bytes=0-99", 206, 100), ("bytes=-50", 206, 50), ("bytes=999999999-", 416, 0)],
)
def test_a_kept_video_is_cut_as_asked(
    visit: Visit, report: SiteReport, wanted: str, status: int, length: int
) -> None:
    page = visit("lines/")
    kept(page)
    page.locator("[data-keep]").click()
    expect(page.locator("[data-keep]")).to_have_text("Remove from this device")
    page.context.set_offline(True)
    answer = page.evaluate(
        """(range) => fetch(document.querySelector("video source").src, {headers: {range}})
        .then(async (answer) => [answer.status, (await answer.arrayBuffer()).byteLength])""",
        wanted,
    )
    assert answer == [status, length]
    visit.complaints.forgive("416", "lines.")


def test_the_worker_changes_with_what_it_keeps_and_only_then(report: SiteReport) -> None:
    """Its list has every page and no video."""
    worker = (report.out / "sw.js").read_text(encoding="utf-8")
    head = worker[: worker.index(";")]
    assert '"index.html"' in head and '"lines/index.html"' in head and "search." in head
    files = head[head.index("FILES=") : head.index("MEDIA=")]
    assert ".mp4" not in files
    assert ".mp4" in head[head.index("MEDIA=") :]


class LeadsToFolders(SiteHandler):
    """Leads from ``index.html`` to its folder, as some hosts do."""

    def do_GET(self) -> None:  # noqa: N802  as the server of the standard library calls it
        if self.path.endswith("index.html"):
            self._redirect(self.path.removesuffix("/index.html"))
        else:
            super().do_GET()

    def _redirect(self, path: str) -> None:
        self.send_response(301)
        self.send_header("Location", path.rstrip("/") + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()


def test_pages_are_kept_from_a_host_that_leads_to_folders(browser: Browser, report: SiteReport) -> None:
    with serving(report.out.parent, LeadsToFolders) as address:
        visit = Visit(browser, f"{address}hub/")
        page = visit()
        kept(page)
        page.context.set_offline(True)
        page.goto(visit.address + "lines/")
        expect(page.locator("h1")).to_have_text("Lines & Slopes")
        page.context.close()
