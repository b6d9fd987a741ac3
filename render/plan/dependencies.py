"""What code a chapter can reach: its pictures depend on that, and on no other line of the project.

The project's files are read, not run.  Each is cut into *definitions*: a function, a method, what else a class says,
or a plain constant of the module.  A definition *refers* to others by the names in it, followed through imports to
where they are defined, and it *mentions* the names that it asks of objects.  What a chapter reaches is what can be come
to from its own method, from what stands on the stage before it (``stage``) and from the code that draws it.

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
of its names, is reached whole.  An instance can only come from a class that is reached, and who reaches a class
reaches its class-level lines, its decorators and its bases.

*A method* is found on an object or a class by its name, so it counts when its class is reached and somebody may ask
for that name:

* Code that is reached mentions it: behind a dot, as a word of a string without spaces (``getattr``), as the name of an
  argument (manim's ``set(width=3)`` sets what is called so) or in a pattern, on whatever object, because what an
  object is cannot be read.  But what is asked of a module is no method, and ``self`` in a method is an instance of its
  class, or of one made from it: what is asked of it is found in their bases alone.  Manim finds ``x`` for who asks for
  ``get_x`` or ``set_x``.  Inside of a class, its own lines mention names without a dot; elsewhere no name without a dot
  is a method.
* Python calls it unasked: names with underscores on both sides.
* Another package calls it unasked: see :mod:`render.plan.unasked`.  What a base outside of the project calls on
  itself may be a method that the class has from any of its bases, of ours too.  Of a lesson, which manim knows as
  ``scene``, that is what it calls on scenes.
* A decorator that is not known to leave it alone has it: that makes it loud.

A class is reached with all its methods where a decorator of its own or a base outside of the project is not known.

Code that finds code by other means than names (``eval``, ``importlib``, ``__subclasses__``, ``getattr`` by a string
that is put together...) makes everything count, but for the few places that are listed with the reason why they do not.
What other packages than manim get of ours are arrays, texts and functions, and of objects what has underscores.

What does not count: comments, layout, docstrings (a worker has none: :mod:`render.task.loading`), annotations, what
stands under ``if TYPE_CHECKING``, what a chapter teaches, and what is *said*: words act on pictures only through what
:class:`scenes.kit.lesson.BeatClock` tells of their timing, which is an input of its own.  The voice is not followed
for the same reason.

A test draws chapters and holds every function that really ran against this.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import chain
from pathlib import Path
from typing import Any, Final

from render.plan.unasked import foreign
from render.store import beside
from render.store import digest as digests
from render.store.digest import Bare, digest_text

_KEPT: Final = ".cut"
_VERSION: Final = hashlib.sha256(
    Path(__file__).read_bytes() + Path(digests.__file__).read_bytes() + sys.version.encode()
).hexdigest()
"""Of what cuts files up."""

WHOLE: Final = "*"
"""In the place of a name: all of a module."""
POSTER: Final = "poster"
_LESSON: Final = ("scenes/kit/lesson.py", "Lesson")

_UNFOLLOWED: Final = (
    "render/voice/",
    "render/store/",
    "render/core/fault.py",
    "render/core/number.py",
    "render/core/speech.py",
    "render/core/syllable.py",
    "render/core/timeline.py",
)
"""Code that is not followed, since it cannot change a picture, or only its timing, which is an input of its own."""
_INERT_CALLS: Final = frozenset(
    {
        *("dataclass", "field", "NamedTuple", "NewType", "ParamSpec", "TypeVar", "cast", "overload", "final"),
        *("cache", "lru_cache", "property", "cached_property", "setter", "getter", "deleter"),
        *("staticmethod", "classmethod", "abstractmethod", "override", "contextmanager"),
        *("total_ordering", "runtime_checkable", "chapter", "remembered"),
        *("tuple", "list", "dict", "set", "frozenset", "int", "float", "str", "bytes"),
        *("len", "range", "sorted"),
        *("MappingProxyType", "Path", "compile", "array", "asarray", "ManimColor"),
    }
)
"""What may be called at import without doing anything but giving a value.  ``remembered`` makes a folder of its own."""
_MADE_UP: Final = "getattr by a string that is put together"
_REFLECTION: Final = frozenset(
    {
        *("eval", "exec", "globals", "__import__", "import_module", "__subclasses__"),
        *("_getframe", "settrace", "setprofile", "getmembers", _MADE_UP),
        *("currentframe", "f_globals", "f_locals", "__globals__", "modules", "resolve_name"),
        *("run_path", "run_module", "get_objects", "get_referrers"),
    }
)
_TAME_OF_CLASSES: Final = frozenset({"dataclass", "final", "runtime_checkable", "total_ordering"})
"""Decorators of classes that call no method but what has underscores on both sides."""
_HOOKS: Final = frozenset({"__init_subclass__", "__set_name__", "__class_getitem__"})
_EXPLAINED: Final = {
    ("render/draw/renderer.py", "lesson_class"): "imports the scene, which is reached anyway",
    (
        "scenes/kit/lesson.py",
        "Lesson.running",
    ): "looks for files and lines, which are shown in messages alone",
    ("scenes/kit/lesson.py", "Lesson.__setattr__"): "looks who takes a name of the kit's, and refuses it",
    ("scenes/kit/lesson.py", "_Files.__init__"): "looks for files, which are shown in messages alone",
    ("scenes/kit/lesson.py", "_where_defined"): "is part of a message",
}
"""Where code is found by other means than names, and why nothing is missed."""

Reference = tuple[str, str]
"""A file, and a name defined in it (or :data:`WHOLE`)."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Something that a module defines, or a loud line of it."""

    name: str
    digest: str
    told: str
    """Digest without what it says and teaches, which do not count in a method of a lesson."""
    refers: frozenset[Reference]
    mentions: frozenset[str]
    """Names that it asks of objects."""
    own: frozenset[str]
    """Names that a method asks of ``self``."""
    loud: bool
    reflects: bool
    said: tuple[str, ...]
    """What it has said, in order."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A class of a module.  Its methods are definitions of their own, called ``Class.method``."""

    bases: tuple[frozenset[Reference], ...]
    """For each of its bases, the classes of the project that it may be."""
    foreign: frozenset[str]
    """The names of its other bases."""
    methods: frozenset[str]
    whole: bool
    """Whether a decorator of the class may call any of them."""
    chapters: tuple[str, ...]


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
    """Top-level names of the packages that it imports from elsewhere, without the standard library."""
    classes: dict[str, Outline]

    def plain(self) -> tuple[Any, ...]:
        """All of it in texts, tuples, sets and dictionaries."""
        definitions = {name: tuple(map(_fields, found)) for name, found in self.definitions.items()}
        classes = {name: _fields(outline) for name, outline in self.classes.items()}
        return self.path, definitions, self.exports, self.imports, self.packages, classes

    @classmethod
    def from_plain(cls, plain: tuple[Any, ...]) -> Module:
        """What :meth:`plain` was made of."""
        path, definitions, exports, imports, packages, classes = plain
        return cls(
            path=path,
            definitions={
                name: tuple(Definition(*each) for each in found) for name, found in definitions.items()
            },
            exports=exports,
            imports=imports,
            packages=packages,
            classes={name: Outline(*each) for name, each in classes.items()},
        )

    def everything(self) -> Iterator[Definition]:
        """All definitions and loud lines."""
        return chain.from_iterable(self.definitions.values())


