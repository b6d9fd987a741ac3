"""The published site, asked as a visitor would ask: what arrives, held against what was built.

Every page, file and video is asked for, with the headers that browsers send; besides, what is not there, a folder
without its slash, a page that the browser knows already.  What differs is told in words, with what to do about it.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final
from urllib.parse import urljoin, urlsplit

from publish.site.client import Answer, Client, Unreachable
from publish.site.content import Content, Contents, Wave, is_medium, release_of
from publish.site.record import NAME
from render.core.web_file import is_packed

_LANES: Final = 8
_LONG: Final = 86400 * 365
"""Seconds for which a file with a digest in its name may be kept."""
_WORTH_PACKING: Final = 1400
"""Bytes below which a text travels in one packet, compressed or not."""
_STRETCH: Final = 1 << 16
"""Bytes that are asked of the middle of a video."""
_PAUSE: Final = 2.0

_ALSO: Final = {
    "text/javascript": ("application/javascript", "application/x-javascript"),
    "application/xml": ("text/xml",),
    "application/json": ("text/json",),
    "application/x-subrip": ("text/plain", "application/octet-stream", "text/srt"),
    "text/markdown": ("text/plain",),
}
"""Types that browsers take for the one that we give."""


class Kind(StrEnum):
    """What can differ."""

    SILENCE = "silence"
    STATUS = "status"
    INDEX = "index"
    TYPE = "type"
    LIFETIME = "lifetime"
    VALIDATOR = "validator"
    ENCODING = "encoding"
    CONTENT = "content"
    RANGE = "range"
    MISSING = "missing"
    SLASH = "slash"
    SECURE = "secure"
    ORIGIN = "origin"


REMEDY: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.SILENCE: "Look at the address, its DNS and its certificate.",
        Kind.STATUS: "Publish again, and look at what may be read there.",
        Kind.INDEX: "Have the host answer a folder with its index.html (at S3: a website endpoint, or a CDN in front "
        "that does).",
        Kind.TYPE: "Have the host send the type that it is given, and guess none.",
        Kind.LIFETIME: "Have the host send the Cache-Control that it is given: files with a digest in their name for "
        "a year, immutable, and all others no-cache.",
        Kind.VALIDATOR: "Have the host send ETag or Last-Modified, and answer 304 to who has the file already.",
        Kind.ENCODING: "Have the host compress texts (gzip or Brotli), or send those that are stored so as they are.",
        Kind.CONTENT: "A cache still has the release before (purge it, or wait and visit again), or something on the "
        "way changes files (turn that off).",
        Kind.RANGE: "Have the host answer Range with 206 and just those bytes, or nobody can seek in a video.",
        Kind.MISSING: "Have the host answer what is not there with 404.html and status 404.",
        Kind.SLASH: "Have the host lead from a folder without its slash to the one with it.",
        Kind.SECURE: "Have the host lead from http:// to https://.",
        Kind.ORIGIN: "Allow GET from the pages' address by CORS at the address of the videos, or none can be kept for "
        "offline.",
    }
)
"""What to do about it."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a visitor gets otherwise than it was published."""

    kind: Kind
    address: str
    words: str
    excuse: str = ""
    """Why it cannot be otherwise on this host; such a difference is told and does not count."""

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return REMEDY[self.kind]


