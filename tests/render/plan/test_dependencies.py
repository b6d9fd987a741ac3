"""What code a chapter can reach: never less than what runs, and not much more than what it uses."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from render.core.catalog import Topic, load_catalog
from render.plan import dependencies
from render.plan.dependencies import POSTER, Code
from render.plan.disk import state_of
from render.plan.fingerprint import DRAWING
from tests.limit import LONG

ROOT = Path(__file__).parents[3]
READY = [topic for topic in load_catalog(ROOT / "catalog.yaml").topics if topic.status == "ready"]

SCENE = '''
"""A lesson."""
from scenes.kit.lesson import Lesson, chapter
from scenes.kit import ink
from scenes.kit.dots import Dots, SIZE
import scenes.kit.lines as lines
from scenes.maths.sums import total

WIDTH = 3
HEIGHT = 4


class Tiny(Lesson):
    """Tiny."""

    speed = 1

    def stage(self):
        self.width = WIDTH

    @chapter("One", "item one")
    def one(self):
        # a comment
        with self.beat("First.") as beat:
            beat.until("first")
            self.play(Dots(1).grow(), ink.red)

    @chapter("Two")
    def two(self):
        with self.beat("Second."):
            self.play(lines.draw(2), self.aid(), HEIGHT)

    @chapter("Three")
    def three(self):
        self.add(total(3))
        with self.beat(f"Third {WIDTH}."):
            getattr(self, "hidden")()

    def aid(self):
        return "aid"

    def hidden(self):
        return "hidden"

    def idle(self):
        return "idle"

    def play(self, *animations):
        return "play"

    def poster(self):
        self.add(ink.blue)
'''
FILES = {
    "scenes/tiny/__init__.py": SCENE,
    "scenes/kit/lesson.py": "import manim\nclass Lesson(manim.Scene):\n    def construct(self): return self.stage()\n"
    "    def idle(self): return 1\n"
    "def chapter(*words): return lambda method: method\n",
    "scenes/kit/ink.py": 'red = "#f00"\nblue = "#00f"\n\ndef blend(a, b): return a\n',
    "scenes/kit/dots.py": "from scenes.kit import ink\nfrom scenes.kit.shape import Shape\nSIZE = 0.1\nEDGE = 2\n"
    "class Dots(Shape):\n    def grow(self): return self.turn(helped(SIZE))\ndef helped(size): return size + 1\n"
    "def unused(): return EDGE\n",
    "scenes/kit/shape.py": "class Shape:\n    def turn(self): return 2\n    def shrink(self): return 4\n"
    "class Other: pass\n",
    "scenes/kit/lines.py": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from scenes.kit.dots import Dots\n"
    "TABLE = {'thin': 1}\ndef draw(n, dots: Dots = None): return TABLE['thin']\n",
    "scenes/maths/sums.py": "from functools import cache\n@cache\ndef total(n): return add(n, n)\n"
    "def add(a, b): return a + b\ndef product(a, b): return a * b\n",
}
PIECES = ("one", "two", "three", POSTER)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    for package in ("scenes", "scenes/kit", "scenes/maths"):
        (tmp_path / package / "__init__.py").touch()
    return tmp_path


def reached(project: Path) -> dict[str, tuple[dict[str, str], frozenset[str]]]:
    code = Code(project)
    found = {name: code.of_chapter("scenes/tiny/__init__.py", name, (), FILES) for name in PIECES}
    return {name: (one.files, one.packages) for name, one in found.items()}


def changed(project: Path, path: str, old: str, new: str) -> set[str]:
    """Pieces that an edit reaches; the edit stays."""
    before = reached(project)
    text = (project / path).read_text()
    assert old in text
    (project / path).write_text(text.replace(old, new, 1))
    after = reached(project)
    return {name for name in PIECES if before[name] != after[name]}


ALL = set(PIECES)


@pytest.mark.parametrize(
    ("path", "old", "new", "pieces"),
    [
        ("scenes/tiny/__init__.py", "Dots(1)", "Dots(4)", {"one"}),
        ("scenes/tiny/__init__.py", "lines.draw(2)", "lines.draw(4)", {"two"}),
        ("scenes/tiny/__init__.py", "ink.blue)", "ink.red)", {POSTER}),
        ("scenes/tiny/__init__.py", "WIDTH = 3", "WIDTH = 4", ALL),
        ("scenes/tiny/__init__.py", "HEIGHT = 4", "HEIGHT = 5", {"two"}),
        ("scenes/tiny/__init__.py", "speed = 1", "speed = 2", ALL),
        ("scenes/tiny/__init__.py", 'return "aid"', 'return "help"', {"two"}),
        ("scenes/tiny/__init__.py", 'return "hidden"', 'return "seen"', {"three"}),
        ("scenes/tiny/__init__.py", 'return "idle"', 'return "busy"', set()),
        ("scenes/tiny/__init__.py", 'return "play"', 'return "rest"', ALL),
        ("scenes/tiny/__init__.py", "# a comment", "# another", set()),
        ("scenes/tiny/__init__.py", '"""Tiny."""', '"""Tiny, but told at length."""', set()),
        ("scenes/tiny/__init__.py", "\nWIDTH = 3", "\n\n\nWIDTH  =  3", set()),
        ("scenes/tiny/__init__.py", '"First."', '"At first."', set()),
        ("scenes/tiny/__init__.py", "Third {WIDTH}.", "Fourth {WIDTH}.", {"three"}),
        ("scenes/tiny/__init__.py", 'until("first")', 'until("second")', {"one"}),
        ("scenes/tiny/__init__.py", '"One", "item one"', '"Uno", "item one"', {"one"}),
        ("scenes/tiny/__init__.py", '"One", "item one"', '"One", "item two"', set()),
        ("scenes/kit/dots.py", "helped(SIZE)", "helped(2)", {"one"}),
        ("scenes/kit/dots.py", "SIZE = 0.1", "SIZE = 0.2", {"one"}),
        ("scenes/kit/dots.py", "size + 1", "size + 2", {"one"}),
        ("scenes/kit/dots.py", "return EDGE", "return 0", set()),
        ("scenes/kit/dots.py", "EDGE = 2", "EDGE = 3", set()),
        ("scenes/kit/dots.py", "EDGE = 2", "EDGE = print(3)", ALL),
        ("scenes/kit/dots.py", "def unused():", "@registered\ndef unused():", ALL),
        ("scenes/kit/dots.py", "def unused():", "@cache\ndef unused():", set()),
        ("scenes/kit/dots.py", "def unused():", "@register(1)\ndef unused():", ALL),
        ("scenes/kit/dots.py", "def unused():", "def unused(x=print()):", ALL),
        ("scenes/kit/shape.py", "return 2", "return 3", {"one"}),
        ("scenes/kit/shape.py", "return 4", "return 5", set()),
        ("scenes/kit/shape.py", "class Other: pass", "class Other: x = 1", set()),
        ("scenes/kit/shape.py", "class Other: pass", "class Other:\n    print()", ALL),
        ("scenes/kit/shape.py", "class Other: pass", "Shape.turn = print", ALL),
        ("scenes/kit/shape.py", "class Other: pass", "import seaborn", ALL),
        ("scenes/kit/shape.py", "class Other: pass", "import json", set()),
        ("scenes/kit/lines.py", "'thin': 1", "'thin': 2", {"two"}),
        ("scenes/kit/ink.py", '"#f00"', '"#e00"', {"one"}),
        ("scenes/kit/ink.py", "return a", "return b", set()),
        ("scenes/maths/sums.py", "return a + b", "return b + a", {"three"}),
        ("scenes/maths/sums.py", "return a * b", "return b * a", set()),
        ("scenes/kit/lesson.py", "return self.stage()", "return self.stage(), 2", ALL),
        ("scenes/kit/lesson.py", "return 1", "return 2", set()),
    ],
)
def test_an_edit_reaches_the_chapters_that_use_it(
    project: Path, path: str, old: str, new: str, pieces: set[str]
) -> None:
    assert changed(project, path, old, new) == pieces


# -- method by method

NOUNS = """
import manim
from manim import Animation, VGroup
from enum import Enum

