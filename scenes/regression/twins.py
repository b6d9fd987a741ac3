"""Multicollinearity, the bootstrap and the VIF."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Group, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import BeatClock, chapter
from scenes.kit.line import Area
from scenes.kit.noun import LINE, Mark
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import chart
from scenes.kit.solid import Sheet, SolidSegments
from scenes.kit.space import Space
from scenes.kit.tag import Tag
from scenes.kit.words import Words
from scenes.maths.regression import patients
from scenes.regression.leftovers import LOG_PREDICTIONS, logged
from scenes.regression.stage import BIG, DATA, ERROR, MODEL, WRONG, Look, RegressionStage, maths

COPIED: Final[Floats] = np.linspace(-2.0, 2.0, 9)
"""Values of the feature that stands in the table twice."""
FITS: Final = ((2.0, 0.0), (1.0, 1.0), (5.0, -3.0))
"""Weights of the copies that fit y = 2x."""
HALF: Final = 2.6
"""Half of the floor's side, in units of the copied feature."""
HIGH: Final = 6.0
"""Heights that are shown, up and down."""
STEP: Final = (-0.5, 0.5)
"""From where to where the first copy goes while the second is held fixed."""
LOOK: Final[Look] = {"tilt": 63 * DEGREES, "turn": 24 * DEGREES, "lift": 1.0, "zoom": 0.82}
"""From where the needle is looked at."""
ROCKED: Final = 24 * DEGREES
"""How far the camera goes around it."""
FIRST: Final = 3
"""Bootstrap samples that are followed one by one."""
WEIGHTS: Final = ((-112.0, 32.0), (-36.0, 82.0))
"""Weights of the twins that are shown."""
SPOT: Final = 0.085
"""Radius of a patient, and of a refit, in scene units."""
OFF: Final = ((-70.0, 70.0), (0.55, 3.8))
"""How far weights and predictions may lie off their mean, and the heights of three rows of them."""
JITTER: Final = 0.17
"""How far a refit stands from the middle of its row."""
HIGHEST: Final = 64.0
"""Largest VIF that is shown."""
ROUGH: Final = (5.0, 10.0)
"""From where a VIF is a warning."""
NAMED: Final = {"s1": LEFT, "s2": LEFT, "bmi": UP}
"""Features whose VIF has its name beside it, and on which side."""
NAMES: Final = {"s1": "total cholesterol", "s2": "LDL", "bmi": "body mass index"}


def tried() -> Floats:
    """Weights (3, 2) of the copies that fit the points by hand, to the last digit."""
    pairs = np.array(FITS)
    fits = [np.allclose(patients.copied(a, b, COPIED), patients.copied(*FITS[0], COPIED)) for a, b in pairs]
    return pairs[fits]


def leftovers_end() -> Group:
    """The residuals on logarithmic scales: as the chapter before ends."""
    measured, log, said, left = logged()
    return Group(
        log.cloud(np.column_stack([said, left]), DATA, radius=0.075),
        log.segment((LOG_PREDICTIONS[0], 0), (LOG_PREDICTIONS[1], 0), MODEL, 2 * LINE),
        log,
        *measured.parts,
    )


def vif_chart() -> tuple[Plane, VGroup, Floats]:
    """The VIF against how well the other features rebuild one: the plane, curve and dots, and the dots' places."""
    plane = chart(
        shot.safe(titled=False),
        (0.0, 1.03),
        (0.0, HIGHEST),
        x_label="$R_j^2$: how well the other features rebuild feature $j$",
        y_label="VIF",
        x_ticks=(0, 0.5, 0.9),
        y_ticks=(1, 10, 40, 59),
    )
    shares = np.linspace(0.0, 1 - 1 / HIGHEST, 400)
    curve = plane.curve(shares, patients.inflated(shares), MODEL, 1.5 * LINE)
    rebuilt = patients.rebuilt(patients.patients().features)
    places = np.column_stack([rebuilt, patients.inflated(rebuilt)])
    return plane, VGroup(curve, plane.dots(places, DATA, radius=0.15)), places


