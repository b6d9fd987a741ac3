"""A small project of its own for tests that render."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, expect, sync_playwright

from scripts.chaos import lay_out
from tests.limit import PAGE
from tests.once import Once, once_in
from tests.owner import check_of
from tests.scenes.harness.certificate import commit, drawn_lesson

# How long an example takes says nothing on a busy machine.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
expect.set_options(timeout=1000 * PAGE)

CERTIFICATES: Final = Path(__file__).parent / "scenes" / "certificates"
Run = Callable[..., "subprocess.CompletedProcess[str]"]


_CERTIFIED: Final = pytest.mark.skip(
    reason="the lesson has a certificate (make test-lessons runs it all the same)"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--lessons``: which tests run that draw, tell or review whole lessons (marked ``certified``)."""
    parser.addoption(
        "--lessons",
        default="uncertified",
        metavar="WHICH",
        help="uncertified: of lessons without a certificate (the default); all: of all; or some checks of some lessons "
        "and no other test, such as svm/joins,svm/truth",
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave to certificates what they answer for; ``test_certificate.py`` holds them to be those of now.

    The mathematics and the figure of one lesson, which the commit chooses, are tested whatever its certificate says.
    """
    which = config.getoption("--lessons")
    if which == "all":
        return
    checks = {item: check for item in items if (check := check_of(item))}
    if which == "uncertified":
        slugs = {path.stem for path in CERTIFICATES.glob("*.yaml")}
        chosen = drawn_lesson(slugs, commit())
        again = {f"{chosen}/maths", f"{chosen}/figure"}
        for item, check in checks.items():
            if check.partition("/")[0] in slugs and check not in again:
                item.add_marker(_CERTIFIED)
        return
    wanted = which.split(",")
    items[:] = [item for item in items if checks.get(item) in wanted]


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """The folder of a project with our kit and pipeline, and three lessons of a few seconds."""
    return lay_out(tmp_path / "tiny")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder once for all processes that run tests: what takes long and is only read, or copied."""
    base = tmp_path_factory.getbasetemp()
    return once_in(base.parent if "PYTEST_XDIST_WORKER" in os.environ else base)


@pytest.fixture(scope="session")
def calm(once: Once) -> Path:
    """The build folder of an undisturbed draft of the tiny project, to be read and to be copied."""

    def render(project: Path) -> None:
        lay_out(project)
        command = [sys.executable, "-m", "render.cli", "render", "--quality", "draft"]
        done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr

    return once("calm", render) / "build"


@pytest.fixture
def rendered(tiny: Path, calm: Path) -> Path:
    """The tiny project, of which a draft is rendered."""
    shutil.copytree(calm, tiny / "build", symlinks=True)
    return tiny


@pytest.fixture
def mlhub(tiny: Path) -> Run:
    """Run the command in the tiny project as a person would, in a process of its own."""

    def run(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "render.cli", *arguments],
            cwd=tiny,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert chromium, "the hub's tests need Chromium: install the package `chromium`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
            ],
        )
        yield browser
        browser.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell which claims of lessons no test holds, and why: who waives them wants to be read."""
    waived = [
        line
        for report in terminalreporter.getreports("passed")
        for name, line in report.user_properties
        if name == "waived"
    ]
    if waived:
        terminalreporter.section("claims that are waived")
        for line in sorted(waived):
            terminalreporter.line(line)
