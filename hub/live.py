"""The site as an author sees it while writing: its pages are told what is being drawn, and reload when it is done.

The files of the site are not changed: the script by which a page listens is put into it while it is sent, so that it is
never published.
"""

from __future__ import annotations

import json
import threading
from dataclasses import asdict, dataclass, replace
from html import escape
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from hub.serve import SiteHandler
from render.core.web_file import TYPES, type_of

OWN: Final = "/-/"
"""Prefix of the paths that are not of the site."""

_ASSETS: Final = Path(__file__).parent / "assets"
_BREATH: Final = 10.0
"""Seconds after which a page without news is sent the last one again, so that it knows that the server is there."""


@dataclass(frozen=True, slots=True)
class News:
    """The state of the preview, as a page is told it."""

    version: str = ""
    """Version of what can be shown; empty before there is anything."""
    page: str = "/"
    """Path of the page that shows it."""
    second: float | None = None
    """Where the video should stand when a page shows this version; None for where it stands."""
    state: str = "drawing"
    """``drawing``, ``shown`` or ``failed``."""
    told: str = ""
    """A line for a person."""
    place: str = ""
    """``scenes/svm/margin.py:120`` where the lesson is at fault."""
    trace: str = ""


class Live:
    """The latest news; any number of pages may wait for the next."""

    def __init__(self, news: News) -> None:
        self._news = news
        self._count = 0
        self._open = True
        self._changed = threading.Condition()

    @property
    def news(self) -> News:
        """The latest."""
        return self._news

    def tell(self, **changes: Any) -> None:
        """Change what is told (fields of :class:`News`)."""
        with self._changed:
            self._news = replace(self._news, **changes)
            self._count += 1
            self._changed.notify_all()

    def close(self) -> None:
        """End the waiting of all pages, and their connections."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def after(self, count: int, seconds: float) -> tuple[int, News] | None:
        """Wait up to ``seconds`` for news after those numbered ``count``; returns the latest number and news.

        None when the preview has ended.
        """
        with self._changed:
            self._changed.wait_for(lambda: not self._open or self._count != count, seconds)
            return (self._count, self._news) if self._open else None


class LiveHandler(SiteHandler):
    """Answers as :class:`hub.serve.SiteHandler` does, but its pages listen to ``live``."""

    def __init__(self, live: Live, folder: Path, *args: object) -> None:
        self.live = live
        super().__init__(folder, *args)

    def _answer(self, *, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        if path == f"{OWN}news":
            self._send_news(with_body)
        elif path in (f"{OWN}live.js", f"{OWN}live.css"):
            self._send_bytes((_ASSETS / Path(path).name).read_bytes(), type_of(path), with_body)
        else:
            super()._answer(with_body=with_body)

    def _send_missing(self, with_body: bool) -> None:
        news = self.live.news
        if unquote(urlsplit(self.path).path) == news.page:
            self._send_bytes(_listening(_WAITING, news.version), TYPES[".html"], with_body)
        else:
            super()._send_missing(with_body)

    def _send_file(self, file: Path, with_body: bool) -> None:
        if file.suffix != ".html":
            super()._send_file(file, with_body)
            return
        version = self.live.news.version  # before the file: a page that is newer than it says comes again
        self._send_bytes(_listening(file.read_bytes(), version), TYPES[".html"], with_body)

    def _send_bytes(self, body: bytes, kind: str, with_body: bool) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _send_news(self, with_body: bool) -> None:
        """Send news as server-sent events (the HTML standard, section 9.2) until either side ends."""
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        count = -1
        while with_body and (latest := self.live.after(count, _BREATH)):
            if latest[0] == count:
                self.wfile.write(b": still here\n\n")
            else:
                count = latest[0]
                self.wfile.write(f"data: {json.dumps(asdict(latest[1]))}\n\n".encode())
            self.wfile.flush()


def _listening(page: bytes, version: str) -> bytes:
    """A page with the script by which it listens; its content security policy allows that, as it asks its own host."""
    script = (
        f'<link rel="stylesheet" href="{OWN}live.css">\n'
        f'<script src="{OWN}live.js" data-version="{escape(version)}" defer></script>\n</head>'
    )
    return page.replace(b"</head>", script.encode(), 1)


_WAITING: Final = b"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Being drawn</title>
<link rel="icon" href="data:,">
</head>
<body class="live-waiting">
<main><h1>The lesson is being drawn</h1><p>It is shown here as soon as there is something to see.</p></main>
</body>
</html>
"""
