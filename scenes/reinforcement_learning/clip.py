"""Several steps on the same episodes: the probability ratio, PPO's clip, and what the whole lesson comes to."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.run_band import RunBand
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.reinforcement_learning import dqn, gridworld, policy
from scenes.maths.reinforcement_learning.gridworld import World
from scenes.reinforcement_learning.explore import BESIDE
from scenes.reinforcement_learning.ground import ACTION, COURIER, ERROR, LARGE, VALUE, WORDS, Ground
from scenes.reinforcement_learning.hall import Hall
from scenes.reinforcement_learning.push import TOY
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

SEED: Final = 4
"""Of the run whose first batch is shown."""
CLIP: Final = ink.second
"""ε of PPO, and where its objective is cut: not the ε of ε-greedy."""
DYES: Final = {"clip": CLIP, "chance": ACTION}
OLD, NEW, GAIN = 0.5, 0.65, 2.0
"""By hand: two probabilities of an action, and its advantage."""
APART: Final = 3.6
"""Scene units from one layer to the next."""
LOWER: Final = 2.0
"""Scene units by which the lowest of them is seen lower."""
ASLANT: Final[dict[str, Any]] = {"tilt": 72 * DEGREES, "turn": -16 * DEGREES, "lift": 1.0, "zoom": 0.62}


def ratio_by_hand() -> float:
    """The probability ratio of one action."""
    return NEW / OLD


def largest_ratios(world: World) -> Floats:
    """The largest ratio after the steps on the first batch, for each of twenty seeds (20,)."""
    return np.array([policy.ppo(world, seed, bags=1).ratio[-1].max() for seed in range(20)])


def edge_of(ratio: float) -> float:
    """``ratio`` within the clip."""
    return float(np.clip(ratio, 1 - policy.CLIP, 1 + policy.CLIP))


class Clip(ReinforcementLearningStage):
    """Several steps on the same episodes: the probability ratio, PPO's clip, and what the whole lesson comes to."""

    @chapter("Do not leave your evidence", "PPO's clipped ratio")
    def do_not_leave_your_evidence(self) -> None:
        self.untitled()
        self.use_a_batch_again()
        self.measure_by_hand()
        self.cut_the_gain()
        self.write_the_objective()
        self.race_twenty_seeds()
        self.settle()

    def use_a_batch_again(self) -> None:
        """Twenty episodes on the map, and ten steps on them: the policy leaves what it was."""
        self.shot(shot.wide())
        ground = self.ground
        free = policy.ppo(self.world, SEED, bags=1, clip=None)
        path = np.array([policy.shares(theta)[self.live] for theta in free.theta])
        batch = policy.gather(self.world, free.theta[0], np.random.default_rng(SEED))
        threads = [
            ground.thread(self.world.tiles[tiles[made]])
            for tiles, made in zip(batch.tile, batch.made, strict=True)
        ]
        fans = ground.fans(self.tiles).redraw(path[0])
        ghosts = ground.fans(self.tiles, COURIER, outlined=True).redraw(path[0])
        rock, pays = self.rock, VGroup(*self.prizes())
        used = ParameterSweep(np.arange(len(path)))
        used.set(len(path) - 1)
        count = Readout(used.of(np.floor), 0, size=ink.HEADLINE)
        of_what = words.note("steps on it", size=BESIDE)
        size = words.note(f"a batch:\n{len(threads)} episodes", size=BESIDE)
        WORDS.stack(size, count, of_what, gap=0.5)
        used.set(0)
        self.add(rock, ground, pays, fans)
        with self.beat(
            "A batch of episodes costs much, and serves for one step. Why not take several?"
        ) as beat:
            beat.over(
                drive(lambda t: tuple(each.reach(t * (len(each.spots) - 1)) for each in threads), *threads),
                FadeIn(size),
                until="one",
                least=pace.LONG,
            )
            beat.over("one", FadeIn(count, of_what))

        with self.beat(
            "Because REINFORCE is on-policy: "
            "these episodes are evidence about the old policy, outlined, not about the new."
        ) as beat:
            self.play(*(FadeOut(each) for each in threads), run_time=pace.QUICK)
            beat.over("evidence", FadeIn(ghosts), until="not about")
            used.draws(lambda _: fans.redraw(used.mix(path)))
            beat.over(used.to(len(path) - 1, rate_func=linear), least=pace.LONG)
        self.map = VGroup(rock, ground, pays, ghosts, fans, size, count, of_what)
        self.free = free

    def measure_by_hand(self) -> None:
        """The probability ratio of one action."""
        (whole,) = shot.close_up().places
        above, below = whole.rows(4, 3, gap=0.4)
        ground = above.put(Ground(TOY, above.width, above.height))
        chance = Value(OLD)
        fan = ground.fans([(0, 1)])
        old = ground.fans([(0, 1)], COURIER, outlined=True).redraw([[0.0, OLD, 0.0, 1 - OLD]])
        chance.draws(lambda now: fan.redraw([[0.0, now, 0.0, 1 - now]]))
        ratio = words.formula(
            'rho = frac(pi_"new" (a | s), pi_"old" (a | s)) = frac({{ '
            f"{NEW} : chance }}}}, {OLD}) = {ratio_by_hand():.1f}",
            {"chance": ACTION},
            size=ink.POINT,
        )
        name = words.note("[probability ratio:focus]", size=ink.POINT)
        below.stack(name, ratio, gap=0.5)
        self.shot(shot.close_up())
        with self.beat(
            "So measure how far it went: new probability over old is the probability ratio. Here it is 1.3."
        ) as beat:
            self.play(FadeOut(self.map), run_time=pace.QUICK)
            self.play(FadeIn(ground, fan, old), run_time=pace.QUICK)
            beat.over(chance.to(NEW), until="new")
            beat.over("new", words.write(name), words.write(ratio), until="Here")
            beat.over("Here", words.light(ratio))
        self.toy = VGroup(ground, fan, old, name, ratio)

    def cut_the_gain(self) -> None:
        """The clipped objective over the ratio, for a good action and for a bad one."""
        plane = shot.safe(titled=False).plane(
            (0, 2.4),
            (-4.6, 4.6),
            x_ticks=[0, 1, 2],
            y_ticks=[-4, -2, 0, 2, 4],
            x_label="ratio $rho$",
            y_label="gain $rho A$",
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        zero = plane.segment((0, 0), (2.4, 0), ink.faint)
        term = plane.label(0, 4.6, "[PPO: clipping:second]", DOWN + RIGHT, size=ink.POINT)
        parts = [plane, zero, term]
        rho, at = np.linspace(0, 2.2, 221), ratio_by_hand()
        said = (
            "If the advantage A is plus two, more ratio is more gain. "
            "PPO's clipping makes it flat above one plus epsilon: no push any further.",
            "If A is minus two, it is flat below one minus epsilon. But here the action is still pushed back.",
        )
        self.shot(shot.wide())
        for sign, text, turn, last in zip((1, -1), said, ("PPO's", "flat"), ("no", "But"), strict=True):
            gain = sign * GAIN
            free = plane.curve(rho, rho * gain, ink.quiet, LINE, dashed=True)
            held = plane.curve(rho, policy.clipped(rho, np.full_like(rho, gain)), CLIP, 3 * LINE)
            edge = 1 + sign * policy.CLIP
            stem = plane.segment((edge, 0), (edge, edge * gain), CLIP, dashed=True)
            letter = "1 + epsilon" if sign > 0 else "1 - epsilon"
            mark = plane.label(edge, 0, f"${letter} = {edge:.1f}$", -sign * UP, CLIP, size=LARGE)
            name = plane.label(2.2, 0.32 * gain, f"$A = {gain:+.0f}$", ORIGIN, size=ink.POINT)
            end = float(policy.clipped(np.array(at), np.array(gain)))
            dot = plane.dots([(1.0, gain)], COURIER, radius=0.16)
            pair = at * gain, edge_of(at) * gain
            number = plane.label(
                at,
                end,
                f"$min({pair[0]:.1f}, {pair[1]:.1f}) = {end:.1f}$",
                DOWN + RIGHT if sign > 0 else DOWN + LEFT,
                gap=0.3,
                size=LARGE,
            )

            def slide(here: float, dot: Dots = dot, gain: float = gain) -> Dots:
                return dot.redraw([(here, float(policy.clipped(np.array(here), np.array(gain))))])

            with self.beat(text) as beat:
                if sign > 0:
                    self.play(FadeOut(self.toy), run_time=pace.QUICK)
                    self.play(FadeIn(plane, zero), run_time=pace.QUICK)
                beat.over(Create(free), FadeIn(dot, name), until=turn)
                beat.over(turn, Create(held), FadeIn(stem, mark, *([term] if sign > 0 else [])), until=last)
                self.bring_to_front(dot)
                beat.over(last, glide(slide, 1.0, at, dot), FadeIn(number), least=pace.SLOW)
            parts += [free, held, stem, mark, name, dot, number]
        self.charts = VGroup(*parts)

    def write_the_objective(self) -> None:
        """The whole objective, and what it does to the ratios of a batch."""
        held = policy.ppo(self.world, SEED, bags=1)
        above, below = shot.safe(titled=False).rows(2, 7)
        objective = words.formula(
            "max_theta bb(E)[min({{ rho A : free }}, thin "
            '{{ "clip"(rho, 1 - epsilon, 1 + epsilon) : clip }} thin A)], quad epsilon = 0.2',
            {"clip": CLIP},
            size=ink.POINT,
        )
        above.put(objective, LEFT)
        top = 1.05 * float(np.abs(held.advantage).max())
        plane = below.plane(
            (0, 4),
            (-top, top),
            x_ticks=[0, 1, 2, 3, 4],
            y_ticks=[-4, 0, 4],
            x_label="ratio $rho$ of each step of the batch",
            y_label="advantage $A$, standardised",
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        flat = [
            plane.polygon([(1.2, 0), (4, 0), (4, top), (1.2, top)], CLIP, width=0.0, fill=0.16),
            plane.polygon([(0, 0), (0.8, 0), (0.8, -top), (0, -top)], CLIP, width=0.0, fill=0.16),
        ]
        name = plane.label(3.0, top / 2, "flat: no push", ORIGIN, CLIP, size=LARGE)
        cloud = plane.cloud(np.zeros((0, 2)), COURIER, radius=0.06, opacity=0.8)
        taken = ParameterSweep(np.arange(len(held.ratio)))
        taken.draws(lambda _: cloud.redraw(np.column_stack([taken.mix(held.ratio), held.advantage])))

        self.shot(shot.formula(titled=False))
        with self.beat(
            "In full: the smaller of the free and the clipped gain, so that a bad step is still paid back. "
            "Its epsilon, 0.2, is not that of epsilon-greedy."
        ) as beat:
            self.play(FadeOut(self.charts), run_time=pace.QUICK)
            beat.over(words.write(objective), until="clipped")
            beat.over("clipped", words.light(objective.part("clip")), FadeIn(plane, *flat, name), until="Its")
            beat.over("Its", words.light(objective, CLIP))
        largest = Readout(Value(float(held.ratio[-1].max())), 2, label="largest ratio", size=ink.POINT)
        ratios = largest_ratios(self.world)
        over = words.note(f"20 seeds: {ratios.min():.1f} to {ratios.max():.1f}", size=LARGE)
        largest.next_to(plane.at(2.2, -top / 3), RIGHT, buff=0.0)
        with self.beat(
            "The clip forbids no ratio: it stops paying. Over twenty seeds, the largest still reaches 1.4 to 2.1."
        ) as beat:
            beat.over(FadeIn(cloud), until="stops")
            beat.over(taken.to(len(held.ratio) - 1), until="reaches", least=pace.LONG)
            over.next_to(largest, DOWN, buff=0.25, aligned_edge=LEFT)
            beat.over("reaches", FadeIn(largest, over))
        self.charts = VGroup(objective, plane, *flat, name, cloud, largest, over)

    def race_twenty_seeds(self) -> None:
        """Twenty seeds with the clip and without."""
        contest = policy.compete()
        chart = shot.safe(titled=False).plane(
            (-1, 40),
            (-0.05, 0.75),
            x_label="batches of 20 episodes",
            y_label="value of the policy, mean over 25 starts",
            x_ticks=[0, 20, 40],
            y_ticks=[0, 0.2, 0.4, 0.6],
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        best = chart.segment((0, contest.best), (40, contest.best), VALUE, LINE, dashed=True)
        batches = np.arange(contest.clipped.shape[1])
        free = RunBand(chart, batches, contest.free, ERROR, dashed=True)
        held = RunBand(chart, batches, contest.clipped, CLIP)
        step = RunBand(chart, batches, contest.plain, COURIER, threads=False)
        ends = contest.clipped[:, -1], contest.free[:, -1], contest.plain[:, -1]
        said = [f"median {np.median(each):.2f}, worst {each.min():.2f}" for each in ends]
        names = [
            chart.label(0.4, contest.best, f"best policy: {contest.best:.2f}", UP + RIGHT, VALUE),
            Tag(chart.label(39.5, 0.46, f"20 seeds with clip: {said[0]}", DOWN + LEFT, CLIP)),
            Tag(chart.label(39.5, 0.34, f"without (dashed: median): {said[1]}", DOWN + LEFT, ERROR)),
            Tag(chart.label(39.5, 0.22, f"one step a batch: {said[2]}", DOWN + LEFT, COURIER)),
        ]
        self.shot(shot.wide())
        with self.beat("The worst run with the clip reaches 0.60. Without it, some collapse.") as beat:
            self.play(FadeOut(self.charts), run_time=pace.QUICK)
            self.play(FadeIn(chart, best, names[0]), run_time=pace.QUICK)
            self.add(free, step, held)
            beat.over(
                glide(free.reach, 0.0, float(batches[-1]), rate_func=linear),
                glide(held.reach, 0.0, float(batches[-1]), rate_func=linear),
                glide(step.reach, 0.0, float(batches[-1]), rate_func=linear),
                until="reaches",
                least=pace.LONG,
            )
            beat.over("reaches", FadeIn(names[1]), until="Without")
            beat.over("Without", FadeIn(names[2], names[3]), words.light(free.threads, ERROR))
        with self.beat(
            "PPO is a common first choice where simulation is cheap, and tunes language models on human feedback."
        ) as beat:
            beat.over(words.light(held.middle, CLIP))
        self.charts = VGroup(chart, best, free, step, held, *names)

    # --- the end

    def settle(self) -> None:
        """Table, network and policy as three layers over one map, which come to rest on one another."""
        ground, hall = self.ground, Hall(self.ground, z=(0.0, 10.0), height=10.0)
        painting = dqn.paint()
        row = painting.row("both")
        final = policy.ppo(self.world, SEED).climb.theta[-1]
        wedges = ground.wedges(self.tiles).redraw(self.learnt.q[-1][self.live])
        fans = ground.fans(self.tiles).redraw(policy.shares(final)[self.live])
        arrows = [
            ground.compass(self.tiles).redraw(self.angles(q))
            for q in (self.learnt.q[-1], painting.q[row], final)
        ]
        frames = [ground.polygon(ground.corners, ink.faint, LINE) for _ in range(3)]
        floor = dqn.read_floor(self.world)
        solid = floor.at(floor.mesh()[::2, ::2])
        value = painting.value[-1, row, ::2, ::2].astype(float)
        value = np.where(solid == 0, np.clip(value, 0, None), np.nan)
        field = hall.surface(APART + value, VALUE, fill=0.3)
        layers = [
            hall.lay(frames[0], ground.lines, ground.walls, ground.pit, ground.flag, wedges, arrows[0]),
            hall.lay(frames[1], height=APART, rank=-0.5) + hall.lay(arrows[1], height=APART + 1.0, rank=0.5),
            hall.lay(frames[2], fans, arrows[2], height=2 * APART, rank=1.0),
        ]
        hall.sunk = LOWER
        hall.look(**ASLANT)
        rise = [[part.height for part in layer] for layer in layers]

        def press(share: float) -> None:
            for layer, heights in zip(layers, rise, strict=True):
                for part, height in zip(layer, heights, strict=True):
                    part.height = blend(height, 0.0, share)
            field.redraw(blend(APART + value, 0.0 * value, share))
            hall.look()

        names = [
            words.note("[policy:focus]: return,\nadvantage, clip", size=BESIDE),
            words.note("[network:truth]:\nreplay buffer,\ntarget network", size=BESIDE),
            words.note("[table:truth]: reward,\nvalue, TD error,\nexploration", size=BESIDE),
        ]
        for name, place in zip(names, WORDS.rows(1, 1, 1), strict=True):
            place.put(name, LEFT)
        self.shot(shot.wide())
        stack: list[list[Mobject]] = [
            [wedges, arrows[0]],
            [frames[1], field, arrows[1]],
            [frames[2], fans, arrows[2]],
        ]
        with self.beat("One map, learnt three ways: as a table, by a network, as a policy.") as beat:
            self.play(FadeOut(self.charts), run_time=pace.QUICK)
            self.play(FadeIn(frames[0], ground), run_time=pace.BRISK)
            for word, layer, name in zip(("table", "network", "policy"), stack, reversed(names), strict=True):
                beat.at(word, *(FadeIn(each) for each in layer), FadeIn(name))
        with self.beat(
            "Value flows back from reward to states, by Bellman's equation. Or the policy is pushed by its return."
        ) as beat:
            beat.over(hall.orbit(12 * DEGREES), until="Or", least=pace.LONG)
            beat.over("Or", hall.orbit(20 * DEGREES), words.light(names[0]))
        formula = words.note("$Q <- Q + alpha [r$\n$+ gamma max Q' - Q]$", size=LARGE)
        answer = words.note(
            "explore;\nlet value flow\nback, or push\nwhat paid;\nstay near your\nevidence", size=LARGE
        )
        WORDS.stack(formula, answer, gap=0.9)
        way = self.world.tiles[gridworld.shortest_way(self.world, self.world.start)]
        courier = ground.courier(way)
        with self.beat("Lay them on one another: each arrow lies on a shortest way.") as beat:
            self.play(FadeOut(*names), run_time=pace.QUICK)
            beat.over(
                hall.drive(press),
                hall.turning(tilt=0.0, turn=0.0, zoom=1.0),
                least=pace.LONG,
            )
        with self.beat(
            "How do you learn the way from one late point? "
            "Explore, let value flow back or push what paid, and stay near your evidence."
        ) as beat:
            beat.over(FadeIn(self.rock, courier), FadeOut(field, fans), until="Explore")
            beat.over(
                "Explore",
                glide(courier.walk, 0.0, float(len(way) - 1), rate_func=linear),
                words.write(formula),
                words.write(answer),
                least=pace.LONG,
            )
