"""SVM, SVR & KNN: the widest street between two groups, bent, turned inside out, and its opposite creed."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    VGroup,
    linear,
    rush_from,
    smooth,
    there_and_back,
)

from scenes.kit import ink, place, words
from scenes.kit.axis import Range
from scenes.kit.dial import Dial
from scenes.kit.dot import Dots
from scenes.kit.drive import appear, drive
from scenes.kit.gauge import Gauge
from scenes.kit.intent import backdrop
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.line import Curve
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed, Reel
from scenes.kit.space import Space
from scenes.kit.trail import Trail
from scenes.maths import kernel, neighbour, svm, tube
from scenes.maths.flower import Measure, Species, irises

NEW_FLOWER = np.array([2.42, 2.62])
"""Petal length and sepal width (cm) of a flower that every tilt judges anew."""
FIRST_TILT = 14.0
"""Degrees of the normal of the line that the lesson opens with: a poor tilt that separates all the same."""
PUSH = 0.65
"""Centimetres of arrow for a force of 1."""


def foot(street: svm.Street, points: Floats, level: float | Floats = 0.0) -> Floats:
    """Where the shortest ways from ``points`` (n, 2) meet the line of the street at ``level``, one or (n,)."""
    return points - ((street.level(points) - level) / (street.w @ street.w))[:, None] * street.w


def garden(x: Range, y: Range, x_label: str) -> Plane:
    """The plane of irises: one measure across, sepal width up, a centimetre as long both ways."""
    return place.picture(Plane(x, y, x_label=x_label, y_label="sepal width (cm)", equal=True))


class Svm(Lesson):
    """From the widest street to the curse of dimensionality."""

    def stage(self) -> None:
        """Fisher's irises, setosa against versicolor, and the street between them."""
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
        self.points, self.sides = flowers.points, flowers.sides
        self.fit = svm.widest_street(self.points, self.sides)
        self.now = self.fit.street
        self.plane = garden((0.6, 5.6), (1.8, 4.6), "petal length (cm)")
        self.flowers = self.plane.classes(self.points, flowers.species)
        self.street = self.plane.band(self.now.w, self.now.b)

    def lay(self, street: svm.Street) -> Changed:
        """The street on the stage takes the place of ``street``."""
        self.now = street
        return (self.street.lay(street.w, street.b),)

    def between(self, one: svm.Street, other: svm.Street, share: float) -> Changed:
        """The street on the stage, on its way from ``one`` to ``other``."""
        mixed = svm.Street((1 - share) * one.w + share * other.w, (1 - share) * one.b + share * other.b)
        return self.lay(mixed)

    # --- the widest street

    @chapter("The widest street wins", "maximum-margin hyperplane")
    def widen_until_you_touch(self) -> None:
        self.line = self.plane.line(self.now.w, self.now.b)
        self.verdicts = self.plane.field(np.zeros((64, 96)), largest=0.25, opacity=0.22)
        self.new = self.plane.dots([NEW_FLOWER], ink.chalk, radius=0.13)
        self.rock(0.0)
        self.add(self.verdicts, self.plane, self.flowers, self.line)

        self.ask_every_tilt()
        self.grow_and_turn()
        self.compare_with_the_means()
        self.write_the_width()

    def rock(self, turns: float) -> Changed:
        """The line after so many swings through every tilt that separates, and what it says everywhere."""
        low, high = svm.separating_range(self.points, self.sides)
        middle, half = (low + high) / 2, (high - low) / 2 - 2
        tilt = middle + half * np.sin(np.arcsin((FIRST_TILT - middle) / half) + 2 * np.pi * turns)
        now = svm.street_at(self.points, self.sides, float(tilt))
        self.line.lay(now.w, now.b)
        self.verdicts.show(now.level(self.plane.mesh()) * now.width / 2)
        self.new.set_fill(ink.second if now.level(NEW_FLOWER) > 0 else ink.first)
        return (self.verdicts, self.line, self.new)

    def ask_every_tilt(self) -> None:
        """The hook: the line rocks, and a new flower gets another verdict from every tilt."""
        with self.beat(
            "Every tilt of this line separates these flowers perfectly. "
            "Which one would you trust with the next flower?"
        ) as beat:
            length, lands = beat.fill(), beat.when("Which")

            def land(share: float) -> Changed:
                landed = smooth(float(np.clip(share * length - lands, 0, 1)))
                self.new.place([NEW_FLOWER + np.array([0, 1.2 * (1 - landed)])]).shade(landed)
                return self.rock(2 * share)

            self.play(drive(land, rate_func=linear), run_time=length)

        with self.beat(
            "These are a hundred real irises: petal length across, sepal width up. "
            "Blue discs are setosa, orange squares are versicolor."
        ) as beat:
            setosa = words.label("setosa", ink.chalk).move_to(self.plane.at(1.0, 4.4))
            versicolor = words.label("versicolor", ink.chalk).move_to(self.plane.at(5.2, 2.2))
            lights = [words.light(name) for name in self.plane.names]
            beat.at("petal length", LaggedStart(*lights, lag_ratio=0.7), run_time=1.7)
            beat.at("Blue", FadeIn(setosa, shift=0.1 * UP))
            beat.at("orange", FadeIn(versicolor, shift=0.1 * UP))

        self.leave(self.new, self.verdicts, setosa, versicolor)

    def grow_and_turn(self) -> None:
        """The line becomes a street, and the street turns to where it is widest."""
        first = svm.street_at(self.points, self.sides, FIRST_TILT)
        touch = self.flowers.ring([])
        with self.beat(
            "So do not choose a line. Grow it into a street, until a flower touches the kerb."
        ) as beat:
            beat.until("Grow")
            self.street.lay(first.w, first.b, 0.0)
            self.add(self.street, self.flowers)
            self.remove(self.line)
            self.play(
                drive(lambda t: self.street.lay(first.w, first.b, t)), run_time=beat.fill("touches") + 0.3
            )
            touch.follow(self.flowers, svm.turn(self.points, self.sides, np.array([FIRST_TILT])).touch[0])
            self.play(FadeIn(touch, scale=1.8), run_time=0.5)

        low, high = svm.separating_range(self.points, self.sides)
        tilts = np.linspace(high - 1, low + 1, 160)
        widths = svm.turn(self.points, self.sides, tilts).width
        trail = Trail(
            tilts,
            widths,
            (-80, 50),
            (0, 1.6),
            x_label="tilt (degrees)",
            y_label="width (cm)",
            x_ticks=(-60, 0, 40),
        )
        width = Gauge("width", lambda: self.now.width, 3, "cm")
        place.aside(width, trail, gap=0.5)

        def look(degrees: float) -> Changed:
            now = svm.street_at(self.points, self.sides, degrees)
            touch.follow(self.flowers, svm.turn(self.points, self.sides, np.array([degrees])).touch[0])
            return (*self.lay(now), touch)

        def chart(degrees: float) -> Changed:
            return (*look(degrees), trail.reach(degrees))

        def turn(show: Callable[[float], Changed], begin: float, end: float) -> Animation:
            return drive(lambda t: show(begin + (end - begin) * t))

        with self.beat("Now turn it. Some directions leave you a lane, and one leaves an avenue.") as beat:
            self.play(turn(look, FIRST_TILT, tilts[0]), run_time=1.2)
            self.play(FadeIn(trail, width), run_time=0.5)
            self.play(turn(chart, tilts[0], tilts[-1]), run_time=beat.fill("avenue"))
            self.play(turn(chart, tilts[-1], self.fit.street.degrees), run_time=1.5)

        with self.beat("Here it is widest: 1.397 centimetres from kerb to kerb.") as beat:
            touch.follow(self.flowers, self.fit.support_vectors)
            beat.at("1.397", width.light())
        self.touch = touch
        self.leave(trail, width)

    def compare_with_the_means(self) -> None:
        """The line between the means separates too, but leaves less room."""
        best, fair = self.fit.street, svm.middle_line(self.points, self.sides)
        means = [self.points[self.sides < 0].mean(0), self.points[self.sides > 0].mean(0)]
        crosses = self.plane.dots(means, ink.chalk, "cross", radius=0.15)
        join = self.plane.segment(means[0], means[1], dashed=True)
        near = self.plane.segment(self.points[:0], self.points[:0], color=ink.focus, width=5)
        room = Gauge("nearest flower", lambda: self.now.width / 2, 2, "cm", ink.focus)
        place.aside(room)

        def show(share: float) -> Changed:
            band = self.between(best, fair, share)
            close = np.flatnonzero(self.sides * self.now.level(self.points) < 1 + 1e-6)
            near.lay(self.points[close], foot(self.now, self.points[close]))
            return (*band, near, self.touch.follow(self.flowers, close))

        with self.beat(
            "Halfway between the two means runs another fair line. But a flower comes within 0.27 centimetres."
        ) as beat:
            self.play(FadeIn(crosses), Create(join), run_time=0.8)
            self.play(FadeIn(room), run_time=0.4)
            beat.until("another")
            self.play(drive(show), run_time=beat.fill("0.27"))
            self.play(room.light())

        with self.beat("The widest street keeps them all 0.70 away.") as beat:
            self.play(drive(lambda t: show(1 - t)), run_time=beat.fill("0.70"))
            self.play(room.light())
        self.leave(crosses, join, near, room)

    def write_the_width(self) -> None:
        """w, the kerbs at -1 and +1, and the width from them."""
        best, length = self.fit.street, float(np.linalg.norm(self.fit.street.w))
        start = np.array([(-best.b - best.w[1] * 4.3) / best.w[0], 4.3])
        arrow = self.plane.vector(start, start + best.w, ink.fourth)
        name = words.formula("bold(w)").next_to(self.plane.at(start + 0.75 * best.w), UP + RIGHT, buff=0.08)
        levels = [
            words.formula(text, color=color).move_to(self.plane.at(end) + 0.24 * UP)
            for text, color, end in zip(
                ("-1", "0", "+1"),
                (ink.first, ink.chalk, ink.second),
                (max(self.plane.crossing(best.w, best.b, level), key=lambda p: p[1]) for level in (-1, 0, 1)),
                strict=True,
            )
        ]
        kerbs = words.formula("bold(w) dot bold(x) + b = plus.minus 1")
        size = words.formula(
            f'"width" = frac(2, norm(bold(w))) = frac(2, {length:.3f}) \\ '
            f'#h(2.6em) = {{{{ {best.width:.3f} : value }}}} "cm"',
            colors={"value": ink.focus},
        )
        place.aside(kerbs, size, gap=0.8)

        with self.beat(
            "The arrow across the street is w. On the kerbs, w dot x plus b is minus one and plus one. "
            "So the width is two divided by the length of w."
        ) as beat:
            self.play(Create(arrow), FadeIn(name), run_time=0.8)
            beat.at("kerbs", words.write(kerbs), FadeIn(levels[1]), run_time=0.9)
            beat.at("minus one", FadeIn(levels[0]))
            beat.at("plus one", FadeIn(levels[2]))
            beat.at("width", words.write(size), run_time=1.2)

        with self.beat(
            "Its middle is the line we keep. It calls your new flower versicolor, though only just."
        ) as beat:
            self.play(self.street.centre.animate.set_stroke(ink.focus), run_time=0.8)
            beat.until("new")
            self.new.place([NEW_FLOWER]).set_fill(ink.chalk, opacity=1)
            self.play(FadeIn(self.new, scale=2), run_time=0.5)
            beat.until("versicolor")
            self.play(self.new.animate.set_fill(ink.second), run_time=0.5)

        with self.beat(
            "Nothing proves this line best. It leaves the most room for error, and so we trust it."
        ) as beat:
            beat.at("most", words.light(size.part("value")), run_time=1.0)

    # --- what holds it

    @chapter("Three flowers hold it up", "support vectors")
    def three_flowers_hold_it_up(self) -> None:
        fit, flowers, held = self.fit, self.flowers, self.fit.support_vectors
        rest = np.setdiff1d(np.arange(len(self.points)), held)
        away = self.sides[:, None] * fit.street.w / np.linalg.norm(fit.street.w)
        gone = np.zeros(len(self.points))
        gauges = [
            Gauge("flowers", lambda: (gone < 1).sum(), 0),
            Gauge("$w_1$", lambda: self.now.w[0], 6),
            Gauge("$w_2$", lambda: self.now.w[1], 6),
            Gauge("$b$", lambda: self.now.b, 6),
        ]
        place.aside(*gauges)
        for gauge in gauges[1:]:
            self.allow(gauge, "digits", "six digits, so that not one of them is seen to change")
        self.allow(flowers, self.plane, "flowers that leave fly over the axes")
        self.allow(flowers, "caption", "flowers that leave fly off the picture")
        self.add(self.plane, self.street, flowers)

        rings = flowers.ring(held)
        with self.beat("Here is the widest street again. Only three flowers touch its kerb."):
            self.play(FadeIn(rings, scale=1.8), run_time=0.8)

        def roll(rows: np.ndarray, back: bool = False) -> Animation:
            def path(share: float) -> Changed:
                gone[rows] = 1 - share if back else share
                flowers.place(self.points + 3 * gone[:, None] * away).shade(1 - gone)
                return (flowers,)

            return drive(path)

        with self.beat(
            "Send the other ninety-seven away, the farthest first, and solve again each time."
        ) as beat:
            self.play(FadeIn(*gauges), run_time=0.5)
            beat.until("away")
            farthest_first = rest[np.argsort(-np.abs(fit.street.level(self.points[rest])))]
            for group in np.array_split(farthest_first, 4):
                self.play(roll(group), run_time=1.1)
                self.lay(svm.widest_street(self.points, self.sides, np.flatnonzero(gone < 1)).street)

        with self.beat("The street does not move by a hair: not one of these digits has changed.") as beat:
            beat.at("digits", *(gauge.light() for gauge in gauges[1:]))

        with self.beat("Bring them back, and drag a far flower a whole centimetre: nothing.") as beat:
            self.play(roll(rest, back=True), run_time=1.1)
            inside = np.where(self.points[:, 0] < 4.6, self.sides * fit.street.level(self.points), 0)
            far = int(np.argmax(inside))
            halo = flowers.ring([far], ink.chalk)
            self.play(FadeIn(halo), run_time=0.3)
            moved = self.points.copy()

            def drag(share: float) -> Changed:
                moved[far] = self.points[far] + (share, 0)
                flowers.place(moved)
                street = svm.widest_street(moved, self.sides).street
                return (*self.lay(street), flowers, halo.follow(flowers))

            self.play(drive(drag, rate_func=there_and_back), run_time=max(beat.fill(), 2.4))
            self.play(FadeOut(halo), run_time=0.3)

        lifted = int(held[self.sides[held] > 0][0])
        kept = np.setdiff1d(np.arange(len(self.points)), [lifted])
        wider = svm.widest_street(self.points, self.sides, kept)
        width = Gauge("width", lambda: self.now.width, 3, "cm", ink.focus)
        place.under(width, gauges[-1], gap=0.45)
        with self.beat(
            "But lift out one of these three, and the street springs open: from 1.397 to 1.708 centimetres. "
            "Another flower has become the kerb."
        ) as beat:
            self.play(FadeIn(width), run_time=0.5)
            beat.until("lift")
            self.play(flowers[lifted].animate.shift(0.9 * UP).set_opacity(0), FadeOut(rings), run_time=0.8)
            gone[lifted] = 1
            beat.until("springs")
            self.play(drive(lambda t: self.between(fit.street, wider.street, t)), run_time=beat.fill("1.708"))
            self.play(width.light())
            beat.until("Another")
            rings.follow(flowers, wider.support_vectors)
            self.play(FadeIn(rings, scale=1.8), run_time=0.8)

        name = words.note("[support vectors:focus]")
        place.under(name, width, gap=0.6)
        with self.beat(
            "More data is not always another line. The few points that hold the street are called support vectors."
        ) as beat:
            beat.at("few", words.light(rings), run_time=1.0)
            beat.at("support", words.write(name), run_time=0.8)

    # --- the same street from the other side

    @chapter("Two rubber bands, one bridge", "primal and dual in one picture")
    def two_rubber_bands(self) -> None:
        hulls = svm.rubber_bands(self.points, self.sides)
        corners = [self.points[rows] for rows in (hulls.minus, hulls.plus)]
        bands = [
            self.plane.polygon(rim, color, fill=0.08)
            for rim, color in zip(corners, (ink.first, ink.second), strict=True)
        ]
        bridge = svm.shortest_bridge(self.points, self.sides)

        def snap(share: float) -> Changed:
            for band, rim in zip(bands, corners, strict=True):
                band.lay(rim + (1 - share) * 0.22 * (rim - rim.mean(0)))
            return tuple(bands)

        snap(0.0)
        self.add(self.plane, *bands, self.flowers)
        with self.beat("Pull a rubber band around each group, and let it snap tight.") as beat:
            beat.at("snap", drive(snap, rate_func=rush_from), run_time=1.0)

        ends = self.plane.dots([bridge.plus, bridge.minus], ink.focus, radius=0.09)
        span = self.plane.segment(bridge.plus, bridge.plus, color=ink.focus, width=6)
        self.built = 0.0
        length = Gauge("bridge", lambda: self.built * bridge.length, 3, "cm", ink.focus)
        place.aside(length)

        def build(share: float) -> Changed:
            self.built = share
            return (span.lay(bridge.plus, bridge.plus + share * (bridge.minus - bridge.plus)),)

        with self.beat(
            "The shortest bridge between the bands starts at one flower, and lands on the edge between two others."
        ) as beat:
            beat.at("starts", FadeIn(ends[0], scale=2), run_time=0.4)
            beat.until("lands")
            self.add(span)
            self.play(drive(build), run_time=1.0)
            self.play(FadeIn(ends[1], scale=2), run_time=0.4)

        half = bridge.bisector
        with self.beat(
            "It is 1.397 centimetres long: exactly the width of the street, which crosses it squarely."
        ) as beat:
            self.play(FadeIn(length), run_time=0.6)
            beat.until("street")
            self.street.lay(half.w, half.b, 0.0)
            self.add(self.street, self.flowers, span, ends)
            opens = drive(lambda t: self.street.lay(half.w, half.b, t))
            self.play(opens, appear(self.street), run_time=1.4)
        self.leave(span, ends, length, *bands)
        self.meet_in_the_middle()

    def meet_in_the_middle(self) -> None:
        """One side widens the street, the other pushes on its kerbs; both come to one number."""
        gaps = np.geomspace(3.0, 1e-3, 60)
        meeting = svm.meet(self.points, self.sides, self.fit.street, gaps)
        reel = Reel(np.arange(len(gaps)))
        end = float(reel.stops[-1])
        chart = Plane(
            (0, end), (0, 2.5), 2.9, 2.4, x_label="steps", y_label="objective", x_ticks=[], y_ticks=[0, 1, 2]
        )
        above = chart.curve(reel.stops, meeting.primal, ink.truth, share=0.0)
        below = chart.curve(reel.stops, meeting.dual, ink.error, share=0.0)
        widen = words.formula("{{ 1/2 norm(bold(w))^2 : falls }}", colors={"falls": ink.truth})
        push = words.formula(
            "{{ sum alpha - 1/2 sum sum alpha alpha' s s' bold(x) dot bold(x)' : climbs }}",
            colors={"climbs": ink.error},
            size=ink.SMALL,
        )
        place.aside(widen, chart, push, gap=0.3)
        toward = -self.sides[:, None] * self.fit.street.w / np.linalg.norm(self.fit.street.w)
        pushes = self.plane.vector(self.points[:0], self.points[:0], ink.error)

        def show() -> Changed:
            alpha = reel.mix(meeting.alpha)
            strong = alpha > 0.02
            starts = self.points[strong]
            pushes.point(starts, starts + PUSH * alpha[strong, None] * toward[strong])
            share = reel.value / end
            band = self.lay(svm.Street(reel.mix(meeting.w), float(reel.mix(meeting.b))))
            return (*band, pushes, above.reveal(share), below.reveal(share))

        narrow = svm.Street(meeting.w[0], float(meeting.b[0]))
        with self.beat(
            "There are two ways to find it. Start narrow and widen: half of w squared comes down."
        ) as beat:
            beat.at("narrow", drive(lambda t: self.between(self.fit.street, narrow, t)), run_time=1.0)
            beat.at("half", FadeIn(chart), words.write(widen), run_time=0.8)

        with self.beat(
            "Or let every flower push on the street. The pushes must balance, and this sum climbs."
        ) as beat:
            beat.at("push", words.write(push), run_time=0.8)
            self.add(pushes, above, below)
            self.play(reel.run(end, show, rate_func=linear), run_time=beat.fill() + 1.5)

        with self.beat("Both stop at the same number, 1.025, and no gap is left between them.") as beat:
            best = self.fit.primal
            level = chart.segment((0, best), (end, best), ink.focus, dashed=True)
            self.allow(level, "faint", "it lies on the two curves that meet in it")
            value = words.label(f"{best:.3f}", ink.focus).next_to(chart.at(end, best), UP + LEFT, buff=0.12)
            beat.at("1.025", Create(level), FadeIn(value), run_time=0.8)

        held = self.fit.support_vectors
        alpha = self.fit.alpha[held]
        rings = self.flowers.ring(held)
        forces = [
            words.label(f"{force:.2f}", ink.error).move_to(self.plane.at(*at))
            for force, at in zip(alpha, ((2.33, 3.53), (1.79, 2.38), (2.82, 2.9)), strict=True)
        ]
        balance = words.formula(
            f"{{{{ {alpha[0]:.2f} + {alpha[1]:.2f} : left }}}} = {{{{ {alpha[2]:.2f} : right }}}}",
            colors={"left": ink.first, "right": ink.second},
        )
        place.under(balance, push, gap=0.12)
        with self.beat(
            "Only the three on the kerb still push: 0.81 and 0.22 from one side, 1.03 from the other. They balance."
        ) as beat:
            self.play(FadeIn(rings), run_time=0.6)
            for word, force in zip(("0.81", "0.22", "1.03"), forces, strict=True):
                beat.at(word, FadeIn(force, scale=1.4))
            beat.at("balance", words.write(balance), run_time=0.8)

    # --- when no street is free

    @chapter("Trespassing has a price", "soft margin and C")
    def trespassing_has_a_price(self) -> None:
        data = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.VERSICOLOR, Species.VIRGINICA))
        points, sides = data.points, data.sides
        plane = garden((2.7, 7.2), (1.9, 4.0), "petal length (cm)")
        flowers = plane.classes(points, data.species)
        versicolor, virginica = flowers.subset(sides < 0), flowers.subset(sides > 0)
        names = [
            words.label("versicolor", ink.second).move_to(plane.at(3.4, 3.4)),
            words.label("virginica", ink.third).move_to(plane.at(6.7, 3.4)),
        ]
        reel = Reel(np.geomspace(0.1, 100, 61), log=True, value=1.0)
        fits = svm.price_dial(points, sides, reel.stops)
        free = fits[reel.row].street
        self.street = plane.band(free.w, free.b)
        self.add(plane, versicolor)

        def anywhere(share: float) -> Changed:
            u = svm.normal(free.degrees + 22 * np.sin(2 * np.pi * share)) * 2 / free.width
            middle = foot(free, points.mean(0)[None])[0]
            return (self.street.lay(u, -float(middle @ u)),)

        with self.beat(
            "Now a harder pair: versicolor and virginica. Wherever you lay the street, somebody stands in it."
        ) as beat:
            virginica.shift(2 * RIGHT).set_opacity(0)
            self.play(
                virginica.animate.shift(2 * LEFT).set_opacity(1),
                FadeIn(*names),
                run_time=beat.fill("Wherever"),
            )
            self.add(flowers)
            anywhere(0.0)
            self.play(FadeIn(self.street), run_time=0.6)
            self.bring_to_front(flowers)
            self.play(drive(anywhere), run_time=max(beat.fill(), 2.0))
        self.lay(free)

        def late() -> Floats:
            return np.maximum(0, 1 - sides * self.now.level(points))

        dial = Dial("price of trespassing, $C$", (0.1, 1, 10, 100), log=True, value=1.0)
        slack = plane.segment(points[:0], points[:0], color=ink.error, width=4)
        wrong = flowers.ring(fits[reel.row].wrong, ink.error)
        gauges = [
            Gauge("total slack", lambda: late().sum(), 1, color=ink.error),
            Gauge("width", lambda: self.now.width, 2, "cm"),
            Gauge("support vectors", lambda: len(fits[reel.row].support_vectors), 0),
        ]
        place.aside(dial, *gauges, gap=0.5)
        strength = np.array([np.where(fit.alpha > 0, 1.0, 0.2) for fit in fits])

        def show() -> Changed:
            band = self.lay(svm.Street(reel.mix(ws), float(reel.mix(bs))))
            past = late() > 1e-6
            slack.lay(points[past], foot(self.now, points[past], sides[past]))
            flowers.shade(reel.mix(strength))
            return (*band, slack, flowers, wrong.follow(flowers, fits[reel.row].wrong), dial.turn(reel.value))

        ws, bs = np.array([fit.street.w for fit in fits]), np.array([fit.street.b for fit in fits])
        with self.beat(
            "So let them trespass, and charge for it: the red way back to their own kerb, called slack. "
            "Six flowers even stand on the wrong side."
        ) as beat:
            past = late() > 1e-6
            slack.lay(points[past], foot(self.now, points[past], sides[past]))
            beat.until("red")
            self.add(slack, flowers)
            self.play(Create(slack), run_time=1.0)
            beat.at("slack", FadeIn(gauges[0]))
            beat.at("Six", FadeIn(wrong, scale=1.6))

        with self.beat(
            "C is the price. Cheap, and the street is wide: 54 flowers stand in it or past it."
        ) as beat:
            faded = strength[reel.row]
            self.play(
                FadeIn(dial, *gauges[1:]),
                drive(lambda t: flowers.shade(1 - t * (1 - faded)), flowers),
                run_time=0.8,
            )
            self.play(reel.run(0.1, show), run_time=beat.fill("54"))
            self.play(gauges[2].light())

        with self.beat(
            "Make it dear. The street narrows, and it turns for the sake of single flowers. Only 18 still hold it."
        ) as beat:
            self.play(reel.run(100.0, show), run_time=beat.fill("18"))
            self.play(gauges[2].light())

        with self.beat(
            "The support vectors are now all flowers on their kerb or beyond it. "
            "And no value of C is good for all data: it depends on their number and their units."
        ) as beat:
            self.play(words.light(flowers.subset(fits[reel.row].alpha > 0)), run_time=1.2)
            beat.until("no value")
            self.play(reel.run(1.0, show), run_time=beat.fill())

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
            return (line.lay(self.now.w, self.now.b),)

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
                space.drive(lambda t: sheet.lay(t * top, *(t * slope))),
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
        reel = Reel(np.geomspace(0.1, 100, 49), log=True, value=1.0)
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
            field.show(train.sides[one] * np.exp(-reel.value * distance))
            return (field, dial.turn(reel.value))

        with self.beat(
            "Gamma says how near. Large, a point reaches a few neighbours; small, it reaches everybody."
        ) as beat:
            self.play(FadeIn(dial), run_time=0.4)
            self.play(reel.run(30.0, reach), run_time=beat.fill("small"))
            self.play(reel.run(0.1, reach), run_time=beat.fill() + 0.2)

        def wind(level: Floats, largest: float = 1.5) -> Changed:
            self.bent = level
            return (street.wind(level), field.show(level, largest))

        def show() -> Changed:
            self.scores = (radial.train_accuracy[reel.row], radial.test_accuracy[reel.row])
            return (*wind(reel.mix(radial.level), sharpness[reel.row]), dial.turn(reel.value))

        sharpness = np.geomspace(1.5, 0.4, len(reel.stops))
        with self.beat(
            "Now let every point count, learnt in a space that has no end of dimensions, and that nobody builds. "
            "With a small gamma the street is almost straight."
        ) as beat:
            alone, together = train.sides[one] * np.exp(-reel.value * distance), radial.level[0]
            self.play(
                FadeOut(ring),
                drive(lambda t: field.show((1 - t) * alone + t * together, 1 + t / 2)),
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
        reel = Reel(np.linspace(0.5, 2.0, 31), value=1.0)
        tubes = tube.lay_tubes(sea.month, sea.temperature, reel.stops, xs)
        free = plane.cloud(spots[:0], ink.chalk, radius=0.05)
        held = plane.cloud(spots[:0], ink.focus, radius=0.06, opacity=1.0)
        stems = plane.stems(xs[:0], xs[:0], xs[:0], width=3)
        street = plane.band((0, 1), -24.0, 0.0)
        self.add(plane)

        with self.beat("This is the sea off Peru: its temperature in every month of twenty years.") as beat:
            self.play(
                drive(lambda t: free.place(spots[: round(t * len(spots))]), free, rate_func=linear),
                run_time=beat.fill(),
            )

        with self.beat(
            "The years are laid on one calendar, so December and January stand far apart. Now predict the temperature."
        ) as beat:
            beat.until("December")
            ends = [free.copy().place(spots[sea.month == month]) for month in (11, 0)]
            self.play(*(FadeIn(end.set_stroke(ink.focus)) for end in ends), run_time=0.6)
            beat.at("predict", FadeOut(*ends))

        dial = Dial("half width $epsilon$ (°C)", (0.5, 1, 1.5, 2), value=1.0)
        count = Gauge("on or past the wall", lambda: tubes.support_vectors[reel.row].sum(), 0, digits=3)
        place.aside(count, dial, gap=0.6)

        def show() -> Changed:
            middle = reel.mix(tubes.curve)
            on, over = tubes.support_vectors[reel.row], tubes.overshoot[reel.row]
            past = np.abs(over) > 1e-3
            street.follow(xs, middle - reel.value, middle + reel.value)
            stems.stand(spots[past, 0], spots[past, 1] - over[past], spots[past, 1])
            return (street, stems, held.place(spots[on]), dial.turn(reel.value))

        with self.beat("Turn the street inside out: stay inside it, and you pay nothing.") as beat:
            beat.until("street")
            middle = tubes.curve[reel.row]
            self.add(street, free)
            opens = drive(lambda t: street.follow(xs, middle - t, middle + t))
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

    # --- the opposite creed

    @chapter("Or let everyone vote", "choice of k, from jagged to smooth", "distance metrics in KNN")
    def or_let_everyone_vote(self) -> None:
        iris = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
        plane = garden((4.1, 8.1), (1.9, 4.55), "sepal length (cm)")
        flowers = plane.classes(iris.points, iris.species, radius=0.065)
        self.add(plane, flowers)
        with self.beat(
            "K nearest neighbours has the opposite creed. The street was held by three flowers; "
            "here everybody has a vote."
        ) as beat:
            flowers.mute()
            self.play(flowers.animate.light(), run_time=beat.fill("everybody"))
            self.play(flowers.animate.scale(1.04), rate_func=there_and_back, run_time=0.8)

        self.change_the_ruler(plane, flowers, iris.species)
        self.level_the_wines()
        self.turn_k(plane, iris.points, iris.species)

    def change_the_ruler(self, plane: Plane, flowers: Dots, kinds: np.ndarray) -> None:
        """Three neighbours of a new flower, seen from near, by three rulers."""
        points = flowers.values
        lens = garden((6.02, 7.2), (2.28, 3.05), "sepal length (cm)")
        near, far = lens.at(points), flowers.centres
        seen = ((points > lens.limits[0]) & (points < lens.limits[1])).all(axis=1)

        def zoom(share: float) -> Changed:
            flowers.put((1 - share) * far + share * near, 0.065 + 0.055 * share)
            return (flowers.shade(np.where(seen, 1.0, np.clip(1 - 2 * share, 0, 1))),)

        asked = neighbour.find_quarrel(
            points, kinds, 3, np.arange(6.55, 6.65, 0.005), np.arange(2.6, 2.72, 0.005)
        ).query
        reach = neighbour.neighbours(asked, points, kinds, 3).reach
        query = lens.dots([asked], ink.chalk, radius=0.16)
        ball = lens.ball(asked, 1e-3, 2.0, ink.chalk, width=4, fill=0.08)
        rings = flowers.ring([])
        self.allow(rings, "pop", "a ring snaps on when the circle reaches its flower")
        self.share = np.zeros(3)

        def vote(kind: int) -> float:
            return 3 * float(self.share[kind])

        votes = [
            Gauge(name, partial(vote, kind), 0, color=ink.CLASSES[kind])
            for kind, name in ((1, "versicolor"), (2, "virginica"))
        ]
        heading = words.label("votes", ink.quiet)
        place.aside(heading, *votes)

        def grow(share: float) -> Changed:
            inside = neighbour.measure(asked[None], points)[0] <= share * reach + 1e-9
            return (ball.lay(asked, max(share * reach, 1e-3)), rings.follow(flowers, inside))

        def ask(ruler: float) -> Changed:
            found = neighbour.neighbours(asked, points, kinds, 3, ruler)
            self.share = found.share
            query.set_fill(ink.CLASSES[found.verdict])
            return (ball.lay(asked, found.reach, ruler), rings.follow(flowers, found.rows), query)

        with self.beat(
            "A new flower asks: a circle grows until it holds three neighbours, and they vote."
        ) as beat:
            self.play(FadeOut(plane), drive(zoom), run_time=1.2)
            self.play(FadeIn(lens), FadeIn(query, scale=2), run_time=0.5)
            beat.until("circle")
            self.add(ball, rings, query)
            self.play(drive(grow), appear(ball, rings), run_time=beat.fill("vote"))
            ask(2.0)
            self.play(FadeIn(heading, *votes), run_time=0.5)

        with self.beat(
            "Change the ruler, and you change the neighbours. Count steps along the axes: "
            "the circle is a diamond, and the vote turns."
        ) as beat:
            beat.until("steps")
            self.play(drive(lambda t: ask(2 - t)), run_time=beat.fill("vote"))
            self.play(votes[0].light())

        with self.beat("Count the longest step alone, and it is a square.") as beat:
            beat.at("longest", drive(lambda t: ask(1 / (1 - 0.98 * t))), run_time=1.8)
        self.leave(lens, flowers, query, ball, rings, heading, *votes)

    def level_the_wines(self) -> None:
        """One column of a table decides who is near, until all have the same spread."""
        wines = neighbour.wines()
        spread = np.sort(wines.spread**2)[::-1]
        shares = 100 * spread / spread.sum(), np.full(len(spread), 100 / len(spread))
        scores = [
            100 * neighbour.fold_accuracy(wines.measures, wines.cultivar, scaled=scaled)
            for scaled in (False, True)
        ]
        plane = place.picture(
            Plane(
                (0.3, 13.7),
                (0, 100),
                x_label="13 columns of the wine table",
                y_label="share of squared distance (%)",
                x_ticks=[],
            )
        )
        bars = plane.bars(np.arange(1.0, 14.0), 0.0)
        proline = words.label("proline").next_to(plane.at(1.4, 92), RIGHT, buff=0.25)
        self.right = scores[0]
        right = Gauge("judged right", lambda: self.right, 0, "%", ink.focus)
        place.aside(right)

        def level(share: float) -> Changed:
            self.right = (1 - share) * scores[0] + share * scores[1]
            return (bars.stand((1 - share) * shares[0] + share * shares[1]),)

        with self.beat(
            "And mind the units. In this table of wines one column, proline, makes nearly all of the distance: "
            "66 percent right."
        ) as beat:
            self.play(FadeIn(plane), run_time=0.6)
            beat.until("one")
            self.add(bars)
            self.play(drive(lambda t: bars.stand(t * shares[0])), run_time=1.2)
            self.play(FadeIn(proline), run_time=0.4)
            beat.at("66", FadeIn(right))

        with self.beat("Give every column the same spread, and 96 percent are right.") as beat:
            self.play(FadeOut(proline), drive(level), run_time=beat.fill("96"))
            self.play(right.light())
        self.leave(plane, bars, right)

    def turn_k(self, plane: Plane, points: Floats, kinds: np.ndarray) -> None:
        """Borders and score as k climbs from 1 to 99."""
        flowers = plane.classes(points, kinds, radius=0.065)
        reel = Reel(np.arange(1, 100, 2))
        ks = reel.stops.astype(np.intp)
        mesh = plane.mesh(110, 73)
        verdict = neighbour.map_votes(points, kinds, ks, mesh[0, :, 0], mesh[:, 0, 1]).verdict
        score = 100 * neighbour.leave_one_out(points, kinds, ks).score
        field = plane.field(verdict[0], opacity=0.34)
        trail = Trail(
            ks, score, (0, 100), (60, 90), x_label="neighbours $k$", y_label="right (%)", x_ticks=(1, 47, 99)
        )
        gauges = [
            Gauge("$k$", lambda: ks[reel.row], 0, digits=2),
            Gauge("right, one left out", lambda: score[reel.row], 1, "%"),
        ]
        place.aside(*gauges, trail)

        def show() -> Changed:
            return (field.show(verdict[reel.row]), trail.reach(reel.value))

        with self.beat(
            "And how many should you ask? With one neighbour, every iris owns an island, and 69.3 percent are right."
        ) as beat:
            self.play(FadeIn(plane, flowers), run_time=0.6)
            beat.until("one")
            self.add(field, flowers)
            self.play(FadeIn(field), run_time=0.9)
            beat.at("69.3", FadeIn(*gauges, trail))

        with self.beat("With forty-seven the borders are smooth, and 82.7 percent are right.") as beat:
            self.play(reel.run(47, show, rate_func=linear), run_time=beat.fill() + 1.0)

        with self.beat(
            "With ninety-nine, most voices must come from other species, and it falls to 70.7."
        ) as beat:
            self.play(reel.run(99, show, rate_func=linear), run_time=beat.fill())

    # --- the curse

    @chapter("Far away, all are equal", "curse of dimensionality")
    def far_away_all_are_equal(self) -> None:
        reel = Reel(np.unique(np.geomspace(2, 1000, 60).astype(int)), log=True)
        dimensions = Gauge("dimensions", lambda: reel.stops[reel.row], 0, digits=4)
        self.spread_out(reel, dimensions)
        self.fill_a_cube(reel, dimensions)
        self.drown_in_noise()
        self.remember()

    def spread_out(self, reel: Reel, dimensions: Gauge) -> None:
        """Five hundred points at their true distances, while dimensions are added."""
        crowd = neighbour.crowd(reel.stops.astype(np.intp))
        distance = crowd.distance / crowd.distance.max(axis=1, keepdims=True)
        angles = self.rng.uniform(0, 2 * np.pi, distance.shape[1])
        around = np.column_stack([np.cos(angles), np.sin(angles)])
        disc = place.picture(Plane((-1.05, 1.05), (-1.05, 1.05), 5.6, 5.6, x_ticks=[], y_ticks=[]))
        you = disc.dots([(0, 0)], ink.focus, radius=0.1)
        others = disc.cloud(around, ink.chalk, radius=0.035)
        nearest, farthest = disc.circle((0, 0), 0.1, ink.focus, width=4), disc.circle((0, 0), 1.0, ink.quiet)
        ratio = Gauge("nearest ÷ farthest", lambda: crowd.ratio[reel.row], 2)
        place.aside(dimensions, ratio)

        def show() -> Changed:
            radii = reel.mix(distance)
            return (others.place(radii[:, None] * around), nearest.lay((0, 0), float(radii.min())))

        show()
        self.add(farthest, you)
        with self.beat(
            "What does near mean? Here are five hundred random points around you, in two dimensions, "
            "each at its true distance."
        ) as beat:
            beat.at("five hundred", FadeIn(others), run_time=0.8)
            beat.at("two", FadeIn(dimensions))
            beat.at("true", FadeIn(nearest, ratio), run_time=0.8)

        with self.beat("Add dimensions, and watch the nearest walk out towards the farthest.") as beat:
            self.play(reel.run(200, show, rate_func=linear), run_time=beat.fill() + 1.6)

        with self.beat(
            "In a thousand dimensions the nearest is almost as far as the farthest: ninety percent of the way."
        ) as beat:
            self.play(reel.run(1000, show, rate_func=linear), run_time=beat.fill("ninety"))
            self.play(ratio.light())
        self.leave(others, nearest, farthest, you, ratio)

    def fill_a_cube(self, reel: Reel, dimensions: Gauge) -> None:
        """How wide a box must be that holds one percent of the room."""
        cube = place.picture(Plane(x=(0, 1), y=(0, 1), width=5, height=5, x_ticks=[], y_ticks=[]))
        frame = cube.polygon(cube.corners, ink.quiet)
        box = cube.polygon(cube.corners, ink.focus, width=4, fill=0.25)
        edges = neighbour.edge_holding(0.01, reel.stops.astype(np.intp))
        edge = Gauge("edge for 1 %", lambda: 100 * edges[reel.row], 1, "%", ink.focus, digits=2)
        place.under(edge, dimensions, gap=0.45)

        def show() -> Changed:
            return (box.lay(cube.corners * float(reel.mix(edges))),)

        reel.turn(2)
        show()
        with self.beat("One percent of a square takes a tenth of its edge.") as beat:
            self.play(FadeIn(frame), run_time=0.5)
            beat.at("One percent", FadeIn(box))
            beat.at("tenth", FadeIn(edge))

        with self.beat(
            "One percent of a cube with a thousand dimensions takes 99.5 percent of every edge."
        ) as beat:
            self.play(reel.run(1000, show, rate_func=linear), run_time=beat.fill("99.5"))
            self.play(edge.light())
        self.leave(frame, box, edge, dimensions)

    def drown_in_noise(self) -> None:
        """Columns of pure noise on real flowers, and why real data are not all lost."""
        columns = (0, 4, 16, 64, 256, 1024)
        drowned = neighbour.drown(columns)
        at = np.arange(len(columns), dtype=float)
        chart = place.picture(
            Plane(
                x=(-0.3, 5.5),
                y=(20, 100),
                x_label="columns of pure noise added to the irises",
                y_label="judged right (%), with the range of five noises",
                x_names={spot: str(count) for spot, count in zip(at, columns, strict=True)},
            )
        )
        fall = chart.curve(at, 100 * drowned.score, ink.focus, share=0.0)
        ranges = chart.stems(at[:0], 0, 0, ink.focus)
        with self.beat(
            "Now add columns of pure noise to the irises, and the five nearest become arbitrary: "
            "96 percent, then 79, then 66, then 40."
        ) as beat:
            self.play(FadeIn(chart), run_time=0.6)
            self.add(fall, ranges)
            begin = 0
            for word, row in (("96", 0), ("79", 2), ("66", 3), ("40", 5)):
                beat.until(word)
                self.play(self.reveal(fall, begin / 5, row / 5), run_time=0.5)
                ranges.stand(at[: row + 1], 100 * drowned.lowest[: row + 1], 100 * drowned.highest[: row + 1])
                dot = chart.dots([(row, 100 * drowned.score[row])], ink.focus, radius=0.1)
                value = words.label(f"{100 * drowned.score[row]:.0f} %", ink.focus).next_to(
                    dot, UP + RIGHT, buff=0.12
                )
                self.play(FadeIn(dot, value, scale=1.4), run_time=0.4)
                begin = row

        with self.beat(
            "Real data often lie on a thin sheet in all that room. So neighbours still work on pictures."
        ):
            self.play(FadeOut(*self.mobjects[1:]), run_time=0.5)
            space = Space(
                place.picture(Plane((-2, 2), (-2, 2), 6, 5, x_ticks=[], y_ticks=[])),
                z=(-1, 1),
                height=2.6,
            )
            spots = self.rng.uniform(-1.9, 1.9, (160, 2))
            sheet = space.surface(lambda x, y: 0.8 * np.sin(1.6 * x) * np.cos(0.8 * y))
            dots = space.dots(
                np.column_stack([spots, 0.8 * np.sin(1.6 * spots[:, 0]) * np.cos(0.8 * spots[:, 1])]),
                ink.first,
            )
            space.look(tilt=68 * DEGREES, turn=-30 * DEGREES, lift=1.0)
            self.play(FadeIn(sheet, dots), run_time=0.8)
            self.play(space.turning(turn=15 * DEGREES), run_time=4.5)
        self.leave(sheet, dots)

    def reveal(self, curve: Curve, begin: float, end: float) -> Animation:
        """The curve grows from the share ``begin`` to ``end``."""
        return drive(lambda t: curve.reveal(begin + (end - begin) * t), curve)

    def remember(self) -> None:
        """The picture to keep: the street on three flowers, and the same cut in the lifted bowl."""
        held = self.fit.support_vectors
        VGroup(self.plane, self.flowers, self.street).scale(0.72).move_to(3.5 * LEFT + 0.1 * DOWN)
        self.flowers.only(held, 0.3)
        with self.beat("The widest street wins."):
            self.play(FadeIn(self.plane.frame, self.street, self.flowers), run_time=0.8)
        with self.beat("Only the few points on its kerb hold it."):
            self.play(FadeIn(self.flowers.ring(held), scale=1.6), run_time=0.8)

        data = kernel.core_and_ring()
        plane = Plane((-1.35, 1.35), (-1.35, 1.35), 5, 4.6, equal=True, x_ticks=[], y_ticks=[])
        plane.move_to(3.7 * RIGHT + 0.1 * DOWN)
        space = Space(plane, z=(0, 1.9), height=3.2)
        lifted = kernel.raise_bowl(data.points)
        top, slope = kernel.cut_flat(data.points, data.sides).plane()
        dots = [
            space.dots(lifted[data.sides < 0], ink.first),
            space.dots(lifted[data.sides > 0], ink.second, "square"),
        ]
        solid = [space.floor(), space.surface(lambda x, y: x**2 + y**2), space.sheet(top, *slope)]
        space.look()
        with self.beat("And when it will not lie flat, lift the points, and cut there.") as beat:
            self.play(FadeIn(*dots), run_time=0.6)
            beat.at("lift", appear(*solid))
            self.play(space.turning(tilt=74 * DEGREES, turn=-25 * DEGREES, lift=1.0), run_time=2.4)
        with self.beat(
            "Next comes a model that does not measure at all. It asks questions: the decision tree."
        ):
            self.play(space.turning(turn=20 * DEGREES), run_time=4.0)

    def poster(self) -> None:
        """The wide street from edge to edge, on its three flowers."""
        width, height = ink.FRAME_WIDTH + 0.2, ink.FRAME_HEIGHT + 0.2
        unit = 2.5
        x, y = (0.75, 0.75 + width / unit), (1.7, 1.7 + height / unit)
        plane = Plane(x, y, width, height, x_ticks=[], y_ticks=[])
        held = self.fit.support_vectors
        flowers = plane.classes(self.points, (self.sides > 0).astype(int), radius=0.14).only(held, 0.35)
        street = plane.band(self.fit.street.w, self.fit.street.b, fill=0.18)
        street.set_stroke(width=8)
        rings = [
            flowers.ring(held, radius=0.3 + 0.09 * k).set_stroke(width=10, opacity=0.9 / (k + 1) ** 1.6)
            for k in range(3)
        ]
        text = words.headline("Only\n[three:focus]\nmatter", size=1.3 * ink.POSTER)
        text.to_edge(RIGHT, buff=0.6).to_edge(UP, buff=0.6)
        self.add(street, flowers, *rings, text)
