"""What code a chapter can reach: its pictures depend on that, and on no other line of the project.

The project's files are read, not run.  Each is cut into *definitions*: a function, a class or a plain constant of
the module.  A definition *refers* to others by the names in it, followed through imports to where they are defined.
What a chapter reaches is what can be come to from its own method, from what stands on the stage before it
(``stage``) and from the code that draws it.

Why nothing is missed
---------------------
A line of the project runs while a chapter is drawn either when its module is imported or because somebody calls it.

*At import* a definition that is nothing but inert (its decorators, defaults, bases and class-level lines call
nothing, or only what is known to do nothing else) binds a name and has no other effect: who does not use the name
cannot tell that it is there.  All other lines of a module (*loud* ones) count for everyone who imports it, directly
or not, with all that they refer to; so do the packages that it imports.

*By a call*: who calls a function or makes an instance of a class has come by it, in the end through a name, and that
name stands in code that runs: in a definition that is reached, or in a loud line.  A name counts wherever it stands,
called or not, whatever it is bound to inside a function; a module that is used as a value, rather than for one
of its names, is reached whole.  A class is reached whole, because manim calls methods that no line of ours names: the
frame by frame ones, updaters, overridden ones.  An instance can only come from a class that is reached.

The class of a lesson is cut finer.  A method of it counts when any code that is reached mentions its name, as
an attribute or in a string, on whatever object; those that manim's ``Scene`` or Python can call unasked always count.

Code that finds code by other means than names (``eval``, ``importlib``, ``__subclasses__``...) makes everything count,
but for the few places that are listed with the reason why they do not.

What does not count: comments, layout, docstrings (unless ``__doc__`` is read somewhere), annotations, what stands
under ``if TYPE_CHECKING``, what a chapter teaches, and what is *said*: words act on pictures only through what
:class:`scenes.kit.lesson.Cue` tells of their timing, which is an input of its own.  The voice is not followed for the
same reason.

A test draws chapters and holds every function that really ran against this.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import Final

from render.store import digest_text

WHOLE: Final = "*"
"""In the place of a name: all of a module."""
POSTER: Final = "poster"
STAGED: Final = "stage"

_UNFOLLOWED: Final = ("render/voice/", "render/timeline.py", "render/store.py", "render/fault.py")
"""Code that acts on pictures through their timing alone, or not at all: who speaks, what is noted, how it fails."""
_INERT_CALLS: Final = frozenset(
    {
        *("dataclass", "field", "NamedTuple", "NewType", "ParamSpec", "TypeVar", "cast", "overload", "final"),
        *(
            "cache",
            "lru_cache",
            "property",
            "cached_property",
            "staticmethod",
            "classmethod",
            "abstractmethod",
        ),
        *("contextmanager", "total_ordering", "runtime_checkable", "override_animation", "override_animate"),
        *("chapter", "remembered"),
        *(
            "tuple",
            "list",
            "dict",
            "set",
            "frozenset",
            "int",
            "float",
            "str",
            "bytes",
            "len",
            "range",
            "sorted",
        ),
        *("MappingProxyType", "Path", "compile", "array", "asarray", "ManimColor"),
    }
)
"""What may be called at import without doing anything but giving a value.  ``remembered`` makes a folder of its own."""
_REFLECTION: Final = frozenset(
    {
        *("eval", "exec", "globals", "__import__", "import_module", "__subclasses__"),
        *("_getframe", "settrace", "setprofile"),
    }
)
_HOOKS: Final = frozenset({"__init_subclass__", "__set_name__", "__class_getitem__"})
_EXPLAINED: Final = {
    ("render/easel.py", "lesson_class"): "imports the scene, which is reached anyway",
}
"""Where code is found by other means than names, and why nothing is missed."""

Reference = tuple[str, str]
"""A file, and a name defined in it (or :data:`WHOLE`)."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Something that a module defines, or a loud line of it."""

    name: str
    digest: str
    refers: frozenset[Reference]
    mentions: frozenset[str]
    """Every attribute, name and string in it."""
    loud: bool
    reflects: bool
    said: tuple[str, ...] = ()
    """What it has said, in order."""


