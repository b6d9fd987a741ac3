"""Telling a lesson without drawing it: what is said, how long everything takes, which files it really read."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from render.fingerprint import chapter_meaning, meaning
from render.profile import PROFILES
from render.store import Record, digest_file
from render.timeline import Timeline
from render.voice import Voice
from render.wording import shown_words


@dataclass(frozen=True, slots=True)
class Probe:
    """What a dry run found."""

    timeline: Timeline
    files: dict[str, str]
    """Project files that the lesson imported, relative to the project, with the digests of their bytes."""
    sources: dict[str, str]
    """The same files but the scene's own, with the digests of their meaning."""
    chapters: dict[str, str]
    """Each chapter's digest of meaning; the poster's under the empty name."""
    shown: tuple[tuple[str, ...], ...] = ()
    """The words on the stage at the end of each beat."""

    def to_record(self) -> Record:
        """Plain data for the store."""
        return {**asdict(self), "timeline": self.timeline.to_record()}

    @classmethod
    def from_record(cls, record: Record) -> Probe:
        """What :meth:`to_record` wrote; :class:`ValueError` or :class:`KeyError` for something else."""
        return cls(
            Timeline.from_record(record["timeline"]),
            record["files"],
            record["sources"],
            record["chapters"],
            tuple(tuple(words) for words in record["shown"]),
        )

    def holds(self, root: Path, voice: str) -> bool:
        """Whether nothing that the lesson read has changed since."""
        return self.timeline.voice == voice and all(
            (root / path).is_file() and digest_file(root / path) == digest
            for path, digest in self.files.items()
        )


def probe(root: Path, module: str, title: str, voice: Voice, scratch: Path) -> Probe:
    """Run the lesson of ``module`` dry, in the time of ``voice``.

    Changes manim's process-wide settings: a process of its own is best.
    """
    from render.easel import perform, set_canvas  # late: whoever reads a probe needs no manim

    draft = PROFILES["draft"]
    set_canvas(draft.width, draft.height, draft.fps, scratch)
    shown: list[tuple[str, ...]] = []
    lesson = perform(
        module, None, voice=voice, listener=lambda lesson, beat: shown.append(shown_words(lesson))
    )
    timeline = Timeline(lesson.slug(), title, voice.identity, tuple(lesson.told))
    scene = module.replace(".", "/") + ".py"
    texts = {path: (root / path).read_text(encoding="utf-8") for path in _imported(root)}
    return Probe(
        timeline=timeline,
        files={path: digest_file(root / path) for path in texts},
        sources={path: meaning(text) for path, text in texts.items() if path != scene},
        chapters={
            name or "": chapter_meaning(texts[scene], name)
            for name in (None, *(chapter.name for chapter in timeline.chapters))
        },
        shown=tuple(shown),
    )


def _imported(root: Path) -> list[str]:
    """Files of the project's ``scenes`` that this process has imported, relative to ``root``."""
    home = root / "scenes"
    found = {
        Path(file) for module in list(sys.modules.values()) if (file := getattr(module, "__file__", None))
    }
    return sorted(str(path.relative_to(root)) for path in found if path.is_relative_to(home))
