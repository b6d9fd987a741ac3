"""Ridge and lasso."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import Drive, appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Ball, Contour
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import chart
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.regression import patients, penalty
from scenes.regression.stage import BIG, ERROR, FENCE, GOAL, MODEL, TICK, RegressionStage, maths
from scenes.regression.twins import vif_end, weights_chart, zero_lines

ACROSS: Final = (-4.15, 4.85)
UP_TO: Final = (-2.1, 2.6)
"""Weights that are shown in the example by hand."""
RIDGE: Final = 1.0
"""λ of ridge, by hand."""
LASSO: Final = 2.0
"""λ of the lasso, by hand."""
HEAVY: Final = 9.0
"""A heavy λ of ridge."""
WIDE: Final = 3.3
"""Radius of a fence that lies clearly outside the least-squares weights by hand."""
SLID: Final = (-0.9, 0.9, 2.0)
"""Second weight of least squares: the corner holds between the first two, and is left before the last."""
HOLD: Final = 20.0
"""λ of ridge for the refits of the twins."""
REFIT: Final = 0.085
"""Radius of a refit in scene units."""
RINGS: Final = (0.35, 0.7, 1.05)
"""Radii of contours that are always drawn about the least-squares weights by hand."""
REAL: Final = ((-27.0, 60.0), (-27.0, 40.0))
"""Weights of s5 and s4 that are shown."""
STRONG: Final = 1000.0
"""λ of ridge for the two real features."""
SPOT: Final = 0.19
FILL: Final = 0.22
"""Opacity of a fence's inside."""


class Field:
    """A plane of two weights: least squares, contours of the RSS, a fence, and where they touch."""

    def __init__(self, plane: Plane, least: npt.ArrayLike, rings: int) -> None:
        self.plane = plane
        self.least: Floats = np.asarray(least, dtype=float)
        self.far: Floats = np.zeros((1, 1))
        (x0, y0), (x1, y1) = plane.limits
        self.axes = VGroup(
            plane.segment((x0, 0), (x1, 0), ink.faint, LINE / 2),
            plane.segment((0, y0), (0, y1), ink.faint, LINE / 2),
        )
        self.rings = Contour(plane, np.arange(rings), ERROR, LINE / 2)
        self.reach = Contour(plane, 0.0, ERROR, 2 * LINE)
        self.fence = Ball(plane, color=FENCE, width=1.5 * LINE, fill=FILL)
        self.best = plane.dots([self.least], MODEL, radius=SPOT)
        self.touch = plane.dots([self.least], GOAL, radius=SPOT)


def by_hand(place: shot.Region) -> Field:
    """Round contours about three and one, with axes through zero."""
    plane = place.plane(ACROSS, UP_TO, equal=True, x_ticks=[], y_ticks=[], numbers=False)
    field = Field(plane, penalty.BY_HAND, len(RINGS))
    field.far = np.linalg.norm(plane.mesh(241, 161) - field.least, axis=-1)
    field.rings.redraw(field.far, RINGS)
    field.axes.add(
        *(plane.label(at, 0.0, f"{at}", DOWN, ink.quiet, 0.14, TICK) for at in (3,)),
        plane.label(0.0, 1.0, "1", LEFT, ink.quiet, 0.14, TICK),
        plane.label(ACROSS[1], 0.0, "$b_1$", DOWN + LEFT, size=ink.POINT),
        plane.label(0.0, UP_TO[1], "$b_2$", DOWN + RIGHT, size=ink.POINT),
    )
    return field


def real(place: shot.Region, power: float) -> Field:
    """The contours of s5 and s4, with the fence that the penalty of that power stands for."""
    plane = chart(
        place,
        *REAL,
        equal=True,
        x_label="weight of triglycerides (log)",
        y_label="weight of cholesterol-HDL ratio",
        x_ticks=(0, 20, 40),
        y_ticks=(20,),
    )
    field = Field(plane, penalty.pair_fit(penalty.ridge, 0.0), 4)
    field.touch.redraw([touched(power)])
    size = float(np.linalg.norm(touched(power), power))
    field.fence.redraw((0, 0), size, power)
    values = penalty.misses(plane.mesh(161, 161))
    low, high = (float(penalty.misses(at)) for at in (field.least, touched(power)))
    field.rings.redraw(values, low + (high - low) * np.array([0.03, 0.15, 0.4, 0.7]))
    field.reach.redraw(values, [high])
    return field


def touched(power: float) -> Floats:
    """Where the real contours touch the circle (power 2) or the diamond (power 1)."""
    if power == 2:
        return penalty.pair_fit(penalty.ridge, STRONG)
    return penalty.pair_fit(penalty.lasso, penalty.half_budget())