@dataclass(frozen=True, slots=True)
class Module:
    """A file of the project, cut up."""

    path: str
    definitions: dict[str, tuple[Definition, ...]]
    """By name; loud lines under the empty one."""
    exports: dict[str, frozenset[Reference]]
    """Names that it imports from others of the project."""
    imports: frozenset[str]
    """Files of the project that it imports."""
    packages: frozenset[str]
    """Top-level names of what else it imports, the standard library left out."""
    lesson: str | None = None
    """The class of the lesson, if there is one: its methods are definitions called ``Class.method``."""
    chapters: tuple[str, ...] = ()
    unasked: frozenset[str] = frozenset()
    """Methods of the lesson that are called by others than the lesson."""

    def everything(self) -> Iterator[Definition]:
        """All definitions and loud lines."""
        return chain.from_iterable(self.definitions.values())


@dataclass(frozen=True, slots=True)
class Reached:
    """What a chapter depends on."""

    files: dict[str, str]
    """Each file, with the digest of what is reached of it."""
    names: dict[str, frozenset[str]]
    """Each file, with the names reached in it."""
    said: str
    """Digest of the words in the code that is reached."""
    imported: frozenset[str]
    """Every file that is imported, also those of which nothing is reached yet."""


@dataclass(slots=True)
class Code:
    """The files of the project under ``root``, each read and cut up when it is first asked for."""

    root: Path
    _modules: dict[str, Module | None] = field(default_factory=dict)

    def module(self, path: str) -> Module | None:
        """A file of the project cut up; none where there is none.  :class:`SyntaxError` if it does not parse."""
        if path not in self._modules:
            file = self.root / path
            self._modules[path] = (
                _cut(self, path, file.read_text(encoding="utf-8")) if file.is_file() else None
            )
        return self._modules[path]

    def chapters(self, scene: str) -> tuple[str, ...]:
        """The chapters of the lesson in a scene's file, in order; :class:`LookupError` where there is no lesson."""
        return self._lesson(scene).chapters

    def of_chapter(
        self, scene: str, name: str, roots: Iterable[Reference], seen: Iterable[str] = ()
    ) -> Reached:
        """What the chapter ``name`` (or the poster) of a scene's file reaches, drawn by ``roots``.

        ``seen`` are files that are known to be imported: those that no line imports by name count whole.
        """
        module = self._lesson(scene)
        own = f"{module.lesson}.{name}"
        started = [*roots, (scene, module.lesson or ""), (scene, own), (scene, f"{module.lesson}.{STAGED}")]
        started += [(scene, f"{module.lesson}.{method}") for method in module.unasked]
        return _Walk(self, module).run(started, seen)

    def of_names(self, roots: Iterable[Reference]) -> Reached:
        """What some names reach."""
        return _Walk(self, None).run(roots, ())

    def file_of(self, dotted: str) -> str | None:
        """The file of a module of the project, such as ``scenes.kit.ink``; none for any other module."""
        stem = dotted.replace(".", "/")
        for path in (f"{stem}.py", f"{stem}/__init__.py"):
            if (self.root / path).is_file():
                return path
        return None

    def _lesson(self, scene: str) -> Module:
        module = self.module(scene)
        if module is None or module.lesson is None:
            raise LookupError(f"{scene}: no lesson in it")
        return module


