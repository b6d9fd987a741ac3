"""The tasks of a run: a chapter drawn, a poster drawn, a lesson put together; the same for the public's copies."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from render.core.copy_form import COPIES
from render.core.profile import POSTER_SIZE, TICKS_PER_SECOND, Profile
from render.plan.copy_key import chapter_copy_key
from render.plan.covered import Covered, check_use
from render.plan.lesson_plan import Piece
from render.plan.task_times import JOIN, JOIN_COPIES, copying
from render.store.store import Record, Store
from render.task.task import ProgressChannel, Task

_SLOWEST = 1.0
"""Pictures a second that a chapter draws at the least, on a crowded machine."""
_SLACK = 10.0
"""How many times longer than the last time a chapter may take; then it is taken to hang."""
_SLOWEST_JOIN = 10.0
"""Frames a second that joining, checking and the storyboard get through at the least."""
_PLAYS = 5
"""How many of a chapter's lines are kept with what their plays cost: the costliest."""


@dataclass(frozen=True, slots=True)
class _DrawingTask(Task):
    """Draw one chapter, into whatever takes its pictures."""

    piece: Piece
    profile: Profile
    last: float | None = None
    """Seconds that it took the last time; None if it was never done."""
    covered: Covered = field(default_factory=Covered)
    """What the key of the piece covers: whatever else is used is an error."""

    @property
    def allowance(self) -> float:
        return self.piece.moving / _SLOWEST if self.last is None else _SLACK * self.last

    def draw(self, sink: Any) -> None:
        """Hand the chapter's pictures to ``sink``, in the time of the task's voice."""
        from render.draw.renderer import perform
        from render.voice import voice_named

        voice = voice_named(self.voice, self.build, self.slug)
        perform(self.module, sink, voice=voice, only=self.piece.name)

    def told(self, distinct: int, began: float) -> Record:
        """What the store is told of what was made, of which ``distinct`` frames were encoded, since ``began``."""
        return {
            "slug": self.slug,
            "chapter": self.piece.name,
            "frames": self.piece.frames,
            "profile": self.profile.name,
            "distinct": distinct,
            "seconds": round(time.process_time() - began, 2),
        }


@dataclass(frozen=True, slots=True)
class ChapterTask(_DrawingTask):
    """Draw one chapter into a segment."""

    @property
    def name(self) -> str:
        return self.piece.name

    def perform(self, progress: ProgressChannel) -> Record:
        from render.draw.profiler import TimedRenderer
        from render.draw.renderer import set_canvas
        from render.encode.segment import SegmentWriter
        from render.encode.verify import verify_segment

        store, profile = Store(self.build), self.profile
        began = time.process_time()
        with store.scratch() as scratch:
            set_canvas(profile.width, profile.height, profile.fps, scratch)
            made = scratch / "segment.h264"
            writer = SegmentWriter(made, profile)
            renderer = TimedRenderer(_Counted(writer, progress))
            self.draw(renderer)
            segment = writer.close()
            check_use(self, self.piece.name, self.piece.inputs, self.covered)
            verify_segment(made, self.piece.frames)
            told = self.told(segment.distinct_frames, began)
            return store.put(
                "segment", self.piece.key, made, {**told, "plays": renderer.slowest(_PLAYS)}
            ).record


@dataclass(frozen=True, slots=True)
class PosterTask(Task):
    """Draw the poster, which is the lesson's thumbnail."""

    piece: Piece
    covered: Covered = field(default_factory=Covered)
    """As in :class:`ChapterTask`."""

    @property
    def name(self) -> str:
        return "poster"

    def perform(self, progress: ProgressChannel) -> Record:
        from PIL import Image

        from render.draw.renderer import draw_poster, set_canvas
        from render.voice import voice_named

        store = Store(self.build)
        with store.scratch() as scratch:
            set_canvas(*POSTER_SIZE, TICKS_PER_SECOND, scratch)
            picture = draw_poster(self.module, voice=voice_named(self.voice, self.build, self.slug))
            made = scratch / "poster.png"
            Image.fromarray(picture[:, :, :3]).save(made)
            check_use(self, self.piece.name, self.piece.inputs, self.covered)
            return store.put("poster", self.piece.key, made, {"slug": self.slug}).record


@dataclass(frozen=True, slots=True)
class AssembleTask(Task):
    """Join what was drawn, check it and publish the lesson; its result is the lesson's line in the manifest."""

    probe: Record
    profile: Profile
    pieces: tuple[Piece, ...]
    poster: Piece

    @property
    def name(self) -> str:
        return JOIN

    @property
    def at_home(self) -> bool:
        return True

    @property
    def allowance(self) -> float:
        return sum(piece.frames for piece in self.pieces) / _SLOWEST_JOIN

    def perform(self, progress: ProgressChannel) -> Record:
        from render.encode.assemble import assemble
        from render.plan.probe import Probe
        from render.voice import voice_named

        return assemble(
            Store(self.build),
            Probe.from_record(self.probe).timeline,
            self.profile,
            self.pieces,
            self.poster,
            voice_named(self.voice, self.build, self.slug),
        )


@dataclass(frozen=True, slots=True)
class CopyTask(_DrawingTask):
    """Draw one chapter once more, into the copies of it that the public gets."""

    @property
    def name(self) -> str:
        return copying(self.piece.name)

    def perform(self, progress: ProgressChannel) -> Record:
        from render.draw.renderer import set_canvas
        from render.encode.public_copy import CopySink, CopyWriter
        from render.encode.verify import verify_copy

        store, profile, largest = Store(self.build), self.profile, COPIES[0]
        began = time.process_time()
        with store.scratch() as scratch:
            set_canvas(largest.width, largest.height, profile.fps, scratch)
            writers = [CopyWriter(scratch / f"{form.role}.h264", form, profile.fps) for form in COPIES]
            with CopySink(writers, largest.width, largest.height) as sink:
                self.draw(_Counted(sink, progress))
                sink.close()
            check_use(self, self.piece.name, self.piece.inputs, self.covered)
            for writer in writers:
                verify_copy(writer.path, self.piece.frames)
            told = self.told(sink.distinct_frames, began)
            for form, writer in zip(COPIES, writers, strict=True):
                store.put(form.chapter, chapter_copy_key(self.piece, form), writer.path, told)
        return told


@dataclass(frozen=True, slots=True)
class JoinCopiesTask(Task):
    """Join the copies of all chapters and list them; its result is the lesson's line in the manifest."""

    probe: Record
    profile: Profile
    pieces: tuple[Piece, ...]
    entry: Record
    """The lesson's line in the manifest."""

    @property
    def name(self) -> str:
        return JOIN_COPIES

    @property
    def at_home(self) -> bool:
        return True

    @property
    def allowance(self) -> float:
        return len(COPIES) * sum(piece.frames for piece in self.pieces) / _SLOWEST_JOIN

    def perform(self, progress: ProgressChannel) -> Record:
        from render.encode.assemble import assemble_copies
        from render.plan.probe import Probe

        timeline = Probe.from_record(self.probe).timeline
        return assemble_copies(Store(self.build), timeline, self.profile, self.pieces, self.entry)


class _Counted:
    """A sink that tells the progress and hands the pictures on."""

    def __init__(self, sink: Any, progress: ProgressChannel) -> None:
        self._sink, self._progress = sink, progress

    def show(self, picture: Any, repeat: int = 1, changed: Any = None) -> None:
        self._sink.show(picture, repeat, changed)
        self._progress.drawn(repeat, 1 if repeat == 1 else 0)
