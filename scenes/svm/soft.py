"""Classes that no line parts: slack, its price C, and the hinge loss."""

from __future__ import annotations

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, Mobject, VGroup

from scenes.kit import ink, pace, shot, words
from scenes.kit.dial import Dial
from scenes.kit.drive import appear, drive
from scenes.kit.frame import Sight
from scenes.kit.gauge import Gauge
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.tag import Tag
from scenes.maths.shared.flower import Measure, Species, irises
from scenes.maths.svm import svm, unseen
from scenes.svm.margin import LARGE, WATCHED
from scenes.svm.meadow import View
from scenes.svm.stage import BOUNDARY, HELD, SvmStage

TRIO = ((5.2, 3.0), (5.1, 3.1), (4.5, 2.5))
"""Three virginica, picked: on its margin line, inside the street, on the wrong side."""
MIDDLE, LAST_SEEN = (2.85, 3.0), Sight(0.0, 0.0, 1.16)
"""Where, in cm, and how near the last chapter has left the irises."""
FAINT = 0.3
"""How bright flowers are that are no support vectors."""
FARTHER = 2.0
"""Centimetres that streets run on past the axes, to the edges of the frame."""
DOT = 0.085
"""Radius of a flower, in scene units."""
TURNED = slice(1, 5)
"""Those of the prices with scores that the dial goes through."""
NEAR = 0.91
"""Words that are seen from there are as large as others by this factor."""
NEARER, NEARER_PLACE = 0.66, (2.35, 0.1)
"""How near and where they are seen beside a column."""
LARGER = 1.15
"""How much larger dial and gauges are, so that they are read on a phone."""
PROTOCOL = "{} flowers in 10 parts,\neach held out in turn;\ndone 20 times"
"""How the scores are made: those of :func:`scenes.maths.svm.unseen.soft_margin_scores`."""
SHARE, PLACE = 0.62, (2.6, 0.1)
"""How near and where the irises are seen while words stand left of them."""


def own_line(street: svm.Street, points: Floats, sides: Floats) -> Floats:
    """Feet (n, 2) of the shortest ways from ``points`` to the margin lines of their own ``sides``."""
    return points - ((street.level(points) - sides) / (street.w @ street.w))[:, None] * street.w


def beyond(plane: Plane) -> Plane:
    """The coordinates of ``plane``, :data:`FARTHER` data units past its limits on each side: nothing of it is drawn."""
    low, high = np.array(plane.limits) + FARTHER * np.array([[-1], [1]])
    (left, bottom, _), (right, top, _) = plane.at(*low), plane.at(*high)
    return View(
        (float(low[0]), float(high[0])),
        (float(low[1]), float(high[1])),
        left,
        bottom,
        right - left,
        top - bottom,
        DOT,
    ).plane()


def beside(sight: Sight, thing: Mobject) -> Mobject:
    """``thing`` where it stands in a frame at rest, for who looks by ``sight``."""
    return thing.scale(1 / sight.zoom, about_point=ORIGIN).shift((sight.x, sight.y, 0.0))


