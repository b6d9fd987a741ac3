"""A small project to publish, and the command as a person runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.bucket import Server, serve_s3
from tests.publish.desk import MORNING, Clock, Desk, sit_down
from tests.publish.project import Project, encode_film, three_lessons
from tests.publish.site_project import SiteProject, encode_short_film
from tests.publish.youtube_server import YouTubeServer, serve_youtube

ROOT = Path(__file__).parents[2]

Publish = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Half a minute of a small moving picture."""
    return encode_film(tmp_path_factory.mktemp("film") / "film.mp4")


@pytest.fixture
def project(tmp_path: Path, film: Path) -> Project:
    """Three lessons in two sections."""
    return three_lessons(tmp_path / "project", film)


@pytest.fixture(scope="session")
def short_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twelve seconds of a smaller one, in which a browser can seek."""
    return encode_short_film(tmp_path_factory.mktemp("short") / "film.mp4")


@pytest.fixture(scope="session")
def s3(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A real S3 server with a bucket."""
    with serve_s3(tmp_path_factory.mktemp("s3")) as server:
        yield server


@pytest.fixture
def site(tmp_path: Path, short_film: Path) -> SiteProject:
    """A project with a built site: two lessons to watch."""
    return SiteProject(tmp_path / "project", short_film).write()


@pytest.fixture
def publish(project: Project) -> Publish:
    """Run ``mlhub publish`` on the project, in a process of its own."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "render.cli", "--root", str(project.root), "publish", *arguments]
        return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)

    return run


@pytest.fixture
def clock() -> Clock:
    """Monday, 30 November 2026, eleven in Berlin: two in the morning where Google's days begin."""
    return Clock(MORNING())


@pytest.fixture
def server(clock: Clock) -> Iterator[YouTubeServer]:
    """YouTube, with an empty channel."""
    with serve_youtube(YouTubeServer(now=clock)) as server:
        yield server
        assert not server.refused


@pytest.fixture
def desk(project: Project, server: YouTubeServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Somebody who publishes three lessons there."""
    return sit_down(project, server, tmp_path / "home", monkeypatch)
