"""Values learnt by walking: a table, exploration, and a net in its place."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from manim import DOWN, LEFT, Create, FadeIn, FadeOut, VGroup, linear

from scenes.kit import ink, place, words
from scenes.kit.board import Board, turned
from scenes.kit.drive import drive
from scenes.kit.gauge import Gauge
from scenes.kit.lesson import chapter
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.maths.reinforcement_learning import dqn, gridworld, qlearning
from scenes.reinforcement_learning.stage import CENTRES, SEED, ReinforcementLearningStage

NORTH = 0


class QLearning(ReinforcementLearningStage):
    """Values learnt by walking: a table, exploration, and a net in its place."""

    edition = 1

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
        reel = ParameterSweep(np.arange(qlearning.TRIPS + 1))

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
        self.paint.redraw(dark)
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
            beat.at("paints", drive(lambda t: self.paint.redraw(t * first)), run_time=1.4)
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
        reel = ParameterSweep(thousand)
        before = self.look("both", 9)

        def show() -> Changed:
            share = (reel.value - thousand[0]) / (thousand[-1] - thousand[0])
            return (self.paint.redraw(reel.mix(values)), self.runaway.reveal(share))

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
            self.play(drive(lambda t: self.paint.redraw((1 - t) * before + t * values[0])), run_time=0.6)
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
        self.play(drive(lambda t: self.paint.redraw((1 - t) * self.last + t * values[0])), run_time=0.8)
        copy.redraw(values[0])
        with self.beat("Cure one: freeze a copy of the painter, and take every target from that.") as beat:
            beat.at("freeze", FadeIn(title, copy, small, frame), run_time=1.0)
        reel = ParameterSweep(rows)

        def show() -> Changed:
            stands = int(np.floor(reel.value + 1e-9))
            return (self.paint.redraw(reel.mix(values)), copy.redraw(values[max(stands, 0)]))

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
            self.play(drive(lambda t: dots.redraw((1 - t) * recent + t * mixed)), run_time=1.6)
        self.leave(dots)

    def hold_still(self) -> None:
        """Both cures, and what is left of the trouble without the bag; no proof."""
        thousand = self.painting.step / 1000
        values = np.array([self.look("both", row) for row in range(len(thousand))])
        reel = ParameterSweep(thousand, value=thousand[8])

        def show() -> Changed:
            share = (reel.value - thousand[0]) / (thousand[-1] - thousand[0])
            return (self.paint.redraw(reel.mix(values)), self.calm.reveal(share))

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
            self.play(drive(lambda t: compass.redraw(angles, t)), run_time=0.8)
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


class Rival:
    """One of three couriers with the same luck: its table, its curiosity, and what became of it."""

    def __init__(self, lesson: QLearning, name: str, title: str, centre: float) -> None:
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
