"""The transformer block: a stream that is only added to, norms, and a network for each token alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Self

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    Animation,
    Create,
    FadeIn,
    FadeOut,
    LaggedStart,
    ManimColor,
    VGroup,
    linear,
)

from scenes.kit import ink, pace, place, shot, words
from scenes.kit.box import Box
from scenes.kit.drive import drive
from scenes.kit.glide import blend, glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed
from scenes.kit.path import Floats, loops
from scenes.kit.plane import Plane
from scenes.kit.review_hints import belongs
from scenes.kit.vector_bars import VectorBars
from scenes.maths.transformers import evidence
from scenes.transformers.circuit import chart_of_cuts, dots_of_trainings, lines_of_guesses
from scenes.transformers.position import open_on
from scenes.transformers.stage import HAT, QUERY, VALUE, TransformersStage

LARGE: Final = 44.0
"""Pixels of the capitals of words that are to be kept."""
LARGEST: Final = 9.0
"""The number whose bar fills its row where the stream grows."""
BY_HAND: Final = np.array([1.0, 3.0, 8.0])
"""Three numbers that are normalised in the head."""
THINK: Final = ink.truth
"""The feed-forward network, and what it adds."""
PULSE: Final = 0.17
"""Radius of a pulse on the road, in scene units."""
LOOK: Final = '& x arrow.l x {{ + : plus }} {{ "MHA" : look }} ("LN"(x))'
THOUGHT: Final = '& x arrow.l x + {{ "FFN" : think }} ("LN"(x))'
NETWORK: Final = '$"FFN"(x) = "ReLU"(x W_1 + b_1) W_2 + b_2$'
PARTS: Final = (("MHA", "multi-head attention"), ("FFN", "feed-forward network"))
"""The two parts of a block, and the network of the second one."""


class Road(VGroup):
    """The residual stream as a road from left to right, and parts beside it that read it through a norm and add to it.

    The road lies at the foot of ``region`` and the parts at its head; ``names``, short and in full,
    and ``colors`` are the parts'.
    """

    def __init__(
        self,
        plane: Plane,
        region: shot.Region,
        names: Sequence[tuple[str, str]],
        colors: Sequence[ManimColor],
    ) -> None:
        super().__init__()
        edges = (shot.EDGES.left, shot.EDGES.right)
        self.ends = np.array([[edge, region.bottom, 0.0] for edge in edges])
        self.line = plane.segment(self.ends[0, :2], self.ends[1, :2], ink.chalk, 4 * LINE)
        self.parts: list[VGroup] = []
        self.gates, self.boxes, self.joints = [], [], []
        self.add(self.line)
        places = region.columns(*[1] * len(names), gap=0.9)
        for spot, (name, told), color in zip(places, names, colors, strict=True):
            gate, box = _box("LN", ink.chalk, 1.4), _box(name, color, 3.0)
            row = VGroup(gate, box).arrange(RIGHT, buff=0.4)
            row.move_to(spot.middle).align_to(np.array([0.0, region.top, 0.0]), UP)
            height = float(row.get_center()[1])
            left, right = spot.left + 0.1, spot.right - 0.1
            joint = plane.circle((right, region.bottom), 0.26, ink.chalk, 1.2 * LINE)
            joint.set_fill(ink.ground, 1.0)
            plus = words.label("+", size=LARGE).move_to(joint)
            belongs(joint, plus)
            ways = VGroup(
                plane.segment((left, region.bottom), (left, height), color, LINE),
                plane.vector((left, height), (float(gate.get_left()[0]), height), color),
                plane.vector((float(gate.get_right()[0]), height), (float(box.get_left()[0]), height), color),
                plane.segment((float(box.get_right()[0]), height), (right, height), color, LINE),
                plane.vector((right, height), (right, region.bottom + 0.26), color),
            )
            meaning = words.label(told, color).next_to(box, DOWN, buff=0.2)
            part = VGroup(ways, gate, box, joint, plus, meaning)
            self.parts.append(part)
            self.gates.append(gate)
            self.boxes.append(box)
            self.joints.append(np.array([right, region.bottom, 0.0]))
            self.add(part)

    def along(self, share: float) -> Floats:
        """Scene point (3,) on the road, ``share`` (0 to 1) of the way from its left end."""
        return np.asarray(blend(self.ends[0], self.ends[1], share))


def _box(name: str, color: ManimColor, width: float) -> Box:
    word = words.label(name, color, LARGE)
    return Box(word, color, width=width, height=1.15, room=(0.25, 0.1), stroke=LINE)


class BlockBars(VGroup):
    """The blocks of GPT-3 as bars, a third attention and two thirds feed-forward: at first one, as wide as all."""

    def __init__(self, plane: Plane) -> None:
        super().__init__()
        large = evidence.GPT3
        share = large.attention / (large.attention + large.feed_forward)
        self.room = shot.safe(titled=False).inset(0.0, 0.1)
        self.low, self.high = self.room.bottom, self.room.top - 1.8
        self.cut = blend(self.low, self.high, share)
        self.step = self.room.width / large.layers
        self.thin = 0.8 * self.step
        self.looks, self.thinks = (
            plane.polygon([(0, 0)] * 3, color, width=0.0, fill=0.85) for color in (QUERY, THINK)
        )
        self.add(self.looks, self.thinks)
        self.stand(self.room.width, 1.0)

    def stand(self, wide: float, count: float) -> Self:
        """Show ``count`` bars, each ``wide`` scene units."""
        self.looks.points = loops(self._bodies(wide, round(count), self.low, self.cut))
        self.thinks.points = loops(self._bodies(wide, round(count), self.cut, self.high))
        return self

    def _bodies(self, wide: float, count: int, bottom: float, top: float) -> Floats:
        lefts = self.room.left + self.step * np.arange(count)
        corners = [(lefts, bottom), (lefts + wide, bottom), (lefts + wide, top), (lefts, top)]
        flat = np.stack([np.stack(np.broadcast_arrays(*each), axis=-1) for each in corners], axis=1)
        return np.dstack([flat, np.zeros(flat.shape[:2])])


class Block(TransformersStage):
    """The transformer block."""

    @chapter("Look, think, add", "feed-forward sublayer", "residual and norm", goes_on=True)
    def look_think_add(self) -> None:
        chart = chart_of_cuts()
        self.keep_what_was(open_on(self, chart, *lines_of_guesses(chart), *dots_of_trainings(chart)))
        self.let_it_grow()
        self.normalise()
        self.build_the_block()
        self.go_back_down()
        self.stack_blocks()

    def keep_what_was(self, leaving: list[Animation]) -> None:
        """Overwriting loses the token; adding keeps it."""
        streams = self.done.streams()[:, 0, HAT]
        added = streams[1] - streams[0]
        self.shot(shot.wide())
        rows = shot.safe(titled=False).rows(1, 1, 1, gap=0.35)
        strips, titles = [], []
        for row, values, text, color in zip(
            rows,
            (streams[0], added, streams[1]),
            ("the vector of hat", "what attention brings: Ben", "their sum"),
            (ink.chalk, VALUE, ink.chalk),
            strict=True,
        ):
            title = words.label(text, color, LARGE)
            row.put(title, UP + LEFT)
            half = (row.height - float(title.height) - 0.2) / 2
            middle = row.middle + (half - row.height / 2) * UP
            strips.append(VectorBars(values, middle, row.width, half, color, largest=2.2))
            titles.append(title)
        own, brought, total = strips
        with self.beat(
            "Attention brought Ben to hat. If that replaced the vector of hat, hat itself would be lost."
        ) as beat:
            self.play(*leaving, FadeIn(own, titles[0]), run_time=pace.BRISK)
            beat.over("brought", FadeIn(brought, titles[1]), until="replaced")
            beat.over("replaced", glide(own.redraw, streams[0], added), until="lost", least=pace.SLOW)
            beat.at("lost", words.tint(titles[0], ink.error))
        with self.beat(
            "So it is added: a residual connection. The running sum is the residual stream. Hat is still in it.",
            pause=pace.QUICK,
        ) as beat:
            beat.over(glide(own.redraw, added, streams[0]), words.tint(titles[0], ink.chalk), until="added")
            joined = words.label("added: a *residual connection*", VALUE, LARGE).move_to(titles[1], LEFT)
            beat.at("residual", FadeOut(titles[1]), FadeIn(joined))
            total.redraw(streams[0])
            self.play(FadeIn(total), run_time=pace.QUICK)
            ghost = brought.copy()
            beat.over(
                glide(total.redraw, streams[0], streams[1]),
                glide(ghost.put, brought.middles, total.middles),
                until="running",
                least=pace.SLOW,
            )
            self.play(FadeOut(ghost), FadeIn(titles[2]), run_time=pace.QUICK)
            term = words.label("their sum: the *residual stream*", size=LARGE).move_to(titles[2], LEFT)
            beat.at("residual stream", FadeOut(titles[2]), FadeIn(term))
        self.clear_stage()

    def let_it_grow(self) -> None:
        """The stream of hat after each part: its numbers spread more and more."""
        streams = self.done.streams()[:, 0, HAT]
        names = [
            "embedding, position",
            *(f"+ {part}, layer {at}" for at in (1, 2) for part in ("MHA", "FFN")),
        ]
        strips, told = [], VGroup()
        rows = shot.safe(titled=False).rows(*streams.std(axis=1) ** 0.5, gap=0.25)
        for row, values, name in zip(rows, streams, names, strict=True):
            head, body = row.columns(1, 2.2, gap=0.3)
            told.add(head.put(words.label(name), LEFT))
            size = words.label(f"spread {values.std():.1f}", ink.quiet)
            strips.append(VectorBars(values, body.middle, body.width, 0.5 * row.height, largest=LARGEST))
            told.add(size.next_to(told[-1], DOWN, buff=0.1, aligned_edge=LEFT))
        with self.beat(
            "Such sums grow from part to part, and large numbers make a softmax too sure. "
            "So each part reads a normalised copy."
        ) as beat:
            self.play(FadeIn(told[0], told[1], strips[0]), run_time=pace.QUICK)
            coming = [
                FadeIn(strips[at], told[2 * at], told[2 * at + 1], shift=place.NUDGE * DOWN)
                for at in range(1, len(strips))
            ]
            beat.over(LaggedStart(*coming, lag_ratio=pace.LAG), until="large", least=pace.LONG)
            beat.over("large", words.light(strips[-1], ink.error, run_time=pace.SLOW), until="So")
            beat.over("So", *(words.light(strip) for strip in strips))
        self.clear_stage()

    def normalise(self) -> None:
        """Layer normalisation of three numbers, by hand."""
        mean, deviation = BY_HAND.mean(), BY_HAND.std()
        states = (BY_HAND, BY_HAND - mean, (BY_HAND - mean) / deviation)
        left, right = self.shot(shot.split(titled=False))
        plane = left.plane((0.4, 3.6), (-4, 9), x_ticks=[], y_ticks=(-4, 0, 4, 8))
        zero = plane.segment((0.4, 0), (3.6, 0), ink.faint, LINE)
        bars = plane.bars([1, 2, 3], states[0], ink.quiet)
        level = plane.segment((0.4, mean), (3.6, mean), ink.error, LINE, dashed=True)

        def figures(values: Floats, decimals: int) -> VGroup:
            return VGroup(
                *(
                    plane.label(
                        at,
                        float(value),
                        f"{value:.{decimals}f}".replace("-", "−"),
                        UP if value > 0 else DOWN,
                        size=LARGE,
                    )
                    for at, value in zip((1, 2, 3), values, strict=True)
                )
            )

        told = [figures(values, decimals) for values, decimals in zip(states, (0, 0, 2), strict=True)]
        squares = " + ".join(f"{value:.0f}" for value in states[1] ** 2)
        lines = [
            words.note(f"mean: $(1 + 3 + 8) \\/ 3 = {mean:.0f}$", size=LARGE),
            words.note(f"standard deviation:\n$sqrt(({squares}) \\/ 3) = {deviation:.2f}$", size=LARGE),
            words.headline("layer normalisation\n(LN)", size=56.0),
            words.note("then times a learnt gain;\nmost models add a bias", ink.quiet),
        ]
        right.inset(0.0, 0.4).stack(*lines, gap=0.6)
        with self.beat("Take one, three, eight: subtract the mean, four.") as beat:
            self.play(FadeIn(plane, zero), run_time=pace.QUICK)
            self.add(bars)
            beat.over("Take", glide(bars.redraw, 0 * BY_HAND, BY_HAND), until="eight")
            self.play(FadeIn(told[0]), run_time=pace.QUICK)
            beat.at("mean", Create(level), FadeIn(lines[0]))
            self.play(FadeOut(told[0], level), glide(bars.redraw, states[0], states[1]), run_time=pace.SLOW)
            self.play(FadeIn(told[1]), run_time=pace.QUICK)
        with self.beat(
            "Divide by the standard deviation, 2.94. This is layer normalisation.", pause=pace.SLOW
        ) as beat:
            beat.at("standard", FadeIn(lines[1]))
            self.play(FadeOut(told[1]), glide(bars.redraw, states[1], states[2]), run_time=pace.SLOW)
            self.play(FadeIn(told[2]), run_time=pace.QUICK)
            beat.at("layer", FadeIn(lines[2]))
            self.play(FadeIn(lines[3]), run_time=pace.QUICK)
        self.clear_stage()

    # --- the block

    def build_the_block(self) -> None:
        """The road with both parts, and the formula that grows with them."""
        self.shot(shot.wide())
        upper, lower = shot.safe(titled=False).rows(1, 2.4, gap=0.4)
        strip = shot.Region(lower.left, lower.bottom + 0.9, lower.right, lower.top - 0.2)
        road = Road(self.sky, strip, PARTS, (QUERY, THINK))
        stream = words.label("residual stream", size=LARGE)
        stream.next_to(road.along(0.5), DOWN, buff=0.35)
        both = words.formula(
            f"{LOOK} \\ {THOUGHT}", colors={"look": QUERY, "think": THINK}, size=56.0, symbols={}
        )
        upper.put(both, UP)
        first = words.formula(LOOK, colors={"look": QUERY}, size=56.0, symbols={})
        first.move_to(both, UP + LEFT)
        parcel = self.sky.dots([road.along(0.0)[:2]], ink.chalk, radius=PULSE)
        parcel.set_z_index(1)
        self.allow(parcel, road, "what travels on the road passes its joints")
        with self.beat(
            "As a road: multi-head attention reads the stream through a norm, and adds what it finds."
        ) as beat:
            self.play(FadeIn(road.line, stream, parcel), run_time=pace.QUICK)
            beat.at("attention", FadeIn(road.parts[0]))
            beat.over(
                drive(lambda t: parcel.put(road.along(0.5 * t)[None], PULSE), parcel),
                words.write(first),
                until="adds",
            )
            beat.over("adds", words.light(first.part("plus")), words.light(road.parts[0][-2]))
        wide, kept, narrow = self.strips_of_thought(upper)
        rule = words.note(NETWORK, size=ink.POINT, colors={"x": ink.chalk})
        lower.put(rule, DOWN)
        with self.beat(
            "Then two layers of neurons work on each token alone: the feed-forward network. "
            "It widens to 64 numbers, keeps the positive ones, and narrows again. It reads no other token."
        ) as beat:
            beat.at("work", FadeIn(road.parts[1]))
            beat.over("feed-forward", words.light(road.boxes[1]), FadeOut(first), until="widens")
            beat.at("64", FadeIn(wide))
            beat.over("keeps", glide(wide.redraw, wide.values, kept), until="narrows")
            beat.over("narrows", FadeOut(wide), FadeIn(narrow))
        with self.beat("Its answer is added as well.", pause=pace.QUICK) as beat:
            self.play(FadeOut(narrow, stream), FadeIn(both), run_time=pace.QUICK)
            beat.over(
                drive(lambda t: parcel.put(road.along(0.5 + 0.49 * t)[None], PULSE), parcel),
                words.write(rule),
                least=pace.SLOW,
            )
        whole = VGroup(*road.parts)
        frame = Box(whole, room=(0.0, 0.2), fill=0.0).outline
        name = words.label("*transformer block*", size=LARGE)
        name.next_to(frame, UP, buff=0.12, aligned_edge=LEFT)
        with self.beat(
            "Both, with norms and residuals, are one transformer block: "
            "attention moves information between tokens, feed-forward works on each alone."
        ) as beat:
            beat.at("transformer", FadeOut(rule), Create(frame), FadeIn(name))
            beat.at("attention", words.light(road.boxes[0][1]))
            beat.over("feed-forward", words.light(road.boxes[1][1]))
        self.road, self.parcel = road, parcel

    def strips_of_thought(self, room: shot.Region) -> tuple[VectorBars, Floats, VectorBars]:
        """The 64 numbers of hat before the rectifier, the same after it, and the 32 that are added."""
        thought = self.done.thought[0]
        before = thought.normed.out[0, HAT] @ self.model.weights["up.0"] + self.model.weights["bias.0"]
        half = room.height / 2
        wide = VectorBars(before, room.middle, room.width, half, THINK, largest=3.0)
        narrow = VectorBars(thought.added[0, HAT], room.middle, room.width / 2, half, THINK, largest=2.0)
        return wide, thought.active[0, HAT], narrow

    def go_back_down(self) -> None:
        """A gradient runs straight back along the road."""
        road = self.road
        slope = self.sky.dots([road.along(1.0)[:2]] * 4, ink.error, radius=PULSE)
        slope.set_z_index(1)
        self.allow(slope, road, "what travels on the road passes its joints")

        def run(share: float) -> Changed:
            shares = np.clip(1.45 * (1 - share) - 0.15 * np.arange(4), 0.0, 1.0)
            return (slope.put(np.array([road.along(float(each)) for each in shares]), PULSE),)

        name = words.label("gradient", ink.error, LARGE).next_to(road.along(0.25), UP, buff=0.3)
        with self.beat(
            "On the way back the gradient runs straight down this road. Without it, deep stacks are hard to train."
        ) as beat:
            self.play(FadeOut(self.parcel), run_time=pace.QUICK)
            beat.over("gradient", drive(run), FadeIn(name), until="Without", least=pace.LONG)
            beat.over(drive(run), least=pace.SLOW)
        self.clear_stage()

    def stack_blocks(self) -> None:
        """Blocks as bars: a third attention, two thirds feed-forward, 96 of them."""
        large = evidence.GPT3
        stack = BlockBars(self.sky)
        looks, thinks, room = stack.looks, stack.thinks, stack.room
        names = [
            words.label(text, color, LARGE)
            for text, color in (("attention: $4 d^2$", ink.ground), ("feed-forward: $8 d^2$", ink.ground))
        ]
        for name, body in zip(names, (looks, thinks), strict=True):
            name.move_to(body)
            self.allow(name, body, "the words stand in their bar")
        total = words.headline(f"GPT-3: {large.total / 1e9:.0f} billion parameters", size=60.0)
        room.put(total, UP)
        parts = words.note(
            f"{large.layers} blocks of $12 d^2$, $d = {large.width}$, and embeddings", ink.quiet
        )
        parts.next_to(total, DOWN, buff=0.2)
        with self.beat("Usually, feed-forward holds two thirds of the weights of a block.") as beat:
            self.play(FadeIn(looks, thinks), run_time=pace.QUICK)
            beat.over(*(FadeIn(name) for name in names), until="two")
            beat.over("two", words.light(names[1], ink.ground))
        with self.beat(
            "Block follows block on the same road. The third version of GPT stacks 96 of them: 175 billion parameters."
        ) as beat:
            self.play(FadeOut(*names), run_time=pace.QUICK)
            beat.over(glide(stack.stand, (room.width, 1.0), (stack.thin, 1.0), stack), until="third")
            every = (stack.thin, float(large.layers))
            beat.over(glide(stack.stand, (stack.thin, 1.0), every, stack, rate_func=linear), until="175")
            beat.at("175", words.write(total), FadeIn(parts))
            beat.rest()
