"""The machine tuned by a grid search, and turned inside out: support vector regression."""

from __future__ import annotations

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    GrowFromCenter,
    LaggedStart,
    Mobject,
    ShrinkToCenter,
    VGroup,
    linear,
    there_and_back,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud
from scenes.kit.drive import appear, drive
from scenes.kit.frame import WHOLE, Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.small_multiples import SmallMultiples
from scenes.kit.street import Street
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel, search, tube
from scenes.svm.stage import SvmStage

ACROSS, UPWARD = (-3.55, 4.65), (-1.75, 2.35)
"""Limits of each tile of the gallery, in units of the moons."""
TICKS, HEAD = 1.0, 0.75
"""Scene units beside the gallery for the values of gamma, and above it for its name."""
FULL = 0.8
"""Share of the largest value of a decision function at which its field is full."""
SHOWN = (2, 2)
"""Row and column of the pair that is looked at: gamma 1 and C 1."""
DARKEST = 0.82
FILLING = ink.FRAME_HEIGHT / (ink.FRAME_HEIGHT - ink.CAPTION_BAND)
"""Share of what captions leave free that a tile takes which is as high as the frame."""


def axes_of(plane: Plane, across: int, up: int) -> tuple[Floats, Floats]:
    """Where a function is sampled: the columns (nx,) and rows (ny,) of the plane's mesh."""
    mesh = plane.mesh(across, up)
    return mesh[0, :, 0], mesh[:, 0, 1]


class Gallery:
    """Thirty boundaries in a grid, C to the right and gamma upwards; numbered in reading order."""

    def __init__(self, room: shot.Region) -> None:
        moons = kernel.moons()
        rows, columns = len(search.GAMMAS), len(search.PRICES)
        below = 0.55
        self.panes = SmallMultiples(
            rows,
            columns,
            ACROSS,
            UPWARD,
            room.width - TICKS,
            room.height - HEAD - below,
            gap=0.12,
        )
        self.panes.move_to((room.right, room.bottom + below, 0.0), aligned_edge=RIGHT + DOWN)
        planes = self.panes.planes
        grid = search.search(*axes_of(planes[0], 48, 30))
        self.level = grid.level[::-1].reshape(rows * columns, *grid.level.shape[2:])
        self.score = 100 * grid.score[::-1].ravel()
        self.shown = (rows - 1 - SHOWN[0]) * columns + SHOWN[1]
        self.filling = ink.FRAME_HEIGHT / float(planes[0].box[2, 1] - planes[0].box[0, 1])
        self.fine = axes_of(planes[self.shown], 150, 90)
        self.sharp = search.landscape(search.GAMMAS[SHOWN[0]], search.PRICES[SHOWN[1]], *self.fine)
        levels = [self.sharp if n == self.shown else each for n, each in enumerate(self.level)]
        # A machine of small C has a flat landscape: each tile is painted up to its own height.
        self.fields = [
            plane.field(each, largest=FULL * float(np.abs(each).max()))
            for plane, each in zip(planes, levels, strict=True)
        ]
        self.clouds = [
            VGroup(
                *(
                    backdrop(plane.cloud(moons.points[moons.sides == side], color, radius=0.022))
                    for side, color in ((-1.0, ink.first), (1.0, ink.second))
                )
            )
            for plane in planes
        ]
        self.shores = [plane.contour(each, width=3.0) for plane, each in zip(planes, levels, strict=True)]
        self.veils = [plane.polygon(plane.corners, ink.ground, width=0.0) for plane in planes]
        self.scores = [
            Tag(words.label(f"{score:.0f}"), opacity=1.0).move_to(
                plane.box[1] + (-0.06, 0.06, 0.0), aligned_edge=RIGHT + DOWN
            )
            for plane, score in zip(planes, self.score, strict=True)
        ]
        foot, side = planes[-columns:], planes[::columns]
        self.prices = VGroup(
            *(
                words.tick(f"{price:g}").next_to(plane.box[:2].mean(axis=0), DOWN, buff=0.14)
                for plane, price in zip(foot, search.PRICES, strict=True)
            )
        )
        self.gammas = VGroup(
            *(
                words.tick(f"{gamma:g}").next_to((plane.box[0] + plane.box[3]) / 2, LEFT, buff=0.14)
                for plane, gamma in zip(side, search.GAMMAS[::-1], strict=True)
            )
        )
        self.price_name = words.formula("C", size=ink.LABEL).next_to(self.prices, LEFT, buff=0.4)
        self.gamma_name = words.formula("gamma", size=ink.LABEL).next_to(self.gammas, UP, buff=0.2)
        self.gamma_name.align_to(self.gammas, RIGHT)

    def tile(self, number: int) -> Group:
        """All that is drawn of one pair but its score."""
        return Group(self.fields[number], self.panes[number], self.clouds[number], self.shores[number])

    def darken(self, share: float) -> tuple[Mobject, ...]:
        """Let each tile be as bright as its score by ``share``: the best stays as it is."""
        span = np.ptp(self.score)
        for veil, score in zip(self.veils, self.score, strict=True):
            veil.set_fill(opacity=float(share * DARKEST * (self.score.max() - score) / span))
        return tuple(self.veils)


