"""Code and data that are come to by ways that no reader of names would go: an edit of them draws what it touches."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from scripts.chaos import lay_out
from tests.once import Once
from tests.test_soundness import drawn, planned, published

pytestmark = pytest.mark.end_to_end
SLUG = "still-square"
LESSON = "scenes/still_square/__init__.py"
KIT = "scenes/kit/odd.py"
TEXT = "scenes/kit/odd_text.py"


@dataclass(frozen=True, slots=True)
class Way:
    """How a chapter comes to a number, and an edit of that number."""

    code: str
    """An expression; ``self`` is the lesson."""
    path: str
    old: str
    new: str
    before: str = ""
    """Lines of the lesson's module."""


WAYS = {
    "dotted_import": Way("scenes.kit.odd.SIZE", KIT, "SIZE = 0.31", "SIZE = 0.41", "import scenes.kit.odd"),
    "registered": Way(
        "REGISTRY['odd']()", KIT, "return 0.32", "return 0.42", "from scenes.kit.odd import REGISTRY"
    ),
    "dispatched": Way(
        "dispatched(self.dot)", KIT, "return 0.33", "return 0.43", "from scenes.kit.odd import dispatched"
    ),
    "name_put_together": Way(
        "getattr(Odd(), 'si' + 'zes')()", KIT, "return 0.34", "return 0.44", "from scenes.kit.odd import Odd"
    ),
    "table_of_methods": Way(
        "[one for one in vars(Odd).values() if getattr(one, 'tabled', False)][0](None)",
        KIT,
        "return 0.35",
        "return 0.45",
        "from scenes.kit.odd import Odd",
    ),
    "star_export": Way(
        "starred()", "scenes/kit/odder.py", "return 0.36", "return 0.46", "from scenes.kit.odd import starred"
    ),
    "modules": Way(
        "sys.modules['scenes.kit.odd'].IN_MODULES",
        KIT,
        "IN_MODULES = 0.37",
        "IN_MODULES = 0.47",
        "import sys\nimport scenes.kit.odd",
    ),
    "resolved": Way(
        "resolve_name('scenes.kit.odd:RESOLVED')",
        KIT,
        "RESOLVED = 0.38",
        "RESOLVED = 0.48",
        "from pkgutil import resolve_name",
    ),
    "source_of": Way(
        "0.1 + len(getsource(Told)) / 10_000",
        TEXT,
        "# a comment",
        "# another comment",
        "from inspect import getsource\nfrom scenes.kit.odd_text import Told",
    ),
    "globals_of": Way(
        "Odd.sizes.__globals__['OF_GLOBALS']",
        KIT,
        "OF_GLOBALS = 0.39",
        "OF_GLOBALS = 0.49",
        "from scenes.kit.odd import Odd",
    ),
    "operator": Way(
        "float(Odd() @ Odd())", KIT, "return 0.30", "return 0.40", "from scenes.kit.odd import Odd"
    ),
    "odd_setter": Way(
        "Odd().set(odd=1)", KIT, "return 0.29", "return 0.49", "from scenes.kit.odd import Odd"
    ),
    "kit_reads": Way(
        "READ_BY_KIT", "scenes/kit/size.txt", "0.28", "0.48", "from scenes.kit.odd import READ_BY_KIT"
    ),
    "folder": Way(
        "0.1 * len(list(Path('scenes/still_square/rows').iterdir()))",
        "scenes/still_square/rows/two.txt",
        "",
        "here",
        "from pathlib import Path",
    ),
    "listed_elsewhere": Way(
        "0.1 * len(list(Path('shapes').iterdir()))", "shapes/two.txt", "", "here", "from pathlib import Path"
    ),
    "not_there": Way(
        "0.2 if Path('scenes/maybe.txt').exists() else 0.3",
        "scenes/maybe.txt",
        "",
        "here",
        "from pathlib import Path",
    ),
    "outside_of_scenes": Way(
        "float(Path('sizes.txt').read_text())", "sizes.txt", "0.26", "0.46", "from pathlib import Path"
    ),
    "code_as_text": Way(
        "0.1 + len(Path('scenes/kit/odd_text.py').read_text()) / 10_000",
        TEXT,
        "A text",
        "Another text",
        "from pathlib import Path",
    ),
    "by_a_library": Way(
        "0.1 + 0.001 * cairo.ImageSurface.create_from_png('scenes/still_square/dot.png').get_width()",
        "scenes/still_square/dot.png",
        "2",
        "90",
        "import cairo",
    ),
    "claims_of_others": Way("0.1 + 0.01 * len(self.claims()['zebra'].title)", LESSON, "'Last'", "'The last'"),
}
ODD = '''"""What is odd."""

from functools import singledispatch
from pathlib import Path

from manim import Dot, Mobject

from scenes.kit.odder import *

SIZE = 0.31
IN_MODULES = 0.37
RESOLVED = 0.38
OF_GLOBALS = 0.39
READ_BY_KIT = float((Path(__file__).parent / "size.txt").read_text())
REGISTRY = {}


def register(function):
    REGISTRY[function.__name__] = function
    return function


@register
def odd() -> float:
    return 0.32


@singledispatch
def dispatched(what: object) -> float:
    return 0.2


@dispatched.register
def _(what: Dot) -> float:
    return 0.33


def tabled(method):
    method.tabled = True
    return method


class Odd(Mobject):
    def sizes(self) -> float:
        return 0.34

    @tabled
    def in_a_table(self) -> float:
        return 0.35

    def __matmul__(self, other: object) -> float:
        return 0.30

    def set_odd(self, value: float) -> float:
        return 0.29

    def set(self, **options: float) -> float:
        return [getattr(self, f"set_{name}")(value) for name, value in options.items()][0]
'''
TOLD = '"""A text."""\n\n\nclass Told:\n    # a comment\n    pass\n'
ODDER = '"""Odder."""\n\n\ndef starred() -> float:\n    return 0.36\n'


