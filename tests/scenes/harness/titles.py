"""The titles of a lesson's chapters, as its sources have them: nothing is imported or told."""

from __future__ import annotations

import ast

from render.plan.dependencies import Code
from render.plan.probe import scene_of
from tests.scenes.harness.telling import ROOT


def titles(module: str) -> list[tuple[str, str]]:
    """Names and titles of the chapters of a lesson, such as ``scenes.svm``, in order."""
    scene = scene_of(module)
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (ROOT / scene).parent.glob("*.py")]
    found = {
        node.name: str(ast.literal_eval(decorator.args[0]))
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for decorator in node.decorator_list
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "chapter"
    }
    return [(name, found[name]) for name in Code(ROOT).chapters(scene)]
