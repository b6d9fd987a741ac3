"""What a worker process does: one task, then it ends.

Tasks come in by fork from a warm process that has imported manim already.  A worker writes into its own scratch
folder and publishes to the store; it tells its parent how far it is, and ends when nobody listens any more.
Whatever it or a library prints goes to a log of its task.
"""

from __future__ import annotations

import contextlib
import faulthandler
import gc
import os
import re
import select
import signal
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from render.fault import Fault, JobFault
from render.plan import Piece
from render.profile import POSTER_SIZE, TICKS_PER_SECOND, Profile
from render.store import Record, Store, describe_refusal

_REPORT_EVERY = 0.5
"""Seconds between two words on progress."""

WHERE = signal.SIGUSR1
"""Asks a worker to write into its log where it is."""

_SLOWEST = 1.0
"""Moving pictures a second that a chapter draws at the least, on a crowded machine."""
_SLACK = 10.0
"""How many times longer than the last time a chapter may take before it is taken to hang."""
_SLOWEST_JOIN = 10.0
"""Frames a second that are joined, checked and made small pictures of at the least."""
_PLAYS = 5
"""Lines of a chapter of which it is kept what their plays cost."""
_RUBBISH = 50_000
"""New objects after which Python looks for rubbish that refers to itself."""
SLOWEST_WORDS = 60.0
"""Seconds that a beat takes to say at the most."""
SLOWEST_LOOK = 3600.0
"""Seconds that looking at a chapter takes at the most."""


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

    @property
    def at_home(self) -> bool:
        """Whether it changes the orchestrator's own folder, and so must run on its machine."""
        return False

    @property
    def log(self) -> Path:
        """Where its worker writes down what it prints."""
        return self.build / "log" / self.slug / f"{re.sub('[^A-Za-z0-9_]+', '-', self.name)}.log"

    @property
    def allowance(self) -> float:
        """Seconds after which it is taken to hang; an executor may give it more."""
        return 0.0

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
    log: str | None = None
    """The file that has all that its worker printed."""


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
    last: float | None = None
    """Seconds that it took an earlier time, other pictures or not."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Digests of the files that its lesson reads, as they were when it was planned."""

    @property
    def name(self) -> str:
        return self.piece.name

    @property
    def allowance(self) -> float:
        return self.piece.moving / _SLOWEST if self.last is None else _SLACK * self.last

    def perform(self, report: Report) -> Record:
        from render.easel import perform, set_canvas
        from render.segment import SegmentWriter, Shrinker
        from render.stopwatch import TimedEasel
        from render.verify import verify_segment
        from render.voice import voice_named

        store, profile = Store(self.build), self.profile
        began = time.process_time()
        with store.scratch() as scratch:
            set_canvas(profile.width, profile.height, profile.fps, scratch)
            made = scratch / "segment.h264"
            writer = SegmentWriter(made, profile)
            easel = TimedEasel(_Counted(writer, report))
            perform(self.module, easel, voice=voice_named(self.voice, self.build), only=self.piece.name)
            segment = writer.close()
            _check_code(self, self.piece, self.files)
            shrinker = Shrinker(segment, scratch / "small.h264", profile.small) if profile.small else None
            verify_segment(made, self.piece.frames, shrinker.take if shrinker else None)
            told = {"slug": self.slug, "chapter": self.piece.name, "frames": segment.frames}
            if shrinker:
                verify_segment((copy := shrinker.close()).path, self.piece.frames)
                store.put("small", self.piece.key, copy.path, told)
            return store.put(
                "segment",
                self.piece.key,
                made,
                {
                    **told,
                    "profile": profile.name,
                    "distinct": segment.distinct_frames,
                    "seconds": round(time.process_time() - began, 2),
                    "plays": easel.slowest(_PLAYS, self.module.replace(".", "/") + ".py"),
                },
            ).record


@dataclass(frozen=True, slots=True)
class PosterTask(Task):
    """Draw the thumbnail."""

    piece: Piece
    files: Mapping[str, str] = field(default_factory=dict)
    """As in :class:`ChapterTask`."""

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
            _check_code(self, self.piece, self.files)
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

    @property
    def at_home(self) -> bool:
        return True

    @property
    def allowance(self) -> float:
        return sum(piece.frames for piece in self.pieces) / _SLOWEST_JOIN

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


