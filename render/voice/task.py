"""Speaking as a task for a worker: some of a lesson's texts are said, and kept, before anybody tells it."""

from __future__ import annotations

from dataclasses import dataclass

from render.store import Record
from render.voice import voice_named
from render.worker import Report, Task


@dataclass(frozen=True, slots=True)
class SpeakTask(Task):
    """Say ``texts``, so that whoever tells the lesson finds them said."""

    texts: tuple[str, ...]

    @property
    def name(self) -> str:
        return "voice"

    def perform(self, report: Report) -> Record:
        voice = voice_named(self.voice, self.build)
        return {"seconds": round(sum(voice.speak(text).seconds for text in self.texts), 3)}
