"""What manim may call of ours: no less than its sources say, and not of parts that nothing of ours uses."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import manim

from render.plan.unasked import UNREAD, foreign, sources

ROOT = Path(__file__).parents[3]


@cache
def trees() -> dict[str, ast.Module]:
    return {name: ast.parse(source) for name, source in sources()}


def of_itself(node: ast.AST) -> bool:
    return isinstance(node, ast.Name) and node.id in ("self", "cls")


def test_every_name_that_manim_asks_of_others_is_found() -> None:
    asked: set[str] = set()
    strings: set[str] = set()
    for tree in trees().values():
        parts = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and not of_itself(node.value):
                asked.add(node.attr)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                strings |= {node.value} if node.value.isidentifier() else set()
    assert len(asked) > 500 and "submobjects" in asked and "points" in strings
    assert asked | strings <= foreign().anybody


def test_every_name_that_a_class_of_manim_has_or_asks_of_itself_is_found() -> None:
    for name, tree in trees().items():
        for kind in tree.body:
            if not isinstance(kind, ast.ClassDef):
                continue
            own = {
                node.attr
                for node in ast.walk(kind)
                if isinstance(node, ast.Attribute) and of_itself(node.value)
            }
            own |= {node.name for node in kind.body if isinstance(node, ast.FunctionDef)}
            found = foreign().of_bases([kind.name])
            assert found is None or own <= found, f"{name}: {kind.name}: {sorted(own - found)}"


def test_outside_of_classes_nobody_asks_of_itself() -> None:
    for name, tree in trees().items():
        for part in tree.body:
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                strays = {
                    node.attr
                    for node in ast.walk(part)
                    if isinstance(node, ast.Attribute) and of_itself(node.value)
                }
                assert strays <= foreign().anybody, f"{name}: {part.name}"


def test_what_manim_calls_on_its_own_is_known() -> None:
    assert {"construct", "setup", "tear_down", "play", "add"} <= foreign().scenes
    motion = foreign().of_bases(["Animation"])
    assert motion and {"begin", "finish", "interpolate_mobject", "clean_up_from_scene"} <= motion
    shape = foreign().of_bases(["VGroup"])
    assert shape and {"align_points", "interpolate_color", "get_center", "shift"} <= shape
    assert foreign().of_bases(["Exception"]), "what Python has itself"
    assert foreign().of_bases(["Protocol"]) == frozenset()
    assert foreign().of_bases(["VGroup", "Unheard"]) is None


def test_what_is_not_read_is_not_used() -> None:
    """Nothing that draws takes anything from the parts of manim that are left out."""
    folder = Path(manim.__file__).parent
    drawing = [
        *(path for path in (ROOT / "scenes").rglob("*.py")),
        *(ROOT / "render" / "draw").glob("*.py"),
        *(ROOT / "render" / "encode" / name for name in ("segment.py", "skip_slices.py")),
    ]
    taken: dict[str, str] = {}
    for path in drawing:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "manim":
                for alias in node.names:
                    home = str(node.module)
                    if home == "manim":
                        home = getattr(getattr(manim, alias.name), "__module__", None) or "manim.constants"
                    taken[f"{home.replace('.', '/')}.py".removeprefix("manim/")] = alias.name
    assert "mobject/types/vectorized_mobject.py" in taken
    assert all((folder / path).is_file() for path in taken if path.split("/")[0] in ("mobject", "animation"))
    settings = {"_config/utils.py"}
    """The size of the canvas, which is set and read and calls nothing of ours."""
    assert not {path: name for path, name in taken.items() if UNREAD.search(path)}.keys() - settings