@dataclass(frozen=True, slots=True)
class Reached:
    """What a chapter depends on."""

    files: dict[str, str]
    """Of each file that is reached, the digest of those of its definitions that are."""
    names: dict[str, frozenset[str]]
    """Of each file that is reached, the names of those definitions."""
    said: str
    """Digest of the words in the code that is reached."""
    imported: frozenset[str]
    """Every file that is imported, those included of which no definition is reached."""
    packages: frozenset[str]
    """Top-level names of what else is imported, the standard library left out."""


@dataclass(slots=True)
class Code:
    """The files of the project under ``root``, each read and cut up when it is first asked for."""

    root: Path
    texts: Mapping[str, bytes] = field(default_factory=dict)
    """Sources that count in place of those on the disk, by path."""
    explained: Mapping[Reference, str] = field(default_factory=dict)
    """Where code outside of the pipeline finds code by other means than names, and why nothing is missed."""
    _modules: dict[str, Module | None] = field(default_factory=dict)
    _kinds: dict[str, str] = field(default_factory=dict)
    _asked: dict[str, str] = field(default_factory=dict)
    """What the module that is being cut up asked of the disk."""
    _lines: dict[Reference, tuple[Reference, ...]] = field(default_factory=dict)
    _unasked: dict[Reference, frozenset[str] | None] = field(default_factory=dict)

    def module(self, path: str) -> Module | None:
        """A file of the project cut up; none where there is none.  :class:`SyntaxError` if it does not parse."""
        if path not in self._modules:
            file, raw = self.root / path, self.texts.get(path)
            if raw is None and file.is_file():
                raw = file.read_bytes()
            self._modules[path] = None if raw is None else self._cut(path, raw)
        return self._modules[path]

    def keep_all(self, folder: str) -> None:
        """Keep what all files of a folder are cut up into, for whoever reads them, or a copy with its ``__pycache__``.

        What does not read is left to whom asks for it.
        """
        for file in sorted((self.root / folder).rglob("*.py")):
            with contextlib.suppress(SyntaxError, ValueError):
                self._cut(file.relative_to(self.root).as_posix(), file.read_bytes(), always=True)

    def _cut(self, path: str, raw: bytes, *, always: bool = False) -> Module:
        """A file cut up, or what is kept of that if the disk still answers what it was asked then."""
        source, explained = (
            str(self.root / path),
            sorted(name for file, name in self.explained if file == path),
        )
        digest = hashlib.sha256(f"{_VERSION} {path} {explained} ".encode() + raw).digest()
        if kept := beside.find(source, _KEPT, digest):
            asked, module = kept
            if all(self.kind(one) == kind for one, kind in asked.items()):
                return Module.from_plain(module)
        self._asked = {}
        module = _cut(self, path, _text_of(raw, path))
        beside.keep(source, _KEPT, digest, (self._asked, module.plain()), always=always)
        return module

    def kind(self, path: str) -> str:
        """Whether there is a ``file`` or a ``folder`` of the project; empty where there is neither."""
        if path not in self._kinds:
            there = self.root / path
            self._kinds[path] = "file" if there.is_file() else "folder" if there.is_dir() else ""
        self._asked[path] = self._kinds[path]
        return self._kinds[path]

    def chapters(self, scene: str) -> tuple[str, ...]:
        """The chapters of the lesson whose class is in the file ``scene``, in the order in which they are told.

        :class:`LookupError` where there is no lesson.
        """
        acts = [outline for act in self._acts(self._lesson(scene)) if (outline := self.outline(act))]
        return tuple(dict.fromkeys(chain.from_iterable(act.chapters for act in acts)))

    def of_chapter(
        self, scene: str, name: str, roots: Iterable[Reference], seen: Iterable[str] = ()
    ) -> Reached:
        """What the chapter ``name`` (or the poster) of the lesson in the file ``scene`` reaches, drawn by ``roots``.

        ``seen`` are files that are known to be imported: those that no line imports by name count whole.
        """
        lesson = self._lesson(scene)
        own = [(path, f"{act}.{name}") for path, act in self._acts(lesson)]
        return _Walk(self).run([*roots, lesson, *own], seen)

    def of_names(self, roots: Iterable[Reference]) -> Reached:
        """What some names reach."""
        return _Walk(self).run(roots, ())

    def outline(self, reference: Reference) -> Outline | None:
        """The class that is defined there, if one is."""
        module = self.module(reference[0])
        return module.classes.get(reference[1]) if module else None

    def is_of_lesson(self, reference: Reference) -> bool:
        """Whether it is a class that is made from :class:`scenes.kit.lesson.Lesson`."""
        return reference != _LESSON and _LESSON in self.ancestors(reference)

    def unasked(self, reference: Reference) -> frozenset[str] | None:
        """Names of methods that other packages may call on instances of a class; none where they may call any."""
        if reference not in self._unasked:
            kin = self.ancestors(reference)
            outlines = [outline for one in kin if (outline := self.outline(one))]
            asked = foreign().of_bases({base for outline in outlines for base in outline.foreign})
            if any(outline.whole or not self._knows_bases(outline) for outline in outlines):
                asked = None
            if asked is not None:
                asked |= foreign().scenes if _LESSON in kin else foreign().anybody
            self._unasked[reference] = asked
        return self._unasked[reference]

    def _knows_bases(self, outline: Outline) -> bool:
        """Whether all that a class is made from of the project's are classes."""
        return all(any(map(self._origins, base)) for base in outline.bases)

    def file_of(self, dotted: str) -> str | None:
        """The file of a module of the project, such as ``scenes.kit.ink``; none for any other module."""
        stem = dotted.replace(".", "/")
        for path in (f"{stem}.py", f"{stem}/__init__.py"):
            if self.kind(path) == "file":
                return path
        return None

    def _lesson(self, scene: str) -> Reference:
        module = self.module(scene)
        found = [
            (scene, name) for name in (module.classes if module else ()) if self.is_of_lesson((scene, name))
        ]
        if len(found) != 1:
            raise LookupError(f"{scene}: expected one class of a lesson, found {len(found)}")
        return found[0]

    def _acts(self, lesson: Reference) -> list[Reference]:
        """The classes that a lesson is made of, in the order in which they tell: as :class:`Lesson` orders them."""
        return [one for one in self.ancestors(lesson) if self.is_of_lesson(one)]

    def ancestors(self, reference: Reference) -> tuple[Reference, ...]:
        """The classes of the project that a class is made from, each after its own bases; itself the last."""
        if reference not in self._lines:
            self._lines[reference] = (reference,)  # who is made from itself is no class
            found: dict[Reference, None] = {}
            outline = self.outline(reference)
            for base in chain.from_iterable(sorted(base) for base in (outline.bases if outline else ())):
                for origin in self._origins(base):
                    found |= dict.fromkeys(self.ancestors(origin))
            self._lines[reference] = (*found, reference)
        return self._lines[reference]

    def _origins(self, reference: Reference) -> list[Reference]:
        """Where a name is defined that a module may have from another."""
        left, came = [reference], {reference}
        found = []
        while left:
            one = left.pop()
            module = self.module(one[0])
            if module and one[1] in module.classes:
                found.append(one)
            more = (module.exports.get(one[1], frozenset()) if module else frozenset()) - came
            left += sorted(more)
            came |= more
        return found