class Bend:
    def interpolate_mobject(self, alpha): return "mixed in"

class Motion(Bend, Animation):
    def begin(self): return "begun"
    def linger(self): return "lingers"

class Noun(VGroup):
    HEIGHT = 1

    def draw(self): return "drawn"
    def lift(self): return "lifted"
    def align_points(self, other): return "aligned"
    def get_tip(self): return "tip"

    @property
    def colour(self): return "coloured"

    @property
    def brim(self): return "brimmed"

    @brim.setter
    def brim(self, value): self.value = "set"

    @watched
    def heed(self): return "heeded"

    @staticmethod
    def still(): return "still"

    def _hide(self): return "hidden away"
    conceal = _hide

    def __len__(self): return "long"

class Odd(manim.Unheard):
    def rest(self): return "rests"

class Kind(Enum):
    ONE = 1

    @classmethod
    def _missing_(cls, value): return "missing"

@registered
class Kept:
    def doze(self): return "dozes"
"""
"""Nouns of which a chapter may ask this or that."""


@pytest.fixture
def nouns(project: Path) -> Path:
    """The project with a chapter "one" that uses all nouns, and asks nothing of them."""
    (project / "scenes" / "kit" / "nouns.py").write_text(NOUNS)
    scene = project / "scenes" / "tiny" / "__init__.py"
    told = scene.read_text().replace("from scenes.kit import ink\n", "from scenes.kit import ink, nouns\n")
    used = "nouns.Noun(), nouns.Motion(), nouns.Odd(), nouns.Kind(1), nouns.Kept()"
    scene.write_text(told.replace("Dots(1).grow()", f"Dots(1), {used}"))
    return project


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("drawn", set()),
        ("lifted", set()),
        ("coloured", set()),
        ("set", set()),
        ("still", set()),
        ("lingers", set()),
        ("aligned", {"one"}),
        ("begun", {"one"}),
        ("mixed in", {"one"}),
        ("heeded", ALL),
        ("hidden away", {"one"}),
        ("long", {"one"}),
        ("rests", {"one"}),
        ("missing", {"one"}),
        ("dozes", ALL),
    ],
)
def test_a_method_that_nobody_names_counts_if_others_call_it(
    nouns: Path, text: str, pieces: set[str]
) -> None:
    assert changed(nouns, "scenes/kit/nouns.py", f'"{text}"', f'"not {text}"') == pieces


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("nouns.Noun().draw()", "drawn"),
        ("whatever.draw", "drawn"),
        ("nouns.Noun.still()", "still"),
        ('getattr(whatever, "draw")', "drawn"),
        ('sorted(all_of_them, key=attrgetter("other.draw"))', "drawn"),
        ('[getattr(whatever, name) for name in "lift draw".split()]', "drawn"),
        ("nouns.Noun().colour", "coloured"),
        ("nouns.Noun().get_colour()", "coloured"),
        ("nouns.Noun().set(brim=3)", "set"),
        ("nouns.Noun().tip", None),
        ("draw", None),
        ("shown(lift)", None),
        ("nouns.draw", None),
        ('"to draw is to see"', None),
    ],
)
def test_a_method_counts_for_who_asks_for_its_name(nouns: Path, asked: str, text: str | None) -> None:
    changed(nouns, "scenes/tiny/__init__.py", "nouns.Noun(),", f"nouns.Noun(), {asked},")
    if text is not None:
        assert changed(nouns, "scenes/kit/nouns.py", f'"{text}"', f'"not {text}"') == {"one"}
    else:
        edited = [
            changed(nouns, "scenes/kit/nouns.py", f'"{one}"', f'"not {one}"')
            for one in ("drawn", "lifted", "tip")
        ]
        assert edited == [set(), set(), set()]


def test_a_pattern_asks_for_what_it_looks_at(nouns: Path) -> None:
    changed(
        nouns,
        "scenes/tiny/__init__.py",
        "    def aid(self):\n",
        "    def aid(self):\n        match self:\n            case nouns.Noun(colour=3): pass\n",
    )
    assert changed(nouns, "scenes/kit/nouns.py", '"coloured"', '"grey"') == {"two"}


def test_a_name_that_is_put_together_may_be_any(nouns: Path) -> None:
    changed(nouns, "scenes/tiny/__init__.py", "nouns.Noun(),", 'getattr(nouns.Noun(), f"dr{3}"),')
    assert changed(nouns, "scenes/kit/nouns.py", '"lifted"', '"raised"') == {"one"}


def test_a_method_that_comes_to_hide_another_counts(nouns: Path) -> None:
    changed(nouns, "scenes/tiny/__init__.py", "nouns.Noun(),", "nouns.Noun().shift(3),")
    assert changed(
        nouns, "scenes/kit/nouns.py", "    HEIGHT = 1\n", "    HEIGHT = 1\n    def shift(self): pass\n"
    ) == {"one"}


@pytest.mark.parametrize(
    ("base", "pieces"), [("made()", ALL), ("Alias", {"one"}), ("manim.Unheard", {"one"})]
)
def test_a_class_of_which_nobody_knows_what_it_is_made_from_counts_whole(
    nouns: Path, base: str, pieces: set[str]
) -> None:
    kit = nouns / "scenes" / "kit" / "nouns.py"
    head = "Alias = VGroup\ndef made(): return VGroup\n\nclass Noun("
    kit.write_text(kit.read_text().replace("class Noun(VGroup", f"{head}{base}"))
    assert changed(nouns, "scenes/kit/nouns.py", '"lifted"', '"raised"') == pieces


def test_a_class_that_somebody_is_told_of_counts_with_its_methods(project: Path) -> None:
    changed(
        project,
        "scenes/kit/shape.py",
        "class Other: pass",
        "@registered\nclass Other:\n    def heed(self): return 7\n",
    )
    assert changed(project, "scenes/kit/shape.py", "return 7", "return 8") == ALL


PLANE = """
import numpy as np
from manim import VGroup
from scenes.kit.street import Street

