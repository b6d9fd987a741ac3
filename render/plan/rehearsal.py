"""Telling a lesson without drawing it, until all its words are spoken and its timing is the final one.

A lesson is told once in the silent pace, only to learn its words.  Those that were never spoken before are spoken then,
on all cores.  Then the lesson is told again, in the time that the speech takes: this probe is what its pictures are
planned by.  In the silent voice the first telling is the last.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from render.core.catalog import Topic
from render.core.fault import JobFault
from render.core.speech import Voice
from render.plan.dependencies import Code
from render.plan.probe import Probe, ProbeTask
from render.plan.speak import SpeakTask
from render.store.store import Record, Store, read_json, write_json
from render.task.task import Task
from render.voice import SILENT, voice_named
from render.voice.pronounce import UnknownWord

_UNREADABLE: Final = (SyntaxError, LookupError, ValueError, RecursionError, MemoryError, OSError)
"""What reading code ends with that is being written, or is none."""

TEXTS_PER_TASK = 12
"""Texts that one task says: enough to be worth loading a model, few enough to keep all cores busy."""


@dataclass(slots=True)
class Rehearsal:
    """Brings the probes of topics up to date, in one voice."""

    root: Path
    store: Store
    voice: str
    speaks: bool = True
    """Whether texts that were never spoken are spoken; else a lesson with such texts gets its silent probe."""
    _code: Code = field(init=False)
    _voices: dict[tuple[str, str], Voice] = field(init=False, default_factory=dict)
    _topics: dict[str, Topic] = field(init=False, default_factory=dict)
    _unsaid: dict[str, int] = field(init=False, default_factory=dict)
    """By topic, how many texts had not been spoken yet."""
    _speaking: dict[str, int] = field(init=False, default_factory=dict)
    """By topic, how many tasks are still speaking."""

    def __post_init__(self) -> None:
        self._code = Code(self.root)

    def foresee(self, topic: Topic) -> Probe | None:
        """What telling a topic would find, as far as a plan needs it; None where only telling it shows that.

        Runs nothing and writes nothing; see :meth:`render.plan.probe.Probe.foresee`.
        """
        if not (known := self._read(topic, self.voice)):
            return None
        identity = self._identity(topic, self.voice, known)
        if self._holds(known, topic, identity):
            return known
        with suppress(*_UNREADABLE):
            return known.foresee(self._code, topic.module, identity)
        return None

    def read_files(self, topic: Topic) -> frozenset[str] | None:
        """The project's files that a topic read when it was told last, in any voice; None if it never was."""
        probes = [self._read(topic, voice) for voice in dict.fromkeys((self.voice, SILENT))]
        files = [probe.files.keys() for probe in probes if probe]
        return frozenset().union(*files) if files else None

    def unsaid(self, topic: Topic) -> int:
        """How many texts of a topic have to be spoken before its probe is exact; 0 for a rehearsal that speaks."""
        return 0 if self.speaks else self._unsaid.get(topic.slug, 0)

    def begin(self, topic: Topic) -> Probe | list[Task]:
        """The stored probe of a topic if nothing that it read has changed; else the first tasks that lead to a new one.

        :class:`JobFault` for a word that the voice cannot say: it names the line, the chapter and the nearest words.
        """
        self._topics[topic.slug] = topic
        if known := self._known(topic, self.voice):
            return known
        if self.voice != SILENT and (words := self._known(topic, SILENT)):
            return self._speak(topic, words)
        return [self._tell(topic, SILENT)]

    def goes_on(self, task: Task, result: Record) -> Probe | list[Task]:
        """What follows when ``task`` of this rehearsal is done: the probe, or more tasks (none while others run)."""
        topic = self._topics[task.slug]
        if isinstance(task, SpeakTask):
            self._speaking[task.slug] -= 1
            return [] if self._speaking[task.slug] else [self._tell(topic, self.voice)]
        write_json(self._path(topic, task.voice), result)
        probe = Probe.from_record(result)
        return probe if task.voice == self.voice else self._speak(topic, probe)

    def _speak(self, topic: Topic, words: Probe) -> Probe | list[Task]:
        """What follows the telling in the silent pace, which found ``words``."""
        voice = self._voice(topic, self.voice)
        texts: list[str] = []
        for _, chapter, beat in words.timeline.beats():
            try:
                texts += voice.unspoken([beat.text])
            except UnknownWord as unknown:
                where = f"{beat.where}: {topic.slug}: chapter {chapter.name}"
                raise JobFault(f"{where}: {unknown}") from unknown
        texts = list(dict.fromkeys(texts))
        self._unsaid[topic.slug] = len(texts)
        if not texts:
            return [self._tell(topic, self.voice)]
        if not self.speaks:
            return words
        parts = [tuple(texts[at : at + TEXTS_PER_TASK]) for at in range(0, len(texts), TEXTS_PER_TASK)]
        self._speaking[topic.slug] = len(parts)
        return [SpeakTask(*self._where(topic, self.voice), texts=part) for part in parts]

    def _tell(self, topic: Topic, voice: str) -> ProbeTask:
        return ProbeTask(*self._where(topic, voice), title=topic.title)

    def _known(self, topic: Topic, voice: str) -> Probe | None:
        if not (probe := self._read(topic, voice)):
            return None
        identity = self._identity(topic, voice, probe)
        return probe if self._holds(probe, topic, identity) else None

    def _holds(self, probe: Probe, topic: Topic, identity: str) -> bool:
        """Whether telling a topic would find the same as then; not where its code cannot be read.

        Then telling it says what is wrong with the code, and where; the topics that do not need that code go on.
        """
        with suppress(*_UNREADABLE):
            return probe.holds(self._code, topic.module, identity)
        return False

    def _identity(self, topic: Topic, voice: str, probe: Probe) -> str:
        """That of ``voice`` now for what the lesson said when it was probed."""
        return self._voice(topic, voice).identity(beat.text for _, _, beat in probe.timeline.beats())

    def _voice(self, topic: Topic, name: str) -> Voice:
        if (topic.slug, name) not in self._voices:
            self._voices[topic.slug, name] = voice_named(name, self.store.build, topic.slug)
        return self._voices[topic.slug, name]

    def _read(self, topic: Topic, voice: str) -> Probe | None:
        """The stored probe of a topic, whether it still holds or not."""
        record = read_json(self._path(topic, voice))
        try:
            probe = Probe.from_record(record) if record else None
        except (ValueError, KeyError, TypeError):
            return None  # written by another version: probe anew
        return probe if probe and probe.timeline.title == topic.title else None

    def _where(self, topic: Topic, voice: str) -> tuple[Path, Path, str, str, str]:
        return self.root, self.store.build, topic.slug, topic.module, voice

    def _path(self, topic: Topic, voice: str) -> Path:
        return self.store.root / "probe" / f"{topic.slug}-{voice.replace(':', '-')}.json"
