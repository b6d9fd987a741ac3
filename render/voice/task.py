"""Speaking as a task for a worker: some of a lesson's texts are said, and kept, before anybody tells it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from render.store import Record, digest_text
from render.voice import voice_named
from render.worker import SLOWEST_WORDS, Report, Task


@dataclass(frozen=True, slots=True)
class SpeakTask(Task):
    """Say ``texts``, so that whoever tells the lesson finds them said."""

    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        return "voice"

    @property
    def log(self) -> Path:
        """One of its own: several of a topic speak at once."""
        return self.build / "log" / self.slug / f"voice-{digest_text(repr(self.texts))[:8]}.log"

    @property
    def allowance(self) -> float:
        return SLOWEST_WORDS * len(self.texts)

    def perform(self, report: Report) -> Record:
        voice = voice_named(self.voice, self.build)
        return {"seconds": round(sum(voice.speak(text).seconds for text in self.texts), 3)}