class Plane(VGroup):
    def band(self, width): return Street(self, width)
    def frame(self): return "frame"
"""
STREET = """
from manim import VGroup

class Street(VGroup):
    def redraw(self, width): return self.kerb(width)
    def kerb(self, width): return width
"""
HISTOGRAM = """
import numpy as np
from manim import VGroup

class Histogram(VGroup):
    def redraw(self, counts): return counts
"""


def test_a_noun_on_a_plane_reaches_who_asks_the_plane_for_it(project: Path) -> None:
    kit, scene = project / "scenes" / "kit", "scenes/tiny/__init__.py"
    (kit / "plane.py").write_text(PLANE)
    (kit / "street.py").write_text(STREET)
    changed(
        project,
        scene,
        "from scenes.kit import ink\n",
        "from scenes.kit import ink\nfrom scenes.kit.plane import Plane\n",
    )
    changed(project, scene, "ink.red)", "ink.red, Plane())")
    changed(project, scene, "self.aid(), HEIGHT)", "self.aid(), Plane().band(1).redraw(2), HEIGHT)")
    before = reached(project)
    (kit / "histogram.py").write_text(HISTOGRAM)
    (kit / "plane.py").write_text(
        PLANE.replace("import Street\n", "import Street\nfrom scenes.kit.histogram import Histogram\n")
        + "    def histogram(self, counts): return Histogram(self, counts)\n"
    )
    assert reached(project) == before, "nobody asks for a histogram"
    assert changed(project, "scenes/kit/street.py", "return width", "return 2 * width") == {"two"}
    assert changed(project, "scenes/kit/plane.py", '"frame"', '"no frame"') == set()


# -- acts

ACTS = {
    "scenes/told/__init__.py": """
