"""The policy itself is learnt: REINFORCE, how its estimates scatter, and what a baseline does to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import drive
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.readout import Readout
from scenes.kit.review_hints import backdrop
from scenes.kit.value import Value
from scenes.maths.reinforcement_learning import darts as scatter
from scenes.maths.reinforcement_learning import policy
from scenes.maths.reinforcement_learning.gridworld import World
from scenes.reinforcement_learning.explore import BESIDE
from scenes.reinforcement_learning.ground import COURIER, ERROR, LARGE, VALUE, WORDS, Ground
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

TOY: Final = ("..G",)
"""Three tiles in a row: the middle one has two actions, and east of it is the flag."""
PARAMETER: Final = ink.fourth
"""θ, and gradients with respect to it."""
EAST, WEST = 1, 3
LONG_WAY: Final = (12, 18)
"""Steps of the episode that is shown: long enough for a detour."""
PUSH: Final = 1.5
"""Step size by which it changes the probabilities, so that it can be seen."""
RETURNS: Final = (0.8, 0.9)
"""Of two actions, by hand."""
ACROSS: Final = (-1.15, 1.15)
UPWARD: Final = (-0.647, 0.647)
"""What of the plane of estimates is seen."""


def two_actions(theta: Floats) -> Floats:
    """The probabilities (2,) of two actions with the numbers ``theta`` (2,)."""
    return np.asarray(policy.shares(np.asarray(theta, dtype=float)[None])[0])


def estimates(baseline: float) -> Floats:
    """Of two actions with :data:`RETURNS`, equally likely: each one's estimate of the gradient for θ₁, (2,)."""
    chance = two_actions(np.zeros(2))
    return np.asarray((np.array(RETURNS) - baseline) * np.array([1 - chance[0], -chance[0]]))


def values_of_surveyed(world: World) -> Floats:
    """The mean value of each of the five policies whose estimates are surveyed (5,)."""
    rounds = scatter.HALF_LEARNT
    return np.array(
        [
            policy.reinforce(world, np.random.default_rng(seed), rounds, baseline=False).score[-1]
            for seed in range(1, 6)
        ]
    )


def scale_of_darts() -> Plane:
    """A plane to the edges: across is along the gradient."""
    return shot.EDGES.plane(ACROSS, UPWARD, equal=True, x_ticks=[], y_ticks=[])


class Board:
    """The darts on their plane: estimates of a gradient, red where they point backwards."""

    def __init__(self) -> None:
        self.thrown = policy.throw_darts()
        self.plain, self.less, self.true = self.thrown.seen()
        self.plane = scale_of_darts()
        self.plane.frame.set_stroke(opacity=0.0)
        self.ahead = self.plane.cloud(self.plain[:0], COURIER, radius=0.06, opacity=0.55)
        self.back = self.plane.cloud(self.plain[:0], ERROR, radius=0.06, opacity=0.7)
        left = [(ACROSS[0], UPWARD[0]), (0, UPWARD[0]), (0, UPWARD[1]), (ACROSS[0], UPWARD[1])]
        self.behind = backdrop(self.plane.polygon(left, ERROR, width=0.0, fill=0.10))
        self.arrow = self.plane.vector((0, 0), self.true, PARAMETER, 5 * LINE)
        self.zero = self.plane.dots([(0, 0)], PARAMETER, radius=0.1)
        backward = scatter.survey().backward
        low, high = 100 * backward[:, 0].min(), 100 * backward[:, 0].max()
        self.names = VGroup(
            self.plane.label(0.16, 0.5, "arrow: mean of\n50,000 others", RIGHT, PARAMETER, size=LARGE),
            self.plane.label(
                -1.07, 0.5, "→ along the gradient\n↑ one way across it", RIGHT, ink.quiet, gap=0.0
            ),
            self.plane.label(
                -1.07,
                -0.42,
                f"points backwards:\n{low:.0f} to {high:.0f} %\n(five policies)",
                RIGHT,
                ERROR,
                gap=0.0,
                size=LARGE,
            ),
        )
        self.fewer = self.plane.label(
            -1.07,
            -0.42,
            f"points backwards:\nbelow {np.ceil(200 * backward[:, 1].max()) / 2:.1f} %",
            RIGHT,
            ERROR,
            gap=0.0,
            size=LARGE,
        )

    def aim(self, darts: Floats) -> Changed:
        """The estimates (k, 2), sorted by whether they point ahead."""
        ahead = darts[:, 0] >= 0
        return self.ahead.redraw(darts[ahead]), self.back.redraw(darts[~ahead])

    @property
    def parts(self) -> list[Mobject]:
        """All of it, the lowest first."""
        return [self.behind, self.ahead, self.back, self.arrow, self.zero, self.names]


