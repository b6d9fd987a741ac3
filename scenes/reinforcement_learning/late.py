"""What is given: an agent in an environment, a Markov decision process, and the return of an episode."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, ManimColor, Mobject, VGroup, linear

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.board import MOVES
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Arrows
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.reinforcement_learning import qlearning
from scenes.maths.reinforcement_learning.gridworld import Rows
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
    spot_in,
)
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

WALKED: Final = ((0, 3), (0, 4), (0, 5), (0, 6))
"""The short trip along the top row."""
BELOW: Final = (2, 6)
"""The tile before that."""
BEFORE: Final = 0.45
"""How bright the way of the long trip is while it is spoken of something else."""


class Late(ReinforcementLearningStage):
    """What is given: an agent in an environment, a Markov decision process, and the return of an episode."""

    # --- one point, very late

    @chapter("One point, very late", "the MDP")
    def one_point_very_late(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.long_way = self.world.tiles[self.learnt.trips[0].tiles]
        self.last = len(self.long_way) - 1
        self.agent, self.thread = self.ground.courier(self.long_way), self.ground.thread(self.long_way)
        self.walked, self.earned = Value(0), Value(0)
        self.walked.draws(lambda steps: (self.agent.walk(steps), self.thread.reach(steps)))
        self.add(self.rock, self.ground, self.thread, self.agent)

        self.stumble_on_the_flag()
        self.name_who_acts()
        self.forget_the_way()
        self.write_it_down()

    def stumble_on_the_flag(self) -> None:
        """The hook: the first trip of the real run, from a random tile to the flag, by luck."""
        self.walked.set(self.last)
        steps = Readout(self.walked.of(np.floor), 0, size=ink.HEADLINE)
        points = Readout(self.earned, 0, size=ink.HEADLINE, digits=1, color=VALUE)
        names = words.label("steps", size=LARGE), words.label("point", VALUE, LARGE)
        first = [len(qlearning.learn(self.world, seed, trips=1).trips[0].moves) for seed in range(20)]
        fewer = sum(length < self.last for length in first)
        rank = words.note(f"in {fewer} of {len(first)}\nruns: fewer", ink.quiet, size=ink.LABEL)
        WORDS.stack(steps, names[0], rank, points, names[1], gap=0.3)
        self.walked.set(0)
        question = words.note("How do you\nlearn the way?", size=LARGE)
        WORDS.put(question, DOWN + LEFT)
        with self.beat(
            "You are dropped on a map, blindfolded. Walls stop you, and you are not told what is right."
        ) as beat:
            beat.over(self.walked.to(48, rate_func=linear))
        with self.beat(
            "In this run, after two hundred and eighty steps, you stumble on a flag: one point."
        ) as beat:
            beat.over(
                self.walked.to(self.last - 1, rate_func=linear), FadeIn(steps, names[0], rank), until="flag"
            )
            self.play(self.walked.to(self.last, rate_func=linear), run_time=pace.QUICK)
            self.play(FadeIn(points, names[1]), run_time=pace.QUICK)
            beat.at("one", self.earned.to(1, rate_func=lambda share: float(share == 1)))
        with self.beat("How do you learn the way?", pause=pace.BRISK) as beat:
            beat.over("How", words.write(question))
        self.think()
        self.hook = (steps, rank, points, *names, question)

    def name_who_acts(self) -> None:
        """Agent and environment, and what goes from one to the other, on the last step of the trip."""
        tile = self.long_way[self.last - 1]
        here = self.ground.edge(tile, ink.chalk)
        spot = self.ground.spot(tile)
        moves = self.ground.vector(spot + 0.22 * MOVES, spot + 0.6 * MOVES, ACTION)
        taken = self.ground.vector(spot + 0.22 * MOVES[0], spot + 0.6 * MOVES[0], ACTION)
        agent, environment = (
            on_rock(words.label(text, size=ink.POINT), RIM, 3.1, y)
            for text, y in (("*agent*: the courier", 3.0), ("*environment*: walls, flag, pit", -2.5))
        )
        down = self.arrow_on_rock((4.2, 2.4), (4.2, -1.9), ACTION)
        up = self.arrow_on_rock((2.5, -1.9), (2.5, 2.4), ink.chalk)
        state = on_rock(words.label("state $s$", size=LARGE), RIM, -1.9, 0.2, LEFT)
        action = on_rock(words.label("[action:focus] $a$", size=LARGE), RIM, 4.4, 0.3, LEFT)
        reward = on_rock(words.label("[reward:truth] $r$", size=LARGE), RIM, 2.2, 1.2, RIGHT)
        following = words.label("next state $s'$", size=LARGE)
        on_rock(following, RIM, 2.2, -1.2, RIGHT)
        paid = self.prizes()[0]
        there = self.ground.edge(self.long_way[-1], ink.chalk)
        with self.beat(
            "The one who walks is the agent, our courier. What is around it, walls, flag and pit, "
            "is its environment.",
            pause=pace.CALM,
        ) as beat:
            self.shot(shot.close_up())
            self.play(FadeOut(*self.hook), run_time=pace.QUICK)
            self.play(
                go_to(self.frame, RIM), self.thread.animate.set_stroke(opacity=BEFORE), run_time=pace.SLOW
            )
            beat.over("agent", words.write(agent), until="What")
            beat.over("walls", FadeIn(environment), self.lit_around(), until="environment")
            beat.over("environment", words.light(environment))
        with self.beat(
            "Go back one step. The tile where it stands is the state. Its four moves are the actions.",
            pause=pace.CALM,
        ) as beat:
            beat.over(self.walked.to(self.last - 1), until="tile")
            beat.at("tile", Create(here))
            beat.at("state", words.write(state))
            beat.over("four", FadeIn(moves), until="actions")
            beat.over("actions", words.write(action))
        with self.beat(
            "The agent acts, and the environment answers: with a reward, here one point, and the next state.",
            pause=pace.CALM,
        ) as beat:
            beat.over("acts", Create(down), FadeOut(moves), FadeIn(taken), until="environment")
            beat.over("answers", Create(up), self.walked.to(self.last), FadeOut(taken), until="reward")
            beat.at("reward", words.write(reward), FadeIn(paid))
            beat.over("next", words.write(following), FadeOut(here), Create(there))
        with self.beat(
            "And so on, step after step: state, action, reward, next state.", pause=pace.CALM
        ) as beat:
            self.play(FadeOut(self.agent, there), run_time=pace.BRISK)
            self.agent.take([BELOW, HOME])
            here.redraw(BELOW)
            self.play(FadeIn(self.agent), Create(here), run_time=pace.BRISK)
            beat.at("state", words.light(state, ink.quiet))
            beat.over(
                "action",
                words.light(action, ink.chalk),
                drive(self.agent.walk, self.agent),
                until="reward",
                least=pace.CALM,
            )
            beat.at("reward", words.light(reward, ink.chalk))
            beat.at("next", words.light(following, ink.quiet), here.animate.redraw(HOME), run_time=pace.CALM)
        self.agent.take(self.long_way)
        self.walked.set(self.last - 1)
        self.loop = VGroup(agent, environment, down, up, state, action, reward, following)
        self.here, self.paid = here, paid

    def arrow_on_rock(
        self, start: tuple[float, float], end: tuple[float, float], color: ManimColor
    ) -> Arrows:
        """An arrow between two places in the picture of the close-up."""
        spots = np.array([spot_in(RIM, *place) for place in (start, end)])
        begin, stop = self.ground.inverse(spots)
        return self.ground.vector(begin, stop, color)

    def lit_around(self) -> Create:
        """A line around the map."""
        rows, columns = len(self.ground.rows), len(self.ground.rows[0])
        corners = np.array([(0, 0), (columns, 0), (columns, rows), (0, rows)])
        self.outline = self.ground.polygon(corners, ink.chalk, width=LINE)
        return Create(self.outline)

    def forget_the_way(self) -> None:
        """Markov: tile and move are what matters; and chance, which this map has not."""
        tile = self.long_way[self.last - 1]
        law = words.label("*Markov property*", size=ink.POINT)
        told = words.note("what comes next depends\non state and action,\nnot on the way here", size=LARGE)
        on_rock(VGroup(law, told).arrange(DOWN, buff=0.45, aligned_edge=LEFT), RIM, ASIDE, 1.6, LEFT)
        chances = words.label("$p(s', r | s, a)$", size=ink.POINT)
        named = words.note("probability of next state\nand reward", size=LARGE)
        on_rock(VGroup(chances, named).arrange(DOWN, buff=0.3, aligned_edge=LEFT), RIM, ASIDE, -1.6, LEFT)
        with self.beat(
            "What comes next depends on this tile and this move, not on the way it came: the Markov property.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(self.loop, self.outline), run_time=pace.CALM)
            beat.over("tile", words.light(self.here), until="not")
            beat.over("not", FadeOut(self.thread), words.write(told), until="Markov")
            beat.over("Markov", words.write(law))
        fast = self.ground.courier([BELOW, HOME, self.long_way[-1]]).set_opacity(0.6)
        with self.beat(
            "Leave out of the state something that matters, such as speed on ice, and this fails.",
            pause=pace.CALM,
        ) as beat:
            beat.at("speed", FadeIn(fast), run_time=pace.QUICK)
            beat.over(glide(fast.walk, 0.0, 1.999), until="fails", least=pace.SLOW)
            beat.over("fails", FadeOut(fast))
        ends = [
            self.ground.courier([tile, tile + np.array(way)]).set_opacity(0.6)
            for way in ((-1, 0), (0, -1), (0, 0))
        ]
        slip = drive(lambda share: tuple(end.walk(0.999 * share) for end in ends), *ends)
        back = drive(lambda share: tuple(end.walk(0.999 * (1 - share)) for end in ends[1:]), *ends[1:])
        with self.beat(
            "There a move may also end on several tiles, each with its probability. Here moves do not slip."
        ) as beat:
            beat.over("several", slip, until="each", least=pace.SLOW)
            beat.over("probability", words.write(chances), words.write(named), until="Here")
            beat.over("Here", back)
            self.play(FadeOut(*ends), run_time=pace.QUICK)
        self.law = (law, told, chances, named)

    def write_it_down(self) -> None:
        """States, actions, rewards and probabilities: an MDP, on the whole map."""
        paid, lost = self.prizes()
        self.paid.become(paid)
        pay = [words.note(text, size=LARGE) for text in ("[flag: +1:truth]", "[pit: −1:error]", "else: 0")]
        WORDS.stack(*pay, gap=0.42)
        with self.beat(
            "The flag pays plus one, the pit minus one, and there the trip is over. Other steps pay zero.",
            pause=pace.CALM,
        ) as beat:
            self.shot(shot.wide())
            self.play(FadeOut(*self.law, self.here), self.frame.back(), run_time=pace.SLOW)
            beat.over("plus", words.light(self.paid), words.write(pay[0]), until="pit")
            beat.over("minus", FadeIn(lost), words.write(pay[1]), until="over")
            beat.over("over", self.walked.to(self.last), until="Other")
            beat.over("Other", words.write(pay[2]))
        every = self.ground.edge(self.tiles, ink.chalk)
        spots = np.repeat(self.ground.spot(self.tiles), 4, axis=0)
        ways = np.tile(MOVES, (len(self.tiles), 1))
        moves = self.ground.vector(spots + 0.12 * ways, spots + 0.42 * ways, ACTION)
        rows = [
            words.note(text, size=LARGE)
            for text in (
                "states $s$",
                "[actions:focus] $a$",
                "[rewards:truth] $r$",
                "probabilities\n$p(s', r | s, a)$",
            )
        ]
        name = words.note("*Markov decision\nprocess* (MDP)", size=40.0)
        WORDS.stack(*rows, name, gap=0.42)
        with self.beat(
            "States, actions, rewards, and the probabilities of what comes next: "
            "together, a Markov decision process, or MDP.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(*pay), run_time=pace.QUICK)
            beat.over("States", Create(every), words.write(rows[0]), until="actions")
            beat.over("actions", FadeIn(moves), words.write(rows[1]), until="rewards")
            beat.over(
                "rewards",
                words.light(self.paid),
                words.light(lost),
                words.write(rows[2]),
                until="probabilities",
            )
            beat.over("probabilities", words.write(rows[3]), until="Markov")
            beat.over("Markov", words.write(name))
        with self.beat(
            "Write these down for your own problem, before any algorithm.", pause=pace.SLOW
        ) as beat:
            beat.over(FadeOut(every, moves), until="these")
            beat.over("these", *(words.light(row, run_time=pace.LONG) for row in rows))

    # --- the return

    @chapter("Later counts less", goes_on=True)
    def later_counts_less(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        long_way = self.world.tiles[self.learnt.trips[0].tiles]
        self.agent = self.ground.courier(long_way)
        self.agent.walk(len(long_way) - 1)
        self.pays = self.prizes()
        self.add(self.rock, self.ground, self.pays[0], self.agent)
        self.take_a_short_trip(long_way)
        self.add_its_rewards()
        self.write_the_return()
        self.look_ahead()

    def take_a_short_trip(self, long_way: Rows) -> None:
        """The long trip and a short one: both earn one point."""
        thread = self.ground.thread(long_way)
        start = self.ground.spot(WALKED[0])
        short = self.ground.segment(start, start, ink.chalk, LINE)
        drawn, taken = Value(0), Value(0)
        drawn.draws(thread.reach)
        columns = [self.above(column) for column in (4, 5, 6)]
        self.rewards = [
            on_rock(words.label(text, color, LARGE), TOP, x, 0.4)
            for x, text, color in zip(columns, ("0", "0", "+1"), (ink.chalk, ink.chalk, VALUE), strict=True)
        ]
        self.said = self.caption("*episode*: from a start to an end")
        self.add(thread)
        with self.beat(
            "A trip from a start to its end is an episode. The long one earned one point. "
            "A short one earns as much: which is better?"
        ) as beat:
            beat.over(drawn.to(len(long_way) - 1, rate_func=linear), until="earned")
            self.play(FadeOut(thread, self.agent), go_to(self.frame, TOP), run_time=pace.SLOW)
            self.shot(shot.close_up())
            self.agent.take(WALKED)
            self.play(FadeIn(self.agent, self.said), run_time=pace.QUICK)
            self.add(short)
            taken.draws(lambda steps: (self.agent.walk(steps), short.redraw(start, start + steps * MOVES[1])))
            for step, reward in enumerate(self.rewards, 1):
                self.play(taken.to(step), run_time=pace.BRISK)
                self.play(FadeIn(reward, shift=place.NUDGE * UP), run_time=pace.QUICK)
        self.short = short

    def above(self, column: int) -> float:
        """Where in the picture of the close-up the middle of a tile of the top row is seen."""
        return float(TOP.seen(self.ground.middle((0, column)))[0])

    def caption(self, text: str) -> words.Words:
        """Words at the top of the rock above the row."""
        named = words.label(text, size=ink.POINT)
        return on_rock(named, TOP, self.above(3) - 1.3, 3.2, LEFT)

    def add_its_rewards(self) -> None:
        """What each reward counts, and the sum by hand."""
        parts = ("$G =$", "$1 dot 0$", "$+ thin 0.9 dot 0$", "$+ thin 0.81 dot 1$", "$= 0.81$")
        terms = [words.label(text, VALUE if text == parts[-1] else ink.chalk, LARGE) for text in parts]
        for term, column in zip(terms[:4], (3, 4, 5, 6), strict=True):
            on_rock(term, TOP, self.above(column), 1.45)
        terms[4].scale(1 / TOP.zoom).next_to(terms[3], RIGHT, words.GAP)
        factor = self.caption("*discount factor* $gamma = 0.9$")
        returned = self.caption("*return* $G$: the discounted sum")
        with self.beat(
            "So let waiting cost: with each step later, a reward keeps nine tenths. "
            "That is gamma, the discount factor."
        ) as beat:
            beat.over(words.light(self.short), until="each")
            beat.over("each", FadeIn(terms[1]), until="keeps")
            beat.over("keeps", FadeIn(terms[2]), until="tenths")
            self.play(FadeIn(terms[3]), run_time=pace.BRISK)
            beat.over("gamma", FadeOut(self.said), FadeIn(factor), until="discount")
            beat.over("discount", words.light(factor))
        with self.beat(
            "By hand: zero, zero, and a point that has waited twice. The sum, 0.81, is the return.",
            pause=pace.CALM,
        ) as beat:
            beat.over("zero", words.light(terms[1]), words.light(self.rewards[0]), until="and")
            beat.over("and", words.light(terms[3]), words.light(self.rewards[2]), until="sum")
            beat.over("sum", FadeIn(terms[0], terms[4]), FadeOut(factor), until="return")
            beat.over("return", FadeIn(returned))
        self.said, self.terms = returned, terms

    def write_the_return(self) -> None:
        """The same in letters, each part above its tile."""
        source = (
            "{{G_t = : sum}} #h(3.31em) {{r_(t+1) : first}} #h(2.76em) {{+ gamma r_(t+2) : second}} "
            "#h(1.88em) {{+ gamma^2 r_(t+3) : third}} + dots"
        )
        letters = words.formula(source, size=ink.POINT)
        on_rock(letters, TOP, self.above(3) - 0.55, 2.3, LEFT)
        with self.beat(
            "In letters: the next reward, plus gamma times the second, plus gamma squared times the third, "
            "and so on.",
            pause=pace.SLOW,
        ) as beat:
            self.shot(shot.formula())
            self.play(words.write(letters), run_time=pace.BRISK)
            beat.over("next", words.light(letters.part("first")), words.light(self.rewards[0]), until="gamma")
            beat.over(
                "gamma times the second",
                words.light(letters.part("second")),
                words.light(self.rewards[1]),
                until="gamma squared",
            )
            beat.over(
                "gamma squared",
                words.light(letters.part("third")),
                words.light(self.rewards[2]),
                until="and so",
            )
        goal = self.caption("goal: the largest *expected* return")
        with self.beat(
            "The agent's goal is the largest expected return: trips differ, so the mean counts.",
            pause=pace.CALM,
        ) as beat:
            beat.over(
                "goal", FadeOut(self.said), FadeIn(goal), words.light(letters.part("sum")), until="trips"
            )
            beat.over("trips", words.light(goal, VALUE, run_time=pace.LONG))
        self.said = goal
        self.letters = letters

    def look_ahead(self) -> None:
        """From the far corner nine discounts remain; how far γ looks ahead."""
        way, counted = self.far_way()
        light, figures = self.ground.lights(way[:-1]), self.ground.figures(way[:-1])
        figures.redraw(counted)
        order = np.arange(len(counted))[::-1]

        def seep(reach: float) -> Changed:
            come = np.clip(reach - order, 0, 1)
            return light.redraw(come * counted), figures.shade(come)

        ahead = self.ground.edge(way[0], ink.chalk, width=2 * LINE)

        def look(share: float) -> Mobject:
            return ahead.redraw(way[: 1 + round(share * (len(way) - 1))])

        corner = words.note(f"waited 9 times:\n$0.9^9 = {counted[0]:.2f}$", size=LARGE)
        horizon = words.note("horizon, steps:\n$1 \\/ (1 - gamma) = 10$", size=LARGE)
        finite = words.note("$1 + gamma + gamma^2 + dots$\n$= 1 \\/ (1 - gamma)$", size=LARGE)
        WORDS.stack(corner)
        WORDS.stack(horizon, finite, gap=0.8)
        with self.beat(
            "From the far corner the point has waited nine times: 0.39 is left.", pause=pace.CALM
        ) as beat:
            self.shot(shot.wide())
            self.play(
                FadeOut(self.said, self.letters, self.short, self.agent, *self.terms, *self.rewards),
                self.frame.back(),
                run_time=pace.SLOW,
            )
            grow = glide(seep, 0.0, float(len(counted)), light, figures, rate_func=linear)
            beat.over(grow, FadeIn(self.pays[1]), until="0.39")
            beat.over("0.39", words.write(corner))
        with self.beat(
            "Gamma sets how far ahead it looks: about one over one minus gamma, here ten steps.",
            pause=pace.CALM,
        ) as beat:
            beat.over(drive(look, ahead, rate_func=linear), FadeOut(corner), until="about")
            beat.over("about", words.write(horizon))
        with self.beat(
            "Below one, it also keeps an endless sum finite: a trip without an end has a return too."
        ) as beat:
            beat.over("endless", words.write(finite), FadeOut(ahead))
