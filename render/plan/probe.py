"""Telling a lesson without drawing it: what is said, how long everything takes, which code and files it needs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from render.core.profile import PROFILES
from render.core.speech import Voice
from render.core.timeline import Timeline
from render.draw.shown import shown_words
from render.plan.dependencies import POSTER, Code, Reached, Reference
from render.plan.disk import digest_now, names_of, state_of
from render.plan.fingerprint import DRAWING, STILL, Inputs, surroundings
from render.plan.use import Use, is_of_scenes, texts_loaded, unnamed_by
from render.store.digest import digest_bytes, digest_text
from render.store.store import Record, Store
from render.task.noting import noting
from render.task.task import ProgressChannel, Task

if TYPE_CHECKING:
    from render.core.timeline import Beat
    from render.draw.renderer import Renderer
    from scenes.kit.lesson import Lesson


@dataclass(frozen=True, slots=True)
class Sources:
    """What the pieces of a lesson are made from, as far as it lies in the project's files."""

    chapters: dict[str, Inputs]
    """Of each chapter the code that it reaches, by file."""
    poster: Inputs
    said: dict[str, str]
    """Of each chapter a digest of the words in its code."""


@dataclass(frozen=True, slots=True)
class Besides:
    """What a piece of a lesson was seen to use beyond what its code shows to a reader."""

    code: tuple[str, ...] = ()
    """Functions and methods that ran although nothing names them: ``scenes/kit/plane.py:Plane.swell``."""
    computed: Mapping[str, str] = field(default_factory=dict)
    """Digests of results that were computed for it once and kept, by the call that gives them."""


@dataclass(frozen=True, slots=True)
class Probe:
    """What a dry run found."""

    timeline: Timeline
    files: dict[str, str]
    """Project files that the lesson and what draws it import, relative to the project, with the digests of their
    bytes."""
    sources: Sources
    around: Inputs
    """Versions and fonts (see :func:`render.plan.fingerprint.surroundings`)."""
    shown: tuple[tuple[str, ...], ...] = ()
    """The words on the stage at the end of each beat."""
    reads: dict[str, str] = field(default_factory=dict)
    """What else the lesson reads, and the state that it was in (:mod:`render.plan.disk`)."""
    besides: dict[str, Besides] = field(default_factory=dict)
    """By chapter, and for the poster."""

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
            record["reads"],
            {name: Besides(tuple(one["code"]), one["computed"]) for name, one in record["besides"].items()},
        )

    def holds(self, code: Code, module: str, voice: str) -> bool:
        """Whether telling the lesson again would find the same, word for word and line for line."""
        if self.timeline.voice != voice or self.around != surroundings(code.root):
            return False
        scene = scene_of(module)
        own = scene.removesuffix("__init__.py")
        if self._reads_otherwise(code.root) or any(path.startswith(own) for path in self.changed(code.root)):
            return False
        return not self.changed(code.root) or self.sources == self._sources_now(code, module)

    def changed(self, root: Path) -> list[str]:
        """The files of code that have other bytes than then, or are gone."""
        return [path for path, digest in self.files.items() if digest_now(root / path) != digest]

    def _reads_otherwise(self, root: Path) -> bool:
        return any(state_of(root, name) != state for name, state in self.reads.items())

    def _sources_now(self, code: Code, module: str) -> Sources:
        return sources_of(code, scene_of(module), self.files, self.reads, self.besides)

    def foresee(self, code: Code, module: str, voice: str) -> Probe | None:
        """What telling the lesson now would find, as far as a plan has to know; none if only telling shows it.

        A chapter whose code is what it was, words included, keeps its time.  One whose code has changed is to be
        drawn whatever its time is: the old one stands in for it; so it does for all where a version or a font has.
        But where nothing has changed except words, the lesson has to be told.
        """
        if self.timeline.voice != voice or self._reads_otherwise(code.root):
            return None
        around = surroundings(code.root)
        try:
            now = self._sources_now(code, module)
        except (SyntaxError, LookupError):
            return None  # telling it says what is wrong with it
        if list(now.chapters) != [chapter.name for chapter in self.timeline.chapters]:
            return None
        for name, inputs in now.chapters.items():
            same = around == self.around and inputs == self.sources.chapters[name]
            if same and now.said[name] != self.sources.said[name]:
                return None
        return replace(self, sources=now, around=around)


def scene_of(module: str) -> str:
    """The file with the class of the lesson of a package such as ``scenes.svm``, relative to the project."""
    return module.replace(".", "/") + "/__init__.py"


