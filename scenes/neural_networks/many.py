"""Many small steps: two spirals are parted, and digits get ten probabilities."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UP,
    FadeIn,
    FadeOut,
    LaggedStart,
    ScaleInPlace,
    VGroup,
    linear,
    there_and_back,
)

from scenes.kit import ink, pace, shot, words
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.kit.small_multiples import SmallMultiples
from scenes.maths.neural_networks import digit, network, perceptron, spiral
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.fold import WINDOW
from scenes.neural_networks.square import PAIR, corner_dots
from scenes.neural_networks.stage import Net, NeuralNetworksStage, maths

LONG_ENOUGH: Final = 300
"""Steps of XOR that are shown."""
LIMITS: Final = (-1.27, 1.27)
"""Of the plane of the spirals, both ways."""
MESH: Final = 72
LOOKED: Final = (0, 20, 60, 120, 300, 1000)
"""Steps at which points are counted."""
APART: Final = 2.5 * pace.LONG
"""How long the border is watched as seen and unseen part."""
BATCHES: Final = 10
"""Parts in which the points are taken when steps are taken by mini-batches."""
FULL: Final = 3.0
"""The logit at which the verdict has its full colour."""
WINDING: Final = 3 * pace.LONG
"""Seconds at least in which the border winds around the arms: the picture that the chapter is about."""
SHOWN: Final = (9, 4, 764)
"""Unseen digits, by their number among the unseen: two that are right, and the one that is wrong and most sure."""


RIGHT_SHARES: Final = (93.6, 98.2)
"""Percent of unseen digits right that are drawn."""


class Card:
    """An unseen digit, its ten probabilities, and the number that is meant, in the truth's colour."""

    def __init__(self, place: shot.Region, data: digit.Halves, number: int, chances: Floats) -> None:
        above, below = place.rows(5, 4, gap=0.25)
        row = digit.SEEN + number
        self.chances, kind, said = chances, int(data.kind[row]), int(chances.argmax())
        self.picture = above.put(Photo(data.pictures[row] / 16, above.height, smooth=False))
        room = shot.Region(below.left, below.bottom + 0.65, below.right, below.top)
        self.plane = room.plane((-0.6, 9.6), (0, 1.3), x_ticks=[], y_ticks=[0, 1])
        self.bars = self.plane.bars(np.arange(10.0), 0.0, ink.second)
        outline = [(kind - 0.45, 0), (kind + 0.45, 0), (kind + 0.45, 1), (kind - 0.45, 1)]
        self.marks = VGroup(
            self.plane.polygon(outline, ink.truth, width=5),
            self.plane.label(said, 1.0, f"{chances[said]:.2f}", UP, gap=0.1),
            self.plane.label(kind, 0.0, str(kind), DOWN, ink.truth, gap=0.15, size=ink.POINT),
        )
        if said != kind:
            self.marks.add(self.plane.label(said, 0.0, str(said), DOWN, ink.second, gap=0.15, size=ink.POINT))


