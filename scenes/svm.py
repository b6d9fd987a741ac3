"""SVM, SVR & KNN: the widest street between two groups, bent, turned inside out, and its opposite creed."""

from __future__ import annotations

import numpy as np
from manim import (
    DEGREES,
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    VGroup,
    linear,
    rush_from,
    there_and_back,
)

from scenes.kit import ink, place, words
from scenes.kit.dial import Dial
from scenes.kit.drive import drive
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.plane import Plane
from scenes.kit.space import Space
from scenes.maths import kernel, neighbour, svm, tube
from scenes.maths.flower import Measure, Species, irises

NEW_FLOWER = (2.42, 2.62)
"""Petal length and sepal width (cm) of a flower that every tilt judges anew."""
FIRST_TILT = 14.0
"""Degrees of the normal of the line that the lesson opens with: a poor tilt that separates all the same."""


def swing(low: float, high: float, start: float, turns: float, share: float) -> float:
    """An angle that rocks between ``low`` and ``high`` from ``start`` and comes back to it."""
    middle, half = (low + high) / 2, (high - low) / 2
    phase = np.arcsin((start - middle) / half)
    return float(middle + half * np.sin(phase + 2 * np.pi * turns * share))


def between(one: svm.Street, other: svm.Street, share: float) -> tuple[np.ndarray, float]:
    """(w, b) of a street on the way from ``one`` to ``other``."""
    return (1 - share) * one.w + share * other.w, (1 - share) * one.b + share * other.b


def split(share: float, samples: int) -> tuple[int, float]:
    """Where ``share`` of the way through ``samples`` lies: the sample before, and the part of the way to the next."""
    spot = share * (samples - 1)
    before = min(int(spot), samples - 2)
    return before, spot - before


