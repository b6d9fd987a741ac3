"""Telling a lesson without drawing it: what is said, how long everything takes, which code and files it needs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Final

from render.fingerprint import DRAWING, STILL, Inputs, surroundings
from render.profile import PROFILES
from render.reach import POSTER, Code, Reached
from render.store import Record, digest_file
from render.timeline import Timeline
from render.voice import Voice
from render.wording import shown_words

_SCENES: Final = "scenes/"


@dataclass(frozen=True, slots=True)
class Sources:
    """What the pieces of a lesson are made from, as far as it lies in the project's files."""

    chapters: dict[str, Inputs]
    """Of each chapter the code that it reaches, by file."""
    poster: Inputs
    said: dict[str, str]
    """Of each chapter a digest of the words in its code."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a dry run found."""

    timeline: Timeline
    files: dict[str, str]
    """Project files that the lesson and what draws it import or read, relative to the project, with the digests of
    their bytes."""
    sources: Sources
    around: Inputs
    """Versions and fonts (see :func:`render.fingerprint.surroundings`)."""
    shown: tuple[tuple[str, ...], ...] = ()
    """The words on the stage at the end of each beat."""

    def to_record(self) -> Record:
        """Plain data for the store."""
        return {**asdict(self), "timeline": self.timeline.to_record()}

    @classmethod
    def from_record(cls, record: Record) -> Probe:
        """What :meth:`to_record` wrote; :class:`ValueError`, :class:`KeyError` or :class:`TypeError` for others."""
        return cls(
            Timeline.from_record(record["timeline"]),
            record["files"],
            Sources(**record["sources"]),
            record["around"],
            tuple(tuple(words) for words in record["shown"]),
        )

    def holds(self, code: Code, module: str, voice: str) -> bool:
        """Whether telling the lesson again would find the same, word for word and line for line."""
        if self.timeline.voice != voice or self.around != surroundings(code.root):
            return False
        changed = self.changed(code.root)
        scene = scene_of(module)
        if scene in changed or any(not path.endswith(".py") for path in changed):
            return False
        return not changed or self.sources == sources_of(code, scene, self.files)

    def changed(self, root: Path) -> list[str]:
        """The files that have other bytes than then, or are gone."""
        return [path for path, digest in self.files.items() if digest_now(root / path) != digest]

    def foresee(self, code: Code, module: str, voice: str) -> Probe | None:
        """What telling the lesson now would find, as far as a plan has to know; none if only telling shows it.

        A chapter whose code is what it was, words included, keeps its time.  One whose code has changed is to be
        drawn whatever its time is: the old one stands in for it; so it does for all where a version or a font has.
        But where nothing has changed except words, the lesson has to be told.
        """
        if self.timeline.voice != voice or any(not path.endswith(".py") for path in self.changed(code.root)):
            return None
        around = surroundings(code.root)
        try:
            now = sources_of(code, scene_of(module), self.files)
        except (SyntaxError, LookupError):
            return None  # telling it says what is wrong with it
        if list(now.chapters) != [chapter.name for chapter in self.timeline.chapters]:
            return None
        for name, inputs in now.chapters.items():
            same = around == self.around and inputs == self.sources.chapters[name]
            if same and now.said[name] != self.sources.said[name]:
                return None
        return replace(self, sources=now, around=around)


def changed_code(
    root: Path, module: str, chapter: str, files: Mapping[str, str], inputs: Inputs
) -> list[str]:
    """The files whose code a chapter (or the poster) now reaches otherwise than its ``inputs`` say.

    ``files`` are those of the lesson's probe: while all of them have the same bytes nothing is read twice.
    """
    if all(digest_now(root / path) == digest for path, digest in files.items()):
        return []
    sources = sources_of(Code(root), scene_of(module), files)
    now = sources.poster if chapter == POSTER else sources.chapters.get(chapter, {})
    then = {name: digest for name, digest in inputs.items() if "/" in name}
    return sorted(name for name in now.keys() | then.keys() if now.get(name) != then.get(name))


def scene_of(module: str) -> str:
    """The file of a module such as ``scenes.svm``, relative to the project."""
    return module.replace(".", "/") + ".py"


