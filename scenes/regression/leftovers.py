"""Residual plots and heteroscedasticity."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import bare, chart
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.regression import engel, least_squares
from scenes.regression.stage import DATA, ERROR, FINE, MODEL, WRONG, RegressionStage
from scenes.regression.trays import trays_end

INCOMES: Final = (200.0, 5100.0)
"""Incomes (francs) of the chart."""
FOODS: Final = (0.0, 2700.0)
PREDICTIONS: Final = (250.0, 2650.0)
"""Predictions (francs) of the residual plot."""
RESIDUALS: Final = (-820.0, 620.0)
LOG_PREDICTIONS: Final = (5.55, 7.95)
"""Logarithms of predictions of the second residual plot."""
LOG_RESIDUALS: Final = (-0.85, 0.75)
SLOPES: Final = (0.2, 0.76)
"""Slopes that the chart of error bars shows."""
WIDE: Final = 1.96
"""Standard errors on each side in a 95 % interval of a normal estimate."""
THICK: Final = 2.0 * LINE
SHAPE_SEED: Final = 1
SHAPE_POINTS: Final = 70
"""Made-up residuals in each of three plots."""


def log_residual_plane() -> Plane:
    """The chart of residuals against predictions, both of logarithms."""
    return chart(
        shot.safe(titled=False),
        LOG_PREDICTIONS,
        LOG_RESIDUALS,
        x_label="predicted log of food spending",
        y_label="residual of the log",
        x_ticks=(6, 6.5, 7, 7.5),
        y_ticks=(-0.5, 0, 0.5),
    )


def quarters(order: Floats, said: Floats, left: Floats) -> Floats:
    """(4, 3): for each quarter by ``order`` the median prediction, and mean and standard deviation of what is left."""
    part = np.digitize(order, np.quantile(order, (0.25, 0.5, 0.75)))
    return np.array(
        [[np.median(said[part == k]), left[part == k].mean(), left[part == k].std()] for k in range(4)]
    )


class Measured:
    """Mean and standard deviation of the residuals of each quarter, on a residual plot."""

    def __init__(self, plane: Plane, parts: Floats, color: ManimColor, texts: tuple[str, ...]) -> None:
        at, mean, size = parts.T
        low, high = plane.limits[0][1], plane.limits[1][1]
        self.area = plane.area(at, mean - size, mean + size, color, 0.2)
        self.bars = plane.segment(
            np.column_stack([at, mean - size]), np.column_stack([at, mean + size]), color, 3 * LINE
        )
        self.means = plane.dots(np.column_stack([at, mean]), MODEL, "diamond", radius=0.15)
        self.bend = plane.curve(at, mean, MODEL, THICK)
        under = float((mean - size).min()) - 0.1 * (high - low)
        self.names = [
            Tag(words.headline(text, color, ink.POINT)).move_to(plane.at(float(at[row]), under))
            for text, row in zip(texts, (0, -1), strict=True)
        ]

    @property
    def parts(self) -> list[Mobject]:
        """Everything, from behind."""
        return [self.area, self.bars, self.bend, self.means, *self.names]


def logged() -> tuple[Measured, Plane, Floats, Floats]:
    """The families on logarithmic scales: what is measured of them, its plane, predictions and residuals."""
    families = engel.households()
    x, y = np.log(families.income), np.log(families.food)
    said = least_squares.predicted(x, least_squares.fit(x, y))
    log, parts = log_residual_plane(), quarters(x, said, y - said)
    texts = f"±{parts[0, 2]:.2f}", f"±{parts[-1, 2]:.2f}"
    return Measured(log, parts, FINE, texts), log, said, y - said


class ErrorBars:
    """The slope with its usual and its robust error bar, in the empty corner of the survey's ``plane``.

    ``fits`` are those of all families and without the far one, ``sizes`` (2, 2) their standard errors.
    """

    def __init__(self, plane: Plane, fits: list[Floats], sizes: Floats) -> None:
        (left, low), (right, high) = plane.at(2900, 330)[:2], plane.at(5050, 1200)[:2]
        self.plane = shot.Region(left, low, right, high).plane(
            SLOPES, (0.3, 2.7), x_ticks=(0.4, 0.5, 0.6), y_ticks=[]
        )
        self.fits, self.sizes = fits, sizes
        self.without = Value(0.0)
        self.best = self.plane.segment((0, 0), (0, 0), MODEL, LINE)
        colors = (WRONG, FINE)
        self.bars = [self.plane.segment((0, 0), (0, 0), color, 5 * LINE) for color in colors]
        self.names = [
            words.headline(text, color, 44.0).move_to(self.plane.at(SLOPES[0], row), aligned_edge=LEFT)
            for text, color, row in zip(("usual", "robust"), colors, (2, 1), strict=True)
        ]
        self.times = Readout(self.without.of(self.factor), 1, label="×", color=FINE, size=ink.POINT)
        self.times.move_to(self.plane.at(SLOPES[1], 1), aligned_edge=RIGHT)
        self.slope = Readout(self.without.of(self.tilt), 2, label="slope", color=MODEL, size=ink.POINT)
        self.slope.next_to(self.plane.at(sum(SLOPES) / 2, 2.7), UP, buff=0.1)
        self.moved: list[Mobject] = [self.best, *self.bars]
        self.stand(0.0)

    def factor(self, share: float) -> float:
        """Robust over usual standard error."""
        usual, robust = blend(self.sizes[0], self.sizes[1], share)
        return float(robust / usual)

    def tilt(self, share: float) -> float:
        """The slope."""
        return float(blend(self.fits[0], self.fits[1], share)[1])

    def stand(self, share: float) -> list[Mobject]:
        """Bars of 95 percent around the slope, as a ``share`` of the far family has left."""
        slope = self.tilt(share)
        self.best.redraw((slope, 0.3), (slope, 2.7))
        for row, bar, size in zip((2, 1), self.bars, blend(self.sizes[0], self.sizes[1], share), strict=True):
            bar.redraw((slope - WIDE * size, row), (slope + WIDE * size, row))
        return self.moved

    @property
    def parts(self) -> list[Mobject]:
        """Everything, from behind."""
        return [self.plane, self.best, *self.bars, *self.names, self.times, self.slope]


class Leftovers(RegressionStage):
    """Residual plots and heteroscedasticity."""

    @chapter("Leftovers should have no shape", "residuals and what their plot tells", goes_on=True)
    def leftovers_should_have_no_shape(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.all_ = engel.households()
        self.survey_line = least_squares.fit(self.all_.income, self.all_.food)
        self.survey_said = least_squares.predicted(self.all_.income, self.survey_line)
        self.residuals = self.all_.food - self.survey_said
        self.tip_the_line()
        self.look_for_shapes()
        self.measure_the_fan()
        self.name_the_far_family()
        self.take_logarithms()

    def tip_the_line(self) -> None:
        """All households with their line, which tips to the horizon."""
        before = trays_end()
        self.add(*before)
        room = shot.safe(titled=False)
        self.canvas = bare(shot.EDGES)
        self.survey_plane = plane = chart(
            room,
            INCOMES,
            FOODS,
            x_label="income (francs)",
            y_label="spent on food (francs)",
            x_ticks=(1000, 2000, 3000, 4000, 5000),
            y_ticks=(1000, 2000),
        )
        self.residual_plane = flat = chart(
            room,
            PREDICTIONS,
            RESIDUALS,
            x_label="predicted food spending (francs)",
            y_label="residual (francs)",
            x_ticks=(500, 1000, 1500, 2000, 2500),
            y_ticks=(-500, 0, 500),
        )
        start = self.canvas.inverse(plane.at(self.all_.points))
        end = self.canvas.inverse(flat.at(np.column_stack([self.survey_said, self.residuals])))
        self.residual_cloud = cloud = self.canvas.cloud(start, DATA, radius=0.075)
        ends = np.array(INCOMES)
        begin = self.canvas.inverse(
            plane.at(np.column_stack([ends, least_squares.predicted(ends, self.survey_line)]))
        )
        stop = self.canvas.inverse(flat.at(np.array([[PREDICTIONS[0], 0.0], [PREDICTIONS[1], 0.0]])))
        self.line = line = self.canvas.segment(begin[0], begin[1], MODEL, THICK)
        with self.beat(
            "R squared does not tell whether a line is right. Take all families, and look at the residuals."
        ) as beat:
            beat.over(FadeOut(*before), FadeIn(plane, cloud), until="families")
            beat.over(Create(line), until="look")
            stems = self.canvas.segment(
                start,
                self.canvas.inverse(plane.at(np.column_stack([self.all_.income, self.survey_said]))),
                ERROR,
                LINE / 2,
            )
            beat.over(FadeIn(stems))
        term = words.headline("residual plot", size=1.2 * ink.POINT)
        shot.safe(titled=False).put(term, UP + RIGHT)
        with self.beat(
            "Tip the line to the horizon. A residual plot shows residuals against predictions."
        ) as beat:
            self.play(FadeOut(stems, plane), run_time=pace.QUICK)
            beat.over(
                glide(cloud.redraw, start, end),
                glide(line.redraw, (begin[0], begin[1]), (stop[0], stop[1])),
                until="residuals",
                least=pace.LONG,
            )
            beat.over(FadeIn(flat, term))
        self.term = term
        with self.beat("Is anything left in it?") as beat:
            beat.rest()
        self.think()

    def look_for_shapes(self) -> None:
        """What a band, a curve and a fan would say: three made-up residual plots side by side."""
        rng = np.random.default_rng(SHAPE_SEED)
        across = rng.uniform(0.05, 0.95, (3, SHAPE_POINTS))
        noise = np.clip(rng.normal(size=(3, SHAPE_POINTS)), -2.2, 2.2)
        ups = (
            0.28 * noise[0],
            4.2 * ((across[1] - 0.5) ** 2 - 0.07) + 0.13 * noise[1],
            (0.04 + 0.42 * across[2]) * noise[2],
        )
        panels, names = [], []
        for place, x, y, text in zip(
            shot.safe(titled=False).columns(1, 1, 1, gap=0.4),
            across,
            ups,
            ("band: fine", "curve:\nnot linear", "fan:\nunequal spread"),
            strict=True,
        ):
            head, field = place.rows(1, 3.6, gap=0.1)
            plane = field.plane((0, 1), (-1.15, 1.15), x_ticks=[], y_ticks=[], numbers=False)
            zero = plane.segment((0, 0), (1, 0), MODEL, THICK)
            panels.append(VGroup(plane, zero, plane.cloud(np.column_stack([x, y]), DATA, radius=0.07)))
            names.append(head.put(words.headline(text, size=ink.POINT)))
        drawn = [self.residual_cloud, self.line, self.residual_plane, self.term]
        with self.beat(
            "Made-up plots first. A band is fine. A curve: not linear, so add x squared. A fan: unequal spread."
        ) as beat:
            beat.over(FadeOut(*drawn), FadeIn(panels[0]), until="band")
            beat.over(FadeIn(names[0]), until="curve")
            beat.over(FadeIn(panels[1], names[1]), until="fan")
            beat.over(FadeIn(panels[2], names[2]))
        self.play(FadeOut(*panels, *names), FadeIn(*drawn), run_time=pace.CALM)

    def measure_the_fan(self) -> None:
        """Mean and standard deviation of each quarter of the families."""
        flat = self.residual_plane
        parts = quarters(self.all_.income, self.survey_said, self.residuals)
        measured = Measured(flat, parts, ERROR, tuple(f"±{size:.0f}" for size in parts[[0, -1], 2]))
        term = words.headline("heteroscedasticity", ERROR, size=1.2 * ink.POINT)
        shot.safe(titled=False).put(term, UP + RIGHT)
        axes = VGroup(flat.numbers, flat.names)
        low, high = (
            Tag(words.headline(f"{value:+.0f}".replace("-", "−"), MODEL, ink.POINT)).move_to(
                flat.at(at, value + lift)
            )
            for at, value, lift in zip(parts[[0, -1], 0], parts[[0, -1], 1], (190.0, 330.0), strict=True)
        )
        with self.beat("Ours is both. The quarters' means rise, the far end falls: a curve.") as beat:
            self.play(FadeOut(axes, self.term), run_time=pace.QUICK)
            beat.over(
                FadeIn(measured.means, scale=2),
                self.frame.to(measured.area, *measured.names, high, share=0.95),
                until="rise",
                least=pace.SLOW,
            )
            beat.over(FadeIn(low), Create(measured.bend), until="far")
            beat.over(FadeIn(high))
        with self.beat("The spread grows from 44 francs to 190, a fan: heteroscedasticity.") as beat:
            self.play(FadeOut(low, high), run_time=pace.QUICK)
            beat.over(FadeIn(measured.area), Create(measured.bars), until="44")
            beat.over(FadeIn(measured.names[0]), until="190")
            beat.over(FadeIn(measured.names[1]), until="heteroscedasticity")
            beat.over(self.frame.back(), FadeIn(term))
        self.play(FadeIn(axes), run_time=pace.QUICK)
        self.measured = [*measured.parts, term]

    def name_the_far_family(self) -> None:
        """Back over the incomes: one family far out pulls the line, and half of the error bar is its doing."""
        x, y = self.all_.income, self.all_.food
        plane, near = self.survey_plane, self.all_.income < x.max()
        start = self.canvas.inverse(
            self.residual_plane.at(np.column_stack([self.survey_said, self.residuals]))
        )
        points = self.canvas.inverse(plane.at(self.all_.points))
        ends = np.array(INCOMES)
        fits = [self.survey_line, least_squares.fit(x[near], y[near])]
        sizes = np.array(
            [
                [least_squares.usual_error(*rows), least_squares.robust_error(*rows)]
                for rows in ((x, y), (x[near], y[near]))
            ]
        )
        cloud, line = self.residual_cloud, self.line

        def laid(b: Floats) -> Floats:
            return np.asarray(
                self.canvas.inverse(plane.at(np.column_stack([ends, least_squares.predicted(ends, b)])))
            )

        horizon = self.canvas.inverse(
            self.residual_plane.at(np.array([[PREDICTIONS[0], 0.0], [PREDICTIONS[1], 0.0]]))
        )
        tilted = laid(fits[0])
        far = self.canvas.dots([points[int(x.argmax())]], WRONG, radius=0.16)
        ring = self.canvas.dots([points[int(x.argmax())]], WRONG, "ring", radius=0.34)
        named = Tag(words.headline("leverage", WRONG, ink.POINT)).next_to(ring, DOWN, buff=0.12)
        with self.beat("One rich family lies far out. It has leverage: it pulls the line.") as beat:
            self.play(FadeOut(*self.measured, self.residual_plane), run_time=pace.QUICK)
            beat.over(
                glide(cloud.redraw, start, points),
                glide(line.redraw, (horizon[0], horizon[1]), (tilted[0], tilted[1])),
                until="family",
                least=pace.SLOW,
            )
            self.play(FadeIn(plane, far), run_time=pace.QUICK)
            beat.over(FadeIn(ring, scale=2), until="It has")
            beat.over(FadeIn(named))
        inset = ErrorBars(plane, fits, sizes)
        with self.beat(
            "The usual error bar of a slope assumes one spread. Robust standard errors do not: here 3.6 times as long."
        ) as beat:
            self.play(FadeOut(named), FadeIn(inset.plane, inset.best, inset.slope), run_time=pace.BRISK)
            beat.over(FadeIn(inset.names[0]), Create(inset.bars[0]), until="Robust")
            beat.over(FadeIn(inset.names[1]), Create(inset.bars[1]), until="3.6")
            beat.over(FadeIn(inset.times), words.light(inset.bars[1], ink.chalk))
        without = inset.without

        def leave(share: float) -> list[Mobject]:
            now = laid(blend(fits[0], fits[1], share))
            return [line.redraw(now[0], now[1]), *inset.stand(share)]

        without.draws(leave, line, *inset.moved)
        with self.beat("Leave that family out: the slope rises, and the factor falls to 2.1.") as beat:
            cloud.redraw(points[near])
            beat.over(FadeOut(far, ring, scale=0.3), until="slope")
            beat.over(without.to(1.0), until="and", least=pace.SLOW)
            beat.over(words.light(inset.times, ink.chalk))
        self.leaving = [plane, *inset.parts]
        self.survey_points = points

    def take_logarithms(self) -> None:
        """Both on a logarithmic scale, the curve is gone and the fan nearly."""
        measured, log, said, left = logged()
        band = self.canvas.inverse(log.at(np.column_stack([said, left])))
        ends = self.canvas.inverse(log.at(np.array([[LOG_PREDICTIONS[0], 0.0], [LOG_PREDICTIONS[1], 0.0]])))
        cloud, line = self.residual_cloud, self.line
        with self.beat("Or take logarithms of both: the curve is gone, the fan nearly.") as beat:
            self.play(FadeOut(*self.leaving, line), run_time=pace.QUICK)
            line.redraw(ends[0], ends[1])
            beat.over(
                glide(cloud.redraw, self.survey_points, band),
                FadeIn(line),
                until="the curve",
                least=pace.SLOW,
            )
            self.play(FadeIn(log, measured.means, measured.bend), run_time=pace.QUICK)
            beat.over(FadeIn(measured.area, *measured.names), Create(measured.bars))
        with self.beat("So look at the residuals before you trust an error bar.") as beat:
            beat.over(words.light(measured.bars, ink.chalk), least=pace.SLOW)
