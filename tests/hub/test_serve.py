"""The server of the finished site: RFC 9110 as far as a player needs it, and not a byte from elsewhere."""

from __future__ import annotations

import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.serve import Unsatisfiable, open_server, read_range, serve
from render.core.fault import EnvironmentFault, UsageFault
from tests.limit import WAITING

CONTENT = bytes(range(256)) * 800  # longer than one chunk
WORDS = b"export const words = true;\n" * 40


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    outer = tmp_path_factory.mktemp("outer")
    site = outer / "site"
    (site / "svm").mkdir(parents=True)
    (site / "empty").mkdir()
    (outer / "secret.txt").write_text("secret")
    (site / "leak.txt").symlink_to(outer / "secret.txt")
    (site / "index.html").write_text("<p>home")
    (site / "404.html").write_text("<p>gone")
    (site / "svm" / "index.html").write_text("<p>svm")
    (site / "film.0123456789ab.mp4").write_bytes(CONTENT)
    (site / "words.0123456789ab.js").write_bytes(WORDS)
    for name in ("c.vtt", "a.webmanifest", "p.webp", "s.js", "f.woff2", "t.srt", "n.atom", "nothing.bin"):
        (site / name).write_bytes(b"x")
    (site / "none.txt").write_bytes(b"")
    return site


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with open_server(folder, port=0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


Answer = tuple[int, dict[str, str], bytes]


def ask(port: int, path: str, method: str = "GET", **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=WAITING)
    connection.request(
        method, path, headers={name.replace("_", "-"): value for name, value in headers.items()}
    )
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, body


FILM = "/film.0123456789ab.mp4"
SIZE = len(CONTENT)


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [
        ("bytes=0-0", 0, 0),
        ("bytes=5-9", 5, 9),
        ("bytes=100-", 100, SIZE - 1),
        ("bytes=-7", SIZE - 7, SIZE - 1),
        ("bytes=10-99999999", 10, SIZE - 1),
        ("bytes=-99999999", 0, SIZE - 1),
        ("Bytes = 1-2", 1, 2),
    ],
)
def test_a_range_is_answered_with_exactly_its_bytes(port: int, header: str, first: int, last: int) -> None:
    status, headers, body = ask(port, FILM, Range=header)
    assert status == 206
    assert headers["content-range"] == f"bytes {first}-{last}/{SIZE}"
    assert headers["content-length"] == str(last - first + 1)
    assert body == CONTENT[first : last + 1]


@pytest.mark.parametrize("header", ["bytes=204800-", "bytes=999999-9999999", "bytes=-0"])
def test_a_range_outside_of_the_file_is_refused_with_its_size(port: int, header: str) -> None:
    status, headers, body = ask(port, FILM, Range=header)
    assert (status, headers["content-range"], body) == (416, f"bytes */{SIZE}", b"")


@pytest.mark.parametrize(
    "header", ["bytes=0-1,5-6", "items=0-1", "bytes=9-5", "bytes=-", "bytes=x-", "bytes=１-２"]
)
def test_a_range_that_may_be_ignored_gives_the_whole_file(port: int, header: str) -> None:
    status, headers, body = ask(port, FILM, Range=header.encode().decode("latin-1"))
    assert (status, body) == (200, CONTENT)
    assert "content-range" not in headers


def test_nothing_can_be_asked_of_an_empty_file(port: int) -> None:
    with pytest.raises(Unsatisfiable):
        read_range("bytes=0-", 0)
    assert ask(port, "/none.txt")[::2] == (200, b"")


