"""Who may know of whom: the house's rules of import, held by reading every file."""

from __future__ import annotations

import ast
import inspect
import sys
from collections import Counter
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import packages_distributions
from pathlib import Path

import manim
import pytest

from render.core.catalog import load_catalog
from scripts import rooms

ROOT = Path(__file__).parents[1]
DRAWING = {
    "render/draw/camera.py",
    "render/draw/renderer.py",
    "render/plan/probe.py",
    "render/run/tasks.py",
    "render/cli/sheet.py",
    "render/draw/profiler.py",
} | {
    f"render/review/{name}.py"
    for name in ("mark", "motion", "observation", "reading", "sight", "stage", "text", "observer")
}
"""The only files of the pipeline that may reach manim or scenes."""
LESSONS = sorted(
    path.parent
    for path in (ROOT / "scenes").glob("*/__init__.py")
    if path.parent.name not in ("kit", "maths", "figure")
)
READY = {topic.folder for topic in load_catalog(ROOT / "catalog.yaml").topics if topic.status == "ready"}
SCENES = sorted(
    path for lesson in LESSONS if lesson.relative_to(ROOT) in READY for path in lesson.rglob("*.py")
)
"""Those of drafts may still hold what will be a noun of the kit."""


def imported(path: Path) -> dict[str, list[str]]:
    """Modules that a file imports when it runs, with the names taken from each."""
    found: dict[str, list[str]] = {}
    tree = _Running().visit(ast.parse(path.read_text(encoding="utf-8")))
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                found.setdefault(alias.name, [])
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.setdefault(node.module, []).extend(alias.name for alias in node.names)
    return found


class _Running(ast.NodeTransformer):
    """Takes away what only a type checker reads."""

    def visit_If(self, node: ast.If) -> ast.AST | None:
        return None if ast.unparse(node.test) == "TYPE_CHECKING" else self.generic_visit(node)


def files(pattern: str) -> list[Path]:
    found = sorted(ROOT.glob(pattern))
    assert found, pattern
    return found


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def tops(path: Path) -> set[str]:
    return {module.split(".")[0] for module in imported(path)}


@pytest.mark.parametrize("path", files("scenes/maths/**/*.py"), ids=relative)
def test_maths_knows_no_pictures(path: Path) -> None:
    assert not tops(path) & {"manim", "render", "hub"}
    assert not any(module.startswith("scenes.kit") for module in imported(path))


def met(path: Path) -> list[tuple[str, str]]:
    """The rooms that a file imports, for its types too, each with the line that does."""
    found = [(rooms.room_of(module), module, line) for module, line in rooms.imports(path, types=True)]
    return [(room, f"{relative(path)}:{line} imports {module}") for room, module, line in found if room]


def test_a_room_imports_only_rooms_below_it() -> None:
    wrong = []
    for path in rooms.sources():
        here = rooms.room_of(rooms.module_of(path))
        for room, where in met(path):
            if here not in rooms.ORDER or room not in rooms.ORDER:
                continue
            if rooms.ORDER.index(room) < rooms.ORDER.index(here) or (here, room) in rooms.APART:
                wrong.append(where)
    assert not wrong


def test_scenes_know_of_the_pipeline_only_what_all_speak() -> None:
    allowed = {"render.core", "scenes", "scenes.kit", "scenes.maths", "scenes.figure"}
    scenes = [path for path in rooms.sources() if relative(path).startswith("scenes/")]
    assert not [where for path in scenes for room, where in met(path) if room not in allowed]


@pytest.mark.parametrize("top", ["hub", "publish"])
def test_only_the_command_line_knows_what_is_made_of_the_manifest(top: str) -> None:
    below = [path for path in rooms.sources() if not relative(path).startswith((f"{top}/", "render/cli/"))]
    assert not [where for path in below for room, where in met(path) if room == top]


@pytest.mark.parametrize("top", ["hub", "publish"])
def test_what_is_made_of_the_manifest_knows_the_store_and_what_all_speak(top: str) -> None:
    allowed = {top, "render.core", "render.store"}
    assert not [where for path in files(f"{top}/**/*.py") for room, where in met(path) if room not in allowed]


