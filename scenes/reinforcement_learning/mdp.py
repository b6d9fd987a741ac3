"""What is given and what is true: rewards, returns and the Bellman equations."""

from __future__ import annotations

from functools import partial

import numpy as np
from manim import LEFT, UP, Animation, Create, FadeIn, FadeOut, VGroup, linear, smooth

from scenes.kit import ink, place, words
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.maths.reinforcement_learning import gridworld
from scenes.reinforcement_learning.stage import ReinforcementLearningStage


class Mdp(ReinforcementLearningStage):
    """What is given and what is true: rewards, returns and the Bellman equations."""

    edition = 1

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
        light, figures = self.board.lights(self.tiles), self.board.figures(self.tiles).redraw(values)

        def seep(reach: float) -> Changed:
            come = np.clip(reach - order, 0, 1)
            return (light.redraw(come * values), figures.shade(come))

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
        return (self.light.redraw(self.shown), self.figures.redraw(figures).shade(self.shade))

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
            return (coin.redraw([(1 - share) * begin + share * stop + hop], 0.13 * (1 - 0.1 * share) ** 0.5),)

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
        reel = ParameterSweep(np.arange(len(value)))
        counter = Gauge("sweeps", lambda: np.floor(reel.value + 1e-9), 0, digits=2)
        place.under(counter, self.equation, gap=0.7)

        def forget(share: float) -> Changed:
            self.figures.shade((1 - share) * self.shade)
            return (self.light.redraw((1 - share) * self.shown), self.figures)

        def show() -> Changed:
            # A number stands from the sweep on that reaches its tile: on this map it never changes again.
            self.figures.redraw(value[-1]).shade(reel.mix(np.isclose(value, value[-1]).astype(float)))
            return (self.light.redraw(reel.mix(value)), self.figures)

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
                drive(lambda t: self.compass.redraw(angles - (1 - t) * np.pi, smooth(t)), rate_func=linear),
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
            return (self.compass.redraw(angles + 0.45 * np.sin(np.pi * share) * np.sin(4 * np.pi * share)),)

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
                drive(lambda t: (self.compass.redraw(angles, 1 - t), fans.redraw(t * even))),
                words.write(habit),
                run_time=1.4,
            )

        with self.beat(
            "Wander evenly, and every tile of this map is worth zero. Flag and pit cancel: a symmetry of this map."
        ) as beat:
            self.play(drive(lambda t: fans.redraw((1 - t) * even)), run_time=0.6)

            def fade(share: float) -> Changed:
                now = (1 - share) * value + share * aimless
                self.figures.redraw(np.where(np.abs(now) < 1e-9, 0.0, now)).shade(min(1.0, 3 * share))
                return (self.light.redraw(now), self.figures)

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
            self.play(drive(lambda t: self.compass.redraw(angles, t)), run_time=0.5)
            beat.until("courier")
            self.remove(self.figures)
            small = VGroup(self.light, self.board, self.compass)
            corner = self.answer()
            self.play(
                small.animate.scale(corner.board.unit / self.board.unit).move_to(corner.board),
                FadeIn(name.next_to(corner.board, UP, buff=0.15).align_to(corner.board, LEFT)),
                run_time=1.4,
            )