def lesson() -> str:
    """A lesson with a chapter for each way."""
    lines = dict.fromkeys(line for way in WAYS.values() for line in way.before.splitlines())
    chapters = [
        f'''
    @chapter("{name.replace("_", " ").capitalize()}")
    def {name}(self) -> None:
        with self.beat("It is so large."):
            self.play(self.dot.animate.scale(3 * ({way.code})), run_time=0.2)
'''
        for name, way in WAYS.items()
    ]
    return f'''"""A lesson that goes odd ways."""

{chr(10).join(sorted(lines))}
from manim import Dot

from scenes.kit.lesson import Lesson, chapter


class StillSquare(Lesson):
    """A chapter for each way."""

    def stage(self) -> None:
        self.dot = Dot(radius=0.4)
        self.add(self.dot)

    def poster(self) -> None:
        self.stage()
{"".join(chapters)}
    @chapter('Last')
    def zebra(self) -> None:
        with self.beat("It ends."):
            pass
'''


def picture(path: Path, width: int) -> None:
    import cairo

    cairo.ImageSurface(cairo.FORMAT_RGB24, width, 2).write_to_png(str(path))


def edit(project: Path, way: Way) -> None:
    file = project / way.path
    if file.suffix == ".png":
        picture(file, int(way.new))
    elif not way.old:
        file.write_text(way.new)
    else:
        text = file.read_text()
        assert way.old in text, way
        file.write_text(text.replace(way.old, way.new))


@pytest.fixture(scope="module")
def odd_ways(once: Once) -> Path:
    """A project with that lesson, rendered, to be copied."""
    return once("odd-ways", render_odd_ways)


def render_odd_ways(project: Path) -> None:
    lay_out(project)
    (project / KIT).write_text(ODD)
    (project / "scenes/kit/odder.py").write_text(ODDER)
    (project / TEXT).write_text(TOLD)
    (project / "scenes/kit/size.txt").write_text("0.28")
    (project / "sizes.txt").write_text("0.26")
    for folder in ("shapes", "scenes/still_square/rows"):
        (project / folder).mkdir()
        (project / folder / "one.txt").write_text("here")
    picture(project / "scenes/still_square/dot.png", 2)
    (project / LESSON).write_text(lesson())
    assert set(WAYS) <= drawn(project, project / "build", SLUG)


@pytest.fixture
def project(odd_ways: Path, tmp_path: Path) -> Path:
    """A copy of it, to edit."""
    shutil.copytree(odd_ways, tmp_path / "tiny", symlinks=True)
    return tmp_path / "tiny"


@pytest.mark.parametrize("name", WAYS)
def test_an_edit_is_seen(project: Path, name: str) -> None:
    edit(project, WAYS[name])
    assert name in planned(project, project / "build", SLUG)


def test_after_all_edits_it_is_as_from_nothing(project: Path) -> None:
    for way in WAYS.values():
        edit(project, way)
    drawn(project, project / "build", SLUG)
    drawn(project, project / "nothing", SLUG)
    assert published(project / "build") == published(project / "nothing")


# -- what no plan could see is not published


