"""Two fences for one column: the ruler that outliers stretch, the box that holds still, and what both assume."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup
from numpy.typing import ArrayLike

from scenes.anomaly_detection.stage import (
    ALARM,
    BALL,
    DOT,
    MANY,
    ODD,
    PLAIN,
    RULER,
    TRUE,
    AnomalyDetectionStage,
    cloud_plane,
    light_up,
    maths,
    quiet_plane,
    span,
)
from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.value import Value
from scenes.maths.anomaly_detection import fences, isolation, scores

TICK: Final = 0.16
"""Half the height of a tick of the ruler of deviations, in data units."""
GROUND: Final = -2.08
"""Height on which the dots of one column are stacked."""
TILT: Final = 0.06
"""By which a beam turns for each unit that its mean is off its support."""
PUSHED: Final = 19.2
"""How far the sixth reading is pushed."""
LEVEL: Final = -1.5
"""Height of the ruler under a beam."""
NEARER: Final = (6.6, 17.8)
"""The readings by hand while none is far away."""
EDGE: Final = 5.2
"""How far to the right a number follows its dot, in scene units."""
TALL: Final = 2.6
"""How high a fence stands."""
FARTHER: Final = 5.0
"""How far intruders are pushed, in units of the readings."""


class Deviations(VGroup):
    """A ruler that counts standard deviations from a mean, at height ``level``, and the fence at its last mark."""

    def __init__(self, plane: Plane, marks: Sequence[int], level: float, top: float) -> None:
        super().__init__()
        self.plane, self.marks, self.level, self.top = plane, np.array(marks), level, top
        nowhere = np.zeros((len(marks) + 1, 2))
        self.lines = plane.segment(nowhere, nowhere, RULER, 1.5 * LINE)
        self.numbers = VGroup(
            *(
                words.label("mean" if not mark else f"{mark}".replace("-", "−"), RULER, ink.POINT)
                for mark in marks
            )
        )
        ends = [mark for mark in marks if abs(mark) == fences.Z_FENCE]
        self.fences = plane.segment(np.zeros((len(ends), 2)), np.zeros((len(ends), 2)), ALARM, 1.5 * LINE)
        self.ends = np.array(ends)
        self.add(self.lines, self.numbers)

    def redraw(self, mean: float, deviation: float) -> Deviations:
        """Count from ``mean`` in steps of ``deviation``."""
        across = mean + self.marks * deviation
        low, high = self.level - TICK, self.level + TICK
        starts = [(across.min(), self.level), *((x, low) for x in across)]
        stops = [(across.max(), self.level), *((x, high) for x in across)]
        self.lines.redraw(starts, stops)
        for x, number in zip(across, self.numbers, strict=True):
            number.next_to(self.plane.at(x, low), DOWN, buff=0.15)
            room = ink.FRAME_WIDTH / 2 - float(number.get_right()[0])
            number.set_opacity(float(np.clip(room / ink.MARGIN, 0.0, 1.0)))
        at = mean + self.ends * deviation
        self.fences.redraw(
            np.column_stack([at, np.full(len(at), self.level)]),
            np.column_stack([at, np.full(len(at), self.top)]),
        )
        return self


class Beam(VGroup):
    """Readings as weights on a beam that stands on a support; it tips where that is not their mean."""

    def __init__(self, plane: Plane, values: ArrayLike, colors: Sequence[ManimColor]) -> None:
        super().__init__()
        self.plane = plane
        readings = np.asarray(values, dtype=float)
        self.plank = plane.segment((0, 0), (0, 0), PLAIN, 2 * LINE)
        self.foot = plane.polygon(np.zeros((3, 2)), RULER, fill=1.0)
        self.dots = plane.dots(np.zeros((len(readings), 2)), PLAIN, radius=BALL)
        for dot, color in zip(self.dots.submobjects, colors, strict=True):
            dot.set_fill(color)
        self.numbers = VGroup(
            *(
                words.label(f"{value:g}", color, ink.POINT)
                for value, color in zip(readings, colors, strict=True)
            )
        )
        self.add(self.foot, self.plank, self.dots, self.numbers)
        self.redraw(readings, float(readings.mean()))

    def redraw(self, values: ArrayLike, support: float) -> Beam:
        """Carry ``values`` (n,) on a ``support`` that stands there."""
        readings = np.asarray(values, dtype=float)
        angle = -TILT * (float(readings.mean()) - support)
        turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
        middle = np.array([support, 0.0])
        flat = np.column_stack([readings, np.full(len(readings), 0.29)])
        ends = np.array([[readings.min() - 0.8, 0.0], [readings.max() + 0.8, 0.0]])
        self.plank.redraw(*(middle + (ends - middle) @ turn))
        spots = middle + (flat - middle) @ turn
        self.dots.redraw(spots)
        for number, spot in zip(self.numbers, spots, strict=True):
            number.next_to(self.plane.at(spot), UP, buff=BALL + 0.12)
        self.foot.redraw([(support, -0.06), (support + 0.4, -0.65), (support - 0.4, -0.65)])
        return self


def stacked(values: Floats, bin_width: float, step: float, ground: float) -> Floats:
    """(n, 2): ``values`` (n,) piled on ``ground``, ``step`` above one another in each bin."""
    bins = np.floor(values / bin_width).astype(int)
    order = [int((bins[:row] == bins[row]).sum()) for row in range(len(values))]
    return np.column_stack([values, ground + step * (0.5 + np.array(order))])


def reading_plane() -> Plane:
    """Twenty readings and their intruders, to the edges of the frame."""
    return quiet_plane((92.5, 147), (-2.3, 5.6))


def reading_dots(plane: Plane, intruders: Sequence[float]) -> Dots:
    """The readings, piled; the intruders, which are red, come last."""
    values = fences.readings(intruders=intruders)
    spots = stacked(values, 1.0, 0.68, 0.0)
    spots[20:, 1] = np.array([0.34, 1.02, 0.34, 1.02, 1.02])[: len(intruders)]
    dots = plane.dots(spots, PLAIN, radius=0.29)
    dots.subset(range(20, len(values))).set_fill(ODD)
    return dots


class Fences(AnomalyDetectionStage):
    """One column at a time."""

    @chapter("Outliers stretch the ruler that measures them", "Z-score fence and when it lies")
    def stretched_ruler(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.one_column()
        self.sixth_reading()
        self.hiding()

    def one_column(self) -> None:
        """The dots fall onto one axis; mean, deviations and the fence at three."""
        plane = cloud_plane()
        dots = plane.dots(self.points, MANY, radius=DOT)
        self.add(dots)
        across = self.points[:, 0]
        piled = stacked(across, 0.25, 0.142, GROUND)
        mean, deviation = fences.spread(across)
        ruler = Deviations(plane, (-3, -2, -1, 0, 1, 2, 3), GROUND - 0.25, 3.4).redraw(mean, deviation)
        ruler.fences.redraw(
            *(2 * [np.column_stack([mean + 3 * deviation * np.array([-1, 1]), 2 * [GROUND]])])
        )
        with self.beat("Begin with a single column: let the dots fall onto one axis.") as beat:
            beat.over("let", glide(dots.redraw, self.points, piled), least=pace.LONG)
        with self.beat("Their mean is the middle, and the standard deviation is the ruler.") as beat:
            beat.over("mean", FadeIn(ruler.lines, ruler.numbers, lag_ratio=pace.LAG), least=pace.LONG)
        rule = maths('z_i = (x_i - macron(x)) / "sd"', 1.6 * ink.POINT)
        named = words.label("z-score", ODD, ink.HEADLINE)
        VGroup(named, rule).arrange(DOWN, buff=0.4, aligned_edge=LEFT)
        shot.SAFE.put(VGroup(named, rule), UP + LEFT)
        with self.beat("The z-score is the distance from the mean, counted in standard deviations.") as beat:
            beat.over("z-score", FadeIn(named), until="distance")
            beat.over(words.write(rule), least=pace.LONG)
        stands = np.column_stack([fences.z_fence(across), 2 * [GROUND - 0.25]])
        tops = stands + np.array([0.0, 3.4 - GROUND + 0.25])
        lone = plane.label(
            piled[isolation.LONE, 0],
            piled[isolation.LONE, 1],
            f"z = {fences.z_scores(across)[isolation.LONE]:.1f}",
            UP + LEFT,
            ODD,
            size=ink.POINT,
        )
        with self.beat(
            "The usual fence stands at three. Our dot lies beyond it, at four; and an honest one, on the left.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(named, rule), run_time=pace.QUICK)
            beat.over("fence", glide(ruler.fences.redraw, (stands, stands), (stands, tops)), until="Our")
            beat.over(
                light_up(dots, self.nobody, self.lone_only, fresh=True),
                FadeIn(lone),
                until="at",
                least=pace.CALM,
            )
            beat.over(words.light(lone), words.light(dots[isolation.LONE]), until="and", least=pace.CALM)
            self.play(dots[int(across.argmin())].animate.set_fill(ODD), run_time=pace.BRISK)
            beat.over(words.light(dots[int(across.argmin())], ODD), least=pace.CALM)
        self.column = VGroup(ruler, ruler.fences, dots, lone)

    def sixth_reading(self) -> None:
        """Five readings and a sixth, by hand."""
        plane = quiet_plane((6.4, 20.6), (-3.1, 3.3))
        five, all_six = np.array(fences.HAND), np.array([*fences.HAND, fences.STRANGER])
        beam = Beam(plane, five, [PLAIN] * 5)
        ruler = Deviations(plane, (0, 1, 2, 3), LEVEL, TALL).redraw(*fences.spread(five))
        stranger = plane.dots([(fences.STRANGER, 0.29)], ODD, radius=BALL)
        number = words.label(f"{fences.STRANGER:g}", ODD, ink.POINT)
        number.next_to(stranger, UP, buff=0.12)
        outside = float(fences.z_scores([fences.STRANGER], five)[0])
        z = plane.label(fences.STRANGER, 1.2, f"z = {outside:.1f}", UP, ODD, size=ink.HEADLINE)
        with self.beat(
            "But who makes the ruler? The dots themselves. Take a smaller case, five readings."
        ) as beat:
            beat.until("Take")
            self.clear_stage(run_time=pace.QUICK)
            self.play(
                FadeIn(beam), self.frame.to_region(*span(plane, NEARER, (-2.3, 2.7))), run_time=pace.SLOW
            )
            beat.over(FadeIn(ruler.lines, ruler.numbers, ruler.fences), least=pace.CALM)
        with self.beat("By their ruler a newcomer far out lies at almost four.") as beat:
            beat.over(FadeIn(stranger, number, shift=place.NUDGE * DOWN), until="at", least=pace.CALM)
            beat.over(FadeIn(z))
        six = Beam(plane, all_six, [*[PLAIN] * 5, ODD])
        old, new = fences.spread(five), fences.spread(all_six)
        inside = float(fences.z_scores(all_six)[-1])
        with self.beat("Let it in, and it drags the mean and stretches the deviation.") as beat:
            self.allow(ruler.fences, six.numbers, "the fence passes the newcomer on its way")
            six.redraw(all_six, old[0])
            self.play(FadeOut(z, beam, stranger, number), FadeIn(six), run_time=pace.QUICK)
            beat.over(
                glide(six.redraw, (all_six, old[0]), (all_six, new[0])),
                glide(ruler.redraw, old, new, ruler, ruler.fences),
                self.frame.back(),
                least=pace.LONG,
            )
        shown = words.label(f"z = {inside:.1f}", ODD, ink.HEADLINE)
        shown.next_to(plane.at(fences.STRANGER, 1.3), UP + RIGHT, buff=0.1)
        with self.beat("Now it lies at less than two, and no alarm is raised.") as beat:
            beat.over(FadeIn(shown), least=pace.CALM)
            self.play(words.light(shown), run_time=pace.SLOW)
        far = Value(fences.STRANGER)

        def push(value: float) -> tuple[Beam, Deviations]:
            now = np.array([*fences.HAND, value])
            six.numbers[-1].set_opacity(float(np.clip(1 - 2 * (value - fences.STRANGER), 0.0, 1.0)))
            live.set_x(min(float(plane.at(value, 0)[0]), EDGE))
            return six.redraw(now, float(now.mean())), ruler.redraw(*fences.spread(now))

        live = words.Readout(
            far.of(lambda value: fences.z_scores([*fences.HAND, value])[-1]),
            1,
            label="z =",
            color=ODD,
            size=ink.HEADLINE,
        )
        live.move_to(shown)
        with self.beat("Push it farther, and the fence runs ahead of it.") as beat:
            self.play(FadeOut(shown), FadeIn(live), run_time=pace.QUICK)
            far.draws(push, six, ruler, ruler.fences, live)
            beat.over("Push", far.to(PUSHED), least=pace.LONG)
        bound = words.label("n ≤ 10 : no z above 3", ink.chalk, ink.HEADLINE)
        shot.SAFE.put(bound, UP + LEFT)
        with self.beat("With ten readings or fewer, no z-score can pass three.", pause=pace.SLOW) as beat:
            beat.over(FadeIn(bound), words.light(live), least=pace.SLOW)

    def hiding(self) -> None:
        """Intruders among twenty readings hide one another."""
        plane = reading_plane()
        steps = [fences.spread(fences.readings(intruders=each)) for each in fences.INTRUDERS]
        dots = reading_dots(plane, fences.INTRUDERS[-1])
        ruler = Deviations(plane, (0, 1, 2, 3), -0.7, 5.0).redraw(*steps[0])
        shown = [1, 2, 3, 5]
        with self.beat("Do more readings help? Here are twenty. One intruder is caught.") as beat:
            self.exchange(dots.subset(range(20)), run_time=pace.BRISK)
            beat.over(FadeIn(ruler.lines, ruler.numbers, ruler.fences), until="One", least=pace.CALM)
            beat.over(FadeIn(dots[20]), least=pace.CALM)
        named = plane.label(131, 1.6, "masking", UP, ODD, size=ink.HEADLINE)
        with self.beat("Let two, three, five of them in, and the fence runs past them.") as beat:
            for number in range(1, len(steps)):
                fresh = dots.subset(range(20 + shown[number - 1], 20 + shown[number]))
                self.play(
                    FadeIn(*fresh),
                    glide(ruler.redraw, steps[number - 1], steps[number], ruler, ruler.fences),
                    run_time=pace.SLOW,
                )
        with self.beat(
            "Outliers that inflate the standard deviation hide one another: that is masking."
        ) as beat:
            beat.over(
                self.spotlight(dots.subset(range(20, 25)), ruler.fences), until="masking", least=pace.LONG
            )
            beat.over(FadeIn(named))
        three = np.array(fences.INTRUDERS[2])
        pushed = fences.spread(fences.readings(intruders=three + FARTHER))
        bound = words.label(
            f"three of {20 + len(three)}: z ends at {fences.largest_alike(20 + len(three), len(three)):.1f}",
            ink.chalk,
            ink.HEADLINE,
        )
        shot.SAFE.put(bound, UP + LEFT)
        with self.beat(
            "However far out three of them are pushed, their z-scores end at about two and a half.",
            pause=pace.SLOW,
        ) as beat:
            self.play(
                self.lights_on(),
                FadeOut(named, dots.subset(range(23, 25))),
                glide(ruler.redraw, steps[3], steps[2], ruler, ruler.fences),
                run_time=pace.CALM,
            )
            beat.over(
                dots.subset(range(20, 23)).animate.shift(plane.at(FARTHER, 0) - plane.at(0, 0)),
                glide(ruler.redraw, steps[2], pushed, ruler, ruler.fences),
                until="their",
                least=pace.SLOW,
            )
            beat.over(FadeIn(bound))

    # --- quartiles

    @chapter("The middle half holds still", "IQR fence and when it lies")
    def holds_still(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.box_by_hand()
        self.box_of_readings()
        self.windowed()

    def box_by_hand(self) -> None:
        """Quartiles of six readings, and the fence."""
        plane = quiet_plane((6.4, 17.9), (-3.1, 3.3))
        values = np.array([*fences.HAND, fences.STRANGER])
        level = 0.0
        dots = plane.dots(np.column_stack([values, 0 * values]), PLAIN, radius=BALL)
        dots[-1].set_fill(ODD)
        numbers = VGroup(
            *(
                plane.label(value, level, f"{value:g}", DOWN, PLAIN, gap=BALL + 0.75, size=ink.POINT)
                for value in values
            )
        )
        first, median, third = fences.quartiles(values)
        _, fence = fences.tukey(values)

        def box(low: float, high: float) -> list[tuple[float, float]]:
            return [(low, -0.75), (high, -0.75), (high, 0.75), (low, 0.75)]

        shape = plane.polygon(box(median, median), RULER, 1.5 * LINE, fill=0.18)
        middle = plane.segment((median, -0.75), (median, 0.75), RULER, 2 * LINE)
        with self.beat("Is there a ruler that wild values cannot stretch? Sort the readings.") as beat:
            self.play(FadeIn(dots, numbers), run_time=pace.BRISK)
            beat.over("Sort", FadeIn(middle), words.light(numbers), least=pace.SLOW)
        edges = VGroup(
            *(
                plane.label(
                    at, -0.75, f"$Q_{number}$ = {at:.4g}", DOWN + side, RULER, gap=0.9, size=ink.POINT
                )
                for number, at, side in ((1, first, LEFT), (3, third, RIGHT))
            )
        )
        iqr = plane.label(median, 0.95, "interquartile range (IQR)", UP, RULER, size=ink.POINT)
        with self.beat(
            "From the first quartile to the third, the middle half: the interquartile range."
        ) as beat:
            beat.over(
                glide(shape.redraw, box(median, median), box(first, third)),
                until="the middle",
                least=pace.SLOW,
            )
            beat.over(FadeIn(edges), until="interquartile")
            beat.over(FadeIn(iqr))
        with self.beat("The box leaves as many readings below it as above.", pause=pace.SLOW) as beat:
            self.play(FadeOut(edges), run_time=pace.QUICK)
            low, high = (
                dots.subset(np.flatnonzero(values < first)),
                dots.subset(np.flatnonzero(values > third)),
            )
            beat.over(words.light(low), until="as above", least=pace.SLOW)
            beat.over(words.light(high), least=pace.SLOW)
        step = plane.segment((third, -2.1), (third, -2.1), RULER, 2 * LINE)
        wall = plane.segment((fence, -2.4), (fence, -2.4), ALARM, 1.5 * LINE)
        reach = plane.label((third + fence) / 2, -2.1, f"{fences.REACH:g} IQR", UP, RULER, size=ink.POINT)
        rule = maths('Q_3 + 1.5 dot "IQR"', 1.4 * ink.POINT)
        rule.next_to(plane.at(fence, 2.2), LEFT, buff=0.3)
        named = words.label("Tukey fence", ALARM, ink.POINT)
        named.next_to(rule, UP, buff=0.3, aligned_edge=RIGHT)
        with self.beat("A Tukey fence stands one and a half interquartile ranges beyond a quartile.") as beat:
            beat.over(
                "one",
                glide(step.redraw, ((third, -2.1), (third, -2.1)), ((third, -2.1), (fence, -2.1))),
                FadeIn(reach),
                until="beyond",
                least=pace.SLOW,
            )
            beat.over(
                glide(wall.redraw, ((fence, -2.4), (fence, -2.4)), ((fence, -2.4), (fence, 3.0))),
                words.write(rule),
                FadeIn(named),
                least=pace.SLOW,
            )
        with self.beat("The reach is a convention: a bell then has few values beyond it.") as beat:
            beat.over(words.light(reach), words.light(step, RULER), least=pace.LONG)
        with self.beat(
            "The newcomer is outside, and pushing it moves neither box nor fence.", pause=pace.CALM
        ) as beat:
            pushed = values.copy()
            pushed[-1] = NEARER[1] - 0.5
            beat.over(
                "pushing",
                glide(
                    dots.redraw, np.column_stack([values, 0 * values]), np.column_stack([pushed, 0 * values])
                ),
                FadeOut(numbers[-1]),
                least=pace.LONG,
            )
        robust = words.label("robust", RULER, ink.HEADLINE)
        shot.SAFE.put(robust, UP + LEFT)
        with self.beat("Median and quartiles hardly notice a few wild values: they are robust.") as beat:
            beat.over(words.light(iqr), until="robust", least=pace.LONG)
            beat.over(FadeIn(robust), least=pace.SLOW)

    def box_of_readings(self) -> None:
        """The same intruders: the fence stays where it is."""
        plane = reading_plane()
        dots = reading_dots(plane, fences.INTRUDERS[-1])
        boxes = [fences.quartiles(fences.readings(intruders=each)) for each in fences.INTRUDERS]
        walls = [fences.tukey(fences.readings(intruders=each))[1] for each in fences.INTRUDERS]

        def box(low: float, high: float) -> list[tuple[float, float]]:
            return [(low, -1.0), (high, -1.0), (high, 4.6), (low, 4.6)]

        shape = plane.polygon(box(boxes[0][0], boxes[0][2]), RULER, 1.5 * LINE, fill=0.18)
        wall = plane.segment((walls[0], -1.2), (walls[0], 5.6), ALARM, 1.5 * LINE)
        shown = [1, 2, 3, 5]
        other = fences.z_fence(fences.readings(intruders=fences.INTRUDERS[-1]))[1]
        ghost = plane.segment((other, -1.2), (other, 5.0), ALARM, LINE, dashed=True)
        ghostly = plane.label(other, 4.5, "z-score fence", LEFT, ALARM, size=ink.POINT)
        with self.beat(
            "Back to the larger sample. One intruder, two, three, five: the fence hardly moves."
        ) as beat:
            self.exchange(dots.subset(range(20)), shape, wall, run_time=pace.BRISK)
            beat.over("One", FadeIn(dots[20]), until="two")
            for number in range(1, len(shown)):
                fresh = dots.subset(range(20 + shown[number - 1], 20 + shown[number]))
                before, after = boxes[number - 1], boxes[number]
                beat.over(
                    FadeIn(*fresh),
                    glide(shape.redraw, box(before[0], before[2]), box(after[0], after[2])),
                    glide(
                        wall.redraw,
                        ((walls[number - 1], -1.2), (walls[number - 1], 5.6)),
                        ((walls[number], -1.2), (walls[number], 5.6)),
                    ),
                    least=pace.CALM,
                    until=None if number == 3 else "the",
                )
        told = plane.label(
            129, 1.7, f"outside in {fences.DRAWS:,} of {fences.DRAWS:,} draws", UP, ODD, size=ink.POINT
        )
        with self.beat("In each of the thousand draws, the intruders stay outside.", pause=pace.CALM) as beat:
            beat.over(FadeIn(told, ghost, ghostly), until="intruders")
            beat.over(self.frame.to(wall, told, ghost, share=0.97), least=pace.SLOW)

    def windowed(self) -> None:
        """Fences in both columns of the dots."""
        plane = cloud_plane()
        dots = plane.dots(self.points, MANY, radius=DOT)
        (left, right), (low, high) = (fences.tukey(column) for column in self.points.T)
        pane = plane.polygon([(left, low), (right, low), (right, high), (left, high)], ALARM, 1.5 * LINE)
        over = scores.scored("fences") > fences.REACH - fences.REACH
        with self.beat(
            "Fences in both columns make a window for our dots. The lone one lies outside."
        ) as beat:
            self.exchange(dots, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(Create(pane), until="lone", least=pace.SLOW)
            beat.over(light_up(dots, self.nobody, over.astype(float), fresh=True), least=pace.CALM)
        honest = int(over.sum()) - 1
        told = plane.label(left, high, f"{honest} honest dots outside", UP + RIGHT, ink.chalk, size=ink.POINT)
        with self.beat(
            "So do a few honest ones. An outlier is not yet an error: look before you delete.",
            pause=pace.CALM,
        ) as beat:
            ring = dots.ring(isolation.LONE, TRUE)
            beat.over(FadeIn(told), until="An")
            beat.over(
                FadeOut(told),
                FadeIn(ring),
                self.frame.to_region(*span(plane, (-0.6, 4.5), (-0.9, 3.75))),
                least=pace.LONG,
            )
