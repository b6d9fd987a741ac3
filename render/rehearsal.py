"""Before anything is drawn: telling a lesson dry, until its words are spoken and its clock is right.

A lesson is told once by the silent pace, only for its words.  What of them was never said is said then, on all
cores.  Then it is told again, in the time that the speech really takes: that is the probe that pictures are
planned by.  With the silent pace the first telling is the last.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from render.catalog import Topic
from render.fault import JobFault
from render.probe import Probe
from render.reach import Code
from render.store import Record, Store, read_json, write_json
from render.voice import SILENT, voice_named
from render.voice.pronounce import UnknownWord
from render.voice.task import SpeakTask
from render.worker import ProbeTask, Task

SHARE = 12
"""Beats that one task says: long enough to be worth loading a model, short enough to share out."""


@dataclass(slots=True)
class Rehearsal:
    """Brings probes up to date for one voice."""

    root: Path
    store: Store
    voice: str
    _code: Code = field(init=False)
    _identities: dict[str, str] = field(init=False, default_factory=dict)
    _topics: dict[str, Topic] = field(init=False, default_factory=dict)
    _unsaid: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._code = Code(self.root)

    def foresee(self, topic: Topic) -> Probe | None:
        """What telling a topic would find, as far as a plan has to know it and it can be known without telling it.

        See :meth:`render.probe.Probe.foresee`.
        """
        if not (known := self._read(topic, self.voice)):
            return None
        identity = self._identity(self.voice)
        if known.holds(self._code, topic.module, identity):
            return known
        return known.foresee(self._code, topic.module, identity)

    def read_files(self, topic: Topic) -> frozenset[str] | None:
        """The project's files that a topic was seen to need when it was told last, in whatever voice."""
        probes = [self._read(topic, voice) for voice in dict.fromkeys((self.voice, SILENT))]
        files = [probe.files.keys() for probe in probes if probe]
        return frozenset().union(*files) if files else None

    def words(self, topic: Topic) -> Probe:
        """The telling by the silent pace: what is said, before anybody has said it.

        :class:`JobFault` where the lesson has not been told.
        """
        if (told := self._known(topic, SILENT)) is None:
            raise JobFault(f"{topic.slug}: the lesson changed while it was told; run the same command again")
        return told

    def begin(self, topic: Topic) -> Probe | list[Task]:
        """The stored probe of a topic if nothing that it read has changed; else the first things to do.

        :class:`JobFault` for a word that the voice cannot say: it names the line, the chapter and the nearest words.
        """
        self._topics[topic.slug] = topic
        if known := self._known(topic, self.voice):
            return known
        if self.voice != SILENT and (words := self._known(topic, SILENT)):
            return self._speak(topic, words)
        return [self._tell(topic, SILENT)]

    def goes_on(self, task: Task, result: Record) -> Probe | list[Task]:
        """What comes after ``task``, which this rehearsal named: more tasks (or none yet), or the probe."""
        topic = self._topics[task.slug]
        if isinstance(task, SpeakTask):
            self._unsaid[task.slug] -= 1
            return [] if self._unsaid[task.slug] else [self._tell(topic, self.voice)]
        write_json(self._path(topic, task.voice), result)
        probe = Probe.from_record(result)
        return probe if task.voice == self.voice else self._speak(topic, probe)

    def _speak(self, topic: Topic, words: Probe) -> list[Task]:
        voice = voice_named(self.voice, self.store.build)
        texts: list[str] = []
        for _, chapter, beat in words.timeline.beats():
            try:
                texts += voice.unspoken([beat.text])
            except UnknownWord as unknown:
                where = f"{topic.path}:{beat.line}: {topic.slug}: chapter {chapter.name}"
                raise JobFault(f"{where}: {unknown}") from unknown
        texts = list(dict.fromkeys(texts))
        shares = [tuple(texts[at : at + SHARE]) for at in range(0, len(texts), SHARE)]
        self._unsaid[topic.slug] = len(shares)
        if not shares:
            return [self._tell(topic, self.voice)]
        return [SpeakTask(*self._where(topic, self.voice), texts=share) for share in shares]

    def _tell(self, topic: Topic, voice: str) -> ProbeTask:
        return ProbeTask(*self._where(topic, voice), title=topic.title)

    def _known(self, topic: Topic, voice: str) -> Probe | None:
        probe = self._read(topic, voice)
        return probe if probe and probe.holds(self._code, topic.module, self._identity(voice)) else None

    def _identity(self, voice: str) -> str:
        if voice not in self._identities:
            self._identities[voice] = voice_named(voice, self.store.build).identity
        return self._identities[voice]

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
