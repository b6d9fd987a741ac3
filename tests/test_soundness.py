"""Sound and narrow: an edit draws what it touches and no more, and gives what a build from nothing gives."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.chaos import ROOT, lay_out
from tests.limit import LONG
from tests.once import Once

pytestmark = pytest.mark.end_to_end

Edit = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Change:
    """An edit of one file of a project, and the pieces that it has drawn anew."""

    what: str
    path: str
    edit: Edit
    drawn: frozenset[str]


def swap(old: str, new: str) -> Edit:
    """Replace the one place where ``old`` stands."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, (old, text.count(old))
        return text.replace(old, new)

    return edit


def mlhub(project: Path, build: Path, *arguments: str, packages: Path | None = None) -> str:
    """What a command says."""
    done = subprocess.run(
        [sys.executable, "-m", "render.cli", "--build", str(build), *arguments],
        cwd=project,
        env={**os.environ, "MLHUB_WORDS_CACHE": str(project / "words")} | _path(packages),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _path(packages: Path | None) -> dict[str, str]:
    return {"PYTHONPATH": str(packages)} if packages else {}


def planned(project: Path, build: Path, slug: str, packages: Path | None = None) -> dict[str, str]:
    """The pieces that are to be drawn, with the reasons."""
    rows = mlhub(project, build, "plan", slug, "--quality", "draft", "--json", packages=packages)
    return {row["task"]: row["reason"] for row in map(json.loads, rows.splitlines())}


def drawn(project: Path, build: Path, slug: str) -> set[str]:
    """The pieces that a render draws."""
    events = mlhub(project, build, "render", slug, "--quality", "draft", "--json")
    done = [event for event in map(json.loads, events.splitlines()) if event["event"] == "done"]
    return {event["task"] for event in done} - {"probe", "assemble"}


def published(build: Path) -> dict[str, str]:
    """Every file that is listed with the digest of its bytes, and the manifest itself."""
    files = [build / "manifest.json", *sorted((build / "out").glob("*/*"))]
    return {str(path.relative_to(build)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def prove(project: Path, build: Path, slug: str, change: Change) -> None:
    """The edit draws what it should, and the result is that of a build from nothing, byte for byte."""
    file = project / change.path
    file.write_text(change.edit(file.read_text()))
    plan = planned(project, build, slug)
    assert set(plan) == change.drawn, plan
    assert drawn(project, build, slug) == change.drawn
    nothing = build.with_name("nothing")
    drawn(project, nothing, slug)
    assert published(build) == published(nothing)


# -- the tiny lesson, in full

BLOB = '''"""A noun of the kit."""

from manim import Dot

SIZE = 0.3


class Blob(Dot):
    """A dot that has a size of its own."""

    def __init__(self) -> None:
        super().__init__(radius=SIZE)

    def swell(self) -> None:
        self.scale(2)


def unused() -> int:
    """What no chapter uses."""
    return 1
'''
LESSON = "scenes/moving_dot"
STAGE, AWAY, BACK = (f"{LESSON}/{act}.py" for act in ("stage", "away", "back"))
NOUN = "scenes/kit/blob.py"
ALL = frozenset({"goes", "comes_back", "poster"})
CHANGES = (
    Change("a chapter's code", AWAY, swap("run_time=0.6", "run_time=0.4"), frozenset({"goes"})),
    Change("a noun of the kit", NOUN, swap("SIZE = 0.3", "SIZE = 0.5"), frozenset({"comes_back"})),
    Change("what no chapter uses", NOUN, swap("return 1", "return 2"), frozenset()),
    Change("a method that no chapter asks for", NOUN, swap("scale(2)", "scale(3)"), frozenset()),
    Change("a comment in an act", BACK, lambda text: f"# a comment\n{text}", frozenset()),
    Change("a docstring of the kit", NOUN, swap("a size of its own", "its own size"), frozenset()),
    Change("words of equal length", BACK, swap('"It rests."', '"It sits."'), frozenset()),
    Change("longer words", BACK, swap('"It rests."', '"It rests for long."'), frozenset({"comes_back"})),
    Change(
        "a colour that all words may have", "scenes/kit/ink.py", lambda text: recoloured(text, "second"), ALL
    ),
    Change("the stage", STAGE, swap("radius=0.4", "radius=0.5"), frozenset({"goes", "comes_back", "poster"})),
    Change(
        "what draws",
        "render/draw/renderer.py",
        swap(
            ".copy()\n        return self.static_image",
            ".copy()\n        assert True\n        return self.static_image",
        ),
        ALL,
    ),
    Change(
        "the poster",
        f"{LESSON}/__init__.py",
        swap("self.dot.center()", "self.dot.center().scale(2)"),
        frozenset({"poster"}),
    ),
)


def recoloured(text: str, role: str) -> str:
    """``text`` of the ink with another colour for one role."""
    lines = text.splitlines(keepends=True)
    (at,) = [index for index, line in enumerate(lines) if line.startswith((f"{role} =", f"{role}:"))]
    old = lines[at].split('"#')[1][:6]
    lines[at] = lines[at].replace(old, f"{int(old, 16) ^ 0x101010:06X}")
    return "".join(lines)


@pytest.fixture(scope="module")
def begun(once: Once) -> Path:
    """The tiny project, its first lesson rendered into ``build``; with a noun that one chapter uses.  To be copied."""
    return once("begun", begin)


def begin(project: Path) -> None:
    lay_out(project)
    (project / NOUN).write_text(BLOB)
    scene = project / BACK
    scene.write_text(
        scene.read_text()
        .replace(
            "from scenes.kit import ink\n", "from scenes.kit import ink\nfrom scenes.kit.blob import Blob\n"
        )
        .replace("self.add(square, self.dot)", "self.add(square, Blob(), self.dot)")
    )
    assert drawn(project, project / "build", "moving-dot") == ALL
    assert planned(project, project / "build", "moving-dot") == {}


@pytest.fixture
def project(begun: Path, tmp_path: Path) -> Path:
    """A copy of it, to edit."""
    shutil.copytree(begun, tmp_path / "tiny", symlinks=True)
    return tmp_path / "tiny"


@pytest.mark.parametrize("change", CHANGES, ids=[change.what for change in CHANGES])
def test_an_edit_gives_what_a_build_from_nothing_gives(project: Path, change: Change) -> None:
    prove(project, project / "build", "moving-dot", change)


def test_a_new_noun_that_another_makes_redraws_nothing(project: Path) -> None:
    kit = project / "scenes" / "kit"
    (kit / "histogram.py").write_text("from manim import VGroup\n\n\nclass Histogram(VGroup):\n    pass\n")
    noun = (project / NOUN).read_text()
    own = "from scenes.kit.histogram import Histogram\n\nSIZE"
    facade = "    def histogram(self) -> Histogram:\n        return Histogram()\n\n    def swell"
    (project / NOUN).write_text(noun.replace("SIZE", own, 1).replace("    def swell", facade))
    assert planned(project, project / "build", "moving-dot") == {}
    scene = project / BACK
    scene.write_text(scene.read_text().replace("Blob(),", "Blob().histogram(),"))
    assert set(planned(project, project / "build", "moving-dot")) == {"comes_back"}


@pytest.mark.parametrize("package", ["manim", "typst", "manimpango"])
def test_an_upgrade_redraws_all(project: Path, tmp_path: Path, package: str) -> None:
    (tmp_path / "newer" / f"{package}-99.0.dist-info").mkdir(parents=True)
    plan = planned(project, project / "build", "moving-dot", tmp_path / "newer")
    assert plan == dict.fromkeys(ALL, f"changed: version of {package}")


def test_another_font_redraws_all(project: Path) -> None:
    font = next((project / "scenes" / "kit" / "fonts").glob("*.ttf"))
    content = font.read_bytes()
    font.unlink()
    font.write_bytes(content + b"\0")
    plan = planned(project, project / "build", "moving-dot")
    assert plan == dict.fromkeys(ALL, "changed: fonts")


def test_to_revert_an_edit_draws_nothing(project: Path) -> None:
    scene = project / AWAY
    text = scene.read_text()
    before = published(project / "build")
    scene.write_text(text.replace("run_time=0.6", "run_time=0.4"))
    assert drawn(project, project / "build", "moving-dot") == {"goes"}
    assert published(project / "build") != before
    scene.write_text(text)
    assert drawn(project, project / "build", "moving-dot") == set()
    assert published(project / "build") == before


# -- two real lessons

DIAL = swap("_KNOB: Final = 0.11", "_KNOB: Final = 0.12")
TILE = swap("stroke_opacity=0.55", "stroke_opacity=0.5")
REAL = {
    "svm": (
        Change(
            "a chapter's code",
            "scenes/svm/margin.py",
            swap("sweep.to(34), run_time=pace.LONG", "sweep.to(34), run_time=pace.SLOW"),
            frozenset({"which_line_would_you_trust"}),
        ),
        Change(
            "a noun of the kit",
            "scenes/kit/dial.py",
            DIAL,
            frozenset({"trespassing_has_a_price"}),
        ),
        Change("a comment", "scenes/svm/margin.py", lambda text: f"# a comment\n{text}", frozenset()),
        Change(
            "a docstring", "scenes/kit/dial.py", swap("A dial: one number", "A knob: one number"), frozenset()
        ),
        Change(
            "words of equal length",
            "scenes/svm/margin.py",
            swap("Let it stop", "Let it rest"),
            frozenset(),
        ),
    ),
    "linear-algebra": (
        Change(
            "a chapter's code",
            "scenes/linear_algebra/shadow.py",
            swap(
                "FadeOut(name), self.frame.back(), run_time=pace.CALM",
                "FadeOut(name), self.frame.back(), run_time=pace.SLOW",
            ),
            frozenset({"shadow_times_a_length"}),
        ),
        Change(
            "a noun of the kit",
            "scenes/kit/tile.py",
            TILE,
            frozenset({"anything_you_can_list", "a_layer_is_a_matrix"}),
        ),
        Change(
            "a comment", "scenes/linear_algebra/shadow.py", lambda text: f"# a comment\n{text}", frozenset()
        ),
        Change(
            "words of equal length",
            "scenes/linear_algebra/listing.py",
            swap("Pour row after row", "Push row after row"),
            frozenset(),
        ),
    ),
}


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("slug", REAL)
def test_edits_of_a_real_lesson_give_what_a_build_from_nothing_gives(tmp_path: Path, slug: str) -> None:
    """One edit after the other is drawn, each as narrowly as it may be; the last result is that of a fresh build."""
    project = tmp_path / "hub"
    ignored = shutil.ignore_patterns("__pycache__")
    for package in ("scenes", "render", "hub"):
        shutil.copytree(ROOT / package, project / package, ignore=ignored)
    shutil.copy(ROOT / "catalog.yaml", project)
    build = project / "build"
    drawn(project, build, slug)
    for change in REAL[slug]:
        file = project / change.path
        file.write_text(change.edit(file.read_text()))
        assert set(planned(project, build, slug)) == change.drawn, change.what
        assert drawn(project, build, slug) == change.drawn, change.what
    nothing = project / "nothing"
    drawn(project, nothing, slug)
    assert published(build) == published(nothing)
