"""Which line to trust, and the margin that grows from it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from operator import mul
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, linear, there_and_back

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import StraightLine
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value
from scenes.maths.svm import margin, svm
from scenes.maths.svm.svm import Rows
from scenes.svm.meadow import (
    IRISES,
    NEW_FLOWER,
    PAIR,
    InnerAxes,
    Meadow,
    as_seen,
    grey_flower,
    iris_axes,
    swell,
)
from scenes.svm.stage import BOUNDARY, SvmStage

STOPS: Final = (-50.0, -18.0, 0.0, 15.0, 34.0)
"""Degrees of the five lines that are asked, as those of their normals; the one at :data:`FIRST` is kept."""
ASKED: Final = (34.0, 0.0, -18.0, -50.0, 15.0)
"""In the order in which they are asked."""
GREY: Final = 0.12
"""Share of the frame that the grey flower takes when the camera is at it."""
LEFT_OF_COLUMN: Final = (-4.1, 0.0)
"""Where the camera brings what stands beside a pinned column."""
WATCHED: Final = 1.5 * pace.LONG
"""Of a motion in which a number is watched on its way."""
LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept, on the calm part of a wide picture."""
MARGIN: Final = '{{ "margin" : margin }} = frac(2, norm(bold(w)))'
"""The formula of its width."""
CORNER: Final = (-0.15, -0.12)
"""Where the axes of the two points meet: names have room between them and the points."""
SQUARE: Final = 0.24
"""Data units of the sides of the mark of a right angle."""
FOOT: Final = np.array([3.4, 0.6])
"""Where the arrow w stands on the line between the two points."""
SLIDE: Final = (-1.1, 0.9)
"""How far a point slides along that line, from its middle, in data units of x₁."""
TOUCHING: Final = 1e-9
"""How near to a margin line is on it, in half-widths."""
FIRST: Final = 15.0
"""Degrees of the line that is grown into a street: a poor tilt that separates all the same."""


def five_lines(meadow: Meadow) -> tuple[StraightLine, ...]:
    """Those of :data:`ASKED`, faint."""
    streets = margin.tilted(meadow.points_now, meadow.sides, np.array(ASKED))
    lines = [meadow.plane.line(each.w, each.b, color=ink.quiet) for each in streets]
    return tuple(backdrop(line.set_stroke(opacity=0.5)) for line in lines)


def error_free(plane: Plane) -> words.Words:
    """What the five lines have in common."""
    return plane.label(5.9, 3.85, "training error 0:\nfive times", LEFT, size=LARGE)


