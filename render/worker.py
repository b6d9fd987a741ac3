"""What a worker process does: one task, then it ends.

Tasks come in by fork from a warm process that has imported manim already.  A worker writes into its own scratch
folder and publishes to the store; it tells its parent how far it is, and ends when nobody listens any more.
"""

from __future__ import annotations

import os
import signal
import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from render.fault import Fault
from render.plan import Piece
from render.profile import TICKS_PER_SECOND, Profile
from render.store import Record, Store, describe_refusal

POSTER_SIZE = (1280, 720)
"""Pixels of a thumbnail: what YouTube asks for."""

_REPORT_EVERY = 0.5
"""Seconds between two words on progress."""


@dataclass(frozen=True, slots=True)
class Task:
    """Something for a worker: ``root`` is the project's folder, ``build`` its output folder."""

    root: Path
    build: Path
    slug: str
    module: str
    voice: str

    @property
    def name(self) -> str:
        """What a person calls it."""
        raise NotImplementedError

    def perform(self, report: Report) -> Record:
        """Do it and return what the parent needs to know (plain data)."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a task failed, for a person."""

    message: str
    place: str | None
    """``scenes/svm.py:120`` where the scene was at fault."""
    trace: str
    environment: bool = False


class Report:
    """Tells the parent how many frames were drawn; ends the process when the parent has gone."""

    def __init__(self, channel: Connection) -> None:
        self._channel = channel
        self._frames = self._moving = 0
        self._next = 0.0

    def drawn(self, frames: int, moving: int) -> None:
        """``frames`` more are done, ``moving`` of them drawn for themselves."""
        self._frames += frames
        self._moving += moving
        if time.monotonic() >= self._next:
            self._next = time.monotonic() + _REPORT_EVERY
            self.send("progress", (self._frames, self._moving))

    def send(self, kind: str, content: Any) -> None:
        """One message to the parent."""
        try:
            self._channel.send((kind, content))
        except OSError:
            os._exit(1)  # the orchestrator was killed: leave scratch behind, the next run sweeps it up


@dataclass(frozen=True, slots=True)
class ProbeTask(Task):
    """Tell a lesson without drawing it."""

    title: str

    @property
    def name(self) -> str:
        return "probe"

    def perform(self, report: Report) -> Record:
        from render.probe import probe
        from render.voice import voice_named

        store = Store(self.build)
        with store.scratch() as scratch:
            voice = voice_named(self.voice, self.build)
            return probe(self.root, self.module, self.title, voice, scratch).to_record()


@dataclass(frozen=True, slots=True)
class ChapterTask(Task):
    """Draw one chapter into a segment."""

    piece: Piece
    profile: Profile

    @property
    def name(self) -> str:
        return self.piece.name

    def perform(self, report: Report) -> Record:
        from render.easel import perform, set_canvas
        from render.segment import SegmentWriter
        from render.verify import verify_segment
        from render.voice import voice_named

        store, profile = Store(self.build), self.profile
        began = time.process_time()
        with store.scratch() as scratch:
            set_canvas(profile.width, profile.height, profile.fps, scratch)
            made = scratch / "segment.h264"
            writer = SegmentWriter(made, profile)
            perform(
                self.module,
                _Counted(writer, report),
                voice=voice_named(self.voice, self.build),
                only=self.piece.name,
            )
            segment = writer.close()
            verify_segment(made, self.piece.frames)
            return store.put(
                "segment",
                self.piece.key,
                made,
                {
                    "slug": self.slug,
                    "chapter": self.piece.name,
                    "profile": profile.name,
                    "frames": segment.frames,
                    "distinct": segment.distinct_frames,
                    "seconds": round(time.process_time() - began, 2),
                },
            ).record


@dataclass(frozen=True, slots=True)
class PosterTask(Task):
    """Draw the thumbnail."""

    piece: Piece

    @property
    def name(self) -> str:
        return "poster"

    def perform(self, report: Report) -> Record:
        from PIL import Image

        from render.easel import draw_poster, set_canvas
        from render.voice import voice_named

        store = Store(self.build)
        with store.scratch() as scratch:
            set_canvas(*POSTER_SIZE, TICKS_PER_SECOND, scratch)
            picture = draw_poster(self.module, voice=voice_named(self.voice, self.build))
            made = scratch / "poster.png"
            Image.fromarray(picture[:, :, :3]).save(made)
            return store.put("poster", self.piece.key, made, {"slug": self.slug}).record


@dataclass(frozen=True, slots=True)
class AssembleTask(Task):
    """Join what was drawn and publish the lesson."""

    probe: Record
    profile: Profile
    pieces: tuple[Piece, ...]
    poster: Piece

    @property
    def name(self) -> str:
        return "assemble"

    def perform(self, report: Report) -> Record:
        from render.assemble import assemble
        from render.probe import Probe
        from render.voice import voice_named

        return assemble(
            Store(self.build),
            Probe.from_record(self.probe).timeline,
            self.profile,
            self.pieces,
            self.poster,
            voice_named(self.voice, self.build),
        )


class _Counted:
    """A sink that counts what passes through."""

    def __init__(self, sink: Any, report: Report) -> None:
        self._sink, self._report = sink, report

    def show(self, picture: Any, repeat: int = 1) -> None:
        self._sink.show(picture, repeat)
        self._report.drawn(repeat, 1 if repeat == 1 else 0)


def work(task: Task, channel: Connection) -> None:
    """The life of a worker process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the orchestrator's to hear
    sys.path.insert(0, str(task.root))
    report = Report(channel)
    try:
        result = task.perform(report)
    except BaseException as error:
        report.send("failed", failure(error, task.root))
        raise SystemExit(1) from None
    report.send("done", result)


def failure(error: BaseException, root: Path) -> Failure:
    """What to tell of an exception: its words, and the innermost line of a scene that it passed."""
    place = None
    for frame in traceback.extract_tb(error.__traceback__):
        path = Path(frame.filename)
        if path.is_relative_to(root / "scenes") and not path.is_relative_to(root / "scenes" / "kit"):
            place = f"{path.relative_to(root)}:{frame.lineno}"
    refused = describe_refusal(error, root / "build") if isinstance(error, OSError) else None
    message = refused or (str(error) if isinstance(error, Fault) else f"{type(error).__name__}: {error}")
    environment = refused is not None or (isinstance(error, Fault) and error.exit == 4)
    return Failure(message, place, "".join(traceback.format_exception(error)), environment)
