"""What a library does with support vector machines: fences between digits, and one pool of support vectors."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, FadeIn, FadeOut, ManimColor

from scenes.kit import ink, pace, shot, words
from scenes.kit.bar_chart import BarChart
from scenes.kit.glide import glide
from scenes.kit.image_grid import Arrangement, ImageGrid
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.multiclass import digits
from scenes.multiclass.stage import CURTAINS, DIM, FENCES, MulticlassStage

PRICES: Final = (1.0, 10.0)
"""Values of C that are compared."""
SCORES: Final = (-2.9, 2.9)
SHOWN: Final = 2
"""One in so many digits of the pair is drawn."""
SCHEMES: Final[tuple[tuple[str, Literal["rest", "pairs"], ManimColor], ...]] = (
    ("one-vs-rest", "rest", CURTAINS),
    ("one-vs-one", "pairs", FENCES),
)
WALL: Final = 40
"""Columns of the pool."""


def swarm(plane: Plane, scores: np.ndarray, size: float) -> Arrangement:
    """Pictures over their scores, piled up from the middle where they are many; ``size`` in scene units."""
    across = plane.at(np.column_stack([scores, np.zeros(len(scores))]))[:, 0]
    slots = np.rint(across / size)
    up = np.zeros(len(scores))
    for slot in np.unique(slots):
        own = np.flatnonzero(slots == slot)
        ranks = np.arange(len(own))
        up[own] = np.where(ranks % 2, -(ranks + 1) // 2, ranks // 2) * size
    middle = float(plane.box.mean(axis=0)[1])
    return Arrangement(np.column_stack([slots * size, up + middle]), np.full(len(scores), 0.94 * size), {})


class Machines(MulticlassStage):
    """One-vs-one and one-vs-rest with support vector machines."""

    @chapter("What a library does with digits", "one-vs-all and one-vs-one with SVMs")
    def in_the_library(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.one_fence()
        self.pool()
        self.tuned()

    def one_fence(self) -> None:
        """Threes against eights, along the score of their machine."""
        images, labels = digits.digits()
        firsts = [int(np.flatnonzero(labels == digit)[0]) for digit in range(10)]
        ten = ImageGrid(images[firsts].reshape(-1, 8, 8), width=13.0, height=6.0)
        ten.move_to(shot.SAFE.middle)
        with self.beat("An SVM knows yes and no. How does it name a digit?") as beat:
            self.play(FadeIn(ten), run_time=pace.QUICK)
            beat.over(ten.animate.frame(digits.PAIR), until="How", least=pace.CALM)
            beat.over(ten.animate.frame(range(10)), least=pace.CALM)
        before, after = digits.fence(PRICES[0]), digits.fence(PRICES[1])
        drawn = np.arange(0, len(before.rows), SHOWN)
        plane = shot.EDGES.plane(SCORES, (-1, 1), x_ticks=[], y_ticks=[], numbers=False)
        plane.frame.set_stroke(opacity=0)
        pictures = ImageGrid(
            images[before.rows[drawn]].reshape(-1, 8, 8), width=ink.FRAME_WIDTH, height=ink.FRAME_HEIGHT
        )
        size = 0.37
        places = [swarm(plane, fence.scores[drawn], size) for fence in (before, after)]
        pictures.redraw(places[0])
        fence = plane.segment((0, -1), (0, 1), FENCES, 2 * LINE)
        kerbs = plane.segment([(-1, -1), (1, -1)], [(-1, 1), (1, 1)], ink.quiet, LINE / 2, dashed=True)
        code = words.code("SVC(): one-vs-one", size=1.6 * ink.LABEL)
        shot.SAFE.put(code, UP)
        every = words.label("every second digit is drawn", ink.quiet)
        shot.SAFE.put(every, UP + LEFT)
        self.pin(every)
        names = words.headline(f"{digits.PAIR[0]}", FENCES), words.headline(f"{digits.PAIR[1]}", FENCES)
        for name, side in zip(names, (DOWN + LEFT, DOWN + RIGHT), strict=True):
            shot.SAFE.put(name, side)
        unit = Tag(words.label("score f: the margin lies from −1 to 1"))
        shot.SAFE.put(unit, DOWN)
        with self.beat(
            "scikit-learn's SVC trains one-vs-one. Here is one of its fences: threes against eights."
        ) as beat:
            self.play(FadeIn(code), run_time=pace.QUICK)
            beat.over(ten.animate.frame(range(10), None), until="Here", least=pace.CALM)
            self.play(FadeOut(ten, code), FadeIn(pictures, fence, *names, every), run_time=pace.BRISK)
            beat.over(self.frame.to(fence, share=1.0), least=pace.SLOW)
        lit = before.vectors[drawn]
        term = words.headline("support vectors", ink.focus, ink.POINT)
        shot.SAFE.put(term, UP + RIGHT)
        with self.beat(
            "Only points on the margin or on its wrong side, the support vectors, fix the boundary.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                FadeIn(kerbs, unit), FadeOut(every), self.frame.back(), until="the support", least=pace.SLOW
            )
            beat.over(pictures.animate.shade(np.where(lit, 1.0, 0.25)), FadeIn(term), least=pace.CALM)
        price = words.headline(f"C = {PRICES[0]:g}", ink.focus)
        dear = words.headline(f"C = {PRICES[1]:g}", ink.focus)
        for each in (price, dear):
            shot.SAFE.put(each, UP + LEFT)
        with self.beat(
            "C, the regularisation parameter, sets the price of a margin violation.", pause=pace.CALM
        ) as beat:
            self.play(FadeIn(price), FadeOut(term, unit, *names), run_time=pace.QUICK)
            beat.over(self.frame.to_region((-2.6, 2.6), (-1.5, 1.5)), least=pace.SLOW)
        with self.beat("Raise it tenfold: the margin narrows, and fewer digits lie within.") as beat:
            self.play(FadeOut(price), FadeIn(dear), self.frame.back(), run_time=pace.CALM)
            now = after.vectors[drawn]
            beat.over(
                glide(pictures.redraw, places[0], places[1]),
                glide(pictures.shade, np.where(lit, 1.0, 0.25), np.where(now, 1.0, 0.25)),
                least=pace.LONG,
            )

    def pool(self) -> None:
        """All support vectors of 45 machines, as bright as many hold them."""
        dark, bright = digits.wall(WALL, 0.0), digits.wall(WALL, 1.0)
        wall = Photo(dark, 1.0, smooth=False)
        shot.EDGES.inset(0.15).fit(wall)

        def reveal(share: float) -> Photo:
            """So much of the pool, from its first rows on."""
            shown = np.arange(len(dark)) < round(share * len(dark))
            return wall.redraw(dark * shown[:, None])

        reveal(0.1)
        with self.beat("At C equal to one, all its fences draw on one pool of 823 support vectors.") as beat:
            self.exchange(wall, also=[self.frame.back()], run_time=pace.BRISK)
            beat.over(glide(reveal, 0.1, 1.0, wall), least=pace.LONG)
        with self.beat("The brighter one is, the more fences it holds: three on average.") as beat:
            beat.over(glide(wall.redraw, dark, bright), least=pace.LONG)

    def tuned(self) -> None:
        """Accuracy of both schemes at two prices."""
        (room,) = shot.headline().places
        rows = [
            (f"{name}, C = {price:g}", 100 * (1 - digits.trials(scheme, price)), color)
            for price in PRICES
            for name, scheme, color in SCHEMES
        ]
        wrong = np.array([found.mean() for _, found, _ in rows])
        spread = np.array([found.std() for _, found, _ in rows])
        bars = BarChart(
            [name for name, _, _ in rows], 0 * wrong, (0, 3.2), room.width, room.height, decimals=1,
            colors=[color for *_, color in rows],
            label=f"unseen digits wrong, in %: {digits.SHUFFLES} shuffles, ± sd (guessing: 90)",
        )  # fmt: skip
        room.put(bars)
        code = words.code(
            "SVC():       one-vs-one,  hinge loss\nLinearSVC(): one-vs-rest, hinge loss squared",
            size=1.3 * ink.LABEL,
        )
        code.move_to(shot.SAFE.middle)
        with self.beat(
            "LinearSVC, the fast one for plain lines, trains one-vs-rest, with a squared loss. Which plan is better?"
        ) as beat:
            self.exchange(code, also=[self.frame.back()], run_time=pace.BRISK)
            self.shot(shot.headline())
            beat.over(words.light(code.line(2)), until="Which", least=pace.SLOW)
            beat.over(words.light(code.line(1)), least=pace.CALM)
        early, late = np.array([1.0, 1.0, DIM, DIM]), np.array([DIM, DIM, 1.0, 1.0])
        with self.beat(
            "With one kernel for both, at C equal to one, pairs err less: 1.8 percent against 3.0."
        ) as beat:
            self.exchange(bars, run_time=pace.BRISK)
            beat.over(bars.change(wrong, spread=spread), until="pairs", least=pace.SLOW)
            self.play(glide(bars.shade, np.ones(4), early), run_time=pace.QUICK)
            beat.over(words.light(bars.row(1)), least=pace.SLOW)
        with self.beat(
            "At the higher price it is a draw. So tune C before you blame the scheme.", pause=pace.CALM
        ) as beat:
            beat.over(glide(bars.shade, early, late), until="So", least=pace.SLOW)
            beat.over(words.light(bars.row(2)), words.light(bars.row(3)), least=pace.SLOW)
