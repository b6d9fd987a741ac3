"""The dot product as a shadow times a length, and what is left of it when lengths are divided out."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import HAIR, LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.linear_algebra import ground
from scenes.linear_algebra.listing import plain_arrow
from scenes.linear_algebra.stage import LinearAlgebraStage
from scenes.maths.linear_algebra import linear, plane

CORNER: Final = 0.45
"""Units of the mark of a right angle."""
RAYS: Final = np.linspace(-5.5, 6.4, 52)[:, None]
"""Units along the line of v at which rays of light fall."""
SKY: Final = 5.4
"""Units above the line of v from which they come."""
ARC: Final = 1.05
"""Units from the origin of the mark of the angle."""
SHADE: Final = 4 * LINE
"""Width of the shadow."""
FLOOR: Final = 0.4
"""Scene units between the captions and the words, where the axis runs."""
RIGHT_ANGLE: Final = 90.0
BEHIND: Final = (-4.0, 3.0)
"""Where u points when its shadow has fallen behind."""
DOT: Final = "bold(u) dot bold(v) = inline(sum_i) thin u_i v_i"
BOTH: Final = DOT + " = norm(bold(u)) thin norm(bold(v)) cos theta"
COLORS: Final = {
    "bold(u)": ink.third,
    "u": ink.third,
    "u_i": ink.third,
    "bold(v)": ink.fourth,
    "v": ink.fourth,
    "v_i": ink.fourth,
    "theta": ink.chalk,
}
"""Of the two vectors in formulas."""


class Compared:
    """u and v on their plane, the light that falls onto the line of v, and the shadow of u."""

    def __init__(self, field: Plane, u: Arrows) -> None:
        self.plane, self.u = field, u
        v, along = plane.V, plane.V / np.linalg.norm(plane.V)
        self.along, self.up = along, np.array([-along[1], along[0]])
        self.v = field.vector((0, 0), v, ink.fourth, ground.BOLD)
        self.line = field.line((-v[1], v[0]), 0.0, color=ink.fourth, width=HAIR)
        self.rays = field.segment(RAYS * along, RAYS * along + SKY * self.up, ink.focus, HAIR)
        self.rays.set_stroke(opacity=0.55)
        self.shade = field.segment((0, 0), (0, 0), ink.focus, SHADE)
        self.arc = field.curve([0, 1], [0, 0], ink.chalk, LINE)
        self.name = ground.letter("bold(u)", ink.third).set_z_index(1)
        self.other = ground.letter("bold(v)", ink.fourth).next_to(field.at(v), DOWN + RIGHT, buff=words.GAP)
        self.degrees = Value(plane.degrees_from_v(plane.U))
        self.length = self.degrees.of(lambda turn: linear.shadow(plane.turned(turn), v))
        self.product = self.degrees.of(lambda turn: plane.products(plane.turned(turn), v).sum())
        self.degrees.draws(self.turn)

    def turn(self, degrees: float) -> Changed:
        """Let u point so many degrees away from v, and light and shadow with it."""
        u = plane.turned(degrees)
        foot = float(linear.shadow(u, plane.V))
        inside = (RAYS[:, 0] * foot > 0) & (np.abs(RAYS[:, 0]) < abs(foot))
        stop = np.where(inside, RAYS[:, 0] / foot if foot else 0.0, 0.0) * float(u @ self.up)
        self.rays.redraw(RAYS * self.along + SKY * self.up, RAYS * self.along + stop[:, None] * self.up)
        self.shade.redraw((0, 0), foot * self.along)
        spread = linear.arrow(np.linspace(0, degrees, 40) + linear.degrees_of(plane.V))
        self.arc.redraw(*(ARC * spread.T))
        self.name.move_to(self.plane.at(1.07 * u))
        return (self.u.redraw((0, 0), u), self.rays, self.shade, self.arc, self.name)


def compared() -> tuple[Compared, Mobject, words.Words]:
    """u and v on their plane, the plane's grid, and the column of u."""
    field, sheet, arrow, listed = plain_arrow()
    return Compared(field, arrow), sheet, listed


