"""One journey of the camera, told twice: by the frame of a lesson, and by the camera of manim's MovingCameraScene.

``python scripts/bench.py --parts camera`` renders both.  Both draw the same mobjects of the kit and go to the same
places in the same time: into the picture, along with a dot that moves, and back.
"""

from __future__ import annotations

from typing import cast

import numpy as np
from manim import RIGHT, UP, MoveAlongPath, MovingCamera, MovingCameraScene, VMobject

from scenes.kit import ink, words
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.plane import Plane

INTO, ALONG, BACK = 3.0, 4.0, 3.0
"""Seconds of each part of the journey."""
NEARER = 4.0
"""Enlargement in the middle of it."""


class Picture:
    """A landscape with contours, two hundred dots, a curve, and a dot that walks along it."""

    def __init__(self) -> None:
        rng = np.random.default_rng(0)
        self.plane = Plane((-6, 6), (-3, 3), 13.0, 6.5, x_label="weight", y_label="bias")
        grid = self.plane.mesh(160, 80)
        heights = grid[..., 0] ** 2 / 9 + grid[..., 1] ** 2
        self.contours = self.plane.contour(heights, np.linspace(0.2, 6, 12), ink.faint, 2.0)
        self.dots = self.plane.dots(rng.normal(size=(200, 2)) * (2.2, 1.0), ink.first)
        at = np.linspace(-5, 5, 80)
        self.curve = VMobject(stroke_color=ink.focus, stroke_width=6)
        self.curve.set_points_smoothly([self.plane.at([x, np.sin(x)]) for x in at])
        self.walker = self.plane.dots([(-5, np.sin(-5))], ink.truth, radius=0.16)
        self.name = words.note("the walker").next_to(self.walker, UP + RIGHT, buff=0.1)

    @property
    def everything(self) -> tuple[VMobject, ...]:
        """What is added to the scene, in its order."""
        return self.plane, self.contours, self.dots, self.curve, self.walker, self.name


class Voyage(Lesson):
    """The journey as a lesson tells it."""

    @chapter("A journey")
    def journey(self) -> None:
        picture = Picture()
        self.untitled()
        self.add(*picture.everything)
        with self.beat("Into the picture, along, and back."):
            middle = picture.walker.get_center()
            box = ink.FRAME_WIDTH / NEARER / 2, ink.FRAME_HEIGHT / NEARER / 2
            x, y = ((middle[k] - box[k], middle[k] + box[k]) for k in (0, 1))
            self.play(self.frame.to_region(x, y, run_time=INTO))
            self.play(
                MoveAlongPath(picture.walker, picture.curve, run_time=ALONG),
                self.frame.follow(picture.walker, run_time=ALONG),
            )
            self.play(self.frame.back(run_time=BACK))


class PlainVoyage(MovingCameraScene):
    """The journey as plain manim tells it."""

    def construct(self) -> None:
        """Into the picture, along, and back."""
        picture = Picture()
        camera = cast(MovingCamera, self.camera)
        camera.background_color = ink.ground
        self.add(*picture.everything)
        frame = camera.frame
        frame.save_state()
        self.play(frame.animate.scale(1 / NEARER).move_to(picture.walker), run_time=INTO)
        self.play(
            MoveAlongPath(picture.walker, picture.curve),
            frame.animate.move_to(picture.curve.get_end()),
            run_time=ALONG,
        )
        self.play(frame.animate.restore(), run_time=BACK)
