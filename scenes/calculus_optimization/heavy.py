"""Momentum adds up what agrees: a running sum of gradients, in the valley of two curvatures."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, ManimColor, VGroup, linear

from scenes.calculus_optimization.limit import (
    BETAS,
    HAND_BETA,
    LARGE,
    RATES,
    SEEN,
    SQUEEZE,
    TUNED,
    Valley,
    arrival,
    condition,
    ends_of_limit,
    kappa,
    plain,
    squeezed,
    tuned,
    valley_walk,
)
from scenes.calculus_optimization.stage import (
    BALL,
    GRADIENT,
    OPTIMISERS,
    CalculusOptimizationStage,
    maths,
    walked,
)
from scenes.kit import ink, pace, shot, words
from scenes.kit.bar import Bars
from scenes.kit.drive import drive
from scenes.kit.frame import Move
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.kit.walker import Walker
from scenes.kit.words import Words
from scenes.maths.calculus_optimization import landscape, optimiser

ZIGZAG: Final = 7
"""Steps of the zigzag whose parts are looked at."""
NARROW: Final = 0.2
"""By how much the map is stretched along x at the end, so that the valley is narrower."""
NARROW_VIEW: Final = ((-4.7, -1.55), (0.81, 1.55))
"""Corners of the map's part in which the two walk there."""
NARROW_STEPS: Final = 69
"""Steps that are walked in the narrow valley."""
ROLLING_BETA: Final = 0.8
"""Momentum of the heavy ball that is taken apart."""
ROLLING: Final = 4
"""Steps after which one step of the heavy ball is taken apart."""
ROLLING_VIEW: Final = ((-3.2, -0.75), (1.1, 1.55))
"""Corners of the map's part in which it is."""
ASLANT: Final = 40.0
"""Degrees by which the valley lies aslant at first."""
GRID: Final = float(TUNED[1] - TUNED[0])
"""How far the rates that were tried lie apart."""
ROWS: Final = 8
"""Gradients that are added up by hand."""


def narrow_walk(beta: float) -> Floats:
    """The walk in the narrow valley with momentum ``beta``, each with the rate that is best for it."""
    pull = np.array([NARROW, 1.0])

    def gradient(points: Floats) -> Floats:
        return np.asarray(landscape.valley_gradient(points * pull) * pull)

    return optimiser.roll(gradient, landscape.VALLEY_START, tuned(beta, NARROW)[1], beta, NARROW_STEPS)


def told_of(beta: float, color: ManimColor) -> Tag:
    """How many steps a ``beta`` needs in the narrow valley with its best rate."""
    steps, rate = tuned(beta, NARROW)
    return Tag(
        words.headline(
            f"β = {plain(beta)}, η = {plain(rate)} (best of a grid): [{steps} steps:chalk]", color, size=48.0
        )
    )


def ends_of_heavy(
    lesson: CalculusOptimizationStage, valley: Valley
) -> tuple[Walker, Walker, list[Tag], Move]:
    """The walks without and with momentum in the narrow valley, at their ends, their names, and the camera's move."""
    usual = optimiser.Usual().beta
    slow = valley.walker(narrow_walk(0.0), OPTIMISERS["gradient descent"]).step(NARROW_STEPS)
    fast = valley.walker(narrow_walk(usual), OPTIMISERS["momentum"]).step(NARROW_STEPS)
    names = [
        kappa(condition(NARROW)),
        told_of(usual, OPTIMISERS["momentum"]),
        told_of(0.0, OPTIMISERS["gradient descent"]),
    ]
    shot.safe(titled=False).put(VGroup(*names[1:]).arrange(DOWN, aligned_edge=LEFT, buff=0.15), DOWN + LEFT)
    lesson.pin(*names)
    low, high = valley.plane.at(NARROW_VIEW)
    return slow, fast, names, lesson.frame.to_region((low[0], high[0]), (low[1], high[1]))