def test_head_says_what_get_would_and_sends_nothing(port: int) -> None:
    status, headers, body = ask(port, FILM, "HEAD", Range="bytes=0-1")
    assert (status, headers["content-length"], headers["accept-ranges"], body) == (
        200,
        str(SIZE),
        "bytes",
        b"",
    )
    assert ask(port, "/nowhere", "HEAD")[::2] == (404, b"")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        (FILM, "video/mp4"),
        ("/c.vtt", "text/vtt; charset=utf-8"),
        ("/t.srt", "application/x-subrip; charset=utf-8"),
        ("/a.webmanifest", "application/manifest+json"),
        ("/p.webp", "image/webp"),
        ("/n.atom", "application/atom+xml"),
        ("/s.js", "text/javascript; charset=utf-8"),
        ("/f.woff2", "font/woff2"),
        ("/nothing.bin", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(port: int, path: str, kind: str) -> None:
    status, headers, _ = ask(port, path)
    assert (status, headers["content-type"]) == (200, kind)


def test_an_unchanged_file_is_not_sent_again(port: int) -> None:
    _, headers, _ = ask(port, FILM)
    for known in ({"If_None_Match": headers["etag"]}, {"If_None_Match": f'"other", W/{headers["etag"]}'}):
        assert ask(port, FILM, **known)[::2] == (304, b"")
    assert ask(port, FILM, If_Modified_Since=headers["last-modified"])[0] == 304
    assert ask(port, FILM, If_None_Match='"other"', If_Modified_Since=headers["last-modified"])[0] == 200


def test_a_part_of_a_file_that_changed_is_never_joined_to_the_old_one(port: int) -> None:
    _, headers, _ = ask(port, FILM)
    assert ask(port, FILM, Range="bytes=0-1", If_Range=headers["etag"])[0] == 206
    assert ask(port, FILM, Range="bytes=0-1", If_Range='"other"')[0] == 200


TEXT = "/words.0123456789ab.js"


@pytest.mark.parametrize(
    ("header", "packed"),
    [
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.5", True),
        ("*", True),
        ("gzip;q=0, *", False),
        ("*;q=0", False),
        ("br", False),
        ("", False),
        ("gzip;level=9", False),
    ],
)
def test_words_travel_compressed_for_who_can_read_that(port: int, header: str, packed: bool) -> None:
    status, headers, body = ask(port, TEXT, Accept_Encoding=header)
    assert (status, headers.get("content-encoding")) == (200, "gzip" if packed else None)
    assert (headers["vary"], headers["content-type"]) == ("Accept-Encoding", "text/javascript; charset=utf-8")
    assert int(headers["content-length"]) == len(body)
    assert (gzip.decompress(body) if packed else body) == WORDS
    assert (len(body) < len(WORDS) / 9) == packed
    told = ask(port, TEXT, "HEAD", Accept_Encoding=header)
    assert (told[0], told[1] | {"date": ""}, told[2]) == (200, headers | {"date": ""}, b"")


def test_two_forms_of_a_file_are_never_taken_for_each_other(port: int) -> None:
    (_, small, body), (_, plain, _) = (ask(port, TEXT, Accept_Encoding=form) for form in ("gzip", "identity"))
    assert small["etag"] != plain["etag"]
    assert ask(port, TEXT, Accept_Encoding="gzip", If_None_Match=small["etag"])[::2] == (304, b"")
    assert ask(port, TEXT, Accept_Encoding="gzip", If_None_Match=plain["etag"])[::2] == (200, body)
    part = {"Accept_Encoding": "gzip", "Range": "bytes=0-3"}
    status, headers, body = ask(port, TEXT, **part)
    assert (status, headers.get("content-encoding"), body) == (206, None, WORDS[:4])
    assert ask(port, TEXT, **part, If_Range=small["etag"])[::2] == (200, WORDS)


def test_a_changed_file_is_compressed_anew(port: int, folder: Path) -> None:
    file = folder / "changing.txt"
    for second, words in enumerate((b"once" * 99, b"more" * 99)):
        file.write_bytes(words)
        os.utime(file, (second, second))
        assert gzip.decompress(ask(port, "/changing.txt", Accept_Encoding="gzip")[2]) == words


def test_what_is_compressed_in_itself_is_sent_as_it_is(port: int) -> None:
    for path in (FILM, "/p.webp", "/f.woff2", "/nothing.bin"):
        _, headers, _ = ask(port, path, Accept_Encoding="gzip")
        assert "content-encoding" not in headers and "vary" not in headers


def test_only_a_file_named_by_its_content_may_be_kept(port: int) -> None:
    assert "immutable" in ask(port, FILM)[1]["cache-control"]
    assert ask(port, "/")[1]["cache-control"] == "no-cache"


def test_folders_answer_with_their_index_and_are_never_listed(port: int) -> None:
    assert ask(port, "/svm/?t=83")[::2] == (200, b"<p>svm")
    status, headers, _ = ask(port, "/svm")
    assert (status, headers["location"]) == (301, "./svm/")
    assert ask(port, "/empty/")[::2] == (404, b"<p>gone")
    assert "//" not in ask(port, "//svm")[1].get("location", "")


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/svm/..%2f..%2fsecret.txt",
        "/svm/%2e%2e/%2e%2e/secret.txt",
        "/..%5csecret.txt",
        "//../secret.txt",
        "/leak.txt",
        "/%00",
        "http://127.0.0.1/../secret.txt",
        "/nowhere",
    ],
)
def test_nothing_outside_of_the_site_is_shown(port: int, path: str) -> None:
    assert ask(port, path)[::2] == (404, b"<p>gone")


def test_a_taken_port_gives_the_next_free_one(folder: Path) -> None:
    with open_server(folder, port=0) as first:
        taken = first.server_address[1]
        with open_server(folder, port=taken) as second:
            assert taken < second.server_address[1] < taken + 20


def test_no_port_at_all_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hub.serve.PORTS_TRIED", 1)
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(EnvironmentFault, match=f"{port}.*taken"):
            open_server(folder, port=port)


def test_a_site_that_is_not_there_and_a_host_that_is_not_ours_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="make hub"):
        serve(tmp_path / "site")
    with pytest.raises(EnvironmentFault, match=r"192\.0\.2\.1"):
        open_server(tmp_path, "192.0.2.1")


