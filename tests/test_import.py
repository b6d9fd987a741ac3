"""Who may know of whom: the house's rules of import, held by reading every file."""

from __future__ import annotations

import ast
import inspect
from pathlib import Path

import manim
import pytest

ROOT = Path(__file__).parents[1]
DRAWING = {
    "render/camera.py",
    "render/easel.py",
    "render/probe.py",
    "render/worker.py",
    "render/sheet.py",
    "render/stopwatch.py",
} | {
    f"render/review/{name}.py"
    for name in ("mark", "motion", "note", "reading", "sight", "stage", "text", "watch")
}
"""The only files of the pipeline that may reach manim or scenes."""
SCENES = sorted(path for path in (ROOT / "scenes").glob("*.py") if path.name != "__init__.py")


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


@pytest.mark.parametrize("path", files("render/**/*.py"), ids=relative)
def test_the_pipeline_meets_manim_only_where_it_draws(path: Path) -> None:
    if relative(path) not in DRAWING:
        assert not tops(path) & {"manim", "scenes"}


@pytest.mark.parametrize("path", files("hub/**/*.py"), ids=relative)
def test_the_hub_knows_neither_manim_nor_scenes(path: Path) -> None:
    assert not tops(path) & {"manim", "scenes"}


@pytest.mark.parametrize(
    "path", files("render/**/*.py") + files("hub/**/*.py") + files("scripts/*.py"), ids=relative
)
def test_one_module_speaks_to_ffmpeg(path: Path) -> None:
    assert ("ffmpeg" in tops(path)) == (relative(path) == "render/encode.py")


@pytest.mark.parametrize("path", SCENES, ids=relative)
def test_a_scene_takes_from_manim_motion_directions_and_groups_only(path: Path) -> None:
    for module, names in imported(path).items():
        if module.split(".")[0] != "manim":
            continue
        assert module == "manim"
        for name in names:
            member = getattr(manim, name)
            mobject = inspect.isclass(member) and issubclass(member, manim.Mobject)
            assert not mobject or name in {"Group", "VGroup", "Mobject"}, (
                f"{name}: things to be seen come from the kit"
            )


@pytest.mark.parametrize("path", SCENES, ids=relative)
def test_a_scene_knows_nothing_of_how_it_is_rendered(path: Path) -> None:
    assert not tops(path) & {"render", "hub", "av", "ffmpeg", "PIL", "sklearn", "scipy"}