class _Walk:
    """One chapter's way through the code."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._left: list[Reference] = []
        self._came: set[Reference] = set()
        self._files: set[str] = set()
        self._found: dict[str, dict[int, Definition]] = {}
        self._classes: set[Reference] = set()
        self._mentions: set[str] = set()
        self._own: dict[Reference, set[str]] = {}
        """By class what its methods ask of themselves."""
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
            for path, name in self._methods():
                self._go(path, name)
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
            if self._code.outline((path, definition.name)):
                self._classes.add((path, definition.name))
            self._left += definition.refers
            self._mentions |= definition.mentions
            if definition.own:
                owner = definition.name.partition(".")[0]
                self._own.setdefault((path, owner), set()).update(definition.own)
            self._reflects |= definition.reflects

    def _go(self, path: str, name: str) -> None:
        if (path, name) not in self._came:
            self._left.append((path, name))

    def _methods(self) -> Iterator[Reference]:
        """Methods that somebody may call of the classes that are reached, and of their bases."""
        for reference in self._classes:
            unasked = self._code.unasked(reference)
            kin = self._code.ancestors(reference)
            asked = self._mentions.union(*(self._own.get(one, ()) for one in kin))
            for path, name in kin:
                outline = self._code.outline((path, name))
                for method in outline.methods if outline else ():
                    names = (method, f"get_{method}", f"set_{method}")
                    is_called = unasked is None or method in unasked or _is_python_s(method)
                    if is_called or not asked.isdisjoint(names):
                        yield path, f"{name}.{method}"

    def _result(self) -> Reached:
        files, names, said = {}, {}, []
        packages: set[str] = set()
        for path in sorted(self._files):
            found = list(self._found.get(path, {}).values())
            module = self._code.module(path)
            assert module is not None
            packages |= module.packages
            if found:
                digests = sorted(
                    (one.name, one.told if self._tells(path, one) else one.digest) for one in found
                )
                files[path] = digest_text(repr(digests))
                names[path] = frozenset(one.name for one in found)
            said += sorted(repr((path, one.name, one.said)) for one in found if one.said)
        imported = frozenset(self._files)
        return Reached(files, names, digest_text(repr(said)), imported, frozenset(packages))

    def _tells(self, path: str, definition: Definition) -> bool:
        """Whether a definition is a method of a lesson."""
        owner, dot, _ = definition.name.partition(".")
        return bool(dot) and self._code.is_of_lesson((path, owner))


def _fields(one: Definition | Outline) -> tuple[Any, ...]:
    return tuple(getattr(one, each.name) for each in fields(one))


# -- cutting a file up


def _text_of(raw: bytes, path: str) -> str:
    """The text of a source; :class:`SyntaxError` with the place where it is no UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        line, start = raw.count(b"\n", 0, error.start) + 1, raw.rfind(b"\n", 0, error.start) + 1
        column = len(raw[start : error.start].decode()) + 1
        found = f"expected UTF-8, found the byte 0x{raw[error.start]:02x}"
        raise SyntaxError(found, (path, line, column, None)) from None