class Many(NeuralNetworksStage):
    """Many small steps: two spirals are parted, and digits get ten probabilities."""

    @chapter("Many small steps")
    def many_small_steps(self) -> None:
        self.untitled()
        self.shot(shot.wide())
        self.data = spiral.spirals()
        stops = np.unique([*LOOKED, *np.geomspace(1, spiral.STEPS, 110).round().astype(int)])
        self.training = spiral.unwind(tuple(stops.tolist()))
        self.sweep = ParameterSweep(stops + 1.0, log=True)
        side = ink.FRAME_HEIGHT
        self.plane = Plane(LIMITS, LIMITS, side, side, x_ticks=[], y_ticks=[], numbers=False)
        self.plane.shift(((ink.FRAME_WIDTH - side) / 2 - self.plane.get_x()) * RIGHT)
        safe = shot.safe(titled=False)
        edge = float(self.plane.box[0][0])
        self.column = shot.Region(safe.left, safe.bottom, edge - 0.45, safe.top)
        self.mesh = self.plane.mesh(MESH, MESH).reshape(-1, 2)
        self.outputs = np.stack(
            [network.forward(layers, self.mesh, TANH).outputs for layers in self.training.layers]
        ).reshape(len(stops), MESH, MESH)
        self.verdict = self.plane.field(self.outputs[0], largest=FULL, opacity=0.34)
        self.border = self.plane.contour(self.outputs[0], width=1.5 * LINE)
        self.allow(self.border, "pop", "a border opens where a sum first changes its sign")
        self.points = self.plane.classes(self.data.points, self.data.arm, shapes=PAIR, radius=0.1)
        self.learn_xor()
        self.take_steps()
        self.add_the_units_up()
        self.take_small_batches()
        self.name_ten_digits()
        self.judge_on_halves()
        self.watch_the_unseen()

    def weights_at(self) -> list[list[Floats]]:
        """Weights of each layer at each stop."""
        return [
            list(each)
            for each in zip(
                *([layer.weights for layer in layers] for layers in self.training.layers), strict=True
            )
        ]

    def learn_xor(self) -> None:
        """The pair of units that folds the plane, from its random weights until all four corners are right."""
        done = network.solved_step()
        stops = np.unique([done, *(np.geomspace(1, LONG_ENOUGH + 1, 90).round().astype(int) - 1)])
        training = network.fold(tuple(stops.tolist()), network.OPEN_SEED)
        plane = Plane(WINDOW, WINDOW, *[float(self.plane.width)] * 2, x_ticks=[], y_ticks=[], numbers=False)
        plane.move_to(self.plane)
        mesh = plane.mesh(MESH, MESH).reshape(-1, 2)
        outputs = np.stack(
            [network.forward(layers, mesh, TANH).outputs for layers in training.layers[: len(stops)]]
        ).reshape(len(stops), MESH, MESH)
        field = plane.field(outputs[0], largest=1.0, opacity=0.34)
        border = plane.contour(outputs[0], width=1.5 * LINE)
        dots = corner_dots(plane, perceptron.XOR)
        upper, lower = self.column.rows(1, 1, gap=0.4)
        self.loom = upper.put(Net((2, 2, 1), upper.width, upper.height, radius=0.5))
        sweep = ParameterSweep(stops + 1.0, log=True)
        rows = [
            words.Readout(sweep.score(stops), 0, label="epoch", digits=4, size=ink.POINT),
            words.Readout(
                sweep.score(np.rint(4 * training.right[stops]).astype(int)), 0, "of 4 right", size=ink.POINT
            ),
            words.Readout(
                sweep.score(training.loss[stops]), 3, label="loss", color=ink.error, size=ink.POINT
            ),
        ]
        rank = words.note(
            f"{network.rank_of_the_fold()}th of the {network.count_solved(2)} starts\n"
            f"(of {len(network.solved(2))}) that solve it",
            ink.quiet,
        )
        lower.stack(*rows, rank, gap=0.28)
        weights = [
            np.stack([layers[at].weights for layers in training.layers[: len(stops)]]) for at in (0, 1)
        ]

        def show(_: float) -> Changed:
            self.loom.weigh([sweep.mix(each) for each in weights], 2.5)
            now = sweep.mix(outputs)
            return (field.redraw(now), border.redraw(now), self.loom)

        sweep.draws(show)
        epoch = words.label("all points once:\none [epoch:focus]", size=ink.POINT)
        epoch.move_to((lower.left, lower.top, 0.0), aligned_edge=LEFT + UP)
        self.add(dots, self.loom)
        with self.beat(
            "One step is not enough. Train the two units that fold XOR, from random weights."
        ) as beat:
            beat.over(
                LaggedStart(
                    *(ScaleInPlace(dot, 1.3) for dot in dots), lag_ratio=pace.LAG, rate_func=there_and_back
                ),
                until="Train",
            )
            self.add(field, border)
            self.bring_to_front(dots)
            beat.over(FadeIn(field, border), least=pace.SLOW)
            self.bring_to_front(dots)
        with self.beat(
            "Forward, backward, and a small move of each number. One pass over the data is an epoch."
        ) as beat:
            beat.over(self.run_right(0, 2), until="backward", least=pace.BRISK)
            beat.over(self.run_left(2, 0), until="small", least=pace.BRISK)
            beat.over(words.write(epoch))
        with self.beat("The border bends, and from epoch 118 on, all four are right.") as beat:
            self.play(FadeOut(epoch), FadeIn(*rows), run_time=pace.QUICK)
            beat.over(sweep.to(done + 1.0, rate_func=linear), until="all", least=pace.LONG)
            self.play(FadeIn(rank), run_time=pace.QUICK)
            beat.over(sweep.to(float(stops[-1]) + 1.0), words.light(rows[1]), least=pace.LONG)
        self.solved_xor = [self.loom, field, border, dots, rank, *rows]

    def take_steps(self) -> None:
        """The border bends, step after step."""
        upper, lower = self.column.rows(4, 3, gap=0.3)
        self.loom = Net(spiral.SIZES, upper.width, upper.height, radius=0.2, thin=0.8)
        upper.put(self.loom)
        weights = [np.stack(each) for each in self.weights_at()]
        right = np.rint(len(self.data.points) * self.training.right[list(self.training.kept)]).astype(int)
        loss = self.training.loss[list(self.training.kept)]
        rows = [
            words.Readout(
                self.sweep.score(list(self.training.kept)), 0, label="epoch", digits=4, size=ink.POINT
            ),
            words.Readout(
                self.sweep.score(right), 0, f"of {len(self.data.points)} right", size=ink.POINT, digits=3
            ),
            words.Readout(self.sweep.score(loss), 3, label="loss", color=ink.error, size=ink.POINT),
        ]
        lower.stack(*rows, gap=0.3)

        def show(_: float) -> Changed:
            self.loom.weigh([self.sweep.mix(each) for each in weights], 1.5)
            outputs = self.sweep.mix(self.outputs)
            return (self.verdict.redraw(outputs), self.border.redraw(outputs), self.loom)

        self.sweep.draws(show)
        with self.beat("Now two spirals, and two hidden layers of eight units each.") as beat:
            beat.over(FadeOut(*self.solved_xor), FadeIn(self.points), until="two hidden", least=pace.BRISK)
            self.add(self.verdict, self.border)
            self.bring_to_front(self.points)
            beat.over(FadeIn(self.loom, self.verdict, self.border))
            self.bring_to_front(self.points)
        with self.beat(  # silence: the border winds around the arms
            "Epoch after epoch, the border reaches around the arms."
        ) as beat:
            self.play(FadeIn(*rows), run_time=pace.QUICK)
            beat.over(self.sweep.to(spiral.STEPS + 1.0, rate_func=linear), least=WINDING)
            self.play(words.light(rows[1]), run_time=pace.BRISK)
        found = spiral.repeat()
        table = VGroup(
            words.note(f"{spiral.STARTS} random starts", size=ink.POINT),
            words.note(
                f"seen points right:\n{found.seen.min()} to {found.seen.max()} of {len(self.data.points)}"
            ),
            words.note("unseen points right:"),
            words.headline(f"[{100 * np.median(found.unseen):.0f} %:focus]"),
            words.note(f"lowest {100 * found.unseen.min():.0f} %, guessing 50 %", ink.quiet),
        ).arrange(DOWN, buff=0.35, aligned_edge=LEFT)
        table.move_to((self.column.left, self.column.top, 0.0), aligned_edge=LEFT + UP)
        fresh = spiral.spirals(1000, seed=1)
        kinds = [
            self.plane.cloud(fresh.points[fresh.arm == arm], color, 0.03, 0.9)
            for arm, color in enumerate(ink.CLASSES[:2])
        ]
        with self.beat(
            "After a thousand of them, over twenty random starts, the median on unseen points is 99 percent.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeOut(self.loom, *rows), FadeIn(table), until="unseen")
            beat.over(FadeOut(self.points), FadeIn(*kinds), words.light(table[3]))
        self.table, self.fresh = table, kinds

    def add_the_units_up(self) -> None:
        """What each unit of the last hidden layer adds, one after the other."""
        layers = self.training.layers[-1]
        shares = spiral.add_up(layers, self.mesh).reshape(-1, MESH, MESH)
        bias = float(layers[-1].bias[0])
        sums = bias + np.concatenate([np.zeros((1, MESH, MESH)), np.cumsum(shares, axis=0)])
        panes = SmallMultiples(
            4, 2, LIMITS, LIMITS, self.column.height / 2 - 0.1, self.column.height, gap=0.14
        )
        self.column.put(panes)
        fields, frames = panes.fields(shares, largest=FULL), panes.frames

        def paint(outputs: Floats) -> Changed:
            return (self.verdict.redraw(outputs), self.border.redraw(outputs))

        with self.beat(
            "No single unit parts the spirals wholly. Each of the last eight bends a little,"
        ) as beat:
            self.play(
                FadeOut(self.table, *self.fresh),
                FadeIn(self.points),
                glide(paint, sums[-1], sums[0], self.verdict, self.border),
                run_time=pace.BRISK,
            )
            beat.over(
                LaggedStart(
                    *(FadeIn(field, frame) for field, frame in zip(fields, frames, strict=True)),
                    lag_ratio=pace.LAG,
                ),
                least=pace.SLOW,
            )
        with self.beat("and their sum is the border.", pause=pace.CALM) as beat:
            for unit, frame in enumerate(frames):
                self.play(
                    glide(paint, sums[unit], sums[unit + 1], self.verdict, self.border),
                    frame.animate.set_stroke(ink.focus, width=6),
                    run_time=pace.QUICK,
                )
            beat.rest()
        self.panes = [panes, *fields]

    def take_small_batches(self) -> None:
        """The points in ten parts, one after the other."""
        order = self.rng.permutation(len(self.data.points))
        name = VGroup(
            words.note("[mini-batch:focus]", size=ink.POINT),
            words.note("a step after each\nfew points:", size=44.0),
            words.note("[stochastic\ngradient descent:focus]", size=ink.POINT),
        ).arrange(DOWN, buff=0.4, aligned_edge=LEFT)
        name.move_to((self.column.left, self.column.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "Large data are cut into mini-batches, with a step after each: stochastic gradient descent."
        ) as beat:
            beat.over(FadeOut(*self.panes), FadeIn(name), until="mini-batches", least=pace.BRISK)
            for part in np.array_split(order, BATCHES)[: BATCHES // 2]:
                shade = np.where(np.isin(np.arange(len(order)), part), 1.0, 0.12)
                self.points.shade(shade)
                self.play(words.light(name[0]), self.verdict.animate.set_opacity(0.3), run_time=pace.BRISK)
            self.points.shade(1.0)
            beat.rest()
        self.batches = name

    def name_ten_digits(self) -> None:
        """Softmax, and three unseen digits."""
        found, data = digit.learn(0), digit.halves()
        look = int(np.flatnonzero(found.steps == digit.STEPS)[0])
        cells = shot.gallery(1, 3, titled=False, gap=0.5)
        places = cells.places
        cards = [
            Card(place, data, number, found.chances[look][number])
            for number, place in zip(SHOWN, places, strict=True)
        ]
        first, *others = cards
        rest = shot.Region(places[1].left, places[1].bottom, places[2].right, places[2].top)
        above, below = rest.rows(5, 4, gap=0.25)
        logits = found.logits[look][SHOWN[0]]
        chart = above.plane(
            (-0.6, 9.6),
            (1.15 * logits.min(), 1.15 * logits.max()),
            y_label="ten logits $z$",
            x_ticks=[],
            y_ticks=[0],
        )
        bars = chart.bars(np.arange(10.0), 0.0, ink.chalk)
        softmax = maths("p_k = e^(z_k) / (sum_j e^(z_j))", 80.0)
        name = words.label("[softmax:focus]", size=ink.POINT)
        cell, law = below.columns(1, 2)
        cell.put(name)
        law.put(softmax)
        with self.beat(
            "For many classes, one output each. Softmax turns the logits into probabilities that sum to one."
        ) as beat:
            self.play(
                FadeOut(self.verdict, self.border, self.points, self.batches),
                FadeIn(first.picture, first.plane, chart),
                run_time=pace.BRISK,
            )
            self.shot(cells)
            beat.over(glide(bars.redraw, 0.0, logits), until="Softmax", least=pace.BRISK)
            beat.over(words.write(softmax), FadeIn(name), until="probabilities")
            beat.over(glide(first.bars.redraw, 0.0, first.chances), least=pace.CALM)
        with self.beat("Now digits that it has not seen: right, right, and wrong although sure.") as beat:
            beat.over(
                FadeOut(softmax, name, chart, bars),
                *(FadeIn(card.picture, card.plane) for card in others),
                until="right",
                least=pace.BRISK,
            )
            for card, word in zip(cards, ("right", "right", "wrong"), strict=True):
                beat.until(word)
                moves = [] if card is first else [glide(card.bars.redraw, 0.0, card.chances)]
                self.play(*moves, FadeIn(card.marks), run_time=pace.QUICK)
            beat.rest()
        self.cards = cards

    def judge_on_halves(self) -> None:
        """The network beside a linear model, on twenty random halves."""
        linear, net = 100 * digit.rivals().T
        (frame,) = self.shot(shot.headline())
        chart = frame.inset(0.0, 0.25).plane(
            (-1.0, 1.95), RIGHT_SHARES, y_label="unseen digits right, %: 20 random halves", x_ticks=[],
            y_ticks=[94, 95, 96, 97, 98],
        )  # fmt: skip
        ways = VGroup(
            *(chart.segment((0, low), (1, high), ink.quiet) for low, high in zip(linear, net, strict=True))
        )
        crowds = [
            chart.dots(np.column_stack([np.full(len(each), at), each]), color, radius=0.1)
            for at, each, color in ((0.0, linear, ink.quiet), (1.0, net, ink.focus))
        ]
        names = [
            chart.label(
                at,
                float(each.mean()),
                f"{name}:\n{each.mean():.1f} ± {each.std():.1f} %",
                side,
                color,
                gap=0.4,
                size=ink.POINT,
            )
            for at, each, name, side, color in (
                (0.0, linear, "linear", LEFT, ink.chalk),
                (1.0, net, "network", RIGHT, ink.focus),
            )
        ]
        with self.beat(
            "It gets 96.5 percent of unseen digits right. A linear model, trained to the end, 95.8. "
            "Here a hidden layer gains little.",
            pause=pace.SLOW,
        ) as beat:
            gone = [part for card in self.cards for part in (card.picture, card.plane, card.bars, card.marks)]
            self.play(*map(FadeOut, gone), FadeIn(chart), run_time=pace.QUICK)
            beat.over(FadeIn(crowds[1], names[1]), until="linear")
            beat.over(FadeIn(crowds[0], names[0]), until="Here")
            self.add(ways)
            self.bring_to_back(ways)
            beat.over(FadeIn(ways, lag_ratio=pace.LAG))
        self.judged = VGroup(chart, ways, *crowds, *names)

    def watch_the_unseen(self) -> None:
        """Loss of seen and unseen digits, step after step."""
        found = digit.learn(0)
        (frame,) = self.shot(shot.headline())
        chart = frame.plane(
            (1, 2000), (-0.3, 2.5), x_label="epoch (logarithmic)", y_label="loss on digits, one start",
            log_x=True, x_ticks=[1, 10, 100, 1000], y_ticks=[0, 1, 2],
        )  # fmt: skip
        seen = chart.curve(found.steps, found.loss, ink.quiet, width=2 * LINE, share=0.0)
        unseen = chart.curve(found.steps, found.unseen_loss, ink.focus, width=2 * LINE, share=0.0)
        names = [
            chart.label(700, 0.0, "seen", DOWN, ink.quiet, size=ink.POINT),
            chart.label(700, 0.28, "unseen", UP, ink.focus, size=ink.POINT),
        ]
        lowest = int(found.unseen_loss.argmin())
        turn = chart.at(float(found.steps[lowest]), float(found.unseen_loss[lowest]))
        with self.beat(
            "And the loss? On seen digits it keeps falling. On unseen ones it turns and rises: watch that one.",
            pause=pace.SLOW,
        ) as beat:
            self.play(FadeOut(self.judged), FadeIn(chart), run_time=pace.QUICK)
            beat.over(
                glide(seen.reveal, 0.0, 1.0),
                glide(unseen.reveal, 0.0, 0.75),
                FadeIn(names[0]),
                until="unseen",
                least=pace.CALM,
            )
            beat.over(
                glide(unseen.reveal, 0.75, 1.0),
                FadeIn(names[1]),
                FadeOut(chart.names),
                self.frame.to_region((turn[0] - 3.6, turn[0] + 3.6), (turn[1] - 1.2, turn[1] + 2.2)),
                least=APART,
            )
