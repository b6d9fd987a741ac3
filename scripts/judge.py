"""How close a video is to the pictures that its lesson draws, in luma PSNR; and what drawing them takes.

usage: python scripts/judge.py scenes.svm VIDEO --width 1920 --height 1080 [--matrix bt601 --camera manim] [--every N]
       python scripts/judge.py scenes.svm --width 1920 --height 1080 --fps 60

With a video, the lesson is drawn once more beside it, and every N-th frame of both is compared: frame by frame from
the first on, so a frame more or less is found.  The drawn picture is turned to luma by the matrix that the video was
made with, unrounded; the peak is 255.  ``--camera manim`` draws as plain manim does.  Without a video, the lesson is
drawn, converted and encoded as a worker does it, and the CPU seconds of each step are told.  Prints one JSON object.
"""

from __future__ import annotations

import argparse
import functools
import json
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar

import av
import numpy as np
from manim import Camera, Scene
from numpy.typing import NDArray

from render.core.profile import TICKS_PER_SECOND, Profile
from render.core.speech import SilentPace
from render.draw.dirty_rows import Spans
from render.draw.renderer import Picture, Renderer, lesson_class, perform, set_canvas
from render.encode.segment import Canvas, SegmentWriter

LUMA: Final = {"bt601": (0.299, 0.587, 0.114), "bt709": (0.2126, 0.7152, 0.0722)}
"""Weights of red, green and blue (Rec. ITU-R BT.601-7 and BT.709-6)."""

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A video against what was drawn, in decibels of luma over the frames looked at."""

    frames: int
    looked_at: int
    mean: float
    worst: float
    worst_frame: int


@dataclass(frozen=True, slots=True)
class Split:
    """CPU seconds of each step of drawing a lesson into segments."""

    frames: int
    distinct: int
    seconds: float
    draw: float
    compare: float
    convert: float
    encode: float


class Unlike(Exception):
    """The video has not the frames that the lesson draws."""


class Judge:
    """A sink that holds each ``every``-th picture against the frame that the video shows at that time."""

    def __init__(self, video: Path, matrix: str, every: int) -> None:
        self.every = every
        self.number = 0
        """Frames that have passed."""
        self._weights = np.array(LUMA[matrix], np.float32) * np.float32(219 / 255)
        self._shown = _frames(video)
        self._found: dict[int, float] = {}

    def awaits(self) -> bool:
        """Whether the frame that comes next is one to look at."""
        return self.number % self.every == 0

    def show(self, picture: Picture, repeat: int = 1, changed: Spans | None = None) -> None:
        """Compare a picture that stands for ``repeat`` frames wherever one of them is to be looked at."""
        luma = None
        for _ in range(repeat):
            frame = self._next()
            if self.number % self.every == 0:
                if luma is None:
                    luma = picture[..., :3].astype(np.float32) @ self._weights + np.float32(16)
                self._found[self.number] = _decibels(luma, frame)
            self.number += 1

    def skip(self) -> None:
        """Let a frame pass that was not drawn."""
        self._next()
        self.number += 1

    def verdict(self) -> Verdict:
        """What was found; :class:`Unlike` when the video goes on after the lesson has ended."""
        if next(self._shown, None) is not None:
            raise Unlike(f"the video goes on after the {self.number} frames of the lesson")
        worst = min(self._found, key=self._found.__getitem__)
        mean = sum(self._found.values()) / len(self._found)
        return Verdict(self.number, len(self._found), mean, self._found[worst], worst)

    def _next(self) -> av.VideoFrame:
        frame = next(self._shown, None)
        if frame is None:
            raise Unlike(f"the video ends after {self.number} frames; the lesson goes on")
        return frame


class Sitting(Renderer):
    """An renderer that draws only what is looked at, with manim's own camera where that is asked for."""

    def __init__(self, judge: Judge, camera: type[Camera] | None) -> None:
        super().__init__(judge)
        self._judge = judge
        if camera is not None:
            self.camera = camera()

    def render(self, scene: Scene, time: float, moving_mobjects: Any = None) -> None:
        """One frame of a play."""
        if self._judge.awaits():
            super().render(scene, time, moving_mobjects)
        else:
            self._judge.skip()