def sources_of(
    code: Code, scene: str, files: Iterable[str], reads: Mapping[str, str], besides: Mapping[str, Besides]
) -> Sources:
    """What the pieces of the lesson in the file ``scene`` are made from, which was seen to need all of this.

    :class:`SyntaxError` where a file does not parse, :class:`LookupError` where there is no lesson.
    """
    pieces = reached_by(code, scene, files, besides)
    inputs = {
        name: {
            **one.files,
            **reads,
            "packages": digest_text(repr(sorted(one.packages))),
            **besides.get(name, Besides()).computed,
        }
        for name, one in pieces.items()
    }
    said = {name: one.said for name, one in pieces.items() if name != POSTER}
    return Sources({name: inputs[name] for name in said}, inputs[POSTER], said)


def reached_by(
    code: Code, scene: str, files: Iterable[str], besides: Mapping[str, Besides]
) -> dict[str, Reached]:
    """What each chapter of a lesson reaches, in order, and the poster; see :func:`sources_of`."""
    imported = [path for path in files if is_of_scenes(path)]

    def reached(name: str, roots: tuple[Reference, ...]) -> Reached:
        more = [_reference(one) for one in besides.get(name, Besides()).code]
        return code.of_chapter(scene, name, [*roots, *more], imported)

    return {**{name: reached(name, DRAWING) for name in code.chapters(scene)}, POSTER: reached(POSTER, STILL)}


def _reference(name: str) -> Reference:
    path, _, inside = name.partition(":")
    return path, inside


def probe(
    root: Path, module: str, title: str, voice: Voice, scratch: Path, *, renderer: Renderer | None = None
) -> Probe:
    """Run the lesson of ``module`` dry, in the time of ``voice``.

    ``renderer`` is one without a sink that looks at every play; any will do by default.  Changes manim's process-wide
    settings: a process of its own is best.
    """
    from render.draw.renderer import (  # late: whoever reads a probe needs no manim
        lesson_class,
        perform,
        set_canvas,
    )

    draft = PROFILES["draft"]
    set_canvas(draft.width, draft.height, draft.fps, scratch)
    lesson_class(module)
    use = Use(root)
    shown: list[tuple[str, ...]] = []

    def look(lesson: Lesson, beat: Beat) -> None:
        use.take()
        shown.append(shown_words(lesson))
        use.leave()

    with noting(root, scratch) as notes:
        lesson = perform(module, renderer, voice=voice, listener=look, opener=use.begin)
        said = voice.identity(beat.text for chapter in lesson.told for beat in chapter.beats)
        timeline = Timeline(lesson.slug(), title, said, tuple(lesson.told))
        with suppress(Exception):  # whatever is wrong with the poster is told when it is drawn
            lesson.set_stage(POSTER)
            lesson.poster()
        use.take()
        asked = notes.take()
    texts = texts_loaded(root)
    code, scene, seen = Code(root, texts), scene_of(module), _imported(root)
    computed = {name: Besides(computed=found) for name, found in use.computed.items()}
    besides = {}
    for name, one in reached_by(code, scene, seen, computed).items():
        besides[name] = Besides(unnamed_by(one.names, use.code[name]), use.computed[name])
    files = {
        *seen,
        *(path for one in reached_by(code, scene, seen, besides).values() for path in one.imported),
    }
    reads = {name: state_of(root, name) for name in names_of(asked, seen)}
    return Probe(
        timeline=timeline,
        files={
            path: digest_bytes(texts[path]) if path in texts else digest_now(root / path)
            for path in sorted(files)
        },
        sources=sources_of(code, scene, seen, reads, besides),
        around=surroundings(root),
        shown=tuple(shown),
        reads=reads,
        besides=besides,
    )


def _imported(root: Path) -> list[str]:
    """Files of the project's ``scenes`` that this process has imported, relative to ``root``."""
    home = root / "scenes"
    found = {
        Path(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))
    }
    return sorted(str(path.relative_to(root)) for path in found if path.is_relative_to(home))


@dataclass(frozen=True, slots=True)
class ProbeTask(Task):
    """Tell a lesson without drawing it."""

    title: str

    @property
    def name(self) -> str:
        return "probe"

    def perform(self, progress: ProgressChannel) -> Record:
        from render.voice import voice_named

        store = Store(self.build)
        with store.scratch() as scratch:
            voice = voice_named(self.voice, self.build, self.slug)
            return probe(self.root, self.module, self.title, voice, scratch).to_record()
