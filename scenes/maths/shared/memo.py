"""What takes long to compute is computed once: results are kept on disk, by joblib.

A result is found again only for the same arguments and the same code: of the function's module and of every module of
the project that this one imports, directly or not, since a function is only as good as what it calls.  And only where
it would be computed alike: processors and libraries of another make may differ in a digit.
"""

from __future__ import annotations

import ast
import hashlib
import inspect
import os
import platform
from collections.abc import Callable, Iterator
from functools import cache, wraps
from importlib.metadata import version
from pathlib import Path
from types import BuiltinFunctionType, FunctionType
from typing import Final, ParamSpec, TypeVar

import joblib
import numpy as np

P = ParamSpec("P")
R = TypeVar("R")

_PROJECT: Final = Path(__file__).parents[3]
_ENGINES: Final = ("numpy", "scipy", "scikit-learn", "statsmodels", "autograd")
"""Packages whose versions may change a result in its last digits, and a training by more."""

recalled: Final[dict[str, str]] = {}
"""Digests of the results that this process was given, by module, function and arguments; who reads it empties it."""


def remembered(function: Callable[P, R]) -> Callable[P, R]:
    """A decorator: ``function`` of hashable or array arguments, whose results survive the process.

    For training that takes seconds.  The function must depend on its arguments and on the project's code alone: seeds
    are arguments or constants.  What it returns must be picklable; each call reads a copy of its own.  Where nothing
    can be written it computes each time.
    """
    file = Path(inspect.getfile(function)).relative_to(_PROJECT).as_posix()
    kept = _memory(file).cache(function)

    @wraps(function)
    def recall(*args: P.args, **kwargs: P.kwargs) -> R:
        result: R = kept(*args, **kwargs)
        asked = digest_of((args, kwargs))
        recalled[f"{file}:{function.__qualname__} {asked[:12]}"] = digest_of(result)
        return result

    return recall


@cache
def _memory(file: str) -> joblib.Memory:
    name = file.removeprefix("scenes/").removeprefix("maths/").removesuffix(".py").replace("/", "-")
    folder = _PROJECT / "build" / "memo" / f"{name}-{_digest(file)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return joblib.Memory(None, verbose=0)
    return joblib.Memory(folder, verbose=0)


def _digest(file: str) -> str:
    """Of the code that a module computes with, and of what runs it."""
    found = hashlib.sha256(repr(_engine()).encode())
    for name in sorted(_needed(file)):
        found.update(f"{name}\0{_meaning(name)}".encode())
    return found.hexdigest()[:16]


@cache
def _engine() -> tuple[str, ...]:
    """What computes: versions, and what numpy and its libraries find the processor to be."""
    simd = np.show_config(mode="dicts")["SIMD Extensions"]
    return (
        platform.machine(),
        ".".join(platform.python_version_tuple()[:2]),
        repr(simd.get("found")),
        os.environ.get("OPENBLAS_CORETYPE", ""),
        *(version(engine) for engine in _ENGINES),
    )


def _meaning(file: str) -> str:
    """A source without its comments and docstrings."""
    tree = _tree(file)
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [part for part in body if not _is_text(part)]  # type: ignore[attr-defined]
    return ast.dump(tree)


def digest_of(value: object) -> str:
    """SHA-256 of what a value holds, the same for all values that are equal, computed or read from the disk.

    Of an object that is not plain data it is that of its state, as pickling knows it.
    """
    found = hashlib.sha256()
    _take(value, found)
    return found.hexdigest()


def _take(value: object, into: hashlib._Hash) -> None:
    into.update(f"<{type(value).__module__}.{type(value).__qualname__} ".encode())
    match value:
        case type() | FunctionType() | BuiltinFunctionType():
            into.update(f"{value.__module__}.{value.__qualname__}".encode())
        case None | bool() | int() | float() | complex() | str() | bytes():
            into.update(repr(value).encode())
        case np.ndarray() if value.dtype.names:  # what fills the gaps between fields is left out
            _take([value.dtype.descr, *(value[name] for name in value.dtype.names)], into)
        case np.ndarray() if value.dtype.hasobject:
            _take([value.shape, *value.ravel().tolist()], into)
        case np.ndarray():
            into.update(f"{value.dtype.str}{value.shape}".encode() + np.ascontiguousarray(value).tobytes())
        case list() | tuple():
            for part in value:
                _take(part, into)
        case dict():
            for pair in value.items():
                _take(pair, into)
        case set() | frozenset():
            for one in sorted(map(digest_of, value)):
                into.update(one.encode())
        case _:
            made = value.__reduce_ex__(4)
            state = made[:3] if isinstance(made, tuple) else made
            items = [list(part) for part in made[3:5] if part is not None] if isinstance(made, tuple) else []
            _take([state, items], into)
    into.update(b">")


def _is_text(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )


def _tree(file: str) -> ast.Module:
    return ast.parse((_PROJECT / file).read_text(encoding="utf-8"))


def _needed(file: str) -> set[str]:
    """A file and those of the project that it imports, directly or not, in whatever form."""
    needed: set[str] = set()
    left = [file]
    while left:
        one = left.pop()
        if one in needed:
            continue
        needed.add(one)
        for module in _imports(one):
            parts = module.split(".")
            above = ["/".join(parts[:end]) for end in range(1, len(parts) + 1)]
            files = [path for stem in above for path in (f"{stem}.py", f"{stem}/__init__.py")]
            left += [path for path in files if (_PROJECT / path).is_file()]
    return needed


def _imports(file: str) -> Iterator[str]:
    """Whatever a file may import, by its full name: a name from a module may be a module itself."""
    home = file.removesuffix(".py").split("/")[:-1]
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = home[: len(home) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)