def sources_of(code: Code, scene: str, files: Iterable[str]) -> Sources:
    """What the pieces of the lesson in the file ``scene`` are made from, which was seen to need ``files``.

    :class:`SyntaxError` where a file does not parse, :class:`LookupError` where there is no lesson.
    """
    chapters, poster, data = _reached(code, scene, files)
    return Sources(
        chapters={name: {**one.files, **data} for name, one in chapters.items()},
        poster={**poster.files, **data},
        said={name: one.said for name, one in chapters.items()},
    )


def _reached(
    code: Code, scene: str, files: Iterable[str]
) -> tuple[dict[str, Reached], Reached, dict[str, str]]:
    """What each chapter reaches, what the poster does, and the digests of what else is read."""
    seen = [path for path in files if path.startswith(_SCENES)]
    imported = [path for path in seen if path.endswith(".py")]
    data = {path: digest_now(code.root / path) for path in seen if not path.endswith(".py")}
    chapters = {name: code.of_chapter(scene, name, DRAWING, imported) for name in code.chapters(scene)}
    return chapters, code.of_chapter(scene, POSTER, STILL, imported), data


@cache
def _digest(path: Path, size: int, changed: int, inode: int) -> str:
    return digest_file(path)


def digest_now(path: Path) -> str:
    """Digest of a file's bytes; empty where there is none.  A file that many lessons read is read once."""
    try:
        status = path.stat()
    except FileNotFoundError:
        return ""
    return _digest(path, status.st_size, status.st_mtime_ns, status.st_ino)


def probe(root: Path, module: str, title: str, voice: Voice, scratch: Path) -> Probe:
    """Run the lesson of ``module`` dry, in the time of ``voice``.

    Changes manim's process-wide settings: a process of its own is best.
    """
    from render.easel import perform, set_canvas  # late: whoever reads a probe needs no manim

    draft = PROFILES["draft"]
    set_canvas(draft.width, draft.height, draft.fps, scratch)
    shown: list[tuple[str, ...]] = []
    with _noting_reads(root) as read:
        lesson = perform(
            module, None, voice=voice, listener=lambda lesson, beat: shown.append(shown_words(lesson))
        )
        timeline = Timeline(lesson.slug(), title, voice.identity, tuple(lesson.told))
        with suppress(Exception):  # whatever is wrong with the poster is told when it is drawn
            lesson.set_stage(POSTER)
            lesson.poster()
    code, scene, seen = Code(root), scene_of(module), {*_imported(root), *read}
    chapters, poster, _ = _reached(code, scene, seen)
    files = seen.union(*(one.imported for one in (*chapters.values(), poster)))
    return Probe(
        timeline=timeline,
        files={path: digest_file(root / path) for path in sorted(files)},
        sources=sources_of(code, scene, seen),
        around=surroundings(root),
        shown=tuple(shown),
    )


def _imported(root: Path) -> list[str]:
    """Files of the project's ``scenes`` that this process has imported, relative to ``root``."""
    home = root / "scenes"
    found = {
        Path(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))
    }
    return sorted(str(path.relative_to(root)) for path in found if path.is_relative_to(home))


@contextmanager
def _noting_reads(root: Path) -> Iterator[set[str]]:
    """Note the files of the project's ``scenes`` that are opened meanwhile, code and fonts left out.

    So is what a voice opens: that counts by the time in which it speaks.
    """
    home, voice = root / "scenes", root / "render" / "voice"
    found: set[str] = set()
    noting = True

    def note(event: str, arguments: tuple[object, ...]) -> None:
        if not noting or event != "open" or not isinstance(arguments[0], str | Path):
            return
        path = Path(arguments[0]).absolute()
        if not path.is_relative_to(home) or path.suffix in (".py", ".pyc", ".ttf", ".otf"):
            return
        if path.is_file() and not _called_from(voice):
            found.add(str(path.relative_to(root)))

    sys.addaudithook(note)  # it cannot be taken away again: it falls asleep
    try:
        yield found
    finally:
        noting = False


def _called_from(folder: Path) -> bool:
    frame = sys._getframe(1)
    while frame.f_back is not None:
        frame = frame.f_back
        if Path(frame.f_code.co_filename).is_relative_to(folder):
            return True
    return False