def fence_end() -> tuple[Field, Field]:
    """Circle and diamond with real contours: as the chapter ends."""
    left, right = shot.split(titled=False).places
    return real(left.rows(1, 10, gap=0.1)[1], 2.0), real(right.rows(1, 10, gap=0.1)[1], 1.0)


class Fence(RegressionStage):
    """Ridge and lasso."""

    @chapter("A fence around the weights", "L1 as diamond and L2 as circle", goes_on=True)
    def a_fence_around_the_weights(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.put_a_price()
        self.touch_the_circle()
        self.turn_lambda()
        self.bend_to_a_diamond()
        self.corner()
        self.real_contours()

    def put_a_price(self) -> None:
        """The refits of the twins once more: a penalty on their size gathers them."""
        plane, marks, rough = vif_end()
        self.add(plane, rough, marks)
        weights = weights_chart(shot.safe(titled=False))
        zero = zero_lines(weights)
        loose, held = patients.twin_weights(), patients.twin_weights(penalty=HOLD)
        cloud = weights.cloud(loose, MODEL, REFIT, 0.85)
        names = [
            words.headline(text, size=46.0).move_to(weights.at(-79, -22))
            for text in ("400 refits, no penalty", f"the same refits, penalty {HOLD:.0f}")
        ]
        cost = words.headline("[RSS:focus] + [λ:fourth] · [penalty:fourth]", size=BIG)
        cost.move_to(weights.at(-62, 56))
        term = words.headline("regularisation", FENCE, ink.POINT).next_to(cost, UP, buff=0.35)
        with self.beat("The data leave the twins' weights loose: these are their refits again.") as beat:
            self.play(FadeOut(plane, rough, marks), run_time=pace.QUICK)
            beat.over(FadeIn(weights, zero, cloud), until="these")
            beat.over(FadeIn(names[0]))
        with self.beat("So we also charge for their size, and the same refits gather.") as beat:
            beat.over(FadeOut(names[0]), until="and")
            self.play(FadeIn(names[1]), run_time=pace.QUICK)
            beat.over(glide(cloud.redraw, loose, held), least=pace.SLOW)
        with self.beat(
            "Regularisation adds a penalty on the size of the coefficients, weighted by lambda."
        ) as beat:
            self.play(FadeIn(term), run_time=pace.BRISK)
            beat.over(words.write(cost), until="weighted")
            beat.over(words.light(cost.part("λ"), ink.chalk))
        self.cost, self.loose_parts = cost, VGroup(weights, zero, cloud, names[1], term)
        self.field = field = by_hand(shot.safe(titled=False))
        (first, second) = penalty.BY_HAND
        self.least_name = Tag(
            field.plane.label(first, second, f"({first:g}, {second:g})", RIGHT, MODEL, 0.3, ink.POINT), 1.0
        )
        for mark in (field.fence, field.reach, field.rings):
            for each in (self.least_name.text, *field.axes[2:]):
                self.allow(mark, each, "fence and contours pass over the numbers of the axes")

    def law(self, source: str) -> Words:
        """A penalised sum at the upper left of the weights."""
        return shot.safe(titled=False).put(maths(source, ink.POINT, {"rss": ERROR}), UP + LEFT)

    # --- ridge

    def touch_the_circle(self) -> None:
        """Contours grow until they touch the circle."""
        field = self.field
        end = penalty.ridge_by_hand(RIDGE)
        size = float(np.linalg.norm(end))
        self.fenced = law = self.law('{{ "RSS" : rss }} + {{ lambda sum_j b_j^2 : fence }}')
        term = shot.safe(titled=False).put(words.headline("ridge (L2)", FENCE), DOWN + LEFT)
        self.term = term
        with self.beat(
            "Ridge penalises the sum of squared coefficients, L2. Weights of one size lie on a circle."
        ) as beat:
            self.play(FadeOut(self.loose_parts), run_time=pace.QUICK)
            self.play(FadeIn(field.axes, field.best, self.least_name, term), run_time=pace.QUICK)
            beat.over(words.rewrite(self.cost, law), until="Weights")
            self.add(field.fence, field.best)
            beat.over(appear(field.fence), glide(field.fence.redraw, ((0, 0), 0.0, 2.0), ((0, 0), size, 2.0)))
        turn = float(np.arctan2(end[1], end[0]))
        field.touch.redraw([(size * np.cos(turn + 0.85), size * np.sin(turn + 0.85))])

        def circle(angle: float) -> tuple[Dots, Contour]:
            at = size * np.array([np.cos(angle), np.sin(angle)])
            return (
                field.touch.redraw([at]),
                field.reach.redraw(field.far, [float(np.linalg.norm(at - field.least))]),
            )

        with self.beat(
            "Around it the penalty is the same everywhere. So the RSS alone decides between them."
        ) as beat:
            self.play(FadeIn(field.touch), run_time=pace.QUICK)
            circle(turn + 0.85)
            self.add(field.reach, field.touch, self.least_name)
            beat.over(
                appear(field.reach),
                glide(circle, turn + 0.85, turn - 0.8, field.touch, field.reach),
                until="So",
                least=pace.LONG,
            )
            beat.over(
                glide(circle, turn - 0.8, turn + 0.45, field.touch, field.reach), words.light(law.part("rss"))
            )
        with self.beat(
            "Contours of the RSS, round here, grow from the weights of least squares. The first touch has the least."
        ) as beat:
            self.play(FadeIn(field.rings), FadeOut(field.touch, field.reach), run_time=pace.QUICK)
            self.add(field.reach, self.least_name)
            beat.over(
                appear(field.reach),
                self.grow(0.1, float(np.linalg.norm(end - field.least))),
                until="The first",
                least=pace.LONG,
            )
            field.touch.redraw([end])
            beat.over(FadeIn(field.touch, scale=2))
        self.touching = self.point(end, LEFT)
        divided = maths('b_j^"ridge" = b_j^"OLS" / (1 + {{ lambda : price }})', BIG, {"price": FENCE})
        shot.safe(titled=False).put(divided, DOWN + RIGHT)
        with self.beat(
            "Here that divides each weight by one plus lambda. With lambda one: one and a half, and one quarter."
        ) as beat:
            beat.over(words.write(divided), until="With")
            beat.over(words.light(divided.part("price"), ink.chalk), until="and one quarter")
            beat.over(FadeIn(self.touching))
        self.divided = divided

    def grow(self, start: float, end: float) -> Drive:
        """A contour of the RSS by hand, from one radius to another."""
        field = self.field

        def reach(size: float) -> Contour:
            return field.reach.redraw(field.far, [size])

        return glide(reach, start, end, field.reach)

    def point(self, at: Floats, side: npt.NDArray[np.float64]) -> Words:
        """The weights in numbers beside their dot."""
        return self.field.plane.label(
            float(at[0]), float(at[1]), f"({at[0]:g}, {at[1]:g})", side, GOAL, 0.3, ink.POINT
        )

    def turn_lambda(self) -> None:
        """λ goes from one to zero and far up; the fence follows."""
        field, strength = self.field, Value(RIDGE)
        shown = Readout(strength, 1, label="λ =", color=FENCE, size=ink.HEADLINE)
        shot.safe(titled=False).put(shown, UP + LEFT)

        def follow(now: float) -> tuple[Ball, Contour, Dots]:
            at = penalty.ridge_by_hand(now)
            return (
                field.fence.redraw((0, 0), float(np.linalg.norm(at)), 2.0),
                field.reach.redraw(field.far, [max(float(np.linalg.norm(at - field.least)), 1e-3)]),
                field.touch.redraw([at]),
            )

        strength.draws(follow, field.fence, field.reach, field.touch)
        edge = float(np.linalg.norm(field.least))
        widen = field.fence.redraw
        with self.beat("Lambda zero is ordinary least squares: the fence is too wide to matter.") as beat:
            self.play(
                FadeOut(self.touching, self.fenced, self.term, self.divided),
                FadeIn(shown),
                run_time=pace.QUICK,
            )
            beat.over(strength.to(0.0), until="the fence", least=pace.SLOW)
            beat.over(glide(widen, ((0, 0), edge, 2.0), ((0, 0), WIDE, 2.0)), least=pace.BRISK)
        with self.beat(
            "Each lambda has its fence. A larger one, a smaller circle: weights shrink, but do not reach zero."
        ) as beat:
            self.play(glide(widen, ((0, 0), WIDE, 2.0), ((0, 0), edge, 2.0)), run_time=pace.BRISK)
            beat.over(strength.to(HEAVY), until="but", least=pace.SLOW)
            beat.over(strength.to(RIDGE))
        self.leave(shown, run_time=pace.QUICK)

    # --- lasso

    def bend_to_a_diamond(self) -> None:
        """The circle becomes a diamond; the contour touches its corner."""
        field = self.field
        circle, corner = penalty.ridge_by_hand(RIDGE), penalty.lasso_by_hand(LASSO)
        law = self.law('{{ "RSS" : rss }} + {{ lambda sum_j abs(b_j) : fence }}')
        term = shot.safe(titled=False).put(words.headline("lasso (L1)", FENCE), DOWN + LEFT)
        with self.beat(
            "Lasso penalises the sum of absolute coefficients, L1. Its fence is a diamond."
        ) as beat:
            self.play(FadeOut(field.touch), FadeIn(term), run_time=pace.BRISK)
            beat.over(
                words.write(law), self.grow(float(np.linalg.norm(circle - field.least)), 0.1), until="Its"
            )
            beat.over(
                glide(
                    field.fence.redraw,
                    ((0, 0), float(np.linalg.norm(circle)), 2.0),
                    ((0, 0), float(np.abs(corner).sum()), 1.0),
                ),
                least=pace.SLOW,
            )
        told = field.plane.label(
            1.3, -0.08, f"({corner[0]:g}, {corner[1]:g})", DOWN + LEFT, GOAL, size=ink.POINT
        )
        with self.beat("With lambda two, one comes off each, and stops at zero: two, and zero.") as beat:
            beat.over(
                self.grow(0.1, float(np.linalg.norm(corner - field.least))),
                until="and stops",
                least=pace.LONG,
            )
            field.touch.redraw([corner])
            self.play(FadeIn(field.touch, scale=2), FadeIn(told), run_time=pace.BRISK)
            beat.over(words.light(told))
        self.fenced, self.term, self.touching = law, term, told

    def corner(self) -> None:
        """The data move: the touch stays at the corner over a whole range, and leaves it farther out."""
        field, budget = self.field, float(np.abs(penalty.lasso_by_hand(LASSO)).sum())

        def slide(height: float) -> list[Contour | Dots]:
            least = np.array([penalty.BY_HAND[0], height])
            held = penalty.within(least, budget)
            far = np.linalg.norm(field.plane.mesh(241, 161) - least, axis=-1)
            return [
                field.rings.redraw(far, RINGS),
                field.reach.redraw(far, [float(np.linalg.norm(held - least))]),
                field.best.redraw([least]),
                field.touch.redraw([held]),
            ]

        changed = (field.rings, field.reach, field.best, field.touch)
        with self.beat("Move the data: for a while, contours still meet the corner first.") as beat:
            self.play(
                FadeOut(self.term, self.fenced, field.axes[2], *field.axes[-2:], self.least_name),
                run_time=pace.QUICK,
            )
            self.play(self.frame.to(field.fence, field.reach, share=0.9), run_time=pace.CALM)
            beat.over(glide(slide, penalty.BY_HAND[1], SLID[0], *changed), until="still", least=pace.CALM)
            beat.over(glide(slide, SLID[0], SLID[1], *changed), least=pace.SLOW)
        with self.beat("Far enough, and the touch leaves it.") as beat:
            self.play(FadeOut(self.touching), run_time=pace.QUICK)
            beat.over(glide(slide, SLID[1], SLID[2], *changed), least=pace.CALM)
        with self.beat(
            "A corner lies on an axis: there one weight is exactly zero, and its feature is out. So it selects."
        ) as beat:
            beat.over(
                glide(slide, SLID[2], penalty.BY_HAND[1], *changed),
                self.frame.back(),
                until="there",
                least=pace.SLOW,
            )
            self.play(FadeIn(self.touching), run_time=pace.QUICK)
            beat.over(words.light(self.touching))
        self.clear_stage()

    # --- patients

    def real_contours(self) -> None:
        """Circle and diamond with the contours of two features of the patients."""
        self.shot(shot.split(titled=False))
        fields = fence_end()
        titles = [words.headline(name, FENCE, 46.0) for name in ("ridge: no zero", "lasso: a zero")]
        for place, title in zip(shot.split(titled=False).places, titles, strict=True):
            place.put(title, UP + LEFT)
        with self.beat(
            "Real contours are tilted: two standardised features of the patients, a pair picked to show it."
        ) as beat:
            self.play(*(FadeIn(f.plane, f.axes, f.best) for f in fields), run_time=pace.BRISK)
            beat.over(*(Create(f.rings) for f in fields), least=pace.SLOW)
        with self.beat("Without one scale, a change of unit would change the charge.") as beat:
            beat.over(*(words.light(f.best, ink.chalk) for f in fields))
        with self.beat(
            "The circle is touched between the axes. The diamond is touched at its corner."
        ) as beat:
            self.play(*(FadeIn(f.fence) for f in fields), run_time=pace.BRISK)
            beat.over(
                Create(fields[0].reach), FadeIn(fields[0].touch), FadeIn(titles[0]), until="The diamond"
            )
            beat.over(Create(fields[1].reach), FadeIn(fields[1].touch), FadeIn(titles[1]))
        with self.beat("Take ridge for many weak features, the lasso where few should matter.") as beat:
            beat.over(words.light(titles[0]), until="lasso")
            beat.over(words.light(titles[1]))
