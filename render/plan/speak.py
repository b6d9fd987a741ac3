"""The task of speaking: some of a lesson's texts are spoken and kept before the lesson is told in their time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from render.store.digest import digest_text
from render.store.store import Record
from render.task.task import ProgressChannel, Task
from render.voice import voice_named

SLOWEST_WORDS = 60.0
"""Seconds that speaking one text takes at the most."""


@dataclass(frozen=True, slots=True)
class SpeakTask(Task):
    """Speak ``texts`` and keep the sound in the store, where the telling of the lesson finds it."""

    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        return "voice"

    @property
    def log(self) -> Path:
        """Named by its texts too, since several of these tasks run for a topic at once."""
        return self.build / "log" / self.slug / f"voice-{digest_text(repr(self.texts))[:8]}.log"

    @property
    def allowance(self) -> float:
        return SLOWEST_WORDS * len(self.texts)

    def perform(self, progress: ProgressChannel) -> Record:
        voice = voice_named(self.voice, self.build, self.slug)
        return {"seconds": round(sum(voice.speak(text).seconds for text in self.texts), 3)}
