"""What other packages may call of our objects although no line of ours names it: read from manim's sources.

Our objects come into the hands of manim alone: as mobjects, animations, scenes, cameras and renderers.  It calls a
method of theirs in one of three ways.

* A method of a class of manim calls it on ``self``: only on instances of that class and of those made from it.
* It is called on something else: its name stands behind a dot in some source of manim.
* It is looked up by a string (``getattr``): the string stands in some source of manim.

Parts of manim that nothing of ours takes anything from are not read: OpenGL, the command line, and kinds of mobjects,
scenes and cameras that we do not use; a test holds that they are not used.  The sources are searched, not parsed,
because a plan waits for it; what is found is never less than what Python would see, which a test holds as well.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

UNREAD: Final = re.compile(
    r"opengl|^(?:_config|cli|plugins)/|^utils/(?:docbuild|testing)/|^utils/color/(?!core\.py)|^mobject/(?:graphing|svg|text|three_d)/"
    r"|^mobject/(?:graph|logo|matrix|table|vector_field)\.py"
    r"|^scene/(?:moving_camera|three_d|vector_space|zoomed)_scene\.py|^camera/(?!__init__|camera\.py)"
)
"""Sources that run for no object of ours."""

_SCENES: Final = ("scene/scene.py", "renderer/cairo_renderer.py")
"""What handles scenes as such; elsewhere manim calls them ``scene``."""
_HARMLESS: Final = frozenset(
    {
        *("object", "Protocol", "Generic", "ABC", "NamedTuple", "TypedDict"),
        *("Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"),
    }
)
"""Bases that call nothing but what has underscores on both sides."""

_NAME: Final = r"([^\W\d]\w*)"
_OF_ITSELF: Final = re.compile(rf"\b(?:self|cls)\s*\.\s*{_NAME}")
_OF_OTHERS: Final = re.compile(rf"(?<!\bself)(?<!\bcls)\s*\.\s*{_NAME}")
_OF_SCENES: Final = re.compile(rf"\bscene\s*\.\s*{_NAME}")
_QUOTED: Final = re.compile(rf"""(?<!\w)["']{_NAME}["']""")
_DEFINED: Final = re.compile(rf"\bdef\s+{_NAME}|^    {_NAME}\s*[:=]", re.M)
"""Methods, and what a class binds in its body."""
_BLOCK: Final = re.compile(r"^(?=class\b|def\b|async\b|@)", re.M)
"""Where a class or a function of a module begins."""
_CLASS: Final = re.compile(rf"class\s+{_NAME}\s*(?:\(([^:]*?)\))?\s*:")
_IMPORT: Final = re.compile(r"^\s*(?:from|import)\s.*$", re.M)
_TOKEN: Final = re.compile(
    r'(?P<prose>\#[^\n]*|(?<![fF])"""[^\\"]*(?:(?:\\.|"(?!""))[^\\"]*)*""")'
    r"""|"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'""",
    re.S,
)
"""Comments and long strings, which hold no code, and short strings, in which neither begins."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """A class of manim: what it has and what its methods ask of themselves, and its bases by their names."""

    names: frozenset[str]
    bases: frozenset[str]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Names that other packages call methods by."""

    anybody: frozenset[str]
    """On objects that may be any of ours."""
    scenes: frozenset[str]
    """On scenes."""
    _kinds: dict[str, tuple[_Kind, ...]]
    """The classes of manim by their names, of which several may have one."""

    def of_bases(self, bases: Iterable[str]) -> frozenset[str] | None:
        """What is called on instances of a class because of its ``bases`` outside of the project, by their names.

        None where one of them is not known: anything may be called.
        """
        left = list(bases)
        came, found = set(left), set[str]()
        while left:
            base = left.pop()
            kinds, builtin = self._kinds.get(base, ()), getattr(builtins, base, None)
            if isinstance(builtin, type):
                found |= set(dir(builtin))
            elif not kinds and base not in _HARMLESS:
                return None
            for kind in kinds:
                found |= kind.names
                left += kind.bases - came
                came |= kind.bases
        return frozenset(found)


@cache
def foreign() -> Foreign:
    """What manim as it is installed may call."""
    anybody: set[str] = set()
    scenes: set[str] = set()
    defined: set[str] = set()
    kinds: dict[str, tuple[_Kind, ...]] = {}
    for name, source in sources():
        text = _IMPORT.sub("", _TOKEN.sub(_without_prose, source))
        others = set(_OF_OTHERS.findall(text))
        anybody |= others | set(_QUOTED.findall(text))
        defined |= _defined(text)
        scenes |= set(_OF_SCENES.findall(text))
        if name in _SCENES:
            scenes |= others | set(_OF_ITSELF.findall(text)) | _defined(text)
        for block in _BLOCK.split(text):
            if head := _CLASS.match(block):
                kinds[head[1]] = (*kinds.get(head[1], ()), _kind(head, block))
            else:
                anybody |= set(_OF_ITSELF.findall(block))
    anybody |= {
        name[4:] for name in anybody - defined if name.startswith(("get_", "set_"))
    }  # Mobject.__getattr__
    return Foreign(frozenset(anybody), frozenset(scenes), kinds)


def sources() -> Iterator[tuple[str, str]]:
    """The sources of manim that are read, each with its path from manim's folder."""
    spec = find_spec("manim")
    for home in (spec.submodule_search_locations or ()) if spec else ():
        for path in sorted(Path(home).rglob("*.py")):
            name = path.relative_to(home).as_posix()
            if not UNREAD.search(name):
                yield name, path.read_text(encoding="utf-8")


def _without_prose(token: re.Match[str]) -> str:
    return "" if token["prose"] else token[0]


def _defined(text: str) -> set[str]:
    return {name for pair in _DEFINED.findall(text) for name in pair if name}


def _kind(head: re.Match[str], block: str) -> _Kind:
    """The class that a block of source defines."""
    named = re.sub(r"\w+\s*=\s*[\w.]+", "", head[2] or "")  # a metaclass is no base
    bases = frozenset(base.rpartition(".")[2] for base in re.findall(r"[\w.]+", named))
    return _Kind(frozenset({*_OF_ITSELF.findall(block), *_defined(block)}), bases)