class Svm(Lesson):
    """From the widest street to the curse of dimensionality."""

    def stage(self) -> None:
        """Fisher's irises, setosa against versicolor, and the street between them."""
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.SETOSA, Species.VERSICOLOR))
        self.points, self.sides = flowers.points, flowers.sides
        self.fit = svm.widest_street(self.points, self.sides)
        self.plane = place.picture(
            Plane(
                x=(0.6, 5.6),
                y=(1.8, 4.6),
                width=8.6,
                height=4.75,
                x_label="petal length (cm)",
                y_label="sepal width (cm)",
                equal=True,
            )
        )
        self.setosa = self.plane.dots(self.points[self.sides < 0], ink.first)
        self.versicolor = self.plane.dots(self.points[self.sides > 0], ink.second, "square")
        self.flowers = VGroup(*self.setosa, *self.versicolor)
        self.street = self.plane.band(self.fit.street.w, self.fit.street.b)

    def species(self, name: str, at: tuple[float, float], color: object) -> words.Words:
        """A species' name beside its flowers."""
        return words.label(name, color=color).move_to(self.plane.at(*at))

    def rings(self, rows: np.ndarray) -> VGroup:
        """Rings around the flowers in ``rows``."""
        setosa = [int(row) for row in rows if self.sides[row] < 0]
        versicolor = [int(row) - len(self.setosa) for row in rows if self.sides[row] > 0]
        return VGroup(
            *([self.setosa.ring(setosa)] if setosa else []),
            *([self.versicolor.ring(versicolor)] if versicolor else []),
        )

    # --- the widest street

    @chapter("The widest street wins", "maximum-margin hyperplane")
    def widen_until_you_touch(self) -> None:
        plane = self.plane
        low, high = svm.separating_range(self.points, self.sides)

        def street(degrees: float) -> svm.Street:
            return svm.street_at(self.points, self.sides, degrees)

        def rock(share: float, turns: float = 1.0) -> svm.Street:
            return street(swing(low + 2, high - 2, FIRST_TILT, turns, share))

        start = street(FIRST_TILT)
        line = plane.line(start.w, start.b)
        self.add(plane, self.setosa, self.versicolor, line)

        with self.beat(
            "Every tilt of this line separates these flowers perfectly. "
            "Which one would you trust with the next flower?"
        ) as beat:
            self.play(
                drive(lambda t: line.lay(rock(t).w, rock(t).b), rate_func=linear), run_time=beat.fill()
            )

        with self.beat(
            "These are a hundred real irises: petal length across, sepal width up. "
            "Blue discs are setosa, orange squares are versicolor."
        ) as beat:
            setosa = self.species("setosa", (1.62, 2.62), ink.first)
            versicolor = self.species("versicolor", (4.75, 3.66), ink.second)
            beat.until("petal length")
            self.play(LaggedStart(*(words.light(name) for name in plane.names), lag_ratio=0.7))
            beat.until("Blue")
            self.play(FadeIn(setosa, shift=0.1 * UP), run_time=0.6)
            beat.until("orange")
            self.play(FadeIn(versicolor, shift=0.1 * UP), run_time=0.6)

        with self.beat(
            "Here comes a new flower. Each tilt gives its own verdict, and every one of them was right so far."
        ) as beat:
            new = plane.dots([NEW_FLOWER], ink.chalk, radius=0.13)

            def judge(share: float) -> Group:
                now = rock(share, 1.5)
                line.lay(now.w, now.b)
                new.set_fill(ink.second if now.level(np.array([NEW_FLOWER]))[0] > 0 else ink.first)
                return Group(line, new)

            new.shift(1.6 * UP)
            self.play(FadeIn(new), new.animate.shift(1.6 * DOWN), run_time=1.2)
            ring = new.ring([0], ink.chalk)
            self.play(FadeIn(ring, scale=1.6), run_time=0.4)
            self.play(drive(judge, rate_func=linear), run_time=beat.fill())
        self.leave(new, ring, setosa, versicolor)

        wide = rock(1.0, 1.5)
        band = plane.band(wide.w, wide.b, 0.0)
        with self.beat("So do not choose a line. Grow it into a street, until a flower touches the kerb.") as beat:
            beat.until("Grow")
            self.add(band, self.setosa, self.versicolor)
            self.remove(line)
            self.play(drive(lambda t: band.lay(wide.w, wide.b, t), band), run_time=beat.fill("touches") + 0.3)
            touch = self.rings(svm.turn(self.points, self.sides, np.array([wide.degrees])).touch[0])
            self.play(FadeIn(touch, scale=1.8), run_time=0.5)

        chart = Plane(
            x=(-80, 50),
            y=(0, 1.6),
            width=3.0,
            height=2.3,
            x_label="tilt (degrees)",
            y_label="width (cm)",
            x_ticks=[-60, 0, 40],
            y_ticks=[0, 0.5, 1.0, 1.5],
        )
        place.aside(chart, top=0.6)
        best = self.fit.street
        seen = np.array([wide.degrees, wide.degrees])
        trace = chart.curve([wide.degrees], [wide.width], color=ink.focus)
        tip = chart.dots([(wide.degrees, wide.width)], ink.focus)
        width = words.Readout(lambda: float(chart.inverse(tip.centres)[0, 1]), decimals=3, unit="cm", label="width")
        place.aside(width)

        def look(degrees: float) -> Group:
            nonlocal seen
            now = street(degrees)
            band.lay(now.w, now.b)
            seen = np.array([min(seen[0], degrees), max(seen[1], degrees)])
            xs = np.linspace(seen[0], seen[1], 160)
            trace.trace(xs, svm.turn(self.points, self.sides, xs).width)
            tip.place([(degrees, now.width)])
            return Group(band, trace, tip)

        with self.beat("Now turn it. Some directions leave you a lane, and one leaves an avenue.") as beat:
            self.play(FadeOut(touch), FadeIn(chart, width, tip), run_time=0.6)
            ways = [wide.degrees, high - 1, low + 1, best.degrees]
            lengths = [0.6, 1.6, 2.6]
            for begin, end, length in zip(ways[:-1], ways[1:], lengths, strict=True):
                self.play(
                    drive(lambda t, a=begin, b=end: look(a + (b - a) * t), band, trace, tip), run_time=length
                )

        with self.beat("Here it is widest: 1.397 centimetres from kerb to kerb.") as beat:
            touch = self.rings(self.fit.support_vectors)
            self.play(FadeIn(touch, scale=1.8), words.light(width), run_time=1.0)

        with self.beat(
            "Halfway between the two means runs another fair line. "
            "But a flower comes within 0.27 centimetres of it, and the street keeps all of them 0.70 away."
        ) as beat:
            middle = svm.middle_line(self.points, self.sides)
            means = [self.points[self.sides < 0].mean(0), self.points[self.sides > 0].mean(0)]
            crosses = plane.dots(means, ink.fourth, "cross", radius=0.14)
            between = plane.segment(*means, color=ink.fourth, dashed=True)
            fair = plane.line(middle.w, middle.b, color=ink.fourth)
            self.play(FadeOut(chart, trace, tip, width), FadeIn(crosses), run_time=0.6)
            self.play(Create(between), run_time=0.6)
            self.play(Create(fair), run_time=0.8)
            row = int(np.argmin(self.sides * middle.level(self.points)))
            close = self.gap(middle, self.points[row])
            near = words.note("[0.27 cm:fourth] to the nearest flower")
            far = words.note("[0.70 cm:focus] to the nearest three")
            place.aside(near, far, top=1.6)
            beat.until("0.27")
            self.play(Create(close), FadeIn(near), run_time=0.7)
            beat.until("0.70")
            kept = VGroup(*(self.gap(best, self.points[i], ink.focus) for i in self.fit.support_vectors))
            self.play(Create(kept), FadeIn(far), run_time=0.8)
        self.leave(crosses, between, fair, close, kept, near, far)

        with self.beat(
            "The arrow across the street is w. On the kerbs, w dot x plus b is minus one and plus one. "
            "So the width is two divided by the length of w."
        ) as beat:
            foot = plane.crossing(best.w, best.b).mean(0)
            arrow = plane.vector(foot, foot + best.w, ink.fourth)
            levels = words.formula(
                'bold(w) dot bold(x) + b = cases(delim: "{", {{ -1 : minus }}, {{ 0 : middle }}, {{ +1 : plus }})',
                colors={"minus": ink.first, "plus": ink.second},
            )
            length = float(np.linalg.norm(best.w))
            size = words.formula(
                f'"width" = frac(2, norm(bold(w))) = frac(2, {length:.3f}) \\ '
                f'#h(2.6em) = {{{{ {best.width:.3f} : value }}}} "cm"',
                colors={"value": ink.focus},
            )
            place.aside(levels, size, top=1.9, gap=0.8)
            self.play(Create(arrow), run_time=0.8)
            beat.until("kerbs")
            self.play(words.write(levels), run_time=1.0)
            beat.until("minus one")
            self.play(words.light(levels.part("minus")), run_time=0.8)
            self.play(words.light(levels.part("plus")), run_time=0.8)
            beat.until("width")
            self.play(words.write(size), run_time=1.2)

        with self.beat("The middle of the widest street is the line we keep.") as beat:
            self.play(band.centre.animate.set_stroke(ink.focus), run_time=0.8)

    def gap(self, street: svm.Street, point: np.ndarray, color: object = ink.fourth) -> object:
        """The shortest way from ``point`` to the middle of ``street``."""
        foot = point - street.level(point[None])[0] / float(street.w @ street.w) * street.w
        return self.plane.segment(point, foot, color=color)

    # --- what holds it

    @chapter("Three flowers hold it up", "support vectors")
    def three_flowers_hold_it_up(self) -> None:
        plane, fit, street = self.plane, self.fit, self.street
        held = fit.support_vectors
        rest = np.setdiff1d(np.arange(len(self.points)), held)
        self.add(plane, street, self.setosa, self.versicolor)
        self.shown, self.present = fit.street, len(self.points)
        width = words.Readout(lambda: self.shown.width, decimals=3, unit="cm", label="width")
        count = words.Readout(lambda: float(self.present), decimals=0, label="flowers")
        place.aside(width, count, top=2.2)
        self.add(width, count)

        rings = self.rings(held)
        with self.beat("Only three flowers touch the kerb.") as beat:
            self.play(FadeIn(rings, scale=1.8), run_time=0.8)

        with self.beat(
            "Now send the other ninety-seven away, one group after another. "
            "The street does not move by a hair."
        ) as beat:
            nearest_last = rest[np.argsort(-np.abs(street_levels := fit.street.level(self.points[rest])))]
            del street_levels
            beat.until("send")
            for group in np.array_split(nearest_last, 4):
                self.shown = svm.widest_street(
                    self.points, self.sides, np.setdiff1d(np.arange(len(self.points)), self.gone(group))
                ).street
                self.present -= len(group)
                self.play(*(self.roll(row) for row in group), run_time=1.1)

        with self.beat("They come back, and it still does not move.") as beat:
            self.present = len(self.points)
            self.play(*(self.flower(row).animate.restore() for row in rest), run_time=1.2)

        with self.beat("Drag a far flower a whole centimetre: nothing.") as beat:
            far = int(np.argmax(self.sides * fit.street.level(self.points) * (self.points[:, 1] < 3)))
            flower = self.flower(far)
            halo = self.rings(np.array([far])).set_stroke(ink.chalk)
            self.play(FadeIn(halo), run_time=0.4)
            points = self.points.copy()
            start = points[far].copy()

            def drag(share: float) -> Group:
                points[far] = start + [share, 0]
                self.shown = svm.widest_street(points, self.sides).street
                street.lay(self.shown.w, self.shown.b)
                flower.move_to(plane.at(points[far]))
                halo.move_to(flower)
                return Group(street, flower, halo)

            self.play(drive(drag, rate_func=there_and_back), run_time=max(beat.fill(), 2.0))
            self.play(FadeOut(halo), run_time=0.3)

        with self.beat(
            "But lift out one of these three, and the street springs open: "
            "from 1.397 to 1.708 centimetres. Another flower has become the kerb."
        ) as beat:
            lifted = int(held[self.sides[held] > 0][0])
            kept = np.setdiff1d(np.arange(len(self.points)), [lifted])
            wider = svm.widest_street(self.points, self.sides, kept)
            beat.until("lift")
            self.play(
                self.flower(lifted).animate.shift(0.9 * UP + 0.2 * LEFT).set_opacity(0),
                FadeOut(rings),
                run_time=0.8,
            )

            def spring(share: float) -> Group:
                mix = svm.Street(
                    (1 - share) * fit.street.w + share * wider.street.w,
                    (1 - share) * fit.street.b + share * wider.street.b,
                )
                self.shown = mix
                self.present = len(kept)
                return Group(street.lay(mix.w, mix.b))

            self.play(drive(spring), run_time=1.4)
            beat.until("Another")
            self.play(FadeIn(self.rings(wider.support_vectors), scale=1.8), run_time=0.8)

        with self.beat(
            "More data is not always another line. The few points that hold the street are called support vectors."
        ) as beat:
            name = words.note("[support vectors:focus]: the points that hold the street", width=place.ASIDE_WIDTH)
            place.under(name, count, gap=0.7)
            beat.until("support")
            self.play(words.write(name), run_time=0.8)

    def flower(self, row: int) -> VGroup:
        """The dot of a flower."""
        return self.flowers[int(row)]

    def gone(self, rows: np.ndarray) -> np.ndarray:
        """Note that ``rows`` have left; all that have left so far."""
        self.left = np.concatenate([getattr(self, "left", np.array([], dtype=int)), rows])
        return self.left

    def roll(self, row: int) -> object:
        """A flower rolls away from the street, out of sight."""
        flower = self.flower(row)
        flower.save_state()
        away = self.sides[row] * self.fit.street.w / np.linalg.norm(self.fit.street.w)
        return flower.animate.shift(3.5 * (away[0] * RIGHT + away[1] * UP)).set_opacity(0)

    # --- the same street from the other side

    @chapter("Two rubber bands, one bridge", "primal and dual in one picture")
    def two_rubber_bands(self) -> None:
        plane, fit = self.plane, self.fit
        bands = svm.rubber_bands(self.points, self.sides)
        bridge = svm.shortest_bridge(self.points, self.sides)
        around = [
            (plane.polygon(self.points[rows], color, fill=0.08), self.points[rows])
            for rows, color in ((bands.minus, ink.first), (bands.plus, ink.second))
        ]

        def pull(share: float) -> Group:
            for band, corners in around:
                band.lay(corners + (1 - share) * 0.22 * (corners - corners.mean(0)))
            return Group(*(band for band, _ in around))

        self.add(plane, pull(0.0), self.setosa, self.versicolor)
        with self.beat("Pull a rubber band around each group, and let it snap tight.") as beat:
            beat.until("snap")
            self.play(drive(pull, rate_func=rush_from), run_time=1.0)

        with self.beat(
            "The shortest bridge between the bands starts at one flower, and lands on the edge between two others."
        ) as beat:
            span = plane.segment(bridge.plus, bridge.minus, color=ink.focus, width=6)
            ends = plane.dots([bridge.plus, bridge.minus], ink.focus, radius=0.09)
            beat.until("starts")
            self.play(FadeIn(ends[0], scale=2), run_time=0.4)
            beat.until("lands")
            self.play(Create(span), run_time=0.9)
            self.play(FadeIn(ends[1], scale=2), run_time=0.4)

        length = words.Readout(lambda: bridge.length, decimals=3, unit="cm", label="bridge")
        place.aside(length, top=2.2)
        half = bridge.bisector
        street = plane.band(half.w, half.b, 0.0)
        with self.beat("It is 1.397 centimetres long: exactly the width of the street, which crosses it squarely.") as beat:
            self.play(FadeIn(length), run_time=0.6)
            beat.until("street")
            self.add(street, self.setosa, self.versicolor, span, ends)
            self.play(drive(lambda t: street.lay(half.w, half.b, t), street), run_time=1.4)

        gaps = np.geomspace(3.0, 1e-3, 60)
        meeting = svm.meet(self.points, self.sides, half, gaps)
        steps = np.arange(len(gaps), dtype=float)
        chart = Plane(
            x=(0, steps[-1]), y=(0, 3), width=3.1, height=2.7, x_label="steps", x_ticks=[], y_ticks=[0, 1, 2, 3]
        )
        place.aside(chart, top=1.6)
        above = chart.curve(steps, meeting.primal, color=ink.truth, share=0.0)
        below = chart.curve(steps, meeting.dual, color=ink.error, share=0.0)
        pushes = plane.vector(self.points[:0], self.points[:0], ink.error)
        toward = -self.sides[:, None] * fit.street.w / np.linalg.norm(fit.street.w)
        narrow = svm.Street(meeting.w[0], float(meeting.b[0]))

        def step(share: float) -> Group:
            k, mix = split(share, len(gaps))
            street.lay(*between(svm.Street(meeting.w[k], meeting.b[k]), svm.Street(meeting.w[k + 1], meeting.b[k + 1]), mix))
            alpha = (1 - mix) * meeting.alpha[k] + mix * meeting.alpha[k + 1]
            strong = alpha > 0.02
            pushes.point(self.points[strong], self.points[strong] + 0.6 * alpha[strong, None] * toward[strong])
            above.reveal(share)
            below.reveal(share)
            return Group(street, pushes, above, below)

        widen = words.formula("{{ 1/2 norm(bold(w))^2 : falls }}", colors={"falls": ink.truth})
        push = words.formula("{{ sum alpha - 1/2 alpha^top K alpha : climbs }}", colors={"climbs": ink.error})
        widen.move_to(chart.at(steps[-1] * 0.62, 2.3))
        push.move_to(chart.at(steps[-1] * 0.6, 0.4))
        with self.beat(
            "So there are two ways to find it. Start narrow and widen: half of w squared comes down."
        ) as beat:
            self.play(
                FadeOut(span, ends, length, *(band for band, _ in around)),
                drive(lambda t: street.lay(*between(half, narrow, t)), street),
                run_time=1.2,
            )
            beat.until("half")
            self.play(FadeIn(chart), words.write(widen), run_time=0.8)

        with self.beat(
            "Or let every flower push on the street. The pushes must balance, and this sum climbs."
        ) as beat:
            beat.until("push")
            self.add(above, below, pushes)
            self.play(words.write(push), run_time=0.6)
            self.play(drive(step, street, pushes, above, below, rate_func=linear), run_time=beat.fill() + 1.5)

        with self.beat("Both stop at the same number, 1.025, and no gap is left between them.") as beat:
            level = chart.segment((0, fit.primal), (steps[-1], fit.primal), color=ink.focus, dashed=True)
            value = words.label("1.025", color=ink.focus)
            value.next_to(chart.at(steps[-1], fit.primal), UP + LEFT, buff=0.12)
            beat.until("1.025")
            self.play(Create(level), FadeIn(value), run_time=0.8)

        with self.beat(
            "Only the three on the kerb still push: 0.81 and 0.22 from one side, 1.03 from the other. They balance."
        ) as beat:
            held = fit.support_vectors
            self.play(FadeIn(self.rings(held)), run_time=0.6)
            for word, row in zip(("0.81", "0.22", "1.03"), held, strict=True):
                beat.until(word)
                tip = plane.at(self.points[row] + 0.6 * fit.alpha[row] * toward[row])
                where = UP if word == "0.81" else DOWN
                force = words.label(f"{fit.alpha[row]:.2f}", color=ink.error).next_to(tip, where, buff=0.14)
                self.play(FadeIn(force), run_time=0.4)

    # --- when no street is free

    @chapter("Trespassing has a price", "soft margin and C")
    def trespassing_has_a_price(self) -> None:
        data = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.VERSICOLOR, Species.VIRGINICA))
        points, sides = data.points, data.sides
        plane = place.picture(
            Plane(
                x=(2.7, 7.2),
                y=(1.9, 4.0),
                width=8.6,
                height=4.75,
                x_label="petal length (cm)",
                y_label="sepal width (cm)",
                equal=True,
            )
        )
        versicolor = plane.dots(points[sides < 0], ink.second, "square")
        virginica = plane.dots(points[sides > 0], ink.third, "triangle")
        prices = np.geomspace(0.1, 100, 61)
        fits = svm.price_dial(points, sides, prices)
        free = fits[20]
        street = plane.band(free.street.w, free.street.b)
        slack = plane.segment(points[:0], points[:0], color=ink.error)
        self.add(plane, versicolor)

        with self.beat(
            "Now a harder pair: versicolor and virginica. Wherever you lay the street, somebody stands in it."
        ) as beat:
            names = [
                words.label("versicolor", color=ink.second).move_to(plane.at(3.35, 3.3)),
                words.label("virginica", color=ink.third).move_to(plane.at(5.75, 3.72)),
            ]
            virginica.shift(2 * RIGHT).set_opacity(0)
            self.play(
                virginica.animate.shift(2 * LEFT).set_opacity(1),
                FadeIn(*names),
                run_time=beat.fill("Wherever"),
            )
            self.play(FadeIn(street), run_time=0.8)

        def at(share: float) -> Group:
            place_ = share * (len(prices) - 1)
            k = min(int(place_), len(prices) - 2)
            mix = place_ - k
            w = (1 - mix) * fits[k].street.w + mix * fits[k + 1].street.w
            b = (1 - mix) * fits[k].street.b + mix * fits[k + 1].street.b
            now = svm.Street(w, b)
            nearest = fits[round(place_)]
            self.shown, self.trespass = now, np.maximum(0, 1 - sides * now.level(points))
            self.held = nearest.support_vectors
            street.lay(w, b)
            late = self.trespass > 1e-6
            feet = points + (sides * self.trespass / float(w @ w))[:, None] * w
            slack.lay(points[late], feet[late])
            for dots, side in ((versicolor, -1), (virginica, 1)):
                mine = np.flatnonzero(sides == side)
                dots.only(list(np.flatnonzero(np.isin(mine, self.held))))
            dial.turn(float(prices[0] * (prices[-1] / prices[0]) ** share))
            return Group(street, slack, versicolor, virginica, dial)

        dial = Dial("price of trespassing, $C$", (0.1, 1, 10, 100), log=True)
        start = 20 / 60
        at(start)
        versicolor.light()
        virginica.light()
        gauges = [
            words.Readout(lambda: self.shown.width, decimals=2, unit="cm", label="width"),
            words.Readout(lambda: float(len(self.held)), decimals=0, label="support vectors"),
            words.Readout(lambda: float(self.trespass.sum()), decimals=1, label="total slack", color=ink.error),
        ]
        place.aside(dial, *gauges, top=2.3, gap=0.5)

        with self.beat(
            "So let them trespass, and charge for it: the red way back to their own kerb, called slack."
        ) as beat:
            beat.until("red")
            self.play(Create(slack), run_time=1.0)
            beat.until("slack")
            self.play(FadeIn(gauges[2]), run_time=0.5)

        with self.beat("C is the price. Cheap, and the street is wide: 54 flowers stand on it or past it.") as beat:
            self.play(FadeIn(dial), run_time=0.5)
            self.play(FadeIn(gauges[0], gauges[1]), run_time=0.5)
            self.play(
                drive(lambda t: at(start * (1 - t)), street, slack, versicolor, virginica, dial),
                run_time=beat.fill(),
            )

        with self.beat(
            "Make it dear. The street narrows, and it turns for the sake of single flowers. Only 18 still hold it."
        ) as beat:
            self.play(drive(at, street, slack, versicolor, virginica, dial), run_time=beat.fill("Only") + 0.8)
            self.play(words.light(gauges[1]), run_time=0.8)

        with self.beat(
            "The support vectors are now all flowers on their kerb or beyond it. "
            "And no value of C is good for all data: it depends on how many points you have, and on their units."
        ) as beat:
            beat.until("no value")
            self.play(words.light(dial.name_words), run_time=0.8)

    # --- kernels

    @chapter("Lift, then cut flat", "the kernel trick with the lift to 3-D")
    def lift_then_cut_flat(self) -> None:
        data = kernel.core_and_ring()
        plane = place.picture(Plane(x=(-1.35, 1.35), y=(-1.35, 1.35), width=6.4, height=4.9, equal=True, x_ticks=[], y_ticks=[]))
        space = Space(plane, z=(0, 1.9), height=3.4)
        lifted = kernel.raise_bowl(data.points)
        ring = space.dots(lifted[data.sides < 0], ink.first)
        core = space.dots(lifted[data.sides > 0], ink.second, "square")
        space.look()
        self.add(ring, core)
        straight, share = kernel.best_straight_line(data.points, data.sides)
        self.right = 0.5

        def sweep(t: float) -> Group:
            angle = np.radians(straight.degrees + 150 * (1 - t))
            w = np.array([np.cos(angle), np.sin(angle)])
            b = straight.b / np.linalg.norm(straight.w)
            self.right = kernel.accuracy(svm.Street(w, b).level(data.points), data.sides)
            return Group(line.lay(w, b))

        line = plane.line(straight.w, straight.b)
        right = words.Readout(lambda: 100 * self.right, decimals=0, unit="%", label="on their side")
        place.aside(right, top=2.2)
        with self.beat("One ring inside another. No straight line gets more than 70 percent right.") as beat:
            self.add(line)
            self.play(FadeIn(right), run_time=0.4)
            self.play(drive(sweep), run_time=beat.fill())
        self.leave(line, right)

        bowl = space.surface(lambda x, y: x**2 + y**2, color=ink.quiet)
        floor = space.floor()
        with self.beat("So lift every point: as high as its squared distance from the middle.") as beat:
            height = words.formula("z = x_1^2 + x_2^2")
            place.aside(height, top=2.2)
            self.add(floor, bowl, ring, core)
            space.look()
            beat.until("lift")
            self.play(
                space.turning(tilt=72 * DEGREES, turn=-28 * DEGREES, lift=1.0), words.write(height), run_time=3.2
            )

        cut = kernel.cut_flat(data.points, data.sides)
        top, (slope_x, slope_y) = cut.plane()
        sheet = space.sheet(0.0, 0.0, 0.0)
        with self.beat("Now one flat cut is enough. A plane rises between core and ring: all 120 are right.") as beat:
            self.add(sheet)
            self.play(
                drive(lambda t: self.raised(space, sheet, t * top, t * slope_x, t * slope_y), *space.nouns),
                run_time=beat.fill("all"),
            )
            count = words.note("120 of 120 right", color=ink.focus)
            place.under(count, height, gap=0.6)
            self.play(FadeIn(count), space.turning(turn=20 * DEGREES), run_time=2.0)

        centre, radius = cut.circle()
        angles = np.linspace(0, 2 * np.pi, 90)
        rim = centre + radius * np.column_stack([np.cos(angles), np.sin(angles)])
        with self.beat("Look from above again, and the cut is a circle: a bent border, made by a flat one.") as beat:
            edge = space.curve(np.column_stack([rim, (rim**2).sum(1)]), ink.focus)
            space.look()
            self.play(Create(edge), run_time=1.0)
            self.play(space.turning(tilt=0.0, turn=0.0), run_time=2.4)
            self.play(FadeOut(sheet, bowl), run_time=0.6)

        one, two = np.array([1.0, 2.0]), np.array([3.0, 1.0])
        high = kernel.lift_squares(np.stack([one, two]))
        flat = words.formula("(1, 2) dot (3, 1) = 5, quad 5^2 = {{ 25 : flat }}", colors={"flat": ink.focus})
        deep = words.formula(
            "(1, 2 sqrt(2), 4) \\ dot (9, 3 sqrt(2), 1) \\ = 9 + 12 + 4 = {{ 25 : deep }}", colors={"deep": ink.focus}
        )
        assert abs(float(high[0] @ high[1]) - float(one @ two) ** 2) < 1e-9
        with self.beat(
            "And nobody has to build that height. The machine only multiplies points, pair by pair. "
            "Lift these two and multiply: 25."
        ) as beat:
            self.play(FadeOut(height, count), run_time=0.4)
            place.aside(deep, flat, top=2.2, gap=0.9)
            beat.until("Lift")
            self.play(words.write(deep), run_time=1.4)

        with self.beat("Or stay flat, multiply, and square: 25 again. That shortcut is the kernel trick.") as beat:
            self.play(words.write(flat), run_time=1.0)
            beat.until("25")
            self.play(words.light(flat.part("flat")), words.light(deep.part("deep")), run_time=0.8)

    def raised(self, space: Space, sheet: object, a: float, b: float, c: float) -> Group:
        """The sheet at a new height, and what it hides."""
        sheet.lay(a, b, c)
        space.refresh_surfaces()
        space.arrange()
        return Group(*space.nouns)

    @chapter("A kernel bends the street", "RBF kernel and γ", "polynomial kernels")
    def a_kernel_bends_the_street(self) -> None:
        train, test = kernel.moons(), kernel.moons(2000, 2)
        plane = place.picture(Plane(x=(-1.9, 2.9), y=(-1.5, 2.0), width=8.4, height=4.9, equal=True))
        axes = (np.linspace(-1.9, 2.9, 96), np.linspace(-1.5, 2.0, 70))
        gammas = np.geomspace(0.1, 100, 25)
        radial = kernel.wind_by_gamma(train, test, gammas, *axes)
        field = plane.field(radial.level[0], largest=1.5)
        street = plane.band((1, 0), 0.0).wind(radial.level[0])
        lower = plane.dots(train.points[train.sides < 0], ink.first)
        upper = plane.dots(train.points[train.sides > 0], ink.second, "square")
        self.add(plane, lower, upper)
        self.score = (radial.train_accuracy[0], radial.test_accuracy[0])
        gauges = [
            words.Readout(lambda: 100 * self.score[0], decimals=1, unit="%", label="200 points learnt"),
            words.Readout(lambda: 100 * self.score[1], decimals=1, unit="%", label="2000 new points"),
        ]

        def at(share: float) -> Group:
            spot = share * (len(gammas) - 1)
            k = min(int(spot), len(gammas) - 2)
            level = (1 - (spot - k)) * radial.level[k] + (spot - k) * radial.level[k + 1]
            nearest = round(spot)
            self.score = (radial.train_accuracy[nearest], radial.test_accuracy[nearest])
            field.show(level)
            street.wind(level)
            dial.turn(float(gammas[0] * (gammas[-1] / gammas[0]) ** share))
            return Group(field, street, dial)

        dial = Dial("reach of a point: small $gamma$ far, large $gamma$ near", (0.1, 1, 10, 100), log=True)
        dial = Dial("$gamma$", (0.1, 1, 10, 100), log=True)
        at(0.0)
        place.aside(dial, *gauges, top=2.3, gap=0.5)

        with self.beat("Two moons, noisy and tangled. A radial kernel lets each point count only near itself.") as beat:
            beat.until("radial")
            kernel_form = words.formula("k(bold(x), bold(x)') = e^(-gamma norm(bold(x) - bold(x)')^2)")
            place.aside(kernel_form, top=-1.6)
            self.play(words.write(kernel_form), run_time=1.0)

        with self.beat("Gamma says how near. A small gamma reaches far, and the street lies almost straight.") as beat:
            self.play(FadeIn(dial), run_time=0.4)
            self.add(field, street, lower, upper)
            self.play(FadeIn(field, street), run_time=1.0)
            self.play(FadeIn(*gauges), run_time=0.5)

        with self.beat("Turn it up, and the street winds its way between the moons.") as beat:
            self.play(drive(lambda t: at(t / 3), field, street, dial), run_time=beat.fill() + 0.4)

        with self.beat(
            "Too far, and each point owns an island. It knows its own points at 98.5 percent, "
            "and new ones at only 90."
        ) as beat:
            self.play(drive(lambda t: at(1 / 3 + 2 * t / 3), field, street, dial), run_time=4.0)
            beat.until("98.5")
            self.play(words.light(gauges[0]), run_time=0.8)
            beat.until("new")
            self.play(words.light(gauges[1]), run_time=0.8)

        degrees = (1, 3, 5)
        bent = kernel.wind_by_degree(train, test, degrees, *axes)
        poly_form = words.formula("k(bold(x), bold(x)') = (bold(x) dot bold(x)' + 1)^{{ 1 : degree }}")
        place.aside(poly_form, top=-1.6)
        with self.beat(
            "A polynomial kernel bends in whole degrees. One is a straight line, three makes a wave, five bends more."
        ) as beat:
            self.play(FadeOut(dial), words.rewrite(kernel_form, poly_form), run_time=0.8)
            last = radial.level[-1]
            for k, (degree, word) in enumerate(zip(degrees, ("One", "three", "five"), strict=True)):
                beat.until(word)
                level = bent.level[k]

                def bend(share: float, a: np.ndarray = last, b: np.ndarray = level, k: int = k) -> Group:
                    mixed = (1 - share) * a + share * b
                    self.score = (bent.train_accuracy[k], bent.test_accuracy[k])
                    street.wind(mixed)
                    field.show(mixed)
                    return Group(field, street)

                form = words.formula(f"k(bold(x), bold(x)') = (bold(x) dot bold(x)' + 1)^{{{{ {degree} : degree }}}}")
                form.move_to(poly_form, aligned_edge=LEFT)
                swap = [words.rewrite(poly_form, form)] if degree > 1 else []
                self.play(drive(bend, field, street), *swap, run_time=1.0)
                poly_form = form if degree > 1 else poly_form
                last = level

    # --- regression

    @chapter("Turned inside out, it predicts", "SVR with its ε-tube")
    def turned_inside_out(self) -> None:
        sea = tube.sea_months()
        plane = place.picture(
            Plane(
                x=(-0.5, 11.5),
                y=(18.5, 29.8),
                width=8.4,
                height=4.6,
                y_label="sea surface off Peru (°C)",
                x_ticks=range(12),
                numbers=False,
            )
        )
        months = VGroup(
            *(
                words.label(name, color=ink.quiet).next_to(plane.at(k, 18.5), DOWN, buff=0.2)
                for k, name in ((0, "Jan"), (3, "Apr"), (6, "Jul"), (9, "Oct"))
            )
        )
        degrees = VGroup(
            *(words.label(f"{t}", color=ink.quiet).next_to(plane.at(-0.5, t), LEFT, buff=0.2) for t in (20, 24, 28))
        )
        jitter = self.rng.uniform(-0.16, 0.16, len(sea.month))
        spots = np.column_stack([sea.month + jitter, sea.temperature])
        xs = np.linspace(-0.3, 11.3, 140)
        walls = np.linspace(0.5, 2.0, 31)
        tubes = tube.lay_tubes(sea.month, sea.temperature, walls, xs)
        one = int(np.argmin(np.abs(walls - 1.0)))
        free = plane.cloud(spots, ink.chalk, radius=0.05)
        held = plane.cloud(spots[:0], ink.focus, radius=0.06, opacity=1.0)
        stems = plane.stems(xs[:0], xs[:0], xs[:0])
        street = plane.band((0, 1), -24.0, 0.0)
        self.add(plane, months, degrees, free)

        with self.beat(
            "Twenty years of sea temperature off Peru, month by month, laid on one calendar year. Now predict it."
        ) as beat:
            beat.until("month")
            self.play(*(words.light(name) for name in months), run_time=1.0)

        dial = Dial("half width $epsilon$ (°C)", (0.5, 1, 1.5, 2), value=1.0)
        self.walls = int(tubes.support_vectors[one].sum())
        count = words.Readout(lambda: float(self.walls), decimals=0, label="on the wall or past it")
        place.aside(dial, count, top=2.2, gap=0.6)

        def at(epsilon: float) -> Group:
            spot = float(np.clip((epsilon - walls[0]) / (walls[1] - walls[0]), 0, len(walls) - 1))
            k = min(int(spot), len(walls) - 2)
            mix = spot - k
            middle = (1 - mix) * tubes.curve[k] + mix * tubes.curve[k + 1]
            nearest = round(spot)
            on = tubes.support_vectors[nearest]
            self.walls = int(on.sum())
            street.follow(xs, middle - epsilon, middle + epsilon)
            held.place(spots[on])
            over = tubes.overshoot[nearest]
            past = np.abs(over) > 1e-3
            stems.stand(spots[past, 0], spots[past, 1] - over[past], spots[past, 1])
            dial.turn(epsilon)
            return Group(street, held, stems, dial)

        with self.beat("For prediction, turn the street inside out: stay inside it, and pay nothing.") as beat:
            beat.until("turn")
            self.remove(free)
            self.add(street, free)
            middle = tubes.curve[one]
            self.play(
                drive(lambda t: street.follow(xs, middle - t, middle + t), street, free), run_time=beat.fill() + 0.3
            )

        with self.beat(
            "Months within one degree fade, for they have no say. "
            "Only the sixty-seven on the wall or beyond it shape the curve."
        ) as beat:
            self.add(stems, held)
            at(1.0)
            self.play(free.animate.set_stroke(opacity=0.28), FadeIn(held), run_time=1.0)
            beat.until("sixty-seven")
            self.play(FadeIn(count), Create(stems), run_time=1.0)

        with self.beat(
            "Narrow the tube, and many months have a say. Widen it to two degrees, and twenty-seven carry the whole curve."
        ) as beat:
            self.play(FadeIn(dial), run_time=0.4)
            self.play(drive(lambda t: at(1.0 - 0.5 * t), street, held, stems, dial), run_time=2.2)
            beat.until("Widen")
            self.play(drive(lambda t: at(0.5 + 1.5 * t), street, held, stems, dial), run_time=beat.fill() + 0.2)

    # --- the opposite creed

    @chapter("Or let everyone vote", "choice of k, from jagged to smooth", "distance metrics in KNN")
    def or_let_everyone_vote(self) -> None:
        flowers = irises((Measure.SEPAL_LENGTH, Measure.SEPAL_WIDTH))
        points, kinds = flowers.points, flowers.species
        plane = place.picture(
            Plane(
                x=(4.1, 8.1),
                y=(1.9, 4.55),
                width=8.4,
                height=4.75,
                x_label="sepal length (cm)",
                y_label="sepal width (cm)",
                equal=True,
            )
        )
        shapes = (("disc", ink.first), ("square", ink.second), ("triangle", ink.third))
        dots = [
            plane.dots(points[kinds == kind], color, shape, radius=0.065)
            for kind, (shape, color) in enumerate(shapes)
        ]
        axes = (np.linspace(4.1, 8.1, 110), np.linspace(1.9, 4.55, 73))
        ks = np.arange(1, 100, 2)
        votes = neighbour.map_votes(points, kinds, ks, *axes)
        field = plane.field(votes.verdict[0])
        self.add(plane, *dots)

        quarrel = neighbour.find_quarrel(points, kinds, 5, np.arange(5.0, 7.2, 0.0173), np.arange(2.4, 3.7, 0.0173))
        query = plane.dots([quarrel.query], ink.chalk, "disc", radius=0.12)
        with self.beat(
            "K nearest neighbours has the opposite creed. "
            "The support vector machine kept three flowers; this one keeps everybody."
        ) as beat:
            beat.until("everybody")
            self.play(
                LaggedStart(*(group.animate.scale(1.04) for group in dots), rate_func=there_and_back), run_time=0.8
            )

        by = dict(zip(("L1", "L2", "Linf"), quarrel.by_ruler, strict=True))
        ball = plane.ball(quarrel.query, 0.001, 2.0, ink.chalk, fill=0.08)
        with self.beat("A new flower asks: a circle grows until it holds five neighbours, and they vote.") as beat:
            self.play(FadeIn(query, scale=2), run_time=0.5)
            beat.until("circle")
            self.add(ball, *dots, query)
            reach = by["L2"].reach
            self.play(drive(lambda t: ball.lay(quarrel.query, 0.001 + reach * t, 2.0), ball), run_time=1.6)
            beat.until("vote")
            verdict = shapes[by["L2"].verdict][1]
            self.play(query.animate.set_fill(verdict), run_time=0.5)

        with self.beat("Change the ruler, and you change the neighbours. By steps along the axes, the circle is a diamond; by the longest step alone, a square.") as beat:
            rulers = [(2.0, by["L2"]), (1.0, by["L1"]), (2.0, by["L2"]), (12.0, by["Linf"])]
            beat.until("diamond")
            for (p, one), (q, two) in zip(rulers[:-1], rulers[1:], strict=True):
                if q == 12.0:
                    beat.until("longest")
                self.play(
                    drive(
                        lambda t, p=p, q=q, one=one, two=two: ball.lay(
                            quarrel.query,
                            (1 - t) * one.reach + t * two.reach,
                            1 / ((1 - t) / p + t / q),
                        ),
                        ball,
                    ),
                    query.animate.set_fill(shapes[two.verdict][1]),
                    run_time=0.9,
                )

        self.leave(ball, query, run_time=0.4)
        wines = neighbour.wines()
        spread = np.sort(wines.spread)[::-1]
        bars = Plane(x=(0, 14), y=(0, 330), width=3.2, height=2.6, x_label="13 columns", y_label="spread", x_ticks=[])
        place.aside(bars, top=1.9)
        across = np.arange(1, 14, dtype=float)
        columns = bars.stems(across, 0.0, 0.0, color=ink.first, width=16)
        scores = [
            100 * neighbour.fold_accuracy(wines.measures, wines.cultivar, scaled=scaled) for scaled in (False, True)
        ]
        self.right = scores[0]
        right = words.Readout(lambda: self.right, decimals=0, unit="%", label="wines judged right")
        place.aside(right, top=2.5)
        with self.beat(
            "And mind the units. In this table of wines one column spreads so far that it alone decides who is near: "
            "66 percent right."
        ) as beat:
            self.play(FadeIn(bars), run_time=0.5)
            self.add(columns)
            self.play(drive(lambda t: columns.stand(across, 0.0, spread * t)), run_time=1.4)
            beat.until("66")
            self.play(FadeIn(right), run_time=0.5)

        def standardise(share: float) -> Group:
            columns.stand(across, 0.0, (1 - share) * spread + share * 110.0)
            self.right = (1 - share) * scores[0] + share * scores[1]
            return Group(columns)

        with self.beat("Give every column the same spread, and 96 percent are right.") as beat:
            self.play(drive(standardise), run_time=beat.fill("96"))
            self.play(words.light(right), run_time=0.6)
        self.leave(bars, columns, right, run_time=0.4)

        curve = neighbour.leave_one_out(points, kinds, ks)
        chart = Plane(
            x=(0, 100), y=(0.6, 0.9), width=3.0, height=2.2, x_label="neighbours $k$", y_label="right",
            x_ticks=[1, 47, 99], y_ticks=[0.6, 0.7, 0.8, 0.9],
        )
        score = chart.curve(ks, curve.score, color=ink.focus, share=0.0)
        tip = chart.dots([(1, curve.score[0])], ink.focus)
        self.asked, self.right = 1, float(curve.score[0])
        now = words.Readout(lambda: float(self.asked), decimals=0, label="$k =$", digits=2)
        right = words.Readout(lambda: 100 * self.right, decimals=1, unit="%", label="right, one left out")

        def ask(k: float) -> Group:
            row = int(np.clip(round((k - 1) / 2), 0, len(ks) - 1))
            self.asked, self.right = int(ks[row]), float(curve.score[row])
            field.show(votes.verdict[row])
            score.trace(ks[: row + 1], curve.score[: row + 1]) if row else None
            tip.place([(ks[row], curve.score[row])])
            return Group(field, score, tip)

        place.aside(now, right, top=2.3)
        place.aside(chart, top=0.9)
        with self.beat("With one neighbour, every flower owns an island, and 69.3 percent are judged right.") as beat:
            self.remove(*dots)
            self.add(field, *dots)
            self.play(FadeIn(field), run_time=0.9)
            self.play(FadeIn(now, right, chart, tip), run_time=0.5)

        with self.beat("With forty-seven the borders are smooth, and 82.7 percent are right.") as beat:
            self.play(drive(lambda t: ask(1 + 46 * t), field, score, tip, rate_func=linear), run_time=beat.fill())

        with self.beat("With ninety-nine, most voices must come from other species, and it falls again.") as beat:
            self.play(drive(lambda t: ask(47 + 52 * t), field, score, tip, rate_func=linear), run_time=beat.fill())

    @chapter("Far away, all are equal", "curse of dimensionality")
    def far_away_all_are_equal(self) -> None:
        dimensions = np.unique(np.geomspace(2, 1000, 60).astype(int))
        crowd = neighbour.crowd(dimensions)
        angles = self.rng.uniform(0, 2 * np.pi, crowd.distance.shape[1])
        around = np.column_stack([np.cos(angles), np.sin(angles)])
        disc = place.picture(
            Plane(x=(-1.05, 1.05), y=(-1.05, 1.05), width=5.2, height=5.2, x_ticks=[], y_ticks=[], equal=True)
        )
        query = disc.dots([(0, 0)], ink.focus, radius=0.1)
        others = disc.cloud(around, ink.chalk, radius=0.035)
        nearest, farthest = disc.circle((0, 0), 0.1, ink.focus), disc.circle((0, 0), 1.0, ink.quiet)
        cube = Plane(x=(0, 1), y=(0, 1), width=1.9, height=1.9, x_ticks=[], y_ticks=[])
        place.aside(cube, top=-0.3)
        box = cube.polygon(cube.corners, ink.quiet)
        inner = cube.polygon(cube.corners * 0.1, ink.focus, fill=0.3)
        self.dimension, self.ratio, self.edge = 2, float(crowd.ratio[0]), 0.1

        def at(share: float) -> Group:
            k, mix = split(share, len(dimensions))
            mixed = (1 - mix) * crowd.distance[k] / crowd.distance[k].max() + mix * crowd.distance[
                k + 1
            ] / crowd.distance[k + 1].max()
            row = k if mix < 0.5 else k + 1
            self.dimension, self.ratio = int(dimensions[row]), float(crowd.ratio[row])
            self.edge = float(neighbour.edge_holding(0.01, [self.dimension])[0])
            others.place(mixed[:, None] * around)
            nearest.lay((0, 0), float(mixed.min()))
            inner.lay(cube.corners * self.edge)
            return Group(others, nearest, inner)

        at(0.0)
        gauges = [
            words.Readout(lambda: float(self.dimension), decimals=0, label="dimensions", digits=4),
            words.Readout(lambda: self.ratio, decimals=2, label="nearest ÷ farthest"),
            words.Readout(lambda: self.edge, decimals=3, label="edge that holds 1 %"),
        ]
        place.aside(*gauges[:2], top=2.3)
        place.aside(gauges[2], top=0.2)
        self.add(others, farthest, query)
        with self.beat(
            "One question is left: what does near mean? "
            "Here are five hundred random points around you, in two dimensions, each at its true distance."
        ) as beat:
            beat.until("five hundred")
            self.play(FadeIn(nearest), FadeIn(*gauges[:2]), run_time=0.8)

        with self.beat("Add dimensions, and watch the nearest walk out towards the farthest.") as beat:
            self.play(drive(lambda t: at(0.75 * t), others, nearest, inner, rate_func=linear), run_time=beat.fill() + 2.0)

        with self.beat("In a thousand dimensions the nearest is almost as far as the farthest: ninety percent of the way.") as beat:
            self.play(drive(lambda t: at(0.75 + 0.25 * t), others, nearest, inner, rate_func=linear), run_time=beat.fill())

        with self.beat("To catch one percent of a cube, you now need 99.5 percent of every edge.") as beat:
            self.play(FadeIn(gauges[2], box, inner), run_time=0.8)

        noise = np.array([0, 4, 16, 64, 256, 1024])
        drowned = neighbour.drown([int(columns) for columns in noise])
        chart = place.picture(
            Plane(
                x=(0.7, 2000),
                y=(0.3, 1.0),
                width=7.6,
                height=4.4,
                log_x=True,
                x_label="columns of pure noise added to the irises",
                y_label="judged right",
                x_ticks=[1, 16, 64, 1024],
                y_ticks=[0.4, 0.6, 0.8, 1.0],
            )
        )
        fall = chart.curve(np.maximum(noise, 1), drowned.score, color=ink.focus, share=0.0)
        with self.beat(
            "So add columns of pure noise to the irises, and the five nearest become arbitrary: "
            "96 percent, then 79, then 66, then 40."
        ) as beat:
            self.play(FadeOut(others, farthest, nearest, query, box, inner, *gauges), run_time=0.6)
            self.play(FadeIn(chart), run_time=0.5)
            self.add(fall)
            begin = 0.0
            for word, columns, share in (("96", 0, 0.0), ("79", 16, 0.4), ("66", 64, 0.6), ("40", 1024, 1.0)):
                beat.until(word)
                score = float(drowned.score[noise == columns][0])
                dot = chart.dots([(max(columns, 1), score)], ink.focus, radius=0.09)
                value = words.label(f"{100 * score:.0f} %", color=ink.focus).next_to(dot, UP + RIGHT, buff=0.1)
                self.play(drive(lambda t, a=begin, b=share: fall.reveal(a + (b - a) * t), fall), run_time=0.5)
                begin = share
                self.play(FadeIn(dot, value, scale=1.4), run_time=0.4)

        with self.beat(
            "Real data often lie on a thin sheet in all that room. That is why neighbours still work on pictures."
        ) as beat:
            beat.rest()
        self.play(*(FadeOut(thing) for thing in self.mobjects[1:]), run_time=0.6)
        self.remember()

    def remember(self) -> None:
        """The picture to keep: the street on three flowers, and the same cut in the lifted bowl."""
        self.plane.scale(0.62).move_to(3.4 * LEFT + 0.2 * UP)
        flowers = [
            self.plane.dots(self.points[self.sides < 0], ink.first, radius=0.05).mute(),
            self.plane.dots(self.points[self.sides > 0], ink.second, "square", radius=0.05).mute(),
        ]
        self.setosa, self.versicolor = flowers
        street = self.plane.band(self.fit.street.w, self.fit.street.b)
        held = self.fit.support_vectors
        for row in held:
            dots = self.setosa if self.sides[row] < 0 else self.versicolor
            dots[int(row) if self.sides[row] < 0 else int(row) - len(self.setosa)].set_fill(opacity=1)
        with self.beat("The widest street wins.") as beat:
            self.play(FadeIn(self.plane.frame, street, *flowers), run_time=0.8)
        with self.beat("Only the few points on its kerb hold it.") as beat:
            self.play(FadeIn(self.rings(held), scale=1.6), run_time=0.8)

        data = kernel.core_and_ring()
        plane = Plane(x=(-1.35, 1.35), y=(-1.35, 1.35), width=3.6, height=3.6, equal=True, x_ticks=[], y_ticks=[])
        plane.move_to(3.6 * RIGHT + 0.2 * UP)
        space = Space(plane, z=(0, 1.9), height=2.6)
        lifted = kernel.raise_bowl(data.points)
        things = [
            space.floor(),
            space.surface(lambda x, y: x**2 + y**2),
            space.dots(lifted[data.sides < 0], ink.first, radius=0.05),
            space.dots(lifted[data.sides > 0], ink.second, "square", radius=0.05),
        ]
        top, (slope_x, slope_y) = kernel.cut_flat(data.points, data.sides).plane()
        things.append(space.sheet(top, slope_x, slope_y))
        space.look(tilt=0, turn=0, lift=0)
        with self.beat("And when it will not lie flat, lift the points, and cut there.") as beat:
            self.play(FadeIn(*things), run_time=0.8)
            self.play(space.turning(tilt=72 * DEGREES, turn=-25 * DEGREES, lift=1.0), run_time=beat.fill())
        with self.beat("Next comes a model that does not measure at all. It asks questions: the decision tree."):
            self.play(space.turning(turn=15 * DEGREES), run_time=3.0)

    def poster(self) -> None:
        """The wide street on its three flowers."""
        self.plane.scale(1.42).move_to(1.1 * DOWN + 1.7 * LEFT)
        setosa = self.plane.dots(self.points[self.sides < 0], ink.first, radius=0.12).mute(opacity=0.35)
        versicolor = self.plane.dots(self.points[self.sides > 0], ink.second, "square", radius=0.12).mute(opacity=0.35)
        self.setosa, self.versicolor = setosa, versicolor
        street = self.plane.band(self.fit.street.w, self.fit.street.b, fill=0.16)
        held = self.fit.support_vectors
        rings = VGroup(*(ring.set_stroke(width=9) for ring in self.rings(held)))
        text = words.headline("Only\n*three*\nmatter", size=ink.POSTER)
        text.to_edge(RIGHT, buff=0.8).shift(1.2 * UP)
        for row in held:
            dots = setosa if self.sides[row] < 0 else versicolor
            dots[int(row) if self.sides[row] < 0 else int(row) - len(setosa)].set_fill(opacity=1)
        self.add(street, setosa, versicolor, rings, text)
