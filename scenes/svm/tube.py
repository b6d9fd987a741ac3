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
    GrowFromEdge,
    LaggedStart,
    Mobject,
    ReplacementTransform,
    Succession,
    VGroup,
    linear,
    there_and_back,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import appear, drive
from scenes.kit.frame import Sight
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.tag import Tag
from scenes.maths.svm import kernel, search, tube
from scenes.svm.gallery import ACROSS, FILLING, FULL, GRAIN, UPWARD, Gallery, HeldFold
from scenes.svm.margin import LARGE
from scenes.svm.stage import BOUNDARY, HELD, SvmStage

MOVED = (19.28, 29.4)
"""From where to where one reading is moved, in °C."""
ASKED = 20
"""Its row of the last two years: September 2010, a picked case."""
CORNER = (11.3, 29.2)
"""Month and °C at which what is written over the sea ends."""
RIVAL = ink.chalk
"""Least squares, the rival of the tube."""
SQUARED = 40.0
"""Capitals of its name, in pixels: it stands between both losses."""


class Sea:
    """The sea off Peru on one calendar, and tubes of many half-widths along it."""

    def __init__(self, room: shot.Region, rng: np.random.Generator) -> None:
        record = self.record = tube.sea_months()
        years = f"{record.year.min():.0f}–{record.year.max():.0f}"
        self.plane: Plane = room.inset(0.1, 0.0).plane(
            (-0.5, 11.5),
            (18.5, 29.8),
            y_label=f"sea surface off Peru, {years} (°C)",
            x_names={0: "Jan", 3: "Apr", 6: "Jul", 9: "Oct"},
            y_ticks=(20, 24, 28),
            tick_size=ink.LABEL,
            name_size=LARGE,
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
        self.machine = words.note(
            f"RBF kernel,\n$gamma$ = {tube.GAMMA:g}, $C$ = {tube.PRICE:g}", ink.quiet, LARGE
        ).move_to(self.plane.at(-0.3, 18.8), aligned_edge=LEFT + DOWN)

    def middle(self, x: float) -> float:
        """Height of the tube's middle at ``x`` months, in °C."""
        return float(np.interp(x, self.xs, self.half.mix(self.tubes.curve)))

    def lay(self) -> tuple[Mobject, ...]:
        """The tube of the half-width that there is now, and the months that hold it."""
        middle, half = self.half.mix(self.tubes.curve), self.half.value
        self.held.redraw(self.spots[self.tubes.held[self.half.row]])
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
        self.add(*filter(None, [self.title_words]))  # over the field of the tile
        middle = shown.box.mean(axis=0)
        self.frame.look(Sight(float(middle[0]), float(middle[1]), gallery.filling))

        with self.beat("Gamma was tuned at one C. But both bend the boundary.", pause=pace.BRISK) as beat:
            beat.over(Create(gallery.shores[gallery.shown]), until="But", least=pace.BRISK)
            self.play(self.title_leaves(pace.QUICK))
            self.bend_by_both(gallery)
        others = [shore for number, shore in enumerate(gallery.shores) if number != gallery.shown]
        with self.beat(
            "So try them in pairs: C grows to the right, gamma upwards. Each tile is one fitted boundary."
        ) as beat:
            beat.over(self.frame.back(), until="C", least=pace.SLOW)
            prices = [FadeIn(each, shift=place.NUDGE * UP) for each in (gallery.price_name, *gallery.prices)]
            beat.over(LaggedStart(*prices, lag_ratio=pace.LAG), until="gamma")
            gammas = [
                FadeIn(each, shift=place.NUDGE * RIGHT)
                for each in (*gallery.gammas[::-1], gallery.gamma_name)
            ]
            beat.over(LaggedStart(*gammas, lag_ratio=pace.LAG), until="Each")
            beat.over(LaggedStart(*(Create(shore) for shore in others), lag_ratio=pace.LAG), least=pace.SLOW)
        self.validate(gallery)

        best = gallery.shown
        head, tie = (
            shot.SAFE.put(words.note(text, size=LARGE), LEFT + DOWN)
            for text in (
                "[grid search:focus]: right on held folds (%), guessing 50",
                f"[best: {gallery.score[best]:.1f} ± {100 * gallery.tour.error:.1f}:focus] (standard error)",
            )
        )
        with self.beat("Do this for the whole grid: a grid search.") as beat:
            beat.over(
                drive(gallery.darken),
                *(FadeIn(tag.plate) for tag in gallery.scores),
                until="whole",
                least=pace.BRISK,
            )  # the scores come when nothing shines through any more
            for tag in gallery.scores:
                self.allow(tag.text, "pop", "digits fade in on plates that darken with the tiles meanwhile")
            self.play(FadeIn(*(tag.text for tag in gallery.scores), head), run_time=pace.BRISK)
        rings = [
            gallery.panes.planes[number].polygon(gallery.panes.planes[number].corners, ink.focus, width=6.0)
            for number in (best, *(number for number in gallery.tied if number != best))
        ]
        with self.beat(
            "The best pair has 95 percent, but a whole ridge ties, within the standard error."
        ) as beat:
            beat.over(Create(rings[0]), words.light(gallery.scores[best].text), until="but")
            self.play(FadeOut(head), FadeIn(tie), run_time=pace.QUICK)
            beat.over(LaggedStart(*(Create(ring) for ring in rings[1:]), lag_ratio=pace.LAG), until="within")
            beat.over(words.light(tie))
        scales = [gallery.prices, gallery.gammas, gallery.price_name, gallery.gamma_name]
        apart = self.compare(gallery)
        with self.beat(
            "A score by which you chose can flatter. So a last test set judges the winner, once: 94 percent.",
            pause=pace.BRISK,
        ) as beat:
            beat.over(words.light(gallery.scores[best].text), until="So")
            self.play(
                FadeOut(*(tag.text for tag in gallery.scores), *rings, tie, *scales), run_time=pace.QUICK
            )
            beat.over(
                glide(gallery.darken, 1.0, 0.0),
                FadeOut(*(tag.plate for tag in gallery.scores)),
                self.frame.to(gallery.panes.frames[gallery.shown], share=FILLING, at=(0.0, 0.0)),
                until="judges",
                least=pace.SLOW,
            )
            beat.over(FadeIn(apart), until="94")
            beat.over(words.light(apart.text))
        self.leave(apart, run_time=pace.QUICK)

    def bend_by_both(self, gallery: Gallery) -> None:
        """The pair that is seen from near, at a larger gamma and back, then at a smaller C and back."""
        shore, field = gallery.shores[gallery.shown], gallery.fields[gallery.shown]
        gamma, price = gallery.pair(gallery.shown)
        for name, pair in (
            (f"$gamma$ = {10 * gamma:g}", (10 * gamma, price)),
            (f"$C$ = {price / 100:g}", (gamma, price / 100)),
        ):
            level = search.landscape(*pair, *gallery.fine)
            tag = Tag(words.note(name, size=ink.POINT))
            shot.SAFE.put(tag, UP + LEFT)
            self.pin(tag)
            self.play(
                glide(shore.redraw, gallery.sharp, level),
                glide(field.redraw, gallery.sharp, level),
                FadeIn(tag),
                run_time=pace.SLOW,
            )
            self.play(
                glide(shore.redraw, level, gallery.sharp),
                glide(field.redraw, level, gallery.sharp),
                FadeOut(tag),
                run_time=pace.CALM,
            )

    def compare(self, gallery: Gallery) -> Tag:
        """The winner of the grid, by its folds and by a test set that no choice has seen."""
        gamma, price = gallery.pair(gallery.shown)
        board = Tag(
            words.note(
                f"folds: {gallery.score[gallery.shown]:.1f} %\n"
                f"[last test set:focus] of {kernel.UNSEEN:,}: {100 * search.kept_apart(gamma, price):.1f} %",
                size=LARGE,
            ),
            opacity=1.0,
        )
        shot.SAFE.put(board, UP + LEFT)
        self.pin(board)
        return board

    def validate(self, gallery: Gallery) -> None:
        """One tile from near: each fold held back in turn, and the machine of the other four."""
        plane, shore = gallery.panes.planes[gallery.shown], gallery.shores[gallery.shown]
        tour = gallery.tour
        fold = ParameterSweep(np.arange(search.FOLDS + 1))
        held = [HeldFold(plane, tour, number) for number in range(search.FOLDS)]
        rows = [
            words.label(f"fold {number + 1}: {100 * score:.1f} %", size=LARGE)
            for number, score in enumerate(tour.score)
        ]
        mean = words.label(f"mean: {100 * tour.mean:.1f} %", ink.focus, LARGE)
        name = words.label("cross-validation", ink.focus, LARGE)
        board = VGroup(name, *rows, mean).arrange(DOWN, buff=0.26, aligned_edge=LEFT)
        plate = Tag(board.copy()).plate.scale(1.06)
        shot.SAFE.put(VGroup(plate, board), RIGHT)
        self.pin(plate, board)
        fold.draws(lambda _: shore.redraw(fold.mix(np.concatenate([gallery.sharp[None], tour.level]))))
        with self.beat(
            "How good is a pair? Cut the points into five folds, train on four, test on one."
        ) as beat:
            tile = gallery.tile(gallery.shown)
            beat.over(self.frame.to(tile, share=0.75, at=(-2.0, 0.3)), self.spotlight(*tile), until="Cut")
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
            name = Tag(words.label("support vector regression (SVR)", ink.focus, LARGE))
            name.move_to(sea.plane.at(4.6, 29.1), aligned_edge=LEFT)
            foot = np.array([7.0, sea.middle(7.0)])
            arrow = sea.plane.vector(foot, foot + np.array([0.0, sea.half.value]), BOUNDARY, width=6.0)
            gap = Tag(words.label("ε-tube, half-width $epsilon$ = 1 °C", ink.focus, LARGE))
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
        self.draw_the_loss(sea, self.price_three(sea))
        self.pull_at_one(sea)
        self.widen(sea)

    def turn_inside_out(self, sea: Sea) -> None:
        """The moons leave, the sea comes, and a tube opens along a curve through it."""
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
        middle = sea.half.mix(sea.tubes.curve)
        line = sea.plane.curve(sea.xs, middle, BOUNDARY)
        shut = sea.half.value * 1e-3
        self.add(field, *clouds, shore, *filter(None, [self.title_words]))
        with self.beat(
            "So far each answer is a class, and a point in the street costs. "
            "To predict a number, lay a tube where the points are."
        ) as beat:
            self.add(street)
            beat.over(appear(street), FadeOut(shore), until="and")
            beat.over(words.light(street.centre), until="To")
            self.play(self.title_leaves(pace.QUICK), FadeOut(field, *clouds, street), run_time=pace.QUICK)
            beat.over(FadeIn(sea.plane), Create(line), until="tube")
            beat.over(
                glide(
                    lambda half: sea.street.run_along(sea.xs, middle - half, middle + half),
                    shut,
                    sea.half.value,
                ),
                FadeOut(line),
            )
        with self.beat("Here, the sea off Peru through the year: December meets January.") as beat:
            count = len(sea.spots)
            fall = drive(
                lambda t: sea.months.redraw(sea.spots[: round(t * count)]), sea.months, rate_func=linear
            )
            beat.over("sea", fall)

    def price_three(self, sea: Sea) -> Dots:
        """Three months from near: what each error costs; they stay."""
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
        region = sea.plane.at(np.array([[6.55, 18.95], [11.75, 24.15]]))
        near = min(
            2.0 * -shot.EDGES.left / (region[1, 0] - region[0, 0]),
            (ink.FRAME_HEIGHT - ink.CAPTION_BAND) / (region[1, 1] - region[0, 1]),
        )
        size = LARGE / near
        tags = [
            Tag(
                words.label(
                    f"off by {abs(error):.1f} °C: costs {cost:.1f}".replace("0.0", "0"), color, size=size
                )
            )
            for error, cost, color in zip(errors, costs, (ink.chalk, ink.chalk, ink.error), strict=True)
        ]
        tags[0].move_to(sea.plane.at(spots[0] + np.array([0.0, 1.4])))
        tags[1].next_to(dots[1], DOWN, buff=0.05).align_to(dots[1], LEFT)
        tags[2].next_to(dots[2], RIGHT, buff=0.05)
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
            FadeOut(*free, paid, *tags),
            self.frame.back(),
            sea.months.animate.set_stroke(opacity=0.8),
            run_time=pace.CALM,
        )
        return dots

    def draw_the_loss(self, sea: Sea, months: Dots) -> None:
        """The three ``months`` become what they cost: the epsilon-insensitive loss, and the whole task."""
        self.shot(shot.formula(titled=False))
        upper, lower = shot.safe(titled=False).rows(7, 3, gap=0.35)
        plane = upper.plane(
            (-3, 3),
            (-0.25, 2),
            x_label="error $y - f$ (°C)",
            y_label="cost",
            x_names={-1: "−ε", 0: "0", 1: "ε"},
            y_ticks=[0, 1],
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        xs = np.linspace(-3, 3, 241)
        loss = plane.curve(xs, tube.costs(xs, sea.half.value), ink.error, width=9.0)
        errors = np.array([example.over for example in sea.examples])
        near = np.linspace(-np.sqrt(2.0), np.sqrt(2.0), 121)
        squared = plane.curve(near, near**2, RIVAL, width=5.0, dashed=True)
        other = plane.label(-np.sqrt(2.0), 1.93, "squared\nerror (°C²)", LEFT, RIVAL, 0.2, SQUARED)
        flat, priced = (
            np.column_stack([errors, costs]) for costs in (0 * errors, tube.costs(errors, sea.half.value))
        )
        dots = plane.dots(flat, ink.chalk, radius=0.15)
        tube_band = plane.area([-sea.half.value, sea.half.value], 0.0, 2.0, BOUNDARY, fill=0.12)
        name = words.label("ε-insensitive\nloss (°C)", ink.error, LARGE).move_to(plane.at(0, 1.5))
        task = words.formula(
            "min quad {{ 1/2 norm(bold(w))^2 : short }} + {{ C : price }} "
            "{{ sum_i max(0, thin abs(y_i - f(bold(x)_i)) - epsilon) : cost }}",
            size=ink.POINT,
        )
        lower.put(task)
        with self.beat(
            "Cost is zero up to epsilon, then rises straight: the epsilon-insensitive loss. "
            "Again C prices it, beside a short w."
        ) as beat:
            self.play(
                FadeOut(sea.plane, sea.months, sea.street),
                FadeIn(plane, tube_band),
                ReplacementTransform(months, dots),
                run_time=pace.CALM,
            )
            self.add(dots)
            beat.over(
                Create(loss), glide(dots.redraw, flat, priced), until="epsilon-insensitive", least=pace.SLOW
            )
            self.bring_to_front(dots)
            beat.over(FadeIn(name), until="Again")
            beat.over(words.write(task), until="short", least=pace.BRISK)
            beat.over(words.light(task.part("short")), words.light(task.part("price")))
        self.loss = VGroup(plane, tube_band, loss, dots, name, task)
        self.squared = VGroup(squared, other)

    def pull_at_one(self, sea: Sea) -> None:
        """One picked reading of two years is moved, and two curves with it: least squares, and the tube's middle."""
        road = ParameterSweep(np.linspace(*MOVED, 41))
        told = tube.pull(ASKED, road.stops, sea.xs)
        record = told.months
        start = record.temperature[ASKED]
        spots = np.column_stack([record.month, record.temperature])
        others = sea.plane.dots(np.delete(spots, ASKED, axis=0), ink.quiet, radius=0.09)
        picked = sea.plane.dots([(record.month[ASKED], start)], ink.focus, radius=0.14)
        middle = sea.plane.curve(sea.xs, told.tube[0], BOUNDARY, width=8.0)
        rival = sea.plane.curve(sea.xs, told.squares[0], RIVAL, width=7.0, dashed=True)
        years = np.unique(record.year)
        names = VGroup(
            words.note("least squares (dashed),\nsame kernel", RIVAL, LARGE),
            words.note("middle of the tube", BOUNDARY, LARGE),
            words.note(f"{years.min():.0f} and {years.max():.0f},\none picked reading", ink.focus, LARGE),
        ).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
        names.move_to(sea.plane.at(-0.3, 18.8), aligned_edge=LEFT + DOWN)
        road.draws(lambda reading: picked.redraw([(record.month[ASKED], reading)]), picked)
        road.mixed(told.tube).draws(lambda ys: middle.redraw(sea.xs, ys), middle)
        road.mixed(told.squares).draws(lambda ys: rival.redraw(sea.xs, ys), rival)
        with self.beat(
            "Why straight? A square rises ever faster. "
            "So move one picked reading: least squares follows, but the tube's pull is capped at C.",
            pause=pace.BRISK,
        ) as beat:
            beat.over(Create(self.squared[0]), FadeIn(self.squared[1]), until="So", least=pace.BRISK)
            self.shot(shot.wide())
            self.play(
                FadeOut(self.loss, self.squared),
                FadeIn(sea.plane, others, picked, middle, rival, names),
                run_time=pace.CALM,
            )
            beat.over(road.to(MOVED[1], rate_func=linear), until="capped", least=pace.LONG)
            beat.over(words.light(names[1]), words.light(middle))
        sea.lay()
        self.play(
            FadeOut(others, picked, middle, rival, names),
            FadeIn(sea.months, sea.street),
            run_time=pace.BRISK,
        )

    def widen(self, sea: Sea) -> None:
        """Fewer months hold a wider tube."""
        counts = sea.tubes.held.sum(axis=1)
        half = words.Readout(sea.half, 1, "°C", label="$epsilon$ =", digits=2, size=LARGE)
        held = words.Readout(sea.half.score(counts), 0, label="on the tube or outside:", digits=3, size=LARGE)
        board = VGroup(half, held).arrange(DOWN, buff=0.25, aligned_edge=RIGHT)
        board.move_to(sea.plane.at(*CORNER), aligned_edge=RIGHT + UP)
        with self.beat(
            "Points inside have no pull: only those on the tube or outside can be support vectors."
        ) as beat:
            backdrop(sea.months)
            beat.over(sea.months.animate.set_stroke(opacity=0.3), until="only")
            beat.over(FadeIn(sea.held, board))
        sea.half.draws(lambda _: sea.lay(), sea.street, sea.held)
        with self.beat(
            "Narrow the tube, and many hold the curve. Widen it, and few do: warm outliers lift it off the rest."
        ) as beat:
            beat.over(sea.half.to(0.5), until="Widen", least=pace.SLOW)
            beat.over("Widen", sea.half.to(2.0), until="warm", least=pace.LONG)
            beat.over("warm", words.light(sea.held, ink.focus))
        held_back = tube.years_held_back(1.0)
        monthly = np.column_stack([np.arange(12.0), tube.monthly_means(tube.sea_months())])
        marks = sea.plane.dots(monthly, RIVAL, "diamond", radius=0.16)
        named = words.label("mean error on years held out (°C)", size=LARGE)
        ours = words.note(f"tube {held_back.tube.mean():.2f}", BOUNDARY, LARGE)
        theirs = words.note(f"mean of each month {held_back.mean.mean():.2f}", RIVAL, LARGE)
        scores = VGroup(named, VGroup(ours, theirs).arrange(RIGHT, buff=3 * words.GAP))
        scores.arrange(DOWN, buff=words.GAP, aligned_edge=RIGHT)
        scores.move_to(sea.plane.at(*CORNER), aligned_edge=RIGHT + UP).shift(words.GAP * UP)
        with self.beat(
            "Does it forecast? On years held out it misses by 0.83 degrees, "
            "the plain mean of each month by 0.85: alike."
        ) as beat:
            beat.over(sea.half.to(1.0), FadeOut(board), until="On", least=pace.SLOW)
            beat.over(FadeIn(named, ours), until="plain")
            beat.over(FadeIn(theirs), LaggedStart(*map(FadeIn, marks), lag_ratio=pace.LAG), least=pace.SLOW)
        with self.beat("So set epsilon, in the unit of y, to the error that you do not mind.") as beat:
            self.play(FadeOut(scores, marks), FadeIn(half), run_time=pace.QUICK)
            beat.over(sea.half.to(2.0), until="error")
            ends = [
                sea.plane.stems(
                    [7.0], sea.middle(7.0), sea.middle(7.0) + side * sea.half.value, ink.focus, width=6.0
                )
                for side in (-1, 1)
            ]
            beat.over(*(Create(each) for each in ends), words.light(half))
            self.leave(*ends, run_time=pace.QUICK)
