"""What is learnt by walking: from one step, and so from the flag backwards."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.board import turned
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, Mark
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats, chain, pieces
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.reinforcement_learning import qlearning
from scenes.reinforcement_learning.bellman import DIMMED
from scenes.reinforcement_learning.ground import (
    ASIDE,
    ERROR,
    HOME,
    LARGE,
    RIM,
    VALUE,
    WORDS,
    Ground,
    go_to,
    on_rock,
    spot_in,
)
from scenes.reinforcement_learning.late import BELOW, WALKED
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

NORTH: Final = 0
"""Number of the move up."""
KNOWN: Final = 0.01
"""A value below it is not counted: it cannot be seen."""
SPAN: Final = (-1.4, 5.7)
"""Left and right of the number line in the close-up, in scene units of a frame at rest."""
AT: Final = 0.5
"""Its height."""
COILS: Final = 15
"""Corners of the spring."""


class Step(ReinforcementLearningStage):
    """What is learnt by walking: from one step, and so from the flag backwards."""

    # --- one step

    @chapter("Learn from one step", "Q-learning", goes_on=True)
    def learn_from_one_step(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.q = self.learnt.q[:, self.live]
        light = self.ground.lights(self.tiles).redraw(DIMMED * self.sweeps.value[-1][self.live])
        compass = self.ground.compass(self.tiles).redraw(self.angles(self.truth)).set_opacity(DIMMED)
        self.wedges = self.ground.wedges(self.tiles)
        self.long_way = self.world.tiles[self.learnt.trips[0].tiles]
        self.agent, self.thread = self.ground.courier(self.long_way), self.ground.thread(self.long_way)
        self.add(self.rock, light, self.ground, *self.prizes(), compass)
        self.allow(self.wedges, "faint", "numbers that are zero are dark")
        self.wait_for_the_end(light, compass)
        self.compare_at_once()
        self.keep_no_path()
        self.go_one_tile_back()
        self.write_the_rule()
        self.weigh_both()

    def wait_for_the_end(self, *answer: Mobject) -> None:
        """A table of zeros, and Monte Carlo, which fills it at the end of the trip."""
        title = words.note("*model-free*", size=LARGE)
        count = words.note(f"{self.q[0].size} numbers\n$Q(s, a) = 0$", size=LARGE)
        waits = words.note("*Monte Carlo*:\ntowards the\nreturn $G$", size=LARGE)
        steps = Value(0)
        number = Readout(steps.of(np.floor), 0, label="step", size=LARGE, digits=3)
        WORDS.stack(title, count, waits, number, gap=0.7)
        followed = qlearning.monte_carlo(self.world, self.learnt.trips[0])[self.live]
        with self.beat(
            "Learning without the rules is model-free. For each action in each state "
            "the courier keeps a number Q, its guess of the return: at first zero."
        ) as beat:
            beat.over(FadeOut(*answer), until="model-free")
            beat.at("model-free", words.write(title))
            self.add(self.wedges)
            beat.over("each", FadeIn(self.wedges), until="Q")
            beat.over("Q", words.write(count), FadeIn(self.agent), until="guess")
            beat.over("guess", words.light(count, VALUE))
        self.add(self.thread)
        self.bring_to_front(self.agent)
        steps.draws(lambda taken: (self.agent.walk(taken), self.thread.reach(taken)))
        with self.beat(
            "It could wait for the end, and move each number of the episode towards the return that followed: "
            "Monte Carlo."
        ) as beat:
            self.play(FadeIn(number), run_time=pace.QUICK)
            beat.over(steps.to(len(self.long_way) - 1, rate_func=linear), until="towards")
            beat.over("towards", glide(self.wedges.redraw, 0 * followed, followed), until="Monte")
            beat.over("Monte", words.write(waits))
        with self.beat("But it waits long, and the return varies with each detour.") as beat:
            beat.over("long", words.light(number), until="varies")
            beat.over("varies", self.thread.animate.set_stroke(width=LINE / 2))
        self.waited, self.filled = (title, count, waits, number), followed

    def compare_at_once(self) -> None:
        """The last step of the trip: what was promised, what came, and a share of the difference."""
        target = self.written("target: $r = 1$", 3.0)
        gap = self.written("[*TD error*:error] $=$ target $- thin Q$", 1.9)
        rate = self.written("*learning rate* $alpha$", -1.3)
        half = self.written("$= 0.5$", -1.3).next_to(rate, RIGHT, 0.12)
        moved = self.written("$0 + 0.5 dot (1 - 0) = 0.5$", -2.4)
        self.spring = Spring(self.ground)
        self.spring.redraw(0.0, 1.0)
        moving = self.spring.moving
        first = self.pull(HOME, 0)
        last = len(self.long_way) - 1
        with self.beat("So compare after each step: what did the move promise, and what came?") as beat:
            self.shot(shot.close_up())
            back = glide(self.agent.walk, float(last), last - 1.0)
            self.play(
                glide(self.wedges.redraw, self.filled, 0 * self.filled),
                self.thread.animate.set_stroke(opacity=0.45),
                FadeOut(*self.waited),
                run_time=pace.BRISK,
            )
            self.play(go_to(self.frame, RIM), back, run_time=pace.SLOW)
            beat.over(FadeIn(self.spring.line), until="promise")
            beat.over("promise", FadeIn(self.spring.believed))
        with self.beat(
            "It promised zero. One point came, and the end. The gap is the TD error.", pause=pace.CALM
        ) as beat:
            beat.over(words.light(self.spring.dot_name, ink.chalk), until="One")
            beat.over("One", glide(self.agent.walk, last - 1.0, float(last)), until="came")
            beat.over("came", FadeIn(self.spring.target), words.write(target), until="gap")
            beat.over("gap", FadeIn(self.spring.coil), until="TD")
            beat.over("TD", words.write(gap))
        with self.beat(
            "Move Q by a share alpha of it, the learning rate. "
            "A large one trusts the newest target, a small one averages over many."
        ) as beat:
            beat.over("share", words.write(rate), until="large")
            beat.over("large", glide(self.spring.redraw, (0.0, 1.0), (0.7, 1.0), *moving), until="small")
            beat.over("small", glide(self.spring.redraw, (0.7, 1.0), (0.1, 1.0), *moving), until="averages")
            beat.over("averages", glide(self.spring.redraw, (0.1, 1.0), (0.0, 1.0), *moving))
        with self.beat("Here alpha is one half: Q becomes 0.5.", pause=pace.CALM) as beat:
            beat.over("half", words.write(half), self.shift(first, HOME), words.write(moved), least=pace.SLOW)
        self.hand = VGroup(target, gap, rate, half, moved)

    def pull(self, tile: tuple[int, int], number: int) -> qlearning.Pull:
        """The update of that number of the move up on ``tile`` in the real run."""
        return qlearning.pulls(self.world, self.learnt, self.world.tile(*tile), NORTH)[number]

    def shift(self, pull: qlearning.Pull, tile: tuple[int, int]) -> object:
        """The number of a move up goes its share of the way to its target, in the spring and on the map."""
        row = 4 * self.row(*tile) + NORTH
        table = self.wedges.values.copy()

        def lie(now: float) -> Changed:
            table[row] = now
            return self.wedges.redraw(table), *self.spring.redraw(now, pull.target)

        return glide(lie, pull.old, pull.new, self.wedges, *self.spring.moving)

    def keep_no_path(self) -> None:
        """The misunderstanding: of a hundred numbers one has changed."""
        count = words.headline("1 of 100", VALUE)
        note = words.note("numbers\nhas changed", size=LARGE)
        WORDS.stack(count, note, gap=0.4)
        asked = words.note("Does it\nremember\nthe way?", size=LARGE)
        WORDS.stack(asked)
        only = self.ground.edge(HOME, ink.chalk, 2 * LINE)
        with self.beat("Does the courier now remember the way it came?", pause=pace.BRISK) as beat:
            self.shot(shot.wide())
            self.play(FadeOut(self.hand, self.spring, self.agent), run_time=pace.QUICK)
            self.play(self.thread.animate.set_stroke(opacity=0.55), self.frame.back(), run_time=pace.SLOW)
            beat.over("way", words.write(asked))
        self.think()
        with self.beat("No: of a hundred numbers, one has changed.") as beat:
            beat.over("No", FadeOut(self.thread, asked), until="one")
            beat.over("one", words.write(count), words.write(note), Create(only))
            self.play(FadeOut(only), run_time=pace.BRISK)
        self.count = VGroup(count, note)

    def go_one_tile_back(self) -> None:
        """The next trip: the tile before learns from the number that is there, and that moves again."""
        second, third = self.pull(BELOW, 0), self.pull(HOME, 1)
        title = self.written("*bootstrapping*", 3.0)
        target = self.written("target: $0 + 0.9 dot 0.5 = 0.45$", 1.9)
        moved = self.written("$0 + 0.5 dot (0.45 - 0) = 0.225$", -1.3)
        final = self.written("target: $r = 1$", 1.9)
        again = self.written("$0.5 + 0.5 dot (1 - 0.5) = 0.75$", -1.3)
        self.agent.take([BELOW, HOME, (0, 6)])
        self.spring.redraw(second.old, second.target)
        ahead = self.ground.edge(HOME, ink.chalk, 2 * LINE)
        with self.beat(
            "Next episode, one tile before: no reward, but the next tile has numbers too. "
            "Its largest is 0.5: the target is gamma times that.",
            pause=pace.CALM,
        ) as beat:
            self.shot(shot.close_up())
            self.play(FadeOut(self.count), FadeIn(self.agent), go_to(self.frame, RIM), run_time=pace.SLOW)
            beat.over("before", drive(self.agent.walk, self.agent), until="next tile")
            beat.over(
                "next tile", Create(ahead), FadeIn(self.spring.line, self.spring.believed), until="target"
            )
            beat.over("target", words.write(target), FadeIn(self.spring.target), FadeOut(ahead))
        with self.beat(
            "To learn a guess from the next guess is bootstrapping. Q moves from zero to 0.225.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(self.spring.coil), until="bootstrapping")
            beat.over("bootstrapping", words.write(title), until="Q")
            beat.over("Q", self.shift(second, BELOW), words.write(moved), least=pace.SLOW)
        with self.beat("Then the flag again: target one, so 0.75.", pause=pace.CALM) as beat:
            self.play(
                glide(self.agent.walk, 1.0, 2.0),
                FadeOut(self.spring, title, target, moved),
                run_time=pace.BRISK,
            )
            self.spring.redraw(third.old, third.target)
            self.play(FadeIn(self.spring, final), run_time=pace.QUICK)
            beat.over(self.shift(third, HOME), words.write(again), least=pace.SLOW)
        self.hand = VGroup(final, again)

    def write_the_rule(self) -> None:
        """Q-learning, out of these parts."""
        rule = words.formula(
            "& Q(s, a) <- Q(s, a) \\ & + {{alpha : rate}} "
            "{{[{{r + gamma max_(a') Q(s', a') : target}} - Q(s, a)] : gap}}",
            size=ink.POINT,
            colors={"Q": VALUE},
        )
        on_rock(rule, RIM, ASIDE, -2.0, LEFT)
        title = self.written("*Q-learning*", 3.0)
        end = self.written("at an end: target $= r$", 1.9)
        with self.beat(
            "This is Q-learning: to Q add alpha times the TD error. "
            "The target is reward plus gamma times the largest next Q.",
            pause=pace.SLOW,
        ) as beat:
            self.shot(shot.formula())
            self.play(FadeOut(self.hand), words.write(rule), run_time=pace.SLOW)
            beat.over(words.write(title), until="alpha")
            beat.over("alpha", words.light(rule.part("rate")), until="TD")
            beat.over(
                "TD", words.light(rule.part("gap"), ERROR), words.light(self.spring.coil), until="target"
            )
            beat.over("target", words.light(rule.part("target")), words.light(self.spring.square_name))
        with self.beat(
            "After the end nothing follows: there the target is the reward alone.", pause=pace.CALM
        ) as beat:
            beat.over("nothing", words.write(end), until="target")
            beat.over("target", words.light(end), words.light(self.spring.square_name))
        self.written_rule = VGroup(rule, title, end)

    def weigh_both(self) -> None:
        """One step against the whole return."""
        steps = words.note("*TD*: learns\non the way,\njoins trips", size=LARGE)
        waits = words.note("*Monte Carlo*:\nno bias from\nguesses, but\nmore variance", size=LARGE)
        WORDS.stack(steps, waits, gap=0.9)
        now = self.wedges.values.reshape(-1, 4)
        way = self.world.tiles[self.learnt.trips[1].tiles]
        thread = self.ground.thread(way)

        def run(share: float) -> Mobject:
            return thread.reach(share * (len(way) - 1))

        with self.beat(
            "So TD learning works within an episode, and joins pieces of many. "
            "Monte Carlo has no bias from wrong guesses, but more variance."
        ) as beat:
            self.shot(shot.wide())
            self.play(
                FadeOut(self.written_rule, self.spring, self.agent), self.frame.back(), run_time=pace.SLOW
            )
            beat.over(glide(self.wedges.redraw, now, self.q[2]), words.write(steps), until="joins")
            beat.over("joins", drive(run, thread, rate_func=linear), until="Monte")
            beat.over("Monte", words.write(waits), FadeOut(thread))

    # --- two hundred episodes

    @chapter("Good news walks backwards", goes_on=True)
    def good_news_walks_backwards(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.q = self.learnt.q[:, self.live]
        self.wedges = self.ground.wedges(self.tiles).redraw(self.q[2])
        self.compass = self.ground.compass(self.tiles)
        self.allow(self.wedges, "faint", "numbers that are zero are dark")
        self.add(self.rock, self.ground, self.wedges, *self.prizes(), self.compass)
        self.run_the_episodes()
        self.say_when_it_works()

    def run_the_episodes(self) -> None:
        """The real run, after each of its episodes."""
        best = self.q.max(axis=2)
        angles = np.array([self.angles(q) for q in self.learnt.q])
        episodes = ParameterSweep(np.arange(len(self.q)), value=200)

        def show(_: float) -> Changed:
            before = int(episodes.place)
            after, share = min(before + 1, len(best) - 1), episodes.place - before
            known = episodes.mix((best > KNOWN).astype(float))
            self.compass.redraw(turned(angles[before], angles[after], share), known)
            return self.wedges.redraw(episodes.mix(self.q)), self.compass

        rows = [
            (Readout(episodes.of(np.floor), 0, size=ink.HEADLINE), "episodes"),
            (
                Readout(episodes.score((best > KNOWN).sum(axis=1)), 0, size=ink.HEADLINE, color=VALUE),
                f"values over {KNOWN}",
            ),
            (
                Readout(
                    episodes.score(qlearning.errors(self.learnt, self.truth)),
                    3,
                    size=ink.HEADLINE,
                    color=ERROR,
                ),
                "largest error",
            ),
        ]
        column = [
            VGroup(number, words.note(name, size=ink.LABEL)).arrange(DOWN, buff=0.2, aligned_edge=LEFT)
            for number, name in rows
        ]
        others = qlearning.try_schedule("wander").error
        runs = words.note(f"20 runs:\n{others.min():.3f} to {others.max():.3f}", ERROR, 40.0)
        WORDS.stack(*column, runs, gap=0.6)
        episodes.set(2)
        with self.beat(
            "Now two hundred episodes, each from a random tile, with random moves at first."
        ) as beat:
            episodes.draws(show)
            self.play(FadeIn(*column), run_time=pace.QUICK)
            beat.over(episodes.to(5, rate_func=linear))
        with self.beat("After ten, eight tiles have a value; after sixteen, all of them.") as beat:
            beat.over(episodes.to(10, rate_func=linear), until="eight")
            beat.over("eight", words.light(rows[1][0]), until="after sixteen")
            beat.over("after sixteen", episodes.to(16, rate_func=linear))
        way, _ = self.far_way()
        agent = self.ground.courier(way)
        news = self.ground.edge(way[-2], ink.chalk, width=2 * LINE)

        def walk_back(share: float) -> Changed:
            at = min(int(share * (len(way) - 1)), len(way) - 2)
            return (news.redraw(way[-2 - at]),)

        with self.beat(
            "A state's value is that of the next, times gamma. So good news walks backwards, tile by tile."
        ) as beat:
            beat.over(episodes.to(50, rate_func=linear), until="good")
            beat.over("good", drive(walk_back, news, rate_func=linear), least=pace.LONG)
        warned = self.ground.edge([(0, 5), (1, 6)], ERROR, width=2 * LINE)
        passer, steps = self.ground.courier(WALKED), len(WALKED) - 1
        with self.beat(
            "Bad news from the pit stays where it is: the largest Q leads around it.", pause=pace.CALM
        ) as beat:
            beat.over(FadeOut(news), Create(warned), until="largest")
            beat.over("largest", glide(passer.walk, 0.0, float(steps)), least=pace.LONG)
            self.play(FadeOut(warned, passer), run_time=pace.BRISK)
        with self.beat(
            "In the end the arrows are right, and so the way is learnt from one late point."
        ) as beat:
            beat.over(episodes.to(200, rate_func=linear), until="and so", least=pace.LONG)
            self.play(FadeIn(agent, runs), run_time=pace.QUICK)
            walk = glide(agent.walk, 0.0, len(way) - 1.0, rate_func=linear)
            beat.over(walk, least=pace.LONG)
        self.done = (*column, runs, agent)

    def say_when_it_works(self) -> None:
        """What convergence asks for."""
        tries = words.note("each action,\nagain and again", size=40.0)
        shrinks = words.note("with chance:\n$alpha$ shrinks", size=40.0)
        WORDS.stack(tries, shrinks, gap=0.8)
        edge = self.ground.edge(self.tiles[0], ink.chalk, width=2 * LINE)
        count = len(self.tiles)
        visit = drive(
            lambda share: edge.redraw(self.tiles[min(int(share * count), count - 1)]), edge, rate_func=linear
        )
        with self.beat(
            "The values come to be right if each action is tried in each state, again and again."
        ) as beat:
            self.play(FadeOut(*self.done), run_time=pace.QUICK)
            beat.over(visit, words.write(tries))
        with self.beat(
            "Alpha may stay constant, since this map has no chance in it; with chance it must shrink."
        ) as beat:
            beat.over(FadeOut(edge), until="with chance")
            beat.over("with chance", words.write(shrinks))
        with self.beat("But does a learner try what it has never tried?", pause=pace.SLOW) as beat:
            beat.over(words.light(tries, run_time=pace.LONG))


class Spring(VGroup):
    """A number line on the rock: what is believed, its target, and the error between them."""

    def __init__(self, ground: Ground) -> None:
        super().__init__()
        ends = np.array([self.at(0.0), self.at(1.0)])
        axis = Mark(ground, color=ink.quiet, width=LINE / 2).draw(pieces(ends[:1], ends[1:]))
        ticks = [
            on_rock(words.tick(text), RIM, float(np.interp(value, (0, 1), SPAN)), AT - 0.55)
            for value, text in ((0.0, "0"), (0.5, "0.5"), (1.0, "1"))
        ]
        self.line = VGroup(axis, *ticks)
        self.coil = Mark(ground, color=ERROR, width=LINE)
        self.dot, self.square = ground.dots([(0, 0)], VALUE), ground.dots([(0, 0)], ink.chalk, "square")
        self.dot_name = on_rock(words.label("$Q$", VALUE, LARGE), RIM, *SPAN)
        self.square_name = on_rock(words.label("target", size=LARGE), RIM, *SPAN)
        self.believed, self.target = VGroup(self.dot, self.dot_name), VGroup(self.square, self.square_name)
        self.moving = (self.coil, self.believed, self.target)
        self.add(self.line, *self.moving)

    def at(self, value: float) -> Floats:
        """Scene point of ``value``."""
        return spot_in(RIM, float(np.interp(value, (0, 1), SPAN)), AT)

    def redraw(self, believed: float, target: float) -> tuple[VGroup | Mark, ...]:
        """Stand between ``believed`` and ``target``; returns what has moved."""
        begin, stop = self.at(believed), self.at(target)
        ways = np.linspace(0.0, 1.0, COILS)
        corners = begin + ways[:, None] * (stop - begin)
        corners[1:-1, 1] += 0.1 * np.where(np.arange(COILS - 2) % 2, 1.0, -1.0)
        self.coil.draw(chain(corners))
        self.dot.put(begin[None], 0.13)
        self.square.put(stop[None], 0.11)
        for name, place in ((self.dot_name, begin), (self.square_name, stop)):
            name.next_to(place, UP, buff=0.2)
        return self.moving