class Soft(SvmStage):
    """Classes that no line parts: slack, its price C, and the hinge loss."""

    def lay_garden(self) -> None:
        """All irises on one wide plane, versicolor against virginica, and their soft streets."""
        place = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.EDGES.right, shot.EDGES.top)
        self.garden: Plane = place.plane((0.2, 7.3), (1.5, 4.97), equal=True)
        flowers = irises((Measure.PETAL_LENGTH, Measure.SEPAL_WIDTH), (Species.VERSICOLOR, Species.VIRGINICA))
        self.overlapping, self.labels = flowers.points, flowers.sides
        self.prices = ParameterSweep(np.geomspace(0.1, 100, 31), log=True, value=1.0)
        self.soft = svm.price_dial(self.overlapping, self.labels, self.prices.stops)
        self.middling = svm.soft_street(self.overlapping, self.labels, 1.0)
        self.mixed = self.garden.classes(self.overlapping, flowers.species, radius=DOT)
        self.ground = beyond(self.garden)
        self.soft_street = self.ground.band(self.middling.street.w, self.middling.street.b, color=BOUNDARY)
        self.slack = self.garden.segment(self.overlapping[:0], self.overlapping[:0], ink.error, LINE)
        self.trio = [
            int(np.flatnonzero((self.overlapping == spot).all(1) & (self.labels > 0))[0]) for spot in TRIO
        ]

    def trespass(self, street: svm.Street) -> Changed:
        """The street lies as ``street``, and each trespasser is joined to its own margin line."""
        late = self.labels * street.level(self.overlapping) < 1 - svm.TOUCH
        self.slack.redraw(self.overlapping[late], own_line(street, self.overlapping[late], self.labels[late]))
        return (self.soft_street.redraw(street.w, street.b), self.slack)

    def tilted(self, degrees: float) -> Changed:
        """The street of C = 1, turned about the middle of the flowers, and who stands in it."""
        w = svm.normal(self.middling.street.degrees + degrees) * float(np.linalg.norm(self.middling.street.w))
        return self.trespass(svm.Street(w, -float(self.overlapping.mean(axis=0) @ w)))

    @chapter("Trespassing has a price", "soft margin and C", goes_on=True)
    def trespassing_has_a_price(self) -> None:
        self.untitled()
        self.lay_garden()
        self.let_virginica_in()
        self.measure_three()
        self.bend_into_a_hinge()
        self.weigh_width_against_slack()
        self.turn_the_price()

    def let_virginica_in(self) -> None:
        """Setosa leaves, virginica comes, and no street is free any more."""
        self.shot(shot.wide())
        hard = self.ground.band(self.fit.street.w, self.fit.street.b, color=BOUNDARY)
        first = self.garden.classes(self.points, (self.sides > 0).astype(int), radius=DOT)
        held = first.ring(self.fit.support_vectors, HELD)
        kept = np.zeros(len(self.points))
        kept[self.fit.support_vectors] = 1.0
        first.shade(kept)
        setosa = first.subset(self.sides < 0)
        virginica = self.mixed.subset(self.labels > 0)
        near = self.frame.to(self.mixed, share=0.94)
        names = [
            self.named(near.aim().seen(self.garden.at(*spot)), text, side)
            for spot, text, side in (((3.82, 3.2), "versicolor", LEFT), ((6.3, 2.5), "virginica", DOWN))
        ]
        self.add(hard, first, held)
        x, y, _ = self.garden.at(*MIDDLE)
        self.frame.look(LAST_SEEN.lying(float(x), float(y), (0.0, 0.0)))
        with self.beat(
            "These two classes overlap: no line parts them, so there is no hard margin. What would you do?"
        ) as beat:
            self.play(
                glide(first.shade, kept, np.ones(len(kept))),
                self.frame.back(),
                run_time=pace.CALM,
            )
            self.play(
                FadeOut(setosa, shift=LEFT),
                FadeOut(hard, held),
                FadeIn(virginica, shift=LEFT),
                run_time=pace.CALM,
            )
            self.remove(*first, virginica)  # the group is dissolved since setosa left it
            self.add(self.mixed)
            self.play(near, *map(FadeIn, names), run_time=pace.CALM)
            beat.until("no line")
            self.tilted(-40)
            self.add(self.soft_street, self.slack, self.mixed)
            beat.over(
                glide(self.tilted, -40.0, 32.0, self.soft_street, self.slack),
                appear(self.soft_street, self.slack),
                until="no hard",
                least=pace.LONG,
            )
            beat.over("no hard", words.light(self.slack, ink.error))
        self.think()

        with self.beat("So let points trespass, at a price: a soft margin.", pause=pace.CALM) as beat:
            term = Tag(words.note("[soft margin:focus]:\npoints may trespass,\nat a price", size=LARGE))
            shot.safe(titled=False).put(term, UP + LEFT)
            self.pin(term)
            beat.over(
                glide(self.tilted, 32.0, 0.0, self.soft_street, self.slack), FadeIn(term), until="price"
            )
            self.trespass(self.middling.street)
            beat.at("soft margin", words.light(term.text.part("soft margin")), run_time=pace.SLOW)
        self.term = VGroup(term, *names)

    def measure_three(self) -> None:
        """Three picked flowers, nearby: no slack, some, and too much."""
        self.shot(shot.close_up())
        spots, ones = self.overlapping[self.trio], np.ones(3)
        ways = self.garden.segment(spots, own_line(self.middling.street, spots, ones), ink.error, 2 * LINE)
        bright = self.garden.dots(spots, ink.CLASSES[2], "triangle", radius=DOT)
        rings = bright.ring([0, 1, 2])
        aim = self.frame.to(ways, bright, share=0.62, at=(0.6, -0.1))
        xi = self.middling.slack[self.trio]
        self.near = [
            self.named(aim.aim().seen(self.garden.at(*spot)), text, side)
            for spot, text, side in zip(
                spots,
                (
                    "on its line: $xi = 0$",
                    f"inside: $xi = {xi[1]:.2f}$",
                    f"wrong side: $xi = {xi[2]:.2f}$",
                ),
                (DOWN + RIGHT, UP + LEFT, UP + LEFT),
                strict=True,
            )
        ]
        with self.beat(
            "Slack, xi, counts in half-widths how far a point is past its own margin line."
        ) as beat:
            self.play(
                aim,
                FadeOut(self.term),
                FadeIn(bright, rings),
                self.spotlight(self.soft_street),
                run_time=pace.SLOW,
            )
            beat.over("how far", Create(ways), until="own")
            beat.at("own", self.soft_street.upper.animate.set_stroke(width=2 * LINE, opacity=1.0))
        with self.beat(
            "Picked points: on its line, zero. Up to one: inside, on the right side. Above one: on the wrong side.",
            pause=pace.CALM,
        ) as beat:
            beat.over(rings.animate.follow(bright, [0]), until="zero")
            beat.at("zero", FadeIn(self.near[0]))
            beat.at("Up", rings.animate.follow(bright, [1]))
            beat.at("inside", FadeIn(self.near[1]))
            beat.at("Above", rings.animate.follow(bright, [2]), run_time=pace.CALM)
            beat.at("wrong", FadeIn(self.near[2]))
        self.bright, self.ways, self.rings = bright, ways, rings

    def named(self, place: Floats, text: str, side: Floats) -> Tag:
        """A name on a plate, beside the ``place`` in the picture, where it stays."""
        tag = Tag(
            words.caption(np.append(place[:2], 0.0), text, side, gap=3 * words.GAP, size=LARGE), opacity=1.0
        )
        self.pin(tag)
        return tag

    def bend_into_a_hinge(self) -> None:
        """Each flower goes to its y f(x) across and its slack up: they lie along a hinge."""
        level = self.labels * self.middling.street.level(self.overlapping)
        chart = shot.safe(titled=False).plane(
            (-1.3, 7.3),
            (0, 2.5),
            x_label="$y f(bold(x))$: how far on its own side",
            x_names={-1: "−1", 0: "0", 1: "1", 3: "3", 5: "5", 7: "7"},
            y_ticks=[0, 1, 2],
            tick_size=ink.LABEL,
        )
        up = chart.label(-1.3, 2.5, "slack $xi$", DOWN + RIGHT, ink.error)
        start = self.mixed.centres
        end = chart.at(np.column_stack([level, self.middling.slack]))
        across = np.linspace(-1.3, 7.3, 87)
        hinge = chart.curve(across, np.maximum(0, 1 - across), ink.error, 1.5 * LINE)
        own = chart.segment((1, 0), (1, 2.0), BOUNDARY, dashed=True)
        own_name = chart.label(1, 2.0, "own margin line", UP, BOUNDARY)
        formula = words.note(
            "${{xi_i : slack}} = max(0, 1 - y_i f(bold(x)_i))$", colors={"slack": ink.error}, size=ink.POINT
        )
        formula.move_to(chart.at(4.6, 1.3))
        name = words.headline("hinge loss", ink.error).next_to(formula, UP, buff=4 * words.GAP)
        with self.beat("Now move every flower across to y times f, and up to its slack.") as beat:
            self.play(
                FadeOut(*self.near, self.bright, self.ways, self.rings, self.slack, self.soft_street),
                self.lights_on(),
                self.frame.back(),
                run_time=pace.CALM,
            )
            self.play(FadeIn(chart, up), run_time=pace.QUICK)
            beat.over(
                glide(self.mixed.put, (start, self.mixed.radii), (end, self.mixed.radii), self.mixed),
                least=WATCHED,
            )
        rings = self.mixed.ring(self.trio, radius=0.12)
        self.shot(shot.formula())
        with self.beat(
            "Zero on the safe side of the margin line, then rising as one minus y f: the hinge loss.",
            pause=pace.SLOW,
        ) as beat:
            beat.at("safe", Create(own), FadeIn(own_name))
            beat.over(
                drive(lambda t: hinge.redraw(across[::-1], np.maximum(0, 1 - across[::-1]), t), hinge),
                until="one minus",
            )
            beat.over("one minus", words.write(formula), until="hinge")
            beat.over("hinge", FadeIn(name, rings), words.light(formula))
            beat.rest()
        self.chart = VGroup(chart, up, hinge, own, own_name, name, rings)
        self.back_home, self.hinge_formula = start, formula

    def weigh_width_against_slack(self) -> None:
        """The two parts of what is minimised, lit on the picture."""
        self.shot(shot.formula())
        goal = words.formula(
            "& min_(bold(w), b, xi) {{1/2 norm(bold(w))^2 : width}} + {{C : price}} {{sum_i xi_i : slack}} "
            '\\ & "subject to" \\ & {{y_i f(bold(x)_i) >= 1 - xi_i\\, : rule}} \\ & {{xi_i >= 0 : floor}}',
            {"slack": ink.error},
            size=ink.POINT,
        )
        shot.safe(titled=False).put(goal, UP + LEFT)
        self.trespass(self.middling.street)
        self.scale_bar = self.mark_scale()
        with self.beat(
            "Two wishes compete. A short w keeps the street wide; C times the slack keeps trespassing small.",
            pause=pace.LONG,
        ) as beat:
            self.play(
                FadeOut(self.chart, self.hinge_formula),
                glide(
                    self.mixed.put,
                    (self.mixed.centres, self.mixed.radii),
                    (self.back_home, self.mixed.radii),
                    self.mixed,
                ),
                run_time=pace.CALM,
            )
            self.play(
                self.frame.to(self.mixed, share=SHARE, at=PLACE),
                FadeIn(self.scale_bar, self.soft_street, self.slack),
                run_time=pace.CALM,
            )
            self.bring_to_front(self.mixed)
            beside(self.frame.sight, goal)
            self.play(FadeIn(goal), run_time=pace.QUICK)
            beat.at(
                "wide",
                words.light(goal.part("width")),
                *(kerb.animate.set_stroke(width=2 * LINE, opacity=1) for kerb in self.soft_street.kerbs),
                run_time=pace.CALM,
            )
            beat.at(
                "slack",
                words.light(goal.part("slack")),
                words.light(goal.part("price")),
                self.slack.animate.set_stroke(width=2.5 * LINE),
                run_time=pace.CALM,
            )
            beat.at(
                "small",
                self.slack.animate.set_stroke(width=LINE),
                *(kerb.animate.set_stroke(width=THIN, opacity=0.75) for kerb in self.soft_street.kerbs),
            )
        strength = np.where(self.middling.alpha > 0, 1.0, FAINT)
        dual = Tag(
            words.note(
                "dual: $0 <= s alpha_i <= C$\nsupport vectors: ${{ alpha_i > 0 : held }}$", size=ink.POINT
            ),
            opacity=1.0,
        )
        shot.safe(titled=False).put(dual, DOWN + LEFT)
        beside(self.frame.sight, dual)
        with self.beat(
            "A unit of slack costs C, so C caps s times alpha, a point's weight in w. "
            "Support vectors lie on or past their margin line.",
            pause=pace.SLOW,
        ) as beat:
            beat.at("slack", words.light(self.slack, ink.error))
            beat.at("so C", words.light(goal.part("price")), words.light(goal.part("slack")))
            beat.at("alpha", FadeIn(dual))
            beat.over(
                "Support",
                words.light(dual.text.part("held")),
                glide(self.mixed.shade, np.ones(len(strength)), strength, self.mixed),
                until="margin",
            )
        self.goal, self.dual = goal, dual

    def mark_scale(self) -> VGroup:
        """What is across and up, and how long a centimetre is, in a corner without flowers."""
        bar = self.garden.segment((5.8, 1.85), (6.8, 1.85), ink.quiet, LINE)
        names = self.garden.label(6.8, 1.85, "sepal width ↑\npetal length →", UP + LEFT, ink.quiet)
        length = self.garden.label(6.3, 1.85, "1 cm", DOWN, ink.quiet)
        names.scale(NEAR, about_edge=DOWN + RIGHT)
        return VGroup(bar, length.scale(NEAR, about_edge=UP), names)

    def turn_the_price(self) -> None:
        """C from small to large: street, support vectors, and what unseen flowers say."""
        self.shot(shot.picture_and_column(side="left"))
        reel = self.prices
        ws = np.array([fit.street.w for fit in self.soft])
        bs = np.array([fit.street.b for fit in self.soft])
        strength = np.array([np.where(fit.alpha > 0, 1.0, FAINT) for fit in self.soft])
        room = shot.Region(shot.SAFE.left, shot.SAFE.bottom, shot.SAFE.left + 4.2, shot.SAFE.top)
        dial = Dial("price of slack, $C$", (0.1, 1, 10, 100), log=True, value=1.0, width=0.76 * room.width)
        street = reel.mixed(np.column_stack([ws, bs])).of(lambda wb: svm.Street(wb[:2], float(wb[2])))
        gauges = [
            Gauge("margin", street.of(lambda now: now.width), 2, "cm", width=room.width),
            Gauge(
                "support vectors",
                reel.score([len(fit.support_vectors) for fit in self.soft]),
                0,
                width=room.width,
            ),
        ]
        room.stack(dial, *gauges)
        column = VGroup(dial, *gauges).scale(LARGER, about_edge=UP + LEFT)
        under = float(column.get_bottom()[1]) - shot.GUTTER
        street.draws(lambda now: self.trespass(now))
        reel.draws(lambda _: self.mixed.shade(reel.mix(strength)), self.mixed)
        reel.draws(lambda value: dial.redraw(value), dial)
        strong = words.label("small $C$: strong\n[regularisation:focus]", size=ink.POINT)
        shot.Region(room.left, room.bottom, room.right, under).put(strong, LEFT)
        with self.beat("A large C makes the street narrow, turned by single points.") as beat:
            self.play(FadeOut(self.goal, self.dual), run_time=pace.QUICK)
            self.play(
                self.frame.to(self.mixed, share=NEARER, at=NEARER_PLACE),
                self.scale_bar[1].animate.scale(SHARE / NEARER, about_edge=UP),
                self.scale_bar[2].animate.scale(SHARE / NEARER, about_edge=DOWN + RIGHT),
                run_time=pace.SLOW,
            )
            beside(self.frame.sight, VGroup(column, strong))
            self.play(FadeIn(column), run_time=pace.QUICK)
            beat.over("narrow", reel.to(100.0), least=WATCHED)
        with self.beat("A small C is strong regularisation: a wide street, held by many.") as beat:
            beat.over("small", reel.to(0.1), until="regularisation", least=WATCHED)
            beat.over("regularisation", words.write(strong), until="wide")
            beat.at("wide", gauges[0].light(), gauges[1].light())

        scores = 100 * unseen.soft_margin_scores()[TURNED]
        percents = VGroup(*(words.label(f"[{score:.0f}:focus]", size=LARGE) for score in scores))
        heading = words.label("unseen right (%)", size=LARGE)
        guess = words.label("guessing: 50", ink.quiet, LARGE)
        how = words.label(PROTOCOL.format(len(self.overlapping)), ink.quiet)
        shot.Region(room.left, room.bottom, room.right, under).stack(heading, percents, guess, how, gap=0.25)
        beside(self.frame.sight, VGroup(heading, percents, guess, how))
        for percent, tick in zip(percents, dial.submobjects[2], strict=True):
            percent.set_x(float(tick.get_x()))
        with self.beat(
            "On unseen flowers, held out in turn, C hardly matters: 92 to 93 percent; guessing gets 50."
        ) as beat:
            self.play(FadeOut(strong), run_time=pace.QUICK)
            beat.over("unseen", FadeIn(heading, how), until="C")
            beat.over("C", LaggedStart(*map(FadeIn, percents), lag_ratio=pace.LAG), until="92")
            beat.at("92", words.light(percents))
            beat.at("guessing", FadeIn(guess))
            beat.over(reel.to(1.0))
        with self.beat("With other data it may: try a wide range.") as beat:
            beat.over(reel.to(0.1), until="may", least=pace.CALM)
            beat.over(reel.to(100.0), least=pace.LONG)
