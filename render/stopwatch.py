"""What each play of a lesson costs, by the line of the scene that plays it."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from manim import Scene

from render.easel import Easel, Sink
from render.store import Record


@dataclass(slots=True)
class Cost:
    """Plays of one line."""

    plays: int = 0
    frames: int = 0
    """Pictures that were handed on, those that stand counted once."""
    cpu: float = 0.0
    """Seconds of processor that drawing and encoding them took."""


class TimedEasel(Easel):
    """An easel that keeps what its plays cost, and draws the very same pictures."""

    def __init__(self, sink: Sink | None = None) -> None:
        super().__init__(sink)
        self._costs: dict[int, Cost] = {}

    def play(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """One play or wait, timed."""
        cost = self._costs.setdefault(_line_of(scene), Cost())
        began = time.process_time()
        super().play(scene, *args, **kwargs)
        cost.cpu += time.process_time() - began
        cost.plays += 1
        still = scene.is_current_animation_frozen_frame()
        cost.frames += 1 if still else round(scene.duration * self.camera.frame_rate)

    def slowest(self, count: int, file: str) -> list[Record]:
        """The ``count`` lines of ``file`` (such as ``scenes/svm.py``) whose plays cost most, dearest first."""
        dearest = sorted(self._costs.items(), key=lambda item: (-item[1].cpu, item[0]))[:count]
        return [
            {"place": f"{file}:{line}", "plays": cost.plays, "frames": cost.frames, "cpu": round(cost.cpu, 3)}
            for line, cost in dearest
        ]


def _line_of(scene: Scene) -> int:
    """The innermost line of the scene's own file that is being run; 0 where there is none."""
    own = Path(sys.modules[type(scene).__module__].__file__ or "")
    frame = sys._getframe()
    while frame.f_back is not None:
        frame = frame.f_back
        if Path(frame.f_code.co_filename) == own:
            return frame.f_lineno
    return 0
