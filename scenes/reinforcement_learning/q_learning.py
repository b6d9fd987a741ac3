"""Values learnt by walking: a table."""

from __future__ import annotations

import numpy as np
from manim import LEFT, RIGHT, UP, Create, FadeIn, FadeOut, linear

from scenes.kit import ink, place, words
from scenes.kit.board import Board, turned
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.growing_curve import GrowingCurve
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.plane import Plane
from scenes.maths.reinforcement_learning import qlearning
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

NORTH = 0


class QLearning(ReinforcementLearningStage):
    """Values learnt by walking: a table."""

    edition = 1

    # --- learning it by walking

    @chapter("Good news walks backwards", "Q-learning")
    def good_news_walks_backwards(self) -> None:
        self.table = Table(self, self.board, self.learnt)
        self.q, self.wedges = self.table.q, self.table.wedges
        self.add(self.board, self.wedges)

        self.remember_one_number()
        self.pull_half_of_the_way()
        self.run_two_hundred_trips()

    def remember_one_number(self) -> None:
        """The misunderstanding: the whole way is remembered. One number of a hundred has changed."""
        way = self.world.tiles[self.learnt.trips[0].tiles]
        thread, courier = self.board.thread(way), self.board.courier(way)
        with self.beat(
            "The courier keeps four numbers on each tile, one for each move. All hundred are zero."
        ) as beat:
            edge, arrows = self.board.edge(way[0]), self.four_arrows(way[0])
            beat.at("four", Create(edge), FadeIn(courier))
            beat.at("each move", FadeIn(arrows))
            beat.at("zero", FadeOut(edge, arrows))

        with self.beat(
            "It has found the flag, after 280 steps. Surely it now remembers the way it came?"
        ) as beat:
            self.add(thread, courier)

            def go(share: float) -> Changed:
                steps = share * (len(way) - 1)
                return (thread.reach(steps), courier.walk(steps))

            self.play(drive(go, rate_func=linear), run_time=beat.fill())

        last = 4 * self.row(1, 6) + NORTH
        with self.beat(
            "It does not. One number of the hundred has changed, the last: from zero to 0.50."
        ) as beat:
            self.play(FadeOut(thread, courier), run_time=0.8)
            beat.until("changed")
            self.play(drive(lambda t: self.wedges.redraw(t * self.q[1])), run_time=0.8)
            value = words.label(f"{self.wedges.values[last]:.2f}", ink.first)
            value.next_to(self.board.at(self.board.spot((1, 6)) + np.array([0.5, 0.35])), RIGHT, buff=0.15)
            beat.at("0.50", FadeIn(value, scale=1.4))
        self.leave(value)

    def pull_half_of_the_way(self) -> None:
        """The rule on two real updates: a spring between what was believed and what was found."""
        scale = Plane((0, 1), (-0.18, 1.15), 2.4, 2.6, x_ticks=(), y_ticks=(0, 0.5, 1), y_label="worth")
        self.now, self.found = 0.0, 1.0
        believed = scale.dots([(0.3, 0)], ink.first, radius=0.12)
        target = scale.dots([(0.3, 1)], ink.focus, "square", radius=0.11)
        spring = scale.curve([0.3, 0.3], [0.0, 0.0], ink.focus, width=3)
        rule = words.formula(
            "Q <- Q + \\ #h(1.5em) {{ alpha : rate }} ({{ r + gamma max_(a') Q' : found }} - Q)",
            {"Q": ink.first, "found": ink.focus},
        )
        names = [words.label("found", ink.focus), words.label("believed", ink.first)]
        place.aside(scale, rule, gap=0.45)

        def show() -> Changed:
            ways = np.linspace(0, 1, 15)
            zigzag = 0.3 + 0.05 * np.where(np.arange(15) % 2, 1, -1) * (ways > 0) * (ways < 1)
            spring.redraw(zigzag, self.now + ways * (self.found - self.now))
            believed.redraw([(0.3, self.now)])
            target.redraw([(0.3, self.found)])
            for name, height in zip(names, (self.found, self.now), strict=True):
                name.next_to(scale.at(0.38, height), RIGHT, buff=0.12)
            return (spring, believed, target, *names)

        first = qlearning.pulls(self.world, self.learnt, self.world.tile(1, 6), NORTH)[0]
        second = qlearning.pulls(self.world, self.learnt, self.world.tile(2, 6), NORTH)[0]
        table = np.zeros_like(self.q[1])

        def pull(share: float, one: qlearning.Pull, row: int) -> Changed:
            self.now, self.found = one.old + share * (one.new - one.old), one.target
            table[row, NORTH] = self.now
            return (*show(), self.wedges.redraw(table))

        self.now, self.found = first.old, first.target
        show()
        courier = self.board.courier([(1, 6), (0, 6)])
        rows = self.row(1, 6), self.row(2, 6)
        with self.beat("The rule is small. Move, and look: it believed zero, and found one.") as beat:
            self.play(
                drive(lambda t: self.wedges.redraw((1 - t) * self.q[1])), FadeIn(scale, courier), run_time=0.6
            )
            beat.at("Move", drive(courier.walk, courier), run_time=0.6)
            beat.at("believed", FadeIn(believed, names[1]), run_time=0.5)
            beat.at("found", FadeIn(target, names[0]), run_time=0.5)
        with self.beat("Between them hangs a spring, the error. Pull the number half of the way.") as beat:
            beat.at("spring", Create(spring), run_time=0.6)
            beat.until("Pull")
            self.play(drive(lambda t: pull(t, first, rows[0])), run_time=1.2)

        with self.beat(
            "One tile before, the next trip finds no point, but nine tenths of a neighbour's half."
        ) as beat:
            self.play(FadeOut(believed, target, spring, *names), FadeOut(courier), run_time=0.5)
            courier.take([(2, 6), (1, 6)])
            self.play(FadeIn(courier), run_time=0.4)
            self.play(drive(courier.walk, courier), run_time=0.8)
            self.now, self.found = second.old, second.target
            show()
            self.play(FadeIn(believed, target, spring, *names), run_time=0.5)
            self.play(drive(lambda t: pull(t, second, rows[1])), run_time=max(beat.fill(), 1.0))

        with self.beat(
            "This is Q-learning. What is found is the reward, and the best of the next tile."
        ) as beat:
            beat.at("Q-learning", words.write(rule), run_time=1.2)
            beat.at("found", words.light(rule.part("found")))
        self.leave(scale, believed, target, spring, rule, courier, *names)
        self.before = table

    def run_two_hundred_trips(self) -> None:
        """All trips of the real run, against the true map."""
        answer = self.answer()
        errors = qlearning.errors(self.learnt, self.truth)
        trail = GrowingCurve(
            np.arange(len(errors)),
            errors,
            (0, 200),
            (1e-3, 2),
            color=ink.error,
            width=2.3,
            height=1.15,
            x_label="trips",
            y_label="largest error",
            x_ticks=(0, 100, 200),
            log_y=True,
        )
        reel = ParameterSweep(np.arange(len(self.q)))
        gauge = Gauge("tiles that know", lambda: self.table.known[reel.row].sum(), 0, digits=2)
        place.under(gauge, answer, gap=0.3)
        place.under(trail, gauge, gap=0.25)

        def show() -> Changed:
            return (*self.table.show(reel.value), trail.reach(reel.value))

        with self.beat(
            "Let it run, and hold it against the true worth. After ten trips, eight tiles have heard of the flag."
        ) as beat:
            self.play(
                drive(lambda t: self.wedges.redraw((1 - t) * self.before + t * self.q[1])),
                FadeIn(answer),
                run_time=0.8,
            )
            reel.turn(1.0)
            trail.reach(1.0)
            self.table.show(1.0)
            self.play(FadeIn(gauge, trail, self.table.compass), run_time=0.6)
            beat.until("After")
            self.play(reel.run(10.0, show, rate_func=linear), run_time=max(beat.fill("eight"), 1.4))
            self.play(gauge.light())
        with self.beat(
            "After twenty, all twenty-five. Good news walks backwards, one step at a time."
        ) as beat:
            self.play(reel.run(20.0, show, rate_func=linear), run_time=beat.fill("twenty-five"))
            self.play(gauge.light())
            self.play(reel.run(50.0, show, rate_func=linear), run_time=max(beat.fill(), 2.0))
        with self.beat(
            "After two hundred, no number is off by more than 0.002, and all twenty-five best moves are right."
        ) as beat:
            self.play(reel.run(200.0, show, rate_func=linear), run_time=max(beat.fill("0.002"), 3.0))
            beat.at("best", words.light(self.table.compass), run_time=1.0)
        note = words.note("no chance on this map,\ntrips from random tiles", ink.quiet, size=ink.SMALL)
        note.move_to(trail, aligned_edge=UP + LEFT)
        with self.beat(
            "That fast, because this map never slips. Where moves slip, the pull must shrink with time."
        ) as beat:
            self.play(FadeOut(trail), run_time=0.5)
            self.play(words.write(note))


class Table:
    """What a run of Q-learning knows, on a board: four lights a tile, and an arrow where it has heard of anything."""

    def __init__(self, lesson: QLearning, board: Board, run: qlearning.Run) -> None:
        self.q = run.q[:, lesson.live]
        self.known = self.q.max(axis=2) > 0.01
        self.angles = np.array([lesson.angles(q) for q in run.q])
        self.wedges, self.compass = board.wedges(lesson.tiles), board.compass(lesson.tiles)

    def show(self, trips: float) -> Changed:
        """What is known after so many trips; parts of trips are on the way from one to the next."""
        before, share = int(trips), trips - int(trips)
        after = min(before + 1, len(self.q) - 1)
        known = (1 - share) * self.known[before] + share * self.known[after]
        self.compass.redraw(turned(self.angles[before], self.angles[after], share), known)
        return (self.wedges.redraw((1 - share) * self.q[before] + share * self.q[after]), self.compass)
