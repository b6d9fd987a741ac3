"""Consent, given in a browser on this machine or on another, and kept for the user alone."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError

import pytest

from publish.youtube.account import SCOPE, Account
from tests.publish.conftest import ROOT
from tests.publish.desk import Desk
from tests.publish.youtube_server import client_json


@pytest.fixture
def client(desk: Desk, tmp_path: Path) -> Path:
    """What Google's console offers for download."""
    path = tmp_path / "client.json"
    path.write_text(client_json(desk.server))
    return path


@contextmanager
def consenting(desk: Desk, client: Path, *options: str) -> Iterator[subprocess.Popen[str]]:
    """``mlhub publish consent``, waiting for a person."""
    command = [sys.executable, "-m", "render.cli", "--root", str(desk.project.root), "publish", "consent"]
    environment = {**os.environ, **desk.environment, "BROWSER": "true"}
    process = subprocess.Popen(
        [*command, "--client", str(client), *options],
        cwd=ROOT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def link(process: subprocess.Popen[str]) -> str:
    """The address that a person is asked to open."""
    assert process.stdout
    said = ""
    for line in process.stdout:
        said += line
        if found := re.search(r"http://\S+/auth\?\S+", line):
            return found[0]
    assert process.stderr
    raise AssertionError(said + process.stderr.read())


def sent_to(address: str) -> str:
    """Where the consent page sends the browser when a person has consented."""

    class Stay(urllib.request.HTTPRedirectHandler):
        def redirect_request(self, *_: object) -> None:
            return None

    try:
        urllib.request.build_opener(Stay).open(address)
    except URLError as error:
        return str(error.headers["Location"])  # type: ignore[attr-defined]
    raise AssertionError("no redirect")


def test_consent_in_a_browser_on_another_machine(desk: Desk, client: Path) -> None:
    with consenting(desk, client, "--paste") as process:
        address = link(process)
        assert SCOPE.rpartition("/")[2] in address
        assert "access_type=offline" in address
        said, wrong = process.communicate(sent_to(address) + "\n")
        assert process.returncode == 0, wrong
    assert "readable by you alone" in said
    environment = {key: value for key, value in desk.environment.items() if key != "YOUTUBE_TOKEN"}
    account = Account.of(environment)
    assert stat.S_IMODE(account.token_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(account.config.stat().st_mode) == 0o700
    token = account.token()
    assert token.refresh_token == "refresh-1"
    assert token.expires is not None
    assert (token.expires - token.granted).days == 6  # as long as the consent screen is in “Testing”


def test_consent_in_a_browser_on_this_machine(desk: Desk, client: Path) -> None:
    with consenting(desk, client) as process:
        back = sent_to(link(process))
        assert back.startswith("http://127.0.0.1:")
        assert b"Thank you" in urllib.request.urlopen(back).read()
        _, wrong = process.communicate()
        assert process.returncode == 0, wrong
    assert (desk.home / "config/mlhub/youtube-token.json").is_file()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ("", "That is not the address to which Google sent the browser"),
        ("http://127.0.0.1:8765/?error=access_denied&state=x", "The consent was refused: access_denied"),
        ("http://127.0.0.1:8765/?state=forged&code=code-1", "That is not the address"),
    ],
)
def test_what_is_no_consent(desk: Desk, client: Path, answer: str, words: str) -> None:
    with consenting(desk, client, "--paste") as process:
        link(process)
        _, wrong = process.communicate(answer + "\n")
        assert process.returncode == 4
    assert words in wrong
    assert not (desk.home / "config").exists()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not JSON"),
        ('{"web": {}}', "expected the JSON of an OAuth client of the type “Desktop app”"),
        ('{"installed": {"client_id": "x"}}', "Download it again"),
    ],
)
def test_what_is_no_client(desk: Desk, client: Path, text: str, words: str) -> None:
    client.write_text(text)
    with consenting(desk, client) as process:
        _, wrong = process.communicate()
        assert process.returncode == 2
    assert words in wrong