def _cut(code: Code, path: str, text: str) -> Module:
    tree = ast.parse(text, path)
    bare = Bare().visit(tree)
    lazy = any(
        isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in bare.body
    )  # annotations are not evaluated
    names = _Names(code, path, bare)
    definitions: dict[str, list[Definition]] = {}
    classes: dict[str, Outline] = {}
    for node in bare.body:
        if isinstance(node, ast.Import | ast.ImportFrom) or _for_types_only(node):
            continue
        if isinstance(node, ast.ClassDef):
            shapes = _shapes_classes(node)
            methods = [part for part in node.body if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef)]
            classes[node.name] = _outline(node, methods, names)
            node.body = [part for part in node.body if part not in methods]
            for method in methods:
                _note(definitions, f"{node.name}.{method.name}", method, path, names, lazy)
            own = classes[node.name].methods
            _note(definitions, node.name, node, path, names, lazy, shapes, own)
            continue
        for name in _bound_by(node):
            _note(definitions, name, node, path, names, lazy)
    return Module(
        path=path,
        definitions={name: tuple(found) for name, found in definitions.items()},
        exports={name: frozenset(found) for name, found in names.bound.items()},
        imports=frozenset(names.files),
        packages=frozenset(names.packages),
        classes=classes,
    )


def _note(
    definitions: dict[str, list[Definition]],
    name: str,
    node: ast.stmt,
    path: str,
    names: _Names,
    lazy: bool,
    shapes: bool = False,
    methods: frozenset[str] = frozenset(),
) -> None:
    """Note what ``node`` defines; ``shapes`` tells of a class that code of it runs when a class is made from it.

    ``methods`` are those of the class, which only its own lines mention without a dot.
    """
    used = names.used_in(node, lazy, _itself(node) if "." in name else "")
    loud = shapes or not name or _is_dunder(name) or not _is_inert(node)
    digest, told = digest_text(ast.dump(node)), _Told()
    telling = told.visit(node)
    definition = Definition(
        name=name,
        digest=digest,
        told=digest_text(ast.dump(telling)) if told.changes else digest,
        refers=frozenset(used.refers),
        mentions=frozenset(used.mentions | (used.bare & methods)),
        own=frozenset(used.own - used.mentions),
        loud=loud,
        reflects=shapes
        or (
            bool((used.mentions | used.bare | used.members) & _REFLECTION)
            and (path, name) not in _EXPLAINED
            and (path, name) not in names.explained
        ),
        said=tuple(told.said),
    )
    definitions.setdefault(name, []).append(definition)


