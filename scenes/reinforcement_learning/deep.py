"""A network in place of the table, and the two cures that keep it from running away."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from manim import DEGREES, DOWN, LEFT, RIGHT, UP, Create, FadeIn, FadeOut, Mobject, VGroup, linear

from scenes.kit import ink, pace, shot, words
from scenes.kit.drive import appear, drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.maths.reinforcement_learning import coin, cures, dqn
from scenes.reinforcement_learning.explore import BESIDE, widest_episode
from scenes.reinforcement_learning.ground import COURIER, ERROR, LARGE, VALUE, WORDS
from scenes.reinforcement_learning.hall import Hall
from scenes.reinforcement_learning.stage import ReinforcementLearningStage

SEED: Final = 1
"""Of the trainings that are shown, one of the five that are counted."""
TALL: Final = 2.6
"""Scene units a value of one is high."""
TOP: Final = 40.0
"""Values are drawn up to this: beyond, they have left the picture."""
COARSE: Final = 2
"""Every how many of the computed places is drawn."""
ASLANT: Final[dict[str, Any]] = {"tilt": 55 * DEGREES, "turn": -12 * DEGREES, "lift": 1.0, "zoom": 0.95}
"""How the field is looked at."""
LOWER: Final = 0.9
"""Scene units by which the floor comes down, so that what stands on it has room."""
FARTHER, LOWEST = 0.78, 1.5
"""How small, and how much lower, everything is under the loss."""
UNDER: Final = 1.0
"""Scene units under the bars, for their names."""
FAR: Final = 0.3
"""How small everything is when the camera has fled."""
CHASED: Final = (3, 4)
"""Looks at the first steps up to which the chase is followed on two places."""
BROKEN: Final = (6, 7, 9)
"""Looks at which the field has left the frame, when the camera flees, and when it has left it again."""
HUGE, RECORD = 110.0, 190.0
"""Pixels of the capitals of the number beside the field, and of the one that is the picture."""


class Deep(ReinforcementLearningStage):
    """A network in place of the table, and the two cures that keep it from running away."""

    @chapter("A network instead of a table", "replay in DQN", "target network in DQN", goes_on=True)
    def a_network_instead_of_a_table(self) -> None:
        self.untitled()
        self.lay_floor()
        self.leave_the_tiles()
        self.aim_at_itself()
        self.run_away()
        self.freeze_a_copy()
        self.shake_the_buffer()
        self.write_the_loss()
        self.count_the_cures()

    def lay_floor(self) -> None:
        """The map, what the nets of one training guess of it, and the space over it."""
        self.shot(shot.wide())
        self.painting = dqn.paint(SEED)
        floor = dqn.read_floor(self.world)
        mesh = floor.mesh()[::COARSE, ::COARSE]
        near = 1e-3 * np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)])
        inside = np.clip(mesh[..., None, :] + near, 0, floor.size)
        self.walked = (floor.at(inside) == 0).any(axis=-1)
        self.outbreak = cures.break_out(SEED)
        self.early = [self.drawn(value[::COARSE, ::COARSE].astype(float)) for value in self.outbreak.value]
        self.hall = Hall(self.ground, z=(0.0, TOP), height=TALL * TOP)

    def guess(self, name: dqn.Name, row: int) -> Floats:
        """The largest Q at each place by the net ``name`` at its look ``row``; none in walls, at flag and pit."""
        value = self.painting.value[row, self.painting.row(name), ::COARSE, ::COARSE].astype(float)
        return self.drawn(value)

    def drawn(self, value: Floats) -> Floats:
        """What is drawn of values: nothing in walls, at flag and pit, and nothing beyond the top."""
        return np.where(self.walked, np.clip(value, 0.0, TOP), np.nan)

    def height_at(self, values: Floats, places: Floats) -> Floats:
        """Points (n, 3) on the field ``values`` over ``places`` (n, 2)."""
        per_tile = (values.shape[1] - 1) / len(self.world.rows[0])
        column, row = np.rint(places * per_tile).astype(int).T
        return np.column_stack([places, np.nan_to_num(values[row, column])])

    # --- from a table to a network

    def leave_the_tiles(self) -> None:
        """Any place instead of tiles, and a height over each."""
        rock, pays = self.rock, VGroup(*self.prizes())
        thread = widest_episode(self.ground, self.world.tiles)
        thread.reach(len(thread.spots) - 1)
        x, y = self.ground.spot(coin.COIN)
        money = self.ground.dots([(x, y + 0.1)], VALUE, radius=0.2 * self.ground.unit)
        stroll = self.painting.stroll[:20]
        courier = self.ground.courier(
            np.column_stack([len(self.world.rows) - 0.5 - stroll[:, 1], stroll[:, 0] - 0.5])
        )
        self.add(rock, self.ground, pays, money, thread)
        with self.beat(
            "Real places have no tiles. Here it may stand at any x and y, and no table holds them."
        ) as beat:
            beat.over(
                FadeOut(thread, money, pays),
                self.ground.lines.animate.set_stroke(opacity=0.0),
                FadeIn(courier),
                until="Here",
            )
            beat.over(glide(courier.walk, 0.0, float(len(stroll) - 1), rate_func=linear), least=pace.LONG)
        edge = self.ground.polygon(self.ground.corners, ink.faint, LINE)
        self.edge = edge
        self.hall.lay(edge, self.ground.walls, self.ground.pit, self.ground.flag)
        self.shown = self.guess("both", 40)
        self.field = self.hall.surface(0.0 * self.shown, VALUE, fill=0.34)
        self.hall.look()
        names = [
            words.note(
                "[function:focus]\n[approximation:focus]:\nnetwork $theta$:\n$(x, y) -> Q$",
                size=BESIDE,
            ),
            words.note("height:\n$display(max_a) Q$ there", VALUE, size=BESIDE),
        ]
        WORDS.stack(*names, gap=0.9)
        self.pin(*names)
        with self.beat(
            "So let a network with numbers theta guess Q from x and y: function approximation. "
            "Height is the largest Q at a place."
        ) as beat:
            beat.over(
                self.hall.turning(**ASLANT),
                self.lower(),
                FadeOut(rock, courier),
                words.write(names[0]),
                appear(self.edge, self.field),
                until="Height",
                least=pace.LONG,
            )
            beat.over(self.rise(0.0 * self.shown, self.shown), words.write(names[1]), least=pace.LONG)
        self.names = VGroup(*names)

    def lower(self, by: float = LOWER) -> Any:
        """The move that gives room above the floor."""
        edges = shot.EDGES
        return self.frame.to_region(
            (edges.left, edges.right), (edges.bottom + ink.CAPTION_BAND + by, edges.top + by)
        )

    def standing(self) -> list[Mobject]:
        """The floor with all that is on it, and the field."""
        return [self.edge, self.ground, self.field]

    def rise(self, start: Floats, end: Floats) -> Any:
        """The field goes from one state to another."""
        return self.hall.drive(lambda t: self.field.redraw(blend(start, end, t)))

    def aim_at_itself(self) -> None:
        """The target is made of the network's own guess."""
        target = words.note(
            "target:\n$r + gamma {{ display(max_(a')) Q(s', a') : own }}$", colors={"own": VALUE}, size=BESIDE
        )
        name = words.note("[deep Q-network:focus],\nDQN", size=BESIDE)
        WORDS.stack(name, target, gap=0.9)
        self.pin(name, target)
        places = np.array([(3.5, 4.5), (4.5, 4.5)])
        feet = self.height_at(self.shown, places)
        two = self.hall.dots(feet, COURIER, radius=0.13)
        stems = self.hall.drop(feet, COURIER, LINE)
        letters = [
            self.hall.carry(words.caption(self.ground.at(place), text, DOWN))
            for place, text in zip(places, ("$s$", "$s'$"), strict=True)
        ]
        for letter in letters:
            self.allow(self.field, letter, "it stands on the floor, seen through the field")
        self.hall.look()
        with self.beat(
            "Trained towards Q-learning's target, this is a deep Q-network, DQN. "
            "But the target holds the network's own guess of the next place."
        ) as beat:
            self.play(FadeOut(self.names), run_time=pace.QUICK)
            beat.over("deep", words.write(name), until="But")
            beat.over("target", words.write(target), FadeIn(two, stems, *letters), until="own")
            beat.over("own", words.light(target.part("own")))
        with self.beat(
            "So an update that lifts one place lifts its target too, and the chase goes on."
        ) as beat:
            values = [self.shown, self.early[CHASED[0]], self.early[CHASED[1]]]

            def chase(share: float, start: Floats, end: Floats) -> None:
                now = blend(start, end, share)
                self.field.redraw(now)
                tops = self.height_at(now, places)
                two.redraw(tops)
                stems.redraw(tops * (1, 1, 0), tops)

            beat.over(
                self.hall.drive(lambda t: chase(t, values[0], values[1])), until="lifts its", least=pace.SLOW
            )
            beat.over(self.hall.drive(lambda t: chase(t, values[1], values[2])), least=pace.SLOW)
        self.leave(two, stems, *letters, run_time=pace.QUICK)
        self.name, self.target = name, target
        self.shown = values[-1]

    # --- it runs away

    def run_away(self) -> None:
        """Without a target network: the field breaks through the frame, and the camera flees."""
        reel = ParameterSweep(self.outbreak.step, value=float(self.outbreak.step[BROKEN[2]]))
        largest = Readout(reel.score(self.outbreak.largest), 0, size=HUGE, color=ERROR)
        of_what = words.note("largest Q,\none training\nof five", size=BESIDE)
        limit = words.note("largest return:\n1", VALUE, size=BESIDE)
        WORDS.stack(largest, of_what, limit, gap=0.5)
        self.pin(largest, of_what, limit)
        reel.set(reel.stops[CHASED[1]])
        reel.draws(lambda _: self.field.redraw(reel.mix(self.early)), *self.hall.nouns)
        with self.beat(
            "No return here can exceed one. Watch the largest Q while the network aims at itself."
        ) as beat:
            self.play(FadeOut(self.name, self.target), run_time=pace.QUICK)
            beat.over(FadeIn(limit), until="Watch")
            self.play(FadeIn(largest, of_what), run_time=pace.QUICK)
            beat.over(reel.to(reel.stops[BROKEN[0]], rate_func=linear), least=pace.LONG)
        with self.beat(
            "The field breaks out of the frame. The camera flees, and it breaks out again."
        ) as beat:
            beat.over(reel.to(reel.stops[BROKEN[1]], rate_func=linear), until="camera", least=pace.SLOW)
            beat.over(self.hall.dolly(FAR), until="breaks", least=pace.SLOW)
            beat.over("breaks", reel.to(reel.stops[BROKEN[2]], rate_func=linear), least=pace.LONG)
        row = self.painting.row("replay")
        peak = int(self.painting.largest[:, row].argmax())
        late = ParameterSweep(self.painting.step[: peak + 1], value=float(self.painting.step[peak]))
        number = Readout(late.score(self.painting.largest[: peak + 1, row]), 0, size=RECORD, color=ERROR)
        shot.safe(titled=False).put(number)
        what = words.note(
            f"largest Q at step {self.painting.step[peak]:,}, aiming at itself", size=ink.POINT
        ).next_to(number, DOWN, 0.6)
        worst = words.note(
            f"five trainings: {np.floor(cures.ablate().peak('replay').min()):,.0f} and more", size=ink.POINT
        ).next_to(what, DOWN, 0.4)
        self.pin(number, what, worst)
        late.set(late.stops[0])
        self.shot(shot.headline())
        with self.beat("In all five trainings it passes a hundred thousand.") as beat:
            self.play(
                FadeOut(largest, of_what, limit, *self.standing()), FadeIn(number, what), run_time=pace.QUICK
            )
            beat.over(late.to(late.stops[-1], rate_func=linear), FadeIn(worst), least=pace.LONG)
        self.alarm = VGroup(number, what, worst)

    # --- two cures

    def freeze_a_copy(self) -> None:
        """Cure one: the target comes from a copy that stands still."""
        rows = np.arange(14)
        values = [self.guess("both", int(row)) for row in rows]
        copy = self.hall.surface(values[0], COURIER, fill=0.05)
        name = words.note("[target network:focus]:\na frozen copy $theta^-$\nfor 200 steps", size=BESIDE)
        WORDS.stack(name)
        self.pin(name)

        def learn(now: float) -> Changed:
            before = min(int(now), len(rows) - 2)
            self.field.redraw(blend(values[before], values[before + 1], now - before))
            return self.field, copy

        def renew(share: float) -> None:
            now = share * rows[-1]
            learn(now)
            copy.redraw(values[min(int(now), len(rows) - 1)])

        with self.beat(
            "Cure one: take the targets from a frozen copy, renewed now and then: the target network."
        ) as beat:
            self.play(FadeOut(self.alarm), run_time=pace.QUICK)
            self.field.redraw(values[0])
            self.hall.look(**ASLANT)
            self.play(FadeIn(*self.standing()), run_time=pace.QUICK)
            beat.over("frozen", appear(copy), words.write(name), until="renewed")
            beat.over(self.hall.drive(renew, rate_func=linear), least=pace.LONG)
        self.leave(copy)
        self.frozen_name, self.shown = name, values[-1]

    def shake_the_buffer(self) -> None:
        """Cure two: a batch from all transitions instead of the last steps."""
        recent, mixed = (self.painting.batch[self.painting.row(name)] for name in ("target", "both"))
        ends = self.height_at(self.shown, recent), self.height_at(self.shown, mixed)
        dots = self.hall.dots(ends[0], COURIER, radius=0.11)
        name = words.note("[replay buffer:focus]:\nkeep all, draw 32\nat random", size=BESIDE)
        WORDS.stack(name)
        self.pin(name)
        with self.beat(
            "But the last steps lie in one corner. The net learns that, and forgets the rest."
        ) as beat:
            beat.over(FadeIn(dots), until="corner")
            beat.over("corner", self.hall.orbit(20 * DEGREES))
        with self.beat(
            "Cure two: keep each transition in a replay buffer, and draw a batch at random. "
            "These are less alike; and off-policy, old steps may serve."
        ) as beat:
            beat.over("keep", FadeOut(self.frozen_name), words.write(name), until="draw")
            beat.over(
                "draw",
                self.hall.drive(lambda t: dots.redraw(blend(ends[0], ends[1], t))),
                until="These",
                least=pace.LONG,
            )
            beat.over(self.hall.orbit(-20 * DEGREES))
        self.leave(dots)
        self.buffer_name = name

    def write_the_loss(self) -> None:
        """The loss with both cures in it."""
        loss = words.formula(
            "L(theta) = {{ bb(E) : buffer }} "
            "[(r + gamma max_(a') {{ Q(s', a'; theta^-) : frozen }} - Q(s, a; theta))^2]",
            {"frozen": VALUE},
            size=ink.POINT,
        )
        shot.safe(titled=False).put(loss, UP + LEFT)
        below = [
            words.label(text).next_to(loss, DOWN, words.GAP).match_x(loss.part(part))
            for part, text in (("buffer", "mean over the buffer"), ("frozen", "frozen copy"))
        ]
        below[0].align_to(loss, LEFT)
        self.pin(loss, *below)
        self.shot(shot.formula(titled=False))
        with self.beat(
            "Together: the squared gap between the frozen target and Q, on average over the buffer."
        ) as beat:
            self.play(
                FadeOut(self.buffer_name),
                self.hall.turning(zoom=FARTHER),
                self.lower(LOWEST),
                run_time=pace.CALM,
            )
            beat.over(words.write(loss), until="frozen")
            beat.over("frozen", words.light(loss.part("frozen")), FadeIn(below[1]), until="average")
            beat.over("average", words.light(loss.part("buffer")), FadeIn(below[0]))
            self.play(self.rise(self.shown, self.guess("both", 99)), run_time=pace.CALM)
        self.loss = VGroup(loss, *below)

    def count_the_cures(self) -> None:
        """Five trainings of each, and what to watch."""
        result, walk = cures.ablate(), 100 * cures.random_walk()
        names: tuple[tuple[dqn.Name, str], ...] = (
            ("both", "both cures"),
            ("replay", "no target\nnetwork"),
            ("target", "no replay\nbuffer"),
        )
        room = shot.safe(titled=False)
        room = shot.Region(room.left, room.bottom + UNDER, room.right, room.top)
        chart = room.plane(
            (0, 23),
            (0, 100),
            x_ticks=[],
            y_ticks=[0, 50, 100],
            y_label="flag reached, % of 500 new tries (5 trainings each)",
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        groups = [
            chart.bars(6 * group + 1 + np.arange(5), np.zeros(5), VALUE if not group else ERROR, thick=0.8)
            for group in range(3)
        ]
        heights = [result.of(name) for name, _ in names]
        random = chart.segment((0, walk), (18, walk), COURIER, LINE, dashed=True)
        walker = chart.label(18, walk, f"random walk:\n{walk:.0f} %", RIGHT)
        below = VGroup(*(chart.label(6 * group + 3, 0, text, DOWN) for group, (_, text) in enumerate(names)))
        between = chart.label(6.2, 92, f"{heights[0].min():.0f} to\n{heights[0].max():.0f} %", RIGHT, VALUE)
        most = int(heights[1].argmax())
        outlier = chart.label(7 + most, heights[1][most], f"{heights[1][most]:.0f} %", UP, ERROR)
        self.shot(shot.wide())
        with self.beat(
            "Five trainings each: with both cures, 69 to 99 percent of new tries reach the flag."
        ) as beat:
            stage = [self.loss, *self.standing()]
            self.play(FadeOut(*stage), self.frame.back(), run_time=pace.BRISK)
            self.play(FadeIn(chart, below), run_time=pace.QUICK)
            beat.over(glide(groups[0].redraw, 0.0 * heights[0], heights[0]), FadeIn(between), least=pace.SLOW)
        with self.beat(
            "Without target network or without replay, nine of ten stay below 25, one got 62; a random walk gets nine."
        ) as beat:
            beat.over(
                glide(groups[1].redraw, 0.0 * heights[1], heights[1]),
                glide(groups[2].redraw, 0.0 * heights[2], heights[2]),
                words.light(below[1]),
                words.light(below[2]),
                until="one got",
                least=pace.SLOW,
            )
            beat.over("one got", FadeIn(outlier), until="a random")
            beat.over("a random", Create(random), FadeIn(walker))
        self.leave(chart, *groups, random, walker, between, outlier, below)
        self.watch_the_largest()

    def watch_the_largest(self) -> None:
        """The largest Q of all trainings, with both cures and without a target network."""
        result = cures.ablate()
        chart = shot.safe(titled=False).plane(
            (0, 20),
            (0, 3),
            x_label="thousand steps",
            y_label="largest Q",
            x_ticks=[0, 10, 20],
            y_ticks=[0, 1, 2, 3],
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        step = result.step / 1000
        limit = chart.segment((0, 1), (20, 1), COURIER, LINE, dashed=True)
        calm = [
            chart.curve(step, way, VALUE, 1.5 * LINE, share=0.0)
            for way in result.largest[:, :, result.names.index("both")]
        ]
        gone = self.outbreak.step[self.outbreak.largest > chart.limits[1][1]][0]
        wild = chart.curve(self.outbreak.step / 1000, self.outbreak.largest, ERROR, 3 * LINE, share=0.0)
        names = [
            chart.label(0.5, 2.6, f"no target network:\nout of the picture\nby step {gone}", RIGHT, ERROR),
            chart.label(12, 1.4, "both cures, 5 trainings", UP, VALUE),
            chart.label(20, 1, "largest return", DOWN + LEFT),
        ]
        with self.beat(
            "Bootstrapping, off-policy learning and a network together can diverge. The cures help, no more."
        ) as beat:
            self.play(FadeIn(chart, limit, names[2]), run_time=pace.QUICK)
            beat.over(
                drive(wild.reveal, wild),
                FadeIn(names[0]),
                until="cures",
                least=pace.SLOW,
            )
            beat.over(
                drive(lambda t: [each.reveal(t) for each in calm], *calm),
                FadeIn(names[1]),
                least=pace.LONG,
            )
        with self.beat(
            "So plot the largest Q: far above the largest return, the training is broken."
        ) as beat:
            beat.over(words.light(names[2]), until="far")
            beat.over("far", words.light(names[0]), words.light(wild, ERROR))