def test_interrupting_ends_quietly_with_130(folder: Path) -> None:
    code = "import sys; from pathlib import Path; from hub.serve import serve; "
    code += f"sys.exit(serve(Path({str(folder)!r}), port=0))"
    # tests that a shell runs in the background inherit that nobody heeds Ctrl-C
    heeding = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); "
    heeding += "os.execv(sys.argv[1], sys.argv[1:])"
    with subprocess.Popen(
        [sys.executable, "-c", heeding, sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline().startswith("http://127.0.0.1:")
            time.sleep(0.2)
            process.send_signal(signal.SIGINT)
            _, errors = process.communicate()
            assert (process.returncode, errors) == (130, "")
        finally:
            process.kill()


def test_a_player_that_hangs_up_is_no_news(port: int, capfd: pytest.CaptureFixture[str]) -> None:
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(f"GET {FILM} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
        connection.recv(100)
        connection.setsockopt(
            socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0"
        )  # reset, as a seek does
    time.sleep(0.2)
    assert ask(port, "/")[0] == 200
    assert capfd.readouterr().err == ""


def send(port: int, request: bytes) -> bytes:
    """All that comes back for the bytes of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=WAITING) as line:
        line.sendall(request)
        line.shutdown(socket.SHUT_WR)
        return b"".join(iter(lambda: line.recv(1 << 16), b""))


OURS = b"Host: localhost:8000\r\n"
REQUESTS = {
    "a range of 5,000 digits": (
        b"GET /s.js HTTP/1.1\r\n%sRange: bytes=%s-\r\n\r\n" % (OURS, b"9" * 5_000),
        416,
    ),
    "a range up to 5,000 digits": (
        b"GET /s.js HTTP/1.1\r\n%sRange: bytes=0-%s\r\n\r\n" % (OURS, b"9" * 5_000),
        206,
    ),
    "the last 5,000 digits": (
        b"GET /s.js HTTP/1.1\r\n%sRange: bytes=-%s\r\n\r\n" % (OURS, b"9" * 5_000),
        206,
    ),
    "a long name": (b"GET /%s HTTP/1.1\r\n%s\r\n" % (b"a" * 5_000, OURS), 404),
    "a long path": (b"GET /%s HTTP/1.1\r\n%s\r\n" % (b"a/" * 20_000, OURS), 404),
    "a request line that is too long": (b"GET /%s HTTP/1.1\r\n%s\r\n" % (b"a" * 70_000, OURS), 414),
    "links that lead round": (b"GET /loop HTTP/1.1\r\n%s\r\n" % OURS, 404),
    "a path through links that lead round": (b"GET /loop/x HTTP/1.1\r\n%s\r\n" % OURS, 404),
    "a file as a folder": (b"GET /s.js/x HTTP/1.1\r\n%s\r\n" % OURS, 404),
    "a zero byte": (b"GET /a%%00b HTTP/1.1\r\n%s\r\n" % OURS, 404),
    "bytes that are no UTF-8": (b"GET /%%ff\xfe HTTP/1.1\r\n%s\r\n" % OURS, 404),
    "half an address": (b"GET http://[ HTTP/1.1\r\n%s\r\n" % OURS, 400),
    "what cannot be read": (b"GET /unreadable.txt HTTP/1.1\r\n%s\r\n" % OURS, 500),
    "another method": (b"POST / HTTP/1.1\r\n%s\r\n" % OURS, 501),
    "no host": (b"GET / HTTP/1.1\r\n\r\n", 400),
    "no host, as long ago": (b"GET / HTTP/1.0\r\n\r\n", 200),
    "two hosts": (b"GET / HTTP/1.1\r\n%s%s\r\n" % (OURS, OURS), 400),
    "a host that is none": (b"GET / HTTP/1.1\r\nHost: [\r\n\r\n", 400),
    "another host": (b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n", 421),
    "another host in the address": (b"GET http://evil.example/ HTTP/1.1\r\n%s\r\n" % OURS, 421),
    "a host that begins like ours": (b"GET / HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n", 421),
    "an empty host": (b"GET / HTTP/1.1\r\nHost:\r\n\r\n", 421),
    "our host by its number": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", 200),
    "our host in version 6": (b"GET / HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n", 200),
    "our host in capitals": (b"GET / HTTP/1.1\r\nHost: LOCALHOST\r\n\r\n", 200),
}


@pytest.mark.parametrize(("request_", "status"), REQUESTS.values(), ids=REQUESTS)
def test_whatever_is_asked_is_answered_with_a_status(
    port: int, folder: Path, request_: bytes, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some of these dropped the connection with a traceback, and every host was answered."""
    if not (folder / "loop").is_symlink():
        (folder / "loop").symlink_to("loop")
        (folder / "unreadable.txt").write_text("x")
    opened = Path.open

    def refuse(path: Path, *arguments: object, **named: object) -> object:
        if path.name == "unreadable.txt":
            raise PermissionError(13, "Permission denied")
        return opened(path, *arguments, **named)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    answer = send(port, request_)
    assert answer.split(b" ")[1] == str(status).encode(), answer[:80]
    assert b"Traceback" not in answer
    assert send(port, b"GET / HTTP/1.1\r\n%s\r\n" % OURS).startswith(b"HTTP/1.1 200"), "the next is answered"