class _Walk:
    """One chapter's way through the code."""

    def __init__(self, code: Code, scene: Module | None) -> None:
        self._code, self._scene = code, scene
        self._left: list[Reference] = []
        self._came: set[Reference] = set()
        self._files: set[str] = set()
        self._found: dict[str, dict[int, Definition]] = {}
        self._mentions: set[str] = set()
        self._reflects = False

    def run(self, roots: Iterable[Reference], seen: Iterable[str]) -> Reached:
        self._left = list(roots)
        while self._left:
            self._follow()
            for path in seen:  # imported, but by no import that we could read
                if path not in self._files or self._reflects:
                    self._go(path, WHOLE)
            if self._reflects:
                for path in sorted(self._files):
                    self._go(path, WHOLE)
            for name in self._methods():
                self._go(self._scene.path if self._scene else "", name)
        return self._result()

    def _follow(self) -> None:
        while self._left:
            path, name = self._left.pop()
            if (path, name) in self._came:
                continue
            self._came.add((path, name))
            module = None if path.startswith(_UNFOLLOWED) else self._enter(path)
            if module is None:
                continue
            if name == WHOLE:
                found: Iterable[Definition] = module.everything()
                self._left += chain.from_iterable(module.exports.values())
            else:
                found = module.definitions.get(name, ())
                self._left += module.exports.get(name, ())
            for definition in found:
                self._take(path, definition)

    def _enter(self, path: str) -> Module | None:
        """A file is imported: its loud lines run, and the files that it imports are imported."""
        module = self._code.module(path)
        if module is not None and path not in self._files:
            self._files.add(path)
            for definition in module.everything():
                if definition.loud:
                    self._take(path, definition)
            self._left += [(other, "") for other in module.imports]
        return module

    def _take(self, path: str, definition: Definition) -> None:
        known = self._found.setdefault(path, {})
        if id(definition) not in known:
            known[id(definition)] = definition
            self._left += definition.refers
            self._mentions |= definition.mentions
            self._reflects |= definition.reflects

    def _go(self, path: str, name: str) -> None:
        if (path, name) not in self._came:
            self._left.append((path, name))

    def _methods(self) -> list[str]:
        """Methods of the lesson whose names are mentioned."""
        if self._scene is None or self._scene.lesson is None:
            return []
        prefix = f"{self._scene.lesson}."
        return [
            name
            for name in self._scene.definitions
            if name.startswith(prefix) and name.removeprefix(prefix) in self._mentions
        ]

    def _result(self) -> Reached:
        files, names, said = {}, {}, []
        for path in sorted(self._files):
            found = list(self._found.get(path, {}).values())
            module = self._code.module(path)
            assert module is not None
            if found or module.packages:
                content = [sorted((one.name, one.digest) for one in found), sorted(module.packages)]
                files[path] = digest_text(repr(content))
                names[path] = frozenset(one.name for one in found)
            said += sorted(repr((path, one.name, one.said)) for one in found if one.said)
        return Reached(files, names, digest_text(repr(said)), frozenset(self._files))


# -- cutting a file up


def _cut(code: Code, path: str, text: str) -> Module:
    tree = ast.parse(text, path)
    bare = tree if "__doc__" in text else Bare().visit(tree)
    lazy = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in bare.body
    )  # annotations are not evaluated
    names = _Names(code, path, bare)
    lesson = _lesson_of(bare)
    definitions: dict[str, list[Definition]] = {}
    chapters: tuple[str, ...] = ()
    unasked: frozenset[str] = frozenset()
    for node in bare.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _for_types_only(node):
            continue
        if node is lesson:
            methods = [part for part in lesson.body if isinstance(part, ast.FunctionDef)]
            chapters = tuple(method.name for method in methods if _claim(method))
            unasked = frozenset(method.name for method in methods) & _called_by_scene()
            unasked |= {method.name for method in methods if method.name.startswith("__")}
            lesson.body = [part for part in lesson.body if part not in methods]
            for method in methods:
                told = _Told()
                telling = told.visit(method)
                _note(
                    definitions, f"{lesson.name}.{method.name}", telling, path, names, lazy, tuple(told.said)
                )
            _note(definitions, lesson.name, lesson, path, names, lazy)
            continue
        for name in _bound_by(node):
            _note(definitions, name, node, path, names, lazy)
    return Module(
        path=path,
        definitions={name: tuple(found) for name, found in definitions.items()},
        exports={name: frozenset(found) for name, found in names.bound.items()},
        imports=frozenset(names.files),
        packages=frozenset(names.packages),
        lesson=lesson.name if lesson else None,
        chapters=chapters,
        unasked=unasked,
    )


