"""One perceptron: the line that it draws, the rule that finds it, and the four points that no line parts."""

from __future__ import annotations

from functools import partial
from typing import Any, Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear, there_and_back

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.readout import Readout
from scenes.kit.tag import Tag
from scenes.kit.value import Value
from scenes.maths.neural_networks import hand, perceptron
from scenes.neural_networks.square import (
    ASIDE,
    KEPT,
    PANEL,
    RADIUS,
    STEP,
    Square,
    aside,
    corner_dots,
)
from scenes.neural_networks.stage import Net, NeuralNetworksStage, chalked, inline, maths

TURNS: Final = 600
"""Lines that are tried in the opening."""
LARGE: Final = 44.0
"""Pixels of the capitals of numbers on the calm part of the picture."""
RULE: Final = "bold(w) &arrow.l bold(w) + (y - hat(y)) thin bold(x) \\ b &arrow.l b + (y - hat(y))"
"""Rosenblatt's."""
OFFSET: Final = -0.36
"""Of the first line that is looked at, from the middle of the square: clear of the names of the points."""
RING: Final = 1.35 * RADIUS
"""Of a ring around a point, in scene units."""
SLID: Final = (1.0, 1.0, -0.9)
"""The weights of AND with another bias."""
ROWS: Final = (2, 3)
"""How the room beside the square is shared between a perceptron and what is said of it."""
HALF: Final = (0.72, 0.75)
"""Data units from the middle of a square to the edges of its picture, where two stand side by side."""
FOOT: Final = -0.165
"""Height of their names, in data units: under the lower points."""
TURNED: Final = (2.0, 0.6, -1.6)
"""Other weights than those of AND."""
SUPPOSED: Final = (1.0, 1.0, -0.5)
"""A line that has three of the four points of XOR right."""
BOTH_BLUE: Final = (1.0, -1.0, -0.6)
"""Weights and bias of one that has both blue points, and so their midpoint, on its no side."""
CORRECTING: Final = 2 * pace.LONG
"""Seconds at least in which nine corrections are followed."""
SYMBOL: Final = 60.0
"""Pixels of the capitals of weights and bias at a perceptron."""


def beside() -> tuple[Square, Square, VGroup]:
    """XOR beside AND, each with a line, and what they are called: only one of the lines parts its classes."""
    left, right = shot.split(titled=False).places
    here, other = Square(perceptron.XOR, left, HALF), Square(perceptron.AND, right, HALF)
    here.lie_at(SUPPOSED)
    other.lie_at(hand.and_weights())
    names = VGroup(
        other.plane.label(0.5, FOOT, "AND: [linearly separable:focus]", ORIGIN, size=LARGE),
        here.plane.label(0.33, FOOT, "XOR: not", ORIGIN, size=LARGE),
        here.dots.ring([3], ink.error, radius=RING),
    )
    return here, other, names


def tried(share: float) -> perceptron.Ruler:
    """The line after ``share`` of the opening's round."""
    return perceptron.turned(2 * np.pi * share, -0.3 + 0.75 * np.sin(6 * np.pi * share))


class Unit(VGroup):
    """A perceptron beside the square: its wires, what stands in its circles, its weights, its bias."""

    def __init__(self) -> None:
        super().__init__()
        upper = PANEL.rows(*ROWS)[0]
        unit = Net((2, 1), upper.width, upper.height, radius=0.58).weigh([[[1.0], [1.0]]], 1.5)
        upper.put(unit, UP)
        for each in (*unit.wires, *unit.neurons):
            each.set_stroke(ink.chalk)
        self.loom = unit
        self.inside = VGroup(
            *(unit.in_neuron(maths(f"x_{row + 1}"), 0, row) for row in range(2)),
            unit.in_neuron(maths("Sigma"), 1, 0),
        )
        self.weights = VGroup(
            *(unit.on_wire(maths(f"w_{row + 1}", SYMBOL), 0, row, 0, 0.42) for row in range(2))
        )
        self.bias = inline("+ b", SYMBOL).next_to(unit.neuron(1, 0), UP, buff=words.GAP)
        self.add(self.loom, self.inside, self.weights, self.bias)