from scenes.told.near import Near
from scenes.told.far import Far as Away

class Told(Away, Near):
    'A lesson of two acts.'
    @chapter("Last")
    def last(self):
        self.add(self.mark())

    def poster(self):
        self.add(self.ground)
""",
    "scenes/told/stage.py": """
from scenes.kit.lesson import Lesson, chapter
from scenes.kit import ink

class Stage(Lesson):
    def stage(self):
        self.ground = ink.red

    def mark(self):
        return "mark"

    def spot(self):
        return "spot"
""",
    "scenes/told/near.py": """
from scenes.told.stage import Stage, chapter

DEPTH = 1

class Near(Stage):
    @chapter("Near")
    def near_by(self):
        with self.beat("It is near."):
            self.add(self.spot(), DEPTH)

    @chapter("Nearer")
    def closer(self):
        self.add(self.mark())
""",
    "scenes/told/far.py": """
import numpy as np
from scenes.told.stage import Stage, chapter

class Far(Stage):
    @chapter("Far")
    def distant(self):
        self.add(self.haze())

    def haze(self):
        return "haze"
""",
}
TOLD = ("distant", "near_by", "closer", "last", POSTER)


@pytest.fixture
def acts(project: Path) -> Path:
    (project / "scenes" / "told").mkdir()
    for path, text in ACTS.items():
        (project / path).write_text(text)
    return project


def test_chapters_are_told_act_by_act(acts: Path) -> None:
    assert Code(acts).chapters("scenes/told/__init__.py") == TOLD[:-1]


@pytest.mark.parametrize(
    ("act", "old", "new", "pieces"),
    [
        ("near", "DEPTH = 1", "DEPTH = 2", {"near_by"}),
        ("near", '"It is near."', '"It is quite near."', set()),
        ("near", "self.add(self.mark())", "self.add(self.mark(), 2)", {"closer"}),
        ("far", '"haze"', '"fog"', {"distant"}),
        ("far", "self.haze()", "self.haze(), 2", {"distant"}),
        ("far", "class Far", "print()\nclass Far", set(TOLD)),
        ("stage", '"mark"', '"cross"', {"closer", "last"}),
        ("stage", '"spot"', '"disc"', {"near_by"}),
        ("stage", "ink.red", "ink.blue", set(TOLD)),
        ("__init__", "self.add(self.ground)", "self.add(self.ground, 2)", {POSTER}),
        ("__init__", "self.add(self.mark())", "self.add(self.mark(), 2)", {"last"}),
        ("__init__", "'A lesson of two acts.'", "'A lesson of acts.'", set()),
    ],
)
def test_an_edit_of_an_act_reaches_its_own_chapters(
    acts: Path, act: str, old: str, new: str, pieces: set[str]
) -> None:
    def digests() -> dict[str, dict[str, str]]:
        code = Code(acts)
        return {name: code.of_chapter("scenes/told/__init__.py", name, ()).files for name in TOLD}

    before, file = digests(), acts / "scenes" / "told" / f"{act}.py"
    assert file.read_text().count(old) == 1
    file.write_text(file.read_text().replace(old, new))
    after = digests()
    assert {name for name in TOLD if before[name] != after[name]} == pieces


def test_what_is_kept_is_what_is_cut_up_anew(acts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    anew = {path: Code(acts).module(path) for path in ACTS}
    (acts / "scenes/kit/flowers.csv").write_text("1,2\n")
    data = {name: state_of(acts, name) for name in ("data of scenes", "data of scenes/kit", "scenes/kit/")}
    Code(acts).keep_all("scenes")
    assert {name: state_of(acts, name) for name in data} == data, "what is kept is no data"
    copy = acts.with_name("copy")
    shutil.copytree(acts, copy)
    monkeypatch.setattr(dependencies, "_cut", lambda *_: pytest.fail("it is kept, and was cut up anew"))
    for project in (acts, copy):
        assert {path: Code(project).module(path) for path in ACTS} == anew


def test_what_is_kept_counts_while_the_disk_answers_as_it_did(acts: Path) -> None:
    path = "scenes/told/near.py"
    with (acts / path).open("a") as file:
        file.write("from scenes.kit import mist\n")
    (acts / "scenes/kit/__init__.py").write_text("mist = 1\n")
    Code(acts).keep_all("scenes")
    assert "scenes/kit/mist.py" not in Code(acts).module(path).imports  # type: ignore[union-attr]
    (acts / "scenes/kit/mist.py").write_text("print()\n")
    assert "scenes/kit/mist.py" in Code(acts).module(path).imports  # type: ignore[union-attr]


def test_an_explanation_counts_with_what_is_kept(project: Path) -> None:
    path = "scenes/kit/odd.py"
    (project / path).write_text("def odd():\n    return eval('1')\n")
    Code(project).keep_all("scenes")
    reflects = [
        Code(project, explained=why).module(path).definitions["odd"][0].reflects  # type: ignore[union-attr]
        for why in ({}, {(path, "odd"): "a sum"}, {})
    ]
    assert reflects == [True, False, True]


def test_a_file_without_a_lesson_is_told(acts: Path) -> None:
    with pytest.raises(LookupError, match=r"^scenes/kit/dots\.py: expected one class of a lesson, found 0$"):
        Code(acts).chapters("scenes/kit/dots.py")


def test_a_class_made_from_ours_counts_the_hook_that_makes_it(project: Path) -> None:
    changed(
        project,
        "scenes/kit/shape.py",
        "class Other: pass",
        "class Other:\n    def __init_subclass__(cls): pass\nclass Third(Other): pass",
    )
    assert changed(project, "scenes/kit/shape.py", "(cls): pass", "(cls): print()") == ALL


def test_a_module_used_as_a_value_counts_whole(project: Path) -> None:
    assert changed(project, "scenes/tiny/__init__.py", "ink.red", 'getattr(ink, "r" + "ed")') == {"one"}
    assert changed(project, "scenes/kit/ink.py", "return a", "return b") == {"one"}


def test_a_chapter_that_tells_another_counts_it(project: Path) -> None:
    assert changed(project, "scenes/tiny/__init__.py", "self.aid()", "self.one()") == {"two"}
    assert changed(project, "scenes/tiny/__init__.py", "Dots(1)", "Dots(4)") == {"one", "two"}


def test_a_name_that_comes_to_hide_another_counts(project: Path) -> None:
    changed(project, "scenes/maths/sums.py", "return a + b", "return max(a, b)")
    assert changed(
        project, "scenes/maths/sums.py", "def product", "def max(a, b): return a\ndef product"
    ) == {"three"}


def test_who_finds_code_by_other_means_than_names_counts_everything(project: Path) -> None:
    assert changed(project, "scenes/tiny/__init__.py", "Dots(1)", "eval('Do' + 'ts')(1)") == {"one"}
    assert changed(project, "scenes/maths/sums.py", "return a * b", "return b * a") == {"one"}
    assert changed(project, "scenes/kit/dots.py", "return EDGE", "return 0") == {"one"}


def test_a_file_that_was_imported_nobody_knows_how_counts_whole(project: Path) -> None:
    odd = project / "scenes" / "odd.py"
    odd.write_text("def f(): return 1\n")

    def digests() -> list[str]:
        code = Code(project)
        seen = [*FILES, "scenes/odd.py"]
        return [
            code.of_chapter("scenes/tiny/__init__.py", name, (), seen).files["scenes/odd.py"]
            for name in PIECES
        ]

    before = digests()
    odd.write_text("def f(): return 2\n")
    assert all(one != other for one, other in zip(before, digests(), strict=True))


def test_docstrings_never_count(project: Path) -> None:
    changed(project, "scenes/kit/dots.py", "helped(SIZE)", "self.__doc__")
    edit = ("scenes/kit/dots.py", "class Dots(Shape):", 'class Dots(Shape):\n    "Round."')
    assert changed(project, *edit) == set(), "a worker imports no docstrings"


# -- what really runs

WATCH = """
import inspect, json, sys
from cProfile import Profile as Calls
from pathlib import Path
root, module, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
imports = Calls()
imports.enable()
from render.draw.renderer import perform, set_canvas, lesson_class
from render.core.profile import Profile
from render.encode.segment import SegmentWriter
from render.voice import voice_named
lesson_class(module)
imports.disable()
set_canvas(160, 90, 15, root / "build" / "media")
def ran(calls):
    codes = [entry.code for entry in calls.getstats() if inspect.iscode(entry.code)]
    functions = [code for code in codes if code.co_flags & inspect.CO_OPTIMIZED]  # and no body of a class
    return [
        (str(Path(code.co_filename).relative_to(root)), code.co_qualname)
        for code in functions if code.co_filename.startswith(str(root))
    ]
