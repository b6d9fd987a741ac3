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
    GrowFromCenter,
    GrowFromEdge,
    LaggedStart,
    Mobject,
    ShrinkToCenter,
    Succession,
    VGroup,
    linear,
    there_and_back,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.drive import appear, drive
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel, search, tube
from scenes.svm.gallery import ACROSS, FILLING, FULL, GRAIN, SHOWN, UPWARD, Gallery, HeldFold
from scenes.svm.shore import longest_shore, unrolled
from scenes.svm.stage import BOUNDARY, HELD, SvmStage

CORNER = (11.3, 29.2)
"""Month and °C at which what is written over the sea ends."""
LOW_MONTHS = np.arange(4, 10)
"""May to October, when the sea off Peru is rarely as warm as the curve of a wide tube."""
RIVAL = ink.chalk
"""Least squares, the rival of the tube."""
PAIR = search.GAMMAS[SHOWN[0]], search.PRICES[SHOWN[1]]
"""The gamma and the C that are looked at."""


class Sea:
    """The sea off Peru on one calendar, and tubes of many half-widths along it."""

    def __init__(self, room: shot.Region, rng: np.random.Generator) -> None:
        record = self.record = tube.sea_months()
        years = f"{record.year.min():.0f}–{record.year.max():.0f}"
        self.plane: Plane = room.plane(
            (-0.5, 11.5),
            (18.5, 29.8),
            y_label=f"sea surface off Peru, {years} (°C)",
            x_names={0: "Jan", 2: "Mar", 4: "May", 6: "Jul", 8: "Sep", 10: "Nov"},
        )
        self.examples = tube.examples()
        self.picked = [example.row for example in self.examples]
        aside = rng.uniform(-0.18, 0.18, len(record.month))
        aside[self.picked] = 0.0
        self.spots = np.column_stack([record.month + aside, record.temperature])
        self.xs = np.linspace(-0.4, 11.4, 160)
        self.half = ParameterSweep(np.linspace(0.5, 2.0, 31), value=1.0)
        self.tubes = tube.lay_tubes(record.month, record.temperature, self.half.stops, self.xs)
        self.months = self.plane.cloud(self.spots, ink.chalk, radius=0.05)
        self.held = self.plane.cloud(self.spots[:0], HELD, radius=0.07, opacity=1.0)
        self.street = self.plane.band((0, 1), -24.0, 0.0, BOUNDARY)
        self.machine = words.label(
            f"RBF kernel, $gamma$ = {tube.GAMMA:g}, $C$ = {tube.PRICE:g}", ink.quiet
        ).move_to(self.plane.at(-0.3, 19.3), aligned_edge=LEFT)

    def middle(self, x: float) -> float:
        """Height of the tube's middle at ``x`` months, in °C."""
        return float(np.interp(x, self.xs, self.half.mix(self.tubes.curve)))

    def lay(self) -> tuple[Mobject, ...]:
        """The tube of the half-width that there is now, and the months that hold it."""
        middle, half = self.half.mix(self.tubes.curve), self.half.value
        self.held.redraw(self.spots[self.tubes.support_vectors[self.half.row]])
        return self.street.run_along(self.xs, middle - half, middle + half), self.held