def judge(module: str, video: Path, profile: Profile, matrix: str, plain: bool, every: int) -> Verdict:
    """Hold ``video`` against the lesson of ``module``; :class:`Unlike` when it has other frames."""
    with tempfile.TemporaryDirectory() as scratch:
        set_canvas(profile.width, profile.height, profile.fps, Path(scratch))
        sink = Judge(video, matrix, every)
        lesson = lesson_class(module)(renderer=Sitting(sink, Camera if plain else None), voice=SilentPace())
        lesson.setup()
        lesson.construct()
        lesson.tear_down()
    return sink.verdict()


def split(module: str, profile: Profile) -> Split:
    """Draw the lesson of ``module`` chapter by chapter and clock the steps."""
    clock: dict[str, float] = {}
    steps = {
        "compare": (Canvas, "first_change"),
        "convert": (Canvas, "take"),
        "encode": (SegmentWriter, "_encode"),
        "write": (SegmentWriter, "show"),
        "end": (SegmentWriter, "close"),
    }
    for name, (owner, method) in steps.items():
        setattr(owner, method, _clocked(getattr(owner, method), clock, name))
    frames = distinct = 0
    with tempfile.TemporaryDirectory() as scratch:
        set_canvas(profile.width, profile.height, profile.fps, Path(scratch))
        chapters = lesson_class(module).claims()
        began = time.process_time()
        for chapter in chapters:
            writer = SegmentWriter(Path(scratch) / f"{chapter}.h264", profile)
            perform(module, writer, voice=SilentPace(), only=chapter)
            segment = writer.close()
            frames, distinct = frames + segment.frames, distinct + segment.distinct_frames
        seconds = time.process_time() - began
    draw = seconds - clock["write"] - clock["end"]
    return Split(frames, distinct, seconds, draw, clock["compare"], clock["convert"], clock["encode"])


def _clocked(
    step: Callable[Arguments, Result], clock: dict[str, float], name: str
) -> Callable[Arguments, Result]:
    """``step``, adding its CPU seconds to ``clock``."""
    clock[name] = 0.0

    @functools.wraps(step)
    def clocked(*args: Arguments.args, **options: Arguments.kwargs) -> Result:
        began = time.process_time()
        try:
            return step(*args, **options)
        finally:
            clock[name] += time.process_time() - began

    return clocked


def _frames(video: Path) -> Iterator[av.VideoFrame]:
    with av.open(video) as container:
        yield from container.decode(container.streams.video[0])


def _decibels(luma: NDArray[np.float32], frame: av.VideoFrame) -> float:
    """PSNR of a decoded frame's luma against ``luma``, both in limited range."""
    plane = frame.planes[0]
    lines = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    difference = luma - lines[: plane.height, : plane.width]
    error = float(np.vdot(difference, difference)) / difference.size
    return float(10 * np.log10(255**2 / max(error, 1e-10)))


def main(arguments: Sequence[str] | None = None) -> int:
    """Judge a video, or clock the steps; 1 when the video has other frames than the lesson draws."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("module")
    parser.add_argument("video", type=Path, nargs="?")
    parser.add_argument("--width", type=int, required=True)
    parser.add_argument("--height", type=int, required=True)
    parser.add_argument("--fps", type=int, default=60)
    parser.add_argument("--qp", type=int, default=26)
    parser.add_argument("--matrix", choices=sorted(LUMA), default="bt709")
    parser.add_argument("--camera", choices=("ours", "manim"), default="ours")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.fps % TICKS_PER_SECOND:
        parser.error(f"--fps {options.fps}: expected a multiple of {TICKS_PER_SECOND}")
    profile = Profile("bench", options.width, options.height, options.fps, options.qp)
    try:
        if options.video:
            plain = options.camera == "manim"
            found: Verdict | Split = judge(
                options.module, options.video, profile, options.matrix, plain, options.every
            )
        else:
            found = split(options.module, profile)
    except Unlike as unlike:
        parser.exit(1, f"{options.video}: {unlike}\n")
    print(json.dumps(asdict(found)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