class Heavy(CalculusOptimizationStage):
    """What a heavy ball does that gradient descent cannot."""

    @chapter("Momentum adds up what agrees", "momentum", goes_on=True)
    def momentum_adds_up_what_agrees(self) -> None:
        self.untitled()
        self.shot(shot.close_up())
        self.valley, walker, name = ends_of_limit(self)
        self.add(self.valley.contour, self.valley.goal, walker, name)
        self.look_at_the_zigzag(walker, name)
        self.add_up_by_hand()
        self.write_momentum()
        self.compare_betas()

    def look_at_the_zigzag(self, walker: Walker, name: Tag) -> None:
        """Parts of the steps: across they alternate, along they agree."""
        valley = self.valley
        walk = valley_walk(0.06, SEEN)

        with self.beat(
            "But scaling axes cannot round a valley that lies aslant. So back to the zigzag."
        ) as beat:
            beat.over(
                glide(valley.squeeze, (SQUEEZE, 0.0), (1.0, ASLANT), valley.contour),
                FadeOut(name, walker),
                until="So",
                least=pace.LONG,
            )
            walker.redraw(squeezed(1.0))
            self.play(glide(valley.squeeze, (1.0, ASLANT), (1.0, 0.0), valley.contour), run_time=pace.CALM)
            self.play(FadeIn(walker), run_time=pace.QUICK)
            low, high = valley.plane.at([(-4.3, -1.0), (-0.9, 1.35)])
            beat.over(self.frame.to_region((low[0], high[0]), (low[1], high[1])), least=pace.SLOW)
        starts, ends = walk[:ZIGZAG], walk[1 : ZIGZAG + 1]
        corners = np.column_stack([starts[:, 0], ends[:, 1]])
        across = Arrows(valley.plane, BALL, 2 * LINE)
        along = Arrows(valley.plane, BALL, 2 * LINE)
        with self.beat("Across the valley its steps alternate. Along the floor they agree.") as beat:
            beat.over(
                glide(across.redraw, (starts, starts), (starts, corners)),
                walker.trail.animate.set_stroke(opacity=0.3),
                until="Along",
                least=pace.SLOW,
            )
            beat.over(glide(along.redraw, (corners, corners), (corners, ends)), least=pace.SLOW)
        self.zigzag = VGroup(walker, across, along)
        self.beta_zero = walk

    def add_up_by_hand(self) -> None:
        """Two rows of gradients and their running sums."""
        frame = shot.safe(titled=False)
        left, right = shot.Region(frame.left, frame.bottom + 0.2, frame.right, frame.top).columns(
            1, 1, gap=0.7
        )
        self.parts = [
            Summed(left, "gradients that alternate", np.array([1.0, -1.0] * (ROWS // 2))),
            Summed(right, "gradients that agree", np.ones(ROWS)),
        ]
        (one, other) = self.parts
        beta = words.label(f"β = {plain(HAND_BETA)}", OPTIMISERS["momentum"], size=LARGE)
        self.beta_told = beta
        beta.move_to(one.chart.at(ROWS - 1.5, 1.62))
        with self.beat(
            "Keep a running sum of the gradients, and fade it by a factor beta before each new one."
        ) as beat:
            self.play(
                FadeOut(self.zigzag, self.valley.contour, self.valley.goal),
                self.frame.back(),
                run_time=pace.CALM,
            )
            self.play(FadeIn(one.chart, other.chart), run_time=pace.QUICK)
            self.play(FadeIn(one.bars, other.bars), run_time=pace.BRISK)
            self.shot(shot.split(titled=False))
            beat.over("factor", FadeIn(beta))
        with self.beat("What alternates partly cancels: the sum shrinks.") as beat:
            beat.over(glide(one.reach, 0.0, float(ROWS), one.sums, rate_func=linear), least=pace.LONG)
            self.play(*(FadeIn(text) for text in one.numbers), run_time=pace.QUICK)
        with self.beat("What agrees grows up to one over one minus beta, which is two here.") as beat:
            beat.over(
                glide(other.reach, 0.0, float(ROWS), other.sums, rate_func=linear),
                until="up",
                least=pace.LONG,
            )
            self.play(
                FadeIn(other.roof, other.roof_name),
                *(FadeIn(text) for text in other.numbers),
                run_time=pace.BRISK,
            )
            beat.over(words.light(other.roof_name))

    def write_momentum(self) -> None:
        """The rule, beside one step of a heavy ball: what is left of the past, the new slope, and both together."""
        valley, beta = self.valley, ROLLING_BETA
        walk = valley_walk(RATES[1], ROLLING + 1, beta)
        here, there = walk[ROLLING], walk[ROLLING + 1]
        full = here + (here - walk[ROLLING - 1])
        kept = here + beta * (full - here)
        walker = valley.walker(walk, BALL).step(ROLLING)
        past, slope, both = (
            Arrows(valley.plane, color, 2 * LINE) for color in (OPTIMISERS["momentum"], GRADIENT, BALL)
        )
        sides = (
            Tag(
                words.caption(
                    valley.plane.at(*((here + kept) / 2)),
                    "past",
                    UP + LEFT,
                    OPTIMISERS["momentum"],
                    gap=0.15,
                    size=24.0,
                )
            ),
            Tag(
                words.caption(
                    valley.plane.at(*((kept + there) / 2)), "−η · new", RIGHT, GRADIENT, gap=0.2, size=24.0
                )
            ),
        )
        rule = maths(
            "{{ s : sum }} <- {{ beta s : old }} + {{ nabla f(theta) : new }} \\"
            " {{ theta <- theta - eta s : step }}",
            76.0,
            {"old": OPTIMISERS["momentum"], "sum": OPTIMISERS["momentum"]},
        )
        name = words.headline("[momentum:third]", size=84.0)
        aside = words.label("also: heavy ball", ink.chalk, size=LARGE)
        group = VGroup(name, rule, aside).arrange(DOWN, buff=0.55)
        shot.safe(titled=False).put(group, RIGHT)
        plate = Tag(group).plate
        self.pin(plate, group)
        low, high = valley.plane.at(ROLLING_VIEW)
        with self.beat(
            "Momentum steps along a running sum of past gradients, faded by beta each time: a heavy ball."
        ) as beat:
            self.play(
                *(FadeOut(each.everything) for each in self.parts),
                FadeOut(self.beta_told),
                run_time=pace.QUICK,
            )
            self.shot(shot.close_up())
            self.play(
                FadeIn(valley.contour, walker),
                self.frame.to_region((low[0], high[0]), (low[1], high[1])),
                run_time=pace.CALM,
            )
            self.play(FadeIn(plate, name), run_time=pace.QUICK)
            beat.over(words.write(rule), until="past", least=pace.CALM)
            beat.over(glide(past.redraw, (here, here), (here, full)), FadeIn(sides[0]), until="faded")
            beat.over(
                glide(past.redraw, (here, full), (here, kept)),
                words.light(rule.part("old")),
                until="each",
            )
            beat.over(
                glide(slope.redraw, (kept, kept), (kept, there)),
                FadeIn(sides[1]),
                words.light(rule.part("new")),
                until="heavy",
            )
            self.play(
                glide(both.redraw, (here, here), (here, there)),
                FadeIn(aside),
                words.light(rule.part("step")),
                run_time=pace.BRISK,
            )
            beat.over(walked(walker, ROLLING + 1, linear))
        self.rule = VGroup(plate, group, walker, past, slope, both, *sides)

    def compare_betas(self) -> None:
        """One learning rate, three betas, and when each arrives."""
        self.shot(shot.wide())
        valley = self.valley
        walks = [valley_walk(0.06, arrival(beta), beta) for beta in BETAS]
        colors = (OPTIMISERS["gradient descent"], ink.chalk, OPTIMISERS["momentum"])
        walkers = [valley.walker(walk, color) for walk, color in zip(walks, colors, strict=True)]
        heads = [self.row_of_beta(beta, color) for beta, color in zip(BETAS, colors, strict=True)]
        bests = [
            words.label(f"η = {plain(tuned(beta)[1])}: [{tuned(beta)[0]}:chalk]", color, size=44.0)
            for beta, color in zip(BETAS, colors, strict=True)
        ]
        columns = [
            VGroup(head, best).arrange(DOWN, buff=0.2) for head, best in zip(heads, bests, strict=True)
        ]
        table = VGroup(*columns).arrange(RIGHT, buff=0.6)
        box = shot.safe(titled=False)
        box.put(table, DOWN)
        plate = Tag(table)
        head = words.label("steps until the loss stays below 0.01", size=48.0)
        caption = Tag(box.put(head, UP))
        again = Tag(box.put(words.label(f"below: the best η of a grid, {GRID:g} apart", size=48.0), UP))
        self.pin(caption, plate, again)
        low, high = valley.plane.at([(-4.35, -2.15), (3.3, 1.75)])
        with self.beat(
            "Back in the valley, at one learning rate. Without momentum it takes 55 steps."
        ) as beat:
            self.play(FadeOut(self.rule), FadeIn(valley.goal, walkers[0]), run_time=pace.CALM)
            beat.over(
                self.frame.to_region((low[0], high[0]), (low[1], high[1])), until="Without", least=pace.SLOW
            )
            beat.over(walked(walkers[0], len(walks[0]) - 1, linear), FadeIn(caption), least=pace.LONG)
            self.play(FadeIn(plate.plate, heads[0]), run_time=pace.QUICK)
        with self.beat("With a little momentum it takes 24.") as beat:
            self.play(walkers[0].animate.fade(0.65), FadeIn(walkers[1]), run_time=pace.QUICK)
            beat.over(walked(walkers[1], len(walks[1]) - 1, linear), least=pace.LONG)
            self.play(FadeIn(heads[1]), run_time=pace.QUICK)
        with self.beat("With much, it sails past, and takes longer.") as beat:
            self.play(walkers[1].animate.fade(0.65), FadeIn(walkers[2]), run_time=pace.QUICK)
            beat.over(walked(walkers[2], len(walks[2]) - 1, linear), least=pace.LONG)
            self.play(FadeIn(heads[2]), run_time=pace.QUICK)
        with self.beat(
            "Take the best rate of a grid for each, and they take fewer steps. Their order stays."
        ) as beat:
            self.play(FadeOut(caption), FadeIn(again), run_time=pace.QUICK)
            for best in bests:
                self.play(FadeIn(best), run_time=pace.BRISK)
            beat.rest()
        self.leaving = VGroup(*walkers, again, plate)
        self.narrow_the_valley()

    def narrow_the_valley(self) -> None:
        """The same rate in a valley with a far larger condition number, with and without momentum."""
        valley = self.valley
        slow, fast, names, sight = ends_of_heavy(self, valley)
        for walker in (slow, fast):
            walker.step(0)
        with self.beat(
            "In a far narrower valley, each with its rate tuned again, momentum takes far fewer steps."
        ) as beat:
            self.play(FadeOut(self.leaving), self.frame.back(), run_time=pace.CALM)
            beat.over(
                drive(lambda t: valley.squeeze(NARROW**t), valley.contour),
                FadeIn(names[0]),
                until="each",
                least=pace.SLOW,
            )
            self.play(FadeIn(slow, fast), sight, run_time=pace.CALM)
            beat.over(
                walked(slow, NARROW_STEPS, linear),
                walked(fast, NARROW_STEPS, linear),
                until="far fewer",
                least=pace.CALM,
            )
            self.play(FadeIn(*names[1:]), run_time=pace.QUICK)
            beat.rest()
        tenfold = Tag(words.headline("1 / (1 − 0.9) = [10:focus]", size=LARGE))
        shot.safe(titled=False).put(tenfold, UP + RIGHT)
        self.pin(tenfold)
        with self.beat(
            "A usual first choice is 0.9. Tune the learning rate with it, for what agrees counts more."
        ) as beat:
            for walker in (slow, fast):
                walker.step(0)
            beat.over(
                words.light(names[1].text),
                walked(slow, NARROW_STEPS, linear),
                walked(fast, NARROW_STEPS, linear),
                until="what",
                least=pace.LONG,
            )
            self.play(FadeIn(tenfold), run_time=pace.QUICK)
            beat.rest()
            self.play(FadeOut(tenfold), run_time=pace.QUICK)

    def row_of_beta(self, beta: float, color: ManimColor) -> Words:
        """A row of the table."""
        return words.label(f"β = {plain(beta)}: [{arrival(beta)}:chalk]", color, size=52.0)


class Summed:
    """Gradients as bars, and beside each the running sum."""

    def __init__(self, region: shot.Region, name: str, gradients: np.ndarray) -> None:
        self.sums_now = optimiser.running_sums(list(gradients), HAND_BETA)
        self.chart: Plane = region.plane(
            (0.3, ROWS + 0.7), (-1.45, 2.45), x_ticks=[], y_ticks=[-1, 0, 1, 2], tick_size=44.0
        )
        title = words.label(name, GRADIENT, size=44.0)
        title.move_to(self.chart.at(ROWS / 2 + 0.5, -1.25 if gradients.min() > 0 else 2.2))
        zero = self.chart.segment((0.3, 0), (ROWS + 0.7, 0), ink.faint)
        self.chart.add(zero, title)
        spots = np.arange(1, ROWS + 1)
        self.bars: Bars = self.chart.bars(spots - 0.2, gradients, GRADIENT, 0.32)
        self.sums: Bars = self.chart.bars(spots + 0.16, np.zeros(ROWS), OPTIMISERS["momentum"], 0.32)
        self.numbers = [
            self.chart.label(
                spot,
                np.sign(value) * max(abs(value), 1.0),
                plain(value),
                UP if value > 0 else DOWN,
                OPTIMISERS["momentum"],
                size=44.0,
            )
            for spot, value in zip(spots[: 2 if gradients.min() > 0 else 3], self.sums_now, strict=False)
        ]
        limit = 1 / (1 - HAND_BETA)
        self.roof = self.chart.segment((0.3, limit), (ROWS + 0.7, limit), BALL, dashed=True)
        self.roof_name = words.label("1 / (1 − β) = 2", BALL, size=44.0).next_to(
            self.chart.at(2.6, limit), UP, buff=0.1
        )

    def reach(self, steps: float) -> Bars:
        """Show the sums of the first ``steps`` gradients."""
        shares = np.clip(steps - np.arange(ROWS), 0, 1)
        return self.sums.redraw(self.sums_now * shares)

    @property
    def everything(self) -> VGroup:
        """All that is drawn: a limit where the sums grow towards it."""
        roof = (self.roof, self.roof_name) if self.sums_now.min() > 0 else ()
        return VGroup(self.chart, self.bars, self.sums, *self.numbers, *roof)
