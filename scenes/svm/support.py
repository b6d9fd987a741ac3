"""The maximum-margin hyperplane, and the three points that hold it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Cloud
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout, Shown
from scenes.kit.value import Value
from scenes.maths.svm import bet, margin, svm
from scenes.maths.svm.svm import Street
from scenes.svm.margin import FIRST, LARGE, MARGIN, TOUCHING
from scenes.svm.meadow import HALF, IRISES, NEW_FLOWER, Meadow, grey_flower, halves, iris_axes, swell
from scenes.svm.stage import BOUNDARY, SvmStage

MARGIN_LOW: Final = 0.4
"""Scene units by which a readout stands lower, where the widest street leaves it room."""
LIFT: Final = np.array([0.0, 0.5])
"""Centimetres by which a flower is lifted out."""
DISC: Final = 0.3
"""How bright the discs are in which flowers may shift."""
BEGUN: Final = 0.15
"""Centimetres to which they have grown when it is said what they are."""
SHOWN: Final = 4
"""Draws of the bet that are seen one by one."""
FAINT: Final = 0.3
"""How bright flowers are that do not teach."""
SCATTER, SPOT = 0.32, 0.06
"""Half of a column's width in which its dots lie, and their radius in scene units."""
GOAL: Final = "min_(bold(w), b) quad 1/2 norm(bold(w))^2"
FENCE: Final = '& "subject to, for all" i, \\ & y_i (bold(w) dot bold(x)_i + b) >= 1'
"""The primal problem."""
PRIMAL_SIZE: Final = 64.0
"""Pixels of its capitals."""


def class_of(street: Street) -> ManimColor:
    """The colour of the class that ``street`` gives the new flower."""
    return ink.second if street.level(NEW_FLOWER) > 0 else ink.first


def margin_of(width: Shown) -> tuple[Readout, words.Words]:
    """The margin as a readout with its name, where the widest street leaves them room."""
    size = Readout(width, 3, "cm", size=ink.HEADLINE, color=BOUNDARY)
    shot.safe(titled=False).inset(0.0, MARGIN_LOW).put(size, UP + RIGHT)
    return size, words.label("margin", BOUNDARY, LARGE).next_to(size, DOWN, words.GAP, aligned_edge=RIGHT)


