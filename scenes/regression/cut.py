"""The decision boundary, the threshold, and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, RIGHT, UP, FadeIn, FadeOut, ManimColor, VGroup
from numpy.typing import NDArray

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.dot import Shape
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.shot import bare, chart
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.regression import least_squares, penalty, tumours
from scenes.regression.bend import RADII, THICK, bend_end
from scenes.regression.stage import (
    BIG,
    DATA,
    ERROR,
    FENCE,
    FINE,
    GOAL,
    MODEL,
    WRONG,
    Look,
    RegressionStage,
    lay,
    maths,
)
from scenes.regression.tray import ErrorSquares

CONCAVE: Final = (-0.004, 0.205)
"""Shares of concave points that are shown."""
HEIGHT: Final = 4.8
"""Scene units between the probabilities zero and one, as the S is seen."""
SIDE: Final[Look] = {"tilt": 90 * DEGREES, "turn": 0.0, "lift": 1.0, "zoom": 1.0}
"""The S as it was drawn."""
ASLANT: Final[Look] = {"tilt": 58 * DEGREES, "turn": 32 * DEGREES, "lift": 0.7, "zoom": 0.86}
"""The ramp."""
MAP: Final[Look] = {"tilt": 0.0, "turn": 0.0, "zoom": 1.0}
SPOT: Final = 0.055
LOWER: Final = 0.3
"""The threshold that is slid to."""


def score(x: Floats) -> Floats:
    """The linear score (...) of radii and concave points (..., 2)."""
    b = tumours.by_both()
    return np.asarray(b[0] + x @ b[1:])


class Cut(RegressionStage):
    """The decision boundary, the threshold, and the end of the lesson."""

    @chapter("The boundary is a straight cut", "decision boundary of logistic regression", goes_on=True)
    def the_boundary_is_a_straight_cut(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.open_the_plane()
        self.rise_to_a_map()
        self.slide_the_threshold()
        self.score_unseen()
        self.end()

    def open_the_plane(self) -> None:
        """A second feature opens depth behind the S, which becomes a ramp."""
        flat = bend_end()
        self.add(flat.parts)
        table = tumours.tumours()
        self.ground = ground = chart(
            shot.safe(titled=False),
            RADII,
            CONCAVE,
            x_label="mean radius of the nuclei",
            y_label="share of concave points",
            x_ticks=(10, 15, 20, 25),
            y_ticks=(0, 0.1, 0.2),
        )
        self.space = space = Space(ground, (0.0, 1.0), height=HEIGHT)
        space.carry(ground)
        space.look(**SIDE)
        ill = table.malignant == 1
        marks: list[tuple[NDArray[np.bool_], ManimColor, Shape]] = [
            (~ill, FINE, "disc"),
            (ill, WRONG, "diamond"),
        ]
        self.tumour_dots = dots = VGroup(
            *(
                space.dots(np.column_stack([table.both[which], table.malignant[which]]), color, shape, SPOT)
                for which, color, shape in marks
            )
        )
        self.ramp = ramp = space.surface(
            lambda x, y: tumours.sigmoid(score(np.stack([x, y], axis=-1))), MODEL, 0.16
        )
        with self.beat(
            "One feature gave an S. A second one opens the plane: how many points are concave."
        ) as beat:
            beat.over(flat.curve.animate.set_stroke(width=2 * LINE), until="A second")
            self.play(FadeOut(flat.parts), FadeIn(dots), run_time=pace.BRISK)
            beat.over(space.turning(**ASLANT), least=pace.LONG)
        with self.beat("The same linear score, bent by the same sigmoid: the S becomes a ramp.") as beat:
            self.add(ramp)
            beat.over(appear(ramp), least=pace.SLOW)

    def rise_to_a_map(self) -> None:
        """The camera rises; where p is one half there is a straight line."""
        space, ground = self.space, self.ground
        b = tumours.by_both()
        ys = np.linspace(*CONCAVE, 60)
        xs = (-b[0] - b[2] * ys) / b[1]
        inside = (xs > RADII[0]) & (xs < RADII[1])
        half = space.curve(np.column_stack([xs, ys, np.full(len(xs), 0.5)])[inside], ink.chalk, THICK)
        with self.beat("Where p is one half, the linear score is zero. That is a straight line.") as beat:
            self.play(FadeIn(half), run_time=pace.BRISK)
            beat.over(space.turning(**MAP), until="straight", least=pace.LONG)
            beat.over(FadeOut(self.ramp), FadeIn(ground))
        self.boundary = line = ground.line(b[1:], float(b[0]), 0.0, ink.chalk, THICK)
        law = maths("{{ b_0 + b_1 x_1 + b_2 x_2 : score }} = 0", BIG)
        rule = Tag(law.move_to(ground.at(12.4, 0.152)), 1.0)
        term = Tag(words.headline("decision boundary", size=ink.POINT).next_to(rule, UP, buff=0.35), 1.0)
        with self.beat(
            "The decision boundary: on it, both classes are equally probable.", pause=pace.CALM
        ) as beat:
            self.add(line)
            self.remove(half)
            self.play(FadeIn(term), run_time=pace.BRISK)
            beat.over(FadeIn(rule))
        self.leave(rule, term)

    def slide_the_threshold(self) -> None:
        """A lower threshold slides the cut; fewer malignant ones are missed, more benign ones called malignant."""
        ground, line = self.ground, self.boundary
        b = tumours.by_both()
        threshold = Value(0.5)

        def slide(t: float) -> StraightLine:
            return line.redraw(b[1:], float(b[0]), float(tumours.log_odds(t)))

        threshold.draws(slide, line)
        rows = VGroup(
            Readout(threshold, 2, label="fitted tumours, threshold", size=46.0),
            Readout(
                threshold.of(lambda t: tumours.counts(t)[0]),
                0,
                label="malignant, missed",
                color=WRONG,
                size=46.0,
            ),
            Readout(
                threshold.of(lambda t: tumours.counts(t)[1]),
                0,
                label="benign, alarmed",
                color=FINE,
                size=46.0,
            ),
        ).arrange(DOWN, buff=0.32, aligned_edge=RIGHT)
        rows.move_to(ground.at(12.2, 0.168))
        with self.beat("The threshold is the probability from which we call a tumour malignant.") as beat:
            beat.over(FadeIn(rows[0]), until="call")
            beat.over(FadeIn(*rows[1:]))
        with self.beat(
            "Lower it: of the fitted tumours, ten fewer malignant ones are missed, nine more benign ones alarmed."
        ) as beat:
            beat.over(threshold.to(LOWER), until="fewer", least=pace.LONG)
            beat.over(words.light(rows[1], ink.chalk), until="more")
            beat.over(words.light(rows[2], ink.chalk))
        with self.beat(
            "So lower it where a miss costs more. Where classes curve, add features, or take another model."
        ) as beat:
            beat.over(threshold.to(0.1), until="Where classes", least=pace.SLOW)
            beat.over(threshold.to(0.5), least=pace.SLOW)
        self.leave(rows, line, self.tumour_dots, ground)

    def score_unseen(self) -> None:
        """Accuracy on unseen tumours, with its baseline."""
        self.shot(shot.headline())
        shares = [
            tumours.guess()[0],
            tumours.unseen(both=True).mean(axis=0)[0],
        ]
        place = shot.safe(titled=False).rows(1, 6, gap=0.2)
        bars = BarChart(
            ["always benign", "logistic regression, threshold 0.5"],
            [0.0, 0.0],
            (0, 104),
            place[1].width,
            place[1].height,
            upright=True,
            colors=[ink.faint, MODEL],
            decimals=0,
        )
        place[1].put(bars)
        head = place[0].put(words.headline("accuracy on unseen tumours (%)", size=ink.POINT))
        with self.beat("On unseen tumours it is right for 92 percent. Always benign: 63.") as beat:
            self.play(FadeIn(bars, head), run_time=pace.QUICK)
            beat.over(bars.change([0.0, *(100 * np.array(shares[1:]))]), until="Always")
            beat.over(bars.change(100 * np.array(shares)))
        self.leave(bars, head)

    def end(self) -> None:
        """Least squares between its fence and its S."""
        self.shot(shot.wide())
        whole = shot.safe(titled=False)
        left, middle, right = whole.columns(1, 2.2, 1, gap=0.3)
        points = self.twelve.points
        high, wide, _low = middle.rows(1.0, 4.95, 1.25, gap=0.05)
        plane = wide.plane((4.3, 16.2), (2.4, 10.8), equal=True, x_ticks=[], y_ticks=[], numbers=False)
        x, y = points.T
        flat = least_squares.flat(y)
        squares = ErrorSquares(plane, x, y, flat)
        bar = lay(plane.segment((0, 0), (0, 0), MODEL, 1.3 * THICK), flat, (4.3, 16.2))
        dots = plane.dots(points, DATA, radius=0.13)
        law = high.put(maths("b = (X^T X)^(-1) X^T y", BIG), DOWN)

        def turn(b: Floats) -> tuple[StraightLine, ErrorSquares]:
            return lay(bar, b, (4.3, 16.2)), squares.redraw(b)  # type: ignore[return-value]

        names = [
            place.put(words.headline(text, color, 42.0), DOWN)
            for place, text, color in (
                (left, "ridge,\nlasso", FENCE),
                (middle, "residuals, RSS,\nnormal equations, $R^2$", ERROR),
                (right, "log-odds,\nlog loss", MODEL),
            )
        ]
        fence, sigma = self.fence_picture(left), self.s_picture(right)
        with self.beat(
            "So, which line should you draw? The one with the smallest sum of squared residuals."
        ) as beat:
            self.play(FadeIn(squares, bar, dots), run_time=pace.BRISK)
            beat.over(glide(turn, flat, self.best, bar, squares), until="squared", least=pace.LONG)
            beat.over(FadeIn(names[1], law))
        with self.beat("A penalty steadies its weights.") as beat:
            beat.over(FadeIn(fence, names[0]))
        with self.beat("And the sigmoid makes a probability of its score.", pause=pace.SLOW) as beat:
            beat.over(FadeIn(sigma, names[2]))

    def fence_picture(self, place: shot.Region) -> VGroup:
        """The diamond, a contour, and the corner where they touch."""
        region = place.rows(0.6, 6, 1.3, gap=0.1)[1]
        plane = bare(region)
        unit = region.width / 5.4
        middle = region.middle[:2] + np.array([-0.75 * unit, -0.3 * unit])
        least, corner = np.array(penalty.BY_HAND), penalty.lasso_by_hand(2.0)
        far = float(np.linalg.norm(corner - least))
        return VGroup(
            plane.ball(middle, unit * float(np.abs(corner).sum()), 1.0, FENCE, THICK, 0.22),
            *(
                plane.circle(middle + unit * least, unit * share * far, ERROR, LINE)
                for share in (0.35, 0.7, 1.0)
            ),
            plane.dots([middle + unit * least], MODEL, radius=0.13),
            plane.dots([middle + unit * corner], GOAL, radius=0.16),
        )

    def s_picture(self, place: shot.Region) -> VGroup:
        """The S between both classes."""
        region = place.rows(0.6, 6, 1.3, gap=0.1)[1]
        plane = region.plane(RADII, (-0.15, 1.15), x_ticks=[], y_ticks=[], numbers=False)
        table = tumours.tumours()
        xs = np.linspace(*RADII, 120)
        ill = table.malignant == 1
        rng = np.random.default_rng(0)
        points = np.column_stack([table.radius, table.malignant + rng.uniform(-0.05, 0.05, len(ill))])
        return VGroup(
            plane.cloud(points[~ill], FINE, 0.05, 0.7),
            plane.cloud(points[ill], WRONG, 0.05, 0.7),
            plane.curve(xs, tumours.probability(xs), MODEL, 1.3 * THICK),
        )
