"""A hypothesis test by shuffling, and what its p-value says."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, LaggedStart, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import appear
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Polygon
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.shot import bare
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.probability_statistics import processes, shuffle
from scenes.maths.probability_statistics.mean_test import MeanTest
from scenes.probability_statistics import alarm
from scenes.probability_statistics.pile import Pile
from scenes.probability_statistics.stage import (
    DATA,
    MEAN,
    MODEL,
    SPREAD,
    WRONG,
    ProbabilityStatisticsStage,
    chart,
    maths,
    rim,
)

SEED: Final = 0
"""Of the shuffles that are shown: the first of twenty."""
SLOW: Final = 2
"""Shuffles that are followed one by one."""
COLUMNS: Final = 8
"""Results of tosses side by side."""
EFFECT: Final = (1.15, 0.2)
"""Heights at which the bars of the two groups begin."""
FAR: Final = 4.2
"""Standard errors to both sides over which means are drawn."""
STEPS: Final = (-4, -2, 0, 2, 4)
"""Standard errors at which the axis is numbered."""
BEYOND: Final = 1.96
"""Standard errors to both sides within which 95 percent of means lie."""
HEADS: Final = DATA
"""Heads, and students who improved: what was seen."""


def seats(region: shot.Region, rows: int, count: int) -> Floats:
    """Places (count, 2) row by row in ``region``, from its upper left corner."""
    columns = -(-count // rows)
    at = np.arange(count)
    across = region.left + (at % columns + 0.5) * region.width / columns
    up = region.top - (at // columns + 0.5) * region.height / rows
    return np.column_stack([across, up])


def by_heads(pile: shot.Region, axis: shot.Region, heads: np.ndarray) -> tuple[Floats, VGroup]:
    """Places (6 n, 2) of the results' coins, each a row in the column of its number of ``heads``, and names."""
    columns = pile.columns(*(1,) * (shuffle.TOSSES + 1), gap=0.35)
    tall = pile.height / int(np.bincount(heads).max())
    places = []
    for number, count in enumerate(heads):
        column, above = columns[count], int((heads[:number] == count).sum())
        across = column.left + (np.arange(shuffle.TOSSES) + 0.5) * column.width / shuffle.TOSSES
        places.append(np.column_stack([across, np.full(len(across), pile.bottom + (above + 0.5) * tall)]))
    names = VGroup(
        *(
            words.label(f"{count} heads" if count == shuffle.TOSSES else f"{count}", ink.quiet, 46.0).move_to(
                (*(columns[count].middle[:1]), axis.middle[1], 0.0)
            )
            for count in range(shuffle.TOSSES + 1)
        )
    )
    return np.concatenate(places), names


