"""How to act while learning: exploration, exploitation, and whose policy is learnt."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    ORIGIN,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    Group,
    LaggedStart,
    ManimColor,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.board import TURNS, Thread
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.line import Curve, Segments
from scenes.kit.noun import LINE, Mark
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats, loops
from scenes.kit.readout import Readout
from scenes.kit.value import Value
from scenes.maths.reinforcement_learning import coin, gridworld, qlearning
from scenes.maths.reinforcement_learning.coin import Search
from scenes.maths.reinforcement_learning.gridworld import Rows
from scenes.reinforcement_learning.ground import COURIER, VALUE, WORDS, Ground, corners_of
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

EPSILON: Final = "[ε:third]"
"""ε of ε-greedy, the share of random moves, in its colour.  PPO's ε has another."""
APART: Final = np.array([10.6, 7.7])
"""Scene units from one map of the gallery to the next."""
ROWS, ACROSS = 4, 5
"""Of the gallery."""
SHOWN: Final = 10
"""Seed of the runs on the large map, which has the place of that number in the gallery."""
GALLERY: Final = (1.9, 0.05)
"""Where the gallery has its middle in the picture."""
CLOSE: Final = 24.0
"""Pixels of the capitals of words that are seen from nearby."""
BESIDE: Final = 40.0
"""Pixels of the capitals of words beside the map."""
TALLY: Final = 96.0
"""Pixels of the digits of what is counted on twenty maps."""
NORTH, SOUTH = 0, 2
WAY: Final = 2.5 * LINE
WANDERED: Final = 50
"""Episodes, of which one is left to be seen at last."""


def way_of(ground: Ground, tiles: Floats, color: ManimColor = VALUE) -> Segments:
    """A thick line over ``tiles`` (t + 1, 2)."""
    spots = ground.spot(tiles)
    return ground.segment(spots[:-1], spots[1:], color, WAY)


def widest_episode(ground: Ground, tiles: Rows) -> Thread:
    """The way of that early episode with a falling ε that sees most tiles, of no length yet."""
    trips = coin.learn_by("falling", SHOWN).trips[:WANDERED]
    return ground.thread(tiles[max(trips, key=lambda trip: len(np.unique(trip.tiles))).tiles])


