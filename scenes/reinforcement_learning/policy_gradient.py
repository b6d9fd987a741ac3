"""Chances instead of values: REINFORCE, its variance, and the clip."""

from __future__ import annotations

import numpy as np
from manim import RIGHT, UP, Animation, FadeIn, FadeOut, Group, VGroup, linear

from scenes.kit import ink, place, words
from scenes.kit.board import Board
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.run_band import RunBand
from scenes.maths.reinforcement_learning import dqn, gridworld, policy
from scenes.reinforcement_learning.stage import CENTRES, ReinforcementLearningStage

RIVAL = 7
"""Of the two PPO runs that the lesson tells: the clip saves this one."""


class PolicyGradient(ReinforcementLearningStage):
    """Chances instead of values: REINFORCE, its variance, and the clip."""

    edition = 1

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
        return drive(lambda t: self.fans.redraw((1 - t) * old + t * new))

    def push_one_trip(self) -> None:
        """One trip of the even wanderer, and what it changes."""
        theta = np.zeros(self.world.reward.shape)
        even = self.chances(theta)
        with self.beat(
            "Now forget worth. Let each tile hold chances: four sectors, one for each move."
        ) as beat:
            beat.at("chances", drive(lambda t: self.fans.redraw(t * even)), run_time=1.0)

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
        return (self.right.redraw(darts[ahead]), self.back.redraw(darts[~ahead]))

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
            beat.at("worth", drive(lambda t: light.redraw(t * value)), run_time=1.0)
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
        reel = ParameterSweep(np.arange(len(chances)))
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
                reel.run(40.0, lambda: (self.fans.redraw(reel.mix(chances)),), rate_func=linear),
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
        self.ghost = self.board.fans(self.tiles, ink.focus, outlined=True).redraw(even)
        self.fans.redraw(even)
        self.add(self.board, self.fans)

        self.run_away()
        self.put_a_roof()
        self.compare_twenty_seeds()

    def passing(self, drift: policy.Drift) -> ParameterSweep:
        """The passes over the first bag."""
        return ParameterSweep(np.arange(len(drift.theta)))

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
            return (self.fans.redraw(reel.mix(chances)), self.dots.redraw(np.column_stack([now, sign * now])))

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
        bags = ParameterSweep(np.arange(len(path)), value=1.0)
        self.worth = Gauge("worth of habit", lambda: float(bags.mix(self.free.climb.score)), 2)
        place.under(self.worth, self.ruler, gap=0.25)
        with self.beat(
            "Forty bags like that, and it has frozen, sure of itself and facing walls. It is worth 0.04."
        ) as beat:
            self.play(FadeOut(self.ghost), FadeIn(self.worth), run_time=0.5)
            self.play(
                bags.run(40.0, lambda: (self.fans.redraw(bags.mix(path)),), rate_func=linear),
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
            return (self.fans.redraw(reel.mix(chances)), self.dots.redraw(np.column_stack([now, gain])))

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
        free = RunBand(chart, bags, contest.free, ink.error, dashed=True)
        held = RunBand(chart, bags, contest.clipped, ink.first)
        path = np.array([self.chances(theta) for theta in self.held.climb.theta])
        path[0] = path[1]  # where the fans stand already
        reel = ParameterSweep(bags)

        def show() -> Changed:
            return (self.fans.redraw(reel.mix(path)), free.reach(reel.value), held.reach(reel.value))

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
        reel = ParameterSweep(np.arange(11))
        VGroup(self.board, light, compass).shift(float(-self.board.get_center()[0]) * RIGHT)
        compass.spots = self.board.spot(self.tiles)

        def show() -> Changed:
            now = reel.mix(value)
            known = np.minimum(now / 0.35, 1.0)
            return (light.redraw(now), compass.redraw(angles - (1 - known) * np.pi, known))

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


class Trio:
    """Table, painted floor and fans of the same map, side by side, each with its arrows and its name."""

    def __init__(self, lesson: PolicyGradient) -> None:
        boards = [Board(lesson.world.rows, 4.1, 3.0).move_to((x, 0.3, 0.0)) for x in CENTRES]
        painting = dqn.paint()
        floor = dqn.read_floor(lesson.world)
        row = painting.row("both")
        worth = np.where(np.isnan(floor.at(floor.mesh())), 0.0, painting.value[-1, row])
        final = policy.ppo(lesson.world, RIVAL).climb.theta[-1]
        looks = [
            boards[0].wedges(lesson.tiles).redraw(lesson.learnt.q[-1][lesson.live]),
            boards[1].field(worth, (ink.negative, ink.positive), opacity=0.8),
            boards[2].fans(lesson.tiles).redraw(policy.shares(final)[lesson.live]),
        ]
        boards[1].lines.set_stroke(opacity=0.0)
        self.parts = [
            Group(*((board, look) if look is looks[0] else (look, board)))
            for board, look in zip(boards, looks, strict=True)
        ]
        for part, board, q in zip(
            self.parts, boards, (lesson.learnt.q[-1], painting.q[row], final), strict=True
        ):
            part.add(board.compass(lesson.tiles).redraw(lesson.angles(q)))
        self.names = [
            words.align_baseline(words.label(name).set_x(x), words.label("table").move_to((x, 2.1, 0.0)))
            for name, x in zip(("a table", "a painted floor", "chances"), CENTRES, strict=True)
        ]