def _note(
    definitions: dict[str, list[Definition]],
    name: str,
    node: ast.stmt,
    path: str,
    names: _Names,
    lazy: bool,
    said: tuple[str, ...] = (),
) -> None:
    mentions, refers = names.used_in(node, lazy)
    definition = Definition(
        name=name,
        digest=digest_text(ast.dump(node)),
        refers=frozenset(refers),
        mentions=frozenset(mentions),
        loud=not name or (name.startswith("__") and name.endswith("__")) or not _is_inert(node),
        reflects=(bool(mentions & _REFLECTION) and (path, name) not in _EXPLAINED)
        or (isinstance(node, ast.ClassDef) and _shapes_classes(node)),
        said=said,
    )
    definitions.setdefault(name, []).append(definition)


def _bound_by(node: ast.stmt) -> list[str]:
    """The names that a line of a module defines; the empty one for a line that does anything else."""
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
        case ast.Assign(targets=targets):
            flat = list(
                chain.from_iterable(one.elts if isinstance(one, ast.Tuple) else [one] for one in targets)
            )
            if all(isinstance(one, ast.Name) for one in flat):
                return [one.id for one in flat if isinstance(one, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return [""]


def _is_inert(node: ast.AST) -> bool:
    """Whether a definition does nothing but bind its name."""
    match node:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            defaults = [one for one in (*node.args.defaults, *node.args.kw_defaults) if one is not None]
            return all(_gives_value(one) for one in (*node.decorator_list, *defaults))
        case ast.ClassDef():
            outside = (*node.decorator_list, *node.bases, *(one.value for one in node.keywords))
            return (
                not _shapes_classes(node)
                and all(_gives_value(one) for one in outside)
                and all(_is_inert(one) for one in node.body)
            )
        case ast.Assign(value=value) | ast.AnnAssign(value=value):
            return value is None or _gives_value(value)
        case ast.Expr(value=ast.Constant()) | ast.Pass():
            return True
    return False


def _shapes_classes(node: ast.ClassDef) -> bool:
    """Whether code of this class runs when a class is made from it."""
    hooks = {part.name for part in node.body if isinstance(part, ast.FunctionDef)}
    return bool(hooks & _HOOKS) or any(one.arg == "metaclass" for one in node.keywords)


def _gives_value(node: ast.AST) -> bool:
    """Whether an expression calls nothing but what is known to give a value only."""
    for part in ast.walk(node):
        if isinstance(part, ast.Call):
            called = part.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            if name not in _INERT_CALLS:
                return False
        elif isinstance(part, ast.Await | ast.Yield | ast.YieldFrom | ast.NamedExpr):
            return False
    return True


def _for_types_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING") and not node.orelse


def _lesson_of(tree: ast.Module) -> ast.ClassDef | None:
    """The class with chapters, if there is exactly one."""
    found = [
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef)
        and any(isinstance(part, ast.FunctionDef) and _claim(part) for part in node.body)
    ]
    return found[0] if len(found) == 1 else None


def _claim(method: ast.FunctionDef) -> ast.Call | None:
    for decorator in method.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "chapter":
            return decorator
    return None


@cache
def _called_by_scene() -> frozenset[str]:
    """Every method that manim's ``Scene`` has: it may call them, and so ours of the same name.  Read, not imported."""
    manim = find_spec("manim")
    found = {"setup", "construct", "tear_down", STAGED}
    for home in (manim.submodule_search_locations or ()) if manim else ():
        for name in ("scene/scene.py", "renderer/cairo_renderer.py"):
            tree = ast.parse((Path(home) / name).read_text(encoding="utf-8"))
            found |= {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
            found |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return frozenset(found)


class Bare(ast.NodeTransformer):
    """Takes docstrings away, and those that stand behind a constant."""

    def visit_Expr(self, node: ast.Expr) -> ast.AST | None:
        value = node.value
        return (
            None
            if isinstance(value, ast.Constant) and isinstance(value.value, str)
            else self.generic_visit(node)
        )


class _Told(ast.NodeTransformer):
    """Takes away what a method says (and keeps it aside), and what it teaches."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if claim := _claim(node):
            taught = claim.args[1:]
            if all(isinstance(item, ast.Constant) for item in taught):
                del claim.args[1:]
        return self.generic_visit(node)

    def visit_withitem(self, node: ast.withitem) -> ast.AST:
        match node.context_expr:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="self"), attr="beat"),
                args=[ast.Constant(value=str(text)), *_] as args,
            ):
                self.said.append(" ".join(text.split()))
                del args[0]
        return self.generic_visit(node)


class _Names:
    """What the names of a file stand for."""

    def __init__(self, code: Code, path: str, tree: ast.Module) -> None:
        self._code = code
        self.path = path
        self.bound: dict[str, set[Reference]] = {}
        self.files: set[str] = set()
        self.packages: set[str] = set()
        self._own = {
            name
            for node in tree.body
            if not isinstance(node, ast.Import | ast.ImportFrom)
            for name in _bound_by(node)
        }
        self._read(tree.body)

    def _read(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            if isinstance(node, ast.stmt) and _for_types_only(node):
                continue
            if isinstance(node, ast.Import):
                for alias in node.names:
                    self._bind(alias.asname or alias.name.split(".")[0], alias.name, None)
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self._bind(alias.asname or alias.name, self._absolute(node), alias.name)
            else:
                self._read(ast.iter_child_nodes(node))

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        home = self.path.removesuffix(".py").removesuffix("/__init__").split("/")
        depth = node.level - self.path.endswith("/__init__.py")
        return ".".join([*home[: len(home) - depth], *([node.module] if node.module else [])])

    def _bind(self, name: str, module: str, member: str | None) -> None:
        """``name`` stands for a module (``member`` is none) or for a member of it."""
        inner = self._code.file_of(f"{module}.{member}") if member else None
        file = inner or self._code.file_of(module)
        if file is None:
            top = module.split(".")[0]
            if top and top not in sys.stdlib_module_names:
                self.packages.add(top)
            return
        for end in range(1, module.count(".") + 2):  # packages above are imported too
            if (above := self._code.file_of(".".join(module.split(".")[:end]))) is not None:
                self.files.add(above)
        self.files.add(file)
        whole = member is None or inner is not None or member == WHOLE
        self.bound.setdefault(name, set()).add((file, WHOLE if whole else member or ""))

    def used_in(self, node: ast.AST, lazy: bool) -> tuple[set[str], set[Reference]]:
        """What a definition mentions, and what of the project it refers to."""
        mentions: set[str] = set()
        refers: set[Reference] = set(self.bound.get(WHOLE, ()))
        left: list[ast.AST] = [node]
        while left:
            part = left.pop()
            if isinstance(part, ast.Attribute):
                mentions.add(part.attr)
                if isinstance(part.value, ast.Name) and part.value.id in self.bound:
                    mentions.add(part.value.id)
                    for file, name in self.bound[part.value.id]:
                        refers |= self._member(file, name, part.attr)
                    continue
            elif isinstance(part, ast.Name):
                mentions.add(part.id)
                refers |= self.bound.get(part.id, set())
                if part.id in self._own:
                    refers.add((self.path, part.id))
            elif isinstance(part, ast.Constant) and isinstance(part.value, str):
                mentions.add(part.value)
            elif isinstance(part, ast.Global):
                refers |= {(self.path, name) for name in part.names}
            left += _parts(part, lazy)
        return mentions, refers

    def _member(self, file: str, name: str, attribute: str) -> set[Reference]:
        """What ``attribute`` of an imported name is: of a module it is one definition, or a module inside it."""
        if name != WHOLE:
            return {(file, name)}
        if file.endswith("/__init__.py"):
            inner = f"{file.removesuffix('__init__.py')}{attribute}"
            if (self._code.root / f"{inner}.py").is_file():
                return {(f"{inner}.py", WHOLE)}
            if (self._code.root / inner).is_dir():
                return {(path, WHOLE) for path in self.files if path.startswith(f"{inner}/")}
        return {(file, attribute)}


def _parts(node: ast.AST, lazy: bool) -> Iterator[ast.AST]:
    """The parts of a node that run; with ``lazy`` annotations do not."""
    for name, value in ast.iter_fields(node):
        if lazy and name in ("annotation", "returns"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield part
