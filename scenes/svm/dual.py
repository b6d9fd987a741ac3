"""The same optimum from the other side: pushes on the street, hulls and their bridge, and the dual problem."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, FadeOut, Mobject

from scenes.kit import ink, shot, words
from scenes.kit.drive import drive
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.svm.meadow import IRISES, Meadow, grey_flower, swell
from scenes.svm.stage import SvmStage

PUSH: Final = 0.65
"""Centimetres of arrow for an α of 1."""
DUAL: Final = (
    "max_alpha quad {{ sum_i alpha_i : sum }} - 1/2 sum_i sum_j {{ alpha_i alpha_j y_i y_j : pair }} "
    "{{ bold(x)_i dot bold(x)_j : dot }} "
    "\\ {{ alpha_i >= 0 : push }} #h(2em) {{ sum_i alpha_i y_i = 0 : balance }} "
)
MADE: Final = "bold(w) = sum_i alpha_i y_i bold(x)_i"
DECIDES: Final = "{{ f(bold(x)) : f }} = sum_i alpha_i y_i {{ bold(x)_i dot bold(x) : dot }} + b"


class Dual(SvmStage):
    """The same optimum from the other side: pushes on the street, hulls and their bridge, and the dual problem."""

    edition = 2

    @chapter("The same optimum from the other side", "primal and dual in one picture")
    def the_same_optimum_from_the_other_side(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.field = Meadow(self.points, self.sides, self.fit.street, IRISES)
        self.held = self.fit.support_vectors
        self.field.rings.follow(self.field.flowers, self.held)
        self.ask_how_hard()
        self.solve_two_points()
        self.snap_bands()
        self.meet_in_the_middle()
        self.write_the_dual()
        self.decide_by_few()

    def pushes_at(self, alpha: Floats) -> tuple[Floats, Floats]:
        """Tails and tips (n, 2) of arrows as long as ``alpha`` (n,), which end at their flowers."""
        toward = -self.sides[:, None] * self.fit.street.w / np.linalg.norm(self.fit.street.w)
        strong = alpha > 0.02
        tips = self.points[strong]
        return tips - PUSH * (alpha[:, None] * toward)[strong], tips

    def ask_how_hard(self) -> None:
        """The three push on the street."""
        field = self.field
        grey = grey_flower(field.plane, ink.second)
        self.add(field, grey)
        push = field.plane.vector(*self.pushes_at(0 * self.fit.alpha), ink.focus, width=2 * LINE)

        def lean(share: float) -> Mobject:
            return push.redraw(*self.pushes_at(share * self.fit.alpha))

        with self.beat("The three that hold the street push on it. How hard?") as beat:
            self.add(push)
            beat.over(
                "hold",
                FadeOut(grey),
                swell(field, np.isin(np.arange(len(self.points)), self.held)),
                until="push",
            )
            beat.over("push", drive(lean, push))
        name = words.note("[multiplier:focus] $alpha_i$:\nhow hard point $i$ pushes")
        shot.safe(titled=False).put(name, UP + RIGHT)
        with self.beat("Give each point a multiplier alpha: the strength of its push.") as beat:
            beat.over("multiplier", words.write(name), until="the")
            beat.over(drive(lambda t: lean(1 - 0.6 * np.sin(2 * np.pi * t) ** 2), push))
        self.leaving = (name, push)
