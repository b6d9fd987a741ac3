"""The interactive figures: their TypeScript is bundled, their first picture drawn, their numbers put on the shelf.

A topic has a demo where ``hub/demos/<slug>.ts`` stands and ``build/figures/<slug>.json`` holds the numbers that the
lesson's maths exported (``render/plan/figure.py``); looks of its own stand in ``hub/demos/<slug>.css``.  What is
bundled is kept under ``build/demos`` until a source, a package or a setting of it changes.  Only the demos of lessons
that are shown are bundled, so that one that is being made stops no other.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from markupsafe import Markup

from hub import bundle
from hub.node import ROOT, run_node
from hub.page import address_second, clock
from hub.shelf import Shelf
from render.core.fault import UsageFault
from render.store.figure import figure_file
from render.store.rendered import Rendered
from render.store.store import read_json

SOURCES: Final = ROOT / "hub" / "demos"
_ENTRY: Final = """\
import {{ erase }} from "./hub/demos/frame/demo";
import {{ mount }} from "./hub/demos/frame/mount";
import {{ demo }} from "./hub/demos/{slug}";
void mount(erase(demo));
"""
_PRINTER: Final = """\
import {{ erase }} from "./hub/demos/frame/demo";
import {{ print }} from "./hub/demos/print";
{imports}
print([{demos}]);
"""


@dataclass(frozen=True, slots=True)
class Demo:
    """A figure as its page shows it.  Paths are relative to the site."""

    slug: str
    body: Markup
    """The HTML inside of it before any script runs, its first picture included."""
    script: str
    styles: tuple[str, ...]
    """What all demos share, and looks of its own if it has some."""
    figure: str
    later: str | None
    """Path of a file with further numbers, which is fetched when a reader asks for what needs them; None without."""


def demos_for(lessons: Mapping[str, Rendered], build: Path, shelf: Shelf) -> dict[str, Demo]:
    """The demos of the lessons that have one and whose numbers are in ``build``, by slug; their files go on ``shelf``.

    Raises :class:`UsageFault` where a demo names a chapter that the lesson does not have, :class:`JobFault` for a
    source that cannot be bundled, and :class:`EnvironmentFault` where Node or its packages are missing.
    """
    figures = {
        slug: kept["figure"]
        for slug in sorted(lessons)
        if (SOURCES / f"{slug}.ts").is_file()
        and isinstance(kept := read_json(figure_file(build, slug)), dict)
        and isinstance(kept.get("figure"), dict)
    }
    if not figures:
        return {}
    scripts = _bundle(build, sorted(figures))
    later = {slug: figure.pop("later") for slug, figure in figures.items() if "later" in figure}
    bodies = _print(scripts / "print.mjs", figures, lessons)
    shared = shelf.write_named("assets/demo.css", bundle.bundle(ROOT / "hub" / "assets" / "demo.css"))
    return {
        slug: Demo(
            slug=slug,
            body=Markup(bodies[slug]),
            script=shelf.write_named(f"assets/demo-{slug}.js", (scripts / f"{slug}.js").read_bytes()),
            styles=(shared, *_own_style(slug, shelf)),
            figure=shelf.write_named(f"assets/figure-{slug}.json", _compact(figure).encode()),
            later=shelf.write_named(f"assets/later-{slug}.json", _compact(later[slug]).encode())
            if slug in later
            else None,
        )
        for slug, figure in figures.items()
    }


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _own_style(slug: str, shelf: Shelf) -> tuple[str, ...]:
    """The looks that only the demo ``slug`` has, if it has some."""
    style = SOURCES / f"{slug}.css"
    return (shelf.write_named(f"assets/demo-{slug}.css", bundle.bundle(style)),) if style.is_file() else ()


def _bundle(build: Path, slugs: Sequence[str]) -> Path:
    """The folder with a script for each demo and the printer of stills; made where it is not there yet."""
    shared = [file for file in SOURCES.rglob("*.ts") if file.parent != SOURCES or file.stem == "print"]
    sources = sorted([*shared, *(SOURCES / f"{slug}.ts" for slug in slugs)])
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
    for slug in slugs:
        script = bundle.bundle_text(f"hub/demos/{slug}.ts", _ENTRY.format(slug=slug))
        (draft / f"{slug}.js").write_bytes(script)
    printer = bundle.bundle_text("hub/demos/print.ts", _printer(slugs), node=True)
    (draft / "print.mjs").write_bytes(printer)
    for old in folder.parent.iterdir():
        if old != draft:
            shutil.rmtree(old)
    return draft.rename(folder)


def _printer(slugs: Sequence[str]) -> str:
    """What prints the stills of these demos."""
    imports = [f'import {{ demo as demo{at} }} from "./hub/demos/{slug}";' for at, slug in enumerate(slugs)]
    demos = ", ".join(f"erase(demo{at})" for at in range(len(slugs)))
    return _PRINTER.format(imports="\n".join(imports), demos=demos)


def _print(printer: Path, figures: Mapping[str, object], lessons: Mapping[str, Rendered]) -> dict[str, str]:
    """The HTML inside of each figure, by slug."""
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