def _outline(
    node: ast.ClassDef, methods: Sequence[ast.FunctionDef | ast.AsyncFunctionDef], names: _Names
) -> Outline:
    bases = [(base, frozenset(names.used_in(base, lazy=False).refers)) for base in map(_plain, node.bases)]
    return Outline(
        bases=tuple(refers for _, refers in bases if refers),
        foreign=frozenset(_last_name(base) for base, refers in bases if not refers),
        methods=frozenset(method.name for method in methods),
        whole=any(_last_name(decorator) not in _TAME_OF_CLASSES for decorator in node.decorator_list),
        chapters=tuple(method.name for method in methods if _claim(method)),
    )


def _plain(base: ast.expr) -> ast.expr:
    """A base without its parameters: ``Generic`` for ``Generic[T]``."""
    return base.value if isinstance(base, ast.Subscript) else base


def _last_name(node: ast.expr) -> str:
    """``setter`` of ``@width.setter`` and ``dataclass`` of ``@dataclasses.dataclass(frozen=True)``."""
    called = node.func if isinstance(node, ast.Call) else node
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


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
            return all(map(_gives_value, defaults)) and all(map(_leaves_alone, node.decorator_list))
        case ast.ClassDef():
            outside = (*node.bases, *(one.value for one in node.keywords))
            return (
                not _shapes_classes(node)
                and all(map(_gives_value, outside))
                and all(map(_leaves_alone, node.decorator_list))
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


def _leaves_alone(decorator: ast.expr) -> bool:
    """Whether a decorator, which is called even where no brackets follow it, is known to give a value only."""
    return _last_name(decorator) in _INERT_CALLS and _gives_value(decorator)


def _for_types_only(node: ast.stmt) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test).endswith("TYPE_CHECKING") and not node.orelse


