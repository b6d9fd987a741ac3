"""What is true: the value of a policy, and the best policy, by the Bellman equations."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.board import MOVES
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.reinforcement_learning import gridworld
from scenes.reinforcement_learning.ground import (
    ACTION,
    ASIDE,
    HOME,
    LARGE,
    RIM,
    TOP,
    VALUE,
    WORDS,
    go_to,
    on_rock,
)
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

LEANING: Final = (0.25, 0.75)
"""How often the two policies that are compared take a best action; else any, by equal chances."""
HALVES: Final = (0.5, 0.5, 0.0, 0.0)
"""The policy by hand: up or right, half and half."""
DIMMED: Final = 0.2
"""How bright the answer stays when it is folded away."""


class Bellman(ReinforcementLearningStage):
    """What is true: the value of a policy, and the best policy, by the Bellman equations."""

    # --- the value of a policy

    @chapter("A policy has a value", "Bellman equations", goes_on=True)
    def a_policy_has_a_value(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        way, counted = self.far_way()
        lit = self.ground.lights(way[:-1]).redraw(counted)
        figures = self.ground.figures(way[:-1]).redraw(counted).shade(1.0)
        self.agent = self.ground.courier([HOME])
        self.add(self.rock, lit, self.ground, *self.prizes(), figures)
        self.allow(figures, "unread", "they are read as the chapter before ends")
        self.ask_before_it_moves(lit, figures)
        self.solve_one_tile()
        self.write_the_expectation()
        self.change_the_policy()

    def ask_before_it_moves(self, *leaving: Mobject) -> None:
        """A policy on one tile, as a fan of probabilities."""
        self.fan = self.ground.fans([HOME])
        even = np.full((1, 4), 0.25)
        policy = self.written("[*policy*:focus] $pi(a|s)$", 3.1)
        shares = [
            self.written('$pi("up"|s) + pi("right"|s)$', 1.2),
            self.written('$+ pi("down"|s) + pi("left"|s)$', 0.0),
            self.written("$= 1$", -1.2),
        ]
        asked = self.written("return from here: ?", 3.1)
        with self.beat(
            "A return belongs to one episode. But what is a state worth, before anything happens?"
        ) as beat:
            self.play(FadeOut(*leaving), run_time=pace.BRISK)
            self.shot(shot.close_up())
            beat.over(go_to(self.frame, RIM), FadeIn(self.agent), until="before", least=pace.SLOW)
            beat.over("before", words.write(asked))
        self.add(self.fan)
        self.bring_to_front(self.agent)
        with self.beat(
            "It depends on what the agent does. A policy, pi, says how likely each action is in each state.",
            pause=pace.CALM,
        ) as beat:
            beat.over("what", glide(self.fan.redraw, 0 * even, even), until="policy")
            beat.over("policy", FadeOut(asked), words.write(policy), until="how")
            lean = np.array([(0.55, 0.25, 0.15, 0.05)])
            beat.over(
                "how", glide(self.fan.redraw, even, lean), *map(words.write, shares), until="each state"
            )
            beat.over("each state", glide(self.fan.redraw, lean, np.array([HALVES])))
        self.policy, self.shares = policy, shares

    def solve_one_tile(self) -> None:
        """Up or right with one half each: the value by hand."""
        value = self.written("[*value function*:truth] $V^pi (s)$", 2.2)
        up = self.written("$V = {{display(1/2) : act}} {{(1 + 0.9 dot 0) : next}}$", 0.8)
        right = self.written("$+ {{display(1/2) : act}} {{(0 + 0.9 dot V) : next}}$", -0.5)
        right.shift((float(up.part("act").get_left()[0]) - float(right.part("act").get_left()[0])) * RIGHT)
        found = gridworld.value_of(self.world, self.by_hand())[self.world.tile(*HOME)]
        solved = self.written(f"$V = display(0.5 / 0.55) = {found:.2f}$", -2.0)
        names = [
            words.note(text, ink.quiet, size=LARGE).scale(1 / RIM.zoom).next_to(line, RIGHT, 0.25)
            for text, line in (("up", up), ("right", right))
        ]
        chances = [
            self.written('$pi("up"|s) = display(1/2)$', 0.8),
            self.written('$pi("right"|s) = display(1/2)$', -0.5),
            self.written('$pi("left"|s) = pi("down"|s) = 0$', -1.7),
        ]
        with self.beat(
            "Say up or right, each with one half. The return expected from here is its value: "
            "V, the value function."
        ) as beat:
            beat.over("up", FadeOut(*self.shares), self.hop(0), words.write(chances[0]), until="right")
            beat.over("right", self.hop(1), words.write(chances[1]), until="each")
            beat.over("each", words.write(chances[2]), until="return")
            beat.over("value", words.write(value), words.light(self.agent))
        with self.beat(
            "Up: one point, and the end. Right: a bump, no point, and it stands here again, "
            "worth V, one step later."
        ) as beat:
            self.play(FadeOut(*chances), run_time=pace.QUICK)
            beat.over("Up", self.hop(0), words.write(up), FadeIn(names[0]), until="Right")
            beat.over("bump", self.hop(1), words.write(right), FadeIn(names[1]), until="worth")
            beat.over("worth", words.light(right.part("next"), VALUE))
        with self.beat("Solve it: V is 0.91.", pause=pace.SLOW) as beat:
            beat.over("Solve", words.write(solved))
        self.value, self.sums, self.solved = value, (up, right, *names), solved

    def by_hand(self) -> Floats:
        """The policy that is up or right on one tile, and even elsewhere."""
        policy = np.full((len(self.world.tiles), 4), 0.25)
        policy[self.world.tile(*HOME)] = HALVES
        return policy

    def hop(self, move: int) -> Animation:
        """There and back: onto the flag, or against the rock."""
        ahead = MOVES[move] * (1.0 if move == 0 else 0.32)
        home = self.ground.spot(HOME)
        return drive(lambda share: self.agent.redraw([home + np.sin(np.pi * share) * ahead]), self.agent)

    def write_the_expectation(self) -> None:
        """The Bellman equation, part by part."""
        source = (
            "& V^pi (s) = {{sum_a pi(a|s) : act}} \\ "
            "& {{sum_(s', r) p(s', r|s, a) : lead}} {{[r + gamma V^pi (s')] : next}}"
        )
        equation = words.formula(source, size=ink.POINT, colors={"V": VALUE})
        on_rock(equation, RIM, ASIDE, -0.8, LEFT)
        name = self.written("*Bellman equation*", -3.0)
        with self.beat(
            "In general: average over the actions, then over where each may lead, "
            "of reward plus gamma times the next value. This is the Bellman equation.",
            pause=pace.SLOW,
        ) as beat:
            self.shot(shot.formula())
            rise = (float(self.policy.get_top()[1]) - float(self.sums[0].get_top()[1])) * UP
            self.play(FadeOut(self.policy, self.value, self.solved), run_time=pace.QUICK)
            self.play(*(each.animate.shift(rise) for each in self.sums), run_time=pace.CALM)
            self.play(words.write(equation), run_time=pace.SLOW)
            lights = {
                part: [words.light(line.part(part)) for line in (equation, *self.sums[:2])]
                for part in ("act", "next")
            }
            beat.over("actions", *lights["act"], until="then")
            beat.over("where", words.light(equation.part("lead")), until="reward")
            beat.over("reward", *lights["next"], until="This")
            beat.over("Bellman", words.write(name))
        self.equation = VGroup(equation, name)

    def change_the_policy(self) -> None:
        """With the rules known the values are solved for; another policy has others."""
        best = self.truth
        share = Value(LEANING[0])
        policy = share.of(lambda lean: gridworld.leaning(best, lean))
        value = policy.of(lambda now: gridworld.value_of(self.world, now)[self.live])
        fans, lights = self.ground.fans(self.tiles), self.ground.lights(self.tiles)
        mean = Readout(value.of(np.mean), 2, size=ink.HEADLINE, color=VALUE)
        name = words.note("[mean value:truth]", size=LARGE)
        equations = words.note(f"{len(self.live)} states:\n{len(self.live)} linear\nequations", size=LARGE)
        score = VGroup(mean, name).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        WORDS.stack(equations, score, gap=0.8)
        with self.beat(
            "One such equation a state, and they are linear: with known rules we can solve for the values.",
            pause=pace.CALM,
        ) as beat:
            self.shot(shot.wide())
            self.play(
                FadeOut(self.equation, *self.sums, self.agent, self.fan),
                self.frame.back(),
                run_time=pace.SLOW,
            )
            chances = policy.value[self.live]
            spread = glide(fans.redraw, 0 * chances, chances)
            beat.over("linear", words.write(equations), spread, until="solve")
            lights.redraw(value.value)
            self.add(lights)
            self.bring_to_front(self.ground, fans)
            beat.over("solve", glide(lights.redraw, 0 * value.value, value.value), FadeIn(mean, name))
        value.draws(lambda now: lights.redraw(now))
        policy.draws(lambda now: fans.redraw(now[self.live]))
        with self.beat(
            "Change the policy, and the values change: a value belongs to a policy.", pause=pace.CALM
        ) as beat:
            beat.over("policy", share.to(LEANING[1]), until="belongs", least=pace.LONG)
            beat.over("belongs", words.light(mean))

    # --- the best policy

    @chapter("Keep the best neighbour", goes_on=True)
    def keep_the_best_neighbour(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        policy = gridworld.leaning(self.truth, LEANING[1])
        fans = self.ground.fans(self.tiles).redraw(policy[self.live])
        self.light = self.ground.lights(self.tiles).redraw(gridworld.value_of(self.world, policy)[self.live])
        self.figures = self.ground.figures(self.tiles)
        self.paid, self.lost = self.prizes()
        self.add(self.rock, self.light, self.ground, fans, self.paid)
        self.go_back_from_the_flag(fans)
        self.sweep_all_tiles()
        self.open_one_tile()
        self.point_to_the_largest()

    def go_back_from_the_flag(self, fans: Mobject) -> None:
        """Three tiles by hand: 1, 0.9, 0.81."""
        tiles = [(0, 5), (0, 4), (0, 3)]
        rows = [self.row(*tile) for tile in tiles]
        shown, shade = np.zeros((2, len(self.live)))
        self.figures.redraw(self.sweeps.value[-1][self.live])
        worked = ("$1 + 0.9 dot 0$\n$= 1$", "$0.9 dot 1$\n$= 0.9$", "$0.9 dot 0.9$\n$= 0.81$")
        columns = [float(TOP.seen(self.ground.middle(tile))[0]) for tile in tiles]
        sums = [
            on_rock(words.label(text, size=LARGE), TOP, x, 0.65)
            for text, x in zip(worked, columns, strict=True)
        ]
        rule = words.label("keep the *best neighbour*: $max_a$", size=ink.POINT)
        on_rock(rule, TOP, columns[2] - 1.3, 2.5, LEFT)
        self.coins: list[Mobject] = []
        edge, second, third = (self.ground.edge(tile, ink.chalk) for tile in tiles)

        def reveal(number: int, share: float) -> Changed:
            row = rows[number]
            shown[row], shade[row] = share * self.figures.values[row], share
            return self.light.redraw(shown), self.figures.shade(shade)

        with self.beat("Which policy is the best? Start beside the flag: one move, one point.") as beat:
            beat.over(
                FadeOut(fans),
                glide(self.light.redraw, self.light.values, 0 * self.light.values),
                go_to(self.frame, TOP),
                until="Start",
                least=pace.SLOW,
            )
            self.shot(shot.close_up())
            beat.at("flag", Create(edge))
            beat.over("one move", drive(lambda share: reveal(0, share)), words.write(sums[0]))
        with self.beat(
            "One tile farther, keep the best neighbour, times gamma: 0.9. And again: 0.81."
        ) as beat:
            beat.over(FadeOut(edge), Create(second), until="keep")
            beat.over("keep", words.write(rule), self.slide(tiles[0], tiles[1]), until="0.9")
            self.play(
                drive(lambda share: reveal(1, share)),
                words.write(sums[1]),
                FadeOut(self.coins[0]),
                run_time=pace.BRISK,
            )
            beat.over("again", FadeOut(second), Create(third), self.slide(tiles[1], tiles[2]), until="0.81")
            self.play(
                drive(lambda share: reveal(2, share)),
                words.write(sums[2]),
                FadeOut(self.coins[1]),
                run_time=pace.BRISK,
            )
        self.by_hand_words, self.reached = VGroup(*sums, rule, third), (shown, shade)

    def slide(self, start: tuple[int, int], end: tuple[int, int]) -> Animation:
        """A value goes from one tile to the next, and loses a tenth of its area."""
        begin, stop = (self.ground.spot(tile) + np.array([0.0, 0.29]) for tile in (start, end))
        square = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        coin = self.ground.polygon(begin + 0.13 * square, VALUE, width=LINE)

        def lie(middle: Floats, area: float) -> Mobject:
            return coin.redraw(middle + 0.13 * np.sqrt(area) * square)

        self.coins.append(coin)
        return glide(lie, (begin, 1.0), (stop, gridworld.DISCOUNT), coin)

    def sweep_all_tiles(self) -> None:
        """Value iteration: every tile asks at once."""
        value = self.sweeps.value[:, self.live]
        sweep = ParameterSweep(np.arange(len(value)), value=10)
        counter = Readout(sweep.of(np.floor), 0, size=ink.HEADLINE)
        named = words.note("sweeps", size=LARGE)
        title = words.note("*value\niteration*", size=ink.POINT)
        WORDS.stack(title, counter, named, gap=0.4)
        sweep.set(0)
        shown, shade = self.reached

        def show(_: float) -> Changed:
            # A number stands from the sweep on that reaches its tile: on this map it never changes again.
            self.figures.shade(sweep.mix(np.isclose(value, value[-1]).astype(float)))
            return self.light.redraw(sweep.mix(value)), self.figures

        with self.beat(
            "Let every tile do so at once, again and again, until nothing changes. This is value iteration."
        ) as beat:
            self.shot(shot.wide())
            self.play(
                FadeOut(self.by_hand_words),
                glide(self.light.redraw, shown, 0 * shown),
                glide(self.figures.shade, shade, 0 * shade, self.figures),
                self.frame.back(),
                run_time=pace.SLOW,
            )
            sweep.draws(show)
            self.play(FadeIn(counter, named, self.lost), run_time=pace.QUICK)
            beat.over(sweep.to(6, rate_func=linear), until="This", least=pace.LONG)
            beat.over("value", words.write(title))
        with self.beat(
            "After ten sweeps the light has reached the far corner; one more changes nothing.",
            pause=pace.CALM,
        ) as beat:
            beat.over(sweep.to(10, rate_func=linear), until="far", least=pace.SLOW)
            corner = self.ground.edge(self.world.tiles[self.world.start], ink.chalk)
            beat.over("far", Create(corner), until="one")
            beat.over("one", sweep.to(11), FadeOut(corner))
        self.sweep_words = VGroup(title, counter, named)

    def open_one_tile(self) -> None:
        """Four action values on one tile, and the largest of them is its value."""
        row = self.row(*HOME)
        q = self.truth[self.world.tile(*HOME)]
        self.wedges = self.ground.wedges([HOME], full=0.5)
        self.allow(self.wedges, "faint", "the numbers on it say how large they are")
        numbers = VGroup(
            *(
                words.label(f"{number:.2g}".replace("-", "−"), size=ink.LABEL)
                .move_to(self.ground.at(self.ground.spot(HOME) + 0.3 * way))
                .scale(0.7)
                for number, way in zip(q, MOVES, strict=True)
            )
        )
        named = self.written("[*action value*:truth] $Q(s, a)$", 3.1)
        first = self.written("this action first,\nthen the policy", 1.9, LARGE)
        ahead = self.written("$Q^* (s, a) = bb(E)[r + gamma max_(a') Q^* (s', a')]$", -1.6, LARGE)
        equation = words.formula(
            "V^* (s) = {{max_a : best}} underbrace({{sum_(s', r) p(s', r|s, a) [r + gamma V^* (s')] : q}}, Q^* (s, a))",
            size=LARGE,
            colors={"V": VALUE, "Q": VALUE, "best": ACTION},
        )
        on_rock(equation, RIM, ASIDE, 0.0, LEFT)
        title = self.written("*Bellman optimality equation*", -2.9)
        opaque, dark = np.ones(len(self.live)), np.ones(len(self.live))
        dark[row] = 0.0
        near = np.isin(np.arange(len(self.live)), [self.row(0, 5), self.row(2, 6)]).astype(float)
        with self.beat(
            "On one tile, each action has an action value, Q: "
            "the return expected if it comes first, then the policy.",
            pause=pace.CALM,
        ) as beat:
            self.shot(shot.close_up())
            self.play(
                FadeOut(self.sweep_words),
                glide(self.figures.shade, opaque, near, self.figures),
                run_time=pace.QUICK,
            )
            self.play(go_to(self.frame, RIM), run_time=pace.SLOW)
            self.add(self.wedges)
            full = self.sweeps.value[-1][self.live]
            beat.over(
                glide(self.wedges.redraw, 0 * q, q),
                glide(self.light.redraw, full, full * dark),
                FadeIn(numbers),
                until="Q",
            )
            beat.over("Q", words.write(named), until="return")
            beat.over("return", words.write(first))
        with self.beat(
            "Keep the largest: the average becomes a maximum, and this is the Bellman optimality equation.",
            pause=pace.SLOW,
        ) as beat:
            self.shot(shot.formula())
            beat.over("largest", words.write(equation), words.light(numbers[0], ink.chalk), until="maximum")
            beat.over("maximum", words.light(equation.part("best")), until="this")
            beat.over("this", words.write(ahead), words.light(equation.part("q")), until="Bellman")
            beat.over("Bellman", words.write(title))
        self.opened = (named, first, equation, ahead, title, numbers, self.wedges)
        self.dark, self.near, self.full = dark, near, full

    def point_to_the_largest(self) -> None:
        """The arrow of each tile, what the policy is worth, and the answer stepping back."""
        compass = self.ground.compass(self.tiles)
        angles = self.angles(self.truth)
        greedy = words.note("best policy\n$pi^* (s) =$\n$arg max_a Q^* (s, a)$", size=40.0)
        mean = Readout(float(self.full.mean()), 2, size=ink.HEADLINE, color=VALUE)
        name = words.note("[mean value:truth]", size=LARGE)
        score = VGroup(mean, name).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        WORDS.stack(greedy, score, gap=0.8)
        light = self.light
        with self.beat(
            "Point along the largest Q in each state: that is a best policy.", pause=pace.CALM
        ) as beat:
            self.shot(shot.wide())
            self.play(
                FadeOut(*self.opened),
                glide(light.redraw, self.full * self.dark, self.full),
                glide(self.figures.shade, self.near, 0 * self.near, self.figures),
                self.frame.back(),
                run_time=pace.SLOW,
            )
            self.add(compass)
            turn = glide(compass.redraw, (angles - np.pi, 0.0), (angles, 1.0))
            beat.over(turn, words.write(greedy), until="best")
        way, _ = self.far_way()
        agent = self.ground.courier(way)
        walk = glide(agent.walk, 0.0, len(way) - 1.0, rate_func=linear)
        with self.beat("Averaged over the tiles it is worth 0.66: the mark to reach.") as beat:
            beat.over(walk, FadeIn(mean, name))
        with self.beat("A small, known model is solved like this. Our courier does not know it.") as beat:
            beat.over(FadeOut(agent), words.light(greedy), until="Our")
            beat.over(
                "Our",
                glide(light.redraw, self.full, DIMMED * self.full),
                compass.animate.set_opacity(DIMMED),
                FadeOut(greedy, mean, name),
            )