found = {}
for name in names:
    calls = Calls()
    with SegmentWriter(Path(sys.argv[1], "build", "film.h264"), Profile("small", 160, 90, 15, 28)) as writer:
        calls.enable()
        perform(module, writer, voice=voice_named("silent"), only=name)
        calls.disable()
        writer.close()
    found[name] = ran(imports) + ran(calls)
print(json.dumps(found))
"""
JUDGED = (
    "scenes/",
    "render/draw/renderer.py",
    "render/draw/camera.py",
    "render/encode/segment.py",
    "render/encode/skip_slices.py",
)

REMEMBERS = "scenes/maths/shared/memo.py"
"""Its decorator runs when a module is imported, and does nothing to who does not call what it decorates."""


def stray(project: Path, module: str, most: int = 2) -> tuple[list[str], int]:
    """Functions that ran while one of the first chapters was drawn, and that it is not said to reach; how many ran."""
    code, scene = Code(project), f"{module.replace('.', '/')}/__init__.py"
    chapters = code.chapters(scene)[:most]
    (project / "build").mkdir(exist_ok=True)
    done = subprocess.run(
        [sys.executable, "-c", WATCH, str(project), module, *chapters],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found, count = [], 0
    for chapter, pairs in json.loads(done.stdout).items():
        names = code.of_chapter(scene, chapter, DRAWING).names
        for path, qualified in pairs:
            parts = qualified.split(".")
            if not path.startswith(JUDGED) or parts[0].startswith("<") or path == REMEMBERS:
                continue
            count += 1
            cut_up = code.module(path)
            assert cut_up
            method = ".".join(parts[:2])
            name = method if method in cut_up.definitions else parts[0]
            if name not in names.get(path, frozenset()):
                found.append(f"{chapter}: {path}: {qualified}")
    return found, count


def test_nothing_runs_that_a_chapter_is_not_said_to_reach(tiny: Path) -> None:
    found, count = stray(tiny, "scenes.moving_dot")
    assert not found
    assert count > 100


@pytest.mark.slow
@pytest.mark.timeout(LONG)
@pytest.mark.parametrize("topic", READY, ids=lambda topic: topic.slug)
def test_nothing_runs_in_a_real_lesson_that_a_chapter_is_not_said_to_reach(topic: Topic) -> None:
    found, count = stray(ROOT, topic.module)
    assert not found
    assert count > 300


# -- what the lessons use


def test_an_edit_of_the_street_reaches_the_chapters_that_ask_for_one_and_no_other() -> None:
    """Compared with a search through the text of each chapter and of the lesson's functions that it names."""
    code = Code(ROOT)
    reach, ask = set(), set()
    for topic in READY:
        scene = topic.path.as_posix()
        texts = texts_of(ROOT / topic.folder)
        for chapter in code.chapters(scene):
            names = code.of_chapter(scene, chapter, DRAWING).names
            if "Street" in names.get("scenes/kit/street.py", ()):
                reach.add(f"{topic.slug}/{chapter}")
            text = texts_from(chapter, texts) + texts_from("stage", texts)
            if re.search(r"(?<!self)\.band\(|\bStreet\b", text):  # a verb of the plane, no part of one's own
                ask.add(f"{topic.slug}/{chapter}")
    # The text search follows names whoever has them: it takes a helper of the next chapter for one of this, and a
    # function of a lesson's mathematics for the plane's.  A beat's word in quotes counts as a name that is asked for.
    word = {"regression/leftovers_should_have_no_shape"}
    # A part of a chapter's picture that is called band counts as the plane's verb: too much rather than too little.
    parts = {
        "bias-variance/complexity",
        "feature-importance/inside_the_folds",
        "hyperparameter-tuning/error_bars",
        "hyperparameter-tuning/next_trial",
    }
    namesakes = {
        "feature-engineering/noise_scores",
        "regression/tighten_it_and_features_leave",
        "svm/chosen_together",
    }
    assert reach == (ask | word | parts) - namesakes
    assert (
        0 < len(ask) < len([chapter for topic in READY for chapter in code.chapters(topic.path.as_posix())])
    )