def _is_dunder(name: str) -> bool:
    return name.startswith("__") and name.endswith("__")


def _is_python_s(name: str) -> bool:
    """Whether a method has underscores on both sides, as what Python calls: ``__init__``, ``_missing_`` of an enum."""
    return name.startswith("_") and name.endswith("_")


def _claim(method: ast.FunctionDef | ast.AsyncFunctionDef) -> ast.Call | None:
    for decorator in method.decorator_list:
        if isinstance(decorator, ast.Call) and getattr(decorator.func, "id", "") == "chapter":
            return decorator
    return None


class _Told(ast.NodeTransformer):
    """Takes away what a method says (and keeps it aside), and what it teaches."""

    def __init__(self) -> None:
        self.said: list[str] = []
        self.changes = False

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        if claim := _claim(node):
            taught = claim.args[1:]
            if taught and all(isinstance(item, ast.Constant) for item in taught):
                del claim.args[1:]
                self.changes = True
        return self.generic_visit(node)

    def visit_withitem(self, node: ast.withitem) -> ast.AST:
        match node.context_expr:
            case ast.Call(
                func=ast.Attribute(value=ast.Name(id="self"), attr="beat"),
                args=[ast.Constant(value=str(text)), *_] as args,
            ):
                self.said.append(" ".join(text.split()))
                del args[0]
                self.changes = True
        return self.generic_visit(node)


@dataclass(slots=True)
class _Used:
    """The names in a definition."""

    refers: set[Reference]
    """What of the project they stand for."""
    mentions: set[str] = field(default_factory=set)
    """Those that are asked of objects."""
    own: set[str] = field(default_factory=set)
    """Those that are asked of the object whose method it is."""
    bare: set[str] = field(default_factory=set)
    """Those without a dot."""
    members: set[str] = field(default_factory=set)
    """Those that are asked of modules."""


