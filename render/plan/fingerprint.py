"""What a picture depends on, digested: equal inputs, equal key, drawn once.

An input is a name a person understands and a digest.  Names are compared to say *why* something is drawn again;
digests go into the key.  File times play no part.  What code counts for which chapter is argued in
:mod:`render.plan.dependencies`; besides, a chapter depends on when its pictures move and on what it was told of its
words' timing, on the files of the project that its lesson reads, on the fonts, on the profile, and on the versions of
all that computes, draws, sets type and encodes.
"""

from __future__ import annotations

import json
import platform
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from render.core.profile import POSTER_SIZE, Profile
from render.core.timeline import Chapter
from render.plan.dependencies import Reference
from render.store.digest import digest_file, digest_text

Inputs = dict[str, str]
"""Name of an input, such as ``scenes/kit/plane.py``, to its digest."""

SOFTWARE: Final = (
    "av",
    "isosurfaces",
    "joblib",
    "manim",
    "manimpango",
    "mapbox-earcut",
    "mlhub-native",
    "networkx",
    "numpy",
    "pandas",
    "pillow",
    "pycairo",
    "pygments",
    "scikit-learn",
    "scipy",
    "skia-pathops",
    "statsmodels",
    "svgelements",
    "threadpoolctl",
    "tqdm",
    "typst",
)
"""Packages that pictures are computed, drawn, typeset and encoded with; Pango comes with manimpango.

mlhub-native is our own; its version names its source (native/setup.py)."""
DRAWING: Final[tuple[Reference, ...]] = (
    ("render/draw/renderer.py", "perform"),
    ("render/draw/renderer.py", "set_canvas"),
    ("render/encode/segment.py", "SegmentWriter"),
    ("render/encode/segment.py", "SegmentWriter.close"),
)
"""Our code that a chapter is drawn by."""
STILL: Final[tuple[Reference, ...]] = (
    ("render/draw/renderer.py", "draw_poster"),
    ("render/draw/renderer.py", "set_canvas"),
)
"""Our code that a poster is drawn by."""


def key_of(inputs: Inputs) -> str:
    """The key of what is made from ``inputs``."""
    return digest_text(json.dumps(inputs, sort_keys=True))


@cache
def software() -> Inputs:
    """Versions of everything that draws, by name."""
    import cairo  # imported late: only who plans needs it, and it loads a system library

    versions = _installed(tuple(sys.path))
    return {
        "version of python": ".".join(platform.python_version_tuple()[:2]),
        "version of cairo": cairo.cairo_version_string(),
        **{f"version of {name}": versions.get(name, "not installed") for name in SOFTWARE},
    }


@cache
def joiner() -> str:
    """Digest of the version and the build options of the ffmpeg command, which joins lessons and encodes their sound.

    ``not installed`` where there is none.
    """
    try:
        said = subprocess.run(["ffmpeg", "-version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return "not installed"
    return digest_text(said)


@cache
def _installed(places: tuple[str, ...]) -> Mapping[str, str]:
    """Versions of the installed packages, taken from the names of their folders: reading their metadata takes long."""
    found: dict[str, str] = {}
    for place in places:
        try:
            inside = [path.name for path in Path(place or ".").iterdir()]
        except OSError:
            continue
        for name in inside:
            if match := re.fullmatch(r"(.+?)-([^-]+)\.(dist|egg)-info", name):
                found.setdefault(re.sub(r"[-_.]+", "-", match[1]).lower(), match[2])
    return found


@cache
def fonts(root: Path) -> str:
    """Digest of the fonts of the project."""
    files = sorted((root / "scenes" / "kit" / "fonts").glob("*.[to]tf"))
    return digest_text("".join(f"{file.name} {digest_file(file)}\n" for file in files))


def surroundings(root: Path) -> Inputs:
    """The inputs of every picture, whatever it shows: versions and fonts."""
    return {**software(), "fonts": fonts(root)}


def chapter_inputs(shared: Inputs, code: Inputs, chapter: Chapter, profile: Profile) -> Inputs:
    """Inputs of one chapter: the :func:`surroundings`, the ``code`` that it reaches, the profile, and its timing.

    Its name is one: chapters that find code by other means than names reach the same, each other included.
    """
    return {
        **shared,
        **code,
        "chapter": chapter.name,
        "profile": profile.pictures,
        "timing": digest_text(json.dumps([chapter.plays, chapter.heard])),
    }


def poster_inputs(shared: Inputs, code: Inputs) -> Inputs:
    """Inputs of the poster: the :func:`surroundings`, the ``code`` that it reaches, and its size."""
    return {**shared, **code, "profile": f"{POSTER_SIZE[0]}x{POSTER_SIZE[1]}"}