class Tube(SvmStage):
    """The grid search over C and gamma, and the tube of support vector regression."""

    edition = 2

    # --- C and gamma

    @chapter("C and gamma are chosen together")
    def chosen_together(self) -> None:
        self.shot(shot.gallery(len(search.GAMMAS), len(search.PRICES), titled=False))
        gallery = Gallery(shot.safe(titled=False))
        count = len(gallery.panes.planes)
        tiles = [gallery.tile(number) for number in range(count)]
        shown = gallery.panes.planes[gallery.shown]
        for tile in tiles:
            self.add(tile)
        self.remove(*(shore for shore in gallery.shores))
        middle = shown.box.mean(axis=0)
        self.frame.look(Sight(float(middle[0]), float(middle[1]), gallery.filling))

        with self.beat(
            "Gamma was tuned at one fixed C. But both bend the boundary, so try them in pairs."
        ) as beat:
            beat.over(Create(gallery.shores[gallery.shown]), until="But")
            self.play(self.title_leaves(pace.QUICK))
            beat.over(self.frame.back(), least=pace.LONG)
        others = [shore for number, shore in enumerate(gallery.shores) if number != gallery.shown]
        with self.beat(
            "Six values of C, five of gamma, in logarithmic steps: each tile is one fitted boundary."
        ) as beat:
            prices = [FadeIn(each, shift=0.1 * UP) for each in (gallery.price_name, *gallery.prices)]
            beat.over(LaggedStart(*prices, lag_ratio=pace.LAG), until="five")
            gammas = [FadeIn(each, shift=0.1 * RIGHT) for each in (*gallery.gammas[::-1], gallery.gamma_name)]
            beat.over(LaggedStart(*gammas, lag_ratio=pace.LAG), until="each")
            beat.over(LaggedStart(*(Create(shore) for shore in others), lag_ratio=0.06), least=pace.SLOW)
        self.validate(gallery)

        head = words.note("[grid search:focus]: mean over the folds (%), guessing 50")
        head.move_to((shot.SAFE.left, shot.SAFE.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "Do this for the whole grid: a grid search. A bright ridge runs across; this pair has 94 percent."
        ) as beat:
            beat.at("grid search", FadeIn(head))
            beat.over(
                drive(gallery.darken),
                LaggedStart(*(GrowFromCenter(tag) for tag in gallery.scores), lag_ratio=0.04),
                until="this pair",
                least=pace.SLOW,
            )
            ring = shown.polygon(shown.corners, ink.focus, width=5.0)
            beat.over(Create(ring), least=pace.SLOW)
        last = len(search.PRICES) - 1
        scales = [gallery.prices, gallery.gammas, gallery.price_name, gallery.gamma_name]
        self.play(
            *(ShrinkToCenter(tag) for tag in gallery.scores),
            FadeOut(ring, head, *scales),
            run_time=pace.QUICK,
        )
        self.remove(*gallery.scores)
        with self.beat(
            "Down here the boundary is too stiff. Up there it is too wild, and follows single points."
        ) as beat:
            low, high = (tiles[count - 1 - last], tiles[count - 2 * last - 1]), (tiles[last], tiles[2 * last])
            beat.over(drive(lambda t: gallery.darken(1 - t)), self.frame.to(*low, share=0.8), until="Up")
            beat.over(self.frame.to(*high, share=0.8), least=pace.LONG)
        self.count_the_kernel(gallery)

        with self.beat(
            "So standardise, then search C and gamma together. With tens of thousands of rows, use a linear machine."
        ) as beat:
            gallery.darken(1.0)
            beat.over(FadeIn(*tiles, *gallery.veils, *scales), until="together")
            beat.over(FadeOut(*scales), until="With")
            beat.over(
                drive(lambda t: gallery.darken(1 - t)),
                self.frame.to(gallery.panes.frames[gallery.shown], share=FILLING, at=(0.0, 0.0)),
                least=pace.LONG,
            )

    def validate(self, gallery: Gallery) -> None:
        """One tile from near: each fold held back in turn, and the machine of the other four."""
        moons = kernel.moons()
        plane, shore = gallery.panes.planes[gallery.shown], gallery.shores[gallery.shown]
        tour = search.tour(search.GAMMAS[SHOWN[0]], search.PRICES[SHOWN[1]], *gallery.fine)
        fold = ParameterSweep(np.arange(search.FOLDS + 1))
        held = [
            plane.cloud(moons.points[tour.fold == number], ink.focus, radius=0.034, opacity=1.0)
            for number in range(search.FOLDS)
        ]
        rows = [
            words.label(f"fold {number + 1}: {100 * score:.1f} %") for number, score in enumerate(tour.score)
        ]
        mean = words.label(f"mean: {100 * tour.mean:.1f} %", ink.focus)
        name = words.label("cross-validation", ink.focus)
        board = VGroup(name, *rows, mean).arrange(DOWN, buff=0.26, aligned_edge=LEFT)
        plate = Tag(board.copy()).plate.scale(1.06)
        VGroup(plate, board).move_to((shot.SAFE.right, 0.4, 0.0), aligned_edge=RIGHT)
        self.pin(plate, board)
        fold.draws(lambda _: shore.redraw(fold.mix(np.concatenate([gallery.sharp[None], tour.level]))))
        with self.beat(
            "How good is a pair? Cut the points into five folds, train on four, test on the one held back."
        ) as beat:
            tile = gallery.tile(gallery.shown)
            beat.over(self.frame.to(tile, share=0.78, at=(-1.5, 0.4)), self.spotlight(*tile), until="Cut")
            passing = [each.copy() for each in held]
            beat.over(
                LaggedStart(*(FadeIn(each, rate_func=there_and_back) for each in passing), lag_ratio=0.6),
                until="train",
            )
            self.remove(*passing)
            beat.over(fold.to(1), FadeIn(held[0]), until="test")
            beat.over(FadeIn(plate, rows[0]))
        with self.beat("Hold back each fold in turn, and take the mean: that is cross-validation.") as beat:
            for number in range(1, search.FOLDS):
                self.play(
                    fold.to(number + 1),
                    FadeOut(held[number - 1]),
                    FadeIn(held[number], rows[number]),
                    run_time=pace.BRISK,
                )
            beat.at("mean", FadeIn(mean), FadeOut(held[-1]), fold.to(0))
            beat.at("cross-validation", FadeIn(name))
        with_board = [plate, *rows, mean, name]
        self.play(self.lights_on(), FadeOut(*with_board), self.frame.back(), run_time=pace.SLOW)

    def count_the_kernel(self, gallery: Gallery) -> None:
        """The kernel values of 200 points as a picture, beside those of fifty thousand."""
        room = shot.safe(titled=False)
        edge = room.height - 2 * ink.MARGIN / 5
        square = Plane((0, 1), (0, 1), edge, edge, x_ticks=[], y_ticks=[])
        square.move_to((room.left, room.top, 0.0), aligned_edge=LEFT + UP)
        moons = kernel.moons()
        table = search.kernel_table(moons, search.GAMMAS[SHOWN[0]])
        few = square.field(table, [ink.focus], opacity=1.0, smooth=False)
        many = square.polygon(square.corners, ink.chalk, width=3.0, fill=0.12)
        side = shot.Region(room.left + room.height + 0.5, room.bottom, room.right, room.top)
        first = words.headline(f"{len(moons.points)}² =\n{search.kernel_values(len(moons.points)):,}")
        then = words.headline(f"{search.MANY:,}² =\n{search.kernel_values(search.MANY):,}")
        note = words.note("one kernel value for each pair of points", width=side.width)
        for text in (first, then):
            text.move_to((side.left, side.top - 1.2, 0.0), aligned_edge=LEFT + UP)
        note.next_to(then, DOWN, buff=0.6, aligned_edge=LEFT)
        self.clear_stage()
        self.frame.look(WHOLE)
        with self.beat(
            "The price: training grows between the square and the cube of n. "
            "Fifty thousand points have 2.5 billion kernel values."
        ) as beat:
            beat.over(FadeIn(few), FadeIn(first, note), until="square")
            beat.over(FadeIn(many), until="Fifty")
            corner = square.box[0]
            share = len(moons.points) / search.MANY
            beat.over(
                few.animate.scale(share, about_point=corner), FadeOut(first), FadeIn(then), until="kernel"
            )
        self.clear_stage()
