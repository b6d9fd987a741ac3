"""You stand in fog, and feel nothing but the slope."""

from __future__ import annotations

from manim import DEGREES, FadeIn, linear

from scenes.calculus_optimization.stage import LAMP, TILT, CalculusOptimizationStage
from scenes.kit import pace, shot
from scenes.kit.lesson import chapter
from scenes.maths.calculus_optimization import landscape, optimiser


class Fog(CalculusOptimizationStage):
    """The question, and its answer: gradient descent."""

    @chapter("Step, feel, step again", "gradient descent")
    def step_feel_step_again(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        walk = optimiser.descend(landscape.toy_gradient, landscape.TOY_START, 0.05, 60)
        mountain = self.toy_mountain()
        ground = self.toy_ground(mountain)
        ball = self.ball_on(mountain, walk)
        mountain.look(tilt=TILT, turn=-20 * DEGREES, lift=1.0)
        self.add(ground, ball)
        self.play(self.frame.to(ball.ball, share=0.05), FadeIn(ground), run_time=pace.CALM)
        with self.beat("Fog around you. And here it is again and again, the fog does lift."):
            self.play(self.frame.back())
            self.play(mountain.drive(lambda t: ground.redraw(radius=LAMP + 7.4 * t), run_time=2.4))
            self.play(mountain.turning(tilt=0.0, turn=0.0, lift=0.0), rate_func=linear)
