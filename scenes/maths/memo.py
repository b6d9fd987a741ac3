"""What takes long to compute is computed once: results are kept on disk, by joblib.

A result is found again only for the same arguments and the same code: of the function's module and of every module
of ``scenes/maths`` that this one imports, directly or not, since a function is only as good as what it calls.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final, ParamSpec, TypeVar, cast

import joblib

P = ParamSpec("P")
R = TypeVar("R")

_HOME: Final = Path(__file__).parent
_ENGINES: Final = ("numpy", "scipy", "scikit-learn", "autograd")
"""Packages whose versions may change a result in its last digits, and a training by more."""


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """A decorator: ``function`` of hashable or array arguments, whose results survive the process.

    For training that takes seconds.  The function must depend on its arguments and on the code of ``scenes/maths``
    alone: seeds are arguments or constants.  What it returns must be picklable; each call reads a copy of its own.
    Where nothing can be written it computes each time.
    """
    return cast(Callable[P, R], _memory(Path(inspect.getfile(function)).stem).cache(function))


@cache
def _memory(module: str) -> joblib.Memory:
    folder = _HOME.parents[1] / "build" / "memo" / f"{module}-{_digest(module)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return joblib.Memory(None, verbose=0)
    return joblib.Memory(folder, verbose=0)


def _digest(module: str) -> str:
    """Of the code that ``module`` computes with."""
    found = hashlib.sha256(" ".join(version(engine) for engine in _ENGINES).encode())
    for name in sorted(_needed(module)):
        found.update(name.encode() + b"\0" + (_HOME / f"{name}.py").read_bytes())
    return found.hexdigest()[:16]


def _needed(module: str) -> set[str]:
    """``module`` and the modules beside it that it imports, directly or not."""
    needed: set[str] = set()
    left = [module]
    while left:
        name = left.pop()
        if name in needed:
            continue
        needed.add(name)
        for node in ast.walk(ast.parse((_HOME / f"{name}.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "scenes.maths":
                left += [alias.name for alias in node.names if (_HOME / f"{alias.name}.py").is_file()]
            elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("scenes.maths."):
                left.append(node.module.split(".")[2] if node.module else "")
    return needed
