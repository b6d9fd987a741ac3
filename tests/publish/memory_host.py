"""A host in memory that is killed at will, and that is looked at whenever something has changed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from publish.site.content import Content, Contents
from publish.site.host import Held, Sent
from publish.step import Objection
from render.core.fault import EnvironmentFault
from render.core.web_file import digits_of

_NAMED = re.compile(r"(?:assets|media)/[\w./-]+?\.[0-9a-f]{12}\.\w+")
_FILES = re.compile(r"FILES=\[(.*?)\]")


@dataclass
class MemoryHost:
    """Holds files by path; :attr:`left` operations are done before it is killed."""

    files: dict[str, bytes] = field(default_factory=dict)
    tagged: dict[str, str] = field(default_factory=dict)
    done: list[str] = field(default_factory=list)
    """Paths that were put, and those that were removed after a minus."""
    left: int = 1_000_000
    watch: Callable[[], None] = lambda: None
    name: str = "memory"
    settles: str = ""
    lanes: int = 1

    def prepare(self, contents: Contents) -> Contents:
        return contents

    def check(self, contents: Contents) -> Iterator[Objection]:
        yield from ()

    def tags(self) -> Mapping[str, str]:
        return {path: self.tagged[path] for path in self.files}

    def ask(self, path: str) -> Held:
        return Held(digits_of(path) or hashlib.sha256(self.files[path]).hexdigest())

    def read(self, path: str) -> bytes | None:
        return self.files.get(path)

    def put(self, content: Content, sent: Sent) -> None:
        self._count(content.path)
        self.files[content.path] = content.read()
        self.tagged[content.path] = f"{len(self.done)}"
        self.watch()

    def remove(self, path: str) -> None:
        self._count(f"-{path}")
        self.files.pop(path, None)
        self.watch()

    def settle(self, message: str) -> None:
        self._count("!")

    def _count(self, what: str) -> None:
        if not self.left:
            raise EnvironmentFault("killed")
        self.left -= 1
        self.done.append(what)


def broken(files: Mapping[str, bytes], elsewhere: Mapping[str, bytes] | None = None) -> list[str]:
    """What pages and worker name, as ``page: file``, and nobody has."""
    files = dict(files)  # others go on uploading meanwhile
    there = {**files, **(elsewhere or {})}
    named = []
    for path, content in files.items():
        if path.endswith((".html", ".css", ".xml", ".atom")):
            named += [(path, other) for other in _NAMED.findall(content.decode())]
        if path == "sw.js" and (listed := _FILES.search(content.decode())):
            named += [(path, other.strip(' "')) for other in listed[1].split(",")]
    return [f"{path}: {other}" for path, other in named if other not in there]