class Shuffle(ProbabilityStatisticsStage):
    """The null hypothesis, a test statistic, and the p-value."""

    @chapter("How often would chance do this?", "hypothesis test", "p-value", goes_on=True)
    def shuffle_who_improved(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.students = shuffle.students()
        self.toss_six()
        self.seat_the_students()
        self.shuffle_slowly()
        self.rain_shuffles()
        self.read_p()
        self.test_a_mean()
        self.show_the_effect()

    # --- by hand

    def toss_six(self) -> None:
        """Six heads, and all results that six tosses of a fair coin can have."""
        room = shot.safe(titled=False)
        stage = bare(room)
        spots = seats(room.inset(0.2, 2.2), 1, shuffle.TOSSES)
        coins = stage.dots(spots, HEADS, radius=0.85)
        faces = [words.headline("H", ink.ground, 1.3 * ink.HEADLINE).move_to(coin) for coin in coins]
        both = [VGroup(coin, face) for coin, face in zip(coins, faces, strict=True)]
        claims = [
            words.headline("[null hypothesis:fourth] $H_0$: the coin is fair", size=ink.POINT),
            words.headline("[alternative:fourth] $H_1$: it is loaded", size=ink.POINT),
        ]
        VGroup(*claims).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        room.put(VGroup(*claims), DOWN)
        before = alarm.as_it_ends()
        self.add(before)
        with self.beat("Six tosses, six heads. Luck, or a loaded coin?") as beat:
            self.play(FadeOut(before), run_time=pace.BRISK)
            beat.over(
                LaggedStart(*(FadeIn(each, scale=0.5) for each in both), lag_ratio=pace.LAG), until="Luck"
            )
            beat.over(*(words.light(coin, ink.chalk) for coin in coins))
        with self.beat(
            "The null hypothesis says: no effect, the coin is fair. The alternative says that there is one."
        ) as beat:
            beat.over(words.write(claims[0]), until="The alternative")
            beat.over(words.write(claims[1]))
        results = shuffle.sequences()
        upper, axis, lower = room.rows(4.6, 0.45, 0.95, gap=0.15)
        cells = upper.cells(len(results) // COLUMNS, COLUMNS, gap=0.32)
        places = np.concatenate([seats(cell, 1, shuffle.TOSSES) for cell in cells])
        heads = results.ravel() == 1
        grid = Dots(stage, places, [HEADS if up else ink.faint for up in heads], "disc", 0.1)
        counted = results.sum(axis=1)
        sorted_, names = by_heads(upper, axis, counted)
        answer = words.headline(
            f"$P(#[all alike] mid(|) H_0) = 2 / {len(results)} = {2 / len(results):.3f}$, two-sided",
            size=1.1 * ink.POINT,
        )
        lower.put(answer)
        with self.beat(
            "If it is fair, these results are equally likely. Sort them by heads. "
            "One has six; the one with six tails is as extreme: two-sided."
        ) as beat:
            self.play(FadeOut(*claims), run_time=pace.QUICK)
            self.remove(*both)
            self.add(coins, *faces)
            self.play(FadeOut(*faces), run_time=pace.QUICK)
            self.play(
                glide(coins.put, (coins.centres, 0.85), (grid.centres[-shuffle.TOSSES :], 0.1), coins),
                run_time=pace.CALM,
            )
            beat.over(FadeIn(grid), until="Sort")
            piled = stage.at(sorted_)
            own = piled[-shuffle.TOSSES :]
            beat.over(
                glide(grid.put, (grid.centres, 0.1), (piled, 0.1), grid),
                glide(coins.put, (coins.centres, 0.1), (own, 0.1), coins),
                FadeIn(names),
                until="One",
                least=pace.SLOW,
            )
            none = [grid[at] for at in range(shuffle.TOSSES)]
            beat.over(
                glide(coins.put, (own, 0.1), (own, 0.15), coins),
                *(each.animate.set_fill(ink.chalk) for each in none),
                words.write(answer),
                least=pace.BRISK,
            )
        self.leave(grid, coins, answer, names)

    # --- the students

    def seat_the_students(self) -> None:
        """Two rooms: with the new plan and without, and who improved."""
        given = self.students
        room = shot.safe(titled=False)
        taught = int(given.plan.sum())
        upper = room
        left, right = upper.columns(taught, len(given.plan) - taught, gap=1.0)
        self.stage_plane = bare(room)
        heads = [
            words.headline("[new plan:fourth]", size=ink.POINT),
            words.headline("as before", size=ink.POINT),
        ]
        for head, part in zip(heads, (left, right), strict=True):
            part.put(head, UP)
        inner = [part.rows(1, 6, gap=0.1)[1] for part in (left, right)]
        spots = np.concatenate([seats(inner[0], 4, taught), seats(inner[1], 4, len(given.plan) - taught)])
        people = self.stage_plane.dots(spots, ink.faint, radius=0.42)
        improved = np.flatnonzero(given.improved)
        caps = self.stage_plane.dots(spots[improved], HEADS, radius=0.3)
        counts = [
            words.headline(f"[{row[0]:d}:first] of {row.sum():d}", size=ink.POINT) for row in given.table
        ]
        for head, count in zip(heads, counts, strict=True):
            count.next_to(head, RIGHT, buff=0.5)
        for pair, part in zip(zip(heads, counts, strict=True), (left, right), strict=True):
            VGroup(*pair).move_to(part.rows(1, 6, gap=0.1)[0].middle)
        with self.beat(
            "With a new plan, eight of 14 students improved; without it, three of 18. Luck?"
        ) as beat:
            self.play(FadeIn(people, *heads), run_time=pace.QUICK)
            beat.over(
                LaggedStart(*(FadeIn(cap, scale=0.3) for cap in caps[: given.seen]), lag_ratio=pace.LAG),
                FadeIn(counts[0]),
                until="without",
            )
            beat.over("without", FadeIn(*caps[given.seen :]), FadeIn(counts[1]), until="Luck")
            beat.over(words.light(counts[0], ink.chalk), words.light(counts[1], ink.chalk))
        self.people, self.caps, self.heads, self.counts, self.spots = people, caps, heads, counts, spots

    def shuffle_slowly(self) -> None:
        """Who improved is dealt out anew, and each time the plan's count is a drop."""
        given = self.students
        room = shot.safe(titled=False)
        upper, lower = room.rows(1.15, 1.05, gap=0.2)
        taught = int(given.plan.sum())
        signs, upper = upper.rows(0.6, 2.6, gap=0.1)
        left, right = upper.columns(taught, len(given.plan) - taught, gap=1.2)
        tight = np.concatenate([seats(left, 2, taught), seats(right, 2, len(given.plan) - taught)])
        self.plane = chart(lower, (-0.6, 11.6), (0, 0.3), x_label="improved with the plan", x_ticks=range(12))
        values = shuffle.shuffled(SEED)
        self.pile = Pile(self.plane, values, np.arange(-0.5, 12), DATA)
        claim = words.headline("[$H_0$:fourth]: the plan has no effect", size=ink.POINT)
        lower.rows(1, 3)[0].put(claim)
        with self.beat(
            "Null hypothesis: the plan has no effect. Then these would have improved in either group."
        ) as beat:
            beat.over(
                glide(
                    self.people.put,
                    (self.people.centres, 0.42),
                    (self.stage_plane.at(tight), 0.36),
                    self.people,
                ),
                glide(
                    self.caps.redraw,
                    (self.spots[given.improved], 0.3),
                    (tight[given.improved], 0.25),
                    self.caps,
                ),
                *(
                    head.animate.move_to((part.middle[0], signs.middle[1], 0.0))
                    for head, part in zip(self.heads, (left, right), strict=True)
                ),
                FadeOut(*self.counts),
                until="Then",
                least=pace.CALM,
            )
            self.play(FadeIn(claim), run_time=pace.QUICK)
            beat.over(*(words.light(cap, ink.chalk) for cap in self.caps))
        deals = shuffle.deals(SEED, SLOW)
        drops = self.plane.dots(np.column_stack([values[:SLOW], np.full(SLOW, 0.2)]), DATA, radius=0.14)
        statistic = words.headline("test statistic $T$", size=ink.POINT)
        frame = Tag(statistic, 1.0)
        lower.rows(1, 3)[0].put(frame)
        now = tight[given.improved]
        steps = (
            ("If chance made the groups, each shuffle of who improved is equally likely.", "shuffle"),
            ("Count who improved with the plan: the test statistic.", "Count"),
        )
        for number, (text, cue) in enumerate(steps):
            with self.beat(text) as beat:
                if number == 0:
                    self.play(FadeOut(claim), FadeIn(self.plane), run_time=pace.QUICK)
                target = tight[np.flatnonzero(deals[number])]
                beat.over(cue, glide(self.caps.redraw, now, target, self.caps), least=pace.CALM)
                now = target
                inside = [
                    cap
                    for cap, dealt in zip(self.caps, np.flatnonzero(deals[number]), strict=True)
                    if dealt < taught
                ]
                drop = drops[number]
                beat.over(
                    *(words.light(cap, ink.chalk) for cap in inside),
                    FadeIn(drop, shift=place.NUDGE * DOWN),
                    *([words.write(statistic)] if number == 1 else []),
                    least=pace.BRISK,
                )
                self.play(
                    drop.animate.move_to(self.plane.at(values[number], 0.014)),
                    run_time=pace.BRISK,
                )
        self.drops, self.frame_tag, self.tight = drops, frame, tight

    def rain_shuffles(self) -> None:
        """Twenty thousand shuffles rain, and the tail from what was seen fills."""
        given = self.students
        room = shot.safe(titled=False)
        plane = chart(room, (-0.6, 11.6), (0, 0.34), x_label="improved with the plan", x_ticks=range(12))
        pile = Pile(plane, self.pile.values, self.pile.edges, DATA)
        made = Value(0)
        count = Readout(made, 0, "shuffles", "", size=ink.POINT, digits=6)
        room.put(count, UP + RIGHT)
        exact = pile.outline(shuffle.null().pmf(np.arange(12)), MODEL)

        def fall(share: float) -> Changed:
            pile.redraw(share)
            return (pile, *made.set(round(share * len(pile.values))))

        with self.beat("Do it thousands of times: this is what chance does.") as beat:
            self.play(
                FadeOut(self.people, self.caps, *self.heads, self.frame_tag.text, self.drops, self.plane),
                run_time=pace.QUICK,
            )
            self.play(FadeIn(plane, count), run_time=pace.QUICK)
            beat.over(
                appear(pile), glide(fall, 0.0, 1.0, pile, rate_func=linear), least=pace.LONG + pace.SLOW
            )
            self.play(appear(exact), run_time=pace.QUICK)
        seen = plane.stems([given.seen - 0.5], 0.0, 0.16, ink.chalk, 5.0)
        name = plane.label(given.seen - 0.4, 0.13, f"{given.seen} or more", RIGHT, ink.chalk, size=ink.POINT)
        low, high = plane.at(5.2, -0.028), plane.at(11.5, 0.15)
        with self.beat("We saw eight. How much is at eight or beyond?") as beat:
            beat.over(FadeIn(seen, name), until="How")
            beat.over(
                glide(lambda at: pile.cut(at), 12.0, given.seen - 0.5, pile),
                pile.bars.animate.set_fill(opacity=0.55),
                plane.names.animate.set_opacity(0),
                self.frame.to_region((float(low[0]), float(high[0])), (float(low[1]), float(high[1]))),
            )
        self.think()
        self.pile, self.plane, self.exact = pile, plane, exact
        self.around = VGroup(seen, name)
        self.count = count

    def read_p(self) -> None:
        """The p-value, and what it is not."""
        plane = self.plane
        p = shuffle.p_value()
        law = maths(
            f"{{{{ p : value }}}} = P(T >= {self.students.seen} mid(|) H_0) = {{{{ {p:.3f} : number }}}}",
            1.15 * ink.POINT,
            {"number": WRONG, "value": WRONG},
        )
        shot.safe(titled=False).put(law, UP + RIGHT)
        name = words.headline("[p-value:error]", size=ink.HEADLINE)
        name.move_to(plane.at(9.6, 0.235))
        with self.beat(
            "The p-value: the probability, if the null hypothesis holds, of a result at least this extreme."
        ) as beat:
            names = plane.names.animate.set_opacity(1)
            self.play(FadeOut(self.count), self.frame.back(), names, run_time=pace.CALM)
            beat.over("p-value", FadeIn(name), until="probability")
            beat.over(words.write(law), least=pace.SLOW)
        two = words.headline(
            f"two-sided: {shuffle.p_value(two_sided=True):.3f}",
            WRONG,
            1.1 * ink.POINT,
        )
        two.next_to(name, DOWN, buff=0.35).align_to(law, RIGHT)
        low = plane.bars([0, 1], shuffle.null().pmf([0, 1]), WRONG, thick=0.94)
        with self.beat(
            "Two percent in this tail. No side was chosen beforehand, so count both ends: three percent."
        ) as beat:
            beat.over(words.light(law.part("number"), ink.chalk), until="both")
            beat.over("both", FadeOut(self.around), FadeIn(low), until="three", least=pace.BRISK)
            beat.over("three", FadeIn(two, shift=place.NUDGE * UP))
        wrong = VGroup(
            words.headline(f"$P(T >= {self.students.seen} mid(|) H_0)$", size=ink.POINT),
            words.headline(f"is not $P(H_0 mid(|) T >= {self.students.seen})$", size=ink.POINT),
        ).arrange(DOWN, buff=0.3, aligned_edge=RIGHT)
        wrong.next_to(name, DOWN, buff=0.35).align_to(law, RIGHT)
        with self.beat(
            "It is not the probability of the null hypothesis: do not turn the condition round.",
        ) as beat:
            beat.over(FadeOut(low, two), words.light(name, ink.chalk), until="null")
            beat.over(FadeIn(wrong[0]), rim(self.pile.beyond), until="turn")
            beat.over(FadeIn(wrong[1]), self.exact.animate.set_stroke(ink.chalk))
        self.leave(plane, self.pile, self.exact, law, name, wrong)

    def test_a_mean(self) -> None:
        """A mean, in standard errors from what the null hypothesis says, and both tails beyond it."""
        test = MeanTest()
        plane = chart(
            shot.safe(titled=False),
            (-FAR, FAR),
            (0, 0.56),
            x_label=f"means of {test.n} made-up scores, if $H_0$ holds",
            x_ticks=STEPS,
            x_names={z: f"{test.mu + z * test.error:.0f}" for z in STEPS},
        )
        zs = np.linspace(-FAR, FAR, 241)
        curve = plane.curve(zs, processes.normal(zs), MODEL, width=8)
        null = plane.label(
            -FAR,
            0.5,
            f"$H_0$: $mu = {test.mu:.0f}$, $sigma = {test.sigma:.0f}$",
            RIGHT,
            MODEL,
            0.3,
            ink.POINT,
        )
        stem = plane.segment((test.z, 0), (test.z, 0.2), MEAN, width=9)
        name = plane.label(test.z, 0.2, f"mean {test.seen:.0f}", UP, MEAN, size=ink.POINT)
        steps = VGroup(
            *(plane.vector((at, 0.1), (at + 1, 0.1), SPREAD, width=8) for at in range(round(test.z)))
        )
        error = words.label(
            f"$sigma / sqrt(n) = {test.sigma:.0f} / sqrt({test.n}) = {test.error}$", SPREAD, ink.POINT
        )
        error.next_to(null, DOWN, buff=0.45, aligned_edge=LEFT)
        score = words.label(
            f"$z = ({test.seen:.0f} - {test.mu:.0f}) / {test.error} = {test.z:.0f}$", size=1.3 * ink.POINT
        )
        shot.safe(titled=False).inset(0.0, 0.3).put(score, UP + RIGHT)
        tails = [
            plane.area(side, 0, processes.normal(side), WRONG, fill=0.85)
            for side in (np.linspace(test.z, FAR, 60), np.linspace(-FAR, -test.z, 60))
        ]
        p = words.headline(f"p = {test.p_value:.3f}", WRONG).next_to(
            score, DOWN, buff=0.5, aligned_edge=RIGHT
        )
        with self.beat(
            "With sigma known, a mean is tested by its z-score; else, by the t-distribution. "
            "Means of thirty-six made-up scores spread by their standard error."
        ) as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(Create(curve), until="Means")
            beat.over(FadeIn(null), until="spread")
            beat.over(words.write(error))
        with self.beat("Divide the distance from mu by that: here z is two.") as beat:
            beat.over(Create(stem), FadeIn(name), until="by", least=pace.BRISK)
            beat.over(words.write(score), Create(steps, lag_ratio=pace.LAG), least=pace.CALM)
        low, high = (test.seen + side * BEYOND * test.error for side in (-1, 1))
        inside = words.label(f"95 % interval:\n{low:.1f} to {high:.1f}", MEAN, ink.POINT)
        inside.next_to(error, DOWN, buff=0.45, aligned_edge=LEFT)
        with self.beat(
            "So far out, at either end: that is p. At five percent, reject. "
            "The ninety-five percent interval leaves the null out, too."
        ) as beat:
            beat.over(FadeIn(tails[0]), until="at either")
            beat.over(FadeIn(tails[1]), until="that")
            beat.over(FadeIn(p, shift=place.NUDGE * UP), until="reject")
            beat.over(words.light(p, ink.chalk), until="interval")
            beat.over(FadeIn(inside), words.light(null, ink.chalk), least=pace.BRISK)
        self.leave(plane, curve, null, stem, name, steps, error, score, *tails, p, inside)

    def show_the_effect(self) -> None:
        """The shares that improved, beside p."""
        shares = [100 * share for share in self.students.shares]
        plane, bars = effect()
        told = [
            plane.label(share, y + 0.375, f"{share:.0f} %  {name}", RIGHT, ink.chalk, 0.3, ink.HEADLINE)
            for share, y, name in zip(shares, EFFECT, ("new plan", "as before"), strict=True)
        ]
        counts = [
            plane.label(0.5 * share, y + 0.375, f"{row[0]} of {row.sum()}", ORIGIN, ink.ground, size=44.0)
            for share, y, row in zip(shares, EFFECT, self.students.table, strict=True)
        ]
        with self.beat("So report p with the size of the effect: both shares.") as beat:
            self.play(FadeIn(plane), run_time=pace.QUICK)
            beat.over(
                *(FadeIn(each, shift=place.NUDGE * RIGHT) for each in (bars[0], told[0], counts[0])),
                until="both",
            )
            beat.over(
                *(FadeIn(each, shift=place.NUDGE * RIGHT) for each in (bars[1], told[1], counts[1])),
            )
            beat.over(words.light(told[0]), words.light(told[1]))


def effect() -> tuple[Plane, list[Polygon]]:
    """The shares that improved with the plan and without: chart and bars."""
    plane = chart(
        shot.safe(titled=False), (-0.2, 100), (0, 2.1), x_ticks=(0, 50, 100), x_label="improved (%)"
    )
    bars = [
        plane.polygon([(0, y), (100 * share, y), (100 * share, y + 0.75), (0, y + 0.75)], color, fill=1.0)
        for y, share, color in zip(EFFECT, shuffle.students().shares, (MODEL, ink.quiet), strict=True)
    ]
    return plane, bars


def as_it_ends() -> VGroup:
    """The picture in which the chapter ends."""
    plane, bars = effect()
    return VGroup(plane, *bars)