class Support(SvmStage):
    """The maximum-margin hyperplane, and the three points that hold it."""

    @chapter("Three of a hundred hold it", "maximum-margin hyperplane", "support vectors", goes_on=True)
    def three_of_a_hundred_hold_it(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        first = svm.street_at(self.points, self.sides, FIRST)
        meadow = self.meadow = Meadow(self.points, self.sides, first, IRISES)
        axes = iris_axes(meadow.plane)
        width = words.formula(MARGIN, size=ink.POINT, colors={"margin": BOUNDARY})
        shot.safe(titled=False).put(width, UP + RIGHT)
        self.add(axes, axes.across, meadow, width)
        self.allow(width, "unread", "it is read as the chapter before ends")
        self.shift_within_discs((width, axes.across))
        self.turn_to_the_widest(axes)
        self.leave_room_for_error()
        self.put_the_bet_to_the_test()
        self.write_the_primal()
        self.send_all_others_away()
        self.lift_one_off()

    def spread(self, radius: float) -> tuple[Cloud, ...]:
        """Discs of ``radius`` (cm) around all flowers, in the colours of the classes."""
        meadow = self.meadow
        unit = meadow.view.width / (meadow.view.x[1] - meadow.view.x[0])
        for disc, side in zip(self.discs, (-1, 1), strict=True):
            disc.plane = meadow.plane
            disc.redraw(self.points[self.sides == side]).set_stroke(width=200 * radius * unit)
        return self.discs

    def shift_within_discs(self, leaving: Sequence[words.Words]) -> None:
        """Discs grow around all flowers at once until they reach the line: how far each may shift."""
        meadow, plane = self.meadow, self.meadow.plane
        self.discs = tuple(
            plane.cloud(self.points[:0], color, opacity=DISC).set_z_index(-1)
            for color in (ink.first, ink.second)
        )
        shift = Value(0.0)
        size = Readout(shift, 2, "cm", label="shift", size=ink.POINT)
        shot.safe(titled=False).put(size, UP + RIGHT)
        with self.beat(
            "Why should it be wide? Let every flower shift a little: grow a disc around each."
        ) as beat:
            beat.over(words.light(leaving[0]), until="Let")
            self.play(FadeOut(*leaving), FadeIn(size), run_time=pace.QUICK)
            self.add(*self.discs)
            shift.draws(self.spread)
            beat.over(swell(meadow, np.abs(meadow.sides) > 0), until="grow")
            beat.over("grow", shift.to(BEGUN), least=pace.SLOW)
        reached = margin.room(meadow.now, self.points)
        with self.beat("At 0.36 centimetres they reach the line. A wider street leaves more room.") as beat:
            beat.over(shift.to(reached), until="reach", least=pace.SLOW)
            beat.over("reach", words.light(meadow.street.centre, ink.error), words.light(size), until="wider")
            beat.over("wider", words.light(meadow.street.kerbs, run_time=pace.LONG))
        self.shifted = VGroup(size, *self.discs)

    def turn_to_the_widest(self, axes: Mobject) -> None:
        """The street turns, and its width is a curve over the tilt."""
        meadow = self.meadow
        split = halves()
        right = split.places[1]
        low, high = svm.separating_range(self.points, self.sides)
        tilts = np.linspace(low + 0.5, high - 0.5, 240)
        chart = right.plane(
            (-80, 50),
            (0, 2.0),
            x_label="tilt (degrees)",
            y_label="margin (cm)",
            x_ticks=(-60, -30, 0, 30),
            y_names={0: "0", 1: "1"},
            tick_size=ink.LABEL,
        )
        curve = chart.curve([FIRST, FIRST], [meadow.now.width] * 2, BOUNDARY, 2 * LINE)
        tilt, visited = Value(FIRST), [FIRST, FIRST]
        spot = chart.dots([(FIRST, meadow.now.width)], ink.chalk, radius=1.5 * IRISES.radius)
        size = Readout(
            tilt.of(lambda t: svm.street_at(self.points, self.sides, t).width),
            3,
            "cm",
            size=ink.HEADLINE,
            color=BOUNDARY,
        )
        size.next_to(chart.at(50, 2.0), DOWN + LEFT, buff=words.GAP)

        def turn(degrees: float) -> Changed:
            now = svm.street_at(self.points, self.sides, degrees)
            meadow.rings.follow(meadow.flowers, self.sides * now.level(self.points) < 1 + TOUCHING)
            visited[:] = min(visited[0], degrees), max(visited[1], degrees)
            inner = tilts[(tilts > visited[0]) & (tilts < visited[1])]
            known = np.concatenate([visited[:1], inner, visited[1:]])
            curve.redraw(known, svm.turn(self.points, self.sides, known).width)
            return meadow.lay(now), meadow.rings, curve, spot.redraw([(degrees, now.width)])

        with self.beat("Which street is the widest? Turn it, and let it fill the room it finds.") as beat:
            self.play(FadeOut(self.shifted), run_time=pace.QUICK)
            beat.over(
                FadeOut(axes),
                glide(meadow.look, IRISES, HALF),
                until="Turn",
                least=pace.SLOW,
            )
            self.shot(split)
            meadow.rings.follow(meadow.flowers, svm.turn(self.points, self.sides, np.array([FIRST])).touch[0])
            self.play(FadeIn(chart, spot, size, meadow.rings), run_time=pace.QUICK)
            self.add(curve)
            tilt.draws(turn)
            beat.over(tilt.to(float(tilts[-7])))
        with self.beat("Where its margin peaks, we lock it: 1.397 centimetres.") as beat:
            beat.over(tilt.to(float(tilts[0])), until="we", least=pace.LONG)
            beat.over(tilt.to(self.fit.street.degrees), until="1.397", least=pace.SLOW)
            beat.over("1.397", words.light(size), spot.animate.redraw(radius=2.5 * IRISES.radius))
        self.chart = VGroup(chart, curve, spot, size)

    def leave_room_for_error(self) -> None:
        """The discs again, around the widest street: they may grow farther than at the first line."""
        meadow, right = self.meadow, halves().places[1]
        shift = Value(0.0)
        size = Readout(shift, 2, "cm", size=2 * ink.pixels(ink.HEADLINE), color=BOUNDARY)
        poor = margin.room(svm.street_at(self.points, self.sides, FIRST), self.points)
        name = words.label("[room for error:truth]", size=ink.POINT)
        before = words.label(f"first line: {poor:.2f} cm", size=LARGE)
        rows = VGroup(name, size, before).arrange(DOWN, buff=3 * words.GAP, aligned_edge=RIGHT)
        right.put(rows, RIGHT)
        with self.beat("Now every flower may shift farther than before: the most room for error.") as beat:
            self.play(FadeOut(self.chart), run_time=pace.QUICK)
            self.play(FadeIn(name, size), run_time=pace.QUICK)
            self.add(*self.discs)
            shift.draws(self.spread)
            beat.over(shift.to(margin.room(self.fit.street, self.points)), until="most", least=pace.SLOW)
            beat.over("most", words.light(meadow.street.centre), FadeIn(before))
        self.chart = VGroup(rows, *self.discs)

    def put_the_bet_to_the_test(self) -> None:
        """Four flowers teach, the others judge a line without an error and the widest street: many draws."""
        meadow, fit = self.meadow, self.fit
        told = bet.bet(self.points, self.sides)
        shares = 100 * np.array([told.line, told.widest])
        low = float(10 * np.floor(shares.min() / 10))
        told_in, chart_in = halves().places[1].rows(3, 7)
        plane = chart_in.plane(
            (0, 2),
            (low, 102),
            y_label="right (%)",
            x_ticks=[],
            y_ticks=[low, 60, 80, 100],
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        aside = np.random.default_rng(0).uniform(-SCATTER, SCATTER, bet.DRAWS)
        spots = [np.column_stack([column + 0.5 + aside, share]) for column, share in enumerate(shares)]
        colors = (ink.chalk, BOUNDARY)
        falls = [
            plane.cloud(where[:0], color, radius=SPOT) for where, color in zip(spots, colors, strict=True)
        ]
        names = ("error-free line,\nat random", "widest\nstreet")
        heads = [
            VGroup(
                words.note(f"{share.mean():.{digits}f} %", color, ink.POINT),
                words.note(name, color, LARGE),
            ).arrange(DOWN, buff=words.GAP)
            for share, name, color, digits in zip(shares, names, colors, (0, 1), strict=True)
        ]
        for column, head in enumerate(heads):
            told_in.put(head, UP).set_x(float(plane.at(column + 0.5, low)[0]))
        how = words.note(f"{bet.DRAWS} draws\nof 4 flowers,\nthe others\njudge", ink.quiet, LARGE)
        how.move_to(plane.at(1.5, 65))
        count = Value(0)
        lines = [(normal, -offset) for normal, offset in zip(told.normal, told.offset, strict=True)]
        line = meadow.plane.line(*lines[0], width=2 * LINE)
        streets = [(street.w, street.b) for street in told.streets]
        best = (fit.street.w, fit.street.b)
        size, taught = meadow.view.radius, []
        for rows in told.taught[:SHOWN]:
            lit = np.isin(np.arange(len(self.points)), rows)
            taught.append((np.where(lit, 1.0, FAINT), np.where(lit, 2.0, 1.0)))
        whole = np.ones(len(self.points)), np.ones(len(self.points))

        def teach(shade: Floats, factor: Floats) -> Changed:
            return (meadow.flowers.redraw(radius=size * factor).shade(shade),)

        with self.beat(
            "It is a bet: does it pay? Learn from four flowers alone. Many lines part them without an error."
        ) as beat:
            beat.over(words.light(meadow.street.kerbs), until="Learn")
            meadow.rings.follow(meadow.flowers, [])
            self.play(FadeOut(self.chart), run_time=pace.QUICK)
            beat.over(
                glide(teach, whole, taught[0]),
                glide(meadow.steer, best, streets[0]),
                until="Many",
                least=pace.CALM,
            )
            beat.over(Create(line), FadeIn(plane, how))
        with self.beat(
            "The others judge, draw after draw. Such a line, at random, has 94 percent right; the widest street, 99.9."
        ) as beat:
            self.add(*falls)
            count.draws(
                lambda n: tuple(
                    cloud.redraw(where[: round(n)]) for cloud, where in zip(falls, spots, strict=True)
                ),
                *falls,
            )
            self.play(count.to(1), run_time=pace.QUICK)
            for draw in range(1, SHOWN):
                self.play(
                    glide(line.redraw, lines[draw - 1], lines[draw]),
                    glide(meadow.steer, streets[draw - 1], streets[draw]),
                    glide(teach, taught[draw - 1], taught[draw]),
                    run_time=pace.BRISK,
                )
                self.play(count.to(draw + 1), run_time=pace.QUICK)
            beat.over(count.to(bet.DRAWS, rate_func=linear), until="94", least=pace.SLOW)
            beat.over(FadeIn(heads[0]), until="widest")
            beat.over(FadeIn(heads[1]))
        with self.beat("Here the bet pays. With other data it may not.") as beat:
            beat.over(words.light(heads[1][0]), until="With")
            beat.over(
                FadeOut(line),
                glide(teach, taught[-1], whole),
                glide(meadow.steer, streets[SHOWN - 1], best),
            )
            meadow.rings.follow(meadow.flowers, fit.support_vectors)
            self.play(FadeIn(meadow.rings), run_time=pace.QUICK)
        self.chart = VGroup(plane, how, *falls, *heads)

    def write_the_primal(self) -> None:
        """The problem that the widest street solves."""
        right, meadow, fit = halves().places[1], self.meadow, self.fit
        goal, fence = words.formula(GOAL, size=PRIMAL_SIZE), words.formula(FENCE, size=PRIMAL_SIZE)
        name = words.note("the [primal problem:focus]", size=ink.POINT)
        solved = words.label("[maximum-margin hyperplane:focus]", size=LARGE)
        machine = words.label("[support vector machine:focus]", size=LARGE)
        names = VGroup(solved, machine).arrange(DOWN, buff=1.5 * words.GAP, aligned_edge=LEFT)
        hard = words.label("[hard margin:focus]: no error", size=LARGE)
        rows = VGroup(name, goal, fence, hard, names).arrange(DOWN, buff=2.4 * words.GAP, aligned_edge=LEFT)
        right.put(rows, LEFT)
        on = meadow.plane.inverse(meadow.street.centre.get_center()[None])[0]
        arrow = meadow.plane.vector(on, on + fit.street.w, ink.fourth, width=2 * LINE)
        with self.beat(
            "Minimise half of w squared, with every point on or beyond its margin line: the primal problem."
        ) as beat:
            self.play(FadeOut(self.chart), run_time=pace.QUICK)
            beat.over(Create(arrow), words.write(goal), until="with")
            beat.over("every", swell(meadow, np.abs(meadow.sides) > 0), words.write(fence), until="margin")
            beat.over("margin", words.light(meadow.street.kerbs), until="primal")
            beat.over("primal", words.write(name))
        with self.beat(
            "No error is allowed: a hard margin. What solves it is the maximum-margin hyperplane, "
            "a support vector machine."
        ) as beat:
            beat.over(words.light(fence), until="hard")
            beat.over("hard", words.write(hard), until="What")
            beat.over(
                "maximum-margin",
                words.write(solved),
                words.light(meadow.street.centre, run_time=pace.LONG),
                until="support",
            )
            beat.over("support", words.write(machine))
        self.formulas = (goal, fence, name, hard, solved, machine, arrow)

    def send_all_others_away(self) -> None:
        """Ninety-seven flowers leave, and the street is fitted again each time."""
        meadow, fit = self.meadow, self.fit
        held = fit.support_vectors
        leaving = margin.farthest_first(fit.street, self.points, held)
        fits = margin.refits(self.points, self.sides, leaving)
        sweep = ParameterSweep(np.arange(len(fits)))
        rows = [
            Readout(sweep.of(np.floor), 0, label="gone", size=ink.POINT, digits=2),
            *(
                Readout(sweep.score(numbers), 6, label=label, size=LARGE, digits=2)
                for label, numbers in (
                    ("$w_1 =$", [each.w[0] for each in fits]),
                    ("$w_2 =$", [each.w[1] for each in fits]),
                    ("$b =$", [each.b for each in fits]),
                )
            ),
        ]
        for above, below in zip([None, *rows], rows, strict=False):
            if above is None:
                shot.safe(titled=False).put(below, UP + RIGHT)
            else:
                below.next_to(above, DOWN, buff=words.GAP, aligned_edge=RIGHT)
                self.allow(below, "digits", "six digits, so that not one of them is seen to change")
        first = np.maximum(np.arange(len(leaving)) - 5, 0)
        span = np.arange(len(leaving)) + 1 - first
        away = 3 * self.sides[leaving, None] * fit.street.w / np.linalg.norm(fit.street.w)
        points, shade = self.points.copy(), np.ones(len(self.points))

        def go(place_: float) -> Changed:
            share = np.clip((place_ - first) / span, 0, 1)
            points[leaving] = self.points[leaving] + share[:, None] * away
            shade[leaving] = 1 - share
            meadow.carry(points).flowers.shade(shade)
            return (meadow.lay(fits[int(place_)]),)

        with self.beat("What holds it in place? Three flowers touch the margin lines.") as beat:
            self.shot(shot.wide())
            self.play(FadeOut(*self.formulas), run_time=pace.QUICK)
            meadow.rings.follow(meadow.flowers, [])
            beat.over(glide(meadow.look, HALF, IRISES), until="touch", least=pace.SLOW)
            meadow.rings.follow(meadow.flowers, held)
            beat.over("touch", FadeIn(meadow.rings))
        with self.beat("The other ninety-seven leave, the farthest first; each time we fit again.") as beat:
            self.play(FadeIn(*rows), run_time=pace.QUICK)
            sweep.draws(go)
            beat.over("leave", sweep.to(len(leaving)), beyond=pace.CALM)
        with self.beat(
            "Not one digit changes. The points that touch the margin and hold it are the support vectors."
        ) as beat:
            beat.over("digit", *(words.light(each) for each in rows[1:]), until="The")
            name = meadow.plane.label(3.15, 2.5, "[support vectors:focus]", RIGHT, size=ink.POINT)
            beat.over(
                "points",
                self.frame.to(meadow.rings, name, share=0.85),
                FadeOut(*rows),
                until="hold",
                least=pace.SLOW,
            )
            beat.over("support", words.write(name), swell(meadow, np.isin(np.arange(len(self.points)), held)))
        grey = self.stranger = grey_flower(meadow.plane)
        level = words.label(f"$f =$ {fit.street.level(NEW_FLOWER):+.2f}", size=ink.HEADLINE)
        term = words.label("[decision function:focus]", size=LARGE)
        tells = words.label("sign: the class\nsize: [score:focus], no probability", size=LARGE)
        room = shot.safe(titled=False)
        room.put(VGroup(level, term).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT), UP + RIGHT)
        room.put(tells, DOWN + RIGHT)
        with self.beat(
            "The line to trust says versicolor, by a little. "
            "f is the decision function: its sign is the class, its size a score, no probability."
        ) as beat:
            beat.over(
                glide(meadow.carry, points.copy(), self.points),
                glide(meadow.flowers.shade, shade.copy(), np.ones(len(shade))),
                self.frame.back(),
                FadeOut(name),
                until="line",
                least=pace.CALM,
            )
            beat.over(FadeIn(grey, scale=2), words.light(meadow.street.centre), until="versicolor")
            beat.over(
                "versicolor", grey.animate.set_fill(class_of(fit.street)), words.write(level), until="f"
            )
            beat.over("f", words.write(term), until="sign")
            beat.over("sign", words.write(tells), until="size")
            beat.over("size", words.light(tells.part("score")))
        self.told_of_f = (level, term, tells)

    def lift_one_off(self) -> None:
        """Without one of the three the street jumps; what that means for the other points."""
        meadow, fit, held = self.meadow, self.fit, self.fit.support_vectors
        lifted = int(held[self.sides[held] > 0][0])
        kept = np.delete(np.arange(len(self.points)), lifted)
        wider = svm.widest_street(self.points, self.sides, kept)
        raised = self.points.copy()
        raised[lifted] += LIFT
        there = np.ones(len(self.points))
        without = np.where(np.arange(len(there)) == lifted, 0.0, 1.0)
        self.margin_now, asked = Value(fit.street.width), self.stranger
        size, of_what = margin_of(self.margin_now)
        says = Value(float(fit.street.level(NEW_FLOWER)))
        score = Readout(says, 2, label="$f =$", sign=True, size=LARGE)
        score.next_to(of_what, DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)
        asker = grey_flower(meadow.plane).next_to(score, LEFT, buff=words.GAP)

        def judge() -> Changed:
            asked.set_fill(class_of(meadow.now))
            changed = self.margin_now.set(meadow.now.width), says.set(float(meadow.now.level(NEW_FLOWER)))
            return (asked, *changed[0], *changed[1])

        def swing(w: Floats, b: float) -> Changed:
            meadow.steer(w, b)
            return (meadow, *judge())

        best, wide = (fit.street.w, fit.street.b), (wider.street.w, wider.street.b)
        with self.beat(
            "Lift out the versicolor among the three: the margin jumps, and the new flower flips to setosa."
        ) as beat:
            self.play(FadeOut(*self.told_of_f), FadeIn(size, of_what, asker, score), run_time=pace.QUICK)
            beat.over(
                "Lift",
                glide(meadow.carry, self.points, raised),
                glide(meadow.flowers.shade, there, without),
                until="margin",
            )
            meadow.rings.follow(meadow.flowers, held[held != lifted])
            beat.over("jumps", glide(swing, best, wide, meadow, size, score, asked), until="flips")
            meadow.rings.follow(meadow.flowers, wider.support_vectors)
            beat.over(words.light(score), words.light(asked), FadeIn(meadow.rings))
        with self.beat("Put it back. So check the support vectors first.") as beat:
            meadow.rings.follow(meadow.flowers, held[held != lifted])
            beat.over(
                glide(meadow.carry, raised, self.points),
                glide(meadow.flowers.shade, without, there),
                glide(swing, wide, best, meadow, size, score, asked),
                until="check",
                least=pace.SLOW,
            )
            meadow.rings.follow(meadow.flowers, held)
            beat.over(
                swell(meadow, np.isin(np.arange(len(self.points)), held)),
                FadeOut(self.stranger, asker, score),
            )