class Explore(ReinforcementLearningStage):
    """How to act while learning: exploration, exploitation, and whose policy is learnt."""

    @chapter("A little curiosity is not enough", "exploration")
    def a_little_curiosity_is_not_enough(self) -> None:
        self.untitled()
        self.lay_the_coin()
        self.begin_here()
        self.weigh_both_ways()
        self.exploit()
        self.stray_a_little()
        self.run_twenty()
        self.whose_policy()

    def lay_the_coin(self) -> None:
        """The map with a coin near the start."""
        self.shot(shot.wide())
        self.small_world = coin.lay_coin(self.world)
        self.open = self.small_world.tiles[self.small_world.live]
        self.start = self.world.tiles[self.world.start]
        self.money = self.coin_on(self.ground)
        x, y = self.ground.spot(coin.COIN)
        self.price = self.ground.label(x, y - 0.2, f"+{coin.PRIZE}", DOWN, VALUE, gap=0.0)

    def coin_on(self, ground: Ground) -> Dots:
        """The coin on a map."""
        return ground.dots([ground.spot(coin.COIN) + np.array([0.0, 0.1])], VALUE, radius=0.2 * ground.unit)

    # --- one map

    def begin_here(self) -> None:
        """Episodes begin on one tile now, and a coin lies near it."""
        starts = np.unique([trip.tiles[0] for trip in self.learnt.trips[:40]])
        spots = self.ground.spot(self.world.tiles[starts])
        crowd = self.ground.dots(spots, COURIER, radius=0.17 * self.ground.unit)
        self.courier = self.ground.courier([self.start])
        self.pays = self.prizes()
        self.add(self.rock, self.ground, *self.pays)
        with self.beat("So far, episodes began on random tiles. Now they begin here.") as beat:
            beat.over(
                LaggedStart(*(FadeIn(each, scale=2) for each in crowd), lag_ratio=pace.LAG), until="Now"
            )
            beat.over("Now", FadeOut(crowd), FadeIn(self.courier, scale=2))
        with self.beat(
            "And near the start lies a small coin. It ends the episode, as the flag does."
        ) as beat:
            beat.at("coin", FadeIn(self.money, scale=2), FadeIn(self.price))
            beat.over("ends", words.light(self.money, VALUE))

    def weigh_both_ways(self) -> None:
        """What both ways are worth from the start, by hand."""
        near = np.array([(4, 0), (4, 1), coin.COIN], dtype=float)
        far = self.world.tiles[gridworld.shortest_way(self.world, self.world.start)].astype(float)
        ways = way_of(self.ground, near), way_of(self.ground, far)
        late = len(near) - 2, len(far) - 2
        worth = gridworld.DISCOUNT ** late[0] * coin.PRIZE, gridworld.DISCOUNT ** late[1]
        sums = [
            words.note(
                f"coin, {late[0] + 1} moves:\n$0.9 dot {coin.PRIZE} =$ [{worth[0]:.2f}:truth]", size=BESIDE
            ),
            words.note(
                f"flag, {late[1] + 1} moves:\n$0.9^{late[1]} dot 1 =$ [{worth[1]:.2f}:truth]", size=BESIDE
            ),
        ]
        WORDS.stack(*sums, gap=0.8)
        with self.beat(
            "Discounted, the coin counts 0.18 and the flag 0.39: the longer way pays, if it is known."
        ) as beat:
            beat.over("coin", Create(ways[0]), words.write(sums[0]), until="flag")
            beat.over("flag", Create(ways[1]), words.write(sums[1]), least=pace.LONG)
        with self.beat("Let it take what looks best so far. Which of the two will it find?") as beat:
            beat.over("Which", words.light(sums[0]), words.light(sums[1]))
        self.think()
        self.worths = VGroup(*sums, *ways)

    def exploit(self) -> None:
        """The greedy run: to the coin, and there again and again."""
        run = coin.learn_by("greedy", SHOWN)
        way = self.world.tiles[run.trips[0].tiles]
        thread = self.ground.thread(way)
        self.wedges = self.ground.wedges(self.open)
        q = run.q[:, self.small_world.live]
        self.courier.take(way)

        def walk(share: float) -> Changed:
            steps = share * (len(way) - 1)
            return thread.reach(steps), self.courier.walk(steps)

        names = [
            words.note("[exploitation:focus]:\nuse what\nyou know", size=BESIDE),
            words.note("[exploration:focus]:\ntry something\nelse", size=BESIDE),
        ]
        greedy = words.note("greedy:\nwhat looks\nbest so far", size=BESIDE)
        WORDS.stack(greedy)
        WORDS.stack(*names, gap=0.9)
        with self.beat(
            "Greedy: it stumbles about, and finds the coin. From then on, it goes for the coin."
        ) as beat:
            self.play(FadeOut(self.worths), FadeIn(greedy), run_time=pace.QUICK)
            beat.over(drive(walk, thread, self.courier, rate_func=linear), until="From", least=pace.LONG)
            self.add(self.wedges, self.courier)
            beat.over("From", FadeOut(thread), glide(self.wedges.redraw, q[0], q[1]), until="goes")
            beat.over("goes", self.episodes(run.trips[1:6]), glide(self.wedges.redraw, q[1], q[-1]))
        tried = np.zeros(self.world.reward.shape, dtype=bool)
        for trip in run.trips:
            tried[trip.tiles[:-1], trip.moves] = True
        blank = Mark(self.ground, color=COURIER, fill=1.0)
        untried = ~tried[self.small_world.live].ravel()
        blank.draw(loops(self.ground.at(corners_of(self.wedges)[untried])))

        def blink(share: float) -> Mark:
            blank.set_fill(opacity=0.5 * np.sin(2 * np.pi * share) ** 2)
            return blank

        blink(0.0)
        with self.beat(
            "To use what you know is exploitation. The blinking actions it has not tried: "
            "trying them is exploration."
        ) as beat:
            self.add(blank)
            self.play(FadeOut(greedy), run_time=pace.QUICK)
            beat.over(words.write(names[0]), until="blinking")
            beat.over("blinking", drive(blink, blank), until="trying", least=pace.LONG)
            beat.over("trying", drive(blink, blank), words.write(names[1]), least=pace.LONG)
        self.remove(blank)
        self.names = VGroup(*names)

    def episodes(self, trips: tuple[qlearning.Trip, ...]) -> Animation:
        """The courier walks some episodes, each from the start."""
        ways = [self.world.tiles[trip.tiles].astype(float) for trip in trips]
        begins = np.concatenate([[0], np.cumsum([len(way) - 1 for way in ways])])

        def walk(share: float) -> Dots:
            now = share * begins[-1]
            which = min(int(np.searchsorted(begins, now, side="right")) - 1, len(ways) - 1)
            return self.courier.take(ways[which]).walk(float(now - begins[which]))

        return drive(walk, self.courier, rate_func=linear)

    def stray_a_little(self) -> None:
        """ε-greedy, and how far two hundred episodes with a small ε come."""
        run = coin.learn_by("tenth", SHOWN)
        way = self.world.tiles[np.concatenate([trip.tiles for trip in run.trips])]
        thread = self.ground.thread(way)
        rule = words.note(
            f"[ε-greedy:focus]:\nat random with\nprobability {EPSILON},\nelse greedy", size=BESIDE
        )
        self.size = words.note(f"{EPSILON} = 0.1,\n200 episodes", size=BESIDE)
        WORDS.stack(rule, self.size, gap=0.9)
        with self.beat(
            "Mix both: with probability epsilon act at random, else be greedy. This is epsilon-greedy."
        ) as beat:
            self.play(FadeOut(self.names), run_time=pace.QUICK)
            beat.over(words.write(rule), self.episodes(run.trips[1:9]), until="This", least=pace.LONG)
            beat.over("This", words.light(rule))
        with self.beat(
            "But single random moves do not add up to a long detour. It strays, and comes back."
        ) as beat:
            self.play(FadeOut(self.courier, self.wedges, self.price), FadeIn(self.size), run_time=pace.QUICK)
            beat.over(glide(thread.reach, 0.0, float(len(way) - 1), rate_func=linear), least=pace.LONG)
        self.straying, self.rule = thread, rule

    # --- twenty maps

    def hang_gallery(self) -> None:
        """Nineteen maps around the large one, and a way on each, of no length yet."""
        self.boards, self.ways = Group(), list[Curve]()
        for number in range(ROWS * ACROSS):
            board = self.ground
            if number != SHOWN:
                away = divmod(number, ACROSS) - np.array(divmod(SHOWN, ACROSS))
                board = Ground(self.world.rows).move_to(self.ground)
                board.shift((*(APART * (away[1], -away[0])), 0.0))
                self.boards.add(Group(board, self.coin_on(board)))
            self.ways.append(board.curve([0.0, 0.0], [0.0, 0.0], VALUE, 4 * LINE, share=0.0))

    def draw_ways(self, found: Search) -> Animation:
        """The greedy way of each run grows from the start."""
        spots = [self.ground.spot(self.world.tiles[way]) for way in found.ways]

        def grow(share: float) -> Changed:
            return tuple(
                curve.redraw(way[:, 0], way[:, 1], share) for curve, way in zip(self.ways, spots, strict=True)
            )

        return drive(grow, *self.ways)

    def run_twenty(self) -> None:
        """The same from twenty seeds: with a small ε, with one that falls, with a small one for as many steps."""
        found = [coin.search("tenth"), coin.search("falling"), coin.search("tenth", trips=coin.ALIKE)]
        self.hang_gallery()
        seeds = len(found[0].ways)
        at_coin, at_flag = Value(seeds), Value(seeds)
        counts = [
            VGroup(Readout(number, 0, size=TALLY, color=VALUE), words.note(name, size=BESIDE)).arrange(
                DOWN, buff=0.2, aligned_edge=LEFT
            )
            for number, name in ((at_coin, "reach the coin"), (at_flag, "reach the flag"))
        ]
        sizes = [
            words.note(f"{seeds} seeds,\n{EPSILON} = 0.1,\n200 episodes", size=BESIDE),
            words.note(f"{seeds} seeds,\n{EPSILON} from 1 to 0.1,\n200 episodes", size=BESIDE),
            words.note(f"{seeds} seeds,\n{EPSILON} = 0.1,\n{coin.ALIKE:,} episodes", size=BESIDE),
        ]
        WORDS.stack(sizes[2], *counts, gap=0.6)
        for each in sizes[:2]:
            each.move_to(sizes[2], aligned_edge=UP + LEFT)
        self.pin(*sizes, *counts)
        at_coin.set(0)
        at_flag.set(0)
        wide = self.frame.to(self.ground, self.boards, share=0.74, at=GALLERY)
        with self.beat("With this small epsilon, from twenty seeds, all runs end at the coin.") as beat:
            self.play(
                FadeOut(self.straying, self.rule, self.size, self.rock, *self.pays), run_time=pace.QUICK
            )
            self.add(self.boards)
            beat.over(wide, FadeIn(sizes[0]), until="all", least=pace.LONG)
            self.shot(shot.gallery(ROWS, ACROSS, titled=False))
            beat.over("all", self.draw_ways(found[0]), FadeIn(counts[0]), least=pace.SLOW)
            at_coin.set(found[0].coin.sum())
        with self.beat("Now let epsilon start at one and fall: seventeen of twenty find the flag.") as beat:
            self.play(FadeOut(*self.ways, sizes[0]), FadeIn(sizes[1]), run_time=pace.BRISK)
            at_coin.set(0)
            beat.over(self.draw_ways(found[1]), FadeIn(counts[1]), least=pace.LONG)
            at_coin.set(found[1].coin.sum())
            at_flag.set(found[1].flag.sum())
        with self.beat(
            "That took eleven times the steps. But given as many, epsilon 0.1 still ends at the coin."
        ) as beat:
            beat.over(words.light(sizes[1]), until="given")
            self.play(FadeOut(*self.ways, sizes[1]), FadeIn(sizes[2]), run_time=pace.BRISK)
            beat.over(self.draw_ways(found[2]), least=pace.SLOW)
            at_coin.set(found[2].coin.sum())
            at_flag.set(found[2].flag.sum())
        self.gallery_words = VGroup(sizes[2], *counts)

    # --- whose policy

    def whose_policy(self) -> None:
        """The target of Q-learning and that of SARSA, on one step of the courier."""
        run = coin.learn_by("falling", SHOWN)
        found = coin.greedy_way(self.small_world, run.q[-1])[:-1]
        best = TURNS[run.q[-1][found].argmax(axis=1)]
        compass = self.ground.compass(self.world.tiles[found]).redraw(best)
        here, there = np.array([(4, 0), (3, 0)], dtype=float)
        q = gridworld.iterate_values(self.small_world).q[-1][self.small_world.tile(3, 0)]
        targets = [
            words.note(
                f"[off-policy:focus]:\n$r + gamma max_(a') Q(s', a')$\n"
                f"$0 + 0.9 dot {q[NORTH]:.2f} = {gridworld.DISCOUNT * q[NORTH]:.2f}$",
                size=ink.POINT,
            ),
            words.note(
                f"SARSA, [on-policy:focus]:\n$r + gamma Q(s', a')$\n"
                f"$0 + 0.9 dot {q[SOUTH]:.2f} = {gridworld.DISCOUNT * q[SOUTH]:.2f}$",
                size=ink.POINT,
            ),
        ]
        WORDS.stack(*targets, gap=0.9)
        self.pin(*targets)
        self.shot(shot.wide())
        with self.beat(
            "It often moved at random, and yet it learnt the best way from its start. How?"
        ) as beat:
            beat.over(
                FadeOut(self.gallery_words, *self.ways), self.frame.back(), FadeIn(self.rock), until="How"
            )
            self.remove(self.boards)
            beat.over("How", FadeIn(compass), FadeIn(self.price, *self.pays))
        wedges = self.ground.wedges([there], full=0.6).redraw(q * np.isin(np.arange(4), (NORTH, SOUTH)))
        spot = self.ground.spot(there)
        figures = [
            words.caption(self.ground.at(spot + np.array([0.0, up])), f"{q[move]:.2f}", ORIGIN, size=CLOSE)
            for up, move in ((0.3, NORTH), (-0.3, SOUTH))
        ]
        letters = [
            words.caption(
                self.ground.at(self.ground.spot(tile) + np.array([-0.43, 0.0])),
                text,
                RIGHT,
                gap=0.0,
                size=CLOSE,
            )
            for tile, text in ((here, "$s$"), (there, "$s'$"))
        ]
        self.courier.take([here, there])
        step = self.ground.vector(
            spot + np.array([0.38, 0.05]), spot + np.array([0.38, -0.46]), COURIER, 1.5 * LINE
        )
        name = words.caption(
            self.ground.at(spot + np.array([0.56, -0.2])), "$a'$", RIGHT, gap=0.0, size=CLOSE
        )
        edges = self.ground.edge(np.array([here, there]), COURIER)
        self.shot(shot.close_up())
        with self.beat(
            "Take one step. Q-learning's target takes the best next action, whichever is really taken."
        ) as beat:
            self.play(
                FadeOut(compass, self.price),
                self.frame.to(edges, share=0.86, at=GALLERY),
                FadeIn(self.courier, letters[0]),
                run_time=pace.SLOW,
            )
            beat.over(drive(self.courier.walk, self.courier), until="target")
            self.play(FadeIn(wedges, *figures, letters[1]), run_time=pace.QUICK)
            self.bring_to_front(self.courier)
            beat.over(
                "best", words.light(figures[0]), words.write(targets[0]), until="whichever", least=pace.SLOW
            )
            beat.over("whichever", Create(step), FadeIn(name))
        with self.beat(
            "So it learns about the greedy policy while it follows another. That is off-policy."
        ) as beat:
            beat.over(words.light(figures[0]), until="while")
            beat.over(
                "while",
                words.light(name),
                words.light(step, COURIER),
                until="That",
            )
            beat.over("off-policy", words.light(targets[0].part("off-policy")))
        with self.beat(
            "SARSA's target takes the action really taken: on-policy, it learns about the policy it follows."
        ) as beat:
            beat.over(words.light(figures[1]), words.write(targets[1]), until="on-policy")
            beat.over("on-policy", words.light(targets[1].part("on-policy")), words.light(name))
        thread = widest_episode(self.ground, self.world.tiles)
        advice = words.note(f"{EPSILON} near 1,\nthen falling", size=BESIDE)
        WORDS.stack(advice)
        self.shot(shot.wide())
        with self.beat("So start with epsilon near one, and let it fall: a fixed one keeps costing.") as beat:
            beat.over(
                FadeOut(wedges, *figures, *letters, step, name, self.courier, *targets),
                self.frame.back(),
                until="fall",
            )
            beat.over(
                glide(thread.reach, 0.0, float(len(thread.spots) - 1), rate_func=linear),
                words.write(advice),
                least=pace.LONG,
            )
