"""The figures that answer the hand: their TypeScript bundled, their first picture drawn, their numbers shelved.

A topic has a demo where ``hub/demos/<slug>.ts`` stands and ``build/figures/<slug>.json`` holds the numbers that the
lesson's maths exported (``render/figure.py``).  What is bundled is kept under ``build/demos`` until a source, a
package or a setting of it changes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from hub import bundle
from hub.manifest import Rendered
from hub.node import ROOT, run_node
from hub.page import address_second, clock
from hub.shelf import Shelf
from render.fault import UsageFault
from render.figure import figure_file

SOURCES: Final = ROOT / "hub" / "demos"
_ENTRY: Final = """\
import {{ erase }} from "./hub/demos/frame/demo";
import {{ mount }} from "./hub/demos/frame/mount";
import {{ demo }} from "./hub/demos/{slug}";
void mount(erase(demo));
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """A figure as its page shows it.  Paths are relative to the site."""

    slug: str
    body: Markup
    """Its inside as it stands before any script, the still picture with it."""
    script: str
    style: str
    figure: str
    later: str | None
    """Numbers that are fetched when somebody asks for what needs them."""


def demos_for(lessons: Mapping[str, Rendered], build: Path, shelf: Shelf) -> dict[str, Demo]:
    """The demos of the lessons that have one and whose numbers are at hand, by slug; their files are shelved.

    Raises :class:`UsageFault` where a demo names a chapter that the lesson does not have, :class:`JobFault` for a
    source that cannot be bundled, and :class:`EnvironmentFault` where Node or its packages are missing.
    """
    figures = {
        slug: json.loads(file.read_text(encoding="utf-8"))["figure"]
        for slug in sorted(lessons)
        if (SOURCES / f"{slug}.ts").is_file() and (file := figure_file(build, slug)).is_file()
    }
    if not figures:
        return {}
    scripts = _bundle(build)
    later = {slug: figure.pop("later") for slug, figure in figures.items() if "later" in figure}
    bodies = _print(scripts / "print.mjs", figures, lessons)
    style = shelf.write_named("assets/demo.css", bundle.bundle(ROOT / "hub" / "assets" / "demo.css"))
    return {
        slug: Demo(
            slug=slug,
            body=Markup(bodies[slug]),
            script=shelf.write_named(f"assets/demo-{slug}.js", (scripts / f"{slug}.js").read_bytes()),
            style=style,
            figure=shelf.write_named(f"assets/figure-{slug}.json", _compact(figure).encode()),
            later=shelf.write_named(f"assets/later-{slug}.json", _compact(later[slug]).encode())
            if slug in later
            else None,
        )
        for slug, figure in figures.items()
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _bundle(build: Path) -> Path:
    """The folder with a script for each demo and the printer of stills; made where it is not there yet."""
    sources = sorted(SOURCES.rglob("*.ts"))
    # The lock stands for every package's bytes, the two modules for how they are put together.
    made_by = (Path(__file__), Path(bundle.__file__))
    inputs = [*sources, SOURCES / "tsconfig.json", ROOT / "package-lock.json", *made_by]
    digest = hashlib.sha256()
    for file in inputs:
        digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    folder = build / "demos" / digest.hexdigest()[:16]
    if folder.is_dir():
        return folder
    draft = folder.with_suffix(".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    for slug in _slugs(sources):
        script = bundle.bundle_text(f"hub/demos/{slug}.ts", _ENTRY.format(slug=slug))
        (draft / f"{slug}.js").write_bytes(script)
    printer = bundle.bundle_text("hub/demos/print.ts", 'import "./hub/demos/print";', node=True)
    (draft / "print.mjs").write_bytes(printer)
    for old in folder.parent.iterdir():
        if old != draft:
            shutil.rmtree(old)
    return draft.rename(folder)


def _slugs(sources: Iterable[Path]) -> list[str]:
    return [file.stem for file in sources if file.parent == SOURCES and file.stem != "print"]


def _print(printer: Path, figures: Mapping[str, object], lessons: Mapping[str, Rendered]) -> dict[str, str]:
    """The inside of each figure."""
    asked = {
        slug: {
            "figure": figure,
            "chapters": [
                {
                    "name": chapter.name,
                    "title": chapter.title,
                    "start": address_second(chapter.start),
                    "clock": clock(chapter.start),
                }
                for chapter in lessons[slug].script.chapters
            ],
        }
        for slug, figure in figures.items()
    }
    try:
        printed = run_node([printer], json.dumps(asked))
    except subprocess.CalledProcessError as error:
        raise UsageFault(error.stderr.strip()) from error
    return {slug: str(body) for slug, body in json.loads(printed).items()}