def _check_code(task: Task, piece: Piece, files: Mapping[str, str]) -> None:
    """:class:`JobFault` where what was just drawn may come of other code than its key says."""
    from render.probe import changed_code

    if changed := changed_code(task.root, task.module, piece.name, files, piece.inputs):
        names = ", ".join(changed)
        raise JobFault(
            f"{names} changed while it was drawn, or is not here what it is where the run was planned; "
            "run the same command again"
        )


class _Counted:
    """A sink that counts what passes through."""

    def __init__(self, sink: Any, report: Report) -> None:
        self._sink, self._report = sink, report

    def show(self, picture: Any, repeat: int = 1, changed: Any = None) -> None:
        self._sink.show(picture, repeat, changed)
        self._report.drawn(repeat, 1 if repeat == 1 else 0)


def work(task: Task, channel: Connection, again: bool = False) -> None:
    """The life of a worker process; ``again`` when it is not the first to try this task."""
    os.setpgid(0, 0)  # what it starts ends with it, and a terminal's Ctrl-C reaches neither
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the orchestrator's to hear
    threading.Thread(target=_end_with, args=(channel.fileno(),), daemon=True).start()
    sys.path.insert(0, str(task.root))
    report = Report(channel)
    try:
        _keep_log(task, again)
        # What was imported never dies, and a lesson makes much that lives long: rubbish is looked for less often.
        gc.freeze()
        gc.set_threshold(_RUBBISH)
        result = task.perform(report)
    except BaseException as error:
        told = failure(error, task.root)
        with contextlib.suppress(OSError):  # the disk may be full
            print(told.trace, file=sys.stderr, flush=True)
        kept = str(task.log) if task.log.is_file() else None
        kind = "exhausted" if isinstance(error, MemoryError) else "failed"
        report.send(kind, replace(told, log=kept))
        raise SystemExit(1) from None
    report.send("done", result)


def _end_with(channel: int) -> None:
    """End this process, and what it has started, when nobody is left to hear of it."""
    poll = select.poll()
    poll.register(channel, 0)  # the error that a pipe without a reader has is told unasked
    poll.poll()
    os.killpg(0, signal.SIGKILL)


def _keep_log(task: Task, again: bool) -> None:
    """Send what this process and its children print to the task's log, and where it crashes or is asked."""
    task.log.parent.mkdir(parents=True, exist_ok=True)
    if not again:
        task.log.unlink(missing_ok=True)  # another run may still be writing it: that one keeps its own
    file = os.open(task.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.close(file)
    sys.stdout = open(1, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
    faulthandler.enable()
    faulthandler.register(WHERE)
    print(f"{task.slug}: {task.name}, process {os.getpid()}, {time.strftime('%Y-%m-%d %H:%M:%S')}")


def failure(error: BaseException, root: Path) -> Failure:
    """What to tell of an exception: its words, and the innermost line of a scene that it passed."""
    frames = [(frame.filename, frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    if isinstance(error, SyntaxError):
        frames.append((error.filename or "", error.lineno or 0))  # what cannot be read was never run
    refused = describe_refusal(error, root / "build") if isinstance(error, OSError) else None
    message = refused or (str(error) if isinstance(error, Fault) else f"{type(error).__name__}: {error}")
    environment = refused is not None or (isinstance(error, Fault) and error.exit == 4)
    trace = "".join(traceback.format_exception(error))
    return Failure(message, innermost(frames, root), trace, environment)


def innermost(frames: Iterable[tuple[str, int]], root: Path) -> str | None:
    """The last of ``frames`` (file and line, from the outside in) that is of a scene, as ``scenes/svm.py:120``."""
    place = None
    for file, line in frames:
        path = Path(file)
        if path.is_relative_to(root / "scenes") and not path.is_relative_to(root / "scenes" / "kit"):
            place = f"{path.relative_to(root)}:{line}"
    return place
