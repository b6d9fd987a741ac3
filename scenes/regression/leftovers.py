"""Residual plots and heteroscedasticity."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.plane import Plane
from scenes.kit.shot import bare, chart
from scenes.kit.tag import Tag
from scenes.maths.regression import engel, least_squares
from scenes.regression.stage import DATA, ERROR, FINE, MODEL, TICK, WRONG, RegressionStage
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
SLOPES: Final = (0.34, 0.64)
"""Slopes that the chart of error bars shows."""
WIDE: Final = 1.96
"""Standard errors on each side in a 95 % interval of a normal estimate."""
REFITS: Final = 400
"""Refits that are drawn."""
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
        self.compare_error_bars()
        self.take_logarithms()

    def tip_the_line(self) -> None:
        """All households with their line, which tips to the horizon."""
        before = trays_end()
        self.add(*before)
        room = shot.safe(titled=False)
        self.canvas = bare(shot.EDGES)
        plane = chart(
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
        """A bracket for each quarter of the families."""
        flat = self.residual_plane
        sizes = least_squares.spreads(self.all_.income, self.residuals)
        part = np.digitize(self.all_.income, np.quantile(self.all_.income, (0.25, 0.5, 0.75)))
        middles = np.array([np.median(self.survey_said[part == number]) for number in range(len(sizes))])
        bars = flat.segment(
            np.column_stack([middles, -sizes]), np.column_stack([middles, sizes]), ERROR, 3 * LINE
        )
        names = [
            Tag(words.headline(f"±{size:.0f}", ERROR, ink.POINT)).move_to(flat.at(at, low))
            for at, size, low in ((middles[0], sizes[0], -330.0), (middles[-1], sizes[-1], -330.0))
        ]
        across = np.linspace(middles[0], middles[-1], 60)
        edge = np.interp(across, middles, sizes)
        fan = flat.area(across, -edge, edge, ERROR, 0.2)
        term = words.headline("heteroscedasticity", ERROR, size=1.2 * ink.POINT)
        shot.safe(titled=False).put(term, UP + RIGHT)
        axes = VGroup(flat.numbers, flat.names)
        with self.beat("Ours is a fan. From poor to rich, the spread grows from 44 francs to 190.") as beat:
            self.play(FadeOut(axes), run_time=pace.QUICK)
            beat.over(
                "fan",
                FadeIn(fan),
                FadeOut(self.term),
                self.frame.to(fan, *names, share=0.92),
                until="spread",
                least=pace.SLOW,
            )
            beat.over(Create(bars), until="44")
            beat.over(FadeIn(names[0]), until="190")
            beat.over(FadeIn(names[1]))
        with self.beat("Heteroscedasticity: the residuals' spread changes with the prediction.") as beat:
            beat.over(self.frame.back(), until="spread", least=pace.SLOW)
            self.play(FadeIn(term, axes), run_time=pace.QUICK)
            beat.over(words.light(bars, ink.chalk))
        self.clear_stage()

    def compare_error_bars(self) -> None:
        """The usual error bar of the slope and the robust one."""
        x, y = self.all_.income, self.all_.food
        refits = least_squares.refitted_slopes(x, y, REFITS)
        plane = chart(
            shot.safe(titled=False),
            SLOPES,
            (0, 4.6),
            x_label="slope: francs on food for one franc more",
            x_ticks=(0.4, 0.45, 0.5, 0.55, 0.6),
            y_ticks=[],
        )
        rng = np.random.default_rng(0)
        rain = np.column_stack([refits, 0.15 + 0.6 * rng.uniform(size=REFITS)])
        dots = plane.cloud(rain, DATA, radius=0.06)
        best = plane.segment((self.survey_line[1], 0), (self.survey_line[1], 4.5), MODEL, THICK)
        rows = (
            (3.7, least_squares.usual_error(x, y), WRONG, "usual"),
            (2.3, least_squares.robust_error(x, y), FINE, "robust"),
        )
        slope = float(self.survey_line[1])
        bars = [
            plane.segment((slope - WIDE * size, at), (slope + WIDE * size, at), color, 7 * LINE)
            for at, size, color, _ in rows
        ]
        kinds = [
            words.headline(text, color, 1.1 * ink.POINT).next_to(bar, RIGHT, buff=0.3)
            for bar, (_, _, color, text) in zip(bars, rows, strict=True)
        ]
        times = words.headline(f"× {rows[1][1] / rows[0][1]:.1f}", FINE, 1.1 * ink.POINT)
        times.next_to(plane.at(SLOPES[0], rows[1][0]), RIGHT, buff=0.15)
        refit = words.label("refits, redrawn families", DATA, TICK).next_to(
            plane.at(SLOPES[0], 0.85), UP + RIGHT, buff=0.05
        )

        def rained(count: float) -> Mobject:
            return dots.redraw(rain[: max(int(count), 1)])

        with self.beat(
            "If the mean is linear, the slope is unbiased: refits to redrawn families scatter around it."
        ) as beat:
            beat.over(FadeIn(plane), until="slope")
            beat.over(Create(best), until="refits")
            self.add(dots)
            beat.over(
                glide(rained, 0.0, float(REFITS), dots, rate_func=linear), FadeIn(refit), least=pace.SLOW
            )
        with self.beat(
            "The usual error bar assumes one constant spread. Robust standard errors do not."
        ) as beat:
            beat.over(Create(bars[0]), FadeIn(kinds[0]), until="Robust")
            beat.over(Create(bars[1]), FadeIn(kinds[1]))
        with self.beat("Here, with one family far out, they are 3.6 times as long.") as beat:
            beat.over(words.light(bars[0], ink.chalk), until="3.6")
            beat.over(FadeIn(times), words.light(bars[1], ink.chalk))
        self.clear_stage()

    def take_logarithms(self) -> None:
        """Both on a logarithmic scale, the fan becomes a band."""
        x, y = np.log(self.all_.income), np.log(self.all_.food)
        fit = least_squares.fit(x, y)
        said = least_squares.predicted(x, fit)
        left = y - said
        log = log_residual_plane()
        fan = self.canvas.inverse(self.residual_plane.at(np.column_stack([self.survey_said, self.residuals])))
        band = self.canvas.inverse(log.at(np.column_stack([said, left])))
        ends = self.canvas.inverse(log.at(np.array([[LOG_PREDICTIONS[0], 0.0], [LOG_PREDICTIONS[1], 0.0]])))
        self.residual_cloud.redraw(fan)
        self.line.redraw(ends[0], ends[1])
        spread = float(left.std())
        area = log.area(np.array(LOG_PREDICTIONS), -2 * spread, 2 * spread, FINE, 0.22)
        with self.beat("Or take logarithms of both: the fan becomes a band.") as beat:
            self.play(FadeIn(self.residual_cloud, self.line), run_time=pace.CALM)
            beat.over(glide(self.residual_cloud.redraw, fan, band), until="becomes", least=pace.LONG)
            beat.over(FadeIn(log, area))
        with self.beat("So look at the residuals before you trust an error bar.") as beat:
            beat.over(words.light(area, ink.chalk), least=pace.SLOW)
