"""Count successes: the binomial, and the pegs that make it."""

from __future__ import annotations

from functools import partial
from typing import Final

from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.value import Value
from scenes.kit.words import Words
from scenes.maths.probability_statistics import processes
from scenes.maths.probability_statistics.processes import Ints
from scenes.probability_statistics import wild
from scenes.probability_statistics.pegs import Pegs
from scenes.probability_statistics.pile import stairs, steps
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    ProbabilityStatisticsStage,
    chart,
    maths,
)

NAME: Final = 46.0
"""Pixels of the capitals of names in the picture."""
RAINING: Final = pace.LONG
"""Seconds at least in which many drops fall."""
HAND: Final = 3
"""Rows that are followed path by path."""
SHARE: Final = 1.4
"""Height of a bar of all drops, in units of the board's height, which is 1."""
MEAN_HIGH: Final = 0.36
"""Height of the mean's mark, in these units."""
PINS: Final = (0.42, 0.97)
"""Heights between which the pegs lie."""


class Counts(ProbabilityStatisticsStage):
    """Successes among independent trials."""

    @chapter("Count successes: the binomial", "the Binomial and the process that makes it", goes_on=True)
    def count_successes(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.three_rows()
        self.twelve_rows()
        self.formula_of_paths()
        self.tilt_the_board()

    def three_rows(self) -> None:
        """Eight paths by hand: one, three, three, one."""
        rows = processes.paths(HAND)
        (frame,) = shot.close_up().places
        plane = frame.plane((-0.75, HAND + 0.75), (0, 1), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_opacity(0)
        board = Pegs(plane, rows, 0.38, 0.97, 0.3, radius=0.16)
        board.pins.set_stroke(width=32)
        drop = plane.dots([board.spot(0, 0)], DATA, radius=0.2)
        lines = [_trace(plane, board.way(row), MODEL, 6) for row in rows]
        rights = rows.sum(axis=1)
        tally = VGroup(
            *(
                plane.label(k, 0.24, f"{count}", ORIGIN, DATA, size=1.2 * ink.HEADLINE)
                for k, count in enumerate(processes.ways(HAND))
            )
        )
        names = VGroup(
            *(plane.label(k, 0.03, f"{k} right", UP, ink.quiet, size=NAME, gap=0.0) for k in range(HAND + 1))
        )
        ways = maths(f"binom({HAND}, 1) = {processes.ways(HAND)[1]}", 1.5 * ink.POINT)
        chance = words.label(
            f"$P(X = 1)$\n$= {processes.ways(HAND)[1]}$ [$p$:fourth] $(1 -$ [$p$:fourth]$)^2$",
            size=1.2 * ink.POINT,
        )
        corner = shot.safe(titled=False).inset(0.2, 0.1)
        corner.put(chance, UP + RIGHT)
        corner.put(ways, UP + LEFT)
        alike = [number for number, right in enumerate(rights) if right == 1]
        first = alike[0]
        factors = VGroup(*(_factor(plane, board, rows[first], row) for row in range(HAND)))
        before = wild.as_it_ends(self)
        self.add(before)
        with self.beat("A drop falls on a peg, and turns left or right, with equal chances.") as beat:
            self.play(FadeOut(before), FadeIn(board.pins, drop), run_time=pace.CALM)
            path = board.way(rows[3], samples=24)
            trail = _trace(plane, path, MODEL, 6)
            beat.over(
                glide(partial(_follow, drop, path), 0.0, 1.0, drop, rate_func=linear),
                glide(trail.reveal, 0.0, 1.0, rate_func=linear),
                least=pace.LONG,
            )
        with self.beat(
            "Three rows make eight paths. One has no right turn; three have one: "
            "three choose one, the ways to place it."
        ) as beat:
            self.play(FadeOut(drop), FadeOut(trail), run_time=pace.QUICK)
            beat.over(
                *(Create(line) for line in lines),
                FadeIn(names),
                until="One",
                least=pace.LONG,
            )
            for k in range(HAND + 1):
                lit = [line for line, right in zip(lines, rights, strict=True) if right == k]
                said = ("One", "three", None, None)[k]
                shown = FadeIn(tally[k], shift=place.NUDGE * DOWN)
                glow = [line.animate.set_stroke(ink.chalk, 9) for line in lit]
                if said:
                    beat.until(said)
                self.play(shown, *glow, run_time=pace.QUICK)
                self.play(*(line.animate.set_stroke(MODEL, 6) for line in lit), run_time=pace.QUICK)
            beat.at("three choose", FadeIn(ways), words.light(tally[1]))
        others = [line for number, line in enumerate(lines) if number != first]
        with self.beat(
            "Let a right turn have probability p. The turns are independent, so along a path chances multiply: "
            "p, one minus p, one minus p."
        ) as beat:
            beat.over(
                *(line.animate.set_stroke(opacity=0.0) for line in others),
                lines[first].animate.set_stroke(ink.chalk, 9),
                until="p The",
            )
            for row, (factor, cue) in enumerate(zip(factors, ("multiply", "one", "one"), strict=True)):
                beat.at(cue, FadeIn(factor)) if row < 2 else self.play(FadeIn(factor), run_time=pace.BRISK)
        with self.beat("Three such paths: three times that.") as beat:
            beat.over(
                *(lines[number].animate.set_stroke(ink.chalk, 9, opacity=1.0) for number in alike),
                FadeOut(factors),
                until="three",
            )
            beat.over(words.write(chance), words.light(tally[1]), words.light(ways))
        self.clear_stage()

    def twelve_rows(self) -> None:
        """Two thousand drops fall under the exact bars."""
        self.shot(shot.wide())
        self.plane = _turns_right()
        self.board = Pegs(self.plane, processes.turns(), *PINS, SHARE)
        self.chance = Value(processes.FAIR)
        edges = self.board.edges
        self.exact = steps(self.plane, edges, _exact(processes.FAIR), MODEL, 6)
        self.chance.draws(lambda p: self.exact.redraw(*stairs(edges, _exact(p))))
        board = self.board
        with self.beat("Now twelve rows, and two thousand drops.") as beat:
            self.play(FadeIn(self.plane), FadeIn(board.pins), run_time=pace.BRISK)
            self.add(board)
            beat.over(
                glide(board.redraw, 0.0, 0.14, rate_func=linear),
                self.frame.to_region((-3.4, 3.4), (0.2, 3.9)),
                least=pace.LONG,
            )
            self.play(
                glide(board.redraw, 0.14, 0.24, rate_func=linear), self.frame.back(), run_time=pace.SLOW
            )
        term = words.headline("binomial\ndistribution", MODEL, 60.0)
        shot.safe(titled=False).inset(0.35, 0.0).put(term, UP + LEFT)
        self.term = term
        with self.beat(
            "The binomial distribution counts successes in n independent trials with the same probability p."
        ) as beat:
            beat.over(glide(board.redraw, 0.24, 1.0, rate_func=linear), FadeIn(term), until="trials")
            beat.over(Create(self.exact))

    def formula_of_paths(self) -> None:
        """The formula out of one path, and the number of such paths."""
        each = maths("{{ p^k : rights }} {{ (1 - p)^(n - k) : lefts }}", 64.0)
        ways = maths("binom(n, k)", 1.4 * ink.POINT)
        rule = _rule(self.plane)
        corner = shot.safe(titled=False)
        corner.put(each, UP + RIGHT)
        corner.inset(0.6, 0.0).put(ways, UP + LEFT)
        paths = [_trace(self.plane, self.board.way(turned), ink.chalk, 6) for turned in (PATH, *ALIKE)]
        with self.beat(
            "Count the paths, n choose k. Along each stand k factors p, and n minus k factors one minus p."
        ) as beat:
            self.play(FadeOut(self.term), *(Create(path) for path in paths), run_time=pace.CALM)
            beat.over(FadeIn(ways), until="Along")
            beat.over(words.write(each), *(FadeOut(path) for path in paths[1:]), until="p and")
            beat.over(words.light(each.part("lefts")), words.light(paths[0]), until="one minus")
            self.play(FadeOut(paths[0], ways, self.board.pins), words.rewrite(each, rule), run_time=pace.CALM)
        self.rule = rule

    def tilt_the_board(self) -> None:
        """Another p: the pile slides, narrows and leans."""
        n, fair, tilted = processes.ROWS, processes.FAIR, processes.TILTED
        plane, board = self.plane, self.board
        where = self.chance.of(lambda p: processes.binomial_mean(n, p))
        stem = plane.segment((n * fair, 0), (n * fair, MEAN_HIGH), MEAN, width=8)
        where.draws(lambda mean: stem.redraw((mean, 0), (mean, MEAN_HIGH)))
        names = [_told(n, p) for p in (fair, tilted)]
        other = _tilted(plane)
        with self.beat(
            "Each trial adds p to the mean: n p, here six. To the variance it adds p times one minus p."
        ) as beat:
            beat.over("mean", Create(stem), until="here")
            self.play(FadeIn(names[0][0]), run_time=pace.BRISK)
            beat.at("variance", FadeIn(names[0][1]))
        with self.beat("Let p be 0.3: the pile slides left, narrows, and is skewed to the right.") as beat:
            self.play(FadeOut(self.rule), FadeIn(other.pins), FadeOut(names[0]), FadeIn(names[1]))
            beat.over(
                self.chance.to(tilted),
                board.bars.animate.set_fill(opacity=0),
                until="slides",
                least=pace.SLOW,
            )
            self.add(other)
            self.bring_to_back(other)
            beat.over(glide(other.redraw, 0.0, 1.0, rate_func=linear), least=RAINING)
            self.play(FadeOut(other.pins), FadeIn(self.rule), run_time=pace.BRISK)


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    n, p = processes.ROWS, processes.TILTED
    plane = _turns_right()
    board = _tilted(plane).redraw(1.0)
    mean = processes.binomial_mean(n, p)
    return VGroup(
        board.bars,
        plane,
        steps(plane, board.edges, _exact(p), MODEL, 6),
        plane.segment((mean, 0), (mean, MEAN_HIGH), MEAN, width=8),
        _rule(plane),
        _told(n, p),
    )


def _turns_right() -> Plane:
    """The chart of right turns, which is as high as the board."""
    frame = shot.safe(titled=False)
    return chart(
        shot.Region(frame.left, frame.bottom, frame.right, frame.top + 0.2),
        (-0.6, processes.ROWS + 0.6),
        (0, 1),
        x_label="right turns k",
        x_ticks=range(processes.ROWS + 1),
    )


def _exact(p: float) -> Floats:
    """Heights of the exact bars, in units of the board's height."""
    return SHARE * processes.binomial(processes.ROWS, p)


def _tilted(plane: Plane) -> Pegs:
    """The board that sends few drops to the right."""
    return Pegs(plane, processes.turns(p=processes.TILTED, seed=1), *PINS, SHARE)


def _rule(plane: Plane) -> Words:
    """The formula of the binomial distribution, above the bars."""
    source = "P(X = k) = {{ binom(n, k) : ways }} {{ p^k : rights }} {{ (1 - p)^(n - k) : lefts }}"
    return maths(source, 62.0).move_to(plane.at(6, 0.6))


PATH: Final = (1, 0, 0, 1, 0, 1, 0, 0, 1, 0, 0, 0)
"""One way with four right turns."""
ALIKE: Final = (
    (0, 0, 0, 1, 1, 0, 1, 0, 0, 0, 1, 0),
    (0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 1),
    (1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0),
)
"""Others with as many."""


def _trace(plane: Plane, path: Floats, color: ManimColor, width: float) -> Curve:
    """The way of a drop, (n, 2) in data units."""
    return plane.curve(path[:, 0], path[:, 1], color, width)


def _factor(plane: Plane, board: Pegs, turns: Ints, row: int) -> Words:
    """The probability of the turn of a path at a row, beside it."""
    begin, end = (board.spot(at, int(turns[:at].sum())) for at in (row, row + 1))
    text, side = ("$p$", RIGHT) if turns[row] else ("$1 - p$", LEFT)
    x, y = 0.5 * (begin + end)
    return plane.label(float(x), float(y), text, side, ink.chalk, 0.75, 1.2 * ink.POINT)


def _follow(drop: Dots, path: Floats, share: float) -> Dots:
    """The drop after ``share`` of its way."""
    at = share * (len(path) - 1)
    first = min(int(at), len(path) - 2)
    return drop.redraw([path[first] + (at - first) * (path[first + 1] - path[first])])


def _told(n: int, p: float) -> VGroup:
    """The parameters and the mean that they make, on the left, and the variance, on the right."""
    left = words.label(
        f"[n = {n}, p = {p:g}:fourth]\n[mean n p = {processes.binomial_mean(n, p):g}:focus]", size=NAME
    )
    variance = processes.binomial_deviation(n, p) ** 2
    right = words.label(f"variance\nn p (1 − p) = {variance:.2f}", ink.third, NAME)
    calm = shot.safe(titled=False).inset(0.35, 0.0)
    return VGroup(calm.put(left, UP + LEFT), calm.put(right, UP + RIGHT))
