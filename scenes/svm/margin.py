"""The widest street, what holds it, its dual, and what trespassing costs."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from manim import (
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    linear,
    rush_from,
    smooth,
    there_and_back,
)

from scenes.kit import ink, place, words
from scenes.kit.drive import appear, drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.svm import svm
from scenes.svm.stage import SvmStage

NEW_FLOWER = np.array([2.42, 2.62])
"""Petal length and sepal width (cm) of a flower that every tilt judges anew."""
FIRST_TILT = 14.0
"""Degrees of the normal of the line that the lesson opens with: a poor tilt that separates all the same."""
PUSH = 0.65
"""Centimetres of arrow for a force of 1."""


def foot(street: svm.Street, points: Floats, level: float | Floats = 0.0) -> Floats:
    """Where the shortest ways from ``points`` (n, 2) meet the line of the street at ``level``, one or (n,)."""
    return points - ((street.level(points) - level) / (street.w @ street.w))[:, None] * street.w


class Margin(SvmStage):
    """The widest street, what holds it, its dual, and what trespassing costs."""

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
        self.line.redraw(now.w, now.b)
        self.verdicts.redraw(now.level(self.plane.mesh()) * now.width / 2)
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
                self.new.redraw([NEW_FLOWER + np.array([0, 1.2 * (1 - landed)])]).shade(landed)
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
            self.street.redraw(first.w, first.b, 0.0)
            self.add(self.street, self.flowers)
            self.remove(self.line)
            self.play(
                drive(lambda t: self.street.redraw(first.w, first.b, t)), run_time=beat.fill("touches") + 0.3
            )
            touch.follow(self.flowers, svm.turn(self.points, self.sides, np.array([FIRST_TILT])).touch[0])
            self.play(FadeIn(touch, scale=1.8), run_time=0.5)

        low, high = svm.separating_range(self.points, self.sides)
        tilts = np.linspace(high - 1, low + 1, 160)
        widths = svm.turn(self.points, self.sides, tilts).width
        trail = GrowingCurve(
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
            near.redraw(self.points[close], foot(self.now, self.points[close]))
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
            self.new.redraw([NEW_FLOWER]).set_fill(ink.chalk, opacity=1)
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
                flowers.redraw(self.points + 3 * gone[:, None] * away).shade(1 - gone)
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
                flowers.redraw(moved)
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
                band.redraw(rim + (1 - share) * 0.22 * (rim - rim.mean(0)))
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
            return (span.redraw(bridge.plus, bridge.plus + share * (bridge.minus - bridge.plus)),)

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
            self.street.redraw(half.w, half.b, 0.0)
            self.add(self.street, self.flowers, span, ends)
            opens = drive(lambda t: self.street.redraw(half.w, half.b, t))
            self.play(opens, appear(self.street), run_time=1.4)
        self.leave(span, ends, length, *bands)
        self.meet_in_the_middle()

    def meet_in_the_middle(self) -> None:
        """One side widens the street, the other pushes on its kerbs; both come to one number."""
        gaps = np.geomspace(3.0, 1e-3, 60)
        meeting = svm.meet(self.points, self.sides, self.fit.street, gaps)
        reel = ParameterSweep(np.arange(len(gaps)))
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
            pushes.redraw(starts, starts + PUSH * alpha[strong, None] * toward[strong])
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
