"""Reinforcement Learning: good news walks backwards from the flag, through tables, nets and habits."""

from __future__ import annotations

from functools import partial
from itertools import pairwise

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Group,
    VGroup,
    linear,
    smooth,
)

from scenes.kit import ink, place, words
from scenes.kit.board import MOVES, TURNS, Board, turned
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import Lesson, chapter
from scenes.kit.line import Arrows
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.reel import Changed, Reel
from scenes.kit.spread import Spread
from scenes.kit.trail import Trail
from scenes.maths import dqn, gridworld, policy, qlearning
from scenes.maths.gridworld import Rows

SEED = 9
"""Of the Q-learning run that the lesson tells."""
RIVAL = 7
"""Of the two PPO runs that the lesson tells: the clip saves this one."""
NORTH = 0
CENTRES = (-4.58, 0.0, 4.58)
"""Of three boards side by side."""


class ReinforcementLearning(Lesson):
    """One map, six ideas: from one point, very late, to a policy that does not leave its evidence."""

    def stage(self) -> None:
        """The map, what is known of it by the maths, and nobody on it."""
        self.world = gridworld.read_map()
        self.live = self.world.live
        self.tiles = self.world.tiles[self.live]
        self.sweeps = gridworld.iterate_values(self.world)
        self.truth = self.sweeps.q[-1]
        self.learnt = qlearning.learn(self.world, SEED)
        self.board = place.picture(Board(self.world.rows))

    def row(self, *tile: int) -> int:
        """Number of an open tile among those from which one can move."""
        return int(np.flatnonzero(self.live == self.world.tile(*tile))[0])

    def angles(self, q: Floats) -> Floats:
        """Angle of the best move on each live tile, by ``q`` (n, 4)."""
        return np.asarray(TURNS[q[self.live].argmax(axis=1)])

    def four_arrows(self, tile: Rows) -> Arrows:
        """The four moves of ``tile``."""
        spot = self.board.spot(tile)
        return self.board.vector(spot + 0.22 * MOVES, spot + 0.62 * MOVES, ink.fourth)

    # --- what is given

    @chapter("One point, very late", "the MDP")
    def one_point_very_late(self) -> None:
        way = self.world.tiles[self.learnt.trips[0].tiles]
        self.courier, self.thread = self.board.courier(way), self.board.thread(way)
        self.walked, self.points = 0.0, 0.0
        self.gauges = [
            Gauge("steps", lambda: self.walked, 0, digits=3),
            Gauge("points", lambda: self.points, 0),
        ]
        place.aside(*self.gauges)
        self.add(self.board, self.thread, self.courier, *self.gauges)

        self.blunder(len(way) - 1)
        self.take_one_step_apart()
        self.forget_the_way()
        self.discount_the_point()

    def walk(self, begin: float, end: float) -> Animation:
        """The courier and its thread, from one step of the trip to another."""

        def go(share: float) -> Changed:
            steps = begin + share * (end - begin)
            self.walked = float(np.floor(steps + 1e-9))
            return (self.courier.walk(steps), self.thread.reach(steps))

        return drive(go, rate_func=linear)

    def blunder(self, last: int) -> None:
        """The hook: the first trip of the real run, from a random tile to the flag, by luck."""
        with self.beat("You are dropped on a map, blindfolded. Nobody tells you what was right.") as beat:
            self.play(self.walk(0, 24), run_time=beat.fill())

        prizes = [
            words.label(text, color).move_to(self.board.at(self.board.spot(tile) + np.array(aside)))
            for text, color, tile, aside in (
                ("+1", ink.first, (0, 6), (0.33, -0.36)),
                ("−1", ink.negative, (1, 5), (-0.33, 0.38)),
            )
        ]
        with self.beat(
            "Walls stop you. The flag pays one point, the pit takes one. How do you learn the way?"
        ) as beat:
            self.play(self.walk(24, 60), run_time=beat.fill("pays"))
            self.play(FadeIn(prizes[0]), self.walk(60, 70), run_time=0.6)
            self.play(self.walk(70, 76), run_time=beat.fill("pit", least=0.2))
            self.play(FadeIn(prizes[1]), self.walk(76, 86), run_time=0.6)
            self.play(self.walk(86, 140), run_time=beat.fill())

        with self.beat(
            "After two hundred and eighty steps it falls on the flag, by luck: one point."
        ) as beat:
            self.play(self.walk(140, last - 2), run_time=beat.fill("flag"))
            self.play(self.walk(last - 2, last), run_time=0.8)
            self.points = 1.0
            self.play(self.gauges[1].light())
        self.prizes = prizes

    def take_one_step_apart(self) -> None:
        """The last step again: tile, move, reward, next tile."""
        tile = self.world.tiles[self.learnt.trips[0].tiles[-2]]
        here = self.board.edge(tile)
        moves = self.four_arrows(tile)
        names = [
            words.note(text)
            for text in ("state $s$, the tile", "action $a$, the move", "reward $r$", "next state $s'$")
        ]
        self.play(FadeOut(*self.gauges), run_time=0.4)
        place.aside(*names, gap=0.4)
        last = len(self.courier.way) - 1
        with self.beat(
            "Go back one step. The tile you stand on is the state. Four moves are the actions."
        ) as beat:
            self.play(self.walk(last, last - 1), run_time=0.7)
            beat.at("tile", Create(here))
            beat.at("state", words.write(names[0]))
            beat.at("Four", Create(moves))
            beat.at("actions", words.write(names[1]))

        with self.beat("The move may pay a reward, and it leads to the next state.") as beat:
            beat.until("move")
            self.play(FadeOut(moves), self.walk(last - 1, last), run_time=0.8)
            beat.at("reward", words.write(names[2]), words.light(self.prizes[0]))
            following = self.board.edge(self.world.tiles[self.world.goal])
            beat.at("next", Create(following), words.write(names[3]))
        self.names = names
        self.leave(following)
        self.here = here

    def forget_the_way(self) -> None:
        """Markov: the tile is all that matters; and chance, which this map has not."""
        last = len(self.courier.way) - 1
        with self.beat("Where you stand tells you all that matters. How you came here does not.") as beat:
            self.play(self.walk(last, last - 1), run_time=0.6)
            beat.at("all", self.here.animate.set_stroke(width=8), run_time=0.5)
            beat.at("How", FadeOut(self.thread), run_time=1.2)

        tile = self.world.tiles[self.learnt.trips[0].tiles[-2]]
        ends = [
            self.board.courier([tile, tile + np.array(way)], ink.focus).set_opacity(0.6)
            for way in ((-1, 0), (0, -1), (1, 0))
        ]
        with self.beat(
            "On icy ground a move may end on several tiles, each with its chance. Here it never slips."
        ) as beat:
            beat.until("several")
            self.play(drive(lambda t: tuple(end.walk(0.999 * t) for end in ends)), run_time=1.0)
            beat.at("Here", drive(lambda t: tuple(end.walk(0.999 * (1 - t)) for end in ends)), run_time=0.8)
        self.remove(*ends)
        self.leave(self.courier, self.here)

    def discount_the_point(self) -> None:
        """A point that is further away counts less: nine tenths for each step."""
        steps = gridworld.shortest_way(self.world, self.world.start)[::-1][1:]
        rows = [int(np.flatnonzero(self.live == tile)[0]) for tile in steps]
        worth = gridworld.DISCOUNT ** np.arange(len(rows))
        values = np.zeros(len(self.live))
        values[rows] = worth
        order = np.full(len(self.live), np.inf)
        order[rows] = np.arange(len(rows))
        light, figures = self.board.lights(self.tiles), self.board.figures(self.tiles).show(values)

        def seep(reach: float) -> Changed:
            come = np.clip(reach - order, 0, 1)
            return (light.show(come * values), figures.shade(come))

        with self.beat(
            "And a point counts less the longer it takes. Every step away costs a tenth of it."
        ) as beat:
            self.add(light, self.board, *self.prizes, figures)
            self.play(drive(lambda t: seep(4 * t), light, figures, rate_func=linear), run_time=beat.fill())
        gamma = words.formula(f"gamma = {gridworld.DISCOUNT}", {"gamma": ink.focus})
        place.under(gamma, self.names[-1], gap=0.7)
        power = words.formula(f"gamma^9 = {worth[-1]:.2f}", {"gamma": ink.focus})
        place.under(power, gamma, gap=0.35)
        with self.beat("Ten steps away it is worth nine tenths to the ninth: 0.39 today.") as beat:
            self.play(
                drive(lambda t: seep(4 + 6 * t), light, figures, rate_func=linear),
                words.write(gamma),
                run_time=beat.fill("nine"),
            )
            beat.at("0.39", words.write(power), Create(self.board.edge(self.tiles[rows[-1]])))

        with self.beat(
            "Tiles, moves, points and chances: together they are a Markov decision process."
        ) as beat:
            for word, name in zip(("Tiles", "moves", "points", "chances"), self.names, strict=True):
                beat.at(word, words.light(name), run_time=0.5)
            title = words.note("[Markov decision process:focus]")
            place.under(title, power, gap=0.6)
            beat.at("Markov", words.write(title))

    # --- what is true

    @chapter("Worth borrows from its neighbour", "Bellman equations")
    def worth_borrows_from_its_neighbour(self) -> None:
        self.light = self.board.lights(self.tiles)
        self.figures = self.board.figures(self.tiles)
        self.compass = self.board.compass(self.tiles)
        self.shown, self.shade = np.zeros((2, len(self.live)))
        self.add(self.light, self.board, self.figures)

        self.borrow_by_hand()
        self.write_the_equation()
        self.sweep_all_tiles()
        self.judge_a_habit()
        self.keep_the_answer()

    def reveal(self, row: int, value: float, share: float) -> Changed:
        """Tile ``row`` comes to its value."""
        self.shown[row], self.shade[row] = share * value, share
        figures = np.where(np.arange(len(self.shown)) == row, value, self.figures.values)
        return (self.light.show(self.shown), self.figures.show(figures).shade(self.shade))

    def borrow_by_hand(self) -> None:
        """Three tiles by hand: 1, 0.9, and the best of several."""
        first, second, third = (self.row(0, column) for column in (5, 4, 3))
        edge = self.board.edge(self.tiles[first])
        with self.beat("What is a tile worth? Beside the flag it is easy: one move, one point.") as beat:
            beat.at("Beside", Create(edge))
            beat.at("one point", drive(lambda t: self.reveal(first, 1.0, t)), run_time=0.7)

        with self.beat(
            "One tile further, the same point comes a move later. So nine tenths of it slide over."
        ) as beat:
            edges = [edge, self.board.edge(self.tiles[second]), self.board.edge(self.tiles[third])]
            beat.at("One", FadeOut(edges[0]), Create(edges[1]), run_time=0.8)
            self.slide(beat.fill("nine"), (0, 5), (0, 4))
            self.play(drive(lambda t: self.reveal(second, 0.9, t)), run_time=0.7)

        around = [self.row(0, 2), self.row(1, 3)]
        with self.beat("This tile has several neighbours. Ask them all, and keep the best.") as beat:
            self.play(FadeOut(edges[1]), Create(edges[2]), run_time=0.8)
            for row in around:
                self.play(drive(partial(self.reveal, row, 0.0)), run_time=0.25)
            best = self.board.edge((0, 4), ink.chalk)
            beat.at("best", Create(best), run_time=0.5)
            self.slide(0.6, (0, 4), (0, 3))
            self.play(drive(lambda t: self.reveal(third, 0.81, t)), FadeOut(best), run_time=0.6)
        self.edge = edges[2]

    def slide(self, seconds: float, start: tuple[int, int], end: tuple[int, int]) -> None:
        """A worth goes from one tile to the next, and loses a tenth of its area."""
        begin, stop = (self.board.spot(tile) + np.array([0, 0.3]) for tile in (start, end))
        coin = self.board.dots([begin], ink.first, radius=0.13)
        self.play(FadeIn(coin), run_time=0.2)

        def go(share: float) -> Changed:
            hop = np.array([0, 0.12 * np.sin(np.pi * share)])
            return (coin.place([(1 - share) * begin + share * stop + hop], 0.13 * (1 - 0.1 * share) ** 0.5),)

        self.play(drive(go), run_time=max(seconds, 0.6))
        self.play(FadeOut(coin), run_time=0.3)

    def write_the_equation(self) -> None:
        """The formula from what was done, part by part."""
        self.equation = words.formula(
            "V(s) = {{ max_a : best }} [r + {{ gamma V(s') : next }}]",
            {"V": ink.first, "best": ink.focus},
        )
        place.aside(self.equation)
        with self.beat(
            "If you know your neighbours' worth, you know your own. "
            "Keep the best: that is Bellman's optimality equation."
        ) as beat:
            self.play(words.write(self.equation), run_time=1.4)
            beat.at("neighbours'", words.light(self.equation.part("next")))
            beat.at("best", words.light(self.equation.part("best")))
        self.leave(self.edge)

    def sweep_all_tiles(self) -> None:
        """Value iteration: every tile asks at once."""
        value = self.sweeps.value[:, self.live]
        reel = Reel(np.arange(len(value)))
        counter = Gauge("sweeps", lambda: np.floor(reel.value + 1e-9), 0, digits=2)
        place.under(counter, self.equation, gap=0.7)

        def forget(share: float) -> Changed:
            self.figures.shade((1 - share) * self.shade)
            return (self.light.show((1 - share) * self.shown), self.figures)

        def show() -> Changed:
            # A number stands from the sweep on that reaches its tile: on this map it never changes again.
            self.figures.show(value[-1]).shade(reel.mix(np.isclose(value, value[-1]).astype(float)))
            return (self.light.show(reel.mix(value)), self.figures)

        with self.beat(
            "Now let every tile ask at once, again and again. Light moves one ring a sweep."
        ) as beat:
            self.play(drive(forget), FadeIn(counter), run_time=0.8)
            beat.until("again")
            self.play(reel.run(6.0, show, rate_func=linear), run_time=max(beat.fill(), 3.0))
        with self.beat(
            "At the tenth it reaches the start, and the eleventh sweep changes nothing any more."
        ) as beat:
            self.play(reel.run(10.0, show, rate_func=linear), run_time=beat.fill("reaches") + 0.6)
            corner = self.board.edge(self.world.tiles[self.world.start])
            self.play(Create(corner), run_time=0.5)
            self.play(reel.run(11.0, show, rate_func=linear), run_time=0.8)
            self.play(FadeOut(corner), run_time=0.4)
        self.counter = counter

        angles = self.angles(self.truth)
        with self.beat(
            "Let each tile point to its best neighbour, and the way is there, from anywhere."
        ) as beat:
            self.play(drive(lambda t: self.figures.shade(1 - t)), run_time=0.5)
            beat.until("point")
            self.play(
                drive(lambda t: self.compass.turn(angles - (1 - t) * np.pi, smooth(t)), rate_func=linear),
                run_time=1.4,
            )

    def judge_a_habit(self) -> None:
        """The average over what ends where, and over what is really done."""
        average = words.formula(
            "V(s) = {{ max_a : best }} {{ bb(E) : mean }}[r + {{ gamma V(s') : next }}]",
            {"V": ink.first, "best": ink.focus, "mean": ink.third},
        ).move_to(self.equation, aligned_edge=LEFT)
        angles = self.angles(self.truth)

        def wobble(share: float) -> Changed:
            return (self.compass.turn(angles + 0.45 * np.sin(np.pi * share) * np.sin(4 * np.pi * share)),)

        with self.beat("If a move may slip, put an average over the tiles where it can end.") as beat:
            beat.at("slip", drive(wobble, rate_func=linear), run_time=1.2)
            beat.at("average", words.rewrite(self.equation, average))

        habit = words.formula(
            "V^pi (s) = {{ sum_a pi(a|s) : best }} \\ "
            "#h(2.6em) {{ bb(E) : mean }}[r + {{ gamma V^pi (s') : next }}]",
            {"V": ink.first, "best": ink.fourth, "mean": ink.third},
        )
        place.under(habit, self.counter, gap=0.7)
        value = self.sweeps.value[-1][self.live]
        aimless = gridworld.value_of(self.world, np.full((len(self.world.tiles), 4), 0.25))[self.live]
        fans = self.board.fans(self.tiles)
        with self.beat(
            "And average over what you really do, instead of the best: that is the worth of a habit."
        ) as beat:
            even = np.full((len(self.live), 4), 0.25)
            beat.until("really")
            self.play(
                drive(lambda t: (self.compass.turn(angles, 1 - t), fans.spread(t * even))),
                words.write(habit),
                run_time=1.4,
            )

        with self.beat(
            "Wander evenly, and every tile of this map is worth zero. Flag and pit cancel: a symmetry of this map."
        ) as beat:
            self.play(drive(lambda t: fans.spread((1 - t) * even)), run_time=0.6)

            def fade(share: float) -> Changed:
                now = (1 - share) * value + share * aimless
                self.figures.show(np.where(np.abs(now) < 1e-9, 0.0, now)).shade(min(1.0, 3 * share))
                return (self.light.show(now), self.figures)

            self.play(drive(fade), run_time=beat.fill("Flag"))
        self.fade, self.average, self.habit_rule = fade, average, habit

    def keep_the_answer(self) -> None:
        """The true map is folded away."""
        name = words.label("true worth", ink.truth)
        with self.beat("Keep the best again, and this is the answer. Our courier is not given it.") as beat:
            self.play(
                drive(lambda t: self.fade(1 - t)),
                FadeOut(self.habit_rule, self.average, self.counter),
                run_time=1.0,
            )
            angles = self.angles(self.truth)
            self.play(drive(lambda t: self.compass.turn(angles, t)), run_time=0.5)
            beat.until("courier")
            self.remove(self.figures)
            small = VGroup(self.light, self.board, self.compass)
            corner = self.answer()
            self.play(
                small.animate.scale(corner.board.unit / self.board.unit).move_to(corner.board),
                FadeIn(name.next_to(corner.board, UP, buff=0.15).align_to(corner.board, LEFT)),
                run_time=1.4,
            )

    def answer(self) -> Answer:
        """The small map of the true worth, on its place in the column."""
        return Answer(self)

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
            self.play(drive(lambda t: self.wedges.show(t * self.q[1])), run_time=0.8)
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
            spring.trace(zigzag, self.now + ways * (self.found - self.now))
            believed.place([(0.3, self.now)])
            target.place([(0.3, self.found)])
            for name, height in zip(names, (self.found, self.now), strict=True):
                name.next_to(scale.at(0.38, height), RIGHT, buff=0.12)
            return (spring, believed, target, *names)

        first = qlearning.pulls(self.world, self.learnt, self.world.tile(1, 6), NORTH)[0]
        second = qlearning.pulls(self.world, self.learnt, self.world.tile(2, 6), NORTH)[0]
        table = np.zeros_like(self.q[1])

        def pull(share: float, one: qlearning.Pull, row: int) -> Changed:
            self.now, self.found = one.old + share * (one.new - one.old), one.target
            table[row, NORTH] = self.now
            return (*show(), self.wedges.show(table))

        self.now, self.found = first.old, first.target
        show()
        courier = self.board.courier([(1, 6), (0, 6)])
        rows = self.row(1, 6), self.row(2, 6)
        with self.beat("The rule is small. Move, and look: it believed zero, and found one.") as beat:
            self.play(
                drive(lambda t: self.wedges.show((1 - t) * self.q[1])), FadeIn(scale, courier), run_time=0.6
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
        trail = Trail(
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
        reel = Reel(np.arange(len(self.q)))
        gauge = Gauge("tiles that know", lambda: self.table.known[reel.row].sum(), 0, digits=2)
        place.under(gauge, answer, gap=0.3)
        place.under(trail, gauge, gap=0.25)

        def show() -> Changed:
            return (*self.table.show(reel.value), trail.reach(reel.value))

        with self.beat(
            "Let it run, and hold it against the true worth. After ten trips, eight tiles have heard of the flag."
        ) as beat:
            self.play(
                drive(lambda t: self.wedges.show((1 - t) * self.before + t * self.q[1])),
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

    # --- how to walk while learning

    @chapter("The greedy never find out", "exploration")
    def the_greedy_never_find_out(self) -> None:
        self.trio = [
            Rival(self, name, title, centre)
            for name, title, centre in zip(
                ("greedy", "tenth", "wander"),
                ("always greedy", "one move in ten", "wander first"),
                CENTRES,
                strict=True,
            )
        ]
        for rival in self.trio:
            rival.picture.set_x(0.0)
        self.add(*(rival.picture for rival in self.trio))

        with self.beat("How should it walk while it learns? Split it in three, with the same luck.") as beat:
            apart = [rival.picture.animate.set_x(rival.centre) for rival in self.trio]
            beat.at("Split", *apart, run_time=1.4)
        with self.beat(
            "The left one is always greedy. The middle one tosses a coin for one move in ten. "
            "The right one wanders first."
        ) as beat:
            for word, rival in zip(("greedy", "coin", "wanders"), self.trio, strict=True):
                beat.at(word, FadeIn(rival.name_words, rival.random))
        self.race()
        self.count_the_cost()

    def race(self) -> None:
        """Two hundred trips of each."""
        reel = Reel(np.arange(qlearning.TRIPS + 1))

        def show() -> Changed:
            return tuple(part for rival in self.trio for part in rival.show(reel.value))

        with self.beat("Two hundred trips each. A red cross marks a tile that has no right arrow.") as beat:
            show()
            self.play(
                *(FadeIn(rival.wrong, rival.crosses, rival.table.compass) for rival in self.trio),
                run_time=0.6,
            )
            self.play(reel.run(6.0, show, rate_func=linear), run_time=max(beat.fill("marks"), 2.5))
            self.play(reel.run(60.0, show, rate_func=linear), run_time=max(beat.fill(), 2.5))
        with self.beat(
            "The greedy one keeps to the first way it found. What lies beside it, it never sees."
        ) as beat:
            self.play(reel.run(200.0, show, rate_func=linear), run_time=max(beat.fill("never"), 3.0))
            self.play(words.light(self.trio[0].crosses))
        with self.beat("In twenty runs of each, the largest error is typically 1, 0.9, and 0.001.") as beat:
            for word, rival in zip(("1", "0.9", "0.001"), self.trio, strict=True):
                beat.at(word, FadeIn(rival.error), run_time=0.5)
        with self.beat(
            "Only the wanderer gets all twenty-five arrows right, and it does in all twenty runs."
        ) as beat:
            beat.at("all", words.light(self.trio[2].table.compass))

    def count_the_cost(self) -> None:
        """Wandering costs steps; what is learned by it is the best way all the same."""
        with self.beat(
            "It pays with steps: ten thousand, where the others made 2.3 and 2.4 thousand."
        ) as beat:
            beat.at("ten", FadeIn(self.trio[2].steps))
            beat.at("2.3", FadeIn(self.trio[0].steps), run_time=0.4)
            beat.at("2.4", FadeIn(self.trio[1].steps), run_time=0.4)
        rows = [(rival.wrong, rival.error, rival.random) for rival in self.trio]
        rule = words.formula(
            "Q <- Q + alpha (r + gamma {{ max_(a') : best }} Q(s', a') - Q)",
            {"Q": ink.first, "best": ink.focus},
        ).move_to((0.0, -1.7, 0.0))
        with self.beat(
            "It walks at random, and learns the best way, for its target takes the best next move. "
            "That is called off-policy."
        ) as beat:
            self.play(
                FadeOut(*(part for row in rows for part in row), *(rival.steps for rival in self.trio)),
                run_time=0.5,
            )
            beat.at("target", words.write(rule))
            beat.at("best next", words.light(rule.part("best")))
            name = words.note("[off-policy:focus]").next_to(rule, DOWN, buff=0.35)
            beat.at("off-policy", words.write(name))

    # --- a net instead of a table

    @chapter("A net stands on its own wet paint", "replay in DQN", "target network in DQN")
    def a_net_stands_on_its_own_wet_paint(self) -> None:
        self.floor = dqn.read_floor(self.world)
        self.painting = dqn.paint()
        self.solid = np.isnan(self.floor.at(self.floor.mesh()))
        self.paint = self.board.field(self.look("both", 0), (ink.negative, ink.positive), opacity=0.8)
        self.add(self.paint, self.board.polygon(self.board.corners, ink.faint), self.board)

        self.leave_the_tiles()
        self.chase_the_wet_paint()
        self.freeze_the_teacher()
        self.shuffle_the_memories()
        self.hold_still()

    def look(self, name: dqn.Name, row: int) -> Floats:
        """What the net ``name`` believes of the floor at its look ``row``, nothing within walls."""
        return np.where(self.solid, 0.0, self.painting.value[row, self.painting.row(name)])

    def leave_the_tiles(self) -> None:
        """Any place instead of tiles: no table fits, a net paints the floor."""
        stroll = self.painting.stroll[:24]
        courier = self.board.courier(
            np.column_stack([len(self.world.rows) - 0.5 - stroll[:, 1], stroll[:, 0] - 0.5])
        )
        dark = np.zeros_like(self.look("both", 0))
        self.paint.show(dark)
        with self.beat(
            "Real places have no tiles. Let it stand anywhere, and step half a tile, never quite exactly."
        ) as beat:
            self.play(self.board.lines.animate.set_stroke(opacity=0.0), FadeIn(courier), run_time=1.0)
            self.play(drive(lambda t: courier.walk(23 * t), courier, rate_func=linear), run_time=beat.fill())
        size = words.note("network\n2 → 64 → 64 → 4", size=ink.SMALL)
        place.aside(size)
        with self.beat("No table holds that. So a small network paints the worth of every place.") as beat:
            self.play(FadeOut(courier), run_time=0.4)
            first = self.look("both", 9)
            beat.at("network", words.write(size))
            beat.at("paints", drive(lambda t: self.paint.show(t * first)), run_time=1.4)
        self.size = size

    def chase_the_wet_paint(self) -> None:
        """Without a frozen teacher worth runs away."""
        thousand = self.painting.step / 1000
        self.chart = Plane(
            (0, 20),
            (0.1, 1e6),
            2.4,
            1.5,
            x_label="thousand steps",
            y_label="largest worth",
            x_ticks=(0, 10, 20),
            y_ticks=(1, 1e3, 1e6),
            log_y=True,
        )
        place.aside(self.chart)
        limit = self.chart.segment((0, 1), (20, 1), ink.truth, dashed=True)
        name: dqn.Name = "replay"
        largest = self.painting.largest.T
        self.runaway = self.chart.curve(thousand, largest[self.painting.row(name)], ink.error, share=0.0)
        self.calm = self.chart.curve(thousand, largest[self.painting.row("both")], ink.first, share=0.0)
        values = np.array([self.look(name, row) for row in range(len(thousand))])
        reel = Reel(thousand)
        before = self.look("both", 9)

        def show() -> Changed:
            share = (reel.value - thousand[0]) / (thousand[-1] - thousand[0])
            return (self.paint.show(reel.mix(values)), self.runaway.reveal(share))

        with self.beat(
            "But what it aims at is painted by itself: reward, plus its own worth of the next place."
        ) as beat:
            rule = words.formula(
                "r + gamma {{ max_(a') Q(s', a') : own }}", {"own": ink.focus, "Q": ink.first}
            )
            place.under(rule, self.size, gap=0.4)
            beat.at("aims", words.write(rule))
            beat.at("own", words.light(rule.part("own")), run_time=1.0)
        self.leave(rule, self.size)
        with self.beat("The brush chases its own wet paint. No worth here can exceed one.") as beat:
            self.play(drive(lambda t: self.paint.show((1 - t) * before + t * values[0])), run_time=0.6)
            beat.at("No", FadeIn(self.chart), Create(limit), run_time=0.8)
            self.add(self.runaway)
            self.play(reel.run(3.0, show, rate_func=linear), run_time=max(beat.fill(), 1.5))
        top = largest[self.painting.row(name)].max()
        tall = words.headline(f"{top / 1000:.0f},000", ink.error)
        place.under(tall, self.chart, gap=0.35)
        with self.beat(
            "This net comes to believe in 911 thousand points, and never recovers the map."
        ) as beat:
            self.play(reel.run(5.0, show, rate_func=linear), run_time=beat.fill("911"))
            self.play(FadeIn(tall, scale=1.2), run_time=0.5)
            self.play(reel.run(20.0, show), run_time=max(beat.fill(), 2.5))
        self.leave(tall)
        self.limit, self.last = limit, values[-1]

    def freeze_the_teacher(self) -> None:
        """Cure one: the target comes from a copy that stands still."""
        title = words.label("teacher: a frozen copy", ink.quiet)
        small = Board(self.world.rows, 2.9, 2.0)
        small.lines.set_stroke(opacity=0.0)
        place.under(title, self.chart, gap=0.3)
        place.under(small, title, gap=0.15)
        copy = small.field(np.zeros_like(self.last), (ink.negative, ink.positive), opacity=0.8)
        frame = small.polygon(small.corners, ink.chalk)
        rows = np.arange(12)
        values = np.array([self.look("both", int(row)) for row in rows])
        self.play(drive(lambda t: self.paint.show((1 - t) * self.last + t * values[0])), run_time=0.8)
        copy.show(values[0])
        with self.beat("Cure one: freeze a copy of the painter, and take every target from that.") as beat:
            beat.at("freeze", FadeIn(title, copy, small, frame), run_time=1.0)
        reel = Reel(rows)

        def show() -> Changed:
            stands = int(np.floor(reel.value + 1e-9))
            return (self.paint.show(reel.mix(values)), copy.show(values[max(stands, 0)]))

        with self.beat(
            "It stands still for two hundred steps, and then it is replaced. This is the target network."
        ) as beat:
            self.play(reel.run(8.0, show, rate_func=linear), run_time=max(beat.fill("target"), 3.5))
            beat.at("target", words.light(frame))
        self.leave(title, copy, small, frame)

    def shuffle_the_memories(self) -> None:
        """Cure two: a batch from the whole memory instead of the last steps."""
        row = self.painting.row("target"), self.painting.row("both")
        recent, mixed = (self.painting.batch[each] for each in row)
        dots = self.board.dots(recent, ink.focus, radius=0.07)
        with self.beat(
            "What it learns from are its last steps: all of one corner. So it forgets the rest."
        ) as beat:
            beat.at("last", FadeIn(dots), run_time=0.8)
        with self.beat(
            "Cure two: keep every step in a bag, shake, and draw thirty-two. That is replay."
        ) as beat:
            beat.until("shake")
            self.play(drive(lambda t: dots.place((1 - t) * recent + t * mixed)), run_time=1.6)
        self.leave(dots)

    def hold_still(self) -> None:
        """Both cures, and what is left of the trouble without the bag; no proof."""
        thousand = self.painting.step / 1000
        values = np.array([self.look("both", row) for row in range(len(thousand))])
        reel = Reel(thousand, value=thousand[8])

        def show() -> Changed:
            share = (reel.value - thousand[0]) / (thousand[-1] - thousand[0])
            return (self.paint.show(reel.mix(values)), self.calm.reveal(share))

        reached = 100 * self.painting.reached
        gauges = [
            Gauge("largest worth", lambda: self.painting.largest[-1, self.painting.row("both")], 2),
            Gauge("both cures", lambda: reached[self.painting.row("both")], 0, "%", ink.first),
            Gauge("no teacher", lambda: reached[self.painting.row("replay")], 0, "%", ink.error),
            Gauge("no replay", lambda: reached[self.painting.row("target")], 0, "%", ink.error),
        ]
        place.under(gauges[0], self.chart, gap=0.3)
        for above, below in pairwise(gauges):
            place.under(below, above, gap=0.2)
        with self.beat(
            "With both, the floor holds still. Its largest worth is 1.05, where one is the truth."
        ) as beat:
            self.add(self.calm)
            self.play(reel.run(20.0, show, rate_func=linear), run_time=max(beat.fill("1.05"), 4.0))
            self.play(FadeIn(gauges[0]), run_time=0.5)
        compass = self.board.compass(self.tiles)
        angles = self.angles(self.painting.q[self.painting.row("both")])
        with self.beat(
            "It finds the flag in 99 of a hundred tries; without the teacher 3, without the bag 18."
        ) as beat:
            self.play(drive(lambda t: compass.turn(angles, t)), run_time=0.8)
            for word, gauge in zip(("99", "3", "18"), gauges[1:], strict=True):
                beat.at(word, FadeIn(gauge), run_time=0.5)
        with self.beat(
            "These are cures, not proofs: from other seeds it reaches the flag in 86 and 69 of a hundred."
        ) as beat:
            beat.until("86")
            others = [100 * dqn.paint(seed).reached[self.painting.row("both")] for seed in (0, 2)]
            note = words.label(f"other seeds: {others[0]:.0f} %, {others[1]:.0f} %", ink.quiet)
            self.play(FadeOut(gauges[0]), run_time=0.4)
            note.move_to(gauges[0], aligned_edge=LEFT)
            self.play(FadeIn(note), run_time=0.5)

    # --- chances instead of worth

    @chapter("Push what paid, on average", "REINFORCE", "the variance of REINFORCE")
    def push_what_paid_on_average(self) -> None:
        self.fans = self.board.fans(self.tiles)
        self.add(self.board)

        self.push_one_trip()
        self.throw_a_thousand()
        self.subtract_what_was_expected()
        self.climb_forty_bags()

    def chances(self, theta: Floats) -> Floats:
        """π (25, 4) on the live tiles."""
        return policy.shares(theta)[self.live]

    def turn_fans(self, old: Floats, new: Floats) -> Animation:
        """The fans go from one policy to another."""
        return drive(lambda t: self.fans.spread((1 - t) * old + t * new))

    def push_one_trip(self) -> None:
        """One trip of the even wanderer, and what it changes."""
        theta = np.zeros(self.world.reward.shape)
        even = self.chances(theta)
        with self.beat(
            "Now forget worth. Let each tile hold chances: four sectors, one for each move."
        ) as beat:
            beat.at("chances", drive(lambda t: self.fans.spread(t * even)), run_time=1.0)

        bag = policy.gather(self.world, theta, np.random.default_rng(2), 200)
        one = bag.trip(bag.paid(12, 18))
        tiles, moves, _ = one.flat
        way = self.world.tiles[np.append(tiles, self.world.after[tiles[-1], moves[-1]])]
        courier, thread = self.board.courier(way), self.board.thread(way)
        pushed = self.chances(theta + 1.5 * policy.slope_of(theta, one, np.zeros(len(theta))))

        def go(share: float) -> Changed:
            return (thread.reach(share * len(moves)), courier.walk(share * len(moves)))

        with self.beat(
            "Walk one trip. If it pays, every move on it becomes likelier, its detours too."
        ) as beat:
            self.play(FadeIn(courier), run_time=0.4)
            self.add(thread, courier)
            self.play(drive(go, rate_func=linear), run_time=max(beat.fill("becomes"), 2.0))
            self.play(self.turn_fans(even, pushed), run_time=1.2)
        rule = words.formula(
            "sum_t {{ G_t : back }} nabla log {{ pi(a_t|s_t) : chance }}",
            {"back": ink.focus, "chance": ink.fourth},
        )
        place.aside(rule)
        with self.beat("Each chance is pushed by what came back after it. That is REINFORCE.") as beat:
            self.play(FadeOut(courier, thread), run_time=0.5)
            beat.at("chance", words.write(rule))
            beat.at("came", words.light(rule.part("back")))
        self.pushed, self.rule = pushed, rule

    def throw_a_thousand(self) -> None:
        """One-trip estimates of the gradient of one policy: right together, wild alone."""
        darts = policy.throw_darts()
        self.plain, self.less, true = darts.seen()
        self.habit = self.chances(darts.theta)
        chart = Plane(
            (-1.5, 1.5),
            (-0.5, 0.5),
            2.7,
            2.3,
            x_label="along the true slope",
            y_label="one way across it",
            x_ticks=(-1, 0, 1),
            y_ticks=(-0.5, 0, 0.5),
        )
        place.under(chart, self.rule, gap=0.4)
        zero = chart.segment((0, -0.5), (0, 0.5), ink.faint)
        mean = chart.dots([true], ink.truth, "diamond", radius=0.13)
        self.right = chart.cloud(self.plain[:0], ink.fourth, radius=0.022, opacity=0.7)
        self.back = chart.cloud(self.plain[:0], ink.error, radius=0.022, opacity=0.9)
        spread, backward = darts.spread(), darts.backward()
        self.learnt_share = 0.0
        self.gauges = [
            Gauge("variance", lambda: spread[0] + self.learnt_share * (spread[1] - spread[0]), 3),
            Gauge("backwards", lambda: 100 * (self.seen()[:, 0] < 0).mean(), 1, "%", ink.error),
        ]
        if abs(backward[0] - (self.plain[:, 0] < 0).mean()) > 1e-9:
            raise ValueError("some darts point nowhere")
        for above, gauge in zip((chart, self.gauges[0]), self.gauges, strict=True):
            place.under(gauge, above, gap=0.2)

        with self.beat("Here is a habit half formed. A thousand trips by it give a thousand slopes.") as beat:
            self.play(self.turn_fans(self.pushed, self.habit), run_time=1.2)
            self.play(FadeIn(chart, zero), run_time=0.6)
            order = np.random.default_rng(0).permutation(len(self.plain))

            def throw(share: float) -> Changed:
                thrown = self.plain[order[: round(share * len(order))]]
                return self.aim(thrown)

            self.add(self.right, self.back)
            self.play(drive(throw, rate_func=linear), run_time=max(beat.fill(), 1.6))
        with self.beat(
            "Their mean, the diamond, is the true slope. Yet one in four points backwards."
        ) as beat:
            beat.at("diamond", FadeIn(mean, scale=2))
            beat.at("one", FadeIn(self.gauges[1]))

    def seen(self) -> Floats:
        """The darts now, between whole returns and what is left of them."""
        return (1 - self.learnt_share) * self.plain + self.learnt_share * self.less

    def aim(self, darts: Floats) -> Changed:
        """The clouds of the darts that point ahead and of those that point back."""
        ahead = darts[:, 0] >= 0
        return (self.right.place(darts[ahead]), self.back.place(darts[~ahead]))

    def subtract_what_was_expected(self) -> None:
        """The baseline: the cloud shrinks, its mean stays."""
        value = gridworld.value_of(self.world, policy.shares(policy.throw_darts().theta))[self.live]
        light = self.board.lights(self.tiles)
        self.add(light, self.board, self.fans)

        def shrink(share: float) -> Changed:
            self.learnt_share = share
            return self.aim(self.seen())

        with self.beat("So subtract what you expected: the worth of each tile under this habit.") as beat:
            self.play(FadeIn(self.gauges[0]), run_time=0.4)
            beat.at("worth", drive(lambda t: light.show(t * value)), run_time=1.0)
        with self.beat(
            "The mean stays where it was. The variance falls almost six-fold, and hardly one points back."
        ) as beat:
            self.play(drive(shrink), run_time=max(beat.fill("six-fold"), 2.0))
            self.play(self.gauges[0].light())
            beat.at("hardly", self.gauges[1].light())
        self.baseline_light = light

    def climb_forty_bags(self) -> None:
        """REINFORCE with its baseline, to the end."""
        climb = policy.reinforce(self.world, np.random.default_rng(RIVAL), 40)
        chances = np.array([self.chances(theta) for theta in climb.theta])
        reel = Reel(np.arange(len(chances)))
        worth = Gauge("worth of habit", lambda: float(reel.mix(climb.score)), 2)
        best = Gauge("best there is", lambda: policy.best_score(self.world), 2, color=ink.truth)
        for gauge, spot in zip((worth, best), self.gauges, strict=True):
            gauge.move_to(spot)
        with self.beat(
            "That is a baseline, and a running mean will do. From even chances, take forty bags of twenty trips."
        ) as beat:
            self.play(
                self.turn_fans(self.habit, chances[0]),
                FadeOut(self.baseline_light),
                FadeOut(*self.gauges),
                run_time=1.0,
            )
            self.play(FadeIn(worth, best), run_time=0.5)
            self.play(
                reel.run(40.0, lambda: (self.fans.spread(reel.mix(chances)),), rate_func=linear),
                run_time=max(beat.fill(), 3.5),
            )
        with self.beat("It is worth 0.60 now, of 0.66. But each bag was used once, and thrown away.") as beat:
            beat.at("0.60", worth.light())
            beat.at("0.66", best.light())

    # --- the clip

    @chapter("Do not leave your evidence", "PPO's clipped ratio")
    def do_not_leave_your_evidence(self) -> None:
        self.fans = self.board.fans(self.tiles)
        self.free = policy.ppo(self.world, RIVAL, clip=None)
        self.held = policy.ppo(self.world, RIVAL)
        even = self.chances(self.free.theta[0])
        self.ghost = self.board.fans(self.tiles, ink.focus, outlined=True).spread(even)
        self.fans.spread(even)
        self.add(self.board, self.fans)

        self.run_away()
        self.put_a_roof()
        self.compare_twenty_seeds()

    def passing(self, drift: policy.Drift) -> Reel:
        """The passes over the first bag."""
        return Reel(np.arange(len(drift.theta)))

    def run_away(self) -> None:
        """Ten steps on one bag, without a clip: the ratios run off, and the arrows freeze."""
        chances = np.array([self.chances(theta) for theta in self.free.theta])
        reel = self.passing(self.free)
        self.ruler = Plane(
            (0, 4),
            (-4, 4),
            2.9,
            2.4,
            x_label="ratio, new / old",
            y_label="gain",
            x_ticks=(0, 1, 2, 3, 4),
            y_ticks=(-4, 0, 4),
        )
        sign = np.sign(self.free.advantage)
        self.dots = self.ruler.cloud(np.zeros((0, 2)), ink.chalk, radius=0.03)
        ratio = words.formula(
            'rho = {{ pi_"new" (a|s) : new }} / {{ pi_"old" (a|s) : old }}',
            {"new": ink.fourth, "old": ink.focus},
        )
        place.aside(ratio, self.ruler, gap=0.4)

        def show() -> Changed:
            now = reel.mix(self.free.ratio)
            return (self.fans.spread(reel.mix(chances)), self.dots.place(np.column_stack([now, sign * now])))

        with self.beat(
            "Trips are dear. So climb ten steps on the same bag of twenty trips, not one."
        ) as beat:
            beat.until("climb")
            self.play(drive(lambda t: (reel.turn(4 * t), show()[0])[1]), run_time=max(beat.fill(), 1.5))
        with self.beat(
            "But old trips are evidence about the old habit, the yellow rims, not about the new one."
        ) as beat:
            beat.at("yellow", FadeIn(self.ghost), run_time=0.8)
        with self.beat(
            "Measure how far you went, by new chance over old. Go on, and some ratios pass three."
        ) as beat:
            beat.at("new", words.write(ratio))
            show()
            self.play(FadeIn(self.ruler, self.dots), run_time=0.6)
            self.play(reel.run(10.0, show), run_time=max(beat.fill(), 1.6))

        path = np.array([self.chances(theta) for theta in self.free.climb.theta])
        bags = Reel(np.arange(len(path)), value=1.0)
        self.worth = Gauge("worth of habit", lambda: float(bags.mix(self.free.climb.score)), 2)
        place.under(self.worth, self.ruler, gap=0.25)
        with self.beat(
            "Forty bags like that, and it has frozen, sure of itself and facing walls. It is worth 0.04."
        ) as beat:
            self.play(FadeOut(self.ghost), FadeIn(self.worth), run_time=0.5)
            self.play(
                bags.run(40.0, lambda: (self.fans.spread(bags.mix(path)),), rate_func=linear),
                run_time=max(beat.fill("0.04"), 3.0),
            )
            self.play(self.worth.light(), run_time=0.6)
        self.frozen, self.ratio = path[-1], ratio

    def put_a_roof(self) -> None:
        """The clipped objective, for good moves and for bad ones."""
        rho = np.linspace(0, 4, 401)
        good, bad = (
            self.ruler.curve(rho, policy.clipped(rho, np.full_like(rho, gain)), color, share=0.0)
            for gain, color in ((1.0, ink.positive), (-1.0, ink.negative))
        )
        with self.beat(
            "PPO pays for a good move's ratio up to 1.2. Past that the roof is flat: no push."
        ) as beat:
            self.play(FadeOut(self.dots, self.worth), run_time=0.5)
            self.add(good)
            self.play(drive(lambda t: good.reveal(0.3 * t)), run_time=max(beat.fill("1.2"), 0.8))
            self.play(drive(lambda t: good.reveal(0.3 + 0.7 * t)), run_time=1.0)
        with self.beat("For a bad move, mirrored: below 0.8 nothing more is gained.") as beat:
            self.add(bad)
            self.play(drive(lambda t: bad.reveal(t)), run_time=max(beat.fill(), 1.5))
        objective = words.formula(
            'min({{ rho A : free }}, thin {{ "clip"(rho, 0.8, 1.2) : roof }} thin A)', {"roof": ink.focus}
        )
        place.under(objective, self.ruler, gap=0.3)
        chances = np.array([self.chances(theta) for theta in self.held.theta])
        reel = self.passing(self.held)

        def show() -> Changed:
            now = reel.mix(self.held.ratio)
            gain = policy.clipped(now, np.sign(self.held.advantage))
            return (self.fans.spread(reel.mix(chances)), self.dots.place(np.column_stack([now, gain])))

        with self.beat(
            "The clip does not forbid. It stops paying: with it, the largest ratio is still 2.06."
        ) as beat:
            self.play(self.turn_fans(self.frozen, chances[0]), words.write(objective), run_time=1.0)
            show()
            self.play(FadeIn(self.dots), run_time=0.4)
            self.play(reel.run(10.0, show), run_time=max(beat.fill("2.06"), 1.8))
            tip = float(self.held.ratio[-1].max())
            mark = self.ruler.dots([(tip, 1.2)], ink.focus, "ring", radius=0.13)
            value = words.label(f"{tip:.2f}", ink.focus).next_to(mark, UP, buff=0.12)
            self.play(FadeIn(mark, scale=2), FadeIn(value), run_time=0.5)
        self.leave(self.ruler, self.dots, good, bad, mark, value, objective, self.ratio)
        self.first_bag = chances[-1]

    def compare_twenty_seeds(self) -> None:
        """Twenty seeds with the clip and without; the best there is."""
        contest = policy.compete()
        chart = Plane(
            (0, 40),
            (-0.1, 0.75),
            2.7,
            3.4,
            x_label="bags of twenty trips",
            y_label="worth",
            x_ticks=(0, 20, 40),
            y_ticks=(0, 0.5),
        )
        place.aside(chart)
        best = chart.segment((0, contest.best), (40, contest.best), ink.truth, dashed=True)
        bags = np.arange(contest.clipped.shape[1])
        free = Spread(chart, bags, contest.free, ink.error, dashed=True)
        held = Spread(chart, bags, contest.clipped, ink.first)
        path = np.array([self.chances(theta) for theta in self.held.climb.theta])
        path[0] = path[1]  # where the fans stand already
        reel = Reel(bags)

        def show() -> Changed:
            return (self.fans.spread(reel.mix(path)), free.reach(reel.value), held.reach(reel.value))

        with self.beat(
            "The same seed with its clip ends at 0.66. Twenty seeds, blue with the clip, red without."
        ) as beat:
            self.play(FadeIn(chart, best), run_time=0.6)
            self.add(free, held)
            self.play(reel.run(40.0, show, rate_func=linear), run_time=max(beat.fill(), 4.5))
        with self.beat("Without it, five of twenty end below 0.5. With it, the worst reaches 0.60.") as beat:
            beat.at("below", words.light(free.threads, ink.error))
            beat.at("worst", words.light(held.middle))

    # --- what stays

    @chapter("Light from the goal")
    def light_from_the_goal(self) -> None:
        three = Trio(self)
        self.add(*three.parts)
        with self.beat("A table, a painted floor, a policy of chances: three ways over one map.") as beat:
            for word, name in zip(("table", "floor", "chances"), three.names, strict=True):
                beat.at(word, FadeIn(name, shift=0.1 * UP), run_time=0.5)
        with self.beat(
            "Lay them over one another. All seventy-five arrows lead to the flag by a shortest way."
        ) as beat:
            self.play(FadeOut(*three.names), run_time=0.4)
            self.play(*(part.animate.move_to(three.parts[1]) for part in three.parts), run_time=1.6)
        light, compass = self.board.lights(self.tiles, full=0.8), self.board.compass(self.tiles)
        value = self.sweeps.value[:11, self.live]
        angles = self.angles(self.truth)
        reel = Reel(np.arange(11))
        VGroup(self.board, light, compass).shift(float(-self.board.get_center()[0]) * RIGHT)
        compass.spots = self.board.spot(self.tiles)

        def show() -> Changed:
            now = reel.mix(value)
            known = np.minimum(now / 0.35, 1.0)
            return (light.show(now), compass.turn(angles - (1 - known) * np.pi, known))

        with self.beat("A tile is worth what the next tile is worth, times nine tenths.") as beat:
            self.play(FadeOut(*three.parts), FadeIn(self.board), run_time=0.8)
            self.add(light, self.board, compass)
            self.play(reel.run(2.0, show, rate_func=linear), run_time=max(beat.fill(), 1.5))
        with self.beat("So good news walks backwards from the goal, one step at a time.") as beat:
            self.play(reel.run(10.0, show, rate_func=linear), run_time=max(beat.fill(), 3.0))
        with self.beat("Wander enough to meet it, and do not leave the evidence that you learn from."):
            way = self.world.tiles[gridworld.shortest_way(self.world, self.world.start)]
            courier = self.board.courier(way)
            self.play(FadeIn(courier), run_time=0.5)
            self.play(
                drive(lambda t: courier.walk(t * (len(way) - 1)), courier, rate_func=linear), run_time=4.0
            )
        with self.beat("PPO comes back where language models are tuned to what people prefer.") as beat:
            self.play(words.light(compass), run_time=1.2)

    def poster(self) -> None:
        """The map from above, light fading from the flag, the courier in its dark corner."""
        board = Board(self.world.rows, 9.6, 7.6).to_edge(RIGHT, buff=0.35)
        value = self.sweeps.value[-1][self.live]
        light = board.lights(self.tiles, full=0.95).show(((value - 0.36) / 0.64) ** 1.3)
        free = (self.live != self.world.start).astype(float)
        compass = board.compass(self.tiles).turn(self.angles(self.truth), free)
        courier = board.courier([self.world.tiles[self.world.start]])
        text = words.headline("Good\nnews\n[walks:focus]\nback", size=ink.POSTER)
        text.to_edge(LEFT, buff=0.5)
        self.add(light, board, compass, courier, text)


class Trio:
    """Table, painted floor and fans of the same map, side by side, each with its arrows and its name."""

    def __init__(self, lesson: ReinforcementLearning) -> None:
        boards = [Board(lesson.world.rows, 4.1, 3.0).move_to((x, 0.3, 0.0)) for x in CENTRES]
        painting = dqn.paint()
        floor = dqn.read_floor(lesson.world)
        row = painting.row("both")
        worth = np.where(np.isnan(floor.at(floor.mesh())), 0.0, painting.value[-1, row])
        final = policy.ppo(lesson.world, RIVAL).climb.theta[-1]
        looks = [
            boards[0].wedges(lesson.tiles).show(lesson.learnt.q[-1][lesson.live]),
            boards[1].field(worth, (ink.negative, ink.positive), opacity=0.8),
            boards[2].fans(lesson.tiles).spread(policy.shares(final)[lesson.live]),
        ]
        boards[1].lines.set_stroke(opacity=0.0)
        self.parts = [
            Group(*((board, look) if look is looks[0] else (look, board)))
            for board, look in zip(boards, looks, strict=True)
        ]
        for part, board, q in zip(
            self.parts, boards, (lesson.learnt.q[-1], painting.q[row], final), strict=True
        ):
            part.add(board.compass(lesson.tiles).turn(lesson.angles(q)))
        self.names = [
            words.align_baseline(words.label(name).set_x(x), words.label("table").move_to((x, 2.1, 0.0)))
            for name, x in zip(("a table", "a painted floor", "chances"), CENTRES, strict=True)
        ]


class Table:
    """What a run of Q-learning knows, on a board: four lights a tile, and an arrow where it has heard of anything."""

    def __init__(self, lesson: ReinforcementLearning, board: Board, run: qlearning.Run) -> None:
        self.q = run.q[:, lesson.live]
        self.known = self.q.max(axis=2) > 0.01
        self.angles = np.array([lesson.angles(q) for q in run.q])
        self.wedges, self.compass = board.wedges(lesson.tiles), board.compass(lesson.tiles)

    def show(self, trips: float) -> Changed:
        """What is known after so many trips; parts of trips are on the way from one to the next."""
        before, share = int(trips), trips - int(trips)
        after = min(before + 1, len(self.q) - 1)
        known = (1 - share) * self.known[before] + share * self.known[after]
        self.compass.turn(turned(self.angles[before], self.angles[after], share), known)
        return (self.wedges.show((1 - share) * self.q[before] + share * self.q[after]), self.compass)


class Rival:
    """One of three couriers with the same luck: its table, its curiosity, and what became of it."""

    def __init__(self, lesson: ReinforcementLearning, name: str, title: str, centre: float) -> None:
        curiosity, trial = qlearning.SCHEDULES[name], qlearning.try_schedule(name)
        run = qlearning.learn(lesson.world, SEED, curiosity)
        self.centre, self.trips = centre, 0.0
        board = Board(lesson.world.rows, 4.1, 3.0).move_to((centre, 0.65, 0.0))
        self.table = Table(lesson, board, run)
        right = np.array([gridworld.right_moves(lesson.world, q, lesson.truth) for q in run.q])
        self.right = right & self.table.known
        # Crosses come and go over a few trips: at full speed they would flicker.
        wrong = np.pad((~self.right).astype(float), ((4, 4), (0, 0)), mode="edge")
        self.shine = np.lib.stride_tricks.sliding_window_view(wrong, 9, axis=0).mean(axis=-1)
        self.picture = VGroup(board, self.table.wedges)
        corners = board.spot(lesson.tiles) + np.array([0.3, 0.3])
        self.crosses = board.dots(corners, ink.error, "cross", radius=0.085)
        self.name_words = words.label(title).move_to((centre, 2.4, 0.0))
        words.align_baseline(self.name_words, words.label("wander first").move_to((centre, 2.4, 0.0)))
        width = float(board.width)
        self.random = Gauge(
            "random moves", lambda: 100 * curiosity(round(self.trips)), 0, "%", width=width, digits=3
        )
        self.wrong = Gauge(
            "no right arrow", lambda: (~self.right[round(self.trips)]).sum(), 0, color=ink.error, width=width
        )
        self.error = Gauge("typical error", lambda: np.median(trial.error), 3, width=width)
        self.steps = Gauge("thousand steps", lambda: trial.steps.mean() / 1000, 1, width=width)
        for row, gauge in enumerate((self.random, self.wrong, self.error, self.steps)):
            gauge.move_to((centre, -1.2 - 0.47 * row, 0.0))

    def show(self, trips: float) -> Changed:
        """The table after so many trips, and a cross where its arrow is wrong."""
        self.trips = trips
        before, share = int(trips), trips - int(trips)
        after = min(before + 1, len(self.shine) - 1)
        self.crosses.shade((1 - share) * self.shine[before] + share * self.shine[after])
        return (*self.table.show(trips), self.crosses)


class Answer(VGroup):
    """The truth, folded away: a small board with its light and its arrows, under its name."""

    def __init__(self, lesson: ReinforcementLearning) -> None:
        super().__init__()
        self.board = Board(lesson.world.rows, 2.9, 2.9)
        self.name_words = words.label("true worth", ink.truth)
        place.aside(self.name_words, self.board, gap=0.15)
        light = self.board.lights(lesson.tiles).show(lesson.sweeps.value[-1][lesson.live])
        compass = self.board.compass(lesson.tiles).turn(lesson.angles(lesson.truth))
        self.add(light, self.board, compass, self.name_words)
