"""The site of the lessons whose figures are looked at."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hub.site import SiteReport
from render.core.catalog import Catalog, load_catalog
from tests.hub.asking import Ask, asker
from tests.hub.conftest import serving
from tests.hub.topics.figure import ROOT, SLUGS, lay_out, publish
from tests.once import Once
from tests.owner import lesson_of


@pytest.fixture(scope="session")
def hub() -> Catalog:
    return load_catalog(ROOT / "catalog.yaml")


@pytest.fixture(scope="session")
def looked_at(request: pytest.FixtureRequest) -> list[str]:
    """The lessons of the tests that are run: those that certificates answer for need no site."""
    wanted = {lesson_of(item) for item in request.session.items if item.get_closest_marker("skip") is None}
    return [slug for slug in SLUGS if slug in wanted]


@pytest.fixture(scope="session")
def build(
    tmp_path_factory: pytest.TempPathFactory, once: Once, film: Path, hub: Catalog, looked_at: list[str]
) -> Path:
    """A build folder with lessons whose chapters are those of their sources, and their figures' numbers."""
    return lay_out(tmp_path_factory.mktemp("demos"), film, [hub.lesson(slug) for slug in looked_at], once)


@pytest.fixture(scope="session")
def site(build: Path, hub: Catalog) -> SiteReport:
    return publish(hub, build, build / "site")


@pytest.fixture(scope="session")
def address(site: SiteReport) -> Iterator[str]:
    """Where the site is served, for ``visit`` to open its pages."""
    with serving(site.out) as address:
        yield address


@pytest.fixture(scope="module")
def ask(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """The mathematics of a lesson's figure, as the module's ``ENTRY`` calls it in Node."""
    return asker(tmp_path_factory.mktemp("node"), request.module.ENTRY)
