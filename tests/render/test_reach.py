"""What code a chapter can reach: never less than what runs, and not much more than what it uses."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from render.fingerprint import DRAWING
from render.reach import POSTER, Code

ROOT = Path(__file__).parents[2]

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
            self.play(Dots(1), ink.red)

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
    "scenes/tiny.py": SCENE,
    "scenes/kit/lesson.py": "import manim\nclass Lesson(manim.Scene):\n    def tell(self): return 1\n"
    "def chapter(*words): return lambda method: method\n",
    "scenes/kit/ink.py": 'red = "#f00"\nblue = "#00f"\n\ndef blend(a, b): return a\n',
    "scenes/kit/dots.py": "from scenes.kit import ink\nfrom scenes.kit.shape import Shape\nSIZE = 0.1\nEDGE = 2\n"
    "class Dots(Shape):\n    def grow(self): return helped(SIZE)\ndef helped(size): return size + 1\n"
    "def unused(): return EDGE\n",
    "scenes/kit/shape.py": "class Shape:\n    def turn(self): return 2\nclass Other: pass\n",
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


def reached(project: Path) -> dict[str, dict[str, str]]:
    code = Code(project)
    return {name: code.of_chapter("scenes/tiny.py", name, (), FILES).files for name in PIECES}


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
        ("scenes/tiny.py", "Dots(1)", "Dots(4)", {"one"}),
        ("scenes/tiny.py", "lines.draw(2)", "lines.draw(4)", {"two"}),
        ("scenes/tiny.py", "ink.blue)", "ink.red)", {POSTER}),
        ("scenes/tiny.py", "WIDTH = 3", "WIDTH = 4", ALL),
        ("scenes/tiny.py", "HEIGHT = 4", "HEIGHT = 5", {"two"}),
        ("scenes/tiny.py", "speed = 1", "speed = 2", ALL),
        ("scenes/tiny.py", 'return "aid"', 'return "help"', {"two"}),
        ("scenes/tiny.py", 'return "hidden"', 'return "seen"', {"three"}),
        ("scenes/tiny.py", 'return "idle"', 'return "busy"', set()),
        ("scenes/tiny.py", 'return "play"', 'return "rest"', ALL),
        ("scenes/tiny.py", "# a comment", "# another", set()),
        ("scenes/tiny.py", '"""Tiny."""', '"""Tiny, but told at length."""', set()),
        ("scenes/tiny.py", "\nWIDTH = 3", "\n\n\nWIDTH  =  3", set()),
        ("scenes/tiny.py", '"First."', '"At first."', set()),
        ("scenes/tiny.py", "Third {WIDTH}.", "Fourth {WIDTH}.", {"three"}),
        ("scenes/tiny.py", 'until("first")', 'until("second")', {"one"}),
        ("scenes/tiny.py", '"One", "item one"', '"Uno", "item one"', {"one"}),
        ("scenes/tiny.py", '"One", "item one"', '"One", "item two"', set()),
        ("scenes/kit/dots.py", "return helped(SIZE)", "return helped(2)", {"one"}),
        ("scenes/kit/dots.py", "SIZE = 0.1", "SIZE = 0.2", {"one"}),
        ("scenes/kit/dots.py", "size + 1", "size + 2", {"one"}),
        ("scenes/kit/dots.py", "return EDGE", "return 0", set()),
        ("scenes/kit/dots.py", "EDGE = 2", "EDGE = 3", set()),
        ("scenes/kit/dots.py", "EDGE = 2", "EDGE = print(3)", ALL),
        ("scenes/kit/dots.py", "def unused():", "@registered\ndef unused():", set()),
        ("scenes/kit/dots.py", "def unused():", "@register(1)\ndef unused():", ALL),
        ("scenes/kit/dots.py", "def unused():", "def unused(x=print()):", ALL),
        ("scenes/kit/shape.py", "return 2", "return 3", {"one"}),
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
        ("scenes/kit/lesson.py", "return 1", "return 2", ALL),
    ],
)
def test_an_edit_reaches_the_chapters_that_use_it(
    project: Path, path: str, old: str, new: str, pieces: set[str]
) -> None:
    assert changed(project, path, old, new) == pieces


def test_a_class_made_from_ours_counts_the_hook_that_makes_it(project: Path) -> None:
    changed(
        project,
        "scenes/kit/shape.py",
        "class Other: pass",
        "class Other:\n    def __init_subclass__(cls): pass\nclass Third(Other): pass",
    )
    assert changed(project, "scenes/kit/shape.py", "(cls): pass", "(cls): print()") == ALL


def test_a_module_used_as_a_value_counts_whole(project: Path) -> None:
    assert changed(project, "scenes/tiny.py", "ink.red", 'getattr(ink, "r" + "ed")') == {"one"}
    assert changed(project, "scenes/kit/ink.py", "return a", "return b") == {"one"}


def test_a_chapter_that_tells_another_counts_it(project: Path) -> None:
    assert changed(project, "scenes/tiny.py", "self.aid()", "self.one()") == {"two"}
    assert changed(project, "scenes/tiny.py", "Dots(1)", "Dots(4)") == {"one", "two"}


def test_a_name_that_comes_to_hide_another_counts(project: Path) -> None:
    changed(project, "scenes/maths/sums.py", "return a + b", "return max(a, b)")
    assert changed(
        project, "scenes/maths/sums.py", "def product", "def max(a, b): return a\ndef product"
    ) == {"three"}


def test_who_finds_code_by_other_means_than_names_counts_everything(project: Path) -> None:
    assert changed(project, "scenes/tiny.py", "Dots(1)", "eval('Do' + 'ts')(1)") == {"one"}
    assert changed(project, "scenes/maths/sums.py", "return a * b", "return b * a") == {"one"}
    assert changed(project, "scenes/kit/dots.py", "return EDGE", "return 0") == {"one"}


def test_a_file_that_was_imported_nobody_knows_how_counts_whole(project: Path) -> None:
    odd = project / "scenes" / "odd.py"
    odd.write_text("def f(): return 1\n")

    def digests() -> list[str]:
        code = Code(project)
        seen = [*FILES, "scenes/odd.py"]
        return [code.of_chapter("scenes/tiny.py", name, (), seen).files["scenes/odd.py"] for name in PIECES]

    before = digests()
    odd.write_text("def f(): return 2\n")
    assert all(one != other for one, other in zip(before, digests(), strict=True))


def test_docstrings_count_where_somebody_reads_them(project: Path) -> None:
    changed(project, "scenes/kit/dots.py", "return helped(SIZE)", "return self.__doc__")
    assert changed(
        project, "scenes/kit/dots.py", "class Dots(Shape):", 'class Dots(Shape):\n    "Round."'
    ) == {"one"}
    assert changed(project, "scenes/kit/dots.py", '"Round."', '"Rounder."') == {"one"}


# -- what really runs

WATCH = """
import inspect, json, sys
from cProfile import Profile as Calls
from pathlib import Path
root, module, names = Path(sys.argv[1]), sys.argv[2], sys.argv[3:]
imports = Calls()
imports.enable()
from render.easel import perform, set_canvas, lesson_class
from render.profile import Profile
from render.segment import SegmentWriter
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
JUDGED = ("scenes/", "render/easel.py", "render/camera.py", "render/segment.py", "render/held.py")

