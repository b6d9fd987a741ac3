"""A project with a built site, as publishing finds it, and its hosts."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from hub.site import build_site
from publish.publication import Publication, gather
from publish.run import run
from publish.site.content import read_site
from publish.site.host import Host
from publish.site.target import Site
from publish.step import Objection, Outcome
from render.core.catalog import Catalog, load_catalog
from render.store.rendered import read_stock
from tests.hub.conftest import CATALOG, CODE, NOTE, SECONDS, render
from tests.publish.desk import Told

ROOT = Path(__file__).parents[2]
ADDRESS = "https://learn.small-hub.org"
PUBLISH = '  publish:\n    licence: {name: MIT, link: "https://opensource.org/license/mit"}\n'


@dataclass
class SiteProject:
    """The folder ``root`` of a project: two lessons to watch, one being rendered, one planned."""

    root: Path
    film: Path
    site_settings: str = ""
    """What ``hub.publish.site`` says: ``{bucket: s3://lessons/hub}``."""

    @property
    def build(self) -> Path:
        return self.root / "build"

    @property
    def site(self) -> Path:
        return self.build / "site"

    @property
    def catalog(self) -> Catalog:
        return load_catalog(self.root / "catalog.yaml")

    def write(self, *slugs: str, title: str = "Small Hub") -> SiteProject:
        """Write catalog and manifest, lessons ``lines`` and ``streets`` by default, and build the site."""
        self.root.mkdir(parents=True, exist_ok=True)
        text = CATALOG.replace("https://small.example", ADDRESS).replace("base_path: /hub/", "base_path: /")
        text = text.replace("title: Small Hub", f"title: {title}").replace("small.example", "small-hub.org")
        settings = f"    site: {self.site_settings}\n" if self.site_settings else ""
        text = text.replace("sections:\n", PUBLISH + settings + "sections:\n", 1)
        (self.root / "catalog.yaml").write_text(text)
        notes = self.root / "hub" / "notes"
        notes.mkdir(parents=True, exist_ok=True)
        (notes / "lines.yaml").write_text(NOTE, encoding="utf-8")
        (notes / "lines.py").write_text(CODE, encoding="utf-8")
        if not (self.build / "manifest.json").exists():
            render(self.build, self.film, *(slugs or ("lines", "streets")))
            self.change_manifest(
                r'"quality": "draft", "voice": "silent/1"', '"quality": "web", "voice": "kokoro/1"'
            )
        self.rebuild()
        return self

    def rebuild(self) -> None:
        """Build the site, as ``make hub`` does."""
        build_site(self.catalog, self.build, self.site, self.root / "hub" / "notes")

    def change_manifest(self, old: str, new: str) -> None:
        """Replace a text in the manifest."""
        path = self.build / "manifest.json"
        text, count = re.subn(old, new, path.read_text())
        assert count
        path.write_text(text)

    def change_catalog(self, old: str, new: str) -> None:
        """Replace a text in the catalog."""
        path = self.root / "catalog.yaml"
        text = path.read_text()
        assert old in text
        path.write_text(text.replace(old, new))

    def plan_only_lines(self) -> None:
        """Take the lesson ``streets`` back."""
        old = "status: ready\n        explains: [the widest street]"
        self.change_catalog(old, old.replace("ready", "planned"))

    def paint(self, colour: str) -> None:
        """Give the lesson ``lines`` another thumbnail, and build the site with it."""
        file = self.build / "out" / "lines" / "poster.webp"
        file.unlink()  # the site's file is a link to it
        Image.new("RGB", (640, 360), colour).save(file)
        manifest = json.loads((self.build / "manifest.json").read_text())
        manifest["lessons"]["lines"]["files"]["poster_webp"] |= {
            "bytes": file.stat().st_size,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
        (self.build / "manifest.json").write_text(json.dumps(manifest))
        self.rebuild()

    def publications(self) -> list[Publication]:
        catalog = self.catalog
        ready = [topic for topic in catalog.topics if topic.status == "ready"]
        return gather(catalog, read_stock(self.build), ready, {})

    def target(self, pages: Host, media: Host | None = None) -> Site:
        return Site(self.catalog.hub, self.site, read_site(self.site), pages, media)

    def check(self, pages: Host, media: Host | None = None) -> list[Objection]:
        return list(self.target(pages, media).check(self.publications()))

    def run(self, pages: Host, media: Host | None = None) -> Outcome:
        return run(self.target(pages, media), self.publications(), Told())

    def publish(self, pages: Host, media: Host | None = None) -> Outcome:
        """A run that must come to its end."""
        outcome = self.run(pages, media)
        assert outcome.halted is None, outcome.halted
        assert not outcome.failed
        assert not outcome.left
        return outcome

    def command(
        self, *arguments: str, env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ``mlhub publish`` as a person does, in a process of its own."""
        command = [sys.executable, "-m", "render.cli", "--root", str(self.root), "publish", *arguments]
        return subprocess.run(
            command,
            cwd=ROOT,
            env=dict(env) if env is not None else None,
            capture_output=True,
            text=True,
            check=False,
        )

    def copy(self, root: Path) -> SiteProject:
        """The same project elsewhere, as another machine has it."""
        shutil.copytree(self.root, root)
        return SiteProject(root, self.film, self.site_settings)


def encode_short_film(path: Path) -> Path:
    """The small film of the hub's tests."""
    source = f"testsrc2=size=320x180:rate=15:duration={SECONDS}"
    encode = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -g 15 -movflags +faststart"
    command = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", source, *encode.split(), str(path)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return path