class Margin(SvmStage):
    """Which line to trust, and the margin that grows from it."""

    # --- one of many lines

    @chapter("Which line would you trust?")
    def which_line_would_you_trust(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        meadow = Meadow(self.points, self.sides, self.fit.street, IRISES)
        plane, flowers = meadow.plane, meadow.flowers
        axes = iris_axes(plane)
        line = plane.line(self.fit.street.w, self.fit.street.b, color=BOUNDARY, width=1.5 * LINE)
        sides = plane.field(np.zeros((54, 96)), largest=0.25, opacity=0.25)
        grey = grey_flower(plane)
        unknown = plane.label(5.9, 2.0, "grey: species unknown", LEFT, ink.quiet, size=LARGE)
        five = five_lines(meadow)

        low, high = svm.separating_range(self.points, self.sides)
        middle, swing = (low + high) / 2, (high - low) / 2 - 1.5
        phase = Value(np.arcsin((FIRST - middle) / swing) / (2 * np.pi))
        judged = Value(0)

        def lie(street: svm.Street) -> Changed:
            line.redraw(street.w, street.b)
            sides.redraw(street.level(plane.mesh(96, 54)) * street.width / 2)
            kind = ink.second if street.level(NEW_FLOWER) > 0 else ink.first
            grey.set_fill(kind if judged.value else ink.quiet)
            return line, sides, grey

        def rock(turns: float) -> Changed:
            tilt = middle + swing * np.sin(2 * np.pi * turns)
            return lie(svm.street_at(self.points, self.sides, float(tilt)))

        phase.draws(rock)
        VGroup(flowers, grey).set_z_index(1)  # lines that come later run under them
        self.add(sides, *five, line, axes, flowers)

        with self.beat(
            "Each of these lines parts the flowers without an error. "
            "Which one would you trust with the next flower?"
        ) as beat:
            beat.over(phase.to(phase.value + 1, rate_func=linear), until="trust")
            beat.over(phase.to(phase.value + 0.5, rate_func=linear), until="next")
            grey.set_fill(ink.quiet)
            self.play(FadeIn(grey, scale=2), FadeIn(unknown), FadeOut(*five), run_time=pace.QUICK)
            beat.over(phase.to(phase.value + 0.5))
        self.think()

        across, up = axes.across, axes.up
        setosa = plane.label(0.9, 3.4, "setosa", LEFT)
        versicolor = plane.label(4.35, 3.5, "versicolor")
        judged.set(1)
        with self.beat(
            "These are a hundred real irises. Across is petal length, up is sepal width. "
            "Discs are setosa, squares are versicolor."
        ) as beat:
            beat.over(phase.to(phase.value + 0.5), FadeOut(unknown), until="Across")
            beat.over("Across", words.write(across), phase.to(phase.value - 0.14), until="up")
            beat.over("up", words.write(up), phase.to(phase.value - 0.04), until="Discs")
            beat.over("Discs", FadeIn(setosa, shift=place.NUDGE * LEFT), swell(meadow, self.sides < 0))
            beat.over("squares", FadeIn(versicolor, shift=place.NUDGE * UP), swell(meadow, self.sides > 0))

        boundary = plane.label(2.15, 4.45, "[decision boundary:focus]", RIGHT, size=LARGE)
        flat = plane.label(2.25, 4.05, "[hyperplane:focus], in a plane a line", RIGHT, size=LARGE)
        with self.beat(
            "Where the answer changes is the decision boundary. "
            "A flat one is a hyperplane: in a plane, a line."
        ) as beat:
            beat.over(phase.to(phase.value - 0.32), FadeOut(versicolor, up, setosa), until="decision")
            beat.at("decision", line.animate.set_stroke(ink.focus, width=3 * LINE), words.write(boundary))
            beat.over("hyperplane", words.write(flat), until="in a")
            beat.over("in a", line.animate.set_stroke(BOUNDARY, width=1.5 * LINE))

        parted = plane.label(2.35, 3.65, "[linearly separable:focus] classes", RIGHT, size=LARGE)
        with self.beat("Classes that one hyperplane parts are linearly separable.") as beat:
            beat.over(swell(meadow, np.abs(self.sides) > 0), until="linearly")
            beat.over("linearly", words.write(parted))

        sweep = ParameterSweep(STOPS, value=FIRST)
        sweep.draws(lambda tilt: lie(svm.street_at(self.points, self.sides, tilt)))
        right = [
            len(self.points) - margin.errors(street, self.points, self.sides)
            for street in margin.tilted(self.points, self.sides, sweep.stops)
        ]
        count = Readout(sweep.score(right), 0, f"of {len(self.points)} right", size=LARGE)
        count.next_to(plane.at(5.9, 3.85), LEFT)
        rivals = five_lines(meadow)
        with self.beat("Let it stop in five places: each time without an error.") as beat:
            self.play(FadeOut(boundary, flat, parted), FadeIn(count), run_time=pace.BRISK)
            for tilt, rival in zip(ASKED, rivals, strict=True):
                self.play(sweep.to(tilt), run_time=pace.BRISK)
                self.play(Create(rival), words.light(count), run_time=pace.QUICK)
        with self.beat("But the new flower changes its class.") as beat:
            beat.over(FadeOut(count), self.frame.to(grey, share=GREY), sweep.to(-50), until="changes")
            self.play(sweep.to(34), run_time=pace.LONG)
        zero = error_free(plane)
        with self.beat("None of these lines makes an error. So training error cannot choose.") as beat:
            beat.over(sweep.to(FIRST), self.frame.back(), until="makes")
            beat.over("makes", words.write(zero), until="training")
            beat.over("training", *(words.light(each, run_time=pace.LONG) for each in rivals))

    # --- the width of the street

    @chapter("Grow the line into a street", goes_on=True)
    def grow_the_line_into_a_street(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        first = svm.street_at(self.points, self.sides, FIRST)
        meadow = Meadow(self.points, self.sides, first, IRISES)
        plane, flowers = meadow.plane, meadow.flowers
        axes = iris_axes(plane)
        sides = plane.field(first.level(plane.mesh(96, 54)) * first.width / 2, largest=0.25, opacity=0.25)
        grey = grey_flower(plane, ink.first)
        rivals = five_lines(meadow)
        zero = error_free(plane)
        meadow.lay(first, 0.0)
        self.add(sides, *rivals, axes, axes.across, meadow, grey, zero)
        self.allow(zero, "unread", "it is read as the chapter before ends")

        touch = svm.turn(self.points, self.sides, np.array([FIRST])).touch[0]
        with self.beat(
            "Do not choose a line: grow it into a street, until a flower touches on each side."
        ) as beat:
            beat.over(FadeOut(sides, *rivals, zero, grey), until="grow")
            beat.over("grow", glide(meadow.lay, (first, 0.0), (first, 1.0)), until="touches")
            meadow.rings.follow(flowers, touch)
            beat.at("touches", FadeIn(meadow.rings))

        (low, high) = margin.across(first, np.array([2.1, 4.05]))
        span = plane.vector(low, high, BOUNDARY), plane.vector(high, low, BOUNDARY)
        name = plane.label(2.75, 4.05, "[margin:truth]", RIGHT, size=ink.POINT)
        with self.beat("This empty street is the margin. How wide is it?") as beat:
            beat.over("margin", Create(span[0]), Create(span[1]), words.write(name), until="How")
            breath = glide(meadow.lay, (first, 1.0), (first, 0.55), rate_func=there_and_back)
            beat.over("How", breath, FadeOut(*span), least=pace.LONG)

        self.take_two_points(meadow, touch, (axes, axes.across, name))
        self.walk_across_it()

    def take_two_points(self, meadow: Meadow, pair: Rows, leaving: Sequence[Mobject]) -> None:
        """Two of the flowers become the points that are solved by hand."""
        points, y = margin.two_points()
        street = svm.widest_street(points, y).street
        self.pair = Meadow(points, y, street, PAIR)
        seen = as_seen(street, PAIR, IRISES)
        start, radius = meadow.flowers.centres, np.full(len(self.points), meadow.view.radius)
        end, grown = start.copy(), radius.copy()
        end[pair], grown[pair] = self.pair.flowers.centres, PAIR.radius
        self.irises_then, self.places = meadow, ((start, radius), (end, grown))
        self.axes = InnerAxes(
            self.pair.plane,
            CORNER,
            (7.2, 3.3),
            (range(1, 8), [1, 2, 3]),
            ("$x_1$", "$x_2$"),
            ((1, 2, 3), (1, 2, 3)),
        )
        self.axes.add(self.axes.across, self.axes.up)
        self.allow(self.pair, self.axes.numbers, "margin lines pass over the ticks while w is scaled")
        minus = self.pair.plane.label(1, 1, "(1, 1)\n$y = -1$", DOWN + LEFT, size=LARGE)
        plus = self.pair.plane.label(3, 3, "(3, 3), $y = +1$", RIGHT, gap=2 * words.GAP, size=LARGE)
        self.names = VGroup(minus, plus)
        alone = np.isin(np.arange(len(self.points)), pair)
        with self.beat("Take just two easy points. Their labels y are minus one and plus one.") as beat:
            beat.over(
                glide(meadow.flowers.shade, np.ones(len(alone)), alone.astype(float)),
                FadeOut(*leaving, meadow.rings),
                self.frame.to(meadow.flowers[pair[0]], meadow.flowers[pair[1]], share=0.4),
                until="easy",
            )
            meadow.rings.follow(meadow.flowers, [])
            beat.over(
                "easy",
                glide(meadow.flowers.put, (start, radius), (end, grown)),
                glide(meadow.steer, (meadow.now.w, meadow.now.b), (seen.w, seen.b)),
                self.frame.back(),
                until="y",
                least=pace.SLOW,
            )
            self.remove(meadow)
            self.add(self.pair)
            beat.over("y", FadeIn(self.axes), until="minus")
            beat.at("minus", words.write(minus))
            beat.at("plus", words.write(plus))

    def walk_across_it(self) -> None:
        """How f changes along w, and so how far it is from one margin line to the other."""
        pair, plane = self.pair, self.pair.plane
        best = pair.now
        f, fixed = self.point_across()
        touching = self.fix_the_scale(fixed)
        gone = Value(0)
        trail = margin.walk_across(best, points := pair.points_now[0], round(margin.steps_across(best)))
        steps = plane.vector(trail[:1], trail[:1], ink.fourth, width=1.5 * LINE)
        walker = plane.dots(trail[:1], ink.chalk, radius=PAIR.radius)

        def walk(taken: float) -> Changed:
            whole = trail[: int(taken) + 1]
            here = points + taken * best.w
            starts, stops = whole, np.vstack([whole[1:], here])
            far = np.linalg.norm(stops - starts, axis=1) > 0
            steps.redraw(starts[far], stops[far])
            return steps, walker.redraw([here])

        gone.draws(walk)
        self.add(steps)
        level = Readout(gone.of(lambda t: -1 + t * float(best.w @ best.w)), 1, label="$f =$", size=ink.POINT)
        level.next_to(touching, DOWN, buff=4 * words.GAP, aligned_edge=RIGHT)
        adds = words.label("$bold(w) dot bold(w) = norm(bold(w))^2 = display(1/2)$", size=LARGE)
        adds.next_to(level, DOWN, buff=3 * words.GAP, aligned_edge=RIGHT)
        self.pin(f, touching, fixed, level, adds)
        with self.beat(
            "How does f change along w? Each step w adds w dot w: its squared length, here a half."
        ) as beat:
            self.play(FadeOut(*self.beside_arrow), run_time=pace.QUICK)
            self.shot(shot.close_up())
            beat.over(
                self.frame.to(pair.flowers, share=0.7, at=LEFT_OF_COLUMN), until="along", least=pace.SLOW
            )
            beat.over("along", FadeIn(walker, level), until="Each")
            beat.over("Each", gone.to(1), until="adds", least=pace.CALM)
            beat.over("adds", words.write(adds), until="here")
            beat.over("here", words.light(level), words.light(adds))
        count = words.label("$display(2 / norm(bold(w))^2) = 4$ steps", size=LARGE)
        count.move_to(adds, aligned_edge=UP + RIGHT)
        self.pin(count)
        with self.beat(
            "From minus one to plus one, f needs two: that makes four steps.", pause=pace.SLOW
        ) as beat:
            beat.over(gone.to(4), until="that", least=WATCHED)
            beat.over("that", words.rewrite(adds, count), words.light(level), least=pace.SLOW)

        aside = best.w[::-1] * np.array([-1, 1])
        ruler = plane.segment(trail[0] + aside, trail[-1] + aside, BOUNDARY, width=1.5 * LINE)
        x, y = trail[3] + aside
        length = plane.label(x, y, f"[{best.width:.2f}:truth]", UP + LEFT, size=ink.POINT)
        walked = words.label("$display(2 / norm(bold(w))^2) dot norm(bold(w))$", size=ink.POINT)
        width = words.formula(MARGIN, size=ink.POINT, colors={"margin": BOUNDARY})
        for each in (walked, width):
            each.next_to(touching, DOWN, buff=4 * words.GAP, aligned_edge=RIGHT)
        self.pin(walked, width)
        with self.beat(
            "Each is as long as w. So the margin is two over the length of w, here 2.83.", pause=pace.SLOW
        ) as beat:
            beat.over(words.light(steps), FadeOut(level), until="long")
            beat.over(
                "long", words.rewrite(count, walked), self.frame.back(), until="margin", least=pace.CALM
            )
            self.shot(shot.wide())
            beat.over("margin", words.rewrite(walked, width), until="here", least=pace.SLOW)
            beat.over("here", Create(ruler), words.write(length), words.light(width))
        self.return_to_the_irises(width, (f, touching, fixed, ruler, length, steps, walker))

    def point_across(self) -> tuple[words.Words, words.Words]:
        """The decision function, zero along the line, and the arrow w across it."""
        pair, plane, best = self.pair, self.pair.plane, self.pair.now
        self.arrow = plane.vector(FOOT, FOOT + best.w, ink.fourth, width=2 * LINE)
        self.letter = words.formula("bold(w)", size=ink.POINT)
        self.letter.next_to(plane.at(FOOT + 0.3 * best.w), DOWN + RIGHT, buff=words.GAP)
        ahead = SQUARE * best.w / np.linalg.norm(best.w)
        along = ahead[::-1] * np.array([-1, 1])
        square = plane.segment([FOOT + along, FOOT + along + ahead], [FOOT + along + ahead, FOOT + ahead])
        f = words.formula("f(bold(x)) = bold(w) dot bold(x) + b", size=ink.POINT)
        shot.safe(titled=False).put(f, UP + RIGHT)
        terms = " + ".join(f"display(1/2) dot {each:.0f}" for each in pair.points_now[1])
        rows = (
            "$bold(w) dot bold(x) = w_1 x_1 + w_2 x_2$",
            f"[$= {terms} = {pair.points_now[1] @ best.w:.0f}$:second]",
            f"[$f = {pair.points_now[1] @ best.w:.0f} - {-best.b:.0f} = {best.level(pair.points_now[1]):.0f}$:second]",
        )
        shown = [words.label(each, size=LARGE) for each in rows]
        dot = VGroup(*shown).arrange(DOWN, buff=3 * words.GAP, aligned_edge=RIGHT)
        fixed = words.label(f"$bold(w) = (display(1/2), display(1/2))$, $b = {best.b:.0f}$", size=LARGE)
        column = VGroup(f.copy(), fixed, dot).arrange(DOWN, buff=4 * words.GAP, aligned_edge=RIGHT)
        column.shift(f.get_corner(UP + RIGHT) - column.get_corner(UP + RIGHT))
        middle, step = pair.points_now.mean(axis=0), np.array([1.0, -1.0])
        slide = Value(0.0)
        spot = plane.dots([middle], ink.chalk, radius=PAIR.radius)
        zero = Readout(slide.of(lambda far: best.level(middle + far * step)), 0, label="$f =$", size=LARGE)

        def run(far: float) -> Changed:
            here = middle + far * step
            zero.next_to(plane.at(*here), UP + RIGHT, buff=words.GAP)
            return spot.redraw([here]), zero

        slide.draws(run)
        with self.beat(
            "Let f of x be w dot x plus b. A dot product multiplies part by part, and adds: here it is three. "
            "Less two, f is one."
        ) as beat:
            beat.over("f", words.write(f), until="A dot")
            beat.over("A dot", words.write(fixed), until="multiplies")
            beat.over("multiplies", words.write(shown[0]), words.light(self.names[1]), until="here")
            beat.over("here", words.write(shown[1]), until="Less")
            beat.over("Less", words.write(shown[2]), least=pace.SLOW)
        with self.beat("Along the line f is zero, and w points straight across.") as beat:
            self.play(FadeOut(dot), FadeIn(spot, zero), run_time=pace.QUICK)
            beat.over(words.light(pair.street.centre), until="line")
            beat.over("line", slide.to(SLIDE[0]), until="zero", least=pace.CALM)
            beat.over("zero", slide.to(SLIDE[1]), until="w points", least=pace.CALM)
            beat.over(
                "w points", Create(self.arrow), FadeIn(self.letter), FadeOut(spot, zero), until="straight"
            )
            beat.over("straight", FadeIn(square), least=pace.CALM)
        self.play(FadeOut(square), run_time=pace.QUICK)
        return f, fixed

    def fix_the_scale(self, fixed: words.Words) -> words.Words:
        """Any multiple of w and b has the same line; the nearest points choose one."""
        pair, plane, arrow, letter = self.pair, self.pair.plane, self.arrow, self.letter
        best = pair.now
        size = Value(1.0)
        ends = [
            Readout(size.of(partial(mul, y)), 1, label="$f =$", sign=True, digits=2, size=LARGE)
            for y in (-1.0, 1.0)
        ]
        for each, name, edge in zip(ends, self.names, (LEFT, RIGHT), strict=True):
            each.next_to(name, DOWN, buff=words.GAP, aligned_edge=edge)
        touching = words.formula("y thin f(bold(x)) = 1", size=ink.POINT)
        touching.next_to(fixed, DOWN, buff=4 * words.GAP, aligned_edge=RIGHT)

        def stretch(factor: float) -> Changed:
            now = margin.scaled(best, factor)
            letter.next_to(plane.at(FOOT + 0.3 * now.w), DOWN + RIGHT, buff=words.GAP)
            return pair.lay(now), arrow.redraw(FOOT, FOOT + now.w), letter

        size.draws(stretch)
        with self.beat(
            "Scale w and b, and the line stays. So fix the scale: y times f is one at the nearest points."
        ) as beat:
            self.play(FadeIn(*ends), FadeOut(fixed), run_time=pace.QUICK)
            beat.over(size.to(2.0), until="line", least=pace.SLOW)
            beat.over("line", words.light(pair.street.centre), until="fix")
            beat.over("fix", size.to(1.0), until="y", least=pace.SLOW)
            beat.over("y", words.write(touching), until="nearest")
            beat.over("nearest", swell(pair, pair.sides < 3), *map(words.light, ends), FadeIn(fixed))
        self.beside_arrow = (*ends, self.names, arrow, letter)
        return touching

    def return_to_the_irises(self, width: words.Words, others: Sequence[Mobject]) -> None:
        """What the formula of the margin says of w, over the flowers again."""
        pair = self.pair
        first = svm.street_at(self.points, self.sides, FIRST)
        meadow, (start, end) = self.irises_then, self.places
        seen = as_seen(pair.now, PAIR, IRISES)
        meadow.steer(seen.w, seen.b)
        alone = end[1] == PAIR.radius
        with self.beat("So the widest margin has the shortest w.", pause=pace.SLOW) as beat:
            self.play(FadeOut(self.axes, *others), run_time=pace.QUICK)
            corner = others[0].get_corner(UP + RIGHT)
            self.play(width.animate.shift(corner - width.get_corner(UP + RIGHT)), run_time=pace.CALM)
            self.remove(pair)
            self.add(meadow)
            axes = iris_axes(IRISES.plane())
            beat.over(
                glide(meadow.flowers.put, end, start),
                glide(meadow.flowers.shade, alone.astype(float), np.ones(len(alone))),
                glide(meadow.steer, (seen.w, seen.b), (first.w, first.b)),
                FadeIn(axes, axes.across),
                least=pace.SLOW,
            )
