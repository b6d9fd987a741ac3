"""A hidden layer moves the points until one line parts them: by hand, and as a trained fold of the plane."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, RIGHT, UP, Animation, Create, FadeIn, FadeOut, VGroup, linear, there_and_back

from scenes.kit import ink, pace, shot, words
from scenes.kit.dot import Dots
from scenes.kit.field import Field
from scenes.kit.glide import glide
from scenes.kit.lattice import Lattice
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.path import Floats
from scenes.kit.plane import Plane
from scenes.kit.shot import bare
from scenes.kit.words import Words
from scenes.maths.neural_networks import hand, network, perceptron
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.border import beside
from scenes.neural_networks.square import PAIR, RADIUS, Square, corner_dots
from scenes.neural_networks.stage import Net, NeuralNetworksStage, chalked, inline, maths

STEPS: Final = 0.125
"""Between two lines of the sheet."""
WINDOW: Final = (-0.25, 1.25)
"""What of the inputs is drawn, both ways."""
CLAMPS: Final = ("h_1 = max(0, x_1 + x_2)", "h_2 = max(0, x_1 + x_2 - 1)")
HIDDEN_TICKS: Final = (0, 1, 2)
"""Of both axes of the plane of the hidden units."""
COUNTS: Final = (2, 8)
"""Hidden units of the two nets that are trained from many starts."""
STARTS: Final = 50
PALE: Final = 0.18
"""Opacity of a start that does not solve it."""
LANDED: Final = 0.24
"""Radius of a point in the plane of the hidden units, clear of the line: in scene units."""
SMALL: Final = 0.04
"""Of its size, what is left of the fold where it becomes one start of fifty."""
LARGE: Final = 44.0
"""Pixels of the capitals of names beside a picture."""


class Fold(NeuralNetworksStage):
    """A hidden layer moves the points until one line parts them: by hand, and as a trained fold of the plane."""

    @chapter("A hidden layer moves the points", "layers", goes_on=True)
    def a_hidden_layer_moves_the_points(self) -> None:
        self.untitled()
        square, other, names = beside()
        self.compared_squares = (square.sides, square.line, names, other.sides, other.line, other.dots)
        self.add(square.sides, square.line, square.dots, other.sides, other.line, other.dots, names)
        self.clamp_twice(square)
        self.part_them()
        self.name_the_layers()
        self.fold_the_sheet()
        self.carry_the_line_back()
        self.count_good_starts()

    # --- by hand

    def clamp_twice(self, square: Square) -> None:
        """Two neurons: sums that are clamped at zero."""
        halves = self.shot(shot.split(titled=False))
        strip, *_ = shot.safe(titled=False).rows(1, 6)
        self.given, self.hidden = (
            shot.Region(half.left, half.bottom, half.right, strip.bottom - 0.1).plane(
                limits,
                limits,
                equal=True,
                x_label=f"${name}_1$",
                y_label=f"${name}_2$",
                x_ticks=ticks,
                y_ticks=ticks,
            )
            for half, limits, name, ticks in zip(
                halves, ((-0.4, 1.5), (-0.5, 2.5)), "xh", ((0, 1), HIDDEN_TICKS), strict=True
            )
        )
        for each in (*self.given.names, *self.hidden.names):
            chalked(each)
        clamps = (inline(CLAMPS[0], LARGE), inline(CLAMPS[1], LARGE))
        for half, each in zip(halves, clamps, strict=True):
            shot.Region(half.left, strip.bottom, half.right, strip.top).put(each)
        pair = words.label("two [units:focus], or neurons", size=LARGE).move_to(clamps[0])
        dots = square.dots
        rest = self.given.at(perceptron.CORNERS)
        table, inputs = self.tabulate(halves[1])
        with self.beat("If no line parts the points, move the points first.") as beat:
            self.play(*map(FadeOut, self.compared_squares), run_time=pace.QUICK)
            beat.over(glide(dots.put, (dots.centres, RADIUS), (rest, RADIUS)), FadeIn(self.given, table[0]))
        with self.beat(
            "Two units, or neurons, take the same inputs. The first adds them, and keeps what is positive. "
            "The second adds them, less one, and keeps what is positive."
        ) as beat:
            beat.over("units", words.write(pair), words.light(inputs), until="first")
            beat.over("first", FadeOut(pair), words.write(clamps[0]), until="keeps", least=pace.CALM)
            beat.over("keeps", FadeIn(table[1], lag_ratio=pace.LAG), until="The second")
            beat.over("The second", words.write(clamps[1]), until="keeps", least=pace.CALM)
            beat.over(FadeIn(table[2], lag_ratio=pace.LAG))
        moving = corner_dots(self.given, perceptron.XOR, LANDED)
        zero = self.hidden.numbers[len(HIDDEN_TICKS)]
        self.allow(zero, "contrast", "the first point flies over this number of the upright axis")
        self.allow(moving, "pop", "they lie within the points from which they set out")
        self.add(moving)
        goal = self.hidden.at(hand.hidden_corners())
        names = VGroup(
            *(
                self.hidden.label(h1, h2, f"({h1:g}, {h2:g})", side, gap=LANDED + words.GAP)
                for (h1, h2), side in zip(hand.hidden_corners(), (UP, RIGHT, RIGHT, UP), strict=True)
            )
        )

        def fly(which: list[int], begin: Floats) -> tuple[tuple[Floats, float], tuple[Floats, float]]:
            end = begin.copy()
            end[which] = goal[which]
            return (begin, LANDED), (end, LANDED)

        with self.beat(
            "Take what they give, their activations, as coordinates. Zero and zero stay so. "
            "One and one go to two and one."
        ) as beat:
            beat.over(words.light(table[1]), words.light(table[2]), until="coordinates")
            beat.over(FadeOut(table), FadeIn(self.hidden), until="Zero")
            beat.over("Zero", glide(moving.put, *fly([0], rest)), until="One", least=pace.CALM)
            now = moving.centres
            beat.over(glide(moving.put, *fly([3], now)), least=pace.CALM)
            self.play(FadeIn(names[3]), run_time=pace.QUICK)
        self.moving, self.names, self.clamps, self.still = moving, names, VGroup(*clamps), dots

    def tabulate(self, half: shot.Region) -> tuple[VGroup, Words]:
        """The points and both answers of each, three columns; and the heading of the first."""
        columns = half.inset(0.4, 0.0).columns(3, 2, 2)
        texts = [
            [f"({x1:g}, {x2:g})" for x1, x2 in perceptron.CORNERS],
            *([f"{value:g}" for value in answers] for answers in hand.hidden_corners().T),
        ]
        table, headings = VGroup(), []
        for column, heading, rows in zip(columns, ("(x_1, x_2)", "h_1", "h_2"), texts, strict=True):
            cells = shot.Region(column.left, column.bottom, column.right, column.top - 1.0).rows(*[1] * 5)
            shown = [inline(heading, ink.POINT), *(words.label(text, size=ink.POINT) for text in rows)]
            table.add(VGroup(*(cell.put(each) for cell, each in zip(cells, shown, strict=True))))
            headings.append(shown[0])
        return table, headings[0]

    def part_them(self) -> None:
        """Both orange points on one place, and a line."""
        moving, goal = self.moving, self.hidden.at(hand.hidden_corners())
        line = self.hidden.line((1, -2), -0.5, width=2 * LINE)
        sides = self.hidden.field(
            (self.hidden.mesh(60, 60) @ np.array([1.0, -2.0]) - 0.5) / np.sqrt(5), largest=0.06, opacity=0.3
        )
        name = words.label("$h_1 - 2 h_2 = display(1/2)$", size=LARGE)
        name.next_to(self.hidden.at(0.0, 2.0), RIGHT)
        with self.beat(
            "Both orange points land on one place. Now a line parts the colours: XOR is solved."
        ) as beat:
            beat.over(
                glide(moving.put, (moving.centres, LANDED), (goal, LANDED)), until="Now", least=pace.SLOW
            )
            self.bring_to_front(moving)
            beat.over(
                FadeOut(self.clamps),
                FadeIn(*self.names[:2]),
                until="line",
                least=pace.CALM,
            )
            beat.over(Create(line), until="colours")
            self.add(sides)
            self.bring_to_back(sides)
            beat.over(FadeIn(sides), words.write(name))
        self.parted = VGroup(line, name)
        self.sides = sides

    def name_the_layers(self) -> None:
        """The net that did it."""
        left, _ = shot.split(titled=False).places
        _, place = left.rows(1, 6)
        room, feet = place.rows(7, 2)
        net = Net((2, 2, 1), room.width, room.height, radius=0.6)
        net.weigh([layer.weights for layer in hand.xor_layers()])
        room.put(net)
        inside = VGroup(
            *(
                net.in_neuron(maths(f"{name}_{row + 1}"), layer, row)
                for layer, name in enumerate("xh")
                for row in range(2)
            ),
            net.in_neuron(words.label("out"), 2, 0),
        )
        layers = VGroup(
            *(
                words.label(f"[{text}:focus]\nlayer", size=LARGE).move_to(
                    (net.neuron(at, 0).get_x(), feet.middle[1], 0)
                )
                for at, text in enumerate(("input", "hidden", "output"))
            )
        )
        with self.beat(
            "Units side by side are a layer. Inputs, these two, and one that draws the line: "
            "input layer, hidden layer, output layer."
        ) as beat:
            beat.over(
                FadeOut(self.given, self.still),
                FadeIn(net.neurons[0], inside[:2]),
                until="these",
            )
            beat.over("these", FadeIn(net.wires[0], net.neurons[1], inside[2:4]), until="one")
            beat.over("one", FadeIn(net.wires[1], net.neurons[2], inside[4]), until="input")
            for at, word in enumerate(("input", "hidden", "output")):
                beat.at(word, FadeIn(layers[at]), run_time=pace.QUICK)
            pulse = net.pulse(ink.focus)
            self.play(glide(pulse.go, 0.0, 2.0, rate_func=linear), run_time=pace.SLOW)
        self.gone = VGroup(net, inside, layers, self.hidden, self.names, self.parted)

    # --- trained

    def fold_the_sheet(self) -> None:
        """The sheet of inputs goes where the trained pair takes it."""
        (frame,) = self.shot(shot.wide())
        self.bend, self.last = network.open_fold()
        left, right = shot.split(titled=False, gap=1.3).places
        self.floor = bare(frame)
        side = min(left.width, left.height - 0.9)
        lift, aside = np.array([0.0, 0.2]), np.array([0.35, 0.0])
        span = WINDOW[1] - WINDOW[0]

        def lying(points: Floats) -> Floats:
            return np.asarray(left.middle[:2] + lift + aside + side / span * (points - sum(WINDOW) / 2))

        def folded(points: Floats) -> Floats:
            return self.seated(TANH.of(self.bend(points)))

        def seated(activations: Floats) -> Floats:
            return np.asarray(right.middle[:2] + lift + side / 2 * activations)

        self.seated, self.lying = seated, lying
        ghost, sheet = (
            Lattice(self.floor, STEPS, WINDOW, WINDOW, color, opacity=opacity).warp(lying)
            for color, opacity in ((ink.faint, 0.6), (ink.quiet, 0.9))
        )
        colors = [ink.CLASSES[label] for label in perceptron.XOR]
        shapes = [PAIR[label] for label in perceptron.XOR]
        still, moving = (each.dots(perceptron.CORNERS, colors, shapes, RADIUS) for each in (ghost, sheet))
        box = self.floor.polygon(seated(np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)])), ink.faint)
        low, _, high, _ = seated(np.array([(-1, -1), (1, -1), (1, 1), (-1, 1)]))
        middle = (low + high) / 2
        foot, edge = lying(np.array([0.5, WINDOW[0]])), lying(np.array([WINDOW[0], 0.5]))
        axes = VGroup(
            self.floor.label(middle[0], low[1], "$h_1$, from −1 to 1", DOWN),
            self.floor.label(low[0], middle[1], "$h_2$", LEFT),
            chalked(self.floor.label(foot[0], foot[1], "$x_1$", DOWN)),
            chalked(self.floor.label(edge[0], edge[1], "$x_2$", LEFT)),
        )
        with self.beat(
            "This pair merged the orange points. A trained one, with a smooth bend, gathers the blue."
        ) as beat:
            before = self.moving
            self.play(
                FadeOut(self.gone, self.sides),
                glide(before.put, (before.centres, LANDED), (moving.centres, RADIUS)),
                run_time=pace.CALM,
            )
            self.play(FadeIn(ghost, sheet, still, moving, axes[2:]), run_time=pace.BRISK)
            self.remove(before)
            beat.over(FadeIn(box, axes[0]), until="trained")
            beat.over("trained", sheet.drive(lambda share: sheet.warp(folded, share, lying)), least=pace.LONG)
        self.sheet, self.ghost, self.box, self.axes = sheet, ghost, box, axes
        self.corners = still, moving

    def carry_the_line_back(self) -> None:
        """One straight line there is a bent border here."""
        w, b = self.last.weights[:, 0], float(self.last.bias[0])
        across = np.linspace(-0.9999, 0.9999, 6000)
        straight = np.column_stack([across, -(b + w[0] * across) / w[1]])
        straight = straight[np.abs(straight[:, 1]) < 0.9999]
        rest = network.unfold(self.bend, straight)
        inside = np.all((rest >= WINDOW[0]) & (rest <= WINDOW[1]), axis=1)
        rest[~inside] = np.nan
        there, here = self.seated(straight), self.lying(rest)
        line = self.floor.curve(there[:, 0], there[:, 1], ink.chalk, width=2 * LINE)
        seen = np.where(inside[:, None], there, np.nan)
        border = self.floor.curve(seen[:, 0], seen[:, 1], ink.chalk, width=2 * LINE)
        fields = self.two_fields()
        _, moving = self.corners
        with self.beat("The blue points lie together now, and one straight line is enough.") as beat:
            beat.over(*(self.sheet_rings(moving)), until="one")
            self.add(fields[1])
            self.bring_to_back(fields[1])
            beat.over(Create(line), FadeIn(fields[1]))
        with self.beat(
            "Carried back to the inputs, that one line becomes two. So a layer redraws space for the next one."
        ) as beat:
            self.add(border)
            beat.over(glide(border.redraw, tuple(seen.T), tuple(here.T)), until="becomes", least=pace.SLOW)
            self.add(fields[0])
            self.bring_to_back(fields[0])
            beat.over(FadeIn(fields[0]), until="So")
            beat.over(words.light(self.axes[0]), FadeIn(self.axes[1]))
        self.bent = VGroup(line, border)
        self.fields = fields

    def sheet_rings(self, moving: Dots) -> list[Animation]:
        """The blue points grow and return."""
        blue = (perceptron.XOR == 0).astype(float)
        return [
            glide(moving.redraw, (None, RADIUS), (None, RADIUS * (1 + 0.5 * blue)), rate_func=there_and_back)
        ]

    def two_fields(self) -> tuple[Field, Field]:
        """What the output says over the inputs, and over the answers of the hidden units."""
        made = []
        for place, limits, level in (
            (self.lying, WINDOW, lambda mesh: self.last(TANH.of(self.bend(mesh)))),
            (self.seated, (-1.0, 1.0), self.last),
        ):
            low, high = place(np.array([limits[0]] * 2)), place(np.array([limits[1]] * 2))
            plane = Plane(limits, limits, *(high - low), x_ticks=[], y_ticks=[], numbers=False)
            plane.shift(np.array([*low, 0.0]) - plane.box[0])
            mesh = plane.mesh(64, 64)
            values = level(mesh.reshape(-1, 2))[:, 0].reshape(mesh.shape[:2])
            made.append(plane.field(values, largest=0.3, opacity=0.3))
        return made[0], made[1]

    def count_good_starts(self) -> None:
        """The honest limit: a tiny net depends on its start."""
        halves = self.shot(shot.split(titled=False))
        _, foot = shot.safe(titled=False).rows(9, 1, gap=0.2)
        budget = foot.put(
            words.label("tanh units, normal random weights, η = 0.5, at most 3,000 steps", ink.quiet)
        )
        crowds, names, totals, goals = [], [], [], []
        for half, units in zip(halves, COUNTS, strict=True):
            solved = network.solved(units, STARTS)
            head, room = shot.Region(half.left, foot.top + 0.2, half.right, half.top).rows(2, 5)
            plane = room.plane((-0.6, 9.6), (-0.6, 4.6), x_ticks=[], y_ticks=[], numbers=False)
            spots = [(number % 10, 4 - number // 10) for number in range(STARTS)]
            crowd = plane.dots(spots, ink.chalk, radius=0.21)
            crowd.shade(PALE)
            crowds.append(crowd)
            goals.append(np.where(np.sort(~solved), PALE, 1.0))
            names.append(head.put(words.label(f"{units} hidden units", size=LARGE), UP + LEFT))
            totals.append(head.put(words.headline(f"{solved.sum()} of {STARTS}"), DOWN + LEFT))
        with self.beat(
            "Not every start ends here: a pair solves XOR from 27 of fifty random starts. "
            "Eight units: fifty of fifty. So take more than the minimum.",
            pause=pace.SLOW,
        ) as beat:
            parting = (*self.fields, self.sheet, self.ghost, self.box, self.bent, *self.corners)
            one = crowds[0][0].get_center()
            self.play(FadeOut(self.axes), run_time=pace.QUICK)
            self.play(
                *(each.animate.scale(SMALL, about_point=one) for each in parting),
                FadeIn(*names, budget),
                run_time=pace.CALM,
            )
            self.play(FadeIn(*crowds), *map(FadeOut, parting), run_time=pace.QUICK)
            lit = [
                glide(each.shade, np.full(STARTS, PALE), goal)
                for each, goal in zip(crowds, goals, strict=True)
            ]
            beat.over("solves", lit[0], until="27")
            beat.over("27", FadeIn(totals[0]), until="Eight")
            beat.over("Eight", lit[1], until="fifty")
            beat.over("fifty", FadeIn(totals[1]), until="So")
            beat.over(words.light(names[1]))