def circle(arrows: Mapping[str, Iterable[str]]) -> list[str]:
    """Some way along ``arrows`` that ends where it began, such as ``["a", "b", "a"]``; empty when there is none."""
    sorter = TopologicalSorter(arrows)
    try:
        sorter.prepare()
    except CycleError as error:
        found: list[str] = error.args[1]
        return found[::-1]
    return []


def test_nothing_imports_in_a_circle() -> None:
    """Not even for its types: who reads a module can read what it imports first, down to what imports nothing."""
    modules = {rooms.module_of(path): path for path in rooms.sources()}
    arrows = {
        module: {other for other, _ in rooms.imports(path, types=True) if other in modules}
        for module, path in modules.items()
    }
    assert sum(map(len, arrows.values())) > len(arrows)
    assert circle(arrows) == [], "move what both need into a module below both"


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    found = circle({"a": {"b"}, "b": {"c"}, "c": {"b"}})
    assert found in (["b", "c", "b"], ["c", "b", "c"])
    assert circle({"a": {"a"}}) == ["a", "a"]


def test_the_map_of_rooms_is_what_the_code_says() -> None:
    assert rooms.PAGE.read_text(encoding="utf-8") == rooms.page(), "run `.venv/bin/python scripts/rooms.py`"


@pytest.mark.parametrize("path", files("render/**/*.py"), ids=relative)
def test_the_pipeline_meets_manim_only_where_it_draws(path: Path) -> None:
    if relative(path) not in DRAWING:
        assert not tops(path) & {"manim", "scenes"}


@pytest.mark.parametrize("path", files("hub/**/*.py") + files("publish/**/*.py"), ids=relative)
def test_what_is_made_of_the_manifest_knows_neither_manim_nor_scenes(path: Path) -> None:
    assert not tops(path) & {"manim", "scenes"}


@pytest.mark.parametrize(
    "path",
    [path for part in ("render/**", "hub/**", "publish/**", "scripts/**") for path in files(f"{part}/*.py")],
    ids=relative,
)
def test_one_module_speaks_to_ffmpeg(path: Path) -> None:
    assert ("ffmpeg" in tops(path)) == (relative(path) == "render/encode/ffmpeg.py")


def types_only(source: str) -> set[str]:
    """The names that stand in annotations of ``source`` and nowhere else in it."""
    tree = ast.parse(source)
    notes: list[ast.AST] = []
    for node in ast.walk(tree):
        match node:
            case (
                ast.arg(annotation=note) | ast.AnnAssign(annotation=note) | ast.FunctionDef(returns=note)
            ) if note:
                notes.append(note)
    noted = Counter(each.id for note in notes for each in ast.walk(note) if isinstance(each, ast.Name))
    named = Counter(each.id for each in ast.walk(tree) if isinstance(each, ast.Name))
    return {name for name, count in noted.items() if count == named[name]}


def test_what_is_only_named_as_a_type_is_told_from_what_is_drawn() -> None:
    source = (
        "def near(one: Shape, other: Mark) -> list[Shape]:\n    found: Line = Mark()\n    return [found]\n"
    )
    assert types_only(source) == {"Shape", "list", "Line"}


@pytest.mark.parametrize("path", SCENES, ids=relative)
def test_a_scene_takes_from_manim_motion_directions_and_groups_only(path: Path) -> None:
    own = set()
    for module, names in imported(path).items():
        if module.split(".")[0] != "manim":
            continue
        assert module == "manim"
        for name in names:
            member = getattr(manim, name)
            if inspect.isclass(member) and issubclass(member, manim.Mobject):
                own.add(name)
    drawn = own - types_only(path.read_text(encoding="utf-8"))
    assert not drawn - {"Group", "VGroup", "Mobject"}, "things to be seen come from the kit"


@pytest.mark.parametrize("lesson", LESSONS, ids=relative)
def test_no_act_has_the_name_of_a_package(lesson: Path) -> None:
    """``manim render scenes/svm/__init__.py`` looks for modules in the lesson's folder first."""
    taken = {*sys.stdlib_module_names, *packages_distributions()}
    acts = {path.stem for path in lesson.glob("*.py")}
    assert not acts & taken


@pytest.mark.parametrize("path", SCENES, ids=relative)
def test_a_scene_knows_nothing_of_how_it_is_rendered(path: Path) -> None:
    assert not tops(path) & {"render", "hub", "av", "ffmpeg", "PIL", "sklearn", "scipy"}
