"""How a worker imports the project's code: from the bytes that it digests, marked so that what runs is known.

Python itself takes bytecode for current when a file has the size and the time that it had, and forgets which bytes it
compiled.  Here a module is compiled from what was read, what was read is kept (:func:`loaded`), and bytecode is kept
beside Python's under the digest of its source.  So an edit that is put back while a picture is drawn is seen, and old
bytecode is never run.  Where the file lies is no part of it: a copy of the project runs the same bytecode under its own
names.

In ``scenes`` two things are changed on the way.  Docstrings are left out, since pictures must not depend on them.  And
each function of a module and each method of its classes notes that it has run (:func:`ran`): it costs a store into an
array.
"""

from __future__ import annotations

import ast
import compileall
import contextlib
import hashlib
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from pathlib import Path
from types import CodeType, ModuleType
from typing import Final

from render.store import beside
from render.store.digest import Bare

PACKAGES: Final = ("scenes", "render")
"""What is imported so."""
_MARKED: Final = "scenes"
_FLAGS: Final = "__ran__"
_VERSION: Final = hashlib.sha256(Path(__file__).read_bytes() + sys.version.encode()).hexdigest()


@dataclass(slots=True)
class Loaded:
    """A file that was imported."""

    source: bytes
    names: tuple[str, ...] = ()
    """Its functions, and its methods as ``Class.method``."""
    flags: bytearray = field(default_factory=bytearray)
    """Of each of them, whether it has run."""


_loaded: Final[dict[str, Loaded]] = {}


def loaded() -> dict[str, bytes]:
    """The source of each file of the project that was imported, by its path from the file system's root."""
    return {path: module.source for path, module in _loaded.items()}


def ran() -> set[tuple[str, str]]:
    """The functions and methods that have run since the last time that this was asked: path and name."""
    found = set()
    for path, module in _loaded.items():
        if any(module.flags):
            found |= {(path, name) for name, flag in zip(module.names, module.flags, strict=True) if flag}
            module.flags[:] = bytes(len(module.flags))
    return found


def install() -> None:
    """Import the project's packages so from now on; those that were imported before stay as they are."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def compile_all(root: Path) -> None:
    """Keep the bytecode of all of the project in ``root``, for whoever runs it, or a copy with its ``__pycache__``.

    What does not read is left to whom imports it.
    """
    for package in PACKAGES:
        compileall.compile_dir(root / package, quiet=2)
        for file in (root / package).rglob("*.py"):
            with contextlib.suppress(SyntaxError, ValueError):
                _compiled(file.read_bytes(), str(file), package == _MARKED, always=True)


class _Finder(MetaPathFinder):
    """Finds what Python would find, and has it loaded by :class:`_Loader`."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.partition(".")[0] not in PACKAGES:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and type(spec.loader) is SourceFileLoader:
            spec.loader = _Loader(spec.loader.name, spec.loader.path)
            spec.cached = None  # what reloads a module has to come here
        return spec


class _Loader(SourceFileLoader):
    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        source = self.get_data(path)
        marks = fullname.partition(".")[0] == _MARKED
        code, names = _compiled(source, path, marks)
        _loaded[path] = Loaded(source, names, bytearray(len(names)))
        return code

    def exec_module(self, module: ModuleType) -> None:
        code = self.get_code(module.__name__)
        if _loaded[self.path].names:
            setattr(module, _FLAGS, _loaded[self.path].flags)
        exec(code, module.__dict__)


def _compiled(
    source: bytes, path: str, marks: bool, *, always: bool = False
) -> tuple[CodeType, tuple[str, ...]]:
    """Code of a file, and the names of the functions that note their runs in it.

    It is kept where Python would keep it, or ``always``.
    """
    digest = hashlib.sha256(f"{_VERSION} {marks} ".encode() + source).digest()
    suffix = ".marked" if marks else ".plain"
    if kept := beside.find(path, suffix, digest):
        code, names = kept
        return _placed(code, path), names
    try:
        if marks:
            tree, names = _marked(ast.parse(source, path))
            code = compile(tree, path, "exec", dont_inherit=True)
        else:
            code, names = compile(source, path, "exec", dont_inherit=True), ()
    except SyntaxError as error:
        error.filename = error.filename or path  # of some faults Python does not tell the file
        raise
    beside.keep(path, suffix, digest, (code, names), always=always)
    return code, names


def _placed(code: CodeType, path: str) -> CodeType:
    """``code`` of a file that lies at ``path``, whatever path it was compiled at."""
    if code.co_filename == path:
        return code
    inner = (_placed(each, path) if isinstance(each, CodeType) else each for each in code.co_consts)
    return code.replace(co_filename=path, co_consts=tuple(inner))


def _marked(tree: ast.Module) -> tuple[ast.Module, tuple[str, ...]]:
    """``tree`` without docstrings, its functions and methods marked; and their names, by number."""
    tree = Bare().visit(tree)
    names: list[str] = []

    def mark(node: ast.AST, owner: str) -> None:
        for part in getattr(node, "body", ()):
            if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
                store = ast.parse(f"{_FLAGS}[{len(names)}] = 1").body[0]
                for inner in ast.walk(store):
                    ast.copy_location(inner, part.body[0] if part.body else part)
                part.body.insert(0, store)
                names.append(f"{owner}{part.name}")
            elif isinstance(part, ast.ClassDef) and not owner:
                mark(part, f"{part.name}.")

    mark(tree, "")
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not node.body:
            node.body.append(ast.copy_location(ast.Pass(), node))
    return ast.fix_missing_locations(tree), tuple(names)
