"""Many small steps: two spirals are parted, and digits get ten probabilities."""

from __future__ import annotations

from typing import Final

import numpy as np
from manim import DOWN, LEFT, ORIGIN, RIGHT, UP, Create, FadeIn, FadeOut, VGroup, linear, there_and_back

from scenes.kit import ink, pace, shot, words
from scenes.kit.bundle import Bundle
from scenes.kit.glide import glide
from scenes.kit.lesson import chapter
from scenes.kit.noun import LINE, THIN
from scenes.kit.parameter_sweep import Changed, ParameterSweep
from scenes.kit.path import Floats
from scenes.kit.photo import Photo
from scenes.kit.plane import Plane
from scenes.maths.neural_networks import digit, network, spiral
from scenes.maths.neural_networks.network import TANH
from scenes.neural_networks.powers import LARGE
from scenes.neural_networks.square import PAIR
from scenes.neural_networks.stage import Net, NeuralNetworksStage, maths

LIMITS: Final = (-1.27, 1.27)
"""Of the plane of the spirals, both ways."""
MESH: Final = 72
LOOKED: Final = (0, 20, 60, 120, 300, 1000)
"""Steps at which points are counted."""
BATCHES: Final = 10
"""Parts in which the points are taken when steps are taken by mini-batches."""
FULL: Final = 3.0
"""The logit at which the verdict has its full colour."""
WINDING: Final = 3 * pace.LONG
"""Seconds at least in which the border winds around the arms: the picture that the chapter is about."""
SHOWN: Final = 570
"""The unseen digit that is looked at, by its number among the unseen: picked, for the net is unsure of it."""
LOGITS: Final = (-5.2, 3.9)
"""Logits that are drawn."""
LIKELY: Final = 0.62
"""The largest probability that is drawn."""
SEEDS: Final = 3
"""Starts whose ways down are compared."""
RADIUS: Final = 0.1
"""Of a point of the spirals, in scene units."""
RIGHT_SHARES: Final = (93.6, 98.2)
"""Percent of unseen digits right that are drawn."""
EARLIEST: Final = 20
"""The first epoch of which the loss on digits is drawn."""
EPOCHS: Final = 60
"""Epochs of which the losses are compared, with a step after all points and with one after each mini-batch."""


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
        self.points = self.plane.classes(self.data.points, self.data.arm, shapes=PAIR, radius=RADIUS)
        self.try_a_line()
        self.take_steps()
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

    def try_a_line(self) -> None:
        """What a straight line does with the spirals: the baseline."""
        straight = spiral.straight()
        w, b = straight.weights[:, 0], float(straight.bias[0])
        sides = self.plane.field(straight(self.mesh).reshape(MESH, MESH), largest=0.3, opacity=0.34)
        line = self.plane.line(w, b, width=1.5 * LINE)
        share = VGroup(
            words.label("a straight line:", size=ink.POINT),
            words.headline(f"{100 * spiral.straight_share():.0f} %"),
            words.note("of new points right;\nguessing: 50 %", size=44.0),
        ).arrange(DOWN, buff=0.4, aligned_edge=LEFT)
        share.move_to((self.column.left, self.column.top, 0.0), aligned_edge=LEFT + UP)
        self.add(self.points)
        with self.beat(
            "One step is not enough. Take two spirals: a straight line gets 62 percent of new points right."
        ) as beat:
            beat.over(
                glide(self.points.redraw, (None, RADIUS), (None, 1.5 * RADIUS), rate_func=there_and_back),
                until="a straight",
            )
            self.add(sides)
            self.bring_to_front(self.points)
            beat.over(FadeIn(sides), Create(line), FadeIn(share[0]), until="62")
            beat.over(FadeIn(share[1:]))
        self.tried = (sides, line, share)

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
        epoch = words.label("all points once:\none [epoch:focus]", size=ink.POINT)
        epoch.move_to((lower.left, lower.top, 0.0), aligned_edge=LEFT + UP)
        with self.beat(
            "So two hidden layers, of eight units each. Forward, backward, and a small move of each number."
        ) as beat:
            self.play(*map(FadeOut, self.tried), run_time=pace.QUICK)
            self.add(self.verdict, self.border)
            self.bring_to_front(self.points)
            beat.over(FadeIn(self.loom, self.verdict, self.border), until="Forward")
            self.bring_to_front(self.points)
            beat.over(self.run_right(0, 3), until="backward", least=pace.BRISK)
            beat.over(self.run_left(3, 0), until="small", least=pace.BRISK)
            beat.over(self.sweep.to(2.0))
        with self.beat(  # silence: the border winds around the arms
            "One pass over the data is an epoch. Epoch after epoch, the border reaches around the arms."
        ) as beat:
            beat.over(words.write(epoch), until="Epoch")
            self.play(FadeOut(epoch), run_time=pace.QUICK)
            self.play(FadeIn(*rows), run_time=pace.QUICK)
            beat.over(self.sweep.to(spiral.STEPS + 1.0, rate_func=linear), least=WINDING)
            self.play(words.light(rows[1]), run_time=pace.BRISK)
        found = spiral.repeat()
        table = VGroup(
            words.note(f"{spiral.STARTS} random starts", size=ink.POINT),
            words.note(
                f"seen points right:\n{found.seen.min()} to {found.seen.max()} of {len(self.data.points)}",
                size=44.0,
            ),
            words.note("new points right:", size=44.0),
            words.headline(f"[{100 * np.median(found.unseen):.0f} %:focus]"),
            words.note(
                f"lowest {100 * found.unseen.min():.0f} %\na line {100 * spiral.straight_share():.0f} %",
                size=44.0,
            ),
        ).arrange(DOWN, buff=0.35, aligned_edge=LEFT)
        table.move_to((self.column.left, self.column.top, 0.0), aligned_edge=LEFT + UP)
        fresh = spiral.spirals(1000, seed=1)
        kinds = [
            self.plane.cloud(fresh.points[fresh.arm == arm], color, 0.03, 0.9)
            for arm, color in enumerate(ink.CLASSES[:2])
        ]
        with self.beat(
            "The median start gets 99 percent of new points right. Here the hidden layers do the work.",
            pause=pace.CALM,
        ) as beat:
            self.play(FadeOut(self.loom, *rows), run_time=pace.QUICK)
            beat.over(FadeIn(table), until="99")
            beat.over(FadeOut(self.points), FadeIn(*kinds), words.light(table[3]), until="Here")
            beat.over(words.light(table[4]))
        self.table, self.fresh = table, kinds

    def take_small_batches(self) -> None:
        """The points in ten parts, one after the other, and how the loss falls when a step follows each."""
        order = self.rng.permutation(len(self.data.points))
        name = VGroup(
            words.label("[mini-batch:focus]:", size=ink.POINT),
            words.note(f"{spiral.BATCH} random points\nof {len(self.data.points)}", size=ink.POINT),
        ).arrange(DOWN, buff=0.3, aligned_edge=LEFT)
        name.move_to((self.column.left, self.column.top, 0.0), aligned_edge=LEFT + UP)
        head, room = shot.safe(titled=False).rows(1, 7, gap=0.3)
        chart = room.plane(
            (0, EPOCHS),
            (0, 0.8),
            x_names={0: "0", EPOCHS // 2: f"{EPOCHS // 2}", EPOCHS: f"{EPOCHS} epochs"},
            y_names={0: "0", 0.4: "0.4", 0.8: "0.8"},
            y_label=f"loss of all {len(self.data.points)} points, {SEEDS} starts, $eta$ = {spiral.RATE:g}",
            tick_size=LARGE,
            name_size=LARGE,
        )
        slow, fast = (
            [
                chart.curve(np.linspace(0, EPOCHS, len(loss)), loss, color, width=width, share=0.0)
                for loss in losses
            ]
            for losses, color, width in (
                ([spiral.descend(EPOCHS, seed) for seed in range(SEEDS)], ink.chalk, 2 * LINE),
                ([spiral.descend_by_batches(EPOCHS, seed) for seed in range(SEEDS)], ink.focus, THIN),
            )
        )
        left, right = head.columns(2, 3)
        every = left.put(words.label("1 step an epoch", size=LARGE), LEFT)
        method = right.put(
            words.label(f"[stochastic gradient descent: {BATCHES} steps:focus]", size=LARGE), RIGHT
        )
        for each in fast:
            self.allow(each, "faint", "the ways down of three starts lie over each other")
        with self.beat(
            "The loss is a mean over many points. A random few, a mini-batch, estimate its slope, with noise."
        ) as beat:
            self.play(FadeOut(self.table, *self.fresh), FadeIn(self.points), run_time=pace.QUICK)
            beat.over(
                glide(self.points.redraw, (None, RADIUS), (None, 1.5 * RADIUS), rate_func=there_and_back),
                until="A random",
            )
            parts = np.array_split(order, BATCHES)
            self.points.shade(np.where(np.isin(np.arange(len(order)), parts[0]), 1.0, 0.12))
            beat.over(FadeIn(name), until="estimate")
            for part in parts[1:4]:
                self.points.shade(np.where(np.isin(np.arange(len(order)), part), 1.0, 0.12))
                self.play(words.light(name[1]), run_time=pace.BRISK)
        with self.beat(
            "A step after each: stochastic gradient descent. It jitters, but takes many steps an epoch."
        ) as beat:
            self.points.shade(1.0)
            self.play(
                FadeOut(self.verdict, self.border, self.points, name),
                FadeIn(chart, method),
                run_time=pace.BRISK,
            )
            self.shot(shot.headline())
            beat.over(*(glide(each.reveal, 0.0, 1.0, each) for each in fast), until="many", least=pace.LONG)
            beat.over(*(glide(each.reveal, 0.0, 1.0, each) for each in slow), FadeIn(every), least=pace.SLOW)
        self.batches = VGroup(chart, *slow, *fast, every, method)

    def name_ten_digits(self) -> None:
        """Softmax, on one unseen digit that is unclear: ten logits, and under each its probability."""
        found, data = digit.learn(0), digit.halves()
        look = int(np.flatnonzero(found.steps == digit.STEPS)[0])
        row = digit.SEEN + SHOWN
        logits, chances, kind = found.logits[look][SHOWN], found.chances[look][SHOWN], int(data.kind[row])
        self.shot(shot.split(titled=False))
        left, right = shot.safe(titled=False).columns(4, 9, gap=0.6)
        above, middle, below = left.rows(9, 2, 6, gap=0.2)
        picture = above.put(Photo(data.pictures[row] / 16, above.height, smooth=False))
        picked = middle.put(words.label("picked: an unclear one"))
        softmax = below.put(maths("p_k = e^(z_k) / (sum_j e^(z_j))", 60.0))
        higher, lower = right.rows(4, 5, gap=0.3)
        base = shot.Region(lower.left, lower.bottom + 0.75, lower.right, lower.top)
        places = np.arange(float(len(logits)))
        chart = higher.plane((-0.6, 9.6), LOGITS, y_label="logits $z$", x_ticks=[], y_ticks=[])
        shares = base.plane(
            (-0.6, 9.6), (0, LIKELY), y_label="[softmax:focus]: probabilities $p$", x_ticks=[], y_ticks=[]
        )
        bars = chart.bars(places, 0.0, ink.chalk)
        likely = shares.bars(places, 0.0, ink.second)
        names = VGroup(
            *(
                shares.label(
                    at, 0.0, f"{at}", DOWN, ink.truth if at == kind else ink.chalk, gap=0.15, size=LARGE
                )
                for at in range(len(logits))
            )
        )
        values = VGroup(
            *(shares.label(at, chance, f"{chance:.2f}", UP, gap=0.1) for at, chance in enumerate(chances))
        )
        with self.beat(
            "For many classes, one output each. Softmax turns the logits into probabilities that sum to one."
        ) as beat:
            self.play(FadeOut(self.batches), FadeIn(picture, picked, names, chart), run_time=pace.BRISK)
            beat.over(glide(bars.redraw, 0.0, logits), until="Softmax", least=pace.BRISK)
            beat.over(words.write(softmax), FadeIn(shares), until="probabilities")
            beat.over(glide(likely.redraw, 0.0, chances), FadeIn(values), least=pace.CALM)
        self.cards = (picture, picked, names, softmax, chart, shares, bars, likely, values)

    def judge_on_halves(self) -> None:
        """The network beside a linear model, on twenty random halves."""
        linear, net = 100 * digit.rivals().T
        (frame,) = self.shot(shot.headline())
        chart = frame.inset(0.0, 0.3).plane(
            (-1.0, 2.1),
            RIGHT_SHARES,
            x_names={},
            y_names={94: "94", 96: "96", 98: "98"},
            y_label="unseen digits right, %, on 20 random halves",
            tick_size=LARGE,
            name_size=LARGE,
        )
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
                f"{name}:\nmean {each.mean():.1f} %",
                side,
                color,
                gap=0.4,
                size=ink.POINT,
            )
            for at, each, name, side, color in (
                (0.0, linear, "linear, tuned", LEFT, ink.chalk),
                (1.0, net, "32 ReLU units", RIGHT, ink.focus),
            )
        ]
        with self.beat(
            "ReLU units get 96.5 percent of unseen digits right, a tuned linear model 96.0. "
            "Here a hidden layer gains little.",
            pause=pace.BRISK,
        ) as beat:
            self.play(*map(FadeOut, self.cards), FadeIn(chart), run_time=pace.BRISK)
            beat.over(FadeIn(crowds[1], names[1]), until="a tuned")
            beat.over(FadeIn(crowds[0], names[0]), until="Here")
            self.add(ways)
            self.bring_to_back(ways)
            beat.over(FadeIn(ways, lag_ratio=pace.LAG))
        self.judged = VGroup(chart, ways, *crowds, *names)

    def watch_the_unseen(self) -> None:
        """Loss of learned and of validation digits, epoch after epoch, from several starts."""
        runs = digit.watched()
        (frame,) = self.shot(shot.headline())
        epochs = runs[0].steps
        late = epochs >= EARLIEST
        chart = frame.plane(
            (EARLIEST, 2000),
            (-0.06, 0.6),
            x_names={20: "20", 200: "200", 2000: "2000 epochs"},
            y_names={0: "0", 0.3: "0.3", 0.6: "0.6"},
            y_label=f"loss on digits, {len(runs)} starts",
            log_x=True,
            tick_size=LARGE,
            name_size=LARGE,
        )
        seen, aside = (
            Bundle(chart, epochs[late].astype(float), np.stack(losses)[:, late], color, middle="median")
            .summarise(middle=1.0)
            .reach(float(epochs[late][0]))
            for losses, color in (
                ([run.loss for run in runs], ink.quiet),
                ([run.validation_loss for run in runs], ink.focus),
            )
        )
        lowest = [int(run.validation_loss.argmin()) for run in runs]
        marks = chart.dots(
            [
                (float(epochs[at]), float(run.validation_loss[at]))
                for at, run in zip(lowest, runs, strict=True)
            ],
            ink.truth,
            "diamond",
            radius=0.14,
        )
        names = [
            chart.label(1900, 0.0, "seen", DOWN + LEFT, ink.quiet, size=ink.POINT, gap=0.05),
            chart.label(70, 0.4, "[validation set:focus]", RIGHT, ink.focus, size=ink.POINT),
            chart.label(400, 0.1, "[early stopping:truth]", ORIGIN, size=ink.POINT),
            chart.label(1900, 0.28, "[overfitting:focus]", UP + LEFT, size=ink.POINT),
        ]
        for crowd in (seen, aside):
            self.allow(crowd, "faint", "single starts stand behind their median")
        with self.beat(
            "Hold some digits back: the validation set. There the loss turns and rises, "
            "while that of seen digits keeps falling: overfitting."
        ) as beat:
            self.play(FadeOut(self.judged), FadeIn(chart), run_time=pace.BRISK)
            self.add(seen, aside)
            end = float(epochs[-1])
            beat.over(FadeIn(names[0], names[1]), until="There")
            beat.over(
                *(glide(each.reach, float(epochs[late][0]), end, each) for each in (seen, aside)),
                until="overfitting",
                least=pace.LONG,
            )
            beat.over(words.write(names[3]))
        middle = np.median([run.validation_loss for run in runs], axis=0)
        low = int(middle.argmin())
        bead = chart.dots([(float(epochs[low]), float(middle[low]))], ink.truth, radius=0.2)

        def stand(at: float) -> Changed:
            stops = np.arange(len(epochs))
            spot = np.exp(np.interp(at, stops, np.log(epochs))), np.interp(at, stops, middle)
            return (bead.redraw([spot]),)

        with self.beat(
            "Wait some epochs past its lowest point, then go back to it: early stopping.",
            pause=pace.CALM,
        ) as beat:
            beat.over(FadeIn(bead), until="past")
            beat.over(glide(stand, float(low), len(epochs) - 1.0, bead), until="then", least=pace.CALM)
            beat.over(glide(stand, len(epochs) - 1.0, float(low), bead), until="early", least=pace.CALM)
            beat.over(FadeIn(marks, scale=2), words.write(names[2]))
