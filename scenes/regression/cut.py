"""The decision boundary, the threshold, and the end of the lesson."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, RIGHT, UP, FadeIn, FadeOut, ManimColor, Mobject, VGroup
from numpy.typing import NDArray

from scenes.kit import ink, pace, shot, words
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
from scenes.regression.squares import GUESSES
from scenes.regression.stage import (
    BIG,
    DATA,
    ERROR,
    FENCE,
    FINE,
    GOAL,
    MODEL,
    TWELVE_ACROSS,
    TWELVE_LINE,
    TWELVE_TRAY,
    TWELVE_UP,
    WRONG,
    Look,
    RegressionStage,
    lay,
    maths,
)
from scenes.regression.tray import ErrorSquares, Tray

CONCAVE: Final = (-0.004, 0.205)
"""Shares of concave points that are shown."""
HEIGHT: Final = 4.8
"""Scene units between the probabilities zero and one, as the S is seen."""
SIDE: Final[Look] = {"tilt": 90 * DEGREES, "turn": 0.0, "lift": 1.0, "zoom": 1.0}
"""The S as it was drawn."""
ASLANT: Final[Look] = {"tilt": 58 * DEGREES, "turn": 32 * DEGREES, "lift": 0.7, "zoom": 0.8}
"""The ramp."""
MAP: Final[Look] = {"tilt": 0.0, "turn": 0.0, "zoom": 1.0}
GAP: Final = 1.3
"""Scene units between the three pictures of the end, so that the camera sees one at a time."""
SPOT: Final = 0.055
USED: Final[tuple[tumours.Used, ...]] = ("radius", "concave", "both")
"""Features by which unseen tumours are told apart."""
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
            y_label="concave points of the outline",
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
            "A second feature opens the plane: concave points, dents in the outline of nuclei."
        ) as beat:
            beat.over(flat.curve.animate.set_stroke(width=2 * LINE), until="opens")
            self.play(FadeOut(flat.parts), FadeIn(dots), run_time=pace.BRISK)
            beat.over(space.turning(**ASLANT), least=pace.LONG)
            self.space_names = self.name_axes()
            self.floor = space.floor()
            self.play(FadeIn(self.space_names, self.floor), run_time=pace.QUICK)
        with self.beat("The same linear score, bent by the same sigmoid: the S becomes a ramp.") as beat:
            self.add(ramp)
            beat.over(appear(ramp), least=pace.SLOW)

    def name_axes(self) -> VGroup:
        """The floor under the ramp, and names beside its edges, as it is seen aslant."""
        region = shot.safe(titled=False)
        places = (
            ("radius", ((RADII[0] + RADII[1]) / 2, CONCAVE[0], 0.0), (0.95, -0.6, 0.0)),
            ("concave\npoints", (RADII[1], sum(CONCAVE) / 2, 0.0), (1.3, 0.3, 0.0)),
        )
        names = VGroup(
            *(
                words.headline(text, ink.quiet, 44.0).move_to(self.space.at([place])[0] + np.asarray(offset))
                for text, place, offset in places
            )
        )
        for name in names:
            over = max(float(name.get_right()[0]) - region.right, 0.0)
            name.shift(np.array([-over, max(region.bottom - float(name.get_bottom()[1]), 0.0), 0.0]))
        return names

    def rise_to_a_map(self) -> None:
        """The camera rises; where p is one half there is a straight line."""
        space, ground = self.space, self.ground
        b = tumours.by_both()
        ys = np.linspace(*CONCAVE, 60)
        xs = (-b[0] - b[2] * ys) / b[1]
        inside = (xs > RADII[0]) & (xs < RADII[1])
        half = space.curve(np.column_stack([xs, ys, np.full(len(xs), 0.5)])[inside], ink.chalk, THICK)
        with self.beat("Where p is one half, the linear score is zero. That is a straight line.") as beat:
            self.play(FadeIn(half), FadeOut(self.space_names, self.floor), run_time=pace.BRISK)
            beat.over(space.turning(**MAP), until="straight", least=pace.LONG)
            beat.over(FadeOut(self.ramp), FadeIn(ground))
        self.boundary = line = ground.line(b[1:], float(b[0]), 0.0, ink.chalk, THICK)
        law = maths("{{ b_0 + b_1 x_1 + b_2 x_2 : score }} = 0", BIG)
        rule = Tag(law.move_to(ground.at(12.6, 0.147)), 1.0)
        term = Tag(words.headline("decision boundary", size=ink.POINT).next_to(rule, UP, buff=0.35), 1.0)
        with self.beat("The decision boundary: on it, both classes are equally probable.") as beat:
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
            Readout(threshold, 2, label="threshold", size=ink.POINT),
            Readout(
                threshold.of(lambda t: tumours.counts(t)[0]),
                0,
                label="missed",
                color=WRONG,
                size=ink.POINT,
            ),
            Readout(
                threshold.of(lambda t: tumours.counts(t)[1]),
                0,
                label="false alarms",
                color=FINE,
                size=ink.POINT,
            ),
        ).arrange(DOWN, buff=0.32, aligned_edge=RIGHT)
        rows.move_to(ground.at(RADII[1] - 0.3, 0.036), aligned_edge=RIGHT)
        with self.beat("The threshold is the probability from which we call a tumour malignant.") as beat:
            beat.over(FadeIn(rows[0]), until="call")
            beat.over(FadeIn(*rows[1:]))
        with self.beat(
            "Lower it: of the fitted tumours, fewer malignant ones are missed, more benign ones are false alarms."
        ) as beat:
            beat.over(threshold.to(LOWER), until="fewer", least=pace.LONG)
            beat.over(words.light(rows[1], ink.chalk), until="more benign")
            beat.over(words.light(rows[2], ink.chalk))
        with self.beat("So lower it where a miss costs more.") as beat:
            beat.over(threshold.to(0.1), least=pace.SLOW)
        self.leave(rows, line, self.tumour_dots, ground)

    def score_unseen(self) -> None:
        """Of a hundred unseen tumours, how many are called right: by guess, one feature and two."""
        self.shot(shot.gallery(1, 4, titled=False))
        region = shot.safe(titled=False)
        head, body = region.rows(1, 7, gap=0.2)
        shares = [
            tumours.guess()[0],
            *(tumours.unseen(which).mean(axis=0)[0] for which in USED),
        ]
        texts = ("always\nbenign", "radius\nalone", "dents\nalone", "both")
        title = head.put(words.headline("right, of 100 unseen tumours (cross-validation)", size=46.0))
        right, wrong, numbers, names = [], [], [], []
        for place, share, text in zip(body.columns(1, 1, 1, 1, gap=0.6), shares, texts, strict=True):
            grid, low = place.rows(3.2, 1.15, gap=0.15)
            side = min(grid.width, grid.height)
            plane = bare(grid)
            spots = (
                grid.middle[:2]
                + side * np.array([((k % 10) / 9 - 0.5, 0.5 - (k // 10) / 9) for k in range(100)]) * 0.92
            )
            count = round(100 * share)
            right.append(plane.dots(spots[:count], ink.chalk, radius=0.095))
            wrong.append(plane.dots(spots[count:], WRONG, "cross", radius=0.105))
            number = words.headline(f"{count}", MODEL, ink.HEADLINE)
            names.append(words.headline(text, ink.chalk, 46.0))
            pair = VGroup(number, names[-1]).arrange(RIGHT, buff=0.3)
            low.put(pair)
            numbers.append(number)
        with self.beat("On unseen tumours, always calling benign is right for 63 percent.") as beat:
            self.play(FadeIn(title, *names), run_time=pace.QUICK)
            beat.over(FadeIn(right[0]), until="right", least=pace.CALM)
            beat.over(FadeIn(wrong[0], numbers[0]))
        with self.beat("The radius alone reaches 88, the dents alone 91. Both add little.") as beat:
            beat.over(
                FadeIn(right[1]),
                FadeIn(wrong[1], numbers[1]),
                until="the dents",
                least=pace.CALM,
            )
            beat.over(FadeIn(right[2]), FadeIn(wrong[2], numbers[2]), until="Both", least=pace.CALM)
            beat.over(FadeIn(right[3]), FadeIn(wrong[3], numbers[3]), least=pace.BRISK)
        self.leave(title, *right, *wrong, *numbers, *names)

    def end(self) -> None:
        """The lines of the opening once more, judged by the tray; beside it the fence and the S."""
        self.shot(shot.wide())
        whole = shot.safe(titled=False)
        high, wide, low = whole.rows(0.8, 4.6, 1.3, gap=0.1)
        first_column, fence_column, s_column = wide.columns(1.06, 1.25, 1, gap=GAP)
        points = self.twelve.points
        x, y = points.T
        unit = first_column.width / (TWELVE_LINE[1] - TWELVE_LINE[0])
        stretch = unit * (TWELVE_ACROSS[1] - TWELVE_ACROSS[0])
        hero = shot.Region(wide.left, wide.bottom, wide.left + stretch, wide.top)
        plane = hero.plane(TWELVE_ACROSS, TWELVE_UP, equal=True, x_ticks=[], y_ticks=[], numbers=False)
        flat = least_squares.flat(y)
        squares = ErrorSquares(plane, x, y, flat)
        bar = lay(plane.segment((0, 0), (0, 0), MODEL, THICK), flat, TWELVE_LINE)
        dots = plane.dots(points, DATA, radius=0.085)
        floor = TWELVE_UP[0]
        tray = Tray(plane, *TWELVE_TRAY, floor, floor + 8.9, squares.areas())
        left = plane.segment(
            (TWELVE_TRAY[0], tray.level()), (TWELVE_TRAY[1], tray.level()), ink.quiet, LINE, dashed=True
        )
        middle = (TWELVE_TRAY[0] + TWELVE_TRAY[1]) / 2
        told = words.headline("RSS", ERROR, 30.0).move_to(plane.at(middle, floor + 2.2))
        share = words.headline(
            f"$R^2 = {least_squares.r_squared(x, y, self.best):.2f}$", ink.chalk, 27.0
        ).move_to(plane.at(middle, floor + 5.2))

        def turn(b: Floats) -> list[Mobject]:
            return [
                lay(bar, b, TWELVE_LINE),
                squares.redraw(b),
                tray.pour(squares.areas()),
            ]

        fence, sigma = self.fence_picture(fence_column), self.s_picture(s_column)
        texts = (
            ("least squares", "a number: solve,\nor walk down", ERROR),
            ("penalty", "loose weights: ridge\nfew matter: lasso", FENCE),
            ("sigmoid", "a yes or no:\nlog loss", MODEL),
        )
        names = VGroup()
        for column, (head, text, color) in zip((first_column, fence_column, s_column), texts, strict=True):
            for row, said, size in ((high, head, ink.POINT), (low, text, 41.0)):
                shown = words.headline(said, color, size)
                names.add(shown.move_to((float(column.middle[0]), float(row.middle[1]), 0.0)))
        first, other = np.array(GUESSES[1]), np.array(GUESSES[3])
        with self.beat("So, which line should you draw through these points? Let the tray judge.") as beat:
            self.play(
                FadeIn(tray, squares, bar, dots),
                self.frame.to(tray, squares, bar, share=0.9),
                run_time=pace.BRISK,
            )
            beat.over(glide(turn, flat, first, bar, squares, tray), until="Let", least=pace.SLOW)
            beat.over(glide(turn, first, other, bar, squares, tray), least=pace.SLOW)
        with self.beat("The one with the smallest sum of squares, if its residuals have no shape.") as beat:
            beat.over(glide(turn, other, self.best, bar, squares, tray), FadeIn(left), until="if")
            beat.over(FadeIn(told, share))
        with self.beat("Where its weights are loose, a penalty steadies them.") as beat:
            self.play(FadeOut(tray, left, told, share), run_time=pace.QUICK)
            beat.over(self.frame.to(fence, share=0.95), FadeIn(fence), least=pace.CALM)
        with self.beat("And for a yes or no, the sigmoid makes a probability of its score.") as beat:
            beat.over(self.frame.to(sigma, share=0.95), FadeIn(sigma), until="probability", least=pace.CALM)
            beat.over(words.light(sigma[-1], ink.chalk))
        self.play(self.frame.back(), FadeIn(names), run_time=pace.SLOW)
        self.play(*(words.light(each, ink.chalk) for each in names), run_time=pace.SLOW)

    def fence_picture(self, place: shot.Region) -> VGroup:
        """The diamond, a contour, and the corner where they touch."""
        plane = bare(place)
        unit = min(place.width / 6.5, place.height / 4.5)
        middle = place.middle[:2] + np.array([-1.2 * unit, -0.2 * unit])
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
        region = place.rows(1, 2.4, 1, gap=0.1)[1]
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
