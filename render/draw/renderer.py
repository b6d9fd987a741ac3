"""Where a lesson is drawn: manim's Cairo drawing without manim's files, cache and clock.

A :class:`Renderer` is a manim renderer that hands each finished picture, and how often it stands, to a sink.
Nothing is written, hashed or encoded here.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol, cast

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # one job, one core: the pool fills the others

import numpy as np
from manim import Scene, config
from manim.renderer.cairo_renderer import CairoRenderer
from manim.typing import PixelArray
from numpy.typing import NDArray

from render.core.speech import Voice
from render.core.timeline import Beat
from render.draw.camera import Camera
from render.draw.dirty_rows import Spans
from scenes.kit import ink
from scenes.kit.lesson import Lesson

Picture = NDArray[np.uint8]
"""Height × width × 4, red green blue alpha."""


class Sink(Protocol):
    """Something that is given a lesson's pictures, in order: an encoder, the review, a test."""

    def show(self, picture: Picture, repeat: int = 1, changed: Spans | None = None) -> None:
        """Take a picture that stands for ``repeat`` frames.  The array is overwritten after the call.

        Outside of the region ``changed`` it equals the picture before; without ``changed`` it may differ anywhere.
        """


class Renderer(CairoRenderer):
    """Draws a scene's plays into ``sink``; with no sink, plays are skipped to their ends and nothing is drawn."""

    def __init__(self, sink: Sink | None = None) -> None:
        super().__init__(camera_class=Camera, skip_animations=sink is None)
        self.sink = sink

    def init_scene(self, scene: Scene, session_spec: Any, file_writer_settings: Any) -> None:
        """Manim would open its file writer here; there are no files."""

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """One play or wait: its pictures to the sink, its end state to the scene."""
        scene.compile_animation_data(*args, **kwargs)
        scene.begin_animations()
        if self.sink is None:
            if not scene.is_current_animation_frozen_frame():
                scene.play_internal(skip_rendering=True)
        else:
            self.save_static_frame_data(scene, scene.static_mobjects)
            if scene.is_current_animation_frozen_frame():
                self.update_frame(scene, mobjects=scene.moving_mobjects)
                self.add_frame(self.get_frame(), round(scene.duration * self.camera.frame_rate))
            else:
                scene.play_internal()
        self.static_image = None
        self.time += scene.duration
        self.num_plays += 1

    def update_frame(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Draw what the scene's frame shows, as bright as its light is."""
        if isinstance(self.camera, Camera) and isinstance(scene, Lesson):
            self.camera.look(scene.frame.sight, scene.dimming)
        super().update_frame(scene, *args, **kwargs)

    def add_frame(self, frame: PixelArray, num_frames: int = 1) -> None:
        """Hand one picture on."""
        if self.sink is not None:
            changed = self.camera.changed() if isinstance(self.camera, Camera) else None
            self.sink.show(_bytes(frame), num_frames, changed)

    def get_frame(self) -> PixelArray:
        """The picture as it stands, not a copy: a sink that keeps it copies it."""
        return self.camera.pixel_array

    def save_static_frame_data(self, scene: Scene, static_mobjects: Any) -> PixelArray | None:
        """Draw what does not move once for the whole play."""
        self.static_image = None
        if not static_mobjects:
            return None
        self.update_frame(scene, mobjects=static_mobjects)
        self.static_image = self.get_frame().copy()
        return self.static_image

    def still(self, scene: Scene) -> Picture:
        """A copy of the picture that the scene shows now."""
        self.static_image = None
        self.update_frame(scene)
        return _bytes(self.get_frame()).copy()


def _bytes(frame: PixelArray) -> Picture:
    """The same array: manim's type says 64-bit integers, and holds bytes."""
    return cast(Picture, frame)


def set_canvas(width: int, height: int, fps: int, scratch: Path) -> None:
    """Set the size in pixels and the frame rate of this process; they are manim's global settings, so call it once.

    ``scratch`` is a folder for the files that manim may write.
    """
    config.update(
        {
            "pixel_width": width,
            "pixel_height": height,
            "frame_rate": fps,
            "background_color": ink.ground,
            "dry_run": True,
            "disable_caching": True,
            "progress_bar": "none",
            "verbosity": "ERROR",
            "media_dir": str(scratch),
        }
    )


def lesson_class(module: str) -> type[Lesson]:
    """The one :class:`Lesson` that ``module`` (such as ``scenes.svm``) defines; :class:`LookupError` otherwise."""
    found = [
        member
        for member in vars(importlib.import_module(module)).values()
        if isinstance(member, type) and issubclass(member, Lesson) and member.__module__ == module
    ]
    if len(found) != 1:
        path = module.replace(".", "/") + "/__init__.py"
        raise LookupError(f"{path}: expected one Lesson class, found {len(found)}")
    return found[0]


def perform(
    module: str,
    sink: Sink | Renderer | None,
    *,
    voice: Voice,
    only: str | None = None,
    listener: Callable[[Lesson, Beat], None] | None = None,
    opener: Callable[[str], None] | None = None,
) -> Lesson:
    """Run a lesson, or ``only`` one chapter, and hand its pictures to ``sink`` (nothing is drawn where it is None).

    A renderer may be given in its place, which has a sink of its own.  ``listener`` is called at the end of each beat,
    ``opener`` with the name of each chapter before it is begun.
    Returns the lesson, which then knows what was told and when.
    """
    renderer = sink if isinstance(sink, Renderer) else Renderer(sink)
    lesson = lesson_class(module)(renderer=renderer, voice=voice, only=only, listener=listener, opener=opener)
    lesson.setup()
    lesson.construct()
    lesson.tear_down()
    return lesson


def draw_poster(module: str, *, voice: Voice) -> Picture:
    """The lesson's thumbnail at the canvas size set by :func:`set_canvas`."""
    lesson = lesson_class(module)(renderer=Renderer(), voice=voice)
    lesson.set_stage("poster")
    lesson.poster()
    return renderer_of(lesson).still(lesson)


def renderer_of(lesson: Lesson) -> Renderer:
    """The lesson's renderer, which has to be a :class:`Renderer`."""
    if not isinstance(lesson.renderer, Renderer):
        raise TypeError(f"{type(lesson).__name__} is not on a renderer")
    return lesson.renderer
