"""What each play of a lesson costs, by the line of the lesson that plays it."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from manim import Scene

from render.draw.renderer import Renderer, Sink
from render.store.store import Record
from scenes.kit.lesson import Lesson


@dataclass(slots=True)
class Cost:
    """What the plays of one line of a scene have cost."""

    plays: int = 0
    frames: int = 0
    """Pictures that were drawn; one that stands for several frames counts once."""
    cpu: float = 0.0
    """Seconds of processor that drawing and encoding them took."""


class TimedRenderer(Renderer):
    """A renderer that measures the processor time of each play; it draws the very same pictures."""

    def __init__(self, sink: Sink | None = None) -> None:
        super().__init__(sink)
        self._costs: dict[tuple[str, int], Cost] = {}

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """One play or wait, timed."""
        cost = self._costs.setdefault(_place_of(scene), Cost())
        began = time.process_time()
        super().play(scene, *args, **kwargs)
        cost.cpu += time.process_time() - began
        cost.plays += 1
        still = scene.is_current_animation_frozen_frame()
        cost.frames += 1 if still else round(scene.duration * self.camera.frame_rate)

    def slowest(self, count: int) -> list[Record]:
        """The ``count`` lines of the lesson whose plays cost most, dearest first."""
        dearest = sorted(self._costs.items(), key=lambda item: (-item[1].cpu, item[0]))[:count]
        return [
            {"place": f"{file}:{line}", "plays": cost.plays, "frames": cost.frames, "cpu": round(cost.cpu, 3)}
            for (file, line), cost in dearest
        ]


def _place_of(scene: Scene) -> tuple[str, int]:
    """The file and the line of the lesson that play; :class:`TypeError` for a scene that is no lesson."""
    if not isinstance(scene, Lesson):
        raise TypeError(f"{type(scene).__name__} is no lesson: nobody knows where its plays stand")
    return scene.place()