def render(project: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "render.cli", "--build", "late", "render", "moving-dot", "--quality", "draft"],
        cwd=project,
        env={**os.environ, "MLHUB_WORDS_CACHE": str(project / "words"), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


AWAY = "scenes/moving_dot/away.py"
LATE = {
    "reads": (
        "lambda dot: dot.set_opacity(float(open('scenes/late.txt').read()))",
        "scenes/late.txt is read only while pictures are drawn",
    ),
    "runs": (
        "lambda dot: dot.set_opacity(vars(Holder)['swol' + 'len'](dot))",
        "scenes/kit/late.py:Holder.swollen ran while pictures were drawn",
    ),
}


LATE_CODE = """
class Holder:
    def swollen(self) -> float:
        return 0.5
"""


@pytest.mark.parametrize("how", LATE)
def test_what_is_used_in_the_middle_of_an_animation_alone_is_refused(project: Path, how: str) -> None:
    updater, words = LATE[how]
    (project / "scenes/late.txt").write_text("0.5")
    (project / "scenes/kit/late.py").write_text(LATE_CODE)
    file = project / AWAY
    text = file.read_text().replace(
        "from manim import RIGHT",
        "from scenes.kit.late import Holder\nfrom manim import RIGHT, UpdateFromFunc",
    )
    late = f"UpdateFromFunc(self.dot, lambda dot, shown=self.renderer.sink: shown and ({updater})(dot))"
    file.write_text(text.replace("self.dot.animate.shift(4 * RIGHT)", late))
    done = render(project)
    assert done.returncode == 1, done.stdout
    assert words in done.stdout + done.stderr
    assert not list((project / "late" / "store" / "segment").rglob("*goes*"))
    assert not (project / "late" / "manifest.json").exists()


CHECK = """
import sys
from pathlib import Path
from render.task.loading import install
install()
root, edit = Path(sys.argv[1]), sys.argv[2:]
from render.core.catalog import load_catalog
from render.core.profile import PROFILES
from render.plan.covered import check_use, covered_by
from render.plan.dependencies import Code
from render.plan.lesson_plan import cut
from render.plan.rehearsal import Rehearsal
from render.run.tasks import ChapterTask
from render.store.store import Store
from render.task.noting import noting
from render.task.task import ProgressChannel
topic = load_catalog(root / "catalog.yaml").lesson("moving-dot")
probe = Rehearsal(root, Store(root / "build"), "silent").begin(topic)
piece = cut(probe, PROFILES["draft"])[0][0]
covered = covered_by(probe, Code(root), topic.module)[piece.name]
where = root, root / "build", topic.slug, topic.module, "silent"
task = ChapterTask(*where, piece=piece, profile=PROFILES["draft"], covered=covered)
from multiprocessing import Pipe
heard, telling = Pipe(duplex=False)
file = root / edit[0]
text = file.read_text()
assert edit[1] in text
file.write_text(text.replace(edit[1], edit[2]))
import scenes.moving_dot
file.write_text(text)
with noting(root, root / "build"):
    try:
        task.perform(ProgressChannel(telling))
    except Exception as fault:
        print("refused:", fault)
    else:
        print("published")
"""


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        ((AWAY, "run_time=0.6", "run_time=0.4"), f"refused: {AWAY} changed while it was drawn"),
        (
            ("scenes/moving_dot/stage.py", "0.4", "0.5"),
            "refused: scenes/moving_dot/stage.py changed while it was drawn",
        ),
        (("scenes/moving_dot/back.py", "rotate(dt)", "rotate(-dt)"), "published"),
        ((AWAY, "One chapter", "A chapter"), "published"),
    ],
    ids=["its own code", "the stage", "another chapter's code", "a docstring"],
)
def test_an_edit_that_is_put_back_while_it_is_drawn_is_seen(
    rendered: Path, edit: tuple[str, str, str], told: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", CHECK, str(rendered), *edit],
        cwd=rendered,
        env={**os.environ, "MLHUB_WORDS_CACHE": str(rendered / "words")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.startswith(told), done.stdout + done.stderr


# -- the user's surroundings


def test_the_users_surroundings_change_nothing(tiny: Path, tmp_path: Path) -> None:
    back = tiny / "scenes/moving_dot/back.py"
    by_hash = "{name: 1 for name in {'left', 'right', 'up', 'down', 'here'}}"
    text = back.read_text().replace(
        "self.rng.uniform(-1, 1)", f"['down', 'here', 'left', 'right', 'up'].index(next(iter({by_hash}))) / 5"
    )
    back.write_text(text)
    assert render(tiny).returncode == 0
    first = published(tiny / "late")
    shutil.rmtree(tiny / "late")
    (tiny / "manim.cfg").write_text("[CLI]\nframe_height = 5\nbackground_opacity = 0.5\n")
    home = tmp_path / "home"
    (home / ".config" / "manim").mkdir(parents=True)
    (home / ".config" / "manim" / "manim.cfg").write_text("[CLI]\nframe_height = 6\n")
    there = {
        "HOME": str(home),
        "PYTHONHASHSEED": "77",
        "TZ": "Asia/Tokyo",
        "LC_ALL": "C",
        "FONTCONFIG_FILE": "/nowhere",
    }
    assert render(tiny, **there).returncode == 0
    assert published(tiny / "late") == first
