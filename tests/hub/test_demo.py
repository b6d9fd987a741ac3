"""Figures in the site: which pages have one, of what files; each of them is looked at in ``tests/hub/topics``."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from hub import bundle, demo
from hub.node import find_file, run_node
from hub.site import SiteReport
from render.core.catalog import Catalog, load_catalog
from render.core.fault import UsageFault
from render.store.figure import figure_file
from tests.hub.test_ink import LIGHT, contrast, properties
from tests.hub.topics.figure import ROOT, lay_out, publish, tell

SLUGS = ("svm", "linear-algebra")


@pytest.fixture(scope="module")
def hub() -> Catalog:
    return load_catalog(ROOT / "catalog.yaml")


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory, film: Path, hub: Catalog) -> Path:
    return lay_out(tmp_path_factory.mktemp("demos"), film, [hub.lesson(slug) for slug in SLUGS])


@pytest.fixture(scope="module")
def site(build: Path, hub: Catalog) -> SiteReport:
    return publish(hub, build, build / "site")


def test_what_is_filled_or_drawn_stands_out_on_paper() -> None:
    """By night the lessons' own ink is used, which tests/hub/test_ink.py holds; by day these are."""
    style = (ROOT / "hub" / "assets" / "demo.css").read_text(encoding="utf-8")
    day = properties(style[: style.index("@media")])
    drawn = [name for name in day if name.startswith("f-") or name == "d-glow"]
    assert len(drawn) == 5
    assert {name: day[name] for name in drawn if contrast(day[name], LIGHT["raised"]) < 3} == {}


def test_two_builds_have_the_same_bytes_and_the_second_bundles_nothing(
    site: SiteReport, build: Path, hub: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise AssertionError("bundled again")

    monkeypatch.setattr(bundle, "bundle_text", fail)
    again = publish(hub, build, build / "again")
    one, other = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (site.out, again.out)
    )
    assert one == other


def test_only_lessons_with_numbers_have_a_figure(build: Path, hub: Catalog, tmp_path: Path) -> None:
    poor = tmp_path / "build"
    shutil.copytree(build, poor)
    figure_file(poor, "svm").unlink()
    site = publish(hub, poor, poor / "site")
    assert 'data-demo="' not in (site.out / "svm" / "index.html").read_text()
    assert 'data-demo="linear-algebra"' in (site.out / "linear-algebra" / "index.html").read_text()


def test_a_stop_at_an_unknown_chapter_fails_the_build(build: Path, hub: Catalog, tmp_path: Path) -> None:
    other = tmp_path / "build"
    shutil.copytree(build, other)
    tell(other, "svm", [("somewhere_else", "Somewhere else")])
    with pytest.raises(
        UsageFault, match=r'svm\.ts: a stop names the chapter "three_of_a_hundred_hold_it".*somewhere_else'
    ):
        publish(hub, other, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_types_of_every_demo_hold() -> None:
    try:
        run_node([find_file("typescript/bin/tsc"), "-p", demo.SOURCES])
    except subprocess.CalledProcessError as error:
        pytest.fail(error.stdout)


def test_a_demo_that_is_not_shown_is_not_bundled_and_stops_no_other(tmp_path: Path) -> None:
    scripts = demo._bundle(tmp_path, ["svm"])
    assert sorted(path.name for path in scripts.iterdir()) == ["print.mjs", "svm.js"]
    assert "transformers" not in (scripts / "print.mjs").read_text(encoding="utf-8")


def test_looks_of_its_own_come_after_those_of_all(site: SiteReport) -> None:
    page = (site.out / "svm" / "index.html").read_text(encoding="utf-8")
    styles = re.findall(r'<link rel="stylesheet" href="\.\./assets/([\w-]+)\.\w+\.css">', page)
    assert styles[-2:] == ["demo", "demo-svm"]
    (own,) = (site.out / "assets").glob("demo-svm.*.css")
    (shared,) = (site.out / "assets").glob("demo.*.css")
    assert ".kerb" in own.read_text() and ".kerb" not in shared.read_text()