class Shadow(LinearAlgebraStage):
    """The dot product, and cosine similarity."""

    @chapter(
        "The dot product: a shadow times a length", "dot product as projection and similarity", goes_on=True
    )
    def shadow_times_a_length(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.pair, sheet, self.listed = compared()
        self.add(sheet, self.pair.u, self.listed)
        self.room = shot.safe(titled=False).inset(0.0, FLOOR)
        self.measure_both()
        self.cast_the_shadow()
        self.multiply_by_entries()
        self.turn_away()
        self.write_the_cosine()

    def measure_both(self) -> None:
        """The norm of u by Pythagoras, and that of v."""
        pair, field = self.pair, self.pair.plane
        u, v = plane.U, plane.V
        legs = field.segment([(0, 0), (u[0], 0)], [(u[0], 0), u], ink.focus, LINE, dashed=True)
        sides = field.label(u[0] / 2, 0, "3", UP), field.label(u[0], u[1] / 2, "4", RIGHT)
        second = ground.column([f"{value:g}" for value in v], ink.fourth)
        second.next_to(pair.other, RIGHT, buff=words.GAP)
        self.second = second
        norm = words.label("[norm:focus]  $norm(bold(u)) = sqrt(3^2 + 4^2) = 5$", size=ink.POINT)
        shot.safe(titled=False).put(norm, UP + LEFT)
        with self.beat(
            "Two vectors, u and v. By Pythagoras, u is five long. The length of a vector is its norm."
        ) as beat:
            self.play(FadeIn(pair.name), words.light(self.listed), run_time=pace.CALM)
            beat.over("v", Create(pair.v), FadeIn(second, pair.other), until="Pythagoras")
            beat.over("Pythagoras", Create(legs), FadeIn(*sides), until="five")
            beat.over("five", words.light(pair.u), until="length")
            beat.over("length", words.write(norm), until="norm")
            beat.over("norm", words.light(norm))
        other = words.label("$norm(bold(v)) = 5$", size=ink.POINT).next_to(norm, DOWN, buff=2 * words.GAP)
        other.align_to(norm, RIGHT)
        with self.beat("The norm of v is five as well.") as beat:
            self.play(FadeOut(legs, *sides), run_time=pace.QUICK)
            beat.over(words.light(pair.v), words.write(other))
        self.norms = VGroup(norm, other)

    def cast_the_shadow(self) -> None:
        """Light falls straight onto the line of v."""
        pair, field = self.pair, self.pair.plane
        foot = plane.projection(plane.U, plane.V)
        name = field.label(*(0.62 * foot), "[projection:focus]", DOWN + RIGHT, size=ink.POINT)
        size = Readout(pair.length, 1, label="[shadow:focus]", size=ink.POINT)
        self.size = size
        with self.beat("Let light fall straight onto the line of v. Then u casts a shadow there.") as beat:
            beat.over(FadeOut(self.listed, self.second, self.norms), Create(pair.line), until="straight")
            beat.over("straight", Create(pair.rays), until="shadow")
            beat.over("shadow", Create(pair.shade))
        with self.beat("Where u's tip falls is the projection of u on v. The shadow is 4.8 long.") as beat:
            beat.over(self.frame.to(pair.shade, name, pair.u, share=0.95), until="projection")
            beat.over("projection", words.write(name), until="shadow")
            beat.over("shadow", words.light(pair.shade, ink.chalk), until="4.8")
            size.next_to(name, DOWN, buff=2 * words.GAP).align_to(name, LEFT)
            beat.over("4.8", FadeIn(size))
        self.play(FadeOut(name), self.frame.back(), run_time=pace.CALM)

    def multiply_by_entries(self) -> None:
        """Shadow times norm, and the same from the entries."""
        pair, size = self.pair, self.size
        product = words.label("$4.8 dot 5 = 24$", size=ink.POINT)
        self.room.put(product, DOWN + RIGHT)
        self.product = product
        with self.beat(
            "The shadow times the norm of v, 4.8 times five, is 24: the dot product of u and v."
        ) as beat:
            beat.over(words.light(size), until="norm")
            beat.over("norm", words.light(pair.v), words.light(pair.other.text), until="4.8")
            beat.over("4.8", words.write(product), until="dot")
            name = words.label("[dot product:focus]", size=ink.POINT)
            name.next_to(product, UP, buff=3 * words.GAP).align_to(product, RIGHT)
            beat.over("dot", words.write(name))
        rule = words.formula(DOT, size=ink.POINT, symbols=COLORS)
        rule.next_to(product, UP, buff=3 * words.GAP).align_to(product, RIGHT)
        entries = words.label("$3 dot 4 + 4 dot 3 = 24$", size=ink.POINT).move_to(product, RIGHT)
        with self.beat(
            "The entries give it too. Multiply entry by entry, and add: three times four, four times three, 24."
        ) as beat:
            beat.over(FadeOut(size, name), until="Multiply")
            beat.over("Multiply", words.write(rule), until="three")
            beat.over("three", words.rewrite(product, entries))
        self.rule, self.product = rule, entries

    def turn_away(self) -> None:
        """u turns: a right angle, and beyond."""
        pair = self.pair
        live = Readout(pair.product, 1, label="$bold(u) dot bold(v) =$", size=ink.POINT, digits=3)
        live.move_to(self.product, aligned_edge=RIGHT)
        zero = words.label("$-3 dot 4 + 4 dot 3 = 0$", size=ink.POINT).move_to(
            self.product, aligned_edge=RIGHT
        )
        name = words.label("[orthogonal:focus]", size=ink.POINT)
        name.next_to(self.rule, UP, buff=2 * words.GAP).align_to(self.rule, RIGHT)
        corner = pair.plane.segment(
            CORNER * np.array([pair.along, pair.up]), CORNER * np.array([pair.along + pair.up] * 2), ink.focus
        )
        with self.beat("Turn u away, and the shadow shrinks. Where is it gone?") as beat:
            self.play(FadeOut(self.product), FadeIn(live), run_time=pace.QUICK)
            beat.over(pair.degrees.to(60.0))
        self.think()
        with self.beat(
            "At a right angle. There the dot product is zero, and the two are orthogonal."
        ) as beat:
            beat.over(pair.degrees.to(RIGHT_ANGLE), until="There")
            beat.over("There", words.light(live), until="orthogonal")
            beat.over("orthogonal", words.write(name), Create(corner))
        with self.beat("Check the entries: minus three times four, plus four times three, is zero.") as beat:
            beat.over(words.light(pair.name.text), until="minus")
            beat.over("minus", FadeOut(live), words.write(zero))
        with self.beat("Farther still, the shadow falls behind, and the dot product is negative.") as beat:
            self.play(FadeOut(zero, name, corner), FadeIn(live), run_time=pace.QUICK)
            beat.over(pair.degrees.to(plane.degrees_from_v(BEHIND)), until="negative")
            beat.over("negative", words.light(live))
        self.live = live

    def write_the_cosine(self) -> None:
        """The dot product by norms and angle, and the projection as a vector."""
        pair, rule = self.pair, self.rule
        both = words.formula(BOTH, size=ink.POINT, symbols=COLORS)
        both.move_to(rule, aligned_edge=RIGHT)
        angle = pair.plane.label(*(1.5 * linear.arrow(45.0)), "$theta$", np.zeros(3), size=ink.POINT)
        with self.beat(
            "One rule holds for all of these: norm of u, times norm of v, times the cosine of the angle."
        ) as beat:
            beat.over(pair.degrees.to(plane.degrees_from_v(plane.U)), until="norm")
            beat.over(
                "norm", words.rewrite(rule, both), words.light(pair.u), words.light(pair.v), until="cosine"
            )
            beat.over("cosine", Create(pair.arc), FadeIn(angle))
        cast = words.label(
            "projection $= display((bold(u) dot bold(v)) / norm(bold(v))^2) thin bold(v)$", size=ink.POINT
        )
        shot.safe(titled=False).put(cast, UP + LEFT)
        with self.beat(
            "The projection, as a vector, is v times the dot product over its norm squared."
        ) as beat:
            self.play(FadeOut(pair.rays), words.light(pair.shade, ink.chalk), run_time=pace.CALM)
            beat.over(words.write(cast), until="over")
            beat.over("over", words.light(pair.v))
        with self.beat(
            "A model's weighted sum, w dot x, is this too: the shadow of x on w, times the norm of w."
        ) as beat:
            again = plane.degrees_from_v(plane.U)
            sway = pair.degrees.to(again + 30.0)
            name = words.label("[weighted sum:focus]  $bold(w) dot bold(x)$", size=ink.POINT)
            name.next_to(cast, DOWN, buff=3 * words.GAP).align_to(cast, LEFT)
            beat.over(FadeOut(angle, self.live), words.write(name), until="shadow")
            beat.over("shadow", sway, until="times")
            beat.over("times", pair.degrees.to(again))
        self.play(FadeOut(name, cast, pair.arc), run_time=pace.BRISK)