class Border(NeuralNetworksStage):
    """One perceptron: the line that it draws, the rule that finds it, and the four points that no line parts."""

    # --- a line

    @chapter("A perceptron is a line", "one perceptron")
    def a_perceptron_is_a_line(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.square = Square(perceptron.XOR)
        self.try_every_place()
        self.grow_wires()
        self.solve_and_by_hand()
        self.name_the_boundary()

    def try_every_place(self) -> None:
        """The hook: a line through every angle, and never four."""
        square = self.square
        shares = np.linspace(0, 1, TURNS + 1)
        right = np.array([tried(share).right(perceptron.XOR) for share in shares])
        best = np.maximum.accumulate(right)
        turn = Value(0)
        turn.draws(lambda share: square.lie(tried(share).w, tried(share).b))
        counts = VGroup(
            Readout(turn.of(lambda share: right[int(share * TURNS)]), 0, "of 4 right", size=LARGE),
            Readout(
                turn.of(lambda share: best[int(share * TURNS)]), 0, "of 4", "best so far:", ink.focus, LARGE
            ),
        ).arrange(DOWN, aligned_edge=RIGHT)
        board = Tag(shot.safe(titled=False).put(counts, RIGHT))
        self.add(square.sides, square.line, square.dots)
        with self.beat("Four points, two colours, one straight line. Can you part them?") as beat:
            beat.over(turn.to(0.3, rate_func=linear))
        self.think()
        with self.beat("Turn it, slide it, turn it again: three of the four, and no more. Why?") as beat:
            self.play(FadeIn(board), run_time=pace.QUICK)
            beat.over(turn.to(0.997, rate_func=linear), until="Why", least=pace.LONG)
            beat.over(words.light(counts[1]))
        self.counts = board

    def grow_wires(self) -> None:
        """The line's wires: inputs, weights, a bias and a sum."""
        square = self.square
        names, axes = square.names(), square.axes()
        lower = PANEL.rows(*ROWS)[1]
        whole = self.unit = Unit()
        unit, inside, weights, bias = whole.loom, whole.inside, whole.weights, whole.bias
        rule = inline("{{w_1 x_1 + w_2 x_2 : sum}} {{+ b : bias}} {{> 0 : step}}", ink.POINT)
        lower.put(rule, UP)
        called = (
            words.label("[weights:focus]", size=LARGE).next_to(weights, UP, buff=2 * words.GAP),
            words.label("[bias:focus]", size=LARGE).next_to(bias, LEFT, buff=2 * words.GAP),
        )
        both = VGroup(*called)
        self.pin(whole, rule, both)
        now, last = perceptron.turned(np.pi / 4, OFFSET), tried(0.997)
        with self.beat(
            "Such a line is what a perceptron draws. It has two inputs, and for each of them a weight."
        ) as beat:
            beat.over(
                FadeOut(self.counts),
                self.frame.to(square.edges, share=KEPT, at=ASIDE),
                glide(square.lie, (last.w, last.b), (now.w, now.b)),
                until="perceptron",
                least=pace.SLOW,
            )
            name = words.headline("[perceptron:focus]", size=LARGE)
            lower.put(name, DOWN + RIGHT)
            self.pin(name)
            beat.at("perceptron", FadeIn(unit.neurons), words.write(name))
            beat.over("inputs", FadeIn(names, axes, inside[:2]), until="weight")
            beat.over("weight", FadeIn(unit.wires, weights), words.write(called[0]))
        pulse = unit.pulse(ink.focus, length=0.6)
        self.pin(pulse)
        with self.beat(
            "It multiplies each input by its weight, adds the products up, and adds a bias. "
            "Above zero it says yes, else no."
        ) as beat:
            beat.over(
                "multiplies",
                glide(pulse.go, 0.0, 1.0, rate_func=linear),
                words.write(rule),
                until="bias",
                least=pace.SLOW,
            )
            beat.over(
                "bias", FadeIn(bias, inside[2], called[1]), words.light(rule.part("bias")), until="Above"
            )
            beat.over("Above", words.light(rule.part("step")))
        self.rule, self.name, self.beside = VGroup(rule, both), name, VGroup(names, axes)

    def solve_and_by_hand(self) -> None:
        """AND with round numbers."""
        square, (w1, w2, b) = self.square, hand.and_weights()
        ands = corner_dots(square.plane, perceptron.AND)
        before = perceptron.turned(np.pi / 4, OFFSET)
        task = words.label("[AND:focus]: yes if both are one", size=LARGE)
        lower = PANEL.rows(*ROWS)[1]
        rows = [
            maths(f"1 dot {x1:g} + 1 dot {x2:g} {b:g} = {w1 * x1 + w2 * x2 + b:g}", size=LARGE)
            for x1, x2 in ((1.0, 1.0), (1.0, 0.0))
        ]
        answers = VGroup(*(Tag(words.label(text, size=LARGE)) for text in ("[yes:second]", "[no:first]")))
        for row, answer in zip(rows, answers, strict=True):
            answer.next_to(row, RIGHT, buff=3 * words.GAP)
        lines = VGroup(*(VGroup(row, answer) for row, answer in zip(rows, answers, strict=True)))
        lines.arrange(DOWN, buff=2 * words.GAP, aligned_edge=LEFT)
        lower.put(task, UP + LEFT)
        lines.next_to(task, DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        self.pin(task, lines)
        with self.beat("An easy task first: yes if both inputs are one. That is AND.") as beat:
            beat.over(FadeOut(self.rule, self.name), until="yes")
            beat.over("yes", FadeOut(square.dots), FadeIn(ands), until="AND")
            square.dots = ands
            beat.over("AND", words.write(task))
        ring = ands.ring([3], radius=RING)
        with self.beat(
            "Take both weights one, the bias minus one and a half. One and one give a half, above zero: yes."
        ) as beat:
            beat.over(
                "weights",
                glide(
                    square.lie_at,
                    (np.array([*before.w, before.b]),),
                    (np.array([w1, w2, b]),),
                    square.sides,
                    square.line,
                ),
                words.light(self.unit.weights),
                until="bias",
            )
            beat.over("bias", words.light(self.unit.bias), until="One and")
            beat.over("One and", FadeIn(ring, scale=1.4), words.write(rows[0]), until="yes")
            beat.over("yes", FadeIn(answers[0]))
        other = ands.ring([2], radius=RING)
        with self.beat("One and zero give minus a half: no.") as beat:
            beat.over("One", FadeOut(ring), FadeIn(other, scale=1.4), words.write(rows[1]), until="no")
            beat.over("no", FadeIn(answers[1]))
        self.worked = VGroup(task, lines)
        self.ring = other

    def name_the_boundary(self) -> None:
        """Where the sum is zero; what weights and bias do to it."""
        square, start = self.square, hand.and_weights()
        lower = PANEL.rows(*ROWS)[1]
        name = words.headline("[decision boundary:focus]", size=LARGE)
        zero = inline("w_1 x_1 + w_2 x_2 + b = 0", ink.POINT)
        lower.put(zero, UP + LEFT)
        name.next_to(zero, DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        self.pin(zero, name)
        with self.beat("Where the sum is zero runs the decision boundary: in a plane, a line.") as beat:
            beat.over(FadeOut(self.worked, self.ring), until="sum")
            beat.over(
                "sum",
                words.write(zero),
                square.line.animate.set_stroke(ink.focus, width=3 * LINE),
                until="decision",
            )
            beat.over("decision", words.write(name), until="in a")
            beat.over("in a", square.line.animate.set_stroke(ink.chalk, width=2 * LINE))
        foot = np.array([1.0, 0.5])
        along, across = 0.14 * start[:2] / np.sqrt(2), 0.14 * np.array([1, -1]) / np.sqrt(2)
        corner = square.plane.segment(
            [foot + across, foot + across + along], [foot + across + along, foot + along]
        )
        arrow = square.plane.vector(foot, foot + 0.3 * start[:2], ink.chalk, width=2.5 * LINE)
        letter = maths("bold(w)", size=ink.HEADLINE).next_to(square.plane.at(1.3, 0.8), UP, buff=words.GAP)
        with self.beat(
            "The weights, drawn as an arrow, stand on it at right angles, and point to the side of yes."
        ) as beat:
            beat.over("weights", Create(arrow), FadeIn(letter), until="right")
            beat.over("right", FadeIn(corner), until="yes")
            beat.over(
                "yes",
                glide(
                    square.dots.redraw,
                    (None, RADIUS),
                    (None, np.array([1, 1, 1, 1.5]) * RADIUS),
                    rate_func=there_and_back,
                ),
            )
        moved = partial(square.lie_at)
        with self.beat("Change the bias, and the line slides. Change a weight, and it turns.") as beat:
            beat.over(FadeOut(arrow, letter, corner), until="bias")
            for word, other, end in (("bias", SLID, "Change a"), ("weight", TURNED, None)):
                beat.over(
                    word,
                    glide(
                        moved,
                        (start,),
                        (np.array(other),),
                        square.sides,
                        square.line,
                        rate_func=there_and_back,
                    ),
                    words.light(self.unit.bias if word == "bias" else self.unit.weights),
                    until=end,
                    least=pace.SLOW,
                )
        line: Any = square.line
        with self.beat("So one perceptron draws one line.", pause=pace.QUICK) as beat:
            beat.over(
                line.animate(rate_func=there_and_back).set_stroke(ink.focus, width=3 * LINE),
                FadeOut(zero, name, self.beside),
                least=pace.CALM,
            )

    # --- a rule, and no line

    @chapter("One midpoint decides it", "the XOR that one perceptron cannot do", goes_on=True)
    def one_midpoint_decides_it(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        square = self.square = Square(perceptron.AND)
        square.lie_at(hand.and_weights())
        self.unit = Unit()
        self.pin(self.unit)
        self.frame.look(aside())
        self.add(square.sides, square.line, square.dots, self.unit)
        self.learn_and()
        self.walk_in_a_circle()
        self.argue_by_midpoints()

    def weight_board(self, sweep: ParameterSweep, weights: Floats) -> VGroup:
        """The weights of the states that were computed, live."""
        return VGroup(
            *(
                chalked(Readout(sweep.score(weights[:, column]), 1, "", f"${name} =$", size=LARGE, digits=2))
                for column, name in enumerate(("w_1", "w_2", "b"))
            )
        ).arrange(DOWN, buff=2 * words.GAP, aligned_edge=RIGHT)

    def learn_and(self) -> None:
        """Rosenblatt's rule comes to an end on AND."""
        square = self.square
        walk = perceptron.correct(perceptron.AND, start=hand.RAISED)
        count = ParameterSweep(np.arange(len(walk.weights)))
        ring = square.dots.ring([], radius=RING)
        lower = PANEL.rows(*ROWS)[1]
        rule = maths(RULE)
        PANEL.rows(*ROWS)[0].put(rule, UP + LEFT)
        meaning = chalked(words.note("truth $y$, answer $hat(y)$: yes 1, no 0"))
        meaning.next_to(rule, DOWN, buff=4 * words.GAP, aligned_edge=LEFT)
        board = Tag(self.weight_board(count, walk.weights))
        lower.put(board, LEFT)
        done = Tag(Readout(count.score(count.stops), 0, "", "corrections", size=LARGE))
        lower.put(done, RIGHT)
        self.pin(rule, meaning, board, done)
        self.allow(square.line, rule, "a correction turns the line under what stands beside the square")
        with self.beat(
            "Can a perceptron find its line by itself? Spoil the bias: now even zero and zero give yes."
        ) as beat:
            beat.over(words.light(self.unit.weights), until="Spoil")
            beat.over(
                "Spoil",
                glide(
                    square.lie_at,
                    (hand.and_weights(),),
                    (np.array(hand.RAISED),),
                    square.sides,
                    square.line,
                ),
                words.light(self.unit.bias),
                until="zero",
            )
            beat.over(FadeOut(self.unit), FadeIn(board))
        mixed = count.mixed(walk.weights)
        mixed.draws(square.lie_at)
        count.draws(
            lambda spot: ring.follow(
                square.dots, [int(walk.corner[int(spot)])] if spot < len(walk.corner) else []
            )
        )
        with self.beat(
            "Rosenblatt's rule: a point that wrongly gets no adds its inputs to the weights, and one to the bias. "
            "One that wrongly gets yes takes them off."
        ) as beat:
            beat.over(words.write(rule), FadeIn(ring), until="wrongly")
            beat.over("wrongly", words.write(meaning), until="One")
            beat.over(words.light(meaning), until="One that")
            beat.over("One that", count.to(1), words.light(board.text), least=pace.SLOW)
            self.play(FadeIn(done), run_time=pace.QUICK)
        with self.beat(
            "Point by point, nine corrections, and AND is done. If a line parts the classes, this rule finds one."
        ) as beat:
            beat.over(count.to(count.stops[-1], rate_func=linear), until="If", least=CORRECTING)
            beat.over(words.light(rule))
        self.leave(ring, done, board, run_time=pace.QUICK)
        self.rule, self.last = VGroup(rule, meaning), walk.weights[-1]

    def walk_in_a_circle(self) -> None:
        """On XOR the weights come back to where they were."""
        square = self.square
        walk = perceptron.correct(perceptron.XOR, start=hand.RAISED)
        first, again = walk.loop or (0, 0)
        ring_of = np.tile(walk.weights[first:again], (2, 1))
        round_trip = np.vstack([ring_of, walk.weights[again]])
        corners = np.tile(walk.corner[first:again], 2)
        count = ParameterSweep(np.arange(len(round_trip)))
        xors = corner_dots(square.plane, perceptron.XOR)
        name = words.label("[XOR:focus], exclusive or:\none, but not both", size=LARGE)
        PANEL.put(name, UP + LEFT)
        room = shot.Region(PANEL.left, PANEL.bottom, PANEL.right, float(name.get_bottom()[1]) - 0.4)
        chart = room.plane(
            (-1.4, 0.4),
            (-0.3, 1.4),
            x_label="weight $w_1$",
            y_label="weight $w_2$",
            x_ticks=[-1, 0],
            y_ticks=[0, 1],
            tick_size=ink.LABEL,
            name_size=LARGE,
        )
        trail = chart.curve(round_trip[:, 0], round_trip[:, 1], ink.chalk, width=1.5 * LINE, share=0.0)
        spot = chart.dots(round_trip[:1, :2], ink.focus, radius=0.17)
        bias = chalked(Readout(count.score(round_trip[:, 2]), 1, "", "$b =$", size=LARGE, digits=2))
        bias.move_to(chart.at(0.3, 0.1), aligned_edge=RIGHT + DOWN)
        plate = Tag(VGroup(chart, trail, spot, bias), opacity=1.0)
        self.pin(name, plate)
        self.allow(
            square.line, "pop", "a correction throws the line out of the picture, the next one brings it back"
        )
        self.allow(square.line, name, "the line sweeps under what stands beside the square")
        ring = xors.ring([int(corners[0])], radius=RING)
        rows = VGroup(
            *(
                words.label(f"({x1:g}, {x2:g}): [{('no:first', 'yes:second')[int(label)]}]", size=ink.POINT)
                for (x1, x2), label in zip(perceptron.CORNERS, perceptron.XOR, strict=True)
            )
        ).arrange(DOWN, buff=3 * words.GAP, aligned_edge=LEFT)
        table = room.put(Tag(rows), LEFT)
        self.pin(table)
        with self.beat(
            "Now the colours of the beginning: yes if one input is one, but not both. That is exclusive or, XOR."
        ) as beat:
            beat.over(FadeOut(square.dots, self.rule), FadeIn(xors), until="yes")
            beat.over("yes", FadeIn(table), until="exclusive")
            square.dots = xors
            beat.over("exclusive", words.write(name))
        with self.beat(
            "Here, after some rounds, four corrections bring weights and bias back to where they were, round and round."
        ) as beat:
            beat.over(
                FadeOut(table),
                glide(square.lie_at, (self.last,), (round_trip[0],), square.sides, square.line),
                until="rounds",
                least=pace.CALM,
            )
            self.play(FadeIn(plate, ring), run_time=pace.BRISK)
            count.mixed(round_trip).draws(square.lie_at)
            count.draws(lambda at: ring.follow(xors, [int(corners[int(at)])] if at < len(corners) else []))
            count.mixed(round_trip[:, :2]).draws(lambda here: spot.redraw([here]))
            count.draws(lambda at: trail.reveal(at / (len(round_trip) - 1)))
            beat.over(count.to(4, rate_func=linear), until="round", least=pace.LONG)
            beat.over(count.to(8, rate_func=linear), least=pace.LONG)
        self.gone, self.stood = VGroup(plate, name), round_trip[-1]

    def argue_by_midpoints(self) -> None:
        """Both diagonals have one midpoint."""
        square, plane = self.square, self.square.plane
        blue = plane.segment((0, 0), (1, 1), ink.first, width=2.5 * LINE)
        orange = plane.segment((0, 1), (1, 0), ink.second, width=2.5 * LINE)
        middle = plane.dots([(0.5, 0.5)], ink.first, radius=RADIUS)
        whole = shot.safe(titled=False)
        no = whole.put(
            words.note("both [blue:first]\non the no side:\nmidpoint [no:first]", size=LARGE), LEFT
        )
        yes = whole.put(
            words.note("both [orange:second]\non the yes side:\nmidpoint [yes:second]", size=LARGE), RIGHT
        )
        self.pin(no, yes)
        with self.beat(
            "Why? Suppose a line did it. Both blue points lie on its no side, so their midpoint does too."
        ) as beat:
            self.play(FadeOut(self.gone, square.sides), run_time=pace.QUICK)
            begin, end = (np.asarray(each, dtype=float) for each in (self.stood, BOTH_BLUE))
            beat.over(
                glide(square.line.redraw, (begin[:2], begin[2]), (end[:2], end[2]), square.line),
                self.frame.to(square.edges, share=0.74),
                until="Both",
                least=pace.SLOW,
            )
            beat.over("Both", Create(blue), words.write(no), until="midpoint")
            beat.over("midpoint", FadeIn(middle, scale=2))
        with self.beat(
            "Both orange points lie on its yes side, and so does their midpoint. It is the same point."
        ) as beat:
            begin, end = (np.asarray(each, dtype=float) for each in (BOTH_BLUE, SUPPOSED))
            beat.over(
                Create(orange),
                words.write(yes),
                glide(square.line.redraw, (begin[:2], begin[2]), (end[:2], end[2]), square.line),
                until="midpoint",
            )
            self.bring_to_front(middle)
            beat.over("midpoint", middle.animate.set_fill(ink.second), until="It")
            for color in (ink.first, ink.second, ink.first, ink.second):
                self.play(middle.animate.set_fill(color), run_time=pace.QUICK)
        with self.beat(
            "No point is yes and no at once. So XOR is not slow to learn for one line: it is impossible."
        ) as beat:
            swell = glide(middle.redraw, (None, RADIUS), (None, 2 * RADIUS), rate_func=there_and_back)
            beat.over(self.spotlight(middle, no, yes), swell, until="So")
            beat.over(middle.animate.set_fill(ink.error), until="impossible")
            beat.over(FadeOut(square.line), self.lights_on())
        self.set_side_by_side(VGroup(blue, orange, middle, no, yes))

    def set_side_by_side(self, gone: VGroup) -> None:
        """XOR beside AND: what a line parts, and what no line does."""
        self.shot(shot.split(titled=False))
        here, other, names = beside()
        xors, dots = self.square.dots, here.dots
        with self.beat(
            "Classes that one line parts are linearly separable. XOR is not. "
            "Where a line will do, stay with it.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(gone), run_time=pace.QUICK)
            beat.over(
                self.frame.back(),
                glide(xors.put, (xors.centres, RADIUS), (dots.centres, RADIUS)),
                until="linearly",
                least=pace.CALM,
            )
            self.add(other.sides, other.line, other.dots, here.sides, here.line)
            self.bring_to_back(here.sides)
            self.bring_to_front(xors)
            beat.over(
                FadeIn(here.sides),  # alone, so that it stays behind the points
                FadeIn(other.sides, other.line, other.dots, here.line, names[0]),
                until="XOR",
            )
            beat.over(FadeIn(names[1:]), until="Where")
            beat.over(glide(other.soften, STEP, 4 * STEP, rate_func=there_and_back), words.light(names[0]))