class Push(ReinforcementLearningStage):
    """The policy itself is learnt: REINFORCE, how its estimates scatter, and what a baseline does to them."""

    # --- REINFORCE

    @chapter("Push what paid", "REINFORCE")
    def push_what_paid(self) -> None:
        self.untitled()
        self.push_by_hand()
        self.say_why()
        self.push_an_episode()
        self.throw_darts()

    def push_by_hand(self) -> None:
        """One state, two actions: a step along the gradient of log π."""
        (whole,) = self.shot(shot.close_up())
        above, below = whole.rows(4, 3, gap=0.4)
        ground = above.put(Ground(TOY, above.width, above.height))
        fan = ground.fans([(0, 1)])
        courier = ground.courier([(0, 1), (0, 2)])
        share = Value(0.0)
        theta = share.of(lambda now: np.array([now, -now]) / 2)
        chances = theta.of(two_actions)

        def show(now: Floats) -> Mobject:
            return fan.redraw([[0.0, now[0], 0.0, now[1]]])

        chances.draws(show)
        columns = below.columns(3, 4, 5)
        heads = [
            words.note("parameters $theta$", size=LARGE),
            words.note("[policy $pi$:focus]: $e^theta \\/ sum e^theta$", size=LARGE),
            words.note("$nabla log pi$ of east", size=LARGE),
        ]
        live = [
            [
                Readout(
                    source.of(partial(np.take, indices=k)), 2, label=name, size=ink.POINT, sign=sign, digits=2
                )
                for k, name in enumerate(("east", "west"))
            ]
            for source, sign in ((theta, True), (chances, False))
        ]
        slope = [
            words.note("taken: $1 - 0.5 = +0.5$", size=LARGE),
            words.note("other: $0 - 0.5 = -0.5$", size=LARGE),
        ]
        shown: list[Sequence[Mobject]] = [*live, slope]
        for place, head, rows in zip(columns, heads, shown, strict=True):
            place.stack(head, *rows)
        self.add(ground, courier)
        with self.beat(
            "Must one learn values? It is the policy that acts. So give it numbers, theta."
        ) as beat:
            beat.over("policy", drive(lambda t: fan.redraw([[0.0, t / 2, 0.0, t / 2]]), fan), until="So")
            self.bring_to_front(courier)
            beat.over("theta", FadeIn(heads[0], *live[0]))
        with self.beat(
            "One theta an action. Their exponentials, over the sum, are the probabilities: equal here."
        ) as beat:
            beat.over("exponentials", FadeIn(heads[1]), until="probabilities")
            beat.over("probabilities", FadeIn(*live[1]))
        pays = rewards_of_toy(ground)
        with self.beat("East is taken, and a return of one follows. Which way should theta go?") as beat:
            beat.over(drive(courier.walk, courier), until="return")
            beat.over("return", FadeIn(pays, scale=1.5), until="Which")
            beat.over("Which", words.light(live[0][0]), words.light(live[0][1]))
        with self.beat(
            "Along the gradient of log pi: one minus its probability for the action taken, "
            "and minus its probability for the other."
        ) as beat:
            beat.over(FadeIn(heads[2]), until="one")
            beat.over("one", words.write(slope[0]), until="minus its probability for the other")
            beat.over("minus its probability for the other", words.write(slope[1]))
        with self.beat("Step by that, times the return, and the probability of east rises to 0.73.") as beat:
            beat.over(words.light(slope[0]), words.light(slope[1]), until="probability")
            beat.over("probability", share.to(1.0), least=pace.SLOW)
        self.working = VGroup(*heads, *live[0], *live[1], *slope)
        self.toy = VGroup(ground, fan, courier, pays)
        self.room_below = below

    def push_an_episode(self) -> None:
        """A whole episode on the map, and what it changes."""
        fans = self.ground.fans(self.tiles)
        even = np.zeros(self.world.reward.shape)
        batch = policy.gather(self.world, even, np.random.default_rng(2), 200)
        one = batch.trip(batch.paid(*LONG_WAY))
        tiles, moves, _ = one.flat
        way = self.world.tiles[np.append(tiles, self.world.after[tiles[-1], moves[-1]])]
        courier, thread = self.ground.courier(way), self.ground.thread(way)
        thread.set_stroke(width=2 * LINE, opacity=0.8)
        pushed = even + PUSH * policy.slope_of(even, one, np.zeros(len(even)))
        before, after = (policy.shares(theta)[self.live] for theta in (even, pushed))
        rock, pays = self.rock, VGroup(*self.prizes())
        rule = words.note(
            "[REINFORCE:focus],\na [policy gradient:focus]:\n$theta <- theta + eta sum_t$\n"
            "$G_t nabla log pi(a_t | s_t)$\n\n$G_t$: return\nafter step $t$\n$eta$: step size",
            size=BESIDE,
        )
        WORDS.stack(rule)

        def walk(share: float) -> Changed:
            return thread.reach(share * len(moves)), courier.walk(share * len(moves))

        with self.beat(
            "Do that at each step of an episode, with the return that followed it, by step size eta: "
            "REINFORCE, a policy gradient."
        ) as beat:
            self.play(FadeOut(self.toy), run_time=pace.QUICK)
            fans.redraw(before)
            self.shot(shot.wide())
            self.play(FadeIn(rock, self.ground, pays, fans), FadeIn(courier), run_time=pace.QUICK)
            self.add(thread, courier)
            beat.over(drive(walk, thread, courier, rate_func=linear), until="REINFORCE", least=pace.LONG)
            beat.over("REINFORCE", words.write(rule))
        with self.beat(
            "What was done on the way becomes likelier where return followed, detours too."
        ) as beat:
            beat.over(glide(fans.redraw, before, after), FadeOut(courier), least=pace.LONG)
        self.map = VGroup(rock, self.ground, pays, fans, thread)
        self.rule = rule

    def say_why(self) -> None:
        """Why the mean of these pushes is the gradient of the expected return."""
        lines = [
            words.formula(source, size=ink.POINT)
            for source in (
                "J = sum_a {{ pi(a) : chance }} med G(a)",
                "nabla J = sum_a nabla pi(a) med G(a)",
                "nabla J = sum_a {{ pi(a) : chance }} med nabla log pi(a) med G(a) = bb(E)[nabla log pi(a) med G]",
            )
        ]
        for line in lines:
            self.room_below.put(line, UP + LEFT).shift(self.room_below.height / 4 * DOWN)
        with self.beat(
            "Why log pi? The expected return, J, sums probability times return. "
            "So its gradient is grad pi, times return."
        ) as beat:
            beat.over(FadeOut(self.working), until="expected")
            beat.over("expected", words.write(lines[0]), until="So")
            beat.over("So", words.rewrite(lines[0], lines[1]), least=pace.CALM)
        with self.beat(
            "And grad pi is pi times grad log pi. So what we did points, on average, along the gradient.",
            pause=pace.SLOW,
        ) as beat:
            beat.over("times", words.rewrite(lines[1], lines[2]), until="So", least=pace.SLOW)
            beat.over("on average", words.light(lines[2].part("chance")))
        self.toy.add(lines[2])

    def throw_darts(self) -> None:
        """A thousand one-episode estimates, and which of them point backwards."""
        darts = Board()
        order = np.random.default_rng(0).permutation(len(darts.plain))
        self.shot(shot.wide())
        with self.beat(
            "One episode gives one estimate: one dart. A thousand episodes by one policy, a thousand darts."
        ) as beat:
            self.play(FadeOut(self.map, self.rule), run_time=pace.BRISK)
            self.play(FadeIn(darts.behind, darts.zero, darts.names[1]), run_time=pace.QUICK)
            self.add(darts.ahead, darts.back)
            beat.over(
                drive(
                    lambda t: darts.aim(darts.plain[order[: round(t * t * len(order))]]),
                    darts.ahead,
                    darts.back,
                    rate_func=linear,
                ),
                least=pace.LONG,
            )
        with self.beat(
            "Their centre lies near the mean of fifty thousand others. "
            "But in five such policies, 24 to 29 percent point backwards."
        ) as beat:
            beat.over("centre", Create(darts.arrow), FadeIn(darts.names[0]), until="But")
            beat.over("backwards", FadeIn(darts.names[2]), words.light(darts.back, ERROR))
        with self.beat(
            "So average many episodes, a batch, for each step. In return it copes with continuous actions."
        ) as beat:
            batches = darts.plain.reshape(-1, policy.BAG, 2).mean(axis=1).repeat(policy.BAG, axis=0)
            beat.over(
                "average",
                glide(darts.aim, darts.plain, batches, darts.ahead, darts.back),
                FadeOut(darts.names[2]),
                until="In",
                least=pace.LONG,
            )
            beat.over(glide(darts.aim, batches, darts.plain, darts.ahead, darts.back), FadeIn(darts.names[2]))

    # --- the baseline

    @chapter("Subtract what you expected", "the variance of REINFORCE", goes_on=True)
    def subtract_what_you_expected(self) -> None:
        self.untitled()
        self.darts = Board()
        self.darts.aim(self.darts.plain)
        self.shot(shot.wide())
        self.add(*self.darts.parts)
        self.scatter_by_hand()
        self.subtract_by_hand()
        self.name_the_advantage()
        self.draw_together()

    def scatter_by_hand(self) -> None:
        """Two actions with high returns: two estimates that are far apart."""
        (whole,) = shot.close_up().places
        above, below = whole.rows(1, 1, gap=0.3)
        self.line = below.plane(
            (-0.55, 0.55), (0, 1), x_ticks=[-0.4, -0.2, 0, 0.2, 0.4], y_ticks=[], tick_size=ink.LABEL
        )
        signs = np.array([1.0, -1.0]) / 2
        self.expected = Value(0.0)
        spots = self.expected.of(lambda b: np.column_stack([estimates(b), [0.45, 0.45]]))
        self.pair = self.line.dots(spots.value, COURIER, radius=0.3)
        spots.draws(lambda now: self.pair.redraw(now), self.pair)
        mean = float(estimates(0.0).mean())
        self.middle = self.line.segment((mean, 0), (mean, 0.95), PARAMETER, 1.5 * LINE, dashed=True)
        self.middle_name = self.line.label(mean, 0.86, f"mean ${mean:.3f}$", RIGHT, PARAMETER, size=LARGE)
        self.rows = [
            words.note(
                f"action {k + 1}:  $G = {value:.1f}$,  estimate ${value:.1f} dot ({sign:+.1f}) = {value * sign:+.2f}$",
                size=ink.POINT,
            )
            for k, (value, sign) in enumerate(zip(RETURNS, signs, strict=True))
        ]
        self.room_above = above
        above.stack(*self.rows, gap=0.5)
        names = [
            words.caption(self.line.at(spot), f"action {k + 1}", UP, gap=0.4, size=LARGE)
            for k, spot in enumerate(spots.value)
        ]
        self.pair_names = VGroup(*names)
        scale = self.line.label(0.55, 0.0, "estimate for $theta_1$", UP + LEFT, ink.quiet)
        with self.beat(
            "Why so scattered? The return of a whole episode is random. "
            "Say, action one returns 0.8, action two 0.9, equally often."
        ) as beat:
            beat.over("whole", FadeOut(*self.darts.parts), until="Say")
            self.play(FadeIn(self.line, scale), run_time=pace.QUICK)
            one, two = (
                (words.write(row), FadeIn(dot, name, scale=1.5))
                for row, dot, name in zip(self.rows, self.pair, names, strict=True)
            )
            beat.over("action one", *one, until="action two")
            beat.over("action two", *two)
        with self.beat(
            "One estimate is a plus, the other a minus: far apart, for a mean just below zero."
        ) as beat:
            beat.over("plus", words.light(names[0]), words.light(self.rows[0]), until="minus")
            beat.over("minus", words.light(names[1]), words.light(self.rows[1]), until="mean")
            beat.over("mean", Create(self.middle), FadeIn(self.middle_name))
        self.scale_name = scale

    def subtract_by_hand(self) -> None:
        """The same two estimates with what was expected subtracted."""
        signs, middle = np.array([1.0, -1.0]) / 2, float(np.mean(RETURNS))
        after = [
            words.note(
                f"action {k + 1}:  $G - b = {value - middle:+.2f}$,  "
                f"estimate ${value - middle:+.2f} dot ({sign:+.1f}) = {(value - middle) * sign:+.3f}$",
                size=LARGE,
            )
            for k, (value, sign) in enumerate(zip(RETURNS, signs, strict=True))
        ]
        both = self.line.label(float(estimates(middle)[0]), 0.45, "both actions", LEFT, gap=0.5, size=LARGE)
        base = words.note(f"[baseline:focus] $b = {middle:.2f}$", size=ink.POINT)
        self.room_above.stack(*after, base, gap=0.5)
        with self.beat(
            "Subtract what was expected, the baseline. Now both give the mean, without scatter."
        ) as beat:
            self.play(FadeOut(self.pair_names), run_time=pace.QUICK)
            beat.over("baseline", words.write(base), *map(words.rewrite, self.rows, after), until="Now")
            beat.over("Now", self.expected.to(middle), least=pace.LONG)
            self.play(FadeIn(both), run_time=pace.QUICK)
        fact = words.note("$bb(E)[b nabla log pi] = b sum_a nabla pi(a) = b nabla 1 = 0$", size=ink.POINT)
        self.room_above.stack(*after, base, fact, gap=0.5)
        with self.beat(
            "The mean stays, since grad log pi averages to zero: a baseline must not depend on the action."
        ) as beat:
            beat.over(words.light(self.middle_name), words.write(fact), least=pace.LONG)
        self.worked = VGroup(*after, base, fact)
        self.hand = VGroup(both, self.line, self.pair, self.middle, self.middle_name, self.scale_name)

    def name_the_advantage(self) -> None:
        """A good baseline is V; what is left estimates the advantage."""
        value = float(np.mean(RETURNS))
        pair = [
            words.formula(
                "{{ A(s, a) : name }} = {{ Q(s, a) : action }} - {{ V(s) : state }}",
                {"action": VALUE, "state": VALUE},
                size=ink.POINT,
            ),
            words.note(
                "\n".join(
                    f"action {k + 1}: ${each:.1f} - {value:.2f} = {each - value:+.2f}$"
                    for k, each in enumerate(RETURNS)
                ),
                size=LARGE,
            ),
        ]
        name = words.note("[advantage:focus]", size=ink.POINT)
        guess = words.note("$G - V(s)$ estimates it", size=ink.POINT)
        left, right = self.room_above.columns(1, 1)
        left.stack(name, pair[0], guess, gap=0.5)
        right.put(pair[1], UP)
        pair[1].match_y(pair[0])
        with self.beat(
            "A good baseline is V. What is left estimates the advantage: "
            "how much better an action is than its state's value."
        ) as beat:
            self.play(FadeOut(self.worked), run_time=pace.QUICK)
            beat.over("estimates", words.write(name), words.write(guess), until="how")
            beat.over("how", words.write(pair[0]), words.write(pair[1]))
        self.hand.add(name, guess, *pair)

    def draw_together(self) -> None:
        """The same darts, V subtracted."""
        darts = self.darts
        self.shot(shot.wide())
        falls, worth = np.divide(*scatter.survey().variance.T), values_of_surveyed(self.world)
        best = policy.best_score(self.world)
        note = words.note(
            f"variance: {falls.min():.0f} to {falls.max():.0f} times less\n"
            f"in five policies of mean\nvalue {worth.min():.2f} to {worth.max():.2f} (best {best:.2f})",
            size=ink.LABEL,
        )
        shot.safe(titled=False).inset(0.0, 0.2).put(note, DOWN + RIGHT)
        with self.beat("Back to the same darts. From each return, subtract V of its state.") as beat:
            self.play(FadeOut(self.hand), run_time=pace.QUICK)
            darts.aim(darts.plain)
            self.play(FadeIn(*darts.parts), run_time=pace.BRISK)
            beat.over(
                "subtract",
                glide(darts.aim, darts.plain, darts.less, darts.ahead, darts.back),
                FadeOut(darts.names[2]),
                FadeIn(darts.fewer),
                least=pace.LONG,
            )
        with self.beat(
            "In five such policies the variance falls six- to ninefold, and hardly one points backwards."
        ) as beat:
            beat.over("variance", words.write(note), until="hardly")
            beat.over("hardly", words.light(darts.fewer))
        names = words.note("[actor–critic:focus]: push by\n$r + gamma V(s') - V(s)$", size=ink.POINT)
        shot.safe(titled=False).inset(0.0, 0.2).put(names, DOWN + RIGHT)
        with self.beat(
            "Learn V too, and push by its TD error, bootstrapping again: "
            "the policy is the actor, V its critic. This is actor–critic."
        ) as beat:
            self.play(FadeOut(note), run_time=pace.QUICK)
            beat.over("push", words.write(names), until="actor")
            beat.over("actor", words.light(names))
        with self.beat("So run REINFORCE with a baseline; a learnt one will do.") as beat:
            beat.over(words.light(names))


def rewards_of_toy(ground: Ground) -> words.Words:
    """What the flag pays, on its tile."""
    return ground.label(2.8, 0.2, "$G = 1$", UP, VALUE, gap=0.0, size=ink.POINT)