@dataclass(frozen=True, slots=True)
class Report:
    """What a visit has found.  ``asked`` counts its questions, ``left`` those for which there was no time."""

    address: str
    asked: int
    left: int
    differences: tuple[Difference, ...]

    @property
    def is_alike(self) -> bool:
        """Whether a visitor gets what was published, as far as this host can."""
        return all(difference.excuse for difference in self.differences)


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit asks for, and whom."""

    contents: Contents
    """The files of the built site."""
    address: str
    """Where its pages are, with a slash at the end."""
    media: str = ""
    """Where its videos are, if elsewhere, with a slash at the end."""
    excuses: Mapping[Kind, str] = field(default_factory=dict)
    """What this host can never do, and why."""
    client: Client = field(default_factory=Client)

    def shows_release(self) -> bool:
        """Whether the host shows this release."""
        try:
            record = json.loads(self.client.ask(self.address + NAME).content or b"")
            return bool(record["releases"][0]["id"] == release_of(self.contents))
        except (Unreachable, ValueError, LookupError, TypeError):
            return False

    def wait(self, seconds: float, sleep: Callable[[float], None] = time.sleep) -> bool:
        """Wait until the host shows this release, at most so long; whether it does."""
        end = time.monotonic() + seconds
        while not (is_there := self.shows_release()) and time.monotonic() < end:
            sleep(min(_PAUSE, max(end - time.monotonic(), 0)))
        return is_there

    def run(self, seconds: float) -> Report:
        """Ask for everything, the pages first; what is not begun after so many seconds is left."""
        end = time.monotonic() + seconds
        found: list[Difference] = []
        try:
            self.client.ask(self.address, most=0)
        except Unreachable as silence:
            nothing = Difference(Kind.SILENCE, self.address, f"nothing answers: {silence}")
            return Report(self.address, 1, 0, (nothing,))
        files = sorted(
            (content for path, content in self.contents.items() if path != "404.html"),
            key=lambda content: (content.wave is Wave.NAMED, not is_medium(content.path), content.path),
        )
        visits: list[Callable[[], Iterator[Difference]]] = [
            self._missing,
            self._slash,
            self._secure,
            self._again,
        ]
        visits += [lambda content=content: self._file(content) for content in files]  # type: ignore[misc]

        def ask(visit: Callable[[], Iterator[Difference]]) -> list[Difference] | None:
            return list(visit()) if time.monotonic() < end else None

        with ThreadPoolExecutor(_LANES) as pool:
            answers = list(pool.map(ask, visits))
        for answer in answers:
            found += answer or ()
        left = sum(answer is None for answer in answers)
        return Report(self.address, len(visits) - left, left, tuple(map(self._excuse, found)))

    def _excuse(self, difference: Difference) -> Difference:
        excuse = self.excuses.get(difference.kind, "")
        return Difference(difference.kind, difference.address, difference.words, excuse)

    # --- one file ---

    def _file(self, content: Content) -> Iterator[Difference]:
        if is_medium(content.path):
            yield from self._video(content)
            return
        folder = content.path.endswith("index.html")
        address = self.address + content.path.removesuffix("index.html")
        headers = {"Accept-Encoding": "gzip"}
        try:
            answer = self.client.ask(address, headers)
            if folder and (answer.status != 200 or not answer.body):
                named = self.client.ask(self.address + content.path, headers)
                if named.status == 200:
                    words = f"the folder {_status(answer)}, not with its index.html"
                    yield Difference(Kind.INDEX, address, words)
                    address, answer = self.address + content.path, named
        except Unreachable as silence:
            yield Difference(Kind.SILENCE, address, f"nothing answers: {silence}")
            return
        if answer.status != 200:
            yield Difference(Kind.STATUS, address, f"it {_status(answer)}")
            return
        yield from _head(content, address, answer)
        if (
            is_packed(content.path)
            and content.size > _WORTH_PACKING
            and not answer.header("content-encoding")
        ):
            yield Difference(
                Kind.ENCODING, address, "it is sent without compression to a browser that takes gzip"
            )
        yield from _compare(content, address, answer)

    def _video(self, content: Content) -> Iterator[Difference]:
        """A stretch from the middle of a video, as a player asks that seeks."""
        address = (self.media or self.address) + content.path
        first = content.size // 2
        last = min(first + _STRETCH, content.size) - 1
        headers = {"Range": f"bytes={first}-{last}"}
        origin = _origin(self.address)
        if _origin(address) != origin:
            headers["Origin"] = origin
        try:
            answer = self.client.ask(address, headers, _STRETCH + 1)
        except Unreachable as silence:
            yield Difference(Kind.SILENCE, address, f"nothing answers: {silence}")
            return
        if answer.status not in (200, 206):
            yield Difference(Kind.STATUS, address, f"it {_status(answer)}")
            return
        yield from _head(content, address, answer)
        if "Origin" in headers and answer.header("access-control-allow-origin") not in ("*", origin):
            yield Difference(
                Kind.ORIGIN, address, f"pages at {origin} may not read it (no Access-Control-Allow-Origin)"
            )
        if answer.status == 200:
            yield Difference(Kind.RANGE, address, "a Range is answered with the whole file")
            return
        wanted = f"bytes {first}-{last}/{content.size}"
        told = answer.header("content-range")
        if told != wanted:
            words = f"a Range is answered with Content-Range “{told}”, not “{wanted}”"
            kind = Kind.CONTENT if told.partition("/")[2] not in ("", "*", str(content.size)) else Kind.RANGE
            yield Difference(kind, address, words)
        elif answer.body != _bytes(content, first, last):
            yield Difference(
                Kind.CONTENT, address, "a Range is answered with other bytes than the video has there"
            )

    # --- what is asked besides ---

    def _missing(self) -> Iterator[Difference]:
        """An address at which there is nothing."""
        page = self.contents.get("404.html")
        for path in (
            f"no-such-page-{release_of(self.contents)}/",
            f"assets/none.{release_of(self.contents)}.js",
        ):
            address = self.address + path
            try:
                answer = self.client.ask(address)
            except Unreachable as silence:
                yield Difference(Kind.SILENCE, address, f"nothing answers: {silence}")
                return
            if answer.status != 404:
                yield Difference(
                    Kind.MISSING, address, f"what is not there is answered with {answer.status}, not 404"
                )
            elif page and answer.content != page.read():
                yield Difference(
                    Kind.MISSING, address, "what is not there is answered with another page than 404.html"
                )
            elif page and answer.header("content-type").partition(";")[0].strip() != "text/html":
                sent = answer.header("content-type") or "none"
                yield Difference(Kind.MISSING, address, f"the page for what is not there has the type {sent}")

    def _slash(self) -> Iterator[Difference]:
        """A folder without its slash."""
        folders = [path.removesuffix("/index.html") for path in self.contents if path.endswith("/index.html")]
        if not folders:
            return
        address = self.address + folders[0]
        try:
            answer = self.client.ask(address)
        except Unreachable:
            return  # told of the page itself
        if answer.status not in (301, 302, 303, 307, 308):
            yield Difference(
                Kind.SLASH,
                address,
                f"a folder without its slash is answered with {answer.status}, not led to the page",
            )
        elif urljoin(address, answer.header("location")) != f"{address}/":
            yield Difference(
                Kind.SLASH, address, f"a folder without its slash leads to {answer.header('location')}"
            )

    def _secure(self) -> Iterator[Difference]:
        """The address by http, where the site is at https."""
        if not self.address.startswith("https://"):
            return
        plain = f"http://{urlsplit(self.address).hostname}{urlsplit(self.address).path}"
        try:
            answer = self.client.ask(plain, most=0)
        except Unreachable:
            yield Difference(Kind.SECURE, plain, "nothing answers there, where old links may lead")
            return
        led = urljoin(plain, answer.header("location"))
        if answer.status not in (301, 302, 307, 308) or not led.startswith("https://"):
            yield Difference(
                Kind.SECURE, plain, f"http:// is answered with {answer.status}, not led to https://"
            )

    def _again(self) -> Iterator[Difference]:
        """A page that the browser has already."""
        if "index.html" not in self.contents:
            return
        address = self.address
        try:
            first = self.client.ask(address, {"Accept-Encoding": "gzip"})
            if first.status != 200 or not first.body:
                address += "index.html"
                first = self.client.ask(address, {"Accept-Encoding": "gzip"})
            known = {
                "If-None-Match": first.header("etag"),
                "If-Modified-Since": first.header("last-modified"),
            }
            known = {name: value for name, value in known.items() if value}
            if first.status != 200 or not known:
                return  # told of the page itself
            again = self.client.ask(address, {"Accept-Encoding": "gzip", **known})
        except Unreachable:
            return
        if again.status != 304:
            words = f"a page that the browser has already is answered with {again.status}, not 304"
            yield Difference(Kind.VALIDATOR, address, words)


def _head(content: Content, address: str, answer: Answer) -> Iterator[Difference]:
    """What is wrong with type, lifetime and validators."""
    sent = answer.header("content-type").lower()
    essence, _, parameters = (part.strip() for part in sent.partition(";"))
    wanted = content.type.partition(";")[0]
    charset = parameters.removeprefix("charset=").strip('"') if parameters.startswith("charset=") else "utf-8"
    if essence not in (wanted, *_ALSO.get(wanted, ())) or charset != "utf-8":
        yield Difference(Kind.TYPE, address, f"its type is {sent or 'not told'}, not {content.type}")
    lifetime = answer.header("cache-control")
    if not _lives(lifetime, content.is_named):
        words = f"its Cache-Control is “{lifetime}”" if lifetime else "it has no Cache-Control"
        yield Difference(Kind.LIFETIME, address, f"{words}, not “{content.cache}”")
    if not content.is_named and not (answer.header("etag") or answer.header("last-modified")):
        yield Difference(Kind.VALIDATOR, address, "it has neither ETag nor Last-Modified")


def _lives(lifetime: str, for_good: bool) -> bool:
    """Whether a Cache-Control says what it should: to keep a file for good, or to ask about it each time."""
    told = {part.strip().lower() for part in lifetime.split(",")}
    ages = [int(part[8:]) for part in told if part.startswith("max-age=") and part[8:].isdecimal()]
    if for_good:
        return "immutable" in told and max(ages, default=0) >= _LONG
    return bool(told & {"no-cache", "no-store"}) or ages == [0]


def _compare(content: Content, address: str, answer: Answer) -> Iterator[Difference]:
    """Whether what came is what was published."""
    came = answer.content
    if came is None:
        words = f"its Content-Encoding “{answer.header('content-encoding')}” is not what its bytes are"
        yield Difference(Kind.ENCODING, address, words)
    elif not hashlib.sha256(came).hexdigest().startswith(content.digest):
        yield Difference(Kind.CONTENT, address, "it is not what was published")


def _status(answer: Answer) -> str:
    return f"is answered with {answer.status}" + ("" if answer.body else " and nothing")


def _bytes(content: Content, first: int, last: int) -> bytes:
    if isinstance(content.source, bytes):
        return content.source[first : last + 1]
    with content.source.open("rb") as file:
        file.seek(first)
        return file.read(last + 1 - first)


def _origin(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