def test_a_new_noun_on_the_plane_reaches_no_chapter(tmp_path: Path) -> None:
    for package in ("scenes", "render"):
        for path in (ROOT / package).rglob("*.py"):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes())

    def reached_by_all() -> dict[str, dict[str, str]]:
        code = Code(tmp_path)
        return {
            f"{topic.slug}/{name}": code.of_chapter(topic.path.as_posix(), name, DRAWING).files
            for topic in READY
            for name in (*code.chapters(topic.path.as_posix()), POSTER)
        }

    before = reached_by_all()
    kit = tmp_path / "scenes" / "kit"
    (kit / "hexagons.py").write_text(
        "from manim import VGroup\n\n\nclass Hexagons(VGroup):\n    def redraw(self, counts): return self\n"
    )
    plane = (kit / "plane.py").read_text()
    for old, new in (
        ("from scenes.kit.street", "from scenes.kit.hexagons import Hexagons\nfrom scenes.kit.street"),
        (
            "    def band(",
            "    def hexagons(self, counts):\n        return Hexagons(self, counts)\n\n    def band(",
        ),
    ):
        assert plane.count(old) == 1
        plane = plane.replace(old, new)
    (kit / "plane.py").write_text(plane)
    code = Code(tmp_path).module("scenes/kit/plane.py")
    assert code and "Plane.hexagons" in code.definitions
    assert reached_by_all() == before


