"""What a picture depends on, digested: equal inputs, equal key, drawn once.

An input is a name a person understands and a digest.  Names are compared to say *why* something is drawn again;
digests go into the key.  File times play no part.
"""

from __future__ import annotations

import ast
import json
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from render.profile import Profile
from render.store import digest_file, digest_text
from render.timeline import Chapter

Inputs = dict[str, str]
"""Name of an input, such as ``source scenes/kit/plane.py``, to its digest."""

_SOFTWARE = ("manim", "numpy", "scipy", "scikit-learn", "statsmodels", "typst", "av", "pycairo", "pillow")
_DRAWING = ("render/camera.py", "render/easel.py", "render/held.py", "render/segment.py", "render/profile.py")
"""Sources of ours that shape pixels without being imported by a scene."""


def key(inputs: Inputs) -> str:
    """The key of what is made from ``inputs``."""
    return digest_text(json.dumps(inputs, sort_keys=True))


def meaning(source: str) -> str:
    """Digest of what Python source does: blind to comments, docstrings, layout and line numbers."""
    return digest_text(ast.dump(_Bare().visit(ast.parse(source))))


def chapter_meaning(source: str, name: str | None) -> str:
    """Digest of a scene file as far as its chapter ``name`` can see it (``None``: the poster).

    Other chapters cannot reach it (the stage is emptied between them), so their methods are left out; and so is
    what is *said*, for words act on pictures only through their timing, which is an input of its own.
    """
    return digest_text(ast.dump(_OneChapter(name).visit(_Bare().visit(ast.parse(source)))))


@cache
def software() -> tuple[tuple[str, str], ...]:
    """Versions of everything that draws, by name."""
    import cairo  # imported late: only who plans needs it, and it loads a system library

    return (
        ("python", ".".join(platform.python_version_tuple()[:2])),
        ("cairo", cairo.cairo_version_string()),
        *((name, version(name)) for name in _SOFTWARE),
    )


@cache
def _fonts(root: Path) -> str:
    files = sorted((root / "scenes" / "kit" / "fonts").glob("*.ttf"))
    return digest_text("".join(digest_file(file) for file in files))


def shared_inputs(root: Path, sources: dict[str, str], profile: Profile | None) -> Inputs:
    """Inputs of every picture of a lesson; ``sources`` maps its files (but the scene's own) to their meaning."""
    drawing = {
        path: meaning((root / path).read_text(encoding="utf-8")) for path in _DRAWING if path not in sources
    }
    return {
        **{f"source {path}": digest for path, digest in {**sources, **drawing}.items()},
        **{f"version of {name}": text for name, text in software()},
        **({"profile": profile.pictures} if profile else {}),
        "fonts": _fonts(root),
    }


def chapter_inputs(shared: Inputs, chapter: Chapter, meaning_of_chapter: str) -> Inputs:
    """Inputs of one chapter: what the lesson shares, its own code, and when its pictures move."""
    return {
        **shared,
        "chapter's code": meaning_of_chapter,
        "timing": digest_text(json.dumps(chapter.plays)),
    }


class _Bare(ast.NodeTransformer):
    """Takes docstrings away."""

    def generic_visit(self, node: ast.AST) -> ast.AST:
        super().generic_visit(node)
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
            and isinstance(body[0].value.value, str)
        ):
            node.body = body[1:]  # type: ignore[attr-defined]
        return node


class _OneChapter(ast.NodeTransformer):
    """Takes away the other chapters, what this one teaches, and what is said."""

    def __init__(self, name: str | None) -> None:
        self._name = name

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST | None:
        for decorator in node.decorator_list:
            if _calls(decorator, "chapter"):
                if node.name != self._name:
                    return None
                del decorator.args[1:]  # type: ignore[attr-defined]
        return self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> ast.AST:
        if _calls(node, "beat") and node.args and isinstance(node.args[0], ast.Constant):
            del node.args[0]
        return self.generic_visit(node)


def _calls(node: ast.AST, name: str) -> bool:
    if not isinstance(node, ast.Call):
        return False
    called = node.func
    return (called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", None)) == name