def vif_end() -> tuple[Plane, VGroup, Area]:
    """The chart as the chapter ends, with the warning from where single weights are not read."""
    plane, marks, _ = vif_chart()
    return plane, marks, plane.area([0.0, 1.03], ROUGH[0], HIGHEST, WRONG, 0.12)


def weights_chart(place: shot.Region) -> Plane:
    """The weights of both twins."""
    return chart(
        place,
        *WEIGHTS,
        x_label="weight of cholesterol",
        y_label="weight of LDL",
        x_ticks=(-75, 0),
        y_ticks=(0, 50),
    )


def zero_lines(plane: Plane) -> VGroup:
    """Where either weight is zero."""
    (x0, y0), (x1, y1) = plane.limits
    return VGroup(plane.segment((0, y0), (0, y1), ink.faint), plane.segment((x0, 0), (x1, 0), ink.faint))


class Twins(RegressionStage):
    """Multicollinearity, the bootstrap and the VIF."""

    @chapter(
        "Twins make weights wobble",
        "multicollinearity and wobbling coefficients",
        "variance inflation factor",
        goes_on=True,
    )
    def twins_make_weights_wobble(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.copy_a_feature()
        self.hold_the_other_fixed()
        self.redraw_patients()
        self.look_at_the_cigar()
        self.compare_the_wobbles()
        self.inflate()

    # --- by hand

    def copy_a_feature(self) -> None:
        """A needle of points, on which a plane rocks."""
        ground = shot.EDGES.plane((-HALF, HALF), (-HALF, HALF), equal=True, x_ticks=[], y_ticks=[])
        self.space = space = Space(ground, (-HIGH, HIGH), height=5.6)
        space.look(**LOOK)
        self.floor = space.floor()
        points = np.column_stack([COPIED, COPIED, patients.copied(*FITS[0], COPIED)])
        self.needle = space.dots(points, DATA, radius=0.17)
        self.fitted = space.sheet(0.0, *FITS[0], MODEL)
        self.shared = FITS[0]
        self.equation = law = self.weighed(self.shared)
        axes = [
            words.headline(f"${name}$", size=ink.POINT).move_to(space.at([place])[0])
            for name, place in (
                ("x_1", (0.85 * HALF, -1.13 * HALF, -HIGH)),
                ("x_2", (1.16 * HALF, 0.0, -HIGH)),
            )
        ]
        self.axes = VGroup(*axes)
        before = leftovers_end()
        self.add(before)
        with self.beat(
            "Coefficients are also called weights. By hand: y is twice x. Then a copy of x joins: a twin."
        ) as beat:
            self.play(FadeOut(before), FadeIn(self.floor, self.axes), run_time=pace.CALM)
            beat.over("twice", FadeIn(self.needle, lag_ratio=pace.LAG), until="Then")
            beat.over(words.light(self.axes[1]))
        with self.beat("A plane through them may have weights of two and zero.") as beat:
            beat.over(FadeIn(self.fitted), FadeOut(self.axes), until="weights")
            beat.over(words.write(law))
        with self.beat("One and one fits just as well. So does five and minus three.") as beat:
            self.rock(beat, FITS[1], until="So")
            self.rock(beat, FITS[2])
        with self.beat("All three predict the same: the sum of the weights is pinned.") as beat:
            beat.over(space.orbit(-ROCKED), until="sum", least=pace.LONG)
            beat.over(words.light(self.equation), least=pace.SLOW)

    def weighed(self, fit: tuple[float, float]) -> Words:
        """The model with these weights, at the top of the frame."""
        first, second = fit
        sign = "-" if second < 0 else "+"
        text = (
            f"hat(y) = {{{{ {first:.0f} : one }}}} thin x_1 {{{{ {sign} {abs(second):.0f} : two }}}} thin x_2"
        )
        law = maths(text, BIG, {"one": MODEL, "two": MODEL})
        return shot.safe(titled=False).put(law, UP + LEFT)

    def rock(self, beat: BeatClock, end: tuple[float, float], until: str | None = None) -> None:
        """The plane turns about the needle to another pair of weights."""
        start, after = self.shared, self.weighed(end)

        def turn(share: float) -> Sheet:
            return self.fitted.redraw(0.0, *blend(start, end, share))

        beat.over(self.space.drive(turn), words.rewrite(self.equation, after), until=until, least=pace.LONG)
        self.equation, self.shared = after, end

    def hold_the_other_fixed(self) -> None:
        """One unit of the first copy alone leads off the needle, where nothing holds the plane."""
        space = self.space
        way: SolidSegments = space.drop([(0.0, 0.0, 0.0)], ERROR, 2.4 * LINE)

        def climb(fit: Floats, share: float) -> SolidSegments:
            """Along the floor by one unit of the first copy, then up or down to the plane."""
            begin, end = np.array([STEP[0], STEP[0], 0.0]), np.array([STEP[1], STEP[0], 0.0])
            begin[2] = fit @ begin[:2]
            end[:2] = blend(begin[:2], end[:2], share)
            corner, end[2] = np.array([*end[:2], begin[2]]), fit @ end[:2]
            return way.redraw([begin, corner], [corner, end])

        way.rank = None
        climb(np.array(FITS[2]), 0.0)
        one = Tag(words.headline("one unit of $x_1$,\n$x_2$ held fixed", ERROR, ink.POINT), 1.0)
        shot.safe(titled=False).put(one, DOWN + RIGHT)
        with self.beat(
            "A coefficient is the change in prediction for one unit of its feature, the others held fixed."
        ) as beat:
            self.play(FadeIn(way), run_time=pace.QUICK)
            beat.over(
                "one unit",
                space.drive(lambda share: climb(np.array(FITS[2]), share)),
                FadeIn(one),
                least=pace.SLOW,
            )
        with self.beat("But twins move together. Off this row of points, the plane is loose.") as beat:
            beat.over(words.light(one.text, ink.chalk), until="Off")

            def both(share: float) -> tuple[Sheet, SolidSegments]:
                fit = blend(FITS[2], FITS[1], share)
                return self.fitted.redraw(0.0, *fit), climb(np.array(fit), 1.0)

            after = self.weighed(FITS[1])
            beat.over(space.drive(both), words.rewrite(self.equation, after), least=pace.LONG)
            self.equation = after
        term = Tag(words.headline("multicollinearity", MODEL), 1.0)
        shot.safe(titled=False).put(term, UP + LEFT)
        with self.beat("Multicollinearity: some features are nearly linear combinations of others.") as beat:
            self.play(FadeOut(one, way, self.equation), run_time=pace.QUICK)
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(space.orbit(1.5 * ROCKED), least=pace.LONG)
        self.leave(term, self.floor, self.fitted, self.needle)

    # --- patients

    def redraw_patients(self) -> None:
        """Bootstrap samples of the patients on the left, the weights that they give on the right."""
        self.shot(shot.wide())
        left, right = shot.split(titled=False).places
        table = patients.patients()
        pair = table.pair()
        wide, plane = (
            chart(
                place,
                (-3.6, 4.6),
                (-3.2, 4.8),
                x_label="total cholesterol, standardised",
                y_label="LDL, standardised",
                x_ticks=(-2, 0, 2, 4),
                y_ticks=(-2, 0, 2, 4),
            )
            for place in (shot.safe(titled=False), left)
        )
        self.weights_plane = weights = weights_chart(right)
        rng = np.random.default_rng(0)
        counts = np.array(
            [np.bincount(rng.integers(0, len(pair), len(pair)), minlength=len(pair)) for _ in range(FIRST)],
            dtype=float,
        )
        across = plane.inverse(wide.at(pair))
        people = plane.dots(across, DATA, radius=1.2 * SPOT)
        found = patients.twin_weights()
        self.zero_lines = zero_lines(weights)
        self.cigar = cigar = weights.cloud(found[:0], MODEL, SPOT, 0.85)
        spot = weights.dots([found[0]], ERROR, radius=0.16)
        term = words.headline("bootstrap sample", MODEL, ink.POINT)
        term.move_to(wide.at(2.9, -2.2))

        def rain(number: float) -> Mark:
            return cigar.redraw(found[: int(number)])

        target = words.headline("[target:first]: progression\nafter a year", ink.chalk, ink.POINT)
        target.move_to(wide.at(2.9, -2.0))
        with self.beat(
            "Real ones: patients with diabetes. The target is how far it has gone a year later."
        ) as beat:
            self.play(FadeIn(wide), run_time=pace.BRISK)
            beat.over(FadeIn(people), until="target")
            beat.over(FadeIn(target))
        with self.beat("Total cholesterol and LDL rise together.") as beat:
            beat.over(words.light(people, ink.chalk))
            self.play(FadeOut(target), run_time=pace.QUICK)
        with self.beat(
            "A bootstrap sample redraws the patients, with replacement: some come twice, some not."
        ) as beat:
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(
                glide(people.redraw, {"radius": 1.2 * SPOT}, {"radius": 1.2 * SPOT * counts[0] ** 0.5}),
                least=pace.SLOW,
            )
        with self.beat("Refit, and mark the weights of the twins. Again.") as beat:
            self.shot(shot.split(titled=False))
            self.play(
                FadeOut(term, wide),
                FadeIn(plane, weights, self.zero_lines),
                glide(
                    people.redraw,
                    (across, 1.2 * SPOT * counts[0] ** 0.5),
                    (pair, SPOT * counts[0] ** 0.5),
                ),
                run_time=pace.CALM,
            )
            self.play(FadeIn(spot, scale=3), run_time=pace.BRISK)
            rain(1)
            self.add(cigar)
            for number in range(1, FIRST):
                self.play(
                    glide(
                        people.redraw,
                        {"radius": SPOT * counts[number - 1] ** 0.5},
                        {"radius": SPOT * counts[number] ** 0.5},
                    ),
                    glide(spot.redraw, {"points": found[number - 1][None]}, {"points": found[number][None]}),
                    run_time=pace.CALM,
                )
                rain(number + 1)
        with self.beat("After many refits: where one weight goes up, its twin goes down.") as beat:
            self.play(FadeOut(spot), run_time=pace.QUICK)
            self.add(cigar)
            beat.over(glide(rain, float(FIRST), float(len(found)), cigar, rate_func=linear), least=pace.LONG)
        self.people = VGroup(plane, people)

    def look_at_the_cigar(self) -> None:
        """The refits spread through the frame; a bracket measures the first twin's weight."""
        self.shot(shot.wide())
        weights, found = self.weights_plane, patients.twin_weights()
        self.wide = wide = weights_chart(shot.safe(titled=False))
        self.spread = weights.inverse(wide.at(found))
        self.wide_zero = zero_lines(wide)
        low, high = patients.central(found[:, 0])
        level = WEIGHTS[1][0] + 10
        span = wide.segment((low, level), (high, level), WRONG, 3 * LINE)
        ends = wide.stems([low, high], level - 3, level + 3, WRONG, 3 * LINE)
        share = words.headline(f"95 % of {len(found)} refits", WRONG, 44.0).move_to(
            wide.at((low + high) / 2, level + 9)
        )
        self.span = VGroup(span, ends, share)
        with self.beat(
            "Most refits put cholesterol's weight between minus seventy-five and just above zero."
        ) as beat:
            beat.over(
                FadeOut(weights, self.zero_lines, self.people),
                FadeIn(wide, self.wide_zero),
                glide(self.cigar.redraw, found, self.spread),
                until="between",
                least=pace.SLOW,
            )
            beat.over(Create(span), FadeIn(ends, share))

    def compare_the_wobbles(self) -> None:
        """Over the same refits, on one axis: the weight, the sum of both, and a prediction."""
        found = patients.twin_weights()
        spread = patients.patients().target.std(ddof=1)
        axis = chart(
            shot.safe(titled=False),
            *OFF,
            x_label=f"off its mean, over the same {len(found)} refits (target: standard deviation {spread:.0f})",
            x_ticks=(-40, -20, 0, 20, 40),
            y_ticks=[],
        )
        rng = np.random.default_rng(1)
        rows = [
            np.column_stack([values - values.mean(), level + rng.uniform(-JITTER, JITTER, len(values))])
            for level, values in zip(
                (3, 2, 1), (found[:, 0], found.sum(axis=1), patients.typical_predictions()), strict=True
            )
        ]
        names = [
            words.headline(f"{text}: [standard deviation {points[:, 0].std():.0f}:focus]", size=46.0).move_to(
                axis.at(0.0, level + 0.44)
            )
            for level, text, points in zip(
                (3, 2, 1),
                ("weight of cholesterol", "sum of both weights", "a typical patient's prediction"),
                rows,
                strict=True,
            )
        ]
        bars = [
            axis.segment((-sd, level), (sd, level), ERROR, 4 * LINE)
            for level, sd in zip((3, 2, 1), (points[:, 0].std() for points in rows), strict=True)
        ]
        target = self.weights_plane.inverse(axis.at(rows[0]))
        others = [axis.cloud(points, MODEL, SPOT, 0.85) for points in rows[1:]]
        with self.beat("Over these refits, that weight has a standard deviation of twenty.") as beat:
            beat.over(
                FadeOut(self.span, self.wide, self.wide_zero),
                FadeIn(axis),
                glide(self.cigar.redraw, self.spread, target),
                until="standard",
                least=pace.SLOW,
            )
            beat.over(FadeIn(names[0]), Create(bars[0]))
        with self.beat(
            "The sum of both has six, a typical patient's prediction eight: the split is loose, not the fit."
        ) as beat:
            for number, until in ((0, "a typical"), (1, "the split")):
                self.add(others[number])
                beat.over(
                    appear(others[number]),
                    glide(
                        others[number].redraw, rows[number + 1] * [0.0, 1.0], rows[number + 1], others[number]
                    ),
                    FadeIn(names[number + 1], bars[number + 1]),
                    until=until,
                )
            beat.over(words.light(names[1]), words.light(names[2]))
        self.leave(axis, *names, *bars, *others, self.cigar)

    # --- the factor

    def inflate(self) -> None:
        """The curve 1 / (1 - R²), and each feature on it."""
        self.shot(shot.wide())
        plane, marks, places = vif_chart()
        curve, dots = marks
        floor = places * [1.0, 0.0]
        dots.redraw(floor * [0.0, 0.0])
        names = list(patients.patients().names)
        law = maths('{{ "VIF"_j : vif }} = 1 / (1 - {{ R_j^2 : share }})', 1.4 * BIG)
        law.move_to(plane.at(0.3, 0.64 * HIGHEST))
        term = words.headline("variance inflation factor", MODEL, ink.POINT)
        term.next_to(law, UP, buff=0.5)
        spots = {name: (float(x), float(y)) for name, (x, y) in zip(names, places, strict=True)}
        labels = {
            name: plane.label(*spots[name], NAMES[name], side, ink.chalk, 0.3, 44.0)
            for name, side in NAMED.items()
        }
        rough = plane.area([0.0, 1.03], ROUGH[0], HIGHEST, WRONG, 0.12)
        with self.beat(
            "How well do the other features rebuild one? Regress it on them: its R squared."
        ) as beat:
            self.play(FadeIn(plane, dots), run_time=pace.BRISK)
            beat.over(glide(dots.redraw, floor * [0.0, 0.0], floor), least=pace.SLOW)
        with self.beat(
            "The variance inflation factor, VIF: one over what is left. It multiplies that weight's variance.",
        ) as beat:
            self.play(FadeIn(term), run_time=pace.QUICK)
            beat.over(words.write(law), until="left")
            beat.over(words.light(law.part("share")), Create(curve), least=pace.LONG)
        with self.beat("Here, body mass index is below two; total cholesterol, fifty-nine.") as beat:
            beat.over(glide(dots.redraw, floor, places), until="Body", least=pace.SLOW)
            beat.over(FadeIn(labels["bmi"]), until="total")
            beat.over(FadeIn(labels["s1"], labels["s2"]))
        with self.beat("Rule of thumb: above five to ten, do not read single weights.") as beat:
            self.play(FadeOut(law, term), run_time=pace.QUICK)
            self.add(rough)
            beat.over(
                appear(rough),
                glide(rough.redraw, ([0.0, 1.03], HIGHEST, HIGHEST), ([0.0, 1.03], ROUGH[0], HIGHEST)),
            )
