"""Streets that are bent by a kernel, and the street turned inside out for regression."""

from __future__ import annotations

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, linear

from scenes.kit import ink, place, words
from scenes.kit.dial import Dial
from scenes.kit.drive import appear, drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.review_hints import backdrop
from scenes.kit.space import Space
from scenes.maths.svm import kernel, svm, tube
from scenes.svm.stage import SvmStage


class Kernel(SvmStage):
    """Streets that are bent by a kernel, and the street turned inside out for regression."""

    # --- kernels

    @chapter("Lift, then cut flat", "the kernel trick with the lift to 3-D")
    def lift_then_cut_flat(self) -> None:
        data = kernel.core_and_ring()
        plane = place.picture(
            Plane((-1.35, 1.35), (-1.35, 1.35), height=4.75, equal=True, x_ticks=[], y_ticks=[])
        ).shift(0.35 * UP)
        space = Space(plane, z=(0, 1.9), height=3.6)
        lifted = kernel.raise_bowl(data.points)
        rings = [
            space.dots(lifted[data.sides < 0], ink.first),
            space.dots(lifted[data.sides > 0], ink.second, "square"),
        ]
        space.look()
        self.add(*rings)

        straight, _ = kernel.best_straight_line(data.points, data.sides)
        line = plane.line(straight.w, straight.b)
        right = Gauge("right", lambda: 100 * kernel.accuracy(self.now.level(data.points), data.sides), 0, "%")
        place.aside(right)

        def sweep(share: float) -> Changed:
            u = svm.normal(straight.degrees + 150 * (1 - share))
            self.now = svm.Street(u, straight.b / float(np.linalg.norm(straight.w)))
            return (line.redraw(self.now.w, self.now.b),)

        with self.beat("One ring inside another. No straight line gets more than 70 percent right.") as beat:
            sweep(0.0)
            self.play(FadeIn(right, line), run_time=0.4)
            self.play(drive(sweep), run_time=beat.fill())
        self.leave(line, right)

        bowl = space.surface(lambda x, y: x**2 + y**2)
        height = words.formula("z = x_1^2 + x_2^2")
        place.aside(height)
        with self.beat("So lift every point: as high as its squared distance from the middle.") as beat:
            floor = space.floor()
            beat.until("lift")
            self.add(floor, bowl, *rings)
            space.look()
            self.play(
                space.turning(tilt=74 * DEGREES, turn=-28 * DEGREES, lift=1.0, zoom=0.98),
                words.write(height),
                appear(floor, bowl),
                run_time=3.2,
            )

        cut = kernel.cut_flat(data.points, data.sides)
        top, slope = cut.plane()
        sheet = space.sheet(0.0)
        count = Gauge("right", lambda: 100.0, 0, "%", ink.focus)
        place.under(count, height, gap=0.6)
        with self.beat(
            "Now one flat cut is enough. A plane rises, and slips between the rings: all 120 are right."
        ) as beat:
            beat.until("plane")
            self.add(sheet)
            self.play(
                space.drive(lambda t: sheet.redraw(t * top, *(t * slope))),
                appear(sheet),
                run_time=max(beat.fill("all"), 3.0),
            )
            self.play(FadeIn(count), run_time=0.5)
            self.play(space.turning(turn=12 * DEGREES), run_time=3.0)

        turn = np.linspace(0, 2 * np.pi, 90)
        circles = []
        for level, width in ((-1, 2.5), (0, 5), (1, 2.5)):
            centre, radius = cut.circle(level)
            rim = centre + radius * np.column_stack([np.cos(turn), np.sin(turn)])
            color = ink.chalk if level else ink.focus
            circles.append(space.curve(np.column_stack([rim, (rim**2).sum(1)]), color, width))
        with self.beat(
            "Look from above again. The flat cut is a circle on the ground, and the street runs round."
        ) as beat:
            space.look()
            self.play(Create(circles[1]), run_time=0.8)
            self.play(space.turning(tilt=0.0, turn=0.0, zoom=1.0), run_time=2.2)
            self.play(FadeOut(sheet, bowl, count, height), run_time=0.5)
            beat.at("street", Create(circles[0]), Create(circles[2]), run_time=0.9)
        self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)
        self.multiply_without_lifting()

    def multiply_without_lifting(self) -> None:
        """The kernel trick on two points: the lifted product from the flat one."""
        plane = place.picture(
            Plane((0, 4), (0, 3), equal=True, grid=True, x_ticks=range(5), y_ticks=range(4))
        )
        pair = np.array([[1.0, 2.0], [3.0, 1.0]])
        arrows = [
            plane.vector((0, 0), tip, color) for tip, color in zip(pair, (ink.first, ink.second), strict=True)
        ]
        names = [
            words.formula(f"({x:.0f}, {y:.0f})", color=color).next_to(plane.at(x, y), UP + RIGHT, buff=0.12)
            for (x, y), color in zip(pair, (ink.first, ink.second), strict=True)
        ]
        parts = kernel.lift_squares(pair).prod(axis=0)
        flat = pair.prod(axis=0).sum()
        lifted = [
            words.formula("(1, 2 sqrt(2), 4)", color=ink.first),
            words.formula("dot (9, 3 sqrt(2), 1)", color=ink.second),
        ]
        deep = words.formula(
            f"= {' + '.join(f'{part:.0f}' for part in parts)} = {{{{ {parts.sum():.0f} : value }}}}",
            {"value": ink.focus},
        )
        short = words.formula(
            f"{{{{ (1, 2) : one }}}} dot {{{{ (3, 1) : two }}}} = {flat:.0f} \\ "
            f"{flat:.0f}^2 = {{{{ {kernel.square_kernel(*pair):.0f} : value }}}}",
            {"one": ink.first, "two": ink.second, "value": ink.focus},
        )
        place.aside(*lifted, deep, short, gap=0.35)
        short.shift(0.5 * DOWN)

        with self.beat(
            "And nobody has to build that height. The machine only multiplies points, pair by pair."
        ) as beat:
            self.play(FadeIn(plane), run_time=0.6)
            for word, arrow, name in zip(("height", "machine"), arrows, names, strict=True):
                beat.at(word, Create(arrow), FadeIn(name))
            beat.at("pair", *(words.light(name) for name in names), run_time=1.0)

        with self.beat(
            "Lift these two, by squares and a product, and multiply: 9 plus 12 plus 4 is 25."
        ) as beat:
            for name, high in zip(names, lifted, strict=True):
                self.play(words.rewrite(name.copy(), high), run_time=1.0)
            beat.at("9", words.write(deep), run_time=1.2)
            beat.at("25", words.light(deep.part("value")), run_time=0.8)

        with self.beat(
            "Or stay flat: multiply, that is 5, and square: 25 again. This shortcut is the kernel trick."
        ) as beat:
            beat.at("multiply", words.write(short), run_time=1.2)
            beat.at("25", words.light(short.part("value")), words.light(deep.part("value")), run_time=0.8)

    @chapter("A kernel bends the street", "RBF kernel and γ", "polynomial kernels")
    def a_kernel_bends_the_street(self) -> None:
        train, test = kernel.moons(), kernel.moons(2000, 2)
        plane = place.picture(Plane(x=(-1.9, 2.9), y=(-1.5, 2.0), height=5.0, equal=True))
        mesh = plane.mesh(96, 70)
        axes = mesh[0, :, 0], mesh[:, 0, 1]
        reel = ParameterSweep(np.geomspace(0.1, 100, 49), log=True, value=1.0)
        radial = kernel.wind_by_gamma(train, test, reel.stops, *axes)
        dots = plane.classes(train.points, train.sides > 0)
        one = int(np.argmin(np.linalg.norm(train.points - (0.1, 1.2), axis=1)))
        distance = ((mesh - train.points[one]) ** 2).sum(axis=-1)
        field = plane.field(train.sides[one] * np.exp(-distance))
        self.bent = radial.level[0]
        street = plane.band((1, 0), 0.0).wind(self.bent)
        dial = Dial("$gamma$, how near", (0.1, 1, 10, 100), log=True, value=1.0)
        self.scores = (radial.train_accuracy[0], radial.test_accuracy[0])
        gauges = [
            Gauge("200 points learnt", lambda: 100 * self.scores[0], 1, "%"),
            Gauge("2000 new points", lambda: 100 * self.scores[1], 1, "%"),
        ]
        form = words.formula("k(bold(x), bold(x)') = e^(-gamma norm(bold(x) - bold(x)')^2)")
        place.aside(form, dial, *gauges, gap=0.5)
        self.add(plane, dots)

        with self.beat(
            "Two moons, noisy and tangled. A radial kernel lets each point count only near itself."
        ) as beat:
            beat.at("radial", words.write(form), run_time=1.0)
            beat.until("each")
            ring = dots.ring([one])
            self.add(field, plane, dots, ring)
            self.play(FadeIn(ring, scale=2), FadeIn(field), run_time=0.8)

        def reach() -> Changed:
            field.redraw(train.sides[one] * np.exp(-reel.value * distance))
            return (field, dial.redraw(reel.value))

        with self.beat(
            "Gamma says how near. Large, a point reaches a few neighbours; small, it reaches everybody."
        ) as beat:
            self.play(FadeIn(dial), run_time=0.4)
            self.play(reel.run(30.0, reach), run_time=beat.fill("small"))
            self.play(reel.run(0.1, reach), run_time=beat.fill() + 0.2)

        def wind(level: Floats, largest: float = 1.5) -> Changed:
            self.bent = level
            return (street.wind(level), field.redraw(level, largest))

        def show() -> Changed:
            self.scores = (radial.train_accuracy[reel.row], radial.test_accuracy[reel.row])
            return (*wind(reel.mix(radial.level), sharpness[reel.row]), dial.redraw(reel.value))

        sharpness = np.geomspace(1.5, 0.4, len(reel.stops))
        with self.beat(
            "Now let every point count, learnt in a space that has no end of dimensions, and that nobody builds. "
            "With a small gamma the street is almost straight."
        ) as beat:
            alone, together = train.sides[one] * np.exp(-reel.value * distance), radial.level[0]
            self.play(
                FadeOut(ring),
                drive(lambda t: field.redraw((1 - t) * alone + t * together, 1 + t / 2)),
                run_time=beat.fill("nobody"),
            )
            beat.until("small")
            self.add(street, dots)
            self.play(FadeIn(street), run_time=0.8)
            self.play(FadeIn(*gauges), run_time=0.5)

        with self.beat("Turn it up, and the street winds its way between the moons.") as beat:
            self.play(reel.run(1.0, show), run_time=beat.fill() + 0.4)

        with self.beat(
            "Too far, and each point owns an island. "
            "It knows its own points at 98.5 percent, and new ones at only 90."
        ) as beat:
            self.play(reel.run(100.0, show), run_time=beat.fill("98.5"))
            self.play(gauges[0].light())
            beat.at("90", gauges[1].light())

        degrees = (1, 3, 5)
        poly = kernel.wind_by_degree(train, test, degrees, *axes)
        powers = [
            words.formula(
                f"k(bold(x), bold(x)') = (bold(x) dot bold(x)' + 1)^{{{{ {degree} : degree }}}}",
                {"degree": ink.focus},
            )
            for degree in degrees
        ]
        for power in powers:
            power.move_to(form, aligned_edge=LEFT)

        def bend(row: int) -> Animation:
            begin, end = self.bent, poly.level[row]
            self.scores = (poly.train_accuracy[row], poly.test_accuracy[row])
            return drive(lambda t: wind((1 - t) * begin + t * end))

        with self.beat("A polynomial kernel bends in whole degrees. Degree one is a straight line.") as beat:
            self.play(FadeOut(dial), words.rewrite(form, powers[0]), run_time=0.8)
            beat.at("one", bend(0), run_time=1.4)

        with self.beat("Degree three makes a wave, and 91.5 percent of new points come out right.") as beat:
            self.play(words.rewrite(powers[0], powers[1]), run_time=0.6)
            self.play(bend(1), run_time=1.4)
            beat.at("91.5", gauges[1].light())

        with self.beat(
            "Degree five bends once more, for 92. The data decide what helps, on points that were not learnt."
        ) as beat:
            self.play(words.rewrite(powers[1], powers[2]), run_time=0.6)
            self.play(bend(2), run_time=1.4)
            beat.at("points", gauges[1].light())

    # --- regression

    @chapter("Turned inside out, it predicts", "SVR with its ε-tube")
    def turned_inside_out(self) -> None:
        sea = tube.sea_months()
        plane = place.picture(
            Plane(
                x=(-0.5, 11.5),
                y=(18.5, 29.8),
                x_label="month, 1991 to 2010 (NOAA)",
                y_label="sea surface off Peru (°C)",
                x_names={0: "Jan", 3: "Apr", 6: "Jul", 9: "Oct"},
            )
        )
        spots = np.column_stack([sea.month + self.rng.uniform(-0.16, 0.16, len(sea.month)), sea.temperature])
        xs = np.linspace(-0.3, 11.3, 140)
        reel = ParameterSweep(np.linspace(0.5, 2.0, 31), value=1.0)
        tubes = tube.lay_tubes(sea.month, sea.temperature, reel.stops, xs)
        free = plane.cloud(spots[:0], ink.chalk, radius=0.05)
        held = plane.cloud(spots[:0], ink.focus, radius=0.06, opacity=1.0)
        stems = plane.stems(xs[:0], xs[:0], xs[:0], width=3)
        street = plane.band((0, 1), -24.0, 0.0)
        self.add(plane)

        with self.beat("This is the sea off Peru: its temperature in every month of twenty years.") as beat:
            self.play(
                drive(lambda t: free.redraw(spots[: round(t * len(spots))]), free, rate_func=linear),
                run_time=beat.fill(),
            )

        with self.beat(
            "The years are laid on one calendar, so December and January stand far apart. Now predict the temperature."
        ) as beat:
            beat.until("December")
            ends = [free.copy().redraw(spots[sea.month == month]) for month in (11, 0)]
            self.play(*(FadeIn(end.set_stroke(ink.focus)) for end in ends), run_time=0.6)
            beat.at("predict", FadeOut(*ends))

        dial = Dial("half width $epsilon$ (°C)", (0.5, 1, 1.5, 2), value=1.0)
        count = Gauge("on or past the wall", lambda: tubes.support_vectors[reel.row].sum(), 0, digits=3)
        place.aside(count, dial, gap=0.6)

        def show() -> Changed:
            middle = reel.mix(tubes.curve)
            on, over = tubes.support_vectors[reel.row], tubes.overshoot[reel.row]
            past = np.abs(over) > 1e-3
            street.run_along(xs, middle - reel.value, middle + reel.value)
            stems.redraw(spots[past, 0], spots[past, 1] - over[past], spots[past, 1])
            return (street, stems, held.redraw(spots[on]), dial.redraw(reel.value))

        with self.beat("Turn the street inside out: stay inside it, and you pay nothing.") as beat:
            beat.until("street")
            middle = tubes.curve[reel.row]
            self.add(street, free)
            opens = drive(lambda t: street.run_along(xs, middle - t, middle + t))
            self.play(opens, appear(street), run_time=beat.fill() + 0.3)

        with self.beat(
            "Months within one degree fade, for they have no say. "
            "Only the sixty-seven on the wall or beyond it shape the curve."
        ) as beat:
            show()
            beat.until("fade")
            backdrop(free)
            self.play(free.animate.set_stroke(opacity=0.28), FadeIn(held), run_time=0.9)
            beat.at("sixty-seven", FadeIn(count), Create(stems), run_time=1.0)

        with self.beat(
            "Narrow the tube, and 140 have a say. Widen it to two degrees, and twenty-seven carry the whole curve."
        ) as beat:
            self.play(FadeIn(dial), run_time=0.4)
            self.play(reel.run(0.5, show), run_time=beat.fill("140"))
            beat.until("Widen")
            self.play(reel.run(2.0, show), run_time=beat.fill("twenty-seven"))
            self.play(count.light())