def test_no_class_takes_a_method_from_another_for_its_own() -> None:
    """What a method asks of ``self`` is looked for among the bases of its class alone."""
    paths = [*(ROOT / "scenes").rglob("*.py"), *(ROOT / "render").rglob("*.py")]
    classes = [
        node
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
    ]
    methods = {part.name for node in classes for part in node.body if isinstance(part, ast.FunctionDef)}
    taken = {
        f"{node.name}: {ast.unparse(part)}"
        for node in classes
        for part in node.body
        if isinstance(part, ast.Assign | ast.AnnAssign)
        and isinstance(part.value, ast.Attribute)
        and part.value.attr in methods
    }
    assert not taken


def texts_of(folder: Path) -> dict[str, str]:
    """The functions, methods and classes of a lesson's files by their names, as texts."""
    found: dict[str, str] = {}
    for path in sorted(folder.glob("*.py")):
        source = path.read_text(encoding="utf-8")
        for node in ast.walk(ast.parse(source)):
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name != "__init__"
            ):  # its class has it
                is_act = any(
                    ast.unparse(base).endswith(("Lesson", "Stage")) for base in getattr(node, "bases", ())
                )
                own = [] if is_act else node.body  # an act's chapters are told each by itself
                found[node.name] = found.get(node.name, "") + "\n".join(map(ast.unparse, own))
    return found


def texts_from(name: str, texts: Mapping[str, str]) -> str:
    """The text of a function, and of those that it names, and so on."""
    left, came, found = [name], {name}, ""
    while left:
        text = texts[left.pop()]
        more = {word for word in re.findall(r"\w+", text) if word in texts} - came
        came |= more
        left += sorted(more)
        found += text
    return found