REMEMBERS = "scenes/maths/memo.py"
"""Its decorator runs when a module is imported, and does nothing to who does not call what it decorates."""


def stray(project: Path, module: str, most: int = 2) -> tuple[list[str], int]:
    """Functions that ran while one of the first chapters was drawn, and that it is not said to reach; how many ran."""
    code, scene = Code(project), f"{module.replace('.', '/')}.py"
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
    module_of_scene = code.module(scene)
    assert module_of_scene
    lesson = module_of_scene.lesson
    found, count = [], 0
    for chapter, pairs in json.loads(done.stdout).items():
        names = code.of_chapter(scene, chapter, DRAWING).names
        for path, qualified in pairs:
            parts = qualified.split(".")
            if not path.startswith(JUDGED) or parts[0].startswith("<") or path == REMEMBERS:
                continue
            count += 1
            name = (
                ".".join(parts[:2]) if parts[0] == lesson and path == scene and len(parts) > 1 else parts[0]
            )
            if name not in names.get(path, frozenset()):
                found.append(f"{chapter}: {path}: {qualified}")
    return found, count


def test_nothing_runs_that_a_chapter_is_not_said_to_reach(tiny: Path) -> None:
    found, count = stray(tiny, "scenes.moving_dot")
    assert not found
    assert count > 100


@pytest.mark.slow
@pytest.mark.parametrize("module", ["scenes.linear_algebra", "scenes.reinforcement_learning"])
def test_nothing_runs_in_a_real_lesson_that_a_chapter_is_not_said_to_reach(
    tmp_path: Path, module: str
) -> None:
    found, count = stray(ROOT, module)
    assert not found
    assert count > 300