class _Names:
    """What the names of a file stand for."""

    def __init__(self, code: Code, path: str, tree: ast.Module) -> None:
        self._code = code
        self.explained = code.explained
        self.path = path
        self.bound: dict[str, set[Reference]] = {}
        self.files: set[str] = set()
        self.packages: set[str] = set()
        self._dotted: set[str] = set()
        """Names that stand for packages on the way to modules: ``scenes`` of ``import scenes.kit.ink``."""
        self._modules: set[str] = set()
        """Names that stand for modules and for nothing else."""
        self._members: set[str] = set()
        """Names that stand for what a module has."""
        self._own = {
            name
            for node in tree.body
            if not isinstance(node, ast.Import | ast.ImportFrom)
            for name in _bound_by(node)
        }
        self._read(tree.body)
        self._modules -= self._members | _bound_in(tree)

    def _read(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            if isinstance(node, ast.stmt) and _for_types_only(node):
                continue
            if isinstance(node, ast.Import):
                for alias in node.names:
                    first, dot, _ = alias.name.partition(".")
                    self._bind(alias.asname or first, alias.name, None)
                    if dot and not alias.asname:
                        self._dotted.add(first)
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
        (self._modules if member is None or inner else self._members).add(name)
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

    def used_in(self, node: ast.AST, lazy: bool, itself: str = "") -> _Used:
        """What the names in a definition are for; ``itself`` is what a method calls its own object."""
        used = _Used(refers=set(self.bound.get(WHOLE, ())))
        words: set[ast.AST] = set()
        left: list[ast.AST] = [node]
        while left:
            part = left.pop()
            words.update(_waits_for(part))
            if isinstance(part, ast.Attribute):
                asked = part.value.id if isinstance(part.value, ast.Name) else ""
                if asked in self._modules:
                    used.members.add(part.attr)
                else:
                    (used.own if asked and asked == itself else used.mentions).add(part.attr)
                if isinstance(part.value, ast.Name) and asked in self.bound and asked not in self._dotted:
                    used.bare.add(part.value.id)
                    for file, name in self.bound[part.value.id]:
                        used.refers |= self._member(file, name, part.attr)
                    continue
            elif isinstance(part, ast.Name):
                used.bare.add(part.id)
                used.refers |= self.bound.get(part.id, set())
                if part.id in self._own:
                    used.refers.add((self.path, part.id))
            elif isinstance(part, ast.Global):
                used.refers |= {(self.path, name) for name in part.names}
            elif part not in words:
                used.mentions |= _asked_by(part)
            left += _parts(part, lazy)
        return used

    def _member(self, file: str, name: str, attribute: str) -> set[Reference]:
        """What ``attribute`` of an imported name is: of a module it is one definition, or a module inside it."""
        if name != WHOLE:
            return {(file, name)}
        if file.endswith("/__init__.py"):
            inner = f"{file.removesuffix('__init__.py')}{attribute}"
            if self._code.kind(f"{inner}.py") == "file":
                return {(f"{inner}.py", WHOLE)}
            if self._code.kind(inner) == "folder":
                return {(path, WHOLE) for path in self.files if path.startswith(f"{inner}/")}
        return {(file, attribute)}


def _bound_in(tree: ast.AST) -> set[str]:
    """Names that code binds otherwise than by importing them: as arguments, by assigning, in patterns..."""
    found = {
        part.id
        for part in ast.walk(tree)
        if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
    }
    for part in ast.walk(tree):
        match part:
            case ast.arg(arg=str(name)) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found.add(name)
            case ast.ClassDef(name=name) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                found.add(name)
            case ast.MatchMapping(rest=str(name)) | ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.Global(names=names) | ast.Nonlocal(names=names):
                found |= set(names)
    return found


def _itself(node: ast.AST) -> str:
    """``self`` or ``cls`` where a method calls its own object so, and never anything else; otherwise empty."""
    match node:
        case ast.FunctionDef(args=ast.arguments(args=[ast.arg(arg="self" | "cls" as name), *_])):
            inside = list(ast.walk(node))
            bound = [part for part in inside if isinstance(part, ast.arg) and part.arg == name]
            stored = name in {
                part.id
                for part in inside
                if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)
            }
            nested = any(isinstance(part, ast.ClassDef) for part in inside)
            return "" if nested or stored or len(bound) > 1 else name
    return ""


def _waits_for(part: ast.AST) -> Iterator[ast.AST]:
    """Words that a beat waits for: they are compared with what is said, and no names."""
    match part:
        case ast.Call(func=ast.Attribute(value=ast.Name(id="beat"), attr="at" | "fill" | "until" | "when")):
            yield from (one for one in part.args[:1] if isinstance(one, ast.Constant))


def _asked_by(part: ast.AST) -> set[str]:
    """Names that a part of code asks of objects otherwise than behind a dot."""
    match part:
        case ast.Constant(value=str(text)) if not re.search(r"\s", text):
            return {text, *re.findall(r"[^\W\d]\w*", text)}
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(text)), attr="split")):
            return set(text.split())
        case ast.keyword(arg=str(name)):
            return {name}
        case ast.MatchClass(kwd_attrs=names):
            return set(names)
        case (
            ast.Call(func=ast.Name(id="getattr"), args=[_, ast.JoinedStr() | ast.BinOp() | ast.Call(), *_])
            | ast.Call(
                func=ast.Name(id="attrgetter" | "methodcaller"),
                args=[ast.JoinedStr() | ast.BinOp() | ast.Call(), *_],
            )
        ):
            return {_MADE_UP}
    return set()


def _parts(node: ast.AST, lazy: bool) -> Iterator[ast.AST]:
    """The parts of a node that run; with ``lazy`` annotations do not."""
    for name, value in ast.iter_fields(node):
        if lazy and name in ("annotation", "returns"):
            continue
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, ast.AST):
                yield part
