"""A small server for the finished site on one's own machine: with ranges, validators, types and compression.

Python's own ``http.server`` answers no ``Range`` request, so that no browser could seek in a video it serves;
this one follows RFC 9110 as far as a player needs it, and does what ``docs/hub.md`` asks of a host.  It is for
looking, not for the open net: it answers to the names of this machine alone, so that no page of another site can
read it by a name of its own (DNS rebinding), and every request with a status, whatever it asks.
"""

from __future__ import annotations

import errno
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from email.utils import formatdate
from functools import lru_cache, partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import BinaryIO, Final
from urllib.parse import quote, unquote, urlsplit

from render.core.fault import EnvironmentFault, Exit, UsageFault
from render.core.web_file import TYPES, is_packed, lifetime_of, pack, type_of

PORTS_TRIED: Final = 20
"""How many ports are tried, from the wanted one upwards, where it is taken."""

NAMES: Final = frozenset({"localhost", "127.0.0.1", "::1"})
"""Names under which a browser on this machine reaches the server."""

_CHUNK: Final = 1 << 16
_DIGITS: Final = 18
"""Digits of a number of bytes that is read; one with more is larger than any file."""


class Unsatisfiable(Exception):
    """A range that lies wholly outside of the file: status 416."""


def read_range(header: str | None, size: int) -> tuple[int, int] | None:
    """First and last byte (inclusive) that a ``Range`` header asks of a file of ``size`` bytes.

    None means the whole file: no header, a unit or a syntax we do not know, or several ranges at once, all of
    which RFC 9110 (section 14.2) lets a server ignore.  Raises :class:`Unsatisfiable` for status 416.
    """
    match = re.fullmatch(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", header or "", flags=re.ASCII | re.IGNORECASE)
    if match is None or match.group(1, 2) == ("", ""):
        return None
    first, last = (_number(digits) for digits in match.group(1, 2))
    if first is None:
        length = min(last or 0, size)
        if length == 0:
            raise Unsatisfiable
        return size - length, size - 1
    if last is not None and last < first:
        return None
    if first >= size:
        raise Unsatisfiable
    return first, min(last, size - 1) if last is not None else size - 1


def _number(digits: str) -> int | None:
    """The number that digits are, or one that is larger than any file where there are too many; None for none."""
    if not digits:
        return None
    return int(digits) if len(digits) <= _DIGITS else sys.maxsize


def takes_gzip(header: str | None) -> bool:
    """Whether an ``Accept-Encoding`` header (RFC 9110, section 12.5.3) lets a server answer in gzip."""
    weights: dict[str, float] = {}
    for choice in (header or "").lower().split(","):
        match = re.fullmatch(r"\s*([\w*-]+)\s*(?:;\s*q=([01](?:\.\d{0,3})?)\s*)?", choice, flags=re.ASCII)
        if match:
            weights[match[1]] = float(match[2] or 1)
    return weights.get("gzip", weights.get("*", 0)) > 0


class SiteServer(ThreadingHTTPServer):
    """Lets as many connections wait as a browser with several pages opens at once."""

    request_queue_size = 128


class SiteHandler(BaseHTTPRequestHandler):
    """Answers GET and HEAD from one folder and from nowhere else."""

    protocol_version = "HTTP/1.1"
    server_version = "mlhub"
    sys_version = ""

    def __init__(self, folder: Path, *args: object) -> None:
        self.folder = folder
        super().__init__(*args)  # type: ignore[arg-type]

    def handle(self) -> None:
        """Answer one connection's requests; a player that seeks drops its old one, which is no news."""
        with suppress(ConnectionError):
            super().handle()

    def do_GET(self) -> None:
        """Answer with the file, the part of it that was asked for, or why not."""
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with what a GET would say before its body."""
        self._respond(with_body=False)

    def send_response(self, code: int, message: str | None = None) -> None:
        """Begin an answer."""
        self._begun = True
        super().send_response(code, message)

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say only what went wrong: a page asks for dozens of files and all is well."""
        if isinstance(code, int) and code >= HTTPStatus.BAD_REQUEST:
            super().log_request(code, size)

    def _respond(self, *, with_body: bool) -> None:
        """Answer whatever is asked: what goes wrong on the way is a status too, unless an answer has begun."""
        self._begun = False
        try:
            if (refusal := self._refusal()) is not None:
                self._send_refusal(refusal, with_body)
            else:
                self._answer(with_body=with_body)
        except ConnectionError:
            raise
        except Exception as error:
            self.log_error("%s: %s: %s", self.path[:200], type(error).__name__, error)
            self.close_connection = True
            if not self._begun:
                self._send_refusal(HTTPStatus.INTERNAL_SERVER_ERROR, with_body)

    def _refusal(self) -> HTTPStatus | None:
        """Why a request is not answered: it is malformed, or it is for another host."""
        hosts = self.headers.get_all("Host", [])
        try:
            asked = urlsplit(self.path)
            named = [urlsplit(f"//{host}").hostname for host in hosts]
            named += [asked.hostname] if asked.scheme else []
        except ValueError:
            return HTTPStatus.BAD_REQUEST
        if len(hosts) != 1 and (hosts or self.request_version != "HTTP/1.0"):
            return HTTPStatus.BAD_REQUEST
        bound = self.server.server_address
        own = NAMES | {str(bound[0])} if isinstance(bound, tuple) else NAMES
        return None if own.issuperset(named) else HTTPStatus.MISDIRECTED_REQUEST

    def _send_refusal(self, status: HTTPStatus, with_body: bool) -> None:
        body = f"{status.phrase}\n".encode()
        self.send_response(status)
        self.send_header("Content-Type", TYPES[".txt"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _answer(self, *, with_body: bool) -> None:
        path = unquote(urlsplit(self.path).path)
        file = self._find(path)
        if file is not None and file.is_dir():
            if not path.endswith("/"):
                self._redirect(path)
                return
            file = file / "index.html"
        if file is None or not file.is_file():
            self._send_missing(with_body)
        else:
            self._send_file(file, with_body)

    def _find(self, path: str) -> Path | None:
        """The file or folder that ``path`` names, or None where it would lead out of the site."""
        if "\0" in path:
            return None
        try:
            found = (self.folder / path.lstrip("/")).resolve()
            found.stat()
        except (
            OSError,
            RuntimeError,
        ):  # there is none, its name is too long, or links lead round in a circle
            return None
        return found if found.is_relative_to(self.folder) else None

    def _redirect(self, path: str) -> None:
        # Relative to the folder above, so that a path such as //host can never lead to another host.
        self.send_response(HTTPStatus.MOVED_PERMANENTLY)
        self.send_header("Location", "./" + quote(path.rstrip("/").rsplit("/", 1)[-1]) + "/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _send_missing(self, with_body: bool) -> None:
        page = self.folder / "404.html"
        body = page.read_bytes() if page.is_file() else b"Not found\n"
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", TYPES[".html" if page.is_file() else ".txt"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _send_file(self, file: Path, with_body: bool) -> None:
        with file.open("rb") as stream:
            state = file.stat()
            wanted = self.headers.get("Range") if with_body else None
            packed = (
                wanted is None and is_packed(file.name) and takes_gzip(self.headers.get("Accept-Encoding"))
            )
            etag = f'"{state.st_mtime_ns:x}-{state.st_size:x}{"-gzip" if packed else ""}"'
            changed = formatdate(state.st_mtime, usegmt=True)
            known = self.headers.get("If-None-Match")
            if etag in _tags(known) or (known is None and self.headers.get("If-Modified-Since") == changed):
                self.send_response(HTTPStatus.NOT_MODIFIED)
                self._send_validators(file, etag, changed)
                self.end_headers()
                return
            if packed:
                self._send_packed(_pack(file, state.st_mtime_ns), file, etag, changed, with_body)
                return
            if self.headers.get("If-Range", etag) not in (etag, changed):
                wanted = None
            try:
                part = read_range(wanted, state.st_size)
            except Unsatisfiable:
                self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
                self.send_header("Content-Range", f"bytes */{state.st_size}")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            first, last = part or (0, state.st_size - 1)
            self.send_response(HTTPStatus.PARTIAL_CONTENT if part else HTTPStatus.OK)
            if part:
                self.send_header("Content-Range", f"bytes {first}-{last}/{state.st_size}")
            self.send_header("Content-Type", type_of(file.name))
            self.send_header("Content-Length", str(last - first + 1))
            self._send_validators(file, etag, changed)
            self.end_headers()
            if with_body:
                for chunk in _chunks(stream, first, last):
                    self.wfile.write(chunk)

    def _send_packed(self, body: bytes, file: Path, etag: str, changed: str, with_body: bool) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", type_of(file.name))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self._send_validators(file, etag, changed)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def _send_validators(self, file: Path, etag: str, changed: str) -> None:
        self.send_header("ETag", etag)
        self.send_header("Last-Modified", changed)
        self.send_header("Cache-Control", lifetime_of(file.name))
        self.send_header("Accept-Ranges", "bytes")
        if is_packed(file.name):
            self.send_header("Vary", "Accept-Encoding")
        self.send_header("X-Content-Type-Options", "nosniff")


def open_server(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    handler: Callable[..., SiteHandler] = SiteHandler,
) -> SiteServer:
    """A server bound to the first free port from ``port`` on, not yet answering.  Port 0 takes any.

    ``handler`` makes, of the folder and what the server adds to it, what answers one connection.

    Raises :class:`UsageFault` when there is no site, :class:`EnvironmentFault` when nothing can be bound.
    """
    if not folder.is_dir():
        raise UsageFault(f"{folder} is not there: there is no site to serve. Make it first with `make hub`.")
    answering = partial(handler, folder.resolve())
    last = port if port == 0 else min(port + PORTS_TRIED - 1, 65535)
    for candidate in range(port, last + 1):
        try:
            return SiteServer((host, candidate), answering)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise EnvironmentFault(f"cannot serve on {host}:{candidate}: {error.strerror}") from error
    raise EnvironmentFault(f"ports {port} to {last} of {host} are all taken: choose another with PORT=…")


def serve(folder: Path, host: str = "127.0.0.1", port: int = 8000) -> Exit:
    """Serve ``folder`` until interrupted; prints the address to open.  Returns ``Exit.INTERRUPTED``."""
    with open_server(folder, host, port) as server:
        taken = server.server_address[1]
        if taken != port != 0:
            print(f"Port {port} is taken.", file=sys.stderr)
        print(f"http://{host}:{taken}/  (Ctrl-C ends)", flush=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return Exit.INTERRUPTED


@lru_cache(maxsize=128)
def _pack(file: Path, _changed: int) -> bytes:
    """A file in gzip; the same file gives the same bytes."""
    return pack(file.read_bytes())


def _tags(header: str | None) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}


def _chunks(stream: BinaryIO, first: int, last: int) -> Iterator[bytes]:
    """The bytes ``first`` to ``last`` (inclusive), a little at a time."""
    stream.seek(first)
    left = last - first + 1
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        left -= len(chunk)
        yield chunk