class Tube(SvmStage):
    """The grid search over C and gamma, and the tube of support vector regression."""

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

        with self.beat("Gamma was tuned at one C. But both bend the boundary, so try them in pairs.") as beat:
            beat.over(Create(gallery.shores[gallery.shown]), until="But")
            self.play(self.title_leaves(pace.QUICK))
            beat.over(self.frame.back(), least=pace.LONG)
        others = [shore for number, shore in enumerate(gallery.shores) if number != gallery.shown]
        with self.beat(
            "Four values of C, three of gamma, in logarithmic steps: each tile is one fitted boundary."
        ) as beat:
            prices = [FadeIn(each, shift=place.NUDGE * UP) for each in (gallery.price_name, *gallery.prices)]
            beat.over(LaggedStart(*prices, lag_ratio=pace.LAG), until="three")
            gammas = [
                FadeIn(each, shift=place.NUDGE * RIGHT)
                for each in (*gallery.gammas[::-1], gallery.gamma_name)
            ]
            beat.over(LaggedStart(*gammas, lag_ratio=pace.LAG), until="each")
            beat.over(LaggedStart(*(Create(shore) for shore in others), lag_ratio=pace.LAG), least=pace.SLOW)
        self.validate(gallery)

        head = words.note(
            "[grid search:focus]: % right on held folds, guessing 50; framed: within a standard error"
        )
        head.move_to((shot.SAFE.left, shot.SAFE.bottom, 0.0), aligned_edge=LEFT + DOWN)
        alike = [
            plane.polygon(plane.corners, ink.chalk, width=4.0)
            for plane, tied in zip(
                gallery.panes.planes, search.alike(kernel.moons())[::-1].ravel(), strict=True
            )
            if tied
        ]
        with self.beat(
            "Do this for the whole grid: a grid search. Of pairs that score alike, take the smoothest."
        ) as beat:
            beat.at("grid search", FadeIn(head))
            beat.over(
                drive(gallery.darken),
                LaggedStart(*(GrowFromCenter(tag) for tag in gallery.scores), lag_ratio=pace.LAG),
                until="Of",
                least=pace.SLOW,
            )
            ring = shown.polygon(shown.corners, ink.focus, width=6.0)
            beat.over(*(Create(each) for each in alike), until="take")
            beat.over(Create(ring), least=pace.BRISK)
        scales = [gallery.prices, gallery.gammas, gallery.price_name, gallery.gamma_name]
        apart = Tag(
            words.note(
                f"its folds, which chose it: {gallery.score[gallery.shown]:.1f} %\n"
                f"[a test set kept apart:focus]: {100 * search.kept_apart(*PAIR):.1f} %"
            ),
            opacity=1.0,
        )
        shot.SAFE.put(apart, UP + LEFT)
        self.pin(apart)
        with self.beat(
            "So search both in coarse steps, and keep a last test set: the winner's own score can flatter it."
        ) as beat:
            self.play(
                *(ShrinkToCenter(tag) for tag in gallery.scores),
                FadeOut(ring, head, *alike, *scales),
                run_time=pace.QUICK,
            )
            self.remove(*gallery.scores)
            beat.over(
                glide(gallery.darken, 1.0, 0.0),
                self.frame.to(gallery.panes.frames[gallery.shown], share=FILLING, at=(0.0, 0.0)),
                until="keep",
                least=pace.SLOW,
            )
            beat.over(FadeIn(apart), until="the winner's", least=pace.CALM)
            beat.over(words.light(apart.text))
        self.leave(apart, run_time=pace.QUICK)

    def validate(self, gallery: Gallery) -> None:
        """One tile from near: each fold held back in turn, and the machine of the other four."""
        plane, shore = gallery.panes.planes[gallery.shown], gallery.shores[gallery.shown]
        tour = search.tour(*PAIR, *gallery.fine)
        fold = ParameterSweep(np.arange(search.FOLDS + 1))
        held = [HeldFold(plane, tour, number) for number in range(search.FOLDS)]
        rows = [
            words.label(f"fold {number + 1}: {100 * score:.1f} %") for number, score in enumerate(tour.score)
        ]
        mean = words.label(f"mean: {100 * tour.mean:.1f} %", ink.focus)
        name = words.label("cross-validation", ink.focus)
        board = VGroup(name, *rows, mean).arrange(DOWN, buff=0.26, aligned_edge=LEFT)
        plate = Tag(board.copy()).plate.scale(1.06)
        shot.SAFE.put(VGroup(plate, board), RIGHT)
        self.pin(plate, board)
        fold.draws(lambda _: shore.redraw(fold.mix(np.concatenate([gallery.sharp[None], tour.level]))))
        with self.beat(
            "How good is a pair? Cut the points into five folds, train on four, test on one."
        ) as beat:
            tile = gallery.tile(gallery.shown)
            beat.over(self.frame.to(tile, share=0.78, at=(-1.5, 0.4)), self.spotlight(*tile), until="Cut")
            passing = [each.points_of.copy() for each in held]
            beat.over(
                LaggedStart(
                    *(FadeIn(each, rate_func=there_and_back) for each in passing), lag_ratio=pace.LAG
                ),
                until="train",
            )
            self.remove(*passing)
            beat.over(fold.to(1), FadeIn(held[0].points_of), until="test")
            beat.over(FadeIn(plate, rows[0], held[0].crosses))
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

    # --- regression

    @chapter("Inside the tube, errors are free", "SVR with its ε-tube")
    def inside_the_tube(self) -> None:
        self.shot(shot.wide())
        sea = Sea(shot.safe(titled=False), self.rng)
        sea.lay()
        self.turn_inside_out(sea)
        with self.beat(
            "This is support vector regression. "
            "The tube's half-width is epsilon, here one degree: an epsilon tube."
        ) as beat:
            name = Tag(words.label("support vector regression (SVR)", ink.focus))
            name.move_to(sea.plane.at(6.0, 28.8), aligned_edge=LEFT)
            foot = np.array([7.0, sea.middle(7.0)])
            arrow = sea.plane.vector(foot, foot + np.array([0.0, sea.half.value]), BOUNDARY, width=6.0)
            gap = Tag(words.label("ε-tube, half-width $epsilon$ = 1 °C", ink.focus))
            gap.next_to(name, DOWN, buff=0.25, aligned_edge=LEFT)
            beat.over(
                FadeIn(name, shift=place.NUDGE * DOWN),
                FadeIn(sea.machine),
                Create(sea.street.centre.copy().set_stroke(ink.focus, 6)),
                until="The",
            )
            lit = self.mobjects[-1]
            beat.over("half-width", GrowFromEdge(arrow, DOWN), FadeOut(lit), until="here")
            beat.over(FadeIn(gap), until="an")
            beat.over(words.light(gap.text))
        self.leave(arrow, gap, name, sea.machine, run_time=pace.QUICK)
        self.price_three(sea)
        self.draw_the_loss(sea)
        self.judge(sea)
        self.widen(sea)

    def turn_inside_out(self, sea: Sea) -> None:
        """The street among the moons becomes the tube along the sea."""
        gallery = Gallery(shot.safe(titled=False))
        tile = gallery.panes.planes[gallery.shown]
        (left, low, _), _, (right, high, _), _ = tile.box
        near = gallery.filling
        plane = Plane(ACROSS, UPWARD, near * (right - left), near * (high - low), x_ticks=[], y_ticks=[])
        moons, thick = kernel.moons(), np.sqrt(near)
        field = plane.field(gallery.sharp, largest=FULL * float(np.abs(gallery.sharp).max()))
        clouds = [
            backdrop(plane.cloud(moons.points[moons.sides == side], color, radius=GRAIN * thick))
            for side, color in ((-1.0, ink.first), (1.0, ink.second))
        ]
        street = plane.band((1, 0), 0.0, color=BOUNDARY).wind(gallery.sharp)
        shore = plane.contour(gallery.sharp, color=BOUNDARY, width=4.0 * thick)
        bent = unrolled(sea.plane.inverse(plane.at(longest_shore(plane, gallery.sharp))), len(sea.xs))
        middle = sea.half.mix(sea.tubes.curve)
        line = sea.plane.curve(bent[:, 0], bent[:, 1], BOUNDARY)
        shut = sea.half.value * 1e-3
        self.add(field, *clouds, shore)
        with self.beat(
            "So far each answer is a class. Turn the street inside out, and a tube that holds points predicts a number."
        ) as beat:
            self.add(street)
            beat.over(appear(street), FadeOut(shore), until="Turn")
            gone = FadeOut(field, *clouds, street)
            self.play(self.title_leaves(pace.QUICK), gone, FadeIn(line), run_time=pace.QUICK)
            beat.over(
                glide(lambda way: line.redraw(*way.T), bent, np.column_stack([sea.xs, middle])),
                until="tube",
                least=pace.SLOW,
            )
            beat.over(
                glide(
                    lambda half: sea.street.run_along(sea.xs, middle - half, middle + half),
                    shut,
                    sea.half.value,
                ),
                FadeIn(sea.plane),
                FadeOut(line),
            )
        with self.beat("Here, the sea off Peru, January to December.") as beat:
            count = len(sea.spots)
            fall = drive(
                lambda t: sea.months.redraw(sea.spots[: round(t * count)]), sea.months, rate_func=linear
            )
            beat.over("sea", fall)

    def price_three(self, sea: Sea) -> None:
        """Three months from near: what each error costs."""
        half = sea.half.value
        spots = sea.spots[sea.picked]
        errors = np.array([example.over for example in sea.examples])
        costs = tube.costs(errors, half)
        middles = np.array([sea.middle(x) for x in spots[:, 0]])
        walls = middles + np.sign(errors) * np.minimum(np.abs(errors), half)
        dots = sea.plane.dots(spots, ink.chalk, radius=0.075)
        free = [
            sea.plane.stems([x], low, high, ink.chalk, width=3.5)
            for x, low, high in zip(spots[:, 0], middles, walls, strict=True)
        ]
        paid = sea.plane.stems(spots[2:, 0], walls[2:], spots[2:, 1], ink.error, width=4.5)
        region = sea.plane.at(np.array([[6.1, 18.7], [11.3, 23.9]]))
        near = min(
            2.0 * -shot.EDGES.left / (region[1, 0] - region[0, 0]),
            (ink.FRAME_HEIGHT - ink.CAPTION_BAND) / (region[1, 1] - region[0, 1]),
        )
        size = ink.pixels(ink.LABEL) / near
        tags = [
            Tag(
                words.label(
                    f"off by {abs(error):.1f} °C: costs {cost:.1f}".replace("0.0", "0"), color, size=size
                )
            ).next_to(dot, DOWN, buff=0.05, aligned_edge=LEFT)
            for error, cost, dot, color in zip(
                errors, costs, dots, (ink.chalk, ink.chalk, ink.error), strict=True
            )
        ]
        tags[0].move_to(sea.plane.at(spots[0] + np.array([-0.8, 1.4])))
        with self.beat(
            "Three picked months: inside is free. On the edge: still free. Outside, you pay for the rest."
        ) as beat:
            beat.over(
                self.frame.to_region(tuple(region[:, 0]), tuple(region[:, 1])),
                sea.months.animate.set_stroke(opacity=0.25),
                FadeIn(dots),
                until="inside",
            )
            beat.over(Create(free[0]), FadeIn(tags[0]), until="On")
            beat.over(Create(free[1]), FadeIn(tags[1]), until="Outside")
            beat.over(Succession(Create(free[2]), Create(paid)), FadeIn(tags[2]))
        self.play(
            FadeOut(*free, paid, *tags, dots),
            self.frame.back(),
            sea.months.animate.set_stroke(opacity=0.8),
            run_time=pace.CALM,
        )
        self.leave(sea.plane, sea.months, sea.street, run_time=pace.QUICK)

    def draw_the_loss(self, sea: Sea) -> None:
        """The epsilon-insensitive loss, with the three months on it, and the whole task."""
        self.shot(shot.formula(titled=False))
        upper, lower = shot.safe(titled=False).rows(7, 3, gap=0.35)
        plane = upper.plane(
            (-3, 3),
            (-0.25, 2),
            x_label="error $y - f$ (°C)",
            y_label="cost (°C)",
            x_names={-1: "−ε", 0: "0", 1: "ε"},
            y_ticks=[0, 1, 2],
        )
        xs = np.linspace(-3, 3, 241)
        loss = plane.curve(xs, tube.costs(xs, sea.half.value), ink.error, width=6.0)
        errors = np.array([example.over for example in sea.examples])
        near = np.linspace(-np.sqrt(2.0), np.sqrt(2.0), 121)
        squared = plane.curve(near, near**2, RIVAL, width=5.0, dashed=True)
        other = plane.label(-np.sqrt(2.0), 1.8, "squared error", LEFT, RIVAL, gap=0.35)
        dots = plane.dots(
            np.column_stack([errors, tube.costs(errors, sea.half.value)]), ink.chalk, radius=0.13
        )
        tube_band = plane.area([-sea.half.value, sea.half.value], 0.0, 2.0, BOUNDARY, fill=0.12)
        name = words.label("ε-insensitive loss", ink.error).move_to(plane.at(0, 1.5))
        task = words.formula(
            "min quad {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} "
            "{{ sum_i max(0, thin abs(y_i - f(bold(x)_i)) - epsilon) : cost }}",
            size=ink.POINT,
        )
        lower.put(task)
        with self.beat(
            "Cost is zero up to epsilon, then rises straight: the epsilon-insensitive loss. "
            "It bounds an outlier's pull; squares do not."
        ) as beat:
            self.play(FadeIn(plane, tube_band), run_time=pace.QUICK)
            beat.over(Create(loss), until="then", least=pace.BRISK)
            beat.over(
                LaggedStart(*(FadeIn(dot, scale=2) for dot in dots), lag_ratio=pace.LAG),
                until="epsilon-insensitive",
            )
            beat.over(FadeIn(name), words.write(task), until="It")
            beat.over(words.light(task.part("cost")), until="squares")
            beat.over(Create(squared), FadeIn(other), least=pace.CALM)
        self.clear_stage(run_time=pace.QUICK)

    def judge(self, sea: Sea) -> None:
        """The tube of the early years on the later ones, beside least squares; then some early readings go wrong."""
        self.shot(shot.wide())
        rows = tube.stuck_rows()
        clean, spoilt = tube.later_years(sea.xs), tube.later_years(sea.xs, stuck=rows.tolist())
        later = sea.record.year >= clean.since
        half = sea.half.value
        whole = sea.half.mix(sea.tubes.curve)
        sea.lay()
        sea.months.set_stroke(opacity=0.42)
        unseen = sea.plane.cloud(sea.spots[later], ink.chalk, radius=0.05)
        rival = sea.plane.curve(sea.xs, clean.curve, RIVAL, width=7.0)
        before = VGroup(
            words.label(f"mean error, {clean.since} on:"),
            words.label(f"always the mean {clean.guess:.1f} °C", ink.quiet),
            words.label(f"least squares {clean.squares:.1f} °C", RIVAL),
            words.label(f"SVR {clean.tube:.1f} °C", BOUNDARY),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        before.move_to(sea.plane.at(-0.3, 18.8), aligned_edge=LEFT + DOWN)
        after = VGroup(
            words.label(f"least squares {spoilt.squares:.1f} °C", RIVAL),
            words.label(f"SVR {spoilt.tube:.1f} °C", BOUNDARY),
        )
        for new, old in zip(after, before[2:], strict=True):
            new.move_to(old, aligned_edge=LEFT)

        def run(middle: Floats) -> Mobject:
            return sea.street.run_along(sea.xs, middle - half, middle + half)

        with self.beat(
            "A rival: least squares in the same kernel. On later years, unseen, both miss by 0.7 degrees."
        ) as beat:
            self.play(FadeIn(sea.plane, sea.street, sea.months), run_time=pace.QUICK)
            beat.over(
                glide(run, whole, clean.middle, sea.street), Create(rival), until="On", least=pace.BRISK
            )
            beat.over(FadeIn(unseen, before[0]), until="both")
            beat.over(
                LaggedStart(*(FadeIn(row, shift=place.NUDGE * UP) for row in before[1:]), lag_ratio=pace.LAG)
            )
        read = np.column_stack([sea.spots[rows, 0], np.full(len(rows), tube.STUCK)])
        stuck = sea.plane.dots(sea.spots[rows], ink.error, "cross", radius=0.11)
        name = sea.plane.label(
            7.0,
            tube.STUCK,
            f"stuck: {len(rows)} of {int((~later).sum())} readings",
            DOWN,
            ink.error,
            gap=0.35,
        )
        with self.beat(
            "Let ten early readings stick at a false value. "
            "Least squares follows them, and misses by 1.2; the tube, by 0.8."
        ) as beat:
            beat.over(FadeIn(stuck), FadeOut(unseen), until="stick")
            beat.over(glide(stuck.redraw, sea.spots[rows], read), FadeIn(name), until="follows")
            beat.over(
                glide(lambda ys: rival.redraw(sea.xs, ys), clean.curve, spoilt.curve),
                glide(run, clean.middle, spoilt.middle, sea.street),
                FadeOut(before[2:]),
                until="misses",
                least=pace.SLOW,
            )
            beat.over(FadeIn(after[0]), until="the tube")
            beat.over(FadeIn(after[1]))
        self.play(
            FadeOut(rival, stuck, name, *before[:2], *after),
            glide(run, spoilt.middle, whole, sea.street),
            sea.months.animate.set_stroke(opacity=0.8),
            FadeIn(sea.machine),
            run_time=pace.BRISK,
        )

    def widen(self, sea: Sea) -> None:
        """Fewer months hold a wider tube."""
        self.shot(shot.wide())
        counts = sea.tubes.support_vectors.sum(axis=1)
        half = words.Readout(sea.half, 1, "°C", label="$epsilon$ =", digits=2)
        held = words.Readout(sea.half.score(counts), 0, label="support vectors", digits=3)
        board = VGroup(half, held).arrange(DOWN, buff=0.25, aligned_edge=RIGHT)
        board.move_to(sea.plane.at(*CORNER), aligned_edge=RIGHT + UP)
        with self.beat(
            "Points inside have no pull: only those on the tube or outside can be support vectors."
        ) as beat:
            backdrop(sea.months)
            beat.over(sea.months.animate.set_stroke(opacity=0.3), until="only")
            beat.over(FadeIn(sea.held, board))
        sea.half.draws(lambda _: sea.lay(), sea.street, sea.held)
        with self.beat("Narrow the tube, and many points hold the curve. Widen it, and few do.") as beat:
            beat.over(sea.half.to(0.5), until="Widen", least=pace.SLOW)
            beat.over("Widen", sea.half.to(2.0), least=pace.LONG)
        medians = tube.medians(sea.record)[LOW_MONTHS]
        curve = np.array([sea.middle(float(month)) for month in LOW_MONTHS])
        with self.beat(
            "Set epsilon to the error you do not mind. Too wide, the curve leaves most data."
        ) as beat:
            ends = [
                sea.plane.stems([7.0], sea.middle(7.0), sea.middle(7.0) + side * 2.0, ink.focus, width=6.0)
                for side in (-1, 1)
            ]
            beat.over(*(Create(each) for each in ends), words.light(half), until="Too")
            off = sea.plane.stems(LOW_MONTHS, curve, medians, ink.error, width=6.0)
            typical = sea.plane.dots(
                np.column_stack([LOW_MONTHS, medians]), ink.error, "diamond", radius=0.08
            )
            beat.over(FadeOut(*ends), Create(off), FadeIn(typical))
            self.leave(off, typical, run_time=pace.QUICK)
